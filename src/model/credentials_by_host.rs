//! `INetCredentialsByHost`: what a client will log in with, as it is at the moment of asking.

use super::lock;
use super::network_credential::NetworkCredential;
use super::smtp_client::Settings;
use crate::error::Result;
use std::sync::{Arc, Mutex};

/// A read-only view of a client's credentials. It outlives the client.
pub struct CredentialsByHost {
    settings: Arc<Mutex<Settings>>,
}

impl CredentialsByHost {
    pub(super) fn new(settings: Arc<Mutex<Settings>>) -> CredentialsByHost {
        CredentialsByHost { settings }
    }

    pub fn credential(
        &self,
        host: &str,
        port: i32,
        protocol: &str,
    ) -> Result<Option<Arc<NetworkCredential>>> {
        let port = super::port(port)?;
        Ok(lock(&self.settings).credential(host, port, protocol))
    }
}
