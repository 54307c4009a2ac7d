//! What lies between the socket and the stream where a connection goes through a proxy.

use super::proxy::{Kind, Proxy};
use super::stream::Wire;
use super::tls::{TlsInfo, TlsSession, Traffic};
use crate::error::Result;
use socket2::Socket;
use std::io::{self, Write};

/// The proxy of a connection, as it is to be known afterwards.
#[derive(Debug, Clone)]
pub struct Through {
    pub kind: Kind,
    pub host: String,
    pub port: u16,
    /// Of the TLS to the proxy itself.
    pub tls: Option<TlsInfo>,
}

impl Through {
    pub fn new(proxy: &Proxy) -> Through {
        Through { kind: proxy.kind, host: proxy.host.clone(), port: proxy.port, tls: None }
    }
}

pub struct Tunnel {
    pub through: Through,
    /// TLS to the proxy, in which all else lies.
    pub tls: Option<Box<TlsSession>>,
    /// What the server has said already while the proxy was still spoken to.
    pub early: Vec<u8>,
    /// Nobody asks for it: what is counted is what comes out of the tunnel.
    pub traffic: Traffic,
}

impl Tunnel {
    /// Reads, waiting until there is something. `wire` is the bare one.
    pub fn receive(&mut self, into: &mut [u8], wire: &mut Wire) -> Result<usize> {
        match (self.take_early(into), &mut self.tls) {
            (Some(taken), _) => Ok(taken),
            (None, None) => wire.receive(into),
            (None, Some(tls)) => tls.read(into, wire),
        }
    }

    /// Reads what has come. `None`: it was nothing for the reader.
    pub fn take_in(&mut self, into: &mut [u8], wire: &mut Wire) -> Result<Option<usize>> {
        match (self.take_early(into), &mut self.tls) {
            (Some(taken), _) => Ok(Some(taken)),
            (None, None) => wire.receive(into).map(Some),
            (None, Some(tls)) => tls.take_in(into, wire),
        }
    }

    fn take_early(&mut self, into: &mut [u8]) -> Option<usize> {
        if self.early.is_empty() {
            return None;
        }
        let taken = self.early.len().min(into.len());
        into[..taken].copy_from_slice(&self.early[..taken]);
        self.early.drain(..taken);
        Some(taken)
    }

    pub fn write(&mut self, octets: &[u8], wire: &mut Wire) -> io::Result<usize> {
        match &mut self.tls {
            None => wire.write(octets),
            Some(tls) => tls.write(octets, wire),
        }
    }

    pub fn flush(&mut self, wire: &mut Wire) -> io::Result<()> {
        match &mut self.tls {
            None => Ok(()),
            Some(tls) => tls.flush(wire),
        }
    }

    /// Whether there is something to be read that the socket does not know of any more.
    pub fn holds_octets(&mut self) -> bool {
        !self.early.is_empty() || self.tls.as_mut().is_some_and(|tls| tls.has_news())
    }

    /// Takes in what a socket that is readable holds. Returns whether nothing of it was for the reader. `inner` is the TLS inside.
    pub fn takes_in_silence(&mut self, socket: &Socket, inner: Option<&mut TlsSession>) -> bool {
        let Some(outer) = &mut self.tls else {
            let mut socket = socket;
            return inner.is_some_and(|inner| inner.takes_in_silence(&mut socket, &self.traffic));
        };
        let mut pending = socket;
        if !outer.absorb(&mut pending, &self.traffic) {
            return false;
        }
        match inner {
            None => !outer.holds_plain_text(),
            Some(inner) => {
                while outer.holds_plain_text() {
                    if !inner.takes_in_silence(&mut outer.plain_text(), &self.traffic) {
                        return false;
                    }
                }
                true
            }
        }
    }
}
