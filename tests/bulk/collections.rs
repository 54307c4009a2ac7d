//! Runs of collections: what becomes of each message, and how a run ends.

use super::*;

#[test]
fn a_collection_is_a_list_of_objects() {
    let messages = [letter(0), letter(1), letter(2)];
    let [first, second, third] = &messages;
    let collection = collection(&messages[..2]);
    let list = collection.0;
    ok(INetMailMessageCollection_Insert(list, 0, third.0));
    ok(INetMailMessageCollection_Insert(list, 3, third.0));
    assert_eq!(INetMailMessageCollection_GetCount(list), 4);
    assert_eq!(INetMailMessageCollection_IndexOf(list, first.0), 1);
    assert_eq!(INetMailMessageCollection_IndexOf(list, letter(0).0), -1);
    let item = Handle::of(INetMailMessageCollection_GetItem(list, 2));
    assert_eq!(INetMailMessageCollection_IndexOf(list, item.0), 2);
    assert_eq!(INetMailMessageCollection_Remove(list, third.0), 1);
    assert_eq!(INetMailMessageCollection_IndexOf(list, third.0), 2);
    ok(INetMailMessageCollection_RemoveAt(list, 2));
    assert_eq!(INetMailMessageCollection_Contains(list, third.0), 0);
    assert_eq!(INetMailMessageCollection_Remove(list, third.0), 0);
    assert_eq!(INetMailMessageCollection_Contains(list, second.0), 1);
    for index in [-1, 2] {
        assert!(INetMailMessageCollection_GetItem(list, index).is_null());
        let status = INetMailMessageCollection_RemoveAt(list, index);
        assert_eq!(status_name(status), "INET_E_INDEX_OUT_OF_RANGE");
    }
    let status = INetMailMessageCollection_Insert(list, 3, first.0);
    assert_eq!(status_name(status), "INET_E_INDEX_OUT_OF_RANGE");
    ok(INetMailMessageCollection_Clear(list));
    assert_eq!(INetMailMessageCollection_GetCount(list), 0);
}

#[test]
fn a_run_delivers_every_message_and_reports_each() {
    let peer = Peer::offering(LINES);
    let client = client("127.0.0.1", peer.port);
    let messages: Vec<_> = (0..20).map(letter).collect();
    let messages: Vec<_> =
        messages.into_iter().map(|message| message.with_bcc("more@test")).collect();
    let report = bulk_report(&client, &messages);

    assert_eq!((status(&report), sentence(&report).as_str()), ("INET_OK", ""));
    assert_eq!(INetSendReport_GetMessageCount(report.0), 20);
    assert_eq!(counts(&report), [20, 0, 0]);
    for number in 0..20 {
        let delivery = peer.delivery();
        assert_eq!(subject(&delivery.text()), format!("Letter {number}"));
        assert_eq!(delivery.recipients(), [&*format!("to{number}@test"), "more@test"]);
    }
    let expected = (0..20).flat_map(|number| [format!("to{number}@test"), "more@test".into()]);
    let expected: Vec<_> = expected.map(|address| (address, INET_VERDICT_DELIVERED)).collect();
    assert_eq!(verdicts(&report), expected);

    let (start, end) = (INetSendReport_GetStartTime(report.0), INetSendReport_GetEndTime(report.0));
    // 2020 in milliseconds: neither seconds nor nothing.
    assert!(1_577_836_800_000 < start && start <= end);
    let connection = INetSendReport_GetConnection(report.0);
    assert!(connection >= 1);
    for number in 0..20 {
        let one = of_message(&report, number);
        assert_eq!((status(&one), counts(&one)), ("INET_OK", [1, 0, 0]));
        assert_eq!(INetSendReport_GetMessageCount(one.0), 1);
        assert_eq!(INetSendReport_GetFinalCode(one.0), 250);
        let said = text(|buffer, size| unsafe { INetSendReport_GetFinalText(one.0, buffer, size) });
        assert_eq!(said, "2.0.0 taken");
        let peer_name = text(|buffer, size| unsafe { INetSendReport_GetPeer(one.0, buffer, size) });
        assert_eq!(peer_name, format!("127.0.0.1 (127.0.0.1:{})", peer.port));
        assert_eq!(INetSendReport_GetConnection(one.0), connection);
        let (began, ended) = (INetSendReport_GetStartTime(one.0), INetSendReport_GetEndTime(one.0));
        assert!(start <= began && began <= ended && ended <= end);
        assert!((0..=end - start).contains(&INetSendReport_GetDuration(one.0)));
        // The report of a message is that of its only message.
        assert_eq!(verdicts(&of_message(&one, 0)), verdicts(&one));
    }
    for index in [-1, 20] {
        assert!(INetSendReport_GetMessageReport(report.0, index).is_null());
        assert_eq!(Record::of_this_thread().message, format!("message {index} is none of 20"));
    }
}

