"""Proves the rows of logins, with auth_clients.py and with gsasl, curl, msmtp and swaks. selftest.py runs it."""
import base64
import hashlib
import os
import re
import smtplib
import subprocess
import tempfile
import time

from cryptography import x509
from cryptography.hazmat.primitives import serialization

import auth_clients
from auth_clients import CLIENTS, dialogue, scram
from sessions import ENV, HOST, check_delivered, expect, submit, test, trust

CERTS = ENV["INETMAIL_CERTS"]
USERS = {"user": "pass", "user@test": "pass", "usér@test": "pässwörd", "usér": "pässwörd", "a,b=c@test": 'p "q\\w'}
TOKENS = {name: open(os.path.join(ENV["INETMAIL_TOKENS"], name), encoding="ascii").read() for name in os.listdir(ENV["INETMAIL_TOKENS"])}
KERBEROS = ("GSSAPI", "GSS-SPNEGO")
OAUTH = ("OAUTHBEARER", "XOAUTH2")
SCRAM = [f"SCRAM-SHA-{bits}" for bits in (1, 224, 256, 384, 512)]


def auth_port(name):
    return int(ENV["INETMAIL_AUTH_" + name])


def session(name, secured=False, host="localhost", certificate=None):
    opened = smtplib.SMTP(HOST, auth_port(name), "client.test", timeout=20)
    # smtplib looks at the certificate by this name.
    opened._host = host
    opened.ehlo()
    if secured:
        context = trust()
        if certificate:
            context.load_cert_chain(os.path.join(CERTS, certificate + ".with.key.pem"))
        expect(opened.starttls(context=context), 220)
        opened.ehlo()
    return opened


def peer(name, *arguments, **more):
    return session("PEER_" + name, *arguments, **more)


def offered(opened):
    return opened.esmtp_features.get("auth", "").split()


def singles():
    """(server, mechanism, listener) of those that offer one mechanism each."""
    for name in ENV:
        if match := re.fullmatch("INETMAIL_AUTH_((DOVECOT|CYRUS)_(.*))", name):
            mechanism = match[3].replace("_", "-")
            if mechanism in CLIENTS and mechanism != "EXTERNAL":
                yield match[2], mechanism, match[1]


def log_in(listener, mechanism, user, secret, secured=False):
    opened = session(listener, secured)
    return opened, CLIENTS[mechanism](opened, user, secret)


def sent(opened, reply, mechanism, user=None, secured=False):
    expect(reply, 235)
    facts = {"sasl_method": mechanism, **({"sasl_user": user} if user else {})}
    check_delivered(submit(opened), protocol="ESMTPSA" if secured else "ESMTPA", **facts)


@test
def each_listener_offers_its_mechanism_alone():
    found = list(singles())
    assert len(found) == 22, found
    for _, mechanism, listener in found:
        for secured in (False, True):
            assert offered(session(listener, secured)) == [mechanism], listener
    for server in ("DOVECOT", "CYRUS"):
        everything = {mechanism for other, mechanism, _ in found if other == server} - {"ANONYMOUS"}
        assert set(offered(session(server + "_ALL"))) == everything, server


@test
def each_mechanism_takes_each_user_by_the_password():
    for server, mechanism, listener in singles():
        if mechanism in (*KERBEROS, *OAUTH, "ANONYMOUS"):
            continue
        for user, password in USERS.items():
            # Cyrus' NTLM has no octets beyond ASCII.
            refused = (server, mechanism) == ("CYRUS", "NTLM") and not password.isascii()
            opened, reply = log_in(listener, mechanism, user, password)
            if refused:
                expect(reply, 535)
            else:
                expect(reply, 235)
        opened, reply = log_in(listener, mechanism, "user", "pass")
        # Cyrus tells the realm, but for some.
        sent(opened, reply, mechanism, "user" if server == "DOVECOT" else None)
        opened, reply = log_in(listener, mechanism, "user@test", "pass", True)
        sent(opened, reply, mechanism, "user@test" if server == "DOVECOT" else None, True)
        for user, password in [("user", "wrong"), ("nobody", "pass"), ("user", "")]:
            if not password and (mechanism == "NTLM" or mechanism.startswith("SCRAM")):
                continue
            start = time.monotonic()
            _, reply = log_in(listener, mechanism, user, password)
            expect(reply, 535, "5.7.8")
            assert time.monotonic() - start < 0.45, (listener, "sleeps after a refusal")


