//! A message as plain data, and the same built through the C face.

use crate::support::face::{Handle, Message, c, ok};
use inetmail::ffi::alternate_view::*;
use inetmail::ffi::alternate_view_collection::*;
use inetmail::ffi::attachment::*;
use inetmail::ffi::attachment_collection::*;
use inetmail::ffi::linked_resource::*;
use inetmail::ffi::linked_resource_collection::*;
use inetmail::ffi::mail_address::*;
use inetmail::ffi::mail_address_collection::*;
use inetmail::ffi::mail_message::*;
use inetmail::ffi::message_bodies::*;
use inetmail::ffi::message_headers::*;
use inetmail::ffi::message_properties::*;
use inetmail::ffi::message_storage::*;
use std::ffi::c_void;
use std::ptr::null_mut;

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    pub from: Vec<Person>,
    pub sender: Option<Person>,
    pub reply_to: Vec<Person>,
    pub to: Vec<Person>,
    pub cc: Vec<Person>,
    pub bcc: Vec<Person>,
    pub subject: String,
    pub subject_page: i32,
    /// Empty for none, as the face has it.
    pub plain: String,
    pub html: String,
    pub body_page: i32,
    pub views: Vec<View>,
    pub linked: Vec<Item>,
    pub attachments: Vec<Item>,
    /// Fields that the message has no property for.
    pub headers: Vec<(String, String)>,
    pub message_id: String,
    pub in_reply_to: String,
    pub references: String,
    pub keywords: String,
    /// Seconds and minutes east of UTC.
    pub date: Option<(i64, i32)>,
    /// 0 to 4, 2 being normal.
    pub priority: i32,
    pub has_old_names: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Person {
    pub name: String,
    pub address: String,
}

impl Person {
    pub fn new(name: &str, address: &str) -> Person {
        Person { name: name.to_owned(), address: address.to_owned() }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub text: String,
    pub media_type: String,
    pub page: i32,
}

/// An attachment or a linked resource.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    pub name: String,
    /// Empty for what the name tells.
    pub media_type: String,
    pub content_id: String,
    pub is_inline: bool,
    /// An INET_TRANSFER_ENCODING_ number.
    pub encoding: i32,
    pub content: Content,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    Octets(Vec<u8>),
    /// From a read callback that gives at most so many octets at a time.
    Stream {
        octets: Vec<u8>,
        is_length_told: bool,
        step: usize,
    },
    Message(Box<Plan>),
}

impl Item {
    pub fn of_octets(name: &str, octets: &[u8]) -> Item {
        Item {
            name: name.to_owned(),
            media_type: String::new(),
            content_id: String::new(),
            is_inline: false,
            encoding: -1,
            content: Content::Octets(octets.to_vec()),
        }
    }

    pub fn of_message(plan: Plan) -> Item {
        Item { content: Content::Message(Box::new(plan)), ..Item::of_octets("", b"") }
    }

    /// The octets that a reader is to find: 7bit and 8bit travel as lines.
    pub fn expected_octets(&self) -> Vec<u8> {
        match &self.content {
            Content::Octets(octets) | Content::Stream { octets, .. } => match self.encoding {
                2 | 3 => with_crlf(octets),
                _ => octets.clone(),
            },
            Content::Message(_) => panic!("a message is compared by its parts"),
        }
    }
}

/// CRLF for each line break: CRLF, a bare LF, a bare CR.
pub fn with_crlf(octets: &[u8]) -> Vec<u8> {
    let mut lines = Vec::with_capacity(octets.len());
    let mut rest = octets.iter().peekable();
    while let Some(octet) = rest.next() {
        match octet {
            b'\r' => {
                rest.next_if_eq(&&b'\n');
                lines.extend_from_slice(b"\r\n");
            }
            b'\n' => lines.extend_from_slice(b"\r\n"),
            octet => lines.push(*octet),
        }
    }
    lines
}

