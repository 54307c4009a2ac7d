//! Diagnoses: what a person is told of the way to a server.

mod support;

use inetmail::ffi::diagnosis::*;
use inetmail::ffi::smtp_client::*;
use std::ffi::c_void;
use std::net::TcpListener;
use std::ptr::null_mut;
use support::face::{Client, client, status_name};
use support::peer::Peer;

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
        String::from("name: 127.0.0.1 is 127.0.0.1 ("),
        format!("port {port}: 127.0.0.1:{port} answers ("),
        format!("port {port}, TLS at once: the server answered the TLS hello in plain text"),
        format!("port {port}, STARTTLS: the server offers no STARTTLS"),
        format!("port {port}, in clear: works ("),
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
