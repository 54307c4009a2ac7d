//! A strict reader of messages: it takes nothing that RFC 5322 and RFC 2045 to 2047 do not allow to be written, and knows
//! nothing of how the library writes.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use encodify::utf7;
use mail_parser::decoders::charsets::map::charset_decoder;

type Verdict<T = ()> = Result<T, String>;

fn require(is_so: bool, complaint: impl Fn() -> String) -> Verdict {
    if is_so { Ok(()) } else { Err(complaint()) }
}

/// What a transfer encoding lets through, each including the ones before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Range {
    SevenBit,
    EightBit,
    Binary,
}

/// Lints a message; the complaint shows the place.
pub fn lint(octets: &[u8]) -> Verdict {
    require(octets.ends_with(b"\r\n"), || "the message does not end with a line end".into())?;
    message(octets, Range::Binary).map(drop)
}

fn message(octets: &[u8], most: Range) -> Verdict<Range> {
    let (fields, body) = header(octets)?;
    let count = |name: &str| fields.iter().filter(|field| field.is(name)).count();
    for name in ["Date", "From", "Message-ID", "MIME-Version"] {
        require(count(name) == 1, || format!("{} fields {name}", count(name)))?;
    }
    for name in ["Sender", "Reply-To", "To", "Cc", "Subject", "In-Reply-To", "References"] {
        require(count(name) <= 1, || format!("{} fields {name}", count(name)))?;
    }
    for name in ["Bcc", "Resent-Bcc", "Return-Path", "Received"] {
        require(count(name) == 0, || format!("a field {name}"))?;
    }
    require(count("To") + count("Cc") > 0, || "neither To nor Cc".into())?;
    entity(&fields, body, most, Place::Root)
}

struct Field {
    name: String,
    /// Folded as it came, without the CRLF at its end.
    value: String,
}

impl Field {
    fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    fn unfolded(&self) -> String {
        self.value.replace("\r\n", "")
    }
}

fn header(entity: &[u8]) -> Verdict<(Vec<Field>, &[u8])> {
    let mut fields: Vec<Field> = Vec::new();
    let mut rest = entity;
    loop {
        let end = find(rest, b"\r\n").ok_or("a header without an end")?;
        let (line, behind) = (&rest[..end], &rest[end + 2..]);
        rest = behind;
        if line.is_empty() {
            break;
        }
        let line = std::str::from_utf8(line).map_err(|_| format!("{line:?} in a header"))?;
        header_line(line)?;
        match (line.starts_with([' ', '\t']), fields.last_mut()) {
            (true, Some(field)) => {
                field.value.push_str("\r\n");
                field.value.push_str(line);
            }
            _ => {
                let (name, value) = line.split_once(':').ok_or(format!("no field: {line}"))?;
                let is_sound = !name.is_empty() && name.bytes().all(|o| o.is_ascii_graphic());
                require(is_sound && value.starts_with(' '), || format!("no field: {line}"))?;
                fields.push(Field { name: name.into(), value: value[1..].into() });
            }
        }
    }
    for field in &fields {
        encoded_words(field)?;
    }
    Ok((fields, rest))
}

fn header_line(line: &str) -> Verdict {
    let complain = |why: &str| format!("{why}: {line:?}");
    require(line.bytes().all(|o| matches!(o, b' '..=b'~')), || complain("not printable ASCII"))?;
    require(!line.trim().is_empty(), || complain("nothing but space"))?;
    require(line.len() <= 998, || complain("longer than 998"))?;
    // Longer than it should be is only what has no place to be folded at.
    let foldable = match line.starts_with(' ') {
        true => line.trim_start(),
        false => line.split_once(": ").map_or(line, |(_, value)| value).trim_start(),
    };
    require(line.len() <= 78 || !has_space_outside_quotes(foldable), || complain("not folded"))?;
    require(line.len() <= 76 || !line.contains("=?"), || complain("encoded word beyond 76"))
}

fn has_space_outside_quotes(line: &str) -> bool {
    let (mut quoted, mut escaped) = (false, false);
    line.chars().any(|c| {
        let is_escaped = escaped;
        escaped = quoted && c == '\\' && !is_escaped;
        if c == '"' && !is_escaped {
            quoted = !quoted;
        }
        c == ' ' && !quoted
    })
}

