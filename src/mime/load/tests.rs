use super::*;

/// Loads a message written with LF, once as it is and once with CRLF, and checks that not an octet is lost.
fn loaded(message: &str) -> Loaded {
    let wire = message.replace('\n', "\r\n");
    let bare = load(message.as_bytes().to_vec()).unwrap();
    assert_eq!(octets(&bare), wire.as_bytes());
    let loaded = load(wire.clone().into_bytes()).unwrap();
    assert_eq!(octets(&loaded), wire.as_bytes());
    loaded
}

/// The message that fields and body make.
fn octets(loaded: &Loaded) -> Vec<u8> {
    let mut octets = Vec::new();
    for field in &loaded.fields {
        assert!(field.octets.starts_with(field.name.as_bytes()));
        octets.extend_from_slice(&field.octets);
    }
    octets.extend_from_slice(b"\r\n");
    octets.extend_from_slice(&loaded.body);
    octets
}

fn refusal(message: impl Into<Vec<u8>>) -> (Status, String) {
    let error = load(message.into()).expect_err("the message is refused");
    (error.status(), error.message().to_owned())
}

fn plain(loaded: &Loaded) -> &str {
    loaded.plain.as_ref().map_or("", |plain| &plain.text)
}

fn html(loaded: &Loaded) -> &str {
    loaded.html.as_ref().map_or("", |html| &html.text)
}

/// Type, name and whether it is inline, of each part.
fn outline(parts: &[LoadedPart]) -> Vec<(&str, &str, bool)> {
    parts.iter().map(|p| (p.media_type.as_str(), p.name.as_str(), p.is_inline)).collect()
}

fn multipart(subtype: &str, boundary: &str, parts: &[&str]) -> String {
    let mut text = format!("Content-Type: multipart/{subtype}; boundary=\"{boundary}\"\n\n");
    parts.iter().for_each(|part| text += &format!("--{boundary}\n{part}\n"));
    text + &format!("--{boundary}--\n")
}

#[test]
fn a_message_of_outlook() {
    let alternative = multipart(
        "alternative",
        "----=_NextPart_002",
        &[
            "Content-Type: text/plain;\n\tcharset=\"koi8-r\"\nContent-Transfer-Encoding: base64\n\n8NLJ18XU\n",
            "Content-Type: text/html;\n\tcharset=\"koi8-r\"\nContent-Transfer-Encoding: quoted-printable\n\n<p>=F0=D2=C9=D7=C5=D4 <img src=3D\"cid:image001.png@01DA\"></p>",
        ],
    );
    let related = multipart(
        "related",
        "----=_NextPart_001",
        &[
            &alternative,
            "Content-Type: image/png;\n\tname=\"image001.png\"\nContent-Transfer-Encoding: base64\nContent-ID: <image001.png@01DA>\n\niVBORw0=",
        ],
    );
    let message = multipart(
        "mixed",
        "----=_NextPart_000",
        &[
            &related,
            "Content-Type: application/pdf;\n\tname=\"=?koi8-r?B?z9TexdQucGRm?=\"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment;\n\tfilename=\"=?koi8-r?B?z9TexdQucGRm?=\"\n\nJVBERg==",
        ],
    );
    let loaded = loaded(&format!(
        "From: \"=?koi8-r?B?8MXU0g==?=\" <petr@example.org>\nTo: \"Ivanov, Ivan\" <ivan@example.com>,\n\t<c@d.example>\nSubject: =?koi8-r?B?8NLJ18XU?=\nDate: Sat, 21 Nov 2026 06:28:01 +0300\nMIME-Version: 1.0\nX-Mailer: Microsoft Outlook 16.0\n{message}"
    ));
    assert_eq!(loaded.subject, "Привет");
    assert_eq!(loaded.from[0].to_string(), "\"Петр\" <petr@example.org>");
    assert_eq!(loaded.to[0].to_string(), "\"Ivanov, Ivan\" <ivan@example.com>");
    assert_eq!((loaded.to.len(), loaded.cc.len(), loaded.sender.is_none()), (2, 0, true));
    assert_eq!(plain(&loaded), "Привет");
    assert_eq!(html(&loaded), "<p>Привет <img src=\"cid:image001.png@01DA\"></p>");
    assert_eq!(loaded.html.as_ref().unwrap().code_page.number(), 20866);
    assert_eq!(outline(&loaded.linked), [("image/png", "image001.png", false)]);
    assert_eq!(loaded.linked[0].content_id, "image001.png@01DA");
    assert_eq!(outline(&loaded.attachments), [("application/pdf", "отчет.pdf", false)]);
    assert_eq!(loaded.attachments[0].content(), &b"%PDF"[..]);
    assert_eq!(loaded.attachments[0].body, &b"JVBERg=="[..]);
    assert!(loaded.attachments[0].header.starts_with(b"Content-Type: application/pdf;\r\n\tname="));
    assert!(loaded.attachments[0].header.ends_with(b"?=\"\r\n"));
}

