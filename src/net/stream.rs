//! A stream of octets to and from a peer, in clear or through TLS.

use super::tls::{ConnectionInfo, Tls, TlsSession, Traffic};
use super::wait::Watch;
use crate::error::{Error, Phase, Result, Status};
use crate::sasl::Binding;
use ring::rand::{SecureRandom, SystemRandom};
use socket2::Socket;
use std::io::{self, ErrorKind, Read, Write};
use std::mem::MaybeUninit;
use std::net::SocketAddr;
use std::os::fd::AsFd;
use std::sync::Arc;
use std::time::Duration;

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

pub struct Stream {
    socket: Socket,
    remote: SocketAddr,
    traffic: Arc<Traffic>,
    tls: Option<Box<TlsSession>>,
}

impl Stream {
    pub fn plain(socket: Socket, remote: SocketAddr) -> Stream {
        Stream { socket, remote, traffic: Arc::default(), tls: None }
    }

    /// What there is to be known of the connection now.
    pub fn info(&self) -> ConnectionInfo {
        let mut id = [0; 16];
        // Without chance there is no identity, and no TLS either.
        let _ = SystemRandom::new().fill(&mut id);
        let local = self.socket.local_addr().ok().and_then(|local| local.as_socket());
        ConnectionInfo {
            id,
            remote: self.remote,
            local,
            traffic: self.traffic.clone(),
            tls: self.tls.as_ref().map(|tls| tls.info().clone()),
        }
    }

    /// Runs the TLS handshake with the server of that name; its certificate is verified.
    pub fn start_tls(&mut self, host: &str, tls: &Arc<Tls>, watch: Watch) -> Result<()> {
        let wire = &mut Wire { socket: &self.socket, traffic: &self.traffic, watch };
        let mut tls = Box::new(TlsSession::new(host, self.remote, tls, wire)?);
        let result = tls.handshake(wire);
        self.tls = Some(tls);
        result.map_err(|error| error.in_phase(Phase::Tls).retry_is_safe())
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
        let mut wire = Wire { socket: &self.socket, traffic: &self.traffic, watch };
        match &mut self.tls {
            None => wire.receive(into),
            Some(tls) => tls.read(into, &mut wire),
        }
    }

    /// Reads what has come, without waiting for more. `None`: it was nothing for the reader, as TLS has messages of its own.
    pub fn take_in(&mut self, into: &mut [u8], watch: Watch) -> Result<Option<usize>> {
        let mut wire = Wire { socket: &self.socket, traffic: &self.traffic, watch };
        match &mut self.tls {
            None => wire.receive(into).map(Some),
            Some(tls) => tls.take_in(into, &mut wire),
        }
    }

    /// Writes some of the octets, waiting until the peer takes some or speaks itself.
    pub fn write(&mut self, octets: &[u8], watch: Watch) -> Result<Written> {
        let mut wire = Wire { socket: &self.socket, traffic: &self.traffic, watch };
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

    /// Brings out what [`Stream::write`] has taken and not sent yet, as TLS may have. Returns whether all is out: if not,
    /// the peer speaks.
    pub fn flush(&mut self, watch: Watch) -> Result<bool> {
        let Some(tls) = &mut self.tls else {
            return Ok(true);
        };
        let mut wire = Wire { socket: &self.socket, traffic: &self.traffic, watch };
        loop {
            match tls.flush(&mut wire) {
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
        if !is_silent(&self.socket) {
            // Under TLS there may be records that say nothing, such as session tickets.
            return match &mut self.tls {
                Some(tls) => {
                    tls.takes_in_silence(&self.socket, &self.traffic) && is_silent(&self.socket)
                }
                None => false,
            };
        }
        true
    }

    /// A last word that nobody waits for: what does not fit into the socket's buffer is not said.
    pub fn say_goodbye(&mut self, octets: &[u8], watch: Watch) {
        let mut wire = Wire { socket: &self.socket, traffic: &self.traffic, watch };
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
}

impl Wire<'_> {
    pub fn watch(&self) -> Watch<'_> {
        self.watch
    }

    /// The peer has said that nothing more follows.
    pub fn note_end(&self) {
        self.traffic.note_end();
    }

    pub fn receive(&mut self, into: &mut [u8]) -> Result<usize> {
        if !self.watch.allows(PATIENCE) {
            self.watch.readable(self.socket.as_fd())?;
        }
        loop {
            let mut socket = self.socket;
            match socket.read(into) {
                Ok(octets) => {
                    self.traffic.count_received(octets);
                    return Ok(octets);
                }
                // A signal ends the call as the timeout does: what is left of the time, the watch knows.
                Err(error)
                    if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) =>
                {
                    self.watch.readable(self.socket.as_fd())?;
                }
                Err(error) => return Err(lost(&error)),
            }
        }
    }

    fn count_sent(&self, written: io::Result<usize>) -> io::Result<usize> {
        written.inspect(|octets| self.traffic.count_sent(*octets))
    }

    /// Waits until the peer takes octets again. False: it speaks instead.
    fn wait_to_write(&self) -> Result<bool> {
        self.watch.writable_or_readable(self.socket.as_fd())
    }
}

impl Write for Wire<'_> {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        loop {
            let flags = libc::MSG_DONTWAIT | libc::MSG_NOSIGNAL;
            match self.socket.send_with_flags(octets, flags) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                result => return self.count_sent(result),
            }
        }
    }

    fn write_vectored(&mut self, octets: &[io::IoSlice<'_>]) -> io::Result<usize> {
        loop {
            let flags = libc::MSG_DONTWAIT | libc::MSG_NOSIGNAL;
            match self.socket.send_vectored_with_flags(octets, flags) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                result => return self.count_sent(result),
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
