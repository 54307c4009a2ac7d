//! Revocation: lists and answers at hand, at the certificate's own addresses, and stapled.

use super::tls::*;
use super::*;
use std::time::Instant;

const OFF: i32 = 0;
const SOFT: i32 = 1;
const ALL_CRL: i32 = 2;
const ALL_OCSP: i32 = 3;
const ALL: i32 = 4;
const ANY_CRL: i32 = 5;
const ANY_OCSP: i32 = 6;
const ANY_CRL_OR_OCSP: i32 = 7;
const ANY_OCSP_OR_CRL: i32 = 8;

const REVOKED: Expected = (2, 0x2, "revoked");
/// Accepted, though the source that the certificate names could not be asked, or gave no good answer.
const OCSP_IN_DOUBT: Expected = (0, 0x100, "");
const CRL_IN_DOUBT: Expected = (0, 0x80, "");
/// The same where the mode does not let it pass.
const OCSP_MISSING: Expected = (3, 0x100, "");
const CRL_MISSING: Expected = (3, 0x80, "");

/// The lines that the responder has kept of requests to a path.
fn asked(path: &str) -> Vec<String> {
    let address = setting("INETMAIL_RESPONDER");
    let address = address.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).expect("the responder");
    let request =
        format!("GET /asked{path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("the responder listens");
    let mut reply = String::new();
    stream.read_to_string(&mut reply).expect("a reply");
    let (_, body) = reply.split_once("\r\n\r\n").expect("a body");
    body.lines().map(str::to_owned).collect()
}

#[test]
fn what_may_be_asked_in_vain_is_asked_and_let_pass() {
    for (leaf, expected) in [
        ("ocsp-good", GOOD),
        ("ocsp-byissuer", GOOD),
        ("ocsp-redirect", GOOD),
        ("ocsp-chunked", GOOD),
        ("ocsp-revoked", REVOKED),
        ("revoked-ocsp", REVOKED),
        ("ocsp-unknown", OCSP_IN_DOUBT),
        ("ocsp-tampered", OCSP_IN_DOUBT),
        ("ocsp-other", OCSP_IN_DOUBT),
        ("ocsp-expired", OCSP_IN_DOUBT),
        ("ocsp-stranger", OCSP_IN_DOUBT),
        ("ocsp-trylater", OCSP_IN_DOUBT),
        ("ocsp-error500", OCSP_IN_DOUBT),
        ("ocsp-garbage", OCSP_IN_DOUBT),
        ("ocsp-loop", OCSP_IN_DOUBT),
        ("crl-good", GOOD),
        ("crl-redirect", GOOD),
        ("crl-chunked", GOOD),
        ("crl-revoked", REVOKED),
        ("crl-tampered", CRL_IN_DOUBT),
        ("crl-other", CRL_IN_DOUBT),
        ("crl-expired", CRL_IN_DOUBT),
        ("crl-pem", CRL_IN_DOUBT),
        ("crl-missing", CRL_IN_DOUBT),
        ("crl-error500", CRL_IN_DOUBT),
        ("crl-garbage", CRL_IN_DOUBT),
        ("crl-loop", CRL_IN_DOUBT),
        ("crl-ldap", CRL_IN_DOUBT),
        ("both-good", GOOD),
        ("both-fallback", GOOD),
        ("both-fallback-revoked", REVOKED),
        ("both-dead", (0, 0x180, "")),
        ("revoked-ca", (2, 0x2, "the intermediate certificate 'inetmail revoked intermediate'")),
    ] {
        expect(leaf, &of_leaf(leaf).with_revocation(SOFT), expected);
    }
}

#[test]
fn a_source_that_does_not_end_costs_seconds_and_no_more() {
    for (leaf, expected) in [
        ("ocsp-hang", OCSP_IN_DOUBT),
        ("ocsp-endless", OCSP_IN_DOUBT),
        ("crl-hang", CRL_IN_DOUBT),
        ("crl-endless", CRL_IN_DOUBT),
    ] {
        let start = Instant::now();
        let client = of_leaf(leaf);
        expect(leaf, &client, expected);
        assert!(start.elapsed() < Duration::from_secs(6), "{leaf}: {:?}", start.elapsed());
        // Whoever failed is left alone for a while.
        let kind = &leaf[..leaf.find('-').expect("a kind")];
        let path = format!(
            "/{kind}/{}/{leaf}",
            leaf.trim_start_matches("ocsp-").trim_start_matches("crl-")
        );
        let before = asked(&path).len();
        ok(INetSmtpClient_Disconnect(client.0));
        let again = of_leaf(leaf).with_tls(|tls| INetTlsSettings_SetUseSessionResumption(tls, 0));
        expect(leaf, &again, expected);
        assert_eq!((before, asked(&path).len()), (1, 1), "{leaf}");
    }
}

