//! Runs against Postfix: stopped in their midst and started again, over several connections, against its limits. This is a
//! Postfix of its own (`tests/servers/bulk.sh`): nobody else notices that it is down.

use super::ledger::*;
use super::*;
use inetmail::ffi::delivery_settings::*;
use inetmail::ffi::smtp_client::INetSmtpClient_Cancel;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// The Postfix of these tests, for one of them at a time: it is that one's to stop.
struct Postfix {
    folder: PathBuf,
    _turn: MutexGuard<'static, ()>,
}

impl Postfix {
    fn take() -> Postfix {
        static TURN: Mutex<()> = Mutex::new(());
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let postfix = Postfix { folder: setting("INETMAIL_BULK").into(), _turn: turn };
        // A test that failed may have left it stopped.
        if !postfix.is_running() {
            postfix.start();
        }
        postfix.await_empty_queue();
        let _ = fs::remove_dir_all(postfix.folder.join("mail/box"));
        postfix
    }

    /// Runs one of Postfix's own commands.
    fn command(&self, program: &str, word: &str) {
        let configuration = self.folder.join("etc");
        let done = Command::new(program).arg("-c").arg(configuration).arg(word).output();
        let done = done.expect("Postfix's commands");
        assert!(done.status.success(), "{program} {word}: {done:?}");
    }

    fn is_running(&self) -> bool {
        TcpStream::connect(("127.0.0.1", port("BULK"))).is_ok()
    }

    fn stop(&self) {
        self.command("postfix", "stop");
        // Its processes end one after the other. When none has the ports any more, they can be bound.
        for listener in ["BULK", "NARROW"] {
            let is_free = || TcpListener::bind(("127.0.0.1", port(listener))).is_ok();
            assert!(eventually(is_free), "Postfix does not leave {listener}");
        }
    }

    fn start(&self) {
        // Without it each start would examine the installation for seconds.
        fs::write(self.folder.join("queue/quick-start"), "").expect("Postfix's queue");
        self.command("postfix", "start");
    }

    /// Until all that Postfix has accepted is delivered.
    fn await_empty_queue(&self) {
        let queue = self.folder.join("queue");
        let is_empty = || {
            let waiting = |name: &str| accepted(&queue.join(name));
            let deferred = waiting("deferred");
            if deferred > 0 {
                self.command("postqueue", "-f");
            }
            deferred == 0 && waiting("incoming") == 0 && waiting("active") == 0
        };
        assert!(eventually(is_empty), "Postfix still has mail in its queue");
    }

    /// Everything that is in the mailbox, by the number that stands in its subject.
    fn arrived(&self) -> Arrived {
        self.await_empty_queue();
        let mut arrived = Arrived::new();
        let Ok(files) = fs::read_dir(self.folder.join("mail/box/new")) else {
            return arrived;
        };
        for file in files {
            let mail = fs::read_to_string(file.expect("a file").path()).expect("a message");
            let between = |start: &str, end: &str| {
                let (_, rest) = mail.split_once(start).expect("what each message has");
                rest.split_once(end).expect("the end of it").0.to_owned()
            };
            let number = between("\nSubject: Letter ", "\n").parse().expect("a number");
            assert!(mail.ends_with("\nThe last line\n"), "message {number} is cut");
            let id = between("(Postfix) with ESMTP id ", "\n");
            arrived.entry(number).or_default().insert(id);
        }
        arrived
    }
}

/// Whether it comes about within a minute.
fn eventually(comes_about: impl Fn() -> bool) -> bool {
    let pause = || std::thread::park_timeout(Duration::from_millis(20));
    (0..3000).any(|_| comes_about() || (pause(), false).1)
}

/// How many messages are in a folder of Postfix's queue. What it has accepted is executable; the beginning of a message, which a
/// process left behind when it was stopped, is not.
fn accepted(folder: &std::path::Path) -> usize {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    // What goes away meanwhile does not count.
    let count = |entry: fs::DirEntry| match entry.metadata() {
        Ok(facts) if facts.is_dir() => accepted(&entry.path()),
        Ok(facts) => usize::from(facts.permissions().mode() & 0o100 != 0),
        Err(_) => 0,
    };
    entries.map(count).sum()
}

fn letter(number: usize) -> Message {
    letter_to("box@test", number)
}

fn letter_to(recipient: &str, number: usize) -> Message {
    let body = format!("{}\n.\nThe last line\n", "A line of some length.\n".repeat(40));
    message("from@test", recipient, &format!("Letter {number}"), &body)
}

fn bulk_client(listener: &str) -> Client {
    client("127.0.0.1", port(listener)).with_timeout(30_000)
}

#[expect(clippy::disallowed_methods, reason = "the test tells how long it took")]
fn now() -> Instant {
    Instant::now()
}

