//! Who is to blame, by the sentence of a failure: the host's own settings, or the peer.

mod support;

use inetmail::ffi::client_dns::*;
use inetmail::ffi::client_socket_limits::*;
use inetmail::ffi::client_sockets::*;
use inetmail::ffi::service_proxy::*;
use inetmail::ffi::service_proxy_options::*;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use support::face::{Client, Record, c, client, message, ok, status_name};
use support::peer::Peer;
use support::proxy::proxy;

fn failure(client: &Client, octets: usize) -> Record {
    let body = format!("{}\r\n", "0123456789".repeat(7)).repeat(octets / 72);
    *client.send(&message("a@test", "b@test", "S", &body)).expect_err("a failure")
}

/// A server for one connection.
#[expect(clippy::disallowed_methods, reason = "the server is no part of the library")]
fn server(play: impl FnOnce(TcpStream) + Send + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || listener.accept().map(|(stream, _)| play(stream)));
    port
}

/// Says this to the commands in turn, and then goes on.
fn answering(
    replies: &'static [&'static str],
    then: impl FnOnce(TcpStream) + Send + 'static,
) -> u16 {
    server(move |stream| {
        let mut heard = BufReader::new(stream.try_clone().expect("a socket"));
        let mut line = String::new();
        for reply in replies {
            let _ = (&stream).write_all(reply.as_bytes());
            let _ = heard.read_line(&mut line);
        }
        then(stream);
    })
}

fn reads_to_the_end(mut stream: TcpStream) {
    let _ = std::io::copy(&mut stream, &mut std::io::sink());
}

#[test]
fn an_own_limit_of_speed_is_blamed_on_nobody_else() {
    let peer = Peer::offering(&["PIPELINING"]);
    let client = client("127.0.0.1", peer.port).with_timeout(500);
    ok(INetSmtpClient_SetSocketOutgoingSpeedLimit(client.0, 20_000));
    let record = failure(&client, 300_000);
    assert_eq!(status_name(record.status), "INET_E_TIMEOUT", "{record:?}");
    let words = "SocketOutgoingSpeedLimit holds it to 20000 octets a second";
    assert!(record.message.contains(words), "{record:?}");
    assert!(!record.message.contains("the server"), "{record:?}");
    assert_eq!(record.phase, "message", "{record:?}");
    assert!(!record.is_transient && record.is_safe_to_retry, "{record:?}");
}

#[test]
fn so_is_one_of_what_comes_in() {
    let long = format!("X-{}", "Y".repeat(98));
    let peer = Peer::offering(&[long.as_str(); 100]);
    let client = client("127.0.0.1", peer.port).with_timeout(500);
    ok(INetSmtpClient_SetSocketIncomingSpeedLimit(client.0, 2000));
    let record = failure(&client, 72);
    assert_eq!(status_name(record.status), "INET_E_TIMEOUT", "{record:?}");
    let words = "SocketIncomingSpeedLimit holds it to 2000 octets a second";
    assert!(record.message.contains(words) && !record.is_transient, "{record:?}");
}

#[test]
fn a_limit_is_not_blamed_for_a_server_that_says_nothing() {
    let replies = &["220 a\r\n", "250 a\r\n", "250 a\r\n"];
    let client = client("127.0.0.1", answering(replies, reads_to_the_end)).with_timeout(500);
    ok(INetSmtpClient_SetSocketOutgoingSpeedLimit(client.0, 20_000));
    ok(INetSmtpClient_SetSocketIncomingSpeedLimit(client.0, 20_000));
    let record = failure(&client, 72);
    assert!(record.message.contains("the server sent no reply to"), "{record:?}");
    assert!(!record.message.contains("SpeedLimit") && record.is_transient, "{record:?}");
}

#[test]
fn a_peer_that_takes_nothing_is_not_called_silent() {
    let replies = &["220 a\r\n", "250 a\r\n", "250 a\r\n", "250 a\r\n", "354 a\r\n"];
    let (_test, over) = std::sync::mpsc::channel::<()>();
    let port = answering(replies, move |stream| {
        // The last line that was heard is the first of the message; nothing more is read.
        let _ = over.recv();
        drop(stream);
    });
    let client = client("127.0.0.1", port).with_timeout(60_000);
    ok(INetSmtpClient_SetSocketTimeout(client.0, 100));
    let record = failure(&client, 30_000_000);
    assert_eq!(status_name(record.status), "INET_E_TIMEOUT", "{record:?}");
    let words = "the peer took nothing for the 100 ms of SocketTimeout";
    assert!(record.message.contains(words), "{record:?}");
}

#[test]
fn a_user_that_is_not_used_is_told_where_the_proxy_wants_a_login() {
    let basic =
        "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n";
    for has_user in [false, true] {
        for (kind, said) in
            [(INET_PROXY_HTTP, basic.as_bytes()), (INET_PROXY_SOCKS5, &[5, 255][..])]
        {
            let port = server(move |mut stream| {
                let mut octets = [0; 1024];
                let _ = stream.read(&mut octets);
                let _ = stream.write_all(said);
                reads_to_the_end(stream);
            });
            let proxy = proxy(kind, port);
            if has_user {
                let proxy = proxy.0;
                ok(unsafe { INetServiceProxy_SetUser(proxy, c("user").as_ptr()) });
                ok(unsafe { INetServiceProxy_SetPassword(proxy, c("pass").as_ptr()) });
            }
            let client = client("mail.test", 25).with_timeout(60_000);
            ok(INetSmtpClient_SetProxy(client.0, proxy.0));
            let record = failure(&client, 72);
            assert_eq!(status_name(record.status), "INET_E_PROXY_AUTH_REQUIRED", "{record:?}");
            assert_eq!(record.message.contains("NeedAuthentication"), has_user, "{record:?}");
        }
    }
}

#[test]
fn who_speaks_lmtp_is_recognized() {
    let port = answering(
        &["220 a\r\n", "500 5.5.1 LHLO expected\r\n", "500 5.5.1 LHLO expected\r\n"],
        reads_to_the_end,
    );
    let record = failure(&client("127.0.0.1", port).with_timeout(60_000), 72);
    assert_eq!(status_name(record.status), "INET_E_HELLO_REFUSED", "{record:?}");
    assert!(record.message.contains("INetSmtpClient_SetUseLmtp"), "{record:?}");
    let port = answering(&["220 a\r\n", "500 what\r\n", "500 what\r\n"], reads_to_the_end);
    let record = failure(&client("127.0.0.1", port).with_timeout(60_000), 72);
    assert!(!record.message.contains("LMTP"), "{record:?}");
}

#[test]
fn a_name_server_that_is_silent_has_been_asked_so_often() {
    let silent = std::net::UdpSocket::bind("127.0.0.1:0").expect("a free port");
    let at = c(&silent.local_addr().expect("an address").to_string());
    for (retries, words) in [(0, "no answer in 50 ms"), (1, "50 ms (asked 2 times)")] {
        let client = client("mail.test", 25).with_timeout(60_000);
        ok(INetSmtpClient_SetSocketDnsMode(client.0, INET_DNS_OWN));
        ok(unsafe { INetSmtpClient_SetSocketDnsServers(client.0, at.as_ptr()) });
        ok(INetSmtpClient_SetSocketDnsQueryTimeout(client.0, 50));
        ok(INetSmtpClient_SetSocketDnsRetries(client.0, retries));
        let record = failure(&client, 72);
        assert_eq!(status_name(record.status), "INET_E_RESOLVE", "{record:?}");
        assert!(record.message.contains(words), "{record:?}");
        assert_eq!(record.message.contains("asked"), retries > 0, "{record:?}");
    }
}
