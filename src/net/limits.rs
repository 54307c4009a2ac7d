//! What a host grants its connections: octets a second either way, octets at a time, and silence.

use super::wait::{Watch, now};
use crate::error::{Error, Result, Status};
use std::num::{NonZeroU64, NonZeroUsize};
use std::time::{Duration, Instant};

/// Where nothing is set, nothing is limited.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Limits {
    /// The longest time that one wait for the peer may take.
    pub silence: Option<Duration>,
    /// Octets a second from the peer.
    pub incoming: Option<NonZeroU64>,
    /// Octets a second to the peer.
    pub outgoing: Option<NonZeroU64>,
    /// Octets that the system is handed at a time.
    pub at_a_time: Option<NonZeroUsize>,
}

impl Limits {
    /// Waits by `wait`, under a watch that ends with the longest silence. `failing` is what the peer has done then.
    pub fn patiently<'w, T>(
        &self,
        watch: Watch<'w>,
        failing: &str,
        wait: impl FnOnce(Watch<'w>) -> Result<T>,
    ) -> Result<T> {
        let Some(silence) = self.silence else { return wait(watch) };
        wait(watch.within(silence)).map_err(|error| {
            if error.status() != Status::Timeout || watch.check().is_err() {
                return error;
            }
            let silence = silence.as_millis();
            let sentence = format!("the peer {failing} for the {silence} ms of SocketTimeout");
            Error::new(Status::Timeout, sentence)
        })
    }
}

/// What the peer has failed to do when a wait to read, or one to write, took too long.
pub const SILENT: &str = "was silent";
pub const TOOK_NOTHING: &str = "took nothing";

/// The limits of one connection, and what it has used of them.
#[derive(Debug)]
pub struct Regulator {
    limits: Limits,
    incoming: Option<Bucket>,
    outgoing: Option<Bucket>,
    /// Octets that were to go out and were held back.
    held_back: usize,
    began: Instant,
    /// How long it has rested for the limits, of what comes in and of what goes out.
    rested: [Duration; 2],
}

const INCOMING: (usize, &str) = (0, "SocketIncomingSpeedLimit");
const OUTGOING: (usize, &str) = (1, "SocketOutgoingSpeedLimit");

impl Regulator {
    /// Nothing where nothing is limited.
    pub fn new(limits: Limits) -> Option<Box<Regulator>> {
        let bucket = |rate: Option<NonZeroU64>| rate.map(|rate| Bucket::new(rate, now()));
        (limits != Limits::default()).then(|| {
            let (incoming, outgoing) = (bucket(limits.incoming), bucket(limits.outgoing));
            let (began, rested) = (now(), <[Duration; 2]>::default());
            Box::new(Regulator { limits, incoming, outgoing, held_back: 0, began, rested })
        })
    }

    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// How many of the octets may go out now. None at all: see [`Regulator::pause`].
    pub fn may_send(&mut self, octets: usize) -> usize {
        let octets = self.limits.at_a_time.map_or(octets, |most| octets.min(most.get()));
        let Some(bucket) = &mut self.outgoing else { return octets };
        let granted = octets.min(bucket.available(now()));
        self.held_back = if granted == 0 { octets } else { 0 };
        granted
    }

    pub fn sent(&mut self, octets: usize) {
        if let Some(bucket) = &mut self.outgoing {
            bucket.take(octets);
        }
    }

    /// Waits by `wait` for as long as what was held back has to, whatever that comes to. Nothing where the peer is what is waited for.
    pub fn rest_before_sending<T>(
        &mut self,
        wait: impl FnOnce(Duration) -> Result<T>,
    ) -> Option<Result<T>> {
        let pause = self.pause()?;
        let since = now();
        let waited = wait(pause);
        self.rested[OUTGOING.0] += now() - since;
        Some(waited.map_err(|error| held_back(error, OUTGOING.1, self.limits.outgoing)))
    }

