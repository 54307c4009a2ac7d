//! Messages that are loaded, looked at, saved, and changed.

use super::face::{Handle, count, error_message, object, octets, ok, sure, text};
use super::octets::{assert_no_bare_breaks, field_names, split};
use inetmail::ffi::alternate_view::*;
use inetmail::ffi::alternate_view_collection::*;
use inetmail::ffi::attachment::*;
use inetmail::ffi::attachment_collection::*;
use inetmail::ffi::error::*;
use inetmail::ffi::linked_resource::*;
use inetmail::ffi::linked_resource_collection::*;
use inetmail::ffi::mail_address_collection::*;
use inetmail::ffi::mail_message::*;
use inetmail::ffi::message_bodies::*;
use inetmail::ffi::message_headers::*;
use inetmail::ffi::message_properties::*;
use inetmail::ffi::message_storage::*;
use std::ffi::c_char;

type Message = Handle<INetMailMessage>;

pub fn run(data: &[u8]) {
    let Some(message) = object(unsafe { INetMailMessage_LoadBytes(data.as_ptr(), data.len()) })
    else {
        return;
    };
    let seen = look(&message);
    let Some(saved) = bytes(&message) else {
        return;
    };
    // Nothing but what nobody may see stood in its header.
    if saved.starts_with(b"\r\n") {
        return;
    }
    assert_message(&saved);
    let again = load(&saved);
    let seen_again = look(&again);
    assert_eq!(seen_again.content, seen.content, "loaded again");
    assert_eq!(shown(&bytes(&again).expect("a message")), shown(&saved), "saved again");
    change(&again, &seen_again);
}

fn shown(message: &[u8]) -> String {
    message.escape_ascii().to_string()
}

/// What the getters tell.
struct Seen {
    content: Content,
    attachments: i32,
}

#[derive(Debug, PartialEq)]
struct Content {
    texts: Vec<String>,
    addresses: Vec<String>,
    parts: Vec<(String, Vec<u8>)>,
}

fn look(message: &Message) -> Seen {
    let fields = count(INetMailMessage_GetHeaderCount(message.0));
    for index in 0..fields {
        text(|b, n| unsafe { INetMailMessage_GetHeaderNameAt(message.0, index, b, n) })
            .expect("a name");
        text(|b, n| unsafe { INetMailMessage_GetHeaderValueAt(message.0, index, b, n) })
            .expect("a value");
    }
    for get in [
        INetMailMessage_GetIsBodyHtml,
        INetMailMessage_GetPriority,
        INetMailMessage_GetPriorityLevel,
        INetMailMessage_GetReadReceipt,
        INetMailMessage_GetDeliveryReceipt,
        INetMailMessage_GetSensitivity,
        INetMailMessage_GetAttachmentCount,
    ] {
        count(get(message.0));
    }
    let get: [unsafe extern "C" fn(*const INetMailMessage, *mut c_char, usize) -> i64; 16] = [
        INetMailMessage_GetSubject,
        INetMailMessage_GetBody,
        INetMailMessage_GetPlainText,
        INetMailMessage_GetHtmlText,
        INetMailMessage_GetInReplyTo,
        INetMailMessage_GetReferences,
        INetMailMessage_GetComments,
        INetMailMessage_GetKeywords,
        INetMailMessage_GetMailer,
        INetMailMessage_GetOrganization,
        INetMailMessage_GetReadReceiptTo,
        INetMailMessage_GetListUnsubscribe,
        INetMailMessage_GetAutoSubmitted,
        // These three are made where there are none, or taken off.
        INetMailMessage_GetMessageId,
        INetMailMessage_GetDate,
        INetMailMessage_GetReturnPath,
    ];
    let mut texts = Vec::new();
    for get in get {
        texts.push(text(|b, n| unsafe { get(message.0, b, n) }).expect("a text"));
    }
    texts.truncate(get.len() - 3);
    object(INetMailMessage_GetSender(message.0));
    let addresses = [
        INetMailMessage_GetFromList,
        INetMailMessage_GetTo,
        INetMailMessage_GetCC,
        INetMailMessage_GetReplyToList,
    ];
    let addresses = addresses.map(|get| list_text(get(message.0)));
    list_text(INetMailMessage_GetBcc(message.0));
    let (parts, attachments) = parts(message);
    Seen { content: Content { texts, addresses: addresses.into(), parts }, attachments }
}

fn list_text(list: *mut INetMailAddressCollection) -> String {
    let list = sure(list);
    text(|b, n| unsafe { INetMailAddressCollection_ToString(list.0, b, n) }).expect("a text")
}

