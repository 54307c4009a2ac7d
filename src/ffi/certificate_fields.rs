//! INetCertificate: what a certificate says of itself. A field that cannot be read has a status; the others are not touched by it.

use super::certificate::INetCertificate;
use super::handles;
use super::{boundary, text::optional_text_in};
use crate::model::{fingerprint, hex, iso_8601};
use std::ffi::c_char;

/// The certificate may sign.
pub const INET_KEY_USAGE_DIGITAL_SIGNATURE: i32 = 0x1;
/// It may sign what cannot be denied later.
pub const INET_KEY_USAGE_NON_REPUDIATION: i32 = 0x2;
/// It may encrypt keys.
pub const INET_KEY_USAGE_KEY_ENCIPHERMENT: i32 = 0x4;
/// It may encrypt data.
pub const INET_KEY_USAGE_DATA_ENCIPHERMENT: i32 = 0x8;
/// It may agree on keys.
pub const INET_KEY_USAGE_KEY_AGREEMENT: i32 = 0x10;
/// It may sign certificates.
pub const INET_KEY_USAGE_KEY_CERT_SIGN: i32 = 0x20;
/// It may sign lists of revoked certificates.
pub const INET_KEY_USAGE_CRL_SIGN: i32 = 0x40;
/// When it agrees on keys, only to encrypt.
pub const INET_KEY_USAGE_ENCIPHER_ONLY: i32 = 0x80;
/// When it agrees on keys, only to decrypt.
pub const INET_KEY_USAGE_DECIPHER_ONLY: i32 = 0x100;
/// Extended: a TLS server's.
pub const INET_KEY_USAGE_SERVER_AUTHENTICATION: i32 = 0x200;
/// Extended: a TLS client's.
pub const INET_KEY_USAGE_CLIENT_AUTHENTICATION: i32 = 0x400;
/// Extended: it may sign programs.
pub const INET_KEY_USAGE_CODE_SIGNING: i32 = 0x800;
/// Extended: it protects mail.
pub const INET_KEY_USAGE_EMAIL_PROTECTION: i32 = 0x1000;
/// Extended: it may stamp the time.
pub const INET_KEY_USAGE_TIME_STAMPING: i32 = 0x2000;
/// Extended: it may sign OCSP responses.
pub const INET_KEY_USAGE_OCSP_SIGNING: i32 = 0x4000;
/// Extended: a smart card's, to log in to Windows.
pub const INET_KEY_USAGE_SMART_CARD_LOGON: i32 = 0x8000;
/// Extended: a Kerberos client's.
pub const INET_KEY_USAGE_KEY_PURPOSE_CLIENT_AUTH: i32 = 0x10000;
/// Extended: a Kerberos server's.
pub const INET_KEY_USAGE_KEY_PURPOSE_KDC: i32 = 0x20000;

/// The common name of whom the certificate is about: the last, if there are several; empty where there is none.
///
/// @param certificate the certificate.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
/// @see SecureBlackbox ServerCertSubject
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCertificate_GetSubject(
    certificate: *const INetCertificate,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(handles::get(certificate)?.parts()?.subject_name()?.common_name().to_owned())
        })
    }
}

/// The common name of who issued it; empty where there is none.
///
/// @param certificate the certificate.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
/// @see SecureBlackbox ServerCertIssuer
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCertificate_GetIssuer(
    certificate: *const INetCertificate,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(handles::get(certificate)?.parts()?.issuer_name()?.common_name().to_owned())
        })
    }
}

/// The serial number, as the octets that the certificate has: the high one first, a zero in front where the high bit would
/// make it negative.
///
/// @param certificate the certificate.
/// @param buffer receives as many octets as it has room for, without a NUL; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole in octets, or a status.
/// @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
/// @see SecureBlackbox ServerCertSerialNumber; RFC 5280 section 4.1.2.2
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCertificate_GetSerialNumber(
    certificate: *const INetCertificate,
    buffer: *mut u8,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::octets(buffer, capacity, || {
            Ok(handles::get(certificate)?.parts()?.serial_number()?.to_vec())
        })
    }
}

/// The first moment at which it is valid, in UTC as ISO 8601 writes it, such as 2026-11-21T09:30:00Z.
///
/// @param certificate the certificate.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
/// @see SecureBlackbox ServerCertValidFrom; RFC 5280 section 4.1.2.5
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCertificate_GetValidFrom(
    certificate: *const INetCertificate,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(iso_8601(handles::get(certificate)?.parts()?.valid_from()?))
        })
    }
}

/// The first moment at which it is valid.
///
/// @param certificate the certificate.
/// @return the seconds since 1970-01-01T00:00:00Z, or a status.
/// @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
/// @see SecureBlackbox ServerCertValidFrom
#[unsafe(no_mangle)]
pub extern "C" fn INetCertificate_GetValidFromSeconds(certificate: *const INetCertificate) -> i64 {
    boundary::long_value(|| handles::get(certificate)?.parts()?.valid_from())
}

/// The last moment at which it is valid, in UTC as ISO 8601 writes it.
///
/// @param certificate the certificate.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
/// @see SecureBlackbox ServerCertValidTo; RFC 5280 section 4.1.2.5
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCertificate_GetValidTo(
    certificate: *const INetCertificate,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(iso_8601(handles::get(certificate)?.parts()?.valid_to()?))
        })
    }
}

/// The last moment at which it is valid.
///
/// @param certificate the certificate.
/// @return the seconds since 1970-01-01T00:00:00Z, or a status.
/// @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
/// @see SecureBlackbox ServerCertValidTo
#[unsafe(no_mangle)]
pub extern "C" fn INetCertificate_GetValidToSeconds(certificate: *const INetCertificate) -> i64 {
    boundary::long_value(|| handles::get(certificate)?.parts()?.valid_to())
}

