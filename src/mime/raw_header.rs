//! A header as octets: where it ends, and which fields it has (RFC 5322 section 2.2).

use crate::error::{Error, Result, Status};
use memchr::memchr;
use std::borrow::Cow;

/// The most octets of a header. Real ones have some thousands.
const LONGEST_HEADER: usize = 1 << 20;

const MOST_FIELDS: usize = 10_000;

/// The longest name of a field: it shares a line of at most 998 with its colon (RFC 5322 section 2.1.1).
const LONGEST_NAME: usize = 997;

/// Where the parts of a message lie in its octets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// The first field. Only the "From " line of an mbox file stands before it.
    pub start: usize,
    /// The end of the last field.
    pub end: usize,
    /// The first octet behind the empty line. Without an empty line it is `end`.
    pub body: usize,
}

/// Looks for the end of a header in octets that become more and more. No octet is looked at twice for a line end.
#[derive(Debug, Default)]
pub struct HeaderScan {
    start: usize,
    /// Where the line under way begins.
    line: usize,
    /// Up to where no line end was found.
    searched: usize,
    /// Whether the line under way is known to be one of the header before its end is there.
    is_judged: bool,
    fields: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    Field,
    Continuation,
    /// The line that begins each message of an mbox file.
    Mbox,
    Empty,
    Other,
}

impl HeaderScan {
    /// The extent of the header that `text` begins with, or `None` if more octets are needed to tell. `text` begins as it
    /// did in the last call; `is_all` says that no more will come.
    pub fn find(&mut self, text: &[u8], is_all: bool) -> Result<Option<Extent>> {
        loop {
            let line_end = memchr(b'\n', &text[self.searched..]).map(|at| self.searched + at + 1);
            let end = line_end.unwrap_or(text.len());
            self.searched = end;
            if end == self.line && is_all {
                return Ok(Some(self.extent(self.line)));
            }
            let is_whole = line_end.is_some() || is_all;
            // What a line is, its first octets say. A long line of a body is not waited for.
            if is_whole || end - self.line > LONGEST_NAME {
                if let Some(extent) = self.judge(&text[self.line..end]) {
                    return Ok(Some(extent));
                }
                self.is_judged = true;
            }
            self.refuse_excess(end)?;
            if !is_whole {
                return Ok(None);
            }
            self.line = end;
            self.is_judged = false;
        }
    }

    /// The extent, if the header ends before this line or with it.
    fn judge(&mut self, line: &[u8]) -> Option<Extent> {
        if self.is_judged {
            return None;
        }
        match kind(line) {
            Line::Field => self.fields += 1,
            Line::Continuation if self.fields > 0 => {}
            Line::Mbox if self.line == 0 => self.start = line.len(),
            Line::Empty => return Some(self.extent(self.line + line.len())),
            // Neither field nor continuation: the header is over, whatever was meant.
            _ => return Some(self.extent(self.line)),
        }
        None
    }

    fn extent(&self, body: usize) -> Extent {
        Extent { start: self.start, end: self.line, body }
    }

    fn refuse_excess(&self, octets: usize) -> Result<()> {
        let sentence = match octets > LONGEST_HEADER {
            true => format!("the header has more than {LONGEST_HEADER} octets"),
            false if self.fields > MOST_FIELDS => {
                format!("the header has more than {MOST_FIELDS} fields")
            }
            false => return Ok(()),
        };
        Err(Error::new(Status::MessageTooComplex, sentence))
    }
}

fn kind(line: &[u8]) -> Line {
    match line {
        [b' ' | b'\t', ..] => Line::Continuation,
        b"\r\n" | b"\n" | b"\r" => Line::Empty,
        // `From : a@b` is a field in obsolete syntax.
        _ if name_and_value(line).is_some() => Line::Field,
        _ if line.starts_with(b"From ") => Line::Mbox,
        _ => Line::Other,
    }
}

/// The name of the field that `line` begins, and the octets behind its colon. White space may stand before the colon (RFC
/// 5322 section 4.5).
fn name_and_value(line: &[u8]) -> Option<(&str, &[u8])> {
    let is_in_name = |octet: &&u8| matches!(octet, 33..=126) && **octet != b':';
    let length = line.iter().take(LONGEST_NAME + 1).take_while(is_in_name).count();
    if length == 0 || length > LONGEST_NAME {
        return None;
    }
    let (name, rest) = line.split_at(length);
    let colon = rest.iter().position(|octet| !matches!(octet, b' ' | b'\t'))?;
    let value = rest[colon..].strip_prefix(b":")?;
    Some((std::str::from_utf8(name).ok()?, value))
}

