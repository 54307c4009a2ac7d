//! One connection under TLS: its handshake, and the octets that go through it.

use super::super::outlet::Outlet;
use super::super::stream::{Wire, lost};
use super::super::wait::{Watch, now};
use super::binding::binding;
use super::context::Tls;
use super::explain::explain;
use super::hello::ServerHello;
use super::info::{TlsInfo, Traffic};
use super::schemes;
use super::seat::{Noted, Seat, seated};
use super::sessions::{Destination, Kept, SessionsOf};
use super::settings::{Renegotiation, ssl_options, versions};
use super::suites;
use crate::error::{Error, Phase, Result, Status};
use crate::sasl::Binding;
use rustls::client::ClientConnection;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{HandshakeKind, IoState, ProtocolVersion};
use std::io::{self, ErrorKind, Read, Write};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

/// Octets that a peer may send without saying anything in them.
const MOST_SILENT_OCTETS: usize = 1 << 20;

/// As much of what a server says first as a sentence about it quotes.
const LONGEST_BEGINNING: usize = 60;

/// TLS over a socket that somebody else holds.
pub struct TlsSession {
    connection: ClientConnection,
    name: ServerName<'static>,
    sessions: Arc<SessionsOf>,
    /// Taken away when the handshake is over.
    seat: Option<Box<Seat>>,
    /// The server's hello, where somebody wants to look at it.
    hello: Option<ServerHello>,
    began: Instant,
    info: TlsInfo,
    host: String,
    silent_octets: usize,
    /// Records that have come while rustls has no room: the reader has not taken the plain text before them.
    unread: Vec<u8>,
    /// The server has said something behind the handshake, so that it has let the client in.
    has_spoken: bool,
    /// The first octets of the server, which may be no TLS.
    beginning: Vec<u8>,
    expects_end: bool,
}

impl TlsSession {
    pub fn new(
        (host, remote): (&str, SocketAddr),
        tls: &Arc<Tls>,
        outlet: &Arc<Outlet>,
        watch: Watch,
    ) -> Result<TlsSession> {
        let context = tls.context()?;
        let name = server_name(host)?;
        let destination = match tls.settings.resumes_elsewhere {
            true => Destination::Anywhere,
            false => Destination::Server(name.clone(), remote),
        };
        context.sessions.forget_outdated(&destination, context.time().as_secs());
        let sessions = Arc::new(SessionsOf::new(context.sessions.clone(), destination));
        let connection = ClientConnection::new(context.config_for(&sessions), name.clone())
            .map_err(|error| Error::new(Status::Tls, error.to_string()))?;
        let seat = Seat {
            host: host.to_owned(),
            tls: tls.clone(),
            context: context.clone(),
            outlet: outlet.clone(),
            sessions: sessions.clone(),
            vigil: watch.to_vigil(),
            patience: watch.remaining(),
            noted: Noted::default(),
        };
        let is_strict = tls.settings.renegotiation == Renegotiation::Strict;
        Ok(TlsSession {
            connection,
            name,
            sessions,
            seat: Some(Box::new(seat)),
            hello: is_strict.then(ServerHello::default),
            began: now(),
            info: TlsInfo::default(),
            host: host.to_owned(),
            silent_octets: 0,
            unread: Vec::new(),
            has_spoken: false,
            beginning: Vec::new(),
            expects_end: tls.settings.ssl_options & ssl_options::SHUTDOWN_MESSAGE != 0,
        })
    }

    /// What the handshake has come to.
    pub fn info(&self) -> &TlsInfo {
        &self.info
    }

    pub fn binding(&self) -> Option<Binding> {
        binding(&self.connection, &self.info)
    }

    pub fn handshake(&mut self, wire: &mut Wire) -> Result<()> {
        let done = self.shake_hands(wire).and_then(|()| self.judge_resumed(wire));
        let seat = self.seat.take();
        self.info.handshake = now() - self.began;
        let Some(seat) = seat else { return done };
        self.describe(&seat, done.is_ok());
        match &done {
            Ok(()) => self.remember(&seat.noted),
            Err(_) => self.sessions.forget(),
        }
        done?;
        self.send_records(wire)
    }

