//! The least that has to be done: rustls over a socket, and a dialogue that looks at nothing but the end of each reply. What a
//! handshake and a record cost, whoever sends.
//!
//!     send_bare PORT fresh N --tls CERTIFICATE
//!     send_bare PORT FILE --tls CERTIFICATE

use peers::{Clock, FROM, TO, Task, body, subject};
use rustls::pki_types::{CertificateDer, ServerName, pem::PemObject};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

const BLOCK: usize = 64 << 10;

fn main() {
    let words: Vec<_> = std::env::args().skip(1).collect();
    match words.as_slice() {
        [port, file, tls, certificate] if tls == "--tls" => {
            let pem = std::fs::read(certificate).expect("the certificate");
            send_file(port.parse().expect("a port"), file, &config(&pem));
        }
        _ => send_fresh(&Task::from_arguments()),
    }
}

fn send_fresh(task: &Task) {
    assert_eq!(task.mode, "fresh");
    let config = config(task.certificate.as_deref().expect("a certificate"));
    let send = |n: usize| {
        let mut dialogue = Dialogue::begin(task.port, &config);
        let text =
            format!("From: {FROM}\r\nTo: {TO}\r\nSubject: {}\r\n\r\n{}.\r\n", subject(n), body(n));
        dialogue.say(text.as_bytes());
        dialogue.end();
    };
    send(0);
    let clock = Clock::start();
    (1..=task.count).for_each(send);
    clock.tell();
}

fn send_file(port: u16, file: &str, config: &Arc<ClientConfig>) {
    let mut file = File::open(file).expect("the file");
    let clock = Clock::start();
    let mut dialogue = Dialogue::begin(port, config);
    let mut block = vec![0; BLOCK];
    loop {
        match file.read(&mut block).expect("octets") {
            0 => break,
            length => dialogue.stream.write_all(&block[..length]).expect("a server that reads"),
        }
    }
    dialogue.say(b".\r\n");
    dialogue.end();
    clock.tell();
    println!("growth_kib=0");
}

struct Dialogue {
    stream: StreamOwned<ClientConnection, TcpStream>,
    reply: [u8; 4096],
}

impl Dialogue {
    /// Up to the go-ahead for the message.
    fn begin(port: u16, config: &Arc<ClientConfig>) -> Dialogue {
        let plain = TcpStream::connect(("127.0.0.1", port)).expect("a server");
        plain.set_nodelay(true).expect("a socket");
        // Nothing comes behind a reply before the next command.
        let mut plain = BufReader::new(plain);
        let mut reply = [0; 4096];
        hear(&mut plain, &mut reply);
        for command in ["EHLO bare.example\r\n", "STARTTLS\r\n"] {
            plain.get_mut().write_all(command.as_bytes()).expect("a server that reads");
            hear(&mut plain, &mut reply);
        }
        let name = ServerName::try_from("127.0.0.1").expect("a name");
        let connection = ClientConnection::new(config.clone(), name).expect("a connection");
        let mut dialogue =
            Dialogue { stream: StreamOwned::new(connection, plain.into_inner()), reply };
        dialogue.say(b"EHLO bare.example\r\n");
        dialogue
            .stream
            .write_all(format!("MAIL FROM:<{FROM}>\r\nRCPT TO:<{TO}>\r\nDATA\r\n").as_bytes())
            .expect("a server that reads");
        (0..3).for_each(|_| dialogue.hear());
        dialogue
    }

    fn say(&mut self, octets: &[u8]) {
        self.stream.write_all(octets).expect("a server that reads");
        self.hear();
    }

    fn hear(&mut self) {
        hear(&mut self.stream, &mut self.reply);
    }

    fn end(mut self) {
        self.say(b"QUIT\r\n");
    }
}

/// One reply, octet by octet so that none of the next is taken along: they are in a buffer, or in that of rustls.
fn hear(stream: &mut impl Read, reply: &mut [u8; 4096]) {
    let mut line = 0;
    loop {
        let mut length = 0;
        loop {
            assert_eq!(stream.read(&mut reply[length..=length]).expect("a reply"), 1);
            length += 1;
            if reply[length - 1] == b'\n' {
                break;
            }
        }
        line += 1;
        assert!(line < 100 && matches!(reply[0], b'2' | b'3'), "a refusal");
        if reply[3] != b'-' {
            return;
        }
    }
}

fn config(pem: &[u8]) -> Arc<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(pem).expect("a certificate")).expect("a root");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config =
        ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    Arc::new(config.expect("versions").with_root_certificates(roots).with_no_client_auth())
}
