use super::*;
use crate::error::Status;
use crate::sasl::Binding;
use proptest::prelude::*;

/// The values that all examples of MS-NLMP section 4.2 share.
fn identity() -> Identity {
    Identity {
        user: "User".into(),
        password: Zeroizing::new("Password".into()),
        domain: "Domain".into(),
        ..Identity::default()
    }
}

fn peer() -> Peer {
    Peer {
        service: "smtp",
        host: "server.test".into(),
        seconds: -11_644_473_600,
        ..Peer::default()
    }
}

fn ntlm(identity: &Identity, peer: &Peer) -> Ntlm {
    Ntlm::with_chance(identity, peer, [0xaa; 8]).unwrap()
}

fn octets(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex.bytes().filter(u8::is_ascii_hexdigit).collect();
    let octet = |two: &[u8]| u8::from_str_radix(std::str::from_utf8(two).unwrap(), 16).unwrap();
    digits.chunks(2).map(octet).collect()
}

const NONCE: &str = "0123456789abcdef";
/// "Domain" and "Server", as in section 4.2.4.1.3's challenge.
const PAIRS: &str = "02000c0044006f006d00610069006e00 01000c005300650072007600650072 00 00000000";

/// A challenge with these pairs.
fn challenge(flags: u32, pairs: &[u8]) -> Vec<u8> {
    let mut message = b"NTLMSSP\0\x02\0\0\0".to_vec();
    message.extend([0; 8]);
    message.extend(flags.to_le_bytes());
    message.extend(octets(NONCE));
    message.extend([0; 8]);
    let length = (pairs.len() as u16).to_le_bytes();
    message.extend([length[0], length[1], length[0], length[1], 56, 0, 0, 0]);
    message.extend([0; 8]);
    message.extend(pairs);
    message
}

fn answer(ntlm: &mut Ntlm, challenge: &[u8]) -> Result<Response> {
    assert!(ntlm.initial_response().unwrap().is_none());
    assert_eq!(&ntlm.respond(b"NTLM supported").unwrap()[..], NEGOTIATE);
    ntlm.respond(challenge)
}

/// The payload number N of the last message.
fn payload(message: &[u8], n: usize) -> &[u8] {
    let field = &message[12 + 8 * n..];
    let length = usize::from(u16::from_le_bytes([field[0], field[1]]));
    let offset = u32::from_le_bytes([field[4], field[5], field[6], field[7]]) as usize;
    &message[offset..offset + length]
}

/// The pairs of the last message's response.
fn pairs_of(message: &[u8]) -> Vec<(u16, Vec<u8>)> {
    let response = payload(message, 1);
    let pairs = Challenge { flags: 0, nonce: [0; 8], pairs: &response[44..response.len() - 4] };
    pairs.pairs().unwrap().iter().map(|pair| (pair.id, pair.value.to_vec())).collect()
}

#[test]
fn keys_and_proofs_are_those_of_the_specification() {
    let key = Account::of(&identity()).key();
    assert_eq!(key[..], octets("0c868a403bfd7a93a3001ef22ef02e3f"), "4.2.4.1.1");
    let (nonce, client) = (octets(NONCE), [0xaa; 8]);
    let blob = blob(&client, &file_time(peer().seconds), &octets(PAIRS));
    let proof = hmac(&key[..], &[&nonce, &blob]);
    assert_eq!(proof[..], octets("68cd0ab851e51c96aabc927bebef6a1c"), "4.2.4.2.2");
    assert_eq!(
        hmac(&key[..], &[&proof])[..],
        octets("8de40ccadbc14a82f15cb0ad0de95ca3"),
        "4.2.4.1.2"
    );
    let old = hmac(&key[..], &[&nonce, &client]);
    assert_eq!(old[..], octets("86c35097ac9cec102554764a57cccc19"), "4.2.4.2.1");
}

#[test]
fn the_challenge_of_the_specification_is_read_and_answered() {
    // Section 4.2.4.3.
    let challenge = octets(
        "4e544c4d53535000 02000000 0c000c0038000000 33828ae2 0123456789abcdef 0000000000000000 \
         2400240044000000 060070170000000f 530065007200760065007200 \
         02000c0044006f006d00610069006e00 01000c00530065007200760065007200 00000000",
    );
    let message = answer(&mut ntlm(&identity(), &peer()), &challenge).unwrap();
    assert_eq!(payload(&message, 0), octets("86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa"));
    assert_eq!(payload(&message, 2), utf16("Domain"));
    assert_eq!(payload(&message, 3), utf16("User"));
    assert_eq!(payload(&message, 4), b"");
    assert_eq!(payload(&message, 5), b"");
    assert_eq!(message[MIC..MIC + 16], [0; 16], "no time, no check sum");
    let flags = u32::from_le_bytes(message[60..64].try_into().unwrap());
    assert_eq!(flags & !0xe28a_8233, 0, "nothing that the server has not");
    assert_eq!(flags & UNICODE, UNICODE);
    let pairs = pairs_of(&message);
    assert_eq!(pairs[0], (2, utf16("Domain")));
    assert_eq!(pairs[1], (1, utf16("Server")));
    assert_eq!(pairs[2..], [(9, utf16("smtp/server.test")), (10, vec![0; 16])]);
}

