//! PLAIN (RFC 4616). User name and password go as they are: it is the server that prepares them (section 2).

use super::checks::{is_complete, unfit};
use super::single::Single;
use super::{Identity, Peer};
use crate::error::Result;

const NAME: &str = "PLAIN";

pub fn new(identity: &Identity, _peer: &Peer) -> Result<Single> {
    let Identity { user, password, authorization, .. } = identity;
    is_complete(NAME, identity)?;
    let parts =
        [("authorization identity", authorization), ("user name", user), ("password", password)];
    for (what, text) in parts {
        if text.contains('\0') {
            return Err(unfit(NAME, what, "a NUL"));
        }
    }
    Ok(Single::new(NAME, &[authorization, "\0", user, "\0", password]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Status;
    use crate::sasl::Mechanism;
    use zeroize::Zeroizing;

    fn identity(authorization: &str, user: &str, password: &str) -> Identity {
        let password = Zeroizing::new(password.to_owned());
        let (authorization, user) = (authorization.into(), user.into());
        Identity { user, password, authorization, ..Identity::default() }
    }

    #[test]
    fn the_examples_of_rfc_4616_section_4() {
        for (authorization, user, password, message) in [
            ("", "tim", "tanstaaftanstaaf", "\0tim\0tanstaaftanstaaf"),
            ("Ursel", "Kurt", "xipj3plmq", "Ursel\0Kurt\0xipj3plmq"),
        ] {
            let identity = identity(authorization, user, password);
            let mut plain = new(&identity, &Peer::default()).unwrap();
            assert_eq!(&plain.initial_response().unwrap().unwrap()[..], message.as_bytes());
            assert_eq!(plain.respond(b"").unwrap_err().status(), Status::AuthProtocol);
        }
    }

    #[test]
    fn nul_parts_the_texts_and_is_in_none() {
        for (authorization, user, password) in
            [("a\0", "u", "p"), ("", "u\0", "p"), ("", "u", "p\0")]
        {
            let error = new(&identity(authorization, user, password), &Peer::default());
            assert_eq!(error.err().unwrap().status(), Status::AuthCharacter);
        }
    }

    #[test]
    fn a_user_without_a_password_logs_in_nowhere() {
        for (user, password) in [("", "p"), ("u", ""), ("", "")] {
            let error = new(&identity("", user, password), &Peer::default());
            assert_eq!(error.err().unwrap().status(), Status::AuthIncomplete);
        }
    }
}