pub fn text_with_crlf(text: &str) -> String {
    String::from_utf8(with_crlf(text.as_bytes())).expect("still UTF-8")
}

/// The message, built through the face.
pub fn build(plan: &Plan) -> Message {
    let message = Handle::of(INetMailMessage_Create());
    let mail = message.0;
    add_people(INetMailMessage_GetFromList(mail), &plan.from);
    add_people(INetMailMessage_GetReplyToList(mail), &plan.reply_to);
    add_people(INetMailMessage_GetTo(mail), &plan.to);
    add_people(INetMailMessage_GetCC(mail), &plan.cc);
    add_people(INetMailMessage_GetBcc(mail), &plan.bcc);
    if let Some(sender) = &plan.sender {
        ok(INetMailMessage_SetSender(mail, address(sender).0));
    }
    ok(INetMailMessage_SetSubjectEncoding(mail, plan.subject_page));
    ok(INetMailMessage_SetBodyEncoding(mail, plan.body_page));
    ok(INetMailMessage_SetPriorityLevel(mail, plan.priority));
    ok(INetMailMessage_SetRfc2047Names(mail, plan.has_old_names.into()));
    if let Some((seconds, zone)) = plan.date {
        ok(INetMailMessage_SetDateTime(mail, seconds, zone));
    }
    unsafe {
        ok(INetMailMessage_SetSubject(mail, c(&plan.subject).as_ptr()));
        ok(INetMailMessage_SetPlainText(mail, c(&plan.plain).as_ptr()));
        ok(INetMailMessage_SetHtmlText(mail, c(&plan.html).as_ptr()));
        ok(INetMailMessage_SetMessageId(mail, c(&plan.message_id).as_ptr()));
        ok(INetMailMessage_SetInReplyTo(mail, c(&plan.in_reply_to).as_ptr()));
        ok(INetMailMessage_SetReferences(mail, c(&plan.references).as_ptr()));
        ok(INetMailMessage_SetKeywords(mail, c(&plan.keywords).as_ptr()));
        for (name, value) in &plan.headers {
            ok(INetMailMessage_AddHeader(mail, c(name).as_ptr(), c(value).as_ptr()));
        }
    }
    add_parts(&message, plan);
    message
}

fn add_parts(message: &Message, plan: &Plan) {
    let views = Handle::of(INetMailMessage_GetAlternateViews(message.0));
    for view in &plan.views {
        let (text, media_type) = (c(&view.text), c(&view.media_type));
        let (text, media_type) = (text.as_ptr(), media_type.as_ptr());
        let view =
            Handle::of(unsafe { INetAlternateView_CreateFromString(text, media_type, view.page) });
        ok(INetAlternateViewCollection_Add(views.0, view.0));
    }
    let linked = Handle::of(INetMailMessage_GetLinkedResources(message.0));
    for item in &plan.linked {
        ok(INetLinkedResourceCollection_Add(linked.0, resource(item).0));
    }
    let attachments = Handle::of(INetMailMessage_GetAttachments(message.0));
    for item in &plan.attachments {
        ok(INetAttachmentCollection_Add(attachments.0, attachment(item).0));
    }
}

pub fn address(person: &Person) -> Handle<INetMailAddress> {
    let (address, name) = (c(&person.address), c(&person.name));
    Handle::of(unsafe { INetMailAddress_CreateWithName(address.as_ptr(), name.as_ptr()) })
}

fn add_people(list: *mut INetMailAddressCollection, people: &[Person]) {
    let list = Handle::of(list);
    for person in people {
        ok(INetMailAddressCollection_Add(list.0, address(person).0));
    }
}

