//! Replies of a server (RFC 5321 section 4.2), taken from octets that arrive cut anywhere.

use crate::error::{Error, Result, Status, harmless};
use std::borrow::Cow;
use std::fmt;

/// Bounds on what a peer may make us hold. RFC 5321 section 4.5.3.1.5 allows lines of 512.
/// A challenge may take 12,288 octets (RFC 4954 section 4).
const MAX_LINE: usize = 16 * 1024;
const MAX_REPLY: usize = 128 * 1024;
const MAX_LINES: usize = 1_024;

/// One reply, all of its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply<'a> {
    code: u16,
    /// The lines without their codes, joined by line feeds, as they came.
    octets: Cow<'a, [u8]>,
    /// Whether more had come behind it when it was taken.
    has_successor: bool,
}

impl Reply<'_> {
    /// The reply for keeps, while what it came in makes room for the next.
    pub fn kept(&self) -> Reply<'static> {
        Reply { octets: self.octets.to_vec().into(), ..*self }
    }

    /// The reply without its text, which is made of nothing.
    pub fn wordless(&self) -> Reply<'static> {
        Reply { octets: Cow::Borrowed(&[]), ..*self }
    }

    /// The same reply with what becomes of its text.
    pub fn map_text(&self, change: impl FnOnce(String) -> String) -> Reply<'static> {
        let text = String::from_utf8_lossy(&self.octets).into_owned();
        Reply { octets: change(text).into_bytes().into(), ..*self }
    }

    pub fn code(&self) -> u16 {
        self.code
    }

    /// The lines without their codes, joined by line feeds. What is no text is made harmless for logs and terminals.
    pub fn text(&self) -> String {
        self.lines().collect::<Vec<_>>().join("\n")
    }

    pub fn lines(&self) -> impl Iterator<Item = String> {
        self.octets.split(|octet| *octet == b'\n').map(printable)
    }

    /// Whether the server said more in the same breath.
    pub fn has_successor(&self) -> bool {
        self.has_successor
    }

    pub fn is_positive(&self) -> bool {
        self.code / 100 == 2
    }

    /// The enhanced status code (RFC 2034), whatever the number of its digits.
    pub fn enhanced_code(&self) -> Option<&str> {
        let candidate = self.octets.split(|octet| matches!(octet, b' ' | b'\n')).next()?;
        let candidate = std::str::from_utf8(candidate).ok()?;
        let mut numbers = candidate.split('.');
        let class = numbers.next()?.parse::<u16>().ok()?;
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let rest_is_sound = numbers.clone().count() == 2 && numbers.all(is_number);
        (class == self.code / 100 && rest_is_sound).then_some(candidate)
    }

    /// An error of this reply: `what` says what the server refused.
    pub fn to_error(&self, status: Status, what: &str) -> Error {
        Error::new(status, format!("{what}: {self}")).with_reply(self.code, self.enhanced_code())
    }
}

impl fmt::Display for Reply<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:03}", self.code)?;
        // Each line of a reply has the enhanced code again (RFC 2034 section 4), which in one sentence is said once.
        let said = self.enhanced_code().unwrap_or_default();
        self.lines().enumerate().try_for_each(|(place, line)| {
            let rest = line.strip_prefix(said).filter(|_| place > 0 && !said.is_empty());
            let rest = rest.filter(|rest| rest.is_empty() || rest.starts_with(' '));
            match rest.map(str::trim_start) {
                None => write!(f, " {line}"),
                Some("") => Ok(()),
                Some(rest) => write!(f, " {rest}"),
            }
        })
    }
}

/// Takes replies from a stream of octets.
#[derive(Debug, Default)]
pub struct ReplyParser {
    /// The beginning of a line whose end has not come yet.
    fragment: Vec<u8>,
    /// What the lines of a reply of several hold.
    text: Vec<u8>,
    lines: usize,
}

impl ReplyParser {
    /// Whether a reply has begun and not ended.
    pub fn is_midway(&self) -> bool {
        self.lines > 0 || !self.fragment.is_empty()
    }

