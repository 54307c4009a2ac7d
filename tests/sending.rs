//! Messages on the wire: what a server gets of each kind of message, by what it offers.

mod support;

use inetmail::ffi::attachment::*;
use inetmail::ffi::attachment_collection::*;
use inetmail::ffi::error::*;
use inetmail::ffi::mail_message::*;
use inetmail::ffi::message_bodies::*;
use inetmail::ffi::message_headers::*;
use inetmail::ffi::message_properties::*;
use inetmail::ffi::message_storage::*;
use inetmail::ffi::send_report::*;
use inetmail::ffi::submission::*;
use inetmail::ffi::transfer_encoding::*;
use std::ffi::c_void;
use std::io::Write;
use std::ptr::{null, null_mut};
use support::face::{Client, Handle, Message, Record, c, client, message, ok, status_name, text};
use support::peer::Peer;

const LINES: &[&str] = &["PIPELINING", "8BITMIME"];
const BINARY: &[&str] = &["PIPELINING", "8BITMIME", "CHUNKING", "BINARYMIME", "SIZE"];

fn letter(body: &str) -> Message {
    message("from@test", "to@test", "Subject", body)
}

fn attach(message: &Message, attachment: &Handle<INetAttachment>) {
    let attachments = Handle::of(INetMailMessage_GetAttachments(message.0));
    ok(INetAttachmentCollection_Add(attachments.0, attachment.0));
}

fn octets(octets: &[u8], name: &str) -> Handle<INetAttachment> {
    let name = c(name);
    Handle::of(unsafe {
        INetAttachment_CreateFromBytes(octets.as_ptr(), octets.len(), name.as_ptr())
    })
}

fn send_bytes(client: &Client, octets: &[u8]) -> i32 {
    unsafe { INetSmtpClient_SendBytes(client.0, null(), null(), octets.as_ptr(), octets.len()) }
}

#[test]
fn texts_go_as_they_are_where_the_server_takes_eight_bits() {
    for (extensions, mail, encoding, body) in [
        (&["PIPELINING"][..], "MAIL FROM:<from@test>", "base64", "0J/RgNC40LLQtdGC\r\n"),
        (LINES, "MAIL FROM:<from@test> BODY=8BITMIME", "8bit", "Привет\r\n"),
    ] {
        let peer = Peer::offering(extensions);
        client("127.0.0.1", peer.port).send(&letter("Привет")).unwrap();
        let delivery = peer.delivery();
        assert_eq!(delivery.commands[0], mail);
        assert!(delivery.header().contains(&format!("Content-Transfer-Encoding: {encoding}\r\n")));
        assert!(delivery.text().ends_with(&format!("\r\n\r\n{body}")));
    }
}

#[test]
fn attachments_go_as_they_are_where_the_server_takes_anything() {
    let content: Vec<u8> = (0..=255).cycle().take(300_000).collect();
    let peer = Peer::offering(BINARY);
    let message = letter("Text");
    attach(&message, &octets(&content, "a.bin"));
    let client = client("127.0.0.1", peer.port);
    for _ in 0..2 {
        client.send(&message).unwrap();
        let delivery = peer.delivery();
        let size = delivery.octets.len();
        assert_eq!(
            delivery.commands,
            [
                format!("MAIL FROM:<from@test> SIZE={size} BODY=BINARYMIME"),
                "RCPT TO:<to@test>".into(),
                format!("BDAT {size} LAST"),
            ]
        );
        let label = b"Content-Transfer-Encoding: binary\r\n\r\n";
        let place = delivery.octets.windows(label.len()).rposition(|window| window == label);
        let start = place.expect("a binary part") + label.len();
        assert_eq!(delivery.octets[start..start + content.len()], content);
    }
}

