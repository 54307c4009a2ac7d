"""What selftest.py and selftest_tls.py share: sessions with smtplib, and what was delivered."""
import base64
import glob
import os
import re
import smtplib
import ssl
import time
import uuid

ENV = os.environ
HOST = "127.0.0.1"
USERS = [("user", "pass"), ("user@test", "pass"), ("usér@test", "pässwörd")]
MESSAGE = b"From: <a@test>\r\nSubject: selftest\r\n\r\nHello.\r\n"
# Whatever a transport is likely to spoil. There is a Bcc, and there is no Date or Message-ID.
NASTY = (
    b"From: <a@test>\r\nBcc: <hidden@test>\r\nReturn-Path: <x@test>\r\nSubject: a\r\n  folded\r\n"
    b"\r\n.\r\n..\r\n.dot\r\ntrailing blanks  \t \r\n\r\nFrom nobody\r\nlatin \xe9\xff utf \xd0\x94"
    b"\r\nnul \x00 esc \x1b\r\n" + b"long" * 1250 + b"\r\nlast\r\n\r\n"
)
TESTS = []


def test(function):
    TESTS.append(function)
    return function


def port(name):
    return int(ENV["INETMAIL_POSTFIX_" + name])


def trust(cafile="INETMAIL_CA"):
    return ssl.create_default_context(cafile=ENV[cafile])


def blind():
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def plain(name, host=HOST):
    """A session before TLS, after EHLO."""
    session = smtplib.SMTP(host, port(name), "client.test", timeout=10)
    session.ehlo()
    return session


def secured(name, context=None, host="localhost"):
    """A session behind TLS, after EHLO; implicit or by STARTTLS, as the name says."""
    context = context or trust()
    if name.endswith("SMTPS"):
        session = smtplib.SMTP_SSL(host, port(name), "client.test", timeout=10, context=context)
    else:
        session = plain(name, host)
        expect(session.starttls(context=context), 220)
    session.ehlo()
    return session


def expect(reply, code, text=""):
    got, message = reply
    assert got == code and message.decode().startswith(text), f"{reply}, not {code} {text}"


def auth_plain(session, user, password):
    # smtplib's own login() cannot do other than ASCII.
    response = base64.b64encode(f"\0{user}\0{password}".encode()).decode()
    return session.docmd("AUTH", "PLAIN " + response)


def auth_login(session, user, password):
    expect(session.docmd("AUTH", "LOGIN"), 334)
    expect(session.docmd(base64.b64encode(user.encode()).decode()), 334)
    return session.docmd(base64.b64encode(password.encode()).decode())


def new_recipient():
    return f"r{uuid.uuid4().hex[:12]}@test"


def delivered(recipient, count=1):
    """[(message with LF, side file as dict)], waiting for as many."""
    deadline = time.monotonic() + 10
    while True:
        found = []
        for path in glob.glob(os.path.join(glob.escape(ENV["INETMAIL_MAIL"]), "*.eml")):
            with open(path[:-4] + ".env", encoding="utf-8") as file:
                side = dict(line.split("=", 1) for line in file.read().splitlines())
            if side["recipient"] == recipient:
                with open(path, "rb") as file:
                    found.append((file.read(), side))
        if len(found) >= count:
            assert len(found) == count, f"{len(found)} deliveries"
            return found
        assert time.monotonic() < deadline, f"nothing delivered for {recipient}"
        time.sleep(0.005)


def check_delivered(recipient, message=MESSAGE, protocol="ESMTP", **side):
    stored, got = delivered(recipient)[0]
    received = re.match(rb"Received: .*\n(?:[ \t].*\n)*", stored)
    assert received, stored[:200]
    assert f"with {protocol} " in received[0].decode().replace("\n", " "), received[0]
    assert stored[received.end():] == message.replace(b"\r\n", b"\n"), stored
    for key, value in side.items():
        assert got[key] == value, (key, got[key], value)


def submit(session, message=MESSAGE, options=(), sender="a@test"):
    recipient = new_recipient()
    expect(session.mail(sender, options), 250)
    expect(session.rcpt(recipient), 250)
    expect(session.data(message), 250)
    return recipient


def other_root(file):
    return lambda: ssl.create_default_context(cafile=os.path.join(ENV["INETMAIL_CERTS"], file))
