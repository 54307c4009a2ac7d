//! INetCertificateCollection: certificates as a list.

use super::boundary;
use super::certificate::INetCertificate;
use super::handles::{self, Opaque};
use super::text::{bytes_in, optional_text_in, text_in};
use crate::model::{Certificate, Store};
use std::ffi::c_char;
use std::sync::Arc;

/// Certificates, changed in place. Indexes count from 0. One that belongs to a client is live: what changes here is what the next
/// connection goes by. One that shows what a server has sent is read-only.
pub struct INetCertificateCollection {
    _opaque: [u8; 0],
}

impl Opaque for INetCertificateCollection {
    type Model = Store<Certificate>;
    const NAME: &'static str = "INetCertificateCollection";
}

/// Makes an empty collection.
///
/// @return a new reference, to be released with INetCertificateCollection_Release; or NULL on failure.
/// @see SecureBlackbox TrustedCertCount
#[unsafe(no_mangle)]
pub extern "C" fn INetCertificateCollection_Create() -> *mut INetCertificateCollection {
    boundary::handle(|| Ok(Arc::default()))
}

/// Adds at the end.
///
/// @param collection the collection.
/// @param certificate what to add; the collection takes a reference of its own.
/// @return 0, or a status.
/// @error INET_E_READ_ONLY the collection is read-only.
/// @see SecureBlackbox TrustedCertHandle
#[unsafe(no_mangle)]
pub extern "C" fn INetCertificateCollection_Add(
    collection: *mut INetCertificateCollection,
    certificate: *mut INetCertificate,
) -> i32 {
    boundary::status(|| handles::get(collection)?.add(handles::get(certificate)?))
}

/// Adds all certificates of a file, in PEM, DER or PKCS#12, or on a failure none. If there is a private key, the certificate
/// that it belongs to comes first, with it; the others follow in the order of the file.
///
/// @param collection the collection.
/// @param fileName path of the file, UTF-8.
/// @param password opens keys that are encrypted, and PKCS#12; UTF-8, read during the call; or NULL.
/// @return 0, or a status.
/// @error INET_E_FILE_NOT_FOUND there is no such file.
/// @error INET_E_CERTIFICATE_FILE there is no certificate, or a broken one.
/// @error INET_E_PASSWORD the password is wrong, or one is needed and there is none.
/// @error INET_E_PRIVATE_KEY the private key cannot be used, or is not the one of a certificate here.
/// @error INET_E_PKCS12 the PKCS#12 file is damaged, or made in a way that is not read.
/// @error INET_E_ASN1 what was given is nested too deeply.
/// @error INET_E_READ_ONLY the collection is read-only.
/// @see SecureBlackbox TrustedCertBytes
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCertificateCollection_AddFile(
    collection: *mut INetCertificateCollection,
    fileName: *const c_char,
    password: *const c_char,
) -> i32 {
    boundary::status(|| {
        let path = unsafe { text_in(fileName, "fileName") }?;
        let password = unsafe { optional_text_in(password, "password") }?;
        handles::get(collection)?.add_file(path, password)
    })
}

/// Adds all certificates of one file, with the private key of another: what certbot calls fullchain.pem and privkey.pem. The
/// certificate that the key belongs to comes first, with it; the others follow in the order of their file. On a failure none is added.
///
/// @param collection the collection.
/// @param fileName path of the certificates' file, UTF-8. Private keys in it are passed over.
/// @param keyFileName path of the key's file, UTF-8.
/// @param password opens keys that are encrypted, and PKCS#12; UTF-8, read during the call; or NULL.
/// @return 0, or a status.
/// @error INET_E_FILE_NOT_FOUND there is no such file.
/// @error INET_E_CERTIFICATE_FILE there is no certificate, or a broken one.
/// @error INET_E_PASSWORD the password is wrong, or one is needed and there is none.
/// @error INET_E_PRIVATE_KEY there is no private key, it cannot be used, or it is not the one of a certificate here.
/// @error INET_E_PKCS12 the PKCS#12 file is damaged, or made in a way that is not read.
/// @error INET_E_ASN1 what was given is nested too deeply.
/// @error INET_E_READ_ONLY the collection is read-only.
/// @see libcurl CURLOPT_SSLCERT, CURLOPT_SSLKEY
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCertificateCollection_AddFileWithKey(
    collection: *mut INetCertificateCollection,
    fileName: *const c_char,
    keyFileName: *const c_char,
    password: *const c_char,
) -> i32 {
    boundary::status(|| {
        let path = unsafe { text_in(fileName, "fileName") }?;
        let key_path = unsafe { text_in(keyFileName, "keyFileName") }?;
        let password = unsafe { optional_text_in(password, "password") }?;
        handles::get(collection)?.add_files(path, key_path, password)
    })
}

