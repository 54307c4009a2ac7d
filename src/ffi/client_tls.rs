//! INetSmtpClient: how its connections are protected, whose certificates it believes, and which connection it had last.

use super::certificate_collection::INetCertificateCollection;
use super::connection_info::INetConnectionInfo;
use super::crl_collection::INetCrlCollection;
use super::external_crypto::INetExternalCrypto;
use super::ocsp_collection::INetOcspCollection;
use super::smtp_client::INetSmtpClient;
use super::tls_settings::INetTlsSettings;
use super::{boundary, handles};
use crate::error::{Error, Status};
use crate::model::{Security, ways};
use std::sync::Arc;

/// Aspose SecurityOptions.None: no TLS.
pub const INET_SECURITY_NONE: i32 = 1;
/// Aspose SecurityOptions.SSLExplicit: STARTTLS, or no message.
pub const INET_SECURITY_SSL_EXPLICIT: i32 = 2;
/// Aspose SecurityOptions.SSLImplicit: TLS from the first octet.
pub const INET_SECURITY_SSL_IMPLICIT: i32 = 4;
/// Aspose SecurityOptions.SSLAuto: TLS from the first octet, else STARTTLS.
pub const INET_SECURITY_SSL_AUTO: i32 = 6;
/// Aspose SecurityOptions.Auto: TLS from the first octet, else STARTTLS where it is offered, else none.
pub const INET_SECURITY_AUTO: i32 = 7;

/// SecureBlackbox smDefault: as the port asks for; STARTTLS where it is offered.
pub const INET_TLS_MODE_DEFAULT: i32 = 0;
/// SecureBlackbox smNoTLS: no TLS.
pub const INET_TLS_MODE_NO_TLS: i32 = 1;
/// SecureBlackbox smExplicitTLS: STARTTLS, or no message.
pub const INET_TLS_MODE_EXPLICIT: i32 = 2;
/// SecureBlackbox smImplicitTLS: TLS from the first octet.
pub const INET_TLS_MODE_IMPLICIT: i32 = 3;
/// SecureBlackbox smMixedTLS: TLS from the first octet, else STARTTLS.
pub const INET_TLS_MODE_MIXED: i32 = 4;

/// How connections may be protected, as the bits of INET_SECURITY_. EnableSsl and TlsMode read as what they come to at the port that
/// is set.
///
/// @param client the object.
/// @return the bits (INET_SECURITY_NONE unless set), or a status.
/// @see Aspose SmtpClient.SecurityOptions
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetSecurityOptions(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| Ok(handles::get(client)?.security_options()))
}

/// Sets how connections may be protected. Of several ways TLS from the first octet is tried first, then STARTTLS, then none; each wrong
/// guess takes a connection of its own, and GreetingTimeout at most. A server that has once protected a connection of this client is
/// held to that. Where none is among several ways and TLS is not to be had, no login goes in clear
/// (INetSmtpClient_SetDangerouslyAllowPlaintextAuth). EnableSsl, SecurityOptions and TlsMode set the same; the last one counts.
///
/// @param client the object.
/// @param options bits of INET_SECURITY_, one at least.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE there is no bit, or an unknown one.
/// @see Aspose SmtpClient.SecurityOptions; RFC 8314; RFC 3207
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetSecurityOptions(
    client: *mut INetSmtpClient,
    options: i32,
) -> i32 {
    boundary::status(|| handles::get(client)?.set_security_options(options))
}

/// How connections are protected, in SecureBlackbox's words.
///
/// @param client the object.
/// @return one of INET_TLS_MODE_ (INET_TLS_MODE_NO_TLS unless set), -1 for a combination of SecurityOptions that has no such number, or a
///     status. EnableSsl reads as the mode that it comes to at the port that is set.
/// @see SecureBlackbox TLSTLSMode
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetTlsMode(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| {
        let client = handles::get(client)?;
        Ok(match (client.security(), client.security_options() as u32) {
            (Security::IfOffered, _) => INET_TLS_MODE_DEFAULT,
            (_, ways::NONE) => INET_TLS_MODE_NO_TLS,
            (_, ways::STARTTLS) => INET_TLS_MODE_EXPLICIT,
            (_, ways::IMPLICIT) => INET_TLS_MODE_IMPLICIT,
            (_, MIXED) => INET_TLS_MODE_MIXED,
            _ => -1,
        })
    })
}

