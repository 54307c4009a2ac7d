//! Against Postfix with Dovecot's SASL and a private CA. `tests/servers/run.sh` starts them in a namespace of their own and
//! runs this binary in it:
//!
//!     tests/servers/run.sh cargo test --test real_servers
//!
//! A plain `cargo test` leaves it out (`test = false` in Cargo.toml).

#![expect(clippy::disallowed_methods, reason = "the relay's connection is the test's own")]

#[path = "real_servers/aiosmtpd.rs"]
mod aiosmtpd;
#[path = "real_servers/auth.rs"]
mod auth;
#[path = "real_servers/auth_certificates.rs"]
mod auth_certificates;
#[path = "real_servers/auth_choice.rs"]
mod auth_choice;
#[path = "real_servers/auth_doubles.rs"]
mod auth_doubles;
#[path = "real_servers/auth_kerberos.rs"]
mod auth_kerberos;
#[path = "real_servers/auth_secrets.rs"]
mod auth_secrets;
#[path = "real_servers/auth_tokens.rs"]
mod auth_tokens;
#[path = "real_servers/built.rs"]
mod built;
#[path = "real_servers/bulk.rs"]
mod bulk;
#[path = "real_servers/cancellation.rs"]
mod cancellation;
#[path = "real_servers/certificates.rs"]
mod certificates;
#[path = "real_servers/client_certificates.rs"]
mod client_certificates;
#[path = "real_servers/envelope.rs"]
mod envelope;
#[path = "real_servers/handshakes.rs"]
mod handshakes;
#[path = "real_servers/ledger.rs"]
mod ledger;
#[path = "real_servers/letter.rs"]
mod letter;
#[path = "real_servers/local.rs"]
mod local;
#[path = "real_servers/modes.rs"]
mod modes;
#[path = "real_servers/proxies.rs"]
mod proxies;
#[path = "real_servers/ready.rs"]
mod ready;
#[path = "real_servers/resumption.rs"]
mod resumption;
#[path = "real_servers/revocation.rs"]
mod revocation;
mod support;
#[path = "real_servers/tls.rs"]
mod tls;

use inetmail::ffi::mail_message::*;
use inetmail::ffi::send_report::*;
use inetmail::ffi::smtp_client::INetSmtpClient_Disconnect;
use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use support::face::{Client, Handle, Message, Record, c, client, message, ok, text};

fn setting(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name}: run this under tests/servers/run.sh"))
}

fn port(listener: &str) -> u16 {
    setting(&format!("INETMAIL_POSTFIX_{listener}")).parse().expect("a port")
}

/// A client of a listener that trusts the tests' CA.
fn client_of(listener: &str) -> Client {
    client("localhost", port(listener)).with_root(&setting("INETMAIL_CA")).with_timeout(30_000)
}

/// An address of this test alone.
fn fresh_address() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("r{}@test", COUNT.fetch_add(1, Ordering::Relaxed))
}

struct Delivered {
    bytes: Vec<u8>,
    facts: HashMap<String, String>,
}

/// All that was delivered to an address, once there are `count` of them.
fn delivered(recipient: &str, count: usize) -> Vec<Delivered> {
    // Delivery follows the server's reply by some milliseconds.
    for _ in 0..600 {
        let found = look_for(recipient);
        if found.len() >= count {
            assert_eq!(found.len(), count, "more arrived than was sent");
            return found;
        }
        std::thread::park_timeout(Duration::from_millis(50));
    }
    panic!("{} of {count} messages to {recipient} arrived", look_for(recipient).len());
}

