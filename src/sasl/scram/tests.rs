//! The vectors of the RFCs, a server of RFC 5802 for what they leave out, and what bad servers get.

use super::*;
use crate::sasl::Binding;
use proptest::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering};

const NAMES: [&str; 5] =
    ["SCRAM-SHA-1", "SCRAM-SHA-224", "SCRAM-SHA-256", "SCRAM-SHA-384", "SCRAM-SHA-512"];

const NONCE: &str = "rOprNGfwEbeRWgbNEkqO";

pub fn identity(user: &str, password: &str) -> Identity {
    let password = Zeroizing::new(password.to_owned());
    Identity { user: user.into(), password, ..Identity::default() }
}

fn bound() -> Peer {
    let binding = Binding { name: "tls-exporter", data: b"0123".to_vec(), end_point: vec![] };
    Peer { binding: Some(binding), ..Peer::default() }
}

fn scram(name: &str, nonce: &str) -> Scram {
    let identity = identity("user", "pencil");
    Scram::with_nonce(name, false, &identity, &Peer::default(), nonce.into()).unwrap()
}

fn first(scram: &mut Scram) -> String {
    said(scram.initial_response().unwrap().unwrap())
}

fn said(response: Response) -> String {
    String::from_utf8(response.to_vec()).unwrap()
}

/// What a server has that knows the password, by the formulas of RFC 5802 section 3. `gsasl` says that it is right.
pub struct Server {
    hash: Hash,
    salt: Vec<u8>,
    iterations: u32,
    salted: Octets,
    transcript: String,
}

impl Server {
    pub fn new(name: &str, password: &str, salt: &[u8], iterations: u32) -> Server {
        let hash = MECHANISMS.iter().find(|(known, ..)| *known == name).unwrap().1;
        let salted = hash.iterate(password.as_bytes(), salt, iterations, &AtomicBool::new(false));
        let salted = salted.expect("nobody has given up");
        Server { hash, salt: salt.into(), iterations, salted, transcript: String::new() }
    }

    /// Its first message, and the GS2 header that came.
    pub fn challenge(&mut self, first: &str) -> (String, String) {
        let comma = first.match_indices(',').nth(1).expect("a GS2 header").0 + 1;
        let (header, bare) = first.split_at(comma);
        let nonce = bare.split_once(",r=").expect("a nonce").1;
        let salt = base64::STANDARD.encode(&self.salt);
        let challenge = format!("r={nonce}%hvYDpWUa2RaTC,s={salt},i={}", self.iterations);
        self.transcript = format!("{bare},{challenge}");
        (challenge, header.to_owned())
    }

    /// Its final message, if the proof is right, and what the client says to be bound to.
    pub fn judge(&mut self, last: &str) -> Option<(String, Vec<u8>)> {
        let (proofless, proof) = last.split_once(",p=").expect("a proof");
        let transcript = format!("{},{proofless}", self.transcript);
        let stored = self.hash.digest(&self.hash.hmac(&self.salted, b"Client Key"));
        let mut key = self.hash.hmac(&stored, transcript.as_bytes());
        let proof = base64::STANDARD.decode(proof.as_bytes()).expect("base64");
        key.iter_mut().zip(&proof).for_each(|(octet, proof)| *octet ^= proof);
        let server_key = self.hash.hmac(&self.salted, b"Server Key");
        let signature = self.hash.hmac(&server_key, transcript.as_bytes());
        let bound = proofless.split(',').next()?.strip_prefix("c=")?;
        let bound = base64::STANDARD.decode(bound.as_bytes()).expect("base64");
        (*self.hash.digest(&key) == *stored)
            .then(|| (format!("v={}", base64::STANDARD.encode(&signature)), bound))
    }
}

#[test]
fn the_example_of_rfc_5802_section_5() {
    let mut scram = scram("SCRAM-SHA-1", "fyko+d2lbbFgONRv9qkxdawL");
    assert_eq!(first(&mut scram), "n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL");
    let challenge = b"r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096";
    assert_eq!(
        said(scram.respond(challenge).unwrap()),
        "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts="
    );
    assert!(scram.conclude().is_err(), "the server has proved nothing yet");
    assert!(scram.respond(b"v=rmF9pqV8S7suAoZWja4dJRkFsKQ=").unwrap().is_empty());
    assert!(scram.conclude().is_ok());
}

