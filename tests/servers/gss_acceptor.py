#!/usr/bin/python3
"""The server's end of GSSAPI (RFC 4752) and GSS-SPNEGO, in base64 over standard input and output.

    gss_acceptor.py [--layers BITS] [--bindings HEX] [--hasty | --silent-layer | --junk N]

A line of input is a response of the client. A line of output is "CONT BASE64", a challenge; "OK USER AUTHZID BOUND"; or
"NO REASON". KRB5_CONFIG and KRB5_KTNAME say which realm and which keys.
"""

import argparse
import base64
import os
import sys

import gssapi
from gssapi.raw import ChannelBindings


def say(*words):
    print(*words, flush=True)


def challenge(octets):
    say("CONT", base64.b64encode(octets).decode())
    line = sys.stdin.readline()
    if not line or line.strip() == "*":
        say("NO cancelled")
        sys.exit()
    return base64.b64decode(line)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--layers", type=int, default=1, help="offered behind the context; 0 leaves that part out")
    parser.add_argument("--bindings", help="what the client has to be bound to")
    parser.add_argument("--hasty", action="store_true", help="says OK to the first token, without a proof of its own")
    parser.add_argument("--junk", type=int, default=-1, help="sends random octets as challenge N")
    parser.add_argument("--short", action="store_true", help="offers layers in two octets")
    parser.add_argument("--endless", action="store_true", help="goes on asking behind the end")
    options = parser.parse_args()

    bindings = None
    if options.bindings:
        bindings = ChannelBindings(application_data=bytes.fromhex(options.bindings))
    context = gssapi.SecurityContext(creds=gssapi.Credentials(usage="accept"), usage="accept",
                                     channel_bindings=bindings)
    token = challenge(b"")
    if options.hasty:
        say("OK - - -")
        return
    challenges = 0
    while not context.complete:
        answer = context.step(token)
        if options.junk == challenges:
            answer = os.urandom(60)
        challenges += 1
        if answer:
            token = challenge(answer)
        elif not context.complete:
            token = challenge(b"")
    authzid = b""
    flags = context.actual_flags
    if options.layers:
        offer = bytes([options.layers]) + (b"\0" if options.short else b"\0\0\0")
        offer = context.wrap(offer, False).message
        if options.junk == challenges:
            offer = os.urandom(60)
        answer = context.unwrap(challenge(offer)).message
        assert answer[:4] == b"\1\0\0\0", answer
        authzid = answer[4:]
    if options.endless:
        challenge(b"more")
    protected = gssapi.RequirementFlag.integrity in flags
    say("OK", context.initiator_name, authzid.decode() or "-", "protected" if protected else "bare")


try:
    main()
except gssapi.exceptions.GSSError as error:
    say("NO", str(error).replace("\n", " "))
