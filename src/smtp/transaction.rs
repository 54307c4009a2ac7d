//! One mail transaction (RFC 5321 section 3.3): its commands in order, its replies, and the judgement on them.

use super::capabilities::Capabilities;
use super::envelope::{Body, Envelope, Freight};
use super::outcome::{Apart, Outcome};
use super::parameters::Parameters;
use super::plan::Framing;
use super::reply::Reply;
use crate::error::{Error, Phase, Result, Status};
use std::sync::Arc;

/// A transaction under way. Replies come in the order of the commands (RFC 2920 section 3.1), so counting tells which
/// reply belongs to which command; nothing is judged before all replies to MAIL, RCPT and DATA are there.
#[derive(Debug)]
pub struct Transaction {
    envelope: Arc<Envelope>,
    freight: Freight,
    framing: Framing,
    /// What the options of the envelope say to this server.
    parameters: Option<Box<Parameters>>,
    /// The next command to write: 0 is MAIL, then a RCPT for each recipient, then DATA unless the message goes by BDAT.
    next_command: usize,
    /// Whether MAIL was accepted, so that the server has a transaction open.
    was_opened: bool,
    /// The refusal of MAIL, or else of DATA or a chunk.
    refusal: Option<Box<(Phase, Reply<'static>)>>,
    refused: Vec<(usize, Reply<'static>)>,
    replied_recipients: usize,
    /// LMTP: the replies behind the message, by the places of their recipients.
    told: Vec<(usize, Reply<'static>)>,
    pub stage: Stage,
    /// The server has called a command out of sequence that was not.
    pub has_lost_place: bool,
    /// Where the message ends among all octets to the server, once that is known.
    end: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// MAIL, RCPT, DATA: the replies to them decide whether the message may follow.
    Envelope,
    /// The message is to be written.
    Message,
    /// The message and its end are written; the final reply is due.
    Ended,
}

impl Transaction {
    /// Refuses at once what the server has said it will not take.
    pub fn new(
        envelope: Arc<Envelope>,
        freight: Freight,
        framing: Framing,
        capabilities: &Capabilities,
    ) -> Result<Transaction> {
        if let (Some(Some(limit)), Some(size)) = (capabilities.size, freight.size)
            && size > limit
        {
            let sentence = format!("the message has {size} octets, the server takes {limit}");
            return Err(Error::new(Status::MessageTooLarge, sentence).in_phase(Phase::Mail));
        }
        if envelope.requires_smtputf8() && !capabilities.smtputf8 {
            return Err(Error::from(Status::Smtputf8NotOffered).in_phase(Phase::Mail));
        }
        let misfit = match freight.body {
            Body::EightBitMime if !capabilities.eight_bit_mime => {
                Some(Status::EightBitMimeNotOffered)
            }
            Body::BinaryMime if !capabilities.takes_binary() => Some(Status::BinaryMimeNotOffered),
            Body::BinaryMime if freight.length.is_none() => Some(Status::TransferEncoding),
            _ => None,
        };
        if let Some(status) = misfit {
            return Err(Error::from(status).in_phase(Phase::Mail));
        }
        if framing == Framing::Chunks && !capabilities.chunking {
            let sentence = "the server does not offer CHUNKING, which BDAT needs";
            return Err(Error::new(Status::ChunkingRefused, sentence).in_phase(Phase::Mail));
        }
        let parameters = match envelope.options() {
            Some(options) => Some(Box::new(Parameters::new(options, capabilities)?)),
            None => None,
        };
        Ok(Transaction {
            envelope,
            freight,
            framing,
            parameters,
            next_command: 0,
            was_opened: false,
            refusal: None,
            refused: Vec::new(),
            replied_recipients: 0,
            told: Vec::new(),
            stage: Stage::Envelope,
            has_lost_place: false,
            end: 0,
        })
    }

    /// Appends the next command to `out`. Returns which it is, or `None` behind DATA.
    pub fn write_command(
        &mut self,
        capabilities: &Capabilities,
        out: &mut Vec<u8>,
    ) -> Option<Phase> {
        let recipients = self.envelope.recipients().len();
        let phase = match self.next_command {
            0 => self.write_mail(capabilities, out),
            n if n <= recipients => {
                let recipient = &self.envelope.recipients()[n - 1];
                out.extend_from_slice(b"RCPT TO:<");
                out.extend_from_slice(recipient.as_bytes());
                match &self.parameters {
                    None => out.extend_from_slice(b">\r\n"),
                    Some(parameters) => {
                        out.push(b'>');
                        parameters.write_rcpt(recipient, out);
                        out.extend_from_slice(b"\r\n");
                    }
                }
                Phase::Rcpt
            }
            n if n == recipients + 1 && !self.is_chunked() => {
                out.extend_from_slice(b"DATA\r\n");
                Phase::Data
            }
            _ => return None,
        };
        self.next_command += 1;
        Some(phase)
    }

    pub fn framing(&self) -> Framing {
        self.framing
    }

    pub fn is_chunked(&self) -> bool {
        self.framing == Framing::Chunks
    }

    /// What the message takes of the window.
    pub fn window_octets(&self) -> u64 {
        self.freight.size.unwrap_or_default()
    }

    /// Appends the command in front of a chunk (RFC 3030 section 2). False: the server has refused a chunk already.
    pub fn write_chunk(&self, length: u64, is_last: bool, out: &mut Vec<u8>) -> bool {
        if self.is_refused_in(Phase::Body) {
            return false;
        }
        out.extend_from_slice(b"BDAT ");
        append_decimal(length, out);
        out.extend_from_slice(if is_last { b" LAST\r\n" } else { b"\r\n" });
        true
    }

    /// The message ends at this place among all octets to the server.
    pub fn end(&mut self, end: u64) {
        self.stage = Stage::Ended;
        self.end = end;
    }

    /// Whether all of the message has left, when so many octets have.
    pub fn has_gone(&self, sent: u64) -> bool {
        self.stage == Stage::Ended && self.end <= sent
    }

    /// MAIL, RCPT or DATA was accepted.
    pub fn take_acceptance(&mut self, phase: Phase) {
        self.was_opened |= phase == Phase::Mail;
        self.replied_recipients += usize::from(phase == Phase::Rcpt);
    }

    /// MAIL, RCPT or DATA was refused.
    pub fn take_refusal(&mut self, phase: Phase, reply: &Reply) {
        if phase == Phase::Rcpt {
            self.refused.push((self.replied_recipients, reply.kept()));
            self.replied_recipients += 1;
        } else {
            self.refusal.get_or_insert_with(|| Box::new((phase, reply.kept())));
        }
    }

    /// Takes the reply to a chunk that is not the last.
    pub fn take_chunk_reply(&mut self, reply: &Reply) {
        if !reply.is_positive() {
            self.refusal.get_or_insert_with(|| Box::new((Phase::Body, reply.kept())));
        }
    }

    /// Whether the server has accepted what makes this command one that it may not call out of sequence.
    pub fn is_in_sequence(&self, phase: Phase) -> bool {
        match phase {
            // It begins a transaction where there is none.
            Phase::Mail => true,
            Phase::Rcpt => self.was_opened,
            Phase::Data => self.was_opened && self.refused.len() < self.replied_recipients,
            _ => false,
        }
    }

    /// Whether all has gone and the server has answered a part of the envelope.
    pub fn is_answered_in_part(&self, sent: u64) -> bool {
        let recipients = self.envelope.recipients().len();
        self.has_gone(sent) && self.has_answer() && self.replied_recipients < recipients
    }

    /// Whether the server has answered MAIL.
    pub fn has_answer(&self) -> bool {
        self.was_opened || self.refusal.is_some()
    }

    /// Whether the server has a transaction open that wants a RSET.
    pub fn was_opened(&self) -> bool {
        self.was_opened
    }

    fn is_refused_in(&self, phase: Phase) -> bool {
        self.refusal.as_ref().is_some_and(|refusal| refusal.0 == phase)
    }

    /// Whether the server has refused anything yet.
    pub fn has_refusal(&self) -> bool {
        self.refusal.is_some() || !self.refused.is_empty()
    }

    /// Whether all replies so far leave the message a way to somebody.
    pub fn is_hopeful(&self) -> bool {
        self.refusal.is_none() && self.refused.len() < self.envelope.recipients().len()
    }

    /// Whether what the server accepts in this phase gives the lie to its refusals. Whoever takes a recipient has a sender, if
    /// another's, whom a refused RSET has left there; whoever takes a message has taken it for somebody.
    pub fn is_overturned_in(&mut self, phase: Phase) -> bool {
        if !self.has_refusal() {
            return false;
        }
        let is_overturned = match phase {
            Phase::Mail => false,
            Phase::Rcpt | Phase::Data => self.is_refused_in(Phase::Mail),
            _ => !self.is_hopeful(),
        };
        // Behind DATA the message is not sent, so that its refusal holds.
        if is_overturned && phase != Phase::Data {
            self.refusal = None;
            self.refused.clear();
        }
        is_overturned
    }

    /// The end of a transaction that the server did not let come to the message.
    pub fn refused(self) -> Outcome {
        let mut outcome = self.judged();
        outcome.result = outcome.result.map_err(Error::connection_is_usable);
        outcome
    }

    fn judged(self) -> Outcome {
        let error = self.decision(Phase::Rcpt);
        // Behind a refused MAIL each RCPT is refused for that, which says nothing of the recipient.
        let refused = match error.status() {
            Status::SenderRefused => Vec::new(),
            _ => self.refused,
        };
        Outcome::new(Err(error.retry_is_safe()), Apart { refused, ..Apart::default() })
    }

    /// The end of a transaction by an error that says all.
    pub fn ended(self, error: Error) -> Outcome {
        Outcome::new(Err(error), Apart { refused: self.refused, ..Apart::default() })
    }

    /// The end of a transaction together with the dialogue, in this phase, when so many octets had left.
    pub fn broken_off(self, error: &Error, phase: Phase, sent: u64) -> Outcome {
        let error = match self.has_gone(sent) {
            _ if !self.is_hopeful() => return self.judged(),
            true => {
                let sentence = format!("{error}; the message may have been delivered");
                let error = Error::new(Status::InDoubt, sentence).in_phase(Phase::FinalReply);
                match self.told.is_empty() {
                    true => error,
                    false => return self.settled(Some(error)),
                }
            }
            false => error.clone().retry_is_safe().in_phase(phase),
        };
        self.ended(error)
    }

    /// The end of a transaction by the reply to the message. Where nobody was to get it, that is the reason. The words of an acceptance
    /// that nothing else has to be said of may be of no interest.
    pub fn concluded(self, reply: &Reply, keeps_words: bool) -> Outcome {
        if !self.is_hopeful() {
            return self.refused();
        }
        let result = match reply.is_positive() {
            true if self.refused.is_empty() => {
                let reply = if keeps_words { reply.kept() } else { reply.wordless() };
                return Outcome::accepted(reply);
            }
            true => Ok(reply.kept()),
            false => {
                let error = refused_message(reply).in_phase(Phase::FinalReply).retry_is_safe();
                // After a 421 the server closes.
                Err(if reply.code() == 421 { error } else { error.connection_is_usable() })
            }
        };
        Outcome::new(result, Apart { refused: self.refused, ..Apart::default() })
    }

    /// Takes an LMTP server's reply for one recipient (RFC 2033 section 4.2). Returns whether another is due.
    pub fn tell(&mut self, reply: &Reply) -> bool {
        if let Some(place) = self.next_untold() {
            self.told.push((place, reply.kept()));
        }
        self.next_untold().is_some()
    }

    /// The accepted recipient that the next reply behind the message is for.
    fn next_untold(&self) -> Option<usize> {
        let from = self.told.last().map_or(0, |(place, _)| place + 1);
        let is_refused =
            |place: &usize| self.refused.binary_search_by_key(place, |(place, _)| *place).is_ok();
        (from..self.envelope.recipients().len()).find(|place| !is_refused(place))
    }

    /// The end of a transaction by what the server said for each recipient; where it did not come to all of them, by what kept it.
    pub fn settled(mut self, in_doubt: Option<Error>) -> Outcome {
        let recipients = self.envelope.recipients().len();
        let untold = in_doubt.and_then(|error| Some((self.next_untold()?..recipients, error)));
        let is_closing = self.told.last().is_some_and(|(_, reply)| reply.code() == 421);
        let told = std::mem::take(&mut self.told);
        let (accepted, refused): (Vec<_>, Vec<_>) =
            told.into_iter().partition(|(_, reply)| reply.is_positive());
        self.refused.extend(refused);
        self.refused.sort_by_key(|(place, _)| *place);
        let result = match (accepted.last(), &untold) {
            (Some((_, reply)), _) => Ok(reply.clone()),
            (None, Some((_, error))) => Err(error.clone()),
            (None, None) => {
                let error = self.decision(Phase::FinalReply).retry_is_safe();
                Err(if is_closing { error } else { error.connection_is_usable() })
            }
        };
        let accepted = accepted.into_iter().map(|(place, reply)| (place..place + 1, reply));
        let failed = untold.into_iter().collect();
        Outcome::new(result, Apart { refused: self.refused, accepted: accepted.collect(), failed })
    }

    /// The first refusal that decided: of the sender, of every recipient, of the message. `of_last` is the phase in which the last
    /// recipient was refused.
    fn decision(&self, of_last: Phase) -> Error {
        if let Some((Phase::Mail, reply)) = self.refusal.as_deref() {
            let what = format!("the server refused the sender <{}>", self.envelope.reverse_path());
            return reply.to_error(Status::SenderRefused, &what).in_phase(Phase::Mail);
        }
        if let [(first, reply), ..] = self.refused.as_slice()
            && self.refused.len() == self.envelope.recipients().len()
        {
            let recipient = &self.envelope.recipients()[*first];
            let what = match self.refused.len() {
                1 => format!("the server refused the recipient <{recipient}>"),
                n => format!("the server refused all {n} recipients, first <{recipient}>"),
            };
            return reply
                .to_error(Status::RecipientsRefused, &what)
                .in_phase(of_last)
                .about_recipient(&**recipient);
        }
        match self.refusal.as_deref() {
            Some((phase, reply)) => refused_message(reply).in_phase(*phase),
            None => Error::from(Status::NoRecipients),
        }
    }

    fn write_mail(&self, capabilities: &Capabilities, out: &mut Vec<u8>) -> Phase {
        out.extend_from_slice(b"MAIL FROM:<");
        out.extend_from_slice(self.envelope.reverse_path().as_bytes());
        out.push(b'>');
        if let (Some(_), Some(size)) = (capabilities.size, self.freight.size) {
            out.extend_from_slice(b" SIZE=");
            append_decimal(size, out);
        }
        out.extend_from_slice(match self.freight.body {
            Body::SevenBit => b"",
            Body::EightBitMime => b" BODY=8BITMIME",
            Body::BinaryMime => b" BODY=BINARYMIME",
        });
        if self.envelope.requires_smtputf8() {
            out.extend_from_slice(b" SMTPUTF8");
        }
        if let Some(parameters) = &self.parameters {
            parameters.write_mail(out);
        }
        out.extend_from_slice(b"\r\n");
        Phase::Mail
    }
}

fn append_decimal(number: u64, out: &mut Vec<u8>) {
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

fn refused_message(reply: &Reply) -> Error {
    reply.to_error(Status::MessageRefused, "the server refused the message")
}
