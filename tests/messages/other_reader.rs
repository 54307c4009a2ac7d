//! A message read by mail-parser, compared with the plan that it was built from.

use crate::lint::decoded;
use crate::plan::{Content, Item, Person, Plan, text_with_crlf};
use base64::Engine;
use mail_parser::{
    Address, HeaderForm, HeaderValue, Message, MessageParser, MessagePart, MimeHeaders, PartType,
};
use std::borrow::Cow;
use std::fmt::Debug;

pub fn read(octets: &[u8]) -> Message<'_> {
    MessageParser::default().parse(octets).expect("a message")
}

/// The plan without what mail-parser cannot read: it knows no UTF-32, loses characters of UTF-7, ...
pub fn readable(mut plan: Plan) -> Plan {
    if matches!(plan.subject_page, 12_001 | 65_000) {
        plan.subject_page = -1;
    }
    for item in &mut plan.attachments {
        if let Content::Message(inner) = &mut item.content {
            **inner = readable(std::mem::take(inner));
        }
    }
    plan
}

/// Asserts that the message says what the plan says. `raw` is the outermost message, whose octets all offsets count.
pub fn compare(plan: &Plan, message: &Message, raw: &[u8]) {
    compare_header(plan, message);
    let (texts, linked, attachments) = arms(plan, message);
    compare_texts(plan, message, raw, &texts);
    assert_eq!(linked.len(), plan.linked.len());
    for (item, part) in plan.linked.iter().zip(linked) {
        compare_item(item, "inline", raw, part);
    }
    assert_eq!(attachments.len(), plan.attachments.len());
    for (item, part) in plan.attachments.iter().zip(attachments) {
        let disposition = if item.is_inline { "inline" } else { "attachment" };
        compare_item(item, disposition, raw, part);
    }
}

#[track_caller]
fn same<T: PartialEq + Debug>(what: &str, found: T, expected: T) {
    assert_eq!(found, expected, "{what}");
}

/// mail-parser makes one space of several where a line is folded, which RFC 5322 section 2.2.3 has not: such text is left to
/// the other readers.
#[track_caller]
fn same_text(what: &str, found: &str, expected: &str) {
    let squeezed =
        |text: &str| text.split_inclusive(' ').filter(|word| *word != " ").collect::<String>();
    match expected.contains("  ") {
        true => same(what, squeezed(found), squeezed(expected)),
        false => same(what, found, expected),
    }
}

fn compare_header(plan: &Plan, message: &Message) {
    same_text("Subject", message.subject().unwrap_or_default(), &plan.subject);
    same("From", people(message.from()), plan.from.clone());
    same("Reply-To", people(message.reply_to()), plan.reply_to.clone());
    same("To", people(message.to()), plan.to.clone());
    same("Cc", people(message.cc()), plan.cc.clone());
    same("Sender", people(message.sender()), Vec::from_iter(expected_sender(plan)));
    assert!(message.bcc().is_none());
    if !plan.message_id.is_empty() {
        same("Message-ID", message.message_id(), Some(plan.message_id.trim_matches(['<', '>'])));
    }
    same("In-Reply-To", ids(message.in_reply_to()), expected_ids(&plan.in_reply_to));
    same("References", ids(message.references()), expected_ids(&plan.references));
    if let Some((seconds, zone)) = plan.date {
        let date = message.date().expect("a date");
        same("Date", date.to_timestamp(), seconds);
        let told = i32::from(date.tz_hour) * 60 + i32::from(date.tz_minute);
        same("zone", if date.tz_before_gmt { -told } else { told }, zone);
    }
    let names: std::collections::BTreeSet<_> = plan.headers.iter().map(|(name, _)| name).collect();
    for name in names {
        let expected = plan.headers.iter().filter(|(other, _)| other == name);
        let expected: Vec<_> = expected.map(|(_, value)| value.as_str()).collect();
        let found = message.header_as(name.as_str(), HeaderForm::Text);
        let found: Vec<_> = found.iter().map(|value| value.as_text().unwrap_or_default()).collect();
        same(name, found.len(), expected.len());
        // mail-parser gives the last first.
        found.iter().zip(expected).for_each(|(found, expected)| same_text(name, found, expected));
    }
    let priority = message.header("X-Priority").and_then(HeaderValue::as_text);
    same(
        "X-Priority",
        priority,
        [Some("5"), Some("4"), None, Some("2"), Some("1")][plan.priority as usize],
    );
}

/// Who stands in the field Sender: nobody where it would repeat From, the first where From is several.
pub fn expected_sender(plan: &Plan) -> Option<Person> {
    match (&plan.sender, plan.from.as_slice()) {
        (Some(sender), [from]) if sender.address.eq_ignore_ascii_case(&from.address) => None,
        (None, [first, _, ..]) => Some(first.clone()),
        (sender, _) => sender.clone(),
    }
}

pub fn people(field: Option<&Address>) -> Vec<Person> {
    let Some(Address::List(list)) = field else {
        return Vec::new();
    };
    let text = |text: &Option<Cow<str>>| text.as_deref().unwrap_or_default().to_owned();
    list.iter().map(|one| Person { name: text(&one.name), address: text(&one.address) }).collect()
}

fn ids(value: &HeaderValue) -> Vec<String> {
    let list = value.as_text_list().unwrap_or_default();
    list.iter().map(|id| id.to_string()).collect()
}

fn expected_ids(text: &str) -> Vec<String> {
    text.split_ascii_whitespace().map(|id| id.trim_matches(['<', '>']).to_owned()).collect()
}

type Arm<'a> = Vec<&'a MessagePart<'a>>;