#[test]
fn what_must_be_answered_is_a_verdict_without() {
    for (leaf, mode, expected) in [
        ("ocsp-good", ALL_OCSP, GOOD),
        ("ocsp-revoked", ALL_OCSP, REVOKED),
        ("ocsp-unknown", ALL_OCSP, OCSP_MISSING),
        ("ocsp-tampered", ALL_OCSP, OCSP_MISSING),
        ("ocsp-other", ALL_OCSP, OCSP_MISSING),
        ("ocsp-expired", ALL_OCSP, OCSP_MISSING),
        ("ocsp-stranger", ALL_OCSP, OCSP_MISSING),
        ("ocsp-trylater", ALL_OCSP, OCSP_MISSING),
        ("ocsp-error500", ALL_OCSP, OCSP_MISSING),
        ("ocsp-garbage", ALL_OCSP, OCSP_MISSING),
        ("crl-good", ALL_CRL, GOOD),
        ("crl-revoked", ALL_CRL, REVOKED),
        ("crl-tampered", ALL_CRL, CRL_MISSING),
        ("crl-other", ALL_CRL, CRL_MISSING),
        ("crl-expired", ALL_CRL, CRL_MISSING),
        ("crl-missing", ALL_CRL, CRL_MISSING),
        ("crl-garbage", ALL_CRL, CRL_MISSING),
        // A source of the other kind does not count, and none at all is nothing to ask.
        ("crl-missing", ALL_OCSP, GOOD),
        ("ocsp-error500", ALL_CRL, GOOD),
        ("good", ALL, GOOD),
        ("both-good", ALL, GOOD),
        ("both-dead", ALL, (3, 0x180, "")),
        ("both-fallback", ALL, OCSP_MISSING),
        ("both-fallback", ALL_CRL, GOOD),
        // The responder says good and the list does not: whoever is asked decides.
        // (Not with the modes that ask one of both: a list that another test has fetched is asked first.)
        ("both-at-odds", ALL_OCSP, GOOD),
        ("both-at-odds", ALL_CRL, REVOKED),
        ("both-at-odds", ALL, REVOKED),
        ("both-at-odds", OFF, GOOD),
        ("revoked-ca", ALL_CRL, REVOKED),
    ] {
        expect(&format!("{leaf}, mode {mode}"), &of_leaf(leaf).with_revocation(mode), expected);
    }
}

#[test]
fn one_good_answer_for_each_certificate_is_enough_where_one_is_asked_for() {
    // The intermediate names no source: what is known of it is the root's list.
    let known = |leaf, mode| of_leaf(leaf).with_revocation(mode).with_crl("root.crl");
    for (leaf, mode, expected) in [
        ("ocsp-good", ANY_OCSP_OR_CRL, GOOD),
        ("crl-good", ANY_OCSP_OR_CRL, GOOD),
        ("crl-good", ANY_CRL, GOOD),
        ("crl-good", ANY_CRL_OR_OCSP, GOOD),
        ("both-good", ANY_CRL_OR_OCSP, GOOD),
        ("both-at-odds", ANY_CRL_OR_OCSP, REVOKED),
        ("crl-revoked", ANY_CRL, REVOKED),
        ("ocsp-revoked", ANY_OCSP_OR_CRL, REVOKED),
    ] {
        expect(&format!("{leaf}, mode {mode}"), &known(leaf, mode), expected);
    }
    for (leaf, mode, bits) in [
        ("good", ANY_CRL, 0x80),
        ("good", ANY_OCSP, 0x100),
        ("ocsp-good", ANY_OCSP, 0x100),
        ("good", ANY_OCSP_OR_CRL, 0x180),
        ("both-dead", ANY_OCSP_OR_CRL, 0x180),
    ] {
        let client = of_leaf(leaf).with_revocation(mode);
        expect(&format!("{leaf}, mode {mode}, nothing known"), &client, (3, bits, ""));
    }
}

