//! Why there is no path: in place of webpki's one reason, everything that is wrong with the chain as it was meant.
//!
//! Nothing that is found here makes a chain valid. The chain is followed by its names; each of its certificates is inspected on its
//! own, and webpki is asked once more, in the most lenient way, for what is left.

use super::algorithms;
use super::anchors::Anchor;
use super::asn1;
use super::facts::{Facts, name_in_words, rsa_bits};
use super::findings::Findings;
use super::inspection::{Inspection, inspect};
use super::path::{Ground, Path, Usage, verify};
use super::signature::{self, SHORTEST_RSA, Signature};
use super::verdict::{ChainResult, details};
use super::words;
use crate::error::shown;
use rustls::pki_types::{CertificateDer, TrustAnchor, UnixTime};
use std::time::Duration;
use webpki::{
    EndEntityCert, Error, UnsupportedSignatureAlgorithmContext,
    UnsupportedSignatureAlgorithmForPublicKeyContext,
};

/// How many certificates one behind the other are followed, and how many signatures are checked in all: a stranger chooses both.
const DEEPEST: usize = 8;
const MOST_CHECKS: usize = 100;

/// How following a chain ended, the best end first.
#[derive(Debug, Clone, PartialEq, Eq)]
enum End {
    Trusted(Anchor),
    /// With a root that nobody trusts.
    Untrusted,
    TooLong,
    Missing,
    Loop,
    /// With somebody who has the issuer's name, and another key than the one that signed.
    OtherKey,
    /// With somebody who has the issuer's name and key identifier, and has not signed it.
    Forged,
}

impl End {
    fn rank(&self) -> usize {
        match self {
            End::Trusted(_) => 0,
            End::Untrusted => 1,
            End::TooLong => 2,
            End::Missing => 3,
            End::Loop => 4,
            End::OtherKey => 5,
            End::Forged => 6,
        }
    }
}

struct Walk<'f, 'a> {
    ground: &'f Ground<'a>,
    pool: Vec<&'f Facts<'a>>,
    checks: usize,
    here: Vec<&'f Facts<'a>>,
    best: Option<(Vec<&'f Facts<'a>>, End)>,
}

/// Puts what is wrong into the findings. Returns the path if the chain has one, whatever else is wrong with it.
pub(super) fn diagnose<'a>(
    ground: &Ground<'a>,
    error: &Error,
    inspection: &Inspection,
    findings: &mut Findings,
) -> Option<Path<'a>> {
    // It is that of one algorithm which webpki tried in vain, and says nothing of the chain unless its end is trusted.
    let is_of_one_try = matches!(error, Error::UnsupportedSignatureAlgorithmForPublicKeyContext(_));
    if !is_of_one_try {
        findings.note(format_args!("No path: {}.", words::reason(error)));
    }
    let leaf = match (EndEntityCert::try_from(ground.leaf), Facts::read(ground.leaf)) {
        (Ok(_), Ok(facts)) => facts,
        (Err(error), _) => return unreadable("it", &error, findings),
        (_, Err(_)) => return unreadable("it", &Error::BadDer, findings),
    };
    let readable = ground.others.iter().filter_map(|other| Facts::read(other).ok());
    let pool: Vec<Facts> = readable.collect();
    let (certificates, end) = follow(ground, &leaf, &pool);
    if is_of_one_try {
        let error = if matches!(end, End::Trusted(_)) { error } else { &Error::UnknownIssuer };
        findings.note(format_args!("No path: {}.", words::reason(error)));
    }
    let mut faults = Findings::new(u64::MAX);
    for (place, facts) in certificates.iter().enumerate() {
        inspect(inspection, place, facts, &mut faults);
    }
    let names: Vec<String> = certificates.iter().map(|facts| facts.name()).collect();
    findings.note(format_args!("The chain by its names: '{}'.", names.join("' <- '")));
    findings.take(faults);
    judge_end(ground, &certificates, &end, findings);
    if matches!(end, End::Trusted(_) | End::Untrusted) {
        ask_again(ground, &certificates, &end, inspection.now, findings);
    }
    if findings.has_no_fault() {
        doubt(&certificates, ground.others.len() != pool.len(), error, findings);
    }
    let anchor = match end {
        End::Trusted(anchor) => anchor,
        End::Untrusted => Anchor::of_root(certificates.last()?),
        _ => return None,
    };
    let owned = certificates.iter().filter_map(|facts| Facts::read(facts.der).ok()).collect();
    Some(Path { certificates: owned, anchor })
}

