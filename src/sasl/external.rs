//! EXTERNAL (RFC 4422 appendix A): the connection itself says who it is, mostly by the client's certificate.
//!
//! The message is the identity to act as: that which the host names, else its user name, else none, and the server takes it from the certificate.

use super::checks::unfit;
use super::single::Single;
use super::{Identity, Peer};
use crate::error::Result;

const NAME: &str = "EXTERNAL";

pub fn new(identity: &Identity, _peer: &Peer) -> Result<Single> {
    let whom = match identity.authorization.as_str() {
        "" => &identity.user,
        authorization => authorization,
    };
    if whom.contains('\0') {
        return Err(unfit(NAME, "authorization identity", "a NUL"));
    }
    Ok(Single::new(NAME, &[whom]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Status;
    use crate::sasl::Mechanism;

    fn external(user: &str, authorization: &str) -> Result<Single, Status> {
        let (user, authorization) = (user.into(), authorization.into());
        let identity = Identity { user, authorization, ..Identity::default() };
        new(&identity, &Peer::default()).map_err(|error| error.status())
    }

    #[test]
    fn the_message_is_whom_to_act_as() {
        for (user, authorization, message) in
            [("", "", ""), ("fred", "", "fred"), ("fred", "fred@example.org", "fred@example.org")]
        {
            let mut external = external(user, authorization).unwrap();
            let first = external.initial_response().unwrap().unwrap();
            assert_eq!(&first[..], message.as_bytes());
            assert_eq!(external.respond(b"").unwrap_err().status(), Status::AuthProtocol);
            assert!(external.conclude().is_ok());
        }
        assert_eq!(external("", "a\0b").err(), Some(Status::AuthCharacter));
    }
}