#[test]
fn a_choice_that_the_server_cannot_follow_is_told() {
    for (encoding, extensions, expected) in [
        (INET_TRANSFER_ENCODING_8BIT, &["PIPELINING"][..], "INET_E_EIGHT_BIT_MIME_NOT_OFFERED"),
        (INET_TRANSFER_ENCODING_BINARY, LINES, "INET_E_BINARY_MIME_NOT_OFFERED"),
    ] {
        let peer = Peer::offering(extensions);
        let message = letter("Text");
        let attachment = octets("ä".as_bytes(), "a.txt");
        ok(INetAttachment_SetTransferEncoding(attachment.0, encoding));
        attach(&message, &attachment);
        let record = client("127.0.0.1", peer.port).send(&message).unwrap_err();
        assert_eq!(status_name(record.status), expected);
        assert!(record.is_safe_to_retry && record.is_connection_usable);
    }
}

#[test]
fn a_ready_message_goes_as_it_is_but_for_what_nobody_shall_see() {
    let peer = Peer::offering(LINES);
    let client = client("127.0.0.1", peer.port);
    let ready = b"Return-Path: <bounce@test>\nFROM: A <a@test>\nBcc: secret@test,\n more@test\n\
        To: b@test\nX-Odd:\tas it is\n\n.dot\r\n..\rlast";
    ok(send_bytes(&client, ready));
    let delivery = peer.delivery();
    assert_eq!(delivery.commands[0], "MAIL FROM:<bounce@test> BODY=8BITMIME");
    assert_eq!(delivery.recipients(), ["b@test", "secret@test", "more@test"]);
    let expected =
        "FROM: A <a@test>\r\nTo: b@test\r\nX-Odd:\tas it is\r\n\r\n.dot\r\n..\r\nlast\r\n";
    assert_eq!(delivery.text(), expected);

    let path = std::env::temp_dir().join(format!("inetmail-ready-{}.eml", std::process::id()));
    std::fs::write(&path, ready).unwrap();
    let name = c(path.to_str().unwrap());
    let (sender, recipients) = (c("<>"), c("X <x@test>; y@test"));
    let (sender, recipients) = (sender.as_ptr(), recipients.as_ptr());
    ok(unsafe { INetSmtpClient_SendFile(client.0, sender, recipients, name.as_ptr()) });
    std::fs::remove_file(&path).unwrap();
    let delivery = peer.delivery();
    assert_eq!(delivery.commands[0], "MAIL FROM:<> BODY=8BITMIME");
    assert_eq!(delivery.recipients(), ["x@test", "y@test"]);
    assert_eq!(delivery.text(), expected);
}

#[test]
fn what_is_wrong_with_a_ready_message_is_told_before_a_server_is_tried() {
    let client = client("127.0.0.1", 1);
    for (ready, expected) in [
        (&b""[..], "INET_E_NO_MESSAGE"),
        (b"no header", "INET_E_NO_MESSAGE"),
        (b"From: a@test\nTo: b@test\nnocolon\nBcc: c@test\n\n", "INET_E_NO_MESSAGE"),
        (b"To: a@test\n\nText", "INET_E_NO_SENDER"),
        (b"From: a@test\n\nText", "INET_E_NO_RECIPIENTS"),
        (b"From: a@test\nTo: b at test\n\nText", "INET_E_ADDRESS"),
    ] {
        assert_eq!(status_name(send_bytes(&client, ready)), expected);
    }
}

#[test]
fn eight_bits_that_the_server_does_not_take_end_the_message_without_its_end() {
    let peer = Peer::offering(&["PIPELINING"]);
    let client = client("127.0.0.1", peer.port);
    let status = send_bytes(&client, "From: a@test\nTo: b@test\n\nТекст".as_bytes());
    assert_eq!(status_name(status), "INET_E_EIGHT_BIT_MIME_NOT_OFFERED");
    assert!(Record::of_this_thread().is_safe_to_retry);
    assert!(!peer.delivery().is_complete);
    ok(send_bytes(&client, b"From: a@test\nTo: b@test\n\nText"));
    assert!(peer.delivery().is_complete);
}

