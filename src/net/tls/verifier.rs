//! The judgement of a server's certificate, as rustls asks for it.

use super::seat::with_seat;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{DigitallySignedStruct, Error, SignatureScheme};

/// One for each context: rustls resumes a session only under the very verifier that it was made under.
#[derive(Debug)]
pub struct Verifier {
    pub algorithms: WebPkiSupportedAlgorithms,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let chain: Vec<CertificateDer> =
            std::iter::once(end_entity).chain(intermediates).cloned().collect();
        let judged =
            with_seat(|seat| seat.judge_presented(&chain, server_name, ocsp_response, now));
        judged.unwrap_or_else(|| Err(nobody()))?;
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        with_seat(|seat| seat.noted.signature = Some(signature.scheme));
        verify_tls12_signature(message, certificate, signature, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        with_seat(|seat| seat.noted.signature = Some(signature.scheme));
        verify_tls13_signature(message, certificate, signature, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

/// A handshake that nobody sits for is a defect; it trusts nobody.
pub fn nobody() -> Error {
    Error::General("a handshake that nobody sits for".into())
}
