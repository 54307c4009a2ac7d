//! The hashes of the mechanisms, and chance.

use crate::error::{Error, Result, Status};
use hmac::{Hmac, Mac, digest::KeyInit};
use ring::rand::{SecureRandom, SystemRandom};
use sha1::Sha1;
use sha2::{Digest, Sha224, Sha256, Sha384, Sha512};
use std::sync::atomic::{AtomicBool, Ordering};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// A hash, wiped when it is dropped.
pub type Octets = Zeroizing<Vec<u8>>;

/// After so many iterations it is looked whether anybody still waits for them.
const STRETCH: u32 = 4_096;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hash {
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    pub fn digest(self, octets: &[u8]) -> Octets {
        match self {
            Hash::Sha1 => owned(Sha1::digest(octets)),
            Hash::Sha224 => owned(Sha224::digest(octets)),
            Hash::Sha256 => owned(Sha256::digest(octets)),
            Hash::Sha384 => owned(Sha384::digest(octets)),
            Hash::Sha512 => owned(Sha512::digest(octets)),
        }
    }

    pub fn hmac(self, key: &[u8], octets: &[u8]) -> Octets {
        match self {
            Hash::Sha1 => mac::<Hmac<Sha1>>(key, octets),
            Hash::Sha224 => mac::<Hmac<Sha224>>(key, octets),
            Hash::Sha256 => mac::<Hmac<Sha256>>(key, octets),
            Hash::Sha384 => mac::<Hmac<Sha384>>(key, octets),
            Hash::Sha512 => mac::<Hmac<Sha512>>(key, octets),
        }
    }

    /// PBKDF2 (RFC 8018 section 5.2) of one block, which is what RFC 5802 calls Hi. `None` where it was given up, which the flag tells.
    pub fn iterate(
        self,
        password: &[u8],
        salt: &[u8],
        iterations: u32,
        is_given_up: &AtomicBool,
    ) -> Option<Octets> {
        let iterate = match self {
            Hash::Sha1 => iterate::<Hmac<Sha1>>,
            Hash::Sha224 => iterate::<Hmac<Sha224>>,
            Hash::Sha256 => iterate::<Hmac<Sha256>>,
            Hash::Sha384 => iterate::<Hmac<Sha384>>,
            Hash::Sha512 => iterate::<Hmac<Sha512>>,
        };
        iterate(password, salt, iterations, is_given_up)
    }

    #[cfg(test)]
    fn length(self) -> usize {
        match self {
            Hash::Sha1 => 20,
            Hash::Sha224 => 28,
            Hash::Sha256 => 32,
            Hash::Sha384 => 48,
            Hash::Sha512 => 64,
        }
    }
}

pub fn hmac_md5(key: &[u8], octets: &[u8]) -> Octets {
    mac::<Hmac<md5::Md5>>(key, octets)
}

pub fn md5(parts: &[&[u8]]) -> Octets {
    let mut hash = md5::Md5::new();
    parts.iter().for_each(|part| hash.update(part));
    owned(hash.finalize())
}

/// In lower case, as the old mechanisms hash it.
pub fn hex(octets: &[u8]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(octets.len() * 2));
    for octet in octets {
        for half in [octet >> 4, octet & 15] {
            text.push(char::from_digit(u32::from(half), 16).unwrap_or('0'));
        }
    }
    text
}

/// Whether two hashes are equal, in a time that does not tell where they differ.
pub fn are_equal(one: &[u8], other: &[u8]) -> bool {
    one.ct_eq(other).into()
}

/// Fresh random octets of the operating system, so that no nonce comes twice.
pub fn chance<const N: usize>() -> Result<[u8; N]> {
    let mut octets = [0; N];
    let sentence = "the operating system gives no random octets for the login";
    SystemRandom::new().fill(&mut octets).map_err(|_| Error::new(Status::Io, sentence))?;
    Ok(octets)
}

