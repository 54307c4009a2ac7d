//! What a certificate says of itself. Each field is read for itself, when it is asked for: one that is broken leaves the others
//! as they are.

use super::algorithms;
use super::asn1::{self, BIT_STRING, INTEGER, SEQUENCE};
use super::certificate_names::{self, Attribute};
use crate::error::{Error, Result, Status, shown};
use der::asn1::{BitStringRef, GeneralizedTime, UtcTime};
use der::{DateTime, Decode};
use ring::digest;
use ring::signature::{self, UnparsedPublicKey, VerificationAlgorithm};
use std::time::Duration;

/// A certificate taken apart (RFC 5280 section 4.1), each part with its header.
#[derive(Debug, Clone, Copy)]
pub struct Parts<'a> {
    signed: &'a [u8],
    algorithm: &'a [u8],
    signature: &'a [u8],
    serial: &'a [u8],
    pub issuer: &'a [u8],
    validity: &'a [u8],
    pub subject: &'a [u8],
    pub public_key: &'a [u8],
    pub(super) extensions: Option<&'a [u8]>,
}

/// A field that cannot be read.
pub fn unreadable(what: &str) -> Error {
    Error::new(Status::CertificateField, format!("the certificate's {what} cannot be read"))
}

impl<'a> Parts<'a> {
    pub fn of(certificate: &'a [u8]) -> Result<Parts<'a>> {
        Parts::split(certificate).ok_or_else(|| unreadable("structure"))
    }

    fn split(certificate: &'a [u8]) -> Option<Parts<'a>> {
        let [signed, algorithm, signature] =
            asn1::members(certificate, SEQUENCE)?.try_into().ok()?;
        let mut members = asn1::members(signed, SEQUENCE)?.into_iter().peekable();
        // The version, which is absent in version 1.
        members.next_if(|member| member[0] == asn1::constructed(0));
        let serial = members.next()?;
        let _signature_algorithm = members.next()?;
        let issuer = members.next()?;
        let validity = members.next()?;
        let subject = members.next()?;
        let public_key = members.next()?;
        let mut extensions = None;
        for member in members {
            if member[0] == asn1::constructed(3) {
                extensions = Some(asn1::content(member, member[0])?);
            }
        }
        Some(Parts {
            signed,
            algorithm,
            signature,
            serial,
            issuer,
            validity,
            subject,
            public_key,
            extensions,
        })
    }

    /// The octets of the serial number as they are, which may begin with a zero and may be negative.
    pub fn serial_number(&self) -> Result<&'a [u8]> {
        asn1::content(self.serial, INTEGER).ok_or_else(|| unreadable("serial number"))
    }

    pub fn signature_algorithm(&self) -> Result<String> {
        algorithm_of(self.algorithm).ok_or_else(|| unreadable("signature algorithm"))
    }

    pub fn key_algorithm(&self) -> Result<String> {
        let key = PublicKey::of(self.public_key)?;
        Ok(algorithms::name(&key.algorithm).to_owned())
    }

    pub fn key_bits(&self) -> Result<u32> {
        PublicKey::of(self.public_key)?.bits().ok_or_else(|| unreadable("length of the key"))
    }

    /// Whether the certificate is signed with its own key. Where ring does not know the algorithm, names and key identifiers
    /// have to tell.
    pub fn is_self_signed(&self) -> Result<bool> {
        if self.issuer != self.subject {
            return Ok(false);
        }
        if let Some(is_verified) = self.verify_by_own_key() {
            return Ok(is_verified);
        }
        let (issuer, own) = (self.authority_key_id()?, self.subject_key_id()?);
        Ok(issuer.is_empty() || issuer == own)
    }

    fn verify_by_own_key(&self) -> Option<bool> {
        let key = PublicKey::of(self.public_key).ok()?;
        let algorithm = asn1::members(self.algorithm, SEQUENCE)?;
        let algorithm = verification(&algorithm, &key)?;
        let signature = BitStringRef::from_der(self.signature).ok()?.as_bytes()?;
        let key = UnparsedPublicKey::new(algorithm, key.octets);
        Some(key.verify(self.signed, signature).is_ok())
    }

    /// Seconds since 1970 of the first moment.
    pub fn valid_from(&self) -> Result<i64> {
        self.moment(0).ok_or_else(|| unreadable("first moment of validity"))
    }

    /// Seconds since 1970 of the last moment.
    pub fn valid_to(&self) -> Result<i64> {
        self.moment(1).ok_or_else(|| unreadable("last moment of validity"))
    }

    fn moment(&self, place: usize) -> Option<i64> {
        let moments = asn1::members(self.validity, SEQUENCE)?;
        let moment = *moments.get(place)?;
        let since: Duration = match moment.first()? {
            0x17 => UtcTime::from_der(moment).ok()?.to_unix_duration(),
            _ => GeneralizedTime::from_der(moment).ok()?.to_unix_duration(),
        };
        i64::try_from(since.as_secs()).ok()
    }
}

/// A name of a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As RFC 4514 writes it.
    pub text: String,
    pub attributes: Vec<Attribute>,
}

