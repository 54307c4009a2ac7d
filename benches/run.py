#!/usr/bin/env python3
"""Measures the release library side by side with its peers and prints Markdown: sending beside libcurl, lettre, mail-send,
smtp-source and smtplib, building alone beside lettre and mail-builder.

    benches/run.py            the whole run, most of an hour
    benches/run.py --quick    fewer rounds and messages
    benches/run.py --write    the same, and the tables go into docs/performance.md
    benches/run.py --only X   only sections whose name has X in it; --list shows them
    benches/run.py --gate     only what is steady, against limits and benches/instructions.json; exit code 1 if one is
                              broken, 77 if a tool to count with is missing
    benches/run.py --gate --accept    what is counted now becomes the baseline

Instructions, system calls, turns and resident memory are steady from run to run. Times are not: on a shared machine they
swing by a factor of two. So peers take turns in rounds, medians are given with their range, and no time stands alone.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from measure import building, counting, large, sending, tables
from measure.gate import gate
from measure.programs import ROOT, TARGET, Missing, Programs
from measure.scenarios import SCENARIOS

PAGE = ROOT / "docs/performance.md"


def sections():
    """What can be measured, by name."""
    found = {scenario.name: lambda programs, quick, scenario=scenario: sending.measure(programs, scenario, quick)
             for scenario in SCENARIOS}
    return found | {"large files": large.measure, "building": building.measure}


def possible(programs, name):
    scenario = next((scenario for scenario in SCENARIOS if scenario.name == name), None)
    if scenario is None or scenario.possible(programs):
        return True
    print(f"left out: {scenario.title}", file=sys.stderr)
    return False


def versions():
    lock = (ROOT / "benches/peers/Cargo.lock").read_text().split("[[package]]")
    crates = dict(block.replace('"', "").split("\n")[1:3] for block in lock[1:])
    crate = lambda name: f"{name} {crates[f'name = {name}'].removeprefix('version = ')}"
    tools = [counting.version("curl-config", "--version"), "Python " + sys.version.split()[0],
             counting.version("rustc", "--version")]
    return ", ".join([*map(crate, ["lettre", "mail-send", "mail-builder"]), *tools])


def measure(programs, only, quick):
    """Prints each section as soon as it is there. Returns them all."""
    page = [f"{tables.machine()}. {versions()}.{' A quick run.' if quick else ''}\n"]
    print(page[0], flush=True)
    for name, section in sections().items():
        if only in name and possible(programs, name):
            page.append(section(programs, quick))
            print(page[-1], flush=True)
    return "\n".join(page)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for flag in "--quick", "--write", "--gate", "--accept", "--list":
        parser.add_argument(flag, action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--library", type=Path, default=TARGET / "release/libinetmail.so")
    arguments = parser.parse_args()
    if arguments.accept and not arguments.gate:
        parser.error("--accept goes with --gate")
    if arguments.write and (arguments.only or arguments.gate):
        parser.error("--write is for the whole page")
    if arguments.list:
        print("\n".join(sections()))
        return
    with tempfile.TemporaryDirectory(prefix="inetmail-bench-") as directory:
        try:
            programs = Programs(directory)
            programs.make_sink()
            programs.make_clients(arguments.library)
            if arguments.gate:
                sys.exit(0 if gate(programs, arguments.accept) else 1)
            programs.make_peers()
            page = measure(programs, arguments.only, arguments.quick)
            if arguments.write:
                tables.write(PAGE, page)
        except Missing as missing:
            print(f"cannot measure here without {missing}", file=sys.stderr)
            sys.exit(77)


if __name__ == "__main__":
    main()
