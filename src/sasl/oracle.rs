//! GNU SASL's command line tool as the other side: its server takes what these clients say, and its client says what they do.
//!
//! `tests/tools/install.sh` installs it. Without it these tests fail.

use super::cram_md5::CramMd5;
use super::digest_md5::DigestMd5;
use super::scram::Scram;
use super::scram::tests::Server;
use super::{Binding, Identity, Mechanism, Peer, plain};
use encodify::base64;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use zeroize::Zeroizing;

const HOST: &str = "mail.example.org";

struct Gsasl {
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
}

impl Gsasl {
    fn start(side: &str, mechanism: &str, arguments: &[&str]) -> Gsasl {
        let mut child = Command::new("gsasl")
            // The last one switches off what it would do after the login.
            .args([side, "--quiet", "--mechanism", mechanism, "--application-data"])
            .args(["--quality-of-protection", "qop-auth"])
            .args(arguments)
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("gsasl, which tests/tools/install.sh installs");
        let stdin = child.stdin.take();
        let stdout = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut gsasl = Gsasl { child, stdin, stdout };
        assert_eq!(gsasl.line().as_deref(), Some(mechanism), "it has the mechanism");
        gsasl
    }

    fn server(mechanism: &str, arguments: &[&str]) -> Gsasl {
        Gsasl::start("--server", mechanism, arguments)
    }

    fn client(mechanism: &str, arguments: &[&str]) -> Gsasl {
        Gsasl::start("--client", mechanism, arguments)
    }

    /// `None` when it has nothing more to say.
    fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        self.stdout.read_line(&mut line).expect("a pipe");
        // What it asks the user for has no line end.
        let said = line.strip_suffix('\n')?.rsplit(": ").next().expect("a text");
        Some(said.to_owned())
    }

    fn hears(&mut self, octets: &[u8]) {
        // It may have ended, which shows in what it says.
        let stdin = self.stdin.as_mut().expect("a pipe");
        let line = base64::STANDARD.encode(octets) + "\n";
        let _ = stdin.write_all(line.as_bytes());
    }

    fn says(&mut self) -> Option<Vec<u8>> {
        let line = self.line()?;
        Some(base64::STANDARD.decode(line.as_bytes()).expect("base64"))
    }

    /// Whether it is content with the login.
    fn ends_well(mut self) -> bool {
        self.stdin = None;
        while self.line().is_some() {}
        self.child.wait().expect("it ends").success()
    }
}

/// Whether its server takes the login. `turns` is how many challenges the mechanism answers, `binding` what the server is bound to, if
/// the mechanism has it ask for that.
fn agree(mut client: impl Mechanism, turns: u8, binding: Option<&[u8]>, more: &[&str]) -> bool {
    let fixed = ["--password", PASSWORD, "--realm", "realm", "--iteration-count", "4096"];
    let mut server = Gsasl::server(client.name(), &[&fixed, more].concat());
    if let Some(response) = client.initial_response().expect("a message") {
        assert_eq!(server.says().as_deref(), Some(&b""[..]), "the client speaks first");
        server.hears(&response);
        binding.into_iter().for_each(|binding| server.hears(binding));
    }
    for _ in 0..turns {
        let Some(challenge) = server.says() else { break };
        let response = client.respond(&challenge).expect("gsasl keeps to the RFC");
        server.hears(&response);
    }
    // It asks for an answer to its success.
    server.hears(b"");
    let is_content = server.ends_well();
    assert!(client.conclude().is_ok() || !is_content, "the server is content, and not proved");
    is_content
}

const PASSWORD: &str = "pa,=\u{DF}w\u{F6}rd";

fn identity(user: &str, password: &str) -> Identity {
    let password = Zeroizing::new(password.to_owned());
    Identity { user: user.into(), password, ..Identity::default() }
}

fn peer(binding: &[u8]) -> Peer {
    let binding = Binding { name: "tls-exporter", data: binding.to_vec(), end_point: vec![] };
    Peer { service: "smtp", host: HOST.into(), binding: Some(binding), ..Peer::default() }
}

const USERS: [&str; 4] = ["user", "u=s,e=r", "us\u{E9}r@\u{43F}", "ke\u{AD}y\u{2168}"];

#[test]
fn its_server_takes_scram() {
    for name in ["SCRAM-SHA-1", "SCRAM-SHA-256"] {
        for user in USERS {
            for authorization in ["", "a,b=c"] {
                let mut somebody = identity(user, PASSWORD);
                somebody.authorization = authorization.into();
                let scram = |name: &str, offers_plus| {
                    Scram::new(name, offers_plus, &somebody, &peer(b"0123")).unwrap()
                };
                assert!(agree(scram(name, true), 2, None, &[]), "{name} {user}");
                let plus = format!("{name}-PLUS");
                assert!(
                    agree(scram(&plus, true), 2, Some(b"0123"), &[]),
                    "{plus} {user} {authorization}"
                );
                assert!(!agree(scram(&plus, true), 2, Some(b"0124"), &[]), "{plus}: other ends");
            }
        }
        let wrong = Scram::new(name, false, &identity("user", "wrong"), &Peer::default()).unwrap();
        assert!(!agree(wrong, 2, None, &[]));
    }
}

/// `y`: the client could have bound. A server that does not is content.
#[test]
fn its_server_takes_scram_of_a_client_that_could_have_bound() {
    for name in ["SCRAM-SHA-1", "SCRAM-SHA-256"] {
        let scram = Scram::new(name, false, &identity("user", PASSWORD), &peer(b"0123")).unwrap();
        assert!(agree(scram, 2, None, &["--no-cb"]));
    }
}

