//! Text bodies: canonical lines and the code page (RFC 2045 section 6).

use super::code_page::CodePage;
use super::text::Text;
use super::transfer::{Facts, TransferEncoding, Transport, has_long_line, shorter_encoding};
use crate::error::{Error, Result, Status};
use encodify::{base64, qp};
use memchr::memchr2_iter;
use std::sync::Arc;

/// A text in its code page, with the transfer encodings that it can go out in.
#[derive(Debug)]
pub struct TextBody {
    octets: Octets,
    form: Form,
    /// Whether a line is known to begin with a dot, or nobody has looked.
    may_begin_with_dots: bool,
}

/// The host's text as it is, or what became of it.
#[derive(Debug)]
enum Octets {
    Shared(Arc<Text>),
    Own(Vec<u8>),
}

/// What the octets are to a transport.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    SevenBit,
    EightBit,
    /// Lines beyond the limit, or octets that are no lines at all.
    Opaque {
        is_text: bool,
    },
}

impl TextBody {
    pub fn new(text: Arc<Text>, page: &CodePage) -> Result<TextBody> {
        let seen = text.look();
        let is_ascii = seen.is_ascii;
        let is_encoded = page.is_utf8() || page.keeps_ascii() && is_ascii;
        let octets = match (seen.has_bare_breaks || text.ends_with('\r'), is_encoded) {
            (false, true) => Octets::Shared(text),
            (true, true) => Octets::Own(canonical(&text).into_bytes()),
            (false, false) => Octets::Own(encode(&text, page)?),
            (true, false) => Octets::Own(encode(&canonical(&text), page)?),
        };
        let bytes = octets.as_bytes();
        let is_ascii = if is_encoded { is_ascii } else { bytes.is_ascii() };
        // Line breaks that are none to a transport must not be written as they are (RFC 2045 section 6.7, rule 4).
        let form = match page.breaks_lines_as_ascii() {
            false => Form::Opaque { is_text: false },
            true if has_long_line(bytes) => Form::Opaque { is_text: true },
            true if is_ascii => Form::SevenBit,
            true => Form::EightBit,
        };
        let may_begin_with_dots = match octets {
            Octets::Shared(_) => seen.has_leading_dots,
            Octets::Own(_) => true,
        };
        Ok(TextBody { octets, form, may_begin_with_dots })
    }

    /// The best encoding for a transport: as it is where it may be, else what is shorter.
    pub fn encoding(&self, transport: Transport) -> TransferEncoding {
        match self.form {
            Form::SevenBit => TransferEncoding::SevenBit,
            Form::EightBit if transport >= Transport::EightBit => TransferEncoding::EightBit,
            Form::Opaque { is_text: false } => TransferEncoding::Base64,
            _ => shorter_encoding(self.as_bytes()),
        }
    }

    /// What that encoding asks of the transport.
    pub fn needs(&self, transport: Transport) -> Transport {
        match self.form {
            Form::EightBit => transport.min(Transport::EightBit),
            _ => Transport::SevenBit,
        }
    }

    pub fn as_bytes(&self) -> &[u8] {
        self.octets.as_bytes()
    }

    /// Whether a line of the text as it is may begin with a dot.
    pub fn may_begin_with_dots(&self) -> bool {
        self.may_begin_with_dots
    }

    /// Refuses an encoding that the host has chosen and that would change the text.
    pub fn require(&self, encoding: TransferEncoding) -> Result<()> {
        use TransferEncoding::{EightBit, SevenBit};
        if let (Form::Opaque { is_text: false }, SevenBit | EightBit) = (self.form, encoding) {
            let name = encoding.name();
            let sentence =
                format!("the text cannot go out as {name}: its code page has other line breaks");
            return Err(Error::new(Status::TransferEncoding, sentence));
        }
        Facts::of_octets(self.as_bytes()).require(encoding, "the text")
    }

