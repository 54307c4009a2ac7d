//! Limits of a connection: silence, octets a second, octets at a time.

mod support;

use inetmail::ffi::client_socket_limits::*;
use inetmail::ffi::client_tls::*;
use inetmail::ffi::service_proxy_options::*;
use inetmail::ffi::smtp_client::*;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering::SeqCst};
use std::time::{Duration, Instant};
use support::face::{Client, Record, client, message, ok, status_name};
use support::peer::Peer;
use support::proxy::proxy;

#[expect(clippy::disallowed_methods, reason = "the test measures")]
fn now() -> Instant {
    Instant::now()
}

/// A server that says this to each command in turn, and then nothing.
#[expect(clippy::disallowed_methods, reason = "the server is no part of the library")]
fn that_falls_silent(replies: &[&'static str]) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let replies = replies.to_vec();
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let mut heard = BufReader::new(stream.try_clone().expect("a socket")).lines();
            for reply in &replies {
                let _ = (&stream).write_all(reply.as_bytes());
                let _ = heard.next();
            }
            // Until the client has gone.
            heard.for_each(drop);
        }
    });
    port
}

#[test]
fn a_server_that_falls_silent_costs_the_socket_timeout_and_not_all_of_the_time() {
    for (replies, phase) in [
        (&[][..], "greeting"),
        (&["220 a\r\n"], "EHLO"),
        (&["220 a\r\n", "250 a\r\n"], "MAIL"),
        (&["220 a\r\n", "250 a\r\n", "250 ok\r\n", "250 ok\r\n"], "DATA"),
    ] {
        let client = client("127.0.0.1", that_falls_silent(replies)).with_timeout(600_000);
        ok(INetSmtpClient_SetSocketTimeout(client.0, 50));
        let began = now();
        let record = client.send(&message("a@test", "b@test", "S", "T")).expect_err("silence");
        assert!(now() - began < Duration::from_secs(60));
        assert_eq!(status_name(record.status), "INET_E_TIMEOUT", "{record:?}");
        assert_eq!(record.phase, phase, "{record:?}");
        assert!(record.message.contains("50 ms of SocketTimeout"), "{record:?}");
        assert!(record.is_safe_to_retry, "{record:?}");
    }
    // Behind the message nobody knows.
    let replies = ["220 a\r\n", "250 a\r\n", "250 a\r\n", "250 a\r\n", "354 a\r\n"];
    let client = client("127.0.0.1", that_falls_silent(&replies)).with_timeout(600_000);
    ok(INetSmtpClient_SetSocketTimeout(client.0, 50));
    let record = client.send(&message("a@test", "b@test", "S", "T")).expect_err("silence");
    assert_eq!(status_name(record.status), "INET_E_IN_DOUBT", "{record:?}");
}

/// How long a message of so many octets takes, and that it comes as it is.
fn time_for(client: &Client, peer: &Peer, octets: usize) -> Duration {
    let line = "0123456789".repeat(7);
    let body = format!("{line}\r\n").repeat(octets / 72);
    let began = now();
    client.send(&message("a@test", "b@test", "S", &body)).expect("a delivery");
    let took = now() - began;
    let delivery = peer.delivery();
    assert!(delivery.is_complete && delivery.text().contains(&body));
    took
}

#[test]
fn what_goes_out_takes_the_time_that_its_rate_gives_it() {
    let peer = Peer::offering(&["PIPELINING"]);
    let client = client("127.0.0.1", peer.port).with_timeout(600_000);
    ok(INetSmtpClient_SetSocketOutgoingSpeedLimit(client.0, 100_000));
    assert_eq!(INetSmtpClient_GetSocketOutgoingSpeedLimit(client.0), 100_000);
    // Nothing is saved up at first.
    let took = time_for(&client, &peer, 50_000);
    assert!(took >= Duration::from_millis(500), "{took:?}");
    ok(INetSmtpClient_SetSocketOutgoingSpeedLimit(client.0, 0));
    // Now there is no limit but the hang of the test itself.
    time_for(&client, &peer, 5_000_000);
}

#[test]
fn what_comes_in_takes_the_time_that_its_rate_gives_it() {
    let long = format!("X-{}", "Y".repeat(98));
    let extensions = [long.as_str(); 100];
    let peer = Peer::offering(&extensions);
    let client = client("127.0.0.1", peer.port).with_timeout(600_000);
    ok(INetSmtpClient_SetSocketIncomingSpeedLimit(client.0, 20_000));
    assert_eq!(INetSmtpClient_GetSocketIncomingSpeedLimit(client.0), 20_000);
    let took = time_for(&client, &peer, 100);
    assert!(took >= Duration::from_millis(500), "{took:?}");
}

#[test]
fn octets_at_a_time_change_no_message() {
    let peer = Peer::offering(&["PIPELINING", "CHUNKING"]);
    let client = client("127.0.0.1", peer.port).with_timeout(600_000);
    for size in [1, 100, 1 << 20] {
        ok(INetSmtpClient_SetSendBufferSize(client.0, size));
        assert_eq!(INetSmtpClient_GetSendBufferSize(client.0), size);
        time_for(&client, &peer, 20_000);
    }
}

