"""Peers of auth_peers.py that no client should believe: what goes wrong, and what somebody with bad intentions would say."""
import base64
import hashlib
import os

import scramp

from auth_peers import SCRAM, Closed, Refused, accounts, bearer, by_password, cram, login, peer, plain

EVERY = ("PLAIN", "LOGIN", "CRAM-MD5", "DIGEST-MD5", *SCRAM, "NTLM", "XOAUTH2", "OAUTHBEARER")
SCRAM_ONE = ("SCRAM-SHA-256",)

### Prompts and challenges


# RFC 4954 wants base64; some say it in plain words, and some say nothing.
peer("LOGIN_PLAIN_PROMPTS", "LOGIN")(lambda session, *_: login(session, ("334 Username:", "334 Password:")))
peer("LOGIN_EMPTY_PROMPTS", "LOGIN")(lambda session, *_: login(session, ("334 ", "334")))
peer("LOGIN_OTHER_PROMPTS", "LOGIN")(lambda session, *_: login(session, ("334 VXNlciBOYW1lAA==", "334 UGFzc3dvcmQA")))
# Up to 12288 octets have to be taken (RFC 4954).
peer("LOGIN_LONG_PROMPTS", "LOGIN")(lambda session, *_: login(session, ["334 " + "QUJD" * 3070] * 2))
peer("CHALLENGE_IN_TWO_LINES", "CRAM-MD5")(lambda session, *_: session.say("334-PDEyMw==") or cram(session))
peer("CHALLENGE_NOT_BASE64", "CRAM-MD5", *SCRAM)(lambda session, *_: never(session.raw_challenge("334 <1.2@not.base64>")))
peer("CHALLENGE_EMPTY", "CRAM-MD5", "DIGEST-MD5", *SCRAM)(lambda session, *_: never(session.challenge(b"")))
peer("CHALLENGE_JUNK", *EVERY)(lambda session, *_: never(session.challenge(bytes(range(256)) * 4)))


def never(_):
    raise Refused("535 5.7.8 Wrong")


@peer("CHALLENGES_WITHOUT_END", *EVERY, "GSSAPI", "GSS-SPNEGO")
def without_end(session, mechanism, initial):
    while True:
        for prompt in (b"Username:", b"Password:", b""):
            session.challenge(prompt)


