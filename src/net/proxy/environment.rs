//! Proxies that the environment names, as curl reads it, and the URLs of proxies.

use super::Kind;
use crate::error::{Error, Result, Status};
use encodify::hex::decode_pair;
use zeroize::Zeroizing;

/// A proxy as a URL, or the environment, has it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Found {
    pub kind: Kind,
    pub host: String,
    /// 0 where nothing is said.
    pub port: u16,
    /// User and password.
    pub login: Option<(String, Zeroizing<String>)>,
    pub resolves_here: bool,
    /// The servers that are reached without it.
    pub no_proxy: String,
}

/// curl's words before the address. Those of SOCKS without an `h` or an `a` have names resolved here.
const SCHEMES: [(&str, Kind, bool); 8] = [
    ("http", Kind::Http, false),
    ("https", Kind::Https, false),
    ("socks4", Kind::Socks4, true),
    ("socks4a", Kind::Socks4a, false),
    ("socks5", Kind::Socks5, true),
    ("socks5h", Kind::Socks5, false),
    ("socks", Kind::Socks4, true),
    ("connect", Kind::Http, false),
];

/// Where a proxy may be named, the first that is set wins: Fore's own variable, then those that curl reads for mail.
const VARIABLES: [&str; 5] =
    ["CURLOPT_PROXY", "smtp_proxy", "SMTP_PROXY", "all_proxy", "ALL_PROXY"];

/// The proxy that the environment names for mail, if any. `variable` reads one.
pub fn find(variable: impl Fn(&str) -> Option<String>) -> Result<Option<Found>> {
    let is_set = |name: &&&str| variable(name).is_some();
    let Some(name) = VARIABLES.iter().find(is_set) else { return Ok(None) };
    let url = variable(name).unwrap_or_default();
    // Set to nothing, it takes away what a less special one would say.
    if url.trim().is_empty() {
        return Ok(None);
    }
    let mut found = parse_url(&url).map_err(|error| {
        let sentence = format!("the environment variable {name}: {error}");
        Error::new(Status::ProxySettings, sentence)
    })?;
    if *name == "CURLOPT_PROXY"
        && let Some(pair) = variable("CURLOPT_PROXYUSERPWD")
    {
        let pair = Zeroizing::new(pair);
        let (user, password) = pair.split_once(':').unwrap_or((&pair, ""));
        found.login = Some((user.to_owned(), Zeroizing::new(password.to_owned())));
    }
    found.no_proxy = variable("no_proxy").or_else(|| variable("NO_PROXY")).unwrap_or_default();
    Ok(Some(found))
}

/// `[scheme://][user[:password]@]host[:port]`; what is percent-encoded in user and password is decoded.
pub fn parse_url(url: &str) -> Result<Found> {
    let url = url.trim();
    let mut found = Found::default();
    let rest = match url.split_once("://") {
        None => url,
        Some((scheme, rest)) => {
            let known = SCHEMES.iter().find(|(name, _, _)| name.eq_ignore_ascii_case(scheme));
            let (_, kind, resolves_here) = known.ok_or_else(|| {
                let names: Vec<_> = SCHEMES.iter().map(|(name, _, _)| *name).collect();
                unfit(&format!(
                    "'{}' is no kind of proxy: {} are",
                    scheme.escape_debug(),
                    names.join(", ")
                ))
            })?;
            (found.kind, found.resolves_here) = (*kind, *resolves_here);
            rest
        }
    };
    let rest = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let authority = match rest.rsplit_once('@') {
        None => rest,
        Some((login, authority)) => {
            let (user, password) = login.split_once(':').unwrap_or((login, ""));
            found.login = Some((decoded(user)?.to_string(), decoded(password)?));
            authority
        }
    };
    (found.host, found.port) = split_authority(authority)?;
    Ok(found)
}

fn split_authority(authority: &str) -> Result<(String, u16)> {
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if host.ends_with(']') || !host.contains(':') => (host, port),
        _ => (authority, ""),
    };
    let port = match port {
        "" => 0,
        digits if digits.bytes().all(|digit| digit.is_ascii_digit()) => digits
            .parse()
            .ok()
            .filter(|port| *port > 0)
            .ok_or_else(|| unfit(&format!("{digits:.20} is no port")))?,
        other => return Err(unfit(&format!("'{}' is no port", other.escape_debug()))),
    };
    match host.is_empty() {
        true => Err(unfit("the proxy has no host")),
        false => Ok((host.to_owned(), port)),
    }
}

