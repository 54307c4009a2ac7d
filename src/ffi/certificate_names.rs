//! INetCertificate: its names and URLs, each a list to go through by index.

use super::boundary;
use super::certificate::INetCertificate;
use super::handles;
use crate::model::item_of;
use std::ffi::c_char;

/// The kind of an alternative name: a mail address.
pub const INET_ALT_NAME_MAIL: i32 = 1;
/// The kind of an alternative name: a host, or all below a domain where it begins with an asterisk.
pub const INET_ALT_NAME_DNS: i32 = 2;
/// The kind of an alternative name: a distinguished name.
pub const INET_ALT_NAME_DIRECTORY: i32 = 4;
/// The kind of an alternative name: a URL.
pub const INET_ALT_NAME_URL: i32 = 6;
/// The kind of an alternative name: an IP address.
pub const INET_ALT_NAME_IP: i32 = 7;

/// The distinguished name of whom the certificate is about, as RFC 4514 writes it: the most particular part first. What is
/// no text stands there as a number sign and hexadecimal digits.
///
/// @param certificate the certificate.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
/// @see SecureBlackbox ServerCertSubjectRDN; RFC 4514
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCertificate_GetSubjectRDN(
    certificate: *const INetCertificate,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(handles::get(certificate)?.parts()?.subject_name()?.text)
        })
    }
}

/// How many attributes the name of whom the certificate is about has.
///
/// @param certificate the certificate.
/// @return the number, or a status.
/// @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
/// @see SecureBlackbox ServerCertSubjectRDN
#[unsafe(no_mangle)]
pub extern "C" fn INetCertificate_GetSubjectRDNCount(certificate: *const INetCertificate) -> i32 {
    boundary::value(|| {
        Ok(handles::get(certificate)?.parts()?.subject_name()?.attributes.len() as i32)
    })
}

/// The type of an attribute of the name of whom the certificate is about, in dots, such as 2.5.4.3 for a common name. They
/// stand in the order of the certificate.
///
/// @param certificate the certificate.
/// @param index 0 to the count less 1.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE the index is outside the list.
/// @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
/// @see SecureBlackbox ServerCertSubjectRDN
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCertificate_GetSubjectRDNOid(
    certificate: *const INetCertificate,
    index: i32,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(item_of(handles::get(certificate)?.parts()?.subject_name()?.attributes, index)?.oid)
        })
    }
}

/// The value of an attribute of the name of whom the certificate is about. What is no text is told as a number sign and
/// hexadecimal digits.
///
/// @param certificate the certificate.
/// @param index 0 to the count less 1.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE the index is outside the list.
/// @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
/// @see SecureBlackbox ServerCertSubjectRDN
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCertificate_GetSubjectRDNValue(
    certificate: *const INetCertificate,
    index: i32,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(item_of(handles::get(certificate)?.parts()?.subject_name()?.attributes, index)?
                .value)
        })
    }
}

/// The distinguished name of who issued it, as RFC 4514 writes it: the most particular part first. What is no text stands
/// there as a number sign and hexadecimal digits.
///
/// @param certificate the certificate.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
/// @see SecureBlackbox ServerCertIssuerRDN; RFC 4514
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCertificate_GetIssuerRDN(
    certificate: *const INetCertificate,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(handles::get(certificate)?.parts()?.issuer_name()?.text)
        })
    }
}

/// How many attributes the name of who issued it has.
///
/// @param certificate the certificate.
/// @return the number, or a status.
/// @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
/// @see SecureBlackbox ServerCertIssuerRDN
#[unsafe(no_mangle)]
pub extern "C" fn INetCertificate_GetIssuerRDNCount(certificate: *const INetCertificate) -> i32 {
    boundary::value(|| {
        Ok(handles::get(certificate)?.parts()?.issuer_name()?.attributes.len() as i32)
    })
}

/// The type of an attribute of the name of who issued it, in dots, such as 2.5.4.3 for a common name. They stand in the
/// order of the certificate.
///
/// @param certificate the certificate.
/// @param index 0 to the count less 1.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE the index is outside the list.
/// @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
/// @see SecureBlackbox ServerCertIssuerRDN
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCertificate_GetIssuerRDNOid(
    certificate: *const INetCertificate,
    index: i32,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(item_of(handles::get(certificate)?.parts()?.issuer_name()?.attributes, index)?.oid)
        })
    }
}

