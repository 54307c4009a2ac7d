//! INetServerReply: what a server answered to a command.

use super::boundary;
use super::handles::{self, Opaque};
use crate::error::{Error, Result, Status};
use crate::model::ServerReply;
use std::ffi::c_char;

/// The reply to a command, whatever its code. What is no text in it was made harmless for logs and terminals.
pub struct INetServerReply {
    _opaque: [u8; 0],
}

impl Opaque for INetServerReply {
    type Model = ServerReply;
    const NAME: &'static str = "INetServerReply";
}

/// The reply code.
///
/// @param reply the object.
/// @return 200 to 599, or a status.
/// @see RFC 5321 section 4.2.1
#[unsafe(no_mangle)]
pub extern "C" fn INetServerReply_GetCode(reply: *const INetServerReply) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(reply)?.code())))
}

/// The enhanced status code, such as 2.1.5. Empty where there is none.
///
/// @param reply the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see RFC 2034
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetServerReply_GetEnhancedCode(
    reply: *const INetServerReply,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(handles::get(reply)?.enhanced_code().unwrap_or_default().to_owned())
        })
    }
}

/// The text of the reply, lines joined by LF, codes left out, the enhanced one kept.
///
/// @param reply the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see RFC 5321 section 4.2
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetServerReply_GetText(
    reply: *const INetServerReply,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(reply)?.text())) }
}

/// How many lines the reply has.
///
/// @param reply the object.
/// @return the number, 1 or more, or a status.
/// @see RFC 5321 section 4.2
#[unsafe(no_mangle)]
pub extern "C" fn INetServerReply_GetLineCount(reply: *const INetServerReply) -> i32 {
    boundary::value(|| Ok(handles::get(reply)?.lines().count() as i32))
}

/// The text of one line.
///
/// @param reply the object.
/// @param index 0 to the count less 1.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE there is no such line.
/// @see RFC 5321 section 4.2
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetServerReply_GetLine(
    reply: *const INetServerReply,
    index: i32,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            let reply = handles::get(reply)?;
            let line = place(index, reply.lines().count())?;
            Ok(reply.lines().nth(line).unwrap_or_default())
        })
    }
}

/// Takes one more reference to the object: each wants its own INetServerReply_Release.
///
/// @param reply the object.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetServerReply.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetServerReply_AddRef(reply: *mut INetServerReply) -> i32 {
    boundary::status(|| handles::add_ref(reply))
}

/// Gives up one reference. The object lives on as long as the library or a call under way uses it.
///
/// @param reply the object, or NULL, which is no failure.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetServerReply, or was released before.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetServerReply_Release(reply: *mut INetServerReply) -> i32 {
    boundary::release(|| handles::release(reply))
}

pub(super) fn place(index: i32, count: usize) -> Result<usize> {
    usize::try_from(index).ok().filter(|&place| place < count).ok_or_else(|| {
        let sentence = format!("{index} is none of {count}");
        Error::new(Status::IndexOutOfRange, sentence)
    })
}
