//! Revocation: each mode, each source, each fault of an answer.

use super::super::verdict::ChainResult;
use super::super::{Judge, OcspHash, RevocationCheck, Rules, Verdict};
use super::authority::*;
use super::responses::*;
use rcgen::{
    CertificateParams, CrlIssuingDistributionPoint, CrlScope, ExtendedKeyUsagePurpose, KeyPair,
    KeyUsagePurpose, SerialNumber, date_time_ymd,
};
use ring::digest::SHA256;
use rustls::pki_types::CertificateDer;
use std::sync::Arc;
use std::time::Duration;

use RevocationCheck::*;

const SERIAL: &[u8] = &[0x11, 0x22];
const MODES: [RevocationCheck; 9] =
    [None, Auto, AllCrl, AllOcsp, AllCrlAndOcsp, AnyCrl, AnyOcsp, AnyCrlOrOcsp, AnyOcspOrCrl];

struct House {
    root: Ca,
    leaf: CertificateDer<'static>,
}

fn house() -> House {
    house_with(server())
}

fn house_with(params: CertificateParams) -> House {
    let root = Ca::root("the root");
    let leaf = root.issues(params);
    House { root, leaf }
}

impl House {
    fn rules(&self, revocation: RevocationCheck) -> Rules {
        Rules { revocation, ..trusting(&[&self.root]) }
    }

    fn judged(&self, rules: Rules, staple: &[u8], web: &mut Web) -> Verdict {
        let judge = Judge::new(rules, &[]).unwrap();
        Case { staple: staple.to_vec(), ..case(&[&self.leaf]) }.judged_by(&judge, web)
    }

    fn response(&self, says: Says) -> Response<'_> {
        response(&self.leaf, &self.root, says)
    }
}

#[test]
fn staples() {
    let house = house();
    let good = house.response(Says::Good).der();
    let revoked = house.response(Says::Revoked).der();
    let mut nobody = Web::default();
    let verdict = house.judged(house.rules(AnyOcsp), &good, &mut nobody);
    assert_verdict(&verdict, 0, 0, &[]);
    assert_eq!(verdict.holds_until, now() + DAY);
    for mode in MODES {
        let verdict = house.judged(house.rules(mode), &revoked, &mut nobody);
        match mode {
            None => assert_verdict(&verdict, 0, 0, &[]),
            _ => assert_verdict(
                &verdict,
                2,
                0x2,
                &["it was revoked on 2026-06-13T12:00:00Z (key compromise)"],
            ),
        }
    }
    let sha256 = Response { hash: &SHA256, ..house.response(Says::Good) }.der();
    assert_verdict(&house.judged(house.rules(AnyOcsp), &sha256, &mut nobody), 0, 0, &[]);
    assert!(nobody.asked.is_empty());
}

#[test]
fn faults_of_a_response_are_named() {
    let house = house();
    let stranger = Ca::root("a stranger");
    let mut params = server();
    params.serial_number = Some(SerialNumber::from_slice(&[0x44]));
    let other = house.root.issues(params);
    let good = || house.response(Says::Good);
    let mut tampered = house.response(Says::Revoked).der();
    let place = tampered.windows(5).position(|octets| octets == [0xa0, 3, 0x0a, 1, 1]).unwrap();
    tampered[place + 4] = 4;
    let cases: [(Vec<u8>, &str); 10] = [
        (response(&other, &house.root, Says::Good).der(), "is about another certificate"),
        (response(&house.leaf, &stranger, Says::Good).der(), "is about another certificate"),
        (Response { responder: Some(&stranger), ..good() }.der(), "is signed neither by"),
        (tampered, "or was tampered with"),
        (
            Response { next_update: Some(now() - DAY / 2), ..good() }.der(),
            "expired 720 minutes ago",
        ),
        (Response { this_update: now() + DAY, ..good() }.der(), "is of a time to come"),
        (house.response(Says::Unknown).der(), "is not known to the responder"),
        (b"garbage".to_vec(), "cannot be read"),
        (vec![0x30, 3, 0x0a, 1, 3], "says to try again later"),
        (vec![0x30, 3, 0x0a, 1, 6], "(unauthorized)"),
    ];
    for (staple, words) in cases {
        let verdict = house.judged(house.rules(AnyOcsp), &staple, &mut Web::default());
        assert_verdict(&verdict, 3, 0x100, &["could not be learned", words]);
        let verdict = house.judged(house.rules(Auto), &staple, &mut Web::default());
        assert_verdict(&verdict, 0, 0, &[]);
        assert!(verdict.log.contains(words), "{}", verdict.log);
    }
}