/// One field, as it stands in the header.
#[derive(Debug, Clone, Copy)]
pub struct Field<'h> {
    name: &'h str,
    /// All of it: name, colon, continuations, line end.
    octets: &'h [u8],
    value: &'h [u8],
}

impl<'h> Field<'h> {
    pub fn name(&self) -> &'h str {
        self.name
    }

    pub fn octets(&self) -> &'h [u8] {
        self.octets
    }

    /// Whether it has this name. Case does not count (RFC 5322 section 1.2.2).
    pub fn is_named(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value without its folding (RFC 5322 section 2.2.3). Octets that are no UTF-8 are replacement characters.
    pub fn value(&self) -> Cow<'h, str> {
        let value = without_line_end(self.value);
        if memchr(b'\n', value).is_none() {
            return String::from_utf8_lossy(value);
        }
        let lines: Vec<u8> = value
            .split_inclusive(|octet| *octet == b'\n')
            .flat_map(without_line_end)
            .copied()
            .collect();
        String::from_utf8_lossy(&lines).into_owned().into()
    }
}

fn without_line_end(line: &[u8]) -> &[u8] {
    match line {
        [rest @ .., b'\r', b'\n'] | [rest @ .., b'\n'] => rest,
        _ => line,
    }
}

/// The fields of a header that begins with one, up to the first line that belongs to none.
#[derive(Debug, Clone)]
pub struct Fields<'h> {
    rest: &'h [u8],
}

impl<'h> Fields<'h> {
    pub fn of(header: &'h [u8]) -> Fields<'h> {
        Fields { rest: header }
    }
}

impl<'h> Iterator for Fields<'h> {
    type Item = Field<'h>;

    fn next(&mut self) -> Option<Field<'h>> {
        name_and_value(&self.rest[..line_length(self.rest)])?;
        let mut end = line_length(self.rest);
        while let Some(b' ' | b'\t') = self.rest.get(end) {
            end += line_length(&self.rest[end..]);
        }
        let (octets, rest) = self.rest.split_at(end);
        self.rest = rest;
        let (name, value) = name_and_value(octets)?;
        Some(Field { name, octets, value })
    }
}

fn line_length(octets: &[u8]) -> usize {
    memchr(b'\n', octets).map_or(octets.len(), |at| at + 1)
}

/// A header without the envelope that a message for a pickup directory begins with, hidden recipients among it.
pub fn without_envelope(header: &[u8]) -> &[u8] {
    let is_envelope = |field: &Field| field.is_named("X-Sender") || field.is_named("X-Receiver");
    let envelope = Fields::of(header).take_while(is_envelope).map(|field| field.octets().len());
    &header[envelope.sum()..]
}

