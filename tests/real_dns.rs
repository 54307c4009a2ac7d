//! The library's resolver with knot and unbound, and zones that are signed, unsigned, forged, expired and without their key.
//! DNSSEC is a feature of the build:
//!
//!     tests/servers/run.sh cargo test --features dnssec --test real_dns
//!
//! A plain `cargo test` leaves it out (`test = false` in Cargo.toml).

#![allow(clippy::disallowed_methods, reason = "the servers are no part of the library")]

mod support;

use inetmail::ffi::client_dns::*;
use inetmail::ffi::smtp_client::INetSmtpClient_SetPort;
use simple_dns::{Packet, RCODE};
use std::io::{Read, Write};
use std::net::TcpStream;
use support::face::{Client, Record, c, client, message, ok, status_name, text};
use support::name_server::*;
use support::peer::Peer;

fn setting(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name}: run this under tests/servers/run.sh"))
}

const SERVERS: [&str; 2] = ["INETMAIL_DNS_KNOT", "INETMAIL_DNS_UNBOUND"];

/// A client that asks that server.
fn asking(host: &str, port: u16, server: &str, mode: i32) -> Client {
    let client = client(host, port).with_timeout(30_000);
    ok(INetSmtpClient_SetSocketDnsMode(client.0, mode));
    ok(unsafe { INetSmtpClient_SetSocketDnsServers(client.0, c"127.0.0.1".as_ptr()) });
    ok(INetSmtpClient_SetSocketDnsPort(client.0, setting(server).parse().expect("a port")));
    client
}

fn arrives(host: &str, server: &str, mode: i32, anchors: Option<&str>) {
    let peer = Peer::offering(&[]);
    let client = asking(host, peer.port, server, mode);
    if let Some(anchors) = anchors {
        trust(&client, anchors);
    }
    let sent = client.send(&message("a@test", "b@test", "S", "T"));
    sent.unwrap_or_else(|record| panic!("{host} by {server}: {record:?}"));
    assert!(peer.delivery().is_complete);
}

fn failure(client: &Client) -> Record {
    let record = client.send(&message("a@test", "b@test", "S", "T")).expect_err("a failure");
    assert_eq!(record.phase, "resolve", "{record:?}");
    assert!(record.is_safe_to_retry, "{record:?}");
    *record
}

fn trust(client: &Client, anchors: &str) {
    let anchors = c(anchors);
    ok(unsafe { INetSmtpClient_SetSocketDnsTrustAnchors(client.0, anchors.as_ptr()) });
}

/// The keys of the tests' own root.
fn anchors() -> String {
    std::fs::read_to_string(setting("INETMAIL_DNS_ANCHORS")).expect("a file")
}

#[test]
fn real_servers_are_asked_and_believed() {
    for server in SERVERS {
        for zone in ["signed.test", "nsec3.test", "plain.test"] {
            // Of many there are more than fit into a datagram.
            for name in ["mail", "both", "alias", "long", "plain", "any.wild", "many"] {
                arrives(&format!("{name}.{zone}"), server, INET_DNS_OWN, None);
            }
        }
        for (name, word) in [("nobody", "NXDOMAIN"), ("nothing", "NODATA")] {
            let host = format!("{name}.signed.test");
            let record = failure(&asking(&host, 25, server, INET_DNS_OWN));
            assert_eq!(status_name(record.status), "INET_E_RESOLVE", "{record:?}");
            assert!(record.message.contains(word), "{record:?}");
        }
    }
    // unbound does not hand out what it finds bogus.
    for zone in ["bogus", "forged", "expired"] {
        let host = format!("mail.{zone}.test");
        let record = failure(&asking(&host, 25, "INETMAIL_DNS_UNBOUND", INET_DNS_OWN));
        assert!(record.message.contains("SERVFAIL"), "{record:?}");
    }
}