#[test]
fn a_challenge_with_a_time_gets_a_check_sum_and_no_old_response() {
    let time = [1, 2, 3, 4, 5, 6, 7, 8];
    let pairs = [&octets("06000400 01000000 07000800")[..], &time, &[0; 4]].concat();
    let challenge = challenge(UNICODE | TARGET_INFO, &pairs);
    let mut peer = peer();
    peer.target = Some("smtp@other.test".into());
    peer.binding = Some(Binding { name: "tls-exporter", data: vec![1], end_point: vec![7; 32] });
    let message = answer(&mut ntlm(&identity(), &peer), &challenge).unwrap();
    assert_eq!(payload(&message, 0), [0; 24]);
    let response = payload(&message, 1);
    assert_eq!(response[24..32], time);
    let of_this = pairs_of(&message);
    assert_eq!(of_this[0], (7, time.to_vec()));
    assert_eq!(of_this[1], (6, vec![3, 0, 0, 0]), "the server's flags and ours");
    assert_eq!(of_this[2], (9, utf16("smtp/other.test")));
    let structure = [&[0; 16][..], &[53, 0, 0, 0], b"tls-server-end-point:", &[7; 32]].concat();
    assert_eq!(of_this[3], (10, hashes::md5(&[&structure]).to_vec()));

    let key = hmac(&Account::of(&identity()).key()[..], &[&response[..16]]);
    let mut bare = message.to_vec();
    bare[MIC..MIC + 16].fill(0);
    assert_eq!(message[MIC..MIC + 16], hmac(&key, &[&NEGOTIATE, &challenge, &bare])[..]);
}

#[test]
fn names_are_those_of_windows() {
    let account = |user: &str, domain: &str| {
        let account =
            Account::of(&Identity { user: user.into(), domain: domain.into(), ..identity() });
        (account.user, account.domain)
    };
    assert_eq!(account("user", "CORP"), ("user".into(), "CORP".into()));
    assert_eq!(account("CORP\\user", ""), ("user".into(), "CORP".into()));
    assert_eq!(account("user@corp.test", "CORP"), ("user@corp.test".into(), "".into()));
    assert_eq!("Straße ы é".chars().map(upper).collect::<String>(), "STRAßE Ы É");
}

#[test]
fn a_server_of_the_first_days_gets_what_it_knows() {
    let message =
        answer(&mut ntlm(&identity(), &peer()), &challenge(NTLM | OEM, &[])[..32]).unwrap();
    assert_eq!(payload(&message, 3), b"User");
    assert_eq!(pairs_of(&message), []);
    let russian = Identity { user: "Пользователь".into(), ..identity() };
    let error = answer(&mut ntlm(&russian, &peer()), &challenge(NTLM, &[])).unwrap_err();
    assert_eq!(error.status(), Status::AuthProtocol);
    assert!(answer(&mut ntlm(&russian, &peer()), &challenge(UNICODE, &[])).is_ok());
}

#[test]
fn nobody_is_anonymous_and_nothing_follows_the_end() {
    let anonymous = Ntlm::new(&Identity::default(), &peer()).map(drop).unwrap_err();
    assert_eq!(anonymous.status(), Status::AuthIncomplete);
    let mut ntlm = Ntlm::new(&identity(), &peer()).unwrap();
    answer(&mut ntlm, &challenge(UNICODE | TARGET_INFO, &octets(PAIRS))).unwrap();
    assert_eq!(ntlm.respond(b"").unwrap_err().status(), Status::AuthProtocol);
}

#[test]
fn malformed_challenges_are_named() {
    let good = challenge(UNICODE | TARGET_INFO, &octets(PAIRS));
    let (mut behind, mut far, mut pair) = (good.clone(), good.clone(), good.clone());
    behind[40] = 0xff;
    far[44..48].fill(0xff);
    pair[58] = 0xff;
    let long = [&good[..], &vec![0; 65_536]].concat();
    for (challenge, words) in [
        (&b""[..], "none of NTLM"),
        (b"TlRM", "none of NTLM"),
        (&NEGOTIATE, "none of NTLM"),
        (&good[..30], "cut off"),
        (&good[..60], "cut off"),
        (&behind, "cut off"),
        (&far, "cut off"),
        (&pair, "malformed"),
        (&long, "longer"),
    ] {
        let error = answer(&mut ntlm(&identity(), &peer()), challenge).unwrap_err();
        assert_eq!(error.status(), Status::AuthProtocol);
        assert!(error.message().contains(words), "{}: {words}", error.message());
        assert!(!error.message().contains("Password"));
    }
}

#[test]
fn what_has_no_room_is_blamed_on_whose_it_is() {
    let long = Identity { user: "u".repeat(40_000), ..identity() };
    let error = answer(&mut ntlm(&long, &peer()), &challenge(UNICODE, &[])).unwrap_err();
    assert_eq!(error.status(), Status::AuthCharacter);
    assert!(error.message().contains("user name or domain"), "{}", error.message());
    let pair = |id: u8, length: u16| {
        [&[id, 0][..], &length.to_le_bytes(), &vec![0; length.into()]].concat()
    };
    let pairs = [pair(2, 65_460), vec![0; 4]].concat();
    let error = answer(&mut ntlm(&identity(), &peer()), &challenge(UNICODE | TARGET_INFO, &pairs));
    let error = error.unwrap_err();
    assert_eq!(error.status(), Status::AuthProtocol);
    assert!(error.message().contains("describes itself"), "{}", error.message());
}

proptest! {
    #[test]
    fn no_challenge_is_too_odd(
        flags: u32,
        pairs in proptest::collection::vec(any::<u8>(), 0..200),
        place in 0usize..200,
        octet: u8,
        cut in 0usize..300,
    ) {
        let mut message = challenge(flags, &pairs);
        let place = 12 + place % (message.len() - 12);
        message[place] = octet;
        message.truncate(cut.max(12));
        if let Ok(message) = answer(&mut ntlm(&identity(), &peer()), &message) {
            prop_assert!(message.starts_with(b"NTLMSSP\0\x03\0\0\0"));
        }
    }
}