/// The texts, the linked resources and the attachments: mixed(related(alternative(text...), linked...), attachment...).
fn arms<'a>(plan: &Plan, message: &'a Message<'a>) -> (Arm<'a>, Arm<'a>, Arm<'a>) {
    let children = |part: &'a MessagePart<'a>, subtype: &str| {
        let content_type = part.content_type().expect("a type");
        assert_eq!(content_type.subtype(), Some(subtype));
        let ids = part.sub_parts().expect("a multipart");
        ids.iter().map(|id| message.part(*id).expect("a part")).collect::<Vec<_>>()
    };
    let mut inner = message.root_part();
    let mut split = |is_there: bool, subtype: &str| {
        if !is_there {
            return Vec::new();
        }
        let mut parts = children(inner, subtype);
        inner = parts.remove(0);
        parts
    };
    let attachments = split(!plan.attachments.is_empty(), "mixed");
    let linked = split(!plan.linked.is_empty(), "related");
    let is_one = expected_texts(plan).len() == 1;
    let texts = if is_one { vec![inner] } else { children(inner, "alternative") };
    (texts, linked, attachments)
}

/// The texts with their media types, from the plainest to the richest. There is always one.
fn expected_texts(plan: &Plan) -> Vec<(String, String)> {
    let own = [("text/plain", &plan.plain), ("text/html", &plan.html)];
    let own = own.into_iter().filter(|(_, text)| !text.is_empty());
    let own = own.map(|(media_type, text)| (media_type.to_owned(), text.clone()));
    let views = plan.views.iter().map(|view| (view.media_type.clone(), view.text.clone()));
    let mut texts: Vec<_> = own.chain(views).collect();
    if texts.is_empty() {
        texts.push((String::from("text/plain"), String::new()));
    }
    texts.sort_by_key(|(media_type, _)| richness(media_type));
    texts
}

/// The place of a view among the others.
pub fn richness(media_type: &str) -> usize {
    let order = ["text/plain", "text/enriched", "text/x-amp-html", "text/html"];
    order.iter().position(|known| *known == media_type).unwrap_or(order.len())
}

fn compare_texts(plan: &Plan, message: &Message, raw: &[u8], parts: &[&MessagePart]) {
    let expected = expected_texts(plan);
    assert_eq!(parts.len(), expected.len());
    for ((media_type, text), part) in expected.iter().zip(parts) {
        let found = part.content_type().expect("a type");
        let essence = format!("{}/{}", found.ctype(), found.subtype().unwrap_or_default());
        same("media type", essence.as_str(), media_type.split(';').next().unwrap_or_default());
        if media_type.contains("method") {
            same("method", found.attribute("method"), Some("REQUEST"));
        }
        let charset = found.attribute("charset").expect("a charset");
        // mail-parser's own text where it knows the charset, else its octets.
        let found = match &part.body {
            PartType::Text(found) | PartType::Html(found)
                if !charset.starts_with("UTF-32") && charset != "UTF-7" =>
            {
                found.clone().into_owned()
            }
            _ => decoded(charset, &octets(raw, part)).expect("a known charset"),
        };
        let expected = text_with_crlf(text);
        // A message ends with a line end, also where its text has none.
        let is_root = std::ptr::eq(*part, message.root_part());
        let found = match is_root && !expected.ends_with("\r\n") {
            true => found.strip_suffix("\r\n").unwrap_or(&found),
            false => &found,
        };
        same("text", found, expected.as_str());
    }
}

fn compare_item(item: &Item, disposition: &str, raw: &[u8], part: &MessagePart) {
    let found = part.content_disposition().expect("a disposition");
    same("disposition", found.ctype(), disposition);
    same("file name", part.attachment_name().unwrap_or_default(), &item.name);
    same("content id", part.content_id().unwrap_or_default(), &item.content_id);
    if let Content::Message(plan) = &item.content {
        let PartType::Message(inner) = &part.body else {
            panic!("a message is read as {:?}", part.body);
        };
        return compare(plan, inner, raw);
    }
    if !item.media_type.is_empty() {
        let found = part.content_type().expect("a type");
        let essence = format!("{}/{}", found.ctype(), found.subtype().unwrap_or_default());
        same("media type", essence.as_str(), item.media_type.split(';').next().unwrap_or_default());
        if item.media_type.ends_with("d=e") {
            same("parameter", found.attribute("a"), Some("b; \"c\""));
            same("parameter", found.attribute("d"), Some("e"));
        }
    }
    let (found, expected) = (octets(raw, part), item.expected_octets());
    assert!(found == expected, "the octets of {:?} in {}", item.name, item.encoding);
    if let PartType::Binary(found) | PartType::InlineBinary(found) = &part.body {
        assert!(**found == expected, "mail-parser's octets of {:?}", item.name);
    }
}

/// The octets of a leaf, decoded by other hands: mail-parser decodes texts into Unicode.
pub fn octets(raw: &[u8], part: &MessagePart) -> Vec<u8> {
    let range = part.raw_body_offset() as usize..part.raw_end_offset() as usize;
    let raw = &raw[range];
    match part.content_transfer_encoding().unwrap_or_default() {
        "base64" => {
            let text: Vec<u8> =
                raw.iter().copied().filter(|octet| !octet.is_ascii_whitespace()).collect();
            base64::engine::general_purpose::STANDARD.decode(text).expect("base64")
        }
        "quoted-printable" => quoted_printable::decode(raw, quoted_printable::ParseMode::Strict)
            .expect("quoted-printable"),
        _ => raw.to_vec(),
    }
}
