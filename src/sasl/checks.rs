//! What all mechanisms ask of a challenge, and how they word what is wrong.

use super::Identity;
use crate::error::{Error, Result, Status, harmless};

/// No mechanism of this library has a use for a longer challenge.
const LONGEST_CHALLENGE: usize = 64 * 1024;

/// How much of a server's text stands in a sentence.
const LONGEST_QUOTATION: usize = 200;

/// The server has not kept to the mechanism.
pub fn protocol(mechanism: &str, sentence: &str) -> Error {
    Error::new(Status::AuthProtocol, format!("{mechanism}: {sentence}"))
}

pub fn bounded<'a>(mechanism: &str, challenge: &'a [u8]) -> Result<&'a [u8]> {
    if challenge.len() > LONGEST_CHALLENGE {
        return Err(protocol(mechanism, "the server's challenge is longer than any sane one"));
    }
    Ok(challenge)
}

pub fn text<'a>(mechanism: &str, challenge: &'a [u8]) -> Result<&'a str> {
    let challenge = bounded(mechanism, challenge)?;
    std::str::from_utf8(challenge)
        .map_err(|_| protocol(mechanism, "the server's challenge is not UTF-8"))
}

/// A text of the server's as it may stand in a sentence.
pub fn quotation(text: &str) -> String {
    let text = harmless(text);
    let mut quotation: String = text.chars().take(LONGEST_QUOTATION).collect();
    if text.chars().nth(LONGEST_QUOTATION).is_some() {
        quotation.push_str("...");
    }
    quotation
}

/// The mechanism logs in with something that the credential lacks.
pub fn lacks(mechanism: &str, what: &str) -> Error {
    Error::new(Status::AuthIncomplete, format!("{mechanism}: the credential has no {what}"))
}

/// Both a user name and a password, for mechanisms that say them as they are.
pub fn is_complete(mechanism: &str, identity: &Identity) -> Result<()> {
    if identity.user.is_empty() {
        return Err(lacks(mechanism, "user name"));
    }
    if identity.password.is_empty() {
        return Err(lacks(mechanism, "password"));
    }
    Ok(())
}

/// `what` holds a character that cannot go. Which one is not told: it may be one of a password.
pub fn unfit(mechanism: &str, what: &str, which: &str) -> Error {
    Error::new(Status::AuthCharacter, format!("{mechanism}: the {what} holds {which}"))
}
