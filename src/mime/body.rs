//! Text bodies: canonical lines, the code page, and the transfer encoding that fits the content (RFC 2045 section 6).

use super::code_page::CodePage;
use crate::error::Result;
use encodify::{base64, qp};
use memchr::{memchr_iter, memchr2_iter};
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
}

impl<'a> TextBody<'a> {
    pub fn new(text: &'a str, page: &CodePage) -> Result<TextBody<'a>> {
        let text = canonical(text);
        let bytes = match text {
            Cow::Borrowed(text) if page.is_utf8() || page.keeps_ascii() && text.is_ascii() => {
                Cow::Borrowed(text.as_bytes())
            }
            text => {
                let mut bytes = Vec::with_capacity(text.len());
                page.encode(&text, &mut bytes)?;
                Cow::Owned(bytes)
            }
        };
        let encoding = transfer_encoding(&bytes);
        Ok(TextBody { bytes, encoding })
    }

    pub fn encoding(&self) -> TransferEncoding {
        self.encoding
    }

    pub fn len(&self) -> usize {
        self.bytes.len()
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

/// The text with CRLF for each line break: CRLF, a bare LF, a bare CR.
fn canonical(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let is_bare = |at: usize| match bytes[at] {
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => at == 0 || bytes[at - 1] != b'\r',
    };
    let breaks = || memchr2_iter(b'\r', b'\n', bytes);
    let bare = breaks().filter(|&at| is_bare(at)).count();
    if bare == 0 {
        return Cow::Borrowed(text);
    }
    let mut canonical = String::with_capacity(text.len() + bare);
    let mut copied = 0;
    for at in breaks().filter(|&at| is_bare(at)) {
        canonical.push_str(&text[copied..at]);
        canonical.push_str("\r\n");
        copied = at + 1;
    }
    canonical.push_str(&text[copied..]);
    Cow::Owned(canonical)
}

/// 7bit where the content is that already, else what is shorter: quoted-printable for text that is mostly ASCII, base64
/// for other text and for wide code pages, whose line breaks are none to a transport.
fn transfer_encoding(bytes: &[u8]) -> TransferEncoding {
    if bytes.contains(&0) {
        return TransferEncoding::Base64;
    }
    if bytes.is_ascii() && longest_line(bytes) <= LONGEST_LINE {
        return TransferEncoding::SevenBit;
    }
    match qp::BODY.encoded_len_within(bytes, base64::MIME.encoded_len(bytes.len())) {
        Some(_) => TransferEncoding::QuotedPrintable,
        None => TransferEncoding::Base64,
    }
}

/// The longest of canonical lines, their CRLF not counted.
fn longest_line(bytes: &[u8]) -> usize {
    let mut longest = 0;
    let mut start = 0;
    for end in memchr_iter(b'\n', bytes) {
        longest = longest.max(end.saturating_sub(start + 1));
        start = end + 1;
    }
    longest.max(bytes.len() - start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str, page: i32) -> (TransferEncoding, String) {
        let body = TextBody::new(text, CodePage::for_encoding(page).unwrap()).unwrap();
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
