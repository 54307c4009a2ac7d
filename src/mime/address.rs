//! Mailboxes: an address with the name that is shown for it (RFC 5322 section 3.4).

use super::address_list::addresses;
use super::header::refuse_line_breaks;
use crate::error::{Error, Result, Status};
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

/// How much of a text that is no address an error tells, in characters: more than any path of RFC 5321 has.
const LONGEST_NAMED: usize = 320;

/// A mail address and its display name. Immutable, and valid by construction: no part of it can break out of a header
/// or of an SMTP command.
#[derive(Debug, Clone)]
pub struct Mailbox {
    address: Arc<str>,
    /// Where the `@` between user and host stands.
    at: usize,
    display_name: String,
    /// The address with its host as an A-label (RFC 5890).
    wire: Arc<str>,
    needs_smtputf8: bool,
}

impl Mailbox {
    /// From an address of the form `user@domain`.
    pub fn new(address: &str) -> Result<Mailbox> {
        Mailbox::with_name(address, "")
    }

    /// From an address and the name to show for it; an empty name is no name.
    pub fn with_name(address: &str, display_name: &str) -> Result<Mailbox> {
        let address = address.trim_matches([' ', '\t']);
        refuse_line_breaks("the address", address)?;
        refuse_line_breaks("the display name", display_name)?;
        let at = split(address).ok_or_else(|| not_an_address(address))?;
        let host = &address[at + 1..];
        let ascii_host = ascii_host(host).ok_or_else(|| not_an_address(address))?;
        let user = &address[..at];
        let address: Arc<str> = address.into();
        let wire = match ascii_host == address[at + 1..] {
            true => address.clone(),
            false => format!("{user}@{ascii_host}").into(),
        };
        let needs_smtputf8 = !wire.is_ascii();
        Ok(Mailbox { address, at, display_name: display_name.to_owned(), wire, needs_smtputf8 })
    }

    /// From one mailbox as text: `user@domain`, `<user@domain>`, `Name <user@domain>` or `"Name" <user@domain>`.
    pub fn parse(text: &str) -> Result<Mailbox> {
        let text = text.trim_matches([' ', '\t']);
        if !text.ends_with('>') {
            return Mailbox::new(text);
        }
        let open = opening_bracket(text).ok_or_else(|| not_an_address(text))?;
        let name = unquote(text[..open].trim_matches([' ', '\t']));
        Mailbox::with_name(&text[open + 1..text.len() - 1], &name)
    }

    /// From a list of mailboxes as RFC 5322 has it, groups and comments included, separated by commas or semicolons.
    /// Empty items are passed over.
    pub fn parse_list(text: &str) -> Result<Vec<Mailbox>> {
        match addresses(text)? {
            mailboxes if mailboxes.is_empty() => Err(not_an_address(text)),
            mailboxes => Ok(mailboxes),
        }
    }

    pub fn address(&self) -> &str {
        &self.address
    }

    pub fn display_name(&self) -> &str {
        &self.display_name
    }

    /// What stands left of the `@`.
    pub fn user(&self) -> &str {
        &self.address[..self.at]
    }

    /// The domain, as it was given.
    pub fn host(&self) -> &str {
        &self.address[self.at + 1..]
    }

    /// The address as it goes out, its domain in ASCII.
    pub fn wire_address(&self) -> &Arc<str> {
        &self.wire
    }

    /// The domain as it goes out: what stands before it is as long in both forms.
    pub fn wire_host(&self) -> &str {
        &self.wire[self.at + 1..]
    }

    /// Whether only a server with SMTPUTF8 (RFC 6531) can take the address.
    pub fn needs_smtputf8(&self) -> bool {
        self.needs_smtputf8
    }

    /// Whether both are the same address. Names do not count, nor does case, as in .NET's MailAddress.
    pub fn is_same_address(&self, other: &Mailbox) -> bool {
        self.address.to_lowercase() == other.address.to_lowercase()
    }
}

/// Fore's form: `"Name" <user@domain>`, or the bare address where there is no name.
impl fmt::Display for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.display_name.is_empty() {
            return f.write_str(&self.address);
        }
        let name = self.display_name.replace('\\', "\\\\").replace('"', "\\\"");
        write!(f, "\"{name}\" <{}>", self.address)
    }
}

pub(super) fn not_an_address(text: &str) -> Error {
    let mut characters = text.chars();
    let start: String = characters.by_ref().take(LONGEST_NAMED).collect();
    let more = if characters.next().is_some() { "..." } else { "" };
    let sentence = format!("'{}{more}' is not a mail address", start.escape_debug());
    Error::new(Status::Address, sentence)
}

/// The place of the `@`, if both sides of it are sound.
fn split(address: &str) -> Option<usize> {
    let at = address.rfind('@')?;
    let (user, host) = (&address[..at], &address[at + 1..]);
    let sound = match host.starts_with('[') {
        true => is_literal(host) && lettre::Address::new(user, "literal.invalid").is_ok(),
        false => lettre::Address::new(user, host).is_ok(),
    };
    // A replacement character stands for octets that nobody knows any more.
    let is_known = !address.contains(|c: char| c.is_control() || c == char::REPLACEMENT_CHARACTER);
    (sound && is_known).then_some(at)
}

