//! The session: the state of one SMTP dialogue, in the grammar of a sans-IO core.
//!
//! What came in goes to `handle_*`; what is wanted is said by `start_tls`, `authenticate`, `respond`, `submit`,
//! `begin_chunk`, `message_written` and `quit`; what has to go out and what happened is asked for by `poll_*` and [`Session::turn`].

use super::capabilities::Capabilities;
use super::envelope::{Envelope, Freight};
use super::login::Login;
use super::outcome::Outcome;
use super::plan::{Framing, Plan, Use};
use super::reply::{Reply, ReplyParser};
use super::transaction::{Stage, Transaction};
use crate::error::{Error, Phase, Result, Status};
use std::borrow::Cow;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Instant;
use trace::{Trace, trace_written};
use zeroize::{Zeroize, Zeroizing};

/// Something that happened, for the driver to act on.
#[derive(Debug)]
pub enum Event {
    /// The server has said what it can do; commands may follow.
    Greeted,
    /// The TLS handshake is due; its end is reported by [`Session::handle_tls_ready`].
    StartTls,
    /// A challenge of the login, for [`Session::respond`] or [`Session::cancel_login`].
    Challenged(Zeroizing<Vec<u8>>),
    /// The login was accepted or refused.
    Authenticated(Result<()>),
    /// The earliest of the transactions under way is over. Each that was submitted ends so, in its order.
    Finished(Outcome),
    /// The reply to [`Session::request`], whatever it says.
    Replied(Reply<'static>),
    /// The dialogue is over.
    Closed(Error),
}

/// Whose turn it is, as far as the message that was submitted last is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// The server's: its replies decide how it goes on.
    Wait,
    /// The message is to be written; its end is reported by [`Session::message_written`].
    Write,
    /// There is nothing left to be done for it.
    Over,
}

pub struct Session {
    local_domain: String,
    /// Whether the server speaks LMTP (RFC 2033): LHLO, and behind a message one reply for each recipient.
    is_lmtp: bool,
    plan: Plan,
    parser: ReplyParser,
    transmit: Vec<u8>,
    /// So many octets have gone out, messages included.
    sent: u64,
    /// What the next replies answer, in order.
    awaited: VecDeque<Awaited>,
    events: VecDeque<Event>,
    capabilities: Capabilities,
    login: Option<Login>,
    /// Those under way, in order. Replies are for the first; only the last may have something to be written.
    transactions: VecDeque<Transaction>,
    needs_reset: bool,
    /// Whether the server has accepted a message by BDAT. Before that none follows another unseen: a server that offers
    /// CHUNKING and does not know it would take messages for commands.
    has_accepted_chunks: bool,
    /// Whether a message that ran ahead went unanswered from the midst of its envelope on.
    has_lost_place: bool,
    /// Whether the connection is under TLS.
    is_protected: bool,
    greeting: String,
    deadline: Option<Instant>,
    is_closed: bool,
    trace: Option<Box<Trace>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Awaited {
    Greeting,
    Ehlo,
    Helo,
    StartTls,
    Auth,
    Reset,
    /// MAIL, RCPT or DATA.
    Command(Phase),
    /// The reply to a message that no recipient was accepted for.
    EmptyMessage,
    /// The reply to a chunk that is not the last.
    Chunk,
    Message,
    /// A command beside those of mail.
    Other,
    Quit,
}

impl Session {
    /// A session on a fresh connection. `local_domain` is what EHLO says.
    pub fn new(local_domain: String) -> Session {
        Session {
            local_domain,
            is_lmtp: false,
            plan: Plan::default(),
            parser: ReplyParser::default(),
            transmit: Vec::new(),
            sent: 0,
            awaited: VecDeque::from([Awaited::Greeting]),
            events: VecDeque::new(),
            capabilities: Capabilities::default(),
            login: None,
            transactions: VecDeque::new(),
            needs_reset: false,
            has_accepted_chunks: false,
            has_lost_place: false,
            is_protected: false,
            greeting: String::new(),
            deadline: None,
            is_closed: false,
            trace: None,
        }
    }

    pub fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    /// What the server offers and the plan makes use of.
    #[inline]
    pub fn offer(&self) -> Cow<'_, Capabilities> {
        match self.plan.chunking {
            Use::Off if self.capabilities.chunking => {
                Cow::Owned(Capabilities { chunking: false, ..self.capabilities.clone() })
            }
            _ => Cow::Borrowed(&self.capabilities),
        }
    }

