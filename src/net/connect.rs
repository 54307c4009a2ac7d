//! TCP connections: to the first address that answers (RFC 8305).

use super::limits::{Limits, SILENT};
use super::outlet::Outlet;
use super::stream::{PATIENCE, Stream};
use super::wait::{Watch, now};
use crate::error::{Error, Phase, Result, Status};
use socket2::{Domain, Protocol, SockAddr, Socket, Type};
use std::io;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::os::fd::AsFd;
use std::time::{Duration, Instant};

/// The Connection Attempt Delay of RFC 8305 section 5: so long an address has a head start before the next.
const HEAD_START: Duration = Duration::from_millis(250);

/// Of a host with more addresses than that, those behind are not tried.
const MOST_ADDRESSES: usize = 64;

/// Connects to the first of the addresses that answers. One after the other is begun, the next as soon as one has failed or its head
/// start is over; all of them have been begun before the time is up.
pub fn connect(
    host: &str,
    addresses: &[SocketAddr],
    outlet: &Outlet,
    watch: Watch,
) -> Result<Stream> {
    let addresses = interleaved(addresses);
    let mut race = Race {
        outlet,
        watch,
        head_start: HEAD_START,
        addresses: addresses.into_iter(),
        next_begins: now(),
        under_way: Vec::new(),
        failures: Vec::new(),
        last_os_error: None,
    };
    let won = outlet.limits.patiently(watch, SILENT, |watch| {
        let attempts = race.addresses.len().max(1) as u32 + 1;
        race.head_start = HEAD_START.min(watch.remaining() / attempts);
        race.watch = watch;
        race.run()
    });
    let ended_by = match won {
        Ok(Some(stream)) => return Ok(stream),
        Ok(None) => Status::Connect,
        Err(error) if error.status() == Status::Timeout => {
            let silent = std::mem::take(&mut race.under_way);
            race.failures.extend(silent.iter().map(|(_, address)| format!("{address}: {error}")));
            Status::Timeout
        }
        Err(error) => return Err(error.in_phase(Phase::Connect).retry_is_safe()),
    };
    let sentence = format!("no connection to '{host}': {}", race.failures.join("; "));
    let mut error = Error::new(ended_by, sentence);
    if let Some(last) = race.last_os_error.filter(|_| ended_by == Status::Connect) {
        error = error.with_os_error(&last);
    }
    Err(error.in_phase(Phase::Connect).retry_is_safe())
}

/// RFC 8305 section 4: the families take turns, and the system has said which begins.
fn interleaved(addresses: &[SocketAddr]) -> Vec<SocketAddr> {
    let Some(first) = addresses.first() else { return Vec::new() };
    let (one, other): (Vec<SocketAddr>, Vec<SocketAddr>) = addresses
        .iter()
        .copied()
        .partition(|address: &SocketAddr| address.is_ipv6() == first.is_ipv6());
    let (mut one, mut other) = (one.into_iter(), other.into_iter());
    let mut all = Vec::with_capacity(addresses.len());
    while all.len() < addresses.len() {
        all.extend(one.next());
        all.extend(other.next());
    }
    all.truncate(MOST_ADDRESSES);
    all
}

struct Race<'a, A> {
    outlet: &'a Outlet,
    watch: Watch<'a>,
    head_start: Duration,
    /// Those that have not been begun.
    addresses: A,
    next_begins: Instant,
    under_way: Vec<(Socket, SocketAddr)>,
    failures: Vec<String>,
    last_os_error: Option<io::Error>,
}

