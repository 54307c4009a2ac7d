//! NTLM (MS-NLMP): the second version alone, which proves the password without telling it, but does not prove the server.
//!
//! Nothing is signed or sealed behind the login, so no session key is exchanged. Over HTTP the same messages go to a proxy.

use super::checks;
use super::hashes::{self, Octets};
use super::{Identity, Mechanism, Peer, Response};
use crate::error::{Error, Result};
use md4::{Digest, Md4};
use zeroize::Zeroizing;

/// MS-NLMP section numbers stand beside what follows them.
pub struct Ntlm {
    account: Account,
    peer: Peer,
    /// The client's part of chance, for its one answer.
    client: [u8; 8],
    state: State,
}

#[derive(Clone, Copy)]
enum State {
    New,
    Negotiating,
    Done,
}

/// Whose password it is.
struct Account {
    user: String,
    domain: String,
    password: Zeroizing<String>,
}

impl Ntlm {
    pub fn new(identity: &Identity, peer: &Peer) -> Result<Ntlm> {
        Ntlm::with_chance(identity, peer, hashes::chance()?)
    }

    pub(super) fn with_chance(identity: &Identity, peer: &Peer, client: [u8; 8]) -> Result<Ntlm> {
        // The name without a user is NTLM's way to be anonymous (section 3.2.5.1.2), which nobody has asked for.
        if identity.user.is_empty() || identity.is_default {
            return Err(checks::lacks("NTLM", "user"));
        }
        let account = Account::of(identity);
        Ok(Ntlm { account, peer: peer.clone(), client, state: State::New })
    }

    /// The answer to the server's challenge.
    fn authenticate(&mut self, challenge: &[u8]) -> Result<Response> {
        let parsed = Challenge::parse(challenge)?;
        let text = |text: &str| parsed.encode(text);
        let (domain, user) = (text(&self.account.domain)?, text(&self.account.user)?);
        let key = self.account.key();
        let pairs = parsed.pairs()?;
        let time = pairs.iter().find(|pair| pair.id == TIMESTAMP && pair.value.len() == 8);
        let has_time = time.is_some();
        let time = time.map_or_else(|| file_time(self.peer.seconds), |pair| pair.value.to_vec());
        let blob = blob(&self.client, &time, &self.answered(&pairs, has_time));

        let proof = hmac(&key[..], &[&parsed.nonce, &blob]);
        let response = [&proof[..], &blob].concat();
        // With a time in the challenge the old response is left empty (section 3.1.5.1.2).
        let old = match has_time {
            true => vec![0; 24],
            false => [&hmac(&key[..], &[&parsed.nonce, &self.client])[..], &self.client].concat(),
        };
        let session_key = hmac(&key[..], &[&proof]);

        let payloads: [&[u8]; 6] = [&old, &response, &domain, &user, &[], &[]];
        let mut message = message_3(&payloads, parsed.flags & OUR_FLAGS)?;
        if has_time {
            let parts: [&[u8]; 3] = [&NEGOTIATE, challenge, &message];
            let check = hmac(&session_key[..], &parts);
            message[MIC..MIC + 16].copy_from_slice(&check);
        }
        Ok(Zeroizing::new(message))
    }

    /// The server's pairs with what the client has to add: that there is a check sum over all messages, which connection and
    /// which service it means (section 3.1.5.1.2).
    fn answered(&self, pairs: &[Pair], has_check: bool) -> Vec<u8> {
        let mut list = Vec::new();
        let mut add = |id: u16, value: &[u8]| {
            list.extend_from_slice(&id.to_le_bytes());
            list.extend_from_slice(&(value.len() as u16).to_le_bytes());
            list.extend_from_slice(value);
        };
        let mut flags = 0;
        for Pair { id, value } in pairs {
            match *id {
                FLAGS if value.len() == 4 => {
                    flags = u32::from_le_bytes([value[0], value[1], value[2], value[3]]);
                }
                FLAGS | TARGET_NAME | CHANNEL_BINDINGS => {}
                id => add(id, value),
            }
        }
        if has_check {
            flags |= HAS_CHECK;
        }
        if flags != 0 {
            add(FLAGS, &flags.to_le_bytes());
        }
        // A server of the first days gives no pairs, and could not take any.
        if !pairs.is_empty() {
            add(TARGET_NAME, &utf16(&self.target()));
            add(CHANNEL_BINDINGS, &self.bindings());
        }
        add(END, &[]);
        list
    }

