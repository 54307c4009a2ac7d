//! Which name servers are asked, and how: those that the host names, or those of the system.

use crate::error::{Error, Result, Status};
use rustls::pki_types::ServerName;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};

const DOMAIN_PORT: u16 = 53;
/// RFC 7858 section 3.1.
const DOMAIN_S_PORT: u16 = 853;
const SYSTEM_SERVERS: &str = "/etc/resolv.conf";

/// How a server over TLS is written.
const TLS_SCHEME: &str = "tls://";

/// The system's resolver knows of no more, either (resolv.conf(5)).
const MOST_SYSTEM_SERVERS: usize = 3;

/// Name servers, each with a port where it has one of its own, else 0. None at all: those of the system.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Servers(Vec<Server>);

/// One name server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    pub address: SocketAddr,
    pub channel: Channel,
}

/// How a name server is spoken to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Channel {
    /// By UDP, and by TCP where that has to be.
    Clear,
    /// Over TLS and in no other way (RFC 7858). The certificate has to be for the name (RFC 8310 section 7.1), or for the address where
    /// there is none.
    Tls { name: Option<String> },
}

impl Servers {
    pub const OF_THE_SYSTEM: Servers = Servers(Vec::new());

    /// Addresses, with commas, semicolons or spaces between them; `127.0.0.1:5353` and `[::1]:5353` have a port of their own,
    /// `fe80::1%eth0` an interface. `tls://192.0.2.1#dns.example` is spoken to over TLS, and shows a certificate for that name.
    pub fn parse(text: &str) -> Result<Servers> {
        let separators = |c: char| matches!(c, ',' | ';') || c.is_ascii_whitespace();
        let words = text.split(separators).filter(|word| !word.is_empty());
        words.map(server).collect::<Result<_>>().map(Servers)
    }

    /// What [`Servers::parse`] reads.
    pub fn text(&self) -> String {
        self.0.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    }

    /// Those that questions go to. `port` is that of servers in clear without one of their own; 0 is the usual one.
    pub fn to_ask(&self, port: u16) -> Vec<Server> {
        let port = if port == 0 { DOMAIN_PORT } else { port };
        if self.0.is_empty() {
            // Comments may be in any encoding.
            let octets = std::fs::read(SYSTEM_SERVERS).unwrap_or_default();
            return of_the_system(&String::from_utf8_lossy(&octets), port);
        }
        self.0.iter().map(|server| server.clone().with_port(port)).collect()
    }
}

impl Server {
    fn in_clear(address: SocketAddr) -> Server {
        Server { address, channel: Channel::Clear }
    }

    /// With that port for want of its own. TLS has a usual one of its own: nobody speaks it where others are spoken to in clear.
    fn with_port(mut self, port: u16) -> Server {
        if self.address.port() == 0 {
            self.address.set_port(match self.channel {
                Channel::Clear => port,
                Channel::Tls { .. } => DOMAIN_S_PORT,
            });
        }
        self
    }
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_over_tls = self.channel != Channel::Clear;
        if is_over_tls {
            f.write_str(TLS_SCHEME)?;
        }
        match self.address {
            address if address.port() != 0 => write!(f, "{address}")?,
            SocketAddr::V4(v4) => write!(f, "{}", v4.ip())?,
            SocketAddr::V6(v6) => {
                let (open, close) = if is_over_tls { ("[", "]") } else { ("", "") };
                let scope = match v6.scope_id() {
                    0 => String::new(),
                    scope => format!("%{scope}"),
                };
                write!(f, "{open}{}{scope}{close}", v6.ip())?;
            }
        }
        match &self.channel {
            Channel::Tls { name: Some(name) } => write!(f, "#{name}"),
            _ => Ok(()),
        }
    }
}

