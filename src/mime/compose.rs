//! From the parts of a message to a letter: which header fields there are, how the parts nest.

use super::address::Mailbox;
use super::code_page::CodePage;
use super::date::DateTime;
use super::field::{self, Field, FieldValue};
use super::header::{Header, HeaderBlock, hexadecimal};
use super::letter::{Letter, Node};
use super::parameter::{NameStyle, Parameter};
use super::part::Part;
use crate::error::Result;
use bytes::Bytes;
use std::sync::Arc;

/// What the clock and chance have to say to a message.
#[derive(Debug, Clone, Copy)]
pub struct Stamp {
    /// Seconds since 1970-01-01 UTC.
    pub seconds: i64,
    /// A number that no other message has.
    pub unique: u128,
}

/// The five steps of X-Priority, and Fore's three are among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Priority {
    Lowest,
    Low,
    #[default]
    Normal,
    High,
    Highest,
}

impl Priority {
    /// What a field of a message says about it, if that is what the field is for.
    pub fn of_field(name: &str, value: &str) -> Option<Priority> {
        let word = value.split_ascii_whitespace().next().unwrap_or_default().to_ascii_lowercase();
        match (name.to_ascii_lowercase().as_str(), word.as_str()) {
            ("x-priority", "1") => Some(Priority::Highest),
            ("x-priority", "2") => Some(Priority::High),
            ("x-priority", "3") => Some(Priority::Normal),
            ("x-priority", "4") => Some(Priority::Low),
            ("x-priority", "5") => Some(Priority::Lowest),
            ("importance" | "x-msmail-priority", "high") | ("priority", "urgent") => {
                Some(Priority::Highest)
            }
            ("importance" | "x-msmail-priority", "low") | ("priority", "non-urgent") => {
                Some(Priority::Lowest)
            }
            _ => None,
        }
    }
}

/// A message before it is composed, its body apart.
pub struct Draft<'a> {
    pub stamp: Stamp,
    /// The zone that the moment of the stamp is told in.
    pub zone_minutes: i16,
    pub from: &'a [Arc<Mailbox>],
    pub sender: Option<&'a Mailbox>,
    pub reply_to: &'a [Arc<Mailbox>],
    pub to: &'a [Arc<Mailbox>],
    pub cc: &'a [Arc<Mailbox>],
    pub subject: &'a str,
    /// Code page of the subject, of the display names and of further fields.
    pub code_page: &'static CodePage,
    pub priority: Priority,
    /// Further fields; those of a loaded message are all here, and stay where they are.
    pub fields: &'a [Field],
    /// Which fields of a loaded message are to be written anew.
    pub changes: Changes,
    pub missing: Missing,
    pub name_style: NameStyle,
}

impl Draft<'_> {
    /// Whether a field that is missing is to be added.
    fn wants(&self, standard: Standard) -> bool {
        match self.missing {
            Missing::All => true,
            _ if self.changes.contains(standard) => true,
            Missing::DateAndId => matches!(standard, Standard::Date | Standard::MessageId),
            Missing::None => false,
        }
    }
}

/// Which fields are added where they are missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// All: the message is new.
    All,
    /// What every message on the wire has to have (RFC 5322 section 3.6): a loaded message is sent as one of the host's.
    DateAndId,
    /// None: a loaded message stays as it came.
    None,
}

/// What a message says.
pub enum Body {
    /// One part, for which nothing has to be nested.
    Sole(Part),
    Parts {
        alternatives: Alternatives,
        /// Parts that the alternatives show by their Content-IDs.
        linked: Vec<Part>,
        attachments: Vec<Part>,
    },
    /// As it was loaded. The fields of its content are among the fields of the message.
    Kept(Bytes),
}

/// Texts and views of the same, in the order of their adding. There is one, and mostly no other.
pub struct Alternatives {
    pub first: Part,
    pub others: Vec<Part>,
}

