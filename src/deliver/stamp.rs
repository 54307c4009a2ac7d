//! The clock and chance, for a message's date and name.

use crate::mime::Stamp;
use crate::net::fork;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::time::{SystemTime, UNIX_EPOCH};

/// A fresh stamp.
#[expect(clippy::disallowed_methods, reason = "this is where messages get their time from")]
pub fn stamp() -> Stamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    // Keys of the system's randomness, other ones at each call of a thread. A child by fork would repeat its parent's, and
    // so the generation is hashed in.
    let chance = RandomState::new().hash_one(fork::generation());
    let moment = since.as_nanos() as u64;
    Stamp { seconds: since.as_secs() as i64, unique: u128::from(moment) << 64 | u128::from(chance) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_stamps_are_the_same() {
        let stamps: std::collections::HashSet<_> = (0..10_000).map(|_| stamp().unique).collect();
        assert_eq!(stamps.len(), 10_000);
    }
}
