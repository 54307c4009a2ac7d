//! How fast octets become a message on the wire, beside a plain copy. `cargo bench --bench line_ends`

#[path = "../src/smtp/framing.rs"]
mod framing;
#[path = "../src/mime/line_ends.rs"]
mod line_ends;

use framing::DotStuffer;
use line_ends::LineEnds;
use std::hint::black_box;
use std::time::Instant;

const LENGTH: usize = 16 << 20;
const CHUNK: usize = 64 << 10;
const ROUNDS: usize = 15;

fn main() {
    println!("{:>22} {:>9} {:>9} {:>9} {:>9}", "GiB/s", "copy", "ends", "dots", "both");
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
        println!("{name:>22} {copy:>9.2} {ends:>9.2} {dots:>9.2} {both:>9.2}");
    }
    // The ends of what is streamed are no work worth measuring, but they belong to it.
    let mut end = Vec::new();
    LineEnds::default().finish(&mut end);
    end.extend_from_slice(DotStuffer::new().terminator());
    black_box(end);
}

/// The median rate, in GiB of `text` a second, at which `step` takes its chunks.
fn rate(text: &[u8], mut step: impl FnMut(&[u8], &mut Vec<u8>)) -> f64 {
    let mut out = Vec::new();
    let mut seconds: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = now();
            for chunk in text.chunks(CHUNK) {
                out.clear();
                step(black_box(chunk), &mut out);
                black_box(&out);
            }
            start.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    text.len() as f64 / (1 << 30) as f64 / seconds[ROUNDS / 2]
}

#[expect(clippy::disallowed_methods, reason = "a benchmark is about time")]
fn now() -> Instant {
    Instant::now()
}
