//! INetMailMessage: one message, to be sent any number of times.

use super::attachment_collection::INetAttachmentCollection;
use super::boundary;
use super::handles::{self, Opaque};
use super::mail_address::INetMailAddress;
use super::mail_address_collection::INetMailAddressCollection;
use super::text::{body_in, text_in};
use crate::error::{Error, Result, Status};
use crate::model::{MailAddress, MailMessage, Priority};
use std::ffi::c_char;
use std::sync::Arc;

/// A message.
pub struct INetMailMessage {
    _opaque: [u8; 0],
}

impl Opaque for INetMailMessage {
    type Model = MailMessage;
    const NAME: &'static str = "INetMailMessage";
}

/// Fore NetMailPriority.High.
pub const INET_MAIL_PRIORITY_HIGH: i32 = 1;
/// Fore NetMailPriority.Low.
pub const INET_MAIL_PRIORITY_LOW: i32 = 2;
/// Fore NetMailPriority.Normal.
pub const INET_MAIL_PRIORITY_NORMAL: i32 = 3;

/// Makes a message from one sender to one recipient; more are added to its collections.
///
/// @param from the sender; the message takes a reference of its own.
/// @param to the recipient; the message takes a reference of its own.
/// @return a new reference, to be released with INetMailMessage_Release; or NULL on failure.
/// @see Fore CurlMailMessage.CreateWithFromAndTo
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_CreateWithFromAndTo(
    from: *mut INetMailAddress,
    to: *mut INetMailAddress,
) -> *mut INetMailMessage {
    boundary::handle(|| {
        let (from, to) = (handles::get(from)?, handles::get(to)?);
        Ok(Arc::new(MailMessage::with_from_and_to(from, to)))
    })
}

/// The same as INetMailMessage_CreateWithFromAndTo, under the name of its class.
///
/// @param from the sender; the message takes a reference of its own.
/// @param to the recipient; the message takes a reference of its own.
/// @return a new reference, to be released with INetMailMessage_Release; or NULL on failure.
/// @see Fore CurlMailMessage.CreateWithFromAndTo
#[unsafe(no_mangle)]
pub extern "C" fn CurlMailMessage_CreateWithFromAndTo(
    from: *mut INetMailAddress,
    to: *mut INetMailAddress,
) -> *mut INetMailMessage {
    INetMailMessage_CreateWithFromAndTo(from, to)
}

/// Makes an empty message. It needs a From and a recipient before it can be sent.
///
/// @return a new reference, to be released with INetMailMessage_Release; or NULL on failure.
/// @see Aspose MailMessage
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_Create() -> *mut INetMailMessage {
    boundary::handle(|| Ok(Arc::new(MailMessage::default())))
}

/// Makes a message with a plain text.
///
/// @param from the sender as a mailbox, UTF-8; copied.
/// @param to the recipients as mailboxes between commas or semicolons, UTF-8; copied.
/// @param subject the subject, UTF-8; copied.
/// @param body the text, UTF-8; copied.
/// @return a new reference, to be released with INetMailMessage_Release; or NULL on failure.
/// @error INET_E_ADDRESS the text is no mail address.
/// @error INET_E_LINE_BREAK a text holds CR, LF or NUL.
/// @see Aspose MailMessage; .NET MailMessage
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_CreateWithText(
    from: *const c_char,
    to: *const c_char,
    subject: *const c_char,
    body: *const c_char,
) -> *mut INetMailMessage {
    boundary::handle(|| {
        let from = unsafe { text_in(from, "from") }?;
        let to = unsafe { text_in(to, "to") }?;
        let subject = unsafe { text_in(subject, "subject") }?;
        let body = unsafe { body_in(body, "body") }?;
        let message = MailMessage::default();
        message.set_from(Arc::new(MailAddress::parse(from)?));
        message.to().add_string(to)?;
        message.set_subject(subject)?;
        message.set_body(body);
        Ok(Arc::new(message))
    })
}

/// The author of the message.
///
/// @param message the object.
/// @return a new reference, to be released with INetMailAddress_Release; NULL where there is none, and on failure.
/// @see Fore INetMailMessage.From_
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_GetFrom(message: *const INetMailMessage) -> *mut INetMailAddress {
    boundary::optional_handle(|| Ok(handles::get(message)?.from()))
}

/// Sets what INetMailMessage_GetFrom tells.
///
/// @param message the object.
/// @param address the address; the message takes a reference of its own.
/// @return 0, or a status.
/// @see Fore INetMailMessage.From_
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_SetFrom(
    message: *mut INetMailMessage,
    address: *mut INetMailAddress,
) -> i32 {
    boundary::status(|| {
        handles::get(message)?.set_from(handles::get(address)?);
        Ok(())
    })
}

/// Who is told when delivery fails: the sender of the envelope (MAIL FROM) and a Sender header. Without one From is.
///
/// @param message the object.
/// @return a new reference, to be released with INetMailAddress_Release; NULL where there is none, and on failure.
/// @see Fore INetMailMessage.Sender
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_GetSender(
    message: *const INetMailMessage,
) -> *mut INetMailAddress {
    boundary::optional_handle(|| Ok(handles::get(message)?.sender()))
}