    /// The end of the time at the beginning of a connection: where a limit has had half of it, the peer is not to blame for the rest.
    pub fn blame(&self, error: Error) -> Error {
        if error.status() != Status::Timeout || error.has_own_sentence() {
            return error;
        }
        let share = (now() - self.began) / 2;
        let rates = [(INCOMING, self.limits.incoming), (OUTGOING, self.limits.outgoing)];
        let limit = rates.into_iter().max_by_key(|((place, _), _)| self.rested[*place]);
        match limit {
            Some(((place, limit), rate)) if self.rested[place] > share => {
                held_back(error, limit, rate)
            }
            _ => error,
        }
    }

    /// How long what was held back has to wait; nothing where the peer is what is waited for.
    fn pause(&mut self) -> Option<Duration> {
        let bucket = self.outgoing.as_mut().filter(|_| self.held_back > 0)?;
        Some(bucket.wait(self.held_back, now())).filter(|wait| !wait.is_zero())
    }

    /// Waits until something may come in, and says how much of `room`.
    pub fn await_leave_to_receive(&mut self, room: usize, watch: Watch) -> Result<usize> {
        let Some(bucket) = &mut self.incoming else { return Ok(room) };
        loop {
            match room.min(bucket.available(now())) {
                0 if room > 0 => {
                    let since = now();
                    let rested = watch.rest(bucket.wait(room, since));
                    self.rested[INCOMING.0] += now() - since;
                    rested.map_err(|error| held_back(error, INCOMING.1, self.limits.incoming))?;
                }
                granted => return Ok(granted),
            }
        }
    }

    pub fn received(&mut self, octets: usize) {
        if let Some(bucket) = &mut self.incoming {
            bucket.take(octets);
        }
    }
}

/// The end of the time in a wait of the host's own making, which is not the peer's fault.
fn held_back(error: Error, limit: &str, rate: Option<NonZeroU64>) -> Error {
    match error.status() {
        Status::Timeout => {
            let rate = rate.map_or(0, NonZeroU64::get);
            let sentence = format!("the time ran out; {limit} holds it to {rate} octets a second");
            Error::new(Status::Timeout, sentence).lasting()
        }
        _ => error,
    }
}

/// A token bucket. It is empty at first, so that a span has never more than its share but for what was saved up before.
#[derive(Debug)]
struct Bucket {
    /// Octets a second.
    rate: f64,
    /// What may go now.
    credit: f64,
    as_of: Instant,
}

/// What may be saved up, and what is waited for, in seconds of the rate. The difference is for a wait that takes longer than
/// it was to.
const MOST_SAVED: f64 = 0.1;
const STEP: f64 = 0.05;

impl Bucket {
    fn new(rate: NonZeroU64, now: Instant) -> Bucket {
        Bucket { rate: rate.get() as f64, credit: 0.0, as_of: now }
    }

    /// How many octets may go now.
    fn available(&mut self, now: Instant) -> usize {
        let passed = now.saturating_duration_since(self.as_of).as_secs_f64();
        // Of one octet at least, or a slow one would never go.
        let most = (self.rate * MOST_SAVED).max(2.0);
        self.credit = (self.credit + passed * self.rate).min(most);
        self.as_of = self.as_of.max(now);
        self.credit as usize
    }

    fn take(&mut self, octets: usize) {
        self.credit -= octets as f64;
    }

