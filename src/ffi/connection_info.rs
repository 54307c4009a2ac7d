//! INetConnectionInfo: what is to be known of a connection and its TLS.

use super::boundary;
use super::handles::{self, Opaque};
use crate::model::ConnectionInfo;
use std::ffi::c_char;

/// SecureBlackbox cvtValid.
pub const INET_CHAIN_VALID: i32 = 0;
/// SecureBlackbox cvtValidButUntrusted: all is well but for the root, which is not trusted.
pub const INET_CHAIN_VALID_BUT_UNTRUSTED: i32 = 1;
/// SecureBlackbox cvtInvalid: revoked, expired, forged, or for another.
pub const INET_CHAIN_INVALID: i32 = 2;
/// SecureBlackbox cvtCantBeEstablished: a certificate is missing, so that nothing can be said.
pub const INET_CHAIN_CANT_BE_ESTABLISHED: i32 = 3;

/// SecureBlackbox cvrBadData: a certificate cannot be read.
pub const INET_CHAIN_DETAIL_BAD_DATA: i32 = 0x0001;
/// SecureBlackbox cvrRevoked: a certificate was revoked.
pub const INET_CHAIN_DETAIL_REVOKED: i32 = 0x0002;
/// SecureBlackbox cvrNotYetValid: a certificate is not valid yet.
pub const INET_CHAIN_DETAIL_NOT_YET_VALID: i32 = 0x0004;
/// SecureBlackbox cvrExpired: a certificate is not valid any more.
pub const INET_CHAIN_DETAIL_EXPIRED: i32 = 0x0008;
/// SecureBlackbox cvrInvalidSignature: a signature is wrong.
pub const INET_CHAIN_DETAIL_INVALID_SIGNATURE: i32 = 0x0010;
/// SecureBlackbox cvrUnknownCA: an issuer is missing or not trusted.
pub const INET_CHAIN_DETAIL_UNKNOWN_CA: i32 = 0x0020;
/// SecureBlackbox cvrCAUnauthorized: an issuer may not issue that.
pub const INET_CHAIN_DETAIL_CA_UNAUTHORIZED: i32 = 0x0040;
/// SecureBlackbox cvrCRLNotVerified: a list of revoked certificates could not be had or believed.
pub const INET_CHAIN_DETAIL_CRL_NOT_VERIFIED: i32 = 0x0080;
/// SecureBlackbox cvrOCSPNotVerified: an OCSP response could not be had or believed.
pub const INET_CHAIN_DETAIL_OCSP_NOT_VERIFIED: i32 = 0x0100;
/// SecureBlackbox cvrIdentityMismatch: the certificate is for another name.
pub const INET_CHAIN_DETAIL_IDENTITY_MISMATCH: i32 = 0x0200;
/// SecureBlackbox cvrNoKeyUsage: the key is not for this use.
pub const INET_CHAIN_DETAIL_NO_KEY_USAGE: i32 = 0x0400;
/// SecureBlackbox cvrBlocked: a certificate is among the blocked ones.
pub const INET_CHAIN_DETAIL_BLOCKED: i32 = 0x0800;
/// SecureBlackbox cvrFailure: the judgement itself failed.
pub const INET_CHAIN_DETAIL_FAILURE: i32 = 0x1000;
/// SecureBlackbox cvrChainLoop: the issuers go round in a circle.
pub const INET_CHAIN_DETAIL_CHAIN_LOOP: i32 = 0x2000;
/// SecureBlackbox cvrWeakAlgorithm: an algorithm is too weak.
pub const INET_CHAIN_DETAIL_WEAK_ALGORITHM: i32 = 0x4000;
/// SecureBlackbox cvrUserEnforced: the host has decided.
pub const INET_CHAIN_DETAIL_USER_ENFORCED: i32 = 0x8000;

/// One connection as it is known: its addresses, its octets, and what its TLS came to, also where the handshake failed,
/// and where there was nobody to connect to: INetConnectionInfo_GetFailureStatus tells.
/// It stays when the connection is closed. What is not known, and all of TLS where there is none, is 0 or empty.
pub struct INetConnectionInfo {
    _opaque: [u8; 0],
}

