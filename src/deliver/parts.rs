//! A message for more recipients than the server takes at once (RFC 9422 section 3.2, RCPTMAX): it goes in parts, one transaction
//! behind the other.

use super::link::Link;
use super::parcel::Parcel;
use crate::error::{Error, Status};
use crate::net::Watch;
use crate::smtp::{Envelope, Outcome};
use std::ops::Range;
use std::sync::Arc;

/// What became of recipients for whom the outcome of the message does not speak.
pub type Exceptions = Vec<(Range<usize>, Error)>;

impl Link {
    /// How many recipients one transaction may have.
    fn most_recipients(&self) -> usize {
        let limit = self.session.capabilities().limits.recipients;
        limit
            .and_then(|most| usize::try_from(most).ok())
            .filter(|most| *most > 0)
            .unwrap_or(usize::MAX)
    }

    /// Whether the message has to go in parts.
    pub fn divides(&self, parcel: &Parcel) -> bool {
        parcel.envelope.recipients().len() > self.most_recipients()
    }

    /// Takes one message to its end, in as many parts as the server wants. The outcome is a success if one of them was.
    pub fn send_divided(&mut self, parcel: &mut Parcel, watch: Watch) -> (Outcome, Exceptions) {
        if !self.divides(parcel) {
            return (self.send(parcel, watch), Exceptions::new());
        }
        let whole = parcel.envelope.clone();
        let parts = self.send_parts(&whole, parcel, watch);
        parcel.envelope = whole;
        joined(parts)
    }

    fn send_parts(
        &mut self,
        whole: &Envelope,
        parcel: &mut Parcel,
        watch: Watch,
    ) -> Vec<(Range<usize>, Outcome)> {
        let (count, most) = (whole.recipients().len(), self.most_recipients());
        let mut parts: Vec<(Range<usize>, Outcome)> = Vec::new();
        for start in (0..count).step_by(most) {
            let range = start..count.min(start + most);
            let outcome = match self.is_closed() {
                false => {
                    parcel.envelope = Arc::new(whole.part(range.clone()));
                    self.send(parcel, watch)
                }
                true => {
                    let sentence = "the connection was lost before the message went to the rest";
                    Outcome::failed(Error::new(Status::ConnectionLost, sentence).retry_is_safe())
                }
            };
            parts.push((range, outcome));
        }
        parts
    }
}

/// One outcome of those of all parts.
fn joined(parts: Vec<(Range<usize>, Outcome)>) -> (Outcome, Exceptions) {
    let (mut accepted, mut refused, mut failed) = (Vec::new(), Vec::new(), Exceptions::new());
    for (range, outcome) in parts {
        let of_whole = |(place, reply)| (range.start + place, reply);
        refused.extend(outcome.refused.into_iter().map(of_whole));
        match (outcome.result, outcome.untold) {
            (Ok(reply), untold) => {
                let each = outcome
                    .accepted
                    .into_iter()
                    .map(|(own, reply)| (range.start + own.start..range.start + own.end, reply));
                accepted.extend(each);
                if accepted.last().is_none_or(|(own, _): &(Range<usize>, _)| own.end <= range.start)
                {
                    accepted.push((range.clone(), reply));
                }
                let of_part = |(place, error)| (range.start + place..range.end, error);
                failed.extend(untold.map(of_part));
            }
            (Err(error), _) => failed.push((range, error)),
        }
    }
    match accepted.last() {
        Some((_, reply)) => {
            let result = Ok(reply.clone());
            (Outcome { result, refused, accepted, untold: None }, failed)
        }
        None => {
            // One that may have come through speaks for all, so that nothing goes again; else the first does.
            let in_doubt = failed.iter().find(|(_, error)| !error.is_safe_to_retry());
            let speaker = in_doubt.or(failed.first()).map(|(_, error)| error.clone());
            let error = speaker.unwrap_or_else(|| Status::NoRecipients.into());
            (Outcome { refused, ..Outcome::failed(error) }, failed)
        }
    }
}
