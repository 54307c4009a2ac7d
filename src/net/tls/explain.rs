//! Says in words what rustls says in types.

use crate::error::{Error, Phase, Status};
use rustls::{AlertDescription, InvalidMessage, PeerIncompatible, PeerMisbehaved};

/// `received` is what the server said last.
pub fn explain(error: &rustls::Error, host: &str, received: &[u8]) -> Error {
    let (status, sentence) = match error {
        rustls::Error::InvalidMessage(InvalidMessage::InvalidContentType)
            if received.first().is_some_and(|octet| octet.is_ascii_digit()) =>
        {
            let said = String::from_utf8_lossy(&received[..received.len().min(60)]);
            let said = said.lines().next().unwrap_or_default().escape_debug().to_string();
            let sentence = format!(
                "the server answered the TLS hello in plain text ('{said}'): \
                 this port wants STARTTLS or no TLS, TLS from the start is for ports such as 465"
            );
            (Status::TlsPlainText, sentence)
        }
        rustls::Error::InvalidCertificate(reason) => {
            let sentence = format!(
                "the server could not prove that the certificate of '{host}' is its own: {reason} \
                 (signed with another key, or with an RSA key below 2048 bits, which counts for nothing)"
            );
            (Status::Certificate, sentence)
        }
        _ => {
            let hint = hint(error);
            (Status::Tls, format!("TLS with '{host}' failed: {error}{hint}"))
        }
    };
    Error::new(status, sentence).in_phase(Phase::Tls)
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
