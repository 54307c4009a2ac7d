//! The name that the library has in requests of HTTP (RFC 9110 section 10.1.5).

use super::proxy::has_field;
use crate::error::{Error, Result, Status};
use std::sync::Arc;

const OWN: &str = concat!("inetmail/", env!("CARGO_PKG_VERSION"));

/// Proxies cut off lines at a few thousand octets, and this is one of several.
const LONGEST: usize = 1024;

/// The library's own name, or one of the host's choice; an empty one is not told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserAgent(Option<Arc<str>>);

impl UserAgent {
    pub fn parse(text: &str) -> Result<UserAgent> {
        let name = text.trim();
        let refuse = |why: String| Err(Error::new(Status::Argument, why));
        if name.len() > LONGEST {
            return refuse(format!("a name of more than {LONGEST} octets is too long"));
        }
        match name.bytes().all(|octet| octet == b' ' || octet.is_ascii_graphic()) {
            true => Ok(UserAgent((name != OWN).then(|| name.into()))),
            false => refuse("a name in HTTP is of visible characters of ASCII and blanks".into()),
        }
    }

    pub fn name(&self) -> &str {
        self.0.as_deref().unwrap_or(OWN)
    }

    /// The line of a request, unless the host's own fields have one.
    pub fn field(&self, fields: &str) -> String {
        match (has_field(fields, "User-Agent"), self.name()) {
            (true, _) | (_, "") => String::new(),
            (false, name) => format!("User-Agent: {name}\r\n"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_of_visible_characters() {
        let field = |name: &str| UserAgent::parse(name).unwrap().field("X-Office: 7\r\n");
        assert_eq!(field(" Mailer/7 (test) "), "User-Agent: Mailer/7 (test)\r\n");
        assert_eq!(field(""), "");
        assert_eq!(field(OWN), UserAgent::default().field(""));
        assert_eq!(UserAgent::parse(OWN).unwrap(), UserAgent::default());
        assert_eq!(UserAgent::default().field("user-agent: me\r\n"), "");
        let long = "x".repeat(LONGEST + 1);
        for name in ["a\r\nX: y", "a\0", "Почта", "a\tb", &long] {
            assert_eq!(UserAgent::parse(name).unwrap_err().status(), Status::Argument, "{name}");
        }
    }
}
