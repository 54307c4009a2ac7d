//! Waiting: for a descriptor, until a deadline, unless cancelled.

#![expect(unsafe_code, reason = "poll(2) and eventfd(2) are calls of the operating system")]

use super::fork;
use crate::error::{Error, Result, Status};
use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, OwnedFd};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The means to end what is under way from another thread. What begins afterwards is not concerned.
///
/// An operation remembers the epoch that it began in, and is cancelled once that is over. A wait first fetches the wake-up
/// descriptor, then looks at the epoch, then waits; a cancellation raises the epoch and takes the descriptor out before it
/// makes it readable. So no wait misses it, and none that begins afterwards sees a descriptor that is readable already.
///
/// Whoever clones it holds the same.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<Epochs>);

#[derive(Debug, Default)]
struct Epochs {
    now: AtomicU64,
    /// Made by the first wait of an epoch, so that what never waits costs no descriptor.
    wake_up: Mutex<Option<WakeUp>>,
    /// What ends the operations of this one too, and its epoch when this one was made.
    above: Option<(Cancel, u64)>,
}

/// The epoch behind the last one: everything is cancelled, what begins in it as well.
const FOR_GOOD: u64 = u64::MAX;

/// A descriptor that is readable once cancelled, and the process that it was made in: a child by fork must neither wake
/// its parent nor wait for it.
#[derive(Debug, Clone)]
struct WakeUp {
    generation: u32,
    descriptor: Arc<OwnedFd>,
}

impl Cancel {
    /// The means to end one operation alone. The next cancellation of `above` ends it as well.
    pub fn under(above: &Cancel) -> Cancel {
        let above = Some((above.clone(), above.epoch()));
        Cancel(Arc::new(Epochs { above, ..Epochs::default() }))
    }

    /// Ends what is under way.
    pub fn cancel(&self) {
        self.enter(|epoch| epoch.saturating_add(1));
    }

    /// Ends what is under way, and what begins later too.
    pub fn cancel_for_good(&self) {
        self.enter(|_| FOR_GOOD);
    }

    /// Begins another epoch and wakes those who wait in this one.
    fn enter(&self, next: impl Fn(u64) -> u64) {
        let mut wake_up = self.0.wake_up.lock().unwrap_or_else(PoisonError::into_inner);
        self.0.now.store(next(self.epoch()), Ordering::SeqCst);
        let waiting = wake_up.take();
        drop(wake_up);
        if let Some(waiting) = waiting.filter(WakeUp::is_ours) {
            waiting.raise();
        }
    }

    fn epoch(&self) -> u64 {
        self.0.now.load(Ordering::SeqCst)
    }

    /// Whether an operation that began in that epoch is cancelled.
    fn is_over(&self, began: u64) -> bool {
        let epoch = self.epoch();
        let above = self.0.above.as_ref();
        epoch != began
            || epoch == FOR_GOOD
            || above.is_some_and(|(above, began)| above.is_over(*began))
    }

    fn wake_up(&self) -> io::Result<Arc<OwnedFd>> {
        let mut wake_up = self.0.wake_up.lock().unwrap_or_else(PoisonError::into_inner);
        match wake_up.as_ref().filter(|wake_up| wake_up.is_ours()) {
            Some(wake_up) => Ok(wake_up.descriptor.clone()),
            None => Ok(wake_up.insert(WakeUp::new()?).descriptor.clone()),
        }
    }
}

impl WakeUp {
    fn new() -> io::Result<WakeUp> {
        // SAFETY: eventfd takes no pointer; the descriptor that it returns is nobody else's.
        let descriptor = match unsafe { libc::eventfd(0, libc::EFD_CLOEXEC | libc::EFD_NONBLOCK) } {
            -1 => return Err(io::Error::last_os_error()),
            descriptor => unsafe { OwnedFd::from_raw_fd(descriptor) },
        };
        Ok(WakeUp { generation: fork::generation(), descriptor: Arc::new(descriptor) })
    }

    /// Makes the descriptor readable, and leaves it so.
    fn raise(&self) {
        let one = 1u64.to_ne_bytes();
        // SAFETY: the descriptor is open as long as it is held here, the eight octets are those of `one`.
        unsafe { libc::write(self.descriptor.as_raw_fd(), one.as_ptr().cast(), one.len()) };
    }

