//! How a connection gets its protection, and who has the last word about a certificate.

use super::tls::*;
use super::*;
use std::ffi::{CStr, c_char, c_void};
use std::time::Instant;

const PLAIN: &str = "ESMTP ";
const SECURE: &str = "ESMTPS ";

#[test]
fn each_mode_with_each_kind_of_server() {
    // How the server takes the message; or the status that kept it.
    let cases: [(&str, i32, Result<&str, i32>); 17] = [
        ("NOTLS", NONE, Ok(PLAIN)),
        ("STARTTLS", NONE, Ok(PLAIN)),
        ("STARTTLS", EXPLICIT, Ok(SECURE)),
        ("TLSREQUIRED", EXPLICIT, Ok(SECURE)),
        ("NOTLS", EXPLICIT, Err(-1504)),
        ("SMTPS", IMPLICIT, Ok(SECURE)),
        ("BYNAME_SMTPS", IMPLICIT, Ok(SECURE)),
        ("NOTLS", IMPLICIT, Err(-1453)),
        ("STARTTLS", IMPLICIT, Err(-1453)),
        ("SMTPS", SSL_AUTO, Ok(SECURE)),
        ("STARTTLS", SSL_AUTO, Ok(SECURE)),
        ("BYNAME_SMTPS", SSL_AUTO, Ok(SECURE)),
        ("NOTLS", SSL_AUTO, Err(-1504)),
        ("SMTPS", AUTO, Ok(SECURE)),
        ("STARTTLS", AUTO, Ok(SECURE)),
        ("NOTLS", AUTO, Ok(PLAIN)),
        ("BARE", AUTO, Ok(PLAIN)),
    ];
    for (listener, options, expected) in cases {
        let recipient = fresh_address();
        let client = secure("localhost", port(listener), options);
        let outcome = client.send(&simple(&recipient));
        let what = format!("{listener}, options {options}: {outcome:?}");
        match (expected, outcome) {
            (Ok(protocol), Ok(())) => {
                let mail = delivered(&recipient, 1).remove(0).bytes;
                let trace = String::from_utf8_lossy(&mail[..600.min(mail.len())]).into_owned();
                assert!(trace.contains(&format!("with {protocol}")), "{what}: {trace}");
                assert_eq!(client.info().is_secure, protocol == SECURE, "{what}");
            }
            (Err(status), Err(record)) => {
                assert_eq!(record.status, status, "{what}");
                assert!(look_for(&recipient).is_empty(), "{what}");
            }
            _ => panic!("{what}"),
        }
    }
}

#[test]
fn a_bad_certificate_is_no_reason_to_go_in_clear() {
    for options in [EXPLICIT, SSL_AUTO, AUTO] {
        for listener in ["EXPIRED", "EXPIRED_SMTPS"] {
            if options == EXPLICIT && listener.ends_with("_SMTPS") {
                continue;
            }
            let recipient = fresh_address();
            let client = secure("localhost", port(listener), options);
            let record = client.send(&simple(&recipient)).expect_err(listener);
            assert_eq!(record.status, CERTIFICATE, "{listener}, options {options}: {record:?}");
            assert!(look_for(&recipient).is_empty());
        }
    }
}

#[test]
fn a_guess_tells_no_password() {
    let recipient = fresh_address();
    let client = secure("localhost", port("NOTLS"), AUTO).with_login("", "user", "pass");
    let record = client.send(&simple(&recipient)).expect_err("a password in clear");
    assert_eq!(record.status, -1605, "{record:?}");
    assert!(record.message.contains("SetDangerouslyAllowPlaintextAuth"), "{}", record.message);
    ok(INetSmtpClient_SetDangerouslyAllowPlaintextAuth(client.0, 1));
    client.send(&simple(&recipient)).expect("now it may");
    delivered(&recipient, 1);
}

#[test]
fn a_server_that_says_nothing_costs_what_its_greeting_may() {
    let start = Instant::now();
    let client = secure("localhost", tls_port("SILENT"), AUTO);
    ok(INetSmtpClient_SetGreetingTimeout(client.0, 300));
    let record = client.connect().expect_err("silence");
    // Once as TLS, once in clear.
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    assert_eq!(record.status, -1303, "{record:?}");
    assert!(record.is_safe_to_retry, "{record:?}");
}