fn unreadable<'a>(who: &str, error: &Error, findings: &mut Findings) -> Option<Path<'a>> {
    let sentence = match error {
        Error::UnsupportedCriticalExtension => {
            format!("{who} has a critical extension that is not understood here")
        }
        Error::UnsupportedCertVersion => format!("{who} is no certificate of version 3"),
        error => format!("{who} cannot be read as a certificate ({})", words::reason(error)),
    };
    findings.fault(ChainResult::Invalid, details::BAD_DATA, sentence);
    None
}

/// Nothing that is known here is wrong, and webpki is not content.
fn doubt(certificates: &[&Facts], some_unreadable: bool, error: &Error, findings: &mut Findings) {
    for (place, facts) in certificates.iter().enumerate() {
        if let Err(error) = EndEntityCert::try_from(&CertificateDer::from(facts.der)) {
            unreadable(&words::certificate(place, facts), &error, findings);
        }
    }
    if findings.has_no_fault() && some_unreadable {
        unreadable("another certificate that came with it", &Error::BadDer, findings);
    }
    if findings.has_no_fault() {
        explain(error, false, findings);
    }
    if findings.has_no_fault() {
        findings.fault(ChainResult::Invalid, details::FAILURE, words::reason(error));
    }
}

fn follow<'f, 'a>(
    ground: &'f Ground<'a>,
    leaf: &'f Facts<'a>,
    pool: &'f [Facts<'a>],
) -> (Vec<&'f Facts<'a>>, End) {
    let mut walk =
        Walk { ground, pool: pool.iter().collect(), checks: 0, here: Vec::new(), best: None };
    walk.go(leaf);
    walk.best.unwrap_or((vec![leaf], End::Missing))
}

impl<'f, 'a> Walk<'f, 'a> {
    /// Steps on a certificate, and on to whoever can have issued it.
    fn go(&mut self, at: &'f Facts<'a>) {
        self.here.push(at);
        let mut wrong = None;
        for anchor in self.ground.anchors.named(at.issuer) {
            match self.check(at, &anchor.spki) {
                Signature::Wrong => {
                    wrong = worse(wrong, at.issuer_key_id().is_none_or(|id| anchor.has_key_id(id)));
                }
                _ => self.end(End::Trusted(anchor)),
            }
        }
        if at.is_self_issued() && self.check(at, at.spki) != Signature::Wrong {
            self.end(End::Untrusted);
        }
        let mut goes_on = false;
        let mut came_by = false;
        for index in 0..self.pool.len() {
            let next = self.pool[index];
            if next.subject != at.issuer || self.checks >= MOST_CHECKS {
                continue;
            }
            match self.check(at, next.spki) {
                Signature::Wrong => {
                    let (wanted, found) = (at.issuer_key_id(), next.key_id());
                    wrong = worse(wrong, wanted.is_none() || found.is_none() || wanted == found);
                }
                _ if self.has_been_at(next) => came_by |= next.der != at.der,
                _ if self.here.len() < DEEPEST => {
                    goes_on = true;
                    self.go(next);
                }
                _ => {
                    goes_on = true;
                    self.end(End::TooLong);
                }
            }
        }
        match (goes_on, came_by, wrong) {
            (true, ..) => {}
            (_, true, _) => self.end(End::Loop),
            (.., Some(end)) => self.end(end),
            _ => self.end(End::Missing),
        }
        self.here.pop();
    }

    fn check(&mut self, signed: &Facts, spki: &[u8]) -> Signature {
        self.checks += 1;
        signature::check(&signed.signed, spki)
    }

    fn has_been_at(&self, certificate: &Facts) -> bool {
        let is_same =
            |been: &&Facts| been.subject == certificate.subject && been.spki == certificate.spki;
        self.here.iter().any(is_same)
    }

    fn end(&mut self, end: End) {
        if self.best.as_ref().is_none_or(|(_, best)| end.rank() < best.rank()) {
            self.best = Some((self.here.clone(), end));
        }
    }
}