/// What a host's callbacks give, and what they were asked.
#[derive(Default)]
struct Host {
    octets: Vec<u8>,
    given: usize,
    /// What to answer behind so many octets.
    failure: Option<(usize, i32)>,
    dropped: usize,
    message: Option<usize>,
}

unsafe extern "C" fn read(buffer: *mut u8, capacity: usize, user: *mut c_void) -> i32 {
    let host = unsafe { &mut *user.cast::<Host>() };
    let answer = unsafe { read_at(host.given as i64, buffer, capacity, user) };
    host.given += answer.max(0) as usize;
    answer
}

unsafe extern "C" fn read_at(
    offset: i64,
    buffer: *mut u8,
    capacity: usize,
    user: *mut c_void,
) -> i32 {
    let host = unsafe { &mut *user.cast::<Host>() };
    if let Some((place, answer)) = host.failure
        && offset as usize >= place
    {
        return answer;
    }
    // The library holds no lock meanwhile: the message that is being sent can be asked.
    if let Some(message) = host.message {
        let subject = text(|buffer, size| unsafe {
            INetMailMessage_GetSubject(message as *const _, buffer, size)
        });
        assert_eq!(subject, "Subject");
    }
    let rest = &host.octets[offset as usize..];
    let octets = rest.len().min(capacity).min(7_000);
    unsafe { std::ptr::copy_nonoverlapping(rest.as_ptr(), buffer, octets) };
    octets as i32
}

unsafe extern "C" fn dropped(user: *mut c_void) {
    unsafe { (*user.cast::<Host>()).dropped += 1 };
}

unsafe extern "C" fn write(data: *const u8, length: usize, user: *mut c_void) -> i32 {
    let host = unsafe { &mut *user.cast::<Host>() };
    host.octets.extend_from_slice(unsafe { std::slice::from_raw_parts(data, length) });
    host.failure.map_or(0, |(_, answer)| answer)
}

#[test]
fn a_stream_is_read_while_it_is_sent() {
    let peer = Peer::offering(LINES);
    let client = client("127.0.0.1", peer.port);
    let header = "From: a@test\r\nTo: b@test\r\n\r\n";
    let body = "line\r\n".repeat(100_000);
    let mut host = Host { octets: format!("{header}{body}").into_bytes(), ..Host::default() };
    let user = (&raw mut host).cast();
    ok(unsafe { INetSmtpClient_SendStream(client.0, null(), null(), Some(read), user) });
    assert_eq!(peer.delivery().octets, host.octets);

    // Behind the header it is too late to begin anew, and before it nothing has been said.
    for (place, mails) in [(0, false), (200_000, true)] {
        host.given = 0;
        host.failure = Some((place, -77));
        let user = (&raw mut host).cast();
        let status =
            unsafe { INetSmtpClient_SendStream(client.0, null(), null(), Some(read), user) };
        assert_eq!((status, INetError_GetStatus()), (-77, -77));
        assert!(Record::of_this_thread().is_safe_to_retry);
        assert!(!mails || !peer.delivery().is_complete);
    }
    let status = unsafe { INetSmtpClient_SendStream(client.0, null(), null(), None, null_mut()) };
    assert_eq!(status_name(status), "INET_E_ARGUMENT_NULL");
}