/// Sets what INetMailMessage_GetSender tells.
///
/// @param message the object.
/// @param address the address, or NULL for none; the message takes a reference of its own.
/// @return 0, or a status.
/// @see Fore INetMailMessage.Sender
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_SetSender(
    message: *mut INetMailMessage,
    address: *mut INetMailAddress,
) -> i32 {
    boundary::status(|| {
        handles::get(message)?.set_sender(handles::optional(address)?);
        Ok(())
    })
}

/// The sender of the envelope (MAIL FROM) where it is to differ from Sender and From, without a header.
///
/// @param message the object.
/// @return a new reference, to be released with INetMailAddress_Release; NULL where there is none, and on failure.
/// @see Aspose MailMessage.ReversePath
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_GetReversePath(
    message: *const INetMailMessage,
) -> *mut INetMailAddress {
    boundary::optional_handle(|| Ok(handles::get(message)?.reverse_path()))
}

/// Sets what INetMailMessage_GetReversePath tells.
///
/// @param message the object.
/// @param address the address, or NULL for none; the message takes a reference of its own.
/// @return 0, or a status.
/// @see Aspose MailMessage.ReversePath
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_SetReversePath(
    message: *mut INetMailMessage,
    address: *mut INetMailAddress,
) -> i32 {
    boundary::status(|| {
        handles::get(message)?.set_reverse_path(handles::optional(address)?);
        Ok(())
    })
}

/// Who answers go to; without one they go to From. The first of the Reply-To list; setting it makes it the only one.
///
/// @param message the object.
/// @return a new reference, to be released with INetMailAddress_Release; NULL where there is none, and on failure.
/// @see Fore INetMailMessage.ReplyTo
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_GetReplyTo(
    message: *const INetMailMessage,
) -> *mut INetMailAddress {
    boundary::optional_handle(|| Ok(handles::get(message)?.reply_to()))
}

/// Sets what INetMailMessage_GetReplyTo tells.
///
/// @param message the object.
/// @param address the address, or NULL for none; the message takes a reference of its own.
/// @return 0, or a status.
/// @see Fore INetMailMessage.ReplyTo
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_SetReplyTo(
    message: *mut INetMailMessage,
    address: *mut INetMailAddress,
) -> i32 {
    boundary::status(|| {
        handles::get(message)?.set_reply_to(handles::optional(address)?);
        Ok(())
    })
}

/// Everybody whom answers go to. The collection is live: changing it changes the message.
///
/// @param message the object.
/// @return a new reference, to be released with INetMailAddressCollection_Release; or NULL on failure.
/// @see Aspose MailMessage.ReplyToList
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_GetReplyToList(
    message: *const INetMailMessage,
) -> *mut INetMailAddressCollection {
    boundary::handle(|| Ok(handles::get(message)?.reply_to_list()))
}

/// The recipients. The collection is live: changing it changes the message.
///
/// @param message the object.
/// @return a new reference, to be released with INetMailAddressCollection_Release; or NULL on failure.
/// @see Fore INetMailMessage.To_
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_GetTo(
    message: *const INetMailMessage,
) -> *mut INetMailAddressCollection {
    boundary::handle(|| Ok(handles::get(message)?.to()))
}

/// The recipients of copies. The collection is live: changing it changes the message.
///
/// @param message the object.
/// @return a new reference, to be released with INetMailAddressCollection_Release; or NULL on failure.
/// @see Fore INetMailMessage.CC
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_GetCC(
    message: *const INetMailMessage,
) -> *mut INetMailAddressCollection {
    boundary::handle(|| Ok(handles::get(message)?.cc()))
}

/// The hidden recipients: they get the message, and no header tells of them. The collection is live: changing it changes the message.
///
/// @param message the object.
/// @return a new reference, to be released with INetMailAddressCollection_Release; or NULL on failure.
/// @see Fore INetMailMessage.Bcc
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_GetBcc(
    message: *const INetMailMessage,
) -> *mut INetMailAddressCollection {
    boundary::handle(|| Ok(handles::get(message)?.bcc()))
}

/// The attached files. The collection is live: changing it changes the message.
///
/// @param message the object.
/// @return a new reference, to be released with INetAttachmentCollection_Release; or NULL on failure.
/// @see Fore INetMailMessage.Attachments
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_GetAttachments(
    message: *const INetMailMessage,
) -> *mut INetAttachmentCollection {
    boundary::handle(|| Ok(handles::get(message)?.attachments()))
}

/// The subject.
///
/// @param message the message.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see Fore INetMailMessage.Subject
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_GetSubject(
    message: *const INetMailMessage,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(message)?.subject())) }
}

/// Sets the subject.
///
/// @param message the object.
/// @param subject the subject, UTF-8, empty for none; copied.
/// @return 0, or a status.
/// @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
/// @see Fore INetMailMessage.Subject; RFC 5322 section 3.6.5
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_SetSubject(
    message: *mut INetMailMessage,
    subject: *const c_char,
) -> i32 {
    boundary::status(|| handles::get(message)?.set_subject(unsafe { text_in(subject, "subject") }?))
}

