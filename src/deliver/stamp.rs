//! The clock and chance, for a message's date and name.

use crate::mime::Stamp;
use crate::net::fork;
use once_cell::sync::Lazy;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// A fresh stamp.
#[expect(clippy::disallowed_methods, reason = "this is where messages get their time from")]
pub fn stamp() -> Stamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let moment = since.as_nanos() as u64;
    // A child by fork would repeat its parent's numbers, and so it has the generation in them.
    let number = COUNT.fetch_add(1, Ordering::Relaxed) ^ u64::from(fork::generation()) << 32;
    Stamp { seconds: since.as_secs() as i64, unique: u128::from(moment) << 64 | u128::from(number) }
}

/// Counts messages, from where the system's randomness has put this process.
static COUNT: Lazy<AtomicU64> = Lazy::new(|| RandomState::new().hash_one(()).into());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_stamps_are_the_same() {
        let stamps: std::collections::HashSet<_> = (0..10_000).map(|_| stamp().unique).collect();
        assert_eq!(stamps.len(), 10_000);
    }
}
