//! What a server has said of itself.

use crate::net::ConnectionInfo;
use crate::smtp::{Capabilities, Session};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A snapshot: it stays as it is, whatever becomes of the connection.
#[derive(Debug)]
pub struct ServerInfo {
    pub greeting: String,
    pub capabilities: Capabilities,
    pub is_tls: bool,
}

impl ServerInfo {
    /// `mechanism` is in capitals.
    pub fn offers_mechanism(&self, mechanism: &str) -> bool {
        self.capabilities.auth.iter().any(|offered| offered == mechanism)
    }

    pub fn offers_login(&self) -> bool {
        !self.capabilities.auth.is_empty()
    }

    /// 0 for no limit that is known.
    pub fn max_message_size(&self) -> i64 {
        let limit = self.capabilities.size.flatten().unwrap_or_default();
        i64::try_from(limit).unwrap_or(i64::MAX)
    }
}

/// The latest connection or attempt at one, and what the server said last.
#[derive(Default)]
pub struct Latest(Mutex<Known>);

#[derive(Default, Clone)]
struct Known {
    server: Option<Arc<ServerInfo>>,
    connection: Option<Arc<ConnectionInfo>>,
}

impl Latest {
    pub fn server(&self) -> Option<Arc<ServerInfo>> {
        self.known().server.clone()
    }

    pub fn connection(&self) -> Option<Arc<ConnectionInfo>> {
        self.known().connection.clone()
    }

    pub fn note(&self, session: &Session, connection: Arc<ConnectionInfo>) {
        let server = ServerInfo {
            greeting: session.greeting().to_owned(),
            capabilities: session.capabilities().clone(),
            is_tls: session.is_protected(),
        };
        *self.known() = Known { server: Some(Arc::new(server)), connection: Some(connection) };
    }

    /// An attempt that reached nobody: what the server has said stays as it was.
    pub fn note_unreached(&self, attempt: ConnectionInfo) {
        self.known().connection = Some(Arc::new(attempt));
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
