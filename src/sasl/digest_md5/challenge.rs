//! The server's messages (RFC 2831 sections 2.1.1 and 2.1.3), with the tolerance of HTTP's lists: white space and empty members
//! anywhere, values quoted or not.

use super::NAME;
use crate::error::{Error, Result, Status};
use crate::sasl::checks::{protocol, quotation};

/// More realms than anybody chooses from.
const MOST_DIRECTIVES: usize = 128;

#[derive(Default)]
pub struct Challenge {
    pub realms: Vec<String>,
    pub nonce: String,
    pub is_stale: bool,
    pub is_utf8: bool,
    /// It quotes the charset.
    pub is_dovecot: bool,
}

impl Challenge {
    pub fn parse(octets: &[u8]) -> Result<Challenge> {
        let directives = Directives::parse(octets)?;
        let mut challenge = Challenge::default();
        if let Some(charset) = directives.single("charset")? {
            if !charset.text.eq_ignore_ascii_case("utf-8") {
                return Err(protocol(NAME, "the server's charset is not utf-8"));
            }
            challenge.is_utf8 = true;
            challenge.is_dovecot = charset.is_quoted;
        }
        match directives.single("algorithm")? {
            Some(algorithm) if algorithm.text.eq_ignore_ascii_case("md5-sess") => {}
            _ => return Err(protocol(NAME, "the server's algorithm is not md5-sess")),
        }
        if let Some(qop) = directives.single("qop")? {
            let mut offers = qop.text.split(',').map(str::trim);
            if !offers.any(|offer| offer.eq_ignore_ascii_case("auth")) {
                let sentence = format!(
                    "{NAME}: the server insists on a security layer ({}), which mail has none of",
                    quotation(&qop.text)
                );
                return Err(Error::new(Status::AuthUnsupported, sentence));
            }
        }
        if let Some(stale) = directives.single("stale")? {
            challenge.is_stale = stale.text.eq_ignore_ascii_case("true");
        }
        match directives.single("nonce")? {
            Some(nonce) if !nonce.text.is_empty() && nonce.text.is_ascii() => {
                challenge.nonce = nonce.text.clone();
            }
            _ => return Err(protocol(NAME, "the server's challenge has no usable nonce")),
        }
        challenge.realms = directives.all("realm").map(|realm| realm.text.clone()).collect();
        let texts = challenge.realms.iter().chain([&challenge.nonce]);
        if texts.into_iter().any(|text| text.contains(|c: char| c.is_ascii_control())) {
            return Err(protocol(NAME, "a control character is in the server's challenge"));
        }
        Ok(challenge)
    }
}

/// The server's proof, in lower case; `None` if the message is something else.
pub fn proof(octets: &[u8]) -> Result<Option<String>> {
    let directives = Directives::parse(octets)?;
    let proof = directives.single("rspauth")?;
    Ok(proof.map(|proof| proof.text.to_ascii_lowercase()))
}

struct Directive {
    name: String,
    text: String,
    is_quoted: bool,
}

struct Directives(Vec<Directive>);

impl Directives {
    fn parse(octets: &[u8]) -> Result<Directives> {
        let malformed = || protocol(NAME, "the server's challenge is malformed");
        let mut rest = octets;
        let mut directives = Vec::new();
        loop {
            rest = skip(rest, |octet| octet == b',' || is_space(octet));
            if rest.is_empty() {
                return Ok(Directives(directives));
            }
            if directives.len() == MOST_DIRECTIVES {
                return Err(protocol(NAME, "the server's challenge has no end"));
            }
            let name;
            (name, rest) = token(rest).ok_or_else(malformed)?;
            let after = skip(rest, is_space).strip_prefix(b"=").ok_or_else(malformed)?;
            let after = skip(after, is_space);
            let (text, is_quoted);
            ((text, rest), is_quoted) = match after.strip_prefix(b"\"") {
                Some(quoted) => (unquoted(quoted).ok_or_else(malformed)?, true),
                None => {
                    let (text, rest) = token(after).ok_or_else(malformed)?;
                    ((text.to_vec(), rest), false)
                }
            };
            rest = skip(rest, is_space);
            if !rest.is_empty() && rest[0] != b',' {
                return Err(malformed());
            }
            let name = String::from_utf8_lossy(name).to_ascii_lowercase();
            directives.push(Directive { name, text: decoded(text), is_quoted });
        }
    }

    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Directive> {
        self.0.iter().filter(move |directive| directive.name == name)
    }

    /// A directive that may stand once.
    fn single<'a>(&'a self, name: &'a str) -> Result<Option<&'a Directive>> {
        let mut all = self.all(name);
        let first = all.next();
        if all.next().is_some() {
            return Err(protocol(NAME, &format!("the server says {name} more than once")));
        }
        Ok(first)
    }
}

fn is_space(octet: u8) -> bool {
    matches!(octet, b' ' | b'\t' | b'\r' | b'\n')
}

fn skip(octets: &[u8], is_skipped: impl Fn(u8) -> bool) -> &[u8] {
    let end = octets.iter().position(|octet| !is_skipped(*octet)).unwrap_or(octets.len());
    &octets[end..]
}

/// What is not quoted ends with white space or a separator. Servers are free with separators in such values: base64 has `/` and `=`.
fn token(octets: &[u8]) -> Option<(&[u8], &[u8])> {
    let is_end = |octet: &u8| is_space(*octet) || matches!(octet, b',' | b'"' | b'=');
    let mut end = octets.iter().position(is_end).unwrap_or(octets.len());
    if end == 0 {
        return None;
    }
    // A name ends with its "="; a value may have some at its end.
    let padding = octets[end..].iter().take_while(|octet| **octet == b'=').count();
    let after = octets.get(end + padding).is_none_or(|octet| *octet == b',' || is_space(*octet));
    if padding > 0 && after {
        end += padding;
    }
    Some(octets.split_at(end))
}

/// The text of a quoted string whose first quote is gone, and what is behind it.
fn unquoted(octets: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let mut text = Vec::new();
    let mut rest = octets;
    loop {
        let (first, behind) = rest.split_first()?;
        rest = behind;
        match first {
            b'"' => return Some((text, rest)),
            b'\\' => {
                let (escaped, behind) = rest.split_first()?;
                rest = behind;
                text.push(*escaped);
            }
            octet => text.push(*octet),
        }
    }
}

/// UTF-8, or what a server without `charset` may send: ISO 8859-1.
fn decoded(octets: Vec<u8>) -> String {
    String::from_utf8(octets)
        .unwrap_or_else(|error| error.as_bytes().iter().copied().map(char::from).collect())
}
