//! INetLinkedResource: content that an HTML text shows by its Content-ID.

use super::handles::{self, Opaque};
use super::stream::{INetDropCallback, INetReadAtCallback, source};
use super::{
    boundary,
    text::{bytes_in, text_in},
    transfer_encoding,
};
use crate::model::LinkedResource;
use std::ffi::{c_char, c_void};
use std::sync::Arc;

/// An image or the like that stands in the HTML text of a message, which refers to it by "cid:" and its Content-ID.
pub struct INetLinkedResource {
    _opaque: [u8; 0],
}

impl Opaque for INetLinkedResource {
    type Model = LinkedResource;
    const NAME: &'static str = "INetLinkedResource";
}

/// Makes a resource of a file. The file is opened by Send, which reads it while it sends.
///
/// @param fileName path and name of the file, UTF-8; copied.
/// @param contentId the id that the HTML refers to, ASCII without white space; copied. Empty for one of its own.
/// @return a new reference, to be released with INetLinkedResource_Release; or NULL on failure.
/// @error INET_E_ARGUMENT the name is empty.
/// @error INET_E_FIELD_VALUE the text does not fit the field.
/// @see .NET LinkedResource; Aspose LinkedResource
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetLinkedResource_Create(
    fileName: *const c_char,
    contentId: *const c_char,
) -> *mut INetLinkedResource {
    boundary::handle(|| {
        let path = unsafe { text_in(fileName, "fileName") }?;
        let id = unsafe { text_in(contentId, "contentId") }?;
        Ok(Arc::new(LinkedResource::of_file(path, id)?))
    })
}

/// Makes a resource of octets.
///
/// @param data the octets; copied.
/// @param length how many octets there are.
/// @param name a file name, UTF-8; copied. It tells the media type. Empty for none.
/// @param contentId the id that the HTML refers to, ASCII without white space; copied. Empty for one of its own.
/// @return a new reference, to be released with INetLinkedResource_Release; or NULL on failure.
/// @error INET_E_FIELD_VALUE the text does not fit the field.
/// @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
/// @see .NET LinkedResource; Aspose LinkedResource
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetLinkedResource_CreateFromBytes(
    data: *const u8,
    length: usize,
    name: *const c_char,
    contentId: *const c_char,
) -> *mut INetLinkedResource {
    boundary::handle(|| {
        let data = unsafe { bytes_in(data, length, "data") }?;
        let name = unsafe { text_in(name, "name") }?;
        let id = unsafe { text_in(contentId, "contentId") }?;
        Ok(Arc::new(LinkedResource::of_octets(data, name, id)?))
    })
}

/// Makes a resource whose content a callback of the host gives, a block at a time, while the message is sent.
///
/// @param name a file name, UTF-8; copied. It tells the media type. Empty for none.
/// @param contentId the id that the HTML refers to, ASCII without white space; copied. Empty for one of its own.
/// @param length octets of the content, or -1 if only the end will tell; without a length the server is told none, and nothing
///     goes out as binary.
/// @param read gives the octets, on the thread that sends or asks for them.
/// @param user handed to the callbacks as it is.
/// @param dropUser called once when the content is not needed any more, on whatever thread that is; or NULL.
/// @return a new reference, to be released with INetLinkedResource_Release; or NULL on failure. dropUser is called in both cases.
/// @error INET_E_FIELD_VALUE the text does not fit the field.
/// @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the length is below -1.
/// @see .NET LinkedResource; Aspose LinkedResource
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetLinkedResource_CreateFromStream(
    name: *const c_char,
    contentId: *const c_char,
    length: i64,
    read: INetReadAtCallback,
    user: *mut c_void,
    dropUser: INetDropCallback,
) -> *mut INetLinkedResource {
    boundary::handle(|| {
        let source = source(length, read, user, dropUser)?;
        let name = unsafe { text_in(name, "name") }?;
        let id = unsafe { text_in(contentId, "contentId") }?;
        Ok(Arc::new(LinkedResource::of_stream(source, name, id)?))
    })
}

/// The file name that readers of the message are shown. Unless it was set, the name of the file.
///
/// @param resource the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see .NET LinkedResource.Name; RFC 2183 section 2.3
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetLinkedResource_GetName(
    resource: *const INetLinkedResource,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(resource)?.name())) }
}

/// Sets what INetLinkedResource_GetName tells.
///
/// @param resource the object.
/// @param name the name, UTF-8; copied. Empty for none.
/// @return 0, or a status.
/// @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
/// @see .NET LinkedResource.Name; RFC 2231
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetLinkedResource_SetName(
    resource: *mut INetLinkedResource,
    name: *const c_char,
) -> i32 {
    boundary::status(|| handles::get(resource)?.set_name(unsafe { text_in(name, "name") }?))
}

/// The media type with its parameters, such as "text/calendar; method=REQUEST". Unless it was set, what the ending of the name
/// tells.
///
/// @param resource the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see .NET LinkedResource.ContentType; RFC 2045 section 5.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetLinkedResource_GetMediaType(
    resource: *const INetLinkedResource,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(resource)?.media_type())) }
}

