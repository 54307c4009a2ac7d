//! Servers that no client should believe: tests/servers/auth_doubles.py plays them.

use super::auth::*;
use super::*;
use std::time::Instant;

const CONNECTION_LOST: i32 = -1402;
const PROTOCOL: i32 = -1500;
const TOO_LONG: i32 = -1501;
const CLOSING: i32 = -1503;
const DIALOGUE: i32 = -1603;
const NO_PROOF: i32 = -1610;
const ITERATIONS: i32 = -1612;

/// NTLM among them: whoever logs in by it reads challenges of octets, too.
const EVERY: [&str; 10] = [
    "PLAIN",
    "LOGIN",
    "CRAM-MD5",
    "DIGEST-MD5",
    "SCRAM-SHA-1",
    "SCRAM-SHA-256",
    "SCRAM-SHA-512",
    "NTLM",
    "XOAUTH2",
    "OAUTHBEARER",
];

/// A client that logs in by this mechanism alone, with a password and a token.
fn by(mechanism: &str, name: &str) -> Client {
    let both = credential("user", "pass", "");
    ok(unsafe { INetNetworkCredential_SetToken(both.0, c"good-token".as_ptr()) });
    let client = peer(name, true).with_credential("", &both);
    client.with_authentications(&format!("-*;{mechanism}"))
}

/// A login fails so, and soon.
#[track_caller]
fn fails(name: &str, mechanism: &str, status: i32, words: &str) -> Record {
    let start = Instant::now();
    let Err(record) = by(mechanism, name).validate() else { panic!("{name} by {mechanism}: in") };
    assert_eq!(record.status, status, "{name} by {mechanism}: {record:?}");
    assert!(record.message.contains(words), "{name} by {mechanism}: {record:?}");
    assert!(record.is_safe_to_retry, "{name} by {mechanism}: {record:?}");
    assert!(
        start.elapsed() < Duration::from_secs(10),
        "{name} by {mechanism}: {:?}",
        start.elapsed()
    );
    *record
}

#[test]
fn prompts_in_any_words_are_prompts() {
    for name in
        ["LOGIN_PLAIN_PROMPTS", "LOGIN_EMPTY_PROMPTS", "LOGIN_OTHER_PROMPTS", "LOGIN_LONG_PROMPTS"]
    {
        for is_secured in BOTH {
            let client = peer(name, is_secured).with_login("", "usér@test", "pässwörd");
            client.send(&simple(&fresh_address())).unwrap_or_else(|e| panic!("{name}: {e:?}"));
            peer(name, is_secured).with_login("", "user", "wrong").is_refused(name);
        }
    }
    let client = peer("SUCCESS_IN_TWO_LINES", true).with_login("", "user", "pass");
    client.send(&simple(&fresh_address())).expect("a welcome in two lines");
}

#[test]
fn challenges_that_are_none_end_the_login() {
    for mechanism in EVERY {
        for name in ["CHALLENGE_100K", "CHALLENGE_10M", "LINE_WITHOUT_END"] {
            fails(name, mechanism, TOO_LONG, "");
        }
        fails("CHALLENGES_WITHOUT_END", mechanism, DIALOGUE, "");
        let record = by(mechanism, "CHALLENGE_JUNK").validate().expect_err(mechanism);
        assert!(matches!(record.status, REFUSED | DIALOGUE), "{mechanism}: {record:?}");
        let is_text = |letter: char| !letter.is_control();
        assert!(record.message.chars().all(is_text), "{mechanism}: {record:?}");
    }
    for mechanism in ["CRAM-MD5", "DIGEST-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512"] {
        fails("CHALLENGE_EMPTY", mechanism, DIALOGUE, mechanism);
    }
    fails("CHALLENGE_NOT_BASE64", "SCRAM-SHA-256", DIALOGUE, "SCRAM-SHA-256");
    fails("CHALLENGE_NOT_BASE64", "CRAM-MD5", DIALOGUE, "CRAM-MD5");
    let record = by("CRAM-MD5", "CHALLENGE_IN_TWO_LINES").validate().expect_err("two lines");
    assert!(matches!(record.status, REFUSED | DIALOGUE), "{record:?}");
}

#[test]
fn a_scram_server_has_to_prove_itself() {
    for mechanism in
        ["SCRAM-SHA-1", "SCRAM-SHA-224", "SCRAM-SHA-256", "SCRAM-SHA-384", "SCRAM-SHA-512"]
    {
        for (name, status, words) in [
            ("SCRAM_WRONG_SIGNATURE", NO_PROOF, "signature"),
            ("SCRAM_NO_SIGNATURE", NO_PROOF, "without a proof"),
            ("SCRAM_ERROR_AND_WELCOME", NO_PROOF, "without a proof"),
            ("SUCCESS_AT_ONCE", NO_PROOF, "without a proof"),
            ("SCRAM_SHORT_SIGNATURE", DIALOGUE, "final message"),
            ("SCRAM_EMPTY_SIGNATURE", DIALOGUE, "final message"),
            ("SCRAM_ITERATIONS_0", DIALOGUE, ""),
            ("SCRAM_ITERATIONS_1", ITERATIONS, "1 iterations"),
            ("SCRAM_ITERATIONS_2_31", ITERATIONS, "2147483648 iterations"),
            ("SCRAM_ITERATIONS_2_64", ITERATIONS, "iterations"),
            ("SCRAM_FOREIGN_NONCE", DIALOGUE, "nonce"),
            ("SCRAM_SAME_NONCE", DIALOGUE, "nonce"),
            ("SCRAM_EMPTY_SALT", DIALOGUE, "salt"),
            ("SCRAM_EXTENSION", DIALOGUE, "extension"),
            ("SCRAM_JUNK", DIALOGUE, "first message"),
        ] {
            let record = fails(name, mechanism, status, words);
            assert!(record.message.contains(mechanism), "{name}: {record:?}");
            assert!(!record.is_transient, "{name}: {record:?}");
            // The password is "pass", and nobody reads "the ***word".
            assert!(!record.message.contains("***"), "{name}: {record:?}");
        }
    }
    for mechanism in ["LOGIN", "CRAM-MD5", "NTLM"] {
        fails("SUCCESS_AT_ONCE", mechanism, DIALOGUE, "before it has asked");
    }
    for name in ["DIGEST_WRONG_PROOF", "DIGEST_NO_PROOF", "SUCCESS_AT_ONCE"] {
        fails(name, "DIGEST-MD5", NO_PROOF, "DIGEST-MD5");
    }
}

