use super::super::letter::Letter;
use super::super::media_type::MediaType;
use super::super::part::{Disposition, MadePart, PartContent};
use super::super::source::Source;
use super::super::transfer::{TransferEncoding, Transport};
use super::super::writer::Writer;
use super::*;
use crate::error::Status;

/// Octets of known or unknown length.
struct Memory(Vec<u8>, bool);

impl Source for Memory {
    fn length(&self) -> Option<u64> {
        self.1.then_some(self.0.len() as u64)
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<usize> {
        // In small steps, as a callback may.
        let rest = &self.0[offset as usize..];
        let read = rest.len().min(into.len()).min(10_000);
        into[..read].copy_from_slice(&rest[..read]);
        Ok(read)
    }

    fn name(&self) -> String {
        "the memory".into()
    }
}

fn mailbox(address: &str, name: &str) -> Arc<Mailbox> {
    Arc::new(Mailbox::with_name(address, name).unwrap())
}

fn text(text: &str, page: i32, is_html: bool) -> Part {
    let page = CodePage::by_number(page).unwrap();
    Part::Text { text: Arc::new(text.to_owned().into()), page, is_html }
}

fn file(name: &str, octets: Vec<u8>, encoding: Option<TransferEncoding>) -> Part {
    sized_file(name, Memory(octets, true), encoding)
}

fn sized_file(name: &str, memory: Memory, encoding: Option<TransferEncoding>) -> Part {
    let media_type = MediaType::of_file(name);
    let content = PartContent::octets(Arc::new(memory), &media_type, encoding).unwrap();
    Part::Made(Box::new(MadePart {
        media_type,
        name: name.into(),
        content_id: String::new(),
        disposition: Some(Disposition::Attachment),
        further: Vec::new(),
        encoding,
        content,
    }))
}

fn image(content_id: &str) -> Part {
    let memory = Arc::new(Memory(b"image".to_vec(), true));
    Part::Made(Box::new(MadePart {
        media_type: MediaType::of("image/png"),
        name: String::new(),
        content_id: content_id.into(),
        disposition: Some(Disposition::Inline),
        further: Vec::new(),
        encoding: None,
        content: PartContent::Octets(memory, None),
    }))
}

fn body(alternatives: Vec<Part>, linked: Vec<Part>, attachments: Vec<Part>) -> Body {
    let mut others = alternatives;
    let first = others.remove(0);
    Body::Parts { alternatives: Alternatives { first, others }, linked, attachments }
}

fn draft<'a>(from: &'a [Arc<Mailbox>], to: &'a [Arc<Mailbox>]) -> Draft<'a> {
    Draft {
        stamp: Stamp { seconds: 0, unique: 0xabc },
        zone_minutes: 0,
        from,
        sender: None,
        reply_to: &[],
        to,
        cc: &[],
        subject: "Subject",
        code_page: <&CodePage>::default(),
        priority: Priority::Normal,
        fields: &[],
        changes: Changes::default(),
        missing: Missing::All,
        name_style: NameStyle::default(),
    }
}

/// A draft of these parts from somebody.
fn letter(alternatives: Vec<Part>, linked: Vec<Part>, attachments: Vec<Part>) -> Letter {
    let from = [mailbox("a@b", "")];
    compose(&draft(&from, &[]), body(alternatives, linked, attachments)).unwrap()
}

fn written_for(letter: &Letter, transport: Transport) -> Vec<u8> {
    let composition = letter.compose(transport);
    let mut writer = Writer::new(&composition);
    let mut message = Vec::new();
    let mut more = true;
    while more {
        let mut chunk = Vec::new();
        more = writer.fill(&mut chunk, 100).unwrap();
        message.append(&mut chunk);
    }
    assert!(composition.size().is_none_or(|size| size == message.len() as u64));
    message
}

fn written(letter: &Letter) -> String {
    String::from_utf8(written_for(letter, Transport::SevenBit)).unwrap()
}

#[test]
fn a_plain_message_to_the_octet() {
    let from = [mailbox("ivanov@server.ru", "")];
    let to = [mailbox("petrov@server.ru", "Пётр")];
    let body = body(vec![text("Text", -1, false)], vec![], vec![]);
    assert_eq!(
        written(&compose(&draft(&from, &to), body).unwrap()),
        "Date: Thu, 01 Jan 1970 00:00:00 +0000\r\n\
         From: ivanov@server.ru\r\n\
         To: =?UTF-8?B?0J/RkdGC0YA=?= <petrov@server.ru>\r\n\
         Subject: Subject\r\n\
         Message-ID: <00000000000000000000000000000abc@server.ru>\r\n\
         MIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=UTF-8\r\n\
         Content-Transfer-Encoding: 7bit\r\n\
         \r\n\
         Text\r\n"
    );
}

#[test]
fn a_message_of_all_kinds_of_parts_to_the_octet() {
    let letter = letter(
        vec![text("<p>ü</p>", -1, true), text("ü", -1, false)],
        vec![image("logo@x")],
        vec![file("a.bin", b"\0".to_vec(), None)],
    );
    let unique = "00000000000000000000000000000abc";
    let message = written(&letter);
    let content = &message[message.find("MIME-Version").unwrap()..];
    let expected = "MIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed;\r\n boundary=\"=_1_U\"\r\n\
         \r\n\
         --=_1_U\r\n\
         Content-Type: multipart/related;\r\n boundary=\"=_2_U\";\r\n type=\"multipart/alternative\"\r\n\
         \r\n\
         --=_2_U\r\n\
         Content-Type: multipart/alternative;\r\n boundary=\"=_3_U\"\r\n\
         \r\n\
         --=_3_U\r\n\
         Content-Type: text/plain; charset=UTF-8\r\n\
         Content-Transfer-Encoding: quoted-printable\r\n\
         \r\n\
         =C3=BC\r\n\
         --=_3_U\r\n\
         Content-Type: text/html; charset=UTF-8\r\n\
         Content-Transfer-Encoding: quoted-printable\r\n\
         \r\n\
         <p>=C3=BC</p>\r\n\
         --=_3_U--\r\n\
         \r\n\
         --=_2_U\r\n\
         Content-Type: image/png\r\n\
         Content-ID: <logo@x>\r\n\
         Content-Disposition: inline\r\n\
         Content-Transfer-Encoding: base64\r\n\
         \r\n\
         aW1hZ2U=\r\n\
         --=_2_U--\r\n\
         \r\n\
         --=_1_U\r\n\
         Content-Type: application/octet-stream; name=a.bin\r\n\
         Content-Disposition: attachment; filename=a.bin\r\n\
         Content-Transfer-Encoding: base64\r\n\
         \r\n\
         AA==\r\n\
         --=_1_U--\r\n";
    assert_eq!(content.replace(unique, "U"), expected);
}

#[test]
fn parts_nest_no_deeper_than_needed() {
    let plain = || text("a", -1, false);
    let html = || text("b", -1, true);
    for (letter, multiparts) in [
        (letter(vec![plain()], vec![], vec![]), &[][..]),
        (letter(vec![plain(), html()], vec![], vec![]), &["alternative"]),
        (letter(vec![html()], vec![image("i@x")], vec![]), &["related"]),
        (letter(vec![plain()], vec![], vec![file("f", vec![], None)]), &["mixed"]),
        (
            letter(vec![plain(), html()], vec![], vec![file("f", vec![], None)]),
            &["mixed", "alternative"],
        ),
    ] {
        let message = written(&letter);
        let found: Vec<_> = message.split("multipart/").skip(1).collect();
        assert_eq!(found.len(), multiparts.len());
        for (found, expected) in found.iter().zip(multiparts) {
            assert!(found.starts_with(expected), "{found}");
        }
    }
}

#[test]
fn the_transport_decides_what_goes_as_it_is() {
    let content = b"\xff\0\r\n.\n".repeat(30_000);
    let letter = letter(
        vec![text("größer than all else", -1, false)],
        vec![],
        vec![
            file("auto", content.clone(), None),
            file("qp", content.clone(), Some(TransferEncoding::QuotedPrintable)),
            file("b64", content.clone(), Some(TransferEncoding::Base64)),
        ],
    );
    for (transport, text, auto) in [
        (Transport::SevenBit, "gr=C3=B6=C3=9Fer than all else", "base64"),
        (Transport::EightBit, "größer than all else", "base64"),
        (Transport::Binary, "größer than all else", "binary"),
    ] {
        assert_eq!(letter.compose(transport).needs(), transport);
        let message = written_for(&letter, transport);
        let message = String::from_utf8_lossy(&message);
        assert!(message.contains(&format!("\r\n\r\n{text}\r\n--=_1_")));
        let parts: Vec<_> = message.split("filename=").collect();
        for (part, encoding) in parts[1..].iter().zip([auto, "quoted-printable", "base64"]) {
            let label = format!("\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n");
            assert!(part.contains(&label), "{encoding}");
        }
        let label = match transport {
            Transport::SevenBit => "",
            Transport::EightBit => "Content-Transfer-Encoding: 8bit\r\n",
            Transport::Binary => "Content-Transfer-Encoding: binary\r\n",
        };
        // RFC 2045 section 6.4: the multipart's label covers its parts.
        let end = format!("00abc\"\r\n{label}\r\n");
        assert!(message.contains(&end), "{transport:?}");
    }
}

#[test]
fn lines_that_were_chosen_are_canonical() {
    let octets = b"one\ntwo\r\nthree\rfour".to_vec();
    let chosen = Some(TransferEncoding::SevenBit);
    let letter = letter(vec![text("", -1, false)], vec![], vec![file("a.txt", octets, chosen)]);
    assert!(written(&letter).contains("7bit\r\n\r\none\r\ntwo\r\nthree\r\nfour\r\n--=_1_"));
    assert!(letter.compose(Transport::SevenBit).begins_with_dots());
}

#[test]
fn content_of_unknown_length_leaves_the_size_open() {
    let endless = |encoding| sized_file("a", Memory(vec![7; 200_000], false), encoding);
    let letter = letter(vec![text("", -1, false)], vec![], vec![endless(None)]);
    assert_eq!(letter.compose(Transport::SevenBit).size(), None);
    let message = written(&letter);
    let (_, encoded) = message.rsplit_once("base64\r\n\r\n").unwrap();
    let encoded = encoded.split("\r\n\r\n--").next().unwrap();
    assert_eq!(encodify::base64::MIME.decode(encoded).unwrap(), [7; 200_000]);
}

#[test]
fn attached_messages_travel_as_their_parts_do() {
    let from = [mailbox("inner@b", "")];
    let inner = |words: &str| {
        let body = body(vec![text(words, -1, false)], vec![], vec![]);
        Part::Made(Box::new(MadePart {
            media_type: MediaType::of("message/rfc822"),
            name: String::new(),
            content_id: String::new(),
            disposition: Some(Disposition::Attachment),
            further: Vec::new(),
            encoding: None,
            content: PartContent::Message(Box::new(compose(&draft(&from, &[]), body).unwrap())),
        }))
    };
    let outer = letter(vec![text("", -1, false)], vec![], vec![inner("größer")]);
    let seven = written(&outer);
    assert!(seven.contains("message/rfc822\r\nContent-Disposition: attachment\r\n"));
    assert!(seven.contains("Content-Transfer-Encoding: 7bit\r\n\r\nDate: "));
    let eight = String::from_utf8(written_for(&outer, Transport::EightBit)).unwrap();
    assert!(eight.contains("Content-Transfer-Encoding: 8bit\r\n\r\nDate: "));
    assert!(eight.contains("größer"));
}

#[test]
fn priority_sender_and_hidden_recipients_have_their_headers() {
    let from = [mailbox("a@b", "")];
    let sender = mailbox("bounces@b", "");
    let body = body(vec![text("", -1, true)], vec![], vec![]);
    let draft = Draft {
        sender: Some(&sender),
        priority: Priority::Highest,
        subject: "",
        zone_minutes: -90,
        ..draft(&from, &[])
    };
    let message = written(&compose(&draft, body).unwrap());
    for line in [
        "Date: Wed, 31 Dec 1969 22:30:00 -0130\r\n",
        "Sender: bounces@b\r\n",
        "To: undisclosed-recipients:;\r\n",
        "X-Priority: 1\r\nImportance: high\r\nPriority: urgent\r\n",
        "Content-Type: text/html; charset=UTF-8\r\n",
    ] {
        assert!(message.contains(line), "{line} is missing in {message}");
    }
    assert!(!message.contains("Subject"));
}

#[test]
fn several_authors_have_a_sender() {
    let from = [mailbox("a@b", ""), mailbox("c@d", "")];
    let body = body(vec![text("", -1, false)], vec![], vec![]);
    let message = written(&compose(&draft(&from, &[]), body).unwrap());
    assert!(message.contains("From: a@b, c@d\r\nSender: a@b\r\n"));
}

#[test]
fn kept_fields_stay_in_their_places_and_changed_ones_are_written_there() {
    let kept = |name: &str, octets: &'static str| Field {
        name: name.into(),
        value: FieldValue::Kept(Bytes::from_static(octets.as_bytes())),
    };
    let added = Field { name: "X-New".into(), value: FieldValue::Text("ü".into()) };
    let fields = [
        kept("Return-Path", "Return-Path: <x@y>\r\n"),
        kept("subject", "subject:  old\r\n"),
        kept("X-Odd", "X-Odd:\tas  it came\r\n"),
        kept("From", "From: A <a@b> (comment)\r\n"),
        kept("BCC", "BCC: secret@x\r\n"),
        kept("Date", "Date: 1 Jan 1999 00:00:00 GMT\r\n"),
        kept("Content-Type", "Content-Type: text/plain; format=flowed\r\n"),
        added,
    ];
    let from = [mailbox("a@b", "")];
    let mut changes = Changes::default();
    changes.insert(Standard::Subject);
    let body = || Body::Kept(Bytes::from_static(b"as\r\nit was"));
    let missing = Missing::DateAndId;
    let fields_of = |changes| Draft { fields: &fields, changes, missing, ..draft(&from, &[]) };
    let message = written(&compose(&fields_of(changes), body()).unwrap());
    assert_eq!(
        message,
        "Subject: Subject\r\nX-Odd:\tas  it came\r\nFrom: A <a@b> (comment)\r\n\
         Date: 1 Jan 1999 00:00:00 GMT\r\nContent-Type: text/plain; format=flowed\r\n\
         Message-ID: <00000000000000000000000000000abc@b>\r\nX-New: =?UTF-8?B?w7w=?=\r\n\
         \r\nas\r\nit was"
    );
    changes.insert(Standard::Content);
    let anew = self::body(vec![text("new", -1, false)], vec![], vec![]);
    let message = written(&compose(&fields_of(changes), anew).unwrap());
    assert!(!message.contains("flowed") && message.contains("MIME-Version: 1.0\r\nContent-Type: "));
}

