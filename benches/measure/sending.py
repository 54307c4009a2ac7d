"""Measures the scenarios: times in interleaved rounds, counts by the difference of two runs."""

import statistics

from . import counting, tables
from .contestants import LIBCURL
from .scenarios import ROUND_TRIP_MS

# At 23 messages a second nobody waits for 20,000.
STALLED_MESSAGES = 50
# With a delay a peer that pipelines nothing needs four and more round trips for each.
DELAYED_MESSAGES = 20


def rounds(count, contestants):
    """Runs each contestant once a round, in turn, the order reversed every other round. Returns the results by name."""
    results = {name: [] for name in contestants}
    for n in range(count):
        order = list(contestants) if n % 2 == 0 else list(contestants)[::-1]
        for name in order:
            results[name].append(contestants[name]())
    return results


def count_messages(contestant, scenario, quick):
    """How many messages or recipients a contestant is timed with."""
    if contestant.stalls and scenario.unit == "message":
        return min(STALLED_MESSAGES, scenario.messages)
    if scenario.delayed and contestant.mode(scenario) == "send":
        return DELAYED_MESSAGES
    if scenario.unit == "recipient" or scenario.delayed:
        return scenario.messages
    if contestant.program.endswith("smtplib.py"):
        return scenario.messages // 10
    return scenario.messages // 10 if quick else scenario.messages


def measure(programs, scenario, quick):
    """One section of the page."""
    who = [contestant for contestant in scenario.who if contestant.can(scenario, programs)]
    counts = {one.name: count_messages(one, scenario, quick) for one in who}
    number = 3 if quick or scenario.delayed else 7
    timed = rounds(number, {one.name: lambda one=one: one.run(programs, scenario, counts[one.name]) for one in who})
    # What a contestant waits for TCP does not change what it does.
    counted = {one.name: count(programs, scenario, one) for one in who if scenario.counted and not one.stalls}
    figures = {name: figure(scenario, counts[name], results) for name, results in timed.items()}
    return f"### {scenario.title}\n\n" + shown(scenario, figures, counted, number, counts)


def figure(scenario, count, results):
    """Rate, CPU and turns of one contestant."""
    whole = scenario.unit == "recipient"
    pieces = 1 if whole else count
    return {
        "rate": [run["wall_us"] / 1e3 if whole else count / run["wall_us"] * 1e6 for run in results],
        "cpu": [run["cpu_us"] / (1e3 if whole else count) for run in results],
        # The one message by which a warm connection is opened counts as any other.
        "turns": statistics.median([run["turns"] / (1 if whole else run["messages"]) for run in results]),
        "round_trips": [run["wall_us"] / 1e3 / ROUND_TRIP_MS / pieces for run in results],
        "connections": statistics.median([run["connections"] for run in results]),
        # The first makes the session.
        "resumed": statistics.median([run["resumed"] / max(run["connections"] - 1, 1) for run in results]),
    }


def count(programs, scenario, contestant):
    """User instructions and system calls of one message or recipient."""
    run = lambda n, under: contestant.run(programs, scenario, n, under)
    short, long = counting_range(scenario, contestant)
    return (counting.instructions(programs.directory, run, short, long),
            counting.system_calls(programs.directory, run, short, long))


def counting_range(scenario, contestant):
    if scenario.unit == "recipient":
        return scenario.messages // 10, scenario.messages
    if scenario.counts and contestant.counts == (200, 1200):
        return scenario.counts
    return contestant.counts


def shown(scenario, figures, counted, number, counts):
    whole = scenario.unit == "recipient"
    time = ["ms", "CPU ms"] if whole else ["messages/s", "CPU us a message"]
    columns = ["", time[0], "as fast as libcurl, times", time[1], "libcurl's CPU, times"]
    columns += [f"user instructions a {scenario.unit}", f"system calls a {scenario.unit}"] if scenario.counted else []
    columns.append("turns in all" if whole else "turns a message")
    columns += ["round trips a message"] if scenario.delayed else []
    columns += ["sessions resumed"] if scenario.tls else []
    columns += ["connections"] if scenario.connections > 1 else []
    rows = [row(scenario, name, figures, counted) for name in figures]
    used = sorted(set(counts.values()))
    told = f"{used[0]:,} to {used[-1]:,}" if len(used) > 1 else f"{used[0]:,}"
    return f"{tables.table(columns, rows)}\n{number} rounds of {told} {scenario.unit}s.\n"


def row(scenario, name, figures, counted):
    ours, base = figures[name], figures[LIBCURL.name]
    median = lambda which, of: statistics.median(of[which])
    whole = scenario.unit == "recipient"
    rates = [median("rate", ours), median("rate", base)]
    cells = [
        name,
        tables.spread(ours["rate"], ".2f" if whole else ",.1f" if scenario.delayed else ",.0f"),
        tables.ratio(*(reversed(rates) if whole else rates)),
        tables.spread(ours["cpu"], ".2f" if whole or rates[0] > 1e5 else ".1f"),
        tables.ratio(median("cpu", ours), median("cpu", base)),
    ]
    if scenario.counted:
        cells += [tables.exact(value) for value in counted[name]] if name in counted else ["", ""]
    cells.append(tables.exact(ours["turns"]))
    if scenario.delayed:
        cells.append(tables.spread(ours["round_trips"], ".3f"))
    if scenario.tls:
        cells.append(f"{ours['resumed']:.0%}")
    if scenario.connections > 1:
        cells.append(f"{ours['connections']:.0f}")
    return cells
