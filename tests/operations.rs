//! Sends that run beside their caller, and the progress of all.

mod support;

use inetmail::ffi::attachment::*;
use inetmail::ffi::attachment_collection::*;
use inetmail::ffi::client_socket_limits::*;
use inetmail::ffi::error::*;
use inetmail::ffi::mail_address_collection::*;
use inetmail::ffi::mail_message::*;
use inetmail::ffi::mail_message_collection::*;
use inetmail::ffi::operation::*;
use inetmail::ffi::progress::*;
use inetmail::ffi::send_report::*;
use inetmail::ffi::smtp_client::*;
use inetmail::ffi::submission::*;
use std::ffi::c_void;
use std::net::TcpListener;
use std::ptr::{null, null_mut};
use std::sync::Mutex;
use std::sync::atomic::{AtomicI32, AtomicI64, AtomicUsize, Ordering::SeqCst};
use std::thread::{ThreadId, current};
use std::time::Instant;
use support::face::{Client, Handle, Message, Record, c, client, message, ok, status_name};
use support::peer::Peer;

type Operation = Handle<INetOperation>;

fn letter(subject: &str) -> Message {
    message("from@test", "to@test", subject, "Text")
}

#[expect(clippy::disallowed_methods, reason = "the test measures")]
fn now() -> Instant {
    Instant::now()
}

fn start(client: &Client, message: &Message) -> Operation {
    Handle::of(unsafe { INetSmtpClient_SendAsync(client.0, message.0, None, null_mut(), None) })
}

/// Waits for the end, and tells the status by name.
fn end(operation: &Operation) -> &'static str {
    assert_eq!(INetOperation_Wait(operation.0, 60_000), 1);
    match INetOperation_GetStatus(operation.0) {
        0 => "INET_OK",
        status => status_name(status),
    }
}

/// A server that accepts no connection, so that a Send stays under way.
fn silence() -> (TcpListener, Client) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let client = client("127.0.0.1", listener.local_addr().expect("an address").port());
    (listener, client)
}

#[test]
fn an_operation_tells_how_it_went() {
    let peer = Peer::offering(&["SIZE"]);
    let operation = start(&client("127.0.0.1", peer.port), &letter("One"));
    // The client of this test is gone, and the operation with it, unless it was faster.
    assert!(matches!(end(&operation), "INET_OK" | "INET_E_CANCELLED" | "INET_E_IN_DOUBT"));

    let peer = Peer::offering(&["SIZE"]);
    let client = client("127.0.0.1", peer.port);
    let operation = start(&client, &letter("Two"));
    assert_eq!(end(&operation), "INET_OK");
    let report = Handle::of(INetOperation_GetReport(operation.0));
    assert_eq!(INetSendReport_GetVerdictAt(report.0, 0), INET_VERDICT_DELIVERED);
    let size = peer.delivery().octets.len() as i64;
    assert_eq!(INetOperation_GetOctetsSent(operation.0), size);
    assert_eq!(INetOperation_GetOctetsTotal(operation.0), size);
    assert_eq!(INetOperation_GetMessagesDone(operation.0), 1);
    // It is over: that cannot be changed.
    ok(INetOperation_Cancel(operation.0));
    assert_eq!(end(&operation), "INET_OK");
}

#[test]
fn a_run_goes_on_beside_its_caller() {
    let peer = Peer::offering(&["PIPELINING", "CHUNKING", "SIZE"]);
    let client = client("127.0.0.1", peer.port);
    let collection = Handle::of(INetMailMessageCollection_Create());
    let letters: Vec<_> = (0..50).map(|number| letter(&format!("Letter {number}"))).collect();
    for letter in &letters {
        ok(INetMailMessageCollection_Add(collection.0, letter.0));
    }
    let start =
        || unsafe { INetSmtpClient_BulkSendAsync(client.0, collection.0, None, null_mut(), None) };
    let operation = Handle::of(start());
    assert_eq!(end(&operation), "INET_OK");
    let report = Handle::of(INetOperation_GetReport(operation.0));
    assert_eq!(INetSendReport_GetMessageCount(report.0), 50);
    assert_eq!(INetSendReport_GetSucceededCount(report.0), 50);
    assert_eq!(INetOperation_GetMessagesDone(operation.0), 50);
    let arrived: i64 = (0..50).map(|_| peer.delivery().octets.len() as i64).sum();
    assert_eq!(INetOperation_GetOctetsSent(operation.0), arrived);

    let (_listener, silent) = silence();
    let start =
        || unsafe { INetSmtpClient_BulkSendAsync(silent.0, collection.0, None, null_mut(), None) };
    let operation = Handle::of(start());
    ok(INetOperation_Cancel(operation.0));
    end(&operation);
    let report = Handle::of(INetOperation_GetReport(operation.0));
    let (done, rest) =
        (INetSendReport_GetSucceededCount(report.0), INetSendReport_GetNotHandledCount(report.0));
    assert!(done == 0 && rest >= 49, "{done} done, {rest} not tried");
    assert_eq!(INetSendReport_GetIsSafeToRetry(report.0), 1);
}

