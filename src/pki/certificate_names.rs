//! Distinguished names as text (RFC 4514) and as pairs.

use super::asn1::{self, SEQUENCE, SET};
use std::fmt::Write;

/// One attribute of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Its type in dots, such as 2.5.4.3.
    pub oid: String,
    /// Its value as text; what is no text, a number sign and hexadecimal digits.
    pub value: String,
    /// Whether it stands in one set with the attribute before it.
    is_joined: bool,
    is_hex: bool,
}

/// The attributes of a name in the order in which the certificate has them.
pub fn attributes(name: &[u8]) -> Option<Vec<Attribute>> {
    let mut attributes = Vec::new();
    for set in asn1::members(name, SEQUENCE)? {
        for (place, attribute) in asn1::members(set, SET)?.into_iter().enumerate() {
            let [oid, value] = asn1::members(attribute, SEQUENCE)?.try_into().ok()?;
            let text = text_of_value(value);
            attributes.push(Attribute {
                oid: asn1::dotted(oid)?,
                is_joined: place > 0,
                is_hex: text.is_none(),
                value: text.unwrap_or_else(|| format!("#{}", asn1::hex(value))),
            });
        }
    }
    Some(attributes)
}

/// A name as RFC 4514 writes it: the last set first.
pub fn text_of_name(name: &[u8]) -> Option<String> {
    let attributes = attributes(name)?;
    let mut sets: Vec<Vec<&Attribute>> = Vec::new();
    for attribute in &attributes {
        match sets.last_mut() {
            Some(set) if attribute.is_joined => set.push(attribute),
            _ => sets.push(vec![attribute]),
        }
    }
    let sets = sets.iter().rev().map(|set| {
        let set: Vec<_> = set.iter().map(|attribute| attribute.text()).collect();
        set.join("+")
    });
    Some(sets.collect::<Vec<_>>().join(","))
}

/// The value of the last attribute of this type: names go from the general to the particular.
pub fn last_value<'a>(attributes: &'a [Attribute], oid: &str) -> Option<&'a str> {
    let attribute = attributes.iter().rev().find(|attribute| attribute.oid == oid)?;
    Some(&attribute.value)
}

impl Attribute {
    fn text(&self) -> String {
        let name = short_name(&self.oid).unwrap_or(&self.oid);
        match self.is_hex {
            true => format!("{name}={}", self.value),
            false => format!("{name}={}", escaped(&self.value)),
        }
    }
}

/// RFC 4514 section 2.4.
fn escaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let last = value.chars().count().saturating_sub(1);
    for (place, character) in value.chars().enumerate() {
        let is_special = match character {
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' => true,
            '#' => place == 0,
            ' ' => place == 0 || place == last,
            _ => false,
        };
        if character.is_ascii_control() {
            let _ = write!(text, "\\{:02X}", u32::from(character));
            continue;
        }
        if is_special {
            text.push('\\');
        }
        text.push(character);
    }
    text
}

/// The text of a string of one of the kinds that names are made of.
fn text_of_value(value: &[u8]) -> Option<String> {
    let tag = *value.first()?;
    let content = asn1::content(value, tag)?;
    match tag {
        // UTF8String
        0x0c => {
            std::str::from_utf8(content).ok().filter(|text| !text.contains('\0')).map(str::to_owned)
        }
        // NumericString, PrintableString, IA5String, VisibleString
        0x12 | 0x13 | 0x16 | 0x1a => plain_text(content),
        // TeletexString, which everybody fills with ISO 8859-1.
        0x14 => {
            let text: String = content.iter().map(|octet| char::from(*octet)).collect();
            Some(text).filter(|text| !text.contains('\0'))
        }
        // BMPString
        0x1e => {
            let (units, rest) = content.as_chunks::<2>();
            let units: Vec<_> = units.iter().map(|unit| u16::from_be_bytes(*unit)).collect();
            let text = String::from_utf16(&units).ok().filter(|text| !text.contains('\0'));
            text.filter(|_| rest.is_empty())
        }
        // UniversalString
        0x1c => {
            let (units, rest) = content.as_chunks::<4>();
            let characters = units.iter().map(|unit| char::from_u32(u32::from_be_bytes(*unit)));
            let text: Option<String> = characters.collect();
            text.filter(|text| rest.is_empty() && !text.contains('\0'))
        }
        _ => None,
    }
}

/// ASCII without NUL: a text with one would look shorter to a C host than it is.
pub fn plain_text(octets: &[u8]) -> Option<String> {
    let is_plain = octets.is_ascii() && !octets.contains(&0);
    is_plain.then(|| String::from_utf8_lossy(octets).into_owned())
}

/// The short names of RFC 4514 section 3 and of RFC 4519, and the one for mail addresses that everybody knows.
fn short_name(oid: &str) -> Option<&'static str> {
    Some(match oid {
        "2.5.4.3" => "CN",
        "2.5.4.4" => "SN",
        "2.5.4.5" => "serialNumber",
        "2.5.4.6" => "C",
        "2.5.4.7" => "L",
        "2.5.4.8" => "ST",
        "2.5.4.9" => "street",
        "2.5.4.10" => "O",
        "2.5.4.11" => "OU",
        "2.5.4.12" => "title",
        "2.5.4.13" => "description",
        "2.5.4.15" => "businessCategory",
        "2.5.4.17" => "postalCode",
        "2.5.4.42" => "GN",
        "2.5.4.43" => "initials",
        "2.5.4.44" => "generationQualifier",
        "2.5.4.46" => "dnQualifier",
        "2.5.4.97" => "organizationIdentifier",
        "0.9.2342.19200300.100.1.1" => "UID",
        "0.9.2342.19200300.100.1.25" => "DC",
        "1.2.840.113549.1.9.1" => "emailAddress",
        _ => return None,
    })
}