/// Adds from octets what INetCertificateCollection_AddFile adds from a file.
///
/// @param collection the collection.
/// @param data the octets; copied.
/// @param length how many there are.
/// @param password opens keys that are encrypted, and PKCS#12; UTF-8, read during the call; or NULL.
/// @return 0, or a status.
/// @error INET_E_CERTIFICATE_FILE there is no certificate, or a broken one.
/// @error INET_E_PASSWORD the password is wrong, or one is needed and there is none.
/// @error INET_E_PRIVATE_KEY the private key cannot be used, or is not the one of a certificate here.
/// @error INET_E_PKCS12 the PKCS#12 file is damaged, or made in a way that is not read.
/// @error INET_E_ASN1 what was given is nested too deeply.
/// @error INET_E_READ_ONLY the collection is read-only.
/// @see SecureBlackbox TrustedCertBytes
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCertificateCollection_AddBytes(
    collection: *mut INetCertificateCollection,
    data: *const u8,
    length: usize,
    password: *const c_char,
) -> i32 {
    boundary::status(|| {
        let octets = unsafe { bytes_in(data, length, "data") }?;
        let password = unsafe { optional_text_in(password, "password") }?;
        handles::get(collection)?.add_octets(octets, password)
    })
}

/// Removes the first that has the same octets.
///
/// @param collection the collection.
/// @param certificate what to remove.
/// @return 1 if there was one, else 0, or a status.
/// @error INET_E_READ_ONLY the collection is read-only.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetCertificateCollection_Remove(
    collection: *mut INetCertificateCollection,
    certificate: *const INetCertificate,
) -> i32 {
    boundary::value(|| {
        let removed = handles::get(collection)?.remove(&*handles::get(certificate)?)?;
        Ok(i32::from(removed))
    })
}

/// Removes what stands at an index.
///
/// @param collection the collection.
/// @param index 0 to the count less 1.
/// @return 0, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
/// @error INET_E_READ_ONLY the collection is read-only.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetCertificateCollection_RemoveAt(
    collection: *mut INetCertificateCollection,
    index: i32,
) -> i32 {
    boundary::status(|| handles::get(collection)?.remove_at(index))
}

/// Removes all.
///
/// @param collection the collection.
/// @return 0, or a status.
/// @error INET_E_READ_ONLY the collection is read-only.
/// @see SecureBlackbox TrustedCertCount
#[unsafe(no_mangle)]
pub extern "C" fn INetCertificateCollection_Clear(
    collection: *mut INetCertificateCollection,
) -> i32 {
    boundary::status(|| handles::get(collection)?.clear())
}

/// Whether there is one with the same octets.
///
/// @param collection the collection.
/// @param certificate what to look for.
/// @return 1 or 0, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetCertificateCollection_Contains(
    collection: *const INetCertificateCollection,
    certificate: *const INetCertificate,
) -> i32 {
    boundary::value(|| {
        let place = handles::get(collection)?.index_of(&*handles::get(certificate)?);
        Ok(i32::from(place.is_some()))
    })
}

