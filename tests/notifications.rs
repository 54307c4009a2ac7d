//! Every notification of docs/sight.md is seen once at least, with the parameters that stand there; and events in hands that do what they
//! like with the client.

#![allow(clippy::disallowed_methods, reason = "a peer is a thread of the test")]

mod support;

use inetmail::ffi::client_tls::*;
use inetmail::ffi::config::INetSmtpClient_Config;
use inetmail::ffi::event::*;
use inetmail::ffi::events::*;
use inetmail::ffi::log::INetSmtpClient_FlushLog;
use inetmail::ffi::mail_message::INetMailMessage;
use inetmail::ffi::server_commands::*;
use inetmail::ffi::service_proxy_options::INET_PROXY_HTTP;
use inetmail::ffi::smtp_client::*;
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use std::collections::BTreeMap;
use std::ffi::{c_char, c_void};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::ptr::null_mut;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::SeqCst};
use std::thread::JoinHandle;
use support::face::{Client, Handle, c, client, message, ok, status_name, text};
use support::keeper::{Keeper, Manner, Moment, Say};
use support::peer::Peer;
use support::proxy::{Act, double, proxy, say};

fn letter() -> Handle<INetMailMessage> {
    message("from@test", "to@test", "Letter 1", "text")
}

fn set(client: &Client, line: &str) {
    ok(unsafe { INetSmtpClient_Config(client.0, c(line).as_ptr()) });
}

/// Numbers and parameters of what the client has noticed.
fn noticed(client: &Client) -> Vec<(i32, String)> {
    let mut all = Vec::new();
    loop {
        let event = INetSmtpClient_NextEvent(client.0);
        if event.is_null() {
            return all;
        }
        let event = Handle::of(event);
        let parameters = text(|b, n| unsafe { INetEvent_GetText(event.0, b, n) });
        all.push((INetEvent_GetCode(event.0), parameters));
    }
}

fn noticing(client: Client) -> Client {
    ok(INetSmtpClient_SetEventKinds(client.0, INET_EVENT_NOTIFICATION));
    client
}

type Tls = rustls::StreamOwned<rustls::ServerConnection, TcpStream>;

/// A server under TLS with its first octet, which greets and takes its leave on two connections.
fn tls_server() -> (u16, JoinHandle<()>) {
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).expect("made");
    let key = PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(rustls::ALL_VERSIONS)
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .expect("a key that fits");
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let serving = std::thread::spawn(move || {
        for _ in 0..2 {
            let (connection, _) = listener.accept().expect("a client");
            let session = rustls::ServerConnection::new(config.clone()).expect("a server");
            let mut tls = Tls::new(session, connection);
            for (reply, command) in [("220 mx\r\n", "EHLO"), ("250 mx\r\n", "QUIT")] {
                tls.write_all(reply.as_bytes()).expect("a client that listens");
                let mut heard = Vec::new();
                while !heard.ends_with(b"\r\n") {
                    let mut octet = [0];
                    tls.read_exact(&mut octet).expect("a command");
                    heard.push(octet[0]);
                }
                assert!(heard.starts_with(command.as_bytes()));
            }
            tls.write_all(b"221 bye\r\n").expect("a client that listens");
        }
    });
    (port, serving)
}

fn tls_and_its_resumption() -> Vec<(i32, String)> {
    let (port, serving) = tls_server();
    let client = noticing(client("127.0.0.1", port));
    ok(INetSmtpClient_SetSecurityOptions(client.0, 4));
    ok(INetSmtpClient_SetDangerouslyAcceptAnyCertificate(client.0, 1));
    for _ in 0..2 {
        ok(INetSmtpClient_Connect(client.0));
        ok(INetSmtpClient_Disconnect(client.0));
    }
    serving.join().expect("no panic");
    let all = noticed(&client);
    let handshakes: Vec<_> =
        all.iter().map(|(id, _)| *id).filter(|id| (6..=8).contains(id)).collect();
    assert_eq!(handshakes, [6, 7, 6, 8], "{all:?}");
    all
}

fn a_login_in_clear_and_a_message() -> Vec<(i32, String)> {
    let answer =
        |moment: &Moment| moment.line.starts_with("AUTH").then_some(Say::Reply("235 2.7.0 hello"));
    let offers = &["AUTH PLAIN"];
    let keeper = Keeper::new(Manner { offers, answer: Box::new(answer), ..Manner::default() });
    let client = noticing(client("127.0.0.1", keeper.port).with_login("PLAIN", "user", "geheim"));
    client.send(&letter()).expect("a message sent");
    noticed(&client)
}