    /// Octets of a chunk at most; `None` where the whole message may be one.
    pub fn chunk_size(&self) -> Option<u64> {
        self.plan.chunk_size
    }

    /// Nothing is under way: the next command may be given.
    pub fn is_idle(&self) -> bool {
        !self.is_closed
            && self.awaited.is_empty()
            && self.transactions.is_empty()
            && self.login.is_none()
    }

    pub fn is_closed(&self) -> bool {
        self.is_closed
    }

    /// How many messages have no outcome yet.
    pub fn under_way(&self) -> usize {
        self.transactions.len()
    }

    /// Whether secrets may be among the octets that go out.
    pub fn is_logging_in(&self) -> bool {
        self.login.is_some()
    }

    // What came in

    pub fn handle_bytes(&mut self, octets: &[u8]) {
        let mut octets = octets;
        while !self.is_closed {
            self.take_acceptances(&mut octets);
            if octets.is_empty() {
                return;
            }
            match self.parser.next_reply(&mut octets) {
                Ok(Some(reply)) => self.handle_reply(&reply),
                Ok(None) => {}
                // What is no reply may be an echo of the login, cut anywhere: it is not shown.
                Err(error) if self.login.is_some() => self.break_off(error.status().into()),
                Err(error) => self.break_off(error),
            }
        }
    }

    pub fn handle_eof(&mut self) {
        let what = match self.awaited.front() {
            Some(Awaited::Quit) => "closed after QUIT",
            _ => "closed by the server",
        };
        let sentence = format!("the connection was {what}");
        self.break_off(Error::new(Status::ConnectionLost, sentence));
    }

    /// The handshake that [`Event::StartTls`] asked for is done. What the server said in clear is forgotten
    /// (RFC 3207 section 4.2).
    pub fn handle_tls_ready(&mut self) {
        self.is_protected = true;
        self.capabilities = Capabilities::default();
        self.say_hello();
    }

    pub fn handle_timeout(&mut self, now: Instant) {
        if self.deadline.is_some_and(|deadline| now >= deadline) {
            let sentence = match self.phase() {
                Phase::Greeting => "the server sent no greeting in time".into(),
                Phase::Body => "the server did not take the message in time".into(),
                Phase::FinalReply => "the server sent no final reply in time".into(),
                phase => format!("the server sent no reply to {} in time", phase.name()),
            };
            self.break_off(Error::new(Status::Timeout, sentence));
        }
    }

    /// The stream failed, the content did, or the host cancelled.
    pub fn handle_failure(&mut self, error: Error) {
        self.break_off(error);
    }

    // What is wanted

    /// The time by which the replies to what is under way must be there.
    pub fn set_deadline(&mut self, deadline: Instant) {
        self.deadline = Some(deadline);
    }

    /// How the messages from here on go.
    pub fn set_plan(&mut self, plan: Plan) {
        self.plan = plan;
        if self.is_lmtp {
            // How many replies a chunk has that failed, RFC 2033 does not say.
            self.plan.chunking = Use::Off;
        }
    }

    pub fn start_tls(&mut self) {
        self.command("STARTTLS", Awaited::StartTls);
    }

    /// Whether another message may be submitted now.
    pub fn takes_message(&self) -> bool {
        let Some(last) = self.transactions.back() else {
            return self.is_idle();
        };
        let octets: u64 = self.transactions.iter().map(Transaction::window_octets).sum();
        !self.is_closed
            && last.stage == Stage::Ended
            && self.plan.pipelines(&self.capabilities)
            && (!last.is_chunked() || self.has_accepted_chunks)
            && self.transactions.len() < self.plan.window_messages
            && octets < self.plan.window_octets
    }