/// Somebody has the issuer's name and not its signature. If the certificate names another key than theirs, its issuer is just
/// not there.
fn worse(before: Option<End>, may_be_meant: bool) -> Option<End> {
    match may_be_meant {
        true => Some(End::Forged),
        false => before.or(Some(End::OtherKey)),
    }
}

const ADDS: &str = "INetSmtpClient_AddTrustedCertificateFile adds one";

fn judge_end(ground: &Ground, certificates: &[&Facts], end: &End, findings: &mut Findings) {
    let Some((last, place)) = certificates.last().zip(certificates.len().checked_sub(1)) else {
        return;
    };
    let issuer = last.issuer_name();
    let who = words::certificate(place, last);
    let whose = if place == 0 { "its".into() } else { format!("{who}'s") };
    let through = match place {
        0 => format!("'{issuer}'"),
        _ => format!("{who} was issued by '{issuer}', which"),
    };
    let nobody = match ground.anchors.is_empty() {
        true => {
            " (no roots are trusted at all: the system has none, as Debian without ca-certificates, or they are switched off)"
        }
        false => "",
    };
    let (result, bits, sentence) = match end {
        End::Trusted(anchor) => {
            if ground.blocked.has_anchor(anchor) {
                let sentence = format!("its root '{}' is blocked", name_in_words(&anchor.subject));
                findings.fault(ChainResult::Invalid, details::BLOCKED, sentence);
            }
            if let Some(bits) = rsa_bits(&anchor.spki).filter(|bits| *bits < SHORTEST_RSA) {
                let name = name_in_words(&anchor.subject);
                let sentence = format!("its root '{name}' has a weak key (RSA of {bits} bits)");
                findings.fault(ChainResult::Invalid, details::WEAK_ALGORITHM, sentence);
            }
            return;
        }
        End::TooLong => return too_long(findings),
        End::Untrusted if place == 0 && last.is_ca() == Some(true) => (
            ChainResult::ValidButUntrusted,
            details::UNKNOWN_CA,
            "it is a CA's own, as self-signed ones are, and is not trusted \
             (INetSmtpClient_AddTrustedCertificateFile with its file makes it so)"
                .to_owned(),
        ),
        End::Untrusted if place == 0 => (
            ChainResult::ValidButUntrusted,
            details::UNKNOWN_CA,
            "its issuer is not trusted: it is self-signed \
             (INetSmtpClient_AddTrustedCertificateFile with its file makes it trusted)"
                .to_owned(),
        ),
        End::Untrusted => (
            ChainResult::ValidButUntrusted,
            details::UNKNOWN_CA,
            format!(
                "its issuer is not trusted: the root '{}' came with it and is none of the trusted \
                 ({ADDS}){nobody}",
                last.name()
            ),
        ),
        End::Missing => (
            ChainResult::CantBeEstablished,
            details::UNKNOWN_CA,
            format!(
                "its issuer is not trusted: {through} is neither among the trusted ({ADDS}) nor among \
                 what the server presented, which should be all but the root{nobody}"
            ),
        ),
        End::Loop => (
            ChainResult::CantBeEstablished,
            details::UNKNOWN_CA | details::CHAIN_LOOP,
            format!(
                "its issuer is not trusted: its chain runs in a circle at '{issuer}' and reaches no root"
            ),
        ),
        End::OtherKey => (
            ChainResult::CantBeEstablished,
            details::UNKNOWN_CA,
            format!(
                "its issuer is not trusted: {whose} issuer '{issuer}' is not there, another of that name \
                 has another key"
            ),
        ),
        End::Forged => (
            ChainResult::Invalid,
            details::INVALID_SIGNATURE,
            format!(
                "{whose} signature is not by '{issuer}': it is forged or damaged, or the one of that name \
                 has another key"
            ),
        ),
    };
    findings.fault(result, bits, sentence);
}

