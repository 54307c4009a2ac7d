//! The pace of a client: no more messages in any second or minute than its policy allows, over all connections.

use super::policy::Policy;
use crate::net::now;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);

#[derive(Default)]
pub struct Pace {
    past: Mutex<Past>,
    /// Whether there may be a pause: a client without pace looks no further.
    has_paused: AtomicBool,
}

#[derive(Default)]
struct Past {
    /// When messages went, as far back as a limit has to know.
    times: VecDeque<Instant>,
    /// The server wants none before.
    paused_until: Option<Instant>,
}

impl Pace {
    /// Counts a message that goes now, or tells how long it has to wait.
    #[inline] // Mostly there is no pace, which then costs two tests and no call.
    pub fn claim_now(&self, policy: &Policy) -> Option<Duration> {
        match policy.is_paced() || self.has_paused.load(Ordering::Relaxed) {
            true => self.claim(policy, now()),
            false => None,
        }
    }

    /// No message of this client goes for so long.
    pub fn pause(&self, span: Duration) {
        let until = now() + span;
        let mut past = self.past.lock().unwrap_or_else(PoisonError::into_inner);
        past.paused_until = past.paused_until.max(Some(until));
        self.has_paused.store(true, Ordering::Relaxed);
    }

    fn claim(&self, policy: &Policy, now: Instant) -> Option<Duration> {
        let mut past = self.past.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(until) = past.paused_until {
            if until > now {
                return Some(until - now);
            }
            past.paused_until = None;
            self.has_paused.store(false, Ordering::Relaxed);
        }
        let limits = [(policy.per_second, SECOND), (policy.per_minute, MINUTE)];
        if limits.iter().all(|(limit, _)| limit.is_none()) {
            return None;
        }
        let waits = limits.iter().filter_map(|&(limit, span)| {
            let limit = limit? as usize;
            // The message that has to be a whole span ago for one more to have room.
            let earlier = *past.times.get(past.times.len().checked_sub(limit)?)?;
            Some((earlier + span).saturating_duration_since(now)).filter(|wait| !wait.is_zero())
        });
        if let Some(wait) = waits.max() {
            return Some(wait);
        }
        while past.times.front().is_some_and(|&time| time + MINUTE <= now) {
            past.times.pop_front();
        }
        past.times.push_back(now);
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_span_ever_has_more_than_its_limit() {
        let pace = Pace::default();
        let policy = Policy { per_second: Some(10), per_minute: Some(25), ..Policy::default() };
        let start = now();
        let (mut time, mut gone) = (start, Vec::new());
        while gone.len() < 120 {
            match pace.claim(&policy, time) {
                None => gone.push(time),
                Some(wait) => time += wait,
            }
        }
        let most = |span: Duration| {
            let within = |first: &Instant| {
                gone.iter().filter(|t| **t >= *first && **t < *first + span).count()
            };
            gone.iter().map(within).max().unwrap()
        };
        assert_eq!((most(SECOND), most(MINUTE)), (10, 25));
        // Nor does it wait longer than it has to.
        assert_eq!(time - start, MINUTE * 4 + SECOND);
    }

    #[test]
    fn a_pause_holds_everything() {
        let pace = Pace::default();
        pace.pause(MINUTE);
        let wait = pace.claim(&Policy::default(), now()).expect("a pause");
        assert!(wait > Duration::from_secs(50) && wait <= MINUTE);
        assert_eq!(pace.claim(&Policy::default(), now() + MINUTE), None);
    }
}
