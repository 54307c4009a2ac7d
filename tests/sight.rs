//! What a host sees of its connections, through the C face: callbacks, events that are asked for, and the log.

#![allow(clippy::disallowed_methods, reason = "a peer is a thread of the test")]

mod support;

use base64::Engine;
use base64::prelude::BASE64_STANDARD as STANDARD;
use inetmail::ffi::config::*;
use inetmail::ffi::event::*;
use inetmail::ffi::events::*;
use inetmail::ffi::log::*;
use inetmail::ffi::network_credential::*;
use inetmail::ffi::operation::*;
use inetmail::ffi::server_commands::*;
use inetmail::ffi::smtp_client::*;
use std::ffi::{CStr, c_char, c_void};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;
use std::ptr::null_mut;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::thread::{JoinHandle, ThreadId, current};
use support::face::{Client, Handle, c, client, message, ok, status_name, text};
use support::keeper::{Keeper, Manner, Moment, Say};
use support::peer::Peer;

/// What callbacks were told, in order.
#[derive(Default)]
struct Told {
    lines: Mutex<Vec<String>>,
    threads: Mutex<Vec<ThreadId>>,
    dropped: AtomicU32,
}

impl Told {
    fn user(&self) -> *mut c_void {
        std::ptr::from_ref(self).cast_mut().cast()
    }

    fn lines(&self) -> Vec<String> {
        self.lines.lock().expect("no panic").clone()
    }
}

unsafe fn tell(user: *mut c_void, line: String) {
    let told = unsafe { &*user.cast::<Told>() };
    told.lines.lock().expect("no panic").push(line);
    told.threads.lock().expect("no panic").push(current().id());
}

unsafe fn read<'a>(text: *const c_char) -> &'a str {
    unsafe { CStr::from_ptr(text) }.to_str().expect("UTF-8")
}

unsafe extern "C" fn on_command(user: *mut c_void, command: *const c_char) {
    unsafe { tell(user, format!("C: {}", read(command))) }
}

unsafe extern "C" fn on_data(
    user: *mut c_void,
    command: *const c_char,
    octets: *const u8,
    length: usize,
) {
    let octets = unsafe { std::slice::from_raw_parts(octets, length) };
    let octets = String::from_utf8_lossy(octets);
    unsafe { tell(user, format!("{} {octets}", read(command))) }
}

unsafe extern "C" fn on_reply(
    user: *mut c_void,
    command: *const c_char,
    reply: *const c_char,
    code: i32,
    enhanced: *const c_char,
) {
    unsafe {
        let line = format!("S: {} <{}> {code} {}", read(reply), read(command), read(enhanced));
        tell(user, line);
    }
}

unsafe extern "C" fn on_error(user: *mut c_void, status: i32, description: *const c_char) {
    unsafe { tell(user, format!("{}: {}", status_name(status), read(description))) }
}

unsafe extern "C" fn on_notification(user: *mut c_void, id: i32, parameters: *const c_char) {
    unsafe { tell(user, format!("{id} {}", read(parameters))) }
}

unsafe extern "C" fn on_log(user: *mut c_void, level: i32, line: *const c_char) {
    unsafe { tell(user, format!("{level} {}", read(line))) }
}

unsafe extern "C" fn on_drop(user: *mut c_void) {
    unsafe { &*user.cast::<Told>() }.dropped.fetch_add(1, SeqCst);
}

fn watch_all(client: &Client, told: &Told) {
    let (client, user) = (client.0, told.user());
    unsafe {
        ok(INetSmtpClient_OnCommand(client, Some(on_command), user, Some(on_drop)));
        ok(INetSmtpClient_OnCommandData(client, Some(on_data), user, Some(on_drop)));
        ok(INetSmtpClient_OnCommandReply(client, Some(on_reply), user, Some(on_drop)));
        ok(INetSmtpClient_OnError(client, Some(on_error), user, Some(on_drop)));
        ok(INetSmtpClient_OnNotification(client, Some(on_notification), user, Some(on_drop)));
    }
}

fn set(client: &Client, line: &str) -> i32 {
    let line = c(line);
    unsafe { INetSmtpClient_Config(client.0, line.as_ptr()) }
}

