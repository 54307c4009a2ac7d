//! The login: by which mechanisms, in which order and as whom, until the server accepts one.

use super::link::Link;
use super::login_terms::{BeforeAuth, LoginOffer, LoginTerms};
use super::route::{Login, Passage};
use super::sight::Note;
use super::stamp::stamp;
use crate::error::{Error, Phase, Result, Status};
use crate::net::{Watch, aside};
use crate::sasl::catalog::{self, Entry, Need};
use crate::sasl::secrets::Secrets;
use crate::sasl::{self, Binding, Identity, Mechanism, Peer, Response};
use crate::smtp::Event;
use std::sync::atomic::Ordering;

/// Blind retries lock accounts: a password is tried so often on one connection.
const MOST_PASSWORD_ATTEMPTS: u32 = 2;

/// A list of more mechanisms is cut in a sentence.
const MOST_SHOWN: usize = 24;

/// So much of a wrong name stands in a sentence.
const LONGEST_SHOWN: usize = 40;

pub fn log_in(link: &mut Link, watch: Watch) -> Result<()> {
    let passage = link.passage.clone();
    let Passage { route, logins } = &passage;
    let may_be_in_clear = route.is_in_clear() || route.allows_login_in_clear;
    let offers_none = link.session.capabilities().auth.is_empty();
    if logins.is_empty() || offers_none && !route.login_terms.force {
        return Ok(());
    }
    if !link.session.is_protected() && !may_be_in_clear {
        let offered = &link.session.capabilities().auth;
        let error = Error::from(Status::AuthInClear).in_phase(Phase::Auth);
        return Err(error.map_message(|message| format!("{message}; {}", offer(offered))));
    }
    let peer = Peer {
        service: "smtp",
        host: route.host.clone(),
        port: route.port,
        target: route.login_terms.target.clone(),
        is_protected: link.session.is_protected(),
        binding: link.stream.binding(),
        seconds: stamp().seconds,
        offered: link.session.capabilities().auth.clone(),
        scram_keys: route.login_terms.scram_keys.clone(),
    };
    let has_certificate = link.stream.is_client_authenticated();
    let terms = &route.login_terms;
    let candidates = candidates(logins, terms, &peer, has_certificate);
    if candidates.is_empty() {
        return Err(misfit(logins, terms, &peer).in_phase(Phase::Auth));
    }
    let attempts = Attempts {
        link,
        terms,
        peer,
        watch,
        passwords: 0,
        has_judged: false,
        stage: Stage::default(),
        without_ticket: Vec::new(),
        refused: Vec::new(),
    };
    attempts.run(&candidates).map_err(|error| error.in_phase(Phase::Auth))
}

/// One mechanism, and who would log in by it.
struct Candidate<'a> {
    entry: &'static Entry,
    identity: &'a Identity,
}

/// All that could be tried: by each of the credentials in turn, what is preferred first.
fn candidates<'a>(
    logins: &'a [Login],
    terms: &LoginTerms,
    peer: &Peer,
    has_certificate: bool,
) -> Vec<Candidate<'a>> {
    let mut candidates = Vec::new();
    for Login { mechanism, identity } in logins {
        let is_named = mechanism.is_some();
        let is_of_use = |entry: &&Entry| {
            let fits = match entry.need {
                Need::Password => has_password(identity, terms),
                Need::Token => !identity.token.is_empty() || terms.hooks.token.is_some(),
                // Whom a password alone is for is not Kerberos' realm unless that is named.
                Need::Ticket => identity.is_default || is_named || !identity.domain.is_empty(),
                Need::Certificate => has_certificate || is_named,
                Need::Nothing => is_named,
            };
            let binds = !entry.name.ends_with("-PLUS") || peer.binding.is_some();
            fits && binds && peer.offered.iter().any(|offer| offer == entry.name)
        };
        let mut of_this: Vec<(i32, &'static Entry)> = catalog::named(mechanism.as_deref())
            .filter(is_of_use)
            .filter_map(|entry| Some((terms.priority(entry, is_named)?, entry)))
            .collect();
        of_this.sort_by_key(|(priority, _)| std::cmp::Reverse(*priority));
        candidates.extend(of_this.into_iter().map(|(_, entry)| Candidate { entry, identity }));
    }
    candidates
}

/// Whether somebody logs in by a password, which may be empty unless there is a token in its place.
fn has_password(identity: &Identity, terms: &LoginTerms) -> bool {
    let has_token = !identity.token.is_empty() || terms.hooks.token.is_some();
    !identity.user.is_empty() && (!identity.password.is_empty() || !has_token)
}

