//! Basic (RFC 7617): user and password, for all to read who are on the way to the proxy.

use super::challenge::Challenge;
use super::{Request, Scheme};
use crate::error::{Error, Result, Status};
use crate::sasl::Identity;
use encodify::base64::STANDARD;
use zeroize::Zeroizing;

pub struct Basic {
    credentials: Zeroizing<String>,
}

impl Basic {
    pub fn begin(identity: &Identity) -> Result<Box<dyn Scheme>> {
        if identity.user.contains(':') {
            let sentence = "a user name with a colon cannot log in by Basic";
            return Err(Error::new(Status::ProxyUnsupported, sentence));
        }
        let pair = pair(identity);
        let credentials =
            Zeroizing::new(format!("Basic {}", *Zeroizing::new(STANDARD.encode(pair.as_bytes()))));
        Ok(Box::new(Basic { credentials }))
    }
}

/// What is said in base64.
pub fn pair(identity: &Identity) -> Zeroizing<String> {
    Zeroizing::new(format!("{}:{}", identity.user, *identity.password))
}

impl Scheme for Basic {
    fn name(&self) -> &'static str {
        "Basic"
    }

    fn credentials(&mut self, _: &Request) -> Result<Zeroizing<String>> {
        Ok(self.credentials.clone())
    }

    fn challenged(&mut self, _: &Challenge) -> Result<bool> {
        Ok(false)
    }
}
