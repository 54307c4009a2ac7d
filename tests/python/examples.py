#!/usr/bin/env python3
"""Compiles every program of examples_c as C99 and as C++17, runs it, and reads what it sent.

    examples.py LIBDIR [--valgrind] [NAME...]      LIBDIR is where libinetmail.so is

A scenario below names a program, its arguments and its server, and checks the letters that
arrived. NAME picks scenarios.
"""

import argparse
import base64
import email
import email.header
import email.policy
import os
import re
import socket
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from harness import ROOT, outcome, run_cases
from capture_server import CaptureServer

EXAMPLES = ROOT / "examples_c"
PROGRAMS = sorted(path.stem for path in EXAMPLES.glob("*.c"))
TIME_LIMIT = 120  # seconds, for a program that hangs

WARNINGS = ["-Wall", "-Wextra", "-Werror"]
LANGUAGES = {
    "c99": [os.environ.get("CC", "cc"), "-std=c99", "-pedantic", *WARNINGS],
    "c++17": [os.environ.get("CXX", "c++"), "-std=c++17", "-x", "c++", *WARNINGS],
}
VALGRIND = [
    "valgrind", "--quiet", "--error-exitcode=9", "--leak-check=full",
    "--show-leak-kinds=definite,indirect,possible",
    "--errors-for-leak-kinds=definite,indirect,possible",
]
# The AES-GCM assembly that ring shares with OpenSSL: memcheck takes its tags, which are right,
# for undefined (openssl/openssl#19719), and with them all that was decrypted.
VALGRIND_FOR_TLS = ["--undef-value-errors=no"]
# An example that fails ends on the spot, with its handles.
VALGRIND_FOR_FAILURES = ["--leak-check=no"]

IVANOV, PETROV = "ivanov@server.ru", "petrov@server.ru"
SIDOROV, SMIRNOV = "sidorov@server.ru", "smirnov@server.ru"
ROBOT = "robot@server.ru"

# Every byte, and the sequences that a careless writer breaks.
BINARY = bytes(range(256)) * 5 + b"\r\n.\r\n..\n\n\r\r\0From the end without a newline"
FILES = {"Отчёт за май.bin": BINARY, "plain.txt": b"one\r\n.\r\ntwo\r\n", "empty.dat": b""}

# The smallest image there is, a transparent dot.
IMAGE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5E"
    "rkJggg==")

# Letters that stand ready. This one came from elsewhere: other line breaks, and fields written
# otherwise than the library would.
READY_HEADER = f"""\
From:   {IVANOV}
TO: {PETROV}
Subject: =?KOI8-R?B?58/Uz9fP?=
Date: Sat, 21 Nov 2026 06:28:01 +0300
Message-Id: <ready.1@server.ru>
MIME-version: 1.0
Content-Type: text/plain; charset=UTF-8
Content-Transfer-Encoding: 8bit
X-Odd:\tas  it\tis
"""
READY_BODY = "Текст\n.\n..точки\n\n  конец \n"
MULTIPART = b"""\
From: ivanov@server.ru
To: petrov@server.ru
Subject: =?UTF-8?Q?=D0=9E=D1=82=D1=87=D1=91=D1=82?=
Date: Sat, 21 Nov 2026 06:28:01 +0300
Message-ID: <load.1@server.ru>
X-Odd:  as  it is
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=here

What only old readers show.
--here
Content-type: TEXT/plain;charset="us-ascii"

Text 
--here
Content-Disposition: attachment; filename="old.txt"
Content-Type: text/plain; name=old.txt
Content-Transfer-Encoding: BASE64

b25lCnR3
bwo=
--here--
""".replace(b"\n", b"\r\n")


def ready(*fields):
    """A letter that stands ready, with more header fields."""
    head, tail = READY_HEADER.split("X-Odd", 1)
    return "".join([head, *(f"{field}\n" for field in fields), "X-Odd", tail, "\n",
                    READY_BODY]).encode()


def as_sent(letter):
    """The octets of a letter on the wire: its line breaks are CRLF."""
    return letter.replace(b"\n", b"\r\n")


MORE_FILES = {
    "hidden.eml": ready(f"Bcc: {SIDOROV},\n {SMIRNOV}"),
    "refused.eml": ready(f"Cc: reject@server.ru, {SIDOROV}, temp@server.ru"),
    "plain.eml": ready(f"Cc: {SIDOROV}"),
    "multipart.eml": MULTIPART,
    "приглашения.csv": f"{PETROV};Пётр\n{SIDOROV};Сидор\n".encode(),
    "refused.csv": f"{PETROV};Пётр\nreject@server.ru;Никто\n{SIDOROV};Сидор\n".encode(),
    "bad.csv": (f"nobody;Никто\n{PETROV};Пётр\n{SMIRNOV}\na@b@c;Двое\n{'x' * 3000};Длинный\n"
                f"{SIDOROV};Сидор\n").encode(),
    "логотип.png": IMAGE,
    "old.token": b"old-token\n",
    "app.config": f"""\
<?xml version="1.0" encoding="windows-1251"?>
<configuration>
  <mailSettings><reports from="отчёты &lt;{SIDOROV}&gt;"><network host="server.ru"/></reports></mailSettings>
  <system.net><mailSettings>
    <smtp deliveryMethod="SpecifiedPickupDirectory" from="{IVANOV}"/>
  </mailSettings></system.net>
</configuration>
""".encode("cp1251"),
}

SCENARIOS = []


