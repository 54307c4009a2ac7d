//! Diagnoses: what a person is told of the way to a server.

mod support;

use inetmail::ffi::client_tls::*;
use inetmail::ffi::diagnosis::*;
use inetmail::ffi::service_proxy_options::*;
use inetmail::ffi::smtp_client::*;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedKey, IsCa, Issuer, KeyPair, date_time_ymd,
};
use std::ffi::c_void;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::os::unix::net::UnixListener;
use std::ptr::null_mut;
use std::sync::Arc;
use support::face::{Client, client, ok, status_name};
use support::peer::Peer;
use support::proxy::{Act, double, proxy, say};
use support::tls::{self, Part, Tls};

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
    assert!(report.contains("whether this program may use it"), "{report}");
    assert!(!report.contains("firewalls"), "{report}");
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

/// The advice of a report, without what stands in front.
fn advice(report: &str) -> Vec<&str> {
    report.lines().filter_map(|line| line.strip_prefix("what to do: ")).collect()
}

/// A server under TLS with its first octet, for a diagnosis: somebody who knocks, an attempt that fits, one by STARTTLS and one in
/// clear, which are closed at once, and the client as it is set.
fn under_tls(config: rustls::ServerConfig, fits: Part, last: Part) -> tls::Peer {
    let close = || Box::new(drop) as Part;
    tls::Peer::with(&Arc::new(config), vec![close(), fits, close(), close(), last])
}

/// A handshake that comes to nothing.
fn be_refused(mut tls: Tls) {
    let _ = tls.read(&mut [0]);
}

#[test]
fn a_port_of_ones_own_with_tls_at_once_is_told_by_what_is_not_set_yet() {
    let certified = tls::certified("127.0.0.1");
    let config = tls::presenting(&certified).with_cert();
    let peer = under_tls(config, Box::new(tls::open_and_end), Box::new(drop));
    let client = client("127.0.0.1", peer.port).with_timeout(20_000).with_ssl();
    ok(INetSmtpClient_SetDangerouslyAcceptAnyCertificate(client.0, 1));
    let (answer, report) = diagnose(&client);
    assert_eq!(answer, 0, "{report}");
    let port = peer.port;
    let how = "SetSecurityOptions with INET_SECURITY_SSL_IMPLICIT, which is 4";
    let wanted = format!("port {port} with TLS at once works here ({how})");
    assert_eq!(advice(&report), [wanted], "{report}");
    peer.serving.join().expect("no panic");
}

fn own(change: impl FnOnce(&mut CertificateParams)) -> CertifiedKey<KeyPair> {
    let mut params = CertificateParams::new(["127.0.0.1".to_owned()]).expect("a name");
    change(&mut params);
    let signing_key = KeyPair::generate().expect("a key");
    CertifiedKey { cert: params.self_signed(&signing_key).expect("a certificate"), signing_key }
}

/// One whose issuer is nowhere to be seen.
fn issued() -> CertifiedKey<KeyPair> {
    let mut authority = CertificateParams::default();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let issuer = Issuer::new(authority, KeyPair::generate().expect("a key"));
    let params = CertificateParams::new(["127.0.0.1".to_owned()]).expect("a name");
    let signing_key = KeyPair::generate().expect("a key");
    let cert = params.signed_by(&signing_key, &issuer).expect("a certificate");
    CertifiedKey { cert, signing_key }
}

#[test]
fn each_fault_of_a_certificate_is_followed_by_advice_of_its_own() {
    let expired = own(|params| params.not_after = date_time_ymd(2020, 1, 2));
    let early = own(|params| params.not_before = date_time_ymd(4000, 1, 2));
    let clock = "see whether this machine's clock is right";
    let renew = "if this machine's clock is right, whoever runs the server must renew";
    let rename = "let Host be a name that the certificate is for";
    let root = "if the certificate is right, have its root trusted, or itself";
    let between = "if the issuer that is not there is an intermediate CA, the server should send";
    for (certified, is_trusted, wanted) in [
        (expired, true, vec![renew]),
        (early, true, vec![clock]),
        (tls::certified("mail.test"), true, vec![rename]),
        (tls::certified("127.0.0.1"), false, vec![root]),
        (tls::certified("mail.test"), false, vec![rename, root]),
        (issued(), false, vec![between]),
    ] {
        let config = tls::presenting(&certified).with_cert();
        let peer = under_tls(config, Box::new(be_refused), Box::new(be_refused));
        let client = client("127.0.0.1", peer.port).with_timeout(20_000);
        ok(INetSmtpClient_SetSecurityOptions(client.0, INET_SECURITY_SSL_IMPLICIT));
        if is_trusted {
            tls::add(INetSmtpClient_GetTrustedCertificates(client.0), &certified.cert.pem());
        }
        let (answer, report) = diagnose(&client);
        assert_eq!(answer, 0, "{report}");
        let told = advice(&report);
        assert_eq!(told.len(), wanted.len(), "{report}");
        for (told, wanted) in told.iter().zip(wanted) {
            assert!(told.starts_with(wanted), "{wanted}\n{report}");
        }
        peer.serving.join().expect("no panic");
    }
}

