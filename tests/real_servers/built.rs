//! Letters of every kind through Postfix: what arrives, as another reader understands it, is what was built.

use super::letter::*;
use super::support::face::{Handle, c, message, ok};
use super::{client_of, delivered, fresh_address, without_trace};
use inetmail::ffi::alternate_view::*;
use inetmail::ffi::alternate_view_collection::*;
use inetmail::ffi::attachment::*;
use inetmail::ffi::mail_message::*;
use inetmail::ffi::message_bodies::*;
use inetmail::ffi::transfer_encoding::*;

#[test]
fn html_with_images_and_files_arrives_as_it_was_built() {
    let plain = "Простой текст\n.точка\nFrom here\n\n";
    let html = "<p>Текст 📈</p>\n.<img src=\"cid:logo@test\">\n<img src='cid:wide@test'>";
    let (large, small) = (noise(5 * MIB), noise(70_001));
    let files: [(&str, &[u8]); 5] = [
        (
            "Отчёт за май 📈🎉 с очень длинным именем, которое не уместится в одну строку.bin",
            &large,
        ),
        ("a \"quoted\"; odd\\name.pdf", b"%PDF-1.4\n.\r\n..\r\r\n\n"),
        ("empty.dat", b""),
        ("日本語.png", &small),
        ("", b"nameless"),
    ];
    for client in servers() {
        let recipient = fresh_address();
        let to = format!("Ärger \"Ю\" 🎈 <{recipient}>");
        let mail = message("Отправитель, \"О.\" <sender@test>", &to, "Отчёт 📈", plain);
        let mail = mail.with_html(html);
        mail.link("logo.gif", "logo@test", &small);
        mail.link("широкая.png", "wide@test", &large[..100_000]);
        files.iter().for_each(|(name, octets)| mail.add(&attachment(name, octets)));
        client.send(&mail).expect("delivered");

        let letter = Letter::delivered_to(&recipient);
        assert_eq!(
            letter.outline,
            "mixed(related(alternative(text/plain, text/html), image/gif, image/png), \
             application/octet-stream, application/pdf, application/octet-stream, image/png, \
             application/octet-stream)"
        );
        assert_eq!(letter.headers["Subject"], "Отчёт 📈");
        assert!(letter.headers["From"].contains("Отправитель, "), "{}", letter.headers["From"]);
        assert!(letter.headers["To"].contains("🎈"), "{}", letter.headers["To"]);
        assert_eq!(letter.parts[0].text, plain);
        assert_eq!(letter.parts[1].text.trim_end_matches('\n'), html);
        assert_eq!(letter.facts(2)[3..], ["inline", "logo.gif", "<logo@test>"]);
        assert_eq!(letter.facts(3)[3..], ["inline", "широкая.png", "<wide@test>"]);
        assert!(letter.parts[2].content == small, "the first image was changed");
        assert!(letter.parts[3].content == large[..100_000], "the second image was changed");
        for (part, (name, octets)) in (4..).zip(files) {
            let shown = if name.is_empty() { "none" } else { name };
            assert_eq!(letter.facts(part)[3..5], ["attachment", shown]);
            assert!(letter.parts[part].content == octets, "{name} was changed on its way");
        }
    }
}

#[test]
fn content_of_callbacks_arrives_whole() {
    let content = noise(3 * MIB + 1);
    for client in servers() {
        for length in [-1, content.len() as i64] {
            let recipient = fresh_address();
            let mail = message("sender@test", &recipient, "", "Text");
            let mut stream = Stream { octets: &content, given: 0 };
            let user = (&raw mut stream).cast();
            let name = c("поток.bin");
            mail.add(&Handle::of(unsafe {
                INetAttachment_CreateFromStream(name.as_ptr(), length, Some(at), user, None)
            }));
            client.send(&mail).expect("delivered");
            let letter = Letter::delivered_to(&recipient);
            assert_eq!(letter.facts(1)[4], "поток.bin");
            assert!(letter.parts[1].content == content, "the stream was changed on its way");
        }
    }
}

#[test]
fn a_chosen_transfer_encoding_keeps_the_content() {
    let lines = "Строка\n.точка\nFrom\ntrailing \n".repeat(2_000);
    for (encoding, name, client, content) in [
        (INET_TRANSFER_ENCODING_QUOTED_PRINTABLE, "quoted-printable", "BARE", noise(100_000)),
        (
            INET_TRANSFER_ENCODING_QUOTED_PRINTABLE,
            "quoted-printable",
            "NOTLS",
            lines.clone().into(),
        ),
        (INET_TRANSFER_ENCODING_BASE64, "base64", "NOTLS", lines.clone().into()),
        (INET_TRANSFER_ENCODING_8BIT, "8bit", "NOTLS", lines.into()),
        (INET_TRANSFER_ENCODING_7BIT, "7bit", "BARE", ".a\n..\n".repeat(3_000).into()),
    ] {
        let recipient = fresh_address();
        let mail = message("sender@test", &recipient, "", "Text");
        let attachment = attachment("a.txt", &content);
        ok(INetAttachment_SetTransferEncoding(attachment.0, encoding));
        mail.add(&attachment);
        client_of(client).send(&mail).expect("delivered");
        let letter = Letter::delivered_to(&recipient);
        assert_eq!(letter.facts(1)[2], name);
        assert!(letter.parts[1].content == content, "{name} changed the content");
    }
}