#[test]
fn limits_have_their_ranges_and_are_none_at_first() {
    let client = client("127.0.0.1", 25);
    assert_eq!(INetSmtpClient_GetSocketTimeout(client.0), 0);
    assert_eq!(INetSmtpClient_GetSocketIncomingSpeedLimit(client.0), 0);
    assert_eq!(INetSmtpClient_GetSocketOutgoingSpeedLimit(client.0), 0);
    assert_eq!(INetSmtpClient_GetSendBufferSize(client.0), 0);
    for status in [
        INetSmtpClient_SetSocketTimeout(client.0, -1),
        INetSmtpClient_SetSocketIncomingSpeedLimit(client.0, -1),
        INetSmtpClient_SetSocketOutgoingSpeedLimit(client.0, i64::MIN),
        INetSmtpClient_SetSendBufferSize(client.0, 1 << 31),
    ] {
        assert_eq!(status_name(status), "INET_E_ARGUMENT_OUT_OF_RANGE");
    }
    ok(INetSmtpClient_SetSocketIncomingSpeedLimit(client.0, i64::MAX));
    ok(INetSmtpClient_SetSocketTimeout(client.0, i32::MAX));
    assert_eq!(INetSmtpClient_GetSocketTimeout(client.0), i32::MAX);
}

type Limit = extern "C" fn(*mut INetSmtpClient, i64) -> i32;

const LIMITS: [(Limit, &str); 2] = [
    (INetSmtpClient_SetSocketOutgoingSpeedLimit, "SocketOutgoingSpeedLimit"),
    (INetSmtpClient_SetSocketIncomingSpeedLimit, "SocketIncomingSpeedLimit"),
];

#[test]
fn a_limit_that_uses_the_time_up_is_not_the_servers_fault() {
    let peer = Peer::offering(&[]);
    for (set, name) in LIMITS {
        let client = client("127.0.0.1", peer.port).with_timeout(300);
        ok(set(client.0, 1));
        let record = client.send(&message("a@test", "b@test", "S", "T")).expect_err("too slow");
        assert_eq!(status_name(record.status), "INET_E_TIMEOUT", "{record:?}");
        assert!(record.message.contains(name) && record.is_safe_to_retry, "{record:?}");
    }
}

/// Milliseconds.
const TIME: i64 = 1_500;

/// What a limit of so many octets a second makes of a connection that has so much time.
fn held_to(client: &Client, set: Limit, rate: i64) -> Box<Record> {
    ok(INetSmtpClient_SetTimeout(client.0, TIME as i32));
    ok(set(client.0, rate));
    let record = client.send(&message("a@test", "b@test", "S", "T")).expect_err("too slow");
    assert_eq!(status_name(record.status), "INET_E_TIMEOUT", "{record:?}");
    assert!(record.is_safe_to_retry, "{record:?}");
    record
}

/// A server that listens and says nothing, and how many octets it has heard of the last connection.
#[expect(clippy::disallowed_methods, reason = "the server is no part of the library")]
fn that_listens() -> (u16, Arc<AtomicI64>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let heard: Arc<AtomicI64> = Arc::default();
    let told = heard.clone();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            told.store(0, SeqCst);
            let mut octets = [0; 4096];
            while let Ok(received @ 1..) = stream.read(&mut octets) {
                told.fetch_add(received as i64, SeqCst);
            }
        }
    });
    (port, heard)
}

#[test]
fn a_limit_that_uses_the_time_of_a_handshake_up_is_named() {
    let (port, heard) = that_listens();
    let under_tls = || {
        let client = client("127.0.0.1", port);
        ok(INetSmtpClient_SetSecurityOptions(client.0, 4));
        client
    };
    let through_a_proxy = || client("127.0.0.1", 25).through(&proxy(INET_PROXY_HTTP, port));
    for (of, phase, silence) in [
        (&under_tls as &dyn Fn() -> Client, "TLS", "during the TLS handshake"),
        (&through_a_proxy, "proxy", "in the dialogue with the HTTP proxy"),
    ] {
        // So much it says when nobody hinders it, and then the server is silent.
        let fast = of();
        let record = held_to(&fast, INetSmtpClient_SetSocketOutgoingSpeedLimit, 10_000_000);
        assert!(record.message.contains(silence), "{record:?}");
        // That takes four fifths of the time, or more of it than there is.
        for share in [800, 5_000] {
            let rate = heard.load(SeqCst).max(60) * 1_000 / (TIME * share / 1_000);
            let (set, name) = LIMITS[0];
            let record = held_to(&of(), set, rate);
            assert_eq!(record.phase, phase, "{record:?}");
            assert!(record.message.contains(name), "{rate}: {record:?}");
        }
    }
}
