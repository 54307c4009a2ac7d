//! Questions to name servers, and what their answers say (RFC 1035 section 4).

use crate::error::{Error, Result, Status};
use simple_dns::rdata::RData;
use simple_dns::{CLASS, Name, Packet, PacketFlag, QCLASS, QTYPE, Question, RCODE, TYPE};
use std::net::IpAddr;

/// The addresses that are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    Ipv4,
    Ipv6,
}

/// Of a chain of aliases (CNAME) so many links are followed.
pub const MOST_ALIASES: usize = 8;

pub struct Query {
    pub octets: Vec<u8>,
    id: u16,
    name: String,
    kind: QTYPE,
}

/// What octets from a name server are.
#[derive(Debug, PartialEq, Eq)]
pub enum Reading {
    /// No answer to this question.
    Foreign,
    /// The answer did not fit.
    Truncated,
    NoSuchName,
    /// The server does not do it.
    Failed(String),
    /// The addresses of the name, and the name that it is an alias of where its addresses have to be asked for. Neither, where it has
    /// no addresses of the family.
    Answer(Vec<IpAddr>, Option<String>),
    EndlessAlias,
}

impl Query {
    pub fn new(id: u16, name: &str, family: Family) -> Result<Query> {
        let kind = QTYPE::TYPE(match family {
            Family::Ipv4 => TYPE::A,
            Family::Ipv6 => TYPE::AAAA,
        });
        let unfit = |error: simple_dns::SimpleDnsError| {
            let sentence = format!("it is no name that can be asked for: {error}");
            Error::new(Status::Resolve, sentence)
        };
        let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
        let mut packet = Packet::new_query(id);
        packet.set_flags(PacketFlag::RECURSION_DESIRED);
        let asked = Name::new(&name).map_err(unfit)?;
        packet.questions.push(Question::new(asked, kind, QCLASS::CLASS(CLASS::IN), false));
        let octets = packet.build_bytes_vec().map_err(unfit)?;
        Ok(Query { octets, id, name, kind })
    }

    /// What the octets say to this question. What does not repeat it is somebody else's, or nobody's.
    pub fn read(&self, octets: &[u8]) -> Reading {
        if octets.first_chunk() != Some(&self.id.to_be_bytes()) {
            return Reading::Foreign;
        }
        let Ok(packet) = Packet::parse(octets) else { return Reading::Foreign };
        let repeats = |question: &Question| {
            shown(&question.qname) == self.name
                && question.qtype == self.kind
                && question.qclass == QCLASS::CLASS(CLASS::IN)
        };
        let is_answer = packet.has_flags(PacketFlag::RESPONSE)
            && packet.questions.len() == 1
            && packet.questions.iter().all(repeats);
        match packet.rcode() {
            _ if !is_answer => Reading::Foreign,
            _ if packet.has_flags(PacketFlag::TRUNCATION) => Reading::Truncated,
            RCODE::NoError => self.addresses(&packet),
            RCODE::NameError => Reading::NoSuchName,
            other => Reading::Failed(format!("{other:?}")),
        }
    }

    fn addresses(&self, packet: &Packet) -> Reading {
        let mut name = self.name.clone();
        for link in 0.. {
            let of_name = || packet.answers.iter().filter(|record| shown(&record.name) == name);
            let addresses: Vec<IpAddr> = of_name()
                .filter_map(|record| match (&record.rdata, self.kind) {
                    (RData::A(a), QTYPE::TYPE(TYPE::A)) => Some(IpAddr::V4(a.address.into())),
                    (RData::AAAA(a), QTYPE::TYPE(TYPE::AAAA)) => Some(IpAddr::V6(a.address.into())),
                    _ => None,
                })
                .collect();
            let alias = of_name().find_map(|record| match &record.rdata {
                RData::CNAME(alias) => Some(shown(&alias.0)),
                _ => None,
            });
            match alias {
                _ if !addresses.is_empty() => return Reading::Answer(addresses, None),
                Some(_) if link >= MOST_ALIASES => return Reading::EndlessAlias,
                Some(alias) => name = alias,
                None => return Reading::Answer(addresses, (link > 0).then_some(name)),
            }
        }
        Reading::EndlessAlias
    }
}

fn shown(name: &Name) -> String {
    name.to_string().to_ascii_lowercase()
}