fn server(word: &str) -> Result<Server> {
    let scheme = word.get(..TLS_SCHEME.len());
    let Some(scheme) = scheme.filter(|start| start.eq_ignore_ascii_case(TLS_SCHEME)) else {
        return end_point(word).map(Server::in_clear).ok_or_else(|| no_server(word));
    };
    let (literal, name) = match word[scheme.len()..].split_once('#') {
        Some((literal, name)) => (literal, Some(name)),
        None => (&word[scheme.len()..], None),
    };
    let address = end_point(literal).ok_or_else(|| no_server(word))?;
    let name = name.map(|name| {
        certificate_name(name).ok_or_else(|| {
            let (name, word) = (name.escape_debug(), word.escape_debug());
            let sentence =
                format!("'{name}' is no name that a certificate could have, in '{word}'");
            Error::new(Status::Argument, sentence)
        })
    });
    Ok(Server { address, channel: Channel::Tls { name: name.transpose()? } })
}

fn no_server(word: &str) -> Error {
    let shown = word.escape_debug();
    let sentence = format!(
        "'{shown}' is no address of a name server, as 192.0.2.1, 192.0.2.1:53, 2001:db8::1, [2001:db8::1]:53, \
         tls://192.0.2.1:853 and tls://192.0.2.1#dns.example are"
    );
    Error::new(Status::Argument, sentence)
}

/// The name as a certificate has it. An address is none: it would be another than the one that is spoken to.
fn certificate_name(name: &str) -> Option<String> {
    // Only now all dots are dots.
    let ascii = idna::domain_to_ascii(name).ok()?;
    let ascii = ascii.strip_suffix('.').unwrap_or(&ascii);
    let is_name = matches!(ServerName::try_from(ascii), Ok(ServerName::DnsName(_)));
    (is_name && !ascii.ends_with('.')).then(|| ascii.to_owned())
}

/// An address with the port that it may have, else 0.
fn end_point(word: &str) -> Option<SocketAddr> {
    let (literal, port) = match word.rsplit_once(':') {
        Some((literal, port)) if literal.ends_with(']') || !literal.contains(':') => {
            let is_number = port.bytes().all(|octet| octet.is_ascii_digit());
            (literal, port.parse().ok().filter(|port| is_number && *port != 0)?)
        }
        _ => (word, 0),
    };
    let has_port = literal.len() < word.len();
    let in_brackets = literal.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let mut found = match in_brackets {
        Some(inner) => address(inner).filter(|found| found.is_ipv6() || !has_port),
        None => address(literal),
    }?;
    found.set_port(port);
    Some(found)
}

/// A literal, with port 0. Of a link-local one the system knows which number its interface has; nobody is asked for that.
fn address(literal: &str) -> Option<SocketAddr> {
    match literal.split_once('%') {
        // The system takes eth0:53 for eth0, so that a port would be passed over.
        Some((_, interface)) if interface.contains(':') => None,
        Some((address, _)) => {
            address.parse::<Ipv6Addr>().ok()?;
            (literal, 0).to_socket_addrs().ok()?.next()
        }
        None => Some(SocketAddr::new(literal.parse::<IpAddr>().ok()?, 0)),
    }
}

