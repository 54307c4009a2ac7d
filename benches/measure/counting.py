"""What is steady from run to run: instructions, system calls, allocations.

What is counted is the difference between two runs, so that start, connection and end cancel out.
"""

import re
import shutil
import subprocess

from .programs import Missing

SHORT, LONG = 200, 1200


def callgrind(log):
    """Does not depend on the machine, but for what code it chooses: valgrind 3.19 knows AVX2, no AVX-512."""
    if not shutil.which("valgrind"):
        raise Missing("valgrind")
    return (["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", f"--log-file={log}"],
            r"Collected : (\d+)")


def instructions(directory, run, short=SHORT, long=LONG):
    """User instructions of one of the things that `run(n, under)` does n times."""
    log = directory / "instructions"
    under, pattern = callgrind(log)

    def count(n):
        run(n, under)
        return int(re.search(pattern, log.read_text())[1])

    return (count(long) - count(short)) / (long - short)


def system_calls(directory, run, short=SHORT, long=LONG):
    """System calls of one of the things that `run(n, under)` does n times."""
    if not shutil.which("strace"):
        raise Missing("strace")
    log = directory / "system_calls"

    def count(n):
        run(n, ["strace", "-f", "-c", "-o", log])
        rows = [line.split() for line in log.read_text().splitlines()]
        return sum(int(row[3]) for row in rows if len(row) >= 5 and row[0][0].isdigit() and row[-1] != "total")

    return (count(long) - count(short)) / (long - short)


def allocations(programs, program, *arguments):
    """Allocations of one of the things that a program does N times, N being its last argument."""
    log = programs.directory / "allocations"
    environment = {"LD_PRELOAD": programs.directory / "allocations.so", "ALLOCATIONS_LOG": log}

    def count(n):
        programs.run(program, *arguments, n, environment=environment)
        return int(log.read_text())

    return (count(LONG) - count(SHORT)) / (LONG - SHORT)


def version(tool, *arguments):
    shown = subprocess.run([tool, *arguments], stdout=subprocess.PIPE, text=True)
    return shown.stdout.strip().splitlines()[0] if shown.stdout else "?"
