//! TLS by rustls with ring. Certificates are always verified.

use super::stream::{Wire, lost};
use super::verifier::{Verifier, is_ca_as_end_entity};
use crate::error::{Error, Phase, Result, Status};
use once_cell::sync::{Lazy, OnceCell};
use rustls::client::ClientConnection;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{CertificateError, ClientConfig, InvalidMessage, RootCertStore};
use socket2::Socket;
use std::io::{self, ErrorKind, Read, Write};
use std::sync::Arc;

/// Whose certificates are believed: the system's roots and those that a host adds. The TLS context that follows from it
/// is made once, at the first handshake, so that sessions can be resumed.
#[derive(Default)]
pub struct Trust {
    added: Vec<CertificateDer<'static>>,
    config: OnceCell<Arc<ClientConfig>>,
}

/// All roots of a system together take a quarter of a mebibyte.
const LARGEST_FILE: u64 = 16 << 20;

/// The roots of the system, read once for each process: it takes milliseconds.
static SYSTEM_ROOTS: Lazy<RootCertStore> = Lazy::new(|| {
    let mut roots = RootCertStore::empty();
    // A system without roots is no error here: the first certificate will be one, of an unknown issuer.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    roots
});

impl Trust {
    /// This trust and the certificates of a PEM file.
    pub fn with_file(&self, path: &str) -> Result<Trust> {
        let unusable =
            |reason: String| Error::new(Status::CertificateFile, format!("{path}: {reason}"));
        // Reading a pipe would wait for a writer.
        let metadata = std::fs::metadata(path).map_err(|error| Error::file(path, &error))?;
        if !metadata.is_file() || metadata.len() > LARGEST_FILE {
            return Err(unusable("it is no file that certificates come in".into()));
        }
        let pem = std::fs::read(path).map_err(|error| Error::file(path, &error))?;
        let mut added = self.added.clone();
        for certificate in CertificateDer::pem_slice_iter(&pem) {
            let certificate = certificate.map_err(|error| unusable(error.to_string()))?;
            let parsed = RootCertStore::empty().add(certificate.clone());
            parsed.map_err(|error| unusable(error.to_string()))?;
            added.push(certificate);
        }
        if added.len() == self.added.len() {
            return Err(unusable("it holds no certificate in PEM form".into()));
        }
        Ok(Trust { added, config: OnceCell::new() })
    }

    fn config(&self) -> Result<&Arc<ClientConfig>> {
        self.config.get_or_try_init(|| {
            let mut roots = SYSTEM_ROOTS.clone();
            roots.add_parsable_certificates(self.added.iter().cloned());
            let provider = Arc::new(rustls::crypto::ring::default_provider());
            let verifier = Verifier::new(roots, self.added.clone(), &provider)?;
            let config = ClientConfig::builder_with_provider(provider)
                .with_safe_default_protocol_versions()
                .map_err(|error| Error::new(Status::Tls, error.to_string()))?
                .dangerous()
                .with_custom_certificate_verifier(Arc::new(verifier))
                .with_no_client_auth();
            Ok(Arc::new(config))
        })
    }
}

/// TLS over a socket that somebody else holds.
pub(super) struct TlsSession {
    connection: ClientConnection,
    host: String,
}

impl TlsSession {
    pub fn new(host: &str, trust: &Trust) -> Result<TlsSession> {
        let unfit = || Error::new(Status::Tls, format!("'{host}' is no name that TLS can verify"));
        let literal = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        let literal = literal.unwrap_or(host).trim_end_matches('.');
        let name = match ServerName::try_from(literal.to_owned()) {
            Ok(name) => name,
            Err(_) => {
                let ascii = idna::domain_to_ascii(host).map_err(|_| unfit())?;
                ServerName::try_from(ascii).map_err(|_| unfit())?
            }
        };
        let connection = ClientConnection::new(trust.config()?.clone(), name)
            .map_err(|error| Error::new(Status::Tls, error.to_string()))?;
        Ok(TlsSession { connection, host: host.to_owned() })
    }

    pub fn handshake(&mut self, wire: &mut Wire) -> Result<()> {
        while self.connection.is_handshaking() {
            self.send_records(wire)?;
            if self.connection.is_handshaking() && !self.receive_records(wire)? {
                let sentence = "the server closed the connection during the TLS handshake";
                return Err(Error::new(Status::ConnectionLost, sentence));
            }
        }
        self.send_records(wire)
    }

    pub fn read(&mut self, into: &mut [u8], wire: &mut Wire) -> Result<usize> {
        loop {
            if let Some(octets) = self.read_plain_text(into)? {
                return Ok(octets);
            }
            if !self.receive_records(wire)? {
                return Ok(0);
            }
        }
    }

    /// Takes in what a socket that is readable holds. It may be nothing for the reader.
    pub fn take_in(&mut self, into: &mut [u8], wire: &mut Wire) -> Result<Option<usize>> {
        if let Some(octets) = self.read_plain_text(into)? {
            return Ok(Some(octets));
        }
        match self.receive_records(wire)? {
            true => self.read_plain_text(into),
            false => Ok(Some(0)),
        }
    }

