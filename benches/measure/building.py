"""Building alone, without a server, beside lettre and mail-builder; and what a getter costs."""

import statistics

from . import counting, tables
from .large import MIB
from .sending import rounds

PEERS = {
    "inetmail": ["build_inetmail"],
    "lettre": ["build_peers", "lettre"],
    "mail-builder": ["build_peers", "mail_builder"],
}
# lettre needs the square of the recipients: seconds for a thousand under valgrind, an hour for ten thousand.
RECIPIENTS = {"lettre": (100, 1_000)}
TEXTS, FILES = 20_000, 100


def built(programs, program, *arguments):
    """Instructions and allocations of a 1 KiB message that is built and dropped."""
    run = lambda n, under: programs.run(program, *arguments, "text", n, under=under)
    return (counting.instructions(programs.directory, run),
            counting.allocations(programs, program, *arguments, "text"))


def recipient_instructions(programs, program, *arguments, counts=(1_000, 10_000)):
    """User instructions of a message for so many recipients, less those for one."""
    run = lambda n, under: programs.run(program, *arguments, "recipients", n, under=under)
    return [counting.instructions(programs.directory, run, 1, n) * (n - 1) for n in counts]


def measure(programs, quick):
    number = 3 if quick else 7

    def times(what, n, field):
        runs = rounds(number, {peer: lambda command=command: programs.run(*command, what, n)
                               for peer, command in PEERS.items()})
        return {peer: [run[field] for run in results] for peer, results in runs.items()}

    texts = {peer: [us / TEXTS for us in all_us] for peer, all_us in times("text", TEXTS, "all_us").items()}
    rates = {peer: [rate(us) for us in wall] for peer, wall in times("attachments", FILES, "wall_us").items()}
    anew = [rate(programs.run("build_inetmail", "fresh", FILES)["wall_us"]) for _ in range(number)]
    columns = ["", "user instructions, 1 KiB of text", "allocations", "us", "lettre's time, times",
               "three attachments of 1 MiB, GB/s", "as fast as lettre, times", "user instructions for more recipients"]
    rows = []
    for peer, command in PEERS.items():
        instructions, allocations = built(programs, *command)
        of_lettre = lambda figures: statistics.median(figures[peer]) / statistics.median(figures["lettre"])
        rows.append([
            peer, tables.exact(instructions), tables.exact(allocations), tables.spread(texts[peer], ".2f"),
            f"{1 / of_lettre(texts):.2g}x", tables.spread(rates[peer], ".1f"), f"{of_lettre(rates):.2g}x",
            growth(programs, peer, command),
        ])
    return ("### Building alone\n\nOctets are made and dropped. inetmail keeps its message object and its attachments from one "
            "message to the next, which the others cannot; making them anew too, its attachments take "
            f"{tables.spread(anew, '.1f')} GB/s.\n\n{tables.table(columns, rows)}\n{number} rounds of {TEXTS:,} texts and "
            f"{FILES} messages with attachments.\n\n{getter(programs, number)}")


def growth(programs, peer, command):
    few, many = RECIPIENTS.get(peer, (1_000, 10_000))
    fewer, more = recipient_instructions(programs, *command, counts=(few, many))
    return f"{few:,}: {fewer:,.0f}; {many:,}: {more:,.0f}, {more / fewer:.1f} times as many"


def rate(wall_us):
    return FILES * 3 * MIB / wall_us / 1e3


def getter(programs, number):
    calls = 1_000_000
    got = [programs.run("getter", calls) for _ in range(number)]
    getter, system_call = ([run[f"{name}_us"] * 1e3 / calls for run in got] for name in ("getter", "system_call"))
    ratio = statistics.median(getter) / statistics.median(system_call)
    return (f"A text read through the face (INetMailAddress_GetAddress): {tables.spread(getter, '.0f')} ns; a system call "
            f"(getppid) takes {tables.spread(system_call, '.0f')} ns: {ratio:.2f} of one.\n")
