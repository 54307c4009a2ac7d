#!/usr/bin/env python3
"""Tests the sink by dialogues, some of them over TLS and with a delay: a measure has to be right itself."""

import re
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from measure.programs import Programs  # noqa: E402

DATA = b"MAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\n"


def message_by_chunks(*chunks):
    """One message by BDAT, the last chunk marked."""
    group = b"MAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\n"
    for n, chunk in enumerate(chunks):
        last = b" LAST" if n == len(chunks) - 1 else b""
        group += b"BDAT %d%s\r\n%s" % (len(chunk), last, chunk)
    return group


class Dialogue:
    """A sink of its own, and connections to it."""

    def __init__(self, programs, *arguments):
        self.sink = programs.start_sink(arguments)
        self.connections = []

    def connect(self):
        connection = socket.create_connection(("127.0.0.1", self.sink.port), timeout=30)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.connections.append(connection)
        return connection

    def greeted(self):
        connection = self.connect()
        self.expect(connection, [220])
        self.say(connection, b"EHLO client.example\r\n", [250])
        return connection

    def say(self, connection, octets, codes):
        connection.sendall(octets)
        self.expect(connection, codes)

    @staticmethod
    def expect(connection, codes):
        """Reads as many replies as there are codes, and nothing may follow them."""
        got, rest = [], b""
        while len(got) < len(codes):
            octets = connection.recv(1 << 16)
            if not octets:
                raise AssertionError(f"the sink hung up behind {got}")
            lines = (rest + octets).split(b"\n")
            rest = lines.pop()
            got += [int(line[:3]) for line in lines if line[3:4] == b" "]
        if got != codes or rest:
            raise AssertionError(f"{got} is not {codes}")

    def counters(self):
        return self.sink.end()

    def close(self):
        for connection in self.connections:
            connection.close()
        self.sink.__exit__()


