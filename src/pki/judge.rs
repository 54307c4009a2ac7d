//! The judgement of a server's chain.

use super::anchors::{Anchors, Blocked, Roots};
use super::crl::Crl;
use super::diagnosis::diagnose;
use super::facts::{Facts, name_in_words};
use super::fetch::Fetch;
use super::findings::Findings;
use super::inspection::{self, Inspection, SKEW, inspect, inspect_dates, inspect_name};
use super::path::{Ground, Path, Usage};
use super::revocation;
use super::rules::Rules;
use super::sources::{Inquiry, Sources};
use super::verdict::{ChainResult, Verdict, details};
use super::verdicts::{Case, Verdicts};
use super::words;
use crate::error::{Error, Result, Status};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use std::time::Duration;
use webpki::EndEntityCert;

/// Judges chains by one set of rules. It is prepared once, and used from many threads.
pub struct Judge {
    rules: Rules,
    anchors: Anchors,
    blocked: Blocked,
    known: Vec<CertificateDer<'static>>,
    lists: Vec<Crl>,
    verdicts: Verdicts,
}

/// What a server presented, for whom it was taken, and when.
#[derive(Clone, Copy)]
pub struct Presented<'a> {
    /// The server's certificate first.
    pub chain: &'a [CertificateDer<'a>],
    pub name: &'a ServerName<'a>,
    /// The OCSP response that came with the handshake, or nothing.
    pub staple: &'a [u8],
    pub now: UnixTime,
}

impl Judge {
    /// A judge by these rules. The system's roots are believed if the rules say so.
    pub fn new(rules: Rules, system_roots: impl Into<Roots>) -> Result<Judge> {
        let system = if rules.trusts_system { system_roots.into() } else { Roots::default() };
        let mut lists = Vec::new();
        for octets in &rules.crls {
            rules.limits.check(octets)?;
            let unusable = |why| Error::new(Status::RevocationData, format!("a known CRL {why}"));
            lists.push(Crl::read(octets.clone()).map_err(unusable)?);
        }
        for octets in &rules.ocsp_responses {
            rules.limits.check(octets)?;
        }
        Ok(Judge {
            anchors: Anchors::new(&rules.trusted, system),
            blocked: Blocked::new(&rules.blocked),
            known: rules.known.iter().map(|known| known.der().clone()).collect(),
            lists,
            verdicts: Verdicts::default(),
            rules,
        })
    }

    /// Judges a chain. The same chain for the same name is not judged again as long as the verdict holds.
    pub fn judge(&self, presented: &Presented, fetch: &mut dyn Fetch) -> Verdict {
        let now = presented.now.as_secs();
        let name = inspection::in_words(presented.name);
        let chain = presented.chain.iter().map(|certificate| certificate.as_ref());
        let Some(case) = Case::new([name.as_bytes(), presented.staple].into_iter().chain(chain))
        else {
            return self.judge_anew(presented, fetch);
        };
        if let Some(mut verdict) = self.verdicts.find(&case, now) {
            verdict.log.push_str("The same was judged before, and the verdict still holds.\n");
            return verdict;
        }
        let verdict = self.judge_anew(presented, fetch);
        self.verdicts.keep(case, now, &verdict);
        verdict
    }

    fn judge_anew(&self, presented: &Presented, fetch: &mut dyn Fetch) -> Verdict {
        let now = presented.now.as_secs();
        let mut findings = Findings::new(u64::MAX);
        findings.note(format_args!(
            "Judging for '{}' at {}: {} certificates presented, revocation check {:?}.",
            inspection::in_words(presented.name),
            words::date(now),
            presented.chain.len(),
            self.rules.revocation,
        ));
        let Some((leaf, others)) = presented.chain.split_first() else {
            let sentence = "the server presented none";
            findings.fault(ChainResult::Invalid, details::BAD_DATA, sentence);
            return findings.into_verdict();
        };
        if let Err(error) = self.check_limits(presented) {
            findings.fault(ChainResult::Invalid, details::BAD_DATA, error.to_string());
            return findings.into_verdict();
        }
        let inspection = Inspection {
            now,
            tolerates_minor_issues: self.rules.tolerates_minor_issues,
            blocked: &self.blocked,
        };
        if self.anchors.pinned.contains(leaf) {
            self.judge_pinned(presented, leaf, &inspection, &mut findings);
            return findings.into_verdict();
        }
        let mut all;
        let others = match self.known.is_empty() {
            true => others,
            false => {
                all = others.iter().map(borrowed).collect::<Vec<_>>();
                all.extend(self.known.iter().map(borrowed));
                all.as_slice()
            }
        };
        let ground = Ground { leaf, others, anchors: &self.anchors, blocked: &self.blocked };
        let path = match self.find(&ground, presented.now) {
            Ok(path) => {
                tell(&path, &mut findings);
                for (place, facts) in path.certificates.iter().enumerate() {
                    inspect(&inspection, place, facts, &mut findings);
                }
                Some(path)
            }
            Err(error) => diagnose(&ground, &error, &inspection, &mut findings),
        };
        inspect_name(leaf, presented.name, &mut findings);
        if let Some(path) = path {
            self.check_revocation(&path, presented, fetch, &mut findings);
        }
        findings.into_verdict()
    }

