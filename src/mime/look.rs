//! A look at octets: whatever has to be known of their lines, in one pass.

use multiversion::multiversion;

/// Octets that are looked at together: as many as two registers of AVX2 hold.
const TOGETHER: usize = 64;

/// Those, and the two behind them, which tell what the last of them are.
const SPAN: usize = TOGETHER + 2;

/// What a look tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Whether there is a CR without its LF or a LF without its CR, a CR at the end left aside.
    pub has_bare_breaks: bool,
    pub is_ascii: bool,
    /// Whether a dot stands at the beginning, or behind a LF.
    pub has_leading_dots: bool,
}

/// What a look at nothing tells.
impl Default for Look {
    fn default() -> Look {
        Look { has_bare_breaks: false, is_ascii: true, has_leading_dots: false }
    }
}

/// Looks at octets from their beginning.
pub fn look(octets: &[u8]) -> Look {
    let within = look_within(octets);
    Look {
        has_bare_breaks: within.has_bare_breaks || octets.starts_with(b"\n"),
        has_leading_dots: within.has_leading_dots
            || octets.starts_with(b".")
            || octets.starts_with(b"\n."),
        ..within
    }
}

/// The same where other octets come before: what a LF at the beginning is, and a dot in one of the first two places, is not looked at.
#[multiversion(targets("x86_64+avx2"))]
pub fn look_within(octets: &[u8]) -> Look {
    let mut seen = Seen::nothing();
    if let Some(last) = octets.last_chunk::<SPAN>() {
        let mut rest = octets;
        while let Some(span) = rest.first_chunk::<SPAN>() {
            seen.take(span);
            rest = &rest[TOGETHER..];
        }
        // What is seen twice changes nothing: the last are looked at beside some that were before.
        seen.take(last);
    } else {
        let mut span = [b' '; SPAN];
        span[..octets.len()].copy_from_slice(octets);
        if octets.ends_with(b"\r") {
            span[octets.len()] = b'\n';
        }
        seen.take(&span);
    }
    let mut look = seen.summary();
    if let [.., before, last] = octets {
        look.has_bare_breaks |= (*before == b'\r') != (*last == b'\n');
    }
    look.is_ascii &= octets[octets.len().saturating_sub(2)..].is_ascii();
    look
}

/// What was seen in each of the places that are looked at together: all bits, or none.
struct Seen {
    bare: [u8; TOGETHER],
    octets: [u8; TOGETHER],
    dots: [u8; TOGETHER],
}

impl Seen {
    #[inline(always)]
    fn nothing() -> Seen {
        Seen { bare: [0; TOGETHER], octets: [0; TOGETHER], dots: [0; TOGETHER] }
    }

    /// Without branches, so that the compiler takes all of the octets at once.
    #[inline(always)] // What has many versions has them as a whole.
    fn take(&mut self, span: &[u8; SPAN]) {
        for place in 0..TOGETHER {
            let is_lf = all_bits(span[place + 1] == b'\n');
            self.bare[place] |= all_bits(span[place] == b'\r') ^ is_lf;
            self.octets[place] |= span[place];
            self.dots[place] |= is_lf & all_bits(span[place + 2] == b'.');
        }
    }

    #[inline(always)]
    fn summary(&self) -> Look {
        Look {
            has_bare_breaks: any(&self.bare) != 0,
            is_ascii: any(&self.octets) & EIGHTH_BITS == 0,
            has_leading_dots: any(&self.dots) != 0,
        }
    }
}

/// The eighth bit of each of eight octets.
const EIGHTH_BITS: u64 = 0x8080_8080_8080_8080;

/// What is set in any of the places, eight octets at a time.
#[inline(always)]
fn any(places: &[u8; TOGETHER]) -> u64 {
    let (eights, _) = places.as_chunks();
    eights.iter().fold(0, |any, eight| any | u64::from_ne_bytes(*eight))
}

#[inline(always)]
fn all_bits(is_set: bool) -> u8 {
    if is_set { u8::MAX } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same, one octet after another.
    fn slow(octets: &[u8]) -> Look {
        let at = |place: usize| octets.get(place).copied();
        let is_bare = |place: usize| match octets[place] {
            b'\r' => at(place + 1).is_some_and(|next| next != b'\n'),
            b'\n' => place == 0 || octets[place - 1] != b'\r',
            _ => false,
        };
        let leads =
            |place: usize| octets[place] == b'.' && (place == 0 || octets[place - 1] == b'\n');
        Look {
            has_bare_breaks: (0..octets.len()).any(is_bare),
            is_ascii: octets.iter().all(u8::is_ascii),
            has_leading_dots: (0..octets.len()).any(leads),
        }
    }

    #[test]
    fn what_matters_is_seen_in_every_place_of_every_length() {
        let marks: [&[u8]; 9] =
            [b"\r\n", b"\n", b"\r", b"\r\n.", b"\n.", b".", b"\xc3\xa4", b"\xff", b"\n\r"];
        for length in 0..=3 * TOGETHER + 5 {
            let plain = vec![b'x'; length];
            assert_eq!(look(&plain), slow(&plain));
            for mark in marks {
                for place in 0..(length + 1).saturating_sub(mark.len()) {
                    let mut octets = plain.clone();
                    octets[place..place + mark.len()].copy_from_slice(mark);
                    assert_eq!(look(&octets), slow(&octets), "{mark:?} at {place} of {length}");
                }
            }
        }
    }
}
