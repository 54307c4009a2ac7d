//! Names to addresses.

use super::aside::aside;
use super::dns::Dns;
use super::tls::Tls;
use super::wait::Watch;
use crate::error::{Error, Phase, Result, Status};
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::Arc;

/// All addresses of a host, in the order in which the system wants them tried. An address literal is its own answer. `tls` is that of
/// the client, for name servers.
pub fn resolve(
    (host, port): (&str, u16),
    dns: &Dns,
    tls: &Arc<Tls>,
    watch: Watch,
) -> Result<Vec<SocketAddr>> {
    let literal = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    if let Ok(address) = literal.parse::<IpAddr>() {
        return Ok(vec![SocketAddr::new(address, port)]);
    }
    let failed = |status: Status, reason: &dyn std::fmt::Display| {
        let reason = reason.to_string();
        let reason =
            reason.strip_prefix("failed to lookup address information: ").unwrap_or(&reason);
        let sentence = format!("the host name '{host}' could not be resolved: {reason}");
        Error::new(status, sentence).in_phase(Phase::Resolve).retry_is_safe()
    };
    let no_idn = |_| failed(Status::Resolve, &"it is no internationalized name (IDNA)");
    // fe80::1%eth0: which interface that is, the system knows.
    let is_literal = literal.contains(':');
    let name = match host.is_ascii() {
        _ if is_literal => literal.to_owned(),
        true => host.to_owned(),
        false => idna::domain_to_ascii(host).map_err(no_idn)?,
    };
    let in_time = |error: Error| match error.status() {
        Status::Cancelled => error.in_phase(Phase::Resolve).retry_is_safe(),
        Status::Timeout => {
            let told = match error.has_own_sentence() {
                true => format!(": {error}"),
                false => String::new(),
            };
            let sentence = format!("the time ran out while resolving '{host}'{told}");
            Error::new(Status::Timeout, sentence).in_phase(Phase::Resolve).retry_is_safe()
        }
        status @ (Status::Dnssec | Status::DnssecUnavailable) => failed(status, &error),
        _ => failed(Status::Resolve, &error),
    };
    if dns.is_own() && !is_literal {
        let addresses = dns.look_up(&name, tls, watch).map_err(in_time)?;
        return Ok(addresses.into_iter().map(|ip| SocketAddr::new(ip, port)).collect());
    }
    let look_up = move || (name.as_str(), port).to_socket_addrs().map(Iterator::collect);
    let answer: std::io::Result<Vec<SocketAddr>> = aside(look_up, watch).map_err(in_time)?;
    match answer {
        Ok(addresses) if addresses.is_empty() => Err(failed(Status::Resolve, &"it has no address")),
        Ok(addresses) => Ok(addresses),
        Err(error) => Err(failed(Status::Resolve, &error).with_os_error(&error)),
    }
}
