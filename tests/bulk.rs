//! Runs: many messages in one call, and what their reports tell.

mod support;

use inetmail::ffi::bulk::*;
use inetmail::ffi::delivery_settings::*;
use inetmail::ffi::mail_address_collection::*;
use inetmail::ffi::mail_message::*;
use inetmail::ffi::mail_message_collection::*;
use inetmail::ffi::send_report::*;
use inetmail::ffi::smtp_client::*;
use inetmail::ffi::submission::*;
use std::ffi::c_void;
use std::fmt::{Debug, Display};
use std::net::TcpListener;
use std::ptr::{null_mut, without_provenance_mut};
use std::thread::{ThreadId, current};
use support::face::{Client, Handle, Message, Record, c, client, message, ok, status_name, text};
use support::peer::Peer;

const LINES: &[&str] = &["PIPELINING", "8BITMIME"];

type Report = Handle<INetSendReport>;

fn letter(number: usize) -> Message {
    message("from@test", &format!("to{number}@test"), &format!("Letter {number}"), "Text")
}

fn collection(messages: &[Message]) -> Handle<INetMailMessageCollection> {
    let collection = Handle::of(INetMailMessageCollection_Create());
    for message in messages {
        ok(INetMailMessageCollection_Add(collection.0, message.0));
    }
    collection
}

fn bulk_report(client: &Client, messages: &[Message]) -> Report {
    Handle::of(INetSmtpClient_BulkSendWithReport(client.0, collection(messages).0))
}

fn status(report: &Report) -> &'static str {
    match INetSendReport_GetStatus(report.0) {
        0 => "INET_OK",
        status => status_name(status),
    }
}

fn sentence(report: &Report) -> String {
    text(|buffer, size| unsafe { INetSendReport_GetMessage(report.0, buffer, size) })
}

fn of_message(report: &Report, index: i32) -> Report {
    Handle::of(INetSendReport_GetMessageReport(report.0, index))
}

/// Succeeded, failed, not handled.
fn counts(report: &Report) -> [i32; 3] {
    [
        INetSendReport_GetSucceededCount(report.0),
        INetSendReport_GetFailedCount(report.0),
        INetSendReport_GetNotHandledCount(report.0),
    ]
}

/// All recipients with their verdicts.
fn verdicts(report: &Report) -> Vec<(String, i32)> {
    let count = INetSendReport_GetRecipientCount(report.0);
    let of = |index| {
        let address = text(|buffer, size| unsafe {
            INetSendReport_GetRecipientAt(report.0, index, buffer, size)
        });
        (address, INetSendReport_GetVerdictAt(report.0, index))
    };
    (0..count).map(of).collect()
}

fn subject(message: &str) -> &str {
    let (_, rest) = message.split_once("Subject: ").expect("a subject");
    rest.split("\r\n").next().unwrap_or_default()
}

