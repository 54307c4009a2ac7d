//! The resolver of the library's own, with name servers that answer well, badly, falsely, late and never.

mod support;

use inetmail::ffi::client_dns::*;
use inetmail::ffi::client_sockets::INetSmtpClient_SetSocketUseIPv6;
use inetmail::ffi::config::*;
use inetmail::ffi::smtp_client::*;
use simple_dns::{CLASS, Name, Packet, PacketFlag, RCODE};
use std::net::{Ipv4Addr, Ipv6Addr, UdpSocket};
use std::time::{Duration, Instant};
use support::face::{Client, Record, c, client, message, ok, status_name, text};
use support::name_server::*;
use support::peer::Peer;

/// What takes so long has hung.
const HANG: Duration = Duration::from_secs(20);

/// A client whose names these servers know.
fn asking(host: &str, port: u16, servers: &[&NameServer]) -> Client {
    let client = client(host, port).with_timeout(60_000);
    let servers: Vec<_> = servers.iter().map(|server| server.address.to_string()).collect();
    let servers = c(&servers.join(";"));
    ok(INetSmtpClient_SetSocketDnsMode(client.0, INET_DNS_OWN));
    ok(unsafe { INetSmtpClient_SetSocketDnsServers(client.0, servers.as_ptr()) });
    client
}

#[expect(clippy::disallowed_methods, reason = "the test measures")]
fn now() -> Instant {
    Instant::now()
}

fn failure(client: &Client) -> Record {
    let began = now();
    let record = client.send(&message("a@test", "b@test", "S", "T")).expect_err("a failure");
    assert!(now() - began < HANG, "{:?}: {record:?}", now() - began);
    assert_eq!(record.phase, "resolve", "{record:?}");
    assert!(record.is_safe_to_retry, "{record:?}");
    *record
}

/// That the message arrives at the name, which the servers say is here.
fn arrives(host: &str, servers: &[&NameServer]) {
    let peer = Peer::offering(&[]);
    let client = asking(host, peer.port, servers);
    client
        .send(&message("a@test", "b@test", "S", "T"))
        .unwrap_or_else(|record| panic!("{record:?}"));
    assert!(peer.delivery().is_complete);
}

fn unresolved(play: fn(&Packet) -> Answers, words: &[&str]) {
    let server = NameServer::new(play);
    let client = asking("mail.test", 25, &[&server]);
    ok(INetSmtpClient_SetSocketDnsQueryTimeout(client.0, 200));
    let record = failure(&client);
    assert_eq!(status_name(record.status), "INET_E_RESOLVE", "{record:?}");
    for word in ["'mail.test'"].iter().chain(words) {
        assert!(record.message.contains(word), "{word}: {record:?}");
    }
}

#[test]
fn both_families_are_asked_for_at_once_with_numbers_that_cannot_be_guessed() {
    let server = NameServer::new(|query| datagram(here(query)));
    arrives("Mail.TEST.", &[&server]);
    arrives("mail.test", &[&server]);
    let asked = server.asked();
    assert_eq!(asked.len(), 4);
    assert!(asked.iter().all(|asked| asked.name.eq_ignore_ascii_case("mail.test")), "{asked:?}");
    assert!(asked.iter().all(|asked| asked.most_octets == Some(1232) && !asked.by_tcp));
    assert_eq!(asked.iter().filter(|asked| asked.is_a).count(), 2);
    let mut ids: Vec<_> = asked.iter().map(|asked| asked.id).collect();
    ids.dedup();
    assert!(ids.len() > 1, "{ids:?}");
    // The pair of a look-up goes by one socket, the next has another port.
    assert_eq!(asked[0].from, asked[1].from);
    assert_ne!(asked[0].from, asked[2].from);
}

