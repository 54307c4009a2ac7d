//! Runs whose messages a callback gives.

use super::*;

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
