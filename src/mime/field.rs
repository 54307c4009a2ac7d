//! Header fields beyond those that a message always has: how each kind of field may be written.

use super::address::Mailbox;
use super::code_page::CodePage;
use super::date::DateTime;
use super::header::{HeaderBlock, refuse_line_breaks};
use super::load::{field_text, field_value};
use super::transfer::LONGEST_LINE;
use crate::error::{Error, Result, Status};
use bytes::Bytes;

/// A header field: as the host gave it, or as it was loaded.
#[derive(Debug, Clone)]
pub struct Field {
    pub name: String,
    pub value: FieldValue,
}

impl Field {
    /// The value as text: unfolded, and decoded where it was loaded.
    pub fn text(&self) -> String {
        match &self.value {
            FieldValue::Text(text) => text.clone(),
            FieldValue::Kept(octets) => field_text(field_value(octets)),
        }
    }
}

#[derive(Debug, Clone)]
pub enum FieldValue {
    Text(String),
    /// The whole field as it came, name and line end included.
    Kept(Bytes),
}

/// What stands in a field, which decides where it may be folded and what becomes of text beyond ASCII.
#[derive(Clone, Copy)]
enum Kind {
    /// RFC 5322 section 2.2.1: encoded words everywhere.
    Unstructured,
    /// RFC 5322 section 3.6.5: phrases between commas.
    Phrases,
    /// RFC 5322 section 3.6.4: message ids, which nothing may break.
    MessageIds,
    Mailboxes,
    Date,
    /// Tokens and URIs: ASCII alone.
    Tokens,
}

fn kind(name: &str) -> Kind {
    let is_named = |known: &&str| known.eq_ignore_ascii_case(name);
    let found = KINDS.iter().find(|(names, _)| names.iter().any(is_named));
    found.map_or(Kind::Unstructured, |(_, kind)| *kind)
}

const KINDS: [(&[&str], Kind); 5] = [
    (&["Date", "Resent-Date"], Kind::Date),
    (&["Keywords"], Kind::Phrases),
    (&["Message-ID", "In-Reply-To", "References", "Resent-Message-ID"], Kind::MessageIds),
    (
        &[
            "Disposition-Notification-To",
            "Return-Receipt-To",
            "Resent-From",
            "Resent-Sender",
            "Resent-To",
            "Resent-Cc",
            "Errors-To",
            "Mail-Followup-To",
            "Mail-Reply-To",
        ],
        Kind::Mailboxes,
    ),
    (
        &[
            "Auto-Submitted",
            "Sensitivity",
            "Precedence",
            "List-Unsubscribe",
            "List-Unsubscribe-Post",
            "List-Subscribe",
            "List-Help",
            "List-Post",
            "List-Owner",
            "List-Archive",
        ],
        Kind::Tokens,
    ),
];

/// Refuses what cannot be the name of a field. RFC 5322 section 2.2 allows more, but nobody uses it, and relays trip over it.
pub fn check_name(name: &str) -> Result<()> {
    const LONGEST_NAME: usize = 76;
    let is_sound = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if !name.is_empty() && name.len() <= LONGEST_NAME && name.bytes().all(is_sound) {
        return Ok(());
    }
    let shown = name.escape_debug();
    let sentence =
        format!("'{shown}' is no name of a header field: letters, digits and hyphens are");
    Err(Error::new(Status::FieldName, sentence))
}

/// Refuses what cannot be the value of that field.
pub fn check_value(name: &str, value: &str) -> Result<()> {
    refuse_line_breaks(name, value)?;
    match kind(name) {
        Kind::Unstructured | Kind::Phrases => Ok(()),
        Kind::Mailboxes => Mailbox::parse_list(value).map(drop),
        Kind::Date => DateTime::parse(value).map(drop),
        Kind::MessageIds => check_message_ids(name, value),
        Kind::Tokens
            if name.eq_ignore_ascii_case("List-Unsubscribe") && !value.starts_with('<') =>
        {
            Err(unfit(name, value, "is no list of URIs in angle brackets"))
        }
        Kind::Tokens => match value.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            true => refuse_long_words(name, value),
            false => Err(unfit(name, value, "holds other characters than printable ASCII")),
        },
    }
}

/// Writes the field, whose value has been checked.
pub fn write(block: &mut HeaderBlock, name: &str, value: &str, page: &CodePage) -> Result<()> {
    match kind(name) {
        Kind::Unstructured => block.text(name, value, page),
        Kind::Phrases => block.phrases(name, value.split(','), page),
        Kind::Mailboxes => block.mailboxes(name, &Mailbox::parse_list(value)?, page),
        Kind::MessageIds | Kind::Tokens => {
            block.words(name, value);
            Ok(())
        }
        Kind::Date => {
            // What stands in front of the comma and in comments was not looked at.
            block.words(name, &DateTime::parse(value)?.text());
            Ok(())
        }
    }
}

