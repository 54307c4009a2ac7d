//! INetObject: what works on a handle of any type.

use super::{boundary, handles};
use std::ffi::{c_char, c_void};

/// Takes one more reference to an object of any type: each wants its own release.
///
/// @param object a handle of any type.
/// @return 0, or a status.
/// @error INET_E_HANDLE it is no live handle.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetObject_AddRef(object: *mut c_void) -> i32 {
    boundary::status(|| handles::add_ref_any(object as usize as u64))
}

/// Gives up one reference to an object of any type.
///
/// @param object a handle of any type, or NULL, which is no failure.
/// @return 0, or a status.
/// @error INET_E_HANDLE it is no live handle.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetObject_Release(object: *mut c_void) -> i32 {
    boundary::release(|| match object.is_null() {
        true => Ok(()),
        false => handles::release_any(object as usize as u64),
    })
}

/// The name of the type of an object, such as INetMailMessage.
///
/// @param object a handle of any type.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @error INET_E_HANDLE it is no live handle.
/// @see inetmail
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetObject_GetTypeName(
    object: *const c_void,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || handles::type_name(object as usize as u64)) }
}