#[test]
fn keys_of_its_salt_serve_again() {
    let peer = Peer::default();
    for _ in 0..2 {
        let scram = Scram::new("SCRAM-SHA-256", true, &identity("user", PASSWORD), &peer).unwrap();
        assert!(agree(scram, 2, None, &["--salt", "c2FsdHNhbHQ="]));
    }
}

#[test]
fn its_server_takes_digest_md5() {
    for user in USERS {
        for authorization in ["", "b\u{F6}ss"] {
            let mut somebody = identity(user, PASSWORD);
            somebody.authorization = authorization.into();
            let digest = DigestMd5::new(&somebody, &peer(b"")).unwrap();
            assert!(agree(digest, 2, None, &[]), "{user} {authorization}");
        }
    }
    let wrong = DigestMd5::new(&identity("user", "wrong"), &peer(b"")).unwrap();
    assert!(!agree(wrong, 2, None, &[]));
}

#[test]
fn its_server_takes_cram_md5_and_plain() {
    for (password, is_right) in [(PASSWORD, true), ("wrong", false)] {
        let somebody = identity("us\u{E9}r", password);
        let cram = CramMd5::new(&somebody, &Peer::default()).unwrap();
        assert_eq!(agree(cram, 1, None, &[]), is_right);
        let plain = plain::new(&somebody, &Peer::default()).unwrap();
        assert_eq!(agree(plain, 0, None, &[]), is_right);
    }
}

/// The other way round: what its client says to the server of the tests, and whether it is content with its proof.
fn client_is_content(name: &str, spoil: impl Fn(String) -> String) -> bool {
    let is_plus = name.ends_with("-PLUS");
    let (header, binding) = match is_plus {
        true => ("p=tls-exporter,a=a=2Cb,", &b"0123"[..]),
        false => ("n,a=a=2Cb,", &b""[..]),
    };
    let mut arguments = vec!["--authentication-id", "us=er", "--authorization-id", "a,b"];
    arguments.extend(["--password", PASSWORD]);
    arguments.extend((!is_plus).then_some("--no-cb"));
    let mut client = Gsasl::client(name, &arguments);
    if is_plus {
        client.hears(binding);
    }
    let mut server = Server::new(name, PASSWORD, b"salt", 4_096);
    let text = |octets: Option<Vec<u8>>| String::from_utf8(octets.expect("a message")).unwrap();
    let (challenge, said) = server.challenge(&text(client.says()));
    assert_eq!(said, header);
    client.hears(challenge.as_bytes());
    let (proof, bound) = server.judge(&text(client.says())).expect("the right password");
    assert_eq!(bound, [header.as_bytes(), binding].concat());
    client.hears(spoil(proof).as_bytes());
    // It asks for an answer to its success.
    client.hears(b"");
    client.ends_well()
}

#[test]
fn its_client_says_scram_as_the_server_of_these_tests_takes_it() {
    for name in ["SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256-PLUS"] {
        assert!(client_is_content(name, |proof| proof), "{name}");
        assert!(!client_is_content(name, |proof| proof.replace("v=", "v=AAAA")), "{name}");
    }
}

#[test]
fn its_client_says_the_same_in_cram_md5() {
    let challenge = b"<1896.697170952@postoffice.reston.mci.net>";
    let arguments = ["--authentication-id", "us\u{E9}r", "--password", PASSWORD];
    let mut theirs = Gsasl::client("CRAM-MD5", &arguments);
    assert_eq!(theirs.says().as_deref(), Some(&b""[..]));
    theirs.hears(challenge);
    let mut ours = CramMd5::new(&identity("us\u{E9}r", PASSWORD), &Peer::default()).unwrap();
    assert_eq!(theirs.says().unwrap(), *ours.respond(challenge).unwrap());
}

#[test]
fn its_client_says_the_same_in_digest_md5() {
    // Its user name is hashed in UTF-8 even where ISO 8859-1 would do; RFC 2831 and Cyrus SASL have it otherwise.
    for user in ["\u{43F}\u{E9}", "user"] {
        let arguments = ["--authentication-id", user, "--password", PASSWORD, "--realm", "realm"];
        let target = ["--service", "smtp", "--hostname", HOST];
        let mut theirs = Gsasl::client("DIGEST-MD5", &[&arguments[..], &target].concat());
        assert_eq!(theirs.says().as_deref(), Some(&b""[..]));
        let challenge =
            "realm=\"realm\",nonce=\"abc\",qop=\"auth\",algorithm=md5-sess,charset=utf-8";
        theirs.hears(challenge.as_bytes());
        let message = theirs.says().expect("a message");
        let value = |message: &[u8], name: &str| {
            let text = String::from_utf8(message.to_vec()).expect("UTF-8");
            let at = text.find(&format!("{name}=")).expect("the directive") + name.len() + 1;
            let end = text[at..].find(',').map_or(text.len(), |length| at + length);
            text[at..end].trim_matches('"').to_owned()
        };
        let nonce = value(&message, "cnonce");
        let ours = DigestMd5::with_nonce(&identity(user, PASSWORD), &peer(b""), nonce);
        let answer = ours.unwrap().respond(challenge.as_bytes()).unwrap();
        for name in ["username", "realm", "digest-uri", "response", "nc", "qop"] {
            assert_eq!(value(&message, name), value(&answer, name), "{user}: {name}");
        }
    }
}
