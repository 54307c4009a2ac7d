//! Answers that are held to their signatures (DNSSEC, RFC 4033 to 4035). hickory-net validates; what it asks goes over the library's
//! own sockets, under the watch, so that it needs no runtime and nothing of it waits.

use super::super::lock;
use super::super::tls::Tls;
use super::super::wait::{Vigil, Watch, now};
use super::exchange::{GRACE, Reply};
use super::message::{Family, MOST_ALIASES, MOST_OF_A_DATAGRAM, Question, Reading, read, refusal};
use super::over_tls::Asker;
use super::servers::Server;
use super::{Dns, endless};
use crate::error::{Error, Result, Status};
use futures_util::future::{Ready, ready};
use futures_util::io::{AsyncRead, AsyncWrite};
use futures_util::stream::{Once, once};
use hickory_net::dnssec::DnssecDnsHandle;
use hickory_net::proto::dnssec::rdata::{DNSSECRData, NSEC};
use hickory_net::proto::dnssec::{Proof, TrustAnchors, Verifier};
use hickory_net::proto::op::{DnsRequest, DnsRequestOptions, DnsResponse, Query, ResponseCode};
use hickory_net::proto::rr::{Name, RData, Record, RecordType};
use hickory_net::proto::serialize::txt::trust_anchor::{Entry, Parser};
use hickory_net::runtime::{DnsTcpStream, DnsUdpSocket, RuntimeProvider, Spawn, Time};
use hickory_net::xfer::{DnsHandle, FirstAnswer};
use hickory_net::{DnsError, NetError};
use std::collections::HashMap;
use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// A chain from the root to a name, and its aliases, takes some dozens of questions. More of them serve nobody but who made them up.
const MOST_QUESTIONS: usize = 200;

/// The addresses of a name, as far as they are what their zone has signed, or the zone is proven to sign nothing.
pub fn look_up(dns: &Dns, name: &str, tls: &Arc<Tls>, watch: Watch) -> Result<Vec<IpAddr>> {
    let anchors = Arc::new(anchors(&dns.trust_anchors)?);
    let handle = Handle {
        asker: Arc::new(Mutex::new(Asker::new(tls))),
        servers: dns.asked().into(),
        patience: dns.patience(),
        vigil: Arc::new(Mutex::new(watch.to_vigil())),
        questions: Arc::default(),
        known: Arc::default(),
        first: Arc::default(),
        trouble: Arc::default(),
    };
    let resolver = Resolver {
        validator: DnssecDnsHandle::with_trust_anchor(handle.clone(), anchors),
        handle,
        watch,
    };
    let found = resolver.both(name);
    lock(&resolver.handle.asker).close(watch);
    found
}

/// The keys that a text names, which are DNSKEY records; of an empty one those of the root.
pub fn anchors(text: &str) -> Result<TrustAnchors> {
    if text.is_empty() {
        return Ok(TrustAnchors::default());
    }
    let refused = |why: &dyn std::fmt::Display| {
        let sentence = format!("the trust anchors are no DNSKEY records: {why}");
        Error::new(Status::Argument, sentence)
    };
    // Without the end of its line a record that breaks off would not be missed.
    let entries = Parser::new(format!("{text}\n")).parse().map_err(|error| refused(&error))?;
    let mut anchors = TrustAnchors::empty();
    for entry in &entries {
        let Entry::DNSKEY(record) = entry else { return Err(refused(&"one is of another kind")) };
        let mut name = record.name().clone();
        name.set_fqdn(true);
        record.data().key().map_err(|error| refused(&error))?;
        anchors.insert_with_name(record.data().public_key(), name.into());
    }
    match entries.is_empty() {
        true => Err(refused(&"there is none")),
        false => Ok(anchors),
    }
}

struct Resolver<'a> {
    validator: DnssecDnsHandle<Handle>,
    handle: Handle,
    watch: Watch<'a>,
}