    /// The name of the service, `smtp/host`.
    fn target(&self) -> String {
        let Peer { service, host, target, .. } = &self.peer;
        match target.as_deref().filter(|target| !target.is_empty()) {
            None => format!("{service}/{host}"),
            Some(target) if target.contains('/') => target.to_owned(),
            Some(target) if target.contains('@') => target.replacen('@', "/", 1),
            Some(target) => format!("{service}/{target}"),
        }
    }

    /// MD5 over the structure of RFC 2744 section 3.11; nothing but zeros without TLS.
    fn bindings(&self) -> Octets {
        let Some(binding) = &self.peer.binding else { return Zeroizing::new(vec![0; 16]) };
        let octets = [b"tls-server-end-point:", &binding.end_point[..]].concat();
        hashes::md5(&[&[0; 16], &(octets.len() as u32).to_le_bytes(), &octets])
    }
}

impl Mechanism for Ntlm {
    fn name(&self) -> &str {
        "NTLM"
    }

    /// The client speaks first, and yet waits to be asked to: so MS-SMTPNTLM has it, and so every server takes it.
    fn initial_response(&mut self) -> Result<Option<Response>> {
        Ok(None)
    }

    fn respond(&mut self, challenge: &[u8]) -> Result<Response> {
        match self.state {
            // What asks is empty, or a text such as "NTLM supported".
            State::New => {
                self.state = State::Negotiating;
                Ok(Zeroizing::new(NEGOTIATE.to_vec()))
            }
            State::Negotiating => {
                let message = self.authenticate(challenge)?;
                self.state = State::Done;
                Ok(message)
            }
            State::Done => Err(broken("the server asks for more than the mechanism has")),
        }
    }

    fn has_shown(&self) -> bool {
        matches!(self.state, State::Done)
    }
}

impl Account {
    fn of(identity: &Identity) -> Account {
        let Identity { user, domain, password, .. } = identity;
        let (user, domain) = match user.split_once('\\') {
            Some((domain, user)) => (user, domain),
            // A name with @ is whole: it says of itself where it belongs.
            None if user.contains('@') => (&user[..], ""),
            None => (&user[..], &domain[..]),
        };
        Account { user: user.to_owned(), domain: domain.to_owned(), password: password.clone() }
    }

    /// NTOWFv2 (section 3.3.2).
    fn key(&self) -> Octets {
        let password = Zeroizing::new(utf16(&self.password));
        let hash = Zeroizing::new(<[u8; 16]>::from(Md4::digest(&password[..])));
        let user: String = self.user.chars().map(upper).collect();
        hmac(&hash[..], &[&utf16(&user), &utf16(&self.domain)])
    }
}

/// The server's message (section 2.2.1.2).
struct Challenge<'a> {
    flags: u32,
    nonce: [u8; 8],
    pairs: &'a [u8],
}

/// One of the pairs about the server (section 2.2.2.1).
struct Pair<'a> {
    id: u16,
    value: &'a [u8],
}

impl<'a> Challenge<'a> {
    fn parse(octets: &'a [u8]) -> Result<Challenge<'a>> {
        let short = || broken("the server's challenge is cut off");
        let octets = checks::bounded("NTLM", octets)?;
        if !octets.starts_with(b"NTLMSSP\0\x02\0\0\0") {
            return Err(broken("the server's challenge is none of NTLM"));
        }
        let flags =
            u32::from_le_bytes(*octets.get(20..).and_then(<[u8]>::first_chunk).ok_or_else(short)?);
        let nonce = *octets.get(24..).and_then(<[u8]>::first_chunk).ok_or_else(short)?;
        // A server of the first days ends here.
        let Some(field) = octets.get(40..).and_then(<[u8]>::first_chunk::<8>) else {
            return Ok(Challenge { flags, nonce, pairs: &[] });
        };
        let length = usize::from(u16::from_le_bytes([field[0], field[1]]));
        let offset = u32::from_le_bytes([field[4], field[5], field[6], field[7]]) as usize;
        let pairs = match flags & TARGET_INFO {
            0 => &[],
            _ => octets.get(offset..).and_then(|rest| rest.get(..length)).ok_or_else(short)?,
        };
        Ok(Challenge { flags, nonce, pairs })
    }

    fn pairs(&self) -> Result<Vec<Pair<'a>>> {
        let mut pairs = Vec::new();
        let mut rest = self.pairs;
        while !rest.is_empty() {
            let malformed =
                || broken("the server's challenge describes the server in a malformed way");
            let head = rest.first_chunk::<4>().ok_or_else(malformed)?;
            let id = u16::from_le_bytes([head[0], head[1]]);
            let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
            if id == END {
                break;
            }
            let value = rest[4..].get(..length).ok_or_else(malformed)?;
            pairs.push(Pair { id, value });
            rest = &rest[4 + length..];
        }
        Ok(pairs)
    }