    /// The next whole reply. Its octets are taken off, and so are those that are no reply yet: they are kept for the next call.
    pub fn next_reply<'o>(&mut self, octets: &mut &'o [u8]) -> Result<Option<Reply<'o>>> {
        while let Some(end) = line_end(octets) {
            let line = &octets[..end];
            *octets = &octets[end + 1..];
            let reply = match self.fragment.is_empty() {
                true => self.take_line(line)?,
                false => self.take_fragment(line)?,
            };
            if let Some(reply) = reply {
                return Ok(Some(Reply { has_successor: !octets.is_empty(), ..reply }));
            }
            self.refuse_endless()?;
        }
        self.fragment.extend_from_slice(octets);
        *octets = &[];
        self.refuse_endless()?;
        Ok(None)
    }

    /// Takes a line that has begun before.
    fn take_fragment(&mut self, rest: &[u8]) -> Result<Option<Reply<'static>>> {
        let mut line = std::mem::take(&mut self.fragment);
        line.extend_from_slice(rest);
        Ok(self.take_line(&line)?.map(|reply| reply.kept()))
    }

    /// Takes a whole line. Returns the reply that ends with it.
    fn take_line<'l>(&mut self, line: &'l [u8]) -> Result<Option<Reply<'l>>> {
        let (code, is_last, text) = parse_line(line.trim_ascii_end())?;
        if is_last && self.lines == 0 {
            return Ok(Some(Reply { code, octets: text.into(), has_successor: false }));
        }
        if self.lines > 0 {
            self.text.push(b'\n');
        }
        self.text.extend_from_slice(text);
        self.lines += 1;
        if !is_last {
            return Ok(None);
        }
        self.lines = 0;
        let octets = std::mem::take(&mut self.text).into();
        Ok(Some(Reply { code, octets, has_successor: false }))
    }

    fn refuse_endless(&self) -> Result<()> {
        let bound = match () {
            () if self.fragment.len() > MAX_LINE => "a line of 16 KiB",
            () if self.text.len() > MAX_REPLY => "128 KiB",
            () if self.lines > MAX_LINES => "1024 lines",
            () => return Ok(()),
        };
        Err(Error::new(Status::ReplyTooLong, format!("the server's answer goes beyond {bound}")))
    }
}

/// Where the first line ends. Lines are short, so that this has found the end before a call of memchr has come to look for it.
#[inline]
pub(super) fn line_end(octets: &[u8]) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let (eights, rest) = octets.as_chunks();
    for (place, eight) in eights.iter().enumerate() {
        let differences = u64::from_le_bytes(*eight) ^ (ONES * u64::from(b'\n'));
        // The lowest bit that is set is the eighth of the first octet without a difference.
        let found = differences.wrapping_sub(ONES) & !differences & (ONES << 7);
        if found != 0 {
            return Some(place * eight.len() + found.trailing_zeros() as usize / 8);
        }
    }
    let end = rest.iter().position(|octet| *octet == b'\n')?;
    Some(octets.len() - rest.len() + end)
}

/// The code of a line, whether the line is the last of its reply, and its text.
fn parse_line(line: &[u8]) -> Result<(u16, bool, &[u8])> {
    match *line {
        [a @ b'2'..=b'5', b @ b'0'..=b'9', c @ b'0'..=b'9', ref rest @ ..] => {
            let code = [a, b, c].iter().fold(0, |code, digit| code * 10 + u16::from(digit - b'0'));
            match rest {
                [] => Ok((code, true, rest)),
                [b' ', text @ ..] => Ok((code, true, text)),
                [b'-', text @ ..] => Ok((code, false, text)),
                _ => Err(not_smtp(line)),
            }
        }
        _ => Err(not_smtp(line)),
    }
}

fn not_smtp(line: &[u8]) -> Error {
    let shown = printable(&line[..line.len().min(80)]);
    Error::new(Status::Protocol, format!("the server's answer is not SMTP: '{shown}'"))
}

