//! A link: one stream, the session on it, and the loop that carries octets between them.

mod content;
mod prompt;

use super::parcel::{Loading, Parcel};
use super::policy::Policy;
use super::pool::Berth;
use super::progress::Tally;
use super::report::Way;
use super::route::Passage;
use super::sight::Watched;
use crate::error::{Error, Result, Status};
use crate::net::{Cancel, Stream, Watch, Written, fork, now};
use crate::sasl::secrets::Secrets;
use crate::smtp::{CommandLine, Event, Framing, Outcome, Reply, Session, Turn};
use prompt::Held;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use zeroize::Zeroize;

/// Octets read at a time: the replies to a large group, or one TLS record.
const READ: usize = 16 * 1024;

/// Connections that this process has made. A child by fork counts on.
static COUNT: AtomicU32 = AtomicU32::new(0);

pub struct Link {
    pub(super) passage: Passage,
    pub(super) stream: Stream,
    pub(super) session: Session,
    pub(super) peer: Arc<str>,
    /// Who looks on: nobody at a link that is at rest.
    pub(super) watched: Watched,
    pub(super) end_is_told: bool,
    number: u32,
    /// The process that the link was opened in.
    generation: u32,
    received: Box<[u8]>,
    /// What goes out next: commands and messages, as many as fit.
    pub(super) outgoing: Vec<u8>,
    /// A message that waits for its turn, where nobody waits with it.
    held: Held,
    /// Whether the socket takes nothing more of `outgoing` now, or of what the stream has taken.
    is_held_back: bool,
    /// Where the message that is being written begins in `outgoing`.
    message_start: usize,
    /// How many octets have ever been put into `outgoing`, those that are in it left out.
    pub(super) before_outgoing: u64,
    /// Whether an outcome was in doubt: then the end of the connection tells how the server treats connections.
    is_in_doubt: bool,
    /// What the next replies answer went out in more than one piece.
    is_split: bool,
    opened: Instant,
    pub(super) rests_since: Instant,
    /// How long it has rested before the message that comes next.
    rested: Duration,
    /// How many were loaded.
    messages: u32,
    berth: Berth,
    /// What was said in the login: some servers repeat it, also much later.
    pub(super) secrets: Secrets,
}

/// After so long a rest a link may have died unnoticed: a message waits for the replies to its envelope before it goes.
const SHORT_REST: Duration = Duration::from_secs(3);

/// Replies that lie there when the end has come are taken in so many reads, each of which blocks for no more than this.
const MOST_LAST_READS: usize = 64;
const LAST_PATIENCE: Duration = Duration::from_millis(1);

/// The rest of the replies to a group of commands may take this part of the time that is left.
const GROUP_SHARE: usize = 4;

/// A server that does not answer NOOP for so long is given up.
const PROBE_PATIENCE: Duration = Duration::from_secs(5);

impl Link {
    pub fn new(
        passage: Passage,
        stream: Stream,
        session: Session,
        peer: Arc<str>,
        berth: Berth,
    ) -> Link {
        let opened = now();
        Link {
            passage,
            stream,
            session,
            peer,
            watched: None,
            end_is_told: false,
            number: COUNT.fetch_add(1, Ordering::Relaxed).wrapping_add(1),
            generation: fork::generation(),
            received: vec![0; READ].into_boxed_slice(),
            outgoing: Vec::new(),
            held: Held::default(),
            is_held_back: false,
            message_start: 0,
            before_outgoing: 0,
            is_in_doubt: false,
            is_split: false,
            opened,
            rests_since: opened,
            rested: Duration::ZERO,
            messages: 0,
            berth,
            secrets: Secrets::default(),
        }
    }

    /// What a report tells of the link.
    pub fn way(&self) -> Way {
        Way { peer: self.peer.clone(), connection: self.number }
    }

    pub(super) fn number(&self) -> u32 {
        self.number
    }

