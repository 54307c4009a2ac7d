#!/usr/bin/env python3
"""Measures the release library side by side with its peers and prints Markdown tables: sending beside libcurl, building
alone beside lettre and mail-builder.

    benches/run.py            the whole run, some minutes
    benches/run.py --quick    fewer rounds and messages
    benches/run.py --gate     only what is steady, against the limits below; exit code 1 if one is broken,
                              77 if a tool to count with is missing

Instructions, system calls, turns and resident memory are steady from run to run. Times are not: on a shared machine they
swing by a factor of two. So peers take turns in rounds, medians are given with their range, and no time stands alone.
"""

import argparse
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
MIB = 1 << 20

# Gates of a warm 1 KiB message, built anew, of large files, and of building without sending.
LIMITS = {
    "user instructions a message": 10_000,
    "system calls a message": 5,
    "turns a message": 2,
    "MiB of resident memory for a 100 MiB attachment": 4,
    "MiB of resident memory for a 100 MiB attachment, TLS": 4,
    "MiB of resident memory for a 100 MiB attachment, BINARYMIME": 4,
    "MiB of resident memory for a ready message of 100 MiB": 4,
    "MiB of resident memory for a 2 GiB attachment": 4,
    "user instructions to build a message": 9_500,
    "allocations to build a message": 20,
    "times the instructions for ten times the recipients": 10.5,
}

# What is aimed at, shown beside the figures.
GOALS = {
    "100 MiB attachment: s": "0.04",
    "100 MiB attachment, TLS: s": "0.07",
    "user instructions to build a message": "4,000",
    "three attachments of 1 MiB, GB/s": "15",
}

# Ways in which a large file goes out: what it is called, which file, arguments of the client, of the sink.
ATTACHED, READY, SPARSE = "attachment.bin", "ready.eml", "sparse.bin"
WAYS = {
    "100 MiB attachment": (ATTACHED, [], []),
    "100 MiB attachment, TLS": (ATTACHED, ["--tls", "certificate.pem"],
                                ["--tls", "certificate.pem", "key.pem"]),
    "100 MiB attachment, BINARYMIME": (ATTACHED, [], ["--binarymime"]),
    "ready message of 100 MiB": (READY, ["--ready"], []),
    "2 GiB attachment": (SPARSE, [], []),
}

# What is counted is the difference between two runs, so that start, connection and end cancel out.
SHORT, LONG = 200, 1200

CPUS = sorted(os.sched_getaffinity(0))
CLIENT_CPU, SINK_CPU = CPUS[0], CPUS[-1]


class Missing(Exception):
    """A tool that is not on this machine."""


def pinned(cpu):
    return lambda: os.sched_setaffinity(0, {cpu})


def fields(line):
    return {name: float(value) for name, value in re.findall(r"(\w+)=(-?[\d.]+)", line)}