/// Views, linked resources and attachments by name or type, with their contents.
fn parts(message: &Message) -> (Vec<(String, Vec<u8>)>, i32) {
    let mut parts = Vec::new();
    let views = sure(INetMailMessage_GetAlternateViews(message.0));
    for index in 0..count(INetAlternateViewCollection_GetCount(views.0)) {
        let view = sure(INetAlternateViewCollection_GetItem(views.0, index));
        let name = text(|b, n| unsafe { INetAlternateView_GetMediaType(view.0, b, n) });
        text(|b, n| unsafe { INetAlternateView_GetContentId(view.0, b, n) }).expect("an id");
        let content = octets(|b, n| unsafe { INetAlternateView_GetBytes(view.0, b, n) });
        parts.push((name.expect("a type"), content.expect("a content")));
    }
    let linked = sure(INetMailMessage_GetLinkedResources(message.0));
    for index in 0..count(INetLinkedResourceCollection_GetCount(linked.0)) {
        let resource = sure(INetLinkedResourceCollection_GetItem(linked.0, index));
        let name = text(|b, n| unsafe { INetLinkedResource_GetName(resource.0, b, n) });
        text(|b, n| unsafe { INetLinkedResource_GetMediaType(resource.0, b, n) }).expect("a type");
        text(|b, n| unsafe { INetLinkedResource_GetContentId(resource.0, b, n) }).expect("an id");
        let content = octets(|b, n| unsafe { INetLinkedResource_GetBytes(resource.0, b, n) });
        parts.push((name.expect("a name"), content.expect("a content")));
    }
    let attachments = sure(INetMailMessage_GetAttachments(message.0));
    let attachment_count = count(INetAttachmentCollection_GetCount(attachments.0));
    for index in 0..attachment_count {
        let attachment = sure(INetAttachmentCollection_GetItem(attachments.0, index));
        let name = text(|b, n| unsafe { INetAttachment_GetName(attachment.0, b, n) });
        text(|b, n| unsafe { INetAttachment_GetMediaType(attachment.0, b, n) }).expect("a type");
        text(|b, n| unsafe { INetAttachment_GetContentId(attachment.0, b, n) }).expect("an id");
        count(INetAttachment_GetIsInline(attachment.0));
        let content = octets(|b, n| unsafe { INetAttachment_GetBytes(attachment.0, b, n) });
        parts.push((name.expect("a name"), content.expect("a content")));
    }
    (parts, attachment_count)
}

/// Another subject, one attachment more, and another name for what was there: the message can still be sent and read.
fn change(message: &Message, seen: &Seen) {
    let subject = c"Тема, changed";
    ok(unsafe { INetMailMessage_SetSubject(message.0, subject.as_ptr()) });
    let saved = bytes(message).expect("a message with another subject");
    assert_message(&saved);
    let loaded = load(&saved);
    assert_eq!(look(&loaded).content.parts, seen.content.parts, "the subject changed alone");
    assert_subject(&loaded);

    let attachments = sure(INetMailMessage_GetAttachments(message.0));
    let content = b"content\0of an attachment";
    let name = c"added.bin";
    let added =
        unsafe { INetAttachment_CreateFromBytes(content.as_ptr(), content.len(), name.as_ptr()) };
    ok(INetAttachmentCollection_Add(attachments.0, sure(added).0));
    let saved = bytes(message).unwrap_or_else(|| panic!("{}", error_message()));
    assert_message(&saved);
    let loaded = load(&saved);
    assert_subject(&loaded);
    let after = look(&loaded).content;
    let (last, others) = after.parts.split_last().expect("an attachment");
    assert_eq!((last.0.as_str(), &last.1[..]), ("added.bin", &content[..]));
    // A view may come back as an attachment, where no other view was beside it.
    assert_eq!(contents(others), contents(&seen.content.parts), "what was there before");
    assert_eq!(after.texts[1..], seen.content.texts[1..], "all texts but the subject");

    if seen.attachments > 0 {
        let first = sure(INetAttachmentCollection_GetItem(attachments.0, 0));
        ok(unsafe { INetAttachment_SetName(first.0, c"renamed.bin".as_ptr()) });
        rename_is_saved(message);
    }
}

fn contents(parts: &[(String, Vec<u8>)]) -> Vec<String> {
    let mut contents: Vec<_> = parts.iter().map(|(_, content)| shown(content)).collect();
    contents.sort();
    contents
}

/// A part whose header is written anew has to fit its type: a message with a line that is too long cannot be encoded.
fn rename_is_saved(message: &Message) {
    const INET_E_TRANSFER_ENCODING: i32 = -1209;
    match bytes(message) {
        Some(saved) => assert_message(&saved),
        None => assert_eq!(INetError_GetStatus(), INET_E_TRANSFER_ENCODING, "{}", error_message()),
    }
}

fn assert_subject(message: &Message) {
    let subject = text(|b, n| unsafe { INetMailMessage_GetSubject(message.0, b, n) });
    assert_eq!(subject.as_deref(), Some("Тема, changed"));
}

fn assert_message(saved: &[u8]) {
    assert_no_bare_breaks(saved);
    for name in field_names(split(saved).0) {
        assert!(!matches!(name.as_str(), "bcc" | "resent-bcc" | "return-path"), "{name}");
    }
}

fn bytes(message: &Message) -> Option<Vec<u8>> {
    octets(|b, n| unsafe { INetMailMessage_GetBytes(message.0, b, n) })
}

fn load(octets: &[u8]) -> Message {
    sure(unsafe { INetMailMessage_LoadBytes(octets.as_ptr(), octets.len()) })
}
