//! Reading the values of Content-Type and Content-Disposition, with the continuations and charsets of RFC 2231 and with
//! what is common and belongs to no RFC: encoded words, spaces without quotes, and octets beyond ASCII.

use super::content::decode_charset;
use super::fields::{clean, field_text};
use encodify::hex::decode_pair;
use memchr::memmem;

/// The value without its parameters, in lower case.
pub fn keyword(value: &[u8]) -> String {
    let value = value.trim_ascii();
    let end = value.iter().position(|octet| *octet == b';' || octet.is_ascii_whitespace());
    String::from_utf8_lossy(&value[..end.unwrap_or(value.len())]).to_ascii_lowercase()
}

/// The parameter of that name. One with a charset or in pieces goes before a plain one (RFC 6266 section 4.3).
pub fn parameter(value: &[u8], name: &str) -> Option<String> {
    let mut plain = None;
    let mut pieces = Vec::new();
    for (found, text) in Parameters(value) {
        let Some(suffix) = strip_name(found, name) else {
            continue;
        };
        match suffix {
            b"" => plain = plain.or(Some(text)),
            _ => pieces.extend(Piece::of(suffix, text)),
        }
    }
    match pieces.is_empty() {
        true => plain.map(|text| field_text(&text)),
        false => Some(joined(pieces)),
    }
}

/// All parameters but the name of a file and those of a multipart, in the order of their names' first places.
pub fn parameters(value: &[u8]) -> Vec<(String, String)> {
    // No media type has more, and each is looked up by itself.
    const MOST: usize = 20;
    const LEFT_OUT: [&str; 2] = ["name", "boundary"];
    let mut names: Vec<String> = Vec::new();
    for (found, _) in Parameters(value) {
        let bare = found.split(|octet| *octet == b'*').next().unwrap_or_default();
        let name = String::from_utf8_lossy(bare).to_ascii_lowercase();
        let is_sound = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        let is_wanted = !name.is_empty() && name.bytes().all(is_sound);
        if is_wanted && !LEFT_OUT.contains(&name.as_str()) && !names.contains(&name) {
            names.push(name);
        }
        if names.len() == MOST {
            break;
        }
    }
    let valued = |name: String| Some((parameter(value, &name)?, name));
    names.into_iter().filter_map(valued).map(|(value, name)| (name, value)).collect()
}

fn strip_name<'a>(found: &'a [u8], name: &str) -> Option<&'a [u8]> {
    let (head, suffix) = found.split_at_checked(name.len())?;
    let is_name = head.eq_ignore_ascii_case(name.as_bytes());
    (is_name && (suffix.is_empty() || suffix[0] == b'*')).then_some(suffix)
}

/// A piece of a parameter (RFC 2231 sections 3 and 4): `*`, `*0`, `*0*` behind the name.
struct Piece {
    number: u32,
    is_extended: bool,
    text: Vec<u8>,
}

impl Piece {
    fn of(suffix: &[u8], text: Vec<u8>) -> Option<Piece> {
        let suffix = str::from_utf8(suffix).ok()?.strip_prefix('*')?;
        if suffix.is_empty() {
            return Some(Piece { number: 0, is_extended: true, text });
        }
        let digits = suffix.strip_suffix('*');
        let number = digits.unwrap_or(suffix).parse().ok()?;
        Some(Piece { number, is_extended: digits.is_some(), text })
    }
}

/// The pieces in the order of their numbers. The charset stands in the first for all of them, so octets are joined before
/// they are decoded.
fn joined(mut pieces: Vec<Piece>) -> String {
    pieces.sort_by_key(|piece| piece.number);
    pieces.dedup_by_key(|piece| piece.number);
    let is_extended = pieces.iter().any(|piece| piece.is_extended);
    let mut charset = Vec::new();
    let mut octets = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        if !piece.is_extended {
            octets.extend_from_slice(&piece.text);
            continue;
        }
        let mut text = piece.text.as_slice();
        let mut quotes = memchr::memchr_iter(b'\'', text);
        if let (0, Some(first), Some(second)) = (at, quotes.next(), quotes.next()) {
            charset = text[..first].to_vec();
            text = &text[second + 1..];
        }
        append_percent_decoded(text, &mut octets);
    }
    match is_extended {
        true => clean(&decode_charset(&charset, &octets)),
        false => field_text(&octets),
    }
}

fn append_percent_decoded(text: &[u8], out: &mut Vec<u8>) {
    let mut rest = text;
    while let [first, tail @ ..] = rest {
        let pair = match tail {
            [high, low, ..] if *first == b'%' => decode_pair(*high, *low),
            _ => None,
        };
        out.push(pair.unwrap_or(*first));
        rest = if pair.is_some() { &tail[2..] } else { tail };
    }
}

/// The parameters of a field's value: names as they stand, values unquoted.
struct Parameters<'a>(&'a [u8]);

