//! The resolver of the library's own over TLS (RFC 7858), with name servers that are who they say they are, and others.

#![allow(clippy::disallowed_methods, reason = "the tests measure, and have threads")]

mod support;

use inetmail::ffi::certificate_collection::INetCertificateCollection;
use inetmail::ffi::client_dns::*;
use inetmail::ffi::client_tls::*;
use inetmail::ffi::smtp_client::*;
use inetmail::ffi::tls_callbacks::*;
use inetmail::ffi::tls_validation_settings::*;
use rcgen::CrlDistributionPoint;
use simple_dns::{Packet, RCODE};
use std::ffi::{c_char, c_void};
use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, TcpListener, UdpSocket};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use support::face::{Client, Handle, Record, c, client, message, ok, status_name};
use support::name_server::*;
use support::name_server_tls::*;
use support::peer::Peer;
use support::tls::{Making, add, certified, client_certificate, presenting};

/// What takes so long has hung.
const HANG: Duration = Duration::from_secs(20);

/// A client whose names these servers know, and that trusts the authority.
fn asking(host: &str, port: u16, servers: &str, authority: &Authority) -> Client {
    let client = client(host, port).with_timeout(60_000);
    let servers = c(servers);
    ok(INetSmtpClient_SetSocketDnsMode(client.0, INET_DNS_OWN));
    ok(INetSmtpClient_SetSocketDnsRetries(client.0, 0));
    ok(unsafe { INetSmtpClient_SetSocketDnsServers(client.0, servers.as_ptr()) });
    add(INetSmtpClient_GetTrustedCertificates(client.0), &authority.certificate.pem());
    client
}

#[track_caller]
fn sent(client: &Client, peer: &Peer) {
    client
        .send(&message("a@test", "b@test", "S", "T"))
        .unwrap_or_else(|record| panic!("{record:?}"));
    assert!(peer.delivery().is_complete);
}

/// That the message arrives at the name, which the servers say is here.
#[track_caller]
fn arrives(servers: &str, authority: &Authority) {
    let peer = Peer::offering(&[]);
    sent(&asking("mail.test", peer.port, servers, authority), &peer);
}

#[track_caller]
fn failure(client: &Client) -> Record {
    let began = Instant::now();
    let record = client.send(&message("a@test", "b@test", "S", "T")).expect_err("a failure");
    assert!(began.elapsed() < HANG, "{:?}: {record:?}", began.elapsed());
    assert_eq!(record.phase, "resolve", "{record:?}");
    assert!(record.is_safe_to_retry, "{record:?}");
    *record
}

/// That this server is no help, for that reason, and that another one is.
#[track_caller]
fn is_passed_over(server: &str, authority: &Authority, words: &[&str]) {
    let client = asking("mail.test", 25, server, authority);
    ok(INetSmtpClient_SetSocketDnsQueryTimeout(client.0, 2000));
    let record = failure(&client);
    assert_eq!(status_name(record.status), "INET_E_RESOLVE", "{record:?}");
    for word in words.iter().chain(&[server.split('#').next().unwrap()]) {
        assert!(record.message.contains(word), "{word}: {record:?}");
    }
    let good = authority.server("127.0.0.1", |line| line.answer_all(here));
    let peer = Peer::offering(&[]);
    let servers = format!("{server}, {}", good.written(""));
    let client = asking("mail.test", peer.port, &servers, authority);
    ok(INetSmtpClient_SetSocketDnsQueryTimeout(client.0, 2000));
    sent(&client, &peer);
    assert_eq!(good.heard().len(), 1);
}

#[test]
fn both_questions_go_over_one_connection_padded_and_are_answered_in_any_order() {
    let authority = Authority::new();
    for reversed in [false, true] {
        let server = authority.server("dns.test", move |line| {
            let mut answers = Vec::new();
            // The second question is there before the first is answered.
            for _ in 0..2 {
                let Some(question) = line.question() else { return };
                answers.push(here(&parsed(&question)));
            }
            if reversed {
                answers.reverse();
            }
            let said: Vec<u8> = answers.iter().flat_map(|answer| by_tcp(answer)).collect();
            // In pieces that are none of the messages'.
            for piece in said.chunks(said.len() / 3) {
                line.say(piece);
            }
            line.listen();
        });
        arrives(&server.written("#dns.test"), &authority);
        let [heard] = &server.heard()[..] else { panic!("{:?}", server.heard()) };
        assert_eq!(heard.name.as_deref(), Some("dns.test"));
        assert_eq!(heard.questions.len(), 2);
        for question in &heard.questions {
            assert_eq!(question.len() % 128, 0);
            let packet = parsed(question);
            assert_eq!(name(&packet), "mail.test");
            assert_eq!(packet.opt().expect("EDNS").opt_codes[0].code, 12);
        }
        let is_of_ipv4 = heard.questions.iter().map(|question| is_a(&parsed(question)));
        assert_eq!(is_of_ipv4.collect::<Vec<_>>(), [false, true]);
        assert_ne!(heard.questions[0][..2], heard.questions[1][..2]);
    }
}

