//! The body of an answer, taken in as it comes.

use super::head::{Length, Malformed};

/// The line before a chunk: a number, and extensions that nobody uses. Behind the last one there may be fields of that length.
const LONGEST_CHUNK_LINE: usize = 1 << 10;

pub struct Body {
    /// What of it has come.
    pub octets: Vec<u8>,
    limit: usize,
    place: Place,
}

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// So many octets, and then the end.
    Octets(usize),
    ChunkLine,
    /// So many octets of a chunk.
    Chunk(usize),
    ChunkEnd,
    Trailer,
    /// Whatever comes until the connection ends.
    Open,
    Over,
}

/// How far a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    More,
    Over,
    /// It goes on beyond the limit.
    TooLong,
}

impl Body {
    pub fn new(length: Length, limit: usize) -> Body {
        let place = match length {
            Length::Octets(0) => Place::Over,
            Length::Octets(octets) => Place::Octets(octets),
            Length::Chunks => Place::ChunkLine,
            Length::Open => Place::Open,
        };
        Body { octets: Vec::new(), limit, place }
    }

    /// Takes what belongs to the body out of what was received.
    pub fn take(&mut self, received: &mut Vec<u8>) -> Result<Progress, Malformed> {
        loop {
            let before = (self.place, received.len());
            match self.place {
                Place::Over => return Ok(Progress::Over),
                Place::Octets(rest) | Place::Chunk(rest) if rest > self.room() => {
                    self.fill(received, self.room());
                    return Ok(Progress::TooLong);
                }
                Place::Octets(rest) => match rest - self.fill(received, rest) {
                    0 => self.place = Place::Over,
                    rest => self.place = Place::Octets(rest),
                },
                Place::Chunk(rest) => match rest - self.fill(received, rest) {
                    0 => self.place = Place::ChunkEnd,
                    rest => self.place = Place::Chunk(rest),
                },
                Place::Open => {
                    self.fill(received, self.room());
                    if !received.is_empty() {
                        return Ok(Progress::TooLong);
                    }
                }
                Place::ChunkLine => self.take_chunk_line(received)?,
                Place::ChunkEnd => self.take_chunk_end(received)?,
                Place::Trailer => self.take_trailer(received)?,
            }
            if before == (self.place, received.len()) {
                return Ok(Progress::More);
            }
        }
    }

    /// The connection has ended: is that the end of the body?
    pub fn may_end(&self) -> bool {
        matches!(self.place, Place::Open | Place::Trailer | Place::Over)
    }

    fn room(&self) -> usize {
        self.limit - self.octets.len()
    }

    fn fill(&mut self, received: &mut Vec<u8>, most: usize) -> usize {
        let taken = received.len().min(most);
        self.octets.extend(received.drain(..taken));
        taken
    }

    fn take_chunk_line(&mut self, received: &mut Vec<u8>) -> Result<(), Malformed> {
        match httparse::parse_chunk_size(received) {
            Ok(httparse::Status::Complete((end, length))) => {
                received.drain(..end);
                self.place = match usize::try_from(length).unwrap_or(usize::MAX) {
                    0 => Place::Trailer,
                    length => Place::Chunk(length),
                };
                Ok(())
            }
            Ok(httparse::Status::Partial) if received.len() < LONGEST_CHUNK_LINE => Ok(()),
            _ => Err(malformed_chunks()),
        }
    }

    fn take_chunk_end(&mut self, received: &mut Vec<u8>) -> Result<(), Malformed> {
        let end = &received[..received.len().min(2)];
        match end {
            b"\r\n" => {
                received.drain(..2);
                self.place = Place::ChunkLine;
                Ok(())
            }
            b"" | b"\r" => Ok(()),
            _ => Err(malformed_chunks()),
        }
    }

    fn take_trailer(&mut self, received: &mut Vec<u8>) -> Result<(), Malformed> {
        match received.iter().position(|octet| *octet == b'\n') {
            Some(end) => {
                let is_last = received[..end].trim_ascii_end().is_empty();
                received.drain(..=end);
                if is_last {
                    self.place = Place::Over;
                }
                Ok(())
            }
            None if received.len() < LONGEST_CHUNK_LINE => Ok(()),
            None => Err(malformed_chunks()),
        }
    }
}

fn malformed_chunks() -> Malformed {
    "the answer's chunks are malformed".into()
}