    fn is_ours(&self) -> bool {
        self.generation == fork::generation()
    }
}

/// The deadline and the cancellation of one operation.
#[derive(Debug, Clone, Copy)]
pub struct Watch<'a> {
    deadline: Instant,
    cancel: &'a Cancel,
    /// The epoch that the operation began in.
    epoch: u64,
}

/// A watch that can be kept: it holds its own means to be ended.
#[derive(Debug, Clone)]
pub struct Vigil {
    deadline: Instant,
    cancel: Cancel,
    epoch: u64,
}

impl Vigil {
    pub fn watch(&self) -> Watch<'_> {
        Watch { deadline: self.deadline, cancel: &self.cancel, epoch: self.epoch }
    }
}

impl<'a> Watch<'a> {
    /// The watch of an operation that begins now.
    pub fn new(timeout: Duration, cancel: &'a Cancel) -> Watch<'a> {
        Watch::since(now(), timeout, cancel)
    }

    /// The watch of an operation that began at that moment.
    pub fn since(start: Instant, timeout: Duration, cancel: &'a Cancel) -> Watch<'a> {
        Watch { deadline: start + timeout, cancel, epoch: cancel.epoch() }
    }

    pub fn deadline(&self) -> Instant {
        self.deadline
    }

    /// The same watch, for where a borrowed one cannot go.
    pub fn to_vigil(self) -> Vigil {
        Vigil { deadline: self.deadline, cancel: self.cancel.clone(), epoch: self.epoch }
    }

    /// What is left of the time.
    pub fn remaining(&self) -> Duration {
        self.deadline.saturating_duration_since(now())
    }

    /// The same watch with a nearer deadline: a share of what is left.
    pub fn share(&self, shares: usize) -> Watch<'a> {
        let share = self.remaining() / u32::try_from(shares.max(1)).unwrap_or(u32::MAX);
        Watch { deadline: now() + share, ..*self }
    }

    /// The same watch, for a step that may take so long at most.
    pub fn within(&self, timeout: Duration) -> Watch<'a> {
        Watch { deadline: self.deadline.min(now() + timeout), ..*self }
    }

