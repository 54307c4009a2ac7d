//! INetSendReport: what became of a message, for each recipient, or of each message of a run.

use super::boundary;
use super::handles::{self, Opaque};
use crate::error::{Error, Result};
use crate::model::{SendReport, Verdict};
use std::ffi::c_char;

/// The report of one Send, or of a run of messages. It belongs to whoever holds it, on any thread. Of a run it tells the first
/// failure where there can be but one answer, and the recipients of all messages, in order; INetSendReport_GetMessageReport
/// gives the report of each message.
pub struct INetSendReport {
    _opaque: [u8; 0],
}

impl Opaque for INetSendReport {
    type Model = SendReport;
    const NAME: &'static str = "INetSendReport";
}

/// The server accepted the message for the recipient.
pub const INET_VERDICT_DELIVERED: i32 = 1;
/// The server refused the recipient, or the message.
pub const INET_VERDICT_REFUSED: i32 = 2;
/// The message did not reach the server; sending again makes no duplicate.
pub const INET_VERDICT_NOT_SENT: i32 = 3;
/// The connection was lost between the message and the final reply.
pub const INET_VERDICT_IN_DOUBT: i32 = 4;

/// What INetSmtpClient_Send would have returned, or INetSmtpClient_BulkSend.
///
/// @param report the object.
/// @return 0 if the message, or all messages of the run, were accepted for every recipient; or a status. A status is the answer,
///     unless it is INET_E_HANDLE.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSendReport_GetStatus(report: *const INetSendReport) -> i32 {
    boundary::value(|| {
        Ok(handles::get(report)?.to_result().map_or_else(|error| error.code(), |()| 0))
    })
}

/// A sentence that says what failed; empty if nothing did.
///
/// @param report the report.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSendReport_GetMessage(
    report: *const INetSendReport,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(handles::get(report)?
                .to_result()
                .map_or_else(|error| error.to_string(), |()| String::new()))
        })
    }
}

/// Where the Send was when it failed, as INetError_GetPhase tells it; empty if it did not.
///
/// @param report the report.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSendReport_GetPhase(
    report: *const INetSendReport,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    let show =
        |error: &Error| error.phase().map(|phase| phase.name()).unwrap_or_default().to_owned();
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(failure(report)?.as_ref().map(show).unwrap_or_default())
        })
    }
}

/// The server as host name, address and port; empty if none was reached. Of a run, that of the first message that failed, or
/// else of the first message.
///
/// @param report the report.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSendReport_GetPeer(
    report: *const INetSendReport,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(report)?.peer().to_owned())) }
}

/// The enhanced status code of the reply that made the Send fail, such as 5.1.1. Empty where there is none.
///
/// @param report the report.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see RFC 2034
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSendReport_GetEnhancedCode(
    report: *const INetSendReport,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    let show = |error: &Error| error.enhanced_code().unwrap_or_default().to_owned();
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(failure(report)?.as_ref().map(show).unwrap_or_default())
        })
    }
}

/// Whether the same attempt may succeed later, as INetError_GetIsTransient tells it.
///
/// @param report the report.
/// @return 1 or 0, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSendReport_GetIsTransient(report: *const INetSendReport) -> i32 {
    boundary::value(|| Ok(i32::from(failure(report)?.is_some_and(|error| error.is_transient()))))
}

/// Whether sending again cannot make a duplicate, as INetError_GetIsSafeToRetry tells it.
///
/// @param report the report.
/// @return 1 or 0, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSendReport_GetIsSafeToRetry(report: *const INetSendReport) -> i32 {
    boundary::value(|| {
        Ok(i32::from(failure(report)?.is_some_and(|error| error.is_safe_to_retry())))
    })
}

/// The code of the server's reply that decided about the message as a whole. Of a run, that of the first message that failed,
/// or else of the first message.
///
/// @param report the object.
/// @return 200 to 599, or 0 where there was none, or a status.
/// @see RFC 5321 section 4.2.1
#[unsafe(no_mangle)]
pub extern "C" fn INetSendReport_GetFinalCode(report: *const INetSendReport) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(report)?.final_code())))
}