@dataclass
class Scenario:
    """One run of one program."""

    name: str
    program: str
    arguments: tuple
    server: dict | None  # None: the program talks to no server, and writes into {pickup}
    fails: bool | str  # what the program says then, unless it is what the library says
    check: object
    environment: dict

    @property
    def wanted(self):
        return "DIRECTORY" if self.server is None else "HOST PORT"


def example(program, *arguments, fails=False, environment=None, **server):
    """Registers a check: it is given the letters that arrived, and how the process ended, with
    what it printed and the directory it ran in. A variable that is None is taken out of the environment."""
    def register(check):
        SCENARIOS.append(Scenario(check.__name__, program, arguments, server, fails, check, environment or {}))
        return check
    return register


def pickup_example(program, *arguments):
    """The same for a program that needs no server: its letters are the files that it wrote."""
    def register(check):
        SCENARIOS.append(Scenario(check.__name__, program, arguments, None, False, check, {}))
        return check
    return register


class Letter:
    """A letter as it arrived: envelope, bytes, and the bytes understood."""

    def __init__(self, envelope, raw):
        self.envelope = envelope
        self.raw = raw
        self.message = email.message_from_bytes(raw, policy=email.policy.default)

    def __getitem__(self, header):
        return self.message[header]

    @property
    def rcpts(self):
        return self.envelope["rcpts"]

    @property
    def body(self):
        return self.message.get_body(("plain", "html")).get_content().rstrip("\r\n")

    def attachments(self):
        return [(part.get_filename(), part.get_payload(decode=True))
                for part in self.message.iter_attachments()]

    @property
    def outline(self):
        """The tree of its parts, such as mixed(text/plain, image/gif)."""
        def of(part):
            kind, _, subtype = part.get_content_type().partition("/")
            if kind != "multipart":
                return f"{kind}/{subtype}"
            return f"{subtype}({', '.join(of(inner) for inner in part.iter_parts())})"
        return of(self.message)

    def parts(self, content_type):
        return [part for part in self.message.walk() if part.get_content_type() == content_type]

    def addresses(self, header):
        return [(item.display_name, item.addr_spec) for item in self[header].addresses]

    def check_common(self):
        """What holds of every letter."""
        for header in ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version"):
            assert len(self.message.get_all(header)) == 1, f"{header} is not there once"
        assert "Bcc" not in self.message
        for part in self.message.walk():
            assert part.defects == []
            for name, value in part.items():
                assert not value.defects, f"{name}: {value}: {value.defects}"
        assert self["From"].addresses[0].addr_spec == IVANOV
        # Most letters go to one man; each of a run has its own.
        assert self["To"].addresses[0].addr_spec in (PETROV, self.rcpts[0])
        assert self["Date"].datetime is not None
        head = self.raw.partition(b"\r\n\r\n")[0]
        assert all(len(line) <= 78 for line in head.split(b"\r\n")), "a header line beyond 78"
        assert self.raw.endswith(b"\r\n") and not self.raw.endswith(b"\r\n\r\n\r\n")


def check_sample_text(letter):
    assert letter["Subject"] == "Тестовое письмо"
    assert letter.body == "Текст письма"
    assert letter.message.get_content_type() == "text/plain"


@example("fore_sample")
def fore_sample(letters, _result):
    [letter] = letters
    check_sample_text(letter)
    assert letter.envelope["from"] == IVANOV
    assert letter.rcpts == [PETROV]
    assert letter["From"] == IVANOV
    assert letter["To"] == PETROV
    assert letter.envelope["auth"] is None and letter.envelope["tls"] is None


@example("fore_sample", "Отчёт за май.bin")
def fore_sample_with_attachment(letters, _result):
    [letter] = letters
    assert letter.message.get_content_type() == "multipart/mixed"
    assert letter["Subject"] == "Тестовое письмо"
    assert letter.body == "Текст письма"
    assert letter.attachments() == [("Отчёт за май.bin", BINARY)]


@example("fore_sample", "nowhere.bin", fails=True)
def fore_sample_without_its_file(letters, result):
    assert letters == []
    assert "nowhere.bin" in result.stderr


@example("fore_sample", extensions=())
def fore_sample_to_a_server_that_offers_nothing(letters, _result):
    [letter] = letters
    check_sample_text(letter)
    assert letter.envelope["params"] == {}
    assert letter.raw.isascii()


@example("create")
def create(letters, result):
    [letter] = letters
    check_sample_text(letter)
    assert result.stdout == f"{PETROV} is petrov at server.ru\n"


@example("create_with_name")
def create_with_name(letters, _result):
    [letter] = letters
    check_sample_text(letter)
    assert letter.addresses("From") == [("Иван Иванов", IVANOV)]
    assert letter.addresses("To") == [('Petrov, "P."', PETROV)]
    assert letter.envelope["from"] == IVANOV
    assert letter.rcpts == [PETROV]


@example("create_with_from_and_to")
def create_with_from_and_to(letters, _result):
    [letter] = letters
    assert letter["Subject"] == "Тестовое письмо"
    assert letter.message.get_content_type() == "text/html"
    assert letter.body == "<p>Текст <b>письма</b></p>"


@example("curl_attachment_create", "plain.txt", "ivanov", "пароль", user="ivanov",
         password="пароль")
def curl_attachment_create(letters, _result):
    [letter] = letters
    assert letter.envelope["auth"] == "ivanov"
    assert letter["Subject"] == "Письмо с вложением"
    assert letter.body == "Файл во вложении"
    assert letter.attachments() == [("plain.txt", FILES["plain.txt"])]


