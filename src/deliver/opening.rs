//! Opening a link: resolve, connect, TLS, greeting, EHLO, login.

use super::link::Link;
use super::login::log_in;
use super::pool::Berth;
use super::route::{Passage, Route, Security, ways};
use super::server_info::Latest;
use super::sight::{Note, Watched, note, note_error};
use super::terms::Terms;
use crate::error::{Error, Phase, Result, Status};
use crate::net::{ConnectionInfo, Watch, Way, without_tls};
use crate::smtp::{Event, Session};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

const SMTP_PORT: u16 = 25;

/// A link on which the next command may be MAIL. Which protection the server has may have to be found out; each guess takes a
/// connection of its own.
pub fn open(terms: &Terms, berth: Berth, watch: Watch, latest: &Latest) -> Result<Box<Link>> {
    let opened = open_unseen(terms, berth, watch, latest);
    opened.inspect_err(|error| note_error(&terms.watched, 0, error))
}

fn open_unseen(terms: &Terms, berth: Berth, watch: Watch, latest: &Latest) -> Result<Box<Link>> {
    let Terms { passage, watched, .. } = terms;
    let route = &passage.route;
    if route.speaks_lmtp && !route.is_local() && route.port == SMTP_PORT {
        let sentence = "LMTP never goes to port 25 (RFC 2033 section 5), where servers speak SMTP";
        return Err(Error::new(Status::Argument, sentence).retry_is_safe());
    }
    // Not even where the server offers STARTTLS, nor for what the server would say to it.
    if route.is_local() && route.allowed_ways() & ways::NONE == 0 {
        return Err(without_tls());
    }
    let way = find_way(route, watched, watch).inspect_err(|error| {
        let failure = Some(error.clone());
        latest.note_unreached(ConnectionInfo { failure, ..ConnectionInfo::unreached() });
    })?;
    let ways = route.ways_to_try();
    let mut opening = Opening { passage, watched, way, watch, latest };
    if ways & ways::IMPLICIT == 0 {
        return match opening.attempt(ways, berth) {
            Err((silence, Next::OtherWay(berth))) => opening.after_silence(silence, berth),
            attempted => attempted.map_err(|(error, _)| error),
        };
    }
    match opening.attempt(ways::IMPLICIT, berth) {
        Err((_, Next::OtherWay(berth))) if ways != ways::IMPLICIT => {
            opening.attempt(ways & !ways::IMPLICIT, berth).map_err(|(error, _)| error)
        }
        attempted => attempted.map_err(|(error, _)| error),
    }
}

fn find_way<'a>(route: &'a Route, watched: &Watched, watch: Watch) -> Result<Way<'a>> {
    let find = || Way::find((&route.host, route.port), &route.outlet, &route.tls, watch);
    if route.is_local() {
        return find();
    }
    note(watched, 0, Note::Resolving, || format!("host={}", route.host));
    let way = find()?;
    note(watched, 0, Note::Resolved, || {
        format!("host={};addresses={}", route.host, list(way.addresses()))
    });
    Ok(way)
}

struct Opening<'a> {
    passage: &'a Passage,
    watched: &'a Watched,
    way: Way<'a>,
    watch: Watch<'a>,
    latest: &'a Latest,
}

/// Why there is no link, and what may still be tried in its berth.
type Failed = (Error, Next);

enum Next {
    Nothing,
    /// The server only speaks otherwise than was guessed.
    OtherWay(Berth),
    /// What was known of the server from an earlier handshake does not do any more.
    FullHandshake(Berth),
}

