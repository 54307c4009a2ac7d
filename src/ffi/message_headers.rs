//! INetMailMessage: the fields of its header by their names, its date and its ids.

use super::handles;
use super::mail_message::INetMailMessage;
use super::{boundary, text::text_in};
use std::ffi::c_char;

/// Adds a header field behind those that are there. For a list of addresses it adds to the list; what there can be only one of is
/// refused the second time.
///
/// @param message the object.
/// @param name the name of the field: letters, digits, hyphens.
/// @param value the value, UTF-8; copied. It is folded and encoded as the kind of field wants it.
/// @return 0, or a status.
/// @error INET_E_FIELD_NAME the name is none, or that of a field that the message writes by itself.
/// @error INET_E_FIELD_VALUE the text does not fit the field.
/// @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
/// @error INET_E_ARGUMENT there is one, and there can be no other.
/// @see Aspose MailMessage.Headers; MailKit HeaderList.Add; RFC 5322 section 3.6
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_AddHeader(
    message: *mut INetMailMessage,
    name: *const c_char,
    value: *const c_char,
) -> i32 {
    boundary::status(|| {
        let name = unsafe { text_in(name, "name") }?;
        handles::get(message)?.add_header(name, unsafe { text_in(value, "value") }?)
    })
}

/// Makes this the only header field of its name. What the message has as a property (Subject, To, Reply-To, ...) is set as that.
///
/// @param message the object.
/// @param name the name of the field: letters, digits, hyphens.
/// @param value the value, UTF-8; copied. Empty removes the field.
/// @return 0, or a status.
/// @error INET_E_FIELD_NAME the name is none, or that of a field that the message writes by itself.
/// @error INET_E_FIELD_VALUE the text does not fit the field.
/// @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
/// @error INET_E_ADDRESS the field is one of addresses, and the text is none.
/// @see Aspose MailMessage.Headers; MailKit HeaderList; RFC 5322 section 3.6
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_SetHeader(
    message: *mut INetMailMessage,
    name: *const c_char,
    value: *const c_char,
) -> i32 {
    boundary::status(|| {
        let name = unsafe { text_in(name, "name") }?;
        handles::get(message)?.set_header(name, unsafe { text_in(value, "value") }?)
    })
}

/// The value of the first header field of a name, unfolded and decoded. Empty where there is none.
///
/// @param message the object.
/// @param name the name of the field, in any letter case.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see Aspose MailMessage.Headers; MailKit HeaderList
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_GetHeader(
    message: *const INetMailMessage,
    name: *const c_char,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            let name = text_in(name, "name")?;
            Ok(handles::get(message)?.header(name).unwrap_or_default())
        })
    }
}

/// Removes all header fields of a name.
///
/// @param message the object.
/// @param name the name of the field, in any letter case.
/// @return how many there were, or a status.
/// @error INET_E_FIELD_NAME the name is none, or that of a field that the message writes by itself.
/// @see MailKit HeaderList.RemoveAll
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_RemoveHeader(
    message: *mut INetMailMessage,
    name: *const c_char,
) -> i32 {
    boundary::value(|| {
        let removed = handles::get(message)?.remove_header(unsafe { text_in(name, "name") }?)?;
        Ok(i32::try_from(removed).unwrap_or(i32::MAX))
    })
}

/// How many header fields there are beyond the properties; of a message that was loaded, all that it came with.
///
/// @param message the object.
/// @return the count, or a status.
/// @see MailKit HeaderList.Count
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_GetHeaderCount(message: *const INetMailMessage) -> i32 {
    boundary::value(|| Ok(i32::try_from(handles::get(message)?.header_count()).unwrap_or(i32::MAX)))
}

/// The name of a header field of those that INetMailMessage_GetHeaderCount counts.
///
/// @param message the object.
/// @param index 0 to the count, the count excluded.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE there is no such field.
/// @see MailKit HeaderList
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_GetHeaderNameAt(
    message: *const INetMailMessage,
    index: i32,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(message)?.header_at(index)?.0)) }
}

/// The value of a header field of those that INetMailMessage_GetHeaderCount counts.
///
/// @param message the object.
/// @param index 0 to the count, the count excluded.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE there is no such field.
/// @see MailKit HeaderList
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_GetHeaderValueAt(
    message: *const INetMailMessage,
    index: i32,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(message)?.header_at(index)?.1)) }
}

/// The Message-ID, with its angle brackets. Unless one was set, that which the message went out with last: each Send makes a new
/// one. A loaded message keeps the one that it came with at each Send, until INetMailMessage_SetMessageId changes or empties it.
///
/// @param message the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see SecureBlackbox MsgID; RFC 5322 section 3.6.4
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_GetMessageId(
    message: *const INetMailMessage,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(message)?.message_id())) }
}

