//! The ledger through the face: what a client says of its messages agrees with what the server has kept, wherever the
//! connection is cut and whatever the server does.

#[path = "../support/mod.rs"]
mod support;

mod several;

use inetmail::ffi::bulk::*;
use inetmail::ffi::delivery_settings::*;
use inetmail::ffi::mail_message_collection::*;
use inetmail::ffi::send_report::*;
use inetmail::ffi::smtp_client::*;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use support::face::{Client, Handle, Message, client, message, ok, status_name};
use support::keeper::{Keeper, Manner, Say};

type Report = Handle<INetSendReport>;

const DATA: &[&str] = &["PIPELINING"];
const CHUNKS: &[&str] = &["PIPELINING", "CHUNKING"];

fn letter(number: u32) -> Message {
    sized(number, 10)
}

fn sized(number: u32, octets: usize) -> Message {
    let body = ".Words.\r\n".repeat(octets / 9 + 1);
    message("from@test", &format!("to{number}@test"), &format!("Letter {number}"), &body)
}

fn letters(count: u32) -> Vec<Message> {
    (0..count).map(letter).collect()
}

fn client_of(keeper: &Keeper) -> Client {
    client("127.0.0.1", keeper.port).with_timeout(20_000)
}

fn bulk(client: &Client, messages: &[Message]) -> Report {
    let collection = Handle::of(INetMailMessageCollection_Create());
    for message in messages {
        ok(INetMailMessageCollection_Add(collection.0, message.0));
    }
    Handle::of(INetSmtpClient_BulkSendWithReport(client.0, collection.0))
}

fn one_of(report: &Report, index: i32) -> Report {
    Handle::of(INetSendReport_GetMessageReport(report.0, index))
}

fn status(report: &Report) -> &'static str {
    match INetSendReport_GetStatus(report.0) {
        0 => "INET_OK",
        status => status_name(status),
    }
}

/// Holds one report against the book. Returns its status.
#[track_caller]
fn check_one(keeper: &Keeper, number: u32, report: &Report, what: &str) -> &'static str {
    let stored = keeper.book().stored.get(&number).copied().unwrap_or(0);
    let status = status(report);
    match status {
        "INET_OK" => assert_eq!(stored, 1, "{what}: {number} is said to be delivered"),
        "INET_E_IN_DOUBT" => assert!(stored <= 1, "{what}: {number} is there {stored} times"),
        other => {
            assert_eq!(stored, 0, "{what}: {number} is there, and its report says {other}");
            assert_eq!(INetSendReport_GetIsSafeToRetry(report.0), 1, "{what}: {number}: {other}");
        }
    }
    status
}

/// Holds the report of a run of letters 0.. against the book. Returns their statuses.
#[track_caller]
fn check(keeper: &Keeper, report: &Report, what: &str) -> Vec<&'static str> {
    let count = INetSendReport_GetMessageCount(report.0);
    (0..count).map(|index| check_one(keeper, index as u32, &one_of(report, index), what)).collect()
}

/// Calls `play` with 0..count and every step-th after it, on several threads.
fn at_all(count: u64, step: u64, play: impl Fn(u64) + Sync) {
    let next = AtomicU64::new(0);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                loop {
                    let place = next.fetch_add(step, Ordering::Relaxed);
                    if place >= count {
                        return;
                    }
                    play(place);
                }
            });
        }
    });
}

/// Cuts the first connection everywhere while `play` uses it. It is played once without a cut.
fn cut_everywhere(offers: &'static [&'static str], step: u64, play: impl Fn(&Keeper, &str) + Sync) {
    let keeper = Keeper::new(Manner { offers, ..Manner::default() });
    play(&keeper, "no cut");
    let (taken, said) = keeper.traffic();
    // Of several connections the first may have had little to do.
    let (taken, said) = (taken.max(900), said.max(250));
    // A polite end keeps its port for a minute, so that there cannot be thousands.
    let manners = |place: u64| {
        [true, false].into_iter().take(if place.is_multiple_of(9 * step) { 2 } else { 1 })
    };
    at_all(taken, step, |taken| {
        for resets in manners(taken) {
            let keeper = Keeper::new(Manner { offers, taken, resets, ..Manner::default() });
            play(&keeper, &format!("cut behind {taken} octets in, reset: {resets}"));
        }
    });
    at_all(said, step, |said| {
        for resets in manners(said) {
            let keeper = Keeper::new(Manner { offers, said, resets, ..Manner::default() });
            play(&keeper, &format!("cut behind {said} octets out, reset: {resets}"));
        }
    });
}

