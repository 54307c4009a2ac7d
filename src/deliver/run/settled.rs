//! What a run does in a reactor: it goes on as far as it can without waiting for anything.

use super::{Errand, Item, Next, Run};
use crate::error::Result;
use crate::net::{Awaited, Ready, now};
use crate::smtp::Outcome;
use std::time::Instant;

impl<'c, M> Run<'c, M> {
    /// Whether there is nothing to wait for but replies.
    pub(super) fn is_settled(&self) -> bool {
        !self.is_slow
            && !self.stops
            && !self.under_way.is_empty()
            && self.again.is_empty()
            && self.put_by.is_none()
            && !self.call.terms.policy.is_paced()
            && self.link.as_ref().is_some_and(|link| link.is_prompt() && !link.is_closed())
    }

    /// What the run waits for, and until when.
    pub fn awaited(&self) -> Option<(Awaited<'_>, Instant)> {
        let deadline = self.watch.deadline();
        let until = self.patience.map_or(deadline, |patience| patience.min(deadline));
        self.link.as_ref().map(|link| (link.awaited(), until))
    }

    /// Goes on, by what has come about. False: the run needs a thread.
    pub fn go_on(&mut self, ready: Ready, errand: &mut dyn Errand<M>) -> bool {
        let gone_on = self.try_to_go_on(ready, errand);
        let is_settled = gone_on.is_ok() && self.is_settled();
        self.patience = self.link.as_ref().and_then(|link| link.patience(self.watch));
        if !is_settled {
            self.ended = gone_on;
            self.renew();
        }
        is_settled
    }

    fn try_to_go_on(&mut self, ready: Ready, errand: &mut dyn Errand<M>) -> Result<()> {
        if let Some(link) = &mut self.link {
            let has_patience = self.patience.is_none_or(|patience| now() < patience);
            match (ready, self.watch.check()) {
                (Ready::Reading, _) => link.hear_now(self.watch),
                // Whoever had it before has left them.
                _ if link.holds_replies() => link.hear_now(self.watch),
                (_, Err(error)) => link.give_up(error, self.watch),
                (_, Ok(())) if !has_patience => link.lose_patience(self.watch),
                _ => {}
            }
        }
        self.collect(errand)?;
        if let Some(ended) = self.call.progress.ended() {
            return Err(ended.clone());
        }
        self.load_all(errand)?;
        if let Some(link) = &mut self.link {
            link.write_now(self.watch);
        }
        self.collect(errand)
    }

    /// Loads messages as long as there is room, and none that has to be waited for.
    fn load_all(&mut self, errand: &mut dyn Errand<M>) -> Result<()> {
        while !self.is_slow && !self.stops && self.again.is_empty() && self.has_room() {
            if !self.link.as_mut().is_some_and(|link| link.makes_way(self.watch)) {
                break;
            }
            match errand.next(false)? {
                Next::Message(job) if !self.packer.is_at_hand(&job.message) => {
                    self.put_by = Some(job);
                    self.is_slow = true;
                }
                Next::Message(job) => {
                    if let Some(item) = self.pack(job, errand)? {
                        self.load_now(item, errand)?;
                    }
                }
                Next::NotYet | Next::Over => break,
            }
        }
        Ok(())
    }

    fn load_now(&mut self, mut item: Item<'c, M>, errand: &mut dyn Errand<M>) -> Result<()> {
        self.renew();
        let may_go = self.driver.pace.claim_now(&self.call.terms.policy).is_none();
        let loaded = match &mut self.link {
            Some(link) if may_go && !link.divides(&item.parcel) => {
                link.load_now(&mut item.parcel, self.watch)
            }
            _ => Ok(false),
        };
        match loaded {
            Ok(true) => self.under_way.push_back(item),
            Ok(false) => {
                self.is_slow = may_go;
                self.again.push_front(item);
            }
            Err(error) => self.report(item, Outcome::failed(error), errand)?,
        }
        Ok(())
    }
}
