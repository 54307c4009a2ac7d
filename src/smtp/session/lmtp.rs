//! What LMTP (RFC 2033) has otherwise: behind a message comes one reply for each recipient that was accepted.

use super::super::reply::Reply;
use super::super::transaction::Transaction;
use super::{Awaited, Plan, Session};
use crate::error::{Phase, Status};

impl Session {
    /// A session with a server of LMTP.
    pub fn lmtp(local_domain: String) -> Session {
        let mut session = Session { is_lmtp: true, ..Session::new(local_domain) };
        session.set_plan(Plan::default());
        session
    }

    pub(super) fn handle_reply_for_one(&mut self, reply: &Reply) {
        let Some(transaction) = self.transactions.front_mut() else {
            return;
        };
        let is_due = transaction.tell(reply);
        let is_closing = reply.code() == 421;
        match is_due {
            true if is_closing => {
                // It closes in the midst: for this recipient it has said so, of the others nobody knows.
                let error = reply.to_error(Status::Closing, "the server is closing the connection");
                let sent = self.sent;
                self.finish(|front| front.broken_off(&error, Phase::FinalReply, sent));
            }
            true => return self.awaited.push_front(Awaited::Message),
            false => self.finish(|front: Transaction| front.settled(None)),
        }
        if is_closing {
            self.close_by(reply);
        }
    }
}
