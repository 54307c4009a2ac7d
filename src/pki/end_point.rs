//! The channel binding `tls-server-end-point` (RFC 5929 section 4): a hash of the server's certificate.

use super::asn1::{self, SEQUENCE};
use ring::digest::{self, Algorithm, SHA256, SHA384, SHA512};

/// The certificate by the hash of its signature, where that is no weaker than SHA-256. `None`: its signature has no hash
/// (Ed25519), or one that this library does not know, for which no binding is defined.
pub fn end_point(certificate: &[u8]) -> Option<Vec<u8>> {
    let [_, algorithm, _] = asn1::members(certificate, SEQUENCE)?.try_into().ok()?;
    let hash = hash_of(algorithm)?;
    Some(digest::digest(hash, certificate).as_ref().to_vec())
}

fn hash_of(identifier: &[u8]) -> Option<&'static Algorithm> {
    let members = asn1::members(identifier, SEQUENCE)?;
    let oid = asn1::dotted(members.first()?)?;
    Some(match oid.as_str() {
        // MD5 and SHA-1 give way to SHA-256.
        "1.2.840.113549.1.1.4" | "1.2.840.113549.1.1.5" | "1.2.840.10045.4.1" => &SHA256,
        "1.2.840.113549.1.1.11" | "1.2.840.10045.4.3.2" => &SHA256,
        "1.2.840.113549.1.1.12" | "1.2.840.10045.4.3.3" => &SHA384,
        "1.2.840.113549.1.1.13" | "1.2.840.10045.4.3.4" => &SHA512,
        "1.2.840.113549.1.1.10" => match hash_of_pss(members.get(1)?)?.as_str() {
            "2.16.840.1.101.3.4.2.1" | SHA1 => &SHA256,
            "2.16.840.1.101.3.4.2.2" => &SHA384,
            "2.16.840.1.101.3.4.2.3" => &SHA512,
            _ => return None,
        },
        _ => return None,
    })
}

const SHA1: &str = "1.3.14.3.2.26";

/// The hash among the parameters of RSASSA-PSS (RFC 4055 section 3.1).
fn hash_of_pss(parameters: &[u8]) -> Option<String> {
    let parameters = asn1::members(parameters, SEQUENCE)?;
    let hash = parameters.iter().find(|member| member[0] == asn1::constructed(0));
    match hash {
        None => Some(SHA1.to_owned()),
        Some(hash) => {
            let identifier = asn1::content(hash, asn1::constructed(0))?;
            asn1::dotted(asn1::members(identifier, SEQUENCE)?.first()?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_names_the_hash() {
        let p256 =
            rcgen::generate_simple_self_signed(["a.test".to_owned()]).expect("a certificate");
        let p256 = p256.cert.der().to_vec();
        assert_eq!(end_point(&p256).unwrap(), digest::digest(&SHA256, &p256).as_ref());
        let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P384_SHA384).expect("a key");
        let p384 = rcgen::CertificateParams::default().self_signed(&key).expect("a certificate");
        assert_eq!(end_point(p384.der()).unwrap(), digest::digest(&SHA384, p384.der()).as_ref());
        let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_ED25519).expect("a key");
        let ed25519 = rcgen::CertificateParams::default().self_signed(&key).expect("a certificate");
        assert_eq!(end_point(ed25519.der()), None);
        assert_eq!(end_point(b"no certificate"), None);
    }
}
