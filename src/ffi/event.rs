//! INetEvent: something that a client has seen.

use super::boundary;
use super::handles::{self, Opaque};
use crate::model::Event;
use std::ffi::c_char;

/// One event out of INetSmtpClient_NextEvent. It never changes. What its kind has no use for is empty or 0.
pub struct INetEvent {
    _opaque: [u8; 0],
}

impl Opaque for INetEvent {
    type Model = Event;
    const NAME: &'static str = "INetEvent";
}

/// What kind of event it is.
///
/// @param event the object.
/// @return one of INET_EVENT_, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetEvent_GetKind(event: *const INetEvent) -> i32 {
    boundary::value(|| Ok(handles::get(event)?.kind as i32))
}

/// The notification, the status of an error, or the code of a reply.
///
/// @param event the object.
/// @return one of INET_NOTIFICATION_, a status of INET_E_, or 200 to 599. A status is the answer, unless it is INET_E_HANDLE.
/// @see SecureBlackbox Notification, Error, CommandReply
#[unsafe(no_mangle)]
pub extern "C" fn INetEvent_GetCode(event: *const INetEvent) -> i32 {
    boundary::value(|| Ok(handles::get(event)?.code))
}

/// The number of the connection in this process, as reports tell it too.
///
/// @param event the object.
/// @return the number, 0 where there is no connection, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetEvent_GetConnection(event: *const INetEvent) -> i32 {
    boundary::value(|| Ok(handles::get(event)?.connection as i32))
}

/// The command of a command, of a reply or of octets. What belongs to a login is masked.
///
/// @param event the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see SecureBlackbox Command
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetEvent_GetCommand(
    event: *const INetEvent,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(event)?.command.clone())) }
}

/// The command, the reply with all its lines, the description of an error, or the parameters of a notification.
///
/// @param event the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see SecureBlackbox Command, CommandReply, Error, Notification
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetEvent_GetText(
    event: *const INetEvent,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(event)?.text.clone())) }
}

/// The enhanced status code of a reply, such as 2.1.5.
///
/// @param event the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see RFC 2034
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetEvent_GetEnhancedCode(
    event: *const INetEvent,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(event)?.enhanced_code.clone())) }
}

/// Octets of a message as they went over the wire.
///
/// @param event the object.
/// @param buffer receives the octets, as many as fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return how many there are, or a status.
/// @see SecureBlackbox CommandData
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetEvent_GetOctets(
    event: *const INetEvent,
    buffer: *mut u8,
    capacity: usize,
) -> i64 {
    unsafe { boundary::octets(buffer, capacity, || Ok(handles::get(event)?.octets.clone())) }
}

/// How many octets of messages were handed to the system.
///
/// @param event the object.
/// @return the number, or a status.
/// @see SecureBlackbox Progress
#[unsafe(no_mangle)]
pub extern "C" fn INetEvent_GetCurrent(event: *const INetEvent) -> i64 {
    boundary::long_value(|| Ok(handles::get(event)?.current))
}

/// How many octets of messages there are in all.
///
/// @param event the object.
/// @return the number, -1 where nobody knows, or a status.
/// @see SecureBlackbox Progress
#[unsafe(no_mangle)]
pub extern "C" fn INetEvent_GetTotal(event: *const INetEvent) -> i64 {
    boundary::long_value(|| Ok(handles::get(event)?.total))
}

/// How many messages the server has accepted.
///
/// @param event the object.
/// @return the number, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetEvent_GetMessages(event: *const INetEvent) -> i32 {
    boundary::value(|| Ok(handles::get(event)?.messages))
}

/// How many events were lost between the one that was taken before and this one.
///
/// @param event the object.
/// @return the number, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetEvent_GetLost(event: *const INetEvent) -> i64 {
    boundary::long_value(|| Ok(handles::get(event)?.lost))
}

/// Takes one more reference to the object: each wants its own INetEvent_Release.
///
/// @param event the object.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetEvent.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetEvent_AddRef(event: *mut INetEvent) -> i32 {
    boundary::status(|| handles::add_ref(event))
}

/// Gives up one reference.
///
/// @param event the object, or NULL, which is no failure.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetEvent, or was released before.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetEvent_Release(event: *mut INetEvent) -> i32 {
    boundary::release(|| handles::release(event))
}