#[test]
fn old_readers_get_names_in_encoded_words() {
    let from = [mailbox("a@b", "")];
    let parts = vec![file("отчёт.pdf", vec![], None)];
    let body = body(vec![text("", -1, false)], vec![], parts);
    let draft = Draft { name_style: NameStyle::Rfc2047, ..draft(&from, &[]) };
    let message = written(&compose(&draft, body).unwrap());
    assert!(message.contains(" name=\"=?UTF-8?B?0L7RgtGH0ZHRgi5wZGY=?=\"\r\n"));
    assert!(message.contains(" filename*=UTF-8''%D0%BE%D1%82%D1%87%D1%91%D1%82.pdf\r\n"));
}

#[test]
fn bad_subjects_and_code_pages_are_refused() {
    let from = [mailbox("a@b", "")];
    let base = || draft(&from, &[]);
    let refused = |draft: Draft, words, page| {
        let parts = body(vec![text(words, page, false)], vec![], vec![]);
        compose(&draft, parts).err().unwrap().status()
    };
    let code_page = CodePage::by_number(31).unwrap();
    let subject = "S\r\nX-Evil: 1";
    assert_eq!(refused(Draft { subject, ..base() }, "", -1), Status::LineBreak);
    assert_eq!(refused(Draft { code_page, ..base() }, "", -1), Status::UnsupportedCodePage);
    assert_eq!(refused(base(), "", 57002), Status::UnsupportedCodePage);
    assert_eq!(refused(base(), "日", 1251), Status::Unencodable);
}

