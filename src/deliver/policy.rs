//! How messages are delivered: what a host chooses beyond the way to its server.

use crate::smtp::Plan;
pub use crate::smtp::Use;
use std::time::Duration;

/// The settings of delivery. A policy is shared and never changed: a run keeps the one that it began with.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// Commands ahead of the replies to those before them (RFC 2920).
    pub pipelining: Use,
    /// BDAT in the place of DATA (RFC 3030).
    pub chunking: Use,
    /// Octets of a chunk; `None` is the whole message as one, where its length is known.
    pub chunk_size: Option<u64>,
    /// So many messages of a run at most are under way on one connection before their replies are there: those that are in
    /// doubt when it is lost.
    pub window_messages: usize,
    /// The same in octets. One message may always be under way, however large.
    pub window_octets: u64,
    /// Connections that a run uses at the same time.
    pub connections: usize,
    /// Connections that all calls on the client use at the same time.
    pub max_connections: Option<usize>,
    /// Messages that one connection carries.
    pub max_messages: Option<u32>,
    /// How long a kept connection may rest.
    pub max_idle: Option<Duration>,
    /// How old a connection may become.
    pub max_age: Option<Duration>,
    /// After so long a rest NOOP asks whether the connection is still alive; `None` never asks.
    pub probe_after: Option<Duration>,
    /// Messages in a second, over all connections.
    pub per_second: Option<u32>,
    /// Messages in a minute, over all connections.
    pub per_minute: Option<u32>,
    /// How often a message is tried again that the server put off with 421, 450, 451 or 454.
    pub throttle_retries: u32,
    /// The wait before the first of these attempts; it doubles each time.
    pub throttle_delay: Duration,
    /// Whether a run ends with the first message that fails.
    pub stops_on_failure: bool,
}

impl Default for Policy {
    fn default() -> Policy {
        Policy {
            pipelining: Use::Auto,
            chunking: Use::Auto,
            chunk_size: None,
            window_messages: 64,
            window_octets: 1 << 20,
            connections: 1,
            max_connections: None,
            max_messages: None,
            max_idle: Some(Duration::from_secs(5 * 60)),
            max_age: None,
            probe_after: Some(Duration::from_secs(30)),
            per_second: None,
            per_minute: None,
            throttle_retries: 0,
            throttle_delay: Duration::from_secs(1),
            stops_on_failure: false,
        }
    }
}

impl Policy {
    /// Over how many connections a run goes at most.
    pub fn crew(&self) -> usize {
        self.connections.min(self.max_connections.unwrap_or(usize::MAX)).max(1)
    }

    /// Whether there is a limit to the messages of any time.
    pub fn is_paced(&self) -> bool {
        self.per_second.is_some() || self.per_minute.is_some()
    }

    /// What of this a session has to know.
    pub fn plan(&self) -> Plan {
        Plan {
            pipelining: self.pipelining,
            chunking: self.chunking,
            chunk_size: self.chunk_size,
            window_messages: self.window_messages,
            window_octets: self.window_octets,
            ..Plan::default()
        }
    }
}