@example("create_with_host_and_port")
def create_with_host_and_port(letters, _result):
    first, second = letters
    assert first["Subject"] == "Первое письмо"
    assert second["Subject"] == "Второе письмо"
    assert first["Message-ID"] != second["Message-ID"]
    assert first.envelope["session"] == second.envelope["session"], "the connection was not kept"


@example("bcc")
def bcc(letters, _result):
    [letter] = letters
    check_sample_text(letter)
    assert letter.rcpts == [PETROV, SIDOROV]
    assert b"sidorov" not in letter.raw.lower()
    assert b"\nbcc:" not in letter.raw.lower()


@example("cc")
def cc(letters, result):
    [letter] = letters
    check_sample_text(letter)
    assert letter.rcpts == [PETROV, SIDOROV, SMIRNOV]
    assert letter.addresses("To") == [("", PETROV)]
    assert letter.addresses("Cc") == [("", SIDOROV), ("Смирнов", SMIRNOV)]
    assert result.stdout.splitlines() == [
        SIDOROV, SMIRNOV, f'{SIDOROV},"Смирнов" <{SMIRNOV}>']


@example("add_string")
def add_string(letters, _result):
    [letter] = letters
    check_sample_text(letter)
    assert letter.rcpts == [PETROV, SIDOROV, SMIRNOV]
    assert [address for _, address in letter.addresses("To")] == [PETROV, SIDOROV, SMIRNOV]


@example("sender")
def sender(letters, _result):
    [letter] = letters
    check_sample_text(letter)
    assert letter.envelope["from"] == "robot@server.ru"
    assert letter["Sender"] == "robot@server.ru"
    assert letter["From"] == IVANOV


@example("reply_to")
def reply_to(letters, _result):
    [letter] = letters
    check_sample_text(letter)
    assert letter.addresses("Reply-To") == [("Канцелярия", "office@server.ru")]
    assert letter["X-Priority"].startswith("1")
    assert letter["Importance"].lower() == "high"
    assert letter.envelope["from"] == IVANOV
    assert letter.rcpts == [PETROV]


@example("body_and_subject_encoding")
def body_and_subject_encoding(letters, _result):
    [letter] = letters
    subject, body = "Тестовий лист, їжак і ґанок", "Щастя, є, ім'я, ґудзик"
    assert letter["Subject"] == subject
    assert letter.body == body

    assert letter.message.get_content_charset() == "koi8-u"
    assert letter.message.get_payload(decode=True).rstrip(b"\r\n") == body.encode("koi8-u")
    words = email.header.decode_header(email.message_from_bytes(letter.raw)["Subject"])
    assert {charset for _, charset in words} == {"koi8-u"}
    assert b"".join(octets for octets, _ in words) == subject.encode("koi8-u")


@example("attachments_add", *FILES)
def attachments_add(letters, _result):
    [letter] = letters
    assert letter.body == "Файлы во вложении"
    assert letter.attachments() == list(FILES.items())


@example("release_resource", "plain.txt")
def release_resource(letters, _result):
    first, second = letters
    assert first.attachments() == [("plain.txt", FILES["plain.txt"])]
    assert second.attachments() == [("plain.txt", FILES["plain.txt"] + b"sent\n")]


@example("enable_ssl", "ivanov", "password", "{authority}", tls="certificate", user="ivanov",
         password="password")
def enable_ssl(letters, _result):
    [letter] = letters
    check_sample_text(letter)
    assert letter.envelope["tls"] in ("TLSv1.2", "TLSv1.3")
    assert letter.envelope["auth"] == "ivanov"


@example("enable_ssl", "ivanov", "password", "{selfsigned}", tls="selfsigned", user="ivanov",
         password="password")
def enable_ssl_with_a_self_signed_certificate(letters, _result):
    [letter] = letters
    assert letter.envelope["tls"] in ("TLSv1.2", "TLSv1.3")


@example("enable_ssl", "ivanov", "password", tls="certificate", user="ivanov",
         password="password", fails=True)
def enable_ssl_with_an_unknown_authority(letters, result):
    assert letters == []
    assert "certificate" in result.stderr.lower()


@example("enable_ssl", "ivanov", "password", user="ivanov", password="password", fails=True)
def enable_ssl_without_tls_on_the_server(letters, result):
    assert letters == []
    assert "STARTTLS" in result.stderr


@example("oauth_token", "ivanov", "old.token", "echo fresh-token", "{authority}", tls="certificate",
         user="ivanov", token="fresh-token")
def oauth_token_asks_for_a_fresh_one(letters, result):
    assert [letter.envelope["auth"] for letter in letters] == ["ivanov", "ivanov"]
    assert len({letter.envelope["session"] for letter in letters}) == 1
    assert result.stdout == "sent, with 1 fresh tokens\n", result.stdout
    assert (result.directory / "old.token").read_bytes() == b"fresh-token\n"


@example("oauth_token", "ivanov", "old.token", "false", "{authority}", tls="certificate",
         user="ivanov", token="old-token")
def oauth_token_keeps_a_good_one(letters, result):
    assert len(letters) == 2 and result.stdout == "sent, with 0 fresh tokens\n", result.stdout


@example("oauth_token", "ivanov", "old.token", "false", "{authority}", tls="certificate",
         user="ivanov", token="fresh-token", fails=True)
def oauth_token_without_a_fresh_one(letters, result):
    assert letters == [] and "-2000" in result.stderr, result.stderr


