#!/usr/bin/env python3
"""ntlm_helper.py : squid's helper for NTLM (auth_param ntlm program). One user, "user" with the password "pass", in any domain; the
response has to be one of NTLM's second version (MS-NLMP section 3.3.2). squid's own ntlm_fake_auth takes any password, and says in
its challenge that it describes the server, which it does not. Standard library only.
"""
import base64
import hashlib
import hmac
import os
import struct
import sys

# MD4 of the password in UTF-16, for which Python's OpenSSL mostly has no MD4 any more.
PASSWORD = bytes.fromhex("36aa83bdcab3c9fdaf321ca42a31c3fc")
UNICODE, TARGET_INFO = 0x1, 0x00800000
FLAGS = 0x00080000 | 0x00010000 | 0x00008000 | 0x200 | 0x4 | UNICODE | TARGET_INFO


def challenge(nonce):
    name = "PROXY".encode("utf-16-le")
    pairs = struct.pack("<HH", 2, len(name)) + name + struct.pack("<HH", 0, 0)
    start = 48
    return (b"NTLMSSP\0" + struct.pack("<IHHIIQQ", 2, len(name), len(name), start, FLAGS, int.from_bytes(nonce, "little"), 0)
            + struct.pack("<HHI", len(pairs), len(pairs), start + len(name)) + name + pairs)


def digest(key, text):
    return hmac.new(key, text, hashlib.md5).digest()


def judge(message, nonce):
    def field(at):
        length, _, offset = struct.unpack("<HHI", message[at:at + 8])
        return message[offset:offset + length]

    if message[:12] != b"NTLMSSP\0\x03\0\0\0":
        return "BH that is no third message"
    response, domain, user = field(20), field(28), field(36)
    name = user.decode("utf-16-le")
    key = digest(PASSWORD, user.decode("utf-16-le").upper().encode("utf-16-le") + domain)
    proof, blob = response[:16], response[16:]
    if name == "user" and len(response) > 24 and hmac.compare_digest(proof, digest(key, nonce + blob)):
        return "AF user"
    return "NA wrong user or password"


def main():
    nonce = b""
    for line in sys.stdin:
        word, _, token = line.strip().partition(" ")
        message = base64.b64decode(token)
        if word == "YR" and message.startswith(b"NTLMSSP\0\x01\0\0\0"):
            nonce = os.urandom(8)
            answer = "TT " + base64.b64encode(challenge(nonce)).decode()
        elif word == "KK" and nonce:
            answer, nonce = judge(message, nonce), b""
        else:
            answer = "BH that was not asked for"
        print(answer, flush=True)


main()
