//! `INetSmtpClient`: settings, and Send.

use super::client_tls::ClientTls;
use super::config::{self, Kept};
use super::credential_cache::CredentialCache;
use super::envelope_options::EnvelopeOptions;
use super::lock;
use super::network_credential::NetworkCredential;
use super::service_proxy::ClientProxy;
use super::sight::Show;
use crate::deliver::{
    Driver, MOST_PATH, Passage, Policy, ProgressHook, Route, Security, Terms, local_path, ways,
};
use crate::error::{Error, Result, Status, shown};
use crate::mime::refuse_line_breaks;
use std::net::Ipv6Addr;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

const DEFAULT_PORT: u16 = 25;
const DEFAULT_TIMEOUT: Duration = Duration::from_millis(100_000);
const DEFAULT_CONNECTIONS_QUANTITY: usize = 3;

/// A client of one server at a time. Any number of threads may send through it at once.
pub struct SmtpClient {
    pub(super) settings: Arc<Mutex<Settings>>,
    pub(super) driver: Driver,
}

pub(super) struct Settings {
    pub(super) route: Arc<Route>,
    pub(super) tls: ClientTls,
    pub(super) proxy: ClientProxy,
    timeout: Duration,
    pub(super) policy: Arc<Policy>,
    pub(super) uses_multi_connection: bool,
    pub(super) connections_quantity: usize,
    /// ThisHostCredentials, by the registered name of the mechanism.
    pub(super) host_credentials: Vec<(Option<String>, Arc<NetworkCredential>)>,
    pub(super) credentials: Option<Arc<CredentialCache>>,
    pub(super) use_default_credentials: bool,
    pub(super) delivery_method: DeliveryMethod,
    pub(super) pickup_directory: String,
    pub(super) adds_resent_fields: bool,
    pub(super) envelope_options: Option<Arc<EnvelopeOptions>>,
    pub(super) kept: Kept,
    pub(super) show: Show,
    pub(super) on_progress: Option<ProgressHook>,
}

/// Where messages go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DeliveryMethod {
    /// To the server.
    #[default]
    Network,
    /// Into the pickup directory of the client.
    SpecifiedPickupDirectory,
    /// Into the one that IIS is set to, which no system but Windows has.
    PickupDirectoryFromIis,
}

impl SmtpClient {
    /// `host` may be empty and set later.
    pub fn new(host: &str) -> Result<SmtpClient> {
        SmtpClient::with_port(host, i32::from(DEFAULT_PORT))
    }

    pub fn with_port(host: &str, port: i32) -> Result<SmtpClient> {
        let route = Route {
            host: sound_server(host)?,
            port: super::port(port)?,
            speaks_lmtp: false,
            security: Security::OneOf(ways::NONE),
            greeting_timeout: None,
            allows_login_in_clear: false,
            local_domain: None,
            tls: Arc::default(),
            login_terms: Arc::default(),
            outlet: Arc::default(),
            habits: Arc::default(),
        };
        let settings = Settings {
            route: Arc::new(route),
            tls: ClientTls::default(),
            proxy: ClientProxy::default(),
            timeout: DEFAULT_TIMEOUT,
            policy: Arc::default(),
            uses_multi_connection: false,
            connections_quantity: DEFAULT_CONNECTIONS_QUANTITY,
            host_credentials: Vec::new(),
            credentials: None,
            use_default_credentials: false,
            delivery_method: DeliveryMethod::default(),
            pickup_directory: String::new(),
            adds_resent_fields: false,
            envelope_options: None,
            kept: Kept::default(),
            show: Show::default(),
            on_progress: None,
        };
        let client =
            SmtpClient { settings: Arc::new(Mutex::new(settings)), driver: Driver::default() };
        config::begin_with(&client);
        Ok(client)
    }

    pub fn host(&self) -> String {
        lock(&self.settings).route.host.clone()
    }

    pub fn set_host(&self, host: &str) -> Result<()> {
        let host = sound_server(host)?;
        self.reroute(|route| route.host = host);
        Ok(())
    }

    pub fn port(&self) -> u16 {
        lock(&self.settings).route.port
    }

    pub fn set_port(&self, port: i32) -> Result<()> {
        let port = super::port(port)?;
        self.reroute(|route| route.port = port);
        Ok(())
    }

    pub fn timeout(&self) -> Duration {
        lock(&self.settings).timeout
    }

    pub fn set_timeout(&self, milliseconds: i32) -> Result<()> {
        if milliseconds <= 0 {
            let sentence = format!("a timeout of {milliseconds} ms leaves no time at all");
            return Err(Error::new(Status::ArgumentOutOfRange, sentence));
        }
        lock(&self.settings).timeout = Duration::from_millis(milliseconds as u64);
        Ok(())
    }

    /// What EHLO says; empty for the default.
    pub fn local_domain(&self) -> String {
        lock(&self.settings).route.local_domain.clone().unwrap_or_default()
    }

    pub fn set_local_domain(&self, name: &str) -> Result<()> {
        let name = sound_local_domain(name)?;
        self.reroute(|route| route.local_domain = name);
        Ok(())
    }

