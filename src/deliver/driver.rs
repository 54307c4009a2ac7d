//! The driver of one client: takes messages to its server, over kept links or new ones.

use super::course::{Course, wait_before_next};
use super::delivery::Delivery;
use super::link::Link;
use super::opening::open;
use super::pace::Pace;
use super::parcel::Parcel;
use super::pool::{Berth, Found, Pool};
use super::progress::{Progress, Tally};
use super::report::Way;
use super::server_info::{Latest, ServerInfo};
use super::sight::Watched;
use super::span::Stopwatch;
use super::terms::Terms;
use crate::error::{Error, Result, Status};
use crate::net::{Cancel, ConnectionInfo, Watch};
use crate::smtp::{Outcome, Plan};
use std::sync::Arc;
use std::time::Duration;

/// The answer to QUIT is waited for so long at most: nothing depends on it.
pub(super) const QUIT_PATIENCE: Duration = Duration::from_secs(2);

/// The links of a client, its pace, and the means to end what is under way.
#[derive(Default)]
pub struct Driver {
    pub(super) pool: Pool,
    pub(super) pace: Pace,
    cancel: Cancel,
    latest: Latest,
}

/// One call: its terms, what ends it, and how far it is.
#[derive(Clone, Copy)]
pub struct Call<'a> {
    pub terms: &'a Terms,
    pub cancel: &'a Cancel,
    pub progress: &'a Progress,
    /// Whether a report is asked for.
    pub is_reported: bool,
}

/// How a message fared, and over which connection.
type Delivered = (Outcome, Option<Way>);

impl Driver {
    /// Delivers the message that `pack` makes, on the calling thread, all within the time of the terms. An error is one of
    /// the message.
    pub fn send<'a>(
        &self,
        call: Call,
        pack: impl FnOnce() -> Result<Parcel<'a>>,
    ) -> Result<Delivery> {
        let stopwatch = Stopwatch::start();
        let watch = Watch::since(stopwatch.since(), call.terms.timeout, call.cancel);
        let mut parcel: Parcel<'_> = pack()?;
        parcel.tally = Tally::of(call.progress);
        let (outcome, way) = match self.deliver(call, &mut parcel, watch) {
            Ok(delivered) => delivered,
            Err(error) => (Outcome::failed(error.retry_is_safe()), None),
        };
        if outcome.result.is_ok() {
            call.progress.message_done();
            call.progress.over();
        }
        Ok(Delivery { envelope: parcel.envelope, outcome, way, stopwatch })
    }

    /// What the server of the latest connection said; nothing before there was any.
    pub fn server_info(&self) -> Option<Arc<ServerInfo>> {
        self.latest.server()
    }

    /// The latest connection, also one that came to nothing.
    pub fn connection_info(&self) -> Option<Arc<ConnectionInfo>> {
        self.latest.connection()
    }

    /// What ends all that is under way.
    pub fn cancellation(&self) -> &Cancel {
        &self.cancel
    }

    /// What ends one operation alone. That which ends all ends it too, from now on.
    pub fn cancellation_of_one(&self) -> Cancel {
        Cancel::under(&self.cancel)
    }

    /// Ends what is under way. What begins afterwards is not concerned.
    pub fn cancel(&self) {
        self.cancel.cancel();
    }

    /// Ends what is under way, and what may still begin.
    pub fn cancel_for_good(&self) {
        self.cancel.cancel_for_good();
    }

    /// Ends the links at rest with a QUIT whose answer is waited for.
    pub fn disconnect(&self, timeout: Duration, watched: &Watched) {
        let watch = Watch::new(timeout.min(QUIT_PATIENCE), &self.cancel);
        for mut link in self.pool.take_all() {
            link.be_watched(watched);
            link.quit(watch);
        }
    }

    /// Ends the links at rest without waiting for anything.
    pub fn drop_links(&self) {
        self.pool.take_all().into_iter().for_each(Link::abandon);
    }

    /// As many attempts as the message may have. An error means that there was no link at all.
    fn deliver(&self, call: Call, parcel: &mut Parcel, watch: Watch) -> Result<Delivered> {
        let terms = call.terms;
        let mut attempts = 0;
        loop {
            let delivered = self.attempt(call, parcel, watch);
            let failure = match &delivered {
                Ok((outcome, _)) => outcome.result.as_ref().err(),
                Err(error) => Some(error),
            };
            let wait = failure.and_then(|error| wait_before_next(&terms.policy, error, attempts));
            let Some(wait) = wait.filter(|wait| *wait < watch.remaining()) else {
                return delivered;
            };
            attempts += 1;
            terms.note_retry(wait, failure);
            watch.rest(wait)?;
        }
    }

    /// One attempt, and a second one where the first has shown what to do differently.
    fn attempt(&self, call: Call, parcel: &mut Parcel, watch: Watch) -> Result<Delivered> {
        let terms = call.terms;
        let mut course = Course::new(terms);
        let mut found = self.pool.take(terms, watch)?;
        loop {
            let was_kept = matches!(found, Found::Kept(_));
            let mut link = match found {
                Found::Kept(link) => link,
                Found::Berth(berth) => self.open(terms, berth, watch)?,
            };
            // What is counted is when the message goes. A link does not rest longer for it than links may.
            if let Some(wait) = self.pace.claim_now(&terms.policy) {
                self.pool.put_back(link, terms);
                watch.rest(wait).map_err(|error| too_late(error, "the pace that is set"))?;
                found = self.pool.take(terms, watch)?;
                continue;
            }
            // What is said in a report, in an error of some recipients and to whoever looks on.
            let keeps_words = call.is_reported || link.divides(parcel) || terms.watched.is_some();
            link.session.set_plan(Plan { keeps_words, ..course.plan });
            let outcome = link.send_divided(parcel, watch);
            course.learns_of(&link.session);
            let way = link.way();
            self.pool.put_back(link, terms);
            if !course.corrects(&outcome, was_kept) {
                if outcome.result.is_ok() {
                    course.proves_right(&terms.policy);
                }
                return Ok((outcome, Some(way)));
            }
            terms.note_retry(Duration::ZERO, outcome.result.as_ref().err());
            found = Found::Berth(self.pool.berth(terms, watch)?);
        }
    }

    pub(super) fn open(&self, terms: &Terms, berth: Berth, watch: Watch) -> Result<Box<Link>> {
        open(terms, berth, watch, &self.latest)
    }
}

/// A wait of the library's own making is not the server's fault.
pub(super) fn too_late(error: Error, what: &str) -> Error {
    match error.status() {
        Status::Timeout => {
            let sentence = format!("the time allowed by Timeout ran out in waiting for {what}");
            Error::new(Status::Timeout, sentence)
        }
        _ => error,
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.drop_links();
    }
}
