//! The session: the state of one SMTP dialogue, in the grammar of a sans-IO core.
//!
//! What came in goes to `handle_*`; what is wanted is said by `start_tls`, `authenticate`, `submit`, `message_written`
//! and `quit`; what has to go out and what happened is asked for by `poll_*`.

use super::capabilities::Capabilities;
use super::envelope::{Envelope, Freight};
use super::reply::{Reply, ReplyParser};
use super::transaction::{Outcome, Stage, Transaction};
use crate::error::{Error, Phase, Result, Status};
use crate::sasl::Mechanism;
use encodify::base64;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Instant;
use zeroize::{Zeroize, Zeroizing};

/// A longer AUTH command might not fit the server's line (RFC 5321 section 4.5.3.1.4): the response goes out by itself.
const LONGEST_AUTH_COMMAND: usize = 512;

/// No mechanism needs more challenges than this.
const MOST_CHALLENGES: u32 = 32;

/// Something that happened, for the driver to act on.
#[derive(Debug)]
pub enum Event {
    /// The server has said what it can do; commands may follow.
    Greeted,
    /// The TLS handshake is due; its end is reported by [`Session::handle_tls_ready`].
    StartTls,
    /// The login was accepted or refused.
    Authenticated(Result<()>),
    /// The server waits for the message; its end is reported by [`Session::message_written`].
    WriteMessage,
    /// The transaction is over; the session takes the next.
    Finished(Outcome),
    /// The dialogue is over.
    Closed(Error),
}

pub struct Session {
    local_domain: String,
    parser: ReplyParser,
    transmit: Vec<u8>,
    transmitted: usize,
    /// What the next replies answer, in order.
    awaited: VecDeque<Awaited>,
    events: VecDeque<Event>,
    capabilities: Capabilities,
    login: Option<LoginRun>,
    transaction: Option<Transaction>,
    needs_reset: bool,
    deadline: Option<Instant>,
    is_closed: bool,
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
    Message,
    Quit,
}

struct LoginRun {
    mechanism: Box<dyn Mechanism>,
    /// The response that did not fit into the AUTH command.
    held_response: Option<Zeroizing<Vec<u8>>>,
    challenges: u32,
    /// What was said, in base64: some servers repeat it in their refusal.
    said: Vec<Zeroizing<String>>,
    /// Why the run was given up; the server's answer to `*` is still due.
    cancelled: Option<Error>,
}

impl Session {
    /// A session on a fresh connection. `local_domain` is what EHLO says.
    pub fn new(local_domain: String) -> Session {
        Session {
            local_domain,
            parser: ReplyParser::default(),
            transmit: Vec::new(),
            transmitted: 0,
            awaited: VecDeque::from([Awaited::Greeting]),
            events: VecDeque::new(),
            capabilities: Capabilities::default(),
            login: None,
            transaction: None,
            needs_reset: false,
            deadline: None,
            is_closed: false,
        }
    }

    pub fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    /// Nothing is under way: the next command may be given.
    pub fn is_idle(&self) -> bool {
        !self.is_closed && self.awaited.is_empty() && self.transaction.is_none()
    }

    // What came in

    pub fn handle_bytes(&mut self, octets: &[u8]) {
        // Replies are parts of the parser, which therefore stands aside.
        let mut parser = std::mem::take(&mut self.parser);
        parser.push(octets);
        while !self.is_closed {
            match parser.next_reply() {
                Ok(Some(reply)) => self.handle_reply(&reply),
                Ok(None) => break,
                // What is no reply may be an echo of the login, cut anywhere: it is not shown.
                Err(error) if self.login.is_some() => self.break_off(error.status().into()),
                Err(error) => self.break_off(error),
            }
        }
        self.parser = parser;
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
        self.capabilities = Capabilities::default();
        self.say_hello();
    }

    pub fn handle_timeout(&mut self, now: Instant) {
        if self.deadline.is_some_and(|deadline| now >= deadline) {
            let sentence = match self.phase() {
                Phase::Greeting => "the server sent no greeting in time \
                     (a port that expects TLS at once, such as 465, stays silent)"
                    .into(),
                Phase::Body => "the server did not take the message in time".into(),
                Phase::FinalReply => "the server sent no final reply in time".into(),
                phase => format!("the server sent no reply to {} in time", phase.name()),
            };
            self.break_off(Error::new(Status::Timeout, sentence));
        }
    }

    /// The stream failed, or the host cancelled.
    pub fn handle_failure(&mut self, error: Error) {
        self.break_off(error);
    }

    // What is wanted

