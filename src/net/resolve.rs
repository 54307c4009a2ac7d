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
    let look_up = move || (name.as_str(), port).to_socket_addrs().map(Iterator::collect);
    let answer = ask_aside(look_up, watch).map_err(|error| match error.status() {
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
fn ask_aside(
    look_up: impl FnOnce() -> io::Result<Vec<SocketAddr>> + Send + 'static,
    watch: Watch,
) -> Result<io::Result<Vec<SocketAddr>>> {
    let failed =
        |error: io::Error| Error::new(Status::Resolve, error.to_string()).with_os_error(&error);
    let (listening, done) = UnixStream::pair().map_err(failed)?;
    let (sender, receiver) = mpsc::channel();
    let ask = move || {
        // Nobody listens any more: the deadline has passed.
        let _ = sender.send(look_up());
        drop(done);
    };
    std::thread::Builder::new().name("inetmail-resolve".into()).spawn(ask).map_err(failed)?;
    watch.readable(listening.as_fd())?;
    receiver.recv().map_err(|_| Error::new(Status::Resolve, "the resolver broke down"))
}

#[cfg(test)]
mod tests {
    use super::super::wait::Cancel;
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_look_up_that_hangs_is_left_behind_and_its_late_answer_harms_nobody() {
        let cancel = Cancel::default();
        for is_cancelled in [true, false] {
            let (asked, was_asked) = mpsc::channel();
            let (answer, answers) = mpsc::channel();
            let (gone, is_gone) = mpsc::channel::<()>();
            // Stands in for getaddrinfo.
            let look_up = move || {
                let _gone = gone;
                asked.send(()).unwrap();
                Ok(answers.recv().unwrap())
            };
            let timeout = Duration::from_millis(if is_cancelled { 60_000 } else { 1 });
            let error = std::thread::scope(|scope| {
                let cancel = &cancel;
                let asking = scope.spawn(move || ask_aside(look_up, Watch::new(timeout, cancel)));
                was_asked.recv().unwrap();
                if is_cancelled {
                    cancel.cancel();
                }
                asking.join().unwrap().unwrap_err()
            });
            let expected = if is_cancelled { Status::Cancelled } else { Status::Timeout };
            assert_eq!(error.status(), expected);
            answer.send(vec![SocketAddr::from(([127, 0, 0, 1], 25))]).unwrap();
            // The thread ends, and takes with it what it held.
            is_gone.recv().unwrap_err();
        }
    }
}