/// Why there is nothing to be tried.
fn misfit(logins: &[Login], terms: &LoginTerms, peer: &Peer) -> Error {
    let wanted = logins.first().and_then(|login| login.mechanism.as_deref());
    let asked_for = match wanted {
        Some(name) if catalog::named(Some(name)).next().is_none() => return unknown(name, peer),
        Some(name) => {
            let why = why_not(name, &logins[0].identity, terms, peer);
            format!("{name} was asked for{why}")
        }
        None if logins[0].identity.is_default => {
            "the operating system's identity goes with GSSAPI and GSS-SPNEGO".into()
        }
        None => "no mechanism that is allowed goes with these credentials".into(),
    };
    let sentence = match &peer.offered[..] {
        [] if peer.is_protected => NO_LOGIN.into(),
        [] => format!("{NO_LOGIN} (many do so only under TLS: EnableSsl)"),
        offered => format!("{asked_for}, {}", offer(offered)),
    };
    Error::new(Status::AuthNotOffered, sentence)
}

/// What is wrong with a mechanism that the server may offer.
fn why_not(name: &str, identity: &Identity, terms: &LoginTerms, peer: &Peer) -> &'static str {
    let is_offered = |entry: &&Entry| peer.offered.iter().any(|offer| offer == entry.name);
    let mut offered = catalog::named(Some(name)).filter(is_offered).peekable();
    if offered.peek().is_none() {
        return "";
    }
    let Some(allowed) = offered.find(|entry| terms.priority(entry, true).is_some()) else {
        return " and is not allowed (AllowedAuthentication, Authentications)";
    };
    match allowed.need {
        Need::Password if identity.user.is_empty() => " and the credential has no user name",
        Need::Password if !has_password(identity, terms) => " and the credential has no password",
        Need::Password => " and needs TLS, with a channel binding",
        Need::Token => " and there is no access token",
        _ => " and does not go with these credentials or this connection",
    }
}

fn unknown(name: &str, peer: &Peer) -> Error {
    let shown: String = name.chars().take(LONGEST_SHOWN).collect();
    let hint = catalog::nearest(name).map(|near| format!("; {near} is")).unwrap_or_default();
    let (shown, offer) = (shown.escape_debug(), offer(&peer.offered));
    let sentence = format!("authentication by {shown} is not available{hint}; {offer}");
    Error::new(Status::AuthUnsupported, sentence)
}

struct Attempts<'a, 'w> {
    link: &'a mut Link,
    terms: &'a LoginTerms,
    peer: Peer,
    watch: Watch<'w>,
    passwords: u32,
    /// Whether the server has said of a password that it is wrong.
    has_judged: bool,
    /// What the latest mechanism has said and heard.
    stage: Stage,
    /// Users and realms that Kerberos was asked for tickets of in vain.
    without_ticket: Vec<(String, String)>,
    /// The mechanisms that were refused, or could not begin.
    refused: Vec<&'static str>,
}

/// What the attempts behind a mechanism have to know of it.
#[derive(Clone, Copy, Default)]
struct Stage {
    has_shown: bool,
    may_want_other_binding: bool,
}

impl Stage {
    fn of(mechanism: &dyn Mechanism) -> Stage {
        Stage {
            has_shown: mechanism.has_shown(),
            may_want_other_binding: mechanism.may_want_other_binding(),
        }
    }
}

/// A mechanism, and what it begins with.
type Begun = (Box<dyn Mechanism>, Option<Response>);

/// How one mechanism has ended.
enum Ending {
    Accepted,
    /// Nothing that matters was said.
    NotBegun(Error),
    /// The server said no, and stays as it was.
    Refused(Error),
}

impl Attempts<'_, '_> {
    fn run(mut self, candidates: &[Candidate]) -> Result<()> {
        self.try_each(candidates).map_err(|error| match self.has_judged {
            true => error.repeat_is_forbidden(),
            false => error,
        })
    }