/// The code page of the subject and of the display names.
///
/// @param message the object.
/// @return an INET_CODE_PAGE_ number; INET_CODE_PAGE_DEFAULT (-1), which is UTF-8, unless set, or a status.
/// @see Fore INetMailMessage.SubjectEncoding
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_GetSubjectEncoding(message: *const INetMailMessage) -> i32 {
    boundary::value(|| Ok(handles::get(message)?.subject_encoding()))
}

/// Sets the code page of the subject and of the display names. A page without an encoder is found out by Send.
///
/// @param message the object.
/// @param codePage an INET_CODE_PAGE_ number.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see Fore INetMailMessage.SubjectEncoding; RFC 2047
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_SetSubjectEncoding(
    message: *mut INetMailMessage,
    codePage: i32,
) -> i32 {
    boundary::status(|| handles::get(message)?.set_subject_encoding(codePage))
}

/// The text of the message.
///
/// @param message the message.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see Fore INetMailMessage.Body
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_GetBody(
    message: *const INetMailMessage,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(message)?.body())) }
}

/// Sets the text of the message. Line breaks of any kind are sent as CRLF.
///
/// @param message the object.
/// @param body the text, UTF-8; copied.
/// @return 0, or a status.
/// @see Fore INetMailMessage.Body
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_SetBody(
    message: *mut INetMailMessage,
    body: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(message)?.set_body(unsafe { body_in(body, "body") }?);
        Ok(())
    })
}

/// The code page of the text.
///
/// @param message the object.
/// @return an INET_CODE_PAGE_ number; INET_CODE_PAGE_DEFAULT (-1), which is UTF-8, unless set, or a status.
/// @see Fore INetMailMessage.BodyEncoding
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_GetBodyEncoding(message: *const INetMailMessage) -> i32 {
    boundary::value(|| Ok(handles::get(message)?.body_encoding()))
}

/// Sets the code page of the text. A page without an encoder is found out by Send.
///
/// @param message the object.
/// @param codePage an INET_CODE_PAGE_ number.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see Fore INetMailMessage.BodyEncoding
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_SetBodyEncoding(
    message: *mut INetMailMessage,
    codePage: i32,
) -> i32 {
    boundary::status(|| handles::get(message)?.set_body_encoding(codePage))
}

/// Whether the text is HTML.
///
/// @param message the object.
/// @return 1 or 0 (0 unless set), or a status.
/// @see Fore INetMailMessage.IsBodyHtml
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_GetIsBodyHtml(message: *const INetMailMessage) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(message)?.is_body_html())))
}

/// Says whether the text is HTML.
///
/// @param message the object.
/// @param isBodyHtml 0 for plain text, anything else for HTML.
/// @return 0, or a status.
/// @see Fore INetMailMessage.IsBodyHtml
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_SetIsBodyHtml(
    message: *mut INetMailMessage,
    isBodyHtml: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(message)?.set_is_body_html(isBodyHtml != 0);
        Ok(())
    })
}

/// The priority.
///
/// @param message the object.
/// @return INET_MAIL_PRIORITY_HIGH (1), _LOW (2) or _NORMAL (3, unless set), or a status.
/// @see Fore INetMailMessage.Priority, NetMailPriority
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_GetPriority(message: *const INetMailMessage) -> i32 {
    boundary::value(|| {
        Ok(match handles::get(message)?.priority() {
            Priority::High | Priority::Highest => INET_MAIL_PRIORITY_HIGH,
            Priority::Low | Priority::Lowest => INET_MAIL_PRIORITY_LOW,
            Priority::Normal => INET_MAIL_PRIORITY_NORMAL,
        })
    })
}

/// Sets the priority.
///
/// @param message the object.
/// @param priority INET_MAIL_PRIORITY_HIGH (1), _LOW (2) or _NORMAL (3); 0 is taken for normal.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see Fore INetMailMessage.Priority, NetMailPriority
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_SetPriority(message: *mut INetMailMessage, priority: i32) -> i32 {
    boundary::status(|| {
        handles::get(message)?.set_priority(to_priority(priority)?);
        Ok(())
    })
}

/// Takes one more reference to the object: each wants its own INetMailMessage_Release.
///
/// @param message the object.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetMailMessage.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_AddRef(message: *mut INetMailMessage) -> i32 {
    boundary::status(|| handles::add_ref(message))
}

/// Gives up one reference. The object lives on as long as the library or a call under way uses it.
///
/// @param message the object, or NULL, which is no failure.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetMailMessage, or was released before.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_Release(message: *mut INetMailMessage) -> i32 {
    boundary::release(|| handles::release(message))
}

fn to_priority(number: i32) -> Result<Priority> {
    match number {
        INET_MAIL_PRIORITY_HIGH => Ok(Priority::Highest),
        INET_MAIL_PRIORITY_LOW => Ok(Priority::Lowest),
        0 | INET_MAIL_PRIORITY_NORMAL => Ok(Priority::Normal),
        _ => Err(Error::new(
            Status::ArgumentOutOfRange,
            format!("{number} is no priority: 1 is high, 2 low, 3 normal"),
        )),
    }
}
