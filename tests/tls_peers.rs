//! Servers that begin TLS well and then go wrong beneath SMTP: each is named, none is waited for without end.

#![allow(clippy::disallowed_methods, reason = "a peer is a thread of the test")]

mod support;

use inetmail::ffi::certificate_collection::*;
use inetmail::ffi::client_tls::*;
use inetmail::ffi::connection_info::*;
use inetmail::ffi::event::*;
use inetmail::ffi::events::*;
use inetmail::ffi::server_commands::*;
use inetmail::ffi::smtp_client::*;
use inetmail::ffi::tls_callbacks::*;
use inetmail::ffi::tls_settings::*;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedKey, CustomExtension, IsCa, Issuer, KeyPair,
};
use rustls::HandshakeKind;
use socket2::{Domain, Socket, Type};
use std::ffi::{c_char, c_void};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use support::face::{Client, Handle, Record, client, message, ok, status_name, text};
use support::tls::*;

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
    assert!(record.message.contains("key update"), "{record:?}");
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

#[test]
fn a_client_certificate_larger_than_the_socket_takes_at_once_arrives() {
    let (root, pem) = client_certificate(40_000);
    let made = certified("127.0.0.1");
    let config = Making { versions: &OLDER, clients: Some(root), ..presenting(&made) }.with_cert();
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
    socket.set_recv_buffer_size(2048).expect("a small buffer");
    socket.set_tcp_mss(88).expect("small segments");
    let address: SocketAddr = ([127, 0, 0, 1], 0).into();
    socket.bind(&address.into()).expect("a port");
    socket.listen(1).expect("a listener");
    let part = |mut tls: Tls| {
        tls.conn.read_tls(&mut tls.sock).expect("a hello");
        tls.conn.process_new_packets().expect("a hello");
        while tls.conn.wants_write() {
            tls.conn.write_tls(&mut tls.sock).expect("a client that listens");
        }
        // The client has begun to answer.
        tls.sock.peek(&mut [0]).expect("a certificate");
        open_and_end(tls);
    };
    let peer = Peer::at(socket.into(), &Arc::new(config), vec![Box::new(part)]);
    let client = peer.client().with_timeout(20_000);
    add(INetSmtpClient_GetClientChain(client.0), &pem);
    ok(INetSmtpClient_Connect(client.0));
    ok(INetSmtpClient_Disconnect(client.0));
    peer.serving.join().expect("the part played to its end");
}

#[test]
fn a_kept_connection_that_tls_ends_is_one_that_was_lost() {
    // An alert that is none of this connection, and what is no record at all.
    for end in [&b"\x15\x03\x03\x00\x02\x02\x50"[..], b"HTTP/1.1 400 Bad Request\r\n\r\n"] {
        let first = |mut tls: Tls| {
            take_message(&mut tls);
            say(&mut tls, "250 ok\r\n");
            hear(&mut tls, "MAIL");
            tls.sock.write_all(end).expect("a client that listens");
        };
        let second = |mut tls: Tls| {
            take_message(&mut tls);
            say(&mut tls, "250 ok\r\n");
        };
        let peer = Peer::with(&config(), vec![Box::new(first), Box::new(second)]);
        let client = peer.client();
        for _ in 0..2 {
            client.send(&message("a@test", "b@test", "s", "b")).expect("a message");
        }
        peer.serving.join().expect("the parts played to their end");
    }
    // On a connection of its own the message has no second try.
    let record = Peer::playing(|mut tls| {
        say(&mut tls, "220 mx\r\n");
        hear(&mut tls, "EHLO");
        say(&mut tls, "250 mx\r\n");
        hear(&mut tls, "MAIL");
        tls.sock.write_all(b"no record at all").expect("a client that listens");
    })
    .fails();
    assert_eq!(status_name(record.status), "INET_E_TLS", "{record:?}");
    assert!(record.is_safe_to_retry, "{record:?}");
}

