//! Names to addresses.

use super::wait::Watch;
use crate::error::{Error, Phase, Result, Status};
use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::sync::mpsc;

/// All addresses of a host, in the order in which the system wants them tried. An address literal is its own answer.
pub fn resolve(host: &str, port: u16, watch: Watch) -> Result<Vec<SocketAddr>> {
    let literal = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    if let Ok(address) = literal.parse::<IpAddr>() {
        return Ok(vec![SocketAddr::new(address, port)]);
    }
    let failed = |reason: &dyn std::fmt::Display| {
        let reason = reason.to_string();
        let reason =
            reason.strip_prefix("failed to lookup address information: ").unwrap_or(&reason);
        Error::new(
            Status::Resolve,
            format!("the host name '{host}' could not be resolved: {reason}"),
        )
        .in_phase(Phase::Resolve)
        .retry_is_safe()
    };
    let name = match host.is_ascii() {
        true => host.to_owned(),
        false => idna::domain_to_ascii(host).map_err(|error| failed(&error))?,
    };
    let answer = ask_aside(name, port, watch).map_err(|error| match error.status() {
        Status::Cancelled => error.in_phase(Phase::Resolve).retry_is_safe(),
        Status::Timeout => {
            let sentence = format!("the time ran out while resolving '{host}'");
            Error::new(Status::Timeout, sentence).in_phase(Phase::Resolve).retry_is_safe()
        }
        _ => failed(&error),
    })?;
    match answer {
        Ok(addresses) if addresses.is_empty() => Err(failed(&"it has no address")),
        Ok(addresses) => Ok(addresses),
        Err(error) => Err(failed(&error).with_os_error(&error)),
    }
}

/// getaddrinfo knows no deadline, so it runs on a thread of its own; one that comes too late finds nobody listening.
#[expect(clippy::disallowed_methods, reason = "the one thread of a blocking call, see above")]
fn ask_aside(name: String, port: u16, watch: Watch) -> Result<io::Result<Vec<SocketAddr>>> {
    let failed =
        |error: io::Error| Error::new(Status::Resolve, error.to_string()).with_os_error(&error);
    let (listening, done) = UnixStream::pair().map_err(failed)?;
    let (sender, receiver) = mpsc::channel();
    let ask = move || {
        let answer = (name.as_str(), port).to_socket_addrs().map(Iterator::collect);
        // Nobody listens any more: the deadline has passed.
        let _ = sender.send(answer);
        drop(done);
    };
    std::thread::Builder::new().name("inetmail-resolve".into()).spawn(ask).map_err(failed)?;
    watch.readable(listening.as_fd())?;
    receiver.recv().map_err(|_| Error::new(Status::Resolve, "the resolver broke down"))
}