#[test]
fn an_attachment_is_read_from_a_callback_each_time_it_is_sent() {
    let peer = Peer::offering(LINES);
    let client = client("127.0.0.1", peer.port);
    let content: Vec<u8> = (0..=255).cycle().take(250_000).collect();
    for length in [-1, content.len() as i64] {
        let message = letter("Text");
        let mut host = Host { octets: content.clone(), ..Host::default() };
        host.message = Some(message.0 as usize);
        let user = (&raw mut host).cast();
        let attachment = Handle::of(unsafe {
            INetAttachment_CreateFromStream(
                c"a.bin".as_ptr(),
                length,
                Some(read_at),
                user,
                Some(dropped),
            )
        });
        for encoding in [INET_TRANSFER_ENCODING_AUTO, INET_TRANSFER_ENCODING_QUOTED_PRINTABLE] {
            ok(INetAttachment_SetTransferEncoding(attachment.0, encoding));
            attach(&message, &attachment);
            client.send(&message).unwrap();
            let delivery = peer.delivery();
            let loaded = Handle::of(unsafe {
                INetMailMessage_LoadBytes(delivery.octets.as_ptr(), delivery.octets.len())
            });
            let attachments = Handle::of(INetMailMessage_GetAttachments(loaded.0));
            let last = INetAttachmentCollection_GetCount(attachments.0) - 1;
            let found = Handle::of(INetAttachmentCollection_GetItem(attachments.0, last));
            let mut got = vec![0; content.len() + 1];
            let size = unsafe { INetAttachment_GetBytes(found.0, got.as_mut_ptr(), got.len()) };
            assert_eq!(&got[..size as usize], content);
        }
        host.failure = Some((100_000, -5));
        let record = client.send(&message).unwrap_err();
        assert_eq!(record.status, -5);
        assert!(record.is_safe_to_retry && !peer.delivery().is_complete);
        assert_eq!(host.dropped, 0);
        drop(message);
        drop(attachment);
        assert_eq!(host.dropped, 1);
    }
}

#[test]
fn a_callback_that_does_not_come_to_be_is_dropped_too() {
    let mut host = Host::default();
    let user = (&raw mut host).cast();
    for (name, length, read) in [
        (c"a\r\nb".as_ptr(), 0, Some(read_at as unsafe extern "C" fn(_, _, _, _) -> _)),
        (null(), 0, Some(read_at)),
        (c"a".as_ptr(), -2, Some(read_at)),
        (c"a".as_ptr(), 0, None),
    ] {
        host.dropped = 0;
        let attachment =
            unsafe { INetAttachment_CreateFromStream(name, length, read, user, Some(dropped)) };
        assert!(attachment.is_null());
        assert_eq!(host.dropped, 1);
    }
}

#[test]
fn content_that_changes_its_length_ends_the_message_without_its_end() {
    for (length, sentence) in [(249_999, "became longer"), (250_001, "became shorter")] {
        let peer = Peer::offering(BINARY);
        let client = client("127.0.0.1", peer.port);
        let message = letter("Text");
        let mut host = Host { octets: vec![7; 250_000], ..Host::default() };
        let user = (&raw mut host).cast();
        let attachment = Handle::of(unsafe {
            INetAttachment_CreateFromStream(c"".as_ptr(), length, Some(read_at), user, None)
        });
        attach(&message, &attachment);
        let record = client.send(&message).unwrap_err();
        assert_eq!(status_name(record.status), "INET_E_FILE_CHANGED");
        assert!(record.message.contains(sentence), "{}", record.message);
        // The first message that is whole is the next.
        client.send(&letter("The next")).expect("a message that stays as it is");
        let whole =
            std::iter::repeat_with(|| peer.delivery()).find(|delivery| delivery.is_complete);
        assert!(whole.expect("a message").text().contains("The next"));
    }
}