impl Opaque for INetConnectionInfo {
    type Model = ConnectionInfo;
    const NAME: &'static str = "INetConnectionInfo";
}

/// What became of the server's chain of certificates. A connection in clear has none and answers 0 too:
/// INetConnectionInfo_GetSecureConnection tells.
///
/// @param info the object.
/// @return an INET_CHAIN_ number, or a status.
/// @see SecureBlackbox ConnInfoChainValidationResult
#[unsafe(no_mangle)]
pub extern "C" fn INetConnectionInfo_GetChainValidationResult(
    info: *const INetConnectionInfo,
) -> i32 {
    boundary::value(|| Ok(handles::get(info)?.chain_result()))
}

/// What was found in the server's chain of certificates. A valid chain may have details too: what was let pass.
///
/// @param info the object.
/// @return the sum of INET_CHAIN_DETAIL_ bits, or a status.
/// @see SecureBlackbox ConnInfoChainValidationDetails
#[unsafe(no_mangle)]
pub extern "C" fn INetConnectionInfo_GetChainValidationDetails(
    info: *const INetConnectionInfo,
) -> i32 {
    boundary::value(|| Ok(handles::get(info)?.chain_details() as i32))
}

/// How the server's chain of certificates was judged, a line for each step.
///
/// @param info the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see SecureBlackbox ConnInfoValidationLog
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetConnectionInfo_GetValidationLog(
    info: *const INetConnectionInfo,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || Ok(handles::get(info)?.validation_log().to_owned()))
    }
}

/// Whether the cipher authenticates what it encrypts.
///
/// @param info the object.
/// @return 1 or 0, or a status.
/// @see SecureBlackbox ConnInfoAEADCipher; RFC 5116
#[unsafe(no_mangle)]
pub extern "C" fn INetConnectionInfo_GetAEADCipher(info: *const INetConnectionInfo) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(info)?.of_tls(|tls| tls.suite.is_some()))))
}

/// The cipher suite by its name in the registry of IANA.
///
/// @param info the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see SecureBlackbox ConnInfoCiphersuite
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetConnectionInfo_GetCiphersuite(
    info: *const INetConnectionInfo,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(handles::get(info)?.of_tls(|tls| tls.suite.map_or("", |suite| suite.iana)))
        })
    }
}

/// Whether the client has shown its certificate and proven that it has the key.
///
/// @param info the object.
/// @return 1 or 0, or a status.
/// @see SecureBlackbox ConnInfoClientAuthenticated
#[unsafe(no_mangle)]
pub extern "C" fn INetConnectionInfo_GetClientAuthenticated(
    info: *const INetConnectionInfo,
) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(info)?.of_tls(|tls| tls.client_authenticated))))
}

/// Whether the server has asked for a certificate.
///
/// @param info the object.
/// @return 1 or 0, or a status.
/// @see SecureBlackbox ConnInfoClientAuthRequested
#[unsafe(no_mangle)]
pub extern "C" fn INetConnectionInfo_GetClientAuthRequested(
    info: *const INetConnectionInfo,
) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(info)?.of_tls(|tls| tls.wants_certificate))))
}

/// Whether the handshake of TLS came to its end and the certificate was accepted: 0 for a connection in clear, also where that was made.
///
/// @param info the object.
/// @return 1 or 0, or a status.
/// @see SecureBlackbox ConnInfoConnectionEstablished
#[unsafe(no_mangle)]
pub extern "C" fn INetConnectionInfo_GetConnectionEstablished(
    info: *const INetConnectionInfo,
) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(info)?.of_tls(|tls| tls.is_established))))
}

/// Octets that no other connection has.
///
/// @param info the object.
/// @param buffer receives the octets as far as they fit; or NULL to ask for their number.
/// @param capacity octets that buffer has room for.
/// @return how many octets there are, or a status.
/// @see SecureBlackbox ConnInfoConnectionID
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetConnectionInfo_GetConnectionId(
    info: *const INetConnectionInfo,
    buffer: *mut u8,
    capacity: usize,
) -> i64 {
    unsafe { boundary::octets(buffer, capacity, || Ok(handles::get(info)?.id)) }
}

