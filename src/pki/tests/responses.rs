//! OCSP responses and lists, good and bad, and a web that has them.

use super::super::Fetch;
use super::super::facts::{Facts, SEQUENCE, Values, context, key_bits, wrapped};
use super::authority::*;
use crate::error::{Error, Result, Status};
use rcgen::{
    CertificateRevocationListParams, CrlDistributionPoint, CustomExtension, KeyIdMethod,
    RevocationReason, RevokedCertParams, SerialNumber, SigningKey, date_time_ymd,
};
use ring::digest::{Algorithm, SHA1_FOR_LEGACY_USE_ONLY, digest};
use rustls::pki_types::CertificateDer;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

#[derive(Clone, Copy)]
pub enum Says {
    Good,
    Revoked,
    Unknown,
}

/// A response about one certificate, to be changed before it is signed.
pub struct Response<'a> {
    pub leaf: &'a CertificateDer<'static>,
    pub issuer: &'a Ca,
    pub says: Says,
    pub this_update: u64,
    pub next_update: Option<u64>,
    pub hash: &'static Algorithm,
    /// Who signs in the issuer's place.
    pub responder: Option<&'a Ca>,
}

pub fn response<'a>(leaf: &'a CertificateDer<'static>, issuer: &'a Ca, says: Says) -> Response<'a> {
    Response {
        leaf,
        issuer,
        says,
        this_update: now() - DAY,
        next_update: Some(now() + DAY),
        hash: &SHA1_FOR_LEGACY_USE_ONLY,
        responder: None,
    }
}

const ECDSA_SHA256: &[u8] = &[0x06, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2];

fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    wrapped(SEQUENCE, &parts.concat())
}

pub fn time(seconds: u64) -> Vec<u8> {
    let date = der::DateTime::from_unix_duration(Duration::from_secs(seconds)).unwrap().to_string();
    let digits: String = date.chars().filter(|c| c.is_ascii_digit()).collect();
    wrapped(0x18, format!("{digits}Z").as_bytes())
}

impl Response<'_> {
    pub fn der(&self) -> Vec<u8> {
        let signer = self.responder.unwrap_or(self.issuer);
        let data = self.data();
        let signature = signer.issuer.key().sign(&data).unwrap();
        let mut parts =
            vec![data, sequence(&[ECDSA_SHA256]), wrapped(3, &[&[0], &signature[..]].concat())];
        if let Some(responder) = self.responder {
            parts.push(wrapped(0xa0, &sequence(&[&responder.der])));
        }
        let basic = wrapped(SEQUENCE, &parts.concat());
        let id: &[u8] = &[0x06, 9, 0x2b, 6, 1, 5, 5, 7, 0x30, 1, 1];
        let octets = wrapped(4, &basic);
        sequence(&[&[0x0a, 1, 0], &wrapped(0xa0, &sequence(&[id, &octets]))])
    }

    fn data(&self) -> Vec<u8> {
        let leaf = Facts::read(self.leaf).unwrap();
        let issuer = Facts::read(&self.issuer.der).unwrap();
        let hashed = |octets| wrapped(4, digest(self.hash, octets).as_ref());
        let id: &[u8] = match self.hash.output_len() {
            20 => &[0x06, 5, 0x2b, 14, 3, 2, 26],
            _ => &[0x06, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1],
        };
        let certificate = sequence(&[
            &sequence(&[id]),
            &hashed(issuer.subject),
            &hashed(key_bits(issuer.spki).unwrap()),
            &wrapped(2, leaf.serial),
        ]);
        let status = match self.says {
            Says::Good => vec![0x80, 0],
            Says::Revoked => {
                let reason: &[u8] = &[0xa0, 3, 0x0a, 1, 1];
                wrapped(0xa1, &[&time(now() - 2 * DAY), reason].concat())
            }
            Says::Unknown => vec![0x82, 0],
        };
        let mut single = vec![certificate, status, time(self.this_update)];
        single.extend(self.next_update.map(|next| wrapped(0xa0, &time(next))));
        let single = sequence(&[&single.concat()]);
        let who = wrapped(0xa1, issuer.subject);
        sequence(&[&who, &time(self.this_update), &sequence(&[&single])])
    }
}

