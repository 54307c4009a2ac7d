//! The terms of one call: the way, the policy and the time that it began with.

use super::policy::Policy;
use super::route::Passage;
use super::sight::{Note, Watched, note};
use crate::error::Error;
use std::sync::Arc;
use std::time::Duration;

pub struct Terms {
    pub passage: Passage,
    pub policy: Arc<Policy>,
    /// For a message from beginning to end; of a run, for each step that brings it on.
    pub timeout: Duration,
    /// Who looks on, if anybody does.
    pub watched: Watched,
}

impl Terms {
    /// Something that has failed is tried again.
    pub(super) fn note_retry(&self, wait: Duration, failure: Option<&Error>) {
        note(&self.watched, 0, Note::Retry, || {
            let reason = failure.map(Error::to_string).unwrap_or_default();
            format!("wait={};reason={reason}", wait.as_millis())
        });
    }
}