fn look_for(recipient: &str) -> Vec<Delivered> {
    let files = std::fs::read_dir(setting("INETMAIL_MAIL")).expect("the mail folder");
    let messages = files.map(|file| file.expect("a file").path());
    let messages = messages.filter(|path| path.extension().is_some_and(|ending| ending == "eml"));
    let read = |path: PathBuf| {
        let facts = std::fs::read_to_string(path.with_extension("env")).expect("the envelope");
        let facts: HashMap<_, _> = facts
            .lines()
            .filter_map(|line| line.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        (facts["recipient"] == recipient)
            .then(|| Delivered { bytes: std::fs::read(&path).expect("the message"), facts })
    };
    messages.filter_map(read).collect()
}

/// What arrived, without the Received header that Postfix puts in front.
fn without_trace(bytes: &[u8]) -> &[u8] {
    assert!(bytes.starts_with(b"Received: "));
    let is_field_start = |at: &usize| bytes[*at] == b'\n' && !matches!(bytes[at + 1], b' ' | b'\t');
    let end = (0..bytes.len()).find(is_field_start).expect("a header behind Received");
    &bytes[end + 1..]
}

/// A relay that remembers what the client said.
fn recorded(port: u16, send: impl FnOnce(u16)) -> Vec<u8> {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let relay_port = listener.local_addr().expect("an address").port();
    std::thread::scope(|scope| {
        let relay = scope.spawn(move || {
            let (mut client, _) = listener.accept().expect("the client");
            let mut server = TcpStream::connect(("127.0.0.1", port)).expect("the server");
            let mut answers =
                (server.try_clone().expect("a clone"), client.try_clone().expect("a clone"));
            let back = std::thread::spawn(move || {
                let _ = std::io::copy(&mut answers.0, &mut answers.1);
            });
            let mut said = Vec::new();
            let mut chunk = [0; 65536];
            while let Ok(octets @ 1..) = client.read(&mut chunk) {
                said.extend_from_slice(&chunk[..octets]);
                server.write_all(&chunk[..octets]).expect("the server listens");
            }
            let _ = server.shutdown(std::net::Shutdown::Both);
            let _ = back.join();
            said
        });
        send(relay_port);
        relay.join().expect("the relay")
    })
}

/// The message in the one chunk that it went in, or between DATA and its dot, unstuffed.
fn message_of(dialogue: &[u8]) -> Vec<u8> {
    let find = |wanted: &[u8], from: usize| {
        let at = dialogue[from..].windows(wanted.len()).position(|window| window == wanted);
        from + at.expect("a whole message")
    };
    if let Some(command) = dialogue.windows(7).position(|window| window == b"\r\nBDAT ") {
        let start = find(b" LAST\r\n", command);
        let length = String::from_utf8_lossy(&dialogue[command + 7..start]);
        let length: usize = length.parse().expect("the length of the chunk");
        let start = start + " LAST\r\n".len();
        return dialogue[start..start + length].to_vec();
    }
    let start = find(b"DATA\r\n", 0) + 6;
    let end = find(b"\r\n.\r\n", start) + 2;
    let mut message = Vec::new();
    for line in dialogue[start..end].split_inclusive(|octet| *octet == b'\n') {
        message.extend_from_slice(line.strip_prefix(b".").unwrap_or(line));
    }
    message
}

fn simple(recipient: &str) -> Message {
    message("sender@test", recipient, "Тема", "Строка\n.точка\n")
}

#[test]
fn what_arrives_is_what_was_sent_byte_for_byte() {
    let folder = std::env::temp_dir().join(format!("inetmail-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("отчёт за май.bin");
    let content: Vec<u8> =
        (0..1_000_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    std::fs::write(&file, &content).expect("a file");
    for (code_page, body) in [
        (-1, "plain\r\n.\r\n..\rdots\n\n.end"),
        (-1, "naïve café, mostly ASCII, trailing blanks  \n\n.\n"),
        (21866, "Їжак і ґудзик\n.крапка\n"),
        (1251, "Съешь же ещё этих мягких французских булок"),
        (1200, "wide\nБуквы"),
        (50220, "日本語\n.テスト"),
    ] {
        let recipient = fresh_address();
        let mail = message("Отправитель <sender@test>", &recipient, "Тема письма", body);
        ok(INetMailMessage_SetBodyEncoding(mail.0, code_page));
        mail.attach(file.to_str().expect("UTF-8"));
        let said = recorded(port("NOTLS"), |port| {
            let client = client("127.0.0.1", port);
            client.send(&mail).expect("delivered");
        });
        let arrived = delivered(&recipient, 1);
        let sent: Vec<u8> = message_of(&said).into_iter().filter(|octet| *octet != b'\r').collect();
        assert!(without_trace(&arrived[0].bytes) == sent, "{body:?} was changed on its way");
        assert_eq!(arrived[0].facts["sender"], "sender@test");
    }
    std::fs::remove_dir_all(&folder).expect("cleaned up");
}

#[test]
fn every_way_of_protection_delivers() {
    let with = |listener: &str| client_of(listener);
    let cases = [
        (with("NOTLS"), "ESMTP "),
        (with("BARE"), "ESMTP "),
        (with("STARTTLS"), "ESMTP "),
        (with("STARTTLS").with_ssl(), "ESMTPS "),
        (with("SMTP").with_ssl(), "ESMTPS "),
        (with("TLSREQUIRED").with_ssl(), "ESMTPS "),
        (with("SMTPS").with_ssl(), "ESMTPS "),
        (with("STARTTLS").with_ssl().with_login("", "user", "pass"), "ESMTPSA "),
        (with("SMTPS").with_ssl().with_login("LOGIN", "user@test", "pass"), "ESMTPSA "),
        (with("AUTHTLS").with_ssl().with_login("PLAIN", "usér@test", "pässwörd"), "ESMTPSA "),
        (with("NOTLS").with_login("PLAIN", "user", "pass"), "ESMTPA "),
    ];
    for (client, protocol) in cases {
        let recipient = fresh_address();
        // Twice: the second goes over the kept connection.
        client.send(&simple(&recipient)).expect("delivered");
        client.send(&simple(&recipient)).expect("delivered again");
        for mail in delivered(&recipient, 2) {
            let trace =
                String::from_utf8_lossy(&mail.bytes[..600.min(mail.bytes.len())]).into_owned();
            assert!(trace.contains(&format!("with {protocol}")), "{protocol} in {trace}");
        }
        ok(INetSmtpClient_Disconnect(client.0));
    }
}

#[test]
fn a_bad_certificate_stops_everything_and_says_why() {
    for (listener, words) in [
        ("EXPIRED", "it expired"),
        ("NOTYET", "it becomes valid in"),
        ("WRONGHOST", "it is not for 'localhost' but for"),
        ("SELFSIGNED", "its issuer is not trusted"),
        ("UNKNOWNROOT", "its issuer is not trusted"),
    ] {
        let recipient = fresh_address();
        let client = client_of(listener).with_ssl().with_login("PLAIN", "user", "pass");
        let record = client.send(&simple(&recipient)).expect_err(listener);
        assert_eq!(
            (record.status, record.phase.as_str()),
            (-1451, "TLS"),
            "{listener}: {record:?}"
        );
        assert!(record.message.contains(words), "{listener}: {}", record.message);
        assert!(record.is_safe_to_retry && !record.is_transient);
        assert!(look_for(&recipient).is_empty());
    }
}

#[test]
fn without_the_root_nothing_is_trusted() {
    let client = client("localhost", port("STARTTLS")).with_ssl();
    assert_eq!(client.send(&simple("nobody@test")).expect_err("no trust").status, -1451);
    // The name in the certificate counts, not the way to the server.
    let client = client_of_host("127.0.0.1").with_ssl();
    client.send(&simple(&fresh_address())).expect("the certificate names the address");
}

fn client_of_host(host: &str) -> Client {
    client(host, port("STARTTLS")).with_root(&setting("INETMAIL_CA"))
}

#[test]
fn tls_that_is_not_to_be_had_is_an_error() {
    let record =
        client_of("NOTLS").with_ssl().send(&simple("nobody@test")).expect_err("no STARTTLS");
    assert_eq!(record.status, -1504);
    let record =
        client_of("TLSREQUIRED").send(&simple("nobody@test")).expect_err("TLS is required");
    assert_eq!((record.status, record.smtp_code), (-1507, 530));
}

#[test]
fn a_server_in_clear_on_465_is_called_by_its_name() {
    let listener = TcpListener::bind("127.0.0.2:465").expect("a free address");
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let (mut stream, _) = listener.accept().expect("the client");
            stream.write_all(b"220 plain.test ESMTP\r\n").expect("the client listens");
            let _ = stream.read_to_end(&mut Vec::new());
        });
        let client = client("127.0.0.2", 465).with_ssl();
        let record = client.send(&simple("nobody@test")).expect_err("no TLS there");
        assert_eq!(record.status, -1453);
        assert!(record.message.contains("220 plain.test ESMTP"), "{}", record.message);
    });
}

