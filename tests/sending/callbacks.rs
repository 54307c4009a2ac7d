//! Messages and attachments that a host's callbacks give.

use super::*;

#[test]
fn a_stream_is_read_while_it_is_sent() {
    let peer = Peer::offering(LINES);
    let client = client("127.0.0.1", peer.port);
    let header = "From: a@test\r\nTo: b@test\r\n\r\n";
    let body = "line\r\n".repeat(100_000);
    let mut host = Host { octets: format!("{header}{body}").into_bytes(), ..Host::default() };
    let user = (&raw mut host).cast();
    ok(unsafe { INetSmtpClient_SendStream(client.0, null(), null(), Some(read), user) });
    assert_eq!(peer.delivery().octets, host.octets);

    // Behind the header it is too late to begin anew, and before it nothing has been said.
    for (place, mails) in [(0, false), (200_000, true)] {
        host.given = 0;
        host.failure = Some((place, -77));
        let user = (&raw mut host).cast();
        let status =
            unsafe { INetSmtpClient_SendStream(client.0, null(), null(), Some(read), user) };
        assert_eq!((status, INetError_GetStatus()), (-77, -77));
        assert!(Record::of_this_thread().is_safe_to_retry);
        assert!(!mails || !peer.delivery().is_complete);
    }
    let status = unsafe { INetSmtpClient_SendStream(client.0, null(), null(), None, null_mut()) };
    assert_eq!(status_name(status), "INET_E_ARGUMENT_NULL");
}

#[test]
fn an_attachment_is_read_from_a_callback_each_time_it_is_sent() {
    let peer = Peer::offering(LINES);
    let client = client("127.0.0.1", peer.port);
    let content: Vec<u8> = (0..=255).cycle().take(250_000).collect();
    for length in [-1, content.len() as i64] {
        let message = letter("Text");
        let mut host = Host { octets: content.clone(), ..Host::default() };
        host.message = Some(message.0 as usize);
        let user = (&raw mut host).cast();
        let attachment = Handle::of(unsafe {
            INetAttachment_CreateFromStream(
                c"a.bin".as_ptr(),
                length,
                Some(read_at),
                user,
                Some(dropped),
            )
        });
        for encoding in [INET_TRANSFER_ENCODING_AUTO, INET_TRANSFER_ENCODING_QUOTED_PRINTABLE] {
            ok(INetAttachment_SetTransferEncoding(attachment.0, encoding));
            attach(&message, &attachment);
            client.send(&message).unwrap();
            let delivery = peer.delivery();
            let loaded = Handle::of(unsafe {
                INetMailMessage_LoadBytes(delivery.octets.as_ptr(), delivery.octets.len())
            });
            let attachments = Handle::of(INetMailMessage_GetAttachments(loaded.0));
            let last = INetAttachmentCollection_GetCount(attachments.0) - 1;
            let found = Handle::of(INetAttachmentCollection_GetItem(attachments.0, last));
            let mut got = vec![0; content.len() + 1];
            let size = unsafe { INetAttachment_GetBytes(found.0, got.as_mut_ptr(), got.len()) };
            assert_eq!(&got[..size as usize], content);
        }
        host.failure = Some((100_000, -5));
        let record = client.send(&message).unwrap_err();
        assert_eq!(record.status, -5);
        assert!(record.is_safe_to_retry && !peer.delivery().is_complete);
        assert_eq!(host.dropped, 0);
        drop(message);
        drop(attachment);
        assert_eq!(host.dropped, 1);
    }
}

#[test]
fn a_callback_that_does_not_come_to_be_is_dropped_too() {
    let mut host = Host::default();
    let user = (&raw mut host).cast();
    for (name, length, read) in [
        (c"a\r\nb".as_ptr(), 0, Some(read_at as unsafe extern "C" fn(_, _, _, _) -> _)),
        (null(), 0, Some(read_at)),
        (c"a".as_ptr(), -2, Some(read_at)),
        (c"a".as_ptr(), 0, None),
    ] {
        host.dropped = 0;
        let attachment =
            unsafe { INetAttachment_CreateFromStream(name, length, read, user, Some(dropped)) };
        assert!(attachment.is_null());
        assert_eq!(host.dropped, 1);
    }
}

#[test]
fn content_that_changes_its_length_ends_the_message_without_its_end() {
    for (length, sentence) in [(249_999, "became longer"), (250_001, "became shorter")] {
        let peer = Peer::offering(BINARY);
        let client = client("127.0.0.1", peer.port);
        let message = letter("Text");
        let mut host = Host { octets: vec![7; 250_000], ..Host::default() };
        let user = (&raw mut host).cast();
        let attachment = Handle::of(unsafe {
            INetAttachment_CreateFromStream(c"".as_ptr(), length, Some(read_at), user, None)
        });
        attach(&message, &attachment);
        let record = client.send(&message).unwrap_err();
        assert_eq!(status_name(record.status), "INET_E_FILE_CHANGED");
        assert!(record.message.contains(sentence), "{}", record.message);
        // The first message that is whole is the next.
        client.send(&letter("The next")).expect("a message that stays as it is");
        let whole =
            std::iter::repeat_with(|| peer.delivery()).find(|delivery| delivery.is_complete);
        assert!(whole.expect("a message").text().contains("The next"));
    }
}
