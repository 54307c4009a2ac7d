//! Servers that use TLS itself against the client: what they send is bounded, what is wrong with it is named.

#![allow(clippy::disallowed_methods, reason = "a peer is a thread of the test")]

mod support;

use inetmail::ffi::client_tls::*;
use inetmail::ffi::connection_info::*;
use inetmail::ffi::server_commands::*;
use inetmail::ffi::smtp_client::*;
#[cfg(feature = "tls-aws-lc")]
use inetmail::ffi::tls_settings::*;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use rustls::compress::{
    CertCompressor, CompressionCache, CompressionFailed, CompressionLevel, ZLIB_COMPRESSOR,
};
use rustls::{CertificateCompressionAlgorithm, ConnectionTrafficSecrets};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use support::face::{Handle, Record, client, message, ok, status_name};
use support::tls::*;

/// Makes of a certificate what stands for it compressed. rustls says how long it is when it is not.
struct Compressor(fn(Vec<u8>) -> Vec<u8>);

impl std::fmt::Debug for Compressor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Compressor")
    }
}

impl CertCompressor for Compressor {
    fn compress(&self, input: Vec<u8>, _: CompressionLevel) -> Result<Vec<u8>, CompressionFailed> {
        Ok((self.0)(input))
    }

    fn algorithm(&self) -> CertificateCompressionAlgorithm {
        CertificateCompressionAlgorithm::Zlib
    }
}

fn zlib(octets: Vec<u8>) -> Vec<u8> {
    ZLIB_COMPRESSOR.compress(octets, CompressionLevel::Amortized).expect("zlib")
}

fn compressing(making: Making, compressor: &'static Compressor) -> Peer {
    let mut config = making.with_cert();
    config.cert_compressors = vec![compressor];
    config.cert_compression_cache = Arc::new(CompressionCache::Disabled);
    // Whatever becomes of it, the client goes.
    let part = |mut tls: Tls| while tls.read(&mut [0; 512]).is_ok_and(|octets| octets > 0) {};
    Peer::with(&Arc::new(config), vec![Box::new(part)])
}

#[test]
fn a_compressed_certificate_is_what_it_says_or_none() {
    static BOMB: Compressor = Compressor(|_| zlib(vec![0; 32 << 20]));
    static LONGER: Compressor = Compressor(|it| zlib([it, vec![0]].concat()));
    static SHORTER: Compressor = Compressor(|it| zlib(it[1..].to_vec()));
    static CUT: Compressor = Compressor(|it| {
        let whole = zlib(it);
        whole[..whole.len() / 2].to_vec()
    });
    static NONE: Compressor = Compressor(|_| b"no zlib at all".to_vec());
    let small = certified("127.0.0.1");
    for compressor in [&BOMB, &LONGER, &SHORTER, &CUT, &NONE] {
        let record = compressing(presenting(&small), compressor).fails();
        assert_eq!(status_name(record.status), "INET_E_TLS", "{record:?}");
        assert!(record.message.contains("invalid cert compression"), "{record:?}");
        assert!(record.is_safe_to_retry, "{record:?}");
    }
    // One that is what it says, and says more than a certificate is taken for.
    static HONEST: Compressor = Compressor(zlib);
    let making = Making { times: 1000, ..presenting(&small) };
    let record = compressing(making, &HONEST).fails();
    assert_eq!(status_name(record.status), "INET_E_TLS", "{record:?}");
    assert!(record.message.contains("message too large"), "{record:?}");
}

/// A record of a handshake in clear.
fn record(message: &[u8]) -> Vec<u8> {
    let length = (message.len() as u16).to_be_bytes();
    [&[22, 3, 3][..], &length, message].concat()
}

/// Reads one ClientHello in one record, and returns its session id.
fn hear_hello(tls: &mut Tls) -> Vec<u8> {
    let mut head = [0; 5];
    loop {
        tls.sock.read_exact(&mut head).expect("a record");
        let mut message = vec![0; usize::from(u16::from_be_bytes([head[3], head[4]]))];
        tls.sock.read_exact(&mut message).expect("a whole record");
        // The second hello has a ChangeCipherSpec in front of it.
        if head[0] == 22 {
            assert_eq!(message[0], 1, "a ClientHello");
            let length = usize::from(message[38]);
            return message[39..39 + length].to_vec();
        }
    }
}

