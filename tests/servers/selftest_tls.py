"""Proves the rows of transport security, with Python's ssl, openssl and urllib. selftest.py runs it."""
import base64
import os
import smtplib
import socket
import ssl
import subprocess
import tempfile
import urllib.error
import urllib.parse
import urllib.request

from sessions import (ENV, HOST, MESSAGE, USERS, auth_plain, blind, check_delivered, delivered, expect, other_root, port,
                      secured, submit, test, trust)

CERTS = ENV["INETMAIL_CERTS"]
RESPONDER = ENV["INETMAIL_RESPONDER"]
# What openssl says of each certificate that is presented to who asks for NAME.smtp.test; "" where it is content.
VERDICTS = {
    "good": "", "rsa": "", "p384": "", "ed25519": "", "wildcard": "", "extra": "", "blocked-ca": "",
    "muststaple": "", "revoked-crl": "", "revoked-ocsp": "", "revoked-ca": "",
    "expired": "has expired", "notyet": "not yet valid", "wronghost": "Hostname mismatch",
    "idn": "Hostname mismatch", "xn--e1afmkfd": "", "two.labels": "Hostname mismatch",
    "ipsan": "Hostname mismatch", "cnonly": "Hostname mismatch",
    "selfsigned": "self-signed certificate", "selfsigned-ca": "self-signed certificate",
    "unknownroot": "unable to get local issuer", "nochain": "unable to get local issuer",
    "unknownroot-presented": "self-signed certificate in certificate chain",
    # OpenSSL does not turn round where the first of two issuers leads nowhere.
    "crossed": "unable to get local issuer",
    "loop": "unable to get local issuer", "forged": "certificate signature failure",
    "rsa1024": "EE certificate key too weak", "sha1": "CA signature digest algorithm too weak",
    "clientonly": "certificate purpose", "nameconstraints": "permitted subtree violation",
    "pathlen": "path length constraint exceeded",
}


def tls_port(name):
    return int(ENV["INETMAIL_TLS_" + name])


def implicit(listener, host="localhost", context=None):
    """A session over implicit TLS of a listener that is not Postfix's own."""
    session = smtplib.SMTP_SSL(host, tls_port(listener), "client.test", timeout=10, context=context or trust())
    session.ehlo()
    return session


def verdict(connect):
    try:
        connect().quit()
        return ""
    except ssl.SSLCertVerificationError as error:
        return error.verify_message


def openssl(*arguments, give=b""):
    """What openssl says, on both outputs, and whether it was content."""
    done = subprocess.run(["openssl", *arguments], input=give, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          cwd=CERTS, timeout=20)
    return done.stdout.decode(errors="replace"), done.returncode == 0


def handshake(number, *arguments):
    return openssl("s_client", "-connect", f"{HOST}:{number}", "-CAfile", "root.pem", *arguments, give=b"QUIT\r\n")


@test
def each_name_has_its_certificate():
    for name, reason in VERDICTS.items():
        for listener in ("BYNAME", "BYNAME_SMTPS"):
            got = verdict(lambda: secured(listener, host=name + ".smtp.test"))
            assert reason in got and bool(reason) == bool(got), (listener, name, got)
        with secured("BYNAME", blind(), name + ".smtp.test") as session:
            expect(auth_plain(session, *USERS[0]), 235)
            submit(session)


@test
def what_the_strict_refuse_is_right_but_for_that():
    for name, root in [("selfsigned", "selfsigned.pem"), ("selfsigned-ca", "selfsigned-ca.pem"),
                       ("unknownroot", "unknown-ca.pem"), ("unknownroot-presented", "unknown-ca.pem")]:
        assert verdict(lambda: secured("BYNAME", other_root(root)(), name + ".smtp.test")) == "", name
    # The address alone is good; without a name the listener's own certificate is presented.
    assert verdict(lambda: secured("IPSAN", host=HOST)) == verdict(lambda: secured("IPSAN_SMTPS", host=HOST)) == ""
    assert "Hostname mismatch" in verdict(lambda: secured("IPSAN"))
    # What lists say, for who has them.
    for name, ours in [("revoked-crl", True), ("crl-revoked", True), ("revoked-ca", True), ("good", False)]:
        said, fine = openssl("verify", "-CAfile", "root.pem", "-untrusted", "inter.pem", "-untrusted", "inter-revoked.pem",
                             "-crl_check_all" if name == "revoked-ca" else "-crl_check", "-CRLfile", "crl/inter.pem",
                             "-CRLfile", "crl/root.pem", "-CRLfile", "crl/inter-revoked.pem", name + ".crt")
        assert fine != ours and ("certificate revoked" in said) == ours, (name, said)
    said, _ = openssl("verify", "-CAfile", "root.pem", "-untrusted", "inter.pem", "-crl_check", "-CRLfile",
                      "crl/inter-expired.pem", "good.crt")
    assert "CRL has expired" in said, said


