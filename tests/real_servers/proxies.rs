//! Through dante, microsocks, squid and tinyproxy.

use super::support::proxy::{Proxy, proxy};
use super::tls::*;
use super::*;
use inetmail::ffi::client_sockets::*;
use inetmail::ffi::service_proxy_options::*;
use std::process::Command;
use support::face::status_name;

const SOCKS4: i32 = INET_PROXY_SOCKS4;
const SOCKS4A: i32 = INET_PROXY_SOCKS4A;
const SOCKS5: i32 = INET_PROXY_SOCKS5;
const HTTP: i32 = INET_PROXY_HTTP;
const HTTPS: i32 = INET_PROXY_HTTPS;

fn proxy_port(name: &str) -> u16 {
    setting(&format!("INETMAIL_PROXY_{name}")).parse().expect("a port")
}

fn of(kind: i32, name: &str) -> Proxy {
    proxy(kind, proxy_port(name))
}

fn known(kind: i32, name: &str) -> Proxy {
    of(kind, name).with_login("user", "pass")
}

/// Every proxy that lets a message through, and by which name.
fn proxies() -> Vec<(&'static str, Proxy)> {
    vec![
        ("microsocks", of(SOCKS5, "MICROSOCKS")),
        ("microsocks, names here", of(SOCKS5, "MICROSOCKS").resolving_here()),
        ("microsocks, login", known(SOCKS5, "MICROSOCKS_LOGIN")),
        ("dante, SOCKS4", of(SOCKS4, "DANTE")),
        ("dante, SOCKS4 with a user", known(SOCKS4, "DANTE")),
        ("dante, SOCKS4a, names here", of(SOCKS4A, "DANTE").resolving_here()),
        ("dante, SOCKS5", of(SOCKS5, "DANTE")),
        ("dante, SOCKS5, login", known(SOCKS5, "DANTE_LOGIN")),
        ("tinyproxy", of(HTTP, "TINYPROXY")),
        ("tinyproxy, Basic", known(HTTP, "TINYPROXY_BASIC")),
        ("tinyproxy, Basic at once", known(HTTP, "TINYPROXY_BASIC").with_authentication(1)),
        ("squid", of(HTTP, "SQUID")),
        ("squid, web tunnel, names here", of(INET_PROXY_WEB_TUNNEL, "SQUID").resolving_here()),
        ("squid, Basic", known(HTTP, "SQUID_BASIC")),
        ("squid, Basic at once", known(HTTP, "SQUID_BASIC").with_authentication(1)),
        ("squid, Digest", known(HTTP, "SQUID_DIGEST")),
        ("squid, Digest by name", known(HTTP, "SQUID_DIGEST").with_authentication(2)),
        ("squid, NTLM", of(HTTP, "SQUID_NTLM").with_login("INETMAIL\\user", "pass")),
        ("squid, NTLM by name", known(HTTP, "SQUID_NTLM").with_authentication(3)),
        ("squid, TLS", of(HTTPS, "SQUID_TLS")),
    ]
}

#[test]
fn messages_go_through_every_proxy() {
    for (name, proxy) in proxies() {
        for (listener, options) in [("NOTLS", NONE), ("STARTTLS", EXPLICIT), ("SMTPS", IMPLICIT)] {
            let recipient = fresh_address();
            // Some proxies try one address of a name alone, and not every listener is on ::1.
            let host = "good.smtp.test";
            let client = secure(host, port(listener), options).through(&proxy);
            // What the proxy presents is for localhost and 127.0.0.1.
            let sent =
                client.send(&simple(&recipient)).and_then(|()| client.send(&simple(&recipient)));
            sent.unwrap_or_else(|record| panic!("{name}, {listener}: {record:?}"));
            delivered(&recipient, 2);
            let (kind, address, is_secure, remote) = client.went_through();
            assert_ne!(kind, INET_PROXY_NONE, "{name}");
            assert_eq!(address, remote, "{name}");
            assert_eq!(is_secure, kind == HTTPS, "{name}");
            assert_eq!(client.info().is_secure, options != NONE, "{name}");
        }
    }
}

