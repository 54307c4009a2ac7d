//! A crew: runs over several links at the same time, on threads of the library: those that have nothing but replies to wait for share
//! one, by a reactor. The host's callbacks stay on its own.

use super::bulk::Source;
use super::driver::{Call, Driver};
use super::reactor::{Exit, Reactor};
use super::report::Report;
use super::run::{Errand, Job, Left, Next, Packer, Run};
use super::span::Span;
use super::thread;
use crate::error::{Error, Result, Status, guarded};
use crate::net::Watch;
use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::Scope;
use std::time::Duration;

/// So many messages lie ready for the crew.
const STOCK: usize = 256;

/// Reports are brought to the host so many at a time, or when the first has waited for so long: waking it for each would cost more
/// than sending does.
const SHEAF: usize = 64;
const GATHERING: Duration = Duration::from_millis(2);

/// The host is told how far the run is so often, although no message is done.
const BEAT: Duration = Duration::from_millis(100);

/// What the crew and its caller share.
struct Desk<'c, M> {
    state: Mutex<State<'c, M>>,
    /// As many as there are processors to serve them.
    reactors: Vec<Reactor<'c, M>>,
    /// As old as the run: what ends the run ends those of the crew that come later too.
    watch: Watch<'c>,
    /// There is something to be taken, or nothing more to come.
    for_crew: Condvar,
    /// There is something to be told, or room for more.
    for_host: Condvar,
    /// The login that others wait for has come to its end.
    for_logins: Condvar,
    /// A run needs a thread, or there is none any more.
    for_threads: Condvar,
}

/// The login of the crew. A password that the server refuses is not tried on each of many connections: accounts are locked for less.
enum FirstLogin {
    NotBegun,
    UnderWay,
    Accepted,
    Refused(Error),
}

struct State<'c, M> {
    stock: VecDeque<Job<M>>,
    /// Runs that have left a reactor.
    leavers: Vec<Box<Run<'c, M>>>,
    reports: Vec<(usize, Report)>,
    /// No more is coming.
    is_over: bool,
    /// What is in stock is not wanted any more.
    is_stopped: bool,
    /// Jobs that the crew has taken and not told of.
    in_hand: usize,
    /// Runs that are not over.
    working: usize,
    /// Threads that wait for a message.
    waiting: usize,
    is_gathering: bool,
    /// Why one of the crew has left early.
    failure: Option<Error>,
    login: FirstLogin,
}

impl<M> State<'_, M> {
    /// Whether there is something for the host to do besides hearing reports.
    fn wants_host(&self) -> bool {
        self.working == 0 || !self.is_over && (self.stock.len() <= STOCK / 2 || self.waiting > 0)
    }
}

/// One of the crew.
struct Hand<'d, 'c, M> {
    desk: &'d Desk<'c, M>,
    /// Others wait for the end of its login.
    is_first: bool,
}

impl<M> Drop for Hand<'_, '_, M> {
    fn drop(&mut self) {
        // Also behind a defect: nobody waits for a login that has no end.
        if std::mem::take(&mut self.is_first) {
            self.desk.state().login = FirstLogin::NotBegun;
            self.desk.for_logins.notify_all();
        }
    }
}

/// The caller: it fills the stock and hears what became of it.
struct Host<'h, 'c, M> {
    driver: &'c Driver,
    call: Call<'c>,
    packer: &'c dyn Packer<M>,
    desk: &'h Desk<'c, M>,
    given: usize,
    hired: usize,
}

