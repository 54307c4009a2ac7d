//! SASLprep (RFC 4013): user names and passwords in the one form that both sides hash.
//!
//! RFC 4013 knows the characters of Unicode 3.2. Later ones, and right-to-left text beside digits or Latin letters, fail its tables though people
//! have them in their passwords. No server that prepares could have stored such a password, and those that have it compare
//! it as it is; so it goes as it is, which is what PostgreSQL's client does too. Characters that cannot be meant, such as controls, are
//! an error.

use super::checks;
use crate::error::Result;
use std::borrow::Cow;
use stringprep::tables;
use zeroize::Zeroizing;

/// `text` prepared; `what` it is stands in the sentence of an error.
pub fn prepare(mechanism: &str, what: &str, text: &str) -> Result<Zeroizing<String>> {
    if text.contains(is_forbidden) {
        return Err(checks::unfit(mechanism, what, FORBIDDEN));
    }
    let prepared = stringprep::saslprep(text).unwrap_or(Cow::Borrowed(text));
    let prepared = Zeroizing::new(prepared.into_owned());
    if prepared.is_empty() && !text.is_empty() {
        return Err(checks::unfit(mechanism, what, "nothing that SASLprep (RFC 4013) keeps"));
    }
    Ok(prepared)
}

/// A prepared name as it stands in the messages of SCRAM and in other GS2 headers (RFC 5801 section 4).
pub fn saslname(name: &str) -> String {
    name.replace('=', "=3D").replace(',', "=2C")
}

const FORBIDDEN: &str =
    "a character that SASLprep forbids (RFC 4013 section 2.3), such as a control character";

/// RFC 4013 section 2.3 without C.1.2, which is mapped to a space before.
fn is_forbidden(c: char) -> bool {
    tables::ascii_control_character(c)
        || tables::non_ascii_control_character(c) && !tables::commonly_mapped_to_nothing(c)
        || tables::private_use(c)
        || tables::non_character_code_point(c)
        || tables::inappropriate_for_plain_text(c)
        || tables::inappropriate_for_canonical_representation(c)
        || tables::change_display_properties_or_deprecated(c)
        || tables::tagging_character(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Status;

    fn prepared(text: &str) -> Result<String, Status> {
        prepare("TEST", "password", text)
            .map(|prepared| prepared.to_string())
            .map_err(|error| error.status())
    }

    #[test]
    fn the_examples_of_rfc_4013_section_3() {
        assert_eq!(prepared("I\u{AD}X"), Ok("IX".into()));
        assert_eq!(prepared("user"), Ok("user".into()));
        assert_eq!(prepared("USER"), Ok("USER".into()));
        assert_eq!(prepared("\u{AA}"), Ok("a".into()));
        assert_eq!(prepared("\u{2168}"), Ok("IX".into()));
        assert_eq!(prepared("\u{07}"), Err(Status::AuthCharacter));
    }

    #[test]
    fn spaces_become_one_kind_and_letters_one_form() {
        assert_eq!(prepared("a\u{A0}b\u{3000}c"), Ok("a b c".into()));
        assert_eq!(prepared("e\u{301}"), Ok("\u{E9}".into()));
        assert_eq!(prepared("a\u{200D}b"), Ok("ab".into()));
    }

    #[test]
    fn what_the_tables_of_unicode_3_2_do_not_know_goes_as_it_is() {
        assert_eq!(prepared("e\u{301}\u{1F600}"), Ok("e\u{301}\u{1F600}".into()));
        // The last example of RFC 4013: it begins with an Arabic letter and ends with a digit.
        assert_eq!(prepared("\u{627}1"), Ok("\u{627}1".into()));
    }

    #[test]
    fn forbidden_characters_are_named_without_showing_the_text() {
        for text in
            ["a\0secret", "secret\r\n", "secret\u{E000}", "secret\u{200E}", "secret\u{FFFD}"]
        {
            let error = prepare("TEST", "password", text).unwrap_err();
            assert_eq!(error.status(), Status::AuthCharacter);
            assert!(!error.message().contains("secret"), "{}", error.message());
        }
        assert_eq!(prepared("\u{AD}"), Err(Status::AuthCharacter));
        assert_eq!(prepared(""), Ok(String::new()));
    }
}
