//! A message that was saved and loaded again: its properties by the getters of the face, and what goes out of it.

use crate::other_reader::{expected_sender, richness};
use crate::plan::{
    Content, Item, Person, Plan, View, build, bytes, loaded, octets, text_with_crlf,
};
use crate::support::face::{Handle, Message, c, ok, text};
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

/// Asserts that the octets, loaded, say what the plan says.
pub fn compare(plan: &Plan, octets: &[u8]) {
    let message = loaded(octets);
    let told = told(&message, plan);
    let expected = expected(plan, &told);
    // One by one, for a failure to be read with ease.
    assert_eq!(told.subject, expected.subject);
    assert_eq!((&told.plain, &told.html), (&expected.plain, &expected.html));
    for (found, expected) in told.attachments.iter().zip(&expected.attachments) {
        assert_eq!(found, expected);
    }
    assert_eq!(told, expected);
    if plan.date.is_some() {
        assert_eq!(date(&message), date(&build(plan)));
    }
    for item in plan.attachments.iter().zip(message_attachments(&message)) {
        if let (Item { content: Content::Message(inner), .. }, octets) = item {
            compare(inner, &octets);
        }
    }
}

fn date(message: &Message) -> String {
    text(|b, n| unsafe { INetMailMessage_GetDate(message.0, b, n) })
}

fn message_attachments(message: &Message) -> Vec<Vec<u8>> {
    let list = Handle::of(INetMailMessage_GetAttachments(message.0));
    let count = INetAttachmentCollection_GetCount(list.0);
    let items = (0..count).map(|at| Handle::of(INetAttachmentCollection_GetItem(list.0, at)));
    items.map(|item| bytes(|b, n| unsafe { INetAttachment_GetBytes(item.0, b, n) })).collect()
}

/// What the getters tell. What no message tells of itself is left as the plan has it.
fn told(message: &Message, plan: &Plan) -> Plan {
    let mail = message.0;
    let get = |get: unsafe extern "C" fn(*const INetMailMessage, *mut i8, usize) -> i64| {
        text(|buffer, size| unsafe { get(mail, buffer, size) })
    };
    let sender = INetMailMessage_GetSender(mail);
    let views = Handle::of(INetMailMessage_GetAlternateViews(mail));
    let linked = Handle::of(INetMailMessage_GetLinkedResources(mail));
    let attachments = Handle::of(INetMailMessage_GetAttachments(mail));
    assert_eq!(
        INetMailMessage_GetIsBodyHtml(mail) == 1,
        get(INetMailMessage_GetPlainText).is_empty()
            && !get(INetMailMessage_GetHtmlText).is_empty()
    );
    Plan {
        from: people(INetMailMessage_GetFromList(mail)),
        sender: (!sender.is_null()).then(|| person(sender)),
        reply_to: people(INetMailMessage_GetReplyToList(mail)),
        to: people(INetMailMessage_GetTo(mail)),
        cc: people(INetMailMessage_GetCC(mail)),
        bcc: people(INetMailMessage_GetBcc(mail)),
        subject: get(INetMailMessage_GetSubject),
        plain: get(INetMailMessage_GetPlainText),
        html: get(INetMailMessage_GetHtmlText),
        views: (0..INetAlternateViewCollection_GetCount(views.0))
            .map(|at| view(Handle::of(INetAlternateViewCollection_GetItem(views.0, at))))
            .collect(),
        linked: (0..INetLinkedResourceCollection_GetCount(linked.0))
            .map(|at| resource(Handle::of(INetLinkedResourceCollection_GetItem(linked.0, at))))
            .collect(),
        attachments: (0..INetAttachmentCollection_GetCount(attachments.0))
            .map(|at| attachment(Handle::of(INetAttachmentCollection_GetItem(attachments.0, at))))
            .collect(),
        headers: headers(message, plan),
        message_id: get(INetMailMessage_GetMessageId),
        in_reply_to: get(INetMailMessage_GetInReplyTo),
        references: get(INetMailMessage_GetReferences),
        keywords: get(INetMailMessage_GetKeywords),
        priority: INetMailMessage_GetPriorityLevel(mail),
        date: plan.date,
        subject_page: plan.subject_page,
        body_page: plan.body_page,
        has_old_names: plan.has_old_names,
    }
}

