//! The server's messages (RFC 5802 section 7).

use crate::error::Result;
use crate::sasl::checks::{protocol, quotation};
use encodify::base64;

/// Stands for a number of iterations beyond any.
pub const UNCOUNTED: u64 = u64::MAX;

pub struct ServerFirst<'a> {
    /// The client's nonce, with the server's behind it.
    pub nonce: &'a str,
    pub salt: Vec<u8>,
    pub iterations: u64,
}

pub enum ServerFinal {
    Signature(Vec<u8>),
    /// Why the server refuses, in words.
    Error(String),
}

impl<'a> ServerFirst<'a> {
    /// The message; or, within, in words why the server refuses.
    pub fn parse(mechanism: &str, text: &'a str) -> Result<Result<ServerFirst<'a>, String>> {
        if let Some(error) = text.strip_prefix("e=") {
            return Ok(Err(error_in_words(error)));
        }
        if text.split(',').any(|attribute| attribute.starts_with("m=")) {
            return Err(protocol(mechanism, "the server requires an extension of SCRAM"));
        }
        let malformed = || protocol(mechanism, "the server's first message is malformed");
        if has_twins(text) || text.contains(",e=") {
            return Err(malformed());
        }
        let mut attributes = text.split(',');
        let mut next = |name| attributes.next().and_then(|attribute| attribute.strip_prefix(name));
        let (nonce, salt, count) = match (next("r="), next("s="), next("i=")) {
            (Some(nonce), Some(salt), Some(count)) => (nonce, salt, count),
            _ => return Err(malformed()),
        };
        if !attributes.all(is_extension) || !nonce.bytes().all(|octet| octet.is_ascii_graphic()) {
            return Err(malformed());
        }
        let salt = base64::STANDARD.decode(salt.as_bytes()).map_err(|_| malformed())?;
        let iterations = parse_count(count).ok_or_else(malformed)?;
        if salt.is_empty() {
            return Err(protocol(mechanism, "the server's salt is empty"));
        }
        Ok(Ok(ServerFirst { nonce, salt, iterations }))
    }
}

pub fn parse_final(mechanism: &str, text: &str) -> Result<ServerFinal> {
    if let Some(error) = text.strip_prefix("e=") {
        return Ok(ServerFinal::Error(error_in_words(error)));
    }
    let malformed = || protocol(mechanism, "the server's final message is malformed");
    if text.split(',').any(|attribute| attribute.starts_with("m=")) {
        return Err(protocol(mechanism, "the server requires an extension of SCRAM"));
    }
    if has_twins(text) || text.contains(",e=") {
        return Err(malformed());
    }
    let mut attributes = text.split(',');
    let signature = attributes.next().and_then(|text| text.strip_prefix("v="));
    let signature = signature.ok_or_else(malformed)?;
    if !attributes.all(is_extension) {
        return Err(malformed());
    }
    let signature = base64::STANDARD.decode(signature.as_bytes()).map_err(|_| malformed())?;
    Ok(ServerFinal::Signature(signature))
}

/// Attributes behind those that the mechanism knows are there for later versions of it.
fn is_extension(attribute: &str) -> bool {
    let octets = attribute.as_bytes();
    octets.len() > 2 && octets[0].is_ascii_alphabetic() && octets[1] == b'='
}

/// Whether an attribute comes twice, so that nobody knows which of them counts.
fn has_twins(text: &str) -> bool {
    let mut seen = [false; 256];
    let names = text.split(',').filter_map(|attribute| attribute.split_once('=')?.0.bytes().next());
    names.into_iter().any(|name| std::mem::replace(&mut seen[usize::from(name)], true))
}

fn parse_count(text: &str) -> Option<u64> {
    let are_digits = text.bytes().all(|octet| octet.is_ascii_digit());
    if text.is_empty() || text.starts_with('0') || !are_digits {
        return None;
    }
    Some(text.parse().unwrap_or(UNCOUNTED))
}

/// Whether an error is none of the user or the password, but says that the server knows another kind of channel binding.
pub fn is_about_kind_of_binding(text: &str) -> bool {
    let value = text.strip_prefix("e=").and_then(|error| error.split(',').next());
    matches!(value, Some("unsupported-channel-binding-type" | "channel-binding-not-supported"))
}

/// The values of RFC 5802 section 7, `server-error-value`.
fn error_in_words(error: &str) -> String {
    let value = error.split(',').next().unwrap_or(error);
    let words = match value {
        "invalid-encoding" => "the server could not read the client's message",
        "extensions-not-supported-by-server" => "the server lacks an extension of SCRAM",
        "invalid-proof" => "the password is wrong",
        "channel-bindings-dont-match" => {
            "the server's end of the TLS connection is not the client's: somebody may be between them"
        }
        "server-does-support-channel-binding" => {
            "the server offers channel binding, and its offer did not arrive: somebody may have removed it"
        }
        "channel-binding-not-supported" => "the server has no channel binding",
        "unsupported-channel-binding-type" => "the server lacks this type of channel binding",
        "unknown-user" => "the user is unknown",
        "invalid-username-encoding" => "the server could not read the user name",
        "no-resources" => "the server lacks resources",
        _ => "the server gives a reason of its own",
    };
    format!("{words} ({})", quotation(value))
}
