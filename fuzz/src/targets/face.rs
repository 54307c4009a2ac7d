//! The C face in the hands of a target: whatever it answers, it must not be a panic that was caught.

use inetmail::ffi::error::*;
use inetmail::ffi::object::*;
use std::ffi::{CString, c_char};
use std::ptr::null_mut;

const INET_E_PANIC: i32 = -1002;

/// A handle, released when it is dropped.
pub struct Handle<T>(pub *mut T);

impl<T> Drop for Handle<T> {
    fn drop(&mut self) {
        assert_eq!(INetObject_Release(self.0.cast()), 0);
    }
}

/// The object, unless the library refused to make it.
pub fn object<T>(handle: *mut T) -> Option<Handle<T>> {
    if handle.is_null() {
        status(INetError_GetStatus());
        return None;
    }
    Some(Handle(handle))
}

/// The object, which must be there.
pub fn sure<T>(handle: *mut T) -> Handle<T> {
    object(handle).unwrap_or_else(|| panic!("no object: {}", error_message()))
}

/// Whether a call succeeded. A panic must not be why it failed.
pub fn status(code: i32) -> bool {
    assert_ne!(code, INET_E_PANIC, "{}", error_message());
    code >= 0
}

pub fn ok(code: i32) {
    assert!(status(code), "{code}: {}", error_message());
}

/// A count, which cannot fail.
pub fn count(count: i32) -> i32 {
    ok(count);
    count
}

/// Octets that are asked for twice, first for their length.
pub fn octets(get: impl Fn(*mut u8, usize) -> i64) -> Option<Vec<u8>> {
    let length = length(get(null_mut(), 0))?;
    let mut buffer = vec![0; length + 1];
    assert_eq!(get(buffer.as_mut_ptr(), buffer.len()), length as i64);
    assert_eq!(buffer.pop(), Some(0), "written behind the end");
    Some(buffer)
}

/// A text, which must be one for C: UTF-8 without NUL.
pub fn text(get: impl Fn(*mut c_char, usize) -> i64) -> Option<String> {
    let octets = octets(|buffer, capacity| get(buffer.cast(), capacity))?;
    assert!(!octets.contains(&0), "a NUL in a text");
    Some(String::from_utf8(octets).expect("a text is UTF-8"))
}

fn length(answer: i64) -> Option<usize> {
    match usize::try_from(answer) {
        Ok(length) => Some(length),
        Err(_) => {
            status(answer as i32);
            None
        }
    }
}

pub fn error_message() -> String {
    let mut buffer = [0_u8; 512];
    let length = unsafe { INetError_GetMessage(buffer.as_mut_ptr().cast(), buffer.len()) };
    let length = usize::try_from(length).unwrap_or(0).min(buffer.len() - 1);
    String::from_utf8_lossy(&buffer[..length]).into_owned()
}

/// A text for C of arbitrary octets: up to the first NUL. It need not be UTF-8.
pub fn c(octets: &[u8]) -> CString {
    let end = octets.iter().position(|octet| *octet == 0).unwrap_or(octets.len());
    CString::new(&octets[..end]).expect("NUL was cut off")
}
