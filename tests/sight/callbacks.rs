//! Callbacks and events: what is told, in which order, and what a host may do meanwhile.

use super::*;

#[test]
fn callbacks_are_told_of_everything_in_its_order() {
    let keeper = Keeper::new(Manner { offers: &["PIPELINING", "SIZE"], ..Manner::default() });
    let told = Told::default();
    let client = client("127.0.0.1", keeper.port);
    watch_all(&client, &told);
    client.send(&letter()).expect("a message sent");
    ok(INetSmtpClient_Disconnect(client.0));
    let lines = told.lines();
    let mut rest = lines.iter();
    for expected in [
        "1 host=127.0.0.1",
        "2 host=127.0.0.1;addresses=127.0.0.1:",
        "3 host=127.0.0.1;port=",
        "4 peer=127.0.0.1 (127.0.0.1:",
        "S: 220",
        "C: EHLO [127.0.0.1]",
        "S: 250-",
        "C: MAIL FROM:<from@test>",
        "C: RCPT TO:<to@test>",
        "C: DATA",
        "DATA ",
        "S: 250 ",
        "10 reply=250",
        "C: QUIT",
        "S: 221",
        "11 peer=127.0.0.1",
    ] {
        assert!(rest.any(|line| line.starts_with(expected)), "{expected}: {lines:#?}");
    }
    let data: String = lines.iter().filter_map(|line| line.strip_prefix("DATA ")).collect();
    assert!(data.contains("Subject: Letter 7\r\n") && data.ends_with("\r\n.\r\n"), "{data}");
    has(&lines, "S: 354");
    assert!(lines.iter().any(|line| line.starts_with("S: 250 ") && line.contains("<.>")));
    assert!(told.threads.lock().unwrap().iter().all(|thread| *thread == current().id()));
    drop(client);
    assert_eq!(told.dropped.load(SeqCst), 5);
}

#[test]
fn a_callback_that_is_taken_away_is_told_nothing_more() {
    let peer = Peer::offering(&["CHUNKING", "PIPELINING"]);
    let told = Told::default();
    let client = client("127.0.0.1", peer.port);
    watch_all(&client, &told);
    client.send(&letter()).expect("a message sent");
    has(&told.lines(), "C: BDAT ");
    has(&told.lines(), "BDAT ");
    unsafe {
        ok(INetSmtpClient_OnCommand(client.0, None, null_mut(), None));
        ok(INetSmtpClient_OnCommandData(client.0, None, null_mut(), None));
        ok(INetSmtpClient_OnCommandReply(client.0, None, null_mut(), None));
        ok(INetSmtpClient_OnError(client.0, None, null_mut(), None));
        ok(INetSmtpClient_OnNotification(client.0, None, null_mut(), None));
    }
    assert_eq!(told.dropped.load(SeqCst), 5, "a connection at rest keeps nobody");
    let count = told.lines().len();
    client.send(&letter()).expect("another message sent");
    assert_eq!(told.lines().len(), count);
}

/// Does with the client what a host may think of.
unsafe extern "C" fn meddle(user: *mut c_void, command: *const c_char) {
    let client = user.cast::<INetSmtpClient>();
    if unsafe { read(command) }.starts_with("MAIL") {
        unsafe { ok(INetSmtpClient_OnCommand(client, None, null_mut(), None)) };
        ok(INetSmtpClient_Send(client, letter().0));
        ok(INetSmtpClient_Cancel(client));
    }
}

#[test]
fn a_callback_may_use_the_client_and_end_the_call() {
    let keeper = Keeper::new(Manner::default());
    let client = client("127.0.0.1", keeper.port);
    let user = client.0.cast();
    ok(unsafe { INetSmtpClient_OnCommand(client.0, Some(meddle), user, None) });
    let failure = client.send(&letter()).expect_err("it was cancelled");
    assert_eq!(status_name(failure.status), "INET_E_CANCELLED");
    assert_eq!(keeper.book().connections.len(), 2);
    client.send(&letter()).expect("what begins afterwards goes on");
}

/// Gives up the host's only reference from within.
unsafe extern "C" fn release(user: *mut c_void, command: *const c_char) {
    if unsafe { read(command) }.starts_with("MAIL") {
        INetSmtpClient_Release(user.cast());
    }
}

#[test]
fn a_callback_may_release_the_client() {
    let keeper = Keeper::new(Manner::default());
    let client = client("127.0.0.1", keeper.port);
    let user = client.0.cast();
    ok(unsafe { INetSmtpClient_OnCommand(client.0, Some(release), user, None) });
    let failure = client.send(&letter()).expect_err("the client has gone");
    assert_eq!(status_name(failure.status), "INET_E_CANCELLED");
    std::mem::forget(client);
}

