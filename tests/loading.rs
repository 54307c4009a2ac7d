//! Loaded messages in the hands of a host: what is kept, what is changed, what is refused.

mod support;

use inetmail::ffi::attachment::*;
use inetmail::ffi::attachment_collection::*;
use inetmail::ffi::mail_address_collection::*;
use inetmail::ffi::mail_message::*;
use inetmail::ffi::message_bodies::*;
use inetmail::ffi::message_headers::*;
use inetmail::ffi::message_storage::*;
use inetmail::ffi::submission::*;
use std::ffi::c_void;
use std::ptr::null_mut;
use support::face::{Handle, Message, c, client, message, ok, status_name, text};
use support::peer::Peer;

const LINES: &[&str] = &["PIPELINING", "8BITMIME"];

fn loaded(octets: &[u8]) -> Message {
    Handle::of(unsafe { INetMailMessage_LoadBytes(octets.as_ptr(), octets.len()) })
}

fn bytes(message: &Message) -> Vec<u8> {
    let length = unsafe { INetMailMessage_GetBytes(message.0, null_mut(), 0) };
    assert!(length >= 0, "{}", status_name(length as i32));
    let mut octets = vec![0; length as usize];
    unsafe { INetMailMessage_GetBytes(message.0, octets.as_mut_ptr(), octets.len()) };
    octets
}

fn saved(message: &Message) -> String {
    String::from_utf8_lossy(&bytes(message)).into_owned()
}

fn attachment(message: &Message, index: i32) -> Handle<INetAttachment> {
    let attachments = Handle::of(INetMailMessage_GetAttachments(message.0));
    Handle::of(INetAttachmentCollection_GetItem(attachments.0, index))
}

#[test]
fn all_recipients_of_the_header_get_the_message_or_none() {
    let peer = Peer::offering(LINES);
    let client = client("127.0.0.1", peer.port);
    let odd = "From: a@test\r\nTo: \"x y\"@test, \"x,y\"@test, p . q @ test, z@[IPv6:::1]\r\n\r\nb";
    client.send(&loaded(odd.as_bytes())).unwrap();
    let expected = ["\"x y\"@test", "\"x,y\"@test", "p.q@test", "z@[IPv6:::1]"];
    assert_eq!(peer.delivery().recipients(), expected);

    let broken = loaded(b"From: a@test\r\nTo: ok@test, root\r\nCc: c@test\r\n\r\nb");
    let record = client.send(&broken).unwrap_err();
    assert_eq!(status_name(record.status), "INET_E_ADDRESS");
    assert!(record.message.contains("root"), "{}", record.message);
    let to = Handle::of(INetMailMessage_GetTo(broken.0));
    ok(unsafe { INetMailAddressCollection_AddString(to.0, c"new@test".as_ptr()) });
    assert_eq!(status_name(client.send(&broken).unwrap_err().status), "INET_E_ADDRESS");
    let name = c"To".as_ptr();
    ok(unsafe { INetMailMessage_SetHeader(broken.0, name, c"new@test".as_ptr()) });
    client.send(&broken).unwrap();
    assert_eq!(peer.delivery().recipients(), ["new@test", "c@test"]);
}

#[test]
fn a_message_from_nobody_can_be_kept_and_passed_on() {
    let peer = Peer::offering(LINES);
    let client = client("127.0.0.1", peer.port);
    let octets = b"From: MAILER-DAEMON (Mail Delivery System)\r\nTo: c@test\r\n\r\nx";
    let message = loaded(octets);
    assert_eq!(bytes(&message), octets);
    let (sender, to) = (c("me@test"), c("you@test"));
    ok(unsafe { INetSmtpClient_Forward(client.0, sender.as_ptr(), to.as_ptr(), message.0) });
    assert_eq!(peer.delivery().octets, [&octets[..], b"\r\n"].concat());
    assert_eq!(status_name(client.send(&message).unwrap_err().status), "INET_E_NO_SENDER");
}

