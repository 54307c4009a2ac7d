"""A host that forgets every restype and argtypes: each call must fail, and none may crash.

    forgotten_restype.py LIBRARY HOST PORT

Undeclared, ctypes takes every result for a 32-bit int, so a handle loses its upper half, and
passes every number as one. What comes back to the library is no handle any more, and the
library has to notice: INET_E_HANDLE for a status or a length, NULL for an object.
"""

import ctypes
import faulthandler
import sys

INET_OK = 0
INET_E_HANDLE = -1000
NULL = 0


def main(library, host, port):
    faulthandler.enable()
    inet = ctypes.CDLL(library)

    the_forgotten_sample(inet, host.encode(), int(port))
    for nonsense in (1, -1, 2, 0x7FFF_FFFF, -0x8000_0000, 0xFFFF_FFFF):
        every_call(inet, nonsense)
    here = ctypes.create_string_buffer(64)
    for nonsense in (1, -1, 2**31, 2**32, 2**47 - 1, 2**47, 2**48 + 1, 2**63, 2**64 - 1,
                     id(object()), id(inet), ctypes.addressof(here)):
        every_call(inet, ctypes.c_void_p(nonsense))
    null_handles(inet)
    wide_strings(inet)


def the_forgotten_sample(inet, host, port):
    """The Fore sample as a newcomer to ctypes writes it."""
    from_ = inet.CurlMailAddress_Create(b"ivanov@server.ru")
    to = inet.CurlMailAddress_Create(b"petrov@server.ru")
    client = inet.CurlSmtpClient_CreateWithHostAndPort(host, port)
    credential = inet.CurlNetworkCredential_Create(b"ivanov", b"password", b"work")
    cache = inet.CurlCredentialCache_Create()
    for handle in (from_, to, client, credential, cache):
        assert isinstance(handle, int)
        every_call(inet, handle)

    message = inet.CurlMailMessage_CreateWithFromAndTo(from_, to)
    assert message == NULL, "two truncated addresses made a message"
    expect_handle_error(inet)
    status = inet.INetSmtpClient_Send(client, message)
    assert status == INET_E_HANDLE, f"Send answered {status}"