/// The text of the final reply that accepted the message; many servers tell their queue id in it. Empty if it was not accepted.
/// Of a run, that of the first message that failed, or else of the first message.
///
/// @param report the report.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see RFC 5321 section 4.2
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSendReport_GetFinalText(
    report: *const INetSendReport,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(report)?.final_text())) }
}

/// The connection that took the message on: those of a process are counted from 1. Of a run, that of the first message that
/// failed, or else of the first message.
///
/// @param report the object.
/// @return the number, 0 where there was none, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSendReport_GetConnection(report: *const INetSendReport) -> i32 {
    boundary::value(|| Ok(handles::get(report)?.connection() as i32))
}

/// When the message was begun with; of a run, the first one that was.
///
/// @param report the object.
/// @return milliseconds since 1970 UTC, 0 for what was not tried, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSendReport_GetStartTime(report: *const INetSendReport) -> i64 {
    boundary::long_value(|| Ok(handles::get(report)?.span().start()))
}

/// When the fate of the message was known; of a run, the last one of which it was.
///
/// @param report the object.
/// @return milliseconds since 1970 UTC, 0 for what was not tried, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSendReport_GetEndTime(report: *const INetSendReport) -> i64 {
    boundary::long_value(|| Ok(handles::get(report)?.span().end()))
}

/// How long it took from INetSendReport_GetStartTime to INetSendReport_GetEndTime, by a clock that nobody sets.
///
/// @param report the object.
/// @return milliseconds, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSendReport_GetDuration(report: *const INetSendReport) -> i64 {
    boundary::long_value(|| Ok(handles::get(report)?.span().duration().as_millis() as i64))
}

/// How many messages the report tells of.
///
/// @param report the object.
/// @return the number, 1 but for a run, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSendReport_GetMessageCount(report: *const INetSendReport) -> i32 {
    boundary::value(|| Ok(handles::get(report)?.counts().messages as i32))
}

/// How many messages were accepted for all of their recipients.
///
/// @param report the object.
/// @return the number, or a status.
/// @see Aspose SendMessagesResult.Succeeded
#[unsafe(no_mangle)]
pub extern "C" fn INetSendReport_GetSucceededCount(report: *const INetSendReport) -> i32 {
    boundary::value(|| Ok(handles::get(report)?.counts().succeeded as i32))
}

/// How many messages failed, for one of their recipients or for all.
///
/// @param report the object.
/// @return the number, or a status.
/// @see Aspose SendMessagesResult.Failed
#[unsafe(no_mangle)]
pub extern "C" fn INetSendReport_GetFailedCount(report: *const INetSendReport) -> i32 {
    boundary::value(|| Ok(handles::get(report)?.counts().failed as i32))
}

/// How many messages were not tried, because the run had ended before.
///
/// @param report the object.
/// @return the number, or a status.
/// @see Aspose SendMessagesResult.NotHandled
#[unsafe(no_mangle)]
pub extern "C" fn INetSendReport_GetNotHandledCount(report: *const INetSendReport) -> i32 {
    boundary::value(|| Ok(handles::get(report)?.counts().not_handled as i32))
}

/// The report of one message. That of a report of one message is the report itself.
///
/// @param report the object.
/// @param index 0 to the count of messages less 1, in the order of the run.
/// @return a new reference, to be released with INetSendReport_Release; or NULL on failure.
/// @error INET_E_INDEX_OUT_OF_RANGE there is no such message.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSendReport_GetMessageReport(
    report: *const INetSendReport,
    index: i32,
) -> *mut INetSendReport {
    boundary::handle(|| handles::get(report)?.message(index))
}

/// How many recipients the message had, each counted once; of a run, those of all its messages. A message that could not be
/// packed has those that could be told all the same.
///
/// @param report the object.
/// @return the number, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSendReport_GetRecipientCount(report: *const INetSendReport) -> i32 {
    boundary::value(|| Ok(handles::get(report)?.recipient_count() as i32))
}