/// Sets what INetLinkedResource_GetMediaType tells.
///
/// @param resource the object.
/// @param mediaType type, subtype and parameters, UTF-8; copied. Empty leaves it to the name again.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT the text is no media type, or one of a multipart.
/// @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
/// @see .NET LinkedResource.ContentType; RFC 2045 section 5.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetLinkedResource_SetMediaType(
    resource: *mut INetLinkedResource,
    mediaType: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(resource)?.set_media_type(unsafe { text_in(mediaType, "mediaType") }?)
    })
}

/// The Content-ID, without angle brackets. Empty where there is none.
///
/// @param resource the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see .NET LinkedResource.ContentId; RFC 2045 section 7
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetLinkedResource_GetContentId(
    resource: *const INetLinkedResource,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(resource)?.content_id())) }
}

/// Sets what INetLinkedResource_GetContentId tells.
///
/// @param resource the object.
/// @param contentId the id, ASCII without white space, with or without angle brackets; copied. Empty for none.
/// @return 0, or a status.
/// @error INET_E_FIELD_VALUE the text does not fit the field.
/// @see .NET LinkedResource.ContentId; RFC 2045 section 7
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetLinkedResource_SetContentId(
    resource: *mut INetLinkedResource,
    contentId: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(resource)?.set_content_id(unsafe { text_in(contentId, "contentId") }?)
    })
}

/// The transfer encoding that was chosen.
///
/// @param resource the object.
/// @return an INET_TRANSFER_ENCODING_ number (-1, automatic, unless set), or a status.
/// @see .NET LinkedResource.TransferEncoding; RFC 2045 section 6
#[unsafe(no_mangle)]
pub extern "C" fn INetLinkedResource_GetTransferEncoding(
    resource: *const INetLinkedResource,
) -> i32 {
    boundary::value(|| Ok(transfer_encoding::number(handles::get(resource)?.transfer_encoding())))
}

/// Chooses the transfer encoding. Automatic is base64 for octets, what fits content and server for texts, and the content as it
/// is where the server takes that (BINARYMIME). 7bit and 8bit make line breaks CRLF; quoted-printable, base64 and binary keep
/// every octet. A choice that the content or the server cannot follow makes the Send fail before the message.
///
/// @param resource the object.
/// @param encoding an INET_TRANSFER_ENCODING_ number.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see .NET LinkedResource.TransferEncoding; RFC 2045 section 6
#[unsafe(no_mangle)]
pub extern "C" fn INetLinkedResource_SetTransferEncoding(
    resource: *mut INetLinkedResource,
    encoding: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(resource)?.set_transfer_encoding(transfer_encoding::of(encoding)?);
        Ok(())
    })
}

/// The content as octets, decoded where it was loaded in an encoding.
///
/// @param resource the object.
/// @param buffer receives as many octets as it has room for, without a NUL; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole in octets, or a status.
/// @error INET_E_FILE_NOT_FOUND there is no such file.
/// @see inetmail
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetLinkedResource_GetBytes(
    resource: *const INetLinkedResource,
    buffer: *mut u8,
    capacity: usize,
) -> i64 {
    unsafe { boundary::octets(buffer, capacity, || handles::get(resource)?.octets()) }
}

/// Writes the content into a file, decoded where it was loaded in an encoding. A file of that name is replaced.
///
/// @param resource the object.
/// @param fileName path of the file, UTF-8. It is not made from the name of the content, which a stranger may have chosen.
/// @return 0, or a status.
/// @error INET_E_IO the file cannot be written.
/// @see Aspose AttachmentBase.Save
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetLinkedResource_SaveToFile(
    resource: *const INetLinkedResource,
    fileName: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(resource)?.save_to_file(unsafe { text_in(fileName, "fileName") }?)
    })
}

/// How the HTML refers to it: "cid:" and the Content-ID.
///
/// @param resource the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see .NET LinkedResource.ContentLink; RFC 2392
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetLinkedResource_GetContentLink(
    resource: *const INetLinkedResource,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(resource)?.content_link())) }
}

/// Closes the file, which a Send has left open, as INetAttachment_ReleaseResource does.
///
/// @param resource the object.
/// @return 0, or a status.
/// @see .NET AttachmentBase.Dispose
#[unsafe(no_mangle)]
pub extern "C" fn INetLinkedResource_ReleaseResource(resource: *mut INetLinkedResource) -> i32 {
    boundary::status(|| {
        handles::get(resource)?.release_resource();
        Ok(())
    })
}

/// Takes one more reference to the object: each wants its own INetLinkedResource_Release.
///
/// @param resource the object.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetLinkedResource.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetLinkedResource_AddRef(resource: *mut INetLinkedResource) -> i32 {
    boundary::status(|| handles::add_ref(resource))
}

/// Gives up one reference. The object lives on as long as the library or a call under way uses it.
///
/// @param resource the object, or NULL, which is no failure.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetLinkedResource, or was released before.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetLinkedResource_Release(resource: *mut INetLinkedResource) -> i32 {
    boundary::release(|| handles::release(resource))
}
