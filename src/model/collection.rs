//! What Fore's collections share: an ordered list that is changed in place, seen by all who hold it.

use super::lock;
use crate::error::{Error, Result, Status};
use std::sync::{Arc, Mutex, MutexGuard};

/// Equality as Fore's `Contains`, `IndexOf` and `Remove` have it.
pub trait Member {
    fn is_same(&self, other: &Self) -> bool;
}

/// What leaves a collection is dropped when the collection is free again: it may call the host, which may ask the collection.
#[derive(Debug)]
pub struct Collection<T> {
    items: Mutex<Vec<Arc<T>>>,
}

impl<T> Default for Collection<T> {
    fn default() -> Self {
        Collection { items: Mutex::default() }
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
        lock(&self.items).push(item);
    }

    /// Inserts in front of `index`; the count itself appends.
    pub fn insert(&self, index: i32, item: Arc<T>) -> Result<()> {
        let mut items = lock(&self.items);
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
        let mut items = lock(&self.items);
        let place = items.iter().position(|other| other.is_same(item));
        let removed = place.map(|place| items.remove(place));
        drop(items);
        removed.is_some()
    }

    pub fn remove_at(&self, index: i32) -> Result<()> {
        let mut items = lock(&self.items);
        let removed = match usize::try_from(index) {
            Ok(place) if place < items.len() => items.remove(place),
            _ => return Err(out_of_range(index, items.len())),
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

    /// All items, which leave.
    pub fn take_all(&mut self) -> Vec<Arc<T>> {
        std::mem::take(&mut *lock(&self.items))
    }

    /// Makes `items` all that there is.
    pub fn replace(&self, items: Vec<Arc<T>>) {
        let old = std::mem::replace(&mut *lock(&self.items), items);
        drop(old);
    }
}

fn out_of_range(index: i32, count: usize) -> Error {
    Error::new(
        Status::IndexOutOfRange,
        format!("index {index} is outside the collection of {count}"),
    )
}