#[test]
fn only_an_international_user_needs_smtputf8() {
    for (address, expected) in [("a@почта.рф", false), ("пётр@b", true)] {
        let from = [mailbox(address, "")];
        let body = body(vec![text("", -1, false)], vec![], vec![]);
        assert_eq!(compose(&draft(&from, &[]), body).unwrap().needs_smtputf8(), expected);
    }
}

#[test]
fn every_text_ends_its_last_line_once() {
    for (words, end) in [
        ("", "\r\n\r\n"),
        ("Text", "\r\n\r\nText\r\n"),
        ("Text\r\n", "\r\n\r\nText\r\n"),
        ("Text\n", "\r\n\r\nText\r\n"),
        ("mostly ASCII, ä", "\r\n\r\nmostly ASCII, =C3=A4\r\n"),
        ("Привет", "\r\n\r\n0J/RgNC40LLQtdGC\r\n"),
    ] {
        let message = written(&letter(vec![text(words, -1, false)], vec![], vec![]));
        assert!(message.ends_with(end) && !message.ends_with("\r\n\r\n\r\n"), "{message:?}");
    }
}

#[test]
fn dots_at_line_starts_are_never_overlooked() {
    for (words, certainly) in [
        (".", true),
        ("a\r\n.b", true),
        ("a\n.b", true),
        ("a\r.b", true),
        ("a.b\r\nc.", false),
        ("", false),
        ("ä\n.", true),
    ] {
        let letter = letter(vec![text(words, -1, false)], vec![], vec![]);
        for transport in [Transport::SevenBit, Transport::EightBit] {
            let begins_with_dots = letter.compose(transport).begins_with_dots();
            assert_eq!(begins_with_dots, certainly, "{words:?}");
            let message = String::from_utf8(written_for(&letter, transport)).unwrap();
            assert!(certainly || !message.contains("\n."), "{words:?}");
        }
    }
}

#[test]
fn numbers_have_their_digits() {
    for number in [0, 1, 0x9a, u128::MAX, 0x0123_4567_89ab_cdef_fedc_ba98_7654_3210] {
        assert_eq!(as_text(&hexadecimal(number)), format!("{number:032x}"));
    }
}
