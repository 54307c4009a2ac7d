//! GSSAPI and GSS-SPNEGO against a realm of its own (tests/servers/kerberos.sh) and another implementation's accepting end.
//!
//! The Kerberos library takes its settings from the environment, so each login runs in a process of its own: this test again,
//! with other variables.

use super::super::{Binding, Mechanism};
use super::*;
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};

/// A realm, for as long as its standard input is open.
struct Realm {
    child: Child,
    settings: BTreeMap<String, String>,
    dir: PathBuf,
}

impl Realm {
    /// `None`: this machine has no KDC, or nobody to talk to with its tickets.
    fn start(name: &str) -> Option<Realm> {
        let needs = "PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
            command -v krb5kdc kadmin.local kinit && /usr/bin/python3 -c 'import gssapi'";
        let has_all = Command::new("bash").args(["-ec", needs]).output().unwrap().status.success();
        if !has_all {
            eprintln!("SKIPPED: no Kerberos here (tests/tools/install.sh installs it)");
            assert!(std::env::var("CI").as_deref() != Ok("true"));
            return None;
        }
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/servers/kerberos.sh");
        let dir = std::env::temp_dir().join(format!("inetmail-{name}-{}", std::process::id()));
        let mut child = Command::new(script)
            .arg(&dir)
            .arg("--until-eof")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let setting = |line: io::Result<String>| {
            let line = line.unwrap();
            let (name, value) = line.split_once('=').unwrap();
            (name.to_owned(), value.to_owned())
        };
        let settings: BTreeMap<_, _> = lines.map(setting).collect();
        assert!(!settings.is_empty(), "kerberos.sh failed");
        Some(Realm { child, settings, dir })
    }

    fn setting(&self, name: &str) -> &str {
        &self.settings[&format!("INETMAIL_KRB5_{name}")]
    }

    /// More of krb5.conf: the value of KRB5_CONFIG that has it.
    fn with_more(&self, name: &str, text: &str) -> String {
        let path = self.dir.join(name);
        std::fs::write(&path, text).unwrap();
        format!("{}:{}", path.display(), self.setting("CONFIG"))
    }

    fn login(&self) -> Login {
        let mut login = Login { variables: BTreeMap::new(), server: vec![] };
        login = login.with("KRB5_CONFIG", self.setting("CONFIG"));
        // Without tickets, unless a test gives some.
        login = login.with("KRB5CCNAME", &format!("FILE:{}/none", self.dir.display()));
        login.with("INETMAIL_KEYTAB", self.setting("KEYTAB"))
    }

    fn with_tickets(&self) -> Login {
        self.login().with("KRB5CCNAME", self.setting("CCACHE"))
    }
}

impl Drop for Realm {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        self.child.wait().unwrap();
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}

/// One login, as the variables of the process that does it.
#[derive(Clone)]
struct Login {
    variables: BTreeMap<String, String>,
    server: Vec<String>,
}

impl Login {
    fn with(mut self, name: &str, value: &str) -> Login {
        self.variables.insert(name.to_owned(), value.to_owned());
        self
    }

    fn identity(self, user: &str, password: &str, domain: &str) -> Login {
        self.with("INETMAIL_USER", user)
            .with("INETMAIL_PASSWORD", password)
            .with("INETMAIL_DOMAIN", domain)
    }

    fn server(mut self, arguments: &[&str]) -> Login {
        self.server.extend(arguments.iter().map(|word| word.to_string()));
        self
    }

    fn spnego(&self) -> Login {
        self.clone().with("INETMAIL_MECHANISM", "GSS-SPNEGO")
    }

    /// What the server said in the end, or number and sentence of our own error.
    fn run(&self) -> Result<String, (i32, String)> {
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "sasl::gssapi::tests::one_login", "--ignored", "--nocapture"])
            .envs(&self.variables)
            .env("INETMAIL_SERVER", self.server.join(" "))
            .env("LC_ALL", "C")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let line = text.lines().find_map(|line| line.split_once("RESULT ")).map(|(_, rest)| rest);
        let line = line.unwrap_or_else(|| {
            panic!("no result: {text}{}", String::from_utf8_lossy(&output.stderr))
        });
        match line.strip_prefix("ERROR ") {
            None => Ok(line.to_owned()),
            Some(error) => {
                let (status, sentence) = error.split_once(' ').unwrap();
                Err((status.parse().unwrap(), sentence.to_owned()))
            }
        }
    }

    fn fails(&self, status: Status, words: &str) {
        let (number, sentence) = self.run().expect_err("a failure");
        assert_eq!(number, status.code(), "{sentence}");
        assert!(sentence.contains(words), "{sentence}");
        assert!(!sentence.contains("s3cret"), "{sentence}");
    }

    fn succeeds(&self, end: &str) {
        assert_eq!(self.run(), Ok(end.to_owned()));
    }
}

