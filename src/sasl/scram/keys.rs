//! The keys of earlier logins, so that a reconnect costs no iterations (RFC 5802 section 5.1).
//!
//! An entry is found by a keyed hash of all that the keys are made of, the password among it: a changed password never meets the old
//! entry, and what is kept says nothing about a password to those who lack the cache's own secret. Keys are kept only when
//! the server's signature has shown that they are the right ones.

use crate::sasl::hashes::{self, Hash, Octets, are_equal};
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use zeroize::Zeroizing;

/// Beyond this many the oldest goes.
const MOST_ENTRIES: usize = 32;

/// Shared by all clones; wiped when the last one is dropped.
#[derive(Clone, Default)]
pub struct ScramKeys(Arc<Cache>);

#[derive(Default)]
struct Cache {
    secret: OnceLock<Option<Zeroizing<[u8; 32]>>>,
    entries: Mutex<VecDeque<(Tag, Keys)>>,
}

/// ClientKey and ServerKey of RFC 5802 section 3.
#[derive(Clone)]
pub struct Keys {
    pub client: Octets,
    pub server: Octets,
}

pub struct Tag(Octets);

impl ScramKeys {
    /// What keys made of all this are found by; `None` where there is no secret to hash with.
    pub fn tag(&self, hash: Hash, salt: &[u8], iterations: u32, password: &str) -> Option<Tag> {
        let fresh = || hashes::chance::<32>().ok().map(Zeroizing::new);
        let secret = self.0.secret.get_or_init(fresh).as_ref()?;
        let parts = [salt, password.as_bytes()];
        // Room for all of it at once: growing would leave a copy of the password behind.
        let length = parts.iter().map(|part| part.len()).sum::<usize>() + 16;
        let mut text = Zeroizing::new(Vec::with_capacity(length));
        text.push(hash as u8);
        text.extend_from_slice(&iterations.to_be_bytes());
        text.extend_from_slice(&(salt.len() as u64).to_be_bytes());
        parts.iter().for_each(|part| text.extend_from_slice(part));
        Some(Tag(Hash::Sha256.hmac(&secret[..], &text)))
    }

    pub fn find(&self, tag: &Tag) -> Option<Keys> {
        let entries = self.entries();
        let entry = entries.iter().find(|(known, _)| are_equal(&known.0, &tag.0));
        entry.map(|(_, keys)| keys.clone())
    }

    pub fn keep(&self, tag: Tag, keys: Keys) {
        let mut entries = self.entries();
        if entries.iter().any(|(known, _)| are_equal(&known.0, &tag.0)) {
            return;
        }
        if entries.len() == MOST_ENTRIES {
            entries.pop_front();
        }
        entries.push_back((tag, keys));
    }

    /// A thread that panicked has left whole entries.
    fn entries(&self) -> MutexGuard<'_, VecDeque<(Tag, Keys)>> {
        self.0.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.entries().len()
    }
}

impl fmt::Debug for ScramKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ScramKeys").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Keys {
        let octets = Zeroizing::new(vec![7; 20]);
        Keys { client: octets.clone(), server: octets }
    }

    #[test]
    fn keys_are_found_by_all_that_they_are_made_of() {
        let cache = ScramKeys::default();
        let tag = |hash, salt, count, password| cache.tag(hash, salt, count, password).unwrap();
        cache.keep(tag(Hash::Sha1, b"salt", 4096, "pencil"), keys());
        assert!(cache.find(&tag(Hash::Sha1, b"salt", 4096, "pencil")).is_some());
        let others = [
            tag(Hash::Sha256, b"salt", 4096, "pencil"),
            tag(Hash::Sha1, b"salu", 4096, "pencil"),
            tag(Hash::Sha1, b"saltp", 4096, "encil"),
            tag(Hash::Sha1, b"salt", 4097, "pencil"),
            tag(Hash::Sha1, b"salt", 4096, "Pencil"),
        ];
        for other in &others {
            assert!(cache.find(other).is_none());
        }
        let tag = ScramKeys::default().tag(Hash::Sha1, b"salt", 4096, "pencil").unwrap();
        assert!(cache.find(&tag).is_none(), "each cache has a secret of its own");
    }

    #[test]
    fn the_oldest_goes_when_there_are_too_many() {
        let cache = ScramKeys::default();
        let tag = |count| cache.tag(Hash::Sha1, b"salt", count, "pencil").unwrap();
        for count in 0..=MOST_ENTRIES as u32 {
            cache.keep(tag(count), keys());
            cache.keep(tag(count), keys());
        }
        assert_eq!(cache.len(), MOST_ENTRIES);
        assert!(cache.find(&tag(0)).is_none());
        assert!(cache.find(&tag(1)).is_some());
        assert_eq!(format!("{cache:?}"), "ScramKeys { .. }");
    }
}
