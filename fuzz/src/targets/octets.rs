//! What is true of the octets of every message. Plain and slow on purpose: it shares no thought with the library.

/// The octets with CRLF for every line break, and at the end.
pub fn canonical(octets: &[u8]) -> Vec<u8> {
    let mut canonical = Vec::with_capacity(octets.len() + 2);
    let mut last = 0;
    for octet in octets {
        match octet {
            b'\r' => canonical.extend_from_slice(b"\r\n"),
            b'\n' if last == b'\r' => {}
            b'\n' => canonical.extend_from_slice(b"\r\n"),
            octet => canonical.push(*octet),
        }
        last = *octet;
    }
    if !canonical.ends_with(b"\r\n") {
        canonical.extend_from_slice(b"\r\n");
    }
    canonical
}

/// Every CR has its LF, every LF its CR, and the last line is ended.
pub fn assert_crlf(message: &[u8]) {
    assert!(message.ends_with(b"\r\n"), "the last line has no end");
    assert_no_bare_breaks(message);
}

/// Every CR has its LF, every LF its CR.
pub fn assert_no_bare_breaks(message: &[u8]) {
    for (at, octet) in message.iter().enumerate() {
        match octet {
            b'\r' => assert_eq!(message.get(at + 1), Some(&b'\n'), "a bare CR at {at}"),
            b'\n' => assert!(at > 0 && message[at - 1] == b'\r', "a bare LF at {at}"),
            _ => {}
        }
    }
}

pub fn lines(message: &[u8]) -> impl Iterator<Item = &[u8]> {
    let lines = message.split_inclusive(|octet| *octet == b'\n');
    lines.map(|line| line.strip_suffix(b"\r\n").unwrap_or(line))
}

/// RFC 5322 section 2.1.1.
pub fn assert_short_lines(message: &[u8]) {
    let longest = lines(message).map(<[u8]>::len).max().unwrap_or(0);
    assert!(longest <= 998, "a line of {longest} octets");
}

/// Header and body of a message. A header without a body has no empty line.
pub fn split(message: &[u8]) -> (&[u8], &[u8]) {
    let end = message.windows(4).position(|four| four == b"\r\n\r\n");
    match end {
        _ if message.starts_with(b"\r\n") => (&[], &message[2..]),
        Some(end) => (&message[..end + 2], &message[end + 4..]),
        None => (message, &[]),
    }
}

/// The names of the fields in lower case. Each line of a header begins a field or continues one.
pub fn field_names(header: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    for line in lines(header) {
        if matches!(line.first(), Some(b' ' | b'\t')) {
            assert!(!names.is_empty(), "a continuation of nothing");
            continue;
        }
        let shown = line.escape_ascii();
        let colon = line.iter().position(|octet| *octet == b':');
        let name = colon.map(|colon| line[..colon].trim_ascii_end()).unwrap_or_default();
        let is_name = !name.is_empty() && name.iter().all(u8::is_ascii_graphic);
        assert!(is_name, "'{shown}' is no field");
        names.push(String::from_utf8_lossy(name).to_ascii_lowercase());
    }
    names
}
