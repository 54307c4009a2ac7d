//! Where a proxy is to connect to.

use crate::error::{Error, Result, Status};
use std::fmt;
use std::net::{IpAddr, SocketAddr};

/// A server as a proxy is told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A name that the proxy resolves: in A-labels, of visible characters.
    Name(String, u16),
    Address(SocketAddr),
}

/// As long as a length of one octet can tell.
const LONGEST_NAME: usize = 255;

impl Target {
    /// From a host as hosts write it: a name, or an address with or without brackets.
    pub fn parse(host: &str, port: u16) -> Result<Target> {
        let literal = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        let literal = literal.unwrap_or(host);
        if let Ok(address) = literal.parse::<IpAddr>() {
            return Ok(Target::Address(SocketAddr::new(address, port)));
        }
        let unfit = |why: &str| {
            let sentence = format!("'{}' {why}", host.escape_debug());
            Error::new(Status::ProxyUnsupported, sentence)
        };
        if literal.contains(':') {
            // A zone is a matter of one machine's interfaces.
            return Err(unfit("is no address that a proxy could be told"));
        }
        let name = match host.is_ascii() {
            true => host.to_owned(),
            false => idna::domain_to_ascii(host).map_err(|_| unfit("is no domain name"))?,
        };
        let is_fit = |octet: u8| octet.is_ascii_graphic() && !b"/\\@:?#\"<>".contains(&octet);
        match name.bytes().all(is_fit) && (1..=LONGEST_NAME).contains(&name.len()) {
            true => Ok(Target::Name(name, port)),
            false => Err(unfit("is no name that a proxy could be told")),
        }
    }

    pub fn port(&self) -> u16 {
        match self {
            Target::Name(_, port) => *port,
            Target::Address(address) => address.port(),
        }
    }
}

/// As a request's authority has it (RFC 3986 section 3.2).
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Name(name, port) => write!(f, "{name}:{port}"),
            Target::Address(address) => address.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_become_what_a_proxy_can_be_told() {
        for (host, told) in [
            ("mail.example.org", "mail.example.org:25"),
            ("почта.рф", "xn--80a1acny.xn--p1ai:25"),
            ("192.0.2.1", "192.0.2.1:25"),
            ("2001:db8::1", "[2001:db8::1]:25"),
            ("[2001:db8::1]", "[2001:db8::1]:25"),
        ] {
            assert_eq!(Target::parse(host, 25).unwrap().to_string(), told);
        }
        let long = "a".repeat(256);
        for host in ["", "a b", "a\r\nX: y", "a:1", "a@b", "a/b", "fe80::1%eth0", "[a]:", &long] {
            let error = Target::parse(host, 25).unwrap_err();
            assert_eq!(error.status(), Status::ProxyUnsupported, "{host:?}");
            assert!(!error.message().contains('\r'));
        }
    }
}
