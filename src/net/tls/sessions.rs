//! Sessions to resume: one store for each TLS context, which all its connections share.

use super::super::lock;
use rustls::NamedGroup;
use rustls::client::{ClientSessionStore, Tls12ClientSessionValue, Tls13ClientSessionValue};
use rustls::pki_types::ServerName;
use std::collections::VecDeque;
use std::fmt;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, OnceLock};

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
    session: Option<(Tls12ClientSessionValue, Origin)>,
    tickets: VecDeque<(Tls13ClientSessionValue, Origin)>,
}

/// The full handshake that sessions stem from. It is empty until that handshake is over and its certificate was accepted.
type Origin = Arc<OnceLock<Kept>>;

impl Sessions {
    /// Sessions whose certificate was judged for a time that is over are not resumed: a full handshake brings fresh evidence.
    pub fn forget_outdated(&self, destination: &Destination, now: u64) {
        if let Some(entry) = lock(&self.0).find(destination) {
            let holds = |origin: &Origin| origin.get().is_some_and(|kept| kept.holds_until >= now);
            entry.session.take_if(|(_, origin)| !holds(origin));
            entry.tickets.retain(|(_, origin)| holds(origin));
        }
    }

    pub fn forget(&self, destination: &Destination) {
        if let Some(entry) = lock(&self.0).find(destination) {
            entry.session = None;
            entry.tickets.clear();
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

/// The sessions of one destination, as rustls asks for them for one connection.
#[derive(Debug)]
pub struct SessionsOf {
    pub sessions: Arc<Sessions>,
    pub destination: Destination,
    /// Of the session that was tried last, or of this connection's own handshake where that is a full one.
    origin: Mutex<Origin>,
}

impl SessionsOf {
    pub fn new(sessions: Arc<Sessions>, destination: Destination) -> SessionsOf {
        SessionsOf { sessions, destination, origin: Mutex::default() }
    }

    /// The handshake is a full one: no session that was tried has to do with it.
    pub fn begin_anew(&self) {
        *lock(&self.origin) = Origin::default();
    }

    /// What was kept of the full handshake that the connection goes back to; nothing while it is this one.
    pub fn kept(&self) -> Option<Kept> {
        lock(&self.origin).get().cloned()
    }

    /// Keeps what a handshake that resumes this one will not say again.
    pub fn keep(&self, kept: Kept) {
        let _ = lock(&self.origin).set(kept);
    }

    pub fn forget(&self) {
        self.sessions.forget(&self.destination);
    }

    fn with<T>(&self, look: impl FnOnce(&mut Entry) -> T) -> T {
        look(lock(&self.sessions.0).entry(&self.destination))
    }

    fn origin(&self) -> Origin {
        lock(&self.origin).clone()
    }

    fn tries<T>(&self, (session, origin): (T, Origin)) -> T {
        *lock(&self.origin) = origin;
        session
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
        let origin = self.origin();
        self.with(|entry| entry.session = Some((session, origin)));
    }

    fn tls12_session(&self, _: &ServerName<'_>) -> Option<Tls12ClientSessionValue> {
        self.with(|entry| entry.session.clone()).map(|session| self.tries(session))
    }

    fn remove_tls12_session(&self, _: &ServerName<'static>) {
        self.with(|entry| entry.session = None);
    }

    fn insert_tls13_ticket(&self, _: ServerName<'static>, ticket: Tls13ClientSessionValue) {
        let origin = self.origin();
        self.with(|entry| {
            if entry.tickets.len() == MOST_TICKETS {
                entry.tickets.pop_front();
            }
            entry.tickets.push_back((ticket, origin));
        });
    }

    fn take_tls13_ticket(&self, _: &ServerName<'static>) -> Option<Tls13ClientSessionValue> {
        self.with(|entry| entry.tickets.pop_back()).map(|ticket| self.tries(ticket))
    }
}
