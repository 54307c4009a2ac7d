//! What revocation checks need of a network.

use crate::error::Result;
use std::time::Duration;

/// Asks a server over HTTP. Both bring the octets of the answer's body, of `limit` at most, or say why not; each keeps its own
/// limit of time.
pub trait Fetch {
    fn get(&mut self, url: &str, limit: usize) -> Result<Vec<u8>>;

    fn post(&mut self, url: &str, content_type: &str, body: &[u8], limit: usize)
    -> Result<Vec<u8>>;

    /// From now on, all that is fetched may take so long together.
    fn allow(&mut self, _span: Duration) {}

    /// Whether there is time for anything. What is not asked for want of time has not failed.
    fn has_time(&self) -> bool {
        true
    }
}
