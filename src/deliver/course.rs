//! The course of a message over more than one attempt: what went wrong on one, and what the next does differently.

use super::policy::{Policy, Use};
use super::route::Habits;
use super::terms::Terms;
use crate::error::{Error, Phase, Status};
use crate::smtp::{Outcome, Plan, Session};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

pub struct Course {
    pub plan: Plan,
    habits: Arc<Habits>,
}

impl Course {
    pub fn new(terms: &Terms) -> Course {
        let habits = terms.passage.route.habits.clone();
        let mut plan = terms.policy.plan();
        if plan.pipelining == Use::Auto && habits.loses_its_place.load(Ordering::Relaxed) {
            plan.pipelining = Use::Off;
        }
        if plan.chunking == Use::Auto && habits.refuses_chunks.load(Ordering::Relaxed) {
            plan.chunking = Use::Off;
        }
        Course { plan, habits }
    }

    /// Whether another attempt on a new link may fare better, and changes the plan so that it does. Never where the message
    /// may have come through. `was_kept` tells that the link had been of use before.
    pub fn corrects(&mut self, outcome: &Outcome, was_kept: bool) -> bool {
        let Err(error) = &outcome.result else {
            return false;
        };
        match error.status() {
            _ if !is_break(error) => false,
            // A link at rest may have died unnoticed.
            Status::ConnectionLost | Status::Closing | Status::Tls => was_kept,
            _ => self.changes(error),
        }
    }

    /// Leaves out of the plan what the server has shown not to know. False: there is nothing to be left out.
    fn changes(&mut self, error: &Error) -> bool {
        match error.status() {
            Status::Protocol if self.plan.pipelining == Use::Auto => {
                self.plan.pipelining = Use::Off;
                true
            }
            Status::ChunkingRefused if self.plan.chunking == Use::Auto => {
                self.plan.chunking = Use::Off;
                true
            }
            _ => false,
        }
    }

    /// Whether a link broke before the message was through, so that another may bring it.
    pub fn is_break(&self, error: &Error) -> bool {
        is_break(error)
    }

    /// Changes the plan by what a link broke of, for the messages of a run that go again.
    pub fn learns_from(&mut self, error: &Error) {
        let _ = self.changes(error);
    }

    /// A link on which the server lost its place is not to have a successor that fares the same.
    pub fn learns_of(&mut self, session: &Session) {
        if session.has_lost_place() && self.plan.pipelining == Use::Auto {
            self.plan.pipelining = Use::Off;
            self.habits.loses_its_place.store(true, Ordering::Relaxed);
        }
    }

    /// The plan has brought a message through: what had to be left out of it, this server does not know how to do.
    pub fn proves_right(&self, policy: &Policy) {
        if self.plan.pipelining != policy.pipelining {
            self.habits.loses_its_place.store(true, Ordering::Relaxed);
        }
        if self.plan.chunking != policy.chunking {
            self.habits.refuses_chunks.store(true, Ordering::Relaxed);
        }
    }
}

/// The link broke before the message was through.
fn is_break(error: &Error) -> bool {
    // An alert, or a record that is none, ends a connection as its loss does.
    let broke = [
        Status::ConnectionLost,
        Status::Closing,
        Status::Tls,
        Status::Protocol,
        Status::ChunkingRefused,
    ];
    error.is_safe_to_retry() && broke.contains(&error.status())
}

/// A login that was put off goes again so often: it may have shown a password to somebody who counts.
const MOST_LOGINS_AGAIN: u32 = 1;

/// How long a message waits that the server has put off, before its next attempt; `None` where it is not put off, or was
/// tried as often as the policy says.
pub fn wait_before_next(policy: &Policy, error: &Error, attempts: u32) -> Option<Duration> {
    let is_put_off = matches!(error.smtp_code(), 421 | 450 | 451 | 454);
    let is_refusal = error.is_safe_to_retry() && error.status() != Status::SomeRecipientsRefused;
    let most = match error.phase() {
        Some(Phase::Auth) => policy.throttle_retries.min(MOST_LOGINS_AGAIN),
        _ => policy.throttle_retries,
    };
    let waits = is_put_off && is_refusal && error.may_be_repeated() && attempts < most;
    waits.then(|| policy.throttle_delay.saturating_mul(1 << attempts.min(16)))
}
