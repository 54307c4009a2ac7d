//! TCP connections.

use super::stream::{PATIENCE, Stream};
use super::wait::Watch;
use crate::error::{Error, Phase, Result, Status};
use socket2::{Domain, Protocol, SockAddr, Socket, Type};
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::os::fd::AsFd;

/// A fresh connection and who is at its ends.
pub struct Connection {
    pub stream: Stream,
    pub peer: SocketAddr,
    pub local: Option<IpAddr>,
}

/// Connects to the first of the addresses that answers. Each gets its share of the time, so that a silent one does not
/// use up the time of the others.
pub fn connect(host: &str, addresses: &[SocketAddr], watch: Watch) -> Result<Connection> {
    let mut failures = Vec::new();
    let mut last = Error::from(Status::Connect);
    for (tried, &address) in addresses.iter().enumerate() {
        match connect_to(address, watch.share(addresses.len() - tried)) {
            Ok(connection) => return Ok(connection),
            Err(error) if error.status() == Status::Cancelled => {
                return Err(error.in_phase(Phase::Connect).retry_is_safe());
            }
            Err(error) => {
                failures.push(format!("{address}: {error}"));
                last = error;
            }
        }
    }
    let status = if last.status() == Status::Timeout { Status::Timeout } else { Status::Connect };
    let mut error =
        Error::new(status, format!("no connection to '{host}': {}", failures.join("; ")));
    if last.os_error() != 0 {
        error = error.with_os_error(&io::Error::from_raw_os_error(last.os_error()));
    }
    Err(error.in_phase(Phase::Connect).retry_is_safe())
}

fn connect_to(address: SocketAddr, watch: Watch) -> Result<Connection> {
    let failed =
        |error: io::Error| Error::new(Status::Connect, error.to_string()).with_os_error(&error);
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))
        .map_err(failed)?;
    socket.set_nonblocking(true).map_err(failed)?;
    match socket.connect(&SockAddr::from(address)) {
        Ok(()) => {}
        Err(error) if error.raw_os_error() == Some(libc::EINPROGRESS) => {
            watch.writable(socket.as_fd())?;
            if let Some(error) = socket.take_error().map_err(failed)? {
                return Err(failed(error));
            }
        }
        Err(error) => return Err(failed(error)),
    }
    prepare(&socket).map_err(failed)?;
    let local =
        socket.local_addr().ok().and_then(|local| local.as_socket()).map(|local| local.ip());
    Ok(Connection { stream: Stream::plain(socket, address), peer: address, local })
}

fn prepare(socket: &Socket) -> io::Result<()> {
    // Groups of commands are written whole; waiting for more to send would only cost a delayed ACK.
    socket.set_tcp_nodelay(true)?;
    // Reading blocks for a moment before it polls; writing says MSG_DONTWAIT.
    socket.set_nonblocking(false)?;
    socket.set_read_timeout(Some(PATIENCE))
}
