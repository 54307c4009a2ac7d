//! A call that runs on a thread of the library, beside its caller.

use super::progress::Progress;
use super::thread;
use crate::error::{Error, Result, Status, guarded};
use crate::net::{Cancel, fork};
use std::cell::Cell;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// What runs, has run, or is about to run. `T` is what it is to make.
///
/// It has its result first, then its caller hears of that, then it is over. What is asked of it takes no lock unless the
/// thread is there that may hold it: in a child by fork it is not.
pub struct Operation<T> {
    cancel: Cancel,
    progress: Progress,
    /// The process that it runs in.
    generation: u32,
    result: OnceLock<Result<Arc<T>>>,
    is_over: AtomicBool,
    end: Mutex<End>,
    ended: Condvar,
}

thread_local! {
    /// The address of the operation that this thread runs; 0 on the threads of a host.
    static RUNS: Cell<usize> = const { Cell::new(0) };
}

#[derive(Default)]
struct End {
    is_over: bool,
    /// Whoever first sees the end sees the thread off.
    thread: Option<JoinHandle<()>>,
}

impl<T: Send + Sync + 'static> Operation<T> {
    pub fn new(cancel: Cancel, progress: Progress) -> Operation<T> {
        Operation {
            cancel,
            progress,
            generation: fork::generation(),
            result: OnceLock::new(),
            is_over: AtomicBool::new(false),
            end: Mutex::default(),
            ended: Condvar::new(),
        }
    }

    /// Starts it. `completed` is called behind the result, on the same thread; if there is no thread to be had, both are
    /// dropped.
    pub fn start(
        self: &Arc<Self>,
        run: impl FnOnce(&Cancel, &Progress) -> Result<T> + Send + 'static,
        completed: impl FnOnce() + Send + 'static,
    ) -> Result<()> {
        let operation = self.clone();
        let thread = thread::start(move || {
            RUNS.set(operation.address());
            let result = guarded(|| run(&operation.cancel, &operation.progress));
            let _ = operation.result.set(result.map(Arc::new));
            // A defect there is no reason to leave those who wait waiting.
            let _ = guarded(|| {
                completed();
                Ok(())
            });
            operation.finish();
        })?;
        self.end().thread = Some(thread);
        Ok(())
    }

    fn finish(&self) {
        self.end().is_over = true;
        self.is_over.store(true, Ordering::Release);
        self.ended.notify_all();
    }

    /// Waits until it is over, for ever or for so long. Returns whether it is.
    pub fn wait(&self, patience: Option<Duration>) -> Result<bool> {
        if !self.is_over.load(Ordering::Acquire) {
            self.refuse_child()?;
            if self.runs_here() {
                let sentence = "a callback of an operation cannot wait for the operation's end";
                return Err(Error::new(Status::Busy, sentence));
            }
            let goes_on = |end: &mut End| !end.is_over;
            let is_over = match patience {
                None => {
                    let waited = self.ended.wait_while(self.end(), goes_on);
                    waited.unwrap_or_else(PoisonError::into_inner).is_over
                }
                Some(patience) => {
                    let waited = self.ended.wait_timeout_while(self.end(), patience, goes_on);
                    waited.unwrap_or_else(PoisonError::into_inner).0.is_over
                }
            };
            if !is_over {
                return Ok(false);
            }
        }
        self.see_off();
        Ok(true)
    }

    /// So that nothing of the thread is left when the wait is over. The thread may be the one that asks, at its very end.
    fn see_off(&self) {
        if self.is_ours() && !self.runs_here() {
            // Others who wait do so for this lock, which the thread does not need any more.
            let mut end = self.end();
            let _ = end.thread.take().map(JoinHandle::join);
        }
    }

    /// Ends it, if it is under way.
    pub fn cancel(&self) -> Result<()> {
        if self.result.get().is_none() {
            self.refuse_child()?;
            self.cancel.cancel_for_good();
        }
        Ok(())
    }

    /// What it has made, or why it has not.
    pub fn result(&self) -> Result<&Result<Arc<T>>> {
        match self.result.get() {
            Some(result) => Ok(result),
            None => {
                self.refuse_child()?;
                Err(Status::Busy.into())
            }
        }
    }

    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    fn refuse_child(&self) -> Result<()> {
        match self.is_ours() {
            true => Ok(()),
            false => Err(Status::OtherProcess.into()),
        }
    }

    fn runs_here(&self) -> bool {
        RUNS.get() == self.address()
    }

    fn address(&self) -> usize {
        std::ptr::from_ref(self).addr()
    }

    fn end(&self) -> MutexGuard<'_, End> {
        self.end.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Operation<T> {
    fn is_ours(&self) -> bool {
        self.generation == fork::generation()
    }
}

impl<T> Drop for Operation<T> {
    fn drop(&mut self) {
        // A thread of the parent's is none that a child could let go of.
        if !self.is_ours() {
            let end = self.end.get_mut().unwrap_or_else(PoisonError::into_inner);
            std::mem::forget(end.thread.take());
        }
    }
}
