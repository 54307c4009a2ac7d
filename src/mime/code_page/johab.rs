//! Johab, annex 3 of KS X 1001: any Hangul syllable from five bits for each of its letters, other characters from the rows
//! of KS X 1001, two rows to each lead octet.

use super::planes::ksx1001;

/// The letters in the order in which Unicode composes syllables of them.
const INITIALS: &str = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const FINALS: &str = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";

/// The codes of the letters that are not there.
const NO_INITIAL: u16 = 1;
const NO_VOWEL: u16 = 2;
const NO_FINAL: u16 = 1;

/// Appends `text` to `out`; returns the first character that is lacking.
pub fn johab(text: &str, out: &mut Vec<u8>) -> Option<char> {
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