#[test]
fn any_certificate_is_accepted_where_a_host_says_so() {
    for (leaf, verdict) in [
        ("expired", (2, 0x8)),
        ("wronghost", (2, 0x200)),
        ("selfsigned", (1, 0x20)),
        ("nochain", (3, 0x20)),
        ("forged", (2, 0x10)),
    ] {
        let client = of_leaf(leaf);
        ok(INetSmtpClient_SetDangerouslyAcceptAnyCertificate(client.0, 1));
        let recipient = fresh_address();
        client.send(&simple(&recipient)).unwrap_or_else(|record| panic!("{leaf}: {record:?}"));
        delivered(&recipient, 1);
        let info = client.info();
        // The verdict is told, and that somebody overruled it.
        assert_eq!(info.verdict(), (verdict.0, verdict.1 | 0x8000), "{leaf}\n{}", info.log);
        assert!(info.is_established);
    }
    // Whose key is too short to be checked did not prove that it is his, which is not a matter of trust.
    let client = of_leaf("rsa1024");
    ok(INetSmtpClient_SetDangerouslyAcceptAnyCertificate(client.0, 1));
    let record = client.send(&simple(&fresh_address())).expect_err("an RSA key of 1024 bits");
    assert_eq!(record.status, -1451, "{record:?}");
    assert!(record.message.contains("below 2048 bits"), "{record:?}");
    assert_eq!(client.info().verdict(), (2, 0xC000));
}

/// What a callback was asked, and what it is to answer.
struct Judge {
    answer: i32,
    seen: Vec<(String, i32, i32, i32, i32, bool)>,
}

unsafe extern "C" fn judge(
    user: *mut c_void,
    host: *const c_char,
    chain: *const INetCertificateCollection,
    result: i32,
    details: i32,
    log: *const c_char,
    accepted: i32,
) -> i32 {
    let judge = unsafe { &mut *user.cast::<Judge>() };
    let (host, log) = unsafe { (CStr::from_ptr(host), CStr::from_ptr(log)) };
    let count = INetCertificateCollection_GetCount(chain);
    let host = host.to_str().expect("UTF-8").to_owned();
    judge.seen.push((host, count, result, details, accepted, !log.is_empty()));
    judge.answer
}

fn judged(client: &Client, answer: i32) -> (Result<(), Box<Record>>, Judge) {
    let mut asked = Judge { answer, seen: Vec::new() };
    let user = (&raw mut asked).cast();
    ok(unsafe { INetSmtpClient_OnCertificateValidate(client.0, Some(judge), user, None) });
    let outcome = client.send(&simple(&fresh_address()));
    ok(INetSmtpClient_Disconnect(client.0));
    ok(unsafe { INetSmtpClient_OnCertificateValidate(client.0, None, std::ptr::null_mut(), None) });
    (outcome, asked)
}

#[test]
fn the_host_has_the_last_word() {
    for (leaf, count, result, details) in [
        ("good", 2, 0, 0),
        ("wronghost", 2, 2, 0x200),
        ("nochain", 1, 3, 0x20),
        ("expired", 2, 2, 0x8),
    ] {
        let accepted = i32::from(result == 0);
        let seen = (format!("{leaf}.smtp.test"), count, result, details, accepted, true);
        // Twice each: a session that was resumed is no exception.
        for _ in 0..2 {
            let (outcome, asked) = judged(&of_leaf(leaf), 1);
            assert!(outcome.is_ok(), "{leaf}: {outcome:?}");
            assert_eq!(asked.seen, std::slice::from_ref(&seen));
            let (outcome, asked) = judged(&of_leaf(leaf), 0);
            assert_eq!(outcome.expect_err("rejected").status, CERTIFICATE, "{leaf}");
            assert_eq!(asked.seen, std::slice::from_ref(&seen));
            let (outcome, _) = judged(&of_leaf(leaf), -42);
            assert_eq!(outcome.expect_err("ended").status, -42, "{leaf}");
        }
    }
}