#[test]
fn a_forwarded_message_goes_to_those_who_are_named_and_no_others() {
    let peer = Peer::offering(LINES);
    let client = client("127.0.0.1", peer.port);
    let original = b"Received: by x\r\nReturn-Path: <r@test>\r\nFrom: a@test\r\nTo: b@test\r\n\
        Cc: c@test\r\nBcc: d@test\r\nsubject:  odd  \r\n\r\n\xd2\xe5\xea\xf1\xf2\r\n";
    let kept = String::from_utf8_lossy(original).replace("Bcc: d@test\r\n", "");
    let loaded =
        Handle::of(unsafe { INetMailMessage_LoadBytes(original.as_ptr(), original.len()) });
    let (sender, to) = (c("me@test"), c("Ü <x@test>, y@test"));
    let (sender, to) = (sender.as_ptr(), to.as_ptr());
    let data = original.as_ptr();
    ok(unsafe { INetSmtpClient_ForwardBytes(client.0, sender, to, data, original.len()) });
    let delivery = peer.delivery();
    assert_eq!(delivery.commands[0], "MAIL FROM:<me@test> BODY=8BITMIME");
    assert_eq!(delivery.recipients(), ["x@test", "y@test"]);
    assert_eq!(delivery.text(), kept);

    ok(unsafe { INetSmtpClient_Forward(client.0, sender, to, loaded.0) });
    let delivery = peer.delivery();
    assert_eq!(delivery.recipients(), ["x@test", "y@test"]);
    assert_eq!(delivery.text(), kept.replace("Return-Path: <r@test>\r\n", ""));

    ok(INetSmtpClient_SetAddResentHeaders(client.0, 1));
    for status in [unsafe { INetSmtpClient_Forward(client.0, sender, to, loaded.0) }, unsafe {
        INetSmtpClient_ForwardBytes(client.0, sender, to, data, original.len())
    }] {
        ok(status);
        let delivery = peer.delivery();
        let (resent, rest) = delivery.octets.split_at(
            delivery.text().find("Received:").expect("the message behind the new fields"),
        );
        let resent = String::from_utf8(resent.to_vec()).unwrap();
        let names: Vec<_> = resent.lines().filter_map(|line| line.split_once(':')).collect();
        let names: Vec<_> = names.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["Resent-Date", "Resent-From", "Resent-To", "Resent-Message-ID"]);
        assert!(resent.contains("Resent-From: me@test\r\n"));
        assert!(resent.contains("=?UTF-8?B?w5w=?= <x@test>, y@test\r\n"));
        assert!(rest.ends_with(b"\r\n\xd2\xe5\xea\xf1\xf2\r\n"));
    }
}

#[test]
fn a_loaded_message_goes_out_again_as_it_came_until_it_is_changed() {
    let peer = Peer::offering(LINES);
    let client = client("127.0.0.1", peer.port);
    let original =
        b"Date: Sat, 21 Nov 2026 03:28:00 +0300\r\nFrom:  \"A\" <a@test>\r\nTo: b@test\r\n\
        Message-ID: <1@test>\r\nSubject: old\r\nX-Odd:\tyes \r\nMIME-Version: 1.0 (odd)\r\n\
        Content-Type: multipart/mixed; boundary=x\r\n\r\npreamble\r\n--x\r\n\r\ntext\r\n--x\r\n\
        Content-Type: image/gif; name=a.gif\r\nContent-Transfer-Encoding: BASE64\r\n\r\nR0lG\r\n\
        --x--\r\nepilogue\r\n";
    let loaded =
        Handle::of(unsafe { INetMailMessage_LoadBytes(original.as_ptr(), original.len()) });
    client.send(&loaded).unwrap();
    assert_eq!(peer.delivery().octets, original);

    ok(unsafe { INetMailMessage_SetSubject(loaded.0, c"new".as_ptr()) });
    client.send(&loaded).unwrap();
    let expected = String::from_utf8_lossy(original).replace("Subject: old", "Subject: new");
    assert_eq!(peer.delivery().text(), expected);

    ok(unsafe { INetMailMessage_SetPlainText(loaded.0, c"other".as_ptr()) });
    client.send(&loaded).unwrap();
    let changed = peer.delivery().text();
    assert!(changed.contains("X-Odd:\tyes \r\n") && !changed.contains("epilogue"));
    assert!(changed.contains("\r\n\r\nother\r\n--=_1_"));
    // The attachment was not touched.
    let part =
        "Content-Type: image/gif; name=a.gif\r\nContent-Transfer-Encoding: BASE64\r\n\r\nR0lG";
    assert!(changed.contains(part), "{changed}");
}

