//! What a person can do about a failure. What is set already is never advised.

use super::way_name;
use crate::deliver::{ConnectionInfo, Proxy, Route, Security, TlsInfo, ways};
use crate::error::{Error, Phase, Status};
use crate::pki::{Certificate, details};

const SUBMISSIONS_PORT: u16 = 465;
const SMTP_PORT: u16 = 25;

/// One piece of advice for each fault that something can be done about.
pub(super) fn about(
    route: &Route,
    error: &Error,
    connection: Option<&ConnectionInfo>,
) -> Vec<&'static str> {
    let proxy = route.outlet.proxy_for(&route.host, route.port);
    if let Some(advice) = proxy.and_then(|proxy| about_proxy(proxy, error)) {
        return vec![advice];
    }
    let tls = connection.and_then(|connection| connection.tls.as_ref());
    if error.status() == Status::Certificate {
        return tls.map(about_certificate).unwrap_or_default();
    }
    about_server(route, error, tls).into_iter().collect()
}

/// A port and a way that were seen to work, and how the client is set to them; nothing where it is set so.
pub(super) fn to_take(route: &Route, port: u16, way: u32) -> Option<String> {
    let mut steps = Vec::new();
    if port != route.port {
        steps.push("SetPort");
    }
    let settled = Route { port, ..route.clone() };
    if settled.allowed_ways() != way {
        steps.push(match (port, way) {
            (SUBMISSIONS_PORT, ways::STARTTLS) => {
                "SetSecurityOptions with INET_SECURITY_SSL_EXPLICIT, which is 2"
            }
            (SUBMISSIONS_PORT, _) | (_, ways::STARTTLS) => "SetEnableSsl",
            _ => "SetSecurityOptions with INET_SECURITY_SSL_IMPLICIT, which is 4",
        });
    }
    let (way, how) = (way_name(way), steps.join(", "));
    (!steps.is_empty()).then(|| format!("port {port} with {way} works here ({how})"))
}

/// On the way to a proxy or in the dialogue with it.
fn about_proxy(proxy: &Proxy, error: &Error) -> Option<&'static str> {
    Some(match error.status() {
        Status::ProxyConnect => {
            "see whether the proxy runs and listens on that port, and whether Address and Port of INetServiceProxy are right"
        }
        Status::Resolve if proxy.resolves_here => {
            "see whether Address of INetServiceProxy and Host are spelt right; with ResolveNamesHere off the proxy finds the server's name"
        }
        Status::Resolve => "see whether Address of INetServiceProxy is spelt right",
        Status::ProxyAuthRequired if proxy.login.is_some() => {
            "see which login the proxy takes: Authentication of INetServiceProxy"
        }
        Status::ProxyAuthRequired => {
            "give the proxy a login: User, Password and NeedAuthentication of INetServiceProxy"
        }
        Status::ProxyAuthRefused => "see whether User and Password of INetServiceProxy are right",
        Status::ProxyRefused => {
            "ask whoever runs the proxy to allow that server and port; many allow port 443 alone, some 465 or 587"
        }
        Status::ProxyServerUnreachable => {
            "see whether Host and Port are right, and whether the proxy's own network leads there"
        }
        Status::ProxyProtocol => "see whether Type of INetServiceProxy is what the proxy speaks",
        Status::ProxyUnsupported if proxy.resolves_here => "take another Type of proxy",
        Status::ProxyUnsupported => {
            "take another Type of proxy, or ResolveNamesHere, which has addresses told in the place of names"
        }
        Status::ProxySettings => {
            "set Address of INetServiceProxy, or CURLOPT_PROXY in the environment"
        }
        Status::Timeout if error.phase() == Some(Phase::Proxy) => {
            "see whether Type of INetServiceProxy is what the proxy speaks, and whether it reaches the server"
        }
        _ => return None,
    })
}

