//! Sessions to resume: one store for each TLS context, which all its connections share.

use super::super::lock;
use rustls::NamedGroup;
use rustls::client::{ClientSessionStore, Tls12ClientSessionValue, Tls13ClientSessionValue};
use rustls::pki_types::ServerName;
use std::collections::VecDeque;
use std::fmt;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

/// So many destinations are remembered; the one that was added first makes room.
const MOST_DESTINATIONS: usize = 256;

/// A server may hand out tickets without end; each is good for one connection.
const MOST_TICKETS: usize = 8;

/// With whom a session was made. Another port of a host may be another server, with another certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    Server(ServerName<'static>, SocketAddr),
    /// Sessions may be resumed anywhere; whoever does so judges the certificate for its own name.
    Anywhere,
}

/// What a resumed handshake does not say again.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    /// The answer of OCSP that was stapled.
    pub staple: Vec<u8>,
    pub signature: Option<&'static str>,
    pub wants_certificate: bool,
    pub client_authenticated: bool,
    /// Seconds since 1970 until which the judgement of the certificate holds.
    pub holds_until: u64,
}

#[derive(Debug, Default)]
pub struct Sessions(Mutex<Store>);

/// In the order of their first use; few enough to be looked at one by one.
#[derive(Default)]
struct Store(VecDeque<(Destination, Entry)>);

#[derive(Default)]
struct Entry {
    group: Option<NamedGroup>,
    session: Option<Tls12ClientSessionValue>,
    tickets: VecDeque<Tls13ClientSessionValue>,
    kept: Kept,
}

impl Sessions {
    /// What was kept of the full handshake.
    pub fn kept(&self, destination: &Destination) -> Kept {
        lock(&self.0).find(destination).map(|entry| entry.kept.clone()).unwrap_or_default()
    }

    pub fn keep(&self, destination: &Destination, kept: Kept) {
        lock(&self.0).entry(destination).kept = kept;
    }

    /// Sessions whose certificate was judged for a time that is over are not resumed: a full handshake brings fresh evidence.
    pub fn forget_outdated(&self, destination: &Destination, now: u64) {
        let mut store = lock(&self.0);
        if let Some(entry) = store.find(destination)
            && entry.kept.holds_until < now
        {
            entry.forget();
        }
    }

    pub fn forget(&self, destination: &Destination) {
        if let Some(entry) = lock(&self.0).find(destination) {
            entry.forget();
        }
    }
}

impl Store {
    fn find(&mut self, destination: &Destination) -> Option<&mut Entry> {
        let mut entries = self.0.iter_mut();
        entries.find(|(known, _)| known == destination).map(|(_, entry)| entry)
    }

    fn entry(&mut self, destination: &Destination) -> &mut Entry {
        let known = self.0.iter().position(|(known, _)| known == destination);
        let place = known.unwrap_or_else(|| {
            if self.0.len() >= MOST_DESTINATIONS {
                self.0.pop_front();
            }
            self.0.push_back((destination.clone(), Entry::default()));
            self.0.len() - 1
        });
        &mut self.0[place].1
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(destination, _)| destination)).finish()
    }
}

impl Entry {
    fn forget(&mut self) {
        self.session = None;
        self.tickets.clear();
    }
}

/// The sessions of one destination, as rustls asks for them.
#[derive(Debug)]
pub struct SessionsOf {
    pub sessions: Arc<Sessions>,
    pub destination: Destination,
}

impl SessionsOf {
    fn with<T>(&self, look: impl FnOnce(&mut Entry) -> T) -> T {
        look(lock(&self.sessions.0).entry(&self.destination))
    }
}

impl ClientSessionStore for SessionsOf {
    fn set_kx_hint(&self, _: ServerName<'static>, group: NamedGroup) {
        self.with(|entry| entry.group = Some(group));
    }

    fn kx_hint(&self, _: &ServerName<'_>) -> Option<NamedGroup> {
        self.with(|entry| entry.group)
    }

    fn set_tls12_session(&self, _: ServerName<'static>, session: Tls12ClientSessionValue) {
        self.with(|entry| entry.session = Some(session));
    }

    fn tls12_session(&self, _: &ServerName<'_>) -> Option<Tls12ClientSessionValue> {
        self.with(|entry| entry.session.clone())
    }

    fn remove_tls12_session(&self, _: &ServerName<'static>) {
        self.with(|entry| entry.session = None);
    }

    fn insert_tls13_ticket(&self, _: ServerName<'static>, ticket: Tls13ClientSessionValue) {
        self.with(|entry| {
            if entry.tickets.len() == MOST_TICKETS {
                entry.tickets.pop_front();
            }
            entry.tickets.push_back(ticket);
        });
    }

    fn take_tls13_ticket(&self, _: &ServerName<'static>) -> Option<Tls13ClientSessionValue> {
        self.with(|entry| entry.tickets.pop_back())
    }
}