fn a_second_attempt() -> Vec<(i32, String)> {
    let answer = |moment: &Moment| {
        let is_cut = moment.connection == 0 && moment.place > 2 && moment.line.starts_with("MAIL");
        is_cut.then_some(Say::Close { resets: false, stores: false })
    };
    let keeper = Keeper::new(Manner { answer: Box::new(answer), ..Manner::default() });
    let client = noticing(client("127.0.0.1", keeper.port));
    client.send(&letter()).expect("a message sent");
    client.send(&letter()).expect("a second attempt");
    noticed(&client)
}

fn a_proxy() -> Vec<(i32, String)> {
    let peer = Peer::offering(&[]);
    let opened = "HTTP/1.1 200 Connection established\r\n\r\n";
    let acts = vec![Act::HearRequest, say(opened), Act::Relay(peer.port)];
    let (port, playing) = double(vec![acts], None);
    let proxy = proxy(INET_PROXY_HTTP, port);
    let client = noticing(client("mail.behind.test", 25).through(&proxy));
    client.send(&letter()).expect("a message sent");
    let all = noticed(&client);
    drop(client);
    playing.join().expect("no panic");
    all
}

fn a_log_that_cannot_be_written() -> Vec<(i32, String)> {
    let peer = Peer::offering(&[]);
    let client = noticing(client("127.0.0.1", peer.port));
    set(&client, "LogFile=/dev/full");
    client.send(&letter()).expect("a message sent");
    noticed(&client)
}

/// Of the page: each number with the names of its parameters.
fn documented() -> BTreeMap<i32, Vec<String>> {
    let rows = include_str!("../docs/sight.md").lines().filter_map(|line| {
        let cells: Vec<_> = line.strip_prefix("| ")?.split(" | ").collect();
        let id = cells[0].split(' ').next()?.parse().ok()?;
        let names = cells.get(1)?.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        Some((id, names))
    });
    rows.collect()
}

#[test]
fn every_notification_is_seen_with_its_parameters() {
    let documented = documented();
    assert_eq!(documented.len(), 14);
    let mut seen = BTreeMap::<i32, u32>::new();
    for scenario in [
        tls_and_its_resumption,
        a_login_in_clear_and_a_message,
        a_second_attempt,
        a_proxy,
        a_log_that_cannot_be_written,
    ] {
        for (id, parameters) in scenario() {
            *seen.entry(id).or_default() += 1;
            let names = documented.get(&id).unwrap_or_else(|| panic!("{id} is not documented"));
            let mut rest = parameters.as_str();
            for (place, name) in names.iter().enumerate() {
                let beginning = format!("{name}=");
                rest = rest
                    .strip_prefix(&beginning)
                    .unwrap_or_else(|| panic!("{id}: no {name} in '{parameters}'"));
                if place + 1 < names.len() {
                    rest = rest.split_once(';').expect("more parameters").1;
                }
            }
        }
    }
    assert!(seen.keys().eq(documented.keys()), "{seen:?}");
}

/// What a callback has to hand, and how often it was called.
struct Hands {
    client: *mut INetSmtpClient,
    is_inside: AtomicBool,
    calls: AtomicU32,
}

/// Does with the client whatever can be done with one, once at a time.
unsafe fn meddle(user: *mut c_void) {
    let hands = unsafe { &*user.cast::<Hands>() };
    hands.calls.fetch_add(1, SeqCst);
    if hands.is_inside.swap(true, SeqCst) {
        return;
    }
    let client = hands.client;
    unsafe {
        INetSmtpClient_Send(client, letter().0);
        INetSmtpClient_Noop(client);
        ok(INetSmtpClient_SetEventKinds(client, 63));
        drop(Handle(INetSmtpClient_NextEvent(client)));
        ok(INetSmtpClient_OnCommand(client, Some(on_command), user, None));
        ok(INetSmtpClient_OnCommandReply(client, Some(on_reply), user, None));
        ok(INetSmtpClient_OnError(client, Some(on_error), user, None));
        ok(INetSmtpClient_OnCommandData(client, None, null_mut(), None));
        ok(INetSmtpClient_OnNotification(client, Some(on_notification), user, None));
        ok(INetSmtpClient_Config(client, c"LogFilters=dns,net,tls,smtp,data".as_ptr()));
        ok(INetSmtpClient_FlushLog(client));
        ok(INetSmtpClient_SetTimeout(client, 20_000));
        drop(Handle(INetSmtpClient_GetConnectionInfo(client)));
        ok(INetSmtpClient_Disconnect(client));
    }
    hands.is_inside.store(false, SeqCst);
}

unsafe extern "C" fn on_command(user: *mut c_void, _: *const c_char) {
    unsafe { meddle(user) }
}

unsafe extern "C" fn on_reply(
    user: *mut c_void,
    _: *const c_char,
    _: *const c_char,
    _: i32,
    _: *const c_char,
) {
    unsafe { meddle(user) }
}

unsafe extern "C" fn on_error(user: *mut c_void, _: i32, _: *const c_char) {
    unsafe { meddle(user) }
}

