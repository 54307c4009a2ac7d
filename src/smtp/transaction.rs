//! One mail transaction (RFC 5321 section 3.3): its commands in order, its replies, and the judgement on them.

use super::capabilities::Capabilities;
use super::envelope::Envelope;
use super::reply::Reply;
use crate::error::{Error, Phase, Result, Status};
use std::io::Write;
use std::sync::Arc;

/// How a transaction ended.
#[derive(Debug)]
pub struct Outcome {
    /// The final reply, or why there is none that accepts the message.
    pub result: Result<Reply>,
    /// The recipients that the server refused, by their place in the envelope, in its order.
    pub refused: Vec<(usize, Reply)>,
}

/// A transaction under way. Replies come in the order of the commands (RFC 2920 section 3.1), so counting tells which
/// reply belongs to which command; nothing is judged before all replies to MAIL, RCPT and DATA are there.
#[derive(Debug)]
pub struct Transaction {
    envelope: Arc<Envelope>,
    /// The next command to write: 0 is MAIL, then a RCPT for each recipient, then DATA.
    next_command: usize,
    mail: Option<Reply>,
    refused: Vec<(usize, Reply)>,
    replied_recipients: usize,
    data: Option<Reply>,
    pub stage: Stage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// MAIL, RCPT, DATA.
    Envelope,
    /// The message is being written.
    Message,
    /// The message and its end are out; the final reply is due.
    Ended,
}

impl Transaction {
    /// Refuses at once what the server has said it will not take.
    pub fn new(envelope: Arc<Envelope>, capabilities: &Capabilities) -> Result<Transaction> {
        if let Some(Some(limit)) = capabilities.size
            && envelope.size > limit
        {
            let size = envelope.size;
            let sentence = format!("the message has {size} octets, the server takes {limit}");
            return Err(Error::new(Status::MessageTooLarge, sentence).in_phase(Phase::Mail));
        }
        if envelope.requires_smtputf8() && !capabilities.smtputf8 {
            return Err(Error::from(Status::Smtputf8NotOffered).in_phase(Phase::Mail));
        }
        let breaks_line = |path: &String| path.contains(['\r', '\n', '\0']);
        if breaks_line(&envelope.reverse_path) || envelope.recipients.iter().any(breaks_line) {
            return Err(Error::from(Status::LineBreak).in_phase(Phase::Mail));
        }
        Ok(Transaction {
            envelope,
            next_command: 0,
            mail: None,
            refused: Vec::new(),
            replied_recipients: 0,
            data: None,
            stage: Stage::Envelope,
        })
    }

    /// Appends the next command to `out`. Returns which it is, or `None` behind DATA.
    pub fn write_command(
        &mut self,
        capabilities: &Capabilities,
        out: &mut Vec<u8>,
    ) -> Option<Phase> {
        let recipients = self.envelope.recipients.len();
        let phase = match self.next_command {
            0 => self.write_mail(capabilities, out),
            n if n <= recipients => {
                for text in ["RCPT TO:<", &self.envelope.recipients[n - 1], ">\r\n"] {
                    out.extend_from_slice(text.as_bytes());
                }
                Phase::Rcpt
            }
            n if n == recipients + 1 => {
                out.extend_from_slice(b"DATA\r\n");
                Phase::Data
            }
            _ => return None,
        };
        self.next_command += 1;
        Some(phase)
    }

    pub fn take_reply(&mut self, phase: Phase, reply: Reply) {
        match phase {
            Phase::Mail => self.mail = Some(reply),
            Phase::Rcpt => {
                let recipient = self.replied_recipients;
                self.replied_recipients += 1;
                if !reply.is_positive() {
                    self.refused.push((recipient, reply));
                }
            }
            _ => self.data = Some(reply),
        }
    }

    /// Whether the server has a transaction open that wants a RSET.
    pub fn was_opened(&self) -> bool {
        self.mail.as_ref().is_some_and(Reply::is_positive)
    }

    /// Whether all replies so far leave the message a way to somebody.
    pub fn is_hopeful(&self) -> bool {
        let someone_left = self.refused.len() < self.envelope.recipients.len();
        self.mail.as_ref().is_none_or(Reply::is_positive) && someone_left
    }

    /// The end of a transaction that the server did not let come to the message.
    pub fn refused(self) -> Outcome {
        let error = self.refusal();
        Outcome { result: Err(error.retry_is_safe().connection_is_usable()), refused: self.refused }
    }

    /// The end of a transaction by the reply to the message.
    pub fn concluded(self, reply: Reply) -> Outcome {
        let result = match reply.is_positive() {
            true => Ok(reply),
            false => {
                let error = refused_message(&reply).in_phase(Phase::FinalReply).retry_is_safe();
                // After a 421 the server closes.
                Err(if reply.code() == 421 { error } else { error.connection_is_usable() })
            }
        };
        Outcome { result, refused: self.refused }
    }

    /// The first refusal that decided: of the sender, of every recipient, of the message.
    fn refusal(&self) -> Error {
        if let Some(reply) = self.mail.as_ref().filter(|reply| !reply.is_positive()) {
            let what = format!("the server refused the sender <{}>", self.envelope.reverse_path);
            return reply.to_error(Status::SenderRefused, &what).in_phase(Phase::Mail);
        }
        if let [(first, reply), ..] = self.refused.as_slice()
            && !self.is_hopeful()
        {
            let recipient = &self.envelope.recipients[*first];
            let what = match self.refused.len() {
                1 => format!("the server refused the recipient <{recipient}>"),
                n => format!("the server refused all {n} recipients, first <{recipient}>"),
            };
            return reply
                .to_error(Status::RecipientsRefused, &what)
                .in_phase(Phase::Rcpt)
                .about_recipient(recipient);
        }
        match &self.data {
            Some(reply) => refused_message(reply).in_phase(Phase::Data),
            None => Error::from(Status::NoRecipients),
        }
    }

    fn write_mail(&self, capabilities: &Capabilities, out: &mut Vec<u8>) -> Phase {
        for text in ["MAIL FROM:<", &self.envelope.reverse_path, ">"] {
            out.extend_from_slice(text.as_bytes());
        }
        if capabilities.size.is_some() {
            write!(out, " SIZE={}", self.envelope.size).expect("a Vec takes all");
        }
        if self.envelope.requires_smtputf8() {
            out.extend_from_slice(b" SMTPUTF8");
        }
        out.extend_from_slice(b"\r\n");
        Phase::Mail
    }
}

fn refused_message(reply: &Reply) -> Error {
    reply.to_error(Status::MessageRefused, "the server refused the message")
}
