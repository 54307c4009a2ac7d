//! Signatures over what certificates, lists and responders say.

use super::facts::{Signed, Values, rsa_bits};
use rustls::pki_types::SubjectPublicKeyInfoDer;
use webpki::{ALL_VERIFICATION_ALGS, Error, RawPublicKeyEntity};

/// What became of a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signature {
    Good,
    /// It is not by this key.
    Wrong,
    /// The algorithm, or the key, is known to be too weak to prove anything.
    Weak(&'static str),
    /// Nothing here can check it.
    Unsupported,
}

/// Keys of RSA shorter than this are refused by everybody today.
pub(super) const SHORTEST_RSA: usize = 2048;

const WEAK: [(&[u8], &str); 6] = [
    (&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 2], "MD2"),
    (&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 3], "MD4"),
    (&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 4], "MD5"),
    (&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 5], "SHA-1"),
    (&[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 1], "SHA-1"),
    (&[0x2a, 0x86, 0x48, 0xce, 0x38, 4, 3], "SHA-1"),
];

/// The hash that makes an algorithm weak.
pub(super) fn weak_hash(signed: &Signed) -> Option<&'static str> {
    let id = Values::new(signed.algorithm).and_then(|mut values| values.next()).ok()?.content;
    WEAK.iter().find(|(weak, _)| *weak == id).map(|(_, name)| *name)
}

/// Checks a signature by the key of a SubjectPublicKeyInfo.
pub(super) fn check(signed: &Signed, spki: &[u8]) -> Signature {
    if let Some(hash) = weak_hash(signed) {
        return Signature::Weak(hash);
    }
    if rsa_bits(spki).is_some_and(|bits| bits < SHORTEST_RSA) {
        return Signature::Weak("a short RSA key");
    }
    let spki = SubjectPublicKeyInfoDer::from(spki);
    let Ok(key) = RawPublicKeyEntity::try_from(&spki) else {
        return Signature::Unsupported;
    };
    let fitting = ALL_VERIFICATION_ALGS
        .iter()
        .filter(|algorithm| algorithm.signature_alg_id().as_ref() == signed.algorithm);
    for algorithm in fitting {
        match key.verify_signature(*algorithm, signed.message, signed.signature) {
            Ok(()) => return Signature::Good,
            // The same hash with another curve may come next.
            Err(Error::UnsupportedSignatureAlgorithmForPublicKeyContext(_)) => {}
            Err(_) => return Signature::Wrong,
        }
    }
    match is_of_another_kind(signed, &spki) {
        true => Signature::Wrong,
        false => Signature::Unsupported,
    }
}

/// Whether algorithm and key are both known and do not go together: somebody else has signed.
fn is_of_another_kind(signed: &Signed, spki: &[u8]) -> bool {
    let key = Values::of_sequence(spki).and_then(|mut fields| fields.next());
    let Ok(key) = key else {
        return false;
    };
    let mut all = ALL_VERIFICATION_ALGS.iter();
    all.clone().any(|algorithm| algorithm.public_key_alg_id().as_ref() == key.content)
        && all.any(|algorithm| algorithm.signature_alg_id().as_ref() == signed.algorithm)
}