    /// Begins the transaction of a message. An error is one of the message alone: nothing was said to the server.
    ///
    /// `asks_first` holds the message back until its envelope is accepted, although the plan may allow it to run ahead.
    pub fn submit(
        &mut self,
        envelope: Arc<Envelope>,
        freight: Freight,
        asks_first: bool,
    ) -> Result<()> {
        let framing = self.plan.framing(&freight, &self.capabilities);
        let mut transaction = Transaction::new(envelope, freight, framing, &self.capabilities)?;
        // What a failed BDAT leaves behind is uncertain (RFC 3030 section 2), and whether it fails is not known yet.
        let follows_chunks = self.transactions.back().is_some_and(Transaction::is_chunked);
        if std::mem::take(&mut self.needs_reset) || follows_chunks {
            self.command("RSET", Awaited::Reset);
        }
        let runs_ahead = self.plan.runs_ahead(&freight, &self.capabilities);
        if framing == Framing::Chunks && runs_ahead && !asks_first {
            transaction.stage = Stage::Message;
        }
        self.transactions.push_back(transaction);
        if self.plan.pipelines(&self.capabilities) {
            self.write_commands(usize::MAX);
        } else if self.awaited.is_empty() {
            self.write_commands(1);
        }
        Ok(())
    }

    /// Whose turn it is.
    pub fn turn(&self) -> Turn {
        match self.transactions.back().map(|transaction| transaction.stage) {
            Some(Stage::Envelope) => Turn::Wait,
            Some(Stage::Message) => Turn::Write,
            Some(Stage::Ended) | None => Turn::Over,
        }
    }

    /// Whether a message waits for replies to its group of which some are there. Only where the plan does not insist on groups.
    pub fn has_part_of_group(&self) -> bool {
        let is_waiting = |transaction: &Transaction| {
            transaction.stage == Stage::Envelope && transaction.has_answer()
        };
        self.plan.pipelining == Use::Auto
            && self.capabilities.pipelining
            && !self.awaited.is_empty()
            && self.transactions.len() == 1
            && self.transactions.front().is_some_and(is_waiting)
    }

    /// How the message is to be written: as it is in chunks, or as lines with dots.
    pub fn framing(&self) -> Framing {
        self.transactions.back().map_or(Framing::Data, Transaction::framing)
    }

    /// Whether the next chunk may follow. Without pipelining each waits for the reply to the one before.
    pub fn takes_chunk(&self) -> bool {
        self.plan.pipelines(&self.capabilities) || self.awaited.is_empty()
    }

    /// The octets of a chunk of this length follow. False: none is wanted any more, since the server has refused one.
    pub fn begin_chunk(&mut self, length: u64, is_last: bool) -> bool {
        let Some(transaction) = self.transactions.back_mut() else {
            return false;
        };
        let start = self.transmit.len();
        if !transaction.write_chunk(length, is_last, &mut self.transmit) {
            return false;
        }
        trace_written(&mut self.trace, &self.transmit, start);
        self.awaited.push_back(if is_last { Awaited::Message } else { Awaited::Chunk });
        true
    }

    /// All of the message is written, and its end with it, once the octets up to `end` are out, counted from the beginning
    /// of the connection. From there on nobody but the server knows what became of it.
    pub fn message_written(&mut self, end: u64) {
        let Some(transaction) = self.transactions.back_mut() else {
            return;
        };
        transaction.end(end);
        // A message that was given up between two chunks may have all its replies.
        if self.awaited.is_empty() {
            self.finish(Transaction::refused);
        }
    }

    pub fn quit(&mut self) {
        self.command("QUIT", Awaited::Quit);
    }

    // What has to go out and what happened