    /// The same watch with a deadline that is so much later, though not later than `latest`.
    pub fn postponed(&self, by: Duration, latest: Instant) -> Watch<'a> {
        Watch { deadline: (self.deadline + by).min(latest), ..*self }
    }

    /// The same watch with as much time again, for the next step of an operation that has no end of its own.
    pub fn renewed(&self, timeout: Duration) -> Watch<'a> {
        Watch { deadline: now() + timeout, ..*self }
    }

    /// Whether there is any reason to go on.
    pub fn check(&self) -> Result<()> {
        self.moment().map(drop)
    }

    /// The moment that it is now, if there is any reason to go on.
    pub fn moment(&self) -> Result<Instant> {
        let moment = now();
        match (self.is_cancelled(), moment >= self.deadline) {
            (true, _) => Err(Status::Cancelled.into()),
            (_, true) => Err(Status::Timeout.into()),
            _ => Ok(moment),
        }
    }

    /// Whether it is cancelled, whatever the time: the clock is not read.
    pub fn check_cancelled(&self) -> Result<()> {
        match self.is_cancelled() {
            true => Err(Status::Cancelled.into()),
            false => Ok(()),
        }
    }

    /// Whether a blocking call of `span` would keep both promises well enough.
    pub fn allows(&self, span: Duration) -> bool {
        !self.is_cancelled() && now() + span < self.deadline
    }

    /// Waits for nothing but the end of `span`.
    pub fn rest(&self, span: Duration) -> Result<()> {
        let rest = Watch { deadline: self.deadline.min(now() + span), ..*self };
        match rest.poll(None) {
            Err(error) if error.status() == Status::Timeout => self.check(),
            result => result.map(drop),
        }
    }

    /// Waits until there is something to read, the end included.
    pub fn readable(&self, descriptor: BorrowedFd) -> Result<()> {
        self.poll(Some((descriptor, libc::POLLIN))).map(drop)
    }

    /// Waits until there is something to read, or `span` is over. Returns whether there is.
    pub fn readable_for(&self, descriptor: BorrowedFd, span: Duration) -> Result<bool> {
        match self.within(span).readable(descriptor) {
            Err(error) if error.status() == Status::Timeout => self.check().map(|()| false),
            result => result.map(|()| true),
        }
    }

    /// Waits until something can be written or read. Returns whether it is writing.
    pub fn writable_or_readable(&self, descriptor: BorrowedFd) -> Result<bool> {
        let ready = self.poll(Some((descriptor, libc::POLLIN | libc::POLLOUT)))?;
        Ok(ready & !libc::POLLIN != 0)
    }

    fn is_cancelled(&self) -> bool {
        self.cancel.is_over(self.epoch)
    }

    /// Waits until something can be written to any of these, or `span` is over. Returns for each whether it can.
    pub fn any_writable(&self, descriptors: &[BorrowedFd], span: Duration) -> Result<Vec<bool>> {
        let entries = descriptors.iter().map(|descriptor| entry(descriptor, libc::POLLOUT));
        let events = self.within(span).poll_any(entries)?;
        if events.iter().all(|events| *events == 0) {
            self.check()?;
        }
        Ok(events.iter().map(|events| *events != 0).collect())
    }

    /// Waits until something can be read from any of these, or written where that is awaited too, or it is that time. Returns for
    /// each what it is ready for. The deadline of the watch itself is of no account.
    pub fn any_ready(&self, awaited: &[Awaited], until: Instant) -> Result<Vec<Ready>> {
        let entries = awaited.iter().map(|awaited| match awaited.writes {
            true => entry(&awaited.descriptor, libc::POLLIN | libc::POLLOUT),
            false => entry(&awaited.descriptor, libc::POLLIN),
        });
        let events = Watch { deadline: until, ..*self }.poll_any(entries)?;
        Ok(events.iter().map(|events| Ready::of(*events)).collect())
    }

    /// Waits for any event of any entry, no longer than the deadline, which is no error.
    fn poll_any(&self, entries: impl Iterator<Item = libc::pollfd>) -> Result<Vec<i16>> {
        let (wake_up, above) = self.wake_ups()?;
        let mut entries: Vec<_> = entries.collect();
        let awaited = entries.len();
        entries.push(entry(&wake_up, libc::POLLIN));
        entries.extend(above.as_ref().map(|above| entry(above, libc::POLLIN)));
        match self.poll_until(&mut entries, awaited) {
            Err(error) if error.status() == Status::Timeout => {}
            result => result?,
        }
        Ok(entries[..awaited].iter().map(|entry| entry.revents).collect())
    }

    /// Waits for any of the events. An error or a hang-up ends the wait too: the next call on the descriptor tells.
    fn poll(&self, awaited: Option<(BorrowedFd, i16)>) -> Result<i16> {
        let (wake_up, above) = self.wake_ups()?;
        // poll(2) passes over entries without a descriptor.
        let nobody = libc::pollfd { fd: -1, events: 0, revents: 0 };
        let mut entries = [
            awaited.map_or(nobody, |(awaited, events)| entry(&awaited, events)),
            entry(&wake_up, libc::POLLIN),
            above.as_ref().map_or(nobody, |above| entry(above, libc::POLLIN)),
        ];
        self.poll_until(&mut entries, 1)?;
        Ok(entries[0].revents)
    }

    /// What becomes readable when this operation is cancelled.
    fn wake_ups(&self) -> Result<(Arc<OwnedFd>, Option<Arc<OwnedFd>>)> {
        let wake_up = self.cancel.wake_up().map_err(|error| waiting_failed(&error))?;
        let above = match &self.cancel.0.above {
            Some((above, _)) => Some(above.wake_up().map_err(|error| waiting_failed(&error))?),
            None => None,
        };
        Ok((wake_up, above))
    }

    /// Waits until one of the first entries, `awaited` of them, has an event.
    fn poll_until(&self, entries: &mut [libc::pollfd], awaited: usize) -> Result<()> {
        loop {
            self.check()?;
            let remaining = self.remaining();
            // Rounded up: a wait must not turn into a busy loop in its last millisecond.
            let milliseconds = remaining.as_micros().div_ceil(1000).min(i32::MAX as u128) as i32;
            // SAFETY: the entries are borrowed for the call, the count is theirs.
            let ready = unsafe {
                libc::poll(entries.as_mut_ptr(), entries.len() as libc::nfds_t, milliseconds)
            };
            if ready == -1 {
                let error = io::Error::last_os_error();
                if error.kind() != io::ErrorKind::Interrupted {
                    return Err(waiting_failed(&error));
                }
            } else if entries[..awaited].iter().any(|entry| entry.revents != 0) {
                return Ok(());
            }
        }
    }
}

