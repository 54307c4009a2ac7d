//! Words for times and places in a chain.

use super::facts::Facts;
use crate::error::spelled;
use std::time::Duration;
use webpki::Error;

/// The certificate that stands at this place of a path, as a sentence about the server's certificate names it.
pub(super) fn certificate(place: usize, facts: &Facts) -> String {
    match place {
        0 => "it".into(),
        _ if facts.is_self_issued() => format!("the root '{}'", facts.name()),
        _ => format!("the intermediate certificate '{}'", facts.name()),
    }
}

pub(super) fn in_days(seconds: u64) -> String {
    match (seconds / 86_400, seconds / 60) {
        (0, 0) => "less than a minute".into(),
        (0, 1) => "1 minute".into(),
        (0, minutes) => format!("{minutes} minutes"),
        (1, _) => "1 day".into(),
        (days, _) => format!("{days} days"),
    }
}

/// A time as in ISO 8601.
pub(super) fn date(seconds: u64) -> String {
    match der::DateTime::from_unix_duration(Duration::from_secs(seconds)) {
        Ok(date) => date.to_string(),
        Err(_) => format!("{seconds} seconds after 1970"),
    }
}

/// What webpki does not like.
pub(super) fn reason(error: &Error) -> String {
    match error {
        Error::BadDer | Error::TrailingData(_) => "its octets are no well-formed DER".into(),
        Error::BadDerTime => "a date in it is malformed, or before 1970".into(),
        Error::InvalidCertValidity => "it ends before it begins".into(),
        Error::ExtensionValueInvalid | Error::MalformedExtensions => {
            "an extension of it is malformed".into()
        }
        Error::SignatureAlgorithmMismatch => {
            "it names one algorithm for its signature within and another without".into()
        }
        Error::UnknownIssuer => "nobody who is trusted has issued it".into(),
        Error::CertDistrusted => "what leads to its root is blocked".into(),
        other => spelled(&format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use crate::error::{shown, spelled};

    #[test]
    fn a_strangers_text_stays_within_its_sentence() {
        let text = "a\u{0}b\r\n\u{1b}[31m'\u{202e}\u{7f}\\";
        assert_eq!(shown(text, 100), r"a\0b\r\n\u{1b}[31m\'\u{202e}\u{7f}\\");
        assert_eq!(shown("Bücher \"und\" mehr", 100), "Bücher \"und\" mehr");
        assert_eq!(shown("абв", 2), "аб…");
        assert_eq!(shown("абв", 3), "абв");
    }

    #[test]
    fn kinds_of_failures_are_spelled() {
        assert_eq!(spelled("BadSignature"), "bad signature");
        assert_eq!(spelled("IllegalEmptyList(\"PayloadU24\")"), "illegal empty list");
        assert_eq!(spelled("Other { at: 3 }"), "other");
        assert_eq!(spelled("UnknownCA"), "unknown CA");
        assert_eq!(spelled("BadDERTime"), "bad DER time");
        assert_eq!(spelled("SignedIn2DerWays"), "signed in2 der ways");
    }
}