/// Sets the Message-ID of all Sends from now on. To repeat a Send whose end is in doubt, set what INetMailMessage_GetMessageId
/// tells: then receivers know the second for the same.
///
/// @param message the object.
/// @param text the id, with its angle brackets; copied. Empty for a new one at each Send.
/// @return 0, or a status.
/// @error INET_E_FIELD_VALUE the text does not fit the field.
/// @see SecureBlackbox MsgID; RFC 5322 section 3.6.4
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_SetMessageId(
    message: *mut INetMailMessage,
    text: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(message)?.set_header("Message-ID", unsafe { text_in(text, "text") }?)
    })
}

/// The date that was set, or that a loaded message came with, as RFC 5322 writes it. Empty where it is the moment of the Send.
///
/// @param message the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see SecureBlackbox MsgDate; RFC 5322 section 3.3
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_GetDate(
    message: *const INetMailMessage,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(handles::get(message)?.header("Date").unwrap_or_default())
        })
    }
}

/// Sets what INetMailMessage_GetDate tells.
///
/// @param message the object.
/// @param text a date of RFC 5322, such as "Sat, 21 Nov 2026 03:28:00 +0300"; copied. Empty for the moment of the Send.
/// @return 0, or a status.
/// @error INET_E_FIELD_VALUE the text does not fit the field.
/// @see SecureBlackbox MsgDate; RFC 5322 section 3.3
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_SetDate(
    message: *mut INetMailMessage,
    text: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(message)?.set_header("Date", unsafe { text_in(text, "text") }?)
    })
}

/// Sets the date by numbers.
///
/// @param message the object.
/// @param seconds since 1970-01-01 00:00:00 UTC.
/// @param zoneMinutes the zone that the date is told in, in minutes east of UTC: -720 to 840.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE there is no such zone, or the year has not four digits.
/// @see Aspose MailMessage.Date
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_SetDateTime(
    message: *mut INetMailMessage,
    seconds: i64,
    zoneMinutes: i32,
) -> i32 {
    boundary::status(|| handles::get(message)?.set_date(seconds, zoneMinutes))
}

/// The zone that the moment of the Send is told in.
///
/// @param message the object.
/// @return minutes east of UTC (0 unless set), or a status.
/// @see Aspose MailMessage.TimeZoneOffset
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_GetTimeZoneOffset(message: *const INetMailMessage) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(message)?.zone_minutes())))
}

/// Sets what INetMailMessage_GetTimeZoneOffset tells.
///
/// @param message the object.
/// @param minutes minutes east of UTC: -720 to 840.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE there is no such zone.
/// @see Aspose MailMessage.TimeZoneOffset
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_SetTimeZoneOffset(
    message: *mut INetMailMessage,
    minutes: i32,
) -> i32 {
    boundary::status(|| handles::get(message)?.set_zone_minutes(minutes))
}

/// The ids of the messages that this one answers.
///
/// @param message the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see SecureBlackbox MsgInReplyTo; RFC 5322 section 3.6.4
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_GetInReplyTo(
    message: *const INetMailMessage,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(handles::get(message)?.header("In-Reply-To").unwrap_or_default())
        })
    }
}

/// Sets what INetMailMessage_GetInReplyTo tells.
///
/// @param message the object.
/// @param text Message-IDs with angle brackets, with white space between them; copied. Empty for none.
/// @return 0, or a status.
/// @error INET_E_FIELD_VALUE the text does not fit the field.
/// @see SecureBlackbox MsgInReplyTo; RFC 5322 section 3.6.4
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_SetInReplyTo(
    message: *mut INetMailMessage,
    text: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(message)?.set_header("In-Reply-To", unsafe { text_in(text, "text") }?)
    })
}

/// The ids of the messages that led to this one.
///
/// @param message the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see SecureBlackbox MsgReferences; RFC 5322 section 3.6.4
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_GetReferences(
    message: *const INetMailMessage,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(handles::get(message)?.header("References").unwrap_or_default())
        })
    }
}

/// Sets what INetMailMessage_GetReferences tells.
///
/// @param message the object.
/// @param text Message-IDs with angle brackets, with white space between them; copied. Empty for none.
/// @return 0, or a status.
/// @error INET_E_FIELD_VALUE the text does not fit the field.
/// @see SecureBlackbox MsgReferences; RFC 5322 section 3.6.4
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_SetReferences(
    message: *mut INetMailMessage,
    text: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(message)?.set_header("References", unsafe { text_in(text, "text") }?)
    })
}
