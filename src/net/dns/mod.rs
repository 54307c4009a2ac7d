//! A resolver of the library's own: asks name servers for addresses, and nobody else (no hosts file, no search list).

mod exchange;
mod message;
#[cfg(test)]
mod tests;

use super::wait::Watch;
use crate::error::{Error, Result, Status};
use exchange::ask;
use message::{Family, MOST_ALIASES, Query, Reading};
use ring::rand::{SecureRandom, SystemRandom};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

/// Who resolves names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DnsMode {
    /// The system, unless the library is to for all clients.
    #[default]
    Auto,
    Platform,
    Own,
}

/// How names are resolved.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dns {
    pub mode: DnsMode,
    /// What Auto means.
    pub auto_is_own: bool,
    /// With a port where it has one of its own. Empty: those of the system.
    pub servers: Vec<(IpAddr, Option<u16>)>,
    /// Of servers without one of their own; 0 is 53.
    pub port: u16,
    pub query_timeout: Option<Duration>,
    pub total_timeout: Option<Duration>,
}

/// How long one server may take for one question.
const QUERY_PATIENCE: Duration = Duration::from_secs(3);

/// Each server is asked so often.
const ROUNDS: usize = 2;

const DOMAIN_PORT: u16 = 53;
const SYSTEM_SERVERS: &str = "/etc/resolv.conf";

impl Dns {
    pub const PLATFORM: Dns = Dns {
        mode: DnsMode::Auto,
        auto_is_own: false,
        servers: Vec::new(),
        port: 0,
        query_timeout: None,
        total_timeout: None,
    };

    pub fn is_own(&self) -> bool {
        self.mode == DnsMode::Own || self.mode == DnsMode::Auto && self.auto_is_own
    }

    /// The addresses of a name that is in ASCII. None at all is a name that has none. An error is one without the name in it.
    pub fn look_up(&self, name: &str, watch: Watch) -> Result<Vec<IpAddr>> {
        // RFC 6761 section 6.3: nobody is asked for this name.
        if name.trim_end_matches('.').eq_ignore_ascii_case("localhost") {
            return Ok(vec![Ipv6Addr::LOCALHOST.into(), Ipv4Addr::LOCALHOST.into()]);
        }
        let within = self.total_timeout.map_or(watch, |total| watch.within(total));
        let servers = self.servers();
        let of = |family| self.addresses(name, family, &servers, within);
        match (of(Family::Ipv6), of(Family::Ipv4)) {
            (Ok(mut some), Ok(others)) => {
                some.extend(others);
                Ok(some)
            }
            (Ok(some), Err(_)) | (Err(_), Ok(some)) if !some.is_empty() => Ok(some),
            (Err(error), _) | (_, Err(error)) => Err(error),
        }
    }

    fn servers(&self) -> Vec<SocketAddr> {
        let port = if self.port == 0 { DOMAIN_PORT } else { self.port };
        let own = self.servers.iter().map(|(ip, own)| SocketAddr::new(*ip, own.unwrap_or(port)));
        if !self.servers.is_empty() {
            return own.collect();
        }
        let text = std::fs::read_to_string(SYSTEM_SERVERS).unwrap_or_default();
        let lines = text.lines().filter_map(|line| line.trim().strip_prefix("nameserver"));
        let mut servers: Vec<SocketAddr> = lines
            .filter_map(|rest| rest.trim().parse().ok())
            .map(|ip: IpAddr| SocketAddr::new(ip, port))
            .collect();
        if servers.is_empty() {
            servers.push(SocketAddr::new(Ipv4Addr::LOCALHOST.into(), port));
        }
        servers
    }

    /// Follows aliases beyond the answers that they stand in.
    fn addresses(
        &self,
        name: &str,
        family: Family,
        servers: &[SocketAddr],
        watch: Watch,
    ) -> Result<Vec<IpAddr>> {
        let mut name = name.to_owned();
        for _ in 0..MOST_ALIASES {
            match self.ask_all(&name, family, servers, watch)? {
                (addresses, None) => return Ok(addresses),
                (_, Some(alias)) => name = alias,
            }
        }
        Err(endless())
    }

    /// Asks one server after the other, until one knows.
    fn ask_all(
        &self,
        name: &str,
        family: Family,
        servers: &[SocketAddr],
        watch: Watch,
    ) -> Result<(Vec<IpAddr>, Option<String>)> {
        let patience = self.query_timeout.unwrap_or(QUERY_PATIENCE);
        let mut failures: Vec<String> = Vec::new();
        for server in servers.iter().cycle().take(servers.len() * ROUNDS) {
            let query = Query::new(chance()?, name, family)?;
            let failure = match ask(&query, *server, watch.within(patience)) {
                Ok(Reading::Answer(addresses, alias)) => return Ok((addresses, alias)),
                Ok(Reading::NoSuchName) => {
                    let sentence = format!("{server} says that there is no such name");
                    return Err(Error::new(Status::Resolve, sentence));
                }
                Ok(Reading::EndlessAlias) => return Err(endless()),
                Ok(Reading::Failed(why)) => why,
                Ok(Reading::Foreign | Reading::Truncated) => "the answer is none".into(),
                Err(error) => {
                    watch.check()?;
                    match error.status() {
                        Status::Timeout => format!("no answer in {} ms", patience.as_millis()),
                        _ => error.to_string(),
                    }
                }
            };
            let failure = format!("{server}: {failure}");
            if !failures.contains(&failure) {
                failures.push(failure);
            }
        }
        Err(Error::new(Status::Resolve, failures.join("; ")))
    }
}

fn endless() -> Error {
    let sentence = format!("it is an alias of an alias, more than {MOST_ALIASES} deep");
    Error::new(Status::Resolve, sentence)
}

fn chance() -> Result<u16> {
    let mut octets = [0; 2];
    let filled = SystemRandom::new().fill(&mut octets);
    filled.map_err(|_| Error::new(Status::Resolve, "the system gives no chance"))?;
    Ok(u16::from_be_bytes(octets))
}