#[test]
fn what_is_under_way_says_so() {
    let (_listener, client) = silence();
    let operation = start(&client, &letter("Under way"));
    for patience in [0, 1] {
        assert_eq!(INetOperation_Wait(operation.0, patience), 0);
    }
    assert_eq!(INetOperation_Wait(operation.0, -2), -1102);
    INetError_Clear();
    assert_eq!(status_name(INetOperation_GetStatus(operation.0)), "INET_E_BUSY");
    assert_eq!(INetError_GetStatus(), 0, "the status of the operation is no failure of the call");
    assert!(INetOperation_GetReport(operation.0).is_null());
    assert_eq!(status_name(INetError_GetStatus()), "INET_E_BUSY");
    assert_eq!(INetOperation_GetOctetsSent(operation.0), 0);
    assert_eq!(INetOperation_GetOctetsTotal(operation.0), -1);
    assert_eq!(INetOperation_GetMessagesDone(operation.0), 0);
}

#[test]
fn a_message_goes_out_as_it_was_when_its_operation_began() {
    let (listener, client) = silence();
    let peer = Peer::offering(&[]);
    let letter = letter("As it was");
    let octets = c("old.txt");
    let attachment =
        Handle::of(unsafe { INetAttachment_CreateFromBytes(b"old".as_ptr(), 3, octets.as_ptr()) });
    let attachments = Handle::of(INetMailMessage_GetAttachments(letter.0));
    ok(INetAttachmentCollection_Add(attachments.0, attachment.0));
    let waiting = start(&client, &letter);

    // The first server is waited for while everything changes.
    ok(INetSmtpClient_SetPort(client.0, i32::from(peer.port)));
    let (subject, body, name) = (c("As it is"), c("Other text"), c("new.txt"));
    unsafe {
        ok(INetMailMessage_SetSubject(letter.0, subject.as_ptr()));
        ok(INetMailMessage_SetBody(letter.0, body.as_ptr()));
        ok(INetAttachment_SetName(attachment.0, name.as_ptr()));
    }
    ok(INetAttachmentCollection_Clear(attachments.0));
    let (connection, _) = listener.accept().expect("the old port");
    let delivery = Peer::take_one(connection);
    assert_eq!(end(&waiting), "INET_OK");
    assert!(delivery.text().contains("Subject: As it was\r\n"), "{}", delivery.text());
    assert!(delivery.text().contains("old.txt") && !delivery.text().contains("Other text"));

    assert_eq!(end(&start(&client, &letter)), "INET_OK");
    let delivery = peer.delivery().text();
    assert!(delivery.contains("Subject: As it is\r\n") && !delivery.contains("old.txt"));
}

#[test]
fn what_is_wrong_with_a_message_shows_at_once() {
    static CALLED: AtomicUsize = AtomicUsize::new(0);
    static DROPPED: AtomicUsize = AtomicUsize::new(0);
    unsafe extern "C" fn called(_: *mut c_void, _: *mut INetOperation) {
        CALLED.fetch_add(1, SeqCst);
    }
    unsafe extern "C" fn dropped(_: *mut c_void) {
        DROPPED.fetch_add(1, SeqCst);
    }
    let client = client("127.0.0.1", 1);
    let no_recipients = letter("To nobody");
    let to = Handle::of(INetMailMessage_GetTo(no_recipients.0));
    ok(INetMailAddressCollection_Clear(to.0));
    let start = |client, message| unsafe {
        INetSmtpClient_SendAsync(client, message, Some(called), null_mut(), Some(dropped))
    };
    assert!(start(client.0, no_recipients.0).is_null());
    assert_eq!(status_name(INetError_GetStatus()), "INET_E_NO_RECIPIENTS");
    assert!(start(null_mut(), no_recipients.0).is_null());
    assert!(start(client.0, null_mut()).is_null());
    assert_eq!((CALLED.load(SeqCst), DROPPED.load(SeqCst)), (0, 3));
}

/// What a completion callback saw.
struct Seen {
    operation: *mut INetOperation,
    status: i32,
    wait: [i32; 2],
    thread: ThreadId,
    is_dropped: bool,
}

