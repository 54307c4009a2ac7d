//! `INetServiceProxy`: through which proxy connections go.

use super::lock;
use super::smtp_client::sound_host;
use crate::deliver::{
    Answer, Bypass, Families, Found, HttpAuthentication, Identity, Proxy, ProxyKind,
    find_proxy_in_environment, parse_proxy_url, sound_proxy_headers,
};
use crate::error::{Error, Result, Status};
use crate::mime::refuse_line_breaks;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use zeroize::Zeroizing;

/// What `Save` has stored for all clients of the process, and how often.
static SAVED: Mutex<Option<Arc<ServiceProxy>>> = Mutex::new(None);
static SAVES: AtomicU64 = AtomicU64::new(0);

/// A proxy, shared by all clients that were given it: the next connection of each goes as it is set then.
#[derive(Default)]
pub struct ServiceProxy {
    settings: Mutex<Settings>,
    revision: AtomicU64,
    answer: Arc<Mutex<Answer>>,
}

/// SecureBlackbox's kinds of proxies, and ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ProxyType {
    None,
    Socks4,
    Socks5,
    WebTunnel,
    #[default]
    Http,
    Socks4a,
    Https,
}

#[derive(Clone, Default)]
struct Settings {
    is_active: bool,
    kind: ProxyType,
    address: String,
    port: Option<u16>,
    needs_authentication: bool,
    authentication: HttpAuthentication,
    user: String,
    password: Zeroizing<String>,
    /// As the host has written it.
    no_proxy: String,
    is_integrated: bool,
    resolves_here: bool,
    shuns_ipv6: bool,
    request_headers: String,
}

impl ServiceProxy {
    /// With what was saved last, or inactive.
    pub fn new() -> ServiceProxy {
        let saved = lock(&SAVED).clone();
        let settings = saved.map(|saved| lock(&saved.settings).clone()).unwrap_or_default();
        ServiceProxy { settings: Mutex::new(settings), ..ServiceProxy::default() }
    }

    /// An active one. The login, if there is any, is user and password.
    pub fn active(
        kind: ProxyType,
        address: &str,
        port: i32,
        login: Option<(&str, &str)>,
    ) -> Result<ServiceProxy> {
        let proxy = ServiceProxy::default();
        proxy.set_address(address)?;
        let port = super::port(port)?;
        proxy.change(|settings| {
            settings.is_active = true;
            settings.kind = kind;
            settings.port = Some(port);
            if let Some((user, password)) = login {
                settings.needs_authentication = true;
                settings.user = user.to_owned();
                settings.password = Zeroizing::new(password.to_owned());
            }
        });
        Ok(proxy)
    }

    /// Makes a copy of the settings those of every client of the process that has no proxy of its own.
    pub fn save(&self) {
        let settings = Mutex::new(lock(&self.settings).clone());
        let answer = self.answer.clone();
        let saved = ServiceProxy { settings, answer, ..ServiceProxy::default() };
        *lock(&SAVED) = Some(Arc::new(saved));
        SAVES.fetch_add(1, Ordering::Release);
    }

    pub fn is_active(&self) -> bool {
        lock(&self.settings).is_active
    }

    pub fn set_active(&self, active: bool) {
        self.change(|settings| settings.is_active = active);
    }

    pub fn address(&self) -> String {
        lock(&self.settings).address.clone()
    }

    /// A name or address; or a URL, which sets kind, port and login as well, as far as it names them.
    pub fn set_address(&self, address: &str) -> Result<()> {
        if !address.contains("://") {
            let address = sound_host(address)?;
            self.change(|settings| settings.address = address);
            return Ok(());
        }
        let found = parse_proxy_url(address)?;
        let host = sound_host(&found.host)?;
        self.change(|settings| {
            settings.address = host;
            settings.kind = ProxyType::of(found.kind);
            settings.resolves_here = found.resolves_here;
            settings.port = Some(found.port).filter(|port| *port != 0).or(settings.port);
            if let Some((user, password)) = found.login {
                settings.needs_authentication = true;
                settings.user = user;
                settings.password = password;
            }
        });
        Ok(())
    }