#[test]
fn a_message_of_apple_mail_has_its_files_beside_the_html() {
    let mixed = multipart(
        "mixed",
        "Apple-Mail=_2",
        &[
            "Content-Transfer-Encoding: 7bit\nContent-Type: text/html;\n\tcharset=us-ascii\n\n<html>above</html>",
            "Content-Disposition: inline;\n\tfilename*=utf-8''%D0%BE%D1%82%D1%87%D1%91%D1%82.pdf\nContent-Type: application/pdf;\n\tx-unix-mode=0644\n\n%PDF",
            "Content-Type: text/html\n\n<html>below</html>",
        ],
    );
    let message = multipart(
        "alternative",
        "Apple-Mail=_1",
        &["Content-Type: text/plain; charset=utf-8; format=flowed\n\nabove \nflowed\n", &mixed],
    );
    let loaded =
        loaded(&format!("From: a@b.example\nMime-Version: 1.0 (Mac OS X Mail 16.0)\n{message}"));
    assert_eq!(plain(&loaded), "above \r\nflowed\r\n");
    assert_eq!(html(&loaded), "<html>above</html>");
    assert_eq!(loaded.html.as_ref().unwrap().code_page.number(), 65001);
    assert_eq!(
        outline(&loaded.attachments),
        [("application/pdf", "отчёт.pdf", true), ("text/html", "", false)]
    );
    assert!(loaded.views.is_empty());
}

#[test]
fn a_reply_of_gmail() {
    let message = multipart(
        "alternative",
        "000000000000a1b2",
        &[
            "Content-Type: text/plain; charset=\"UTF-8\"\nContent-Transfer-Encoding: base64\n\n0JTQsC4NCg0KPiDQn9GA0LjQstC10YI=",
            "Content-Type: text/html; charset=\"UTF-8\"\nContent-Transfer-Encoding: quoted-printable\n\n<div dir=3D\"ltr\">=D0=94=D0=B0.</div><blockquote class=3D\"gmail_quote\">=\n</blockquote>\n",
        ],
    );
    let loaded = loaded(&format!(
        "MIME-Version: 1.0\nReferences: <1@mail.gmail.com>\nIn-Reply-To: <1@mail.gmail.com>\nFrom: =?UTF-8?B?0J/RkdGC0YA=?= <petr@gmail.com>\nSubject: Re: =?UTF-8?B?0J/RgNC40LI=?=\n =?UTF-8?B?0LXRgg==?=\nTo: =?UTF-8?B?0JjQstCw0L0=?= <ivan@gmail.com>\nReply-To: a@b.example\nSender: s@b.example, t@b.example\nBcc: x@b.example\nBcc: y@b.example\n{message}"
    ));
    assert_eq!((loaded.subject.as_str(), plain(&loaded)), ("Re: Привет", "Да.\r\n\r\n> Привет"));
    assert!(html(&loaded).ends_with("\"gmail_quote\"></blockquote>\r\n"));
    assert_eq!(loaded.sender.unwrap().address(), "s@b.example");
    assert_eq!((loaded.bcc.len(), loaded.reply_to.len()), (2, 1));
    assert_eq!(fields::value(&loaded.fields[1].octets), b" <1@mail.gmail.com>\r\n");
}