@test
def tokens():
    for mechanism in OAUTH:
        listener = "DOVECOT_" + mechanism
        for name, token in TOKENS.items():
            good = name in USERS
            if name == "long":
                continue
            opened, reply = log_in(listener, mechanism, name if good else "user", token)
            expect(reply, 235 if good else 535)
            if good and name.isascii():
                sent(opened, reply, mechanism, name)
        # Somebody else's.
        expect(log_in(listener, mechanism, "user", TOKENS["user@test"])[1], 535)
        said = []

        def told(challenge):
            said.append(challenge)
            return b"" if mechanism == "XOAUTH2" else b"\1"
        first = b"user=user" if mechanism == "XOAUTH2" else b"n,a=user,"
        expect(dialogue(session(listener), mechanism, first + f"\1auth=Bearer {TOKENS['expired']}\1\1".encode(), told), 535)
        assert b'"status":' in said[0], said
        # Postfix cuts a command of more than 2048 octets, and takes the same as an answer.
        long = first + f"\1auth=Bearer {TOKENS['long']}\1\1".encode()
        assert len(long) > 2048
        expect(dialogue(session(listener), mechanism, long), 535, "5.7.8 Error: authentication failed: Invalid base64")
        expect(dialogue(session(listener), mechanism, None, lambda _: long), 235)


@test
def an_empty_token_is_none():
    expect(log_in("DOVECOT_XOAUTH2", "XOAUTH2", "user", "")[1], 535)


@test
def tickets():
    for server, mechanism, listener in singles():
        if mechanism not in KERBEROS:
            continue
        for secured in (False, True):
            sent(*log_in(listener, mechanism, "user", None, secured), mechanism, secured=secured)
            for user in ("user", "usér"):
                opened, reply = log_in(listener, mechanism, user, USERS[user], secured)
                sent(opened, reply, mechanism, secured=secured)
        # Cyrus has a ticket for its own name alone.
        for host in ("localhost", "smtp.test") if server == "DOVECOT" else ("localhost",):
            opened = session(listener)
            expect(CLIENTS[mechanism](opened, "user", None, host), 235)
        for user, password in [("user", "wrong"), ("nobody", "pass"), ("locked", "pass"), ("stale", "pass")]:
            try:
                log_in(listener, mechanism, user, password)
                raise AssertionError(f"{user} has got a ticket")
            except auth_clients.gssapi.exceptions.GSSError:
                pass
        expect(dialogue(session(listener), mechanism, b"no token"), 535)


@test
def anonymous():
    for server in ("DOVECOT", "CYRUS"):
        opened, reply = log_in(server + "_ANONYMOUS", "ANONYMOUS", "", "")
        sent(opened, reply, "ANONYMOUS")


@test
def certificates_log_in():
    for user in ("", "client"):
        opened = session("DOVECOT_EXTERNAL", True, certificate="client")
        assert "EXTERNAL" in offered(opened), offered(opened)
        expect(CLIENTS["EXTERNAL"](opened, user), 235)
        submit(opened)
        opened.quit()
    expect(CLIENTS["EXTERNAL"](session("DOVECOT_EXTERNAL", True), ""), 535)
    opened = session("EXIM", True, certificate="client")
    assert offered(opened) == ["PLAIN", "LOGIN", "CRAM-MD5", "EXTERNAL"], offered(opened)
    for user, code in [("", 235), ("client", 235), ("user", 235), ("another", 535)]:
        opened = session("EXIM", True, certificate="client")
        expect(CLIENTS["EXTERNAL"](opened, user), code)
    expect(CLIENTS["EXTERNAL"](session("EXIM", True, certificate="client-rsa"), ""), 535)
    for opened in (session("EXIM"), session("EXIM", True)):
        assert offered(opened) == ["PLAIN", "LOGIN", "CRAM-MD5"], offered(opened)
    for mechanism in ("PLAIN", "LOGIN", "CRAM-MD5"):
        opened = session("EXIM")
        expect(opened.mail("a@test"), 550)
        expect(CLIENTS[mechanism](opened, "user", "pass"), 235)
        expect(opened.mail("a@test"), 250)
        expect(CLIENTS[mechanism](session("EXIM"), "user", "wrong"), 535)
        expect(CLIENTS[mechanism](session("EXIM"), "nobody", "pass"), 535)