/// The value of an attribute of the name of who issued it. What is no text is told as a number sign and hexadecimal digits.
///
/// @param certificate the certificate.
/// @param index 0 to the count less 1.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE the index is outside the list.
/// @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
/// @see SecureBlackbox ServerCertIssuerRDN
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCertificate_GetIssuerRDNValue(
    certificate: *const INetCertificate,
    index: i32,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(item_of(handles::get(certificate)?.parts()?.issuer_name()?.attributes, index)?.value)
        })
    }
}

/// How many alternative names it has: those by which a server is known.
///
/// @param certificate the certificate.
/// @return the number, or a status.
/// @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
/// @see RFC 5280 section 4.2.1.6
#[unsafe(no_mangle)]
pub extern "C" fn INetCertificate_GetSubjectAltNameCount(
    certificate: *const INetCertificate,
) -> i32 {
    boundary::value(|| Ok(handles::get(certificate)?.parts()?.alt_names()?.len() as i32))
}

/// The kind of an alternative name.
///
/// @param certificate the certificate.
/// @param index 0 to the count less 1.
/// @return an INET_ALT_NAME_ number, or another of RFC 5280 (0 other, 3 X.400, 5 EDI, 8 registered id), or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE the index is outside the list.
/// @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
/// @see RFC 5280 section 4.2.1.6
#[unsafe(no_mangle)]
pub extern "C" fn INetCertificate_GetSubjectAltNameType(
    certificate: *const INetCertificate,
    index: i32,
) -> i32 {
    boundary::value(|| {
        Ok(i32::from(item_of(handles::get(certificate)?.parts()?.alt_names()?, index)?.kind))
    })
}

/// An alternative name as text. What has none is told as a number sign and hexadecimal digits.
///
/// @param certificate the certificate.
/// @param index 0 to the count less 1.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE the index is outside the list.
/// @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
/// @see RFC 5280 section 4.2.1.6
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCertificate_GetSubjectAltName(
    certificate: *const INetCertificate,
    index: i32,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(item_of(handles::get(certificate)?.parts()?.alt_names()?, index)?.value)
        })
    }
}

/// How many URLs of the OCSP responders that it names there are.
///
/// @param certificate the certificate.
/// @return the number, or a status.
/// @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
/// @see RFC 5280 section 4.2.2.1
#[unsafe(no_mangle)]
pub extern "C" fn INetCertificate_GetOcspUrlCount(certificate: *const INetCertificate) -> i32 {
    boundary::value(|| Ok(handles::get(certificate)?.parts()?.ocsp_urls()?.len() as i32))
}

/// A URL of the OCSP responders that it names.
///
/// @param certificate the certificate.
/// @param index 0 to the count less 1.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE the index is outside the list.
/// @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
/// @see RFC 5280 section 4.2.2.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCertificate_GetOcspUrl(
    certificate: *const INetCertificate,
    index: i32,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            item_of(handles::get(certificate)?.parts()?.ocsp_urls()?, index)
        })
    }
}

/// How many URLs of its issuer's certificate there are.
///
/// @param certificate the certificate.
/// @return the number, or a status.
/// @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
/// @see RFC 5280 section 4.2.2.1
#[unsafe(no_mangle)]
pub extern "C" fn INetCertificate_GetIssuerUrlCount(certificate: *const INetCertificate) -> i32 {
    boundary::value(|| Ok(handles::get(certificate)?.parts()?.issuer_urls()?.len() as i32))
}

/// A URL of its issuer's certificate.
///
/// @param certificate the certificate.
/// @param index 0 to the count less 1.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE the index is outside the list.
/// @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
/// @see RFC 5280 section 4.2.2.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCertificate_GetIssuerUrl(
    certificate: *const INetCertificate,
    index: i32,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            item_of(handles::get(certificate)?.parts()?.issuer_urls()?, index)
        })
    }
}

/// How many URLs of the lists of revoked certificates that it names there are.
///
/// @param certificate the certificate.
/// @return the number, or a status.
/// @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
/// @see RFC 5280 section 4.2.1.13
#[unsafe(no_mangle)]
pub extern "C" fn INetCertificate_GetCrlUrlCount(certificate: *const INetCertificate) -> i32 {
    boundary::value(|| Ok(handles::get(certificate)?.parts()?.crl_urls()?.len() as i32))
}

/// A URL of the lists of revoked certificates that it names.
///
/// @param certificate the certificate.
/// @param index 0 to the count less 1.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE the index is outside the list.
/// @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
/// @see RFC 5280 section 4.2.1.13
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCertificate_GetCrlUrl(
    certificate: *const INetCertificate,
    index: i32,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            item_of(handles::get(certificate)?.parts()?.crl_urls()?, index)
        })
    }
}