    /// Empty where the one of its kind is meant.
    pub fn port(&self) -> String {
        lock(&self.settings).port.map(|port| port.to_string()).unwrap_or_default()
    }

    pub fn set_port(&self, text: &str) -> Result<()> {
        let port = match text.trim() {
            "" => None,
            digits => {
                let number = digits.parse::<u16>().ok().filter(|number| *number > 0);
                let number = number.filter(|_| digits.bytes().all(|digit| digit.is_ascii_digit()));
                let unfit = || {
                    let sentence = format!("'{}' is no port: 1 to 65535 are", text.escape_debug());
                    Error::new(Status::ArgumentOutOfRange, sentence)
                };
                Some(number.ok_or_else(unfit)?)
            }
        };
        self.change(|settings| settings.port = port);
        Ok(())
    }

    pub fn needs_authentication(&self) -> bool {
        lock(&self.settings).needs_authentication
    }

    pub fn set_needs_authentication(&self, needs: bool) {
        self.change(|settings| settings.needs_authentication = needs);
    }

    /// How it is logged in; not at all where no login is needed.
    pub fn authentication(&self) -> HttpAuthentication {
        let settings = lock(&self.settings);
        match settings.needs_authentication {
            true => settings.authentication,
            false => HttpAuthentication::None,
        }
    }

    pub fn set_authentication(&self, authentication: HttpAuthentication) {
        self.change(|settings| {
            settings.needs_authentication = authentication != HttpAuthentication::None;
            settings.authentication = match authentication {
                HttpAuthentication::None => HttpAuthentication::Auto,
                chosen => chosen,
            };
        });
    }

    pub fn user(&self) -> String {
        lock(&self.settings).user.clone()
    }

    pub fn set_user(&self, user: &str) -> Result<()> {
        refuse_line_breaks("the user of the proxy", user)?;
        self.change(|settings| settings.user = user.to_owned());
        Ok(())
    }

    pub fn set_password(&self, password: &str) {
        self.change(|settings| settings.password = Zeroizing::new(password.to_owned()));
    }

    /// The servers that are reached without it, one comma between two.
    pub fn no_proxy(&self) -> String {
        let settings = lock(&self.settings);
        let words = settings.no_proxy.split([',', ';', ' ', '\t', '\r', '\n']);
        words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(",")
    }

    /// The same as it was set.
    pub fn no_proxy_original(&self) -> String {
        lock(&self.settings).no_proxy.clone()
    }

    pub fn set_no_proxy(&self, text: &str) {
        self.change(|settings| settings.no_proxy = text.to_owned());
    }

    pub fn is_integrated(&self) -> bool {
        lock(&self.settings).is_integrated
    }

    pub fn set_integrated(&self, integrated: bool) {
        self.change(|settings| settings.is_integrated = integrated);
    }

    pub fn kind(&self) -> ProxyType {
        lock(&self.settings).kind
    }

    pub fn set_kind(&self, kind: ProxyType) {
        self.change(|settings| settings.kind = kind);
    }

    pub fn request_headers(&self) -> String {
        lock(&self.settings).request_headers.clone()
    }

    pub fn set_request_headers(&self, text: &str) -> Result<()> {
        let headers = sound_proxy_headers(text)?;
        self.change(|settings| settings.request_headers = headers);
        Ok(())
    }

    pub fn resolves_here(&self) -> bool {
        lock(&self.settings).resolves_here
    }

    pub fn set_resolves_here(&self, here: bool) {
        self.change(|settings| settings.resolves_here = here);
    }

    pub fn uses_ipv6(&self) -> bool {
        !lock(&self.settings).shuns_ipv6
    }

