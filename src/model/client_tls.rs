//! TLS as a client's settings have it: modes, certificates, and what the host has a say in.

use super::certificate::{Certificate, Crl, OcspResponse};
use super::external_crypto::ExternalCryptoView;
use super::lock;
use super::smtp_client::{Settings, SmtpClient};
use super::store::Store;
use super::tls_settings::TlsView;
use super::within;
use crate::deliver::{
    ClientChain, ConnectionInfo, Hooks, Security, SignHook, Tls, TlsSettings, ValidateHook,
    versions, ways,
};
use crate::error::{Error, Result, Status};

use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What a client's TLS is made of, and what was made of it last.
#[derive(Default)]
pub(super) struct ClientTls {
    pub settings: Arc<Mutex<Arc<TlsSettings>>>,
    pub trusted: Arc<Store<Certificate>>,
    pub blocked: Arc<Store<Certificate>>,
    pub known: Arc<Store<Certificate>>,
    pub client_chain: Arc<Store<Certificate>>,
    pub crls: Arc<Store<Crl>>,
    pub ocsp_responses: Arc<Store<OcspResponse>>,
    hooks: Hooks,
    /// The settings and the revisions of the collections that `applied` was made of.
    seen: (Arc<TlsSettings>, u64),
    /// The settings that the client's route goes by.
    applied: Arc<TlsSettings>,
}

/// Certificates as a peer presents them, to be looked at.
pub fn chain_of<T: AsRef<[u8]>>(chain: &[T]) -> Store<Certificate> {
    let certificates = chain.iter().map(|der| Arc::new(Certificate::presented(der.as_ref())));
    Store::read_only(certificates.collect())
}

/// Aspose's EncryptionProtocols, and SecureBlackbox's bits for the same versions.
const PROTOCOLS: [(i32, u32); 6] = [
    (0xc, versions::SSL2),
    (0x30, versions::SSL3),
    (0xc0, versions::TLS1),
    (0x300, versions::TLS11),
    (0xc00, versions::TLS12),
    (0x3000, versions::TLS13),
];

impl SmtpClient {
    pub fn tls_settings(&self) -> TlsView {
        TlsView::new(lock(&self.settings).tls.settings.clone())
    }

    pub fn trusted_certificates(&self) -> Arc<Store<Certificate>> {
        lock(&self.settings).tls.trusted.clone()
    }

    pub fn blocked_certificates(&self) -> Arc<Store<Certificate>> {
        lock(&self.settings).tls.blocked.clone()
    }

    pub fn known_certificates(&self) -> Arc<Store<Certificate>> {
        lock(&self.settings).tls.known.clone()
    }

    /// The client's own certificate, with its key, and those of its issuers.
    pub fn client_chain(&self) -> Arc<Store<Certificate>> {
        lock(&self.settings).tls.client_chain.clone()
    }

    pub fn known_crls(&self) -> Arc<Store<Crl>> {
        lock(&self.settings).tls.crls.clone()
    }

    pub fn known_ocsp_responses(&self) -> Arc<Store<OcspResponse>> {
        lock(&self.settings).tls.ocsp_responses.clone()
    }

    /// What the server of the latest connection presented; empty where it was in clear.
    pub fn server_chain(&self) -> Arc<Store<Certificate>> {
        let info = self.connection_info();
        let tls = info.as_ref().and_then(|info| info.tls.as_ref());
        let chain = tls.map(|tls| tls.chain.as_slice()).unwrap_or_default();
        Arc::new(chain_of(chain))
    }

    pub fn add_trusted_certificate_file(&self, path: &str) -> Result<()> {
        self.trusted_certificates().add_public_file(path)
    }

    pub fn external_crypto(&self) -> ExternalCryptoView {
        ExternalCryptoView::new(lock(&self.settings).tls.settings.clone())
    }

    /// The latest connection; nothing before there was any.
    pub fn connection_info(&self) -> Option<Arc<ConnectionInfo>> {
        self.driver.connection_info()
    }

    pub fn enable_ssl(&self) -> bool {
        !lock(&self.settings).route.is_in_clear()
    }