/// The address of a recipient, as it went out.
///
/// @param report the object.
/// @param recipient 0 to the count less 1.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE there is no such recipient.
/// @see inetmail
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSendReport_GetRecipientAt(
    report: *const INetSendReport,
    recipient: i32,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    let call = || Ok(handles::get(report)?.recipient(recipient)?.address().clone());
    unsafe { boundary::text(buffer, capacity, call) }
}

/// What became of the message for a recipient.
///
/// @param report the object.
/// @param recipient 0 to the count less 1.
/// @return an INET_VERDICT_ number, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE there is no such recipient.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSendReport_GetVerdictAt(
    report: *const INetSendReport,
    recipient: i32,
) -> i32 {
    boundary::value(|| {
        Ok(match handles::get(report)?.recipient(recipient)?.verdict() {
            Verdict::Delivered => INET_VERDICT_DELIVERED,
            Verdict::Refused => INET_VERDICT_REFUSED,
            Verdict::NotSent => INET_VERDICT_NOT_SENT,
            Verdict::InDoubt => INET_VERDICT_IN_DOUBT,
        })
    })
}

/// The code of the reply that refused a recipient, or the message as a whole.
///
/// @param report the object.
/// @param recipient 0 to the count less 1.
/// @return 400 to 599, or 0 where no reply refused, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE there is no such recipient.
/// @see RFC 5321 section 4.2.1
#[unsafe(no_mangle)]
pub extern "C" fn INetSendReport_GetCodeAt(report: *const INetSendReport, recipient: i32) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(report)?.recipient(recipient)?.code())))
}

/// The enhanced status code of the reply that refused a recipient, or the message as a whole, such as 5.1.1. Empty where there
/// is none.
///
/// @param report the object.
/// @param recipient 0 to the count less 1.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE there is no such recipient.
/// @see RFC 2034
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSendReport_GetEnhancedCodeAt(
    report: *const INetSendReport,
    recipient: i32,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    let call = || Ok(handles::get(report)?.recipient(recipient)?.enhanced_code());
    unsafe { boundary::text(buffer, capacity, call) }
}

/// Why a recipient did not get the message: the text of the server's refusal of this one, with the enhanced status code in front
/// where the server gave one, or else the sentence of what kept the message as a whole. Empty if it was delivered.
///
/// @param report the object.
/// @param recipient 0 to the count less 1.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE there is no such recipient.
/// @see RFC 5321 section 4.2
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSendReport_GetTextAt(
    report: *const INetSendReport,
    recipient: i32,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    let call = || Ok(handles::get(report)?.recipient(recipient)?.text());
    unsafe { boundary::text(buffer, capacity, call) }
}

/// The text of the final reply by which a recipient got the message; many servers tell their queue id in it. It is that of
/// INetSendReport_GetFinalText, unless the message went in parts (RFC 9422, RCPTMAX) or by LMTP, where final replies are several.
/// Empty if it was not delivered.
///
/// @param report the object.
/// @param recipient 0 to the count less 1.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE there is no such recipient.
/// @see RFC 5321 section 4.2, RFC 2033 section 4.2
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSendReport_GetFinalTextAt(
    report: *const INetSendReport,
    recipient: i32,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    let call = || Ok(handles::get(report)?.recipient(recipient)?.final_text());
    unsafe { boundary::text(buffer, capacity, call) }
}

/// Takes one more reference to the object: each wants its own INetSendReport_Release.
///
/// @param report the object.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetSendReport.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSendReport_AddRef(report: *mut INetSendReport) -> i32 {
    boundary::status(|| handles::add_ref(report))
}

/// Gives up one reference. The object lives on as long as the library or a call under way uses it.
///
/// @param report the object, or NULL, which is no failure.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetSendReport, or was released before.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSendReport_Release(report: *mut INetSendReport) -> i32 {
    boundary::release(|| handles::release(report))
}

/// The failure that INetSmtpClient_Send would have left in the record.
fn failure(report: *const INetSendReport) -> Result<Option<Error>> {
    Ok(handles::get(report)?.to_result().err())
}