    fn try_each(&mut self, candidates: &[Candidate]) -> Result<()> {
        let mut last: Option<Error> = None;
        for (place, Candidate { entry, identity }) in candidates.iter().enumerate() {
            if !self.may_try(entry, identity) {
                continue;
            }
            let other = match self.ask_host(entry, identity)? {
                BeforeAuth::Proceed(other) => other,
                BeforeAuth::SkipMechanism => continue,
                BeforeAuth::SkipLogin => return Ok(()),
            };
            if entry.reveals && !self.peer.is_protected {
                self.link.note(Note::LoginInClear, || format!("mechanism={}", entry.name));
            }
            let identity = other.as_ref().unwrap_or(identity);
            let is_last = place + 1 == candidates.len();
            let ending = match (self.attempt(entry, identity, is_last), last) {
                (Ok(ending), before) => {
                    last = before;
                    ending
                }
                // Many servers close behind a refusal, which is what there is to be told.
                (Err(error), Some(refusal)) if refusal.smtp_code() != 0 && is_of_end(&error) => {
                    let sentence = format!("{refusal} (and then: {error})");
                    return Err(self.in_all(refusal.map_message(|_| sentence)));
                }
                (Err(error), _) => return Err(error),
            };
            match ending {
                Ending::Accepted => {
                    self.link.note(Note::Authenticated, || {
                        format!("mechanism={};user={}", entry.name, identity.user)
                    });
                    return Ok(());
                }
                Ending::NotBegun(error) => {
                    self.note_failure(entry, identity, &error);
                    last.get_or_insert(error);
                }
                Ending::Refused(error) => {
                    let goes_on = self.goes_on(entry, identity, &error);
                    last = Some(error);
                    if !goes_on {
                        self.refused.push(entry.name);
                        break;
                    }
                }
            }
            self.refused.push(entry.name);
        }
        let skipped = || Error::new(Status::AuthNotOffered, "the host let no mechanism be used");
        Err(self.in_all(last.unwrap_or_else(skipped)))
    }

    /// The error with what was tried, and what there was.
    fn in_all(&self, error: Error) -> Error {
        let tried = match self.refused.as_slice() {
            [.., _, _] => format!("tried were {}; ", self.refused.join(", ")),
            _ => String::new(),
        };
        let offer = offer(&self.peer.offered);
        error.map_message(|message| format!("{message} ({tried}{offer})"))
    }

    /// Whether another attempt can do no harm, and may come to something.
    fn may_try(&self, entry: &Entry, identity: &Identity) -> bool {
        let costs_password = entry.need == Need::Password || asks_by_password(entry, identity);
        let is_in_vain =
            entry.need == Need::Ticket && self.without_ticket.contains(&whom(identity));
        let is_too_often = costs_password && self.passwords >= MOST_PASSWORD_ATTEMPTS;
        !is_in_vain && !is_too_often
    }

    /// A password that a KDC has refused was tried, too; what has no ticket for one mechanism has none for the other.
    fn note_failure(&mut self, entry: &Entry, identity: &Identity, error: &Error) {
        if entry.need == Need::Ticket {
            self.without_ticket.push(whom(identity));
            let was_tried = error.status() == Status::Kerberos && asks_by_password(entry, identity);
            self.passwords += u32::from(was_tried);
        }
    }

    fn ask_host(&self, entry: &Entry, identity: &Identity) -> Result<BeforeAuth> {
        let Some(before) = &self.terms.hooks.before else {
            return Ok(BeforeAuth::Proceed(None));
        };
        let answer = before(&LoginOffer {
            mechanism: entry.name,
            host: &self.peer.host,
            offered: &self.peer.offered,
            is_protected: self.peer.is_protected,
            identity,
        })?;
        self.check_time("OnBeforeAuth")?;
        Ok(answer)
    }

    /// Nothing of a login goes out behind the deadline, whoever has used up the time.
    fn check_time(&self, callback: &str) -> Result<()> {
        self.watch.check().map_err(|error| match error.status() {
            Status::Timeout => {
                Error::new(Status::Timeout, format!("the time ran out within {callback}"))
            }
            _ => error,
        })
    }

    /// Whether another mechanism may have more luck: the server wants none of this one, or does not keep for this user what it
    /// takes. Behind SCRAM's proof nothing goes on, since that server has proved nothing.
    fn goes_on(&mut self, entry: &Entry, identity: &Identity, refusal: &Error) -> bool {
        let costs_password = entry.need == Need::Password || asks_by_password(entry, identity);
        let was_tried = self.stage.has_shown || refusal.smtp_code() == 535;
        self.passwords += u32::from(costs_password && was_tried);
        self.has_judged |= costs_password && refusal.smtp_code() == 535;
        match refusal.smtp_code() {
            // The mechanism is unknown, too weak, wants TLS, or a plain password once (RFC 4954 section 6).
            504 | 534 | 538 | 432 => {
                if entry.name.ends_with("-PLUS") {
                    // SCRAM says so from here on: a server that has it after all finds out who stands between.
                    self.peer.offered.retain(|offer| !offer.ends_with("-PLUS"));
                }
                !(entry.name.starts_with("SCRAM-") && self.stage.has_shown)
            }
            535 => {
                matches!(entry.name, "CRAM-MD5" | "DIGEST-MD5" | "NTLM")
                    || matches!(entry.need, Need::Ticket | Need::Certificate)
            }
            _ => false,
        }
    }

