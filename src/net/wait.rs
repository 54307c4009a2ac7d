//! Waiting: for a descriptor, until a deadline, unless cancelled.

#![expect(unsafe_code, reason = "poll(2) and eventfd(2) are calls of the operating system")]

use super::fork;
use crate::error::{Error, Result, Status};
use std::io;
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The means to end an operation from another thread.
#[derive(Debug, Default)]
pub struct Cancel {
    is_cancelled: AtomicBool,
    /// Made by the first wait, so that a client that never sends costs no descriptor.
    wake_up: Mutex<Option<WakeUp>>,
}

/// A descriptor that is readable once cancelled, and the process that it was made in: a child by fork must neither wake
/// its parent nor wait for it.
#[derive(Debug, Clone)]
struct WakeUp {
    generation: u32,
    descriptor: Arc<OwnedFd>,
}

impl Cancel {
    pub fn cancel(&self) {
        self.is_cancelled.store(true, Ordering::SeqCst);
        let wake_up = self.wake_up.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(wake_up) = wake_up.as_ref().filter(|wake_up| wake_up.is_ours()) {
            let one = 1u64.to_ne_bytes();
            let descriptor = wake_up.descriptor.as_raw_fd();
            // SAFETY: the descriptor is open as long as it is held here, the eight octets are those of `one`.
            unsafe { libc::write(descriptor, one.as_ptr().cast(), one.len()) };
        }
    }

    pub fn is_cancelled(&self) -> bool {
        self.is_cancelled.load(Ordering::SeqCst)
    }

    fn wake_up(&self) -> io::Result<Arc<OwnedFd>> {
        let mut wake_up = self.wake_up.lock().unwrap_or_else(PoisonError::into_inner);
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

    fn is_ours(&self) -> bool {
        self.generation == fork::generation()
    }
}

/// The deadline and the cancellation of one operation.
#[derive(Debug, Clone, Copy)]
pub struct Watch<'a> {
    deadline: Instant,
    cancel: &'a Cancel,
}

impl<'a> Watch<'a> {
    pub fn new(timeout: Duration, cancel: &'a Cancel) -> Watch<'a> {
        Watch { deadline: now() + timeout, cancel }
    }

    pub fn deadline(&self) -> Instant {
        self.deadline
    }

    /// What is left of the time.
    pub fn remaining(&self) -> Duration {
        self.deadline.saturating_duration_since(now())
    }

    /// The same watch with a nearer deadline: a share of what is left.
    pub fn share(&self, shares: usize) -> Watch<'a> {
        let share = self.remaining() / u32::try_from(shares.max(1)).unwrap_or(u32::MAX);
        Watch { deadline: now() + share, cancel: self.cancel }
    }

    /// Whether there is any reason to go on.
    pub fn check(&self) -> Result<()> {
        match (self.cancel.is_cancelled(), now() >= self.deadline) {
            (true, _) => Err(Status::Cancelled.into()),
            (_, true) => Err(Status::Timeout.into()),
            _ => Ok(()),
        }
    }

    /// Whether a blocking call of `span` would keep both promises well enough.
    pub fn allows(&self, span: Duration) -> bool {
        !self.cancel.is_cancelled() && now() + span < self.deadline
    }

    /// Waits until there is something to read, the end included.
    pub fn readable(&self, descriptor: BorrowedFd) -> Result<()> {
        self.poll(descriptor, libc::POLLIN).map(drop)
    }

    /// Waits until something can be written.
    pub fn writable(&self, descriptor: BorrowedFd) -> Result<()> {
        self.poll(descriptor, libc::POLLOUT).map(drop)
    }

    /// Waits until something can be written or read. Returns whether it is writing.
    pub fn writable_or_readable(&self, descriptor: BorrowedFd) -> Result<bool> {
        let ready = self.poll(descriptor, libc::POLLIN | libc::POLLOUT)?;
        Ok(ready & !libc::POLLIN != 0)
    }

    /// Waits for any of the events. An error or a hang-up ends the wait too: the next call on the descriptor tells.
    fn poll(&self, descriptor: BorrowedFd, events: i16) -> Result<i16> {
        let failed = |error: &io::Error| {
            Error::new(Status::ConnectionLost, format!("waiting failed: {error}"))
                .with_os_error(error)
        };
        let wake_up = self.cancel.wake_up().map_err(|error| failed(&error))?;
        let entry = |descriptor, events| libc::pollfd { fd: descriptor, events, revents: 0 };
        loop {
            self.check()?;
            let remaining = self.remaining();
            // Rounded up: a wait must not turn into a busy loop in its last millisecond.
            let milliseconds = remaining.as_micros().div_ceil(1000).min(i32::MAX as u128) as i32;
            let mut entries =
                [entry(descriptor.as_raw_fd(), events), entry(wake_up.as_raw_fd(), libc::POLLIN)];
            // SAFETY: the two entries live on this stack frame, the count is theirs.
            let ready = unsafe { libc::poll(entries.as_mut_ptr(), 2, milliseconds) };
            if ready == -1 {
                let error = io::Error::last_os_error();
                if error.kind() != io::ErrorKind::Interrupted {
                    return Err(failed(&error));
                }
            } else if entries[0].revents != 0 {
                return Ok(entries[0].revents);
            }
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "deadlines are kept here")]
fn now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::os::fd::AsFd;
    use std::os::unix::net::UnixStream;

    #[test]
    fn a_wait_ends_by_readiness_by_time_and_by_cancellation() {
        let (mut near, far) = UnixStream::pair().unwrap();
        let cancel = Cancel::default();
        let watch = Watch::new(Duration::from_millis(1), &cancel);
        assert_eq!(watch.readable(far.as_fd()).unwrap_err().status(), Status::Timeout);

        near.write_all(b"x").unwrap();
        let watch = Watch::new(Duration::from_secs(60), &cancel);
        watch.readable(far.as_fd()).unwrap();
        watch.writable(far.as_fd()).unwrap();
        assert!(watch.writable_or_readable(far.as_fd()).unwrap());

        cancel.cancel();
        assert_eq!(watch.readable(near.as_fd()).unwrap_err().status(), Status::Cancelled);
        assert!(!watch.allows(Duration::ZERO));
    }

    #[test]
    fn cancelling_wakes_a_wait_that_is_under_way() {
        let (near, _far) = UnixStream::pair().unwrap();
        let cancel = Cancel::default();
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| {
                let watch = Watch::new(Duration::from_secs(60), &cancel);
                watch.readable(near.as_fd()).unwrap_err().status()
            });
            while cancel.wake_up.lock().unwrap().is_none() {
                std::thread::yield_now();
            }
            cancel.cancel();
            assert_eq!(waiting.join().unwrap(), Status::Cancelled);
        });
    }
}
