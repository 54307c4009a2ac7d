//! What PLAIN, EXTERNAL and ANONYMOUS have in common: the client says one thing, with the name of the mechanism or when it is asked.

use super::checks::protocol;
use super::{Mechanism, Response};
use crate::error::Result;
use zeroize::Zeroizing;

pub struct Single {
    name: &'static str,
    message: Option<Response>,
}

impl Single {
    /// The message is the parts, one behind the other. It has room for all of them at once: growing would leave a copy behind.
    pub fn new(name: &'static str, parts: &[&str]) -> Single {
        let length = parts.iter().map(|part| part.len()).sum();
        let mut message = Zeroizing::new(Vec::with_capacity(length));
        parts.iter().for_each(|part| message.extend_from_slice(part.as_bytes()));
        Single { name, message: Some(message) }
    }
}

impl Mechanism for Single {
    fn name(&self) -> &str {
        self.name
    }

    fn initial_response(&mut self) -> Result<Option<Response>> {
        Ok(self.message.take())
    }

    fn respond(&mut self, _challenge: &[u8]) -> Result<Response> {
        let message = self.message.take();
        message.ok_or_else(|| protocol(self.name, "the server asks a second time"))
    }

    fn has_shown(&self) -> bool {
        self.message.is_none()
    }
}