#[test]
fn what_is_signed_and_what_is_proven_to_be_unsigned_is_believed() {
    let anchors = anchors();
    for server in SERVERS {
        for zone in ["signed.test", "nsec3.test", "plain.test"] {
            for name in ["mail", "both", "alias", "long", "plain", "any.wild", "many"] {
                let host = format!("{name}.{zone}");
                arrives(&host, server, INET_DNS_OWN_SECURE, Some(&anchors));
            }
        }
    }
}

/// A client that asks this server over TLS, and trusts the tests' authority.
fn asking_by_tls(host: &str, port: u16, server: &str, name: &str, mode: i32) -> Client {
    let client = client(host, port).with_timeout(30_000).with_root(&setting("INETMAIL_CA"));
    let servers = c(&format!("tls://127.0.0.1:{}{name}", setting(server)));
    ok(INetSmtpClient_SetSocketDnsMode(client.0, mode));
    ok(unsafe { INetSmtpClient_SetSocketDnsServers(client.0, servers.as_ptr()) });
    trust(&client, &anchors());
    client
}

fn arrives_by_tls(host: &str, server: &str, name: &str, mode: i32) {
    let peer = Peer::offering(&[]);
    let client = asking_by_tls(host, peer.port, server, name, mode);
    let sent = client.send(&message("a@test", "b@test", "S", "T"));
    sent.unwrap_or_else(|record| panic!("{host} by {server}: {record:?}"));
    assert!(peer.delivery().is_complete);
}

#[test]
fn over_tls_real_servers_are_asked_that_show_who_they_are() {
    for server in ["INETMAIL_DNS_TLS", "INETMAIL_DNS_TLS12"] {
        for (zone, mode) in [
            ("signed.test", INET_DNS_OWN),
            ("plain.test", INET_DNS_OWN),
            ("signed.test", INET_DNS_OWN_SECURE),
            ("nsec3.test", INET_DNS_OWN_SECURE),
            ("plain.test", INET_DNS_OWN_SECURE),
        ] {
            // Of many there are more than fit into a datagram.
            for name in ["mail", "both", "long", "plain", "any.wild", "many"] {
                arrives_by_tls(&format!("{name}.{zone}"), server, "#smtp.test", mode);
            }
        }
        // By its address.
        arrives_by_tls("mail.signed.test", server, "", INET_DNS_OWN);
    }
    arrives_by_tls("mail.signed.test", "INETMAIL_DNS_WRONGHOST", "#other.example", INET_DNS_OWN);
    let host = "mail.bogus.test";
    let client = asking_by_tls(host, 25, "INETMAIL_DNS_TLS", "#smtp.test", INET_DNS_OWN_SECURE);
    assert_eq!(status_name(failure(&client).status), "INET_E_DNSSEC");
}

#[test]
fn over_tls_nobody_else_is_asked() {
    for (server, words) in [
        ("INETMAIL_DNS_EXPIRED", "expired"),
        ("INETMAIL_DNS_WRONGHOST", "smtp.test"),
        ("INETMAIL_DNS_SELFSIGNED", "was not accepted"),
        ("INETMAIL_DNS_UNKNOWNROOT", "was not accepted"),
        // They speak in clear, and wait for the rest of what they take for a question, or close.
        ("INETMAIL_DNS_KNOT", "TLS"),
        ("INETMAIL_DNS_UNBOUND", "TLS"),
    ] {
        for mode in [INET_DNS_OWN, INET_DNS_OWN_SECURE] {
            let client = asking_by_tls("mail.signed.test", 25, server, "#smtp.test", mode);
            ok(INetSmtpClient_SetSocketDnsQueryTimeout(client.0, 1000));
            ok(INetSmtpClient_SetSocketDnsRetries(client.0, 0));
            let record = failure(&client);
            assert_eq!(status_name(record.status), "INET_E_RESOLVE", "{record:?}");
            assert!(record.message.contains(words), "{server}: {record:?}");
            // With another server it works.
            let peer = Peer::offering(&[]);
            let [bad, good] = [server, "INETMAIL_DNS_TLS"].map(setting);
            let servers =
                format!("tls://127.0.0.1:{bad}#smtp.test tls://127.0.0.1:{good}#smtp.test");
            let servers = c(&servers);
            ok(unsafe { INetSmtpClient_SetSocketDnsServers(client.0, servers.as_ptr()) });
            ok(INetSmtpClient_SetPort(client.0, i32::from(peer.port)));
            let sent = client.send(&message("a@test", "b@test", "S", "T"));
            sent.unwrap_or_else(|record| panic!("{server}: {record:?}"));
            assert!(peer.delivery().is_complete);
        }
    }
}

