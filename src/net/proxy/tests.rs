//! The dialogues, octet by octet, without a socket.

use super::connect::Connect;
use super::socks4::Socks4;
use super::socks5::Socks5;
use super::*;

/// A proxy that has its answers ready.
struct Script<'a> {
    answers: &'a [&'a [u8]],
    /// They come in pieces of so many octets.
    piece: usize,
}

/// What came of a dialogue.
struct Course {
    written: Vec<Vec<u8>>,
    connections: u32,
    result: Result<Vec<u8>>,
}

impl Course {
    fn status(&self) -> Status {
        self.result.as_ref().expect_err("a failure").status()
    }

    fn sentence(&self) -> String {
        self.result.as_ref().expect_err("a failure").to_string()
    }

    fn text(&self, request: usize) -> String {
        String::from_utf8_lossy(&self.written[request]).into_owned()
    }
}

/// Each write is answered by the next answer; behind the last one, the proxy closes.
fn run(dialogue: &mut dyn Dialogue, script: Script) -> Course {
    let mut course = Course { written: Vec::new(), connections: 1, result: Ok(Vec::new()) };
    let (mut said, mut coming) = (Vec::new(), Vec::new());
    let mut step = dialogue.advance(&mut said);
    loop {
        step = match step {
            Err(error) => {
                course.result = Err(error);
                return course;
            }
            Ok(Step::Open) => {
                said.append(&mut coming);
                course.result = Ok(said);
                return course;
            }
            Ok(Step::Write(octets)) => {
                let answer = script.answers.get(course.written.len()).copied().unwrap_or_default();
                coming.extend_from_slice(answer);
                course.written.push(octets.to_vec());
                dialogue.advance(&mut said)
            }
            Ok(Step::Reconnect) => {
                course.connections += 1;
                (said, coming) = (Vec::new(), Vec::new());
                dialogue.advance(&mut said)
            }
            Ok(Step::Read | Step::ReadBriefly) if coming.is_empty() => dialogue.ended(&mut said),
            Ok(Step::Read | Step::ReadBriefly) => {
                said.extend(coming.drain(..script.piece.min(coming.len())));
                dialogue.advance(&mut said)
            }
        };
    }
}

