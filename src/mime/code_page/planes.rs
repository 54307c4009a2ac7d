//! The planes of 94 by 94 characters that several code pages share, taken from the encodings of WHATWG, which have more
//! than the planes. A position is two octets of 0x21 to 0x7E.

use encoding_rs::{DecoderResult, EUC_KR, EncoderResult, Encoding, GBK};

/// KS X 1001.
pub fn ksx1001(c: char) -> Option<[u8; 2]> {
    position(EUC_KR, c)
}

/// GB 2312. Its middle dot and its dash are U+00B7 and U+2014 to glibc, Microsoft and WHATWG, U+30FB and U+2015 to Python
/// and the mapping of Unicode 1.1: texts may hold either, so both are taken.
pub fn gb2312(c: char) -> Option<[u8; 2]> {
    let [row, column] = match c {
        '\u{30FB}' => [0x21, 0x24],
        '\u{2015}' => [0x21, 0x2A],
        // GBK fills the free rows and the ends of others with characters for private use.
        '\u{E000}'..='\u{F8FF}' => return None,
        _ => position(GBK, c)?,
    };
    (!is_addition([row, column])).then_some([row, column])
}

/// What GBK added to the plane of GB 2312: small Roman numerals, the euro sign, vertical forms, Pinyin.
fn is_addition(position: [u8; 2]) -> bool {
    matches!(position, [0x22, 0x21..=0x2A | 0x63] | [0x26, 0x59..=0x75] | [0x28, 0x3B..=0x40])
}

/// The character of KS X 1001 at a position.
pub fn ksx1001_character(position: [u8; 2]) -> Option<char> {
    character(EUC_KR, position)
}

/// The character of GB 2312 at a position. Middle dot and dash are those of WHATWG, as they are in EUC.
pub fn gb2312_character(position: [u8; 2]) -> Option<char> {
    let is_private = |c: &char| matches!(c, '\u{E000}'..='\u{F8FF}');
    character(GBK, position).filter(|c| !is_private(c) && !is_addition(position))
}

/// Where `c` stands in the plane of an encoding that marks the plane by the high bit of both octets.
fn position(encoding: &'static Encoding, c: char) -> Option<[u8; 2]> {
    let mut octets = [0; 16];
    let (result, _, length) = encoding.new_encoder().encode_from_utf8_without_replacement(
        c.encode_utf8(&mut [0; 4]),
        &mut octets,
        true,
    );
    match (result, octets.get(..length)?) {
        (EncoderResult::InputEmpty, [row @ 0xA1..=0xFE, column @ 0xA1..=0xFE]) => {
            Some([row & 0x7F, column & 0x7F])
        }
        _ => None,
    }
}

/// The character that stands at a position of the plane.
fn character(encoding: &'static Encoding, position: [u8; 2]) -> Option<char> {
    let mut text = [0; 16];
    let (result, _, length) = encoding
        .new_decoder_without_bom_handling()
        .decode_to_utf8_without_replacement(&position.map(|octet| octet | 0x80), &mut text, true);
    match result {
        DecoderResult::InputEmpty => str::from_utf8(text.get(..length)?).ok()?.chars().next(),
        _ => None,
    }
}
