//! Each certificate of the tests' PKI: verdict, bits, sentence.

use super::tls::List::{Blocked, Known, Trusted};
use super::tls::*;
use super::*;

const UNTRUSTED: &str = "its issuer is not trusted";

/// The leaf, and what becomes of it for whoever trusts the root alone.
const LEAVES: [(&str, Expected); 28] = [
    ("good", GOOD),
    ("rsa", GOOD),
    ("p384", GOOD),
    ("ed25519", GOOD),
    ("wildcard", GOOD),
    ("xn--e1afmkfd", GOOD),
    ("extra", GOOD),
    ("crossed", GOOD),
    ("blocked-ca", GOOD),
    ("revoked-crl", GOOD),
    ("two.labels", (2, 0x200, "it is not for 'two.labels.smtp.test' but for *.smtp.test")),
    ("idn", (2, 0x200, "it is not for 'idn.smtp.test' but for xn--e1afmkfd.smtp.test")),
    ("wronghost", (2, 0x200, "it is not for 'wronghost.smtp.test' but for other.example")),
    ("ipsan", (2, 0x200, "it is not for 'ipsan.smtp.test' but for 127.0.0.1")),
    ("cnonly", (2, 0x200, "it names no host (it has no subjectAltName)")),
    ("expired", (2, 0x8, "it expired")),
    ("notyet", (2, 0x4, "it becomes valid in")),
    ("nochain", (3, 0x20, "'inetmail test intermediate' is neither among the trusted")),
    ("unknownroot", (3, 0x20, "'inetmail unknown root' is neither among the trusted")),
    ("unknownroot-presented", (1, 0x20, "the root 'inetmail unknown root' came with it")),
    ("selfsigned", (1, 0x20, "it is self-signed")),
    ("selfsigned-ca", (1, 0x20, "it is a CA's own")),
    ("loop", (3, 0x2020, "its chain runs in a circle")),
    ("forged", (2, 0x10, "it is forged or damaged")),
    ("rsa1024", (2, 0x4000, "it has a weak key (RSA of 1024 bits)")),
    ("sha1", (2, 0x4000, "it has a weak signature (SHA-1)")),
    ("clientonly", (2, 0x400, "it is not for servers")),
    ("nameconstraints", (2, 0x40, "name constraints")),
];

#[test]
fn each_certificate_gets_its_verdict_bits_and_sentence() {
    for (leaf, expected) in LEAVES.into_iter().chain([("pathlen", (2, 0x40, "path length"))]) {
        let host = format!("{leaf}.smtp.test");
        for (listener, options) in [("BYNAME", EXPLICIT), ("BYNAME_SMTPS", IMPLICIT)] {
            let client = secure(&host, port(listener), options);
            expect(&format!("{leaf} at {listener}"), &client, expected);
            // A second connection is judged as the first, be it resumed or not.
            ok(INetSmtpClient_Disconnect(client.0));
            expect(&format!("{leaf} at {listener}, again"), &client, expected);
        }
    }
}

#[test]
fn trust_blocks_and_gaps_filled_change_the_verdict() {
    let blocked = |sentence| (2, 0x800, sentence);
    let inter = "the intermediate certificate 'inetmail test intermediate' is blocked";
    type Lists = &'static [(List, &'static str)];
    let cases: [(&str, Lists, Expected); 17] = [
        ("selfsigned", &[(Trusted, "selfsigned.pem")], GOOD),
        ("selfsigned-ca", &[(Trusted, "selfsigned-ca.pem")], GOOD),
        ("unknownroot", &[(Trusted, "unknown-ca.pem")], GOOD),
        ("unknownroot-presented", &[(Trusted, "unknown-ca.pem")], GOOD),
        ("unknownroot", &[(Known, "unknown-ca.pem")], (1, 0x20, UNTRUSTED)),
        ("nochain", &[(Known, "inter.pem")], GOOD),
        ("nochain", &[(Trusted, "inter.pem")], GOOD),
        ("nochain", &[(Known, "inter-blocked.pem")], (3, 0x20, UNTRUSTED)),
        ("good", &[(Blocked, "good.crt")], blocked("it is blocked")),
        ("good", &[(Blocked, "inter.pem")], blocked(inter)),
        ("good", &[(Blocked, "root.pem")], blocked("its root 'inetmail test root' is blocked")),
        ("good", &[(Blocked, "inter-blocked.pem")], GOOD),
        ("blocked-ca", &[(Blocked, "inter-blocked.pem")], blocked("is blocked")),
        (
            "selfsigned",
            &[(Trusted, "selfsigned.pem"), (Blocked, "selfsigned.pem")],
            blocked("it is blocked"),
        ),
        // Trust in a certificate is not trust in what else it says.
        ("expired", &[(Trusted, "expired.crt")], (2, 0x8, "it expired")),
        ("wronghost", &[(Trusted, "wronghost.crt")], (2, 0x200, "it is not for")),
        ("loop", &[(Trusted, "inter-loop-2.pem")], GOOD),
    ];
    for (leaf, lists, expected) in cases {
        let client =
            lists.iter().fold(of_leaf(leaf), |client, (list, file)| client.with(*list, file));
        expect(&format!("{leaf} with {lists:?}"), &client, expected);
    }
}

#[test]
fn without_trust_a_good_chain_ends_nowhere() {
    let client = client("good.smtp.test", port("BYNAME")).with_security(EXPLICIT);
    let client = client.with_tls(|tls| INetTlsSettings_SetIgnoreSystemTrust(tls, 1));
    expect("good without a root", &client, (3, 0x20, "'inetmail test root'"));
    // A change of the list reaches the client.
    let client = client.with(Trusted, "root.pem");
    expect("good with its root", &client, GOOD);
    ok(INetSmtpClient_Disconnect(client.0));
    ok(INetCertificateCollection_Clear(client.list(Trusted).0));
    expect("good without its root again", &client, (3, 0x20, "'inetmail test root'"));
}

#[test]
fn an_address_is_named_by_the_certificate_or_it_is_not() {
    for (listener, options) in [("IPSAN", EXPLICIT), ("IPSAN_SMTPS", IMPLICIT)] {
        expect("127.0.0.1", &secure("127.0.0.1", port(listener), options), GOOD);
        let client = secure("localhost", port(listener), options);
        expect("localhost", &client, (2, 0x200, "it is not for 'localhost' but for 127.0.0.1"));
    }
    // Two faults, two bits.
    let client = secure("good.smtp.test", port("EXPIRED"), EXPLICIT);
    expect("good.smtp.test", &client, (2, 0x208, "it is not for 'good.smtp.test'"));
}

#[test]
fn a_host_in_its_own_letters_is_found_and_matched() {
    expect("пример", &secure("пример.smtp.test", port("BYNAME"), EXPLICIT), GOOD);
}

#[test]
fn the_chain_of_the_server_is_what_it_presented() {
    for (leaf, count, established) in
        [("extra", 5, true), ("nochain", 1, false), ("expired", 2, false)]
    {
        let client = of_leaf(leaf);
        assert_eq!(client.connect().is_ok(), established, "{leaf}");
        let chain = Handle::of(INetSmtpClient_GetServerChain(client.0));
        assert_eq!(INetCertificateCollection_GetCount(chain.0), count, "{leaf}");
        let first = Handle::of(INetCertificateCollection_GetItem(chain.0, 0));
        let subject = text(|b, n| unsafe { INetCertificate_GetSubject(first.0, b, n) });
        assert_eq!(subject, leaf);
        // It is the server's, and nobody changes it.
        assert!(INetCertificateCollection_Clear(chain.0) <= -1000, "{leaf}");
    }
}
