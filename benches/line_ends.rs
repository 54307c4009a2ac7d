//! How fast octets become a message on the wire, beside a plain copy. `cargo bench --bench line_ends`

// Rooms are closed to the outside: what is measured is compiled into this program.
#[allow(dead_code, unused_imports)]
#[path = "../src/error.rs"]
mod error;
#[allow(dead_code, unused_imports)]
#[path = "../src/smtp/framing.rs"]
mod framing;
#[allow(dead_code, unused_imports)]
#[path = "../src/mime/line_ends.rs"]
mod line_ends;
#[allow(dead_code, unused_imports)]
#[path = "../src/mime/look.rs"]
mod look;
#[allow(dead_code, unused_imports, clippy::duplicate_mod)]
#[path = "../src/mime/mod.rs"]
mod mime;

use framing::DotStuffer;
use line_ends::LineEnds;
use mime::{OctetSlice, Ready, ReturnPath};
use std::hint::black_box;
use std::time::Instant;

const LENGTH: usize = 16 << 20;
const CHUNK: usize = 64 << 10;
const ROUNDS: usize = 15;

fn main() {
    println!("{:>22}      copy      ends      dots      both     ready", "GiB/s");
    for (name, line) in [
        ("CRLF, lines of 70", "x".repeat(70) + "\r\n"),
        ("LF, lines of 70", "x".repeat(70) + "\n"),
        ("CR, lines of 70", "x".repeat(70) + "\r"),
        ("mixed, lines of 70", "x".repeat(70) + "\r\n" + &"x".repeat(70) + "\n"),
        ("CRLF with dots", ".".to_owned() + &"x".repeat(69) + "\r\n"),
        ("one line", "x".repeat(LENGTH)),
        ("LF alone", "\n".to_owned()),
        ("CR at each end", "x".repeat(CHUNK - 1) + "\r"),
    ] {
        let text: Vec<u8> = line.bytes().cycle().take(LENGTH).collect();
        let copy = rate(&text, |chunk, out| out.extend_from_slice(chunk));
        let mut line_ends = LineEnds::default();
        let ends = rate(&text, |chunk, out| line_ends.push(chunk, out));
        let mut stuffer = DotStuffer::new();
        let dots = rate(&text, |chunk, out| {
            out.extend_from_slice(chunk);
            stuffer.stuff(out, 0);
        });
        let both = rate(&text, |chunk, out| {
            line_ends.push(chunk, out);
            stuffer.stuff(out, 0);
        });
        let ready = ready_rate(&text);
        println!("{name:>22} {copy:>9.2} {ends:>9.2} {dots:>9.2} {both:>9.2} {ready:>9.2}");
    }
}

/// The rate of a whole message, read from a slice and pulled in chunks, dots not stuffed.
fn ready_rate(body: &[u8]) -> f64 {
    let message = [b"Subject: speed\r\n\r\n", body].concat();
    let mut out = Vec::new();
    median(message.len(), || {
        let octets = Box::new(OctetSlice::new(black_box(&message)));
        let mut ready = Ready::new(octets, None, ReturnPath::Drop).expect("a message");
        let mut more = true;
        while more {
            out.clear();
            more = ready.fill(&mut out, 2 * CHUNK).expect("ASCII");
            black_box(&out);
        }
    })
}

/// The rate at which `step` takes `text` in chunks.
fn rate(text: &[u8], mut step: impl FnMut(&[u8], &mut Vec<u8>)) -> f64 {
    let mut out = Vec::new();
    median(text.len(), || {
        for chunk in text.chunks(CHUNK) {
            out.clear();
            step(black_box(chunk), &mut out);
            black_box(&out);
        }
    })
}

/// The median rate, in GiB a second, at which `round` is through with `octets`.
fn median(octets: usize, mut round: impl FnMut()) -> f64 {
    let mut seconds: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = now();
            round();
            start.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    octets as f64 / (1 << 30) as f64 / seconds[ROUNDS / 2]
}

#[expect(clippy::disallowed_methods, reason = "a benchmark is about time")]
fn now() -> Instant {
    Instant::now()
}
