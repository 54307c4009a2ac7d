//! Envelope options, and what a server says of itself, through the C face.

mod support;

use inetmail::ffi::envelope_options::*;
use inetmail::ffi::error::*;
use inetmail::ffi::message_properties::*;
use inetmail::ffi::server_commands::*;
use inetmail::ffi::server_info::*;
use inetmail::ffi::smtp_client::*;
use inetmail::ffi::submission::*;
use std::ptr::null;
use support::face::{Client, Handle, Record, c, client, message, ok, status_name, text};
use support::options::{Options, options};
use support::peer::Peer;

const DSN: &[&str] = &["PIPELINING", "DSN", "MT-PRIORITY"];

fn set(settings: &[(&str, &str)]) -> Options {
    let settings = settings.iter().map(|(name, value)| (name.to_string(), value.to_string()));
    options(&settings.collect::<Vec<_>>())
}

fn has_options(client: Client, options: &Options) -> Client {
    ok(INetSmtpClient_SetEnvelopeOptions(client.0, options.0));
    client
}

fn mail_and_rcpt(peer: &Peer) -> (String, String) {
    let mut commands = peer.delivery().commands;
    (commands.remove(0), commands.remove(0))
}

#[test]
fn options_start_with_nothing_and_keep_what_was_set() {
    let options = set(&[]);
    let get = |get: unsafe extern "C" fn(*const INetEnvelopeOptions, *mut i8, usize) -> i64| {
        text(|buffer, size| unsafe { get(options.0, buffer, size) })
    };
    for number in [
        INetEnvelopeOptions_GetNotify,
        INetEnvelopeOptions_GetReturn,
        INetEnvelopeOptions_GetAddOriginalRecipient,
        INetEnvelopeOptions_GetRequireTls,
        INetEnvelopeOptions_GetDeliverBySeconds,
        INetEnvelopeOptions_GetDeliverByMode,
        INetEnvelopeOptions_GetDeliverByTrace,
        INetEnvelopeOptions_GetHoldFor,
        INetEnvelopeOptions_GetIsOptional,
    ] {
        assert_eq!(number(options.0), 0);
    }
    assert_eq!(INetEnvelopeOptions_GetPriority(options.0), INET_TRANSFER_PRIORITY_NONE);
    for nothing in [
        INetEnvelopeOptions_GetEnvelopeId,
        INetEnvelopeOptions_GetHoldUntil,
        INetEnvelopeOptions_GetAuthSender,
    ] {
        assert_eq!(get(nothing), "");
    }

    for notify in [0, 1, 2, 3, 4, 5, 6, 7, INET_DELIVERY_NOTIFICATION_NEVER] {
        ok(INetEnvelopeOptions_SetNotify(options.0, notify));
        assert_eq!(INetEnvelopeOptions_GetNotify(options.0), notify);
    }
    for number in 0..=2 {
        ok(INetEnvelopeOptions_SetReturn(options.0, number));
        assert_eq!(INetEnvelopeOptions_GetReturn(options.0), number);
    }
    for priority in [-9, 0, 9, INET_TRANSFER_PRIORITY_NONE] {
        ok(INetEnvelopeOptions_SetPriority(options.0, priority));
        assert_eq!(INetEnvelopeOptions_GetPriority(options.0), priority);
    }
    ok(INetEnvelopeOptions_SetDeliverBy(options.0, 60, INET_DELIVER_BY_RETURN, 1));
    assert_eq!(INetEnvelopeOptions_GetDeliverBySeconds(options.0), 60);
    assert_eq!(INetEnvelopeOptions_GetDeliverByMode(options.0), INET_DELIVER_BY_RETURN);
    assert_eq!(INetEnvelopeOptions_GetDeliverByTrace(options.0), 1);
    ok(INetEnvelopeOptions_SetDeliverBy(options.0, 0, INET_DELIVER_BY_NONE, 0));
    assert_eq!(INetEnvelopeOptions_GetDeliverBySeconds(options.0), 0);

    ok(INetEnvelopeOptions_SetHoldFor(options.0, 999_999_999));
    assert_eq!(INetEnvelopeOptions_GetHoldFor(options.0), 999_999_999);
    let moment = c("2030-01-01T03:00:00+03:00");
    ok(unsafe { INetEnvelopeOptions_SetHoldUntil(options.0, moment.as_ptr()) });
    assert_eq!(get(INetEnvelopeOptions_GetHoldUntil), "2030-01-01T00:00:00Z");
    assert_eq!(INetEnvelopeOptions_GetHoldFor(options.0), 0, "one hold or the other");
    ok(unsafe { INetEnvelopeOptions_SetHoldUntil(options.0, c"".as_ptr()) });
    assert_eq!(get(INetEnvelopeOptions_GetHoldUntil), "");

    for sender in ["<>", "a@test", ""] {
        let text = c(sender);
        ok(unsafe { INetEnvelopeOptions_SetAuthSender(options.0, text.as_ptr()) });
        assert_eq!(get(INetEnvelopeOptions_GetAuthSender), sender);
    }
}