#[test]
fn a_wrong_login_is_refused_and_sends_nothing() {
    let client = client_of("STARTTLS").with_ssl().with_login("PLAIN", "user", "wrong");
    let record = client.send(&simple("nobody@test")).expect_err("a wrong password");
    assert_eq!((record.status, record.smtp_code), (-1600, 535));
    assert_eq!((record.enhanced_code.as_str(), record.phase.as_str()), ("5.7.8", "AUTH"));
    let client = client_of("BARE").with_login("", "user", "pass");
    assert_eq!(client.send(&simple("nobody@test")).expect_err("no AUTH").status, -1601);
}

#[test]
fn refused_recipients_are_reported_and_the_others_get_the_mail() {
    for listener in ["NOTLS", "BARE"] {
        let (first, last) = (fresh_address(), fresh_address());
        let mail = simple(&format!("{first}, reject@test, {last}, temp@test"));
        let client = client_of(listener);
        let report = client.report(&mail);
        assert_eq!(INetSendReport_GetStatus(report.0), -1306);
        assert_eq!(INetSendReport_GetRecipientCount(report.0), 4);
        let at = |place| {
            (
                INetSendReport_GetVerdictAt(report.0, place),
                INetSendReport_GetCodeAt(report.0, place),
            )
        };
        assert_eq!([at(0), at(1), at(2), at(3)], [(1, 0), (2, 550), (1, 0), (2, 450)]);
        let words = |place| unsafe {
            text(|buffer, size| INetSendReport_GetTextAt(report.0, place, buffer, size))
        };
        assert!(words(1).contains("5.1.1"), "{}", words(1));
        let queued =
            unsafe { text(|buffer, size| INetSendReport_GetFinalText(report.0, buffer, size)) };
        assert!(queued.contains("queued as") || queued.contains("Ok"), "{queued}");
        delivered(&first, 1);
        delivered(&last, 1);
        // The connection goes on, and the record names the refused one.
        let record = client.send(&mail).expect_err("partly refused");
        assert_eq!((record.status, record.recipient.as_str()), (-1306, "reject@test"));
        delivered(&first, 2);
    }
}