#[test]
fn an_address_of_ipv6_is_found_and_left_out_where_it_is_not_wanted() {
    let server = NameServer::new(|query| {
        let of_test = name(query);
        let record = match is_a(query) {
            true => a(&of_test, Ipv4Addr::new(127, 0, 0, 9)),
            false => aaaa(&of_test, Ipv6Addr::LOCALHOST),
        };
        datagram(saying(query, vec![record]))
    });
    // Nobody is there: the failure names what was tried.
    let client = asking("mail.test", 1, &[&server]);
    let record = client.send(&message("a@test", "b@test", "S", "T")).expect_err("nobody");
    assert!(
        record.message.contains("[::1]:1") && record.message.contains("127.0.0.9:1"),
        "{record:?}"
    );
    ok(INetSmtpClient_SetSocketUseIPv6(client.0, 0));
    let record = client.send(&message("a@test", "b@test", "S", "T")).expect_err("nobody");
    assert!(
        !record.message.contains("::1") && record.message.contains("127.0.0.9:1"),
        "{record:?}"
    );
}

#[test]
fn a_name_server_may_have_an_address_of_ipv6() {
    let Some(server) = NameServer::on("[::1]:0", |query| datagram(here(query))) else { return };
    arrives("mail.test", &[&server]);
}

#[test]
fn aliases_are_followed_within_an_answer_and_beyond_it() {
    let server = NameServer::new(|query| {
        let asked = name(query);
        let records = match (asked.as_str(), is_a(query)) {
            ("mail.test", _) => vec![alias("one.test", "far.test"), alias("mail.test", "one.test")],
            ("far.test", true) => {
                vec![a("far.test", Ipv4Addr::LOCALHOST), a("stranger.test", Ipv4Addr::BROADCAST)]
            }
            _ => vec![],
        };
        datagram(saying(query, records))
    });
    arrives("mail.test", &[&server]);
    let asked: Vec<_> = server.asked().into_iter().map(|asked| asked.name).collect();
    assert_eq!(asked, ["mail.test", "mail.test", "far.test", "far.test"]);
}

/// An alias for each name of digits, until the last.
fn chain(query: &Packet, last: u32) -> Vec<u8> {
    let asked = name(query);
    let number: u32 = asked.split('.').next().and_then(|digits| digits.parse().ok()).unwrap_or(0);
    let record = match number < last {
        true => alias(&asked, &format!("{}.test", number + 1)),
        false if is_a(query) => a(&asked, Ipv4Addr::LOCALHOST),
        false => return saying(query, vec![]),
    };
    saying(query, vec![record])
}

#[test]
fn chains_of_aliases_have_sixteen_links_at_most_and_circles_are_named() {
    arrives("0.test", &[&NameServer::new(|query| datagram(chain(query, 16)))]);
    unresolved(|query| datagram(chain(query, 17)), &["alias", "16 deep"]);
    unresolved(|query| datagram(chain(query, u32::MAX)), &["in a circle"]);
    let circle = |query: &Packet| {
        let records = vec![alias("mail.test", "one.test"), alias("one.test", "mail.test")];
        datagram(saying(query, records))
    };
    unresolved(circle, &["in a circle"]);
}

#[test]
fn what_is_no_answer_to_the_question_is_passed_over_and_counted() {
    /// Everything that a stranger could send who does not see the question.
    fn lies(query: &Packet) -> Vec<Vec<u8>> {
        let lie = |id: u16, asked: &'static str| {
            let mut lie = reply(query);
            lie.set_flags(simple_dns::PacketFlag::RESPONSE);
            lie.questions[0].qname = Name::new(asked).expect("a name");
            lie.answers = vec![a("mail.test", Ipv4Addr::BROADCAST)];
            let mut octets = octets(&lie);
            octets[..2].copy_from_slice(&id.to_be_bytes());
            octets
        };
        let mut question = octets(&reply(query));
        question[2] &= 0x7f;
        let junk = [&query.id().to_be_bytes()[..], &[0xc0; 600]].concat();
        let mut of_number = lie(query.id().wrapping_add(1), "mail.test");
        of_number.truncate(of_number.len() - 1);
        vec![of_number, lie(query.id(), "other.test"), question, junk, Vec::new()]
    }
    let liar = NameServer::new(|query| {
        let flood = lies(query).into_iter().cycle().take(200).chain([here(query)]);
        Answers { datagrams: flood.collect(), stream: Vec::new() }
    });
    arrives("mail.test", &[&liar]);
    let only_lies = |query: &Packet| match is_a(query) {
        true => Answers { datagrams: lies(query), stream: Vec::new() },
        false => Answers::default(),
    };
    unresolved(only_lies, &["no answer in 200 ms", "5 that were not to this question"]);
}

