//! INetAttachmentCollection: the attachments of a message as a live list.

use super::attachment::INetAttachment;
use super::boundary;
use super::handles::{self, Opaque};
use crate::model::{Attachment, Collection};

/// The attachments of a message, changed in place. Indexes count from 0.
pub struct INetAttachmentCollection {
    _opaque: [u8; 0],
}

impl Opaque for INetAttachmentCollection {
    type Model = Collection<Attachment>;
    const NAME: &'static str = "INetAttachmentCollection";
}

/// Adds at the end.
///
/// @param collection the collection.
/// @param attachment what to add; the collection takes a reference of its own.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT the attachment is the message of this collection, or holds it.
/// @see Fore INetAttachmentCollection.Add
#[unsafe(no_mangle)]
pub extern "C" fn INetAttachmentCollection_Add(
    collection: *mut INetAttachmentCollection,
    attachment: *mut INetAttachment,
) -> i32 {
    boundary::status(|| handles::get(collection)?.attach(handles::get(attachment)?))
}

/// Inserts in front of an index; the count as index appends.
///
/// @param collection the collection.
/// @param index 0 to the count.
/// @param attachment what to insert; the collection takes a reference of its own.
/// @return 0, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
/// @see Fore INetAttachmentCollection.Insert
#[unsafe(no_mangle)]
pub extern "C" fn INetAttachmentCollection_Insert(
    collection: *mut INetAttachmentCollection,
    index: i32,
    attachment: *mut INetAttachment,
) -> i32 {
    boundary::status(|| handles::get(collection)?.attach_at(index, handles::get(attachment)?))
}

/// Removes the first that is the same object.
///
/// @param collection the collection.
/// @param attachment what to remove.
/// @return 1 if there was one, else 0, or a status.
/// @see Fore INetAttachmentCollection.Remove
#[unsafe(no_mangle)]
pub extern "C" fn INetAttachmentCollection_Remove(
    collection: *mut INetAttachmentCollection,
    attachment: *const INetAttachment,
) -> i32 {
    boundary::value(|| {
        let removed = handles::get(collection)?.remove(&*handles::get(attachment)?);
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
pub extern "C" fn INetAttachmentCollection_RemoveAt(
    collection: *mut INetAttachmentCollection,
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
pub extern "C" fn INetAttachmentCollection_Clear(collection: *mut INetAttachmentCollection) -> i32 {
    boundary::status(|| {
        handles::get(collection)?.clear();
        Ok(())
    })
}

/// Whether there is the same object.
///
/// @param collection the collection.
/// @param attachment what to look for.
/// @return 1 or 0, or a status.
/// @see Fore INetAttachmentCollection.Contains
#[unsafe(no_mangle)]
pub extern "C" fn INetAttachmentCollection_Contains(
    collection: *const INetAttachmentCollection,
    attachment: *const INetAttachment,
) -> i32 {
    boundary::value(|| {
        let place = handles::get(collection)?.index_of(&*handles::get(attachment)?);
        Ok(i32::from(place.is_some()))
    })
}

/// The index of the first that is the same object.
///
/// @param collection the collection.
/// @param attachment what to look for.
/// @return the index, -1 where there is none, or a status.
/// @see Fore INetAttachmentCollection.IndexOf
#[unsafe(no_mangle)]
pub extern "C" fn INetAttachmentCollection_IndexOf(
    collection: *const INetAttachmentCollection,
    attachment: *const INetAttachment,
) -> i32 {
    boundary::value(|| {
        let place = handles::get(collection)?.index_of(&*handles::get(attachment)?);
        Ok(place.map_or(-1, |place| place as i32))
    })
}

/// How many attachments there are.
///
/// @param collection the object.
/// @return the number, or a status.
/// @see Fore INetCollection.Count
#[unsafe(no_mangle)]
pub extern "C" fn INetAttachmentCollection_GetCount(
    collection: *const INetAttachmentCollection,
) -> i32 {
    boundary::value(|| Ok(handles::get(collection)?.count() as i32))
}

/// What stands at an index.
///
/// @param collection the collection.
/// @param index 0 to the count less 1.
/// @return a new reference, to be released with INetAttachment_Release; or NULL on failure.
/// @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
/// @see Fore INetAttachmentCollection.Item
#[unsafe(no_mangle)]
pub extern "C" fn INetAttachmentCollection_GetItem(
    collection: *const INetAttachmentCollection,
    index: i32,
) -> *mut INetAttachment {
    boundary::handle(|| handles::get(collection)?.item(index))
}

/// Takes one more reference to the object: each wants its own INetAttachmentCollection_Release.
///
/// @param collection the object.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetAttachmentCollection.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetAttachmentCollection_AddRef(
    collection: *mut INetAttachmentCollection,
) -> i32 {
    boundary::status(|| handles::add_ref(collection))
}

/// Gives up one reference. The object lives on as long as the library or a call under way uses it.
///
/// @param collection the object, or NULL, which is no failure.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetAttachmentCollection, or was released before.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetAttachmentCollection_Release(
    collection: *mut INetAttachmentCollection,
) -> i32 {
    boundary::release(|| handles::release(collection))
}
