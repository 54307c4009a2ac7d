//! The replies that come more often than all others together.

use super::super::reply::line_end;
use super::{Awaited, Session, Stage};
use crate::error::Phase;

impl Session {
    /// Takes the answers that the commands of an envelope mostly have, in one line each: 250 where other replies are awaited behind it,
    /// and 354 to DATA. As long as none before them was a refusal, they change nothing but the count and the stage. All else is for
    /// [`Session::handle_reply`].
    pub(super) fn take_acceptances(&mut self, octets: &mut &[u8]) {
        let is_simple = self.trace.is_none() && !self.parser.is_midway();
        let Some(transaction) = self.transactions.front_mut().filter(|_| is_simple) else { return };
        if transaction.has_refusal() || !transaction.is_hopeful() {
            return;
        }
        while let Some(Awaited::Command(phase)) = self.awaited.front().copied() {
            let code = match phase {
                Phase::Mail | Phase::Rcpt if self.awaited.len() > 1 => b"250 ",
                Phase::Data => b"354 ",
                _ => return,
            };
            let Some(rest) = behind_line(octets, code) else { return };
            *octets = rest;
            transaction.take_acceptance(phase);
            self.awaited.pop_front();
            if phase == Phase::Data {
                transaction.stage = Stage::Message;
                self.awaited.push_back(Awaited::Message);
            }
        }
    }
}

/// What comes behind a reply of one line with that code, if there is a whole one.
fn behind_line<'o>(octets: &'o [u8], code: &[u8; 4]) -> Option<&'o [u8]> {
    let text = octets.strip_prefix(code)?;
    line_end(text).map(|end| &text[end + 1..])
}
