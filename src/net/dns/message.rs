//! Questions to name servers, and what their answers say (RFC 1035 section 4).

use crate::error::{Error, Result, Status};
use ring::rand::{SecureRandom, SystemRandom};
use simple_dns::rdata::RData;
use simple_dns::{CLASS, Name, Packet, PacketFlag, SimpleDnsError};
use std::net::IpAddr;

/// The addresses that are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    Ipv4,
    Ipv6,
}

/// Of a chain of aliases (CNAME) so many links are followed.
pub const MOST_ALIASES: usize = 16;

/// What a datagram may have, by what the question says (RFC 6891 section 6.2.5, and the DNS flag day of 2020).
pub const MOST_OF_A_DATAGRAM: usize = 1232;

/// Questions under TLS have lengths that are multiples of this (RFC 8467 section 4.1).
const PADDED_BLOCK: usize = 128;

const HEADER: usize = 12;
/// An OPT record without options (RFC 6891 section 6.1.2).
const OPT: usize = 11;
const OPTION_PADDING: u16 = 12;
const CLASS_IN: u16 = 1;
const TYPE_OPT: u16 = 41;

/// A message with one question, as it goes out.
#[derive(Debug, Clone)]
pub struct Question {
    pub octets: Vec<u8>,
    /// Where the question ends in it. Behind stands what may differ in the answer.
    end: usize,
}

/// What octets from a name server are.
#[derive(Debug, PartialEq, Eq)]
pub enum Judgement {
    /// No answer to this question.
    Stranger,
    /// The answer did not fit.
    Truncated,
    Answer,
}

/// What an answer says.
#[derive(Debug, PartialEq, Eq)]
pub enum Reading {
    NoSuchName,
    /// The server does not understand the question, perhaps since it is too modern.
    Misunderstood,
    /// The server does not answer it, and why.
    Failed(String),
    /// The addresses of the name; none where it has none of the family.
    Addresses(Vec<IpAddr>),
    /// The name is an alias of that one, so many links behind it, whose addresses have to be asked for.
    AliasOf(String, usize),
    EndlessAlias,
}

impl Family {
    fn kind(self) -> u16 {
        match self {
            Family::Ipv4 => 1,
            Family::Ipv6 => 28,
        }
    }
}

impl Question {
    /// With a number that cannot be guessed. `modern` says how long a datagram may be (EDNS), which an old server may not understand.
    pub fn new(name: &str, family: Family, modern: bool) -> Result<Question> {
        let mut octets = chance()?.to_vec();
        let additional = u8::from(modern);
        // A query that wants recursion; one question, no answers, and one additional record if it is modern.
        octets.extend([1, 0, 0, 1, 0, 0, 0, 0, 0, additional]);
        push_name(&mut octets, name)?;
        octets.extend(family.kind().to_be_bytes());
        octets.extend(CLASS_IN.to_be_bytes());
        let end = octets.len();
        if modern {
            octets.push(0);
            octets.extend(TYPE_OPT.to_be_bytes());
            octets.extend((MOST_OF_A_DATAGRAM as u16).to_be_bytes());
            octets.extend([0; 6]);
        }
        Ok(Question { octets, end })
    }

    /// The same for who holds answers to their signatures: those are wanted (DO, RFC 4035 section 3.2.1), and it is not for others to say
    /// what is bogus (CD, section 4.9.2).
    #[cfg(feature = "dnssec")]
    pub fn wanting_signatures(mut self) -> Question {
        self.octets[3] |= 0x10;
        if self.has_opt() {
            self.octets[self.end + OPT - 4] |= 0x80;
        }
        self
    }

    /// Somebody else's message, which gets a number that cannot be guessed.
    #[cfg(feature = "dnssec")]
    pub fn of_message(mut octets: Vec<u8>) -> Result<Question> {
        let mut end = HEADER;
        while let Some(length) = octets.get(end).filter(|length| **length > 0) {
            end += 1 + usize::from(*length);
        }
        // The end of the name, type and class.
        end += 5;
        if octets.len() < end {
            return Err(Error::new(Status::Resolve, "it is no question that can be asked"));
        }
        octets[..2].copy_from_slice(&chance()?);
        Ok(Question { octets, end })
    }

    /// The same, for under TLS: padded, so that its length tells little of the name (RFC 7830), and with a number of its own that is none
    /// of these. What has no EDNS has no room for padding.
    pub fn padded(&self, taken: &[[u8; 2]]) -> Result<Question> {
        let mut padded = self.clone();
        if padded.has_opt() {
            padded.pad();
        }
        while taken.contains(&padded.number()) {
            padded.octets[..2].copy_from_slice(&chance()?);
        }
        Ok(padded)
    }

