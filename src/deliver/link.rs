//! A link: one stream, the session on it, and the loop that carries octets between them.

use super::parcel::{Loading, Parcel};
use super::route::Passage;
use crate::error::{Error, Phase, Result, Status};
use crate::net::{Stream, Watch, Written, fork};
use crate::smtp::{DotStuffer, Event, Outcome, Session};
use std::sync::Arc;

/// Octets of a message that are made and written at a time.
const CHUNK: usize = 128 * 1024;

/// Octets read at a time: the replies to a large group, or one TLS record.
const READ: usize = 16 * 1024;

pub struct Link {
    pub(super) passage: Passage,
    pub(super) stream: Stream,
    pub(super) session: Session,
    pub(super) peer: Arc<str>,
    /// The process that the link was opened in.
    generation: u32,
    received: Box<[u8]>,
    outgoing: Vec<u8>,
}

impl Link {
    pub fn new(passage: Passage, stream: Stream, session: Session, peer: Arc<str>) -> Link {
        Link {
            passage,
            stream,
            session,
            peer,
            generation: fork::generation(),
            received: vec![0; READ].into_boxed_slice(),
            outgoing: Vec::new(),
        }
    }

    /// Whether the link can take another message: the dialogue is at rest and the server has not closed it meanwhile.
    pub fn is_fresh(&mut self) -> bool {
        self.is_ours() && self.session.is_idle() && self.stream.is_quiet()
    }

    /// Whether the link was opened in this process and not in the one that it was forked from.
    fn is_ours(&self) -> bool {
        self.generation == fork::generation()
    }

    /// Carries one message through its transaction. If that leaves the session at rest, the link can take the next.
    pub fn transact(&mut self, parcel: &mut Parcel, watch: Watch) -> Outcome {
        let mut loading = match parcel.content.load(self.session.capabilities()) {
            Ok(loading) => loading,
            Err(error) => {
                let result = Err(error.retry_is_safe().connection_is_usable());
                return Outcome { result, refused: Vec::new() };
            }
        };
        self.session.set_deadline(watch.deadline());
        self.session.submit(parcel.envelope.clone(), loading.freight());
        loop {
            let error = match self.next_event(watch) {
                Event::Finished(outcome) => return outcome,
                Event::WriteMessage => match self.write_message(&mut loading, watch) {
                    Ok(()) => continue,
                    Err(error) => error,
                },
                Event::Closed(error) => error,
                other => self.unexpected(&other),
            };
            return Outcome { result: Err(error), refused: self.session.take_refused() };
        }
    }

    /// Says QUIT and waits for the answer, but not for long: nothing depends on it.
    pub fn quit(&mut self, watch: Watch) {
        if self.is_fresh() {
            self.session.set_deadline(watch.deadline());
            self.session.quit();
            while !matches!(self.next_event(watch), Event::Closed(_)) {}
        }
    }

    /// Says QUIT without waiting for anything. A child by fork must not: the connection is its parent's.
    pub fn abandon(mut self, watch: Watch) {
        if self.is_ours() && self.session.is_idle() {
            self.stream.say_goodbye(b"QUIT\r\n", watch);
        }
    }

    /// The next thing that happens. Failures of the stream are such things too, told by the session.
    pub(super) fn next_event(&mut self, watch: Watch) -> Event {
        loop {
            if let Some(event) = self.session.poll_event() {
                return event;
            }
            if self.session.poll_transmit().is_some() {
                self.write_commands(watch);
            } else {
                self.receive(watch);
            }
        }
    }

    pub(super) fn unexpected(&self, event: &Event) -> Error {
        Error::new(Status::Protocol, format!("the dialogue took an unexpected turn: {event:?}"))
    }

    fn write_commands(&mut self, watch: Watch) {
        while let Some(octets) = self.session.poll_transmit() {
            match self.stream.write(octets, watch) {
                Ok(Written::Octets(taken)) => self.session.transmitted(taken),
                Ok(Written::PeerSpeaks) => self.listen(watch),
                Err(error) => return self.fail(error, watch),
            }
        }
        self.flush(watch);
    }