@example("oauth_token", "ivanov", "old.token", "echo other-token", "{authority}", tls="certificate",
         user="ivanov", token="fresh-token", fails=True)
def oauth_token_that_is_refused(letters, result):
    assert letters == [] and "401" in result.stderr and "535" in result.stderr, result.stderr
    assert "-token" not in result.stderr, result.stderr


@example("send_with_credentials", "ivanov", "password", user="ivanov", password="password")
def send_with_credentials(letters, _result):
    [letter] = letters
    check_sample_text(letter)
    assert letter.envelope["auth"] == "ivanov"


@example("send_with_credentials", "ivanov", "mistaken", user="ivanov", password="password",
         fails=True)
def send_with_wrong_credentials(letters, result):
    assert letters == []
    assert "535" in result.stderr and "mistaken" not in result.stderr


@example("create_with_user_password", "petrov", "password", user="petrov", password="password")
def create_with_user_password(letters, _result):
    [letter] = letters
    check_sample_text(letter)
    assert letter.envelope["auth"] == "petrov"


@example("html_message", "логотип.png", "Отчёт за май.bin")
def html_message(letters, _result):
    [letter] = letters
    assert letter.outline == (
        "mixed(related(alternative(text/plain, text/html), image/png), application/octet-stream)")
    [plain], [html], [image] = map(letter.parts, ("text/plain", "text/html", "image/png"))
    assert plain.get_content().rstrip("\r\n") == "Отчёт во вложении."
    content_id = image["Content-ID"].strip()
    assert content_id.startswith("<") and content_id.endswith(">")
    assert html.get_content().splitlines() == [
        "<p>Отчёт <b>во вложении</b>.</p>", f'<img src="cid:{content_id[1:-1]}">']
    assert image.get_payload(decode=True) == IMAGE
    assert image.get_content_disposition() == "inline"
    [related] = letter.parts("multipart/related")
    assert related.get_param("type") == "multipart/alternative"  # RFC 2387 section 3.1
    assert letter.attachments() == [("Отчёт за май.bin", BINARY)]


@example("html_message", "логотип.png", "plain.txt", extensions=())
def html_message_to_a_server_that_offers_nothing(letters, result):
    [letter] = letters
    assert letter.raw.isascii()
    [image] = letter.parts("image/png")
    assert image.get_payload(decode=True) == IMAGE
    assert letter.attachments() == [("plain.txt", FILES["plain.txt"])]


@example("html_message", "нет.png", "plain.txt", fails=True)
def html_message_without_its_image(letters, result):
    assert letters == []
    assert "нет.png" in result.stderr


@example("alternate_views")
def alternate_views(letters, _result):
    [letter] = letters
    assert letter.outline == "alternative(text/plain, text/html, text/calendar)"
    assert letter.body == "Совещание в субботу в 13:00"
    [calendar] = letter.parts("text/calendar")
    assert calendar.get_param("method") == "REQUEST"
    assert calendar.get_content_charset() == "utf-8"
    assert calendar.get_content_disposition() in (None, "inline")
    text = calendar.get_payload(decode=True).decode()
    lines = text.rstrip("\r\n").split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-1] == "END:VCALENDAR"
    assert "METHOD:REQUEST" in lines and "SUMMARY:Совещание" in lines
    assert len(lines) == 14


def check_table(letter, lines):
    table = "".join(f"{n:06};{n * n:012}\r\n" for n in range(lines))
    assert letter.attachments() == [("Таблица.csv", table.encode())]
    assert letter.body == "Таблица во вложении"


@example("attachment_from_stream", "100000")
def attachment_from_stream(letters, result):
    [letter] = letters
    check_table(letter, 100000)
    assert result.stdout == "sent\nthe table is given up\n"


@example("attachment_from_stream", "0")
def attachment_from_stream_of_nothing(letters, result):
    [letter] = letters
    check_table(letter, 0)


@example("send_async")
def send_async(letters, result):
    first, *cancelled = letters
    assert first["Subject"] == "Первое письмо"
    assert [letter["Subject"] for letter in cancelled] in ([], ["Второе письмо"])
    octets = len(first.raw)
    assert result.stdout == f"sent: {octets} of {octets} octets\nover\n"


@example("send_async", fails=True, extensions=(), user="ivanov", password="secret")
def send_async_refused(letters, result):
    assert letters == []
    assert "error -" in result.stderr


@example("headers")
def headers(letters, _result):
    [letter] = letters
    assert letter["Message-ID"] == "<answer.3@server.ru>"
    assert letter["In-Reply-To"] == "<question.2@server.ru>"
    assert letter["References"].split() == ["<question.1@server.ru>", "<question.2@server.ru>"]
    assert letter["Date"] == "Sat, 21 Nov 2026 06:28:01 +0300"
    assert letter["X-Priority"].startswith("1")
    assert letter["Importance"].lower() == "high"
    assert letter["Sensitivity"] == "Company-Confidential"
    assert letter["Disposition-Notification-To"] == IVANOV
    # The two fields as RFC 8058 section 3.1 wants them.
    assert letter["List-Unsubscribe"].split() == [
        "<https://server.ru/unsubscribe?reader=7>,", "<mailto:unsubscribe@server.ru>"]
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["X-Contract"] == "42/7"
    assert letter["X-Department"] == "Бухгалтерия"
    assert all(len(letter.message.get_all(name)) == 1 for name in letter.message.keys())
    assert letter.envelope["from"] == IVANOV and letter.rcpts == [PETROV]