#[test]
fn a_flood_without_an_answer_ends_in_time() {
    let flood = |query: &Packet| {
        let mut lie = here(query);
        lie[0] ^= 0x55;
        Answers { datagrams: vec![lie; 20_000], stream: Vec::new() }
    };
    unresolved(flood, &["no answer in 200 ms", "that were not to this question"]);
}

#[test]
fn what_does_not_fit_comes_by_tcp() {
    let server = NameServer::new(|query| {
        let addresses = (0..1000).map(|_| a(&name(query), Ipv4Addr::LOCALHOST)).collect();
        by_tcp_alone(query, &saying(query, addresses))
    });
    arrives("mail.test", &[&server]);
    assert!(server.asked().iter().any(|asked| asked.by_tcp));
    unresolved(|query| by_tcp_alone(query, &cut(query)), &["by TCP is cut short"]);
    let lying = |query: &Packet| {
        let mut lie = here(query);
        lie[0] ^= 1;
        by_tcp_alone(query, &lie)
    };
    unresolved(lying, &["by TCP is not to this question"]);
    let half = |query: &Packet| {
        let whole = by_tcp(&here(query));
        Answers { datagrams: vec![cut(query)], stream: whole[..whole.len() - 1].to_vec() }
    };
    unresolved(half, &["closed before its answer by TCP was whole"]);
    let silent = |query: &Packet| Answers { datagrams: vec![cut(query)], stream: Vec::new() };
    unresolved(silent, &["no answer in 200 ms"]);
}

#[test]
fn malformed_and_oversized_answers_are_refused_by_name() {
    let oversized = |query: &Packet| {
        let addresses = (0..100).map(|_| a(&name(query), Ipv4Addr::LOCALHOST)).collect();
        datagram(saying(query, addresses))
    };
    unresolved(oversized, &["longer than the 1232 octets"]);
    let malformed = |query: &Packet| {
        let mut octets = saying(query, vec![a("mail.test", Ipv4Addr::LOCALHOST)]);
        octets.truncate(octets.len() - 3);
        datagram(octets)
    };
    unresolved(malformed, &["malformed: it ends in the midst of a record"]);
    let crooked = |query: &Packet| {
        let mut octets = saying(query, vec![]);
        // A name that points to itself.
        octets[7] = 1;
        let at = octets.len() as u8;
        octets.extend([0xc0, at, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, 1, 2, 3, 4]);
        datagram(octets)
    };
    unresolved(crooked, &["malformed: it "]);
    // A label beyond 63 octets, which is no pointer either (RFC 1035 section 4.1.4).
    let labelled = |query: &Packet| {
        let mut octets = saying(query, vec![]);
        octets[7] = 1;
        octets.extend([0x80, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, 1, 2, 3, 4]);
        datagram(octets)
    };
    unresolved(labelled, &["malformed: it holds a name that is none"]);
}

