//! XOAUTH2, as Google and Microsoft have it (<https://developers.google.com/workspace/gmail/imap/xoauth2-protocol>), and OAUTHBEARER
//! (RFC 7628): an access token, and whose it is.
//!
//! A server that does not take the token tells why in a challenge, and refuses once that has been answered.

use super::checks::{bounded, lacks, protocol, quotation, unfit};
use super::saslprep::saslname;
use super::secrets::Secrets;
use super::{Identity, Mechanism, Peer, Response};
use crate::error::Result;
use serde_json::Value;
use zeroize::Zeroizing;

const XOAUTH2: &str = "XOAUTH2";
const OAUTHBEARER: &str = "OAUTHBEARER";

pub struct OAuth {
    name: &'static str,
    message: Option<Response>,
    /// The token, and the message with it, as a server may repeat them.
    secrets: Secrets,
    /// What a server wants to hear before it refuses.
    answer_to_error: &'static [u8],
    /// The server's error, in words.
    error: Option<String>,
}

impl OAuth {
    pub fn xoauth2(identity: &Identity, _peer: &Peer) -> Result<OAuth> {
        let token = token_of(XOAUTH2, identity)?;
        let user = user_of(XOAUTH2, &identity.user)?;
        if user.is_empty() {
            return Err(lacks(XOAUTH2, "user name"));
        }
        let message = joined(&["user=", user, "\x01auth=Bearer ", token, "\x01\x01"]);
        Ok(OAuth::new(XOAUTH2, message, identity, b""))
    }

    pub fn bearer(identity: &Identity, peer: &Peer) -> Result<OAuth> {
        let token = token_of(OAUTHBEARER, identity)?;
        let whom = match identity.authorization.as_str() {
            "" => &identity.user,
            authorization => authorization,
        };
        let whom = match user_of(OAUTHBEARER, whom)? {
            "" => String::new(),
            whom => format!("a={}", saslname(whom)),
        };
        let host = match peer.host.as_str() {
            "" => String::new(),
            host => format!("host={host}\x01"),
        };
        let port = match peer.port {
            0 => String::new(),
            port => format!("port={port}\x01"),
        };
        let head = format!("n,{whom},\x01{host}{port}auth=Bearer ");
        let message = joined(&[&head, token, "\x01\x01"]);
        // RFC 7628 section 3.2.3.
        Ok(OAuth::new(OAUTHBEARER, message, identity, b"\x01"))
    }

    fn new(
        name: &'static str,
        message: Response,
        identity: &Identity,
        answer_to_error: &'static [u8],
    ) -> OAuth {
        let mut secrets = Secrets::of([identity.token.as_str()]);
        secrets.keep_said(&message);
        OAuth { name, message: Some(message), secrets, answer_to_error, error: None }
    }
}

impl Mechanism for OAuth {
    fn name(&self) -> &str {
        self.name
    }

    fn initial_response(&mut self) -> Result<Option<Response>> {
        Ok(self.message.take())
    }

    fn respond(&mut self, challenge: &[u8]) -> Result<Response> {
        let challenge = bounded(self.name, challenge)?;
        if let Some(message) = self.message.take() {
            return Ok(message);
        }
        if self.error.is_some() {
            return Err(protocol(self.name, "the server does not end the dialogue"));
        }
        self.error = Some(error_in_words(challenge, &self.secrets));
        Ok(Zeroizing::new(self.answer_to_error.to_vec()))
    }

    fn has_shown(&self) -> bool {
        self.message.is_none()
    }

    fn refusal(&self) -> Option<String> {
        self.error.clone()
    }
}

/// Members of the error beyond its status, as sentences have them.
const MEMBERS: [&str; 5] =
    ["error_description", "schemes", "scope", "openid-configuration", "error"];

/// The identity's access token, if it is one (RFC 6750 section 2.1).
fn token_of<'a>(mechanism: &str, identity: &'a Identity) -> Result<&'a str> {
    let token = identity.token.as_str();
    if token.is_empty() {
        return Err(lacks(mechanism, "access token"));
    }
    if !token.bytes().all(|octet| octet.is_ascii_graphic()) {
        let which = "a space, a line end or another character that no token has";
        return Err(unfit(mechanism, "access token", which));
    }
    Ok(token)
}