@test
def versions_suites_and_groups_are_the_only_ones():
    for name, version in [("TLS12", "TLSv1.2"), ("TLS13", "TLSv1.3")]:
        with secured(name) as session:
            assert session.sock.version() == version
            recipient = submit(session)
        check_delivered(recipient, protocol="ESMTPS")
    for name, version in [("TLS10", "TLSv1"), ("TLS11", "TLSv1.1")]:
        arguments = ["-starttls", "smtp", "-cipher", "ALL:@SECLEVEL=0"]
        said, _ = handshake(port(name), *arguments, "-min_protocol", "TLSv1")
        assert f"Protocol  : {version}\n" in said and "Verify return code: 0" in said, said
        said, fine = handshake(port(name), *arguments, "-min_protocol", "TLSv1.2")
        assert not fine and "alert protocol version" in said, said
    for name in (name for name in ENV if name.startswith("INETMAIL_TLS_SUITE_")):
        said, _ = handshake(ENV[name], "-brief")
        suite = name.removeprefix("INETMAIL_TLS_SUITE_")
        if suite == "CBC":
            assert "Ciphersuite: ECDHE-RSA-AES128-SHA\n" in said, said
        else:
            listed, _ = openssl("ciphers", "-stdname", "ALL")
            ours = dict(line.split()[:3:2] for line in listed.splitlines())[suite]
            assert f"Ciphersuite: {ours}\n" in said, (suite, said)
            expected = "TLSv1.2" if "_WITH_" in suite else "TLSv1.3"
            assert f"Protocol version: {expected}\n" in said and "Verification: OK" in said, said
    groups = {"X25519": "X25519", "SECP256R1": "prime256v1", "SECP384R1": "secp384r1", "SECP521R1": "secp521r1"}
    for name in (name for name in ENV if name.startswith("INETMAIL_TLS_GROUP")):
        version, group = name.removeprefix("INETMAIL_TLS_GROUP").split("_")
        said, _ = handshake(ENV[name], "-brief")
        assert f"Protocol version: TLSv1.{version[1]}\n" in said and groups[group] in said, (name, said)
    for listener in ("SUITE_TLS_AES_128_GCM_SHA256", "GROUP12_X25519"):
        with implicit(listener) as session:
            submit(session)


def client_certificate(name, version=None):
    context = trust()
    context.load_cert_chain(os.path.join(CERTS, name + ".pem"), os.path.join(CERTS, name + ".key"))
    if version:
        context.maximum_version = version
    return context


def refuses(connect):
    """TLS 1.3 tells who presents a certificate only afterwards that it was the wrong one."""
    try:
        session = connect()
        session.noop()
        session.close()
        return False
    except (ssl.SSLError, OSError, smtplib.SMTPException):
        return True


@test
def certificates_of_clients_are_asked_for_and_refused():
    with secured("CCERTASKED") as session:
        session.mail("a@test")
        expect(session.rcpt("a@elsewhere.example"), 554, "5.7.1")
    for listener in ("CCERTASKED", "CCERTREQUIRED", "CCERTREQUIRED12"):
        for name in ("client", "client-rsa", "client-p384", "client-ed25519"):
            with secured(listener, client_certificate(name)) as session:
                session.mail("a@test")
                expect(session.rcpt("a@elsewhere.example"), 250)
        with secured(listener, client_certificate("client-unwanted")) as session:
            expect(session.mail("a@test"), 554, "5.7.1")
    for listener in ("CCERTREQUIRED", "CCERTREQUIRED12"):
        assert refuses(lambda: secured(listener)), listener
        for name in ("client-stranger", "client-expired"):
            assert refuses(lambda: secured(listener, client_certificate(name))), (listener, name)
    for listener in ("MUTUAL12", "MUTUAL13"):
        with implicit(listener, context=client_certificate("client")) as session:
            submit(session)
        assert refuses(lambda: implicit(listener)), listener
        for name in ("client-stranger", "client-expired"):
            assert refuses(lambda: implicit(listener, context=client_certificate(name))), (listener, name)