#[test]
fn a_long_message_goes_through_tls_in_tls() {
    let recipient = fresh_address();
    let proxy = of(HTTPS, "SQUID_TLS");
    let client = secure("smtp.test", port("SMTPS"), IMPLICIT).through(&proxy);
    let text = "Строка, которая повторяется.\n".repeat(60_000);
    let mail = message("sender@test", &recipient, "Тема", &text);
    client.send(&mail).expect("delivered");
    let arrived = delivered(&recipient, 1).remove(0).bytes;
    assert!(arrived.len() > 3_000_000, "{} octets", arrived.len());
    // Both ends have seen the same connection.
    assert!(client.send(&simple(&recipient)).is_ok());
}

#[test]
fn the_certificate_of_a_proxy_is_judged() {
    let proxy = of(HTTPS, "SQUID_TLS");
    // Nobody trusts the tests' root here.
    let client = client("smtp.test", port("NOTLS")).with_timeout(30_000).through(&proxy);
    let record = client.send(&simple(&fresh_address())).expect_err("an unknown issuer");
    assert_eq!(record.status, CERTIFICATE, "{record:?}");
    assert!(record.message.starts_with("the HTTPS proxy '127.0.0.1:"), "{record:?}");
    // One in clear does not speak TLS.
    let plain = self::proxy(HTTPS, proxy_port("SQUID"));
    let client = secure("smtp.test", port("NOTLS"), NONE).through(&plain);
    let record = client.send(&simple(&fresh_address())).expect_err("no TLS");
    assert!(record.message.contains("proxy '127.0.0.1:"), "{record:?}");
}