fn decoded(text: &str) -> Result<Zeroizing<String>> {
    let mut octets = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let pair = match (first, behind) {
            (b'%', [high, low, ..]) => decode_pair(*high, *low),
            _ => None,
        };
        octets.push(pair.unwrap_or(*first));
        rest = if pair.is_some() { &behind[2..] } else { behind };
    }
    match std::str::from_utf8(&octets) {
        Ok(text) => Ok(Zeroizing::new(text.to_owned())),
        Err(_) => Err(unfit("user and password of the proxy are not UTF-8")),
    }
}

fn unfit(sentence: &str) -> Error {
    Error::new(Status::Argument, sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(found: &Found) -> String {
        let login = found.login.as_ref().map(|(user, password)| format!("{user}|{}", **password));
        format!("{:?} {} {} {login:?} {}", found.kind, found.host, found.port, found.resolves_here)
    }

    #[test]
    fn urls() {
        for (text, expected) in [
            ("proxy", "Http proxy 0 None false"),
            (" proxy.test:8080 ", "Http proxy.test 8080 None false"),
            ("http://proxy:3128/", "Http proxy 3128 None false"),
            ("HTTPS://u:p%40%3A%zz@proxy", "Https proxy 0 Some(\"u|p@:%zz\") false"),
            ("socks5://[::1]:1080", "Socks5 [::1] 1080 None true"),
            ("socks5h://a@b@[::1]", "Socks5 [::1] 0 Some(\"a@b|\") false"),
            ("socks4a://h:1", "Socks4a h 1 None false"),
            ("socks://h", "Socks4 h 0 None true"),
            ("2001:db8::1", "Http 2001:db8::1 0 None false"),
        ] {
            assert_eq!(url(&parse_url(text).unwrap()), expected, "{text}");
        }
        for text in ["", "ftp://h", "http://", "h:0", "h:99999", "h:x", "h:+1", ":80", "u:%ff@h"] {
            assert_eq!(
                parse_url(text).err().map(|error| error.status()),
                Some(Status::Argument),
                "{text:?}"
            );
        }
    }

    fn found(variables: &[(&str, &str)]) -> Result<Option<Found>> {
        find(|name| {
            variables.iter().find(|(other, _)| *other == name).map(|(_, value)| value.to_string())
        })
    }

    #[test]
    fn the_environment_is_read_in_order() {
        let fore = ("CURLOPT_PROXY", "fore:1");
        let pair = ("CURLOPT_PROXYUSERPWD", "user:pa:ss");
        let smtp = ("smtp_proxy", "socks5h://mail:2");
        let all = ("ALL_PROXY", "http://u:p@all:3");
        let none = ("NO_PROXY", "a.test");
        let first = |variables: &[(&str, &str)]| found(variables).unwrap().map(|found| url(&found));
        assert_eq!(first(&[]), None);
        assert_eq!(first(&[pair, none]), None);
        assert_eq!(
            first(&[all, smtp, pair, fore]).unwrap(),
            "Http fore 1 Some(\"user|pa:ss\") false"
        );
        assert_eq!(first(&[all, smtp, pair]).unwrap(), "Socks5 mail 2 None false");
        assert_eq!(first(&[all, pair]).unwrap(), "Http all 3 Some(\"u|p\") false");
        assert_eq!(first(&[("CURLOPT_PROXY", " "), all]), None);
        assert_eq!(found(&[all, none]).unwrap().unwrap().no_proxy, "a.test");
        let both = [all, none, ("no_proxy", "b.test")];
        assert_eq!(found(&both).unwrap().unwrap().no_proxy, "b.test");
        let error = found(&[("all_proxy", "gopher://secret@h")]).err().unwrap();
        assert_eq!(error.status(), Status::ProxySettings);
        assert!(error.message().contains("all_proxy") && !error.message().contains("secret"));
    }
}
