//! `INetNetworkCredential`: user name, password or token, and domain.

use super::lock;
use crate::deliver::Identity;
use crate::error::{Error, Result, Status};
use std::sync::Mutex;
use zeroize::Zeroizing;

/// A credential, shared by all who were given it: a change is seen by the next login.
#[derive(Debug)]
pub struct NetworkCredential {
    identity: Mutex<Identity>,
}

impl NetworkCredential {
    pub fn new(user_name: &str, password: &str, domain: &str) -> NetworkCredential {
        NetworkCredential::of(&Identity {
            user: user_name.to_owned(),
            password: Zeroizing::new(password.to_owned()),
            domain: domain.to_owned(),
            ..Identity::default()
        })
    }

    pub fn with_token(user_name: &str, token: &str) -> Result<NetworkCredential> {
        Ok(NetworkCredential::of(&Identity {
            user: user_name.to_owned(),
            token: sound_token(token)?,
            ..Identity::default()
        }))
    }

    /// The same as somebody whom a login is made for, to be changed.
    pub fn of(identity: &Identity) -> NetworkCredential {
        NetworkCredential { identity: Mutex::new(identity.clone()) }
    }

    /// Fore's CreateWithUserPassword: another user, whose token is not the one there was, and the same domain.
    pub fn set_user_and_password(&self, user_name: &str, password: &str) {
        let mut identity = lock(&self.identity);
        identity.token = Zeroizing::default();
        identity.user = user_name.to_owned();
        identity.password = Zeroizing::new(password.to_owned());
    }

    pub fn user_name(&self) -> String {
        lock(&self.identity).user.clone()
    }

    pub fn set_user_name(&self, user_name: &str) {
        lock(&self.identity).user = user_name.to_owned();
    }

    pub fn set_password(&self, password: &str) {
        lock(&self.identity).password = Zeroizing::new(password.to_owned());
    }

    pub fn domain(&self) -> String {
        lock(&self.identity).domain.clone()
    }

    pub fn set_domain(&self, domain: &str) {
        lock(&self.identity).domain = domain.to_owned();
    }

    /// As whom to act; empty for the user.
    pub fn authorization_id(&self) -> String {
        lock(&self.identity).authorization.clone()
    }

    pub fn set_authorization_id(&self, name: &str) {
        lock(&self.identity).authorization = name.to_owned();
    }

    pub fn has_token(&self) -> bool {
        !lock(&self.identity).token.is_empty()
    }

    /// Empty for none.
    pub fn set_token(&self, token: &str) -> Result<()> {
        let token = match token {
            "" => Zeroizing::default(),
            token => sound_token(token)?,
        };
        lock(&self.identity).token = token;
        Ok(())
    }

    /// Who logs in by this credential: the user of the operating system, where it names nobody.
    pub fn identity(&self) -> Identity {
        let mut identity = lock(&self.identity).clone();
        identity.is_default =
            identity.user.is_empty() && identity.password.is_empty() && identity.token.is_empty();
        identity
    }
}

/// A token as it may stand in a login: visible ASCII, and so without the octets that part the fields of XOAUTH2 and OAUTHBEARER
/// (RFC 7628 section 3.1, RFC 6750 section 2.1). The sentence does not show it.
pub fn sound_token(token: &str) -> Result<Zeroizing<String>> {
    if token.is_empty() {
        return Err(Error::new(Status::AuthIncomplete, "the OAuth token is empty"));
    }
    let complaint = match token.bytes().position(|octet| !octet.is_ascii_graphic()) {
        None => return Ok(Zeroizing::new(token.to_owned())),
        Some(at) if at + 1 == token.len() => {
            "the OAuth token ends in a line break, a space or the like".to_owned()
        }
        Some(at) => format!("the OAuth token holds at octet {at} what no token can hold"),
    };
    Err(Error::new(Status::AuthCharacter, complaint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credential_that_names_nobody_is_the_user_of_the_system() {
        let credential = NetworkCredential::new("", "", "REALM");
        assert!(credential.identity().is_default);
        credential.set_user_name("user");
        assert!(!credential.identity().is_default);
        let token = NetworkCredential::with_token("", "ya29.token").unwrap();
        assert!(token.has_token() && !token.identity().is_default);
    }

    #[test]
    fn a_token_is_checked_and_never_shown() {
        for (token, complaint) in [
            ("secret\n", "ends in a line break"),
            ("sec ret", "at octet 3"),
            ("sec\u{1}auth=Bearer", "at octet 3"),
            ("sécret", "at octet 1"),
        ] {
            let error = NetworkCredential::with_token("u", token).unwrap_err();
            assert_eq!(error.status(), Status::AuthCharacter);
            assert!(error.message().contains(complaint), "{}", error.message());
            assert!(!error.message().contains("ret"), "{}", error.message());
        }
        let error = NetworkCredential::with_token("u", "").unwrap_err();
        assert_eq!(error.status(), Status::AuthIncomplete);
        let credential = NetworkCredential::with_token("u", "aA0-._~+/=").unwrap();
        assert!(credential.set_token("a\r\nb").is_err() && credential.has_token());
        credential.set_token("").unwrap();
        assert!(!credential.has_token());
        assert!(!format!("{credential:?}").contains("aA0"));
    }
}
