//! Which mechanisms are tried, in which order, and when a login is over.

use super::auth::*;
use super::*;
use std::ffi::{CStr, c_char, c_void};
use std::sync::Mutex;

/// What the host answers to a mechanism, and what it does to the credential before.
type Answer = fn(&str, *mut INetNetworkCredential) -> i32;

/// A host that is asked before each mechanism.
struct Host {
    answer: Answer,
    tried: Mutex<Vec<String>>,
    offered: Mutex<String>,
}

unsafe extern "C" fn ask(
    user: *mut c_void,
    host: *const c_char,
    mechanism: *const c_char,
    offered: *const c_char,
    is_protected: i32,
    credential: *mut INetNetworkCredential,
) -> i32 {
    let this = unsafe { &*user.cast::<Host>() };
    let text = |text| unsafe { CStr::from_ptr(text) }.to_str().expect("UTF-8");
    assert_eq!(text(host), "localhost");
    assert!(matches!(is_protected, 0 | 1));
    this.tried.lock().expect("no panic").push(text(mechanism).to_owned());
    *this.offered.lock().expect("no panic") = text(offered).to_owned();
    (this.answer)(text(mechanism), credential)
}

/// What comes of something for which the host is asked, and the mechanisms that would be tried for it, one word each.
fn asked<T>(client: &Client, answer: Answer, act: impl FnOnce() -> T) -> (T, String) {
    let host = Host { answer, tried: Mutex::default(), offered: Mutex::default() };
    let pointer = (&raw const host).cast_mut().cast();
    ok(unsafe { INetSmtpClient_OnBeforeAuth(client.0, Some(ask), pointer, None) });
    let done = act();
    ok(unsafe { INetSmtpClient_OnBeforeAuth(client.0, None, std::ptr::null_mut(), None) });
    let offered = host.offered.into_inner().expect("no panic");
    let tried = host.tried.into_inner().expect("no panic");
    assert!(tried.iter().all(|name| offered.split(' ').any(|offer| offer == name)), "{offered}");
    (done, tried.join(" "))
}

/// What becomes of a login.
fn tried_with(client: &Client, answer: Answer) -> (Result<(), Box<Record>>, String) {
    asked(client, answer, || client.validate())
}

fn tried(client: &Client) -> (Result<(), Box<Record>>, String) {
    tried_with(client, |_, _| INET_BEFORE_AUTH_PROCEED)
}

fn user(client: Client) -> Client {
    client.with_login("", "user", "pass")
}

#[test]
fn what_reveals_least_comes_first() {
    for (listener, is_secured, mechanism) in [
        ("DOVECOT_ALL", false, "SCRAM-SHA-256"),
        ("DOVECOT_ALL", true, "SCRAM-SHA-256"),
        ("CYRUS_ALL", false, "SCRAM-SHA-512"),
        ("CYRUS_ALL", true, "SCRAM-SHA-512"),
        ("EXIM", true, "CRAM-MD5"),
        ("PEER_SCRAM", false, "SCRAM-SHA-512"),
        ("PEER_SCRAM", true, "SCRAM-SHA-512-PLUS"),
        ("PEER_OTHERS_AFTER_TLS", false, "PLAIN"),
        ("PEER_OTHERS_AFTER_TLS", true, "CRAM-MD5"),
        ("PEER_OLD_SYNTAX", true, "PLAIN"),
        ("PEER_SMALL_LETTERS", true, "CRAM-MD5"),
        ("PEER_BOTH_SYNTAXES", true, "CRAM-MD5"),
        ("PEER_UNKNOWN_FIRST", true, "PLAIN"),
        ("PEER_OAUTH_OR_PASSWORD", true, "PLAIN"),
    ] {
        let (ended, tried) = tried(&user(visitor(listener, is_secured)));
        ended.unwrap_or_else(|e| panic!("{listener}: {e:?}"));
        assert_eq!(tried, mechanism, "{listener}, TLS {is_secured}");
    }
    // The server's own word for what was used.
    assert_eq!(user(visitor("CYRUS_ALL", true)).sends("CYRUS_ALL").0, "SCRAM-SHA-512");
    let both = credential("user", "pass", "");
    ok(unsafe { INetNetworkCredential_SetToken(both.0, c"good-token".as_ptr()) });
    let client = peer("OAUTH_OR_PASSWORD", true).with_credential("", &both);
    assert_eq!(tried(&client).1, "OAUTHBEARER");
}

