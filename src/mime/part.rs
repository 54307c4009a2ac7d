//! Body parts as a message wants them, before it is known how they will travel.

use super::body::TextBody;
use super::code_page::CodePage;
use super::header::{Header, HeaderBlock};
use super::letter::{Content, Leaf, Letter, Node};
use super::load::LoadedPart;
use super::media_type::MediaType;
use super::parameter::{NameStyle, Parameter};
use super::source::Source;
use super::text::Text;
use super::transfer::{Facts, TransferEncoding};
use crate::error::{Error, Result, Status};
use bytes::Bytes;
use std::sync::Arc;

/// One part of a message.
pub enum Part {
    /// A text that only its media type and its charset are to be said of.
    Text {
        text: Arc<Text>,
        page: &'static CodePage,
        is_html: bool,
    },
    Made(Box<MadePart>),
    Kept(Box<KeptPart>),
}

/// A part of a message that was loaded, with its header and its body as they came.
pub struct KeptPart {
    media_type: String,
    header: Bytes,
    body: Bytes,
}

/// A part with the fields of its header (RFC 2045, RFC 2183). An empty text is no field.
pub struct MadePart {
    pub media_type: MediaType,
    pub name: String,
    pub content_id: String,
    pub disposition: Option<Disposition>,
    /// Further fields of a part that was loaded, as they came.
    pub further: Vec<u8>,
    /// What the host wants; `None` leaves it to content and server.
    pub encoding: Option<TransferEncoding>,
    pub content: PartContent,
}

pub enum PartContent {
    Text(Arc<Text>, &'static CodePage),
    /// Facts are there where the octets are not to be in base64.
    Octets(Arc<dyn Source>, Option<Box<Facts>>),
    Message(Box<Letter>),
}

impl PartContent {
    /// Octets that go out as that media type in that encoding. Those that are to travel as lines are read once before they
    /// are sent, to know that they can.
    pub fn octets(
        source: Arc<dyn Source>,
        media_type: &MediaType,
        encoding: Option<TransferEncoding>,
    ) -> Result<PartContent> {
        use TransferEncoding::{EightBit, SevenBit};
        let lines = match encoding {
            Some(chosen @ (SevenBit | EightBit)) => chosen,
            None if media_type.is_composite() => EightBit,
            _ => return Ok(PartContent::Octets(source, None)),
        };
        let facts = Facts::of(&*source)?;
        if encoding.is_none() && facts.as_lines().is_none() {
            return Ok(PartContent::Octets(source, None));
        }
        facts.require(lines, &source.name())?;
        Ok(PartContent::Octets(source, Some(Box::new(facts))))
    }
}

/// RFC 2183 section 2.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disposition {
    Inline,
    Attachment,
}

impl Disposition {
    fn name(self) -> &'static str {
        match self {
            Disposition::Inline => "inline",
            Disposition::Attachment => "attachment",
        }
    }
}

impl Part {
    /// A part as it was loaded.
    pub fn kept(part: &LoadedPart) -> Part {
        let LoadedPart { media_type, header, body, .. } = part;
        let (media_type, header, body) = (media_type.clone(), header.clone(), body.clone());
        Part::Kept(Box::new(KeptPart { media_type, header, body }))
    }

    /// The media type that it will be shown by.
    pub(super) fn essence(&self) -> &str {
        match self {
            Part::Text { is_html, .. } => text_essence(*is_html),
            Part::Made(part) => part.media_type.essence(),
            Part::Kept(part) => &part.media_type,
        }
    }

    /// The part as a node of a letter, its header behind what stands in `block` already.
    pub(super) fn into_node(self, mut block: HeaderBlock, names: NameStyle) -> Result<Node> {
        match self {
            Part::Text { text, page, is_html } => {
                write_text_type(&mut block, page, is_html)?;
                text_node(block, text, page)
            }
            Part::Made(part) => part.into_node(block, names),
            Part::Kept(part) => {
                block.kept(&part.header);
                Ok(Node::kept(block.into_bytes().into(), part.body))
            }
        }
    }
}

