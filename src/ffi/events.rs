//! INetSmtpClient: what it shows of its connections, to callbacks and to those who ask.

use super::event::INetEvent;
use super::smtp_client::INetSmtpClient;
use super::stream::{INetDropCallback, User};
use super::text::text_out;
use super::{boundary, handles};
use crate::error::Error;
use crate::model::{EventHooks, Heard, Note};
use std::ffi::{c_char, c_void};
use std::sync::Arc;

/// Host names are looked up: `host`.
pub const INET_NOTIFICATION_RESOLVING: i32 = 1;
/// Host names were looked up: `host`, `addresses`.
pub const INET_NOTIFICATION_RESOLVED: i32 = 2;
/// A connection is being made: `host`, `port`, `addresses`.
pub const INET_NOTIFICATION_CONNECTING: i32 = 3;
/// A connection was made: `peer`.
pub const INET_NOTIFICATION_CONNECTED: i32 = 4;
/// The proxy has opened the way to the server: `proxy=host:port`.
pub const INET_NOTIFICATION_PROXY_CONNECTED: i32 = 5;
/// A TLS handshake begins: `host`.
pub const INET_NOTIFICATION_TLS_STARTED: i32 = 6;
/// A TLS handshake is done: `version`, `ciphersuite`.
pub const INET_NOTIFICATION_TLS_ESTABLISHED: i32 = 7;
/// A TLS handshake has resumed a session of before: `version`, `ciphersuite`.
pub const INET_NOTIFICATION_TLS_RESUMED: i32 = 8;
/// A login was accepted: `mechanism`, `user`.
pub const INET_NOTIFICATION_AUTHENTICATED: i32 = 9;
/// A message was accepted: `reply`.
pub const INET_NOTIFICATION_MESSAGE_ACCEPTED: i32 = 10;
/// A connection is no more: `peer`, `reason`.
pub const INET_NOTIFICATION_CONNECTION_CLOSED: i32 = 11;
/// Something that failed is tried again: `wait` in milliseconds, `reason`.
pub const INET_NOTIFICATION_RETRY: i32 = 12;
/// The log cannot be written: `reason`. Told once; sending goes on.
pub const INET_NOTIFICATION_LOG_FAILED: i32 = 13;
/// A login that reveals its secret is about to go in clear: `mechanism`.
pub const INET_NOTIFICATION_LOGIN_IN_CLEAR: i32 = 14;

/// Commands.
pub const INET_EVENT_COMMAND: i32 = 1;
/// Octets of messages.
pub const INET_EVENT_COMMAND_DATA: i32 = 2;
/// Replies.
pub const INET_EVENT_COMMAND_REPLY: i32 = 4;
/// Errors.
pub const INET_EVENT_ERROR: i32 = 8;
/// Notifications.
pub const INET_EVENT_NOTIFICATION: i32 = 16;
/// How far a call is.
pub const INET_EVENT_PROGRESS: i32 = 32;

/// Is told of a command that goes out, without its line end. The text lives as long as the call.
pub type INetCommandCallback =
    Option<unsafe extern "C" fn(user: *mut c_void, command: *const c_char)>;

/// Is told of octets of a message that go out, as they go over the wire: `command` is DATA or BDAT, `octets` a block of them, which lives
/// as long as the call.
pub type INetCommandDataCallback = Option<
    unsafe extern "C" fn(
        user: *mut c_void,
        command: *const c_char,
        octets: *const u8,
        length: usize,
    ),
>;

/// Is told of a reply: the `command` that it answers (. for the end of a message, nothing for a greeting), `reply` with all its lines,
/// joined by LF, `code` and `enhancedCode` as they stand in it. Texts live as long as the call.
pub type INetCommandReplyCallback = Option<
    unsafe extern "C" fn(
        user: *mut c_void,
        command: *const c_char,
        reply: *const c_char,
        code: i32,
        enhancedCode: *const c_char,
    ),
>;

/// Is told of an error: its `status` and a `description`, which lives as long as the call.
pub type INetErrorCallback =
    Option<unsafe extern "C" fn(user: *mut c_void, status: i32, description: *const c_char)>;

/// Is told of something that has happened: `notification` is one of INET_NOTIFICATION_, and there may be more of them some day;
/// `parameters` are names and values, `name=value;name=value`, of which the last value may hold anything. The text lives as long as the call.
pub type INetNotificationCallback =
    Option<unsafe extern "C" fn(user: *mut c_void, notification: i32, parameters: *const c_char)>;