### The peers that do what is right


def end_point(opened):
    return hashlib.sha256(opened.sock.getpeercert(binary_form=True)).digest()


def bound(mechanism, secret=end_point):
    return scram(mechanism, ("tls-server-end-point", secret))


@test
def scram_peers():
    for name in SCRAM:
        listener = name.replace("-", "_")
        for user, password in [*USERS.items(), ("prep@test", "ﬁn\u00ade Ⅸ")]:
            opened = peer(listener)
            assert offered(opened) == [name]
            expect(scram(name)(opened, user, password), 235)
            submit(opened)
            assert offered(peer(listener + "_PLUS")) == []
            opened = peer(listener + "_PLUS", True)
            assert offered(opened) == [name + "-PLUS"]
            expect(bound(name + "-PLUS")(opened, user, password), 235)
            submit(opened)
        for user, password in [("user", "wrong"), ("nobody", "pass")]:
            expect(scram(name)(peer(listener), user, password), 535)
            expect(bound(name + "-PLUS")(peer(listener + "_PLUS", True), user, password), 535)
        expect(bound(name + "-PLUS", lambda _: b"x" * 32)(peer(listener + "_PLUS", True), "user", "pass"), 535)
    expect(scram("SCRAM-SHA-256")(peer("SCRAM_SLOW"), "user", "pass"), 235)
    for listener in ("SCRAM_END_POINT", "SCRAM_END_POINT_TLS13", "SCRAM_END_POINT_SILENT"):
        expect(bound("SCRAM-SHA-256-PLUS")(peer(listener, True), "user", "pass"), 235)
    expect(bound("SCRAM-SHA-256-PLUS")(peer("SCRAM_EXPORTER", True), "user", "pass"), 535)
    expect(bound("SCRAM-SHA-256-PLUS")(peer("SCRAM_BETWEEN", True), "user", "pass"), 535)
    # "y": I could have bound, and you do not offer it.
    expect(bound("SCRAM-SHA-256")(peer("SCRAM_STRIPPED", True), "user", "pass"), 535)
    expect(scram("SCRAM-SHA-256")(peer("SCRAM_STRIPPED", True), "user", "pass"), 235)
    assert len(offered(peer("SCRAM"))) == 6 and len(offered(peer("SCRAM", True))) == 11
    assert len(offered(peer("SCRAM_PLUS_TLS12", True))) == 10


@test
def ntlm_peers():
    for user, password in USERS.items():
        for opened in (peer("NTLM"),):
            expect(auth_clients.ntlm(opened, user, password), 235)
            submit(opened)
    expect(auth_clients.ntlm(peer("NTLM"), "user", "wrong"), 535)
    expect(auth_clients.ntlm(peer("NTLM"), "nobody", "pass"), 535)
    # Behind TLS a binding is wanted.
    expect(auth_clients.ntlm(peer("NTLM", True), "user", "pass"), 535)
    opened = peer("NTLM", True)
    bindings = auth_clients.spnego.channel_bindings.GssChannelBindings(
        application_data=b"tls-server-end-point:" + end_point(opened))
    expect(auth_clients.ntlm(opened, "user", "pass", channel_bindings=bindings), 235)
    code, text = peer("NTLM_TEXT").docmd("AUTH", "NTLM")
    assert (code, text) == (334, b"NTLM supported")


