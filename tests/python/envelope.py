"""Envelope options and other commands, in clear and under TLS.

    envelope.py LIBRARY HOST PORT AUTHORITY

The server offers DSN and REQUIRETLS, and STARTTLS with a certificate of the AUTHORITY. One letter arrives, `under TLS`.
"""

import ctypes
import sys
from ctypes import c_char_p, c_int32, c_int64, c_size_t, c_void_p

SIGNATURES = {
    "INetEnvelopeOptions_Create": (c_void_p,),
    "INetEnvelopeOptions_Release": (c_int32, c_void_p),
    "INetEnvelopeOptions_SetEnvelopeId": (c_int32, c_void_p, c_char_p),
    "INetEnvelopeOptions_SetNotify": (c_int32, c_void_p, c_int32),
    "INetEnvelopeOptions_SetReturn": (c_int32, c_void_p, c_int32),
    "INetEnvelopeOptions_SetRequireTls": (c_int32, c_void_p, c_int32),
    "INetError_GetMessage": (c_int64, c_char_p, c_size_t),
    "INetLibrary_GetLiveHandleCount": (c_int32,),
    "INetMailMessage_CreateWithText": (c_void_p, c_char_p, c_char_p, c_char_p, c_char_p),
    "INetMailMessage_Release": (c_int32, c_void_p),
    "INetMailMessage_SetEnvelopeOptions": (c_int32, c_void_p, c_void_p),
    "INetServerInfo_GetAvailable": (c_int32, c_void_p),
    "INetServerInfo_GetDsnSupported": (c_int32, c_void_p),
    "INetServerInfo_GetIsTls": (c_int32, c_void_p),
    "INetServerInfo_HasCapability": (c_int32, c_void_p, c_char_p),
    "INetServerInfo_Release": (c_int32, c_void_p),
    "INetServerReply_GetCode": (c_int32, c_void_p),
    "INetServerReply_GetEnhancedCode": (c_int64, c_void_p, c_char_p, c_size_t),
    "INetServerReply_Release": (c_int32, c_void_p),
    "INetSmtpClient_AddTrustedCertificateFile": (c_int32, c_void_p, c_char_p),
    "INetSmtpClient_Command": (c_void_p, c_void_p, c_char_p),
    "INetSmtpClient_CreateWithHostAndPort": (c_void_p, c_char_p, c_int32),
    "INetSmtpClient_GetServerInfo": (c_void_p, c_void_p),
    "INetSmtpClient_Noop": (c_int32, c_void_p),
    "INetSmtpClient_Release": (c_int32, c_void_p),
    "INetSmtpClient_Send": (c_int32, c_void_p, c_void_p),
    "INetSmtpClient_SetEnableSsl": (c_int32, c_void_p, c_int32),
    "INetSmtpClient_Verify": (c_void_p, c_void_p, c_char_p),
}
INET_E_EXTENSION_NOT_OFFERED = -1515


def main(library, host, port, authority):
    inet = ctypes.CDLL(library)
    for name, (restype, *argtypes) in SIGNATURES.items():
        function = getattr(inet, name)
        function.restype, function.argtypes = restype, argtypes

    options = inet.INetEnvelopeOptions_Create()
    for status in (
            inet.INetEnvelopeOptions_SetEnvelopeId(options, b"letter 1"),
            inet.INetEnvelopeOptions_SetNotify(options, 1 | 2 | 4),
            inet.INetEnvelopeOptions_SetReturn(options, 1),
            inet.INetEnvelopeOptions_SetRequireTls(options, 1)):
        assert status == 0, sentence(inet)
    message = inet.INetMailMessage_CreateWithText(
        b"ivanov@server.ru", b"petrov@server.ru", b"under TLS", b"")
    assert inet.INetMailMessage_SetEnvelopeOptions(message, options) == 0

    client = inet.INetSmtpClient_CreateWithHostAndPort(host.encode(), int(port))
    assert inet.INetSmtpClient_GetServerInfo(client) is None
    status = inet.INetSmtpClient_Send(client, message)
    assert status == INET_E_EXTENSION_NOT_OFFERED, f"in clear: {status}"
    assert "REQUIRETLS" in sentence(inet)
    in_clear = inet.INetSmtpClient_GetServerInfo(client)

    assert inet.INetSmtpClient_AddTrustedCertificateFile(client, authority.encode()) == 0
    assert inet.INetSmtpClient_SetEnableSsl(client, 1) == 0
    assert inet.INetSmtpClient_Send(client, message) == 0, sentence(inet)
    under_tls = inet.INetSmtpClient_GetServerInfo(client)
    assert inet.INetSmtpClient_Noop(client) == 0, sentence(inet)
    reply = inet.INetSmtpClient_Verify(client, b"petrov")
    assert inet.INetServerReply_GetCode(reply) == 252
    enhanced = ctypes.create_string_buffer(16)
    inet.INetServerReply_GetEnhancedCode(reply, enhanced, len(enhanced))
    assert enhanced.value == b"2.5.2", enhanced.value
    assert inet.INetSmtpClient_Command(client, b"QUIT") is None
    assert "QUIT" in sentence(inet)
    inet.INetSmtpClient_Release(client)

    for info, is_tls in ((in_clear, 0), (under_tls, 1)):
        assert inet.INetServerInfo_GetIsTls(info) == is_tls
        assert inet.INetServerInfo_GetAvailable(info) == 1
        assert inet.INetServerInfo_GetDsnSupported(info) == 1
        assert inet.INetServerInfo_HasCapability(info, b"starttls") == 1 - is_tls
        assert inet.INetServerInfo_Release(info) == 0
    inet.INetServerReply_Release(reply)
    inet.INetMailMessage_Release(message)
    inet.INetEnvelopeOptions_Release(options)
    assert inet.INetLibrary_GetLiveHandleCount() == 0


def sentence(inet):
    text = ctypes.create_string_buffer(1024)
    inet.INetError_GetMessage(text, len(text))
    return text.value.decode()


if __name__ == "__main__":
    main(*sys.argv[1:])
