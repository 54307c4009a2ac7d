"""Who sends: inetmail through its C face, and its peers."""

import sys
from dataclasses import dataclass, field

from .programs import Missing


@dataclass
class Contestant:
    name: str
    program: str
    modes: set
    # Without TCP_NODELAY a message waits for the server's delayed acknowledgement: 44 ms.
    stalls: bool = False
    nodelay: bool = False
    tls: bool = True
    # Instructions and system calls are counted over so many messages.
    counts: tuple = (200, 1200)
    environment: dict = field(default_factory=dict)

    def arguments(self, mode, count, connections, certificate):
        words = ["PORT", mode, count, *([connections] if connections > 1 else [])]
        return words + (["--tls", certificate] if certificate else [])

    def run(self, programs, scenario, count, under=()):
        """Runs through a scenario with so many messages."""
        certificate = programs.certificate if scenario.tls else None
        arguments = self.arguments(self.mode(scenario), count, scenario.connections, certificate)
        place = lambda text: text.replace("DIRECTORY", str(programs.directory))
        environment = {name: place(value) for name, value in self.environment.items()}
        if self.nodelay:
            environment["LD_PRELOAD"] = programs.directory / "nodelay.so"
        result = programs.run_with_sink(self.program, *arguments, under=under, environment=environment,
                                        sink=scenario.sink_arguments(programs))
        self.check(scenario, count, result)
        return result

    def check(self, scenario, count, result):
        """Whether all has arrived. Where connections are warm, one message more opens them."""
        whole = scenario.unit == "recipient"
        arrived = result["recipients" if whole else "messages"]
        if not count <= arrived <= (count if whole else count + 1):
            sys.exit(f"{self.name}, {scenario.title}: {arrived:.0f} of {count} {scenario.unit}s have arrived")

    def mode(self, scenario):
        """The first mode that the contestant has: who cannot send in bulk sends one by one."""
        return next((mode for mode in scenario.modes if mode in self.modes), None)

    def can(self, scenario, programs):
        if not self.mode(scenario) or (scenario.tls and not self.tls):
            return False
        try:
            programs.path(self.program)
        except Missing as missing:
            print(f"left out: {missing}", file=sys.stderr)
            return False
        return True


class SmtpSource(Contestant):
    """Postfix's generator of load. It has the text of its message ready, and tells no times of its own."""

    MODES = {"send": ["-d", "-m"], "fresh": ["-m"], "connections": ["-d", "-m"], "recipients": ["-m", "1", "-r"]}

    def arguments(self, mode, count, connections, certificate):
        return [*self.MODES[mode], count, "-s", connections, "-l", 1024, "-f", "ivanov@server.example",
                "-t", "petrov@server.example", "127.0.0.1:PORT"]


PEER_MODES = {"send", "fresh", "recipients", "connections"}
INETMAIL = Contestant("inetmail", "send_inetmail", {"send", "fresh", "recipients", "threads", "bulk", "connections"})
LIBCURL = Contestant("libcurl", "send_libcurl", PEER_MODES)
RUST = {"lettre": "send_lettre", "mail-send": "send_mail_send"}
PATIENT = [Contestant(f"{name} +nodelay", program, PEER_MODES, nodelay=True) for name, program in RUST.items()]
STALLED = [Contestant(name, program, PEER_MODES, stalls=True) for name, program in RUST.items()]
SMTP_SOURCE = SmtpSource("smtp-source", "smtp-source", PEER_MODES, tls=False)
SMTPLIB = Contestant("smtplib", "send_smtplib.py", PEER_MODES, tls=False, counts=(10, 40))
CTYPES = Contestant("inetmail by ctypes", "send_inetmail.py", {"send"}, tls=False, counts=(50, 250),
                    environment={"INETMAIL_LIBRARY": "DIRECTORY/libinetmail.so"})

# What TLS costs anybody: it stands beside those rows only.
BARE = Contestant("bare rustls", "send_bare", {"fresh"})

# What TCP costs anybody.
LOOP = Contestant("bare loop", "send_loop", {"connections"}, tls=False)

ALL = [INETMAIL, LIBCURL, *PATIENT, SMTP_SOURCE, SMTPLIB, *STALLED]
