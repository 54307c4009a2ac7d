#!/usr/bin/python3
"""tokens.py DIR : DIR/keys with the key that Dovecot checks tokens by, DIR/tokens with a token in each file (RFC 7519, HS256).

    user, user@test, usér@test      good, for that user
    expired                         was good for "user" until an hour ago
    early                           good for "user" from 2040 on
    stranger                        from another issuer
    forged                          signed with another key
    unsigned                        "alg": "none"
    noscope                         good, and not for mail
    junk                            no token at all
    long                            good for "user", and longer than a command line of 512 octets
"""
import base64
import hashlib
import hmac
import json
import os
import sys
import time

SECRET = b"the key of the tests' own issuer"
DIR = sys.argv[1]


def encoded(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def token(user="user", key=SECRET, algorithm="HS256", **claims):
    now = int(time.time())
    header = {"alg": algorithm, "typ": "JWT", "kid": "default"}
    body = {"sub": user, "iss": "https://issuer.test", "scope": "smtp", "iat": now - 7200, "nbf": now - 7200, "exp": now + 86400}
    parts = [header, {**body, **claims}]
    signed = ".".join(encoded(json.dumps(part).encode()) for part in parts)
    signature = encoded(hmac.digest(key, signed.encode(), hashlib.sha256)) if algorithm == "HS256" else ""
    return f"{signed}.{signature}"


def main():
    keys = os.path.join(DIR, "keys/default/HS256")
    os.makedirs(keys)
    with open(os.path.join(keys, "default"), "wb") as file:
        file.write(base64.b64encode(SECRET))
    tokens = {name: token(name) for name in ("user", "user@test", "usér@test")}
    now = int(time.time())
    tokens |= {
        "expired": token(exp=now - 3600),
        "early": token(nbf=2208988800),
        "stranger": token(iss="https://stranger.test"),
        "forged": token(key=b"another key"),
        "unsigned": token(algorithm="none"),
        "noscope": token(scope="calendar"),
        "junk": "no-token-at-all",
        "long": token(groups=["a group with a long name"] * 60),
    }
    for name, text in tokens.items():
        with open(os.path.join(DIR, "tokens", name), "w", encoding="ascii") as file:
            file.write(text)


main()
