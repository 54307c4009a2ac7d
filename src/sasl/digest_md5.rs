//! DIGEST-MD5 (RFC 2831), for authentication alone (`qop=auth`).
//!
//! RFC 2831 is older than SASLprep, and its servers prepare nothing: user name, realm and password go as they are. Where all characters of
//! one are of ISO 8859-1, it is hashed in ISO 8859-1 (section 2.1.2.1). Dovecot hashes UTF-8 always; it is known by its quoted
//! `charset`, which the RFC does not quote.

mod challenge;
#[cfg(test)]
pub mod tests;

use super::checks::{bounded, lacks, protocol, quotation, unfit};
use super::hashes::{self, hex, md5};
use super::{Identity, Mechanism, Peer, Response};
use crate::error::{Error, Result, Status};
use challenge::Challenge;
use encodify::base64;
use zeroize::Zeroizing;

const NAME: &str = "DIGEST-MD5";

/// How often a server may say that its nonce has become stale.
const MOST_CHALLENGES: u8 = 3;

pub struct DigestMd5 {
    identity: Identity,
    uri: String,
    client_nonce: String,
    answers: u8,
    step: Step,
}

enum Step {
    Begin,
    /// What the server proves itself with.
    Awaiting(Zeroizing<String>),
    Proved,
    Over,
}

impl DigestMd5 {
    pub fn new(identity: &Identity, peer: &Peer) -> Result<DigestMd5> {
        let nonce = base64::STANDARD.encode(hashes::chance::<24>()?);
        DigestMd5::with_nonce(identity, peer, nonce)
    }

    pub(super) fn with_nonce(identity: &Identity, peer: &Peer, nonce: String) -> Result<DigestMd5> {
        if identity.user.is_empty() {
            return Err(lacks(NAME, "user name"));
        }
        let Identity { user, domain, authorization, .. } = identity;
        for (what, text) in
            [("user name", user), ("domain", domain), ("authorization identity", authorization)]
        {
            if text.contains(|c: char| c.is_ascii_control()) {
                return Err(unfit(NAME, what, "a control character"));
            }
        }
        Ok(DigestMd5 {
            identity: identity.clone(),
            uri: format!("{}/{}", peer.service, peer.host),
            client_nonce: nonce,
            answers: 0,
            step: Step::Begin,
        })
    }

    fn answer(&mut self, challenge: &Challenge) -> Result<Response> {
        let (user, realm) = self.user_and_realm(challenge)?;
        let hashed = self.hashed_password(challenge, user, &realm)?;
        let nonce = challenge.nonce.as_str();
        let authorization = self.identity.authorization.as_str();
        let (parter, whom) = if authorization.is_empty() { ("", "") } else { (":", authorization) };
        let parts = [":", nonce, ":", &self.client_nonce, parter, whom].map(str::as_bytes);
        let key = hex(&md5(&[&[&hashed[..]], &parts[..]].concat()));

        let response = self.digest(&key, nonce, "AUTHENTICATE:");
        let expected = self.digest(&key, nonce, ":");
        let mut text = Zeroizing::new(String::with_capacity(1024));
        text.push_str("username=");
        push_quoted(&mut text, user);
        text.push_str(",realm=");
        push_quoted(&mut text, &realm);
        text.push_str(",nonce=");
        push_quoted(&mut text, nonce);
        text.push_str(",cnonce=");
        push_quoted(&mut text, &self.client_nonce);
        text.push_str(",nc=00000001,qop=auth,digest-uri=");
        push_quoted(&mut text, &self.uri);
        text.push_str(",response=");
        text.push_str(&response);
        if challenge.is_utf8 {
            text.push_str(",charset=utf-8");
        }
        if !authorization.is_empty() {
            text.push_str(",authzid=");
            push_quoted(&mut text, authorization);
        }
        let message = match challenge.is_utf8 {
            true => Zeroizing::new(text.as_bytes().to_vec()),
            // The authorization identity is never in ISO 8859-1 (section 2.1.2).
            false if authorization.is_ascii() => {
                latin1(&text).ok_or_else(|| unfit(NAME, "user name or realm", NOT_LATIN1))?
            }
            false => return Err(unfit(NAME, "authorization identity", NOT_LATIN1)),
        };
        self.answers += 1;
        self.step = Step::Awaiting(expected);
        Ok(message)
    }

