//! A private key that proves a certificate to be ours.

use super::certificate_fields::PublicKey;
use crate::error::{Error, Result, Status};
use rustls::crypto::ring::sign::any_supported_type;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs1KeyDer, PrivatePkcs8KeyDer, PrivateSec1KeyDer};
use std::fmt;
use zeroize::{Zeroize, Zeroizing};

/// A key that ring can sign with. Its octets are wiped when nobody holds it any more.
pub struct PrivateKey {
    form: Form,
    octets: Zeroizing<Vec<u8>>,
    /// SubjectPublicKeyInfo.
    public: Vec<u8>,
}

/// How a key is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Pkcs8,
    /// RSA alone (RFC 8017 appendix A.1.2).
    Pkcs1,
    /// Elliptic curves alone (RFC 5915).
    Sec1,
}

impl PrivateKey {
    pub fn new(form: Form, octets: Zeroizing<Vec<u8>>) -> Result<PrivateKey> {
        let read = any_supported_type(&form.of(&octets));
        wipe_stack();
        let signing = read.map_err(|_| {
            let sentence = "the private key cannot be used: RSA from 2048 to 4096 bits, \
                 ECDSA with P-256 or P-384, and Ed25519 can";
            Error::new(Status::PrivateKey, sentence)
        })?;
        let public = signing.public_key().map(|key| key.as_ref().to_vec());
        let public = public.ok_or_else(|| {
            Error::new(Status::PrivateKey, "the private key does not tell its public key")
        })?;
        Ok(PrivateKey { form, octets, public })
    }

    /// The key as rustls takes it.
    pub fn der(&self) -> PrivateKeyDer<'_> {
        self.form.of(&self.octets)
    }

    /// Whether it is the other half of this public key. The algorithm may be written in several ways (RSA, RSASSA-PSS), the key
    /// itself in one.
    pub fn fits(&self, public_key_info: &[u8]) -> bool {
        let own = PublicKey::of(&self.public);
        let other = PublicKey::of(public_key_info);
        matches!((own, other), (Ok(own), Ok(other)) if own.octets == other.octets)
    }
}

/// Wipes what calls from here have left on the stack: ring reads the numbers of a key into there.
#[inline(never)]
fn wipe_stack() {
    let mut left = [0u8; 32 << 10];
    left.zeroize();
    std::hint::black_box(&mut left);
}

impl Form {
    fn of(self, octets: &[u8]) -> PrivateKeyDer<'_> {
        match self {
            Form::Pkcs8 => PrivatePkcs8KeyDer::from(octets).into(),
            Form::Pkcs1 => PrivatePkcs1KeyDer::from(octets).into(),
            Form::Sec1 => PrivateSec1KeyDer::from(octets).into(),
        }
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PrivateKey").field("form", &self.form).finish_non_exhaustive()
    }
}