/// The fields of the names that the plan has, in their order.
fn headers(message: &Message, plan: &Plan) -> Vec<(String, String)> {
    let count = INetMailMessage_GetHeaderCount(message.0);
    let all = (0..count).map(|at| unsafe {
        let name = text(|b, n| INetMailMessage_GetHeaderNameAt(message.0, at, b, n));
        (name, text(|b, n| INetMailMessage_GetHeaderValueAt(message.0, at, b, n)))
    });
    all.filter(|(name, _)| plan.headers.iter().any(|(wanted, _)| wanted == name)).collect()
}

fn people(list: *mut INetMailAddressCollection) -> Vec<Person> {
    let list = Handle::of(list);
    let count = INetMailAddressCollection_GetCount(list.0);
    (0..count).map(|at| person(INetMailAddressCollection_GetItem(list.0, at))).collect()
}

fn person(address: *mut INetMailAddress) -> Person {
    let address = Handle::of(address);
    Person {
        name: text(|b, n| unsafe { INetMailAddress_GetDisplayName(address.0, b, n) }),
        address: text(|b, n| unsafe { INetMailAddress_GetAddress(address.0, b, n) }),
    }
}

/// A view of a text, its octets in hexadecimal.
fn view(view: Handle<INetAlternateView>) -> View {
    let octets = bytes(|b, n| unsafe { INetAlternateView_GetBytes(view.0, b, n) });
    let media_type = text(|b, n| unsafe { INetAlternateView_GetMediaType(view.0, b, n) });
    View { text: format!("{octets:02x?}"), media_type: essence(&media_type), page: -1 }
}

fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().to_owned()
}

fn resource(item: Handle<INetLinkedResource>) -> Item {
    let media_type = text(|b, n| unsafe { INetLinkedResource_GetMediaType(item.0, b, n) });
    Item {
        name: text(|b, n| unsafe { INetLinkedResource_GetName(item.0, b, n) }),
        media_type: essence(&media_type),
        content_id: text(|b, n| unsafe { INetLinkedResource_GetContentId(item.0, b, n) }),
        is_inline: true,
        encoding: INetLinkedResource_GetTransferEncoding(item.0),
        content: Content::Octets(bytes(|b, n| unsafe {
            INetLinkedResource_GetBytes(item.0, b, n)
        })),
    }
}

fn attachment(item: Handle<INetAttachment>) -> Item {
    let media_type = text(|b, n| unsafe { INetAttachment_GetMediaType(item.0, b, n) });
    let octets = bytes(|b, n| unsafe { INetAttachment_GetBytes(item.0, b, n) });
    Item {
        name: text(|b, n| unsafe { INetAttachment_GetName(item.0, b, n) }),
        content_id: text(|b, n| unsafe { INetAttachment_GetContentId(item.0, b, n) }),
        is_inline: INetAttachment_GetIsInline(item.0) == 1,
        encoding: INetAttachment_GetTransferEncoding(item.0),
        content: match media_type.as_str() {
            // Messages are compared by what they say.
            "message/rfc822" => Content::Message(Box::default()),
            _ => Content::Octets(octets),
        },
        media_type: essence(&media_type),
    }
}

/// The plan as a reader may know it.
fn expected(plan: &Plan, told: &Plan) -> Plan {
    let cleaned = |people: &[Person]| people.iter().map(clean_person).collect::<Vec<_>>();
    let media_type = |item: &Item| {
        essence(&match &item.content {
            Content::Message(_) => String::from("message/rfc822"),
            _ => text(|b, n| unsafe {
                INetAttachment_GetMediaType(crate::plan::attachment(item).0, b, n)
            }),
        })
    };
    let items = |items: &[Item]| -> Vec<Item> {
        let known = |item: &Item| Item {
            name: match (&item.content, clean(&item.name)) {
                (Content::Message(inner), name) if name.is_empty() => {
                    name_of_message(&inner.subject)
                }
                (_, name) => name,
            },
            media_type: media_type(item),
            encoding: -1,
            content: match &item.content {
                Content::Message(_) => Content::Message(Box::default()),
                _ => Content::Octets(item.expected_octets()),
            },
            ..item.clone()
        };
        items.iter().map(known).collect()
    };
    Plan {
        from: cleaned(&plan.from),
        sender: expected_sender(plan).as_ref().map(clean_person),
        reply_to: cleaned(&plan.reply_to),
        to: cleaned(&plan.to),
        cc: cleaned(&plan.cc),
        bcc: Vec::new(),
        subject: clean(&plan.subject),
        plain: expected_text(plan, &plan.plain, &told.plain),
        html: expected_text(plan, &plan.html, &told.html),
        views: expected_views(plan),
        linked: items(&plan.linked),
        attachments: items(&plan.attachments),
        headers: plan.headers.iter().map(|(name, value)| (name.clone(), clean(value))).collect(),
        message_id: match plan.message_id.as_str() {
            "" => told.message_id.clone(),
            given => given.to_owned(),
        },
        ..plan.clone()
    }
}

