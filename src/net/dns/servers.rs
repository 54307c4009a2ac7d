//! Which name servers are asked: those that the host names, or those of the system.

use crate::error::{Error, Result, Status};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

const DOMAIN_PORT: u16 = 53;
const SYSTEM_SERVERS: &str = "/etc/resolv.conf";

/// The system's resolver knows of no more, either (resolv.conf(5)).
const MOST_SYSTEM_SERVERS: usize = 3;

/// Name servers, each with a port where it has one of its own. None at all: those of the system.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Servers(Vec<(IpAddr, Option<u16>)>);

impl Servers {
    pub const OF_THE_SYSTEM: Servers = Servers(Vec::new());

    /// Addresses, with commas, semicolons or spaces between them; `127.0.0.1:5353` and `[::1]:5353` have a port of their own.
    pub fn parse(text: &str) -> Result<Servers> {
        let separators = |c: char| matches!(c, ',' | ';') || c.is_ascii_whitespace();
        let words = text.split(separators).filter(|word| !word.is_empty());
        words.map(server).collect::<Result<_>>().map(Servers)
    }

    /// What [`Servers::parse`] reads.
    pub fn text(&self) -> String {
        let shown = self.0.iter().map(|(address, port)| match port {
            Some(port) => SocketAddr::new(*address, *port).to_string(),
            None => address.to_string(),
        });
        shown.collect::<Vec<_>>().join(", ")
    }

    /// Where questions go. `port` is that of servers without one of their own; 0 is the usual one.
    pub fn addresses(&self, port: u16) -> Vec<SocketAddr> {
        let port = if port == 0 { DOMAIN_PORT } else { port };
        if self.0.is_empty() {
            let text = std::fs::read_to_string(SYSTEM_SERVERS).unwrap_or_default();
            return of_the_system(&text, port);
        }
        let address =
            |(address, own): &(IpAddr, Option<u16>)| SocketAddr::new(*address, own.unwrap_or(port));
        self.0.iter().map(address).collect()
    }
}

fn server(word: &str) -> Result<(IpAddr, Option<u16>)> {
    if let Ok(address) = word.parse::<SocketAddr>()
        && address.port() != 0
    {
        return Ok((address.ip(), Some(address.port())));
    }
    let literal = word.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(word);
    let address = literal.parse().map_err(|_| {
        let shown = word.escape_debug();
        let sentence = format!("'{shown}' is no address of a name server, as 192.0.2.1, 192.0.2.1:53, 2001:db8::1 and [2001:db8::1]:53 are");
        Error::new(Status::Argument, sentence)
    })?;
    Ok((address, None))
}

/// The lines `nameserver` of resolv.conf(5); without any it is this machine.
fn of_the_system(text: &str, port: u16) -> Vec<SocketAddr> {
    let words = text.lines().map(str::split_ascii_whitespace);
    let named = words.filter_map(|mut words| {
        (words.next() == Some("nameserver")).then(|| words.next()?.parse::<IpAddr>().ok())?
    });
    let mut servers: Vec<_> =
        named.take(MOST_SYSTEM_SERVERS).map(|address| SocketAddr::new(address, port)).collect();
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
        for bad in ["ns.test", "10.0.0.1:0", "10.0.0.1:65536", "::1:x", "[::1", "10.0.0"] {
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
        let text = "options timeout:1\nnameserver 10.0.0.1 # x\n nameserver\t::1\nnameserver x\nnameserver 1.2.3.4\nnameserver 5.6.7.8\n";
        assert_eq!(shown(text), "10.0.0.1:53 [::1]:53 1.2.3.4:53");
    }
}
