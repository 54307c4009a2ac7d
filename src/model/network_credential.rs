//! `INetNetworkCredential`: user name, password and domain.

use super::lock;
use crate::deliver::Identity;
use std::sync::Mutex;
use zeroize::Zeroizing;

/// A credential, shared by all who were given it: a change is seen by the next login.
#[derive(Debug)]
pub struct NetworkCredential {
    identity: Mutex<Identity>,
}

impl NetworkCredential {
    pub fn new(user_name: &str, password: &str, domain: &str) -> NetworkCredential {
        NetworkCredential {
            identity: Mutex::new(Identity {
                user: user_name.to_owned(),
                password: Zeroizing::new(password.to_owned()),
                domain: domain.to_owned(),
                ..Identity::default()
            }),
        }
    }

    /// Fore's CreateWithUserPassword: another user, the same domain.
    pub fn set_user_and_password(&self, user_name: &str, password: &str) {
        let mut identity = lock(&self.identity);
        identity.user = user_name.to_owned();
        identity.password = Zeroizing::new(password.to_owned());
    }

    pub fn user_name(&self) -> String {
        lock(&self.identity).user.clone()
    }

    pub fn set_user_name(&self, user_name: &str) {
        lock(&self.identity).user = user_name.to_owned();
    }

    pub fn set_password(&self, password: &str) {
        lock(&self.identity).password = Zeroizing::new(password.to_owned());
    }

    pub fn domain(&self) -> String {
        lock(&self.identity).domain.clone()
    }

    pub fn set_domain(&self, domain: &str) {
        lock(&self.identity).domain = domain.to_owned();
    }

    pub(super) fn identity(&self) -> Identity {
        lock(&self.identity).clone()
    }
}