impl Parts<'_> {
    pub fn issuer_name(&self) -> Result<Name> {
        name(self.issuer).ok_or_else(|| unreadable("issuer"))
    }

    pub fn subject_name(&self) -> Result<Name> {
        name(self.subject).ok_or_else(|| unreadable("subject"))
    }
}

impl Name {
    /// Empty where there is none.
    pub fn common_name(&self) -> &str {
        certificate_names::last_value(&self.attributes, "2.5.4.3").unwrap_or_default()
    }
}

fn name(octets: &[u8]) -> Option<Name> {
    let attributes = certificate_names::attributes(octets)?;
    Some(Name { text: certificate_names::text_of_name(octets)?, attributes })
}

/// The digest of octets by the name of its algorithm, such as SHA256 or sha-256, in hexadecimal digits.
pub fn fingerprint(octets: &[u8], algorithm: &str) -> Result<String> {
    let name: String = algorithm.chars().filter(|character| *character != '-').collect();
    let algorithm = match name.to_ascii_uppercase().as_str() {
        "SHA1" => &digest::SHA1_FOR_LEGACY_USE_ONLY,
        "SHA256" => &digest::SHA256,
        "SHA384" => &digest::SHA384,
        "SHA512" => &digest::SHA512,
        _ => {
            let sentence = format!(
                "'{}' is no hash for fingerprints: SHA1, SHA256 (which NULL stands for), SHA384 and SHA512 are",
                shown(algorithm, 100)
            );
            return Err(Error::new(Status::Argument, sentence));
        }
    };
    Ok(asn1::hex(digest::digest(algorithm, octets).as_ref()))
}

/// A moment as ISO 8601 writes it, in UTC.
pub fn iso_8601(seconds: i64) -> String {
    let since = Duration::from_secs(seconds.unsigned_abs());
    match DateTime::from_unix_duration(since) {
        Ok(moment) => moment.to_string(),
        // Beyond the year 9999, which no certificate can tell.
        Err(_) => format!("{seconds} seconds after 1970"),
    }
}

fn algorithm_of(identifier: &[u8]) -> Option<String> {
    let oid = asn1::dotted(asn1::members(identifier, SEQUENCE)?.first()?)?;
    Some(algorithms::name(&oid).to_owned())
}

/// SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7).
pub struct PublicKey<'a> {
    algorithm: String,
    parameters: Option<&'a [u8]>,
    pub octets: &'a [u8],
}

