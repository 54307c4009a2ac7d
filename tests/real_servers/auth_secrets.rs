//! No password and no token in what a host gets to read: each mechanism, against servers that repeat what they were told.

use super::auth::*;
use super::*;
use inetmail::ffi::send_report::*;

const PASSWORD: &str = "Gehé1m-Wort/für~alle";
const TOKEN: &str = "eyJ0eXAi.Zugangs-Marke_47.c2lnbmF0dXI";

/// A text in the forms in which it may turn up: itself, base64 with each alignment and alphabet, hexadecimal, percent.
fn forms(secret: &str) -> Vec<String> {
    let hex: String = secret.bytes().map(|octet| format!("{octet:02x}")).collect();
    let percent: String = secret.bytes().map(|octet| format!("%{octet:02X}")).collect();
    let mut forms = vec![secret.to_owned(), hex.to_uppercase(), hex, percent];
    // What is in the middle of a base64 text does not depend on what is around it, but for two octets on each side.
    for skip in 0..3 {
        let inner = &secret.as_bytes()[skip..];
        let whole = &inner[..inner.len() / 3 * 3];
        let text = base64(whole);
        forms.push(text.replace('+', "-").replace('/', "_"));
        forms.push(text);
    }
    forms
}

fn base64(octets: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |three: &[u8]| -> [char; 4] {
        let bits = three.iter().fold(0u32, |bits, octet| bits << 8 | u32::from(*octet));
        [18, 12, 6, 0].map(|shift| char::from(ALPHABET[(bits >> shift & 63) as usize]))
    };
    octets.chunks_exact(3).flat_map(group).collect()
}

#[track_caller]
fn hides(what: &str, text: &str) {
    for secret in [PASSWORD, TOKEN] {
        for form in forms(secret) {
            assert!(!text.contains(&form), "{what}: '{form}' of a secret in {text}");
        }
    }
}

/// All that can be read of a failed login: the error, and the report of a message that was to go.
fn read(client: &Client) -> Vec<String> {
    let mut texts = Vec::new();
    if let Err(record) = client.validate() {
        texts.push(format!("{record:?}"));
    }
    let report = client.report(&simple(&fresh_address()));
    unsafe {
        texts.push(text(|b, n| INetSendReport_GetFinalText(report.0, b, n)));
        for place in 0..INetSendReport_GetRecipientCount(report.0) {
            texts.push(text(|b, n| INetSendReport_GetTextAt(report.0, place, b, n)));
        }
    }
    texts.push(format!("{:?}", Record::of_this_thread()));
    texts
}

#[test]
fn the_search_finds_what_it_is_to_find() {
    for text in [
        format!("x{PASSWORD}x"),
        format!("x {} x", base64(format!("\0user\0{PASSWORD}x").as_bytes())),
        format!("{:02x?}", PASSWORD.as_bytes()).replace([',', ' '], ""),
        base64(format!("n,,\u{1}auth=Bearer {TOKEN}\u{1}\u{1}xx").as_bytes()),
    ] {
        let found = std::panic::catch_unwind(|| hides("the search", &text));
        assert!(found.is_err(), "{text}");
    }
}

#[test]
fn no_secret_comes_back_from_a_server_that_repeats_it() {
    let every = [
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
    let servers = [
        "REPEATS_IN_REFUSAL",
        "REPEATS_IN_CHALLENGE",
        "REPEATS_IN_WELCOME",
        "REPLIES_535",
        "CHALLENGE_JUNK",
    ];
    for server in servers {
        for mechanism in every {
            for is_secured in BOTH {
                let both = credential("user", PASSWORD, "");
                let token = c(TOKEN);
                ok(unsafe { INetNetworkCredential_SetToken(both.0, token.as_ptr()) });
                let client = peer(server, is_secured).with_credential("", &both);
                let client = client.with_authentications(&format!("-*;{mechanism}"));
                for text in read(&client) {
                    hides(&format!("{server} by {mechanism}"), &text);
                }
            }
        }
    }
}

#[test]
fn no_secret_is_in_what_real_servers_and_the_library_say() {
    let listeners = by_password().map(|(_, _, listener)| listener);
    let listeners = listeners.chain(["DOVECOT_ALL", "CYRUS_ALL", "EXIM"].map(str::to_owned));
    for listener in listeners {
        let client = visitor(&listener, true).with_login("", "user", PASSWORD);
        for text in read(&client) {
            hides(&listener, &text);
        }
    }
    for mechanism in ["GSSAPI", "GSS-SPNEGO"] {
        let realm = setting("INETMAIL_KRB5_REALM");
        let credential = credential("user", PASSWORD, &realm);
        let client = visitor("DOVECOT_GSSAPI", true).with_credential(mechanism, &credential);
        for text in read(&client) {
            hides(mechanism, &text);
        }
    }
    for mechanism in ["OAUTHBEARER", "XOAUTH2"] {
        let (user, token) = (c("user"), c(TOKEN));
        let credential = Handle::of(unsafe {
            INetNetworkCredential_CreateWithToken(user.as_ptr(), token.as_ptr())
        });
        let client =
            visitor(&listener("DOVECOT", mechanism), true).with_credential("", &credential);
        for text in read(&client) {
            hides(mechanism, &text);
        }
    }
}
