//! How content goes: texts, files and ready messages, octet by octet.

use super::*;

#[test]
fn texts_go_as_they_are_where_the_server_takes_eight_bits() {
    for (extensions, mail, encoding, body) in [
        (&["PIPELINING"][..], "MAIL FROM:<from@test>", "base64", "0J/RgNC40LLQtdGC\r\n"),
        (LINES, "MAIL FROM:<from@test> BODY=8BITMIME", "8bit", "Привет\r\n"),
    ] {
        let peer = Peer::offering(extensions);
        client("127.0.0.1", peer.port).send(&letter("Привет")).unwrap();
        let delivery = peer.delivery();
        assert_eq!(delivery.commands[0], mail);
        assert!(delivery.header().contains(&format!("Content-Transfer-Encoding: {encoding}\r\n")));
        assert!(delivery.text().ends_with(&format!("\r\n\r\n{body}")));
    }
}

#[test]
fn attachments_go_as_they_are_where_the_server_takes_anything() {
    let content: Vec<u8> = (0..=255).cycle().take(300_000).collect();
    let peer = Peer::offering(BINARY);
    let message = letter("Text");
    attach(&message, &octets(&content, "a.bin"));
    let client = client("127.0.0.1", peer.port);
    for _ in 0..2 {
        client.send(&message).unwrap();
        let delivery = peer.delivery();
        let size = delivery.octets.len();
        assert_eq!(
            delivery.commands,
            [
                format!("MAIL FROM:<from@test> SIZE={size} BODY=BINARYMIME"),
                "RCPT TO:<to@test>".into(),
                format!("BDAT {size} LAST"),
            ]
        );
        let label = b"Content-Transfer-Encoding: binary\r\n\r\n";
        let place = delivery.octets.windows(label.len()).rposition(|window| window == label);
        let start = place.expect("a binary part") + label.len();
        assert_eq!(delivery.octets[start..start + content.len()], content);
    }
}

#[test]
fn a_choice_that_the_server_cannot_follow_is_told() {
    for (encoding, extensions, expected) in [
        (INET_TRANSFER_ENCODING_8BIT, &["PIPELINING"][..], "INET_E_EIGHT_BIT_MIME_NOT_OFFERED"),
        (INET_TRANSFER_ENCODING_BINARY, LINES, "INET_E_BINARY_MIME_NOT_OFFERED"),
    ] {
        let peer = Peer::offering(extensions);
        let message = letter("Text");
        let attachment = octets("ä".as_bytes(), "a.txt");
        ok(INetAttachment_SetTransferEncoding(attachment.0, encoding));
        attach(&message, &attachment);
        let record = client("127.0.0.1", peer.port).send(&message).unwrap_err();
        assert_eq!(status_name(record.status), expected);
        assert!(record.is_safe_to_retry && record.is_connection_usable);
    }
}

#[test]
fn a_ready_message_goes_as_it_is_but_for_what_nobody_shall_see() {
    let peer = Peer::offering(LINES);
    let client = client("127.0.0.1", peer.port);
    let ready = b"Return-Path: <bounce@test>\nFROM: A <a@test>\nBcc: secret@test,\n more@test\n\
        To: b@test\nX-Odd:\tas it is\n\n.dot\r\n..\rlast";
    ok(send_bytes(&client, ready));
    let delivery = peer.delivery();
    assert_eq!(delivery.commands[0], "MAIL FROM:<bounce@test> BODY=8BITMIME");
    assert_eq!(delivery.recipients(), ["b@test", "secret@test", "more@test"]);
    let expected =
        "FROM: A <a@test>\r\nTo: b@test\r\nX-Odd:\tas it is\r\n\r\n.dot\r\n..\r\nlast\r\n";
    assert_eq!(delivery.text(), expected);

    let path = std::env::temp_dir().join(format!("inetmail-ready-{}.eml", std::process::id()));
    std::fs::write(&path, ready).unwrap();
    let name = c(path.to_str().unwrap());
    let (sender, recipients) = (c("<>"), c("X <x@test>; y@test"));
    let (sender, recipients) = (sender.as_ptr(), recipients.as_ptr());
    ok(unsafe { INetSmtpClient_SendFile(client.0, sender, recipients, name.as_ptr()) });
    std::fs::remove_file(&path).unwrap();
    let delivery = peer.delivery();
    assert_eq!(delivery.commands[0], "MAIL FROM:<> BODY=8BITMIME");
    assert_eq!(delivery.recipients(), ["x@test", "y@test"]);
    assert_eq!(delivery.text(), expected);
}

#[test]
fn a_large_ready_message_goes_with_its_dots_and_line_ends_in_order() {
    // Blocks that go out as they are, blocks with dots to be doubled, blocks with other line ends, and all of them mixed.
    let plain = "a line of text with a dot.\r\n".repeat(12_000);
    let dots = ".a line that begins with a dot\r\n..\r\n".repeat(6_000);
    let feeds = "a line\n.\n".repeat(30_000);
    let mixed = format!("{plain}\r{}.\n", "x".repeat(70_000));
    let body = [&*plain, &dots, &plain, &feeds, &plain, &mixed, &dots[1..], &mixed].concat();
    let expected = body.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\r\n");
    let peer = Peer::offering(LINES);
    let client = client("127.0.0.1", peer.port);
    for cut in 0..3 {
        let header = format!("From: a@test\r\nTo: b@test\r\nSubject: {}\r\n\r\n", "s".repeat(cut));
        ok(send_bytes(&client, (header.clone() + &body).as_bytes()));
        let delivery = peer.delivery();
        assert!(delivery.is_complete);
        assert!(delivery.text() == header + &expected, "cut {cut}");
    }
}

#[test]
fn what_is_wrong_with_a_ready_message_is_told_before_a_server_is_tried() {
    let client = client("127.0.0.1", 1);
    for (ready, expected) in [
        (&b""[..], "INET_E_NO_MESSAGE"),
        (b"no header", "INET_E_NO_MESSAGE"),
        (b"From: a@test\nTo: b@test\nnocolon\nBcc: c@test\n\n", "INET_E_NO_MESSAGE"),
        (b"To: a@test\n\nText", "INET_E_NO_SENDER"),
        (b"From: a@test\n\nText", "INET_E_NO_RECIPIENTS"),
        (b"From: a@test\nTo: b at test\n\nText", "INET_E_ADDRESS"),
    ] {
        assert_eq!(status_name(send_bytes(&client, ready)), expected);
    }
}

#[test]
fn eight_bits_that_the_server_does_not_take_end_the_message_without_its_end() {
    let peer = Peer::offering(&["PIPELINING"]);
    let client = client("127.0.0.1", peer.port);
    let status = send_bytes(&client, "From: a@test\nTo: b@test\n\nТекст".as_bytes());
    assert_eq!(status_name(status), "INET_E_EIGHT_BIT_MIME_NOT_OFFERED");
    assert!(Record::of_this_thread().is_safe_to_retry);
    assert!(!peer.delivery().is_complete);
    ok(send_bytes(&client, b"From: a@test\nTo: b@test\n\nText"));
    assert!(peer.delivery().is_complete);
}
