//! What the process remembers about revocation: answers until their end, lists, and places that did not answer.
//!
//! Only what was checked is kept: an answer by who gave it and the certificate that it is about, a list by the place where it
//! came from (its signature is held against each issuer's key anew).

use super::crl::Crl;
use super::status::{Status, Subject};
use ring::digest::{Context, SHA256};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

const MOST_ANSWERS: usize = 1024;
const MOST_LISTS: usize = 64;
const LARGEST_LISTS: usize = 64 << 20;
const MOST_FAILURES: usize = 256;

/// For how long a place that failed is left alone.
pub(super) const REST: u64 = 600;

pub(super) struct Memory {
    answers: BTreeMap<[u8; 32], Status>,
    lists: BTreeMap<String, Arc<Crl>>,
    failures: BTreeMap<String, (u64, String)>,
}

static MEMORY: Mutex<Memory> = Mutex::new(Memory {
    answers: BTreeMap::new(),
    lists: BTreeMap::new(),
    failures: BTreeMap::new(),
});

/// Held for moments only.
pub(super) fn memory() -> MutexGuard<'static, Memory> {
    MEMORY.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Memory {
    pub fn answer(&mut self, url: &str, subject: &Subject, now: u64) -> Option<Status> {
        let key = key(url, subject);
        let answer = self.answers.get(&key)?.clone();
        if now < answer.until() {
            return Some(answer);
        }
        self.answers.remove(&key);
        None
    }

    pub fn keep_answer(&mut self, url: &str, subject: &Subject, answer: &Status, now: u64) {
        if answer.until() <= now {
            return;
        }
        self.answers.insert(key(url, subject), answer.clone());
        if self.answers.len() > MOST_ANSWERS {
            let first = self.answers.iter().min_by_key(|(_, answer)| answer.until());
            let first = first.map(|(key, _)| *key);
            first.and_then(|first| self.answers.remove(&first));
        }
    }

    pub fn list(&self, url: &str, now: u64) -> Option<Arc<Crl>> {
        self.lists.get(url).filter(|list| now < list.next_update).cloned()
    }

    pub fn keep_list(&mut self, url: &str, list: &Arc<Crl>) {
        self.lists.insert(url.to_owned(), list.clone());
        while self.lists.len() > MOST_LISTS || self.lists_size() > LARGEST_LISTS {
            let first = self.lists.iter().min_by_key(|(_, list)| list.next_update);
            let first = first.map(|(url, _)| url.clone());
            match first {
                Some(first) => self.lists.remove(&first),
                None => break,
            };
        }
    }

    fn lists_size(&self) -> usize {
        self.lists.values().map(|list| list.size()).sum()
    }

    /// Why a place failed, if that was lately.
    pub fn failure(&self, url: &str, now: u64) -> Option<String> {
        let (when, why) = self.failures.get(url)?;
        (*when <= now && now < when + REST).then(|| why.clone())
    }

    pub fn keep_failure(&mut self, url: &str, why: &str, now: u64) {
        self.failures.insert(url.to_owned(), (now, why.to_owned()));
        if self.failures.len() > MOST_FAILURES {
            let first = self.failures.iter().min_by_key(|(_, (when, _))| *when);
            let first = first.map(|(url, _)| url.clone());
            first.and_then(|first| self.failures.remove(&first));
        }
    }

    pub fn forget_failure(&mut self, url: &str) {
        self.failures.remove(url);
    }
}

fn key(url: &str, subject: &Subject) -> [u8; 32] {
    let mut context = Context::new(&SHA256);
    for part in [url.as_bytes(), subject.issuer_name, subject.issuer_spki, subject.facts.serial] {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part);
    }
    let mut key = [0; 32];
    key.copy_from_slice(context.finish().as_ref());
    key
}