fn whole<'a>(answers: &'a [&'a [u8]]) -> Script<'a> {
    Script { answers, piece: usize::MAX }
}

fn name() -> Target {
    Target::parse("mail.test", 25).unwrap()
}

fn address(text: &str) -> Target {
    Target::parse(text, 0x1234).unwrap()
}

fn user(name: &str, password: &str) -> Identity {
    let password = Zeroizing::new(password.to_owned());
    Identity { user: name.to_owned(), password, ..Identity::default() }
}

#[test]
fn socks4_says_an_address_and_socks4a_a_name() {
    let granted: &[&[u8]] = &[&[0, 90, 1, 2, 3, 4, 5, 6, b'2', b'2', b'0']];
    for piece in [1, 3, usize::MAX] {
        let mut dialogue = Socks4::new(&address("192.0.2.7"), "").unwrap();
        let course = run(&mut dialogue, Script { answers: granted, piece });
        assert_eq!(course.written, [[4, 1, 0x12, 0x34, 192, 0, 2, 7, 0]]);
        // What follows at once is the server's greeting.
        assert_eq!(course.result.unwrap(), b"220");
    }
    let course = run(&mut Socks4::new(&name(), "me").unwrap(), whole(granted));
    assert_eq!(course.written[0], b"\x04\x01\0\x19\0\0\0\x01me\0mail.test\0");
    let mapped = address("::ffff:192.0.2.7");
    assert_eq!(
        run(&mut Socks4::new(&mapped, "").unwrap(), whole(granted)).written[0][4..8],
        [192, 0, 2, 7]
    );
    for (target, user) in [(address("2001:db8::1"), ""), (name(), "a\0b")] {
        let error = Socks4::new(&target, user).err().unwrap();
        assert_eq!(error.status(), Status::ProxyUnsupported);
    }
}

#[test]
fn refusals_of_socks4() {
    let of = |answer: &[u8]| run(&mut Socks4::new(&name(), "").unwrap(), whole(&[answer]));
    for (answer, status, words) in [
        (&[0, 91, 0, 0][..], Status::ProxyRefused, "code 91"),
        (&[0, 92, 0, 0, 0, 0, 0, 0], Status::ProxyAuthRequired, "identd"),
        (&[0, 93, 0, 0, 0, 0, 0, 0], Status::ProxyAuthRefused, "identd"),
        (&[0, 7], Status::ProxyProtocol, "code 7"),
        (&[5, 0], Status::ProxyProtocol, "as SOCKS5 does"),
        (b"HTTP/1.1 400", Status::ProxyProtocol, "as HTTP does"),
        (b"", Status::ProxyProtocol, "may not speak SOCKS4"),
        (&[0, 90, 0], Status::ProxyProtocol, "in the midst"),
    ] {
        let course = of(answer);
        assert_eq!(course.status(), status, "{answer:?}");
        assert!(course.sentence().contains(words), "{}", course.sentence());
    }
}

#[test]
fn socks5_says_names_and_addresses_of_both_kinds() {
    let of_ipv4: &[u8] = &[5, 0, 0, 1, 9, 9, 9, 9, 0, 1, b'2', b'2', b'0'];
    let of_ipv6: &[u8] =
        &[5, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, b'2', b'2', b'0'];
    let of_name: &[u8] = &[5, 0, 0, 3, 2, b'a', b'b', 0, 1, b'2', b'2', b'0'];
    for answer in [of_ipv4, of_ipv6, of_name] {
        for piece in [1, 2, usize::MAX] {
            let mut dialogue = Socks5::new(&name(), None).unwrap();
            let course = run(&mut dialogue, Script { answers: &[&[5, 0], answer], piece });
            assert_eq!(course.written[0], [5, 1, 0]);
            assert_eq!(course.written[1], b"\x05\x01\0\x03\x09mail.test\0\x19");
            assert_eq!(course.result.unwrap(), b"220");
        }
    }
    let written = |target: &Target| {
        run(&mut Socks5::new(target, None).unwrap(), whole(&[&[5, 0], of_ipv4])).written.remove(1)
    };
    assert_eq!(written(&address("192.0.2.7")), [5, 1, 0, 1, 192, 0, 2, 7, 0x12, 0x34]);
    let mut of_six = vec![5, 1, 0, 4, 0x20, 1, 0xd, 0xb8];
    of_six.extend([0; 11]);
    of_six.extend([1, 0x12, 0x34]);
    assert_eq!(written(&address("[2001:db8::1]")), of_six);
    assert_eq!(written(&address("::ffff:192.0.2.7"))[3..5], [1, 192]);
}

#[test]
fn socks5_logs_in() {
    let opened: &[u8] = &[5, 0, 0, 1, 0, 0, 0, 0, 0, 0];
    let of = |answers: &[&[u8]]| {
        run(&mut Socks5::new(&name(), Some(&user("us", "pw"))).unwrap(), whole(answers))
    };
    for version in [1, 5] {
        let course = of(&[&[5, 2], &[version, 0], opened]);
        assert_eq!(course.written[0], [5, 2, 0, 2]);
        assert_eq!(course.written[1], b"\x01\x02us\x02pw");
        assert!(course.result.is_ok());
    }
    // A proxy that wants none gets none.
    assert_eq!(of(&[&[5, 0], opened]).written.len(), 2);
    assert_eq!(of(&[&[5, 2], &[1, 1]]).status(), Status::ProxyAuthRefused);
    assert_eq!(of(&[&[5, 2]]).status(), Status::ProxyAuthRefused);
    assert_eq!(of(&[&[5, 255]]).status(), Status::ProxyAuthRequired);
    assert!(!of(&[&[5, 2], &[1, 1]]).sentence().contains("pw"));
    let anonymous = run(&mut Socks5::new(&name(), None).unwrap(), whole(&[&[5, 255]]));
    assert_eq!(anonymous.status(), Status::ProxyAuthRequired);
    let anonymous = run(&mut Socks5::new(&name(), None).unwrap(), whole(&[&[5, 2]]));
    assert_eq!(anonymous.status(), Status::ProxyProtocol);
    let long = "x".repeat(256);
    for identity in [user(&long, ""), user("", &long)] {
        let error = Socks5::new(&name(), Some(&identity)).err().unwrap();
        assert_eq!(error.status(), Status::ProxyUnsupported);
        assert!(!error.message().contains("xx"));
    }
}

#[test]
fn refusals_of_socks5() {
    let of = |answers: &[&[u8]]| run(&mut Socks5::new(&name(), None).unwrap(), whole(answers));
    for (code, status) in [
        (1, Status::ProxyServerUnreachable),
        (2, Status::ProxyRefused),
        (3, Status::ProxyServerUnreachable),
        (4, Status::ProxyServerUnreachable),
        (5, Status::ProxyServerUnreachable),
        (6, Status::ProxyServerUnreachable),
        (7, Status::ProxyUnsupported),
        (8, Status::ProxyUnsupported),
        (9, Status::ProxyProtocol),
        (255, Status::ProxyProtocol),
    ] {
        // Some close behind the code.
        let course = of(&[&[5, 0], &[5, code]]);
        assert_eq!(course.status(), status);
        assert!(course.sentence().contains("mail.test:25"), "{}", course.sentence());
    }
    for (answers, words) in [
        (&[&[4u8, 0][..]][..], "as SOCKS4 does"),
        (&[b"HTTP/1.1 400 Bad Request\r\n"], "as HTTP does"),
        (&[b"220 mail.test"], "as a mail server does"),
        (&[&[0x15, 3, 1]], "as TLS does"),
        (&[b""], "may not speak SOCKS5"),
        (&[&[5]], "in the midst"),
        (&[&[5, 0], &[5, 0, 0, 7]], "unknown kind 7"),
        (&[&[5, 0], &[0, 0, 0, 1]], "as SOCKS4 does"),
        (&[&[5, 0], &[5, 0, 0, 3, 200, 1]], "in the midst"),
    ] {
        let course = of(answers);
        assert_eq!(course.status(), Status::ProxyProtocol);
        assert!(course.sentence().contains(words), "{}", course.sentence());
    }
}

fn http(authentication: HttpAuthentication, login: Option<Identity>) -> Proxy {
    Proxy { host: "proxy.test".into(), port: 3128, authentication, login, ..Proxy::default() }
}

fn connect(proxy: &Proxy, target: &Target) -> Result<Connect> {
    Connect::new(proxy, target, &UserAgent::default())
}

fn ask(proxy: &Proxy, answers: &[&str]) -> Course {
    let answers: Vec<&[u8]> = answers.iter().map(|answer| answer.as_bytes()).collect();
    run(&mut connect(proxy, &name()).unwrap(), whole(&answers))
}

const OPENED: &str = "HTTP/1.1 200 Connection established\r\nContent-Length: 5\r\n\r\n220 hi";

#[test]
fn connect_opens_a_tunnel() {
    let mut proxy = http(HttpAuthentication::Auto, None);
    proxy.request_headers = "X-Office: 7\r\n".into();
    for piece in [1, 7, usize::MAX] {
        let script = Script { answers: &[OPENED.as_bytes()], piece };
        let course = run(&mut connect(&proxy, &name()).unwrap(), script);
        let version = env!("CARGO_PKG_VERSION");
        let expected = format!(
            "CONNECT mail.test:25 HTTP/1.1\r\nHost: mail.test:25\r\n\
             User-Agent: inetmail/{version}\r\nX-Office: 7\r\n\r\n"
        );
        assert_eq!(course.text(0), expected);
        // A length means nothing behind CONNECT.
        assert_eq!(course.result.unwrap(), b"220 hi");
    }
    assert!(lock(&proxy.answer).headers.starts_with(b"HTTP/1.1 200 Connection"));
    let mut dialogue = connect(&proxy, &address("2001:db8::1")).unwrap();
    let course = run(&mut dialogue, whole(&[b"HTTP/1.0 200\r\n\r\n"]));
    assert!(course.text(0).starts_with("CONNECT [2001:db8::1]:4660 HTTP/1.1\r\n"));
    assert!(course.result.is_ok());
    let early =
        ["HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nX: y\r\n\r\n", OPENED].concat();
    assert!(ask(&proxy, &[&early]).result.is_ok());
    let endless = "HTTP/1.1 100 Continue\r\n\r\n".repeat(20);
    assert_eq!(ask(&proxy, &[&endless]).status(), Status::ProxyProtocol);
}

#[test]
fn what_a_refusal_says_can_be_read() {
    let proxy = http(HttpAuthentication::Auto, None);
    let large = "x".repeat(100_000);
    for (answer, status, body) in [
        ("HTTP/1.1 403 Forbidden\r\nContent-Length: 3\r\n\r\nno!more", Status::ProxyRefused, "no!"),
        (
            "HTTP/1.1 403 No\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nno\r\n1\r\n!\r\n0\r\n\r\n",
            Status::ProxyRefused,
            "no!",
        ),
        ("HTTP/1.0 502 Bad Gateway\r\n\r\nno", Status::ProxyServerUnreachable, "no"),
        (
            "HTTP/1.1 503 Busy\r\nContent-Length: 90\r\n\r\ncut",
            Status::ProxyServerUnreachable,
            "cut",
        ),
        ("HTTP/1.1 504 Late\r\nContent-Length: x\r\n\r\nno", Status::ProxyServerUnreachable, "no"),
        ("HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n", Status::ProxyRefused, ""),
        ("HTTP/1.1 400\r\nTransfer-Encoding: chunked\r\n\r\nnonsense", Status::ProxyRefused, ""),
        (&format!("HTTP/1.1 403 Forbidden\r\n\r\n{large}"), Status::ProxyRefused, &large[..65536]),
    ] {
        let course = ask(&proxy, &[answer]);
        assert_eq!(course.status(), status, "{answer:.40}");
        assert!(course.sentence().starts_with("no way to mail.test:25: it answers "));
        let kept = lock(&proxy.answer).clone();
        assert!(kept.body == body.as_bytes(), "{answer:.40}");
        assert!(answer.as_bytes().starts_with(&kept.headers) && !kept.headers.is_empty());
    }
}

#[test]
fn answers_that_are_none() {
    let proxy = http(HttpAuthentication::Auto, None);
    let many = format!("HTTP/1.1 200 OK\r\n{}\r\n", "X: y\r\n".repeat(1000));
    let long = format!("HTTP/1.1 200 OK\r\nX: {}\r\n\r\n", "y".repeat(70_000));
    for (answer, words) in [
        ("", "may not speak HTTP"),
        ("HTTP/1.1 200 OK\r\nX", "in the midst"),
        ("\u{5}\0", "as SOCKS5 does"),
        ("220 mail.test ESMTP\r\n", "as a mail server does"),
        ("HTTP/9 200\r\n\r\n", "no HTTP"),
        (&many, "no HTTP"),
        (&long, "more header"),
    ] {
        let course = ask(&proxy, &[answer]);
        assert_eq!(course.status(), Status::ProxyProtocol, "{answer:.40}");
        assert!(course.sentence().contains(words), "{}", course.sentence());
    }
}

const WANTS: &str = "HTTP/1.1 407 No\r\nContent-Length: 4\r\nProxy-Authenticate: Basic realm=\"k\"\r\n\
                     Proxy-Authenticate: Digest realm=\"k\", nonce=\"n\", qop=\"auth\"\r\n\r\nhtml";

#[test]
fn the_better_login_is_chosen_and_a_refused_one_is_final() {
    let login = || Some(user("us", "pw"));
    let course = ask(&http(HttpAuthentication::Auto, login()), &[WANTS, OPENED]);
    assert!(!course.text(0).contains("Authorization"));
    assert!(course.text(1).contains("\r\nProxy-Authorization: Digest username=\"us\""));
    assert!(course.text(1).contains("uri=\"mail.test:25\""));
    assert_eq!((course.connections, course.result.is_ok()), (1, true));
    let course = ask(&http(HttpAuthentication::Basic, login()), &[OPENED]);
    assert!(course.text(0).contains("\r\nProxy-Authorization: Basic dXM6cHc=\r\n"));
    for authentication in
        [HttpAuthentication::Basic, HttpAuthentication::Digest, HttpAuthentication::Auto]
    {
        let course = ask(&http(authentication, login()), &[WANTS, WANTS, WANTS, WANTS]);
        assert_eq!(course.status(), Status::ProxyAuthRefused);
        let tries = if authentication == HttpAuthentication::Basic { 1 } else { 2 };
        assert_eq!(course.written.len(), tries, "{authentication:?}");
        assert!(course.sentence().contains("'us'") && !course.sentence().contains("pw"));
    }
    for (authentication, login) in [
        (HttpAuthentication::Auto, None),
        (HttpAuthentication::None, login()),
        (HttpAuthentication::Digest, login()),
    ] {
        let answer = "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"k\"\r\n\r\nhtml";
        let course = ask(&http(authentication, login), &[answer]);
        assert_eq!(course.status(), Status::ProxyAuthRequired);
        assert!(course.sentence().contains("Basic"), "{}", course.sentence());
    }
    let colon = http(HttpAuthentication::Basic, Some(user("a:b", "pw")));
    assert_eq!(connect(&colon, &name()).err().unwrap().status(), Status::ProxyUnsupported);
}

#[test]
fn a_proxy_may_close_between_two_requests() {
    let proxy = || http(HttpAuthentication::Auto, Some(user("us", "pw")));
    let close = WANTS.replace("Content-Length", "Connection: close\r\nContent-Length");
    let open = WANTS.replace("Content-Length: 4\r\n", "");
    let large = WANTS.replace("Content-Length: 4", "Content-Length: 99999999");
    // tinyproxy takes itself for the server.
    let server = "HTTP/1.0 401 No\r\nWWW-Authenticate: Basic realm=\"k\"\r\n\r\n";
    for answer in [&close, &open, &large, server] {
        let course = ask(&proxy(), &[answer, OPENED]);
        assert_eq!((course.connections, course.written.len()), (2, 2), "{answer}");
        assert!(course.result.is_ok());
    }
    let chunked = WANTS.replace("Content-Length: 4", "Transfer-Encoding: chunked");
    let chunked = chunked.replace("html", "4\r\nhtml\r\n0\r\nX: y\r\n\r\n");
    let course = ask(&proxy(), &[&chunked, OPENED]);
    assert_eq!((course.connections, course.result.is_ok()), (1, true));
}

#[test]
fn stale_nonces_come_to_an_end() {
    let stale: Vec<String> = (0..20)
        .map(|n| WANTS.replace("nonce=\"n\"", &format!("stale=true, nonce=\"{n}\"")))
        .collect();
    let answers: Vec<&str> = stale.iter().map(String::as_str).collect();
    let course = ask(&http(HttpAuthentication::Digest, Some(user("us", "pw"))), &answers);
    assert_eq!(course.status(), Status::ProxyAuthRefused);
    assert!(course.written.len() < 10);
    let course = ask(
        &http(HttpAuthentication::Digest, Some(user("us", "pw"))),
        &[&stale[0], &stale[1], OPENED],
    );
    assert!(course.result.is_ok() && course.text(2).contains("nonce=\"1\""));
}
