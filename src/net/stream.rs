//! A stream of octets to and from a peer, in clear or through TLS.

use super::limits::{Limits, Regulator, SILENT, TOOK_NOTHING};
use super::local::without_tls;
use super::outlet::Outlet;
use super::tls::{ConnectionInfo, Tls, TlsSession, Traffic};
use super::tunnel::{Through, Tunnel};
use super::wait::Watch;
use crate::error::{Error, Phase, Result, Status};
use crate::sasl::Binding;
use socket2::Socket;
use std::fmt;
use std::io::{self, ErrorKind, Read, Write};
use std::mem::MaybeUninit;
use std::net::SocketAddr;
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long a read blocks before it polls. A prompt answer so costs one system call instead of two, and a cancellation is
/// still noticed soon.
pub const PATIENCE: Duration = Duration::from_millis(20);

/// A peer may take this part of the time that is left to close, and this part of it to say so in TLS where that is wanted.
const CLOSE_SHARE: usize = 8;
const CLOSE_NOTIFY_SHARE: usize = 2;

/// What came of an attempt to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// So many octets were taken.
    Octets(usize),
    /// Nothing was taken: the peer does not read, it speaks. Whoever does not listen now waits for ever.
    PeerSpeaks,
}

/// The other end of a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remote {
    Address(SocketAddr),
    /// A socket of the file system.
    Path(Arc<str>),
}

impl From<SocketAddr> for Remote {
    fn from(address: SocketAddr) -> Remote {
        Remote::Address(address)
    }
}

impl fmt::Display for Remote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Remote::Address(address) => address.fmt(f),
            Remote::Path(path) => write!(f, "unix:{path}"),
        }
    }
}

pub struct Stream {
    socket: Socket,
    remote: Remote,
    traffic: Arc<Traffic>,
    /// Where a proxy lies between.
    tunnel: Option<Box<Tunnel>>,
    tls: Option<Box<TlsSession>>,
    /// Where the host has set any limit.
    regulator: Option<Box<Regulator>>,
}

/// The socket of a stream as the operation under the watch may use it.
macro_rules! wire {
    ($stream:ident, $watch:expr) => {
        Wire {
            socket: &$stream.socket,
            traffic: &$stream.traffic,
            watch: $watch,
            tunnel: $stream.tunnel.as_deref_mut(),
            regulator: $stream.regulator.as_deref_mut(),
        }
    };
}

impl Stream {
    pub fn plain(socket: Socket, remote: Remote) -> Stream {
        let traffic = Arc::default();
        Stream { socket, remote, traffic, tunnel: None, tls: None, regulator: None }
    }

    pub fn limited(self, limits: Limits) -> Stream {
        Stream { regulator: Regulator::new(limits), ..self }
    }

    /// All that comes from now on goes through a proxy, with which the stream has been so far; also the TLS that it has.
    pub fn go_through(&mut self, mut through: Through) {
        let tls = self.tls.take();
        through.tls = tls.as_ref().map(|tls| tls.info().clone());
        let traffic = Traffic::default();
        self.tunnel = Some(Box::new(Tunnel { through, tls, early: Vec::new(), traffic }));
    }

    /// What has been read and is not the proxy's word but the server's. With this the stream ends at the server.
    pub fn give_early(&mut self, octets: Vec<u8>) {
        self.traffic = Arc::default();
        if let Some(tunnel) = &mut self.tunnel {
            self.traffic.count_received(octets.len());
            tunnel.early = octets;
        }
    }

    /// The proxy that it goes through.
    pub fn through(&self) -> Option<&Through> {
        self.tunnel.as_ref().map(|tunnel| &tunnel.through)
    }

    pub fn remote(&self) -> &Remote {
        &self.remote
    }

    pub fn local(&self) -> Option<SocketAddr> {
        self.socket.local_addr().ok().and_then(|local| local.as_socket())
    }

    /// What there is to be known of the connection now.
    pub fn info(&self) -> ConnectionInfo {
        ConnectionInfo {
            remote: Some(self.remote.clone()),
            local: self.local(),
            through: self.through().cloned(),
            traffic: self.traffic.clone(),
            tls: self.tls.as_ref().map(|tls| tls.info().clone()),
            ..ConnectionInfo::unreached()
        }
    }

