use super::super::writer::Writer;
use super::*;
use crate::error::Status;

struct Memory(Vec<u8>);

impl Source for Memory {
    fn length(&self) -> u64 {
        self.0.len() as u64
    }

    fn read_exact_at(&self, offset: u64, into: &mut [u8]) -> Result<()> {
        into.copy_from_slice(&self.0[offset as usize..][..into.len()]);
        Ok(())
    }
}

fn mailbox(address: &str, name: &str) -> Mailbox {
    Mailbox::with_name(address, name).unwrap()
}

fn draft<'a>(from: &'a Mailbox, to: &'a [Arc<Mailbox>]) -> Draft<'a> {
    Draft {
        stamp: Stamp { seconds: 0, unique: 0xabc },
        from,
        sender: None,
        reply_to: &[],
        to,
        cc: &[],
        subject: "Subject",
        subject_code_page: <&CodePage>::default(),
        body: Arc::new("Text".into()),
        body_code_page: <&CodePage>::default(),
        body_is_html: false,
        priority: Priority::Normal,
        attachments: &[],
    }
}

fn written(composition: &Composition) -> String {
    let mut writer = Writer::new(composition);
    let mut message = Vec::new();
    let mut more = true;
    while more {
        let mut chunk = Vec::new();
        more = writer.fill(&mut chunk, 100).unwrap();
        message.append(&mut chunk);
    }
    assert_eq!(message.len() as u64, composition.size());
    String::from_utf8(message).unwrap()
}

#[test]
fn a_plain_message_to_the_octet() {
    let from = mailbox("ivanov@server.ru", "");
    let to = [Arc::new(mailbox("petrov@server.ru", "Пётр"))];
    let message = written(&Composition::new(&draft(&from, &to)).unwrap());
    assert_eq!(
        message,
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
fn attachments_make_it_mixed() {
    let from = mailbox("a@b", "");
    let to = [Arc::new(mailbox("c@d", ""))];
    let attachments = [
        AttachmentPart {
            file_name: "отчёт.pdf".into(),
            content: Arc::new(Memory(vec![0xff; 57 * 1_680 + 1])),
        },
        AttachmentPart { file_name: "empty".into(), content: Arc::new(Memory(Vec::new())) },
    ];
    let draft = Draft { attachments: &attachments, ..draft(&from, &to) };
    let message = written(&Composition::new(&draft).unwrap());
    let boundary = "--=_00000000000000000000000000000abc";
    let parts: Vec<_> = message.split(&format!("{boundary}\r\n")).collect();
    assert_eq!(parts.len(), 4);
    assert!(parts[0].contains(
        "Content-Type: multipart/mixed; boundary=\"=_00000000000000000000000000000abc\"\r\n"
    ));
    assert!(parts[1].ends_with("\r\n\r\nText\r\n"));
    assert!(parts[2].starts_with(
        "Content-Type: application/pdf;\r\n name*=UTF-8''%D0%BE%D1%82%D1%87%D1%91%D1%82.pdf\r\n\
         Content-Transfer-Encoding: base64\r\n\
         Content-Disposition: attachment;\r\n filename*=UTF-8''%D0%BE%D1%82%D1%87%D1%91%D1%82.pdf\r\n\r\n//"
    ));
    assert!(parts[2].ends_with("/\r\n/w==\r\n"));
    assert!(parts[3].ends_with(&format!("\r\n\r\n\r\n{boundary}--\r\n")));
    assert!(message.lines().all(|line| line.len() <= 78));
}

#[test]
fn priority_sender_and_hidden_recipients_have_their_headers() {
    let from = mailbox("a@b", "");
    let sender = mailbox("bounces@b", "");
    let draft = Draft {
        sender: Some(&sender),
        priority: Priority::High,
        subject: "",
        body_is_html: true,
        ..draft(&from, &[])
    };
    let message = written(&Composition::new(&draft).unwrap());
    for line in [
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
fn bad_subjects_and_code_pages_are_refused() {
    let from = mailbox("a@b", "");
    let refused = |draft: Draft| Composition::new(&draft).err().unwrap().status();
    let base = || draft(&from, &[]);
    let page = |number| CodePage::by_number(number).unwrap();
    assert_eq!(refused(Draft { subject: "S\r\nX-Evil: 1", ..base() }), Status::LineBreak);
    assert_eq!(
        refused(Draft { subject_code_page: page(31), ..base() }),
        Status::UnsupportedCodePage
    );
    assert_eq!(
        refused(Draft { body_code_page: page(57002), ..base() }),
        Status::UnsupportedCodePage
    );
    assert_eq!(
        refused(Draft { body: Arc::new("日".into()), body_code_page: page(1251), ..base() }),
        Status::Unencodable
    );
}

#[test]
fn only_an_international_user_needs_smtputf8() {
    for (address, expected) in [("a@почта.рф", false), ("пётр@b", true)] {
        let from = mailbox(address, "");
        let composition = Composition::new(&draft(&from, &[])).unwrap();
        assert_eq!(composition.needs_smtputf8(), expected);
    }
}

#[test]
fn sizes_of_great_files_are_exact() {
    assert_eq!(base64_size(0), 0);
    assert_eq!(base64_size(1), 6);
    assert_eq!(base64_size(57 << 20), 78 << 20);
    assert_eq!(base64_size((57 << 30) + 58), (78 << 30) + 78 + 6);
}

#[test]
fn every_text_ends_its_last_line_once() {
    let from = mailbox("a@b", "");
    for (text, end) in [
        ("", "\r\n\r\n"),
        ("Text", "\r\n\r\nText\r\n"),
        ("Text\r\n", "\r\n\r\nText\r\n"),
        ("Text\n", "\r\n\r\nText\r\n"),
        ("mostly ASCII, ä", "\r\n\r\nmostly ASCII, =C3=A4\r\n"),
        ("Привет", "\r\n\r\n0J/RgNC40LLQtdGC\r\n"),
    ] {
        let draft = Draft { body: Arc::new(text.into()), ..draft(&from, &[]) };
        let message = written(&Composition::new(&draft).unwrap());
        assert!(message.ends_with(end) && !message.ends_with("\r\n\r\n\r\n"), "{message:?}");
    }
}

#[test]
fn dots_at_line_starts_are_never_overlooked() {
    let from = mailbox("a@b", "");
    for (text, certainly) in [
        (".", true),
        ("a\r\n.b", true),
        ("a\n.b", true),
        ("a\r.b", true),
        ("a.b\r\nc.", false),
        ("", false),
        ("ä\n.", true),
    ] {
        let draft = Draft { body: Arc::new(text.into()), ..draft(&from, &[]) };
        let composition = Composition::new(&draft).unwrap();
        assert_eq!(composition.begins_with_dots(), certainly, "{text:?}");
        assert!(certainly || !written(&composition).contains("\n."), "{text:?}");
    }
}