/// The hash of the cipher suite: SHA256 or SHA384.
///
/// @param info the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see SecureBlackbox ConnInfoDigestAlgorithm
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetConnectionInfo_GetDigestAlgorithm(
    info: *const INetConnectionInfo,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(handles::get(info)?.of_tls(|tls| tls.suite.map_or("", |suite| suite.digest)))
        })
    }
}

/// The cipher: AES128, AES256 or ChaCha20.
///
/// @param info the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see SecureBlackbox ConnInfoEncryptionAlgorithm
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetConnectionInfo_GetEncryptionAlgorithm(
    info: *const INetConnectionInfo,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(handles::get(info)?.of_tls(|tls| tls.suite.map_or("", |suite| suite.encryption)))
        })
    }
}

/// Whether the cipher is one of those that were weakened for export. There are none here.
///
/// @param info the object.
/// @return 0, or a status.
/// @see SecureBlackbox ConnInfoExportable
#[unsafe(no_mangle)]
pub extern "C" fn INetConnectionInfo_GetExportable(info: *const INetConnectionInfo) -> i32 {
    boundary::value(|| Ok(handles::get(info)?.of_tls(|_| 0)))
}

/// How the keys were exchanged, and in TLS 1.2 how the server is known too: ECDHE, ECDHE_RSA or ECDHE_ECDSA.
///
/// @param info the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see SecureBlackbox ConnInfoKeyExchangeAlgorithm
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetConnectionInfo_GetKeyExchangeAlgorithm(
    info: *const INetConnectionInfo,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(handles::get(info)?.of_tls(|tls| tls.suite.map_or("", |suite| suite.key_exchange)))
        })
    }
}

/// How long the keys of the exchange are.
///
/// @param info the object.
/// @return bits; 0 where it is not known, as in a resumed session of TLS 1.2, or a status.
/// @see SecureBlackbox ConnInfoKeyExchangeKeyBits
#[unsafe(no_mangle)]
pub extern "C" fn INetConnectionInfo_GetKeyExchangeKeyBits(info: *const INetConnectionInfo) -> i32 {
    boundary::value(|| Ok(handles::get(info)?.group_bits()))
}

/// The curve of the exchange of keys, as INetConnectionInfo_GetKeyExchangeGroup has it.
///
/// @param info the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see SecureBlackbox ConnInfoNamedECCurve
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetConnectionInfo_GetNamedECCurve(
    info: *const INetConnectionInfo,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(info)?.group_name())) }
}

/// The group of the exchange of keys by its name in the registry of IANA; empty where it is not known, as in a resumed
/// session of TLS 1.2.
///
/// @param info the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see RFC 8446 section 4.2.7
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetConnectionInfo_GetKeyExchangeGroup(
    info: *const INetConnectionInfo,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(info)?.group_name())) }
}

/// Whether what was sent stays secret when the keys of both sides become known later.
///
/// @param info the object.
/// @return 1 or 0, or a status.
/// @see SecureBlackbox ConnInfoPFSCipher
#[unsafe(no_mangle)]
pub extern "C" fn INetConnectionInfo_GetPFSCipher(info: *const INetConnectionInfo) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(info)?.of_tls(|tls| tls.suite.is_some()))))
}

/// The server's hint which pre-shared key is meant. This build has no such keys, so that it is always empty.
///
/// @param info the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see SecureBlackbox ConnInfoPreSharedIdentityHint
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetConnectionInfo_GetPreSharedIdentityHint(
    info: *const INetConnectionInfo,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(info)?.of_tls(|_| ""))) }
}

/// How long the key of the server's certificate is.
///
/// @param info the object.
/// @return bits; 0 where it is not known, or a status.
/// @see SecureBlackbox ConnInfoPublicKeyBits
#[unsafe(no_mangle)]
pub extern "C" fn INetConnectionInfo_GetPublicKeyBits(info: *const INetConnectionInfo) -> i32 {
    boundary::value(|| Ok(handles::get(info)?.public_key_bits()))
}