/// Opens a connection and ends it; whether the client was known by its certificate, and whether the session was resumed.
fn connects(client: &Client) -> (bool, bool) {
    ok(INetSmtpClient_Connect(client.0));
    ok(INetSmtpClient_Disconnect(client.0));
    let info = Handle::of(INetSmtpClient_GetConnectionInfo(client.0));
    (
        INetConnectionInfo_GetClientAuthenticated(info.0) != 0,
        INetConnectionInfo_GetResumedSession(info.0) != 0,
    )
}

fn resumes_elsewhere(client: &Client) {
    let settings = Handle::of(INetSmtpClient_GetTlsSettings(client.0));
    ok(INetTlsSettings_SetForceResumeIfDestinationChanges(settings.0, 1));
}

#[test]
fn a_resumed_session_goes_back_to_the_handshake_that_it_was_made_in() {
    let (root, pem) = client_certificate(1);
    let made = certified("127.0.0.1");
    let asking = Making { clients: Some(root), ..presenting(&made) }.with_cert();
    let mut silent = presenting(&made).with_cert();
    silent.send_tls13_tickets = 0;
    let asking =
        Peer::with(&Arc::new(asking), vec![Box::new(open_and_end), Box::new(open_and_end)]);
    let silent = Peer::with(&Arc::new(silent), vec![Box::new(open_and_end)]);
    let client = asking.client();
    add(INetSmtpClient_GetClientChain(client.0), &pem);
    resumes_elsewhere(&client);
    assert_eq!(connects(&client), (true, false));
    ok(INetSmtpClient_SetPort(client.0, i32::from(silent.port)));
    assert_eq!(connects(&client), (false, false));
    ok(INetSmtpClient_SetPort(client.0, i32::from(asking.port)));
    assert_eq!(connects(&client), (true, true));
    for peer in [asking, silent] {
        peer.serving.join().expect("the parts played to their end");
    }
}

#[test]
fn a_session_that_does_not_do_gives_way_to_a_full_handshake() {
    let (one, other) = (certified("127.0.0.1"), certified("127.0.0.2"));
    let config = presenting(&one).with_cert();
    let mut elsewhere = presenting(&other).with_cert();
    // Both know each other's sessions, as servers of one name do.
    elsewhere.session_storage = config.session_storage.clone();
    let peer = Peer::with(&Arc::new(config), vec![Box::new(open_and_end)]);
    let listener = TcpListener::bind(("127.0.0.2", 0)).expect("a port");
    let resumed = |mut tls: Tls| {
        // It resumes what the client then does not believe.
        while tls.read(&mut [0]).is_ok_and(|octets| octets > 0) {}
        assert_eq!(tls.conn.handshake_kind(), Some(HandshakeKind::Resumed));
    };
    let elsewhere =
        Peer::at(listener, &Arc::new(elsewhere), vec![Box::new(resumed), Box::new(open_and_end)]);
    let client = client("127.0.0.1", peer.port);
    ok(INetSmtpClient_SetSecurityOptions(client.0, 4));
    for certified in [&one, &other] {
        add(INetSmtpClient_GetTrustedCertificates(client.0), &certified.cert.pem());
    }
    resumes_elsewhere(&client);
    assert_eq!(connects(&client), (false, false));
    ok(unsafe { INetSmtpClient_SetHost(client.0, c"127.0.0.2".as_ptr()) });
    ok(INetSmtpClient_SetPort(client.0, i32::from(elsewhere.port)));
    assert_eq!(connects(&client), (false, false));
    for peer in [peer, elsewhere] {
        peer.serving.join().expect("the parts played to their end");
    }
}