    /// As a stream has it.
    pub fn with_length(&self) -> Vec<u8> {
        let length = self.octets.len() as u16;
        [&length.to_be_bytes()[..], &self.octets].concat()
    }

    /// What is asked: name, type and class.
    #[cfg(feature = "dnssec")]
    pub fn asked(&self) -> Vec<u8> {
        self.octets[HEADER..self.end].to_ascii_lowercase()
    }

    pub fn number(&self) -> [u8; 2] {
        [self.octets[0], self.octets[1]]
    }

    /// Whether an OPT record is all that there is behind the question.
    fn has_opt(&self) -> bool {
        let record = &self.octets[self.end..];
        let [high, low] = TYPE_OPT.to_be_bytes();
        record.starts_with(&[0, high, low])
            && record.len() >= OPT
            && record.len() - OPT == usize::from(u16::from_be_bytes([record[9], record[10]]))
    }

    /// Adds an option to the OPT record.
    fn pad(&mut self) {
        const HEAD: usize = 4;
        let padded = (self.octets.len() + HEAD).next_multiple_of(PADDED_BLOCK);
        let padding = padded - self.octets.len() - HEAD;
        self.octets.extend(OPTION_PADDING.to_be_bytes());
        self.octets.extend((padding as u16).to_be_bytes());
        self.octets.resize(padded, 0);
        let options = (padded - self.end - OPT) as u16;
        self.octets[self.end + OPT - 2..self.end + OPT].copy_from_slice(&options.to_be_bytes());
    }

    /// Whether octets answer this question. What does not repeat its number and itself is somebody else's answer, or nobody's.
    pub fn judge(&self, octets: &[u8]) -> Judgement {
        let Some((header, rest)) = octets.split_first_chunk::<HEADER>() else {
            return Judgement::Stranger;
        };
        let is_response = header[2] & 0x80 != 0 && header[2] & 0x78 == 0;
        let is_ours = header[..2] == self.octets[..2] && is_response;
        let question = &self.octets[HEADER..self.end];
        let repeats = match header[4..6] {
            // The lengths of labels are no letters, so that all of it can be compared as if it were text.
            [0, 1] => {
                rest.get(..question.len()).is_some_and(|it| it.eq_ignore_ascii_case(question))
            }
            // Who cannot read a question need not repeat it.
            [0, 0] => header[3] & 0x0f != 0,
            _ => false,
        };
        match (is_ours && repeats, header[2] & 0x02 != 0) {
            (false, _) => Judgement::Stranger,
            (true, true) => Judgement::Truncated,
            (true, false) => Judgement::Answer,
        }
    }
}

/// What an answer to the question for these addresses says.
pub fn read(octets: &[u8], name: &str, family: Family) -> Reading {
    match octets.get(3).map(|octet| octet & 0x0f) {
        Some(0 | 3) => {}
        Some(1) => return Reading::Misunderstood,
        Some(code) => return Reading::Failed(refusal(code)),
        None => return malformed("it has no header"),
    }
    // simple-dns takes a message with more behind its end for one.
    let packet = match Packet::parse(octets) {
        Ok(packet) if packet.has_flags(PacketFlag::RESPONSE) => packet,
        Ok(_) => return malformed("it is a question"),
        Err(error) => return malformed(what_is_wrong(&error)),
    };
    let knows = packet.has_flags(PacketFlag::AUTHORITATIVE_ANSWER);
    let asks_others = packet.has_flags(PacketFlag::RECURSION_AVAILABLE);
    let is_referral = octets[3] & 0x0f == 0 && packet.answers.is_empty();
    if is_referral && !knows && !asks_others {
        return Reading::Failed("it does not know, and asks nobody (no recursion)".into());
    }
    let mut name = canonical(name);
    for link in 0..=MOST_ALIASES {
        let of_name = || {
            let of_internet = packet.answers.iter().filter(|record| record.class == CLASS::IN);
            of_internet.filter(|record| shown(&record.name) == name)
        };
        let addresses: Vec<IpAddr> = of_name()
            .filter_map(|record| match (&record.rdata, family) {
                (RData::A(a), Family::Ipv4) => Some(IpAddr::V4(a.address.into())),
                (RData::AAAA(a), Family::Ipv6) => Some(IpAddr::V6(a.address.into())),
                _ => None,
            })
            .collect();
        let alias = of_name().find_map(|record| match &record.rdata {
            RData::CNAME(alias) => Some(shown(&alias.0)),
            _ => None,
        });
        match alias {
            _ if !addresses.is_empty() => return Reading::Addresses(addresses),
            Some(alias) => name = alias,
            None if octets[3] & 0x0f == 3 => return Reading::NoSuchName,
            None if link == 0 => return Reading::Addresses(Vec::new()),
            None => return Reading::AliasOf(name, link),
        }
    }
    Reading::EndlessAlias
}

