//! Parses the replies to N small messages, for counting instructions: `replies N`, run by benches/run.py under callgrind.

// Rooms are closed to the outside: what is measured is compiled into this program.
#[allow(dead_code, unused_imports)]
#[path = "../src/error.rs"]
mod error;
#[allow(dead_code)]
#[path = "../src/smtp/reply.rs"]
mod reply;

use reply::ReplyParser;
use std::hint::black_box;

/// As they come: what answers a group, and what answers the end of data.
const GROUP: &[u8] = b"250 2.1.0 sender ok\r\n250 2.1.5 recipient ok\r\n354 go on\r\n";
const VERDICT: &[u8] = b"250 2.0.0 taken\r\n";
const REPLIES: usize = 4;

fn main() {
    // What cargo itself adds is no number.
    let count = std::env::args().find_map(|word| word.parse().ok()).unwrap_or(1_000_000);
    let mut parser = ReplyParser::default();
    let positive = (0..count).map(|_| parse(&mut parser, GROUP) + parse(&mut parser, VERDICT));
    assert_eq!(positive.sum::<usize>(), (REPLIES - 1) * count, "a reply is missing");
    println!("replies={}", REPLIES * count);
}

/// How many of the replies are positive, all of them taken.
fn parse(parser: &mut ReplyParser, octets: &[u8]) -> usize {
    let (mut positive, mut octets) = (0, black_box(octets));
    while let Some(reply) = parser.next_reply(&mut octets).expect("replies") {
        positive += usize::from(black_box(&reply).is_positive());
    }
    positive
}