#[test]
fn a_client_that_is_refused_behind_the_handshake_was_not_let_in() {
    let (_, pem) = client_certificate(1);
    let (stranger, _) = client_certificate(1);
    let made = certified("127.0.0.1");
    let config = Making { clients: Some(stranger), ..presenting(&made) }.with_cert();
    let refusing = |mut tls: Tls| assert!(tls.read(&mut [0]).is_err());
    let peer = Peer::with(&Arc::new(config), vec![Box::new(refusing)]);
    let client = peer.client();
    add(INetSmtpClient_GetClientChain(client.0), &pem);
    assert_eq!(status_name(INetSmtpClient_Connect(client.0)), "INET_E_TLS");
    let info = Handle::of(INetSmtpClient_GetConnectionInfo(client.0));
    assert_eq!(INetConnectionInfo_GetConnectionEstablished(info.0), 1);
    assert_eq!(INetConnectionInfo_GetClientAuthenticated(info.0), 0);
    peer.serving.join().expect("the part played to its end");
}

/// Authority Information Access (RFC 5280 section 4.2.2.1) with one OCSP responder.
fn responder(port: u16) -> CustomExtension {
    let value = |tag: u8, content: &[u8]| [&[tag, content.len() as u8], content].concat();
    let place = value(0x86, format!("http://127.0.0.1:{port}/").as_bytes());
    let method = value(6, &[0x2b, 6, 1, 5, 5, 7, 0x30, 1]);
    let access = value(0x30, &value(0x30, &[method, place].concat()));
    CustomExtension::from_oid_content(&[1, 3, 6, 1, 5, 5, 7, 1, 1], access)
}

#[test]
fn a_responder_that_is_silent_does_not_use_up_the_time_of_the_message() {
    for (mode, timeout, greeting_timeout) in [(4, 3_000, 60_000), (7, 60_000, 2_000)] {
        let silent = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let mut authority = CertificateParams::default();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        let root = authority.self_signed(&key).expect("a root");
        let mut leaf = CertificateParams::new(["127.0.0.1".to_owned()]).expect("a name");
        leaf.custom_extensions.push(responder(silent.local_addr().expect("an address").port()));
        let signing_key = KeyPair::generate().expect("a key");
        let cert =
            leaf.signed_by(&signing_key, &Issuer::new(authority, key)).expect("a certificate");
        let config = presenting(&CertifiedKey { cert, signing_key }).with_cert();
        let part = |mut tls: Tls| {
            take_message(&mut tls);
            say(&mut tls, "250 ok\r\n");
        };
        let peer = Peer::with(&Arc::new(config), vec![Box::new(part)]);
        let client = client("127.0.0.1", peer.port).with_timeout(timeout);
        ok(INetSmtpClient_SetSecurityOptions(client.0, mode));
        ok(INetSmtpClient_SetGreetingTimeout(client.0, greeting_timeout));
        add(INetSmtpClient_GetTrustedCertificates(client.0), &root.pem());
        client.send(&message("a@test", "b@test", "s", "b")).expect("a message");
        peer.serving.join().expect("the part played to its end");
    }
}

unsafe extern "C" fn dawdles(
    user: *mut c_void,
    _: *const c_char,
    _: *const INetCertificateCollection,
    _: i32,
    _: i32,
    _: *const c_char,
    _: i32,
) -> i32 {
    // A connection to somebody who is silent.
    assert_eq!(status_name(INetSmtpClient_Connect(user.cast())), "INET_E_TIMEOUT");
    1
}

#[test]
fn a_callback_that_uses_up_the_time_is_named() {
    let silent = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let port = silent.local_addr().expect("an address").port();
    let dawdling = client("127.0.0.1", port).with_timeout(1_700);
    let peer = Peer::playing(|mut tls| while tls.read(&mut [0]).is_ok_and(|octets| octets > 0) {});
    let client = peer.client().with_timeout(1_500);
    let user = dawdling.0.cast();
    ok(unsafe { INetSmtpClient_OnCertificateValidate(client.0, Some(dawdles), user, None) });
    assert_eq!(status_name(INetSmtpClient_Connect(client.0)), "INET_E_TIMEOUT");
    let record = Record::of_this_thread();
    assert!(record.message.contains("used up by OnCertificateValidate"), "{record:?}");
    drop(client);
    peer.serving.join().expect("the part played to its end");
}

