//! A certificate as it was read.

use super::certificate_fields::Parts;
use super::pem;
use super::private_key::PrivateKey;
use super::rules::Limits;
use super::words;
use crate::error::{Error, Result, Status};
use rustls::pki_types::CertificateDer;
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Two certificates are the same if their octets are.
#[derive(Debug, Clone)]
pub struct Certificate {
    der: CertificateDer<'static>,
    private_key: Option<Arc<PrivateKey>>,
    id: i64,
}

/// A number that no other object of this room has in this process, from 1 on.
pub fn next_id() -> i64 {
    static LAST: AtomicI64 = AtomicI64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}

impl Certificate {
    /// A certificate that webpki reads, in the place of a server's or as a root.
    pub fn from_der(der: &[u8]) -> Result<Certificate> {
        Limits::default().check_as(der, Status::CertificateFile)?;
        let der = CertificateDer::from(der.to_vec());
        if let Err(error) = webpki::EndEntityCert::try_from(&der) {
            // Roots are read more leniently, those of version 1 too.
            webpki::anchor_from_trusted_cert(&der).map_err(|_| {
                Error::new(
                    Status::CertificateFile,
                    format!("this is no certificate: {}", words::reason(&error)),
                )
            })?;
        }
        Ok(Certificate { der, private_key: None, id: next_id() })
    }

    /// What a peer has presented as a certificate, whatever it is: its fields have to tell.
    pub fn presented(der: &[u8]) -> Certificate {
        let der = CertificateDer::from(der.to_vec());
        Certificate { der, private_key: None, id: next_id() }
    }

    /// The certificate with its private key.
    pub fn with_private_key(self, key: Arc<PrivateKey>) -> Result<Certificate> {
        if !key.fits(self.parts()?.public_key) {
            let sentence = "the private key is not the one of the certificate";
            return Err(Error::new(Status::PrivateKey, sentence));
        }
        Ok(Certificate { private_key: Some(key), ..self })
    }

    pub fn der(&self) -> &CertificateDer<'static> {
        &self.der
    }

    pub fn private_key(&self) -> Option<&Arc<PrivateKey>> {
        self.private_key.as_ref()
    }

    /// The number of this object.
    pub fn id(&self) -> i64 {
        self.id
    }

    /// The certificate as text, without its key.
    pub fn pem(&self) -> String {
        pem::write("CERTIFICATE", &self.der)
    }

    /// The certificate taken apart, for what it says of itself.
    pub fn parts(&self) -> Result<Parts<'_>> {
        Parts::of(&self.der)
    }
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Certificate) -> bool {
        self.der == other.der
    }
}

impl Eq for Certificate {}

impl Hash for Certificate {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.der.as_ref().hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rcgen::{CertificateParams, CrlDistributionPoint, CustomExtension, KeyPair};

    /// Authority Information Access of an OCSP responder, an LDAP one, and an issuer.
    fn access(responder: &str) -> CustomExtension {
        let value = |tag: u8, content: &[u8]| [&[tag, content.len() as u8], content].concat();
        let method = |last: u8| value(6, &[0x2b, 6, 1, 5, 5, 7, 0x30, last]);
        let place = |last: u8, url: &str| {
            value(0x30, &[method(last), value(0x86, url.as_bytes())].concat())
        };
        let places = [
            place(1, responder),
            place(1, "ldap://127.0.0.1/x"),
            place(2, "http://127.0.0.1/issuer.der"),
        ];
        let content = value(0x30, &places.concat());
        CustomExtension::from_oid_content(&[1, 3, 6, 1, 5, 5, 7, 1, 1], content)
    }

    fn made(change: impl FnOnce(&mut CertificateParams)) -> Certificate {
        let mut params = CertificateParams::new(["mail.example.org".to_owned()]).unwrap();
        change(&mut params);
        let made = params.self_signed(&KeyPair::generate().unwrap()).unwrap();
        Certificate::from_der(made.der()).unwrap()
    }

    #[test]
    fn a_certificate_names_where_its_revocation_is_told() {
        let lists = ["http://127.0.0.1/1.crl", "http://127.0.0.1/2.crl"];
        let certificate = made(|params| {
            params.custom_extensions.push(access("http://127.0.0.1:8080/ocsp"));
            params.crl_distribution_points =
                lists.map(|url| CrlDistributionPoint { uris: vec![url.to_owned()] }).into();
        });
        let parts = certificate.parts().unwrap();
        let responders = ["http://127.0.0.1:8080/ocsp", "ldap://127.0.0.1/x"];
        assert_eq!(parts.ocsp_urls().unwrap(), responders);
        assert_eq!(parts.issuer_urls().unwrap(), ["http://127.0.0.1/issuer.der"]);
        assert_eq!(parts.crl_urls().unwrap(), lists);
        let silent = made(|_| ());
        assert!(silent.parts().unwrap().ocsp_urls().unwrap().is_empty());
        assert!(silent.parts().unwrap().crl_urls().unwrap().is_empty());
    }

    #[test]
    fn a_broken_extension_is_not_one_that_names_nobody() {
        let broken = made(|params| {
            let mut extension = CustomExtension::from_oid_content(
                &[1, 3, 6, 1, 5, 5, 7, 1, 1],
                vec![0x30, 2, 0x30, 9],
            );
            extension.set_criticality(false);
            params.custom_extensions.push(extension);
        });
        assert_eq!(
            broken.parts().unwrap().ocsp_urls().unwrap_err().status(),
            Status::CertificateField
        );
        assert_eq!(broken.parts().unwrap().alt_names().unwrap().len(), 1);
    }

    #[test]
    fn what_is_no_certificate_is_refused() {
        for octets in [&b""[..], b"text", &[0x30, 0], &[0x30, 3, 2, 1, 1], &[0x30, 0x80, 0, 0]] {
            let refused = Certificate::from_der(octets).unwrap_err();
            assert_eq!(refused.status(), Status::CertificateFile, "{octets:?}");
        }
    }
}
