//! Content that is read while a message is written.

use crate::error::Result;

/// Content of a known length that can be read at any place, any number of times: a retry reads it again.
pub trait Source: Send + Sync {
    /// The length in octets that the message is built for.
    fn length(&self) -> u64;

    /// Fills `into` from `offset` on. Fewer octets than asked for are an error, as is content beyond the length.
    fn read_exact_at(&self, offset: u64, into: &mut [u8]) -> Result<()>;
}