def every_call(inet, handle):
    """Calls all there is to call with `handle` in the place of every object."""
    text = ctypes.create_string_buffer(64)

    fail_with_status = [
        (inet.INetMailMessage_SetSubject, handle, b"subject"),
        (inet.INetMailMessage_SetBody, handle, b"body"),
        (inet.INetMailMessage_GetIsBodyHtml, handle),
        (inet.INetMailMessage_SetIsBodyHtml, handle, 1),
        (inet.INetMailMessage_GetBodyEncoding, handle),
        (inet.INetMailMessage_SetBodyEncoding, handle, 21866),
        (inet.INetMailMessage_GetSubjectEncoding, handle),
        (inet.INetMailMessage_SetSubjectEncoding, handle, 21866),
        (inet.INetMailMessage_GetPriority, handle),
        (inet.INetMailMessage_SetPriority, handle, 1),
        (inet.INetMailMessage_SetFrom, handle, handle),
        (inet.INetMailMessage_SetSender, handle, handle),
        (inet.INetMailMessage_SetReplyTo, handle, handle),
        (inet.INetMailMessage_SetReversePath, handle, handle),
        (inet.INetMailAddressCollection_Add, handle, handle),
        (inet.INetMailAddressCollection_AddString, handle, b"a@b.test"),
        (inet.INetMailAddressCollection_Insert, handle, 0, handle),
        (inet.INetMailAddressCollection_Remove, handle, handle),
        (inet.INetMailAddressCollection_RemoveAt, handle, 0),
        (inet.INetMailAddressCollection_Clear, handle),
        (inet.INetMailAddressCollection_Contains, handle, handle),
        (inet.INetMailAddressCollection_IndexOf, handle, handle),
        (inet.INetMailAddressCollection_GetCount, handle),
        (inet.INetAttachmentCollection_Add, handle, handle),
        (inet.INetAttachmentCollection_Insert, handle, 0, handle),
        (inet.INetAttachmentCollection_Remove, handle, handle),
        (inet.INetAttachmentCollection_RemoveAt, handle, 0),
        (inet.INetAttachmentCollection_Clear, handle),
        (inet.INetAttachmentCollection_Contains, handle, handle),
        (inet.INetAttachmentCollection_IndexOf, handle, handle),
        (inet.INetAttachmentCollection_GetCount, handle),
        (inet.INetAttachment_SetContentName, handle, b"name"),
        (inet.INetAttachment_ReleaseResource, handle),
        (inet.INetNetworkCredential_CreateWithUserPassword, handle, b"user", b"password"),
        (inet.INetNetworkCredential_SetUserName, handle, b"user"),
        (inet.INetNetworkCredential_SetPassword, handle, b"password"),
        (inet.INetNetworkCredential_SetDomain, handle, b"domain"),
        (inet.INetCredentialCache_Add, handle, b"host", 25, b"", handle),
        (inet.INetCredentialCache_Remove, handle, b"host", 25, b""),
        (inet.INetSmtpClient_SetHost, handle, b"host"),
        (inet.INetSmtpClient_GetPort, handle),
        (inet.INetSmtpClient_SetPort, handle, 25),
        (inet.INetSmtpClient_GetEnableSsl, handle),
        (inet.INetSmtpClient_SetEnableSsl, handle, 1),
        (inet.INetSmtpClient_GetTimeout, handle),
        (inet.INetSmtpClient_SetTimeout, handle, 1000),
        (inet.INetSmtpClient_GetUseDefaultCredentials, handle),
        (inet.INetSmtpClient_SetUseDefaultCredentials, handle, 0),
        (inet.INetSmtpClient_SetThisHostCredentials, handle, b"", handle),
        (inet.INetSmtpClient_SetCredentials, handle, handle),
        (inet.INetSmtpClient_SetLocalDomain, handle, b"domain"),
        (inet.INetSmtpClient_AddTrustedCertificateFile, handle, b"/dev/null"),
        (inet.INetSmtpClient_Send, handle, handle),
        (inet.INetSmtpClient_Disconnect, handle),
        (inet.INetSendReport_GetStatus, handle),
        (inet.INetSendReport_GetRecipientCount, handle),
        (inet.INetSendReport_GetVerdictAt, handle, 0),
        (inet.INetSendReport_GetMessage, handle, text, len(text)),
        (inet.INetSendReport_GetRecipientAt, handle, 0, text, len(text)),
        (inet.INetMailAddress_GetAddress, handle, text, len(text)),
        (inet.INetMailAddress_GetDisplayName, handle, text, len(text)),
        (inet.INetMailAddress_GetUser, handle, text, len(text)),
        (inet.INetMailAddress_GetHost, handle, text, len(text)),
        (inet.INetMailAddressCollection_ToString, handle, text, len(text)),
        (inet.INetMailMessage_GetSubject, handle, text, len(text)),
        (inet.INetMailMessage_GetBody, handle, text, len(text)),
        (inet.INetAttachment_GetContentName, handle, text, len(text)),
        (inet.INetNetworkCredential_GetUserName, handle, text, len(text)),
        (inet.INetNetworkCredential_GetDomain, handle, text, len(text)),
        (inet.INetSmtpClient_GetHost, handle, text, len(text)),
        (inet.INetMailAddress_Release, handle),
        (inet.INetMailAddressCollection_Release, handle),
        (inet.INetMailMessage_Release, handle),
        (inet.INetAttachment_Release, handle),
        (inet.INetAttachmentCollection_Release, handle),
        (inet.INetNetworkCredential_Release, handle),
        (inet.INetCredentialCache_Release, handle),
        (inet.INetCredentialsByHost_Release, handle),
        (inet.INetSendReport_Release, handle),
        (inet.INetSmtpClient_Release, handle),
        (inet.INetMailMessage_AddRef, handle),
        (inet.INetObject_AddRef, handle),
        (inet.INetObject_Release, handle),
        (inet.INetObject_GetTypeName, handle, text, len(text)),
    ]
    for function, *arguments in fail_with_status:
        result = function(*arguments)
        assert result == INET_E_HANDLE, f"{function.__name__}({handle}) answered {result}"

    fail_with_null = [
        (inet.CurlMailMessage_CreateWithFromAndTo, handle, handle),
        (inet.INetMailMessage_GetFrom, handle),
        (inet.INetMailMessage_GetSender, handle),
        (inet.INetMailMessage_GetReplyTo, handle),
        (inet.INetMailMessage_GetReplyToList, handle),
        (inet.INetMailMessage_GetReversePath, handle),
        (inet.INetMailMessage_GetTo, handle),
        (inet.INetMailMessage_GetCC, handle),
        (inet.INetMailMessage_GetBcc, handle),
        (inet.INetMailMessage_GetAttachments, handle),
        (inet.INetMailAddressCollection_GetItem, handle, 0),
        (inet.INetAttachmentCollection_GetItem, handle, 0),
        (inet.INetCredentialCache_GetCredential, handle, b"host", 25, b""),
        (inet.INetCredentialsByHost_GetCredential, handle, b"host", 25, b""),
        (inet.INetSmtpClient_GetCredentials, handle),
        (inet.INetSmtpClient_GetThisHostCredentials, handle, b""),
        (inet.INetSmtpClient_SendWithReport, handle, handle),
    ]
    for function, *arguments in fail_with_null:
        inet.INetError_Clear()
        result = function(*arguments)
        assert result == NULL, f"{function.__name__}({handle}) answered {result}"
        expect_handle_error(inet)

    assert text.value == b"", f"a failed call wrote {text.value} into the host's buffer"


def expect_handle_error(inet):
    status = inet.INetError_GetStatus()
    assert status == INET_E_HANDLE, f"the error record says {status}"
    sentence = ctypes.create_string_buffer(512)
    inet.INetError_GetMessage(sentence, len(sentence))
    assert sentence.value, "an error without a sentence"


def null_handles(inet):
    """Release of NULL is quiet; everything else refuses it."""
    for name in ("INetMailAddress", "INetMailMessage", "INetSmtpClient", "INetObject"):
        status = getattr(inet, f"{name}_Release")(None)
        assert status == INET_OK, f"{name}_Release(NULL) answered {status}"
    assert inet.INetSmtpClient_Send(None, None) == INET_E_HANDLE
    assert inet.INetMailMessage_SetSubject(None, b"subject") == INET_E_HANDLE
    assert inet.INetMailMessage_GetTo(None) == NULL


def wide_strings(inet):
    """A str goes out as wchar_t: to the library, one letter and a NUL. That is no address."""
    inet.CurlMailAddress_Create.restype = ctypes.c_void_p
    assert inet.CurlMailAddress_Create("ivanov@server.ru") is None
    assert inet.INetError_GetStatus() <= -1000
    assert inet.CurlMailAddress_Create(None) is None


if __name__ == "__main__":
    main(*sys.argv[1:])