/// A HelloRetryRequest (RFC 8446 section 4.1.4) with these extensions behind that of the version.
fn retry(session: &[u8], suite: u16, extensions: &[u8]) -> Vec<u8> {
    const RANDOM: [u8; 32] = [
        0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8,
        0x91, 0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8,
        0x33, 0x9c,
    ];
    let extensions = [&[0, 43, 0, 2, 3, 4], extensions].concat();
    let mut body = [&[3, 3], &RANDOM[..], &[session.len() as u8], session].concat();
    body.extend(suite.to_be_bytes());
    body.push(0);
    body.extend((extensions.len() as u16).to_be_bytes());
    body.extend(extensions);
    let length = (body.len() as u32).to_be_bytes();
    record(&[&[2], &length[1..], &body].concat())
}

/// The extension that asks for a share of this group.
fn share_of(group: u16) -> Vec<u8> {
    [&[0, 51, 0, 2][..], &group.to_be_bytes()].concat()
}

const AES_128: u16 = 0x1301;
const P256: u16 = 23;
const P384: u16 = 24;
const P521: u16 = 25;
/// Brainpool, which nobody here has.
const BRAINPOOL: u16 = 31;

#[test]
fn a_server_asks_for_another_hello_once_and_with_a_reason() {
    let cookie = |length: u16| {
        let inner = (length.to_be_bytes(), (length + 2).to_be_bytes());
        [&[0, 44][..], &inner.1, &inner.0, &vec![7; usize::from(length)]].concat()
    };
    for (first, second, words) in [
        (share_of(BRAINPOOL), None, "with unoffered named group"),
        (share_of(P521), None, "with unoffered named group"),
        (share_of(0), None, "with unoffered named group"),
        (vec![], None, "with no changes"),
        (cookie(0), None, "illegal empty value"),
        (share_of(P384), Some(share_of(P256)), "a message that has no place there"),
        (cookie(9), Some(cookie(10)), "a message that has no place there"),
        (share_of(P384), Some(share_of(P384)), "a message that has no place there"),
    ] {
        let failure = Peer::playing(move |mut tls| {
            let session = hear_hello(&mut tls);
            tls.sock.write_all(&retry(&session, AES_128, &first)).expect("a client that listens");
            if let Some(second) = second {
                let session = hear_hello(&mut tls);
                let again = retry(&session, AES_128, &second);
                tls.sock.write_all(&again).expect("a client that listens");
            }
            while tls.sock.read(&mut [0; 512]).is_ok_and(|octets| octets > 0) {}
        })
        .fails();
        assert_eq!(status_name(failure.status), "INET_E_TLS", "{failure:?}");
        assert!(failure.message.contains(words), "{words}: {failure:?}");
    }
}

#[test]
fn a_server_at_an_address_of_ipv6_is_known_by_it() {
    for (name, is_known) in [("::1", true), ("localhost", false), ("127.0.0.1", false)] {
        let made = certified(name);
        for host in [c"::1", c"[::1]", c"0:0:0:0:0:0:0:1"] {
            let listener = TcpListener::bind(("::1", 0)).expect("a port");
            let part = move |mut tls: Tls| match is_known {
                true => open_and_end(tls),
                false => assert!(tls.read(&mut [0]).is_err(), "a client that believes it"),
            };
            let config = Arc::new(presenting(&made).with_cert());
            let peer = Peer::at(listener, &config, vec![Box::new(part)]);
            let client = client("placeholder", peer.port);
            ok(unsafe { INetSmtpClient_SetHost(client.0, host.as_ptr()) });
            ok(INetSmtpClient_SetSecurityOptions(client.0, 4));
            add(INetSmtpClient_GetTrustedCertificates(client.0), &made.cert.pem());
            let status = INetSmtpClient_Connect(client.0);
            if is_known {
                ok(status);
            } else {
                let failure = Record::of_this_thread();
                assert_eq!(status_name(status), "INET_E_CERTIFICATE", "{failure:?}");
                assert!(failure.message.contains(name), "{failure:?}");
                assert!(failure.message.contains("::1"), "{failure:?}");
            }
            ok(INetSmtpClient_Disconnect(client.0));
            let info = Handle::of(INetSmtpClient_GetConnectionInfo(client.0));
            assert_eq!(INetConnectionInfo_GetServerAuthenticated(info.0), i32::from(is_known));
            peer.serving.join().expect("the part played to its end");
        }
    }
}

