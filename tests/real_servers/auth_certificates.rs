//! EXTERNAL: who has shown a certificate in TLS has said who it is.

use super::auth::*;
use super::tls::List::ClientChain;
use super::*;

const SERVERS: [&str; 2] = ["DOVECOT_EXTERNAL", "EXIM"];

fn with_certificate(listener: &str, certificate: &str) -> Client {
    visitor(listener, true).with(ClientChain, &format!("{certificate}.with.key.pem"))
}

#[test]
fn a_certificate_logs_in() {
    for listener in SERVERS {
        // By name; without one, since a certificate was shown; and as whom is for the server to say.
        for protocol in ["EXTERNAL", ""] {
            for user in ["", "client"] {
                let what = format!("{user:?} by {protocol:?} at {listener}");
                let credential = credential(user, "", "");
                let client = with_certificate(listener, "client");
                let client = client.with_credential(protocol, &credential);
                // A credential without anything is that of the operating system's user, unless a mechanism is named.
                if protocol.is_empty() && user.is_empty() {
                    continue;
                }
                let client =
                    client.with_authentications("-PLAIN,-LOGIN,-CRAM-MD5,-SCRAM,-DIGEST-MD5");
                client.validate().unwrap_or_else(|e| panic!("{what}: {e:?}"));
                client.send(&simple(&fresh_address())).unwrap_or_else(|e| panic!("{what}: {e:?}"));
            }
        }
        let client = with_certificate(listener, "client");
        client
            .with_login("EXTERNAL", "", "")
            .validate()
            .unwrap_or_else(|e| panic!("{listener}: {e:?}"));
    }
}

#[test]
fn it_may_act_as_another_where_the_server_has_it_so() {
    let acting = |name: &str| {
        let credential = credential("client", "", "");
        let name = c(name);
        ok(unsafe { INetNetworkCredential_SetAuthorizationId(credential.0, name.as_ptr()) });
        with_certificate("EXIM", "client").with_credential("EXTERNAL", &credential)
    };
    for name in ["", "client", "user"] {
        acting(name).validate().unwrap_or_else(|e| panic!("{name:?}: {e:?}"));
    }
    acting("another").is_refused("another");
}

#[test]
fn without_the_right_certificate_nobody_is_let_in() {
    let credential = credential("client", "", "");
    // Exim does not offer it then; Dovecot offers and refuses.
    let client = visitor("EXIM", true).with_credential("EXTERNAL", &credential);
    assert_eq!(client.validate().expect_err("no certificate").status, NOT_OFFERED);
    let client = visitor("DOVECOT_EXTERNAL", true).with_credential("EXTERNAL", &credential);
    client.is_refused("no certificate");
    let client = with_certificate("EXIM", "client-rsa").with_credential("EXTERNAL", &credential);
    client.is_refused("another's certificate");
}
