//! Takes a dialogue over a connection to the proxy.

use super::super::aside::aside;
use super::super::connect::connect;
use super::super::outlet::Outlet;
use super::super::stream::Stream;
use super::super::tls::Tls;
use super::super::tunnel::Through;
use super::super::wait::Watch;
use super::{Dialogue, Kind, Proxy, Step, Target, mistaken, secrets_of};
use crate::error::{Error, Phase, Result, Status};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

/// A proxy may want the next request on another connection, as often as a login has turns.
const MOST_CONNECTIONS: u32 = 4;

/// What a proxy may take for the rest of an answer on which nothing depends any more.
const BRIEFLY: Duration = Duration::from_secs(2);

/// What may lie there and not be understood: more than the longest head of an answer.
const MOST_PENDING: usize = 128 << 10;

/// A proxy, and how it is reached.
#[derive(Clone, Copy)]
pub struct Reached<'a> {
    pub proxy: &'a Arc<Proxy>,
    pub addresses: &'a [SocketAddr],
    pub outlet: &'a Outlet,
    pub tls: &'a Arc<Tls>,
}

/// A stream that ends at the target.
pub fn open(reached: Reached, target: &Target, watch: Watch) -> Result<Stream> {
    let decorated = |error: Error| decorate(error, reached.proxy);
    let mut dialogue =
        reached.proxy.dialogue(target, &reached.outlet.user_agent).map_err(decorated)?;
    for _ in 0..MOST_CONNECTIONS {
        let mut stream = reach(reached, watch)?;
        let mut said = Vec::new();
        let is_open = converse(reached, &mut dialogue, &mut stream, &mut said, watch)
            .map_err(|error| decorated(stream.blame_limits(error)))?;
        if is_open {
            stream.give_early(said);
            return Ok(stream);
        }
    }
    Err(decorated(super::garbled("it closes one connection after the other without an end")))
}

/// A stream that ends at the proxy, under TLS where that is how it is spoken to.
pub fn reach(reached: Reached, watch: Watch) -> Result<Stream> {
    let Reached { proxy, addresses, outlet, tls } = reached;
    let mut stream = connect(&proxy.host, addresses, outlet, watch).map_err(|error| {
        let status = match error.status() {
            Status::Connect => Status::ProxyConnect,
            other => other,
        };
        let sentence = format!("{}: {error}", proxy.shown());
        error.restated(status, sentence)
    })?;
    let through = Through::new(proxy);
    if proxy.kind == Kind::Https {
        // Who looks up whether the proxy's certificate was revoked cannot go through that proxy.
        let direct = Arc::new(outlet.without_proxy());
        let of_proxies = tls.of_proxies();
        stream.start_tls(&proxy.host, of_proxies, &direct, watch, None).map_err(|error| {
            let sentence = match error.status() {
                Status::Timeout if !error.has_own_sentence() => {
                    "the time ran out during the TLS handshake".to_owned()
                }
                _ => error.to_string(),
            };
            let sentence = format!("{}: {sentence}", proxy.shown());
            error.map_message(|_| sentence)
        })?;
    }
    stream.go_through(through);
    Ok(stream)
}

/// Until the way is open, or another connection is wanted.
fn converse(
    reached: Reached,
    dialogue: &mut Box<dyn Dialogue>,
    stream: &mut Stream,
    said: &mut Vec<u8>,
    watch: Watch,
) -> Result<bool> {
    let mut step = advance(dialogue, said, watch)?;
    let mut patience = mistaken::patience(reached.proxy.kind, watch);
    loop {
        step = match step {
            Step::Open => return Ok(true),
            Step::Reconnect => return Ok(false),
            Step::Write(octets) => {
                stream.write_all(&octets, watch)?;
                advance(dialogue, said, watch)?
            }
            Step::Read => match read_first(reached, stream, said, watch, patience.take())? {
                true => advance(dialogue, said, watch)?,
                false => dialogue.ended(said)?,
            },
            Step::ReadBriefly => match read(stream, said, watch.within(BRIEFLY)) {
                Ok(true) => advance(dialogue, said, watch)?,
                Err(error) if error.status() == Status::Cancelled => return Err(error),
                _ => dialogue.ended(said)?,
            },
        };
        if said.len() > MOST_PENDING {
            return Err(super::garbled("it says more than any sane answer"));
        }
    }
}

/// One step of the dialogue; one that may wait for others runs aside.
fn advance(dialogue: &mut Box<dyn Dialogue>, said: &mut Vec<u8>, watch: Watch) -> Result<Step> {
    if !dialogue.is_slow() {
        return dialogue.advance(said);
    }
    let mut taken = std::mem::replace(dialogue, Box::new(Gone));
    let mut octets = std::mem::take(said);
    let work = move || {
        let step = taken.advance(&mut octets);
        (taken, octets, step)
    };
    let (taken, octets, step) = aside(work, watch)?;
    (*dialogue, *said) = (taken, octets);
    step
}

/// In the place of a dialogue that has not come back in time.
struct Gone;

impl Dialogue for Gone {
    fn advance(&mut self, _: &mut Vec<u8>) -> Result<Step> {
        Err(Status::Timeout.into())
    }

    fn ended(&mut self, _: &mut Vec<u8>) -> Result<Step> {
        Err(Status::Timeout.into())
    }
}

/// The same as [`read`]. Whom there is patience with, and who is silent, is asked what it is.
fn read_first(
    reached: Reached,
    stream: &mut Stream,
    said: &mut Vec<u8>,
    watch: Watch,
    patience: Option<Watch>,
) -> Result<bool> {
    if let Some(patience) = patience {
        match read(stream, said, patience) {
            Err(error) if error.status() == Status::Timeout && watch.check().is_ok() => {
                mistaken::ask(reached, watch)?;
            }
            heard => return heard,
        }
    }
    read(stream, said, watch)
}

/// Waits for more. False is the end of the connection.
fn read(stream: &mut Stream, said: &mut Vec<u8>, watch: Watch) -> Result<bool> {
    let mut octets = [0; 4 << 10];
    let received = stream.read(&mut octets, watch)?;
    said.extend_from_slice(&octets[..received]);
    Ok(received > 0)
}

/// The failure of a dialogue, and whose.
fn decorate(error: Error, proxy: &Proxy) -> Error {
    let whose = proxy.shown();
    let sentence = match error.status() {
        Status::Cancelled => error.to_string(),
        Status::Timeout if !error.has_own_sentence() => {
            format!("the time ran out in the dialogue with {whose}")
        }
        Status::ConnectionLost => format!("{whose}: {error} in the midst of the dialogue with it"),
        Status::ProxyAuthRequired if proxy.login.is_none() && proxy.has_idle_user => {
            format!(
                "{whose}: {error}; User is set and is not used, as NeedAuthentication is not set"
            )
        }
        _ => format!("{whose}: {error}"),
    };
    let sentence = secrets_of(proxy).hide_in_sentence(sentence);
    error
        .map_message(|_| sentence)
        .in_phase(Phase::Proxy)
        .with_peer(format!("{}:{}", proxy.host, proxy.port))
        .retry_is_safe()
}