    /// Whether the link can take another message at that moment: the policy lets it live, and the server has not closed it meanwhile.
    pub fn is_alive(&mut self, policy: &Policy, moment: Instant, watch: Watch) -> bool {
        // Another thread may have put it back a little later.
        self.rested = moment.saturating_duration_since(self.rests_since);
        let rests_too_long = policy.max_idle.is_some_and(|most| self.rested > most);
        let needs_probe = policy.probe_after.is_some_and(|after| self.rested >= after);
        !self.is_worn_out(policy)
            && !rests_too_long
            && self.is_fresh()
            && (!needs_probe || self.answers(watch))
    }

    /// Whether the link has carried its share, by the policy or by what the server allows (RFC 9422 section 3.1 MAILMAX).
    pub fn is_worn_out(&self, policy: &Policy) -> bool {
        let allowed = self.session.capabilities().limits.messages;
        let limits = [policy.max_messages, allowed];
        limits.into_iter().flatten().any(|most| self.messages >= most)
            || policy.max_age.is_some_and(|most| now() - self.opened >= most)
    }

    /// Whether a message waits for the replies to its envelope, since the server may be gone already, or about to go: that
    /// costs a turn, and the other way the message would be in doubt.
    fn asks_first(&mut self) -> bool {
        let habits = &self.passage.route.habits;
        let has_rested = std::mem::take(&mut self.rested) > SHORT_REST;
        has_rested
            || self.messages == 1 && !habits.keeps_connections.load(Ordering::Relaxed)
            || self.messages > 0 && habits.drops_connections.load(Ordering::Relaxed)
    }

    /// The dialogue is at rest and the server has not closed it.
    fn is_fresh(&mut self) -> bool {
        self.is_ours() && self.session.is_idle() && self.stream.is_quiet()
    }

    fn answers(&mut self, watch: Watch) -> bool {
        // What is left is for a new connection.
        let watch = watch.renewed(PROBE_PATIENCE.min(watch.remaining() / 2));
        self.ask(&CommandLine::noop(), watch).is_ok_and(|reply| reply.code() != 421)
    }

    /// Whether the link was opened in this process and not in the one that it was forked from.
    fn is_ours(&self) -> bool {
        self.generation == fork::generation()
    }

    /// Takes one message to its end.
    pub fn send(&mut self, parcel: &mut Parcel, watch: Watch) -> Outcome {
        if let Err(error) = self.load(parcel, watch) {
            return Outcome::failed(error);
        }
        let outcome = loop {
            if self.session.has_news()
                && let Some(outcome) = self.poll_outcome()
            {
                break outcome;
            }
            self.exchange(watch);
        };
        // Behind it the end of the connection may have its word.
        if self.is_closed() {
            while self.poll_outcome().is_some() {}
        }
        outcome
    }

    /// Hands a message over, as far as the plan lets it go ahead of the server's replies. What became of it comes out of
    /// [`Link::poll_outcome`]. An error is one of the message alone, which then has no outcome.
    pub fn load(&mut self, parcel: &mut Parcel, watch: Watch) -> Result<()> {
        let asks_first = self.asks_first();
        let mut loading = parcel.content.load(&self.session.offer()).map_err(usable)?;
        self.session.set_deadline(watch.deadline());
        let freight = loading.freight();
        self.session.submit(parcel.envelope.clone(), freight, asks_first).map_err(usable)?;
        self.messages += 1;
        loop {
            match self.session.turn() {
                Turn::Wait => self.await_go_ahead(watch),
                Turn::Write => return self.write_message(&mut loading, &mut parcel.tally, watch),
                Turn::Over => return Ok(()),
            }
        }
    }

    /// What became of the earliest of the messages that were loaded, once that is known.
    pub fn poll_outcome(&mut self) -> Option<Outcome> {
        loop {
            match self.poll_event()? {
                Event::Finished(outcome) => {
                    self.learn_from(&outcome);
                    return Some(outcome);
                }
                Event::Closed(error) if self.is_in_doubt && self.messages > 1 => {
                    let is_gone = error.status() == Status::ConnectionLost;
                    let habits = &self.passage.route.habits;
                    habits.drops_connections.fetch_or(is_gone, Ordering::Relaxed);
                }
                _ => {}
            }
        }
    }

