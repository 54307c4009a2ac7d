//! What a client tells of the latest attempt at a connection, also of one that came to none.

mod support;

use inetmail::ffi::client_tls::INetSmtpClient_GetConnectionInfo;
use inetmail::ffi::connection_failure::*;
use inetmail::ffi::connection_info::*;
use inetmail::ffi::connection_proxy::*;
use inetmail::ffi::service_proxy_options::INET_PROXY_HTTP;
use inetmail::ffi::smtp_client::*;
use std::net::TcpListener;
use std::ptr::null_mut;
use support::face::{Client, Handle, Message, c, client, message, ok, status_name, text};
use support::peer::Peer;
use support::proxy::{Act, double, proxy, say};

fn letter() -> Message {
    message("from@test", "to@test", "Subject", "Text")
}

struct Attempt {
    failure: i32,
    message: String,
    phase: String,
    remote: String,
    proxy: String,
    id: Vec<u8>,
}

fn latest(client: &Client) -> Attempt {
    let info = Handle::of(INetSmtpClient_GetConnectionInfo(client.0));
    let mut id = vec![0; 16];
    let length = unsafe { INetConnectionInfo_GetConnectionId(info.0, id.as_mut_ptr(), id.len()) };
    assert_eq!(length, 16);
    let read = |get: unsafe extern "C" fn(
        *const INetConnectionInfo,
        *mut std::ffi::c_char,
        usize,
    ) -> i64| text(|buffer, size| unsafe { get(info.0, buffer, size) });
    Attempt {
        failure: INetConnectionInfo_GetFailureStatus(info.0),
        message: read(INetConnectionInfo_GetFailureMessage),
        phase: read(INetConnectionInfo_GetFailurePhase),
        remote: read(INetConnectionInfo_GetRemoteAddress),
        proxy: read(INetConnectionInfo_GetProxyAddress),
        id,
    }
}

fn move_to(client: &Client, host: &str, port: u16) {
    ok(unsafe { INetSmtpClient_SetHost(client.0, c(host).as_ptr()) });
    ok(INetSmtpClient_SetPort(client.0, i32::from(port)));
}

fn unused_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[test]
fn an_attempt_that_failed_takes_the_place_of_the_connection_before() {
    let peer = Peer::offering(&[]);
    let client = client("127.0.0.1", peer.port).with_timeout(20_000);
    assert_eq!(INetSmtpClient_GetConnectionInfo(client.0), null_mut());
    client.send(&letter()).expect("delivered");
    let made = latest(&client);
    assert_eq!((made.failure, made.message.as_str(), made.phase.as_str()), (0, "", ""));
    assert_eq!(made.remote, format!("127.0.0.1:{}", peer.port));

    let closed = unused_port();
    move_to(&client, "127.0.0.1", closed);
    let record = client.send(&letter()).expect_err("nobody listens");
    let failed = latest(&client);
    assert_eq!(failed.failure, record.status);
    assert_eq!((failed.message, failed.phase.as_str()), (record.message, "connect"));
    assert_eq!(failed.remote, format!("127.0.0.1:{closed}"));
    assert_ne!(failed.id, made.id);

    move_to(&client, "a..b", 25);
    let record = client.send(&letter()).expect_err("no such name");
    let failed = latest(&client);
    assert_eq!((failed.failure, failed.phase.as_str()), (record.status, "resolve"));
    assert_eq!(failed.remote, "");

    move_to(&client, "127.0.0.1", peer.port);
    client.send(&letter()).expect("delivered");
    assert_eq!(latest(&client).failure, 0, "what failed once is over");
}

#[test]
fn a_failure_behind_the_connection_is_told_with_what_was_known() {
    let peer = Peer::offering(&[]);
    let client = client("127.0.0.1", peer.port).with_timeout(20_000).with_ssl();
    let record = client.send(&letter()).expect_err("no STARTTLS");
    let failed = latest(&client);
    assert_eq!(status_name(failed.failure), "INET_E_START_TLS_NOT_OFFERED");
    assert_eq!((failed.failure, failed.phase), (record.status, record.phase));
    assert_eq!(failed.message, record.message);
    assert_eq!(failed.remote, format!("127.0.0.1:{}", peer.port));
}

#[test]
fn a_proxy_that_refused_is_told_with_its_name() {
    let refusal = "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n";
    let (port, playing) = double(vec![vec![Act::HearRequest, say(refusal)]], None);
    let proxy = proxy(INET_PROXY_HTTP, port);
    let client = client("mail.behind.test", 25).with_timeout(20_000).through(&proxy);
    client.send(&letter()).expect_err("the proxy refuses");
    let failed = latest(&client);
    assert_eq!(status_name(failed.failure), "INET_E_PROXY_REFUSED");
    let address = format!("127.0.0.1:{port}");
    assert_eq!((failed.remote, failed.proxy), (address.clone(), address));
    assert_eq!(failed.phase, "proxy");
    playing.join().expect("no panic");
}
