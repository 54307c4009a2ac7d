//! Ready messages: octets of a host that are a message already, and go out almost as they are.

use super::line_ends::{LineEnds, Lines};
use super::raw_header::{HeaderScan, without_envelope, without_fields};
use super::ready_envelope::ReadyEnvelope;
use crate::error::{Error, Result, Status};

/// Octets read at a time: few while the header is looked for, more for the body, and still at home in the cache.
const HEADER_BLOCK: usize = 8 << 10;
const BODY_BLOCK: usize = 64 << 10;

/// Octets that are worth a write of their own. Fewer are gathered.
const LEAST_LENT: usize = 32 << 10;

/// Octets that come one after another: a slice, a file, a host's read callback. A message under way may change threads.
pub trait Octets: Send {
    /// Reads some octets to the start of `into`. None are the end.
    fn read(&mut self, into: &mut [u8]) -> Result<usize>;

    /// Goes back to the first octet, for a retry; an error where that cannot be.
    fn rewind(&mut self) -> Result<()>;
}

/// Octets that are all there.
#[derive(Debug)]
pub struct OctetSlice<'a> {
    octets: &'a [u8],
    rest: &'a [u8],
}

impl<'a> OctetSlice<'a> {
    pub fn new(octets: &'a [u8]) -> OctetSlice<'a> {
        OctetSlice { octets, rest: octets }
    }
}

impl Octets for OctetSlice<'_> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        let length = self.rest.len().min(into.len());
        let (taken, rest) = self.rest.split_at(length);
        into[..length].copy_from_slice(taken);
        self.rest = rest;
        Ok(length)
    }

    fn rewind(&mut self) -> Result<()> {
        self.rest = self.octets;
        Ok(())
    }
}

/// What becomes of Return-Path. A sender takes it off, since the last server puts it on (RFC 5321 section 4.4); a message
/// that is forwarded keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReturnPath {
    Drop,
    Keep,
}

/// A message that goes out as its octets are: without the fields that nobody else shall see, and with CRLF line ends. It
/// holds its header and one block of its octets.
pub struct Ready<'a> {
    octets: Box<dyn Octets + 'a>,
    length: Option<u64>,
    return_path: ReturnPath,
    eight_bit_is_allowed: bool,
    /// All fields, also those that do not go out: they tell the envelope.
    header: Vec<u8>,
    /// What goes out first: the fields, the empty line, and what was read of the body together with them.
    opening: Vec<u8>,
    /// How much of `opening` are fields.
    opening_header: usize,
    /// How much of `opening` is out.
    taken: usize,
    stream: Stream,
    stream_behind_opening: Stream,
    block: Vec<u8>,
    /// How much of `block` is read and has not gone out.
    pending: usize,
}

/// How far the octets are read.
#[derive(Debug, Clone, Default)]
struct Stream {
    octets: u64,
    line_ends: LineEnds,
    /// The octets are all read.
    is_read: bool,
    /// And the last line is ended too.
    is_over: bool,
}

