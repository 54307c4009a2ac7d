//! What a certificate says, as slices of its octets.
//!
//! webpki judges certificates and keeps most of what it reads to itself. This reader finds the same fields for those who put
//! a judgement into words, and for the checks that webpki leaves to others.

use super::certificate_names::text_of_name;
use crate::error::shown;
use der::asn1::{GeneralizedTime, UtcTime};
use der::{Decode, Header, Reader, SliceReader, Tag};

/// One value of ASN.1: its tag, its octets with tag and length, and those without.
#[derive(Clone, Copy)]
pub(super) struct Value<'a> {
    pub tag: Tag,
    pub whole: &'a [u8],
    pub content: &'a [u8],
}

/// Walks over the values that stand side by side in some octets.
pub(super) struct Values<'a>(SliceReader<'a>);

impl<'a> Values<'a> {
    pub fn new(octets: &'a [u8]) -> der::Result<Values<'a>> {
        SliceReader::new(octets).map(Values)
    }

    /// The values within the one SEQUENCE that the octets are.
    pub fn of_sequence(octets: &'a [u8]) -> der::Result<Values<'a>> {
        let mut outer = Values::new(octets)?;
        let content = outer.take(Tag::Sequence)?.content;
        outer.0.finish(())?;
        Values::new(content)
    }

    pub fn next(&mut self) -> der::Result<Value<'a>> {
        let whole = self.0.tlv_bytes()?;
        let mut inner = SliceReader::new(whole)?;
        let header = Header::decode(&mut inner)?;
        let content = inner.read_slice(header.length)?;
        Ok(Value { tag: header.tag, whole, content })
    }

    pub fn take(&mut self, tag: Tag) -> der::Result<Value<'a>> {
        let value = self.next()?;
        value.tag.assert_eq(tag)?;
        Ok(value)
    }

    /// The next value if it has this tag.
    pub fn take_if(&mut self, tag: Tag) -> der::Result<Option<Value<'a>>> {
        match self.is_at_end() || self.0.peek_tag()? != tag {
            true => Ok(None),
            false => self.next().map(Some),
        }
    }

    pub fn is_at_end(&self) -> bool {
        self.0.is_finished()
    }

    /// A UTCTime or GeneralizedTime, in seconds since 1970. 0 is any time before.
    pub fn time(&mut self) -> der::Result<u64> {
        let value = self.next()?;
        if is_before_1970(&value) {
            return Ok(0);
        }
        let since = match value.tag {
            Tag::UtcTime => UtcTime::from_der(value.whole)?.to_unix_duration(),
            _ => GeneralizedTime::from_der(value.whole)?.to_unix_duration(),
        };
        Ok(since.as_secs())
    }
}

fn is_before_1970(time: &Value) -> bool {
    let Some(digits) = time.content.strip_suffix(b"Z") else {
        return false;
    };
    let is_early = match (time.tag, digits.len()) {
        (Tag::UtcTime, 12) => (&b"50"[..]..=b"69").contains(&&digits[..2]),
        (Tag::GeneralizedTime, 14) => digits[..4] < b"1970"[..],
        _ => false,
    };
    is_early && digits.iter().all(u8::is_ascii_digit)
}

pub(super) const fn context(number: u8) -> Tag {
    let number = match number {
        0 => der::TagNumber::N0,
        1 => der::TagNumber::N1,
        2 => der::TagNumber::N2,
        _ => der::TagNumber::N3,
    };
    Tag::ContextSpecific { constructed: true, number }
}

/// Something signed: the octets that the signature is over, by which algorithm (an AlgorithmIdentifier without tag and length)
/// and the signature itself.
#[derive(Clone, Copy)]
pub(super) struct Signed<'a> {
    pub message: &'a [u8],
    pub algorithm: &'a [u8],
    pub signature: &'a [u8],
}

