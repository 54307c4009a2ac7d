//! Whom to ask about a certificate, one after the other.

use super::crl::Crl;
use super::fetch::Fetch;
use super::findings::Findings;
use super::memory::memory;
use super::ocsp;
use super::rules::Rules;
use super::status::{Answer, Status, Subject};
use crate::error;
use std::sync::Arc;

const LARGEST_RESPONSE: usize = 64 << 10;
const LARGEST_LIST: usize = 16 << 20;
/// Nobody's address is longer.
const LONGEST_URL: usize = 2048;
/// Certificates name one place, or two.
const MOST_SOURCES: usize = 4;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Ocsp,
    Crl,
}

/// What came of asking.
pub(super) enum Heard {
    Status(Status),
    /// Somebody was there to be asked, and could not tell.
    Nothing,
    /// There was nobody to be asked.
    Nobody,
}

/// What a host has given, and how to ask the network.
pub(super) struct Sources<'r> {
    pub rules: &'r Rules,
    pub lists: &'r [Crl],
    pub staple: &'r [u8],
    pub now: u64,
    /// Whether who has failed lately is asked again.
    pub asks_again: bool,
}

/// Where an inquiry writes down what happens, and by whom it asks.
pub(super) struct Inquiry<'i> {
    pub fetch: Option<&'i mut dyn Fetch>,
    pub findings: &'i mut Findings,
    /// Why nothing was learned, for the reason.
    pub troubles: Vec<String>,
}

impl Inquiry<'_> {
    fn trouble(&mut self, sentence: String) {
        self.findings.note(format_args!("  {sentence}."));
        self.troubles.push(sentence);
    }

    /// Tells of the list that gave this answer what was not looked at.
    fn tell_of_changes(&mut self, list: &Crl, answer: &Answer) {
        if list.has_changes && matches!(answer, Ok(Some(Status::Good { .. }))) {
            let sentence = "  what has changed since that CRL (delta CRLs) is not asked for.";
            self.findings.note(sentence);
        }
    }

    /// Takes in an answer from `source`, and returns it if it says something.
    fn hear(&mut self, source: &str, answer: Answer) -> Option<Status> {
        match answer {
            Ok(Some(status)) => {
                let said = match status {
                    Status::Good { .. } => "good",
                    Status::Revoked { .. } => "revoked",
                };
                self.findings.note(format_args!("  {source}: {said}."));
                Some(status)
            }
            Ok(None) => None,
            Err(why) => {
                self.trouble(format!("{source} {why}"));
                None
            }
        }
    }
}

