//! Verdicts that were given lately, for chains that come again: at each resumed handshake, and each new connection.

use super::verdict::Verdict;
use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::sync::{Mutex, PoisonError};

/// Servers that a program talks to at a time; more of them are judged anew.
const MOST: usize = 64;
/// Chains are of a few thousand octets; a longer one is not worth the room.
const LONGEST: usize = 64 << 10;

/// What was judged: octets that name, chain and staple are all in, and their ends.
pub(super) struct Case(Vec<u8>);

impl Case {
    pub fn new<'a>(parts: impl Iterator<Item = &'a [u8]> + Clone) -> Option<Case> {
        let length: usize = parts.clone().map(|part| part.len() + 8).sum();
        if length > LONGEST {
            return None;
        }
        let mut octets = Vec::with_capacity(length);
        for part in parts {
            octets.extend_from_slice(&(part.len() as u64).to_be_bytes());
            octets.extend_from_slice(part);
        }
        Some(Case(octets))
    }
}

struct Entry {
    case: Vec<u8>,
    judged: u64,
    verdict: Verdict,
}

#[derive(Default)]
pub(super) struct Verdicts {
    random: RandomState,
    entries: Mutex<HashMap<u64, Entry>>,
}

impl Verdicts {
    /// The verdict of the very same case, if it holds at this time.
    pub fn find(&self, case: &Case, now: u64) -> Option<Verdict> {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = entries.get(&self.hash(case))?;
        let holds = entry.judged <= now && now < entry.verdict.holds_until;
        if !holds || entry.case != case.0 {
            return None;
        }
        Some(entry.verdict.clone())
    }

    pub fn keep(&self, case: Case, now: u64, verdict: &Verdict) {
        if !verdict.is_valid() || verdict.holds_until <= now {
            return;
        }
        let hash = self.hash(&case);
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() >= MOST && !entries.contains_key(&hash) {
            let oldest =
                entries.iter().min_by_key(|(_, entry)| entry.judged).map(|(hash, _)| *hash);
            oldest.and_then(|oldest| entries.remove(&oldest));
        }
        let entry = Entry { case: case.0, judged: now, verdict: verdict.clone() };
        entries.insert(hash, entry);
    }

    fn hash(&self, case: &Case) -> u64 {
        let mut hasher = self.random.build_hasher();
        hasher.write(&case.0);
        hasher.finish()
    }
}