    /// Nothing of a stranger's is read before its depth and its lengths are known. Octets that are no ASN.1 at all, any reader
    /// will see.
    fn check_limits(&self, presented: &Presented) -> Result<()> {
        let limits = &self.rules.limits;
        for certificate in presented.chain {
            match limits.check_as(certificate, Status::CertificateFile) {
                Err(error) if error.status() == Status::Asn1 => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    fn check_revocation(
        &self,
        path: &Path,
        presented: &Presented,
        fetch: &mut dyn Fetch,
        findings: &mut Findings,
    ) {
        let sources = Sources {
            rules: &self.rules,
            lists: &self.lists,
            staple: presented.staple,
            now: presented.now.as_secs(),
            asks_again: !revocation::is_soft(self.rules.revocation),
        };
        // For a chain that is refused anyway nobody is asked; what is known goes into the verdict all the same.
        let fetch: Option<&mut dyn Fetch> = match findings.has_no_fault() {
            true => Some(fetch),
            false => None,
        };
        let mut inquiry = Inquiry { fetch, findings, troubles: Vec::new() };
        revocation::check(self.rules.revocation, path, &sources, &mut inquiry);
    }

    fn find<'a>(&self, ground: &Ground<'a>, now: UnixTime) -> Result<Path<'a>, webpki::Error> {
        let path = ground.find(now, Usage::Server);
        if !self.rules.tolerates_minor_issues || path.is_ok() {
            return path;
        }
        // The inspection tells what was let pass, and refuses what is more than minor.
        let times =
            [now.as_secs(), now.as_secs().saturating_sub(SKEW), now.as_secs().saturating_add(SKEW)];
        let mut tolerant = times.into_iter().map(|time| {
            ground.find(UnixTime::since_unix_epoch(Duration::from_secs(time)), Usage::Any)
        });
        tolerant.find(Result::is_ok).unwrap_or(path)
    }

    /// A host that has named exactly this certificate as trusted means it: its name and its dates decide, and whether it or whoever
    /// has issued it is blocked.
    fn judge_pinned(
        &self,
        presented: &Presented,
        leaf: &CertificateDer,
        inspection: &Inspection,
        findings: &mut Findings,
    ) {
        findings.note("The server's certificate itself is among the trusted.");
        let (Ok(_), Ok(facts)) = (EndEntityCert::try_from(leaf), Facts::read(leaf)) else {
            let sentence = "it cannot be read as a certificate";
            findings.fault(ChainResult::Invalid, details::BAD_DATA, sentence);
            return;
        };
        if self.blocked.has(&facts, false) {
            findings.fault(ChainResult::Invalid, details::BLOCKED, "it is blocked");
        } else if self.blocked.has_issued(&facts, presented.chain) {
            let sentence = "one of those who have issued it is blocked";
            findings.fault(ChainResult::Invalid, details::BLOCKED, sentence);
        }
        inspect_dates(inspection, "it", &facts, findings);
        inspect_name(leaf, presented.name, findings);
    }
}

fn borrowed<'a>(certificate: &'a CertificateDer) -> CertificateDer<'a> {
    CertificateDer::from(certificate.as_ref())
}

fn tell(path: &Path, findings: &mut Findings) {
    let names: Vec<String> = path.certificates.iter().map(|facts| facts.name()).collect();
    findings.note(format_args!(
        "Path: '{}' <- trusted '{}'.",
        names.join("' <- '"),
        name_in_words(&path.anchor.subject),
    ));
}
