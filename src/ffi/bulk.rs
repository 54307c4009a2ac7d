//! INetSmtpClient: many messages in one call.

use super::handles;
use super::mail_message::INetMailMessage;
use super::mail_message_collection::INetMailMessageCollection;
use super::send_report::INetSendReport;
use super::smtp_client::INetSmtpClient;
use super::{boundary, stream::null};
use crate::error::{Error, Result, Status};
use crate::model::{MailMessage, SendReport};
use std::ffi::c_void;
use std::sync::Arc;

/// Gives the next message of a run: puts it to `message` and answers 1, or answers 0 behind the last one. The library releases
/// the reference that it is given. A negative answer ends the run. Messages count from 0. A message may be asked for before the
/// fate of those in front of it is known, so that each wants to be an object of its own, at least until then.
pub type INetNextMessageCallback = Option<
    unsafe extern "C" fn(user: *mut c_void, index: i64, message: *mut *mut INetMailMessage) -> i32,
>;

/// Is told what became of a message of a run, by its number, in any order. The report is lent for the call: INetSendReport_AddRef
/// keeps it. A negative answer ends the run.
pub type INetMessageDoneCallback =
    Option<unsafe extern "C" fn(user: *mut c_void, index: i64, report: *mut INetSendReport) -> i32>;

/// Sends the messages of a collection in one run, those that stand in it when the call begins. A message that fails does so
/// alone, unless INetSmtpClient_SetStopOnFailure says otherwise; a server that cannot be reached ends the run, and the rest is not
/// tried. Timeout holds for each step that brings the run on. A connection that is lost can leave as many messages in doubt as
/// INetSmtpClient_SetWindowMessages lets be under way: set 1 where duplicates hurt more than time does.
/// INetSmtpClient_BulkSendAsync does the same on a thread of the library.
///
/// @param client the object.
/// @param messages the messages; they can be sent again.
/// @return 0 if every message was accepted for all of its recipients, or a status.
/// @error INET_E_SOME_MESSAGES_FAILED others may be delivered; INetSmtpClient_BulkSendWithReport tells which.
/// @see Aspose SmtpClient.BulkSend
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_BulkSend(
    client: *mut INetSmtpClient,
    messages: *mut INetMailMessageCollection,
) -> i32 {
    boundary::status(|| {
        handles::get(client)?.send_collection(&*handles::get(messages)?)?.to_result()
    })
}

/// The same as INetSmtpClient_BulkSend, after the name that it has now.
///
/// @param client the object.
/// @param messages the messages; they can be sent again.
/// @return 0 if every message was accepted for all of its recipients, or a status.
/// @error INET_E_SOME_MESSAGES_FAILED others may be delivered; INetSmtpClient_BulkSendWithReport tells which.
/// @see Aspose SmtpClient.Send(MailMessageCollection)
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SendCollection(
    client: *mut INetSmtpClient,
    messages: *mut INetMailMessageCollection,
) -> i32 {
    INetSmtpClient_BulkSend(client, messages)
}

/// Sends as INetSmtpClient_BulkSend does and reports what became of each message and recipient. The report takes the place of the
/// error record, which is left as it is.
///
/// @param client the object.
/// @param messages the messages; they can be sent again.
/// @return a new report, whatever became of the messages, to be released with INetSendReport_Release; or NULL where the run failed
///     before any message was tried: no host, no pickup directory.
/// @see Aspose SmtpClient.BulkSend
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_BulkSendWithReport(
    client: *mut INetSmtpClient,
    messages: *mut INetMailMessageCollection,
) -> *mut INetSendReport {
    boundary::handle(|| {
        Ok(Arc::new(handles::get(client)?.send_collection(&*handles::get(messages)?)?))
    })
}

/// Sends messages that a callback gives, in one run, such as those of a mail merge. Neither the messages nor the reports are kept,
/// so that there may be a million of them. A message that fails does so alone, unless INetSmtpClient_SetStopOnFailure says
/// otherwise: then no further one is asked for. A server that cannot be reached ends the run too. Timeout holds for each step that
/// brings the run on. Those that are under way when the run ends early are waited for, and `done` is told of them.
/// INetSmtpClient_OnProgress tells of the accepted ones only: a merge that wants to count counts in `done`.
///
/// @param client the object.
/// @param next gives the messages, on this thread.
/// @param done is told what became of each, on this thread; or NULL.
/// @param user handed to the callbacks as it is.
/// @return 0 if every message was accepted for all of its recipients, or a status, or the negative number that a callback answered.
/// @error INET_E_SOME_MESSAGES_FAILED others may be delivered; `done` was told which.
/// @error INET_E_CALLBACK `next` promised a message and gave none.
/// @error INET_E_CANCELLED INetSmtpClient_Cancel was called meanwhile, or the client was released.
/// @see inetmail
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_BulkSendFrom(
    client: *mut INetSmtpClient,
    next: INetNextMessageCallback,
    done: INetMessageDoneCallback,
    user: *mut c_void,
) -> i32 {
    boundary::status(|| {
        let client = handles::get(client)?;
        let next = next.ok_or_else(|| null("next"))?;
        let mut index = 0;
        let mut ask = || {
            let mut message = std::ptr::null_mut();
            // SAFETY: the callback is one of the host's, with a place for a handle and the pointer that it came with.
            let answer = unsafe { next(user, index, &mut message) };
            index += 1;
            match answer {
                ..0 => Err(Error::of_callback(answer)),
                0 => Ok(None),
                1.. => taken(message).map(Some),
            }
        };
        let mut tell = |index, report| match done {
            Some(done) => lend(report, |report| {
                // SAFETY: as above; the handle is alive during the call.
                unsafe { done(user, index as i64, report) }
            }),
            None => Ok(()),
        };
        client.send_each(&mut ask, &mut tell)
    })
}

/// The message of a reference that the host gives away.
fn taken(message: *mut INetMailMessage) -> Result<Arc<MailMessage>> {
    if message.is_null() {
        let sentence = "the callback next promised a message and gave NULL";
        return Err(Error::new(Status::Callback, sentence));
    }
    let model = handles::get(message)?;
    handles::release(message)?;
    Ok(model)
}

/// Lends a report to a callback of the host.
fn lend(report: SendReport, tell: impl FnOnce(*mut INetSendReport) -> i32) -> Result<()> {
    let handle = handles::insert::<INetSendReport>(Arc::new(report))?;
    let answer = tell(handle);
    // A host that released what it was only lent has released it.
    let _ = handles::release(handle);
    match answer {
        ..0 => Err(Error::of_callback(answer)),
        _ => Ok(()),
    }
}