pub fn attachment(item: &Item) -> Handle<INetAttachment> {
    let name = c(&item.name);
    let name = name.as_ptr();
    let made = Handle::of(match &item.content {
        Content::Octets(octets) => unsafe {
            INetAttachment_CreateFromBytes(octets.as_ptr(), octets.len(), name)
        },
        Content::Stream { octets, is_length_told, step } => {
            let (length, user) = stream(octets, *is_length_told, *step);
            unsafe {
                INetAttachment_CreateFromStream(name, length, Some(read), user, Some(dropped))
            }
        }
        Content::Message(plan) => INetAttachment_CreateFromMessage(build(plan).0),
    });
    if let (Content::Message(_), false) = (&item.content, item.name.is_empty()) {
        ok(unsafe { INetAttachment_SetName(made.0, name) });
    }
    ok(INetAttachment_SetTransferEncoding(made.0, item.encoding));
    ok(INetAttachment_SetIsInline(made.0, item.is_inline.into()));
    unsafe {
        if !item.media_type.is_empty() {
            ok(INetAttachment_SetMediaType(made.0, c(&item.media_type).as_ptr()));
        }
        ok(INetAttachment_SetContentId(made.0, c(&item.content_id).as_ptr()));
    }
    made
}

fn resource(item: &Item) -> Handle<INetLinkedResource> {
    let (name, id) = (c(&item.name), c(&item.content_id));
    let (name, id) = (name.as_ptr(), id.as_ptr());
    let made = Handle::of(match &item.content {
        Content::Octets(octets) => unsafe {
            INetLinkedResource_CreateFromBytes(octets.as_ptr(), octets.len(), name, id)
        },
        Content::Stream { octets, is_length_told, step } => {
            let (length, user) = stream(octets, *is_length_told, *step);
            let (read, dropped) = (Some(read as _), Some(dropped as _));
            unsafe { INetLinkedResource_CreateFromStream(name, id, length, read, user, dropped) }
        }
        Content::Message(_) => panic!("a message is no linked resource"),
    });
    ok(INetLinkedResource_SetTransferEncoding(made.0, item.encoding));
    if !item.media_type.is_empty() {
        ok(unsafe { INetLinkedResource_SetMediaType(made.0, c(&item.media_type).as_ptr()) });
    }
    made
}

/// What a read callback reads from.
struct Stream {
    octets: Vec<u8>,
    step: usize,
}

fn stream(octets: &[u8], is_length_told: bool, step: usize) -> (i64, *mut c_void) {
    let length = if is_length_told { octets.len() as i64 } else { -1 };
    let stream = Box::new(Stream { octets: octets.to_vec(), step });
    (length, Box::into_raw(stream).cast())
}

unsafe extern "C" fn read(offset: i64, into: *mut u8, capacity: usize, user: *mut c_void) -> i32 {
    let stream = unsafe { &*user.cast::<Stream>() };
    let rest = stream.octets.get(offset as usize..).unwrap_or_default();
    let count = rest.len().min(capacity).min(stream.step);
    unsafe { std::ptr::copy_nonoverlapping(rest.as_ptr(), into, count) };
    count as i32
}

unsafe extern "C" fn dropped(user: *mut c_void) {
    drop(unsafe { Box::from_raw(user.cast::<Stream>()) });
}

pub fn loaded(octets: &[u8]) -> Message {
    Handle::of(unsafe { INetMailMessage_LoadBytes(octets.as_ptr(), octets.len()) })
}

/// The message as it would go out.
pub fn octets(message: &Message) -> Vec<u8> {
    bytes(|buffer, size| unsafe { INetMailMessage_GetBytes(message.0, buffer, size) })
}

/// Octets that are asked for twice, first for their length.
#[track_caller]
pub fn bytes(get: impl Fn(*mut u8, usize) -> i64) -> Vec<u8> {
    let length = get(null_mut(), 0);
    assert!(length >= 0, "{length}: {}", crate::support::face::Record::of_this_thread().message);
    let mut buffer = vec![0u8; length as usize];
    assert_eq!(get(buffer.as_mut_ptr(), buffer.len()), length);
    buffer
}
