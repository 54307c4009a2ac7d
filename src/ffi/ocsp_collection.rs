//! INetOcspCollection: OCSP responses as a list.

use super::boundary;
use super::handles::{self, Opaque};
use super::text::{bytes_in, text_in};
use crate::model::{OcspResponse, Store};
use std::ffi::c_char;
use std::sync::Arc;

/// OCSP responses, changed in place. Indexes count from 0. One that belongs to a client is live: what changes here is what the next
/// connection goes by.
pub struct INetOcspCollection {
    _opaque: [u8; 0],
}

impl Opaque for INetOcspCollection {
    type Model = Store<OcspResponse>;
    const NAME: &'static str = "INetOcspCollection";
}

/// Makes an empty collection.
///
/// @return a new reference, to be released with INetOcspCollection_Release; or NULL on failure.
/// @see SecureBlackbox KnownOCSPCount
#[unsafe(no_mangle)]
pub extern "C" fn INetOcspCollection_Create() -> *mut INetOcspCollection {
    boundary::handle(|| Ok(Arc::default()))
}

/// Adds the OCSP response of a file, in DER.
///
/// @param collection the collection.
/// @param fileName path of the file, UTF-8.
/// @return 0, or a status.
/// @error INET_E_FILE_NOT_FOUND there is no such file.
/// @error INET_E_REVOCATION_DATA the octets are nothing of the kind, or cannot be used.
/// @error INET_E_ASN1 they are nested too deeply.
/// @error INET_E_READ_ONLY the collection is read-only.
/// @see SecureBlackbox KnownOCSPBytes
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetOcspCollection_AddFile(
    collection: *mut INetOcspCollection,
    fileName: *const c_char,
) -> i32 {
    boundary::status(|| {
        let path = unsafe { text_in(fileName, "fileName") }?;

        handles::get(collection)?.add_file(path, None)
    })
}

/// Adds from octets what INetOcspCollection_AddFile adds from a file.
///
/// @param collection the collection.
/// @param data the octets; copied.
/// @param length how many there are.
/// @return 0, or a status.
/// @error INET_E_REVOCATION_DATA the octets are nothing of the kind, or cannot be used.
/// @error INET_E_ASN1 they are nested too deeply.
/// @error INET_E_READ_ONLY the collection is read-only.
/// @see SecureBlackbox KnownOCSPBytes
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetOcspCollection_AddBytes(
    collection: *mut INetOcspCollection,
    data: *const u8,
    length: usize,
) -> i32 {
    boundary::status(|| {
        let octets = unsafe { bytes_in(data, length, "data") }?;

        handles::get(collection)?.add_octets(octets, None)
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
pub extern "C" fn INetOcspCollection_RemoveAt(
    collection: *mut INetOcspCollection,
    index: i32,
) -> i32 {
    boundary::status(|| handles::get(collection)?.remove_at(index))
}

/// Removes all.
///
/// @param collection the collection.
/// @return 0, or a status.
/// @error INET_E_READ_ONLY the collection is read-only.
/// @see SecureBlackbox KnownOCSPCount
#[unsafe(no_mangle)]
pub extern "C" fn INetOcspCollection_Clear(collection: *mut INetOcspCollection) -> i32 {
    boundary::status(|| handles::get(collection)?.clear())
}

/// How many responses there are.
///
/// @param collection the collection.
/// @return the number, or a status.
/// @see SecureBlackbox KnownOCSPCount
#[unsafe(no_mangle)]
pub extern "C" fn INetOcspCollection_GetCount(collection: *const INetOcspCollection) -> i32 {
    boundary::value(|| Ok(handles::get(collection)?.count() as i32))
}

/// Removes what stands at an index of the count and above. More than there are cannot be asked for:
/// INetOcspCollection_SetHandle at the index of the count adds.
///
/// @param collection the collection.
/// @param count 0 to the count.
/// @return 0, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE there are not so many.
/// @error INET_E_READ_ONLY the collection is read-only.
/// @see SecureBlackbox KnownOCSPCount
#[unsafe(no_mangle)]
pub extern "C" fn INetOcspCollection_SetCount(
    collection: *mut INetOcspCollection,
    count: i32,
) -> i32 {
    boundary::status(|| handles::get(collection)?.truncate(count))
}

/// The response at an index in DER.
///
/// @param collection the collection.
/// @param index 0 to the count less 1.
/// @param buffer receives as many octets as it has room for, without a NUL; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole in octets, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
/// @see SecureBlackbox KnownOCSPBytes
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetOcspCollection_GetBytes(
    collection: *const INetOcspCollection,
    index: i32,
    buffer: *mut u8,
    capacity: usize,
) -> i64 {
    unsafe { boundary::octets(buffer, capacity, || handles::get(collection)?.octets(index)) }
}

/// The number of the response at an index, which no other object has in this process.
///
/// @param collection the collection.
/// @param index 0 to the count less 1.
/// @return the number, above 0, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
/// @see SecureBlackbox KnownOCSPHandle
#[unsafe(no_mangle)]
pub extern "C" fn INetOcspCollection_GetHandle(
    collection: *const INetOcspCollection,
    index: i32,
) -> i64 {
    boundary::long_value(|| handles::get(collection)?.number(index))
}

/// Puts the response of a number in the place of what stands at an index. At the index of the count it is added.
///
/// @param collection the collection.
/// @param index 0 to the count.
/// @param handle what INetOcspCollection_GetHandle of any collection has told; who told it still holds the object.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT there is no such object any more.
/// @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
/// @error INET_E_READ_ONLY the collection is read-only.
/// @see SecureBlackbox KnownOCSPHandle
#[unsafe(no_mangle)]
pub extern "C" fn INetOcspCollection_SetHandle(
    collection: *mut INetOcspCollection,
    index: i32,
    handle: i64,
) -> i32 {
    boundary::status(|| handles::get(collection)?.put(index, handle))
}

/// Takes one more reference to the object: each wants its own INetOcspCollection_Release.
///
/// @param collection the object.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetOcspCollection.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetOcspCollection_AddRef(collection: *mut INetOcspCollection) -> i32 {
    boundary::status(|| handles::add_ref(collection))
}

/// Gives up one reference. The object lives on as long as the library or a call under way uses it.
///
/// @param collection the object, or NULL, which is no failure.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetOcspCollection, or was released before.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetOcspCollection_Release(collection: *mut INetOcspCollection) -> i32 {
    boundary::release(|| handles::release(collection))
}
