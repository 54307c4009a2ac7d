//! Logins with a password: each mechanism at each server, and what the tests of logins share.

use super::*;
pub use inetmail::ffi::client_login::*;
pub use inetmail::ffi::network_credential::*;
use inetmail::ffi::server_commands::INetSmtpClient_ValidateCredentials;
pub use inetmail::ffi::smtp_client::*;

pub const REFUSED: i32 = -1600;
pub const NOT_OFFERED: i32 = -1601;

/// Users of all servers, and their passwords.
pub const USERS: [(&str, &str); 5] = [
    ("user", "pass"),
    ("user@test", "pass"),
    ("usér@test", "pässwörd"),
    ("usér", "pässwörd"),
    ("a,b=c@test", "p \"q\\w"),
];

/// In clear, and under STARTTLS.
pub const BOTH: [bool; 2] = [false, true];

pub fn auth_port(listener: &str) -> u16 {
    setting(&format!("INETMAIL_AUTH_{listener}")).parse().expect("a port")
}

/// A client without a login.
pub fn visitor(listener: &str, is_secured: bool) -> Client {
    let client = client("localhost", auth_port(listener))
        .with_root(&setting("INETMAIL_CA"))
        .with_timeout(30_000);
    if is_secured { client.with_ssl() } else { client }
}

pub fn peer(name: &str, is_secured: bool) -> Client {
    visitor(&format!("PEER_{name}"), is_secured)
}

/// The listeners of a server by mechanism.
pub fn listener(server: &str, mechanism: &str) -> String {
    format!("{server}_{}", mechanism.replace('-', "_"))
}

impl Client {
    /// Opens a connection and logs in there.
    pub fn validate(&self) -> Result<(), Box<Record>> {
        match INetSmtpClient_ValidateCredentials(self.0) {
            0 => Ok(()),
            status => {
                let record = Record::of_this_thread();
                assert_eq!(record.status, status);
                Err(Box::new(record))
            }
        }
    }

    /// Sends a message of its own, and tells how the server says that the client has logged in: mechanism and user.
    #[track_caller]
    pub fn sends(&self, what: &str) -> (String, String) {
        let recipient = fresh_address();
        if let Err(record) = self.send(&simple(&recipient)) {
            panic!("{what}: {record:?}");
        }
        let facts = &delivered(&recipient, 1)[0].facts;
        (facts["sasl_method"].clone(), facts["sasl_user"].clone())
    }

    /// A failure that the server has said, of the login and of nothing else.
    #[track_caller]
    pub fn is_refused(&self, what: &str) -> Record {
        let Err(record) = self.validate() else { panic!("{what}: logged in") };
        assert_eq!(
            (record.status, record.smtp_code, record.phase.as_str()),
            (REFUSED, 535, "AUTH"),
            "{what}: {record:?}"
        );
        assert!(!record.is_transient && record.is_safe_to_retry, "{what}: {record:?}");
        *record
    }

    /// A login as [`Client::with_login`] makes it, with a credential that may be changed before.
    pub fn with_credential(self, protocol: &str, credential: &Credential) -> Client {
        let protocol = c(protocol);
        ok(unsafe {
            INetSmtpClient_SetThisHostCredentials(self.0, protocol.as_ptr(), credential.0)
        });
        self
    }

    pub fn with_authentications(self, list: &str) -> Client {
        let list = c(list);
        ok(unsafe { INetSmtpClient_SetAuthentications(self.0, list.as_ptr()) });
        self
    }
}

pub type Credential = Handle<INetNetworkCredential>;

pub fn credential(user: &str, password: &str, domain: &str) -> Credential {
    let (user, password, domain) = (c(user), c(password), c(domain));
    Handle::of(unsafe {
        INetNetworkCredential_Create(user.as_ptr(), password.as_ptr(), domain.as_ptr())
    })
}

