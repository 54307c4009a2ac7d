//! GSSAPI, which is Kerberos (RFC 4752), and GSS-SPNEGO, which is Kerberos behind a negotiation of its own (RFC 4178).
//!
//! After the security context GSSAPI negotiates a layer of protection; "none" is chosen, for the connection has TLS. With
//! GSS-SPNEGO servers differ: Cyrus says yes as soon as the context is there, and takes what the context offers for the layer;
//! others go on as with GSSAPI. So the context offers no protection there, and a challenge behind it is what it is in GSSAPI.

use super::checks;
use super::gssapi_library::{Context, Credential, Failure, Kind, Library, NameForm, Step};
use super::{Identity, Mechanism, Peer, Response};
use crate::error::{Error, Result, Status};
use zeroize::Zeroizing;

/// Each step may wait for a KDC, for as long as the library likes; nothing is loaded or asked before the first.
pub struct Gssapi {
    kind: Kind,
    identity: Identity,
    peer: Peer,
    state: State,
}

enum State {
    New,
    /// Tokens go to and fro.
    Establishing(Context),
    /// The peer has proved who it is; what is left to say is which layer.
    Established(Context),
    /// All is said.
    Done,
    Failed,
}

impl Gssapi {
    /// GSSAPI.
    pub fn kerberos(identity: &Identity, peer: &Peer) -> Gssapi {
        Gssapi::new(Kind::Kerberos, identity, peer)
    }

    /// GSS-SPNEGO.
    pub fn spnego(identity: &Identity, peer: &Peer) -> Gssapi {
        Gssapi::new(Kind::Spnego, identity, peer)
    }

    fn new(kind: Kind, identity: &Identity, peer: &Peer) -> Gssapi {
        Gssapi { kind, identity: identity.clone(), peer: peer.clone(), state: State::New }
    }

    /// The first step: from here on a KDC may be asked.
    fn begin(&mut self) -> Result<Response> {
        let library = self.library()?;
        match self.first_step(library)? {
            Ok((context, step)) => self.take(context, step),
            Err(failure) if self.kind == Kind::Spnego && !self.has_password() => {
                // SPNEGO hides what Kerberos says; so Kerberos is asked itself. Nobody sees this token.
                let bare = Gssapi::new(Kind::Kerberos, &self.identity, &self.peer);
                let told = bare.first_step(library)?.err();
                Err(self.failed(told.as_ref().unwrap_or(&failure)))
            }
            Err(failure) => Err(self.failed(&failure)),
        }
    }

