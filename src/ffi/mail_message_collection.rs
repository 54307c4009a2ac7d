//! INetMailMessageCollection: messages that are sent in one run.

use super::boundary;
use super::handles::{self, Opaque};
use super::mail_message::INetMailMessage;
use crate::model::{Collection, MailMessage};
use std::sync::Arc;

/// Messages in the order in which INetSmtpClient_BulkSend takes them. Indexes count from 0. A message may stand in several
/// collections, and several times in one.
pub struct INetMailMessageCollection {
    _opaque: [u8; 0],
}

impl Opaque for INetMailMessageCollection {
    type Model = Collection<MailMessage>;
    const NAME: &'static str = "INetMailMessageCollection";
}

/// Makes an empty collection.
///
/// @return a new reference, to be released with INetMailMessageCollection_Release; or NULL on failure.
/// @see Aspose MailMessageCollection
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessageCollection_Create() -> *mut INetMailMessageCollection {
    boundary::handle(|| Ok(Arc::default()))
}

/// Adds at the end.
///
/// @param collection the collection.
/// @param message what to add; the collection takes a reference of its own.
/// @return 0, or a status.
/// @see Aspose MailMessageCollection.Add
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessageCollection_Add(
    collection: *mut INetMailMessageCollection,
    message: *mut INetMailMessage,
) -> i32 {
    boundary::status(|| {
        handles::get(collection)?.add(handles::get(message)?);
        Ok(())
    })
}

/// Inserts in front of an index; the count as index appends.
///
/// @param collection the collection.
/// @param index 0 to the count.
/// @param message what to insert; the collection takes a reference of its own.
/// @return 0, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
/// @see Aspose MailMessageCollection.Insert
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessageCollection_Insert(
    collection: *mut INetMailMessageCollection,
    index: i32,
    message: *mut INetMailMessage,
) -> i32 {
    boundary::status(|| handles::get(collection)?.insert(index, handles::get(message)?))
}

/// Removes the first that is the same object.
///
/// @param collection the collection.
/// @param message what to remove.
/// @return 1 if there was one, else 0, or a status.
/// @see Aspose MailMessageCollection.Remove
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessageCollection_Remove(
    collection: *mut INetMailMessageCollection,
    message: *const INetMailMessage,
) -> i32 {
    boundary::value(|| {
        let removed = handles::get(collection)?.remove(&*handles::get(message)?);
        Ok(i32::from(removed))
    })
}

/// Removes what stands at an index.
///
/// @param collection the collection.
/// @param index 0 to the count less 1.
/// @return 0, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
/// @see Aspose MailMessageCollection.RemoveAt
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessageCollection_RemoveAt(
    collection: *mut INetMailMessageCollection,
    index: i32,
) -> i32 {
    boundary::status(|| handles::get(collection)?.remove_at(index))
}

/// Removes all.
///
/// @param collection the collection.
/// @return 0, or a status.
/// @see Aspose MailMessageCollection.Clear
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessageCollection_Clear(
    collection: *mut INetMailMessageCollection,
) -> i32 {
    boundary::status(|| {
        handles::get(collection)?.clear();
        Ok(())
    })
}

/// Whether there is the same object.
///
/// @param collection the collection.
/// @param message what to look for.
/// @return 1 or 0, or a status.
/// @see Aspose MailMessageCollection.Contains
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessageCollection_Contains(
    collection: *const INetMailMessageCollection,
    message: *const INetMailMessage,
) -> i32 {
    boundary::value(|| {
        let place = handles::get(collection)?.index_of(&*handles::get(message)?);
        Ok(i32::from(place.is_some()))
    })
}

/// The index of the first that is the same object.
///
/// @param collection the collection.
/// @param message what to look for.
/// @return the index, -1 where there is none, or a status.
/// @see Aspose MailMessageCollection.IndexOf
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessageCollection_IndexOf(
    collection: *const INetMailMessageCollection,
    message: *const INetMailMessage,
) -> i32 {
    boundary::value(|| {
        let place = handles::get(collection)?.index_of(&*handles::get(message)?);
        Ok(place.map_or(-1, |place| place as i32))
    })
}

/// How many messages there are.
///
/// @param collection the object.
/// @return the number, or a status.
/// @see Aspose MailMessageCollection.Count
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessageCollection_GetCount(
    collection: *const INetMailMessageCollection,
) -> i32 {
    boundary::value(|| Ok(handles::get(collection)?.count() as i32))
}

/// What stands at an index.
///
/// @param collection the collection.
/// @param index 0 to the count less 1.
/// @return a new reference, to be released with INetMailMessage_Release; or NULL on failure.
/// @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
/// @see Aspose MailMessageCollection.Item
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessageCollection_GetItem(
    collection: *const INetMailMessageCollection,
    index: i32,
) -> *mut INetMailMessage {
    boundary::handle(|| handles::get(collection)?.item(index))
}

/// Takes one more reference to the object: each wants its own INetMailMessageCollection_Release.
///
/// @param collection the object.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetMailMessageCollection.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessageCollection_AddRef(
    collection: *mut INetMailMessageCollection,
) -> i32 {
    boundary::status(|| handles::add_ref(collection))
}

/// Gives up one reference. The object lives on as long as the library or a call under way uses it.
///
/// @param collection the object, or NULL, which is no failure.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetMailMessageCollection, or was released before.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessageCollection_Release(
    collection: *mut INetMailMessageCollection,
) -> i32 {
    boundary::release(|| handles::release(collection))
}
