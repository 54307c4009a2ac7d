//! Loading a message from octets, as a file or a store has them, into parts that can be shown, changed and sent again.
//!
//! What is not touched keeps its octets: fields and parts are slices of the one buffer that the message was read into.

mod content;
mod fields;
mod form;
mod parameter;
mod tree;

use self::fields::Header;
use super::address::Mailbox;
use super::code_page::CodePage;
use crate::error::{Error, Result, Status};
use bytes::Bytes;

pub use self::content::Encoding;
pub use self::fields::{field_text, value as field_value};

/// No program writes a header of more fields than this; a trace of a hundred hops has a few hundred.
const MAX_FIELDS: usize = 10_000;

/// A message in its parts.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The fields of the header in their order.
    pub fields: Vec<LoadedField>,
    /// All that stands behind the empty line, as it came, with CRLF for line breaks. The octets of the fields, CRLF and
    /// this are the message.
    pub body: Bytes,
    pub from: Vec<Mailbox>,
    pub sender: Option<Mailbox>,
    pub reply_to: Vec<Mailbox>,
    pub to: Vec<Mailbox>,
    pub cc: Vec<Mailbox>,
    pub bcc: Vec<Mailbox>,
    /// What is wrong with the first address of To, of Cc and of Bcc that is none.
    pub unreadable: [Option<Error>; 3],
    pub subject: String,
    pub plain: Option<LoadedText>,
    pub html: Option<LoadedText>,
    /// The alternatives besides plain text and HTML, such as an invitation for a calendar.
    pub views: Vec<LoadedPart>,
    /// What the HTML text refers to.
    pub linked: Vec<LoadedPart>,
    pub attachments: Vec<LoadedPart>,
}

/// One field of the header.
#[derive(Debug, Clone)]
pub struct LoadedField {
    pub name: String,
    /// The field from its name to its CRLF, as it came.
    pub octets: Bytes,
}

/// A text in Unicode, and the part that it was decoded from.
#[derive(Debug, Clone)]
pub struct LoadedText {
    pub text: String,
    /// The code page that the text came in, or `Default` where it cannot go out in that again: there is none for the
    /// charset, or the text holds characters that are not in it, as broken text does.
    pub code_page: &'static CodePage,
    pub part: LoadedPart,
}

/// One part that is no multipart: a text, a file or an attached message. Its octets, with a CRLF between header and body,
/// are the part.
#[derive(Debug, Clone)]
pub struct LoadedPart {
    /// The fields, each with its CRLF; where the part is the whole message, those whose names begin with `Content-`.
    pub header: Bytes,
    /// The body in its transfer encoding.
    pub body: Bytes,
    /// Type and subtype in lower case.
    pub media_type: String,
    /// What else its Content-Type says, but for the name and what belongs to a multipart.
    pub parameters: Vec<(String, String)>,
    /// The file name, as the sender gave it: it may hold a path.
    pub name: String,
    /// The content id without its angle brackets.
    pub content_id: String,
    /// Whether its Content-Disposition is inline.
    pub is_inline: bool,
    pub encoding: Encoding,
}

impl LoadedPart {
    /// The body, decoded from its transfer encoding.
    pub fn content(&self) -> Bytes {
        content::decode(&self.body, self.encoding)
    }
}

/// Loads a message: as it went over the wire, with any line breaks, in an mbox by itself, or in Apple Mail's emlx.
///
/// A line that is no field ends the header as an empty line would, and is the first of the body.
pub fn load(octets: Vec<u8>) -> Result<Loaded> {
    let message = form::canonical_message(octets)?;
    let header = Header::of(&message);
    let body = message.slice_ref(header.behind(&message));
    let mut loaded = Loaded { body: body.clone(), ..Loaded::default() };
    for field in header.fields() {
        if loaded.fields.len() == MAX_FIELDS {
            return Err(too_complex(format!("the header has more than {MAX_FIELDS} fields")));
        }
        loaded.fields.push(LoadedField {
            name: String::from_utf8_lossy(field.name).into_owned(),
            octets: fields::terminated(message.slice_ref(field.octets)),
        });
    }
    if loaded.fields.is_empty() {
        return Err(Error::new(
            Status::NoMessage,
            "these octets are no mail message: they do not begin with a header field",
        ));
    }
    read_header(&mut loaded, header)?;
    tree::sort_parts(&mut loaded, header, body)?;
    Ok(loaded)
}

fn read_header(loaded: &mut Loaded, header: Header<'_>) -> Result<()> {
    let mut addresses = fields::Addresses::default();
    (loaded.from, _) = addresses.first_of(header, "From")?;
    loaded.sender = addresses.first_of(header, "Sender")?.0.into_iter().next();
    (loaded.reply_to, _) = addresses.all_of(header, "Reply-To")?;
    let [to, cc, bcc] = &mut loaded.unreadable;
    (loaded.to, *to) = addresses.all_of(header, "To")?;
    (loaded.cc, *cc) = addresses.all_of(header, "Cc")?;
    (loaded.bcc, *bcc) = addresses.all_of(header, "Bcc")?;
    loaded.subject = header.value("Subject").map(field_text).unwrap_or_default();
    Ok(())
}

fn too_complex(message: String) -> Error {
    Error::new(Status::MessageTooComplex, message)
}

#[cfg(test)]
mod tests;