/// The fingerprint of the whole certificate in hexadecimal digits.
///
/// @param certificate the certificate.
/// @param algorithm SHA1, SHA256, SHA384 or SHA512; or NULL for SHA256.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @error INET_E_ARGUMENT there is no such algorithm.
/// @see SecureBlackbox ServerCertFingerprint
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCertificate_GetFingerprint(
    certificate: *const INetCertificate,
    algorithm: *const c_char,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            let algorithm = optional_text_in(algorithm, "algorithm")?.unwrap_or("SHA256");
            fingerprint(handles::get(certificate)?.der(), algorithm)
        })
    }
}

/// The fingerprint of the public key, as INetCertificate_GetPublicKeyBytes gives it, in hexadecimal digits: what pins of
/// keys are made of.
///
/// @param certificate the certificate.
/// @param algorithm SHA1, SHA256, SHA384 or SHA512; or NULL for SHA256.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @error INET_E_ARGUMENT there is no such algorithm.
/// @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
/// @see SecureBlackbox ServerCertKeyFingerprint; RFC 7469 section 2.4
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCertificate_GetKeyFingerprint(
    certificate: *const INetCertificate,
    algorithm: *const c_char,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            let algorithm = optional_text_in(algorithm, "algorithm")?.unwrap_or("SHA256");
            fingerprint(handles::get(certificate)?.parts()?.public_key, algorithm)
        })
    }
}

/// The public key in DER, with its algorithm (SubjectPublicKeyInfo).
///
/// @param certificate the certificate.
/// @param buffer receives as many octets as it has room for, without a NUL; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole in octets, or a status.
/// @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
/// @see SecureBlackbox ServerCertPublicKeyBytes; RFC 5280 section 4.1.2.7
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCertificate_GetPublicKeyBytes(
    certificate: *const INetCertificate,
    buffer: *mut u8,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::octets(buffer, capacity, || {
            Ok(handles::get(certificate)?.parts()?.public_key.to_vec())
        })
    }
}

/// The algorithm of the public key by its standard's name, such as rsaEncryption, id-ecPublicKey or id-Ed25519; its
/// identifier in dots where the name is not known.
///
/// @param certificate the certificate.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
/// @see SecureBlackbox ServerCertKeyAlgorithm; RFC 3279; RFC 8410
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCertificate_GetKeyAlgorithm(
    certificate: *const INetCertificate,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || handles::get(certificate)?.parts()?.key_algorithm())
    }
}

/// The length of the public key: of RSA the modulus, on a curve its size.
///
/// @param certificate the certificate.
/// @return the bits, or a status.
/// @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
/// @see SecureBlackbox ServerCertKeyBits
#[unsafe(no_mangle)]
pub extern "C" fn INetCertificate_GetKeyBits(certificate: *const INetCertificate) -> i32 {
    boundary::value(|| Ok(handles::get(certificate)?.parts()?.key_bits()? as i32))
}

/// The algorithm with which it was signed by its standard's name, such as sha256WithRSAEncryption or ecdsa-with-SHA384; its
/// identifier in dots where the name is not known.
///
/// @param certificate the certificate.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
/// @see SecureBlackbox ServerCertSigAlgorithm; RFC 4055; RFC 5758
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCertificate_GetSigAlgorithm(
    certificate: *const INetCertificate,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            handles::get(certificate)?.parts()?.signature_algorithm()
        })
    }
}

/// What the key is for: the bits of the key usage, and of the known extended ones. Without either extension it is 0, which
/// forbids nothing.
///
/// @param certificate the certificate.
/// @return INET_KEY_USAGE_ numbers added up, or a status.
/// @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
/// @see SecureBlackbox ServerCertKeyUsage; RFC 5280 sections 4.2.1.3, 4.2.1.12
#[unsafe(no_mangle)]
pub extern "C" fn INetCertificate_GetKeyUsage(certificate: *const INetCertificate) -> i32 {
    boundary::value(|| Ok(handles::get(certificate)?.parts()?.key_usage()? as i32))
}

/// Whether it is signed with its own key. Where the algorithm is one that cannot be verified here, names and key identifiers
/// tell.
///
/// @param certificate the certificate.
/// @return 1 or 0, or a status.
/// @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
/// @see SecureBlackbox ServerCertSelfSigned
#[unsafe(no_mangle)]
pub extern "C" fn INetCertificate_GetSelfSigned(certificate: *const INetCertificate) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(certificate)?.parts()?.is_self_signed()?)))
}

/// Whether it is one of an authority, as its basic constraints have it.
///
/// @param certificate the certificate.
/// @return 1 or 0, or a status.
/// @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
/// @see RFC 5280 section 4.2.1.9
#[unsafe(no_mangle)]
pub extern "C" fn INetCertificate_GetIsCA(certificate: *const INetCertificate) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(certificate)?.parts()?.is_ca()?)))
}

/// The identifier of the issuer's key in hexadecimal digits; empty where there is none.
///
/// @param certificate the certificate.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
/// @see SecureBlackbox ServerCertCAKeyID; RFC 5280 section 4.2.1.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCertificate_GetCAKeyId(
    certificate: *const INetCertificate,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(hex(&handles::get(certificate)?.parts()?.authority_key_id()?))
        })
    }
}

/// The identifier of its own key in hexadecimal digits; empty where there is none.
///
/// @param certificate the certificate.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
/// @see SecureBlackbox ServerCertSubjectKeyID; RFC 5280 section 4.2.1.2
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCertificate_GetSubjectKeyId(
    certificate: *const INetCertificate,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(hex(&handles::get(certificate)?.parts()?.subject_key_id()?))
        })
    }
}