#[test]
fn the_example_of_rfc_7677_section_3() {
    let mut scram = scram("SCRAM-SHA-256", NONCE);
    assert_eq!(first(&mut scram), "n,,n=user,r=rOprNGfwEbeRWgbNEkqO");
    let challenge =
        b"r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
    assert_eq!(
        said(scram.respond(challenge).unwrap()),
        "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,\
         p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
    );
    assert!(scram.respond(b"v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=").unwrap().is_empty());
    assert!(scram.conclude().is_ok());
}

/// One whole login; the GS2 header and what the client was bound to.
fn logs_in(name: &str, offers_plus: bool, identity: &Identity, peer: &Peer) -> (String, Vec<u8>) {
    let mut client = Scram::new(name, offers_plus, identity, peer).unwrap();
    let mut server = Server::new(name, "pencil", b"salt", 1_000);
    let (challenge, header) = server.challenge(&first(&mut client));
    let last = client.respond(challenge.as_bytes()).unwrap();
    let (last, bound) = server.judge(&said(last)).expect("the right password");
    assert!(client.respond(last.as_bytes()).unwrap().is_empty());
    client.conclude().unwrap();
    assert_eq!(client.name(), name);
    (header, bound)
}

#[test]
fn all_hashes_log_in_and_say_what_they_are_bound_to() {
    let identity = identity("user", "pencil");
    for name in NAMES {
        let (header, said) = logs_in(name, true, &identity, &Peer::default());
        assert_eq!((header.as_str(), &said[..]), ("n,,", &b"n,,"[..]));
        // The client could bind and the server does not seem to: a server that does finds out.
        let (header, said) = logs_in(name, false, &identity, &bound());
        assert_eq!((header.as_str(), &said[..]), ("y,,", &b"y,,"[..]));
        let (header, said) = logs_in(name, true, &identity, &bound());
        assert_eq!((header.as_str(), &said[..]), ("n,,", &b"n,,"[..]));
        let (header, said) = logs_in(&format!("{name}-PLUS"), true, &identity, &bound());
        let expected = b"p=tls-exporter,,0123";
        assert_eq!((header.as_str(), &said[..]), ("p=tls-exporter,,", &expected[..]));
    }
}

#[test]
fn names_are_prepared_and_escaped() {
    let mut identity = identity("a=b,c\u{AD}\u{2168}", "pen\u{AD}cil");
    identity.authorization = "boss,x=".into();
    let mut client = Scram::new("SCRAM-SHA-256", false, &identity, &Peer::default()).unwrap();
    let message = first(&mut client);
    assert!(message.starts_with("n,a=boss=2Cx=3D,n=a=3Db=2CcIX,r="), "{message}");
    let (header, bound) = logs_in("SCRAM-SHA-256", false, &identity, &Peer::default());
    assert_eq!(header.as_bytes(), bound);
}

#[test]
fn every_nonce_is_another() {
    let nonce = || Scram::new("SCRAM-SHA-1", false, &identity("u", "p"), &Peer::default());
    let (one, other) = (nonce().unwrap().nonce, nonce().unwrap().nonce);
    assert_ne!(one, other);
    assert_eq!(one.len(), 32);
}

#[test]
fn what_cannot_be_a_login_is_none() {
    let status = |name: &str, identity: &Identity, peer: &Peer| {
        Scram::new(name, false, identity, peer).err().map(|error| error.status())
    };
    let (somebody, plain) = (identity("user", "pencil"), Peer::default());
    assert_eq!(status("SCRAM-SHA-1", &somebody, &plain), None);
    assert_eq!(status("SCRAM-SHA-1-PLUS", &somebody, &plain), Some(Status::AuthUnsupported));
    assert_eq!(status("SCRAM-SHA-3", &somebody, &plain), Some(Status::AuthUnsupported));
    assert_eq!(status("SCRAM-SHA-1", &identity("", "x"), &plain), Some(Status::AuthIncomplete));
    assert_eq!(status("SCRAM-SHA-1", &identity("a\0", "x"), &plain), Some(Status::AuthCharacter));
    assert_eq!(status("SCRAM-SHA-1", &identity("a", "\x07"), &plain), Some(Status::AuthCharacter));
}