#[test]
fn lists_and_answers_at_hand_are_believed_if_they_hold() {
    type Hands = fn(Client) -> Client;
    let cases: [(&str, i32, Hands, Expected); 14] = [
        ("revoked-crl", SOFT, |client| client.with_crl("inter.crl"), REVOKED),
        ("revoked-crl", SOFT, |client| client.with_crl("inter.pem"), REVOKED),
        ("revoked-crl", OFF, |client| client.with_crl("inter.crl"), GOOD),
        ("revoked-crl", SOFT, |client| client.with_crl("root.crl"), GOOD),
        (
            "revoked-ca",
            SOFT,
            |client| client.with_crl("root.pem"),
            (2, 0x2, "'inetmail revoked intermediate'"),
        ),
        ("good", ANY_CRL, |client| client.with_crl("inter.crl").with_crl("root.crl"), GOOD),
        (
            "good",
            ANY_CRL,
            |client| client.with_crl("inter-expired.crl").with_crl("root.crl"),
            CRL_MISSING,
        ),
        (
            "good",
            ANY_CRL,
            |client| client.with_crl("inter-tampered.crl").with_crl("root.crl"),
            CRL_MISSING,
        ),
        ("good", SOFT, |client| client.with_ocsp("revoked.der"), REVOKED),
        ("good", SOFT, |client| client.with_ocsp("good.der"), GOOD),
        ("good", OFF, |client| client.with_ocsp("revoked.der"), GOOD),
        ("good", ANY_OCSP_OR_CRL, |client| client.with_ocsp("good.der").with_crl("root.crl"), GOOD),
        (
            "good",
            ANY_OCSP_OR_CRL,
            |client| client.with_ocsp("good-sha256.der").with_crl("root.crl"),
            GOOD,
        ),
        (
            "good",
            ANY_OCSP_OR_CRL,
            |client| client.with_ocsp("byissuer.der").with_crl("root.crl"),
            GOOD,
        ),
    ];
    for (number, (leaf, mode, hands, expected)) in cases.into_iter().enumerate() {
        let client = hands(of_leaf(leaf).with_revocation(mode));
        expect(&format!("case {number}, {leaf}, mode {mode}"), &client, expected);
    }
    for answer in ["tampered", "other", "expired", "stranger", "unknown"] {
        let client = of_leaf("good").with_revocation(ANY_OCSP_OR_CRL).with_crl("root.crl");
        let client = client.with_ocsp(&format!("{answer}.der"));
        let (result, _, log) = (client.connect().is_ok(), 0, client.info().log);
        assert!(!result, "an answer that is {answer} was believed\n{log}");
        assert_eq!(client.info().result, 3, "{answer}\n{log}");
    }
}

#[test]
fn what_was_answered_is_not_asked_again_while_it_holds() {
    for (leaf, mode) in [("ocsp-counted", ALL_OCSP), ("crl-counted", ALL_CRL)] {
        let kind = &leaf[..leaf.find('-').expect("a kind")];
        let path = format!("/{kind}/counted/{leaf}");
        for _ in 0..3 {
            let client = of_leaf(leaf).with_revocation(mode);
            let client = client.with_tls(|tls| INetTlsSettings_SetUseSessionResumption(tls, 0));
            expect(leaf, &client, GOOD);
            ok(INetSmtpClient_Disconnect(client.0));
        }
        let asked = asked(&path);
        assert_eq!(asked.len(), 1, "{asked:?}");
        assert!(asked[0].contains("inetmail/"), "{asked:?}");
        assert!(kind != "ocsp" || asked[0].starts_with("POST sha1 "), "{asked:?}");
    }
}

#[test]
fn a_staple_is_looked_at_as_any_answer() {
    let of = |listener, leaf: &str, mode| {
        let client = secure(&format!("{leaf}.smtp.test"), tls_port(listener), IMPLICIT);
        client.with_revocation(mode)
    };
    for (leaf, expected) in [
        ("staple-good", GOOD),
        ("staple-revoked", REVOKED),
        ("muststaple-good", GOOD),
        ("muststaple-revoked", REVOKED),
    ] {
        for listener in ["STAPLES", "STAPLER"] {
            let client = of(listener, leaf, SOFT);
            expect(leaf, &client, expected);
            assert!(client.info().is_stapled, "{leaf} at {listener}");
            expect(leaf, &of(listener, leaf, OFF), GOOD);
        }
    }
    // What is not to be believed counts as none, and the log says so.
    for leaf in ["tampered", "stranger", "other", "expired", "garbage", "unknown"] {
        let client = of("STAPLER", &format!("staple-{leaf}"), SOFT);
        assert!(client.connect().is_ok(), "{leaf}: {}", client.info().log);
        let log = client.info().log;
        assert!(log.to_lowercase().contains("staple"), "{leaf}: {log}");
    }
    // Whoever promised to staple, and has none that is any good, is refused.
    for (listener, leaf) in [
        ("STAPLES", "muststaple"),
        ("STAPLES", "muststaple-tampered"),
        ("STAPLER", "muststaple-expired"),
    ] {
        let client = of(listener, leaf, SOFT);
        let record = client.connect().expect_err(leaf);
        assert_eq!(record.status, CERTIFICATE, "{leaf}: {record:?}");
        assert!(record.message.contains("stapl"), "{leaf}: {}", record.message);
        expect(leaf, &of(listener, leaf, OFF), GOOD);
    }
}
