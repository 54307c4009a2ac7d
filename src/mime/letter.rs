//! A letter: a message whose every octet is settled but for the transfer encodings, which its transport decides.

use super::body::TextBody;
use super::header::Header;
use super::source::Source;
use super::transfer::{Facts, TransferEncoding, Transport, base64_length};
use bytes::Bytes;
use memchr::memmem::Finder;
use once_cell::sync::Lazy;
use std::borrow::Cow;
use std::sync::Arc;

/// A message ready to be composed for any transport, any number of times.
pub struct Letter {
    pub(super) root: Node,
    pub(super) needs_smtputf8: bool,
}

/// A part in the tree of parts. Headers lack their Content-Transfer-Encoding and the empty line.
pub(super) enum Node {
    Leaf(Leaf),
    Multipart {
        header: Header,
        boundary: String,
        parts: Vec<Node>,
    },
    /// As it was loaded, with all of its header.
    Kept {
        header: Bytes,
        body: Bytes,
        needs: Transport,
    },
}

pub(super) struct Leaf {
    pub header: Header,
    /// What the host wants.
    pub encoding: Option<TransferEncoding>,
    pub content: Content,
}

pub(super) enum Content {
    Text(TextBody),
    /// Facts are there where the octets are not to be in base64.
    Octets {
        source: Arc<dyn Source>,
        facts: Option<Box<Facts>>,
    },
    Message(Box<Letter>),
}

/// A message for one transport, ready to be written.
pub struct Composition<'a> {
    pieces: Vec<Piece<'a>>,
    size: Option<u64>,
    needs: Transport,
}