/// Has each command told that goes out to a server. What belongs to a login is masked: AUTH PLAIN ***. The callback has no say and runs on
/// the thread that works on the connection, which is the library's for asynchronous calls and for runs over several connections; no lock is held,
/// so it may call the library, on this client too. INetSmtpClient_Cancel ends what is under way. A connection that ends while it is at rest is not told of.
///
/// @param client the object.
/// @param callback what is called; or NULL for nothing any more.
/// @param user handed to the callbacks as it is.
/// @param dropUser called once when no connection uses the callback any more, on whatever thread that is; or NULL. Also where this function fails.
/// @return 0, or a status.
/// @see SecureBlackbox Command
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_OnCommand(
    client: *mut INetSmtpClient,
    callback: INetCommandCallback,
    user: *mut c_void,
    dropUser: INetDropCallback,
) -> i32 {
    boundary::status(|| {
        let user = User { pointer: user, drop: dropUser };
        let hook = callback.map(|callback| {
            Arc::new(move |command: &str| {
                let (pointer, command) = ({ &user }.pointer, text_out(command));
                // SAFETY: the callback is one of the host's, with the pointer that it came with; the text outlives the call.
                unsafe { callback(pointer, command.as_ptr()) }
            }) as _
        });
        let swap = |hooks: &mut EventHooks| std::mem::replace(&mut hooks.command, hook);
        handles::get(client)?.change_event_hooks(swap);
        Ok(())
    })
}

/// Has the octets of each message told as they go out, as blocks. The callback has no say and runs as that of INetSmtpClient_OnCommand does.
///
/// @param client the object.
/// @param callback what is called; or NULL for nothing any more.
/// @param user handed to the callbacks as it is.
/// @param dropUser called once when no connection uses the callback any more, on whatever thread that is; or NULL. Also where this function fails.
/// @return 0, or a status.
/// @see SecureBlackbox CommandData
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_OnCommandData(
    client: *mut INetSmtpClient,
    callback: INetCommandDataCallback,
    user: *mut c_void,
    dropUser: INetDropCallback,
) -> i32 {
    boundary::status(|| {
        let user = User { pointer: user, drop: dropUser };
        let hook = callback.map(|callback| {
            Arc::new(move |command: &str, octets: &[u8]| {
                let (pointer, command) = ({ &user }.pointer, text_out(command));
                // SAFETY: the callback is one of the host's, with the pointer that it came with; text and octets outlive the call.
                unsafe { callback(pointer, command.as_ptr(), octets.as_ptr(), octets.len()) }
            }) as _
        });
        let swap = |hooks: &mut EventHooks| std::mem::replace(&mut hooks.command_data, hook);
        handles::get(client)?.change_event_hooks(swap);
        Ok(())
    })
}

/// Has each reply of a server told. Of replies within a login only the codes are shown: 334 ***. The callback has no say and runs as that
/// of INetSmtpClient_OnCommand does.
///
/// @param client the object.
/// @param callback what is called; or NULL for nothing any more.
/// @param user handed to the callbacks as it is.
/// @param dropUser called once when no connection uses the callback any more, on whatever thread that is; or NULL. Also where this function fails.
/// @return 0, or a status.
/// @see SecureBlackbox CommandReply
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_OnCommandReply(
    client: *mut INetSmtpClient,
    callback: INetCommandReplyCallback,
    user: *mut c_void,
    dropUser: INetDropCallback,
) -> i32 {
    boundary::status(|| {
        let user = User { pointer: user, drop: dropUser };
        let hook = callback.map(|callback| {
            Arc::new(move |heard: &Heard| {
                let pointer = { &user }.pointer;
                let (command, reply) = (text_out(&heard.command), text_out(&heard.text));
                let (code, enhanced) = (i32::from(heard.code), text_out(&heard.enhanced_code));
                // SAFETY: the callback is one of the host's, with the pointer that it came with; the texts outlive the call.
                unsafe {
                    callback(pointer, command.as_ptr(), reply.as_ptr(), code, enhanced.as_ptr())
                }
            }) as _
        });
        let swap = |hooks: &mut EventHooks| std::mem::replace(&mut hooks.command_reply, hook);
        handles::get(client)?.change_event_hooks(swap);
        Ok(())
    })
}