#[test]
fn nothing_is_sent_to_a_server_that_did_not_prove_itself() {
    for name in ["SCRAM_WRONG_SIGNATURE", "SCRAM_NO_SIGNATURE", "SCRAM_ERROR_AND_WELCOME"] {
        let said = recorded(auth_port(&format!("PEER_{name}")), |port| {
            let client =
                client("127.0.0.1", port).with_timeout(30_000).with_login("", "user", "pass");
            let record = client.send(&simple(&fresh_address())).expect_err(name);
            assert_eq!(record.status, NO_PROOF, "{name}: {record:?}");
        });
        let said = String::from_utf8_lossy(&said);
        assert!(said.contains("AUTH SCRAM-SHA-512 ") && !said.contains("MAIL FROM"), "{said}");
        // Nor is there another attempt that would give away more.
        assert_eq!(said.matches("AUTH ").count(), 1, "{said}");
    }
}

#[test]
fn replies_are_told_as_the_server_gives_them() {
    // Some servers say of a mechanism what holds for all of them, so one is tried alone.
    for mechanism in EVERY {
        for (code, enhanced, is_transient) in [
            (432, "4.7.12", true),
            (454, "4.7.0", true),
            (500, "5.5.6", false),
            (501, "5.5.2", false),
            (503, "5.5.1", false),
            (504, "5.5.4", false),
            (530, "5.7.0", false),
            (534, "5.7.9", false),
            (535, "5.7.8", false),
            (538, "5.7.11", false),
            (550, "5.7.1", false),
        ] {
            let words = format!("In the words of {code}");
            let status = if code == 454 { -1606 } else { REFUSED };
            let record = fails(&format!("REPLIES_{code}"), mechanism, status, &words);
            assert_eq!(record.smtp_code, code, "{record:?}");
            assert_eq!(record.enhanced_code, enhanced, "{record:?}");
            assert_eq!(
                (record.is_transient, record.phase.as_str()),
                (is_transient, "AUTH"),
                "{record:?}"
            );
        }
        let record = fails("REPLIES_421", mechanism, CLOSING, "Too many wrong");
        assert_eq!((record.smtp_code, record.is_transient), (421, true), "{record:?}");
        let record = fails("REPLIES_535_BARE", mechanism, REFUSED, "535 no");
        assert_eq!(record.enhanced_code, "", "{record:?}");
        fails("REPLIES_535_LONG", mechanism, REFUSED, "The last");
        fails("REPLIES_JUNK", mechanism, PROTOCOL, "");
    }
}

#[test]
fn a_connection_that_ends_is_lost_and_not_a_wrong_password() {
    for mechanism in EVERY {
        let record = fails("CLOSES_AT_ONCE", mechanism, CONNECTION_LOST, "");
        assert!(record.is_transient, "{record:?}");
    }
    for mechanism in ["PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-256"] {
        by(mechanism, "CLOSES_ON_WRONG").validate().expect("the right password");
        let client = peer("CLOSES_ON_WRONG", true).with_login(mechanism, "user", "wrong");
        let record = client.validate().expect_err(mechanism);
        assert_eq!((record.status, record.phase.as_str()), (CONNECTION_LOST, "AUTH"), "{record:?}");
    }
    fails("CLOSES_BETWEEN", "LOGIN", CONNECTION_LOST, "");
}

#[test]
fn a_server_that_says_nothing_is_waited_for_as_long_as_the_host_wants() {
    for mechanism in ["PLAIN", "SCRAM-SHA-256"] {
        let client = by(mechanism, "SILENT").with_timeout(300);
        let start = Instant::now();
        let record = client.validate().expect_err("nothing comes");
        assert_eq!((record.status, record.phase.as_str()), (-1303, "AUTH"), "{record:?}");
        assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    }
}

#[test]
fn what_comes_behind_a_welcome_does_not_pass_for_anything() {
    for name in ["CHALLENGE_AFTER_SUCCESS", "CHALLENGE_FOR_MAIL"] {
        for is_secured in BOTH {
            let client = peer(name, is_secured).with_login("", "user", "pass");
            let record = client.send(&simple(&fresh_address())).expect_err(name);
            assert_eq!(record.status, PROTOCOL, "{name}: {record:?}");
            assert!(record.is_safe_to_retry, "{name}: {record:?}");
        }
    }
}