    fn shake_hands(&mut self, wire: &mut Wire) -> Result<()> {
        while self.connection.is_handshaking() {
            self.send_records(wire)?;
            if self.connection.is_handshaking() && !self.receive_records(wire)? {
                let sentence = "the server closed the connection during the TLS handshake";
                return Err(Error::new(Status::ConnectionLost, sentence));
            }
        }
        let is_older = self.connection.protocol_version() == Some(ProtocolVersion::TLSv1_2);
        if is_older && self.hello.take().is_some_and(|hello| !hello.has_renegotiation_info()) {
            let sentence = format!(
                "'{}' knows nothing of secure renegotiation (RFC 5746), which \
                 RenegotiationAttackPreventionMode requires",
                self.host
            );
            return Err(Error::new(Status::Tls, sentence));
        }
        Ok(())
    }

    /// rustls judges no certificate of a session that it resumes.
    fn judge_resumed(&mut self, wire: &mut Wire) -> Result<()> {
        if self.connection.handshake_kind() != Some(HandshakeKind::Resumed) {
            return Ok(());
        }
        let Some(seat) = &mut self.seat else { return Ok(()) };
        let chain = self.connection.peer_certificates().unwrap_or_default();
        let kept = self.sessions.kept().unwrap_or_default();
        let time = seat.context.time();
        let began = now();
        seat.patience = wire.watch().remaining();
        let judged = seat.judge(chain, &self.name, &kept.staple, time);
        wire.postpone(now() - began, seat.vigil.watch().deadline());
        match judged {
            Ok(()) => Ok(()),
            Err(error) => {
                Err(seat.noted.failure.take().unwrap_or_else(|| explain(&error, &self.host, &[])))
            }
        }
    }

    fn describe(&mut self, seat: &Seat, is_established: bool) {
        let connection = &self.connection;
        let kind = connection.handshake_kind();
        let is_resumed = kind == Some(HandshakeKind::Resumed);
        let kept = match is_resumed {
            true => self.sessions.kept().unwrap_or_default(),
            false => Kept::default(),
        };
        let noted = &seat.noted;
        let chain = connection.peer_certificates().unwrap_or_default();
        self.info = TlsInfo {
            is_established,
            version: match connection.protocol_version() {
                Some(ProtocolVersion::TLSv1_2) => versions::TLS12,
                Some(ProtocolVersion::TLSv1_3) => versions::TLS13,
                _ => 0,
            },
            suite: connection.negotiated_cipher_suite().and_then(suites::describe),
            group: connection.negotiated_key_exchange_group().map(|group| group.name()),
            is_resumed,
            was_retried: kind == Some(HandshakeKind::FullWithHelloRetryRequest),
            chain: chain.iter().cloned().map(CertificateDer::into_owned).collect(),
            verdict: noted.verdict.clone(),
            is_stapled: !noted.staple.is_empty(),
            is_compressed: noted.is_compressed,
            signature: noted.signature.and_then(schemes::name).or(kept.signature),
            wants_certificate: noted.wants_certificate || kept.wants_certificate,
            client_authenticated: is_established && noted.offers_certificate
                || kept.client_authenticated,
            alpn: connection.alpn_protocol().unwrap_or_default().to_vec(),
            handshake: self.info.handshake,
        };
        if self.info.chain.is_empty() {
            // A handshake that ends at the certificate leaves rustls without it.
            self.info.chain.clone_from(&noted.chain);
        }
    }

    /// Keeps what a resumed handshake will not say again.
    fn remember(&self, noted: &Noted) {
        if self.info.is_resumed {
            return;
        }
        self.sessions.keep(Kept {
            staple: noted.staple.clone(),
            signature: self.info.signature,
            wants_certificate: self.info.wants_certificate,
            client_authenticated: self.info.client_authenticated,
            holds_until: self.info.verdict.as_ref().map_or(0, |verdict| verdict.holds_until),
        });
    }

    pub fn read(&mut self, into: &mut [u8], wire: &mut Wire) -> Result<usize> {
        loop {
            if let Some(octets) = self.read_next(into, wire)? {
                return Ok(octets);
            }
            if !self.receive_records(wire)? {
                return Ok(0);
            }
        }
    }

