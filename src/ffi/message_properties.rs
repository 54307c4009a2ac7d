//! INetMailMessage: properties that are header fields.

use super::envelope_options::{INetEnvelopeOptions, notify_number, to_notify};
use super::handles;
use super::mail_address_collection::INetMailAddressCollection;
use super::mail_message::INetMailMessage;
use super::{boundary, text::text_in};
use crate::error::{Error, Result, Status};
use crate::model::{MailMessage, Priority};
use std::ffi::c_char;

/// Aspose MailSensitivity.None: nothing is said.
pub const INET_SENSITIVITY_NONE: i32 = 0;
/// Aspose MailSensitivity.Normal: nothing is said either.
pub const INET_SENSITIVITY_NORMAL: i32 = 1;
/// Aspose MailSensitivity.Personal.
pub const INET_SENSITIVITY_PERSONAL: i32 = 2;
/// Aspose MailSensitivity.Private.
pub const INET_SENSITIVITY_PRIVATE: i32 = 3;
/// Aspose MailSensitivity.CompanyConfidential.
pub const INET_SENSITIVITY_COMPANY_CONFIDENTIAL: i32 = 4;

/// What else there is to say about the body.
///
/// @param message the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see SecureBlackbox MsgComments; RFC 5322 section 3.6.5
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_GetComments(
    message: *const INetMailMessage,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(handles::get(message)?.header("Comments").unwrap_or_default())
        })
    }
}

/// Sets what INetMailMessage_GetComments tells.
///
/// @param message the object.
/// @param text any text, UTF-8; copied. Empty for none.
/// @return 0, or a status.
/// @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
/// @see SecureBlackbox MsgComments; RFC 5322 section 3.6.5
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_SetComments(
    message: *mut INetMailMessage,
    text: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(message)?.set_header("Comments", unsafe { text_in(text, "text") }?)
    })
}

/// Words to find the message by.
///
/// @param message the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see SecureBlackbox MsgKeywords; RFC 5322 section 3.6.5
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_GetKeywords(
    message: *const INetMailMessage,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(handles::get(message)?.header("Keywords").unwrap_or_default())
        })
    }
}

/// Sets what INetMailMessage_GetKeywords tells.
///
/// @param message the object.
/// @param text words and phrases between commas, UTF-8; copied. Empty for none.
/// @return 0, or a status.
/// @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
/// @see SecureBlackbox MsgKeywords; RFC 5322 section 3.6.5
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_SetKeywords(
    message: *mut INetMailMessage,
    text: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(message)?.set_header("Keywords", unsafe { text_in(text, "text") }?)
    })
}

/// The name of the program that wrote the message.
///
/// @param message the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see SecureBlackbox MsgMailer; Aspose MailMessage.XMailer
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_GetMailer(
    message: *const INetMailMessage,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(handles::get(message)?.header("X-Mailer").unwrap_or_default())
        })
    }
}

/// Sets what INetMailMessage_GetMailer tells.
///
/// @param message the object.
/// @param text any text, UTF-8; copied. Empty for none.
/// @return 0, or a status.
/// @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
/// @see SecureBlackbox MsgMailer; Aspose MailMessage.XMailer
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_SetMailer(
    message: *mut INetMailMessage,
    text: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(message)?.set_header("X-Mailer", unsafe { text_in(text, "text") }?)
    })
}

/// The organization of the author.
///
/// @param message the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see RFC 4021 section 2.1.55
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_GetOrganization(
    message: *const INetMailMessage,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(handles::get(message)?.header("Organization").unwrap_or_default())
        })
    }
}

/// Sets what INetMailMessage_GetOrganization tells.
///
/// @param message the object.
/// @param text any text, UTF-8; copied. Empty for none.
/// @return 0, or a status.
/// @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
/// @see RFC 4021 section 2.1.55
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_SetOrganization(
    message: *mut INetMailMessage,
    text: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(message)?.set_header("Organization", unsafe { text_in(text, "text") }?)
    })
}

/// How private the message is.
///
/// @param message the object.
/// @return an INET_SENSITIVITY_ number, or a status.
/// @see Aspose MailMessage.Sensitivity; RFC 4021 section 2.1.53
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_GetSensitivity(message: *const INetMailMessage) -> i32 {
    boundary::value(|| Ok(sensitivity(&*handles::get(message)?)))
}

/// Sets what INetMailMessage_GetSensitivity tells.
///
/// @param message the object.
/// @param sensitivity an INET_SENSITIVITY_ number.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see Aspose MailMessage.Sensitivity; RFC 4021 section 2.1.53
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_SetSensitivity(
    message: *mut INetMailMessage,
    sensitivity: i32,
) -> i32 {
    boundary::status(|| set_sensitivity(&*handles::get(message)?, sensitivity))
}

/// How urgent the message is, in the five steps of X-Priority.
///
/// @param message the object.
/// @return 0 for lowest, 1 for low, 2 for normal, 3 for high, 4 for highest, or a status.
/// @see SecureBlackbox MsgPriority
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_GetPriorityLevel(message: *const INetMailMessage) -> i32 {
    boundary::value(|| Ok(handles::get(message)?.priority() as i32))
}

