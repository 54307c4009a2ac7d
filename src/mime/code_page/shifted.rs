//! Text of seven bits that shifts between ASCII and a plane of 94 by 94 characters.

use super::planes::{gb2312, ksx1001};

/// HZ (RFC 1843): `~{` and `~}` around Chinese, `~~` for a tilde. Returns the first character that is lacking.
pub fn hz(text: &str, out: &mut Vec<u8>) -> Option<char> {
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
pub fn iso_2022_kr(text: &str, out: &mut Vec<u8>) -> Option<char> {
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
