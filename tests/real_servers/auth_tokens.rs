//! Logins with OAuth tokens: XOAUTH2 and OAUTHBEARER, tokens that are refused, and tokens that the host is asked for.

use super::auth::*;
use super::*;
use std::ffi::{c_char, c_void};
use std::sync::Mutex;

const MECHANISMS: [&str; 2] = ["OAUTHBEARER", "XOAUTH2"];

fn token(name: &str) -> String {
    let path = format!("{}/{name}", setting("INETMAIL_TOKENS"));
    std::fs::read_to_string(path).expect(name)
}

fn with_token(client: Client, user: &str, token: &str) -> Client {
    let (user, token) = (c(user), c(token));
    let credential =
        Handle::of(unsafe { INetNetworkCredential_CreateWithToken(user.as_ptr(), token.as_ptr()) });
    client.with_credential("", &credential)
}

#[test]
fn a_good_token_lets_in() {
    for mechanism in MECHANISMS {
        let listener = listener("DOVECOT", mechanism);
        for user in ["user", "user@test", "usér@test"] {
            for is_secured in BOTH {
                let client = with_token(visitor(&listener, is_secured), user, &token(user));
                client.validate().unwrap_or_else(|e| panic!("{user} at {listener}: {e:?}"));
                if user == "user@test" {
                    let facts = client.sends(&listener);
                    assert_eq!(facts, (mechanism.to_owned(), user.to_owned()));
                }
            }
        }
        // More than Postfix takes in a command, and more than a command line has.
        with_token(visitor(&listener, true), "user", &token("long"))
            .validate()
            .unwrap_or_else(|e| panic!("a long token at {listener}: {e:?}"));
        for token in ["good-token".to_owned(), "long-token".repeat(200)] {
            let client = with_token(peer("SHORT_LINES", true), "user", &token);
            client.validate().unwrap_or_else(|e| panic!("{} octets: {e:?}", token.len()));
        }
        with_token(peer(mechanism, true), "user", "good-token").validate().expect(mechanism);
    }
}

#[test]
fn a_bad_token_is_refused_and_the_reason_told() {
    for (mechanism, reason) in [("OAUTHBEARER", "invalid_token"), ("XOAUTH2", "401")] {
        let listener = listener("DOVECOT", mechanism);
        for name in ["expired", "early", "stranger", "forged", "unsigned", "noscope", "junk"] {
            let token = token(name);
            let client = with_token(visitor(&listener, true), "user", &token);
            let record = client.is_refused(&format!("{name} at {listener}"));
            assert!(!record.message.contains(&token), "{record:?}");
            if name == "expired" {
                assert!(record.message.contains(reason), "{record:?}");
            }
        }
        // Somebody else's.
        with_token(visitor(&listener, true), "user", &token("user@test")).is_refused(&listener);
        let record = with_token(peer(mechanism, true), "user", "bad-token").is_refused(mechanism);
        assert!(record.message.contains("400"), "{record:?}");
        for name in ["BEARER_NO_JSON", "BEARER_JUNK_JSON", "BEARER_LONG_JSON"] {
            let client = with_token(peer(name, true), "user", "bad-token");
            let record = client.with_authentications(&format!("-*;{mechanism}")).is_refused(name);
            assert!(record.message.len() < 2000, "{record:?}");
        }
    }
}

#[test]
fn a_refused_token_is_not_followed_by_a_password() {
    let both = credential("user", "pass", "");
    let token = c("bad-token");
    ok(unsafe { INetNetworkCredential_SetToken(both.0, token.as_ptr()) });
    peer("OAUTH_OR_PASSWORD", true).with_credential("", &both).is_refused("a bad token first");
    let client = peer("OAUTH_OR_PASSWORD", true).with_credential("Basic", &both);
    client.validate().expect("the password, by name");
}

/// A host that gives one token after the other, and remembers what it was asked.
struct Giver {
    tokens: Mutex<Vec<Result<String, i64>>>,
    asked: Mutex<Vec<Question>>,
}

unsafe extern "C" fn give(
    user: *mut c_void,
    host: *const c_char,
    user_name: *const c_char,
    was_refused: i32,
    token: *mut c_char,
    capacity: usize,
) -> i64 {
    let giver = unsafe { &*user.cast::<Giver>() };
    let text = |text| unsafe { std::ffi::CStr::from_ptr(text) }.to_str().expect("UTF-8").to_owned();
    giver.asked.lock().expect("no panic").push((text(host), text(user_name), was_refused));
    match giver.tokens.lock().expect("no panic").remove(0) {
        Err(status) => status,
        Ok(given) => {
            assert!(given.len() < capacity, "{} octets for {}", capacity, given.len());
            unsafe { token.cast::<u8>().copy_from_nonoverlapping(given.as_ptr(), given.len()) };
            given.len() as i64
        }
    }
}

/// What the host was asked: for which server and user, and whether a token was refused before.
type Question = (String, String, i32);

/// What becomes of a login with these tokens, and what was asked.
fn given(client: Client, tokens: &[Result<&str, i64>]) -> (Result<(), Box<Record>>, Vec<Question>) {
    let tokens = tokens.iter().map(|token| token.map(str::to_owned)).collect();
    let giver = Giver { tokens: Mutex::new(tokens), asked: Mutex::default() };
    let pointer = (&raw const giver).cast_mut().cast();
    ok(unsafe { INetSmtpClient_OnToken(client.0, Some(give), pointer, None) });
    let client = client.with_credential("", &credential("user", "", ""));
    let ended = client.validate();
    drop(client);
    (ended, giver.asked.into_inner().expect("no panic"))
}

#[test]
fn the_host_is_asked_and_asked_again_once() {
    for mechanism in MECHANISMS {
        let client = || visitor(&listener("DOVECOT", mechanism), true);
        let (good, expired) = (token("user"), token("expired"));
        let asked = |times: &[i32]| -> Vec<Question> {
            times.iter().map(|again| ("localhost".into(), "user".into(), *again)).collect()
        };
        let (ended, questions) = given(client(), &[Ok(&good)]);
        ended.unwrap_or_else(|e| panic!("{mechanism}: {e:?}"));
        assert_eq!(questions, asked(&[0]), "{mechanism}");

        let (ended, questions) = given(client(), &[Ok(&expired), Ok(&good)]);
        ended.unwrap_or_else(|e| panic!("{mechanism}, the second token: {e:?}"));
        assert_eq!(questions, asked(&[0, 1]), "{mechanism}");

        let (ended, questions) = given(client(), &[Ok(&expired), Ok(&token("forged"))]);
        let record = ended.expect_err("two bad tokens");
        assert_eq!((record.status, record.smtp_code), (REFUSED, 535), "{mechanism}: {record:?}");
        assert_eq!(questions, asked(&[0, 1]), "{mechanism}");

        for tokens in [vec![Err(-77)], vec![Ok(expired.as_str()), Err(-77)]] {
            let (ended, _) = given(client(), &tokens);
            assert_eq!(ended.expect_err("the host has had enough").status, -77, "{mechanism}");
        }
    }
}
