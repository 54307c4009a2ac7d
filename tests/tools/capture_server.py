#!/usr/bin/env python3
"""An SMTP server that keeps what it is given: for `make demo` and for the tests.

    capture_server.py --dir DIR [--user U --password P | --user U --token T] [--cert C --key K [--implicit-tls]]
                      [--extensions LIST] [--once] [--show]

It listens on loopback, on a free port, and prints `PORT n` as its first line.
Message n is kept in DIR as n.eml, to the byte (dots unstuffed, CRLF as sent), and
n.json, its envelope. Both are there before the client reads the 250.

It is strict on purpose. A message with a bare CR or LF, an overlong line or undeclared
8-bit text, a parameter that was not offered, a command pipelined where RFC 2920 forbids
it: each is refused with a sentence that says what was wrong.

Recipients: `reject...@` answers 550 5.1.1, `temp...@` answers 451 4.2.1, others 250.

It ends on SIGTERM and on the end of its standard input, so that it never outlives the
program that started it; with --once also after the first connection that brought a message.
"""

import argparse
import base64
import binascii
import email
import email.policy
import hmac
import json
import os
import re
import selectors
import signal
import socket
import ssl
import sys
import threading
from pathlib import Path

# What EHLO offers unless told otherwise. AUTH and STARTTLS follow from the settings.
EXTENSIONS = ("PIPELINING", "SIZE", "8BITMIME", "ENHANCEDSTATUSCODES")

# The parameters that an extension allows after MAIL FROM and RCPT TO.
MAIL_PARAMETERS = {
    "SIZE": {"SIZE"},
    "8BITMIME": {"BODY"},
    "SMTPUTF8": {"SMTPUTF8"},
    "DSN": {"RET", "ENVID"},
    "AUTH": {"AUTH"},
    "REQUIRETLS": {"REQUIRETLS"},
}
RCPT_PARAMETERS = {"DSN": {"NOTIFY", "ORCPT"}}

# RFC 2920, section 3.1: these may only be the last command of a pipelined group. STARTTLS and
# AUTH say the same of themselves (RFC 3207, RFC 4954).
LAST_OF_GROUP = {"EHLO", "HELO", "DATA", "VRFY", "EXPN", "NOOP", "QUIT", "STARTTLS", "AUTH"}

COMMAND_LIMIT = 12288  # RFC 4954, section 4, for a line of AUTH
TEXT_LINE_LIMIT = 1000  # RFC 5321, section 4.5.3.1.6, with its CRLF
MESSAGE_LIMIT = 256 * 1024 * 1024

PATH = re.compile(r"(FROM|TO):<([^<>\s]*)>(?: (.*))?", re.IGNORECASE)


class Hangup(Exception):
    """This session is over: the peer left, or is not worth another word."""


class Wire:
    """Lines from a socket and replies to it; replies leave when the client has to be waited for."""

    def __init__(self, connection):
        self.connection = connection
        self.received = bytearray()
        self.replies = bytearray()

    def line(self, limit):
        """The next line, with its CRLF. A bare LF ends no line."""
        searched = 0
        while True:
            end = self.received.find(b"\r\n", searched)
            if end >= 0:
                break
            if len(self.received) > limit:
                raise Hangup
            searched = max(0, len(self.received) - 1)
            self._receive()
        line = bytes(self.received[: end + 2])
        del self.received[: end + 2]
        return line

    def data(self, limit):
        """A message up to and with the line of one dot, which RFC 5321 puts after a CRLF."""
        if not self._starts_with(b".\r\n"):
            searched = 0
            while True:
                end = self.received.find(b"\r\n.\r\n", searched)
                if end >= 0:
                    break
                if len(self.received) > limit:
                    raise Hangup
                searched = max(0, len(self.received) - 4)
                self._receive()
        else:
            end = -2
        stuffed = bytes(self.received[: end + 2])
        del self.received[: end + 5]
        return re.sub(rb"(^|\r\n)\.", rb"\1", stuffed)

    def _starts_with(self, prefix):
        while len(self.received) < len(prefix) and prefix.startswith(self.received):
            self._receive()
        return self.received.startswith(prefix)

    def _receive(self):
        self.flush()
        chunk = self.connection.recv(65536)
        if not chunk:
            raise Hangup
        self.received += chunk

    def reply(self, text):
        self.replies += text.encode() + b"\r\n"

    def flush(self):
        replies, self.replies = self.replies, bytearray()
        if replies:
            self.connection.sendall(replies)

    def start_tls(self, context):
        self.flush()
        self.connection = context.wrap_socket(self.connection, server_side=True)

    def close(self):
        """Says goodbye and reads on to the end: closing over unread bytes would lose the reply."""
        try:
            self.flush()
            if isinstance(self.connection, ssl.SSLSocket):
                self.connection = self.connection.unwrap()
            self.connection.shutdown(socket.SHUT_WR)
            while self.connection.recv(65536):
                pass
        except OSError:
            pass  # it is gone already
        self.connection.close()


