//! Letters of every kind through Postfix: what arrives, as another reader understands it, is what was built.

use super::support::face::{Client, Handle, Message, Record, c, client, message, ok, text};
use super::{client_of, delivered, fresh_address, look_for, port, without_trace};
use inetmail::ffi::alternate_view::*;
use inetmail::ffi::alternate_view_collection::*;
use inetmail::ffi::attachment::*;
use inetmail::ffi::attachment_collection::*;
use inetmail::ffi::linked_resource::*;
use inetmail::ffi::linked_resource_collection::*;
use inetmail::ffi::mail_message::*;
use inetmail::ffi::message_bodies::*;
use inetmail::ffi::message_headers::*;
use inetmail::ffi::message_storage::*;
use inetmail::ffi::send_report::*;
use inetmail::ffi::submission::*;
use inetmail::ffi::transfer_encoding::*;
use std::collections::HashMap;
use std::ffi::c_void;
use std::path::PathBuf;
use std::process::Command;
use std::ptr::{null, null_mut};
use std::sync::atomic::{AtomicU32, Ordering};

const MIB: usize = 1024 * 1024;

/// A letter as Python's email reads it.
struct Letter {
    outline: String,
    headers: HashMap<String, String>,
    parts: Vec<Part>,
}

/// A part that is no multipart.
struct Part {
    /// Media type, charset, transfer encoding, disposition, file name, Content-ID.
    facts: Vec<String>,
    content: Vec<u8>,
    /// The content as text, its line breaks LF.
    text: String,
}

impl Letter {
    fn read(octets: &[u8]) -> Letter {
        let folder = Folder::new();
        let file = folder.file("letter.eml", octets);
        let reader = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/servers/letter.py");
        let output = Command::new("python3")
            .args([reader, &file])
            .arg(&folder.0)
            .env("PYTHONIOENCODING", "utf-8")
            .output()
            .expect("python3");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let told = String::from_utf8(output.stdout).expect("UTF-8");
        let (outline, lines) = told.split_once('\n').expect("lines");

        let mut letter =
            Letter { outline: outline.to_owned(), headers: HashMap::new(), parts: Vec::new() };
        for line in lines.lines() {
            let facts: Vec<_> = line.split('\t').map(str::to_owned).collect();
            match facts[0].as_str() {
                "header" => {
                    letter.headers.insert(facts[1].clone(), facts[2].clone());
                }
                _ => {
                    let path = folder.0.join(letter.parts.len().to_string());
                    let content = std::fs::read(&path).expect("the content of a part");
                    let text = std::fs::read_to_string(path.with_extension("txt"));
                    let text = text.unwrap_or_default().replace("\r\n", "\n");
                    letter.parts.push(Part { facts: facts[1..].to_vec(), content, text });
                }
            }
        }
        letter
    }

    /// The one letter that arrived for a recipient.
    fn delivered_to(recipient: &str) -> Letter {
        Letter::read(&delivered(recipient, 1)[0].bytes)
    }

    fn facts(&self, part: usize) -> [&str; 6] {
        std::array::from_fn(|fact| self.parts[part].facts[fact].as_str())
    }
}

/// A folder that goes away with the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Folder {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("inetmail-letters-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir(&path).expect("a folder");
        Folder(path)
    }

    fn file(&self, name: &str, octets: &[u8]) -> String {
        let path = self.0.join(name);
        std::fs::write(&path, octets).expect("a file");
        path.to_str().expect("UTF-8").to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Octets that no encoding finds easy, the same in each run (xorshift).
fn noise(length: usize) -> Vec<u8> {
    let mut state = 88_172_645_463_325_252_u64;
    let mut octets = Vec::with_capacity(length + 8);
    while octets.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        octets.extend_from_slice(&state.to_le_bytes());
    }
    octets.truncate(length);
    octets
}

fn attachment(name: &str, octets: &[u8]) -> Handle<INetAttachment> {
    let name = c(name);
    Handle::of(unsafe {
        INetAttachment_CreateFromBytes(octets.as_ptr(), octets.len(), name.as_ptr())
    })
}