enum Judged {
    /// Each of its records has its proof.
    Answer(DnsResponse),
    /// It denies what the name is an alias of, and the validator takes that for a denial of the name: the alias has to be asked for by itself.
    MayBeAlias,
}

enum Outcome {
    Found(Vec<IpAddr>),
    /// There is none, which is proven.
    NoAddress,
    NoSuchName,
}

fn nothing(outcome: Outcome) -> Error {
    let sentence = match outcome {
        Outcome::NoSuchName => "there is no such name (NXDOMAIN, proven where its zone is signed)",
        _ => "it has no address (NODATA, proven where its zone is signed)",
    };
    Error::new(Status::Resolve, sentence)
}

/// Whether an error says only that something could not be learned.
fn is_silence(error: &Error) -> bool {
    matches!(error.status(), Status::Resolve | Status::Timeout)
}

impl Resolver<'_> {
    /// Those of both families. Where one is silent the other counts, as far as it is proven; a lie about either ends it, as whoever lies
    /// is not to choose. Silence takes away addresses, and never makes any.
    fn both(&self, name: &str) -> Result<Vec<IpAddr>> {
        self.handle.ask_for_both(name)?;
        let began = now();
        let of_ipv4 = match self.addresses(name, RecordType::A) {
            Err(error) if !is_silence(&error) => return Err(error),
            // That is true of all addresses.
            Ok(Outcome::NoSuchName) => return Err(nothing(Outcome::NoSuchName)),
            of_ipv4 => of_ipv4,
        };
        if matches!(of_ipv4, Ok(Outcome::Found(_))) {
            // Most of what the other proof takes is known by now.
            let rest = self.watch.within(now() - began + GRACE);
            *lock(&self.handle.vigil) = rest.to_vigil();
        }
        match (of_ipv4, self.addresses(name, RecordType::AAAA)) {
            (_, Err(error)) if !is_silence(&error) => Err(error),
            (Ok(Outcome::Found(some)), Ok(Outcome::Found(others))) => Ok([others, some].concat()),
            (Ok(Outcome::Found(some)), _) | (_, Ok(Outcome::Found(some))) => Ok(some),
            (_, Ok(Outcome::NoSuchName)) => Err(nothing(Outcome::NoSuchName)),
            (Err(silence), _) | (_, Err(silence)) => Err(silence),
            (Ok(why), Ok(_)) => Err(nothing(why)),
        }
    }

    fn addresses(&self, name: &str, kind: RecordType) -> Result<Outcome> {
        let unfit = |why| Error::new(Status::Resolve, format!("no name server knows it: {why}"));
        let mut name = Name::from_ascii(name).map_err(unfit)?;
        name.set_fqdn(true);
        let mut links = 0;
        loop {
            let answer = match self.ask(&name, kind)? {
                Judged::Answer(answer) => answer,
                Judged::MayBeAlias => match self.ask(&name, RecordType::CNAME)? {
                    Judged::Answer(answer) => answer,
                    Judged::MayBeAlias => return Err(bogus(&name, &"its denial does not hold")),
                },
            };
            let before = name.clone();
            match follow(&answer, &mut name, kind, &mut links)? {
                Some(found) => return Ok(Outcome::Found(found)),
                None if links > MOST_ALIASES => return Err(Error::new(Status::Resolve, endless())),
                None if answer.response_code == ResponseCode::NXDomain => {
                    return Ok(Outcome::NoSuchName);
                }
                None if name == before => return Ok(Outcome::NoAddress),
                None => {}
            }
        }
    }

    fn ask(&self, name: &Name, kind: RecordType) -> Result<Judged> {
        let mut options = DnsRequestOptions::default();
        options.edns_payload_len = MOST_OF_A_DATAGRAM as u16;
        options.edns_set_dnssec_ok = true;
        let query = Query::query(name.clone(), kind);
        let answer = at_once(self.validator.lookup(query, options).first_answer(), self.watch)?;
        // What the validator could not ask it takes for a lie.
        let trouble = lock(&self.handle.trouble).take();
        match (answer, trouble) {
            (_, Some(error)) => Err(error),
            (Ok(answer), None) => Ok(Judged::Answer(answer)),
            (Err(NetError::Dns(DnsError::Nsec { response, .. })), None)
                if is_proven_wildcard(&response, name, kind) =>
            {
                Ok(Judged::Answer(*response))
            }
            (Err(NetError::Dns(DnsError::Nsec { response, .. })), None)
                if is_alias(&response, name) =>
            {
                Ok(Judged::MayBeAlias)
            }
            (Err(error), None) => Err(bogus(name, &error)),
        }
    }
}