#[test]
fn what_a_server_says_instead_of_an_address_is_told() {
    unresolved(|query| datagram(refusing(query, RCODE::NameError)), &["NXDOMAIN", "no such name"]);
    unresolved(|query| datagram(saying(query, vec![])), &["NODATA", "has no address"]);
    unresolved(|query| datagram(refusing(query, RCODE::ServerFailure)), &["SERVFAIL"]);
    unresolved(|query| datagram(refusing(query, RCODE::Refused)), &["REFUSED"]);
    unresolved(|query| datagram(refusing(query, RCODE::NotImplemented)), &["NOTIMP"]);
    unresolved(|query| datagram(refusing(query, RCODE::FormatError)), &["FORMERR"]);
    // Not even the question comes back.
    let curt = |query: &Packet| {
        let mut octets = octets(&Packet::new_reply(query.id()));
        octets[3] |= 5;
        datagram(octets)
    };
    unresolved(curt, &["REFUSED"]);
}

#[test]
fn a_server_that_does_not_know_edns_is_asked_without() {
    let old = NameServer::new(|query| {
        datagram(match query.opt() {
            Some(_) => refusing(query, RCODE::FormatError),
            None => here(query),
        })
    });
    arrives("mail.test", &[&old]);
    assert_eq!(old.asked().len(), 4);
}

#[test]
fn servers_are_asked_in_their_order_and_again() {
    let failing = NameServer::new(|query| datagram(refusing(query, RCODE::ServerFailure)));
    let knowing = NameServer::new(|query| datagram(here(query)));
    arrives("mail.test", &[&failing, &knowing]);
    assert_eq!((failing.asked().len(), knowing.asked().len()), (2, 2));
    // That there is no such name is an answer.
    let denying = NameServer::new(|query| datagram(refusing(query, RCODE::NameError)));
    let client = asking("mail.test", 25, &[&denying, &knowing]);
    assert!(failure(&client).message.contains("NXDOMAIN"));
    assert_eq!(knowing.asked().len(), 2);
    for (retries, rounds) in [(0, 1), (1, 2), (3, 4)] {
        let failing = NameServer::new(|query| datagram(refusing(query, RCODE::ServerFailure)));
        let client = asking("mail.test", 25, &[&failing]);
        ok(INetSmtpClient_SetSocketDnsRetries(client.0, retries));
        failure(&client);
        assert_eq!(failing.asked().len(), 2 * rounds);
    }
    // Nobody is at that port, which the system tells at once.
    let nobody = UdpSocket::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let client = asking("mail.test", 25, &[]);
    let servers = c(&nobody.to_string());
    ok(unsafe { INetSmtpClient_SetSocketDnsServers(client.0, servers.as_ptr()) });
    ok(INetSmtpClient_SetSocketDnsQueryTimeout(client.0, 600_000));
    assert!(failure(&client).message.contains("refused"));
}

#[test]
fn a_black_hole_costs_its_time_and_no_more() {
    let silent = NameServer::new(|_| Answers::default());
    let alive = NameServer::new(|query| datagram(here(query)));
    let peer = Peer::offering(&[]);
    let client = asking("mail.test", peer.port, &[&silent, &alive]);
    ok(INetSmtpClient_SetSocketDnsQueryTimeout(client.0, 100));
    let began = now();
    client.send(&message("a@test", "b@test", "S", "T")).expect("the second server knows");
    assert!(now() - began >= Duration::from_millis(100));
    assert!(peer.delivery().is_complete);

    let client = asking("mail.test", 25, &[&silent]);
    ok(INetSmtpClient_SetSocketDnsTotalTimeout(client.0, 150));
    let record = failure(&client);
    assert_eq!(status_name(record.status), "INET_E_TIMEOUT", "{record:?}");
    assert!(record.message.contains(&silent.address.to_string()), "{record:?}");
    ok(INetSmtpClient_SetSocketDnsQueryTimeout(client.0, 60));
    let record = failure(&client);
    assert!(record.message.contains("no answer in 60 ms"), "{record:?}");
    // The time of the call is above them all.
    let client = asking("mail.test", 25, &[&silent]).with_timeout(100);
    assert_eq!(status_name(failure(&client).status), "INET_E_TIMEOUT");
}

