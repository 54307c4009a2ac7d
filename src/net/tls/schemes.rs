//! Signature schemes (RFC 8446 section 4.2.3).

use ring::digest::{self, Digest};
use rustls::{SignatureAlgorithm, SignatureScheme};

type Hash = &'static digest::Algorithm;
type Named = (SignatureScheme, &'static str, Option<(&'static str, Hash)>);

/// A scheme, the name of RFC 8446 and the hash of what is signed; Ed25519 signs the message itself.
const SCHEMES: [Named; 10] = {
    use SignatureScheme::*;
    const S256: Option<(&str, Hash)> = Some(("SHA256", &digest::SHA256));
    const S384: Option<(&str, Hash)> = Some(("SHA384", &digest::SHA384));
    const S512: Option<(&str, Hash)> = Some(("SHA512", &digest::SHA512));
    [
        (ECDSA_NISTP256_SHA256, "ecdsa_secp256r1_sha256", S256),
        (ECDSA_NISTP384_SHA384, "ecdsa_secp384r1_sha384", S384),
        (ECDSA_NISTP521_SHA512, "ecdsa_secp521r1_sha512", S512),
        (ED25519, "ed25519", None),
        (RSA_PSS_SHA512, "rsa_pss_rsae_sha512", S512),
        (RSA_PSS_SHA384, "rsa_pss_rsae_sha384", S384),
        (RSA_PSS_SHA256, "rsa_pss_rsae_sha256", S256),
        (RSA_PKCS1_SHA512, "rsa_pkcs1_sha512", S512),
        (RSA_PKCS1_SHA384, "rsa_pkcs1_sha384", S384),
        (RSA_PKCS1_SHA256, "rsa_pkcs1_sha256", S256),
    ]
};

fn find(scheme: SignatureScheme) -> Option<(&'static str, Option<(&'static str, Hash)>)> {
    let known = SCHEMES.iter().find(|(known, _, _)| *known == scheme)?;
    Some((known.1, known.2))
}

pub fn name(scheme: SignatureScheme) -> Option<&'static str> {
    find(scheme).map(|(name, _)| name)
}

/// The hash of what is signed; nothing where there is none.
pub fn hash_of(scheme: SignatureScheme) -> Option<&'static str> {
    find(scheme)?.1.map(|(hash, _)| hash)
}

pub fn digest(scheme: SignatureScheme, message: &[u8]) -> Option<Digest> {
    find(scheme)?.1.map(|(_, hash)| digest::digest(hash, message))
}

/// The hash that a text names, which may be the name of a whole signature algorithm.
pub fn hash_named(text: &str) -> Option<&'static str> {
    let text = text.to_ascii_uppercase().replace("SHA-", "SHA");
    ["SHA256", "SHA384", "SHA512"].into_iter().find(|hash| text.contains(hash))
}

/// What a key of that kind (`rsaEncryption`, `id-ecPublicKey`, `id-Ed25519`, or plainly RSA, ECDSA, Ed25519) signs by, the best first.
pub fn of_key(kind: &str, bits: u32) -> Option<(SignatureAlgorithm, &'static [SignatureScheme])> {
    use SignatureScheme::*;
    let kind = kind.to_ascii_uppercase();
    let is = |names: &[&str]| names.iter().any(|name| kind.contains(name));
    match bits {
        _ if is(&["RSA"]) => Some((
            SignatureAlgorithm::RSA,
            &[
                RSA_PSS_SHA512,
                RSA_PSS_SHA384,
                RSA_PSS_SHA256,
                RSA_PKCS1_SHA512,
                RSA_PKCS1_SHA384,
                RSA_PKCS1_SHA256,
            ],
        )),
        _ if is(&["ED25519"]) => Some((SignatureAlgorithm::ED25519, &[ED25519])),
        384 if is(&["EC"]) => Some((SignatureAlgorithm::ECDSA, &[ECDSA_NISTP384_SHA384])),
        521 if is(&["EC"]) => Some((SignatureAlgorithm::ECDSA, &[ECDSA_NISTP521_SHA512])),
        _ if is(&["EC"]) => Some((SignatureAlgorithm::ECDSA, &[ECDSA_NISTP256_SHA256])),
        _ => None,
    }
}
