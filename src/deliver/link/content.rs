//! The octets of a message on their way into a link, framed as the session says.

use super::Link;
use crate::deliver::parcel::Octets;
use crate::error::{Error, Phase, Result, Status};
use crate::net::Watch;
use crate::smtp::DotStuffer;

/// Octets of a message that are made and written at a time.
pub(super) const BLOCK: usize = 128 * 1024;

impl Link {
    /// As chunks, one where the whole message may be one. What is less than a block stays in `outgoing`, for the next message
    /// to go with it. An error is one of the content; the stream's are the session's to tell.
    pub(super) fn write_chunked(
        &mut self,
        octets: &mut Octets,
        length: Option<u64>,
        watch: Watch,
    ) -> Result<()> {
        match (length, self.session.chunk_size()) {
            (Some(length), limit) if limit.is_none_or(|limit| length <= limit) => {
                self.write_one_chunk(octets, length, watch)
            }
            (length, limit) => self.write_chunks(octets, length, limit, watch),
        }
    }

    /// The same as lines, dots doubled, with the dot at the end (RFC 5321 section 4.5.2).
    pub(super) fn write_lines(
        &mut self,
        octets: &mut Octets,
        needs_stuffing: bool,
        watch: Watch,
    ) -> Result<()> {
        let mut stuffer = DotStuffer::new();
        loop {
            let start = self.outgoing.len();
            let more = fill(octets, &mut self.outgoing)?;
            match needs_stuffing {
                true => stuffer.stuff(&mut self.outgoing, start),
                false => stuffer.pass_over(&self.outgoing[start..]),
            }
            if !more {
                self.outgoing.extend_from_slice(stuffer.terminator());
            }
            self.tell_octets("DATA", start);
            if !more {
                self.end_message(watch);
                return Ok(());
            }
            self.write_block(octets, watch)?;
            self.write_lent_lines(octets, &mut stuffer, watch)?;
            if self.session.is_closed() {
                return Ok(());
            }
        }
    }

    /// As long as octets need no other line ends, they go out from where they were read to. `outgoing` is empty.
    fn write_lent_lines(
        &mut self,
        octets: &mut Octets,
        stuffer: &mut DotStuffer,
        watch: Watch,
    ) -> Result<()> {
        while !self.session.is_closed() {
            let Some((lines, tally)) = octets.lend().map_err(ended)? else { return Ok(()) };
            let tell = |left| tally.tell_short_of(left);
            let told = if !lines.begin_with_dots && stuffer.pass(lines.octets) {
                self.tell_of("DATA", lines.octets);
                self.write_lent(lines.octets, watch, tell)
            } else {
                self.outgoing.extend_from_slice(lines.octets);
                stuffer.stuff(&mut self.outgoing, 0);
                self.tell_of("DATA", &self.outgoing);
                self.write_out_in_parts(watch, tell)
            };
            told.map_err(ended)?;
        }
        Ok(())
    }

    /// As one chunk, whose length is known before its octets are.
    fn write_one_chunk(&mut self, octets: &mut Octets, size: u64, watch: Watch) -> Result<()> {
        self.session.begin_chunk(size, true);
        self.session.poll_transmit(&mut self.outgoing);
        let mut left = size;
        loop {
            let start = self.outgoing.len();
            let mut more = fill(octets, &mut self.outgoing)?;
            // With its last octet the chunk is the server's: before that goes, it has to be the last.
            while more && self.outgoing.len() - start == left as usize {
                more = fill(octets, &mut self.outgoing)?;
            }
            self.tell_octets("BDAT", start);
            let written = (self.outgoing.len() - start) as u64;
            left = match left.checked_sub(written) {
                Some(rest) if more == (rest > 0) => rest,
                _ => return Err(changed()),
            };
            if !more {
                self.end_message(watch);
                return Ok(());
            }
            self.write_block(octets, watch)?;
            if self.session.is_closed() {
                return Ok(());
            }
        }
    }