fn cut_a_run(connections: i32, offers: &'static [&'static str], step: u64) {
    cut_everywhere(offers, step, |keeper, what| {
        let client = client_of(keeper);
        if connections > 1 {
            several::use_connections(&client, connections);
        }
        let messages =
            [letter(0), letter(1), message("from@test", "refused@test", "R", "Text"), letter(3)];
        let report = bulk(&client, &messages);
        let statuses = check(keeper, &report, what);
        // One cut is mended where it may be, unless there was no server to begin with.
        let began = keeper.book().connections[0].iter().any(|line| line.starts_with("MAIL"));
        for (number, status) in statuses.into_iter().enumerate() {
            match (number, status) {
                (_, "INET_E_IN_DOUBT")
                | (2, "INET_E_RECIPIENTS_REFUSED")
                | (0 | 1 | 3, "INET_OK") => {}
                (_, "INET_E_CONNECT" | "INET_E_CONNECTION_LOST" | "INET_E_NOT_TRIED") if !began => {
                }
                (number, status) => panic!("{what}: {number} is {status}"),
            }
        }
    });
}

#[test]
fn a_run_that_is_cut_anywhere_agrees_with_the_server() {
    cut_a_run(1, DATA, 1);
}

#[test]
fn a_run_by_chunks_that_is_cut_anywhere_agrees_with_the_server() {
    cut_a_run(1, CHUNKS, 1);
}

#[test]
fn a_run_in_lock_step_that_is_cut_anywhere_agrees_with_the_server() {
    cut_a_run(1, &[], 5);
}

#[test]
fn a_run_over_three_connections_that_is_cut_anywhere_agrees_with_the_server() {
    cut_a_run(3, CHUNKS, 11);
    cut_a_run(3, DATA, 11);
}

#[test]
fn single_sends_over_a_connection_that_is_cut_anywhere_agree_with_the_server() {
    for offers in [DATA, CHUNKS] {
        cut_everywhere(offers, 3, |keeper, what| {
            let client = client_of(keeper);
            for number in 0..3 {
                let report = client.report(&letter(number));
                let status = check_one(keeper, number, &report, what);
                let first_was_cut = number == 0 && status != "INET_OK";
                let is_sound = matches!(status, "INET_OK" | "INET_E_IN_DOUBT") || first_was_cut;
                assert!(
                    is_sound || status == "INET_E_CONNECTION_LOST",
                    "{what}: {number} is {status}"
                );
            }
        });
    }
}

#[test]
fn a_large_last_chunk_that_is_not_answered_is_in_doubt() {
    for octets in (380_000..420_000).step_by(2_000) {
        let keeper = Keeper::new(Manner {
            offers: CHUNKS,
            answer: Box::new(|moment| {
                let is_end = moment.connection == 0 && moment.line.starts_with("END");
                is_end.then_some(Say::Close { resets: false, stores: true })
            }),
            ..Manner::default()
        });
        let client = client_of(&keeper);
        ok(INetSmtpClient_SetChunkSize(client.0, 262_144));
        let report = bulk(&client, &[sized(0, octets), letter(1)]);
        let statuses = check(&keeper, &report, &format!("{octets} octets"));
        assert_eq!(statuses, ["INET_E_IN_DOUBT", "INET_OK"], "{octets} octets");
    }
}

#[test]
fn a_server_that_accepts_and_reads_nothing_gets_nothing() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let client = client("127.0.0.1", port).with_timeout(200);
    let report = bulk(&client, &letters(3));
    for index in 0..3 {
        let one = one_of(&report, index);
        let expected = if index == 0 { "INET_E_TIMEOUT" } else { "INET_E_NOT_TRIED" };
        assert_eq!((status(&one), INetSendReport_GetIsSafeToRetry(one.0)), (expected, 1));
    }
}