/// A descriptor of which something is awaited: always that there is something to be read.
pub struct Awaited<'d> {
    pub descriptor: BorrowedFd<'d>,
    /// Whether it is also awaited that something can be written.
    pub writes: bool,
}

/// What a descriptor is ready for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ready {
    Nothing,
    /// Nothing is there to be read.
    Writing,
    /// An end or an error is something to be read.
    Reading,
}

impl Ready {
    fn of(events: i16) -> Ready {
        match events {
            0 => Ready::Nothing,
            libc::POLLOUT => Ready::Writing,
            _ => Ready::Reading,
        }
    }
}

fn entry(descriptor: &impl AsRawFd, events: i16) -> libc::pollfd {
    libc::pollfd { fd: descriptor.as_raw_fd(), events, revents: 0 }
}

fn waiting_failed(error: &io::Error) -> Error {
    Error::new(Status::ConnectionLost, format!("waiting failed: {error}")).with_os_error(error)
}

/// A descriptor that wakes one of those who wait for it for each time that it is raised.
#[derive(Debug)]
pub struct Signal(OwnedFd);

impl Signal {
    pub fn new() -> Result<Signal> {
        let flags = libc::EFD_CLOEXEC | libc::EFD_NONBLOCK | libc::EFD_SEMAPHORE;
        // SAFETY: eventfd takes no pointer; the descriptor that it returns is nobody else's.
        match unsafe { libc::eventfd(0, flags) } {
            -1 => {
                let error = io::Error::last_os_error();
                let sentence = format!("no descriptor to wait with: {error}");
                Err(Error::new(Status::ConnectionLost, sentence).with_os_error(&error))
            }
            descriptor => Ok(Signal(unsafe { OwnedFd::from_raw_fd(descriptor) })),
        }
    }

    pub fn raise(&self) {
        let one = 1u64.to_ne_bytes();
        // SAFETY: the descriptor is open as long as it is held here, the eight octets are those of `one`.
        unsafe { libc::write(self.0.as_raw_fd(), one.as_ptr().cast(), one.len()) };
    }

    /// Waits until the signal is raised. Several may be woken by the same: whoever is looks again.
    pub fn wait(&self, watch: Watch) -> Result<()> {
        watch.readable(self.0.as_fd())?;
        self.lower();
        Ok(())
    }

    /// Takes back what was raised once, if it was.
    pub fn lower(&self) {
        let mut count = [0; 8];
        // SAFETY: the descriptor is open as long as it is held here, the eight octets are those of `count`.
        unsafe { libc::read(self.0.as_raw_fd(), count.as_mut_ptr().cast(), count.len()) };
    }
}

impl AsFd for Signal {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}