unsafe extern "C" fn look(user: *mut c_void, operation: *mut INetOperation) {
    let seen = unsafe { &*user.cast::<Mutex<Option<Seen>>>() };
    let report = Handle::of(INetOperation_GetReport(operation));
    *seen.lock().expect("no panic") = Some(Seen {
        operation,
        status: INetSendReport_GetStatus(report.0),
        wait: [INetOperation_Wait(operation, -1), INetOperation_Wait(operation, 0)],
        thread: current().id(),
        is_dropped: false,
    });
}

unsafe extern "C" fn look_again(user: *mut c_void) {
    let seen = unsafe { &*user.cast::<Mutex<Option<Seen>>>() };
    let mut seen = seen.lock().expect("no panic");
    let seen = seen.as_mut().expect("the callback comes first");
    assert!(!seen.is_dropped);
    seen.is_dropped = true;
}

#[test]
fn a_callback_hears_of_the_result_on_a_thread_of_the_library() {
    let peer = Peer::offering(&[]);
    let client = client("127.0.0.1", peer.port);
    for is_released_at_once in [false, true] {
        let seen = Mutex::<Option<Seen>>::new(None);
        let user = (&raw const seen).cast_mut().cast();
        let operation = Handle::of(unsafe {
            INetSmtpClient_SendAsync(
                client.0,
                letter("Called back").0,
                Some(look),
                user,
                Some(look_again),
            )
        });
        let handle = operation.0;
        if is_released_at_once {
            drop(operation);
            while !seen.lock().expect("no panic").as_ref().is_some_and(|seen| seen.is_dropped) {
                std::thread::yield_now();
            }
        } else {
            assert_eq!(end(&operation), "INET_OK");
        }
        let seen = seen.into_inner().expect("no panic").expect("a call");
        assert_eq!(seen.operation, handle);
        assert_eq!(seen.status, 0);
        assert_eq!(seen.wait.map(status_name), ["INET_E_BUSY"; 2]);
        assert!(seen.is_dropped && seen.thread != current().id());
        assert!(peer.delivery().is_complete);
    }
}

#[test]
fn one_of_many_is_cancelled_and_the_client_cancels_all() {
    let (listener, client) = silence();
    let operations: Vec<_> = (0..5).map(|_| start(&client, &letter("One of many"))).collect();
    let mut connections: Vec<_> =
        (0..5).map(|_| listener.accept().expect("a connection").0).collect();
    ok(INetOperation_Cancel(operations[2].0));
    assert_eq!(end(&operations[2]), "INET_E_CANCELLED");
    for place in [0, 1, 3, 4] {
        assert_eq!(INetOperation_Wait(operations[place].0, 0), 0);
    }
    // Whoever has come first may be the cancelled one: any other takes the letter.
    let delivery = std::iter::from_fn(|| connections.pop()).find_map(Peer::try_one);
    assert!(delivery.expect("a letter").is_complete);
    let is_over = |operation: &Operation| INetOperation_Wait(operation.0, 0) == 1;
    while operations.iter().filter(|operation| is_over(operation)).count() < 2 {
        std::thread::yield_now();
    }
    ok(INetSmtpClient_Cancel(client.0));
    let mut ends: Vec<_> = operations.iter().map(end).collect();
    ends.sort();
    ends.dedup();
    assert_eq!(ends, ["INET_E_CANCELLED", "INET_OK"]);

    // What begins afterwards goes on, until the client is given up.
    let operation = start(&client, &letter("Afterwards"));
    let _connection = listener.accept().expect("a connection");
    assert_eq!(INetOperation_Wait(operation.0, 1), 0);
    drop(client);
    assert_eq!(end(&operation), "INET_E_CANCELLED");
    let report = Handle::of(INetOperation_GetReport(operation.0));
    assert_eq!(INetSendReport_GetVerdictAt(report.0, 0), INET_VERDICT_NOT_SENT);
}

#[test]
fn a_cancellation_meets_a_completion() {
    let peer = Peer::offering(&[]);
    let client = client("127.0.0.1", peer.port);
    for round in 0..200 {
        let operation = start(&client, &letter("Both at once"));
        for _ in 0..round * 50 {
            std::hint::spin_loop();
        }
        std::thread::scope(|scope| {
            scope.spawn(|| cancel(&operation));
            scope.spawn(|| cancel(&operation));
        });
        assert!(matches!(end(&operation), "INET_OK" | "INET_E_CANCELLED" | "INET_E_IN_DOUBT"));
    }
}