    /// Runs the TLS handshake with the server of that name; its certificate is verified, and what has to be fetched for that
    /// leaves by the outlet. The server may be given less time than there is; what we ask others meanwhile does not count.
    pub fn start_tls(
        &mut self,
        host: &str,
        tls: &Arc<Tls>,
        outlet: &Arc<Outlet>,
        watch: Watch,
        patience: Option<Duration>,
    ) -> Result<()> {
        let Remote::Address(remote) = self.remote else {
            return Err(without_tls());
        };
        let wire = &mut wire!(self, watch);
        let mut tls = Box::new(TlsSession::new((host, remote), tls, outlet, watch)?);
        wire.watch = patience.map_or(watch, |patience| watch.within(patience));
        let result = tls.handshake(wire);
        self.tls = Some(tls);
        // Tickets come behind the handshake: a server that waits for their acknowledgement would hold back its next reply.
        self.acknowledge_at_once();
        result.map_err(|error| self.blame_limits(error).in_phase(Phase::Tls).retry_is_safe())
    }

    /// The end of the time at the beginning of a connection, which the limits of speed may have brought about.
    pub fn blame_limits(&self, error: Error) -> Error {
        match &self.regulator {
            Some(regulator) => regulator.blame(error),
            None => error,
        }
    }

    /// What a login may be bound to.
    pub fn binding(&self) -> Option<Binding> {
        self.tls.as_ref().and_then(|tls| tls.binding())
    }

    /// Whether the client has shown a certificate that the server asked for.
    pub fn is_client_authenticated(&self) -> bool {
        self.tls.as_ref().is_some_and(|tls| tls.info().client_authenticated)
    }

    /// Reads what is there, waiting until there is something. 0 is the end of the stream.
    pub fn read(&mut self, into: &mut [u8], watch: Watch) -> Result<usize> {
        let mut wire = wire!(self, watch);
        match &mut self.tls {
            None => wire.receive(into),
            Some(tls) => tls.read(into, &mut wire),
        }
    }

    /// Reads what has come, without waiting for more. `None`: it was nothing for the reader, as TLS has messages of its own.
    pub fn take_in(&mut self, into: &mut [u8], watch: Watch) -> Result<Option<usize>> {
        let mut wire = wire!(self, watch);
        match &mut self.tls {
            None => wire.take_in(into),
            Some(tls) => tls.take_in(into, &mut wire),
        }
    }

