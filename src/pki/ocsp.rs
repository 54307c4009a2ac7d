//! OCSP (RFC 6960): what is asked, and what is answered.

use super::facts::{Facts, SEQUENCE, Signed, Value, Values, context, key_bits, purpose, wrapped};
use super::inspection::SKEW;
use super::rules::OcspHash;
use super::signature::{self, Signature};
use super::status::{Answer, Status, Subject, check_dates, reason};
use der::{Tag, TagNumber};
use ring::digest::{self, Algorithm, digest};

/// What a response without an end may be old, and how long it is good for from now.
const OLDEST_WITHOUT_END: u64 = 86_400;
const GOOD_WITHOUT_END: u64 = 600;

/// How many certificates of a response may be tried as the responder's.
const MOST_RESPONDERS: usize = 4;

const SHA1: &[u8] = &[0x2b, 14, 3, 2, 26];
const SHA256: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1];
const SHA384: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 2];
const SHA512: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 3];
const BASIC_RESPONSE: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 0x30, 1, 1];

const INTEGER: u8 = 0x02;
const OCTET_STRING: u8 = 0x04;
const OBJECT_IDENTIFIER: u8 = 0x06;
const NULL: &[u8] = &[0x05, 0];

fn hash_of(id: &[u8]) -> Option<&'static Algorithm> {
    match id {
        SHA1 => Some(&digest::SHA1_FOR_LEGACY_USE_ONLY),
        SHA256 => Some(&digest::SHA256),
        SHA384 => Some(&digest::SHA384),
        SHA512 => Some(&digest::SHA512),
        _ => None,
    }
}

/// A request about one certificate (RFC 6960 section 4.1). It has no nonce: most responders leave it out of their answers,
/// which are made beforehand, and the dates of an answer tell its age.
pub(super) fn request(subject: &Subject, hash: OcspHash) -> Vec<u8> {
    let id = match hash {
        OcspHash::Sha1 => SHA1,
        OcspHash::Sha256 => SHA256,
    };
    let algorithm = wrapped(SEQUENCE, &[&wrapped(OBJECT_IDENTIFIER, id), NULL].concat());
    let (name, key) = hashes(subject, hash_of(id).unwrap_or(&digest::SHA256));
    let name = wrapped(OCTET_STRING, &name);
    let key = wrapped(OCTET_STRING, &key);
    let serial = wrapped(INTEGER, subject.facts.serial);
    let certificate = wrapped(SEQUENCE, &[algorithm, name, key, serial].concat());
    let requests = wrapped(SEQUENCE, &wrapped(SEQUENCE, &certificate));
    wrapped(SEQUENCE, &wrapped(SEQUENCE, &requests))
}

/// The hashes of the issuer's name and key.
fn hashes(subject: &Subject, algorithm: &'static Algorithm) -> (Vec<u8>, Vec<u8>) {
    let key = key_bits(subject.issuer_spki).unwrap_or_default();
    let hashed = |octets| digest(algorithm, octets).as_ref().to_vec();
    (hashed(subject.issuer_name), hashed(key))
}

/// What a response says about the certificate. Failing words go on from "the response".
pub(super) fn answer(response: &[u8], subject: &Subject, now: u64) -> Answer {
    let garbled = |_| "cannot be read".to_owned();
    let response = basic(response)?;
    let mut fields = Values::of_sequence(response).map_err(garbled)?;
    let signed = Signed::read(&mut fields).map_err(garbled)?;
    let certificates = fields.take_if(context(0)).map_err(garbled)?;
    let singles = singles(&signed).map_err(garbled)?;
    let about = singles.iter().filter(|single| single.is_about(subject));
    let Some(single) = about.max_by_key(|single| single.this_update) else {
        return Err("is about another certificate".into());
    };
    let responder_until = check_signature(&signed, certificates, subject, now)?;
    let next_update = single.next_update.unwrap_or(single.this_update + OLDEST_WITHOUT_END);
    check_dates(single.this_update, next_update, now)?;
    let until = single.next_update.unwrap_or(now + GOOD_WITHOUT_END).min(responder_until);
    match single.said {
        Said::Good => Ok(Some(Status::Good { until })),
        Said::Revoked { when, reason } => Ok(Some(Status::Revoked { when, reason, until })),
        Said::Unknown => Err("says that the certificate is not known to the responder".into()),
    }
}

/// Whether octets are a response that says something about certificates. Failing words go on from "the response".
pub(super) fn check(response: &[u8]) -> Result<(), String> {
    let garbled = |_| "cannot be read".to_owned();
    let mut fields = Values::of_sequence(basic(response)?).map_err(garbled)?;
    let signed = Signed::read(&mut fields).map_err(garbled)?;
    singles(&signed).map_err(garbled).map(drop)
}

/// The BasicOCSPResponse within an OCSPResponse.
fn basic(octets: &[u8]) -> Result<&[u8], String> {
    let garbled = |_| "cannot be read".to_owned();
    let mut fields = Values::of_sequence(octets).map_err(garbled)?;
    let status = fields.take(Tag::Enumerated).map_err(garbled)?;
    match status.content {
        [0] => {}
        [code] => return Err(refusal(*code)),
        _ => return Err("cannot be read".into()),
    }
    let tagged = fields.take(context(0)).map_err(garbled)?;
    let mut typed = Values::of_sequence(tagged.content).map_err(garbled)?;
    if typed.take(Tag::ObjectIdentifier).map_err(garbled)?.content != BASIC_RESPONSE {
        return Err("is of a type that nobody knows here".into());
    }
    Ok(typed.take(Tag::OctetString).map_err(garbled)?.content)
}