/// What becomes of this first message of a server.
fn after_first(challenge: &[u8]) -> Result<String, Status> {
    let mut scram = scram("SCRAM-SHA-256", "nonce");
    scram.initial_response().unwrap();
    scram.respond(challenge).map(said).map_err(|error| error.status())
}

#[test]
fn bad_first_messages_get_no_proof() {
    assert!(after_first(b"r=nonceX,s=c2FsdA==,i=1000").is_ok());
    assert!(after_first(b"r=nonceX,s=c2FsdA==,i=1000,x=later,Y=").is_err());
    assert!(after_first(b"r=nonceX,s=c2FsdA==,i=1000,x=later").is_ok());
    for challenge in [
        &b""[..],
        b"\xff",
        b"nonsense",
        b",,,",
        b"r=nonceX",
        b"r=nonceX,s=c2FsdA==",
        b"s=c2FsdA==,r=nonceX,i=4096",
        b"r=nonceX,i=4096,s=c2FsdA==",
        b"r=nonce,s=c2FsdA==,i=4096",
        b"r=nonc,s=c2FsdA==,i=4096",
        b"r=other,s=c2FsdA==,i=4096",
        b"r=Xnonce,s=c2FsdA==,i=4096",
        b"r=nonce\x01,s=c2FsdA==,i=4096",
        b"r=nonce X,s=c2FsdA==,i=4096",
        b"r=nonceX,s=,i=4096",
        b"r=nonceX,s=***,i=4096",
        b"r=nonceX,s=c2FsdA==,i=",
        b"r=nonceX,s=c2FsdA==,i=-4096",
        b"r=nonceX,s=c2FsdA==,i=+4096",
        b"r=nonceX,s=c2FsdA==,i=04096",
        b"r=nonceX,s=c2FsdA==,i=4096 ",
        b"r=nonceX,s=c2FsdA==,i=4096,",
        b"m=must,r=nonceX,s=c2FsdA==,i=4096",
        b"r=nonceX,s=c2FsdA==,i=4096,m=must",
        b"r=nonceX,s=c2FsdA==,i=4096,i=4097",
        b"r=nonceX,s=c2FsdA==,i=4096,x=one,x=two",
        b"r=nonceX,s=c2FsdA==,i=4096,e=other-error",
        &[b'r'; 70_000],
    ] {
        let shown = challenge.escape_ascii().to_string();
        assert_eq!(after_first(challenge), Err(Status::AuthProtocol), "{shown:.60}");
    }
}

#[test]
fn the_reason_of_a_refusal_outlasts_what_the_server_says_behind_it() {
    let mut scram = scram("SCRAM-SHA-1", "nonce");
    scram.initial_response().unwrap();
    assert!(scram.respond(b"e=unknown-user").unwrap().is_empty());
    let goes_on = scram.respond(b"v=AAAA").unwrap_err();
    let accepts = scram.conclude().unwrap_err();
    assert_eq!(goes_on.status(), Status::AuthProtocol);
    assert_eq!(accepts.status(), Status::AuthServerProof);
    for error in [goes_on, accepts] {
        assert!(error.message().contains("the user is unknown (unknown-user)"), "{error}");
    }
}

#[test]
fn hashing_ends_when_its_driver_lets_go() {
    let mut scram = scram("SCRAM-SHA-512", "nonce");
    scram.initial_response().unwrap();
    scram.abandonment().expect("a flag").store(true, Ordering::Relaxed);
    let error = scram.respond(b"r=nonceX,s=c2FsdA==,i=10000000").unwrap_err();
    assert_eq!(error.status(), Status::Cancelled);
}

#[test]
fn iterations_have_bounds_and_take_no_time_beyond() {
    for count in [
        "1",
        "999",
        "10000001",
        "2147483648",
        "4294967297",
        "18446744073709551616",
        "9".repeat(60_000).as_str(),
    ] {
        let challenge = format!("r=nonceX,s=c2FsdA==,i={count}");
        assert_eq!(after_first(challenge.as_bytes()), Err(Status::AuthIterations), "{count:.30}");
    }
}

