"""Signals arrive all the time while a Send waits for a server that says nothing: the Send still ends by its Timeout.

    signals.py LIBRARY

Profilers and timers of a host do this.
"""

import ctypes
import signal
import socket
import sys
from ctypes import c_char_p, c_int32, c_void_p

INET_E_TIMEOUT = -1303


def main(library):
    inet = ctypes.CDLL(library)
    inet.INetMailMessage_CreateWithText.restype = c_void_p
    inet.INetMailMessage_CreateWithText.argtypes = [c_char_p] * 4
    inet.INetSmtpClient_CreateWithHostAndPort.restype = c_void_p
    inet.INetSmtpClient_CreateWithHostAndPort.argtypes = [c_char_p, c_int32]
    inet.INetSmtpClient_SetTimeout.argtypes = [c_void_p, c_int32]
    inet.INetSmtpClient_Send.argtypes = [c_void_p, c_void_p]

    silent = socket.create_server(("127.0.0.1", 0))
    message = inet.INetMailMessage_CreateWithText(b"a@test", b"b@test", b"", b"")
    client = inet.INetSmtpClient_CreateWithHostAndPort(b"127.0.0.1", silent.getsockname()[1])
    inet.INetSmtpClient_SetTimeout(client, 1000)
    signal.signal(signal.SIGALRM, lambda *_: None)
    signal.setitimer(signal.ITIMER_REAL, 0.005, 0.005)
    status = inet.INetSmtpClient_Send(client, message)
    signal.setitimer(signal.ITIMER_REAL, 0)
    if status != INET_E_TIMEOUT:
        sys.exit(f"signals.py: Send returned {status}")


if __name__ == "__main__":
    main(*sys.argv[1:])
