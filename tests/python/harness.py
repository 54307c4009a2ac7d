"""What run.py and examples.py share: cases run side by side, counted, and reported."""

import sys
import tempfile
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
ROOT = TESTS.parent

sys.path.insert(0, str(TESTS / "tools"))


def run_cases(cases, workers=2):
    """Runs every (name, function) with a directory of its own; returns the exit status.

    A case fails by raising an exception.
    """
    failures = 0
    with ThreadPoolExecutor(workers) as pool:
        for name, why in pool.map(_run_case, cases):
            failures += why is not None
            print(f"FAILED  {name}\n{why}" if why else f"ok      {name}", flush=True)
    print(f"{len(cases) - failures} passed, {failures} failed")
    return 1 if failures or not cases else 0


def _run_case(case):
    name, function = case
    try:
        with tempfile.TemporaryDirectory(prefix="inetmail-") as directory:
            function(Path(directory))
    except Exception:
        return name, traceback.format_exc()
    return name, None


def outcome(result):
    """How a process ended and what it printed, for the text of an assertion."""
    ended = f"exit status {result.returncode}"
    if result.returncode < 0:
        ended = f"killed by signal {-result.returncode}"
    return "\n".join([ended, result.stdout, result.stderr])
