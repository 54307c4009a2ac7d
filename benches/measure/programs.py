"""The measured programs: compiled into a directory, and run on a CPU of their own beside the sink on another."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BENCHES = Path(__file__).resolve().parent.parent
ROOT = BENCHES.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target")

CPUS = sorted(os.sched_getaffinity(0))
CLIENT_CPU, SINK_CPU = CPUS[0], CPUS[-1]


class Missing(Exception):
    """A tool that is not on this machine."""


def fields(text):
    """What a program has printed, as numbers by name."""
    return {name: float(value) for name, value in re.findall(r"(\w+)=(-?[\d.]+)", text)}


def pinned(cpu):
    return lambda: os.sched_setaffinity(0, {cpu})


class Sink:
    """One process of benches/sink, on a port of its own."""

    def __init__(self, command):
        self.process = subprocess.Popen(list(map(str, command)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        preexec_fn=pinned(SINK_CPU))
        greeting = self.process.stdout.readline().split()
        if not greeting:
            sys.exit("the sink did not start")
        self.port = int(greeting[1])

    def end(self):
        """Its counters."""
        counters, _ = self.process.communicate(timeout=60)
        return fields(counters)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


class Programs:
    """A directory of compiled programs."""

    def __init__(self, directory):
        self.directory = Path(directory)
        self.certificate, self.key = self.directory / "certificate.pem", self.directory / "key.pem"
        self.has_tls = False

    def compile(self, source, *flags, name=None, libraries=()):
        output = self.directory / (name or source)
        command = ["cc", "-O2", "-std=gnu11", "-Wall", "-Wextra", *flags, *sorted(BENCHES.glob(f"{source}.c"))]
        subprocess.run([*command, "-o", output, *libraries], check=True)

    def make_sink(self):
        """Returns whether it speaks TLS, for which there has to be an OpenSSL to make it and its certificate with."""
        self.compile("sink/*", name="sink")
        # rustls takes no authority's certificate for a server's.
        certificate = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                       "-days", "2", "-subj", "/CN=sink", "-addext", "subjectAltName=IP:127.0.0.1",
                       "-addext", "basicConstraints=critical,CA:FALSE", "-keyout", self.key, "-out", self.certificate]
        try:
            self.compile("sink/*", "-DWITH_TLS", name="sink_tls", libraries=["-lssl", "-lcrypto"])
            subprocess.run(certificate, check=True, stderr=subprocess.DEVNULL)
            self.has_tls = True
        except (subprocess.CalledProcessError, FileNotFoundError):
            print("no TLS here without libssl-dev and openssl", file=sys.stderr)
        return self.has_tls

    def make_clients(self, library):
        """The programs that use the library."""
        if not library.exists():
            sys.exit(f"{library} is missing: make")
        # A copy: what cargo builds meanwhile, as the gate has it do, is not what is measured.
        shutil.copy(library, self.directory / "libinetmail.so")
        (self.directory / "libinetmail.so.0").symlink_to("libinetmail.so")  # the SONAME
        self.compile("allocations", "-shared", "-fPIC", name="allocations.so")
        flags = [f"-I{ROOT}/include", f"-L{self.directory}", f"-Wl,-rpath,{self.directory}"]
        self.compile("send_inetmail", *flags, libraries=["-linetmail", "-lpthread"])
        for name in "attachment", "getter", "build_inetmail":
            self.compile(name, *flags, libraries=["-linetmail"])

    def make_peers(self):
        try:
            self.compile("send_libcurl", libraries=["-lcurl"])
            self.compile("attachment", "-DWITH_LIBCURL", name="attachment_libcurl", libraries=["-lcurl"])
        except subprocess.CalledProcessError:
            sys.exit("no libcurl to compare with: apt-get install libcurl4-openssl-dev")
        self.compile("send_loop")
        self.compile("nodelay", "-shared", "-fPIC", name="nodelay.so")
        target = TARGET / "peers"
        subprocess.run(["cargo", "build", "--release", "--quiet", "--locked", "--target-dir", target],
                       cwd=BENCHES / "peers", check=True)
        for name in "build_peers", "send_bare", "send_lettre", "send_mail_send":
            shutil.copy(target / "release" / name, self.directory)

    def start_sink(self, arguments=()):
        return Sink([self.directory / ("sink_tls" if "--tls" in arguments else "sink"), *arguments])

    def path(self, program):
        """A program of the directory, of benches/, or of the machine."""
        for place in self.directory, BENCHES:
            if (place / program).exists():
                return place / program
        found = shutil.which(program) or shutil.which(program, path="/usr/sbin")
        if not found:
            raise Missing(program)
        return Path(found)

    def run(self, program, *arguments, under=(), environment=()):
        """Runs a program on the client's CPU. Returns its fields, and for its times, if it tells none, those of the process."""
        path = self.path(program)
        interpreter = [sys.executable] if path.suffix == ".py" else []
        command = [*map(str, under), *interpreter, str(path), *map(str, arguments)]
        with tempfile.TemporaryFile("w+") as output:
            start = time.perf_counter()
            process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, preexec_fn=pinned(CLIENT_CPU),
                                       env={**os.environ, "LC_ALL": "C", **{k: str(v) for k, v in dict(environment).items()}})
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
            output.seek(0)
            text = output.read()
        if process.returncode != 0:
            sys.exit(f"{' '.join(command)} failed: {text}")
        return {"wall_us": wall * 1e6, "cpu_us": (usage.ru_utime + usage.ru_stime) * 1e6} | fields(text)

    def run_with_sink(self, program, *arguments, sink=(), **options):
        """The same with a fresh sink, whose port takes the place of PORT and whose counters are added."""
        with self.start_sink(sink) as running:
            place = lambda word: str(word).replace("PORT", str(running.port))
            result = self.run(program, *map(place, arguments), **options)
            counters = running.end()
        if counters["refused"]:
            sys.exit(f"{program}: the sink refused {counters['refused']:.0f} commands")
        return result | counters