impl Driver {
    pub(super) fn send_by_crew<'c, M: Send>(
        &'c self,
        call: Call<'c>,
        source: Source<M>,
        packer: &'c dyn Packer<M>,
        watch: Watch<'c>,
        done: &mut dyn FnMut(usize, Report) -> Result<()>,
    ) -> Result<()> {
        let desk = Desk::new(watch, call.terms.policy.crew())?;
        let ended = std::thread::scope(|scope| {
            let desk = &desk;
            let mut host = Host { driver: self, call, packer, desk, given: 0, hired: 0 };
            let ended = guarded(|| host.serve(scope, source, done));
            // Whatever has happened here, the crew must come to its end.
            if ended.is_err() {
                desk.stop();
            }
            ended
        });
        // The last words of the crew, and what nobody took.
        let State { reports, stock, failure, .. } = desk.into_state();
        let ended = ended.and(failure.map_or(Ok(()), Err));
        let rest = stock.into_iter().map(|job| {
            let error = job.failure.unwrap_or_else(|| untried(ended.as_ref().err()));
            (job.index, Report::unsent(packer.envelope(&job.message), error, Span::default()))
        });
        let mut told = Ok(());
        for (index, report) in reports.into_iter().chain(rest) {
            told = told.and(done(index, report));
        }
        ended.and(told)
    }
}

impl<'h, 'c, M: Send> Host<'h, 'c, M> {
    fn serve<'scope>(
        &mut self,
        scope: &'scope Scope<'scope, '_>,
        source: Source<M>,
        done: &mut dyn FnMut(usize, Report) -> Result<()>,
    ) -> Result<()>
    where
        'h: 'scope,
    {
        loop {
            let reports = std::mem::take(&mut self.desk.state().reports);
            let mut told = Ok(());
            for (index, report) in reports {
                told = told.and(done(index, report));
            }
            told?;
            self.desk.watch.check_cancelled()?;
            if self.tells() {
                self.call.progress.tell_in_time(0)?;
            }
            if self.wants_more() {
                // One that may take its time keeps nobody waiting for a second message.
                let most = if source.is_prompt { SHEAF } else { 1 };
                let messages: Vec<_> =
                    std::iter::from_fn(|| (source.next)().transpose()).take(most).collect();
                let is_over = messages.len() < most;
                self.give(scope, messages)?;
                if is_over {
                    self.desk.close();
                }
            } else if !self.rest() {
                return Ok(());
            }
        }
    }

    fn wants_more(&self) -> bool {
        let state = self.desk.state();
        !state.is_over && state.stock.len() < STOCK
    }

    /// Puts messages into the stock, and sees that somebody takes them. Those in front of a failure are not lost.
    fn give<'scope>(
        &mut self,
        scope: &'scope Scope<'scope, '_>,
        messages: Vec<Result<M>>,
    ) -> Result<()>
    where
        'h: 'scope,
    {
        let mut ended = Ok(());
        let (mut wanted, mut state) = (0, self.desk.state());
        for message in messages {
            match message {
                Ok(message) => {
                    state.stock.push_back(Job::new(self.given, message));
                    self.given += 1;
                    wanted += 1;
                }
                Err(error) => {
                    ended = Err(error);
                    break;
                }
            }
        }
        let free = state.waiting;
        drop(state);
        match wanted {
            1 => self.desk.for_crew.notify_one(),
            _ => self.desk.for_crew.notify_all(),
        }
        for _ in free..wanted {
            if self.hired < self.call.terms.policy.crew() {
                self.hire(scope)?;
            }
        }
        ended
    }

    fn hire<'scope>(&mut self, scope: &'scope Scope<'scope, '_>) -> Result<()>
    where
        'h: 'scope,
    {
        let Host { driver, call, packer, desk, .. } = *self;
        self.hired += 1;
        desk.state().working += 1;
        let hired = thread::start_within(scope, move || {
            desk.work(Box::new(Run::new(driver, call, packer, desk.watch, false)));
        });
        match hired {
            // Those who are there do the work.
            Err(_) if self.hired > 1 => {
                desk.end_run(Ok(()));
                Ok(())
            }
            hired => hired.inspect_err(|_| desk.end_run(Ok(()))),
        }
    }

    /// Waits until there is something to do. False: everybody has gone.
    fn rest(&self) -> bool {
        let state = self.desk.state();
        if state.reports.is_empty() && state.working == 0 {
            return false;
        }
        let beat = if self.tells() { BEAT } else { Duration::from_secs(3600) };
        let is_quiet = |state: &mut State<'c, M>| state.reports.is_empty() && !state.wants_host();
        let waited = self.desk.for_host.wait_timeout_while(state, beat, is_quiet);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner).0;
        state.is_gathering = true;
        let is_bearable =
            |state: &mut State<'c, M>| state.reports.len() < SHEAF && !state.wants_host();
        let waited = self.desk.for_host.wait_timeout_while(state, GATHERING, is_bearable);
        waited.unwrap_or_else(PoisonError::into_inner).0.is_gathering = false;
        true
    }

    fn tells(&self) -> bool {
        self.call.progress.is_told()
    }
}

