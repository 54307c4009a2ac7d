//! PKCS#12 (RFC 7292): certificates and keys under one password.

use super::asn1::{self, INTEGER, OCTET_STRING, OID, SEQUENCE};
use super::encryption::{Work, decrypt, endless, rounds, utf16, wrong_password};
use crate::error::{Error, Result, Status};
use pkcs12::kdf::{Pkcs12KeyType, derive_key};
use ring::hmac;
use sha1::Sha1;
use sha2::{Sha256, Sha384, Sha512};
use zeroize::Zeroizing;

const DATA: &str = "1.2.840.113549.1.7.1";
const ENCRYPTED_DATA: &str = "1.2.840.113549.1.7.6";
const KEY_BAG: &str = "1.2.840.113549.1.12.10.1.1";
const SHROUDED_KEY_BAG: &str = "1.2.840.113549.1.12.10.1.2";
const CERTIFICATE_BAG: &str = "1.2.840.113549.1.12.10.1.3";
const NESTED_BAGS: &str = "1.2.840.113549.1.12.10.1.6";
const X509_CERTIFICATE: &str = "1.2.840.113549.1.9.22.1";

/// What a file holds, in its order.
#[derive(Default)]
pub struct Contents {
    /// DER.
    pub certificates: Vec<Vec<u8>>,
    /// PKCS#8.
    pub keys: Vec<Zeroizing<Vec<u8>>>,
}

/// Whether octets begin as those of PKCS#12 do, in DER or in BER.
pub fn is_one(octets: &[u8]) -> bool {
    let members = asn1::members(octets, SEQUENCE).unwrap_or_default();
    let is_der = members.first().is_some_and(|version| **version == [INTEGER, 1, 3]);
    is_der || octets.starts_with(&[SEQUENCE, 0x80, INTEGER, 1, 3])
}

/// Reads a file. It is known to be whole and the password to be the right one where its MAC says so.
pub fn read(octets: &[u8], password: Option<&str>, work: &mut Work) -> Result<Contents> {
    let broken = || damaged("its outer form is not that of DER");
    let members = asn1::members(octets, SEQUENCE).ok_or_else(broken)?;
    let [_version, safe, rest @ ..] = &members[..] else {
        return Err(broken());
    };
    let (kind, safe) = content_info(safe).ok_or_else(broken)?;
    if kind != DATA {
        return Err(damaged("it is protected by a key instead of a password"));
    }
    let safe = asn1::content(safe, OCTET_STRING).ok_or_else(broken)?;
    if let Some(mac) = rest.first() {
        verify(mac, safe, password, work)?;
    }
    let mut contents = Contents::default();
    for part in asn1::members(safe, SEQUENCE).ok_or_else(broken)? {
        let (kind, content) = content_info(part).ok_or_else(broken)?;
        let bags = match kind.as_str() {
            DATA => {
                Zeroizing::new(asn1::content(content, OCTET_STRING).ok_or_else(broken)?.to_vec())
            }
            ENCRYPTED_DATA => encrypted_data(content, password, work)?,
            _ => return Err(damaged("a part of it is protected by a key instead of a password")),
        };
        contents.take_bags(&bags, password, work)?;
    }
    Ok(contents)
}

impl Contents {
    fn take_bags(&mut self, bags: &[u8], password: Option<&str>, work: &mut Work) -> Result<()> {
        let broken = || damaged("one of its bags cannot be read");
        let mut lists = vec![bags];
        // Bags may hold bags. A list that is taken up is left behind first, so that nesting costs no stack.
        while let Some(list) = lists.pop() {
            for bag in asn1::members(list, SEQUENCE).ok_or_else(broken)? {
                let (kind, value) = content_info(bag).ok_or_else(broken)?;
                match kind.as_str() {
                    KEY_BAG => self.keys.push(Zeroizing::new(value.to_vec())),
                    SHROUDED_KEY_BAG => {
                        // A file without a password is encrypted all the same, with one of no characters.
                        let password = Some(password.unwrap_or_default());
                        self.keys.push(shrouded_key(value, password, work)?);
                    }
                    CERTIFICATE_BAG => self.certificates.extend(certificate(value)),
                    NESTED_BAGS => lists.push(value),
                    // Lists of revoked certificates, and secrets of other programs.
                    _ => {}
                }
            }
        }
        Ok(())
    }
}

/// EncryptedPrivateKeyInfo (RFC 5958 section 3) opened.
pub fn shrouded_key(
    info: &[u8],
    password: Option<&str>,
    work: &mut Work,
) -> Result<Zeroizing<Vec<u8>>> {
    let Some(password) = password else {
        return Err(needed());
    };
    let members = asn1::members(info, SEQUENCE).unwrap_or_default();
    let [algorithm, encrypted] = members[..] else {
        return Err(damaged("an encrypted key of it cannot be read"));
    };
    let encrypted = asn1::content(encrypted, OCTET_STRING).unwrap_or_default();
    let key = decrypt(algorithm, encrypted, password, work)?;
    // What a wrong password has opened by chance is no sequence that ends where the octets do.
    match asn1::values(&key).as_deref() {
        Some([key]) if key[0] == SEQUENCE && asn1::members(key, SEQUENCE).is_some() => {}
        _ => return Err(wrong_password()),
    }
    Ok(key)
}