    pub fn set_uses_ipv6(&self, uses: bool) {
        self.change(|settings| settings.shuns_ipv6 = !uses);
    }

    /// What a proxy of HTTP has answered last.
    pub fn answer(&self) -> Answer {
        lock(&self.answer).clone()
    }

    /// Kind, address and port that connections go by now; empty where they go by none.
    pub fn connection_string(&self) -> Result<String> {
        let proxy = self.to_proxy()?;
        Ok(proxy.map_or(String::new(), |proxy| {
            let host = match proxy.host.contains(':') && !proxy.host.starts_with('[') {
                true => format!("[{}]", proxy.host),
                false => proxy.host.clone(),
            };
            let scheme = match (proxy.kind, proxy.resolves_here) {
                (ProxyKind::Socks5, true) => "socks5",
                (kind, _) => kind.scheme(),
            };
            format!("{scheme}://{host}:{}", proxy.port)
        }))
    }

    /// Whether the server of a URI, or of a plain name, is reached without the proxy.
    pub fn is_bypassed(&self, uri: &str) -> Result<bool> {
        let (scheme, rest) = uri.trim().split_once("://").unwrap_or(("", uri.trim()));
        let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
        let authority = authority.rsplit('@').next().unwrap_or(authority);
        // What stands before the port is found as in the URL of a proxy.
        let place = parse_proxy_url(authority)?;
        let port = match (place.port, scheme.to_ascii_lowercase().as_str()) {
            (0, "http") => 80,
            (0, "https") => 443,
            (0, "smtps" | "submissions") => 465,
            (0, "submission") => 587,
            (0, _) => 25,
            (port, _) => port,
        };
        Ok(self.to_proxy()?.is_none_or(|proxy| proxy.bypass.covers(&place.host, port)))
    }

    /// What connections go by; nothing where they go without.
    pub(super) fn to_proxy(&self) -> Result<Option<Proxy>> {
        let settings = lock(&self.settings).clone();
        if !settings.is_active || settings.kind == ProxyType::None {
            return Ok(None);
        }
        let has_address = !settings.address.is_empty();
        let found = match settings.is_integrated || !has_address {
            true => find_proxy_in_environment(environment)?,
            false => None,
        };
        match found {
            Some(found) => settings.found(found, self.answer.clone()).map(Some),
            None if has_address => Ok(Some(settings.own(self.answer.clone()))),
            None if settings.is_integrated => Ok(None),
            None => {
                let sentence =
                    "the proxy is active and has no Address, and the environment names none";
                Err(Error::new(Status::ProxySettings, sentence))
            }
        }
    }

    fn change(&self, change: impl FnOnce(&mut Settings)) {
        let mut settings = lock(&self.settings);
        change(&mut settings);
        self.revision.fetch_add(1, Ordering::Release);
    }
}

impl Settings {
    fn own(&self, answer: Arc<Mutex<Answer>>) -> Proxy {
        let kind = self.kind.protocol();
        let login = self.needs_authentication.then(|| identity(&self.user, &self.password));
        Proxy {
            kind,
            host: self.address.clone(),
            port: self.port.unwrap_or(kind.default_port()),
            login,
            bypass: Bypass::parse(&self.no_proxy),
            resolves_here: self.resolves_here,
            ..self.common(answer)
        }
    }

    /// The environment's, with the host's login where that has none.
    fn found(&self, found: Found, answer: Arc<Mutex<Answer>>) -> Result<Proxy> {
        let own = self.needs_authentication.then(|| identity(&self.user, &self.password));
        Ok(Proxy {
            login: found.login.as_ref().map(|(user, password)| identity(user, password)).or(own),
            bypass: Bypass::parse(&format!("{},{}", self.no_proxy, found.no_proxy)),
            ..of_environment(found, self.common(answer))?
        })
    }

