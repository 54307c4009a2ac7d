//! Octets at random, and good ones with a bit turned over: nothing panics, and nothing becomes good.

use super::super::crl::Crl;
use super::super::facts::Facts;
use super::super::status::{Status, Subject};
use super::super::{Judge, Rules, fuzz, ocsp};
use super::authority::*;
use super::responses::*;
use proptest::prelude::*;
use rustls::pki_types::CertificateDer;
use std::sync::Arc;

/// All of the octets with one bit turned over, bit after bit.
fn flips(octets: &[u8]) -> impl Iterator<Item = (usize, Vec<u8>)> {
    (0..octets.len() * 8).map(|bit| {
        let mut flipped = octets.to_vec();
        flipped[bit / 8] ^= 1 << (bit % 8);
        (bit / 8, flipped)
    })
}

fn subject<'s>(facts: &'s Facts, issuer: &'s Facts) -> Subject<'s> {
    Subject {
        facts,
        is_issuer: false,
        issuer_name: issuer.subject,
        issuer_spki: issuer.spki,
        issuer_signs_lists: true,
    }
}

#[test]
fn a_bit_does_not_change_what_a_response_says() {
    let root = Ca::root("the root");
    let leaf = root.issues(server());
    let (facts, issuer) = (Facts::read(&leaf).unwrap(), Facts::read(&root.der).unwrap());
    let subject = subject(&facts, &issuer);
    for says in [Says::Good, Says::Revoked, Says::Unknown] {
        let response = response(&leaf, &root, says).der();
        for (at, flipped) in flips(&response) {
            let answer = ocsp::answer(&flipped, &subject, now());
            assert!(!matches!(answer, Ok(Some(_))), "octet {at}: {answer:?}");
        }
    }
}

#[test]
fn a_bit_does_not_change_what_a_list_says() {
    let root = Ca::root("the root");
    let leaf = root.issues(server());
    let (facts, issuer) = (Facts::read(&leaf).unwrap(), Facts::read(&root.der).unwrap());
    let subject = subject(&facts, &issuer);
    let list = list_der(&root, &[&[0x11, 0x22], &[0x33]], 5);
    let unchanged = Crl::read(list.as_slice().into()).unwrap().answer(&subject, now());
    assert!(matches!(unchanged, Ok(Some(Status::Revoked { .. }))));
    for (at, flipped) in flips(&list) {
        if let Ok(list) = Crl::read(flipped.into()) {
            let answer = list.answer(&subject, now());
            assert!(!matches!(answer, Ok(Some(_))), "octet {at}: {answer:?}");
        }
    }
}

#[test]
fn a_bit_makes_a_certificate_invalid() {
    let root = Ca::root("the root");
    let middle = root.below("the middle");
    let leaf = middle.issues(server());
    let judge = Judge::new(trusting(&[&root]), &[]).unwrap();
    let judged = |leaf: &CertificateDer<'static>, middle: &CertificateDer<'static>, at| {
        let verdict = case(&[leaf, middle]).judged_by(&judge, &mut Offline);
        assert!(!verdict.is_valid() && !verdict.reason.is_empty(), "octet {at}: {}", verdict.log);
    };
    for (at, flipped) in flips(&leaf) {
        judged(&CertificateDer::from(flipped), &middle.der, at);
    }
    for (at, flipped) in flips(&middle.der) {
        judged(&leaf, &CertificateDer::from(flipped), at);
    }
}

/// Values of ASN.1 within each other, now and then with a length that is wrong.
fn values() -> impl Strategy<Value = Vec<u8>> {
    let tags = prop::sample::select(vec![
        0x01u8, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0a, 0x0c, 0x17, 0x18, 0x30, 0x31, 0x80, 0x82, 0x86,
        0xa0, 0xa1, 0xa3,
    ]);
    let leaf = prop::collection::vec(any::<u8>(), 0..12);
    leaf.prop_recursive(6, 64, 6, move |inner| {
        (prop::collection::vec((tags.clone(), inner), 1..6), 0u8..20).prop_map(|(parts, slip)| {
            let mut octets = Vec::new();
            for (tag, content) in parts {
                octets.extend(super::super::facts::wrapped(tag, &content));
            }
            if slip == 0
                && let Some(second) = octets.get_mut(1)
            {
                *second ^= 1;
            }
            octets
        })
    })
}

proptest! {
    #[test]
    fn octets_at_random_are_not_believed(octets in values()) {
        fuzz::ocsp_response(&octets);
        fuzz::crl(&octets);
        fuzz::certificate(&octets);
    }

    #[test]
    fn chains_at_random_are_not_believed(
        chain in prop::collection::vec(values(), 0..4),
        staple in values(),
    ) {
        let rules = Rules { ocsp_responses: Vec::new(), ..trusting(&[]) };
        let judge = Judge::new(rules, &[]).unwrap();
        let chain: Vec<CertificateDer> = chain.into_iter().map(CertificateDer::from).collect();
        let case = Case { chain, host: HOST, staple, now: now() };
        prop_assert!(!case.judged_by(&judge, &mut Offline).is_valid());
    }

    #[test]
    fn known_data_at_random_is_refused_or_says_nothing(octets in values()) {
        let root = Ca::root("the root");
        let leaf = root.issues(server());
        let octets: Arc<[u8]> = octets.into();
        let rules = Rules { ocsp_responses: vec![octets.clone()], ..trusting(&[&root]) };
        if let Ok(judge) = Judge::new(rules, &[]) {
            let verdict = case(&[&leaf]).judged_by(&judge, &mut Offline);
            prop_assert!(verdict.is_valid());
        }
        if let Ok(judge) = Judge::new(Rules { crls: vec![octets], ..trusting(&[&root]) }, &[]) {
            prop_assert!(case(&[&leaf]).judged_by(&judge, &mut Offline).is_valid());
        }
    }
}