    /// Takes in what a socket that is readable holds. It may be nothing for the reader.
    pub fn take_in(&mut self, into: &mut [u8], wire: &mut Wire) -> Result<Option<usize>> {
        if let Some(octets) = self.read_next(into, wire)? {
            return Ok(Some(octets));
        }
        let mut octets = [0; 16 * 1024];
        match wire.take_in(&mut octets)? {
            None => Ok(None),
            Some(received) => match self.take_records(&octets[..received], wire)? {
                true => self.read_plain_text(into),
                false => Ok(Some(0)),
            },
        }
    }

    /// Reads of what has been received.
    fn read_next(&mut self, into: &mut [u8], wire: &mut Wire) -> Result<Option<usize>> {
        if let Some(octets) = self.read_plain_text(into)? {
            return Ok(Some(octets));
        }
        if self.unread.is_empty() {
            return Ok(None);
        }
        let unread = std::mem::take(&mut self.unread);
        self.take_records(&unread, wire)?;
        self.read_plain_text(into)
    }

    fn read_plain_text(&mut self, into: &mut [u8]) -> Result<Option<usize>> {
        match self.connection.reader().read(into) {
            Ok(octets) => {
                self.silent_octets = 0;
                self.has_spoken = true;
                Ok(Some(octets))
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(None),
            // The peer closed without saying so in TLS; a reply cut short shows as such one room up.
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(Some(0)),
            Err(error) => Err(lost(&error)),
        }
    }

    /// Takes what fits into the buffer of rustls and sends what fits into the socket's.
    pub fn write(&mut self, octets: &[u8], wire: &mut Wire) -> io::Result<usize> {
        let taken = self.connection.writer().write(octets)?;
        match self.flush(wire) {
            Err(error) if error.kind() == ErrorKind::WouldBlock && taken > 0 => Ok(taken),
            Err(error) => Err(error),
            Ok(()) if taken == 0 => self.connection.writer().write(octets),
            Ok(()) => Ok(taken),
        }
    }

    pub fn flush(&mut self, wire: &mut Wire) -> io::Result<()> {
        while self.connection.wants_write() {
            self.connection.write_tls(wire)?;
        }
        wire.flush()
    }

    /// Takes in records that have come without being asked for. Returns whether they said nothing.
    pub fn takes_in_silence(&mut self, pending: &mut dyn Read, traffic: &Traffic) -> bool {
        self.absorb(pending, traffic) && !self.holds_plain_text()
    }

    /// Takes in records that have come. False: that is the end of it.
    pub fn absorb(&mut self, pending: &mut dyn Read, traffic: &Traffic) -> bool {
        if !self.unread.is_empty() {
            return false;
        }
        match self.connection.read_tls(pending) {
            Ok(0) | Err(_) => return false,
            Ok(octets) => traffic.count_received(octets),
        }
        self.connection.process_new_packets().is_ok_and(|state| !state.peer_has_closed())
    }

    pub fn holds_plain_text(&mut self) -> bool {
        let state = self.connection.process_new_packets();
        state.is_ok_and(|state| state.plaintext_bytes_to_read() > 0)
    }

    /// Whether a reader would learn something at once, if that nothing more follows.
    pub fn has_news(&mut self) -> bool {
        let state = self.connection.process_new_packets();
        let is_news =
            |state: IoState| state.plaintext_bytes_to_read() > 0 || state.peer_has_closed();
        !self.unread.is_empty() || state.is_ok_and(is_news)
    }

    /// What has been taken in.
    pub fn plain_text(&mut self) -> impl Read {
        self.connection.reader()
    }

    /// Whether the settings want the peer's close_notify to be waited for.
    pub fn expects_end(&self) -> bool {
        self.expects_end
    }

    pub fn say_goodbye(&mut self, octets: &[u8], wire: &mut Wire) -> io::Result<()> {
        self.connection.writer().write_all(octets)?;
        self.connection.send_close_notify();
        self.flush(wire)
    }

    /// Sends what the handshake has to say, until all of it is out or the peer speaks. A client's certificates may be more
    /// than the socket takes at once.
    fn send_records(&mut self, wire: &mut Wire) -> Result<()> {
        loop {
            match self.flush(wire) {
                Ok(()) => return Ok(()),
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    if !wire.wait_to_write()? {
                        return Ok(());
                    }
                }
                Err(error) => return Err(lost(&error)),
            }
        }
    }