/// Each encoded word stands by itself, is short enough and holds whole characters (RFC 2047 sections 2 and 5).
fn encoded_words(field: &Field) -> Verdict {
    let value = field.value.replace("\r\n", "");
    let is_phrase = ["From", "Sender", "Reply-To", "To", "Cc"].iter().any(|name| field.is(name));
    // Old readers want them in the quotes of a parameter.
    let is_between = |c: char| c == ' ' || c == '"' && field.name.starts_with("Content-");
    for word in value.split(is_between).filter(|word| word.contains("=?")) {
        let complain = |why: &str| format!("{why}: {word} in {}: {value}", field.name);
        let inner = word.strip_prefix("=?").and_then(|rest| rest.strip_suffix("?="));
        let pieces: Vec<_> = inner.unwrap_or_default().split('?').collect();
        let &[charset, encoding, text] = pieces.as_slice() else {
            return Err(complain("no encoded word"));
        };
        require(word.len() <= 75, || complain("longer than 75"))?;
        require(!text.is_empty(), || complain("empty"))?;
        let octets = match encoding {
            "B" => STANDARD.decode(text).map_err(|_| complain("no base64"))?,
            "Q" => {
                let is_plain = |o: u8| match is_phrase {
                    true => o.is_ascii_alphanumeric() || b"!*+-/=_".contains(&o),
                    false => o.is_ascii_graphic() && o != b'?',
                };
                require(text.bytes().all(is_plain), || complain("no Q"))?;
                from_hexadecimal(&text.replace('_', "=20")).ok_or_else(|| complain("no Q"))?
            }
            _ => return Err(complain("neither B nor Q")),
        };
        let text = decoded(charset, &octets).ok_or_else(|| complain("unknown charset"))?;
        require(!text.contains('\u{FFFD}'), || complain("half a character"))?;
        require(!text.contains(['\r', '\n', '\0']), || complain("a line break in disguise"))?;
    }
    Ok(())
}

/// The text; with U+FFFD where octets are no characters of the charset.
pub fn decoded(charset: &str, octets: &[u8]) -> Option<String> {
    let utf_32 = |number: fn([u8; 4]) -> u32| {
        let (numbers, rest) = octets.as_chunks::<4>();
        let text = numbers.iter().map(|four| char::from_u32(number(*four)).unwrap_or('\u{FFFD}'));
        text.chain((!rest.is_empty()).then_some('\u{FFFD}')).collect()
    };
    match charset {
        // mail-parser knows no UTF-32, and loses characters of UTF-7.
        "UTF-32LE" => Some(utf_32(u32::from_le_bytes)),
        "UTF-32BE" => Some(utf_32(u32::from_be_bytes)),
        "UTF-8" => Some(String::from_utf8_lossy(octets).into_owned()),
        "UTF-7" => Some(utf7::MAIL.decode_lossy(octets)),
        _ => charset_decoder(charset.as_bytes()).map(|decode| decode(octets)),
    }
}

/// `=XX` decoded, in capitals as RFC 2045 section 6.7 wants it.
fn from_hexadecimal(text: &str) -> Option<Vec<u8>> {
    let mut pieces = text.split('=');
    let mut octets = pieces.next()?.as_bytes().to_vec();
    for piece in pieces {
        let digits =
            piece.get(..2).filter(|digits| !digits.contains(|c: char| c.is_lowercase()))?;
        octets.push(u8::from_str_radix(digits, 16).ok()?);
        octets.extend_from_slice(&piece.as_bytes()[2..]);
    }
    Some(octets)
}

/// Where a part may stand: mixed(related(alternative(text...), linked...), attachment...).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Root,
    InMixed,
    InRelated,
    Leaf,
}

fn entity(fields: &[Field], body: &[u8], most: Range, place: Place) -> Verdict<Range> {
    let one = |name: &str| {
        let mut found = fields.iter().filter(|field| field.is(name)).map(Field::unfolded);
        match (found.next(), found.next()) {
            (_, Some(_)) => Err(format!("two fields {name}")),
            (found, None) => Ok(found),
        }
    };
    one("Content-ID")?;
    one("Content-Disposition")?;
    let content_type = one("Content-Type")?.ok_or("no Content-Type")?;
    let encoding = one("Content-Transfer-Encoding")?.unwrap_or(String::from("7bit"));
    let range = match encoding.as_str() {
        "7bit" | "quoted-printable" | "base64" => Range::SevenBit,
        "8bit" => Range::EightBit,
        "binary" => Range::Binary,
        other => return Err(format!("an encoding {other}")),
    };
    require(range <= most, || format!("{encoding} within {most:?}"))?;
    let is_composite =
        content_type.starts_with("multipart/") || content_type.starts_with("message/");
    if is_composite {
        let opaque = matches!(encoding.as_str(), "quoted-printable" | "base64");
        require(!opaque, || format!("{content_type} in {encoding}"))?;
    }
    let held = if content_type.starts_with("multipart/") {
        multipart(&content_type, body, range, place)?
    } else if content_type.starts_with("message/rfc822") {
        message(body, range)?
    } else {
        leaf(body, &encoding)?
    };
    require(held <= range, || format!("{encoding} holds {held:?}"))?;
    Ok(range)
}

fn multipart(content_type: &str, body: &[u8], range: Range, place: Place) -> Verdict<Range> {
    let kind = content_type.split(';').next().unwrap_or_default();
    let inner = match kind {
        "multipart/mixed" if place <= Place::Root => Place::InMixed,
        "multipart/related" if place <= Place::InMixed => Place::InRelated,
        "multipart/alternative" if place <= Place::InRelated => Place::Leaf,
        _ => return Err(format!("{kind} stands in the wrong place, {place:?}")),
    };
    let boundary = content_type.split("boundary=\"").nth(1).and_then(|rest| rest.split('"').next());
    let boundary = boundary.ok_or(format!("no boundary in {content_type}"))?;
    let parts = parts(body, boundary)?;
    let least = if kind == "multipart/alternative" { 2 } else { 1 };
    require(parts.len() >= least, || format!("{kind} with {} parts", parts.len()))?;
    let mut held = Range::SevenBit;
    for (number, part) in parts.into_iter().enumerate() {
        let (fields, body) = header(part)?;
        for field in &fields {
            let is_content = field.name.starts_with("Content-");
            require(is_content, || format!("a part with a field {}", field.name))?;
        }
        // Only the first part may be a multipart again.
        let place = if number == 0 { inner } else { Place::Leaf };
        held = held.max(entity(&fields, body, range, place)?);
    }
    Ok(held)
}