/// A header without the fields of these names. A line that is no field stays, and ends nothing.
pub fn without_fields(header: &[u8], names: &[&str]) -> Vec<u8> {
    let mut left = Vec::with_capacity(header.len());
    let mut rest = header;
    while !rest.is_empty() {
        let (octets, is_kept) = match Fields::of(rest).next() {
            Some(field) => (field.octets(), !names.iter().any(|name| field.is_named(name))),
            None => (&rest[..line_length(rest)], true),
        };
        if is_kept {
            left.extend_from_slice(octets);
        }
        rest = &rest[octets.len()..];
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_taken_out_and_nothing_else_is() {
        for (header, expected) in [
            ("A: 1\r\nX: 2\r\n 3\r\nB: 4\r\n", "A: 1\r\nB: 4\r\n"),
            ("no field\r\nx : 2\r\n \r\nlast", "no field\r\nlast"),
            ("X: 1", ""),
            ("", ""),
        ] {
            assert_eq!(without_fields(header.as_bytes(), &["X"]), expected.as_bytes());
        }
    }

    /// The parts of `text`, found in steps of `step` octets.
    fn parts(text: &str, step: usize) -> (&str, &str, &str) {
        let mut scan = HeaderScan::default();
        let mut length = 0;
        loop {
            let is_all = length >= text.len();
            let seen = &text[..length.min(text.len())];
            if let Some(Extent { start, end, body }) = scan.find(seen.as_bytes(), is_all).unwrap() {
                return (&text[start..end], &text[end..body], &text[body..]);
            }
            assert!(!is_all, "no end in {text:?}");
            length += step;
        }
    }

    #[test]
    fn the_header_ends_where_it_should_however_it_comes() {
        for (text, expected) in [
            ("A: 1\r\nB: 2\r\n\r\nbody", ("A: 1\r\nB: 2\r\n", "\r\n", "body")),
            ("A: 1\nB: 2\n\nbody", ("A: 1\nB: 2\n", "\n", "body")),
            ("A: 1\r\n\tmore\r\n  \r\n\r\n\r\n", ("A: 1\r\n\tmore\r\n  \r\n", "\r\n", "\r\n")),
            ("A: 1\r\n", ("A: 1\r\n", "", "")),
            ("A: 1", ("A: 1", "", "")),
            ("A: 1\r\n b", ("A: 1\r\n b", "", "")),
            ("A: 1\nno field\nB: 2\n", ("A: 1\n", "", "no field\nB: 2\n")),
            ("A: 1\n: nameless\n", ("A: 1\n", "", ": nameless\n")),
            ("A: 1\nB b: 2\n\n", ("A: 1\n", "", "B b: 2\n\n")),
            ("From a@b Thu Jan  1 00:00:00 1970\nA: 1\n\nx", ("A: 1\n", "\n", "x")),
            ("From : a@b\n\nx", ("From : a@b\n", "\n", "x")),
            ("A: 1\nFrom a@b\n\n", ("A: 1\n", "", "From a@b\n\n")),
            ("From a@b\n b\nA: 1\n", ("", "", " b\nA: 1\n")),
            ("\nA: 1\n", ("", "\n", "A: 1\n")),
            (" A: 1\n", ("", "", " A: 1\n")),
            ("", ("", "", "")),
        ] {
            for step in [1, 2, 3, 7, text.len() + 1] {
                assert_eq!(parts(text, step), expected, "{text:?} in steps of {step}");
            }
        }
    }

    #[test]
    fn a_long_line_of_a_body_is_not_waited_for() {
        let text = "A: 1\r\n".to_owned() + &"x".repeat(2 << 20);
        let extent = HeaderScan::default().find(text.as_bytes(), false).unwrap();
        assert_eq!(extent, Some(Extent { start: 0, end: 6, body: 6 }));
    }

    #[test]
    fn headers_beyond_all_measure_are_refused() {
        let line = format!("A: {}\n", "x".repeat(LONGEST_HEADER - 4));
        assert!(HeaderScan::default().find(line.as_bytes(), true).unwrap().is_some());
        let fields = "A:\n".repeat(MOST_FIELDS);
        assert!(HeaderScan::default().find(fields.as_bytes(), true).unwrap().is_some());
        for (text, is_all) in [
            (format!("A: x{}", &line[3..]), true),
            (line.replace('\n', "xx"), false),
            (format!("{line}\n").replacen("x\n", "xx\n", 1), true),
            (format!("{fields}A:\n"), true),
            ("A:\n".to_owned() + &" x\n".repeat(LONGEST_HEADER / 3), true),
        ] {
            let error = HeaderScan::default().find(text.as_bytes(), is_all).unwrap_err();
            assert_eq!(error.status(), Status::MessageTooComplex);
        }
    }

    #[test]
    fn a_field_has_a_name_octets_and_a_value() {
        let header = b"Subject: a\r\n b\r\n\tc\r\nTO  :x\nX-\xe9: 1\n";
        let fields: Vec<_> = Fields::of(header).collect();
        assert_eq!(fields.len(), 2);
        assert_eq!((fields[0].name(), &*fields[0].value()), ("Subject", " a b\tc"));
        assert_eq!(fields[0].octets(), b"Subject: a\r\n b\r\n\tc\r\n");
        assert_eq!((fields[1].name(), &*fields[1].value()), ("TO", "x"));
        assert!(fields[1].is_named("To"));
        assert_eq!(Fields::of(b"A: \xe9\n").next().unwrap().value(), " \u{fffd}");
        assert_eq!(Fields::of(b"A: 1").next().unwrap().octets(), b"A: 1");
    }

    #[test]
    fn the_fields_are_the_whole_header() {
        const PIECES: [&str; 9] = ["A", ":", " ", "\r\n", "\n", "\r", "From ", "é", "\t"];
        let mut state = 3_u32;
        for _ in 0..50_000 {
            let mut next = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 16) as usize
            };
            let text: String = (0..next() % 16).map(|_| PIECES[next() % PIECES.len()]).collect();
            let extent = HeaderScan::default().find(text.as_bytes(), true).unwrap().unwrap();
            let header = &text.as_bytes()[extent.start..extent.end];
            let fields: Vec<u8> =
                Fields::of(header).flat_map(|field| field.octets()).copied().collect();
            assert_eq!(fields, header, "{text:?}");
        }
    }
}