    /// Tries one mechanism; with a token that the host gives, or with the other kind of channel binding, once more if it is refused.
    fn attempt(&mut self, entry: &Entry, identity: &Identity, is_last: bool) -> Result<Ending> {
        let ask = self.terms.hooks.token.as_ref().filter(|_| entry.need == Need::Token);
        let Some(ask) = ask else {
            let ending = self.run_mechanism(entry, identity, is_last)?;
            return match self.binds_otherwise(&ending) {
                true => self.run_mechanism(entry, identity, is_last),
                false => Ok(ending),
            };
        };
        let mut identity = identity.clone();
        identity.token = ask(&self.peer.host, &identity.user, false)?;
        self.check_time("OnToken")?;
        match self.run_mechanism(entry, &identity, is_last)? {
            Ending::Refused(error)
                if !self.link.session.is_closed() && error.smtp_code() == 535 =>
            {
                let refused = std::mem::take(&mut identity.token);
                identity.token = ask(&self.peer.host, &identity.user, true)?;
                self.check_time("OnToken")?;
                match identity.token == refused {
                    true => Ok(Ending::Refused(error)),
                    false => self.run_mechanism(entry, &identity, is_last),
                }
            }
            ending => Ok(ending),
        }
    }

    /// Takes the channel binding that older servers know under TLS 1.3, too, where the one of RFC 9266 was refused as such. Not
    /// where bindings do not match: there somebody may stand between.
    fn binds_otherwise(&mut self, ending: &Ending) -> bool {
        let Ending::Refused(error) = ending else { return false };
        let may = self.stage.may_want_other_binding && !self.link.session.is_closed();
        if !may || !matches!(error.smtp_code(), 501 | 535 | 550 | 554) {
            return false;
        }
        let was_tried = u32::from(error.smtp_code() == 535);
        let other = self.peer.binding.as_ref().and_then(Binding::by_end_point);
        if other.is_none() || self.passwords + was_tried >= MOST_PASSWORD_ATTEMPTS {
            return false;
        }
        self.passwords += was_tried;
        self.peer.binding = other;
        true
    }

    fn run_mechanism(
        &mut self,
        entry: &Entry,
        identity: &Identity,
        is_last: bool,
    ) -> Result<Ending> {
        self.link.secrets.keep(&identity.password);
        self.link.secrets.keep(&identity.token);
        let hidden = |error| without_secrets(error, identity);
        self.stage = Stage::default();
        let begun = match self.begin(entry, identity, is_last) {
            Ok(begun) => begun,
            Err(error) if error.status() == Status::Cancelled || self.watch.check().is_err() => {
                return Err(hidden(error));
            }
            Err(error) => return Ok(Ending::NotBegun(hidden(error.retry_is_safe()))),
        };
        self.converse(begun, identity).map_err(hidden)
    }

    fn begin(&self, entry: &Entry, identity: &Identity, is_last: bool) -> Result<Begun> {
        let mechanism = sasl::begin(entry.name, identity, &self.peer)?;
        // A KDC that does not answer leaves time for what needs none.
        let watch = match entry.need == Need::Ticket && !is_last {
            true => self.watch.share(2),
            false => self.watch,
        };
        let (mechanism, response) =
            step(mechanism, watch, |mechanism| mechanism.initial_response())?;
        Ok((mechanism, response?))
    }