    /// Writes the message as the server's go-ahead asks for. An error is one of the content; the stream's are the
    /// session's to tell.
    fn write_message(&mut self, loading: &mut Loading, watch: Watch) -> Result<()> {
        let mut stuffer = DotStuffer::new();
        let is_chunked = self.session.is_chunked();
        let needs_stuffing = !is_chunked && loading.begins_with_dots();
        let mut announced = loading.freight().size.filter(|_| is_chunked);
        let mut octets = loading.octets();
        // The command in front of a chunk goes out with it.
        self.outgoing.clear();
        if let Some(command) = self.session.poll_transmit() {
            self.outgoing.extend_from_slice(command);
            self.session.transmitted(self.outgoing.len());
        }
        loop {
            let start = self.outgoing.len();
            let more = octets
                .fill(&mut self.outgoing, start + CHUNK)
                .map_err(|error| error.in_phase(Phase::Body).retry_is_safe())?;
            if let Some(left) = &mut announced {
                *left = rest_of_chunk(*left, self.outgoing.len() - start, more)?;
            }
            match needs_stuffing {
                true => stuffer.stuff(&mut self.outgoing, start),
                false => stuffer.pass_over(&self.outgoing[start..]),
            }
            if !more && !is_chunked {
                self.outgoing.extend_from_slice(stuffer.terminator());
            }
            if !self.write_outgoing(watch) {
                return Ok(());
            }
            if !more {
                self.session.message_written();
                return Ok(());
            }
            self.outgoing.clear();
        }
    }

    /// Writes all of `outgoing`. False means that it is not all out, and that the session has something to say about that.
    fn write_outgoing(&mut self, watch: Watch) -> bool {
        // A peer that takes all at once makes no wait in which the end of the time would be noticed.
        if let Err(error) = watch.check() {
            self.tell(error, watch);
        }
        if self.session.has_event() {
            return false;
        }
        let mut written = 0;
        while written < self.outgoing.len() {
            match self.stream.write(&self.outgoing[written..], watch) {
                Ok(Written::Octets(taken)) => written += taken,
                Ok(Written::PeerSpeaks) => self.listen(watch),
                Err(error) => self.fail(error, watch),
            }
            if self.session.has_event() {
                return false;
            }
        }
        self.flush(watch);
        !self.session.has_event()
    }

    fn flush(&mut self, watch: Watch) {
        loop {
            match self.stream.flush(watch) {
                Ok(true) => return,
                Ok(false) => self.listen(watch),
                Err(error) => return self.fail(error, watch),
            }
            if self.session.has_event() {
                return;
            }
        }
    }

    fn receive(&mut self, watch: Watch) {
        match self.stream.read(&mut self.received, watch) {
            Ok(0) => self.session.handle_eof(),
            Ok(octets) => self.session.handle_bytes(&self.received[..octets]),
            Err(error) => self.tell(error, watch),
        }
    }

    /// Takes in what the server says while it is to be written to.
    fn listen(&mut self, watch: Watch) {
        match self.stream.take_in(&mut self.received, watch) {
            Ok(None) => {}
            Ok(Some(0)) => self.session.handle_eof(),
            Ok(Some(octets)) => self.session.handle_bytes(&self.received[..octets]),
            Err(error) => self.tell(error, watch),
        }
    }

    /// A write failed. What the server said before it closed tells more than the failure does.
    fn fail(&mut self, error: Error, watch: Watch) {
        if error.status() == Status::ConnectionLost
            && let Ok(octets @ 1..) = self.stream.read(&mut self.received, watch)
        {
            self.session.handle_bytes(&self.received[..octets]);
        }
        self.tell(error, watch);
    }

    fn tell(&mut self, error: Error, watch: Watch) {
        match error.status() {
            Status::Timeout => self.session.handle_timeout(watch.deadline()),
            _ => self.session.handle_failure(error),
        }
    }
}

/// What is left of an announced chunk. Fewer or more octets than announced would garble the dialogue.
fn rest_of_chunk(announced: u64, octets: usize, more: bool) -> Result<u64> {
    match announced.checked_sub(octets as u64) {
        Some(rest) if more || rest == 0 => Ok(rest),
        _ => {
            let error = Error::from(Status::FileChanged).in_phase(Phase::Body);
            Err(error.retry_is_safe())
        }
    }
}
