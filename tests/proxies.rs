//! Proxies that no packaged server plays: SOCKS4a, those that stall, refuse, close, or say too much.

mod support;

use inetmail::ffi::client_sockets::*;
use inetmail::ffi::config::INetSmtpClient_Config;
use inetmail::ffi::service_proxy::*;
use inetmail::ffi::service_proxy_options::*;
use inetmail::ffi::smtp_client::*;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::ptr::null_mut;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};
use support::face::{Client, Handle, Message, Record, c, client, message, ok, status_name, text};
use support::peer::Peer;
use support::proxy::{Act, Proxy, double, proxy, say};

/// What takes so long has hung.
const HANG: Duration = Duration::from_secs(20);

const SOCKS4: i32 = INET_PROXY_SOCKS4;
const SOCKS4A: i32 = INET_PROXY_SOCKS4A;
const SOCKS5: i32 = INET_PROXY_SOCKS5;
const HTTP: i32 = INET_PROXY_HTTP;
const HTTPS: i32 = INET_PROXY_HTTPS;

/// A server whose name only a proxy can know.
const SERVER: &str = "mail.behind.test";

const GRANTED4: &[u8] = &[0, 90, 0, 0, 0, 0, 0, 0];
const GRANTED5: &[u8] = &[5, 0, 0, 1, 0, 0, 0, 0, 0, 0];
const OPENED: &str = "HTTP/1.1 200 Connection established\r\n\r\n";

/// Octets of the requests for the server.
const REQUEST4: usize = 9 + SERVER.len() + 1;
const REQUEST5: usize = 5 + SERVER.len() + 2;

fn letter() -> Message {
    message("from@test", "to@test", "Subject", "Text")
}

fn behind(proxy: &Proxy) -> Client {
    client(SERVER, 25).with_timeout(60_000).through(proxy)
}

#[expect(clippy::disallowed_methods, reason = "the test measures")]
fn now() -> Instant {
    Instant::now()
}

fn failure(client: &Client) -> Record {
    let began = now();
    let record = client.send(&letter()).expect_err("a failure");
    assert!(now() - began < HANG, "{:?}: {record:?}", now() - began);
    assert!(record.is_safe_to_retry, "{record:?}");
    *record
}

#[test]
fn names_are_the_proxys_to_resolve() {
    for (kind, acts) in [
        (SOCKS4A, vec![Act::Hear(REQUEST4), say(GRANTED4)]),
        // It cannot be resolved here.
        (SOCKS4, vec![Act::Hear(REQUEST4), say(GRANTED4)]),
        (SOCKS5, vec![Act::Hear(3), say([5, 0]), Act::Hear(REQUEST5), say(GRANTED5)]),
        (HTTP, vec![Act::HearRequest, say(OPENED)]),
        (INET_PROXY_WEB_TUNNEL, vec![Act::HearRequest, say(OPENED)]),
    ] {
        let peer = Peer::offering(&["PIPELINING"]);
        let acts = [acts, vec![Act::Relay(peer.port)]].concat();
        let (port, playing) = double(vec![acts], None);
        let client = behind(&proxy(kind, port));
        client.send(&letter()).unwrap_or_else(|record| panic!("{kind}: {record:?}"));
        assert!(peer.delivery().is_complete);
        let (through, address, is_secure, remote) = client.went_through();
        let named = if kind == INET_PROXY_WEB_TUNNEL { HTTP } else { kind };
        assert_eq!((through, is_secure), (named, false));
        assert_eq!((&address, &remote), (&remote, &format!("127.0.0.1:{port}")));
        drop(client);
        let heard = playing.join().expect("no panic").remove(0);
        let heard = String::from_utf8_lossy(&heard);
        assert!(heard.contains(SERVER), "{kind}: {heard}");
    }
}

#[test]
fn a_greeting_that_comes_with_the_proxys_answer_is_the_servers() {
    let greeting = "220 early.test\r\n";
    let dialogue = "250 early.test\r\n250 ok\r\n250 ok\r\n354 go\r\n";
    for (kind, acts) in [
        (SOCKS4A, vec![Act::Hear(REQUEST4), say([GRANTED4, greeting.as_bytes()].concat())]),
        (HTTP, vec![Act::HearRequest, say([OPENED, greeting].concat())]),
    ] {
        let rest = [Act::Hear(6), say(&dialogue[..16]), Act::Hold];
        let (port, playing) = double(vec![[acts, rest.to_vec()].concat()], None);
        let client = behind(&proxy(kind, port)).with_timeout(1000);
        let record = failure(&client);
        // The proxy falls silent behind EHLO, so that it is known how far it went.
        assert_eq!(record.phase, "MAIL", "{record:?}");
        drop(client);
        playing.join().expect("no panic");
    }
}