fn printable(octets: &[u8]) -> String {
    harmless(&String::from_utf8_lossy(octets))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_turns_or_breaks_the_line() {
        let reply =
            &replies("550 \u{202E}abc\u{2028}d\u{1b}e\u{2066}ü\r\n".as_bytes(), 99).unwrap()[0];
        let shown = "\\u{202e}abc\\u{2028}d e\\u{2066}ü";
        assert_eq!(reply.text(), shown);
        let error = reply.to_error(Status::SenderRefused, "no");
        assert_eq!(error.message(), format!("no: 550 {shown}"));
    }

    fn replies(input: &[u8], step: usize) -> Result<Vec<Reply<'static>>> {
        let mut parser = ReplyParser::default();
        let mut replies = Vec::new();
        for mut octets in input.chunks(step) {
            while let Some(reply) = parser.next_reply(&mut octets)? {
                replies.push(reply.kept());
            }
        }
        Ok(replies)
    }

    #[test]
    fn replies_are_the_same_however_they_are_cut() {
        let input = b"220-mx\r\n220 ready\r\n250\r\n550-5.7.515 a\r\n550 5.7.515 b\n354 go\r\n";
        for step in 1..input.len() {
            let replies = replies(input, step).unwrap();
            let shown: Vec<_> = replies.iter().map(Reply::to_string).collect();
            assert_eq!(shown, ["220 mx ready", "250 ", "550 5.7.515 a b", "354 go"]);
        }
    }

    #[test]
    fn the_end_of_a_line_is_found_wherever_it_stands() {
        // 0x0b and 0x8a differ from a line feed by one bit, which is what the search by eights must not take for it.
        for filler in [b'x', 0x0b, 0x8a, 0x00, 0xff] {
            for length in 0..40 {
                let mut octets = vec![filler; length];
                assert_eq!(line_end(&octets), None);
                for end in (0..length).rev() {
                    octets[end] = b'\n';
                    assert_eq!(line_end(&octets), Some(end), "{filler:#x} {length}");
                }
            }
        }
    }

    #[test]
    fn enhanced_codes_have_any_number_of_digits_and_the_class_of_the_reply() {
        for (line, expected) in [
            ("550 5.7.515 no", Some("5.7.515")),
            ("550 5.7.51512345 no", Some("5.7.51512345")),
            ("250 2.0.0", Some("2.0.0")),
            ("550 2.1.0 other class", None),
            ("550 5.7 no", None),
            ("550 5.7.1.1 no", None),
            ("550 5..1 no", None),
            ("550 no", None),
        ] {
            let reply = &replies(format!("{line}\r\n").as_bytes(), 100).unwrap()[0];
            assert_eq!(reply.enhanced_code(), expected, "{line}");
        }
    }

    #[test]
    fn garbage_is_named_and_made_harmless() {
        for line in ["SSH-2.0-OpenSSH_9", "", "25 x", "650 x", "250x", "\u{15}\u{3}\u{1}"] {
            let error = replies(format!("{line}\r\n").as_bytes(), 7).unwrap_err();
            assert_eq!(error.status(), Status::Protocol);
            assert!(!error.message().contains(char::is_control), "{error}");
        }
        let reply = &replies(b"250 a\x1b[31m\xff\r\n", 3).unwrap()[0];
        assert_eq!(reply.text(), "a [31m\u{fffd}");
    }

    #[test]
    fn nothing_is_endless() {
        let line = vec![b'2'; MAX_LINE + 1];
        let lines = b"250-x\r\n".repeat(MAX_LINES + 1);
        let long = [b"250-".as_slice(), &[b'x'; 8000], b"\r\n"].concat().repeat(17);
        for input in [line, lines, long] {
            for step in [1000, 1 << 20] {
                assert_eq!(replies(&input, step).unwrap_err().status(), Status::ReplyTooLong);
            }
        }
    }
}
