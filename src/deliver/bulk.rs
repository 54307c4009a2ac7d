//! Many messages in one run.

use super::driver::{Call, Driver};
use super::parcel::Parcel;
use super::policy::Policy;
use super::report::Report;
use super::run::{Errand, Job, Next, Packer, Run};
use super::span::Stopwatch;
use crate::error::{Result, Status};
use crate::net::Watch;

/// The messages of a run, one after another.
pub struct Source<'s, M> {
    pub next: &'s mut dyn FnMut() -> Result<Option<M>>,
    /// Whether `next` answers at once. Behind one that may take its time nothing that is written is kept waiting.
    pub is_prompt: bool,
}

impl Driver {
    /// Delivers what the source gives, until it gives nothing more. `done` is told of each, by its place in that order.
    /// Both are called on this thread; what they fail with ends the run. A message that fails does so alone, unless the policy
    /// stops then: what was not taken from the source by that time is nobody's here.
    pub fn send_all<M: Send>(
        &self,
        call: Call,
        source: Source<M>,
        packer: &dyn Packer<M>,
        done: &mut dyn FnMut(usize, Report) -> Result<()>,
    ) -> Result<()> {
        let watch = Watch::new(call.terms.timeout, call.cancel);
        let ended = match call.terms.policy.crew() {
            1 => Box::new(Run::new(self, call, packer, watch, true))
                .run(&mut Caller { source, done, given: 0, is_over: false })
                .map(drop),
            _ => self.send_by_crew(call, source, packer, watch, done),
        };
        call.progress.over();
        ended
    }
}

/// The host, on its own thread.
struct Caller<'s, 'd, M> {
    source: Source<'s, M>,
    done: &'d mut dyn FnMut(usize, Report) -> Result<()>,
    given: usize,
    /// Who has said that there is no more is not asked again.
    is_over: bool,
}

impl<M> Errand<M> for Caller<'_, '_, M> {
    fn next(&mut self, _waits: bool) -> Result<Next<M>> {
        if self.is_over {
            return Ok(Next::Over);
        }
        let Some(message) = (self.source.next)()? else {
            self.is_over = true;
            return Ok(Next::Over);
        };
        self.given += 1;
        Ok(Next::Message(Job::new(self.given - 1, message)))
    }

    fn is_prompt(&self) -> bool {
        self.source.is_prompt
    }

    fn done(&mut self, index: usize, report: Report) -> Result<()> {
        (self.done)(index, report)
    }

    fn hand_on(&mut self, job: Job<M>) -> Option<Job<M>> {
        Some(job)
    }

    fn stop(&mut self) {}
}

/// Has `send` take the parcel of each message in turn. Whoever cancels one cancels the run.
pub fn one_by_one<M>(
    policy: &Policy,
    packer: &dyn Packer<M>,
    next: &mut dyn FnMut() -> Result<Option<M>>,
    done: &mut dyn FnMut(usize, Report) -> Result<()>,
    mut send: impl FnMut(Parcel) -> Result<Report>,
) -> Result<()> {
    for index in 0.. {
        let Some(message) = next()? else { break };
        let stopwatch = Stopwatch::start();
        let report = packer.pack(&message).and_then(&mut send).unwrap_or_else(|error| {
            Report::unsent(packer.envelope(&message), error, stopwatch.span())
        });
        let stops = policy.stops_on_failure && !report.is_success();
        let cancelled = report.error().filter(|error| error.status() == Status::Cancelled).cloned();
        done(index, report)?;
        if let Some(error) = cancelled {
            return Err(error);
        }
        if stops {
            break;
        }
    }
    Ok(())
}