    /// The time by which the replies to what is under way must be there.
    pub fn set_deadline(&mut self, deadline: Instant) {
        self.deadline = Some(deadline);
    }

    pub fn start_tls(&mut self) {
        self.command("STARTTLS", Awaited::StartTls);
    }

    pub fn authenticate(&mut self, mut mechanism: Box<dyn Mechanism>) {
        // Room for all of it at once: growing would leave a copy of the secret behind.
        let mut command = Zeroizing::new(String::with_capacity(LONGEST_AUTH_COMMAND));
        command.push_str("AUTH ");
        command.push_str(mechanism.name());
        let mut held_response = None;
        let mut said = Vec::new();
        if let Some(response) = mechanism.initial_response() {
            let encoded = encode_response(&response);
            // An empty response is sent as "=" (RFC 4954 section 4).
            let shown = if encoded.is_empty() { "=" } else { encoded.as_str() };
            if command.len() + shown.len() + " \r\n".len() <= LONGEST_AUTH_COMMAND {
                command.push(' ');
                command.push_str(shown);
                said.push(encoded);
            } else {
                held_response = Some(response);
            }
        }
        self.command(&command, Awaited::Auth);
        self.login =
            Some(LoginRun { mechanism, held_response, challenges: 0, said, cancelled: None });
    }

    pub fn submit(&mut self, envelope: Arc<Envelope>, freight: Freight) {
        match Transaction::new(envelope, freight, &self.capabilities) {
            Ok(transaction) => self.transaction = Some(transaction),
            Err(error) => {
                let result = Err(error.retry_is_safe().connection_is_usable());
                return self
                    .events
                    .push_back(Event::Finished(Outcome { result, refused: Vec::new() }));
            }
        }
        if std::mem::take(&mut self.needs_reset) {
            self.command("RSET", Awaited::Reset);
        }
        if self.capabilities.pipelining {
            while self.write_next_command() {}
        } else if self.awaited.is_empty() {
            self.write_next_command();
        }
    }

    /// Whether the message is to be written as it is, without dots and end.
    pub fn is_chunked(&self) -> bool {
        self.transaction.as_ref().is_some_and(Transaction::is_chunked)
    }

    /// The message and its terminator are out: from here on nobody but the server knows what became of it.
    pub fn message_written(&mut self) {
        if let Some(transaction) = &mut self.transaction {
            transaction.stage = Stage::Ended;
        }
    }

    pub fn quit(&mut self) {
        self.command("QUIT", Awaited::Quit);
    }

    // What has to go out and what happened

    /// Octets for the server, until [`Session::transmitted`] says that they are out.
    pub fn poll_transmit(&self) -> Option<&[u8]> {
        let octets = &self.transmit[self.transmitted..];
        (!octets.is_empty()).then_some(octets)
    }

    pub fn transmitted(&mut self, octets: usize) {
        self.transmitted += octets;
        if self.transmitted == self.transmit.len() {
            // A login may have been in there.
            if self.login.is_some() {
                self.transmit.zeroize();
            }
            self.transmit.clear();
            self.transmitted = 0;
        }
    }

    pub fn poll_event(&mut self) -> Option<Event> {
        self.events.pop_front()
    }

    /// The recipients that the server refused before the dialogue broke off.
    pub fn take_refused(&mut self) -> Vec<(usize, Reply<'static>)> {
        self.transaction.take().map(Transaction::into_refused).unwrap_or_default()
    }

    /// Whether [`Session::poll_event`] has something to say.
    pub fn has_event(&self) -> bool {
        !self.events.is_empty()
    }

    // Replies

