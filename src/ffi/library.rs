//! INetLibrary: the library as a whole.

use super::{boundary, handles};
use std::ffi::c_char;

/// The version of the library, such as 0.1.0.
///
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetLibrary_GetVersion(buffer: *mut c_char, capacity: usize) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(env!("CARGO_PKG_VERSION"))) }
}

/// How many handles the host holds, all types together: 0 when everything was released. One handle counts once, however many
/// references were taken on it.
///
/// @return the number of live handles, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetLibrary_GetLiveHandleCount() -> i32 {
    boundary::value(|| Ok(handles::live() as i32))
}