class Sink(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.TemporaryDirectory(prefix="inetmail-sink-")
        cls.programs = Programs(cls.directory.name)
        cls.has_tls = cls.programs.make_sink()

    @classmethod
    def tearDownClass(cls):
        cls.directory.cleanup()

    def dialogue(self, *arguments):
        dialogue = Dialogue(self.programs, *arguments)
        self.addCleanup(dialogue.close)
        return dialogue

    def test_a_group_is_one_turn(self):
        sink = self.dialogue()
        connection = sink.greeted()
        sink.say(connection, DATA, [250, 250, 354])
        sink.say(connection, b"Subject: x\r\n\r\n..\r\n.\r\n" + DATA, [250, 250, 250, 354])
        sink.say(connection, b".\r\nQUIT\r\n", [250, 221])
        self.assertEqual(connection.recv(1), b"")
        counters = sink.counters()
        self.assertEqual(counters["turns"], 4, "EHLO, two groups, the last message")
        self.assertEqual((counters["messages"], counters["recipients"]), (2, 2))
        self.assertEqual(counters["octets"], len(b"Subject: x\r\n\r\n..\r\n"))
        self.assertEqual(counters["refused"], 0)

    def test_octet_by_octet(self):
        sink = self.dialogue()
        connection = sink.greeted()
        body = b"a.\r\n..b\r\n.c\r\n\r.\r\n\n.\r\n.\r\n"
        for octet in DATA + body + message_by_chunks(b"12", b"", b"3"):
            connection.sendall(bytes([octet]))
        sink.expect(connection, [250, 250, 354, 250, 250, 250, 250, 250, 250])
        connection.close()
        counters = sink.counters()
        self.assertEqual((counters["messages"], counters["octets"]), (2, len(body) - 3 + 3))

    def test_many_messages_in_one_write(self):
        sink = self.dialogue()
        connection = sink.greeted()
        count = 500
        message = message_by_chunks(b"x" * 100, b".\r\n", b"y" * 1000)
        sink.say(connection, message * count, [250] * (5 * count))
        counters = sink.counters()
        self.assertEqual((counters["messages"], counters["octets"]), (count, 1103 * count))
        self.assertLess(counters["turns"], count)

    def test_a_client_that_does_not_read_holds_nobody_up(self):
        sink = self.dialogue()
        deaf, other = sink.greeted(), sink.greeted()
        deaf.setblocking(False)
        sent, group = 0, b"NOOP\r\n" * 10_000
        try:
            while True:
                sent += deaf.send(group[sent % len(group):])
        except BlockingIOError:
            pass
        sink.say(other, message_by_chunks(b"12"), [250, 250, 250])
        deaf.setblocking(True)
        sink.expect(deaf, [250] * (sent // 6))

    def test_wrong_commands(self):
        sink = self.dialogue()
        connection = sink.connect()
        sink.expect(connection, [220])
        sink.say(connection, b"MAIL FROM:<a@b.example>\r\n", [503])
        sink.say(connection, b"EHLO client.example\r\n", [250])
        for wrong, code in [
            (b"RCPT TO:<c@d.example>\r\n", 503), (b"DATA\r\n", 503), (b"BDAT 6 LAST\r\nQUIT\r\n", 503),
            (b"BDAT x\r\n", 501), (b"MAIL TO:<c@d.example>\r\n", 500), (b"DATE\r\n", 500), (b"\r\n", 500),
            (b"STARTTLS\r\n", 500), (b"EHLO\r\n", 500), (b"QUITE\r\n", 500),
        ]:
            sink.say(connection, wrong, [code])
        sink.say(connection, b"mail from:<> SIZE=1\r\nMAIL FROM:<>\r\nDATA\r\nRSET\r\nDATA\r\nNOOP x\r\n",
                 [250, 503, 503, 250, 503, 250])
        group = b"MAIL FROM:<>\r\nRCPT TO:<c@d.example>\r\nBDAT 2\r\nabDATA\r\nRCPT TO:<e@f.example>\r\nBDAT 0 LAST\r\n"
        sink.say(connection, group, [250, 250, 250, 503, 503, 250])
        counters = sink.counters()
        self.assertEqual((counters["messages"], counters["octets"], counters["refused"]), (1, 2, 16))

    def test_what_is_left_out_is_not_offered(self):
        for arguments, names in [
            ([], {"PIPELINING", "CHUNKING"}), (["--no-chunking"], {"PIPELINING"}),
            (["--no-pipelining", "--no-chunking"], set()), (["--binarymime"], {"PIPELINING", "CHUNKING", "BINARYMIME"}),
        ]:
            sink = self.dialogue(*arguments)
            connection = sink.connect()
            sink.expect(connection, [220])
            connection.sendall(b"EHLO client.example\r\n")
            text = b""
            while b"\r\n250 " not in text:
                text += connection.recv(4096)
            offered = set(re.findall(r"250.(\w+)", text.decode()))
            self.assertEqual(offered & {"PIPELINING", "CHUNKING", "BINARYMIME"}, names)
            self.assertLessEqual({"SIZE", "8BITMIME"}, offered)
            sink.say(connection, b"BDAT 1 LAST\r\n" + (b"x" if "CHUNKING" in names else b""),
                     [503 if "CHUNKING" in names else 500])
            sink.counters()

    def test_a_delay_is_each_connections_own(self):
        """Four turns with 25 ms for each way, on ten connections at once, take as long as on one."""
        sink = self.dialogue("--delay-ms", 25)
        start = time.monotonic()
        connections = [sink.connect() for _ in range(10)]
        for octets, codes in [(None, [220]), (b"EHLO client.example\r\n", [250]), (DATA, [250, 250, 354]),
                              (b".\r\nQUIT\r\n", [250, 221])]:
            for connection in connections:
                if octets:
                    connection.sendall(octets)
            for connection in connections:
                sink.expect(connection, codes)
        took = time.monotonic() - start
        self.assertTrue(all(connection.recv(1) == b"" for connection in connections))
        self.assertGreaterEqual(took, 0.175, "the greeting comes one way, three turns go both ways")
        self.assertLess(took, 0.175 * 3)
        counters = sink.counters()
        self.assertEqual((counters["messages"], counters["turns"]), (10, 30))

    def test_tls(self):
        if not self.has_tls:
            self.skipTest("no OpenSSL to compile with")
        for delay, resume in [(0, False), (0, True), (5, True)]:
            resumed = self.send_over_tls(delay, resume)
            self.assertEqual(resumed, 1 if resume else 0, f"delay {delay}")

    def send_over_tls(self, delay, resume):
        arguments = ["--tls", self.programs.certificate, self.programs.key, "--delay-ms", delay]
        sink = self.dialogue(*arguments, *(["--resume"] if resume else []))
        context = ssl.create_default_context(cafile=self.programs.certificate)
        session = None
        for _ in range(2):
            plain = sink.greeted()
            sink.say(plain, b"STARTTLS\r\n", [220])
            connection = context.wrap_socket(plain, server_hostname="127.0.0.1", session=session)
            sink.say(connection, b"DATA\r\n", [503])
            sink.say(connection, b"EHLO client.example\r\n", [250])
            sink.say(connection, b"STARTTLS\r\n", [503])
            sink.say(connection, message_by_chunks(b"x" * 300_000, b"1") * 3, [250] * 12)
            session = connection.session
            sink.say(connection, b"QUIT\r\n", [221])
            connection.close()
        counters = sink.counters()
        self.assertEqual((counters["messages"], counters["octets"]), (6, 6 * 300_001))
        return counters["resumed"]

    def test_clear_text_behind_starttls_ends_the_connection(self):
        if not self.has_tls:
            self.skipTest("no OpenSSL to compile with")
        sink = self.dialogue("--tls", self.programs.certificate, self.programs.key)
        connection = sink.greeted()
        connection.sendall(b"STARTTLS\r\nNOOP\r\n")
        with self.assertRaises(AssertionError):
            sink.expect(connection, [220, 250])

    def test_an_unknown_argument_is_named(self):
        done = subprocess.run([self.programs.directory / "sink", "--chunky"], stderr=subprocess.PIPE, text=True)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("--chunky", done.stderr)


if __name__ == "__main__":
    unittest.main()
