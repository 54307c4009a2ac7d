//! What came of one message, before anybody asks how.

use super::report::{Report, Way};
use super::span::Stopwatch;
use crate::error::Result;
use crate::smtp::{Envelope, Outcome};
use std::sync::Arc;

/// All that a report is made of. Most hosts ask no more than whether the message was accepted, and need none.
pub struct Delivery {
    pub(super) envelope: Arc<Envelope>,
    pub(super) outcome: Outcome,
    pub(super) way: Option<Way>,
    pub(super) stopwatch: Stopwatch,
}

impl Delivery {
    pub fn report(self) -> Report {
        let Delivery { envelope, outcome, way, stopwatch } = self;
        Report::new(envelope, outcome, way, stopwatch.span())
    }

    /// Success is the message accepted for every recipient.
    pub fn into_result(self) -> Result<()> {
        match self.outcome.is_whole() {
            true => Ok(()),
            false => self.report().to_result(),
        }
    }
}