/// Every step of every protocol at which a proxy may say nothing more.
fn stalls() -> Vec<(i32, Vec<Act>)> {
    let wants = "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 9\r\n\r\n";
    vec![
        (SOCKS4A, vec![]),
        (SOCKS4A, vec![Act::Hear(REQUEST4 + 4)]),
        (SOCKS4A, vec![Act::Hear(REQUEST4 + 4), say(&GRANTED4[..7])]),
        (SOCKS5, vec![]),
        (SOCKS5, vec![Act::Hear(4), say([5])]),
        (SOCKS5, vec![Act::Hear(4), say([5, 0]), Act::Hear(REQUEST5)]),
        (SOCKS5, vec![Act::Hear(4), say([5, 2]), Act::Hear(11)]),
        (SOCKS5, vec![Act::Hear(4), say([5, 2]), Act::Hear(11), say([1, 0]), Act::Hear(REQUEST5)]),
        (SOCKS5, vec![Act::Hear(4), say([5, 0]), Act::Hear(REQUEST5), say(&GRANTED5[..9])]),
        (HTTP, vec![]),
        (HTTP, vec![Act::HearRequest]),
        (HTTP, vec![Act::HearRequest, say(&OPENED[..OPENED.len() - 1])]),
        (HTTP, vec![Act::HearRequest, say(wants)]),
        (HTTP, vec![Act::HearRequest, say([wants, "<html>xyz"].concat()), Act::HearRequest]),
        (HTTPS, vec![]),
    ]
}

#[test]
fn a_proxy_that_stalls_costs_the_time_that_is_allowed_and_no_more() {
    for (kind, acts) in stalls() {
        let what = format!("type {kind}, {} acts", acts.len());
        let (port, playing) = double(vec![[acts, vec![Act::Hold]].concat()], None);
        let client = behind(&proxy(kind, port).with_login("user", "pass")).with_timeout(150);
        let record = failure(&client);
        assert_eq!(status_name(record.status), "INET_E_TIMEOUT", "{what}: {record:?}");
        let phase = if kind == HTTPS { "TLS" } else { "proxy" };
        assert_eq!((record.phase.as_str(), record.is_transient), (phase, true), "{what}");
        assert!(record.message.contains(&format!("127.0.0.1:{port}")), "{what}: {record:?}");
        drop(client);
        playing.join().expect("no panic");
    }
}

#[test]
fn a_dialogue_with_a_proxy_can_be_cancelled_at_every_step() {
    for (kind, acts) in stalls() {
        let what = format!("type {kind}, {} acts", acts.len());
        let (holds, held) = channel();
        let (port, playing) = double(vec![[acts, vec![Act::Hold]].concat()], Some(holds));
        let client = behind(&proxy(kind, port).with_login("user", "pass"));
        let record = std::thread::scope(|scope| {
            let sending = scope.spawn(|| failure(&client));
            held.recv().expect("the proxy holds it");
            ok(INetSmtpClient_Cancel(client.0));
            sending.join().expect("no panic")
        });
        assert_eq!(status_name(record.status), "INET_E_CANCELLED", "{what}: {record:?}");
        drop(client);
        playing.join().expect("no panic");
    }
}

#[test]
fn a_proxy_that_closes_is_told_from_a_server_that_does() {
    for (kind, acts) in stalls() {
        let what = format!("type {kind}, {} acts", acts.len());
        let (port, playing) = double(vec![acts.clone()], None);
        let client = behind(&proxy(kind, port).with_login("user", "pass"));
        let record = failure(&client);
        let status = status_name(record.status);
        let expected = [
            "INET_E_PROXY_PROTOCOL",
            "INET_E_PROXY_AUTH_REFUSED",
            "INET_E_PROXY_CONNECT",
            "INET_E_CONNECTION_LOST",
        ];
        assert!(expected.contains(&status), "{what}: {record:?}");
        assert!(record.message.contains("proxy"), "{what}: {record:?}");
        drop(client);
        playing.join().expect("no panic");
    }
}

