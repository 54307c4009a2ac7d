//! Calls that know no deadline, on a thread of their own; one that comes back too late finds nobody listening.

use super::wait::Watch;
use crate::error::{Error, Result, Status};
use std::io;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::sync::mpsc;

/// What the work comes to, if that is known in time.
#[expect(clippy::disallowed_methods, reason = "the one thread of a blocking call, see above")]
pub fn aside<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
    watch: Watch,
) -> Result<T> {
    let failed = |error: io::Error| {
        let sentence = format!("no thread could be started: {error}");
        Error::new(Status::OutOfMemory, sentence).with_os_error(&error).retry_is_safe()
    };
    let (listening, done) = UnixStream::pair().map_err(failed)?;
    let (sender, receiver) = mpsc::channel();
    let work = move || {
        // Nobody listens any more: the deadline has passed.
        let _ = sender.send(work());
        drop(done);
    };
    std::thread::Builder::new().name("inetmail-aside".into()).spawn(work).map_err(failed)?;
    watch.readable(listening.as_fd())?;
    receiver.recv().map_err(|_| Error::new(Status::Panic, "a call aside broke down"))
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
}
