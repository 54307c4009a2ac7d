use super::*;
use crate::mime::Priority;
use crate::model::{AlternateView, Attachment, EnvelopeOptions, LinkedResource};

fn address(text: &str) -> Arc<MailAddress> {
    Arc::new(MailAddress::parse(text).unwrap())
}

fn message() -> MailMessage {
    let message = MailMessage::with_from_and_to(address("a@x.example"), address("b@y.example"));
    message.set_subject("first").unwrap();
    message.set_body("text\r\n".into());
    message
}

/// What goes out of a letter.
fn written(letter: &Letter) -> String {
    let mut octets = Vec::new();
    let taken = write(letter, |block| {
        octets.extend_from_slice(block);
        Ok(())
    });
    taken.unwrap();
    String::from_utf8(octets).unwrap()
}

/// Packs the message. It must be what the message is without anything that was kept, under the same stamp.
fn packed(message: &MailMessage) -> (Arc<Envelope>, String) {
    let (envelope, letter) = message.pack_letter(None).unwrap();
    let written = written(&letter);
    assert_eq!(written, String::from_utf8(message.octets().unwrap()).unwrap());
    let anew = message.hold();
    assert_eq!(*envelope.reverse_path(), anew.reverse_path().unwrap());
    let recipients = each_once(anew.recipients().cloned().collect());
    assert_eq!(envelope.recipients(), recipients);
    (envelope, written)
}

fn has_frame(message: &MailMessage) -> bool {
    message.fields.lock().standing().is_some_and(|standing| standing.frame.is_some())
}

/// A message that is packed by what was kept of it.
fn packed_often(message: &MailMessage) -> (Arc<Envelope>, String) {
    packed(message);
    packed(message);
    assert!(has_frame(message));
    packed(message)
}

/// Whatever a host may change of a message that has been sent before, with a word that the change brings into what is sent.
type Change = (&'static str, fn(&MailMessage));

const IN_HEADER: [Change; 18] = [
    ("From: c@x.example", |message| message.set_from(address("c@x.example"))),
    ("From: a@x.example, c@x.example", |message| message.from.add(address("c@x.example"))),
    ("@z.example>", |message| message.from.put(0, address("c@z.example")).unwrap()),
    ("Sender: s@x.example", |message| message.set_sender(Some(address("s@x.example")))),
    ("Reply-To: r@x.example", |message| message.set_reply_to(Some(address("r@x.example")))),
    ("To: b@y.example, c@y.example", |message| message.to.add(address("c@y.example"))),
    ("To: c@y.example", |message| message.to.replace(vec![address("c@y.example")])),
    ("Cc: c@y.example", |message| message.cc.add(address("c@y.example"))),
    ("Importance: high", |message| message.set_priority(Priority::Highest)),
    ("X-Own: 1", |message| message.add_header("X-Own", "1").unwrap()),
    ("+0200\r\n", |message| message.set_zone_minutes(120).unwrap()),
    ("Disposition-Notification-To: a@x", |message| message.set_wants_read_receipt(true)),
    ("Return-Receipt-To: a@x", |message| message.set_wants_delivery_receipt(true)),
    ("text/html", |message| message.set_is_body_html(true)),
    ("charset=windows-1251", |message| message.set_body_encoding(1251).unwrap()),
    ("Message-ID: <own@x.example>", |message| {
        message.set_header("Message-ID", "<own@x.example>").unwrap();
    }),
    ("text/html", |message| message.set_html_text("<p>".into())),
    ("Subject: =?windows-1251?", |message| {
        message.set_subject("я").unwrap();
        message.set_subject_encoding(1251).unwrap();
    }),
];

#[test]
fn every_change_between_two_packings_shows() {
    for (word, change) in IN_HEADER {
        let message = message();
        let (_, before) = packed_often(&message);
        assert!(!before.contains(word), "{word}: {before}");
        change(&message);
        for _ in 0..3 {
            let (_, now) = packed(&message);
            assert!(now.contains(word), "{word}: {now}");
        }
    }
}

#[test]
fn parts_that_come_and_go_show() {
    let message = message();
    packed_often(&message);
    message.attachments.add(Arc::new(Attachment::of_octets(b"attached", "a.bin").unwrap()));
    assert!(packed(&message).1.contains("multipart/mixed"));
    message.attachments.clear();
    message.views.add(Arc::new(AlternateView::of_octets(b"<p>", "text/html").unwrap()));
    assert!(packed(&message).1.contains("multipart/alternative"));
    message.views.clear();
    message.linked.add(Arc::new(LinkedResource::of_octets(b"x", "x.png", "x").unwrap()));
    assert!(packed(&message).1.contains("multipart/related"));
    message.linked.clear();
    assert!(!packed_often(&message).1.contains("multipart"));
}

#[test]
fn each_packing_has_a_date_an_id_and_texts_of_its_own() {
    let message = message();
    let (envelope, first) = packed_often(&message);
    for subject in ["", "second", "я", "a long subject ".repeat(20).trim_end()] {
        for body in ["", "body\n", "тело"] {
            message.set_subject(subject).unwrap();
            message.set_body(body.into());
            let (again, written) = packed(&message);
            assert!(has_frame(&message) && Arc::ptr_eq(&envelope, &again));
            let id = |text: &str| text.split("Message-ID: ").nth(1).unwrap()[..34].to_owned();
            assert_ne!(id(&first), id(&written));
        }
    }
}

#[test]
fn the_envelope_follows_the_lists_the_return_path_and_the_options() {
    let message = message();
    let (before, _) = packed_often(&message);
    message.set_return_path("<>").unwrap();
    assert_eq!(&**packed(&message).0.reverse_path(), "");
    message.set_reverse_path(Some(address("r@x.example")));
    assert_eq!(&**packed(&message).0.reverse_path(), "r@x.example");
    message.bcc.add(address("h@y.example"));
    assert_eq!(packed(&message).0.recipients().len(), before.recipients().len() + 1);
    packed_often(&message);
    let of_client = Arc::new(Options::default());
    let (envelope, _) = message.pack_letter(Some(of_client.clone())).unwrap();
    assert!(Arc::ptr_eq(envelope.options().unwrap(), &of_client));
    let own = Arc::new(EnvelopeOptions::default());
    message.set_envelope_options(Some(own.clone()));
    let (first, _) = packed_often(&message);
    own.set_require_tls(true);
    let (second, _) = packed(&message);
    assert!(!first.options().unwrap().require_tls && second.options().unwrap().require_tls);
    message.to.clear();
    message.bcc.clear();
    assert_eq!(message.pack_letter(None).err().unwrap().status(), Status::NoRecipients);
}

#[test]
fn a_frame_that_would_be_of_use_once_is_not_made() {
    let message = message();
    for n in 0..5 {
        message.to.replace(vec![address(&format!("r{n}@y.example"))]);
        packed(&message);
        assert!(!has_frame(&message));
    }
}

#[test]
fn a_message_that_was_loaded_has_no_frame() {
    let message = MailMessage::load_octets(message().octets().unwrap()).unwrap();
    for _ in 0..4 {
        let (envelope, letter) = message.pack_letter(None).unwrap();
        assert!(written(&letter).contains("Subject: first"));
        assert_eq!(envelope.recipients().len(), 1);
        assert!(!has_frame(&message));
    }
}
