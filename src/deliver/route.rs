//! The way to a server: all that makes one connection fit for a message and another not.

use crate::net::Trust;
use crate::sasl::Identity;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// In clear, as the host has chosen by leaving EnableSsl off.
    None,
    /// TLS from the first octet (RFC 8314).
    Implicit,
    /// STARTTLS (RFC 3207), or no message.
    StartTls,
}

/// One way to log in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// The registered name of the mechanism; `None` leaves the choice to the server.
    pub mechanism: Option<String>,
    pub identity: Identity,
}

/// The settings of a server. A route is shared and never changed: two messages go the same way if they share one.
#[derive(Clone)]
pub struct Route {
    pub host: String,
    pub port: u16,
    /// Whether the host asks for TLS.
    pub enable_ssl: bool,
    /// What EHLO says; `None` is an address literal of the connection's own end.
    pub local_domain: Option<String>,
    pub trust: Arc<Trust>,
    pub habits: Arc<Habits>,
}

/// What was learned of a server on the way.
#[derive(Default)]
pub struct Habits {
    /// It offers PIPELINING, and commands that came ahead of its replies were lost.
    pub loses_its_place: AtomicBool,
    /// It offers CHUNKING, and refuses BDAT.
    pub refuses_chunks: AtomicBool,
    /// A connection was of use for more than one message.
    pub keeps_connections: AtomicBool,
    /// A connection was gone without a word behind a message.
    pub drops_connections: AtomicBool,
}

/// RFC 8314: the port where TLS starts with the first octet.
const SUBMISSIONS_PORT: u16 = 465;

impl Route {
    pub fn security(&self) -> Security {
        match (self.enable_ssl, self.port) {
            (false, _) => Security::None,
            (true, SUBMISSIONS_PORT) => Security::Implicit,
            (true, _) => Security::StartTls,
        }
    }
}

/// A route, and who goes it.
#[derive(Clone)]
pub struct Passage {
    pub route: Arc<Route>,
    /// Tried in order, until one fits what the server offers. None at all is an anonymous session.
    pub logins: Vec<Login>,
}

impl PartialEq for Passage {
    fn eq(&self, other: &Passage) -> bool {
        Arc::ptr_eq(&self.route, &other.route) && self.logins == other.logins
    }
}
