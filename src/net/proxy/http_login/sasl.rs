//! NTLM and Negotiate (RFC 4559), whose mechanisms live in the room `sasl`: their tokens travel in base64, and their login is one of a
//! connection.

use super::Scheme;
use crate::error::{Error, Result, Status};
use crate::sasl::Identity;

/// The schemes that can be used with an identity, the best first.
pub fn all_that_fit(_: &Identity) -> &'static [&'static str] {
    &["Digest", "Basic"]
}

pub fn make(name: &str, _: &Identity, _: &str, _: u16) -> Result<Box<dyn Scheme>> {
    let sentence = format!("{name} is not available for proxies");
    Err(Error::new(Status::AuthUnsupported, sentence))
}