#[test]
fn a_server_that_falls_silent_leaves_what_has_gone_in_doubt() {
    for (offers, word) in [(DATA, "MAIL"), (DATA, "END 1"), (CHUNKS, "MAIL"), (CHUNKS, "END 1")] {
        let keeper = Keeper::new(Manner {
            offers,
            answer: Box::new(move |moment| moment.line.starts_with(word).then_some(Say::Nothing)),
            ..Manner::default()
        });
        let client = client_of(&keeper).with_timeout(200);
        let report = bulk(&client, &letters(4));
        let statuses = check(&keeper, &report, word);
        assert_ne!(statuses[1], "INET_OK", "{offers:?} {word}: {statuses:?}");
    }
}

#[test]
fn an_answer_before_the_message_is_no_delivery() {
    for (offers, line, reply) in [
        (DATA, "DATA", "354 go\r\n250 taken"),
        (DATA, "DATA", "354 go\r\n554 no"),
        (CHUNKS, "BDAT", "250 taken"),
        (&[], "DATA", "354 go\r\n250 taken"),
    ] {
        let keeper = Keeper::new(Manner {
            offers,
            answer: Box::new(move |moment| match moment.connection {
                0 if moment.line.starts_with(line) => Some(Say::Reply(reply)),
                _ => None,
            }),
            ..Manner::default()
        });
        // More than the sockets hold: the answer is there before the message is.
        let client = client_of(&keeper);
        let report = bulk(&client, &[sized(0, 20_000_000), letter(1)]);
        let statuses = check(&keeper, &report, &format!("{offers:?} {reply}"));
        assert_eq!(statuses[1], "INET_OK", "{offers:?} {reply}");
    }
}

#[test]
fn what_stands_behind_a_421_comes_through_on_the_next_connection() {
    for offers in [DATA, CHUNKS] {
        for line in ["MAIL", "RCPT TO:<to3@test>"] {
            let keeper = Keeper::new(Manner {
                offers,
                answer: Box::new(move |moment| {
                    let is_it = moment.connection == 0 && moment.place > 8;
                    (is_it && moment.line.starts_with(line)).then_some(Say::Reply("421 4.3.2 bye"))
                }),
                ..Manner::default()
            });
            let client = client_of(&keeper);
            let report = bulk(&client, &letters(12));
            let statuses = check(&keeper, &report, line);
            assert_eq!(statuses, ["INET_OK"; 12], "{offers:?}");
            assert_eq!(keeper.book().connections.len(), 2);
        }
    }
}

#[test]
fn what_is_put_off_is_tried_again_and_delivered_once() {
    for offers in [DATA, CHUNKS, &[]] {
        for (line, reply) in [
            ("MAIL", "450 later"),
            ("RCPT TO:<to1@test>", "450 4.2.0 later"),
            ("END 1", "451 4.3.0 later"),
        ] {
            let left = std::sync::atomic::AtomicI32::new(2);
            let keeper = Keeper::new(Manner {
                offers,
                answer: Box::new(move |moment| {
                    let is_it = moment.line.starts_with(line);
                    (is_it && left.fetch_sub(1, Ordering::Relaxed) > 0).then_some(Say::Reply(reply))
                }),
                ..Manner::default()
            });
            let client = client_of(&keeper);
            ok(INetSmtpClient_SetThrottleRetries(client.0, 2));
            ok(INetSmtpClient_SetThrottleDelay(client.0, 4));
            let report = bulk(&client, &letters(3));
            let what = format!("{offers:?} {line}");
            assert_eq!(check(&keeper, &report, &what), ["INET_OK"; 3], "{what}");
            let report = client.report(&letter(3));
            assert_eq!(check_one(&keeper, 3, &report, &what), "INET_OK");
        }
    }
}