#[test]
fn clocks_of_responders_may_differ_a_little() {
    let house = house();
    let judged = |this_update, next_update| {
        let staple = Response { this_update, next_update, ..house.response(Says::Good) }.der();
        house.judged(house.rules(AnyOcsp), &staple, &mut Web::default()).result as u32
    };
    assert_eq!(judged(now() + 300, Some(now() + DAY)), 0);
    assert_eq!(judged(now() + 301, Some(now() + DAY)), 3);
    assert_eq!(judged(now() - DAY, Some(now() - 300)), 0);
    assert_eq!(judged(now() - DAY, Some(now() - 301)), 3);
    assert_eq!(judged(now() - DAY, Option::None), 0);
    assert_eq!(judged(now() - DAY - 301, Option::None), 3);
}

#[test]
fn responders_that_the_issuer_has_made() {
    let house = house();
    let judged = |params: CertificateParams| {
        let responder = house.root.certifies(params, KeyPair::generate().unwrap());
        let staple = Response { responder: Some(&responder), ..house.response(Says::Good) }.der();
        house.judged(house.rules(AnyOcsp), &staple, &mut Web::default())
    };
    let mut params = named("the responder");
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::OcspSigning];
    params.not_after = date_time_ymd(2026, 6, 16);
    let verdict = judged(params.clone());
    assert_verdict(&verdict, 0, 0, &[]);
    assert_eq!(verdict.holds_until, date_time_ymd(2026, 6, 16).unix_timestamp() as u64);
    params.not_after = date_time_ymd(2026, 6, 14);
    assert_verdict(&judged(params), 3, 0x100, &["whose certificate has expired"]);
    let other = server_for(&["other.example.com"]);
    assert_verdict(&judged(other), 3, 0x100, &["has not made a responder"]);
}

#[test]
fn must_staple_is_kept() {
    let mut params = server();
    params.custom_extensions.push(must_staple());
    let house = house_with(params);
    let good = house.response(Says::Good).der();
    for mode in MODES.into_iter().filter(|mode| !matches!(mode, None | AnyCrl | AnyCrlOrOcsp)) {
        let mut web = Web::default();
        let judged = house.judged(house.rules(mode), &good, &mut web);
        assert_verdict(&judged, 0, 0, &[]);
        let without = house.judged(house.rules(mode), &[], &mut web);
        assert_eq!(without.result, ChainResult::CantBeEstablished, "{mode:?}");
        assert!(without.reason.contains("(must-staple), and the server sent none"));
        let invalid = house.judged(house.rules(mode), b"garbage", &mut web);
        assert!(invalid.reason.contains("(must-staple), but the stapled OCSP response cannot"));
    }
    assert_verdict(&house.judged(house.rules(None), &[], &mut Web::default()), 0, 0, &[]);
}