fn is_alias(answer: &DnsResponse, name: &Name) -> bool {
    let mut aliases = answer.answers.iter().filter(|record| record.name == *name);
    aliases.any(|record| record.record_type() == RecordType::CNAME)
}

/// Whether an answer was made of a wildcard and nothing nearer exists (RFC 4035 section 5.3.4). hickory-net 0.26 wants the wildcard
/// itself to be denied where it stands directly above the name, and so takes what is sound for bogus.
fn is_proven_wildcard(answer: &DnsResponse, name: &Name, kind: RecordType) -> bool {
    let is_secure = |record: &&Record| record.proof == Proof::Secure;
    let of_name = answer.answers.iter().filter(|record| record.name == *name);
    let labels = of_name.filter(is_secure).find_map(|record| match &record.data {
        RData::DNSSEC(DNSSECRData::RRSIG(signature)) => {
            let input = signature.input();
            let is_wanted = [kind, RecordType::CNAME].contains(&input.type_covered);
            (is_wanted && input.num_labels < name.num_labels()).then_some(input.num_labels)
        }
        _ => None,
    });
    // The name below the wildcard's own place, at which or below which nothing may be.
    let Some(nearer) = labels.map(|labels| name.trim_to(usize::from(labels) + 1)) else {
        return false;
    };
    answer.authorities.iter().filter(is_secure).any(|record| match &record.data {
        RData::DNSSEC(DNSSECRData::NSEC(nsec)) => is_in_gap(name, &nearer, &record.name, nsec),
        _ => false,
    })
}

/// Whether the gap behind `owner` has the name in it and ends neither way at or below the nearer one.
fn is_in_gap(name: &Name, nearer: &Name, owner: &Name, nsec: &NSEC) -> bool {
    let next = nsec.next_domain_name();
    let types = nsec.type_set();
    // RFC 6840 section 4.1: what stands below a zone cut or a DNAME it cannot deny.
    let is_cut = types.contains(RecordType::NS) && !types.contains(RecordType::SOA)
        || types.contains(RecordType::DNAME);
    // The last gap of a zone ends at its top.
    let ends_behind = name < next || next <= owner && next.zone_of(name);
    owner < name
        && ends_behind
        && !(is_cut && owner.zone_of(name))
        && !nearer.zone_of(owner)
        && !nearer.zone_of(next)
}

/// Goes from alias to alias, as far as the answer leads, and returns the addresses of the last one.
fn follow(
    answer: &DnsResponse,
    name: &mut Name,
    kind: RecordType,
    links: &mut usize,
) -> Result<Option<Vec<IpAddr>>> {
    loop {
        let of_name = || answer.answers.iter().filter(|record| record.name == *name);
        let mut found = Vec::new();
        let mut alias = None;
        for record in of_name() {
            match &record.data {
                RData::A(a) if kind == RecordType::A => found.push(a.0.into()),
                RData::AAAA(aaaa) if kind == RecordType::AAAA => found.push(aaaa.0.into()),
                RData::CNAME(target) => alias = Some(target.0.clone()),
                _ => continue,
            }
            match record.proof {
                Proof::Secure | Proof::Insecure => {}
                Proof::Bogus => {
                    return Err(bogus(name, &"its signature does not hold, or is missing"));
                }
                Proof::Indeterminate => {
                    return Err(bogus(name, &"no trusted key leads to its zone"));
                }
            }
        }
        match alias {
            _ if !found.is_empty() => return Ok(Some(found)),
            Some(_) if *links > MOST_ALIASES => return Ok(None),
            Some(alias) => (*name, *links) = (alias, *links + 1),
            None => return Ok(None),
        }
    }
}

