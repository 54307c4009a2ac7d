//! Lists that are not whole: of changes, of other issuers, for some reasons. None is taken for a whole one.

use super::super::{Judge, RevocationCheck, Rules, read_crls};
use super::authority::*;
use super::responses::*;
use crate::error::Status;
use rustls::pki_types::CertificateDer;
use std::sync::Arc;

use RevocationCheck::{AllCrl, AnyCrl, Auto};

/// Lists that say nothing against anybody, and what is told of each.
fn partial(root: &Ca) -> Vec<(Vec<u8>, &'static str)> {
    let whole = list_der(root, &[], 5);
    let place = [0xa0, 12, 0xa0, 10, 0x86, 8, b'h', b't', b't', b'p', b':', b'/', b'/', b'x'];
    let point = |rest: &[u8]| {
        let octets = [&place[..], rest].concat();
        [&[0x30, octets.len() as u8][..], &octets].concat()
    };
    [
        // A delta CRL to the list of number 5; whether that is critical makes no difference.
        (extension(27, true, &[2, 1, 5]), "is one of changes only (delta)"),
        (extension(27, false, &[2, 1, 5]), "is one of changes only (delta)"),
        // indirectCRL, and onlySomeReasons.
        (extension(28, true, &point(&[0x84, 1, 0xff])), "of other issuers too (indirect)"),
        (extension(28, true, &point(&[0x83, 2, 1, 2])), "is for some reasons only"),
    ]
    .map(|(extension, words)| (list_with(root, &whole, &extension), words))
    .into()
}

/// A certificate that names a list, whether that is revoked or not.
fn leaf(root: &Ca, url: &str) -> CertificateDer<'static> {
    let mut params = server();
    params.crl_distribution_points = vec![list_at(url)];
    root.issues(params)
}

fn rules(root: &Ca, revocation: RevocationCheck) -> Rules {
    Rules { revocation, ..trusting(&[root]) }
}

#[test]
fn a_partial_list_that_is_given_is_refused() {
    for (list, words) in partial(&Ca::root("the root")) {
        let refused = read_crls(&list).unwrap_err();
        assert_eq!(refused.status(), Status::RevocationData);
        assert!(refused.message().contains(words), "{refused}");
    }
}

#[test]
fn a_partial_list_that_is_fetched_tells_nothing() {
    let root = Ca::root("the root");
    for (list, words) in partial(&root) {
        for mode in [Auto, AnyCrl, AllCrl] {
            let url = fresh_url("http");
            let leaf = leaf(&root, &url);
            let judge = Judge::new(rules(&root, mode), &[]).unwrap();
            let verdict = case(&[&leaf]).judged_by(&judge, &mut Web::with(&url, list.clone()));
            match mode {
                Auto => assert_verdict(&verdict, 0, 0x80, &[]),
                _ => assert_verdict(&verdict, 3, 0x80, &["could not be learned", words]),
            }
            assert!(verdict.log.contains(words), "{}", verdict.log);
        }
    }
}

#[test]
fn an_entry_of_another_issuer_makes_a_list_an_indirect_one() {
    // The reason that each entry of such a list has, and in its place a certificateIssuer, which is as long.
    let root = Ca::root("the root");
    let list = list_der(&root, &[&[0x44]], 5);
    let reason = extension(21, false, &[0x0a, 1, 1]);
    let place = list.windows(reason.len()).position(|octets| octets == reason).unwrap();
    let mut other = list[..place].to_vec();
    other.extend(extension(29, false, &[0x30, 1, 0]));
    other.extend(&list[place + reason.len()..]);
    let other = list_with(&root, &other, &[]);
    let judged = |list: &[u8]| {
        let leaf = root.issues(server());
        case(&[&leaf]).judged(Rules { crls: vec![Arc::from(list)], ..rules(&root, AnyCrl) })
    };
    assert_verdict(&judged(&list), 0, 0, &[]);
    assert_verdict(&judged(&other), 3, 0x80, &["of other issuers too (indirect)"]);
}

#[test]
fn a_whole_list_counts_although_there_are_changes_to_it() {
    let root = Ca::root("the root");
    let changes = extension(46, false, &points_at("http://lists.test/changes"));
    let list = list_with(&root, &list_der(&root, &[], 5), &changes);
    let words = "what has changed since that CRL (delta CRLs) is not asked for";
    let url = fresh_url("http");
    let leaf = leaf(&root, &url);
    let judge = Judge::new(rules(&root, AnyCrl), &[]).unwrap();
    let mut web = Web::with(&url, list.clone());
    // Fetched, remembered, and given.
    for _ in 0..2 {
        let verdict = case(&[&leaf]).judged_by(&judge, &mut web);
        assert_verdict(&verdict, 0, 0, &[]);
        assert!(verdict.log.contains(words), "{}", verdict.log);
    }
    assert_eq!(web.asked, [url]);
    let other = root.issues(server());
    let given = Rules { crls: vec![Arc::from(list)], ..rules(&root, AnyCrl) };
    assert!(case(&[&other]).judged(given).log.contains(words));
    let whole = Rules { crls: vec![Arc::from(list_der(&root, &[], 5))], ..rules(&root, AnyCrl) };
    assert!(!case(&[&other]).judged(whole).log.contains(words));
}