impl Sources<'_> {
    /// What the stapled response says.
    pub fn staple(&self, subject: &Subject, inquiry: &mut Inquiry) -> Option<Status> {
        if self.staple.is_empty() {
            return None;
        }
        let answer = self.read_response(self.staple, subject);
        inquiry.hear("the stapled OCSP response", answer)
    }

    /// What is known without asking anybody. Somebody who says that it is revoked outweighs the others.
    /// What the process remembers counts unless `all` sources have to be heard: it is of one of them.
    pub fn known(
        &self,
        kind: Kind,
        all: bool,
        subject: &Subject,
        inquiry: &mut Inquiry,
    ) -> Option<Status> {
        let mut known = None;
        match kind {
            Kind::Ocsp => {
                for response in &self.rules.ocsp_responses {
                    // Most are about other certificates, which is no trouble.
                    if let Ok(answer @ Some(_)) = self.read_response(response, subject) {
                        known = graver(known, inquiry.hear("a known OCSP response", Ok(answer)));
                    }
                }
            }
            Kind::Crl => {
                for list in self.lists {
                    let answer = list.answer(subject, self.now);
                    inquiry.tell_of_changes(list, &answer);
                    known = graver(known, inquiry.hear("a known CRL", answer));
                }
            }
        }
        let urls = if all { Vec::new() } else { named(kind, subject) };
        for url in urls.into_iter().flatten() {
            known = graver(known, self.remembered(kind, url, subject, inquiry));
        }
        known
    }

    /// What this source has said before.
    fn remembered(
        &self,
        kind: Kind,
        url: &str,
        subject: &Subject,
        inquiry: &mut Inquiry,
    ) -> Option<Status> {
        let source = format!("{} (remembered)", in_words(kind, url));
        let answer = match kind {
            Kind::Ocsp => Ok(memory().answer(url, subject, self.now)),
            Kind::Crl => {
                let list = memory().list(url, self.now);
                list.map_or(Ok(None), |list| {
                    let answer = list.answer(subject, self.now);
                    inquiry.tell_of_changes(&list, &answer);
                    answer
                })
            }
        };
        inquiry.hear(&source, answer)
    }

    /// Asks the network. If `all`, each source has to say that it is good.
    pub fn ask(&self, kind: Kind, all: bool, subject: &Subject, inquiry: &mut Inquiry) -> Heard {
        let sources = named(kind, subject);
        let mut heard = match sources.is_empty() {
            true => Heard::Nobody,
            false => Heard::Nothing,
        };
        if inquiry.fetch.is_none() {
            return heard;
        }
        for (place, urls) in sources.iter().enumerate() {
            if place >= MOST_SOURCES {
                inquiry.trouble("more sources than anybody names were not asked".into());
                return Heard::Nothing;
            }
            if urls.is_empty() {
                inquiry.trouble(
                    "a CRL for some reasons only, or by another issuer, is not read".into(),
                );
            }
            let mut places = urls.iter();
            match places.find_map(|url| self.ask_one(kind, url, subject, inquiry)) {
                Some(revoked @ Status::Revoked { .. }) => return Heard::Status(revoked),
                Some(good) if !all => return Heard::Status(good),
                Some(good) => heard = sooner(heard, good),
                None if all => return Heard::Nothing,
                None => {}
            }
        }
        heard
    }

    fn ask_one(
        &self,
        kind: Kind,
        url: &str,
        subject: &Subject,
        inquiry: &mut Inquiry,
    ) -> Option<Status> {
        let name = in_words(kind, url);
        if !is_http(url) {
            inquiry.trouble(format!("{name} is passed over: only http is asked"));
            return None;
        }
        if let Some(status) = self.remembered(kind, url, subject, inquiry) {
            return Some(status);
        }
        if !self.rules.asks_network {
            inquiry.trouble(format!("{name} was not asked, as nobody is about a name server"));
            return None;
        }
        let failed = memory().failure(url, self.now).filter(|_| !self.asks_again);
        if let Some(why) = failed {
            inquiry.trouble(format!("{name} is left alone, it failed lately ({why})"));
            return None;
        }
        let fetch = inquiry.fetch.as_mut()?;
        if !fetch.has_time() {
            inquiry.trouble(format!("{name} was not asked: there is no time left"));
            return None;
        }
        let fetched = match kind {
            Kind::Ocsp => self.ask_responder(url, subject, *fetch),
            Kind::Crl => fetch.get(url, LARGEST_LIST),
        };
        let answer = match fetched {
            // The host has ended it, which is no failure of the source.
            Err(error) if error.status() == error::Status::Cancelled => {
                inquiry.trouble(format!("{name} was not asked to the end: {error}"));
                return None;
            }
            Err(error) => Err(format!("could not be asked: {error}")),
            Ok(octets) => match kind {
                Kind::Ocsp => self.take_response(url, &octets, subject),
                Kind::Crl => self.take_list(url, octets, subject, inquiry),
            },
        };
        match &answer {
            Ok(_) => memory().forget_failure(url),
            Err(why) => memory().keep_failure(url, why, self.now),
        }
        inquiry.hear(&name, answer)
    }

    fn ask_responder(
        &self,
        url: &str,
        subject: &Subject,
        fetch: &mut dyn Fetch,
    ) -> error::Result<Vec<u8>> {
        let request = ocsp::request(subject, self.rules.ocsp_hash);
        fetch.post(url, "application/ocsp-request", &request, LARGEST_RESPONSE)
    }

    fn take_response(&self, url: &str, response: &[u8], subject: &Subject) -> Answer {
        let answer = self.read_response(response, subject);
        if let Ok(Some(status)) = &answer {
            memory().keep_answer(url, subject, status, self.now);
        }
        answer
    }

    fn take_list(
        &self,
        url: &str,
        octets: Vec<u8>,
        subject: &Subject,
        inquiry: &mut Inquiry,
    ) -> Answer {
        let limits = &self.rules.limits;
        limits.check(&octets).map_err(|error| format!("cannot be read ({error})"))?;
        let list = Arc::new(Crl::read(octets.into())?);
        let status = list.answer(subject, self.now)?;
        if status.is_none() {
            return Err("is for other certificates".into());
        }
        memory().keep_list(url, &list);
        let answer = Ok(status);
        inquiry.tell_of_changes(&list, &answer);
        answer
    }

    fn read_response(&self, octets: &[u8], subject: &Subject) -> Answer {
        let limits = &self.rules.limits;
        limits.check(octets).map_err(|error| format!("cannot be read ({error})"))?;
        ocsp::answer(octets, subject, self.now)
    }
}

fn graver(one: Option<Status>, other: Option<Status>) -> Option<Status> {
    match (&one, &other) {
        (Some(Status::Revoked { .. }), _) | (_, None) => one,
        (Some(good), Some(Status::Good { until })) if good.until() >= *until => one,
        _ => other,
    }
}

fn sooner(heard: Heard, good: Status) -> Heard {
    match heard {
        Heard::Status(before) if before.until() < good.until() => Heard::Status(before),
        _ => Heard::Status(good),
    }
}

/// The sources that a certificate names: for each the places where it is.
fn named<'s>(kind: Kind, subject: &Subject<'s>) -> Vec<Vec<&'s str>> {
    match kind {
        Kind::Ocsp => subject.facts.ocsp_urls().into_iter().map(|url| vec![url]).collect(),
        Kind::Crl => subject.facts.crl_urls(),
    }
}

fn in_words(kind: Kind, url: &str) -> String {
    match kind {
        Kind::Ocsp => format!("the OCSP responder {}", shown(url)),
        Kind::Crl => format!("the CRL from {}", shown(url)),
    }
}

fn is_http(url: &str) -> bool {
    url.len() <= LONGEST_URL
        && url.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http://"))
}

/// A stranger's text within a sentence.
fn shown(url: &str) -> String {
    error::shown(url, 200)
}
