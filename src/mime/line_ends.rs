//! Line ends as SMTP wants them: CRLF and no other (RFC 5321 section 2.3.8).

use super::look::{look, look_within};
use memchr::{memchr, memchr_iter, memchr2_iter};

/// Octets looked at together: few enough to stay in the nearest cache between the look and the copy.
const PIECE: usize = 8 << 10;

/// Makes each line break CRLF: CRLF itself, a bare CR, a bare LF. The octets may come cut in any way.
#[derive(Debug, Clone, Default)]
pub struct LineEnds {
    /// The last octet was a CR. Its break is written already; a LF that follows belongs to it.
    after_cr: bool,
    line_is_open: bool,
}

impl LineEnds {
    /// Appends `chunk` to `out`. Its octets go on where those of the last call ended.
    pub fn push(&mut self, chunk: &[u8], out: &mut Vec<u8>) {
        let Some(last) = chunk.last() else {
            return;
        };
        let mut rest = self.behind_cr(chunk);
        self.after_cr = *last == b'\r';
        self.line_is_open = !matches!(last, b'\r' | b'\n');
        out.reserve(rest.len() + rest.len() / 32 + "\r\n".len());
        while !rest.is_empty() {
            let length = piece_length(rest);
            append_piece(&rest[..length], out);
            rest = &rest[length..];
        }
    }

    /// Takes note of `chunk` if it goes out as it is, since all of its breaks are CRLF. `None`: it has to be pushed.
    pub fn pass<'c>(&mut self, chunk: &'c [u8]) -> Option<Lines<'c>> {
        let octets = self.behind_cr(chunk);
        let begin_with_dots = begin_with_dots(octets)?;
        self.after_cr = false;
        self.line_is_open = octets.last() != Some(&b'\n');
        Some(Lines { octets, begin_with_dots })
    }

    /// A LF is not written again that belongs to the CR before it.
    fn behind_cr<'c>(&self, chunk: &'c [u8]) -> &'c [u8] {
        match (self.after_cr, chunk) {
            (true, [b'\n', rest @ ..]) => rest,
            _ => chunk,
        }
    }

    /// Ends the last line, if nothing else has ended it.
    pub fn finish(&mut self, out: &mut Vec<u8>) {
        if std::mem::take(&mut self.line_is_open) {
            out.extend_from_slice(b"\r\n");
        }
    }
}

/// Octets in which each break is CRLF.
#[derive(Debug, Clone, Copy)]
pub struct Lines<'c> {
    pub octets: &'c [u8],
    /// Whether a line behind one of these breaks begins with a dot.
    pub begin_with_dots: bool,
}

/// Whether a line behind one of the breaks begins with a dot. `None` where a break is not CRLF, which shows early if lines end
/// otherwise, and where there is nothing. The break of a CR at the end is not whole.
fn begin_with_dots(octets: &[u8]) -> Option<bool> {
    let last_two_fit = match octets {
        [] | [b'\n', ..] | [.., b'\r'] => false,
        [.., before, last] => (*before == b'\r') == (*last == b'\n'),
        [_] => true,
    };
    if !last_two_fit {
        return None;
    }
    let mut begin_with_dots = false;
    let mut rest = octets;
    while rest.len() > 2 {
        // Each piece has the first two octets of the next with it.
        let piece = &rest[..rest.len().min(PIECE + 2)];
        let seen = look_within(piece);
        if seen.has_bare_breaks {
            return None;
        }
        begin_with_dots |= seen.has_leading_dots;
        rest = &rest[piece.len() - 2..];
    }
    Some(begin_with_dots)
}

/// A piece does not end between the CR and the LF of one break.
fn piece_length(octets: &[u8]) -> usize {
    match octets.get(PIECE - 1..=PIECE) {
        Some(b"\r\n") => PIECE + 1,
        _ => octets.len().min(PIECE),
    }
}

/// A CR at the end gets its LF here: `push` passes over the one that may follow.
fn append_piece(piece: &[u8], out: &mut Vec<u8>) {
    if look(piece).has_bare_breaks {
        return append_line_by_line(piece, out);
    }
    out.extend_from_slice(piece);
    if piece.ends_with(b"\r") {
        out.push(b'\n');
    }
}

fn append_line_by_line(octets: &[u8], out: &mut Vec<u8>) {
    // Where LF ends all lines, which is what files have mostly, one octet is found faster than two.
    if memchr(b'\r', octets).is_none() {
        return append_lines(octets, memchr_iter(b'\n', octets), out);
    }
    append_lines(octets, memchr2_iter(b'\r', b'\n', octets), out);
}