#[test]
fn answers_of_all_sizes() {
    let head = "HTTP/1.1 200 OK\r\n";
    let refusal = "HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\n\r\n";
    for (kind, acts, status) in [
        (
            HTTP,
            vec![Act::HearRequest, say(head), Act::Flood("X: yyyyyyyyyyyyyyyy\r\n", 300_000)],
            "INET_E_PROXY_PROTOCOL",
        ),
        (
            HTTP,
            vec![Act::HearRequest, say(head), say("X: "), Act::Flood("yyyyyyyyyyyyyyyy", 300_000)],
            "INET_E_PROXY_PROTOCOL",
        ),
        (
            HTTP,
            vec![Act::HearRequest, say(refusal), Act::Flood("<p>no</p>\n", 500_000)],
            "INET_E_PROXY_REFUSED",
        ),
        (HTTP, vec![Act::HearRequest, say("SSH-2.0-x\r\n")], "INET_E_PROXY_PROTOCOL"),
        (
            SOCKS5,
            vec![Act::Hear(3), Act::Flood("HTTP/1.1 400 Bad Request\r\n", 100_000)],
            "INET_E_PROXY_PROTOCOL",
        ),
        (SOCKS5, vec![Act::Hear(3), say([4, 0])], "INET_E_PROXY_PROTOCOL"),
        (SOCKS4A, vec![Act::Hear(REQUEST4), say([5, 0])], "INET_E_PROXY_PROTOCOL"),
        (SOCKS4A, vec![Act::Hear(REQUEST4), say([0, 91])], "INET_E_PROXY_REFUSED"),
        (SOCKS5, vec![Act::Hear(3), say([5, 255])], "INET_E_PROXY_AUTH_REQUIRED"),
        (
            SOCKS5,
            vec![Act::Hear(3), say([5, 0]), Act::Hear(REQUEST5), say([5, 5])],
            "INET_E_PROXY_SERVER_UNREACHABLE",
        ),
    ] {
        let (port, playing) = double(vec![acts], None);
        let proxy = proxy(kind, port);
        let client = behind(&proxy);
        let record = failure(&client);
        assert_eq!(status_name(record.status), status, "{record:?}");
        assert_eq!(record.phase, "proxy");
        assert!(record.message.len() < 500, "{} octets of message", record.message.len());
        if status == "INET_E_PROXY_REFUSED" && kind == HTTP {
            assert_eq!(proxy.headers(), refusal.trim_end());
            assert_eq!(proxy.body().len(), 65536);
        }
        drop(client);
        playing.join().expect("no panic");
    }
}

/// Answers whoever says a whole request, over two connections at once, and is silent to others.
#[expect(clippy::disallowed_methods, reason = "the double is no part of the library")]
fn patient(answer: &'static [u8]) -> (u16, std::thread::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let serve = move |mut stream: TcpStream| {
        let (mut one, mut heard) = ([0], Vec::new());
        while stream.read_exact(&mut one).is_ok() {
            heard.push(one[0]);
            if heard.ends_with(b"\r\n\r\n") {
                let _ = stream.write_all(answer);
                return;
            }
        }
    };
    let playing = std::thread::spawn(move || {
        std::thread::scope(|scope| {
            for _ in 0..2 {
                let (stream, _) = listener.accept().expect("a client");
                scope.spawn(move || serve(stream));
            }
        });
    });
    (port, playing)
}

#[test]
fn a_silent_proxy_of_another_type_is_recognized() {
    for (kind, answer, speaks) in [
        (SOCKS5, &b"HTTP/1.0 400 Bad Request\r\n\r\n"[..], Some("its type may be HTTP")),
        (SOCKS4, b"HTTP/1.1 405 No\r\n\r\n", Some("its type may be HTTP")),
        (SOCKS4A, b"HTTP/1.1 405 No\r\n\r\n", Some("its type may be HTTP")),
        (SOCKS5, &[0x15, 3, 1, 0, 2, 2, 22], Some("its type may be HTTPS")),
        // Who says neither is waited for.
        (SOCKS5, b"whatever", None),
        (SOCKS5, b"", None),
    ] {
        let (port, playing) = patient(answer);
        let client =
            behind(&proxy(kind, port)).with_timeout(if speaks.is_some() { 8000 } else { 400 });
        let record = failure(&client);
        let status = if speaks.is_some() { "INET_E_PROXY_PROTOCOL" } else { "INET_E_TIMEOUT" };
        assert_eq!(status_name(record.status), status, "{kind}: {record:?}");
        assert_eq!(record.phase, "proxy", "{record:?}");
        assert!(record.message.contains(speaks.unwrap_or("the time ran out")), "{record:?}");
        drop(client);
        playing.join().expect("no panic");
    }
}

