"""What is done: each scenario is one section of the page."""

from dataclasses import dataclass

from .contestants import ALL, BARE, CTYPES, INETMAIL, LIBCURL, LOOP, PATIENT, SMTP_SOURCE, SMTPLIB

ROUND_TRIP_MS = 40


@dataclass
class Scenario:
    name: str
    title: str
    # In the order of preference.
    modes: tuple
    who: list
    messages: int
    sink: tuple = ()
    connections: int = 1
    tls: bool = False
    # Messages are told apart from recipients of one message.
    unit: str = "message"
    delayed: bool = False
    # Instructions and system calls of one message say nothing, or nothing new.
    counted: bool = True
    # Bulk comes in batches of a thousand.
    counts: tuple | None = None

    def sink_arguments(self, programs):
        arguments = list(self.sink)
        if self.tls:
            arguments += ["--tls", programs.certificate, programs.key]
        if self.delayed:
            arguments += ["--delay-ms", ROUND_TRIP_MS / 2]
        return arguments

    def possible(self, programs):
        return not self.tls or programs.has_tls


DATA = ("--no-chunking",)
BATCHES = (2_000, 6_000)
DELAYED = [INETMAIL, LIBCURL, *PATIENT, SMTPLIB]

SCENARIOS = [
    Scenario("send", "Send after Send, one warm connection, PIPELINING without CHUNKING", ("send",), ALL, 20_000, DATA),
    Scenario("send by chunks", "Send after Send, one warm connection, PIPELINING and CHUNKING", ("send",),
             [INETMAIL, LIBCURL], 20_000),
    Scenario("bulk", "BulkSend over one connection, PIPELINING without CHUNKING", ("bulk", "send"),
             [INETMAIL, LIBCURL, SMTP_SOURCE], 20_000, DATA, counts=BATCHES),
    Scenario("bulk by chunks", "BulkSend over one connection, PIPELINING and CHUNKING", ("bulk", "send"),
             [INETMAIL, LIBCURL, SMTP_SOURCE], 20_000, counts=BATCHES),
    Scenario("fresh", "A new connection for each message", ("fresh",), ALL, 5_000),
    Scenario("fresh TLS", "A new connection for each message, STARTTLS, full handshake", ("fresh",),
             [*ALL, BARE], 1_000, tls=True),
    Scenario("fresh TLS resumed", "A new connection for each message, STARTTLS, the server hands out tickets", ("fresh",),
             [*ALL, BARE], 1_000, ("--resume",), tls=True),
    Scenario("recipients", "One message for 10,000 recipients, a new connection", ("recipients",), ALL, 10_000,
             DATA, unit="recipient"),
    Scenario("16 connections", "16 connections, the client on one CPU, PIPELINING without CHUNKING", ("connections",),
             [*ALL, LOOP], 20_000, DATA, connections=16, counts=BATCHES),
    Scenario("16 threads", "16 threads that Send through one client", ("threads", "connections"),
             [INETMAIL, LIBCURL, *PATIENT, SMTPLIB], 20_000, DATA, connections=16, counts=(800, 2_400)),
    Scenario("40 ms send", "40 ms round trip, Send after Send, PIPELINING without CHUNKING", ("send",), DELAYED, 50, DATA,
             delayed=True, counted=False),
    Scenario("40 ms send by chunks", "40 ms round trip, Send after Send, PIPELINING and CHUNKING", ("send",),
             [INETMAIL, LIBCURL], 50, delayed=True, counted=False),
    Scenario("40 ms bulk", "40 ms round trip, BulkSend over one connection, PIPELINING without CHUNKING", ("bulk", "send"),
             [INETMAIL, LIBCURL], 200, DATA, delayed=True, counted=False),
    Scenario("40 ms bulk by chunks", "40 ms round trip, BulkSend over one connection, PIPELINING and CHUNKING",
             ("bulk", "send"), [INETMAIL, LIBCURL], 1_000, delayed=True, counted=False),
    Scenario("ctypes", "From Python, a whole Send through ctypes", ("send",), [CTYPES, LIBCURL, SMTPLIB], 5_000),
]


def named(name):
    return next(scenario for scenario in SCENARIOS if scenario.name == name)
