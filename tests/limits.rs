//! Limits of a connection: silence, octets a second, octets at a time.

mod support;

use inetmail::ffi::client_socket_limits::*;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::time::{Duration, Instant};
use support::face::{Client, client, message, ok, status_name};
use support::peer::Peer;

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

#[test]
fn a_limit_that_uses_the_time_up_is_not_the_servers_fault() {
    let peer = Peer::offering(&[]);
    for (set, name) in [
        (
            INetSmtpClient_SetSocketOutgoingSpeedLimit as extern "C" fn(_, _) -> _,
            "SocketOutgoingSpeedLimit",
        ),
        (INetSmtpClient_SetSocketIncomingSpeedLimit, "SocketIncomingSpeedLimit"),
    ] {
        let client = client("127.0.0.1", peer.port).with_timeout(300);
        ok(set(client.0, 1));
        let record = client.send(&message("a@test", "b@test", "S", "T")).expect_err("too slow");
        assert_eq!(status_name(record.status), "INET_E_TIMEOUT", "{record:?}");
        assert!(record.message.contains(name) && record.is_safe_to_retry, "{record:?}");
    }
}