@example("send_file", "hidden.eml")
def send_file(letters, result):
    [letter] = letters
    assert letter.envelope["from"] == IVANOV
    assert letter.rcpts == [PETROV, SIDOROV, SMIRNOV]
    assert letter.raw == as_sent(ready())
    assert result.stdout.splitlines() == [
        f"{address}: accepted" for address in (PETROV, SIDOROV, SMIRNOV)]


@example("send_file", "refused.eml", fails=True)
def send_file_of_which_some_are_refused(letters, result):
    [letter] = letters
    assert letter.rcpts == [PETROV, SIDOROV]
    assert letter.envelope["refused"] == ["reject@server.ru", "temp@server.ru"]
    assert letter.raw == as_sent(MORE_FILES["refused.eml"])
    assert result.stdout.splitlines() == [
        f"{PETROV}: accepted",
        "reject@server.ru: refused, 550 5.1.1 No such user here",
        f"{SIDOROV}: accepted",
        "temp@server.ru: refused, 451 4.2.1 Mailbox busy, try again later",
    ]
    assert "error -1306: " in result.stderr


@example("send_file", "hidden.eml", fails=True, extensions=())
def send_file_of_eight_bits_to_a_server_that_takes_none(letters, result):
    assert letters == []
    assert "error -1513: " in result.stderr
    assert result.stdout.splitlines() == [
        f"{address}: not sent" for address in (PETROV, SIDOROV, SMIRNOV)]


@example("send_file", "nowhere.eml", fails=True)
def send_file_that_is_not_there(letters, result):
    assert letters == []
    assert "nowhere.eml" in result.stderr


@example("delivery_notification", extensions=("PIPELINING", "DSN", "SMTPUTF8"))
def delivery_notification(letters, result):
    [letter] = letters
    assert letter.envelope["params"] == {"RET": "HDRS", "ENVID": "letter+207"}
    assert letter.rcpts == [PETROV]
    assert result.stdout.splitlines() == [
        "DSN: yes", "offers PIPELINING ", "offers DSN ", "offers SMTPUTF8 ", "VRFY: 252"]


@example("delivery_notification", extensions=("PIPELINING",))
def delivery_notification_that_is_not_offered(letters, result):
    [letter] = letters
    assert letter.envelope["params"] == {}
    assert result.stdout.splitlines() == ["DSN: no", "offers PIPELINING ", "VRFY: 252"]


@example("forward", "plain.eml", ROBOT, f"Смирнов <{SMIRNOV}>, {SIDOROV}")
def forward(letters, _result):
    [letter] = letters
    assert letter.envelope["from"] == ROBOT
    assert letter.rcpts == [SMIRNOV, SIDOROV]
    original = as_sent(MORE_FILES["plain.eml"])
    assert letter.raw.endswith(original)
    resent = email.message_from_bytes(letter.raw[:-len(original)], policy=email.policy.default)
    assert sorted(resent.keys()) == ["Resent-Date", "Resent-From", "Resent-Message-ID", "Resent-To"]
    assert resent["Resent-From"] == ROBOT
    assert [(item.display_name, item.addr_spec) for item in resent["Resent-To"].addresses] == [
        ("Смирнов", SMIRNOV), ("", SIDOROV)]
    assert resent["Resent-Date"].datetime is not None
    assert resent["Resent-Message-ID"] != letter["Message-ID"]


@example("forward", "hidden.eml", ROBOT, ROBOT)
def forward_without_the_hidden_recipients(letters, _result):
    [letter] = letters
    assert letter.rcpts == [ROBOT]
    assert letter.raw.endswith(b"\r\n" + as_sent(ready()))
    assert b"sidorov" not in letter.raw


@example("load_and_change", "multipart.eml", "Отчёт за май.bin", "копия.eml")
def load_and_change(letters, result):
    [sent] = letters
    saved = Letter({}, (result.directory / "копия.eml").read_bytes())
    for letter in sent, saved:
        assert letter["Subject"] == "Отчёт (исправлено)"
        assert letter["Message-ID"] == "<load.1@server.ru>"
        assert letter["Date"] == "Sat, 21 Nov 2026 06:28:01 +0300"
        assert b"\r\nX-Odd:  as  it is\r\n" in letter.raw
        assert letter.outline == "mixed(text/plain, text/plain, application/octet-stream)"
        assert letter.attachments() == [("old.txt", b"one\ntwo\n"), ("Отчёт за май.bin", BINARY)]
        # The parts that were there are there to the octet.
        text, old = MULTIPART.split(b"--here")[1:3]
        assert text in letter.raw and old in letter.raw
    assert sent.envelope["from"] == IVANOV and sent.rcpts == [PETROV]
    assert result.stdout == "Отчёт (исправлено): 2 attachments\n"


@example("bulk_send", PETROV, SIDOROV, SMIRNOV)
def bulk_send(letters, result):
    for letter in letters:
        check_sample_text(letter)
    assert sorted(letter.rcpts for letter in letters) == [[PETROV], [SIDOROV], [SMIRNOV]]
    assert len({letter["Message-ID"] for letter in letters}) == 3
    assert len({letter.envelope["session"] for letter in letters}) == 1
    *lines, last = result.stdout.splitlines()
    assert [line.split(": ")[0] for line in lines] == [PETROV, SIDOROV, SMIRNOV]
    assert last == "3 of 3 delivered"


