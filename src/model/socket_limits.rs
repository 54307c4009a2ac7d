//! The limits of a client's connections: silence, octets a second, octets at a time.

use super::smtp_client::SmtpClient;
use super::{lock, within};
use crate::deliver::Limits;
use crate::error::Result;
use std::num::{NonZeroU64, NonZeroUsize};
use std::time::Duration;

impl SmtpClient {
    pub fn limits(&self) -> Limits {
        lock(&self.settings).route.outlet.limits
    }

    /// 0 for none but Timeout.
    pub fn set_socket_timeout(&self, milliseconds: i32) -> Result<()> {
        let milliseconds = within("socket timeout", milliseconds, 0..=i32::MAX)? as u64;
        let silence = (milliseconds > 0).then_some(Duration::from_millis(milliseconds));
        self.change_limits(|limits| limits.silence = silence);
        Ok(())
    }

    /// Octets a second, 0 for as many as come.
    pub fn set_incoming_speed_limit(&self, octets: i64) -> Result<()> {
        let octets = within("speed limit", octets, 0..=i64::MAX)? as u64;
        self.change_limits(|limits| limits.incoming = NonZeroU64::new(octets));
        Ok(())
    }

    /// Octets a second, 0 for as many as go.
    pub fn set_outgoing_speed_limit(&self, octets: i64) -> Result<()> {
        let octets = within("speed limit", octets, 0..=i64::MAX)? as u64;
        self.change_limits(|limits| limits.outgoing = NonZeroU64::new(octets));
        Ok(())
    }

    /// 0 for as many as the system takes.
    pub fn send_buffer_size(&self) -> i64 {
        self.limits().at_a_time.map_or(0, |octets| octets.get() as i64)
    }

    /// Octets at a time, 0 for as many as the system takes.
    pub fn set_send_buffer_size(&self, octets: i64) -> Result<()> {
        let octets = within("send buffer size", octets, 0..=i64::from(i32::MAX))? as usize;
        self.change_limits(|limits| limits.at_a_time = NonZeroUsize::new(octets));
        Ok(())
    }

    fn change_limits(&self, change: impl FnOnce(&mut Limits)) {
        self.change_outlet(|outlet| change(&mut outlet.limits));
    }
}