    /// A name as the server wants it.
    fn encode(&self, text: &str) -> Result<Vec<u8>> {
        if self.flags & UNICODE != 0 {
            return Ok(utf16(text));
        }
        if !text.is_ascii() {
            return Err(broken("the server takes no names beyond ASCII"));
        }
        Ok(text.as_bytes().to_vec())
    }
}

/// What the proof is about: the server's time and pairs, and the client's part of chance (section 2.2.2.7).
fn blob(client: &[u8; 8], time: &[u8], pairs: &[u8]) -> Vec<u8> {
    let zeros = [0; 4];
    [&[1, 1, 0, 0, 0, 0, 0, 0], time, client, &zeros, pairs, &zeros].concat()
}

/// The response has the server's own pairs in it, the others are names.
fn too_long(payload: &[u8], response: &[u8]) -> Error {
    match std::ptr::eq(payload, response) {
        true => broken("the server describes itself at greater length than an answer has room for"),
        false => checks::unfit("NTLM", "user name or domain", "more than a message has room for"),
    }
}

/// The message of section 2.2.1.3, with room for its check sum.
fn message_3(payloads: &[&[u8]; 6], flags: u32) -> Result<Vec<u8>> {
    let mut message = b"NTLMSSP\0\x03\0\0\0".to_vec();
    let mut offset = MIC + 16;
    for payload in payloads {
        let length = u16::try_from(payload.len()).map_err(|_| too_long(payload, payloads[1]))?;
        message.extend_from_slice(&length.to_le_bytes());
        message.extend_from_slice(&length.to_le_bytes());
        message.extend_from_slice(&(offset as u32).to_le_bytes());
        offset += payload.len();
    }
    message.extend_from_slice(&flags.to_le_bytes());
    // The version, for people alone.
    message.extend_from_slice(&[0; 8]);
    message.resize(MIC + 16, 0);
    payloads.iter().for_each(|payload| message.extend_from_slice(payload));
    Ok(message)
}

/// Microsoft counts tenths of microseconds since 1601.
fn file_time(seconds: i64) -> Vec<u8> {
    let since_1601 = seconds.saturating_add(11_644_473_600);
    since_1601.saturating_mul(10_000_000).to_le_bytes().to_vec()
}

fn hmac(key: &[u8], parts: &[&[u8]]) -> Octets {
    hashes::hmac_md5(key, &parts.concat())
}

fn utf16(text: &str) -> Vec<u8> {
    // Room for all of it at once: growing would leave a copy of a password behind.
    let mut octets = Vec::with_capacity(2 * text.len());
    text.encode_utf16().for_each(|unit| octets.extend_from_slice(&unit.to_le_bytes()));
    octets
}

/// Windows' capital letter, one for one.
fn upper(letter: char) -> char {
    let mut capitals = letter.to_uppercase();
    match (capitals.next(), capitals.next()) {
        (Some(capital), None) => capital,
        _ => letter,
    }
}

fn broken(what: &str) -> Error {
    checks::protocol("NTLM", what)
}

/// The client's first message: what it can do, and nothing about itself (section 2.2.1.1).
const NEGOTIATE: [u8; 40] = {
    let mut message = [0; 40];
    let (start, flags) = (b"NTLMSSP\0\x01\0\0\0", OUR_FLAGS.to_le_bytes());
    let mut i = 0;
    while i < start.len() {
        message[i] = start[i];
        i += 1;
    }
    i = 0;
    while i < flags.len() {
        message[start.len() + i] = flags[i];
        i += 1;
    }
    message
};

// Flags of section 2.2.2.5.
const UNICODE: u32 = 0x1;
const OEM: u32 = 0x2;
const REQUEST_TARGET: u32 = 0x4;
const NTLM: u32 = 0x200;
const ALWAYS_SIGN: u32 = 0x8000;
const EXTENDED_SESSION_SECURITY: u32 = 0x8_0000;
const TARGET_INFO: u32 = 0x80_0000;
const OUR_FLAGS: u32 =
    UNICODE | OEM | REQUEST_TARGET | NTLM | ALWAYS_SIGN | EXTENDED_SESSION_SECURITY | TARGET_INFO;

const END: u16 = 0;
const FLAGS: u16 = 6;
const TIMESTAMP: u16 = 7;
const TARGET_NAME: u16 = 9;
const CHANNEL_BINDINGS: u16 = 10;
/// Of the pair of flags: the last message has a check sum over all three.
const HAS_CHECK: u32 = 2;

/// Where the check sum stands in the last message.
const MIC: usize = 72;

#[cfg(test)]
#[path = "ntlm_tests.rs"]
mod tests;