#[test]
fn an_invitation_arrives_beside_its_texts() {
    let calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Совещание\r\nEND:VCALENDAR\r\n";
    for client in servers() {
        let recipient = fresh_address();
        let mail = message("sender@test", &recipient, "Совещание", "Текст").with_html("<p>Текст");
        let (text, kind) = (c(calendar), c("text/calendar; method=REQUEST"));
        let view = Handle::of(unsafe {
            INetAlternateView_CreateFromString(text.as_ptr(), kind.as_ptr(), -1)
        });
        let views = Handle::of(INetMailMessage_GetAlternateViews(mail.0));
        ok(INetAlternateViewCollection_Add(views.0, view.0));
        client.send(&mail).expect("delivered");
        let letter = Letter::delivered_to(&recipient);
        assert_eq!(letter.outline, "alternative(text/plain, text/html, text/calendar)");
        assert_eq!(letter.facts(2)[..2], ["text/calendar", "utf-8"]);
        assert_eq!(letter.parts[2].text, calendar.replace("\r\n", "\n"));
    }
}

#[test]
fn text_of_eight_bits_arrives_as_it_is() {
    let body = "Съешь же ещё\n.этих мягких\n..\n\nфранцузских булок 📈\n".repeat(500);
    let recipient = fresh_address();
    let mail = message("Отправитель <sender@test>", &recipient, "Тема письма", &body)
        .with_header("Message-ID", "<eight.1@test>")
        .with_header("Date", "Sat, 21 Nov 2026 06:28:01 +0300")
        .with_header("X-Own", "своё");
    client_of("NOTLS").send(&mail).expect("delivered");
    let arrived = delivered(&recipient, 1);
    let arrived = std::str::from_utf8(without_trace(&arrived[0].bytes)).expect("UTF-8");
    let (header, content) = arrived.split_once("\n\n").expect("a header");
    assert!(content == body, "the text was changed on its way");

    // For a file the same message is written in seven bits.
    let bytes = String::from_utf8(mail.bytes()).expect("ASCII").replace("\r\n", "\n");
    let (saved, encoded) = bytes.split_once("\n\n").expect("a header");
    assert!(encoded.is_ascii());
    let label = "Content-Transfer-Encoding: ";
    let others = |header: &str| {
        let lines = header.lines().filter(|line| !line.starts_with(label)).map(str::to_owned);
        lines.collect::<Vec<_>>()
    };
    assert_eq!(others(header), others(saved));
    assert!(header.contains(&format!("{label}8bit")));
    assert_eq!(Letter::read(bytes.as_bytes()).parts[0].text, body);
}

#[test]
fn a_koi8_r_text_arrives_in_koi8_r() {
    let body = "Съешь же ещё этих мягких\n.французских булок ░▒▓\n";
    for (client, encoding) in servers().into_iter().zip(["8bit", "base64", "8bit"]) {
        let recipient = fresh_address();
        let mail = message("sender@test", &recipient, "Ещё тема", body);
        ok(INetMailMessage_SetBodyEncoding(mail.0, 20866));
        ok(INetMailMessage_SetSubjectEncoding(mail.0, 20866));
        client.send(&mail).expect("delivered");
        let arrived = &delivered(&recipient, 1)[0].bytes;
        let header = String::from_utf8_lossy(arrived).into_owned();
        assert!(header.to_lowercase().contains("\nsubject: =?koi8-r?"), "{header}");
        let letter = Letter::read(arrived);
        assert_eq!(letter.facts(0)[..3], ["text/plain", "koi8-r", encoding]);
        assert_eq!(letter.headers["Subject"], "Ещё тема");
        assert_eq!(letter.parts[0].text, body);
        // One octet for each character.
        let octets = letter.parts[0].content.iter().filter(|octet| **octet != b'\r');
        assert_eq!(octets.count(), body.chars().count());
        assert!(letter.parts[0].content.starts_with(b"\xf3\xdf\xc5\xdb\xd8"), "no KOI8-R");
    }
}

#[test]
fn a_message_within_a_message_arrives_whole() {
    let content = noise(300_000);
    for client in servers() {
        let recipient = fresh_address();
        let inner = message("внутри <inner@test>", "other@test", "Внутри", "Текст внутри\n.\n")
            .with_bcc("secret@test")
            .with_html("<p>Внутри</p>");
        inner.add(&attachment("внутри.bin", &content));
        let middle = message("middle@test", "other@test", "Посередине", "Ещё текст");
        middle.add(&Handle::of(INetAttachment_CreateFromMessage(inner.0)));
        let mail = message("sender@test", &recipient, "Снаружи", "Текст");
        mail.add(&Handle::of(INetAttachment_CreateFromMessage(middle.0)));
        client.send(&mail).expect("delivered");

        let arrived = &delivered(&recipient, 1)[0].bytes;
        assert!(!String::from_utf8_lossy(arrived).contains("secret"));
        let letter = Letter::read(arrived);
        assert_eq!(
            letter.outline,
            "mixed(text/plain, message/rfc822(mixed(text/plain, message/rfc822(mixed(\
             alternative(text/plain, text/html), application/octet-stream)))))"
        );
        let texts: Vec<_> = letter.parts.iter().map(|part| part.text.trim_end()).collect();
        assert_eq!(texts, ["Текст", "Ещё текст", "Текст внутри\n.", "<p>Внутри</p>", ""]);
        assert_eq!(letter.facts(4)[4], "внутри.bin");
        assert!(letter.parts[4].content == content, "the attachment was changed on its way");
    }
}
