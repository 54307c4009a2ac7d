//! A parcel: a message ready to go, and the ways in which its octets are had.

use crate::error::Result;
use crate::mime::{Composition, Letter, Ready, Transport, Writer};
use crate::smtp::{Body, Capabilities, Envelope, Freight};
use std::sync::Arc;

/// Who a message is for, and what it is.
pub struct Parcel<'a> {
    pub envelope: Arc<Envelope>,
    pub content: Content<'a>,
}

pub enum Content<'a> {
    /// A message of this library's making, composed as the server can take it.
    Letter(Letter),
    /// A message that the host has made.
    Ready(Ready<'a>),
}

/// A message as one server is to get it.
pub enum Loading<'p, 'a> {
    Composition(Composition<'p>),
    Ready(&'p mut Ready<'a>, Freight),
}

/// The octets of a message, one after another.
pub enum Octets<'p, 'a> {
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
                Ok(Loading::Ready(ready, Freight { size, body }))
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

    pub fn octets(&mut self) -> Octets<'_, 'a> {
        match self {
            Loading::Composition(composition) => Octets::Writer(Writer::new(composition)),
            Loading::Ready(ready, _) => Octets::Ready(ready),
        }
    }
}

impl Octets<'_, '_> {
    /// Appends to `out` until it holds about `limit` octets or the message is over. Returns whether more is to come.
    pub fn fill(&mut self, out: &mut Vec<u8>, limit: usize) -> Result<bool> {
        match self {
            Octets::Writer(writer) => writer.fill(out, limit),
            Octets::Ready(ready) => ready.fill(out, limit),
        }
    }
}
