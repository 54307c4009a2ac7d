//! Servers on this machine, behind a socket of the file system: hosts that are written as unix:/path.

use super::limits::{Limits, SILENT};
use super::stream::{PATIENCE, Remote, Stream};
use super::wait::Watch;
use crate::error::{Error, Phase, Result, Status};
use socket2::{Domain, SockAddr, Socket, Type};
use std::io::{self, ErrorKind};
use std::time::Duration;

/// Between two looks at a queue that is full: the system has no event for its end.
const QUEUE_IS_FULL: Duration = Duration::from_millis(10);

/// As many octets as the path of a socket may have.
pub const MOST_PATH: usize = 107;

/// The path of a host that is one.
pub fn local_path(host: &str) -> Option<&str> {
    host.strip_prefix("unix:")
}

/// Connects to the socket at that path.
pub fn connect_local(path: &str, limits: Limits, watch: Watch) -> Result<Stream> {
    let connected = limits.patiently(watch, SILENT, |watch| {
        let socket = begin(path).map_err(|error| failed(path, &error))?;
        let address = SockAddr::unix(path).map_err(|error| failed(path, &error))?;
        loop {
            match socket.connect(&address) {
                Ok(()) => return Ok(socket),
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    watch.rest(QUEUE_IS_FULL)?;
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => watch.check()?,
                Err(error) => return Err(failed(path, &error)),
            }
        }
    });
    let socket = connected.map_err(|error| {
        let sentence = match error.status() {
            Status::Timeout => format!("no connection to 'unix:{path}': {error}"),
            _ => error.to_string(),
        };
        error.map_message(|_| sentence).in_phase(Phase::Connect).retry_is_safe()
    })?;
    let is_ready =
        socket.set_nonblocking(false).and_then(|()| socket.set_read_timeout(Some(PATIENCE)));
    is_ready.map_err(|error| failed(path, &error))?;
    Ok(Stream::plain(socket, Remote::Path(path.into())).limited(limits))
}

/// Where TLS is wanted none the less.
pub fn without_tls() -> Error {
    let sentence = "a socket of the file system has no name that a certificate could be for";
    Error::new(Status::Tls, sentence).in_phase(Phase::Tls).retry_is_safe()
}

fn begin(path: &str) -> io::Result<Socket> {
    if path.len() > MOST_PATH {
        let sentence = format!("a path has {MOST_PATH} octets at most");
        return Err(io::Error::new(ErrorKind::InvalidInput, sentence));
    }
    let socket = Socket::new(Domain::UNIX, Type::STREAM, None)?;
    socket.set_nonblocking(true)?;
    Ok(socket)
}

fn failed(path: &str, error: &io::Error) -> Error {
    let sentence = format!("no connection to 'unix:{path}': {error}");
    Error::new(Status::Connect, sentence)
        .with_os_error(error)
        .in_phase(Phase::Connect)
        .retry_is_safe()
}