    /// Brings out what is written, before what would have gone with it is there.
    pub fn write_early(&mut self, watch: Watch) {
        self.write_out(watch);
        self.is_split = self.session.under_way() > 0;
    }

    /// Brings out what is written and, where a message has no outcome yet, takes in what the server says to it.
    pub fn exchange(&mut self, watch: Watch) {
        self.session.set_deadline(watch.deadline());
        self.write_out(watch);
        // What was heard in writing may be what a message waits for, which is then to be written first.
        if !self.go_on() && self.session.under_way() > 0 {
            self.receive(watch);
            self.go_on();
        }
    }

    /// Whether another message may be loaded now.
    pub fn takes_message(&self) -> bool {
        self.session.takes_message()
    }

    /// Whether the link is of use any more.
    pub fn is_closed(&self) -> bool {
        self.session.is_closed()
    }

    /// Says QUIT and waits for the answer, but not for long: nothing depends on it.
    pub fn quit(&mut self, watch: Watch) {
        if self.is_fresh() {
            self.session.set_deadline(watch.deadline());
            self.session.quit();
            while !matches!(self.next_event(watch), Event::Closed(_)) {}
            self.stream.close(&mut self.received, watch);
        }
        self.tell_closed("it was given up");
    }

    /// Says QUIT without waiting for anything. A child by fork must not: the connection is its parent's.
    pub fn abandon(mut self: Box<Link>) {
        if self.is_ours() && self.session.is_idle() {
            let cancel = Cancel::default();
            self.stream.say_goodbye(b"QUIT\r\n", Watch::new(Duration::ZERO, &cancel));
        }
        self.tell_seen();
        self.tell_closed("it was given up");
    }

    /// Leaves a connection on which nothing was said, for another in its place.
    pub fn abandon_for_another(self: Box<Link>) -> Berth {
        let mut link = self;
        link.tell_closed("the server speaks otherwise than was guessed");
        let Link { berth, .. } = *link;
        berth
    }

    /// The next thing that happens. Failures of the stream are such things too, told by the session.
    pub(super) fn next_event(&mut self, watch: Watch) -> Event {
        loop {
            if let Some(event) = self.poll_event() {
                return event;
            }
            self.write_out(watch);
            if let Some(event) = self.poll_event() {
                return event;
            }
            self.receive(watch);
        }
    }

    /// All that the session tells comes through here, and nothing of it repeats what was said in the login.
    #[inline] // Where nothing was said in a login, this is a test.
    fn poll_event(&mut self) -> Option<Event> {
        match self.secrets.is_empty() {
            true => self.session.poll_event(),
            false => self.session.poll_event().map(|event| self.without_secrets(event)),
        }
    }

    fn without_secrets(&self, event: Event) -> Event {
        let of_text = |text| self.secrets.hide_in_sentence(text);
        let of_reply = |reply: &Reply| reply.map_text(|text| self.secrets.hide(text));
        match event {
            Event::Closed(error) => Event::Closed(error.map_message(of_text)),
            Event::Authenticated(Err(error)) => {
                Event::Authenticated(Err(error.map_message(of_text)))
            }
            Event::Replied(reply) => Event::Replied(of_reply(&reply)),
            // What is accepted is not looked through: there are many of these.
            Event::Finished(outcome) => {
                let (result, mut apart) = outcome.into_parts();
                apart.refused.iter_mut().for_each(|(_, reply)| *reply = of_reply(reply));
                let failed = apart.failed.into_iter();
                apart.failed =
                    failed.map(|(own, error)| (own, error.map_message(of_text))).collect();
                Event::Finished(Outcome::new(
                    result.map_err(|error| error.map_message(of_text)),
                    apart,
                ))
            }
            other => other,
        }
    }

    pub(super) fn unexpected(&self, event: &Event) -> Error {
        Error::new(Status::Protocol, format!("the dialogue took an unexpected turn: {event:?}"))
    }

