//! ASN.1 before and beneath its parsers: the limits that octets of strangers have to keep, and values taken apart one level
//! at a time.

use super::rules::Limits;
use crate::error::{Error, Result, Status};

pub const INTEGER: u8 = 0x02;
pub const BIT_STRING: u8 = 0x03;
pub const OCTET_STRING: u8 = 0x04;
pub const OID: u8 = 0x06;
pub const SEQUENCE: u8 = 0x30;
pub const SET: u8 = 0x31;

/// The tag of a context-specific value that holds others.
pub const fn constructed(number: u8) -> u8 {
    0xa0 | number
}

/// The tag of a context-specific value that holds none.
pub const fn primitive(number: u8) -> u8 {
    0x80 | number
}

impl Limits {
    /// Looks at octets before any parser does: whether they are values of definite lengths that keep these limits. It goes
    /// from value to value and not into itself, so that nesting costs no stack.
    pub fn check(&self, der: &[u8]) -> Result<()> {
        self.check_as(der, Status::Asn1)
    }

    /// The same, with a status of its own for what is not even ASN.1.
    pub fn check_as(&self, der: &[u8], broken: Status) -> Result<()> {
        self.scan(der).map_err(|flaw| match flaw {
            Flaw::Broken(_) => Error::new(broken, self.sentence(&flaw)),
            _ => Error::new(Status::Asn1, self.sentence(&flaw)),
        })
    }

    fn sentence(&self, flaw: &Flaw) -> String {
        match flaw {
            Flaw::Broken(at) => {
                format!("the octets are no ASN.1 in DER: octet {at} is out of place")
            }
            Flaw::Deep(at) => format!(
                "at octet {at} the ASN.1 is nested deeper than {} values, which MaxAsn1TreeDepth allows",
                self.depth
            ),
            Flaw::Long(at, length) => format!(
                "the value at octet {at} has {length} octets, and MaxAsn1BufferLength allows {}",
                self.length
            ),
        }
    }

    fn scan(&self, der: &[u8]) -> Result<(), Flaw> {
        // Where the values end in which we are.
        let mut ends = vec![der.len()];
        let mut at = 0;
        if der.is_empty() {
            return Err(Flaw::Broken(0));
        }
        while let Some(&end) = ends.last() {
            if at == end {
                ends.pop();
                continue;
            }
            if ends.len() > self.depth {
                return Err(Flaw::Deep(at));
            }
            let header = Header::read(&der[at..end]).ok_or(Flaw::Broken(at))?;
            let content = at + header.octets;
            if header.is_constructed {
                ends.push(content + header.length);
                at = content;
            } else if header.length > self.length {
                return Err(Flaw::Long(at, header.length));
            } else {
                at = content + header.length;
            }
        }
        Ok(())
    }
}

enum Flaw {
    Broken(usize),
    Deep(usize),
    Long(usize, usize),
}

struct Header {
    octets: usize,
    length: usize,
    is_constructed: bool,
}

impl Header {
    /// The header of the value with which `der` begins, if `der` holds all of that value.
    fn read(der: &[u8]) -> Option<Header> {
        let tag = *der.first()?;
        let mut octets = 1;
        if tag & 0x1f == 0x1f {
            // A tag of many octets: the last of them has no high bit.
            octets += der[1..].iter().position(|octet| octet & 0x80 == 0)? + 1;
        }
        let first = *der.get(octets)?;
        octets += 1;
        let mut length = usize::from(first);
        if first & 0x80 != 0 {
            let count = usize::from(first & 0x7f);
            // 0x80 is the indefinite length of BER.
            if !(1..=4).contains(&count) {
                return None;
            }
            let digits = der.get(octets..octets + count)?;
            octets += count;
            length = digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit));
        }
        let is_constructed = tag & 0x20 != 0;
        (length <= der.len() - octets).then_some(Header { octets, length, is_constructed })
    }
}

/// The values that stand one behind the other, each with its header.
pub fn values(mut octets: &[u8]) -> Option<Vec<&[u8]>> {
    let mut values = Vec::new();
    while !octets.is_empty() {
        let header = Header::read(octets)?;
        let (value, rest) = octets.split_at(header.octets + header.length);
        values.push(value);
        octets = rest;
    }
    Some(values)
}

/// Whether octets are sequences in DER, one or several. Text is none: it may look like a value or two, but not all the way in and
/// to its end.
pub fn is_der(octets: &[u8]) -> bool {
    let are_sequences =
        values(octets).is_some_and(|values| values.iter().all(|value| value[0] == SEQUENCE));
    are_sequences && !matches!(Limits::default().scan(octets), Err(Flaw::Broken(_)))
}

/// What a value of this tag holds, if there is nothing behind it.
pub fn content(value: &[u8], tag: u8) -> Option<&[u8]> {
    let header = Header::read(value)?;
    let content = &value[header.octets..];
    (value[0] == tag && content.len() == header.length).then_some(content)
}

