//! Authentication mechanisms (RFC 4422) behind one small trait: a challenge in, a response out.
//!
//! This room knows neither SMTP nor sockets.

mod login;
mod plain;

use crate::error::{Error, Result, Status};
use login::Login;
use plain::Plain;
use zeroize::Zeroizing;

/// A response, wiped when it is dropped.
pub type Response = Zeroizing<Vec<u8>>;

/// One run of one mechanism.
pub trait Mechanism: Send {
    /// The registered name, such as PLAIN.
    fn name(&self) -> &'static str;

    /// The response that goes out with the name, for a mechanism in which the client speaks first.
    fn initial_response(&mut self) -> Option<Response>;

    /// The response to a challenge.
    fn respond(&mut self, challenge: &[u8]) -> Result<Response>;
}

/// Who logs in. Wiped when dropped.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Identity {
    pub user: String,
    pub password: Zeroizing<String>,
    pub domain: String,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Identity").field("user", &self.user).finish_non_exhaustive()
    }
}

/// Fore's names of protocols, and those of the registry, as the registry has them; `None` leaves the choice to the server.
pub fn registered_name(protocol: &str) -> Option<String> {
    let name = protocol.trim().to_ascii_uppercase();
    match name.as_str() {
        "" | "HTTPS" | "HTTP" | "SMTP" | "SMTPS" => None,
        "KERBEROS" => Some("GSSAPI".into()),
        "NEGOTIATE" => Some("GSS-SPNEGO".into()),
        "DIGEST" => Some("DIGEST-MD5".into()),
        _ => Some(name),
    }
}

/// The mechanism to log in with: the wanted one, or the best of those that the server offers and this library has.
pub fn choose(
    wanted: Option<&str>,
    offered: &[String],
    identity: &Identity,
) -> Result<Box<dyn Mechanism>> {
    let is_wanted = |name: &str| match wanted {
        None => true,
        // HTTP's name for a password in clear.
        Some("BASIC") => matches!(name, "PLAIN" | "LOGIN"),
        Some(wanted) => name == wanted,
    };
    let mut candidates = AVAILABLE.iter().filter(|(name, _)| is_wanted(name)).peekable();
    let asked_for = wanted.unwrap_or("any mechanism");
    if candidates.peek().is_none() {
        let sentence = format!("authentication by {asked_for} is not available");
        return Err(Error::new(Status::AuthUnsupported, sentence));
    }
    match candidates.find(|(name, _)| offered.iter().any(|offer| offer == name)) {
        Some((_, make)) => Ok(make(identity)),
        None => {
            let sentence = match offered {
                [] => "the server offers no login (many do so only under TLS: EnableSsl)".into(),
                _ => format!("{asked_for} was asked for, the server offers {}", offered.join(", ")),
            };
            Err(Error::new(Status::AuthNotOffered, sentence))
        }
    }
}

type Make = fn(&Identity) -> Box<dyn Mechanism>;

/// The mechanisms of this library, in order of preference.
const AVAILABLE: [(&str, Make); 2] = [
    ("PLAIN", |identity| Box::new(Plain::new(identity))),
    ("LOGIN", |identity| Box::new(Login::new(identity))),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(wanted: &str, offered: &[&str]) -> Result<&'static str, Status> {
        let offered: Vec<_> = offered.iter().map(|name| name.to_string()).collect();
        let wanted = registered_name(wanted);
        choose(wanted.as_deref(), &offered, &Identity::default())
            .map(|mechanism| mechanism.name())
            .map_err(|error| error.status())
    }

    #[test]
    fn the_server_chooses_where_the_host_does_not() {
        for wanted in ["", "https", " SMTP "] {
            assert_eq!(chosen(wanted, &["CRAM-MD5", "LOGIN", "PLAIN"]), Ok("PLAIN"));
            assert_eq!(chosen(wanted, &["LOGIN"]), Ok("LOGIN"));
            assert_eq!(chosen(wanted, &["X"]), Err(Status::AuthNotOffered));
            assert_eq!(chosen(wanted, &[]), Err(Status::AuthNotOffered));
        }
    }

    #[test]
    fn a_named_mechanism_is_that_one_or_none() {
        assert_eq!(chosen("login", &["PLAIN", "LOGIN"]), Ok("LOGIN"));
        assert_eq!(chosen("Basic", &["CRAM-MD5", "LOGIN"]), Ok("LOGIN"));
        assert_eq!(chosen("PLAIN", &["LOGIN"]), Err(Status::AuthNotOffered));
        assert_eq!(chosen("Kerberos", &["GSSAPI", "PLAIN"]), Err(Status::AuthUnsupported));
        assert_eq!(chosen("nonsense", &["PLAIN"]), Err(Status::AuthUnsupported));
    }

    #[test]
    fn an_identity_does_not_show_its_password() {
        let identity = Identity {
            user: "user".into(),
            password: Zeroizing::new("secret".into()),
            domain: String::new(),
        };
        assert!(!format!("{identity:?}").contains("secret"));
    }
}