impl<M> Errand<M> for Hand<'_, '_, M> {
    fn next(&mut self, waits: bool) -> Result<Next<M>> {
        let mut state = self.desk.state();
        loop {
            if state.is_stopped {
                return Ok(Next::Over);
            }
            if let Some(job) = state.stock.pop_front() {
                if state.stock.len() == STOCK / 2 {
                    self.desk.for_host.notify_one();
                }
                state.in_hand += 1;
                return Ok(Next::Message(job));
            }
            // What others have in hand may come back.
            match (state.is_over && state.in_hand == 0, waits) {
                (true, _) => return Ok(Next::Over),
                (false, false) => return Ok(Next::NotYet),
                (false, true) => {}
            }
            state.waiting += 1;
            self.desk.for_host.notify_one();
            let waited = self.desk.for_crew.wait(state);
            state = waited.unwrap_or_else(PoisonError::into_inner);
            state.waiting -= 1;
        }
    }

    fn is_prompt(&self) -> bool {
        // Whoever has something under way is not kept waiting.
        true
    }

    fn is_busy(&self) -> bool {
        !self.desk.state().stock.is_empty()
    }

    fn done(&mut self, index: usize, report: Report) -> Result<()> {
        let mut state = self.desk.state();
        self.desk.put_down(&mut state);
        state.reports.push((index, report));
        let enough = if state.is_gathering { SHEAF } else { 1 };
        if state.reports.len() == enough {
            self.desk.for_host.notify_one();
        }
        Ok(())
    }

    fn hand_on(&mut self, job: Job<M>) -> Option<Job<M>> {
        // What the last of the crew leaves behind, the caller finds in the stock.
        let mut state = self.desk.state();
        state.stock.push_front(job);
        self.desk.put_down(&mut state);
        self.desk.for_crew.notify_one();
        None
    }

    fn stop(&mut self) {
        self.desk.stop();
    }

