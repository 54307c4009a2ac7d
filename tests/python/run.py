#!/usr/bin/env python3
"""Runs the ctypes programs of this directory against a capture server.

    run.py LIBRARY      LIBRARY is the path of libinetmail.so

Each runs in a process of its own, so that a crash is one failure and not the end of the run.
"""

import email
import email.policy
import subprocess
import sys
from codecs import lookup, register
from pathlib import Path

from harness import outcome, run_cases
from capture_server import CaptureServer
from every_code_page import PAGES, subject_of, text_of

HERE = Path(__file__).resolve().parent
TIME_LIMIT = 120  # seconds, for a program that hangs


def main(library):
    library = str(Path(library).resolve())

    def run(server, program, *arguments):
        command = [sys.executable, HERE / program, library, "127.0.0.1", server.port, *arguments]
        result = subprocess.run([str(word) for word in command], capture_output=True, text=True,
                                stdin=subprocess.DEVNULL, timeout=TIME_LIMIT, check=False)
        assert result.returncode == 0, outcome(result)
        return [(envelope, email.message_from_bytes(message, policy=email.policy.default))
                for envelope, message in server.messages()]

    def fore_sample(directory):
        with CaptureServer(directory) as server:
            [(envelope, message)] = run(server, "fore_sample.py")
        assert envelope["from"] == "ivanov@server.ru"
        assert envelope["rcpts"] == ["petrov@server.ru"]
        assert message["From"] == "ivanov@server.ru"
        assert message["To"] == "petrov@server.ru"
        assert message["Subject"] == "Тестовое письмо"
        assert message.get_content().rstrip("\r\n") == "Текст письма"

    def forgotten_restype(directory):
        with CaptureServer(directory) as server:
            assert run(server, "forgotten_restype.py") == []

    def threads(directory):
        threads, letters = 16, 25
        with CaptureServer(directory) as server:
            arrived = run(server, "threads.py", threads, letters)
        expected = [f"thread {i} letter {j}" for i in range(threads) for j in range(letters)]
        assert sorted(message["Subject"] for _, message in arrived) == sorted(expected)
        for _, message in arrived:
            letter = message["Subject"].split()[-1]
            assert message.get_content().rstrip("\r\n") == f"Письмо {letter}"
        identities = {message["Message-ID"] for _, message in arrived}
        assert len(identities) == len(expected), "two letters with one Message-ID"

    def fork(directory):
        with CaptureServer(directory) as server:
            arrived = run(server, "fork.py")
        sessions = {message["Subject"]: envelope["session"] for envelope, message in arrived}
        assert sorted(sessions) == ["child", "parent after", "parent before"] and len(arrived) == 3
        assert sessions["parent before"] == sessions["parent after"] != sessions["child"], sessions
        identities = {message["Message-ID"] for _, message in arrived}
        assert len(identities) == 3, "a child repeats its parent"

    def operations(directory):
        with CaptureServer(directory) as server:
            arrived = run(server, "operations.py")
        expected = [f"operation {number}" for number in range(50)]
        assert sorted(message["Subject"] for _, message in arrived) == sorted(expected)

    def sight(directory):
        with CaptureServer(directory) as server:
            arrived = run(server, "sight.py")
        assert [message["Subject"] for _, message in arrived] == ["sight"]

    def envelope(directory):
        authority, key = directory / "authority.pem", directory / "authority.key"
        command = ["openssl", "req", "-x509", "-days", "2", "-newkey", "ec", "-pkeyopt",
                   "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key, "-out", authority,
                   "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1",
                   "-addext", "basicConstraints=critical,CA:FALSE"]
        made = subprocess.run(command, capture_output=True, text=True, check=False)
        assert made.returncode == 0, outcome(made)
        offered = ("SIZE", "8BITMIME", "DSN", "REQUIRETLS", "ENHANCEDSTATUSCODES")
        with CaptureServer(directory / "letters", extensions=offered, cert=authority,
                           key=key) as server:
            [(arrived, _)] = run(server, "envelope.py", authority)
        size = arrived["params"].pop("SIZE")
        assert int(size) > 100
        assert arrived["params"] == {"RET": "HDRS", "ENVID": "letter+201", "REQUIRETLS": ""}
        assert arrived["tls"]

    def alone(program, *arguments):
        command = [sys.executable, str(HERE / program), library, *map(str, arguments)]
        result = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL,
                                timeout=TIME_LIMIT, check=False)
        assert result.returncode == 0, outcome(result)

    def signals(_):
        alone("signals.py")

    def certificates(directory):
        alone("certificates.py", directory)

    def kerberos(directory):
        alone("kerberos.py", directory)

    def configuration(directory):
        with CaptureServer(directory / "letters") as server:
            command = [sys.executable, HERE / "configuration.py", library, server.port, directory]
            result = subprocess.run([str(word) for word in command], capture_output=True, text=True,
                                    stdin=subprocess.DEVNULL, timeout=TIME_LIMIT, check=False)
            assert result.returncode == 0, outcome(result)
            [(envelope, octets)] = server.messages()
        assert envelope["from"] == "robot@server.ru"
        assert envelope["rcpts"] == ["ivanov@server.ru", "petrov@server.ru"]
        message = email.message_from_bytes(octets, policy=email.policy.default)
        assert message["Subject"] == "Задача выполнена"

    def messages(_):
        alone("messages.py")

    def every_code_page(directory):
        names_of_windows = {
            "x_mac_greek": "mac_greek", "x_mac_romanian": "mac_romanian", "x_mac_ce": "mac_latin2",
            "x_mac_icelandic": "mac_iceland", "x_mac_turkish": "mac_turkish",
            "x_mac_croatian": "mac_croatian",
        }
        register(lambda name: lookup(names_of_windows[name]) if name in names_of_windows else None)
        with CaptureServer(directory) as server:
            arrived = run(server, "every_code_page.py")
        assert len(arrived) == len(PAGES)
        for codec, (_, message) in zip(PAGES.values(), arrived):
            assert message["Subject"] == subject_of(codec), codec
            text = message.get_content().replace("\r\n", "\n")
            assert text.rstrip("\n") == text_of(codec), codec

    cases = [fore_sample, forgotten_restype, threads, operations, fork, envelope, signals, every_code_page,
             messages, certificates, kerberos, configuration, sight]
    return run_cases([(case.__name__, case) for case in cases])


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: run.py LIBRARY")
    sys.exit(main(sys.argv[1]))