/// The fields that a message has of its own, and that a loaded message may have changed since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standard {
    Date,
    From,
    Sender,
    ReplyTo,
    To,
    Cc,
    Subject,
    MessageId,
    Priority,
    /// MIME-Version and the fields of the content.
    Content,
    ReturnPath,
    Bcc,
    ResentBcc,
}

impl Standard {
    /// The order in which they stand in a new message.
    pub(super) const OWN: [Standard; 9] = [
        Standard::Date,
        Standard::From,
        Standard::Sender,
        Standard::ReplyTo,
        Standard::To,
        Standard::Cc,
        Standard::Subject,
        Standard::MessageId,
        Standard::Priority,
    ];

    /// Whether it never stands in a header: Bcc, and what a delivery leaves behind.
    fn is_hidden(self) -> bool {
        matches!(self, Standard::ReturnPath | Standard::Bcc | Standard::ResentBcc)
    }

    /// The standard field of that name.
    pub fn of(name: &str) -> Option<Standard> {
        const NAMES: [(&str, Standard); 16] = [
            ("Date", Standard::Date),
            ("From", Standard::From),
            ("Sender", Standard::Sender),
            ("Reply-To", Standard::ReplyTo),
            ("To", Standard::To),
            ("Cc", Standard::Cc),
            ("Subject", Standard::Subject),
            ("Message-ID", Standard::MessageId),
            ("X-Priority", Standard::Priority),
            ("Importance", Standard::Priority),
            ("Priority", Standard::Priority),
            ("X-MSMail-Priority", Standard::Priority),
            ("MIME-Version", Standard::Content),
            ("Bcc", Standard::Bcc),
            ("Resent-Bcc", Standard::ResentBcc),
            ("Return-Path", Standard::ReturnPath),
        ];
        if name.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("Content-")) {
            return Some(Standard::Content);
        }
        let found = NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, standard)| *standard)
    }
}

/// A set of standard fields.
#[derive(Debug, Clone, Copy, Default)]
pub struct Changes(u16);

impl Changes {
    pub fn insert(&mut self, standard: Standard) {
        self.0 |= 1 << standard as u16;
    }

    pub fn contains(self, standard: Standard) -> bool {
        self.0 & 1 << standard as u16 != 0
    }
}

/// The right side of the id of a message that nobody is named in as its author.
pub(super) const NO_HOST: &str = "localhost";

/// Room for most headers, and still a size that allocators have at hand.
pub(super) const TYPICAL_HEADER: usize = 1024;

/// The letter that a draft makes. What is wrong with the draft shows here.
pub fn compose(draft: &Draft, body: Body) -> Result<Letter> {
    let mut block = HeaderBlock::with_capacity(TYPICAL_HEADER);
    draft.code_page.require_encoder()?;
    write_message_header(draft, &mut block)?;
    letter(block, body, draft.stamp.unique, draft.name_style)
}

/// The letter of that header and that body.
pub(super) fn letter(
    block: HeaderBlock,
    body: Body,
    unique: u128,
    names: NameStyle,
) -> Result<Letter> {
    let needs_smtputf8 = block.needs_smtputf8();
    let root = match body {
        Body::Kept(body) => Node::kept(block.into_bytes().into(), body),
        Body::Sole(part) => part.into_node(block, names)?,
        Body::Parts { alternatives, linked, attachments } => {
            let mut nest = Nest { unique, names, boundaries: 0, outermost: Some(block) };
            nest.mixed(alternatives, linked, attachments)?
        }
    };
    Ok(Letter { root, needs_smtputf8 })
}

/// The id that a message gets by itself. The domain of From makes its right side: the host's own name is nobody's business
/// (RFC 5322 section 3.6.4 asks only that it be unique).
pub fn message_id(unique: u128, from: &Mailbox) -> String {
    format!("<{}@{}>", as_text(&hexadecimal(unique)), from.wire_host())
}