#[test]
fn tickets_without_end_have_one() {
    // rustls' server sends all of them as one piece, which no record happens to end.
    let made = certified("127.0.0.1");
    let mut config = presenting(&made).with_cert();
    config.send_tls13_tickets = 20_000;
    let part = |mut tls: Tls| {
        // The client goes when it has had enough.
        let _ = tls.write_all(b"220 mx\r\n").and_then(|()| tls.flush());
        while tls.read(&mut [0; 512]).is_ok_and(|octets| octets > 0) {}
    };
    let failure = Peer::with(&Arc::new(config), vec![Box::new(part)]).fails();
    assert_eq!(status_name(failure.status), "INET_E_TLS", "{failure:?}");
    assert!(failure.message.contains("more TLS messages in one piece"), "{failure:?}");
    assert!(failure.is_safe_to_retry, "{failure:?}");
}

/// A ticket (RFC 8446 section 4.6.1) of 4000 octets, alone in a record.
fn ticket(sequence: u64, keys: &ConnectionTrafficSecrets) -> Vec<u8> {
    let ConnectionTrafficSecrets::Aes256Gcm { key, iv } = keys else {
        panic!("the first suite of both is AES 256 in GCM");
    };
    let length = 4000_u16.to_be_bytes();
    let body = [&[0, 0, 1, 0, 1, 2, 3, 4, 1, 9][..], &length, &[7; 4000], &[0, 0]].concat();
    let mut octets = [&[4], &(body.len() as u32).to_be_bytes()[1..], &body, &[22]].concat();
    let mut nonce: [u8; 12] = iv.as_ref().try_into().expect("a nonce");
    for (octet, part) in nonce[4..].iter_mut().zip(sequence.to_be_bytes()) {
        *octet ^= part;
    }
    let sealed = (octets.len() + AES_256_GCM.tag_len()) as u16;
    let head = [&[23, 3, 3][..], &sealed.to_be_bytes()].concat();
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key.as_ref()).expect("a key"));
    let nonce = Nonce::assume_unique_for_key(nonce);
    key.seal_in_place_append_tag(nonce, Aad::from(&head), &mut octets).expect("a record");
    [head, octets].concat()
}

#[test]
fn tickets_one_by_one_have_an_end_too() {
    let made = certified("127.0.0.1");
    let mut config = presenting(&made).with_cert();
    config.enable_secret_extraction = true;
    let part = |mut tls: Tls| {
        say(&mut tls, "220 mx\r\n");
        hear(&mut tls, "EHLO");
        let (server, mut socket) = tls.into_parts();
        let (first, keys) = server.dangerous_extract_secrets().expect("secrets").tx;
        // The client goes when it has had enough.
        let _ = (first..).try_for_each(|number| socket.write_all(&ticket(number, &keys)));
    };
    let failure = Peer::with(&Arc::new(config), vec![Box::new(part)]).fails();
    assert_eq!(status_name(failure.status), "INET_E_TLS", "{failure:?}");
    assert!(failure.message.contains("records without end that say nothing"), "{failure:?}");
}

#[test]
fn a_reply_of_several_lines_that_is_cut_between_them_is_none() {
    // Each ends without a close_notify, as somebody does who cuts the connection off.
    let failure = Peer::playing(|mut tls| {
        say(&mut tls, "220 mx\r\n");
        hear(&mut tls, "EHLO");
        say(&mut tls, "250-mx\r\n250-SIZE 1000\r\n");
    })
    .fails();
    assert_eq!(status_name(failure.status), "INET_E_CONNECTION_LOST", "{failure:?}");
    assert!(failure.is_safe_to_retry, "{failure:?}");
    let failure = Peer::playing(|mut tls| {
        say(&mut tls, "220 mx\r\n");
        hear(&mut tls, "EHLO");
        say(&mut tls, "250 mx\r\n");
        hear(&mut tls, "MAIL");
        say(&mut tls, "250-2.1.0 ok\r\n");
    })
    .fails();
    assert_eq!(status_name(failure.status), "INET_E_CONNECTION_LOST", "{failure:?}");
    assert!(failure.is_safe_to_retry, "{failure:?}");
    let failure = Peer::playing(|mut tls| {
        take_message(&mut tls);
        say(&mut tls, "250-2.0.0 ok\r\n250-2.0.0 queued as 1\r\n");
    })
    .fails();
    assert_eq!(status_name(failure.status), "INET_E_IN_DOUBT", "{failure:?}");
    assert!(!failure.is_safe_to_retry, "{failure:?}");
}