/// Runs through which Postfix is restarted and then stopped, until nothing is left to be sent. Each time it is held against what
/// arrived. Tells how many the first run delivered.
fn run_through_stops(client: &Client, messages: usize) -> usize {
    let postfix = Postfix::take();
    let start = now();
    let mut ledger = Ledger::of(messages);
    let mut events = vec![(messages / 2, "stop"), (messages / 5, "restart")];
    let (mut runs, mut first, mut arrived) = (Vec::new(), 0, Arrived::new());
    while ledger.open() > 0 {
        let status = ledger.send(client, &letter, &mut |delivered| {
            let Some((_, event)) = events.pop_if(|(at, _)| delivered >= *at) else { return };
            postfix.stop();
            if event == "restart" {
                postfix.start();
            }
        });
        let record = Record::of_this_thread();
        if ledger.open() > 0 {
            // Whoever met nobody, or somebody who was just going.
            assert!(matches!(status, CONNECT | CONNECTION_LOST), "{record:?}");
            assert!(record.is_transient && !record.is_safe_to_retry, "{record:?}");
        }
        if runs.is_empty() {
            first = ledger.delivered;
        }
        runs.push(status);
        assert!(runs.len() <= 3, "there are more runs than stops: {runs:?}");
        if !postfix.is_running() {
            postfix.start();
        }
        arrived = postfix.arrived();
        ledger.check(&arrived);
    }
    assert!(events.is_empty(), "Postfix was not stopped: {runs:?}");
    println!(
        "{messages} messages: {first} delivered by the first run; at the end {}, {} in doubt, {} arrived; \
         the runs ended with {runs:?}; {:?}",
        ledger.delivered,
        ledger.count(&Fate::InDoubt),
        arrived.len(),
        start.elapsed()
    );
    assert_eq!(ledger.delivered + ledger.count(&Fate::InDoubt), messages);
    first
}

#[test]
fn ten_thousand_messages_are_accounted_for_although_postfix_stops() {
    let first = run_through_stops(&bulk_client("BULK"), 10_000);
    // A restart is nothing to end a run.
    assert!((5_000..10_000).contains(&first), "{first}");
}

#[test]
fn a_thousand_messages_by_data_are_accounted_for_although_postfix_stops() {
    let client = bulk_client("BULK");
    ok(INetSmtpClient_SetUseChunking(client.0, INET_CHUNKING_OFF));
    let first = run_through_stops(&client, 1_000);
    assert!((500..1_000).contains(&first), "{first}");
}

#[test]
fn messages_over_four_connections_are_accounted_for_although_postfix_stops() {
    // Here a restart may end the run, for it does not wait for the callback that makes it.
    run_through_stops(&with_connections(bulk_client("BULK"), 4), 2_000);
}

/// One run that nothing stands in the way of.
fn run_freely(client: &Client, messages: usize) -> Ledger {
    let postfix = Postfix::take();
    let mut ledger = Ledger::of(messages);
    let status = ledger.send(client, &letter, &mut |_| {});
    assert_eq!(status, 0, "{}", Record::of_this_thread().message);
    assert_eq!(ledger.delivered, messages);
    ledger.check(&postfix.arrived());
    ledger
}

#[test]
fn a_run_goes_over_five_connections() {
    let ledger = run_freely(&with_connections(bulk_client("BULK"), 5), 1_000);
    assert_eq!(ledger.connections.len(), 5);
}

#[test]
fn a_run_goes_on_over_the_connections_that_postfix_lets_in() {
    let ledger = run_freely(&with_connections(bulk_client("NARROW"), 5), 1_000);
    assert_eq!(ledger.connections.len(), 2);
}

/// A run in which Postfix refuses those that come first: more than it takes on one connection, for each refusal is an error that
/// it counts (smtpd_hard_error_limit).
fn run_with_refusals(client: &Client) {
    const REFUSED: usize = 60;
    let postfix = Postfix::take();
    let mut ledger = Ledger::of(100);
    let letter = |number| match number {
        0..REFUSED => letter_to("reject@test", number),
        _ => letter(number),
    };
    let status = ledger.send(client, &letter, &mut |_| {});
    assert_eq!(status, SOME_FAILED, "{}", Record::of_this_thread().message);
    ledger.check(&postfix.arrived());
    assert_eq!(ledger.count(&Fate::Refused), REFUSED);
    assert_eq!(ledger.delivered, 100 - REFUSED);
}

#[test]
fn refusals_beyond_what_postfix_takes_on_a_connection_lose_nothing() {
    run_with_refusals(&bulk_client("BULK"));
}

#[test]
fn refusals_by_data_beyond_what_postfix_takes_on_a_connection_lose_nothing() {
    let client = bulk_client("BULK");
    ok(INetSmtpClient_SetUseChunking(client.0, INET_CHUNKING_OFF));
    run_with_refusals(&client);
}

#[test]
fn a_run_that_is_cancelled_is_accounted_for() {
    for connections in [1, 4] {
        let postfix = Postfix::take();
        let client = with_connections(bulk_client("BULK"), connections);
        let mut ledger = Ledger::of(500);
        let status = ledger.send(&client, &letter, &mut |delivered| {
            if delivered == 100 {
                ok(INetSmtpClient_Cancel(client.0));
            }
        });
        let record = Record::of_this_thread();
        assert_eq!((status, record.is_safe_to_retry), (CANCELLED, false), "{record:?}");
        assert!(ledger.delivered >= 100 && ledger.open() > 0, "{}", ledger.delivered);
        // A window of each connection (INetSmtpClient_SetWindowMessages).
        let in_doubt = ledger.count(&Fate::InDoubt);
        assert!(in_doubt <= 64 * connections as usize, "{in_doubt}");
        ledger.check(&postfix.arrived());
        ok(ledger.send(&client, &letter, &mut |_| {}));
        ledger.check(&postfix.arrived());
        assert_eq!(ledger.delivered + in_doubt, 500);
    }
}
