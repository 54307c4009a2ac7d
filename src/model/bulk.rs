//! Runs: many messages in one call.

use super::collection::Collection;
use super::mail_message::MailMessage;
use super::send_report::SendReport;
use super::smtp_client::SmtpClient;
use super::submission::Way;
use super::tally::Tally;
use crate::deliver::{
    Call, Cancel, Envelope, EnvelopeOptions, Packer, Parcel, Progress, Report, Source, Span,
    deposit, one_by_one,
};
use crate::error::{Error, Result, Status};
use std::sync::Arc;

/// Gives the next message of a run, or none behind the last.
pub type Next<'a> = dyn FnMut() -> Result<Option<Arc<MailMessage>>> + 'a;

impl SmtpClient {
    /// Sends every message that stands in the collection now, on the calling thread. An error is one from before anything was
    /// tried.
    pub fn send_collection(&self, messages: &Collection<MailMessage>) -> Result<SendReport> {
        let progress = Progress::of_run(self.on_progress());
        self.send_all(&messages.snapshot(), &self.way()?, self.driver.cancellation(), &progress)
    }

    /// Sends all of them by this way.
    pub(super) fn send_all(
        &self,
        messages: &[Arc<MailMessage>],
        way: &Way,
        cancel: &Cancel,
        progress: &Progress,
    ) -> Result<SendReport> {
        let mut reports: Vec<Option<Report>> = messages.iter().map(|_| None).collect();
        let mut coming = messages.iter().cloned();
        let source = Source { next: &mut || Ok(coming.next()), is_prompt: true };
        let ended = self.run(way, cancel, progress, source, &mut |index, report| {
            reports[index] = Some(report);
            Ok(())
        });
        let is_tried = reports.iter().any(Option::is_some);
        let (untried, ended) = match ended {
            Ok(()) => (Status::NotTried.into(), None),
            Err(error) if matches!(error.status(), Status::Cancelled | Status::Callback) => {
                (untried_because(&error), Some(error))
            }
            Err(error) if is_tried => (untried_because(&error), None),
            Err(error) => return Err(error),
        };
        let rest = |message: &MailMessage| {
            Report::unsent(message.envelope(), Error::clone(&untried), Span::default())
        };
        let all = reports.into_iter().zip(messages);
        let all = all.map(|(report, message)| report.unwrap_or_else(|| rest(message)));
        Ok(SendReport::of_run(all.collect(), ended))
    }

    /// Sends what `next` gives, on the calling thread, and tells `done` what became of each, by its number. Neither the messages
    /// nor the reports are kept. What `next` or `done` fails with ends the run.
    pub fn send_each(
        &self,
        next: &mut Next,
        done: &mut dyn FnMut(usize, SendReport) -> Result<()>,
    ) -> Result<()> {
        let mut tally = Tally::default();
        let progress = Progress::of_run(self.on_progress());
        let (way, cancel) = (self.way()?, self.driver.cancellation());
        // A host may wait for its next message, and those before it are to go meanwhile.
        let source = Source { next, is_prompt: false };
        let ended = self.run(&way, cancel, &progress, source, &mut |index, report| {
            tally.count(index, &report);
            done(index, report.into())
        });
        match ended {
            Ok(()) => tally.to_result(),
            Err(error) => Err(tally.of_all(error)),
        }
    }

    /// Hands over what `next` gives.
    fn run(
        &self,
        way: &Way,
        cancel: &Cancel,
        progress: &Progress,
        source: Source<Arc<MailMessage>>,
        done: &mut dyn FnMut(usize, Report) -> Result<()>,
    ) -> Result<()> {
        let packer = Packing { options: self.asks_for() };
        match way {
            Way::Network(terms) => {
                let call = Call { terms, cancel, progress, is_reported: true };
                self.driver.send_all(call, source, &packer, done)
            }
            Way::Directory(directory) => {
                one_by_one(&self.policy(), &packer, source.next, done, |parcel| {
                    deposit(directory, parcel)
                })
            }
        }
    }
}

/// Packs the messages of a run.
struct Packing {
    /// Those of the client, for messages that have none.
    options: Option<Arc<EnvelopeOptions>>,
}

impl Packer<Arc<MailMessage>> for Packing {
    fn pack(&self, message: &Arc<MailMessage>) -> Result<Parcel<'static>> {
        message.pack(self.options.clone())
    }

    fn is_at_hand(&self, message: &Arc<MailMessage>) -> bool {
        !message.has_parts()
    }

    fn envelope(&self, message: &Arc<MailMessage>) -> Arc<Envelope> {
        message.envelope()
    }
}

/// Why the rest of a run was not tried.
fn untried_because(error: &Error) -> Error {
    Error::new(Status::NotTried, format!("{}: {error}", Status::NotTried))
}