    fn converse(
        &mut self,
        (mut mechanism, response): Begun,
        identity: &Identity,
    ) -> Result<Ending> {
        self.link.secrets.keep_said(response.as_deref().map_or(&[], |octets| octets));
        self.link
            .session
            .authenticate(mechanism.name(), response.as_ref().map(|octets| &octets[..]));
        loop {
            let event = self.link.next_event(self.watch);
            self.stage = Stage::of(&*mechanism);
            match event {
                Event::Challenged(challenge) => {
                    let respond =
                        move |mechanism: &mut dyn Mechanism| mechanism.respond(&challenge);
                    let (same, response) = step(mechanism, self.watch, respond)?;
                    mechanism = same;
                    match response {
                        Ok(response) => {
                            self.link.secrets.keep_said(&response);
                            self.link.session.respond(&response);
                        }
                        Err(error) => self.link.session.cancel_login(error),
                    }
                }
                Event::Authenticated(Ok(())) => return self.conclude(&mut *mechanism),
                Event::Authenticated(Err(error)) if error.smtp_code() == 0 => {
                    return match !self.stage.has_shown && is_misfit(&error) {
                        true => Ok(Ending::NotBegun(error)),
                        false => Err(naming(error, mechanism.name())),
                    };
                }
                Event::Authenticated(Err(error)) => {
                    let error = without_secrets(error, identity);
                    return Ok(Ending::Refused(match mechanism.refusal() {
                        Some(why) => error.map_message(|message| format!("{message} ({why})")),
                        None => error,
                    }));
                }
                Event::Closed(error) => return Err(naming(error, mechanism.name())),
                other => return Err(self.link.unexpected(&other)),
            }
        }
    }

    fn conclude(&mut self, mechanism: &mut dyn Mechanism) -> Result<Ending> {
        match mechanism.conclude() {
            Ok(()) => Ok(Ending::Accepted),
            Err(error) => {
                self.link.session.handle_failure(error.clone());
                Err(error)
            }
        }
    }
}

fn whom(identity: &Identity) -> (String, String) {
    (identity.user.clone(), identity.domain.clone())
}

/// Whether Kerberos would have to ask a KDC for a ticket by the password.
fn asks_by_password(entry: &Entry, identity: &Identity) -> bool {
    entry.need == Need::Ticket && !identity.is_default && !identity.password.is_empty()
}

/// Whether the server has left the dialogue, for whatever reason.
fn is_of_end(error: &Error) -> bool {
    matches!(
        error.status(),
        Status::ConnectionLost | Status::Closing | Status::Timeout | Status::Protocol
    )
}

/// Whether the mechanism has found that it does not go with the server's first challenge.
fn is_misfit(error: &Error) -> bool {
    matches!(
        error.status(),
        Status::AuthRealm
            | Status::AuthUnsupported
            | Status::AuthIncomplete
            | Status::AuthCharacter
    )
}

/// The error with the mechanism that it came in, if it is not told anyway.
fn naming(error: Error, mechanism: &str) -> Error {
    error.map_message(|message| match message.contains(mechanism) {
        true => message,
        false => format!("{message} (in a login by {mechanism})"),
    })
}

const NO_LOGIN: &str = "the server offers no login";

/// What a server offers, as much of it as a sentence takes.
fn offer(offered: &[String]) -> String {
    let shown = offered[..offered.len().min(MOST_SHOWN)].join(", ");
    match offered.len() {
        0 => NO_LOGIN.into(),
        1..=MOST_SHOWN => format!("the server offers {shown}"),
        all => format!("the server offers {shown} and {} more", all - MOST_SHOWN),
    }
}

/// One step of a mechanism; one that may wait for others than the server runs aside.
fn step<T: Send + 'static>(
    mut mechanism: Box<dyn Mechanism>,
    watch: Watch,
    work: impl FnOnce(&mut dyn Mechanism) -> T + Send + 'static,
) -> Result<(Box<dyn Mechanism>, T)> {
    if !mechanism.is_slow() {
        let done = work(&mut *mechanism);
        return Ok((mechanism, done));
    }
    let name = mechanism.name().to_owned();
    let abandonment = mechanism.abandonment();
    let work = move || {
        let done = work(&mut *mechanism);
        (mechanism, done)
    };
    aside(work, watch).map_err(|error| {
        if let Some(is_given_up) = abandonment {
            is_given_up.store(true, Ordering::Relaxed);
        }
        let hint = if name.starts_with("GSS") { ", as where a KDC does not answer" } else { "" };
        match error.status() {
            Status::Timeout => {
                let sentence = format!("the time ran out within {name}{hint}");
                Error::new(Status::Timeout, sentence)
            }
            _ => error,
        }
    })
}

/// The error without passwords and tokens, which some servers repeat.
fn without_secrets(error: Error, identity: &Identity) -> Error {
    let secrets = Secrets::of([identity.password.as_str(), identity.token.as_str()]);
    error.map_message(|message| secrets.hide_in_sentence(message))
}
