#!/usr/bin/env python3
"""Sends small messages through Python's smtplib, each built anew as an EmailMessage: a peer of send_inetmail.

    send_smtplib.py PORT send|fresh|recipients|connections N [C]

Several connections are as many threads, which is what a script would do.
"""

import smtplib
import threading
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

import letter


def build(n):
    message = EmailMessage()
    message["From"], message["To"] = letter.FROM, letter.TO
    message["Subject"] = letter.subject(n)
    message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain="server.example")
    message.set_content(letter.body(n))
    return message


def send_one_by_one(port, count):
    with smtplib.SMTP("127.0.0.1", port) as client:
        client.send_message(build(0))
        clock = letter.Clock()
        for n in range(1, count + 1):
            client.send_message(build(n))
        clock.tell()


def send_fresh(port, numbers):
    for n in numbers:
        with smtplib.SMTP("127.0.0.1", port) as client:
            client.send_message(build(n))


def send_share(port, numbers):
    with smtplib.SMTP("127.0.0.1", port) as client:
        for n in numbers:
            client.send_message(build(n))


def send_to_many(port, recipients):
    with smtplib.SMTP("127.0.0.1", port) as client:
        client.send_message(build(0), to_addrs=recipients)


def send_by_threads(port, count, connections):
    threads = [threading.Thread(target=send_share, args=(port, range(n, count, connections)))
               for n in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def main():
    port, mode, count, connections = letter.read_task()
    if mode == "send":
        send_one_by_one(port, count)
        return
    if mode == "fresh":
        send_fresh(port, range(1))
    recipients = [letter.TO, *(letter.recipient(n) for n in range(1, count))] if mode == "recipients" else []
    clock = letter.Clock()
    match mode:
        case "fresh":
            send_fresh(port, range(1, count + 1))
        case "recipients":
            send_to_many(port, recipients)
        case "connections":
            send_by_threads(port, count, connections)
        case _:
            raise SystemExit("no such mode")
    clock.tell()


if __name__ == "__main__":
    main()