#[test]
fn the_host_has_other_preferences() {
    for (list, mechanism) in [
        ("PLAIN:1000", "PLAIN"),
        ("-SCRAM", "DIGEST-MD5"),
        ("-SCRAM-SHA-256", "SCRAM-SHA-1"),
        ("-*;LOGIN", "LOGIN"),
        ("-*;PLAIN:1;LOGIN:2", "LOGIN"),
        ("-SCRAM,-DIGEST-MD5", "CRAM-MD5"),
    ] {
        let client = user(visitor("DOVECOT_ALL", true)).with_authentications(list);
        assert_eq!(client.sends(list).0, mechanism, "{list}");
    }
    let allowed = |protocol: &str, flags: i32| {
        let client = visitor("CYRUS_ALL", true).with_login(protocol, "user", "pass");
        ok(INetSmtpClient_SetAllowedAuthentication(client.0, i64::from(flags)));
        client
    };
    let flags = INET_AUTHENTICATION_CRAM_MD5 | INET_AUTHENTICATION_PLAIN;
    assert_eq!(allowed("", flags).sends("flags").0, "CRAM-MD5");
    // What is named has to be allowed, too.
    for client in [allowed("", 0), allowed("LOGIN", flags)] {
        assert_eq!(client.validate().expect_err("not allowed").status, NOT_OFFERED);
    }
}

#[test]
fn what_the_server_offers_is_told() {
    let both = INET_AUTHENTICATION_PLAIN
        | INET_AUTHENTICATION_LOGIN
        | INET_AUTHENTICATION_CRAM_MD5
        | INET_AUTHENTICATION_DIGEST_MD5
        | INET_AUTHENTICATION_SCRAM_SHA_1
        | INET_AUTHENTICATION_SCRAM_SHA_256
        | INET_AUTHENTICATION_GSSAPI
        | INET_AUTHENTICATION_GSS_SPNEGO;
    let cyrus = both | INET_AUTHENTICATION_SCRAM_SHA_512 | INET_AUTHENTICATION_NTLM;
    for (listener, is_secured, flags) in [
        ("DOVECOT_ALL", true, both | INET_AUTHENTICATION_OAUTH2),
        ("CYRUS_ALL", false, cyrus),
        ("PEER_AFTER_TLS_ONLY", false, 0),
        ("PEER_AFTER_TLS_ONLY", true, INET_AUTHENTICATION_PLAIN | INET_AUTHENTICATION_LOGIN),
        ("PEER_BEFORE_TLS_ONLY", true, 0),
    ] {
        let client = visitor(listener, is_secured);
        assert_eq!(INetSmtpClient_GetSupportedAuthentication(client.0), 0);
        client.validate().unwrap_or_else(|e| panic!("{listener}: {e:?}"));
        let told = INetSmtpClient_GetSupportedAuthentication(client.0);
        assert_eq!(told, i64::from(flags), "{listener}, TLS {is_secured}");
    }
}

#[test]
fn a_door_that_is_shut_for_a_mechanism_is_not_shut_for_all() {
    for code in ["432", "504", "534", "535", "538"] {
        let client = user(peer(&format!("PLAIN_AFTER_{code}"), true));
        let (ended, tried) = tried(&client);
        ended.unwrap_or_else(|e| panic!("{code}: {e:?}"));
        assert_eq!(tried, "CRAM-MD5 PLAIN", "{code}");
        client.send(&simple(&fresh_address())).expect("the login counts");
    }
    // The server is out of order, which another mechanism does not mend.
    let (ended, mechanisms) = tried(&user(peer("PLAIN_AFTER_454", true)));
    let record = ended.expect_err("454");
    assert_eq!((record.status, record.smtp_code, mechanisms.as_str()), (-1606, 454, "CRAM-MD5"));
    assert!(record.is_transient && record.is_safe_to_retry, "{record:?}");
    // Behind what proves the server a password does not go out in clear, to a server that has proved nothing.
    let (ended, mechanisms) = tried(&user(peer("PLAIN_AFTER_SCRAM", true)));
    let record = ended.expect_err("535");
    assert_eq!((record.smtp_code, mechanisms.as_str()), (535, "SCRAM-SHA-256"), "{record:?}");
}

