//! Whom a judge believes, and whom never.

use super::certificate::Certificate;
use super::facts::{Facts, SEQUENCE, key_bits, wrapped};
use super::signature::{self, Signature};
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};
use rustls::pki_types::{CertificateDer, TrustAnchor};
use std::borrow::Cow;
use std::sync::Arc;

/// The roots of a system: those that the process shares, or some that were read for one judge.
pub type Roots = Cow<'static, [TrustAnchor<'static>]>;

/// A stranger may present many who could have issued a certificate.
const MOST_CHECKS: usize = 100;

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
pub(super) struct Blocked(Vec<BlockedOne>);

struct BlockedOne {
    certificate: CertificateDer<'static>,
    /// Nothing where it cannot be read; then its octets are all that it is known by.
    known_by: Option<KnownBy>,
}

struct KnownBy {
    /// What its issuer has signed. The signature around it can be written anew by anybody (ECDSA), or by the issuer.
    signed: Vec<u8>,
    subject: Vec<u8>,
    spki: Vec<u8>,
    may_certify: bool,
}

impl Blocked {
    pub fn new(blocked: &[Arc<Certificate>]) -> Blocked {
        let one = |blocked: &Arc<Certificate>| BlockedOne {
            certificate: blocked.der().clone(),
            known_by: Facts::read(blocked.der()).ok().map(|facts| KnownBy {
                signed: facts.signed.message.to_vec(),
                subject: facts.subject.to_vec(),
                spki: facts.spki.to_vec(),
                may_certify: facts.is_ca() != Some(false),
            }),
        };
        Blocked(blocked.iter().map(one).collect())
    }

    /// Whether this certificate is blocked. One that certifies others is so in any form in which it has its name and its key: who
    /// holds the key signs with it whichever of them is presented.
    pub fn has(&self, facts: &Facts, certifies: bool) -> bool {
        let certifies = certifies || facts.is_ca() == Some(true);
        self.0.iter().any(|blocked| {
            blocked.certificate.as_ref() == facts.der
                || blocked.known_by.as_ref().is_some_and(|known| {
                    known.signed == facts.signed.message
                        || certifies && known.is_of(facts.subject, facts.spki)
                })
        })
    }

    /// Whether an issuer of these octets is blocked, one that nobody can read included.
    pub fn has_issuer(&self, der: &[u8]) -> bool {
        match Facts::read(der) {
            Ok(facts) => self.has(&facts, true),
            Err(_) => self.0.iter().any(|blocked| blocked.certificate.as_ref() == der),
        }
    }

    /// An anchor is no certificate any more: it is known by its name and its key.
    pub fn has_anchor(&self, anchor: &Anchor) -> bool {
        let mut known = self.0.iter().filter_map(|blocked| blocked.known_by.as_ref());
        known.any(|known| known.is_of(&anchor.subject, &anchor.spki))
    }

    /// Whether one of these has issued the certificate, or has issued who has. `others` are those that may stand between.
    pub fn has_issued(&self, facts: &Facts, others: &[CertificateDer]) -> bool {
        let others: Vec<Facts> =
            others.iter().filter_map(|other| Facts::read(other).ok()).collect();
        let mut way = vec![facts];
        let mut checks = 0;
        let mut place = 0;
        while let Some(at) = way.get(place).copied().filter(|_| checks < MOST_CHECKS) {
            place += 1;
            if at.is_self_issued() {
                continue;
            }
            let mut is_by = |spki: &[u8]| {
                checks += 1;
                signature::check(&at.signed, spki) != Signature::Wrong
            };
            let mut known = self.0.iter().filter_map(|blocked| blocked.known_by.as_ref());
            if known
                .any(|known| known.may_certify && known.subject == at.issuer && is_by(&known.spki))
            {
                return true;
            }
            for other in others.iter().filter(|other| other.subject == at.issuer) {
                let is_new = !way.iter().any(|been| been.der == other.der);
                if is_new && way.len() < MOST_CHECKS && is_by(other.spki) {
                    way.push(other);
                }
            }
        }
        false
    }
}

impl KnownBy {
    /// The algorithm of a key may be written in several ways, the key itself in one.
    fn is_of(&self, subject: &[u8], spki: &[u8]) -> bool {
        let key = |spki| key_bits(spki).unwrap_or(spki);
        self.subject == subject && key(&self.spki) == key(spki)
    }
}