/// On the way to the server or in the dialogue with it.
fn about_server(route: &Route, error: &Error, tls: Option<&TlsInfo>) -> Option<&'static str> {
    let is_usual = route.security == Security::ByPort;
    let on_submissions = route.port == SUBMISSIONS_PORT;
    if tls.is_some_and(wants_certificate) && matches!(error.status(), Status::Tls) {
        return Some(
            "the server wants a certificate of the client: put one that it accepts, with its key, into GetClientChain",
        );
    }
    Some(match error.status() {
        Status::Resolve => {
            "see whether Host is spelt right, and whether this machine's name servers answer"
        }
        Status::Connect | Status::Timeout if error.phase() == Some(Phase::Connect) => {
            match route.port {
                _ if route.is_local() => {
                    "see whether the server runs, whether that is the path of its socket, and whether this program may use it"
                }
                SMTP_PORT => {
                    "see whether the server runs and listens on that port; firewalls often close port 25: try 465 or 587"
                }
                _ => "see whether the server runs and listens on that port",
            }
        }
        Status::Tls if route.is_local() => {
            "leave TLS off: nobody else hears what is said on this machine"
        }
        Status::TlsPlainText if on_submissions => {
            "the server begins in clear: SetSecurityOptions with INET_SECURITY_SSL_EXPLICIT, which is 2, takes STARTTLS on this port too"
        }
        Status::TlsPlainText => {
            "the server begins in clear: use STARTTLS, which EnableSsl does on every port but 465"
        }
        Status::StartTlsNotOffered if on_submissions => {
            "the server has no STARTTLS on this port: try 587, or another server"
        }
        Status::StartTlsNotOffered if is_usual => {
            "the server has no STARTTLS on this port: try 465, or another server"
        }
        Status::StartTlsNotOffered => {
            "the server has no STARTTLS on this port: try 465 with EnableSsl, or another server"
        }
        Status::AuthRefused => {
            "see whether name and password are right; many providers want a password made for the program, or a token"
        }
        Status::AuthNotOffered if tls.is_some() => {
            "the server does not offer this login: choose another mechanism, or none, with ThisHostCredentials"
        }
        Status::AuthNotOffered if route.is_in_clear() && !route.is_local() => {
            "the server offers this login nowhere, or only under TLS: set EnableSsl, or another mechanism"
        }
        Status::AuthNotOffered => {
            "the server does not offer this login without TLS, which it does not have here: try another port, or another mechanism"
        }
        Status::AuthUnsupported => "choose another mechanism, or none, with ThisHostCredentials",
        Status::AuthInClear if route.is_in_clear() => "have the connection protected: EnableSsl",
        Status::AuthInClear => {
            "the server has no TLS on this port: try another; SetDangerouslyAllowPlaintextAuth sends the password in clear"
        }
        _ => return None,
    })
}

fn wants_certificate(tls: &TlsInfo) -> bool {
    tls.wants_certificate && !tls.client_authenticated
}

/// What each fault of a chain asks for, what cannot be mended here first.
const FAULTS: [(u32, &str); 8] = [
    (
        details::REVOKED,
        "the certificate was revoked: whoever runs the server must have a new one; it is not safe to go on",
    ),
    (
        details::BLOCKED,
        "the certificate, or one that has issued it, is blocked on this client: see GetBlockedCertificates",
    ),
    (
        details::EXPIRED,
        "if this machine's clock is right, whoever runs the server must renew the certificate that has expired",
    ),
    (
        details::NOT_YET_VALID,
        "see whether this machine's clock is right; if it is, whoever runs the server has put the certificate there too early",
    ),
    (
        details::IDENTITY_MISMATCH,
        "let Host be a name that the certificate is for, or have whoever runs the server get one for this name",
    ),
    (
        details::WEAK_ALGORITHM,
        "whoever runs the server must get a certificate with a stronger key or signature",
    ),
    (
        details::NO_KEY_USAGE | details::CA_UNAUTHORIZED,
        "whoever runs the server must get a certificate that is meant for servers, from a CA that may issue it",
    ),
    (
        details::CRL_NOT_VERIFIED | details::OCSP_NOT_VERIFIED,
        "RevocationCheck insists on an answer and there is none: let this machine reach the CA's service over http, or choose another RevocationCheck",
    ),
];

/// Where the verdict has no fault, the error tells why the certificate was refused all the same.
fn about_certificate(tls: &TlsInfo) -> Vec<&'static str> {
    let bits = tls.verdict.as_ref().filter(|verdict| !verdict.is_valid());
    let bits = bits.map_or(0, |verdict| verdict.details);
    let found = FAULTS.iter().filter(|(fault, _)| bits & fault != 0);
    let mut advice: Vec<_> = found.map(|(_, advice)| *advice).collect();
    if bits & details::UNKNOWN_CA != 0 {
        advice.push(about_issuer(tls));
    }
    advice
}

fn about_issuer(tls: &TlsInfo) -> &'static str {
    let is_root = |der: &_| {
        let certificate = Certificate::presented(der);
        certificate.parts().and_then(|parts| parts.is_self_signed()).unwrap_or(false)
    };
    match tls.chain.iter().any(|der| is_root(&**der)) {
        true => {
            "if the certificate is right, have its root trusted, or itself where it is self-signed: AddTrustedCertificateFile"
        }
        // Which of the two it is, nobody can tell who does not have the issuer.
        false => {
            "if the issuer that is not there is an intermediate CA, the server should send its certificate (as in certbot's fullchain.pem), or give it to GetKnownCertificates; if it is a root of your own, have it trusted: AddTrustedCertificateFile"
        }
    }
}