def oversized(octets, end=b"\r\n"):
    def say(session, mechanism, initial):
        session.send(b"334 " + b"QUJD" * (octets // 4) + end)
        session.line()
        raise Refused("535 5.7.8 Wrong")
    return say


peer("CHALLENGE_100K", *EVERY)(oversized(100_000))
peer("CHALLENGE_10M", *EVERY)(oversized(10_000_000))


@peer("LINE_WITHOUT_END", *EVERY)
def line_without_end(session, mechanism, initial):
    session.send(b"334 ")
    while True:
        session.send(b"QUJD" * 16384)


@peer("SILENT", *EVERY)
def silent(session, mechanism, initial):
    session.connection.recv(1)
    raise Closed


@peer("CLOSES_AT_ONCE", *EVERY)
def closes_at_once(session, mechanism, initial):
    raise Closed


@peer("CLOSES_BETWEEN", *EVERY)
def closes_between(session, mechanism, initial):
    session.challenge(b"Username:" if mechanism == "LOGIN" else b"")
    raise Closed


@peer("CLOSES_ON_WRONG", "PLAIN", "LOGIN", "CRAM-MD5", *SCRAM_ONE)
def closes_on_wrong(session, mechanism, initial):
    try:
        return by_password(session, mechanism, initial)
    except Refused:
        raise Closed from None


### SCRAM that does not prove the server


def scram_double(name, first=None, last=None, mechanisms=SCRAM):
    """`first` changes the fields of the first message of the server, `last` is what comes in place of its signature."""
    def auth(session, mechanism, initial):
        client_first = session.challenge(b"") if initial is None else initial
        server = scramp.ScramMechanism(mechanism).make_server(accounts(mechanism).get)
        server.set_client_first(client_first.decode())
        message = server.get_server_first()
        if first:
            fields = dict(field.split("=", 1) for field in message.split(","))
            nonce = client_first.decode().rpartition("r=")[2]
            session.challenge(first(fields, nonce).encode())
            # Nobody should have gone on; whoever does is let in, so that a test sees it.
            return "user"
        server.set_client_final(session.challenge(message.encode()).decode())
        last(session, server.get_server_final())
        return "user"
    peer(name, *mechanisms)(auth)


def message(fields):
    return ",".join(f"{name}={value}" for name, value in fields.items())


def challenge_of(text):
    return lambda session, right: session.challenge(text.encode())


scram_double("SCRAM_WRONG_SIGNATURE", last=lambda session, right: session.challenge(
    b"v=" + base64.b64encode(hashlib.sha256(b"wrong").digest())))
scram_double("SCRAM_SHORT_SIGNATURE", last=lambda session, right: session.challenge(right[:10].encode() + b"=="))
scram_double("SCRAM_NO_SIGNATURE", last=lambda session, right: None)
scram_double("SCRAM_EMPTY_SIGNATURE", last=challenge_of(""))
scram_double("SCRAM_ERROR_AND_WELCOME", last=challenge_of("e=other-error"))
scram_double("SCRAM_ITERATIONS_2_31", first=lambda fields, nonce: message({**fields, "i": 2 ** 31}))
scram_double("SCRAM_ITERATIONS_2_64", first=lambda fields, nonce: message({**fields, "i": 2 ** 64 + 4096}))
scram_double("SCRAM_ITERATIONS_1", first=lambda fields, nonce: message({**fields, "i": 1}))
scram_double("SCRAM_ITERATIONS_0", first=lambda fields, nonce: message({**fields, "i": 0}))
scram_double("SCRAM_FOREIGN_NONCE", first=lambda fields, nonce: message({**fields, "r": "foreign" + os.urandom(16).hex()}))
scram_double("SCRAM_SAME_NONCE", first=lambda fields, nonce: message({**fields, "r": nonce}))
scram_double("SCRAM_EMPTY_SALT", first=lambda fields, nonce: message({**fields, "s": ""}))
scram_double("SCRAM_EXTENSION", first=lambda fields, nonce: "m=unknown," + message(fields))
scram_double("SCRAM_JUNK", first=lambda fields, nonce: "r=,,,=")


### DIGEST-MD5 that does not prove the server


def digest_double(name, proof):
    def auth(session, mechanism, initial):
        session.challenge(b'realm="localhost",nonce="' + os.urandom(12).hex().encode() +
                          b'",qop="auth",charset=utf-8,algorithm=md5-sess')
        if proof is not None:
            session.challenge(proof)
        return "user"
    peer(name, "DIGEST-MD5")(auth)


digest_double("DIGEST_WRONG_PROOF", b"rspauth=" + b"0123456789abcdef" * 2)
digest_double("DIGEST_NO_PROOF", None)


### Replies


def replies(name, *reply, mechanisms=EVERY):
    @peer(name, *mechanisms)
    def auth(session, mechanism, initial):
        raise Refused(*reply)


# The codes of RFC 4954, section 6, and of the commands before it.
for code, enhanced in [(432, "4.7.12"), (454, "4.7.0"), (500, "5.5.6"), (501, "5.5.2"), (503, "5.5.1"), (504, "5.5.4"),
                       (530, "5.7.0"), (534, "5.7.9"), (535, "5.7.8"), (538, "5.7.11"), (550, "5.7.1")]:
    replies(f"REPLIES_{code}", f"{code} {enhanced} In the words of {code}")
replies("REPLIES_535_BARE", "535 no")
replies("REPLIES_535_LONG", *["535-5.7.8 A line of many"] * 20, "535 5.7.8 The last")
replies("REPLIES_JUNK", "what do you mean")
# Nothing was asked and proved, for those that have a dialogue.
replies("SUCCESS_AT_ONCE", "235 2.7.0 Come in", mechanisms=("LOGIN", "CRAM-MD5", "DIGEST-MD5", *SCRAM, "NTLM", "GSSAPI", "GSS-SPNEGO"))


@peer("REPLIES_421", *EVERY)
def closing(session, mechanism, initial):
    session.say("421 4.7.0 Too many wrong passwords, closing")
    raise Closed


peer("SUCCESS_IN_TWO_LINES", "PLAIN")(lambda session, mechanism, initial: session.say("235-2.7.0 Well") or plain(session, initial))
peer("CHALLENGE_AFTER_SUCCESS", "PLAIN", after=lambda session: session.say("334 VXNlcm5hbWU6"))(by_password)


def challenge_for_mail(session):
    session.line()
    session.raw_challenge("334 UGFzc3dvcmQ6")


peer("CHALLENGE_FOR_MAIL", "PLAIN", after=challenge_for_mail)(by_password)


### What is offered


peer("BEFORE_TLS_ONLY", "PLAIN", "LOGIN", ehlo=lambda secured: [] if secured else ["AUTH PLAIN LOGIN"])(by_password)
peer("AFTER_TLS_ONLY", "PLAIN", "LOGIN", secured_only=True)(by_password)
peer("OTHERS_AFTER_TLS", "PLAIN", "CRAM-MD5", ehlo=lambda secured: ["AUTH CRAM-MD5" if secured else "AUTH PLAIN"])(by_password)
peer("NOTHING_OFFERED", "PLAIN", ehlo=lambda secured: [])(by_password)
peer("EMPTY_OFFER", "PLAIN", ehlo=lambda secured: ["AUTH"])(by_password)
# Offered, and unknown when it comes to it.
replies("OFFERED_IN_VAIN", "504 5.5.4 Unknown mechanism")


def only_after_all_others(last):
    def auth(session, mechanism, initial):
        if mechanism != last or len(set(session.tried)) < len(EVERY):
            raise Refused("535 5.7.8 Not this one")
        return by_password(session, mechanism, initial)
    peer("LAST_IS_" + last.replace("-", "_"), *EVERY)(auth)


only_after_all_others("PLAIN")
only_after_all_others("LOGIN")


# One door is shut, the next is open.
def plain_after(name, first, reply):
    def auth(session, mechanism, initial):
        if mechanism == "PLAIN":
            return plain(session, initial)
        raise Refused(reply)
    peer(name, first, "PLAIN")(auth)


for code, enhanced in [(432, "4.7.12"), (454, "4.7.0"), (504, "5.5.4"), (534, "5.7.9"), (535, "5.7.8"), (538, "5.7.11")]:
    plain_after(f"PLAIN_AFTER_{code}", "CRAM-MD5", f"{code} {enhanced} Not by this one")
plain_after("PLAIN_AFTER_SCRAM", "SCRAM-SHA-256", "535 5.7.8 Wrong")


### Tokens


def no_reason(session, mechanism, initial):
    raise Refused("535 5.7.8 Username and Password not accepted")


peer("BEARER_NO_JSON", "XOAUTH2", "OAUTHBEARER")(no_reason)
peer("BEARER_JUNK_JSON", "XOAUTH2", "OAUTHBEARER")(lambda session, *rest: bearer(session, *rest, refusal='{"status":'))
peer("BEARER_LONG_JSON", "XOAUTH2", "OAUTHBEARER")(
    lambda session, *rest: bearer(session, *rest, refusal='{"status":"' + "no " * 3000 + '"}'))


### Who tells secrets


def secrets_of(session, mechanism, initial):
    """All that a client has said, as it came and decoded."""
    said = [] if initial is None else [initial]
    challenges = {"LOGIN": [b"Username:", b"Password:"], "CRAM-MD5": [b"<1@localhost>"], "XOAUTH2": [], "OAUTHBEARER": []}
    for challenge in challenges.get(mechanism, [] if said else [b""]):
        said.append(session.challenge(challenge))
    words = [" ".join(octets.decode(errors="replace").replace("\0", " ").replace("\x01", " ") for octets in said)]
    words += [base64.b64encode(octets).decode() for octets in said]
    words += [octets.hex() for octets in said]
    return words


@peer("REPEATS_IN_REFUSAL", *EVERY)
def repeats(session, mechanism, initial):
    *words, last = secrets_of(session, mechanism, initial)
    raise Refused(*(f"535-5.7.8 {word}" for word in words), f"535 5.7.8 {last}")


@peer("REPEATS_IN_CHALLENGE", *EVERY)
def repeats_in_challenge(session, mechanism, initial):
    for word in secrets_of(session, mechanism, initial):
        session.challenge(word.encode())
    raise Refused("535 5.7.8 Wrong")


@peer("REPEATS_IN_WELCOME", "PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER")
def repeats_in_welcome(session, mechanism, initial):
    *words, last = secrets_of(session, mechanism, initial)
    session.say(*(f"235-2.7.0 {word}" for word in words))
    return last
