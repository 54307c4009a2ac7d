//! The boundary: every export runs inside one of these functions, by the shape of what it returns. Panics stop here.

use super::handles::{self, Opaque};
use super::record;
use super::text;
use crate::error::{Result, guarded};
use std::ffi::c_char;
use std::sync::Arc;

/// 0, or a status.
pub fn status(call: impl FnOnce() -> Result<()>) -> i32 {
    value(|| call().map(|()| 0))
}

/// 0, or a status that leaves no record: a Release may run in a finaliser, in the midst of something else.
pub fn release(call: impl FnOnce() -> Result<()>) -> i32 {
    guarded(call).map_or_else(|error| error.code(), |()| 0)
}

/// A value, or a status.
pub fn value(call: impl FnOnce() -> Result<i32>) -> i32 {
    recorded(call).unwrap_or_else(|code| code)
}

/// A new reference to an object, or NULL.
pub fn handle<O: Opaque>(call: impl FnOnce() -> Result<Arc<O::Model>>) -> *mut O {
    optional_handle(|| call().map(Some))
}

/// A new reference to an object; NULL where there is none, which is no failure, and where there is a failure. The record tells the
/// host which it is, so that of an earlier call must not be there.
pub fn optional_handle<O: Opaque>(call: impl FnOnce() -> Result<Option<Arc<O::Model>>>) -> *mut O {
    let handle = recorded(|| call()?.map(handles::insert::<O>).transpose());
    if matches!(handle, Ok(None)) {
        record::clear();
    }
    handle.ok().flatten().unwrap_or(std::ptr::null_mut())
}

/// A value, or a status.
pub fn long_value(call: impl FnOnce() -> Result<i64>) -> i64 {
    recorded(call).unwrap_or_else(i64::from)
}

/// A handle that the call has made itself, or NULL.
pub fn ready_handle<O: Opaque>(call: impl FnOnce() -> Result<*mut O>) -> *mut O {
    recorded(call).unwrap_or(std::ptr::null_mut())
}

/// The length of a text that goes to the host's buffer, or a status.
///
/// # Safety
/// `buffer` is NULL or has room for `capacity` octets.
pub unsafe fn text<T: AsRef<str>>(
    buffer: *mut c_char,
    capacity: usize,
    call: impl FnOnce() -> Result<T>,
) -> i64 {
    // SAFETY: as promised by the caller.
    let length =
        recorded(|| call().map(|text| unsafe { text::copy_out(text.as_ref(), buffer, capacity) }));
    length.unwrap_or_else(i64::from)
}

/// The length of octets that go to the host's buffer, or a status.
///
/// # Safety
/// `buffer` is NULL or has room for `capacity` octets.
pub unsafe fn octets<T: AsRef<[u8]>>(
    buffer: *mut u8,
    capacity: usize,
    call: impl FnOnce() -> Result<T>,
) -> i64 {
    // SAFETY: as promised by the caller.
    let length = recorded(|| {
        call().map(|octets| unsafe { text::copy_octets_out(octets.as_ref(), buffer, capacity) })
    });
    length.unwrap_or_else(i64::from)
}

/// Runs a call; a failure goes to the record of the thread.
fn recorded<T>(call: impl FnOnce() -> Result<T>) -> Result<T, i32> {
    guarded(call).map_err(|error| {
        let code = error.code();
        record::set(error);
        code
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Error, Status};

    #[test]
    fn a_panic_becomes_a_status_and_leaves_its_message() {
        assert_eq!(status(|| panic!("number {}", 7)), Status::Panic.code());
        let message = record::with(|error| error.map(|error| error.message().to_owned()));
        assert_eq!(message.unwrap(), "a defect in the library was caught: number 7");
    }

    #[test]
    fn success_does_not_touch_the_record() {
        assert_eq!(status(|| Err(Status::Utf8.into())), Status::Utf8.code());
        assert_eq!(status(|| Ok(())), 0);
        assert_eq!(record::with(|error| error.map(Error::status)), Some(Status::Utf8));
    }
}