/// Fields of a loaded message keep their places, and those that are missing follow. MIME-Version stands with the content.
fn write_message_header(draft: &Draft, block: &mut HeaderBlock) -> Result<()> {
    let mut written = Changes::default();
    for field in draft.fields {
        let standard = Standard::of(&field.name);
        match (standard, &field.value) {
            (None, FieldValue::Text(_)) => {}
            (Some(standard), _) if standard.is_hidden() => {}
            (Some(standard), FieldValue::Kept(_)) if draft.changes.contains(standard) => {
                if standard != Standard::Content && !written.contains(standard) {
                    write_standard(standard, draft, block)?;
                }
            }
            (_, FieldValue::Kept(octets)) => block.kept(octets),
            (Some(_), FieldValue::Text(text)) => {
                field::write(block, &field.name, text, draft.code_page)?;
            }
        }
        match standard {
            Some(Standard::Content) if draft.changes.contains(Standard::Content) => {}
            Some(standard) => written.insert(standard),
            None => {}
        }
    }
    for standard in Standard::OWN {
        if !written.contains(standard) && draft.wants(standard) {
            write_standard(standard, draft, block)?;
        }
    }
    write_further(draft, block)?;
    if !written.contains(Standard::Content) && draft.wants(Standard::Content) {
        write_mime_version(block);
    }
    Ok(())
}

/// The fields of the host that are none of the standard ones.
pub(super) fn write_further(draft: &Draft, block: &mut HeaderBlock) -> Result<()> {
    for field in draft.fields {
        if let (None, FieldValue::Text(text)) = (Standard::of(&field.name), &field.value) {
            field::write(block, &field.name, text, draft.code_page)?;
        }
    }
    Ok(())
}

pub(super) fn write_mime_version(block: &mut HeaderBlock) {
    block.field(&["MIME-Version: 1.0"]);
}

pub(super) fn write_standard(
    standard: Standard,
    draft: &Draft,
    block: &mut HeaderBlock,
) -> Result<()> {
    let page = draft.code_page;
    let mut list = |name: &str, list: &[Arc<Mailbox>]| match list.is_empty() {
        true => Ok(()),
        false => block.mailboxes(name, list.iter().map(|mailbox| &**mailbox), page),
    };
    match standard {
        Standard::From => list("From", draft.from),
        Standard::ReplyTo => list("Reply-To", draft.reply_to),
        Standard::To if draft.to.is_empty() && draft.cc.is_empty() => {
            block.field(&["To: undisclosed-recipients:;"]);
            Ok(())
        }
        Standard::To => list("To", draft.to),
        Standard::Cc => list("Cc", draft.cc),
        Standard::Sender => write_sender(draft, block),
        Standard::Subject => block.subject(draft.subject, page),
        Standard::Date => {
            let Stamp { seconds, .. } = draft.stamp;
            block.date(DateTime { seconds, zone_minutes: draft.zone_minutes });
            Ok(())
        }
        Standard::MessageId => {
            let host = draft.from.first().map_or(NO_HOST, |from| from.wire_host());
            block.message_id(draft.stamp.unique, host);
            Ok(())
        }
        Standard::Priority => {
            write_priority(draft.priority, block);
            Ok(())
        }
        Standard::Content | Standard::ReturnPath | Standard::Bcc | Standard::ResentBcc => Ok(()),
    }
}

/// RFC 5322 section 3.6.2: no Sender where it would only repeat From, and one where From is several.
fn write_sender(draft: &Draft, block: &mut HeaderBlock) -> Result<()> {
    let sender = match (draft.sender, draft.from) {
        (Some(sender), [from]) if sender.is_same_address(from) => None,
        (None, [first, _, ..]) => Some(&**first),
        (sender, _) => sender,
    };
    sender.map_or(Ok(()), |sender| block.mailboxes("Sender", [sender], draft.code_page))
}

/// The three headers that clients look at: X-Priority, Importance (RFC 4021), Priority (RFC 4021).
fn write_priority(priority: Priority, block: &mut HeaderBlock) {
    let (step, importance, urgency) = match priority {
        Priority::Normal => return,
        Priority::Highest => ("1", "high", "urgent"),
        Priority::High => ("2", "high", "urgent"),
        Priority::Low => ("4", "low", "non-urgent"),
        Priority::Lowest => ("5", "low", "non-urgent"),
    };
    let values = [("X-Priority: ", step), ("Importance: ", importance), ("Priority: ", urgency)];
    values.iter().for_each(|(name, value)| block.field(&[name, value]));
}

