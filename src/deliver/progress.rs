//! How far a call is: counted always, told to the host if it asks for it.

use crate::error::{Error, Result};
use crate::net::now;
use std::sync::atomic::{AtomicI32, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

/// Is told the octets that were handed to the system, how many there are in all (-1: nobody knows), and the messages that
/// are done. An error ends the call.
pub type ProgressHook = Arc<dyn Fn(i64, i64, i32) -> Result<()> + Send + Sync>;

/// Nobody can follow more.
const PAUSE: Duration = Duration::from_millis(100);

/// The progress of one call. Any thread may look at it.
pub struct Progress {
    octets: AtomicI64,
    total: AtomicI64,
    messages: AtomicI32,
    /// Whether there may be more than one message, so that nobody knows the total.
    is_run: bool,
    teller: Option<Teller>,
    /// The host has said that it is enough.
    ended: OnceLock<Error>,
}

struct Teller {
    hook: ProgressHook,
    start: Instant,
    /// Milliseconds behind the start before which nothing is told.
    due: AtomicU64,
}

impl Progress {
    pub fn new(hook: Option<ProgressHook>) -> Progress {
        Progress {
            octets: AtomicI64::new(0),
            total: AtomicI64::new(-1),
            messages: AtomicI32::new(0),
            is_run: false,
            teller: hook.map(Teller::new),
            ended: OnceLock::new(),
        }
    }

    /// The progress of a call that sends message after message.
    pub fn of_run(hook: Option<ProgressHook>) -> Progress {
        Progress { is_run: true, ..Progress::new(hook) }
    }

    /// What the host has ended the call with, if it has.
    pub fn ended(&self) -> Option<&Error> {
        self.ended.get()
    }

    /// Whether there is somebody to be told.
    pub fn is_told(&self) -> bool {
        self.teller.is_some()
    }

    /// Octets of messages that were handed to the system.
    pub fn octets(&self) -> i64 {
        self.octets.load(Ordering::Relaxed)
    }

    /// How many there are in all, -1 where only the end will tell. Line ends that have to become CRLF make more of a message than
    /// was reckoned.
    pub fn total(&self) -> i64 {
        match self.total.load(Ordering::Relaxed) {
            reckoned @ ..0 => reckoned,
            reckoned => reckoned.max(self.octets()),
        }
    }

    /// Messages that were accepted.
    pub fn messages(&self) -> i32 {
        self.messages.load(Ordering::Relaxed)
    }

    /// A message was accepted.
    pub fn message_done(&self) {
        self.messages.fetch_add(1, Ordering::Relaxed);
    }

    /// All is done that there was to do. Nothing can be ended any more, so what the host answers is of no account.
    pub fn over(&self) {
        if let Some(teller) = &self.teller {
            let _ = self.tell(teller, 0);
        }
    }

    /// Tells the host, if it is time to; so many octets that are counted have not been written yet. An error ends the call.
    pub fn tell_in_time(&self, unwritten: usize) -> Result<()> {
        if let Some(ended) = self.ended() {
            return Err(ended.clone());
        }
        let told = match self.teller.as_ref().filter(|teller| teller.is_due()) {
            Some(teller) => self.tell(teller, unwritten),
            None => Ok(()),
        };
        told.inspect_err(|error| {
            let _ = self.ended.set(error.clone());
        })
    }

    fn tell(&self, teller: &Teller, unwritten: usize) -> Result<()> {
        let octets = self.octets().saturating_sub_unsigned(unwritten as u64).max(0);
        (teller.hook)(octets, self.total(), self.messages())
    }
}

impl Teller {
    fn new(hook: ProgressHook) -> Teller {
        Teller { hook, start: now(), due: AtomicU64::new(0) }
    }

    /// Whether it is time to tell; then the next time is a pause away.
    fn is_due(&self) -> bool {
        let due = self.due.load(Ordering::Relaxed);
        let time = now().saturating_duration_since(self.start).as_millis() as u64;
        let next = time + PAUSE.as_millis() as u64;
        time >= due
            && self.due.compare_exchange(due, next, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }
}

/// The share of one message in the progress of its call.
#[derive(Default)]
pub struct Tally<'a> {
    progress: Option<&'a Progress>,
    /// Whether the host may be told on this thread.
    tells: bool,
    octets: i64,
}

impl<'a> Tally<'a> {
    pub fn of(progress: &'a Progress) -> Tally<'a> {
        Tally { progress: Some(progress), tells: true, octets: 0 }
    }

    /// For a thread that is not the host's.
    pub fn untold(progress: &'a Progress) -> Tally<'a> {
        Tally { tells: false, ..Tally::of(progress) }
    }

    /// The message goes out, from its beginning. An attempt before did not count.
    pub fn begin(&mut self, size: Option<u64>) {
        if let Some(progress) = self.progress {
            if !progress.is_run {
                let total = size.and_then(|size| i64::try_from(size).ok()).unwrap_or(-1);
                progress.total.store(total, Ordering::Relaxed);
            }
            progress.octets.fetch_sub(std::mem::take(&mut self.octets), Ordering::Relaxed);
        }
    }

    /// So many octets of the message were made; they are written before more are.
    pub fn add(&mut self, octets: usize) {
        if let Some(progress) = self.progress {
            self.octets += octets as i64;
            progress.octets.fetch_add(octets as i64, Ordering::Relaxed);
        }
    }

    /// Tells the host, if it is time to. An error ends the message.
    pub fn tell(&self) -> Result<()> {
        self.tell_short_of(0)
    }

    /// The same where so many octets that were made have not been written yet.
    pub fn tell_short_of(&self, unwritten: usize) -> Result<()> {
        match self.progress {
            Some(progress) if self.tells => progress.tell_in_time(unwritten),
            Some(progress) => progress.ended().cloned().map_or(Ok(()), Err),
            None => Ok(()),
        }
    }
}
