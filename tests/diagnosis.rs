//! Diagnoses: what a person is told of the way to a server.

mod support;

use inetmail::ffi::diagnosis::*;
use inetmail::ffi::service_proxy_options::{INET_PROXY_HTTP, INET_PROXY_SOCKS5};
use inetmail::ffi::smtp_client::*;
use std::ffi::c_void;
use std::net::TcpListener;
use std::ptr::null_mut;
use support::face::{Client, client, status_name};
use support::peer::Peer;
use support::proxy::{Act, double, proxy, say};

unsafe extern "C" fn keep(data: *const u8, length: usize, user: *mut c_void) -> i32 {
    let report = unsafe { &mut *user.cast::<Vec<u8>>() };
    report.extend_from_slice(unsafe { std::slice::from_raw_parts(data, length) });
    0
}

unsafe extern "C" fn refuse(_data: *const u8, _length: usize, _user: *mut c_void) -> i32 {
    -4711
}

fn diagnose(client: &Client) -> (i32, String) {
    let mut report: Vec<u8> = Vec::new();
    let answer = INetSmtpClient_Diagnose(client.0, Some(keep), (&raw mut report).cast());
    (answer, String::from_utf8(report).unwrap())
}

#[test]
fn a_server_that_is_well_is_told_with_all_that_it_offers() {
    let peer = Peer::offering(&["PIPELINING", "AUTH PLAIN LOGIN"]);
    let client = client("127.0.0.1", peer.port).with_timeout(20_000);
    let (answer, report) = diagnose(&client);
    assert_eq!(answer, 1, "{report}");
    let port = peer.port;
    for line in [
        format!(
            "inetmail {}: 127.0.0.1, set to port {port}, in clear, without a login",
            env!("CARGO_PKG_VERSION")
        ),
        String::from("name: 127.0.0.1 is 127.0.0.1 ("),
        format!("port {port}: 127.0.0.1:{port} answers ("),
        format!(
            "tried: port {port}, TLS at once, without a login: the server answered the TLS hello in plain text"
        ),
        format!("tried: port {port}, STARTTLS, without a login: the server offers no STARTTLS ("),
        format!("tried: port {port}, in clear, without a login: works ("),
        String::from("    offers: PIPELINING, AUTH PLAIN LOGIN, HELP"),
        String::from("    logins: PLAIN, LOGIN"),
        format!("as it is set (port {port}, in clear, without a login): works ("),
    ] {
        assert!(report.lines().any(|told| told.starts_with(&line)), "{line}\n{report}");
    }
    assert!(report.ends_with('\n'));
    let mut again: Vec<u8> = Vec::new();
    assert_eq!(INetSmtpClient_Send(client.0, null_mut()), -1000, "the client is as it was");
    assert_eq!(INetSmtpClient_Diagnose(client.0, Some(keep), (&raw mut again).cast()), 1);
}

#[test]
fn what_is_wrong_is_told_with_what_to_do() {
    let peer = Peer::offering(&[]);
    let client = client("127.0.0.1", peer.port).with_timeout(20_000).with_ssl();
    let (answer, report) = diagnose(&client);
    assert_eq!(answer, 0);
    assert!(report.contains("what to do: the server has no STARTTLS on this port"), "{report}");

    let client =
        support::face::client("127.0.0.1", peer.port).with_login("CRAM-MD5", "ivanov", "geheim");
    let (answer, report) = diagnose(&client);
    assert_eq!(answer, 0);
    assert!(report.contains("with the login of ivanov): "), "{report}");
    assert!(report.contains("what to do: "), "{report}");
    assert!(!report.contains("geheim"), "{report}");
}

#[test]
fn a_port_that_nobody_listens_on_is_told() {
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let (answer, report) = diagnose(&client("127.0.0.1", nobody));
    assert_eq!(answer, 0);
    assert!(report.contains("what to do: see whether the server runs"), "{report}");
    let (answer, report) = diagnose(&client("a..b", 25));
    assert_eq!(answer, 0);
    assert!(report.contains("what to do: see whether Host is spelt right"), "{report}");
}

#[test]
fn what_to_do_about_a_socket_of_the_file_system_is_not_about_ports() {
    let silent = client("unix:/nowhere/at/all", 25).with_timeout(20_000);
    let (answer, report) = diagnose(&silent);
    assert_eq!(answer, 0);
    assert!(report.contains("may use its socket") && !report.contains("firewalls"), "{report}");
    let (_, report) = diagnose(&silent.with_ssl());
    assert!(report.contains("leave TLS off"), "{report}");
}

#[test]
fn a_callback_ends_it_with_its_own_number_and_no_host_is_none() {
    let peer = Peer::offering(&[]);
    let client = client("127.0.0.1", peer.port);
    assert_eq!(INetSmtpClient_Diagnose(client.0, Some(refuse), null_mut()), -4711);
    let nowhere = support::face::client("", 25);
    let answer = INetSmtpClient_Diagnose(nowhere.0, Some(keep), null_mut());
    assert_eq!(status_name(answer), "INET_E_NO_HOST");
    let answer = INetSmtpClient_Diagnose(nowhere.0, None, null_mut());
    assert_eq!(status_name(answer), "INET_E_ARGUMENT_NULL");
}

#[test]
fn what_goes_wrong_at_a_proxy_is_followed_by_advice_about_the_proxy() {
    let refusal = "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n";
    let wants = "HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n";
    let http = |answer: &str| vec![Act::HearRequest, say(answer)];
    for (kind, acts, advice) in [
        (INET_PROXY_HTTP, http(refusal), "ask whoever runs the proxy to allow that server"),
        (INET_PROXY_HTTP, http(wants), "give the proxy a login"),
        (INET_PROXY_HTTP, http("HTTP/1.1 502 No\r\n\r\n"), "the proxy's own network leads there"),
        (INET_PROXY_SOCKS5, vec![Act::Hear(3), say("HTTP/1.1 400")], "see whether Type of"),
    ] {
        // Three ways on the port that is set, one on each of three others, and at last the client as it is set.
        let (port, playing) = double(vec![acts; 7], None);
        let proxy = proxy(kind, port);
        let client = client("mail.behind.test", 2525).with_timeout(20_000).through(&proxy);
        let (answer, report) = diagnose(&client);
        assert_eq!(answer, 0, "{report}");
        let told = report.lines().last().unwrap_or_default();
        assert!(told.starts_with("what to do: ") && told.contains(advice), "{advice}\n{report}");
        assert!(report.contains(" proxy '127.0.0.1:"), "{report}");
        drop(client);
        playing.join().expect("no panic");
    }
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let proxy = proxy(INET_PROXY_HTTP, nobody);
    let (_, report) = diagnose(&client("mail.behind.test", 2525).through(&proxy));
    assert!(report.contains("what to do: see whether the proxy runs"), "{report}");
}
