//! Content that is read while a message is written.

use crate::error::{Error, Result, Status};

/// Content that can be read at any place, any number of times: a retry reads it again.
pub trait Source: Send + Sync {
    /// The length in octets that the message is built for; `None` where only the end will tell.
    fn length(&self) -> Option<u64>;

    /// Fills the start of `into` from `offset` on. Returns how many octets it was; none is the end.
    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<usize>;

    /// All of the content, where it is in memory already.
    fn octets(&self) -> Option<&[u8]> {
        None
    }

    /// What to call it in a sentence.
    fn name(&self) -> String;
}

/// Reads as much as there is room for, until the end. What was read before must agree with the length that was told.
pub fn read_block(source: &dyn Source, offset: u64, into: &mut Vec<u8>, room: usize) -> Result<()> {
    let wanted = match source.length() {
        Some(length) => room.min(usize::try_from(length - offset).unwrap_or(room)),
        None => room,
    };
    into.resize(wanted, 0);
    let mut filled = 0;
    while filled < wanted {
        match source.read_at(offset + filled as u64, &mut into[filled..])? {
            0 => break,
            octets => filled += octets,
        }
    }
    into.truncate(filled);
    match source.length() {
        Some(_) if filled < wanted => Err(changed(source, "became shorter")),
        Some(length) if offset + filled as u64 == length => {
            match source.read_at(length, &mut [0])? {
                0 => Ok(()),
                _ => Err(changed(source, "became longer")),
            }
        }
        _ => Ok(()),
    }
}

fn changed(source: &dyn Source, how: &str) -> Error {
    let sentence = format!("{}: it {how} while it was being sent", source.name());
    Error::new(Status::FileChanged, sentence)
}