fn bogus(name: &Name, why: &dyn std::fmt::Display) -> Error {
    let name = name.to_ascii();
    let name = name.trim_end_matches('.').escape_debug();
    Error::new(Status::Dnssec, format!("the answer for '{name}' is bogus (DNSSEC): {why}"))
}

/// The value of a future in which nothing waits but by the watch.
fn at_once<T>(future: impl Future<Output = T>, watch: Watch) -> Result<T> {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        // It may want to be asked again for the sake of fairness.
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return Ok(value);
        }
        watch.check()?;
    }
}

/// What the validator asks by.
#[derive(Clone)]
struct Handle {
    asker: Arc<Mutex<Asker>>,
    /// In the order in which they are asked.
    servers: Arc<[Server]>,
    /// The place of the server that knew the last answer: it is asked first.
    first: Arc<AtomicUsize>,
    patience: Duration,
    vigil: Arc<Mutex<Vigil>>,
    questions: Arc<AtomicUsize>,
    /// What servers said to each question, and where none said anything, why.
    known: Arc<Mutex<HashMap<Vec<u8>, Heard>>>,
    /// Why something could not be asked.
    trouble: Arc<Mutex<Option<Error>>>,
}

type Heard = Result<DnsResponse, String>;

impl Handle {
    /// Asks for the addresses of both families at once, so that none waits for the other for long. Nothing of it is believed yet.
    fn ask_for_both(&self, name: &str) -> Result<()> {
        let families = [Family::Ipv6, Family::Ipv4];
        let question = |family| Ok(Question::new(name, family, true)?.wanting_signatures());
        let questions = families.into_iter().map(question).collect::<Result<Vec<_>>>()?;
        let is_enough = |place: usize, octets: &[u8]| {
            let found = read(octets, name, families[place]);
            families[place] == Family::Ipv4
                && matches!(found, Reading::Addresses(some) if !some.is_empty())
        };
        let heard = self.ask(&questions, &is_enough)?;
        let mut known = lock(&self.known);
        known.extend(questions.iter().map(Question::asked).zip(heard));
        Ok(())
    }

    fn exchange(&self, request: &DnsRequest) -> Result<DnsResponse> {
        let failed = |why: String| Error::new(Status::Resolve, why);
        if self.questions.fetch_add(1, Ordering::Relaxed) >= MOST_QUESTIONS {
            let sentence = format!("its proof would take more than {MOST_QUESTIONS} questions");
            return Err(failed(sentence));
        }
        let octets = request.to_vec().map_err(|error| failed(error.to_string()))?;
        let question = Question::of_message(octets)?.wanting_signatures();
        let asked = question.asked();
        let known = lock(&self.known).get(&asked).cloned();
        let heard = match known {
            Some(heard) => heard,
            None => {
                let mut heard = self.ask(&[question], &|_, _| false)?;
                let heard = heard.pop().unwrap_or_else(|| Err("nobody was asked".into()));
                lock(&self.known).insert(asked, heard.clone());
                heard
            }
        };
        heard.map_err(failed)
    }

