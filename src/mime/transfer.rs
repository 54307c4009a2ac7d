//! Transfer encodings (RFC 2045 section 6), and what decides between them: the content and what the server takes.

use super::source::Source;
use crate::error::{Error, Result, Status};
use encodify::{base64, qp};
use memchr::{memchr_iter, memrchr};

/// The longest line of a message, CRLF not counted (RFC 5322 section 2.1.1).
pub const LONGEST_LINE: usize = 998;

/// Octets looked at or encoded at a time: whole lines of base64, and small enough to stay in the cache between reading and
/// encoding.
pub const BLOCK: usize = 57 * 1_680;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransferEncoding {
    SevenBit,
    EightBit,
    QuotedPrintable,
    Base64,
    Binary,
}

impl TransferEncoding {
    pub fn name(self) -> &'static str {
        match self {
            TransferEncoding::SevenBit => "7bit",
            TransferEncoding::EightBit => "8bit",
            TransferEncoding::QuotedPrintable => "quoted-printable",
            TransferEncoding::Base64 => "base64",
            TransferEncoding::Binary => "binary",
        }
    }

    /// What a server has to offer before content in this encoding may come its way.
    pub fn needs(self) -> Transport {
        match self {
            TransferEncoding::EightBit => Transport::EightBit,
            TransferEncoding::Binary => Transport::Binary,
            _ => Transport::SevenBit,
        }
    }
}

/// What may travel to a server, each including the ones before: ASCII in lines; octets in lines (8BITMIME, RFC 6152);
/// anything (BINARYMIME, RFC 3030).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Transport {
    #[default]
    SevenBit,
    EightBit,
    Binary,
}

/// What content holds, as far as transfer encodings care.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    pub length: u64,
    has_eight_bit: bool,
    has_nul: bool,
    has_long_line: bool,
    /// Breaks that are a bare CR or a bare LF.
    bare_breaks: u64,
    /// Octets since the last break, and whether the last octet was a CR.
    line: u64,
    after_cr: bool,
}

impl Facts {
    /// Reads all of `source`, a block at a time.
    pub fn of(source: &dyn Source) -> Result<Facts> {
        let mut facts = Facts::default();
        let mut block = vec![0; BLOCK];
        loop {
            match source.read_at(facts.length, &mut block)? {
                0 => break,
                octets => facts.add(&block[..octets]),
            }
        }
        facts.end();
        Ok(facts)
    }

    pub fn of_octets(octets: &[u8]) -> Facts {
        let mut facts = Facts::default();
        facts.add(octets);
        facts.end();
        facts
    }

    fn add(&mut self, block: &[u8]) {
        self.length += block.len() as u64;
        self.has_eight_bit |= !block.is_ascii();
        self.has_nul |= memchr::memchr(0, block).is_some();
        // Each LF without a CR and each CR without a LF: the pairs are counted off.
        let pairs = memchr_iter(b'\n', block).filter(|&at| match at {
            0 => self.after_cr,
            at => block[at - 1] == b'\r',
        });
        let pairs = pairs.count() as u64;
        let inner_cr = memchr_iter(b'\r', block).count() as u64;
        let feeds = memchr_iter(b'\n', block).count() as u64;
        let ends_with_cr = block.last() == Some(&b'\r');
        let pending = u64::from(self.after_cr);
        self.bare_breaks += feeds - pairs + inner_cr + pending - pairs - u64::from(ends_with_cr);
        self.after_cr = ends_with_cr;
        self.add_lines(block);
    }

    fn end(&mut self) {
        self.bare_breaks += u64::from(std::mem::take(&mut self.after_cr));
    }

    fn add_lines(&mut self, block: &[u8]) {
        let mut start = 0;
        for end in memchr::memchr2_iter(b'\r', b'\n', block) {
            self.line += (end - start) as u64;
            self.has_long_line |= self.line > LONGEST_LINE as u64;
            self.line = 0;
            start = end + 1;
        }
        self.line += (block.len() - start) as u64;
        self.has_long_line |= self.line > LONGEST_LINE as u64;
    }

    /// The octets that the content has when all of its line breaks are CRLF.
    pub fn length_in_lines(&self) -> u64 {
        self.length + self.bare_breaks
    }

