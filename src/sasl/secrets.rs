//! What was said in confidence, to be hidden wherever a peer repeats it.

use crate::error::harmless;
use encodify::base64;
use zeroize::{Zeroize, Zeroizing};

/// A shorter secret is not looked for in what a server says: it would be found in any text.
const SHORTEST_HIDDEN: usize = 4;

/// A shorter one is looked for as a word by itself.
const SHORTEST_ANYWHERE: usize = 8;

/// The forms in which secrets may come back: as they are, with spaces for control characters, in base64, padded or not, and in
/// hexadecimal digits.
#[derive(Default)]
pub struct Secrets(Vec<Zeroizing<String>>);

impl Secrets {
    pub fn of<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Secrets {
        let mut kept = Secrets::default();
        secrets.into_iter().for_each(|secret| kept.keep(secret));
        kept
    }

    /// Hides this one, too.
    pub fn keep(&mut self, secret: &str) {
        if secret.len() < SHORTEST_HIDDEN {
            return;
        }
        let hex = |digit: fn(u8) -> [char; 2]| {
            let mut text = Zeroizing::new(String::with_capacity(secret.len() * 2));
            secret.bytes().for_each(|octet| text.extend(digit(octet)));
            text
        };
        let spaced = Zeroizing::new(harmless(secret));
        let mut in_base64 = Zeroizing::new(base64::STANDARD.encode(secret.as_bytes()));
        let bare = in_base64.trim_end_matches('=').len();
        in_base64.truncate(bare);
        self.0.push(Zeroizing::new(secret.to_owned()));
        if *spaced != secret {
            self.0.push(spaced);
        }
        self.0.push(in_base64);
        self.0.push(hex(|octet| [low(octet >> 4), low(octet & 15)]));
        self.0.push(hex(|octet| {
            [low(octet >> 4).to_ascii_uppercase(), low(octet & 15).to_ascii_uppercase()]
        }));
    }

    /// Hides what was said in base64, too.
    pub fn keep_said(&mut self, response: &[u8]) {
        let mut line = Zeroizing::new(base64::STANDARD.encode(response));
        let bare = line.trim_end_matches('=').len();
        line.truncate(bare);
        if line.len() >= SHORTEST_ANYWHERE {
            self.0.push(line);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The sentence without them. What a server says stands behind a colon; our own words stay as they are, for the gap that a
    /// secret leaves in a known sentence would tell it.
    pub fn hide_in_sentence(&self, sentence: String) -> String {
        match sentence.split_once(": ") {
            Some((ours, theirs)) => format!("{ours}: {}", self.hide(theirs.to_owned())),
            None => sentence,
        }
    }

    /// The same of octets that may be no text.
    pub fn hide_in_octets(&self, octets: Vec<u8>) -> Vec<u8> {
        if self.is_empty() {
            return octets;
        }
        let octets = Zeroizing::new(octets);
        // Each octet as a character of its own, so that there is nothing that is no text.
        let wide = |octets: &[u8]| octets.iter().copied().map(char::from).collect::<String>();
        let forms = self.0.iter().map(|form| Zeroizing::new(wide(form.as_bytes())));
        let shown = Zeroizing::new(Secrets(forms.collect()).hide(wide(&octets)));
        shown.chars().map(|c| c as u8).collect()
    }

    /// The text without them, and without the beginning of one at its end, where somebody has cut it.
    pub fn hide(&self, text: String) -> String {
        // The longest first: a shorter one within it would leave the rest of it.
        let mut forms: Vec<&str> = self.0.iter().map(|form| form.as_str()).collect();
        forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
        forms.into_iter().fold(text, |text, secret| hide_cut(hide(text, secret), secret))
    }
}

fn low(half: u8) -> char {
    char::from_digit(u32::from(half), 16).unwrap_or('0')
}

/// The text without a secret. A short one that is but a part of a word is not it: "pass" says nothing in "password".
fn hide(mut text: String, secret: &str) -> String {
    if !text.contains(secret) {
        return text;
    }
    let is_short = secret.len() < SHORTEST_ANYWHERE;
    let mut shown = String::with_capacity(text.len() * 2);
    let mut rest = text.as_str();
    while let Some(at) = rest.find(secret) {
        shown.push_str(&rest[..at]);
        rest = &rest[at + secret.len()..];
        let is_inside =
            shown.ends_with(char::is_alphanumeric) || rest.starts_with(char::is_alphanumeric);
        if is_short && is_inside {
            shown.push_str(secret);
        } else {
            shown.push_str("***");
            rest = rest.trim_start_matches('=');
        }
    }
    shown.push_str(rest);
    text.zeroize();
    shown
}

/// The text without the beginning of a secret that it ends in.
fn hide_cut(mut text: String, secret: &str) -> String {
    let lengths = (SHORTEST_ANYWHERE..secret.len()).rev();
    let mut beginnings = lengths.filter(|length| secret.is_char_boundary(*length));
    if let Some(length) = beginnings.find(|length| text.ends_with(&secret[..*length])) {
        text.truncate(text.len() - length);
        text.push_str("***");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(secret: &str, text: &str) -> String {
        Secrets::of([secret]).hide(text.to_owned())
    }

    #[test]
    fn secrets_are_hidden_and_words_are_not() {
        assert_eq!(shown("pass", "a wrong password"), "a wrong password");
        assert_eq!(shown("pass", "passpass, pass and 70617373"), "passpass, *** and ***");
        assert_eq!(shown("wörd", "user:wörd <wörd> 77C3B67264"), "user:*** <***> ***");
        assert_eq!(shown("Geheimnis", "xGeheimnisx 47656865696d6e6973"), "x***x ***");
        assert_eq!(shown("abc", "abc is too short"), "abc is too short");
        assert_eq!(shown("", "nothing is no secret"), "nothing is no secret");
    }

    #[test]
    fn they_are_hidden_in_what_is_no_text() {
        let secrets = Secrets::of(["wörd1234"]);
        let octets = secrets.hide_in_octets("<\u{e9}> wörd1234, w\u{f6}rd".into());
        assert_eq!(octets, "<\u{e9}> ***, w\u{f6}rd".as_bytes());
        let octets = [b"\xff\xfe".as_slice(), "wörd1234".as_bytes(), b"\x80"].concat();
        assert_eq!(secrets.hide_in_octets(octets.clone()), b"\xff\xfe***\x80");
        assert_eq!(Secrets::default().hide_in_octets(octets.clone()), octets);
    }

    #[test]
    fn padding_control_characters_and_cuts_hide_nothing_from_it() {
        assert_eq!(shown("Geheimnisse", "R2VoZWltbmlzc2U= R2VoZWltbmlzc2U"), "*** ***");
        assert_eq!(shown("Geheim\tnis", "was Geheim nis or Geheim\tnis"), "was *** or ***");
        assert_eq!(shown("a-token-of-many", "it began a-token-o"), "it began ***");
        assert_eq!(shown("a-token-of-many", "it began a-tok"), "it began a-tok");
    }
}
