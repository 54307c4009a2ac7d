//! Runs over several connections, long enough for those that have nothing but replies to wait for to share a thread.

use super::support::tls::{Part, Peer, Tls, config};
use super::*;
use std::io::{BufRead, BufReader, Write};
use std::sync::{Arc, Condvar, Mutex};

pub fn use_connections(client: &Client, connections: i32) {
    ok(INetSmtpClient_SetUseMultiConnection(client.0, INET_MULTI_CONNECTION_ENABLE));
    ok(INetSmtpClient_SetConnectionsQuantity(client.0, connections));
}

fn client_over(keeper: &Keeper, connections: i32) -> Client {
    let client = client_of(keeper);
    use_connections(&client, connections);
    client
}

const OFFERS: [&[&str]; 3] = [DATA, CHUNKS, &[]];

/// Something that happens once, and those who wait for it.
#[derive(Clone, Default)]
struct Gate(Arc<(Mutex<bool>, Condvar)>);

impl Gate {
    fn open(&self) {
        *self.0.0.lock().expect("no panic") = true;
        self.0.1.notify_all();
    }

    fn pass(&self) {
        let is_open = self.0.0.lock().expect("no panic");
        drop(self.0.1.wait_while(is_open, |is_open| !*is_open).expect("no panic"));
    }
}

#[test]
fn long_runs_over_three_connections_that_are_cut_anywhere_agree_with_the_server() {
    for offers in OFFERS {
        cut_everywhere(offers, 61, |keeper, what| {
            let client = client_over(keeper, 3);
            let report = bulk(&client, &letters(40));
            let statuses = check(keeper, &report, &format!("{offers:?}: {what}"));
            let began = keeper.book().connections[0].iter().any(|line| line.starts_with("MAIL"));
            for (number, status) in statuses.into_iter().enumerate() {
                let is_lost = matches!(status, "INET_E_CONNECT" | "INET_E_CONNECTION_LOST");
                assert!(
                    matches!(status, "INET_OK" | "INET_E_IN_DOUBT") || is_lost && !began,
                    "{offers:?}: {what}: {number} is {status}"
                );
            }
        });
    }
}

#[test]
fn what_is_refused_or_put_off_on_one_connection_is_no_matter_of_the_others() {
    for offers in OFFERS {
        for (line, reply) in [
            ("MAIL", "450 later"),
            ("RCPT", "450 4.2.0 later"),
            ("END", "451 4.3.0 later"),
            ("END", "421 4.3.2 bye"),
            ("RCPT", "421 4.3.2 bye"),
        ] {
            let keeper = Keeper::new(Manner {
                offers,
                answer: Box::new(move |moment| {
                    let is_it = moment.connection == 1 && moment.place % 29 == 28;
                    (is_it && moment.line.starts_with(line)).then_some(Say::Reply(reply))
                }),
                ..Manner::default()
            });
            let client = client_over(&keeper, 4);
            ok(INetSmtpClient_SetThrottleRetries(client.0, 9));
            ok(INetSmtpClient_SetThrottleDelay(client.0, 1));
            let mut messages = letters(150);
            for message in messages.iter_mut().step_by(7) {
                *message = support::face::message("from@test", "refused@test", "R", "Text");
            }
            let report = bulk(&client, &messages);
            let what = format!("{offers:?} {line} {reply}");
            for (number, status) in check(&keeper, &report, &what).into_iter().enumerate() {
                let expected = match number % 7 {
                    0 => "INET_E_RECIPIENTS_REFUSED",
                    _ => "INET_OK",
                };
                assert_eq!(status, expected, "{what}: {number}");
            }
        }
    }
}

#[test]
fn a_server_that_falls_silent_on_one_connection_holds_up_nothing_on_the_others() {
    for offers in OFFERS {
        let keeper = Keeper::new(Manner {
            offers,
            answer: Box::new(move |moment| {
                let is_it = moment.connection == 0 && moment.place > 20;
                (is_it && moment.line.starts_with("END")).then_some(Say::Nothing)
            }),
            ..Manner::default()
        });
        let client = client_over(&keeper, 4).with_timeout(600);
        ok(INetSmtpClient_SetWindowMessages(client.0, 5));
        let report = bulk(&client, &letters(400));
        let statuses = check(&keeper, &report, "silent");
        let lost = statuses.iter().filter(|status| **status != "INET_OK");
        assert!((1..=5).contains(&lost.clone().count()), "{offers:?}: {statuses:?}");
        for status in lost {
            assert!(
                matches!(*status, "INET_E_IN_DOUBT" | "INET_E_TIMEOUT"),
                "{offers:?}: {status}"
            );
        }
    }
}