/// The parts; nothing stands before the first delimiter or behind the last, and the boundary nowhere else.
fn parts<'a>(body: &'a [u8], boundary: &str) -> Verdict<Vec<&'a [u8]>> {
    require(boundary.len() <= 70, || format!("a boundary longer than 70: {boundary}"))?;
    let delimiter = format!("--{boundary}\r\n");
    let closing = format!("\r\n--{boundary}--\r\n");
    let inner = body
        .strip_prefix(delimiter.as_bytes())
        .ok_or(format!("no delimiter {delimiter:?} at the start"))?;
    // In front of what encloses this stands a line end that belongs to the delimiter there.
    let inner = inner
        .strip_suffix(b"\r\n")
        .filter(|rest| rest.ends_with(closing.as_bytes()))
        .unwrap_or(inner);
    let inner = inner
        .strip_suffix(closing.as_bytes())
        .ok_or(format!("no delimiter {closing:?} at the end"))?;
    let mut parts = Vec::new();
    let mut rest = inner;
    let between = format!("\r\n{delimiter}");
    while let Some(at) = find(rest, between.as_bytes()) {
        parts.push(&rest[..at]);
        rest = &rest[at + between.len()..];
    }
    parts.push(rest);
    let is_stray = |part: &&[u8]| find(part, boundary.as_bytes()).is_some();
    require(!parts.iter().any(is_stray), || format!("{boundary} within a part"))?;
    Ok(parts)
}

fn leaf(body: &[u8], encoding: &str) -> Verdict<Range> {
    if encoding == "binary" {
        return Ok(Range::Binary);
    }
    let text = String::from_utf8_lossy(body);
    let lines: Vec<&[u8]> = split(body, b"\r\n");
    let is_bare = lines.iter().any(|line| line.iter().any(|o| matches!(o, b'\r' | b'\n')));
    require(!is_bare, || format!("a line break other than CRLF: {text:?}"))?;
    require(!body.contains(&0), || format!("NUL: {text:?}"))?;
    let longest = lines.iter().map(|line| line.len()).max().unwrap_or(0);
    let (most, range) = match encoding {
        "8bit" => (998, Range::EightBit),
        "7bit" => (998, Range::SevenBit),
        _ => (76, Range::SevenBit),
    };
    require(longest <= most, || format!("{longest} octets in a line of {encoding}"))?;
    require(range > Range::SevenBit || body.is_ascii(), || format!("no ASCII: {text:?}"))?;
    match encoding {
        "quoted-printable" => quoted_printable(&lines)?,
        "base64" => base64(&lines)?,
        _ => {}
    }
    Ok(range)
}

fn quoted_printable(lines: &[&[u8]]) -> Verdict {
    for line in lines {
        let text = String::from_utf8_lossy(line);
        let complain = |why: &str| format!("{why}: {text:?}");
        let is_literal = |o: &u8| o.is_ascii_graphic() || matches!(o, b' ' | b'\t');
        require(line.iter().all(is_literal), || complain("not to stand for itself"))?;
        require(!text.ends_with([' ', '\t']), || complain("space at the end"))?;
        let text = text.strip_suffix('=').unwrap_or(&text);
        require(from_hexadecimal(text).is_some(), || complain("no quoted-printable"))?;
    }
    Ok(())
}

fn base64(lines: &[&[u8]]) -> Verdict {
    let filled: Vec<_> = lines.iter().filter(|line| !line.is_empty()).collect();
    require(filled.len() + 1 >= lines.len(), || "an empty line within base64".into())?;
    let last = filled.len().saturating_sub(1);
    for (number, line) in filled.iter().enumerate() {
        let is_full = line.len() == 76 && !line.contains(&b'=');
        require(number == last || is_full, || format!("base64 in a line of {}", line.len()))?;
        let is_sound = STANDARD.decode(line).is_ok();
        require(is_sound, || format!("no base64: {}", String::from_utf8_lossy(line)))?;
    }
    Ok(())
}

pub fn find(octets: &[u8], wanted: &[u8]) -> Option<usize> {
    memchr::memmem::find(octets, wanted)
}

fn split<'a>(octets: &'a [u8], by: &[u8]) -> Vec<&'a [u8]> {
    let mut pieces = Vec::new();
    let mut rest = octets;
    while let Some(at) = find(rest, by) {
        pieces.push(&rest[..at]);
        rest = &rest[at + by.len()..];
    }
    pieces.push(rest);
    pieces
}
