use super::super::wait::{Cancel, now};
use super::head::MOST_FIELDS;
use super::*;
use once_cell::sync::Lazy;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

fn fetcher_under(cancel: &Cancel) -> Fetcher<'_> {
    static DIRECT: Lazy<Outlet> = Lazy::new(Outlet::default);
    fetcher_by(&DIRECT, cancel)
}

fn fetcher_by<'a>(outlet: &'a Outlet, cancel: &'a Cancel) -> Fetcher<'a> {
    static TLS: Lazy<Arc<Tls>> = Lazy::new(Arc::default);
    Fetcher::new(Watch::new(Duration::from_secs(60), cancel), outlet, &TLS)
}

/// Reads a request: its head, and as much behind it as that says.
fn read_request(stream: &mut TcpStream) -> String {
    let mut octets = Vec::new();
    let mut one = [0];
    while !octets.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut one).unwrap();
        octets.push(one[0]);
    }
    let head = String::from_utf8(octets).unwrap();
    let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: "));
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    stream.read_exact(&mut body).unwrap();
    head + &String::from_utf8(body).unwrap()
}

/// Serves one answer to each connection. `{port}` in an answer is the server's own.
fn serve<T>(answers: &[&str], client: impl FnOnce(&str) -> T) -> (T, Vec<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::scope(|scope| {
        let serving = scope.spawn(move || {
            let answered = answers.iter().map(|answer| {
                let (mut stream, _) = listener.accept().unwrap();
                let request = read_request(&mut stream);
                let answer = answer.replace("{port}", &port.to_string());
                // A client that has seen enough may be gone.
                let _ = stream.write_all(answer.as_bytes());
                request
            });
            answered.collect::<Vec<_>>()
        });
        let result = client(&format!("http://127.0.0.1:{port}/a/list?of=it"));
        (result, serving.join().unwrap())
    })
}

fn get_from(answers: &[&str], limit: usize) -> Result<Vec<u8>> {
    let cancel = Cancel::default();
    let mut fetcher = fetcher_under(&cancel);
    serve(answers, |url| fetcher.get(url, limit)).0
}

