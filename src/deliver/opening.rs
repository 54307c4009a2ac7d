//! Opening a link: resolve, connect, TLS, greeting, EHLO, login.

use super::link::Link;
use super::pool::Berth;
use super::route::{Passage, Security};
use super::server_info::LatestServer;
use crate::error::{Error, Phase, Result, Status};
use crate::net::{self, Watch};
use crate::sasl;
use crate::smtp::{Event, Session};
use std::net::IpAddr;

/// A link on which the next command may be MAIL.
pub fn open(
    passage: &Passage,
    berth: Berth,
    watch: Watch,
    latest: &LatestServer,
) -> Result<Box<Link>> {
    let route = &passage.route;
    let addresses = net::resolve(&route.host, route.port, watch)?;
    let connection = net::connect(&route.host, &addresses, watch)?;
    let peer = format!("{} ({})", route.host, connection.peer).into();
    let session = Session::new(match &route.local_domain {
        Some(name) => name.clone(),
        None => address_literal(connection.local),
    });
    let link = Link::new(passage.clone(), connection.stream, session, peer, berth);
    let mut link = Box::new(link);
    link.session.set_deadline(watch.deadline());
    let prepared = prepare(&mut link, watch);
    latest.note(&link.session);
    match prepared {
        Ok(()) => Ok(link),
        Err(error) => {
            let error = error.with_peer(&*link.peer).retry_is_safe();
            link.abandon();
            Err(error)
        }
    }
}

fn prepare(link: &mut Link, watch: Watch) -> Result<()> {
    match link.passage.route.security() {
        Security::None => greet(link, watch),
        Security::Implicit => {
            start_tls(link, watch)?;
            link.session.set_protected();
            greet(link, watch)
        }
        Security::StartTls => {
            greet(link, watch)?;
            upgrade(link, watch)
        }
    }?;
    log_in(link, watch)
}

fn greet(link: &mut Link, watch: Watch) -> Result<()> {
    match link.next_event(watch) {
        Event::Greeted => Ok(()),
        Event::Closed(error) => Err(error),
        other => Err(link.unexpected(&other)),
    }
}

/// STARTTLS, and EHLO once more behind it.
fn upgrade(link: &mut Link, watch: Watch) -> Result<()> {
    if !link.session.capabilities().starttls {
        return Err(Error::from(Status::StartTlsNotOffered).in_phase(Phase::StartTls));
    }
    link.session.start_tls();
    match link.next_event(watch) {
        Event::StartTls => start_tls(link, watch)?,
        Event::Closed(error) => return Err(error),
        other => return Err(link.unexpected(&other)),
    }
    link.session.handle_tls_ready();
    greet(link, watch)
}

fn start_tls(link: &mut Link, watch: Watch) -> Result<()> {
    let Link { stream, passage, .. } = link;
    let route = &passage.route;
    stream.start_tls(&route.host, &route.trust, watch).map_err(|error| match error.status() {
        Status::Timeout => Error::new(Status::Timeout, "the time ran out during the TLS handshake")
            .in_phase(Phase::Tls),
        _ => error,
    })
}

/// Logs in by the first way that fits the server's offer. A refusal is final: blind retries lock accounts.
fn log_in(link: &mut Link, watch: Watch) -> Result<()> {
    let offered = &link.session.capabilities().auth;
    let mut misfit = None;
    for login in &link.passage.logins {
        match sasl::choose(login.mechanism.as_deref(), offered, &login.identity) {
            Ok(mechanism) => {
                link.session.authenticate(mechanism);
                return match link.next_event(watch) {
                    Event::Authenticated(result) => result,
                    Event::Closed(error) => Err(error),
                    other => Err(link.unexpected(&other)),
                };
            }
            Err(error) => {
                misfit.get_or_insert(error.in_phase(Phase::Auth));
            }
        }
    }
    misfit.map_or(Ok(()), Err)
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