#[test]
fn a_part_that_is_changed_keeps_what_was_not() {
    let message = loaded(
        b"From: a@test\r\nTo: b@test\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\n\
          text\r\n--x\r\nContent-Type: text/plain; charset=koi8-r; format=flowed; name=a.txt\r\n\
          Content-Description: about\r\nContent-ID: <a b\xc3\xa9>\r\n\
          Content-Disposition: attachment\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\xf0\xd2\r\n--x--\r\n",
    );
    let part = attachment(&message, 0);
    ok(unsafe { INetAttachment_SetName(part.0, c"b.txt".as_ptr()) });
    let changed = saved(&message);
    for line in [
        "Content-Type: text/plain; charset=koi8-r; format=flowed; name=b.txt\r\n",
        "Content-Description: about\r\n",
        "Content-Disposition: attachment; filename=b.txt\r\n",
        "8NI=",
    ] {
        assert!(changed.contains(line), "{line} is missing in {changed}");
    }
    assert!(!changed.contains("Content-ID") && changed.is_ascii());
}

#[test]
fn a_text_may_outgrow_the_code_page_that_it_was_loaded_in() {
    let message = loaded(
        b"From: a@test\r\nTo: b@test\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\n\
          Content-Type: text/plain; charset=iso-8859-1\r\n\r\nplain\r\n--x\r\n\
          Content-Type: text/html; charset=utf-8\r\n\r\n<p>\xe2\x82\xac\r\n--x--\r\n",
    );
    ok(unsafe { INetMailMessage_SetHtmlText(message.0, c"<p>5 \xe2\x82\xac".as_ptr()) });
    let changed = saved(&message);
    assert!(changed.contains("text/html; charset=UTF-8") && changed.contains("charset=iso-8859-1"));
}

#[test]
fn eight_bits_in_headers_are_told_to_the_server() {
    let peer = Peer::offering(&["PIPELINING"]);
    let client = client("127.0.0.1", peer.port);
    let inner = message("ü@test", "a@test", "inner", "ascii");
    let outer = message("from@test", "to@test", "outer", "ascii");
    let attached = Handle::of(INetAttachment_CreateFromMessage(inner.0));
    let attachments = Handle::of(INetMailMessage_GetAttachments(outer.0));
    ok(INetAttachmentCollection_Add(attachments.0, attached.0));
    let old = loaded(b"From: a@test\r\nTo: b@test\r\nSubject: caf\xe9\r\n\r\nhi");
    ok(unsafe { INetMailMessage_SetBody(old.0, c"new".as_ptr()) });
    for message in [&outer, &old] {
        let record = client.send(message).unwrap_err();
        assert_eq!(status_name(record.status), "INET_E_EIGHT_BIT_MIME_NOT_OFFERED");
    }
    let peer = Peer::offering(LINES);
    support::face::client("127.0.0.1", peer.port).send(&outer).unwrap();
    let delivery = peer.delivery();
    assert!(delivery.commands[0].ends_with(" BODY=8BITMIME"));
    assert!(delivery.text().contains("message/global\r\n"));
    assert_eq!(delivery.text().matches("Content-Transfer-Encoding: 8bit").count(), 2);
}

#[test]
fn dots_in_a_loaded_header_arrive() {
    let peer = Peer::offering(LINES);
    let octets = b".From: x@test\r\n.Bcc: y@test\r\nFrom: a@test\r\nTo: b@test\r\n\r\n.\r\n";
    let (sender, to) = (c("me@test"), c("you@test"));
    let client = client("127.0.0.1", peer.port);
    let message = loaded(octets);
    ok(unsafe { INetSmtpClient_Forward(client.0, sender.as_ptr(), to.as_ptr(), message.0) });
    assert_eq!(peer.delivery().octets, octets);
}

#[test]
fn a_pickup_file_does_not_show_its_envelope_to_readers() {
    let peer = Peer::offering(LINES);
    let client = client("127.0.0.1", peer.port);
    let octets =
        b"X-Sender: <a@test>\r\nX-Receiver: <secret@test>\r\nFrom: a@test\r\nTo: b@test\r\n\
        X-Sender: kept\r\n\r\nx\r\n";
    let message = loaded(octets);
    client.send(&message).unwrap();
    let first = peer.delivery();
    let sent = unsafe {
        let nobody = std::ptr::null();
        INetSmtpClient_SendBytes(client.0, nobody, nobody, octets.as_ptr(), octets.len())
    };
    ok(sent);
    for delivery in [first, peer.delivery()] {
        assert!(!delivery.text().contains("secret"), "{}", delivery.text());
        assert!(delivery.text().contains("X-Sender: kept"));
    }
}

