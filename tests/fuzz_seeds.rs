//! The seeds of the fuzz targets and ten thousand mutations of them, always the same: what `fuzz/` looks for with a nightly
//! toolchain and time, in a few seconds.

#[path = "../fuzz/src/targets/mod.rs"]
mod targets;

use std::fs;
use std::panic;
use std::path::Path;

const MUTATIONS: usize = 10_000;

/// The longest input that a mutation may make.
const LONGEST: usize = 4_096;

#[test]
fn address_lists_are_sound() {
    run("address_list", targets::address_list::run);
}

#[test]
fn nothing_gets_into_a_header_that_was_not_asked_for() {
    run("header", targets::header::run);
}

#[test]
fn messages_are_loaded_saved_and_changed() {
    run("eml_loader", targets::eml_loader::run);
}

#[test]
fn ready_messages_go_out_as_they_are() {
    run("ready_message", targets::ready_message::run);
}

#[test]
fn certificates_are_read_and_asked() {
    run("certificate", targets::certificate::run);
}

#[test]
fn lists_of_revoked_certificates_are_kept_as_they_are() {
    run("crl", targets::revocation::crl);
}

#[test]
fn ocsp_responses_are_kept_as_they_are() {
    run("ocsp_response", targets::revocation::ocsp_response);
}

#[test]
fn configurations_make_a_client_or_an_error() {
    run("configuration", targets::configuration::run);
}

fn run(target: &str, check: fn(&[u8])) {
    let seeds = seeds(target);
    assert!(!seeds.is_empty(), "no seeds for {target}");
    seeds.iter().for_each(|seed| check_one(check, seed));
    let mut chance = Chance(1);
    for _ in 0..MUTATIONS {
        let mut input = chance.pick(&seeds).clone();
        for _ in 0..=chance.below(4) {
            mutate(&mut input, &seeds, &mut chance);
        }
        check_one(check, &input);
    }
}

/// Shows the input where the check panics: with it the target can be run alone.
fn check_one(check: fn(&[u8]), input: &[u8]) {
    if let Err(panic) = panic::catch_unwind(|| check(input)) {
        eprintln!("the input: b\"{}\"", input.escape_ascii());
        panic::resume_unwind(panic);
    }
}

/// In the order of their names, so that each run is the same.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let files = fs::read_dir(directory).expect("a directory of seeds");
    let mut files: Vec<_> = files.map(|file| file.expect("a seed").path()).collect();
    files.sort();
    files.iter().map(|file| fs::read(file).expect("a seed")).collect()
}

/// Octets that mean something to a message.
const WORDS: [&[u8]; 16] = [
    b"\r\n",
    b"\n",
    b"\r",
    b"\r\n\r\n",
    b"\r\n ",
    b"\0",
    b"\xff",
    b"\"",
    b"\\",
    b"=?UTF-8?Q?",
    b"?=",
    b":",
    b"<a@b>",
    b",",
    b"--",
    b"Bcc: x@y\r\n",
];

fn mutate(input: &mut Vec<u8>, seeds: &[Vec<u8>], chance: &mut Chance) {
    let at = chance.below(input.len() + 1);
    let end = at + chance.below((input.len() - at).min(32) + 1);
    match chance.below(6) {
        0 => drop(input.splice(at..end, [])),
        1 => drop(input.splice(at..at, chance.pick(&WORDS).iter().copied())),
        2 => drop(input.splice(at..end, chance.pick(&WORDS).iter().copied())),
        3 => drop(input.splice(at..at, input[at..end].to_vec())),
        4 => {
            let other = chance.pick(seeds);
            input.truncate(at);
            input.extend_from_slice(&other[chance.below(other.len() + 1)..]);
        }
        _ => {
            if let Some(octet) = input.get_mut(at) {
                *octet = chance.below(256) as u8;
            }
        }
    }
    input.truncate(LONGEST);
}

/// Numbers by xorshift: as good as chance, and always the same.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % limit
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}