#[test]
fn settings_have_defaults_and_ranges() {
    let client = client("127.0.0.1", 25);
    let settings: [Setting<i32>; 15] = [
        (INetSmtpClient_GetUsePipelining, INetSmtpClient_SetUsePipelining, 0, &[1, 2, 0], &[-1, 3]),
        (INetSmtpClient_GetUseChunking, INetSmtpClient_SetUseChunking, 0, &[1, 2, 0], &[-1, 3]),
        (
            INetSmtpClient_GetWindowMessages,
            INetSmtpClient_SetWindowMessages,
            64,
            &[1, 65535],
            &[0, -1, 65536],
        ),
        (
            INetSmtpClient_GetUseMultiConnection,
            INetSmtpClient_SetUseMultiConnection,
            INET_MULTI_CONNECTION_DISABLE,
            &[INET_MULTI_CONNECTION_ENABLE, INET_MULTI_CONNECTION_DISABLE],
            &[-1, 2],
        ),
        (
            INetSmtpClient_GetConnectionsQuantity,
            INetSmtpClient_SetConnectionsQuantity,
            3,
            &[1, 1024],
            &[0, 1025],
        ),
        (
            INetSmtpClient_GetMaxConnections,
            INetSmtpClient_SetMaxConnections,
            0,
            &[1, 65535, 0],
            &[-1, 65536],
        ),
        (
            INetSmtpClient_GetMaxMessagesPerConnection,
            INetSmtpClient_SetMaxMessagesPerConnection,
            0,
            &[1, i32::MAX, 0],
            &[-1],
        ),
        (
            INetSmtpClient_GetMaxIdleTime,
            INetSmtpClient_SetMaxIdleTime,
            300_000,
            &[1, i32::MAX, 0],
            &[-1],
        ),
        (
            INetSmtpClient_GetMaxConnectionAge,
            INetSmtpClient_SetMaxConnectionAge,
            0,
            &[1, i32::MAX, 0],
            &[-1],
        ),
        (
            INetSmtpClient_GetProbeAfterIdle,
            INetSmtpClient_SetProbeAfterIdle,
            30_000,
            &[-1, 0, i32::MAX],
            &[-2],
        ),
        (
            INetSmtpClient_GetMaxMessagesPerSecond,
            INetSmtpClient_SetMaxMessagesPerSecond,
            0,
            &[1, i32::MAX, 0],
            &[-1],
        ),
        (
            INetSmtpClient_GetMaxMessagesPerMinute,
            INetSmtpClient_SetMaxMessagesPerMinute,
            0,
            &[1, i32::MAX, 0],
            &[-1],
        ),
        (
            INetSmtpClient_GetThrottleRetries,
            INetSmtpClient_SetThrottleRetries,
            0,
            &[1, 100, 0],
            &[-1, 101],
        ),
        (
            INetSmtpClient_GetThrottleDelay,
            INetSmtpClient_SetThrottleDelay,
            1000,
            &[0, i32::MAX],
            &[-1],
        ),
        (INetSmtpClient_GetStopOnFailure, INetSmtpClient_SetStopOnFailure, 0, &[1, 0], &[]),
    ];
    check_settings(&client, &settings);
}

#[test]
fn sizes_have_defaults_and_ranges() {
    let client = client("127.0.0.1", 25);
    let settings: [Setting<i64>; 2] = [
        (INetSmtpClient_GetChunkSize, INetSmtpClient_SetChunkSize, 0, &[1, i64::MAX, 0], &[-1]),
        (
            INetSmtpClient_GetWindowSize,
            INetSmtpClient_SetWindowSize,
            1 << 20,
            &[1, i64::MAX],
            &[0, i64::MIN],
        ),
    ];
    check_settings(&client, &settings);
}

type Get<N> = extern "C" fn(*const INetSmtpClient) -> N;
type Set<N> = extern "C" fn(*mut INetSmtpClient, N) -> i32;

/// Getter, setter, default, what is taken, what is refused.
type Setting<N> = (Get<N>, Set<N>, N, &'static [N], &'static [N]);

fn check_settings<N: Copy + Debug + Display + PartialEq>(client: &Client, settings: &[Setting<N>]) {
    for (place, &(get, set, default, good, bad)) in settings.iter().enumerate() {
        assert_eq!(get(client.0), default, "setting {place}");
        for &value in good {
            ok(set(client.0, value));
            assert_eq!(get(client.0), value, "setting {place}");
        }
        let last = get(client.0);
        for &value in bad {
            assert_eq!(status_name(set(client.0, value)), "INET_E_ARGUMENT_OUT_OF_RANGE");
            let said = Record::of_this_thread().message;
            assert!(said.contains(&value.to_string()), "setting {place}: {said}");
            assert_eq!(get(client.0), last, "setting {place}");
        }
    }
}

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

