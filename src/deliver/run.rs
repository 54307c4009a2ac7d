//! A run: message after message over one link at a time, as far ahead of the replies as the plan allows.

use super::course::{Course, wait_before_next};
use super::driver::{Call, Driver, QUIT_PATIENCE};
use super::link::Link;
use super::parcel::Parcel;
use super::pool::{Berth, Found};
use super::progress::Tally;
use super::report::Report;
use super::span::Stopwatch;
use crate::error::{Error, Result, Status};
use crate::net::{Watch, now};
use crate::smtp::{Envelope, Outcome};
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Instant;

/// Makes parcels of messages, on any thread.
pub trait Packer<M>: Sync {
    /// What is wrong with the message shows here.
    fn pack(&self, message: &M) -> Result<Parcel<'static>>;

    /// Whether all of the message lies in memory, so that nothing is waited for to pack and to write it.
    fn is_at_hand(&self, message: &M) -> bool;

    /// The envelope of a message that was not packed, as far as it can be told.
    fn envelope(&self, message: &M) -> Arc<Envelope>;
}

/// Where a run gets its messages from, and who hears what became of them.
pub trait Errand<M> {
    /// The next message. `waits` tells that there is nothing else to do meanwhile.
    fn next(&mut self, waits: bool) -> Result<Next<M>>;

    /// Whether [`Errand::next`] answers at once, so that what is written may wait for what is to go with it.
    fn is_prompt(&self) -> bool;

    /// Whether there is a message at once, and a reactor that takes runs which have nothing but replies to wait for.
    fn is_busy(&self) -> bool {
        false
    }

    /// Tells what became of a message. An error ends the run.
    fn done(&mut self, index: usize, report: Report) -> Result<()>;

    /// Somebody else may have more luck with a message that was not sent. It comes back if there is nobody.
    fn hand_on(&mut self, job: Job<M>) -> Option<Job<M>>;

    /// No further message is wanted, from anybody.
    fn stop(&mut self);

    /// A new link is about to log in: waits for the first login of others, whose refusal is the error. True: it was waited for
    /// one that was accepted.
    fn begin_login(&mut self) -> Result<bool> {
        Ok(false)
    }

    /// What became of the link that was about to log in.
    fn end_login(&mut self, _ended: Result<(), &Error>) {}
}

pub enum Next<M> {
    Message(Job<M>),
    NotYet,
    Over,
}

/// A message, by its place in the run.
pub struct Job<M> {
    pub index: usize,
    pub message: M,
    /// How often the server has put it off.
    pub put_off: u32,
    /// Why it has to be tried again.
    pub failure: Option<Error>,
    pub stopwatch: Stopwatch,
}

impl<M> Job<M> {
    pub fn new(index: usize, message: M) -> Job<M> {
        Job { index, message, put_off: 0, failure: None, stopwatch: Stopwatch::start() }
    }
}

/// A job that is on its way.
struct Item<'c, M> {
    job: Job<M>,
    parcel: Parcel<'c>,
    /// A link has broken under it before.
    is_second: bool,
}

/// So many links in a row that carry nothing at all are enough.
const MOST_BARREN: u32 = 3;

pub struct Run<'c, M> {
    driver: &'c Driver,
    call: Call<'c>,
    packer: &'c dyn Packer<M>,
    /// Whether the host may be told how far the run is: this is its thread.
    tells: bool,
    course: Course,
    /// The time for the present step.
    watch: Watch<'c>,
    /// The time for the rest of a group of replies, in a reactor.
    patience: Option<Instant>,
    link: Option<Box<Link>>,
    /// Whether the server has answered for any message on the link.
    is_fruitful: bool,
    /// Whether a message has met the end of the link. Those behind it were never looked at.
    has_broken: bool,
    /// What the latest link broke of.
    failure: Option<Error>,
    barren: u32,
    /// The window was full; it is filled again when half of it is free, so that many messages share a write.
    is_full: bool,
    /// In the order in which the link tells their outcomes.
    under_way: VecDeque<Item<'c, M>>,
    again: VecDeque<Item<'c, M>>,
    /// A message that was taken where it could not be packed.
    put_by: Option<Job<M>>,
    stops: bool,
    /// Messages have shown that they are to be waited for: they get a thread.
    is_slow: bool,
    /// What has ended the run while it had no thread of its own.
    ended: Result<()>,
}

/// How a run leaves its thread.
pub enum Left<'c, M> {
    /// It is over.
    Over,
    /// It has nothing but replies to wait for, and others can wait for them as well.
    Settled(Box<Run<'c, M>>),
}

