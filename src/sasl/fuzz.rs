//! What servers send, for tests and fuzzers to send at random: none of it may bring a mechanism down.
//!
//! An input is what the server says, message by message, each behind a line end.

use super::cram_md5::CramMd5;
use super::digest_md5::DigestMd5;
use super::ntlm::Ntlm;
use super::oauth::OAuth;
use super::scram::Scram;
use super::{Binding, END_POINT, Identity, Mechanism, Peer, anonymous, external, plain};
use crate::error::Result;
#[cfg(test)]
use std::fs;
#[cfg(test)]
use std::path::Path;
use zeroize::Zeroizing;

const LONGEST_SENTENCE: usize = 1_000;

/// The user of the examples of RFC 5802 and RFC 7677, so that those are good seeds.
pub fn scram(data: &[u8]) {
    let nonce = "fyko+d2lbbFgONRv9qkxdawL";
    if !Scram::would_hash_long(data) {
        run(data, || {
            Scram::with_nonce("SCRAM-SHA-1", false, &who("user", "pencil"), &peer(), nonce.into())
        });
    }
}

/// The user of the example of RFC 2831.
pub fn digest_md5(data: &[u8]) {
    let nonce = "OA6MHXh6VqTrRk";
    run(data, || DigestMd5::with_nonce(&who("chris", "secret"), &peer(), nonce.into()));
}

pub fn oauth(data: &[u8]) {
    run(data, || OAuth::xoauth2(&who("user", ""), &peer()));
    run(data, || OAuth::bearer(&who("user", ""), &peer()));
}

/// A message of NTLM may hold a line end: the first is the empty one that asks, and the rest is the challenge.
pub fn ntlm(data: &[u8]) {
    let peers = [peer(), Peer { binding: Some(binding()), ..peer() }];
    for peer in peers {
        let mut mechanism =
            Ntlm::with_chance(&who("User", "Password"), &peer, [0xaa; 8]).expect("a fit identity");
        mechanism.respond(b"").expect("a first word");
        match mechanism.respond(data) {
            Ok(response) => {
                assert!(response.starts_with(b"NTLMSSP\0\x03"), "no message of NTLM");
                assert!(response.len() < data.len() + 4_096, "a long response");
                assert!(mechanism.conclude().is_ok());
            }
            Err(error) => {
                assert!(is_fit(error.message()), "{}", error.message());
                assert!(mechanism.conclude().is_err(), "nothing was shown");
            }
        }
    }
}

/// Those that look at no challenge, or take it as it is.
pub fn simple(data: &[u8]) {
    run(data, || CramMd5::new(&who("tim", "tanstaaftanstaaf"), &peer()));
    run(data, || plain::new(&who("tim", "tanstaaftanstaaf"), &peer()));
    run(data, || external::new(&who("tim", ""), &peer()));
    run(data, || anonymous::new(&who("tim", ""), &peer()));
}

fn who(user: &str, password: &str) -> Identity {
    let password = Zeroizing::new(password.to_owned());
    let token = Zeroizing::new("ya29.token".to_owned());
    Identity { user: user.into(), password, token, ..Identity::default() }
}

fn peer() -> Peer {
    Peer { service: "imap", host: "elwood.innosoft.com".into(), ..Peer::default() }
}

fn binding() -> Binding {
    Binding { name: END_POINT, data: vec![7; 32], end_point: vec![7; 32] }
}

/// The mechanism after its first word, and without it.
fn run<M: Mechanism>(data: &[u8], make: impl Fn() -> Result<M>) {
    for speaks_first in [true, false] {
        let mut mechanism = make().expect("a fit identity");
        if speaks_first {
            mechanism.initial_response().expect("a first word");
        }
        for challenge in data.split(|octet| *octet == b'\n') {
            match mechanism.respond(challenge) {
                Ok(response) => assert!(response.len() < data.len() + 4_096, "a long response"),
                Err(error) => assert!(is_fit(error.message()), "{}", error.message()),
            }
        }
        if let Err(error) = mechanism.conclude() {
            assert!(is_fit(error.message()), "{}", error.message());
        }
        if let Some(words) = mechanism.refusal() {
            assert!(is_fit(&words), "{words}");
        }
    }
}