#[test]
fn without_a_name_the_certificate_is_for_the_address() {
    let authority = Authority::new();
    let server = authority.server("127.0.0.1", |line| line.answer_all(here));
    arrives(&server.written(""), &authority);
    // The second time the session is resumed, and judged all the same.
    arrives(&server.written(""), &authority);
    assert!(server.heard().iter().all(|heard| heard.name.is_none()));
    assert_eq!(server.heard().len(), 2);
    is_passed_over(
        &server.written("#dns.test"),
        &authority,
        &["the certificate of 'dns.test' was not accepted"],
    );
    let server = authority.server("dns.test", |line| line.answer_all(here));
    is_passed_over(
        &server.written(""),
        &authority,
        &["the certificate of '127.0.0.1' was not accepted"],
    );
    assert!(server.heard().is_empty());
}

#[test]
fn a_certificate_that_is_not_good_ends_it_and_the_next_server_is_asked() {
    let authority = Authority::new();
    let stranger = Authority::new().server("dns.test", |line| line.answer_all(here));
    is_passed_over(&stranger.written("#dns.test"), &authority, &["was not accepted"]);
    let expired = authority.issue("dns.test", |params| {
        params.not_before = rcgen::date_time_ymd(2019, 1, 1);
        params.not_after = rcgen::date_time_ymd(2020, 1, 1);
    });
    let expired = NameServerTls::new(presenting(&expired), |line| line.answer_all(here));
    is_passed_over(&expired.written("#dns.test"), &authority, &["was not accepted", "2020"]);
    let of_itself = certified("dns.test");
    let of_itself = NameServerTls::new(presenting(&of_itself), |line| line.answer_all(here));
    is_passed_over(&of_itself.written("#dns.test"), &authority, &["was not accepted"]);
    for server in [stranger, expired, of_itself] {
        assert!(server.heard().is_empty(), "a question went out");
    }
}

#[test]
fn who_speaks_no_tls_is_named() {
    let authority = Authority::new();
    let plain = NameServerTls::raw(|mut connection, _| {
        let _ = connection.write_all(b"hello, this is no TLS\r\n");
        let _ = connection.read_to_end(&mut Vec::new());
    });
    is_passed_over(&plain.written(""), &authority, &["in plain text ('hello, this is no TLS')"]);
    let of_mail = NameServerTls::raw(|mut connection, _| {
        let _ = connection.write_all(b"220 mail.test ESMTP\r\n");
        let _ = connection.read_to_end(&mut Vec::new());
    });
    let words = [
        "('220 mail.test ESMTP'): a name server does not speak TLS at this port, the usual one is 853",
    ];
    is_passed_over(&of_mail.written(""), &authority, &words);
    let closing = NameServerTls::raw(|mut connection, _| {
        let _ = connection.read(&mut [0; 4096]);
    });
    is_passed_over(&closing.written(""), &authority, &["closed the connection during the TLS"]);
    let stalling = NameServerTls::raw(|mut connection, _| {
        let _ = connection.read_to_end(&mut Vec::new());
    });
    let words = ["no end of the TLS handshake in 2000 ms"];
    is_passed_over(&stalling.written(""), &authority, &words);
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    is_passed_over(&format!("tls://{nobody}"), &authority, &["no connection: Connection refused"]);
}

