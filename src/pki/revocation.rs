//! Revocation of the certificates of a path, as the mode has it.

use super::facts::key_usage;
use super::path::Path;
use super::rules::RevocationCheck;
use super::sources::{Heard, Inquiry, Kind, Sources};
use super::status::{Status, Subject};
use super::verdict::{ChainResult, details};
use super::words;
use std::time::Duration;

/// What the network gets for one judgement in which it need not succeed.
const PATIENCE: Duration = Duration::from_secs(3);

/// How long a verdict holds that some source could have changed and did not, for want of an answer.
const UNTIL_ASKED_AGAIN: u64 = super::memory::REST;

/// A mode: whom it hears, in which order, and what has to come of it.
struct Policy {
    kinds: &'static [Kind],
    need: Need,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    Nothing,
    /// One that says good.
    Any,
    /// All that there are say good.
    All,
}

fn policy(mode: RevocationCheck) -> Option<Policy> {
    use Kind::{Crl, Ocsp};
    let (kinds, need): (&[Kind], _) = match mode {
        RevocationCheck::None => return None,
        RevocationCheck::Auto => (&[Ocsp, Crl], Need::Nothing),
        RevocationCheck::AllCrl => (&[Crl], Need::All),
        RevocationCheck::AllOcsp => (&[Ocsp], Need::All),
        RevocationCheck::AllCrlAndOcsp => (&[Crl, Ocsp], Need::All),
        RevocationCheck::AnyCrl => (&[Crl], Need::Any),
        RevocationCheck::AnyOcsp => (&[Ocsp], Need::Any),
        RevocationCheck::AnyCrlOrOcsp => (&[Crl, Ocsp], Need::Any),
        RevocationCheck::AnyOcspOrCrl => (&[Ocsp, Crl], Need::Any),
    };
    Some(Policy { kinds, need })
}

/// Whether a mode lets pass what nobody can tell.
pub(super) fn is_soft(mode: RevocationCheck) -> bool {
    mode == RevocationCheck::Auto
}

/// Checks all of a path. What is wrong goes into the findings.
pub(super) fn check(mode: RevocationCheck, path: &Path, sources: &Sources, inquiry: &mut Inquiry) {
    let Some(policy) = policy(mode) else {
        inquiry.findings.note("Revocation: nothing is asked.");
        return;
    };
    if let (true, Some(fetch)) = (is_soft(mode), inquiry.fetch.as_mut()) {
        fetch.allow(PATIENCE);
    }
    for (place, facts) in path.certificates.iter().enumerate() {
        if facts.subject == path.anchor.subject && facts.spki == path.anchor.spki {
            // It is the root itself.
            continue;
        }
        let issuer = path.certificates.get(place + 1);
        let subject = Subject {
            facts,
            is_issuer: place > 0,
            issuer_name: issuer.map_or(&path.anchor.subject, |issuer| issuer.subject),
            issuer_spki: issuer.map_or(&path.anchor.spki, |issuer| issuer.spki),
            issuer_signs_lists: issuer
                .is_none_or(|issuer| issuer.allows_key_usage(key_usage::CRL_SIGN)),
        };
        let who = words::certificate(place, facts);
        inquiry.findings.note(format_args!("Revocation of '{}':", facts.name()));
        inquiry.troubles.clear();
        let stapled = match place {
            0 => check_staple(&who, &subject, sources, inquiry),
            _ => None,
        };
        if !matches!(stapled, Some(Status::Revoked { .. })) {
            check_one(&policy, &who, &subject, stapled, sources, inquiry);
        }
    }
}

/// Looks at the staple, and whether there had to be one.
fn check_staple(
    who: &str,
    subject: &Subject,
    sources: &Sources,
    inquiry: &mut Inquiry,
) -> Option<Status> {
    let status = sources.staple(subject, inquiry);
    match &status {
        Some(status @ Status::Revoked { .. }) => refuse(who, status, inquiry),
        Some(Status::Good { .. }) => {}
        None if subject.facts.must_staple() => {
            let why = match inquiry.troubles.first() {
                Some(trouble) => format!("but {trouble}"),
                None => "and the server sent none".into(),
            };
            let sentence = format!("{who} promises a stapled OCSP response (must-staple), {why}");
            let bits = details::OCSP_NOT_VERIFIED;
            inquiry.findings.fault(ChainResult::CantBeEstablished, bits, sentence);
        }
        None => {}
    }
    status
}