fn mac<M: Mac + KeyInit>(key: &[u8], octets: &[u8]) -> Octets {
    let mut mac = <M as Mac>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(octets);
    owned(mac.finalize().into_bytes())
}

fn iterate<M: Mac + KeyInit + Clone>(
    password: &[u8],
    salt: &[u8],
    iterations: u32,
    is_given_up: &AtomicBool,
) -> Option<Octets> {
    let keyed = <M as Mac>::new_from_slice(password).expect("HMAC takes a key of any length");
    let mut mac = keyed.clone();
    mac.update(salt);
    mac.update(&1_u32.to_be_bytes());
    let mut turn = owned(mac.finalize().into_bytes());
    let mut sum = turn.clone();
    for done in 1..iterations {
        if done % STRETCH == 0 && is_given_up.load(Ordering::Relaxed) {
            return None;
        }
        let mut mac = keyed.clone();
        mac.update(&turn);
        turn.copy_from_slice(&mac.finalize().into_bytes());
        sum.iter_mut().zip(turn.iter()).for_each(|(sum, octet)| *sum ^= octet);
    }
    Some(sum)
}

fn owned(hash: impl AsRef<[u8]>) -> Octets {
    Zeroizing::new(hash.as_ref().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hmac_is_that_of_rfc_2202_and_rfc_4231() {
        let (key, data) = (b"Jefe", b"what do ya want for nothing?");
        assert_eq!(*hex(&hmac_md5(key, data)), "750c783e6ab0b503eaa86e310a5db738");
        let cases = [
            (Hash::Sha1, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
            (Hash::Sha224, "a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44"),
            (Hash::Sha256, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
            (
                Hash::Sha384,
                "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649",
            ),
            (
                Hash::Sha512,
                "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
            ),
        ];
        for (hash, expected) in cases {
            assert_eq!(*hex(&hash.hmac(key, data)), expected);
            assert_eq!(hash.hmac(key, data).len(), hash.length());
            assert_eq!(hash.digest(data).len(), hash.length());
        }
    }

    fn iterated(hash: Hash, password: &[u8], iterations: u32) -> Octets {
        hash.iterate(password, b"salt", iterations, &AtomicBool::new(false)).unwrap()
    }

    #[test]
    fn iterations_end_where_nobody_waits_for_them() {
        // All of these would take a quarter of an hour.
        for hash in [Hash::Sha1, Hash::Sha512] {
            assert!(hash.iterate(b"p", b"salt", u32::MAX, &AtomicBool::new(true)).is_none());
        }
    }

    #[test]
    fn iterations_are_those_of_rfc_6070_and_rfc_7914() {
        let key = iterated(Hash::Sha1, b"password", 4096);
        assert_eq!(*hex(&key), "4b007901b765489abead49d926f721d065a429c1");
        let key = iterated(Hash::Sha256, b"passwd", 1);
        assert_eq!(*hex(&key), "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc");
    }

    /// PBKDF2's definition, which is all that there is for the hashes without published vectors.
    #[test]
    fn iterations_are_what_rfc_5802_defines() {
        for hash in [Hash::Sha1, Hash::Sha224, Hash::Sha256, Hash::Sha384, Hash::Sha512] {
            let mut turn = hash.hmac(b"pencil", b"salt\0\0\0\x01");
            let mut sum = turn.clone();
            for _ in 1..77 {
                turn = hash.hmac(b"pencil", &turn);
                sum.iter_mut().zip(turn.iter()).for_each(|(sum, octet)| *sum ^= octet);
            }
            assert_eq!(iterated(hash, b"pencil", 77), sum);
        }
    }

    #[test]
    fn equality_is_of_all_octets() {
        assert!(are_equal(b"abc", b"abc"));
        for other in [&b"abd"[..], b"ab", b"abcd", b""] {
            assert!(!are_equal(b"abc", other));
        }
        assert_ne!(chance::<16>().unwrap(), chance::<16>().unwrap());
    }
}
