//! The clock, for when a message was under way.

use crate::net::now;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// When something was under way. The default is never.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Span {
    start: Option<SystemTime>,
    duration: Duration,
}

impl Span {
    /// In milliseconds since 1970; 0 for never.
    pub fn start(&self) -> i64 {
        self.start.map_or(0, milliseconds)
    }

    /// In milliseconds since 1970; 0 for never. A clock that is set meanwhile does not make it come before the start.
    pub fn end(&self) -> i64 {
        self.start.map_or(0, |start| milliseconds(start + self.duration))
    }

    pub fn duration(&self) -> Duration {
        self.duration
    }

    /// From the start of the earlier to the end of the later.
    pub fn hull(self, other: Span) -> Span {
        let (Some(start), Some(other_start)) = (self.start, other.start) else {
            return if self.start.is_some() { self } else { other };
        };
        let end = (start + self.duration).max(other_start + other.duration);
        let start = start.min(other_start);
        Span { start: Some(start), duration: end.duration_since(start).unwrap_or_default() }
    }
}

/// Measures one span, by the clock that is never set.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch {
    since: Instant,
}

impl Stopwatch {
    pub fn start() -> Stopwatch {
        Stopwatch { since: now() }
    }

    pub fn since(&self) -> Instant {
        self.since
    }

    /// From the start until now. What the time of day is has to be known of spans only that somebody asks for.
    #[expect(clippy::disallowed_methods, reason = "a report tells when its message went")]
    pub fn span(&self) -> Span {
        let duration = self.since.elapsed();
        Span { start: SystemTime::now().checked_sub(duration), duration }
    }
}

fn milliseconds(moment: SystemTime) -> i64 {
    moment.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: u64, duration: u64) -> Span {
        let start = UNIX_EPOCH + Duration::from_millis(start);
        Span { start: Some(start), duration: Duration::from_millis(duration) }
    }

    #[test]
    fn a_hull_holds_both_spans_and_nothing_else() {
        let (early, late) = (span(1_000, 50), span(1_020, 10));
        for hull in [early.hull(late), late.hull(early), early.hull(Span::default())] {
            assert_eq!((hull.start(), hull.end()), (1_000, 1_050));
        }
        let apart = early.hull(span(2_000, 1));
        assert_eq!((apart.start(), apart.end()), (1_000, 2_001));
        let never = Span::default().hull(Span::default());
        assert_eq!((never.start(), never.end(), never.duration()), (0, 0, Duration::ZERO));
    }
}
