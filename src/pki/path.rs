//! The way from a server's certificate to somebody who is believed, as webpki finds it.

use super::anchors::{Anchor, Anchors, Blocked};
use super::facts::Facts;
use rustls::pki_types::{CertificateDer, TrustAnchor, UnixTime};
use webpki::{
    ALL_VERIFICATION_ALGS, EndEntityCert, Error, ExtendedKeyUsageValidator, KeyPurposeIdIter,
    KeyUsage, VerifiedPath,
};

/// A path whose signatures are verified: the server's certificate first, then who issued it, and so on.
pub(super) struct Path<'a> {
    pub certificates: Vec<Facts<'a>>,
    pub anchor: Anchor,
}

/// What certificates of a path have to say about their use.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Usage {
    /// Those that say something say that it is for servers.
    Server,
    /// Anything: somebody else looks at it.
    Any,
}

struct AnyUsage;

impl ExtendedKeyUsageValidator for AnyUsage {
    fn validate(&self, _: KeyPurposeIdIter<'_, '_>) -> Result<(), Error> {
        Ok(())
    }
}

/// Where paths are looked for.
pub(super) struct Ground<'a> {
    /// The server's certificate.
    pub leaf: &'a CertificateDer<'a>,
    /// What may stand between it and an anchor.
    pub others: &'a [CertificateDer<'a>],
    pub anchors: &'a Anchors,
    pub blocked: &'a Blocked,
}

impl<'a> Ground<'a> {
    /// Finds a path on which nothing is blocked.
    pub fn find(&self, now: UnixTime, usage: Usage) -> Result<Path<'a>, Error> {
        let leaf = EndEntityCert::try_from(self.leaf)?;
        let mut result = Err(Error::UnknownIssuer);
        for anchors in [self.anchors.added.as_slice(), &self.anchors.system] {
            if anchors.is_empty() {
                continue;
            }
            match verify(&leaf, self.others, anchors, now, usage, Some(&|path| self.admit(path))) {
                Ok(path) => return self.read(&path),
                // The one that says more than that nobody is known.
                Err(error) if matches!(result, Err(Error::UnknownIssuer)) => result = Err(error),
                Err(_) => {}
            }
        }
        result
    }

    fn admit(&self, path: &VerifiedPath) -> Result<(), Error> {
        let mut between = path.intermediate_certificates();
        let is_blocked = self.blocked.has_anchor(&Anchor::new(path.anchor()))
            || between.any(|certificate| self.blocked.has_issuer(&certificate.der()));
        match is_blocked {
            true => Err(Error::CertDistrusted),
            false => Ok(()),
        }
    }

    fn read(&self, path: &VerifiedPath) -> Result<Path<'a>, Error> {
        let mut certificates = vec![read(self.leaf)?];
        for certificate in path.intermediate_certificates() {
            let der = certificate.der();
            // The same octets, which live longer than webpki's view of them.
            let ours = self.others.iter().find(|other| **other == der);
            certificates.push(read(ours.ok_or(Error::BadDer)?)?);
        }
        Ok(Path { certificates, anchor: Anchor::new(path.anchor()) })
    }
}

fn read<'a>(der: &'a CertificateDer) -> Result<Facts<'a>, Error> {
    Facts::read(der).map_err(|_| Error::BadDer)
}

type Admission<'v> = &'v dyn Fn(&VerifiedPath<'_>) -> Result<(), Error>;

pub(super) fn verify<'p>(
    leaf: &'p EndEntityCert<'p>,
    others: &'p [CertificateDer<'p>],
    anchors: &'p [TrustAnchor<'p>],
    now: UnixTime,
    usage: Usage,
    admission: Option<Admission>,
) -> Result<VerifiedPath<'p>, Error> {
    let algorithms = ALL_VERIFICATION_ALGS;
    match usage {
        Usage::Server => {
            let usage = KeyUsage::server_auth();
            leaf.verify_for_usage(algorithms, anchors, others, now, usage, None, admission)
        }
        Usage::Any => {
            leaf.verify_for_usage(algorithms, anchors, others, now, AnyUsage, None, admission)
        }
    }
}
