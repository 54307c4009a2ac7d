#!/usr/bin/env python3
"""Sends small messages through inetmail from Python by ctypes, each built anew: a whole Send through a foreign-function interface.

    send_inetmail.py PORT send N        (INETMAIL_LIBRARY names the library)
"""

import ctypes
import os

import letter

library = ctypes.CDLL(os.environ["INETMAIL_LIBRARY"])
HANDLE, TEXT, NUMBER = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int32


def function(name, result, *arguments):
    made = getattr(library, name)
    made.restype, made.argtypes = result, arguments
    return made


new_client = function("INetSmtpClient_CreateWithHostAndPort", HANDLE, TEXT, NUMBER)
new_message = function("INetMailMessage_CreateWithText", HANDLE, TEXT, TEXT, TEXT, TEXT)
set_subject = function("INetMailMessage_SetSubject", NUMBER, HANDLE, TEXT)
set_body = function("INetMailMessage_SetBody", NUMBER, HANDLE, TEXT)
send = function("INetSmtpClient_Send", NUMBER, HANDLE, HANDLE)
release = function("INetObject_Release", NUMBER, HANDLE)
last_message = function("INetError_GetMessage", ctypes.c_int64, TEXT, ctypes.c_size_t)


def check(status):
    if status <= -1000:
        sentence = ctypes.create_string_buffer(512)
        last_message(sentence, len(sentence))
        raise SystemExit(sentence.value.decode())


def send_one(client, message, n):
    check(set_subject(message, letter.subject(n).encode()))
    check(set_body(message, letter.body(n).encode()))
    check(send(client, message))


def main():
    port, mode, count, _ = letter.read_task()
    if mode != "send":
        raise SystemExit("no such mode")
    client = new_client(b"127.0.0.1", port)
    message = new_message(letter.FROM.encode(), letter.TO.encode(), letter.subject(0).encode(), b"")
    send_one(client, message, 0)  # opens the connection
    clock = letter.Clock()
    for n in range(1, count + 1):
        send_one(client, message, n)
    clock.tell()
    check(release(client))
    check(release(message))


if __name__ == "__main__":
    main()
