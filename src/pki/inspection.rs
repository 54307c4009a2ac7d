//! What one certificate of a path has to fulfil, whoever issued it.

use super::anchors::Blocked;
use super::certificate_extensions::AltName;
use super::certificate_fields::Parts;
use super::facts::{Facts, key_usage, purpose};
use super::findings::Findings;
use super::signature::{SHORTEST_RSA, weak_hash};
use super::verdict::{ChainResult, details};
use super::words;
use crate::error::shown;
use rustls::pki_types::{CertificateDer, ServerName};
use std::net::IpAddr;
use webpki::{EndEntityCert, Error};

/// What certificates are held against.
pub(super) struct Inspection<'a> {
    pub now: u64,
    pub tolerates_minor_issues: bool,
    pub blocked: &'a Blocked,
}

/// By how much clocks may differ, where minor issues are tolerated.
pub(super) const SKEW: u64 = 300;

pub(super) fn inspect(
    inspection: &Inspection,
    place: usize,
    facts: &Facts,
    findings: &mut Findings,
) {
    let who = words::certificate(place, facts);
    if inspection.blocked.has(facts, place > 0) {
        findings.fault(ChainResult::Invalid, details::BLOCKED, format!("{who} is blocked"));
    }
    inspect_dates(inspection, &who, facts, findings);
    inspect_use(inspection, place, &who, facts, findings);
    inspect_strength(place, &who, facts, findings);
}

pub(super) fn inspect_dates(
    inspection: &Inspection,
    who: &str,
    facts: &Facts,
    findings: &mut Findings,
) {
    let now = inspection.now;
    let allowed = if inspection.tolerates_minor_issues { SKEW } else { 0 };
    findings.holds_until(facts.not_after.saturating_add(allowed));
    if now > facts.not_after {
        let since = now - facts.not_after;
        let sentence = match facts.not_after {
            0 => format!("{who} expired before 1970"),
            until => {
                let date = words::date(until);
                format!("{who} expired {} ago, at {date}", words::in_days(since))
            }
        };
        match since <= allowed {
            true => findings.pass(details::EXPIRED, sentence),
            false => findings.fault(ChainResult::Invalid, details::EXPIRED, sentence),
        }
    }
    if now < facts.not_before {
        let until = facts.not_before - now;
        let date = words::date(facts.not_before);
        let sentence = format!(
            "{who} becomes valid in {}, at {date} (is the clock right?)",
            words::in_days(until)
        );
        match until <= allowed {
            true => findings.pass(details::NOT_YET_VALID, sentence),
            false => findings.fault(ChainResult::Invalid, details::NOT_YET_VALID, sentence),
        }
    }
}

fn inspect_use(
    inspection: &Inspection,
    place: usize,
    who: &str,
    facts: &Facts,
    findings: &mut Findings,
) {
    let invalid = ChainResult::Invalid;
    if facts.has_purpose(purpose::SERVER_AUTH) == Some(false) {
        match place {
            0 => {
                let sentence = "it is not for servers (its extended key usage is another)";
                findings.fault(invalid, details::NO_KEY_USAGE, sentence);
            }
            _ if inspection.tolerates_minor_issues => {
                let sentence = format!("{who} does not say that it is for servers' certificates");
                findings.pass(details::NO_KEY_USAGE, sentence);
            }
            _ => {
                let sentence =
                    format!("{who} is not for servers' certificates (extended key usage)");
                findings.fault(invalid, details::NO_KEY_USAGE, sentence);
            }
        }
    }
    if place == 0 && !facts.allows_key_usage(key_usage::SERVER) && facts.is_ca() != Some(true) {
        let sentence = "its key is not for TLS (key usage)";
        findings.fault(invalid, details::NO_KEY_USAGE, sentence);
    }
    if place > 0 {
        if !facts.allows_key_usage(key_usage::CERT_SIGN) {
            let sentence = format!("{who} has a key that is not for certificates (key usage)");
            findings.fault(invalid, details::CA_UNAUTHORIZED, sentence);
        }
        if facts.is_ca() != Some(true) {
            let sentence = format!("{who} is no CA's");
            findings.fault(invalid, details::CA_UNAUTHORIZED, sentence);
        }
    }
}

fn inspect_strength(place: usize, who: &str, facts: &Facts, findings: &mut Findings) {
    let invalid = ChainResult::Invalid;
    if let Some(bits) = facts.rsa_bits().filter(|bits| *bits < SHORTEST_RSA) {
        let sentence = format!("{who} has a weak key (RSA of {bits} bits)");
        findings.fault(invalid, details::WEAK_ALGORITHM, sentence);
    }
    // A root is not believed for its own signature.
    if place > 0 && facts.is_self_issued() {
        return;
    }
    if let Some(hash) = weak_hash(&facts.signed) {
        let sentence = format!("{who} has a weak signature ({hash})");
        findings.fault(invalid, details::WEAK_ALGORITHM, sentence);
    }
}

/// Whether the certificate is for the server that was wanted.
pub(super) fn inspect_name(der: &[u8], name: &ServerName, findings: &mut Findings) {
    let certificate = CertificateDer::from(der);
    let Ok(leaf) = EndEntityCert::try_from(&certificate) else {
        return;
    };
    let host = in_words(name);
    match leaf.verify_is_valid_for_subject_name(name) {
        Ok(()) => findings.note(format_args!("It is for '{host}'.")),
        Err(Error::CertNotValidForName(_)) => {
            let sentence = match names(der).as_slice() {
                [] => "it names no host (it has no subjectAltName)".into(),
                names => format!("it is not for '{host}' but for {}", several(names)),
            };
            findings.fault(ChainResult::Invalid, details::IDENTITY_MISMATCH, sentence);
        }
        Err(error) => {
            let sentence = format!("it is not for '{host}' ({})", words::reason(&error));
            findings.fault(ChainResult::Invalid, details::IDENTITY_MISMATCH, sentence);
        }
    }
}

/// What a certificate says that it is for.
fn names(der: &[u8]) -> Vec<String> {
    let names = Parts::of(der).and_then(|parts| parts.alt_names()).unwrap_or_default();
    let in_words = |name: &AltName| {
        let value = shown(&name.value, LONGEST_NAME);
        match name.kind {
            1 => format!("the mail address {value}"),
            2 if value.parse::<IpAddr>().is_ok() => {
                format!("{value} (as a DNS name, which stands for no address)")
            }
            2 | 7 => value,
            4 => format!("the directory name {value}"),
            6 => format!("the URL {value}"),
            8 => format!("the identifier {value}"),
            _ => "a name of a kind that no host has".into(),
        }
    };
    names.iter().map(in_words).collect()
}

/// No host name is longer.
const LONGEST_NAME: usize = 253;

/// Some certificates are for a hundred names.
fn several(names: &[String]) -> String {
    const MOST: usize = 10;
    match names.len() {
        0..=MOST => names.join(", "),
        all => format!("{} and {} more", names[..MOST].join(", "), all - MOST),
    }
}

pub(super) fn in_words(name: &ServerName) -> String {
    match name {
        ServerName::IpAddress(address) => IpAddr::from(*address).to_string(),
        name => name.to_str().into_owned(),
    }
}
