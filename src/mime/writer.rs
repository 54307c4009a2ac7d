//! The writer: a composition, pulled as octets. It holds one block of an attachment at a time, never all of it.

use super::letter::{Composition, Piece};
use super::line_ends::LineEnds;
use super::source::{Source, read_block};
use super::transfer::BLOCK;
use crate::error::Result;
use encodify::{base64, qp};

/// Pulls a [`Composition`] out as octets with CRLF line ends.
pub struct Writer<'a> {
    pieces: std::slice::Iter<'a, Piece<'a>>,
    piece: Option<&'a Piece<'a>>,
    offset: u64,
    block: Vec<u8>,
    line_ends: LineEnds,
}

impl<'a> Writer<'a> {
    pub fn new(composition: &'a Composition<'a>) -> Writer<'a> {
        let mut pieces = composition.pieces().iter();
        let piece = pieces.next();
        Writer { pieces, piece, offset: 0, block: Vec::new(), line_ends: LineEnds::default() }
    }

    /// Appends to `out` until it holds about `limit` octets or the message is over. Returns whether more is to come.
    pub fn fill(&mut self, out: &mut Vec<u8>, limit: usize) -> Result<bool> {
        while let Some(piece) = self.piece {
            if out.len() >= limit {
                return Ok(true);
            }
            let is_over = match piece {
                Piece::Octets(octets) | Piece::Text(octets) => self.copy(octets, out, limit),
                Piece::Binary(source) => self.read(*source, out, |_, block, out| {
                    out.extend_from_slice(block);
                })?,
                Piece::Base64(source) => self.read(*source, out, |_, block, out| {
                    base64::MIME.encode_append(block, out);
                })?,
                Piece::QuotedPrintable(source) => self.read(*source, out, |_, block, out| {
                    qp::BINARY.encode_append(block, out);
                    // The line goes on in the next block.
                    out.extend_from_slice(b"=\r\n");
                })?,
                Piece::Lines(source) => self.read(*source, out, LineEnds::push)?,
            };
            if is_over {
                self.line_ends = LineEnds::default();
                self.piece = self.pieces.next();
                self.offset = 0;
            }
        }
        Ok(false)
    }

    fn copy(&mut self, octets: &[u8], out: &mut Vec<u8>, limit: usize) -> bool {
        let rest = &octets[self.offset as usize..];
        let chunk = &rest[..rest.len().min(limit - out.len())];
        out.extend_from_slice(chunk);
        self.offset += chunk.len() as u64;
        self.offset == octets.len() as u64
    }

    /// Reads a block and has it written. Returns whether it was the last.
    fn read(
        &mut self,
        source: &dyn Source,
        out: &mut Vec<u8>,
        write: impl FnOnce(&mut LineEnds, &[u8], &mut Vec<u8>),
    ) -> Result<bool> {
        let block = match source.octets() {
            Some(octets) => {
                let rest = &octets[self.offset as usize..];
                &rest[..rest.len().min(BLOCK)]
            }
            None => {
                read_block(source, self.offset, &mut self.block, BLOCK)?;
                &self.block
            }
        };
        self.offset += block.len() as u64;
        if !block.is_empty() {
            write(&mut self.line_ends, block, out);
        }
        Ok(block.len() < BLOCK || source.length() == Some(self.offset))
    }
}
