//! INetAttachment: content that goes along with a message.

use super::handles::{self, Opaque};
use super::mail_message::INetMailMessage;
use super::stream::{INetDropCallback, INetReadAtCallback, source};
use super::{
    boundary,
    text::{bytes_in, text_in},
    transfer_encoding,
};
use crate::model::Attachment;
use std::ffi::{c_char, c_void};
use std::sync::Arc;

/// Content to attach: a file or a callback that is read while the message is sent, octets, or a message.
pub struct INetAttachment {
    _opaque: [u8; 0],
}

impl Opaque for INetAttachment {
    type Model = Attachment;
    const NAME: &'static str = "INetAttachment";
}

/// Makes an attachment of a file. The file is opened by Send, which reads it while it sends.
///
/// @param fileName path and name of the file, UTF-8; copied.
/// @return a new reference, to be released with INetAttachment_Release; or NULL on failure.
/// @error INET_E_ARGUMENT the name is empty.
/// @see Fore CurlAttachment.Create
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetAttachment_Create(fileName: *const c_char) -> *mut INetAttachment {
    boundary::handle(|| {
        Ok(Arc::new(Attachment::of_file(unsafe { text_in(fileName, "fileName") }?)?))
    })
}

/// The same as INetAttachment_Create, under the name of its class.
///
/// @param fileName path and name of the file, UTF-8; copied.
/// @return a new reference, to be released with INetAttachment_Release; or NULL on failure.
/// @error INET_E_ARGUMENT the name is empty.
/// @see Fore CurlAttachment.Create
#[unsafe(no_mangle)]
pub unsafe extern "C" fn CurlAttachment_Create(fileName: *const c_char) -> *mut INetAttachment {
    unsafe { INetAttachment_Create(fileName) }
}

/// Path and name of the file; empty where the content is no file.
///
/// @param attachment the attachment.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see Fore INetAttachment.ContentName
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetAttachment_GetContentName(
    attachment: *const INetAttachment,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(attachment)?.content_name())) }
}

/// Makes the content that of another file; the one that was open is closed.
///
/// @param attachment the object.
/// @param fileName path and name of the file, UTF-8; copied.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT the name is empty.
/// @see Fore INetAttachment.ContentName
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetAttachment_SetContentName(
    attachment: *mut INetAttachment,
    fileName: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(attachment)?.set_content_name(unsafe { text_in(fileName, "fileName") }?)
    })
}

/// Closes the file, which a Send has left open, so that others can move, change or remove it. The next Send opens it again.
/// A Send that is reading the file on another thread goes on with it.
///
/// @param attachment the attachment.
/// @return 0, or a status.
/// @see Fore INetAttachment.ReleaseResource
#[unsafe(no_mangle)]
pub extern "C" fn INetAttachment_ReleaseResource(attachment: *mut INetAttachment) -> i32 {
    boundary::status(|| {
        handles::get(attachment)?.release_resource();
        Ok(())
    })
}

/// Makes an attachment of octets.
///
/// @param data the octets; copied.
/// @param length how many octets there are.
/// @param name the file name that readers are shown, UTF-8; copied. It also tells the media type. Empty for none.
/// @return a new reference, to be released with INetAttachment_Release; or NULL on failure.
/// @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
/// @see Aspose Attachment; .NET Attachment
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetAttachment_CreateFromBytes(
    data: *const u8,
    length: usize,
    name: *const c_char,
) -> *mut INetAttachment {
    boundary::handle(|| {
        let data = unsafe { bytes_in(data, length, "data") }?;
        let name = unsafe { text_in(name, "name") }?;
        Ok(Arc::new(Attachment::of_octets(data, name)?))
    })
}

