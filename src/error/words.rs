//! Texts of others, as they may stand in a sentence or a log.

/// Somebody's text within a sentence or a log: so many characters at most, and none that ends the line or the quotation, moves a
/// terminal, or cannot be seen.
pub fn shown(text: &str, most: usize) -> String {
    let mut shown = String::new();
    for (place, character) in text.chars().enumerate() {
        if place == most {
            shown.push('…');
            break;
        }
        match character {
            '"' => shown.push('"'),
            other => shown.extend(other.escape_debug()),
        }
    }
    shown
}

/// A text of a peer's that is shown as a whole, made harmless for logs and terminals: spaces stand for control characters, and what
/// would turn or break the line is spelled out.
pub fn harmless(text: &str) -> String {
    let mut harmless = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\u{61C}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}' => harmless.extend(character.escape_unicode()),
            other if other.is_control() => harmless.push(' '),
            other => harmless.push(other),
        }
    }
    harmless
}

/// The name of a kind of failure, as crates show it, in words: `BadSignature(..)` is a bad signature.
pub fn spelled(kind: &str) -> String {
    let name = kind.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let mut words = String::new();
    let mut before = ' ';
    let mut rest = name.chars().peekable();
    while let Some(character) = rest.next() {
        let begins_word = rest.peek().is_some_and(char::is_ascii_lowercase);
        let is_capital = character.is_ascii_uppercase();
        if is_capital && before != ' ' && (begins_word || !before.is_ascii_uppercase()) {
            words.push(' ');
        }
        // What is written in capitals alone stays so, as CA does.
        words.push(if begins_word { character.to_ascii_lowercase() } else { character });
        before = character;
    }
    words
}
