#!/usr/bin/python3
"""auth_peers.py CERTS DIR : servers to log in at, on loopback, for what no packaged one does. Each has a port of the system's choice and
says "INETMAIL_AUTH_PEER_NAME=port", a line each; then "ready".

This file has the session, and the peers that do what is right; auth_doubles.py has those that do not. All of them offer STARTTLS, with
`good`, and take mail from who is logged in. Users: those of up.sh, and `prep@test`, whose password has to be prepared (RFC 4013).
Debian's Python; scramp and pyspnego come from PyPI (tests/tools/install.sh).
"""
import base64
import hashlib
import hmac
import os
import selectors
import socket
import sys
import threading

import scramp.core
import spnego
import spnego.channel_bindings
from OpenSSL import SSL
from cryptography import x509
from cryptography.hazmat.primitives import serialization

CERTS, DIR = sys.argv[1:3]
USERS = {"user": "pass", "user@test": "pass", "usér@test": "pässwörd", "usér": "pässwörd", "a,b=c@test": 'p "q\\w',
         # What stringprep makes of "ﬁn\u00ade Ⅸ".
         "prep@test": "fine IX"}
TOKENS = {"good-token": "user", "long-token" * 200: "user"}
PEERS = {}
SCRAM = ("SCRAM-SHA-1", "SCRAM-SHA-224", "SCRAM-SHA-256", "SCRAM-SHA-384", "SCRAM-SHA-512")
# Where the octets of tls-exporter come from is told to scramp here; Python's ssl cannot say it.
scramp.core.CbName.SUPPORTED_TYPES |= {"tls-exporter"}
scramp.core.CbName.UNSUPPORTED_TYPES = frozenset()
# It has no SHA-224 and SHA-384, which some have names for; all that they need is in hashlib.
scramp.core.MECHS = {**scramp.core.MECHS, **{
    f"SCRAM-SHA-{bits}{plus}": scramp.core.Mech(getattr(hashlib, f"sha{bits}"), bool(plus), scramp.core.IterationCount(4096), -1)
    for bits in (224, 384) for plus in ("", "-PLUS")}}


class Closed(Exception):
    """The connection has ended, or is to end."""


class Refused(Exception):
    """The reply that ends a login."""


def peer(name, *offers, **more):
    """A function (session, mechanism, initial response or None) that returns whom it has let in, or raises Refused."""
    def add(function):
        PEERS[name] = Peer(offers, function, **more)
        return function
    return add


class Peer:
    def __init__(self, offers, auth, ehlo=None, secured_only=False, longest=None, after=None, version=None):
        self.offers = offers
        self.auth = auth
        # The lines about AUTH in the answer to EHLO, where they are not the usual one: function of "is it behind TLS".
        self.ehlo = ehlo or (lambda secured: [] if secured_only and not secured else ["AUTH " + " ".join(offers)])
        self.longest = longest
        self.after = after
        self.context = context(version)


def context(version):
    made = SSL.Context(SSL.TLS_SERVER_METHOD)
    made.use_certificate_chain_file(os.path.join(CERTS, "good.pem"))
    made.use_privatekey_file(os.path.join(CERTS, "good.key"))
    if version:
        made.set_min_proto_version(version)
        made.set_max_proto_version(version)
    return made