impl<'a> Iterator for Parameters<'a> {
    type Item = (&'a [u8], Vec<u8>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            // The keyword in front ends like a parameter without a value, or, in some mails, with no more than a space.
            let start = self.0.iter().position(|o| *o != b';' && !o.is_ascii_whitespace())?;
            let rest = &self.0[start..];
            let is_end = |octet: &u8| matches!(octet, b'=' | b';') || octet.is_ascii_whitespace();
            let end = rest.iter().position(is_end).unwrap_or(rest.len());
            let (name, rest) = rest.split_at(end);
            let Some(value) = rest.trim_ascii_start().strip_prefix(b"=") else {
                self.0 = rest;
                continue;
            };
            let (value, rest) = match value.trim_ascii_start().strip_prefix(b"\"") {
                Some(quoted) => quoted_value(quoted),
                None => bare_value(value),
            };
            self.0 = rest;
            return Some((name, value));
        }
    }
}

/// The text up to the closing quote, and what stands behind the next semicolon. A backslash stands for itself unless it
/// makes a literal quote or backslash: programs write Windows paths as they are.
fn quoted_value(quoted: &[u8]) -> (Vec<u8>, &[u8]) {
    let mut value = Vec::new();
    let mut rest = quoted;
    loop {
        match rest {
            [] => return (value, rest),
            [b'"', tail @ ..] => {
                let end = memchr::memchr(b';', tail).unwrap_or(tail.len());
                return (value, &tail[end..]);
            }
            [b'\\', escaped @ (b'"' | b'\\'), tail @ ..] => {
                value.push(*escaped);
                rest = tail;
            }
            // Folding is no part of the value (RFC 5322 section 3.2.4).
            [b'\r' | b'\n', tail @ ..] => rest = tail,
            [octet, tail @ ..] => {
                value.push(*octet);
                rest = tail;
            }
        }
    }
}

/// The text up to a semicolon, without a comment at its end (RFC 2045 section 5.1 has one in its first example).
fn bare_value(text: &[u8]) -> (Vec<u8>, &[u8]) {
    let (value, rest) = text.split_at(memchr::memchr(b';', text).unwrap_or(text.len()));
    let value = value.trim_ascii();
    let comment = match value.ends_with(b")") {
        true => memmem::find(value, b" ("),
        false => None,
    };
    (value[..comment.unwrap_or(value.len())].trim_ascii_end().to_vec(), rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keyword_is_in_lower_case() {
        assert_eq!(keyword(b" TEXT/Plain; x=y"), "text/plain");
        assert_eq!(keyword(b"\r\n\ttext/html charset=utf-8"), "text/html");
        assert_eq!(keyword(b""), "");
    }

    #[test]
    fn parameters_are_read_as_they_are_written() {
        for (value, name, expected) in [
            ("a/b; Charset=koi8-r", "charset", "koi8-r"),
            ("a/b; charset = \"utf-8\" ; x=y", "charset", "utf-8"),
            ("text/plain; charset=us-ascii (Plain text)", "charset", "us-ascii"),
            ("text/plain charset=utf-8", "charset", "utf-8"),
            ("a/b;\r\n boundary=\"a;b \\\"c\\\"\"", "boundary", "a;b \"c\""),
            ("a/b; boundary=----=_Part_1:2?", "boundary", "----=_Part_1:2?"),
            ("a; filename=my file (1).txt; x=y", "filename", "my file (1).txt"),
            ("a; filename=\"C:\\dir\\a.txt\"", "filename", "C:\\dir\\a.txt"),
            ("a; filename=\"long\r\n name.txt\"", "filename", "long name.txt"),
            ("a; filename=Привет.txt", "filename", "Привет.txt"),
            ("a; name=\"=?utf-8?B?0J8=?=\r\n =?utf-8?B?0J8=?=.txt\"", "name", "ПП.txt"),
            ("a; filename=\"unclosed; x=y", "filename", "unclosed; x=y"),
            ("a; xname=b; name=c; name=d", "name", "c"),
        ] {
            assert_eq!(parameter(value.as_bytes(), name).as_deref(), Some(expected), "{value}");
        }
        for value in ["", "a/b", "a/b; named=x", "a/b; name", ";;;=;", "name=\u{1}"] {
            let found = parameter(value.as_bytes(), "name");
            assert!(found.is_none() || found.as_deref() == Some(""), "{value}");
        }
    }

    #[test]
    fn pieces_are_joined_before_they_are_decoded() {
        for (value, expected) in [
            ("a; filename*=UTF-8''%D0%9F.txt; filename=x", "П.txt"),
            ("a; filename*0*=UTF-8''%D0; filename*1*=%9F; filename*2=%.txt", "П%.txt"),
            ("a; filename*0*=koi8-r'ru'%F0%D2; filename*1*=%C9%D7", "Прив"),
            (
                "a; filename*1=b; filename*0=\"a \"; filename*1=z; filename*10=d; filename*2=c",
                "a bcd",
            ),
            ("a; filename*0=\"=?utf-8?B?0J\"; filename*1=\"8=?=\"", "П"),
            ("a; filename*=utf-8''a%0D%0Ab%zz%4", "a  b%zz%4"),
            ("a; filename*=%41", "A"),
        ] {
            assert_eq!(
                parameter(value.as_bytes(), "filename").as_deref(),
                Some(expected),
                "{value}"
            );
        }
    }
}