/// What may stand in an error.
pub fn is_fit(sentence: &str) -> bool {
    sentence.len() < LONGEST_SENTENCE && !sentence.contains(char::is_control)
}

/// The seeds of a fuzz target, and mutations of them with these words, always the same.
#[cfg(test)]
pub fn mutated(target: &str, words: &[&[u8]], check: fn(&[u8])) {
    const MUTATIONS: usize = 2_000;
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let files = fs::read_dir(directory).expect("a directory of seeds");
    let mut files: Vec<_> = files.map(|file| file.expect("a seed").path()).collect();
    files.sort();
    let seeds: Vec<_> = files.iter().map(|file| fs::read(file).expect("a seed")).collect();
    assert!(seeds.len() > 1, "no seeds for {target}");
    seeds.iter().for_each(|seed| check(seed));
    let mut state = 1_u64;
    let mut below = move |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 16) as usize % limit
    };
    for _ in 0..MUTATIONS {
        let mut input = seeds[below(seeds.len())].clone();
        for _ in 0..=below(3) {
            let at = below(input.len() + 1);
            let end = at + below((input.len() - at).min(24) + 1);
            match below(4) {
                0 => drop(input.splice(at..end, [])),
                1 => drop(input.splice(at..end, words[below(words.len())].iter().copied())),
                2 => drop(input.splice(at..at, input[at..end].to_vec())),
                _ => drop(input.splice(at..end, [below(256) as u8])),
            }
        }
        check(&input);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: [&[u8]; 12] = [
        b"\n",
        b",",
        b"=",
        b"\"",
        b"\\",
        b"\0",
        b"\xff",
        b"i=2147483648",
        b"r=",
        b"e=",
        b"{",
        b"}",
    ];

    #[test]
    fn scram_stands_what_a_server_says() {
        mutated("sasl_scram", &WORDS, scram);
    }

    #[test]
    fn digest_md5_stands_what_a_server_says() {
        mutated("sasl_digest_md5", &WORDS, digest_md5);
    }

    #[test]
    fn oauth_stands_what_a_server_says() {
        mutated("sasl_oauth", &WORDS, oauth);
    }

    #[test]
    fn ntlm_stands_what_a_server_says() {
        mutated("sasl_ntlm", &[b"\0", b"\xff\xff", b"\x07\0\x08\0", b"\0\0\0\0"], ntlm);
    }

    #[test]
    fn the_simple_ones_stand_what_a_server_says() {
        mutated("sasl_simple", &WORDS, simple);
    }

    /// The seeds with the examples of the RFCs lead through the whole of a mechanism.
    #[test]
    fn the_seeds_are_whole_logins() {
        let seed = |name: &str| {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(name);
            fs::read(path).expect("a seed")
        };
        let nonce = "fyko+d2lbbFgONRv9qkxdawL".to_owned();
        let mut scram =
            Scram::with_nonce("SCRAM-SHA-1", false, &who("user", "pencil"), &peer(), nonce)
                .unwrap();
        scram.initial_response().unwrap();
        let nonce = "OA6MHXh6VqTrRk".to_owned();
        let mut digest = DigestMd5::with_nonce(&who("chris", "secret"), &peer(), nonce).unwrap();
        let cases: [(&mut dyn Mechanism, &str); 2] =
            [(&mut scram, "sasl_scram/rfc5802"), (&mut digest, "sasl_digest_md5/rfc2831")];
        for (mechanism, name) in cases {
            for challenge in seed(name).split(|octet| *octet == b'\n') {
                mechanism.respond(challenge).unwrap();
            }
            mechanism.conclude().unwrap();
        }
    }
}
