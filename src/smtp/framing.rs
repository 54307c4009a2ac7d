//! How the octets of a message travel behind DATA (RFC 5321 section 4.5.2).

use memchr::memchr;
use memchr::memmem::Finder;
use once_cell::sync::Lazy;

static LEADING_DOT: Lazy<Finder> = Lazy::new(|| Finder::new(b"\n."));

/// Doubles the dot at the start of each line, over any number of chunks.
#[derive(Debug)]
pub struct DotStuffer {
    at_line_start: bool,
}

impl DotStuffer {
    pub fn new() -> DotStuffer {
        DotStuffer { at_line_start: true }
    }

    /// Stuffs what `chunk` holds from `start` on. The octets go on where those of the last call ended.
    pub fn stuff(&mut self, chunk: &mut Vec<u8>, start: usize) {
        let octets = &chunk[start..];
        if octets.is_empty() {
            return;
        }
        let after_break = std::mem::replace(&mut self.at_line_start, octets.ends_with(b"\n"));
        // Base64 has no dots at all, which is found out fastest.
        if memchr(b'.', octets).is_none() {
            return;
        }
        let leading = (after_break && octets[0] == b'.').then_some(0);
        let inner = LEADING_DOT.find_iter(octets).map(|at| at + 1);
        let dots: Vec<usize> = leading.into_iter().chain(inner).collect();
        if !dots.is_empty() {
            double(chunk, start, &dots);
        }
    }

    /// Takes note of octets in which no break is followed by a dot. False: they begin with a dot that has to be stuffed.
    pub fn pass(&mut self, octets: &[u8]) -> bool {
        let passes = !(self.at_line_start && octets.starts_with(b"."));
        if passes {
            self.pass_over(octets);
        }
        passes
    }

    /// Takes note of octets that are known to have no dots to be stuffed.
    pub fn pass_over(&mut self, octets: &[u8]) {
        if !octets.is_empty() {
            self.at_line_start = octets.ends_with(b"\n");
        }
    }

    /// The octets that end the message.
    pub fn terminator(&self) -> &'static [u8] {
        match self.at_line_start {
            true => b".\r\n",
            false => b"\r\n.\r\n",
        }
    }
}

/// Doubles the octets of `chunk` that stand at `places`, counted from `start`.
fn double(chunk: &mut Vec<u8>, start: usize, places: &[usize]) {
    let tail = chunk.split_off(start);
    chunk.reserve(tail.len() + places.len());
    let mut copied = 0;
    for &place in places {
        chunk.extend_from_slice(&tail[copied..=place]);
        copied = place;
    }
    chunk.extend_from_slice(&tail[copied..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stuffed(message: &[u8], step: usize) -> Vec<u8> {
        let mut stuffer = DotStuffer::new();
        let mut out = Vec::new();
        for chunk in message.chunks(step) {
            let start = out.len();
            out.extend_from_slice(chunk);
            let has_inner_dots = chunk.windows(2).any(|octets| octets == b"\n.");
            if has_inner_dots || !stuffer.pass(chunk) {
                stuffer.stuff(&mut out, start);
            }
        }
        out.extend_from_slice(stuffer.terminator());
        out
    }

    #[test]
    fn dots_at_line_starts_are_doubled_however_the_message_is_cut() {
        for (message, expected) in [
            (&b".\r\n..\r\na.b\r\n.x.\r\n"[..], &b"..\r\n...\r\na.b\r\n..x.\r\n.\r\n"[..]),
            (b"a\r\n.", b"a\r\n..\r\n.\r\n"),
            (b"", b".\r\n"),
            (b"no end", b"no end\r\n.\r\n"),
        ] {
            for step in 1..=message.len().max(1) {
                assert_eq!(stuffed(message, step), expected, "in steps of {step}");
            }
        }
    }
}