#[test]
fn what_a_server_does_instead_of_answering_is_named() {
    let authority = Authority::new();
    let of = |play: fn(&mut Line)| authority.server("127.0.0.1", play);
    let silent = of(|line| line.listen());
    is_passed_over(&silent.written(""), &authority, &["no answer in 2000 ms"]);
    let closing = of(|line| drop(line.question()));
    is_passed_over(&closing.written(""), &authority, &["closed before its answer was whole"]);
    let half = of(|line| {
        line.question();
        line.say(&[1, 0, 7, 7, 7]);
    });
    is_passed_over(&half.written(""), &authority, &["closed before its answer was whole"]);
    let cut_short = of(|line| line.answer_all(cut));
    is_passed_over(&cut_short.written(""), &authority, &["answer by TLS is cut short"]);
    let refusing = of(|line| line.answer_all(|query| refusing(query, RCODE::Refused)));
    is_passed_over(&refusing.written(""), &authority, &["REFUSED"]);
    let stranger = of(|line| {
        let lie = |query: &Packet| {
            let mut lie = here(query);
            lie[0] ^= 1;
            lie
        };
        line.answer_all(lie);
    });
    let words = ["no answer in 2000 ms, but 2 that were not to this question"];
    is_passed_over(&stranger.written(""), &authority, &words);
    let flood = of(|line| {
        let Some(question) = line.question() else { return };
        let mut lie = by_tcp(&here(&parsed(&question)));
        lie[2] ^= 1;
        let lies = lie.repeat(100);
        for _ in 0..20_000 {
            line.say(&lies);
        }
    });
    is_passed_over(&flood.written(""), &authority, &["that were not to this question"]);
    let empty = of(|line| {
        line.question();
        line.say(&[0; 3000]);
        line.listen();
    });
    is_passed_over(&empty.written(""), &authority, &["1500 that were not to this question"]);
}

#[test]
fn what_a_mail_server_is_allowed_a_name_server_is_not() {
    unsafe extern "C" fn agrees(
        user: *mut c_void,
        _: *const c_char,
        _: *const INetCertificateCollection,
        _: i32,
        _: i32,
        _: *const c_char,
        _: i32,
    ) -> i32 {
        unsafe { &*user.cast::<AtomicUsize>() }.fetch_add(1, Ordering::SeqCst);
        1
    }
    let authority = Authority::new();
    let stranger = Authority::new().server("127.0.0.1", |line| line.answer_all(here));
    let calls = AtomicUsize::new(0);
    let client = asking("mail.test", 25, &stranger.written(""), &authority);
    ok(INetSmtpClient_SetDangerouslyAcceptAnyCertificate(client.0, 1));
    let user = (&raw const calls).cast_mut().cast();
    ok(unsafe { INetSmtpClient_OnCertificateValidate(client.0, Some(agrees), user, None) });
    assert!(failure(&client).message.contains("was not accepted"));
    assert!(stranger.heard().is_empty());
    let settings = Handle::of(INetSmtpClient_GetTlsSettings(client.0));
    ok(INetTlsSettings_SetAutoValidateCertificates(settings.0, 0));
    assert!(failure(&client).message.contains("was not accepted"));
    // Nor is the host asked about a good one.
    let good = authority.server("127.0.0.1", |line| line.answer_all(here));
    let servers = c(&good.written(""));
    ok(unsafe { INetSmtpClient_SetSocketDnsServers(client.0, servers.as_ptr()) });
    let peer = Peer::offering(&[]);
    ok(INetSmtpClient_SetPort(client.0, i32::from(peer.port)));
    sent(&client, &peer);
    assert_eq!(calls.load(Ordering::SeqCst), 0);
}

#[test]
fn the_clients_certificate_is_for_mail_servers_alone() {
    let (root, pem) = client_certificate(1);
    let authority = Authority::new();
    let certified = authority.issue("127.0.0.1", |_| {});
    let making = Making { clients: Some(root), ..presenting(&certified) };
    let curious = NameServerTls::new(making, |line| line.answer_all(here));
    let client = asking("mail.test", 25, &curious.written(""), &authority);
    add(INetSmtpClient_GetClientChain(client.0), &pem);
    assert!(failure(&client).message.contains("certificate required"));
    is_passed_over(&curious.written(""), &authority, &["certificate required"]);
}

#[test]
fn revocation_is_not_asked_about_by_the_very_resolver() {
    let authority = Authority::new();
    let with_list = authority.issue("dns.test", |params| {
        let uris = vec!["http://crl.test/list.crl".to_owned()];
        params.crl_distribution_points = vec![CrlDistributionPoint { uris }];
    });
    let server = NameServerTls::new(presenting(&with_list), |line| line.answer_all(here));
    arrives(&server.written("#dns.test"), &authority);
    let asked = server.heard();
    let mut asked = asked.iter().flat_map(|heard| &heard.questions);
    assert!(asked.all(|question| name(&parsed(question)) == "mail.test"));
    // Where it has to be known, it is not.
    let client = asking("mail.test", 25, &server.written("#dns.test"), &authority);
    let settings = Handle::of(INetSmtpClient_GetTlsSettings(client.0));
    ok(INetTlsSettings_SetRevocationCheck(settings.0, INET_REVOCATION_ANY_CRL));
    let record = failure(&client);
    for word in ["http://crl.test/list.crl", "was not asked, as nobody is about a name server"] {
        assert!(record.message.contains(word), "{record:?}");
    }
    assert_eq!(server.heard().len(), 1);
}