/// Not a test by itself: what `Login::run` runs.
#[test]
#[ignore = "a part of the others"]
fn one_login() {
    let Ok(server) = std::env::var("INETMAIL_SERVER") else { return };
    match log_in(&server) {
        Ok(end) => println!("RESULT {end}"),
        Err(error) => println!("RESULT ERROR {} {}", error.code(), error.message()),
    }
}

fn log_in(server: &str) -> Result<String> {
    let variable = |name: &str| std::env::var(format!("INETMAIL_{name}")).unwrap_or_default();
    let identity = Identity {
        user: variable("USER"),
        password: Zeroizing::new(variable("PASSWORD")),
        domain: variable("DOMAIN"),
        authorization: variable("AUTHORIZATION"),
        ..Identity::default()
    };
    let end_point = variable("BINDING").into_bytes();
    let binding = Binding { name: "tls-exporter", data: vec![], end_point };
    let peer = Peer {
        service: "smtp",
        host: Some(variable("HOST")).filter(|name| !name.is_empty()).unwrap_or("localhost".into()),
        target: Some(variable("TARGET")).filter(|name| !name.is_empty()),
        binding: Some(binding).filter(|binding| !binding.end_point.is_empty()),
        ..Peer::default()
    };
    let mut mechanism = match variable("MECHANISM").as_str() {
        "GSS-SPNEGO" => Gssapi::spnego(&identity, &peer),
        _ => Gssapi::kerberos(&identity, &peer),
    };
    assert!(mechanism.is_slow());
    let mut response = mechanism.initial_response()?.unwrap();
    let mut acceptor = Acceptor::start(server, &variable("KEYTAB"));
    acceptor.hear();
    loop {
        let answer = acceptor.say(&response);
        let Some(challenge) = answer.strip_prefix("CONT ") else {
            if answer.starts_with("OK") {
                mechanism.conclude()?;
            }
            return Ok(answer);
        };
        let challenge =
            base64::Engine::decode(&base64::prelude::BASE64_STANDARD, challenge).unwrap();
        response = mechanism.respond(&challenge)?;
    }
}

struct Acceptor {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<std::process::ChildStdout>,
}

impl Acceptor {
    fn start(arguments: &str, keytab: &str) -> Acceptor {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/servers/gss_acceptor.py");
        let mut child = Command::new("/usr/bin/python3")
            .arg(script)
            .args(arguments.split_whitespace())
            .env("KRB5_KTNAME", keytab)
            // A clock or a library that is meant for us alone.
            .env_remove("LD_PRELOAD")
            .env_remove("LD_LIBRARY_PATH")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        Acceptor { input: child.stdin.take(), output, child }
    }

    fn hear(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    fn say(&mut self, octets: &[u8]) -> String {
        let line = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, octets);
        writeln!(self.input.as_ref().unwrap(), "{line}").unwrap();
        self.hear()
    }
}

impl Drop for Acceptor {
    fn drop(&mut self) {
        drop(self.input.take());
        self.child.wait().unwrap();
    }
}

const USER: &str = "user@INETMAIL.TEST";
const REALM: &str = "INETMAIL.TEST";

