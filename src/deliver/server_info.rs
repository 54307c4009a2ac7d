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
