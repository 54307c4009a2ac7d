"""Large files: the time, and by how much memory grows."""

import os
import statistics

from . import tables
from .sending import rounds

MIB = 1 << 20

# Ways in which a large file goes out: what it is called, which file, arguments of the client, of the sink.
ATTACHED, READY, SPARSE = "attachment.bin", "ready.eml", "sparse.bin"
TLS = ["--tls", "certificate.pem"]
WAYS = {
    "100 MiB attachment": (ATTACHED, [], ["--no-chunking"]),
    "100 MiB attachment, CHUNKING": (ATTACHED, [], []),
    "100 MiB attachment, TLS": (ATTACHED, TLS, [*TLS, "key.pem", "--no-chunking"]),
    "100 MiB attachment, BINARYMIME": (ATTACHED, [], ["--binarymime"]),
    "ready message of 100 MiB": (READY, ["--ready"], ["--no-chunking"]),
    "ready message of 100 MiB, TLS": (READY, ["--ready", *TLS], [*TLS, "key.pem", "--no-chunking"]),
    "2 GiB attachment": (SPARSE, [], ["--no-chunking"]),
}
# Against a bare loop of rustls, which writes the file as it is.
BARE_WAY = "ready message of 100 MiB, TLS"


def make_files(directory):
    with open(directory / ATTACHED, "wb") as file:
        for _ in range(100):
            file.write(os.urandom(MIB))
    line = b"The quick brown fox jumps over the lazy dogs, and back again.\r\n"
    with open(directory / READY, "wb") as file:
        file.write(b"From: a@b.example\r\nTo: c@d.example\r\nSubject: ready\r\n\r\n")
        for _ in range(100):
            file.write(line * (MIB // len(line)))
    with open(directory / SPARSE, "wb") as file:
        file.truncate(2048 * MIB)


def ways(programs):
    return [name for name, way in WAYS.items() if programs.has_tls or "--tls" not in way[1]]


def send(programs, program, way):
    """One large file, in one of the ways."""
    file, arguments, sink = WAYS[way]
    local = lambda words: [programs.directory / word if word.endswith(".pem") else word for word in words]
    return programs.run_with_sink(program, "PORT", programs.directory / file, *local(arguments), sink=local(sink))


def measure(programs, quick):
    make_files(programs.directory)
    columns = ["", "inetmail: s", "libcurl: s", "as fast, times", "inetmail: CPU s", "libcurl: CPU s", "less CPU, times",
               "inetmail: MiB more at the peak", "libcurl: MiB more at the peak"]
    number = 3 if quick else 7
    rows = [row(programs, way, 1 if "2 GiB" in way else number) for way in ways(programs)]
    return (f"### Large files\n\n{tables.table(columns, rows)}\n{number} rounds, of 2 GiB one. The peak is that of resident "
            "memory, above what there was behind a message with a line. libcurl knows no BDAT (RFC 3030).\n"
            + against_bare(programs, number))


def against_bare(programs, number):
    """How far the library is from rustls itself."""
    if not programs.has_tls:
        return ""
    file, arguments, sink = WAYS[BARE_WAY]
    local = lambda words: [programs.directory / word if word.endswith(".pem") else word for word in words]
    bare = lambda: programs.run_with_sink("send_bare", "PORT", programs.directory / file, *local(TLS), sink=local(sink))
    results = rounds(number, {"inetmail": lambda: send(programs, "attachment", BARE_WAY), "bare": bare})
    ours, theirs = ([run["cpu_us"] / 1e6 for run in results[peer]] for peer in ("inetmail", "bare"))
    share = statistics.median(ours) / statistics.median(theirs)
    return (f"\nBeside a bare loop of rustls that writes the file as it is ({BARE_WAY}): {tables.spread(ours, '.3f')} s of CPU "
            f"against {tables.spread(theirs, '.3f')}, {share:.2f} times as much.\n")


def row(programs, way, number):
    contestants = {"inetmail": lambda: send(programs, "attachment", way)}
    if "--binarymime" not in WAYS[way][2]:
        contestants["libcurl"] = lambda: send(programs, "attachment_libcurl", way)
    results = rounds(number, contestants)
    cells = [way]
    for name, scale, shown in [("wall_us", 1e6, ".3f"), ("cpu_us", 1e6, ".3f"), ("growth_kib", 1024, ".1f")]:
        ours, theirs = ([run[name] / scale for run in results.get(peer, [])] for peer in ("inetmail", "libcurl"))
        cells += [tables.spread(ours, shown), tables.spread(theirs, shown) if theirs else "-"]
        if name != "growth_kib":
            cells.append(tables.ratio(statistics.median(theirs), statistics.median(ours)) if theirs else "-")
    return cells
