//! LMTP (RFC 2033) over sockets of the file system, with servers that answer oddly.

mod support;

use inetmail::ffi::client_sockets::INetSmtpClient_SetUseLmtp;
use inetmail::ffi::client_tls::*;
use inetmail::ffi::send_report::*;
use inetmail::ffi::smtp_client::INetSmtpClient_SetHost;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::JoinHandle;
use support::face::{Client, Handle, Record, c, client, message, ok, status_name, text};

/// One step of a server.
#[derive(Clone, Copy)]
enum Step {
    Say(&'static str),
    /// So many lines of the client's.
    Hear(usize),
    /// Up to the dot.
    HearMessage,
    /// Until the client goes.
    Hold,
}

use Step::{Hear, HearMessage, Hold, Say};

const HELLO: [Step; 3] = [Say("220 lmtp\r\n"), Hear(1), Say("250-lmtp\r\n250 PIPELINING\r\n")];
const THREE: &str = "one@test, two@test, three@test";

struct Server {
    path: PathBuf,
    playing: JoinHandle<Vec<String>>,
}

impl Server {
    /// Plays the steps on one connection after the other. Returns the lines that were heard on each, messages left out.
    #[expect(clippy::disallowed_methods, reason = "the server is no part of the library")]
    fn playing(connections: Vec<Vec<Step>>) -> Server {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("lmtp-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        let listener = UnixListener::bind(&path).expect("a socket");
        let playing = std::thread::spawn(move || {
            let mut heard = Vec::new();
            for steps in connections {
                let (stream, _) = listener.accept().expect("a connection");
                play(stream, &steps, &mut heard);
            }
            heard
        });
        Server { path, playing }
    }

    fn client(&self) -> Client {
        let host = format!("unix:{}", self.path.display());
        let client = client(&host, 25).with_timeout(60_000);
        ok(INetSmtpClient_SetUseLmtp(client.0, 1));
        client
    }

    fn heard(self) -> Vec<String> {
        std::fs::remove_file(&self.path).expect("the socket");
        self.playing.join().expect("no panic")
    }
}

fn play(stream: UnixStream, steps: &[Step], heard: &mut Vec<String>) {
    let mut lines = BufReader::new(stream.try_clone().expect("a socket")).lines();
    let mut next = || lines.next().and_then(Result::ok);
    for step in steps {
        match step {
            Say(text) => {
                let _ = (&stream).write_all(text.as_bytes());
            }
            Hear(count) => heard.extend((0..*count).map_while(|_| next())),
            HearMessage => while next().is_some_and(|line| line != ".") {},
            Hold => while next().is_some() {},
        }
    }
}

/// A dialogue for a message to three, with these replies to RCPT and behind the message.
fn dialogue(to_recipients: &'static str, behind: &'static str) -> Vec<Step> {
    let envelope = [Hear(5), Say("250 ok\r\n"), Say(to_recipients), Say("354 go\r\n")];
    [&HELLO[..], &envelope, &[HearMessage, Say(behind)]].concat()
}

const ALL: &str = "250 ok\r\n250 ok\r\n250 ok\r\n";

fn send(client: &Client, to: &str) -> (Handle<INetSendReport>, Vec<(i32, i32)>) {
    let report = client.report(&message("from@test", to, "Subject", "Text"));
    let count = INetSendReport_GetRecipientCount(report.0);
    let of =
        |at| (INetSendReport_GetVerdictAt(report.0, at), INetSendReport_GetCodeAt(report.0, at));
    let verdicts = (0..count).map(of).collect();
    (report, verdicts)
}

fn status(report: &Handle<INetSendReport>) -> &'static str {
    match INetSendReport_GetStatus(report.0) {
        0 => "INET_OK",
        status => status_name(status),
    }
}

const DELIVERED: i32 = INET_VERDICT_DELIVERED;
const REFUSED: i32 = INET_VERDICT_REFUSED;
const IN_DOUBT: i32 = INET_VERDICT_IN_DOUBT;

#[test]
fn each_recipient_has_an_answer_of_its_own() {
    for (to_recipients, behind, whole, expected) in [
        (ALL, ALL, "INET_OK", [(DELIVERED, 0); 3]),
        (
            ALL,
            "250 ok\r\n552 5.2.2 full\r\n250 ok\r\n",
            "INET_E_SOME_RECIPIENTS_REFUSED",
            [(DELIVERED, 0), (REFUSED, 552), (DELIVERED, 0)],
        ),
        // The replies are for those that were accepted.
        (
            "550 no\r\n250 ok\r\n250 ok\r\n",
            "452 4.2.2 full\r\n250 ok\r\n",
            "INET_E_SOME_RECIPIENTS_REFUSED",
            [(REFUSED, 550), (REFUSED, 452), (DELIVERED, 0)],
        ),
        (
            "250 ok\r\n550 no\r\n250 ok\r\n",
            "452 full\r\n452 full\r\n",
            "INET_E_RECIPIENTS_REFUSED",
            [(REFUSED, 452), (REFUSED, 550), (REFUSED, 452)],
        ),
    ] {
        let server = Server::playing(vec![[dialogue(to_recipients, behind), vec![Hold]].concat()]);
        let client = server.client();
        let (report, verdicts) = send(&client, THREE);
        assert_eq!((status(&report), &verdicts[..]), (whole, &expected[..]), "{behind}");
        drop((report, client));
        let heard = server.heard();
        assert_eq!(heard[0], "LHLO [127.0.0.1]");
        assert_eq!((heard.len(), heard[5].as_str()), (6, "DATA"), "{heard:?}");
    }
}

/// By which final reply each recipient got the message.
fn final_texts(report: &Handle<INetSendReport>) -> Vec<String> {
    let count = INetSendReport_GetRecipientCount(report.0);
    let of = |at| {
        text(|buffer, size| unsafe { INetSendReport_GetFinalTextAt(report.0, at, buffer, size) })
    };
    (0..count).map(of).collect()
}

#[test]
fn each_recipient_has_the_final_reply_that_was_for_this_one() {
    let some = "250 2.0.0 kept as A\r\n550 no\r\n250 2.0.0 kept as C\r\n";
    let server = Server::playing(vec![[dialogue(ALL, some), vec![Hold]].concat()]);
    let report = send(&server.client(), THREE).0;
    assert_eq!(final_texts(&report), ["2.0.0 kept as A", "", "2.0.0 kept as C"]);
    server.heard();

    // In parts: by LMTP with a reply for each recipient, by SMTP with one for each part.
    let hello =
        [Say("220 a\r\n"), Hear(1), Say("250-a\r\n250-PIPELINING\r\n250 LIMITS RCPTMAX=2\r\n")];
    let two = [Hear(4), Say("250 ok\r\n250 ok\r\n250 ok\r\n354 go\r\n"), HearMessage];
    let one = [Hear(3), Say("250 ok\r\n250 ok\r\n354 go\r\n"), HearMessage];
    for (is_lmtp, of_two, expected) in [
        (1, "250 A\r\n250 B\r\n", ["A", "B", "C"]),
        (1, "452 full\r\n250 B\r\n", ["", "B", "C"]),
        (0, "250 A\r\n", ["A", "A", "C"]),
    ] {
        let steps = [&hello[..], &two, &[Say(of_two)], &one, &[Say("250 C\r\n"), Hold]].concat();
        let server = Server::playing(vec![steps]);
        let client = server.client();
        ok(INetSmtpClient_SetUseLmtp(client.0, is_lmtp));
        assert_eq!(final_texts(&send(&client, THREE).0), expected, "{is_lmtp} {of_two}");
        drop(client);
        server.heard();
    }
}

#[test]
fn those_who_are_not_told_of_are_in_doubt() {
    for (behind, holds, whole, expected) in [
        (
            "250 ok\r\n",
            false,
            "INET_E_SOME_RECIPIENTS_REFUSED",
            [(DELIVERED, 0), (IN_DOUBT, 0), (IN_DOUBT, 0)],
        ),
        (
            "250 ok\r\n250 o",
            true,
            "INET_E_SOME_RECIPIENTS_REFUSED",
            [(DELIVERED, 0), (IN_DOUBT, 0), (IN_DOUBT, 0)],
        ),
        (
            "250 ok\r\n421 bye\r\n",
            false,
            "INET_E_SOME_RECIPIENTS_REFUSED",
            [(DELIVERED, 0), (REFUSED, 421), (IN_DOUBT, 0)],
        ),
        ("550 no\r\n", false, "INET_E_IN_DOUBT", [(REFUSED, 550), (IN_DOUBT, 0), (IN_DOUBT, 0)]),
        ("", false, "INET_E_IN_DOUBT", [(IN_DOUBT, 0); 3]),
        (
            "250 ok\r\n354 what\r\n",
            false,
            "INET_E_SOME_RECIPIENTS_REFUSED",
            [(DELIVERED, 0), (IN_DOUBT, 0), (IN_DOUBT, 0)],
        ),
    ] {
        let end = if holds { vec![Hold] } else { Vec::new() };
        let server = Server::playing(vec![[dialogue(ALL, behind), end].concat()]);
        let client = server.client().with_timeout(if holds { 500 } else { 60_000 });
        let (report, verdicts) = send(&client, THREE);
        assert_eq!((status(&report), &verdicts[..]), (whole, &expected[..]), "{behind}");
        assert_eq!(INetSendReport_GetIsSafeToRetry(report.0), 0, "{behind}");
        let sentence = text(|b, n| unsafe { INetSendReport_GetMessage(report.0, b, n) });
        assert!(!sentence.contains("but not for"), "{behind}: {sentence}");
        drop((report, client));
        server.heard();
    }
}

#[test]
fn a_connection_takes_message_after_message_and_a_server_that_says_too_much_loses_it() {
    let one = [Hear(5), Say("250 ok\r\n"), Say(ALL), Say("354 go\r\n"), HearMessage];
    let too_much = "250 ok\r\n250 ok\r\n250 ok\r\n250 once more\r\n";
    let first = [&HELLO[..], &one, &[Say(ALL)], &one, &[Say(too_much), Hold]].concat();
    let server = Server::playing(vec![first, [dialogue(ALL, ALL), vec![Hold]].concat()]);
    let client = server.client();
    for _ in 0..3 {
        assert_eq!(send(&client, THREE).1, [(DELIVERED, 0); 3]);
    }
    drop(client);
    let heard = server.heard();
    assert_eq!(heard.iter().filter(|line| line.starts_with("LHLO")).count(), 2, "{heard:?}");
}

fn failure(client: &Client) -> Record {
    *client.send(&message("from@test", "one@test", "S", "T")).expect_err("a failure")
}

#[test]
fn what_is_no_lmtp_is_told() {
    let hello = [Say("220 smtp\r\n"), Hear(1), Say("500 5.5.1 what?\r\n"), Hold];
    let server = Server::playing(vec![hello.to_vec()]);
    let record = failure(&server.client());
    assert_eq!(status_name(record.status), "INET_E_HELLO_REFUSED");
    assert!(record.is_safe_to_retry && record.message.contains("LHLO"), "{record:?}");
    assert!(record.message.contains("may speak SMTP"), "{record:?}");
    // No HELO comes behind it.
    assert_eq!(server.heard(), ["LHLO [127.0.0.1]"]);

    // Nobody is left to whom an empty message could go.
    let taken = [Hear(3), Say("250 ok\r\n550 no\r\n354 go\r\n"), Hold];
    let server = Server::playing(vec![[&HELLO[..], &taken].concat()]);
    let record = failure(&server.client());
    assert_eq!(status_name(record.status), "INET_E_RECIPIENTS_REFUSED", "{record:?}");
    server.heard();
}

#[test]
fn hosts_that_are_no_sockets_are_told() {
    let client = client("unix:/nowhere/at/all", 25).with_timeout(60_000);
    let record = failure(&client);
    assert_eq!(status_name(record.status), "INET_E_CONNECT", "{record:?}");
    assert!(record.message.contains("unix:/nowhere/at/all") && record.is_safe_to_retry);
    for host in
        ["unix:relative", "unix:", "unix:/with\nbreak", &format!("unix:/{}", "x".repeat(107))]
    {
        let status = unsafe { INetSmtpClient_SetHost(client.0, c(host).as_ptr()) };
        assert_eq!(status_name(status), "INET_E_ARGUMENT", "{host}");
    }
    ok(unsafe { INetSmtpClient_SetHost(client.0, c("127.0.0.1").as_ptr()) });
    ok(INetSmtpClient_SetUseLmtp(client.0, 1));
    let record = failure(&client);
    assert_eq!(status_name(record.status), "INET_E_ARGUMENT", "{record:?}");
    assert!(record.message.contains("port 25"), "{record:?}");

    // TLS has no name to verify there.
    let server = Server::playing(Vec::new());
    for security in [INET_SECURITY_SSL_EXPLICIT, INET_SECURITY_SSL_IMPLICIT] {
        let client = server.client();
        ok(INetSmtpClient_SetSecurityOptions(client.0, security));
        assert_eq!(status_name(failure(&client).status), "INET_E_TLS");
    }
    let record = failure(&server.client().with_ssl());
    assert_eq!(status_name(record.status), "INET_E_TLS", "{record:?}");
    // Nothing was said for that.
    assert!(server.heard().is_empty());
}

#[test]
fn who_is_refused_behind_the_message_is_not_refused_by_name() {
    let steps = [
        Hear(3),
        Say("250 ok\r\n250 ok\r\n354 go\r\n"),
        HearMessage,
        Say("552 5.2.2 full\r\n"),
        Hold,
    ];
    let server = Server::playing(vec![[&HELLO[..], &steps].concat()]);
    let record = failure(&server.client());
    assert_eq!(status_name(record.status), "INET_E_RECIPIENTS_REFUSED", "{record:?}");
    assert_eq!(record.phase, "final reply", "{record:?}");
    server.heard();
}

#[test]
fn smtp_goes_over_a_socket_as_well() {
    let ehlo =
        [Hear(3), Say("250 ok\r\n250 ok\r\n354 go\r\n"), HearMessage, Say("250 ok\r\n"), Hold];
    let server = Server::playing(vec![[&HELLO[..], &ehlo].concat()]);
    let client = server.client();
    ok(INetSmtpClient_SetUseLmtp(client.0, 0));
    client.send(&message("from@test", "one@test", "S", "T")).expect("a delivery");
    drop(client);
    assert_eq!(server.heard()[0], "EHLO [127.0.0.1]");
}
