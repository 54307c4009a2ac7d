//! The client's certificate, and what signs for it: a key at hand, or a host that has it elsewhere.

use super::schemes;
use super::seat::{SignRequest, spent, with_seat};
use super::settings::{ExternalMode, TlsSettings, ssl_options};
use super::verifier::nobody;
use crate::error::{Error, Result, Status};
use crate::pki::Certificate;
use rustls::client::ResolvesClientCert;
use rustls::crypto::CryptoProvider;
use rustls::sign::{CertifiedKey, Signer, SigningKey};
use rustls::{SignatureAlgorithm, SignatureScheme};
use std::sync::Arc;

/// Answers the server that wants a certificate.
#[derive(Debug)]
pub struct ClientKey {
    certified: Option<Arc<CertifiedKey>>,
}

impl ClientKey {
    pub fn new(settings: &TlsSettings, provider: &CryptoProvider) -> Result<ClientKey> {
        let chain = &settings.client_chain.0;
        let Some(leaf) = chain.first() else {
            return Ok(ClientKey { certified: None });
        };
        let key = Preferring {
            key: signing_key(leaf, settings, provider)?,
            hash: preferred_hash(leaf, settings),
            only: settings.ssl_options & ssl_options::FORCE_CERTIFICATE_HASH != 0,
        };
        let certificates = chain.iter().map(|certificate| certificate.der().clone()).collect();
        let certified = CertifiedKey::new(certificates, Arc::new(key));
        if settings.checks_client_key {
            prove(&certified)?;
        }
        Ok(ClientKey { certified: Some(Arc::new(certified)) })
    }
}

impl ResolvesClientCert for ClientKey {
    fn resolve(&self, _: &[&[u8]], schemes: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        // What a server says of the issuers that it likes is not gone by: many say less than they accept.
        let usable = self
            .certified
            .as_ref()
            .filter(|certified| certified.key.choose_scheme(schemes).is_some());
        with_seat(|seat| {
            seat.noted.wants_certificate = true;
            seat.noted.offers_certificate = usable.is_some();
        });
        usable.cloned()
    }

    fn has_certs(&self) -> bool {
        self.certified.is_some()
    }
}

fn signing_key(
    leaf: &Certificate,
    settings: &TlsSettings,
    provider: &CryptoProvider,
) -> Result<Arc<dyn SigningKey>> {
    let unusable = |reason: String| {
        Error::new(Status::PrivateKey, format!("the client's certificate cannot be used: {reason}"))
    };
    match (leaf.private_key(), settings.external.mode) {
        (Some(key), ExternalMode::Default | ExternalMode::Disabled) => {
            let key = provider.key_provider.load_private_key(key.der().clone_key());
            key.map_err(|error| unusable(error.to_string()))
        }
        (None, ExternalMode::Disabled) => {
            Err(unusable("it came without its key, and ExternalCrypto is disabled".into()))
        }
        _ => {
            let kind = match settings.external.key_algorithm.as_str() {
                "" => leaf.parts()?.key_algorithm()?,
                named => named.to_owned(),
            };
            let bits = leaf.parts()?.key_bits().unwrap_or_default();
            let (algorithm, schemes) = schemes::of_key(&kind, bits).ok_or_else(|| {
                unusable(format!("TLS has no signatures by a key of the kind '{kind}'"))
            })?;
            Ok(Arc::new(RemoteKey {
                algorithm,
                schemes,
                hashes_externally: settings.external.hashes_externally,
            }))
        }
    }
}

/// The hash that signatures should be made with, as the host has it or as the certificate was signed with.
fn preferred_hash(leaf: &Certificate, settings: &TlsSettings) -> Option<&'static str> {
    let named = settings.external.hash_algorithm.as_str();
    if !named.is_empty() {
        return schemes::hash_named(named);
    }
    let wanted = ssl_options::FORCE_CERTIFICATE_HASH | ssl_options::PREFER_CERTIFICATE_HASH;
    match settings.ssl_options & wanted {
        0 => None,
        _ => schemes::hash_named(&leaf.parts().ok()?.signature_algorithm().ok()?),
    }
}