#[test]
fn one_family_does_not_wait_for_the_other_for_long() {
    let server = NameServer::new(|query| match is_a(query) {
        true => datagram(here(query)),
        false => Answers::default(),
    });
    let began = now();
    arrives("mail.test", &[&server]);
    assert!(now() - began < Duration::from_secs(3));
    assert_eq!(server.asked().len(), 2);
}

#[test]
fn it_is_cancelled_while_it_waits_by_udp_and_by_tcp() {
    let plays: [fn(&Packet) -> Answers; 2] = [
        |_| Answers::default(),
        |query| Answers { datagrams: vec![cut(query)], stream: Vec::new() },
    ];
    for (play, by_tcp) in plays.into_iter().zip([false, true]) {
        let server = NameServer::new(play);
        let client = asking("mail.test", 25, &[&server]);
        ok(INetSmtpClient_SetSocketDnsQueryTimeout(client.0, 600_000));
        std::thread::scope(|scope| {
            let sending = scope.spawn(|| {
                let failed = failure(&client);
                (failed, now())
            });
            while !server.asked().iter().any(|asked| asked.by_tcp == by_tcp) {
                std::thread::yield_now();
            }
            let began = now();
            ok(INetSmtpClient_Cancel(client.0));
            let (record, ended) = sending.join().expect("no panic");
            assert_eq!(status_name(record.status), "INET_E_CANCELLED", "{record:?}");
            let took = ended.saturating_duration_since(began);
            println!("cancelled after {} us", took.as_micros());
            assert!(took < Duration::from_secs(2), "{took:?}");
        });
    }
}

#[test]
fn nobody_is_asked_for_this_machine_and_for_addresses() {
    let server = NameServer::new(|query| datagram(refusing(query, RCODE::NameError)));
    for host in ["localhost", "LocalHost.", "mail.localhost", "127.0.0.1", "[127.0.0.1]"] {
        arrives(host, &[&server]);
    }
    assert!(server.asked().is_empty());
    // What cannot be a name is not asked for, either.
    for (host, word) in [("mail..test", "empty"), (&format!("{}.test", "x".repeat(64)), "too long")]
    {
        let record = failure(&asking(host, 25, &[&server]));
        assert!(record.message.contains(word), "{record:?}");
    }
    assert!(server.asked().is_empty());
}

#[test]
fn auto_asks_the_servers_that_are_named() {
    let server = NameServer::new(|query| datagram(here(query)));
    let peer = Peer::offering(&[]);
    let client = asking("mail.test", peer.port, &[&server]);
    ok(INetSmtpClient_SetSocketDnsMode(client.0, INET_DNS_AUTO));
    let setting = text(|buffer, size| unsafe {
        INetSmtpClient_GetConfig(client.0, c"UseOwnDNSResolver".as_ptr(), buffer, size)
    });
    assert_eq!(setting, "false");
    client.send(&message("a@test", "b@test", "S", "T")).expect("the library asks");
    assert_eq!(server.asked().len(), 2);
    ok(INetSmtpClient_SetSocketDnsMode(client.0, INET_DNS_PLATFORM));
    let host = c("localhost");
    ok(unsafe { INetSmtpClient_SetHost(client.0, host.as_ptr()) });
    client.send(&message("a@test", "b@test", "S", "T")).expect("the system knows");
    assert_eq!(server.asked().len(), 2);
}