    fn library(&self) -> Result<&'static Library> {
        Library::of_system().map_err(|reason| {
            let needs = "needs a GSSAPI library, and none could be loaded";
            Error::new(Status::NoGssapi, format!("{} {needs}: {reason}", self.name()))
        })
    }

    fn first_step(&self, library: &'static Library) -> Result<Result<(Context, Step), Failure>> {
        let (target, form) = target(&self.peer);
        let binding = self.peer.binding.as_ref();
        let binding = binding.map(|binding| [END_POINT, &binding.end_point].concat());
        let credential = self.credential(library)?;
        Ok(credential.and_then(|mut credential| {
            if self.kind == Kind::Spnego {
                credential.offer_no_protection();
            }
            let mut context = Context::new(self.kind, credential, &target, form, binding)?;
            let step = context.step(&[])?;
            Ok((context, step))
        }))
    }

    fn credential(&self, library: &'static Library) -> Result<Result<Credential, Failure>> {
        let kind = self.kind;
        let principal = principal(&self.identity);
        if self.has_password() {
            let password = &self.identity.password;
            return Credential::by_password(library, kind, &principal, password).ok_or_else(|| {
                let what = "this GSSAPI library takes no password, only tickets";
                Error::new(Status::NoGssapi, format!("{}: {what}", self.name()))
            });
        }
        let user =
            Some(&principal[..]).filter(|user| !self.identity.is_default && !user.is_empty());
        Ok(Credential::of_cache(library, kind, user))
    }

    fn has_password(&self) -> bool {
        let Identity { user, password, is_default, .. } = &self.identity;
        !is_default && !user.is_empty() && !password.is_empty()
    }

    /// What a step has made: a token for the server, and perhaps a context that is complete.
    fn take(&mut self, context: Context, step: Step) -> Result<Response> {
        if !step.is_complete {
            self.state = State::Establishing(context);
            return Ok(step.token);
        }
        if !step.is_mutual {
            return Err(self.unproved("the server has not proved who it is"));
        }
        self.state = State::Established(context);
        Ok(step.token)
    }

    /// The layers and the largest message that the server offers; "none" and the authorization identity are what it gets.
    fn choose_layer(&mut self, mut context: Context, challenge: &[u8]) -> Result<Response> {
        let offer = context.unwrap(challenge).map_err(|failure| self.failed(&failure))?;
        let &[layers, _, _, _] = &offer[..] else {
            return Err(self.broken("the server's offer of layers is malformed"));
        };
        if layers & NO_LAYER == 0 {
            return Err(self.broken(
                "the server insists on a layer of protection under the mail protocol, which TLS is here",
            ));
        }
        // Without a layer the largest message is 0 (RFC 4752 section 3.1).
        let mut answer = Zeroizing::new(vec![NO_LAYER, 0, 0, 0]);
        answer.extend_from_slice(self.identity.authorization.as_bytes());
        let wrapped = context.wrap(&answer).map_err(|failure| self.failed(&failure))?;
        self.state = State::Done;
        Ok(wrapped)
    }

    fn broken(&self, what: &str) -> Error {
        checks::protocol(self.name(), what)
    }

    fn unproved(&self, what: &str) -> Error {
        Error::new(Status::AuthServerProof, format!("{}: {what}", self.name()))
    }

    fn failed(&self, failure: &Failure) -> Error {
        let status = match status_of(failure) {
            // Nobody needs a ticket who has a password: it was not accepted. SPNEGO hides why.
            Status::NoTicket if self.has_password() => Status::Kerberos,
            status => status,
        };
        let (target, _) = target(&self.peer);
        let user = match principal(&self.identity) {
            user if self.identity.is_default || user.is_empty() => {
                "the tickets of this process' user".into()
            }
            user => format!("'{user}'"),
        };
        let reason = reason_of(failure).map(|reason| format!("{reason} ({})", failure.text));
        let reason = reason.as_ref().unwrap_or(&failure.text);
        let sentence =
            format!("{} for the service '{target}' with {user} failed: {reason}", self.name());
        Error::new(status, sentence)
    }
}

impl Mechanism for Gssapi {
    fn name(&self) -> &str {
        match self.kind {
            Kind::Kerberos => "GSSAPI",
            Kind::Spnego => "GSS-SPNEGO",
        }
    }

    fn initial_response(&mut self) -> Result<Option<Response>> {
        self.state = State::Failed;
        self.begin().map(Some)
    }

    fn respond(&mut self, challenge: &[u8]) -> Result<Response> {
        let state = std::mem::replace(&mut self.state, State::Failed);
        let challenge = checks::bounded(self.name(), challenge)?;
        match state {
            State::New => self.begin(),
            State::Establishing(mut context) => {
                let step = context.step(challenge).map_err(|failure| self.failed(&failure))?;
                self.take(context, step)
            }
            State::Established(context) => self.choose_layer(context, challenge),
            State::Done | State::Failed => {
                Err(self.broken("the server goes on behind the end of the mechanism"))
            }
        }
    }

    fn has_shown(&self) -> bool {
        !matches!(self.state, State::New)
    }

    fn conclude(&mut self) -> Result<()> {
        match &self.state {
            State::Done => Ok(()),
            State::Established(_) if self.kind == Kind::Spnego => Ok(()),
            _ => Err(self.unproved("the server said yes before it had proved who it is")),
        }
    }

    fn is_slow(&self) -> bool {
        true
    }
}