#[test]
fn messages_are_written_where_the_host_wants_them() {
    let message = letter("Привет").with_bcc("secret@test");
    let mut host = Host::default();
    let user = (&raw mut host).cast();
    ok(INetMailMessage_SaveToStream(message.0, Some(write), user));
    let length = unsafe { INetMailMessage_GetBytes(message.0, null_mut(), 0) };
    assert_eq!(length as usize, host.octets.len());
    let saved = String::from_utf8(host.octets.clone()).unwrap();
    assert!(saved.is_ascii() && !saved.contains("secret"));

    let path = std::env::temp_dir().join(format!("inetmail-saved-{}.eml", std::process::id()));
    let name = c(path.to_str().unwrap());
    ok(unsafe { INetMailMessage_SaveToFile(message.0, name.as_ptr()) });
    let loaded = Handle::of(unsafe { INetMailMessage_LoadFile(name.as_ptr()) });
    std::fs::remove_file(&path).unwrap();
    let body = text(|buffer, size| unsafe { INetMailMessage_GetBody(loaded.0, buffer, size) });
    assert_eq!(body, "Привет");

    host.failure = Some((0, -9));
    let user = (&raw mut host).cast();
    assert_eq!(INetMailMessage_SaveToStream(message.0, Some(write), user), -9);
    let mut stream = Host { octets: saved.into_bytes(), ..Host::default() };
    let user = (&raw mut stream).cast();
    let loaded = Handle::of(INetMailMessage_LoadStream(Some(read), user));
    let subject =
        text(|buffer, size| unsafe { INetMailMessage_GetSubject(loaded.0, buffer, size) });
    assert_eq!(subject, "Subject");
}

#[test]
fn a_message_cannot_hold_itself() {
    let (outer, inner) = (letter("Text"), letter("Text"));
    attach(&outer, &Handle::of(INetAttachment_CreateFromMessage(inner.0)));
    for message in [&inner, &outer] {
        let ring = Handle::of(INetAttachment_CreateFromMessage(outer.0));
        let attachments = Handle::of(INetMailMessage_GetAttachments(message.0));
        for status in [
            INetAttachmentCollection_Add(attachments.0, ring.0),
            INetAttachmentCollection_Insert(attachments.0, 0, ring.0),
        ] {
            assert_eq!(status_name(status), "INET_E_ARGUMENT");
        }
    }
}

