//! `INetEvent`: what a client has seen, kept for hosts that ask for it.

use super::lock;
use crate::deliver::Sight;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

/// The kinds of events, as bits.
pub mod kinds {
    pub const COMMAND: u32 = 1;
    pub const COMMAND_DATA: u32 = 2;
    pub const COMMAND_REPLY: u32 = 4;
    pub const ERROR: u32 = 8;
    pub const NOTIFICATION: u32 = 16;
    pub const PROGRESS: u32 = 32;
    pub const ALL: u32 = 63;
}

/// So many events are kept unless the host says otherwise.
const DEFAULT_CAPACITY: usize = 1000;

/// All events together hold no more octets.
const MOST_OCTETS: usize = 16 * 1024 * 1024;

/// One event. What its kind has no use for is empty.
#[derive(Debug, Default)]
pub struct Event {
    /// One of [`kinds`].
    pub kind: u32,
    /// The notification, the status or the reply code.
    pub code: i32,
    /// The number of the connection in this process, 0 where there is none.
    pub connection: u32,
    pub command: String,
    /// The command, the reply, the description or the parameters.
    pub text: String,
    pub enhanced_code: String,
    pub octets: Vec<u8>,
    /// How far a call is.
    pub current: i64,
    pub total: i64,
    pub messages: i32,
    /// So many events were lost before this one.
    pub lost: i64,
}

impl Event {
    fn of(connection: u32, sight: &Sight) -> Event {
        let event = Event { kind: kind(sight), connection, ..Event::default() };
        match *sight {
            Sight::Command(line) => {
                Event { command: line.to_owned(), text: line.to_owned(), ..event }
            }
            Sight::Octets(command, octets) => {
                Event { command: command.to_owned(), octets: octets.to_vec(), ..event }
            }
            Sight::Reply(heard) => Event {
                code: i32::from(heard.code),
                command: heard.command.clone(),
                text: heard.text.clone(),
                enhanced_code: heard.enhanced_code.clone(),
                ..event
            },
            Sight::Error(error) => {
                Event { code: error.code(), text: error.message().to_owned(), ..event }
            }
            Sight::Note(note, parameters) => {
                Event { code: note as i32, text: parameters.to_owned(), ..event }
            }
        }
    }

    fn weight(&self) -> usize {
        self.command.len() + self.text.len() + self.octets.len()
    }
}

fn kind(sight: &Sight) -> u32 {
    match sight {
        Sight::Command(_) => kinds::COMMAND,
        Sight::Octets(..) => kinds::COMMAND_DATA,
        Sight::Reply(_) => kinds::COMMAND_REPLY,
        Sight::Error(_) => kinds::ERROR,
        Sight::Note(..) => kinds::NOTIFICATION,
    }
}

/// Events that nobody has asked for yet. Of too many the oldest are lost.
pub struct EventQueue {
    /// What is kept at all.
    kinds: AtomicU32,
    waiting: Mutex<Waiting>,
}

struct Waiting {
    capacity: usize,
    octets: usize,
    events: VecDeque<Event>,
    /// Since the last that was taken.
    lost: i64,
}

impl Default for EventQueue {
    fn default() -> EventQueue {
        let waiting =
            Waiting { capacity: DEFAULT_CAPACITY, octets: 0, events: VecDeque::new(), lost: 0 };
        EventQueue { kinds: AtomicU32::new(0), waiting: Mutex::new(waiting) }
    }
}

impl EventQueue {
    pub fn kinds(&self) -> u32 {
        self.kinds.load(Ordering::Relaxed)
    }

    pub fn set_kinds(&self, kinds: u32) {
        self.kinds.store(kinds, Ordering::Relaxed);
    }

    pub fn keeps(&self, kind: u32) -> bool {
        self.kinds() & kind != 0
    }

    pub fn capacity(&self) -> usize {
        lock(&self.waiting).capacity
    }

    pub fn set_capacity(&self, capacity: usize) {
        let mut waiting = lock(&self.waiting);
        waiting.capacity = capacity;
        waiting.make_room();
    }

    pub fn see(&self, connection: u32, sight: &Sight) {
        if self.keeps(kind(sight)) {
            self.push(Event::of(connection, sight));
        }
    }

    pub fn push(&self, event: Event) {
        let mut waiting = lock(&self.waiting);
        waiting.octets += event.weight();
        waiting.events.push_back(event);
        waiting.make_room();
    }

    /// The oldest, which is gone then.
    pub fn next(&self) -> Option<Arc<Event>> {
        let mut waiting = lock(&self.waiting);
        let event = waiting.events.pop_front()?;
        waiting.octets -= event.weight();
        let lost = std::mem::take(&mut waiting.lost);
        Some(Arc::new(Event { lost, ..event }))
    }
}

impl Waiting {
    fn make_room(&mut self) {
        while self.events.len() > self.capacity || self.octets > MOST_OCTETS {
            let Some(oldest) = self.events.pop_front() else {
                return;
            };
            self.octets -= oldest.weight();
            self.lost += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_are_lost_and_counted() {
        let queue = EventQueue::default();
        queue.set_capacity(2);
        for code in 0..5 {
            queue.push(Event { code, ..Event::default() });
        }
        let taken: Vec<_> = std::iter::from_fn(|| queue.next()).map(|e| (e.code, e.lost)).collect();
        assert_eq!(taken, [(3, 3), (4, 0)]);
    }

    #[test]
    fn octets_are_bounded_too() {
        let queue = EventQueue::default();
        for _ in 0..20 {
            queue.push(Event { octets: vec![0; 1024 * 1024], ..Event::default() });
        }
        assert_eq!(queue.next().unwrap().lost, 4);
        queue.push(Event { octets: vec![0; MOST_OCTETS + 1], ..Event::default() });
        assert!(queue.next().is_none());
    }

    #[test]
    fn what_is_not_wanted_is_not_kept() {
        let queue = EventQueue::default();
        queue.see(1, &Sight::Command("NOOP"));
        assert!(queue.next().is_none());
        queue.set_kinds(kinds::COMMAND);
        queue.see(1, &Sight::Command("NOOP"));
        queue.see(1, &Sight::Octets("DATA", b"x"));
        assert_eq!(queue.next().unwrap().text, "NOOP");
        assert!(queue.next().is_none());
    }
}