#[test]
fn settings_have_their_ranges_and_read_back() {
    let client = client("mail.test", 25);
    let servers = || {
        text(|buffer, size| unsafe { INetSmtpClient_GetSocketDnsServers(client.0, buffer, size) })
    };
    let set =
        |text: &str| unsafe { INetSmtpClient_SetSocketDnsServers(client.0, c(text).as_ptr()) };
    assert_eq!(INetSmtpClient_GetSocketDnsMode(client.0), INET_DNS_AUTO);
    assert_eq!(INetSmtpClient_GetSocketDnsPort(client.0), 0);
    assert_eq!(INetSmtpClient_GetSocketDnsQueryTimeout(client.0), 0);
    assert_eq!(INetSmtpClient_GetSocketDnsTotalTimeout(client.0), 0);
    assert_eq!(INetSmtpClient_GetSocketDnsRetries(client.0), 1);
    assert_eq!(servers(), "");
    for status in [
        INetSmtpClient_SetSocketDnsMode(client.0, 4),
        INetSmtpClient_SetSocketDnsMode(client.0, -1),
        INetSmtpClient_SetSocketDnsPort(client.0, 65_536),
        INetSmtpClient_SetSocketDnsQueryTimeout(client.0, -1),
        INetSmtpClient_SetSocketDnsTotalTimeout(client.0, i32::MIN),
        INetSmtpClient_SetSocketDnsRetries(client.0, 101),
    ] {
        assert_eq!(status_name(status), "INET_E_ARGUMENT_OUT_OF_RANGE");
    }
    ok(INetSmtpClient_SetSocketDnsPort(client.0, 5353));
    ok(INetSmtpClient_SetSocketDnsQueryTimeout(client.0, 70));
    ok(INetSmtpClient_SetSocketDnsTotalTimeout(client.0, i32::MAX));
    ok(INetSmtpClient_SetSocketDnsMode(client.0, INET_DNS_OWN));
    ok(set(" [::1]:5300 ,10.0.0.1;2001:db8::1"));
    assert_eq!(INetSmtpClient_GetSocketDnsPort(client.0), 5353);
    assert_eq!(INetSmtpClient_GetSocketDnsQueryTimeout(client.0), 70);
    assert_eq!(INetSmtpClient_GetSocketDnsTotalTimeout(client.0), i32::MAX);
    assert_eq!(INetSmtpClient_GetSocketDnsMode(client.0), INET_DNS_OWN);
    assert_eq!(servers(), "[::1]:5300, 10.0.0.1, 2001:db8::1");
    for bad in ["ns.test", "10.0.0.1, x", "10.0.0.1:0", "[::1"] {
        assert_eq!(status_name(set(bad)), "INET_E_ARGUMENT");
    }
    assert_eq!(servers(), "[::1]:5300, 10.0.0.1, 2001:db8::1");
}

#[test]
fn the_port_is_that_of_servers_without_their_own() {
    let server = NameServer::new(|query| datagram(here(query)));
    let peer = Peer::offering(&[]);
    let client = asking("mail.test", peer.port, &[]);
    ok(unsafe { INetSmtpClient_SetSocketDnsServers(client.0, c"127.0.0.1".as_ptr()) });
    ok(INetSmtpClient_SetSocketDnsPort(client.0, i32::from(server.address.port())));
    client.send(&message("a@test", "b@test", "S", "T")).expect("it is asked there");
    assert_eq!(server.asked().len(), 2);
}

#[cfg(not(feature = "dnssec"))]
#[test]
fn a_build_without_dnssec_says_so_and_asks_nobody() {
    let server = NameServer::new(|query| datagram(here(query)));
    for host in ["mail.test", "localhost"] {
        let client = asking(host, 25, &[&server]);
        ok(INetSmtpClient_SetSocketDnsMode(client.0, INET_DNS_OWN_SECURE));
        let record = failure(&client);
        assert_eq!(status_name(record.status), "INET_E_DNSSEC_UNAVAILABLE", "{record:?}");
        assert!(record.message.contains("SocketDnsMode") && !record.is_transient, "{record:?}");
        ok(unsafe { INetSmtpClient_SetSocketDnsTrustAnchors(client.0, c" ".as_ptr()) });
        let anchors = c". IN DNSKEY 257 3 13 AAAA";
        let status = unsafe { INetSmtpClient_SetSocketDnsTrustAnchors(client.0, anchors.as_ptr()) };
        assert_eq!(status_name(status), "INET_E_DNSSEC_UNAVAILABLE");
    }
    assert!(server.asked().is_empty());
}

