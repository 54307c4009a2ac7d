//! Handles: checked numbers in the clothes of pointers.
//!
//! A handle names a slot and the generation of its tenant. It is never an address, so that a host can hand in anything at
//! all: what is stale, foreign, truncated or of another type is found out.

use super::record;
use crate::error::{Error, Result, Status};
use once_cell::sync::Lazy;
use std::any::Any;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// The opaque type of the face that stands for a model type.
pub trait Opaque {
    type Model: Any + Send + Sync;
    const NAME: &'static str;

    /// The host has given up its last reference.
    fn released(_model: &Self::Model) {}
}

/// A new handle for an object, with one reference.
pub fn insert<O: Opaque>(model: Arc<O::Model>) -> Result<*mut O> {
    let tenant = Tenant {
        object: model,
        type_name: O::NAME,
        references: 1,
        released: |object| {
            if let Some(model) = object.downcast_ref() {
                O::released(model);
            }
        },
    };
    let key = write().insert(tenant)?;
    Ok(key.to_bits() as *mut O)
}

/// The object behind a handle.
pub fn get<O: Opaque>(handle: *const O) -> Result<Arc<O::Model>> {
    match handle.is_null() {
        false => find(handle),
        true => Err(Error::new(Status::Handle, null_sentence(O::NAME))),
    }
}

/// The object behind a handle that may be NULL.
pub fn optional<O: Opaque>(handle: *const O) -> Result<Option<Arc<O::Model>>> {
    match handle.is_null() {
        false => find(handle).map(Some),
        true => Ok(None),
    }
}

fn find<O: Opaque>(handle: *const O) -> Result<Arc<O::Model>> {
    let table = read();
    let tenant = table.tenant(handle as usize as u64)?;
    let found = tenant.type_name;
    tenant.object.clone().downcast().map_err(|_| {
        Error::new(Status::Handle, format!("{} was expected, the handle is of {found}", O::NAME))
    })
}

/// The name of the type of any handle.
pub fn type_name(bits: u64) -> Result<&'static str> {
    Ok(read().tenant(bits)?.type_name)
}

pub fn add_ref<O: Opaque>(handle: *const O) -> Result<()> {
    get(handle)?;
    add_ref_any(handle as usize as u64)
}

pub fn add_ref_any(bits: u64) -> Result<()> {
    let mut table = write();
    let references = &mut table.tenant_mut(bits)?.references;
    *references = references.checked_add(1).ok_or_else(|| Error::from(Status::OutOfMemory))?;
    Ok(())
}

pub fn release<O: Opaque>(handle: *const O) -> Result<()> {
    match optional(handle)? {
        Some(_) => release_any(handle as usize as u64),
        None => Ok(()),
    }
}

pub fn release_any(bits: u64) -> Result<()> {
    let leaving = write().release(bits)?;
    // The table is unlocked again: what ends here may take its time.
    if let Some(tenant) = leaving {
        (tenant.released)(&*tenant.object);
    }
    Ok(())
}

/// How many handles have not been released.
pub fn live() -> usize {
    let table = read();
    table.slots.len() - table.vacant.len() - table.retired
}

/// Slot and generation as they stand in a handle: bit 46 set, 20 bits of generation, 24 bits of slot, 01. So a handle is
/// below 2^47 as some hosts need it, does not survive a cut to 32 bits, and is odd, which no pointer to an object is.
#[derive(Clone, Copy)]
struct Key {
    slot: u32,
    generation: u32,
}

const SLOT_BITS: u32 = 24;
const GENERATION_BITS: u32 = 20;
const TAG: u64 = 0b01;
const TOP: u64 = 1 << 46;
/// The bits that are the same in all handles.
const FIXED: u64 = !(((1 << (SLOT_BITS + GENERATION_BITS)) - 1) << 2);

impl Key {
    fn to_bits(self) -> u64 {
        TOP | u64::from(self.generation) << (SLOT_BITS + 2) | u64::from(self.slot) << 2 | TAG
    }

    fn from_bits(bits: u64) -> Option<Key> {
        let slot = (bits >> 2) as u32 & ((1 << SLOT_BITS) - 1);
        let generation = (bits >> (SLOT_BITS + 2)) as u32 & ((1 << GENERATION_BITS) - 1);
        (bits & FIXED == TOP | TAG).then_some(Key { slot, generation })
    }
}

#[derive(Default)]
struct Table {
    slots: Vec<Slot>,
    /// Free slots, the one that has been free longest first, so that a stale handle stays stale for long.
    vacant: VecDeque<u32>,
    /// Slots whose generations are used up. They stay empty: a generation never comes twice.
    retired: usize,
}

#[derive(Default)]
struct Slot {
    generation: u32,
    tenant: Option<Tenant>,
}

struct Tenant {
    object: Arc<dyn Any + Send + Sync>,
    type_name: &'static str,
    references: u32,
    released: fn(&(dyn Any + Send + Sync)),
}

static TABLE: Lazy<RwLock<Table>> = Lazy::new(|| {
    // SAFETY: the handlers keep to the table's lock and stay valid: the library is linked with `-z nodelete`.
    unsafe { libc::pthread_atfork(Some(before_fork), Some(after_fork), Some(after_fork)) };
    RwLock::default()
});

thread_local! {
    static HELD: RefCell<Option<RwLockWriteGuard<'static, Table>>> = const { RefCell::new(None) };
}

/// A fork while another thread holds the table would leave it held for ever in the child, where that thread is not. So the
/// forking thread holds it, and gives it back on both sides.
unsafe extern "C" fn before_fork() {
    HELD.with_borrow_mut(|held| *held = Some(write()));
}

unsafe extern "C" fn after_fork() {
    HELD.with_borrow_mut(|held| drop(held.take()));
}