#[test]
fn that_there_is_nothing_is_proven_too() {
    for server in SERVERS {
        for zone in ["signed.test", "nsec3.test", "plain.test"] {
            for (name, word) in [("nobody", "NXDOMAIN"), ("nothing", "NODATA")] {
                let host = format!("{name}.{zone}");
                let client = asking(&host, 25, server, INET_DNS_OWN_SECURE);
                trust(&client, &anchors());
                let record = failure(&client);
                assert_eq!(status_name(record.status), "INET_E_RESOLVE", "{server}: {record:?}");
                assert!(record.message.contains(word), "{record:?}");
            }
        }
    }
}

#[test]
fn what_is_bogus_is_refused_by_name() {
    for server in SERVERS {
        for host in
            ["mail.bogus.test", "mail.forged.test", "mail.expired.test", "bogus.signed.test"]
        {
            let client = asking(host, 25, server, INET_DNS_OWN_SECURE);
            trust(&client, &anchors());
            let record = failure(&client);
            assert_eq!(status_name(record.status), "INET_E_DNSSEC", "{host}: {record:?}");
            assert!(record.message.contains("bogus (DNSSEC)"), "{record:?}");
            assert!(record.message.contains(&format!("'{host}'")), "{record:?}");
        }
        // The tests' root is not the root of the Internet.
        let record = failure(&asking("mail.signed.test", 25, server, INET_DNS_OWN_SECURE));
        assert_eq!(status_name(record.status), "INET_E_DNSSEC", "{record:?}");
    }
}

#[test]
fn an_answer_without_its_signatures_is_no_answer() {
    // Everything is as it should be, but nothing is signed: as if somebody had taken the signatures away.
    let stripping = NameServer::new(|query| {
        let octets = support::name_server::here(query);
        Answers { stream: by_tcp(&octets), datagrams: vec![octets] }
    });
    let client = client("mail.signed.test", 25).with_timeout(30_000);
    let servers = c(&stripping.address.to_string());
    ok(INetSmtpClient_SetSocketDnsMode(client.0, INET_DNS_OWN_SECURE));
    ok(unsafe { INetSmtpClient_SetSocketDnsServers(client.0, servers.as_ptr()) });
    let record = failure(&client);
    assert_eq!(status_name(record.status), "INET_E_DNSSEC", "{record:?}");
}

#[test]
fn silence_is_not_taken_for_a_lie() {
    let silent = NameServer::new(|_| Answers::default());
    let client = client("mail.signed.test", 25).with_timeout(30_000);
    let servers = c(&silent.address.to_string());
    ok(INetSmtpClient_SetSocketDnsMode(client.0, INET_DNS_OWN_SECURE));
    ok(unsafe { INetSmtpClient_SetSocketDnsServers(client.0, servers.as_ptr()) });
    ok(INetSmtpClient_SetSocketDnsQueryTimeout(client.0, 50));
    let record = failure(&client);
    assert_eq!(status_name(record.status), "INET_E_RESOLVE", "{record:?}");
    assert!(record.message.contains("no answer in 50 ms"), "{record:?}");
    ok(INetSmtpClient_SetSocketDnsTotalTimeout(client.0, 60));
    ok(INetSmtpClient_SetSocketDnsQueryTimeout(client.0, 0));
    assert_eq!(status_name(failure(&client).status), "INET_E_TIMEOUT");
    // Nor is a refusal.
    let refusing = NameServer::new(|query| {
        let mut refusal = reply(query);
        *refusal.rcode_mut() = simple_dns::RCODE::Refused;
        Answers { datagrams: vec![octets(&refusal)], stream: Vec::new() }
    });
    let servers = c(&refusing.address.to_string());
    ok(unsafe { INetSmtpClient_SetSocketDnsServers(client.0, servers.as_ptr()) });
    ok(INetSmtpClient_SetSocketDnsTotalTimeout(client.0, 0));
    let record = failure(&client);
    assert_eq!(status_name(record.status), "INET_E_RESOLVE", "{record:?}");
    assert!(record.message.contains("REFUSED"), "{record:?}");
}