/// Octet 1 parts what goes to the server.
fn user_of<'a>(mechanism: &str, user: &'a str) -> Result<&'a str> {
    if user.contains(|c: char| c.is_ascii_control()) {
        return Err(unfit(mechanism, "user name", "a control character"));
    }
    Ok(user)
}

/// One text of all parts. It has room for all of them at once: growing would leave a copy of the token behind.
fn joined(parts: &[&str]) -> Response {
    let length = parts.iter().map(|part| part.len()).sum();
    let mut message = Zeroizing::new(Vec::with_capacity(length));
    parts.iter().for_each(|part| message.extend_from_slice(part.as_bytes()));
    message
}

/// Why the server does not take the token, in words. Servers send JSON; what is none is quoted.
fn error_in_words(challenge: &[u8], secrets: &Secrets) -> String {
    // A server may repeat what it was sent. What is cut first cannot be found any more.
    let Ok(Value::Object(members)) = serde_json::from_slice(challenge) else {
        let text = secrets.hide(String::from_utf8_lossy(challenge).into_owned());
        if text.trim().is_empty() {
            return "the server does not take the access token".into();
        }
        return format!("the server does not take the access token: {}", quotation(&text));
    };
    let member = |name: &str| match members.get(name) {
        Some(Value::String(text)) if !text.is_empty() => Some(text.clone()),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    let shown = |text: &str| quotation(&secrets.hide(text.to_owned()));
    let mut words = String::from("the server does not take the access token");
    if let Some(status) = member("status") {
        words.push_str(&format!(", status {}", shown(&status)));
    }
    for name in MEMBERS {
        if let Some(value) = member(name) {
            words.push_str(&format!(", {} {}", name.replace('_', " "), shown(&value)));
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Status;
    use encodify::base64;

    fn xoauth2(user: &str, token: &str) -> Result<OAuth, Status> {
        let token = Zeroizing::new(token.to_owned());
        let identity = Identity { user: user.into(), token, ..Identity::default() };
        OAuth::xoauth2(&identity, &Peer::default()).map_err(|error| error.status())
    }

    fn words_of(challenge: &[u8], token: &str) -> String {
        error_in_words(challenge, &Secrets::of([token]))
    }

    #[test]
    fn the_example_of_google() {
        let token = "ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg";
        let mut mechanism = xoauth2("someuser@example.com", token).unwrap();
        let message = mechanism.initial_response().unwrap().unwrap();
        let expected = format!("user=someuser@example.com\x01auth=Bearer {token}\x01\x01");
        assert_eq!(&message[..], expected.as_bytes());
        assert!(mechanism.conclude().is_ok());
        assert_eq!(mechanism.refusal(), None);
    }

    #[test]
    fn an_error_is_answered_with_nothing_and_kept() {
        let mut mechanism = xoauth2("user", "token").unwrap();
        mechanism.initial_response().unwrap();
        let error = br#"{"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}"#;
        assert!(mechanism.respond(error).unwrap().is_empty());
        assert!(mechanism.refusal().unwrap().contains("status 400, schemes Bearer"));
        assert!(mechanism.refusal().unwrap().contains("status 400, schemes Bearer"));
        assert_eq!(mechanism.respond(error).unwrap_err().status(), Status::AuthProtocol);
    }

    #[test]
    fn a_server_may_ask_for_the_message() {
        let mut mechanism = xoauth2("user", "token").unwrap();
        assert_eq!(&mechanism.respond(b"").unwrap()[..], b"user=user\x01auth=Bearer token\x01\x01");
    }

    #[test]
    fn what_cannot_be_a_login_is_none() {
        assert_eq!(xoauth2("user", "").err(), Some(Status::AuthIncomplete));
        assert_eq!(xoauth2("", "token").err(), Some(Status::AuthIncomplete));
        assert_eq!(xoauth2("user", "token\n").err(), Some(Status::AuthCharacter));
        assert_eq!(xoauth2("user", "a\x01b").err(), Some(Status::AuthCharacter));
        assert_eq!(xoauth2("us\x01er", "token").err(), Some(Status::AuthCharacter));
    }

    fn bearer(user: &str, authorization: &str, port: u16) -> OAuth {
        let (user, authorization) = (user.into(), authorization.into());
        let token = Zeroizing::new("vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==".to_owned());
        let identity = Identity { user, authorization, token, ..Identity::default() };
        let host = if port == 0 { "" } else { "server.example.com" };
        let peer = Peer { host: host.into(), port, ..Peer::default() };
        OAuth::bearer(&identity, &peer).unwrap()
    }

    #[test]
    fn the_example_of_rfc_7628_section_4_1() {
        let mut mechanism = bearer("user@example.com", "", 143);
        let expected = "n,a=user@example.com,\x01host=server.example.com\x01port=143\x01\
            auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\x01\x01";
        let message = mechanism.initial_response().unwrap().unwrap();
        assert_eq!(&message[..], expected.as_bytes());
        // Section 4.3.
        let error = br#"{"status":"invalid_token","scope":"example_scope","openid-configuration":"https://example.com/.well-known/openid-configuration"}"#;
        assert_eq!(&mechanism.respond(error).unwrap()[..], b"\x01");
        let words = mechanism.refusal().unwrap();
        assert!(words.contains("status invalid_token, scope example_scope, openid-configuration"));
    }

    #[test]
    fn whom_and_where_are_told_as_far_as_they_are_known() {
        let message = |mut mechanism: OAuth| mechanism.initial_response().unwrap().unwrap();
        assert!(message(bearer("", "", 0)).starts_with(b"n,,\x01auth=Bearer vF9"));
        assert!(message(bearer("user", "a,b=c", 0)).starts_with(b"n,a=a=2Cb=3Dc,\x01auth="));
    }

    #[test]
    fn errors_are_put_into_words() {
        let google =
            br#"{"status":"401","schemes":"bearer mac","scope":"https://mail.google.com/"}"#;
        assert_eq!(
            words_of(google, "secret"),
            "the server does not take the access token, status 401, schemes bearer mac, scope https://mail.google.com/"
        );
        let number =
            br#"{"status":400,"scope":"","more":{"a":[1]},"error_description":"expired\r\n"}"#;
        assert_eq!(
            words_of(number, "secret"),
            "the server does not take the access token, status 400, error description expired  "
        );
        assert!(words_of(b"nonsense\xff", "secret").ends_with(": nonsense\u{FFFD}"));
        assert!(words_of(b"[]", "secret").ends_with(": []"));
        assert_eq!(words_of(b"", "secret"), "the server does not take the access token");
    }

    #[test]
    fn nothing_in_an_error_is_long_or_secret() {
        for challenge in [&br#"{"status":"secret"}"#[..], b"secret", br#"{"error":"\u0073ecret"}"#]
        {
            assert!(!words_of(challenge, "secret").contains("secret"));
        }
        let token = "ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg";
        let encoded = base64::STANDARD.encode(token.as_bytes());
        let digits: String = token.bytes().map(|octet| format!("{octet:02x}")).collect();
        for form in [token, encoded.trim_end_matches('='), digits.as_str(), &token[..30]] {
            // The form reaches across the place where the text is cut.
            for length in [0, 180] {
                let text = format!("{}{form}", " x".repeat(length / 2));
                let json = format!(r#"{{"status":"{text}"}}"#);
                for challenge in [json, text] {
                    let words = words_of(challenge.as_bytes(), token);
                    assert!(!words.contains(&form[..12]), "{words}");
                }
            }
        }
        let mut mechanism = bearer("user", "", 0);
        let message = mechanism.initial_response().unwrap().unwrap();
        let message = base64::STANDARD.encode(&message[..]);
        mechanism.respond(format!("{}{message}", " x".repeat(60)).as_bytes()).unwrap();
        assert!(!mechanism.refusal().unwrap().contains(&message[..12]));
        let long = format!(r#"{{"status":"{}"}}"#, "x".repeat(60_000));
        assert!(words_of(long.as_bytes(), "secret").len() < 300);
        let deep = "[".repeat(60_000);
        assert!(words_of(deep.as_bytes(), "secret").len() < 300);
    }
}
