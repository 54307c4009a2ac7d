//! Sessions that are taken up again: by ticket, by session id, by TLS 1.3's pre-shared key.

use super::tls::List::{Blocked, Trusted};
use super::tls::*;
use super::*;

/// Whether each of so many connections was resumed; each carries a message, for a ticket comes with what the server says.
fn connections(client: &Client, count: usize) -> Vec<bool> {
    let connection = |_| {
        let recipient = fresh_address();
        client.send(&simple(&recipient)).expect("delivered");
        delivered(&recipient, 1);
        let info = client.info();
        assert_eq!(info.verdict(), (0, 0), "{}", info.log);
        ok(INetSmtpClient_Disconnect(client.0));
        info.is_resumed
    };
    (0..count).map(connection).collect()
}

/// A client whose settings no other test has: sessions are shared by clients with equal ones.
fn alone(host: &str, port: u16, options: i32, known: &str) -> Client {
    secure(host, port, options).with(List::Known, known)
}

#[test]
fn sessions_are_resumed_in_every_way_that_servers_have() {
    for listener in ["TICKETS12", "IDS12", "TICKETS13"] {
        let client = || alone("localhost", port(listener), EXPLICIT, "expired.crt");
        // Another client with the same settings has the same sessions; one with others has not.
        assert_eq!(connections(&client(), 1), [false], "{listener}");
        assert_eq!(connections(&client(), 1), [true], "{listener}");
        if listener != "TICKETS13" {
            // Postfix gives one ticket for a full handshake of TLS 1.3, and none for a resumed one.
            assert_eq!(connections(&client(), 2), [true, true], "{listener}");
        }
        let other = alone("localhost", port(listener), EXPLICIT, "notyet.crt");
        assert_eq!(connections(&other, 2), [false, true], "{listener}");
        let off = client().with_tls(|tls| INetTlsSettings_SetUseSessionResumption(tls, 0));
        assert_eq!(connections(&off, 3), [false; 3], "{listener}");
    }
    for listener in ["FORGETFUL12", "FORGETFUL13"] {
        let client = alone("localhost", tls_port(listener), IMPLICIT, "expired.crt");
        assert_eq!(connections(&client, 3), [false; 3], "{listener}");
    }
}

#[test]
fn a_resumed_session_is_judged_as_any() {
    for listener in ["TICKETS12", "IDS12", "TICKETS13"] {
        let client = alone("localhost", port(listener), EXPLICIT, "wronghost.crt");
        assert_eq!(connections(&client, 2), [false, true], "{listener}");
        let chain = Handle::of(INetSmtpClient_GetServerChain(client.0));
        assert_eq!(INetCertificateCollection_GetCount(chain.0), 2, "{listener}");
        // What is blocked or no longer trusted meanwhile ends it.
        let client = client.with(Blocked, "inter.pem");
        expect(listener, &client, (2, 0x800, "is blocked"));
        ok(INetCertificateCollection_Clear(client.list(Blocked).0));
        assert_eq!(connections(&client, 1).len(), 1);
        ok(INetCertificateCollection_Clear(client.list(Trusted).0));
        expect(listener, &client, (3, 0x20, "its issuer is not trusted"));
    }
}

#[test]
fn a_session_of_one_name_is_none_of_another() {
    // One Postfix under two names; the second is not in the certificate that the first session rests on.
    let to = |host: &str, forced| {
        let client = alone(host, port("TICKETS13"), EXPLICIT, "cnonly.crt");
        client.with_tls(|tls| INetTlsSettings_SetForceResumeIfDestinationChanges(tls, forced))
    };
    for forced in [0, 1] {
        assert_eq!(connections(&to("localhost", forced), 2), [false, true], "{forced}");
        let other = to("rsa.smtp.test", forced);
        expect("another name", &other, (2, 0x200, "it is not for 'rsa.smtp.test'"));
    }
    // A name that the certificate has, too, takes the session up where that is wanted.
    assert_eq!(connections(&to("smtp.test", 0), 1), [false]);
    assert_eq!(connections(&to("localhost", 1), 1), [false]);
    assert_eq!(connections(&to("good.smtp.test", 1), 1), [true]);
}