#[test]
fn what_is_put_off_too_often_is_refused() {
    let keeper = Keeper::new(Manner {
        offers: DATA,
        answer: Box::new(|moment| {
            (moment.line == "RCPT TO:<to1@test>").then_some(Say::Reply("450 4.2.0 later"))
        }),
        ..Manner::default()
    });
    let client = client_of(&keeper);
    ok(INetSmtpClient_SetThrottleRetries(client.0, 3));
    ok(INetSmtpClient_SetThrottleDelay(client.0, 1));
    let report = bulk(&client, &letters(3));
    let statuses = check(&keeper, &report, "put off");
    assert_eq!(statuses, ["INET_OK", "INET_E_RECIPIENTS_REFUSED", "INET_OK"]);
    let book = keeper.book();
    let tries = book.connections.iter().flatten().filter(|line| line.contains("<to1@"));
    assert_eq!(tries.count(), 4);
}

/// The most that came within any second, but for the tenth of it that one may be longer on its way than another.
fn most_in_a_second(keeper: &Keeper) -> usize {
    let times = keeper.book().times.clone();
    let within = |start: &Instant| {
        times
            .iter()
            .filter(|time| **time >= *start && **time - *start < Duration::from_millis(900))
            .count()
    };
    times.iter().map(within).max().unwrap_or(0)
}

/// A server that takes its time for the greeting, and the most messages that it saw within a second.
fn paced(listens: Option<Duration>, send: impl FnOnce(&Keeper, &Client)) -> usize {
    let keeper = Keeper::new(Manner { offers: CHUNKS, listens, ..Manner::default() });
    let client = client_of(&keeper);
    ok(INetSmtpClient_SetMaxMessagesPerSecond(client.0, 4));
    send(&keeper, &client);
    most_in_a_second(&keeper)
}

#[test]
fn no_second_sees_more_messages_than_are_allowed() {
    let pause = Some(Duration::from_millis(200));
    let run = |connections| {
        move |keeper: &Keeper, client: &Client| {
            ok(INetSmtpClient_SetUseMultiConnection(client.0, i32::from(connections > 1)));
            ok(INetSmtpClient_SetConnectionsQuantity(client.0, connections));
            let report = bulk(client, &letters(6));
            assert_eq!(check(keeper, &report, "paced"), ["INET_OK"; 6]);
        }
    };
    let singly = |keeper: &Keeper, client: &Client| {
        for number in 0..6 {
            let report = client.report(&letter(number));
            assert_eq!(check_one(keeper, number, &report, "paced"), "INET_OK");
        }
    };
    std::thread::scope(|scope| {
        let seen = [
            scope.spawn(move || paced(None, run(1))),
            scope.spawn(move || paced(pause, run(1))),
            scope.spawn(move || paced(None, run(3))),
            scope.spawn(move || paced(pause, run(3))),
            scope.spawn(move || paced(pause, singly)),
        ];
        let seen = seen.map(|thread| thread.join().expect("no panic"));
        assert_eq!(seen, [4; 5]);
    });
}

#[test]
fn there_are_never_more_connections_than_allowed_and_nobody_starves() {
    let keeper = Keeper::new(Manner { offers: DATA, ..Manner::default() });
    let client = client_of(&keeper);
    ok(INetSmtpClient_SetMaxConnections(client.0, 2));
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let (client, keeper) = (&client, &keeper);
            scope.spawn(move || {
                for number in thread * 10..thread * 10 + 10 {
                    let report = client.report(&letter(number));
                    assert_eq!(check_one(keeper, number, &report, "crowd"), "INET_OK");
                }
            });
        }
    });
    let book = keeper.book();
    assert_eq!(book.stored.len(), 80);
    assert!(book.most_open <= 2, "{} at once", book.most_open);
}

#[test]
fn cancel_ends_those_who_wait_for_a_connection() {
    let keeper = Keeper::new(Manner {
        offers: DATA,
        answer: Box::new(|moment| moment.line.starts_with("MAIL").then_some(Say::Nothing)),
        ..Manner::default()
    });
    let client = client_of(&keeper);
    ok(INetSmtpClient_SetMaxConnections(client.0, 1));
    std::thread::scope(|scope| {
        let senders: Vec<_> = (0..5)
            .map(|n| {
                scope.spawn({
                    let client = &client;
                    move || client.report(&letter(n))
                })
            })
            .collect();
        // A Send that begins behind the Cancel is not concerned, so that one Cancel may not be enough.
        while !senders.iter().all(|sender| sender.is_finished()) {
            ok(INetSmtpClient_Cancel(client.0));
            std::thread::yield_now();
        }
        for (number, sender) in senders.into_iter().enumerate() {
            let report = sender.join().expect("no panic");
            assert_eq!(check_one(&keeper, number as u32, &report, "cancel"), "INET_E_CANCELLED");
        }
    });
}