/// A mail merge of the host: what it does at which message, and what it was told.
struct Merge {
    client: *mut INetSmtpClient,
    length: i64,
    /// What to do in the place of giving a message.
    instead: Option<(i64, Instead)>,
    /// At which message `done` answers what.
    done_answers: Option<(i64, i32)>,
    told: Vec<(i64, i32)>,
    kept: Vec<Report>,
    thread: ThreadId,
}

#[derive(Clone, Copy)]
enum Instead {
    Answer(i32),
    Nothing,
    Stranger,
    ReleaseClient,
}

impl Merge {
    fn new(client: &Client, length: i64) -> Merge {
        Merge {
            client: client.0,
            length,
            instead: None,
            done_answers: None,
            told: Vec::new(),
            kept: Vec::new(),
            thread: current().id(),
        }
    }

    fn instead(self, index: i64, instead: Instead) -> Merge {
        Merge { instead: Some((index, instead)), ..self }
    }

    fn run(&mut self) -> i32 {
        let user = std::ptr::from_mut(self).cast();
        unsafe { INetSmtpClient_BulkSendFrom(self.client, Some(next), Some(done), user) }
    }
}

unsafe extern "C" fn next(user: *mut c_void, index: i64, place: *mut *mut INetMailMessage) -> i32 {
    let merge = unsafe { &*user.cast::<Merge>() };
    assert_eq!(merge.thread, current().id());
    match merge.instead {
        Some((at, Instead::Answer(answer))) if at == index => return answer,
        Some((at, Instead::Nothing)) if at == index => return 1,
        Some((at, Instead::Stranger)) if at == index => {
            unsafe { *place = without_provenance_mut(12345) };
            return 1;
        }
        Some((at, Instead::ReleaseClient)) if at == index => {
            ok(INetSmtpClient_Release(merge.client));
        }
        _ => {}
    }
    if index == merge.length {
        return 0;
    }
    let letter = letter(index as usize);
    unsafe { *place = letter.0 };
    std::mem::forget(letter);
    7
}

unsafe extern "C" fn done(user: *mut c_void, index: i64, report: *mut INetSendReport) -> i32 {
    let merge = unsafe { &mut *user.cast::<Merge>() };
    assert_eq!(merge.thread, current().id());
    merge.told.push((index, INetSendReport_GetStatus(report)));
    if index % 10 == 0 {
        ok(INetSendReport_AddRef(report));
        merge.kept.push(Handle::of(report));
    }
    match merge.done_answers {
        Some((at, answer)) if at == index => answer,
        _ => 0,
    }
}

#[test]
fn a_callback_gives_the_messages_of_a_run() {
    let peer = Peer::offering(LINES);
    let client = client("127.0.0.1", peer.port);
    let mut merge = Merge::new(&client, 30);
    ok(merge.run());
    merge.told.sort();
    assert_eq!(merge.told, (0..30).map(|index| (index, 0)).collect::<Vec<_>>());
    for number in 0..30 {
        assert_eq!(subject(&peer.delivery().text()), format!("Letter {number}"));
    }
    let kept: Vec<_> = merge.kept.iter().flat_map(verdicts).map(|(address, _)| address).collect();
    assert_eq!(kept, ["to0@test", "to10@test", "to20@test"]);

    // Nobody needs to be told.
    let user = std::ptr::from_mut(&mut merge).cast();
    ok(unsafe { INetSmtpClient_BulkSendFrom(client.0, Some(next), None, user) });
    ok(Merge::new(&client, 0).run());
}