#[test]
fn a_pickup_directory_gets_whole_messages_with_their_envelope() {
    let directory = std::env::temp_dir().join(format!("inetmail-pickup-{}", std::process::id()));
    std::fs::create_dir(&directory).unwrap();
    let client = client("", 25);
    let path = c(directory.to_str().unwrap());
    ok(unsafe { INetSmtpClient_SetPickupDirectoryLocation(client.0, path.as_ptr()) });
    ok(INetSmtpClient_SetDeliveryMethod(client.0, INET_DELIVERY_SPECIFIED_PICKUP_DIRECTORY));
    let message = letter("Привет\n.dot").with_bcc("secret@test");
    let report = client.report(&message);
    assert_eq!(INetSendReport_GetStatus(report.0), 0);
    let file = text(|buffer, size| unsafe { INetSendReport_GetFinalText(report.0, buffer, size) });
    let written = std::fs::read_to_string(&file).unwrap();
    let files: Vec<_> = std::fs::read_dir(&directory).unwrap().collect();
    assert_eq!(files.len(), 1);
    assert!(written.starts_with(
        "X-Sender: <from@test>\r\nX-Receiver: <to@test>\r\nX-Receiver: <secret@test>\r\nDate: "
    ));
    assert!(!written.contains("Bcc") && file.ends_with(".eml"));

    let ready = "x-receiver: d@test\nFrom: a@test\nTo: b@test\nBcc: c@test\n\nТекст\n.\n";
    ok(send_bytes(&client, ready.as_bytes()));
    let mut files = std::fs::read_dir(&directory).unwrap().map(|entry| entry.unwrap().path());
    let newest = files.find(|path| path.to_str() != Some(&file)).unwrap();
    assert_eq!(
        std::fs::read_to_string(newest).unwrap(),
        "X-Sender: <a@test>\r\nX-Receiver: <b@test>\r\nX-Receiver: <c@test>\r\n\
         From: a@test\r\nTo: b@test\r\n\r\nТекст\r\n.\r\n"
    );
    // A header of which nothing may be shown ends before the text begins.
    let bare = b"Bcc: c@test\n\nfirst\n\nlast\n";
    let (sender, to) = (c("a@test"), c("b@test"));
    let report = Handle::of(unsafe {
        let (sender, to) = (sender.as_ptr(), to.as_ptr());
        INetSmtpClient_SendBytesWithReport(client.0, sender, to, bare.as_ptr(), bare.len())
    });
    let third = text(|buffer, size| unsafe { INetSendReport_GetFinalText(report.0, buffer, size) });
    let third_text = std::fs::read_to_string(&third).unwrap();
    assert!(third_text.ends_with("X-Receiver: <b@test>\r\n\r\nfirst\r\n\r\nlast\r\n"));
    std::fs::remove_file(&third).unwrap();

    // What cannot be made leaves nothing behind.
    let nowhere = c("/nowhere/at/all");
    ok(unsafe { INetMailMessage_SetSubject(message.0, c"again".as_ptr()) });
    let missing = message.attach("/nowhere/file");
    let record = client.send(&message).unwrap_err();
    assert_eq!(status_name(record.status), "INET_E_FILE_NOT_FOUND");
    drop(missing);
    assert_eq!(std::fs::read_dir(&directory).unwrap().count(), 2);
    std::fs::remove_dir_all(&directory).unwrap();
    ok(unsafe { INetSmtpClient_SetPickupDirectoryLocation(client.0, nowhere.as_ptr()) });
    let record = client.send(&letter("")).unwrap_err();
    assert_eq!(status_name(record.status), "INET_E_PICKUP_DIRECTORY");
    ok(INetSmtpClient_SetDeliveryMethod(client.0, INET_DELIVERY_PICKUP_DIRECTORY_FROM_IIS));
    let record = client.send(&letter("")).unwrap_err();
    assert!(record.message.contains("IIS"));
}