class Bench:
    """The compiled programs, and the ways to run them."""

    def __init__(self, directory, library):
        self.directory = Path(directory)
        if not library.exists():
            sys.exit(f"{library} is missing: cargo build --release")
        for name in "libinetmail.so", "libinetmail.so.0":  # the linker's name, and the SONAME
            (self.directory / name).symlink_to(library.resolve())
        self.compile("sink")
        self.has_tls = self.make_tls()
        self.compile("allocations", "-shared", "-fPIC", name="allocations.so")
        for name in "send_inetmail", "attachment", "getter", "build_inetmail":
            flags = [f"-I{ROOT}/include", f"-L{self.directory}", f"-Wl,-rpath,{self.directory}"]
            self.compile(name, *flags, libraries=["-linetmail"])

    def compile(self, source, *flags, name=None, libraries=()):
        output = self.directory / (name or source)
        command = ["cc", "-O2", "-std=gnu11", "-Wall", "-Wextra", *flags, HERE / f"{source}.c"]
        subprocess.run([*command, "-o", output, *libraries], check=True)

    def make_tls(self):
        """A sink that speaks TLS, and its certificate. Returns whether there is an OpenSSL to make them with."""
        certificate = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                       "-days", "2", "-subj", "/CN=sink", "-addext", "subjectAltName=IP:127.0.0.1",
                       "-keyout", self.directory / "key.pem", "-out", self.directory / "certificate.pem"]
        try:
            self.compile("sink", "-DWITH_TLS", name="sink_tls", libraries=["-lssl", "-lcrypto"])
            subprocess.run(certificate, check=True, stderr=subprocess.DEVNULL)
        except (subprocess.CalledProcessError, FileNotFoundError):
            print("no TLS here without libssl-dev and openssl", file=sys.stderr)
            return False
        return True

    def make_files(self):
        random_file(self.directory / ATTACHED, 100 * MIB)
        line = b"The quick brown fox jumps over the lazy dogs, and back again.\r\n"
        with open(self.directory / READY, "wb") as file:
            file.write(b"From: a@b.example\r\nTo: c@d.example\r\nSubject: ready\r\n\r\n")
            for _ in range(100):
                file.write(line * (MIB // len(line)))
        with open(self.directory / SPARSE, "wb") as file:
            file.truncate(2048 * MIB)

    def ways(self):
        return {name: way for name, way in WAYS.items() if self.has_tls or "--tls" not in way[1]}

    def send_large(self, program, way):
        """One large file, in one of the ways."""
        file, arguments, sink = WAYS[way]
        local = lambda words: [self.directory / word if word.endswith(".pem") else word for word in words]
        return self.run_with_sink(program, self.directory / file, *local(arguments), sink=local(sink))

    def compile_peer(self):
        try:
            self.compile("send_libcurl", libraries=["-lcurl"])
            self.compile("attachment", "-DWITH_LIBCURL", name="attachment_libcurl", libraries=["-lcurl"])
        except subprocess.CalledProcessError:
            sys.exit("no libcurl to compare with: apt-get install libcurl4-openssl-dev")
        target = ROOT / "target/peers"
        subprocess.run(["cargo", "build", "--release", "--quiet", "--locked", "--target-dir", target],
                       cwd=HERE / "peers", check=True)
        shutil.copy(target / "release/peers", self.directory)

    def run(self, program, *arguments, under=(), environment=()):
        """Runs a program on the client's CPU. Returns what it has printed, as numbers by name."""
        command = [*under, self.directory / program, *map(str, arguments)]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              preexec_fn=pinned(CLIENT_CPU), env={**os.environ, "LC_ALL": "C", **dict(environment)})
        if done.returncode != 0:
            sys.exit(f"{program} failed: {done.stdout}{done.stderr}")
        return fields(done.stdout)

    def run_with_sink(self, program, *arguments, under=(), sink=()):
        """The same with a fresh sink, whose port goes in front of the arguments and whose counters are added."""
        command = [self.directory / ("sink_tls" if "--tls" in sink else "sink"), *sink]
        sink = subprocess.Popen(command, stdin=subprocess.PIPE, text=True,
                                stdout=subprocess.PIPE, preexec_fn=pinned(SINK_CPU))
        try:
            port = sink.stdout.readline().split()[1]
            result = self.run(program, port, *arguments, under=under)
            counters, _ = sink.communicate()
            return result | fields(counters)
        finally:
            sink.kill()
            sink.wait()

    def count_instructions(self, program, run, short=SHORT, long=LONG):
        """User instructions of one of the things that `program` does N times."""
        counter = instruction_counter()
        log = self.directory / "instructions"

        def count(n):
            run(program, n, under=counter[0](log))
            return float(re.search(counter[1], log.read_text())[1].replace(",", ""))

        return (count(long) - count(short)) / (long - short)

    def count_system_calls(self, program):
        """System calls of one message."""
        if not shutil.which("strace"):
            raise Missing("strace")
        log = self.directory / "system_calls"

        def count(n):
            self.run_with_sink(program, n, under=["strace", "-f", "-c", "-o", log])
            rows = [line.split() for line in log.read_text().splitlines()]
            return sum(int(row[3]) for row in rows
                       if len(row) >= 5 and row[0][0].isdigit() and row[-1] != "total")

        return (count(LONG) - count(SHORT)) / (LONG - SHORT)

    def count_allocations(self, program, *arguments):
        """Allocations of one of the things that `program` does N times."""
        log = self.directory / "allocations"
        environment = {"LD_PRELOAD": self.directory / "allocations.so", "ALLOCATIONS_LOG": log}

        def count(n):
            self.run(program, *arguments, n, environment=environment)
            return int(log.read_text())

        return (count(LONG) - count(SHORT)) / (LONG - SHORT)

    def count_turns(self, program):
        turns = [self.run_with_sink(program, n)["turns"] for n in (SHORT, LONG)]
        return (turns[1] - turns[0]) / (LONG - SHORT)

    def steady(self, program):
        """What is counted of a warm message."""
        return {
            "user instructions a message": self.count_instructions(program, self.run_with_sink),
            "system calls a message": self.count_system_calls(program),
            "turns a message": self.count_turns(program),
        }


    def built(self, program, *arguments):
        """What is counted of a 1 KiB message that is built and dropped."""
        run = lambda program, n, under: self.run(program, *arguments, "text", n, under=under)
        return {
            "user instructions to build a message": self.count_instructions(program, run),
            "allocations to build a message": self.count_allocations(program, *arguments, "text"),
        }

    def recipient_instructions(self, program, *arguments, counts=(1_000, 10_000)):
        """User instructions of a message for so many recipients, less those for one."""
        run = lambda program, n, under: self.run(program, *arguments, "recipients", n, under=under)
        return [self.count_instructions(program, run, 1, n) * (n - 1) for n in counts]


def instruction_counter():
    """How to count: the command that writes to a log, and the pattern of the number in there."""
    if shutil.which("perf"):
        probe = subprocess.run(["perf", "stat", "-x,", "-e", "instructions:u", "true"],
                               stderr=subprocess.PIPE, text=True)
        if probe.returncode == 0 and re.match(r"\d+,", probe.stderr):
            return (lambda log: ["perf", "stat", "-x,", "-e", "instructions:u", "-o", log]), r"(?m)^(\d+),"
    if shutil.which("valgrind"):
        return (lambda log: ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
                             f"--log-file={log}"]), r"Collected : (\d+)"
    raise Missing("valgrind, or a perf that counts instructions")