    fn common(&self, answer: Arc<Mutex<Answer>>) -> Proxy {
        Proxy {
            authentication: self.authentication,
            request_headers: self.request_headers.clone(),
            families: if self.shuns_ipv6 { Families::Ipv4 } else { Families::Both },
            has_idle_user: !self.needs_authentication && !self.user.is_empty(),
            answer,
            ..Proxy::default()
        }
    }
}

fn of_environment(found: Found, common: Proxy) -> Result<Proxy> {
    let host = sound_host(&found.host).map_err(|error| {
        Error::new(Status::ProxySettings, format!("the environment's proxy: {error}"))
    })?;
    let port = if found.port == 0 { found.kind.default_port() } else { found.port };
    Ok(Proxy { kind: found.kind, host, port, resolves_here: found.resolves_here, ..common })
}

fn identity(user: &str, password: &str) -> Identity {
    let (user, password) = (user.to_owned(), Zeroizing::new(password.to_owned()));
    Identity { user, password, ..Identity::default() }
}

fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

impl ProxyType {
    fn protocol(self) -> ProxyKind {
        match self {
            ProxyType::Socks4 => ProxyKind::Socks4,
            ProxyType::Socks4a => ProxyKind::Socks4a,
            ProxyType::Socks5 => ProxyKind::Socks5,
            ProxyType::Https => ProxyKind::Https,
            ProxyType::None | ProxyType::WebTunnel | ProxyType::Http => ProxyKind::Http,
        }
    }

    pub fn of(kind: ProxyKind) -> ProxyType {
        match kind {
            ProxyKind::Socks4 => ProxyType::Socks4,
            ProxyKind::Socks4a => ProxyType::Socks4a,
            ProxyKind::Socks5 => ProxyType::Socks5,
            ProxyKind::Http => ProxyType::Http,
            ProxyKind::Https => ProxyType::Https,
        }
    }
}

/// The proxy of a client: its own, or that of the process.
#[derive(Default)]
pub(super) struct ClientProxy {
    own: Option<Arc<ServiceProxy>>,
    /// The revision of what was looked at last.
    seen: Option<u64>,
}

impl ClientProxy {
    pub fn own(&self) -> Option<Arc<ServiceProxy>> {
        self.own.clone()
    }

    pub fn set_own(&mut self, proxy: Option<Arc<ServiceProxy>>) {
        *self = ClientProxy { own: proxy, seen: None };
    }

    /// What is to be gone by from now on, if anything may have changed since the last look.
    pub fn renewed(&mut self) -> Result<Option<Option<Arc<Proxy>>>> {
        let revision = match &self.own {
            Some(own) => own.revision.load(Ordering::Acquire),
            None => SAVES.load(Ordering::Acquire),
        };
        if self.seen == Some(revision) {
            return Ok(None);
        }
        let proxy = match &self.own {
            Some(own) => own.to_proxy()?,
            None => of_process()?,
        };
        self.seen = Some(revision);
        Ok(Some(proxy.map(Arc::new)))
    }
}

