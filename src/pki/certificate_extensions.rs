//! The extensions of a certificate (RFC 5280 section 4.2), each read for itself.

use super::asn1::{self, OCTET_STRING, SEQUENCE};
use super::certificate_fields::{Parts, unreadable};
use super::certificate_names::{self, text_of_name};
use crate::error::Result;
use der::Decode;
use der::asn1::{BitStringRef, OctetStringRef};
use std::net::{Ipv4Addr, Ipv6Addr};

const SUBJECT_KEY_ID: &str = "2.5.29.14";
const KEY_USAGE: &str = "2.5.29.15";
const SUBJECT_ALT_NAME: &str = "2.5.29.17";
const BASIC_CONSTRAINTS: &str = "2.5.29.19";
const CRL_DISTRIBUTION_POINTS: &str = "2.5.29.31";
const AUTHORITY_KEY_ID: &str = "2.5.29.35";
const EXTENDED_KEY_USAGE: &str = "2.5.29.37";
const AUTHORITY_INFO_ACCESS: &str = "1.3.6.1.5.5.7.1.1";

const OCSP: &str = "1.3.6.1.5.5.7.48.1";
const CA_ISSUERS: &str = "1.3.6.1.5.5.7.48.2";

/// Authority Information Access (RFC 5280 section 4.2.2.1).
fn access_urls(parts: &Parts<'_>, method: &str) -> Result<Vec<String>> {
    const WHAT: &str = "authority information access";
    let Some(extension) = parts.extension(AUTHORITY_INFO_ACCESS)? else {
        return Ok(Vec::new());
    };
    let descriptions = asn1::members(extension, SEQUENCE).ok_or_else(|| unreadable(WHAT))?;
    let mut urls = Vec::new();
    for description in descriptions {
        let members = asn1::members(description, SEQUENCE);
        let Some([named, location]) = members.as_deref() else {
            return Err(unreadable(WHAT));
        };
        if asn1::dotted(named).as_deref() == Some(method) {
            urls.extend(url(location));
        }
    }
    Ok(urls)
}

/// CRL Distribution Points (RFC 5280 section 4.2.1.13): the URLs of their full names.
fn distribution_urls(parts: &Parts<'_>) -> Result<Vec<String>> {
    let broken = || unreadable("list of CRL distribution points");
    let Some(extension) = parts.extension(CRL_DISTRIBUTION_POINTS)? else {
        return Ok(Vec::new());
    };
    let mut urls = Vec::new();
    for point in asn1::members(extension, SEQUENCE).ok_or_else(broken)? {
        let members = asn1::members(point, SEQUENCE).ok_or_else(broken)?;
        // The tags of the name, which is a choice and so tagged twice: [0] { [0] full names }.
        let name = members.iter().find_map(|member| asn1::members(member, asn1::constructed(0)));
        for form in name.unwrap_or_default() {
            let full = asn1::members(form, asn1::constructed(0)).unwrap_or_default();
            urls.extend(full.into_iter().filter_map(url));
        }
    }
    Ok(urls)
}

/// A general name that is a URL, in plain ASCII as URLs are.
fn url(name: &[u8]) -> Option<String> {
    let octets = asn1::content(name, asn1::primitive(6))?;
    let is_plain = octets.iter().all(u8::is_ascii_graphic);
    is_plain.then(|| String::from_utf8_lossy(octets).into_owned())
}

/// One of a certificate's alternative names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AltName {
    /// The number of its kind in RFC 5280 section 4.2.1.6: 1 a mail address, 2 a host name, 6 a URL, 7 an IP address.
    pub kind: u8,
    pub value: String,
}

