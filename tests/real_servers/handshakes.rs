//! Versions, cipher suites and groups, each with a server that has no other.

use super::tls::*;
use super::*;

const TLS12: i32 = 0x10;
const TLS13: i32 = 0x20;

/// The suites of rustls by the names that IANA has for them, and the version that each belongs to.
const SUITES: [(&str, i32); 9] = [
    ("TLS_AES_128_GCM_SHA256", TLS13),
    ("TLS_AES_256_GCM_SHA384", TLS13),
    ("TLS_CHACHA20_POLY1305_SHA256", TLS13),
    ("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", TLS12),
    ("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", TLS12),
    ("TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", TLS12),
    ("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", TLS12),
    ("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", TLS12),
    ("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", TLS12),
];

fn delivers(what: &str, client: &Client) -> Info {
    let recipient = fresh_address();
    client.send(&simple(&recipient)).unwrap_or_else(|record| panic!("{what}: {record:?}"));
    delivered(&recipient, 1);
    let info = client.info();
    assert!(info.is_secure && info.is_established, "{what}: {info:?}");
    info
}

/// What kept a handshake from coming to an end.
#[track_caller]
fn refused(what: &str, client: &Client) -> Box<Record> {
    let record = client.connect().expect_err(what);
    assert_eq!(record.status, TLS, "{what}: {record:?}");
    assert!(!record.message.is_empty() && record.is_safe_to_retry, "{what}: {record:?}");
    assert!(!client.info().is_established, "{what}");
    record
}

fn with_suites(client: Client, list: &str) -> Client {
    let list = c(list);
    client.with_tls(|tls| unsafe { INetTlsSettings_SetCiphersuites(tls, list.as_ptr()) })
}

fn with_groups(client: Client, list: &str) -> Client {
    let list = c(list);
    client.with_tls(|tls| unsafe { INetTlsSettings_SetEcCurves(tls, list.as_ptr()) })
}

fn with_versions(client: Client, versions: i32) -> Client {
    client.with_tls(|tls| INetTlsSettings_SetVersions(tls, versions))
}

#[test]
fn each_suite_of_a_server_that_has_no_other() {
    for (suite, version) in SUITES {
        let listener = format!("SUITE_{suite}");
        let info = delivers(suite, &implicit(&listener));
        assert_eq!((info.suite.as_str(), info.version), (suite, version));
        // Without it there is nothing in common.
        refused(suite, &with_suites(implicit(&listener), &format!("all;-{suite}")));
    }
}

#[test]
fn each_suite_of_a_client_that_has_no_other() {
    for (suite, version) in SUITES {
        // Postfix has a certificate with a curve; the suites of RSA are not for it.
        if suite.contains("_RSA_") {
            continue;
        }
        let client = with_suites(with_versions(of_leaf("good"), version), suite);
        let info = delivers(suite, &client);
        assert_eq!((info.suite.as_str(), info.version), (suite, version));
    }
    let client = with_versions(of_leaf("rsa"), TLS12);
    let client = with_suites(client, "ECDHE-RSA-CHACHA20-POLY1305");
    assert_eq!(
        delivers("OpenSSL's name", &client).suite,
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
    );
}

#[test]
fn each_group_of_a_server_that_has_no_other() {
    for (name, version) in [("12", TLS12), ("13", TLS13)] {
        for (group, called) in
            [("X25519", "x25519"), ("SECP256R1", "secp256r1"), ("SECP384R1", "secp384r1")]
        {
            let listener = format!("GROUP{name}_{group}");
            let info = delivers(&listener, &implicit(&listener));
            assert_eq!((info.group.as_str(), info.version), (called, version), "{listener}");
            // A key share that the server has no use for is asked for again, which TLS 1.2 need not.
            // In TLS 1.2 the curve of the server's key, P-256, has to be among them too.
            if version == TLS13 || group != "X25519" {
                let groups = format!("{called};P-256");
                let info = delivers(&listener, &with_groups(implicit(&listener), &groups));
                assert!(!info.was_retried, "{listener}");
            }
            if group == "SECP384R1" {
                let client = with_groups(implicit(&listener), "X25519;P-384;P-256");
                assert_eq!(
                    delivers(&listener, &client).was_retried,
                    version == TLS13,
                    "{listener}"
                );
            }
            refused(&listener, &with_groups(implicit(&listener), &format!("all;-{group}")));
        }
    }
}

#[test]
fn each_version_of_either_side() {
    for (listener, version, other) in [("TLS12", TLS12, TLS13), ("TLS13", TLS13, TLS12)] {
        let client = secure("localhost", port(listener), EXPLICIT);
        assert_eq!(delivers(listener, &client).version, version);
        let client = with_versions(secure("localhost", port(listener), EXPLICIT), version);
        assert_eq!(delivers(listener, &client).version, version);
        refused(listener, &with_versions(secure("localhost", port(listener), EXPLICIT), other));
        let client = with_versions(secure("localhost", port("STARTTLS"), EXPLICIT), version);
        assert_eq!(delivers("STARTTLS", &client).version, version);
    }
}

#[test]
fn what_is_too_old_or_foreign_is_refused_in_words() {
    for listener in ["TLS10", "TLS11"] {
        let record = refused(listener, &secure("localhost", port(listener), EXPLICIT));
        let words = record.message.to_lowercase();
        assert!(words.contains("version"), "{listener}: {words}");
    }
    refused("CBC", &implicit("SUITE_CBC"));
    refused("P-521", &implicit("GROUP13_SECP521R1"));
}

#[test]
fn a_submission_server_of_another_kind_takes_the_same() {
    for (listener, options) in [("SUBMISSION", EXPLICIT), ("SUBMISSIONS", IMPLICIT)] {
        let recipient = fresh_address();
        let client =
            secure("localhost", tls_port(listener), options).with_login("", "user", "pass");
        client.send(&simple(&recipient)).expect(listener);
        let mail = &delivered(&recipient, 1)[0].bytes;
        assert!(String::from_utf8_lossy(mail).contains("with ESMTPSA"), "{listener}");
        assert_eq!(client.info().verdict(), (0, 0), "{listener}");
        let client =
            secure("localhost", tls_port(listener), options).with_login("", "user", "wrong");
        assert_eq!(client.send(&simple(&recipient)).expect_err(listener).status, -1600);
    }
}
