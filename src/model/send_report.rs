//! `INetSendReport`: what became of a message, or of each message of a run.

use super::tally::Tally;
use crate::deliver::{Report, Span};
use crate::error::{Error, Result, Status};
use std::sync::Arc;

pub use crate::deliver::Verdict;

/// The report of one message, or of a run of them.
#[derive(Debug)]
pub struct SendReport(Content);

#[derive(Debug)]
enum Content {
    Message(Report),
    Run(Run),
}

#[derive(Debug)]
struct Run {
    messages: Vec<Arc<SendReport>>,
    /// Behind the last recipient of each message, counted over all.
    ends: Vec<usize>,
    tally: Tally,
    span: Span,
    /// What the host ended the run with.
    ended: Option<Error>,
}

/// One recipient of one message.
pub struct Recipient<'a> {
    report: &'a Report,
    place: usize,
}

impl From<Report> for SendReport {
    fn from(report: Report) -> SendReport {
        SendReport(Content::Message(report))
    }
}

impl SendReport {
    /// The report of a run of these messages.
    pub fn of_run(reports: Vec<Report>, ended: Option<Error>) -> SendReport {
        let (mut tally, mut span, mut recipients) = (Tally::default(), Span::default(), 0);
        let mut ends = Vec::with_capacity(reports.len());
        for (index, report) in reports.iter().enumerate() {
            tally.count(index, report);
            span = span.hull(report.span());
            recipients += report.recipients().len();
            ends.push(recipients);
        }
        let messages = reports.into_iter().map(|report| Arc::new(report.into())).collect();
        SendReport(Content::Run(Run { messages, ends, tally, span, ended }))
    }

    /// Success is every message accepted for every recipient. A run that the host ended itself is ended by its own word.
    pub fn to_result(&self) -> Result<()> {
        match &self.0 {
            Content::Message(report) => report.to_result(),
            Content::Run(run) => match &run.ended {
                Some(error) => Err(run.tally.of_all(error.clone())),
                None => run.tally.to_result(),
            },
        }
    }

    /// How many messages there are, how many of them succeeded, failed and were not tried.
    pub fn counts(&self) -> Counts {
        let tally = match &self.0 {
            Content::Run(run) => &run.tally,
            Content::Message(report) => &Tally::of(report),
        };
        Counts {
            messages: tally.total(),
            succeeded: tally.succeeded,
            failed: tally.failed,
            not_handled: tally.not_handled,
        }
    }

    /// The report of one message. That of a message is its own.
    pub fn message(self: &Arc<Self>, index: i32) -> Result<Arc<SendReport>> {
        let messages = match &self.0 {
            Content::Message(_) => std::slice::from_ref(self),
            Content::Run(run) => &run.messages[..],
        };
        let place = usize::try_from(index).ok().and_then(|place| messages.get(place));
        place.cloned().ok_or_else(|| none_of("message", index, messages.len()))
    }

    /// The code of the reply that decided about the message as a whole; 0 for none.
    pub fn final_code(&self) -> u16 {
        let Some(report) = self.telling() else { return 0 };
        match (report.acceptance(), report.error()) {
            (Some(acceptance), _) => acceptance.code(),
            (None, error) => error.map_or(0, Error::smtp_code),
        }
    }

    /// The text of the final reply that accepted the message, or the path of its file.
    pub fn final_text(&self) -> String {
        let acceptance = self.telling().and_then(Report::acceptance);
        acceptance.map(|acceptance| acceptance.text()).unwrap_or_default()
    }

    pub fn peer(&self) -> &str {
        self.telling().and_then(Report::peer).unwrap_or_default()
    }

    /// The number of the connection that took the message on; 0 for none.
    pub fn connection(&self) -> u32 {
        self.telling().map_or(0, Report::connection)
    }

    pub fn span(&self) -> Span {
        match &self.0 {
            Content::Message(report) => report.span(),
            Content::Run(run) => run.span,
        }
    }

    /// Those of all messages, in order.
    pub fn recipient_count(&self) -> usize {
        match &self.0 {
            Content::Message(report) => report.recipients().len(),
            Content::Run(run) => run.ends.last().copied().unwrap_or(0),
        }
    }

    pub fn recipient(&self, index: i32) -> Result<Recipient<'_>> {
        let count = self.recipient_count();
        let place = usize::try_from(index).ok().filter(|&place| place < count);
        let place = place.ok_or_else(|| none_of("recipient", index, count))?;
        match &self.0 {
            Content::Message(report) => Ok(Recipient { report, place }),
            Content::Run(run) => {
                let message = run.ends.partition_point(|&end| end <= place);
                let start = message.checked_sub(1).map_or(0, |before| run.ends[before]);
                run.messages[message].recipient((place - start) as i32)
            }
        }
    }

    /// The report that speaks for all: of a run the first failure, or else the first message.
    fn telling(&self) -> Option<&Report> {
        match &self.0 {
            Content::Message(report) => Some(report),
            Content::Run(run) => run.messages.get(run.tally.first().unwrap_or(0))?.telling(),
        }
    }
}

/// Counts of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub messages: usize,
    pub succeeded: usize,
    pub failed: usize,
    pub not_handled: usize,
}

impl Recipient<'_> {
    /// The address, as it went out.
    pub fn address(&self) -> &Arc<str> {
        &self.report.recipients()[self.place]
    }

    pub fn verdict(&self) -> Verdict {
        self.report.verdict(self.place)
    }

    /// The code of the reply that refused the recipient, or the message as a whole; 0 for none.
    pub fn code(&self) -> u16 {
        match (self.report.refusal(self.place), self.report.failure(self.place)) {
            (Some(refusal), _) => refusal.code(),
            (None, error) => error.map_or(0, Error::smtp_code),
        }
    }

    pub fn enhanced_code(&self) -> String {
        let code = match (self.report.refusal(self.place), self.report.failure(self.place)) {
            (Some(refusal), _) => refusal.enhanced_code(),
            (None, error) => error.and_then(Error::enhanced_code),
        };
        code.unwrap_or_default().to_owned()
    }

    /// The text of the refusal, or what kept the message as a whole from being delivered.
    pub fn text(&self) -> String {
        match (self.report.refusal(self.place), self.report.failure(self.place)) {
            (Some(refusal), _) => refusal.text(),
            (None, error) => error.map(Error::to_string).unwrap_or_default(),
        }
    }

    /// The text of the final reply by which the recipient's copy was accepted, or the path of its file.
    pub fn final_text(&self) -> String {
        self.report.acceptance_text(self.place).unwrap_or_default()
    }
}

fn none_of(what: &str, index: i32, count: usize) -> Error {
    Error::new(Status::IndexOutOfRange, format!("{what} {index} is none of {count}"))
}
