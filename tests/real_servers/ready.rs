//! Messages that stand ready, or were loaded, through Postfix: what arrives is what was there, octet for octet.

use super::letter::*;
use super::support::face::{Handle, Message, Record, c, client, message, ok, text};
use super::{client_of, delivered, fresh_address, look_for, port, without_trace};
use inetmail::ffi::mail_message::*;
use inetmail::ffi::send_report::*;
use inetmail::ffi::submission::*;
use std::collections::HashMap;
use std::ptr::null;

/// A message as another program left it: LF, dots, and a line as long as RFC 5322 section 2.1.1 allows.
fn ready(recipient: &str, line: &str, length: usize) -> Vec<u8> {
    let lines = format!(".\n..\n.{line}\n\n \nFrom {line}\n{}\n", "x".repeat(998));
    let mut octets =
        format!("X-First:\tas  it is\nfrom: A <a@test>\nTO: {recipient}\nSubject: ready\n\n")
            .into_bytes();
    let body = lines.repeat(length / lines.len());
    octets.extend_from_slice(body.as_bytes());
    octets
}

#[test]
fn ready_messages_of_ten_mebibytes_arrive_octet_for_octet() {
    let folder = Folder::new();
    for (client, line) in servers().into_iter().zip(["Строка 📈", "ASCII", "Строка"])
    {
        let recipient = fresh_address();
        let octets = ready(&recipient, line, 10 * MIB);
        ok(client.send_file(&folder.file("готовое.eml", &octets)));
        ok(client.send_stream(&octets));
        // What has CRLF and no end of its last line arrives the same.
        let crlf: Vec<u8> = octets
            .strip_suffix(b"\n")
            .expect("a last line")
            .iter()
            .flat_map(|octet| if *octet == b'\n' { vec![b'\r', b'\n'] } else { vec![*octet] })
            .collect();
        ok(client.send_stream(&crlf));
        ok(client.send_bytes(&crlf));
        for mail in delivered(&recipient, 4) {
            assert_eq!(mail.facts["sender"], "a@test");
            assert!(without_trace(&mail.bytes) == octets, "{line} was changed on its way");
        }
    }
}

#[test]
fn eight_bits_of_a_ready_message_do_not_reach_a_server_that_takes_none() {
    let recipient = fresh_address();
    let client = client_of("BARE");
    let octets = ready(&recipient, "Строка", 100_000);
    for status in [client.send_stream(&octets), client.send_bytes(&octets)] {
        assert_eq!(status, -1513);
        assert!(Record::of_this_thread().is_safe_to_retry);
    }
    ok(client.send_bytes(&ready(&recipient, "ASCII", 100_000)));
    delivered(&recipient, 1);
}

#[test]
fn hidden_recipients_of_a_ready_message_get_it_unseen() {
    let (open, hidden, other) = (fresh_address(), fresh_address(), fresh_address());
    let octets = format!(
        "Return-Path: <bounce@test>\nBcc: Hidden <{hidden}>,\n {other}\nFrom: a@test\n\
         To: {open}, reject@test\nbcc: {hidden}\n\nText\n"
    );
    let folder = Folder::new();
    let file = c(&folder.file("hidden.eml", octets.as_bytes()));
    let client = client_of("NOTLS");
    let report = Handle::of(unsafe {
        INetSmtpClient_SendFileWithReport(client.0, null(), null(), file.as_ptr())
    });
    assert_eq!(INetSendReport_GetStatus(report.0), -1306);
    let verdicts: HashMap<_, _> = (0..INetSendReport_GetRecipientCount(report.0))
        .map(|place| {
            let name = text(|buffer, size| unsafe {
                INetSendReport_GetRecipientAt(report.0, place, buffer, size)
            });
            (name, INetSendReport_GetVerdictAt(report.0, place))
        })
        .collect();
    let expected = [(&open, 1), (&hidden, 1), (&other, 1), (&"reject@test".to_owned(), 2)];
    let expected: HashMap<_, _> =
        expected.into_iter().map(|(name, verdict)| (name.clone(), verdict)).collect();
    assert_eq!(verdicts, expected);
    for recipient in [&open, &hidden, &other] {
        let mail = &delivered(recipient, 1)[0];
        assert_eq!(mail.facts["sender"], "bounce@test");
        assert_eq!(
            String::from_utf8_lossy(without_trace(&mail.bytes)),
            format!("From: a@test\nTo: {open}, reject@test\n\nText\n")
        );
    }
}

/// Letters whose octets no writer of ours would make.
const FOREIGN: [&str; 4] = [
    "Received: by x; Sat, 21 Nov 2026 06:28:01 +0300\nFROM: a@test\nto: Elsewhere <b@test>\n\
     subject:  odd\n\tfolding \nX-Empty:\n\nТекст\n.\n..\n",
    "From: a@test\nSubject: =?broken?=\nContent-Type: multipart/mixed; boundary=\"a b\"\n\n\
     preamble\n--a b\n\n.part\n--a b\nContent-Type: text/plain;charset=x-unknown\n\n\u{fffd}\n\
     --a b--\nepilogue\n",
    "From: a@test\n\n",
    "From: a@test\nContent-Type: multipart/mixed; boundary=never\n\nNo part at all\n",
];