class Session:
    """One connection, from the greeting to QUIT."""

    def __init__(self, server, number, connection):
        self.server = server
        self.number = number
        self.wire = Wire(connection)
        self.delivered = 0
        self._forget()

    def _forget(self):
        """The state before EHLO; RFC 3207 returns to it after the TLS handshake."""
        self.helo = None
        self.user = None
        self._reset()

    def _reset(self):
        self.sender = None
        self.mail_parameters = {}
        self.recipients = []
        self.refused = []

    def run(self):
        try:
            if self.server.implicit_tls:
                self.wire.start_tls(self.server.tls)
            self._answer(220, "", "capture.test ESMTP")
            while self._one_command():
                pass
        except (Hangup, OSError):
            pass  # a peer may leave at any moment
        finally:
            self.wire.close()

    @property
    def tls(self):
        connection = self.wire.connection
        return connection.version() if isinstance(connection, ssl.SSLSocket) else None

    @property
    def offered(self):
        """What EHLO says at this moment, as a table of keyword and arguments."""
        offered = {name: "" for name in self.server.extensions}
        if "SIZE" in offered:
            offered["SIZE"] = str(MESSAGE_LIMIT)
        if self.server.tls and not self.tls:
            offered["STARTTLS"] = ""
        if self.server.user is not None:
            offered["AUTH"] = "XOAUTH2" if self.server.token else "PLAIN LOGIN"
        return offered

    def _answer(self, code, enhanced, text):
        if enhanced and "ENHANCEDSTATUSCODES" in self.server.extensions:
            text = f"{enhanced} {text}"
        self.wire.reply(f"{code} {text}")

    def _one_command(self):
        raw = self.wire.line(COMMAND_LIMIT)[:-2]
        if re.search(rb"[\r\n\0]", raw):
            self._answer(500, "5.5.2", "Bare CR, LF or NUL in a command")
            return False
        try:
            verb, _, rest = raw.decode().partition(" ")
        except UnicodeDecodeError:
            self._answer(500, "5.5.2", "Not UTF-8")
            return False
        verb = verb.upper()

        if self.wire.received and ("PIPELINING" not in self.offered or verb in LAST_OF_GROUP):
            self._answer(554, "5.5.0", f"Improper pipelining after {verb}")
            return False

        handler = getattr(self, f"_on_{verb.lower()}", None)
        if handler is None or not verb.isalpha():
            self._answer(500, "5.5.1", "Unknown command")
            return True
        return handler(rest) is not False

    def _on_ehlo(self, name):
        if not name or " " in name:
            return self._answer(501, "5.5.4", "EHLO wants one name")
        self._reset()
        self.helo = name
        lines = ["capture.test", *(f"{k} {v}".rstrip() for k, v in self.offered.items())]
        for line in lines[:-1]:
            self.wire.reply(f"250-{line}")
        self.wire.reply(f"250 {lines[-1]}")

    def _on_helo(self, name):
        self._reset()
        self.helo = name
        self._answer(250, "", "capture.test")

    def _on_starttls(self, rest):
        if rest:
            return self._answer(501, "5.5.4", "STARTTLS has no parameters")
        if "STARTTLS" not in self.offered:
            return self._answer(503, "5.5.1", "STARTTLS is not offered")
        self._answer(220, "2.0.0", "Go ahead")
        self.wire.start_tls(self.server.tls)
        self._forget()

    def _on_auth(self, rest):
        if "AUTH" not in self.offered or self.helo is None or self.user is not None:
            return self._answer(503, "5.5.1", "AUTH has no place here")
        mechanism, _, initial = rest.partition(" ")
        if mechanism.upper() not in self.offered["AUTH"].split():
            return self._answer(504, "5.5.4", "Unknown mechanism")
        try:
            if mechanism.upper() == "XOAUTH2":
                user, password = self._token(initial)
            elif mechanism.upper() == "PLAIN":
                _, user, password = self._secret(initial, "").split("\0")
            else:
                user = self._secret(initial, "Username:")
                password = self._secret("", "Password:")
        except (ValueError, binascii.Error):
            return self._answer(501, "5.5.2", "Cancelled, or not base64")
        if not self.server.knows(user, password):
            return self._answer(535, "5.7.8", "Wrong user name or password")
        self.user = user
        self._answer(235, "2.7.0", "Welcome")

    def _secret(self, initial, challenge):
        if not initial:
            self.wire.reply("334 " + base64.b64encode(challenge.encode()).decode())
            initial = self.wire.line(COMMAND_LIMIT)[:-2].decode()
        return "" if initial == "=" else base64.b64decode(initial, validate=True).decode()

    def _token(self, initial):
        """User and token of XOAUTH2. What is wrong with them is told first, and the client has to take note of it."""
        user, scheme, *rest = self._secret(initial, "").split("\1")
        if rest != ["", ""] or not user.startswith("user=") or not scheme.startswith("auth=Bearer "):
            raise ValueError("not what XOAUTH2 has")
        user, token = user.removeprefix("user="), scheme.removeprefix("auth=Bearer ")
        if not self.server.knows(user, token) and self._secret("", '{"status":"401","schemes":"bearer"}'):
            raise ValueError("an answer to an error")
        return user, token

    def _on_mail(self, rest):
        if self.helo is None or self.sender is not None:
            return self._answer(503, "5.5.1", "MAIL has no place here")
        if self.server.user is not None and self.user is None:
            return self._answer(530, "5.7.0", "Authentication required")
        parsed = self._path("FROM", rest, MAIL_PARAMETERS)
        if parsed is None:
            return None
        sender, parameters = parsed
        if not sender.isascii() and "SMTPUTF8" not in parameters:
            return self._answer(553, "5.6.7", "Not ASCII, and no SMTPUTF8")
        size = parameters.get("SIZE", "0")
        if not size.isdecimal():
            return self._answer(501, "5.5.4", "SIZE is not a number")
        if int(size) > MESSAGE_LIMIT:
            return self._answer(552, "5.3.4", "Message too big")
        self.sender, self.mail_parameters = sender, parameters
        self._answer(250, "2.1.0", "Ok")

    def _on_rcpt(self, rest):
        if self.sender is None:
            return self._answer(503, "5.5.1", "MAIL first")
        parsed = self._path("TO", rest, RCPT_PARAMETERS)
        if parsed is None:
            return None
        address = parsed[0]
        if "@" not in address:
            return self._answer(501, "5.1.3", "Not an address")
        if not address.isascii() and "SMTPUTF8" not in self.mail_parameters:
            return self._answer(553, "5.6.7", "Not ASCII, and no SMTPUTF8")
        if address.startswith("reject"):
            self.refused.append(address)
            return self._answer(550, "5.1.1", "No such user here")
        if address.startswith("temp"):
            self.refused.append(address)
            return self._answer(451, "4.2.1", "Mailbox busy, try again later")
        self.recipients.append(address)
        self._answer(250, "2.1.5", "Ok")

    def _path(self, word, rest, known):
        """`FROM:<address> A=b C` as (address, parameters); None when it was refused."""
        match = PATH.fullmatch(rest)
        if match is None or match[1].upper() != word:
            return self._answer(501, "5.5.4", f"Syntax: {word}:<address>")
        parameters = {}
        for item in (match[3] or "").split():
            name, _, value = item.partition("=")
            parameters[name.upper()] = value
        allowed = set().union(*(known.get(name, set()) for name in self.offered))
        surplus = parameters.keys() - allowed
        if surplus:
            return self._answer(555, "5.5.4", f"Not offered: {' '.join(sorted(surplus))}")
        return match[2], parameters

    def _on_data(self, rest):
        if self.sender is None:
            return self._answer(503, "5.5.1", "MAIL first")
        if not self.recipients:
            return self._answer(554, "5.5.1", "No valid recipients")
        self.wire.reply("354 End with a line of one dot")
        message = self.wire.data(MESSAGE_LIMIT)
        objection = self._objection(message)
        if objection:
            self._answer(554, "5.6.0", objection)
        else:
            name = self.server.keep(self, message)
            self.delivered += 1
            self._answer(250, "2.0.0", f"Ok: kept as {name}")
        self._reset()

    def _objection(self, message):
        if re.search(rb"\r(?!\n)|(?<!\r)\n", message):
            return "Bare CR or LF in the message"
        if b"\0" in message:
            return "NUL in the message"
        if any(len(line) > TEXT_LINE_LIMIT for line in message.splitlines(keepends=True)):
            return "A line of more than 998 octets"
        header, _, body = message.partition(b"\r\n\r\n")
        if not header.isascii() and "SMTPUTF8" not in self.mail_parameters:
            return "8-bit header without SMTPUTF8"
        if not body.isascii() and self.mail_parameters.get("BODY", "").upper() != "8BITMIME":
            return "8-bit body without BODY=8BITMIME"
        return None

    def _on_rset(self, _rest):
        self._reset()
        self._answer(250, "2.0.0", "Ok")

    def _on_noop(self, _rest):
        self._answer(250, "2.0.0", "Ok")

    def _on_vrfy(self, _rest):
        self._answer(252, "2.5.2", "Send the message and see")

    def _on_quit(self, _rest):
        self._answer(221, "2.0.0", "Bye")
        return False

    def envelope(self):
        return {
            "session": self.number,
            "helo": self.helo,
            "tls": self.tls,
            "auth": self.user,
            "from": self.sender,
            "params": self.mail_parameters,
            "rcpts": self.recipients,
            "refused": self.refused,
        }


