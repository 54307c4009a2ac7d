//! A reactor: one thread serves many runs, each when its server has spoken. Waking a thread for each reply would cost more than the
//! message does. Whatever may have to wait for anything else is left to a thread of its own.

use super::run::{Errand, Run};
use crate::error::{Result, guarded};
use crate::net::{Awaited, Ready, Signal, Watch, now};
use std::os::fd::AsFd;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

pub struct Reactor<'c, M> {
    entry: Mutex<Entry<'c, M>>,
    /// Somebody has come in.
    bell: Signal,
    /// How many runs there are, those that come in included.
    count: AtomicUsize,
}

struct Entry<'c, M> {
    newcomers: Vec<Box<Run<'c, M>>>,
    /// Whether a thread is here that serves.
    is_attended: bool,
}

/// What becomes of a run that leaves.
pub trait Exit<'c, M> {
    /// It needs a thread.
    fn leave(&self, run: Box<Run<'c, M>>);

    /// It has ended by a defect.
    fn fail(&self, ended: Result<()>);
}

impl<'c, M> Reactor<'c, M> {
    pub fn new() -> Result<Reactor<'c, M>> {
        let entry = Entry { newcomers: Vec::new(), is_attended: false };
        Ok(Reactor { entry: Mutex::new(entry), bell: Signal::new()?, count: AtomicUsize::new(0) })
    }

    pub fn count(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }

    /// Takes the run in. Where nobody serves, the calling thread does, as long as there is any run.
    pub fn enter(
        &self,
        run: Box<Run<'c, M>>,
        watch: Watch,
        errand: &mut dyn Errand<M>,
        exit: &dyn Exit<'c, M>,
    ) {
        let mut entry = self.entry();
        entry.newcomers.push(run);
        self.count.fetch_add(1, Ordering::Relaxed);
        if std::mem::replace(&mut entry.is_attended, true) {
            return self.bell.raise();
        }
        drop(entry);
        let mut served = Served { reactor: self, runs: Vec::new(), exit };
        while served.take_in(errand) {
            served.serve(watch, errand);
        }
    }

    fn entry(&self) -> MutexGuard<'_, Entry<'c, M>> {
        self.entry.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The runs of a reactor, on the thread that serves them.
struct Served<'r, 'c, M> {
    reactor: &'r Reactor<'c, M>,
    runs: Vec<Box<Run<'c, M>>>,
    exit: &'r dyn Exit<'c, M>,
}

/// However far the nearest deadline is, it is looked at so often.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

impl<M> Drop for Served<'_, '_, M> {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            return;
        }
        // Behind a defect of the reactor itself its runs go on elsewhere.
        let mut entry = self.reactor.entry();
        entry.is_attended = false;
        self.runs.append(&mut entry.newcomers);
        drop(entry);
        (0..self.runs.len()).rev().for_each(|place| self.dismiss(place));
    }
}

impl<'c, M> Served<'_, 'c, M> {
    /// Has the newcomers go on. False: there is nobody left to be served.
    fn take_in(&mut self, errand: &mut dyn Errand<M>) -> bool {
        let first = self.runs.len();
        let mut entry = self.reactor.entry();
        self.runs.append(&mut entry.newcomers);
        if self.runs.is_empty() {
            entry.is_attended = false;
            return false;
        }
        drop(entry);
        for place in (first..self.runs.len()).rev() {
            self.go_on(place, Ready::Nothing, errand);
        }
        true
    }

    /// Waits until one of the runs has something to do, and has it do that.
    fn serve(&mut self, watch: Watch, errand: &mut dyn Errand<M>) {
        if self.runs.is_empty() {
            // All newcomers have left again.
            return;
        }
        let bell = || Awaited { descriptor: self.reactor.bell.as_fd(), writes: false };
        let mut until = now() + LONGEST_WAIT;
        let mut awaited = Vec::with_capacity(self.runs.len() + 1);
        for run in &self.runs {
            let (one, deadline) = run.awaited().unwrap_or_else(|| (bell(), until));
            awaited.push(one);
            until = until.min(deadline);
        }
        awaited.push(bell());
        let Ok(ready) = watch.any_ready(&awaited, until) else {
            // Cancelled, for the most part: each finds that out by itself.
            return (0..self.runs.len()).rev().for_each(|place| self.dismiss(place));
        };
        if ready.last() == Some(&Ready::Reading) {
            self.reactor.bell.lower();
        }
        let time = now();
        for place in (0..self.runs.len()).rev() {
            let is_late = self.runs[place].awaited().is_none_or(|(_, deadline)| deadline <= time);
            if ready[place] != Ready::Nothing || is_late {
                self.go_on(place, ready[place], errand);
            }
        }
    }

    fn go_on(&mut self, place: usize, ready: Ready, errand: &mut dyn Errand<M>) {
        let run = &mut self.runs[place];
        match guarded(|| Ok(run.go_on(ready, errand))) {
            Ok(true) => {}
            Ok(false) => self.dismiss(place),
            Err(defect) => {
                drop(self.runs.swap_remove(place));
                self.reactor.count.fetch_sub(1, Ordering::Relaxed);
                self.exit.fail(Err(defect));
            }
        }
    }

    fn dismiss(&mut self, place: usize) {
        let run = self.runs.swap_remove(place);
        self.reactor.count.fetch_sub(1, Ordering::Relaxed);
        self.exit.leave(run);
    }
}
