//! SCRAM (RFC 5802) with SHA-1, SHA-224, SHA-256 (RFC 7677), SHA-384 and SHA-512, each with a channel binding (-PLUS) and without.
//!
//! Both sides prove that they know the password. A server that does not is refused, even if it says that all is well.
//!
//! The fewest iterations that are taken are 1,000 (RFC 8018 section 4.2), not the 4,096 that RFC 5802 section 5.1 advises: the password's
//! proof is worth guessing at to anybody who makes a client hash once. The most are 10,000,000, which take seconds.

mod keys;
mod messages;
#[cfg(test)]
pub mod tests;

pub use keys::ScramKeys;

use super::checks::{self, bounded, lacks, protocol};
use super::hashes::{self, Hash, Octets};
use super::saslprep::{prepare, saslname};
use super::{Identity, Mechanism, Peer, Response};
use crate::error::{Error, Result, Status};
use encodify::base64;
use keys::{Keys, Tag};
use messages::{ServerFinal, ServerFirst};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use zeroize::Zeroizing;

const MECHANISMS: [(&str, Hash, bool); 10] = [
    ("SCRAM-SHA-1", Hash::Sha1, false),
    ("SCRAM-SHA-1-PLUS", Hash::Sha1, true),
    ("SCRAM-SHA-224", Hash::Sha224, false),
    ("SCRAM-SHA-224-PLUS", Hash::Sha224, true),
    ("SCRAM-SHA-256", Hash::Sha256, false),
    ("SCRAM-SHA-256-PLUS", Hash::Sha256, true),
    ("SCRAM-SHA-384", Hash::Sha384, false),
    ("SCRAM-SHA-384-PLUS", Hash::Sha384, true),
    ("SCRAM-SHA-512", Hash::Sha512, false),
    ("SCRAM-SHA-512-PLUS", Hash::Sha512, true),
];

const ITERATIONS: std::ops::RangeInclusive<u64> = 1_000..=10_000_000;

pub struct Scram {
    name: &'static str,
    hash: Hash,
    password: Zeroizing<String>,
    keys: ScramKeys,
    /// The GS2 header, as it begins the first message.
    header: String,
    /// The octets of the channel binding.
    binding: Vec<u8>,
    /// The first message without the header.
    first: String,
    nonce: String,
    /// Nobody waits for the hash any more.
    is_given_up: Arc<AtomicBool>,
    step: Step,
    has_shown: bool,
    /// The server has said that it has no such channel binding.
    lacks_binding: bool,
}

enum Step {
    Begin,
    First,
    Final(Awaited),
    /// The server has proved itself.
    Proved,
    /// The server has said why it refuses; its reply is still due.
    Refused(String),
    Over,
}

/// The server's signature, and the keys that it will have shown to be right.
struct Awaited {
    signature: Octets,
    fresh: Option<(Tag, Keys)>,
}

impl Scram {
    /// The mechanism of this registered name. `server_offers_plus`: whether the server's list has any mechanism with a channel binding, so
    /// that a list which somebody has shortened is found out.
    pub fn new(
        name: &str,
        server_offers_plus: bool,
        identity: &Identity,
        peer: &Peer,
    ) -> Result<Scram> {
        let nonce = base64::STANDARD.encode(hashes::chance::<24>()?);
        Scram::with_nonce(name, server_offers_plus, identity, peer, nonce)
    }