/// Asks webpki for a path to where the chain ends, at a time at which all of it is valid and whatever it may be used for:
/// constraints of names and lengths, roles and forms are left to be wrong.
fn ask_again(
    ground: &Ground,
    certificates: &[&Facts],
    end: &End,
    now: u64,
    findings: &mut Findings,
) {
    let begin = certificates.iter().map(|facts| facts.not_before).max().unwrap_or(now);
    let until = certificates.iter().map(|facts| facts.not_after).min().unwrap_or(now);
    let time = UnixTime::since_unix_epoch(Duration::from_secs(now.min(until).max(begin)));
    let Ok(leaf) = EndEntityCert::try_from(ground.leaf) else {
        return;
    };
    let root = certificates.last().map(|last| CertificateDer::from(last.der));
    let own: Vec<TrustAnchor> = match (end, &root) {
        (End::Untrusted, Some(root)) => {
            webpki::anchor_from_trusted_cert(root).into_iter().collect()
        }
        _ => Vec::new(),
    };
    let between: Vec<CertificateDer> =
        certificates.iter().skip(1).map(|facts| CertificateDer::from(facts.der)).collect();
    let mut last = None;
    for anchors in [own.as_slice(), ground.anchors.added.as_slice(), &ground.anchors.system] {
        if anchors.is_empty() {
            continue;
        }
        match verify(&leaf, &between, anchors, time, Usage::Any, None) {
            Ok(_) => return,
            Err(Error::UnknownIssuer) if last.is_some() => {}
            Err(error) => last = Some(error),
        }
    }
    let is_alone = certificates.len() == 1 && *end == End::Untrusted;
    if let Some(error) = last {
        explain(&error, is_alone, findings);
    }
}

/// As much of the name of an algorithm as a sentence tells.
const LONGEST_ALGORITHM: usize = 60;

/// webpki follows no more, and neither does anybody here.
fn too_long(findings: &mut Findings) {
    let sentence = "its chain is too long: more than 6 CAs would stand between it and its root";
    findings.fault(ChainResult::Invalid, details::FAILURE, sentence);
}

/// What webpki alone has found.
fn explain(error: &Error, is_self_signed: bool, findings: &mut Findings) {
    let invalid = ChainResult::Invalid;
    match error {
        Error::NameConstraintViolation
        | Error::MalformedNameConstraint
        | Error::InvalidNetworkMaskConstraint => {
            let sentence =
                "a CA on its path may not certify names such as its own (name constraints)";
            findings.fault(invalid, details::CA_UNAUTHORIZED, sentence);
        }
        Error::PathLenConstraintViolated => {
            let sentence = "a CA on its path may not have so many CAs below it (path length)";
            findings.fault(invalid, details::CA_UNAUTHORIZED, sentence);
        }
        Error::EndEntityUsedAsCa => {
            let sentence = "it was issued by a certificate that is no CA's";
            findings.fault(invalid, details::CA_UNAUTHORIZED, sentence);
        }
        Error::CaUsedAsEndEntity if !is_self_signed => {
            let sentence = "it is a CA's own and no server's";
            findings.fault(invalid, details::NO_KEY_USAGE, sentence);
        }
        Error::MaximumPathDepthExceeded => too_long(findings),
        Error::MaximumPathBuildCallsExceeded
        | Error::MaximumSignatureChecksExceeded
        | Error::MaximumNameConstraintComparisonsExceeded => {
            let sentence = format!(
                "its chain is more involved than any sane chain ({})",
                words::reason(error)
            );
            findings.fault(invalid, details::FAILURE, sentence);
        }
        // Whoever expired so long ago was told of that.
        Error::BadDerTime if !findings.has_no_fault() => {}
        Error::BadDer
        | Error::BadDerTime
        | Error::InvalidCertValidity
        | Error::ExtensionValueInvalid
        | Error::MalformedExtensions
        | Error::SignatureAlgorithmMismatch
        | Error::TrailingData(_) => {
            unreadable("a certificate of its chain", error, findings);
        }
        Error::UnsupportedSignatureAlgorithmContext(UnsupportedSignatureAlgorithmContext {
            signature_algorithm_id: id,
            ..
        })
        | Error::UnsupportedSignatureAlgorithmForPublicKeyContext(
            UnsupportedSignatureAlgorithmForPublicKeyContext { signature_algorithm_id: id, .. },
        ) if findings.has_no_fault() => {
            let oid = asn1::values(id).and_then(|values| asn1::dotted(values.first()?));
            let name = shown(algorithms::name(&oid.unwrap_or_default()), LONGEST_ALGORITHM);
            let sentence = format!(
                "a signature on its path is by an algorithm, or a key, that is not known here ({name})"
            );
            findings.fault(ChainResult::CantBeEstablished, details::FAILURE, sentence);
        }
        // These were found before, certificate by certificate.
        _ => {}
    }
}