#[test]
fn aliases_are_followed_over_the_same_connection() {
    fn leading(query: &Packet) -> Vec<u8> {
        let asked = name(query);
        match asked.as_str() {
            "mail.test" => saying(query, vec![alias("mail.test", "far.test")]),
            _ if is_a(query) => saying(query, vec![a(&asked, Ipv4Addr::LOCALHOST)]),
            _ => saying(query, vec![]),
        }
    }
    let authority = Authority::new();
    let server = authority.server("127.0.0.1", |line| line.answer_all(leading));
    arrives(&server.written(""), &authority);
    let [heard] = &server.heard()[..] else { panic!("{:?}", server.heard()) };
    let mut numbers: Vec<_> = heard.questions.iter().map(|question| &question[..2]).collect();
    assert_eq!(numbers.len(), 4);
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), 4);
    // A server that closes behind each answer is asked over as many connections as it takes.
    let curt = authority.server("127.0.0.1", |line| {
        if let Some(question) = line.question() {
            line.answer(&leading(&parsed(&question)));
        }
    });
    arrives(&curt.written(""), &authority);
    assert_eq!(curt.heard().len(), 4, "{:?}", curt.heard());
    // One that closes in between is, too.
    let pausing = authority.server("127.0.0.1", |line| {
        for _ in 0..2 {
            let Some(question) = line.question() else { return };
            line.answer(&leading(&parsed(&question)));
        }
    });
    arrives(&pausing.written(""), &authority);
    assert_eq!(pausing.heard().len(), 2, "{:?}", pausing.heard());
}

#[test]
fn a_server_that_does_not_know_edns_is_asked_without() {
    let authority = Authority::new();
    let old = authority.server("127.0.0.1", |line| {
        line.answer_all(|query| match query.opt() {
            Some(_) => refusing(query, RCODE::FormatError),
            None => here(query),
        })
    });
    arrives(&old.written(""), &authority);
    assert_eq!(old.heard().len(), 1);
}

#[test]
fn one_family_does_not_wait_for_the_other_for_long() {
    let authority = Authority::new();
    let server = authority.server("127.0.0.1", |line| {
        while let Some(question) = line.question() {
            let query = parsed(&question);
            if is_a(&query) {
                line.answer(&here(&query));
            }
        }
    });
    let began = Instant::now();
    arrives(&server.written(""), &authority);
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
    assert_eq!(server.heard().len(), 1);
}

#[test]
fn the_time_and_the_host_end_each_step() {
    let authority = Authority::new();
    let stalling = NameServerTls::raw(|mut connection, heard| {
        heard.lock().unwrap().push(Heard::default());
        let _ = connection.read_to_end(&mut Vec::new());
    });
    let silent = authority.server("127.0.0.1", |line| line.listen());
    for (server, words) in
        [(&stalling, "no end of the TLS handshake until then"), (&silent, "no answer until then")]
    {
        let client = asking("mail.test", 25, &server.written(""), &authority);
        ok(INetSmtpClient_SetSocketDnsTotalTimeout(client.0, 1000));
        let record = failure(&client);
        assert_eq!(status_name(record.status), "INET_E_TIMEOUT", "{record:?}");
        assert!(record.message.contains(words), "{record:?}");

        ok(INetSmtpClient_SetSocketDnsTotalTimeout(client.0, 0));
        ok(INetSmtpClient_SetSocketDnsQueryTimeout(client.0, 600_000));
        let before = server.heard().len();
        std::thread::scope(|scope| {
            let sending = scope.spawn(|| (failure(&client), Instant::now()));
            while server.heard().len() == before {
                std::thread::yield_now();
            }
            let began = Instant::now();
            ok(INetSmtpClient_Cancel(client.0));
            let (record, ended) = sending.join().expect("no panic");
            assert_eq!(status_name(record.status), "INET_E_CANCELLED", "{record:?}");
            let took = ended.saturating_duration_since(began);
            assert!(took < Duration::from_secs(2), "{took:?}");
        });
    }
}

#[test]
fn nothing_is_asked_in_clear_for_want_of_tls() {
    let authority = Authority::new();
    let (closing, in_clear) = (0..20)
        .find_map(|_| {
            let closing = NameServerTls::raw(|connection, _| drop(connection));
            let in_clear = UdpSocket::bind(closing.address).ok()?;
            Some((closing, in_clear))
        })
        .expect("a port that is free by UDP, too");
    is_passed_over(&closing.written(""), &authority, &["connection"]);
    in_clear.set_nonblocking(true).unwrap();
    assert_eq!(in_clear.recv(&mut [0; 512]).unwrap_err().kind(), ErrorKind::WouldBlock);
}