impl<A: ExactSizeIterator<Item = SocketAddr>> Race<'_, A> {
    /// The winner; nobody, if all have failed. An error is the end of the time.
    fn run(&mut self) -> Result<Option<Stream>> {
        loop {
            while self.under_way.is_empty() || self.next_begins <= now() {
                let Some(address) = self.addresses.next() else { break };
                if let Some(stream) = self.begin(address)? {
                    return Ok(Some(stream));
                }
            }
            if self.under_way.is_empty() {
                return Ok(None);
            }
            let span = match self.addresses.len() {
                0 => self.watch.remaining(),
                _ => self.next_begins.saturating_duration_since(now()),
            };
            let descriptors: Vec<_> =
                self.under_way.iter().map(|(socket, _)| socket.as_fd()).collect();
            let ready = self.watch.any_writable(&descriptors, span)?;
            // From behind, so that the places before stay as they are.
            for (place, _) in ready.iter().enumerate().rev().filter(|(_, ready)| **ready) {
                let (socket, address) = self.under_way.remove(place);
                match socket.take_error().and_then(|failed| failed.map_or(Ok(()), Err)) {
                    Ok(()) => match finish(socket, address, self.outlet.limits) {
                        Ok(stream) => return Ok(Some(stream)),
                        Err(error) => self.failed(address, error),
                    },
                    Err(error) => self.failed(address, error),
                }
            }
        }
    }

    /// Begins one; it may be over at once. An error is the host's, who did not say the own end.
    fn begin(&mut self, address: SocketAddr) -> Result<Option<Stream>> {
        let local = self.outlet.local_for(address)?;
        self.next_begins = now() + self.head_start;
        match begin(address, local) {
            Ok((socket, true)) => match finish(socket, address, self.outlet.limits) {
                Ok(stream) => return Ok(Some(stream)),
                Err(error) => self.failed(address, error),
            },
            Ok((socket, false)) => self.under_way.push((socket, address)),
            Err(error) => self.failed(address, error),
        }
        Ok(None)
    }

    fn failed(&mut self, address: SocketAddr, error: io::Error) {
        self.failures.push(format!("{address}: {error}"));
        self.last_os_error = Some(error);
        self.next_begins = now();
    }
}

/// A socket that is on its way to the address, or there already.
fn begin(address: SocketAddr, local: Option<SocketAddr>) -> io::Result<(Socket, bool)> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    socket.set_nonblocking(true)?;
    if let Some(local) = local {
        bind(&socket, own_end(local, address)?)?;
    }
    match socket.connect(&SockAddr::from(address)) {
        Ok(()) => Ok((socket, true)),
        Err(error) if error.raw_os_error() == Some(libc::EINPROGRESS) => Ok((socket, false)),
        Err(error) => Err(error),
    }
}

/// The own end for a connection to that address.
fn own_end(local: SocketAddr, address: SocketAddr) -> io::Result<SocketAddr> {
    let same_family = local.is_ipv6() == address.is_ipv6();
    match (same_family, local.ip().is_unspecified()) {
        (true, _) => Ok(local),
        // Any address is one of either family.
        (false, true) if address.is_ipv6() => {
            Ok(SocketAddr::new(IpAddr::V6(Ipv6Addr::UNSPECIFIED), local.port()))
        }
        (false, true) => Ok(SocketAddr::new([0, 0, 0, 0].into(), local.port())),
        (false, false) => {
            let sentence = format!("the local end point {local} is of another family");
            Err(io::Error::other(sentence))
        }
    }
}

fn bind(socket: &Socket, local: SocketAddr) -> io::Result<()> {
    if local.port() != 0 {
        // A connection that has just ended must not keep the next from the same port.
        socket.set_reuse_address(true)?;
    }
    socket.bind(&SockAddr::from(local)).map_err(|error| {
        let sentence = format!("the local end point {local} cannot be had: {error}");
        io::Error::new(error.kind(), sentence)
    })
}

fn finish(socket: Socket, address: SocketAddr, limits: Limits) -> io::Result<Stream> {
    // Groups of commands are written whole; waiting for more to send would only cost a delayed ACK.
    socket.set_tcp_nodelay(true)?;
    // Reading blocks for a moment before it polls; writing says MSG_DONTWAIT.
    socket.set_nonblocking(false)?;
    socket.set_read_timeout(Some(PATIENCE))?;
    Ok(Stream::plain(socket, address.into()).limited(limits))
}

#[cfg(test)]
mod tests {
    use super::super::wait::Cancel;
    use super::*;
    use std::net::TcpListener;

    const LONG: Duration = Duration::from_secs(60);

    fn address(text: &str) -> SocketAddr {
        text.parse().unwrap()
    }

