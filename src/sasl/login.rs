//! LOGIN (draft-murchison-sasl-login): user name and password, each on being asked.

use super::checks::is_complete;
use super::{Identity, Mechanism, Response};
use crate::error::{Error, Result, Status};
use zeroize::Zeroizing;

pub struct Login {
    identity: Identity,
    asked: u8,
}

impl Login {
    pub fn new(identity: &Identity) -> Result<Login> {
        is_complete("LOGIN", identity)?;
        Ok(Login { identity: identity.clone(), asked: 0 })
    }
}

impl Mechanism for Login {
    fn name(&self) -> &str {
        "LOGIN"
    }

    fn initial_response(&mut self) -> Result<Option<Response>> {
        Ok(None)
    }

    /// Servers word their prompts as they like, so what counts is their order.
    fn respond(&mut self, _challenge: &[u8]) -> Result<Response> {
        self.asked += 1;
        match self.asked {
            1 => Ok(Zeroizing::new(self.identity.user.as_bytes().to_vec())),
            2 => Ok(Zeroizing::new(self.identity.password.as_bytes().to_vec())),
            _ => Err(Error::new(
                Status::AuthProtocol,
                "the server asked for more than user name and password",
            )),
        }
    }

    fn has_shown(&self) -> bool {
        self.asked >= 2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_and_password_follow_the_prompts_whatever_they_say() {
        let identity = Identity {
            user: "user".into(),
            password: Zeroizing::new("pass".into()),
            ..Identity::default()
        };
        let mut login = Login::new(&identity).unwrap();
        assert!(login.initial_response().unwrap().is_none());
        assert_eq!(&login.respond(b"User Name\0").unwrap()[..], b"user");
        assert_eq!(login.conclude().unwrap_err().status(), Status::AuthProtocol);
        assert_eq!(&login.respond(b"").unwrap()[..], b"pass");
        assert!(login.conclude().is_ok());
        assert_eq!(login.respond(b"more").unwrap_err().status(), Status::AuthProtocol);
    }

    #[test]
    fn a_user_without_a_password_logs_in_nowhere() {
        for (user, password) in [("", "p"), ("u", ""), ("", "")] {
            let password = Zeroizing::new(password.into());
            let identity = Identity { user: user.into(), password, ..Identity::default() };
            let error = Login::new(&identity).err().unwrap();
            assert_eq!(error.status(), Status::AuthIncomplete);
        }
    }
}