/// Has errors told that have to do with connections and messages on their way: those that end a Send, each attempt that is made again, and
/// recipients that were refused while others were not. The callback has no say and runs as that of INetSmtpClient_OnCommand does.
///
/// @param client the object.
/// @param callback what is called; or NULL for nothing any more.
/// @param user handed to the callbacks as it is.
/// @param dropUser called once when no connection uses the callback any more, on whatever thread that is; or NULL. Also where this function fails.
/// @return 0, or a status.
/// @see SecureBlackbox Error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_OnError(
    client: *mut INetSmtpClient,
    callback: INetErrorCallback,
    user: *mut c_void,
    dropUser: INetDropCallback,
) -> i32 {
    boundary::status(|| {
        let user = User { pointer: user, drop: dropUser };
        let hook = callback.map(|callback| {
            Arc::new(move |error: &Error| {
                let (pointer, description) = ({ &user }.pointer, text_out(error.message()));
                // SAFETY: the callback is one of the host's, with the pointer that it came with; the text outlives the call.
                unsafe { callback(pointer, error.code(), description.as_ptr()) }
            }) as _
        });
        let swap = |hooks: &mut EventHooks| std::mem::replace(&mut hooks.error, hook);
        handles::get(client)?.change_event_hooks(swap);
        Ok(())
    })
}

/// Has told what happens besides commands: names are looked up, connections begin and end, logins and messages are accepted. The callback
/// has no say and runs as that of INetSmtpClient_OnCommand does.
///
/// @param client the object.
/// @param callback what is called; or NULL for nothing any more.
/// @param user handed to the callbacks as it is.
/// @param dropUser called once when no connection uses the callback any more, on whatever thread that is; or NULL. Also where this function fails.
/// @return 0, or a status.
/// @see SecureBlackbox Notification
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_OnNotification(
    client: *mut INetSmtpClient,
    callback: INetNotificationCallback,
    user: *mut c_void,
    dropUser: INetDropCallback,
) -> i32 {
    boundary::status(|| {
        let user = User { pointer: user, drop: dropUser };
        let hook = callback.map(|callback| {
            Arc::new(move |note: Note, parameters: &str| {
                let (pointer, parameters) = ({ &user }.pointer, text_out(parameters));
                // SAFETY: the callback is one of the host's, with the pointer that it came with; the text outlives the call.
                unsafe { callback(pointer, note as i32, parameters.as_ptr()) }
            }) as _
        });
        let swap = |hooks: &mut EventHooks| std::mem::replace(&mut hooks.notification, hook);
        handles::get(client)?.change_event_hooks(swap);
        Ok(())
    })
}

/// The kinds of events that are kept for INetSmtpClient_NextEvent.
///
/// @param client the object.
/// @return bits of INET_EVENT_, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetEventKinds(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| Ok(handles::get(client)?.event_kinds()))
}

/// Has events of these kinds kept for INetSmtpClient_NextEvent, from now on: for hosts that cannot be called. The default is 0, none.
///
/// @param client the object.
/// @param kinds bits of INET_EVENT_; 0 for none.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE kinds has a bit that is none of these.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetEventKinds(client: *mut INetSmtpClient, kinds: i32) -> i32 {
    boundary::status(|| handles::get(client)?.set_event_kinds(kinds))
}

/// How many events are kept at most.
///
/// @param client the object.
/// @return the number, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetEventCapacity(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| Ok(handles::get(client)?.event_capacity()))
}

/// Says how many events are kept at most. Of more than that, and of more than 16 MiB, the oldest are lost; INetEvent_GetLost counts them.
/// The default is 1000.
///
/// @param client the object.
/// @param capacity the number of events, 1 to 1000000.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetEventCapacity(
    client: *mut INetSmtpClient,
    capacity: i32,
) -> i32 {
    boundary::status(|| handles::get(client)?.set_event_capacity(capacity))
}

/// The oldest event that was kept and not taken yet. It does not wait for one.
///
/// @param client the object.
/// @return a new reference, to be released with INetEvent_Release; NULL where there is none, and on failure.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_NextEvent(client: *mut INetSmtpClient) -> *mut INetEvent {
    boundary::optional_handle(|| Ok(handles::get(client)?.next_event()))
}
