//! Proxies: the way to a server through somebody else's machine.
//!
//! Each protocol is a [`Dialogue`], octets in and octets out, and knows no socket. The [`driver`] takes one over a connection to the proxy,
//! under the watch of the operation. [`Proxy`] is what a host has chosen.

mod bypass;
mod connect;
mod driver;
mod environment;
#[cfg(any(test, fuzzing))]
pub mod fuzz;
mod headers;
mod http_login;
mod mistaken;
mod socks4;
mod socks5;
mod target;

#[cfg(test)]
mod tests;

pub use bypass::Bypass;
pub(super) use driver::{Reached, open, reach};
pub use environment::{Found, find as find_in_environment, parse_url};
pub use headers::{has_field, sound_headers};
pub use http_login::{HttpLogin, Request};
pub use target::Target;

use super::lock;
use super::user_agent::UserAgent;
use crate::error::{Error, Result, Status};
use crate::sasl::Identity;
use crate::sasl::secrets::Secrets;
use encodify::base64;
use std::sync::{Arc, Mutex};
use zeroize::Zeroizing;

/// The protocol of a proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    Socks4,
    /// SOCKS4 that takes names too.
    Socks4a,
    /// RFC 1928.
    Socks5,
    /// CONNECT (RFC 9110 section 9.3.6).
    #[default]
    Http,
    /// The same under TLS.
    Https,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Kind::Socks4 => "SOCKS4",
            Kind::Socks4a => "SOCKS4a",
            Kind::Socks5 => "SOCKS5",
            Kind::Http => "HTTP",
            Kind::Https => "HTTPS",
        }
    }

    /// curl's word before the address, by which the proxy resolves names.
    pub fn scheme(self) -> &'static str {
        match self {
            Kind::Socks4 => "socks4",
            Kind::Socks4a => "socks4a",
            Kind::Socks5 => "socks5h",
            Kind::Http => "http",
            Kind::Https => "https",
        }
    }

    pub fn default_port(self) -> u16 {
        match self {
            Kind::Socks4 | Kind::Socks4a | Kind::Socks5 => 1080,
            Kind::Http => 3128,
            Kind::Https => 443,
        }
    }

    pub fn is_http(self) -> bool {
        matches!(self, Kind::Http | Kind::Https)
    }
}

/// How to log in to a proxy that speaks HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HttpAuthentication {
    /// Not at all.
    None,
    Basic,
    Digest,
    Ntlm,
    Negotiate,
    /// As the proxy offers it, the best that there is.
    #[default]
    Auto,
}

/// A proxy as a host has chosen it.
#[derive(Debug, Clone, Default)]
pub struct Proxy {
    pub kind: Kind,
    pub host: String,
    pub port: u16,
    pub login: Option<Identity>,
    /// The host has set a User and has not said that it is to be used.
    pub has_idle_user: bool,
    pub authentication: HttpAuthentication,
    /// More fields for a request, each with its line end.
    pub request_headers: String,
    /// Names of servers are resolved here and not by the proxy.
    pub resolves_here: bool,
    pub families: super::Families,
    pub bypass: Bypass,
    /// What a proxy of HTTP has said last.
    pub answer: Arc<Mutex<Answer>>,
}

impl Proxy {
    pub fn speaks_http(&self) -> bool {
        self.kind.is_http()
    }

    /// How it stands in sentences.
    pub fn shown(&self) -> String {
        format!("the {} proxy '{}:{}'", self.kind.name(), self.host, self.port)
    }

    fn dialogue(&self, target: &Target, user_agent: &UserAgent) -> Result<Box<dyn Dialogue>> {
        let user = self.login.as_ref();
        Ok(match self.kind {
            Kind::Socks4 | Kind::Socks4a => {
                let user = user.map(|identity| identity.user.as_str()).unwrap_or_default();
                Box::new(socks4::Socks4::new(target, user)?)
            }
            Kind::Socks5 => Box::new(socks5::Socks5::new(target, user)?),
            Kind::Http | Kind::Https => Box::new(connect::Connect::new(self, target, user_agent)?),
        })
    }
}

/// What a proxy of HTTP has answered, as far as it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// From the status line on, without the empty line.
    pub headers: Vec<u8>,
    pub body: Vec<u8>,
}

impl Answer {
    fn keep(self, place: &Mutex<Answer>) {
        *lock(place) = self;
    }
}

/// One way through one proxy, step by step.
pub(super) trait Dialogue: Send {
    /// Looks at what the proxy has said and nobody has taken yet, takes what it understands, and tells what comes next.
    fn advance(&mut self, said: &mut Vec<u8>) -> Result<Step>;

    /// The proxy has closed the connection, or has said no more where it was waited for [`Step::ReadBriefly`].
    fn ended(&mut self, said: &mut Vec<u8>) -> Result<Step>;

    /// Whether a step may wait for others than the proxy, and so has to run aside, under the deadline.
    fn is_slow(&self) -> bool {
        false
    }
}

/// What comes next in a dialogue.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// This goes out.
    Write(Zeroizing<Vec<u8>>),
    /// The proxy has to say more.
    Read,
    /// It may say more, on which nothing depends.
    ReadBriefly,
    /// The way is open: what was said and not taken is the server's.
    Open,
    /// It goes on over a new connection to the proxy.
    Reconnect,
}

/// The proxy does not speak its protocol.
fn garbled(sentence: impl Into<String>) -> Error {
    Error::new(Status::ProxyProtocol, sentence)
}

/// The proxy closed in the midst of its answer.
fn cut_short(protocol: &str, said: &[u8]) -> Error {
    garbled(match said {
        [] => format!(
            "it closed the connection without an answer; it may not speak {protocol}, and have another type"
        ),
        _ => "it closed the connection in the midst of its answer".to_owned(),
    })
}

/// The proxy begins with another octet than the protocol has there.
fn wrong_version(protocol: &str, expected: u8, said: &[u8]) -> Error {
    let first = said.first().copied().unwrap_or_default();
    let (guess, advice) = match said {
        [b'H', ..] => (", as HTTP does", "; its type may be HTTP"),
        [4 | 0, ..] if expected == 5 => (", as SOCKS4 does", "; its type may be SOCKS4"),
        [5, ..] => (", as SOCKS5 does", "; its type may be SOCKS5"),
        [b'2' | b'4' | b'5', ..] => {
            (", as a mail server does", "; it may be the server's own port")
        }
        [0x15 | 0x16, ..] => (", as TLS does", "; its type may be HTTPS"),
        _ => ("", ""),
    };
    garbled(format!(
        "its answer begins with {first:#04x} and not {expected:#04x}{guess}: that is no {protocol}{advice}"
    ))
}

/// What a proxy may repeat of a login, and nobody else is to read; the host's own field may be one.
fn secrets_of(proxy: &Proxy) -> Secrets {
    let mut secrets = Secrets::default();
    if let Some(login) = &proxy.login {
        secrets.keep(&login.password);
        secrets.keep(&Zeroizing::new(format!("{}:{}", login.user, *login.password)));
    }
    for value in headers::values(&proxy.request_headers, "Proxy-Authorization") {
        let credentials =
            value.split_once(' ').map_or(value, |(_, credentials)| credentials.trim());
        secrets.keep(credentials);
        // As Basic has it; of others it comes to nothing.
        let decoded = Zeroizing::new(base64::STANDARD.decode(credentials).unwrap_or_default());
        if let Ok(both) = std::str::from_utf8(&decoded) {
            secrets.keep(both);
            both.split_once(':').into_iter().for_each(|(_, password)| secrets.keep(password));
        }
    }
    secrets
}
