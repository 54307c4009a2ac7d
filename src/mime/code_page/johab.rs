//! Johab, annex 3 of KS X 1001: any Hangul syllable from five bits for each of its letters, other characters from the rows
//! of KS X 1001, two rows to each lead octet.

use super::planes::{ksx1001, ksx1001_character};

/// The letters in the order in which Unicode composes syllables of them.
const INITIALS: &str = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const FINALS: &str = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";

/// The codes of the letters that are not there.
const NO_INITIAL: u16 = 1;
const NO_VOWEL: u16 = 2;
const NO_FINAL: u16 = 1;

/// Appends `text` to `out`; returns the first character that is lacking.
pub fn encode(text: &str, out: &mut Vec<u8>) -> Option<char> {
    for c in text.chars() {
        match u8::try_from(c) {
            Ok(octet) if octet.is_ascii() => out.push(octet),
            _ => match hangul(c).or_else(|| other(c)) {
                Some(octets) => out.extend_from_slice(&octets),
                None => return Some(c),
            },
        }
    }
    None
}

/// The text of `octets`. A lead octet that makes no character with the octet behind it is broken by itself.
pub fn decode(octets: &[u8]) -> String {
    let mut text = String::with_capacity(octets.len());
    let mut rest = octets;
    while let [lead, behind @ ..] = rest {
        rest = behind;
        if lead.is_ascii() {
            text.push(char::from(*lead));
            continue;
        }
        let c = behind.first().and_then(|trail| character([*lead, *trail]));
        if c.is_some() {
            rest = &behind[1..];
        }
        text.push(c.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    text
}

fn hangul(c: char) -> Option<[u8; 2]> {
    let code = u16::try_from(c).ok()?;
    let letters = match c {
        // Unicode section 3.12: 21 vowels for each initial, 28 finals for each vowel, no final among them.
        '가'..='힣' => {
            let index = code - 0xAC00;
            [initial(index / 588), vowel(index / 28 % 21), last(index % 28)]
        }
        'ㅏ'..='ㅣ' => [NO_INITIAL, vowel(code - 0x314F), NO_FINAL],
        'ㄱ'..='ㅎ' => match place(INITIALS, c) {
            Some(index) => [initial(index), NO_VOWEL, NO_FINAL],
            None => [NO_INITIAL, NO_VOWEL, last(place(FINALS, c)? + 1)],
        },
        _ => return None,
    };
    let [initial, vowel, last] = letters;
    Some((0x8000 | initial << 10 | vowel << 5 | last).to_be_bytes())
}

fn place(letters: &str, letter: char) -> Option<u16> {
    letters.chars().zip(0..).find_map(|(c, place)| (c == letter).then_some(place))
}

fn initial(index: u16) -> u16 {
    index + 2
}

/// Six codes of every eight are in use.
fn vowel(index: u16) -> u16 {
    let place = index + 1;
    NO_VOWEL + place + place / 6 * 2
}

/// One code amid the finals is not in use.
fn last(index: u16) -> u16 {
    NO_FINAL + index + u16::from(index > 16)
}

/// The symbols of rows 1 to 12 and the Chinese characters of rows 42 to 93.
fn other(c: char) -> Option<[u8; 2]> {
    let [row, column] = ksx1001(c)?;
    let row = match row {
        0x21..=0x2C => row - 0x21,
        0x4A..=0x7D => row - 0x4A + 14,
        _ => return None,
    };
    let lead = if row < 14 { 0xD9 + row / 2 } else { 0xE0 + (row - 14) / 2 };
    let place = column - 0x21 + row % 2 * 94;
    Some([lead, if place < 0x4E { place + 0x31 } else { place + 0x43 }])
}

fn character([lead, trail]: [u8; 2]) -> Option<char> {
    match lead {
        ..0xD8 => hangul_character(u16::from_be_bytes([lead, trail])),
        _ => other_character([lead, trail]),
    }
}

/// A syllable, or a letter by itself: one that is an initial and a final has a code as either.
fn hangul_character(code: u16) -> Option<char> {
    let letter = |letters: &str, index: u16| letters.chars().nth(usize::from(index));
    let final_index = index_of(code & 31, 28, last)?;
    let is_open = final_index == 0;
    let index = match [code >> 10 & 31, code >> 5 & 31] {
        [NO_INITIAL, NO_VOWEL] if is_open => return Some('\u{3000}'),
        [NO_INITIAL, NO_VOWEL] => return letter(FINALS, final_index - 1),
        [initial_code, NO_VOWEL] if is_open => {
            return letter(INITIALS, index_of(initial_code, 19, initial)?);
        }
        [NO_INITIAL, code] if is_open => 0x314F + index_of(code, 21, vowel)?,
        [initial_code, code] => {
            let initial_index = index_of(initial_code, 19, initial)?;
            0xAC00 + initial_index * 588 + index_of(code, 21, vowel)? * 28 + final_index
        }
    };
    char::from_u32(u32::from(index))
}

/// Which of the first `count` letters has that code.
fn index_of(code: u16, count: u16, encode: impl Fn(u16) -> u16) -> Option<u16> {
    (0..count).find(|index| encode(*index) == code)
}

fn other_character([lead, trail]: [u8; 2]) -> Option<char> {
    let first_row = match lead {
        0xD9..=0xDE => 0x21 + (lead - 0xD9) * 2,
        0xE0..=0xF9 => 0x4A + (lead - 0xE0) * 2,
        _ => return None,
    };
    let place = match trail {
        0x31..=0x7E => trail - 0x31,
        0x91..=0xFE => trail - 0x43,
        _ => return None,
    };
    let position = [first_row + place / 94, 0x21 + place % 94];
    // The letters of modern Hangul stand among the syllables.
    let is_letter = matches!(position, [0x24, 0x21..=0x53]);
    ksx1001_character(position).filter(|_| !is_letter)
}
