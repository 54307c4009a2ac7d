//! From the parts of a message to its octets: which header fields there are, how the parts nest.

use super::address::Mailbox;
use super::body::{TextBody, TransferEncoding};
use super::code_page::CodePage;
use super::header::HeaderBlock;
use super::source::Source;
use crate::error::Result;
use encodify::base64;
use std::sync::Arc;

/// What the clock and chance have to say to a message.
#[derive(Debug, Clone, Copy)]
pub struct Stamp {
    /// Seconds since 1970-01-01 UTC.
    pub seconds: i64,
    /// A number that no other message has.
    pub unique: u128,
}

/// Fore's `NetMailPriority`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Priority {
    High,
    Low,
    #[default]
    Normal,
}

/// A message before it is written.
pub struct Draft<'a> {
    pub stamp: Stamp,
    pub from: &'a Mailbox,
    pub sender: Option<&'a Mailbox>,
    pub reply_to: &'a [Arc<Mailbox>],
    pub to: &'a [Arc<Mailbox>],
    pub cc: &'a [Arc<Mailbox>],
    pub subject: &'a str,
    /// Code page of the subject and of the display names.
    pub subject_code_page: &'a CodePage,
    pub body: Arc<String>,
    pub body_code_page: &'a CodePage,
    pub body_is_html: bool,
    pub priority: Priority,
    pub attachments: &'a [AttachmentPart],
}

/// A file to be attached.
pub struct AttachmentPart {
    pub file_name: String,
    pub content: Arc<dyn Source>,
}

/// Room for most headers, and still a size that allocators have at hand.
const TYPICAL_HEADER: usize = 1024;

/// A message ready to be written, any number of times.
pub struct Composition {
    pieces: Vec<Piece>,
    size: u64,
    needs_smtputf8: bool,
    begins_with_dots: bool,
}

/// A stretch of a message: octets as they are, the host's text as it is, or content to be encoded while it is written.
pub(super) enum Piece {
    Bytes(Vec<u8>),
    Text(Arc<String>),
    Base64(Arc<dyn Source>),
}

impl Composition {
    pub fn new(draft: &Draft) -> Result<Composition> {
        draft.body_code_page.require_encoder()?;
        let body = TextBody::new(&draft.body, draft.body_code_page)?;
        let mut block = HeaderBlock::with_capacity(TYPICAL_HEADER);
        write_message_header(draft, &mut block)?;
        let needs_smtputf8 = block.needs_smtputf8();
        let mut assembly = Assembly::default();
        if draft.attachments.is_empty() {
            write_text_header(draft, &body, &mut block);
            assembly.bytes = block.into_bytes();
            assembly.body(draft, &body);
            assembly.end_line();
        } else {
            let boundary = format!("=_{}", as_text(&hexadecimal(draft.stamp.unique)));
            block.parameterised("Content-Type", "multipart/mixed", &[("boundary", &boundary)]);
            assembly.bytes = block.into_bytes();
            write_parts(draft, &body, &boundary, &mut assembly);
        }
        assembly.flush();
        let begins_with_dots = body.begins_with_dots();
        Ok(Composition {
            pieces: assembly.pieces,
            size: assembly.size,
            needs_smtputf8,
            begins_with_dots,
        })
    }

    /// The octets of the message, CRLF line ends included, dots not stuffed.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Whether a line may begin with a dot, which SMTP wants doubled. Headers, delimiters and base64 have none such.
    pub fn begins_with_dots(&self) -> bool {
        self.begins_with_dots
    }

    /// Whether a header holds UTF-8, which only SMTPUTF8 (RFC 6532) allows.
    pub fn needs_smtputf8(&self) -> bool {
        self.needs_smtputf8
    }

    pub(super) fn pieces(&self) -> &[Piece] {
        &self.pieces
    }
}

fn write_message_header(draft: &Draft, block: &mut HeaderBlock) -> Result<()> {
    let page = draft.subject_code_page;
    page.require_encoder()?;
    block.date(draft.stamp.seconds);
    block.mailboxes("From", [draft.from], page)?;
    // RFC 5322 section 3.6.2: no Sender where it would only repeat From.
    if let Some(sender) = draft.sender.filter(|sender| !sender.is_same_address(draft.from)) {
        block.mailboxes("Sender", [sender], page)?;
    }
    for (name, list) in [("Reply-To", draft.reply_to), ("To", draft.to), ("Cc", draft.cc)] {
        if !list.is_empty() {
            block.mailboxes(name, list.iter().map(|mailbox| &**mailbox), page)?;
        }
    }
    if draft.to.is_empty() && draft.cc.is_empty() {
        block.field(&["To: undisclosed-recipients:;"]);
    }
    if !draft.subject.is_empty() {
        block.text("Subject", draft.subject, page)?;
    }
    write_message_id(draft, block);
    write_priority(draft.priority, block);
    block.field(&["MIME-Version: 1.0"]);
    Ok(())
}

/// The domain of From makes the right side: the host's own name is nobody's business (RFC 5322 section 3.6.4 asks only
/// that it be unique).
fn write_message_id(draft: &Draft, block: &mut HeaderBlock) {
    let unique = hexadecimal(draft.stamp.unique);
    block.field(&["Message-ID: <", as_text(&unique), "@", draft.from.wire_host(), ">"]);
}