/// What was saved; or what Fore's own variable names, which nobody sets for anything else.
fn of_process() -> Result<Option<Proxy>> {
    let saved = lock(&SAVED).clone();
    if let Some(saved) = saved {
        return saved.to_proxy();
    }
    let for_us = |name: &str| {
        let is_ours = name.starts_with("CURLOPT_") || name.eq_ignore_ascii_case("no_proxy");
        is_ours.then(|| environment(name)).flatten()
    };
    let Some(found) = find_proxy_in_environment(for_us)? else { return Ok(None) };
    Settings::default().found(found, Arc::default()).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxy() -> ServiceProxy {
        ServiceProxy::active(ProxyType::Http, "proxy.test", 8080, None).unwrap()
    }

    #[test]
    fn what_is_set_is_what_connections_go_by() {
        let proxy = proxy();
        assert_eq!(proxy.connection_string().unwrap(), "http://proxy.test:8080");
        proxy.set_port("").unwrap();
        for (kind, string) in [
            (ProxyType::Http, "http://proxy.test:3128"),
            (ProxyType::WebTunnel, "http://proxy.test:3128"),
            (ProxyType::Https, "https://proxy.test:443"),
            (ProxyType::Socks4, "socks4://proxy.test:1080"),
            (ProxyType::Socks4a, "socks4a://proxy.test:1080"),
            (ProxyType::Socks5, "socks5h://proxy.test:1080"),
            (ProxyType::None, ""),
        ] {
            proxy.set_kind(kind);
            assert_eq!(proxy.connection_string().unwrap(), string);
        }
        proxy.set_address("socks5://us%40er:secret@[::1]").unwrap();
        assert_eq!(proxy.connection_string().unwrap(), "socks5://[::1]:1080");
        assert_eq!((proxy.user().as_str(), proxy.needs_authentication()), ("us@er", true));
        proxy.set_active(false);
        assert_eq!(proxy.connection_string().unwrap(), "");
    }

    #[test]
    fn a_login_is_used_where_it_is_needed() {
        let proxy = proxy();
        proxy.set_user("user").unwrap();
        proxy.set_password("pass");
        assert_eq!(proxy.authentication(), HttpAuthentication::None);
        assert!(proxy.to_proxy().unwrap().unwrap().login.is_none());
        proxy.set_needs_authentication(true);
        assert_eq!(proxy.authentication(), HttpAuthentication::Auto);
        assert_eq!(proxy.to_proxy().unwrap().unwrap().login.unwrap().user, "user");
        proxy.set_authentication(HttpAuthentication::Digest);
        assert_eq!(proxy.authentication(), HttpAuthentication::Digest);
        proxy.set_authentication(HttpAuthentication::None);
        assert!(!proxy.needs_authentication());
        assert!(proxy.set_user("a\r\nb").is_err());
    }

    #[test]
    fn servers_that_are_reached_without_it() {
        let proxy = proxy();
        proxy.set_no_proxy(" *.x.com ,localhost; 10.0.0.0/8:26");
        assert_eq!(proxy.no_proxy(), "*.x.com,localhost,10.0.0.0/8:26");
        assert_eq!(proxy.no_proxy_original(), " *.x.com ,localhost; 10.0.0.0/8:26");
        for (uri, expected) in [
            ("http://a.x.com/path", true),
            ("smtp://user@localhost:2525", true),
            ("x.com", false),
            ("10.1.2.3:26", true),
            ("smtp://10.1.2.3", false),
            ("https://[2001:db8::1]/", false),
        ] {
            assert_eq!(proxy.is_bypassed(uri).unwrap(), expected, "{uri}");
        }
        assert!(proxy.is_bypassed("http://").is_err());
        proxy.set_active(false);
        assert!(proxy.is_bypassed("anything.test").unwrap());
    }

    #[test]
    fn ports_are_numbers() {
        let proxy = proxy();
        for port in ["0", "65536", "+1", "-1", "x", "1 2"] {
            assert_eq!(proxy.set_port(port).unwrap_err().status(), Status::ArgumentOutOfRange);
        }
        proxy.set_port(" 1080 ").unwrap();
        assert_eq!(proxy.port(), "1080");
        assert!(proxy.set_address("a b").is_err() && proxy.set_address("gopher://h").is_err());
    }

    #[test]
    fn a_client_looks_again_only_where_something_changed() {
        let own = Arc::new(proxy());
        let mut client = ClientProxy::default();
        client.set_own(Some(own.clone()));
        assert_eq!(client.renewed().unwrap().unwrap().unwrap().port, 8080);
        assert!(client.renewed().unwrap().is_none());
        own.set_port("81").unwrap();
        assert_eq!(client.renewed().unwrap().unwrap().unwrap().port, 81);
        own.set_active(false);
        assert!(client.renewed().unwrap().unwrap().is_none());
        client.set_own(None);
        assert!(client.renewed().unwrap().is_some());
    }
}