impl MadePart {
    fn into_node(self, mut block: HeaderBlock, names: NameStyle) -> Result<Node> {
        self.write_header(&mut block, names)?;
        let header = Header { octets: block.into_bytes(), is_plain: false };
        let is_composite = self.media_type.is_composite();
        let content = match self.content {
            PartContent::Text(text, page) => {
                let body = TextBody::new(text, page)?;
                self.encoding.map_or(Ok(()), |encoding| body.require(encoding))?;
                Content::Text(body)
            }
            PartContent::Message(letter) => Content::Message(letter),
            PartContent::Octets(source, facts) => Content::Octets { source, facts },
        };
        if is_composite && is_opaque(self.encoding) {
            let sentence = format!("{} must not be encoded", self.media_type.essence());
            return Err(Error::new(Status::TransferEncoding, sentence));
        }
        Ok(Node::Leaf(Leaf { header, encoding: self.encoding, content }))
    }

    /// Everything but Content-Transfer-Encoding, which is not known yet.
    fn write_header(&self, block: &mut HeaderBlock, names: NameStyle) -> Result<()> {
        const OCTETS: &str = "application/octet-stream";
        let is_composite = self.media_type.is_composite();
        let essence = match &self.content {
            // RFC 6532 section 3.7: a message with UTF-8 in its header is a message of another type.
            PartContent::Message(letter) if letter.needs_smtputf8() => "message/global",
            // What must not be encoded and cannot go as it is goes as octets.
            PartContent::Octets(_, None) if self.encoding.is_none() && is_composite => OCTETS,
            _ => self.media_type.essence(),
        };
        let mut parameters: Vec<_> = self.media_type.parameters().map(Parameter::from).collect();
        if let PartContent::Text(_, page) = &self.content {
            page.require_encoder()?;
            parameters.retain(|parameter| !parameter.name.eq_ignore_ascii_case("charset"));
            parameters.push(Parameter::from(("charset", page.charset())));
        }
        if !self.name.is_empty() {
            parameters.retain(|parameter| !parameter.name.eq_ignore_ascii_case("name"));
            parameters.push(Parameter { name: "name", value: &self.name, style: names });
        }
        block.parameterised("Content-Type", essence, &parameters)?;
        block.kept(&self.further);
        if !self.content_id.is_empty() {
            block.field(&["Content-ID: <", &self.content_id, ">"]);
        }
        let Some(disposition) = self.disposition else {
            return Ok(());
        };
        let file_name = Parameter::from(("filename", self.name.as_str()));
        let parameters = if self.name.is_empty() { &[][..] } else { &[file_name] };
        block.parameterised("Content-Disposition", disposition.name(), parameters)
    }
}

/// The field of a text of which no more is to be said.
pub(super) fn write_text_type(
    block: &mut HeaderBlock,
    page: &CodePage,
    is_html: bool,
) -> Result<()> {
    page.require_encoder()?;
    let essence = text_essence(is_html);
    block.field(&["Content-Type: ", essence, "; charset=", page.charset()]);
    Ok(())
}

/// The node of a text whose fields are in the block.
pub(super) fn text_node(
    block: HeaderBlock,
    text: Arc<Text>,
    page: &'static CodePage,
) -> Result<Node> {
    let body = TextBody::new(text, page)?;
    let (header, content) = (block.into_own_header(), Content::Text(body));
    Ok(Node::Leaf(Leaf { header, encoding: None, content }))
}

fn text_essence(is_html: bool) -> &'static str {
    if is_html { "text/html" } else { "text/plain" }
}

fn is_opaque(encoding: Option<TransferEncoding>) -> bool {
    matches!(encoding, Some(TransferEncoding::Base64 | TransferEncoding::QuotedPrintable))
}