#[test]
fn known_responses_and_lists() {
    let house = house();
    let known = |responses: &[&[u8]], lists: &[&[u8]], mode| Rules {
        ocsp_responses: responses.iter().map(|der| Arc::from(*der)).collect(),
        crls: lists.iter().map(|der| Arc::from(*der)).collect(),
        ..house.rules(mode)
    };
    let good = house.response(Says::Good).der();
    let revoked = house.response(Says::Revoked).der();
    let (empty, full) = (list_der(&house.root, &[], 5), list_der(&house.root, &[SERIAL], 5));
    let late = list_der(&house.root, &[], -1);
    let mut web = Web::default();
    let mut judged = |rules| house.judged(rules, &[], &mut web);
    assert_verdict(&judged(known(&[&good], &[], AnyOcsp)), 0, 0, &[]);
    assert_verdict(&judged(known(&[&good], &[], AnyCrl)), 3, 0x80, &["names nobody"]);
    assert_verdict(&judged(known(&[&revoked], &[], AllOcsp)), 2, 0x2, &[]);
    let verdict = judged(known(&[], &[&empty], AnyCrl));
    assert_verdict(&verdict, 0, 0, &[]);
    assert_eq!(verdict.holds_until, now() + 5 * DAY);
    assert_verdict(&judged(known(&[], &[&empty], AnyOcspOrCrl)), 0, 0, &[]);
    assert_verdict(&judged(known(&[], &[&empty], AnyOcsp)), 3, 0x100, &[]);
    let words = ["it was revoked on 2026-06-13T12:00:00Z (key compromise)"];
    for mode in [Auto, AllCrl, AllCrlAndOcsp, AnyCrl, AnyCrlOrOcsp, AnyOcspOrCrl] {
        assert_verdict(&judged(known(&[&good], &[&full], mode)), 2, 0x2, &words);
    }
    assert_verdict(&judged(known(&[], &[&full], None)), 0, 0, &[]);
    let verdict = judged(known(&[], &[&late], AnyCrl));
    assert_verdict(&verdict, 3, 0x80, &["a known CRL expired 1 day ago"]);
    assert_verdict(&judged(known(&[], &[&late], Auto)), 0, 0, &[]);
    // Nobody's list: of another CA with the same name, and of another CA.
    let forged = list_der(&Ca::root("the root"), &[SERIAL], 5);
    let verdict = judged(known(&[], &[&forged], AnyCrl));
    assert_verdict(&verdict, 3, 0x80, &["is not signed by the issuer"]);
    let strange = list_der(&Ca::root("a stranger"), &[SERIAL], 5);
    assert_verdict(&judged(known(&[], &[&strange], Auto)), 0, 0, &[]);
    assert!(web.asked.is_empty());
    assert!(Judge::new(known(&[], &[b"garbage"], Auto), &[]).is_err());
}

#[test]
fn a_refused_chain_still_tells_that_it_was_revoked() {
    let house = house();
    let crls = vec![Arc::from(list_der(&house.root, &[SERIAL], 5))];
    let judge = Judge::new(Rules { crls, ..house.rules(Auto) }, &[]).unwrap();
    let case = Case { host: "other.example.com", ..case(&[&house.leaf]) };
    let mut web = Web::default();
    assert_verdict(&case.judged_by(&judge, &mut web), 2, 0x202, &["was revoked", "is not for"]);
    let judge = Judge::new(house.rules(AnyCrl), &[]).unwrap();
    assert_verdict(&case.judged_by(&judge, &mut web), 2, 0x200, &[]);
}

#[test]
fn an_intermediate_that_was_revoked() {
    let root = Ca::root("the root");
    let mut params = ca_named("the middle");
    params.serial_number = Some(SerialNumber::from_slice(&[0x33]));
    let middle = root.certifies(params, KeyPair::generate().unwrap());
    let leaf = middle.issues(server());
    let crls = vec![Arc::from(list_der(&root, &[&[0x33]], 5))];
    let rules = Rules { crls, ..trusting(&[&root]) };
    let verdict = case(&[&leaf, &middle.der]).judged(rules);
    let words = ["the intermediate certificate 'the middle' was revoked"];
    assert_verdict(&verdict, 2, 0x2, &words);
}

#[test]
fn lists_for_some_certificates_only() {
    let url = "http://lists.test/of-users";
    let mut params = server();
    params.crl_distribution_points = vec![list_at(url)];
    let house = house_with(params);
    let judged = |uri: &str, scope| {
        let mut list = list(&[SERIAL], 5);
        list.issuing_distribution_point = Some(CrlIssuingDistributionPoint {
            distribution_point: list_at(uri),
            scope: Some(scope),
        });
        let der = list.signed_by(&house.root.issuer).unwrap().der().to_vec();
        let rules = Rules { crls: vec![Arc::from(der)], ..house.rules(AllOcsp) };
        house.judged(Rules { revocation: Auto, ..rules }, &[], &mut Web::default()).result as u32
    };
    assert_eq!(judged(url, CrlScope::UserCertsOnly), 2);
    assert_eq!(judged(url, CrlScope::CaCertsOnly), 0);
    assert_eq!(judged("http://lists.test/other", CrlScope::UserCertsOnly), 0);
}