#[test]
fn a_proxy_of_another_type_that_speaks_is_recognized_at_once() {
    for (kind, acts, words) in [
        (HTTP, vec![Act::HearRequest, say([5, 255]), Act::Hold], "its type may be SOCKS5"),
        (HTTP, vec![Act::HearRequest, say([0x15, 3, 3]), Act::Hold], "its type may be HTTPS"),
        (HTTP, vec![say("220 mail.test ESMTP\r\n"), Act::Hold], "the server's own port"),
        (HTTP, vec![Act::HearRequest], "may not speak HTTP"),
        (SOCKS5, vec![say("220 mail.test ESMTP\r\n"), Act::Hold], "the server's own port"),
        (SOCKS5, vec![Act::Hear(3), say("HTTP/1.1 400"), Act::Hold], "its type may be HTTP"),
        (SOCKS5, vec![Act::Hear(3), say([0, 91]), Act::Hold], "its type may be SOCKS4"),
        (SOCKS4A, vec![Act::Hear(REQUEST4), say([5, 255]), Act::Hold], "its type may be SOCKS5"),
        (SOCKS4A, vec![say("220 mail.test ESMTP\r\n"), Act::Hold], "the server's own port"),
    ] {
        let (port, playing) = double(vec![acts], None);
        let client = behind(&proxy(kind, port));
        let record = failure(&client);
        assert_eq!(status_name(record.status), "INET_E_PROXY_PROTOCOL", "{record:?}");
        assert!(record.message.contains(words), "{words}: {record:?}");
        drop(client);
        playing.join().expect("no panic");
    }
}

#[test]
fn the_html_of_a_refusal_is_not_waited_for() {
    let refusal = "HTTP/1.1 403 Forbidden\r\nContent-Length: 100\r\n\r\n<p>";
    let (port, playing) = double(vec![vec![Act::HearRequest, say(refusal), Act::Hold]], None);
    let proxy = proxy(HTTP, port);
    let client = behind(&proxy);
    let record = failure(&client);
    assert_eq!(status_name(record.status), "INET_E_PROXY_REFUSED", "{record:?}");
    assert!(record.message.contains("403 Forbidden") && record.smtp_code == 0, "{record:?}");
    assert_eq!(proxy.body(), "<p>");
    drop(client);
    playing.join().expect("no panic");
}

#[test]
fn what_a_proxy_repeats_of_a_login_is_not_shown() {
    // The second is cut in its midst where the sentence shows no more of it.
    let cut = format!("{}Geheimnis77", "x".repeat(52));
    for said in ["Basic dXNlcjpHZWhlaW1uaXM3Nw==", &cut, "a Geheimnis77 b"] {
        let refusal = format!("HTTP/1.1 403 {said}\r\nContent-Length: 0\r\n\r\n");
        let (port, playing) = double(vec![vec![Act::HearRequest, say(refusal), Act::Hold]], None);
        let proxy = proxy(HTTP, port).with_login("user", "Geheimnis77");
        let client = behind(&proxy.with_authentication(INET_PROXY_AUTHENTICATION_BASIC));
        let record = failure(&client);
        assert_eq!(status_name(record.status), "INET_E_PROXY_REFUSED", "{record:?}");
        assert!(record.message.contains("403 ") && record.message.contains("***"), "{record:?}");
        let is_shown = |part| record.message.contains(part);
        assert!(!["Geheim", "dXNlcjp", "VoZWlt"].into_iter().any(is_shown), "{record:?}");
        drop(client);
        playing.join().expect("no panic");
    }
}