impl<'a> Signed<'a> {
    /// Reads the three values that certificates, lists and OCSP responses have in common.
    pub fn read(values: &mut Values<'a>) -> der::Result<Signed<'a>> {
        let message = values.take(Tag::Sequence)?.whole;
        let algorithm = values.take(Tag::Sequence)?.content;
        let bits = values.take(Tag::BitString)?;
        match bits.content {
            [0, signature @ ..] => Ok(Signed { message, algorithm, signature }),
            _ => Err(bits.tag.value_error()),
        }
    }
}

/// A certificate's fields. Names and the key are with tag and length, extensions are their values.
pub(super) struct Facts<'a> {
    pub der: &'a [u8],
    pub signed: Signed<'a>,
    pub serial: &'a [u8],
    pub issuer: &'a [u8],
    pub not_before: u64,
    pub not_after: u64,
    pub subject: &'a [u8],
    pub spki: &'a [u8],
    pub basic_constraints: Option<&'a [u8]>,
    pub key_usage: Option<&'a [u8]>,
    pub extended_key_usage: Option<&'a [u8]>,
    pub subject_alt_name: Option<&'a [u8]>,
    pub authority_key_id: Option<&'a [u8]>,
    pub subject_key_id: Option<&'a [u8]>,
    pub authority_information: Option<&'a [u8]>,
    pub crl_distribution_points: Option<&'a [u8]>,
    pub tls_features: Option<&'a [u8]>,
}

/// Bits of the first octet of a KeyUsage (RFC 5280 section 4.2.1.3).
pub(super) mod key_usage {
    /// What a server needs one of: digitalSignature, keyEncipherment or keyAgreement.
    pub const SERVER: u8 = 0x80 | 0x20 | 0x08;
    pub const CERT_SIGN: u8 = 0x04;
    pub const CRL_SIGN: u8 = 0x02;
}

/// Purposes of an ExtendedKeyUsage, as the content of their object identifiers.
pub(super) mod purpose {
    pub const SERVER_AUTH: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 3, 1];
    pub const OCSP_SIGNING: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 3, 9];
}

const COMMON_NAME: &[u8] = &[0x55, 4, 3];
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
const AUTHORITY_INFORMATION: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 1, 1];
const TLS_FEATURE: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 1, 24];
const OCSP_ACCESS: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 0x30, 1];

