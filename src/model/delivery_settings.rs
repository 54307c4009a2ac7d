//! The settings of delivery: pipelining, chunks, connections, pace.

use super::lock;
use super::smtp_client::{Settings, SmtpClient};
use super::within;
use crate::deliver::{Policy, Use};
use crate::error::Result;
use std::sync::Arc;
use std::time::Duration;

/// Beyond this the doubled waits are longer than anybody's patience.
const MOST_RETRIES: i32 = 100;

impl SmtpClient {
    /// The settings as they are now.
    pub fn policy(&self) -> Arc<Policy> {
        lock(&self.settings).policy.clone()
    }

    pub fn set_pipelining(&self, pipelining: Use) {
        self.change(|policy| policy.pipelining = pipelining);
    }

    pub fn set_chunking(&self, chunking: Use) {
        self.change(|policy| policy.chunking = chunking);
    }

    /// 0 for the whole message as one chunk.
    pub fn set_chunk_size(&self, octets: i64) -> Result<()> {
        let octets = within("size of a chunk", octets, 0..=i64::MAX)?;
        self.change(|policy| policy.chunk_size = some(octets as u64));
        Ok(())
    }

    pub fn set_window_messages(&self, messages: i32) -> Result<()> {
        let messages = within("number of messages of a window", messages, 1..=65535)?;
        self.change(|policy| policy.window_messages = messages as usize);
        Ok(())
    }

    pub fn set_window_octets(&self, octets: i64) -> Result<()> {
        let octets = within("size of a window", octets, 1..=i64::MAX)?;
        self.change(|policy| policy.window_octets = octets as u64);
        Ok(())
    }

    /// Whether a run goes over several connections at once.
    pub fn uses_multi_connection(&self) -> bool {
        lock(&self.settings).uses_multi_connection
    }

    pub fn set_uses_multi_connection(&self, uses: bool) {
        self.change_connections(|settings| settings.uses_multi_connection = uses);
    }

    /// Over how many, if over several.
    pub fn connections_quantity(&self) -> usize {
        lock(&self.settings).connections_quantity
    }

    pub fn set_connections_quantity(&self, quantity: i32) -> Result<()> {
        let quantity = within("number of connections", quantity, 1..=1024)?;
        self.change_connections(|settings| settings.connections_quantity = quantity as usize);
        Ok(())
    }

    /// 0 for no bound, here and below.
    pub fn set_max_connections(&self, connections: i32) -> Result<()> {
        let connections = within("number of connections", connections, 0..=65535)?;
        self.change(|policy| policy.max_connections = some(connections as usize));
        Ok(())
    }

    pub fn set_max_messages(&self, messages: i32) -> Result<()> {
        let messages = within("number of messages", messages, 0..=i32::MAX)?;
        self.change(|policy| policy.max_messages = some(messages as u32));
        Ok(())
    }

    pub fn set_max_idle(&self, milliseconds: i32) -> Result<()> {
        let idle = milliseconds_of(milliseconds)?;
        self.change(|policy| policy.max_idle = some(idle));
        Ok(())
    }

    pub fn set_max_age(&self, milliseconds: i32) -> Result<()> {
        let age = milliseconds_of(milliseconds)?;
        self.change(|policy| policy.max_age = some(age));
        Ok(())
    }

    /// 0 for a probe in front of every message, -1 for none at all.
    pub fn set_probe_after(&self, milliseconds: i32) -> Result<()> {
        let milliseconds = within("time in milliseconds", milliseconds, -1..=i32::MAX)?;
        let idle = u64::try_from(milliseconds).ok().map(Duration::from_millis);
        self.change(|policy| policy.probe_after = idle);
        Ok(())
    }

    pub fn set_per_second(&self, messages: i32) -> Result<()> {
        let messages = within("number of messages", messages, 0..=i32::MAX)?;
        self.change(|policy| policy.per_second = some(messages as u32));
        Ok(())
    }

    pub fn set_per_minute(&self, messages: i32) -> Result<()> {
        let messages = within("number of messages", messages, 0..=i32::MAX)?;
        self.change(|policy| policy.per_minute = some(messages as u32));
        Ok(())
    }

    pub fn set_throttle_retries(&self, retries: i32) -> Result<()> {
        let retries = within("number of attempts", retries, 0..=MOST_RETRIES)?;
        self.change(|policy| policy.throttle_retries = retries as u32);
        Ok(())
    }

    pub fn set_throttle_delay(&self, milliseconds: i32) -> Result<()> {
        let delay = milliseconds_of(milliseconds)?;
        self.change(|policy| policy.throttle_delay = delay);
        Ok(())
    }

    pub fn set_stops_on_failure(&self, stops: bool) {
        self.change(|policy| policy.stops_on_failure = stops);
    }

    fn change(&self, change: impl FnOnce(&mut Policy)) {
        change(Arc::make_mut(&mut lock(&self.settings).policy));
    }

    fn change_connections(&self, change: impl FnOnce(&mut Settings)) {
        let mut settings = lock(&self.settings);
        change(&mut settings);
        let connections = match settings.uses_multi_connection {
            true => settings.connections_quantity,
            false => 1,
        };
        Arc::make_mut(&mut settings.policy).connections = connections;
    }
}

fn milliseconds_of(number: i32) -> Result<Duration> {
    let number = within("time in milliseconds", number, 0..=i32::MAX)?;
    Ok(Duration::from_millis(number as u64))
}

/// What a host gives 0 for is not there.
fn some<N: Default + PartialEq>(number: N) -> Option<N> {
    Some(number).filter(|number| *number != N::default())
}