#[test]
fn both_names_send_a_collection() {
    let peer = Peer::offering(LINES);
    let client = client("127.0.0.1", peer.port);
    // A message may go twice.
    let (first, second) = (letter(1), letter(2));
    let messages = collection(&[first, second]);
    ok(INetSmtpClient_BulkSend(client.0, messages.0));
    ok(INetSmtpClient_SendCollection(client.0, messages.0));
    let subjects: Vec<_> = (0..4).map(|_| subject(&peer.delivery().text()).to_owned()).collect();
    assert_eq!(subjects, ["Letter 1", "Letter 2", "Letter 1", "Letter 2"]);

    let nothing = collection(&[]);
    ok(INetSmtpClient_BulkSend(client.0, nothing.0));
    let report = Handle::of(INetSmtpClient_BulkSendWithReport(client.0, nothing.0));
    assert_eq!((status(&report), counts(&report)), ("INET_OK", [0, 0, 0]));
    assert_eq!(INetSendReport_GetRecipientCount(report.0), 0);
    assert_eq!(INetSendReport_GetConnection(report.0), 0);
    assert_eq!(INetSendReport_GetStartTime(report.0), 0);
}

#[test]
fn a_message_that_fails_does_so_alone() {
    let peer = Peer::offering(LINES);
    let client = client("127.0.0.1", peer.port);
    let (without_file, without_recipients) = (letter(1), Handle::of(INetMailMessage_Create()));
    without_file.attach("/nowhere/a.txt");
    let refused = message("from@test", "refused@test", "Letter 3", "Text");
    let partly = letter(4).with_bcc("refused@test");
    let messages = [letter(0), without_file, without_recipients, refused, partly, letter(5)];
    let report = bulk_report(&client, &messages);

    assert_eq!(status(&report), "INET_E_SOME_MESSAGES_FAILED");
    assert_eq!(counts(&report), [2, 4, 0]);
    let said = sentence(&report);
    let start = "4 of 6 messages failed; the first is message 1, counted from 0: /nowhere/a.txt: ";
    assert!(said.starts_with(start), "{said}");
    let statuses: Vec<_> = (0..6).map(|index| status(&of_message(&report, index))).collect();
    assert_eq!(
        statuses,
        [
            "INET_OK",
            "INET_E_FILE_NOT_FOUND",
            "INET_E_NO_RECIPIENTS",
            "INET_E_RECIPIENTS_REFUSED",
            "INET_E_SOME_RECIPIENTS_REFUSED",
            "INET_OK"
        ]
    );
    let expected = [
        ("to0@test", INET_VERDICT_DELIVERED),
        ("to1@test", INET_VERDICT_NOT_SENT),
        ("refused@test", INET_VERDICT_REFUSED),
        ("to4@test", INET_VERDICT_DELIVERED),
        ("refused@test", INET_VERDICT_REFUSED),
        ("to5@test", INET_VERDICT_DELIVERED),
    ];
    assert_eq!(verdicts(&report), expected.map(|(address, verdict)| (address.into(), verdict)));
    assert_eq!(INetSendReport_GetCodeAt(report.0, 4), 550);
    let code =
        text(|buffer, size| unsafe { INetSendReport_GetEnhancedCodeAt(report.0, 2, buffer, size) });
    assert_eq!(code, "5.1.1");
    // Sending all of it again would make duplicates, sending this one would not.
    assert_eq!(INetSendReport_GetIsSafeToRetry(report.0), 0);
    let one = of_message(&report, 1);
    assert_eq!(INetSendReport_GetIsSafeToRetry(one.0), 1);
    assert_eq!(INetSendReport_GetConnection(one.0), 0);
    assert!(INetSendReport_GetStartTime(one.0) > 0);
    for number in [0, 4, 5] {
        assert_eq!(subject(&peer.delivery().text()), format!("Letter {number}"));
    }

    let status = INetSmtpClient_BulkSend(client.0, collection(&messages).0);
    let record = Record::of_this_thread();
    assert_eq!(status_name(status), "INET_E_SOME_MESSAGES_FAILED");
    assert_eq!((record.status, record.message), (status, said));
}