#[test]
fn tickets_and_passwords_log_in() {
    let Some(realm) = Realm::start("logins") else { return };
    let tickets = realm.with_tickets();
    let before = std::fs::read(realm.dir.join("ccache")).unwrap();
    tickets.succeeds("OK user@INETMAIL.TEST - protected");
    tickets.clone().identity("user", "", "").succeeds("OK user@INETMAIL.TEST - protected");
    let boss = tickets.clone().with("INETMAIL_AUTHORIZATION", "boss").server(&["--layers", "7"]);
    boss.succeeds("OK user@INETMAIL.TEST boss protected");
    assert_ne!(std::fs::read(realm.dir.join("ccache")).unwrap(), before, "a ticket is kept");

    let after = std::fs::read(realm.dir.join("ccache")).unwrap();
    for (user, password, domain, name) in [
        ("user", "pass", "", USER),
        ("user", "pass", REALM, USER),
        (USER, "pass", "", USER),
        // A realm is written in capital letters, a user need not do so where both are said.
        ("user@inetmail.test", "pass", REALM, USER),
        ("INETMAIL.TEST\\user", "pass", "", USER),
        ("usér", "pässwörd", REALM, "usér@INETMAIL.TEST"),
    ] {
        let login = realm.login().identity(user, password, domain);
        login.succeeds(&format!("OK {name} - protected"));
        login.spnego().server(&["--layers", "0"]).succeeds(&format!("OK {name} - bare"));
    }
    tickets.identity("user", "pass", "").succeeds("OK user@INETMAIL.TEST - protected");
    assert!(!realm.dir.join("none").exists(), "a password makes no cache of tickets");
    assert_eq!(std::fs::read(realm.dir.join("ccache")).unwrap(), after, "nor does it change one");
}

#[test]
fn spnego_goes_without_the_negotiation_of_layers_and_with_it() {
    let Some(realm) = Realm::start("spnego") else { return };
    let spnego = realm.with_tickets().spnego();
    spnego.clone().server(&["--layers", "0"]).succeeds("OK user@INETMAIL.TEST - bare");
    let boss = spnego.with("INETMAIL_AUTHORIZATION", "boss");
    boss.server(&["--layers", "1"]).succeeds("OK user@INETMAIL.TEST boss bare");
}

#[test]
fn the_service_is_the_hosts_or_what_it_is_said_to_be() {
    let Some(realm) = Realm::start("services") else { return };
    let tickets = realm.with_tickets();
    for target in ["smtp@smtp.test", "smtp/smtp.test", "smtp.test", "HTTP/smtp.test@INETMAIL.TEST"]
    {
        let login = tickets.clone().with("INETMAIL_HOST", "unknown.test");
        login.with("INETMAIL_TARGET", target).succeeds("OK user@INETMAIL.TEST - protected");
    }
    for login in [tickets.clone(), tickets.spnego()] {
        let login = login.with("INETMAIL_HOST", "unknown.test");
        login.fails(Status::Kerberos, "the realm does not know the service");
        login.fails(Status::Kerberos, "'smtp@unknown.test'");
        login.fails(Status::Kerberos, "smtp/unknown.test@INETMAIL.TEST not found");
    }
}

#[test]
fn the_end_point_of_tls_is_bound_to() {
    let Some(realm) = Realm::start("bindings") else { return };
    for login in [realm.with_tickets(), realm.with_tickets().spnego().server(&["--layers", "0"])] {
        let bound = login.clone().with("INETMAIL_BINDING", "hash");
        // tls-server-end-point:hash
        let server = ["--bindings", "746c732d7365727665722d656e642d706f696e743a68617368"];
        assert!(bound.clone().run().is_ok(), "a server that does not know of it");
        assert!(bound.server(&server).run().is_ok());
        let other = login.with("INETMAIL_BINDING", "hush").server(&server);
        let ending = other.run();
        assert!(!ending.as_ref().is_ok_and(|end| end.starts_with("OK")), "{ending:?}");
    }
}

#[test]
fn who_is_refused_is_told_why() {
    let Some(realm) = Realm::start("refusals") else { return };
    let login = realm.login();
    for (user, password, words) in [
        ("user", "s3cret", "the password is not the user's"),
        ("nobody", "s3cret", "the realm does not know the user"),
        ("stale", "pass", "Password has expired"),
        ("locked", "pass", "revoked"),
    ] {
        login.clone().identity(user, password, "").fails(Status::Kerberos, words);
    }
    let spnego = login.clone().spnego();
    spnego.clone().identity("user", "s3cret", "").fails(Status::Kerberos, "integrity check");
    spnego
        .clone()
        .identity("nobody", "s3cret", "")
        .fails(Status::Kerberos, "'nobody@INETMAIL.TEST'");
    let elsewhere = login.clone().identity("user", "s3cret", "OTHER.TEST");
    elsewhere.fails(Status::Kerberos, "\"OTHER.TEST\"");

    login.fails(Status::NoTicket, "there is no ticket");
    login.fails(Status::NoTicket, "/none)");
    spnego.fails(Status::NoTicket, "No credentials");
    let other = realm.with_tickets().identity("nobody", "", "");
    other.fails(Status::NoTicket, "nobody@INETMAIL.TEST");
}

