//! INetMailAddressCollection: the addresses of a message as a live list.

use super::handles::{self, Opaque};
use super::mail_address::INetMailAddress;
use super::{boundary, text::text_in};
use crate::model::MailAddressCollection;
use std::ffi::c_char;

/// The addresses of a message, changed in place. Indexes count from 0.
pub struct INetMailAddressCollection {
    _opaque: [u8; 0],
}

impl Opaque for INetMailAddressCollection {
    type Model = MailAddressCollection;
    const NAME: &'static str = "INetMailAddressCollection";
}

/// Adds at the end.
///
/// @param collection the collection.
/// @param address what to add; the collection takes a reference of its own.
/// @return 0, or a status.
/// @see Fore INetMailAddressCollection.Add
#[unsafe(no_mangle)]
pub extern "C" fn INetMailAddressCollection_Add(
    collection: *mut INetMailAddressCollection,
    address: *mut INetMailAddress,
) -> i32 {
    boundary::status(|| {
        handles::get(collection)?.add(handles::get(address)?);
        Ok(())
    })
}

/// Adds mailboxes given as text: one, or several between commas or semicolons. All of them or, on a failure, none.
///
/// @param collection the collection.
/// @param text `user@domain` or `Name <user@domain>`, UTF-8; copied.
/// @return 0, or a status.
/// @error INET_E_ADDRESS the text is no mail address.
/// @error INET_E_LINE_BREAK a text holds CR, LF or NUL.
/// @see Fore INetMailAddressCollection.AddString
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailAddressCollection_AddString(
    collection: *mut INetMailAddressCollection,
    text: *const c_char,
) -> i32 {
    boundary::status(|| handles::get(collection)?.add_string(unsafe { text_in(text, "text") }?))
}

/// Inserts in front of an index; the count as index appends.
///
/// @param collection the collection.
/// @param index 0 to the count.
/// @param address what to insert; the collection takes a reference of its own.
/// @return 0, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
/// @see Fore INetMailAddressCollection.Insert
#[unsafe(no_mangle)]
pub extern "C" fn INetMailAddressCollection_Insert(
    collection: *mut INetMailAddressCollection,
    index: i32,
    address: *mut INetMailAddress,
) -> i32 {
    boundary::status(|| handles::get(collection)?.insert(index, handles::get(address)?))
}

/// Removes the first that is the same address, names and letter case aside.
///
/// @param collection the collection.
/// @param address what to remove.
/// @return 1 if there was one, else 0, or a status.
/// @see Fore INetMailAddressCollection.Remove
#[unsafe(no_mangle)]
pub extern "C" fn INetMailAddressCollection_Remove(
    collection: *mut INetMailAddressCollection,
    address: *const INetMailAddress,
) -> i32 {
    boundary::value(|| {
        let removed = handles::get(collection)?.remove(&*handles::get(address)?);
        Ok(i32::from(removed))
    })
}

/// Removes what stands at an index.
///
/// @param collection the collection.
/// @param index 0 to the count less 1.
/// @return 0, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
/// @see Fore INetCollection.RemoveAt
#[unsafe(no_mangle)]
pub extern "C" fn INetMailAddressCollection_RemoveAt(
    collection: *mut INetMailAddressCollection,
    index: i32,
) -> i32 {
    boundary::status(|| handles::get(collection)?.remove_at(index))
}

/// Removes all.
///
/// @param collection the collection.
/// @return 0, or a status.
/// @see Fore INetCollection.Clear
#[unsafe(no_mangle)]
pub extern "C" fn INetMailAddressCollection_Clear(
    collection: *mut INetMailAddressCollection,
) -> i32 {
    boundary::status(|| {
        handles::get(collection)?.clear();
        Ok(())
    })
}

/// Whether there is the same address, names and letter case aside.
///
/// @param collection the collection.
/// @param address what to look for.
/// @return 1 or 0, or a status.
/// @see Fore INetMailAddressCollection.Contains
#[unsafe(no_mangle)]
pub extern "C" fn INetMailAddressCollection_Contains(
    collection: *const INetMailAddressCollection,
    address: *const INetMailAddress,
) -> i32 {
    boundary::value(|| {
        let place = handles::get(collection)?.index_of(&*handles::get(address)?);
        Ok(i32::from(place.is_some()))
    })
}

/// The index of the first that is the same address, names and letter case aside.
///
/// @param collection the collection.
/// @param address what to look for.
/// @return the index, -1 where there is none, or a status.
/// @see Fore INetMailAddressCollection.IndexOf
#[unsafe(no_mangle)]
pub extern "C" fn INetMailAddressCollection_IndexOf(
    collection: *const INetMailAddressCollection,
    address: *const INetMailAddress,
) -> i32 {
    boundary::value(|| {
        let place = handles::get(collection)?.index_of(&*handles::get(address)?);
        Ok(place.map_or(-1, |place| place as i32))
    })
}

/// How many addresses there are.
///
/// @param collection the object.
/// @return the number, or a status.
/// @see Fore INetCollection.Count
#[unsafe(no_mangle)]
pub extern "C" fn INetMailAddressCollection_GetCount(
    collection: *const INetMailAddressCollection,
) -> i32 {
    boundary::value(|| Ok(handles::get(collection)?.count() as i32))
}

/// What stands at an index.
///
/// @param collection the collection.
/// @param index 0 to the count less 1.
/// @return a new reference, to be released with INetMailAddress_Release; or NULL on failure.
/// @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
/// @see Fore INetMailAddressCollection.Item
#[unsafe(no_mangle)]
pub extern "C" fn INetMailAddressCollection_GetItem(
    collection: *const INetMailAddressCollection,
    index: i32,
) -> *mut INetMailAddress {
    boundary::handle(|| handles::get(collection)?.item(index))
}

/// All addresses joined by commas, each as `"Name" <user@domain>`, or bare where it has no name.
///
/// @param collection the collection.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see Fore INetMailAddressCollection.ToString
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailAddressCollection_ToString(
    collection: *const INetMailAddressCollection,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(collection)?.text())) }
}

/// Takes one more reference to the object: each wants its own INetMailAddressCollection_Release.
///
/// @param collection the object.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetMailAddressCollection.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetMailAddressCollection_AddRef(
    collection: *mut INetMailAddressCollection,
) -> i32 {
    boundary::status(|| handles::add_ref(collection))
}

/// Gives up one reference. The object lives on as long as the library or a call under way uses it.
///
/// @param collection the object, or NULL, which is no failure.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetMailAddressCollection, or was released before.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetMailAddressCollection_Release(
    collection: *mut INetMailAddressCollection,
) -> i32 {
    boundary::release(|| handles::release(collection))
}