/// An address literal of RFC 5321 section 4.1.3.
fn is_literal(host: &str) -> bool {
    let Some(literal) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else {
        return false;
    };
    match literal.get(..5) {
        Some(tag) if tag.eq_ignore_ascii_case("IPv6:") => literal[5..].parse::<Ipv6Addr>().is_ok(),
        _ => literal.parse::<Ipv4Addr>().is_ok(),
    }
}

/// The domain in ASCII. Mapping makes characters that were not there before, ASCII specials among them, so that only what
/// passes as a domain afterwards is one.
fn ascii_host(host: &str) -> Option<String> {
    if host.is_ascii() {
        return Some(host.to_owned());
    }
    let ascii = idna::domain_to_ascii_strict(host).ok()?;
    split(&format!("user@{ascii}")).is_some().then_some(ascii)
}

/// The first opening bracket that does not stand in a quoted string.
fn opening_bracket(text: &str) -> Option<usize> {
    let (mut quoted, mut escaped) = (false, false);
    text.bytes().position(|octet| {
        let opens = octet == b'<' && !quoted;
        quoted ^= octet == b'"' && !escaped;
        escaped = octet == b'\\' && quoted && !escaped;
        opens
    })
}

/// The text that a quoted string stands for; other text stands for itself.
pub(super) fn unquote(text: &str) -> String {
    let inner = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let Some(inner) = inner else {
        return text.to_owned();
    };
    let mut plain = String::with_capacity(inner.len());
    let mut escaped = false;
    for c in inner.chars() {
        if c == '\\' && !escaped {
            escaped = true;
        } else {
            plain.push(c);
            escaped = false;
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_user_and_a_host() {
        let mailbox = Mailbox::new("ivanov@server.ru").unwrap();
        assert_eq!((mailbox.user(), mailbox.host()), ("ivanov", "server.ru"));
        assert_eq!(mailbox.to_string(), "ivanov@server.ru");
    }

    #[test]
    fn sound_addresses_are_taken() {
        for text in [
            "a@b",
            "a+b@localhost",
            "\"a b>c\"@d.example",
            "\"a@b\"@d.example",
            "x@[127.0.0.1]",
            "x@[IPv6:::1]",
            "пётр@почта.рф",
            "a@b.example ",
        ] {
            assert!(Mailbox::new(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn unsound_addresses_are_refused() {
        for text in [
            "",
            "@",
            "a",
            "a@",
            "@b",
            "a b@c",
            "a@b c",
            "a>@b",
            "a@b> SIZE=1",
            "<a@b>",
            "a@@b",
            "a@[1.2.3]",
            "a@[IPv6:zz]",
            "a\u{1}@b",
            "a@b\u{7f}",
            "a@b,c@d",
            "\"a@b",
            "a..b@c",
            "x@b🄁evil.example",
            "x@bͺevil.example",
            "x@b⑴.example",
        ] {
            let error = Mailbox::new(text).expect_err(text);
            assert_eq!(error.status(), Status::Address, "{text}");
        }
    }

    #[test]
    fn line_breaks_are_named() {
        for (address, name) in [("a@b\r\nRCPT TO:<x@y>", ""), ("a@b\n", ""), ("a@b", "x\r\nBcc: y")]
        {
            let error = Mailbox::with_name(address, name).expect_err(address);
            assert_eq!(error.status(), Status::LineBreak);
        }
    }

    #[test]
    fn mailboxes_are_parsed_with_their_names() {
        for (text, name, address) in [
            ("Пётр <a@b>", "Пётр", "a@b"),
            (r#" "A \"q\" <x>, B" <a@b> "#, r#"A "q" <x>, B"#, "a@b"),
            ("<a@b>", "", "a@b"),
            ("a@b", "", "a@b"),
        ] {
            let mailbox = Mailbox::parse(text).unwrap();
            assert_eq!((mailbox.display_name(), mailbox.address()), (name, address));
            assert_eq!(Mailbox::parse(&mailbox.to_string()).unwrap().display_name(), name);
        }
        for text in ["Name a@b>", "Name <a@b> x", "Name <a@b", "<<a@b>>", "Name <>"] {
            assert!(Mailbox::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn lists_are_split_outside_of_quotes() {
        let list = Mailbox::parse_list("a@b, \"x, y; z\" <c@d>; e@f;").unwrap();
        let addresses: Vec<_> = list.iter().map(Mailbox::address).collect();
        assert_eq!(addresses, ["a@b", "c@d", "e@f"]);
        assert_eq!(Mailbox::parse_list("Team: a@b, c@d (C);").unwrap()[1].display_name(), "C");
        for text in [" , ;", "", "undisclosed-recipients:;"] {
            assert_eq!(Mailbox::parse_list(text).unwrap_err().status(), Status::Address);
        }
        assert!(Mailbox::parse_list("a@b, c").is_err());
    }

    #[test]
    fn an_international_domain_goes_out_as_an_a_label() {
        let mailbox = Mailbox::new("post@почта.рф").unwrap();
        assert_eq!(&**mailbox.wire_address(), "post@xn--80a1acny.xn--p1ai");
        assert!(!mailbox.needs_smtputf8());
        assert!(Mailbox::new("пётр@почта.рф").unwrap().needs_smtputf8());
    }
}