def random_file(path, octets):
    with open(path, "wb") as file:
        for _ in range(octets // MIB):
            file.write(os.urandom(MIB))


def gate(bench):
    """Whether all limits hold."""
    bench.make_files()
    figures = bench.steady("send_inetmail") | bench.built("build_inetmail")
    for way in bench.ways():
        growth = bench.send_large("attachment", way)["growth_kib"] / 1024
        figures[f"MiB of resident memory for a {way}"] = growth
    thousand, ten_thousand = bench.recipient_instructions("build_inetmail")
    figures["times the instructions for ten times the recipients"] = ten_thousand / thousand
    limits = {name: limit for name, limit in LIMITS.items() if name in figures}
    for name, limit in limits.items():
        # A wait of the scheduler can cost a call or two in a thousand messages.
        verdict = "ok" if round(figures[name], 1) <= limit else "BROKEN"
        print(f"{verdict:6} {figures[name]:10,.1f} of {limit:6,} {name}")
    return all(round(figures[name], 1) <= limit for name, limit in limits.items())


def rounds(count, contestants):
    """Runs each contestant once a round, in turn, the order reversed every other round. Returns the results by name."""
    results = {name: [] for name in contestants}
    for n in range(count):
        order = list(contestants) if n % 2 == 0 else list(contestants)[::-1]
        for name in order:
            results[name].append(contestants[name]())
    return results


class Table:
    """One row for each figure: ours, each peer's, and by how much ours is better."""

    def __init__(self, *peers):
        self.peers = len(peers)
        better = "".join(f" better than {peer} by |" for peer in peers)
        print(f"| | inetmail | {' | '.join(peers)} |{better}\n|{'---|' * (2 + 2 * len(peers))}")

    def row(self, what, ours, *theirs, shown=",.0f", more_is_better=False):
        """A peer that cannot do it has None."""
        listed = lambda figures: figures if isinstance(figures, list) else [figures]
        goal = f" (goal: {GOALS[what]})" if what in GOALS else ""
        cells, ratios = [spread(listed(ours), shown)], []
        for figures in theirs:
            if figures is None:
                cells.append("-")
                ratios.append("-")
                continue
            ratio = statistics.median(listed(ours)) / statistics.median(listed(figures))
            cells.append(spread(listed(figures), shown))
            ratios.append(f"**{ratio if more_is_better else 1 / ratio:.2g}x**")
        print(f"| {what}{goal} | {' | '.join(cells + ratios)} |")


def spread(values, shown):
    text = format(statistics.median(values), shown)
    if len(values) > 1:
        text += f" [{min(values):{shown}}..{max(values):{shown}}]"
    return text


def measure(bench, quick):
    messages, count = (5_000, 3) if quick else (20_000, 7)
    bench.make_files()
    sent = rounds(count, {name: lambda name=name: bench.run_with_sink(f"send_{name}", messages)
                          for name in ("inetmail", "libcurl")})
    large = {way: measure_large(bench, way, 1 if "2 GiB" in way else count) for way in bench.ways()}
    counted = {name: bench.steady(f"send_{name}") for name in ("inetmail", "libcurl")}
    calls = 1_000_000
    got = [bench.run("getter", calls) for _ in range(count)]
    instructions = bench.count_instructions("getter", bench.run, 10_000, 20_000)

    def column(results, name, scale):
        return [[scale(run[name]) for run in results[peer]] for peer in ("inetmail", "libcurl")]

    print(f"{machine()}. 1 KiB messages, one recipient, built anew, one warm plaintext connection over loopback; "
          f"{count} rounds of {messages:,} messages; median [min..max].\n")
    table = Table(f"libcurl {libcurl_version()}")
    table.row("messages/s", *column(sent, "wall_us", lambda us: messages / us * 1e6), more_is_better=True)
    table.row("CPU us a message, user and system", *column(sent, "cpu_us", lambda us: us / messages), shown=".1f")
    for name in counted["inetmail"]:
        table.row(name, counted["inetmail"][name], counted["libcurl"][name],
                  shown=",.0f" if "instructions" in name else ".1f")
    for way, results in large.items():
        theirs = lambda name, scale: column(results, name, scale)[1] or None
        for what, name, scale, shown in [
            ("s", "wall_us", lambda us: us / 1e6, ".3f"),
            ("CPU s", "cpu_us", lambda us: us / 1e6, ".3f"),
            ("MiB more of resident memory at the peak", "growth_kib", lambda kib: kib / 1024, ".1f"),
        ]:
            table.row(f"{way}: {what}", column(results, name, scale)[0], theirs(name, scale), shown=shown)
    getter, system_call = ([run[f"{name}_us"] * 1e3 / calls for run in got] for name in ("getter", "system_call"))
    ratio = statistics.median(getter) / statistics.median(system_call)
    print(f"\nA text read through the face (INetMailAddress_GetAddress): {instructions:.0f} user instructions, "
          f"{spread(getter, '.0f')} ns; a system call (getppid) takes {spread(system_call, '.0f')} ns: "
          f"{ratio:.2f} of one.")


def measure_large(bench, way, count):
    """Rounds of a large file. libcurl has no BDAT (RFC 3030), so there it is no contestant."""
    contestants = {"inetmail": lambda: bench.send_large("attachment", way)}
    if "--binarymime" not in WAYS[way][2]:
        contestants["libcurl"] = lambda: bench.send_large("attachment_libcurl", way)
    return {"libcurl": []} | rounds(count, contestants)


PEERS = {"inetmail": ["build_inetmail"], "lettre": ["peers", "lettre"], "mail-builder": ["peers", "mail_builder"]}


def measure_building(bench, quick):
    count = 3 if quick else 7
    texts, files = (20_000, 100)

    def times(what, n, name):
        results = rounds(count, {peer: lambda command=command: bench.run(*command, what, n)
                                 for peer, command in PEERS.items()})
        return [[run[name] for run in results[peer]] for peer in PEERS]

    def rate(wall_us):
        return [files * 3 * MIB / us / 1e3 for us in wall_us]

    print("\nBuilding alone: octets are made and dropped. inetmail keeps its message object and its attachments from one "
          "message to the next, which the others cannot; `all anew` makes them again.\n")
    table = Table(*list(PEERS)[1:])
    built = [bench.built(*command) for command in PEERS.values()]
    for name in built[0]:
        table.row(name, *[figures[name] for figures in built], shown=",.0f")
    table.row("1 KiB of text: us", *[[us / texts for us in all_us] for all_us in times("text", texts, "all_us")],
              shown=".2f")
    rates = [rate(wall_us) for wall_us in times("attachments", files, "wall_us")]
    table.row("three attachments of 1 MiB, GB/s", *rates, shown=".1f", more_is_better=True)
    fresh = rate([bench.run("build_inetmail", "fresh", files)["wall_us"] for _ in range(count)])
    table.row("the same, all anew, GB/s", fresh, *rates[1:], shown=".1f", more_is_better=True)
    # lettre needs the square of the recipients: seconds for a thousand under valgrind, an hour for ten thousand.
    counts = {"lettre": (100, 1_000)}
    for peer, command in PEERS.items():
        few, many = counts.get(peer, (1_000, 10_000))
        fewer, more = bench.recipient_instructions(*command, counts=(few, many))
        print(f"\n{peer}: {fewer:,.0f} user instructions for {few:,} recipients, {more:,.0f} for {many:,}: "
              f"{more / fewer:.1f} times as many.")


def machine():
    cpus = Path("/proc/cpuinfo").read_text()
    name = re.search(r"model name\s*: (.*)", cpus)
    where = f"sink on CPU {SINK_CPU}, client on CPU {CLIENT_CPU}"
    return f"{os.cpu_count()} cores, {name[1] if name else platform.machine()}, {platform.system()} {platform.release()}; {where}"


def libcurl_version():
    shown = subprocess.run(["curl-config", "--version"], stdout=subprocess.PIPE, text=True)
    return shown.stdout.split()[-1]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--gate", action="store_true")
    parser.add_argument("--library", type=Path, default=ROOT / "target/release/libinetmail.so")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="inetmail-bench-") as directory:
        try:
            bench = Bench(directory, arguments.library)
            if arguments.gate:
                sys.exit(0 if gate(bench) else 1)
            bench.compile_peer()
            measure(bench, arguments.quick)
            measure_building(bench, arguments.quick)
        except Missing as missing:
            print(f"cannot count here without {missing}", file=sys.stderr)
            sys.exit(77)


if __name__ == "__main__":
    main()
