//! The replies that come more often than all others together.

use super::super::reply::line_end;
use super::{Awaited, Session, Stage};
use crate::error::Phase;

impl Session {
    /// Takes the answer that a command of an envelope mostly has, in one line: 250 where other replies are awaited behind it, and 354
    /// to DATA. Where none before it was a refusal, these change nothing but the count and the stage. Returns whether it was there;
    /// all else is for [`Session::handle_reply`].
    pub(super) fn take_acceptance(&mut self, octets: &mut &[u8]) -> bool {
        let Some(Awaited::Command(phase)) = self.awaited.front().copied() else { return false };
        let code = match phase {
            Phase::Mail | Phase::Rcpt if self.awaited.len() > 1 => b"250 ",
            Phase::Data => b"354 ",
            _ => return false,
        };
        let is_simple = self.trace.is_none() && !self.parser.is_midway();
        let Some(transaction) = self.transactions.front_mut().filter(|_| is_simple) else {
            return false;
        };
        let Some(rest) = behind_line(octets, code).filter(|_| !transaction.has_refusal()) else {
            return false;
        };
        transaction.take_acceptance(phase);
        self.awaited.pop_front();
        if phase == Phase::Data {
            transaction.stage = Stage::Message;
            self.awaited.push_back(Awaited::Message);
        }
        *octets = rest;
        true
    }
}

/// What comes behind a reply of one line with that code, if there is a whole one.
fn behind_line<'o>(octets: &'o [u8], code: &[u8; 4]) -> Option<&'o [u8]> {
    let text = octets.strip_prefix(code)?;
    line_end(text).map(|end| &text[end + 1..])
}
