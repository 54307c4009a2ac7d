//! A Send is cancelled from another thread, in each of its phases.

mod support;

use inetmail::ffi::smtp_client::*;
use inetmail::ffi::submission::*;
use socket2::{Domain, Socket, Type};
use std::collections::HashMap;
use std::ffi::c_void;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::ptr::null_mut;
use std::sync::Barrier;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};
use support::face::{Client, Message, Record, c, client, message, ok, status_name};
use support::peer::Peer;

/// A cancellation that takes so long did not happen. What is told to hosts is 50 ms; a busy machine may need more.
const HANG: Duration = Duration::from_secs(2);

fn letter() -> Message {
    message("from@test", "to@test", "Subject", "Text")
}

#[expect(clippy::disallowed_methods, reason = "the test measures")]
fn now() -> Instant {
    Instant::now()
}

fn cancel(client: &Client) {
    ok(INetSmtpClient_Cancel(client.0));
}

/// Sends, cancels when `is_there` returns, and tells how the Send ended.
fn cancelled(client: &Client, message: &Message, is_there: impl FnOnce()) -> Record {
    std::thread::scope(|scope| {
        let sending = scope.spawn(|| {
            let record = client.send(message).expect_err("cancelled");
            (record, now())
        });
        is_there();
        let start = now();
        cancel(client);
        let (record, end) = sending.join().expect("no panic");
        let took = end.saturating_duration_since(start);
        println!("phase {}: {} us", record.phase, took.as_micros());
        assert!(took < HANG, "phase {}: {took:?}", record.phase);
        *record
    })
}

/// A peer that says nothing more on its first connection from a certain word of the client's on, and tells when it was said.
/// Its second connection goes well.
#[expect(clippy::disallowed_methods, reason = "the peer is no part of the library")]
fn silent_at(word: &'static str) -> (u16, Receiver<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let (tell, is_there) = channel();
    std::thread::spawn(move || {
        let (first, _) = listener.accept().expect("a connection");
        speak(&first, Some((word, &tell)));
        let (second, _) = listener.accept().expect("a connection");
        speak(&second, None);
        drop(first);
    });
    (port, is_there)
}

/// The server's part, until the client leaves or the word comes.
fn speak(stream: &TcpStream, silence: Option<(&str, &Sender<()>)>) {
    let mut reader = BufReader::new(stream);
    let mut writer = stream;
    let is_silent_at = |word: &str| match silence {
        Some((silent, tell)) if silent == word => {
            tell.send(()).expect("somebody waits");
            true
        }
        _ => false,
    };
    if is_silent_at("greeting") {
        return;
    }
    writer.write_all(b"220 peer.test\r\n").expect("a client");
    let mut line = String::new();
    while matches!(reader.read_line(&mut line), Ok(1..)) {
        let word = line.split([' ', '\r']).next().unwrap_or_default().to_owned();
        line.clear();
        if is_silent_at(&word) {
            return;
        }
        let reply = match word.as_str() {
            "EHLO" => "250-peer.test\r\n250-STARTTLS\r\n250 AUTH PLAIN\r\n",
            "STARTTLS" => "220 go\r\n",
            "AUTH" => "235 ok\r\n",
            "DATA" => "354 go\r\n",
            _ => "250 ok\r\n",
        };
        writer.write_all(reply.as_bytes()).expect("a client");
        let next = match word.as_str() {
            "STARTTLS" => "TLS",
            "DATA" => "message",
            _ => continue,
        };
        reader.fill_buf().expect("a client");
        if is_silent_at(next) {
            return;
        }
        while reader.read_line(&mut line).is_ok_and(|octets| octets > 0) && line != ".\r\n" {
            line.clear();
        }
        line.clear();
        if is_silent_at("final reply") {
            return;
        }
        writer.write_all(b"250 taken\r\n").expect("a client");
    }
}