/// A number as 32 lower-case hexadecimal digits.
fn hexadecimal(number: u128) -> [u8; 32] {
    let octets = number.to_be_bytes();
    std::array::from_fn(|place| {
        let nibble = octets[place / 2] >> (4 * (1 - place % 2)) & 15;
        nibble + if nibble < 10 { b'0' } else { b'a' - 10 }
    })
}

fn as_text(digits: &[u8]) -> &str {
    std::str::from_utf8(digits).expect("digits are ASCII")
}

/// The three headers that clients look at: X-Priority, Importance (RFC 4021), Priority (RFC 4021).
fn write_priority(priority: Priority, block: &mut HeaderBlock) {
    let values = match priority {
        Priority::Normal => return,
        Priority::High => ["1", "high", "urgent"],
        Priority::Low => ["5", "low", "non-urgent"],
    };
    for (name, value) in ["X-Priority", "Importance", "Priority"].into_iter().zip(values) {
        block.field(&[name, ": ", value]);
    }
}

/// The content header of the text, and the empty line behind it.
fn write_text_header(draft: &Draft, body: &TextBody, block: &mut HeaderBlock) {
    let media_type = if draft.body_is_html { "text/html" } else { "text/plain" };
    block.field(&["Content-Type: ", media_type, "; charset=", draft.body_code_page.charset()]);
    block.field(&["Content-Transfer-Encoding: ", body.encoding().name()]);
    block.end();
}

fn write_parts(draft: &Draft, body: &TextBody, boundary: &str, assembly: &mut Assembly) {
    assembly.text("\r\n--").text(boundary).text("\r\n");
    let mut block = HeaderBlock::default();
    write_text_header(draft, body, &mut block);
    assembly.bytes.append(&mut block.into_bytes());
    assembly.body(draft, body);
    if body.encoding() != TransferEncoding::Base64 {
        // The line break in front of a delimiter belongs to the delimiter (RFC 2046 section 5.1.1).
        assembly.text("\r\n");
    }
    for attachment in draft.attachments {
        assembly.text("--").text(boundary).text("\r\n");
        write_attachment(attachment, assembly);
    }
    assembly.text("--").text(boundary).text("--\r\n");
}

fn write_attachment(attachment: &AttachmentPart, assembly: &mut Assembly) {
    let name = attachment.file_name.as_str();
    let guessed = mime_guess::from_path(name).first_or_octet_stream();
    // RFC 2046 section 5.2.1: messages and multiparts must not be in base64, so as files they are octets.
    let media_type = match guessed.type_().as_str() {
        "message" | "multipart" => "application/octet-stream",
        _ => guessed.essence_str(),
    };
    let mut block = HeaderBlock::default();
    block.parameterised("Content-Type", media_type, &[("name", name)]);
    block.field(&["Content-Transfer-Encoding: ", TransferEncoding::Base64.name()]);
    block.parameterised("Content-Disposition", "attachment", &[("filename", name)]);
    block.end();
    assembly.bytes.append(&mut block.into_bytes());
    assembly.content(&attachment.content);
}

/// Pieces in the making: octets are gathered until content comes between them.
#[derive(Default)]
struct Assembly {
    pieces: Vec<Piece>,
    size: u64,
    bytes: Vec<u8>,
}

impl Assembly {
    fn text(&mut self, text: &str) -> &mut Assembly {
        self.bytes.extend_from_slice(text.as_bytes());
        self
    }

    /// The text in its encoding, shared where that changes nothing.
    fn body(&mut self, draft: &Draft, body: &TextBody) {
        if body.is_verbatim() && !draft.body.is_empty() {
            self.flush();
            self.size += draft.body.len() as u64;
            self.pieces.push(Piece::Text(draft.body.clone()));
        } else {
            body.append_to(&mut self.bytes);
        }
    }

    /// A message ends with a line end: what follows it on the wire is a line of its own.
    fn end_line(&mut self) {
        let end = match self.pieces.last() {
            Some(Piece::Text(text)) if self.bytes.is_empty() => text.as_bytes(),
            _ => &self.bytes,
        };
        if !end.ends_with(b"\r\n") {
            self.text("\r\n");
        }
    }

    fn content(&mut self, content: &Arc<dyn Source>) {
        if content.length() == 0 {
            self.text("\r\n");
            return;
        }
        self.flush();
        self.size += base64_size(content.length());
        self.pieces.push(Piece::Base64(content.clone()));
    }

    fn flush(&mut self) {
        if !self.bytes.is_empty() {
            self.size += self.bytes.len() as u64;
            self.pieces.push(Piece::Bytes(std::mem::take(&mut self.bytes)));
        }
    }
}

/// The length of `octets` in base64 lines, which may pass what a `usize` holds elsewhere.
fn base64_size(octets: u64) -> u64 {
    const BLOCK: u64 = 57 << 20;
    let line = base64::MIME.encoded_len(BLOCK as usize) as u64;
    octets / BLOCK * line + base64::MIME.encoded_len((octets % BLOCK) as usize) as u64
}

#[cfg(test)]
mod tests;