unsafe extern "C" fn on_notification(user: *mut c_void, _: i32, _: *const c_char) {
    unsafe { meddle(user) }
}

#[test]
fn callbacks_may_do_with_the_client_whatever_they_like() {
    let answer = |moment: &Moment| moment.line.contains("refused").then_some(Say::Reply("550 no"));
    let keeper = Keeper::new(Manner { answer: Box::new(answer), ..Manner::default() });
    let client = client("127.0.0.1", keeper.port).with_timeout(20_000);
    let hands =
        Hands { client: client.0, is_inside: AtomicBool::default(), calls: AtomicU32::default() };
    let user = std::ptr::from_ref(&hands).cast_mut().cast();
    unsafe {
        ok(INetSmtpClient_OnCommand(client.0, Some(on_command), user, None));
        ok(INetSmtpClient_OnCommandReply(client.0, Some(on_reply), user, None));
        ok(INetSmtpClient_OnError(client.0, Some(on_error), user, None));
        ok(INetSmtpClient_OnNotification(client.0, Some(on_notification), user, None));
    }
    client.send(&letter()).expect("a message sent, whatever else was done meanwhile");
    let two = message("from@test", "to@test, refused@test", "Letter 1", "text");
    let record = client.send(&two).expect_err("one recipient was refused");
    assert_eq!(status_name(record.status), "INET_E_SOME_RECIPIENTS_REFUSED");
    assert!(hands.calls.load(SeqCst) > 20);
    // The server waits for its guests to leave.
    drop(client);
}

#[test]
fn events_that_many_threads_ask_for_come_to_one_of_them() {
    let peer = Peer::offering(&[]);
    let client = client("127.0.0.1", peer.port);
    ok(INetSmtpClient_SetEventKinds(client.0, INET_EVENT_COMMAND));
    ok(INetSmtpClient_SetEventCapacity(client.0, 100_000));
    let is_over = AtomicBool::new(false);
    let taken = std::thread::scope(|scope| {
        let ask = || {
            let (client, mut taken) = (&client, 0);
            loop {
                let was_over = is_over.load(SeqCst);
                let event = INetSmtpClient_NextEvent(client.0);
                if !event.is_null() {
                    let event = Handle::of(event);
                    assert_eq!(INetEvent_GetLost(event.0), 0);
                    taken += 1;
                } else if was_over {
                    return taken;
                }
            }
        };
        let asking: Vec<_> = (0..8).map(|_| scope.spawn(ask)).collect();
        for _ in 0..20 {
            client.send(&letter()).expect("a message sent");
        }
        is_over.store(true, SeqCst);
        asking.into_iter().map(|thread| thread.join().expect("no panic")).sum::<u32>()
    });
    // EHLO, and MAIL, RCPT, DATA and the end of each message.
    assert!((61..=81).contains(&taken), "{taken}");
}

#[test]
fn a_client_may_go_while_others_ask_it() {
    for _ in 0..20 {
        let client = client("127.0.0.1", 1);
        ok(INetSmtpClient_SetEventKinds(client.0, 63));
        let begun = AtomicU32::new(0);
        let handle = Handle(client.0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let handle = &handle;
                    begun.fetch_add(1, SeqCst);
                    // A number of a client that is gone answers its kinds by a status.
                    while INetSmtpClient_GetEventKinds(handle.0) == 63 {
                        drop(Handle(INetSmtpClient_NextEvent(handle.0)));
                    }
                });
            }
            while begun.load(SeqCst) < 4 {
                std::thread::yield_now();
            }
            let _ = client.send(&letter());
            drop(client);
        });
        std::mem::forget(handle);
    }
}

#[test]
fn settings_of_a_megabyte_are_judged_like_others() {
    let client = client("127.0.0.1", 1);
    let long = "x".repeat(1 << 20);
    let index_of = |index| {
        text(|b, n| unsafe { inetmail::ffi::config::INetLibrary_GetConfigNameAt(index, b, n) })
    };
    for index in 0..inetmail::ffi::config::INetLibrary_GetConfigNameCount() {
        let name = index_of(index);
        let line = c(&format!("{name}={long}"));
        let status = unsafe { INetSmtpClient_Config(client.0, line.as_ptr()) };
        let is_kept = ["Cookie", "LogFile"].iter().any(|part| name.contains(part));
        assert_eq!(status == 0, is_kept, "{name}: {status}");
        let sentence = support::face::Record::of_this_thread().message;
        assert!(is_kept || sentence.len() < 400, "{name}: {} octets", sentence.len());
    }
    let line = c(&format!("{long}=1"));
    let status = unsafe { INetSmtpClient_Config(client.0, line.as_ptr()) };
    assert_eq!(status_name(status), "INET_E_CONFIG_NAME");
}
