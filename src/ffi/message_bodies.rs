//! INetMailMessage: its texts, and what is shown with them.

use super::alternate_view_collection::INetAlternateViewCollection;
use super::handles;
use super::linked_resource_collection::INetLinkedResourceCollection;
use super::mail_message::INetMailMessage;
use super::{boundary, text::body_in};
use std::ffi::c_char;

/// The plain text. Body is the same while it is not HTML.
///
/// @param message the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see SecureBlackbox MsgPlainText; Aspose MailMessage.Body
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_GetPlainText(
    message: *const INetMailMessage,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(message)?.plain_text())) }
}

/// Sets what INetMailMessage_GetPlainText tells. A message with both texts shows the HTML to readers that can.
///
/// @param message the object.
/// @param text the text, UTF-8, any line breaks; copied. Empty for none.
/// @return 0, or a status.
/// @see SecureBlackbox MsgPlainText; Aspose MailMessage.Body
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_SetPlainText(
    message: *mut INetMailMessage,
    text: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(message)?.set_plain_text(unsafe { body_in(text, "text") }?);
        Ok(())
    })
}

/// The HTML text. Body is the same while it is HTML.
///
/// @param message the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see SecureBlackbox MsgHtmlText; Aspose MailMessage.HtmlBody
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_GetHtmlText(
    message: *const INetMailMessage,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(message)?.html_text())) }
}

/// Sets what INetMailMessage_GetHtmlText tells. A message with both texts shows the HTML to readers that can.
///
/// @param message the object.
/// @param text the text, UTF-8, any line breaks; copied. Empty for none.
/// @return 0, or a status.
/// @see SecureBlackbox MsgHtmlText; Aspose MailMessage.HtmlBody
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_SetHtmlText(
    message: *mut INetMailMessage,
    text: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(message)?.set_html_text(unsafe { body_in(text, "text") }?);
        Ok(())
    })
}

/// Other forms of the text as a live list. They go out from the plainest to the richest: plain text, HTML, then others in their
/// order.
///
/// @param message the object.
/// @return a new reference, to be released with INetAlternateViewCollection_Release; or NULL on failure.
/// @see Aspose MailMessage.AlternateViews; RFC 2046 section 5.1.4
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_GetAlternateViews(
    message: *const INetMailMessage,
) -> *mut INetAlternateViewCollection {
    boundary::handle(|| Ok(handles::get(message)?.alternate_views()))
}

/// What the HTML text shows by Content-IDs, as a live list.
///
/// @param message the object.
/// @return a new reference, to be released with INetLinkedResourceCollection_Release; or NULL on failure.
/// @see Aspose MailMessage.LinkedResources; RFC 2387
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_GetLinkedResources(
    message: *const INetMailMessage,
) -> *mut INetLinkedResourceCollection {
    boundary::handle(|| Ok(handles::get(message)?.linked_resources()))
}

/// How many attachments there are.
///
/// @param message the object.
/// @return the count, or a status.
/// @see SecureBlackbox MsgAttachmentCount
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_GetAttachmentCount(message: *const INetMailMessage) -> i32 {
    boundary::value(|| {
        Ok(i32::try_from(handles::get(message)?.attachments().count()).unwrap_or(i32::MAX))
    })
}

/// Whether the names of attachments stand in Content-Type as encoded words.
///
/// @param message the object.
/// @return 1 or 0 (0 unless set), or a status.
/// @see inetmail; RFC 2047 section 5
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_GetRfc2047Names(message: *const INetMailMessage) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(message)?.has_old_names())))
}

/// Says whether the names of attachments beyond ASCII stand in Content-Type as encoded words, against the standard, for readers
/// that do not know RFC 2231, such as old Outlooks. Content-Disposition has them as the standard wants it in any case.
///
/// @param message the object.
/// @param isOn 0 for no, anything else for yes.
/// @return 0, or a status.
/// @see inetmail; RFC 2047 section 5
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_SetRfc2047Names(message: *mut INetMailMessage, isOn: i32) -> i32 {
    boundary::status(|| {
        handles::get(message)?.set_old_names(isOn != 0);
        Ok(())
    })
}