/// Signs once and looks whether the certificate fits: a key that was damaged would only show at the server.
fn prove(certified: &CertifiedKey) -> Result<()> {
    let matches = certified.keys_match();
    if let Err(rustls::Error::InconsistentKeys(rustls::InconsistentKeys::KeyMismatch)) = matches {
        let sentence = "the private key of the client is not that of its certificate";
        return Err(Error::new(Status::PrivateKey, sentence));
    }
    Ok(())
}

/// A key that prefers signatures by one hash, or makes no others.
#[derive(Debug)]
struct Preferring {
    key: Arc<dyn SigningKey>,
    hash: Option<&'static str>,
    only: bool,
}

impl SigningKey for Preferring {
    fn choose_scheme(&self, offered: &[SignatureScheme]) -> Option<Box<dyn Signer>> {
        let Some(hash) = self.hash else {
            return self.key.choose_scheme(offered);
        };
        let fits = |scheme: &&SignatureScheme| schemes::hash_of(**scheme) == Some(hash);
        let fitting: Vec<_> = offered.iter().filter(fits).copied().collect();
        let preferred = self.key.choose_scheme(&fitting);
        match self.only {
            true => preferred,
            false => preferred.or_else(|| self.key.choose_scheme(offered)),
        }
    }

    fn public_key(&self) -> Option<rustls::pki_types::SubjectPublicKeyInfoDer<'_>> {
        self.key.public_key()
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        self.key.algorithm()
    }
}

/// What stands in a handshake has a length of two octets (RFC 8446 section 4.4.3).
fn sound_signature(signature: Vec<u8>) -> Result<Vec<u8>> {
    match signature.len() {
        1..=0xffff => Ok(signature),
        length => {
            let sentence =
                format!("OnExternalSign answered {length} octets, a signature has 1 to 65535");
            Err(Error::new(Status::Argument, sentence))
        }
    }
}

/// A key that the host has elsewhere.
#[derive(Debug)]
struct RemoteKey {
    algorithm: SignatureAlgorithm,
    /// What it can sign by, the best first.
    schemes: &'static [SignatureScheme],
    hashes_externally: bool,
}

impl SigningKey for RemoteKey {
    fn choose_scheme(&self, offered: &[SignatureScheme]) -> Option<Box<dyn Signer>> {
        let scheme = *self.schemes.iter().find(|scheme| offered.contains(scheme))?;
        Some(Box::new(RemoteSigner { scheme, hashes_externally: self.hashes_externally }))
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }
}

#[derive(Debug)]
struct RemoteSigner {
    scheme: SignatureScheme,
    hashes_externally: bool,
}

impl Signer for RemoteSigner {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rustls::Error> {
        let digest = match self.hashes_externally {
            true => None,
            false => schemes::digest(self.scheme, message),
        };
        let request = SignRequest {
            algorithm: schemes::name(self.scheme).unwrap_or_default(),
            octets: digest.as_ref().map_or(message, |digest| digest.as_ref()),
            is_digest: digest.is_some(),
        };
        let signed = with_seat(|seat| {
            let signed = match &seat.tls.hooks.sign {
                Some(hook) => {
                    let signed = hook(&request).and_then(sound_signature);
                    let in_time = seat.vigil.watch().check();
                    signed.and_then(|signature| match in_time {
                        Ok(()) => Ok(signature),
                        Err(error) => Err(spent(error, "OnExternalSign")),
                    })
                }
                None => {
                    let sentence = "the client's certificate came without its key, and there is no OnExternalSign";
                    Err(Error::new(Status::PrivateKey, sentence))
                }
            };
            signed.map_err(|error| {
                seat.noted.failure = Some(error);
                rustls::Error::General("nobody signed for the client".into())
            })
        });
        signed.unwrap_or_else(|| Err(nobody()))
    }

    fn scheme(&self) -> SignatureScheme {
        self.scheme
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_of_no_octets_or_too_many_is_none() {
        for length in [1, 64, 0xffff] {
            assert_eq!(sound_signature(vec![0; length]).unwrap().len(), length);
        }
        for length in [0, 0x10000] {
            let refused = sound_signature(vec![0; length]).unwrap_err();
            assert_eq!(refused.status(), Status::Argument);
            assert!(refused.message().contains(&length.to_string()), "{refused}");
        }
    }
}