#[test]
fn header_fields_are_set_by_their_names_or_as_properties() {
    let message = letter("");
    let set = |name: &str, value: &str| unsafe {
        INetMailMessage_SetHeader(message.0, c(name).as_ptr(), c(value).as_ptr())
    };
    let add = |name: &str, value: &str| unsafe {
        INetMailMessage_AddHeader(message.0, c(name).as_ptr(), c(value).as_ptr())
    };
    let get = |name: &str| {
        let name = c(name);
        text(|buffer, size| unsafe {
            INetMailMessage_GetHeader(message.0, name.as_ptr(), buffer, size)
        })
    };
    ok(set("SUBJECT", "by name"));
    ok(set("Reply-To", "Ü <r@test>, s@test"));
    ok(add("cc", "c@test"));
    ok(add("X-Twice", "1"));
    ok(add("X-Twice", "zwölf"));
    ok(set("X-Once", "a"));
    ok(set("x-once", "b"));
    ok(set("Return-Path", "<>"));
    assert_eq!(get("subject"), "by name");
    assert_eq!(get("Reply-To"), "\"Ü\" <r@test>,s@test");
    assert_eq!(get("X-ONCE"), "b");
    assert_eq!(INetMailMessage_GetHeaderCount(message.0), 3);
    let value = text(|buffer, size| unsafe {
        INetMailMessage_GetHeaderValueAt(message.0, 1, buffer, size)
    });
    assert_eq!(value, "zwölf");
    for (name, value, expected) in [
        ("Subject", "a\r\nBcc: x@y", "INET_E_LINE_BREAK"),
        ("X-Evil\r\nBcc", "x@y", "INET_E_FIELD_NAME"),
        ("X-Evil", "a\nBcc: x@y", "INET_E_LINE_BREAK"),
        ("Content-Type", "text/html", "INET_E_FIELD_NAME"),
        ("Message-ID", "no id", "INET_E_FIELD_VALUE"),
        ("To", "nobody", "INET_E_ADDRESS"),
    ] {
        assert_eq!(status_name(set(name, value)), expected, "{name}");
        assert_eq!(
            status_name(add(name, value)),
            match name {
                "Subject" => "INET_E_ARGUMENT",
                _ => expected,
            }
        );
    }
    let remove = |name: &str| unsafe { INetMailMessage_RemoveHeader(message.0, c(name).as_ptr()) };
    assert_eq!(remove("x-twice"), 2);
    assert_eq!(remove("x-twice"), 0);
    assert_eq!(remove("Cc"), 1);

    ok(INetMailMessage_SetReadReceipt(message.0, 1));
    ok(INetMailMessage_SetSensitivity(message.0, INET_SENSITIVITY_COMPANY_CONFIDENTIAL));
    ok(INetMailMessage_SetPriorityLevel(message.0, 3));
    ok(INetMailMessage_SetDateTime(message.0, 1_795_231_681, 180));
    let uris = c("https://list.test/u?1, mailto:u@list.test");
    ok(unsafe { INetMailMessage_SetListUnsubscribe(message.0, uris.as_ptr(), 1) });
    let peer = Peer::offering(LINES);
    client("127.0.0.1", peer.port).send(&message).unwrap();
    let delivery = peer.delivery();
    assert_eq!(delivery.commands[0], "MAIL FROM:<>");
    for line in [
        "Date: Sat, 21 Nov 2026 06:28:01 +0300\r\n",
        "Reply-To: =?UTF-8?B?w5w=?= <r@test>, s@test\r\n",
        "Disposition-Notification-To: from@test\r\n",
        "Sensitivity: Company-Confidential\r\n",
        "X-Priority: 2\r\n",
        "List-Unsubscribe: <https://list.test/u?1>, <mailto:u@list.test>\r\n",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
        "x-once: b\r\n",
    ] {
        assert!(delivery.header().contains(line), "{line} is missing in {}", delivery.header());
    }
    let id = text(|buffer, size| unsafe { INetMailMessage_GetMessageId(message.0, buffer, size) });
    assert!(delivery.header().contains(&format!("Message-ID: {id}\r\n")));
}

#[test]
fn body_is_the_text_that_is_body_html_says() {
    let message = letter("first");
    let get = |get: unsafe extern "C" fn(*const INetMailMessage, *mut i8, usize) -> i64| {
        text(|buffer, size| unsafe { get(message.0, buffer, size) })
    };
    ok(INetMailMessage_SetIsBodyHtml(message.0, 1));
    assert_eq!(
        (get(INetMailMessage_GetBody), get(INetMailMessage_GetPlainText)),
        ("first".into(), "".into())
    );
    ok(unsafe { INetMailMessage_SetPlainText(message.0, c"plain".as_ptr()) });
    ok(unsafe { INetMailMessage_SetBody(message.0, c"<p>".as_ptr()) });
    assert_eq!(
        (get(INetMailMessage_GetHtmlText), get(INetMailMessage_GetPlainText)),
        ("<p>".into(), "plain".into())
    );
    let mut file = tempfile();
    file.1.write_all(b"x").unwrap();
    let saved = c(&file.0);
    ok(unsafe { INetMailMessage_SaveToFile(message.0, saved.as_ptr()) });
    let saved = std::fs::read_to_string(&file.0).unwrap();
    std::fs::remove_file(&file.0).unwrap();
    assert!(saved.contains("multipart/alternative"));
}

fn tempfile() -> (String, std::fs::File) {
    let path = std::env::temp_dir().join(format!("inetmail-body-{}", std::process::id()));
    (path.to_str().unwrap().to_owned(), std::fs::File::create(&path).unwrap())
}