    /// Waits for records and takes them in. False is the end of the stream.
    fn receive_records(&mut self, wire: &mut Wire) -> Result<bool> {
        let mut octets = [0; 16 * 1024];
        let received = wire.receive(&mut octets)?;
        self.take_records(&octets[..received], wire)
    }

    fn take_records(&mut self, octets: &[u8], wire: &mut Wire) -> Result<bool> {
        let mut rest = octets;
        if rest.is_empty() {
            // rustls learns of the end by reading it.
            let _ = self.connection.read_tls(&mut rest);
            let _ = self.connection.process_new_packets();
            return Ok(false);
        }
        self.count_silence(octets.len())?;
        let room = LONGEST_BEGINNING - self.beginning.len();
        self.beginning.extend_from_slice(&rest[..rest.len().min(room)]);
        if let Some(hello) = &mut self.hello {
            hello.take_in(rest);
        }
        while !rest.is_empty() {
            // Octets that are at hand cannot fail to be read: rustls has no room for them, until the reader has taken what it holds.
            if self.connection.read_tls(&mut rest).is_err() {
                if !self.holds_plain_text() {
                    return Err(self.overfull());
                }
                self.unread.extend_from_slice(rest);
                return Ok(true);
            }
            match self.process(wire) {
                Ok(state) if state.peer_has_closed() => wire.note_end(),
                Ok(_) => {}
                Err(error) => {
                    // The alert that tells the peer why.
                    let _ = self.flush(wire);
                    self.note_refusal(&error);
                    let noted = self.seat.as_mut().and_then(|seat| seat.noted.failure.take());
                    let explained = || explain(&error, &self.host, &self.beginning);
                    return Err(noted.unwrap_or_else(explained));
                }
            }
        }
        Ok(true)
    }

    /// Has rustls work, with the seat in place as long as there is a handshake.
    fn process(&mut self, wire: &mut Wire) -> Result<IoState, rustls::Error> {
        let Some(mut seat) = self.seat.take() else {
            return self.connection.process_new_packets();
        };
        let began = now();
        seat.patience = wire.watch().remaining();
        let (seat, processed) = seated(seat, || self.connection.process_new_packets());
        wire.postpone(now() - began, seat.vigil.watch().deadline());
        self.seat = Some(seat);
        processed
    }

    /// In TLS 1.3 the client is done with the handshake before the server has looked at its certificate: an alert in place of
    /// the first word refuses that.
    fn note_refusal(&mut self, error: &rustls::Error) {
        if matches!(error, rustls::Error::AlertReceived(_)) && !self.has_spoken {
            self.info.client_authenticated = false;
            self.sessions.forget();
        }
    }

    /// A peer may send records without end that hold nothing for the reader.
    fn count_silence(&mut self, octets: usize) -> Result<()> {
        self.silent_octets += octets;
        if self.silent_octets <= MOST_SILENT_OCTETS {
            return Ok(());
        }
        let sentence = format!("'{}' sends TLS records without end that say nothing", self.host);
        Err(Error::new(Status::Tls, sentence).in_phase(Phase::Tls))
    }

    fn overfull(&self) -> Error {
        let sentence = format!(
            "'{}' sends more TLS messages in one piece, without a record that ends one, than anybody keeps",
            self.host
        );
        Error::new(Status::Tls, sentence).in_phase(Phase::Tls)
    }
}

/// The name that the certificate has to be for.
fn server_name(host: &str) -> Result<ServerName<'static>> {
    let unfit = || Error::new(Status::Tls, format!("'{host}' is no name that TLS can verify"));
    let literal = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let literal = literal.unwrap_or(host).trim_end_matches('.');
    match ServerName::try_from(literal.to_owned()) {
        Ok(name) => Ok(name),
        Err(_) => {
            let ascii = idna::domain_to_ascii(host).map_err(|_| unfit())?;
            ServerName::try_from(ascii).map_err(|_| unfit())
        }
    }
}
