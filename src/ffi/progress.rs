//! INetSmtpClient: how far a Send is.

use super::smtp_client::INetSmtpClient;
use super::stream::{INetDropCallback, User};
use super::{boundary, handles};
use crate::error::Error;
use crate::model::ProgressHook;
use std::ffi::c_void;
use std::sync::Arc;

/// Is told how far a call is: `octets` of messages that were handed to the system, `total`, how many there are in all (-1 where only
/// the end of the message will tell), and `messages`, how many the server has accepted. A run has no total: it is -1 to the end. A
/// negative answer ends the call.
pub type INetProgressCallback =
    Option<unsafe extern "C" fn(user: *mut c_void, octets: i64, total: i64, messages: i32) -> i32>;

/// Has each Send and each run to a server that begins from now on tell how far it is: when a message begins, at most ten times a second
/// while it goes on, as the system takes its octets, and once more when it is over: a Send only if its message was accepted.
/// The last 131072 octets of a message, and the octets of runs over several connections, are told of in larger steps. What the system has taken
/// the server need not have yet: the system's socket buffers hold some hundred thousand octets, or several million on fast ways such as loopback.
/// With INetSmtpClient_SetSocketOutgoingSpeedLimit below the speed of the network little waits there. A run has no total, so that `total` is
/// -1 to its end, and its `messages` are those that were accepted; failures are not among them. How many of a merge are done, one
/// way or the other, is counted in the `done` of INetSmtpClient_BulkSendFrom. The callback runs on the thread that sends, which is the library's
/// for INetSmtpClient_SendAsync; no lock is held, so it may call the library, on this client too. A negative answer ends the
/// Send, which returns just that number; the server drops the message, and the connection is closed. The answer to the last
/// call, when the message has been accepted, is of no account. Octets are those of the message, as SIZE counts them; an
/// attempt that failed is taken back, and where line ends of octets that the host gives have to become CRLF, `total` grows on the way.
///
/// @param client the object.
/// @param callback what is called; or NULL for nothing any more.
/// @param user handed to the callbacks as it is.
/// @param dropUser called once when no Send uses the callback any more, on whatever thread that is; or NULL. Also where this
///     function fails.
/// @return 0, or a status.
/// @see inetmail; MailKit ITransferProgress; Aspose SmtpClient
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_OnProgress(
    client: *mut INetSmtpClient,
    callback: INetProgressCallback,
    user: *mut c_void,
    dropUser: INetDropCallback,
) -> i32 {
    boundary::status(|| {
        let user = User { pointer: user, drop: dropUser };
        let client = handles::get(client)?;
        client.set_on_progress(callback.map(|callback| -> ProgressHook {
            Arc::new(move |octets, total, messages| {
                let pointer = { &user }.pointer;
                // SAFETY: the callback is one of the host's, with the pointer that it came with.
                match unsafe { callback(pointer, octets, total, messages) } {
                    answer @ ..0 => Err(Error::of_callback(answer)),
                    _ => Ok(()),
                }
            })
        }));
        Ok(())
    })
}
