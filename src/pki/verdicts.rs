//! Verdicts that were given lately, for chains that come again: at each resumed handshake, and each new connection.

use super::verdict::Verdict;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Servers that a program talks to at a time; more of them are judged anew.
const MOST: usize = 64;
/// Chains are of a few thousand octets; a longer one is not worth the room.
const LONGEST: usize = 64 << 10;

/// What was judged: octets that name, chain and staple are all in, and their ends.
#[derive(PartialEq, Eq)]
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
    case: Case,
    judged: u64,
    verdict: Verdict,
}

/// Few enough to be looked at one by one.
#[derive(Default)]
pub(super) struct Verdicts(Mutex<Vec<Entry>>);

impl Verdicts {
    /// The verdict of the very same case, if it holds at this time.
    pub fn find(&self, case: &Case, now: u64) -> Option<Verdict> {
        let entries = self.entries();
        let entry = entries.iter().find(|entry| entry.case == *case)?;
        let holds = entry.judged <= now && now < entry.verdict.holds_until;
        holds.then(|| entry.verdict.clone())
    }

    pub fn keep(&self, case: Case, now: u64, verdict: &Verdict) {
        if !verdict.is_valid() || verdict.holds_until <= now {
            return;
        }
        let mut entries = self.entries();
        entries.retain(|entry| entry.case != case);
        if entries.len() >= MOST {
            entries.remove(0);
        }
        entries.push(Entry { case, judged: now, verdict: verdict.clone() });
    }

    fn entries(&self) -> MutexGuard<'_, Vec<Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
