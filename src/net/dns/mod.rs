//! A resolver of the library's own: asks name servers for addresses, and nobody else (no hosts file, no search list).

mod exchange;
#[cfg(any(test, fuzzing))]
pub mod fuzz;
mod message;
mod over_tls;
#[cfg(feature = "dnssec")]
mod secure;
mod servers;

use super::tls::Tls;
use super::wait::Watch;
use crate::error::{Error, Result, Status};
use exchange::Reply;
use message::{Family, MOST_ALIASES, Question, Reading, read};
use over_tls::Asker;
use servers::Server;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use std::time::Duration;

pub use servers::Servers;

/// Who resolves names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DnsMode {
    /// The library where it has servers to ask or is told to, else the system.
    #[default]
    Auto,
    Platform,
    Own,
    /// The library, which holds the answers to their signatures (DNSSEC).
    OwnSecure,
}

/// How names are resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dns {
    pub mode: DnsMode,
    /// What Auto means where no servers are named.
    pub auto_is_own: bool,
    pub servers: Servers,
    /// Of servers in clear without one of their own; 0 for the usual one.
    pub port: u16,
    /// How long one server may take for one question.
    pub query_timeout: Option<Duration>,
    /// How long it may all take, within the time of the call.
    pub total_timeout: Option<Duration>,
    /// How often each server is asked again.
    pub retries: usize,
    /// The keys that everything is held to (DNSKEY records); empty for those of the root.
    pub trust_anchors: String,
}

impl Default for Dns {
    fn default() -> Dns {
        Dns::PLATFORM
    }
}

/// How long one server may take for one question, where nobody has said so.
const QUERY_PATIENCE: Duration = Duration::from_secs(3);

impl Dns {
    /// What the system does.
    pub const PLATFORM: Dns = Dns {
        mode: DnsMode::Auto,
        auto_is_own: false,
        servers: Servers::OF_THE_SYSTEM,
        port: 0,
        query_timeout: None,
        total_timeout: None,
        retries: 1,
        trust_anchors: String::new(),
    };

    /// Whether keys can be trusted as a host gives them; what is empty always can.
    pub fn check_trust_anchors(text: &str) -> Result<()> {
        match text.trim() {
            "" => Ok(()),
            #[cfg(feature = "dnssec")]
            text => secure::anchors(text).map(drop),
            #[cfg(not(feature = "dnssec"))]
            _ => Err(unavailable("SocketDnsTrustAnchors")),
        }
    }

    /// Whether the system is not asked.
    pub fn is_own(&self) -> bool {
        match self.mode {
            // Servers that a host has named are never passed over in silence.
            DnsMode::Auto => self.auto_is_own || self.servers != Servers::OF_THE_SYSTEM,
            DnsMode::Platform => false,
            DnsMode::Own | DnsMode::OwnSecure => true,
        }
    }

    /// The addresses of a name that is in ASCII, one at least. An error is one without the name in it. `tls` is that of the client.
    pub fn look_up(&self, name: &str, tls: &Arc<Tls>, watch: Watch) -> Result<Vec<IpAddr>> {
        #[cfg(not(feature = "dnssec"))]
        if self.mode == DnsMode::OwnSecure {
            return Err(unavailable("SocketDnsMode"));
        }
        // RFC 6761 section 6.3: nobody is asked for these names.
        let canonical = message::canonical(name);
        if canonical == "localhost" || canonical.ends_with(".localhost") {
            return Ok(vec![Ipv6Addr::LOCALHOST.into(), Ipv4Addr::LOCALHOST.into()]);
        }
        let within = self.total_timeout.map_or(watch, |total| watch.within(total));
        #[cfg(feature = "dnssec")]
        if self.mode == DnsMode::OwnSecure {
            return secure::look_up(self, &canonical, tls, within);
        }
        let mut quests =
            [Quest::new(&canonical, Family::Ipv6), Quest::new(&canonical, Family::Ipv4)];
        let mut asker = Asker::new(tls);
        let pursued = self.pursue(&mut quests, &mut asker, within);
        asker.close(within);
        match pursued {
            Ok(()) => conclude(quests),
            Err(error) if error.status() == Status::Timeout => {
                let failures = failures(&quests).into_iter().chain([error.message().to_owned()]);
                let sentence = failures.collect::<Vec<_>>().join("; ");
                Err(error.map_message(|_| sentence))
            }
            Err(error) => Err(error),
        }
    }

    /// The servers, in the order in which they are asked.
    fn asked(&self) -> Vec<Server> {
        let servers = self.servers.to_ask(self.port);
        let asked = servers.len() * (self.retries + 1);
        servers.into_iter().cycle().take(asked).collect()
    }

    fn patience(&self) -> Duration {
        self.query_timeout.unwrap_or(QUERY_PATIENCE)
    }