fn config(client: &Client, name: &str) -> String {
    let name = c(name);
    text(|buffer, size| unsafe { INetSmtpClient_GetConfig(client.0, name.as_ptr(), buffer, size) })
}

fn fault(client: &Client) -> String {
    text(|buffer, size| unsafe { INetSmtpClient_GetLogFault(client.0, buffer, size) })
}

fn letter() -> Handle<inetmail::ffi::mail_message::INetMailMessage> {
    message("from@test", "to@test", "Letter 7", "Text of it")
}

/// Whether one of the lines begins so.
#[track_caller]
fn has(lines: &[String], beginning: &str) {
    assert!(lines.iter().any(|line| line.starts_with(beginning)), "{beginning}: {lines:#?}");
}

/// A directory of its own.
struct Directory(PathBuf);

impl Directory {
    fn new() -> Directory {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, SeqCst);
        let name = format!("inetmail-sight-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir(&path).expect("a new directory");
        Directory(path)
    }

    fn file(&self, name: &str) -> String {
        self.0.join(name).to_str().expect("UTF-8").to_owned()
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn callbacks_are_told_of_everything_in_its_order() {
    let keeper = Keeper::new(Manner { offers: &["PIPELINING", "SIZE"], ..Manner::default() });
    let told = Told::default();
    let client = client("127.0.0.1", keeper.port);
    watch_all(&client, &told);
    client.send(&letter()).expect("a message sent");
    ok(INetSmtpClient_Disconnect(client.0));
    let lines = told.lines();
    let mut rest = lines.iter();
    for expected in [
        "1 host=127.0.0.1",
        "2 host=127.0.0.1;addresses=127.0.0.1:",
        "3 host=127.0.0.1;port=",
        "4 peer=127.0.0.1 (127.0.0.1:",
        "S: 220",
        "C: EHLO [127.0.0.1]",
        "S: 250-",
        "C: MAIL FROM:<from@test>",
        "C: RCPT TO:<to@test>",
        "C: DATA",
        "DATA ",
        "S: 250 ",
        "10 reply=250",
        "C: QUIT",
        "S: 221",
        "11 peer=127.0.0.1",
    ] {
        assert!(rest.any(|line| line.starts_with(expected)), "{expected}: {lines:#?}");
    }
    let data: String = lines.iter().filter_map(|line| line.strip_prefix("DATA ")).collect();
    assert!(data.contains("Subject: Letter 7\r\n") && data.ends_with("\r\n.\r\n"), "{data}");
    has(&lines, "S: 354");
    assert!(lines.iter().any(|line| line.starts_with("S: 250 ") && line.contains("<.>")));
    assert!(told.threads.lock().unwrap().iter().all(|thread| *thread == current().id()));
    drop(client);
    assert_eq!(told.dropped.load(SeqCst), 5);
}

#[test]
fn a_callback_that_is_taken_away_is_told_nothing_more() {
    let peer = Peer::offering(&["CHUNKING", "PIPELINING"]);
    let told = Told::default();
    let client = client("127.0.0.1", peer.port);
    watch_all(&client, &told);
    client.send(&letter()).expect("a message sent");
    has(&told.lines(), "C: BDAT ");
    has(&told.lines(), "BDAT ");
    unsafe {
        ok(INetSmtpClient_OnCommand(client.0, None, null_mut(), None));
        ok(INetSmtpClient_OnCommandData(client.0, None, null_mut(), None));
        ok(INetSmtpClient_OnCommandReply(client.0, None, null_mut(), None));
        ok(INetSmtpClient_OnError(client.0, None, null_mut(), None));
        ok(INetSmtpClient_OnNotification(client.0, None, null_mut(), None));
    }
    assert_eq!(told.dropped.load(SeqCst), 5, "a connection at rest keeps nobody");
    let count = told.lines().len();
    client.send(&letter()).expect("another message sent");
    assert_eq!(told.lines().len(), count);
}

/// Does with the client what a host may think of.
unsafe extern "C" fn meddle(user: *mut c_void, command: *const c_char) {
    let client = user.cast::<INetSmtpClient>();
    if unsafe { read(command) }.starts_with("MAIL") {
        unsafe { ok(INetSmtpClient_OnCommand(client, None, null_mut(), None)) };
        ok(INetSmtpClient_Send(client, letter().0));
        ok(INetSmtpClient_Cancel(client));
    }
}

#[test]
fn a_callback_may_use_the_client_and_end_the_call() {
    let keeper = Keeper::new(Manner::default());
    let client = client("127.0.0.1", keeper.port);
    let user = client.0.cast();
    ok(unsafe { INetSmtpClient_OnCommand(client.0, Some(meddle), user, None) });
    let failure = client.send(&letter()).expect_err("it was cancelled");
    assert_eq!(status_name(failure.status), "INET_E_CANCELLED");
    assert_eq!(keeper.book().connections.len(), 2);
    client.send(&letter()).expect("what begins afterwards goes on");
}

/// Gives up the host's only reference from within.
unsafe extern "C" fn release(user: *mut c_void, command: *const c_char) {
    if unsafe { read(command) }.starts_with("MAIL") {
        INetSmtpClient_Release(user.cast());
    }
}

#[test]
fn a_callback_may_release_the_client() {
    let keeper = Keeper::new(Manner::default());
    let client = client("127.0.0.1", keeper.port);
    let user = client.0.cast();
    ok(unsafe { INetSmtpClient_OnCommand(client.0, Some(release), user, None) });
    let failure = client.send(&letter()).expect_err("the client has gone");
    assert_eq!(status_name(failure.status), "INET_E_CANCELLED");
    std::mem::forget(client);
}

#[test]
fn events_can_be_asked_for() {
    let peer = Peer::offering(&[]);
    let client = client("127.0.0.1", peer.port);
    assert_eq!(INetSmtpClient_GetEventKinds(client.0), 0);
    assert_eq!(
        status_name(INetSmtpClient_SetEventKinds(client.0, 64)),
        "INET_E_ARGUMENT_OUT_OF_RANGE"
    );
    assert_eq!(
        status_name(INetSmtpClient_SetEventKinds(client.0, -1)),
        "INET_E_ARGUMENT_OUT_OF_RANGE"
    );
    ok(INetSmtpClient_SetEventKinds(client.0, 63));
    assert_eq!(INetSmtpClient_GetEventCapacity(client.0), 1000);
    client.send(&letter()).expect("a message sent");
    let mut kinds = 0;
    let mut lines = Vec::new();
    loop {
        let event = INetSmtpClient_NextEvent(client.0);
        if event.is_null() {
            break;
        }
        let event = Handle::of(event);
        let kind = INetEvent_GetKind(event.0);
        kinds |= kind;
        let text = text(|b, n| unsafe { INetEvent_GetText(event.0, b, n) });
        match kind {
            INET_EVENT_PROGRESS => {
                lines.push(format!("progress {}", INetEvent_GetMessages(event.0)))
            }
            INET_EVENT_COMMAND_DATA => {
                assert!(unsafe { INetEvent_GetOctets(event.0, null_mut(), 0) } > 100);
            }
            _ => lines.push(format!("{kind} {} {text}", INetEvent_GetCode(event.0))),
        }
        assert_eq!(INetEvent_GetLost(event.0), 0);
        assert_eq!(
            INetEvent_GetConnection(event.0) > 0,
            kind < 16 || INetEvent_GetCode(event.0) > 3
        );
    }
    assert_eq!(kinds, 63 & !INET_EVENT_ERROR);
    has(&lines, "16 1 host=");
    has(&lines, "1 0 EHLO");
    has(&lines, "4 354 354 ");
    has(&lines, "16 10 reply=250");
    has(&lines, "progress 1");

    ok(INetSmtpClient_SetEventCapacity(client.0, 2));
    client.send(&letter()).expect("another message sent");
    let event = Handle::of(INetSmtpClient_NextEvent(client.0));
    assert!(INetEvent_GetLost(event.0) > 5);
    assert!(!INetSmtpClient_NextEvent(client.0).is_null());
    assert!(INetSmtpClient_NextEvent(client.0).is_null());
}

#[test]
fn errors_and_second_attempts_are_told() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    drop(listener);
    let told = Told::default();
    let client = client("127.0.0.1", port);
    watch_all(&client, &told);
    client.send(&letter()).expect_err("nobody is there");
    has(&told.lines(), "INET_E_CONNECT: no connection to '127.0.0.1'");

    let answer = |moment: &Moment| match moment.line.starts_with("MAIL") {
        true if moment.connection == 0 && moment.place > 2 => {
            Some(Say::Close { resets: false, stores: false })
        }
        true => None,
        false => moment.line.contains("refused").then_some(Say::Reply("550 5.1.1 nobody")),
    };
    let keeper = Keeper::new(Manner { answer: Box::new(answer), ..Manner::default() });
    ok(INetSmtpClient_SetPort(client.0, i32::from(keeper.port)));
    let two = message("from@test", "to@test, refused@test", "Letter 1", "text");
    client.send(&two).expect_err("one recipient was refused");
    has(&told.lines(), "INET_E_SOME_RECIPIENTS_REFUSED: the server refused a recipient: 550 5.1.1");
    client.send(&letter()).expect("a second attempt");
    has(&told.lines(), "12 wait=0;reason=");
    assert_eq!(keeper.book().connections.len(), 2);
    // The server waits for its guests to leave.
    drop(client);
}

#[test]
fn logins_are_told_of_and_those_in_clear_are_warned_of() {
    let answer =
        |moment: &Moment| moment.line.starts_with("AUTH").then_some(Say::Reply("235 2.7.0 hello"));
    let offers = &["AUTH PLAIN"];
    let keeper = Keeper::new(Manner { offers, answer: Box::new(answer), ..Manner::default() });
    let told = Told::default();
    let client = client("127.0.0.1", keeper.port).with_login("PLAIN", "user", SECRET);
    watch_all(&client, &told);
    client.send(&letter()).expect("a message sent");
    has(&told.lines(), "14 mechanism=PLAIN");
    has(&told.lines(), "C: AUTH PLAIN ***");
    has(&told.lines(), "S: 235 2.7.0 *** <AUTH PLAIN ***> 235 2.7.0");
    has(&told.lines(), "9 mechanism=PLAIN;user=user");
}

#[test]
fn a_connection_of_an_operation_is_told_of_on_its_thread() {
    let peer = Peer::offering(&[]);
    let told = Told::default();
    let client = client("127.0.0.1", peer.port);
    watch_all(&client, &told);
    let letter = letter();
    let operation =
        Handle::of(unsafe { INetSmtpClient_SendAsync(client.0, letter.0, None, null_mut(), None) });
    assert_eq!(INetOperation_Wait(operation.0, 60_000), 1);
    assert_eq!(INetOperation_GetStatus(operation.0), 0);
    has(&told.lines(), "10 reply=250");
    let threads = told.threads.lock().unwrap().clone();
    assert!(threads.iter().all(|thread| *thread == threads[0] && *thread != current().id()));
}

const SECRET: &str = "S3cret-hunter2-Passw0rd";

/// A server that offers one mechanism, answers with these challenges, and then repeats all that it was told in every way.
fn parrot(mechanism: &'static str, challenges: Vec<String>) -> (u16, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let serving = std::thread::spawn(move || {
        let (mut out, _) = listener.accept().expect("a client");
        let mut lines = BufReader::new(out.try_clone().expect("a second end")).lines();
        let mut say = |line: String| out.write_all(format!("{line}\r\n").as_bytes());
        let mut next = || lines.next().and_then(Result::ok);
        let mut heard = Vec::new();
        let _ = say("220 parrot".into());
        let mut challenges = challenges.into_iter();
        while let Some(line) = next() {
            let answer = if line.starts_with("EHLO") {
                format!("250-parrot\r\n250 AUTH {mechanism}")
            } else if line == "QUIT" {
                break;
            } else {
                let word = line.rsplit(' ').next().unwrap_or_default();
                let plain = STANDARD.decode(word).unwrap_or_default();
                heard.push(word.to_owned());
                heard
                    .push(String::from_utf8_lossy(&plain).replace(['\0', '\r', '\n', '\x01'], " "));
                match challenges.next().filter(|_| line != "*") {
                    Some(challenge) => format!("334 {challenge}"),
                    None => format!(
                        "535-5.7.8 {}\r\n535-{SECRET}\r\n535-{}\r\n535 {}",
                        heard.join(" "),
                        STANDARD.encode(SECRET),
                        hex(SECRET)
                    ),
                }
            };
            if say(answer).is_err() {
                break;
            }
        }
        heard
    });
    (port, serving)
}

