//! What a server has said of itself.

use crate::smtp::{Capabilities, Session};
use std::sync::{Arc, Mutex, PoisonError};

/// A snapshot: it stays as it is, whatever becomes of the connection.
#[derive(Debug)]
pub struct ServerInfo {
    pub greeting: String,
    pub capabilities: Capabilities,
    pub is_tls: bool,
}

/// What the server of the latest connection said.
#[derive(Default)]
pub struct LatestServer(Mutex<Option<Arc<ServerInfo>>>);

impl LatestServer {
    pub fn get(&self) -> Option<Arc<ServerInfo>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn note(&self, session: &Session) {
        let info = ServerInfo {
            greeting: session.greeting().to_owned(),
            capabilities: session.capabilities().clone(),
            is_tls: session.is_protected(),
        };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(info));
    }
}