fn check_message_ids(name: &str, value: &str) -> Result<()> {
    let is_single = name.to_ascii_lowercase().ends_with("message-id");
    if is_single && value.split_ascii_whitespace().count() > 1 {
        return Err(unfit(name, value, "is more than one message id"));
    }
    for id in value.split([' ', '\t']).filter(|id| !id.is_empty()) {
        let inner = id.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
        let is_sound = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>');
        if !inner.is_some_and(|inner| !inner.is_empty() && inner.bytes().all(is_sound)) {
            return Err(unfit(name, id, "is no message id such as <name@host>"));
        }
    }
    refuse_long_words(name, value)
}

/// A word that cannot be folded and cannot be encoded has to fit into a line.
fn refuse_long_words(name: &str, value: &str) -> Result<()> {
    // The first word may share its line with the name.
    let room = LONGEST_LINE - name.len() - ": ".len();
    match value.split(' ').find(|word| word.len() > room) {
        Some(word) => Err(unfit(name, word, "is too long for a line of a message")),
        None => Ok(()),
    }
}

fn unfit(name: &str, what: &str, why: &str) -> Error {
    let shown: String = what.chars().take(80).flat_map(char::escape_debug).collect();
    Error::new(Status::FieldValue, format!("{name}: '{shown}' {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(name: &str, value: &str) -> String {
        let mut block = HeaderBlock::default();
        check_value(name, value).unwrap();
        write(&mut block, name, value, CodePage::utf8()).unwrap();
        String::from_utf8(block.into_bytes()).unwrap()
    }

    #[test]
    fn each_kind_is_written_as_it_may_be() {
        for (name, value, expected) in [
            ("X-Note", "ä", "X-Note: =?UTF-8?B?w6Q=?=\r\n"),
            (
                "Keywords",
                "one, zwölf,  three four",
                "Keywords: one, =?UTF-8?B?enfDtmxm?= , three four\r\n",
            ),
            ("References", "<a@b> <c@d>", "References: <a@b> <c@d>\r\n"),
            ("Resent-To", "Ü <a@b>; c@d", "Resent-To: =?UTF-8?B?w5w=?= <a@b>, c@d\r\n"),
            (
                "Resent-Date",
                "any\u{7}thing, 21 Nov 2026 03:28 EST (é)",
                "Resent-Date: Sat, 21 Nov 2026 03:28:00 -0500\r\n",
            ),
            ("List-Unsubscribe", "<https://x/y?z>", "List-Unsubscribe: <https://x/y?z>\r\n"),
        ] {
            assert_eq!(written(name, value), expected);
        }
    }

    #[test]
    fn message_ids_are_folded_between_them() {
        let ids = (0..40).map(|n| format!("<{n}.{}@example.org>", "x".repeat(60)));
        let ids: Vec<_> = ids.collect();
        let header = written("References", &ids.join(" "));
        assert_eq!(header.replace("\r\n", ""), format!("References: {}", ids.join(" ")));
        assert!(header.lines().all(|line| line.len() <= 90));
    }

    #[test]
    fn what_does_not_fit_the_field_is_refused() {
        let long = format!("<{}@x>", "a".repeat(1000));
        for (name, value, status) in [
            ("X-Note", "a\r\nBcc: b", Status::LineBreak),
            ("Message-ID", "a@b", Status::FieldValue),
            ("message-id", "<ä@b>", Status::FieldValue),
            ("message-id", "<a@b> <c@d>", Status::FieldValue),
            ("In-Reply-To", "<a@b", Status::FieldValue),
            ("In-Reply-To", "<a@b>\u{c}<c@d>", Status::FieldValue),
            ("References", long.as_str(), Status::FieldValue),
            ("Auto-Submitted", "нет", Status::FieldValue),
            ("List-Unsubscribe", "https://x", Status::FieldValue),
            ("Disposition-Notification-To", "nobody", Status::Address),
            ("Date", "yesterday", Status::FieldValue),
        ] {
            assert_eq!(check_value(name, value).unwrap_err().status(), status, "{name}");
        }
        for name in ["", "a:b", "a b", "a\r\nb", "ключ", ".x"] {
            assert_eq!(check_name(name).unwrap_err().status(), Status::FieldName, "{name}");
        }
        assert!(check_name("X-Mailer").is_ok());
    }
}