#[test]
fn what_a_proxy_repeats_of_the_hosts_own_login_is_not_shown() {
    let basic = "Basic dXNlcjpHZWhlaW1uaXM3Nw==";
    for (own, forms) in [
        (basic, &[basic, "dXNlcjpHZWhlaW1uaXM3Nw", "user:Geheimnis77", "Geheimnis77"][..]),
        ("Bearer a.token-of.many", &["Bearer a.token-of.many", "a.token-of.many"]),
    ] {
        for form in forms {
            let body = format!("<p>you said {form}</p>\u{e4}");
            let refusal = format!(
                "HTTP/1.1 403 No {form} here\r\nX-Heard: {form}\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            );
            let acts = vec![Act::HearRequest, say(refusal), Act::Hold];
            let (port, playing) = double(vec![acts], None);
            let proxy =
                proxy(HTTP, port).with_headers(&format!("X-Office: 7\nproxy-authorization: {own}"));
            let client = behind(&proxy);
            let record = failure(&client);
            let said = format!("{}{}{}", record.message, proxy.headers(), proxy.body());
            // Sentence, status line, field and body.
            assert_eq!(said.matches("***").count(), 4, "{said}");
            let secrets = ["Geheim", "dXNlcjp", "VoZWlt", "token"];
            assert!(!secrets.into_iter().any(|part| said.contains(part)), "{said}");
            assert!(
                proxy.body().starts_with("<p>you said ") && proxy.body().ends_with("</p>\u{e4}")
            );
            drop(client);
            let heard = playing.join().expect("no panic").concat();
            assert!(String::from_utf8_lossy(&heard).contains(own), "it was said");
        }
    }
}

#[test]
fn a_login_over_several_connections_and_the_hosts_own_headers() {
    let peer = Peer::offering(&[]);
    let wants = "HTTP/1.0 407 No\r\nProxy-Authenticate: Basic realm=x\r\n\r\n<html>";
    let (port, playing) = double(
        vec![
            vec![Act::HearRequest, say(wants)],
            vec![Act::HearRequest, say(OPENED), Act::Relay(peer.port)],
        ],
        None,
    );
    let proxy =
        proxy(HTTP, port).with_login("user", "pass").with_headers("X-Office: 7\nUser-Agent: me");
    let client = behind(&proxy);
    client.send(&letter()).expect("delivered");
    assert!(peer.delivery().is_complete);
    assert_eq!(proxy.headers(), OPENED.trim_end());
    drop(client);
    let heard = playing.join().expect("no panic");
    let request = |n: usize| String::from_utf8(heard[n].clone()).expect("text");
    assert!(!request(0).contains("Authorization"));
    let expected = format!(
        "CONNECT {SERVER}:25 HTTP/1.1\r\nHost: {SERVER}:25\r\n\
         Proxy-Authorization: Basic dXNlcjpwYXNz\r\nX-Office: 7\r\nUser-Agent: me\r\n\r\n"
    );
    assert_eq!(request(1), expected);
    for bad in ["X", "Host: a", "X: y\u{7}"] {
        let bad = c(bad);
        let status = unsafe { INetServiceProxy_SetRequestHeaders(proxy.0, bad.as_ptr()) };
        assert_eq!(status_name(status), "INET_E_ARGUMENT");
    }
}

#[test]
fn a_request_has_the_name_that_the_host_chose() {
    for (setting, expected) in [
        ("HttpUserAgent=Mailer/7 (test)", "User-Agent: Mailer/7 (test)\r\n"),
        ("HttpUserAgent=", ""),
        ("BinaryMode=1", concat!("User-Agent: inetmail/", env!("CARGO_PKG_VERSION"), "\r\n")),
    ] {
        let refusal = "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n";
        let (port, playing) = double(vec![vec![Act::HearRequest, say(refusal)]], None);
        let proxy = proxy(HTTP, port);
        let client = behind(&proxy);
        ok(unsafe { INetSmtpClient_Config(client.0, c(setting).as_ptr()) });
        failure(&client);
        let heard = String::from_utf8(playing.join().expect("no panic").remove(0)).expect("text");
        let whole = format!("CONNECT {SERVER}:25 HTTP/1.1\r\nHost: {SERVER}:25\r\n{expected}\r\n");
        assert_eq!(heard, whole);
    }
}

#[test]
fn a_change_of_the_proxy_counts_from_the_next_connection_on() {
    let peer = Peer::offering(&[]);
    let to_peer = || vec![Act::HearRequest, say(OPENED), Act::Relay(peer.port)];
    let (first, first_playing) = double(vec![to_peer()], None);
    let (second, second_playing) = double(vec![to_peer()], None);
    let proxy = proxy(HTTP, first);
    let client = behind(&proxy);
    client.send(&letter()).expect("delivered");
    // The connection is kept, as long as it leads the same way.
    client.send(&letter()).expect("delivered");
    let port = c(&second.to_string());
    ok(unsafe { INetServiceProxy_SetPort(proxy.0, port.as_ptr()) });
    client.send(&letter()).expect("delivered");
    assert_eq!(client.went_through().1, format!("127.0.0.1:{second}"));
    ok(INetServiceProxy_SetActive(proxy.0, 0));
    let record = client.send(&letter()).expect_err("nobody here knows that name");
    assert_eq!(status_name(record.status), "INET_E_RESOLVE");
    drop(client);
    first_playing.join().expect("no panic");
    second_playing.join().expect("no panic");
}

#[test]
fn some_servers_are_reached_without_it() {
    let peer = Peer::offering(&[]);
    // Nobody listens on port 1.
    let dead = proxy(SOCKS5, 1).without("*.behind.test, 127.0.0.0/8");
    let client = client("127.0.0.1", peer.port).through(&dead);
    client.send(&letter()).expect("delivered");
    assert_eq!(client.went_through().0, INET_PROXY_NONE);
    let host = c("127.0.0.1");
    let bypassed = |uri: &str| unsafe { INetServiceProxy_IsBypassed(dead.0, c(uri).as_ptr()) };
    assert_eq!((bypassed("smtp://127.0.0.1:25"), bypassed("other.test")), (1, 0));
    ok(unsafe { INetServiceProxy_SetNoProxyString(dead.0, c("").as_ptr()) });
    ok(unsafe { INetSmtpClient_SetHost(client.0, host.as_ptr()) });
    let record = client.send(&letter()).expect_err("nobody on port 1");
    assert_eq!(status_name(record.status), "INET_E_PROXY_CONNECT", "{record:?}");
    assert!(
        record.is_transient && record.message.contains("SOCKS5 proxy '127.0.0.1:1'"),
        "{record:?}"
    );
}

#[test]
fn what_is_saved_counts_for_clients_without_a_proxy_of_their_own() {
    let peer = Peer::offering(&[]);
    let acts = vec![Act::HearRequest, say(OPENED), Act::Relay(peer.port)];
    let (port, playing) = double(vec![acts], None);
    let saved = proxy(HTTP, port).without("localhost");
    let client = client(SERVER, 25);
    assert_eq!(INetSmtpClient_GetProxy(client.0), null_mut());
    ok(INetServiceProxy_Save(saved.0));
    // What changes afterwards has not been saved.
    ok(INetServiceProxy_SetActive(saved.0, 0));
    client.send(&letter()).expect("delivered");
    assert_eq!(client.went_through().1, format!("127.0.0.1:{port}"));
    let again = Handle::of(NetServiceProxy_Create());
    assert_eq!(again.connection_string(), format!("http://127.0.0.1:{port}"));
    // An inactive one of the client's own is none.
    ok(INetServiceProxy_SetActive(again.0, 0));
    ok(INetSmtpClient_SetProxy(client.0, again.0));
    let record = client.send(&letter()).expect_err("nobody here knows that name");
    assert_eq!(status_name(record.status), "INET_E_RESOLVE");
    let own = Handle::of(INetSmtpClient_GetProxy(client.0));
    assert_eq!(INetServiceProxy_GetActive(own.0), 0);
    ok(INetServiceProxy_Save(again.0));
    drop(client);
    playing.join().expect("no panic");
}

/// The other half of the next test, in a process whose environment names a proxy.
#[test]
fn of_the_environment() {
    let Ok(expected) = std::env::var("INETMAIL_TEST_OF_PROXY") else { return };
    let proxy = Handle::of(INetServiceProxy_Create());
    ok(INetServiceProxy_SetActive(proxy.0, 1));
    ok(INetServiceProxy_SetIntegrated(proxy.0, 1));
    assert_eq!(proxy.connection_string(), expected);
    let own = client(SERVER, 25).through(&proxy);
    let record = own.send(&letter()).expect_err("a double that closes");
    assert_eq!(status_name(record.status), "INET_E_PROXY_PROTOCOL", "{record:?}");
    // Fore's variable counts for every client, curl's do not.
    let record = client(SERVER, 25).send(&letter()).expect_err("a double that closes");
    let expected = match std::env::var("CURLOPT_PROXY") {
        Ok(_) => "INET_E_PROXY_PROTOCOL",
        Err(_) => "INET_E_RESOLVE",
    };
    assert_eq!(status_name(record.status), expected, "{record:?}");
}

#[test]
fn the_environment_names_a_proxy() {
    for (variable, connections) in [("CURLOPT_PROXY", 2), ("ALL_PROXY", 1)] {
        let acts = [Act::Hear(4), say([9])];
        let (port, playing) = double(vec![acts.to_vec(); connections], None);
        let status = Command::new(std::env::current_exe().expect("this program"))
            .args(["--exact", "of_the_environment"])
            .env(variable, format!("socks5h://u:p@127.0.0.1:{port}"))
            .env("INETMAIL_TEST_OF_PROXY", format!("socks5h://127.0.0.1:{port}"))
            .status();
        assert!(status.expect("it runs").success(), "{variable}");
        playing.join().expect("no panic");
    }
}

#[test]
fn settings_that_lead_nowhere_are_named() {
    let proxy = Handle::of(INetServiceProxy_Create());
    ok(INetServiceProxy_SetActive(proxy.0, 1));
    ok(unsafe { INetServiceProxy_SetAddress(proxy.0, c("").as_ptr()) });
    let client = client(SERVER, 25).through(&proxy);
    let record = client.send(&letter()).expect_err("no address");
    assert_eq!(status_name(record.status), "INET_E_PROXY_SETTINGS", "{record:?}");
    for host in ["fe80::1%lo", "a@b"] {
        let proxy = support::proxy::proxy(SOCKS5, 1);
        let record =
            support::face::client(host, 25).through(&proxy).send(&letter()).expect_err(host);
        assert_eq!(status_name(record.status), "INET_E_PROXY_UNSUPPORTED", "{record:?}");
    }
    let read = |get: unsafe extern "C" fn(
        *const INetServiceProxy,
        *mut std::ffi::c_char,
        usize,
    ) -> i64| { text(|buffer, size| unsafe { get(proxy.0, buffer, size) }) };
    assert_eq!(read(INetServiceProxy_GetAddress), "");
    ok(unsafe { INetServiceProxy_SetNoProxyString(proxy.0, c(" a ;b").as_ptr()) });
    assert_eq!(read(INetServiceProxy_GetNoProxyString), "a,b");
    assert_eq!(read(INetServiceProxy_GetNoProxyStringOriginal), " a ;b");
}

#[test]
fn constructors_of_aspose() {
    let host = c("proxy.test");
    let (user, password) = (c("user"), c("pass"));
    let made = |proxy: *mut INetServiceProxy| {
        let proxy = Handle::of(proxy);
        (proxy.connection_string(), INetServiceProxy_GetNeedAuthentication(proxy.0))
    };
    unsafe {
        let host = host.as_ptr();
        assert_eq!(
            made(INetServiceProxy_CreateSocks(host, 9)),
            ("socks4://proxy.test:9".into(), 0)
        );
        assert_eq!(
            made(INetServiceProxy_CreateSocksWithVersion(host, 9, 4)),
            ("socks4://proxy.test:9".into(), 0)
        );
        assert_eq!(
            made(INetServiceProxy_CreateSocksWithVersion(host, 9, 5)),
            ("socks5h://proxy.test:9".into(), 0)
        );
        assert_eq!(
            made(INetServiceProxy_CreateSocksWithUserId(host, 9, user.as_ptr())),
            ("socks4://proxy.test:9".into(), 1)
        );
        let full =
            INetServiceProxy_CreateSocksWithUserPassword(host, 9, user.as_ptr(), password.as_ptr());
        assert_eq!(made(full), ("socks5h://proxy.test:9".into(), 1));
        assert_eq!(made(INetServiceProxy_CreateHttp(host, 9)), ("http://proxy.test:9".into(), 0));
        let full =
            INetServiceProxy_CreateHttpWithUserPassword(host, 9, user.as_ptr(), password.as_ptr());
        assert_eq!(made(full), ("http://proxy.test:9".into(), 1));
        assert_eq!(INetServiceProxy_CreateSocksWithVersion(host, 9, 3), null_mut());
        assert_eq!(INetServiceProxy_CreateHttp(host, 0), null_mut());
    }
}