/// OCSPResponseStatus in words.
fn refusal(code: u8) -> String {
    let words = match code {
        1 => "that the request is malformed",
        2 => "that the responder has an internal error",
        3 => "to try again later",
        5 => "that the request has to be signed",
        6 => "that the responder may not tell (unauthorized)",
        _ => return format!("says {code}, which nobody knows here"),
    };
    format!("says {words}")
}

#[derive(Clone, Copy)]
enum Said {
    Good,
    Revoked { when: u64, reason: Option<&'static str> },
    Unknown,
}

/// What a response says about one certificate.
struct Single<'a> {
    hash: &'a [u8],
    name_hash: &'a [u8],
    key_hash: &'a [u8],
    serial: &'a [u8],
    said: Said,
    this_update: u64,
    next_update: Option<u64>,
}

/// Reads a ResponseData.
fn singles<'a>(signed: &Signed<'a>) -> der::Result<Vec<Single<'a>>> {
    let mut data = Values::of_sequence(signed.message)?;
    data.take_if(context(0))?;
    // Who has answered; the signature tells.
    data.next()?;
    data.take(Tag::GeneralizedTime)?;
    let mut responses = Values::new(data.take(Tag::Sequence)?.content)?;
    let mut singles = Vec::new();
    while !responses.is_at_end() {
        singles.push(Single::read(responses.take(Tag::Sequence)?)?);
    }
    Ok(singles)
}

impl<'a> Single<'a> {
    fn read(value: Value<'a>) -> der::Result<Single<'a>> {
        let mut fields = Values::new(value.content)?;
        let mut id = Values::new(fields.take(Tag::Sequence)?.content)?;
        let mut algorithm = Values::new(id.take(Tag::Sequence)?.content)?;
        let hash = algorithm.take(Tag::ObjectIdentifier)?.content;
        let name_hash = id.take(Tag::OctetString)?.content;
        let key_hash = id.take(Tag::OctetString)?.content;
        let serial = id.take(Tag::Integer)?.content;
        let said = Said::read(fields.next()?)?;
        let this_update = fields.time()?;
        let next_update = match fields.take_if(context(0))? {
            Some(time) => Some(Values::new(time.content)?.time()?),
            None => None,
        };
        Ok(Single { hash, name_hash, key_hash, serial, said, this_update, next_update })
    }

    fn is_about(&self, subject: &Subject) -> bool {
        let Some(hash) = hash_of(self.hash).filter(|_| self.serial == subject.facts.serial) else {
            return false;
        };
        let (name, key) = hashes(subject, hash);
        self.name_hash == name && self.key_hash == key
    }
}

impl Said {
    fn read(value: Value) -> der::Result<Said> {
        let primitive = |number| Tag::ContextSpecific { constructed: false, number };
        match value.tag {
            tag if tag == primitive(TagNumber::N0) => Ok(Said::Good),
            tag if tag == primitive(TagNumber::N2) => Ok(Said::Unknown),
            tag if tag == context(1) => {
                let mut fields = Values::new(value.content)?;
                let when = fields.time()?;
                let code = match fields.take_if(context(0))? {
                    Some(code) => Values::new(code.content)?.take(Tag::Enumerated)?.content,
                    None => &[],
                };
                let reason = code.first().and_then(|code| reason(*code));
                Ok(Said::Revoked { when, reason })
            }
            tag => Err(tag.value_error()),
        }
    }
}

/// Whether the issuer has signed, or somebody whom the issuer has made its responder (RFC 6960 section 4.2.2.2). Returns until
/// when that one may.
fn check_signature(
    signed: &Signed,
    certificates: Option<Value>,
    subject: &Subject,
    now: u64,
) -> Result<u64, String> {
    let own = signature::check(signed, subject.issuer_spki);
    if own == Signature::Good {
        return Ok(u64::MAX);
    }
    let mut failure = match own {
        Signature::Weak(why) => format!("has a weak signature ({why})"),
        _ => "is signed neither by the issuer nor by a responder of the issuer's, or was tampered with"
            .to_owned(),
    };
    let mut certificates =
        certificates.and_then(|certificates| Values::of_sequence(certificates.content).ok());
    for _ in 0..MOST_RESPONDERS {
        let next = certificates.as_mut().and_then(|certificates| certificates.next().ok());
        let Some(certificate) = next else {
            break;
        };
        let Ok(responder) = Facts::read(certificate.whole) else {
            continue;
        };
        if responder.issuer != subject.issuer_name
            || signature::check(&responder.signed, subject.issuer_spki) != Signature::Good
            || signature::check(signed, responder.spki) != Signature::Good
        {
            continue;
        }
        let in_time = responder.not_before <= now.saturating_add(SKEW)
            && now <= responder.not_after.saturating_add(SKEW);
        match (responder.has_purpose(purpose::OCSP_SIGNING), in_time) {
            (Some(true), true) => return Ok(responder.not_after),
            (Some(true), false) => {
                failure = "is by a responder whose certificate has expired".into()
            }
            _ => failure = "is by somebody whom the issuer has not made a responder".into(),
        }
    }
    Err(failure)
}
