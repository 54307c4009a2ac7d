//! How a client's names are resolved.

use super::smtp_client::SmtpClient;
use super::{lock, within};
use crate::deliver::{Dns, DnsMode, DnsServers};
use crate::error::Result;
use std::time::Duration;

/// The most that a host may ask of one server.
const MOST_RETRIES: i32 = 100;

impl SmtpClient {
    pub fn dns(&self) -> Dns {
        lock(&self.settings).route.outlet.dns.clone()
    }

    pub fn set_dns_mode(&self, mode: DnsMode) {
        self.change_dns(|dns| dns.mode = mode);
    }

    /// What DnsMode auto means where no name servers are set: the library's resolver, or the system's.
    pub fn set_uses_own_resolver(&self, uses: bool) {
        self.change_dns(|dns| dns.auto_is_own = uses);
    }

    pub fn set_dns_servers(&self, text: &str) -> Result<()> {
        let servers = DnsServers::parse(text)?;
        self.change_dns(|dns| dns.servers = servers);
        Ok(())
    }

    /// 0 for the usual one.
    pub fn set_dns_port(&self, port: i32) -> Result<()> {
        let port = within("port of name servers", port, 0..=i32::from(u16::MAX))? as u16;
        self.change_dns(|dns| dns.port = port);
        Ok(())
    }

    /// 0 for the library's own choice.
    pub fn set_dns_query_timeout(&self, milliseconds: i32) -> Result<()> {
        let timeout = timeout(milliseconds)?;
        self.change_dns(|dns| dns.query_timeout = timeout);
        Ok(())
    }

    /// 0 for none but Timeout.
    pub fn set_dns_total_timeout(&self, milliseconds: i32) -> Result<()> {
        let timeout = timeout(milliseconds)?;
        self.change_dns(|dns| dns.total_timeout = timeout);
        Ok(())
    }

    pub fn set_dns_retries(&self, retries: i32) -> Result<()> {
        let retries = within("number of retries", retries, 0..=MOST_RETRIES)? as usize;
        self.change_dns(|dns| dns.retries = retries);
        Ok(())
    }

    /// Empty for the keys of the root.
    pub fn set_dns_trust_anchors(&self, text: &str) -> Result<()> {
        Dns::check_trust_anchors(text)?;
        self.change_dns(|dns| dns.trust_anchors = text.trim().to_owned());
        Ok(())
    }

    fn change_dns(&self, change: impl FnOnce(&mut Dns)) {
        self.change_outlet(|outlet| change(&mut outlet.dns));
    }
}

fn timeout(milliseconds: i32) -> Result<Option<Duration>> {
    let milliseconds = within("timeout", milliseconds, 0..=i32::MAX)? as u64;
    Ok((milliseconds > 0).then_some(Duration::from_millis(milliseconds)))
}