/// `user@REALM`, or what comes nearest to it; empty if there is nobody.
fn principal(identity: &Identity) -> String {
    let Identity { user, domain, .. } = identity;
    if user.is_empty() {
        return String::new();
    }
    if let Some((realm, user)) = user.split_once('\\') {
        return format!("{user}@{realm}");
    }
    match user.rsplit_once('@') {
        _ if domain.is_empty() => user.clone(),
        // A realm is a domain in capital letters; the user's own spelling of it need not be.
        Some((user, suffix)) if suffix.eq_ignore_ascii_case(domain) => format!("{user}@{domain}"),
        Some(_) => user.clone(),
        None => format!("{user}@{domain}"),
    }
}

/// Whom the ticket is for, and how that is to be read.
fn target(peer: &Peer) -> (String, NameForm) {
    let Some(target) = peer.target.as_deref().filter(|target| !target.is_empty()) else {
        return (format!("{}@{}", peer.service, peer.host), NameForm::HostBased);
    };
    match (target.contains('/'), target.contains('@')) {
        (true, true) => (target.to_owned(), NameForm::Principal),
        (true, false) => (target.replacen('/', "@", 1), NameForm::HostBased),
        (false, true) => (target.to_owned(), NameForm::HostBased),
        (false, false) => (format!("{}@{target}", peer.service), NameForm::HostBased),
    }
}

/// What Kerberos says decides; what GSSAPI makes of it is the rest.
fn status_of(failure: &Failure) -> Status {
    match kerberos_code(failure) {
        Some(KDC_UNREACHABLE | REALM_UNRESOLVED) => return Status::KdcUnreachable,
        Some(TICKET_EXPIRED | NOT_IN_CACHE | NO_CACHE_FILE) => return Status::NoTicket,
        Some(_) => return Status::Kerberos,
        None => {}
    }
    match failure.major & 0x00ff_0000 {
        // Behind SPNEGO's back only the words are left.
        NO_CREDENTIAL if failure.text.contains("contact any KDC") => Status::KdcUnreachable,
        NO_CREDENTIAL | CREDENTIALS_EXPIRED => Status::NoTicket,
        DEFECTIVE_TOKEN | BAD_SIGNATURE => Status::AuthProtocol,
        _ => Status::Kerberos,
    }
}

/// The error in plain words, where those of the libraries are not.
fn reason_of(failure: &Failure) -> Option<&'static str> {
    Some(match kerberos_code(failure)? {
        USER_UNKNOWN => "the realm does not know the user",
        SERVICE_UNKNOWN => "the realm does not know the service",
        PREAUTHENTICATION_FAILED | BAD_INTEGRITY => "the password is not the user's",
        TICKET_EXPIRED => "the ticket has expired",
        CLOCK_SKEW => "the clocks of this machine and of the other differ too much",
        NOT_IN_CACHE | NO_CACHE_FILE => "there is no ticket",
        KDC_UNREACHABLE | REALM_UNRESOLVED => "no KDC of the realm could be reached",
        _ => return None,
    })
}

/// The number of the error in the tables of Kerberos: RFC 4120's (section 7.5.9) below 128, the libraries' above.
fn kerberos_code(failure: &Failure) -> Option<i32> {
    // Both libraries have their tables here.
    let code = (failure.minor as i32).checked_sub(-1_765_328_384)?;
    (0..256).contains(&code).then_some(code)
}

/// What stands before the hash of the certificate (RFC 5929 section 4).
const END_POINT: &[u8] = b"tls-server-end-point:";

const NO_LAYER: u8 = 1;

const USER_UNKNOWN: i32 = 6;
const SERVICE_UNKNOWN: i32 = 7;
const PREAUTHENTICATION_FAILED: i32 = 24;
const BAD_INTEGRITY: i32 = 31;
const TICKET_EXPIRED: i32 = 32;
const CLOCK_SKEW: i32 = 37;
const NOT_IN_CACHE: i32 = 141;
const REALM_UNRESOLVED: i32 = 155;
const KDC_UNREACHABLE: i32 = 156;
const NO_CACHE_FILE: i32 = 195;

const BAD_SIGNATURE: u32 = 6 << 16;
const NO_CREDENTIAL: u32 = 7 << 16;
const DEFECTIVE_TOKEN: u32 = 9 << 16;
const CREDENTIALS_EXPIRED: u32 = 11 << 16;

#[cfg(test)]
#[path = "gssapi_tests.rs"]
mod tests;