impl Opening<'_> {
    fn attempt(&mut self, ways: u32, berth: Berth) -> Result<Box<Link>, Failed> {
        match self.connect(ways, berth) {
            Err((_, Next::FullHandshake(berth))) => self.connect(ways, berth),
            attempted => attempted,
        }
    }

    /// TLS from the first octet with a server that has not greeted. If it says nothing to that either, its silence tells more.
    fn after_silence(&mut self, silence: Error, berth: Berth) -> Result<Box<Link>> {
        self.attempt(ways::IMPLICIT, berth).map_err(|(error, _)| match error.status() {
            Status::Timeout | Status::ConnectionLost | Status::TlsPlainText => {
                silence.map_message(|message| format!("{message}, nor did it speak TLS at once"))
            }
            _ => error,
        })
    }

    fn connect(&mut self, ways: u32, berth: Berth) -> Result<Box<Link>, Failed> {
        let mut link = self.reach(berth).map_err(|error| (error, Next::Nothing))?;
        let prepared = prepare(&mut link, ways, self.watch)
            .map_err(|error| error.with_peer(&*link.peer).retry_is_safe());
        let failure = prepared.as_ref().err().cloned();
        let info = Arc::new(ConnectionInfo { failure, ..link.stream.info() });
        self.latest.note(&link.session, info.clone());
        let Err(error) = prepared else {
            let protection = match (info.tls.is_some(), ways) {
                (true, ways::IMPLICIT) => ways::IMPLICIT,
                (true, _) => ways::STARTTLS,
                (false, _) => ways::NONE,
            };
            // Of two connections that were opened side by side the better protected is what the server can do.
            self.passage.route.habits.protection.fetch_max(protection, Ordering::Relaxed);
            return Ok(link);
        };
        let next = self.next(link, ways, &error, &info);
        Err((error, next))
    }

    /// A connection to the server, on which nothing has been said.
    fn reach(&self, berth: Berth) -> Result<Box<Link>> {
        let Opening { passage, watched, watch, .. } = *self;
        let route = &passage.route;
        note(watched, 0, Note::Connecting, || {
            let addresses = list(self.way.addresses());
            format!("host={};port={};addresses={addresses}", route.host, route.port)
        });
        let stream = self.way.open(watch).inspect_err(|error| {
            let failure = Some(error.clone());
            self.latest.note_unreached(ConnectionInfo { failure, ..self.way.unreached() });
        })?;
        let peer = match stream.through() {
            None if route.is_local() => route.host.clone(),
            None => format!("{} ({})", route.host, stream.remote()),
            Some(proxy) => format!("{} (through {}:{})", route.host, proxy.host, proxy.port),
        };
        let own_name = match &route.local_domain {
            Some(name) => name.clone(),
            None => address_literal(stream.local().map(|local| local.ip())),
        };
        let session = match route.speaks_lmtp {
            true => Session::lmtp(own_name),
            false => Session::new(own_name),
        };
        let mut link = Box::new(Link::new(passage.clone(), stream, session, peer.into(), berth));
        link.be_watched(watched);
        if let Some(proxy) = link.stream.through() {
            link.note(Note::ProxyConnected, || format!("proxy={}:{}", proxy.host, proxy.port));
        }
        link.note(Note::Connected, || format!("peer={}", link.peer));
        link.session.set_deadline(watch.deadline());
        Ok(link)
    }

    /// What may be tried behind a link that came to nothing.
    fn next(&self, link: Box<Link>, ways: u32, error: &Error, info: &ConnectionInfo) -> Next {
        let route = &self.passage.route;
        // Where the host is asked it has the last word.
        let is_outdated = error.status() == Status::Certificate
            && route.tls.hooks.validate.is_none()
            && info.tls.as_ref().is_some_and(|tls| tls.was_outdated());
        let is_other_way = match ways {
            ways::IMPLICIT => is_wrong_guess(error, info, self.watch),
            _ => route.may_be_implicit() && is_silent(error, info, self.watch),
        };
        if is_outdated {
            return Next::FullHandshake(link.abandon_for_another());
        }
        if is_other_way {
            return Next::OtherWay(link.abandon_for_another());
        }
        let mut link = link;
        link.tell_seen();
        link.tell_closed(error.message());
        link.abandon();
        Next::Nothing
    }
}

/// Whether the server does not speak TLS at once: it greets in clear, or has not said a word. One that has begun to speak TLS is
/// held to it.
fn is_wrong_guess(error: &Error, info: &ConnectionInfo, watch: Watch) -> bool {
    match error.status() {
        Status::TlsPlainText => true,
        Status::Timeout | Status::ConnectionLost => {
            info.traffic.received() == 0 && watch.check().is_ok()
        }
        _ => false,
    }
}

/// Whether the server, spoken to by nobody, has not greeted, and there is time left for something else.
fn is_silent(error: &Error, info: &ConnectionInfo, watch: Watch) -> bool {
    error.status() == Status::Timeout && info.traffic.received() == 0 && watch.check().is_ok()
}