/// A message that is a single text ends with a line end, also where the text has none.
fn expected_text(plan: &Plan, text: &str, told: &str) -> String {
    let expected = text_with_crlf(text);
    let is_multipart = !plan.attachments.is_empty()
        || !plan.linked.is_empty()
        || !plan.views.is_empty()
        || !plan.plain.is_empty() && !plan.html.is_empty();
    match told.strip_suffix("\r\n") {
        Some(told) if !is_multipart && told == expected => format!("{expected}\r\n"),
        _ => expected,
    }
}

/// They were sent, and come, from the plainest to the richest.
fn expected_views(plan: &Plan) -> Vec<View> {
    let mut views: Vec<_> = plan.views.iter().map(expected_view).collect();
    views.sort_by_key(|view| richness(&view.media_type));
    views
}

fn expected_view(plan: &View) -> View {
    let (text, media_type) = (c(&text_with_crlf(&plan.text)), c(&plan.media_type));
    let (text, media_type) = (text.as_ptr(), media_type.as_ptr());
    view(Handle::of(unsafe { INetAlternateView_CreateFromString(text, media_type, plan.page) }))
}

/// A loaded text has no control characters, and no space around it.
fn clean(text: &str) -> String {
    text.replace(char::is_control, " ").trim().to_owned()
}

fn clean_person(person: &Person) -> Person {
    Person { name: clean(&person.name), address: person.address.clone() }
}

/// A message that is attached without a name has one of its subject.
fn name_of_message(subject: &str) -> String {
    let name: String = clean(subject).chars().take(100).collect();
    let name = name.replace(|c| "/\\:*?\"<>|".contains(c), "_");
    match name.as_str() {
        "" => String::from("message.eml"),
        name => format!("{}.eml", name.trim_end()),
    }
}

/// Asserts that what is not touched goes out as it came.
pub fn compare_octets(octets_of_built: &[u8]) {
    let message = loaded(octets_of_built);
    assert!(octets(&message) == octets_of_built, "a loaded message goes out changed");
    ok(unsafe { INetMailMessage_SetSubject(message.0, c"Новая тема".as_ptr()) });
    let changed = octets(&message);
    let (fields, body) = fields_and_body(octets_of_built);
    let (changed_fields, changed_body) = fields_and_body(&changed);
    assert!(body == changed_body, "a new subject changes the body");
    let subject = "Subject: =?UTF-8?B?0J3QvtCy0LDRjyDRgtC10LzQsA==?=\r\n";
    let is_subject = |field: &String| field.starts_with("Subject:");
    let mut expected = fields;
    match expected.iter_mut().find(|field| is_subject(field)) {
        Some(field) => *field = subject.to_owned(),
        // It comes behind all that the message came with.
        None => expected.push(subject.to_owned()),
    }
    assert_eq!(changed_fields, expected);
}

fn fields_and_body(message: &[u8]) -> (Vec<String>, &[u8]) {
    let end = crate::lint::find(message, b"\r\n\r\n").expect("the end of the header") + 2;
    let header = std::str::from_utf8(&message[..end]).expect("ASCII");
    let mut fields: Vec<String> = Vec::new();
    for line in header.split_inclusive("\r\n") {
        match (line.starts_with([' ', '\t']), fields.last_mut()) {
            (true, Some(field)) => field.push_str(line),
            _ => fields.push(line.to_owned()),
        }
    }
    (fields, &message[end..])
}