    /// As chunks of `limit` octets at most. Those of a message without a known length are made before they are announced.
    fn write_chunks(
        &mut self,
        octets: &mut Octets,
        size: Option<u64>,
        limit: Option<u64>,
        watch: Watch,
    ) -> Result<()> {
        let limit = limit.unwrap_or(BLOCK as u64);
        let mut blocks = Blocks { octets, block: Vec::new(), at: 0, more: true };
        let mut left = size;
        loop {
            let made = blocks.ready()?.len() as u64;
            if left == Some(0) && made > 0 {
                return Err(changed());
            }
            let (length, is_last) = match left {
                Some(left) => (left.min(limit), left <= limit),
                None => (made.min(limit), !blocks.more && made <= limit),
            };
            left = left.map(|left| left - length);
            if !self.begin_chunk(length, is_last, watch) {
                return Ok(());
            }
            let mut rest = length;
            while rest > 0 {
                let octets = blocks.ready()?;
                let taken = octets.len().min(usize::try_from(rest).unwrap_or(usize::MAX));
                let start = self.outgoing.len();
                self.outgoing.extend_from_slice(&octets[..taken]);
                blocks.at += taken;
                rest -= taken as u64;
                self.tell_octets("BDAT", start);
                let is_over = taken == 0 || is_last && rest == 0 && !blocks.ready()?.is_empty();
                if is_over {
                    return Err(changed());
                }
                // With the last octet the message is the server's: before that goes, it has to be known for the end.
                if is_last && rest == 0 {
                    break;
                }
                if self.outgoing.len() >= BLOCK {
                    self.write_block(blocks.octets, watch)?;
                }
                if self.session.is_closed() {
                    return Ok(());
                }
            }
            if is_last {
                self.end_message(watch);
                return Ok(());
            }
        }
    }

    /// Brings out what is made of a message that goes on; over a slow line the host hears how far that is.
    fn write_block(&mut self, octets: &Octets, watch: Watch) -> Result<()> {
        let told = self.write_out_in_parts(watch, |left| octets.tell_short_of(left));
        told.map_err(ended)
    }

    /// Announces a chunk when its turn has come. False: the server wants no more of this message.
    fn begin_chunk(&mut self, length: u64, is_last: bool, watch: Watch) -> bool {
        while !self.session.takes_chunk() && !self.session.is_closed() {
            self.write_out(watch);
            // What was awaited may have come meanwhile.
            if !self.session.takes_chunk() {
                self.receive(watch);
            }
        }
        let is_wanted = !self.session.is_closed() && self.session.begin_chunk(length, is_last);
        self.session.poll_transmit(&mut self.outgoing);
        if !is_wanted {
            self.end_message(watch);
        }
        is_wanted
    }

    /// What is written of the message is all of it.
    fn end_message(&mut self, watch: Watch) {
        self.session.message_written(self.before_outgoing + self.outgoing.len() as u64);
        if self.outgoing.len() >= BLOCK {
            self.write_out(watch);
        }
    }
}

/// Appends about a block. Returns whether more is to come.
fn fill(octets: &mut Octets, out: &mut Vec<u8>) -> Result<bool> {
    let limit = out.len() + BLOCK;
    octets.fill(out, limit).map_err(ended)
}

/// Why the rest of a message does not come.
pub(super) fn ended(error: Error) -> Error {
    error.in_phase(Phase::Body).retry_is_safe()
}

/// Octets that are made a block at a time and taken in other pieces.
struct Blocks<'o, 'p, 'a> {
    octets: &'o mut Octets<'p, 'a>,
    block: Vec<u8>,
    at: usize,
    more: bool,
}

impl Blocks<'_, '_, '_> {
    /// What is made and not taken yet: nothing at the end only.
    fn ready(&mut self) -> Result<&[u8]> {
        while self.at == self.block.len() && self.more {
            self.block.clear();
            self.at = 0;
            self.more = fill(self.octets, &mut self.block)?;
        }
        Ok(&self.block[self.at..])
    }
}

/// Fewer or more octets than announced would garble the dialogue.
pub(super) fn changed() -> Error {
    ended(Status::FileChanged.into())
}
