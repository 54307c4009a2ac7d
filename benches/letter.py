"""What the measured programs in Python share: the arguments and the message of bench.h, and the clock."""

import resource
import sys
import time

FROM, TO = "ivanov@server.example", "petrov@server.example"
LINE = "message 0000000: the quick brown fox jumps over the lazy dogs.\r\n"
REST = LINE * 15


def subject(n):
    return f"Message number {n:07}"


def body(n):
    return f"message {n:07}{LINE[15:]}{REST}"


def recipient(n):
    return f"user{n:07}@server.example"


def read_task():
    """Port, mode, count, connections."""
    port, mode, count, *rest = sys.argv[1:]
    return int(port), mode, int(count), int(rest[0]) if rest else 1


class Clock:
    """The time since it was made, for run.py."""

    def __init__(self):
        self.wall, self.cpu = time.perf_counter(), self.cpu_now()

    @staticmethod
    def cpu_now():
        usage = resource.getrusage(resource.RUSAGE_SELF)
        return usage.ru_utime + usage.ru_stime

    def tell(self):
        wall, cpu = time.perf_counter() - self.wall, self.cpu_now() - self.cpu
        print(f"wall_us={wall * 1e6:.0f} cpu_us={cpu * 1e6:.0f}")