    /// Writes some of the octets, waiting until the peer takes some or speaks itself.
    #[inline] // There is one caller that matters.
    pub fn write(&mut self, octets: &[u8], watch: Watch) -> Result<Written> {
        let mut wire = wire!(self, watch);
        loop {
            let result = match &mut self.tls {
                None => wire.write(octets),
                Some(tls) => tls.write(octets, &mut wire),
            };
            match result {
                Ok(taken) => return Ok(Written::Octets(taken)),
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    if !wire.wait_to_write()? {
                        return Ok(Written::PeerSpeaks);
                    }
                }
                Err(error) => return Err(lost(&error)),
            }
        }
    }

    /// Writes what can be written now: `None` if that is nothing.
    pub fn write_now(&mut self, octets: &[u8], watch: Watch) -> Result<Option<usize>> {
        let mut wire = wire!(self, watch);
        let written = match &mut self.tls {
            None => wire.write(octets),
            Some(tls) => tls.write(octets, &mut wire),
        };
        taken_now(written)
    }

    /// Brings out what of that can go out now. Returns whether all is out.
    pub fn flush_now(&mut self, watch: Watch) -> Result<bool> {
        let mut wire = wire!(self, watch);
        let flushed = match &mut self.tls {
            Some(tls) => tls.flush(&mut wire),
            None => wire.flush(),
        };
        taken_now(flushed).map(|all| all.is_some())
    }

    /// Whether there is something to be read that the socket does not know of any more.
    pub fn holds_octets(&mut self) -> bool {
        self.tls.as_mut().is_some_and(|tls| tls.has_news())
            || self.tunnel.as_mut().is_some_and(|tunnel| tunnel.holds_octets())
    }

    /// Whether the host has set limits, for which reads and writes may have to wait.
    pub fn is_limited(&self) -> bool {
        self.regulator.is_some()
    }

    /// Writes all of the octets. A peer that speaks before it has taken them has heard enough: what it says tells.
    pub fn write_all(&mut self, mut octets: &[u8], watch: Watch) -> Result<()> {
        while !octets.is_empty() {
            match self.write(octets, watch)? {
                Written::Octets(taken) => octets = &octets[taken..],
                Written::PeerSpeaks => return Ok(()),
            }
        }
        self.flush(watch).map(drop)
    }

    /// Brings out what [`Stream::write`] has taken and not sent yet, as TLS may have. Returns whether all is out: if not,
    /// the peer speaks.
    #[inline] // In clear and without a proxy nothing is held back.
    pub fn flush(&mut self, watch: Watch) -> Result<bool> {
        match self.tls.is_none() && self.tunnel.is_none() {
            true => Ok(true),
            false => self.flush_layers(watch),
        }
    }

    fn flush_layers(&mut self, watch: Watch) -> Result<bool> {
        let mut wire = wire!(self, watch);
        loop {
            let flushed = match &mut self.tls {
                Some(tls) => tls.flush(&mut wire),
                None => wire.flush(),
            };
            match flushed {
                Ok(()) => return Ok(true),
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    if !wire.wait_to_write()? {
                        return Ok(false);
                    }
                }
                Err(error) => return Err(lost(&error)),
            }
        }
    }

    /// Has the system acknowledge what comes next at once. Two small answers to two writes of ours would else wait for each other:
    /// the second for the acknowledgement of the first, and that for something to go with.
    pub fn acknowledge_at_once(&self) {
        let _ = self.socket.set_tcp_quickack(true);
    }

    /// Whether the peer has been silent: it has neither spoken nor closed since the last read.
    pub fn is_quiet(&mut self) -> bool {
        if self.holds_octets() {
            return false;
        }
        if let Some(tunnel) = &mut self.tunnel {
            let inner = self.tls.as_deref_mut();
            return is_silent(&self.socket)
                || tunnel.takes_in_silence(&self.socket, inner) && is_silent(&self.socket);
        }
        if !is_silent(&self.socket) {
            // Under TLS there may be records that say nothing, such as session tickets.
            return match &mut self.tls {
                Some(tls) => {
                    tls.takes_in_silence(&mut &self.socket, &self.traffic)
                        && is_silent(&self.socket)
                }
                None => false,
            };
        }
        true
    }

    /// A last word that nobody waits for: what does not fit into the socket's buffer is not said.
    pub fn say_goodbye(&mut self, octets: &[u8], watch: Watch) {
        let mut wire = wire!(self, watch);
        let _ = match &mut self.tls {
            None => wire.write(octets).map(drop),
            Some(tls) => tls.say_goodbye(octets, &mut wire),
        };
    }

    /// Ends the connection behind the last words of both sides: says so in TLS, and waits for the peer to close. That is a
    /// matter of courtesy, and gets a part of the time only, unless the settings of TLS want its close_notify.
    pub fn close(&mut self, into: &mut [u8], watch: Watch) {
        self.say_goodbye(b"", watch);
        let share = match self.tls.as_ref().is_some_and(|tls| tls.expects_end()) {
            true => CLOSE_NOTIFY_SHARE,
            false => CLOSE_SHARE,
        };
        // Until the server has closed, it may count the connection (RFC 5321 section 4.1.1.10).
        let _ = self.read(into, watch.share(share));
    }
}

impl AsFd for Stream {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.socket.as_fd()
    }
}

/// What came of an attempt that does not wait.
fn taken_now<T>(attempt: io::Result<T>) -> Result<Option<T>> {
    match attempt {
        Ok(taken) => Ok(Some(taken)),
        Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(None),
        Err(error) => Err(lost(&error)),
    }
}

/// Whether there is nothing to be read, not even the end.
fn is_silent(socket: &Socket) -> bool {
    let mut octet = [MaybeUninit::uninit()];
    let peeked = socket.recv_with_flags(&mut octet, libc::MSG_PEEK | libc::MSG_DONTWAIT);
    matches!(peeked, Err(error) if error.kind() == ErrorKind::WouldBlock)
}

pub(super) fn lost(error: &io::Error) -> Error {
    Error::new(Status::ConnectionLost, format!("the connection was lost: {error}"))
        .with_os_error(error)
}

/// The socket as an operation may use it. Writing never blocks and raises no SIGPIPE; reading waits under the watch.
pub(super) struct Wire<'a> {
    socket: &'a Socket,
    traffic: &'a Traffic,
    watch: Watch<'a>,
    /// Where a proxy lies between.
    tunnel: Option<&'a mut Tunnel>,
    /// Where the host has set any limit.
    regulator: Option<&'a mut Regulator>,
}