    pub fn set_enable_ssl(&self, enable_ssl: bool) {
        self.set_security(if enable_ssl { Security::ByPort } else { Security::OneOf(ways::NONE) });
    }

    /// Aspose's SecurityOptions, which are [`ways`].
    pub fn security_options(&self) -> i32 {
        lock(&self.settings).route.allowed_ways() as i32
    }

    pub fn set_security_options(&self, options: i32) -> Result<()> {
        let ways = within("combination of security options", options, 1..=ways::ALL as i32)?;
        self.set_security(Security::OneOf(ways as u32));
        Ok(())
    }

    pub fn security(&self) -> Security {
        lock(&self.settings).route.security
    }

    pub fn set_security(&self, security: Security) {
        self.reroute(|route| route.security = security);
    }

    pub fn greeting_timeout(&self) -> Option<Duration> {
        lock(&self.settings).route.greeting_timeout
    }

    pub fn set_greeting_timeout(&self, milliseconds: i32) -> Result<()> {
        let milliseconds = within("greeting timeout", milliseconds, 1..=i32::MAX)?;
        let timeout = Duration::from_millis(milliseconds as u64);
        self.reroute(|route| route.greeting_timeout = Some(timeout));
        Ok(())
    }

    pub fn allows_login_in_clear(&self) -> bool {
        lock(&self.settings).route.allows_login_in_clear
    }

    pub fn set_allows_login_in_clear(&self, allows: bool) {
        self.reroute(|route| route.allows_login_in_clear = allows);
    }

    pub fn accepts_any_certificate(&self) -> bool {
        self.tls_settings().now().accepts_any_certificate
    }

    pub fn set_accepts_any_certificate(&self, accepts: bool) {
        self.change_tls(|settings| settings.accepts_any_certificate = accepts);
    }

    /// Aspose's SupportedEncryption: the versions that may be spoken.
    pub fn supported_encryption(&self) -> i32 {
        let enabled = self.tls_settings().now().versions;
        let protocols = PROTOCOLS.iter().filter(|(_, version)| enabled & version != 0);
        protocols.fold(0, |all, (protocol, _)| all | protocol)
    }

    /// What is too old is left out; where that leaves nothing, all that is not too old is taken.
    pub fn set_supported_encryption(&self, protocols: i32) -> Result<()> {
        let versions = versions_of(protocols)? & versions::HERE;
        self.set_versions(if versions == 0 { versions::HERE } else { versions }, false);
        Ok(())
    }

    /// What is too old stays, and no connection will be made.
    pub fn set_supported_encryption_unsafe(&self, protocols: i32) -> Result<()> {
        let versions = versions_of(protocols)?;
        self.set_versions(if protocols == 0 { versions::HERE } else { versions }, true);
        Ok(())
    }

    fn set_versions(&self, versions: u32, are_exact: bool) {
        self.change_tls(|settings| {
            settings.versions = versions;
            settings.versions_are_exact = are_exact;
        });
    }

    fn change_tls(&self, change: impl FnOnce(&mut TlsSettings)) {
        let settings = lock(&self.settings).tls.settings.clone();
        change(Arc::make_mut(&mut lock(&settings)));
    }

    pub fn set_on_certificate_validate(&self, hook: Option<ValidateHook>) {
        self.change_hooks(|hooks| std::mem::replace(&mut hooks.validate, hook));
    }

    pub fn set_on_external_sign(&self, hook: Option<SignHook>) {
        self.change_hooks(|hooks| std::mem::replace(&mut hooks.sign, hook));
    }

    fn change_hooks<T>(&self, change: impl FnOnce(&mut Hooks) -> T) {
        let mut settings = lock(&self.settings);
        let before = change(&mut settings.tls.hooks);
        let tls = settings.tls.applied();
        settings.go_by(tls);
        drop(settings);
        self.driver.drop_links();
        // What the host does about its end, it does without the lock.
        drop(before);
    }
}

impl ClientTls {
    fn applied(&self) -> Arc<Tls> {
        Arc::new(Tls::new(self.applied.clone(), self.hooks.clone()))
    }

