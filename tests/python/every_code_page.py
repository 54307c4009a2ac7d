"""One letter in each code page that stands on a table, of all the characters that Python's codec has: sent, and loaded.

    every_code_page.py LIBRARY HOST PORT

Exits non-zero, with the library's sentence, if a letter was not accepted, or if one that Python made was read differently.
"""

import ctypes
import sys
import unicodedata
from ctypes import c_char_p, c_int32, c_int64, c_size_t, c_void_p
from email.header import Header
from email.mime.text import MIMEText
from os.path import commonprefix
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))

from code_pages import DECODING_DIFFERENCES, OTHERS, SINGLE_BYTE

PAGES = SINGLE_BYTE | OTHERS

SIGNATURES = {
    "INetError_GetMessage": (c_int64, c_char_p, c_size_t),
    "INetMailAddress_Create": (c_void_p, c_char_p),
    "INetMailAddress_Release": (c_int32, c_void_p),
    "INetMailMessage_CreateWithFromAndTo": (c_void_p, c_void_p, c_void_p),
    "INetMailMessage_SetSubject": (c_int32, c_void_p, c_char_p),
    "INetMailMessage_SetSubjectEncoding": (c_int32, c_void_p, c_int32),
    "INetMailMessage_SetBody": (c_int32, c_void_p, c_char_p),
    "INetMailMessage_SetBodyEncoding": (c_int32, c_void_p, c_int32),
    "INetMailMessage_LoadBytes": (c_void_p, c_char_p, c_size_t),
    "INetMailMessage_GetSubject": (c_int64, c_void_p, c_char_p, c_size_t),
    "INetMailMessage_GetPlainText": (c_int64, c_void_p, c_char_p, c_size_t),
    "INetMailMessage_GetBodyEncoding": (c_int32, c_void_p),
    "INetMailMessage_Release": (c_int32, c_void_p),
    "INetSmtpClient_CreateWithHostAndPort": (c_void_p, c_char_p, c_int32),
    "INetSmtpClient_Send": (c_int32, c_void_p, c_void_p),
    "INetSmtpClient_Release": (c_int32, c_void_p),
}


def characters_of(codec):
    def is_there(c):
        try:
            return c.encode(codec).decode(codec) == c and unicodedata.category(c) != "Cc"
        except UnicodeError:
            return False
    return [c for c in map(chr, [*range(0xd800), *range(0xe000, 0x10000)]) if is_there(c)]


def text_of(codec):
    """All characters of the code page, in lines that end in a letter of ASCII."""
    characters = characters_of(codec)
    lines = ["".join(characters[at:at + 40]) for at in range(0, len(characters), 40)]
    return "".join(f"{line}.\n" for line in lines).rstrip("\n")


def subject_of(codec):
    """Letters of two scripts, too many for one encoded word."""
    letters = [c for c in characters_of(codec) if c.isalpha()]
    return "A " + "".join(letters[-50:]) + " z " + "".join(letters[-50:])


def letter_of_python(codec):
    """A letter in a code page, under the name that Python has for it."""
    letter = MIMEText(text_of(codec).replace("\n", "\r\n"), _charset=codec)
    letter["Subject"] = Header(subject_of(codec), codec)
    return letter.as_bytes()


def text_that(function, message):
    buffer = ctypes.create_string_buffer(1 << 20)
    function(message, buffer, len(buffer))
    return buffer.value.decode()


def load(inet, number, codec):
    """Loads a letter that Python made; exits if it is not what it was made of."""
    letter = letter_of_python(codec)
    message = inet.INetMailMessage_LoadBytes(letter, len(letter))
    for function, expected in [
        (inet.INetMailMessage_GetSubject, subject_of(codec)),
        (inet.INetMailMessage_GetPlainText, text_of(codec).replace("\n", "\r\n")),
    ]:
        expected = "".join(DECODING_DIFFERENCES.get((codec, c), c) for c in expected)
        found = text_that(function, message)
        if found != expected:
            at = len(commonprefix([found, expected]))
            sys.exit(f"{number}: {codec} is read as {found[at:at + 20]!r}, not {expected[at:at + 20]!r}")
    if inet.INetMailMessage_GetBodyEncoding(message) != number:
        sys.exit(f"{number}: {codec} is not known by this name")
    inet.INetMailMessage_Release(message)


def main(library, host, port):
    inet = ctypes.CDLL(library)
    for name, (restype, *argtypes) in SIGNATURES.items():
        function = getattr(inet, name)
        function.restype, function.argtypes = restype, argtypes

    client = inet.INetSmtpClient_CreateWithHostAndPort(host.encode(), int(port))
    from_ = inet.INetMailAddress_Create(b"ivanov@server.ru")
    to = inet.INetMailAddress_Create(b"petrov@server.ru")
    for number, codec in PAGES.items():
        message = inet.INetMailMessage_CreateWithFromAndTo(from_, to)
        inet.INetMailMessage_SetSubject(message, subject_of(codec).encode())
        inet.INetMailMessage_SetSubjectEncoding(message, number)
        inet.INetMailMessage_SetBody(message, text_of(codec).encode())
        inet.INetMailMessage_SetBodyEncoding(message, number)
        if inet.INetSmtpClient_Send(client, message) != 0:
            sentence = ctypes.create_string_buffer(1024)
            inet.INetError_GetMessage(sentence, len(sentence))
            sys.exit(f"{number}: {sentence.value.decode()}")
        inet.INetMailMessage_Release(message)
        load(inet, number, codec)
    inet.INetSmtpClient_Release(client)
    inet.INetMailAddress_Release(to)
    inet.INetMailAddress_Release(from_)


if __name__ == "__main__":
    main(*sys.argv[1:])