fn cancel(operation: &Operation) {
    ok(INetOperation_Cancel(operation.0));
}

/// What a progress callback was told, and what it answers.
#[derive(Default)]
struct Progress {
    told: Mutex<Vec<(i64, i64, i32)>>,
    threads: Mutex<Vec<ThreadId>>,
    answer: AtomicI32,
    dropped: AtomicUsize,
    /// Sent from within the callback.
    client: Option<Client>,
}

unsafe extern "C" fn progress(user: *mut c_void, octets: i64, total: i64, messages: i32) -> i32 {
    let progress = unsafe { &*user.cast::<Progress>() };
    let is_first = progress.told.lock().expect("no panic").is_empty();
    progress.told.lock().expect("no panic").push((octets, total, messages));
    progress.threads.lock().expect("no panic").push(current().id());
    if let Some(client) = progress.client.as_ref().filter(|_| is_first) {
        client.send(&letter("From within")).expect("a Send within a Send");
    }
    progress.answer.load(SeqCst)
}

unsafe extern "C" fn progress_dropped(user: *mut c_void) {
    unsafe { &*user.cast::<Progress>() }.dropped.fetch_add(1, SeqCst);
}

fn follow(client: &Client, followed: &Progress) {
    let user = std::ptr::from_ref(followed).cast_mut().cast();
    ok(unsafe {
        INetSmtpClient_OnProgress(client.0, Some(progress), user, Some(progress_dropped))
    });
}

#[test]
fn a_send_tells_how_far_it_is() {
    let peer = Peer::offering(&["SIZE"]);
    let client = client("127.0.0.1", peer.port);
    let followed = Progress::default();
    follow(&client, &followed);
    let large = message("from@test", "to@test", "Large", &"Text\n".repeat(2_000_000));
    let start_of_send = now();
    client.send(&large).expect("a Send");
    let pauses = start_of_send.elapsed().as_millis() as usize / 100;
    let size = peer.delivery().octets.len() as i64;
    let told = std::mem::take(&mut *followed.told.lock().expect("no panic"));
    assert_eq!(told.first(), Some(&(0, size, 0)));
    assert_eq!(told.last(), Some(&(size, size, 1)));
    assert!(told.is_sorted() && told.len() <= 2 + pauses, "{told:?} in {pauses} pauses");
    assert!(followed.threads.lock().expect("no panic").iter().all(|id| *id == current().id()));

    // An operation tells on its own thread.
    followed.threads.lock().expect("no panic").clear();
    assert_eq!(end(&start(&client, &letter("Small"))), "INET_OK");
    assert_eq!(followed.told.lock().expect("no panic").len(), 2);
    assert!(followed.threads.lock().expect("no panic").iter().all(|id| *id != current().id()));

    assert_eq!(followed.dropped.load(SeqCst), 0);
    ok(unsafe { INetSmtpClient_OnProgress(client.0, None, null_mut(), None) });
    assert_eq!(followed.dropped.load(SeqCst), 1);
    client.send(&letter("Not followed")).expect("a Send");
    assert_eq!(followed.told.lock().expect("no panic").len(), 2);

    let given_up = Progress::default();
    follow(&client, &given_up);
    drop(client);
    assert_eq!(given_up.dropped.load(SeqCst), 1);
    let user = std::ptr::from_ref(&given_up).cast_mut().cast();
    let status = unsafe {
        INetSmtpClient_OnProgress(null_mut(), Some(progress), user, Some(progress_dropped))
    };
    assert_eq!((status, given_up.dropped.load(SeqCst)), (-1000, 2));
}

/// Its line ends make more of it than was reckoned.
#[test]
fn the_total_of_octets_is_never_below_those_that_are_out() {
    let ready = format!("From: from@test\nTo: to@test\n\n{}", "Text\n".repeat(50_000));
    let peer = Peer::offering(&["SIZE"]);
    let client = client("127.0.0.1", peer.port);
    let followed = Progress::default();
    follow(&client, &followed);
    ok(unsafe {
        let (octets, length) = (ready.as_ptr(), ready.len());
        INetSmtpClient_SendBytes(client.0, null(), null(), octets, length)
    });
    let size = peer.delivery().octets.len() as i64;
    let told = std::mem::take(&mut *followed.told.lock().expect("no panic"));
    assert_eq!(told.last(), Some(&(size, size, 1)));
    assert!(told.iter().all(|(octets, total, _)| octets <= total), "{told:?}");
}