    fn listener() -> (TcpListener, SocketAddr) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        (listener, address)
    }

    /// One whose queue is full: who connects hears nothing.
    fn silent() -> (Socket, Vec<Socket>, SocketAddr) {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        socket.bind(&address("127.0.0.1:0").into()).unwrap();
        socket.listen(0).unwrap();
        let address = socket.local_addr().unwrap().as_socket().unwrap();
        let knocking = std::iter::repeat_with(|| {
            let knocking = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
            knocking.set_nonblocking(true).unwrap();
            let _ = knocking.connect(&address.into());
            knocking
        });
        let knocking = knocking.take(8).collect();
        (socket, knocking, address)
    }

    /// Where nobody listens any more.
    fn dead() -> SocketAddr {
        listener().1
    }

    #[test]
    fn families_take_turns() {
        let text = |all: &[SocketAddr]| {
            interleaved(all).iter().map(|address| address.ip().to_string()).collect::<Vec<_>>()
        };
        let all = ["[::1]:1", "[::2]:1", "[::3]:1", "10.0.0.1:1", "10.0.0.2:1"].map(address);
        assert_eq!(text(&all), ["::1", "10.0.0.1", "::2", "10.0.0.2", "::3"]);
        let all = ["10.0.0.1:1", "10.0.0.2:1", "[::1]:1"].map(address);
        assert_eq!(text(&all), ["10.0.0.1", "::1", "10.0.0.2"]);
        assert!(text(&[]).is_empty());
        assert_eq!(interleaved(&[address("10.0.0.1:1"); 1000]).len(), MOST_ADDRESSES);
    }

    #[test]
    fn a_dead_address_costs_nothing_and_a_silent_one_its_head_start() {
        let cancel = Cancel::default();
        let (_listener, alive) = listener();
        let began = now();
        let of = |addresses: &[SocketAddr]| {
            let watch = Watch::new(LONG, &cancel);
            connect("h", addresses, &Outlet::default(), watch).unwrap().remote().clone()
        };
        assert_eq!(of(&[dead(), dead(), alive]), alive.into());
        assert!(now() - began < HEAD_START, "{:?}", now() - began);
        let (_socket, _knocking, silent) = silent();
        let began = now();
        assert_eq!(of(&[silent, alive]), alive.into());
        let took = now() - began;
        assert!(took >= HEAD_START && took < 20 * HEAD_START, "{took:?}");
    }

    #[test]
    fn the_head_starts_fit_into_the_time() {
        let cancel = Cancel::default();
        let (_listener, alive) = listener();
        let (_socket, _knocking, silent) = silent();
        let addresses = [[silent; 20].as_slice(), &[alive]].concat();
        let watch = Watch::new(Duration::from_secs(2), &cancel);
        let stream = connect("h", &addresses, &Outlet::default(), watch).unwrap();
        assert_eq!(*stream.remote(), alive.into());
    }

    #[test]
    fn failures_name_every_address() {
        let cancel = Cancel::default();
        let (one, other) = (dead(), dead());
        let outlet = Outlet::default();
        let failed = |addresses: &[SocketAddr], time| {
            connect("h.test", addresses, &outlet, Watch::new(time, &cancel)).err().unwrap()
        };
        let error = failed(&[one, other], LONG);
        assert_eq!((error.status(), error.os_error()), (Status::Connect, libc::ECONNREFUSED));
        for part in ["no connection to 'h.test'", &one.to_string(), &other.to_string()] {
            assert!(error.message().contains(part), "{error}");
        }
        let (_socket, _knocking, silent) = silent();
        let error = failed(&[one, silent], Duration::from_millis(50));
        assert_eq!(error.status(), Status::Timeout);
        assert!(error.message().contains(&silent.to_string()), "{error}");
        assert_eq!(failed(&[], LONG).status(), Status::Connect);
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| failed(&[silent], LONG).status());
            // It may come before the wait: then the next one ends it.
            while !waiting.is_finished() {
                cancel.cancel();
                std::thread::yield_now();
            }
            assert_eq!(waiting.join().unwrap(), Status::Cancelled);
        });
    }

    #[test]
    fn the_own_end_is_bound() {
        let cancel = Cancel::default();
        let (listener, alive) = listener();
        let bound = |local: &str| {
            let outlet = Outlet { local: Some(address(local)), ..Outlet::default() };
            connect("h", &[alive], &outlet, Watch::new(LONG, &cancel))
        };
        bound("127.9.9.9:0").unwrap();
        assert_eq!(listener.accept().unwrap().1.ip().to_string(), "127.9.9.9");
        let port = dead().port();
        for local in [format!("0.0.0.0:{port}"), format!("[::]:{port}")] {
            drop(bound(&local).unwrap());
            assert_eq!(listener.accept().unwrap().1.port(), port);
        }
        let error = bound("[::1]:0").err().unwrap();
        assert!(error.message().contains("another family"), "{error}");
        let error = bound("192.0.2.1:0").err().unwrap();
        assert!(error.message().contains("cannot be had"), "{error}");
    }
}