fn sentence(result: Result<Vec<u8>>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn a_request_says_what_it_has_to_and_its_answer_is_the_body() {
    let cancel = Cancel::default();
    let mut fetcher = fetcher_under(&cancel);
    let answer = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nyes and more";
    let (body, requests) = serve(&[answer], |url| fetcher.get(url, 10));
    assert_eq!(body.unwrap(), b"yes");
    let port = requests[0].split("127.0.0.1:").nth(1).unwrap().lines().next().unwrap();
    let version = env!("CARGO_PKG_VERSION");
    let expected = format!(
        "GET /a/list?of=it HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\
         User-Agent: inetmail/{version}\r\nAccept: */*\r\nConnection: close\r\n\r\n"
    );
    assert_eq!(requests[0], expected);
    let (body, requests) = serve(&[answer], |url| fetcher.post(url, "text/x", b"asked", 10));
    assert_eq!(body.unwrap(), b"yes");
    assert!(requests[0].starts_with("POST /a/list?of=it HTTP/1.1\r\n"));
    assert!(requests[0].ends_with("Content-Type: text/x\r\nContent-Length: 5\r\n\r\nasked"));
}

#[test]
fn a_request_has_the_name_that_the_host_chose_unless_its_fields_for_the_proxy_have_one() {
    let cancel = Cancel::default();
    let answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    let user_agent = UserAgent::parse("Mailer/7").unwrap();
    let mut outlet = Outlet { user_agent, ..Outlet::default() };
    let (_, requests) = serve(&[answer], |url| fetcher_by(&outlet, &cancel).get(url, 0));
    assert!(requests[0].contains("\r\nUser-Agent: Mailer/7\r\n"), "{}", requests[0]);
    for (fields, expected) in [("", "Mailer/7"), ("User-Agent: me\r\n", "me")] {
        let (body, requests) = serve(&[answer], |url| {
            let port = url.rsplit(':').next().unwrap().split('/').next().unwrap();
            outlet.proxy = Some(Arc::new(Proxy {
                host: "127.0.0.1".into(),
                port: port.parse().unwrap(),
                request_headers: fields.into(),
                ..Proxy::default()
            }));
            fetcher_by(&outlet, &cancel).get("http://crl.test/list", 0)
        });
        assert_eq!(body.unwrap(), b"");
        assert!(requests[0].starts_with("GET http://crl.test/list HTTP/1.1\r\n"));
        let names: Vec<_> = requests[0].matches("User-Agent: ").collect();
        assert_eq!(names.len(), 1, "{}", requests[0]);
        assert!(requests[0].contains(&format!("User-Agent: {expected}\r\n")), "{}", requests[0]);
    }
}

#[test]
fn bodies_of_every_length() {
    let chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\nContent-Length: 1\r\n\r\n\
                  3\r\nyes\r\n2;a=b\r\n, \r\n0\r\nTrailer: x\r\n\r\n";
    assert_eq!(get_from(&[chunks], 5).unwrap(), b"yes, ");
    assert_eq!(get_from(&["HTTP/1.0 200 OK\r\n\r\nall of it"], 9).unwrap(), b"all of it");
    assert_eq!(get_from(&["HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n"], 0).unwrap(), b"");
    let early = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx";
    assert_eq!(get_from(&[early], 1).unwrap(), b"x");
}

#[test]
fn bodies_beyond_the_limit_are_refused() {
    let too_long = "the answer is longer than 4 octets";
    let length = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n12345";
    assert_eq!(sentence(get_from(&[length], 4)), too_long);
    let endless = "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n";
    assert_eq!(sentence(get_from(&[endless], 4)), too_long);
    let chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nyes\r\n2\r\nno\r\n";
    assert_eq!(sentence(get_from(&[chunks], 4)), too_long);
    let chunk = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n";
    assert_eq!(sentence(get_from(&[chunk], 4)), too_long);
    assert_eq!(sentence(get_from(&["HTTP/1.1 200 OK\r\n\r\n12345"], 4)), too_long);
}

#[test]
fn redirections_are_followed_to_their_end() {
    let home = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhome";
    let there = "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{port}/there\r\n\r\n";
    let here = "HTTP/1.1 308\r\nLocation: /here\r\n\r\n";
    assert_eq!(get_from(&[there, here, home], 4).unwrap(), b"home");
    let circle = sentence(get_from(&[there, there, there, there], 4));
    assert_eq!(circle, "it was redirected more than 3 times");
    let https = "HTTP/1.1 301 Moved\r\nLocation: https://127.0.0.1/\r\n\r\n";
    assert_eq!(sentence(get_from(&[https], 4)), "only http is asked");
    let nowhere = "HTTP/1.1 301 Moved\r\n\r\n";
    assert_eq!(sentence(get_from(&[nowhere], 4)), "it was redirected without being told where");
    let cancel = Cancel::default();
    let mut fetcher = fetcher_under(&cancel);
    let (_, requests) = serve(&[here, home], |url| fetcher.post(url, "text/x", b"asked", 10));
    assert!(requests[1].starts_with("POST /here ") && requests[1].ends_with("\r\n\r\nasked"));
}

#[test]
fn answers_that_are_none() {
    let head = |fields: &str| format!("HTTP/1.1 200 OK\r\n{fields}\r\n\r\nbody");
    let chunked = "Transfer-Encoding: chunked\r\n\r\n";
    let fields = "X: y\r\n".repeat(MOST_FIELDS + 1);
    for (answer, words) in [
        ("HTTP/1.1 404 Not Found\r\n\r\n".to_owned(), "the answer is 404 Not Found"),
        ("HTTP/1.1 500\r\n\r\n".to_owned(), "the answer is 500"),
        (String::new(), "the connection was closed before an answer"),
        ("HTTP/1.1 200 OK\r\nContent".to_owned(), "the connection was closed before an answer"),
        ("220 mail.test ESMTP\r\n".to_owned(), "the answer is no HTTP"),
        (head("Content-Length: 5"), "the answer was cut short"),
        (head("Content-Length: -5"), "Content-Length is malformed"),
        (head("Content-Length: 4\r\nContent-Length: 5"), "Content-Length is malformed"),
        (head("Transfer-Encoding: gzip"), "that was not asked for"),
        (head("Content-Encoding: br"), "that was not asked for"),
        (head(&format!("{chunked}x\r\n")), "chunks are malformed"),
        (head(&format!("{chunked}3\r\nyesno")), "chunks are malformed"),
        (format!("HTTP/1.1 200 OK\r\n{chunked}3\r\nye"), "the answer was cut short"),
        (head(&format!("{chunked}{}", "0".repeat(2000))), "chunks are malformed"),
        (head(&fields), "the answer is no HTTP"),
        (head(&format!("X: {}", "y".repeat(LONGEST_HEAD))), "more header than any sane answer"),
    ] {
        let got = sentence(get_from(&[&answer], 100));
        assert!(got.contains(words), "{answer:.80?}: {got}");
    }
}

#[test]
fn addresses() {
    let address = |host: &str, port, target: &str| Address {
        host: host.to_owned(),
        port,
        target: target.to_owned(),
    };
    for (url, expected) in [
        ("http://host.test", address("host.test", 80, "/")),
        ("HTTP://host.test:8080/a/b?c#d", address("host.test", 8080, "/a/b?c")),
        ("http://host.test?query", address("host.test", 80, "/?query")),
        ("http://[::1]:81/x", address("[::1]", 81, "/x")),
        ("http://[::1]/x", address("[::1]", 80, "/x")),
    ] {
        assert_eq!(Address::parse(url).unwrap(), expected);
    }
    for url in [
        "",
        "http://",
        "http:///x",
        "https://host.test/",
        "ldap://host.test/",
        "http://user@host.test/",
        "http://host.test:0/",
        "http://host.test:x/",
        "http://host.test:+80/",
        "http://host.test:99999/",
        "http://host.test/a b",
        "http://host.test/a\r\nX: y",
        "http://hóst.test/",
    ] {
        assert!(Address::parse(url).is_err(), "{url:?}");
    }
}

#[test]
fn waiting_ends_by_the_watch() {
    let cancel = Cancel::default();
    let bound = || {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        (listener, url)
    };
    let (_silent, url) = bound();
    let mut fetcher = fetcher_under(&cancel);
    fetcher.allow(Duration::from_millis(1));
    assert_eq!(fetcher.get(&url, 10).unwrap_err().status(), Status::Timeout);
    assert!(!fetcher.has_time());

    let (listener, url) = bound();
    let mut fetcher = fetcher_under(&cancel);
    std::thread::scope(|scope| {
        let asking = scope.spawn(move || fetcher.get(&url, 10).unwrap_err().status());
        let (mut stream, _) = listener.accept().unwrap();
        read_request(&mut stream);
        cancel.cancel();
        assert_eq!(asking.join().unwrap(), Status::Cancelled);
    });
}

#[test]
fn what_need_not_succeed_gets_a_third_of_the_time_that_is_left() {
    let cancel = Cancel::default();
    let begin = now();
    let left = |mut fetcher: Fetcher| {
        fetcher.allow(Duration::from_secs(30));
        // The deadline is held against the time before, so that a slow machine makes it no nearer.
        fetcher.watch.deadline().saturating_duration_since(begin)
    };
    let long = left(fetcher_under(&cancel));
    assert!((19..=21).contains(&long.as_secs()), "{long:?}");
    let short = left(fetcher_under(&cancel).sparing(Duration::from_secs(6)));
    assert!((2..=3).contains(&short.as_secs()), "{short:?}");
}
