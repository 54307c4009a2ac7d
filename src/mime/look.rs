//! A look at octets: whatever has to be known of their lines, in one pass.

use multiversion::multiversion;

/// Octets that are looked at together: as many as a register of AVX2 holds.
const TOGETHER: usize = 32;

/// What a look tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Whether there is a CR without its LF or a LF without its CR, a CR at the end left aside.
    pub has_bare_breaks: bool,
    pub is_ascii: bool,
    /// Whether a dot stands at the beginning, or behind a LF.
    pub has_leading_dots: bool,
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
    let mut seen = Seen::default();
    if let Some(last) = octets.last_chunk::<{ TOGETHER + 2 }>() {
        let firsts = octets[..octets.len() - 2].chunks_exact(TOGETHER);
        let (seconds, thirds) =
            (octets[1..].chunks_exact(TOGETHER), octets[2..].chunks_exact(TOGETHER));
        for ((first, second), third) in firsts.zip(seconds).zip(thirds) {
            seen.take(first, second, third);
        }
        // What is seen twice changes nothing: the last are looked at beside some that were before.
        seen.take(&last[..TOGETHER], &last[1..], &last[2..]);
    } else {
        octets.windows(3).for_each(|three| seen.take(&three[..1], &three[1..], &three[2..]));
    }
    let mut look = seen.summary();
    if let [.., before, last] = octets {
        look.has_bare_breaks |= (*before == b'\r') != (*last == b'\n');
    }
    look.is_ascii &= octets[octets.len().saturating_sub(2)..].is_ascii();
    look
}

/// What was seen in each of the places that are looked at together: all bits, or none.
#[derive(Default)]
struct Seen {
    bare: [u8; TOGETHER],
    octets: [u8; TOGETHER],
    dots: [u8; TOGETHER],
}

impl Seen {
    /// Looks at octets and the two behind each. Without branches, so that the compiler takes them all at once.
    #[inline(always)] // What has many versions has them as a whole.
    fn take(&mut self, first: &[u8], second: &[u8], third: &[u8]) {
        for (place, ((first, second), third)) in first.iter().zip(second).zip(third).enumerate() {
            let is_lf = all_bits(*second == b'\n');
            self.bare[place] |= all_bits(*first == b'\r') ^ is_lf;
            self.octets[place] |= first;
            self.dots[place] |= is_lf & all_bits(*third == b'.');
        }
    }

    #[inline(always)]
    fn summary(&self) -> Look {
        let any = |places: &[u8; TOGETHER]| places.iter().fold(0, |any, one| any | one);
        Look {
            has_bare_breaks: any(&self.bare) != 0,
            is_ascii: any(&self.octets).is_ascii(),
            has_leading_dots: any(&self.dots) != 0,
        }
    }
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
