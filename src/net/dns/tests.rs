use super::super::wait::{Cancel, now};
use super::*;
use simple_dns::rdata::{A, CNAME, RData};
use simple_dns::{CLASS, Name, Packet, PacketFlag, QTYPE, RCODE, ResourceRecord, TYPE};
use std::io::{Read, Write};
use std::net::{TcpListener, UdpSocket};

/// What a server makes of a question: its datagrams, and its answer by TCP.
type Play = fn(&Packet) -> (Vec<Vec<u8>>, Option<Vec<u8>>);

/// A name server that plays so.
#[expect(clippy::disallowed_methods, reason = "the server is no part of the library")]
fn server(play: Play) -> Dns {
    let tcp = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = tcp.local_addr().unwrap();
    let udp = UdpSocket::bind(address).unwrap();
    std::thread::spawn(move || {
        let mut octets = [0; 512];
        while let Ok((received, from)) = udp.recv_from(&mut octets) {
            let query = Packet::parse(&octets[..received]).unwrap();
            for datagram in play(&query).0 {
                let _ = udp.send_to(&datagram, from);
            }
        }
    });
    std::thread::spawn(move || {
        for mut stream in tcp.incoming().map_while(std::result::Result::ok) {
            let mut length = [0; 2];
            stream.read_exact(&mut length).unwrap();
            let mut octets = vec![0; usize::from(u16::from_be_bytes(length))];
            stream.read_exact(&mut octets).unwrap();
            if let Some(answer) = play(&Packet::parse(&octets).unwrap()).1 {
                stream.write_all(&(answer.len() as u16).to_be_bytes()).unwrap();
                stream.write_all(&answer).unwrap();
            }
        }
    });
    let query_timeout = Some(Duration::from_millis(300));
    let servers = vec![(address.ip(), Some(address.port()))];
    Dns { mode: DnsMode::Own, servers, query_timeout, ..Dns::PLATFORM }
}

fn look_up(dns: &Dns, name: &str) -> Result<Vec<IpAddr>> {
    dns.look_up(name, Watch::new(Duration::from_secs(60), &Cancel::default()))
}

fn reply<'a>(query: &Packet<'a>) -> Packet<'a> {
    let mut reply = Packet::new_reply(query.id());
    reply.questions = query.questions.clone();
    reply
}

fn octets(packet: &Packet) -> Vec<u8> {
    packet.build_bytes_vec_compressed().unwrap()
}

fn is_a(query: &Packet) -> bool {
    query.questions[0].qtype == QTYPE::TYPE(TYPE::A)
}

fn record(name: &'static str, rdata: RData<'static>) -> ResourceRecord<'static> {
    ResourceRecord::new(Name::new(name).unwrap(), CLASS::IN, 60, rdata)
}

fn alias(name: &'static str, of: &'static str) -> ResourceRecord<'static> {
    record(name, RData::CNAME(CNAME(Name::new(of).unwrap())))
}

