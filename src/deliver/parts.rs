//! A message for more recipients than the server takes at once (RFC 9422 section 3.2, RCPTMAX): it goes in parts, one transaction
//! behind the other.

use super::link::Link;
use super::parcel::Parcel;
use crate::error::{Error, Status};
use crate::net::Watch;
use crate::smtp::{Apart, Envelope, Outcome};
use std::ops::Range;
use std::sync::Arc;

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
    pub fn send_divided(&mut self, parcel: &mut Parcel, watch: Watch) -> Outcome {
        if !self.divides(parcel) {
            return self.send(parcel, watch);
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
fn joined(parts: Vec<(Range<usize>, Outcome)>) -> Outcome {
    let mut whole = Apart::default();
    for (range, outcome) in parts {
        let (result, apart) = outcome.into_parts();
        let of_whole = |own: Range<usize>| range.start + own.start..range.start + own.end;
        let refused = apart.refused.into_iter();
        whole.refused.extend(refused.map(|(place, reply)| (range.start + place, reply)));
        let reply = match result {
            Ok(reply) => reply,
            Err(error) => {
                whole.failed.push((range, error));
                continue;
            }
        };
        let failed = apart.failed.into_iter();
        whole.failed.extend(failed.map(|(own, error)| (of_whole(own), error)));
        let accepted = apart.accepted.into_iter();
        match accepted.len() {
            0 => whole.accepted.push((range, reply)),
            _ => whole.accepted.extend(accepted.map(|(own, reply)| (of_whole(own), reply))),
        }
    }
    let result = match whole.accepted.last() {
        Some((_, reply)) => Ok(reply.clone()),
        None => {
            // One that may have come through speaks for all, so that nothing goes again; else the first does.
            let in_doubt = whole.failed.iter().find(|(_, error)| !error.is_safe_to_retry());
            let speaker = in_doubt.or(whole.failed.first()).map(|(_, error)| error.clone());
            Err(speaker.unwrap_or_else(|| Status::NoRecipients.into()))
        }
    };
    Outcome::new(result, whole)
}
