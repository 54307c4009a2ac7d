//! A link of which nothing is waited for, since whoever has it serves others too: messages that lie in memory, what the socket
//! takes, and what has come.

use super::content::{BLOCK, changed, ended};
use super::{GROUP_SHARE, Link, lost_group, usable};
use crate::deliver::parcel::{Octets, Parcel};
use crate::error::{Error, Result};
use crate::net::{Awaited, Watch};
use crate::smtp::{DotStuffer, Framing, Turn};
use std::os::fd::AsFd;
use std::time::Instant;

/// A message of more octets is not made in one piece.
const LARGEST: u64 = 64 * 1024;

/// A message that is made and may not go yet.
#[derive(Default)]
pub(super) struct Held {
    octets: Vec<u8>,
    needs_stuffing: bool,
}

impl Link {
    /// Whether nobody but the server makes the link wait: neither limits of speed nor somebody who looks on.
    pub fn is_prompt(&self) -> bool {
        self.watched.is_none() && !self.stream.is_limited()
    }

    /// What the link waits for.
    pub fn awaited(&self) -> Awaited<'_> {
        let writes = self.is_held_back || !self.outgoing.is_empty();
        Awaited { descriptor: self.stream.as_fd(), writes }
    }

    /// By when the rest of a group of replies has to be there, if it is waited for, as [`Link::load`] does.
    pub fn patience(&self, watch: Watch) -> Option<Instant> {
        self.session.has_part_of_group().then(|| watch.share(GROUP_SHARE).deadline())
    }

    /// The rest of a group of replies has not come.
    pub fn lose_patience(&mut self, watch: Watch) {
        self.tell(lost_group(), watch);
    }

    /// Hands a message over, as [`Link::load`] does. False, if it is too large for that: then nothing was said to the server.
    pub fn load_now(&mut self, parcel: &mut Parcel, watch: Watch) -> Result<bool> {
        let mut loading = parcel.content.load(&self.session.offer()).map_err(usable)?;
        let freight = loading.freight();
        let limit = self.session.chunk_size().map_or(LARGEST, |limit| limit.min(LARGEST));
        let Some(length) = freight.length.filter(|length| *length <= limit) else {
            return Ok(false);
        };
        let mut held = Held { needs_stuffing: loading.begins_with_dots(), ..self.take_held() };
        make(&mut loading.octets(&mut parcel.tally), length, &mut held.octets)?;
        let asks_first = self.asks_first();
        self.session.set_deadline(watch.deadline());
        self.session.submit(parcel.envelope.clone(), freight, asks_first).map_err(usable)?;
        self.messages += 1;
        self.held = held;
        self.go_on();
        Ok(true)
    }

    /// Lets the message that is held go, if its turn has come. Returns whether it is to be written.
    #[inline] // Mostly nothing is held, which then costs a test and no call.
    pub(super) fn go_on(&mut self) -> bool {
        !self.held.octets.is_empty() && self.session.turn() != Turn::Wait && self.let_go()
    }

    fn let_go(&mut self) -> bool {
        let mut held = std::mem::take(&mut self.held);
        let is_wanted = self.session.turn() == Turn::Write;
        if is_wanted {
            self.append(&held);
        }
        held.octets.clear();
        self.held = held;
        is_wanted
    }

    /// Whether something has come that the socket does not know of any more.
    pub fn holds_replies(&mut self) -> bool {
        self.stream.holds_octets()
    }

    /// Takes in what has come.
    pub fn hear_now(&mut self, watch: Watch) {
        loop {
            self.listen(watch);
            if self.session.is_closed() || !self.holds_replies() {
                break;
            }
        }
        self.go_on();
    }

    /// Whether more may be written: what is written does not pile up while the socket takes nothing.
    pub fn makes_way(&mut self, watch: Watch) -> bool {
        if self.outgoing.len() >= BLOCK {
            self.write_now(watch);
        }
        self.outgoing.len() < BLOCK && !self.session.is_closed()
    }

    /// Brings out what the socket takes.
    pub fn write_now(&mut self, watch: Watch) {
        self.session.poll_transmit(&mut self.outgoing);
        let mut written = 0;
        self.is_held_back = false;
        while written < self.outgoing.len() && !self.is_held_back && !self.session.is_closed() {
            match self.stream.write_now(&self.outgoing[written..], watch) {
                Ok(Some(taken)) => {
                    self.session.transmitted(taken);
                    written += taken;
                }
                Ok(None) => self.is_held_back = true,
                Err(error) => self.fail(error, watch),
            }
        }
        self.before_outgoing += written as u64;
        self.outgoing.drain(..written);
        if !self.session.is_closed() {
            match self.stream.flush_now(watch) {
                Ok(is_out) => self.is_held_back |= !is_out,
                Err(error) => self.fail(error, watch),
            }
        }
    }

    /// The time for what is under way is over, or it is cancelled.
    pub fn give_up(&mut self, error: Error, watch: Watch) {
        self.session.set_deadline(watch.deadline());
        self.tell(error, watch);
    }

    /// An empty one, with the room of the last.
    fn take_held(&mut self) -> Held {
        let mut held = std::mem::take(&mut self.held);
        held.octets.clear();
        held
    }

    fn append(&mut self, held: &Held) {
        self.session.poll_transmit(&mut self.outgoing);
        match self.session.framing() {
            Framing::Chunks => {
                self.session.begin_chunk(held.octets.len() as u64, true);
                self.session.poll_transmit(&mut self.outgoing);
                self.outgoing.extend_from_slice(&held.octets);
            }
            Framing::Data => {
                let start = self.outgoing.len();
                self.outgoing.extend_from_slice(&held.octets);
                let mut stuffer = DotStuffer::new();
                match held.needs_stuffing {
                    true => stuffer.stuff(&mut self.outgoing, start),
                    false => stuffer.pass_over(&held.octets),
                }
                self.outgoing.extend_from_slice(stuffer.terminator());
            }
        }
        self.session.message_written(self.before_outgoing + self.outgoing.len() as u64);
    }
}

/// Makes all octets of a message, of which there have to be so many.
fn make(octets: &mut Octets, length: u64, out: &mut Vec<u8>) -> Result<()> {
    // One more than there may be, so that it shows.
    while octets.fill(out, length as usize + 1).map_err(ended)? && out.len() as u64 <= length {}
    match out.len() as u64 == length {
        true => Ok(()),
        false => Err(changed()),
    }
}
