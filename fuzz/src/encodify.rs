//! The encodings that messages use, against the crates that everybody uses.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use encodify::{base64 as ours, qp};
use quoted_printable::ParseMode;

pub fn run(data: &[u8]) {
    encoded(data);
    decoded(data);
}

fn encoded(data: &[u8]) {
    let plain = ours::STANDARD.encode(data);
    assert_eq!(plain, STANDARD.encode(data));
    assert_eq!(ours::STANDARD.encoded_len(data.len()), plain.len());
    assert_eq!(ours::STANDARD.decode(&plain).as_deref(), Ok(data));

    let mut wrapped = Vec::new();
    ours::MIME.encode_append(data, &mut wrapped);
    assert_eq!(ours::MIME.encoded_len(data.len()), wrapped.len());
    let lines = wrapped.split(|octet| *octet == b'\n');
    assert!(lines.map(|line| line.strip_suffix(b"\r").unwrap_or(line).len()).max() <= Some(76));
    wrapped.retain(|octet| !matches!(octet, b'\r' | b'\n'));
    assert_eq!(wrapped, plain.as_bytes());

    for (form, is_binary) in [(qp::BODY, false), (qp::BINARY, true)] {
        let quoted = form.encode(data);
        assert_eq!(form.encoded_len(data), quoted.len());
        assert_eq!(form.encoded_len_within(data, quoted.len()), Some(quoted.len()));
        if let Some(less) = quoted.len().checked_sub(1) {
            assert_eq!(form.encoded_len_within(data, less), None);
        }
        assert!(quoted.is_ascii());
        assert!(quoted.split("\r\n").all(|line| line.len() <= 76), "a long line");
        assert!(!quoted.contains(" \r\n") && !quoted.contains("\t\r\n"), "space at a line end");
        let expected = if is_binary { data.to_vec() } else { crlf(data) };
        // A text may come back with the line ends of a mail.
        let back = form.decode(&quoted).expect("quoted-printable").into_owned();
        assert!(back == data || back == expected, "{quoted:?} is {back:?}");
        let theirs =
            quoted_printable::decode(&quoted, ParseMode::Strict).expect("quoted-printable");
        assert!(theirs == data || theirs == expected, "{quoted:?} is {theirs:?} to the other");
    }
}

fn crlf(data: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    for (at, octet) in data.iter().enumerate() {
        if *octet == b'\n' && at.checked_sub(1).map(|before| data[before]) != Some(b'\r') {
            text.push(b'\r');
        }
        text.push(*octet);
    }
    text
}

/// What others have encoded is decoded alike, and nonsense without a panic.
fn decoded(data: &[u8]) {
    if let Ok(theirs) = STANDARD.decode(data) {
        assert_eq!(ours::STANDARD.decode(data), Ok(theirs.clone()));
        assert_eq!(ours::MIME.decode(data), Ok(theirs));
    } else {
        assert!(ours::STANDARD.decode(data).is_err(), "the other refuses it");
    }
    let _ = ours::MIME.decode(data);
    let _ = qp::BODY.decode(data);
    let theirs = quoted_printable::encode(data);
    let back = qp::BODY.decode(&theirs).expect("quoted-printable").into_owned();
    assert_eq!(back, data, "{}", theirs.escape_ascii());
}