    /// The octets in an encoding that changes them.
    pub fn encoded(&self, encoding: TransferEncoding) -> Vec<u8> {
        let mut out = Vec::new();
        let lines = match self.form {
            Form::Opaque { is_text: false } => qp::BINARY,
            _ => qp::BODY,
        };
        match encoding {
            TransferEncoding::QuotedPrintable => lines.encode_append(self.as_bytes(), &mut out),
            _ => base64::MIME.encode_append(self.as_bytes(), &mut out),
        };
        out
    }
}

impl Octets {
    fn as_bytes(&self) -> &[u8] {
        match self {
            Octets::Shared(text) => text.as_bytes(),
            Octets::Own(bytes) => bytes,
        }
    }
}

fn encode(text: &str, page: &CodePage) -> Result<Vec<u8>> {
    let mut octets = Vec::with_capacity(text.len());
    let encoded = page.encode(text, &mut octets);
    encoded.map_err(|error| error.map_message(|message| format!("in the text: {message}")))?;
    Ok(octets)
}

/// The text with CRLF for each line break: CRLF, a bare LF, a bare CR.
fn canonical(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut canonical = String::with_capacity(text.len() + text.len() / 16);
    let mut copied = 0;
    for at in memchr2_iter(b'\r', b'\n', bytes) {
        let belongs_to_pair = bytes[at] == b'\n' && at > 0 && bytes[at - 1] == b'\r';
        if !belongs_to_pair {
            canonical.push_str(&text[copied..at]);
            canonical.push_str("\r\n");
        }
        copied = at + 1;
    }
    canonical.push_str(&text[copied..]);
    canonical
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str, page: i32) -> TextBody {
        TextBody::new(Arc::new(text.to_owned().into()), CodePage::by_number(page).unwrap()).unwrap()
    }

    #[test]
    fn every_line_break_becomes_crlf() {
        for (text, expected) in [
            ("a\nb\rc\r\nd\n\n\re\r", "a\r\nb\r\nc\r\nd\r\n\r\n\r\ne\r\n"),
            ("\n", "\r\n"),
            ("a\r\n", "a\r\n"),
            ("", ""),
        ] {
            assert_eq!(body(text, -1).as_bytes(), expected.as_bytes());
        }
    }

    #[test]
    fn the_transfer_encoding_fits_the_content() {
        use TransferEncoding::*;
        let long = "x".repeat(999);
        let lines = ("x".repeat(998) + "\r\n").repeat(3);
        for (text, page, expected) in [
            ("plain", -1, SevenBit),
            (lines.as_str(), -1, SevenBit),
            (long.as_str(), -1, QuotedPrintable),
            ("mostly ASCII with an ä in it", -1, QuotedPrintable),
            ("Съешь же ещё этих булок", 21866, Base64),
            ("日本語", 50220, SevenBit),
            ("wide\n", 1200, Base64),
            ("größer", 65000, SevenBit),
        ] {
            assert_eq!(body(text, page).encoding(Transport::SevenBit), expected, "{text}");
        }
        for (text, page, expected) in [
            ("plain", -1, SevenBit),
            ("Съешь же ещё", -1, EightBit),
            ("Съешь же ещё", 21866, EightBit),
            (long.as_str(), -1, QuotedPrintable),
            ("wide\n", 1200, Base64),
        ] {
            assert_eq!(body(text, page).encoding(Transport::EightBit), expected, "{text}");
        }
    }

    #[test]
    fn octets_that_are_no_lines_are_not_written_as_lines() {
        for page in [500, 1200, 12001] {
            let body = body("a\nb", page);
            assert!(body.require(TransferEncoding::EightBit).is_err());
            let encoded = body.encoded(TransferEncoding::QuotedPrintable);
            assert!(!encoded.contains(&b'\n'), "{page}");
        }
    }

    #[test]
    fn encoded_lines_stay_within_76() {
        for text in ["ä and plain text ".repeat(50), "я".repeat(500)] {
            let body = body(&text, -1);
            let encoded = body.encoded(body.encoding(Transport::SevenBit));
            let encoded = String::from_utf8(encoded).unwrap();
            assert!(encoded.lines().all(|line| line.len() <= 76));
        }
    }
}