    /// Which of the server's realms the user is of, and the name that it has there.
    fn user_and_realm(&self, challenge: &Challenge) -> Result<(&str, String)> {
        let Identity { user, domain, .. } = &self.identity;
        let realms = &challenge.realms;
        let offered = |wanted: &str| {
            realms.iter().find(|realm| realm.to_lowercase() == wanted.to_lowercase()).cloned()
        };
        if !domain.is_empty() {
            if let Some(realm) = offered(domain) {
                return Ok((user, realm));
            }
            if realms.iter().all(|realm| realm.is_empty()) {
                return Ok((user, domain.clone()));
            }
            let sentence = format!(
                "{NAME}: the credential names the realm {domain}, the server offers {}",
                quotation(&realms.join(", "))
            );
            return Err(Error::new(Status::AuthRealm, sentence));
        }
        if let Some((name, realm)) = user.rsplit_once('@') {
            if let Some(realm) = offered(realm) {
                return Ok((name, realm));
            }
            // It hashes with the realm that stands in its name of the user, whatever it offers.
            if challenge.is_dovecot {
                return Ok((name, realm.to_owned()));
            }
        }
        Ok((user, realms.first().cloned().unwrap_or_default()))
    }

    /// The hash of user, realm and password (section 2.1.2.1).
    fn hashed_password(
        &self,
        challenge: &Challenge,
        user: &str,
        realm: &str,
    ) -> Result<hashes::Octets> {
        let texts =
            [("user name", user), ("realm", realm), ("password", self.identity.password.as_str())];
        let mut encoded = Vec::with_capacity(texts.len());
        for (what, text) in texts {
            encoded.push(match latin1(text) {
                Some(octets) if !challenge.is_dovecot => octets,
                None if !challenge.is_utf8 => return Err(unfit(NAME, what, NOT_LATIN1)),
                _ => Zeroizing::new(text.as_bytes().to_vec()),
            });
        }
        Ok(md5(&[&encoded[0], b":", &encoded[1], b":", &encoded[2]]))
    }

    fn digest(&self, key: &str, nonce: &str, method: &str) -> Zeroizing<String> {
        let what = hex(&md5(&[method.as_bytes(), self.uri.as_bytes()]));
        let parts = [key, ":", nonce, ":00000001:", &self.client_nonce, ":auth:", &what];
        hex(&md5(&parts.map(str::as_bytes)))
    }

    /// The server's proof; or another challenge, if it says that its nonce has become stale.
    fn answer_proof(&mut self, challenge: &[u8], expected: &str) -> Result<Response> {
        if let Some(proof) = challenge::proof(challenge)? {
            if !hashes::are_equal(proof.as_bytes(), expected.as_bytes()) {
                let sentence = "the server's proof is not that of one who knows the password";
                return Err(Error::new(Status::AuthServerProof, format!("{NAME}: {sentence}")));
            }
            self.step = Step::Proved;
            return Ok(Response::default());
        }
        let challenge = Challenge::parse(challenge)?;
        if !challenge.is_stale || self.answers >= MOST_CHALLENGES {
            return Err(protocol(NAME, "the server asks again, and does not prove itself"));
        }
        self.answer(&challenge)
    }
}

impl Mechanism for DigestMd5 {
    fn name(&self) -> &str {
        NAME
    }

    fn initial_response(&mut self) -> Result<Option<Response>> {
        Ok(None)
    }

    fn respond(&mut self, challenge: &[u8]) -> Result<Response> {
        let challenge = bounded(NAME, challenge)?;
        match std::mem::replace(&mut self.step, Step::Over) {
            Step::Begin => self.answer(&Challenge::parse(challenge)?),
            Step::Awaiting(expected) => self.answer_proof(challenge, &expected),
            _ => Err(protocol(NAME, "the server asks for more than the mechanism has")),
        }
    }

    fn has_shown(&self) -> bool {
        self.answers > 0
    }

    fn conclude(&mut self) -> Result<()> {
        if matches!(self.step, Step::Proved) {
            return Ok(());
        }
        let sentence = "the server accepts the login without a proof that it knows the password";
        Err(Error::new(Status::AuthServerProof, format!("{NAME}: {sentence}")))
    }
}

const NOT_LATIN1: &str = "a character beyond ISO 8859-1, and the server takes no UTF-8";

/// ISO 8859-1, if all of the text is of it.
fn latin1(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let mut octets = Zeroizing::new(Vec::with_capacity(text.len()));
    for c in text.chars() {
        octets.push(u8::try_from(u32::from(c)).ok()?);
    }
    Some(octets)
}

fn push_quoted(text: &mut String, value: &str) {
    text.push('"');
    for c in value.chars() {
        if matches!(c, '"' | '\\') {
            text.push('\\');
        }
        text.push(c);
    }
    text.push('"');
}
