//! What became of a message, for each of its recipients.

use super::span::Span;
use crate::error::{Error, Result, Status};
use crate::smtp::{Apart, Envelope, Outcome, Reply};
use std::fmt;
use std::sync::Arc;

/// What became of the message for one recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The server took the responsibility (RFC 5321 section 4.2.5).
    Delivered,
    /// The server said no.
    Refused,
    /// Nothing reached the server that it could deliver; sending again makes no duplicate.
    NotSent,
    /// The connection was lost between the message and the answer.
    InDoubt,
}

/// A sentence names so many refused recipients at most.
const MOST_NAMED: usize = 10;

/// The report of one Send.
#[derive(Debug)]
pub struct Report {
    envelope: Arc<Envelope>,
    result: Result<Acceptance>,
    apart: Apart,
    way: Option<Way>,
    span: Span,
}

/// The connection that took a message on.
#[derive(Debug, Clone)]
pub struct Way {
    pub peer: Arc<str>,
    /// The connections of a process count from 1.
    pub connection: u32,
}

/// What says that the message was accepted.
#[derive(Debug)]
pub enum Acceptance {
    /// The server's final reply.
    Reply(Reply<'static>),
    /// The file that the message stands in.
    File(String),
}

impl Report {
    pub(super) fn accepted(envelope: Arc<Envelope>, acceptance: Acceptance, span: Span) -> Report {
        Report { envelope, result: Ok(acceptance), apart: Apart::default(), way: None, span }
    }

    pub(super) fn new(
        envelope: Arc<Envelope>,
        outcome: Outcome,
        way: Option<Way>,
        span: Span,
    ) -> Report {
        let (result, mut apart) = outcome.into_parts();
        let about = |error: Error| match &way {
            Some(way) => error.with_peer(&*way.peer),
            None => error,
        };
        let result = result.map(Acceptance::Reply).map_err(about);
        let failed = apart.failed.into_iter();
        apart.failed = failed.map(|(own, error)| (own, about(error))).collect();
        Report { envelope, result, apart, way, span }
    }

    /// Success is the message accepted for every recipient.
    pub fn to_result(&self) -> Result<()> {
        let acceptance = self.result.as_ref().map_err(Error::clone)?;
        if let Some((range, error)) = self.apart.failed.first() {
            let first = &self.envelope.recipients()[range.start];
            let sentence = match error.status() {
                Status::InDoubt => format!(
                    "the message was accepted ({acceptance}); what became of it for the recipients \
                     from <{first}> on is not known: {error}"
                ),
                _ => format!(
                    "the message was accepted ({acceptance}), but not for the recipients from \
                     <{first}> on: {error}"
                ),
            };
            let error = error.clone().restated(Status::SomeRecipientsRefused, sentence);
            return Err(error.retry_is_unsafe());
        }
        let Some((first, refusal)) = self.apart.refused.first() else {
            return Ok(());
        };
        let recipients = self.envelope.recipients();
        let refused =
            self.apart.refused.iter().map(|(place, _)| format!("<{}>", recipients[*place]));
        let mut names: Vec<_> = refused.take(MOST_NAMED).collect();
        if self.apart.refused.len() > MOST_NAMED {
            names.push("...".into());
        }
        let what = format!(
            "the message was accepted ({acceptance}), but not for {} of {} recipients: {}",
            self.apart.refused.len(),
            recipients.len(),
            names.join(", ")
        );
        let what = format!("{what}; the first answer");
        let error = refusal.to_error(Status::SomeRecipientsRefused, &what);
        let error = error.about_recipient(&*recipients[*first]).connection_is_usable();
        Err(match &self.way {
            Some(way) => error.with_peer(&*way.peer),
            None => error,
        })
    }

    /// The report of a message that failed before it was given to any server.
    pub fn unsent(envelope: Arc<Envelope>, error: Error, span: Span) -> Report {
        Report::new(envelope, Outcome::failed(error.retry_is_safe()), None, span)
    }

    /// Whether the run came to this message before it ended.
    pub fn is_tried(&self) -> bool {
        self.error().is_none_or(|error| error.status() != Status::NotTried)
    }

    /// Whether the message was accepted for every recipient.
    pub fn is_success(&self) -> bool {
        self.result.is_ok() && self.apart.refused.is_empty() && self.apart.failed.is_empty()
    }

    /// The failure of the message as a whole.
    pub fn error(&self) -> Option<&Error> {
        self.result.as_ref().err()
    }

    /// What accepted the message.
    pub fn acceptance(&self) -> Option<&Acceptance> {
        self.result.as_ref().ok()
    }

    /// The server as host name, address and port, as far as one was reached.
    pub fn peer(&self) -> Option<&str> {
        let told = || self.error().and_then(Error::peer);
        self.way.as_ref().map(|way| &*way.peer).or_else(told)
    }

    /// The number of the connection that took the message on; 0 for none.
    pub fn connection(&self) -> u32 {
        self.way.as_ref().map_or(0, |way| way.connection)
    }

    pub fn span(&self) -> Span {
        self.span
    }

    pub fn recipients(&self) -> &[Arc<str>] {
        self.envelope.recipients()
    }

    pub fn verdict(&self, recipient: usize) -> Verdict {
        if self.refusal(recipient).is_some() {
            return Verdict::Refused;
        }
        match self.failure(recipient).map(Error::status) {
            None => Verdict::Delivered,
            Some(Status::InDoubt) => Verdict::InDoubt,
            Some(Status::SenderRefused | Status::MessageRefused) => Verdict::Refused,
            Some(_) => Verdict::NotSent,
        }
    }

    /// What kept the message as a whole, or its part for this recipient, from being delivered.
    pub fn failure(&self, recipient: usize) -> Option<&Error> {
        let own = self.apart.failed.iter().find(|(range, _)| range.contains(&recipient));
        own.map(|(_, error)| error).or(self.error())
    }

    /// The text of the final reply by which this recipient's copy was accepted, or the path of its file.
    pub fn acceptance_text(&self, recipient: usize) -> Option<String> {
        let acceptance =
            self.acceptance().filter(|_| self.verdict(recipient) == Verdict::Delivered);
        let behind = self.apart.accepted.partition_point(|(range, _)| range.start <= recipient);
        match behind.checked_sub(1) {
            Some(place) => acceptance.map(|_| self.apart.accepted[place].1.text()),
            None => acceptance.map(Acceptance::text),
        }
    }

    /// The server's refusal of this one recipient.
    pub fn refusal(&self, recipient: usize) -> Option<&Reply<'_>> {
        let place =
            self.apart.refused.binary_search_by_key(&recipient, |(place, _)| *place).ok()?;
        Some(&self.apart.refused[place].1)
    }
}

impl Acceptance {
    /// The server's reply code; 0 for a file.
    pub fn code(&self) -> u16 {
        match self {
            Acceptance::Reply(reply) => reply.code(),
            Acceptance::File(_) => 0,
        }
    }

    /// The text of the final reply, in which servers tell their queue id, or the path of the file.
    pub fn text(&self) -> String {
        match self {
            Acceptance::Reply(reply) => reply.text(),
            Acceptance::File(path) => path.clone(),
        }
    }
}

impl fmt::Display for Acceptance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Acceptance::Reply(reply) => reply.fmt(f),
            Acceptance::File(path) => f.write_str(path),
        }
    }
}