impl<'a> Ready<'a> {
    /// Reads the header. `length` is that of all octets, where it is known.
    pub fn new(
        octets: Box<dyn Octets + 'a>,
        length: Option<u64>,
        return_path: ReturnPath,
    ) -> Result<Ready<'a>> {
        let mut ready = Ready {
            octets,
            length,
            return_path,
            eight_bit_is_allowed: false,
            header: Vec::new(),
            opening: Vec::new(),
            opening_header: 0,
            taken: 0,
            stream: Stream::default(),
            stream_behind_opening: Stream::default(),
            block: Vec::new(),
            pending: 0,
        };
        ready.read_opening()?;
        ready.stream_behind_opening = ready.stream.clone();
        Ok(ready)
    }

    /// Has Bcc go out too, for everybody to read. It is said before anything else is done with the message.
    pub fn keep_bcc(&mut self) {
        let fields = match self.return_path {
            ReturnPath::Keep => without_envelope(&self.header).to_vec(),
            ReturnPath::Drop => without_fields(without_envelope(&self.header), &["Return-Path"]),
        };
        let outgoing_length = fields.len();
        self.opening.splice(..self.opening_header, fields);
        self.opening_header = outgoing_length;
    }

    /// Sender and recipients as the header tells them.
    pub fn envelope(&self) -> Result<ReadyEnvelope> {
        ReadyEnvelope::of(&self.header)
    }

    /// Whether the header that goes out holds UTF-8, which only SMTPUTF8 (RFC 6532) allows. Other octets beyond ASCII make
    /// it no better with SMTPUTF8 than without.
    pub fn needs_smtputf8(&self) -> bool {
        let header = &self.opening[..self.opening_header];
        !header.is_ascii() && std::str::from_utf8(header).is_ok()
    }

    /// About how many octets go out: line ends behind the header count as they are.
    pub fn size(&self) -> Option<u64> {
        let body = self.length?.saturating_sub(self.stream_behind_opening.octets);
        Some(body + self.opening.len() as u64)
    }

    /// Puts whole fields with CRLF line ends before everything, such as those of a resending. They are part of the header
    /// from then on. Nothing must have been taken by `fill` since the start or the last `rewind`.
    pub fn prepend(&mut self, fields: Vec<u8>) {
        let outgoing = outgoing_fields(&fields, self.return_path);
        self.opening_header += outgoing.len();
        self.opening.splice(..0, outgoing);
        self.header.splice(..0, fields);
    }

    /// Whether the server takes octets beyond ASCII. Until that is said they are refused.
    pub fn allow_eight_bit(&mut self, allowed: bool) {
        self.eight_bit_is_allowed = allowed;
    }

    /// Goes back to the start. Octets that cannot be read again do no harm, as long as the header and what came with it
    /// were enough.
    pub fn rewind(&mut self) -> Result<()> {
        self.taken = 0;
        self.pending = 0;
        if self.stream.octets != self.stream_behind_opening.octets {
            self.octets.rewind()?;
            self.pass_over(self.stream_behind_opening.octets)?;
        }
        let is_read = self.stream.is_read;
        self.stream = Stream { is_read, ..self.stream_behind_opening.clone() };
        Ok(())
    }

    /// Appends to `out` until it holds about `limit` octets or the message is over. Returns whether more is to come.
    pub fn fill(&mut self, out: &mut Vec<u8>, limit: usize) -> Result<bool> {
        let rest = self.opening.get(self.taken..).unwrap_or_default();
        let opening = &rest[..rest.len().min(limit.saturating_sub(out.len()))];
        refuse_eight_bit(opening, self.eight_bit_is_allowed)?;
        out.extend_from_slice(opening);
        self.taken += opening.len();
        while out.len() < limit && !self.stream.is_over {
            let size = (limit - out.len()).clamp(HEADER_BLOCK, BODY_BLOCK);
            self.fill_block(size, out)?;
        }
        Ok(self.taken < self.opening.len() || !self.stream.is_over)
    }

    /// The octets that come next, if they are many and go out as they were read. `None`: what comes next, if anything does, is
    /// for [`Ready::fill`].
    pub fn lend(&mut self) -> Result<Option<Lines<'_>>> {
        if self.taken < self.opening.len() || self.pending > 0 {
            return Ok(None);
        }
        self.pending = self.read_block(BODY_BLOCK)?;
        if self.pending < LEAST_LENT {
            return Ok(None);
        }
        let octets = &self.block[..self.pending];
        refuse_eight_bit(octets, self.eight_bit_is_allowed)?;
        let lines = self.stream.line_ends.pass(octets);
        if lines.is_some() {
            self.pending = 0;
        }
        Ok(lines)
    }

    fn fill_block(&mut self, size: usize, out: &mut Vec<u8>) -> Result<()> {
        let length = match std::mem::take(&mut self.pending) {
            0 => self.read_block(size)?,
            pending => pending,
        };
        let octets = &self.block[..length];
        refuse_eight_bit(octets, self.eight_bit_is_allowed)?;
        self.stream.line_ends.push(octets, out);
        if self.stream.is_read {
            self.stream.line_ends.finish(out);
            self.stream.is_over = true;
        }
        Ok(())
    }

    /// Reads up to `size` octets to the start of `block`. Behind the end nothing is read any more: a host's callback need
    /// not know that it has said so.
    fn read_block(&mut self, size: usize) -> Result<usize> {
        if self.stream.is_read {
            return Ok(0);
        }
        if self.block.len() < size {
            self.block.resize(size, 0);
        }
        let length = self.octets.read(&mut self.block[..size])?;
        if length > size {
            let sentence = "more octets were said to be read than there was room for";
            return Err(Error::new(Status::Io, sentence));
        }
        self.stream.octets += length as u64;
        self.stream.is_read = length == 0;
        Ok(length)
    }

    fn read_opening(&mut self) -> Result<()> {
        let mut text = Vec::new();
        let mut scan = HeaderScan::default();
        let extent = loop {
            // Line ends first, fields then: what is a line to the receiver is one here too.
            let length = self.read_block(HEADER_BLOCK)?;
            self.stream.line_ends.push(&self.block[..length], &mut text);
            if self.stream.is_read {
                self.stream.line_ends.finish(&mut text);
            }
            if let Some(extent) = scan.find(&text, self.stream.is_read)? {
                break extent;
            }
        };
        if extent.start > 0 {
            return Err(Error::new(
                Status::NoMessage,
                "these octets are an mbox, which may hold several messages: load it instead",
            ));
        }
        if extent.end == 0 {
            return Err(Error::new(
                Status::NoMessage,
                "these octets are no mail message: they do not begin with a header field",
            ));
        }
        let is_header_alone = self.stream.is_read && extent.end == text.len();
        if extent.body == extent.end && !is_header_alone {
            return Err(stray_line(&text[extent.end..]));
        }
        self.opening = outgoing_fields(&text[..extent.end], self.return_path);
        self.opening_header = self.opening.len();
        // A message ends with a line end, even if none of its fields may go out.
        if !is_header_alone || self.opening.is_empty() {
            self.opening.extend_from_slice(b"\r\n");
        }
        self.opening.extend_from_slice(&text[extent.body..]);
        text.truncate(extent.end);
        self.header = text;
        Ok(())
    }

    /// Reads octets that are known already.
    fn pass_over(&mut self, octets: u64) -> Result<()> {
        self.stream = Stream::default();
        while self.stream.octets < octets {
            let left = octets - self.stream.octets;
            self.read_block(left.min(BODY_BLOCK as u64) as usize)?;
            if self.stream.is_read {
                return Err(Error::from(Status::FileChanged));
            }
        }
        Ok(())
    }
}

/// A line among the fields that is none. Whatever was meant, a Bcc behind it would be read by everybody.
fn stray_line(text: &[u8]) -> Error {
    let line = text.split(|octet| matches!(octet, b'\r' | b'\n')).next().unwrap_or_default();
    let shown: String = String::from_utf8_lossy(line).chars().take(60).collect();
    let shown = shown.escape_debug();
    let sentence = format!("the header holds the line '{shown}', which is no field");
    Error::new(Status::NoMessage, sentence)
}

/// The fields that are not only for the one who sends the message (RFC 5322 section 3.6.3).
fn outgoing_fields(header: &[u8], return_path: ReturnPath) -> Vec<u8> {
    let header = without_envelope(header);
    match return_path {
        ReturnPath::Keep => without_fields(header, &["Bcc", "Resent-Bcc"]),
        ReturnPath::Drop => without_fields(header, &["Bcc", "Resent-Bcc", "Return-Path"]),
    }
}

fn refuse_eight_bit(octets: &[u8], is_allowed: bool) -> Result<()> {
    match is_allowed || octets.is_ascii() {
        true => Ok(()),
        false => Err(Error::from(Status::EightBitMimeNotOffered)),
    }
}

#[cfg(test)]
mod tests;
