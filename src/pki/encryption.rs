//! What a password opens: PBES2 (RFC 8018) and the older schemes of PKCS#12 (RFC 7292 appendix C).

use super::asn1::{self, INTEGER, OCTET_STRING, SEQUENCE};
use crate::error::{Error, Result, Status};
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockDecryptMut, KeyIvInit};
use der::Decode;
use pkcs5::pbes2::{Kdf, Parameters, ScryptParams};
use pkcs12::kdf::{Pkcs12KeyType, derive_key};
use rc2::Rc2;
use sha1::Sha1;
use zeroize::Zeroizing;

/// Octets of memory that scrypt may take.
const MOST_MEMORY: u64 = 256 << 20;

/// How many rounds the passwords of one file may still take in all. A file names them itself, and could keep us for days.
pub struct Work(u32);

impl Default for Work {
    /// More than any file asks for: some seconds.
    fn default() -> Work {
        Work(10_000_000)
    }
}

impl Work {
    /// Takes rounds, if there are any and not too many.
    pub fn take(&mut self, rounds: u32) -> Option<()> {
        self.0 = self.0.checked_sub(rounds).filter(|_| rounds > 0)?;
        Some(())
    }
}

const PBES2: &str = "1.2.840.113549.1.5.13";

/// The schemes of PKCS#12 by their identifiers.
#[derive(Clone, Copy)]
enum Old {
    TripleDes,
    Rc2Of128,
    Rc2Of40,
}

/// Decrypts what an algorithm identifier and a password encrypt. A wrong password shows where the last block is not padded as
/// it should be, in all but one of some hundred cases; the caller finds those.
pub fn decrypt(
    identifier: &[u8],
    encrypted: &[u8],
    password: &str,
    work: &mut Work,
) -> Result<Zeroizing<Vec<u8>>> {
    let members = asn1::members(identifier, SEQUENCE).unwrap_or_default();
    let [oid, parameters] = members[..] else {
        return Err(unknown("an algorithm without parameters"));
    };
    let oid = asn1::dotted(oid).unwrap_or_default();
    let old = match oid.as_str() {
        PBES2 => return decrypt_pbes2(parameters, encrypted, password, work),
        "1.2.840.113549.1.12.1.3" => Old::TripleDes,
        "1.2.840.113549.1.12.1.5" => Old::Rc2Of128,
        "1.2.840.113549.1.12.1.6" => Old::Rc2Of40,
        _ => return Err(unknown(&oid)),
    };
    let (salt, rounds) = old_parameters(parameters).ok_or_else(|| unknown(&oid))?;
    work.take(rounds).ok_or_else(endless)?;
    let utf16 = utf16(password);
    let derive = |kind, length| {
        Zeroizing::new(derive_key::<Sha1>(&utf16, salt, kind, rounds as i32, length))
    };
    let iv = derive(Pkcs12KeyType::Iv, 8);
    let key = |length| derive(Pkcs12KeyType::EncryptionKey, length);
    let mut octets = Zeroizing::new(encrypted.to_vec());
    let opened = match old {
        Old::TripleDes => open::<cbc::Decryptor<des::TdesEde3>>(&key(24), &iv, &mut octets),
        Old::Rc2Of128 => open::<cbc::Decryptor<Rc2>>(&key(16), &iv, &mut octets),
        Old::Rc2Of40 => open::<cbc::Decryptor<Rc2>>(&key(5), &iv, &mut octets),
    };
    let length = opened.ok_or_else(wrong_password)?;
    octets.truncate(length);
    Ok(octets)
}

/// A password as PKCS#12 takes it: UTF-16 with the high octet first, and two octets of zero behind.
pub fn utf16(password: &str) -> Zeroizing<Vec<u8>> {
    let mut octets = Zeroizing::new(Vec::with_capacity(password.len() * 2 + 2));
    octets.extend(password.encode_utf16().flat_map(u16::to_be_bytes));
    octets.extend([0, 0]);
    octets
}

/// A number of rounds.
pub fn rounds(integer: &[u8]) -> Option<u32> {
    let octets = asn1::content(integer, INTEGER)?;
    let is_small = octets.len() <= 4 && octets.first().is_some_and(|octet| octet & 0x80 == 0);
    is_small.then(|| octets.iter().fold(0, |rounds, octet| rounds << 8 | u32::from(*octet)))
}

pub fn endless() -> Error {
    let sentence = "the encryption asks for no work at all or for more than is done for a password";
    Error::new(Status::PrivateKey, sentence)
}

pub fn wrong_password() -> Error {
    Error::new(Status::Password, "the password does not open what it should open")
}

fn unknown(what: &str) -> Error {
    Error::new(Status::PrivateKey, format!("the encryption is of a kind that is not read ({what})"))
}

fn decrypt_pbes2(
    parameters: &[u8],
    encrypted: &[u8],
    password: &str,
    work: &mut Work,
) -> Result<Zeroizing<Vec<u8>>> {
    let unusable = || unknown("parameters of PBES2");
    let parameters = Parameters::from_der(parameters).map_err(|_| unusable())?;
    let rounds = match &parameters.kdf {
        Kdf::Pbkdf2(pbkdf2) => pbkdf2.iteration_count,
        Kdf::Scrypt(scrypt) => scrypt_blocks(scrypt).ok_or_else(endless)?,
        _ => return Err(unusable()),
    };
    work.take(rounds).ok_or_else(endless)?;
    let opened = parameters.decrypt(password, encrypted);
    Ok(Zeroizing::new(opened.map_err(|_| wrong_password())?))
}

/// How many blocks of 128 octets it writes and reads again, if they fit in memory.
fn scrypt_blocks(scrypt: &ScryptParams<'_>) -> Option<u32> {
    let cost = scrypt.cost_parameter;
    let passes = u64::from(scrypt.parallelization);
    let blocks = u64::from(scrypt.block_size).checked_mul(cost)?.checked_mul(passes)?;
    // The crate takes the logarithm of the cost, which has to have one.
    let fits = cost.is_power_of_two() && blocks <= MOST_MEMORY / 128;
    fits.then_some(blocks as u32)
}

fn old_parameters(parameters: &[u8]) -> Option<(&[u8], u32)> {
    let [salt, count] = asn1::members(parameters, SEQUENCE)?.try_into().ok()?;
    Some((asn1::content(salt, OCTET_STRING)?, rounds(count)?))
}

/// Decrypts in place. Returns how many octets there are without the padding.
fn open<C: KeyIvInit + BlockDecryptMut>(key: &[u8], iv: &[u8], octets: &mut [u8]) -> Option<usize> {
    let cipher = C::new_from_slices(key, iv).ok()?;
    Some(cipher.decrypt_padded_mut::<Pkcs7>(octets).ok()?.len())
}