    fn begin_login(&mut self) -> Result<bool> {
        let mut state = self.desk.state();
        let mut has_waited = false;
        loop {
            match &state.login {
                FirstLogin::NotBegun => {
                    state.login = FirstLogin::UnderWay;
                    self.is_first = true;
                    return Ok(false);
                }
                FirstLogin::UnderWay => {}
                FirstLogin::Accepted => return Ok(has_waited),
                FirstLogin::Refused(error) => return Err(error.clone()),
            }
            // Whoever is under way has no more time than its deadline, and minds a cancellation.
            has_waited = true;
            let waited = self.desk.for_logins.wait(state);
            state = waited.unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn end_login(&mut self, ended: Result<(), &Error>) {
        let mut state = self.desk.state();
        match ended {
            Err(error) if is_refusal(error) => state.login = FirstLogin::Refused(error.clone()),
            Err(_) if self.is_first => state.login = FirstLogin::NotBegun,
            Ok(()) if self.is_first => state.login = FirstLogin::Accepted,
            _ => return,
        }
        self.is_first = false;
        self.desk.for_logins.notify_all();
    }
}

/// Whether the next login would fare no better: the credentials are not taken, or the host lets none be used.
fn is_refusal(error: &Error) -> bool {
    let is_of_login = matches!(error.status().code(), -1699..=-1600);
    let is_for_now =
        matches!(error.smtp_code(), 400..=499) || error.status() == Status::KdcUnreachable;
    is_of_login && !(is_for_now && error.may_be_repeated())
}

impl<'c, M> Exit<'c, M> for Desk<'c, M> {
    fn leave(&self, run: Box<Run<'c, M>>) {
        self.state().leavers.push(run);
        self.for_threads.notify_one();
    }

    fn fail(&self, ended: Result<()>) {
        self.end_run(ended);
    }
}

impl<'c, M> Desk<'c, M> {
    fn new(watch: Watch<'c>, crew: usize) -> Result<Desk<'c, M>> {
        let reactors = thread::processors().min(crew);
        let state = State {
            stock: VecDeque::new(),
            leavers: Vec::new(),
            reports: Vec::new(),
            is_over: false,
            is_stopped: false,
            in_hand: 0,
            working: 0,
            waiting: 0,
            is_gathering: false,
            failure: None,
            login: FirstLogin::NotBegun,
        };
        Ok(Desk {
            state: Mutex::new(state),
            reactors: (0..reactors).map(|_| Reactor::new()).collect::<Result<_>>()?,
            watch,
            for_crew: Condvar::new(),
            for_host: Condvar::new(),
            for_logins: Condvar::new(),
            for_threads: Condvar::new(),
        })
    }

    /// What a thread of the crew does: a run of its own, then those that have left a reactor. Of those that are not over each is in
    /// a reactor, which one thread serves, or on a thread: so there is always one for another.
    fn work(&self, run: Box<Run<'c, M>>) {
        let mut next = Some(run);
        while let Some(run) = next.take().or_else(|| self.await_leaver()) {
            let mut hand = Hand { desk: self, is_first: false };
            match guarded(|| run.run(&mut hand)) {
                Ok(Left::Settled(run)) => {
                    if let Err(defect) = guarded(|| self.settle(run, &mut hand)) {
                        self.stop_by(defect);
                    }
                }
                Ok(Left::Over) => self.end_run(Ok(())),
                Err(error) => self.end_run(Err(error)),
            }
        }
    }

    /// Where the fewest are. Returns at once if somebody serves them, else when they have all gone.
    fn settle(&self, run: Box<Run<'c, M>>, errand: &mut dyn Errand<M>) -> Result<()> {
        if let Some(reactor) = self.reactors.iter().min_by_key(|reactor| reactor.count()) {
            reactor.enter(run, self.watch, errand, self);
        }
        Ok(())
    }

    /// A run that needs a thread; nothing when all are over.
    fn await_leaver(&self) -> Option<Box<Run<'c, M>>> {
        let is_early = |state: &mut State<'c, M>| state.leavers.is_empty() && state.working > 0;
        let waited = self.for_threads.wait_while(self.state(), is_early);
        waited.unwrap_or_else(PoisonError::into_inner).leavers.pop()
    }

    /// Nothing more comes in.
    fn close(&self) {
        self.state().is_over = true;
        self.for_crew.notify_all();
        self.for_host.notify_one();
    }

    /// One job less is in hand. Behind the last of all the crew may go.
    fn put_down(&self, state: &mut State<'c, M>) {
        state.in_hand = state.in_hand.saturating_sub(1);
        if state.in_hand == 0 && state.is_over {
            self.for_crew.notify_all();
        }
    }

    /// Nothing more goes out.
    fn stop(&self) {
        self.state().is_stopped = true;
        self.close();
    }

    /// One run is over. Where others go on, its failure is not that of all.
    fn end_run(&self, ended: Result<()>) {
        let mut state = self.state();
        state.working -= 1;
        let is_last = state.working == 0;
        if is_last {
            state.is_over = true;
            self.for_crew.notify_all();
            self.for_threads.notify_all();
        }
        self.for_host.notify_one();
        match ended {
            // What was in the hands of a defect comes back to nobody.
            Err(error) if error.status() == Status::Panic => {
                drop(state);
                self.stop_by(error);
            }
            Err(error) if is_last && state.failure.is_none() => state.failure = Some(error),
            _ => {}
        }
    }

    /// Ends everything, because of a defect.
    fn stop_by(&self, defect: Error) {
        self.state().failure = Some(defect);
        self.stop();
    }

    fn state(&self) -> MutexGuard<'_, State<'c, M>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn into_state(self) -> State<'c, M> {
        self.state.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

fn untried(because: Option<&Error>) -> Error {
    match because {
        Some(error) => Error::new(Status::NotTried, format!("{}: {error}", Status::NotTried)),
        None => Status::NotTried.into(),
    }
}
