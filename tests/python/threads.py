"""Many threads send through one client at the same time, and every letter is accepted.

    threads.py LIBRARY HOST PORT THREADS LETTERS

Each thread sends LETTERS letters; their subjects are `thread i letter j`. ctypes lets go of the
interpreter lock during a call, so the calls truly meet inside the library.
"""

import ctypes
import sys
import threading
from ctypes import c_char_p, c_int32, c_int64, c_size_t, c_void_p

SIGNATURES = {
    "INetError_GetMessage": (c_int64, c_char_p, c_size_t),
    "INetLibrary_GetLiveHandleCount": (c_int32,),
    "INetMailAddress_Create": (c_void_p, c_char_p),
    "INetMailAddress_Release": (c_int32, c_void_p),
    "INetMailMessage_CreateWithFromAndTo": (c_void_p, c_void_p, c_void_p),
    "INetMailMessage_SetSubject": (c_int32, c_void_p, c_char_p),
    "INetMailMessage_SetBody": (c_int32, c_void_p, c_char_p),
    "INetMailMessage_Release": (c_int32, c_void_p),
    "INetSmtpClient_CreateWithHostAndPort": (c_void_p, c_char_p, c_int32),
    "INetSmtpClient_Send": (c_int32, c_void_p, c_void_p),
    "INetSmtpClient_Release": (c_int32, c_void_p),
}


def main(library, host, port, threads, letters):
    inet = ctypes.CDLL(library)
    for name, (restype, *argtypes) in SIGNATURES.items():
        function = getattr(inet, name)
        function.restype, function.argtypes = restype, argtypes

    client = inet.INetSmtpClient_CreateWithHostAndPort(host.encode(), int(port))
    from_ = inet.INetMailAddress_Create(b"ivanov@server.ru")
    to = inet.INetMailAddress_Create(b"petrov@server.ru")
    errors = []
    together = threading.Barrier(int(threads))

    def send_letters(thread):
        together.wait()
        for letter in range(int(letters)):
            message = inet.INetMailMessage_CreateWithFromAndTo(from_, to)
            inet.INetMailMessage_SetSubject(message, f"thread {thread} letter {letter}".encode())
            inet.INetMailMessage_SetBody(message, f"Письмо {letter}".encode())
            if inet.INetSmtpClient_Send(client, message) != 0:
                sentence = ctypes.create_string_buffer(1024)
                inet.INetError_GetMessage(sentence, len(sentence))
                errors.append(f"thread {thread} letter {letter}: {sentence.value.decode()}")
            inet.INetMailMessage_Release(message)

    senders = [threading.Thread(target=send_letters, args=(i,)) for i in range(int(threads))]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    inet.INetSmtpClient_Release(client)
    inet.INetMailAddress_Release(from_)
    inet.INetMailAddress_Release(to)
    alive = inet.INetLibrary_GetLiveHandleCount()
    if alive != 0:
        errors.append(f"{alive} handles were not released")
    if errors:
        sys.exit("\n".join(errors))


if __name__ == "__main__":
    main(*sys.argv[1:])
