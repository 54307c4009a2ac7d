//! A ledger of messages: what their reports say became of them, and whether what arrived agrees.

use super::support::face::{Client, Message, ok, text};
use inetmail::ffi::bulk::INetSmtpClient_BulkSendFrom;
use inetmail::ffi::delivery_settings::*;
use inetmail::ffi::mail_message::INetMailMessage;
use inetmail::ffi::send_report::*;
use std::collections::{BTreeSet, HashMap};
use std::ffi::c_void;

/// INET_E_CANCELLED
pub const CANCELLED: i32 = -1304;
/// INET_E_SOME_MESSAGES_FAILED
pub const SOME_FAILED: i32 = -1309;
/// INET_E_CONNECT
pub const CONNECT: i32 = -1401;
/// INET_E_CONNECTION_LOST
pub const CONNECTION_LOST: i32 = -1402;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// No run has come to it.
    Untried,
    /// The server's final reply.
    Delivered(String),
    Refused,
    NotSent,
    InDoubt,
}

/// What arrived: under the number of each message all ids that a server gave it. A server that is stopped in the midst of a
/// delivery may deliver twice under one id; that is no message of ours.
pub type Arrived = HashMap<usize, BTreeSet<String>>;

pub struct Ledger {
    pub fates: Vec<Fate>,
    pub delivered: usize,
    /// Those that something was delivered over.
    pub connections: BTreeSet<i32>,
}

/// One run, as its callbacks know it.
struct Run<'a> {
    ledger: &'a mut Ledger,
    letter: &'a dyn Fn(usize) -> Message,
    numbers: &'a [usize],
    has_report: Vec<bool>,
    on_told: &'a mut dyn FnMut(usize),
}

pub fn with_connections(client: Client, connections: i32) -> Client {
    let mode = match connections {
        1 => INET_MULTI_CONNECTION_DISABLE,
        _ => INET_MULTI_CONNECTION_ENABLE,
    };
    ok(INetSmtpClient_SetUseMultiConnection(client.0, mode));
    ok(INetSmtpClient_SetConnectionsQuantity(client.0, connections));
    client
}

impl Ledger {
    pub fn of(messages: usize) -> Ledger {
        Ledger { fates: vec![Fate::Untried; messages], delivered: 0, connections: BTreeSet::new() }
    }

    /// Sends what neither was delivered or refused nor may have been. `on_told` hears how many were delivered so far, each
    /// time that the run tells of a message, and before it can go on.
    pub fn send(
        &mut self,
        client: &Client,
        letter: &dyn Fn(usize) -> Message,
        on_told: &mut dyn FnMut(usize),
    ) -> i32 {
        let wanted = |fate: &Fate| matches!(fate, Fate::Untried | Fate::NotSent);
        let numbers: Vec<_> = (0..self.fates.len()).filter(|n| wanted(&self.fates[*n])).collect();
        for number in &numbers {
            self.fates[*number] = Fate::Untried;
        }
        let mut run =
            Run { ledger: self, letter, numbers: &numbers, has_report: Vec::new(), on_told };
        let user = (&raw mut run).cast();
        let status = unsafe { INetSmtpClient_BulkSendFrom(client.0, Some(next), Some(done), user) };
        let without = run.has_report.iter().filter(|has| !**has).count();
        assert_eq!(without, 0, "messages were asked for and never told of");
        status
    }

    pub fn count(&self, counted: &Fate) -> usize {
        self.fates.iter().filter(|fate| *fate == counted).count()
    }

    /// How many another run would try.
    pub fn open(&self) -> usize {
        self.count(&Fate::Untried) + self.count(&Fate::NotSent)
    }

    /// Holds what the reports say against what arrived.
    pub fn check(&self, arrived: &Arrived) {
        for (number, fate) in self.fates.iter().enumerate() {
            let ids: Vec<_> = arrived.get(&number).into_iter().flatten().collect();
            match (fate, ids.as_slice()) {
                // The very message that the server has told of, and no other.
                (Fate::Delivered(reply), [id]) if reply.ends_with(id.as_str()) => {}
                (Fate::InDoubt, [] | [_]) => {}
                (Fate::Untried | Fate::NotSent | Fate::Refused, []) => {}
                (fate, ids) => panic!("message {number} is {fate:?} and arrived as {ids:?}"),
            }
        }
        let stranger = arrived.keys().find(|number| **number >= self.fates.len());
        assert_eq!(stranger, None, "nobody sent this one");
    }
}

unsafe extern "C" fn next(user: *mut c_void, index: i64, place: *mut *mut INetMailMessage) -> i32 {
    let run = unsafe { &mut *user.cast::<Run>() };
    let index = usize::try_from(index).expect("a place");
    assert_eq!(index, run.has_report.len(), "messages are asked for in order");
    let Some(number) = run.numbers.get(index) else {
        return 0;
    };
    run.has_report.push(false);
    let letter = (run.letter)(*number);
    unsafe { *place = letter.0 };
    std::mem::forget(letter);
    1
}

unsafe extern "C" fn done(user: *mut c_void, index: i64, report: *mut INetSendReport) -> i32 {
    let run = unsafe { &mut *user.cast::<Run>() };
    let index = usize::try_from(index).expect("a place");
    let was_told = std::mem::replace(&mut run.has_report[index], true);
    assert!(!was_told, "message {index} was told of twice");
    let fate = fate(report);
    if let Fate::Delivered(_) = fate {
        run.ledger.delivered += 1;
        run.ledger.connections.insert(INetSendReport_GetConnection(report));
    }
    run.ledger.fates[run.numbers[index]] = fate;
    (run.on_told)(run.ledger.delivered);
    0
}

fn fate(report: *mut INetSendReport) -> Fate {
    let is_safe_to_retry = INetSendReport_GetIsSafeToRetry(report) == 1;
    let status = INetSendReport_GetStatus(report);
    match INetSendReport_GetVerdictAt(report, 0) {
        INET_VERDICT_DELIVERED => {
            assert_eq!((status, is_safe_to_retry), (0, false));
            let reply = |b, n| unsafe { INetSendReport_GetFinalText(report, b, n) };
            Fate::Delivered(text(reply))
        }
        INET_VERDICT_REFUSED => Fate::Refused,
        INET_VERDICT_NOT_SENT => {
            assert!(is_safe_to_retry, "status {status}");
            Fate::NotSent
        }
        INET_VERDICT_IN_DOUBT => {
            assert_eq!((status, is_safe_to_retry), (-1305, false));
            Fate::InDoubt
        }
        other => panic!("verdict {other}"),
    }
}