#[test]
fn reasons_of_a_refusal_are_told_in_words() {
    for (message, words) in [
        ("e=invalid-proof", "the password is wrong (invalid-proof)"),
        ("e=channel-bindings-dont-match", "between them"),
        ("e=server-does-support-channel-binding,x=y", "removed it (server-does-support"),
        ("e=a\r\nb", "(a  b)"),
        ("e=a\u{202E}b", "(a\\u{202e}b)"),
    ] {
        for steps in 0..2 {
            let mut scram = scram("SCRAM-SHA-1", "nonce");
            scram.initial_response().unwrap();
            if steps == 1 {
                scram.respond(b"r=nonceX,s=c2FsdA==,i=1000").unwrap();
            }
            assert!(scram.respond(message.as_bytes()).unwrap().is_empty());
            assert!(scram.refusal().unwrap().contains(words), "{message}");
            assert_eq!(scram.conclude().unwrap_err().status(), Status::AuthServerProof);
            assert_eq!(scram.respond(b"").unwrap_err().status(), Status::AuthProtocol);
        }
    }
    assert_eq!(scram("SCRAM-SHA-1", "nonce").refusal(), None);
}

#[test]
fn a_server_that_does_not_prove_itself_is_refused() {
    for (message, status) in [
        ("v=rmF9pqV8S7suAoZWja4dJRkFsKQ=", Status::AuthServerProof),
        ("v=", Status::AuthServerProof),
        ("v=AAAA", Status::AuthServerProof),
        ("v=***", Status::AuthProtocol),
        ("", Status::AuthProtocol),
        ("v", Status::AuthProtocol),
        ("x=y,v=AAAA", Status::AuthProtocol),
        ("v=AAAA,junk", Status::AuthProtocol),
    ] {
        let peer = Peer::default();
        let somebody = identity("user", "pencil");
        let mut client = Scram::new("SCRAM-SHA-1", false, &somebody, &peer).unwrap();
        let mut server = Server::new("SCRAM-SHA-1", "pencil", b"salt", 1_000);
        let (challenge, _) = server.challenge(&first(&mut client));
        client.respond(challenge.as_bytes()).unwrap();
        assert_eq!(client.respond(message.as_bytes()).unwrap_err().status(), status, "{message}");
        // It says 235 all the same.
        assert_eq!(client.conclude().unwrap_err().status(), Status::AuthServerProof);
        assert_eq!(client.respond(b"v=AAAA").unwrap_err().status(), Status::AuthProtocol);
        assert_eq!(peer.scram_keys.len(), 0, "keys that no server has confirmed are kept");
    }
}

#[test]
fn accepting_at_once_is_no_proof() {
    let mut scram = scram("SCRAM-SHA-1", "nonce");
    assert_eq!(scram.conclude().unwrap_err().status(), Status::AuthServerProof);
    scram.initial_response().unwrap();
    assert_eq!(scram.conclude().unwrap_err().status(), Status::AuthServerProof);
}

#[test]
fn a_server_may_ask_for_the_first_message() {
    let mut asked = scram("SCRAM-SHA-1", "nonce");
    assert_eq!(said(asked.respond(b"").unwrap()), "n,,n=user,r=nonce");
    assert!(scram("SCRAM-SHA-1", "nonce").respond(b"r=nonceX,s=c2FsdA==,i=4096").is_err());
}

#[test]
fn keys_are_kept_for_the_next_login_and_forgotten_with_the_password() {
    let peer = Peer::default();
    logs_in("SCRAM-SHA-256", false, &identity("user", "pencil"), &peer);
    assert_eq!(peer.scram_keys.len(), 1);
    logs_in("SCRAM-SHA-256", false, &identity("user", "pencil"), &peer.clone());
    assert_eq!(peer.scram_keys.len(), 1, "the clone has the same cache");
    logs_in("SCRAM-SHA-512", false, &identity("user", "pencil"), &peer);
    assert_eq!(peer.scram_keys.len(), 2);

    let wrong = identity("user", "pencils");
    let mut client = Scram::new("SCRAM-SHA-256", false, &wrong, &peer).unwrap();
    let mut server = Server::new("SCRAM-SHA-256", "pencil", b"salt", 1_000);
    let (challenge, _) = server.challenge(&first(&mut client));
    let last = client.respond(challenge.as_bytes()).unwrap();
    assert!(server.judge(&said(last)).is_none(), "an old entry served a new password");
}