    /// Asks one server after the other what is open, until there is enough. An error is the end of the watch.
    fn ask(
        &self,
        questions: &[Question],
        is_enough: &dyn Fn(usize, &[u8]) -> bool,
    ) -> Result<Vec<Heard>> {
        let vigil = lock(&self.vigil).clone();
        let mut failures: Vec<Vec<String>> = vec![Vec::new(); questions.len()];
        let mut heard: Vec<Option<DnsResponse>> = vec![None; questions.len()];
        let mut has_enough = false;
        let first = self.first.load(Ordering::Relaxed);
        for place in (0..self.servers.len()).map(|step| (first + step) % self.servers.len()) {
            let open: Vec<usize> = (0..questions.len()).filter(|it| heard[*it].is_none()).collect();
            if open.is_empty() || has_enough {
                break;
            }
            let server = &self.servers[place];
            let asked: Vec<_> = open.iter().map(|it| questions[*it].clone()).collect();
            let replies = lock(&self.asker).ask(
                &asked,
                server,
                self.patience,
                vigil.watch(),
                &|place, octets| is_enough(open[place], octets),
            )?;
            for (question, reply) in open.into_iter().zip(replies) {
                has_enough |=
                    matches!(&reply, Reply::Answer(octets) if is_enough(question, octets));
                match answer(reply) {
                    Ok(response) => {
                        heard[question] = Some(response);
                        self.first.store(place, Ordering::Relaxed);
                    }
                    Err(why) => failures[question].push(format!("{server}: {why}")),
                }
            }
        }
        let why = |failures: Vec<String>| super::told_once(&[&failures]).join("; ");
        let heard = heard.into_iter().zip(failures);
        Ok(heard.map(|(heard, failures)| heard.ok_or_else(|| why(failures))).collect())
    }
}

/// What a reply says, as far as it says anything.
fn answer(reply: Reply) -> Heard {
    let octets = match reply {
        Reply::Answer(octets) => octets,
        Reply::Failed(why) => return Err(why),
    };
    match octets[3] & 0x0f {
        0 | 3 => DnsResponse::from_buffer(octets).map_err(|_| "its answer is malformed".into()),
        code => Err(refusal(code)),
    }
}

impl DnsHandle for Handle {
    type Response = Once<Ready<Result<DnsResponse, NetError>>>;
    type Runtime = NoRuntime;

    fn send(&self, request: DnsRequest) -> Self::Response {
        let response = self.exchange(&request).map_err(|error| {
            let told = NetError::from(error.to_string());
            lock(&self.trouble).get_or_insert(error);
            told
        });
        once(ready(response))
    }
}

/// What the validator would have sockets and tasks of, if it had any. Of all of it the clock alone is asked.
#[derive(Clone)]
struct NoRuntime(Infallible);

impl RuntimeProvider for NoRuntime {
    type Handle = NoRuntime;
    type Timer = NoRuntime;
    type Udp = NoRuntime;
    type Tcp = NoRuntime;

    fn create_handle(&self) -> NoRuntime {
        match self.0 {}
    }

    fn connect_tcp(
        &self,
        _: SocketAddr,
        _: Option<SocketAddr>,
        _: Option<Duration>,
    ) -> Pin<Box<dyn Send + Future<Output = io::Result<NoRuntime>>>> {
        match self.0 {}
    }

    fn bind_udp(
        &self,
        _: SocketAddr,
        _: SocketAddr,
    ) -> Pin<Box<dyn Send + Future<Output = io::Result<NoRuntime>>>> {
        match self.0 {}
    }
}

impl Spawn for NoRuntime {
    fn spawn_bg(&mut self, _: impl Future<Output = ()> + Send + 'static) {
        match self.0 {}
    }
}

/// What `async fn` is in a trait that was made by async-trait.
type Later<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

impl Time for NoRuntime {
    fn delay_for<'a>(_: Duration) -> Later<'a, ()>
    where
        Self: 'a,
    {
        // Nothing here retries by a timer: see Handle::exchange.
        Box::pin(std::future::pending())
    }

