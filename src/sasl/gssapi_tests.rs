//! GSSAPI and GSS-SPNEGO against a realm of its own (tests/servers/kerberos.sh) and another implementation's accepting end.
//!
//! The Kerberos library takes its settings from the environment, so each login runs in a process of its own: this test again,
//! with other variables.

use super::super::{Binding, Mechanism};
use super::*;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};

/// A realm, for as long as its standard input is open.
struct Realm {
    child: Child,
    settings: BTreeMap<String, String>,
    dir: PathBuf,
}

impl Realm {
    /// `None`: this machine has no KDC.
    fn start(name: &str) -> Option<Realm> {
        let servers = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/servers");
        let dir = std::env::temp_dir().join(format!("inetmail-{name}-{}", std::process::id()));
        let child = Command::new(servers.join("kerberos.sh"))
            .arg(&dir)
            .arg("--until-eof")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let mut realm = Realm { child, settings: BTreeMap::new(), dir };
        for line in BufReader::new(realm.child.stdout.take().unwrap()).lines() {
            let line = line.unwrap();
            let (name, value) = line.split_once('=').unwrap();
            realm.settings.insert(name.to_owned(), value.to_owned());
        }
        Some(realm)
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

    fn spnego(self) -> Login {
        self.with("INETMAIL_MECHANISM", "GSS-SPNEGO")
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

#[test]
fn tickets_and_passwords_log_in() {
    let Some(realm) = Realm::start("logins") else { return };
    let of = "user@INETMAIL.TEST";
    realm.with_tickets().succeeds(&format!("OK {of} - protected"));
}
