"""Clients that log in without the library under test: by scramp, pyspnego, MIT Kerberos, and a few lines for what is simple.

Each is a function (session of smtplib, host name for Kerberos, user, password or token) that returns the server's last reply. Debian's
Python, and what tests/tools/install.sh gets from PyPI.
"""
import base64
import hashlib
import hmac
import os
import re
import sys

sys.path.append(os.path.join(os.environ.get("INETMAIL_TEST_PACKAGES", "/usr/local/lib/inetmail-tests"), "python"))
import gssapi  # noqa: E402
import scramp.core  # noqa: E402
import spnego  # noqa: E402
import spnego.channel_bindings  # noqa: E402, F401
from scramp.core import CbName  # noqa: E402

CbName.SUPPORTED_TYPES |= {"tls-exporter"}
CbName.UNSUPPORTED_TYPES = frozenset()
scramp.core.MECHS = {**scramp.core.MECHS, **{
    f"SCRAM-SHA-{bits}{plus}": scramp.core.Mech(getattr(hashlib, f"sha{bits}"), bool(plus), scramp.core.IterationCount(4096), -1)
    for bits in (224, 384) for plus in ("", "-PLUS")}}
SPNEGO = gssapi.OID.from_int_seq("1.3.6.1.5.5.2")


def dialogue(session, mechanism, initial, *steps):
    """A step answers a challenge; one that is missing or returns None stays without an answer."""
    words = "" if initial is None else " " + (base64.b64encode(initial).decode() or "=")
    code, text = session.docmd("AUTH", mechanism + words)
    for step in steps:
        if code != 334:
            break
        try:
            answer = step(base64.b64decode(text))
        except Exception:
            session.docmd("*")
            raise
        code, text = session.docmd(base64.b64encode(answer).decode())
    return code, text


def plain(session, user, password):
    return dialogue(session, "PLAIN", f"\0{user}\0{password}".encode())


def login(session, user, password):
    return dialogue(session, "LOGIN", None, lambda _: user.encode(), lambda _: password.encode())


def cram_md5(session, user, password):
    def answer(challenge):
        return f"{user} {hmac.digest(password.encode(), challenge, hashlib.md5).hex()}".encode()
    return dialogue(session, "CRAM-MD5", None, answer)


def digest_md5(session, user, password):
    def md5(octets):
        return hashlib.md5(octets).digest()

    def quoted(text):
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    proof = None

    def answer(challenge):
        nonlocal proof
        fields = dict(re.findall(r'([a-z-]+)="?((?<=")[^"]*|[^",]*)"?', challenge.decode()))
        realm, nonce, own = fields.get("realm", ""), fields["nonce"], os.urandom(8).hex()
        secret = md5(f"{user}:{realm}:{password}".encode()) + f":{nonce}:{own}".encode()

        def response(operation):
            second = md5(f"{operation}:smtp/localhost".encode()).hex()
            return md5(f"{md5(secret).hex()}:{nonce}:00000001:{own}:auth:{second}".encode()).hex()
        proof = response("")
        return (f'charset=utf-8,username={quoted(user)},realm={quoted(realm)},nonce="{nonce}",nc=00000001,cnonce="{own}",'
                f'digest-uri="smtp/localhost",qop=auth,response={response("AUTHENTICATE")}').encode()

    def check(challenge):
        assert challenge == b"rspauth=" + proof.encode(), challenge
        return b""
    return dialogue(session, "DIGEST-MD5", None, answer, check)


def scram(name, binding=None):
    def log_in(session, user, password):
        client = scramp.ScramClient([name], user, password, channel_binding=binding and (binding[0], binding[1](session)))

        def answer(challenge):
            if challenge.startswith(b"e="):
                return b""
            client.set_server_first(challenge.decode())
            return client.get_client_final().encode()

        def check(challenge):
            if not challenge.startswith(b"e="):
                client.set_server_final(challenge.decode())
            return b""
        return dialogue(session, name, client.get_client_first().encode(), answer, check)
    return log_in


def ntlm(session, user, password, **more):
    client = spnego.client(user, password, protocol="ntlm", options=spnego.NegotiateOptions.use_ntlm, **more)
    return dialogue(session, "NTLM", client.step(), lambda challenge: client.step(challenge))


def gss(name, mech):
    """RFC 4752; GSS-SPNEGO ends with the context (MS-SPNG), or has the same layer behind it."""
    def log_in(session, user, password, host="localhost"):
        target = gssapi.Name(f"smtp@{host}", gssapi.NameType.hostbased_service)
        credentials = None
        if password is not None:
            owner = gssapi.Name(f"{user}@{os.environ['INETMAIL_KRB5_REALM']}", gssapi.NameType.user)
            credentials = gssapi.raw.acquire_cred_with_password(owner, password.encode(), mechs=[mech], usage="initiate").creds
        context = gssapi.SecurityContext(name=target, mech=mech, usage="initiate", creds=credentials)

        def answer(challenge):
            if not context.complete:
                return context.step(challenge) or b""
            layers = context.unwrap(challenge).message
            assert layers[0] & 1, layers
            return context.wrap(b"\1\0\0\0" + (user.encode() if password is not None else b""), False).message
        return dialogue(session, name, context.step(), answer, answer, answer, answer)
    return log_in


def xoauth2(session, user, token):
    return dialogue(session, "XOAUTH2", f"user={user}\1auth=Bearer {token}\1\1".encode(), lambda _: b"")


def oauthbearer(session, user, token):
    name = user.replace("=", "=3D").replace(",", "=2C")
    return dialogue(session, "OAUTHBEARER", f"n,a={name},\1auth=Bearer {token}\1\1".encode(), lambda _: b"\1")


def external(session, user="", _=None):
    return dialogue(session, "EXTERNAL", user.encode())


def anonymous(session, user="", _=None):
    return dialogue(session, "ANONYMOUS", b"trace@client.test")


CLIENTS = {
    "PLAIN": plain, "LOGIN": login, "CRAM-MD5": cram_md5, "DIGEST-MD5": digest_md5, "NTLM": ntlm, "XOAUTH2": xoauth2,
    "OAUTHBEARER": oauthbearer, "EXTERNAL": external, "ANONYMOUS": anonymous,
    "GSSAPI": gss("GSSAPI", gssapi.MechType.kerberos), "GSS-SPNEGO": gss("GSS-SPNEGO", SPNEGO),
    **{name: scram(name) for name in ("SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512")},
}