#[test]
fn texts_of_all_charsets_are_read() {
    let header = b"From: a@b.example\r\nContent-Type: text/plain; charset=";
    for (charset, rest, text, page) in [
        (
            "koi8-r",
            &b"Content-Transfer-Encoding: 8bit\r\n\r\n\xf0\xd2\xc9\r\n"[..],
            "При\r\n",
            20866,
        ),
        (
            "cp1251",
            b"Content-Transfer-Encoding: Quoted-Printable\r\n\r\n=CF=F0=E8=\r\n=EF",
            "Прип",
            1251,
        ),
        ("\"utf-8\"", b"\r\n\xd0\x9f", "П", 65001),
        ("iso-2022-jp", b"\r\n\x1b$BF|K\\\x1b(B", "日本", 50220),
        ("x-unknown", b"\r\na\xff", "a\u{FFFD}", -1),
        ("", b"\r\nplain", "plain", -1),
        ("utf-8", b"Content-Transfer-Encoding: base64\r\n\r\nYQBi", "a\u{FFFD}b", 65001),
    ] {
        let message = [header, charset.as_bytes(), b"\r\n", rest].concat();
        let loaded = load(message.clone()).unwrap();
        assert_eq!(octets(&loaded), message);
        assert_eq!(
            (plain(&loaded), loaded.plain.as_ref().unwrap().code_page.number()),
            (text, page)
        );
    }
}

#[test]
fn a_report_and_a_signed_message_have_their_text_and_the_rest_attached() {
    let report = multipart(
        "report; report-type=delivery-status",
        "A/b.c",
        &[
            "Content-Description: Notification\nContent-Type: text/plain\n\nundeliverable\n",
            "Content-Type: message/delivery-status\n\nReporting-MTA: dns; a.example\n",
            "Content-Type: message/rfc822\n\nSubject: =?utf-8?B?0J/RgNC40LLQtdGC?= / 1\n\noriginal\n",
        ],
    );
    let loaded1 = loaded(&format!("From: MAILER-DAEMON@a.example\nSubject: Undelivered\n{report}"));
    assert_eq!(plain(&loaded1), "undeliverable\r\n");
    assert_eq!(
        outline(&loaded1.attachments),
        [("message/delivery-status", "", false), ("message/rfc822", "Привет _ 1.eml", false)]
    );

    let mixed = multipart("mixed", "in", &["\nsigned text", "Content-Type: image/png\n\nx"]);
    let signature = "Content-Type: application/pkcs7-signature; name=\"smime.p7s\"\n\nMII=";
    let signed =
        multipart("signed; protocol=\"application/pkcs7-signature\"", "out", &[&mixed, signature]);
    let loaded2 = loaded(&format!("From: a@b.example\n{signed}"));
    assert_eq!(plain(&loaded2), "signed text");
    assert_eq!(
        outline(&loaded2.attachments),
        [("image/png", "", false), ("application/pkcs7-signature", "smime.p7s", false)]
    );
}

#[test]
fn an_invitation_is_a_view() {
    let message = multipart(
        "alternative",
        "b",
        &[
            "Content-Type: text/plain\n\nmeeting",
            "Content-Type: text/html\n\n<p>meeting",
            "Content-Type: text/calendar; method=REQUEST; charset=utf-8\n\nBEGIN:VCALENDAR",
            "Content-Type: text/plain\n\nanother",
            "Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nfile",
            "Content-Type: message/rfc822\n\nno subject: 1",
        ],
    );
    let loaded = loaded(&format!("From: a@b.example\n{message}"));
    assert_eq!((plain(&loaded), html(&loaded)), ("meeting", "<p>meeting"));
    assert_eq!(outline(&loaded.views), [("text/calendar", "", false), ("text/plain", "", false)]);
    assert_eq!(
        outline(&loaded.attachments),
        [("text/plain", "a.txt", false), ("message/rfc822", "message.eml", false)]
    );
}