#[test]
fn a_loaded_message_is_sent_on_octet_for_octet() {
    let client = client_of("NOTLS");
    for original in FOREIGN {
        let (first, second) = (fresh_address(), fresh_address());
        let loaded = Message::load(original.as_bytes());
        ok(client.forward(&format!("Первый <{first}>; {second}"), &loaded));
        for recipient in [&first, &second] {
            let mail = &delivered(recipient, 1)[0];
            assert_eq!(mail.facts["sender"], "me@test");
            assert_eq!(String::from_utf8_lossy(without_trace(&mail.bytes)), original);
        }

        // What arrived is sent on again, now with a note of who did so.
        let arrived = delivered(&first, 1).remove(0).bytes;
        let third = fresh_address();
        ok(INetSmtpClient_SetAddResentHeaders(client.0, 1));
        ok(client.forward(&third, &Message::load(&arrived)));
        ok(INetSmtpClient_SetAddResentHeaders(client.0, 0));
        let mail = &delivered(&third, 1)[0].bytes;
        let note = without_trace(mail).strip_suffix(arrived.as_slice());
        let note = String::from_utf8_lossy(note.expect("the message behind the note"));
        let names: Vec<_> = note.lines().filter_map(|line| Some(line.split_once(':')?.0)).collect();
        assert_eq!(names, ["Resent-Date", "Resent-From", "Resent-To", "Resent-Message-ID"]);
        assert!(note.contains(&format!("Resent-To: {third}\n")), "{note}");
    }
    assert!(look_for("b@test").is_empty(), "the header's recipients are not the envelope's");
}

#[test]
fn what_was_not_changed_of_a_loaded_message_arrives_as_it_was() {
    let recipient = fresh_address();
    let content = noise(5 * MIB);
    let original = format!(
        "X-Odd:\tas  it is\nFrom: a@test\nTo: {recipient}\nSubject: =?koi8-r?B?9MXNwQ==?=\n\
         Date: Sat, 21 Nov 2026 06:28:01 +0300\nMessage-ID: <odd@test>\nMIME-Version: 1.0\n\
         Content-Type: multipart/mixed;boundary=here\n\n--here\n\nТекст\n--here--\n"
    );
    let mail = Message::load(original.as_bytes());
    ok(unsafe { INetMailMessage_SetSubject(mail.0, c("Другая тема 📈").as_ptr()) });
    mail.add(&attachment("новое.bin", &content));
    client_of("NOTLS").send(&mail).expect("delivered");
    let arrived = &delivered(&recipient, 1)[0].bytes;
    let letter = Letter::read(arrived);
    assert_eq!(letter.outline, "mixed(text/plain, application/octet-stream)");
    assert_eq!(letter.headers["Subject"], "Другая тема 📈");
    assert_eq!(letter.headers["Message-ID"], "<odd@test>");
    assert!(without_trace(arrived).starts_with(b"X-Odd:\tas  it is\nFrom: a@test\n"));
    assert_eq!(letter.facts(1)[4], "новое.bin");
    assert!(letter.parts[1].content == content, "the attachment was changed on its way");
}

#[test]
fn a_message_beyond_the_servers_size_is_refused_and_the_next_one_goes() {
    let recipient = fresh_address();
    let client = client_of("SMALL");
    let folder = Folder::new();
    let octets = ready(&recipient, "ASCII", 30_000);
    let file = folder.file("large.eml", &octets);
    let large = message("sender@test", &recipient, "", "Text");
    large.add(&attachment("a.bin", &noise(20_000)));
    let composed = || client.send(&large).expect_err("too large").status;
    // The size of a stream is known at its end only, and refused there by the server.
    let ways: [(&dyn Fn() -> i32, _); 4] = [
        (&composed, (-1510, 0)),
        (&|| client.send_file(&file), (-1510, 0)),
        (&|| client.send_bytes(&octets), (-1510, 0)),
        (&|| client.send_stream(&octets), (-1509, 552)),
    ];
    for (way, (send, expected)) in ways.into_iter().enumerate() {
        let status = send();
        let record = Record::of_this_thread();
        assert_eq!((status, record.smtp_code), expected, "way {way}: {record:?}");
        assert!(record.is_safe_to_retry && record.is_connection_usable, "way {way}: {record:?}");
        client.send(&message("sender@test", &recipient, "", "Text")).expect("small enough");
        delivered(&recipient, way + 1);
    }
}

#[test]
fn recipients_beyond_ascii_of_a_ready_message_arrive() {
    let recipient = format!("ж{}", fresh_address());
    let octets = format!("From: ф@test\nTo: {recipient}\nSubject: Тема\n\nТекст\n");
    ok(client("127.0.0.1", port("NOTLS")).send_bytes(octets.as_bytes()));
    let mail = &delivered(&recipient, 1)[0];
    assert!(String::from_utf8_lossy(&mail.bytes).contains("with UTF8SMTP"));
    assert_eq!(without_trace(&mail.bytes), octets.as_bytes());
}