/// The mechanisms with a password of the servers behind Postfix.
const BY_PASSWORD: [(&str, &[&str]); 2] = [
    ("DOVECOT", &["PLAIN", "LOGIN", "CRAM-MD5", "DIGEST-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256"]),
    (
        "CYRUS",
        &[
            "PLAIN",
            "LOGIN",
            "CRAM-MD5",
            "DIGEST-MD5",
            "SCRAM-SHA-1",
            "SCRAM-SHA-256",
            "SCRAM-SHA-512",
        ],
    ),
];

/// Each of them: (server, mechanism, listener).
pub fn by_password() -> impl Iterator<Item = (&'static str, &'static str, String)> {
    BY_PASSWORD.into_iter().flat_map(|(server, mechanisms)| {
        mechanisms.iter().map(move |mechanism| (server, *mechanism, listener(server, mechanism)))
    })
}

#[test]
fn each_mechanism_logs_each_user_in() {
    for (server, mechanism, listener) in by_password() {
        for (user, password) in USERS {
            for is_secured in BOTH {
                let what = format!("{user} at {listener}, TLS {is_secured}");
                let client = visitor(&listener, is_secured).with_login("", user, password);
                client.validate().unwrap_or_else(|record| panic!("{what}: {record:?}"));
                if user != "user@test" {
                    continue;
                }
                let (method, who) = client.sends(&what);
                assert_eq!(method, mechanism, "{what}");
                assert!(server != "DOVECOT" || who == user, "{what}: {who}");
            }
        }
    }
}

#[test]
fn a_wrong_password_or_user_is_refused_by_the_server_in_its_words() {
    for (_, mechanism, listener) in by_password() {
        for (user, password) in [("user", "Geheim-1"), ("nobody", "Geheim-2")] {
            for is_secured in BOTH {
                let what = format!("{user} at {listener}, TLS {is_secured}");
                // Both ways to say it: by the offer, and by name.
                let protocol = if is_secured { mechanism } else { "" };
                let client = visitor(&listener, is_secured).with_login(protocol, user, password);
                let record = client.is_refused(&what);
                assert_eq!(record.enhanced_code, "5.7.8", "{what}: {record:?}");
                assert!(record.message.contains("authentication failed"), "{what}: {record:?}");
                assert!(!record.message.contains(password), "{what}: {record:?}");
                let recipient = fresh_address();
                let record = client.send(&simple(&recipient)).expect_err("no login, no mail");
                assert_eq!(record.status, REFUSED, "{what}");
                assert!(look_for(&recipient).is_empty(), "{what}");
            }
        }
    }
}

#[test]
fn exim_lets_in_too() {
    for mechanism in ["PLAIN", "LOGIN", "CRAM-MD5"] {
        for is_secured in BOTH {
            let what = format!("{mechanism}, TLS {is_secured}");
            let log_in =
                |password| visitor("EXIM", is_secured).with_login(mechanism, "user", password);
            log_in("pass")
                .send(&simple(&fresh_address()))
                .unwrap_or_else(|e| panic!("{what}: {e:?}"));
            log_in("wrong").is_refused(&what);
        }
    }
    let record =
        visitor("EXIM", true).send(&simple(&fresh_address())).expect_err("a login is wanted");
    assert_eq!(record.smtp_code, 550);
    let client = client("localhost", auth_port("EXIM_TLS")).with_root(&setting("INETMAIL_CA"));
    ok(inetmail::ffi::client_tls::INetSmtpClient_SetSecurityOptions(
        client.0,
        super::tls::IMPLICIT,
    ));
    client.with_login("", "user", "pass").validate().expect("a login over implicit TLS");
}

#[test]
fn scram_of_another_hand_agrees_with_and_without_a_binding() {
    for hash in ["1", "224", "256", "384", "512"] {
        let listeners = [
            (format!("SCRAM_SHA_{hash}"), false),
            (format!("SCRAM_SHA_{hash}"), true),
            (format!("SCRAM_SHA_{hash}_PLUS"), true),
        ];
        for (listener, is_secured) in listeners {
            let what = format!("{listener}, TLS {is_secured}");
            // The last has to be prepared (RFC 4013): a ligature, a soft hyphen, a Roman nine.
            for (user, password) in USERS.into_iter().chain([("prep@test", "ﬁn\u{ad}e Ⅸ")]) {
                let client = peer(&listener, is_secured).with_login("", user, password);
                client.validate().unwrap_or_else(|e| panic!("{user} at {what}: {e:?}"));
                client
                    .send(&simple(&fresh_address()))
                    .unwrap_or_else(|e| panic!("{user} at {what}: {e:?}"));
            }
            for user in ["user", "nobody"] {
                let client = peer(&listener, is_secured).with_login("", user, "wrong");
                client.is_refused(&format!("{user} at {what}"));
            }
        }
    }
    peer("SCRAM_SLOW", false)
        .with_login("", "user", "pass")
        .validate()
        .expect("200,000 iterations");
}

