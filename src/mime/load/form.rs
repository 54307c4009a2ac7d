//! The forms that a message is kept in, brought to the one of the wire: CRLF for every line break, nothing before and
//! nothing behind the message.

use crate::error::{Error, Result, Status};
use bytes::Bytes;
use memchr::{memchr, memchr_iter, memchr2_iter, memmem};

const WEEKDAYS: [&[u8]; 7] = [b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun"];

const MONTHS: [&[u8]; 12] = [
    b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec",
];

/// The message itself.
pub fn canonical_message(octets: Vec<u8>) -> Result<Bytes> {
    if octets.starts_with(b"\xff\xfe") || octets.starts_with(b"\xfe\xff") {
        return Err(no_message("it is in UTF-16, and a header is ASCII or UTF-8"));
    }
    let octets = Bytes::from(octets);
    let octets = match octets.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => octets.slice_ref(rest),
        None => octets,
    };
    let message = octets.slice_ref(out_of_emlx(&octets)?);
    if let Some(at) = memchr(0, &message) {
        // RFC 5322 section 4 has no NUL but in obsolete messages, RFC 2045 section 2.8 none in mail at all.
        return Err(no_message(&format!("it holds a NUL at octet {at}")));
    }
    let message = with_crlf(message);
    match is_mbox(&message) {
        true => out_of_mbox(message),
        false => Ok(message),
    }
}

fn no_message(reason: &str) -> Error {
    Error::new(Status::NoMessage, format!("these octets are no mail message: {reason}"))
}

/// Apple Mail's form: a line with the count of the octets, the message of that many, and a property list.
fn out_of_emlx(octets: &[u8]) -> Result<&[u8]> {
    let end = memchr(b'\n', octets).unwrap_or(octets.len());
    let (line, rest) = octets.split_at(end);
    let line = line.trim_ascii();
    if line.is_empty() || !line.iter().all(u8::is_ascii_digit) {
        return Ok(octets);
    }
    let count = str::from_utf8(line).ok().and_then(|line| line.parse::<usize>().ok());
    let message = rest.get(1..).unwrap_or_default();
    match count.and_then(|count| message.get(..count)) {
        Some(message) => Ok(message),
        None => Err(no_message("it is shorter than its first line says (emlx)")),
    }
}

/// With CRLF for each line break: CRLF, a bare LF, a bare CR. No copy where there is no other.
fn with_crlf(octets: Bytes) -> Bytes {
    let is_first = |at: usize| octets[at] == b'\r' || at == 0 || octets[at - 1] != b'\r';
    let is_bare = |at: usize| octets[at] == b'\n' || octets.get(at + 1) != Some(&b'\n');
    let bare_breaks =
        || memchr2_iter(b'\r', b'\n', &octets).filter(move |at| is_first(*at) && is_bare(*at));
    let count = bare_breaks().count();
    if count == 0 {
        return octets;
    }
    let mut canonical = Vec::with_capacity(octets.len() + count);
    let mut copied = 0;
    for at in bare_breaks() {
        canonical.extend_from_slice(&octets[copied..at]);
        canonical.extend_from_slice(b"\r\n");
        copied = at + 1;
    }
    canonical.extend_from_slice(&octets[copied..]);
    canonical.into()
}

/// Whether it begins with the separator of an mbox (RFC 4155), and not with a field From that has space before its colon.
fn is_mbox(message: &[u8]) -> bool {
    let rest = message.strip_prefix(b"From ");
    rest.is_some_and(|rest| !rest.trim_ascii_start().starts_with(b":"))
}

/// The one message of an mbox, in the manner of mboxrd: a `>` in front of what would look like a separator is taken away.
fn out_of_mbox(mbox: Bytes) -> Result<Bytes> {
    let start = memmem::find(&mbox, b"\r\n").map_or(mbox.len(), |at| at + 2);
    let is_next = |at: usize| is_separator(&mbox[at + b"\r\n\r\n".len()..]);
    if memmem::find_iter(&mbox, b"\r\n\r\nFrom ").any(is_next) {
        return Err(Error::new(Status::Argument, "the mbox holds more than one message"));
    }
    // An mbox ends each message with an empty line, which is not the one behind a header.
    let ends_with_empty_line = mbox.ends_with(b"\r\n\r\n")
        && memmem::find(&mbox, b"\r\n\r\n").is_some_and(|at| at + 4 < mbox.len());
    let end = mbox.len() - if ends_with_empty_line { 2 } else { 0 };
    let message = mbox.slice(start.min(end)..end);
    let is_quoted = |at: &usize| {
        let is_line_start = *at == 0 || message[at - 1] == b'\n';
        is_line_start && {
            let marks = message[*at..].iter().take_while(|octet| **octet == b'>').count();
            message[at + marks..].starts_with(b"From ")
        }
    };
    let mut plain = Vec::new();
    let mut copied = 0;
    for at in memchr_iter(b'>', &message).filter(is_quoted) {
        plain.extend_from_slice(&message[copied..at]);
        copied = at + 1;
    }
    if copied == 0 {
        return Ok(message);
    }
    plain.extend_from_slice(&message[copied..]);
    Ok(plain.into())
}

/// Whether a line, which is a short one then, is `From`, something, and a date in the form of asctime(3).
fn is_separator(text: &[u8]) -> bool {
    let text = &text[..text.len().min(998)];
    let line = &text[..memchr(b'\r', text).unwrap_or(text.len())];
    let words: Vec<&[u8]> = line.split(u8::is_ascii_whitespace).filter(|w| !w.is_empty()).collect();
    words.windows(3).skip(2).any(|words| {
        WEEKDAYS.contains(&words[0])
            && MONTHS.contains(&words[1])
            && words[2].iter().all(u8::is_ascii_digit)
    })
}
