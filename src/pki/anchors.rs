//! Whom a judge believes, and whom never.

use super::certificate::Certificate;
use super::facts::{Facts, SEQUENCE, key_bits, wrapped};
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};
use rustls::pki_types::{CertificateDer, TrustAnchor};
use std::borrow::Cow;
use std::sync::Arc;

/// The roots of a system: those that the process shares, or some that were read for one judge.
pub type Roots = Cow<'static, [TrustAnchor<'static>]>;

pub(super) struct Anchors {
    pub added: Vec<TrustAnchor<'static>>,
    /// The key identifiers of those, where their certificates have one.
    key_ids: Vec<Option<Vec<u8>>>,
    pub system: Roots,
    /// Whoever presents one of these is believed for it.
    pub pinned: Vec<CertificateDer<'static>>,
}

impl Anchors {
    pub fn new(trusted: &[Arc<Certificate>], system: Roots) -> Anchors {
        let mut added = Vec::new();
        let mut key_ids = Vec::new();
        let mut pinned = Vec::new();
        for certificate in trusted {
            pinned.push(certificate.der().clone());
            if !is_for_others(certificate.der()) {
                continue;
            }
            if let Ok(anchor) = webpki::anchor_from_trusted_cert(certificate.der()) {
                added.push(anchor.to_owned());
                let facts = Facts::read(certificate.der());
                key_ids.push(facts.ok().and_then(|facts| facts.key_id().map(<[u8]>::to_vec)));
            }
        }
        Anchors { added, key_ids, system, pinned }
    }

    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.system.is_empty() && self.pinned.is_empty()
    }

    /// All anchors of this name (with tag and length).
    pub fn named(&self, name: &[u8]) -> impl Iterator<Item = Anchor> {
        let added = self.added.iter().zip(&self.key_ids).map(|(anchor, id)| (anchor, id.clone()));
        let system = self.system.iter().map(|anchor| (anchor, None));
        added
            .chain(system)
            .filter(move |(anchor, _)| name.ends_with(&anchor.subject))
            .map(|(anchor, key_id)| Anchor { key_id, ..Anchor::new(anchor) })
            .filter(move |anchor| anchor.subject == name)
    }
}

/// Whether a trusted certificate is a CA's. That of a server is believed for the server alone: it must not make its key
/// one that certifies others. Old roots have no extensions that say what they are.
fn is_for_others(der: &[u8]) -> bool {
    let Ok(facts) = Facts::read(der) else {
        return false;
    };
    let is_like_a_servers = facts.subject_alt_name.is_some() || facts.extended_key_usage.is_some();
    facts.is_ca().unwrap_or(!is_like_a_servers)
}

/// An anchor's name and key, with tags and lengths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Anchor {
    pub subject: Vec<u8>,
    pub spki: Vec<u8>,
    key_id: Option<Vec<u8>>,
}

impl Anchor {
    pub fn new(anchor: &TrustAnchor) -> Anchor {
        Anchor {
            subject: wrapped(SEQUENCE, &anchor.subject),
            spki: wrapped(SEQUENCE, &anchor.subject_public_key_info),
            key_id: None,
        }
    }

    /// What a certificate that is its own root would be as an anchor.
    pub fn of_root(root: &Facts) -> Anchor {
        Anchor { subject: root.subject.to_vec(), spki: root.spki.to_vec(), key_id: None }
    }

    /// Whether the key identifier is this anchor's. The anchors of a system have lost theirs: it is most often made as in
    /// RFC 5280 section 4.2.1.2 or RFC 7093 section 2.
    pub fn has_key_id(&self, wanted: &[u8]) -> bool {
        let Some(bits) = key_bits(&self.spki) else {
            return false;
        };
        match &self.key_id {
            Some(key_id) => key_id == wanted,
            None => [&SHA1_FOR_LEGACY_USE_ONLY, &SHA256]
                .iter()
                .any(|hash| digest(hash, bits).as_ref()[..20] == *wanted),
        }
    }
}

/// Certificates that are never believed.
pub(super) struct Blocked {
    certificates: Vec<CertificateDer<'static>>,
    as_anchors: Vec<TrustAnchor<'static>>,
}

impl Blocked {
    pub fn new(blocked: &[Arc<Certificate>]) -> Blocked {
        let anchor = |blocked: &Arc<Certificate>| {
            webpki::anchor_from_trusted_cert(blocked.der()).ok().map(|anchor| anchor.to_owned())
        };
        Blocked {
            certificates: blocked.iter().map(|blocked| blocked.der().clone()).collect(),
            as_anchors: blocked.iter().filter_map(anchor).collect(),
        }
    }

    pub fn has(&self, der: &[u8]) -> bool {
        self.certificates.iter().any(|blocked| blocked.as_ref() == der)
    }

    /// An anchor is no certificate any more: it is known by its name and its key.
    pub fn has_anchor(&self, anchor: &TrustAnchor) -> bool {
        self.as_anchors.iter().any(|blocked| {
            blocked.subject == anchor.subject
                && blocked.subject_public_key_info == anchor.subject_public_key_info
        })
    }

    pub fn has_key(&self, anchor: &Anchor) -> bool {
        let mut blocked = self.as_anchors.iter().map(Anchor::new);
        blocked.any(|blocked| blocked.subject == anchor.subject && blocked.spki == anchor.spki)
    }
}