#[test]
fn a_run_speaks_by_its_first_failure() {
    let peer = Peer::offering(LINES);
    let client = client("127.0.0.1", peer.port);
    let refused = message("from@test", "refused@test", "Refused", "Text");
    let report = bulk_report(&client, &[letter(0), refused]);
    let phase = text(|buffer, size| unsafe { INetSendReport_GetPhase(report.0, buffer, size) });
    let code =
        text(|buffer, size| unsafe { INetSendReport_GetEnhancedCode(report.0, buffer, size) });
    assert_eq!((phase.as_str(), code.as_str()), ("RCPT", "5.1.1"));
    assert_eq!(INetSendReport_GetFinalCode(report.0), 550);
    assert_eq!(INetSendReport_GetIsTransient(report.0), 0);
    assert!(sentence(&report).contains("1 of 2 messages failed; the first is message 1,"));
}

#[test]
fn without_a_server_the_run_is_over_and_all_may_be_tried_again() {
    let port = {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        listener.local_addr().expect("an address").port()
    };
    let report = bulk_report(&client("127.0.0.1", port), &[letter(0), letter(1)]);
    assert_eq!((status(&report), counts(&report)), ("INET_E_SOME_MESSAGES_FAILED", [0, 1, 1]));
    assert_eq!(INetSendReport_GetIsTransient(report.0), 1);
    assert_eq!(INetSendReport_GetIsSafeToRetry(report.0), 1);
    assert_eq!(INetSendReport_GetConnection(report.0), 0);
    assert_eq!(status(&of_message(&report, 0)), "INET_E_CONNECT");
    assert_eq!(status(&of_message(&report, 1)), "INET_E_NOT_TRIED");
}

#[test]
fn a_message_for_too_many_goes_in_parts() {
    let peer = Peer::offering(&["PIPELINING", "CHUNKING", "LIMITS RCPTMAX=2"]);
    let client = client("127.0.0.1", peer.port);
    let many = message("from@test", "a@test", "Many", "Text");
    let bcc = Handle::of(INetMailMessage_GetBcc(many.0));
    for address in [c"b@test", c"refused@test", c"c@test", c"d@test"] {
        ok(unsafe { INetMailAddressCollection_AddString(bcc.0, address.as_ptr()) });
    }
    let report = bulk_report(&client, &[letter(0), many, letter(2)]);
    assert_eq!((status(&report), counts(&report)), ("INET_E_SOME_MESSAGES_FAILED", [2, 1, 0]));
    let of_many = of_message(&report, 1);
    let told: Vec<_> = verdicts(&of_many);
    let refused: Vec<_> =
        told.iter().map(|(_, verdict)| *verdict == INET_VERDICT_REFUSED).collect();
    assert_eq!(refused, [false, false, true, false, false]);
    let parts: Vec<_> = (0..5).map(|_| peer.delivery().recipients().len()).collect();
    assert_eq!(parts, [1, 2, 1, 1, 1]);
}