impl<'a> PublicKey<'a> {
    pub fn of(info: &'a [u8]) -> Result<PublicKey<'a>> {
        PublicKey::split(info).ok_or_else(|| unreadable("public key"))
    }

    fn split(info: &'a [u8]) -> Option<PublicKey<'a>> {
        let [algorithm, key] = asn1::members(info, SEQUENCE)?.try_into().ok()?;
        let algorithm = asn1::members(algorithm, SEQUENCE)?;
        let octets = asn1::content(key, BIT_STRING)?.split_first()?;
        Some(PublicKey {
            algorithm: asn1::dotted(algorithm.first()?)?,
            parameters: algorithm.get(1).copied(),
            // Keys are whole octets.
            octets: (*octets.0 == 0).then_some(octets.1)?,
        })
    }

    fn bits(&self) -> Option<u32> {
        match algorithms::name(&self.algorithm) {
            "rsaEncryption" | "id-RSASSA-PSS" => {
                bits_of_integer(asn1::members(self.octets, SEQUENCE)?.first()?)
            }
            "id-ecPublicKey" => algorithms::curve_bits(&asn1::dotted(self.parameters?)?),
            "id-dsa" => bits_of_integer(asn1::members(self.parameters?, SEQUENCE)?.first()?),
            _ => algorithms::fixed_bits(&self.algorithm),
        }
    }

    fn curve(&self) -> Option<Curve> {
        match asn1::dotted(self.parameters?)?.as_str() {
            "1.2.840.10045.3.1.7" => Some(Curve::P256),
            "1.3.132.0.34" => Some(Curve::P384),
            _ => None,
        }
    }
}

/// The curves that ring knows.
enum Curve {
    P256,
    P384,
}

fn bits_of_integer(integer: &[u8]) -> Option<u32> {
    let octets = asn1::content(integer, INTEGER)?;
    let first = octets.iter().position(|octet| *octet != 0)?;
    let bits = (octets.len() - first) * 8 - octets[first].leading_zeros() as usize;
    u32::try_from(bits).ok()
}

/// What verifies a signature of this algorithm with this key. It is about who signed, not about trust, so that old algorithms
/// serve too.
fn verification(
    identifier: &[&[u8]],
    key: &PublicKey<'_>,
) -> Option<&'static dyn VerificationAlgorithm> {
    let oid = asn1::dotted(identifier.first()?)?;
    Some(match (algorithms::name(&oid), key.curve()) {
        ("sha1WithRSAEncryption", _) => &signature::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
        ("sha256WithRSAEncryption", _) => {
            &signature::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY
        }
        ("sha384WithRSAEncryption", _) if key.bits()? >= 2048 => {
            &signature::RSA_PKCS1_2048_8192_SHA384
        }
        ("sha512WithRSAEncryption", _) => {
            &signature::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY
        }
        ("ecdsa-with-SHA256", Some(Curve::P256)) => &signature::ECDSA_P256_SHA256_ASN1,
        ("ecdsa-with-SHA384", Some(Curve::P256)) => &signature::ECDSA_P256_SHA384_ASN1,
        ("ecdsa-with-SHA256", Some(Curve::P384)) => &signature::ECDSA_P384_SHA256_ASN1,
        ("ecdsa-with-SHA384", Some(Curve::P384)) => &signature::ECDSA_P384_SHA384_ASN1,
        ("id-Ed25519", _) => &signature::ED25519,
        ("id-RSASSA-PSS", _) if key.bits()? >= 2048 => pss(identifier.get(1)?)?,
        _ => return None,
    })
}

/// RSASSA-PSS-params (RFC 4055 section 3.1): the hash decides.
fn pss(parameters: &[u8]) -> Option<&'static dyn VerificationAlgorithm> {
    let members = asn1::members(parameters, SEQUENCE)?;
    let hash = members.iter().find_map(|member| asn1::content(member, asn1::constructed(0)))?;
    Some(match asn1::dotted(asn1::members(hash, SEQUENCE)?.first()?)?.as_str() {
        "2.16.840.1.101.3.4.2.1" => &signature::RSA_PSS_2048_8192_SHA256,
        "2.16.840.1.101.3.4.2.2" => &signature::RSA_PSS_2048_8192_SHA384,
        "2.16.840.1.101.3.4.2.3" => &signature::RSA_PSS_2048_8192_SHA512,
        _ => return None,
    })
}
