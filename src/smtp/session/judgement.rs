//! The judgement of replies to the commands of a message and to the message, where they are not the usual ones.

use super::super::reply::Reply;
use super::ending::answer_out_of_turn;
use super::{Awaited, Session, Stage, Transaction};
use crate::error::{Phase, Status};

impl Session {
    pub(super) fn handle_command_reply(&mut self, phase: Phase, reply: &Reply) {
        let Some(transaction) = self.transactions.front_mut() else {
            return;
        };
        let accepts = match phase {
            Phase::Data => reply.code() == 354,
            _ => reply.is_positive(),
        };
        if !accepts {
            // The replies are not those to the commands any more, or the commands got lost on their way through the server.
            let is_lost = reply.code() < 400
                || reply.code() == 503
                    && self.plan.pipelines(&self.capabilities)
                    && transaction.is_in_sequence(phase);
            // The chunk that has run ahead is answered too, and that answer tells whether it was taken.
            if is_lost && (transaction.stage != Stage::Ended || reply.code() < 400) {
                return self.break_off(answer_out_of_turn(reply).in_phase(phase));
            }
            transaction.has_lost_place |= is_lost;
            transaction.take_refusal(phase, reply);
        } else if transaction.is_overturned_in(phase) {
            return self.break_off(answer_out_of_turn(reply).in_phase(phase));
        } else {
            transaction.take_acceptance(phase);
        }
        let is_hopeful = transaction.is_hopeful();
        match phase {
            Phase::Data if accepts && is_hopeful => {
                transaction.stage = Stage::Message;
                self.awaited.push_back(Awaited::Message);
                if let Some(trace) = &mut self.trace {
                    trace.ask(".");
                }
            }
            // RFC 2920 section 3.1: the server took DATA although it refused every recipient, so it gets an empty message.
            // RFC 2033 section 4.2: an empty message would have no reply at all.
            Phase::Data if accepts && self.is_lmtp => {
                self.break_off(answer_out_of_turn(reply).in_phase(phase))
            }
            Phase::Data if accepts => self.command(".", Awaited::EmptyMessage),
            Phase::Data => self.finish(Transaction::refused),
            // Of a message that has run ahead, and where DATA is out already, the reply to that decides.
            _ if !self.awaited.is_empty() || transaction.stage != Stage::Envelope => {}
            _ if !is_hopeful => self.finish(Transaction::refused),
            _ => self.go_on(),
        }
    }

    pub(super) fn handle_chunk_reply(&mut self, reply: &Reply) {
        let Some(transaction) = self.transactions.front_mut() else {
            return;
        };
        transaction.take_chunk_reply(reply);
        // The rest of a message that was given up is not coming: this was its last reply.
        let is_over = transaction.stage == Stage::Ended
            && !matches!(self.awaited.front(), Some(Awaited::Chunk | Awaited::Message));
        if is_over {
            self.finish(Transaction::refused);
        }
    }

    pub(super) fn handle_message_reply(&mut self, reply: &Reply) {
        let Some(transaction) = self.transactions.front_mut() else {
            return;
        };
        if !transaction.has_gone(self.sent) {
            // Only a server that gives the connection up answers before the end (RFC 5321 section 4.2.5).
            let error = match reply.code() < 400 {
                true => answer_out_of_turn(reply),
                false => {
                    let what = "the server refused the message before its end";
                    reply.to_error(Status::MessageRefused, what)
                }
            };
            return self.break_off(error.in_phase(Phase::Body));
        }
        let is_positive = reply.is_positive();
        if reply.code() < 400 && (!is_positive || transaction.is_overturned_in(Phase::FinalReply)) {
            return self.break_off(answer_out_of_turn(reply).in_phase(Phase::FinalReply));
        }
        if self.is_lmtp {
            return self.handle_reply_for_one(reply);
        }
        if transaction.has_lost_place && !is_positive {
            let error = answer_out_of_turn(reply).in_phase(Phase::FinalReply);
            let its_own = error.clone().retry_is_safe();
            self.finish(|transaction| transaction.ended(its_own));
            return self.break_off(error);
        }
        if transaction.is_chunked() && transaction.is_hopeful() {
            if matches!(reply.code(), 500..=504) && !self.has_accepted_chunks {
                let what = "the server offers CHUNKING and refuses it";
                let error = reply.to_error(Status::ChunkingRefused, what).retry_is_safe();
                return self.end_all(&error.in_phase(Phase::Body));
            }
            self.has_accepted_chunks |= reply.is_positive();
        }
        let keeps_words = self.plan.keeps_words;
        self.finish(|transaction| transaction.concluded(reply, keeps_words));
        if reply.code() == 421 {
            self.close_by(reply);
        }
    }
}
