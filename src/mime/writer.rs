//! The writer: a composed message, pulled as octets. It holds one block of an attachment at a time, never all of it.

use super::compose::{Composition, Piece};
use crate::error::Result;
use encodify::base64;

/// Octets of base64 input in a full line of output.
const LINE_INPUT: usize = 57;

/// Octets read from a source at a time: whole lines, and small enough to stay in the cache between reading and encoding.
const BLOCK: usize = LINE_INPUT * 1_680;

/// Pulls a [`Composition`] out as octets with CRLF line ends.
pub struct Writer<'a> {
    pieces: std::slice::Iter<'a, Piece>,
    piece: Option<&'a Piece>,
    offset: u64,
    block: Vec<u8>,
}

impl<'a> Writer<'a> {
    pub fn new(composition: &'a Composition) -> Writer<'a> {
        let mut pieces = composition.pieces().iter();
        let piece = pieces.next();
        Writer { pieces, piece, offset: 0, block: Vec::new() }
    }

    /// Appends to `out` until it holds about `limit` octets or the message is over. Returns whether more is to come.
    pub fn fill(&mut self, out: &mut Vec<u8>, limit: usize) -> Result<bool> {
        while let Some(piece) = self.piece {
            if out.len() >= limit {
                return Ok(true);
            }
            let length = match piece {
                Piece::Bytes(bytes) => self.copy(bytes, out, limit),
                Piece::Text(text) => self.copy(text.as_bytes(), out, limit),
                Piece::Base64(source) => {
                    self.encode(&**source, out)?;
                    source.length()
                }
            };
            if self.offset == length {
                self.piece = self.pieces.next();
                self.offset = 0;
            }
        }
        Ok(false)
    }

    fn copy(&mut self, bytes: &[u8], out: &mut Vec<u8>, limit: usize) -> u64 {
        let rest = &bytes[self.offset as usize..];
        let chunk = &rest[..rest.len().min(limit - out.len())];
        out.extend_from_slice(chunk);
        self.offset += chunk.len() as u64;
        bytes.len() as u64
    }

    fn encode(&mut self, source: &dyn super::Source, out: &mut Vec<u8>) -> Result<()> {
        let rest = source.length() - self.offset;
        let size = rest.min(BLOCK as u64) as usize;
        self.block.resize(size, 0);
        source.read_exact_at(self.offset, &mut self.block)?;
        base64::MIME.encode_append(&self.block, out);
        self.offset += size as u64;
        Ok(())
    }
}
