//! Parameters of MIME headers, with the charsets and continuations of RFC 2231.

use super::code_page::CodePage;
use super::encoded_word::{self, Place};
use super::header::{HeaderBlock, quoted};
use crate::error::Result;

/// A parameter of a header field.
#[derive(Debug, Clone, Copy)]
pub struct Parameter<'a> {
    pub name: &'a str,
    pub value: &'a str,
    pub style: NameStyle,
}

/// How text beyond ASCII stands in a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NameStyle {
    /// As the standard has it.
    #[default]
    Rfc2231,
    /// As encoded words in quotes, which RFC 2047 section 5 forbids and old mail readers know.
    Rfc2047,
}

impl<'a> From<(&'a str, &'a str)> for Parameter<'a> {
    fn from((name, value): (&'a str, &'a str)) -> Parameter<'a> {
        Parameter { name, value, style: NameStyle::default() }
    }
}

impl Parameter<'_> {
    /// The parameter as tokens with what stands in front of each: one, or several where the value is long.
    pub fn tokens(&self) -> Result<Vec<(&'static str, String)>> {
        if self.style == NameStyle::Rfc2047 && !self.value.is_ascii() {
            return encoded_words(self.name, self.value);
        }
        Ok(tokens(self.name, self.value).into_iter().map(|token| (";", token)).collect())
    }
}

/// A quoted string of encoded words, which may be folded between the words.
fn encoded_words(name: &str, value: &str) -> Result<Vec<(&'static str, String)>> {
    let mut block = HeaderBlock::default();
    // The quote and what stands between parameters follow the last word on its line.
    block.set_margin("\";".len());
    // What stands in front of the first word on its line takes its share of it.
    block.begin(&format!("{name}=\""));
    // As in a phrase: a literal quote or backslash would be one of the quoted string around the words.
    encoded_word::write(&mut block, value, CodePage::utf8(), Place::Phrase)?;
    let octets = block.into_bytes();
    let text = String::from_utf8_lossy(&octets);
    let mut words = text.split_ascii_whitespace().skip(1).map(String::from).collect::<Vec<_>>();
    if let Some(first) = words.first_mut() {
        first.insert_str(0, &format!("{name}=\""));
    }
    if let Some(last) = words.last_mut() {
        last.push('"');
    }
    let opening = std::iter::once(";").chain(std::iter::repeat(""));
    Ok(opening.zip(words).collect())
}

/// The longest value that is written in one piece, so that name and value stay within a line.
const PIECE: usize = 56;

fn tokens(name: &str, value: &str) -> Vec<String> {
    // What looks like an encoded word is taken for one by many readers.
    let printable = value.bytes().all(|byte| matches!(byte, b' '..=b'~')) && !value.contains("=?");
    match (printable, value.len() <= PIECE) {
        (true, true) if is_token(value) => vec![format!("{name}={value}")],
        (true, true) => vec![format!("{name}={}", quoted(value))],
        (true, false) => continued(name, "=", value.chars().map(String::from), quoted),
        (false, _) => extended(name, value),
    }
}

/// Percent-encoded UTF-8 (RFC 2231 section 4).
fn extended(name: &str, value: &str) -> Vec<String> {
    let whole: String = value.chars().map(percent_encoded).collect();
    if whole.len() <= PIECE {
        return vec![format!("{name}*=UTF-8''{whole}")];
    }
    let pieces = std::iter::once(String::from("UTF-8''")).chain(value.chars().map(percent_encoded));
    continued(name, "*=", pieces, str::to_owned)
}

/// Splits a value between its atoms into numbered pieces (RFC 2231 section 3).
fn continued(
    name: &str,
    equals: &str,
    atoms: impl Iterator<Item = String>,
    dress: impl Fn(&str) -> String,
) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for atom in atoms {
        let last = pieces.last_mut().expect("there is always a piece");
        if last.len() + atom.len() > PIECE {
            pieces.push(atom);
        } else {
            last.push_str(&atom);
        }
    }
    let numbered = pieces.iter().enumerate();
    numbered.map(|(n, piece)| format!("{name}*{n}{equals}{}", dress(piece))).collect()
}

/// One character, as it is if it is an attribute-char of RFC 2231 section 7, else its UTF-8 in percent form.
fn percent_encoded(c: char) -> String {
    if c.is_ascii_alphanumeric() || "!#$&+-.^_`{|}~".contains(c) {
        return c.to_string();
    }
    c.encode_utf8(&mut [0; 4]).bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// A token of RFC 2045 section 5.1, of characters that no reader takes for a part of RFC 2231.
fn is_token(value: &str) -> bool {
    let is_harmless = |byte: u8| byte.is_ascii_alphanumeric() || b"-._+".contains(&byte);
    !value.is_empty() && value.bytes().all(is_harmless)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_values_make_one_token() {
        assert_eq!(tokens("charset", "UTF-8"), ["charset=UTF-8"]);
        assert_eq!(tokens("name", r#"a "b".txt"#), [r#"name="a \"b\".txt""#]);
        assert_eq!(tokens("name", ""), [r#"name="""#]);
        assert_eq!(tokens("name", "rock'n'roll"), [r#"name="rock'n'roll""#]);
        assert_eq!(tokens("name", "=?x"), ["name*=UTF-8''%3D%3Fx"]);
        assert_eq!(tokens("filename", "Ё.txt"), ["filename*=UTF-8''%D0%81.txt"]);
        assert_eq!(tokens("name", "a\tb"), ["name*=UTF-8''a%09b"]);
    }

    #[test]
    fn old_readers_find_encoded_words() {
        fn parameter(value: &str) -> Parameter<'_> {
            Parameter { name: "name", value, style: NameStyle::Rfc2047 }
        }
        assert_eq!(parameter("a.txt").tokens().unwrap(), [(";", "name=a.txt".to_owned())]);
        let short = parameter("Ё.txt").tokens().unwrap();
        assert_eq!(short, [(";", "name=\"=?UTF-8?B?0IEudHh0?=\"".to_owned())]);
        let quoted = parameter("\"plain\" words and ä").tokens().unwrap();
        assert_eq!(quoted, [(";", "name=\"=?UTF-8?Q?=22plain=22_words_and_=C3=A4?=\"".to_owned())]);
        for length in 100..180 {
            let value = "w".repeat(length) + "я";
            let long = parameter(&value).tokens().unwrap();
            assert!(long.len() > 1 && long[1].0.is_empty());
            assert!(long.iter().all(|(_, token)| token.len() <= 75), "{long:?}");
            assert!(long.last().unwrap().1.ends_with("?=\""));
        }
    }

    #[test]
    fn long_values_are_continued_between_characters() {
        let pieces = tokens("filename", &"длинное имя ".repeat(12));
        assert!(pieces[0].starts_with("filename*0*=UTF-8''%D0%B4"));
        assert!(pieces[1].starts_with("filename*1*=%"));
        assert!(pieces.len() > 2 && pieces.iter().all(|piece| piece.len() <= 74));

        let pieces = tokens("name", &"long \"name\" ".repeat(12));
        assert!(pieces[0].starts_with("name*0=\"long"));
        assert!(pieces.iter().all(|piece| piece.len() <= 2 * PIECE && piece.ends_with('"')));
    }
}
