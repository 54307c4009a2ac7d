//! INetAttachment: a file that goes along with a message.

use super::handles::{self, Opaque};
use super::{boundary, text::text_in};
use crate::model::Attachment;
use std::ffi::c_char;
use std::sync::Arc;

/// A file to attach, read while the message is sent.
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
    boundary::handle(|| Ok(Arc::new(Attachment::new(unsafe { text_in(fileName, "fileName") }?)?)))
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

/// Path and name of the file.
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

/// Attaches another file; the one that was open is closed.
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
