//! How connections leave this machine, and the way from here to one server.

use super::connect::connect;
use super::dns::Dns;
use super::limits::Limits;
use super::local::{connect_local, local_path};
use super::proxy::{self, Kind, Proxy, Reached, Target};
use super::resolve::resolve;
use super::stream::{Remote, Stream};
use super::tls::{ConnectionInfo, Tls};
use super::tunnel::Through;
use super::user_agent::UserAgent;
use super::wait::Watch;
use crate::error::{Error, Phase, Result, Status};
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// The families of addresses that may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Families {
    /// IPv6 and IPv4.
    #[default]
    Both,
    Ipv4,
}

/// Is asked for the own end of a connection to an address: nothing for any.
#[derive(Clone)]
pub struct BindHook(pub Arc<dyn Fn(SocketAddr) -> Result<Option<SocketAddr>> + Send + Sync>);

impl fmt::Debug for BindHook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BindHook")
    }
}

/// What a host has chosen for its connections.
#[derive(Debug, Clone, Default)]
pub struct Outlet {
    pub proxy: Option<Arc<Proxy>>,
    pub families: Families,
    /// The own end: an address, or any, and a port, 0 for any.
    pub local: Option<SocketAddr>,
    /// Who says the own end of each connection, in the place of `local`.
    pub bind: Option<BindHook>,
    pub limits: Limits,
    pub dns: Dns,
    pub user_agent: UserAgent,
}

impl Outlet {
    /// The proxy that leads to a server, if any does.
    pub fn proxy_for(&self, host: &str, port: u16) -> Option<&Arc<Proxy>> {
        let is_elsewhere = local_path(host).is_none();
        self.proxy.as_ref().filter(|proxy| is_elsewhere && !proxy.bypass.covers(host, port))
    }

    /// The own end of a connection to that address, as far as it is not left to the system.
    pub fn local_for(&self, address: SocketAddr) -> Result<Option<SocketAddr>> {
        match &self.bind {
            Some(BindHook(hook)) => hook(address),
            None => Ok(self.local),
        }
    }

    /// The addresses of a host that may be used. `tls` is that of the client, for name servers.
    pub fn resolve(
        &self,
        (host, port): (&str, u16),
        tls: &Arc<Tls>,
        watch: Watch,
    ) -> Result<Vec<SocketAddr>> {
        fitting(resolve((host, port), &self.dns, tls, watch)?, self.families, host)
    }

    /// Whether anybody answers at an address.
    pub fn knock(&self, host: &str, address: SocketAddr, watch: Watch) -> Result<()> {
        connect(host, &[address], self, watch).map(drop)
    }

    pub fn without_proxy(&self) -> Outlet {
        Outlet { proxy: None, ..self.clone() }
    }

    /// The same, with the addresses that lead to its proxy.
    pub fn to_proxy(&self, proxy: &Proxy) -> Outlet {
        Outlet { families: proxy.families, ..self.clone() }
    }
}

/// The way to one server, as far as names lead to it.
pub struct Way<'a> {
    host: &'a str,
    tls: &'a Arc<Tls>,
    outlet: Outlet,
    proxy: Option<&'a Arc<Proxy>>,
    /// Those of the server, or of the proxy.
    addresses: Vec<SocketAddr>,
    /// What a proxy is told, one after the other until it gets through.
    targets: Vec<Target>,
}

impl<'a> Way<'a> {
    /// Resolves what has to be resolved here.
    pub fn find(
        (host, port): (&'a str, u16),
        outlet: &'a Outlet,
        tls: &'a Arc<Tls>,
        watch: Watch,
    ) -> Result<Way<'a>> {
        let Some(proxy) = outlet.proxy_for(host, port) else {
            let addresses = match local_path(host) {
                Some(_) => Vec::new(),
                None => outlet.resolve((host, port), tls, watch)?,
            };
            let outlet = outlet.clone();
            return Ok(Way { host, tls, outlet, proxy: None, addresses, targets: Vec::new() });
        };
        let targets = targets(proxy, (host, port), outlet, tls, watch)?;
        let outlet = outlet.to_proxy(proxy);
        let addresses = addresses_of(proxy, &outlet.dns, tls, watch)?;
        Ok(Way { host, tls, outlet, proxy: Some(proxy), addresses, targets })
    }