impl Parts<'_> {
    pub fn alt_names(&self) -> Result<Vec<AltName>> {
        let Some(extension) = self.extension(SUBJECT_ALT_NAME)? else {
            return Ok(Vec::new());
        };
        let names = asn1::members(extension, SEQUENCE);
        let names = names.ok_or_else(|| unreadable("list of alternative names"))?;
        Ok(names.into_iter().map(alt_name).collect())
    }

    /// The bits of SecureBlackbox's KeyUsage: the nine of the key usage, and above them the known extended ones.
    pub fn key_usage(&self) -> Result<u32> {
        let mut usage = 0;
        if let Some(extension) = self.extension(KEY_USAGE)? {
            let bits = BitStringRef::from_der(extension).map_err(|_| unreadable("key usage"))?;
            for (number, bit) in bits.bits().take(9).enumerate() {
                usage |= u32::from(bit) << number;
            }
        }
        if let Some(extension) = self.extension(EXTENDED_KEY_USAGE)? {
            let broken = || unreadable("extended key usage");
            for purpose in asn1::members(extension, SEQUENCE).ok_or_else(broken)? {
                usage |= purpose_bit(&asn1::dotted(purpose).ok_or_else(broken)?);
            }
        }
        Ok(usage)
    }

    /// The identifier of the issuer's key; empty where there is none.
    pub fn authority_key_id(&self) -> Result<Vec<u8>> {
        let Some(extension) = self.extension(AUTHORITY_KEY_ID)? else {
            return Ok(Vec::new());
        };
        let members = asn1::members(extension, SEQUENCE);
        let members = members.ok_or_else(|| unreadable("authority key identifier"))?;
        let id = members.iter().find_map(|member| asn1::content(member, asn1::primitive(0)));
        Ok(id.unwrap_or_default().to_vec())
    }

    /// The identifier of its own key; empty where there is none.
    pub fn subject_key_id(&self) -> Result<Vec<u8>> {
        let Some(extension) = self.extension(SUBJECT_KEY_ID)? else {
            return Ok(Vec::new());
        };
        let id = asn1::content(extension, OCTET_STRING);
        Ok(id.ok_or_else(|| unreadable("subject key identifier"))?.to_vec())
    }

    pub fn is_ca(&self) -> Result<bool> {
        let Some(extension) = self.extension(BASIC_CONSTRAINTS)? else {
            return Ok(false);
        };
        let members = asn1::members(extension, SEQUENCE);
        let members = members.ok_or_else(|| unreadable("basic constraints"))?;
        // A BOOLEAN that is not FALSE.
        Ok(members.first().is_some_and(|member| matches!(member, [1, 1, value] if *value != 0)))
    }

    /// The URLs of the OCSP responders that it names. One whose extension cannot be read is not one that names none.
    pub fn ocsp_urls(&self) -> Result<Vec<String>> {
        access_urls(self, OCSP)
    }

    pub fn issuer_urls(&self) -> Result<Vec<String>> {
        access_urls(self, CA_ISSUERS)
    }

    pub fn crl_urls(&self) -> Result<Vec<String>> {
        distribution_urls(self)
    }

    /// What an extension holds, if the certificate has it. Of several the first counts, as with webpki.
    fn extension(&self, oid: &str) -> Result<Option<&[u8]>> {
        let broken = || unreadable("list of extensions");
        let Some(extensions) = self.extensions else {
            return Ok(None);
        };
        for extension in asn1::members(extensions, SEQUENCE).ok_or_else(broken)? {
            let members = asn1::members(extension, SEQUENCE).ok_or_else(broken)?;
            let (Some(id), Some(value)) = (members.first(), members.last()) else {
                return Err(broken());
            };
            if asn1::dotted(id).as_deref() == Some(oid) {
                let value = OctetStringRef::from_der(value).map_err(|_| broken())?;
                return Ok(Some(value.as_bytes()));
            }
        }
        Ok(None)
    }
}

/// What cannot be told as text is told as RFC 4514 tells it: a number sign and hexadecimal digits.
fn alt_name(name: &[u8]) -> AltName {
    let kind = name[0] & 0x1f;
    let content = asn1::content(name, name[0]).unwrap_or_default();
    let text = match kind {
        1 | 2 | 6 => certificate_names::plain_text(content),
        4 => text_of_name(content),
        7 => address(content),
        8 => {
            let length = u8::try_from(content.len()).ok().filter(|length| *length < 0x80);
            length.and_then(|length| asn1::dotted(&[&[asn1::OID, length], content].concat()))
        }
        _ => None,
    };
    AltName { kind, value: text.unwrap_or_else(|| format!("#{}", asn1::hex(name))) }
}

fn address(octets: &[u8]) -> Option<String> {
    if let Ok(four) = <[u8; 4]>::try_from(octets) {
        return Some(Ipv4Addr::from(four).to_string());
    }
    let sixteen = <[u8; 16]>::try_from(octets).ok()?;
    Some(Ipv6Addr::from(sixteen).to_string())
}

fn purpose_bit(oid: &str) -> u32 {
    match oid {
        "1.3.6.1.5.5.7.3.1" => 0x200,
        "1.3.6.1.5.5.7.3.2" => 0x400,
        "1.3.6.1.5.5.7.3.3" => 0x800,
        "1.3.6.1.5.5.7.3.4" => 0x1000,
        "1.3.6.1.5.5.7.3.8" => 0x2000,
        "1.3.6.1.5.5.7.3.9" => 0x4000,
        "1.3.6.1.4.1.311.20.2.2" => 0x8000,
        "1.3.6.1.5.2.3.4" => 0x10000,
        "1.3.6.1.5.2.3.5" => 0x20000,
        _ => 0,
    }
}
