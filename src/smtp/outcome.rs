//! What became of a message.

use super::reply::Reply;
use crate::error::{Error, Result};
use std::ops::Range;

/// How a transaction ended.
#[derive(Debug)]
pub struct Outcome {
    /// The final reply, or why there is none that accepts the message.
    pub result: Result<Reply<'static>>,
    /// Mostly there is nothing, and outcomes change hands often.
    apart: Option<Box<Apart>>,
}

/// The recipients for whom the result does not speak, or not alone, by their places in the envelope and in its order.
#[derive(Debug, Default)]
pub struct Apart {
    /// Those that the server refused.
    pub refused: Vec<(usize, Reply<'static>)>,
    /// Where more than one final reply accepted the message: whose copies each was for.
    pub accepted: Vec<(Range<usize>, Reply<'static>)>,
    /// Those that the message did not come to, or of whom the server has not said what became of their copies (LMTP); and why not.
    pub failed: Vec<(Range<usize>, Error)>,
}

impl Outcome {
    pub fn new(result: Result<Reply<'static>>, apart: Apart) -> Outcome {
        let Apart { refused, accepted, failed } = &apart;
        let is_nothing = refused.is_empty() && accepted.is_empty() && failed.is_empty();
        Outcome { result, apart: (!is_nothing).then(|| Box::new(apart)) }
    }

    /// The message was accepted for all.
    pub fn accepted(reply: Reply<'static>) -> Outcome {
        Outcome { result: Ok(reply), apart: None }
    }

    /// One that says the same of all.
    pub fn failed(error: Error) -> Outcome {
        Outcome { result: Err(error), apart: None }
    }

    /// Whether the message was accepted for every recipient.
    pub fn is_whole(&self) -> bool {
        let is_missed = |apart: &Apart| !apart.refused.is_empty() || !apart.failed.is_empty();
        self.result.is_ok() && !self.apart.as_deref().is_some_and(is_missed)
    }

    /// The recipients that the server refused, as in [`Apart`].
    pub fn refused(&self) -> &[(usize, Reply<'static>)] {
        self.apart.as_ref().map_or(&[], |apart| &apart.refused)
    }

    pub fn into_parts(self) -> (Result<Reply<'static>>, Apart) {
        (self.result, self.apart.map_or_else(Apart::default, |apart| *apart))
    }
}