@test
def keys_of_clients_come_in_every_form():
    for name in ("client", "client-rsa"):
        plain_key, _ = openssl("pkey", "-in", name + ".key", "-pubout")
        for arguments in (["-in", name + ".traditional.key"], ["-in", name + ".pkcs8.key.der", "-inform", "DER"],
                          ["-in", name + ".encrypted.key", "-passin", "pass:secret"]):
            assert openssl("pkey", *arguments, "-pubout")[0] == plain_key, arguments
        said, _ = openssl("x509", "-in", name + ".with.key.pem", "-noout", "-subject")
        assert said == f"subject=CN = {name}\n", said
        said, fine = openssl("pkcs12", "-in", name + ".p12", "-passin", "pass:secret", "-nodes")
        assert fine and said.count("BEGIN CERTIFICATE") == 2 and "PRIVATE KEY" in said, said


def resumed(number, starttls=True):
    """Whether a second session took the first one's secrets up, and whether that was by a ticket."""
    context = trust()

    def connect(session):
        stream = socket.create_connection((HOST, number), 10)
        if starttls:
            for command in (b"EHLO client.test\r\n", b"STARTTLS\r\n"):
                read_reply(stream)
                stream.sendall(command)
            read_reply(stream)
        with context.wrap_socket(stream, server_hostname="localhost", session=session) as tls:
            if not starttls:
                read_reply(tls)
            tls.sendall(b"EHLO client.test\r\n")
            # TLS 1.3 has its tickets in front of this.
            read_reply(tls)
            tls.sendall(b"QUIT\r\n")
            read_reply(tls)
            return tls.session, tls.session_reused
    session, _ = connect(None)
    if not session.id and not session.has_ticket:
        return False, False
    return connect(session)[1], session.has_ticket


def read_reply(stream):
    reply = b""
    while not reply.endswith(b"\n") or reply.splitlines()[-1][3:4] == b"-":
        octets = stream.recv(65536)
        assert octets, reply
        reply += octets


@test
def sessions_are_resumed_by_ticket_by_id_and_not_at_all():
    for listener, expected in [("TICKETS12", (True, True)), ("IDS12", (True, False)), ("TICKETS13", (True, True))]:
        got = resumed(port(listener))
        assert got == expected, (listener, got)
    for listener in ("FORGETFUL12", "FORGETFUL13"):
        assert not resumed(tls_port(listener), False)[0], listener


@test
def staples_are_what_they_are_called():
    for name in "staple-good staple-revoked staple-tampered staple-stranger muststaple muststaple-good muststaple-revoked " \
                "muststaple-tampered staple-unknown staple-other staple-expired staple-garbage muststaple-expired".split():
        said, _ = handshake(tls_port("STAPLER"), "-status", "-servername", name + ".smtp.test")
        mode = name.partition("-")[2]
        if mode in ("", "garbage"):
            assert ("no response sent" if not mode else "response parse error") in said, (name, said)
            continue
        status = mode if mode in ("revoked", "unknown") else "good"
        assert f"Cert Status: {status}\n" in said, (name, said)
        if mode in "good revoked tampered stranger":
            by_haproxy, _ = handshake(tls_port("STAPLES"), "-status", "-servername", name + ".smtp.test")
            assert f"Cert Status: {status}\n" in by_haproxy, (name, by_haproxy)
        said, fine = judged(name, ["-respin", f"ocsp/{name}.der"])
        assert (mode, said in ("good", "revoked", "unknown")) in [(status, True), (mode, False)], (name, said)
        assert said == FAULTS.get(mode, mode), (name, said)
    said, _ = handshake(tls_port("STAPLES"), "-status", "-servername", "muststaple.smtp.test")
    assert "no response sent" in said, said
    for listener in ("STAPLES", "STAPLER"):
        with implicit(listener, "staple-good.smtp.test") as session:
            submit(session)


# How openssl calls what is wrong with an answer.
FAULTS = {"tampered": "signature failure", "other": "No Status found", "expired": "status expired",
          "stranger": "missing ocspsigning usage", "byissuer": "good", "counted": "good"}
HTTP_FAULTS = {"trylater": "trylater (3)", "garbage": "Error querying", "error500": "code=500", "redirect": "code=307",
               "loop": "code=307"}


def judged(name, arguments):
    """What openssl makes of an answer: the status, or its name for what is wrong."""
    said, fine = openssl("ocsp", "-issuer", "inter.pem", "-cert", name + ".crt", "-CAfile", "root.pem", *arguments)
    for fault in ("signature failure", "No Status found", "status expired", "missing ocspsigning usage"):
        if fault in said:
            return fault, fine
    lines = [line for line in said.splitlines() if line.startswith(name + ".crt: ")]
    return (lines[0].split(": ")[1] if lines else said), fine


def asked(path):
    with urllib.request.urlopen(f"{RESPONDER}/asked{path}", timeout=10) as reply:
        return reply.read().decode().splitlines()