#[test]
fn replies_in_more_records_than_fit_at_once_are_all_heard() {
    const RECIPIENTS: usize = 600;
    let peer = Peer::playing(|mut tls| {
        say(&mut tls, "220 mx\r\n");
        hear(&mut tls, "EHLO");
        say(&mut tls, "250-mx\r\n250 PIPELINING\r\n");
        hear(&mut tls, "DATA");
        // One record of the largest size, and many small ones behind it, all in one piece.
        let reply = format!("250 {}\r\n", "o".repeat(60));
        let replies = reply.repeat(RECIPIENTS + 1) + "354 go\r\n";
        let (first, others) = replies.as_bytes().split_at(16 * 1024);
        tls.conn.writer().write_all(first).expect("room");
        for other in others.chunks(reply.len()) {
            tls.conn.writer().write_all(other).expect("room");
        }
        say(&mut tls, "");
        hear(&mut tls, ".");
        say(&mut tls, "250 taken\r\n");
        hear(&mut tls, "QUIT");
    });
    let client = peer.client();
    let recipients: Vec<_> = (0..RECIPIENTS).map(|number| format!("to{number}@test")).collect();
    let letter = message("a@test", &recipients.join(", "), "s", "b");
    client.send(&letter).expect("a message that was taken");
    drop(client);
    peer.serving.join().expect("the part played to its end");
}

/// What the feature is for: the groups that withstand quantum computers are asked for unless others were chosen, can be chosen, and are told.
#[cfg(feature = "tls-aws-lc")]
#[test]
fn a_key_exchange_that_withstands_quantum_computers_is_used_and_told() {
    use support::face::text;
    for (chosen, offered, expected, is_retried) in [
        (None, &["X25519MLKEM768", "X25519"][..], "X25519MLKEM768", 0),
        (Some(c"X25519MLKEM768"), &["X25519MLKEM768"], "X25519MLKEM768", 0),
        (Some(c"x25519,SecP256r1MLKEM768"), &["secp256r1MLKEM768"], "SecP256r1MLKEM768", 1),
        (Some(c"MLKEM1024"), &["MLKEM1024"], "MLKEM1024", 0),
        // A server of yesterday.
        (None, &["X25519"], "x25519", 0),
        (None, &["secp384r1"], "secp384r1", 1),
    ] {
        let mut provider = rustls::crypto::aws_lc_rs::default_provider();
        let all = rustls::crypto::aws_lc_rs::ALL_KX_GROUPS;
        let named = |name: &&str| all.iter().find(|group| format!("{:?}", group.name()) == **name);
        provider.kx_groups = offered.iter().map(|name| *named(name).expect("a group")).collect();
        let made = certified("127.0.0.1");
        let config = Making { provider, ..presenting(&made) }.with_cert();
        let peer = Peer::with(&Arc::new(config), vec![Box::new(open_and_end)]);
        let client = peer.client();
        let settings = Handle::of(INetSmtpClient_GetTlsSettings(client.0));
        if let Some(chosen) = chosen {
            ok(unsafe { INetTlsSettings_SetEcCurves(settings.0, chosen.as_ptr()) });
        }
        ok(INetSmtpClient_Connect(client.0));
        ok(INetSmtpClient_Disconnect(client.0));
        let info = Handle::of(INetSmtpClient_GetConnectionInfo(client.0));
        let group = text(|b, n| unsafe { INetConnectionInfo_GetKeyExchangeGroup(info.0, b, n) });
        assert_eq!(group, expected, "{chosen:?}");
        assert_eq!(INetConnectionInfo_GetHelloRetried(info.0), is_retried, "{chosen:?}");
        assert_eq!(INetConnectionInfo_GetSecureConnection(info.0), 1);
        peer.serving.join().expect("the part played to its end");
    }
}