@test
def other_peers():
    for mechanism in OAUTH:
        for name in (mechanism, "OAUTH_OR_PASSWORD"):
            opened = peer(name)
            expect(CLIENTS[mechanism](opened, "user", "good-token"), 235)
            submit(opened)
            expect(CLIENTS[mechanism](peer(name), "user", "bad"), 535)
        # The answer to the JSON matters.
        first = b"n,,\1auth=Bearer bad\1\1"
        expect(dialogue(peer(mechanism), mechanism, first, lambda _: b"x"), 501)
        for name in ("BEARER_NO_JSON", "BEARER_JUNK_JSON"):
            expect(CLIENTS[mechanism](peer(name), "user", "bad"), 535)
        opened = peer("BEARER_LONG_JSON")
        opened.putcmd("AUTH", mechanism + " " + base64.b64encode(first).decode())
        assert len(opened.file.readline()) > 12000
        opened = peer("SHORT_LINES")
        long = f"n,a=user,\1auth=Bearer {'long-token' * 200}\1\1".encode()
        expect(dialogue(opened, mechanism, long), 500)
        expect(dialogue(opened, mechanism, None, lambda _: long), 235)
    expect(CLIENTS["PLAIN"](peer("OAUTH_OR_PASSWORD"), "usér@test", "pässwörd"), 235)
    for name in ("OLD_SYNTAX", "SMALL_LETTERS", "BOTH_SYNTAXES", "UNKNOWN_FIRST"):
        expect(CLIENTS["PLAIN"](peer(name), "user", "pass"), 235)
        expect(CLIENTS["PLAIN"](peer(name), "user", "wrong"), 535)
        expect(dialogue(peer(name), "NTLM", None), 504)
    lines = [peer(name).ehlo_resp.decode().splitlines() for name in ("OLD_SYNTAX", "SMALL_LETTERS", "BOTH_SYNTAXES")]
    assert "AUTH=PLAIN LOGIN" in lines[0] and "auth plain cram-md5" in lines[1], lines
    assert "AUTH CRAM-MD5" in lines[2] and "AUTH=PLAIN" in lines[2], lines
    expect(peer("OLD_SYNTAX").mail("a@test"), 530)


### The doubles


def whole(name, mechanism, *steps, initial=None, secured=False):
    return dialogue(peer(name, secured), mechanism, initial, *steps)


def word(text):
    return lambda _: text.encode()


@test
def prompts_and_challenges():
    for name in ("LOGIN_PLAIN_PROMPTS", "LOGIN_EMPTY_PROMPTS", "LOGIN_OTHER_PROMPTS", "LOGIN_LONG_PROMPTS"):
        for password, code in [("pass", b"235"), ("wrong", b"535")]:
            opened = peer(name)
            replies = []
            for line in ("AUTH LOGIN", base64.b64encode(b"user").decode(), base64.b64encode(password.encode()).decode()):
                opened.putcmd(line)
                replies.append(opened.file.readline())
            assert [reply[:3] for reply in replies] == [b"334", b"334", code], (name, replies)
            assert (replies[0] == b"334 Username:\r\n") == (name == "LOGIN_PLAIN_PROMPTS"), replies
            assert (replies[1] == b"334\r\n") == (name == "LOGIN_EMPTY_PROMPTS"), replies
    assert peer("CHALLENGE_NOT_BASE64").docmd("AUTH CRAM-MD5") == (334, b"<1.2@not.base64>")
    assert peer("CHALLENGE_EMPTY").docmd("AUTH DIGEST-MD5") == (334, b"")
    assert len(peer("CHALLENGE_JUNK").docmd("AUTH CRAM-MD5")[1]) > 1000
    assert peer("CHALLENGE_IN_TWO_LINES").docmd("AUTH CRAM-MD5")[1].startswith(b"PDEyMw==\n")
    opened = peer("CHALLENGES_WITHOUT_END")
    code, _ = opened.docmd("AUTH PLAIN")
    for _ in range(100):
        assert code == 334
        code, _ = opened.docmd("")
    expect(opened.docmd("*"), 501)
    for name, size in [("CHALLENGE_100K", 100_000), ("CHALLENGE_10M", 10_000_000), ("LINE_WITHOUT_END", 20_000_000)]:
        opened = peer(name)
        opened.putcmd("AUTH PLAIN")
        assert len(opened.file.readline(size)) == size, name
    for name in ("CLOSES_AT_ONCE", "CLOSES_BETWEEN"):
        try:
            opened = peer(name)
            expect(opened.docmd("AUTH LOGIN"), 334)
            opened.docmd("")
            raise AssertionError(name)
        except smtplib.SMTPServerDisconnected:
            pass
    expect(CLIENTS["PLAIN"](peer("CLOSES_ON_WRONG"), "user", "pass"), 235)
    for mechanism in ("PLAIN", "LOGIN", "CRAM-MD5"):
        try:
            CLIENTS[mechanism](peer("CLOSES_ON_WRONG"), "user", "wrong")
            raise AssertionError(mechanism)
        except smtplib.SMTPServerDisconnected:
            pass
    opened = peer("SILENT")
    opened.putcmd("AUTH PLAIN")
    opened.sock.settimeout(0.2)
    try:
        raise AssertionError(opened.sock.recv(1))
    except TimeoutError:
        pass


