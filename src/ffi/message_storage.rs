//! INetMailMessage: loading and saving.

use super::handles;
use super::mail_message::INetMailMessage;
use super::stream::{INetReadCallback, INetWriteCallback, octets, taker};
use super::{
    boundary,
    text::{bytes_in, text_in},
};
use crate::model::MailMessage;
use std::ffi::{c_char, c_void};
use std::sync::Arc;

/// Makes a message of a file: a message of RFC 5322 (.eml), an .emlx of Apple Mail, or an mbox with a single message. Every
/// property is filled; what is not changed goes out again octet for octet, so that 8-bit parts want a server with 8BITMIME. Where
/// texts or parts are changed, the multiparts around them are made anew: a signature or a report does not outlive that.
/// Return-Path becomes the sender of the envelope until From is changed. A Send goes to To, Cc and Bcc; of Resent fields
/// INetSmtpClient_SendFile knows. Date and Message-ID stay those of the file at each Send; for several letters out of one, empty them
/// before each is changed (INetMailMessage_SetDate and INetMailMessage_SetMessageId with ""), or receivers take them for the same letter.
///
/// @param fileName path of the file, UTF-8; read at once.
/// @return a new reference, to be released with INetMailMessage_Release; or NULL on failure.
/// @error INET_E_NO_MESSAGE the octets are no message.
/// @error INET_E_MESSAGE_TOO_COMPLEX there are more fields, parts or nesting than any sane message has.
/// @error INET_E_ARGUMENT an mbox holds more than one message.
/// @error INET_E_FILE_NOT_FOUND there is no such file.
/// @see Aspose MailMessage.Load
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_LoadFile(fileName: *const c_char) -> *mut INetMailMessage {
    boundary::handle(|| {
        Ok(Arc::new(MailMessage::load_file(unsafe { text_in(fileName, "fileName") }?)?))
    })
}

/// Makes a message of octets, as INetMailMessage_LoadFile does. Every property is filled; what is not changed goes out again
/// octet for octet.
///
/// @param data the octets; copied.
/// @param length how many octets there are.
/// @return a new reference, to be released with INetMailMessage_Release; or NULL on failure.
/// @error INET_E_NO_MESSAGE the octets are no message.
/// @error INET_E_MESSAGE_TOO_COMPLEX there are more fields, parts or nesting than any sane message has.
/// @error INET_E_ARGUMENT an mbox holds more than one message.
/// @see Aspose MailMessage.Load
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_LoadBytes(
    data: *const u8,
    length: usize,
) -> *mut INetMailMessage {
    boundary::handle(|| {
        let data = unsafe { bytes_in(data, length, "data") }?;
        Ok(Arc::new(MailMessage::load_octets(data.to_vec())?))
    })
}

/// Makes a message of what a callback gives, as INetMailMessage_LoadFile does. Every property is filled; what is not changed goes
/// out again octet for octet.
///
/// @param read gives the octets, on this thread.
/// @param user handed to the callback as it is.
/// @return a new reference, to be released with INetMailMessage_Release; or NULL on failure. INetError_GetStatus tells what the
///     callback answered.
/// @error INET_E_NO_MESSAGE the octets are no message.
/// @error INET_E_MESSAGE_TOO_COMPLEX there are more fields, parts or nesting than any sane message has.
/// @error INET_E_ARGUMENT an mbox holds more than one message.
/// @see Aspose MailMessage.Load
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_LoadStream(
    read: INetReadCallback,
    user: *mut c_void,
) -> *mut INetMailMessage {
    boundary::handle(|| Ok(Arc::new(MailMessage::load_stream(&mut *octets(read, user)?)?)))
}

/// Writes the message into a file as it would go out, without Bcc. What is made anew is in encodings that any server takes; what
/// was loaded stays as it came. Behind a Send, date and Message-ID are those of that Send, as a folder of sent mail wants them. A
/// file of that name is replaced.
///
/// @param message the object. It needs a From.
/// @param fileName path of the file, UTF-8.
/// @return 0, or a status.
/// @error INET_E_IO the file cannot be written.
/// @see Aspose MailMessage.Save
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_SaveToFile(
    message: *const INetMailMessage,
    fileName: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(message)?.save_to_file(unsafe { text_in(fileName, "fileName") }?)
    })
}

/// Hands the message to a callback as INetMailMessage_SaveToFile would write it, a block at a time.
///
/// @param message the object. It needs a From.
/// @param write takes the octets, on this thread.
/// @param user handed to the callback as it is.
/// @return 0, a status, or the negative number that the callback answered.
/// @see Aspose MailMessage.Save
#[unsafe(no_mangle)]
pub extern "C" fn INetMailMessage_SaveToStream(
    message: *const INetMailMessage,
    write: INetWriteCallback,
    user: *mut c_void,
) -> i32 {
    boundary::status(|| {
        let message = handles::get(message)?;
        message.write(taker(write, user)?)
    })
}

/// The message as INetMailMessage_SaveToFile would write it. It is made anew by each call; its length stays the same as long as
/// nothing is changed.
///
/// @param message the object. It needs a From.
/// @param buffer receives as many octets as it has room for, without a NUL; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole in octets, or a status.
/// @see Aspose MailMessage.Save
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailMessage_GetBytes(
    message: *const INetMailMessage,
    buffer: *mut u8,
    capacity: usize,
) -> i64 {
    unsafe { boundary::octets(buffer, capacity, || handles::get(message)?.octets()) }
}
