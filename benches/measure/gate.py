"""Judges what is steady: against limits that are aims, and against a baseline of instructions that is to notice growth."""

import json
import statistics
import subprocess

from . import building, counting, large, sending
from .contestants import INETMAIL
from .programs import BENCHES, ROOT
from .scenarios import named

# Gates of warm 1 KiB messages, built anew, of large files, and of building without sending.
LIMITS = {
    "user instructions of a Send, DATA": 8_000,
    "system calls of a Send, DATA": 5,
    "turns of a Send, DATA": 2,
    "user instructions of a Send, CHUNKING": 8_000,
    "system calls of a Send, CHUNKING": 3,
    "turns of a Send, CHUNKING": 1,
    "turns of a message in bulk, PIPELINING": 1,
    "turns of a message in bulk, CHUNKING": 0.03,
    "system calls of a message in bulk, CHUNKING": 0.2,
    "turns of a message for 10,000 recipients": 7,
    "MiB of resident memory for a 100 MiB attachment": 1,
    "MiB of resident memory for a 100 MiB attachment, CHUNKING": 1,
    "MiB of resident memory for a 100 MiB attachment, TLS": 1,
    "MiB of resident memory for a 100 MiB attachment, BINARYMIME": 1,
    "MiB of resident memory for a ready message of 100 MiB": 1,
    "MiB of resident memory for a 2 GiB attachment": 1,
    "user instructions to build a message": 9_500,
    "allocations to build a message": 20,
    "times the instructions for ten times the recipients": 10.5,
}

# What of each scenario the limits are about, and how it is called there.
STEADY = {
    "send": ("of a Send, DATA", ["instructions", "calls", "turns"]),
    "send by chunks": ("of a Send, CHUNKING", ["instructions", "calls", "turns"]),
    "bulk": ("of a message in bulk, PIPELINING", ["turns"]),
    "bulk by chunks": ("of a message in bulk, CHUNKING", ["instructions", "calls", "turns"]),
    "recipients": ("of a message for 10,000 recipients", ["turns"]),
}

BASELINE = BENCHES / "instructions.json"
GROWTH_PERCENT = 3


def gate(programs, accept):
    """Whether all limits hold and nothing has grown."""
    figures = steady(programs)
    within = judge_limits(figures)
    counted = instructions(programs, figures)
    if accept:
        write_baseline(counted)
        return within
    return judge_baseline(counted) and within


def steady(programs):
    """All figures by their names in LIMITS, but for those that need a TLS that is not here."""
    figures = {}
    for name, (of, what) in STEADY.items():
        scenario = named(name)
        run = lambda n, under=(): INETMAIL.run(programs, scenario, n, under)
        short, long = sending.counting_range(scenario, INETMAIL)
        if "instructions" in what:
            figures[f"user instructions {of}"] = counting.instructions(programs.directory, run, short, long)
        if "calls" in what:
            figures[f"system calls {of}"] = counting.system_calls(programs.directory, run, short, long)
        # How much of what is under way one read of the sink's brings is a matter of luck: the median of three.
        figures[f"turns {of}"] = statistics.median(turns(scenario, run, short, long) for _ in range(3))
    figures["user instructions to build a message"], figures["allocations to build a message"] = (
        building.built(programs, "build_inetmail"))
    thousand, ten_thousand = building.recipient_instructions(programs, "build_inetmail")
    figures["times the instructions for ten times the recipients"] = ten_thousand / thousand
    large.make_files(programs.directory)
    for way in large.ways(programs):
        growth = large.send(programs, "attachment", way)["growth_kib"] / 1024
        figures[f"MiB of resident memory for a {way}"] = growth
    return figures


def turns(scenario, run, short, long):
    if scenario.unit == "recipient":
        return run(long)["turns"]
    return (run(long)["turns"] - run(short)["turns"]) / (long - short)


def judge_limits(figures):
    limits = {name: limit for name, limit in LIMITS.items() if name in figures}
    broken = False
    for name, limit in limits.items():
        # A wait of the scheduler can cost a call or two in a thousand messages.
        places = 1 if limit >= 1 else 2
        over = round(figures[name], places) > limit
        broken |= over
        print(f"{'BROKEN' if over else 'ok':6} {figures[name]:12,.2f} of {limit:6,} {name}")
    return not broken


def instructions(programs, figures):
    """What the baseline holds, counted by callgrind."""
    count = lambda run, short, long: counting.instructions(programs.directory, run, short, long)
    attached = lambda mib: count(
        lambda n, under: programs.run("build_inetmail", "attachment", n, mib, under=under), 2, 6)
    replies = replies_program()
    found = {
        "one warm Send": figures["user instructions of a Send, DATA"],
        "one bulk message": figures["user instructions of a message in bulk, CHUNKING"],
        # Through the face: what one more MiB costs in a message that is made and dropped, lines and all.
        "base64 of 1 MiB": attached(2) - attached(1),
        "parsing one reply": count(lambda n, under: programs.run(replies, n, under=under), 1_000, 2_000) / 4,
        "one getter": count(lambda n, under: programs.run("getter", n, under=under), 10_000, 20_000),
    }
    return {name: round(value, 1) for name, value in found.items()}


def replies_program():
    """benches/replies.rs: the parser of replies is an inner matter, which no call of the face does alone."""
    command = ["cargo", "build", "--release", "--quiet", "--bench", "replies", "--message-format=json"]
    built = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    artifacts = [json.loads(line) for line in built.stdout.splitlines() if line.startswith("{")]
    return next(artifact["executable"] for artifact in artifacts
                if artifact.get("target", {}).get("name") == "replies" and artifact.get("executable"))


def tools():
    """What the counts depend on beside the library."""
    cpu = "AVX2" if "avx2" in open("/proc/cpuinfo").read() else "no AVX2"
    return [counting.version("rustc", "--version"), counting.version("valgrind", "--version"),
            counting.version("ldd", "--version"), cpu]


def judge_baseline(counted):
    baseline = json.loads(BASELINE.read_text()) if BASELINE.exists() else {"made_with": [], "counts": {}}
    if baseline["made_with"] != tools():
        print(f"The baseline was made with {baseline['made_with']}; here are {tools()}.")
    broken = False
    for name in {**baseline["counts"], **counted}:
        old, new = baseline["counts"].get(name), counted.get(name)
        if old is None or new is None:
            print(f"BROKEN {name}: {'not in the baseline' if old is None else 'cannot be counted'}")
            broken = True
            continue
        percent = (new / old["instructions"] - 1) * 100
        over = percent > old["growth_percent"]
        broken |= over
        print(f"{'BROKEN' if over else 'ok':6} {old['instructions']:12,.1f} -> {new:12,.1f} instructions, {percent:+.1f}% of at "
              f"most +{old['growth_percent']}%: {name}")
    if broken:
        print("If that is meant: benches/run.py --gate --accept")
    return not broken


def write_baseline(counted):
    """New counts; what each may grow by is kept."""
    before = json.loads(BASELINE.read_text())["counts"] if BASELINE.exists() else {}
    allowed = lambda name: before.get(name, {}).get("growth_percent", GROWTH_PERCENT)
    counts = {name: {"instructions": value, "growth_percent": allowed(name)} for name, value in counted.items()}
    BASELINE.write_text(json.dumps({"made_with": tools(), "counts": counts}, indent=2) + "\n")
    print(f"{BASELINE} is written.")