@test
def servers_that_prove_nothing():
    # scramp refuses to go on; in each of them the server would have.
    for name in ENV:
        name = name.removeprefix("INETMAIL_AUTH_PEER_")
        if re.match("SCRAM_(WRONG|SHORT|EMPTY|ITERATIONS|FOREIGN|SAME|EXTENSION|JUNK)", name):
            try:
                reply = scram("SCRAM-SHA-256")(peer(name), "user", "pass")
                raise AssertionError(f"{name}: {reply}")
            except (auth_clients.scramp.ScramException, IndexError, ValueError):
                pass
            if "SIGNATURE" not in name:
                expect(whole(name, "SCRAM-SHA-256", word("c=biws"), initial=b"n,,n=user,r=abc"), 235)
    for name in ("SCRAM_NO_SIGNATURE", "SCRAM_ERROR_AND_WELCOME"):
        expect(scram("SCRAM-SHA-256")(peer(name), "user", "pass"), 235)
        expect(scram("SCRAM-SHA-512")(peer(name), "user", "pass"), 235)
    said = []
    whole("SCRAM_ITERATIONS_2_31", "SCRAM-SHA-1", lambda said_: said.append(said_) or b"", initial=b"n,,n=user,r=abc")
    assert said[0].endswith(b",i=2147483648") and said[0].startswith(b"r=abc"), said
    expect(whole("DIGEST_NO_PROOF", "DIGEST-MD5", word("")), 235)
    expect(whole("DIGEST_WRONG_PROOF", "DIGEST-MD5", word(""), word("")), 235)
    try:
        CLIENTS["DIGEST-MD5"](peer("DIGEST_WRONG_PROOF"), "user", "pass")
        raise AssertionError("it has proved itself")
    except AssertionError as error:
        assert "rspauth" in str(error), error
    for mechanism in ("LOGIN", "CRAM-MD5", "SCRAM-SHA-256", "GSSAPI"):
        expect(whole("SUCCESS_AT_ONCE", mechanism), 235)


@test
def replies():
    for name in ENV:
        if match := re.fullmatch("INETMAIL_AUTH_PEER_REPLIES_([0-9]+)", name):
            code, text = whole("REPLIES_" + match[1], "PLAIN", initial=b"\0user\0pass")
            assert code == int(match[1]) and re.match(rb"[45]\.7\.|5\.5\.", text), (name, code, text)
    expect(whole("REPLIES_535_BARE", "PLAIN"), 535, "no")
    assert whole("REPLIES_535_LONG", "PLAIN")[1].count(b"\n") == 20
    opened = peer("REPLIES_JUNK")
    opened.putcmd("AUTH PLAIN")
    assert opened.file.readline() == b"what do you mean\r\n"
    assert CLIENTS["PLAIN"](peer("SUCCESS_IN_TWO_LINES"), "user", "pass")[1].startswith(b"2.7.0 Well\n")
    opened = peer("CHALLENGE_AFTER_SUCCESS")
    expect(CLIENTS["PLAIN"](opened, "user", "pass"), 235)
    expect(opened.getreply(), 334)
    opened = peer("CHALLENGE_FOR_MAIL")
    expect(CLIENTS["PLAIN"](opened, "user", "pass"), 235)
    expect(opened.mail("a@test"), 334)


