//! INetAlternateView: the text of a message in another form.

use super::handles::{self, Opaque};
use super::{
    boundary,
    text::{bytes_in, text_in},
    transfer_encoding,
};
use crate::model::AlternateView;
use std::ffi::c_char;
use std::sync::Arc;

/// One more form of what the text of a message says: HTML, a calendar, and others. A reader shows the richest that it understands.
pub struct INetAlternateView {
    _opaque: [u8; 0],
}

impl Opaque for INetAlternateView {
    type Model = AlternateView;
    const NAME: &'static str = "INetAlternateView";
}

/// Makes a view of a text.
///
/// @param text the text, UTF-8; copied.
/// @param mediaType type, subtype and parameters, such as "text/html", UTF-8; copied.
/// @param codePage the code page that it goes out in, a number of Fore CodePage; -1 for UTF-8.
/// @return a new reference, to be released with INetAlternateView_Release; or NULL on failure.
/// @error INET_E_ARGUMENT the media type is none.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the code page is none of Fore's.
/// @see .NET AlternateView.CreateAlternateViewFromString; Aspose AlternateView
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetAlternateView_CreateFromString(
    text: *const c_char,
    mediaType: *const c_char,
    codePage: i32,
) -> *mut INetAlternateView {
    boundary::handle(|| {
        let text = unsafe { text_in(text, "text") }?;
        let media_type = unsafe { text_in(mediaType, "mediaType") }?;
        Ok(Arc::new(AlternateView::of_text(text, media_type, codePage)?))
    })
}

/// Makes a view of octets. Where they are a text, the media type should tell its charset.
///
/// @param data the octets; copied.
/// @param length how many octets there are.
/// @param mediaType type, subtype and parameters, such as "text/html", UTF-8; copied.
/// @return a new reference, to be released with INetAlternateView_Release; or NULL on failure.
/// @error INET_E_ARGUMENT the media type is none.
/// @see .NET AlternateView; Aspose AlternateView
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetAlternateView_CreateFromBytes(
    data: *const u8,
    length: usize,
    mediaType: *const c_char,
) -> *mut INetAlternateView {
    boundary::handle(|| {
        let data = unsafe { bytes_in(data, length, "data") }?;
        let media_type = unsafe { text_in(mediaType, "mediaType") }?;
        Ok(Arc::new(AlternateView::of_octets(data, media_type)?))
    })
}

/// Makes a view of a file, which is opened by Send and read while it sends. Where it is a text, the media type should tell its
/// charset.
///
/// @param fileName path and name of the file, UTF-8; copied.
/// @param mediaType type, subtype and parameters, UTF-8; copied. Empty for what the ending of the name tells.
/// @return a new reference, to be released with INetAlternateView_Release; or NULL on failure.
/// @error INET_E_ARGUMENT the name is empty or the media type is none.
/// @see .NET AlternateView; Aspose AlternateView
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetAlternateView_Create(
    fileName: *const c_char,
    mediaType: *const c_char,
) -> *mut INetAlternateView {
    boundary::handle(|| {
        let path = unsafe { text_in(fileName, "fileName") }?;
        let media_type = unsafe { text_in(mediaType, "mediaType") }?;
        Ok(Arc::new(AlternateView::of_file(path, media_type)?))
    })
}

/// The media type with its parameters, such as "text/calendar; method=REQUEST". Unless it was set, what the ending of the name
/// tells.
///
/// @param view the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see .NET AlternateView.ContentType; RFC 2045 section 5.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetAlternateView_GetMediaType(
    view: *const INetAlternateView,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(view)?.media_type())) }
}

/// Sets what INetAlternateView_GetMediaType tells.
///
/// @param view the object.
/// @param mediaType type, subtype and parameters, UTF-8; copied. Empty leaves it to the name again.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT the text is no media type, or one of a multipart.
/// @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
/// @see .NET AlternateView.ContentType; RFC 2045 section 5.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetAlternateView_SetMediaType(
    view: *mut INetAlternateView,
    mediaType: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(view)?.set_media_type(unsafe { text_in(mediaType, "mediaType") }?)
    })
}