/// Sets how connections are protected, in SecureBlackbox's words. EnableSsl, SecurityOptions and TlsMode set the same; the last one counts.
///
/// @param client the object.
/// @param mode one of INET_TLS_MODE_.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see SecureBlackbox TLSTLSMode
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetTlsMode(client: *mut INetSmtpClient, mode: i32) -> i32 {
    boundary::status(|| {
        let security = match mode {
            INET_TLS_MODE_DEFAULT => Security::IfOffered,
            INET_TLS_MODE_NO_TLS => Security::OneOf(ways::NONE),
            INET_TLS_MODE_EXPLICIT => Security::OneOf(ways::STARTTLS),
            INET_TLS_MODE_IMPLICIT => Security::OneOf(ways::IMPLICIT),
            INET_TLS_MODE_MIXED => Security::OneOf(MIXED),
            other => {
                let sentence = format!("{other} is no mode of TLS: 0 to 4 are");
                return Err(Error::new(Status::ArgumentOutOfRange, sentence));
            }
        };
        handles::get(client)?.set_security(security);
        Ok(())
    })
}

/// How long a server may take for its greeting.
///
/// @param client the object.
/// @return the milliseconds (10000 unless set), or a status.
/// @see Aspose SmtpClient.GreetingTimeout
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetGreetingTimeout(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| {
        let timeout = handles::get(client)?.greeting_timeout();
        Ok(timeout.map_or(DEFAULT_GREETING_TIMEOUT, |timeout| timeout.as_millis() as i32))
    })
}

/// Sets how long a server may take for its greeting, within Timeout. Unless it is set, only a guess at how the server is protected is
/// bounded (by 10000 ms): RFC 5321 lets a server take five minutes. Once it is set, a server that does not greet in that time under
/// EnableSsl, on another port than 465, is tried once more with TLS from the first octet.
///
/// @param client the object.
/// @param milliseconds 1 or more.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is 0 or less.
/// @see Aspose SmtpClient.GreetingTimeout; RFC 5321 section 4.5.3.2.1
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetGreetingTimeout(
    client: *mut INetSmtpClient,
    milliseconds: i32,
) -> i32 {
    boundary::status(|| handles::get(client)?.set_greeting_timeout(milliseconds))
}

/// Whether a login may go in clear where TLS was wanted and is not to be had.
///
/// @param client the object.
/// @return 1 or 0 (0 unless set), or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetDangerouslyAllowPlaintextAuth(
    client: *const INetSmtpClient,
) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(client)?.allows_login_in_clear())))
}

/// Says whether a login may go in clear where TLS was wanted and is not to be had: INET_SECURITY_AUTO and INET_TLS_MODE_DEFAULT with a server that offers
/// none, or somebody in between who says so. For test benches only.
///
/// @param client the object.
/// @param allow 0 for no, anything else for yes.
/// @return 0, or a status.
/// @see inetmail; RFC 8314 section 3.3
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetDangerouslyAllowPlaintextAuth(
    client: *mut INetSmtpClient,
    allow: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(client)?.set_allows_login_in_clear(allow != 0);
        Ok(())
    })
}

/// Whether any certificate of a server is accepted.
///
/// @param client the object.
/// @return 1 or 0 (0 unless set), or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetDangerouslyAcceptAnyCertificate(
    client: *const INetSmtpClient,
) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(client)?.accepts_any_certificate())))
}

/// Says whether any certificate of a server is accepted, so that anybody can be in between. The verdict is still made, and told by
/// INetConnectionInfo. For test benches only.
///
/// @param client the object.
/// @param accept 0 for no, anything else for yes.
/// @return 0, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetDangerouslyAcceptAnyCertificate(
    client: *mut INetSmtpClient,
    accept: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(client)?.set_accepts_any_certificate(accept != 0);
        Ok(())
    })
}

/// The versions of TLS that may be spoken, as the bits of Aspose's EncryptionProtocols.
///
/// @param client the object.
/// @return bits: 0xC SSL 2, 0x30 SSL 3, 0xC0 TLS 1.0, 0x300 TLS 1.1, 0xC00 TLS 1.2, 0x3000 TLS 1.3 (0x3C00 unless set), or a status.
/// @see Aspose SmtpClient.SupportedEncryption
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetSupportedEncryption(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| Ok(handles::get(client)?.supported_encryption()))
}

/// Sets the versions of TLS that may be spoken. Those older than 1.2 are left out; where only such are named, 1.2 and 1.3 take their
/// place, and so for 0.
///
/// @param client the object.
/// @param protocols bits as of INetSmtpClient_GetSupportedEncryption.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE there is an unknown bit.
/// @see Aspose SmtpClient.SupportedEncryption
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetSupportedEncryption(
    client: *mut INetSmtpClient,
    protocols: i32,
) -> i32 {
    boundary::status(|| handles::get(client)?.set_supported_encryption(protocols))
}

/// Sets the versions of TLS that may be spoken, and nothing else: with one that is older than 1.2 among them no connection is made, and the
/// failure is INET_E_TLS_BACKEND.
///
/// @param client the object.
/// @param protocols bits as of INetSmtpClient_GetSupportedEncryption.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE there is an unknown bit.
/// @see Aspose SmtpClient.SetSupportedEncryptionUnsafe
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetSupportedEncryptionUnsafe(
    client: *mut INetSmtpClient,
    protocols: i32,
) -> i32 {
    boundary::status(|| handles::get(client)?.set_supported_encryption_unsafe(protocols))
}