/// Makes an attachment whose content a callback of the host gives, a block at a time, while the message is sent.
///
/// @param name the file name that readers are shown, UTF-8; copied. It also tells the media type. Empty for none.
/// @param length octets of the content, or -1 if only the end will tell; without a length the server is told none, and nothing
///     goes out as binary.
/// @param read gives the octets, on the thread that sends or asks for them.
/// @param user handed to the callbacks as it is.
/// @param dropUser called once when the content is not needed any more, on whatever thread that is; or NULL.
/// @return a new reference, to be released with INetAttachment_Release; or NULL on failure. dropUser is called in both cases.
/// @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the length is below -1.
/// @see Aspose Attachment; .NET Attachment
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetAttachment_CreateFromStream(
    name: *const c_char,
    length: i64,
    read: INetReadAtCallback,
    user: *mut c_void,
    dropUser: INetDropCallback,
) -> *mut INetAttachment {
    boundary::handle(|| {
        let source = source(length, read, user, dropUser)?;
        let name = unsafe { text_in(name, "name") }?;
        Ok(Arc::new(Attachment::of_stream(source, name)?))
    })
}

/// Makes an attachment of a message (message/rfc822), as it is when the message around it is sent. It needs a From, but no
/// recipients, and its Bcc is not shown.
///
/// @param message the message; the attachment takes a reference of its own.
/// @return a new reference, to be released with INetAttachment_Release; or NULL on failure.
/// @see Aspose Attachment; RFC 2046 section 5.2.1
#[unsafe(no_mangle)]
pub extern "C" fn INetAttachment_CreateFromMessage(
    message: *mut INetMailMessage,
) -> *mut INetAttachment {
    boundary::handle(|| Ok(Arc::new(Attachment::of_message(handles::get(message)?))))
}

/// The file name that readers of the message are shown. Unless it was set, the name of the file. Of a loaded message it is what a
/// stranger wrote: it may hold a path, and is no name to save under unseen.
///
/// @param attachment the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see Aspose Attachment.Name; RFC 2183 section 2.3
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetAttachment_GetName(
    attachment: *const INetAttachment,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(attachment)?.name())) }
}

/// Sets what INetAttachment_GetName tells.
///
/// @param attachment the object.
/// @param name the name, UTF-8; copied. Empty for none.
/// @return 0, or a status.
/// @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
/// @see Aspose Attachment.Name; RFC 2231
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetAttachment_SetName(
    attachment: *mut INetAttachment,
    name: *const c_char,
) -> i32 {
    boundary::status(|| handles::get(attachment)?.set_name(unsafe { text_in(name, "name") }?))
}

/// The media type with its parameters, such as "text/calendar; method=REQUEST". Unless it was set, what the ending of the name
/// tells.
///
/// @param attachment the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see Aspose Attachment.ContentType; RFC 2045 section 5.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetAttachment_GetMediaType(
    attachment: *const INetAttachment,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(attachment)?.media_type())) }
}

/// Sets what INetAttachment_GetMediaType tells.
///
/// @param attachment the object.
/// @param mediaType type, subtype and parameters, UTF-8; copied. Empty leaves it to the name again.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT the text is no media type, or one of a multipart.
/// @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
/// @see Aspose Attachment.ContentType; RFC 2045 section 5.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetAttachment_SetMediaType(
    attachment: *mut INetAttachment,
    mediaType: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(attachment)?.set_media_type(unsafe { text_in(mediaType, "mediaType") }?)
    })
}

/// The Content-ID, without angle brackets. Empty where there is none.
///
/// @param attachment the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see Aspose Attachment.ContentId; RFC 2045 section 7
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetAttachment_GetContentId(
    attachment: *const INetAttachment,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(attachment)?.content_id())) }
}

/// Sets what INetAttachment_GetContentId tells.
///
/// @param attachment the object.
/// @param contentId the id, ASCII without white space, with or without angle brackets; copied. Empty for none.
/// @return 0, or a status.
/// @error INET_E_FIELD_VALUE the text does not fit the field.
/// @see Aspose Attachment.ContentId; RFC 2045 section 7
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetAttachment_SetContentId(
    attachment: *mut INetAttachment,
    contentId: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(attachment)?.set_content_id(unsafe { text_in(contentId, "contentId") }?)
    })
}