    pub(super) fn with_nonce(
        name: &str,
        server_offers_plus: bool,
        identity: &Identity,
        peer: &Peer,
        nonce: String,
    ) -> Result<Scram> {
        let Some(&(name, hash, is_plus)) = MECHANISMS.iter().find(|(known, ..)| *known == name)
        else {
            let sentence = format!("authentication by {name} is not available");
            return Err(Error::new(Status::AuthUnsupported, sentence));
        };
        let (flag, binding) = match &peer.binding {
            Some(binding) if is_plus => (format!("p={}", binding.name), binding.data.clone()),
            None if is_plus => {
                let sentence = format!("{name} needs TLS, with a channel binding");
                return Err(Error::new(Status::AuthUnsupported, sentence));
            }
            Some(_) if !server_offers_plus => ("y".into(), Vec::new()),
            _ => ("n".into(), Vec::new()),
        };
        if identity.user.is_empty() {
            return Err(lacks(name, "user name"));
        }
        let user = prepare(name, "user name", &identity.user)?;
        let password = prepare(name, "password", &identity.password)?;
        let mut header = format!("{flag},");
        if !identity.authorization.is_empty() {
            let whom = prepare(name, "authorization identity", &identity.authorization)?;
            header.push_str(&format!("a={}", saslname(&whom)));
        }
        header.push(',');
        let first = format!("n={},r={nonce}", saslname(&user));
        let keys = peer.scram_keys.clone();
        let is_given_up = Arc::default();
        Ok(Scram {
            name,
            hash,
            password,
            keys,
            header,
            binding,
            first,
            nonce,
            is_given_up,
            step: Step::Begin,
            has_shown: false,
            lacks_binding: false,
        })
    }

    /// Whether the server asks, in messages parted by line ends, for more than fuzzers have time for.
    #[cfg(any(test, fuzzing))]
    pub fn would_hash_long(messages: &[u8]) -> bool {
        messages
            .split(|octet| *octet == b'\n')
            .filter_map(|text| std::str::from_utf8(text).ok())
            .any(|text| match ServerFirst::parse("SCRAM", text) {
                Ok(Ok(first)) => ITERATIONS.contains(&first.iterations) && first.iterations > 4_096,
                _ => false,
            })
    }

    fn first_message(&mut self) -> Response {
        self.step = Step::First;
        Zeroizing::new([&self.header, self.first.as_str()].concat().into_bytes())
    }

    fn answer_first(&mut self, challenge: &[u8]) -> Result<Response> {
        let text = checks::text(self.name, challenge)?;
        let server = match ServerFirst::parse(self.name, text)? {
            Ok(server) => server,
            Err(reason) => {
                self.lacks_binding = messages::is_about_kind_of_binding(text);
                return Ok(self.be_refused(reason));
            }
        };
        if !server.nonce.starts_with(&self.nonce) || server.nonce.len() == self.nonce.len() {
            return Err(protocol(self.name, "the server's nonce does not extend the client's"));
        }
        let iterations = self.checked(server.iterations)?;
        let bound = [self.header.as_bytes(), &self.binding].concat();
        let proofless = format!("c={},r={}", base64::STANDARD.encode(&bound), server.nonce);
        let transcript = [&self.first, text, proofless.as_str()].join(",");

        let tag = self.keys.tag(self.hash, &server.salt, iterations, &self.password);
        let known = tag.as_ref().and_then(|tag| self.keys.find(tag));
        let is_fresh = known.is_none();
        let keys = match known {
            Some(keys) => keys,
            None => self.derive(&server.salt, iterations)?,
        };
        let mut message = Zeroizing::new(Vec::with_capacity(proofless.len() + 128));
        message.extend_from_slice(proofless.as_bytes());
        message.extend_from_slice(b",p=");
        message.extend_from_slice(self.proof(&keys, &transcript).as_bytes());
        let signature = self.hash.hmac(&keys.server, transcript.as_bytes());
        let fresh = tag.filter(|_| is_fresh).map(|tag| (tag, keys));
        self.step = Step::Final(Awaited { signature, fresh });
        self.has_shown = true;
        Ok(message)
    }

    fn checked(&self, iterations: u64) -> Result<u32> {
        let (fewest, most) = (ITERATIONS.start(), ITERATIONS.end());
        if ITERATIONS.contains(&iterations) {
            return Ok(iterations as u32);
        }
        let asked = match iterations {
            messages::UNCOUNTED => "more iterations than can be counted".into(),
            iterations => format!("{iterations} iterations"),
        };
        let sentence =
            format!("{}: the server asks for {asked}, and {fewest} to {most} are taken", self.name);
        Err(Error::new(Status::AuthIterations, sentence))
    }