#[test]
fn a_binding_tells_who_sits_between() {
    let log_in = |name: &str| peer(name, true).with_login("", "user", "pass");
    for name in [
        "SCRAM_EXPORTER",
        "SCRAM_END_POINT",
        "SCRAM_END_POINT_TLS13",
        "SCRAM_END_POINT_SILENT",
        "SCRAM_PLUS_TLS12",
        "SCRAM",
    ] {
        log_in(name).validate().unwrap_or_else(|e| panic!("{name}: {e:?}"));
    }
    // Another TLS connection is at the other end. That is no reason to bind to less.
    let record = log_in("SCRAM_BETWEEN").is_refused("a binding to another certificate");
    assert!(record.message.contains("channel-bindings-dont-match"), "{record:?}");
    for name in ["SCRAM_END_POINT_TLS13", "SCRAM_END_POINT_SILENT"] {
        peer(name, true).with_login("", "user", "wrong").is_refused(name);
    }
    // Somebody has taken what binds out of the offer; the server knows from what the client says.
    log_in("SCRAM_STRIPPED").is_refused("an offer without -PLUS");
    // In clear there is nothing to bind to.
    let client = peer("SCRAM_SHA_256_PLUS", false).with_login("SCRAM-SHA-256-PLUS", "user", "pass");
    assert_eq!(client.validate().expect_err("no TLS").status, NOT_OFFERED);
}

#[test]
fn ntlm_logs_in_at_cyrus() {
    for is_secured in BOTH {
        // It knows ASCII alone.
        for (user, password) in USERS.into_iter().filter(|(_, password)| password.is_ascii()) {
            let client = visitor("CYRUS_NTLM", is_secured).with_login("", user, password);
            client.validate().unwrap_or_else(|e| panic!("{user}: {e:?}"));
        }
        let client = visitor("CYRUS_NTLM", is_secured).with_login("NTLM", "user", "pass");
        assert_eq!(client.sends("NTLM").0, "NTLM");
        for user in ["user", "nobody"] {
            visitor("CYRUS_NTLM", is_secured).with_login("NTLM", user, "wrong").is_refused(user);
        }
    }
}

#[test]
fn ntlm_of_another_hand_agrees() {
    for (user, password) in USERS {
        for (name, is_secured) in [("NTLM", false), ("NTLM", true), ("NTLM_TEXT", false)] {
            let client = peer(name, is_secured).with_login("", user, password);
            client.validate().unwrap_or_else(|e| panic!("{user} at {name}: {e:?}"));
        }
    }
    for (user, domain) in [("user", "TEST"), (r"TEST\user", "")] {
        let client = peer("NTLM", false).with_credential("NTLM", &credential(user, "pass", domain));
        client.validate().unwrap_or_else(|e| panic!("{user} of {domain}: {e:?}"));
    }
    for user in ["user", "nobody"] {
        peer("NTLM", true).with_login("NTLM", user, "wrong").is_refused(user);
    }
}

#[test]
fn nobody_is_anonymous_unless_asked() {
    for server in ["DOVECOT", "CYRUS"] {
        let listener = format!("{server}_ANONYMOUS");
        let client = visitor(&listener, true).with_login("ANONYMOUS", "trace@client.test", "");
        assert_eq!(client.sends(&listener).0, "ANONYMOUS");
        let client = visitor(&listener, true).with_login("", "user", "pass");
        assert_eq!(client.validate().expect_err(server).status, NOT_OFFERED);
    }
}