/// A list to be signed. `days` until the next one.
pub fn list(revoked: &[&[u8]], days: i64) -> CertificateRevocationListParams {
    let noon = date_time_ymd(2026, 6, 15) + Duration::from_secs(DAY / 2);
    let day = Duration::from_secs(DAY);
    let next_update = match days {
        0.. => noon + day * days as u32,
        _ => noon - day * days.unsigned_abs() as u32,
    };
    let entry = |serial: &&[u8]| RevokedCertParams {
        serial_number: SerialNumber::from_slice(serial),
        revocation_time: noon - day * 2,
        reason_code: Some(RevocationReason::KeyCompromise),
        invalidity_date: None,
    };
    CertificateRevocationListParams {
        this_update: noon - day * 10,
        next_update,
        crl_number: SerialNumber::from_slice(&[7]),
        issuing_distribution_point: None,
        revoked_certs: revoked.iter().map(entry).collect(),
        key_identifier_method: KeyIdMethod::Sha256,
    }
}

pub fn list_der(ca: &Ca, revoked: &[&[u8]], days: i64) -> Vec<u8> {
    list(revoked, days).signed_by(&ca.issuer).unwrap().der().to_vec()
}

/// The same list with another extension (its octets), signed anew.
pub fn list_with(ca: &Ca, list: &[u8], extension: &[u8]) -> Vec<u8> {
    let mut parts = Values::of_sequence(list).unwrap();
    let mut fields = Values::of_sequence(parts.next().unwrap().whole).unwrap();
    let mut octets = Vec::new();
    while !fields.is_at_end() {
        let field = fields.next().unwrap();
        if field.tag == context(0) {
            let extensions = Values::new(field.content).unwrap().next().unwrap().content;
            octets.extend(wrapped(0xa0, &sequence(&[extensions, extension])));
        } else {
            octets.extend(field.whole);
        }
    }
    let message = sequence(&[&octets]);
    let signature = ca.issuer.key().sign(&message).unwrap();
    let signature = wrapped(3, &[&[0], &signature[..]].concat());
    sequence(&[&message, &sequence(&[ECDSA_SHA256]), &signature])
}

/// An extension of those that RFC 5280 has numbered.
pub fn extension(number: u8, is_critical: bool, value: &[u8]) -> Vec<u8> {
    let critical: &[u8] = if is_critical { &[1, 1, 0xff] } else { &[] };
    sequence(&[&[6, 3, 0x55, 0x1d, number], critical, &wrapped(4, value)])
}

/// DistributionPoints with one place.
pub fn points_at(url: &str) -> Vec<u8> {
    let names = wrapped(0xa0, &wrapped(0x86, url.as_bytes()));
    sequence(&[&sequence(&[&wrapped(0xa0, &names)])])
}

/// An address that no other test uses: the process remembers who has failed.
pub fn fresh_url(scheme: &str) -> String {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    format!("{scheme}://host{}.test/", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// The extension that names a responder.
pub fn responder_at(url: &str) -> CustomExtension {
    let method: &[u8] = &[0x06, 8, 0x2b, 6, 1, 5, 5, 7, 0x30, 1];
    let access = sequence(&[method, &wrapped(0x86, url.as_bytes())]);
    CustomExtension::from_oid_content(&[1, 3, 6, 1, 5, 5, 7, 1, 1], sequence(&[&access]))
}

pub fn list_at(url: &str) -> CrlDistributionPoint {
    CrlDistributionPoint { uris: vec![url.to_owned()] }
}

pub fn must_staple() -> CustomExtension {
    let content = sequence(&[&[2, 1, 5]]);
    CustomExtension::from_oid_content(&[1, 3, 6, 1, 5, 5, 7, 1, 24], content)
}

/// A web of fixed answers, which remembers what it was asked.
#[derive(Default)]
pub struct Web {
    pub pages: BTreeMap<String, Vec<u8>>,
    pub asked: Vec<String>,
    pub requests: Vec<Vec<u8>>,
    pub allowed: Option<Duration>,
    pub has_no_time: bool,
    pub is_cancelled: bool,
}

impl Web {
    pub fn with(url: &str, page: Vec<u8>) -> Web {
        Web { pages: BTreeMap::from([(url.to_owned(), page)]), ..Web::default() }
    }
}

impl Fetch for Web {
    fn get(&mut self, url: &str, limit: usize) -> Result<Vec<u8>> {
        self.asked.push(url.to_owned());
        if self.is_cancelled {
            return Err(Status::Cancelled.into());
        }
        let page = self.pages.get(url).filter(|page| page.len() <= limit).cloned();
        page.ok_or_else(|| Error::new(Status::Connect, "nobody answers"))
    }

    fn post(&mut self, url: &str, kind: &str, body: &[u8], limit: usize) -> Result<Vec<u8>> {
        assert_eq!(kind, "application/ocsp-request");
        self.requests.push(body.to_vec());
        self.get(url, limit)
    }

    fn allow(&mut self, span: Duration) {
        self.allowed = Some(span);
    }

    fn has_time(&self) -> bool {
        !self.has_no_time
    }
}
