//! Encoded words (RFC 2047): text beyond ASCII inside of headers.

use super::code_page::CodePage;
use super::header::HeaderBlock;
use crate::error::Result;
use encodify::base64;
use encodify::qp::{self, QuotedPrintable};

/// The longest encoded word, delimiters included (RFC 2047 section 2).
const MAX_WORD: usize = 75;

/// The longest character in any encoding here: four octets in Q, or an ISO-2022-JP character between its escapes in B.
const MAX_CHARACTER: usize = 12;

/// Where the words stand: a phrase allows fewer literal characters (RFC 2047 section 5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Text,
    Phrase,
}

/// Writes all of `text` as encoded words, each of whole characters, each readable by itself, filling the line of the
/// header as it stands.
pub fn write(header: &mut HeaderBlock, text: &str, page: &CodePage, place: Place) -> Result<()> {
    let page = page.in_headers();
    let encoding = shorter_encoding(text, page, place)?;
    let opening = format!("=?{}?{}?", page.charset(), encoding.letter());
    let overhead = opening.len() + "?=".len();
    let mut rest = text;
    while !rest.is_empty() {
        let mut room = header.room().min(MAX_WORD);
        if room < overhead + MAX_CHARACTER {
            header.fold();
            room = header.room().min(MAX_WORD);
        }
        let (taken, bytes) = longest_prefix(rest, page, encoding, room - overhead)?;
        let mut word = opening.clone();
        encoding.append(&bytes, &mut word);
        word.push_str("?=");
        header.word(" ", &[&word]);
        rest = &rest[taken..];
    }
    Ok(())
}

#[derive(Debug, Clone, Copy)]
enum Encoding {
    B,
    Q(QuotedPrintable),
}

impl Encoding {
    fn letter(self) -> char {
        match self {
            Encoding::B => 'B',
            Encoding::Q(_) => 'Q',
        }
    }

    fn length(self, bytes: &[u8]) -> usize {
        match self {
            Encoding::B => base64::STANDARD.encoded_len(bytes.len()),
            Encoding::Q(q) => q.encoded_len(bytes),
        }
    }

    fn append(self, bytes: &[u8], out: &mut String) {
        match self {
            Encoding::B => base64::STANDARD.encode_append(bytes, out),
            Encoding::Q(q) => q.encode_append(bytes, out),
        };
    }
}

/// Q where it is not longer than B; Q of text whose ASCII does not stand for itself would only be harder to read.
fn shorter_encoding(text: &str, page: &CodePage, place: Place) -> Result<Encoding> {
    let mut bytes = Vec::with_capacity(text.len());
    page.encode(text, &mut bytes)?;
    let q = match place {
        Place::Text => Encoding::Q(qp::Q_TEXT),
        Place::Phrase => Encoding::Q(qp::Q_PHRASE),
    };
    let prefers_q = page.keeps_ascii() && q.length(&bytes) <= Encoding::B.length(&bytes);
    Ok(if prefers_q { q } else { Encoding::B })
}

/// The longest prefix of `text` whose encoding stays within `budget`, as its length and its bytes in the code page.
fn longest_prefix(
    text: &str,
    page: &CodePage,
    encoding: Encoding,
    budget: usize,
) -> Result<(usize, Vec<u8>)> {
    let mut taken = (0, Vec::new());
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let mut bytes = Vec::with_capacity(budget);
        if page.keeps_ascii() {
            bytes.extend_from_slice(&taken.1);
            page.encode(&text[at..end], &mut bytes)?;
        } else {
            // Stateful code pages: a prefix is more than the sum of its characters.
            page.encode(&text[..end], &mut bytes)?;
        }
        if encoding.length(&bytes) > budget {
            break;
        }
        taken = (end, bytes);
    }
    Ok(taken)
}

#[cfg(test)]
mod tests {
    use super::*;
    use encodify::rfc2047;

    fn words(text: &str, page: i32, place: Place) -> String {
        let mut header = HeaderBlock::default();
        header.begin("Subject");
        write(&mut header, text, CodePage::by_number(page).unwrap(), place).unwrap();
        header.end();
        String::from_utf8(header.into_bytes()).unwrap()
    }

    #[test]
    fn short_texts_make_one_word() {
        assert_eq!(
            words("Jürgen Zell", -1, Place::Text),
            "Subject: =?UTF-8?Q?J=C3=BCrgen_Zell?=\r\n"
        );
        assert_eq!(words("Їжак", 21866, Place::Text), "Subject: =?KOI8-U?B?t9bByw==?=\r\n");
        assert_eq!(words("ü,", -1, Place::Phrase), "Subject: =?UTF-8?B?w7ws?=\r\n");
    }

    #[test]
    fn words_and_lines_stay_within_their_limits_and_hold_whole_characters() {
        let text = "Съешь же ещё этих мягких французских булок, да выпей чаю 日本語 😀 ".repeat(5);
        for page in [65001, 1200, 12001, 65000, 54936] {
            let header = words(&text, page, Place::Text);
            for line in header.lines() {
                assert!(line.len() <= 76, "{line}");
            }
            for word in header.split_ascii_whitespace().skip(1) {
                assert!(word.len() <= MAX_WORD, "{word}");
            }
        }
        let utf8 = words(&text, 65001, Place::Text);
        for word in utf8.split_ascii_whitespace().skip(1) {
            let (word, _) = rfc2047::EncodedWord::parse(word.as_bytes()).unwrap();
            assert!(String::from_utf8(word.decode().unwrap()).is_ok());
        }
        let value = &utf8.as_bytes()["Subject: ".len()..];
        assert_eq!(rfc2047::decode_text(value, rfc2047::utf8_charset), text);
    }

    #[test]
    fn each_stateful_word_starts_and_ends_in_ascii() {
        let header = words(&"日本語".repeat(20), 50220, Place::Text);
        for word in header.split_ascii_whitespace().skip(1) {
            let (word, _) = rfc2047::EncodedWord::parse(word.as_bytes()).unwrap();
            let bytes = word.decode().unwrap();
            assert!(bytes.starts_with(b"\x1b$B") && bytes.ends_with(b"\x1b(B"));
        }
        let header = words(&"中a".repeat(40), 52936, Place::Text);
        assert!(header.lines().count() > 1);
        for word in header.split_ascii_whitespace().skip(1) {
            let (word, _) = rfc2047::EncodedWord::parse(word.as_bytes()).unwrap();
            assert!(word.decode().unwrap().starts_with(b"~{VP~}a~{VP~}a"));
        }
    }

    #[test]
    fn korean_headers_are_in_euc_kr() {
        assert_eq!(words("한글", 50225, Place::Text), "Subject: =?EUC-KR?B?x9Gx2w==?=\r\n");
    }

    #[test]
    fn text_whose_ascii_is_not_ascii_goes_in_b() {
        assert_eq!(words("AÄ", 500, Place::Text), "Subject: =?IBM500?B?wWM=?=\r\n");
        assert_eq!(words("A£", 864, Place::Text), "Subject: =?IBM864?B?QaM=?=\r\n");
    }
}
