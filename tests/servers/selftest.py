#!/usr/bin/env python3
"""Proves that each listener of up.sh does what its name says. Standard library only, so that a
fault of ours cannot hide behind a fault of the library under test.

    tests/servers/run.sh /usr/bin/python3 tests/servers/selftest.py
"""
import glob
import os
import re
import smtplib
import socket
import ssl
import sys
import time
import traceback
import uuid

import selftest_auth  # noqa: F401 -- its tests are of the list, too
import selftest_dns  # noqa: F401
import selftest_proxies  # noqa: F401
import selftest_tls  # noqa: F401
from sessions import (ENV, HOST, MESSAGE, NASTY, TESTS, USERS, auth_login, auth_plain, blind, check_delivered,
                      delivered, expect, new_recipient, other_root, plain, port, secured, submit, test)


@test
def starttls_listeners_log_in_before_and_after_tls():
    for name in ("SMTP", "STARTTLS"):
        for start in (plain, secured):
            for auth in (auth_plain, auth_login):
                for user, password in USERS:
                    with start(name) as session:
                        assert session.has_extn("starttls") == (start is plain)
                        assert session.esmtp_features["auth"].split() == ["PLAIN", "LOGIN"]
                        expect(auth(session, user, password), 235)
                        recipient = submit(session)
                    protocol = "ESMTPA" if start is plain else "ESMTPSA"
                    method = "PLAIN" if auth is auth_plain else "LOGIN"
                    check_delivered(recipient, protocol=protocol, sasl_user=user,
                                    sasl_method=method, sender="a@test")


@test
def main_listener_offers_every_extension():
    with plain("STARTTLS") as session:
        for keyword in ("pipelining size starttls auth enhancedstatuscodes 8bitmime dsn smtputf8 "
                        "chunking").split():
            assert session.has_extn(keyword), keyword


@test
def smtps_listener_logs_in_and_delivers():
    with secured("SMTPS") as session:
        assert not session.has_extn("starttls")
        expect(auth_plain(session, *USERS[0]), 235)
        recipient = submit(session)
    check_delivered(recipient, protocol="ESMTPSA", sasl_user="user")


@test
def certificate_is_good_for_every_name_and_address():
    hosts = ["localhost", "smtp.test", "127.0.0.1"] + ["::1"] * bool(ENV["INETMAIL_IPV6"])
    for host in hosts:
        for name in ("SMTP", "SMTPS", "STARTTLS"):
            secured(name, host=host).quit()


@test
def wrong_password_is_refused_at_once():
    begin = time.monotonic()
    for _ in range(5):
        with plain("STARTTLS") as session:
            expect(auth_plain(session, "user", "wrong"), 535, "5.7.8")
            expect(auth_plain(session, "user", ""), 535, "5.7.8")
            expect(auth_login(session, "nobody", "pass"), 535, "5.7.8")
            expect(auth_plain(session, *USERS[0]), 235)
    assert time.monotonic() - begin < 1, "waited after a wrong password"


@test
def tlsrequired_wants_tls_first():
    with plain("TLSREQUIRED") as session:
        assert session.has_extn("starttls") and not session.has_extn("auth")
        expect(session.mail("a@test"), 530, "5.7.0")
    with secured("TLSREQUIRED") as session:
        expect(auth_plain(session, *USERS[0]), 235)
        recipient = submit(session)
    check_delivered(recipient, protocol="ESMTPSA")


@test
def notls_offers_no_starttls():
    with plain("NOTLS") as session:
        assert not session.has_extn("starttls") and session.has_extn("auth")
        assert session.docmd("STARTTLS")[0] in (500, 502), "STARTTLS accepted"
        expect(auth_plain(session, *USERS[0]), 235)
        recipient = submit(session)
    check_delivered(recipient, protocol="ESMTPA")


@test
def authtls_offers_auth_only_after_tls():
    with plain("AUTHTLS") as session:
        assert session.has_extn("starttls") and not session.has_extn("auth")
        assert auth_plain(session, *USERS[0])[0] != 235, "AUTH accepted before TLS"
    with secured("AUTHTLS") as session:
        expect(auth_plain(session, *USERS[0]), 235)
        recipient = submit(session)
    check_delivered(recipient, protocol="ESMTPSA")


