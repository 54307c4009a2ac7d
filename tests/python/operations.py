"""Fifty letters go out at once on threads of the library; completions, polling, progress and cancellation as a script sees them.

    operations.py LIBRARY HOST PORT

The letters are `operation 0` to `operation 49`. A further one goes to a server that says nothing, and is cancelled.
"""

import ctypes
import socket
import sys
import threading
from ctypes import CFUNCTYPE, c_char_p, c_int32, c_int64, c_size_t, c_void_p

LETTERS = 50
INET_E_BUSY = -1004
INET_E_CANCELLED = -1304

Completion = CFUNCTYPE(None, c_void_p, c_void_p)
Progress = CFUNCTYPE(c_int32, c_void_p, c_int64, c_int64, c_int32)
Drop = CFUNCTYPE(None, c_void_p)

SIGNATURES = {
    "INetError_GetMessage": (c_int64, c_char_p, c_size_t),
    "INetLibrary_GetLiveHandleCount": (c_int32,),
    "INetMailMessage_CreateWithText": (c_void_p, c_char_p, c_char_p, c_char_p, c_char_p),
    "INetMailMessage_Release": (c_int32, c_void_p),
    "INetOperation_Cancel": (c_int32, c_void_p),
    "INetOperation_GetMessagesDone": (c_int32, c_void_p),
    "INetOperation_GetOctetsSent": (c_int64, c_void_p),
    "INetOperation_GetOctetsTotal": (c_int64, c_void_p),
    "INetOperation_GetReport": (c_void_p, c_void_p),
    "INetOperation_GetStatus": (c_int32, c_void_p),
    "INetOperation_Release": (c_int32, c_void_p),
    "INetOperation_Wait": (c_int32, c_void_p, c_int32),
    "INetSendReport_GetStatus": (c_int32, c_void_p),
    "INetSendReport_Release": (c_int32, c_void_p),
    "INetSmtpClient_CreateWithHostAndPort": (c_void_p, c_char_p, c_int32),
    "INetSmtpClient_OnProgress": (c_int32, c_void_p, Progress, c_void_p, Drop),
    "INetSmtpClient_Release": (c_int32, c_void_p),
    "INetSmtpClient_SendAsync": (c_void_p, c_void_p, c_void_p, Completion, c_void_p, Drop),
}


def main(library, host, port):
    inet = ctypes.CDLL(library)
    for name, (restype, *argtypes) in SIGNATURES.items():
        function = getattr(inet, name)
        function.restype, function.argtypes = restype, argtypes

    here = threading.get_ident()
    completed, dropped, told = {}, [], []

    @Completion
    def on_completed(user, operation):
        assert operation is not None and threading.get_ident() != here
        assert inet.INetOperation_Wait(operation, -1) == INET_E_BUSY
        assert user not in dropped
        completed[user or 0] = (operation, inet.INetOperation_GetStatus(operation))

    @Drop
    def on_dropped(user):
        dropped.append(user or 0)

    @Progress
    def on_progress(_user, octets, total, messages):
        told.append((octets, total, messages))
        return 0

    def letter(subject):
        return inet.INetMailMessage_CreateWithText(
            b"ivanov@server.ru", b"petrov@server.ru", subject.encode(), "Письмо".encode())

    client = inet.INetSmtpClient_CreateWithHostAndPort(host.encode(), int(port))
    assert inet.INetSmtpClient_OnProgress(client, on_progress, -1, on_dropped) == 0
    operations = []
    for number in range(LETTERS):
        message = letter(f"operation {number}")
        operations.append(
            inet.INetSmtpClient_SendAsync(client, message, on_completed, number, on_dropped))
        inet.INetMailMessage_Release(message)

    # Half of them are waited for, half polled.
    for operation in operations[::2]:
        assert inet.INetOperation_Wait(operation, -1) == 1
    while not all(inet.INetOperation_Wait(operation, 0) for operation in operations):
        inet.INetOperation_Wait(operations[-1], 10)
    for number, operation in enumerate(operations):
        assert completed[number] == (operation, 0), completed[number]
        octets = inet.INetOperation_GetOctetsSent(operation)
        assert octets == inet.INetOperation_GetOctetsTotal(operation) > 0
        assert inet.INetOperation_GetMessagesDone(operation) == 1
        report = inet.INetOperation_GetReport(operation)
        assert inet.INetSendReport_GetStatus(report) == 0
        inet.INetSendReport_Release(report)
        inet.INetOperation_Release(operation)
    assert sorted(dropped) == list(range(LETTERS)), dropped
    # Each tells of its beginning and of its end.
    assert len([one for one in told if one[0] == 0 and one[2] == 0]) == LETTERS
    assert len([one for one in told if one[0] == one[1] and one[2] == 1]) == LETTERS
    inet.INetSmtpClient_Release(client)
    assert dropped[LETTERS:] == [ctypes.c_void_p(-1).value]

    silent = socket.create_server(("127.0.0.1", 0))
    client = inet.INetSmtpClient_CreateWithHostAndPort(b"127.0.0.1", silent.getsockname()[1])
    message = letter("to be cancelled")
    operation = inet.INetSmtpClient_SendAsync(client, message, on_completed, LETTERS, on_dropped)
    connection, _ = silent.accept()
    assert inet.INetOperation_Wait(operation, 1) == 0
    assert inet.INetOperation_GetStatus(operation) == INET_E_BUSY
    assert inet.INetOperation_Cancel(operation) == 0
    assert inet.INetOperation_Wait(operation, -1) == 1
    assert completed[LETTERS] == (operation, INET_E_CANCELLED)
    assert dropped.count(LETTERS) == 1
    connection.close()

    inet.INetOperation_Release(operation)
    inet.INetMailMessage_Release(message)
    inet.INetSmtpClient_Release(client)
    alive = inet.INetLibrary_GetLiveHandleCount()
    assert alive == 0, f"{alive} handles were not released"


if __name__ == "__main__":
    main(*sys.argv[1:])