/// A message that takes more than a second, in three blocks at most.
fn over_a_slow_line(extensions: &[&str]) -> (Peer, Client, Message) {
    let peer = Peer::offering(extensions);
    let client = client("127.0.0.1", peer.port);
    ok(INetSmtpClient_SetSocketOutgoingSpeedLimit(client.0, 200_000));
    (peer, client, message("from@test", "to@test", "Slow", &"Text\n".repeat(50_000)))
}

#[test]
fn over_a_slow_line_progress_is_told_within_a_block() {
    for extensions in [&["SIZE"][..], &["SIZE", "PIPELINING", "CHUNKING"]] {
        let (peer, client, slow) = over_a_slow_line(extensions);
        let followed = Progress::default();
        follow(&client, &followed);
        client.send(&slow).expect("a Send");
        let size = peer.delivery().octets.len() as i64;
        let told = std::mem::take(&mut *followed.told.lock().expect("no panic"));
        assert_eq!((told.first(), told.last()), (Some(&(0, size, 0)), Some(&(size, size, 1))));
        assert!(told.is_sorted() && told.len() > 6, "{told:?}");
        let in_the_first_block = told.iter().filter(|(octets, ..)| (1..100_000).contains(octets));
        assert!(in_the_first_block.count() > 1, "{told:?}");
    }
}

#[test]
fn a_negative_answer_within_a_block_ends_the_send() {
    unsafe extern "C" fn gives_up(user: *mut c_void, octets: i64, _: i64, _: i32) -> i32 {
        unsafe { &*user.cast::<AtomicI64>() }.store(octets, SeqCst);
        if octets > 0 { -78 } else { 0 }
    }
    for extensions in [&["SIZE"][..], &["SIZE", "PIPELINING", "CHUNKING"]] {
        let (peer, client, slow) = over_a_slow_line(extensions);
        let octets = AtomicI64::new(0);
        let user = std::ptr::from_ref(&octets).cast_mut().cast();
        ok(unsafe { INetSmtpClient_OnProgress(client.0, Some(gives_up), user, None) });
        assert_eq!(INetSmtpClient_Send(client.0, slow.0), -78);
        let record = Record::of_this_thread();
        assert!(record.is_safe_to_retry && !record.is_connection_usable, "{record:?}");
        assert!((1..131_072).contains(&octets.load(SeqCst)));
        let delivery = peer.delivery();
        assert!(!delivery.is_complete && delivery.octets.len() < 131_072);
    }
}

#[test]
fn a_negative_answer_ends_the_send_with_that_number() {
    let peer = Peer::offering(&["SIZE"]);
    let client = client("127.0.0.1", peer.port);
    let followed = Progress::default();
    followed.answer.store(-77, SeqCst);
    follow(&client, &followed);
    assert_eq!(INetSmtpClient_Send(client.0, letter("Ended").0), -77);
    let record = Record::of_this_thread();
    assert!(record.is_safe_to_retry && !record.is_connection_usable, "{record:?}");
    assert!(!peer.delivery().is_complete);
    let operation = start(&client, &letter("Ended too"));
    assert_eq!(INetOperation_Wait(operation.0, -1), 1);
    assert_eq!(INetOperation_GetStatus(operation.0), -77);
    assert!(!peer.delivery().is_complete);
    followed.answer.store(0, SeqCst);
    client.send(&letter("Not ended")).expect("a Send");
    assert!(peer.delivery().is_complete);
    assert_eq!(followed.told.lock().expect("no panic").len(), 1 + 1 + 2);
}

#[test]
fn a_progress_callback_may_send_itself() {
    let peer = Peer::offering(&["SIZE"]);
    let inner = Peer::offering(&[]);
    let client = client("127.0.0.1", peer.port);
    let followed =
        Progress { client: Some(self::client("127.0.0.1", inner.port)), ..Progress::default() };
    follow(&client, &followed);
    follow(followed.client.as_ref().expect("a client"), &followed);
    client.send(&letter("Around")).expect("a Send");
    assert!(inner.delivery().text().contains("Subject: From within\r\n"));
    assert!(peer.delivery().text().contains("Subject: Around\r\n"));
    drop((client, followed));
}

#[test]
fn fifty_operations_at_once_all_arrive() {
    let peers: Vec<_> = (0..50).map(|_| Peer::offering(&[])).collect();
    let clients: Vec<_> = peers.iter().map(|peer| client("127.0.0.1", peer.port)).collect();
    let letter = letter("The same message");
    let operations: Vec<_> = clients.iter().map(|client| start(client, &letter)).collect();
    for (operation, peer) in operations.iter().zip(&peers) {
        assert_eq!(end(operation), "INET_OK");
        assert!(peer.delivery().is_complete);
    }
}
