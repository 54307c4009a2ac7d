//! INetOperation: a Send or a run that goes on beside its caller, on a thread of the library.

use super::boundary;
use super::handles::{self, Opaque};
use super::mail_message::INetMailMessage;
use super::mail_message_collection::INetMailMessageCollection;
use super::send_report::INetSendReport;
use super::smtp_client::INetSmtpClient;
use super::stream::{INetDropCallback, User};
use crate::error::{Error, Result, Status};
use crate::model::{Operation, Pending, SendReport};
use std::ffi::c_void;
use std::sync::Arc;
use std::time::Duration;

/// A Send or a run that is under way on a thread of the library, or has been. It goes on when its last reference is released; it is ended
/// by INetOperation_Cancel, by INetSmtpClient_Cancel, and when the last reference to its client is released.
pub struct INetOperation {
    _opaque: [u8; 0],
}

impl Opaque for INetOperation {
    type Model = Operation;
    const NAME: &'static str = "INetOperation";
}

/// Is told that an operation has its result. The handle is the one that the operation was started with, lent for the call: to
/// keep it longer take a reference with INetOperation_AddRef.
pub type INetCompletionCallback =
    Option<unsafe extern "C" fn(user: *mut c_void, operation: *mut INetOperation)>;

/// Sends a message on a thread of the library and does not wait for that. It sends the message as it is now, through the client as
/// it is set now: both may be changed at once, and the message sent again. What is wrong with the message shows here, as its
/// files are opened and its texts encoded before this function returns. Files and read callbacks of its attachments are read
/// while it is sent, the callbacks on the library's thread. Each operation under way has a thread and a connection of its own:
/// INetSmtpClient_SetMaxConnections bounds the connections, and a Send waits for a free one within its Timeout. Many messages are
/// better off in INetSmtpClient_BulkSendAsync, which needs one thread for a connection.
///
/// @param client the object. Its last reference must outlive the operation, which else is cancelled.
/// @param message the message.
/// @param callback called when the operation has its result, on the library's thread; or NULL.
/// @param user handed to the callbacks as it is.
/// @param dropUser called once, after callback, on whatever thread that is; or NULL.
/// @return a new reference, to be released with INetOperation_Release; or NULL on failure. dropUser is called in both cases,
///     callback only for an operation that came to be. Both may be called before this function returns.
/// @error INET_E_NO_HOST the client has no host.
/// @error INET_E_NO_RECIPIENTS the message has none.
/// @error INET_E_FILE_NOT_FOUND the file of an attachment is not there.
/// @error INET_E_OUT_OF_MEMORY no thread could be started.
/// @see Aspose SmtpClient.SendAsync; .NET SmtpClient.SendAsync
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_SendAsync(
    client: *mut INetSmtpClient,
    message: *mut INetMailMessage,
    callback: INetCompletionCallback,
    user: *mut c_void,
    dropUser: INetDropCallback,
) -> *mut INetOperation {
    boundary::ready_handle(|| {
        let user = User { pointer: user, drop: dropUser };
        let pending = handles::get(client)?.send_async(&*handles::get(message)?)?;
        start(pending, callback, user)
    })
}

/// Sends the messages of a collection on a thread of the library, as INetSmtpClient_BulkSend does, and does not wait for that: those
/// that stand in it now, through the client as it is set now. Each message is taken as it is when its turn comes: leave it alone
/// until the operation is over.
///
/// @param client the object. Its last reference must outlive the operation, which else is cancelled.
/// @param messages the messages; they can be sent again.
/// @param callback called when the operation has its result, on the library's thread; or NULL.
/// @param user handed to the callbacks as it is.
/// @param dropUser called once, after callback, on whatever thread that is; or NULL.
/// @return a new reference, to be released with INetOperation_Release; or NULL on failure. dropUser is called in both cases,
///     callback only for an operation that came to be. Both may be called before this function returns. INetOperation_GetReport
///     gives the report of the run.
/// @error INET_E_NO_HOST the client has no host.
/// @error INET_E_OUT_OF_MEMORY no thread could be started.
/// @see Aspose SmtpClient.SendAsync
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_BulkSendAsync(
    client: *mut INetSmtpClient,
    messages: *mut INetMailMessageCollection,
    callback: INetCompletionCallback,
    user: *mut c_void,
    dropUser: INetDropCallback,
) -> *mut INetOperation {
    boundary::ready_handle(|| {
        let user = User { pointer: user, drop: dropUser };
        let pending = handles::get(client)?.send_collection_async(&*handles::get(messages)?)?;
        start(pending, callback, user)
    })
}

/// Starts an operation, which tells its end to the host's callback.
fn start(
    pending: Pending,
    callback: INetCompletionCallback,
    user: User,
) -> Result<*mut INetOperation> {
    let handle = handles::insert::<INetOperation>(pending.operation())?;
    let lent = callback.map(|callback| Lent::new(handle, callback)).transpose();
    let lent = lent.inspect_err(|_| drop(handles::release(handle)))?;
    let completed = move || {
        if let Some(lent) = lent {
            lent.call(&user);
        }
        drop(user);
    };
    pending.start(completed).inspect_err(|_| drop(handles::release(handle)))?;
    Ok(handle)
}

/// A reference of the library's own: the handle stays good for the callback, whatever the host does with its references.
struct Lent {
    handle: *mut INetOperation,
    callback: unsafe extern "C" fn(*mut c_void, *mut INetOperation),
}

