"""A process forks with a connection at rest. The child sends over one of its own, and the parent goes on over the old one.

    fork.py LIBRARY HOST PORT

The letters are `parent before`, `child` and `parent after`; each process sends through the client that both hold.
"""

import ctypes
import os
import sys
from ctypes import c_char_p, c_int32, c_int64, c_size_t, c_void_p

SIGNATURES = {
    "INetError_GetMessage": (c_int64, c_char_p, c_size_t),
    "INetMailMessage_CreateWithText": (c_void_p, c_char_p, c_char_p, c_char_p, c_char_p),
    "INetMailMessage_Release": (c_int32, c_void_p),
    "INetSmtpClient_CreateWithHostAndPort": (c_void_p, c_char_p, c_int32),
    "INetSmtpClient_Send": (c_int32, c_void_p, c_void_p),
    "INetSmtpClient_Release": (c_int32, c_void_p),
}


def main(library, host, port):
    inet = ctypes.CDLL(library)
    for name, (restype, *argtypes) in SIGNATURES.items():
        function = getattr(inet, name)
        function.restype, function.argtypes = restype, argtypes

    client = inet.INetSmtpClient_CreateWithHostAndPort(host.encode(), int(port))

    def send(subject):
        message = inet.INetMailMessage_CreateWithText(
            b"ivanov@server.ru", b"petrov@server.ru", subject.encode(), b"")
        if inet.INetSmtpClient_Send(client, message) != 0:
            sentence = ctypes.create_string_buffer(1024)
            inet.INetError_GetMessage(sentence, len(sentence))
            print(f"{subject}: {sentence.value.decode()}", file=sys.stderr)
            return 1
        inet.INetMailMessage_Release(message)
        return 0

    failed = send("parent before")
    child = os.fork()
    if child == 0:
        failed = send("child")
        # The end of the child's client must not reach the parent's connection.
        inet.INetSmtpClient_Release(client)
        os._exit(failed)
    _, status = os.waitpid(child, 0)
    failed += os.waitstatus_to_exitcode(status) + send("parent after")
    inet.INetSmtpClient_Release(client)
    sys.exit(failed)


if __name__ == "__main__":
    main(*sys.argv[1:])