class CaptureServer:
    """The server as an object: `with CaptureServer(directory) as server: ... server.port`.

    `on_end(session)` is called, on the thread of the session, when a connection is over.
    """

    def __init__(self, directory, *, extensions=EXTENSIONS, user=None, password=None, token=None, cert=None,
                 key=None, implicit_tls=False, show=False, on_end=None):
        self.directory = Path(directory)
        self.directory.mkdir(parents=True, exist_ok=True)
        self.extensions = tuple(extensions)
        self.user = user
        self.password = password
        self.token = token
        self.implicit_tls = implicit_tls
        self.show = show
        self._on_end = on_end or (lambda session: None)
        self.tls = None
        if cert:
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.tls.load_cert_chain(cert, key)
        self._lock = threading.Lock()
        self._sessions = 0
        self._messages = 0
        self.logins = 0  # that were tried
        self._wake, self._waker = socket.socketpair()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.port = self._listener.getsockname()[1]
        self._acceptor = threading.Thread(target=self._accept, daemon=True)

    def __enter__(self):
        self._acceptor.start()
        return self

    def __exit__(self, *_exception):
        self._waker.close()
        self._acceptor.join()
        self._listener.close()
        self._wake.close()

    def _accept(self):
        with selectors.DefaultSelector() as ready:
            ready.register(self._listener, selectors.EVENT_READ)
            ready.register(self._wake, selectors.EVENT_READ)
            while all(key.fileobj is not self._wake for key, _ in ready.select()):
                connection, _ = self._listener.accept()
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._sessions += 1
                session = Session(self, self._sessions, connection)
                threading.Thread(target=self._serve, args=(session,), daemon=True).start()

    def _serve(self, session):
        session.run()
        self._on_end(session)

    def knows(self, user, secret):
        with self._lock:
            self.logins += 1
        return (hmac.compare_digest(user.encode(), self.user.encode())
                and hmac.compare_digest(secret.encode(), (self.token or self.password).encode()))

    def keep(self, session, message):
        """Stores a message and its envelope; returns the file name of the message."""
        with self._lock:
            self._messages += 1
            stem = self.directory / f"{self._messages:04}"
            envelope = session.envelope()
            stem.with_suffix(".eml").write_bytes(message)
            stem.with_suffix(".json").write_text(
                json.dumps(envelope, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
            if self.show:
                print(describe(envelope, message), flush=True)
        return stem.with_suffix(".eml").name

    def messages(self):
        """Everything kept so far, in order: pairs of envelope and message bytes."""
        with self._lock:
            stems = sorted(self.directory.glob("*.json"))
            return [(json.loads(stem.read_text(encoding="utf-8")),
                     stem.with_suffix(".eml").read_bytes()) for stem in stems]


def describe(envelope, message):
    """A message as a person wants to read it."""
    parsed = email.message_from_bytes(message, policy=email.policy.default)
    lines = [
        f"envelope from   <{envelope['from']}>",
        *(f"envelope to     <{address}>" for address in envelope["rcpts"]),
        f"connection      {envelope['tls'] or 'no TLS'}, user {envelope['auth'] or 'anonymous'}",
        "",
        *(f"{name}: {value}" for name, value in parsed.items()),
    ]
    body = parsed.get_body(("plain", "html"))
    if body is not None:
        try:
            lines += ["", body.get_content().rstrip("\n")]
        except LookupError as unknown_charset:
            lines += ["", f"[{unknown_charset}]"]
    for part in parsed.iter_attachments():
        content = part.get_payload(decode=True) or b""
        lines += ["", f"[attachment: {part.get_filename()}, {part.get_content_type()}, "
                      f"{len(content)} bytes]"]
    return "\n".join(lines)


def main():
    options = argparse.ArgumentParser(description="An SMTP server that keeps what it is given.")
    options.add_argument("--dir", required=True, help="where messages are kept")
    options.add_argument("--extensions", default=",".join(EXTENSIONS),
                         help="what EHLO offers, comma-separated (default: %(default)s)")
    options.add_argument("--user", help="offer AUTH PLAIN LOGIN, and require it")
    options.add_argument("--password", default="")
    options.add_argument("--token", help="offer AUTH XOAUTH2 in their place, with this access token")
    options.add_argument("--cert", help="certificate chain, PEM: offer STARTTLS")
    options.add_argument("--key", help="its private key, PEM")
    options.add_argument("--implicit-tls", action="store_true", help="TLS from the first byte")
    options.add_argument("--once", action="store_true",
                         help="end after the first connection that brought a message")
    options.add_argument("--show", action="store_true", help="print every message, decoded")
    given = options.parse_args()

    ended = threading.Event()

    def on_end(session):
        if given.once and session.delivered:
            ended.set()

    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")

    extensions = [name for name in given.extensions.upper().split(",") if name]
    with CaptureServer(given.dir, extensions=extensions, user=given.user,
                       password=given.password, token=given.token, cert=given.cert, key=given.key,
                       implicit_tls=given.implicit_tls, show=given.show, on_end=on_end) as server:
        print(f"PORT {server.port}", flush=True)
        threading.Thread(target=end_with_stdin, args=(ended,), daemon=True).start()
        ended.wait()


def end_with_stdin(ended):
    while os.read(0, 4096):
        pass
    ended.set()


if __name__ == "__main__":
    main()