impl<'a> Wire<'a> {
    pub fn watch(&self) -> Watch<'a> {
        self.watch
    }

    /// The peer was not to blame for so much of the time.
    pub fn postpone(&mut self, by: Duration, latest: Instant) {
        self.watch = self.watch.postponed(by, latest);
    }

    /// The peer has said that nothing more follows.
    pub fn note_end(&self) {
        self.traffic.note_end();
    }

    /// Reads, waiting until there is something.
    pub fn receive(&mut self, into: &mut [u8]) -> Result<usize> {
        if let Some(received) = self.beneath(|tunnel, wire| tunnel.receive(into, wire)) {
            return received.inspect(|octets| self.traffic.count_received(*octets));
        }
        let granted = match &mut self.regulator {
            None => into.len(),
            Some(regulator) => regulator.await_leave_to_receive(into.len(), self.watch)?,
        };
        let into = &mut into[..granted];
        if !self.watch.allows(PATIENCE) {
            self.wait_to_read()?;
        }
        loop {
            let mut socket = self.socket;
            match socket.read(into) {
                Ok(octets) => {
                    self.traffic.count_received(octets);
                    if let Some(regulator) = &mut self.regulator {
                        regulator.received(octets);
                    }
                    return Ok(octets);
                }
                // A signal ends the call as the timeout does: what is left of the time, the watch knows.
                Err(error)
                    if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) =>
                {
                    self.wait_to_read()?;
                }
                Err(error) => return Err(lost(&error)),
            }
        }
    }

    /// Reads what has come. `None`: it was nothing for the reader.
    pub fn take_in(&mut self, into: &mut [u8]) -> Result<Option<usize>> {
        if let Some(taken) = self.beneath(|tunnel, wire| tunnel.take_in(into, wire)) {
            return taken.inspect(|octets| self.traffic.count_received(octets.unwrap_or_default()));
        }
        self.receive(into).map(Some)
    }

    /// Calls the tunnel, if there is one, with the bare wire.
    #[inline]
    fn beneath<T>(&mut self, call: impl FnOnce(&mut Tunnel, &mut Wire) -> T) -> Option<T> {
        let tunnel = self.tunnel.as_deref_mut()?;
        // What is counted is what goes through the tunnel.
        let traffic = Traffic::default();
        let mut bare = Wire {
            socket: self.socket,
            traffic: &traffic,
            watch: self.watch,
            tunnel: None,
            regulator: self.regulator.as_deref_mut(),
        };
        Some(call(tunnel, &mut bare))
    }

    fn count_sent(&mut self, written: io::Result<usize>) -> io::Result<usize> {
        written.inspect(|octets| {
            self.traffic.count_sent(*octets);
            // What goes through a tunnel is counted beneath it.
            if let Some(regulator) = self.regulator.as_mut().filter(|_| self.tunnel.is_none()) {
                regulator.sent(*octets);
            }
        })
    }

    fn wait_to_read(&self) -> Result<()> {
        let wait = |watch: Watch| watch.readable(self.socket.as_fd());
        match &self.regulator {
            None => wait(self.watch),
            Some(regulator) => regulator.limits().patiently(self.watch, SILENT, wait),
        }
    }

    /// Waits until the peer takes octets again. False: it speaks instead.
    pub fn wait_to_write(&mut self) -> Result<bool> {
        if self.tunnel.as_mut().is_some_and(|tunnel| tunnel.holds_octets()) {
            return Ok(false);
        }
        let wait = |watch: Watch| watch.writable_or_readable(self.socket.as_fd());
        let Some(regulator) = &mut self.regulator else { return wait(self.watch) };
        let for_leave = |pause| self.watch.readable_for(self.socket.as_fd(), pause);
        match regulator.rest_before_sending(for_leave) {
            Some(heard) => Ok(!heard?),
            None => regulator.limits().patiently(self.watch, TOOK_NOTHING, wait),
        }
    }
}

impl Write for Wire<'_> {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        if let Some(written) = self.beneath(|tunnel, wire| tunnel.write(octets, wire)) {
            return self.count_sent(written);
        }
        let octets = match &mut self.regulator {
            None => octets,
            Some(regulator) => match regulator.may_send(octets.len()) {
                0 if !octets.is_empty() => return Err(ErrorKind::WouldBlock.into()),
                granted => &octets[..granted],
            },
        };
        loop {
            let flags = libc::MSG_DONTWAIT | libc::MSG_NOSIGNAL;
            match self.socket.send_with_flags(octets, flags) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                result => return self.count_sent(result),
            }
        }
    }

    fn write_vectored(&mut self, octets: &[io::IoSlice<'_>]) -> io::Result<usize> {
        if self.tunnel.is_some() || self.regulator.is_some() {
            let first = octets.iter().find(|octets| !octets.is_empty());
            return first.map_or(Ok(0), |first| self.write(first));
        }
        loop {
            let flags = libc::MSG_DONTWAIT | libc::MSG_NOSIGNAL;
            match self.socket.send_vectored_with_flags(octets, flags) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                result => return self.count_sent(result),
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.beneath(|tunnel, wire| tunnel.flush(wire)).unwrap_or(Ok(()))
    }
}
