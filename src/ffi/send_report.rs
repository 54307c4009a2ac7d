//! INetSendReport: what became of a message, for each recipient.

use super::boundary;
use super::handles::{self, Opaque};
use crate::error::{Error, Result, Status};
use crate::model::{SendReport, Verdict};
use std::ffi::c_char;

/// The report of one Send. It belongs to whoever holds it, on any thread.
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

/// What INetSmtpClient_Send would have returned. A status is that of the Send, unless it is INET_E_HANDLE.
///
/// @param report the object.
/// @return 0 if the message was accepted for every recipient, or a status.
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

/// The server as host name, address and port; empty if the Send did not fail or none was reached.
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
    let show = |error: &Error| error.peer().unwrap_or_default().to_owned();
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(failure(report)?.as_ref().map(show).unwrap_or_default())
        })
    }
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

/// The code of the server's reply that decided about the message as a whole.
///
/// @param report the object.
/// @return 200 to 599, or 0 where there was none, or a status.
/// @see RFC 5321 section 4.2.1
#[unsafe(no_mangle)]
pub extern "C" fn INetSendReport_GetFinalCode(report: *const INetSendReport) -> i32 {
    boundary::value(|| {
        let report = handles::get(report)?;
        Ok(match (report.acceptance(), report.error()) {
            (Some(acceptance), _) => i32::from(acceptance.code()),
            (None, Some(error)) => i32::from(error.smtp_code()),
            (None, None) => 0,
        })
    })
}

/// The text of the final reply that accepted the message; many servers tell their queue id in it. Empty if it was not accepted.
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
    unsafe {
        boundary::text(buffer, capacity, || {
            let report = handles::get(report)?;
            Ok(report.acceptance().map(|acceptance| acceptance.text()).unwrap_or_default())
        })
    }
}

/// How many recipients the message had, each counted once.
///
/// @param report the object.
/// @return the number, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSendReport_GetRecipientCount(report: *const INetSendReport) -> i32 {
    boundary::value(|| Ok(handles::get(report)?.recipients().len() as i32))
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
    let call = || {
        let report = handles::get(report)?;
        let recipient = place(&report, recipient)?;
        Ok(report.recipients()[recipient].clone())
    };
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
        let report = handles::get(report)?;
        let recipient = place(&report, recipient)?;
        Ok(match report.verdict(recipient) {
            Verdict::Delivered => INET_VERDICT_DELIVERED,
            Verdict::Refused => INET_VERDICT_REFUSED,
            Verdict::NotSent => INET_VERDICT_NOT_SENT,
            Verdict::InDoubt => INET_VERDICT_IN_DOUBT,
        })
    })
}

/// The code of the server's refusal of a recipient.
///
/// @param report the object.
/// @param recipient 0 to the count less 1.
/// @return 400 to 599, or 0 if the recipient was not refused, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE there is no such recipient.
/// @see RFC 5321 section 4.2.1
#[unsafe(no_mangle)]
pub extern "C" fn INetSendReport_GetCodeAt(report: *const INetSendReport, recipient: i32) -> i32 {
    boundary::value(|| {
        let report = handles::get(report)?;
        let recipient = place(&report, recipient)?;
        Ok(report.refusal(recipient).map_or(0, |reply| i32::from(reply.code())))
    })
}

/// The enhanced status code of the server's refusal of a recipient, such as 5.1.1. Empty where there is none.
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
    let call = || {
        let report = handles::get(report)?;
        let recipient = place(&report, recipient)?;
        Ok(report
            .refusal(recipient)
            .and_then(|reply| reply.enhanced_code())
            .unwrap_or_default()
            .to_owned())
    };
    unsafe { boundary::text(buffer, capacity, call) }
}

/// The text of the server's refusal of a recipient, with the enhanced status code in front where the server gave one. Empty if
/// the recipient was not refused.
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
    let call = || {
        let report = handles::get(report)?;
        let recipient = place(&report, recipient)?;
        Ok(report.refusal(recipient).map(|reply| reply.text()).unwrap_or_default())
    };
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

fn place(report: &SendReport, recipient: i32) -> Result<usize> {
    let count = report.recipients().len();
    usize::try_from(recipient).ok().filter(|&place| place < count).ok_or_else(|| {
        let sentence = format!("recipient {recipient} is none of {count}");
        Error::new(Status::IndexOutOfRange, sentence)
    })
}

/// The failure that INetSmtpClient_Send would have left in the record.
fn failure(report: *const INetSendReport) -> Result<Option<Error>> {
    Ok(handles::get(report)?.to_result().err())
}