    /// What is to be gone by from now on, if anything has changed.
    pub fn renewed(&mut self) -> Option<Arc<Tls>> {
        let is_seen = Arc::ptr_eq(&lock(&self.settings), &self.seen.0);
        if is_seen && self.revision() == self.seen.1 {
            return None;
        }
        self.seen = (lock(&self.settings).clone(), self.revision());
        let assembled = self.assembled();
        if assembled == *self.applied {
            return None;
        }
        self.applied = Arc::new(assembled);
        Some(self.applied())
    }

    /// Of all collections: a revision only grows, so that the sum stays the same for as long as each of them does.
    fn revision(&self) -> u64 {
        self.trusted.revision()
            + self.blocked.revision()
            + self.known.revision()
            + self.client_chain.revision()
            + self.crls.revision()
            + self.ocsp_responses.revision()
    }

    /// The settings, with what the collections hold now.
    fn assembled(&self) -> TlsSettings {
        let mut settings = TlsSettings::clone(&lock(&self.settings));
        settings.rules.trusted = self.trusted.revised().1;
        settings.rules.blocked = self.blocked.revised().1;
        settings.rules.known = self.known.revised().1;
        let crls = self.crls.revised().1;
        settings.rules.crls = crls.iter().map(|item| item.octets().clone()).collect();
        let responses = self.ocsp_responses.revised().1;
        settings.rules.ocsp_responses =
            responses.iter().map(|item| item.octets().clone()).collect();
        settings.client_chain = ClientChain(self.client_chain.revised().1);
        settings
    }
}

impl Settings {
    pub(super) fn go_by(&mut self, tls: Arc<Tls>) {
        Arc::make_mut(&mut self.route).change(|route| route.tls = tls);
    }
}

fn versions_of(protocols: i32) -> Result<u32> {
    let known = PROTOCOLS.iter().fold(0, |all, (protocol, _)| all | protocol);
    if protocols & !known != 0 {
        let sentence = format!("{protocols:#x} holds no protocol of encryption that has a name");
        return Err(Error::new(Status::ArgumentOutOfRange, sentence));
    }
    let named = PROTOCOLS.iter().filter(|(protocol, _)| protocols & protocol != 0);
    Ok(named.fold(0, |all, (_, version)| all | version))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::Ordering;

    /// The ways that a connection would be tried in now.
    fn ways_to_try(client: &SmtpClient) -> u32 {
        lock(&client.settings).terms().unwrap().passage.route.ways_to_try()
    }

    #[test]
    fn what_protection_a_server_has_is_forgotten_with_the_server_alone() {
        let client = SmtpClient::new("mail.example.com").unwrap();
        let route = || lock(&client.settings).route.clone();
        let sees = |way: u32| route().habits.protection.fetch_max(way, Ordering::Relaxed);
        client.set_security_options(7).unwrap();
        sees(ways::STARTTLS);
        // A connection that is opened meanwhile learns for all that follow.
        let earlier = route();
        client.set_local_domain("client.example").unwrap();
        client.set_greeting_timeout(500).unwrap();
        client.set_timeout(500).unwrap();
        client.set_allows_login_in_clear(true);
        client.set_accepts_any_certificate(true);
        client.set_supported_encryption(0x3000).unwrap();
        client.set_on_certificate_validate(Some(Arc::new(|_: &_| Ok(true))));
        client.set_security_options(7).unwrap();
        client.set_host("mail.example.com").unwrap();
        client.set_port(25).unwrap();
        assert_eq!(ways_to_try(&client), ways::STARTTLS);
        earlier.habits.protection.fetch_max(ways::IMPLICIT, Ordering::Relaxed);
        assert_eq!(ways_to_try(&client), ways::IMPLICIT);

        type Change = fn(&SmtpClient) -> Result<()>;
        let changes: [Change; 3] = [
            |client| client.set_host("other.example.com"),
            |client| client.set_port(587),
            |client| client.set_security_options(3),
        ];
        for change in changes {
            sees(ways::STARTTLS);
            assert_eq!(ways_to_try(&client).count_ones(), 1);
            change(&client).unwrap();
            assert_ne!(ways_to_try(&client).count_ones(), 1);
        }
    }
}
