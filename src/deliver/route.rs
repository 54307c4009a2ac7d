//! The way to a server: all that makes one connection fit for a message and another not.

use crate::net::Trust;
use crate::sasl::Identity;
use std::sync::Arc;

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

#[derive(Clone)]
pub struct Route {
    pub host: String,
    pub port: u16,
    pub security: Security,
    /// What EHLO says; `None` is an address literal of the connection's own end.
    pub local_domain: Option<String>,
    /// Tried in order, until one fits what the server offers. None at all is an anonymous session.
    pub logins: Vec<Login>,
    pub trust: Arc<Trust>,
}

impl PartialEq for Route {
    fn eq(&self, other: &Route) -> bool {
        Arc::ptr_eq(&self.trust, &other.trust)
            && (&self.host, self.port, self.security, &self.local_domain, &self.logins)
                == (&other.host, other.port, other.security, &other.local_domain, &other.logins)
    }
}