#[test]
fn what_is_attached_is_attached() {
    let digest = multipart("digest", "d", &["\nSubject: in a digest\n\nx"]);
    let second =
        multipart("alternative", "e", &["\nfooter", "Content-Type: text/html\n\n<footer>"]);
    let nested = "Content-Type: message/rfc822\n\nSubject: one\nContent-Type: multipart/mixed; boundary=n\n\n--n\nContent-Type: message/rfc822\n\nSubject: two\n\ninner\n--n--\n";
    let message = multipart(
        "mixed",
        "b",
        &[
            "Content-Type: text/plain; name=first.txt\nContent-Disposition: attachment\n\nfile",
            "Content-Type: IMAGE/GIF\nContent-Disposition: inline; filename=a.gif\n\nGIF",
            "\nthe text",
            "Content-Type: text/plain\n\nanother text",
            "Content-Type: application/ms-tnef; name=\"winmail.dat\"\nContent-Transfer-Encoding: base64\n\neJ8+",
            nested,
            &digest,
            &second,
        ],
    );
    let loaded = loaded(&format!("From: a@b.example\n{message}"));
    assert_eq!(plain(&loaded), "the text");
    assert!(loaded.html.is_none());
    assert_eq!(
        outline(&loaded.attachments),
        [
            ("text/plain", "first.txt", false),
            ("image/gif", "a.gif", true),
            ("text/plain", "", false),
            ("application/ms-tnef", "winmail.dat", false),
            ("message/rfc822", "one.eml", false),
            ("message/rfc822", "in a digest.eml", false),
            ("text/plain", "", false),
            ("text/html", "", false),
        ]
    );
    // Away from its digest it has to say itself what it is.
    assert_eq!(loaded.attachments[5].header, "Content-Type: message/rfc822\r\n");
    assert_eq!(loaded.attachments[3].content(), &b"\x78\x9f\x3e"[..]);
    // An attached message is a message of its own.
    let inner = load(loaded.attachments[4].content().to_vec()).unwrap();
    assert_eq!((inner.subject.as_str(), inner.attachments[0].name.as_str()), ("one", "two.eml"));
}

#[test]
fn a_message_that_is_one_part_is_that_part() {
    let image = loaded(
        "Subject: x\nContent-Type: image/png; name*0*=utf-8''%D0%9F; name*1=.png\nContent-Transfer-Encoding: base64\nMIME-Version: 1.0\n\niVBORw0=\n",
    );
    assert_eq!(outline(&image.attachments), [("image/png", "П.png", false)]);
    let header = "Content-Type: image/png; name*0*=utf-8''%D0%9F; name*1=.png\r\nContent-Transfer-Encoding: base64\r\n";
    assert_eq!(image.attachments[0].header, header.as_bytes());
    assert_eq!(image.attachments[0].body, image.body);
    assert!(image.plain.is_none());

    let page = loaded("Content-Type: text/html\n\n<p>");
    assert_eq!((html(&page), page.plain.is_none()), ("<p>", true));
    let bare = loaded("Subject: no type\n\ntext\n");
    assert_eq!((plain(&bare), bare.plain.as_ref().unwrap().part.header.len()), ("text\r\n", 0));
    let wrong = loaded("Content-Type: text\n\ntext");
    assert_eq!(plain(&wrong), "text");
}

#[test]
fn the_root_of_related_parts_may_be_named() {
    let message = multipart(
        "related; start=\"<root@x>\"",
        "b",
        &[
            "Content-Type: image/png\nContent-ID: <image@x>\nContent-Disposition: inline\n\nPNG",
            "Content-Type: text/html\nContent-ID: <root@x>\n\n<img src=cid:image@x>",
            "Content-Type: application/pdf\nContent-Disposition: attachment; filename=a.pdf\n\nPDF",
        ],
    );
    let loaded = loaded(&message);
    assert_eq!(html(&loaded), "<img src=cid:image@x>");
    assert_eq!(outline(&loaded.linked), [("image/png", "", true)]);
    assert_eq!(outline(&loaded.attachments), [("application/pdf", "a.pdf", false)]);
}

#[test]
fn broken_multiparts_lose_nothing() {
    let wrong = loaded("Content-Type: multipart/mixed; boundary=other\n\n--b\n\ntext\n--b--\n");
    assert_eq!(plain(&wrong), "--b\r\n\r\ntext\r\n--b--\r\n");
    let none = loaded("Content-Type: multipart/mixed\n\n--b\n\ntext\n--b--\n");
    assert_eq!(plain(&none), plain(&wrong));
    let open = loaded(
        "Content-Type: multipart/mixed; boundary=b\n\npreamble\n--b\n\ntext\n--b\nContent-Type: a/b\n\nlast\n",
    );
    assert_eq!(plain(&open), "text");
    assert_eq!(open.attachments[0].body, &b"last\r\n"[..]);
    // A boundary that begins like another, white space behind one, parts without header or body.
    let nested = "Content-Type: multipart/alternative; boundary=bb\n\n--bb\n\ntext\n--bb--\n";
    let odd = loaded(&format!(
        "Content-Type: multipart/mixed; boundary=b\n\n--b \t\n{nested}\n--bc\n--b\nno header\n--b\nA: b\n--b\n--b\n\n--b--\n--b\nepilogue"
    ));
    assert_eq!(plain(&odd), "text");
    let bodies: Vec<_> = odd.attachments.iter().map(|part| &part.body[..]).collect();
    assert_eq!(bodies, [&b"no header"[..], b"", b"", b""]);
    assert_eq!(odd.attachments[1].header, &b"A: b\r\n"[..]);
}

