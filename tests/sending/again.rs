//! One message object, sent again and again over one connection: what is kept from one Send to the next is never older than the
//! object.

use super::*;
use inetmail::ffi::mail_address::*;
use inetmail::ffi::mail_address_collection::*;
use inetmail::ffi::smtp_client::{INetSmtpClient, INetSmtpClient_Send};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

type Change = (&'static str, fn(&Message));

fn address(text: &str) -> Handle<INetMailAddress> {
    let text = c(text);
    Handle::of(unsafe { INetMailAddress_Create(text.as_ptr()) })
}

fn add(list: *mut INetMailAddressCollection, text: &str) {
    let (list, text) = (Handle::of(list), c(text));
    ok(unsafe { INetMailAddressCollection_AddString(list.0, text.as_ptr()) });
}

/// Each with a word that it brings into the envelope or the header.
const CHANGES: [Change; 13] = [
    ("Subject: second\r\n", |message| {
        ok(unsafe { INetMailMessage_SetSubject(message.0, c"second".as_ptr()) })
    }),
    ("\r\n\r\nanother\r\n", |message| {
        ok(unsafe { INetMailMessage_SetBody(message.0, c"another\n".as_ptr()) })
    }),
    ("MAIL FROM:<new@test>", |message| {
        ok(INetMailMessage_SetFrom(message.0, address("new@test").0))
    }),
    ("Sender: sender@test\r\n", |message| {
        ok(INetMailMessage_SetSender(message.0, address("sender@test").0))
    }),
    ("Reply-To: reply@test\r\n", |message| {
        ok(INetMailMessage_SetReplyTo(message.0, address("reply@test").0))
    }),
    ("To: to@test, more@test\r\n", |message| add(INetMailMessage_GetTo(message.0), "more@test")),
    ("RCPT TO:<hidden@test>", |message| add(INetMailMessage_GetBcc(message.0), "hidden@test")),
    ("Cc: copy@test\r\n", |message| add(INetMailMessage_GetCC(message.0), "copy@test")),
    ("MAIL FROM:<>", |message| {
        ok(unsafe { INetMailMessage_SetReturnPath(message.0, c"<>".as_ptr()) })
    }),
    ("Importance: high\r\n", |message| ok(INetMailMessage_SetPriority(message.0, 1))),
    ("X-Mailer: mine\r\n", |message| {
        ok(unsafe { INetMailMessage_SetMailer(message.0, c"mine".as_ptr()) })
    }),
    ("charset=windows-1251\r\n", |message| ok(INetMailMessage_SetBodyEncoding(message.0, 1251))),
    ("Content-Type: text/html;", |message| ok(INetMailMessage_SetIsBodyHtml(message.0, 1))),
];

#[test]
fn every_change_between_two_sends_is_on_the_wire() {
    let peer = Peer::offering(LINES);
    let client = client("127.0.0.1", peer.port);
    let message = letter("text\r\n");
    let send = || {
        client.send(&message).unwrap();
        let delivery = peer.delivery();
        // The object itself, written without anything that was kept.
        assert_eq!(
            delivery.text(),
            text(|into, room| unsafe { INetMailMessage_GetBytes(message.0, into.cast(), room) })
        );
        delivery.commands.join("\r\n") + "\r\n" + &delivery.text()
    };
    for (word, change) in CHANGES {
        let unchanged = [send(), send(), send()];
        change(&message);
        assert!(!unchanged.iter().any(|said| said.contains(word)), "{word}");
        let said = send();
        assert!(said.contains(word), "{word}: {said}");
    }
}

/// A message whose attachment changes it while it is packed.
struct Changing {
    message: *const INetMailMessage,
    is_due: AtomicBool,
}

unsafe extern "C" fn read_and_change(
    offset: i64,
    buffer: *mut u8,
    capacity: usize,
    user: *mut c_void,
) -> i32 {
    let changing = unsafe { &*user.cast::<Changing>() };
    if changing.is_due.swap(false, Relaxed) {
        let to = Handle::of(INetMailMessage_GetTo(changing.message));
        ok(INetMailAddressCollection_Clear(to.0));
        add(INetMailMessage_GetTo(changing.message), "another@test");
    }
    let rest = &b"octets"[usize::try_from(offset).unwrap().min(6)..];
    let length = rest.len().min(capacity);
    unsafe { buffer.copy_from_nonoverlapping(rest.as_ptr(), length) };
    length as i32
}

#[test]
fn what_changes_in_the_midst_of_a_packing_changes_for_envelope_and_header() {
    let peer = Peer::offering(LINES);
    let client = client("127.0.0.1", peer.port);
    let message = letter("text\r\n");
    let changing = Changing { message: message.0, is_due: AtomicBool::new(false) };
    let attachment = Handle::of(unsafe {
        let user = std::ptr::from_ref(&changing).cast_mut().cast();
        INetAttachment_CreateFromStream(c"a.txt".as_ptr(), 6, Some(read_and_change), user, None)
    });
    // It is read in the packing, whether it is what it is said to be.
    ok(INetAttachment_SetTransferEncoding(attachment.0, INET_TRANSFER_ENCODING_7BIT));
    attach(&message, &attachment);
    client.send(&message).unwrap();
    assert_eq!(peer.delivery().recipients(), ["to@test"]);
    changing.is_due.store(true, Relaxed);
    for _ in 0..2 {
        client.send(&message).unwrap();
        let delivery = peer.delivery();
        assert!(delivery.header().contains("\r\nTo: another@test\r\n"), "{}", delivery.header());
        assert_eq!(delivery.recipients(), ["another@test"]);
    }
}

/// As [`Changing`], with another Send of the message in the midst, as of another thread.
struct Racing {
    message: *const INetMailMessage,
    client: *mut INetSmtpClient,
    is_due: AtomicBool,
}

unsafe extern "C" fn read_and_race(
    offset: i64,
    buffer: *mut u8,
    capacity: usize,
    user: *mut c_void,
) -> i32 {
    let racing = unsafe { &*user.cast::<Racing>() };
    if racing.is_due.swap(false, Relaxed) {
        let attachments = Handle::of(INetMailMessage_GetAttachments(racing.message));
        ok(INetAttachmentCollection_RemoveAt(attachments.0, 1));
        ok(INetSmtpClient_Send(racing.client, racing.message.cast_mut()));
        add(INetMailMessage_GetBcc(racing.message), "more@test");
    }
    let rest = &b"octets"[usize::try_from(offset).unwrap().min(6)..];
    let length = rest.len().min(capacity);
    unsafe { buffer.copy_from_nonoverlapping(rest.as_ptr(), length) };
    length as i32
}

#[test]
fn a_send_in_the_midst_of_another_does_not_keep_what_the_other_changes() {
    let peer = Peer::offering(LINES);
    let second = Peer::offering(LINES);
    let other = client("127.0.0.1", second.port);
    let client = client("127.0.0.1", peer.port);
    let message = letter("text\r\n");
    let racing = Racing { message: message.0, client: other.0, is_due: AtomicBool::new(false) };
    let attachment = Handle::of(unsafe {
        let user = std::ptr::from_ref(&racing).cast_mut().cast();
        INetAttachment_CreateFromStream(c"a.txt".as_ptr(), 6, Some(read_and_race), user, None)
    });
    ok(INetAttachment_SetTransferEncoding(attachment.0, INET_TRANSFER_ENCODING_7BIT));
    attach(&message, &attachment);
    attach(&message, &octets(b"second", "b.txt"));
    client.send(&message).unwrap();
    assert_eq!(peer.delivery().recipients(), ["to@test"]);
    racing.is_due.store(true, Relaxed);
    client.send(&message).unwrap();
    assert_eq!(second.delivery().recipients(), ["to@test"]);
    assert_eq!(peer.delivery().recipients(), ["to@test", "more@test"]);
}

#[test]
fn what_the_server_said_is_there_for_whoever_asks() {
    for extensions in [LINES, &["PIPELINING", "LIMITS RCPTMAX=1"]] {
        let peer = Peer::offering(extensions);
        let client = client("127.0.0.1", peer.port);
        let whole = letter("text");
        let partly = message("from@test", "to@test, refused@test", "Subject", "text");
        for _ in 0..3 {
            // Nobody asks, a report does, and so does the sentence on those who were left out.
            client.send(&whole).unwrap();
            let report = client.report(&whole);
            let said =
                text(|buffer, size| unsafe { INetSendReport_GetFinalText(report.0, buffer, size) });
            assert!(said.contains("taken"), "{said}");
            let record = client.send(&partly).unwrap_err();
            assert_eq!(status_name(record.status), "INET_E_SOME_RECIPIENTS_REFUSED");
            assert!(record.message.contains("was accepted (250 "), "{}", record.message);
            assert!(record.message.contains("taken"), "{}", record.message);
        }
    }
}