#[test]
fn a_password_is_not_tried_until_the_account_is_locked() {
    for name in ["LAST_IS_PLAIN", "LAST_IS_LOGIN"] {
        let (ended, mechanisms) =
            tried(&user(peer(name, true)).with_authentications("-SCRAM,-NTLM"));
        let record = ended.expect_err(name);
        assert_eq!((record.status, record.smtp_code), (REFUSED, 535), "{name}: {record:?}");
        assert_eq!(mechanisms, "DIGEST-MD5 CRAM-MD5", "{name}");
        assert!(record.message.contains("DIGEST-MD5, CRAM-MD5"), "{record:?}");
    }
    // What the server knows nothing of is no attempt.
    let client = user(peer("OFFERED_IN_VAIN", true)).with_authentications("-SCRAM,-NTLM");
    let (ended, mechanisms) = tried(&client);
    assert_eq!(ended.expect_err("504").smtp_code, 504);
    assert_eq!(mechanisms, "DIGEST-MD5 CRAM-MD5 PLAIN LOGIN");
}

#[test]
fn an_offer_before_tls_says_nothing_of_one_behind_it() {
    let in_clear = user(peer("BEFORE_TLS_ONLY", false));
    in_clear.validate().expect("offered in clear");
    for (name, is_secured) in [
        ("BEFORE_TLS_ONLY", true),
        ("AFTER_TLS_ONLY", false),
        ("NOTHING_OFFERED", true),
        ("NOTHING_OFFERED", false),
        ("EMPTY_OFFER", true),
    ] {
        let client = user(peer(name, is_secured));
        let record = client.validate().expect_err(name);
        assert_eq!((record.status, record.phase.as_str()), (NOT_OFFERED, "AUTH"), "{record:?}");
        assert!(record.message.contains("offers no login"), "{record:?}");
        // Whoever does not insist goes on as nobody, and it is the server's to say no.
        ok(INetSmtpClient_SetForceLogin(client.0, 0));
        client.validate().unwrap_or_else(|e| panic!("{name}: {e:?}"));
        let record = client.send(&simple(&fresh_address())).expect_err("nobody may send there");
        assert_eq!((record.status, record.smtp_code), (-1507, 530), "{name}: {record:?}");
    }
    let record = user(peer("AFTER_TLS_ONLY", false)).validate().expect_err("in clear");
    assert!(record.message.contains("EnableSsl"), "{record:?}");
}

#[test]
fn the_host_chooses_and_gives_another_credential() {
    let (ended, mechanisms) = tried_with(&user(visitor("DOVECOT_ALL", true)), |name, _| {
        if name == "LOGIN" { INET_BEFORE_AUTH_PROCEED } else { INET_BEFORE_AUTH_SKIP_MECHANISM }
    });
    ended.expect("the last is let through");
    assert_eq!(mechanisms, "SCRAM-SHA-256 SCRAM-SHA-1 DIGEST-MD5 CRAM-MD5 PLAIN LOGIN");

    let client = user(visitor("DOVECOT_ALL", true));
    let nobody = |_: &str, _| INET_BEFORE_AUTH_SKIP_LOGIN;
    let (facts, mechanisms) = asked(&client, nobody, || client.sends("as nobody"));
    assert_eq!((facts, mechanisms.as_str()), ((String::new(), String::new()), "SCRAM-SHA-256"));

    let client = visitor("DOVECOT_ALL", true).with_login("", "nobody", "wrong");
    let another = |_: &str, credential| unsafe {
        ok(INetNetworkCredential_SetUserName(credential, c"user@test".as_ptr()));
        ok(INetNetworkCredential_SetPassword(credential, c"pass".as_ptr()));
        INET_BEFORE_AUTH_PROCEED
    };
    let ((_, who), _) = asked(&client, another, || client.sends("as another"));
    assert_eq!(who, "user@test");
    // For that login alone.
    ok(INetSmtpClient_Disconnect(client.0));
    client.is_refused("as before");

    let (ended, _) = tried_with(&user(visitor("DOVECOT_ALL", true)), |_, _| -78);
    assert_eq!(ended.expect_err("the host has had enough").status, -78);
    let (ended, mechanisms) = tried_with(&user(visitor("EXIM", true)), |_, _| 0);
    assert_eq!(
        (ended.expect_err("none is left").status, mechanisms.as_str()),
        (NOT_OFFERED, "CRAM-MD5 PLAIN LOGIN")
    );
}
