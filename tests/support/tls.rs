//! A peer that speaks TLS, as far as its part goes.

#![allow(clippy::disallowed_methods, reason = "a peer is a thread of the test")]

use super::face::{Client, Handle, Record, client, message, ok};
use inetmail::ffi::certificate_collection::*;
use inetmail::ffi::client_tls::*;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedKey, CustomExtension, IsCa, Issuer, KeyPair,
};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::version::TLS12;
use rustls::{RootCertStore, ServerConfig, ServerConnection, SupportedProtocolVersion};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::ptr::null;
use std::sync::Arc;
use std::thread::JoinHandle;

/// A server under TLS with its first octet, for one connection.
pub struct Peer {
    pub port: u16,
    pub serving: JoinHandle<()>,
}

pub type Part = Box<dyn FnOnce(Tls) + Send>;
pub type Tls = rustls::StreamOwned<ServerConnection, TcpStream>;

impl Peer {
    pub fn playing(part: impl FnOnce(Tls) + Send + 'static) -> Peer {
        Peer::with(&config(), vec![Box::new(part)])
    }

    /// One part for each connection, one after the other.
    pub fn with(config: &Arc<ServerConfig>, parts: Vec<Part>) -> Peer {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        Peer::at(listener, config, parts)
    }

    pub fn at(listener: TcpListener, config: &Arc<ServerConfig>, parts: Vec<Part>) -> Peer {
        let port = listener.local_addr().expect("an address").port();
        let config = config.clone();
        let serving = std::thread::spawn(move || {
            for part in parts {
                let (connection, _) = listener.accept().expect("a client");
                let tls = ServerConnection::new(config.clone()).expect("a server");
                part(Tls::new(tls, connection));
            }
        });
        Peer { port, serving }
    }

    pub fn client(&self) -> Client {
        let client = client("127.0.0.1", self.port);
        ok(INetSmtpClient_SetSecurityOptions(client.0, 4));
        ok(INetSmtpClient_SetDangerouslyAcceptAnyCertificate(client.0, 1));
        client
    }

    /// What becomes of a message.
    pub fn fails(self) -> Box<Record> {
        let client = self.client();
        let failure = client.send(&message("a@test", "b@test", "s", "b"));
        drop(client);
        self.serving.join().expect("the part played to its end");
        failure.expect_err("a message that cannot have arrived")
    }
}

pub fn config() -> Arc<ServerConfig> {
    Arc::new(presenting(&certified("127.0.0.1")).with_cert())
}

/// A certificate of its own making, and its key.
pub fn certified(host: &str) -> CertifiedKey<KeyPair> {
    rcgen::generate_simple_self_signed([host.to_owned()]).expect("a certificate")
}

/// What a server is made of.
pub struct Making<'a> {
    pub certified: &'a CertifiedKey<KeyPair>,
    pub versions: &'static [&'static SupportedProtocolVersion],
    /// How often it presents its certificate.
    pub times: usize,
    pub provider: CryptoProvider,
    /// Whose certificates the server wants of its clients.
    pub clients: Option<CertificateDer<'static>>,
}

/// TLS 1.2 alone.
pub static OLDER: [&SupportedProtocolVersion; 1] = [&TLS12];

pub fn presenting(certified: &CertifiedKey<KeyPair>) -> Making<'_> {
    Making {
        certified,
        versions: rustls::ALL_VERSIONS,
        times: 1,
        provider: rustls::crypto::ring::default_provider(),
        clients: None,
    }
}

impl Making<'_> {
    pub fn with_cert(self) -> ServerConfig {
        let key = PrivateKeyDer::Pkcs8(self.certified.signing_key.serialize_der().into());
        let provider = Arc::new(self.provider);
        let config = ServerConfig::builder_with_provider(provider.clone())
            .with_protocol_versions(self.versions)
            .expect("versions");
        let config = match self.clients {
            None => config.with_no_client_auth(),
            Some(root) => {
                let mut roots = RootCertStore::empty();
                roots.add(root).expect("a root");
                let verifier =
                    WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
                config.with_client_cert_verifier(verifier.build().expect("a verifier"))
            }
        };
        let chain = vec![self.certified.cert.der().clone(); self.times];
        config.with_single_cert(chain, key).expect("a key that fits")
    }
}

/// Who issues certificates for clients, and one of them with its key as PEM, which is as long as is wanted.
pub fn client_certificate(length: usize) -> (CertificateDer<'static>, String) {
    let mut authority = CertificateParams::default();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().expect("a key");
    let root = authority.self_signed(&key).expect("a root").der().clone();
    let mut client = CertificateParams::default();
    let filling = CustomExtension::from_oid_content(&[1, 3, 6, 1, 4, 1, 99999, 1], vec![0; length]);
    client.custom_extensions.push(filling);
    let client_key = KeyPair::generate().expect("a key");
    let client =
        client.signed_by(&client_key, &Issuer::new(authority, key)).expect("a certificate");
    (root, client.pem() + &client_key.serialize_pem())
}

/// Adds certificates to one of a client's collections.
pub fn add(collection: *mut INetCertificateCollection, pem: &str) {
    let collection = Handle::of(collection);
    let added = unsafe {
        INetCertificateCollection_AddBytes(collection.0, pem.as_ptr(), pem.len(), null())
    };
    assert!(added >= 0, "{added}");
}

pub fn say(tls: &mut Tls, text: &str) {
    tls.write_all(text.as_bytes()).expect("a client that listens");
    tls.flush().expect("a client that listens");
}

/// Hears all up to a line of this beginning.
pub fn hear(tls: &mut Tls, beginning: &str) {
    let mut heard = Vec::new();
    let mut octet = [0];
    loop {
        assert_eq!(tls.read(&mut octet).expect("octets"), 1, "{beginning}");
        heard.push(octet[0]);
        if heard.ends_with(b"\r\n") {
            let text = String::from_utf8_lossy(&heard);
            if text.trim_end().rsplit("\r\n").next().is_some_and(|line| line.starts_with(beginning))
            {
                return;
            }
        }
    }
}

/// Goes on up to the end of the message.
pub fn take_message(tls: &mut Tls) {
    say(tls, "220 mx\r\n");
    hear(tls, "EHLO");
    say(tls, "250 mx\r\n");
    for (command, reply) in [("MAIL", "250 ok\r\n"), ("RCPT", "250 ok\r\n"), ("DATA", "354 go\r\n")]
    {
        hear(tls, command);
        say(tls, reply);
    }
    hear(tls, ".");
}

/// A connection that is opened and ended without a message.
pub fn open_and_end(mut tls: Tls) {
    say(&mut tls, "220 mx\r\n");
    hear(&mut tls, "EHLO");
    say(&mut tls, "250 mx\r\n");
    hear(&mut tls, "QUIT");
    say(&mut tls, "221 bye\r\n");
}