#[test]
fn a_handshake_is_told_of() {
    let peer = Peer::playing(|mut tls| {
        tls.write_all(b"220 peer\r\n").expect("a greeting");
        let mut hello = [0; 512];
        assert!(tls.read(&mut hello).expect("EHLO") > 4);
        tls.write_all(b"250 peer\r\n").expect("an answer");
        while tls.read(&mut hello).is_ok_and(|octets| octets > 0) {}
    });
    let client = peer.client();
    ok(INetSmtpClient_SetEventKinds(client.0, INET_EVENT_NOTIFICATION));
    ok(INetSmtpClient_Connect(client.0));
    let mut told = Vec::new();
    while let event = INetSmtpClient_NextEvent(client.0)
        && !event.is_null()
    {
        let event = Handle::of(event);
        let parameters = text(|b, n| unsafe { INetEvent_GetText(event.0, b, n) });
        told.push((INetEvent_GetCode(event.0), parameters));
    }
    let ids: Vec<_> = told.iter().map(|(id, _)| *id).collect();
    assert_eq!(ids, [1, 2, 3, 4, 6, 7]);
    assert_eq!(told[4].1, "host=127.0.0.1");
    assert!(told[5].1.starts_with("version=TLS 1.3;ciphersuite=TLS"), "{}", told[5].1);
    drop(client);
    peer.serving.join().expect("the part played to its end");
}

/// Waits without a word until the client closes, as a server does that expects a hello of TLS.
fn stay_silent(mut tls: Tls) {
    assert_eq!(tls.sock.read(&mut [0]).expect("an end"), 0);
}

#[test]
fn a_server_that_waits_for_tls_is_found_out_or_the_way_out_is_named() {
    let parts: Vec<Part> = vec![Box::new(stay_silent), Box::new(open_and_end)];
    let peer = Peer::with(&config(), parts);
    let client = peer.client();
    ok(INetSmtpClient_SetEnableSsl(client.0, 1));
    ok(INetSmtpClient_SetGreetingTimeout(client.0, 100));
    ok(INetSmtpClient_Connect(client.0));
    ok(INetSmtpClient_Disconnect(client.0));
    let info = Handle::of(INetSmtpClient_GetConnectionInfo(client.0));
    assert_eq!(INetConnectionInfo_GetConnectionEstablished(info.0), 1);
    peer.serving.join().expect("the parts played to their end");
    // STARTTLS alone, and a server that is silent to everybody: once within GreetingTimeout, once within Timeout.
    for (starttls_alone, is_greeting_limited, tries) in
        [(true, true, 1), (false, true, 2), (false, false, 1)]
    {
        let silent =
            |mut tls: Tls| while tls.sock.read(&mut [0; 512]).is_ok_and(|octets| octets > 0) {};
        let peer = Peer::with(&config(), (0..tries).map(|_| Box::new(silent) as Part).collect());
        let timeout = if is_greeting_limited { 60_000 } else { 300 };
        let client = peer.client().with_timeout(timeout);
        ok(INetSmtpClient_SetEnableSsl(client.0, 1));
        if starttls_alone {
            ok(INetSmtpClient_SetSecurityOptions(client.0, 2));
        }
        if is_greeting_limited {
            ok(INetSmtpClient_SetGreetingTimeout(client.0, 100));
        }
        assert_eq!(status_name(INetSmtpClient_Connect(client.0)), "INET_E_TIMEOUT");
        let record = Record::of_this_thread();
        let words = match tries {
            1 => {
                "no greeting in time (a port that expects TLS at once, as 465 does, stays silent: \
                 INetSmtpClient_SetSecurityOptions with INET_SECURITY_SSL_IMPLICIT"
            }
            _ => "no greeting in time, nor did it speak TLS at once",
        };
        assert!(record.message.contains(words), "{record:?}");
        peer.serving.join().expect("the parts played to their end");
    }
}