#[test]
fn a_ca_whose_key_is_not_for_lists() {
    let mut params = ca_named("the root");
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    let root = Ca::root("top");
    let middle = root.certifies(params.clone(), KeyPair::generate().unwrap());
    let leaf = middle.issues(server());
    params.key_usages.push(KeyUsagePurpose::CrlSign);
    let key = middle.issuer.key().serialize_der();
    let algorithm = &rcgen::PKCS_ECDSA_P256_SHA256;
    let key = KeyPair::from_pkcs8_der_and_sign_algo(&key.as_slice().into(), algorithm).unwrap();
    let twin = Ca::rooted(params, key);
    let crls = vec![Arc::from(list_der(&twin, &[SERIAL], 5))];
    let rules = Rules { crls, revocation: AnyCrl, ..trusting(&[&root]) };
    let verdict = case(&[&leaf, &middle.der]).judged(rules);
    assert_verdict(&verdict, 3, 0x80, &["whose key is not for lists"]);
}

/// A house whose certificate names a responder and a list.
fn online() -> (House, String, String) {
    let (responder, list) = (fresh_url("http"), fresh_url("http"));
    let mut params = server();
    params.custom_extensions.push(responder_at(&responder));
    params.crl_distribution_points = vec![list_at(&list)];
    (house_with(params), responder, list)
}

#[test]
fn the_network_is_asked_in_order_and_remembered() {
    let (house, responder, _) = online();
    let mut web = Web::with(&responder, house.response(Says::Good).der());
    let verdict = house.judged(house.rules(Auto), &[], &mut web);
    assert_verdict(&verdict, 0, 0, &[]);
    assert_eq!(web.asked, [responder]);
    assert_eq!(web.allowed, Some(Duration::from_secs(3)));
    assert_eq!(verdict.holds_until, now() + DAY);
    // Another judge knows it too.
    let verdict = house.judged(house.rules(AnyOcsp), &[], &mut Web::default());
    assert_verdict(&verdict, 0, 0, &[]);
    assert!(verdict.log.contains("(remembered): good"));
}

#[test]
fn lists_are_fetched_once() {
    let (house, _, list) = online();
    let mut web = Web::with(&list, list_der(&house.root, &[SERIAL], 5));
    assert_verdict(&house.judged(house.rules(AnyCrlOrOcsp), &[], &mut web), 2, 0x2, &[]);
    assert_eq!(web.asked, [list]);
    assert_eq!(web.allowed, Option::None);
    let verdict = house.judged(house.rules(AllCrl), &[], &mut Web::default());
    assert_verdict(&verdict, 2, 0x2, &[]);
}

#[test]
fn who_fails_is_left_alone_for_a_while_where_nobody_has_to_answer() {
    let (house, responder, list) = online();
    let mut web = Web::default();
    let verdict = house.judged(house.rules(Auto), &[], &mut web);
    assert_verdict(&verdict, 0, 0x180, &[]);
    assert_eq!(verdict.holds_until, now() + 600);
    assert_eq!(web.asked, [responder.clone(), list.clone()]);
    let verdict = house.judged(house.rules(Auto), &[], &mut web);
    assert_verdict(&verdict, 0, 0x180, &[]);
    assert_eq!(web.asked.len(), 2, "{}", verdict.log);
    let judge = Judge::new(house.rules(Auto), &[]).unwrap();
    let later = Case { now: now() + 600, ..case(&[&house.leaf]) };
    assert_verdict(&later.judged_by(&judge, &mut web), 0, 0x180, &[]);
    assert_eq!(web.asked.len(), 4);
    // A mode that needs an answer asks again.
    let mut web = Web::with(&list, list_der(&house.root, &[], 5));
    assert_verdict(&house.judged(house.rules(AnyOcspOrCrl), &[], &mut web), 0, 0, &[]);
    assert_eq!(web.asked, [responder, list]);
}