@example("bulk_send", PETROV, "reject@server.ru", "temp@server.ru", SIDOROV, fails=True)
def bulk_send_of_which_some_are_refused(letters, result):
    assert sorted(letter.rcpts for letter in letters) == [[PETROV], [SIDOROV]]
    lines = result.stdout.splitlines()
    assert lines[1].startswith("reject@server.ru: ") and " 5.1.1 " in lines[1], lines
    assert lines[2].startswith("temp@server.ru: ") and " 4.2.1 " in lines[2], lines
    assert lines[4] == "2 of 4 delivered"
    assert ": 2 of 4 messages failed; the first is message 1, counted from 0: " in result.stderr


@example("bulk_send", PETROV, "nobody", SIDOROV, fails=True)
def bulk_send_without_what_is_no_address(letters, result):
    assert sorted(letter.rcpts for letter in letters) == [[PETROV], [SIDOROV]]
    first, *_, last = result.stdout.splitlines()
    assert first.startswith("nobody is left out: ") and "address" in first, first
    assert last == "2 of 2 delivered"
    assert "1 recipients are none" in result.stderr


@example("bulk_send", PETROV, fails=True, extensions=(), user="ivanov", password="secret")
def bulk_send_says_why_a_letter_failed_as_a_whole(letters, result):
    assert letters == []
    line, last = result.stdout.splitlines()
    assert line.startswith(f"{PETROV}: the server refused the sender ") and " 530 " in line, line
    assert last == "0 of 1 delivered"


@example("mail_merge", "приглашения.csv")
def mail_merge(letters, result):
    texts = {letter.rcpts[0]: letter.body for letter in letters}
    assert texts == {PETROV: "Здравствуйте, Пётр!", SIDOROV: "Здравствуйте, Сидор!"}
    assert len(letters) == 2 and result.stdout == "all delivered\n"


@example("mail_merge", "refused.csv", fails=True)
def mail_merge_of_which_one_is_refused(letters, result):
    assert sorted(letter.rcpts for letter in letters) == [[PETROV], [SIDOROV]]
    [line] = result.stdout.splitlines()
    assert line.startswith("letter 2, to reject@server.ru: ") and " 5.1.1 " in line, line
    assert ": 1 of 3 messages failed; the first is message 1, counted from 0: " in result.stderr


@example("mail_merge", "bad.csv", fails=True)
def mail_merge_goes_on_behind_a_bad_line(letters, result):
    texts = {letter.rcpts[0]: letter.body for letter in letters}
    assert texts == {PETROV: "Здравствуйте, Пётр!", SIDOROV: "Здравствуйте, Сидор!"}
    address, name, letter, long = result.stdout.splitlines()
    assert address.startswith("line 1 is left out: ") and "address" in address, address
    assert name == "line 3 is left out: no name stands in it"
    assert letter.startswith("line 4 is left out: "), letter
    assert long == "line 5 is left out: no name stands in it"
    assert "4 lines made no letter" in result.stderr


BATCH = [f"{name}@server.ru" for name in ("petrov", "sidorov", "smirnov", "popov", "kozlov")]


@example("batch", "ivanov", "пароль", *BATCH, user="ivanov", password="пароль")
def batch(letters, result):
    check_batch(letters, result)
    assert result.stdout.splitlines()[-1] == "5 delivered, 0 refused, 0 not sent, 0 in doubt"


@example("batch", "ivanov", "пароль", *BATCH[:2], "reject@server.ru", *BATCH[2:], fails=True,
         user="ivanov", password="пароль")
def batch_with_one_refused(letters, result):
    check_batch(letters, result)
    [refused] = [line for line in result.stdout.splitlines() if line.startswith("reject@")]
    assert refused.startswith("reject@server.ru: refused for good: "), refused
    assert " 550 " in refused and " 5.1.1 " in refused, refused
    assert result.stdout.splitlines()[-1] == "5 delivered, 1 refused, 0 not sent, 0 in doubt"
    assert ": 1 of 6 messages failed; the first is message 2, counted from 0: " in result.stderr


@example("batch", "ivanov", "wrong", *BATCH, fails=True, user="ivanov", password="пароль")
def batch_with_a_wrong_password_sends_nothing(letters, result):
    assert letters == [] and result.stdout == ""
    assert " 535 " in result.stderr, result.stderr


def check_batch(letters, result):
    assert sorted(letter.rcpts[0] for letter in letters) == sorted(BATCH)
    assert {letter.envelope["auth"] for letter in letters} == {"ivanov"}
    assert len({letter.envelope["session"] for letter in letters}) <= 2
    # The server's own name of each letter is in the report.
    told = re.findall(r"^(\S+): delivered: 2\.0\.0 Ok: kept as (\d+)\.eml$", result.stdout, re.M)
    kept = {(letter.rcpts[0], f"{index:04}") for index, letter in enumerate(letters, 1)}
    assert [recipient for recipient, _ in told] == BATCH and set(told) == kept


def quotes(page, program):
    """Every block of C in a page of docs stands in the program, whatever its indent."""
    def lines(text):
        return "\n".join(line.strip() for line in text.strip().splitlines())
    blocks = re.findall(r"^```c\n(.*?)^```$", (ROOT / page).read_text("utf-8"), re.M | re.S)
    whole = f"\n{lines((EXAMPLES / program).read_text('utf-8'))}\n"
    assert blocks, f"{page} quotes nothing"
    for block in blocks:
        assert f"\n{lines(block)}\n" in whole, f"{page} quotes what {program} has not:\n{block}"


