//! Authentication mechanisms (RFC 4422) behind one small trait: a challenge in, a response out.
//!
//! This room knows neither SMTP nor sockets. [`catalog`] says what there is.

mod anonymous;
pub mod catalog;
mod checks;
mod cram_md5;
mod digest_md5;
mod external;
#[cfg(any(test, fuzzing))]
pub mod fuzz;
mod gssapi;
mod gssapi_header;
mod gssapi_library;
mod hashes;
mod login;
mod ntlm;
mod oauth;
#[cfg(test)]
mod oracle;
mod plain;
mod saslprep;
mod scram;
pub mod secrets;
mod single;

use crate::error::Result;
use cram_md5::CramMd5;
use digest_md5::DigestMd5;
use gssapi::Gssapi;
use login::Login;
use ntlm::Ntlm;
use oauth::OAuth;
use scram::Scram;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use zeroize::Zeroizing;

pub use scram::ScramKeys;

/// A response, wiped when it is dropped.
pub type Response = Zeroizing<Vec<u8>>;

/// One run of one mechanism.
pub trait Mechanism: Send {
    /// The registered name, such as PLAIN.
    fn name(&self) -> &str;

    /// The response that goes out with the name, for a mechanism in which the client speaks first. An error ends the login
    /// before a word of it was said.
    fn initial_response(&mut self) -> Result<Option<Response>>;

    /// The response to a challenge. An error gives the login up.
    fn respond(&mut self, challenge: &[u8]) -> Result<Response>;

    /// Whether it has answered with what proves the secret, or is it.
    fn has_shown(&self) -> bool;

    /// The server has accepted the login: has it asked for what proves who logs in, and proved what it had to prove itself?
    fn conclude(&mut self) -> Result<()> {
        if self.has_shown() {
            return Ok(());
        }
        let sentence = "the server accepts the login before it has asked for what proves it";
        Err(checks::protocol(self.name(), sentence))
    }

    /// Why the login was refused, where the mechanism was told more than the refusal says.
    fn refusal(&self) -> Option<String> {
        None
    }

    /// Whether the server may have refused for the kind of channel binding alone, before it was shown anything.
    fn may_want_other_binding(&self) -> bool {
        false
    }

    /// Whether a step may wait for others than the server, and so has to run aside, under the deadline.
    fn is_slow(&self) -> bool {
        false
    }

    /// What to raise when nobody waits for a slow step any more, where the mechanism can end it.
    fn abandonment(&self) -> Option<Arc<AtomicBool>> {
        None
    }
}

/// Who logs in. Wiped when dropped.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Identity {
    pub user: String,
    pub password: Zeroizing<String>,
    /// The domain of Windows, or the realm of Kerberos.
    pub domain: String,
    /// As whom to act, where that is somebody else (RFC 4422 section 3.4.1).
    pub authorization: String,
    /// An access token of OAuth 2.0.
    pub token: Zeroizing<String>,
    /// Whoever the operating system says that runs the program.
    pub is_default: bool,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Identity").field("user", &self.user).finish_non_exhaustive()
    }
}

/// With whom, and over what kind of connection.
#[derive(Debug, Clone, Default)]
pub struct Peer {
    /// The service as the registry of GSSAPI has it: `smtp`; `HTTP` for a proxy.
    pub service: &'static str,
    /// The server as the host of the library has named it.
    pub host: String,
    pub port: u16,
    /// The service principal, where it is not to be made of service and host.
    pub target: Option<String>,
    pub is_protected: bool,
    pub binding: Option<Binding>,
    /// The time, in seconds since 1970.
    pub seconds: i64,
    /// What the server offers, in upper case.
    pub offered: Vec<String>,
    /// Keys of earlier logins by SCRAM.
    pub scram_keys: ScramKeys,
}

/// The TLS connection that a login is bound to (RFC 5056).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// The registered name: `tls-exporter` (RFC 9266) or `tls-server-end-point` (RFC 5929).
    pub name: &'static str,
    pub data: Vec<u8>,
    /// The `tls-server-end-point` of the connection, which is the hash of the server's certificate.
    pub end_point: Vec<u8>,
}

/// The kind of [`Binding`] of every version of TLS (RFC 5929 section 4).
pub const END_POINT: &str = "tls-server-end-point";

impl Binding {
    /// The same connection by its certificate alone, where that is not what it is bound to already.
    pub fn by_end_point(&self) -> Option<Binding> {
        let is_other = self.name != END_POINT && !self.end_point.is_empty();
        let (data, end_point) = (self.end_point.clone(), self.end_point.clone());
        is_other.then_some(Binding { name: END_POINT, data, end_point })
    }
}

/// Begins a run of the mechanism of that name.
pub fn begin(name: &str, identity: &Identity, peer: &Peer) -> Result<Box<dyn Mechanism>> {
    Ok(match name {
        "PLAIN" => Box::new(plain::new(identity, peer)?),
        "LOGIN" => Box::new(Login::new(identity)?),
        "CRAM-MD5" => Box::new(CramMd5::new(identity, peer)?),
        "DIGEST-MD5" => Box::new(DigestMd5::new(identity, peer)?),
        "NTLM" => Box::new(Ntlm::new(identity, peer)?),
        "GSSAPI" => Box::new(Gssapi::kerberos(identity, peer)),
        "GSS-SPNEGO" => Box::new(Gssapi::spnego(identity, peer)),
        "OAUTHBEARER" => Box::new(OAuth::bearer(identity, peer)?),
        "XOAUTH2" => Box::new(OAuth::xoauth2(identity, peer)?),
        "EXTERNAL" => Box::new(external::new(identity, peer)?),
        "ANONYMOUS" => Box::new(anonymous::new(identity, peer)?),
        _ => {
            let offers_plus = peer.offered.iter().any(|offer| offer.ends_with("-PLUS"));
            Box::new(Scram::new(name, offers_plus, identity, peer)?)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_does_not_show_its_password() {
        let password = Zeroizing::new("secret".into());
        let identity = Identity { user: "user".into(), password, ..Identity::default() };
        assert!(!format!("{identity:?}").contains("secret"));
    }
}