/// Sets what INetMailMessage_GetPriorityLevel tells. INetMailMessage_SetPriority sets the same in three steps, of which the
/// outer two are the outermost here.
///
/// @param message the object.
/// @param level 0 to 4.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see SecureBlackbox MsgPriority
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_SetPriorityLevel(
    message: *mut INetMailMessage,
    level: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(message)?.set_priority(priority_level(level)?);
        Ok(())
    })
}

/// Whether readers are asked to tell that the message was read.
///
/// @param message the object.
/// @return 1 or 0, or a status.
/// @see SecureBlackbox MsgReadReceipt; RFC 8098
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_GetReadReceipt(message: *const INetMailMessage) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(message)?.wants_read_receipt())))
}

/// Asks readers to tell the author that the message was read, or takes that back.
///
/// @param message the object.
/// @param isWanted 0 for no, anything else for yes.
/// @return 0, or a status.
/// @see SecureBlackbox MsgReadReceipt; RFC 8098
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_SetReadReceipt(
    message: *mut INetMailMessage,
    isWanted: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(message)?.set_wants_read_receipt(isWanted != 0);
        Ok(())
    })
}

/// Who is to be told that the message was read, where that is not the author.
///
/// @param message the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see Aspose MailMessage.ReadReceiptTo; RFC 8098 section 2.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_GetReadReceiptTo(
    message: *const INetMailMessage,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(handles::get(message)?.header("Disposition-Notification-To").unwrap_or_default())
        })
    }
}

/// Sets what INetMailMessage_GetReadReceiptTo tells.
///
/// @param message the object.
/// @param text mailboxes between commas or semicolons, UTF-8; copied. Empty for none.
/// @return 0, or a status.
/// @error INET_E_ADDRESS the text is no mail address.
/// @see Aspose MailMessage.ReadReceiptTo; RFC 8098 section 2.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_SetReadReceiptTo(
    message: *mut INetMailMessage,
    text: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(message)?
            .set_header("Disposition-Notification-To", unsafe { text_in(text, "text") }?)
    })
}

/// Whether a notice of delivery is asked for.
///
/// @param message the object.
/// @return 1 or 0, or a status.
/// @see SecureBlackbox MsgDeliveryReceipt
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_GetDeliveryReceipt(message: *const INetMailMessage) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(message)?.wants_delivery_receipt())))
}

/// Asks for a notice of delivery, or takes that back: by NOTIFY where the server offers DSN and the options of the envelope say
/// nothing else, and by the header Return-Receipt-To, which some servers know.
///
/// @param message the object.
/// @param isWanted 0 for no, anything else for yes.
/// @return 0, or a status.
/// @see SecureBlackbox MsgDeliveryReceipt; RFC 3461 section 4.1
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_SetDeliveryReceipt(
    message: *mut INetMailMessage,
    isWanted: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(message)?.set_wants_delivery_receipt(isWanted != 0);
        Ok(())
    })
}

/// When the sender is told of the fate of the message: INetEnvelopeOptions_GetNotify of its options.
///
/// @param message the object.
/// @return 0 (unless set), or INET_DELIVERY_NOTIFICATION_ numbers added up, or a status.
/// @see Aspose MailMessage.DeliveryNotificationOptions; RFC 3461 section 4.1
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_GetDeliveryNotificationOptions(
    message: *const INetMailMessage,
) -> i32 {
    boundary::value(|| Ok(notify_number(handles::get(message)?.notify())))
}

/// Says when the sender is to be told of the fate of the message: INetEnvelopeOptions_SetNotify of its options, which come to
/// be where there were none. A server that does not offer DSN then makes the Send fail with INET_E_EXTENSION_NOT_OFFERED, unless
/// INetEnvelopeOptions_SetIsOptional of these options (INetMailMessage_GetEnvelopeOptions) lets them be left out.
///
/// @param message the object.
/// @param occasions 0 to leave it to the server, or INET_DELIVERY_NOTIFICATION_ numbers added up; NEVER stands by itself.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is outside its range.
/// @see Aspose MailMessage.DeliveryNotificationOptions; RFC 3461 section 4.1
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_SetDeliveryNotificationOptions(
    message: *mut INetMailMessage,
    occasions: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(message)?.set_notify(to_notify(occasions)?);
        Ok(())
    })
}

/// The options of the envelope of this message.
///
/// @param message the object.
/// @return a new reference, to be released with INetEnvelopeOptions_Release; NULL where there are none, and on failure.
/// @see inetmail; RFC 3461
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_GetEnvelopeOptions(
    message: *const INetMailMessage,
) -> *mut INetEnvelopeOptions {
    boundary::optional_handle(|| Ok(handles::get(message)?.envelope_options()))
}