#[test]
fn setters_refuse_what_is_out_of_range() {
    let options = set(&[]);
    let o = options.0;
    let mut statuses = vec![
        INetEnvelopeOptions_SetNotify(o, 8),
        INetEnvelopeOptions_SetNotify(o, -1),
        INetEnvelopeOptions_SetNotify(o, INET_DELIVERY_NOTIFICATION_NEVER | 1),
        INetEnvelopeOptions_SetReturn(o, 3),
        INetEnvelopeOptions_SetDeliverBy(o, 0, INET_DELIVER_BY_NOTIFY, 0),
        INetEnvelopeOptions_SetDeliverBy(o, -60, INET_DELIVER_BY_NOTIFY, 0),
        INetEnvelopeOptions_SetDeliverBy(o, 1_000_000_000, INET_DELIVER_BY_RETURN, 0),
        INetEnvelopeOptions_SetDeliverBy(o, 60, 3, 0),
        INetEnvelopeOptions_SetPriority(o, 10),
        INetEnvelopeOptions_SetPriority(o, -10),
        INetEnvelopeOptions_SetPriority(o, i32::MIN),
        INetEnvelopeOptions_SetHoldFor(o, -1),
        INetEnvelopeOptions_SetHoldFor(o, 1_000_000_000),
    ];
    let long = c(&"x".repeat(101));
    statuses.push(unsafe { INetEnvelopeOptions_SetEnvelopeId(o, long.as_ptr()) });
    for status in statuses {
        assert_eq!(status_name(status), "INET_E_ARGUMENT_OUT_OF_RANGE");
    }
    for (text, name) in
        [("a\r\nb", "INET_E_LINE_BREAK"), ("ж", "INET_E_ARGUMENT"), ("a\u{7f}", "INET_E_ARGUMENT")]
    {
        let text = c(text);
        let status = unsafe { INetEnvelopeOptions_SetEnvelopeId(o, text.as_ptr()) };
        assert_eq!(status_name(status), name);
    }
    unsafe {
        let address = INetEnvelopeOptions_SetAuthSender(o, c"a b".as_ptr());
        assert_eq!(status_name(address), "INET_E_ADDRESS");
        let original = c"x> SIZE=1".as_ptr();
        let original = INetEnvelopeOptions_SetOriginalRecipient(o, c"a@test".as_ptr(), original);
        assert_eq!(status_name(original), "INET_E_ADDRESS");
        let moment = INetEnvelopeOptions_SetHoldUntil(o, c"tomorrow".as_ptr());
        assert_eq!(status_name(moment), "INET_E_ARGUMENT");
    }
}