#[test]
fn a_server_that_stops_reading_on_one_connection_holds_up_nothing_on_the_others() {
    for offers in OFFERS {
        let (others_are_done, taken) = (Gate::default(), Arc::new(Mutex::new(Vec::new())));
        let (gate, seen) = (others_are_done.clone(), taken.clone());
        let keeper = Keeper::new(Manner {
            offers,
            answer: Box::new(move |moment| {
                if moment.connection == 0 && moment.place == 9 {
                    gate.pass();
                }
                if moment.connection != 0 && moment.line.starts_with("END") {
                    let mut seen = seen.lock().expect("no panic");
                    seen.push(moment.connection);
                }
                None
            }),
            ..Manner::default()
        });
        let client = client_over(&keeper, 4);
        ok(INetSmtpClient_SetWindowMessages(client.0, 1_000));
        ok(INetSmtpClient_SetWindowSize(client.0, 1 << 30));
        let messages: Vec<_> = (0..400).map(|number| sized(number, 50_000)).collect();
        std::thread::scope(|scope| {
            let sending = scope.spawn(|| bulk(&client, &messages));
            // Those behind the one that is stuck are its own; more than that it cannot take from the others.
            while !sending.is_finished() && taken.lock().expect("no panic").len() < 150 {
                std::thread::yield_now();
            }
            others_are_done.open();
            let report = sending.join().expect("no panic");
            assert_eq!(check(&keeper, &report, "stuck"), ["INET_OK"; 400], "{offers:?}");
        });
    }
}

#[test]
fn dots_are_doubled_on_each_connection() {
    for offers in OFFERS {
        let keeper = Keeper::new(Manner { offers, ..Manner::default() });
        let client = client_over(&keeper, 3);
        let text = "First\r\n.\r\n..\r\nLast\r\n";
        let dotted = |number| message("from@test", "to@test", &format!("Letter {number}"), text);
        let messages: Vec<_> = (0..150).map(dotted).collect();
        let report = bulk(&client, &messages);
        assert_eq!(check(&keeper, &report, "dots"), ["INET_OK"; 150], "{offers:?}");
        let book = keeper.book();
        assert!(book.texts.values().all(|stored| stored.ends_with(text)), "{:?}", book.texts[&1]);
    }
}

#[test]
fn files_and_large_messages_go_between_small_ones() {
    let path = std::env::temp_dir().join(format!("inetmail-several-{}", std::process::id()));
    std::fs::write(&path, vec![7; 300_000]).expect("a file");
    for offers in OFFERS {
        let keeper = Keeper::new(Manner { offers, ..Manner::default() });
        let client = client_over(&keeper, 3);
        let messages: Vec<_> = (0..120)
            .map(|number| match number % 10 {
                3 => sized(number, 200_000),
                _ => letter(number),
            })
            .collect();
        let path = path.to_str().expect("a name");
        let _attachments = [31, 77].map(|number| messages[number].attach(path));
        let report = bulk(&client, &messages);
        assert_eq!(check(&keeper, &report, "mixed"), ["INET_OK"; 120], "{offers:?}");
    }
    std::fs::remove_file(path).expect("the file");
}

#[test]
fn a_run_that_is_cancelled_ends_at_once_and_tells_the_truth() {
    for offers in OFFERS {
        let is_silent = Gate::default();
        let gate = is_silent.clone();
        let keeper = Keeper::new(Manner {
            offers,
            answer: Box::new(move |moment| {
                let is_it = moment.place > 40 && moment.line.starts_with("END");
                if is_it && moment.connection == 3 {
                    gate.open();
                }
                is_it.then_some(Say::Nothing)
            }),
            ..Manner::default()
        });
        let client = client_over(&keeper, 4);
        let messages = letters(2_000);
        std::thread::scope(|scope| {
            let sending = scope.spawn(|| bulk(&client, &messages));
            is_silent.pass();
            let start = now();
            ok(INetSmtpClient_Cancel(client.0));
            let report = sending.join().expect("no panic");
            assert!(now() - start < Duration::from_secs(2), "{offers:?}");
            let statuses = check(&keeper, &report, "cancelled");
            assert!(statuses.contains(&"INET_OK"), "{offers:?}");
            assert!(statuses.contains(&"INET_E_IN_DOUBT"), "{offers:?}");
            assert!(statuses.contains(&"INET_E_NOT_TRIED"), "{offers:?}: {statuses:?}");
        });
    }
}

#[test]
fn runs_that_meet_large_messages_at_once_are_not_forgotten() {
    for offers in OFFERS {
        let keeper = Keeper::new(Manner { offers, ..Manner::default() });
        let client = client_over(&keeper, 2);
        let messages: Vec<_> =
            (0..20).map(|number| sized(number, if number < 2 { 10 } else { 100_000 })).collect();
        let start = now();
        let report = bulk(&client, &messages);
        assert_eq!(check(&keeper, &report, "large"), ["INET_OK"; 20], "{offers:?}");
        assert!(now() - start < Duration::from_secs(20), "{offers:?}: {:?}", now() - start);
    }
}

