"""The Fore sample from Python: ctypes and the C names, no binding.

    fore_sample.py LIBRARY HOST PORT

Exits non-zero, with the library's sentence, if the letter was not accepted.
"""

import ctypes
import sys
from ctypes import c_char_p, c_int32, c_int64, c_size_t, c_void_p


def main(library, host, port):
    inet = ctypes.CDLL(library)

    def declare(name, restype, *argtypes):
        function = getattr(inet, name)
        function.restype, function.argtypes = restype, argtypes
        return function

    get_message = declare("INetError_GetMessage", c_int64, c_char_p, c_size_t)

    def fail():
        text = ctypes.create_string_buffer(1024)
        get_message(text, len(text))
        sys.exit(f"fore_sample.py: {text.value.decode()}")

    def make(name, *arguments):
        """Calls what returns a handle."""
        return getattr(inet, name)(*arguments) or fail()

    def call(name, *arguments):
        """Calls what returns a status or a number."""
        result = getattr(inet, name)(*arguments)
        return fail() if result <= -1000 else result

    # A handle is a pointer, and ctypes takes everything undeclared for a 32-bit int.
    declare("CurlMailAddress_Create", c_void_p, c_char_p)
    declare("CurlMailMessage_CreateWithFromAndTo", c_void_p, c_void_p, c_void_p)
    declare("CurlSmtpClient_CreateWithHostAndPort", c_void_p, c_char_p, c_int32)
    declare("INetMailMessage_SetSubject", c_int32, c_void_p, c_char_p)
    declare("INetMailMessage_SetBody", c_int32, c_void_p, c_char_p)
    declare("INetSmtpClient_Send", c_int32, c_void_p, c_void_p)
    declare("INetMailAddress_Release", c_int32, c_void_p)
    declare("INetMailMessage_Release", c_int32, c_void_p)
    declare("INetSmtpClient_Release", c_int32, c_void_p)
    declare("INetLibrary_GetLiveHandleCount", c_int32)

    from_ = make("CurlMailAddress_Create", b"ivanov@server.ru")
    to = make("CurlMailAddress_Create", b"petrov@server.ru")

    message = make("CurlMailMessage_CreateWithFromAndTo", from_, to)
    call("INetMailMessage_SetSubject", message, "Тестовое письмо".encode())
    call("INetMailMessage_SetBody", message, "Текст письма".encode())

    client = make("CurlSmtpClient_CreateWithHostAndPort", host.encode(), int(port))
    call("INetSmtpClient_Send", client, message)

    call("INetSmtpClient_Release", client)
    call("INetMailMessage_Release", message)
    call("INetMailAddress_Release", to)
    call("INetMailAddress_Release", from_)
    if call("INetLibrary_GetLiveHandleCount") != 0:
        sys.exit("fore_sample.py: handles were not released")


if __name__ == "__main__":
    main(*sys.argv[1:])
