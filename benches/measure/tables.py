"""Markdown."""

import os
import platform
import re
import statistics
from pathlib import Path

from .programs import CLIENT_CPU, SINK_CPU

BEGIN, END = "<!-- measured: benches/run.py --write -->", "<!-- end of what was measured -->"


def spread(values, shown):
    """The median, and the range of more than one."""
    values = values if isinstance(values, list) else [values]
    text = format(statistics.median(values), shown)
    if len(values) > 1:
        text += f" [{min(values):{shown}}..{max(values):{shown}}]"
    return text


def exact(value):
    """A count, with as many places as it needs."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 9.95 else f"{value:.2f}"


def table(columns, rows):
    lines = [f"| {' | '.join(cells)} |" for cells in [columns, ["---"] * len(columns), *rows]]
    return "\n".join(lines) + "\n"


def ratio(ours, theirs):
    if not theirs:
        return "-"
    return f"{ours / theirs:.0f}x" if ours / theirs >= 100 else f"{ours / theirs:.2g}x"


def machine():
    cpus = Path("/proc/cpuinfo").read_text()
    name = re.search(r"model name\s*: (.*)", cpus)
    where = f"sink on CPU {SINK_CPU}, client on CPU {CLIENT_CPU}"
    return f"{os.cpu_count()} CPUs, {name[1] if name else platform.machine()}, {platform.system()} {platform.release()}; {where}"


def write(path, text):
    """Puts the text between the two marks of a page."""
    page = path.read_text()
    if page.count(BEGIN) != 1 or page.count(END) != 1:
        raise SystemExit(f"{path} does not have the two marks, each once")
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    path.write_text(f"{before}{BEGIN}\n\n{text.strip()}\n\n{END}{after}")