fn append_lines(octets: &[u8], breaks: impl Iterator<Item = usize>, out: &mut Vec<u8>) {
    let mut copied = 0;
    for at in breaks {
        let ends_pair = at > 0 && octets[at - 1] == b'\r' && octets[at] == b'\n';
        if !ends_pair {
            out.extend_from_slice(&octets[copied..at]);
            out.extend_from_slice(b"\r\n");
        }
        copied = at + 1;
    }
    out.extend_from_slice(&octets[copied..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What becomes of a text, which is the same whether what may pass does or all is pushed.
    fn canonical(text: &[u8], step: usize) -> Vec<u8> {
        let mut ends = LineEnds::default();
        let mut out = Vec::new();
        text.chunks(step).for_each(|chunk| ends.push(chunk, &mut out));
        ends.finish(&mut out);
        assert_eq!(passed(text, step), out, "{text:?} in steps of {step}");
        out
    }

    fn passed(text: &[u8], step: usize) -> Vec<u8> {
        let mut ends = LineEnds::default();
        let mut out = Vec::new();
        for chunk in text.chunks(step) {
            let Some(lines) = ends.pass(chunk) else {
                ends.push(chunk, &mut out);
                continue;
            };
            let has_dots = lines.octets.windows(3).any(|octets| octets == b"\r\n.");
            assert_eq!(lines.begin_with_dots, has_dots, "{:?}", lines.octets);
            out.extend_from_slice(lines.octets);
        }
        ends.finish(&mut out);
        out
    }

    /// The rule again, one octet at a time.
    fn expected(text: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut octets = text.iter().peekable();
        while let Some(octet) = octets.next() {
            match octet {
                b'\r' => {
                    octets.next_if(|next| **next == b'\n');
                    out.extend_from_slice(b"\r\n");
                }
                b'\n' => out.extend_from_slice(b"\r\n"),
                other => out.push(*other),
            }
        }
        if !matches!(text.last(), None | Some(b'\r' | b'\n')) {
            out.extend_from_slice(b"\r\n");
        }
        out
    }

    #[test]
    fn every_break_becomes_crlf_however_the_text_is_cut() {
        for (text, expected) in [
            (&b"a\nb\rc\r\nd\n\n\re\r"[..], &b"a\r\nb\r\nc\r\nd\r\n\r\n\r\ne\r\n"[..]),
            (b"a\r\r\n\r\n\rb", b"a\r\n\r\n\r\n\r\nb\r\n"),
            (b"\n", b"\r\n"),
            (b"\r", b"\r\n"),
            (b"\r\n", b"\r\n"),
            (b"a", b"a\r\n"),
            (b"", b""),
        ] {
            for step in 1..=text.len().max(1) {
                assert_eq!(canonical(text, step), expected, "in steps of {step}");
            }
        }
    }

    #[test]
    fn what_has_the_right_breaks_passes() {
        let passes = |text: &str| LineEnds::default().pass(text.as_bytes()).is_some();
        for text in ["a", ".", "ab", "\r\n", "\r\n.", "a\r\nb", "a\r\n\r\n.b\r\n"] {
            assert!(passes(text), "{text:?}");
        }
        for text in
            ["", "\r", "\n", "a\r", "a\n", "\ra", "\na", "\n.", "a\r\n\n", "\r\r\n", "\r\n\rb"]
        {
            assert!(!passes(text), "{text:?}");
        }
    }

    #[test]
    fn an_empty_chunk_changes_nothing() {
        let mut ends = LineEnds::default();
        let mut out = Vec::new();
        for chunk in [&b"a\r"[..], b"", b"\nb", b""] {
            ends.push(chunk, &mut out);
        }
        ends.finish(&mut out);
        assert_eq!(out, b"a\r\nb\r\n");
    }

    #[test]
    fn texts_of_any_breaks_come_out_the_same_in_any_cut() {
        let mut state = 1_u32;
        for round in 0..3_000 {
            let mut next = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                state >> 16
            };
            let length = next() as usize % 40;
            let alphabet = [&b"\r\na"[..], b"\r\n.", b"ab\n", b"ab\r"][round % 4];
            let text: Vec<u8> =
                (0..length).map(|_| alphabet[next() as usize % alphabet.len()]).collect();
            for step in [1, 2, 3, 7, 40] {
                assert_eq!(canonical(&text, step), expected(&text), "{text:?} in steps of {step}");
            }
        }
    }

    #[test]
    fn breaks_at_the_edge_of_a_piece_are_none_too_many() {
        for edge in ["\r\n", "\n", "\r", "\n\r", "\r\r\n", "\r\n\n", "\r\n.", "\n."] {
            for before in PIECE - 3..=PIECE + 3 {
                for tail in ["", "b", "\n", "\r\nb\n"] {
                    let text = format!("{}{edge}{tail}", "a".repeat(before)).into_bytes();
                    for step in [PIECE, PIECE + 1, 3 * PIECE] {
                        assert_eq!(canonical(&text, step), expected(&text), "{before} {edge:?}");
                    }
                }
            }
        }
    }
}