    fn read_plain_text(&mut self, into: &mut [u8]) -> Result<Option<usize>> {
        match self.connection.reader().read(into) {
            Ok(octets) => Ok(Some(octets)),
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
        Ok(())
    }

    /// Takes in records that have come without being asked for. Returns whether they said nothing.
    pub fn takes_in_silence(&mut self, socket: &Socket) -> bool {
        let mut pending = socket;
        match self.connection.read_tls(&mut pending) {
            Ok(0) | Err(_) => return false,
            Ok(_) => {}
        }
        match self.connection.process_new_packets() {
            Ok(state) => state.plaintext_bytes_to_read() == 0 && !state.peer_has_closed(),
            Err(_) => false,
        }
    }

    pub fn say_goodbye(&mut self, octets: &[u8], wire: &mut Wire) -> io::Result<()> {
        self.connection.writer().write_all(octets)?;
        self.connection.send_close_notify();
        self.flush(wire)
    }

    /// Sends what the handshake has to say. Its records are small: a peer that does not even take those is waited for as
    /// a read would wait.
    fn send_records(&mut self, wire: &mut Wire) -> Result<()> {
        match self.flush(wire) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(()),
            Err(error) => Err(lost(&error)),
        }
    }

    /// Waits for records and takes them in. False is the end of the stream.
    fn receive_records(&mut self, wire: &mut Wire) -> Result<bool> {
        let mut octets = [0; 16 * 1024];
        let received = wire.receive(&mut octets)?;
        let mut rest = &octets[..received];
        if rest.is_empty() {
            // rustls learns of the end by reading it.
            let _ = self.connection.read_tls(&mut rest);
            let _ = self.connection.process_new_packets();
            return Ok(false);
        }
        while !rest.is_empty() {
            self.connection.read_tls(&mut rest).map_err(|error| lost(&error))?;
            if let Err(error) = self.connection.process_new_packets() {
                // The alert that tells the peer why.
                let _ = self.flush(wire);
                return Err(self.explain(&error, &octets[..received]));
            }
        }
        Ok(true)
    }

    /// Says in words what rustls says in types.
    fn explain(&self, error: &rustls::Error, received: &[u8]) -> Error {
        let host = &self.host;
        let (status, sentence) = match error {
            rustls::Error::InvalidCertificate(reason) => {
                let reason = explain_certificate(reason, host);
                (
                    Status::Certificate,
                    format!("the certificate of '{host}' was not accepted: {reason}"),
                )
            }
            rustls::Error::InvalidMessage(InvalidMessage::InvalidContentType)
                if received.first().is_some_and(|octet| octet.is_ascii_digit()) =>
            {
                let said = String::from_utf8_lossy(&received[..received.len().min(60)]);
                let said = said.lines().next().unwrap_or_default().escape_debug().to_string();
                let sentence = format!(
                    "the server answered the TLS hello in plain text ('{said}'): \
                     this port wants STARTTLS or no TLS, TLS from the start is for ports such as 465"
                );
                (Status::TlsPlainText, sentence)
            }
            _ => (Status::Tls, format!("TLS with '{host}' failed: {error}")),
        };
        Error::new(status, sentence).in_phase(Phase::Tls)
    }
}

fn explain_certificate(reason: &CertificateError, host: &str) -> String {
    match reason {
        CertificateError::ExpiredContext { time, not_after } => {
            let since = time.as_secs().saturating_sub(not_after.as_secs());
            format!("it expired {} ago", in_days(since))
        }
        CertificateError::Expired => "it has expired".into(),
        CertificateError::NotValidYetContext { time, not_before } => {
            let until = not_before.as_secs().saturating_sub(time.as_secs());
            format!("it becomes valid in {} (is the clock right?)", in_days(until))
        }
        CertificateError::NotValidYet => "it is not valid yet".into(),
        CertificateError::NotValidForNameContext { presented, .. } => {
            let quoted = |name: &String| name.split('"').nth(1).unwrap_or(name).to_owned();
            let names: Vec<_> = presented.iter().map(quoted).collect();
            match names.as_slice() {
                [] => "it names no host (it has no subjectAltName)".into(),
                _ => format!("it is not for '{host}' but for {}", names.join(", ")),
            }
        }
        CertificateError::NotValidForName => format!("it is not for '{host}'"),
        CertificateError::UnknownIssuer => {
            "its issuer is not trusted (INetSmtpClient_AddTrustedCertificateFile adds one)".into()
        }
        CertificateError::BadSignature
        | CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => {
            "its issuer is not trusted: a trusted one of that name has another key".into()
        }
        other if is_ca_as_end_entity(other) => {
            "it is a CA's own, as self-signed ones are, and is not trusted \
             (INetSmtpClient_AddTrustedCertificateFile with its file makes it so)"
                .into()
        }
        other => other.to_string(),
    }
}

fn in_days(seconds: u64) -> String {
    match seconds / 86_400 {
        0 => format!("{} minutes", seconds / 60),
        1 => "1 day".into(),
        days => format!("{days} days"),
    }
}