impl<'a> Facts<'a> {
    pub fn read(der: &'a [u8]) -> der::Result<Facts<'a>> {
        let signed = Signed::read(&mut Values::of_sequence(der)?)?;
        let mut fields = Values::of_sequence(signed.message)?;
        fields.take_if(context(0))?;
        let serial = fields.take(Tag::Integer)?.content;
        fields.take(Tag::Sequence)?;
        let issuer = fields.take(Tag::Sequence)?.whole;
        let mut validity = Values::of_sequence(fields.take(Tag::Sequence)?.whole)?;
        let (not_before, not_after) = (validity.time()?, validity.time()?);
        let subject = fields.take(Tag::Sequence)?.whole;
        let spki = fields.take(Tag::Sequence)?.whole;
        let mut facts = Facts {
            der,
            signed,
            serial,
            issuer,
            not_before,
            not_after,
            subject,
            spki,
            basic_constraints: None,
            key_usage: None,
            extended_key_usage: None,
            subject_alt_name: None,
            authority_key_id: None,
            subject_key_id: None,
            authority_information: None,
            crl_distribution_points: None,
            tls_features: None,
        };
        while !fields.is_at_end() {
            let field = fields.next()?;
            if field.tag == context(3) {
                facts.read_extensions(field.content)?;
            }
        }
        Ok(facts)
    }

    fn read_extensions(&mut self, octets: &'a [u8]) -> der::Result<()> {
        let mut extensions = Values::of_sequence(octets)?;
        while !extensions.is_at_end() {
            let mut fields = Values::of_sequence(extensions.take(Tag::Sequence)?.whole)?;
            let id = fields.take(Tag::ObjectIdentifier)?.content;
            fields.take_if(Tag::Boolean)?;
            let place = match id {
                [0x55, 0x1d, 14] => &mut self.subject_key_id,
                [0x55, 0x1d, 15] => &mut self.key_usage,
                [0x55, 0x1d, 17] => &mut self.subject_alt_name,
                [0x55, 0x1d, 19] => &mut self.basic_constraints,
                [0x55, 0x1d, 31] => &mut self.crl_distribution_points,
                [0x55, 0x1d, 35] => &mut self.authority_key_id,
                [0x55, 0x1d, 37] => &mut self.extended_key_usage,
                id if id == AUTHORITY_INFORMATION => &mut self.authority_information,
                id if id == TLS_FEATURE => &mut self.tls_features,
                _ => continue,
            };
            *place = Some(fields.take(Tag::OctetString)?.content);
        }
        Ok(())
    }

    /// What the BasicConstraints say; `None` if there are none.
    pub fn is_ca(&self) -> Option<bool> {
        let mut fields = Values::of_sequence(self.basic_constraints?).ok()?;
        let flag = fields.take_if(Tag::Boolean).ok()?;
        Some(flag.is_some_and(|flag| flag.content != [0]))
    }

    /// Whether one of these uses of the key is allowed. Without a KeyUsage all are.
    pub fn allows_key_usage(&self, bits: u8) -> bool {
        let Some(usage) = self.key_usage else {
            return true;
        };
        let value = Values::new(usage).and_then(|mut values| values.take(Tag::BitString));
        matches!(value, Ok(Value { content: [_, first, ..], .. }) if first & bits != 0)
    }

    /// Whether the ExtendedKeyUsage names this purpose; `None` if there is no such extension.
    pub fn has_purpose(&self, purpose: &[u8]) -> Option<bool> {
        let octets = self.extended_key_usage?;
        let Ok(mut purposes) = Values::of_sequence(octets) else {
            return Some(false);
        };
        while let Ok(value) = purposes.next() {
            if value.content == purpose {
                return Some(true);
            }
        }
        Some(false)
    }

    pub fn is_self_issued(&self) -> bool {
        self.issuer == self.subject
    }

    /// RFC 7633: whether the server has promised to staple (status_request, 5).
    pub fn must_staple(&self) -> bool {
        let Some(Ok(mut features)) = self.tls_features.map(Values::of_sequence) else {
            return false;
        };
        while let Ok(feature) = features.next() {
            if feature.content == [5] {
                return true;
            }
        }
        false
    }

    /// The key identifier of the issuer, if it is named.
    pub fn issuer_key_id(&self) -> Option<&'a [u8]> {
        let mut fields = Values::of_sequence(self.authority_key_id?).ok()?;
        let first = fields.next().ok()?;
        let number = der::TagNumber::N0;
        (first.tag == Tag::ContextSpecific { constructed: false, number }).then_some(first.content)
    }

    pub fn key_id(&self) -> Option<&'a [u8]> {
        let mut values = Values::new(self.subject_key_id?).ok()?;
        values.take(Tag::OctetString).ok().map(|value| value.content)
    }

    /// Where its responders are.
    pub fn ocsp_urls(&self) -> Vec<&'a str> {
        let mut urls = Vec::new();
        let Some(Ok(mut accesses)) = self.authority_information.map(Values::of_sequence) else {
            return urls;
        };
        while let Ok(access) = accesses.take(Tag::Sequence) {
            let Ok(mut fields) = Values::new(access.content) else {
                break;
            };
            let (Ok(method), Ok(location)) = (fields.next(), fields.next()) else {
                break;
            };
            if method.content == OCSP_ACCESS {
                urls.extend(url(location));
            }
        }
        urls
    }

    /// Where its lists are: for each distribution point the places that bring the same. A point of a list by another issuer, or
    /// for some reasons only, has no places: such lists are not read.
    pub fn crl_urls(&self) -> Vec<Vec<&'a str>> {
        let mut points = Vec::new();
        let Some(Ok(mut values)) = self.crl_distribution_points.map(Values::of_sequence) else {
            return points;
        };
        while let Ok(point) = values.take(Tag::Sequence) {
            points.push(full_names(point.content).unwrap_or_default());
        }
        points
    }

    /// The subject's common name, or all of the subject.
    pub fn name(&self) -> String {
        name_in_words(self.subject)
    }

    pub fn issuer_name(&self) -> String {
        name_in_words(self.issuer)
    }

    /// The number of bits of an RSA key.
    pub fn rsa_bits(&self) -> Option<usize> {
        rsa_bits(self.spki)
    }
}