@pickup_example("pickup_directory", "{pickup}")
def pickup_directory(letters, _result):
    [letter] = letters
    check_sample_text(letter)
    assert letter.envelope == {"from": IVANOV, "rcpts": [PETROV, SIDOROV]}
    assert b"sidorov" not in letter.raw.lower()


@pickup_example("configuration", "{pickup}")
def configuration(letters, result):
    [letter] = letters
    check_sample_text(letter)
    assert letter.envelope == {"from": IVANOV, "rcpts": [PETROV]}
    printed = dict(line.split("=", 1) for line in result.stdout.splitlines()[:-1])
    assert printed["OCSPHashAlgorithm"] == "SHA256" and printed["RemoveBCC"] == "true"
    assert result.stdout.endswith("\nsmtp.gmail.com:465\n")


@example("inet_probe", "clear")
def inet_probe(letters, result):
    assert letters == []
    assert re.search(r"^tried: port \d+, in clear, without a login: works \(", result.stdout, re.M)
    assert re.search(r"^tried: port \d+, STARTTLS, without a login: the server offers no STARTTLS", result.stdout, re.M)
    assert re.search(r"^as it is set \(port \d+, in clear, without a login\): works", result.stdout, re.M)


@example("inet_probe", "clear", "ivanov", user="ivanov", password="password", fails="no letter can be sent by 127.0.0.1:")
def inet_probe_with_a_wrong_password(letters, result):
    assert letters == []
    assert re.search(r"^as it is set \(port \d+, in clear, with the login of ivanov\): .*535", result.stdout, re.M), result.stdout
    # Accounts are locked for less than two of them.
    assert result.logins == 1, result.logins
    # Where the password goes out in clear, the report says so, before and when it does.
    assert result.stdout.startswith("warning: no TLS is asked for; with PLAIN or LOGIN the password goes out in clear\n")
    assert len(re.findall(r"^warning: the password goes out in clear \(mechanism=(PLAIN|LOGIN)\)$", result.stdout, re.M)) == 1, result.stdout


@example("inet_probe", "Tls", "ivanov", tls="certificate", user="ivanov", password="mistaken", fails="no letter can be sent by 127.0.0.1:")
def inet_probe_takes_its_words_in_capitals_too(letters, result):
    assert "STARTTLS, with the login of ivanov" in result.stdout, result.stdout
    assert "warning: " not in result.stdout and result.logins == 0, result.stdout


@example("inet_probe", "ssl", "ivanov", user="ivanov", password="mistaken", fails="usage: inet_probe ")
def inet_probe_with_a_word_that_it_does_not_know(letters, result):
    assert result.stdout == "" and result.logins == 0, result.stdout


@example("inet_probe", "clear", "ivanov", user="ivanov", password="mistaken", environment={"INET_PASSWORD": None},
         fails="the password of ivanov has to stand in the environment, as INET_PASSWORD\nusage: ")
def inet_probe_without_the_password(letters, result):
    assert result.stdout == "" and result.logins == 0, result.stdout


@example("inet_probe", "implicit", tls="certificate", implicit_tls=True, fails="no letter can be sent by 127.0.0.1:")
def inet_probe_with_tls_at_once(letters, result):
    # It comes as far as the certificate, which nobody here trusts.
    assert re.search(r"^as it is set \(port \d+, TLS at once, without a login\): .*certificate", result.stdout, re.M), result.stdout


