//! The login to a proxy of HTTP (RFC 9110 section 11.7), over as many requests as it takes.

mod basic;
mod challenge;
mod digest;
mod sasl;

use super::super::http::{Head, shown};
use super::{HttpAuthentication, Proxy, secrets_of};
use crate::error::{Error, Result, Status};
use crate::sasl::Identity;
use crate::sasl::secrets::Secrets;
use challenge::{Challenge, challenges};
use zeroize::Zeroizing;

/// One way to log in, in the middle of its work.
trait Scheme: Send {
    /// As the registry of IANA has it.
    fn name(&self) -> &'static str;

    /// What the next request says.
    fn credentials(&mut self, request: &Request) -> Result<Zeroizing<String>>;

    /// The proxy has refused the last credentials. Returns whether there are others: a challenge may be a part of the dialogue.
    fn challenged(&mut self, challenge: &Challenge) -> Result<bool>;

    /// The login is one of this connection, and it is under way.
    fn is_bound(&self) -> bool {
        false
    }
}

/// A request, as far as credentials depend on it.
pub struct Request<'a> {
    pub method: &'a str,
    pub uri: &'a str,
}

pub struct HttpLogin {
    authentication: HttpAuthentication,
    identity: Option<Identity>,
    secrets: Secrets,
    host: String,
    port: u16,
    scheme: Option<Box<dyn Scheme>>,
    /// How often credentials have gone out.
    tries: u32,
}

/// More turns than any login takes.
const MOST_TRIES: u32 = 8;

impl HttpLogin {
    pub fn new(proxy: &Proxy) -> Result<HttpLogin> {
        let mut login = HttpLogin {
            authentication: proxy.authentication,
            identity: proxy.login.clone(),
            secrets: secrets_of(proxy),
            host: proxy.host.clone(),
            port: proxy.port,
            scheme: None,
            tries: 0,
        };
        // What needs no challenge saves a turn where a host asks for it by name.
        if let (HttpAuthentication::Basic, Some(identity)) = (login.authentication, &login.identity)
        {
            login.scheme = Some(basic::Basic::begin(identity)?);
        }
        Ok(login)
    }

    /// What the next request says in Proxy-Authorization.
    pub fn credentials(&mut self, request: &Request) -> Result<Option<Zeroizing<String>>> {
        let Some(scheme) = &mut self.scheme else { return Ok(None) };
        self.tries += 1;
        scheme.credentials(request).map(Some)
    }

    /// Takes the proxy's challenges in. An error is a refusal that is final: blind retries lock accounts.
    pub fn challenged(&mut self, head: &Head) -> Result<()> {
        // Some proxies take themselves for the server (401).
        let fields = ["Proxy-Authenticate", "WWW-Authenticate"];
        let offered: Vec<Challenge> =
            fields.iter().flat_map(|field| head.values(field)).flat_map(challenges).collect();
        if self.tries > 0 {
            return self.answer_again(&offered);
        }
        self.scheme = Some(self.choose(&offered)?);
        Ok(())
    }

    /// The login is in the midst of what it has to do on one connection.
    pub fn is_bound(&self) -> bool {
        self.scheme.as_ref().is_some_and(|scheme| scheme.is_bound())
    }

    /// The scheme that was chosen has to stay on one connection.
    pub fn will_be_bound(&self) -> bool {
        matches!(self.name(), "NTLM" | "Negotiate")
    }

    /// Whether a step may wait for others than the proxy: Kerberos asks its own servers.
    pub fn is_slow(&self) -> bool {
        let has_no_name = self.identity.as_ref().is_some_and(|identity| identity.user.is_empty());
        self.authentication == HttpAuthentication::Negotiate
            || self.authentication == HttpAuthentication::Auto && has_no_name
    }

    /// What the proxy says, with nothing in it of what it was told in confidence: some repeat the request.
    pub fn without_secrets(&self, said: String) -> String {
        self.secrets.hide(said)
    }

    /// The same of octets that may be no text.
    pub fn without_secrets_in(&self, said: Vec<u8>) -> Vec<u8> {
        self.secrets.hide_in_octets(said)
    }

    pub fn name(&self) -> &'static str {
        self.scheme.as_ref().map_or("", |scheme| scheme.name())
    }

    fn answer_again(&mut self, offered: &[Challenge]) -> Result<()> {
        let refused = self.refused();
        let Some(scheme) = &mut self.scheme else { return Err(refused) };
        let mut has_more = false;
        for challenge in offered {
            // A proxy may offer one scheme with several hashes.
            has_more = has_more || challenge.is(scheme.name()) && scheme.challenged(challenge)?;
        }
        match has_more {
            true if self.tries < MOST_TRIES => Ok(()),
            _ => Err(refused),
        }
    }

    fn refused(&self) -> Error {
        let user =
            self.identity.as_ref().map(|identity| identity.user.as_str()).unwrap_or_default();
        let sentence =
            format!("it refused the login of '{}' by {}", user.escape_debug(), self.name());
        Error::new(Status::ProxyAuthRefused, sentence)
    }

    fn choose(&self, offered: &[Challenge]) -> Result<Box<dyn Scheme>> {
        let required = |sentence| Err(Error::new(Status::ProxyAuthRequired, sentence));
        let list = match offered {
            [] => "none that it names".to_owned(),
            _ => offered
                .iter()
                .map(|challenge| shown(&challenge.scheme))
                .collect::<Vec<_>>()
                .join(", "),
        };
        let Some(identity) =
            self.identity.as_ref().filter(|_| self.authentication != HttpAuthentication::None)
        else {
            return required(format!("it wants a login ({list}), and there is none for it"));
        };
        let wanted: &[&str] = match self.authentication {
            HttpAuthentication::Basic => &["Basic"],
            HttpAuthentication::Digest => &["Digest"],
            HttpAuthentication::Ntlm => &["NTLM"],
            HttpAuthentication::Negotiate => &["Negotiate"],
            _ => sasl::all_that_fit(identity),
        };
        for name in wanted {
            let mut same: Vec<_> = offered.iter().filter(|challenge| challenge.is(name)).collect();
            same.sort_by_key(|challenge| std::cmp::Reverse(digest::strength(challenge)));
            for challenge in same {
                let made = match *name {
                    "Basic" => Some(basic::Basic::begin(identity)?),
                    "Digest" => digest::Digest::begin(identity, challenge)?,
                    name => Some(sasl::make(name, identity, &self.host, self.port)?),
                };
                if let Some(scheme) = made {
                    return Ok(scheme);
                }
            }
        }
        required(format!("it wants a login by {list}; {} was to be used", wanted.join(" or ")))
    }
}