pub fn needed() -> Error {
    Error::new(Status::Password, "the private key is encrypted, and there is no password for it")
}

fn damaged(how: &str) -> Error {
    Error::new(Status::Pkcs12, format!("the PKCS#12 file cannot be read: {how}"))
}

/// A type and the value of that type in [0], as contents and bags have them. What stands behind is left alone.
fn content_info(info: &[u8]) -> Option<(String, &[u8])> {
    let members = asn1::members(info, SEQUENCE)?;
    let [kind, content, ..] = members[..] else {
        return None;
    };
    let kind = (kind[0] == OID).then(|| asn1::dotted(kind))??;
    Some((kind, asn1::content(content, asn1::constructed(0))?))
}

fn encrypted_data(
    content: &[u8],
    password: Option<&str>,
    work: &mut Work,
) -> Result<Zeroizing<Vec<u8>>> {
    let parts = || {
        let [_version, info] = asn1::members(content, SEQUENCE)?.try_into().ok()?;
        let [_kind, algorithm, encrypted] = asn1::members(info, SEQUENCE)?.try_into().ok()?;
        Some((algorithm, asn1::content(encrypted, asn1::primitive(0))?))
    };
    let (algorithm, encrypted) = parts().ok_or_else(|| damaged("an encrypted part of it"))?;
    let password = password.unwrap_or_default();
    let bags = decrypt(algorithm, encrypted, password, work)?;
    match asn1::members(&bags, SEQUENCE) {
        Some(_) => Ok(bags),
        None => Err(wrong_password()),
    }
}

fn certificate(bag: &[u8]) -> Option<Vec<u8>> {
    let (kind, value) = content_info(bag)?;
    let der = asn1::content(value, OCTET_STRING)?;
    (kind == X509_CERTIFICATE).then(|| der.to_vec())
}

/// The MAC over the whole (RFC 7292 appendix B.4). No password at all is, to some, one of no octets.
fn verify(mac: &[u8], safe: &[u8], password: Option<&str>, work: &mut Work) -> Result<()> {
    let parts = || {
        let members = asn1::members(mac, SEQUENCE)?;
        let [info, salt, ..] = members[..] else {
            return None;
        };
        let [algorithm, digest] = asn1::members(info, SEQUENCE)?.try_into().ok()?;
        let oid = asn1::dotted(asn1::members(algorithm, SEQUENCE)?.first()?)?;
        let rounds = members.get(2).map_or(Some(1), |count| rounds(count))?;
        let salt = asn1::content(salt, OCTET_STRING)?;
        Some((oid, asn1::content(digest, OCTET_STRING)?, salt, rounds))
    };
    let (oid, digest, salt, rounds) = parts().ok_or_else(|| damaged("its MAC"))?;
    let unknown = || damaged(&format!("its MAC is of a kind that is not read ({oid})"));
    let mut fits = |password: &[u8]| {
        work.take(rounds).ok_or_else(endless)?;
        let key = mac_key(&oid, password, salt, rounds).ok_or_else(unknown)?;
        Ok::<bool, Error>(hmac::verify(&key, safe, digest).is_ok())
    };
    let given = password.unwrap_or_default();
    if fits(&utf16(given))? || (given.is_empty() && fits(&[])?) {
        return Ok(());
    }
    Err(match password {
        Some(_) => wrong_password(),
        None => Error::new(Status::Password, "the PKCS#12 file has a password, and none was given"),
    })
}

fn mac_key(oid: &str, password: &[u8], salt: &[u8], rounds: u32) -> Option<hmac::Key> {
    let rounds = rounds as i32;
    let kind = Pkcs12KeyType::Mac;
    let (algorithm, key) = match oid {
        "1.3.14.3.2.26" => (
            hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
            derive_key::<Sha1>(password, salt, kind, rounds, 20),
        ),
        "2.16.840.1.101.3.4.2.1" => {
            (hmac::HMAC_SHA256, derive_key::<Sha256>(password, salt, kind, rounds, 32))
        }
        "2.16.840.1.101.3.4.2.2" => {
            (hmac::HMAC_SHA384, derive_key::<Sha384>(password, salt, kind, rounds, 48))
        }
        "2.16.840.1.101.3.4.2.3" => {
            (hmac::HMAC_SHA512, derive_key::<Sha512>(password, salt, kind, rounds, 64))
        }
        _ => return None,
    };
    Some(hmac::Key::new(algorithm, &Zeroizing::new(key)))
}
