//! Callbacks of a host that give or take octets.
//!
//! They run on the thread that made the call, or on an operation's, and no lock is held meanwhile. A negative answer ends the operation, which returns
//! just that number: INET_FAILED knows it for a failure only if it is -1000 or below.

use crate::error::{Error, Result, Status};
use crate::model::{Octets, Source};
use std::ffi::c_void;
use std::sync::Arc;

/// Gives octets from a place of the content on: at most `capacity` of them, fewer as it likes, and none behind its end. The same
/// place may be asked for again when a message is sent again. A negative answer ends the operation.
pub type INetReadAtCallback = Option<
    unsafe extern "C" fn(offset: i64, buffer: *mut u8, capacity: usize, user: *mut c_void) -> i32,
>;

/// Gives the octets that come next: at most `capacity` of them, fewer as it likes, and none behind the end. A negative answer
/// ends the operation.
pub type INetReadCallback =
    Option<unsafe extern "C" fn(buffer: *mut u8, capacity: usize, user: *mut c_void) -> i32>;

/// Takes octets. A negative answer ends the operation.
pub type INetWriteCallback =
    Option<unsafe extern "C" fn(data: *const u8, length: usize, user: *mut c_void) -> i32>;

/// Is told that the library will not use `user` any more.
pub type INetDropCallback = Option<unsafe extern "C" fn(user: *mut c_void)>;

/// The content behind a read callback. `drop` is called when it goes, and also when it does not come to be.
pub fn source(
    length: i64,
    read: INetReadAtCallback,
    user: *mut c_void,
    drop: INetDropCallback,
) -> Result<Arc<dyn Source>> {
    let user = User { pointer: user, drop };
    let read = read.ok_or_else(|| null("read"))?;
    let length = match length {
        -1 => None,
        length => Some(u64::try_from(length).map_err(|_| {
            let sentence = format!("a length of {length}: -1 stands for an unknown one");
            Error::new(Status::ArgumentOutOfRange, sentence)
        })?),
    };
    Ok(Arc::new(HostSource { length, read, user }))
}

/// The octets behind a read callback that knows no places.
pub fn octets(read: INetReadCallback, user: *mut c_void) -> Result<Box<dyn Octets>> {
    let read = read.ok_or_else(|| null("read"))?;
    let user = User { pointer: user, drop: None };
    Ok(Box::new(HostOctets { read, user, is_begun: false }))
}

/// What hands octets to a write callback.
pub fn taker(
    write: INetWriteCallback,
    user: *mut c_void,
) -> Result<impl FnMut(&[u8]) -> Result<()>> {
    let sink = HostSink { write: write.ok_or_else(|| null("write"))?, user };
    Ok(move |octets: &[u8]| sink.take(octets))
}

/// A pointer of the host, and what wants to know when it is not needed any more.
pub(super) struct User {
    pub pointer: *mut c_void,
    pub drop: INetDropCallback,
}

// SAFETY: the pointer is never followed here; the documentation tells hosts on which threads their callbacks run.
unsafe impl Send for User {}
// SAFETY: as above.
unsafe impl Sync for User {}

impl Drop for User {
    fn drop(&mut self) {
        if let Some(drop) = self.drop {
            // SAFETY: the callback is one of the host's, called once with the pointer that it came with.
            unsafe { drop(self.pointer) };
        }
    }
}

struct HostSource {
    length: Option<u64>,
    read: unsafe extern "C" fn(i64, *mut u8, usize, *mut c_void) -> i32,
    user: User,
}

impl Source for HostSource {
    fn length(&self) -> Option<u64> {
        self.length
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<usize> {
        let capacity = into.len().min(i32::MAX as usize);
        let place = i64::try_from(offset).unwrap_or(i64::MAX);
        // SAFETY: the callback is one of the host's; the buffer has room for `capacity` octets.
        let answer = unsafe { (self.read)(place, into.as_mut_ptr(), capacity, self.user.pointer) };
        read_octets(answer, capacity)
    }

    fn name(&self) -> String {
        String::from("the content of a read callback")
    }
}

struct HostOctets {
    read: unsafe extern "C" fn(*mut u8, usize, *mut c_void) -> i32,
    user: User,
    is_begun: bool,
}

impl Octets for HostOctets {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        self.is_begun = true;
        let capacity = into.len().min(i32::MAX as usize);
        // SAFETY: the callback is one of the host's; the buffer has room for `capacity` octets.
        let answer = unsafe { (self.read)(into.as_mut_ptr(), capacity, self.user.pointer) };
        read_octets(answer, capacity)
    }

    fn rewind(&mut self) -> Result<()> {
        match self.is_begun {
            false => Ok(()),
            true => Err(Error::new(Status::Io, "a stream cannot be read a second time")),
        }
    }
}

struct HostSink {
    write: unsafe extern "C" fn(*const u8, usize, *mut c_void) -> i32,
    user: *mut c_void,
}

impl HostSink {
    fn take(&self, octets: &[u8]) -> Result<()> {
        if octets.is_empty() {
            return Ok(());
        }
        // SAFETY: the callback is one of the host's, with the octets and the pointer that it asked for.
        match unsafe { (self.write)(octets.as_ptr(), octets.len(), self.user) } {
            answer @ ..0 => Err(Error::of_callback(answer)),
            _ => Ok(()),
        }
    }
}

fn read_octets(answer: i32, capacity: usize) -> Result<usize> {
    match usize::try_from(answer) {
        Ok(octets) if octets <= capacity => Ok(octets),
        Ok(octets) => {
            let sentence = format!("a read callback answered {octets} with room for {capacity}");
            Err(Error::new(Status::Callback, sentence))
        }
        Err(_) => Err(Error::of_callback(answer)),
    }
}

/// A callback that must be there is not.
pub(super) fn null(what: &str) -> Error {
    Error::new(Status::ArgumentNull, format!("{what} is NULL"))
}