    /// How long until so many may go, or as many as are worth a wait.
    fn wait(&mut self, octets: usize, now: Instant) -> Duration {
        self.available(now);
        let wanted = (octets as f64).min(self.rate * STEP).max(1.0);
        let missing = (wanted - self.credit) / self.rate;
        // A nanosecond more, as fractions of an octet are no octet.
        match missing > 0.0 {
            true => Duration::from_secs_f64(missing) + Duration::from_nanos(1),
            false => Duration::ZERO,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::wait::Cancel;
    use super::*;

    /// What goes through in so much simulated time, a piece at a time, where each wait takes longer than it was to.
    fn through(rate: u64, piece: usize, late: Duration, span: Duration) -> u64 {
        let start = now();
        let mut clock = start;
        let mut bucket = Bucket::new(NonZeroU64::new(rate).unwrap(), clock);
        let mut octets = 0;
        loop {
            match piece.min(bucket.available(clock)) {
                0 => clock += bucket.wait(piece, clock) + late,
                granted => {
                    bucket.take(granted);
                    octets += granted as u64;
                }
            }
            if clock - start > span {
                return octets;
            }
        }
    }

    #[test]
    fn ten_seconds_have_ten_seconds_worth_of_octets() {
        let span = Duration::from_secs(10);
        for rate in [1, 3, 19, 20, 21, 1000, 4096, 65_537, 1_000_000, 125_000_000, 10_000_000_000] {
            for piece in [1, 7, 1460, 16 * 1024, 1 << 20, 1 << 30] {
                if rate > 1_000_000 && piece < 1460 {
                    continue;
                }
                for late in [0, 1, 20].map(Duration::from_millis) {
                    let octets = through(rate, piece, late, span);
                    let expected = 10 * rate;
                    let slack = (expected / 20).max(1);
                    assert!(octets.abs_diff(expected) <= slack, "{rate} {piece} {octets}");
                }
            }
        }
    }

    #[test]
    fn a_rest_saves_up_a_tenth_of_a_second_at_most() {
        let start = now();
        let mut bucket = Bucket::new(NonZeroU64::new(1000).unwrap(), start);
        assert_eq!(bucket.available(start), 0);
        assert_eq!(bucket.wait(10_000, start).as_millis(), 50);
        assert_eq!(bucket.wait(10, start).as_millis(), 10);
        assert_eq!(bucket.available(start + Duration::from_secs(3600)), 100);
        // A clock that goes back gives nothing.
        bucket.take(100);
        assert_eq!(bucket.available(start), 0);
    }

    #[test]
    fn what_is_held_back_is_told_and_comes() {
        let rate = NonZeroU64::new(1000);
        let limits = Limits { outgoing: rate, incoming: rate, ..Limits::default() };
        let mut regulator = Regulator::new(limits).unwrap();
        let granted = regulator.may_send(1 << 20);
        regulator.sent(granted);
        assert!(granted < 1000 && regulator.may_send(1 << 20) < 1000);
        let cancel = Cancel::default();
        let watch = Watch::new(Duration::from_secs(60), &cancel);
        let granted = regulator.await_leave_to_receive(1 << 20, watch).unwrap();
        assert!((1..=100).contains(&granted));
        cancel.cancel();
        regulator.received(granted);
        let gone = regulator.await_leave_to_receive(1 << 20, watch);
        assert!(gone.is_ok_and(|some| some <= 100) || watch.check().is_err());

        let at_a_time = NonZeroUsize::new(512);
        let mut regulator = Regulator::new(Limits { at_a_time, ..Limits::default() }).unwrap();
        assert_eq!((regulator.may_send(1 << 20), regulator.may_send(5)), (512, 5));
        assert_eq!(regulator.pause(), None);
        assert!(Regulator::new(Limits::default()).is_none());
    }

    #[test]
    fn silence_ends_a_wait_before_the_deadline_and_says_so() {
        let cancel = Cancel::default();
        let watch = Watch::new(Duration::from_secs(60), &cancel);
        let limits = Limits { silence: Some(Duration::from_millis(1)), ..Limits::default() };
        let rest = |watch: Watch| watch.rest(Duration::from_secs(60));
        let error = limits.patiently(watch, SILENT, rest).unwrap_err();
        assert_eq!(error.status(), Status::Timeout);
        assert!(error.to_string().contains("1 ms of SocketTimeout"), "{error}");
        let watch = Watch::new(Duration::ZERO, &cancel);
        let error = limits.patiently(watch, SILENT, rest).unwrap_err();
        assert!(!error.to_string().contains("SocketTimeout"), "{error}");
    }
}
