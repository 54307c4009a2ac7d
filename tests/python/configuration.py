"""A letter as Fore's scheduler sends it, by nothing but what its Scheduler.xml says; and every setting by its name.

    configuration.py LIBRARY PORT DIRECTORY

The server is 127.0.0.1; DIRECTORY takes the file.
"""

import ctypes
import sys
from ctypes import c_char_p, c_int32, c_int64, c_size_t, c_void_p
from pathlib import Path

SCHEDULER = """\
<?xml version="1.0" encoding="windows-1251"?>
<Root><Host Name="Планировщик">
  <Mail Host="127.0.0.1" Port="{port}" From="robot@server.ru" EnableSsl="0"/>
  <Credentials USER="" PASSWORD="" Ask="0"/>
  <MailTo Mail="ivanov@server.ru;petrov@server.ru"/>
</Host></Root>
"""
CONFIG_NAME, CONFIG_SECTION = -1106, -1110


def main(library, port, directory):
    inet = ctypes.CDLL(library)

    def face(name, restype, *argtypes):
        function = getattr(inet, name)
        function.restype, function.argtypes = restype, argtypes
        return function

    def text(get, *arguments):
        length = get(*arguments, None, 0)
        assert length >= 0, (length, message())
        buffer = ctypes.create_string_buffer(length + 1)
        get(*arguments, buffer, length + 1)
        return buffer.value.decode()

    out = (c_char_p, c_size_t)
    get_message = face("INetError_GetMessage", c_int64, *out)
    get_status = face("INetError_GetStatus", c_int32)
    of_file = face("INetSmtpClient_CreateFromConfigFile", c_void_p, c_char_p)
    of_section = face("INetSmtpClient_CreateFromConfigSection", c_void_p, c_char_p, c_char_p)
    get_from = face("INetSmtpClient_GetConfigFrom", c_int64, c_void_p, *out)
    get_to = face("INetSmtpClient_GetConfigTo", c_int64, c_void_p, *out)
    with_text = face("INetMailMessage_CreateWithText", c_void_p, *[c_char_p] * 4)
    send = face("INetSmtpClient_Send", c_int32, c_void_p, c_void_p)
    release = face("INetObject_Release", c_int32, c_void_p)
    name_at = face("INetLibrary_GetConfigNameAt", c_int64, c_int32, *out)
    description_at = face("INetLibrary_GetConfigDescriptionAt", c_int64, c_int32, *out)
    get_config = face("INetSmtpClient_GetConfig", c_int64, c_void_p, c_char_p, *out)
    config = face("INetSmtpClient_Config", c_int32, c_void_p, c_char_p)

    def message():
        return text(get_message)

    file = Path(directory) / "Scheduler.xml"
    file.write_bytes(SCHEDULER.format(port=port).encode("cp1251"))
    client = of_file(str(file).encode())
    assert client, message()

    settings = range(inet.INetLibrary_GetConfigNameCount())
    assert len(settings) == 33
    for index in settings:
        name = text(name_at, index)
        assert text(description_at, index)
        value = text(get_config, client, name.encode())
        assert config(client, f"{name.swapcase()}={value}".encode()) == 0, message()
    assert config(client, b"RemoveBC=1") == CONFIG_NAME == get_status()
    assert message().endswith("the nearest is RemoveBCC")
    assert not of_section(str(file).encode(), b"mailSettings/smtp") and get_status() == CONFIG_SECTION

    sender, recipients = text(get_from, client), text(get_to, client)
    assert recipients == "ivanov@server.ru, petrov@server.ru"
    letter = with_text(sender.encode(), recipients.encode(), "Задача выполнена".encode(), b"Log")
    assert letter, message()
    assert send(client, letter) == 0, message()
    release(letter)
    release(client)
    assert inet.INetLibrary_GetLiveHandleCount() == 0


if __name__ == "__main__":
    main(*sys.argv[1:])
