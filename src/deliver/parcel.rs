//! A parcel: a message ready to go, and the ways in which its octets are had.

use super::progress::Tally;
use crate::error::Result;
use crate::mime::{Composition, Letter, Lines, Ready, Transport, Writer};
use crate::smtp::{Body, Capabilities, Envelope, Freight};
use std::sync::Arc;

/// Who a message is for, and what it is.
pub struct Parcel<'a> {
    pub envelope: Arc<Envelope>,
    pub content: Content<'a>,
    pub(super) tally: Tally<'a>,
}

impl<'a> Parcel<'a> {
    pub fn new(envelope: Arc<Envelope>, content: Content<'a>) -> Parcel<'a> {
        Parcel { envelope, content, tally: Tally::default() }
    }
}

pub enum Content<'a> {
    /// A message of this library's making, composed as the server can take it.
    Letter(Letter),
    /// A message that the host has made.
    Ready(Box<Ready<'a>>),
}

/// A message as one server is to get it.
pub enum Loading<'p, 'a> {
    Composition(Composition<'p>),
    Ready(&'p mut Ready<'a>, Freight),
}

/// The octets of a message, one after another, and how many there were.
pub struct Octets<'p, 'a> {
    supply: Supply<'p, 'a>,
    tally: &'p mut Tally<'a>,
}

enum Supply<'p, 'a> {
    Writer(Writer<'p>),
    Ready(&'p mut Ready<'a>),
}

impl<'a> Content<'a> {
    /// The message as the server can take it. What it cannot take, the freight tells.
    pub fn load(&mut self, capabilities: &Capabilities) -> Result<Loading<'_, 'a>> {
        match self {
            Content::Letter(letter) => Ok(Loading::Composition(composition(letter, capabilities))),
            Content::Ready(ready) => {
                ready.rewind()?;
                ready.allow_eight_bit(capabilities.eight_bit_mime);
                let body = match capabilities.eight_bit_mime {
                    true => Body::EightBitMime,
                    false => Body::SevenBit,
                };
                let size = ready.size();
                // Its line ends may still have to become CRLF.
                Ok(Loading::Ready(ready, Freight { size, length: None, body }))
            }
        }
    }
}

fn composition<'p>(letter: &'p Letter, capabilities: &Capabilities) -> Composition<'p> {
    let lines = match capabilities.eight_bit_mime {
        true => Transport::EightBit,
        false => Transport::SevenBit,
    };
    if capabilities.takes_binary() {
        let composition = letter.compose(Transport::Binary);
        // A chunk has to say its length.
        if composition.size().is_some() {
            return composition;
        }
    }
    letter.compose(lines)
}

impl<'p, 'a> Loading<'p, 'a> {
    pub fn freight(&self) -> Freight {
        match self {
            Loading::Ready(_, freight) => *freight,
            Loading::Composition(composition) => Freight {
                size: composition.size(),
                length: composition.size(),
                body: match composition.needs() {
                    Transport::SevenBit => Body::SevenBit,
                    Transport::EightBit => Body::EightBitMime,
                    Transport::Binary => Body::BinaryMime,
                },
            },
        }
    }

    /// Whether a line may begin with a dot, which DATA wants doubled.
    pub fn begins_with_dots(&self) -> bool {
        match self {
            Loading::Composition(composition) => composition.begins_with_dots(),
            Loading::Ready(..) => true,
        }
    }

    pub fn octets<'o>(&'o mut self, tally: &'o mut Tally<'a>) -> Octets<'o, 'a> {
        tally.begin(self.freight().size);
        let supply = match self {
            Loading::Composition(composition) => Supply::Writer(Writer::new(composition)),
            Loading::Ready(ready, _) => Supply::Ready(ready),
        };
        Octets { supply, tally }
    }
}

impl<'a> Octets<'_, 'a> {
    /// Tells the host, if it is time to, how far the message is where so many octets have not been written yet.
    pub fn tell_short_of(&self, unwritten: usize) -> Result<()> {
        self.tally.tell_short_of(unwritten)
    }

    /// Appends to `out` until it holds about `limit` octets or the message is over. Returns whether more is to come.
    pub fn fill(&mut self, out: &mut Vec<u8>, limit: usize) -> Result<bool> {
        // Never behind the last octet, where nobody could take the message back.
        self.tally.tell()?;
        let start = out.len();
        let more = match &mut self.supply {
            Supply::Writer(writer) => writer.fill(out, limit),
            Supply::Ready(ready) => ready.fill(out, limit),
        }?;
        self.tally.add(out.len() - start);
        Ok(more)
    }

    /// The octets that come next, if they need not be copied, and what counts them. `None`: what comes next, if anything does, is
    /// for [`Octets::fill`].
    pub fn lend(&mut self) -> Result<Option<(Lines<'_>, &Tally<'a>)>> {
        let Supply::Ready(ready) = &mut self.supply else { return Ok(None) };
        self.tally.tell()?;
        let Some(lines) = ready.lend()? else { return Ok(None) };
        self.tally.add(lines.octets.len());
        Ok(Some((lines, self.tally)))
    }
}