#[test]
fn a_run_stops_on_failure_if_it_is_told_to() {
    let peer = Peer::offering(LINES);
    let client = client("127.0.0.1", peer.port);
    ok(INetSmtpClient_SetStopOnFailure(client.0, 1));
    let refused = message("from@test", "refused@test", "Letter 1", "Text");
    let report = bulk_report(&client, &[letter(0), refused, letter(2), letter(3)]);
    assert_eq!((status(&report), counts(&report)), ("INET_E_SOME_MESSAGES_FAILED", [1, 1, 2]));
    let said = sentence(&report);
    assert!(
        said.starts_with("1 of 4 messages failed and 2 were not tried; the first is message 1")
    );
    let rest = of_message(&report, 3);
    assert_eq!((status(&rest), counts(&rest)), ("INET_E_NOT_TRIED", [0, 0, 1]));
    assert_eq!(verdicts(&rest), [("to3@test".into(), INET_VERDICT_NOT_SENT)]);
    assert_eq!(INetSendReport_GetIsSafeToRetry(rest.0), 1);
    assert_eq!(INetSendReport_GetStartTime(rest.0), 0);
}

#[test]
fn a_run_that_cannot_begin_says_why() {
    let client = Handle::of(INetSmtpClient_Create());
    let messages = collection(&[letter(0)]);
    let failed_by = |status: &str| {
        assert!(INetSmtpClient_BulkSendWithReport(client.0, messages.0).is_null());
        let record = Record::of_this_thread();
        assert_eq!(status_name(record.status), status);
        assert!(record.is_safe_to_retry);
    };
    failed_by("INET_E_NO_HOST");
    ok(INetSmtpClient_SetDeliveryMethod(client.0, INET_DELIVERY_SPECIFIED_PICKUP_DIRECTORY));
    failed_by("INET_E_PICKUP_DIRECTORY");
    ok(INetSmtpClient_SetDeliveryMethod(client.0, INET_DELIVERY_PICKUP_DIRECTORY_FROM_IIS));
    failed_by("INET_E_PICKUP_DIRECTORY");
}

#[test]
fn a_pickup_directory_takes_a_run() {
    let directory = std::env::temp_dir().join(format!("inetmail-bulk-{}", std::process::id()));
    std::fs::create_dir(&directory).expect("a directory");
    let path = c(directory.to_str().expect("UTF-8"));
    let client = Handle::of(INetSmtpClient_Create());
    ok(INetSmtpClient_SetDeliveryMethod(client.0, INET_DELIVERY_SPECIFIED_PICKUP_DIRECTORY));
    ok(unsafe { INetSmtpClient_SetPickupDirectoryLocation(client.0, path.as_ptr()) });
    let without_recipients = Handle::of(INetMailMessage_Create());
    let report = bulk_report(&client, &[letter(0), without_recipients, letter(2)]);
    assert_eq!(counts(&report), [2, 1, 0]);
    for (index, number) in [(0, 0), (2, 2)] {
        let one = of_message(&report, index);
        let file = text(|buffer, size| unsafe { INetSendReport_GetFinalText(one.0, buffer, size) });
        let octets = std::fs::read_to_string(file).expect("the file");
        assert_eq!(subject(&octets), format!("Letter {number}"));
        assert_eq!(INetSendReport_GetConnection(one.0), 0);
        assert!(INetSendReport_GetStartTime(one.0) > 0);
    }
    assert_eq!(std::fs::read_dir(&directory).expect("a list").count(), 2);
    std::fs::remove_dir_all(&directory).expect("nothing behind");
}