#[test]
fn events_can_be_asked_for() {
    let peer = Peer::offering(&[]);
    let client = client("127.0.0.1", peer.port);
    assert_eq!(INetSmtpClient_GetEventKinds(client.0), 0);
    assert_eq!(
        status_name(INetSmtpClient_SetEventKinds(client.0, 64)),
        "INET_E_ARGUMENT_OUT_OF_RANGE"
    );
    assert_eq!(
        status_name(INetSmtpClient_SetEventKinds(client.0, -1)),
        "INET_E_ARGUMENT_OUT_OF_RANGE"
    );
    ok(INetSmtpClient_SetEventKinds(client.0, 63));
    assert_eq!(INetSmtpClient_GetEventCapacity(client.0), 1000);
    client.send(&letter()).expect("a message sent");
    let mut kinds = 0;
    let mut lines = Vec::new();
    loop {
        let event = INetSmtpClient_NextEvent(client.0);
        if event.is_null() {
            break;
        }
        let event = Handle::of(event);
        let kind = INetEvent_GetKind(event.0);
        kinds |= kind;
        let text = text(|b, n| unsafe { INetEvent_GetText(event.0, b, n) });
        match kind {
            INET_EVENT_PROGRESS => {
                lines.push(format!("progress {}", INetEvent_GetMessages(event.0)))
            }
            INET_EVENT_COMMAND_DATA => {
                assert!(unsafe { INetEvent_GetOctets(event.0, null_mut(), 0) } > 100);
            }
            _ => lines.push(format!("{kind} {} {text}", INetEvent_GetCode(event.0))),
        }
        assert_eq!(INetEvent_GetLost(event.0), 0);
        assert_eq!(
            INetEvent_GetConnection(event.0) > 0,
            kind < 16 || INetEvent_GetCode(event.0) > 3
        );
    }
    assert_eq!(kinds, 63 & !INET_EVENT_ERROR);
    has(&lines, "16 1 host=");
    has(&lines, "1 0 EHLO");
    has(&lines, "4 354 354 ");
    has(&lines, "16 10 reply=250");
    has(&lines, "progress 1");

    ok(INetSmtpClient_SetEventCapacity(client.0, 2));
    client.send(&letter()).expect("another message sent");
    let event = Handle::of(INetSmtpClient_NextEvent(client.0));
    assert!(INetEvent_GetLost(event.0) > 5);
    assert!(!INetSmtpClient_NextEvent(client.0).is_null());
    assert!(INetSmtpClient_NextEvent(client.0).is_null());
}

#[test]
fn errors_and_second_attempts_are_told() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    drop(listener);
    let told = Told::default();
    let client = client("127.0.0.1", port);
    watch_all(&client, &told);
    client.send(&letter()).expect_err("nobody is there");
    has(&told.lines(), "INET_E_CONNECT: no connection to '127.0.0.1'");

    let answer = |moment: &Moment| match moment.line.starts_with("MAIL") {
        true if moment.connection == 0 && moment.place > 2 => {
            Some(Say::Close { resets: false, stores: false })
        }
        true => None,
        false => moment.line.contains("refused").then_some(Say::Reply("550 5.1.1 nobody")),
    };
    let keeper = Keeper::new(Manner { answer: Box::new(answer), ..Manner::default() });
    ok(INetSmtpClient_SetPort(client.0, i32::from(keeper.port)));
    let two = message("from@test", "to@test, refused@test", "Letter 1", "text");
    client.send(&two).expect_err("one recipient was refused");
    has(&told.lines(), "INET_E_SOME_RECIPIENTS_REFUSED: the server refused a recipient: 550 5.1.1");
    client.send(&letter()).expect("a second attempt");
    has(&told.lines(), "12 wait=0;reason=");
    assert_eq!(keeper.book().connections.len(), 2);
    // The server waits for its guests to leave.
    drop(client);
}

#[test]
fn logins_are_told_of_and_those_in_clear_are_warned_of() {
    let answer =
        |moment: &Moment| moment.line.starts_with("AUTH").then_some(Say::Reply("235 2.7.0 hello"));
    let offers = &["AUTH PLAIN"];
    let keeper = Keeper::new(Manner { offers, answer: Box::new(answer), ..Manner::default() });
    let told = Told::default();
    let client = client("127.0.0.1", keeper.port).with_login("PLAIN", "user", SECRET);
    watch_all(&client, &told);
    client.send(&letter()).expect("a message sent");
    has(&told.lines(), "14 mechanism=PLAIN");
    has(&told.lines(), "C: AUTH PLAIN ***");
    has(&told.lines(), "S: 235 2.7.0 *** <AUTH PLAIN ***> 235 2.7.0");
    has(&told.lines(), "9 mechanism=PLAIN;user=user");
}

#[test]
fn a_connection_of_an_operation_is_told_of_on_its_thread() {
    let peer = Peer::offering(&[]);
    let told = Told::default();
    let client = client("127.0.0.1", peer.port);
    watch_all(&client, &told);
    let letter = letter();
    let operation =
        Handle::of(unsafe { INetSmtpClient_SendAsync(client.0, letter.0, None, null_mut(), None) });
    assert_eq!(INetOperation_Wait(operation.0, 60_000), 1);
    assert_eq!(INetOperation_GetStatus(operation.0), 0);
    has(&told.lines(), "10 reply=250");
    let threads = told.threads.lock().unwrap().clone();
    assert!(threads.iter().all(|thread| *thread == threads[0] && *thread != current().id()));
}