#[test]
fn a_server_that_wants_a_certificate_of_the_client_is_told() {
    let certified = tls::certified("127.0.0.1");
    let (root, _) = tls::client_certificate(0);
    let config = tls::Making { clients: Some(root), ..tls::presenting(&certified) }.with_cert();
    let peer = under_tls(config, Box::new(be_refused), Box::new(be_refused));
    let client = client("127.0.0.1", peer.port).with_timeout(20_000);
    ok(INetSmtpClient_SetSecurityOptions(client.0, INET_SECURITY_SSL_IMPLICIT));
    ok(INetSmtpClient_SetDangerouslyAcceptAnyCertificate(client.0, 1));
    let (answer, report) = diagnose(&client);
    assert_eq!(answer, 0, "{report}");
    let told = advice(&report);
    assert!(told[0].starts_with("the server wants a certificate of the client"), "{report}");
    peer.serving.join().expect("no panic");
}

#[test]
fn a_proxy_that_has_refused_a_login_is_not_tried_again() {
    let refusal =
        "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n";
    let (port, playing) = double(vec![vec![Act::HearRequest, say(refusal)]], None);
    let proxy = proxy(INET_PROXY_HTTP, port)
        .with_login("ivanov", "geheim")
        .with_authentication(INET_PROXY_AUTHENTICATION_BASIC);
    let client = client("mail.behind.test", 2525).with_timeout(20_000).through(&proxy);
    let (answer, report) = diagnose(&client);
    assert_eq!(answer, 0, "{report}");
    assert_eq!(report.matches("\ntried: ").count(), 1, "{report}");
    assert!(!report.contains("as it is set"), "{report}");
    assert!(report.contains("\nnot tried: anything more, "), "{report}");
    assert_eq!(advice(&report), ["see whether User and Password of INetServiceProxy are right"]);
    assert!(!report.contains("geheim"), "{report}");
    assert_eq!(playing.join().expect("no panic").len(), 1);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the server is no part of the library")]
fn a_socket_of_the_file_system_has_no_port() {
    let path = std::env::temp_dir().join(format!("diagnosis-{}", std::process::id()));
    let listener = UnixListener::bind(&path).expect("a socket");
    let serving = std::thread::spawn(move || {
        for _ in 0..2 {
            let (mut stream, _) = listener.accept().expect("a connection");
            let lines = BufReader::new(stream.try_clone().expect("a clone")).lines();
            stream.write_all(b"220 mx\r\n").expect("a client");
            for line in lines.map_while(Result::ok) {
                let reply = if line.starts_with("QUIT") { "221 bye\r\n" } else { "250 mx\r\n" };
                stream.write_all(reply.as_bytes()).expect("a client");
            }
        }
    });
    let host = format!("unix:{}", path.display());
    let (answer, report) = diagnose(&client(&host, 25).with_timeout(20_000));
    assert_eq!(answer, 1, "{report}");
    assert!(report.contains("\ntried: its socket, in clear, without a login: works"), "{report}");
    assert!(!report.contains("port"), "{report}");
    serving.join().expect("no panic");
    std::fs::remove_file(&path).expect("the socket");
    let (answer, report) = diagnose(&client(&host, 25).with_timeout(20_000));
    assert_eq!(answer, 0, "{report}");
    let told = advice(&report);
    assert!(told.len() == 1 && told[0].contains("the path of its socket"), "{report}");
    assert!(!report.contains("port"), "{report}");
}