    /// Appends the commands that have to go out.
    pub fn poll_transmit(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.transmit);
        if self.login.is_some() {
            self.transmit.zeroize();
        }
        self.transmit.clear();
    }

    /// So many octets more are out, commands and messages alike.
    pub fn transmitted(&mut self, octets: usize) {
        self.sent += octets as u64;
    }

    /// Whether something has happened that nobody has asked for.
    pub fn has_news(&self) -> bool {
        !self.events.is_empty()
    }

    pub fn poll_event(&mut self) -> Option<Event> {
        self.events.pop_front()
    }

    // Replies

    fn handle_reply(&mut self, reply: &Reply) {
        self.trace_reply(reply);
        let Some(awaited) = self.awaited.pop_front() else {
            return self.handle_unasked(reply);
        };
        let tells_itself =
            || matches!(awaited, Awaited::Message | Awaited::Greeting | Awaited::Other);
        if reply.code() == 421 && !tells_itself() {
            self.awaited.push_front(awaited);
            return self.close_by(reply);
        }
        match awaited {
            Awaited::Greeting => self.handle_greeting(reply),
            Awaited::Ehlo => self.handle_ehlo(reply),
            Awaited::Helo if reply.is_positive() => {
                self.capabilities = Capabilities::from_helo(reply);
                self.events.push_back(Event::Greeted);
            }
            Awaited::Helo => {
                self.refuse_hello(reply, "the server refused EHLO and HELO");
            }
            Awaited::StartTls => self.handle_start_tls(reply),
            Awaited::Auth => self.handle_auth(reply),
            // A refused RSET is no failure of the message that it was to make room for.
            Awaited::Reset => self.go_on(),
            Awaited::Command(phase) => self.handle_command_reply(phase, reply),
            Awaited::EmptyMessage => self.finish(Transaction::refused),
            Awaited::Chunk => self.handle_chunk_reply(reply),
            Awaited::Message => self.handle_message_reply(reply),
            Awaited::Other => {
                // Behind a 3xx the server waits for what this client does not have to say.
                self.is_closed |= reply.code() == 421 || reply.code() / 100 == 3;
                self.events.push_back(Event::Replied(reply.kept()));
            }
            Awaited::Quit => {
                let error = Error::new(Status::ConnectionLost, "the connection was closed by QUIT");
                self.close(error);
            }
        }
    }

    fn handle_unasked(&mut self, reply: &Reply) {
        if reply.code() == 421 {
            return self.close_by(reply);
        }
        let sentence = format!("the server spoke without being asked: {reply}");
        self.break_off(Error::new(Status::Protocol, sentence));
    }

    // Steps

    /// Without PIPELINING each command waits for the reply to the one before, and a message that goes in chunks for them all.
    fn go_on(&mut self) {
        if self.awaited.is_empty()
            && !self.write_commands(1)
            && let Some(transaction) = self.transactions.back_mut()
            && transaction.stage == Stage::Envelope
        {
            transaction.stage = Stage::Message;
        }
    }

    /// Writes the next commands of an envelope, so many at most. Returns whether there was one.
    fn write_commands(&mut self, most: usize) -> bool {
        let Some(transaction) = self.transactions.back_mut() else {
            return false;
        };
        let mut written = 0;
        while written < most {
            let start = self.transmit.len();
            let command = transaction.write_command(&self.capabilities, &mut self.transmit);
            let Some(phase) = command else { break };
            written += 1;
            trace_written(&mut self.trace, &self.transmit, start);
            self.awaited.push_back(Awaited::Command(phase));
        }
        written > 0
    }

    fn command(&mut self, line: &str, awaited: Awaited) {
        // Addresses and names are checked where they come in; this is the last door before the wire.
        if line.contains(['\r', '\n', '\0']) {
            return self.close(Status::LineBreak.into());
        }
        // A buffer that grows in between leaves a copy of a secret behind.
        self.transmit.reserve(line.len() + b"\r\n".len());
        self.transmit.extend_from_slice(line.as_bytes());
        self.transmit.extend_from_slice(b"\r\n");
        self.awaited.push_back(awaited);
        if let Some(trace) = &mut self.trace {
            trace.say(line);
        }
    }

    /// What the session is waiting for.
    fn phase(&self) -> Phase {
        match self.awaited.front() {
            Some(Awaited::Greeting) => Phase::Greeting,
            Some(Awaited::Ehlo | Awaited::Helo) => Phase::Hello,
            Some(Awaited::StartTls) => Phase::StartTls,
            Some(Awaited::Auth) => Phase::Auth,
            Some(Awaited::Command(phase)) => *phase,
            Some(Awaited::EmptyMessage) => Phase::Data,
            Some(Awaited::Chunk | Awaited::Message) => {
                let front = self.transactions.front();
                match front.is_some_and(|transaction| transaction.has_gone(self.sent)) {
                    true => Phase::FinalReply,
                    false => Phase::Body,
                }
            }
            Some(Awaited::Other) => Phase::Command,
            Some(Awaited::Quit) => Phase::Quit,
            None if self.login.is_some() => Phase::Auth,
            None if self.turn() == Turn::Write => Phase::Body,
            Some(Awaited::Reset) | None => Phase::Mail,
        }
    }
}

mod acceptance;
mod ending;
mod judgement;
#[cfg(test)]
mod ledger;
mod lmtp;
mod opening;
mod request;
#[cfg(test)]
mod tests;
pub mod trace;