    fn derive(&self, salt: &[u8], iterations: u32) -> Result<Keys> {
        let password = self.password.as_bytes();
        let salted = self.hash.iterate(password, salt, iterations, &self.is_given_up);
        let salted = salted.ok_or(Status::Cancelled)?;
        Ok(Keys {
            client: self.hash.hmac(&salted, b"Client Key"),
            server: self.hash.hmac(&salted, b"Server Key"),
        })
    }

    fn proof(&self, keys: &Keys, transcript: &str) -> Zeroizing<String> {
        let stored = self.hash.digest(&keys.client);
        let mut proof = self.hash.hmac(&stored, transcript.as_bytes());
        proof.iter_mut().zip(keys.client.iter()).for_each(|(octet, key)| *octet ^= key);
        Zeroizing::new(base64::STANDARD.encode(&proof))
    }

    fn answer_final(&mut self, challenge: &[u8], awaited: Awaited) -> Result<Response> {
        let signature = match messages::parse_final(self.name, checks::text(self.name, challenge)?)?
        {
            ServerFinal::Signature(signature) => signature,
            ServerFinal::Error(reason) => return Ok(self.be_refused(reason)),
        };
        if !hashes::are_equal(&signature, &awaited.signature) {
            let sentence = "the server's signature is not that of one who knows the password";
            let sentence = format!("{}: {sentence}", self.name);
            return Err(Error::new(Status::AuthServerProof, sentence));
        }
        if let Some((tag, keys)) = awaited.fresh {
            self.keys.keep(tag, keys);
        }
        self.step = Step::Proved;
        Ok(Response::default())
    }

    /// The login has failed, and the server's own reply will say so.
    fn be_refused(&mut self, reason: String) -> Response {
        self.step = Step::Refused(reason);
        Response::default()
    }
}

impl Mechanism for Scram {
    fn name(&self) -> &str {
        self.name
    }

    fn initial_response(&mut self) -> Result<Option<Response>> {
        Ok(Some(self.first_message()))
    }

    fn respond(&mut self, challenge: &[u8]) -> Result<Response> {
        bounded(self.name, challenge)?;
        match std::mem::replace(&mut self.step, Step::Over) {
            Step::Begin if challenge.is_empty() => Ok(self.first_message()),
            Step::First => self.answer_first(challenge),
            Step::Final(awaited) => self.answer_final(challenge, awaited),
            Step::Refused(reason) => {
                let sentence = format!("the server goes on behind its refusal: {reason}");
                self.step = Step::Refused(reason);
                Err(protocol(self.name, &sentence))
            }
            _ => Err(protocol(self.name, "the server asks for more than the mechanism has")),
        }
    }

    fn has_shown(&self) -> bool {
        self.has_shown
    }

    /// Some servers refuse what they do not know with a plain reply to the first message.
    fn may_want_other_binding(&self) -> bool {
        let is_bound = self.header.starts_with("p=");
        is_bound && !self.has_shown && (self.lacks_binding || matches!(self.step, Step::First))
    }

    fn conclude(&mut self) -> Result<()> {
        let sentence = "the server accepts the login without a proof that it knows the password";
        let sentence = match &self.step {
            Step::Proved => return Ok(()),
            Step::Refused(reason) => format!("{}: {sentence} ({reason})", self.name),
            _ => format!("{}: {sentence}", self.name),
        };
        Err(Error::new(Status::AuthServerProof, sentence))
    }

    /// Iterations take their time, which is the server's to choose.
    fn is_slow(&self) -> bool {
        matches!(self.step, Step::First)
    }

    fn abandonment(&self) -> Option<Arc<AtomicBool>> {
        Some(self.is_given_up.clone())
    }

    fn refusal(&self) -> Option<String> {
        match &self.step {
            Step::Refused(reason) => Some(reason.clone()),
            _ => None,
        }
    }
}