    /// What the content needs to travel as lines, if it can.
    pub fn as_lines(&self) -> Option<TransferEncoding> {
        match self {
            _ if self.has_nul || self.has_long_line => None,
            _ if self.has_eight_bit => Some(TransferEncoding::EightBit),
            _ => Some(TransferEncoding::SevenBit),
        }
    }

    /// Refuses an encoding that the host has chosen and that would change the content.
    pub fn require(&self, encoding: TransferEncoding, what: &str) -> Result<()> {
        let reason = match (encoding, self.as_lines()) {
            (TransferEncoding::SevenBit, Some(TransferEncoding::EightBit)) => "8-bit octets",
            (TransferEncoding::SevenBit | TransferEncoding::EightBit, None) => {
                if self.has_nul {
                    "NUL octets"
                } else {
                    "a line of more than 998 octets"
                }
            }
            _ => return Ok(()),
        };
        let name = encoding.name();
        let sentence = format!("{what} cannot go out as {name}: it holds {reason}");
        Err(Error::new(Status::TransferEncoding, sentence))
    }
}

/// Whether a line is longer than a message may have, by leaping to the last line break within reach.
pub fn has_long_line(bytes: &[u8]) -> bool {
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

/// Quoted-printable for text that is mostly ASCII, base64 for other text.
pub fn shorter_encoding(bytes: &[u8]) -> TransferEncoding {
    match qp::BODY.encoded_len_within(bytes, base64::MIME.encoded_len(bytes.len())) {
        Some(_) => TransferEncoding::QuotedPrintable,
        None => TransferEncoding::Base64,
    }
}

/// The length of `octets` in base64 lines, which may pass what a `usize` holds elsewhere.
pub fn base64_length(octets: u64) -> u64 {
    const LINES: u64 = 57 << 20;
    let full = base64::MIME.encoded_len(LINES as usize) as u64;
    octets / LINES * full + base64::MIME.encoded_len((octets % LINES) as usize) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(content: &[u8], step: usize) -> Facts {
        let mut facts = Facts::default();
        content.chunks(step).for_each(|chunk| facts.add(chunk));
        facts.end();
        facts
    }

    #[test]
    fn bare_breaks_are_counted_however_the_content_is_cut() {
        for (content, bare) in [
            (&b""[..], 0),
            (b"a\r\nb", 0),
            (b"\n", 1),
            (b"\r", 1),
            (b"\r\r\n\n", 2),
            (b"\r\n\r\n\r", 1),
            (b"a\nb\rc\r\n\r\r\n\n", 4),
        ] {
            for step in 1..=content.len().max(1) {
                let facts = facts(content, step);
                assert_eq!(facts.length_in_lines(), content.len() as u64 + bare, "{content:?}");
            }
        }
    }

    #[test]
    fn content_tells_how_it_can_travel() {
        let long = [b'x'; 999];
        for (content, expected) in [
            (&b"plain\n"[..], Some(TransferEncoding::SevenBit)),
            (b"\xff\n", Some(TransferEncoding::EightBit)),
            (b"\0", None),
            (&long[..998], Some(TransferEncoding::SevenBit)),
            (&long, None),
        ] {
            for step in [1, 7, 1000] {
                assert_eq!(facts(content, step).as_lines(), expected);
            }
        }
    }

    #[test]
    fn a_chosen_encoding_that_does_not_fit_is_refused() {
        let eight_bit = facts(b"\xe9", 1);
        assert!(eight_bit.require(TransferEncoding::EightBit, "it").is_ok());
        let error = eight_bit.require(TransferEncoding::SevenBit, "it").unwrap_err();
        assert_eq!(error.message(), "it cannot go out as 7bit: it holds 8-bit octets");
        let binary = facts(b"\0", 1);
        assert!(binary.require(TransferEncoding::Base64, "it").is_ok());
        let error = binary.require(TransferEncoding::EightBit, "it").unwrap_err();
        assert_eq!(error.status(), Status::TransferEncoding);
    }

    #[test]
    fn long_content_has_its_base64_length() {
        for octets in [0, 1, 57, 58, (57 << 20) + 1] {
            assert_eq!(base64_length(octets), base64::MIME.encoded_len(octets as usize) as u64);
        }
        assert_eq!(base64_length(57 << 30), 78 << 30);
    }
}
