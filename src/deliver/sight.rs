//! What a host may see of its connections. Nobody needs to look: then a link holds no witness, and nothing is made for one.

use super::link::Link;
use crate::error::{Error, Status};
use crate::net::versions;
use crate::smtp::{Heard, Outcome, Seen};
use std::sync::Arc;

/// Is told what happens, on the thread on which it does, without any lock.
pub trait Witness: Send + Sync {
    /// Whether the octets of messages are wanted.
    fn wants_octets(&self) -> bool;

    /// `connection` is the number of it in this process, 0 where there is none yet.
    fn see(&self, connection: u32, sight: &Sight);
}

/// Something that has happened. What belongs to a login is masked in it.
pub enum Sight<'a> {
    Command(&'a str),
    /// Octets of a message that go out by this command, as they go over the wire.
    Octets(&'a str, &'a [u8]),
    Reply(&'a Heard),
    /// Also one that does not end a Send, as of one recipient out of many.
    Error(&'a Error),
    Note(Note, &'a str),
}

/// What is worth a word besides commands, with the numbers of the face. 5 is for proxies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    Resolving = 1,
    Resolved = 2,
    Connecting = 3,
    Connected = 4,
    ProxyConnected = 5,
    TlsStarted = 6,
    TlsEstablished = 7,
    TlsResumed = 8,
    Authenticated = 9,
    MessageAccepted = 10,
    ConnectionClosed = 11,
    Retry = 12,
    LogFailed = 13,
    LoginInClear = 14,
}

/// Who looks on, if anybody does.
pub type Watched = Option<Arc<dyn Witness>>;

/// Tells of something; `parameters` is only made for somebody.
pub fn note(watched: &Watched, connection: u32, note: Note, parameters: impl FnOnce() -> String) {
    if let Some(witness) = watched {
        witness.see(connection, &Sight::Note(note, &parameters()));
    }
}

pub fn note_error(watched: &Watched, connection: u32, error: &Error) {
    if let Some(witness) = watched {
        witness.see(connection, &Sight::Error(error));
    }
}

impl Link {
    /// From now on this one is told what happens on the link.
    #[inline(always)] // Mostly nobody looks on, which then costs a test and no call.
    pub(super) fn be_watched(&mut self, watched: &Watched) {
        if watched.is_some() || self.watched.is_some() {
            self.change_witness(watched);
        }
    }

    #[cold]
    fn change_witness(&mut self, watched: &Watched) {
        self.watched = watched.clone();
        self.session.set_traced(watched.is_some());
    }

    pub(super) fn note(&self, what: Note, parameters: impl FnOnce() -> String) {
        note(&self.watched, self.number(), what, parameters);
    }

    /// Tells what the handshake has come to.
    pub(super) fn note_tls(&self) {
        if self.watched.is_none() {
            return;
        }
        let Some(tls) = self.stream.info().tls else {
            return;
        };
        let version = match tls.version {
            versions::TLS12 => "TLS 1.2",
            _ => "TLS 1.3",
        };
        let suite = tls.suite.map_or("", |suite| suite.iana);
        let what = if tls.is_resumed { Note::TlsResumed } else { Note::TlsEstablished };
        self.note(what, || format!("version={version};ciphersuite={suite}"));
    }

    /// Tells what the session has said and heard.
    pub(super) fn tell_seen(&mut self) {
        if self.watched.is_some() {
            self.tell_all_seen();
        }
    }

    #[cold]
    fn tell_all_seen(&mut self) {
        while let Some(seen) = self.session.poll_seen() {
            let Some(witness) = self.watched.clone() else {
                return;
            };
            let number = self.number();
            match &seen {
                Seen::Said(line) => witness.see(number, &Sight::Command(line)),
                Seen::Heard(heard) => witness.see(number, &Sight::Reply(heard)),
                Seen::Closed(error) => self.tell_closed(&error.to_string()),
            }
        }
    }

    /// The connection is no more. One that was at rest is nobody's, and ends unseen.
    pub(super) fn tell_closed(&mut self, why: &str) {
        if !std::mem::replace(&mut self.end_is_told, true) {
            self.note(Note::ConnectionClosed, || format!("peer={};reason={why}", self.peer));
        }
    }

    /// Tells of octets of a message, which stand in `outgoing` from `start` on.
    pub(super) fn tell_octets(&mut self, command: &str, start: usize) {
        if self.watched.is_some() {
            self.tell_seen();
            self.tell_of(command, &self.outgoing[start..]);
        }
    }

    /// Tells of octets of a message, behind what was seen before them.
    pub(super) fn tell_of(&self, command: &str, octets: &[u8]) {
        if let Some(witness) = self.watched.as_ref().filter(|witness| witness.wants_octets()) {
            witness.see(self.number(), &Sight::Octets(command, octets));
        }
    }

    /// Tells what became of a message.
    pub(super) fn tell_outcome(&self, outcome: &Outcome) {
        let Some(witness) = &self.watched else {
            return;
        };
        for (_, reply) in outcome.refused() {
            let error =
                reply.to_error(Status::SomeRecipientsRefused, "the server refused a recipient");
            witness.see(self.number(), &Sight::Error(&error));
        }
        match &outcome.result {
            Ok(reply) => self.note(Note::MessageAccepted, || format!("reply={reply}")),
            Err(error) => witness.see(self.number(), &Sight::Error(error)),
        }
    }
}
