//! Calls that know no deadline, on a thread of their own; one that comes back too late finds nobody listening.

use super::fork;
use super::wait::Watch;
use crate::error::{Error, Result, Status};
use std::io;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, mpsc};

/// Nobody can end a call that hangs, and each holds a thread and descriptors. With so many of them in the process no more begin.
const MOST_LEFT_BEHIND: u32 = 16;

static LEFT_BEHIND: LeftBehind = LeftBehind(AtomicU64::new(0));

/// What the work comes to, if that is known in time.
pub fn aside<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
    watch: Watch,
) -> Result<T> {
    aside_among(&LEFT_BEHIND, work, watch)
}

#[expect(clippy::disallowed_methods, reason = "the one thread of a blocking call, see above")]
fn aside_among<T: Send + 'static>(
    left_behind: &'static LeftBehind,
    work: impl FnOnce() -> T + Send + 'static,
    watch: Watch,
) -> Result<T> {
    if left_behind.count() >= MOST_LEFT_BEHIND {
        let sentence = format!(
            "{MOST_LEFT_BEHIND} calls to name servers or KDCs that came to no end in time are still under way"
        );
        return Err(Error::new(Status::Busy, sentence).retry_is_safe());
    }
    let failed = |error: io::Error| {
        let sentence = format!("no thread could be started: {error}");
        Error::new(Status::OutOfMemory, sentence).with_os_error(&error).retry_is_safe()
    };
    let (listening, done) = UnixStream::pair().map_err(failed)?;
    let (sender, receiver) = mpsc::channel();
    let call = Arc::new(AtomicU8::new(UNDER_WAY));
    let end = End { call: call.clone(), left_behind };
    let work = move || {
        let _end = end;
        // Nobody listens any more: the deadline has passed.
        let _ = sender.send(work());
        drop(done);
    };
    std::thread::Builder::new().name("inetmail-aside".into()).spawn(work).map_err(failed)?;
    watch.readable(listening.as_fd()).inspect_err(|_| {
        if call.swap(LEFT, Ordering::AcqRel) == UNDER_WAY {
            left_behind.add(1);
        }
    })?;
    receiver.recv().map_err(|_| Error::new(Status::Panic, "a call aside broke down"))
}

// Where a call stands.
const UNDER_WAY: u8 = 0;
const LEFT: u8 = 1;
const OVER: u8 = 2;

/// What the thread of a call holds to its very end, whichever that is.
struct End {
    call: Arc<AtomicU8>,
    left_behind: &'static LeftBehind,
}

impl Drop for End {
    fn drop(&mut self) {
        if self.call.swap(OVER, Ordering::AcqRel) == LEFT {
            self.left_behind.add(-1);
        }
    }
}

/// How many calls go on that nobody waits for: the number in the lower half, in the upper half the process that it is of. A child by
/// fork has none of its parent's threads.
struct LeftBehind(AtomicU64);

impl LeftBehind {
    fn count(&self) -> u32 {
        LeftBehind::of_this_process(self.0.load(Ordering::Acquire)).max(0).cast_unsigned()
    }

    /// The end of a call may be counted in front of its being left: below zero is none, too, until then.
    fn add(&self, change: i32) {
        let changed = |packed| {
            let count = LeftBehind::of_this_process(packed).wrapping_add(change).cast_unsigned();
            Some(u64::from(fork::generation()) << 32 | u64::from(count))
        };
        let _ = self.0.fetch_update(Ordering::AcqRel, Ordering::Acquire, changed);
    }

    fn of_this_process(packed: u64) -> i32 {
        match (packed >> 32) as u32 == fork::generation() {
            true => (packed as u32).cast_signed(),
            false => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::wait::Cancel;
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_call_that_hangs_is_left_behind_and_its_late_answer_harms_nobody() {
        let cancel = Cancel::default();
        for is_cancelled in [true, false] {
            let (asked, was_asked) = mpsc::channel();
            let (answer, answers) = mpsc::channel();
            let (gone, is_gone) = mpsc::channel::<()>();
            let work = move || {
                let _gone = gone;
                asked.send(()).unwrap();
                answers.recv().unwrap()
            };
            let timeout = Duration::from_millis(if is_cancelled { 60_000 } else { 1 });
            let error = std::thread::scope(|scope| {
                let cancel = &cancel;
                let asking = scope.spawn(move || aside(work, Watch::new(timeout, cancel)));
                was_asked.recv().unwrap();
                if is_cancelled {
                    cancel.cancel();
                }
                asking.join().unwrap().unwrap_err()
            });
            let expected = if is_cancelled { Status::Cancelled } else { Status::Timeout };
            assert_eq!(error.status(), expected);
            answer.send(()).unwrap();
            // The thread ends, and takes with it what it held.
            is_gone.recv().unwrap_err();
        }
    }

    #[test]
    fn so_many_are_left_behind_and_no_more() {
        static LEFT_BEHIND: LeftBehind = LeftBehind(AtomicU64::new(0));
        let cancel = Cancel::default();
        let watch = || Watch::new(Duration::from_millis(1), &cancel);
        let (answer, answers) = mpsc::channel::<()>();
        let answers = Arc::new(std::sync::Mutex::new(answers));
        let (gone, is_gone) = mpsc::channel::<()>();
        let hang = || {
            let (answers, gone) = (answers.clone(), gone.clone());
            let work = move || {
                let _gone = gone;
                answers.lock().unwrap().recv().unwrap_err();
            };
            aside_among(&LEFT_BEHIND, work, watch()).unwrap_err()
        };
        for _ in 0..MOST_LEFT_BEHIND {
            assert_eq!(hang().status(), Status::Timeout);
        }
        assert_eq!(LEFT_BEHIND.count(), MOST_LEFT_BEHIND);
        let error = hang();
        assert_eq!(error.status(), Status::Busy);
        assert!(error.is_safe_to_retry() && error.message().contains("still under way"), "{error}");
        drop((answer, gone));
        // All threads have come to their end, and so there is room again.
        is_gone.recv().unwrap_err();
        while LEFT_BEHIND.count() > 0 {
            std::thread::yield_now();
        }
        let long = Watch::new(Duration::from_secs(60), &cancel);
        assert_eq!(aside_among(&LEFT_BEHIND, || 7, long).unwrap(), 7);
    }
}