#[test]
fn the_clients_options_are_those_of_messages_without_their_own() {
    let peer = Peer::offering(DSN);
    let options = set(&[("notify", "2"), ("priority", "5")]);
    let client = has_options(client("127.0.0.1", peer.port), &options);
    let letter = message("from@test", "to@test", "Subject", "Text");
    let of_client =
        ("MAIL FROM:<from@test> MT-PRIORITY=5".into(), "RCPT TO:<to@test> NOTIFY=FAILURE".into());

    client.send(&letter).unwrap();
    assert_eq!(mail_and_rcpt(&peer), of_client);
    let ready = b"From: from@test\r\nTo: to@test\r\n\r\nText\r\n";
    let (data, length) = (ready.as_ptr(), ready.len());
    let (from, to) = (c"from@test".as_ptr(), c"to@test".as_ptr());
    unsafe {
        ok(INetSmtpClient_SendBytes(client.0, null(), null(), data, length));
        assert_eq!(mail_and_rcpt(&peer), of_client);
        ok(INetSmtpClient_ForwardBytes(client.0, from, to, data, length));
        assert_eq!(mail_and_rcpt(&peer), of_client);
        ok(INetSmtpClient_Forward(client.0, from, to, letter.0));
        assert_eq!(mail_and_rcpt(&peer), of_client);
    }

    // A change of shared options is seen by the next Send.
    ok(INetEnvelopeOptions_SetPriority(options.0, INET_TRANSFER_PRIORITY_NONE));
    client.send(&letter).unwrap();
    assert_eq!(mail_and_rcpt(&peer).0, "MAIL FROM:<from@test>");

    ok(INetMailMessage_SetDeliveryNotificationOptions(letter.0, INET_DELIVERY_NOTIFICATION_DELAY));
    let own = Handle::of(INetMailMessage_GetEnvelopeOptions(letter.0));
    assert_eq!(INetEnvelopeOptions_GetNotify(own.0), INET_DELIVERY_NOTIFICATION_DELAY);
    for _ in 0..2 {
        client.send(&letter).unwrap();
        assert_eq!(mail_and_rcpt(&peer).1, "RCPT TO:<to@test> NOTIFY=DELAY");
        unsafe { ok(INetSmtpClient_Forward(client.0, from, to, letter.0)) };
        assert_eq!(mail_and_rcpt(&peer).1, "RCPT TO:<to@test> NOTIFY=DELAY");
    }
    ok(INetMailMessage_SetEnvelopeOptions(letter.0, std::ptr::null_mut()));
    assert_eq!(INetMailMessage_GetDeliveryNotificationOptions(letter.0), 0);
    client.send(&letter).unwrap();
    assert_eq!(mail_and_rcpt(&peer), ("MAIL FROM:<from@test>".into(), of_client.1));
}

#[test]
fn a_wish_for_a_receipt_leaves_shared_options_as_they_are() {
    let peer = Peer::offering(DSN);
    let options = set(&[("priority", "1")]);
    let client = has_options(client("127.0.0.1", peer.port), &options);
    let letter = message("from@test", "to@test", "Subject", "Text");
    ok(INetMailMessage_SetDeliveryReceipt(letter.0, 1));
    client.send(&letter).unwrap();
    let delivery = peer.delivery();
    assert_eq!(delivery.commands[0], "MAIL FROM:<from@test> MT-PRIORITY=1");
    let rcpt = "RCPT TO:<to@test> NOTIFY=SUCCESS,FAILURE,DELAY ORCPT=rfc822;to@test";
    assert_eq!(delivery.commands[1], rcpt);
    assert!(delivery.header().contains("Return-Receipt-To: from@test\r\n"));
    assert_eq!(INetEnvelopeOptions_GetNotify(options.0), 0);
    ok(INetMailMessage_SetDeliveryReceipt(letter.0, 0));
    client.send(&letter).unwrap();
    assert_eq!(mail_and_rcpt(&peer).1, "RCPT TO:<to@test>");
}

#[test]
fn a_pickup_directory_takes_no_options_that_must_be_kept() {
    let directory = std::env::temp_dir().join(format!("inetmail-options-{}", std::process::id()));
    std::fs::create_dir(&directory).unwrap();
    let client = client("127.0.0.1", 1);
    let path = c(directory.to_str().unwrap());
    ok(unsafe { INetSmtpClient_SetPickupDirectoryLocation(client.0, path.as_ptr()) });
    let method = INET_DELIVERY_SPECIFIED_PICKUP_DIRECTORY;
    ok(INetSmtpClient_SetDeliveryMethod(client.0, method));
    let letter = message("from@test", "to@test", "Subject", "Text");
    for (settings, refused) in [
        (&[("notify", "1")][..], "DSN"),
        (&[("tls", ""), ("optional", "")], "REQUIRETLS"),
        (&[("notify", "1"), ("optional", "")], ""),
    ] {
        ok(INetMailMessage_SetEnvelopeOptions(letter.0, set(settings).0));
        match client.send(&letter) {
            Ok(()) => assert_eq!(refused, ""),
            Err(record) => {
                assert_eq!(status_name(record.status), "INET_E_EXTENSION_NOT_OFFERED");
                assert!(!refused.is_empty() && record.message.contains(refused), "{record:?}");
            }
        }
    }
    assert_eq!(std::fs::read_dir(&directory).unwrap().count(), 1);
    std::fs::remove_dir_all(&directory).unwrap();
}