#[test]
fn a_raw_header_is_read_as_utf8() {
    let loaded =
        loaded("From: Пётр <petr@почта.рф>\nSubject: Тема без кодирования\nTo: nobody\n\n");
    assert_eq!(loaded.from[0].to_string(), "\"Пётр\" <petr@почта.рф>");
    assert_eq!((loaded.subject.as_str(), loaded.to.len()), ("Тема без кодирования", 0));
    assert_eq!(loaded.fields[2].name, "To");
}

#[test]
fn a_header_may_end_by_force_or_with_the_file() {
    let forced = load(b"From: a@b.example\nthis is no field\nTo: x@y.example\n".to_vec()).unwrap();
    assert_eq!((forced.fields.len(), forced.to.len()), (1, 0));
    assert_eq!(plain(&forced), "this is no field\r\nTo: x@y.example\r\n");
    for message in ["From: a@b.example", "From: a@b.example\n", "From: a@b.example\r\n\r\n"] {
        let loaded = load(message.as_bytes().to_vec()).unwrap();
        assert_eq!(octets(&loaded), b"From: a@b.example\r\n\r\n");
        assert_eq!((loaded.from.len(), plain(&loaded)), (1, ""));
    }
}

#[test]
fn line_breaks_become_crlf_and_nothing_else_changes() {
    let loaded = load(b"A: b\rC: d\n\r\n\x80\xff \t\r\r\n\n\x1a".to_vec()).unwrap();
    assert_eq!(octets(&loaded), b"A: b\r\nC: d\r\n\r\n\x80\xff \t\r\n\r\n\r\n\x1a");
    let loaded = load(b"\xef\xbb\xbfA: b\r\n\r\n".to_vec()).unwrap();
    assert_eq!(octets(&loaded), b"A: b\r\n\r\n");
}

#[test]
fn a_canonical_message_is_not_copied() {
    let message = b"A: b\r\n\r\nbody".to_vec();
    let start = message.as_ptr();
    let loaded = load(message).unwrap();
    assert_eq!(loaded.fields[0].octets.as_ptr(), start);
    assert_eq!(loaded.plain.unwrap().part.body.as_ptr(), start.wrapping_add(8));
}

#[test]
fn an_mbox_holds_one_message() {
    let separator = "From petr@example.org Sat Nov 21 06:28:01 2026\n";
    let text = "From here on\n>From there\n>>From afar\n>not From\n\nFrom me\n";
    let mbox = format!("{separator}Subject: x\n\n{text}\n");
    let loaded = load(mbox.clone().into_bytes()).unwrap();
    let expected = "From here on\r\nFrom there\r\n>From afar\r\n>not From\r\n\r\nFrom me\r\n";
    assert_eq!((loaded.subject.as_str(), plain(&loaded)), ("x", expected));
    let empty = load(format!("{separator}Subject: x\n\n").into_bytes()).unwrap();
    assert_eq!(octets(&empty), b"Subject: x\r\n\r\n");

    let second = "From MAILER DAEMON Sun Nov  1 06:28:01 2026\nSubject: y\n\n";
    let (status, sentence) = refusal(mbox + second);
    assert_eq!(status, Status::Argument);
    assert!(sentence.contains("more than one message"), "{sentence}");
    assert_eq!(refusal(separator).0, Status::NoMessage);
    // Outside of an mbox that is text, and a field From with space before its colon is a field.
    let mail = load(b"From : a@b.example\n\n>From x\n\nFrom y Sat Nov 21 06:28:01 2026\n".to_vec())
        .unwrap();
    assert!(mail.from.len() == 1 && plain(&mail).starts_with(">From x"));
}