fn refuse(who: &str, status: &Status, inquiry: &mut Inquiry) {
    if let Status::Revoked { when, reason, .. } = status {
        let why = reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
        let sentence = format!("{who} was revoked on {}{why}", words::date(*when));
        inquiry.findings.fault(ChainResult::Invalid, details::REVOKED, sentence);
    }
}

fn check_one(
    policy: &Policy,
    who: &str,
    subject: &Subject,
    stapled: Option<Status>,
    sources: &Sources,
    inquiry: &mut Inquiry,
) {
    // What is known without asking, for each kind.
    let all = policy.need == Need::All;
    let known: Vec<Option<Status>> = policy
        .kinds
        .iter()
        .map(|kind| match (kind, &stapled) {
            (Kind::Ocsp, Some(stapled)) => {
                let known = sources.known(Kind::Ocsp, all, subject, inquiry);
                known
                    .filter(|known| matches!(known, Status::Revoked { .. }))
                    .or(Some(stapled.clone()))
            }
            _ => sources.known(*kind, all, subject, inquiry),
        })
        .collect();
    let mut all_known = known.iter().flatten();
    if let Some(revoked) = all_known.find(|status| matches!(status, Status::Revoked { .. })) {
        return refuse(who, revoked, inquiry);
    }
    match policy.need {
        Need::All => require_all(policy, who, subject, &known, sources, inquiry),
        need => require_any(policy, need, who, subject, &known, sources, inquiry),
    }
}

fn require_all(
    policy: &Policy,
    who: &str,
    subject: &Subject,
    known: &[Option<Status>],
    sources: &Sources,
    inquiry: &mut Inquiry,
) {
    for (kind, known) in policy.kinds.iter().zip(known) {
        let heard = match known {
            Some(status) => Heard::Status(status.clone()),
            None => sources.ask(*kind, true, subject, inquiry),
        };
        match heard {
            Heard::Status(Status::Good { until }) => inquiry.findings.holds_until(until),
            Heard::Status(revoked) => return refuse(who, &revoked, inquiry),
            Heard::Nobody => {
                inquiry.findings.note(format_args!("  {}: none is named.", plural(*kind)));
            }
            Heard::Nothing => cannot_tell(who, &[*kind], inquiry),
        }
    }
}

fn require_any(
    policy: &Policy,
    need: Need,
    who: &str,
    subject: &Subject,
    known: &[Option<Status>],
    sources: &Sources,
    inquiry: &mut Inquiry,
) {
    if let Some(status) = known.iter().flatten().next() {
        return inquiry.findings.holds_until(status.until());
    }
    let mut failed = Vec::new();
    for kind in policy.kinds {
        match sources.ask(*kind, false, subject, inquiry) {
            Heard::Status(Status::Good { until }) => return inquiry.findings.holds_until(until),
            Heard::Status(revoked) => return refuse(who, &revoked, inquiry),
            Heard::Nothing => failed.push(*kind),
            Heard::Nobody => {}
        }
    }
    match need {
        Need::Any => cannot_tell(who, policy.kinds, inquiry),
        _ if failed.is_empty() => inquiry.findings.note("  nobody is named who could tell."),
        _ if inquiry.fetch.is_none() => {}
        _ => {
            let why = inquiry.troubles.join("; ");
            let sentence = format!("whether {who} was revoked could not be learned: {why}");
            inquiry.findings.pass(bits(&failed), sentence);
            inquiry.findings.holds_until(sources.now + UNTIL_ASKED_AGAIN);
        }
    }
}

/// A check that had to succeed has not.
fn cannot_tell(who: &str, kinds: &[Kind], inquiry: &mut Inquiry) {
    if inquiry.fetch.is_none() {
        // The chain is refused for other reasons, so that nobody was asked.
        return;
    }
    let why = match inquiry.troubles.is_empty() {
        true => "it names nobody who could tell".into(),
        false => inquiry.troubles.join("; "),
    };
    let sentence = format!("whether {who} was revoked could not be learned: {why}");
    inquiry.findings.fault(ChainResult::CantBeEstablished, bits(kinds), sentence);
}

fn bits(kinds: &[Kind]) -> u32 {
    let bit = |kind: &Kind| match kind {
        Kind::Ocsp => details::OCSP_NOT_VERIFIED,
        Kind::Crl => details::CRL_NOT_VERIFIED,
    };
    kinds.iter().map(bit).fold(0, |bits, bit| bits | bit)
}

fn plural(kind: Kind) -> &'static str {
    match kind {
        Kind::Ocsp => "OCSP responders",
        Kind::Crl => "CRLs",
    }
}
