//! CRAM-MD5 (RFC 2195).
//!
//! User name and password go as they are: RFC 2195 knows ASCII alone, and the servers that take more hash what they have stored.

use super::checks::{bounded, lacks, protocol};
use super::hashes::{hex, hmac_md5};
use super::{Identity, Mechanism, Peer, Response};
use crate::error::Result;
use zeroize::Zeroizing;

const NAME: &str = "CRAM-MD5";

pub struct CramMd5 {
    /// There is one answer.
    identity: Option<Identity>,
}

impl CramMd5 {
    pub fn new(identity: &Identity, _peer: &Peer) -> Result<CramMd5> {
        if identity.user.is_empty() {
            return Err(lacks(NAME, "user name"));
        }
        Ok(CramMd5 { identity: Some(identity.clone()) })
    }
}

impl Mechanism for CramMd5 {
    fn name(&self) -> &str {
        NAME
    }

    fn initial_response(&mut self) -> Result<Option<Response>> {
        Ok(None)
    }

    /// An empty challenge would have an answer that is good for ever.
    fn respond(&mut self, challenge: &[u8]) -> Result<Response> {
        let challenge = bounded(NAME, challenge)?;
        if challenge.is_empty() {
            return Err(protocol(NAME, "the server's challenge is empty"));
        }
        let Some(identity) = self.identity.take() else {
            return Err(protocol(NAME, "the server asks a second time"));
        };
        let digest = hex(&hmac_md5(identity.password.as_bytes(), challenge));
        Ok(Zeroizing::new([identity.user.as_bytes(), b" ", digest.as_bytes()].concat()))
    }

    fn has_shown(&self) -> bool {
        self.identity.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Status;

    fn cram(user: &str, password: &str) -> CramMd5 {
        let password = Zeroizing::new(password.to_owned());
        let identity = Identity { user: user.into(), password, ..Identity::default() };
        CramMd5::new(&identity, &Peer::default()).unwrap()
    }

    #[test]
    fn the_example_of_rfc_2195_section_2() {
        let mut cram = cram("tim", "tanstaaftanstaaf");
        assert!(cram.initial_response().unwrap().is_none());
        assert_eq!(cram.conclude().unwrap_err().status(), Status::AuthProtocol);
        let answer = cram.respond(b"<1896.697170952@postoffice.reston.mci.net>").unwrap();
        assert_eq!(&answer[..], b"tim b913a602c7eda7a495b4e6e7334d3890");
        assert!(cram.conclude().is_ok());
        assert_eq!(cram.respond(b"<2@host>").unwrap_err().status(), Status::AuthProtocol);
    }

    #[test]
    fn bad_challenges_get_no_answer() {
        for challenge in [&b""[..], &[b'x'; 100_000]] {
            let error = cram("tim", "secret").respond(challenge).unwrap_err();
            assert_eq!(error.status(), Status::AuthProtocol);
        }
        let nobody = CramMd5::new(&Identity::default(), &Peer::default()).err().unwrap();
        assert_eq!(nobody.status(), Status::AuthIncomplete);
    }
}
