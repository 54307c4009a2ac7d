//! What proxies answer, for tests and fuzzers to send at random: none of it may bring a dialogue down, or keep it from its end.
//!
//! The first octet says in what pieces the rest comes, and how the client logs in.

use super::super::user_agent::UserAgent;
use super::connect::Connect;
use super::socks4::Socks4;
use super::socks5::Socks5;
use super::{Dialogue, HttpAuthentication, Kind, Proxy, Step, Target};
use crate::error::Result;
use crate::sasl::Identity;
use crate::sasl::fuzz::is_fit;
use zeroize::Zeroizing;

/// More than any login takes.
const MOST_REQUESTS: usize = 64;

const LONGEST_REQUEST: usize = 200_000;

pub fn socks4(data: &[u8]) {
    run(data, |_| Socks4::new(&target(), "me"));
}

pub fn socks5(data: &[u8]) {
    run(data, |choice| {
        let login = (choice % 2 == 0).then(login);
        Socks5::new(&target(), login.as_ref())
    });
}

pub fn http(data: &[u8]) {
    const ALL: [HttpAuthentication; 4] = [
        HttpAuthentication::Auto,
        HttpAuthentication::Basic,
        HttpAuthentication::Digest,
        HttpAuthentication::Ntlm,
    ];
    run(data, |choice| {
        let proxy = Proxy {
            kind: Kind::Http,
            host: "proxy.test".into(),
            port: 3128,
            login: (choice % 8 != 7).then(login),
            authentication: ALL[usize::from(choice) % ALL.len()],
            ..Proxy::default()
        };
        Connect::new(&proxy, &target(), &UserAgent::default())
    });
}

fn target() -> Target {
    Target::parse("mail.test", 25).expect("a target")
}

fn login() -> Identity {
    let password = Zeroizing::new("tanstaaftanstaaf".to_owned());
    Identity { user: "tim".into(), password, ..Identity::default() }
}

fn run<D: Dialogue>(data: &[u8], make: impl Fn(u8) -> Result<D>) {
    let Some((&choice, answers)) = data.split_first() else { return };
    let piece = match choice >> 3 {
        0 => answers.len().max(1),
        piece => usize::from(piece),
    };
    let mut dialogue = make(choice).expect("a fit proxy");
    let (mut said, mut coming) = (Vec::new(), answers);
    let mut requests = 0;
    let mut step = dialogue.advance(&mut said);
    loop {
        step = match step {
            Err(error) => {
                assert!(is_fit(error.message()), "{}", error.message());
                assert!(!error.message().contains("tanstaaf"), "{}", error.message());
                return;
            }
            // What was not taken is the server's, octet by octet.
            Ok(Step::Open) => {
                return assert!(answers[..answers.len() - coming.len()].ends_with(&said));
            }
            Ok(Step::Write(request)) => {
                requests += 1;
                assert!(requests < MOST_REQUESTS, "a dialogue without an end");
                assert!(request.len() < LONGEST_REQUEST, "a long request");
                dialogue.advance(&mut said)
            }
            Ok(Step::Reconnect) => {
                said.clear();
                dialogue.advance(&mut said)
            }
            Ok(Step::Read | Step::ReadBriefly) if coming.is_empty() => dialogue.ended(&mut said),
            Ok(Step::Read | Step::ReadBriefly) => {
                let (now, later) = coming.split_at(piece.min(coming.len()));
                said.extend_from_slice(now);
                coming = later;
                dialogue.advance(&mut said)
            }
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sasl::fuzz::mutated;

    const OCTETS: [&[u8]; 7] = [b"\0", b"\x01", b"\x03\xff", b"\x04", b"\x05", b"\x5a", b"\xff"];
    const WORDS: [&[u8]; 12] = [
        b"\r\n",
        b"\r\n\r\n",
        b"HTTP/1.1 407 x\r\n",
        b"HTTP/1.0 200\r\n\r\n",
        b"Content-Length: 99999999999999999999\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"Proxy-Authenticate: Digest realm=\"a\", nonce=\"b\", stale=true\r\n",
        b"Proxy-Authenticate: NTLM TlRMTVNTUAACAAAA\r\n",
        b"ffffffffffffffff\r\n",
        b"\"",
        b",",
        b"\0",
    ];

    #[test]
    fn socks4_stands_what_a_proxy_says() {
        mutated("proxy_socks4", &OCTETS, socks4);
    }

    #[test]
    fn socks5_stands_what_a_proxy_says() {
        mutated("proxy_socks5", &OCTETS, socks5);
    }

    #[test]
    fn http_stands_what_a_proxy_says() {
        mutated("proxy_http", &WORDS, http);
    }
}