fn as_text(digits: &[u8]) -> &str {
    std::str::from_utf8(digits).expect("digits are ASCII")
}

/// The nesting that mail readers show right: mixed(related(alternative(text, html), inline...), attachment...), and nothing
/// deeper than needed.
struct Nest {
    unique: u128,
    names: NameStyle,
    boundaries: u32,
    /// The header of the message, for the outermost part to go on with.
    outermost: Option<HeaderBlock>,
}

impl Nest {
    fn mixed(
        &mut self,
        alternatives: Alternatives,
        linked: Vec<Part>,
        attachments: Vec<Part>,
    ) -> Result<Node> {
        if attachments.is_empty() {
            return self.related(alternatives, linked);
        }
        let (header, boundary) = self.open("multipart/mixed", None)?;
        let mut parts = vec![self.related(alternatives, linked)?];
        self.leaves(attachments, &mut parts)?;
        Ok(Node::Multipart { header, boundary, parts })
    }

    fn related(&mut self, alternatives: Alternatives, linked: Vec<Part>) -> Result<Node> {
        if linked.is_empty() {
            return self.alternative(alternatives);
        }
        let root = match alternatives.others.is_empty() {
            true => alternatives.first.essence().to_owned(),
            false => String::from("multipart/alternative"),
        };
        let (header, boundary) = self.open("multipart/related", Some(&root))?;
        let mut parts = vec![self.alternative(alternatives)?];
        self.leaves(linked, &mut parts)?;
        Ok(Node::Multipart { header, boundary, parts })
    }

    fn alternative(&mut self, Alternatives { first, others }: Alternatives) -> Result<Node> {
        if others.is_empty() {
            let block = self.outermost.take().unwrap_or_default();
            return first.into_node(block, self.names);
        }
        let mut alternatives = others;
        alternatives.insert(0, first);
        // RFC 2046 section 5.1.4: from the plainest to the richest; a reader shows the last that it understands.
        alternatives.sort_by_key(|part| richness(part.essence()));
        let (header, boundary) = self.open("multipart/alternative", None)?;
        let mut parts = Vec::with_capacity(alternatives.len());
        self.leaves(alternatives, &mut parts)?;
        Ok(Node::Multipart { header, boundary, parts })
    }

    fn leaves(&self, leaves: Vec<Part>, parts: &mut Vec<Node>) -> Result<()> {
        for leaf in leaves {
            parts.push(leaf.into_node(HeaderBlock::default(), self.names)?);
        }
        Ok(())
    }

    /// The header of a multipart, and its boundary. `=_` occurs neither in quoted-printable nor in base64, the stamp in
    /// nothing that is older than this moment, and none of a message's boundaries begins another.
    fn open(&mut self, media_type: &str, root: Option<&str>) -> Result<(Header, String)> {
        self.boundaries += 1;
        let boundary = format!("=_{}_{}", self.boundaries, as_text(&hexadecimal(self.unique)));
        let mut block = self.outermost.take().unwrap_or_default();
        let mut parameters = vec![Parameter::from(("boundary", boundary.as_str()))];
        // RFC 2387 section 3.1.
        parameters.extend(root.map(|root| Parameter::from(("type", root))));
        block.parameterised("Content-Type", media_type, &parameters)?;
        Ok((Header { octets: block.into_bytes(), is_plain: false }, boundary))
    }
}

/// How much of a text a media type can show. AMP wants to stand before HTML, and a calendar behind it.
fn richness(essence: &str) -> u8 {
    match essence.to_ascii_lowercase().as_str() {
        "text/plain" => 0,
        "text/enriched" | "text/richtext" => 1,
        "text/x-amp-html" | "text/watch-html" => 2,
        "text/html" => 3,
        _ => 4,
    }
}

#[cfg(test)]
mod tests;