#[test]
fn an_emlx_is_cut_to_its_message() {
    let message = "Subject: x\n\ntext\n";
    let emlx = format!("{:<10}\n{message}<?xml version=\"1.0\"?>\n<plist/>\n", message.len());
    let loaded = load(emlx.into_bytes()).unwrap();
    assert_eq!(octets(&loaded), b"Subject: x\r\n\r\ntext\r\n");
    for emlx in ["18\nSubject: x\n\ntext\n", "99999999999999999999999\nA: b\n\n", "5"] {
        assert_eq!(refusal(emlx).0, Status::NoMessage);
    }
}

#[test]
fn what_is_no_message_is_refused() {
    for octets in [
        &b""[..],
        b"\r\n\r\nbody",
        b"just a line of text",
        b" A: b\r\n",
        b"\xff\xfeF\0r\0o\0m\0:\0",
        b"F\0r\0o\0m\0:\0",
        b"A: b\r\n\r\na\0b",
        b"PK\x03\x04\x14\0\0\0",
        b"%PDF-1.7\n%\xe2\xe3",
    ] {
        assert_eq!(refusal(octets).0, Status::NoMessage, "{}", octets.escape_ascii());
    }
}

#[test]
fn a_message_beyond_all_sense_is_refused() {
    let nested = |depth: usize| -> String {
        let levels =
            (0..depth).map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n"));
        levels.collect::<String>() + "\ntext"
    };
    assert_eq!(plain(&loaded(&nested(64))), "text");
    for message in [
        nested(65),
        nested(10_000),
        "A: b\n".repeat(10_001),
        format!("Content-Type: multipart/mixed; boundary=b\n\n{}", "--b\n".repeat(10_001)),
        format!("To: {}\n\n", "a@b,".repeat(50_001)),
        "To: a@b,c@d\nCc: a@b\n".repeat(5_000) + &format!("Bcc: {}", "a:b;".repeat(25_000)),
    ] {
        assert_eq!(refusal(message).0, Status::MessageTooComplex);
    }
    for odd in ["\"a\"", "=?us?q?x ", "(", "<", "a:", "\\"] {
        assert!(loaded(&format!("To: {}\n\n", odd.repeat(40_000))).to.is_empty());
    }
    let long = loaded(&format!("To: {0}@b, a@{0}.example, a@b\n\n", "ü".repeat(1_000)));
    assert_eq!(long.to.len(), 1);
    let inner = "Content-Type: message/rfc822\n\n".repeat(10_000);
    assert_eq!(outline(&loaded(&inner).attachments), [("message/rfc822", "message.eml", false)]);
}

/// Whatever is done to a message, it is refused or no octet of it is lost.
#[test]
fn damaged_messages_do_no_harm() {
    let related = multipart(
        "related",
        "r",
        &["Content-Type: text/html; charset=utf-7\n\n+AOQ-", "Content-ID: <a>\n\nx"],
    );
    let mixed = multipart(
        "mixed",
        "m",
        &[
            &related,
            "Content-Type: a/b; name*0*=koi8-r''%F0; name*1=\"b c\"\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n#0V%T\n`\nend",
            "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nU3ViamVjdDogeA0K",
        ],
    );
    let seed = format!(
        "From: \"A\\\"\" <a@b.example>, G: (c (d)) e@f;\nSubject: =?utf-8?B?0J8=?= =?koi8-r?Q?=F0?=\nDate: Sat, 21 Nov 2026 06:28:01 +0300 (MSK)\n{mixed}"
    )
    .into_bytes();
    let marks = b"\r\n\0 \t=?\"\\<>(),;:*'%-/+@\xff\xd0b1";
    let mut state = 1_u32;
    let mut number = |limit: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % limit
    };
    for _ in 0..5_000 {
        let mut message = seed.clone();
        for _ in 0..1 + number(8) {
            let at = number(message.len());
            match number(3) {
                0 => message[at] = marks[number(marks.len())],
                1 => message.insert(at, marks[number(marks.len())]),
                _ => drop(message.drain(at..(at + number(40)).min(message.len()))),
            }
        }
        let Ok(loaded) = load(message) else {
            continue;
        };
        let again = load(octets(&loaded)).unwrap();
        assert_eq!(octets(&again), octets(&loaded));
        let parts = [&loaded.views, &loaded.linked, &loaded.attachments].into_iter().flatten();
        parts.for_each(|part| drop(part.content()));
    }
}