    fn timeout<'a, F>(_: Duration, future: F) -> Later<'a, io::Result<F::Output>>
    where
        F: 'static + Future + Send + 'a,
        Self: 'a,
    {
        // The watch is what ends it.
        Box::pin(async { Ok(future.await) })
    }
}

impl DnsTcpStream for NoRuntime {
    type Time = NoRuntime;
}

impl DnsUdpSocket for NoRuntime {
    type Time = NoRuntime;

    fn poll_recv_from(
        &self,
        _: &mut Context<'_>,
        _: &mut [u8],
    ) -> Poll<io::Result<(usize, SocketAddr)>> {
        match self.0 {}
    }

    fn poll_send_to(
        &self,
        _: &mut Context<'_>,
        _: &[u8],
        _: SocketAddr,
    ) -> Poll<io::Result<usize>> {
        match self.0 {}
    }
}

impl AsyncRead for NoRuntime {
    fn poll_read(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        _: &mut [u8],
    ) -> Poll<io::Result<usize>> {
        match self.0 {}
    }
}

impl AsyncWrite for NoRuntime {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, _: &[u8]) -> Poll<io::Result<usize>> {
        match self.0 {}
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.0 {}
    }

    fn poll_close(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.0 {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Name {
        Name::from_ascii(text).unwrap()
    }

    #[test]
    fn a_gap_denies_what_is_in_it_and_nothing_nearer_may_be_at_its_ends() {
        let asked = name("any.wild.test.");
        for (owner, next, types, is_denied) in [
            ("*.wild.test.", "test.", &[RecordType::A][..], true),
            ("a.wild.test.", "b.wild.test.", &[RecordType::A], true),
            ("*.wild.test.", "zoo.wild.test.", &[RecordType::A], true),
            // The name itself is there, or something below it.
            ("any.wild.test.", "zoo.wild.test.", &[RecordType::A], false),
            ("a.wild.test.", "any.wild.test.", &[RecordType::A], false),
            ("a.wild.test.", "x.any.wild.test.", &[RecordType::A], false),
            // It is in another gap, or behind the last of another zone.
            ("b.wild.test.", "c.wild.test.", &[RecordType::A], false),
            ("a.wild.test.", "aa.wild.test.", &[RecordType::A], false),
            ("z.wild.test.", "test.", &[RecordType::A], false),
            ("a.other.", "other.", &[RecordType::A], false),
            // What is below a cut is the business of another zone.
            ("wild.test.", "x.test.", &[RecordType::NS], false),
            ("wild.test.", "x.test.", &[RecordType::NS, RecordType::SOA], true),
            ("wild.test.", "x.test.", &[RecordType::DNAME], false),
        ] {
            let nsec = NSEC::new(name(next), types.iter().copied());
            let denied = is_in_gap(&asked, &asked, &name(owner), &nsec);
            assert_eq!(denied, is_denied, "{owner} {next}");
        }
        // Where the wildcard is farther up, what is between counts as well.
        let deep = name("a.b.test.");
        let nsec = NSEC::new(name("test."), [RecordType::A]);
        assert!(is_in_gap(&deep, &name("b.test."), &name("*.test."), &nsec));
        assert!(!is_in_gap(&deep, &name("b.test."), &name("0.b.test."), &nsec));
    }

    #[test]
    fn trust_anchors_are_keys_in_whole_lines() {
        assert_eq!(anchors("").unwrap().len(), 2);
        let key = ". 3600 IN DNSKEY 257 3 15 bikZvfiYxux4cYrHpeLXUnBll1du0cStoZ3eZZ2x9l8=";
        assert_eq!(anchors(key).unwrap().len(), 1);
        assert!(anchors(&key.replacen('.', "test", 1)).unwrap().is_empty());
        for bad in
            ["x", "; nothing", ". IN DS 1 13 2 00", &key[..key.len() - 9], &format!("{key}\n. IN")]
        {
            assert_eq!(anchors(bad).err().unwrap().status(), Status::Argument, "{bad}");
        }
    }
}
