//! The end of a dialogue, and what it means for the messages under way.

use super::super::reply::Reply;
use super::{Event, Outcome, Session, Transaction};
use crate::error::{Error, Phase, Status};
use zeroize::Zeroize;

impl Session {
    /// Whether the server fell silent behind some of the replies to an envelope, as one does that loses pipelined commands.
    pub fn has_lost_place(&self) -> bool {
        self.has_lost_place
    }

    pub(super) fn finish(&mut self, conclude: impl FnOnce(Transaction) -> Outcome) {
        if let Some(transaction) = self.transactions.pop_front() {
            let was_opened = transaction.was_opened();
            let outcome = conclude(transaction);
            // One that is under way behind it has brought what it needs.
            let is_last = self.transactions.is_empty();
            self.needs_reset |= is_last && was_opened && outcome.result.is_err();
            self.events.push_back(Event::Finished(outcome));
        }
    }

    /// The server says that it does no more: nothing behind this reply was looked at.
    pub(super) fn close_by(&mut self, reply: &Reply) {
        let error = reply.to_error(Status::Closing, "the server is closing the connection");
        self.end_all(&error.in_phase(self.phase()).retry_is_safe());
    }

    /// Ends all that is under way with the same error.
    pub(super) fn end_all(&mut self, error: &Error) {
        while !self.transactions.is_empty() {
            self.finish(|transaction| transaction.ended(error.clone()));
        }
        self.close(error.clone());
    }

    /// The dialogue cannot go on. What that means depends on how far each message was: behind its end only the server
    /// knows what became of it, before it nothing did.
    pub(super) fn break_off(&mut self, error: Error) {
        let mut phase = self.phase();
        let last = error.clone().retry_is_safe().in_phase(phase);
        let sent = self.sent;
        let fell_silent = error.status() == Status::Timeout;
        self.has_lost_place |= fell_silent
            && self.transactions.front().is_some_and(|front| front.is_answered_in_part(sent));
        while !self.transactions.is_empty() {
            self.finish(|transaction| transaction.broken_off(&error, phase, sent));
            phase = Phase::Mail;
        }
        self.close(last);
    }

    pub(super) fn close(&mut self, error: Error) {
        if !self.is_closed {
            self.is_closed = true;
            self.transmit.zeroize();
            self.trace_end(&error);
            let error = match &self.login {
                // What the server does about a login that was given up is not what it was given up for.
                Some(login) => match login.cancelled() {
                    Some(why) => why.clone().in_phase(Phase::Auth),
                    None => login.without_secrets(error),
                },
                None => error,
            };
            self.events.push_back(Event::Closed(error));
        }
    }
}

/// The server is a reply ahead or behind, or makes replies up.
pub(super) fn answer_out_of_turn(reply: &Reply) -> Error {
    Error::new(Status::Protocol, format!("the server answered out of turn: {reply}"))
}