#[test]
fn what_proxies_refuse_is_told() {
    // Nobody listens on port 9.
    let (dead, forbidden) = (9, 2599);
    for (name, proxy, host, port, status, words) in [
        (
            "1",
            of(SOCKS5, "MICROSOCKS"),
            "127.0.0.1",
            dead,
            "INET_E_PROXY_SERVER_UNREACHABLE",
            "refused",
        ),
        (
            "2",
            of(SOCKS5, "MICROSOCKS"),
            "nobody.test",
            25,
            "INET_E_PROXY_SERVER_UNREACHABLE",
            "nobody.test",
        ),
        (
            "3",
            of(SOCKS5, "MICROSOCKS_LOGIN"),
            "127.0.0.1",
            25,
            "INET_E_PROXY_AUTH_REQUIRED",
            "without a login, and there is none for it",
        ),
        (
            "4",
            of(SOCKS5, "MICROSOCKS_LOGIN").with_login("user", "wrong"),
            "127.0.0.1",
            25,
            "INET_E_PROXY_AUTH_REFUSED",
            "'user'",
        ),
        ("5", of(SOCKS5, "DANTE"), "127.9.9.9", 25, "INET_E_PROXY_REFUSED", "rules"),
        (
            "6",
            of(SOCKS5, "DANTE_LOGIN").with_login("user", "wrong"),
            "127.0.0.1",
            25,
            "INET_E_PROXY_AUTH_REFUSED",
            "'user'",
        ),
        ("7", of(SOCKS4, "DANTE"), "127.9.9.9", 25, "INET_E_PROXY_REFUSED", "code 91"),
        ("8", of(SOCKS4, "MICROSOCKS"), "127.0.0.1", 25, "INET_E_PROXY_PROTOCOL", "SOCKS"),
        ("10", of(HTTP, "MICROSOCKS"), "127.0.0.1", 25, "INET_E_PROXY_PROTOCOL", "HTTP"),
        ("11", of(HTTP, "SQUID"), "127.0.0.1", dead, "INET_E_PROXY_SERVER_UNREACHABLE", "503"),
        ("12", of(HTTP, "SQUID"), "127.0.0.1", forbidden, "INET_E_PROXY_REFUSED", "403"),
        ("13", of(HTTP, "SQUID_BASIC"), "127.0.0.1", 25, "INET_E_PROXY_AUTH_REQUIRED", "Basic"),
        (
            "14",
            of(HTTP, "SQUID_BASIC").with_login("user", "wrong"),
            "127.0.0.1",
            25,
            "INET_E_PROXY_AUTH_REFUSED",
            "by Basic",
        ),
        (
            "15",
            of(HTTP, "SQUID_DIGEST").with_login("user", "wrong"),
            "127.0.0.1",
            25,
            "INET_E_PROXY_AUTH_REFUSED",
            "by Digest",
        ),
        (
            "16",
            known(HTTP, "SQUID_DIGEST").with_authentication(1),
            "127.0.0.1",
            25,
            "INET_E_PROXY_AUTH_REFUSED",
            "Basic",
        ),
        ("17", of(HTTP, "TINYPROXY"), "127.0.0.1", dead, "INET_E_PROXY", "50"),
        (
            "21",
            of(HTTP, "SQUID_NTLM").with_login("user", "wrong"),
            "127.0.0.1",
            25,
            "INET_E_PROXY_AUTH_REFUSED",
            "by NTLM",
        ),
        ("18", of(HTTP, "TINYPROXY_BASIC"), "127.0.0.1", 25, "INET_E_PROXY_AUTH_REQUIRED", "Basic"),
        (
            "19",
            of(HTTP, "TINYPROXY_BASIC").with_login("user", "wrong"),
            "127.0.0.1",
            25,
            "INET_E_PROXY_AUTH_REFUSED",
            "Basic",
        ),
        (
            "20",
            known(HTTP, "SQUID_BASIC").with_authentication(4),
            "127.0.0.1",
            25,
            "INET_E_PROXY_AUTH_REQUIRED",
            "Negotiate",
        ),
    ] {
        let client = client(host, port).with_timeout(30_000).through(&proxy);
        let record = client.send(&simple(&fresh_address())).expect_err(name);
        assert!(status_name(record.status).starts_with(status), "{name}: {record:?}");
        assert!(record.message.contains(words), "{name}: {record:?}");
        assert!(!record.message.contains("wrong"), "{name}: {record:?}");
        assert_eq!(record.phase, "proxy", "{name}");
        if matches!(name, "11" | "12" | "14") {
            assert!(proxy.headers().starts_with("HTTP/1.1 "), "{name}: {}", proxy.headers());
            assert!(proxy.body().contains("<html"), "{name}: {}", proxy.body());
        }
    }
}

#[test]
fn a_proxy_of_another_type_than_its_settings_say_is_recognized() {
    for (kind, name, words) in [
        (SOCKS5, "TINYPROXY", "its type may be HTTP"),
        (SOCKS5, "SQUID", "its type may be HTTP"),
        (SOCKS4, "SQUID_BASIC", "its type may be HTTP"),
        (SOCKS5, "SQUID_TLS", "its type may be HTTPS"),
        (HTTP, "SQUID_TLS", "its type may be HTTPS"),
        (HTTP, "MICROSOCKS", "its type may be SOCKS5"),
        (HTTP, "DANTE", "may not speak HTTP"),
    ] {
        let proxy = of(kind, name);
        let client = client("127.0.0.1", 25).with_timeout(30_000).through(&proxy);
        let record = client.send(&simple(&fresh_address())).expect_err(name);
        assert_eq!(status_name(record.status), "INET_E_PROXY_PROTOCOL", "{name}: {record:?}");
        assert!(record.message.contains(words), "{name}: {record:?}");
    }
    for kind in [SOCKS4, SOCKS5, HTTP] {
        let proxy = proxy(kind, port("NOTLS"));
        let client = client("127.0.0.1", 25).with_timeout(30_000).through(&proxy);
        let record = client.send(&simple(&fresh_address())).expect_err("a mail server");
        assert_eq!(status_name(record.status), "INET_E_PROXY_PROTOCOL", "{record:?}");
        assert!(record.message.contains("the server's own port"), "{record:?}");
    }
}

