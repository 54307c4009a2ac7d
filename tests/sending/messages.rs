//! Messages as objects: forwarded, loaded, written to files, with fields of any kind.

use super::*;

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
