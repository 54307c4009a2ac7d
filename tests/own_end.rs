//! The own end of connections, as a callback says it.

mod support;

use inetmail::ffi::client_bind::*;
use inetmail::ffi::client_sockets::INetSmtpClient_SetLocalEndPoint;
use inetmail::ffi::server_commands::INetSmtpClient_Connect;
use std::ffi::{CStr, c_char, c_void};
use std::net::{SocketAddr, TcpListener};
use std::ptr::null_mut;
use std::sync::Mutex;
use support::face::{Client, Record, client, ok, status_name};

/// What the callback says, and what it was asked.
#[derive(Default)]
struct Host {
    address: &'static CStr,
    port: i32,
    asked: Mutex<Vec<(String, i32)>>,
    drops: Mutex<usize>,
}

unsafe extern "C" fn say(
    user: *mut c_void,
    remote: *const c_char,
    port: i32,
    local: *mut c_char,
    capacity: usize,
) -> i32 {
    let host = unsafe { &*user.cast::<Host>() };
    let remote = unsafe { CStr::from_ptr(remote) }.to_str().expect("UTF-8").to_owned();
    host.asked.lock().unwrap().push((remote, port));
    let said = host.address.to_bytes_with_nul();
    assert!(said.len() <= capacity);
    unsafe { std::ptr::copy_nonoverlapping(said.as_ptr(), local.cast(), said.len()) };
    host.port
}

unsafe extern "C" fn fill(
    _: *mut c_void,
    _: *const c_char,
    _: i32,
    local: *mut c_char,
    capacity: usize,
) -> i32 {
    unsafe { std::ptr::write_bytes(local, b'1', capacity) };
    0
}

unsafe extern "C" fn dropped(user: *mut c_void) {
    *unsafe { &*user.cast::<Host>() }.drops.lock().unwrap() += 1;
}

fn bind(client: &Client, callback: INetBindIPEndPointCallback, host: &Host) {
    let user = (&raw const *host).cast_mut().cast();
    ok(unsafe { INetSmtpClient_OnBindIPEndPoint(client.0, callback, user, Some(dropped)) });
}

/// How a connection ends to a server that greets nobody, and where it came from.
fn connect(client: &Client, listener: &TcpListener) -> SocketAddr {
    std::thread::scope(|scope| {
        // It closes at once.
        let accepting = scope.spawn(|| listener.accept().expect("a connection").1);
        assert_ne!(INetSmtpClient_Connect(client.0), 0);
        accepting.join().expect("no panic")
    })
}

fn refused(client: &Client) -> Record {
    let status = INetSmtpClient_Connect(client.0);
    let record = Record::of_this_thread();
    assert_eq!(record.status, status);
    record
}

#[test]
fn the_host_says_the_own_end_of_each_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let remote = listener.local_addr().expect("an address");
    let client = client("127.0.0.1", remote.port()).with_timeout(20_000);
    ok(unsafe { INetSmtpClient_SetLocalEndPoint(client.0, c"127.0.0.3".as_ptr(), 0) });
    let host = Host { address: c"127.0.0.7", ..Host::default() };
    bind(&client, Some(say), &host);
    assert_eq!(connect(&client, &listener).ip().to_string(), "127.0.0.7");
    let asked = [("127.0.0.1".to_owned(), i32::from(remote.port()))];
    assert_eq!(*host.asked.lock().unwrap(), asked);
    // Whatever is not said is any, also where something is set.
    let any = Host { address: c"", ..Host::default() };
    bind(&client, Some(say), &any);
    assert_eq!(connect(&client, &listener).ip().to_string(), "127.0.0.1");
    assert_eq!((*host.drops.lock().unwrap(), *any.drops.lock().unwrap()), (1, 0));
    bind(&client, None, &host);
    assert_eq!(connect(&client, &listener).ip().to_string(), "127.0.0.3");
    assert_eq!((*host.drops.lock().unwrap(), *any.drops.lock().unwrap()), (2, 1));
}

#[test]
fn an_own_end_that_cannot_be_had_or_is_none_ends_the_call() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let client = client("127.0.0.1", port).with_timeout(20_000);
    for (address, own_port, status, word) in [
        (c"127.0.0.1", -1234, -1234, "-1234"),
        (c"mail.test", 0, -1100, "no address"),
        (c"127.0.0.1", 65_536, -1102, "local port"),
        (c"\xff", 0, -1100, "no address"),
        (c"192.0.2.1", 0, -1401, "cannot be had"),
        (c"::1", 0, -1401, "another family"),
    ] {
        let host = Host { address, port: own_port, ..Host::default() };
        bind(&client, Some(say), &host);
        let record = refused(&client);
        assert_eq!((record.status, record.phase.as_str()), (status, "connect"), "{record:?}");
        assert!(record.message.contains(word), "{record:?}");
        assert!(record.is_safe_to_retry);
        bind(&client, None, &host);
    }
    ok(unsafe { INetSmtpClient_OnBindIPEndPoint(client.0, Some(fill), null_mut(), None) });
    assert_eq!(status_name(refused(&client).status), "INET_E_ARGUMENT");
}

#[test]
fn the_user_is_dropped_where_the_client_is_none() {
    let host = Host::default();
    let user = (&raw const host).cast_mut().cast();
    let status =
        unsafe { INetSmtpClient_OnBindIPEndPoint(null_mut(), Some(say), user, Some(dropped)) };
    assert_eq!(status_name(status), "INET_E_HANDLE");
    assert_eq!(*host.drops.lock().unwrap(), 1);
}