fn address(name: &'static str, last: u8) -> ResourceRecord<'static> {
    record(name, RData::A(A { address: u32::from(Ipv4Addr::new(192, 0, 2, last)) }))
}

fn with(query: &Packet, answers: Vec<ResourceRecord<'static>>) -> Vec<u8> {
    let mut reply = reply(query);
    if is_a(query) {
        reply.answers = answers;
    }
    octets(&reply)
}

fn saying(query: &Packet, answers: Vec<ResourceRecord<'static>>) -> Vec<u8> {
    let mut reply = reply(query);
    reply.answers = answers;
    octets(&reply)
}

fn expected(last: u8) -> Vec<IpAddr> {
    vec![Ipv4Addr::new(192, 0, 2, last).into()]
}

#[test]
fn addresses_and_aliases_are_found() {
    let dns = server(|query| (vec![with(query, vec![address("mail.test", 1)])], None));
    assert_eq!(look_up(&dns, "Mail.TEST.").unwrap(), expected(1));
    // Nobody is asked, so nobody has to answer.
    assert_eq!(look_up(&dns, "localhost").unwrap().len(), 2);
    let dns = server(|query| {
        let asked = query.questions[0].qname.to_string();
        let answers = match asked.as_str() {
            "mail.test" => vec![alias("one.test", "far.test"), alias("mail.test", "one.test")],
            "far.test" => vec![address("far.test", 2), address("stranger.test", 9)],
            _ => vec![],
        };
        (vec![with(query, answers)], None)
    });
    assert_eq!(look_up(&dns, "mail.test").unwrap(), expected(2));
    assert_eq!(look_up(&dns, "nothing.test").unwrap(), Vec::<IpAddr>::new());
}

#[test]
fn what_is_no_answer_to_the_question_is_passed_over() {
    let dns = server(|query| {
        let mut lie = Packet::new_reply(query.id() ^ 1);
        lie.questions = query.questions.clone();
        lie.answers = vec![address("mail.test", 66)];
        let mut other = Packet::new_reply(query.id());
        other.questions = query.questions.clone();
        other.questions[0].qname = Name::new("other.test").unwrap();
        other.answers = vec![address("mail.test", 67)];
        let mut question = octets(&reply(query));
        question[2] &= 0x7f;
        let junk = [&query.id().to_be_bytes()[..], &[0xc0; 600]].concat();
        let right = with(query, vec![address("mail.test", 3)]);
        (vec![octets(&lie), octets(&other), question, junk, vec![], right], None)
    });
    assert_eq!(look_up(&dns, "mail.test").unwrap(), expected(3));
    // One that lies and says no more is as good as silent.
    let dns = server(|query| {
        let mut lie = Packet::new_reply(query.id() ^ 1);
        lie.questions = query.questions.clone();
        lie.answers = vec![address("mail.test", 66)];
        (vec![octets(&lie)], None)
    });
    let error = look_up(&dns, "mail.test").unwrap_err();
    assert_eq!(error.status(), Status::Resolve);
    assert!(error.to_string().contains("no answer in 300 ms"), "{error}");
}

#[test]
fn what_does_not_fit_comes_by_tcp() {
    let dns = server(|query| {
        let mut cut = reply(query);
        cut.set_flags(PacketFlag::TRUNCATION);
        let whole = with(query, (1..=200).map(|last| address("mail.test", last)).collect());
        (vec![octets(&cut)], Some(whole))
    });
    assert_eq!(look_up(&dns, "mail.test").unwrap().len(), 200);
    let dns = server(|query| {
        let mut cut = reply(query);
        cut.set_flags(PacketFlag::TRUNCATION);
        (vec![octets(&cut)], Some(octets(&cut)))
    });
    let error = look_up(&dns, "mail.test").unwrap_err();
    assert!(error.to_string().contains("cut short"), "{error}");
}

#[test]
fn chains_without_an_end_and_refusals_have_a_sentence() {
    let round = server(|query| {
        let answers = vec![alias("a.test", "b.test"), alias("b.test", "a.test")];
        (vec![saying(query, answers)], None)
    });
    let far = server(|query| {
        let asked = query.questions[0].qname.to_string();
        let answers = match asked.as_str() {
            "a.test" => vec![alias("a.test", "b.test")],
            _ => vec![alias("b.test", "a.test")],
        };
        (vec![saying(query, answers)], None)
    });
    for dns in [round, far] {
        let error = look_up(&dns, "a.test").unwrap_err();
        assert!(error.to_string().contains("alias of an alias"), "{error}");
    }
    let refusing = |code| {
        let dns = server(match code {
            RCODE::NameError => |query| {
                let mut reply = reply(query);
                *reply.rcode_mut() = RCODE::NameError;
                (vec![octets(&reply)], None)
            },
            _ => |query| {
                let mut reply = reply(query);
                *reply.rcode_mut() = RCODE::ServerFailure;
                (vec![octets(&reply)], None)
            },
        });
        look_up(&dns, "a.test").unwrap_err().to_string()
    };
    assert!(refusing(RCODE::NameError).contains("no such name"));
    assert!(refusing(RCODE::ServerFailure).contains("ServerFailure"));
    assert!(look_up(&Dns::PLATFORM, &"x".repeat(64)).is_err());
}

#[test]
fn a_black_hole_costs_its_time_and_the_next_server_is_asked() {
    let silent = server(|_| (vec![], None));
    let alive = server(|query| (vec![with(query, vec![address("mail.test", 4)])], None));
    let both = Dns { servers: [silent.servers.clone(), alive.servers].concat(), ..silent.clone() };
    assert_eq!(look_up(&both, "mail.test").unwrap(), expected(4));
    let began = now();
    let short = Dns { total_timeout: Some(Duration::from_millis(50)), ..silent };
    assert_eq!(look_up(&short, "mail.test").unwrap_err().status(), Status::Timeout);
    assert!(now() - began < Duration::from_secs(20));
}