@test
def bare_offers_no_keyword_and_delivers():
    with plain("BARE") as session:
        assert session.esmtp_features == {}, session.esmtp_features
        recipient = submit(session)
    check_delivered(recipient)


@test
def small_refuses_by_size_and_by_data():
    with plain("SMALL") as session:
        assert session.esmtp_features["size"] == "20000"
        expect(session.mail("a@test", ["SIZE=20001"]), 552, "5.3.4")
        session.rset()
        expect(session.mail("a@test"), 250)
        expect(session.rcpt(new_recipient()), 250)
        expect(session.data(MESSAGE + b"x" * 70 + b"\r\n" + b"line\r\n" * 4000), 552, "5.3.4")
        recipient = submit(session)
    check_delivered(recipient)


@test
def narrow_lets_two_in():
    with plain("NARROW"), plain("NARROW"):
        with socket.create_connection((HOST, port("NARROW")), 10) as third:
            assert third.recv(100).startswith(b"421 4.7.0 ")


@test
def bulk_delivers_by_itself():
    with plain("BULK") as session:
        assert session.has_extn("chunking") and not session.has_extn("starttls")
        session.mail("a@test")
        expect(session.rcpt("reject@test"), 550, "5.1.1")
        session.rset()
        submit(session)
    box = os.path.join(glob.escape(ENV["INETMAIL_BULK"]), "mail", "box", "new", "*")
    deadline = time.monotonic() + 10
    while not glob.glob(box):
        assert time.monotonic() < deadline, "nothing delivered"
        time.sleep(0.005)


@test
def recipients_and_senders_are_refused():
    with plain("STARTTLS") as session:
        expect(session.mail("badsender@test"), 550, "5.1.7")
        expect(session.mail("a@test"), 250)
        expect(session.rcpt("reject@test"), 550, "5.1.1")
        expect(session.rcpt("temp@test"), 450, "4.2.0")
        recipient = new_recipient()
        expect(session.rcpt(recipient), 250)
        expect(session.data(MESSAGE), 250)
    check_delivered(recipient)


@test
def other_domains_need_a_login_and_are_caught_too():
    recipient = new_recipient().replace("@test", "@example.com")
    with plain("STARTTLS") as session:
        expect(session.mail("a@test"), 250)
        expect(session.rcpt(recipient), 554, "5.7.1")
        session.rset()
        expect(auth_plain(session, *USERS[0]), 235)
        expect(session.mail("a@test"), 250)
        expect(session.rcpt(recipient), 250)
        expect(session.data(MESSAGE), 250)
    check_delivered(recipient, protocol="ESMTPA")


@test
def bytes_arrive_as_sent_by_data():
    with plain("STARTTLS") as session:
        recipient = submit(session, NASTY, ["BODY=8BITMIME"])
    check_delivered(recipient, NASTY)


@test
def bytes_arrive_as_sent_by_bdat():
    recipient = new_recipient()
    with plain("STARTTLS") as session:
        expect(session.mail("a@test", ["BODY=8BITMIME"]), 250)
        expect(session.rcpt(recipient), 250)
        # Cut between CR and LF, and sent in one piece: chunks may be pipelined.
        cut = NASTY.index(b"\r\n.\r\n") + 1
        session.sock.sendall(b"BDAT %d\r\n%b" % (cut, NASTY[:cut])
                             + b"BDAT %d LAST\r\n%b" % (len(NASTY) - cut, NASTY[cut:]))
        expect(session.getreply(), 250)
        expect(session.getreply(), 250)
    check_delivered(recipient, NASTY)


@test
def several_recipients_null_sender_and_names_that_need_quotes():
    with plain("STARTTLS") as session:
        first, second = new_recipient(), '"q %s"@test' % uuid.uuid4().hex
        expect(session.docmd("MAIL FROM:<>"), 250)
        for recipient in (first, second):
            expect(session.docmd(f"RCPT TO:<{recipient}>"), 250)
        expect(session.data(MESSAGE), 250)
    check_delivered(first, sender="", sasl_user="", sasl_method="")
    check_delivered(second, sender="")


