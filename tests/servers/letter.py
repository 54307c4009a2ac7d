#!/usr/bin/env python3
"""A letter as Python's email reads it: a reader that is not ours.

    letter.py FILE DIR

Prints the tree of its parts, then its header fields, then one line for each part that is no
multipart, its facts between tabs. The content of part N goes, decoded, into DIR/N, and as UTF-8
into DIR/N.txt where it is text. Whatever Python objects to ends this with status 1.
"""

import email
import email.policy
import sys
from pathlib import Path


def main():
    file, directory = map(Path, sys.argv[1:])
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    leaves = []
    print(outline(message, leaves))
    for name, value in message.items():
        objection(value.defects)
        print("header", name, value, sep="\t")
    for number, part in enumerate(leaves):
        for value in part.values():
            objection(value.defects)
        print("part", part.get_content_type(), part.get_content_charset("none"),
              part.get("Content-Transfer-Encoding", "none"), part.get_content_disposition(),
              part.get_filename("none"), part.get("Content-ID", "none").strip(), sep="\t")
        (directory / str(number)).write_bytes(part.get_payload(decode=True))
        objection(part.defects)
        if part.get_content_maintype() == "text":
            errors = "strict" if part.get_content_charset() else "replace"
            (directory / f"{number}.txt").write_bytes(part.get_content(errors=errors).encode())


def outline(part, leaves):
    """The tree of the parts, such as mixed(text/plain, message/rfc822(text/plain))."""
    objection(part.defects)
    kind, subtype = part.get_content_type().split("/")
    name = subtype if kind == "multipart" else f"{kind}/{subtype}"
    if part.is_multipart():
        return f"{name}({', '.join(outline(inner, leaves) for inner in part.get_payload())})"
    leaves.append(part)
    return name


def objection(defects):
    if defects:
        sys.exit(f"defects: {defects}")


if __name__ == "__main__":
    sys.exit(main())