/// Whether the connection has resumed the session of an earlier one.
///
/// @param info the object.
/// @return 1 or 0, or a status.
/// @see SecureBlackbox ConnInfoResumedSession
#[unsafe(no_mangle)]
pub extern "C" fn INetConnectionInfo_GetResumedSession(info: *const INetConnectionInfo) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(info)?.of_tls(|tls| tls.is_resumed))))
}

/// Whether the connection is one with TLS, whether its handshake succeeded or not.
///
/// @param info the object.
/// @return 1 or 0, or a status.
/// @see SecureBlackbox ConnInfoSecureConnection
#[unsafe(no_mangle)]
pub extern "C" fn INetConnectionInfo_GetSecureConnection(info: *const INetConnectionInfo) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(info)?.tls.is_some())))
}

/// Whether the server has proven to have the key of a certificate that was accepted.
///
/// @param info the object.
/// @return 1 or 0, or a status.
/// @see SecureBlackbox ConnInfoServerAuthenticated
#[unsafe(no_mangle)]
pub extern "C" fn INetConnectionInfo_GetServerAuthenticated(
    info: *const INetConnectionInfo,
) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(info)?.of_tls(|tls| tls.is_established))))
}

/// By what the server has signed the handshake, such as rsa_pss_rsae_sha256; of a resumed session what it was then.
///
/// @param info the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see SecureBlackbox ConnInfoSignatureAlgorithm; RFC 8446 section 4.2.3
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetConnectionInfo_GetSignatureAlgorithm(
    info: *const INetConnectionInfo,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(handles::get(info)?.of_tls(|tls| tls.signature.unwrap_or_default()))
        })
    }
}

/// How many octets the cipher makes at a time: 16 for AES, 64 for ChaCha20.
///
/// @param info the object.
/// @return octets, or a status.
/// @see SecureBlackbox ConnInfoSymmetricBlockSize
#[unsafe(no_mangle)]
pub extern "C" fn INetConnectionInfo_GetSymmetricBlockSize(info: *const INetConnectionInfo) -> i32 {
    boundary::value(|| {
        Ok(handles::get(info)?.of_tls(|tls| tls.suite.map_or(0, |suite| suite.block_octets)))
    })
}

/// How long the key of the cipher is.
///
/// @param info the object.
/// @return bits, or a status.
/// @see SecureBlackbox ConnInfoSymmetricKeyBits
#[unsafe(no_mangle)]
pub extern "C" fn INetConnectionInfo_GetSymmetricKeyBits(info: *const INetConnectionInfo) -> i32 {
    boundary::value(|| {
        Ok(handles::get(info)?.of_tls(|tls| tls.suite.map_or(0, |suite| suite.key_bits)))
    })
}

/// How many octets have come over the wire up to now, those of TLS itself included.
///
/// @param info the object.
/// @return octets, or a status.
/// @see SecureBlackbox ConnInfoTotalBytesReceived
#[unsafe(no_mangle)]
pub extern "C" fn INetConnectionInfo_GetTotalBytesReceived(info: *const INetConnectionInfo) -> i64 {
    boundary::long_value(|| Ok(as_long(handles::get(info)?.traffic.received())))
}

/// How many octets have gone over the wire up to now, those of TLS itself included.
///
/// @param info the object.
/// @return octets, or a status.
/// @see SecureBlackbox ConnInfoTotalBytesSent
#[unsafe(no_mangle)]
pub extern "C" fn INetConnectionInfo_GetTotalBytesSent(info: *const INetConnectionInfo) -> i64 {
    boundary::long_value(|| Ok(as_long(handles::get(info)?.traffic.sent())))
}