#[test]
fn revocation_is_asked_about_through_the_proxy() {
    for (name, proxy) in [
        ("SQUID", of(HTTP, "SQUID")),
        ("SQUID_BASIC", known(HTTP, "SQUID_BASIC")),
        ("SQUID_DIGEST", known(HTTP, "SQUID_DIGEST")),
        ("SQUID_NTLM", known(HTTP, "SQUID_NTLM")),
        ("SQUID_TLS", of(HTTPS, "SQUID_TLS")),
        ("MICROSOCKS_LOGIN", known(SOCKS5, "MICROSOCKS_LOGIN")),
    ] {
        for (leaf, is_good) in
            [("ocsp-good", true), ("ocsp-revoked", false), ("crl-revoked", false)]
        {
            // Names of leaves are known since the servers were started: only this side can resolve them.
            let client = of_leaf(leaf).with_revocation(1).through(&proxy);
            ok(INetServiceProxy_SetResolveNamesHere(proxy.0, 1));
            let sent = client.send(&simple(&fresh_address()));
            assert_eq!(sent.is_ok(), is_good, "{name}, {leaf}: {sent:?}");
        }
    }
    // squid has seen the requests themselves: no tunnel to the responder.
    let log = format!("{}/proxies/squid/open.access.log", setting("INETMAIL_SERVERS"));
    let log = std::fs::read_to_string(log).expect("squid's log");
    assert!(log.contains(&format!("{}/ocsp/", setting("INETMAIL_RESPONDER"))), "{log}");
}

#[test]
fn a_proxy_is_reached_from_the_own_end_that_is_set() {
    let proxy = of(SOCKS5, "MICROSOCKS");
    let client = secure("127.0.0.1", port("NOTLS"), NONE).through(&proxy);
    let local = c("127.0.0.77");
    ok(unsafe { INetSmtpClient_SetLocalEndPoint(client.0, local.as_ptr(), 0) });
    let recipient = fresh_address();
    client.send(&simple(&recipient)).expect("delivered");
    delivered(&recipient, 1);
    let info = Handle::of(INetSmtpClient_GetConnectionInfo(client.0));
    let own =
        text(|buffer, size| unsafe { INetConnectionInfo_GetLocalAddress(info.0, buffer, size) });
    assert!(own.starts_with("127.0.0.77:"), "{own}");
}

/// The other half of the next test, in a process that has tickets.
#[test]
fn with_tickets() {
    let Ok(authentication) = std::env::var("INETMAIL_TEST_OF_TICKETS") else { return };
    let authentication = authentication.parse().expect("a number");
    let host = c("localhost");
    let proxy = of(HTTP, "SQUID_NEGOTIATE").with_authentication(authentication);
    ok(unsafe {
        inetmail::ffi::service_proxy::INetServiceProxy_SetAddress(proxy.0, host.as_ptr())
    });
    let recipient = fresh_address();
    let client = secure("smtp.test", port("STARTTLS"), EXPLICIT).through(&proxy);
    let sent = client.send(&simple(&recipient));
    match std::env::var("KRB5CCNAME").is_ok_and(|cache| cache.contains("nothing")) {
        true => {
            let record = sent.expect_err("no ticket");
            assert_eq!(record.phase, "proxy", "{record:?}");
        }
        false => sent.unwrap_or_else(|record| panic!("{record:?}")),
    }
}

#[test]
fn tickets_open_a_proxy_that_wants_kerberos() {
    let tickets = setting("INETMAIL_KRB5_CCACHE");
    for (cache, authentication) in [(tickets.as_str(), "4"), (&tickets, "5"), ("/tmp/nothing", "4")]
    {
        let status = Command::new(std::env::current_exe().expect("this program"))
            .args(["--exact", "proxies::with_tickets"])
            .env("KRB5CCNAME", cache)
            .env("INETMAIL_TEST_OF_TICKETS", authentication)
            .status();
        assert!(status.expect("it runs").success(), "{cache}, {authentication}");
    }
}