#[test]
fn clocks_that_differ_are_named() {
    let Some(realm) = Realm::start("clocks") else { return };
    let library = "echo -n /usr/lib/*/faketime/libfaketime.so.1";
    let library = Command::new("bash").args(["-c", library]).output().unwrap().stdout;
    let library = String::from_utf8(library).unwrap();
    if !Path::new(&library).exists() {
        eprintln!("SKIPPED: no libfaketime here (tests/tools/install.sh installs it)");
        assert!(std::env::var("CI").as_deref() != Ok("true"));
        return;
    }
    let login = realm.with_tickets().with("LD_PRELOAD", &library);
    let tomorrow = login.clone().with("FAKETIME", "+2d");
    tomorrow.fails(Status::NoTicket, "the ticket has expired");
    tomorrow.spnego().fails(Status::NoTicket, "the ticket has expired");
    let hour = login.with("FAKETIME", "+1h");
    hour.fails(Status::Kerberos, "the clocks of this machine and of the other differ too much");
    hour.spnego().fails(Status::Kerberos, "Clock skew too great");
}

#[test]
fn a_kdc_out_of_reach_is_waited_for_and_then_named() {
    let Some(realm) = Realm::start("reach") else { return };
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let more = format!("[realms]\n  SILENT.TEST = {{\n    kdc = 127.0.0.1:{port}\n  }}\n");
    let login = realm.login().with("KRB5_CONFIG", &realm.with_more("silent.conf", &more));
    let login = login.identity("user", "s3cret", "SILENT.TEST");
    let (said, ending) = std::sync::mpsc::channel();
    std::thread::scope(|scope| {
        let waiting = &login;
        scope.spawn(move || said.send(waiting.run()).unwrap());
        // It asks, and waits: nothing has come back while the KDC is silent.
        let (silent, _) = listener.accept().unwrap();
        assert!(ending.try_recv().is_err());
        drop((silent, listener));
        let (status, sentence) = ending.recv().unwrap().unwrap_err();
        assert_eq!(status, Status::KdcUnreachable.code(), "{sentence}");
        assert!(sentence.contains("SILENT.TEST"), "{sentence}");
    });
    // Nobody is at the port any more.
    login.fails(Status::KdcUnreachable, "no KDC of the realm could be reached");
    login.spnego().fails(Status::KdcUnreachable, "SILENT.TEST");
}

#[test]
fn a_server_that_does_not_prove_itself_is_not_believed() {
    let Some(realm) = Realm::start("proofs") else { return };
    let tickets = realm.with_tickets();
    let wrong = |server: &[&str], words: &str| {
        tickets.clone().server(server).fails(Status::AuthProtocol, words);
    };
    let early = "before it had proved who it is";
    tickets.clone().server(&["--hasty"]).fails(Status::AuthServerProof, early);
    wrong(&["--junk", "0"], "Invalid token");
    wrong(&["--junk", "1"], "malformed");
    wrong(&["--layers", "6"], "insists on a layer of protection");
    wrong(&["--short"], "the server's offer of layers is malformed");
    wrong(&["--endless"], "behind the end");
    let spnego = tickets.clone().spnego();
    let hasty = spnego.clone().server(&["--hasty"]);
    hasty.fails(Status::AuthServerProof, early);
    spnego.server(&["--junk", "0"]).fails(Status::AuthProtocol, "Invalid token");
}

#[test]
fn a_machine_without_the_library_is_told_so() {
    let Err(reason) = Library::open(&["libnosuch.so.1", "libnosuch.so.2"]) else { panic!() };
    assert!(reason.contains("libnosuch.so.1") && reason.contains("libnosuch.so.2"), "{reason}");
    // One that is there, and is something else.
    let Err(reason) = Library::open(&["libc.so.6"]) else { panic!() };
    assert!(reason.contains("lacks functions"), "{reason}");
}
