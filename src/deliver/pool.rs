//! The links of a client: those at rest, and how many there may be.

use super::driver::too_late;
use super::link::Link;
use super::terms::Terms;
use crate::error::Result;
use crate::net::{Signal, Watch, fork, now};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// Each message under way is on a link of its own. Here are those that have none.
#[derive(Default)]
#[expect(clippy::vec_box, reason = "a link is large and changes hands twice in each Send")]
pub struct Pool {
    idle: Mutex<Vec<Box<Link>>>,
    berths: Arc<Berths>,
}

/// The right to open a link; it is given back when the link is gone.
pub struct Berth {
    berths: Arc<Berths>,
    generation: u32,
}

#[derive(Default)]
struct Berths {
    taken: Mutex<Taken>,
    /// How many wait for a link or a berth. Where nobody does, nobody is woken.
    waiting: AtomicUsize,
}

/// How many berths are taken, by the process of that generation.
#[derive(Default)]
struct Taken {
    generation: u32,
    count: usize,
    /// Raised for those who wait; made by the first of them.
    freed: Option<Arc<Signal>>,
}

/// What a message may go by.
pub enum Found {
    Kept(Box<Link>),
    Berth(Berth),
}

impl Pool {
    /// A link at rest that keeps the terms, or else the right to open one. Where there are as many as the policy allows, it
    /// is waited until one is free.
    pub fn take(&self, terms: &Terms, watch: Watch) -> Result<Found> {
        self.find(watch.moment()?, watch, |moment| match self.take_kept(terms, moment, watch) {
            Some(link) => Some(Found::Kept(link)),
            None => self.try_berth(terms).map(Found::Berth),
        })
    }

    /// The right to open a link, although others may be at rest.
    pub fn berth(&self, terms: &Terms, watch: Watch) -> Result<Berth> {
        self.find(now(), watch, |_| {
            loop {
                if let Some(berth) = self.try_berth(terms) {
                    return Some(berth);
                }
                let unused = self.idle().pop();
                unused?.abandon();
            }
        })
    }

    /// What `look` finds, which is told the moment: at this one or when something is free.
    fn find<T>(
        &self,
        moment: Instant,
        watch: Watch,
        look: impl Fn(Instant) -> Option<T>,
    ) -> Result<T> {
        if let Some(found) = look(moment) {
            return Ok(found);
        }
        // Who waits is known as such before the next look: what comes free behind it is signalled.
        let freed = self.berths.begin_to_wait()?;
        let found = loop {
            if let Some(found) = look(now()) {
                break Ok(found);
            }
            if let Err(error) = freed.wait(watch) {
                break Err(too_late(error, "a connection (INetSmtpClient_SetMaxConnections)"));
            }
        };
        self.berths.waiting.fetch_sub(1, Ordering::Relaxed);
        found
    }

    /// A link that has done its work. If it can do more, the next message finds it here.
    pub fn put_back(&self, mut link: Box<Link>, terms: &Terms) {
        if !link.session.is_idle() || link.is_worn_out(&terms.policy) {
            return link.abandon();
        }
        link.be_watched(&None);
        link.rests_since = now();
        self.idle().push(link);
        self.berths.wake();
    }

    /// A link that was opened although there may be another of its passage at rest, which goes: else there would be one more each time.
    pub fn put_in_place(&self, link: Box<Link>, terms: &Terms) {
        let mut idle = self.idle();
        let other = idle.iter().rposition(|other| other.passage == link.passage);
        let replaced = other.map(|at| idle.remove(at));
        drop(idle);
        if let Some(replaced) = replaced {
            replaced.abandon();
        }
        self.put_back(link, terms);
    }

    #[expect(clippy::vec_box, reason = "they are boxed in the pool")]
    pub fn take_all(&self) -> Vec<Box<Link>> {
        std::mem::take(&mut *self.idle())
    }

    /// A link at rest that makes this passage. Those that lead elsewhere or have died are ended on the way.
    fn take_kept(&self, terms: &Terms, moment: Instant, watch: Watch) -> Option<Box<Link>> {
        loop {
            let mut link = self.idle().pop()?;
            link.be_watched(&terms.watched);
            if link.passage == terms.passage && link.is_alive(&terms.policy, moment, watch) {
                return Some(link);
            }
            link.abandon();
        }
    }

    fn try_berth(&self, terms: &Terms) -> Option<Berth> {
        let mut taken = self.berths.taken();
        if terms.policy.max_connections.is_some_and(|most| taken.count >= most) {
            return None;
        }
        taken.count += 1;
        Some(Berth { berths: self.berths.clone(), generation: taken.generation })
    }

    #[inline]
    #[expect(clippy::vec_box, reason = "they are boxed in the pool")]
    fn idle(&self) -> MutexGuard<'_, Vec<Box<Link>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Berths {
    /// What is taken. A child by fork begins anew: its parent's links are not its own.
    fn taken(&self) -> MutexGuard<'_, Taken> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let generation = fork::generation();
        if taken.generation != generation {
            *taken = Taken { generation, ..Taken::default() };
            self.waiting.store(0, Ordering::Relaxed);
        }
        taken
    }

    /// What is raised for one of those who wait, from now on, when a link or a berth is free.
    fn begin_to_wait(&self) -> Result<Arc<Signal>> {
        let mut taken = self.taken();
        let freed = match &taken.freed {
            Some(freed) => freed.clone(),
            None => taken.freed.insert(Arc::new(Signal::new()?)).clone(),
        };
        self.waiting.fetch_add(1, Ordering::Relaxed);
        Ok(freed)
    }

    /// Called behind a change of what is free. Who waits counts itself before it looks, and looks under the same lock as the change was
    /// made: it has seen the change, or is seen here.
    fn wake(&self) {
        if self.waiting.load(Ordering::Relaxed) > 0
            && let Some(freed) = &self.taken().freed
        {
            freed.raise();
        }
    }
}

impl Drop for Berth {
    fn drop(&mut self) {
        let mut taken = self.berths.taken();
        if taken.generation == self.generation {
            taken.count -= 1;
        }
        drop(taken);
        self.berths.wake();
    }
}
