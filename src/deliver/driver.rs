//! The driver of one client: takes a message to its server, over a kept link or a new one.

#![expect(clippy::vec_box, reason = "a link is large and changes hands twice in each Send")]

use super::link::Link;
use super::opening::open;
use super::parcel::Parcel;
use super::report::Report;
use super::route::Passage;
use crate::error::{Error, Result, Status};
use crate::net::{Cancel, Watch};
use crate::smtp::Outcome;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The answer to QUIT is waited for so long at most: nothing depends on it.
const QUIT_PATIENCE: Duration = Duration::from_secs(2);

/// Links at rest, and the means to end what is under way. Each Send under way holds a link of its own.
#[derive(Default)]
pub struct Driver {
    idle: Mutex<Vec<Box<Link>>>,
    cancel: Cancel,
}

impl Driver {
    /// Delivers the message that `pack` makes, on the calling thread, all within `timeout`. An error is one of the message.
    pub fn send<'a>(
        &self,
        passage: &Passage,
        timeout: Duration,
        pack: impl FnOnce() -> Result<Parcel<'a>>,
    ) -> Result<Report> {
        let watch = Watch::new(timeout, &self.cancel);
        let mut parcel = pack()?;
        let (outcome, peer) = match self.deliver(passage, &mut parcel, watch) {
            Ok(delivered) => delivered,
            Err(error) => (Outcome { result: Err(error), refused: Vec::new() }, None),
        };
        Ok(Report::new(parcel.envelope, outcome, peer.as_deref()))
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
    pub fn disconnect(&self, timeout: Duration) {
        let watch = Watch::new(timeout.min(QUIT_PATIENCE), &self.cancel);
        for mut link in self.take_all() {
            link.quit(watch);
        }
    }

    /// Ends the links at rest without waiting for anything.
    pub fn drop_links(&self) {
        let watch = Watch::new(Duration::ZERO, &self.cancel);
        for link in self.take_all() {
            link.abandon(watch);
        }
    }

    /// A kept link may have died unnoticed. Then, and as long as no message can have come through, the message goes over a
    /// new one, once. An error means that there was no link at all.
    fn deliver(&self, passage: &Passage, parcel: &mut Parcel, watch: Watch) -> Result<Delivered> {
        watch.check().map_err(Error::retry_is_safe)?;
        if let Some(link) = self.take(passage) {
            let (outcome, peer) = self.transact(link, parcel, watch);
            if !outcome.result.as_ref().is_err_and(is_worth_a_new_link) {
                return Ok((outcome, peer));
            }
        }
        Ok(self.transact(Box::new(open(passage, watch)?), parcel, watch))
    }

    fn transact(&self, mut link: Box<Link>, parcel: &mut Parcel, watch: Watch) -> Delivered {
        let outcome = link.transact(parcel, watch);
        let peer = link.peer.clone();
        if link.session.is_idle() {
            self.idle().push(link);
        }
        (outcome, Some(peer))
    }

    /// A link at rest that makes this passage. Those that lead elsewhere or have died are ended on the way.
    fn take(&self, passage: &Passage) -> Option<Box<Link>> {
        loop {
            let mut link = self.idle().pop()?;
            if link.passage == *passage && link.is_fresh() {
                return Some(link);
            }
            link.abandon(Watch::new(Duration::ZERO, &self.cancel));
        }
    }

    fn take_all(&self) -> Vec<Box<Link>> {
        std::mem::take(&mut *self.idle())
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Box<Link>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How a message fared, and with which peer.
type Delivered = (Outcome, Option<Arc<str>>);

fn is_worth_a_new_link(error: &Error) -> bool {
    error.is_safe_to_retry() && matches!(error.status(), Status::ConnectionLost | Status::Closing)
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.drop_links();
    }
}
