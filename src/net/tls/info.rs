//! What is to be known of a connection, while it lasts and afterwards.

use super::super::stream::Remote;
use super::super::tunnel::Through;
use super::suites::Suite;
use crate::error::Error;
use crate::pki::Verdict;
use ring::rand::{SecureRandom, SystemRandom};
use rustls::NamedGroup;
use rustls::pki_types::CertificateDer;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

/// A connection as it is. It stays as it is when the connection ends; the octets are counted as long as there are any.
#[derive(Debug, Clone)]
pub struct ConnectionInfo {
    /// No other connection has it.
    pub id: [u8; 16],
    /// Of an attempt that reached nobody, the first address that was tried.
    pub remote: Option<Remote>,
    pub local: Option<SocketAddr>,
    /// The proxy, which then is what `remote` is the address of.
    pub through: Option<Through>,
    pub traffic: Arc<Traffic>,
    /// Nothing of a connection in clear.
    pub tls: Option<TlsInfo>,
    /// Why it is of no use; nothing where it was made.
    pub failure: Option<Error>,
}

impl ConnectionInfo {
    /// One of which nothing is known.
    pub fn unreached() -> ConnectionInfo {
        let mut id = [0; 16];
        // Without chance there is no identity, and no TLS either.
        let _ = SystemRandom::new().fill(&mut id);
        ConnectionInfo {
            id,
            remote: None,
            local: None,
            through: None,
            traffic: Arc::default(),
            tls: None,
            failure: None,
        }
    }
}

/// Octets of a connection, as they went over the wire.
#[derive(Debug, Default)]
pub struct Traffic {
    sent: AtomicU64,
    received: AtomicU64,
    was_ended: AtomicBool,
}

impl Traffic {
    pub fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }

    pub fn received(&self) -> u64 {
        self.received.load(Ordering::Relaxed)
    }

    /// Whether the peer has said in TLS that nothing more follows.
    pub fn was_ended(&self) -> bool {
        self.was_ended.load(Ordering::Relaxed)
    }

    pub(in super::super) fn note_end(&self) {
        self.was_ended.store(true, Ordering::Relaxed);
    }

    // A connection is in one pair of hands at a time: nobody else counts meanwhile.
    pub(in super::super) fn count_sent(&self, octets: usize) {
        self.sent.store(self.sent() + octets as u64, Ordering::Relaxed);
    }

    pub(in super::super) fn count_received(&self, octets: usize) {
        self.received.store(self.received() + octets as u64, Ordering::Relaxed);
    }
}

impl TlsInfo {
    /// Whether a session was resumed whose certificate is not believed any more. The server may have better evidence by now, which
    /// a full handshake brings.
    pub fn was_outdated(&self) -> bool {
        let is_refused = self.verdict.as_ref().is_some_and(|verdict| !verdict.is_valid());
        self.is_resumed && !self.is_established && is_refused
    }
}

/// What a handshake has come to; of one that failed, how far it came.
#[derive(Debug, Clone, Default)]
pub struct TlsInfo {
    /// The handshake is over, and the certificate was accepted.
    pub is_established: bool,
    /// A bit of [`super::settings::versions`], 0 before there is one.
    pub version: u32,
    pub suite: Option<&'static Suite>,
    pub group: Option<NamedGroup>,
    pub is_resumed: bool,
    pub was_retried: bool,
    /// What the server sent, its own certificate first; of a resumed session what it sent then.
    pub chain: Vec<CertificateDer<'static>>,
    pub verdict: Option<Verdict>,
    pub is_stapled: bool,
    pub is_compressed: bool,
    /// The scheme of RFC 8446 by which the server signed the handshake.
    pub signature: Option<&'static str>,
    pub wants_certificate: bool,
    pub client_authenticated: bool,
    pub alpn: Vec<u8>,
    pub handshake: Duration,
}
