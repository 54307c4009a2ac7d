//! INetCertificate: a certificate out of a file or of octets, with its private key where there is one.

use super::boundary;
use super::handles::{self, Opaque};
use super::text::{bytes_in, optional_text_in, text_in};
use crate::model::{Certificate, number};
use std::ffi::c_char;
use std::sync::Arc;

/// A certificate, which never changes. Two with the same octets are the same to collections. A private key that came with it is
/// used to log in with it and never handed out.
pub struct INetCertificate {
    _opaque: [u8; 0],
}

impl Opaque for INetCertificate {
    type Model = Certificate;
    const NAME: &'static str = "INetCertificate";
}

/// Reads a certificate, and its private key if there is one, from a file: PEM (with any text around it), DER or PKCS#12.
/// Keys may be PKCS#8, encrypted or not, PKCS#1 or SEC1. Of several certificates it is the one that the key belongs to, or
/// without a key the first; INetCertificateCollection_AddFile takes them all.
///
/// @param fileName path of the file, UTF-8.
/// @param password opens keys that are encrypted, and PKCS#12; UTF-8, read during the call; or NULL.
/// @return a new reference, to be released with INetCertificate_Release; or NULL on failure.
/// @error INET_E_FILE_NOT_FOUND there is no such file.
/// @error INET_E_CERTIFICATE_FILE there is no certificate, or a broken one.
/// @error INET_E_PASSWORD the password is wrong, or one is needed and there is none.
/// @error INET_E_PRIVATE_KEY the private key cannot be used, or is not the one of a certificate here.
/// @error INET_E_PKCS12 the PKCS#12 file is damaged, or made in a way that is not read.
/// @error INET_E_ASN1 what was given is nested too deeply.
/// @see SecureBlackbox TLSClientCert; RFC 7468; RFC 5958; RFC 7292
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCertificate_CreateFromFile(
    fileName: *const c_char,
    password: *const c_char,
) -> *mut INetCertificate {
    boundary::handle(|| {
        let path = unsafe { text_in(fileName, "fileName") }?;
        let password = unsafe { optional_text_in(password, "password") }?;
        Ok(Arc::new(Certificate::of_file(path, password)?))
    })
}

/// Reads a certificate from one file and its private key from another, as INetCertificate_CreateFromFile reads both from
/// one.
///
/// @param fileName path of the certificate's file, UTF-8. Private keys in it are passed over.
/// @param keyFileName path of the key's file, UTF-8.
/// @param password opens keys that are encrypted, and PKCS#12; UTF-8, read during the call; or NULL.
/// @return a new reference, to be released with INetCertificate_Release; or NULL on failure.
/// @error INET_E_FILE_NOT_FOUND there is no such file.
/// @error INET_E_CERTIFICATE_FILE there is no certificate, or a broken one.
/// @error INET_E_PASSWORD the password is wrong, or one is needed and there is none.
/// @error INET_E_PRIVATE_KEY the private key cannot be used, or is not the one of a certificate here.
/// @error INET_E_PKCS12 the PKCS#12 file is damaged, or made in a way that is not read.
/// @error INET_E_ASN1 what was given is nested too deeply.
/// @see libcurl CURLOPT_SSLCERT, CURLOPT_SSLKEY
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCertificate_CreateFromFileWithKey(
    fileName: *const c_char,
    keyFileName: *const c_char,
    password: *const c_char,
) -> *mut INetCertificate {
    boundary::handle(|| {
        let path = unsafe { text_in(fileName, "fileName") }?;
        let key_path = unsafe { text_in(keyFileName, "keyFileName") }?;
        let password = unsafe { optional_text_in(password, "password") }?;
        Ok(Arc::new(Certificate::of_files(path, key_path, password)?))
    })
}

/// Reads a certificate from octets as INetCertificate_CreateFromFile reads it from a file. For a certificate and a key that
/// are texts in PEM, put one behind the other.
///
/// @param data the octets; copied.
/// @param length how many there are.
/// @param password opens keys that are encrypted, and PKCS#12; UTF-8, read during the call; or NULL.
/// @return a new reference, to be released with INetCertificate_Release; or NULL on failure.
/// @error INET_E_CERTIFICATE_FILE there is no certificate, or a broken one.
/// @error INET_E_PASSWORD the password is wrong, or one is needed and there is none.
/// @error INET_E_PRIVATE_KEY the private key cannot be used, or is not the one of a certificate here.
/// @error INET_E_PKCS12 the PKCS#12 file is damaged, or made in a way that is not read.
/// @error INET_E_ASN1 what was given is nested too deeply.
/// @see SecureBlackbox TLSClientCertBytes
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCertificate_CreateFromBytes(
    data: *const u8,
    length: usize,
    password: *const c_char,
) -> *mut INetCertificate {
    boundary::handle(|| {
        let octets = unsafe { bytes_in(data, length, "data") }?;
        let password = unsafe { optional_text_in(password, "password") }?;
        Ok(Arc::new(Certificate::of_octets(octets, password)?))
    })
}

/// The certificate in DER.
///
/// @param certificate the certificate.
/// @param buffer receives as many octets as it has room for, without a NUL; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole in octets, or a status.
/// @see SecureBlackbox ServerCertBytes; RFC 5280 section 4.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCertificate_GetBytes(
    certificate: *const INetCertificate,
    buffer: *mut u8,
    capacity: usize,
) -> i64 {
    unsafe { boundary::octets(buffer, capacity, || Ok(handles::get(certificate)?.der().clone())) }
}

/// The certificate as text in PEM, without its key.
///
/// @param certificate the certificate.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see RFC 7468 section 5
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCertificate_ToPem(
    certificate: *const INetCertificate,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(certificate)?.pem())) }
}

/// Writes the certificate into a file in PEM, without its key. A file of that name is replaced.
///
/// @param certificate the certificate.
/// @param fileName path of the file, UTF-8.
/// @return 0, or a status.
/// @error INET_E_IO the file cannot be written.
/// @see inetmail
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCertificate_SaveToFile(
    certificate: *const INetCertificate,
    fileName: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(certificate)?.save_to_file(unsafe { text_in(fileName, "fileName") }?)
    })
}

/// Whether there is a private key with the certificate.
///
/// @param certificate the certificate.
/// @return 1 or 0, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetCertificate_HasPrivateKey(certificate: *const INetCertificate) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(certificate)?.private_key().is_some())))
}

/// A number that no other object has in this process. INetCertificateCollection_SetHandle finds the object by it, as long as
/// somebody holds it.
///
/// @param certificate the certificate.
/// @return the number, above 0, or a status.
/// @see SecureBlackbox ServerCertHandle
#[unsafe(no_mangle)]
pub extern "C" fn INetCertificate_GetHandle(certificate: *const INetCertificate) -> i64 {
    boundary::long_value(|| Ok(number(&handles::get(certificate)?)))
}

/// Takes one more reference to the object: each wants its own INetCertificate_Release.
///
/// @param certificate the object.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetCertificate.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetCertificate_AddRef(certificate: *mut INetCertificate) -> i32 {
    boundary::status(|| handles::add_ref(certificate))
}

/// Gives up one reference. The object lives on as long as the library or a call under way uses it.
///
/// @param certificate the object, or NULL, which is no failure.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetCertificate, or was released before.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetCertificate_Release(certificate: *mut INetCertificate) -> i32 {
    boundary::release(|| handles::release(certificate))
}