/// The lines `nameserver` of resolv.conf(5); without any it is this machine.
fn of_the_system(text: &str, port: u16) -> Vec<Server> {
    let words = text.lines().map(str::split_ascii_whitespace);
    let named = words.filter_map(|mut words| {
        (words.next() == Some("nameserver")).then(|| address(words.next()?))?
    });
    let mut servers: Vec<_> = named.take(MOST_SYSTEM_SERVERS).collect();
    if servers.is_empty() {
        servers.push(SocketAddr::new(Ipv4Addr::LOCALHOST.into(), 0));
    }
    servers.into_iter().map(|address| Server::in_clear(address).with_port(port)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_are_addresses_with_and_without_ports() {
        for (text, shown, at) in [
            ("", "", None),
            (" , ;; ", "", None),
            ("192.0.2.1", "192.0.2.1", Some("192.0.2.1:53")),
            ("192.0.2.1:5353", "192.0.2.1:5353", Some("192.0.2.1:5353")),
            ("2001:db8::1", "2001:db8::1", Some("[2001:db8::1]:53")),
            ("[2001:db8::1]", "2001:db8::1", Some("[2001:db8::1]:53")),
            ("[::1]:54;10.0.0.1 10.0.0.2", "[::1]:54, 10.0.0.1, 10.0.0.2", Some("[::1]:54")),
            ("fe80::1%1", "fe80::1%1", Some("[fe80::1%1]:53")),
            ("[fe80::1%1]:54 [fe80::1%1]", "[fe80::1%1]:54, fe80::1%1", Some("[fe80::1%1]:54")),
            ("tls://192.0.2.1", "tls://192.0.2.1", Some("tls://192.0.2.1:853")),
            ("TLS://192.0.2.1:8853", "tls://192.0.2.1:8853", Some("tls://192.0.2.1:8853")),
            (
                "tls://192.0.2.1#dns.example,10.0.0.1",
                "tls://192.0.2.1#dns.example, 10.0.0.1",
                Some("tls://192.0.2.1:853#dns.example"),
            ),
            ("tls://2001:db8::1", "tls://[2001:db8::1]", Some("tls://[2001:db8::1]:853")),
            (
                "tls://[fe80::1%1]#DÖT.example.",
                "tls://[fe80::1%1]#xn--dt-fka.example",
                Some("tls://[fe80::1%1]:853#xn--dt-fka.example"),
            ),
            (
                "tls://[::1]:54#a_b.example",
                "tls://[::1]:54#a_b.example",
                Some("tls://[::1]:54#a_b.example"),
            ),
            (
                "tls://192.0.2.1#dns。example。",
                "tls://192.0.2.1#dns.example",
                Some("tls://192.0.2.1:853#dns.example"),
            ),
        ] {
            let servers = Servers::parse(text).unwrap();
            assert_eq!(servers.text(), shown);
            assert_eq!(Servers::parse(shown).unwrap(), servers);
            if let Some(at) = at {
                assert_eq!(servers.to_ask(0)[0].to_string(), at);
            }
        }
        // The port of others is not one for TLS.
        let servers = Servers::parse("10.0.0.1, 10.0.0.2:99 tls://10.0.0.3").unwrap().to_ask(5353);
        let ports = servers.iter().map(|server| server.address.port());
        assert_eq!(ports.collect::<Vec<_>>(), [5353, 99, 853]);
        for bad in [
            "ns.test",
            "10.0.0.1:0",
            "10.0.0.1:65536",
            "::1:x",
            "[::1",
            "10.0.0",
            "[10.0.0.1]:53",
            "fe80::1%no-such-interface",
            "10.0.0.1%1",
            "10.0.0.1:+53",
            "fe80::1%1:53",
            "fe80::1%lo:53",
            "tls://fe80::1%lo:853",
            "x%1",
            "[::1]x:53",
            "tls://",
            "tls://#dns.example",
            "tls://dns.example",
            "tls://192.0.2.1:0",
            "tls://192.0.2.1#",
            "tls://192.0.2.1#dns example",
            "tls://192.0.2.1#192.0.2.1",
            "tls://192.0.2.1#[::1]",
            "tls://192.0.2.1#dns..example",
            "tls://192.0.2.1#dns.example..",
            "tls://192.0.2.1#one#other",
            "tls://192.0.2.1/dns-query",
            "tls:192.0.2.1",
            "https://192.0.2.1",
            "192.0.2.1#dns.example",
        ] {
            assert_eq!(Servers::parse(bad).unwrap_err().status(), Status::Argument, "{bad}");
        }
    }

    #[test]
    fn the_systems_servers_are_three_at_most_and_this_machine_if_there_is_none() {
        let shown = |text| {
            let all = of_the_system(text, 53);
            all.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(shown(""), "127.0.0.1:53");
        assert_eq!(shown("# nameserver 10.0.0.1\nsearch test\n"), "127.0.0.1:53");
        // A neighbour, as routers announce them.
        assert_eq!(shown("nameserver fe80::1%1"), "[fe80::1%1]:53");
        let text = "options timeout:1\nnameserver 10.0.0.1 # x\n nameserver\t::1\nnameserver x\nnameserver 1.2.3.4\nnameserver 5.6.7.8\n";
        assert_eq!(shown(text), "10.0.0.1:53 [::1]:53 1.2.3.4:53");
    }
}