/// The version of TLS.
///
/// @param info the object.
/// @return an INET_TLS_VERSION_ bit; 0 where there is none yet, or a status.
/// @see SecureBlackbox ConnInfoVersion
#[unsafe(no_mangle)]
pub extern "C" fn INetConnectionInfo_GetVersion(info: *const INetConnectionInfo) -> i32 {
    boundary::value(|| Ok(handles::get(info)?.of_tls(|tls| tls.version as i32)))
}

/// The protocol that both sides agreed on beforehand; empty where they did not.
///
/// @param info the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see RFC 7301
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetConnectionInfo_GetAlpn(
    info: *const INetConnectionInfo,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(handles::get(info)?.of_tls(|tls| String::from_utf8_lossy(&tls.alpn).into_owned()))
        })
    }
}

/// Whether the server wanted another key share than the one that was sent unasked, which costs a round trip.
///
/// @param info the object.
/// @return 1 or 0, or a status.
/// @see RFC 8446 section 4.1.4
#[unsafe(no_mangle)]
pub extern "C" fn INetConnectionInfo_GetHelloRetried(info: *const INetConnectionInfo) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(info)?.of_tls(|tls| tls.was_retried))))
}

/// Whether the server has said in TLS that nothing more follows (close_notify), as it should behind QUIT.
///
/// @param info the object.
/// @return 1 or 0, or a status.
/// @see RFC 8446 section 6.1, SecureBlackbox cssloExpectShutdownMessage
#[unsafe(no_mangle)]
pub extern "C" fn INetConnectionInfo_GetShutdownMessageReceived(
    info: *const INetConnectionInfo,
) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(info)?.traffic.was_ended())))
}

/// Whether the server has sent an OCSP response with its certificate.
///
/// @param info the object.
/// @return 1 or 0, or a status.
/// @see RFC 6066 section 8
#[unsafe(no_mangle)]
pub extern "C" fn INetConnectionInfo_GetOcspStapled(info: *const INetConnectionInfo) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(info)?.of_tls(|tls| tls.is_stapled))))
}

/// Whether the server has compressed its certificates.
///
/// @param info the object.
/// @return 1 or 0, or a status.
/// @see RFC 8879
#[unsafe(no_mangle)]
pub extern "C" fn INetConnectionInfo_GetCertificateCompressed(
    info: *const INetConnectionInfo,
) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(info)?.of_tls(|tls| tls.is_compressed))))
}

/// How long the handshake took.
///
/// @param info the object.
/// @return microseconds, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetConnectionInfo_GetHandshakeTime(info: *const INetConnectionInfo) -> i64 {
    boundary::long_value(|| Ok(handles::get(info)?.handshake_microseconds()))
}

/// Address and port of this side, as 192.0.2.1:50000 or [2001:db8::1]:50000; empty where they are not known.
///
/// @param info the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetConnectionInfo_GetLocalAddress(
    info: *const INetConnectionInfo,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(handles::get(info)?.local.map(|address| address.to_string()).unwrap_or_default())
        })
    }
}

/// Address and port of the server, as 192.0.2.1:465 or [2001:db8::1]:465; of the proxy where one lies between. Of an attempt
/// that did not reach it, the first address that was tried; empty where none was known.
///
/// @param info the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetConnectionInfo_GetRemoteAddress(
    info: *const INetConnectionInfo,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            let info = handles::get(info)?;
            Ok(info.remote.as_ref().map(|remote| remote.to_string()).unwrap_or_default())
        })
    }
}

/// Takes one more reference to the object: each wants its own INetConnectionInfo_Release.
///
/// @param info the object.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetConnectionInfo.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetConnectionInfo_AddRef(info: *mut INetConnectionInfo) -> i32 {
    boundary::status(|| handles::add_ref(info))
}

/// Gives up one reference. The object lives on as long as the library or a call under way uses it.
///
/// @param info the object, or NULL, which is no failure.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetConnectionInfo, or was released before.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetConnectionInfo_Release(info: *mut INetConnectionInfo) -> i32 {
    boundary::release(|| handles::release(info))
}

/// No connection lasts so long that it matters.
fn as_long(octets: u64) -> i64 {
    i64::try_from(octets).unwrap_or(i64::MAX)
}
