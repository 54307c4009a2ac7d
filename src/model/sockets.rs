//! Connections as a client's settings have them: the proxy, the families of addresses, the own end.

use super::lock;
use super::service_proxy::ServiceProxy;
use super::smtp_client::{Settings, SmtpClient};
use super::within;
use crate::deliver::{BindHook, Families, Outlet, Proxy, UserAgent};
use crate::error::{Error, Result, Status};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

impl SmtpClient {
    /// The client's own proxy.
    pub fn proxy(&self) -> Option<Arc<ServiceProxy>> {
        lock(&self.settings).proxy.own()
    }

    /// Nothing for that of the process.
    pub fn set_proxy(&self, proxy: Option<Arc<ServiceProxy>>) {
        self.reroute(|_| ());
        lock(&self.settings).proxy.set_own(proxy);
    }

    pub fn speaks_lmtp(&self) -> bool {
        lock(&self.settings).route.speaks_lmtp
    }

    pub fn set_speaks_lmtp(&self, speaks: bool) {
        self.reroute(|route| route.speaks_lmtp = speaks);
    }

    pub fn uses_ipv6(&self) -> bool {
        lock(&self.settings).route.outlet.families == Families::Both
    }

    pub fn set_uses_ipv6(&self, uses: bool) {
        let families = if uses { Families::Both } else { Families::Ipv4 };
        self.change_outlet(|outlet| outlet.families = families);
    }

    pub fn http_user_agent(&self) -> String {
        lock(&self.settings).route.outlet.user_agent.name().to_owned()
    }

    /// An empty name is not told.
    pub fn set_http_user_agent(&self, name: &str) -> Result<()> {
        let name = UserAgent::parse(name)?;
        self.change_outlet(|outlet| outlet.user_agent = name);
        Ok(())
    }

    /// The own end of connections that are made from now on, as far as it is not left to the system.
    pub fn local_end_point(&self) -> Option<SocketAddr> {
        lock(&self.settings).route.outlet.local
    }

    /// Empty for any address, 0 for any port.
    pub fn set_local_end_point(&self, address: &str, port: i32) -> Result<()> {
        let local = own_end(address, port)?;
        self.change_outlet(|outlet| outlet.local = local);
        Ok(())
    }

    /// Has the own end of each connection said by the host, whatever is set.
    pub fn set_on_bind(&self, hook: Option<BindHook>) {
        self.change_outlet(|outlet| outlet.bind = hook);
    }

    pub(super) fn change_outlet(&self, change: impl FnOnce(&mut Outlet)) {
        self.reroute(|route| change(Arc::make_mut(&mut route.outlet)));
    }
}

/// Nothing for any address and any port: what is empty is any address, 0 any port.
pub fn own_end(address: &str, port: i32) -> Result<Option<SocketAddr>> {
    let port = within("local port", port, 0..=i32::from(u16::MAX))? as u16;
    let literal = address.trim();
    let literal =
        literal.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(literal);
    let local = match (literal, port) {
        ("", 0) => None,
        ("", port) => Some(SocketAddr::new(Ipv4Addr::UNSPECIFIED.into(), port)),
        (literal, port) => {
            let address = literal.parse::<IpAddr>().map_err(|_| {
                let shown = address.escape_debug();
                let sentence = format!("'{shown}' is no address of IPv4 or IPv6 to bind to");
                Error::new(Status::Argument, sentence)
            })?;
            Some(SocketAddr::new(address, port))
        }
    };
    Ok(local.filter(|local| local.port() != 0 || !local.ip().is_unspecified()))
}

impl Settings {
    /// Goes through that proxy from now on, or through none.
    pub(super) fn go_through(&mut self, proxy: Option<Arc<Proxy>>) {
        if proxy.is_none() && self.route.outlet.proxy.is_none() {
            return;
        }
        let route = Arc::make_mut(&mut self.route);
        route.habits = Arc::default();
        Arc::make_mut(&mut route.outlet).proxy = proxy;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_own_end_is_an_address_and_a_port_or_any() {
        let client = SmtpClient::new("mail.test").unwrap();
        for (address, port, expected) in [
            ("", 0, None),
            ("0.0.0.0", 0, None),
            ("::", 0, None),
            ("", 2525, Some("0.0.0.0:2525")),
            ("127.0.0.1", 0, Some("127.0.0.1:0")),
            (" [::1] ", 26, Some("[::1]:26")),
        ] {
            client.set_local_end_point(address, port).unwrap();
            let local = client.local_end_point().map(|local| local.to_string());
            assert_eq!(local.as_deref(), expected);
        }
        for (address, port) in [("mail.test", 1), ("127.0.0.1", -1), ("", 65536), ("1.2.3", 0)] {
            assert!(client.set_local_end_point(address, port).is_err());
        }
        assert!(client.uses_ipv6());
        client.set_uses_ipv6(false);
        assert!(!client.uses_ipv6());
    }
}