/// knot's answer, with its signatures.
fn real(query: &Packet) -> Vec<u8> {
    let mut asked = query.id().to_be_bytes().to_vec();
    asked.extend([0, 0x10, 0, 1, 0, 0, 0, 0, 0, 1]);
    for label in name(query).split('.').filter(|label| !label.is_empty()) {
        asked.push(label.len() as u8);
        asked.extend(label.as_bytes());
    }
    asked.push(0);
    asked.extend(kind(query).to_be_bytes());
    // EDNS with DO.
    asked.extend([0, 1, 0, 0, 41, 4, 208, 0, 0, 0x80, 0, 0, 0]);
    let knot = format!("127.0.0.1:{}", setting("INETMAIL_DNS_KNOT"));
    let mut stream = TcpStream::connect(knot).expect("knot");
    stream.write_all(&by_tcp(&asked)).expect("knot");
    let mut length = [0; 2];
    stream.read_exact(&mut length).expect("an answer");
    let mut answer = vec![0; usize::from(u16::from_be_bytes(length))];
    stream.read_exact(&mut answer).expect("an answer");
    answer
}

fn kind(query: &Packet) -> u16 {
    query.questions[0].qtype.into()
}

fn saying_all(query: &Packet, octets: Vec<u8>) -> Answers {
    match octets.len() {
        ..=1232 => Answers { stream: by_tcp(&octets), datagrams: vec![octets] },
        _ => by_tcp_alone(query, &octets),
    }
}

const A: u16 = 1;
const AAAA: u16 = 28;
const DNSKEY: u16 = 48;

/// A client of a name server that says something else than knot now and then. The host is one that has addresses of both families.
fn asking_with(play: fn(&Packet) -> Answers, port: u16) -> (NameServer, Client) {
    let server = NameServer::new(play);
    let client = client("both.signed.test", port).with_timeout(30_000);
    let servers = c(&server.address.to_string());
    ok(INetSmtpClient_SetSocketDnsMode(client.0, INET_DNS_OWN_SECURE));
    ok(unsafe { INetSmtpClient_SetSocketDnsServers(client.0, servers.as_ptr()) });
    trust(&client, &anchors());
    (server, client)
}

fn refusal(query: &Packet) -> Answers {
    saying_all(query, refusing(query, RCODE::ServerFailure))
}

#[test]
fn what_is_proven_of_one_family_is_used_where_the_other_is_silent() {
    let plays: [fn(&Packet) -> Answers; 2] = [
        |query| match kind(query) {
            AAAA => Answers::default(),
            _ => saying_all(query, real(query)),
        },
        |query| match kind(query) {
            AAAA => refusal(query),
            _ => saying_all(query, real(query)),
        },
    ];
    for play in plays {
        let peer = Peer::offering(&[]);
        let (server, client) = asking_with(play, peer.port);
        ok(INetSmtpClient_SetSocketDnsQueryTimeout(client.0, 600_000));
        let sent = client.send(&message("a@test", "b@test", "S", "T"));
        sent.unwrap_or_else(|record| panic!("{record:?}"));
        assert!(peer.delivery().is_complete);
        // Nobody asks again for what there is enough of.
        let of_ipv6 = server.asked().into_iter().filter(|asked| asked.kind == AAAA);
        assert_eq!(of_ipv6.count(), 1);
    }
    let (_server, client) = asking_with(
        |query| match kind(query) {
            A => refusal(query),
            _ => saying_all(query, real(query)),
        },
        1,
    );
    let record = client.send(&message("a@test", "b@test", "S", "T")).expect_err("nobody is there");
    assert!(record.message.contains("[::1]:1") && !record.message.contains("127.0.0.1:1"));
}