@test
def the_responder_answers_as_its_modes_say():
    for mode in "good revoked unknown tampered other expired stranger byissuer redirect counted trylater garbage error500 loop".split():
        name, path = "ocsp-" + mode, f"/ocsp/{mode}/ocsp-{mode}"
        before = len(asked(path))
        said, _ = judged(name, ["-url", RESPONDER + path])
        assert HTTP_FAULTS.get(mode, FAULTS.get(mode, mode)) in said, (mode, said)
        assert asked(path)[-1].startswith("POST sha1 nonce "), asked(path)
        assert len(asked(path)) == before + 1, asked(path)
    # openssl cannot read chunks: so in two steps, and by GET.
    with tempfile.TemporaryDirectory() as folder:
        request, answer = os.path.join(folder, "request"), os.path.join(folder, "answer")
        openssl("ocsp", "-issuer", "inter.pem", "-cert", "ocsp-chunked.crt", "-no_nonce", "-reqout", request)
        with open(request, "rb") as file:
            url = f"{RESPONDER}/ocsp/chunked/ocsp-chunked/" + urllib.parse.quote(base64.b64encode(file.read()), "")
        with urllib.request.urlopen(url, timeout=10) as reply, open(answer, "wb") as file:
            assert reply.headers["Transfer-Encoding"] == "chunked"
            file.write(reply.read())
        assert judged("ocsp-chunked", ["-respin", answer]) == ("good", True)
    text, _ = openssl("x509", "-in", "inter-revoked.pem", "-noout", "-ext", "crlDistributionPoints")
    with urllib.request.urlopen(text.split("URI:")[1].strip(), timeout=10) as reply:
        assert "verify OK" in openssl("crl", "-inform", "DER", "-noout", "-CAfile", "root.pem", give=reply.read())[0], text
    text, _ = openssl("x509", "-in", "ocsp-good.crt", "-noout", "-ocsp_uri")
    assert text.strip() == RESPONDER + "/ocsp/good/ocsp-good", text


@test
def lists_are_served_as_their_modes_say():
    def fetch(mode):
        with urllib.request.urlopen(f"{RESPONDER}/crl/{mode}/crl-{mode}", timeout=10) as reply:
            return reply.read()
    for mode in "good revoked redirect chunked counted tampered other expired pem garbage".split():
        octets = fetch(mode)
        said, fine = openssl("crl", "-inform", "DER", "-noout", "-CAfile", "inter.pem", "-issuer", give=octets)
        expected = {"tampered": "verify failure", "other": "Error getting CRL issuer", "pem": "Unable to load", "garbage": "Unable to load"}
        assert expected.get(mode, "verify OK") in said, (mode, said)
    for mode, code in [("missing", 404), ("error500", 500)]:
        try:
            fetch(mode)
            raise AssertionError(mode)
        except urllib.error.HTTPError as error:
            assert error.code == code, (mode, error)
    assert asked("/crl/missing/crl-missing")[-1].startswith("GET - - "), asked("/crl/missing/crl-missing")
    # One does not stop, the other says nothing.
    with socket.create_connection((HOST, 2680), 10) as stream:
        stream.sendall(f"GET /crl/endless/crl-endless HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
        octets = 0
        while octets < 20_000_000:
            octets += len(stream.recv(1 << 20))
    with socket.create_connection((HOST, 2680), 0.2) as stream:
        stream.sendall(f"GET /crl/hang/crl-hang HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
        assert says_nothing(stream)


def says_nothing(stream):
    try:
        return not stream.recv(1)
    except socket.timeout:
        return True


@test
def one_listener_is_silent_and_one_speaks_in_clear():
    with socket.create_connection((HOST, tls_port("SILENT")), 0.2) as stream:
        assert says_nothing(stream)
    # Whoever starts with TLS where there is none is greeted at once.
    with socket.create_connection((HOST, port("NOTLS")), 10) as stream:
        assert stream.recv(4) == b"220 "


@test
def submission_of_dovecot_hands_on():
    session = smtplib.SMTP("localhost", tls_port("SUBMISSION"), "client.test", timeout=10)
    session.ehlo()
    expect(session.starttls(context=trust()), 220)
    for session in (session, implicit("SUBMISSIONS")):
        with session:
            session.ehlo()
            expect(auth_plain(session, "user", "wrong"), 535)
            expect(auth_plain(session, *USERS[0]), 235)
            recipient = submit(session)
            stored, side = delivered(recipient)[0]
            # Dovecot leaves its trace below Postfix's.
            assert b"with ESMTPSA" in stored and stored.endswith(MESSAGE.replace(b"\r\n", b"\n")), stored
            assert side["sender"] == "a@test"
