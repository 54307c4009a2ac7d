//! INetError: the record of the last failure on the calling thread.
//!
//! A call that succeeds leaves the record as it is, and so do these functions and every Release.

use super::{record, text};
use crate::error::Error;
use std::ffi::c_char;

/// The status of the last failure on this thread.
///
/// @return an INET_E_ status, the negative number that a callback answered, or 0 where there is no record. A status is the answer.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetError_GetStatus() -> i32 {
    record::with(|error| error.map_or(0, Error::code))
}

/// A sentence that says what failed and what to do, for a person to read. Empty where there is no record.
///
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetError_GetMessage(buffer: *mut c_char, capacity: usize) -> i64 {
    unsafe { show(buffer, capacity, |error| error.message()) }
}

/// The server's reply code, where the failure was a reply.
///
/// @return 200 to 599, or 0.
/// @see RFC 5321 section 4.2.1
#[unsafe(no_mangle)]
pub extern "C" fn INetError_GetSmtpCode() -> i32 {
    record::with(|error| error.map_or(0, |error| i32::from(error.smtp_code())))
}

/// The server's enhanced status code, such as 5.1.1. Empty where there is none.
///
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see RFC 2034
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetError_GetEnhancedCode(buffer: *mut c_char, capacity: usize) -> i64 {
    unsafe { show(buffer, capacity, |error| error.enhanced_code().unwrap_or_default()) }
}

/// Where the Send was: resolve, connect, proxy, TLS, greeting, EHLO, STARTTLS,
/// AUTH, MAIL, RCPT, DATA, message, final reply, command (any other) or QUIT. Empty elsewhere.
///
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetError_GetPhase(buffer: *mut c_char, capacity: usize) -> i64 {
    unsafe {
        show(buffer, capacity, |error| error.phase().map(|phase| phase.name()).unwrap_or_default())
    }
}

/// The server as host name, address and port. Empty where none was reached.
///
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetError_GetPeer(buffer: *mut c_char, capacity: usize) -> i64 {
    unsafe { show(buffer, capacity, |error| error.peer().unwrap_or_default()) }
}

/// The first recipient that the failure is about. Empty where it is about none.
///
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetError_GetRecipient(buffer: *mut c_char, capacity: usize) -> i64 {
    unsafe { show(buffer, capacity, |error| error.recipient().unwrap_or_default()) }
}

/// The operating system's error number (errno), where the failure was the system's.
///
/// @return the number, or 0.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetError_GetOsError() -> i32 {
    record::with(|error| error.map_or(0, |error| error.os_error()))
}

/// Whether the same attempt may succeed later, as after a 4xx reply or a connection that was not made.
///
/// @return 1 or 0.
/// @see RFC 5321 section 4.2.1
#[unsafe(no_mangle)]
pub extern "C" fn INetError_GetIsTransient() -> i32 {
    record::with(|error| error.map_or(0, |error| i32::from(error.is_transient())))
}

/// Whether sending again cannot make a duplicate, because the server took nothing.
///
/// @return 1 or 0.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetError_GetIsSafeToRetry() -> i32 {
    record::with(|error| error.map_or(0, |error| i32::from(error.is_safe_to_retry())))
}

/// Whether the connection outlived the failure, as it does a refusal.
///
/// @return 1 or 0.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetError_GetIsConnectionUsable() -> i32 {
    record::with(|error| error.map_or(0, |error| i32::from(error.is_connection_usable())))
}

/// Empties the record of this thread.
///
/// @return 0.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetError_Clear() -> i32 {
    record::clear();
    0
}

/// Copies a text of the record out.
///
/// # Safety
/// `buffer` is NULL or has room for `capacity` octets.
unsafe fn show(buffer: *mut c_char, capacity: usize, part: impl FnOnce(&Error) -> &str) -> i64 {
    // SAFETY: as promised by the caller.
    record::with(|error| unsafe { text::copy_out(error.map_or("", part), buffer, capacity) })
}
