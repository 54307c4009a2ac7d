//! Text of seven bits that shifts between ASCII and a plane of 94 by 94 characters.

use super::planes::{gb2312, gb2312_character, ksx1001, ksx1001_character};

/// HZ (RFC 1843): `~{` and `~}` around Chinese, `~~` for a tilde. Returns the first character that is lacking.
pub fn encode_hz(text: &str, out: &mut Vec<u8>) -> Option<char> {
    shifted(text, gb2312, [b"~{", b"~}"], out, |octet, out| {
        out.push(octet);
        if octet == b'~' {
            out.push(octet);
        }
        true
    })
}

/// ISO-2022-KR (RFC 1557): SO and SI around Korean, which is announced once, at the beginning of a line before it. That is
/// the beginning of the text here; Python's codec announces it in the middle of a line. Returns the first character that
/// is lacking.
pub fn encode_iso_2022_kr(text: &str, out: &mut Vec<u8>) -> Option<char> {
    if !text.is_ascii() {
        out.extend_from_slice(b"\x1b$)C");
    }
    shifted(text, ksx1001, [b"\x0e", b"\x0f"], out, |octet, out| {
        out.push(octet);
        // SO, SI and escape would be taken for ours. Python lets them pass.
        !matches!(octet, 0x0E | 0x0F | 0x1B)
    })
}

/// Line breaks are ASCII like all controls, so each line ends in ASCII, as both RFCs demand. `push_ascii` says whether the
/// octet may stand there.
fn shifted(
    text: &str,
    plane: impl Fn(char) -> Option<[u8; 2]>,
    [shift_in, shift_out]: [&[u8]; 2],
    out: &mut Vec<u8>,
    push_ascii: impl Fn(u8, &mut Vec<u8>) -> bool,
) -> Option<char> {
    let mut is_shifted = false;
    for c in text.chars() {
        if c.is_ascii() == is_shifted {
            out.extend_from_slice(if is_shifted { shift_out } else { shift_in });
            is_shifted = !is_shifted;
        }
        let is_there = match c.is_ascii() {
            true => push_ascii(c as u8, out),
            false => plane(c).map(|octets| out.extend_from_slice(&octets)).is_some(),
        };
        if !is_there {
            return Some(c);
        }
    }
    if is_shifted {
        out.extend_from_slice(shift_out);
    }
    None
}

/// The text of octets in HZ, U+FFFD in the place of broken ones.
pub fn decode_hz(octets: &[u8]) -> String {
    // A tilde at the end of a line joins it with the next (RFC 1843 section 2).
    const SIGNS: [(&[u8], Sign); 5] = [
        (b"~{", Sign::Shift(true)),
        (b"~}", Sign::Shift(false)),
        (b"~~", Sign::Text("~")),
        (b"~\n", Sign::Text("")),
        (b"~\r\n", Sign::Text("")),
    ];
    unshifted(octets, gb2312_character, b'~', &SIGNS)
}

/// The text of octets in ISO-2022-KR, U+FFFD in the place of broken ones.
pub fn decode_iso_2022_kr(octets: &[u8]) -> String {
    // There is one plane only, so what announces it says nothing. Some programs announce ASCII, too.
    const SIGNS: [(&[u8], Sign); 4] = [
        (b"\x0e", Sign::Shift(true)),
        (b"\x0f", Sign::Shift(false)),
        (b"\x1b$)C", Sign::Text("")),
        (b"\x1b(B", Sign::Text("")),
    ];
    unshifted(octets, ksx1001_character, b'\x1b', &SIGNS)
}

/// What octets mean that stand for no character of the plane.
enum Sign {
    Shift(bool),
    Text(&'static str),
}

/// The text of `octets`. One that `introduces` a sign is broken where none follows.
fn unshifted(
    octets: &[u8],
    plane: impl Fn([u8; 2]) -> Option<char>,
    introduces: u8,
    signs: &[(&[u8], Sign)],
) -> String {
    let mut text = String::with_capacity(octets.len());
    let mut is_shifted = false;
    let mut rest = octets;
    while let [first, behind @ ..] = rest {
        if let Some((octets, sign)) = signs.iter().find(|(octets, _)| rest.starts_with(octets)) {
            match sign {
                Sign::Shift(shifts) => is_shifted = *shifts,
                Sign::Text(meant) => text.push_str(meant),
            }
            rest = &rest[octets.len()..];
            continue;
        }
        // A line begins in ASCII, whatever the one before it has left open.
        is_shifted &= *first != b'\n';
        let is_half = is_shifted && first.is_ascii_graphic();
        let (c, behind) = match behind {
            [second @ b'!'..=b'~', behind @ ..] if is_half => (plane([*first, *second]), behind),
            _ => {
                let is_whole = first.is_ascii() && *first != introduces && !is_half;
                (is_whole.then_some(char::from(*first)), behind)
            }
        };
        text.push(c.unwrap_or(char::REPLACEMENT_CHARACTER));
        rest = behind;
    }
    text
}