fn prepare(link: &mut Link, ways: u32, watch: Watch) -> Result<()> {
    let patience = link.passage.route.greeting_patience();
    if ways == ways::IMPLICIT {
        // That nobody says a word may mean that the guess is wrong.
        start_tls(link, watch, patience)?;
        link.session.set_protected();
        greet(link, watch, patience)?;
    } else {
        greet(link, watch, patience)?;
        let offers = link.session.capabilities().starttls;
        if ways & ways::STARTTLS != 0 && (offers || ways & ways::NONE == 0) {
            upgrade(link, watch)?;
        }
    }
    log_in(link, watch)?;
    // What came behind the last reply may have ended the session, and nobody would look for that any more.
    match link.session.is_closed() {
        true => match link.next_event(watch) {
            Event::Closed(error) => Err(error),
            other => Err(link.unexpected(&other)),
        },
        false => Ok(()),
    }
}

fn greet(link: &mut Link, watch: Watch, patience: Option<Duration>) -> Result<()> {
    let for_greeting = patience.map_or(watch, |patience| watch.within(patience));
    link.session.set_deadline(for_greeting.deadline());
    let event = link.next_event(for_greeting);
    link.session.set_deadline(watch.deadline());
    match event {
        Event::Greeted => Ok(()),
        Event::Closed(error) => {
            let route = &link.passage.route;
            let is_unasked = error.status() == Status::Timeout
                && link.stream.info().traffic.received() == 0
                && route.allowed_ways() & ways::IMPLICIT == 0
                && !route.may_be_implicit();
            Err(if is_unasked { unasked(error) } else { error })
        }
        other => Err(link.unexpected(&other)),
    }
}

/// A server that waits for a hello of TLS says nothing by itself.
fn unasked(error: Error) -> Error {
    error.map_message(|message| {
        format!(
            "{message} (a port that expects TLS at once, as 465 does, stays silent: \
             INetSmtpClient_SetSecurityOptions with INET_SECURITY_SSL_IMPLICIT, which is 4, is for such)"
        )
    })
}

/// STARTTLS, and EHLO once more behind it.
fn upgrade(link: &mut Link, watch: Watch) -> Result<()> {
    if !link.session.capabilities().starttls {
        let sentence = match link.passage.route.security {
            Security::ByPort => "the server offers no STARTTLS, which EnableSsl requires",
            _ => "the server offers no STARTTLS, and the settings allow nothing else",
        };
        return Err(Error::new(Status::StartTlsNotOffered, sentence).in_phase(Phase::StartTls));
    }
    link.session.start_tls();
    match link.next_event(watch) {
        Event::StartTls => start_tls(link, watch, None)?,
        Event::Closed(error) => return Err(error),
        other => return Err(link.unexpected(&other)),
    }
    link.session.handle_tls_ready();
    link.write_early(watch);
    link.stream.acknowledge_at_once();
    greet(link, watch, None)
}

fn start_tls(link: &mut Link, watch: Watch, patience: Option<Duration>) -> Result<()> {
    link.note(Note::TlsStarted, || format!("host={}", link.passage.route.host));
    let Link { stream, passage, .. } = link;
    let route = &passage.route;
    let started = stream.start_tls(&route.host, &route.tls, &route.outlet, watch, patience);
    started.map_err(|error| match error.status() {
        // Unless something else than the server is known to have used it up.
        Status::Timeout if !error.has_own_sentence() => {
            Error::new(Status::Timeout, "the time ran out during the TLS handshake")
                .in_phase(Phase::Tls)
        }
        _ => error,
    })?;
    link.note_tls();
    Ok(())
}

fn list(addresses: &[SocketAddr]) -> String {
    let addresses: Vec<_> = addresses.iter().map(SocketAddr::to_string).collect();
    addresses.join(",")
}

/// The address of the connection's own end as RFC 5321 section 4.1.3 writes it. Unlike a host's own idea of its name
/// it is always valid, and it tells the server nothing new.
fn address_literal(local: Option<IpAddr>) -> String {
    match local.map(|address| address.to_canonical()) {
        Some(IpAddr::V4(address)) => format!("[{address}]"),
        Some(IpAddr::V6(address)) => format!("[IPv6:{address}]"),
        None => "[127.0.0.1]".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_addresses_are_written_as_literals() {
        let literal = |address: &str| address_literal(Some(address.parse().unwrap()));
        assert_eq!(literal("192.0.2.1"), "[192.0.2.1]");
        assert_eq!(literal("::ffff:192.0.2.1"), "[192.0.2.1]");
        assert_eq!(literal("2001:db8::1"), "[IPv6:2001:db8::1]");
    }
}