#[test]
fn a_send_is_cancelled_in_each_phase_of_the_dialogue() {
    for (word, phase) in [
        ("greeting", "greeting"),
        ("EHLO", "EHLO"),
        ("AUTH", "AUTH"),
        ("MAIL", "MAIL"),
        ("RCPT", "RCPT"),
        ("DATA", "DATA"),
    ] {
        let (port, is_there) = silent_at(word);
        let client = client("127.0.0.1", port).with_login("PLAIN", "user", "pass");
        let record = cancelled(&client, &letter(), || is_there.recv().expect("a connection"));
        assert_eq!(status_name(record.status), "INET_E_CANCELLED", "{record:?}");
        // The peer may know of the connection before the client does.
        let is_earlier = word == "greeting" && record.phase == "connect";
        assert!(record.phase == phase || is_earlier, "{record:?}");
        assert!(record.is_safe_to_retry && !record.is_connection_usable, "{record:?}");
        // What begins afterwards is not concerned.
        client.send(&letter()).expect("a Send after the cancelled one");
    }
}

#[test]
fn a_send_is_cancelled_while_tls_is_set_up() {
    for (word, phase) in [("STARTTLS", "STARTTLS"), ("TLS", "TLS")] {
        let (port, is_there) = silent_at(word);
        let client = client("127.0.0.1", port).with_ssl();
        let record = cancelled(&client, &letter(), || is_there.recv().expect("a connection"));
        assert_eq!(status_name(record.status), "INET_E_CANCELLED", "{record:?}");
        assert_eq!(record.phase, phase);
        assert!(record.is_safe_to_retry, "{record:?}");
    }
}

#[test]
fn a_send_is_cancelled_in_the_midst_of_its_message() {
    let (port, is_there) = silent_at("message");
    let client = client("127.0.0.1", port);
    // More than a connection holds of octets that nobody reads.
    let large = message("from@test", "to@test", "Subject", &"Text\n".repeat(10_000_000));
    let record = cancelled(&client, &large, || is_there.recv().expect("a connection"));
    assert_eq!(status_name(record.status), "INET_E_CANCELLED", "{record:?}");
    assert_eq!(record.phase, "message");
    assert!(record.is_safe_to_retry && !record.is_connection_usable, "{record:?}");
    client.send(&letter()).expect("a Send after the cancelled one");
}

#[test]
fn a_send_is_in_doubt_if_it_is_cancelled_behind_its_message() {
    let (port, is_there) = silent_at("final reply");
    let client = client("127.0.0.1", port);
    let record = cancelled(&client, &letter(), || is_there.recv().expect("a connection"));
    assert_eq!(status_name(record.status), "INET_E_IN_DOUBT", "{record:?}");
    assert_eq!(record.phase, "final reply");
    assert!(record.message.contains("cancelled"), "{record:?}");
    assert!(!record.is_safe_to_retry && !record.is_connection_usable, "{record:?}");
    client.send(&letter()).expect("a Send after the cancelled one");
}

#[test]
fn a_send_is_cancelled_while_it_connects() {
    // Room for one connection that is not accepted; there it is.
    let listener = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
    listener.bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into()).expect("a free port");
    listener.listen(0).expect("a listener");
    let address = listener.local_addr().expect("an address").as_socket().expect("TCP");
    let filler = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
    filler.connect(&address.into()).expect("a connection");

    let client = client("127.0.0.1", address.port());
    let record = cancelled(&client, &letter(), || await_connecting(address.port()));
    assert_eq!(status_name(record.status), "INET_E_CANCELLED", "{record:?}");
    assert_eq!(record.phase, "connect");
    assert!(record.is_safe_to_retry, "{record:?}");
}

/// Until the system lists a connection to that port as one whose SYN was not answered.
fn await_connecting(port: u16) {
    let entry = format!("0100007F:{port:04X} 02 ");
    while !fs::read_to_string("/proc/net/tcp").expect("the system's list").contains(&entry) {
        std::thread::yield_now();
    }
}

/// Sends a message that has no end.
fn send_endless(client: &Client) -> i32 {
    unsafe extern "C" fn lines(buffer: *mut u8, capacity: usize, user: *mut c_void) -> i32 {
        let is_begun = unsafe { &mut *user.cast::<bool>() };
        let octets = match std::mem::replace(is_begun, true) {
            false => &b"Subject: Endless\n\n"[..],
            true => &b"Text\n"[..],
        };
        assert!(octets.len() <= capacity);
        unsafe { buffer.copy_from(octets.as_ptr(), octets.len()) };
        octets.len() as i32
    }
    let mut is_begun = false;
    let user = (&raw mut is_begun).cast();
    let (from, to) = (c("a@test"), c("b@test"));
    unsafe { INetSmtpClient_SendStream(client.0, from.as_ptr(), to.as_ptr(), Some(lines), user) }
}