#[test]
fn refusals_leave_the_client_in_working_order() {
    let client = client_of("NOTLS");
    let recipient = fresh_address();
    let record = client.send(&message("badsender@test", &recipient, "", "")).expect_err("refused");
    assert_eq!((record.status, record.enhanced_code.as_str()), (-1507, "5.1.7"));
    let record = client.send(&simple("reject@test")).expect_err("refused");
    assert_eq!((record.status, record.smtp_code), (-1508, 550));
    client.send(&simple(&recipient)).expect("delivered");
    delivered(&recipient, 1);

    let large = message("sender@test", &recipient, "", &"line\n".repeat(5_000));
    let record = client_of("SMALL").send(&large).expect_err("too large");
    assert_eq!(record.status, -1510);
}

#[test]
fn every_address_of_a_host_is_tried() {
    // localhost is ::1 first, where this listener is not.
    let recipient = fresh_address();
    client("localhost", port("NOTLS")).send(&simple(&recipient)).expect("delivered");
    delivered(&recipient, 1);
    if setting("INETMAIL_IPV6") == "1" {
        let client = client("::1", port("STARTTLS")).with_root(&setting("INETMAIL_CA")).with_ssl();
        let recipient = fresh_address();
        client.send(&simple(&recipient)).expect("delivered");
        delivered(&recipient, 1);
    }
}

#[test]
fn a_host_that_is_not_there_is_named() {
    let record = client("no.such.host.test", 25).send(&simple("nobody@test")).expect_err("no host");
    assert_eq!((record.status, record.phase.as_str()), (-1400, "resolve"));
    let record = client("127.0.0.3", 1).send(&simple("nobody@test")).expect_err("no server");
    assert_eq!((record.status, record.phase.as_str()), (-1401, "connect"));
    assert!(record.is_transient && record.is_safe_to_retry && record.os_error != 0);
}

#[test]
fn hidden_recipients_are_in_the_envelope_only() {
    let (open, hidden) = (fresh_address(), fresh_address());
    let mail = simple(&open).with_bcc(&hidden);
    client_of("NOTLS").send(&mail).expect("delivered");
    for mail in [delivered(&open, 1), delivered(&hidden, 1)] {
        let text = String::from_utf8_lossy(without_trace(&mail[0].bytes)).into_owned();
        assert!(text.contains(&open) && !text.contains(&hidden), "{text}");
    }
}

#[test]
fn smtputf8_addresses_arrive() {
    let recipient = format!("ж{}", fresh_address());
    client_of("NOTLS").send(&simple(&recipient)).expect("delivered");
    let mail = &delivered(&recipient, 1)[0];
    assert!(String::from_utf8_lossy(&mail.bytes).contains("with UTF8SMTP"));
}

#[test]
fn many_threads_send_through_one_client() {
    const THREADS: usize = 8;
    const MESSAGES: usize = 25;
    let client = client_of("STARTTLS").with_ssl().with_login("PLAIN", "user", "pass");
    let recipients: Vec<_> = (0..THREADS).map(|_| fresh_address()).collect();
    std::thread::scope(|scope| {
        for recipient in &recipients {
            let client = &client;
            scope.spawn(move || {
                for _ in 0..MESSAGES {
                    client.send(&simple(recipient)).expect("delivered");
                }
            });
        }
    });
    for recipient in &recipients {
        delivered(recipient, MESSAGES);
    }
}

#[test]
fn another_server_takes_over_when_the_port_changes() {
    let client = client_of("NOTLS");
    let recipient = fresh_address();
    client.send(&simple(&recipient)).expect("delivered");
    ok(inetmail::ffi::smtp_client::INetSmtpClient_SetPort(client.0, i32::from(port("BARE"))));
    client.send(&simple(&recipient)).expect("delivered");
    let host = c("127.0.0.1");
    ok(unsafe { inetmail::ffi::smtp_client::INetSmtpClient_SetHost(client.0, host.as_ptr()) });
    client.send(&simple(&recipient)).expect("delivered");
    delivered(&recipient, 3);
    let _: Handle<_> = client;
}
