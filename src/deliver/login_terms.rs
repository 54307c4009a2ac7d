//! How a client logs in: what it may use, what it prefers, and what its host has a say in.

use crate::error::{Error, Result, Status};
use crate::sasl::catalog::{self, Entry, registered_name};
use crate::sasl::{Identity, ScramKeys};
use std::sync::Arc;
use zeroize::Zeroizing;

/// What holds for every login of a client.
#[derive(Clone)]
pub struct LoginTerms {
    /// The mechanisms that may be used, as the bits of Aspose's SmtpKnownAuthenticationType.
    pub allowed: i64,
    /// Registered names with priorities other than those of the catalog; one of 0 or less is never used.
    pub priorities: Vec<(&'static str, i32)>,
    /// Whoever has credentials and finds no way to use them sends nothing.
    pub force: bool,
    /// The service principal that is to be talked to, where it is not the one that follows from the host.
    pub target: Option<String>,
    pub hooks: LoginHooks,
    /// Keys of earlier logins by SCRAM, which all versions of these terms share.
    pub scram_keys: ScramKeys,
}

/// What the host is asked in the course of a login.
#[derive(Clone, Default)]
pub struct LoginHooks {
    pub token: Option<TokenHook>,
    pub before: Option<BeforeHook>,
}

/// Answers the OAuth token for a host and a user; the last argument says that the server has refused the one before. An error ends
/// the call.
pub type TokenHook = Arc<dyn Fn(&str, &str, bool) -> Result<Zeroizing<String>> + Send + Sync>;

/// Is asked before each mechanism that would be used. An error ends the call.
pub type BeforeHook = Arc<dyn Fn(&LoginOffer) -> Result<BeforeAuth> + Send + Sync>;

/// What is about to be done.
pub struct LoginOffer<'a> {
    /// The registered name of the mechanism.
    pub mechanism: &'a str,
    /// The server, as the host of the library named it.
    pub host: &'a str,
    /// The mechanisms that the server offers, in capitals.
    pub offered: &'a [String],
    /// The connection is under TLS.
    pub is_protected: bool,
    pub identity: &'a Identity,
}

/// What the host says to it.
pub enum BeforeAuth {
    /// As somebody else, if there is somebody.
    Proceed(Option<Identity>),
    SkipMechanism,
    /// The session is to be anonymous.
    SkipLogin,
}

impl Default for LoginTerms {
    fn default() -> LoginTerms {
        LoginTerms {
            allowed: catalog::ALL_FLAGS,
            priorities: Vec::new(),
            force: true,
            target: None,
            hooks: LoginHooks::default(),
            scram_keys: ScramKeys::default(),
        }
    }
}

impl LoginTerms {
    /// The one with the largest is taken first; `None` may not be used. What is taken only by its name has to be named.
    pub fn priority(&self, entry: &Entry, is_named: bool) -> Option<i32> {
        let set = self.priorities.iter().find(|(name, _)| *name == entry.name);
        let priority = set.map_or(entry.priority, |(_, priority)| *priority);
        let is_usable = priority > 0 || set.is_none() && is_named;
        (is_usable && self.allowed & entry.flag != 0).then_some(priority)
    }
}