impl Message {
    fn add(&self, attachment: &Handle<INetAttachment>) {
        let attachments = Handle::of(INetMailMessage_GetAttachments(self.0));
        ok(INetAttachmentCollection_Add(attachments.0, attachment.0));
    }

    fn link(&self, name: &str, content_id: &str, octets: &[u8]) {
        let (name, content_id) = (c(name), c(content_id));
        let (data, length) = (octets.as_ptr(), octets.len());
        let resource = Handle::of(unsafe {
            INetLinkedResource_CreateFromBytes(data, length, name.as_ptr(), content_id.as_ptr())
        });
        let resources = Handle::of(INetMailMessage_GetLinkedResources(self.0));
        ok(INetLinkedResourceCollection_Add(resources.0, resource.0));
    }

    fn with_html(self, html: &str) -> Message {
        let html = c(html);
        ok(unsafe { INetMailMessage_SetHtmlText(self.0, html.as_ptr()) });
        self
    }

    fn with_header(self, name: &str, value: &str) -> Message {
        let (name, value) = (c(name), c(value));
        ok(unsafe { INetMailMessage_SetHeader(self.0, name.as_ptr(), value.as_ptr()) });
        self
    }

    fn load(octets: &[u8]) -> Message {
        Handle::of(unsafe { INetMailMessage_LoadBytes(octets.as_ptr(), octets.len()) })
    }

    fn bytes(&self) -> Vec<u8> {
        let length = unsafe { INetMailMessage_GetBytes(self.0, null_mut(), 0) };
        let mut octets = vec![0; usize::try_from(length).expect("a length")];
        let got = unsafe { INetMailMessage_GetBytes(self.0, octets.as_mut_ptr(), octets.len()) };
        assert_eq!(got, length);
        octets
    }
}

impl Client {
    fn send_file(&self, file: &str) -> i32 {
        let file = c(file);
        unsafe { INetSmtpClient_SendFile(self.0, file.as_ptr(), null(), null()) }
    }

    fn send_stream(&self, octets: &[u8]) -> i32 {
        let mut stream = Stream { octets, given: 0 };
        let user = (&raw mut stream).cast();
        unsafe { INetSmtpClient_SendStream(self.0, null(), null(), Some(next), user) }
    }

    fn send_bytes(&self, octets: &[u8]) -> i32 {
        unsafe { INetSmtpClient_SendBytes(self.0, octets.as_ptr(), octets.len(), null(), null()) }
    }

    fn forward(&self, recipients: &str, message: &Message) -> i32 {
        let (sender, recipients) = (c("me@test"), c(recipients));
        unsafe { INetSmtpClient_Forward(self.0, sender.as_ptr(), recipients.as_ptr(), message.0) }
    }
}

/// Octets that callbacks give piece by piece.
struct Stream<'a> {
    octets: &'a [u8],
    given: usize,
}

unsafe extern "C" fn next(buffer: *mut u8, capacity: usize, user: *mut c_void) -> i32 {
    let given = unsafe { (*user.cast::<Stream<'_>>()).given };
    let octets = unsafe { at(given as i64, buffer, capacity, user) };
    unsafe { (*user.cast::<Stream<'_>>()).given += octets as usize };
    octets
}

unsafe extern "C" fn at(offset: i64, buffer: *mut u8, capacity: usize, user: *mut c_void) -> i32 {
    let stream = unsafe { &*user.cast::<Stream<'_>>() };
    let rest = &stream.octets[offset as usize..];
    // Odd pieces, so that line breaks and multibyte characters are torn.
    let octets = rest.len().min(capacity).min(9_973);
    unsafe { std::ptr::copy_nonoverlapping(rest.as_ptr(), buffer, octets) };
    octets as i32
}

/// A server that takes eight bits, one that offers nothing, and one behind TLS and a login.
fn servers() -> [Client; 3] {
    let protected = client_of("STARTTLS").with_ssl().with_login("PLAIN", "user", "pass");
    [client_of("NOTLS"), client_of("BARE"), protected]
}

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
        INetSmtpClient_SendFileWithReport(client.0, file.as_ptr(), null(), null())
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
