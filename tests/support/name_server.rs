//! A name server on loopback that answers as a test says, by UDP and by TCP at the same port.

use simple_dns::rdata::{A, AAAA, CNAME, RData};
use simple_dns::{CLASS, Name, Packet, PacketFlag, QTYPE, RCODE, ResourceRecord, TYPE};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, UdpSocket};
use std::sync::{Arc, Mutex};

/// What goes out by UDP, a datagram each, and by TCP, in raw octets.
#[derive(Default)]
pub struct Answers {
    pub datagrams: Vec<Vec<u8>>,
    pub stream: Vec<u8>,
}

/// One question as it came.
#[derive(Debug, Clone)]
pub struct Asked {
    pub name: String,
    pub is_a: bool,
    pub kind: u16,
    pub id: u16,
    /// The octets that a datagram may have, where the question says it (EDNS).
    pub most_octets: Option<u16>,
    pub by_tcp: bool,
    pub from: SocketAddr,
}

pub struct NameServer {
    pub address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl NameServer {
    pub fn new(play: fn(&Packet) -> Answers) -> NameServer {
        NameServer::on("127.0.0.1:0", play).expect("a free port")
    }

    /// None where the machine has no such address.
    pub fn on(address: &str, play: fn(&Packet) -> Answers) -> Option<NameServer> {
        // Whoever has the port by TCP may still find it taken by UDP.
        let (tcp, udp) = (0..20).find_map(|_| {
            let tcp = TcpListener::bind(address).ok()?;
            let udp = UdpSocket::bind(tcp.local_addr().ok()?).ok()?;
            Some((tcp, udp))
        })?;
        let address = tcp.local_addr().expect("an address");
        let server = NameServer { address, asked: Arc::default() };
        let (by_udp, by_tcp) = (server.asked.clone(), server.asked.clone());
        start(move || {
            let mut octets = [0; 512];
            while let Ok((received, from)) = udp.recv_from(&mut octets) {
                let query = Packet::parse(&octets[..received]).expect("a question");
                by_udp.lock().unwrap().push(asked(&query, false, from));
                for datagram in play(&query).datagrams {
                    let _ = udp.send_to(&datagram, from);
                }
            }
        });
        start(move || {
            for mut stream in tcp.incoming().map_while(Result::ok) {
                let mut length = [0; 2];
                let mut octets = Vec::new();
                if stream.read_exact(&mut length).is_ok() {
                    octets.resize(usize::from(u16::from_be_bytes(length)), 0);
                    stream.read_exact(&mut octets).expect("a question");
                }
                let Ok(query) = Packet::parse(&octets) else { continue };
                let from = stream.peer_addr().expect("an address");
                by_tcp.lock().unwrap().push(asked(&query, true, from));
                let _ = stream.write_all(&play(&query).stream);
                // Silence until the client has gone, where the test wants no more than that.
                if play(&query).stream.is_empty() {
                    let _ = stream.read(&mut length);
                }
            }
        });
        Some(server)
    }

    /// What was asked so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

#[expect(clippy::disallowed_methods, reason = "the server is no part of the library")]
fn start(work: impl FnOnce() + Send + 'static) {
    std::thread::spawn(work);
}

fn asked(query: &Packet, by_tcp: bool, from: SocketAddr) -> Asked {
    assert!(query.has_flags(PacketFlag::RECURSION_DESIRED) && query.questions.len() == 1);
    Asked {
        name: query.questions[0].qname.to_string(),
        is_a: is_a(query),
        kind: query.questions[0].qtype.into(),
        id: query.id(),
        most_octets: query.opt().map(|opt| opt.udp_packet_size),
        by_tcp,
        from,
    }
}

pub fn is_a(query: &Packet) -> bool {
    query.questions[0].qtype == QTYPE::TYPE(TYPE::A)
}

pub fn name(query: &Packet) -> String {
    query.questions[0].qname.to_string()
}

/// The answer to the question, without any records.
pub fn reply<'a>(query: &Packet<'a>) -> Packet<'a> {
    let mut reply = Packet::new_reply(query.id());
    reply.set_flags(PacketFlag::RECURSION_AVAILABLE);
    reply.questions = query.questions.clone();
    reply
}

pub fn octets(packet: &Packet) -> Vec<u8> {
    packet.build_bytes_vec_compressed().expect("a message")
}

/// As TCP has it, its length in front.
pub fn by_tcp(octets: &[u8]) -> Vec<u8> {
    [&(octets.len() as u16).to_be_bytes()[..], octets].concat()
}

/// These records, whatever was asked.
pub fn saying<'a>(query: &Packet<'a>, records: Vec<ResourceRecord<'a>>) -> Vec<u8> {
    let mut reply = reply(query);
    reply.answers = records;
    octets(&reply)
}

/// That, and nothing more.
pub fn refusing(query: &Packet, code: RCODE) -> Vec<u8> {
    let mut reply = reply(query);
    *reply.rcode_mut() = code;
    octets(&reply)
}

/// That the answer did not fit.
pub fn cut(query: &Packet) -> Vec<u8> {
    let mut cut = reply(query);
    cut.set_flags(PacketFlag::TRUNCATION);
    octets(&cut)
}

/// By UDP alone.
pub fn datagram(octets: Vec<u8>) -> Answers {
    Answers { datagrams: vec![octets], stream: Vec::new() }
}

/// That it does not fit, and by TCP that.
pub fn by_tcp_alone(query: &Packet, octets: &[u8]) -> Answers {
    Answers { datagrams: vec![cut(query)], stream: by_tcp(octets) }
}

fn record<'a>(name: &str, rdata: RData<'a>) -> ResourceRecord<'a> {
    ResourceRecord::new(Name::new(name).expect("a name").into_owned(), CLASS::IN, 60, rdata)
}

pub fn a(name: &str, address: Ipv4Addr) -> ResourceRecord<'static> {
    record(name, RData::A(A { address: address.into() }))
}

pub fn aaaa(name: &str, address: Ipv6Addr) -> ResourceRecord<'static> {
    record(name, RData::AAAA(AAAA { address: address.into() }))
}

pub fn alias(name: &str, of: &str) -> ResourceRecord<'static> {
    record(name, RData::CNAME(CNAME(Name::new(of).expect("a name").into_owned())))
}

/// That the name that is asked for is this machine, by IPv4.
pub fn here(query: &Packet) -> Vec<u8> {
    let records = if is_a(query) { vec![a(&name(query), Ipv4Addr::LOCALHOST)] } else { vec![] };
    saying(query, records)
}