/// Sets the options of the envelope of this message, in the place of those of the client.
///
/// @param message the object.
/// @param options the options, or NULL for those of the client; the message takes a reference of its own.
/// @return 0, or a status.
/// @see inetmail; RFC 3461
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_SetEnvelopeOptions(
    message: *mut INetMailMessage,
    options: *mut INetEnvelopeOptions,
) -> i32 {
    boundary::status(|| {
        handles::get(message)?.set_envelope_options(handles::optional(options)?);
        Ok(())
    })
}

/// Where the reader can unsubscribe, as it stands in the header.
///
/// @param message the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see RFC 2369 section 3.2
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_GetListUnsubscribe(
    message: *const INetMailMessage,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(handles::get(message)?.header("List-Unsubscribe").unwrap_or_default())
        })
    }
}

/// Says where the reader can unsubscribe, which large receivers want of every mass mailing.
///
/// @param message the object.
/// @param uris https: and mailto: URIs between commas, with or without angle brackets; copied. Empty for none.
/// @param isOneClick not 0 if a single POST to the https URI unsubscribes.
/// @return 0, or a status.
/// @error INET_E_FIELD_VALUE the text does not fit the field.
/// @see RFC 2369 section 3.2; RFC 8058
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_SetListUnsubscribe(
    message: *mut INetMailMessage,
    uris: *const c_char,
    isOneClick: i32,
) -> i32 {
    boundary::status(|| {
        let uris = unsafe { text_in(uris, "uris") }?;
        handles::get(message)?.set_list_unsubscribe(uris, isOneClick != 0)
    })
}

/// Whether a program wrote the message of its own accord, which keeps others from answering by themselves.
///
/// @param message the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see RFC 3834 section 5
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_GetAutoSubmitted(
    message: *const INetMailMessage,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(handles::get(message)?.header("Auto-Submitted").unwrap_or_default())
        })
    }
}

/// Sets what INetMailMessage_GetAutoSubmitted tells.
///
/// @param message the object.
/// @param text "auto-generated", "auto-replied", or another keyword; copied. Empty for none.
/// @return 0, or a status.
/// @error INET_E_FIELD_VALUE the text does not fit the field.
/// @see RFC 3834 section 5
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_SetAutoSubmitted(
    message: *mut INetMailMessage,
    text: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(message)?.set_header("Auto-Submitted", unsafe { text_in(text, "text") }?)
    })
}

/// Where failures are reported to, as text. Empty where that is Sender, or else From.
///
/// @param message the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see SecureBlackbox MsgReturnPath; RFC 5321 section 4.4
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_GetReturnPath(
    message: *const INetMailMessage,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(message)?.return_path())) }
}

/// Sets where failures are reported to: the sender of the envelope. No header shows it.
///
/// @param message the object.
/// @param address a mail address, or "<>" for nobody, as automatic answers have it; copied. Empty for Sender, or else From.
/// @return 0, or a status.
/// @error INET_E_ADDRESS the text is no mail address.
/// @see SecureBlackbox MsgReturnPath; Aspose MailMessage.ReversePath; RFC 5321 section 4.4
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_SetReturnPath(
    message: *mut INetMailMessage,
    address: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(message)?.set_return_path(unsafe { text_in(address, "address") }?)
    })
}

/// The authors of the message as a live list. Where there are several and no Sender, the first is the Sender.
///
/// @param message the object.
/// @return a new reference, to be released with INetMailAddressCollection_Release; or NULL on failure.
/// @see SecureBlackbox MsgFrom; RFC 5322 section 3.6.2
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_GetFromList(
    message: *const INetMailMessage,
) -> *mut INetMailAddressCollection {
    boundary::handle(|| Ok(handles::get(message)?.authors()))
}

fn sensitivity(message: &MailMessage) -> i32 {
    let text = message.header("Sensitivity").unwrap_or_default();
    let place = SENSITIVITIES.iter().position(|known| known.eq_ignore_ascii_case(text.trim()));
    place.map_or(INET_SENSITIVITY_NONE, |place| place as i32)
}

fn set_sensitivity(message: &MailMessage, number: i32) -> Result<()> {
    let text = usize::try_from(number).ok().and_then(|number| SENSITIVITIES.get(number));
    let text = text.ok_or_else(|| out_of_range(number, "sensitivity"))?;
    message.set_header("Sensitivity", if number <= INET_SENSITIVITY_NORMAL { "" } else { text })
}

/// The words of RFC 4021, by their numbers.
const SENSITIVITIES: [&str; 5] = ["", "Normal", "Personal", "Private", "Company-Confidential"];

fn priority_level(number: i32) -> Result<Priority> {
    const LEVELS: [Priority; 5] =
        [Priority::Lowest, Priority::Low, Priority::Normal, Priority::High, Priority::Highest];
    let level = usize::try_from(number).ok().and_then(|number| LEVELS.get(number));
    level.copied().ok_or_else(|| out_of_range(number, "priority level"))
}

fn out_of_range(number: i32, what: &str) -> Error {
    Error::new(Status::ArgumentOutOfRange, format!("{number} is no {what}: 0 to 4 are"))
}