@test
def what_is_offered_and_what_is_taken():
    for name, before, after in [("BEFORE_TLS_ONLY", ["PLAIN", "LOGIN"], []), ("AFTER_TLS_ONLY", [], ["PLAIN", "LOGIN"]),
                                ("OTHERS_AFTER_TLS", ["PLAIN"], ["CRAM-MD5"]), ("NOTHING_OFFERED", [], []),
                                ("EMPTY_OFFER", [], [])]:
        assert (offered(peer(name)), offered(peer(name, True))) == (before, after), name
    assert b"\nAUTH\n" in peer("EMPTY_OFFER").ehlo_resp
    for mechanism in ("PLAIN", "SCRAM-SHA-512"):
        expect(whole("OFFERED_IN_VAIN", mechanism), 504)
    for last in ("PLAIN", "LOGIN"):
        opened = peer("LAST_IS_" + last)
        every = offered(opened)
        for mechanism in [last, *every]:
            if mechanism != last or last not in opened.esmtp_features:
                expect(opened.docmd("AUTH", mechanism), 535)
            opened.esmtp_features[last] = "tried"
        expect(CLIENTS[last](opened, "user", "wrong"), 535)
        expect(CLIENTS[last](opened, "user", "pass"), 235)
        submit(opened)
    for name, first in [("SCRAM", "SCRAM-SHA-256"), *((code, "CRAM-MD5") for code in (432, 454, 504, 534, 535, 538))]:
        opened = peer(f"PLAIN_AFTER_{name}")
        assert offered(opened) == [first, "PLAIN"]
        expect(opened.docmd("AUTH", first), 535 if name == "SCRAM" else name)
        expect(CLIENTS["PLAIN"](opened, "user", "pass"), 235)


@test
def tellers_of_secrets():
    for mechanism in ("PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER"):
        code, text = CLIENTS[mechanism](peer("REPEATS_IN_REFUSAL"), "user", "s3cret-Word")
        assert code == 535 and b"s3cret-Word" in text and b"s3cret-Word".hex().encode() in text, text
        code, text = CLIENTS[mechanism](peer("REPEATS_IN_WELCOME"), "user", "s3cret-Word")
        assert code == 235 and b"s3cret-Word" in text, text
    code, text = peer("REPEATS_IN_CHALLENGE").docmd("AUTH PLAIN", base64.b64encode(b"\0user\0s3cret-Word").decode())
    assert code == 334 and b"s3cret-Word" in base64.b64decode(text)


### Other programs


def program(*arguments, give="", **environment):
    done = subprocess.run(arguments, input=give, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=30,
                          env={**os.environ, **environment}, errors="replace")
    return done.returncode == 0, done.stdout


def gsasl(listener, mechanism, password, secured, *more, user="user"):
    tls = ["--starttls", "--x509-ca-file=" + ENV["INETMAIL_CA"]] if secured else ["--no-starttls"]
    fine, said = program("gsasl", "--smtp", f"--connect=localhost:{auth_port(listener)}", "--mechanism=" + mechanism,
                         "--authentication-id=" + user, "--password=" + password, "--quiet", *tls, *more,
                         LC_ALL="C.UTF-8")
    return fine and "\n235 " in said, said


@test
def gsasl_agrees():
    cases = [("DOVECOT_" + mechanism.replace("-", "_"), mechanism)
             for mechanism in ("PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256")]
    cases += [("CYRUS_SCRAM_SHA_256", "SCRAM-SHA-256"), ("CYRUS_CRAM_MD5", "CRAM-MD5"), ("PEER_SCRAM_SHA_1", "SCRAM-SHA-1"),
              ("PEER_SCRAM_SHA_256", "SCRAM-SHA-256"), ("EXIM", "CRAM-MD5")]
    for listener, mechanism in cases:
        # It does not know what to do without a binding where it could have one, and does not say EHLO to Exim before STARTTLS.
        for secured in (False,) if mechanism.startswith("SCRAM") or listener == "EXIM" else (False, True):
            fine, said = gsasl(listener, mechanism, "pass", secured)
            assert fine, (listener, secured, said)
            fine, said = gsasl(listener, mechanism, "wrong", secured)
            assert not fine, (listener, secured, said)
    # It binds with tls-exporter.
    for listener in ("PEER_SCRAM_SHA_256_PLUS", "PEER_SCRAM_EXPORTER"):
        fine, said = gsasl(listener, "SCRAM-SHA-256-PLUS", "pass", True)
        assert fine, (listener, said)
    for listener in ("PEER_SCRAM_END_POINT", "PEER_SCRAM_END_POINT_TLS13", "PEER_SCRAM_END_POINT_SILENT", "PEER_SCRAM_BETWEEN"):
        fine, said = gsasl(listener, "SCRAM-SHA-256-PLUS", "pass", True)
        assert not fine, (listener, said)