    pub fn delivery_method(&self) -> DeliveryMethod {
        lock(&self.settings).delivery_method
    }

    pub fn set_delivery_method(&self, method: DeliveryMethod) {
        lock(&self.settings).delivery_method = method;
    }

    pub fn pickup_directory(&self) -> String {
        lock(&self.settings).pickup_directory.clone()
    }

    /// Empty for none.
    pub fn set_pickup_directory(&self, path: &str) -> Result<()> {
        if !path.is_empty() && !Path::new(path).is_absolute() {
            let sentence = format!("{path}: the pickup directory has to be an absolute path");
            return Err(Error::new(Status::Argument, sentence));
        }
        lock(&self.settings).pickup_directory = path.to_owned();
        Ok(())
    }

    pub fn adds_resent_fields(&self) -> bool {
        lock(&self.settings).adds_resent_fields
    }

    /// Says whether a forwarded message tells who forwarded it (RFC 5322 section 3.6.6).
    pub fn set_adds_resent_fields(&self, adds: bool) {
        lock(&self.settings).adds_resent_fields = adds;
    }

    /// Ends the connections that are kept for the next Send.
    pub fn disconnect(&self) {
        self.driver.disconnect(self.timeout(), &self.watched());
    }

    /// Has each Send from now on tell how far it is.
    pub fn set_on_progress(&self, hook: Option<ProgressHook>) {
        let before = std::mem::replace(&mut lock(&self.settings).on_progress, hook);
        // What the host does about its end, it does without the lock.
        drop(before);
    }

    /// Ends every Send that is under way. Those that begin afterwards are not concerned.
    pub fn cancel(&self) {
        self.driver.cancel();
    }

    /// The host has given up its last reference: what is under way ends.
    pub fn abandon(&self) {
        self.driver.cancel_for_good();
    }

    /// Changes the way to the server; kept connections lead elsewhere now.
    pub(super) fn reroute(&self, change: impl FnOnce(&mut Route)) {
        self.relogin(|settings| Arc::make_mut(&mut settings.route).change(change));
    }

    /// Changes a setting that kept connections depend on.
    pub(super) fn relogin<T>(&self, change: impl FnOnce(&mut Settings) -> T) -> T {
        let answer = change(&mut lock(&self.settings));
        self.driver.drop_links();
        answer
    }
}

impl Settings {
    /// The terms of a call that begins now.
    pub(super) fn terms(&mut self) -> Result<Terms> {
        if let Some(tls) = self.tls.renewed() {
            self.go_by(tls);
        }
        if let Some(proxy) = self.proxy.renewed().map_err(Error::retry_is_safe)? {
            self.go_through(proxy);
        }
        if self.route.host.is_empty() {
            return Err(Status::NoHost.into());
        }
        let passage = Passage { route: self.route.clone(), logins: self.logins() };
        Ok(Terms {
            passage,
            policy: self.policy.clone(),
            timeout: self.timeout,
            watched: self.show.watched.clone(),
        })
    }
}

/// A host, or the path of a socket of the file system behind `unix:`.
fn sound_server(host: &str) -> Result<String> {
    let host = host.trim();
    let Some(path) = local_path(host) else { return sound_host(host) };
    if path.starts_with('/') && path.len() <= MOST_PATH && !path.contains(char::is_control) {
        return Ok(host.to_owned());
    }
    let sentence = format!(
        "'{}' is no unix: host, which has an absolute path of {MOST_PATH} octets at most",
        shown(host, 100)
    );
    Err(Error::new(Status::Argument, sentence))
}

pub(super) fn sound_host(host: &str) -> Result<String> {
    let host = host.trim();
    let literal = host.trim_start_matches('[').trim_end_matches(']');
    let address = literal.split('%').next().unwrap_or(literal);
    let is_ipv6 = address.parse::<Ipv6Addr>().is_ok();
    let is_unfit =
        |c: char| c.is_control() || c.is_whitespace() || c == '/' || c == ':' && !is_ipv6;
    if host.contains(is_unfit) {
        let shown = shown(host, 100);
        let sentence = format!("'{shown}' is no host name; a port has a setting of its own");
        return Err(Error::new(Status::Argument, sentence));
    }
    Ok(host.to_owned())
}

/// A name or address literal as EHLO takes it (RFC 5321 section 4.1.1.1).
fn sound_local_domain(name: &str) -> Result<Option<String>> {
    refuse_line_breaks("the local domain", name)?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let is_literal = |c: char| c.is_ascii_hexdigit() || "IPv.:".contains(c);
    let literal = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let is_sound = match literal {
        Some(literal) => !literal.is_empty() && literal.chars().all(is_literal),
        None => name.len() <= 255 && name.chars().all(is_name),
    };
    match is_sound {
        true => Ok(Some(name.to_owned()).filter(|name| !name.is_empty())),
        false => Err(Error::new(
            Status::Argument,
            format!("'{}' is no domain and no address literal", shown(name, 100)),
        )),
    }
}