/// The URLs of a DistributionPoint (its content) that has nothing else: `[0] { [0] { [6] URL ... } }`.
fn full_names(point: &[u8]) -> der::Result<Vec<&str>> {
    let mut fields = Values::new(point)?;
    let name = fields.take_if(context(0))?;
    match fields.is_at_end() {
        true => urls_of_name(name),
        false => Ok(Vec::new()),
    }
}

/// The URLs of a DistributionPointName.
pub(super) fn urls_of_name(name: Option<Value<'_>>) -> der::Result<Vec<&str>> {
    let mut urls = Vec::new();
    if let Some(name) = name
        && let Some(names) = Values::new(name.content)?.take_if(context(0))?
    {
        let mut names = Values::new(names.content)?;
        while !names.is_at_end() {
            urls.extend(url(names.next()?));
        }
    }
    Ok(urls)
}

/// A GeneralName that is a URL.
fn url(name: Value<'_>) -> Option<&str> {
    let number = der::TagNumber::N6;
    match name.tag == (Tag::ContextSpecific { constructed: false, number }) {
        true => std::str::from_utf8(name.content).ok(),
        false => None,
    }
}

/// The content of the key's BIT STRING, which is what identifiers of keys are the hash of.
pub(super) fn key_bits(spki: &[u8]) -> Option<&[u8]> {
    let mut fields = Values::of_sequence(spki).ok()?;
    fields.take(Tag::Sequence).ok()?;
    fields.take(Tag::BitString).ok()?.content.get(1..)
}

pub(super) fn rsa_bits(spki: &[u8]) -> Option<usize> {
    let mut fields = Values::of_sequence(spki).ok()?;
    let algorithm = fields.take(Tag::Sequence).ok()?;
    if Values::new(algorithm.content).ok()?.next().ok()?.content != RSA {
        return None;
    }
    let mut key = Values::of_sequence(key_bits(spki)?).ok()?;
    let modulus = key.take(Tag::Integer).ok()?.content;
    let zeros = modulus.iter().take_while(|octet| **octet == 0).count();
    let significant = &modulus[zeros..];
    let first = significant.first()?;
    Some(significant.len() * 8 - first.leading_zeros() as usize)
}

const LONGEST_NAME: usize = 100;

/// A name for people: the last common name in it, or all of it as in RFC 4514. It is a stranger's text: bounded, and without
/// control characters.
pub(super) fn name_in_words(name: &[u8]) -> String {
    let text = common_name(name).or_else(|| text_of_name(name)).unwrap_or_default();
    let text = if text.is_empty() { "(no name)".to_owned() } else { text };
    shown(&text, LONGEST_NAME)
}

fn common_name(name: &[u8]) -> Option<String> {
    let mut found = None;
    let mut sets = Values::of_sequence(name).ok()?;
    while let Ok(set) = sets.take(Tag::Set) {
        let mut attributes = Values::new(set.content).ok()?;
        while let Ok(attribute) = attributes.take(Tag::Sequence) {
            let mut fields = Values::new(attribute.content).ok()?;
            if fields.next().ok()?.content == COMMON_NAME {
                found = fields.next().ok().map(text);
            }
        }
    }
    found
}

fn text(value: Value) -> String {
    if value.tag != Tag::BmpString {
        return String::from_utf8_lossy(value.content).into_owned();
    }
    let units = value.content.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect()
}

/// A value of ASN.1 made of its content; lengths are those of a certificate's fields.
pub(super) fn wrapped(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut octets = vec![tag];
    match content.len() {
        length @ 0..=0x7f => octets.push(length as u8),
        length => {
            let length = length.to_be_bytes();
            let zeros = length.iter().take_while(|octet| **octet == 0).count();
            octets.push(0x80 | (length.len() - zeros) as u8);
            octets.extend_from_slice(&length[zeros..]);
        }
    }
    octets.extend_from_slice(content);
    octets
}

pub(super) const SEQUENCE: u8 = 0x30;