#[test]
fn the_sender_of_the_old_envelope_goes_with_the_old_author() {
    let peer = Peer::offering(LINES);
    let client = client("127.0.0.1", peer.port);
    let message = loaded(b"Return-Path: <bounce@test>\r\nFrom: a@test\r\nTo: b@test\r\n\r\nx");
    client.send(&message).unwrap();
    assert!(peer.delivery().commands[0].starts_with("MAIL FROM:<bounce@test>"));
    ok(unsafe { INetMailMessage_SetHeader(message.0, c"From".as_ptr(), c"me@test".as_ptr()) });
    client.send(&message).unwrap();
    assert!(peer.delivery().commands[0].starts_with("MAIL FROM:<me@test>"));
    ok(unsafe {
        INetMailMessage_SetHeader(message.0, c"Return-Path".as_ptr(), c"b@test".as_ptr())
    });
    client.send(&message).unwrap();
    assert!(peer.delivery().commands[0].starts_with("MAIL FROM:<b@test>"));
}

#[test]
fn the_copy_that_is_saved_is_called_as_what_was_sent() {
    let peer = Peer::offering(LINES);
    let message = message("from@test", "to@test", "Subject", "Text");
    let id =
        || text(|buffer, size| unsafe { INetMailMessage_GetMessageId(message.0, buffer, size) });
    bytes(&message);
    assert_eq!(id(), "");
    client("127.0.0.1", peer.port).send(&message).unwrap();
    let sent = peer.delivery().octets;
    assert_eq!(bytes(&message), sent);
    assert!(String::from_utf8(sent).unwrap().contains(&format!("Message-ID: {}\r\n", id())));
}

unsafe extern "C" fn refuse(_: *const u8, _: usize, _: *mut c_void) -> i32 {
    -7
}

unsafe extern "C" fn fail(_: i64, _: *mut u8, _: usize, _: *mut c_void) -> i32 {
    -8
}

#[test]
fn a_file_is_replaced_whole_or_not_at_all() {
    let path = std::env::temp_dir().join(format!("inetmail-whole-{}", std::process::id()));
    std::fs::write(&path, "old").unwrap();
    let name = c(path.to_str().unwrap());
    let message = message("from@test", "to@test", "Subject", "Text");
    let broken = Handle::of(unsafe {
        INetAttachment_CreateFromStream(c"".as_ptr(), -1, Some(fail), null_mut(), None)
    });
    let attachments = Handle::of(INetMailMessage_GetAttachments(message.0));
    ok(INetAttachmentCollection_Add(attachments.0, broken.0));
    assert_eq!(unsafe { INetMailMessage_SaveToFile(message.0, name.as_ptr()) }, -8);
    assert_eq!(unsafe { INetAttachment_SaveToFile(broken.0, name.as_ptr()) }, -8);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");

    // A message may be saved over a file that is attached to it.
    ok(INetAttachmentCollection_Clear(attachments.0));
    assert_eq!(INetMailMessage_SaveToStream(message.0, Some(refuse), null_mut()), -7);
    let own = message.attach(path.to_str().unwrap());
    ok(unsafe { INetMailMessage_SaveToFile(message.0, name.as_ptr()) });
    assert!(std::fs::read_to_string(&path).unwrap().contains("b2xk"));
    drop(own);
    std::fs::remove_file(&path).unwrap();
    let status = unsafe { INetMailMessage_SaveToFile(message.0, c"/nowhere/x".as_ptr()) };
    assert_eq!(status_name(status), "INET_E_FILE_NOT_FOUND");
}

#[test]
fn messages_in_messages_come_to_an_end() {
    let chain: Vec<_> = (0..20_000).map(|_| message("a@test", "b@test", "", "")).collect();
    for pair in chain.windows(2) {
        let inner = Handle::of(INetAttachment_CreateFromMessage(pair[1].0));
        let attachments = Handle::of(INetMailMessage_GetAttachments(pair[0].0));
        ok(INetAttachmentCollection_Add(attachments.0, inner.0));
    }
    let status = unsafe { INetMailMessage_GetBytes(chain[0].0, null_mut(), 0) };
    assert_eq!(status_name(status as i32), "INET_E_MESSAGE_TOO_COMPLEX");
    // Released from its end, the whole chain hangs on its first message.
    let mut chain = chain;
    chain.truncate(1);
    drop(chain);
}
