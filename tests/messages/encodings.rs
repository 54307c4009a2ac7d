//! The encodings of encodify, which is young, beside those of two crates that everybody uses.

use crate::plan::with_crlf;
use base64::Engine;
use encodify::{base64 as encodify_base64, qp};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use quoted_printable::ParseMode;

/// Octets without a pattern that an encoder could like.
fn octets(length: usize) -> Vec<u8> {
    let mut state = length as u32 ^ 0x9E37_79B9;
    let next = |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    (0..length).map(next).collect()
}

fn compare_base64(octets: &[u8]) {
    let plain = base64::engine::general_purpose::STANDARD.encode(octets);
    let lines = plain.as_bytes().chunks(76).flat_map(|line| [line, b"\r\n"].concat());
    let lines: Vec<u8> = lines.collect();
    let mut encoded = Vec::new();
    encodify_base64::MIME.encode_append(octets, &mut encoded);
    assert_eq!(encoded, lines, "{} octets", octets.len());
    assert_eq!(encodify_base64::MIME.encoded_len(octets.len()), lines.len());
    assert_eq!(encodify_base64::MIME.decode(&lines).expect("base64"), octets);

    let mut encoded = String::new();
    encodify_base64::STANDARD.encode_append(octets, &mut encoded);
    assert_eq!(encoded, plain);
    assert_eq!(encodify_base64::STANDARD.encoded_len(octets.len()), plain.len());
}

fn compare_quoted_printable(octets: &[u8]) {
    // As binary every octet comes back. Texts have CRLF for each line break before they are encoded.
    let text = with_crlf(octets);
    for (engine, octets, foreign) in [
        (qp::BINARY, octets, quoted_printable::encode_binary(octets)),
        (qp::BODY, &text, quoted_printable::encode(&text)),
    ] {
        let mut encoded = Vec::new();
        engine.encode_append(octets, &mut encoded);
        assert_eq!(engine.encoded_len(octets), encoded.len());
        let shown = String::from_utf8_lossy(&encoded);
        let decoded = quoted_printable::decode(&encoded, ParseMode::Strict);
        assert_eq!(decoded.expect("sound quoted-printable"), octets, "{shown}");
        assert_eq!(&*engine.decode(&encoded).expect("its own"), octets, "{shown}");
        assert_eq!(&*engine.decode(&foreign).expect("the other's"), octets);
        for line in encoded.split(|octet| *octet == b'\n') {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            assert!(line.len() <= 76, "{shown}");
            assert!(!line.ends_with(b" ") && !line.ends_with(b"\t"), "{shown}");
        }
    }
}

#[test]
fn all_lengths_about_lines_and_blocks_are_encoded_alike() {
    const BLOCK: usize = 57 * 1680;
    let about = |length: usize| length - 3..=length + 3;
    let lengths = (0..=400).chain(about(BLOCK)).chain(about(2 * BLOCK)).chain(about(76 * 100));
    for length in lengths {
        let octets = octets(length);
        compare_base64(&octets);
        compare_quoted_printable(&octets);
    }
}

#[test]
fn awkward_line_ends_are_encoded_alike() {
    let ends = [
        "", " ", "\t", "  ", " \t", "=", "==", "=\r\n", "\r\n", "\n", "\r", "\n\r", "\r\n\r\n",
        " \r\n", "\t\r\n", "\r\n ", ".", "é",
    ];
    for end in ends {
        for length in (0..=4).chain(66..=80).chain(146..=156) {
            for filler in ["x", " ", "=", "é", "\u{1}"] {
                let text = filler.repeat(length) + end;
                compare_quoted_printable(text.as_bytes());
                compare_quoted_printable((text.clone() + "x").as_bytes());
                compare_quoted_printable((text + end).as_bytes());
            }
        }
    }
}

proptest! {
    #![proptest_config(crate::config())]

    #[test]
    fn random_octets_are_encoded_alike(
        any in vec(any::<u8>(), 0..300),
        awkward in vec(select(&b" \t\r\n=.aZ\x00\xff"[..]), 0..300),
    ) {
        for octets in [any, awkward] {
            compare_base64(&octets);
            compare_quoted_printable(&octets);
        }
    }
}
