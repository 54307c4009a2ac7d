//! Says in words what rustls says in types.

use crate::error::{Error, Phase, Status, shown, spelled};
use rustls::{AlertDescription, InvalidMessage, PeerIncompatible, PeerMisbehaved};

/// What a server of SMTP wants that has answered in plain text.
pub const PORTS_OF_SMTP: &str =
    "this port wants STARTTLS or no TLS, TLS from the start is for ports such as 465";

/// `beginning` is what the server said first.
pub fn explain(error: &rustls::Error, host: &str, beginning: &[u8]) -> Error {
    let (status, sentence) = match error {
        rustls::Error::InvalidMessage(InvalidMessage::InvalidContentType)
            if beginning.first().is_some_and(u8::is_ascii_graphic) =>
        {
            plain_text(beginning)
        }
        rustls::Error::InvalidCertificate(reason) => {
            let reason = spelled(&format!("{reason:?}"));
            let sentence = format!(
                "the server could not prove that the certificate of '{host}' is its own: {reason} \
                 (signed with another key, or with an RSA key below 2048 bits, which counts for nothing)"
            );
            (Status::Certificate, sentence)
        }
        _ => {
            let (words, hint) = (in_words(error), hint(error));
            (Status::Tls, format!("TLS with '{host}' failed: {words}{hint}"))
        }
    };
    Error::new(status, sentence).in_phase(Phase::Tls)
}

/// A server that does not speak TLS at once, and who it is by its first words. One of another protocol has no other way that
/// would be worth a try, as a server of SMTP has.
fn plain_text(beginning: &[u8]) -> (Status, String) {
    let said = String::from_utf8_lossy(beginning);
    let said = shown(said.lines().next().unwrap_or_default(), 60);
    let starts = |start: &[u8]| beginning.starts_with(start);
    let who = match beginning {
        _ if starts(b"HTTP/") || starts(b"<") => "a web server (HTTP)",
        _ if starts(b"* ") => "a server of IMAP, where mail is read",
        _ if starts(b"+OK") || starts(b"-ERR") => "a server of POP3, where mail is fetched",
        _ if starts(b"SSH-") => "a server of SSH",
        _ => "",
    };
    let answered = format!("the server answered the TLS hello in plain text ('{said}')");
    match (who, beginning) {
        ("", [b'0'..=b'9', ..]) => (Status::TlsPlainText, format!("{answered}: {PORTS_OF_SMTP}")),
        ("", _) => (Status::Tls, answered),
        _ => (Status::Tls, format!("{answered}: this is {who}")),
    }
}

/// What rustls shows as the name of a kind.
fn in_words(error: &rustls::Error) -> String {
    match error {
        rustls::Error::InvalidMessage(kind) => {
            format!("the server sent a malformed message ({})", spelled(&format!("{kind:?}")))
        }
        rustls::Error::PeerMisbehaved(kind) => {
            format!("the server breaks the rules of TLS ({})", spelled(&format!("{kind:?}")))
        }
        rustls::Error::PeerIncompatible(kind) => {
            let kind = spelled(&format!("{kind:?}"));
            format!("the server and this client have nothing in common ({kind})")
        }
        rustls::Error::AlertReceived(alert) => {
            format!("the server ended it with an alert ({})", spelled(&format!("{alert:?}")))
        }
        rustls::Error::InappropriateMessage { .. }
        | rustls::Error::InappropriateHandshakeMessage { .. } => {
            "the server sent a message that has no place there".into()
        }
        other => other.to_string(),
    }
}

/// What is behind an error more often than not.
fn hint(error: &rustls::Error) -> &'static str {
    match error {
        rustls::Error::AlertReceived(alert) => match alert {
            AlertDescription::ProtocolVersion => {
                " (the server speaks none of the TLS versions that are enabled: 1.2 and 1.3 unless set otherwise)"
            }
            AlertDescription::HandshakeFailure => {
                " (the server shares no cipher suite, group or signature with this client, or wants a certificate of the client)"
            }
            AlertDescription::CertificateRequired => {
                " (the server wants a certificate of the client: INetSmtpClient_GetClientChain)"
            }
            AlertDescription::UnknownCA
            | AlertDescription::BadCertificate
            | AlertDescription::CertificateUnknown
            | AlertDescription::CertificateExpired
            | AlertDescription::CertificateRevoked
            | AlertDescription::AccessDenied => {
                " (the server did not accept the client's certificate)"
            }
            _ => "",
        },
        rustls::Error::PeerIncompatible(
            PeerIncompatible::ExtendedMasterSecretExtensionRequired,
        ) => " (UseExtendedMasterSecret requires it)",
        rustls::Error::PeerIncompatible(
            PeerIncompatible::ServerDoesNotSupportTls12Or13
            | PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig,
        ) => " (the server speaks none of the TLS versions that are enabled)",
        rustls::Error::PeerMisbehaved(PeerMisbehaved::IllegalMiddleboxChangeCipherSpec) => {
            " (it sends records without end that say nothing)"
        }
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_answers_in_plain_text_is_named() {
        let no_record = rustls::Error::InvalidMessage(InvalidMessage::InvalidContentType);
        for (said, words) in [
            ("220 mail.example ESMTP\r\n", "this port wants STARTTLS"),
            ("HTTP/1.1 400 Bad Request\r\n", "a web server (HTTP)"),
            ("* OK ready\r\n", "IMAP"),
            ("+OK ready\r\n", "POP3"),
            ("SSH-2.0-OpenSSH\r\n", "SSH"),
            ("hello\r\n", "in plain text"),
        ] {
            let error = explain(&no_record, "mail.example", said.as_bytes());
            // Only a server of SMTP may be worth another try.
            let is_smtp = said.starts_with("220");
            let status = if is_smtp { Status::TlsPlainText } else { Status::Tls };
            assert_eq!(error.status(), status, "{said:?}");
            assert!(error.message().contains(words), "{error}");
            assert!(error.message().contains(&format!("('{}')", said.trim_end())), "{error}");
        }
        let error = explain(&no_record, "mail.example", &[0x16, 3, 3]);
        assert_eq!(error.status(), Status::Tls);
    }

    #[test]
    fn no_name_of_a_type_is_shown() {
        for (error, words) in [
            (
                rustls::Error::InvalidMessage(InvalidMessage::IllegalEmptyList("PayloadU24")),
                "a malformed message (illegal empty list)",
            ),
            (
                rustls::Error::PeerMisbehaved(PeerMisbehaved::TooManyKeyUpdateRequests),
                "(too many key update requests)",
            ),
            (
                rustls::Error::AlertReceived(AlertDescription::HandshakeFailure),
                "an alert (handshake failure)",
            ),
            (
                rustls::Error::InvalidCertificate(rustls::CertificateError::BadSignature),
                "bad signature",
            ),
        ] {
            let error = explain(&error, "mail.example", &[0x16]);
            assert!(error.message().contains(words), "{error}");
        }
    }
}