/// The keys of an entry are used as they are, which wrong ones show.
#[test]
fn a_known_key_costs_no_iterations() {
    let peer = Peer::default();
    let tag = |count| peer.scram_keys.tag(Hash::Sha256, b"salt", count, "pencil").unwrap();
    let octets = Zeroizing::new(vec![7; 32]);
    peer.scram_keys.keep(tag(1_000), Keys { client: octets.clone(), server: octets });
    let mut client =
        Scram::new("SCRAM-SHA-256", false, &identity("user", "pencil"), &peer).unwrap();
    let mut server = Server::new("SCRAM-SHA-256", "pencil", b"salt", 1_000);
    let (challenge, _) = server.challenge(&first(&mut client));
    let last = client.respond(challenge.as_bytes()).unwrap();
    assert!(server.judge(&said(last)).is_none());
}

#[test]
fn another_kind_of_binding_is_wanted_only_before_the_proof() {
    let kind = [&b"e=unsupported-channel-binding-type"[..], b"e=channel-binding-not-supported,x=1"];
    let other = [&b"e=unknown-user"[..], b"e=channel-bindings-dont-match", b"r=,,,="];
    let begun = |name: &str| {
        let mut client = Scram::new(name, true, &identity("user", "pencil"), &bound()).unwrap();
        let first = first(&mut client);
        (client, first)
    };
    let (mut unbound, _) = begun("SCRAM-SHA-256");
    assert!(!unbound.may_want_other_binding(), "nothing is bound");
    assert!(unbound.respond(kind[0]).is_ok() && !unbound.may_want_other_binding());
    // A server may refuse without a word of its own.
    assert!(begun("SCRAM-SHA-256-PLUS").0.may_want_other_binding());
    for (errors, wants) in [(&kind[..], true), (&other, false)] {
        for error in errors {
            let (mut client, _) = begun("SCRAM-SHA-256-PLUS");
            let _ = client.respond(error);
            assert_eq!(client.may_want_other_binding(), wants, "{}", error.escape_ascii());
        }
    }
    for end in [None, Some(kind[0])] {
        let (mut client, first) = begun("SCRAM-SHA-256-PLUS");
        let (challenge, _) =
            Server::new("SCRAM-SHA-256-PLUS", "x", b"salt", 1_000).challenge(&first);
        client.respond(challenge.as_bytes()).unwrap();
        assert!(client.has_shown());
        end.map(|end| client.respond(end).unwrap());
        assert!(client.has_shown() && !client.may_want_other_binding());
    }
}

#[test]
fn no_error_tells_the_password() {
    let identity = identity("user", "s3cret");
    for challenge in ["r=s3cret,s=x,i=1", "e=other", "v=s3cret", "r=nonceX,s=c2FsdA==,i=1"] {
        let peer = Peer::default();
        let mut client =
            Scram::with_nonce("SCRAM-SHA-1", false, &identity, &peer, "nonce".into()).unwrap();
        client.initial_response().unwrap();
        if let Err(error) = client.respond(challenge.as_bytes()) {
            assert!(!error.message().contains("s3cret"), "{}", error.message());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_challenges_bring_it_down(
        challenges in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..64), 1..4)
    ) {
        let mut client = scram("SCRAM-SHA-1", "nonce");
        client.initial_response().unwrap();
        for challenge in challenges {
            let _ = client.respond(&challenge);
        }
        prop_assert!(client.conclude().is_err(), "chance has proved that it knows the password");
    }

    #[test]
    fn nearly_right_challenges_do_not_either(
        challenge in "(r=(nonce)?[ -~]{0,12},)?(s=[A-Za-z0-9+/=]{0,9},)?(i=[0-9]{0,4}(,[a-z]=[ -~]{0,4})?)?",
        last in "[ve]=[A-Za-z0-9+/=]{0,30}(,[ -~]{0,8})?",
    ) {
        let mut client = scram("SCRAM-SHA-1", "nonce");
        client.initial_response().unwrap();
        let _ = client.respond(challenge.as_bytes());
        let _ = client.respond(last.as_bytes());
        prop_assert!(client.conclude().is_err());
    }

    #[test]
    fn the_right_password_always_logs_in(user in "[^\\p{Cc}\\p{Co}\\p{Cn}\\p{Cf}\u{FFF0}-\u{FFFF}\u{340}\u{341}\u{2028}\u{2029}\u{2FF0}-\u{2FFB}]{1,12}") {
        prop_assume!(prepare("T", "t", &user).is_ok());
        logs_in("SCRAM-SHA-1", false, &identity(&user, "pencil"), &Peer::default());
    }
}
