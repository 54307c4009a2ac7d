//! `INetExternalCrypto`: the settings of a client's key that lives elsewhere.

use super::tls_settings::{ExternalMode, TlsSettings, TlsView, unknown};
use crate::deliver::ExternalCrypto;
use crate::error::Result;
use std::sync::{Arc, Mutex};
use zeroize::Zeroizing;

/// The part of a client's settings of TLS that is about such a key. It outlives the client.
pub struct ExternalCryptoView {
    tls: TlsView,
}

/// The hashes of the signatures of TLS 1.2 and 1.3.
const HASHES: [&str; 3] = ["SHA256", "SHA384", "SHA512"];

/// Kinds of keys, by plain names and those of certificates.
const KEYS: [&str; 7] =
    ["RSA", "EC", "ECDSA", "Ed25519", "rsaEncryption", "id-ecPublicKey", "id-Ed25519"];

impl ExternalCryptoView {
    pub(super) fn new(settings: Arc<Mutex<Arc<TlsSettings>>>) -> ExternalCryptoView {
        ExternalCryptoView { tls: TlsView::new(settings) }
    }

    /// One of the settings as it is now.
    pub fn read<T>(&self, read: impl FnOnce(&ExternalCrypto) -> T) -> T {
        read(&self.tls.now().external)
    }

    pub fn set_mode(&self, mode: ExternalMode) {
        self.change(|external| external.mode = mode);
    }

    pub fn set_hashes_externally(&self, hashes: bool) {
        self.change(|external| external.hashes_externally = hashes);
    }

    /// Empty for whichever the server prefers.
    pub fn set_hash_algorithm(&self, name: &str) -> Result<()> {
        let plain = name.to_ascii_uppercase().replace('-', "");
        if !name.is_empty() && !HASHES.contains(&plain.as_str()) {
            return Err(unknown(name, "hash of TLS signatures", "SHA256, SHA384 and SHA512"));
        }
        self.change(|external| external.hash_algorithm = plain);
        Ok(())
    }

    /// Empty for what the certificate says.
    pub fn set_key_algorithm(&self, name: &str) -> Result<()> {
        if !name.is_empty() && !KEYS.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            return Err(unknown(name, "kind of key", "RSA, ECDSA and Ed25519"));
        }
        self.change(|external| external.key_algorithm = name.to_owned());
        Ok(())
    }

    pub fn set_pkcs7(&self, pkcs7: bool) {
        self.change(|external| external.pkcs7 = pkcs7);
    }

    pub fn set_custom_params(&self, params: &str) {
        self.change(|external| external.custom_params = params.to_owned());
    }

    pub fn set_data(&self, data: &str) {
        self.change(|external| external.data = data.to_owned());
    }

    pub fn set_key_id(&self, id: &str) {
        self.change(|external| external.key_id = id.to_owned());
    }

    pub fn key_secret(&self) -> Zeroizing<String> {
        // It came as text, so that it is text.
        self.read(|external| Zeroizing::new(String::from_utf8_lossy(&external.key_secret.0).into()))
    }

    pub fn set_key_secret(&self, secret: &str) {
        self.change(|external| external.key_secret.0 = Zeroizing::new(secret.as_bytes().to_vec()));
    }

    fn change(&self, change: impl FnOnce(&mut ExternalCrypto)) {
        self.tls.change(|settings| change(&mut settings.external));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Status;

    #[test]
    fn names_that_no_signature_has_are_refused() {
        let view = ExternalCryptoView::new(Arc::default());
        for name in ["MD5", "SHA1", "SHA2567", " "] {
            assert_eq!(view.set_hash_algorithm(name).unwrap_err().status(), Status::Argument);
        }
        for name in ["DSA", "RSA,EC", " "] {
            assert_eq!(view.set_key_algorithm(name).unwrap_err().status(), Status::Argument);
        }
        view.set_hash_algorithm("sha-384").unwrap();
        view.set_key_algorithm("ecdsa").unwrap();
        let names = view.read(|own| (own.hash_algorithm.clone(), own.key_algorithm.clone()));
        assert_eq!(names, ("SHA384".to_owned(), "ecdsa".to_owned()));
    }

    #[test]
    fn a_view_of_the_same_settings_sees_the_change_and_no_text_shows_the_secret() {
        let settings = Arc::default();
        let view = ExternalCryptoView::new(Arc::clone(&settings));
        view.set_mode(ExternalMode::Generic);
        view.set_key_secret("abcdef");
        let seen = TlsView::new(settings).now();
        assert_eq!(seen.external.mode, ExternalMode::Generic);
        assert_eq!(view.key_secret().as_str(), "abcdef");
        assert!(!format!("{seen:?}").contains("abcdef"));
    }
}