fn read() -> RwLockReadGuard<'static, Table> {
    TABLE.read().unwrap_or_else(PoisonError::into_inner)
}

fn write() -> RwLockWriteGuard<'static, Table> {
    TABLE.write().unwrap_or_else(PoisonError::into_inner)
}

impl Table {
    fn insert(&mut self, tenant: Tenant) -> Result<Key> {
        let slot = match self.vacant.pop_front() {
            Some(slot) => slot,
            None => self.new_slot()?,
        };
        let place = &mut self.slots[slot as usize];
        place.tenant = Some(tenant);
        Ok(Key { slot, generation: place.generation })
    }

    fn new_slot(&mut self) -> Result<u32> {
        let slot = self.slots.len() as u32;
        if slot >> SLOT_BITS != 0 || self.slots.try_reserve(1).is_err() {
            return Err(Error::new(Status::OutOfMemory, "there are too many live handles"));
        }
        self.slots.push(Slot::default());
        Ok(slot)
    }

    fn release(&mut self, bits: u64) -> Result<Option<Tenant>> {
        let tenant = self.tenant_mut(bits)?;
        tenant.references -= 1;
        if tenant.references > 0 {
            return Ok(None);
        }
        let slot = Key::from_bits(bits).ok_or_else(stale)?.slot;
        let place = &mut self.slots[slot as usize];
        let tenant = place.tenant.take();
        place.generation += 1;
        match place.generation >> GENERATION_BITS {
            0 => self.vacant.push_back(slot),
            _ => self.retired += 1,
        }
        Ok(tenant)
    }

    fn tenant(&self, bits: u64) -> Result<&Tenant> {
        let key = Key::from_bits(bits).ok_or_else(foreign)?;
        let slot = self.slots.get(key.slot as usize).ok_or_else(foreign)?;
        let tenant = slot.tenant.as_ref().filter(|_| slot.generation == key.generation);
        tenant.ok_or_else(stale)
    }

    fn tenant_mut(&mut self, bits: u64) -> Result<&mut Tenant> {
        let key = Key::from_bits(bits).ok_or_else(foreign)?;
        let slot = self.slots.get_mut(key.slot as usize).ok_or_else(foreign)?;
        let generation = slot.generation;
        let tenant = slot.tenant.as_mut().filter(|_| generation == key.generation);
        tenant.ok_or_else(stale)
    }
}

/// A NULL mostly comes from a constructor that failed and was not looked at: its sentence tells more than ours.
fn null_sentence(type_name: &str) -> String {
    const CAUSE: &str = "; the failure before: ";
    record::with(|last| match last {
        None => format!("the {type_name} is NULL"),
        Some(error) => {
            let cause =
                error.message().split_once(CAUSE).map_or(error.message(), |(_, cause)| cause);
            format!("the {type_name} is NULL{CAUSE}{cause}")
        }
    })
}

fn foreign() -> Error {
    Error::new(Status::Handle, "this is no handle of the library, or only a part of one")
}

fn stale() -> Error {
    Error::new(Status::Handle, "the object of this handle has been released")
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Number;

    impl Opaque for Number {
        type Model = i32;
        const NAME: &'static str = "Number";
    }

    struct Word;

    impl Opaque for Word {
        type Model = String;
        const NAME: &'static str = "Word";
    }

    fn status<T>(result: Result<T>) -> Status {
        result.err().expect("a refusal").status()
    }

    #[test]
    fn a_handle_leads_to_its_object_as_long_as_there_are_references() {
        let handle = insert::<Number>(Arc::new(7)).unwrap();
        assert!((handle as usize) < 1 << 47 && handle as usize > u32::MAX as usize);
        add_ref(handle).unwrap();
        release(handle).unwrap();
        assert_eq!(*get(handle).unwrap(), 7);
        release(handle).unwrap();
        assert_eq!(status(get(handle)), Status::Handle);
        assert_eq!(status(release(handle)), Status::Handle);
    }

    #[test]
    fn a_slot_in_new_hands_does_not_serve_the_old_handle() {
        let old = insert::<Number>(Arc::new(1)).unwrap();
        release(old).unwrap();
        let handles: Vec<_> = (0..100).map(|n| insert::<Number>(Arc::new(n)).unwrap()).collect();
        assert!(handles.iter().all(|&handle| handle != old));
        assert_eq!(status(get(old)), Status::Handle);
        handles.into_iter().for_each(|handle| release(handle).unwrap());
    }

    #[test]
    fn what_is_no_handle_is_found_out() {
        let handle = insert::<Number>(Arc::new(7)).unwrap();
        let bits = handle as usize;
        assert_eq!(status(get(handle.cast::<Word>())), Status::Handle);
        for bits in [
            1,
            bits & 0xffff_ffff,
            bits | 2,
            bits | 1 << 47,
            bits ^ 1,
            usize::MAX,
            bits + (1 << 25),
        ] {
            assert_eq!(status(get(bits as *const Number)), Status::Handle, "{bits:#x}");
        }
        assert_eq!(status(get(std::ptr::null::<Number>())), Status::Handle);
        assert!(release(std::ptr::null::<Number>()).is_ok());
        release(handle).unwrap();
    }

    #[test]
    fn a_slot_retires_before_a_generation_comes_twice() {
        let tenant =
            || Tenant { object: Arc::new(0), type_name: "Number", references: 1, released: |_| {} };
        let mut table = Table::default();
        for _ in 0..1u32 << GENERATION_BITS {
            let key = table.insert(tenant()).unwrap();
            assert_eq!(key.slot, 0);
            table.release(key.to_bits()).unwrap();
        }
        assert_eq!(table.insert(tenant()).unwrap().slot, 1);
        assert_eq!(table.retired, 1);
    }
}
