//! Logins with Kerberos: with the tickets of the user, and with a password that gets some.

use super::auth::*;
use super::*;
use std::process::Command;

const NO_TICKET: i32 = -1620;
const KERBEROS: i32 = -1622;

const SERVERS: [&str; 2] = ["DOVECOT", "CYRUS"];
const MECHANISMS: [&str; 2] = ["GSSAPI", "GSS-SPNEGO"];

fn realm() -> String {
    setting("INETMAIL_KRB5_REALM")
}

/// A client that logs in as whoever runs the test, whose tickets `KRB5CCNAME` tells of.
fn with_tickets(client: Client) -> Client {
    ok(INetSmtpClient_SetUseDefaultCredentials(client.0, 1));
    client
}

fn each_listener(mut check: impl FnMut(&str, &str, &str, bool)) {
    for server in SERVERS {
        for mechanism in MECHANISMS {
            for is_secured in BOTH {
                let listener = listener(server, mechanism);
                check(&listener, server, mechanism, is_secured);
            }
        }
    }
}

#[test]
fn tickets_of_the_user_let_in() {
    each_listener(|listener, server, mechanism, is_secured| {
        let what = format!("{listener}, TLS {is_secured}");
        let (method, who) = with_tickets(visitor(listener, is_secured)).sends(&what);
        assert_eq!(method, mechanism, "{what}");
        let expected = if server == "DOVECOT" { format!("user@{}", realm()) } else { who.clone() };
        assert_eq!(who, expected, "{what}");
    });
    for server in SERVERS {
        // Among all others, and with a password at hand that nobody asked to be used.
        let client = with_tickets(visitor(&format!("{server}_ALL"), true));
        assert_eq!(client.with_login("", "user@test", "pass").sends(server).0, "GSSAPI");
    }
}

#[test]
fn a_password_gets_tickets_that_let_in() {
    each_listener(|listener, _, mechanism, is_secured| {
        for (user, password) in [("user", "pass"), ("usér", "pässwörd")] {
            let what = format!("{user} at {listener}, TLS {is_secured}");
            let credential = credential(user, password, &realm());
            let client = visitor(listener, is_secured).with_credential(mechanism, &credential);
            assert_eq!(client.sends(&what).0, mechanism, "{what}");
        }
    });
}

#[test]
fn without_the_right_password_there_are_no_tickets() {
    for mechanism in MECHANISMS {
        for (user, password) in
            [("user", "Geheim-3"), ("nobody", "Geheim-4"), ("locked", "pass"), ("stale", "pass")]
        {
            let what = format!("{user} by {mechanism}");
            let client = visitor(&listener("DOVECOT", mechanism), true);
            let client = client.with_credential(mechanism, &credential(user, password, &realm()));
            let record = client.validate().expect_err(&what);
            assert_eq!((record.status, record.smtp_code), (KERBEROS, 0), "{what}: {record:?}");
            assert_eq!(record.phase, "AUTH", "{what}");
            assert!(record.is_safe_to_retry && !record.message.contains(password), "{record:?}");
        }
    }
}

#[test]
fn a_service_has_a_name_of_its_own() {
    let named = |server: &str, target: &str| {
        let client = with_tickets(visitor(&format!("{server}_GSSAPI"), true));
        let target = c(target);
        ok(unsafe { INetSmtpClient_SetTargetName(client.0, target.as_ptr()) });
        client.validate()
    };
    for target in ["smtp@smtp.test", "smtp/smtp.test", "smtp@localhost"] {
        named("DOVECOT", target).unwrap_or_else(|e| panic!("{target}: {e:?}"));
    }
    let record = named("DOVECOT", "smtp@unknown.test").expect_err("a service that is not there");
    assert_eq!((record.status, record.smtp_code), (KERBEROS, 0), "{record:?}");
    // A ticket for another than who it is.
    let record = named("CYRUS", "imap@localhost").expect_err("another's ticket");
    assert_eq!((record.status, record.smtp_code), (REFUSED, 535), "{record:?}");
}

#[test]
fn a_server_that_proves_nothing_is_not_believed() {
    for mechanism in MECHANISMS {
        let client = with_tickets(peer("SUCCESS_AT_ONCE", true));
        let client = client.with_authentications(&format!("-*;{mechanism}"));
        let record = client.validate().expect_err(mechanism);
        assert!((-1699..-1600).contains(&record.status), "{mechanism}: {record:?}");
    }
}

/// The environment belongs to the process, so these run in one of their own.
fn elsewhere(test: &str, environment: &[(&str, &str)]) {
    let mut command = Command::new(std::env::current_exe().expect("this test"));
    command.args(["--exact", &format!("auth_kerberos::{test}"), "--ignored", "--nocapture"]);
    let done = command.envs(environment.iter().copied()).output().expect("a process");
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success() && said.contains("1 passed"), "{said}");
}

#[test]
fn without_a_ticket_there_is_a_sentence() {
    elsewhere("in_a_process_without_tickets", &[("KRB5CCNAME", "FILE:/nonexistent/tickets")]);
}

#[test]
#[ignore = "without_a_ticket_there_is_a_sentence runs it"]
fn in_a_process_without_tickets() {
    for mechanism in MECHANISMS {
        let client = with_tickets(visitor(&listener("CYRUS", mechanism), true));
        let record = client.validate().expect_err("no ticket");
        assert_eq!((record.status, record.smtp_code), (NO_TICKET, 0), "{record:?}");
    }
    // A password needs none.
    let client = visitor("CYRUS_GSSAPI", true);
    client.with_credential("GSSAPI", &credential("user", "pass", &realm())).validate().expect("in");
}