impl Lent {
    fn new(
        handle: *mut INetOperation,
        callback: unsafe extern "C" fn(*mut c_void, *mut INetOperation),
    ) -> Result<Lent> {
        handles::add_ref(handle)?;
        Ok(Lent { handle, callback })
    }

    fn call(self, user: &User) {
        // SAFETY: the callback is one of the host's, with the pointer that it came with.
        unsafe { (self.callback)(user.pointer, self.handle) };
    }
}

// SAFETY: a handle is a number, not an address.
unsafe impl Send for Lent {}

impl Drop for Lent {
    fn drop(&mut self) {
        // The host may have released more than it had.
        let _ = handles::release(self.handle);
    }
}

/// Waits until the operation is over: it has its result, and callback and dropUser have returned. Any number of threads may wait.
///
/// @param operation the object.
/// @param milliseconds how long to wait at most, 0 not at all, -1 for ever.
/// @return 1 if it is over, 0 if it is not yet, or a status. Whether the Send succeeded tells INetOperation_GetStatus.
/// @error INET_E_BUSY a callback of this operation asked, which would wait for itself.
/// @error INET_E_OTHER_PROCESS the operation runs in the process that this one was forked from.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE milliseconds is below -1.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetOperation_Wait(operation: *mut INetOperation, milliseconds: i32) -> i32 {
    boundary::value(|| {
        let patience = match milliseconds {
            -1 => None,
            0.. => Some(Duration::from_millis(milliseconds as u64)),
            _ => {
                let sentence =
                    format!("a wait of {milliseconds} ms: -1 stands for one without end");
                return Err(Error::new(Status::ArgumentOutOfRange, sentence));
            }
        };
        Ok(i32::from(handles::get(operation)?.wait(patience)?))
    })
}

/// Ends the operation, soon: its status becomes INET_E_CANCELLED, or INET_E_IN_DOUBT if its message was out already and only the
/// server's answer was missing. Others on the same client go on. An operation that has its result keeps it.
///
/// @param operation the object.
/// @return 0, or a status.
/// @error INET_E_OTHER_PROCESS the operation runs in the process that this one was forked from.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetOperation_Cancel(operation: *mut INetOperation) -> i32 {
    boundary::status(|| handles::get(operation)?.cancel())
}

/// What INetSmtpClient_Send would have returned, or INET_E_BUSY while the operation is under way: it never ends with that. Such a
/// status is a value of the operation's and leaves no error record; INetOperation_GetReport tells more.
///
/// @param operation the object.
/// @return 0 if the message was accepted for every recipient, or a status. A status is the answer, unless it is INET_E_HANDLE.
/// @error INET_E_BUSY the operation is under way.
/// @error INET_E_OTHER_PROCESS the operation runs in the process that this one was forked from.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetOperation_GetStatus(operation: *const INetOperation) -> i32 {
    boundary::value(|| {
        let operation = handles::get(operation)?;
        let report = operation.result().and_then(|result| result.as_ref().map_err(Error::clone));
        let result = report.and_then(|report| report.to_result());
        Ok(result.map_or_else(|error| error.code(), |()| 0))
    })
}

/// What became of the message, for each recipient.
///
/// @param operation the object.
/// @return a new reference, to be released with INetSendReport_Release; or NULL where there is no report: the operation is under
///     way, or it failed before anything was tried. The error record tells which.
/// @error INET_E_BUSY the operation is under way.
/// @error INET_E_OTHER_PROCESS the operation runs in the process that this one was forked from.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetOperation_GetReport(operation: *const INetOperation) -> *mut INetSendReport {
    boundary::handle(|| -> Result<Arc<SendReport>> { handles::get(operation)?.result()?.clone() })
}

/// Octets of the message that were handed to the system so far.
///
/// @param operation the object.
/// @return how many there are, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetOperation_GetOctetsSent(operation: *const INetOperation) -> i64 {
    boundary::long_value(|| Ok(handles::get(operation)?.progress().octets()))
}

/// Octets of the whole message. A run has no total: of INetSmtpClient_BulkSendAsync this is -1 to the end, and
/// INetOperation_GetMessagesDone tells how far it is. It grows on the way of a message of octets whose line ends have to become CRLF.
///
/// @param operation the object.
/// @return how many there are; -1 of a run, where only the end of the message will tell, and before the server wants the message;
///     or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetOperation_GetOctetsTotal(operation: *const INetOperation) -> i64 {
    boundary::long_value(|| Ok(handles::get(operation)?.progress().total()))
}

/// Messages that the server has accepted. Those that failed are not among them.
///
/// @param operation the object.
/// @return how many there are, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetOperation_GetMessagesDone(operation: *const INetOperation) -> i32 {
    boundary::value(|| Ok(handles::get(operation)?.progress().messages()))
}

/// Takes one more reference to the object: each wants its own INetOperation_Release.
///
/// @param operation the object.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetOperation.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetOperation_AddRef(operation: *mut INetOperation) -> i32 {
    boundary::status(|| handles::add_ref(operation))
}

/// Gives up one reference. The operation goes on all the same.
///
/// @param operation the object, or NULL, which is no failure.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetOperation, or was released before.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetOperation_Release(operation: *mut INetOperation) -> i32 {
    boundary::release(|| handles::release(operation))
}