/// How many messages came over each connection.
fn shares(keeper: &Keeper) -> Vec<usize> {
    let book = keeper.book();
    let of = |lines: &Vec<String>| lines.iter().filter(|line| line.starts_with("END")).count();
    book.connections.iter().map(of).collect()
}

#[test]
fn a_connection_carries_as_many_messages_as_it_may() {
    for by_server in [false, true] {
        let offers: &[&str] = if by_server { &["PIPELINING", "LIMITS MAILMAX=2"] } else { DATA };
        let keeper = Keeper::new(Manner { offers, ..Manner::default() });
        let client = client_of(&keeper);
        if !by_server {
            ok(INetSmtpClient_SetMaxMessagesPerConnection(client.0, 2));
        }
        let report = bulk(&client, &letters(5));
        assert_eq!(check(&keeper, &report, "shares"), ["INET_OK"; 5]);
        for number in 5..8 {
            let report = client.report(&letter(number));
            assert_eq!(check_one(&keeper, number, &report, "shares"), "INET_OK");
        }
        assert_eq!(shares(&keeper), [2, 2, 2, 2], "by the server: {by_server}");
    }
}

#[test]
fn a_connection_that_rested_or_lived_too_long_is_replaced() {
    type Set = extern "C" fn(*mut INetSmtpClient, i32) -> i32;
    let sets: [Set; 2] = [INetSmtpClient_SetMaxIdleTime, INetSmtpClient_SetMaxConnectionAge];
    for set in sets {
        let keeper = Keeper::new(Manner { offers: DATA, ..Manner::default() });
        let client = client_of(&keeper);
        ok(set(client.0, 1));
        for number in 0..3 {
            let report = client.report(&letter(number));
            assert_eq!(check_one(&keeper, number, &report, "old"), "INET_OK");
            let end = now() + Duration::from_millis(3);
            while now() < end {
                std::thread::yield_now();
            }
        }
        assert_eq!(shares(&keeper), [1, 1, 1]);
    }
}

#[test]
fn a_connection_that_does_not_answer_a_probe_is_replaced() {
    let answers = [None, Some(Say::Reply("421 bye")), Some(Say::Nothing)];
    let closed = [false, true].map(|resets| Some(Say::Close { resets, stores: false }));
    for probe in answers.into_iter().chain(closed) {
        let what = format!("{probe:?}");
        let keeps = probe.is_none();
        // Half of it is for an answer that never comes; elsewhere nothing waits for its end.
        let timeout = if matches!(probe, Some(Say::Nothing)) { 4_000 } else { 60_000 };
        let keeper = Keeper::new(Manner {
            offers: DATA,
            answer: Box::new(move |moment| {
                (moment.line == "NOOP").then(|| probe.clone()).flatten()
            }),
            ..Manner::default()
        });
        let client = client_of(&keeper).with_timeout(timeout);
        ok(INetSmtpClient_SetProbeAfterIdle(client.0, 0));
        for number in 0..2 {
            let report = client.report(&letter(number));
            assert_eq!(check_one(&keeper, number, &report, &what), "INET_OK", "{what}");
        }
        let expected: &[usize] = if keeps { &[2] } else { &[1, 1] };
        assert_eq!(shares(&keeper), expected, "{what}");
        let lines = keeper.book().connections[0].clone();
        assert_eq!(lines.iter().filter(|line| *line == "NOOP").count(), 1, "{what}: {lines:?}");
    }
}

#[expect(clippy::disallowed_methods, reason = "a connection has to grow old")]
fn now() -> Instant {
    Instant::now()
}