#[test]
fn an_alias_that_leads_nowhere_spoils_neither_the_other_family_nor_the_other_servers() {
    /// The root has no address, and cannot have one.
    fn astray(query: &Packet) -> Vec<u8> {
        let mut octets = saying(query, vec![]);
        octets[7] = 1;
        octets.extend([0xc0, 12, 0, 5, 0, 1, 0, 0, 0, 0, 0, 1, 0]);
        octets
    }
    let half =
        NameServer::new(|query| datagram(if is_a(query) { here(query) } else { astray(query) }));
    arrives("mail.test", &[&half]);
    let lost = NameServer::new(|query| datagram(astray(query)));
    arrives("mail.test", &[&lost, &NameServer::new(|query| datagram(here(query)))]);
    unresolved(|query| datagram(astray(query)), &["alias that cannot be asked for"]);
}

#[test]
fn who_knows_nothing_and_asks_nobody_does_not_say_that_there_is_no_address() {
    fn refers(query: &Packet) -> Answers {
        let mut referral = reply(query);
        referral.remove_flags(PacketFlag::RECURSION_AVAILABLE);
        datagram(octets(&referral))
    }
    unresolved(refers, &["asks nobody (no recursion)"]);
    let knowing = NameServer::new(|query| datagram(here(query)));
    arrives("mail.test", &[&NameServer::new(refers), &knowing]);
    // Who is responsible for the name knows without recursion.
    let responsible = |query: &Packet| {
        let mut nothing = reply(query);
        nothing.remove_flags(PacketFlag::RECURSION_AVAILABLE);
        nothing.set_flags(PacketFlag::AUTHORITATIVE_ANSWER);
        datagram(octets(&nothing))
    };
    unresolved(responsible, &["NODATA"]);
}

#[test]
fn records_of_other_classes_are_no_addresses() {
    let chaos = |query: &Packet| {
        let mut record = a(&name(query), Ipv4Addr::LOCALHOST);
        record.class = CLASS::CH;
        datagram(saying(query, vec![record]))
    };
    unresolved(chaos, &["NODATA"]);
}

#[test]
fn an_answer_by_tcp_that_never_comes_does_not_keep_the_other_family_waiting() {
    let server =
        NameServer::new(|query| datagram(if is_a(query) { here(query) } else { cut(query) }));
    let peer = Peer::offering(&[]);
    let client = asking("mail.test", peer.port, &[&server]);
    ok(INetSmtpClient_SetSocketDnsQueryTimeout(client.0, 600_000));
    let began = now();
    client.send(&message("a@test", "b@test", "S", "T")).expect("the other family");
    assert!(now() - began < HANG, "{:?}", now() - began);
}

#[test]
fn an_address_with_its_interface_is_no_name() {
    let server = NameServer::new(|query| datagram(here(query)));
    for host in ["fe80::1%1", "[fe80::1%1]"] {
        // Nobody is there, or the machine has no such interface.
        let client = asking(host, 1, &[&server]).with_timeout(300);
        client.send(&message("a@test", "b@test", "S", "T")).expect_err("nobody");
    }
    assert!(server.asked().is_empty());
    let record = failure(&asking("\u{663}.test", 25, &[&server]));
    assert!(record.message.contains("no internationalized name"), "{record:?}");
}

#[test]
fn addresses_of_ipv6_alone_are_not_enough_while_the_others_may_come() {
    let server = NameServer::new(|query| match is_a(query) {
        true => Answers::default(),
        false => datagram(saying(query, vec![aaaa(&name(query), Ipv6Addr::LOCALHOST)])),
    });
    let client = asking("mail.test", 1, &[&server]);
    let patience = Duration::from_millis(700);
    ok(INetSmtpClient_SetSocketDnsQueryTimeout(client.0, patience.as_millis() as i32));
    let began = now();
    let record = client.send(&message("a@test", "b@test", "S", "T")).expect_err("nobody");
    assert!(record.message.contains("[::1]:1"), "{record:?}");
    assert!(now() - began >= patience, "{:?}", now() - began);
}
