//! The outcome of a run in numbers, which need no report to be kept.

use crate::deliver::Report;
use crate::error::{Error, Result, Status};

/// Counts messages by what became of them. They may be counted in any order.
#[derive(Debug, Default)]
pub struct Tally {
    pub succeeded: usize,
    /// For one recipient or for all.
    pub failed: usize,
    pub not_handled: usize,
    first_failure: Option<(usize, Error)>,
    first_not_handled: Option<(usize, Error)>,
    /// Whether a server may have taken anything, so that sending all again would make duplicates.
    may_have_arrived: bool,
}

impl Tally {
    pub fn of(report: &Report) -> Tally {
        let mut tally = Tally::default();
        tally.count(0, report);
        tally
    }

    pub fn count(&mut self, index: usize, report: &Report) {
        self.may_have_arrived |= report.error().is_none_or(|error| !error.is_safe_to_retry());
        if report.is_success() {
            self.succeeded += 1;
            return;
        }
        let first = match report.is_tried() {
            true => {
                self.failed += 1;
                &mut self.first_failure
            }
            false => {
                self.not_handled += 1;
                &mut self.first_not_handled
            }
        };
        if first.as_ref().is_none_or(|(earlier, _)| index < *earlier)
            && let Err(error) = report.to_result()
        {
            *first = Some((index, error));
        }
    }

    pub fn total(&self) -> usize {
        self.succeeded + self.failed + self.not_handled
    }

    /// The place of the first message that failed, or else was not tried.
    pub fn first(&self) -> Option<usize> {
        Some(self.first_trouble()?.0)
    }

    /// Success is the success of all. Else the first failure speaks, under the status of the run.
    pub fn to_result(&self) -> Result<()> {
        let Some((index, error)) = self.first_trouble() else { return Ok(()) };
        let total = self.total();
        let what = match (self.failed, self.not_handled) {
            (0, untried) => format!("{untried} of {total} messages were not tried"),
            (failed, 0) => format!("{failed} of {total} messages failed"),
            (failed, untried) => {
                format!("{failed} of {total} messages failed and {untried} were not tried")
            }
        };
        let sentence = format!("{what}; the first is message {index}, counted from 0: {error}");
        Err(self.of_all(error.clone().restated(Status::SomeMessagesFailed, sentence)))
    }

    /// An error that ends the run: whether it is safe to send all of them again is another matter than for the message that it met.
    pub fn of_all(&self, error: Error) -> Error {
        match self.may_have_arrived {
            true => error.retry_is_unsafe(),
            false => error.retry_is_safe(),
        }
    }

    fn first_trouble(&self) -> Option<&(usize, Error)> {
        self.first_failure.as_ref().or(self.first_not_handled.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deliver::Span;
    use std::sync::Arc;

    fn failed(status: Status) -> Report {
        Report::unsent(Arc::default(), status.into(), Span::default())
    }

    #[test]
    fn the_first_failure_is_the_first_by_its_place() {
        let mut tally = Tally::default();
        tally.count(0, &failed(Status::NotTried));
        tally.count(7, &failed(Status::NoSender));
        tally.count(3, &failed(Status::Timeout));
        tally.count(5, &failed(Status::NoRecipients));
        assert_eq!((tally.first(), tally.failed, tally.not_handled), (Some(3), 3, 1));
        let error = tally.to_result().unwrap_err();
        assert_eq!(error.status(), Status::SomeMessagesFailed);
        let expected = "3 of 4 messages failed and 1 were not tried; the first is message 3, counted from 0: \
            the time allowed by Timeout, or by a limit of one step, ran out";
        assert_eq!(error.message(), expected);
        // The facts are those of the first failure, and nothing of the run has arrived.
        assert!(error.is_transient() && error.is_safe_to_retry());
    }

    #[test]
    fn what_was_not_tried_speaks_where_nothing_failed() {
        let mut tally = Tally::default();
        tally.count(1, &failed(Status::NotTried));
        tally.count(0, &failed(Status::NotTried));
        let error = tally.to_result().unwrap_err();
        assert!(
            error.message().starts_with("2 of 2 messages were not tried; the first is message 0,")
        );
        assert!(Tally::default().to_result().is_ok());
    }
}