/// The Content-ID, without angle brackets. Empty where there is none.
///
/// @param view the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see .NET AlternateView.ContentId; RFC 2045 section 7
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetAlternateView_GetContentId(
    view: *const INetAlternateView,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(view)?.content_id())) }
}

/// Sets what INetAlternateView_GetContentId tells.
///
/// @param view the object.
/// @param contentId the id, ASCII without white space, with or without angle brackets; copied. Empty for none.
/// @return 0, or a status.
/// @error INET_E_FIELD_VALUE the text does not fit the field.
/// @see .NET AlternateView.ContentId; RFC 2045 section 7
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetAlternateView_SetContentId(
    view: *mut INetAlternateView,
    contentId: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(view)?.set_content_id(unsafe { text_in(contentId, "contentId") }?)
    })
}

/// The transfer encoding that was chosen.
///
/// @param view the object.
/// @return an INET_TRANSFER_ENCODING_ number (-1, automatic, unless set), or a status.
/// @see .NET AlternateView.TransferEncoding; RFC 2045 section 6
#[unsafe(no_mangle)]
pub extern "C" fn INetAlternateView_GetTransferEncoding(view: *const INetAlternateView) -> i32 {
    boundary::value(|| Ok(transfer_encoding::number(handles::get(view)?.transfer_encoding())))
}

/// Chooses the transfer encoding. Automatic is base64 for octets, what fits content and server for texts, and the content as it
/// is where the server takes that (BINARYMIME). 7bit and 8bit make line breaks CRLF; quoted-printable, base64 and binary keep
/// every octet. A choice that the content or the server cannot follow makes the Send fail before the message.
///
/// @param view the object.
/// @param encoding an INET_TRANSFER_ENCODING_ number.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see .NET AlternateView.TransferEncoding; RFC 2045 section 6
#[unsafe(no_mangle)]
pub extern "C" fn INetAlternateView_SetTransferEncoding(
    view: *mut INetAlternateView,
    encoding: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(view)?.set_transfer_encoding(transfer_encoding::of(encoding)?);
        Ok(())
    })
}

/// The content as octets, decoded where it was loaded in an encoding.
///
/// @param view the object.
/// @param buffer receives as many octets as it has room for, without a NUL; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole in octets, or a status.
/// @error INET_E_FILE_NOT_FOUND there is no such file.
/// @see inetmail
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetAlternateView_GetBytes(
    view: *const INetAlternateView,
    buffer: *mut u8,
    capacity: usize,
) -> i64 {
    unsafe { boundary::octets(buffer, capacity, || handles::get(view)?.octets()) }
}

/// Writes the content into a file, decoded where it was loaded in an encoding. A file of that name is replaced.
///
/// @param view the object.
/// @param fileName path of the file, UTF-8. It is not made from the name of the content, which a stranger may have chosen.
/// @return 0, or a status.
/// @error INET_E_IO the file cannot be written.
/// @see Aspose AttachmentBase.Save
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetAlternateView_SaveToFile(
    view: *const INetAlternateView,
    fileName: *const c_char,
) -> i32 {
    boundary::status(|| handles::get(view)?.save_to_file(unsafe { text_in(fileName, "fileName") }?))
}

/// Closes the file, which a Send has left open, as INetAttachment_ReleaseResource does.
///
/// @param view the object.
/// @return 0, or a status.
/// @see .NET AttachmentBase.Dispose
#[unsafe(no_mangle)]
pub extern "C" fn INetAlternateView_ReleaseResource(view: *mut INetAlternateView) -> i32 {
    boundary::status(|| {
        handles::get(view)?.release_resource();
        Ok(())
    })
}

/// Takes one more reference to the object: each wants its own INetAlternateView_Release.
///
/// @param view the object.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetAlternateView.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetAlternateView_AddRef(view: *mut INetAlternateView) -> i32 {
    boundary::status(|| handles::add_ref(view))
}

/// Gives up one reference. The object lives on as long as the library or a call under way uses it.
///
/// @param view the object, or NULL, which is no failure.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetAlternateView, or was released before.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetAlternateView_Release(view: *mut INetAlternateView) -> i32 {
    boundary::release(|| handles::release(view))
}
