//! INetConnectionInfo: why an attempt came to no connection that could be used.

use super::connection_info::INetConnectionInfo;
use super::{boundary, handles};
use crate::error::Error;
use std::ffi::c_char;

/// Why the attempt failed: on the way to the server, in the TLS handshake, at the greeting, or at the login.
///
/// @param info the object.
/// @return the status of the failure, or the negative number that a callback answered; 0 where the connection was made. A status is the
///     answer, unless it is INET_E_HANDLE.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetConnectionInfo_GetFailureStatus(info: *const INetConnectionInfo) -> i32 {
    boundary::value(|| Ok(handles::get(info)?.failure.as_ref().map_or(0, Error::code)))
}

/// The sentence about the failure, as INetError_GetMessage tells it; empty where the connection was made.
///
/// @param info the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetConnectionInfo_GetFailureMessage(
    info: *const INetConnectionInfo,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            let info = handles::get(info)?;
            Ok(info.failure.as_ref().map(|error| error.message().to_owned()).unwrap_or_default())
        })
    }
}

/// How far the attempt came, as INetError_GetPhase tells it; empty where the connection was made.
///
/// @param info the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetConnectionInfo_GetFailurePhase(
    info: *const INetConnectionInfo,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            let info = handles::get(info)?;
            let phase = info.failure.as_ref().and_then(Error::phase);
            Ok(phase.map(|phase| phase.name()).unwrap_or_default())
        })
    }
}
