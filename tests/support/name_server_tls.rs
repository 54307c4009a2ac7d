//! A name server on loopback that is spoken to over TLS, and does as a test says.

#![allow(clippy::disallowed_methods, reason = "the server is no part of the library")]

use super::name_server::by_tcp;
use super::tls::{Making, Tls, presenting};
use rcgen::{
    BasicConstraints, Certificate, CertificateParams, CertifiedKey, IsCa, Issuer, KeyPair,
};
use rustls::ServerConnection;
use simple_dns::Packet;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What was heard over one connection.
#[derive(Debug, Clone, Default)]
pub struct Heard {
    /// The name by which the certificate was asked for (SNI).
    pub name: Option<String>,
    pub questions: Vec<Vec<u8>>,
}

pub struct NameServerTls {
    pub address: SocketAddr,
    heard: Arc<Mutex<Vec<Heard>>>,
}

impl NameServerTls {
    /// `play` has one connection after the other.
    pub fn new(making: Making, play: impl Fn(&mut Line) + Send + 'static) -> NameServerTls {
        let config = Arc::new(making.with_cert());
        NameServerTls::raw(move |connection, heard| {
            let tls = ServerConnection::new(config.clone()).expect("a server");
            let tls = Tls::new(tls, connection);
            play(&mut Line { tls, heard, place: None });
        })
    }

    /// One that may speak something else.
    pub fn raw(play: impl Fn(TcpStream, Arc<Mutex<Vec<Heard>>>) + Send + 'static) -> NameServerTls {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let heard: Arc<Mutex<Vec<Heard>>> = Arc::default();
        let told = heard.clone();
        std::thread::spawn(move || {
            for connection in listener.incoming().map_while(Result::ok) {
                let _ = connection.set_nodelay(true);
                play(connection, told.clone());
            }
        });
        NameServerTls { address, heard }
    }

    /// As a client's setting names it. `name` is what stands behind the address.
    pub fn written(&self, name: &str) -> String {
        format!("tls://{}{name}", self.address)
    }

    /// What was heard so far, of each connection in which there was a question.
    pub fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }
}

/// One connection.
pub struct Line {
    tls: Tls,
    heard: Arc<Mutex<Vec<Heard>>>,
    place: Option<usize>,
}

impl Line {
    /// The next question; nothing where the client has gone.
    pub fn question(&mut self) -> Option<Vec<u8>> {
        let mut length = [0; 2];
        self.tls.read_exact(&mut length).ok()?;
        let mut question = vec![0; usize::from(u16::from_be_bytes(length))];
        self.tls.read_exact(&mut question).ok()?;
        let mut all = self.heard.lock().unwrap();
        let place = *self.place.get_or_insert_with(|| {
            all.push(Heard::default());
            all.len() - 1
        });
        all[place].name = self.tls.conn.server_name().map(str::to_owned);
        all[place].questions.push(question.clone());
        Some(question)
    }

    pub fn say(&mut self, octets: &[u8]) {
        let _ = self.tls.write_all(octets).and_then(|()| self.tls.flush());
    }

    /// A message, with its length before it.
    pub fn answer(&mut self, octets: &[u8]) {
        self.say(&by_tcp(octets));
    }

    /// Answers each question until the client goes.
    pub fn answer_all(&mut self, answer: impl Fn(&Packet) -> Vec<u8>) {
        while let Some(question) = self.question() {
            self.answer(&answer(&parsed(&question)));
        }
    }

    /// Listens until the client goes.
    pub fn listen(&mut self) {
        while self.question().is_some() {}
    }
}

pub fn parsed(octets: &[u8]) -> Packet<'_> {
    Packet::parse(octets).expect("a question")
}

/// Who issues certificates.
pub struct Authority {
    pub certificate: Certificate,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    pub fn new() -> Authority {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        let certificate = params.self_signed(&key).expect("a root");
        Authority { certificate, issuer: Issuer::new(params, key) }
    }

    /// A certificate for that name or address, which may be changed before it is signed.
    pub fn issue(
        &self,
        host: &str,
        change: impl FnOnce(&mut CertificateParams),
    ) -> CertifiedKey<KeyPair> {
        let mut params = CertificateParams::new([host.to_owned()]).expect("a name");
        change(&mut params);
        let signing_key = KeyPair::generate().expect("a key");
        let cert = params.signed_by(&signing_key, &self.issuer).expect("a certificate");
        CertifiedKey { cert, signing_key }
    }

    /// A server with a good certificate for that name or address.
    pub fn server(&self, host: &str, play: impl Fn(&mut Line) + Send + 'static) -> NameServerTls {
        NameServerTls::new(presenting(&self.issue(host, |_| {})), play)
    }
}