/// Whether readers are to show it with the text (Content-Disposition: inline) and not as a file.
///
/// @param attachment the object.
/// @return 1 or 0 (0 unless set), or a status.
/// @see Aspose Attachment.ContentDisposition; RFC 2183
#[unsafe(no_mangle)]
pub extern "C" fn INetAttachment_GetIsInline(attachment: *const INetAttachment) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(attachment)?.is_inline())))
}

/// Sets what INetAttachment_GetIsInline tells.
///
/// @param attachment the object.
/// @param isInline 0 for no, anything else for yes.
/// @return 0, or a status.
/// @see Aspose Attachment.ContentDisposition; RFC 2183
#[unsafe(no_mangle)]
pub extern "C" fn INetAttachment_SetIsInline(
    attachment: *mut INetAttachment,
    isInline: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(attachment)?.set_inline(isInline != 0);
        Ok(())
    })
}

/// The transfer encoding that was chosen.
///
/// @param attachment the object.
/// @return an INET_TRANSFER_ENCODING_ number (-1, automatic, unless set), or a status.
/// @see Aspose Attachment.TransferEncoding; RFC 2045 section 6
#[unsafe(no_mangle)]
pub extern "C" fn INetAttachment_GetTransferEncoding(attachment: *const INetAttachment) -> i32 {
    boundary::value(|| Ok(transfer_encoding::number(handles::get(attachment)?.transfer_encoding())))
}

/// Chooses the transfer encoding. Automatic is base64 for octets, what fits content and server for texts, and the content as it
/// is where the server takes that (BINARYMIME). 7bit and 8bit make line breaks CRLF; quoted-printable, base64 and binary keep
/// every octet. A choice that the content or the server cannot follow makes the Send fail before the message.
///
/// @param attachment the object.
/// @param encoding an INET_TRANSFER_ENCODING_ number.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see Aspose Attachment.TransferEncoding; RFC 2045 section 6
#[unsafe(no_mangle)]
pub extern "C" fn INetAttachment_SetTransferEncoding(
    attachment: *mut INetAttachment,
    encoding: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(attachment)?.set_transfer_encoding(transfer_encoding::of(encoding)?);
        Ok(())
    })
}

/// The content as octets, decoded where it was loaded in an encoding.
///
/// @param attachment the object.
/// @param buffer receives as many octets as it has room for, without a NUL; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole in octets, or a status.
/// @error INET_E_FILE_NOT_FOUND there is no such file.
/// @see inetmail
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetAttachment_GetBytes(
    attachment: *const INetAttachment,
    buffer: *mut u8,
    capacity: usize,
) -> i64 {
    unsafe { boundary::octets(buffer, capacity, || handles::get(attachment)?.octets()) }
}

/// Writes the content into a file, decoded where it was loaded in an encoding. A file of that name is replaced.
///
/// @param attachment the object.
/// @param fileName path of the file, UTF-8. It is not made from the name of the content, which a stranger may have chosen.
/// @return 0, or a status.
/// @error INET_E_IO the file cannot be written.
/// @see Aspose AttachmentBase.Save
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetAttachment_SaveToFile(
    attachment: *const INetAttachment,
    fileName: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(attachment)?.save_to_file(unsafe { text_in(fileName, "fileName") }?)
    })
}

/// Takes one more reference to the object: each wants its own INetAttachment_Release.
///
/// @param attachment the object.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetAttachment.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetAttachment_AddRef(attachment: *mut INetAttachment) -> i32 {
    boundary::status(|| handles::add_ref(attachment))
}

/// Gives up one reference. The object lives on as long as the library or a call under way uses it.
///
/// @param attachment the object, or NULL, which is no failure.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetAttachment, or was released before.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetAttachment_Release(attachment: *mut INetAttachment) -> i32 {
    boundary::release(|| handles::release(attachment))
}