/// A stretch of a message: octets as they are, or content to be read, and mostly encoded, while it is written.
pub(super) enum Piece<'a> {
    /// Headers of our own, delimiters, labels, base64, and texts without a line that begins with a dot.
    Octets(Cow<'a, [u8]>),
    /// What may hold anything in its lines.
    Text(Cow<'a, [u8]>),
    Binary(&'a dyn Source),
    Lines(&'a dyn Source),
    QuotedPrintable(&'a dyn Source),
    Base64(&'a dyn Source),
}

impl Letter {
    /// Whether a header holds UTF-8, which only SMTPUTF8 (RFC 6532) allows.
    pub fn needs_smtputf8(&self) -> bool {
        self.needs_smtputf8
    }

    /// Puts whole fields before everything.
    pub fn prepend(&mut self, fields: &[u8]) {
        match &mut self.root {
            Node::Leaf(Leaf { header, .. }) | Node::Multipart { header, .. } => {
                header.octets.splice(..0, fields.iter().copied());
                header.is_plain = false;
            }
            Node::Kept { header, .. } => *header = [fields, &header[..]].concat().into(),
        }
    }

    /// What the server has to offer for the message as a part of another.
    fn needs(&self, transport: Transport) -> Transport {
        self.root.needs(transport).max(self.root.header_needs())
    }

    /// The message as a transport can take it. What it cannot take, [`Composition::needs`] tells.
    pub fn compose(&self, transport: Transport) -> Composition<'_> {
        // Header, label and body of a text, and the end of its line.
        let pieces = Vec::with_capacity(4);
        let mut assembly = Assembly { transport, pieces, ..Assembly::default() };
        // What SMTPUTF8 takes in the header of a message is no matter of 8BITMIME.
        if !self.needs_smtputf8 {
            assembly.needs = self.root.header_needs();
        }
        assembly.node(&self.root);
        // What was loaded ends as it did.
        if !matches!(self.root, Node::Kept { .. }) {
            assembly.end_line();
        }
        Composition {
            size: (!assembly.is_endless).then_some(assembly.size),
            pieces: assembly.pieces,
            needs: assembly.needs,
        }
    }
}

impl<'a> Composition<'a> {
    /// The octets of the message, CRLF line ends included, dots not stuffed; `None` where only the end will tell.
    pub fn size(&self) -> Option<u64> {
        self.size
    }

    /// What the server has to offer.
    pub fn needs(&self) -> Transport {
        self.needs
    }

    /// Whether a line may begin with a dot, which DATA wants doubled. Headers of our own, delimiters and base64 have none such.
    pub fn begins_with_dots(&self) -> bool {
        static LEADING_DOT: Lazy<Finder> = Lazy::new(|| Finder::new(b"\n."));
        self.pieces.iter().any(|piece| match piece {
            Piece::Octets(_) | Piece::Base64(_) => false,
            Piece::Text(text) => text.starts_with(b".") || LEADING_DOT.find(text).is_some(),
            Piece::Binary(_) | Piece::Lines(_) | Piece::QuotedPrintable(_) => true,
        })
    }

    pub(super) fn pieces(&self) -> &[Piece<'a>] {
        &self.pieces
    }
}

impl Node {
    pub fn kept(header: Bytes, body: Bytes) -> Node {
        let needs = octets_need(&body);
        Node::Kept { header, body, needs }
    }

    /// What the server has to offer for the header.
    fn header_needs(&self) -> Transport {
        match self {
            Node::Leaf(Leaf { header, .. }) | Node::Multipart { header, .. } => header.needs(),
            Node::Kept { header, .. } => octets_need(header),
        }
    }

    /// What the server has to offer for the body if it offers no more than `transport` and nothing has to be more.
    fn needs(&self, transport: Transport) -> Transport {
        let needs = |part: &Node| part.needs(transport).max(part.header_needs());
        match self {
            Node::Kept { needs, .. } => *needs,
            Node::Leaf(leaf) => leaf.needs(transport),
            Node::Multipart { parts, .. } => parts.iter().map(needs).max().unwrap_or_default(),
        }
    }
}

impl Header {
    fn needs(&self) -> Transport {
        match self.is_plain {
            true => Transport::SevenBit,
            false => octets_need(&self.octets),
        }
    }
}

impl Leaf {
    fn needs(&self, transport: Transport) -> Transport {
        match (&self.content, self.encoding) {
            (Content::Message(letter), _) => letter.needs(transport),
            (_, Some(encoding)) => encoding.needs(),
            (Content::Text(body), None) => body.needs(transport),
            (Content::Octets { .. }, None) => self.octets_encoding(transport).needs(),
        }
    }

    /// How octets travel: as they are where they may, as lines where they have to, else in base64.
    fn octets_encoding(&self, transport: Transport) -> TransferEncoding {
        let as_lines = match &self.content {
            Content::Octets { facts: Some(facts), .. } => facts.as_lines(),
            _ => None,
        };
        let fitting = match transport {
            Transport::Binary => TransferEncoding::Binary,
            _ => as_lines.unwrap_or(TransferEncoding::Base64),
        };
        self.encoding.unwrap_or(fitting)
    }
}

/// A composition in the making.
#[derive(Default)]
struct Assembly<'a> {
    transport: Transport,
    pieces: Vec<Piece<'a>>,
    size: u64,
    /// Whether there is content of unknown length.
    is_endless: bool,
    needs: Transport,
    /// Whether the last piece is base64, which ends with a line break of its own.
    is_behind_base64: bool,
}

impl<'a> Assembly<'a> {
    fn node(&mut self, node: &'a Node) {
        match node {
            Node::Leaf(leaf) => self.leaf(leaf),
            Node::Multipart { header, boundary, parts } => {
                let needs = node.needs(self.transport);
                self.header(header);
                if needs > Transport::SevenBit {
                    // RFC 2045 section 6.4: a composite must not hold more than its label says.
                    self.label(label(needs));
                } else {
                    self.octets(b"\r\n");
                }
                self.parts(boundary, parts);
            }
            Node::Kept { header, body, needs } => {
                self.text(&header[..]);
                self.octets(b"\r\n");
                self.text(&body[..]);
                self.needs = self.needs.max(*needs);
            }
        }
    }

    fn parts(&mut self, boundary: &str, parts: &'a [Node]) {
        for part in parts {
            self.octets(format!("--{boundary}\r\n").into_bytes());
            self.needs = self.needs.max(part.header_needs());
            self.node(part);
            if !self.is_behind_base64 {
                // The line break in front of a delimiter belongs to the delimiter (RFC 2046 section 5.1.1).
                self.octets(b"\r\n");
            }
        }
        self.octets(format!("--{boundary}--\r\n").into_bytes());
    }

    fn leaf(&mut self, leaf: &'a Leaf) {
        self.header(&leaf.header);
        match &leaf.content {
            Content::Text(body) => {
                let encoding = leaf.encoding.unwrap_or_else(|| body.encoding(self.transport));
                self.label(encoding);
                self.body(body, encoding);
            }
            Content::Octets { source, facts } => {
                let encoding = leaf.octets_encoding(self.transport);
                self.label(encoding);
                self.content(&**source, facts.as_deref(), encoding);
            }
            Content::Message(letter) => {
                self.label(label(letter.needs(self.transport)));
                self.node(&letter.root);
            }
        }
    }

    #[inline]
    fn header(&mut self, header: &'a Header) {
        match header.is_plain {
            true => self.octets(&header.octets[..]),
            false => self.text(&header.octets[..]),
        }
    }

    /// Content-Transfer-Encoding and the end of the header.
    fn label(&mut self, encoding: TransferEncoding) {
        self.needs = self.needs.max(encoding.needs());
        self.octets(match encoding {
            TransferEncoding::SevenBit => &b"Content-Transfer-Encoding: 7bit\r\n\r\n"[..],
            TransferEncoding::EightBit => b"Content-Transfer-Encoding: 8bit\r\n\r\n",
            TransferEncoding::QuotedPrintable => {
                b"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
            }
            TransferEncoding::Base64 => b"Content-Transfer-Encoding: base64\r\n\r\n",
            TransferEncoding::Binary => b"Content-Transfer-Encoding: binary\r\n\r\n",
        });
    }

    fn body(&mut self, body: &'a TextBody, encoding: TransferEncoding) {
        match encoding {
            TransferEncoding::Base64 => {
                self.octets(body.encoded(encoding));
                self.is_behind_base64 = !body.as_bytes().is_empty();
            }
            TransferEncoding::QuotedPrintable => self.text(body.encoded(encoding)),
            _ if body.may_begin_with_dots() => self.text(body.as_bytes()),
            _ => self.octets(body.as_bytes()),
        }
    }

    fn content(
        &mut self,
        source: &'a dyn Source,
        facts: Option<&Facts>,
        encoding: TransferEncoding,
    ) {
        let (piece, size) = match encoding {
            TransferEncoding::Base64 => (Piece::Base64(source), source.length().map(base64_length)),
            TransferEncoding::Binary => (Piece::Binary(source), source.length()),
            TransferEncoding::QuotedPrintable => (Piece::QuotedPrintable(source), None),
            _ => (Piece::Lines(source), facts.map(Facts::length_in_lines)),
        };
        self.is_endless |= size.is_none();
        self.size += size.unwrap_or(0);
        self.is_behind_base64 =
            encoding == TransferEncoding::Base64 && size.is_some_and(|size| size > 0);
        self.pieces.push(piece);
    }

    fn octets(&mut self, octets: impl Into<Cow<'a, [u8]>>) {
        self.push(octets.into(), Piece::Octets);
    }

    fn text(&mut self, text: impl Into<Cow<'a, [u8]>>) {
        self.push(text.into(), Piece::Text);
    }

    fn push(&mut self, octets: Cow<'a, [u8]>, piece: fn(Cow<'a, [u8]>) -> Piece<'a>) {
        self.is_behind_base64 = false;
        if !octets.is_empty() {
            self.size += octets.len() as u64;
            self.pieces.push(piece(octets));
        }
    }

    /// A message ends with a line end: what follows it on the wire is a line of its own.
    fn end_line(&mut self) {
        match self.pieces.last() {
            Some(Piece::Octets(octets) | Piece::Text(octets)) if octets.ends_with(b"\r\n") => {}
            _ => self.octets(b"\r\n"),
        }
    }
}

/// What octets in lines ask of the server.
fn octets_need(octets: &[u8]) -> Transport {
    // What std has for this goes through the last octets one by one, and headers are short.
    match octets.iter().fold(0, |bits, octet| bits | octet).is_ascii() {
        true => Transport::SevenBit,
        false => Transport::EightBit,
    }
}

/// The label of a composite by what its parts need.
fn label(needs: Transport) -> TransferEncoding {
    match needs {
        Transport::SevenBit => TransferEncoding::SevenBit,
        Transport::EightBit => TransferEncoding::EightBit,
        Transport::Binary => TransferEncoding::Binary,
    }
}
