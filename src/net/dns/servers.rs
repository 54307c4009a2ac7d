//! Which name servers are asked: those that the host names, or those of the system.

use crate::error::{Error, Result, Status};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};

const DOMAIN_PORT: u16 = 53;
const SYSTEM_SERVERS: &str = "/etc/resolv.conf";

/// The system's resolver knows of no more, either (resolv.conf(5)).
const MOST_SYSTEM_SERVERS: usize = 3;

/// Name servers, each with a port where it has one of its own, else 0. None at all: those of the system.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Servers(Vec<SocketAddr>);

impl Servers {
    pub const OF_THE_SYSTEM: Servers = Servers(Vec::new());

    /// Addresses, with commas, semicolons or spaces between them; `127.0.0.1:5353` and `[::1]:5353` have a port of their own, and
    /// `fe80::1%eth0` an interface.
    pub fn parse(text: &str) -> Result<Servers> {
        let separators = |c: char| matches!(c, ',' | ';') || c.is_ascii_whitespace();
        let words = text.split(separators).filter(|word| !word.is_empty());
        words.map(server).collect::<Result<_>>().map(Servers)
    }

    /// What [`Servers::parse`] reads.
    pub fn text(&self) -> String {
        let shown = self.0.iter().map(|server| match server {
            SocketAddr::V6(v6) if v6.port() == 0 && v6.scope_id() != 0 => {
                format!("{}%{}", v6.ip(), v6.scope_id())
            }
            _ if server.port() == 0 => server.ip().to_string(),
            _ => server.to_string(),
        });
        shown.collect::<Vec<_>>().join(", ")
    }

    /// Where questions go. `port` is that of servers without one of their own; 0 is the usual one.
    pub fn addresses(&self, port: u16) -> Vec<SocketAddr> {
        let port = if port == 0 { DOMAIN_PORT } else { port };
        if self.0.is_empty() {
            // Comments may be in any encoding.
            let octets = std::fs::read(SYSTEM_SERVERS).unwrap_or_default();
            return of_the_system(&String::from_utf8_lossy(&octets), port);
        }
        self.0.iter().map(|server| with_port(*server, port)).collect()
    }
}

/// The server with that port, unless it has one of its own.
fn with_port(server: SocketAddr, port: u16) -> SocketAddr {
    let mut server = server;
    if server.port() == 0 {
        server.set_port(port);
    }
    server
}

fn server(word: &str) -> Result<SocketAddr> {
    let (literal, port) = match word.rsplit_once(':') {
        Some((literal, port)) if literal.ends_with(']') || !literal.contains(':') => {
            (literal, port.parse().ok().filter(|port| *port != 0))
        }
        _ => (word, Some(0)),
    };
    let has_port = literal.len() < word.len();
    let in_brackets = literal.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let found = match in_brackets {
        Some(inner) => address(inner).filter(|found| found.is_ipv6() || !has_port),
        None => address(literal),
    };
    let (Some(mut found), Some(port)) = (found, port) else {
        let shown = word.escape_debug();
        let sentence = format!(
            "'{shown}' is no address of a name server, as 192.0.2.1, 192.0.2.1:53, 2001:db8::1 and [2001:db8::1]:53 are"
        );
        return Err(Error::new(Status::Argument, sentence));
    };
    found.set_port(port);
    Ok(found)
}

/// A literal, with port 0. Of a link-local one the system knows which number its interface has; nobody is asked for that.
fn address(literal: &str) -> Option<SocketAddr> {
    match literal.split_once('%') {
        Some((address, _)) => {
            address.parse::<Ipv6Addr>().ok()?;
            (literal, 0).to_socket_addrs().ok()?.next()
        }
        None => Some(SocketAddr::new(literal.parse::<IpAddr>().ok()?, 0)),
    }
}

/// The lines `nameserver` of resolv.conf(5); without any it is this machine.
fn of_the_system(text: &str, port: u16) -> Vec<SocketAddr> {
    let words = text.lines().map(str::split_ascii_whitespace);
    let named = words.filter_map(|mut words| {
        (words.next() == Some("nameserver")).then(|| address(words.next()?))?
    });
    let mut servers: Vec<_> =
        named.take(MOST_SYSTEM_SERVERS).map(|server| with_port(server, port)).collect();
    if servers.is_empty() {
        servers.push(SocketAddr::new(Ipv4Addr::LOCALHOST.into(), port));
    }
    servers
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
        ] {
            let servers = Servers::parse(text).unwrap();
            assert_eq!(servers.text(), shown);
            assert_eq!(Servers::parse(shown).unwrap(), servers);
            if let Some(at) = at {
                assert_eq!(servers.addresses(0)[0].to_string(), at);
            }
        }
        let servers = Servers::parse("10.0.0.1, 10.0.0.2:99").unwrap().addresses(5353);
        assert_eq!(servers.iter().map(SocketAddr::port).collect::<Vec<_>>(), [5353, 99]);
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
            "x%1",
            "[::1]x:53",
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