class Workshop:
    """Where programs are compiled and certificates made, once for all scenarios."""

    def __init__(self, directory, libdir, valgrind):
        self.directory = directory
        self.library = libdir.resolve() / "libinetmail.so"
        self.valgrind = valgrind
        # A program looks for the library under the name that the library gives itself.
        (directory / (soname(self.library) or self.library.name)).symlink_to(self.library)
        self._make_certificates()
        with ThreadPoolExecutor(2) as pool:
            self.compiled = {(program, language): pool.submit(self._compile, program, language)
                             for program in PROGRAMS for language in LANGUAGES}

    def _compile(self, program, language):
        compiled = self.directory / f"{program}.{language}"
        run([*LANGUAGES[language], "-I", ROOT / "include", EXAMPLES / f"{program}.c",
             "-o", compiled, "-x", "none", self.library, f"-Wl,-rpath,{self.directory}"])
        return compiled

    def _make_certificates(self):
        """An authority, a certificate of its making, and one that stands for itself."""
        ec_key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"]

        def pem(name):
            return ["-keyout", self.directory / f"{name}.key",
                    "-out", self.directory / f"{name}.pem"]

        self_signed = ["openssl", "req", "-x509", "-days", "2", *ec_key]
        run([*self_signed, *pem("authority"), "-subj", "/CN=inetmail test authority"])
        run([*self_signed, *pem("selfsigned"), *names])

        run(["openssl", "req", *ec_key, *pem("certificate"), *names])
        run(["openssl", "x509", "-req", "-days", "2", "-copy_extensions", "copy",
             "-in", self.directory / "certificate.pem", "-out", self.directory / "certificate.pem",
             "-CA", self.directory / "authority.pem", "-CAkey", self.directory / "authority.key"])

    def play(self, scenario, language, directory):
        """Runs one scenario, and checks what it did."""
        if scenario.server is None:
            result = self._execute(scenario.program, language, directory,
                                   *self._arguments(scenario, directory))
            letters = picked_up(directory / "pickup")
            self._judge(scenario, letters, result)
            return
        settings = dict(scenario.server)
        tls = settings.pop("tls", None)
        valgrind = [*VALGRIND_FOR_FAILURES] if scenario.fails else []
        if tls:
            valgrind += VALGRIND_FOR_TLS
            settings |= {"cert": self.directory / f"{tls}.pem",
                         "key": self.directory / f"{tls}.key"}

        with CaptureServer(directory / "mail", **settings) as server:
            result = self._execute(scenario.program, language, directory,
                                   "127.0.0.1", server.port,
                                   *self._arguments(scenario, directory), valgrind=valgrind,
                                   changes=scenario.environment)
            letters = [Letter(*kept) for kept in server.messages()]
            result.logins = server.logins
        self._judge(scenario, letters, result)

    @staticmethod
    def _judge(scenario, letters, result):
        if scenario.fails:
            # 2 is that of a call that cannot be.
            assert result.returncode == (2 if "usage: " in result.stderr else 1), outcome(result)
            said = "error -" if scenario.fails is True else scenario.fails
            assert result.stderr.startswith(said), outcome(result)
        else:
            assert result.returncode == 0, outcome(result)
            assert result.stderr == "", outcome(result)
        for letter in letters:
            letter.check_common()
        scenario.check(letters, result)

    def misuse(self, program, language, directory):
        """Without arguments a program explains itself; without a server it says so."""
        result = self._execute(program, language, directory)
        assert result.returncode == 2, outcome(result)
        scenario = next(item for item in SCENARIOS if item.program == program)
        assert result.stderr.startswith(f"usage: {program} "), outcome(result)
        assert f" {scenario.wanted}" in result.stderr, outcome(result)

        if scenario.server is None:
            nowhere = directory / "nowhere"
            result = self._execute(program, language, directory, nowhere,
                                   valgrind=VALGRIND_FOR_FAILURES)
            assert result.returncode == 1, outcome(result)
            assert str(nowhere) in result.stderr, outcome(result)
            return
        with socket.socket() as nobody:  # bound, and not listening: refuses every connection
            nobody.bind(("127.0.0.1", 0))
            port = nobody.getsockname()[1]
            result = self._execute(program, language, directory,
                                   "127.0.0.1", port, *self._arguments(scenario, directory),
                                   valgrind=VALGRIND_FOR_FAILURES)
        assert result.returncode == 1, outcome(result)
        assert f"127.0.0.1:{port}" in result.stderr, outcome(result)

    def _arguments(self, scenario, directory):
        places = {name: self.directory / f"{name}.pem" for name in ("authority", "selfsigned")}
        places["pickup"] = directory / "pickup"
        return [text.format(**places) for text in scenario.arguments]

    def _execute(self, program, language, directory, *arguments, valgrind=(), changes=None):
        for name, content in (FILES | MORE_FILES).items():
            (directory / name).write_bytes(content)
        (directory / "pickup").mkdir(exist_ok=True)
        compiled = self.compiled[program, language].result()
        wrapper = [*VALGRIND, *valgrind] if self.valgrind else []
        environment = os.environ | {"INET_PASSWORD": "mistaken"} | (changes or {})
        environment = {name: value for name, value in environment.items() if value is not None}
        result = run([*wrapper, compiled, *arguments], cwd=directory, env=environment, check=False)
        result.directory = directory
        return result


def picked_up(directory):
    """The letters of a pickup directory. The envelope stands in front of each."""
    letters = []
    for file in sorted(directory.iterdir()):
        assert file.suffix == ".eml", f"{file} is no whole letter"
        envelope, octets = {"from": None, "rcpts": []}, file.read_bytes()
        while match := re.match(rb"X-(Sender|Receiver): <(.*)>\r\n", octets):
            octets = octets[match.end():]
            if match[1] == b"Sender":
                envelope["from"] = match[2].decode()
            else:
                envelope["rcpts"].append(match[2].decode())
        letters.append(Letter(envelope, octets))
    return letters


def soname(library):
    lines = run(["objdump", "-p", library]).stdout.splitlines()
    return next((line.split()[1] for line in lines if line.split()[:1] == ["SONAME"]), None)


def run(command, check=True, **options):
    result = subprocess.run([str(word) for word in command], capture_output=True, text=True,
                            stdin=subprocess.DEVNULL, timeout=TIME_LIMIT, check=False, **options)
    assert not check or result.returncode == 0, outcome(result)
    return result


def main():
    options = argparse.ArgumentParser(description="Compiles, runs and checks examples_c.")
    options.add_argument("libdir", type=Path)
    options.add_argument("--valgrind", action="store_true")
    options.add_argument("names", nargs="*")
    given = options.parse_intermixed_args()

    with tempfile.TemporaryDirectory(prefix="inetmail-examples-") as directory:
        workshop = Workshop(Path(directory), given.libdir, given.valgrind)
        return run_cases(list(cases(workshop, given.names)))


def cases(workshop, names):
    """Every scenario, and every program misused, in every language."""
    if not names:
        for page, program in (("batches", "batch"), ("configuration", "configuration")):
            yield f"docs/{page}.md quotes {program}.c", partial(
                lambda page, program, _: quotes(f"docs/{page}.md", f"{program}.c"), page, program)
    for language in LANGUAGES:
        for scenario in SCENARIOS:
            if not names or scenario.name in names:
                yield f"{scenario.name} ({language})", partial(workshop.play, scenario, language)
        for program in PROGRAMS if not names else ():
            yield f"{program} misused ({language})", partial(workshop.misuse, program, language)


if __name__ == "__main__":
    sys.exit(main())