def curl(listener, mechanism, user, password, *more):
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"Subject: curl\r\n\r\nHello.\r\n")
        file.flush()
        return program("curl", "--silent", "--show-error", "--url", f"smtp://localhost:{auth_port(listener)}/client.test", "--user", f"{user}:{password}",
                       "--login-options", "AUTH=" + mechanism, "--mail-from", "a@test", "--mail-rcpt", "selftest@test", "--upload-file",
                       file.name, *more)


@test
def curl_agrees():
    secured = ["--ssl-reqd", "--cacert", ENV["INETMAIL_CA"]]
    for server, mechanisms in [("DOVECOT", ("PLAIN", "LOGIN", "CRAM-MD5", "DIGEST-MD5")),
                               ("CYRUS", ("PLAIN", "LOGIN", "CRAM-MD5", "DIGEST-MD5", "NTLM"))]:
        for mechanism in mechanisms:
            # curl ends a dialogue of Dovecot's DIGEST-MD5, whose realm is empty: msmtp does it.
            if (server, mechanism) == ("DOVECOT", "DIGEST-MD5"):
                continue
            for more in ([], secured):
                listener = f"{server}_{mechanism.replace('-', '_')}"
                fine, said = curl(listener, mechanism, "user", "pass", *more)
                assert fine, (listener, said)
                fine, said = curl(listener, mechanism, "user", "wrong", *more)
                assert not fine, (listener, said)
    for mechanism in OAUTH:
        fine, said = curl("DOVECOT_" + mechanism, mechanism, "user", "", "--oauth2-bearer", TOKENS["user"])
        assert fine, said
        fine, said = curl("DOVECOT_" + mechanism, mechanism, "user", "", "--oauth2-bearer", TOKENS["stranger"])
        assert not fine, said
    certificate = os.path.join(CERTS, "client.with.key.pem")
    fine, said = curl("EXIM", "EXTERNAL", "client", "", *secured, "--cert", certificate)
    assert fine, said
    for server in ("DOVECOT", "CYRUS"):
        fine, said = curl(server + "_GSSAPI", "GSSAPI", "user@" + ENV["INETMAIL_KRB5_REALM"], "")
        assert fine, (server, said)


@test
def msmtp_and_swaks_agree():
    for listener, mechanism in [("DOVECOT_SCRAM_SHA_256", "scram-sha-256"), ("CYRUS_SCRAM_SHA_1", "scram-sha-1"),
                                ("CYRUS_DIGEST_MD5", "digest-md5"), ("DOVECOT_DIGEST_MD5", "digest-md5"), ("PEER_SCRAM_SHA_256", "scram-sha-256"),
                                ("DOVECOT_GSSAPI", "gssapi"), ("CYRUS_GSSAPI", "gssapi"),
                                ("DOVECOT_OAUTHBEARER", "oauthbearer"), ("DOVECOT_XOAUTH2", "xoauth2")]:
        right = TOKENS["user"] if "auth" in mechanism else "pass"
        for password in ([right] if mechanism == "gssapi" else [right, "wrong"]):
            fine, said = program("msmtp", "--host=localhost", f"--port={auth_port(listener)}", "--auth=" + mechanism, "--user=user",
                                 "--passwordeval=cat " + written(password), "--tls=off", "--from=a@test", "selftest@test",
                                 give="Subject: msmtp\n\nHello.\n")
            assert fine == (password == right), (listener, said)
    for listener, mechanism in [("DOVECOT_PLAIN", "PLAIN"), ("CYRUS_LOGIN", "LOGIN"), ("DOVECOT_CRAM_MD5", "CRAM-MD5")]:
        for password in ("pass", "wrong"):
            fine, said = program("swaks", "--server", f"localhost:{auth_port(listener)}", "--auth", mechanism, "--auth-user", "user",
                                 "--auth-password", password, "--from", "a@test", "--to", "selftest@test")
            assert fine == (password == "pass"), (listener, said)


def written(text, _folder=tempfile.TemporaryDirectory()):
    path = os.path.join(_folder.name, hashlib.sha256(text.encode()).hexdigest())
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path