/// The clock.
#[expect(clippy::disallowed_methods, reason = "deadlines are kept here")]
pub fn now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::os::unix::net::UnixStream;

    const LONG: Duration = Duration::from_secs(60);

    fn status<T>(result: Result<T>) -> Option<Status> {
        result.err().map(|error| error.status())
    }

    /// Until somebody waits.
    fn await_a_wait(cancel: &Cancel) {
        while cancel.0.wake_up.lock().unwrap().is_none() {
            std::thread::yield_now();
        }
    }

    #[test]
    fn a_wait_ends_by_readiness_by_time_and_by_cancellation() {
        let (mut near, far) = UnixStream::pair().unwrap();
        let cancel = Cancel::default();
        let watch = Watch::new(Duration::from_millis(1), &cancel);
        assert_eq!(status(watch.readable(far.as_fd())), Some(Status::Timeout));

        near.write_all(b"x").unwrap();
        let watch = Watch::new(LONG, &cancel);
        watch.readable(far.as_fd()).unwrap();
        assert_eq!(watch.any_writable(&[far.as_fd()], LONG).unwrap(), [true]);
        assert!(watch.writable_or_readable(far.as_fd()).unwrap());

        cancel.cancel();
        assert_eq!(status(watch.readable(near.as_fd())), Some(Status::Cancelled));
        assert!(!watch.allows(Duration::ZERO));
    }

    #[test]
    fn of_many_those_that_are_ready_are_told_until_the_time_is_over() {
        let (mut near, far) = UnixStream::pair().unwrap();
        let (quiet, _other) = UnixStream::pair().unwrap();
        let cancel = Cancel::default();
        let watch = Watch::new(LONG, &cancel);
        let awaited = |writes| {
            let descriptors = [far.as_fd(), quiet.as_fd()];
            descriptors.map(|descriptor| Awaited { descriptor, writes })
        };
        let moment = || now() + Duration::from_millis(1);
        let ready = watch.any_ready(&awaited(false), moment()).unwrap();
        assert_eq!(ready, [Ready::Nothing, Ready::Nothing]);
        let ready = watch.any_ready(&awaited(true), now() + LONG).unwrap();
        assert_eq!(ready, [Ready::Writing, Ready::Writing]);

        near.write_all(b"x").unwrap();
        let ready = watch.any_ready(&awaited(true), now() + LONG).unwrap();
        assert_eq!(ready, [Ready::Reading, Ready::Writing]);
        drop(near);
        let ready = watch.any_ready(&awaited(false), now() + LONG).unwrap();
        assert_eq!(ready, [Ready::Reading, Ready::Nothing]);

        cancel.cancel();
        assert_eq!(status(watch.any_ready(&awaited(false), now() + LONG)), Some(Status::Cancelled));
    }

    #[test]
    fn a_rest_ends_by_its_span_by_the_deadline_and_by_cancellation() {
        let cancel = Cancel::default();
        let moment = Duration::from_millis(1);
        assert_eq!(status(Watch::new(LONG, &cancel).rest(moment)), None);
        assert_eq!(status(Watch::new(moment, &cancel).rest(LONG)), Some(Status::Timeout));
        let watch = Watch::new(LONG, &cancel);
        cancel.cancel();
        assert_eq!(status(watch.rest(LONG)), Some(Status::Cancelled));
    }

    #[test]
    fn cancelling_wakes_the_waits_that_are_under_way() {
        let (near, _far) = UnixStream::pair().unwrap();
        let cancel = Cancel::default();
        std::thread::scope(|scope| {
            let wait = || status(Watch::new(LONG, &cancel).readable(near.as_fd()));
            let rest = || status(Watch::new(LONG, &cancel).rest(LONG));
            let waiting = [scope.spawn(wait), scope.spawn(rest)];
            // The one that is a moment late is cancelled by the next round.
            while !waiting.iter().all(|thread| thread.is_finished()) {
                cancel.cancel();
                std::thread::yield_now();
            }
            for thread in waiting {
                assert_eq!(thread.join().unwrap(), Some(Status::Cancelled));
            }
        });
    }

    #[test]
    fn what_begins_behind_a_cancellation_goes_on_unless_it_was_for_good() {
        let (mut near, far) = UnixStream::pair().unwrap();
        near.write_all(b"x").unwrap();
        let cancel = Cancel::default();
        let before = Watch::new(LONG, &cancel);
        before.readable(far.as_fd()).unwrap();
        cancel.cancel();
        let behind = Watch::new(LONG, &cancel);
        assert_eq!(status(before.check()), Some(Status::Cancelled));
        behind.readable(far.as_fd()).unwrap();
        // It waits, and is not woken by what is over.
        assert_eq!(status(behind.rest(Duration::from_millis(1))), None);

        cancel.cancel_for_good();
        assert_eq!(status(behind.check()), Some(Status::Cancelled));
        cancel.cancel();
        assert_eq!(status(Watch::new(LONG, &cancel).check()), Some(Status::Cancelled));
    }

    #[test]
    fn one_operation_is_ended_by_its_own_cancel_and_by_the_one_above() {
        let above = Cancel::default();
        let (first, second) = (Cancel::under(&above), Cancel::under(&above));
        first.cancel_for_good();
        assert_eq!(status(Watch::new(LONG, &first).check()), Some(Status::Cancelled));
        std::thread::scope(|scope| {
            let resting = scope.spawn(|| status(Watch::new(LONG, &second).rest(LONG)));
            await_a_wait(&above);
            above.cancel();
            assert_eq!(resting.join().unwrap(), Some(Status::Cancelled));
        });
        // What was made before the cancellation is ended by it, even if it has not begun.
        assert_eq!(status(Watch::new(LONG, &second).check()), Some(Status::Cancelled));
        assert_eq!(status(Watch::new(LONG, &Cancel::under(&above)).check()), None);
    }
}
