//! One question to one name server: by UDP, and by TCP where the answer does not fit (RFC 1035 section 4.2, RFC 7766).

use super::super::connect::connect;
use super::super::outlet::Outlet;
use super::super::stream::Written;
use super::super::wait::Watch;
use super::message::{Query, Reading};
use crate::error::{Error, Result, Status};
use socket2::{Domain, Protocol, SockAddr, Socket, Type};
use std::io::{self, ErrorKind, Read};
use std::net::SocketAddr;
use std::os::fd::AsFd;

/// As many octets as any message has.
const MOST_OCTETS: usize = 65_535;

pub fn ask(query: &Query, server: SocketAddr, watch: Watch) -> Result<Reading> {
    match by_udp(query, server, watch)? {
        Reading::Truncated => by_tcp(query, server, watch),
        reading => Ok(reading),
    }
}

/// The socket is connected, so that it hears nobody but the server, at a port that the system has chosen by chance.
fn by_udp(query: &Query, server: SocketAddr, watch: Watch) -> Result<Reading> {
    let failed =
        |error: io::Error| Error::new(Status::Resolve, format!("{error}")).with_os_error(&error);
    let socket = Socket::new(Domain::for_address(server), Type::DGRAM, Some(Protocol::UDP))
        .and_then(|socket| socket.set_nonblocking(true).map(|()| socket))
        .and_then(|socket| socket.connect(&SockAddr::from(server)).map(|()| socket))
        .and_then(|socket| socket.send(&query.octets).map(|_| socket))
        .map_err(failed)?;
    let mut octets = vec![0; MOST_OCTETS];
    loop {
        watch.readable(socket.as_fd())?;
        match (&socket).read(&mut octets) {
            Ok(received) => match query.read(&octets[..received]) {
                // It may be a guess of somebody who does not see the questions: the right one may still come.
                Reading::Foreign => watch.check()?,
                reading => return Ok(reading),
            },
            Err(error)
                if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => {}
            Err(error) => return Err(failed(error)),
        }
    }
}

fn by_tcp(query: &Query, server: SocketAddr, watch: Watch) -> Result<Reading> {
    let mut stream = connect("the name server", &[server], &Outlet::default(), watch)?;
    let length = query.octets.len() as u16;
    let said = [&length.to_be_bytes()[..], &query.octets].concat();
    let mut written = 0;
    while written < said.len() {
        match stream.write(&said[written..], watch)? {
            Written::Octets(octets) => written += octets,
            Written::PeerSpeaks => break,
        }
    }
    let mut heard = Vec::new();
    let mut octets = vec![0; MOST_OCTETS];
    loop {
        if let Some((length, rest)) = heard.split_first_chunk::<2>()
            && let Some(answer) = rest.get(..usize::from(u16::from_be_bytes(*length)))
        {
            return Ok(match query.read(answer) {
                Reading::Truncated => Reading::Failed("the answer is cut short".into()),
                Reading::Foreign => Reading::Failed("the answer is to no question of ours".into()),
                reading => reading,
            });
        }
        match stream.read(&mut octets, watch)? {
            0 => return Ok(Reading::Failed("it closed before its answer was whole".into())),
            received => heard.extend_from_slice(&octets[..received]),
        }
    }
}
