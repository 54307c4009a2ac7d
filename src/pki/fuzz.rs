//! What strangers send, for tests and fuzzers to send at random: none of it may bring the library down, or be believed.

use super::crl::Crl;
use super::facts::Facts;
use super::ocsp;
use super::rules::Limits;
use super::status::Subject;
use rustls::pki_types::CertificateDer;

const ISSUER: &[u8] = include_bytes!("tests/weak/root.der");
const CERTIFICATE: &[u8] = include_bytes!("tests/weak/under-old-root.der");
/// Some time in 2027, when both are valid.
const NOW: u64 = 1_800_000_000;

fn with_subject(check: impl FnOnce(&Subject)) {
    let (Ok(issuer), Ok(facts)) = (Facts::read(ISSUER), Facts::read(CERTIFICATE)) else {
        return;
    };
    check(&Subject {
        facts: &facts,
        is_issuer: false,
        issuer_name: issuer.subject,
        issuer_spki: issuer.spki,
        issuer_signs_lists: true,
    });
}

/// An OCSP response. Nobody has the issuer's key any more, so that none is a good one.
pub fn ocsp_response(octets: &[u8]) {
    let _ = Limits::default().check(octets);
    with_subject(|subject| assert!(!matches!(ocsp::answer(octets, subject, NOW), Ok(Some(_)))));
}

/// A list of revoked certificates. The same holds for it.
pub fn crl(octets: &[u8]) {
    let _ = Limits::default().check(octets);
    if let Ok(list) = Crl::read(octets.into()) {
        with_subject(|subject| assert!(!matches!(list.answer(subject, NOW), Ok(Some(_)))));
    }
}

/// A certificate, by the reader that the judge puts things into words with.
pub fn certificate(octets: &[u8]) {
    let octets = CertificateDer::from(octets);
    if let Ok(facts) = Facts::read(&octets) {
        let _ = (facts.name(), facts.issuer_name(), facts.is_ca(), facts.rsa_bits());
        let _ = (facts.ocsp_urls(), facts.crl_urls(), facts.must_staple());
        let _ = (facts.key_id(), facts.issuer_key_id());
    }
}
