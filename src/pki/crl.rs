//! Lists of revoked certificates (RFC 5280 section 5).

use super::facts::{Signed, Value, Values, context, urls_of_name};
use super::signature::{self, Signature};
use super::status::{Answer, Status, Subject, check_dates, reason};
use super::words;
use der::{Tag, TagNumber};
use std::sync::{Arc, OnceLock};
use webpki::{BorrowedCertRevocationList, CertRevocationList, Error};

/// A list that webpki can read. A large one takes no more room than its octets: it is searched from its beginning.
pub(super) struct Crl {
    der: Arc<[u8]>,
    pub next_update: u64,
    /// It names lists of what has changed since (freshestCRL, RFC 5280 section 5.2.6).
    pub has_changes: bool,
    /// The key that its signature has been found to be by.
    signer: OnceLock<Box<[u8]>>,
}

const FRESHEST_CRL: &[u8] = &[0x55, 0x1d, 46];

/// The fields that webpki keeps to itself. The issuer is with tag and length.
struct Header<'a> {
    signed: Signed<'a>,
    issuer: &'a [u8],
    this_update: u64,
    next_update: u64,
    has_changes: bool,
}

impl Crl {
    /// Failing words go on from "the list".
    pub fn read(der: Arc<[u8]>) -> Result<Crl, String> {
        BorrowedCertRevocationList::from_der(&der).map_err(|error| in_words(&error))?;
        let header = header(&der).map_err(|_| in_words(&Error::BadDer))?;
        let Header { next_update, has_changes, .. } = header;
        Ok(Crl { der, next_update, has_changes, signer: OnceLock::new() })
    }

    pub fn size(&self) -> usize {
        self.der.len()
    }

    /// What the list says about a certificate; `None` if it is not for such.
    pub fn answer(&self, subject: &Subject, now: u64) -> Answer {
        let header = header(&self.der).map_err(|_| in_words(&Error::BadDer))?;
        if header.issuer != subject.facts.issuer || header.issuer != subject.issuer_name {
            return Ok(None);
        }
        let list = BorrowedCertRevocationList::from_der(&self.der)
            .map(CertRevocationList::from)
            .map_err(|error| in_words(&error))?;
        if let Some(point) = list.issuing_distribution_point() {
            let covers = is_within(point, subject).map_err(|_| in_words(&Error::BadDer))?;
            if !covers {
                return Ok(None);
            }
        }
        self.check_signature(&header.signed, subject)?;
        check_dates(header.this_update, header.next_update, now)?;
        let until = header.next_update;
        match list.find_serial(subject.facts.serial).map_err(|error| in_words(&error))? {
            None => Ok(Some(Status::Good { until })),
            Some(entry) => {
                let reason = entry.reason_code.and_then(|code| reason(code as u8));
                let when = entry.revocation_date.as_secs();
                Ok(Some(Status::Revoked { when, reason, until }))
            }
        }
    }

    fn check_signature(&self, signed: &Signed, subject: &Subject) -> Result<(), String> {
        if !subject.issuer_signs_lists {
            return Err("is by a CA whose key is not for lists (key usage)".into());
        }
        if self.signer.get().is_some_and(|signer| **signer == *subject.issuer_spki) {
            return Ok(());
        }
        match signature::check(signed, subject.issuer_spki) {
            Signature::Good => {
                let _ = self.signer.set(subject.issuer_spki.into());
                Ok(())
            }
            Signature::Wrong => Err("is not signed by the issuer, or was tampered with".into()),
            Signature::Weak(why) => Err(format!("has a weak signature ({why})")),
            Signature::Unsupported => {
                Err("is signed by an algorithm that is not known here".into())
            }
        }
    }
}

fn header(der: &[u8]) -> der::Result<Header<'_>> {
    let signed = Signed::read(&mut Values::of_sequence(der)?)?;
    let mut fields = Values::of_sequence(signed.message)?;
    fields.take_if(Tag::Integer)?;
    fields.take(Tag::Sequence)?;
    let issuer = fields.take(Tag::Sequence)?.whole;
    let (this_update, next_update) = (fields.time()?, fields.time()?);
    fields.take_if(Tag::Sequence)?;
    let has_changes = names_changes(fields.take_if(context(0))?)?;
    Ok(Header { signed, issuer, this_update, next_update, has_changes })
}

fn names_changes(extensions: Option<Value>) -> der::Result<bool> {
    let Some(extensions) = extensions else {
        return Ok(false);
    };
    let mut extensions = Values::of_sequence(extensions.content)?;
    while !extensions.is_at_end() {
        let extension = extensions.take(Tag::Sequence)?;
        if Values::new(extension.content)?.next()?.content == FRESHEST_CRL {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a list that is for some certificates alone is for this one. webpki has seen to it that it names its place, and that
/// it is complete.
fn is_within(point: &[u8], subject: &Subject) -> der::Result<bool> {
    let flag = |number| Tag::ContextSpecific { constructed: false, number };
    let mut fields = Values::of_sequence(point)?;
    while !fields.is_at_end() {
        let field = fields.next()?;
        let is_set = field.content.first().is_some_and(|octet| *octet != 0);
        let is_for_others = match subject.is_issuer {
            true => field.tag == flag(TagNumber::N1),
            false => field.tag == flag(TagNumber::N2),
        };
        if is_set && is_for_others {
            return Ok(false);
        }
    }
    let wanted = subject.facts.crl_urls();
    let places = urls_of_name(Values::of_sequence(point)?.take_if(context(0))?)?;
    let mut wanted_places = wanted.iter().flatten();
    Ok(subject.facts.crl_distribution_points.is_none()
        || wanted_places.any(|wanted| places.contains(wanted)))
}

fn in_words(error: &Error) -> String {
    match error {
        Error::UnsupportedDeltaCrl => "is one of changes only (delta)".into(),
        Error::UnsupportedIndirectCrl => {
            "is for certificates of other issuers too (indirect)".into()
        }
        Error::UnsupportedCrlVersion => "is not of version 2".into(),
        Error::UnsupportedRevocationReasonsPartitioning => "is for some reasons only".into(),
        error => format!("cannot be read ({})", words::reason(error)),
    }
}
