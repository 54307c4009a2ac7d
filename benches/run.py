#!/usr/bin/env python3
"""Measures the release library side by side with libcurl and prints one Markdown table.

    benches/run.py            the whole run, about a minute
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

# Gates of a warm 1 KiB message, built anew, and of a 100 MiB attachment.
LIMITS = {
    "user instructions a message": 10_000,
    "system calls a message": 5,
    "turns a message": 2,
    "MiB of resident memory for a 100 MiB attachment": 4,
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
        for name in "send_inetmail", "attachment", "getter":
            flags = [f"-I{ROOT}/include", f"-L{self.directory}", f"-Wl,-rpath,{self.directory}"]
            self.compile(name, *flags, libraries=["-linetmail"])

    def compile(self, source, *flags, name=None, libraries=()):
        output = self.directory / (name or source)
        command = ["cc", "-O2", "-std=gnu11", "-Wall", "-Wextra", *flags, HERE / f"{source}.c"]
        subprocess.run([*command, "-o", output, *libraries], check=True)

    def compile_peer(self):
        try:
            self.compile("send_libcurl", libraries=["-lcurl"])
            self.compile("attachment", "-DWITH_LIBCURL", name="attachment_libcurl", libraries=["-lcurl"])
        except subprocess.CalledProcessError:
            sys.exit("no libcurl to compare with: apt-get install libcurl4-openssl-dev")

    def run(self, program, *arguments, under=()):
        """Runs a program on the client's CPU. Returns what it has printed, as numbers by name."""
        command = [*under, self.directory / program, *map(str, arguments)]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              preexec_fn=pinned(CLIENT_CPU), env={**os.environ, "LC_ALL": "C"})
        if done.returncode != 0:
            sys.exit(f"{program} failed: {done.stdout}{done.stderr}")
        return fields(done.stdout)

    def run_with_sink(self, program, *arguments, under=()):
        """The same with a fresh sink, whose port goes in front of the arguments and whose counters are added."""
        sink = subprocess.Popen([self.directory / "sink"], stdin=subprocess.PIPE, text=True,
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
    file = bench.directory / "attachment.bin"
    random_file(file, 100 * MIB)
    figures = bench.steady("send_inetmail")
    growth = bench.run_with_sink("attachment", file)["growth_kib"] / 1024
    figures["MiB of resident memory for a 100 MiB attachment"] = growth
    for name, limit in LIMITS.items():
        # A wait of the scheduler can cost a call or two in a thousand messages.
        verdict = "ok" if round(figures[name], 1) <= limit else "BROKEN"
        print(f"{verdict:6} {figures[name]:10,.1f} of {limit:6,} {name}")
    return all(round(figures[name], 1) <= limit for name, limit in LIMITS.items())


def rounds(count, contestants):
    """Runs each contestant once a round, in turn, the order reversed every other round. Returns the results by name."""
    results = {name: [] for name in contestants}
    for n in range(count):
        order = list(contestants) if n % 2 == 0 else list(contestants)[::-1]
        for name in order:
            results[name].append(contestants[name]())
    return results


class Table:
    """One row for each figure: ours, the peer's, and by how much ours is better."""

    def __init__(self, peer):
        print(f"| | inetmail | {peer} | inetmail is better by |\n|---|---|---|---|")

    def row(self, what, ours, theirs, shown=",.0f", more_is_better=False):
        ours, theirs = ([x] if isinstance(x, float) else x for x in (ours, theirs))
        ratio = statistics.median(ours) / statistics.median(theirs)
        ratio = ratio if more_is_better else 1 / ratio
        print(f"| {what} | {spread(ours, shown)} | {spread(theirs, shown)} | **{ratio:.1f}x** |")


def spread(values, shown):
    text = format(statistics.median(values), shown)
    if len(values) > 1:
        text += f" [{min(values):{shown}}..{max(values):{shown}}]"
    return text


def measure(bench, quick):
    messages, count = (5_000, 3) if quick else (20_000, 7)
    file = bench.directory / "attachment.bin"
    random_file(file, 100 * MIB)
    sent = rounds(count, {name: lambda name=name: bench.run_with_sink(f"send_{name}", messages)
                          for name in ("inetmail", "libcurl")})
    attached = rounds(count, {
        "inetmail": lambda: bench.run_with_sink("attachment", file),
        "libcurl": lambda: bench.run_with_sink("attachment_libcurl", file),
    })
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
    table.row("CPU us a message, user and system", *column(sent, "cpu_us", lambda us: us / messages), ".1f")
    for name in counted["inetmail"]:
        table.row(name, counted["inetmail"][name], counted["libcurl"][name],
                  ",.0f" if "instructions" in name else ".1f")
    table.row("100 MiB attachment: s", *column(attached, "wall_us", lambda us: us / 1e6), ".3f")
    table.row("100 MiB attachment: CPU s", *column(attached, "cpu_us", lambda us: us / 1e6), ".3f")
    table.row("100 MiB attachment: MiB more of resident memory at the peak",
              *column(attached, "growth_kib", lambda kib: kib / 1024), ".1f")
    getter, system_call = ([run[f"{name}_us"] * 1e3 / calls for run in got] for name in ("getter", "system_call"))
    ratio = statistics.median(getter) / statistics.median(system_call)
    print(f"\nA text read through the face (INetMailAddress_GetAddress): {instructions:.0f} user instructions, "
          f"{spread(getter, '.0f')} ns; a system call (getppid) takes {spread(system_call, '.0f')} ns: "
          f"{ratio:.2f} of one.")


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
        except Missing as missing:
            print(f"cannot count here without {missing}", file=sys.stderr)
            sys.exit(77)


if __name__ == "__main__":
    main()