    /// Those of the server, or of the proxy.
    pub fn addresses(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// What is to be known of it where nobody was reached.
    pub fn unreached(&self) -> ConnectionInfo {
        let address = self.addresses.first().map(|address| Remote::from(*address));
        let path = local_path(self.host).map(|path| Remote::Path(path.into()));
        let through = self.proxy.map(|proxy| Through::new(proxy));
        ConnectionInfo { remote: address.or(path), through, ..ConnectionInfo::unreached() }
    }

    /// A stream that ends at the server.
    pub fn open(&self, watch: Watch) -> Result<Stream> {
        if let Some(path) = local_path(self.host) {
            return connect_local(path, self.outlet.limits, watch);
        }
        let Some(proxy) = self.proxy else {
            return connect(self.host, &self.addresses, &self.outlet, watch);
        };
        let Way { outlet, tls, addresses, .. } = self;
        let reached = Reached { proxy, addresses, outlet, tls };
        let mut failure = Error::from(Status::ProxyProtocol);
        for (tried, target) in self.targets.iter().enumerate() {
            match proxy::open(reached, target, watch.share(self.targets.len() - tried)) {
                Ok(stream) => return Ok(stream),
                Err(error) if is_of_one_target(&error) => failure = error,
                Err(error) => return Err(error),
            }
        }
        Err(failure)
    }
}

/// Whether another address of the server may fare better.
fn is_of_one_target(error: &Error) -> bool {
    let statuses = [
        Status::ProxyServerUnreachable,
        Status::ProxyRefused,
        Status::ProxyUnsupported,
        Status::Timeout,
    ];
    statuses.contains(&error.status())
}

/// What the proxy is told of the server: its name, or its addresses where names are resolved here.
fn targets(
    proxy: &Proxy,
    (host, port): (&str, u16),
    outlet: &Outlet,
    tls: &Arc<Tls>,
    watch: Watch,
) -> Result<Vec<Target>> {
    let of_proxy = |error: Error| {
        let sentence = format!("{}: {error}", proxy.shown());
        error.map_message(|_| sentence).in_phase(Phase::Proxy).retry_is_safe()
    };
    let told = Target::parse(host, port);
    if matches!(told, Ok(Target::Address(_))) || !proxy.resolves_here && proxy.kind != Kind::Socks4
    {
        return Ok(vec![told.map_err(of_proxy)?]);
    }
    let mut addresses = match (outlet.resolve((host, port), tls, watch), told) {
        // What cannot be resolved here the proxy may know: SOCKS4 has grown to SOCKS4a long ago.
        (Err(error), Ok(name)) if !proxy.resolves_here && error.status() == Status::Resolve => {
            return Ok(vec![name]);
        }
        (resolved, _) => resolved?,
    };
    if matches!(proxy.kind, Kind::Socks4 | Kind::Socks4a)
        && addresses.iter().any(SocketAddr::is_ipv4)
    {
        addresses.retain(SocketAddr::is_ipv4);
    }
    Ok(addresses.into_iter().map(Target::Address).collect())
}

/// The addresses of a proxy.
pub fn addresses_of(
    proxy: &Proxy,
    dns: &Dns,
    tls: &Arc<Tls>,
    watch: Watch,
) -> Result<Vec<SocketAddr>> {
    let addresses = resolve((&proxy.host, proxy.port), dns, tls, watch)
        .and_then(|all| fitting(all, proxy.families, &proxy.host));
    addresses.map_err(|error| {
        let sentence = format!("{}: {error}", proxy.shown());
        error.map_message(|_| sentence)
    })
}

/// Those that may be used.
fn fitting(
    mut addresses: Vec<SocketAddr>,
    families: Families,
    host: &str,
) -> Result<Vec<SocketAddr>> {
    if families == Families::Both {
        return Ok(addresses);
    }
    addresses.retain(|address| matches!(address.ip().to_canonical(), IpAddr::V4(_)));
    match addresses.is_empty() {
        false => Ok(addresses),
        true => {
            let sentence = format!("'{host}' has addresses of IPv6 alone, and UseIPv6 is off");
            Err(Error::new(Status::Resolve, sentence).in_phase(Phase::Resolve).retry_is_safe())
        }
    }
}