#[test]
fn a_server_is_known_by_what_it_said_also_when_it_is_gone() {
    let peer = Peer::offering(&[
        "auth plain CRAM-MD5",
        "Size 5000000000",
        "BINARYMIME",
        "CHUNKING",
        "DSN",
        "ENHANCEDSTATUSCODES",
        "LIMITS RCPTMAX=100 MAILMAX=4000000000",
        "X-Thing a  b",
    ]);
    let client = client("127.0.0.1", peer.port);
    INetError_Clear();
    assert!(INetSmtpClient_GetServerInfo(client.0).is_null());
    assert_eq!(INetError_GetStatus(), 0, "none is no failure");
    ok(INetSmtpClient_Connect(client.0));
    ok(INetSmtpClient_Disconnect(client.0));
    let info = Handle::of(INetSmtpClient_GetServerInfo(client.0));
    drop(client);

    assert_eq!(text(|b, n| unsafe { INetServerInfo_GetGreeting(info.0, b, n) }), "peer.test");
    let ehlo = text(|b, n| unsafe { INetServerInfo_GetEhloText(info.0, b, n) });
    assert!(ehlo.starts_with("peer.test\nauth plain CRAM-MD5\nSize ") && ehlo.ends_with("\nHELP"));
    for (get, expected) in [
        (INetServerInfo_GetAvailable as extern "C" fn(*const INetServerInfo) -> i32, 1),
        (INetServerInfo_GetIsTls, 0),
        (INetServerInfo_GetAuthLoginSupported, 0),
        (INetServerInfo_GetAuthPlainSupported, 1),
        (INetServerInfo_GetSaslSupported, 1),
        (INetServerInfo_GetBinarySupported, 1),
        (INetServerInfo_GetChunkingSupported, 1),
        (INetServerInfo_GetDsnSupported, 1),
        (INetServerInfo_GetSizeSupported, 1),
        (INetServerInfo_GetStatusCodesSupported, 1),
        (INetServerInfo_GetMaxRecipients, 100),
        (INetServerInfo_GetMaxMessages, i32::MAX),
        (INetServerInfo_GetMaxRecipientDomains, 0),
        (INetServerInfo_GetCapabilityCount, 9),
    ] {
        assert_eq!(get(info.0), expected);
    }
    assert_eq!(INetServerInfo_GetMaxMessageSize(info.0), 5_000_000_000);
    let has = |name: &str| unsafe { INetServerInfo_HasCapability(info.0, c(name).as_ptr()) };
    assert_eq!((has("x-thing"), has("HELP"), has("PIPELINING")), (1, 1, 0));
    let capability = |name: &str| {
        let name = c(name);
        text(|b, n| unsafe { INetServerInfo_GetCapability(info.0, name.as_ptr(), b, n) })
    };
    assert_eq!(capability("AUTH"), "plain CRAM-MD5");
    assert_eq!(capability("X-THING"), "a  b");
    assert_eq!(capability("none"), "");
    let name = |at| text(|b, n| unsafe { INetServerInfo_GetCapabilityName(info.0, at, b, n) });
    assert_eq!((name(0), name(7)), ("auth".into(), "X-Thing".into()));
    for index in [-1, 9] {
        let none = std::ptr::null_mut();
        let status = unsafe { INetServerInfo_GetCapabilityName(info.0, index, none, 0) };
        assert_eq!(status_name(status as i32), "INET_E_INDEX_OUT_OF_RANGE");
        assert!(Record::of_this_thread().message.contains(&index.to_string()));
    }
}
