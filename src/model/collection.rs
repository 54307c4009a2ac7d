//! What Fore's collections share: an ordered list that is changed in place, seen by all who hold it.

use super::lock;
use crate::error::{Error, Result, Status};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

/// Equality as Fore's `Contains`, `IndexOf` and `Remove` have it.
pub trait Member {
    fn is_same(&self, other: &Self) -> bool;
}

/// What leaves a collection is dropped when the collection is free again: it may call the host, which may ask the collection.
#[derive(Debug)]
pub struct Collection<T> {
    items: Mutex<Vec<Arc<T>>>,
    /// Raised, before the items are free again, by whatever may have changed them.
    revision: AtomicU64,
}

impl<T> Default for Collection<T> {
    fn default() -> Self {
        Collection { items: Mutex::default(), revision: AtomicU64::new(0) }
    }
}

impl<T: Member> Collection<T> {
    pub fn count(&self) -> usize {
        lock(&self.items).len()
    }

    pub fn item(&self, index: i32) -> Result<Arc<T>> {
        let items = lock(&self.items);
        let place = usize::try_from(index).ok().and_then(|index| items.get(index));
        place.cloned().ok_or_else(|| out_of_range(index, items.len()))
    }

    pub fn add(&self, item: Arc<T>) {
        self.changed().push(item);
    }

    pub fn extend(&self, items: impl Iterator<Item = Arc<T>>) {
        self.changed().extend(items);
    }

    /// Inserts in front of `index`; the count itself appends.
    pub fn insert(&self, index: i32, item: Arc<T>) -> Result<()> {
        let mut items = self.changed();
        match usize::try_from(index) {
            Ok(place) if place <= items.len() => items.insert(place, item),
            _ => return Err(out_of_range(index, items.len())),
        }
        Ok(())
    }

    pub fn index_of(&self, item: &T) -> Option<usize> {
        lock(&self.items).iter().position(|other| other.is_same(item))
    }

    /// Removes the first item that is the same. Returns whether there was one.
    pub fn remove(&self, item: &T) -> bool {
        let mut items = self.changed();
        let place = items.iter().position(|other| other.is_same(item));
        let removed = place.map(|place| items.remove(place));
        drop(items);
        removed.is_some()
    }

    pub fn remove_at(&self, index: i32) -> Result<()> {
        let mut items = self.changed();
        let removed = match usize::try_from(index) {
            Ok(place) if place < items.len() => items.remove(place),
            _ => return Err(out_of_range(index, items.len())),
        };
        drop(items);
        drop(removed);
        Ok(())
    }

    /// Replaces what stands at `index`; at the count it appends.
    pub fn put(&self, index: i32, item: Arc<T>) -> Result<()> {
        let mut items = self.changed();
        let replaced = match usize::try_from(index) {
            Ok(place) if place < items.len() => Some(std::mem::replace(&mut items[place], item)),
            Ok(place) if place == items.len() => {
                items.push(item);
                None
            }
            _ => return Err(out_of_range(index, items.len())),
        };
        drop(items);
        drop(replaced);
        Ok(())
    }

    /// Removes what stands at `count` and behind it.
    pub fn truncate(&self, count: i32) -> Result<()> {
        let mut items = self.changed();
        let removed = match usize::try_from(count) {
            Ok(place) if place <= items.len() => items.split_off(place),
            _ => return Err(out_of_range(count, items.len())),
        };
        drop(items);
        drop(removed);
        Ok(())
    }

    pub fn clear(&self) {
        self.replace(Vec::new());
    }

    /// The items as they are now, copied.
    pub fn snapshot(&self) -> Vec<Arc<T>> {
        self.items().clone()
    }

    /// The items as they are, and stay while the answer is held.
    pub fn items(&self) -> MutexGuard<'_, Vec<Arc<T>>> {
        lock(&self.items)
    }

    /// A number that every change raises: as long as it is the same, so are the items.
    pub fn revision(&self) -> u64 {
        self.revision.load(Ordering::Acquire)
    }

    /// The items as they are now, and the revision that they are.
    pub fn revised(&self) -> (u64, Vec<Arc<T>>) {
        let items = lock(&self.items);
        (self.revision.load(Ordering::Relaxed), items.clone())
    }

    /// All items, which leave.
    pub fn take_all(&mut self) -> Vec<Arc<T>> {
        std::mem::take(&mut *self.changed())
    }

    /// Makes `items` all that there is.
    pub fn replace(&self, items: Vec<Arc<T>>) {
        let old = std::mem::replace(&mut *self.changed(), items);
        drop(old);
    }

    /// The items for a change, of which those learn who have kept the revision.
    fn changed(&self) -> MutexGuard<'_, Vec<Arc<T>>> {
        let items = lock(&self.items);
        self.revision.fetch_add(1, Ordering::Release);
        items
    }
}

/// What stands at an index of a list that somebody has made for the asking.
pub fn item_of<T>(mut items: Vec<T>, index: i32) -> Result<T> {
    match usize::try_from(index) {
        Ok(place) if place < items.len() => Ok(items.swap_remove(place)),
        _ => Err(out_of_range(index, items.len())),
    }
}

fn out_of_range(index: i32, count: usize) -> Error {
    Error::new(
        Status::IndexOutOfRange,
        format!("index {index} is outside the collection of {count}"),
    )
}