/// The values that a value of this tag holds.
pub fn members(value: &[u8], tag: u8) -> Option<Vec<&[u8]>> {
    values(content(value, tag)?)
}

/// An object identifier in dots, of any length and number of arcs.
pub fn dotted(value: &[u8]) -> Option<String> {
    let octets = content(value, OID)?;
    if octets.last()? & 0x80 != 0 {
        return None;
    }
    let mut text = String::new();
    let mut arc = 0u64;
    for octet in octets {
        arc = arc.checked_mul(0x80)? | u64::from(octet & 0x7f);
        if octet & 0x80 != 0 {
            continue;
        }
        match text.is_empty() {
            // The first two arcs are one number (X.690 section 8.19.4).
            true => text = format!("{}.{}", (arc / 40).min(2), arc - (arc / 40).min(2) * 40),
            false => text.push_str(&format!(".{arc}")),
        }
        arc = 0;
    }
    Some(text)
}

/// Octets as hexadecimal digits.
pub fn hex(octets: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let digits = octets.iter().flat_map(|octet| [octet >> 4, octet & 15]);
    digits.map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nested(depth: usize) -> Vec<u8> {
        let mut octets = Vec::new();
        for _ in 0..depth {
            let length = (octets.len() as u32).to_be_bytes();
            octets.splice(0..0, [SEQUENCE, 0x84, length[0], length[1], length[2], length[3]]);
        }
        octets
    }

    fn sentence(limits: &Limits, octets: &[u8]) -> String {
        let error = limits.check(octets).unwrap_err();
        assert_eq!(error.status(), Status::Asn1);
        error.message().to_owned()
    }

    #[test]
    fn depth_is_limited_and_costs_no_stack() {
        let limits = Limits { depth: 8, length: 100 };
        assert!(limits.check(&nested(8)).is_ok());
        assert!(sentence(&limits, &nested(9)).contains("deeper than 8"));
        let deep = Limits { depth: usize::MAX, ..limits };
        assert!(deep.check(&nested(20_000)).is_ok());
        assert!(sentence(&Limits { depth: 19_999, ..limits }, &nested(20_000)).contains("deeper"));
    }

    #[test]
    fn length_is_limited_for_what_holds_no_other() {
        let limits = Limits { depth: 8, length: 3 };
        assert!(limits.check(&[OCTET_STRING, 3, 0, 0, 0]).is_ok());
        assert!(limits.check(&[SEQUENCE, 6, OCTET_STRING, 1, 0, OCTET_STRING, 1, 0]).is_ok());
        let long = [SEQUENCE, 6, OCTET_STRING, 4, 0, 0, 0, 0];
        assert!(sentence(&limits, &long).contains("octet 2 has 4 octets"));
    }

    #[test]
    fn text_is_not_taken_for_values() {
        // Two hyphens are a tag and a length, too.
        let text = [&[b'-'; 2][..], &[b'x'; 45]].concat();
        assert!(values(&text).is_some() && !is_der(&text));
        let text = [b"00", &[b'x'; 48][..]].concat();
        assert!(values(&text).is_some() && !is_der(&text));
        assert!(!is_der(b""));
        assert!(is_der(&[SEQUENCE, 0, SEQUENCE, 3, INTEGER, 1, 0]));
        assert!(is_der(&nested(40)), "the limits are another matter");
    }

    #[test]
    fn identifiers_are_told_in_dots() {
        for (octets, text) in [
            (&[OID, 1, 0x2a][..], "1.2"),
            (&[OID, 3, 0x55, 4, 3], "2.5.4.3"),
            (&[OID, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 0x0b], "1.2.840.113549.1.1.11"),
            (&[OID, 3, 0x88, 0x37, 3], "2.999.3"),
        ] {
            assert_eq!(dotted(octets).as_deref(), Some(text));
        }
        let endless = [&[OID, 11], &[0xff; 10][..], &[0x7f]].concat();
        for octets in [&[OID, 0][..], &[OID, 2, 0x2a, 0x80], &[OCTET_STRING, 1, 0x2a], &endless] {
            assert_eq!(dotted(octets), None);
        }
    }

    #[test]
    fn what_is_no_der_is_told() {
        let limits = Limits::default();
        for octets in [
            &[][..],
            &[SEQUENCE],
            &[SEQUENCE, 1],
            &[SEQUENCE, 0x80, 0, 0],
            &[SEQUENCE, 0x85, 0, 0, 0, 0, 0],
            &[SEQUENCE, 0x84, 0xff, 0xff, 0xff, 0xff],
            &[SEQUENCE, 2, OCTET_STRING, 1, 0],
            &[0x1f],
            &[0x1f, 0x80],
            &[OCTET_STRING, 1, 0, SEQUENCE],
        ] {
            assert!(sentence(&limits, octets).contains("no ASN.1"), "{octets:?}");
        }
        assert!(limits.check(&[0x3f, 0x81, 0x01, 2, OCTET_STRING, 0]).is_ok());
    }
}