/// The index of the first that has the same octets.
///
/// @param collection the collection.
/// @param certificate what to look for.
/// @return the index, -1 where there is none, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetCertificateCollection_IndexOf(
    collection: *const INetCertificateCollection,
    certificate: *const INetCertificate,
) -> i32 {
    boundary::value(|| {
        let place = handles::get(collection)?.index_of(&*handles::get(certificate)?);
        Ok(place.map_or(-1, |place| place as i32))
    })
}

/// How many certificates there are.
///
/// @param collection the collection.
/// @return the number, or a status.
/// @see SecureBlackbox TrustedCertCount
#[unsafe(no_mangle)]
pub extern "C" fn INetCertificateCollection_GetCount(
    collection: *const INetCertificateCollection,
) -> i32 {
    boundary::value(|| Ok(handles::get(collection)?.count() as i32))
}

/// Removes what stands at an index of the count and above. More than there are cannot be asked for:
/// INetCertificateCollection_SetHandle at the index of the count adds.
///
/// @param collection the collection.
/// @param count 0 to the count.
/// @return 0, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE there are not so many.
/// @error INET_E_READ_ONLY the collection is read-only.
/// @see SecureBlackbox TrustedCertCount
#[unsafe(no_mangle)]
pub extern "C" fn INetCertificateCollection_SetCount(
    collection: *mut INetCertificateCollection,
    count: i32,
) -> i32 {
    boundary::status(|| handles::get(collection)?.truncate(count))
}

/// What stands at an index.
///
/// @param collection the collection.
/// @param index 0 to the count less 1.
/// @return a new reference, to be released with INetCertificate_Release; or NULL on failure.
/// @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetCertificateCollection_GetItem(
    collection: *const INetCertificateCollection,
    index: i32,
) -> *mut INetCertificate {
    boundary::handle(|| handles::get(collection)?.item(index))
}

/// The certificate at an index in DER.
///
/// @param collection the collection.
/// @param index 0 to the count less 1.
/// @param buffer receives as many octets as it has room for, without a NUL; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole in octets, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
/// @see SecureBlackbox TrustedCertBytes
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCertificateCollection_GetBytes(
    collection: *const INetCertificateCollection,
    index: i32,
    buffer: *mut u8,
    capacity: usize,
) -> i64 {
    unsafe { boundary::octets(buffer, capacity, || handles::get(collection)?.octets(index)) }
}

/// The number of the certificate at an index, which no other object has in this process.
///
/// @param collection the collection.
/// @param index 0 to the count less 1.
/// @return the number, above 0, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
/// @see SecureBlackbox TrustedCertHandle
#[unsafe(no_mangle)]
pub extern "C" fn INetCertificateCollection_GetHandle(
    collection: *const INetCertificateCollection,
    index: i32,
) -> i64 {
    boundary::long_value(|| handles::get(collection)?.number(index))
}

/// Puts the certificate of a number in the place of what stands at an index. At the index of the count it is added.
///
/// @param collection the collection.
/// @param index 0 to the count.
/// @param handle what INetCertificateCollection_GetHandle or INetCertificate_GetHandle of any collection has told; who
///     told it still holds the object.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT there is no such object any more.
/// @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
/// @error INET_E_READ_ONLY the collection is read-only.
/// @see SecureBlackbox TrustedCertHandle
#[unsafe(no_mangle)]
pub extern "C" fn INetCertificateCollection_SetHandle(
    collection: *mut INetCertificateCollection,
    index: i32,
    handle: i64,
) -> i32 {
    boundary::status(|| handles::get(collection)?.put(index, handle))
}

/// Takes one more reference to the object: each wants its own INetCertificateCollection_Release.
///
/// @param collection the object.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetCertificateCollection.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetCertificateCollection_AddRef(
    collection: *mut INetCertificateCollection,
) -> i32 {
    boundary::status(|| handles::add_ref(collection))
}

/// Gives up one reference. The object lives on as long as the library or a call under way uses it.
///
/// @param collection the object, or NULL, which is no failure.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetCertificateCollection, or was released before.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetCertificateCollection_Release(
    collection: *mut INetCertificateCollection,
) -> i32 {
    boundary::release(|| handles::release(collection))
}