    fn write_message<'a>(
        &mut self,
        loading: &mut Loading<'_, 'a>,
        tally: &mut Tally<'a>,
        watch: Watch,
    ) -> Result<()> {
        let length = loading.freight().length;
        let is_chunked = self.session.framing() == Framing::Chunks;
        let needs_stuffing = !is_chunked && loading.begins_with_dots();
        let mut octets = loading.octets(tally);
        self.session.poll_transmit(&mut self.outgoing);
        self.message_start = self.outgoing.len();
        let written = match is_chunked {
            true => self.write_chunked(&mut octets, length, watch),
            false => self.write_lines(&mut octets, needs_stuffing, watch),
        };
        let Err(error) = written else {
            return Ok(());
        };
        // Half a message can only be taken back by closing. Those before it are whole: their replies are worth waiting for. What
        // is not out of this one stays here, so that no part of it can be taken for the whole.
        self.outgoing.truncate(self.message_start);
        while self.session.under_way() > 1 {
            self.write_out(watch);
            if self.session.under_way() > 1 {
                self.receive(watch);
            }
        }
        self.session.handle_failure(error);
        self.tell_seen();
        Ok(())
    }

    /// What an outcome tells of how the server treats its connections, and whoever looks on.
    fn learn_from(&mut self, outcome: &Outcome) {
        let keeps_connections = &self.passage.route.habits.keeps_connections;
        match &outcome.result {
            // What many connections share is only written when it changes.
            Ok(_) if self.messages > 1 && !keeps_connections.load(Ordering::Relaxed) => {
                keeps_connections.store(true, Ordering::Relaxed);
            }
            Ok(_) => {}
            Err(error) => self.is_in_doubt |= error.status() == Status::InDoubt,
        }
        self.tell_outcome(outcome);
    }

    /// Writes all that is to go out, unless the session has come to its end.
    pub(super) fn write_out(&mut self, watch: Watch) {
        let _ = self.write_out_in_parts(watch, |_| Ok(()));
    }

    /// The same. `tell` learns of each part that the stream has taken how much is left; by an error it ends the message that is in the
    /// midst of its way. What is left then stays in `outgoing`.
    fn write_out_in_parts(
        &mut self,
        watch: Watch,
        tell: impl Fn(usize) -> Result<()>,
    ) -> Result<()> {
        self.session.poll_transmit(&mut self.outgoing);
        self.tell_seen();
        let mut outgoing = std::mem::take(&mut self.outgoing);
        let (written, told) = self.write_octets(&outgoing, watch, tell);
        if told.is_err() {
            outgoing.drain(..written);
            self.outgoing = outgoing;
            self.message_start = self.message_start.saturating_sub(written);
            return told;
        }
        if self.session.is_logging_in() {
            outgoing.zeroize();
        }
        outgoing.clear();
        self.outgoing = outgoing;
        self.message_start = 0;
        self.flush(watch);
        Ok(())
    }

    /// Writes octets of a message that stand elsewhere than in `outgoing`, which is empty.
    fn write_lent(
        &mut self,
        octets: &[u8],
        watch: Watch,
        tell: impl Fn(usize) -> Result<()>,
    ) -> Result<()> {
        self.write_octets(octets, watch, tell).1?;
        self.flush(watch);
        Ok(())
    }

    /// Returns how many were written before `tell` ended it, else all.
    #[inline(always)] // Short messages would pay for the call.
    fn write_octets(
        &mut self,
        octets: &[u8],
        watch: Watch,
        tell: impl Fn(usize) -> Result<()>,
    ) -> (usize, Result<()>) {
        // A peer that takes block after block at once makes no wait in which the end of the time would be noticed.
        let checked = match octets.len() > READ {
            true => watch.check(),
            false => watch.check_cancelled(),
        };
        if let Err(error) = checked {
            self.tell(error, watch);
        }
        let mut written = 0;
        let mut told = Ok(());
        while written < octets.len() && told.is_ok() && !self.session.is_closed() {
            match self.stream.write(&octets[written..], watch) {
                Ok(Written::Octets(taken)) => {
                    self.session.transmitted(taken);
                    written += taken;
                    if written < octets.len() {
                        told = tell(octets.len() - written);
                    }
                }
                Ok(Written::PeerSpeaks) => self.listen(watch),
                Err(error) => self.fail(error, watch),
            }
        }
        let gone = if told.is_ok() { octets.len() } else { written };
        self.before_outgoing += gone as u64;
        (gone, told)
    }

    /// Brings out what the stream has taken and not sent yet.
    fn flush(&mut self, watch: Watch) {
        while !self.session.is_closed() {
            match self.stream.flush(watch) {
                Ok(true) => return,
                Ok(false) => self.listen(watch),
                Err(error) => return self.fail(error, watch),
            }
        }
    }

    /// Takes in replies to the commands that a message waits for. A server that answers some of a group and then nothing more
    /// has lost the others on their way, or takes its time: nothing is at stake yet, so it need not have all of it.
    fn await_go_ahead(&mut self, watch: Watch) {
        if !self.session.has_part_of_group() {
            return self.exchange(watch);
        }
        self.write_out(watch);
        if self.session.under_way() == 0 {
            return;
        }
        self.prepare_to_hear();
        let patience = watch.share(GROUP_SHARE);
        match self.stream.read(&mut self.received, patience) {
            Err(error) if error.status() == Status::Timeout && watch.check().is_ok() => {
                self.session.handle_failure(lost_group());
            }
            read => self.hear(read, watch),
        }
    }

    fn prepare_to_hear(&self) {
        if self.is_split {
            self.stream.acknowledge_at_once();
        }
    }

    pub(super) fn receive(&mut self, watch: Watch) {
        self.prepare_to_hear();
        let read = self.stream.read(&mut self.received, watch);
        self.hear(read, watch);
    }

    fn hear(&mut self, read: Result<usize>, watch: Watch) {
        self.is_split &= self.session.under_way() > 1;
        match read {
            Ok(0) => self.session.handle_eof(),
            Ok(octets) => self.session.handle_bytes(&self.received[..octets]),
            Err(error) => self.tell(error, watch),
        }
        self.tell_seen();
    }

    /// Takes in what the server says while it is to be written to.
    fn listen(&mut self, watch: Watch) {
        match self.stream.take_in(&mut self.received, watch) {
            Ok(None) => {}
            Ok(Some(0)) => self.session.handle_eof(),
            Ok(Some(octets)) => self.session.handle_bytes(&self.received[..octets]),
            Err(error) => self.tell(error, watch),
        }
        self.tell_seen();
    }

    /// A write failed. What the server said before it closed tells more than the failure does.
    fn fail(&mut self, error: Error, watch: Watch) {
        if error.status() == Status::ConnectionLost
            && let Ok(octets @ 1..) = self.stream.read(&mut self.received, watch)
        {
            self.session.handle_bytes(&self.received[..octets]);
        }
        self.tell(error, watch);
        self.tell_seen();
    }

    fn tell(&mut self, error: Error, watch: Watch) {
        self.hear_what_is_there();
        match error.status() {
            // One that came before the time was up has a sentence of its own, and so has one that is not the server's fault.
            Status::Timeout if watch.check().is_err() && !error.has_own_sentence() => {
                self.session.handle_timeout(watch.deadline())
            }
            _ => self.session.handle_failure(error),
        }
    }

    /// The replies that have come already tell more of the messages under way than that nobody waits any longer.
    fn hear_what_is_there(&mut self) {
        let cancel = Cancel::default();
        for _ in 0..MOST_LAST_READS {
            if self.session.under_way() == 0 || self.stream.is_quiet() {
                return;
            }
            let watch = Watch::new(LAST_PATIENCE, &cancel);
            match self.stream.take_in(&mut self.received, watch) {
                Ok(Some(octets @ 1..)) => self.session.handle_bytes(&self.received[..octets]),
                Ok(None) => {}
                _ => return,
            }
        }
    }
}

fn lost_group() -> Error {
    let sentence = "the server answered some of the pipelined commands and then no more";
    Error::new(Status::Protocol, sentence)
}

/// An error of a message alone, of which the server has heard nothing.
fn usable(error: Error) -> Error {
    error.retry_is_safe().connection_is_usable()
}