#[test]
fn a_lie_about_one_family_is_the_end_of_both() {
    let plays: [fn(&Packet) -> Answers; 4] = [
        |query| match kind(query) {
            AAAA => saying_all(query, saying(query, vec![aaaa(&name(query), 2.into())])),
            _ => saying_all(query, real(query)),
        },
        // As if there were none.
        |query| match kind(query) {
            AAAA => saying_all(query, saying(query, vec![])),
            _ => saying_all(query, real(query)),
        },
        |query| match kind(query) {
            A => saying_all(query, here(query)),
            _ => saying_all(query, real(query)),
        },
        // A lie about one, and silence about the other.
        |query| match kind(query) {
            A => saying_all(query, here(query)),
            AAAA => refusal(query),
            _ => saying_all(query, real(query)),
        },
    ];
    for play in plays {
        let (_server, client) = asking_with(play, 25);
        let record = failure(&client);
        assert_eq!(status_name(record.status), "INET_E_DNSSEC", "{record:?}");
    }
    // Where the keys are silent nothing is proven, and nothing is believed.
    let (_server, client) = asking_with(
        |query| match kind(query) {
            DNSKEY => refusal(query),
            _ => saying_all(query, real(query)),
        },
        25,
    );
    let record = failure(&client);
    assert_eq!(status_name(record.status), "INET_E_RESOLVE", "{record:?}");
    assert!(record.message.contains("SERVFAIL"), "{record:?}");
}

#[test]
fn a_server_that_fails_is_not_asked_each_time() {
    let failing = NameServer::new(|_| Answers::default());
    let client = asking("mail.signed.test", 25, "INETMAIL_DNS_KNOT", INET_DNS_OWN_SECURE);
    let peer = Peer::offering(&[]);
    ok(INetSmtpClient_SetPort(client.0, i32::from(peer.port)));
    trust(&client, &anchors());
    let servers = c(&format!("{}, 127.0.0.1", failing.address));
    ok(unsafe { INetSmtpClient_SetSocketDnsServers(client.0, servers.as_ptr()) });
    ok(INetSmtpClient_SetSocketDnsQueryTimeout(client.0, 300));
    let sent = client.send(&message("a@test", "b@test", "S", "T"));
    sent.unwrap_or_else(|record| panic!("{record:?}"));
    assert_eq!(failing.asked().len(), 2);
}

#[test]
fn trust_anchors_are_read_or_refused() {
    let client = client("mail.test", 25);
    let anchors = anchors();
    let read = || {
        text(|buffer, size| unsafe {
            INetSmtpClient_GetSocketDnsTrustAnchors(client.0, buffer, size)
        })
    };
    trust(&client, &anchors);
    assert_eq!(read(), anchors.trim());
    for bad in ["nonsense", ". IN A 127.0.0.1", ". IN DNSKEY 257 3 13", ". IN DNSKEY x 3 13 AAAA"] {
        let bad = c(bad);
        let status = unsafe { INetSmtpClient_SetSocketDnsTrustAnchors(client.0, bad.as_ptr()) };
        assert_eq!(status_name(status), "INET_E_ARGUMENT");
    }
    assert_eq!(read(), anchors.trim());
    trust(&client, "");
    assert_eq!(read(), "");
}