#[test]
fn what_a_callback_answers_ends_its_run() {
    let peer = Peer::offering(LINES);
    let client = client("127.0.0.1", peer.port);
    for answer in [-1, -7, i32::MIN] {
        let mut merge = Merge::new(&client, 9).instead(3, Instead::Answer(answer));
        assert_eq!(merge.run(), answer);
        assert!(merge.told.iter().all(|&(index, status)| index < 3 && status == 0));
        let mut merge = Merge { done_answers: Some((1, answer)), ..Merge::new(&client, 9) };
        assert_eq!(merge.run(), answer);
        assert!(merge.told.contains(&(1, 0)));
    }
    let mut merge = Merge::new(&client, 9).instead(2, Instead::Nothing);
    assert_eq!(status_name(merge.run()), "INET_E_CALLBACK");
    let mut merge = Merge::new(&client, 9).instead(2, Instead::Stranger);
    assert_eq!(status_name(merge.run()), "INET_E_HANDLE");
    let status = unsafe { INetSmtpClient_BulkSendFrom(client.0, None, None, null_mut()) };
    assert_eq!(status_name(status), "INET_E_ARGUMENT_NULL");
    // None of it hurt the client.
    ok(Merge::new(&client, 2).run());
}

#[test]
fn failures_of_a_merge_are_told_and_counted() {
    let peer = Peer::offering(LINES);
    let client = client("127.0.0.1", peer.port);

    unsafe extern "C" fn refused(
        user: *mut c_void,
        index: i64,
        place: *mut *mut INetMailMessage,
    ) -> i32 {
        let merge = unsafe { &*user.cast::<Merge>() };
        if index == merge.length {
            return 0;
        }
        let to = if index % 3 == 1 { "refused@test" } else { "to@test" };
        let message = message("from@test", to, "Subject", "Text");
        unsafe { *place = message.0 };
        std::mem::forget(message);
        1
    }

    let mut merge = Merge::new(&client, 9);
    let user = std::ptr::from_mut(&mut merge).cast();
    let run = || unsafe { INetSmtpClient_BulkSendFrom(client.0, Some(refused), Some(done), user) };
    assert_eq!(status_name(run()), "INET_E_SOME_MESSAGES_FAILED");
    let said = Record::of_this_thread();
    assert!(said.message.starts_with("3 of 9 messages failed; the first is message 1,"));
    assert_eq!((said.smtp_code, said.recipient.as_str()), (550, "refused@test"));
    assert_eq!(merge.told.iter().filter(|(_, status)| *status != 0).count(), 3);

    ok(INetSmtpClient_SetStopOnFailure(client.0, 1));
    merge.told.clear();
    assert_eq!(status_name(run()), "INET_E_SOME_MESSAGES_FAILED");
    let failed = merge.told.iter().filter(|(_, status)| *status != 0);
    let failed: Vec<_> = failed.map(|&(index, status)| (index, status_name(status))).collect();
    assert_eq!(failed[0], (1, "INET_E_RECIPIENTS_REFUSED"));
    assert!(failed[1..].iter().all(|(_, status)| *status == "INET_E_NOT_TRIED"));
}

#[test]
fn releasing_the_client_ends_its_run() {
    let peer = Peer::offering(LINES);
    let client = client("127.0.0.1", peer.port);
    let mut merge = Merge::new(&client, i64::MAX).instead(3, Instead::ReleaseClient);
    std::mem::forget(client);
    assert_eq!(status_name(merge.run()), "INET_E_CANCELLED");
    merge.told.sort();
    assert!(merge.told.len() >= 3 && merge.told.len() < 100);
}

#[test]
fn a_run_that_loses_its_server_is_not_safe_to_retry_as_a_whole() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let client = client("127.0.0.1", listener.local_addr().expect("an address").port());
    ok(INetSmtpClient_SetMaxMessagesPerConnection(client.0, 1));
    let mut merge = Merge::new(&client, 5);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let (connection, _) = listener.accept().expect("a connection");
            // The first message arrives; nobody is there for the second.
            drop(listener);
            Peer::take_one(connection);
        });
        assert_eq!(status_name(merge.run()), "INET_E_CONNECT");
    });
    assert_eq!(merge.told[0], (0, 0));
    let record = Record::of_this_thread();
    assert!(record.is_transient && !record.is_safe_to_retry, "{record:?}");
}
