//! INetLinkedResourceCollection: the linked resources of a message as a live list.

use super::boundary;
use super::handles::{self, Opaque};
use super::linked_resource::INetLinkedResource;
use crate::model::{Collection, LinkedResource};

/// The linked resources of a message, changed in place. Indexes count from 0.
pub struct INetLinkedResourceCollection {
    _opaque: [u8; 0],
}

impl Opaque for INetLinkedResourceCollection {
    type Model = Collection<LinkedResource>;
    const NAME: &'static str = "INetLinkedResourceCollection";
}

/// Adds at the end.
///
/// @param collection the collection.
/// @param resource what to add; the collection takes a reference of its own.
/// @return 0, or a status.
/// @see .NET LinkedResourceCollection.Add
#[unsafe(no_mangle)]
pub extern "C" fn INetLinkedResourceCollection_Add(
    collection: *mut INetLinkedResourceCollection,
    resource: *mut INetLinkedResource,
) -> i32 {
    boundary::status(|| {
        handles::get(collection)?.add(handles::get(resource)?);
        Ok(())
    })
}

/// Inserts in front of an index; the count as index appends.
///
/// @param collection the collection.
/// @param index 0 to the count.
/// @param resource what to insert; the collection takes a reference of its own.
/// @return 0, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
/// @see .NET LinkedResourceCollection.Insert
#[unsafe(no_mangle)]
pub extern "C" fn INetLinkedResourceCollection_Insert(
    collection: *mut INetLinkedResourceCollection,
    index: i32,
    resource: *mut INetLinkedResource,
) -> i32 {
    boundary::status(|| handles::get(collection)?.insert(index, handles::get(resource)?))
}

/// Removes the first that is the same object.
///
/// @param collection the collection.
/// @param resource what to remove.
/// @return 1 if there was one, else 0, or a status.
/// @see .NET LinkedResourceCollection.Remove
#[unsafe(no_mangle)]
pub extern "C" fn INetLinkedResourceCollection_Remove(
    collection: *mut INetLinkedResourceCollection,
    resource: *const INetLinkedResource,
) -> i32 {
    boundary::value(|| {
        let removed = handles::get(collection)?.remove(&*handles::get(resource)?);
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
pub extern "C" fn INetLinkedResourceCollection_RemoveAt(
    collection: *mut INetLinkedResourceCollection,
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
pub extern "C" fn INetLinkedResourceCollection_Clear(
    collection: *mut INetLinkedResourceCollection,
) -> i32 {
    boundary::status(|| {
        handles::get(collection)?.clear();
        Ok(())
    })
}

/// Whether there is the same object.
///
/// @param collection the collection.
/// @param resource what to look for.
/// @return 1 or 0, or a status.
/// @see .NET LinkedResourceCollection.Contains
#[unsafe(no_mangle)]
pub extern "C" fn INetLinkedResourceCollection_Contains(
    collection: *const INetLinkedResourceCollection,
    resource: *const INetLinkedResource,
) -> i32 {
    boundary::value(|| {
        let place = handles::get(collection)?.index_of(&*handles::get(resource)?);
        Ok(i32::from(place.is_some()))
    })
}

/// The index of the first that is the same object.
///
/// @param collection the collection.
/// @param resource what to look for.
/// @return the index, -1 where there is none, or a status.
/// @see .NET LinkedResourceCollection.IndexOf
#[unsafe(no_mangle)]
pub extern "C" fn INetLinkedResourceCollection_IndexOf(
    collection: *const INetLinkedResourceCollection,
    resource: *const INetLinkedResource,
) -> i32 {
    boundary::value(|| {
        let place = handles::get(collection)?.index_of(&*handles::get(resource)?);
        Ok(place.map_or(-1, |place| place as i32))
    })
}

/// How many there are.
///
/// @param collection the object.
/// @return the number, or a status.
/// @see Fore INetCollection.Count
#[unsafe(no_mangle)]
pub extern "C" fn INetLinkedResourceCollection_GetCount(
    collection: *const INetLinkedResourceCollection,
) -> i32 {
    boundary::value(|| Ok(handles::get(collection)?.count() as i32))
}

/// What stands at an index.
///
/// @param collection the collection.
/// @param index 0 to the count less 1.
/// @return a new reference, to be released with INetLinkedResource_Release; or NULL on failure.
/// @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
/// @see .NET LinkedResourceCollection.Item
#[unsafe(no_mangle)]
pub extern "C" fn INetLinkedResourceCollection_GetItem(
    collection: *const INetLinkedResourceCollection,
    index: i32,
) -> *mut INetLinkedResource {
    boundary::handle(|| handles::get(collection)?.item(index))
}

/// Takes one more reference to the object: each wants its own INetLinkedResourceCollection_Release.
///
/// @param collection the object.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetLinkedResourceCollection.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetLinkedResourceCollection_AddRef(
    collection: *mut INetLinkedResourceCollection,
) -> i32 {
    boundary::status(|| handles::add_ref(collection))
}

/// Gives up one reference. The object lives on as long as the library or a call under way uses it.
///
/// @param collection the object, or NULL, which is no failure.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetLinkedResourceCollection, or was released before.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetLinkedResourceCollection_Release(
    collection: *mut INetLinkedResourceCollection,
) -> i32 {
    boundary::release(|| handles::release(collection))
}
