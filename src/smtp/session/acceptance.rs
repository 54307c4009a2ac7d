//! The reply that comes more often than all others together.

use super::{Awaited, Session};
use crate::error::Phase;
use memchr::memchr;

impl Session {
    /// Takes the answer that MAIL and RCPT mostly have, 250 in one line, where other replies are awaited behind it and none before it
    /// was a refusal: it changes nothing but the count. Returns whether it was there; all else is for [`Session::handle_reply`].
    pub(super) fn take_acceptance(&mut self, octets: &mut &[u8]) -> bool {
        let Some(Awaited::Command(phase @ (Phase::Mail | Phase::Rcpt))) = self.awaited.front()
        else {
            return false;
        };
        let is_simple = self.awaited.len() > 1 && self.trace.is_none() && !self.parser.is_midway();
        let Some(transaction) = self.transactions.front_mut().filter(|_| is_simple) else {
            return false;
        };
        let Some(rest) = behind_acceptance(octets).filter(|_| !transaction.has_refusal()) else {
            return false;
        };
        transaction.take_acceptance(*phase);
        self.awaited.pop_front();
        *octets = rest;
        true
    }
}

/// What comes behind a reply 250 of one line, if there is a whole one.
fn behind_acceptance(octets: &[u8]) -> Option<&[u8]> {
    let text = octets.strip_prefix(b"250 ")?;
    memchr(b'\n', text).map(|end| &text[end + 1..])
}
