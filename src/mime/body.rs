//! Text bodies: canonical lines, the code page, and the transfer encoding that fits the content (RFC 2045 section 6).

use super::code_page::CodePage;
use crate::error::Result;
use encodify::{base64, qp};
use memchr::{memchr2_iter, memrchr};
use std::borrow::Cow;

/// The longest line of a message, CRLF not counted (RFC 5322 section 2.1.1).
const LONGEST_LINE: usize = 998;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransferEncoding {
    SevenBit,
    QuotedPrintable,
    Base64,
}

impl TransferEncoding {
    pub fn name(self) -> &'static str {
        match self {
            TransferEncoding::SevenBit => "7bit",
            TransferEncoding::QuotedPrintable => "quoted-printable",
            TransferEncoding::Base64 => "base64",
        }
    }
}

/// A text in its code page, with the transfer encoding that it will be written in.
#[derive(Debug)]
pub struct TextBody<'a> {
    bytes: Cow<'a, [u8]>,
    encoding: TransferEncoding,
    is_verbatim: bool,
    begins_with_dots: bool,
}

impl<'a> TextBody<'a> {
    pub fn new(text: &'a str, page: &CodePage) -> Result<TextBody<'a>> {
        let lines = Lines::of(text.as_bytes());
        let text = match lines.break_barely {
            false => Cow::Borrowed(text),
            true => Cow::Owned(canonical(text)),
        };
        let is_encoded = page.is_utf8() || page.keeps_ascii() && text.is_ascii();
        let bytes = match is_encoded {
            true => into_bytes(text),
            false => {
                let mut bytes = Vec::with_capacity(text.len());
                page.encode(&text, &mut bytes)?;
                Cow::Owned(bytes)
            }
        };
        // Line breaks that are none to a transport must not be written as they are (RFC 2045 section 6.7, rule 4).
        let encoding = match page.breaks_lines_as_ascii() {
            true => transfer_encoding(&bytes),
            false => TransferEncoding::Base64,
        };
        let is_verbatim =
            encoding == TransferEncoding::SevenBit && matches!(bytes, Cow::Borrowed(_));
        let begins_with_dots = !is_verbatim || lines.begin_with_dots;
        Ok(TextBody { bytes, encoding, is_verbatim, begins_with_dots })
    }

    pub fn encoding(&self) -> TransferEncoding {
        self.encoding
    }

    /// Whether the text goes out as it came in.
    pub fn is_verbatim(&self) -> bool {
        self.is_verbatim
    }

    /// Whether a line may begin with a dot. Only of a text that goes out as it came in is that known.
    pub fn begins_with_dots(&self) -> bool {
        self.begins_with_dots
    }

    pub fn append_to(&self, out: &mut Vec<u8>) {
        match self.encoding {
            TransferEncoding::SevenBit => out.extend_from_slice(&self.bytes),
            TransferEncoding::QuotedPrintable => {
                qp::BODY.encode_append(&self.bytes, out);
            }
            TransferEncoding::Base64 => {
                base64::MIME.encode_append(&self.bytes, out);
            }
        }
    }
}

fn into_bytes(text: Cow<'_, str>) -> Cow<'_, [u8]> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    }
}

/// What is to be known of a text's lines, found in one pass. A fold and not `any`: without an early end the compiler takes many
/// octets at a time.
struct Lines {
    /// Whether there are breaks other than CRLF: a CR without its LF or a LF without its CR.
    break_barely: bool,
    begin_with_dots: bool,
}

impl Lines {
    fn of(bytes: &[u8]) -> Lines {
        let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else {
            return Lines { break_barely: false, begin_with_dots: false };
        };
        let neighbours = bytes.iter().zip(&bytes[1..]);
        let (bare, dot) = neighbours.fold((false, false), |(bare, dot), (a, b)| {
            (bare | ((*a == b'\r') != (*b == b'\n')), dot | ((*a == b'\n') & (*b == b'.')))
        });
        Lines {
            break_barely: bare || *first == b'\n' || *last == b'\r',
            begin_with_dots: dot || *first == b'.',
        }
    }
}

/// Whether a line is longer than a message may have, by leaping to the last line break within reach.
fn has_long_line(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while rest.len() > LONGEST_LINE {
        let reach = rest.len().min(LONGEST_LINE + "\r\n".len());
        match memrchr(b'\n', &rest[..reach]) {
            Some(at) => rest = &rest[at + 1..],
            None => return true,
        }
    }
    false
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

/// 7bit where the content is that already, else what is shorter.
fn transfer_encoding(bytes: &[u8]) -> TransferEncoding {
    match bytes.is_ascii() && !has_long_line(bytes) {
        true => TransferEncoding::SevenBit,
        false => shorter_encoding(bytes),
    }
}

/// Quoted-printable for text that is mostly ASCII, base64 for other text.
fn shorter_encoding(bytes: &[u8]) -> TransferEncoding {
    match qp::BODY.encoded_len_within(bytes, base64::MIME.encoded_len(bytes.len())) {
        Some(_) => TransferEncoding::QuotedPrintable,
        None => TransferEncoding::Base64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str, page: i32) -> (TransferEncoding, String) {
        let body = TextBody::new(text, CodePage::by_number(page).unwrap()).unwrap();
        let mut out = Vec::new();
        body.append_to(&mut out);
        (body.encoding(), String::from_utf8(out).unwrap())
    }

    #[test]
    fn every_line_break_becomes_crlf() {
        for (text, expected) in [
            ("a\nb\rc\r\nd\n\n\re\r", "a\r\nb\r\nc\r\nd\r\n\r\n\r\ne\r\n"),
            ("\n", "\r\n"),
            ("a\r\n", "a\r\n"),
            ("", ""),
        ] {
            assert_eq!(body(text, -1), (TransferEncoding::SevenBit, expected.into()));
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
            ("\u{a41}", 1201, Base64), // The octets LF and A.
            ("EBCDIC\n", 500, Base64),
            (" ", 1140, Base64), // An @ to ASCII.
            ("한국어\n", 50225, SevenBit),
            ("中文~\n", 52936, SevenBit),
            ("100", 864, SevenBit),
            ("ёлка", 855, Base64),
            ("größer", 65000, SevenBit),
        ] {
            assert_eq!(body(text, page).0, expected, "{text}");
        }
    }

    #[test]
    fn encoded_lines_stay_within_76() {
        for text in ["ä and plain text ".repeat(50), "я".repeat(500)] {
            let (_, encoded) = body(&text, -1);
            assert!(encoded.lines().all(|line| line.len() <= 76));
        }
    }
}