/// What the client wants of TLS. It is live: what changes there is what the next connection goes by.
///
/// @param client the object.
/// @return a new reference, to be released with INetTlsSettings_Release; or NULL on failure.
/// @see SecureBlackbox TLSVersions
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetTlsSettings(
    client: *const INetSmtpClient,
) -> *mut INetTlsSettings {
    boundary::handle(|| Ok(Arc::new(handles::get(client)?.tls_settings())))
}

/// How keys of the client's certificate that live elsewhere are used. It is live.
///
/// @param client the object.
/// @return a new reference, to be released with INetExternalCrypto_Release; or NULL on failure.
/// @see SecureBlackbox ExternalCryptoMode
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetExternalCrypto(
    client: *const INetSmtpClient,
) -> *mut INetExternalCrypto {
    boundary::handle(|| Ok(Arc::new(handles::get(client)?.external_crypto())))
}

/// The certificates that are believed besides those of the system: those of CAs as roots, others for their own servers. It is live.
///
/// @param client the object.
/// @return a new reference, to be released with INetCertificateCollection_Release; or NULL on failure.
/// @see SecureBlackbox TrustedCertCount
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetTrustedCertificates(
    client: *const INetSmtpClient,
) -> *mut INetCertificateCollection {
    boundary::handle(|| Ok(handles::get(client)?.trusted_certificates()))
}

/// The certificates that are never believed, wherever in a chain they stand. It is live.
///
/// @param client the object.
/// @return a new reference, to be released with INetCertificateCollection_Release; or NULL on failure.
/// @see SecureBlackbox BlockedCertCount
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetBlockedCertificates(
    client: *const INetSmtpClient,
) -> *mut INetCertificateCollection {
    boundary::handle(|| Ok(handles::get(client)?.blocked_certificates()))
}

/// Certificates that may fill the gaps of a server's chain, and are not believed for that. It is live.
///
/// @param client the object.
/// @return a new reference, to be released with INetCertificateCollection_Release; or NULL on failure.
/// @see SecureBlackbox KnownCertCount
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetKnownCertificates(
    client: *const INetSmtpClient,
) -> *mut INetCertificateCollection {
    boundary::handle(|| Ok(handles::get(client)?.known_certificates()))
}

/// The certificate of the client, first and with its private key, and those of its issuers, for servers that want it. It is live.
///
/// @param client the object.
/// @return a new reference, to be released with INetCertificateCollection_Release; or NULL on failure.
/// @see SecureBlackbox ClientCertCount
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetClientChain(
    client: *const INetSmtpClient,
) -> *mut INetCertificateCollection {
    boundary::handle(|| Ok(handles::get(client)?.client_chain()))
}

/// The certificates that the server of the latest connection sent, its own first; empty where there was no TLS. It is read-only, and stays as it is.
///
/// @param client the object.
/// @return a new reference, to be released with INetCertificateCollection_Release; or NULL on failure.
/// @see SecureBlackbox ServerCertCount
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetServerChain(
    client: *const INetSmtpClient,
) -> *mut INetCertificateCollection {
    boundary::handle(|| Ok(handles::get(client)?.server_chain()))
}

/// Lists of revoked certificates that are looked into before any are fetched. It is live.
///
/// @param client the object.
/// @return a new reference, to be released with INetCrlCollection_Release; or NULL on failure.
/// @see SecureBlackbox KnownCRLCount
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetKnownCrls(
    client: *const INetSmtpClient,
) -> *mut INetCrlCollection {
    boundary::handle(|| Ok(handles::get(client)?.known_crls()))
}

/// OCSP responses that are looked at before anybody is asked. It is live.
///
/// @param client the object.
/// @return a new reference, to be released with INetOcspCollection_Release; or NULL on failure.
/// @see SecureBlackbox KnownOCSPCount
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetKnownOcsps(
    client: *const INetSmtpClient,
) -> *mut INetOcspCollection {
    boundary::handle(|| Ok(handles::get(client)?.known_ocsp_responses()))
}

/// The latest connection to a server, or the latest attempt at one: INetConnectionInfo_GetFailureStatus tells whether it failed, be it on the
/// way, in the handshake, at the greeting or at the login. It stays as it is when the connection ends.
///
/// @param client the object.
/// @return a new reference, to be released with INetConnectionInfo_Release; NULL where there is none, as none was tried yet,
///     and on failure.
/// @see SecureBlackbox ConnInfoSecureConnection
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetConnectionInfo(
    client: *const INetSmtpClient,
) -> *mut INetConnectionInfo {
    boundary::optional_handle(|| Ok(handles::get(client)?.connection_info()))
}

const MIXED: u32 = ways::IMPLICIT | ways::STARTTLS;

/// Milliseconds that a guess may take.
const DEFAULT_GREETING_TIMEOUT: i32 = 10_000;
