//! Where a handshake sits while rustls works: its callbacks know nothing of the connection, and must not, since contexts are shared.

use super::super::http::Fetcher;
use super::super::outlet::Outlet;
use super::super::wait::Vigil;
use super::context::{Context, Tls};
use super::sessions::SessionsOf;
use crate::error::{Error, Phase, Result, Status};
use crate::pki::{Presented, Verdict, details};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, SignatureScheme};
use std::cell::RefCell;
use std::sync::Arc;
use std::time::Duration;

/// One handshake: who it is with, and what it has shown so far.
pub struct Seat {
    pub host: String,
    pub tls: Arc<Tls>,
    pub context: Arc<Context>,
    /// By which what has to be fetched leaves.
    pub outlet: Arc<Outlet>,
    pub sessions: Arc<SessionsOf>,
    /// The whole of the time.
    pub vigil: Vigil,
    /// What the server has left of the time that it was given.
    pub patience: Duration,
    pub noted: Noted,
}

/// What is to be known of a handshake and rustls does not keep.
#[derive(Default)]
pub struct Noted {
    /// What the server presented.
    pub chain: Vec<CertificateDer<'static>>,
    pub verdict: Option<Verdict>,
    pub staple: Vec<u8>,
    pub is_compressed: bool,
    pub signature: Option<SignatureScheme>,
    /// The server wants a certificate of the client.
    pub wants_certificate: bool,
    pub offers_certificate: bool,
    /// What ended the handshake, where rustls has no words for it.
    pub failure: Option<Error>,
}

/// What the host is asked about a server's certificate.
pub struct Validation<'a> {
    pub host: &'a str,
    pub chain: &'a [CertificateDer<'a>],
    pub verdict: &'a Verdict,
    /// What the library would do.
    pub is_accepted: bool,
}

/// What is to be signed by a key that is not here.
pub struct SignRequest<'a> {
    /// The signature scheme as RFC 8446 section 4.2.3 names it.
    pub algorithm: &'a str,
    pub octets: &'a [u8],
    /// They are the digest by the scheme's hash, and not the message.
    pub is_digest: bool,
}

/// Answers whether the certificate is accepted. An error ends the call.
pub type ValidateHook = Arc<dyn Fn(&Validation) -> Result<bool> + Send + Sync>;
/// Answers the signature. An error ends the call.
pub type SignHook = Arc<dyn Fn(&SignRequest) -> Result<Vec<u8>> + Send + Sync>;

/// What the host has a say in.
#[derive(Clone, Default)]
pub struct Hooks {
    pub validate: Option<ValidateHook>,
    pub sign: Option<SignHook>,
}

thread_local! {
    static SEAT: RefCell<Option<Box<Seat>>> = const { RefCell::new(None) };
}

/// Runs rustls with the seat in place. A handshake within a handshake, as a callback of a host may begin one, has its own.
pub fn seated<T>(seat: Box<Seat>, run: impl FnOnce() -> T) -> (Box<Seat>, T) {
    let outer = SEAT.replace(Some(seat));
    let result = run();
    let seat = SEAT.replace(outer).expect("whoever takes the seat puts it back");
    (seat, result)
}

/// Looks at the seat of the handshake that runs on this thread. It is not in place meanwhile: `look` may call the host.
pub fn with_seat<T>(look: impl FnOnce(&mut Seat) -> T) -> Option<T> {
    let mut seat = SEAT.take()?;
    let result = look(&mut seat);
    SEAT.set(Some(seat));
    Some(result)
}

impl Seat {
    /// Judges what the server presents, in a full handshake.
    pub fn judge_presented(
        &mut self,
        chain: &[CertificateDer],
        name: &ServerName,
        staple: &[u8],
        now: UnixTime,
    ) -> Result<(), rustls::Error> {
        self.sessions.begin_anew();
        self.judge(chain, name, staple, now)
    }

    /// Judges the server's certificates, and asks the host where it wants to be asked. An error is the answer to rustls; the one to
    /// the host is noted.
    pub fn judge(
        &mut self,
        chain: &[CertificateDer],
        name: &ServerName,
        staple: &[u8],
        now: UnixTime,
    ) -> Result<(), rustls::Error> {
        staple.clone_into(&mut self.noted.staple);
        self.noted.chain = chain.iter().cloned().map(CertificateDer::into_owned).collect();
        let presented = Presented { chain, name, staple, now };
        let fetcher = Fetcher::new(self.vigil.watch(), &self.outlet, &self.tls);
        let mut fetcher = fetcher.sparing(self.patience);
        let verdict = self.context.judge.judge(&presented, &mut fetcher);
        let details = verdict.details;
        self.decide(chain, verdict).map_err(|error| {
            self.noted.failure = Some(error);
            rustls::Error::InvalidCertificate(alert_for(details))
        })
    }

    fn decide(&mut self, chain: &[CertificateDer], verdict: Verdict) -> Result<()> {
        // Asking about revocation may have been cut short by the end of the time or by the host.
        let watch = self.vigil.watch();
        watch.check().map_err(|error| {
            let why = match verdict.reason.as_str() {
                "" => String::new(),
                reason => format!(": {reason}"),
            };
            spent(error, &format!("asking about the certificate of '{}'{why}", self.host))
        })?;
        let settings = &self.tls.settings;
        let verdict = self.noted.verdict.insert(verdict);
        let mut is_accepted =
            settings.validates && verdict.is_valid() || settings.accepts_any_certificate;
        let host = self.host.as_str();
        if let Some(hook) = &self.tls.hooks.validate {
            is_accepted = hook(&Validation { host, chain, verdict, is_accepted })?;
            watch.check().map_err(|error| spent(error, "OnCertificateValidate"))?;
        }
        let reason = match (is_accepted, verdict.is_valid()) {
            (true, true) => return Ok(()),
            (true, false) => {
                verdict.details |= details::USER_ENFORCED;
                return Ok(());
            }
            (false, false) => &verdict.reason,
            (false, true) if self.tls.hooks.validate.is_some() => {
                "OnCertificateValidate refused it"
            }
            (false, true) => {
                "AutoValidateCertificates is off, and there is no OnCertificateValidate to judge it"
            }
        };
        let sentence = format!("the certificate of '{host}' was not accepted: {reason}");
        Err(Error::new(Status::Certificate, sentence).in_phase(Phase::Tls))
    }
}

/// The time is over, and the server was not to blame.
pub fn spent(error: Error, by: &str) -> Error {
    match error.status() {
        Status::Timeout => {
            let sentence = format!("the time allowed by Timeout was used up by {by}");
            Error::new(Status::Timeout, sentence).in_phase(Phase::Tls)
        }
        _ => error,
    }
}

/// The reason by which rustls chooses the alert for the server.
fn alert_for(bits: u32) -> CertificateError {
    match bits {
        _ if bits & details::REVOKED != 0 => CertificateError::Revoked,
        _ if bits & details::EXPIRED != 0 => CertificateError::Expired,
        _ if bits & details::NOT_YET_VALID != 0 => CertificateError::NotValidYet,
        _ if bits & details::UNKNOWN_CA != 0 => CertificateError::UnknownIssuer,
        _ if bits & details::IDENTITY_MISMATCH != 0 => CertificateError::NotValidForName,
        _ => CertificateError::ApplicationVerificationFailure,
    }
}
