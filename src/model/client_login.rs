//! How a client logs in: whose credentials, by which mechanisms, and what the host has a say in.

use super::credential_cache::CredentialCache;
use super::credentials_by_host::CredentialsByHost;
use super::lock;
use super::network_credential::NetworkCredential;
use super::smtp_client::{Settings, SmtpClient};
use crate::deliver::{
    BeforeHook, Identity, Login, LoginTerms, TokenHook, catalog, parse_priorities, registered_name,
    write_priorities,
};
use crate::error::{Error, Result, Status};
use crate::mime::refuse_line_breaks;
use std::sync::Arc;

/// The mechanisms that the user of the operating system can log in by.
const OF_THE_SYSTEM: [&str; 2] = ["GSSAPI", "GSS-SPNEGO"];

impl SmtpClient {
    pub fn this_host_credentials(&self, protocol: &str) -> Option<Arc<NetworkCredential>> {
        let mechanism = registered_name(protocol);
        let settings = lock(&self.settings);
        let mut entries = settings.host_credentials.iter();
        let entry = entries.find(|(other, _)| *other == mechanism)?;
        Some(entry.1.clone())
    }

    /// Sets the credential for a protocol of this host, or takes it away.
    pub fn set_this_host_credentials(
        &self,
        protocol: &str,
        credential: Option<Arc<NetworkCredential>>,
    ) {
        let mechanism = registered_name(protocol);
        self.relogin(|settings| {
            settings.host_credentials.retain(|(other, _)| *other != mechanism);
            settings.host_credentials.extend(credential.map(|credential| (mechanism, credential)));
        });
    }

    pub fn credentials(&self) -> CredentialsByHost {
        CredentialsByHost::new(self.settings.clone())
    }

    pub fn set_credentials(&self, credentials: Option<Arc<CredentialCache>>) {
        self.relogin(|settings| settings.credentials = credentials);
    }

    pub fn use_default_credentials(&self) -> bool {
        lock(&self.settings).use_default_credentials
    }

    pub fn set_use_default_credentials(&self, use_default_credentials: bool) {
        self.relogin(|settings| settings.use_default_credentials = use_default_credentials);
    }

    /// Aspose's SmtpKnownAuthenticationType: what may be used.
    pub fn allowed_authentication(&self) -> i64 {
        self.login_terms().allowed
    }

    pub fn set_allowed_authentication(&self, flags: i64) -> Result<()> {
        if flags & !catalog::ALL_FLAGS != 0 {
            let sentence = format!("{flags:#x} holds a bit that is no authentication mechanism's");
            return Err(Error::new(Status::ArgumentOutOfRange, sentence));
        }
        self.change_login_terms(|terms| terms.allowed = flags);
        Ok(())
    }

    /// What the server of the latest connection offers; 0 before there was any.
    pub fn supported_authentication(&self) -> i64 {
        self.server_info().map_or(0, |info| catalog::flags_of(&info.capabilities.auth))
    }

    /// SecureBlackbox's Authentications: every mechanism with its priority.
    pub fn authentications(&self) -> String {
        write_priorities(&self.login_terms().priorities)
    }

    /// What the list does not name has the priority that it has by default.
    pub fn set_authentications(&self, list: &str) -> Result<()> {
        let priorities = parse_priorities(list)?;
        self.change_login_terms(|terms| terms.priorities = priorities);
        Ok(())
    }

    pub fn forces_login(&self) -> bool {
        self.login_terms().force
    }

    pub fn set_forces_login(&self, forces: bool) {
        self.change_login_terms(|terms| terms.force = forces);
    }

    /// The service principal; empty for the one that follows from the host.
    pub fn target_name(&self) -> String {
        self.login_terms().target.clone().unwrap_or_default()
    }

    pub fn set_target_name(&self, name: &str) -> Result<()> {
        refuse_line_breaks("the target name", name)?;
        let name = name.trim();
        if name.contains(|c: char| c.is_control() || c.is_whitespace()) {
            let shown = name.escape_debug();
            let sentence = format!("'{shown}' is no service principal such as smtp@mail.test");
            return Err(Error::new(Status::Argument, sentence));
        }
        let target = Some(name.to_owned()).filter(|name| !name.is_empty());
        self.change_login_terms(|terms| terms.target = target);
        Ok(())
    }

    pub fn set_on_token(&self, hook: Option<TokenHook>) {
        // What the host does about the end of the hook before, it does without the lock.
        drop(self.change_login_terms(|terms| std::mem::replace(&mut terms.hooks.token, hook)));
    }

    pub fn set_on_before_auth(&self, hook: Option<BeforeHook>) {
        drop(self.change_login_terms(|terms| std::mem::replace(&mut terms.hooks.before, hook)));
    }

    fn login_terms(&self) -> Arc<LoginTerms> {
        lock(&self.settings).route.login_terms.clone()
    }

    /// The server stays the same, and so does what was learned of it; kept connections were logged in otherwise.
    fn change_login_terms<T>(&self, change: impl FnOnce(&mut LoginTerms) -> T) -> T {
        self.relogin(|settings| {
            let route = Arc::make_mut(&mut settings.route);
            change(Arc::make_mut(&mut route.login_terms))
        })
    }
}

impl Settings {
    /// The ways to log in, in the order in which they were set.
    pub(super) fn logins(&self) -> Vec<Login> {
        if self.use_default_credentials {
            let identity = Identity { is_default: true, ..Identity::default() };
            return vec![Login { mechanism: None, identity }];
        }
        if self.host_credentials.is_empty() && self.credentials.is_none() {
            return Vec::new();
        }
        let cached = self
            .credentials
            .iter()
            .flat_map(|cache| cache.for_host(&self.route.host, self.route.port));
        let all = self.host_credentials.iter().cloned().chain(cached);
        all.map(|(mechanism, credential)| Login { mechanism, identity: credential.identity() })
            .collect()
    }

    /// What would be used for these three.
    pub(super) fn credential(
        &self,
        host: &str,
        port: u16,
        protocol: &str,
    ) -> Option<Arc<NetworkCredential>> {
        let is_this_host = self.route.port == port && self.route.host.eq_ignore_ascii_case(host);
        let asked = registered_name(protocol);
        if self.use_default_credentials {
            let fits = |name: &&str| catalog::is_of_use(Some(name), asked.as_deref());
            let is_used = is_this_host && OF_THE_SYSTEM.iter().any(fits);
            return is_used.then(|| Arc::new(NetworkCredential::new("", "", "")));
        }
        let own = is_this_host.then(|| best_for(asked.as_deref(), &self.host_credentials));
        own.flatten().or_else(|| self.credentials.as_ref()?.find(host, port, protocol))
    }
}

/// The credential that was set for just this mechanism, else the first that is of use for it.
pub(super) fn best_for(
    asked: Option<&str>,
    credentials: &[(Option<String>, Arc<NetworkCredential>)],
) -> Option<Arc<NetworkCredential>> {
    let exact = credentials.iter().find(|(set, _)| set.as_deref() == asked);
    let fitting = || credentials.iter().find(|(set, _)| catalog::is_of_use(set.as_deref(), asked));
    exact.or_else(fitting).map(|(_, credential)| credential.clone())
}
