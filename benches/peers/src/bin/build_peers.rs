//! Makes N messages with another library and drops their octets: the peers of `build_inetmail`.
//!
//!     build_peers lettre|mail_builder text|attachments|recipients N

#![allow(clippy::disallowed_methods, reason = "a benchmark is about time")]

use lettre::Message;
use lettre::message::header::ContentType;
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use mail_builder::MessageBuilder;
use peers::{FROM, TO, body, recipient, subject};
use std::hint::black_box;
use std::io::{self, Write};
use std::time::Instant;

const ATTACHMENTS: usize = 3;

fn main() {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [library, what, count] = arguments.as_slice() else {
        panic!("build_peers lettre|mail_builder text|attachments|recipients N");
    };
    let count: usize = count.parse().expect("a number");
    let start = Instant::now();
    let mut dropped = Drop::default();
    match (library.as_str(), what.as_str()) {
        ("lettre", "text") => (0..count).for_each(|n| dropped.take(&lettre_text(n))),
        ("mail_builder", "text") => (0..count).for_each(|n| builder_text(n, &mut dropped)),
        ("lettre", "attachments") => {
            let files = random_files();
            let start = Instant::now();
            (0..count).for_each(|_| dropped.take(&lettre_attachments(&files)));
            attached(count, start);
        }
        ("mail_builder", "attachments") => {
            let files = random_files();
            let start = Instant::now();
            (0..count).for_each(|_| builder_attachments(&files, &mut dropped));
            attached(count, start);
        }
        ("lettre", "recipients") => dropped.take(&lettre_recipients(count)),
        ("mail_builder", "recipients") => builder_recipients(count, &mut dropped),
        _ => panic!("no such message"),
    }
    println!("dropped={} all_us={}", dropped.0, start.elapsed().as_micros());
}

fn attached(count: usize, start: Instant) {
    let octets = (count * ATTACHMENTS) << 20;
    print!("attached_bytes={octets} wall_us={} ", start.elapsed().as_micros());
}

/// Counts octets and forgets them.
#[derive(Default)]
struct Drop(usize);

impl Drop {
    fn take(&mut self, octets: &[u8]) {
        self.0 += black_box(octets).len();
    }
}

impl Write for Drop {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.take(octets);
        Ok(octets.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Three files, each at a place of its own: one that is read thrice would stay in the cache.
fn random_files() -> [Vec<u8>; ATTACHMENTS] {
    std::array::from_fn(|_| random_octets())
}

fn random_octets() -> Vec<u8> {
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    (0..1 << 20).map(|_| next()).collect()
}

fn mailbox(address: &str) -> Mailbox {
    address.parse().expect("an address")
}

fn lettre_text(n: usize) -> Vec<u8> {
    let message = Message::builder()
        .from(mailbox(FROM))
        .to(mailbox(TO))
        .subject(subject(n))
        .header(ContentType::TEXT_PLAIN)
        .body(body(n));
    message.expect("a message").formatted()
}

fn lettre_attachments(files: &[Vec<u8>]) -> Vec<u8> {
    let text = SinglePart::plain(String::from("See the file."));
    let mut parts = MultiPart::mixed().singlepart(text);
    for octets in files {
        let kind = ContentType::parse("application/octet-stream").expect("a type");
        parts = parts.singlepart(Attachment::new(String::from("a.bin")).body(octets.clone(), kind));
    }
    let message =
        Message::builder().from(mailbox(FROM)).to(mailbox(TO)).subject("A file").multipart(parts);
    message.expect("a message").formatted()
}

fn recipients(count: usize) -> impl Iterator<Item = (String, String)> {
    (0..count).map(|n| (format!("Name {n:07}"), recipient(n)))
}

fn lettre_recipients(count: usize) -> Vec<u8> {
    let mut builder = Message::builder().from(mailbox(FROM)).subject("A file");
    for (name, address) in recipients(count) {
        builder = builder.to(Mailbox::new(Some(name), address.parse().expect("an address")));
    }
    builder.body(String::from("See the file.")).expect("a message").formatted()
}

fn builder_text(n: usize, out: &mut Drop) {
    let message = MessageBuilder::new().from(FROM).to(TO).subject(subject(n)).text_body(body(n));
    message.write_to(out).expect("a message");
}

fn builder_attachments(files: &[Vec<u8>], out: &mut Drop) {
    let mut message =
        MessageBuilder::new().from(FROM).to(TO).subject("A file").text_body("See the file.");
    for octets in files {
        message = message.attachment("application/octet-stream", "a.bin", octets.as_slice());
    }
    message.write_to(out).expect("a message");
}

fn builder_recipients(count: usize, out: &mut Drop) {
    let to: Vec<_> = recipients(count).collect();
    let message =
        MessageBuilder::new().from(FROM).to(to).subject("A file").text_body("See the file.");
    message.write_to(out).expect("a message");
}
