//! INetAlternateViewCollection: the alternate views of a message as a live list.

use super::alternate_view::INetAlternateView;
use super::boundary;
use super::handles::{self, Opaque};
use crate::model::{AlternateView, Collection};

/// The alternate views of a message, changed in place. Indexes count from 0.
pub struct INetAlternateViewCollection {
    _opaque: [u8; 0],
}

impl Opaque for INetAlternateViewCollection {
    type Model = Collection<AlternateView>;
    const NAME: &'static str = "INetAlternateViewCollection";
}

/// Adds at the end.
///
/// @param collection the collection.
/// @param view what to add; the collection takes a reference of its own.
/// @return 0, or a status.
/// @see .NET AlternateViewCollection.Add
#[unsafe(no_mangle)]
pub extern "C" fn INetAlternateViewCollection_Add(
    collection: *mut INetAlternateViewCollection,
    view: *mut INetAlternateView,
) -> i32 {
    boundary::status(|| {
        handles::get(collection)?.add(handles::get(view)?);
        Ok(())
    })
}

/// Inserts in front of an index; the count as index appends.
///
/// @param collection the collection.
/// @param index 0 to the count.
/// @param view what to insert; the collection takes a reference of its own.
/// @return 0, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
/// @see .NET AlternateViewCollection.Insert
#[unsafe(no_mangle)]
pub extern "C" fn INetAlternateViewCollection_Insert(
    collection: *mut INetAlternateViewCollection,
    index: i32,
    view: *mut INetAlternateView,
) -> i32 {
    boundary::status(|| handles::get(collection)?.insert(index, handles::get(view)?))
}

/// Removes the first that is the same object.
///
/// @param collection the collection.
/// @param view what to remove.
/// @return 1 if there was one, else 0, or a status.
/// @see .NET AlternateViewCollection.Remove
#[unsafe(no_mangle)]
pub extern "C" fn INetAlternateViewCollection_Remove(
    collection: *mut INetAlternateViewCollection,
    view: *const INetAlternateView,
) -> i32 {
    boundary::value(|| {
        let removed = handles::get(collection)?.remove(&*handles::get(view)?);
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
pub extern "C" fn INetAlternateViewCollection_RemoveAt(
    collection: *mut INetAlternateViewCollection,
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
pub extern "C" fn INetAlternateViewCollection_Clear(
    collection: *mut INetAlternateViewCollection,
) -> i32 {
    boundary::status(|| {
        handles::get(collection)?.clear();
        Ok(())
    })
}

/// Whether there is the same object.
///
/// @param collection the collection.
/// @param view what to look for.
/// @return 1 or 0, or a status.
/// @see .NET AlternateViewCollection.Contains
#[unsafe(no_mangle)]
pub extern "C" fn INetAlternateViewCollection_Contains(
    collection: *const INetAlternateViewCollection,
    view: *const INetAlternateView,
) -> i32 {
    boundary::value(|| {
        let place = handles::get(collection)?.index_of(&*handles::get(view)?);
        Ok(i32::from(place.is_some()))
    })
}

/// The index of the first that is the same object.
///
/// @param collection the collection.
/// @param view what to look for.
/// @return the index, -1 where there is none, or a status.
/// @see .NET AlternateViewCollection.IndexOf
#[unsafe(no_mangle)]
pub extern "C" fn INetAlternateViewCollection_IndexOf(
    collection: *const INetAlternateViewCollection,
    view: *const INetAlternateView,
) -> i32 {
    boundary::value(|| {
        let place = handles::get(collection)?.index_of(&*handles::get(view)?);
        Ok(place.map_or(-1, |place| place as i32))
    })
}

/// How many there are.
///
/// @param collection the object.
/// @return the number, or a status.
/// @see Fore INetCollection.Count
#[unsafe(no_mangle)]
pub extern "C" fn INetAlternateViewCollection_GetCount(
    collection: *const INetAlternateViewCollection,
) -> i32 {
    boundary::value(|| Ok(handles::get(collection)?.count() as i32))
}

/// What stands at an index.
///
/// @param collection the collection.
/// @param index 0 to the count less 1.
/// @return a new reference, to be released with INetAlternateView_Release; or NULL on failure.
/// @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
/// @see .NET AlternateViewCollection.Item
#[unsafe(no_mangle)]
pub extern "C" fn INetAlternateViewCollection_GetItem(
    collection: *const INetAlternateViewCollection,
    index: i32,
) -> *mut INetAlternateView {
    boundary::handle(|| handles::get(collection)?.item(index))
}

/// Takes one more reference to the object: each wants its own INetAlternateViewCollection_Release.
///
/// @param collection the object.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetAlternateViewCollection.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetAlternateViewCollection_AddRef(
    collection: *mut INetAlternateViewCollection,
) -> i32 {
    boundary::status(|| handles::add_ref(collection))
}

/// Gives up one reference. The object lives on as long as the library or a call under way uses it.
///
/// @param collection the object, or NULL, which is no failure.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetAlternateViewCollection, or was released before.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetAlternateViewCollection_Release(
    collection: *mut INetAlternateViewCollection,
) -> i32 {
    boundary::release(|| handles::release(collection))
}