    fn handle_reply(&mut self, reply: &Reply) {
        let Some(awaited) = self.awaited.pop_front() else {
            return self.handle_unasked(reply);
        };
        if reply.code() == 421 && !matches!(awaited, Awaited::Message | Awaited::Greeting) {
            self.awaited.push_front(awaited);
            return self.close_by(reply);
        }
        match awaited {
            Awaited::Greeting => self.handle_greeting(reply),
            Awaited::Ehlo => self.handle_ehlo(reply),
            Awaited::Helo if reply.is_positive() => self.events.push_back(Event::Greeted),
            Awaited::Helo => {
                let what = "the server refused EHLO and HELO";
                self.close(reply.to_error(Status::HelloRefused, what).in_phase(Phase::Hello));
            }
            Awaited::StartTls => self.handle_start_tls(reply),
            Awaited::Auth => self.handle_auth(reply),
            // A refused RSET is no failure of the message that it was to make room for.
            Awaited::Reset => self.go_on(),
            Awaited::Command(phase) => self.handle_command_reply(phase, reply),
            Awaited::EmptyMessage => self.finish(Transaction::refused),
            Awaited::Message => self.handle_message_reply(reply),
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

    fn handle_greeting(&mut self, reply: &Reply) {
        if reply.code() == 220 {
            return self.say_hello();
        }
        let what = "the server does not accept mail";
        self.close(reply.to_error(Status::ServiceUnavailable, what).in_phase(Phase::Greeting));
    }

    fn handle_ehlo(&mut self, reply: &Reply) {
        if reply.is_positive() {
            self.capabilities = Capabilities::from_ehlo(reply);
            self.events.push_back(Event::Greeted);
        } else if reply.code() / 100 == 5 {
            // RFC 5321 section 4.1.1.1: an old server may know HELO only.
            let command = format!("HELO {}", self.local_domain);
            self.command(&command, Awaited::Helo);
        } else {
            let what = "the server refused EHLO";
            self.close(reply.to_error(Status::HelloRefused, what).in_phase(Phase::Hello));
        }
    }

    fn handle_start_tls(&mut self, reply: &Reply) {
        let error = match (reply.code(), reply.has_successor()) {
            (220, false) => return self.events.push_back(Event::StartTls),
            (220, true) => Error::from(Status::StartTlsInjection),
            _ => reply.to_error(Status::StartTlsRefused, "the server refused STARTTLS"),
        };
        self.close(error.in_phase(Phase::StartTls));
    }

    fn handle_auth(&mut self, reply: &Reply) {
        let Some(mut login) = self.login.take() else {
            return;
        };
        if let Some(error) = login.cancelled {
            return self.events.push_back(Event::Authenticated(Err(error)));
        }
        match reply.code() {
            334 => {
                let response = login.respond(&reply.text());
                let line = match &response {
                    Ok(response) => encode_response(response),
                    Err(_) => Zeroizing::new(String::from("*")),
                };
                self.command(&line, Awaited::Auth);
                match response {
                    Ok(_) => login.said.push(line),
                    Err(error) => login.cancelled = Some(error.in_phase(Phase::Auth)),
                }
                self.login = Some(login);
            }
            235 => self.events.push_back(Event::Authenticated(Ok(()))),
            _ => {
                let what = format!("the server refused the login by {}", login.mechanism.name());
                let refusal = reply.to_error(Status::AuthRefused, &what).in_phase(Phase::Auth);
                let refusal = login.without_secrets(refusal).retry_is_safe();
                self.events.push_back(Event::Authenticated(Err(refusal)));
            }
        }
    }

    fn handle_command_reply(&mut self, phase: Phase, reply: &Reply) {
        let Some(transaction) = &mut self.transaction else {
            return;
        };
        let go_ahead = phase == Phase::Data && reply.code() == 354;
        let accepts = if phase == Phase::Data { go_ahead } else { reply.is_positive() };
        if !accepts && reply.code() < 400 {
            // The replies are not those to the commands any more.
            return self.break_off(answer_out_of_turn(reply).in_phase(phase));
        }
        transaction.take_reply(phase, reply);
        match (go_ahead, transaction.is_hopeful()) {
            (true, true) => {
                transaction.stage = Stage::Message;
                self.awaited.push_back(Awaited::Message);
                self.events.push_back(Event::WriteMessage);
            }
            // RFC 2920 section 3.1: the server took DATA although it refused every recipient, so it gets an empty message.
            (true, false) => self.command(".", Awaited::EmptyMessage),
            (false, _) if phase == Phase::Data => self.finish(Transaction::refused),
            (false, hopeful) if self.awaited.is_empty() && !hopeful => {
                self.finish(Transaction::refused);
            }
            _ => self.go_on(),
        }
    }

    /// All recipients are answered for: the message itself follows as one chunk.
    fn write_chunk(&mut self) {
        if let Some(transaction) = &mut self.transaction {
            transaction.write_chunk(&mut self.transmit);
            transaction.stage = Stage::Message;
            self.awaited.push_back(Awaited::Message);
            self.events.push_back(Event::WriteMessage);
        }
    }

    fn handle_message_reply(&mut self, reply: &Reply) {
        let is_early = self.transaction.as_ref().is_some_and(|t| t.stage == Stage::Message);
        if is_early {
            // Only a server that gives the connection up answers before the end (RFC 5321 section 4.2.5).
            let error = match reply.is_positive() {
                true => answer_out_of_turn(reply),
                false => {
                    let what = "the server refused the message before its end";
                    reply.to_error(Status::MessageRefused, what)
                }
            };
            return self.break_off(error.in_phase(Phase::Body));
        }
        if reply.code() < 400 && !reply.is_positive() {
            return self.break_off(answer_out_of_turn(reply).in_phase(Phase::FinalReply));
        }
        let is_closing = reply.code() == 421;
        self.finish(|transaction| transaction.concluded(reply));
        self.is_closed |= is_closing;
    }

    // Steps

    /// Without PIPELINING each command waits for the reply to the one before.
    fn go_on(&mut self) {
        if self.awaited.is_empty() && !self.write_next_command() {
            self.write_chunk();
        }
    }

    fn write_next_command(&mut self) -> bool {
        let Some(transaction) = &mut self.transaction else {
            return false;
        };
        match transaction.write_command(&self.capabilities, &mut self.transmit) {
            Some(phase) => {
                self.awaited.push_back(Awaited::Command(phase));
                true
            }
            None => false,
        }
    }

    fn say_hello(&mut self) {
        let command = format!("EHLO {}", self.local_domain);
        self.command(&command, Awaited::Ehlo);
    }

    fn command(&mut self, line: &str, awaited: Awaited) {
        // Addresses and names are checked where they come in; this is the last door before the wire.
        if line.contains(['\r', '\n', '\0']) {
            return self.close(Status::LineBreak.into());
        }
        self.transmit.extend_from_slice(line.as_bytes());
        self.transmit.extend_from_slice(b"\r\n");
        self.awaited.push_back(awaited);
    }

    fn finish(&mut self, conclude: impl FnOnce(Transaction) -> Outcome) {
        if let Some(transaction) = self.transaction.take() {
            let was_opened = transaction.was_opened();
            let outcome = conclude(transaction);
            self.needs_reset = was_opened && outcome.result.is_err();
            self.events.push_back(Event::Finished(outcome));
        }
    }

    // The end

    fn close_by(&mut self, reply: &Reply) {
        let error = reply.to_error(Status::Closing, "the server is closing the connection");
        self.close(error.in_phase(self.phase()).retry_is_safe());
    }

    /// The dialogue cannot go on. What that means depends on how far the message was: behind its end only the server knows
    /// what became of it, before it nothing did.
    fn break_off(&mut self, error: Error) {
        let error = match self.transaction.as_ref().map(|transaction| transaction.stage) {
            Some(Stage::Ended) => {
                let sentence = format!("{error}; the message may have been delivered");
                Error::new(Status::InDoubt, sentence)
            }
            _ => error.retry_is_safe(),
        };
        self.close(error.in_phase(self.phase()));
    }

    fn close(&mut self, error: Error) {
        if !self.is_closed {
            self.is_closed = true;
            self.transmit.zeroize();
            self.transmitted = 0;
            let error = match &self.login {
                Some(login) => login.without_secrets(error),
                None => error,
            };
            self.events.push_back(Event::Closed(error));
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
            Some(Awaited::Message) => {
                match self.transaction.as_ref().map(|transaction| transaction.stage) {
                    Some(Stage::Ended) => Phase::FinalReply,
                    _ => Phase::Body,
                }
            }
            Some(Awaited::Quit) => Phase::Quit,
            Some(Awaited::Reset) | None => Phase::Mail,
        }
    }
}

impl LoginRun {
    fn respond(&mut self, challenge: &str) -> Result<Zeroizing<Vec<u8>>> {
        self.challenges += 1;
        if self.challenges > MOST_CHALLENGES {
            return Err(Error::new(Status::AuthProtocol, "the server's challenges have no end"));
        }
        if let Some(response) = self.held_response.take() {
            return Ok(response);
        }
        // Some servers send their LOGIN prompts as they are.
        let decoded = base64::LENIENT.decode(challenge);
        self.mechanism.respond(decoded.as_deref().unwrap_or(challenge.as_bytes()))
    }

    fn without_secrets(&self, error: Error) -> Error {
        let secrets = self.said.iter().filter(|secret| !secret.is_empty());
        error.map_message(|message| {
            secrets.fold(message, |message, secret| message.replace(secret.as_str(), "***"))
        })
    }
}

/// The server is a reply ahead or behind, or makes replies up.
fn answer_out_of_turn(reply: &Reply) -> Error {
    Error::new(Status::Protocol, format!("the server answered out of turn: {reply}"))
}

fn encode_response(response: &[u8]) -> Zeroizing<String> {
    Zeroizing::new(base64::STANDARD.encode(response))
}

#[cfg(test)]
mod tests;
