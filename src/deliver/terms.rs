//! The terms of one call: the way, the policy and the time that it began with.

use super::policy::Policy;
use super::route::Passage;
use std::sync::Arc;
use std::time::Duration;

pub struct Terms {
    pub passage: Passage,
    pub policy: Arc<Policy>,
    /// For a message from beginning to end; of a run, for each step that brings it on.
    pub timeout: Duration,
}