impl<'c, M> Run<'c, M> {
    pub fn new(
        driver: &'c Driver,
        call: Call<'c>,
        packer: &'c dyn Packer<M>,
        watch: Watch<'c>,
        tells: bool,
    ) -> Run<'c, M> {
        Run {
            driver,
            call,
            packer,
            tells,
            course: Course::new(call.terms),
            watch,
            patience: None,
            link: None,
            is_fruitful: false,
            has_broken: false,
            failure: None,
            barren: 0,
            is_full: false,
            under_way: VecDeque::new(),
            again: VecDeque::new(),
            put_by: None,
            stops: false,
            is_slow: false,
            ended: Ok(()),
        }
    }

    /// Carries all messages, or those up to where it settles. However the run ends, each that was taken has its report, or was
    /// handed on.
    pub fn run(mut self: Box<Self>, errand: &mut dyn Errand<M>) -> Result<Left<'c, M>> {
        let mut ended = std::mem::replace(&mut self.ended, Ok(()));
        if ended.is_ok() {
            match self.carry_all(errand) {
                Ok(true) => return Ok(Left::Settled(self)),
                carried => ended = carried.map(drop),
            }
        }
        while self.link.is_some() && !self.under_way.is_empty() {
            ended = ended.and(self.exchange(errand));
        }
        while let Some(item) = self.again.pop_front() {
            ended = ended.and(self.give_up(item.job, errand));
        }
        if let Some(job) = self.put_by.take() {
            ended = ended.and(self.give_up(job, errand));
        }
        if let Some(link) = self.link.take() {
            self.driver.pool.put_back(link, self.call.terms);
        }
        ended.map(|()| Left::Over)
    }

    /// Returns whether the run has settled.
    fn carry_all(&mut self, errand: &mut dyn Errand<M>) -> Result<bool> {
        while !self.stops {
            self.watch.check()?;
            if let Some(ended) = self.call.progress.ended() {
                return Err(ended.clone());
            }
            if self.is_settled() && errand.is_busy() {
                return Ok(true);
            }
            if let Some(item) = self.again.pop_front() {
                self.carry(item, errand)?;
                continue;
            }
            if !errand.is_prompt()
                && let Some(link) = &mut self.link
            {
                link.write_early(self.watch);
            }
            let next = match self.put_by.take() {
                Some(job) => Next::Message(job),
                None => self.next(errand)?,
            };
            if !errand.is_prompt() {
                // However long that took, the server was not to blame.
                self.renew();
            }
            match next {
                Next::Message(job) => {
                    if let Some(item) = self.pack(job, errand)? {
                        self.carry(item, errand)?;
                    }
                }
                Next::Over if self.under_way.is_empty() => return Ok(false),
                Next::Over | Next::NotYet => self.exchange(errand)?,
            }
        }
        Ok(false)
    }

    /// The next message. Where links are counted, none is held while there is no message for it: others may wait for it, among
    /// them those whose messages are waited for here.
    fn next(&mut self, errand: &mut dyn Errand<M>) -> Result<Next<M>> {
        let waits = self.under_way.is_empty();
        if waits && self.link.is_some() && self.call.terms.policy.max_connections.is_some() {
            let next = errand.next(false)?;
            if !matches!(next, Next::NotYet) {
                return Ok(next);
            }
            self.drop_worn_out();
            if let Some(link) = self.link.take() {
                self.driver.pool.put_back(link, self.call.terms);
            }
        }
        errand.next(waits)
    }

    /// Nothing, if the message cannot be packed, which is told then.
    fn pack(&mut self, job: Job<M>, errand: &mut dyn Errand<M>) -> Result<Option<Item<'c, M>>> {
        match self.packer.pack(&job.message) {
            Ok(parcel) => Ok(Some(Item { job, parcel: self.counted(parcel), is_second: false })),
            Err(error) => self.report_unsent(&job, error, errand).map(|()| None),
        }
    }

    /// Loads a message into the link, when there is one with room for it. An error ends the run; the message is not lost.
    fn carry(&mut self, item: Item<'c, M>, errand: &mut dyn Errand<M>) -> Result<()> {
        let mut item = item;
        let ready = self.await_room(errand);
        let link = match (ready, &mut self.link) {
            (Ok(()), Some(link)) => link,
            (ready, _) => {
                item.job.failure = ready.as_ref().err().cloned().or(item.job.failure);
                self.again.push_front(item);
                return ready;
            }
        };
        if link.divides(&item.parcel) {
            return self.carry_divided(item, errand);
        }
        match link.load(&mut item.parcel, self.watch) {
            Ok(()) => {
                self.under_way.push_back(item);
                // What waits to go together with others would go faster than it was counted.
                if self.call.terms.policy.is_paced() {
                    link.write_out(self.watch);
                }
            }
            Err(error) => {
                let outcome = Outcome::failed(error);
                let told = self.report(item, outcome, errand);
                return told.and(self.collect(errand));
            }
        }
        self.collect(errand)
    }

    /// A message that goes in parts goes by itself.
    fn carry_divided(&mut self, mut item: Item<'c, M>, errand: &mut dyn Errand<M>) -> Result<()> {
        let mut settled = Ok(());
        while self.link.is_some() && !self.under_way.is_empty() && settled.is_ok() {
            settled = self.exchange(errand);
        }
        let (Ok(()), Some(link)) = (&settled, &mut self.link) else {
            self.again.push_front(item);
            return settled;
        };
        let outcome = link.send_divided(&mut item.parcel, self.watch);
        if outcome.result.is_ok() {
            self.is_fruitful = true;
            self.call.progress.message_done();
        }
        let way = Some(link.way());
        let Item { job, parcel, .. } = item;
        let span = job.stopwatch.span();
        let report = Report::new(parcel.envelope, outcome, way, span);
        let told = self.tell(job.index, report, errand);
        told.and(self.collect(errand))
    }

    /// Waits until the window and the pace let another message go, over a link that is there.
    fn await_room(&mut self, errand: &mut dyn Errand<M>) -> Result<()> {
        let policy = &self.call.terms.policy;
        self.renew();
        loop {
            self.drop_worn_out();
            if self.link.is_none() {
                self.open(errand)?;
                self.renew();
                continue;
            }
            if !self.has_room() {
                self.exchange(errand)?;
                continue;
            }
            // What is counted is when the message goes: nothing is waited for behind this.
            let Some(wait) = self.driver.pace.claim_now(policy) else {
                return Ok(());
            };
            if !self.under_way.is_empty() {
                self.exchange(errand)?;
                continue;
            }
            self.watch.renewed(wait + self.call.terms.timeout).rest(wait)?;
            self.renew();
        }
    }

    /// Whether the window lets another message go over the link. Once it is full, half of it has to be free first.
    fn has_room(&mut self) -> bool {
        let policy = &self.call.terms.policy;
        let takes_message = |link: &Link| link.takes_message() && !link.is_worn_out(policy);
        let has_room = self.link.as_deref().is_some_and(takes_message);
        let most = if self.is_full { self.course.plan.window_messages / 2 } else { usize::MAX };
        self.is_full = !has_room || self.under_way.len() > most;
        !self.is_full
    }

    /// Lets go of a link that is of no use any more. One without anything under way may have died meanwhile.
    fn drop_worn_out(&mut self) {
        if self.under_way.is_empty() {
            let (policy, watch) = (&self.call.terms.policy, self.watch);
            if let Some(mut worn_out) =
                self.link.take_if(|link| !link.is_alive(policy, now(), watch))
            {
                // A server that counts connections is to see this one go before the next one comes.
                worn_out.quit(watch.renewed(QUIT_PATIENCE.min(watch.remaining())));
            }
        }
    }

    fn open(&mut self, errand: &mut dyn Errand<M>) -> Result<()> {
        let terms = self.call.terms;
        let mut attempts = 0;
        loop {
            let opened = match self.driver.pool.take(terms, self.watch)? {
                Found::Kept(link) => Ok(link),
                Found::Berth(berth) => self.open_new(berth, errand),
            };
            let error = match opened {
                Ok(mut link) => {
                    link.session.set_plan(self.course.plan);
                    self.link = Some(link);
                    self.is_fruitful = false;
                    self.has_broken = false;
                    return Ok(());
                }
                Err(error) => error,
            };
            let Some(wait) = wait_before_next(&terms.policy, &error, attempts) else {
                return Err(error);
            };
            attempts += 1;
            terms.note_retry(wait, Some(&error));
            self.watch.renewed(wait + terms.timeout).rest(wait)?;
            self.renew();
        }
    }

    fn open_new(&mut self, berth: Berth, errand: &mut dyn Errand<M>) -> Result<Box<Link>> {
        let terms = self.call.terms;
        if terms.passage.logins.is_empty() {
            return self.driver.open(terms, berth, self.watch);
        }
        if errand.begin_login()? {
            self.renew();
        }
        let opened = self.driver.open(terms, berth, self.watch);
        errand.end_login(opened.as_ref().map(|_| ()));
        opened
    }

    /// Brings out what is written, takes in what the server says, and tells what became of whom.
    fn exchange(&mut self, errand: &mut dyn Errand<M>) -> Result<()> {
        if let Some(link) = &mut self.link {
            link.exchange(self.watch);
        }
        self.collect(errand)
    }

    fn collect(&mut self, errand: &mut dyn Errand<M>) -> Result<()> {
        let mut told = Ok(());
        while let Some(outcome) = self.link.as_mut().and_then(|link| link.poll_outcome())
            && let Some(item) = self.under_way.pop_front()
        {
            self.renew();
            told = told.and(self.judge(item, outcome, errand));
        }
        if self.under_way.is_empty()
            && let Some(link) = &mut self.link
        {
            link.rests_since = now();
        }
        let Some(link) = self.link.take_if(|link| link.is_closed()) else {
            return told;
        };
        self.course.learns_of(&link.session);
        self.barren = if self.is_fruitful { 0 } else { self.barren + 1 };
        drop(link);
        match self.failure.take() {
            Some(failure) if self.barren >= MOST_BARREN => told.and(Err(failure)),
            _ => told,
        }
    }

    /// Whether a message is done, or goes again.
    fn judge(
        &mut self,
        mut item: Item<'c, M>,
        outcome: Outcome,
        errand: &mut dyn Errand<M>,
    ) -> Result<()> {
        let policy = &self.call.terms.policy;
        let error = match &outcome.result {
            Ok(_) => {
                self.is_fruitful = true;
                self.course.proves_right(policy);
                self.call.progress.message_done();
                return self.report(item, outcome, errand);
            }
            Err(error) => error,
        };
        if self.course.is_break(error) {
            self.failure = Some(error.clone());
            self.course.learns_from(error);
            // Only the one that meets the end spends its second attempt.
            let meets_end = !std::mem::replace(&mut self.has_broken, true);
            if !(meets_end && std::mem::replace(&mut item.is_second, true)) {
                item.job.failure = Some(error.clone());
                self.again.push_back(item);
                return Ok(());
            }
        }
        self.is_fruitful |= error.is_connection_usable();
        if let Some(wait) = wait_before_next(policy, error, item.job.put_off) {
            self.driver.pace.pause(wait);
            self.call.terms.note_retry(wait, Some(error));
            item.job.put_off += 1;
            item.job.failure = Some(error.clone());
            self.again.push_back(item);
            return Ok(());
        }
        self.report(item, outcome, errand)
    }

    fn report(
        &mut self,
        item: Item<'c, M>,
        outcome: Outcome,
        errand: &mut dyn Errand<M>,
    ) -> Result<()> {
        let way = self.link.as_ref().map(|link| link.way());
        let Item { job, parcel, .. } = item;
        let span = job.stopwatch.span();
        let report = Report::new(parcel.envelope, outcome, way, span);
        self.tell(job.index, report, errand)
    }

    fn report_unsent(
        &mut self,
        job: &Job<M>,
        error: Error,
        errand: &mut dyn Errand<M>,
    ) -> Result<()> {
        let report =
            Report::unsent(self.packer.envelope(&job.message), error, job.stopwatch.span());
        self.tell(job.index, report, errand)
    }

    fn tell(&mut self, index: usize, report: Report, errand: &mut dyn Errand<M>) -> Result<()> {
        if self.call.terms.policy.stops_on_failure && !report.is_success() {
            self.stops = true;
            errand.stop();
        }
        let told = errand.done(index, report);
        // However long that took, the server was not to blame.
        self.renew();
        told
    }

    /// The run is over before the message came to its second attempt.
    fn give_up(&mut self, job: Job<M>, errand: &mut dyn Errand<M>) -> Result<()> {
        let Some(mut job) = errand.hand_on(job) else {
            return Ok(());
        };
        let error = job.failure.take().unwrap_or_else(|| Status::NotTried.into());
        self.report_unsent(&job, error, errand)
    }

    fn counted(&self, parcel: Parcel<'c>) -> Parcel<'c> {
        let tally = match self.tells {
            true => Tally::of(self.call.progress),
            false => Tally::untold(self.call.progress),
        };
        Parcel { tally, ..parcel }
    }

    /// Something has come about: the next step has as much time again.
    fn renew(&mut self) {
        self.watch = self.watch.renewed(self.call.terms.timeout);
    }
}

mod settled;
