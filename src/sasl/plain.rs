//! PLAIN (RFC 4616).

use super::{Identity, Mechanism, Response};
use crate::error::{Error, Result, Status};
use zeroize::Zeroizing;

pub struct Plain {
    /// There is one message, and so it is said once.
    message: Option<Response>,
}

impl Plain {
    pub fn new(identity: &Identity) -> Plain {
        let parts = [identity.user.as_bytes(), identity.password.as_bytes()];
        // Room for all of it at once: growing would leave a copy behind.
        let length = parts.iter().map(|part| part.len() + 1).sum();
        let mut message = Zeroizing::new(Vec::with_capacity(length));
        for part in parts {
            message.push(0);
            message.extend_from_slice(part);
        }
        Plain { message: Some(message) }
    }
}

impl Mechanism for Plain {
    fn name(&self) -> &str {
        "PLAIN"
    }

    fn initial_response(&mut self) -> Result<Option<Response>> {
        Ok(self.message.take())
    }

    fn respond(&mut self, _challenge: &[u8]) -> Result<Response> {
        let sentence = "the server asked for the credentials a second time";
        self.message.take().ok_or_else(|| Error::new(Status::AuthProtocol, sentence))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_is_that_of_the_rfc() {
        let identity = Identity {
            user: "tim".into(),
            password: Zeroizing::new("tanstaaftanstaaf".into()),
            ..Identity::default()
        };
        let mut plain = Plain::new(&identity);
        assert_eq!(&plain.initial_response().unwrap().unwrap()[..], b"\0tim\0tanstaaftanstaaf");
        assert_eq!(plain.respond(b"").unwrap_err().status(), Status::AuthProtocol);
    }
}
