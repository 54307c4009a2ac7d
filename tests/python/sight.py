"""A script sees its connection: by callbacks, by asking for events, and in a log file.

    sight.py LIBRARY HOST PORT
"""

import ctypes
import os
import stat
import sys
import tempfile
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int32, c_int64, c_size_t, c_uint8, c_void_p

Command = CFUNCTYPE(None, c_void_p, c_char_p)
CommandData = CFUNCTYPE(None, c_void_p, c_char_p, POINTER(c_uint8), c_size_t)
CommandReply = CFUNCTYPE(None, c_void_p, c_char_p, c_char_p, c_int32, c_char_p)
Notification = CFUNCTYPE(None, c_void_p, c_int32, c_char_p)
Drop = CFUNCTYPE(None, c_void_p)

SIGNATURES = {
    "INetError_GetMessage": (c_int64, c_char_p, c_size_t),
    "INetEvent_GetKind": (c_int32, c_void_p),
    "INetEvent_GetLost": (c_int64, c_void_p),
    "INetEvent_GetText": (c_int64, c_void_p, c_char_p, c_size_t),
    "INetEvent_Release": (c_int32, c_void_p),
    "INetLibrary_GetLiveHandleCount": (c_int32,),
    "INetMailMessage_CreateWithText": (c_void_p, c_char_p, c_char_p, c_char_p, c_char_p),
    "INetMailMessage_Release": (c_int32, c_void_p),
    "INetSmtpClient_CreateWithHostAndPort": (c_void_p, c_char_p, c_int32),
    "INetSmtpClient_NextEvent": (c_void_p, c_void_p),
    "INetSmtpClient_OnCommand": (c_int32, c_void_p, Command, c_void_p, Drop),
    "INetSmtpClient_OnCommandData": (c_int32, c_void_p, CommandData, c_void_p, Drop),
    "INetSmtpClient_OnCommandReply": (c_int32, c_void_p, CommandReply, c_void_p, Drop),
    "INetSmtpClient_OnNotification": (c_int32, c_void_p, Notification, c_void_p, Drop),
    "INetSmtpClient_Release": (c_int32, c_void_p),
    "INetSmtpClient_Send": (c_int32, c_void_p, c_void_p),
    "INetSmtpClient_SetEventKinds": (c_int32, c_void_p, c_int32),
    "INetSmtpClient_SetLogFileName": (c_int32, c_void_p, c_char_p),
}


def main(library, host, port):
    inet = ctypes.CDLL(library)
    for name, (restype, *argtypes) in SIGNATURES.items():
        function = getattr(inet, name)
        function.restype, function.argtypes = restype, argtypes

    commands, replies, notifications, dropped = [], [], [], []
    octets = bytearray()
    on_command = Command(lambda user, command: commands.append((user, command)))
    on_data = CommandData(lambda user, command, data, n: octets.extend(ctypes.string_at(data, n)))
    on_reply = CommandReply(lambda user, *reply: replies.append(reply))
    on_notification = Notification(lambda user, number, what: notifications.append((number, what)))
    on_drop = Drop(dropped.append)

    with tempfile.TemporaryDirectory() as directory:
        log = os.path.join(directory, "журнал.log")
        client = inet.INetSmtpClient_CreateWithHostAndPort(host.encode(), int(port))
        assert inet.INetSmtpClient_OnCommand(client, on_command, 1, on_drop) == 0
        assert inet.INetSmtpClient_OnCommandData(client, on_data, 2, on_drop) == 0
        assert inet.INetSmtpClient_OnCommandReply(client, on_reply, 3, on_drop) == 0
        assert inet.INetSmtpClient_OnNotification(client, on_notification, 4, on_drop) == 0
        assert inet.INetSmtpClient_SetEventKinds(client, 1) == 0
        assert inet.INetSmtpClient_SetLogFileName(client, log.encode()) == 0
        letter = inet.INetMailMessage_CreateWithText(
            b"from@test.ru", b"to@test.ru", b"sight", "Видно всё".encode()
        )
        status = inet.INetSmtpClient_Send(client, letter)
        message = ctypes.create_string_buffer(1000)
        inet.INetError_GetMessage(message, len(message))
        assert status == 0, message.value

        assert all(user == 1 for user, _ in commands)
        texts = [command for _, command in commands]
        assert b"MAIL FROM:<from@test.ru>" in [text[:24] for text in texts], texts
        assert b"Subject: sight\r\n" in octets
        assert any(code == 250 for _, _, code, _ in replies)
        assert [1, 2, 3, 4] == [number for number, _ in notifications][:4]
        assert 10 in [number for number, _ in notifications]

        asked = []
        while event := inet.INetSmtpClient_NextEvent(client):
            assert inet.INetEvent_GetKind(event) == 1 and inet.INetEvent_GetLost(event) == 0
            text = ctypes.create_string_buffer(1000)
            assert inet.INetEvent_GetText(event, text, len(text)) > 0
            asked.append(text.value)
            assert inet.INetEvent_Release(event) == 0
        assert asked == texts, (asked, texts)

        assert stat.S_IMODE(os.stat(log).st_mode) == 0o600
        with open(log, encoding="utf-8") as file:
            told = file.read()
        assert " smtp C: MAIL FROM:<from@test.ru>" in told and "Subject" not in told, told

        assert inet.INetMailMessage_Release(letter) == 0
        assert inet.INetSmtpClient_Release(client) == 0
        assert sorted(dropped) == [1, 2, 3, 4]
        assert inet.INetLibrary_GetLiveHandleCount() == 0


if __name__ == "__main__":
    main(*sys.argv[1:])
