//! NTLM and Negotiate (RFC 4559), whose mechanisms live in the room `sasl`: their tokens travel in base64, and their login is one of a
//! connection.

use super::challenge::Challenge;
use super::{Request, Scheme};
use crate::error::{Error, Result, Status};
use crate::sasl::{self, Identity, Mechanism, Peer, Response};
use encodify::base64::STANDARD;
use rustls::pki_types::UnixTime;
use zeroize::Zeroizing;

/// The schemes that can be used with an identity, the best first. Whose name is not given is who the operating system says.
pub fn all_that_fit(identity: &Identity) -> &'static [&'static str] {
    match identity.user.is_empty() {
        true => &["Negotiate"],
        false => &["Digest", "NTLM", "Basic"],
    }
}

/// Begins a login by one of the two.
pub fn make(name: &str, identity: &Identity, host: &str, port: u16) -> Result<Box<dyn Scheme>> {
    let (name, mechanism) = match name {
        "NTLM" => ("NTLM", "NTLM"),
        _ => ("Negotiate", "GSS-SPNEGO"),
    };
    let peer = Peer {
        service: "HTTP",
        host: host.to_owned(),
        port,
        seconds: i64::try_from(UnixTime::now().as_secs()).unwrap_or_default(),
        ..Peer::default()
    };
    let mechanism = sasl::begin(mechanism, &whole(identity), &peer)?;
    Ok(Box::new(Stepwise { name, mechanism, has_begun: false, next: None }))
}

/// With the domain apart from the user, as `DOMAIN\user` has them, and with tickets for whom nobody has named.
fn whole(identity: &Identity) -> Identity {
    let mut identity = identity.clone();
    identity.is_default = identity.user.is_empty();
    if let Some((domain, user)) = identity.user.clone().split_once('\\')
        && identity.domain.is_empty()
    {
        identity.domain = domain.to_owned();
        identity.user = user.to_owned();
    }
    identity
}

struct Stepwise {
    name: &'static str,
    mechanism: Box<dyn Mechanism>,
    has_begun: bool,
    /// The answer to the proxy's last token.
    next: Option<Response>,
}

impl Scheme for Stepwise {
    fn name(&self) -> &'static str {
        self.name
    }

    fn credentials(&mut self, _: &Request) -> Result<Zeroizing<String>> {
        let token = match (self.next.take(), self.has_begun) {
            (Some(token), _) => token,
            // In HTTP the client always begins, also where a mail server has to ask first.
            (None, false) => match self.mechanism.initial_response()? {
                Some(token) => token,
                None => self.mechanism.respond(b"")?,
            },
            (None, true) => {
                let sentence = format!("{}: the dialogue is over already", self.name);
                return Err(Error::new(Status::ProxyProtocol, sentence));
            }
        };
        self.has_begun = true;
        let encoded = Zeroizing::new(STANDARD.encode(&token[..]));
        Ok(Zeroizing::new(format!("{} {}", self.name, *encoded)))
    }

    fn challenged(&mut self, challenge: &Challenge) -> Result<bool> {
        // Without a token it begins anew, which is a refusal.
        if challenge.token.is_empty() {
            return Ok(false);
        }
        let token = STANDARD.decode(&challenge.token).map_err(|_| {
            let sentence = format!("its token for {} is not in base64", self.name);
            Error::new(Status::ProxyProtocol, sentence)
        })?;
        self.next = Some(self.mechanism.respond(&token)?);
        Ok(true)
    }

    fn is_bound(&self) -> bool {
        self.has_begun
    }
}