#[test]
fn a_message_without_an_end_to_a_peer_that_takes_it_all_is_cancelled() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let client = client("127.0.0.1", listener.local_addr().expect("an address").port());
    std::thread::scope(|scope| {
        let sending = scope.spawn(|| (send_endless(&client), now()));
        let (stream, _) = listener.accept().expect("a connection");
        let mut stream = BufReader::new(stream);
        for reply in ["220 hello", "250 EHLO", "250 MAIL", "250 RCPT", "354 DATA"] {
            stream.get_mut().write_all(format!("{reply}\r\n").as_bytes()).expect("a client");
            stream.fill_buf().expect("a client");
            if !reply.starts_with("354") {
                stream.read_line(&mut String::new()).expect("a client");
            }
        }
        let mut taken = 0;
        let mut octets = vec![0; 1 << 16];
        let mut start = None;
        while let Ok(more @ 1..) = stream.read(&mut octets) {
            taken += more;
            if taken > 10_000_000 && start.is_none() {
                start = Some(now());
                cancel(&client);
            }
        }
        let (status, end) = sending.join().expect("no panic");
        assert_eq!(status_name(status), "INET_E_CANCELLED");
        let took = end.saturating_duration_since(start.expect("cancelled"));
        println!("endless message: {} us", took.as_micros());
        assert!(took < HANG, "{took:?}");
    });
}

#[test]
fn all_that_is_under_way_is_cancelled_by_any_number_of_cancellations() {
    const SENDS: usize = 8;
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let client = client("127.0.0.1", listener.local_addr().expect("an address").port());
    std::thread::scope(|scope| {
        let send = || client.send(&letter()).expect_err("cancelled").status;
        let sending: Vec<_> = (0..SENDS).map(|_| scope.spawn(send)).collect();
        let _connections: Vec<_> =
            (0..SENDS).map(|_| listener.accept().expect("a connection")).collect();
        for _ in 0..2 {
            scope.spawn(|| cancel(&client));
        }
        for thread in sending {
            assert_eq!(status_name(thread.join().expect("no panic")), "INET_E_CANCELLED");
        }
    });
}

#[test]
fn what_a_cancelled_send_says_of_its_message_is_true() {
    const SENDS: usize = 300;
    let peer = Peer::offering(&["PIPELINING"]);
    let client = client("127.0.0.1", peer.port);
    let mut told = HashMap::new();
    let together = Barrier::new(2);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for round in 0..SENDS {
                together.wait();
                // Earlier and later, in all phases, and sometimes too late.
                for _ in 0..round * 40 {
                    std::hint::spin_loop();
                }
                cancel(&client);
                together.wait();
            }
        });
        for round in 0..SENDS {
            let subject = format!("Letter {round}");
            let letter = message("from@test", "to@test", &subject, "Text");
            together.wait();
            let status = client.send(&letter).map_or_else(|record| record.status, |()| 0);
            told.insert(subject, status);
            together.wait();
        }
    });
    client.send(&message("from@test", "to@test", "The last", "Text")).expect("nobody cancels");
    let mut arrived = Vec::new();
    loop {
        let delivery = peer.delivery();
        if delivery.header().contains("Subject: The last\r\n") {
            break;
        }
        if delivery.is_complete {
            arrived.push(delivery.header());
        }
    }
    for (subject, status) in told {
        let line = format!("Subject: {subject}\r\n");
        let times = arrived.iter().filter(|header| header.contains(&line)).count();
        match status {
            0 => assert_eq!(times, 1, "{subject}"),
            -1304 => assert_eq!(times, 0, "{subject}"),
            -1305 => assert!(times <= 1, "{subject}"),
            other => panic!("{subject}: {}", status_name(other)),
        }
    }
}

#[test]
fn a_client_without_anything_under_way_is_not_hurt_by_a_cancellation() {
    let peer = Peer::offering(&[]);
    let client = client("127.0.0.1", peer.port);
    cancel(&client);
    client.send(&letter()).expect("a Send");
    cancel(&client);
    client.send(&letter()).expect("another, on the same connection");
    assert_eq!(INetSmtpClient_Cancel(null_mut()), -1000);
}