/// What a server says by a code that is neither success nor that there is no such name (RFC 1035 section 4.1.1).
pub fn refusal(code: u8) -> String {
    match code {
        1 => "it does not understand the question (FORMERR)".into(),
        2 => "it failed (SERVFAIL)".into(),
        4 => "it does not do that (NOTIMP)".into(),
        5 => "it refuses to answer (REFUSED)".into(),
        code => format!("it answered with code {code}"),
    }
}

/// The name as it is compared: small letters, and no dot at the end.
pub fn canonical(name: &str) -> String {
    name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase()
}

fn malformed(why: &str) -> Reading {
    Reading::Failed(format!("its answer is malformed: {why}"))
}

fn what_is_wrong(error: &SimpleDnsError) -> &'static str {
    match error {
        SimpleDnsError::InsufficientData => "it ends in the midst of a record",
        SimpleDnsError::InvalidServiceName | SimpleDnsError::InvalidServiceLabel => {
            "it holds a name that is none"
        }
        SimpleDnsError::InvalidCharacterString | SimpleDnsError::InvalidUtf8String(_) => {
            "it holds a text that is none"
        }
        SimpleDnsError::InvalidClass(_) => "it holds a record of no known class",
        SimpleDnsError::InvalidHeaderData => "its header is none",
        _ => "it holds a record that cannot be read",
    }
}

fn shown(name: &Name) -> String {
    name.to_string().to_ascii_lowercase()
}

fn push_name(octets: &mut Vec<u8>, name: &str) -> Result<()> {
    const LONGEST_LABEL: usize = 63;
    const LONGEST_NAME: usize = 255;
    let unfit = |why: &str| Error::new(Status::Resolve, format!("no name server knows it: {why}"));
    let start = octets.len();
    for label in name.strip_suffix('.').unwrap_or(name).split('.') {
        match label.len() {
            0 => return Err(unfit("a part of it is empty")),
            length if length > LONGEST_LABEL => return Err(unfit("a part of it is too long")),
            length => octets.push(length as u8),
        }
        octets.extend(label.as_bytes());
    }
    octets.push(0);
    match octets.len() - start > LONGEST_NAME {
        true => Err(unfit("it is too long")),
        false => Ok(()),
    }
}

fn chance() -> Result<[u8; 2]> {
    let mut octets = [0; 2];
    let filled = SystemRandom::new().fill(&mut octets);
    filled.map_err(|_| Error::new(Status::Resolve, "the system gives no chance"))?;
    Ok(octets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_padded_is_the_same_question_in_whole_blocks() {
        let long = format!("{0}.{0}.{0}.test", "x".repeat(60));
        for name in ["a", "mail.test", &"m".repeat(63), &long] {
            let question = Question::new(name, Family::Ipv6, true).unwrap();
            let padded = question.padded(&[question.number()]).unwrap();
            assert_ne!(padded.number(), question.number());
            assert_eq!(padded.octets.len() % PADDED_BLOCK, 0, "{name}");
            let packet = Packet::parse(&padded.octets).unwrap();
            assert_eq!(packet.questions[0].qname.to_string(), name);
            let options = &packet.opt().unwrap().opt_codes;
            assert_eq!(options.iter().map(|it| it.code).collect::<Vec<_>>(), [OPTION_PADDING]);
            assert!(options[0].data.iter().all(|octet| *octet == 0));
            // It is judged by its own number.
            let mut answer = padded.octets.clone();
            answer[2] |= 0x80;
            assert_eq!(padded.judge(&answer), Judgement::Answer);
            assert_eq!(question.judge(&answer), Judgement::Stranger);
            // Padded again it keeps what it has, and is whole again.
            let again = padded.padded(&[]).unwrap();
            assert_eq!(again.octets.len() % PADDED_BLOCK, 0);
            assert_eq!(Packet::parse(&again.octets).unwrap().opt().unwrap().opt_codes.len(), 2);
        }
        let old = Question::new("mail.test", Family::Ipv4, false).unwrap();
        assert_eq!(old.padded(&[]).unwrap().octets, old.octets);
    }
}
