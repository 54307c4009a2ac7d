//! `INetCredentialCache`: credentials by host, port and authentication protocol.

use super::client_login::best_for;
use super::lock;
use super::network_credential::NetworkCredential;
use crate::deliver::registered_name;
use crate::error::{Error, Result, Status};
use std::sync::{Arc, Mutex};

#[derive(Debug, Default)]
pub struct CredentialCache {
    entries: Mutex<Vec<Entry>>,
}

#[derive(Debug, Clone)]
struct Entry {
    host: String,
    port: u16,
    /// The registered name of the mechanism; `None` is any.
    mechanism: Option<String>,
    credential: Arc<NetworkCredential>,
}

impl Entry {
    fn leads_to(&self, host: &str, port: u16) -> bool {
        self.port == port && self.host.eq_ignore_ascii_case(host)
    }
}

impl CredentialCache {
    /// Adds at the end. One credential for one host, port and protocol, as in .NET's CredentialCache.
    pub fn add(
        &self,
        host: &str,
        port: i32,
        protocol: &str,
        credential: Arc<NetworkCredential>,
    ) -> Result<()> {
        let port = super::port(port)?;
        if host.is_empty() {
            return Err(Error::new(Status::Argument, "the host is empty"));
        }
        let mechanism = registered_name(protocol);
        let mut entries = lock(&self.entries);
        if entries.iter().any(|entry| entry.leads_to(host, port) && entry.mechanism == mechanism) {
            let sentence = format!("there is a credential for {host}:{port} '{protocol}' already");
            return Err(Error::new(Status::Argument, sentence));
        }
        entries.push(Entry { host: host.to_owned(), port, mechanism, credential });
        Ok(())
    }

    /// Removes what was added for exactly these three, if anything was.
    pub fn remove(&self, host: &str, port: i32, protocol: &str) -> Result<()> {
        let port = super::port(port)?;
        let mechanism = registered_name(protocol);
        lock(&self.entries)
            .retain(|entry| !(entry.leads_to(host, port) && entry.mechanism == mechanism));
        Ok(())
    }

    /// The credential for these three. A protocol that is left to the server finds the first credential of the host; a
    /// credential that was added for any protocol serves for each.
    pub fn credential(
        &self,
        host: &str,
        port: i32,
        protocol: &str,
    ) -> Result<Option<Arc<NetworkCredential>>> {
        Ok(self.find(host, super::port(port)?, protocol))
    }

    pub(super) fn find(
        &self,
        host: &str,
        port: u16,
        protocol: &str,
    ) -> Option<Arc<NetworkCredential>> {
        let mechanism = registered_name(protocol);
        best_for(mechanism.as_deref(), &self.for_host(host, port))
    }

    /// All credentials for a host and port with their mechanisms, in the order of their adding.
    pub(super) fn for_host(
        &self,
        host: &str,
        port: u16,
    ) -> Vec<(Option<String>, Arc<NetworkCredential>)> {
        let entries = lock(&self.entries);
        let fitting = entries.iter().filter(|entry| entry.leads_to(host, port));
        fitting.map(|entry| (entry.mechanism.clone(), entry.credential.clone())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credential(user: &str) -> Arc<NetworkCredential> {
        Arc::new(NetworkCredential::new(user, "", ""))
    }

    #[test]
    fn credentials_are_found_by_host_port_and_protocol() {
        let cache = CredentialCache::default();
        cache.add("mail.test", 25, "LOGIN", credential("login")).unwrap();
        cache.add("mail.test", 25, "", credential("any")).unwrap();
        cache.add("mail.test", 587, "Kerberos", credential("kerberos")).unwrap();
        let found = |host: &str, port, protocol: &str| {
            cache.find(host, port, protocol).map(|credential| credential.user_name())
        };
        assert_eq!(found("MAIL.test", 25, "login").as_deref(), Some("login"));
        assert_eq!(found("mail.test", 25, "PLAIN").as_deref(), Some("any"));
        assert_eq!(found("mail.test", 25, "https").as_deref(), Some("any"));
        assert_eq!(found("mail.test", 587, "GSSAPI").as_deref(), Some("kerberos"));
        assert_eq!(found("mail.test", 587, "").as_deref(), Some("kerberos"));
        assert_eq!(found("mail.test", 587, "PLAIN"), None);
        cache.add("basic.test", 25, "Basic", credential("basic")).unwrap();
        assert_eq!(found("basic.test", 25, "LOGIN").as_deref(), Some("basic"));
        assert_eq!(found("basic.test", 25, "CRAM-MD5"), None);
        assert_eq!(found("other.test", 25, ""), None);
    }

    #[test]
    fn a_second_credential_for_the_same_is_refused_until_the_first_is_removed() {
        let cache = CredentialCache::default();
        cache.add("h", 25, "PLAIN", credential("a")).unwrap();
        let error = cache.add("H", 25, "plain", credential("b")).unwrap_err();
        assert_eq!(error.status(), Status::Argument);
        cache.remove("h", 25, "PLAIN").unwrap();
        cache.remove("h", 25, "PLAIN").unwrap();
        cache.add("h", 25, "plain", credential("b")).unwrap();
    }
}