fn hex(text: &str) -> String {
    text.bytes().map(|octet| format!("{octet:02x}")).collect()
}

/// What a server may say by each mechanism before it refuses.
fn challenges(mechanism: &str) -> Vec<String> {
    let ntlm = [&b"NTLMSSP\0\x02\0\0\0"[..], &[0; 8], &[0x01, 0x82, 0, 0], b"challeng", &[0; 16]];
    let texts: Vec<Vec<u8>> = match mechanism {
        "LOGIN" => vec![b"User Name\0".to_vec(), b"Password\0".to_vec()],
        "CRAM-MD5" => vec![b"<1.2@parrot>".to_vec()],
        "DIGEST-MD5" => vec![
            b"realm=\"parrot\",nonce=\"abc\",qop=\"auth\",algorithm=md5-sess,charset=utf-8"
                .to_vec(),
        ],
        "NTLM" => vec![ntlm.concat()],
        "XOAUTH2" | "OAUTHBEARER" => vec![br#"{"status":"401"}"#.to_vec()],
        _ => vec![],
    };
    texts.into_iter().map(|text| STANDARD.encode(text)).collect()
}

#[test]
fn no_mechanism_shows_a_secret() {
    let directory = Directory::new();
    for mechanism in [
        "PLAIN",
        "LOGIN",
        "CRAM-MD5",
        "DIGEST-MD5",
        "NTLM",
        "SCRAM-SHA-1",
        "SCRAM-SHA-224",
        "SCRAM-SHA-256",
        "SCRAM-SHA-384",
        "SCRAM-SHA-512",
        "XOAUTH2",
        "OAUTHBEARER",
        "ANONYMOUS",
        "GSSAPI",
        "GSS-SPNEGO",
        "EXTERNAL",
    ] {
        let (port, serving) = parrot(mechanism, challenges(mechanism));
        let client = client("127.0.0.1", port).with_login(mechanism, "user", SECRET);
        if mechanism.contains("OAUTH") {
            let (user, token, name) = (c("user"), c(SECRET), c(mechanism));
            let credential = Handle::of(unsafe {
                INetNetworkCredential_CreateWithToken(user.as_ptr(), token.as_ptr())
            });
            ok(unsafe {
                INetSmtpClient_SetThisHostCredentials(client.0, name.as_ptr(), credential.0)
            });
        }
        let told = Told::default();
        watch_all(&client, &told);
        ok(INetSmtpClient_SetEventKinds(client.0, 63));
        ok(set(&client, &format!("LogFile={}", directory.file(mechanism))));
        ok(set(&client, "LogLevel=trace"));
        ok(set(&client, "LogFilters=dns,net,tls,smtp,data"));
        assert_ne!(INetSmtpClient_ValidateCredentials(client.0), 0, "{mechanism}");
        let mut seen = told.lines();
        while let event = INetSmtpClient_NextEvent(client.0)
            && !event.is_null()
        {
            let event = Handle::of(event);
            seen.push(text(|b, n| unsafe { INetEvent_GetText(event.0, b, n) }));
            seen.push(text(|b, n| unsafe { INetEvent_GetCommand(event.0, b, n) }));
        }
        drop(client);
        let heard = serving.join().expect("the part played to its end");
        let log = fs::read_to_string(directory.file(mechanism)).expect("a log");
        seen.extend(log.lines().map(str::to_owned));
        if !matches!(mechanism, "GSSAPI" | "GSS-SPNEGO" | "EXTERNAL") {
            assert!(!heard.is_empty(), "{mechanism} was tried");
            assert!(log.contains(&format!("C: AUTH {mechanism}")), "{log}");
            assert!(log.contains("S: 535 5.7.8 ***"), "{log}");
        }
        let (upper, base64) = (hex(SECRET).to_uppercase(), STANDARD.encode(SECRET));
        let mut secrets = vec![SECRET.to_owned(), base64, hex(SECRET), upper];
        let is_payload = |word: &&String| word.len() > 8 && !word.contains(mechanism);
        secrets.extend(heard.iter().step_by(2).filter(is_payload).cloned());
        for line in &seen {
            for secret in &secrets {
                assert!(!line.contains(secret.as_str()), "{mechanism}: {line}");
            }
        }
    }
}

#[test]
fn the_log_is_for_its_owner_and_tells_what_is_wanted() {
    let directory = Directory::new();
    let file = directory.file("smtp.log");
    fs::write(&file, "before\n").expect("a file");
    let peer = Peer::offering(&["PIPELINING"]);
    let logging = client("127.0.0.1", peer.port);
    assert_eq!(INetSmtpClient_GetLogDestination(logging.0), INET_LOG_TO_NONE);
    assert_eq!(INetSmtpClient_GetLogLevel(logging.0), INET_LOG_DEBUG);
    let path = c(&file);
    ok(unsafe { INetSmtpClient_SetLogFileName(logging.0, path.as_ptr()) });
    assert_eq!(INetSmtpClient_GetLogDestination(logging.0), INET_LOG_TO_FILE);
    logging.send(&letter()).expect("a message sent");
    let log = fs::read_to_string(&file).expect("a log");
    assert!(log.starts_with("before\n20"), "{log}");
    assert!(log.contains("Z info #0 dns resolving: host=127.0.0.1\n"), "{log}");
    assert!(log.contains(" smtp C: MAIL FROM:<from@test>"), "{log}");
    assert!(log.contains(" smtp S: 250-"), "{log}");
    assert!(!log.contains("Letter 7") && !log.contains("octets of"), "{log}");

    ok(set(&logging, "LogDetails="));
    ok(set(&logging, "LogFilters=data"));
    logging.send(&letter()).expect("a message sent");
    let data = fs::read_to_string(&file).expect("a log").split_off(log.len());
    assert!(data.starts_with("data C: ") && data.contains("data C| Subject: Letter 7\n"), "{data}");
    assert!(!data.contains("MAIL FROM"), "{data}");

    let before = fs::metadata(&file).unwrap().len();
    ok(INetSmtpClient_SetEnableLogger(logging.0, 0));
    logging.send(&letter()).expect("a message sent");
    assert_eq!(fs::metadata(&file).unwrap().len(), before);
    ok(INetSmtpClient_ResetLogSettings(logging.0));
    assert_eq!(INetSmtpClient_GetEnableLogger(logging.0), 1);
    assert_eq!(config(&logging, "LogFile"), "");

    let dated = directory.file("day.log");
    ok(set(&logging, &format!("LogFile={dated}")));
    ok(INetSmtpClient_SetUseDateInLogFileName(logging.0, 1));
    ok(INetSmtpClient_Noop(logging.0));
    let names: Vec<_> = fs::read_dir(&directory.0)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_name().to_str().is_some_and(|name| name.starts_with("day-20")))
        .collect();
    assert_eq!(names.len(), 1);
    assert_eq!(names[0].metadata().unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn lines_that_are_held_back_come_out_in_the_end() {
    let directory = Directory::new();
    let file = directory.file("held.log");
    let peer = Peer::offering(&[]);
    let logging = client("127.0.0.1", peer.port);
    ok(set(&logging, &format!("LogFile={file}")));
    ok(set(&logging, "LogFlushMode=none"));
    ok(set(&logging, "LogMaxEventCount=1000"));
    logging.send(&letter()).expect("a message sent");
    assert!(fs::metadata(&file).is_err(), "nothing is written yet");
    ok(INetSmtpClient_FlushLog(logging.0));
    let flushed = fs::read_to_string(&file).expect("a log");
    assert!(flushed.contains("message accepted"), "{flushed}");
    ok(INetSmtpClient_Noop(logging.0));
    drop(logging);
    assert!(fs::read_to_string(&file).expect("a log").ends_with("\n"));
    assert!(fs::read_to_string(&file).expect("a log").contains("C: NOOP"));
}

#[test]
fn a_log_that_cannot_be_written_is_told_of_once_and_sending_goes_on() {
    let peer = Peer::offering(&[]);
    for file in ["/dev/full", "/nowhere/at/all.log", "/tmp"] {
        let told = Told::default();
        let logging = client("127.0.0.1", peer.port);
        ok(set(&logging, &format!("LogFile={file}")));
        let user = told.user();
        ok(unsafe { INetSmtpClient_OnNotification(logging.0, Some(on_notification), user, None) });
        assert_eq!(fault(&logging), "");
        logging.send(&letter()).expect("a message sent");
        logging.send(&letter()).expect("another message sent");
        let failures: Vec<_> =
            told.lines().into_iter().filter(|line| line.starts_with("13 ")).collect();
        assert_eq!(failures.len(), 1, "{file}: {failures:?}");
        assert_eq!(failures[0], format!("13 reason={}", fault(&logging)));
        assert!(fault(&logging).contains(file), "{}", fault(&logging));
    }
}

#[test]
fn the_log_may_go_to_a_callback() {
    let peer = Peer::offering(&[]);
    let told = Told::default();
    let logging = client("127.0.0.1", peer.port);
    ok(unsafe { INetSmtpClient_OnLog(logging.0, Some(on_log), told.user(), Some(on_drop)) });
    assert_eq!(config(&logging, "LogDestination"), "callback");
    ok(set(&logging, "LogDetails=level"));
    logging.send(&letter()).expect("a message sent");
    has(&told.lines(), "4 debug smtp C: EHLO");
    has(&told.lines(), "3 info smtp message accepted: reply=250");
    ok(unsafe { INetSmtpClient_OnLog(logging.0, None, null_mut(), None) });
    assert_eq!(told.dropped.load(SeqCst), 1);
    assert_eq!(config(&logging, "LogDestination"), "none");
}

#[test]
fn the_process_and_its_environment_have_a_log_too() {
    const ROLE: &str = "INETMAIL_TEST_LOGGING";
    if let Ok(port) = std::env::var(ROLE) {
        let line = c(&std::env::var("INETMAIL_TEST_LINE").unwrap_or_default());
        if !line.is_empty() {
            ok(unsafe { INetLibrary_Config(line.as_ptr()) });
        }
        ok(INetSmtpClient_Noop(client("127.0.0.1", port.parse().expect("a port")).0));
        return;
    }
    let directory = Directory::new();
    let file = directory.file("of process.log");
    let of_process = format!("LogFile={file}");
    for (verbose, line) in [("1", ""), ("0", ""), ("0", of_process.as_str())] {
        let keeper = Keeper::new(Manner::default());
        let program = std::env::current_exe().expect("this program");
        let name = "the_process_and_its_environment_have_a_log_too";
        let output = Command::new(program)
            .args(["--exact", name, "--nocapture"])
            .env(ROLE, keeper.port.to_string())
            .env("INETMAIL_TEST_LINE", line)
            .env("CURLOPT_VERBOSE", verbose)
            .output()
            .expect("a child");
        assert!(output.status.success());
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(errors.contains(" smtp C: NOOP\n"), verbose == "1", "{errors}");
    }
    assert!(fs::read_to_string(&file).expect("a log").contains(" smtp C: NOOP\n"));
}

#[test]
fn what_is_no_setting_of_a_log_is_refused() {
    let logging = client("127.0.0.1", 1);
    for (line, status) in [
        ("LogLevel=loud", "INET_E_CONFIG_VALUE"),
        ("LogDestination=printer", "INET_E_CONFIG_VALUE"),
        ("LogFilters=dsn", "INET_E_CONFIG_VALUE"),
        ("LogRotationMode=rotate-1000", "INET_E_CONFIG_VALUE"),
        ("LogMaxEventCount=0", "INET_E_ARGUMENT_OUT_OF_RANGE"),
        ("LogFlushMode=", "INET_E_CONFIG_VALUE"),
    ] {
        assert_eq!(status_name(set(&logging, line)), status, "{line}");
    }
    for level in [-1, 6, i32::MAX] {
        let status = INetSmtpClient_SetLogLevel(logging.0, level);
        assert_eq!(status_name(status), "INET_E_ARGUMENT_OUT_OF_RANGE");
    }
    assert_eq!(config(&logging, "LogRotationMode"), "none");
}
