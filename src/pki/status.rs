//! Whether a certificate was revoked: who asks, and what may be answered.

use super::facts::Facts;
use super::inspection::SKEW;
use super::words;

/// A certificate that is asked about, and who issued it: the issuer's name and key with tags and lengths.
#[derive(Clone, Copy)]
pub(super) struct Subject<'s> {
    pub facts: &'s Facts<'s>,
    /// Whether it is a CA's.
    pub is_issuer: bool,
    pub issuer_name: &'s [u8],
    pub issuer_spki: &'s [u8],
    /// Whether the issuer's key usage allows it to sign lists.
    pub issuer_signs_lists: bool,
}

/// An answer whose signature, subject and dates are good. `until`: when there will be another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Status {
    Good { until: u64 },
    Revoked { when: u64, reason: Option<&'static str>, until: u64 },
}

impl Status {
    pub fn until(&self) -> u64 {
        match self {
            Status::Good { until } | Status::Revoked { until, .. } => *until,
        }
    }
}

/// The status, or in words why there is none. What is `None` says nothing about the certificate.
pub(super) type Answer = Result<Option<Status>, String>;

/// CRLReason (RFC 5280 section 5.3.1) in words.
pub(super) fn reason(code: u8) -> Option<&'static str> {
    Some(match code {
        1 => "key compromise",
        2 => "CA compromise",
        3 => "affiliation changed",
        4 => "superseded",
        5 => "cessation of operation",
        6 => "certificate hold",
        8 => "removed from list",
        9 => "privilege withdrawn",
        10 => "AA compromise",
        _ => return None,
    })
}

/// Holds the dates of an answer against the clock, which may differ a little from that of whoever gave it.
pub(super) fn check_dates(this_update: u64, next_update: u64, now: u64) -> Result<(), String> {
    if this_update > now.saturating_add(SKEW) {
        return Err(format!("is of a time to come ({})", words::date(this_update)));
    }
    if now > next_update.saturating_add(SKEW) {
        return Err(format!("expired {} ago", words::in_days(now - next_update)));
    }
    Ok(())
}