#[test]
fn a_server_that_loses_a_part_of_a_group_gets_it_again() {
    let keeper = Keeper::new(Manner {
        offers: DATA,
        answer: Box::new(|moment| {
            let is_it = moment.connection < 2 && moment.place > 20;
            (is_it && moment.line.starts_with("RCPT")).then_some(Say::Nothing)
        }),
        ..Manner::default()
    });
    let client = client_over(&keeper, 2).with_timeout(4_000);
    let report = bulk(&client, &letters(100));
    assert_eq!(check(&keeper, &report, "a part of a group"), ["INET_OK"; 100]);
}

#[test]
fn messages_do_not_pile_up_before_a_server_that_stops_reading() {
    let (is_over, has_stopped) = (Gate::default(), Gate::default());
    let (over, stopped) = (is_over.clone(), has_stopped.clone());
    let keeper = Keeper::new(Manner {
        offers: CHUNKS,
        answer: Box::new(move |moment| {
            if moment.place == 15 {
                stopped.open();
                over.pass();
            }
            None
        }),
        ..Manner::default()
    });
    let client = client_over(&keeper, 2);
    ok(INetSmtpClient_SetWindowMessages(client.0, 1_000));
    ok(INetSmtpClient_SetWindowSize(client.0, 1 << 30));
    // More than the sockets hold by far.
    let messages: Vec<_> = (0..1_000).map(|number| sized(number, 60_000)).collect();
    std::thread::scope(|scope| {
        let sending = scope.spawn(|| bulk(&client, &messages));
        has_stopped.pass();
        ok(INetSmtpClient_Cancel(client.0));
        let report = sending.join().expect("no panic");
        is_over.open();
        let count = |expected| {
            let of = |index| status(&one_of(&report, index)) == expected;
            (0..1_000).filter(|index| of(*index)).count()
        };
        assert!(count("INET_E_NOT_TRIED") > 300, "{} were not tried", count("INET_E_NOT_TRIED"));
    });
}

#[test]
fn a_connection_that_is_not_used_is_left_to_those_who_wait_for_one() {
    let (is_over, is_held) = (Gate::default(), Gate::default());
    let (over, held) = (is_over.clone(), is_held.clone());
    let keeper = Keeper::new(Manner {
        offers: DATA,
        answer: Box::new(move |moment| {
            if moment.connection == 0 && moment.line.starts_with("END") {
                held.open();
                over.pass();
            }
            None
        }),
        ..Manner::default()
    });
    let client = client_over(&keeper, 2);
    ok(INetSmtpClient_SetMaxConnections(client.0, 2));
    std::thread::scope(|scope| {
        let single = scope.spawn(|| client.report(&letter(1_000)));
        is_held.pass();
        let start = now();
        let report = bulk(&client, &letters(200));
        let span = now() - start;
        is_over.open();
        assert_eq!(check(&keeper, &report, "two for three"), ["INET_OK"; 200]);
        assert_eq!(status(&single.join().expect("no panic")), "INET_OK");
        assert!(span < Duration::from_secs(10), "{span:?}");
    });
}

/// Takes three messages under TLS and says with the last reply that it says no more, but leaves the connection open.
fn take_three(tls: Tls) -> std::io::Result<()> {
    let mut reader = BufReader::new(tls);
    let (mut line, mut left, mut is_text) = (String::new(), 3, false);
    reader.get_mut().write_all(b"220 mx\r\n")?;
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let reply = match line.split([' ', '\r']).next() {
            Some(".") => "250 taken\r\n",
            _ if is_text => continue,
            Some("EHLO") => "250-mx\r\n250 PIPELINING\r\n",
            Some("DATA") => "354 go\r\n",
            _ => "250 ok\r\n",
        };
        is_text = reply.starts_with("354");
        left -= i32::from(line == ".\r\n");
        let tls = reader.get_mut();
        tls.conn.writer().write_all(reply.as_bytes())?;
        if left == 0 {
            tls.conn.send_close_notify();
            tls.flush()?;
            std::io::copy(&mut tls.sock, &mut std::io::sink())?;
        }
        tls.flush()?;
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a peer is a thread of the test")]
fn an_end_that_comes_with_a_reply_is_heard() {
    let part = || -> Part {
        Box::new(|tls| {
            std::thread::spawn(|| take_three(tls));
        })
    };
    let peer = Peer::with(&config(), (0..60).map(|_| part()).collect());
    let client = peer.client().with_timeout(5_000);
    use_connections(&client, 2);
    let messages: Vec<_> =
        (0..40).map(|_| message("from@test", "to@test", "Subject", "Text")).collect();
    let report = bulk(&client, &messages);
    let statuses: Vec<_> = (0..40).map(|index| status(&one_of(&report, index))).collect();
    assert_eq!(statuses, ["INET_OK"; 40]);
}