    /// Asks one server after the other, until one knows.
    fn pursue(&self, quests: &mut [Quest], asker: &mut Asker, watch: Watch) -> Result<()> {
        for server in self.asked() {
            let mut asking: Vec<&mut Quest> =
                quests.iter_mut().filter(|quest| quest.end.is_none()).collect();
            while !asking.is_empty() {
                let questions = asking.iter().map(|quest| quest.question());
                let questions = questions.collect::<Result<Vec<_>>>()?;
                // Hardly a machine is without IPv4, and many have no way out by IPv6.
                let is_enough = |place: usize, octets: &[u8]| {
                    let of_ipv4 = |quest: &&&mut Quest| quest.family == Family::Ipv4;
                    let Some(quest) = asking.get(place).filter(of_ipv4) else { return false };
                    matches!(read(octets, &quest.name, quest.family), Reading::Addresses(some) if !some.is_empty())
                };
                let replies = asker.ask(&questions, &server, self.patience(), watch, &is_enough)?;
                let heard = asking.into_iter().zip(replies);
                asking = heard
                    .filter_map(|(quest, reply)| quest.take(reply, &server).then_some(quest))
                    .collect();
            }
            let has_found = quests.iter().any(Quest::has_found);
            if has_found || quests.iter().all(|quest| quest.end.is_some()) {
                break;
            }
        }
        Ok(())
    }
}

/// The search for the addresses of one family.
struct Quest {
    family: Family,
    /// The name that is asked for: the one that is wanted, or the one that it is an alias of.
    name: String,
    links: usize,
    /// Whether the question is one that old servers may not understand.
    is_modern: bool,
    end: Option<End>,
    /// What servers did not answer, and why.
    failures: Vec<String>,
}

/// What a search came to.
enum End {
    Found(Vec<IpAddr>),
    /// There is nothing to be found, by the words of a server.
    Nothing(String),
}

impl Quest {
    fn new(name: &str, family: Family) -> Quest {
        let name = name.to_owned();
        Quest { family, name, links: 0, is_modern: true, end: None, failures: Vec::new() }
    }

    fn question(&self) -> Result<Question> {
        Question::new(&self.name, self.family, self.is_modern)
    }

    fn has_found(&self) -> bool {
        matches!(self.end, Some(End::Found(_)))
    }

    /// Takes what a server replied. Returns whether the same server is to be asked again, at once.
    fn take(&mut self, reply: Reply, server: &Server) -> bool {
        let octets = match reply {
            Reply::Answer(octets) => octets,
            Reply::Failed(why) => return self.failed(server, &why),
        };
        let nothing = |what: &str| Some(End::Nothing(format!("{server} says that {what}")));
        match read(&octets, &self.name, self.family) {
            Reading::Addresses(some) if !some.is_empty() => self.end = Some(End::Found(some)),
            Reading::Addresses(_) => self.end = nothing("it has no address (NODATA)"),
            Reading::NoSuchName => self.end = nothing("there is no such name (NXDOMAIN)"),
            Reading::Failed(why) => return self.failed(server, &why),
            Reading::Misunderstood if self.is_modern => {
                self.is_modern = false;
                return true;
            }
            Reading::Misunderstood => return self.failed(server, &message::refusal(1)),
            Reading::AliasOf(name, links) if self.links + links <= MOST_ALIASES => {
                // A server that leads astray does not spoil what others say, nor the other family.
                if let Err(error) = Question::new(&name, self.family, self.is_modern) {
                    let why = format!("it leads to an alias that cannot be asked for: {error}");
                    return self.failed(server, &why);
                }
                (self.name, self.links) = (name, self.links + links);
                return true;
            }
            Reading::AliasOf(..) | Reading::EndlessAlias => {
                self.end = Some(End::Nothing(endless()))
            }
        }
        false
    }

    fn failed(&mut self, server: &Server, why: &str) -> bool {
        self.failures.push(format!("{server}: {why}"));
        false
    }
}

fn conclude(quests: [Quest; 2]) -> Result<Vec<IpAddr>> {
    let failures = failures(&quests);
    let (mut found, mut nothing, mut is_open) = (Vec::new(), Vec::new(), false);
    for quest in quests {
        match quest.end {
            Some(End::Found(some)) => found.extend(some),
            Some(End::Nothing(why)) if !nothing.contains(&why) => nothing.push(why),
            Some(End::Nothing(_)) => {}
            None => is_open = true,
        }
    }
    match is_open {
        _ if !found.is_empty() => Ok(found),
        // That a name does not exist is true of all its addresses.
        true if !nothing.iter().any(|why| why.contains("NXDOMAIN")) => {
            Err(Error::new(Status::Resolve, failures.join("; ")))
        }
        _ => Err(Error::new(Status::Resolve, nothing.join("; "))),
    }
}

fn failures(quests: &[Quest]) -> Vec<String> {
    let lists: Vec<_> = quests.iter().map(|quest| &quest.failures[..]).collect();
    told_once(&lists)
}

/// Each failure but once, in their order, and how often a server was asked that failed in the same way again. Each list is that of
/// one search; the searches go on side by side.
fn told_once(lists: &[&[String]]) -> Vec<String> {
    let mut told: Vec<&String> = Vec::new();
    for failure in lists.iter().copied().flatten() {
        if !told.contains(&failure) {
            told.push(failure);
        }
    }
    let often = |failure: &String| {
        let times = lists.iter().map(|list| list.iter().filter(|same| *same == failure).count());
        match times.max().unwrap_or_default() {
            ..2 => failure.clone(),
            times => format!("{failure} (asked {times} times)"),
        }
    };
    told.into_iter().map(often).collect()
}

#[cfg(not(feature = "dnssec"))]
fn unavailable(setting: &str) -> Error {
    let sentence = format!(
        "{setting} asks for DNSSEC, and this build of the library has none (feature dnssec)"
    );
    Error::new(Status::DnssecUnavailable, sentence)
}

fn endless() -> String {
    format!("it is an alias of an alias, in a circle or more than {MOST_ALIASES} deep")
}
