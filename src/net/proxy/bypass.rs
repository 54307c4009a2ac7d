//! Servers that are reached without the proxy: Fore's NoProxyString, and curl's NO_PROXY.

use std::net::IpAddr;

/// Rules, in the order in which they were written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bypass(Vec<Rule>);

/// One rule, for one port or for all.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    what: What,
    port: Option<u16>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum What {
    Everything,
    /// Names without a dot (`<local>`, as Windows has it).
    Local,
    /// A domain, its own name and all below it.
    Domain(String),
    /// A pattern with asterisks for any characters.
    Pattern(String),
    /// So many bits of an address.
    Network(IpAddr, u8),
}

impl Bypass {
    /// Rules with commas, semicolons or blanks between them. What makes no sense as a rule is a name that no server has.
    pub fn parse(text: &str) -> Bypass {
        let words = text.split([',', ';', ' ', '\t', '\r', '\n']).filter(|word| !word.is_empty());
        Bypass(words.map(Rule::parse).collect())
    }

    /// Whether the server is reached without the proxy. Names are not resolved for this.
    pub fn covers(&self, host: &str, port: u16) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let host = canonical(host);
        let address = host.parse::<IpAddr>().ok().map(|address| address.to_canonical());
        let applies = |rule: &Rule| {
            rule.port.is_none_or(|only| only == port)
                && match address {
                    Some(address) => rule.what.covers_address(address, &host),
                    None => rule.what.covers_name(&host),
                }
        };
        self.0.iter().any(applies)
    }
}

impl Rule {
    fn parse(word: &str) -> Rule {
        let (what, port) = split_port(word);
        let what = match what {
            "*" => What::Everything,
            what if what.eq_ignore_ascii_case("<local>") => What::Local,
            what => What::parse(what),
        };
        Rule { what, port }
    }
}

impl What {
    fn parse(word: &str) -> What {
        let (address, bits) = match word.split_once('/') {
            Some((address, bits)) => (address, bits.parse::<u8>().ok()),
            None => (word, Some(u8::MAX)),
        };
        let address = canonical(address).parse::<IpAddr>();
        if let (Ok(address), Some(bits)) = (address, bits) {
            return What::Network(address, bits);
        }
        let name = canonical(word);
        match name.contains('*') {
            true => What::Pattern(name),
            false => What::Domain(name.trim_start_matches('.').to_owned()),
        }
    }

    fn covers_name(&self, host: &str) -> bool {
        match self {
            What::Everything => true,
            What::Local => !host.contains('.'),
            What::Domain(domain) => host.strip_suffix(domain.as_str()).is_some_and(|below| {
                !domain.is_empty() && (below.is_empty() || below.ends_with('.'))
            }),
            What::Pattern(pattern) => matches(pattern, host),
            What::Network(..) => false,
        }
    }

    fn covers_address(&self, address: IpAddr, written: &str) -> bool {
        match self {
            What::Everything => true,
            What::Pattern(pattern) => matches(pattern, written),
            What::Network(network, bits) => is_in(address, network.to_canonical(), *bits),
            What::Local | What::Domain(_) => false,
        }
    }
}

/// A port behind the last colon, where that is not a part of an address of IPv6.
fn split_port(word: &str) -> (&str, Option<u16>) {
    let Some((what, port)) = word.rsplit_once(':') else { return (word, None) };
    let is_apart = what.ends_with(']') || !what.contains(':');
    match port.parse() {
        Ok(port) if is_apart => (what, Some(port)),
        _ => (word, None),
    }
}

/// Small letters, A-labels, neither brackets nor a dot at the end.
fn canonical(host: &str) -> String {
    let host = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    let host = host.trim_end_matches('.');
    match host.is_ascii() {
        true => host.to_ascii_lowercase(),
        false => idna::domain_to_ascii(host).unwrap_or_else(|_| host.to_lowercase()),
    }
}

fn is_in(address: IpAddr, network: IpAddr, bits: u8) -> bool {
    let same = |differing: u128, width: u32| {
        let bits = u32::from(bits).min(width);
        bits == 0 || differing.checked_shr(width - bits).unwrap_or(0) == 0
    };
    match (address, network) {
        (IpAddr::V4(one), IpAddr::V4(other)) => same((one.to_bits() ^ other.to_bits()).into(), 32),
        (IpAddr::V6(one), IpAddr::V6(other)) => same(one.to_bits() ^ other.to_bits(), 128),
        _ => false,
    }
}

/// Whether the text fits the pattern. Both are short, and an asterisk is taken back once at most for each character.
fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut at, mut place) = (0, 0);
    let mut star = None;
    while place < text.len() {
        if pattern.get(at) == Some(&b'*') {
            star = Some((at, place));
            at += 1;
        } else if pattern.get(at) == Some(&text[place]) {
            at += 1;
            place += 1;
        } else if let Some((before, from)) = star {
            star = Some((before, from + 1));
            at = before + 1;
            place = from + 1;
        } else {
            return false;
        }
    }
    pattern[at..].iter().all(|octet| *octet == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_and_the_servers_that_they_cover() {
        for (rules, host, covered) in [
            ("*", "anything.test", true),
            ("*", "192.0.2.1", true),
            ("", "a.test", false),
            ("example.org", "example.org", true),
            ("example.org", "mail.Example.ORG.", true),
            ("example.org", "badexample.org", false),
            (".example.org", "example.org", true),
            ("*.x.com,localhost", "a.b.x.com", true),
            ("*.x.com,localhost", "x.com", false),
            ("*.x.com,localhost", "LOCALHOST", true),
            ("*.x.com;localhost", "localhost", true),
            ("mail*.x.com", "mail7.x.com", true),
            ("10.*", "10.1.2.3", true),
            ("10.*", "110.1.2.3", false),
            ("<local>", "server", true),
            ("<local>", "server.test", false),
            ("<local>", "::1", false),
            ("127.0.0.1", "127.0.0.1", true),
            ("127.0.0.0/8", "127.9.9.9", true),
            ("127.0.0.0/8", "128.0.0.1", false),
            ("0.0.0.0/0", "203.0.113.7", true),
            ("0.0.0.0/0", "2001:db8::1", false),
            ("192.0.2.0/33", "192.0.2.1", false),
            ("[2001:db8::]/32", "2001:db9::1", false),
            ("2001:db8::/32", "[2001:db8:1::1]", true),
            ("::/0", "::1", true),
            ("::1", "[::1]", true),
            ("192.0.2.1", "::ffff:192.0.2.1", true),
            ("192.0.2.1", "a.test", false),
            ("a.test:26", "a.test", false),
            ("a.test:25", "a.test", true),
            ("[::1]:25", "::1", true),
            ("[::1]:26", "::1", false),
            ("*:25", "a.test", true),
            ("почта.рф", "xn--80a1acny.xn--p1ai", true),
            ("/,.,:,[,::::", "a.test", false),
        ] {
            assert_eq!(Bypass::parse(rules).covers(host, 25), covered, "{rules:?} and {host}");
        }
    }

    #[test]
    fn a_pattern_of_asterisks_ends() {
        let pattern = "*a".repeat(60) + "*b";
        assert!(!Bypass::parse(&pattern).covers(&"a".repeat(250), 25));
    }
}
