//! Servers that begin TLS well and then go wrong beneath SMTP: each is named, none is waited for without end.

#![allow(clippy::disallowed_methods, reason = "a peer is a thread of the test")]

mod support;

use inetmail::ffi::client_tls::*;
use inetmail::ffi::connection_info::*;
use inetmail::ffi::smtp_client::*;
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::JoinHandle;
use support::face::{Client, Handle, Record, client, message, ok, status_name};

/// A server under TLS with its first octet, for one connection.
struct Peer {
    port: u16,
    serving: JoinHandle<()>,
}

type Tls = rustls::StreamOwned<ServerConnection, TcpStream>;

impl Peer {
    fn playing(part: impl FnOnce(Tls) + Send + 'static) -> Peer {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let serving = std::thread::spawn(move || {
            let (connection, _) = listener.accept().expect("a client");
            let tls = ServerConnection::new(config()).expect("a server");
            part(Tls::new(tls, connection));
        });
        Peer { port, serving }
    }

    fn client(&self) -> Client {
        let client = client("127.0.0.1", self.port);
        ok(INetSmtpClient_SetSecurityOptions(client.0, 4));
        ok(INetSmtpClient_SetDangerouslyAcceptAnyCertificate(client.0, 1));
        client
    }

    /// What becomes of a message.
    fn fails(self) -> Box<Record> {
        let client = self.client();
        let failure = client.send(&message("a@test", "b@test", "s", "b"));
        drop(client);
        self.serving.join().expect("the part played to its end");
        failure.expect_err("a message that cannot have arrived")
    }
}

fn config() -> Arc<ServerConfig> {
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).expect("a certificate");
    let key = PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .expect("a key that fits");
    Arc::new(config)
}

fn say(tls: &mut Tls, text: &str) {
    tls.write_all(text.as_bytes()).expect("a client that listens");
    tls.flush().expect("a client that listens");
}

/// Hears all up to a line of this beginning.
fn hear(tls: &mut Tls, beginning: &str) {
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
fn take_message(tls: &mut Tls) {
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

#[test]
fn a_reply_cut_short_is_none_whether_tls_was_ended_or_not() {
    for ends in [false, true] {
        let cut = move |mut tls: Tls, text: &str| {
            say(&mut tls, text);
            if ends {
                tls.conn.send_close_notify();
                tls.flush().expect("a client that listens");
            }
        };
        let record = Peer::playing(move |tls| cut(tls, "220 mx")).fails();
        assert_eq!(status_name(record.status), "INET_E_CONNECTION_LOST", "{record:?}");
        assert!(record.is_safe_to_retry, "{record:?}");
        let record = Peer::playing(move |mut tls| {
            take_message(&mut tls);
            cut(tls, "250 2.0.0 o");
        })
        .fails();
        assert_eq!(status_name(record.status), "INET_E_IN_DOUBT", "{record:?}");
        assert!(!record.is_safe_to_retry, "{record:?}");
    }
}

#[test]
fn records_that_say_nothing_have_an_end() {
    let record = Peer::playing(|mut tls| {
        say(&mut tls, "220 mx\r\n");
        hear(&mut tls, "EHLO");
        // New keys, for as long as the client takes them.
        while tls.conn.refresh_traffic_keys().is_ok() && tls.flush().is_ok() {}
    })
    .fails();
    assert_eq!(status_name(record.status), "INET_E_TLS", "{record:?}");
    assert!(record.message.contains("KeyUpdate"), "{record:?}");
}

#[test]
fn a_handshake_that_stalls_costs_the_time_it_was_given() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let client = client("127.0.0.1", port).with_timeout(200);
    ok(INetSmtpClient_SetSecurityOptions(client.0, 4));
    let record = client.send(&message("a@test", "b@test", "s", "b")).expect_err("nobody spoke");
    assert_eq!(status_name(record.status), "INET_E_TIMEOUT", "{record:?}");
    assert!(record.message.contains("TLS handshake"), "{record:?}");
    drop(listener);
}

#[test]
fn whether_the_server_ended_tls_is_known_afterwards() {
    for ends in [false, true] {
        let peer = Peer::playing(move |mut tls| {
            take_message(&mut tls);
            say(&mut tls, "250 ok\r\n");
            hear(&mut tls, "QUIT");
            say(&mut tls, "221 bye\r\n");
            if ends {
                tls.conn.send_close_notify();
                tls.flush().expect("a client that listens");
                // The client's own.
                assert_eq!(tls.read(&mut [0]).expect("an end of TLS"), 0);
            }
        });
        let client = peer.client();
        client.send(&message("a@test", "b@test", "s", "b")).expect("a message");
        ok(INetSmtpClient_Disconnect(client.0));
        let info = Handle::of(INetSmtpClient_GetConnectionInfo(client.0));
        assert_eq!(INetConnectionInfo_GetShutdownMessageReceived(info.0), i32::from(ends));
        peer.serving.join().expect("the part played to its end");
    }
}