/// Every mechanism with its priority, the largest first and those that are never used at the end: SecureBlackbox's Authentications.
pub fn write_priorities(priorities: &[(&'static str, i32)]) -> String {
    let untouched = catalog::CATALOG.iter().filter(|entry| {
        entry.priority > 0 && !priorities.iter().any(|(name, _)| *name == entry.name)
    });
    let untouched = untouched.map(|entry| (entry.name, entry.priority));
    let mut all: Vec<_> = priorities.iter().copied().chain(untouched).collect();
    all.sort_by_key(|(name, priority)| {
        let place = catalog::CATALOG.iter().position(|entry| entry.name == *name);
        (std::cmp::Reverse(*priority), place)
    });
    let items = all.iter().map(|(name, priority)| match priority {
        ..=0 => format!("-{name}"),
        _ => format!("{name}:{priority}"),
    });
    items.collect::<Vec<_>>().join(";")
}

/// Reads such a list: names with or without a priority, with a minus before what is never used, `*` for all. What is not named
/// keeps its place.
pub fn parse_priorities(list: &str) -> Result<Vec<(&'static str, i32)>> {
    let mut priorities: Vec<(&'static str, i32)> = Vec::new();
    for item in list.split([';', ',']).map(str::trim).filter(|item| !item.is_empty()) {
        let (name, priority) = parse_item(item)?;
        let registered = registered_name(name).filter(|name| name != "*");
        for entry in catalog::named(registered.as_deref()) {
            priorities.retain(|(other, _)| *other != entry.name);
            match priority {
                Some(priority) => priorities.push((entry.name, priority)),
                // Only by its name, unless that is what the item says.
                None if entry.priority == 0 && name != "*" => priorities.push((entry.name, 1)),
                None => {}
            }
        }
    }
    priorities.retain(|(name, priority)| {
        !catalog::CATALOG
            .iter()
            .any(|entry| entry.name == *name && entry.priority == *priority && *priority > 0)
    });
    Ok(priorities)
}

/// A known name, and its priority if the item says one.
fn parse_item(item: &str) -> Result<(&str, Option<i32>)> {
    let (name, priority) = match item.strip_prefix('-') {
        Some(name) => (name.trim(), Some(0)),
        None => match item.split_once(':') {
            Some((name, priority)) => (name.trim(), Some(parse_priority(item, priority.trim())?)),
            None => (item, None),
        },
    };
    let is_known = name == "*"
        || registered_name(name).is_some_and(|name| catalog::named(Some(&name)).next().is_some());
    if is_known {
        return Ok((name, priority));
    }
    let hint = catalog::nearest(name).map(|near| format!("; {near} is one")).unwrap_or_default();
    let shown: String = name.chars().take(40).collect();
    let sentence = format!("'{}' is no authentication mechanism{hint}", shown.escape_debug());
    Err(Error::new(Status::Argument, sentence))
}

fn parse_priority(item: &str, text: &str) -> Result<i32> {
    let priority = text.parse().ok().filter(|priority| *priority >= 0);
    priority.ok_or_else(|| {
        let shown: String = item.chars().take(60).collect();
        let sentence = format!("'{}' has no priority: 0 to {} are", shown.escape_debug(), i32::MAX);
        Error::new(Status::ArgumentOutOfRange, sentence)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normal(list: &str) -> String {
        write_priorities(&parse_priorities(list).expect("a list"))
    }

    #[test]
    fn what_is_read_back_can_be_set_again() {
        let default = normal("");
        assert!(default.starts_with("SCRAM-SHA-512-PLUS:100;SCRAM-SHA-384-PLUS:99;"), "{default}");
        assert!(default.ends_with(";CRAM-MD5:30;PLAIN:20;LOGIN:10"), "{default}");
        assert_eq!(parse_priorities(&default).unwrap(), []);
        for list in
            ["xoauth2:1000, -LOGIN ;;plain", "-*;PLAIN:5", "ANONYMOUS", "-Anonymous", "Basic:7"]
        {
            assert_eq!(normal(&normal(list)), normal(list), "{list}");
        }
        assert!(normal("plain:7 ,-login").ends_with(";CRAM-MD5:30;PLAIN:7;-LOGIN"));
        assert!(normal("XOAUTH2:1000").starts_with("XOAUTH2:1000;SCRAM"));
        assert!(normal("-*;PLAIN").starts_with("PLAIN:20;-SCRAM-SHA-512-PLUS;"));
        assert!(normal("ANONYMOUS").ends_with(";LOGIN:10;ANONYMOUS:1"));
        assert_eq!(normal("-*;*"), default);
        assert_eq!(normal("PLAIN:1;-PLAIN;PLAIN"), default, "the last word counts");
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        let error = |list: &str| parse_priorities(list).expect_err("no list");
        for (list, sentence) in [
            ("SCRAMSHA256:9", "'SCRAMSHA256' is no authentication mechanism; SCRAM-SHA-256 is one"),
            ("PLAIN;-whatever", "'whatever' is no authentication mechanism"),
            ("https", "'https' is no authentication mechanism"),
            (":5", "'' is no authentication mechanism"),
            ("-", "'' is no authentication mechanism"),
        ] {
            assert_eq!(error(list).message(), sentence);
            assert_eq!(error(list).status(), Status::Argument);
        }
        for list in ["PLAIN:", "PLAIN:-1", "PLAIN:1:2", "PLAIN:2147483648", "PLAIN:x"] {
            assert_eq!(error(list).status(), Status::ArgumentOutOfRange, "{list}");
        }
        assert!(error(&"x".repeat(1 << 20)).message().len() < 200);
    }

    #[test]
    fn bits_and_priorities_bound_what_is_used() {
        let entry = |name: &str| catalog::named(Some(name)).next().expect("an entry");
        let mut terms = LoginTerms::default();
        assert_eq!(terms.priority(entry("PLAIN"), false), Some(20));
        assert_eq!(terms.priority(entry("ANONYMOUS"), false), None);
        assert_eq!(terms.priority(entry("ANONYMOUS"), true), Some(0));
        terms.priorities = parse_priorities("-PLAIN;-ANONYMOUS;LOGIN:77").unwrap();
        assert_eq!(terms.priority(entry("PLAIN"), true), None);
        assert_eq!(terms.priority(entry("ANONYMOUS"), true), None);
        assert_eq!(terms.priority(entry("LOGIN"), false), Some(77));
        terms.allowed = 0x20;
        assert_eq!(terms.priority(entry("LOGIN"), true), None);
        assert_eq!(terms.priority(entry("CRAM-MD5"), false), Some(30));
    }
}
