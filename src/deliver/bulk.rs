//! Many messages in one run.

use super::driver::{Call, Driver};
use super::parcel::Parcel;
use super::policy::Policy;
use super::report::Report;
use super::span::Stopwatch;
use crate::error::{Result, Status};
use std::sync::Arc;

impl Driver {
    /// Delivers what `next` gives, until it gives nothing more. `done` is told of each, by its place in the order of `next`.
    /// Both are called on this thread; what they fail with ends the run. A message that fails does so alone, unless the policy
    /// stops then: what was not taken from `next` by that time is nobody's here.
    pub fn send_all<M: Send>(
        &self,
        call: Call,
        next: &mut dyn FnMut() -> Result<Option<M>>,
        pack: &(dyn Fn(&M) -> Result<Parcel<'static>> + Sync),
        done: &mut dyn FnMut(usize, Report) -> Result<()>,
    ) -> Result<()> {
        one_by_one(&call.terms.policy, next, done, |message| self.send(call, || pack(message)))
    }
}

/// Has `send` take each message in turn. Whoever cancels one cancels the run.
pub fn one_by_one<M>(
    policy: &Policy,
    next: &mut dyn FnMut() -> Result<Option<M>>,
    done: &mut dyn FnMut(usize, Report) -> Result<()>,
    mut send: impl FnMut(&M) -> Result<Report>,
) -> Result<()> {
    for index in 0.. {
        let Some(message) = next()? else { break };
        let stopwatch = Stopwatch::start();
        let report = send(&message)
            .unwrap_or_else(|error| Report::unsent(Arc::default(), error, stopwatch.span()));
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