class Session:
    def __init__(self, connection, mine):
        self.connection = connection
        self.peer = mine
        self.rest = b""
        self.secured = False
        self.user = None
        self.tried = []

    def line(self):
        while b"\r\n" not in self.rest:
            octets = self.connection.recv(65536)
            if not octets:
                raise Closed
            self.rest += octets
        line, self.rest = self.rest.split(b"\r\n", 1)
        return line

    def send(self, octets):
        self.connection.sendall(octets)

    def say(self, *lines):
        self.send(b"".join((line if isinstance(line, bytes) else line.encode()) + b"\r\n" for line in lines))

    def raw_challenge(self, text):
        """What the client answers to a line, decoded."""
        self.say(text)
        answer = self.line()
        if answer == b"*":
            raise Refused("501 5.7.0 Cancelled")
        try:
            return base64.b64decode(answer, validate=True)
        except ValueError:
            raise Refused("501 5.5.2 Not base64") from None

    def challenge(self, octets):
        return self.raw_challenge("334 " + base64.b64encode(octets).decode())

    def secure(self):
        self.say("220 2.0.0 Go ahead")
        tls = SSL.Connection(self.peer.context, self.connection)
        tls.set_accept_state()
        tls.do_handshake()
        self.connection, self.secured, self.rest = tls, True, b""

    def auth(self, words):
        mechanism, *initial = words
        mechanism = mechanism.upper()
        if self.user:
            return self.say("503 5.5.1 Already logged in")
        if mechanism not in self.peer.offers:
            return self.say("504 5.5.4 Unknown mechanism")
        self.tried.append(mechanism)
        try:
            if initial:
                initial = [b"" if initial[0] == "=" else base64.b64decode(initial[0], validate=True)]
            self.user = self.peer.auth(self, mechanism, *(initial or [None]))
        except Refused as reply:
            return self.say(*reply.args)
        self.say(f"235 2.7.0 Hello {self.user}")
        if self.peer.after:
            self.peer.after(self)

    def data(self):
        self.say("354 Go ahead")
        while self.line() != b".":
            pass
        self.say("250 2.0.0 Kept by nobody")

    def serve(self):
        self.say("220 localhost ESMTP")
        while True:
            line = self.line()
            if self.peer.longest and len(line) + 2 > self.peer.longest:
                self.say("500 5.5.2 Line too long")
                continue
            command, *words = line.decode().split() or [""]
            match command.upper(), words:
                case "EHLO", _:
                    lines = ["localhost", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES", *self.peer.ehlo(self.secured)]
                    lines += [] if self.secured else ["STARTTLS"]
                    self.say(*("250-" + line for line in lines[:-1]), "250 " + lines[-1])
                case "STARTTLS", _ if not self.secured:
                    self.secure()
                case "AUTH", [_, *_]:
                    self.auth(words)
                case "QUIT", _:
                    return self.say("221 2.0.0 Bye")
                case ("MAIL" | "RCPT" | "DATA"), _ if not self.user:
                    self.say("530 5.7.0 Log in first")
                case "DATA", _:
                    self.data()
                case ("MAIL" | "RCPT" | "RSET" | "NOOP"), _:
                    self.say("250 2.0.0 Ok")
                case _:
                    self.say("500 5.5.2 What?")

    def run(self):
        try:
            self.serve()
        except (Closed, SSL.Error, OSError):
            # The client did not like us, which it tells its own test.
            pass
        finally:
            try:
                self.connection.shutdown(*[] if self.secured else [socket.SHUT_RDWR])
            except (SSL.Error, OSError):
                pass
            self.connection.close()


### Passwords


def let_in(user, password):
    if USERS.get(user) != password:
        raise Refused("535 5.7.8 Wrong")
    return user


def plain(session, initial):
    initial = session.challenge(b"") if initial is None else initial
    _, user, password = initial.decode().split("\0")
    return let_in(user, password)


def login(session, prompts=("334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6")):
    user, password = (session.raw_challenge(prompt).decode() for prompt in prompts)
    return let_in(user, password)


def cram(session):
    challenge = f"<{os.urandom(8).hex()}@localhost>".encode()
    user, _, digest = session.challenge(challenge).decode().rpartition(" ")
    right = hmac.digest(USERS.get(user, "").encode(), challenge, hashlib.md5).hex()
    if user not in USERS or not hmac.compare_digest(digest, right):
        raise Refused("535 5.7.8 Wrong")
    return user


def by_password(session, mechanism, initial):
    match mechanism:
        case "PLAIN":
            return plain(session, initial)
        case "LOGIN":
            return login(session)
        case "CRAM-MD5":
            return cram(session)
    return scram(session, mechanism, initial)


### SCRAM, by scramp


def accounts(mechanism, iterations=None, _made={}):
    """As the library wants them; deriving takes a moment, so only once, and only when asked for."""
    mechanism = mechanism.removesuffix("-PLUS")
    if (mechanism, iterations) not in _made:
        made = scramp.ScramMechanism(mechanism)
        _made[mechanism, iterations] = {user: made.make_auth_info(password, iterations) for user, password in USERS.items()}
    return _made[mechanism, iterations]


def end_point(certificate="good"):
    with open(os.path.join(CERTS, certificate + ".crt"), "rb") as file:
        der = x509.load_pem_x509_certificate(file.read()).public_bytes(serialization.Encoding.DER)
    return hashlib.sha256(der).digest()


def exporter(session):
    # RFC 9266: this label, and a context of no octets (which is not the same as no context with TLS 1.2).
    return session.connection.export_keying_material(b"EXPORTER-Channel-Binding", 32, b"")


def binding_of(session, first, bindings):
    """The kind that the client has chosen, if it is one of ours."""
    name = first.split(b",")[0].removeprefix(b"p=").decode()
    if not bindings or not session.secured:
        return None
    name = name if name in bindings else bindings[0]
    return name, exporter(session) if name == "tls-exporter" else end_point()


def scram(session, mechanism, initial, bindings=(), binding=None, iterations=None):
    first = session.challenge(b"") if initial is None else initial
    made = scramp.ScramMechanism(mechanism)
    users = accounts(mechanism, iterations)
    binding = binding or binding_of(session, first, bindings)
    server = made.make_server(users.get, channel_binding=binding)
    try:
        server.set_client_first(first.decode())
        server.set_client_final(session.challenge(server.get_server_first().encode()).decode())
    except scramp.ScramException as error:
        # Half of the servers do not tell in SCRAM itself, so tell it here.
        if error.server_error:
            session.challenge(f"e={error.server_error.value}".encode())
        raise Refused("535 5.7.8 Wrong") from error
    session.challenge(server.get_server_final().encode())
    return first.decode().split(",")[2].removeprefix("n=")


BINDINGS = ("tls-exporter", "tls-server-end-point")
for hash_name in SCRAM:
    peer(hash_name.replace("-", "_"), hash_name)(scram)

    @peer(hash_name.replace("-", "_") + "_PLUS", hash_name + "-PLUS", secured_only=True)
    def plus(session, mechanism, initial):
        return scram(session, mechanism, initial, BINDINGS)


def both(names):
    return [name + plus for name in names for plus in ("-PLUS", "")]


@peer("SCRAM", *both(SCRAM), "PLAIN", ehlo=lambda secured: ["AUTH PLAIN " + " ".join(both(SCRAM) if secured else SCRAM)])
def any_scram(session, mechanism, initial):
    return plain(session, initial) if mechanism == "PLAIN" else scram(session, mechanism, initial, BINDINGS)


# For tls-exporter in TLS 1.2, too, where it has to be asked for with a context.
@peer("SCRAM_PLUS_TLS12", *both(SCRAM), secured_only=True, version=SSL.TLS1_2_VERSION)
def plus_12(session, mechanism, initial):
    return scram(session, mechanism, initial, BINDINGS)


@peer("SCRAM_END_POINT", "SCRAM-SHA-256-PLUS", secured_only=True, version=SSL.TLS1_2_VERSION)
def only_end_point(session, mechanism, initial):
    return scram(session, mechanism, initial, BINDINGS[1:])


# TLS 1.3, and what older servers bind to: the second says of no client why it refuses it.
peer("SCRAM_END_POINT_TLS13", "SCRAM-SHA-256-PLUS", secured_only=True, version=SSL.TLS1_3_VERSION)(only_end_point)


@peer("SCRAM_END_POINT_SILENT", "SCRAM-SHA-256-PLUS", secured_only=True, version=SSL.TLS1_3_VERSION)
def only_end_point_and_no_reason(session, mechanism, initial):
    if initial is None or not initial.startswith(b"p=tls-server-end-point,"):
        raise Refused("535 5.7.8 Wrong")
    return only_end_point(session, mechanism, initial)


@peer("SCRAM_EXPORTER", "SCRAM-SHA-256-PLUS", secured_only=True)
def only_exporter(session, mechanism, initial):
    return scram(session, mechanism, initial, BINDINGS[:1])


# Somebody between has taken the -PLUS out of what is offered: a client that could have bound says so, and is refused.
@peer("SCRAM_STRIPPED", *SCRAM)
def stripped(session, mechanism, initial):
    return scram(session, mechanism, initial, BINDINGS)


# Somebody between has a TLS of his own with each of the two.
@peer("SCRAM_BETWEEN", "SCRAM-SHA-256-PLUS", secured_only=True)
def between(session, mechanism, initial):
    initial = session.challenge(b"") if initial is None else initial
    name = initial.split(b",")[0].removeprefix(b"p=").decode()
    return scram(session, mechanism, initial, binding=(name, end_point("rsa")))


@peer("SCRAM_SLOW", "SCRAM-SHA-256")
def slow(session, mechanism, initial):
    return scram(session, mechanism, initial, iterations=200_000)


### NTLM, by pyspnego: version 2 alone


def ntlm_users():
    file = os.path.join(DIR, "ntlm")
    with open(file, "w", encoding="utf-8") as out:
        # Without a domain, with the name of this machine, which the challenge tells, and with one of their own.
        for domain in ("", socket.gethostname().upper(), "TEST"):
            out.writelines(f"{domain}:{user}:{password}\n" for user, password in USERS.items())
    os.environ["NTLM_USER_FILE"] = file


def ntlm(session, initial, asked="334 "):
    bindings = None
    if session.secured:
        bindings = spnego.channel_bindings.GssChannelBindings(application_data=b"tls-server-end-point:" + end_point())
    server = spnego.server(protocol="ntlm", options=spnego.NegotiateOptions.use_ntlm, channel_bindings=bindings)
    token = session.raw_challenge(asked) if initial is None else initial
    try:
        while (answer := server.step(token)) is not None or not server.complete:
            token = session.challenge(answer)
    except spnego.exceptions.SpnegoError as error:
        raise Refused("535 5.7.8 Wrong") from error
    return server.client_principal


@peer("NTLM", "NTLM")
def ntlm_only(session, mechanism, initial):
    return ntlm(session, initial)


# As Exim and old Exchange have it: a text in place of the empty challenge.
@peer("NTLM_TEXT", "NTLM")
def ntlm_text(session, mechanism, initial):
    if initial is not None:
        raise Refused("501 5.5.2 No initial response, please")
    return ntlm(session, initial, "334 NTLM supported")


### Tokens


def bearer(session, mechanism, initial, refusal='{"status":"400","schemes":"Bearer","scope":"https://mail.test/"}'):
    initial = session.challenge(b"") if initial is None else initial
    fields = initial.split(b"\x01")
    if not initial.endswith(b"\x01\x01"):
        raise Refused("501 5.5.4 Malformed")
    authorization = next(field for field in fields if field.startswith(b"auth="))
    scheme, token = authorization.removeprefix(b"auth=").decode().split(" ")
    if scheme.lower() == "bearer" and token in TOKENS:
        return TOKENS[token]
    # RFC 7628 wants one octet in answer to this, Google's mechanism nothing.
    if session.challenge(refusal.encode()) != (b"" if mechanism == "XOAUTH2" else b"\x01"):
        raise Refused("501 5.5.4 Malformed answer to what was wrong")
    raise Refused("535 5.7.8 Username and token not accepted")


peer("XOAUTH2", "XOAUTH2")(bearer)
peer("OAUTHBEARER", "OAUTHBEARER")(bearer)


@peer("OAUTH_OR_PASSWORD", "XOAUTH2", "OAUTHBEARER", "PLAIN", "LOGIN")
def token_or_password(session, mechanism, initial):
    if mechanism in ("PLAIN", "LOGIN"):
        return by_password(session, mechanism, initial)
    return bearer(session, mechanism, initial)


### Others that are right


peer("OLD_SYNTAX", "PLAIN", "LOGIN", ehlo=lambda secured: ["AUTH=PLAIN LOGIN"])(by_password)
peer("SMALL_LETTERS", "PLAIN", "CRAM-MD5", ehlo=lambda secured: ["auth plain cram-md5"])(by_password)
peer("BOTH_SYNTAXES", "PLAIN", "CRAM-MD5", ehlo=lambda secured: ["AUTH CRAM-MD5", "AUTH=PLAIN"])(by_password)
peer("UNKNOWN_FIRST", "PLAIN", ehlo=lambda secured: ["AUTH X-SECRET KERBEROS_V4 PLAIN X"])(by_password)
# A command line has 512 octets (RFC 5321), so a long initial response waits for its turn (RFC 4954).
peer("SHORT_LINES", "XOAUTH2", "OAUTHBEARER", longest=512)(bearer)


### All of them


def serve():
    selector = selectors.DefaultSelector()
    for name, mine in PEERS.items():
        listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        selector.register(listener, selectors.EVENT_READ, mine)
        print(f"INETMAIL_AUTH_PEER_{name}={listener.getsockname()[1]}")
    print("ready", flush=True)
    while True:
        for key, _ in selector.select():
            connection, _ = key.fileobj.accept()
            # A reply behind the tickets of TLS 1.3 would wait for the client's delayed acknowledgement.
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=Session(connection, key.data).run, daemon=True).start()


if __name__ == "__main__":
    os.makedirs(DIR, exist_ok=True)
    sys.modules["auth_peers"] = sys.modules["__main__"]
    ntlm_users()
    import auth_doubles  # noqa: F401 (it adds its own to PEERS)
    serve()