#[test]
fn hard_modes_fail_with_what_could_not_be_learned() {
    for (mode, bits) in [
        (AllCrl, 0x80),
        (AllOcsp, 0x100),
        (AllCrlAndOcsp, 0x180),
        (AnyCrl, 0x80),
        (AnyOcsp, 0x100),
        (AnyCrlOrOcsp, 0x180),
        (AnyOcspOrCrl, 0x180),
    ] {
        let (house, ..) = online();
        let verdict = house.judged(house.rules(mode), &[], &mut Web::default());
        assert_verdict(&verdict, 3, bits, &["whether it was revoked", "nobody answers"]);
    }
}

#[test]
fn a_certificate_that_names_nobody() {
    for mode in MODES {
        let house = house();
        let mut web = Web::default();
        let verdict = house.judged(house.rules(mode), &[], &mut web);
        match mode {
            None | Auto | AllCrl | AllOcsp | AllCrlAndOcsp => assert_verdict(&verdict, 0, 0, &[]),
            _ => assert_eq!(verdict.result, ChainResult::CantBeEstablished, "{mode:?}"),
        }
        assert!(web.asked.is_empty());
    }
}

#[test]
fn all_means_all() {
    let (house, responder, list) = online();
    let mut web = Web::with(&responder, house.response(Says::Good).der());
    let verdict = house.judged(house.rules(AllCrlAndOcsp), &[], &mut web);
    assert_verdict(&verdict, 3, 0x80, &["the CRL from"]);
    web.pages.insert(list, list_der(&house.root, &[], 5));
    let verdict = house.judged(house.rules(AllCrlAndOcsp), &[], &mut web);
    assert_verdict(&verdict, 0, 0, &[]);

    // Of two lists one is not there.
    let (one, other) = (fresh_url("http"), fresh_url("http"));
    let mut params = server();
    params.crl_distribution_points = vec![list_at(&one), list_at(&other)];
    let house = house_with(params);
    let mut web = Web::with(&one, list_der(&house.root, &[], 5));
    for _ in 0..2 {
        assert_verdict(&house.judged(house.rules(AllCrl), &[], &mut web), 3, 0x80, &[]);
    }
    assert_eq!(web.asked, [one, other.clone(), other.clone()]);
    web.pages.insert(other, list_der(&house.root, &[], 5));
    assert_verdict(&house.judged(house.rules(AllCrl), &[], &mut web), 0, 0, &[]);
}

#[test]
fn addresses_that_are_not_asked() {
    for scheme in ["https", "ldap"] {
        let mut params = server();
        params.custom_extensions.push(responder_at(&fresh_url(scheme)));
        let house = house_with(params);
        let mut web = Web::default();
        let verdict = house.judged(house.rules(Auto), &[], &mut web);
        assert_verdict(&verdict, 0, 0x100, &[]);
        assert!(verdict.log.contains("is passed over: only http is asked"), "{}", verdict.log);
        assert!(web.asked.is_empty());
    }
}

#[test]
fn no_time_and_no_wish_are_no_failures() {
    let (house, responder, _) = online();
    let mut web = Web { has_no_time: true, ..Web::default() };
    let verdict = house.judged(house.rules(Auto), &[], &mut web);
    assert_verdict(&verdict, 0, 0x180, &[]);
    let mut web = Web { is_cancelled: true, ..Web::default() };
    let verdict = house.judged(house.rules(Auto), &[], &mut web);
    assert_verdict(&verdict, 0, 0x180, &[]);
    let mut web = Web::with(&responder, house.response(Says::Good).der());
    assert_verdict(&house.judged(house.rules(Auto), &[], &mut web), 0, 0, &[]);
}

#[test]
fn requests_name_the_certificate_by_the_wanted_hash() {
    for (ocsp_hash, length) in [(OcspHash::Sha1, 20), (OcspHash::Sha256, 32)] {
        let (house, responder, _) = online();
        let mut web = Web::with(&responder, house.response(Says::Good).der());
        let rules = Rules { ocsp_hash, ..house.rules(AnyOcsp) };
        assert_verdict(&house.judged(rules, &[], &mut web), 0, 0, &[]);
        let request = &web.requests[0];
        assert!(request.ends_with(&[2, 2, 0x11, 0x22]));
        let hashes = request.windows(2).filter(|octets| *octets == [4, length]).count();
        assert!(hashes >= 2, "{request:x?}");
    }
}