@test
def smtputf8_addresses():
    recipient = f"пётр{uuid.uuid4().hex[:8]}@test"
    with plain("STARTTLS") as session:
        session.command_encoding = "utf-8"
        expect(session.mail("usér@test", ["SMTPUTF8", "BODY=8BITMIME"]), 250)
        expect(session.rcpt(recipient), 250)
        expect(session.data(MESSAGE), 250)
    check_delivered(recipient, protocol="UTF8SMTP", sender="usér@test")


@test
def success_notification_is_sent():
    sender = new_recipient()
    with plain("STARTTLS") as session:
        expect(session.mail(sender, ["RET=HDRS", "ENVID=id42"]), 250)
        recipient = new_recipient()
        expect(session.rcpt(recipient, ["NOTIFY=SUCCESS"]), 250)
        expect(session.data(MESSAGE), 250)
    report, side = delivered(sender)[0]
    assert side["sender"] == "" and b"Original-Envelope-Id: id42" in report, report
    assert b"Action: delivered" in report, report


@test
def final_reply_names_the_file():
    with plain("STARTTLS") as session:
        recipient = new_recipient()
        session.mail("a@test")
        session.rcpt(recipient)
        reply = session.data(MESSAGE)[1].decode()
    delivered(recipient)
    name = re.search(r"queued as (\S+)", reply)[1]
    assert glob.glob(os.path.join(glob.escape(ENV["INETMAIL_MAIL"]), name + ".*.eml")), reply


@test
def bare_line_feed_is_refused():
    with plain("STARTTLS") as session:
        session.mail("a@test")
        session.rcpt(new_recipient())
        expect(session.docmd("DATA"), 354)
        session.sock.sendall(b"Subject: x\r\n\r\none\ntwo\r\n.\r\n")
        expect(session.getreply(), 550, "5.5.2")


@test
def pipelining_is_taken_but_not_behind_data():
    with plain("STARTTLS") as session:
        session.sock.sendall(b"MAIL FROM:<a@test>\r\nRCPT TO:<a@test>\r\nRSET\r\nNOOP\r\n")
        for _ in range(4):
            expect(session.getreply(), 250)
        session.mail("a@test")
        session.rcpt("a@test")
        session.sock.sendall(b"DATA\r\n" + MESSAGE + b".\r\n")
        expect(session.getreply(), 554, "5.5.0")
        session.close()


def certificate_test(cert, reason, cure):
    def check():
        for name in (cert, cert + "_SMTPS"):
            try:
                secured(name).close()
                raise AssertionError(f"{name}: the certificate was accepted")
            except ssl.SSLCertVerificationError as error:
                assert reason in error.verify_message, (name, error.verify_message)
            # It is the certificate alone: whoever does not look at it, or knows it, can deliver.
            with secured(name, cure()) as session:
                expect(auth_plain(session, *USERS[0]), 235)
                recipient = submit(session)
            check_delivered(recipient, protocol="ESMTPSA")
    check.__name__ = f"certificate_{cert.lower()}"
    return test(check)


certificate_test("EXPIRED", "has expired", blind)
certificate_test("NOTYET", "not yet valid", blind)
certificate_test("WRONGHOST", "Hostname mismatch", blind)
certificate_test("SELFSIGNED", "self-signed certificate", other_root("selfsigned.pem"))
certificate_test("UNKNOWNROOT", "unable to get local issuer", other_root("unknown-ca.pem"))


@test
def nothing_leads_out():
    try:
        socket.create_connection(("192.0.2.1", 25), 1).close()
    except socket.timeout:
        raise AssertionError("packets leave the namespace")
    except OSError:
        return
    raise AssertionError("a connection left the namespace")


def main():
    failed = 0
    for function in TESTS:
        try:
            function()
        except Exception:
            failed += 1
            print(f"FAILED {function.__name__}")
            traceback.print_exc(limit=-2, file=sys.stdout)
    if failed:
        print(f"--- the end of {ENV['INETMAIL_LOG']}")
        with open(ENV["INETMAIL_LOG"], encoding="utf-8", errors="replace") as log:
            print("".join(log.readlines()[-30:]))
    print(f"{len(TESTS) - failed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
