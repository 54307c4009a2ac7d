//! The mechanisms of this library: what each needs, what it gives away, and in which order they are taken.

/// One mechanism.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    /// The registered name.
    pub name: &'static str,
    /// Its bit among Aspose's SmtpKnownAuthenticationType. Both ways to show an OAuth token have the same.
    pub flag: i64,
    /// The one with the largest is taken first; 0 is taken only where it is asked for by its name.
    pub priority: i32,
    pub need: Need,
    /// Whether the server gets to know the password, or the token that stands for it.
    pub reveals: bool,
}

/// What somebody must have to log in by a mechanism.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    Password,
    /// An OAuth token.
    Token,
    /// A Kerberos ticket, or what gets one: user, password and realm.
    Ticket,
    /// A certificate that the client has shown in TLS.
    Certificate,
    Nothing,
}

/// The mechanisms, what reveals least first. Nobody is anonymous without having said so.
pub const CATALOG: [Entry; 21] = [
    secretive("SCRAM-SHA-512-PLUS", 0x200_0000, 100),
    secretive("SCRAM-SHA-384-PLUS", 0x80_0000, 99),
    secretive("SCRAM-SHA-256-PLUS", 0x20_0000, 98),
    secretive("SCRAM-SHA-224-PLUS", 0x8_0000, 97),
    secretive("SCRAM-SHA-1-PLUS", 0x2_0000, 96),
    secretive("SCRAM-SHA-512", 0x100_0000, 90),
    secretive("SCRAM-SHA-384", 0x40_0000, 89),
    secretive("SCRAM-SHA-256", 0x10_0000, 88),
    secretive("SCRAM-SHA-224", 0x4_0000, 87),
    secretive("SCRAM-SHA-1", 0x1_0000, 86),
    entry("OAUTHBEARER", 0x2, 80, Need::Token, true),
    entry("XOAUTH2", 0x2, 79, Need::Token, true),
    entry("GSSAPI", 0x10, 70, Need::Ticket, false),
    entry("GSS-SPNEGO", 0x400, 69, Need::Ticket, false),
    entry("EXTERNAL", 0x40, 60, Need::Certificate, false),
    secretive("NTLM", 0x4, 50),
    secretive("DIGEST-MD5", 0x200, 40),
    secretive("CRAM-MD5", 0x20, 30),
    entry("PLAIN", 0x8, 20, Need::Password, true),
    entry("LOGIN", 0x1, 10, Need::Password, true),
    entry("ANONYMOUS", 0x100, 0, Need::Nothing, false),
];

/// Mechanisms that Aspose has a bit for and this library only knows by name.
const STRANGERS: [(&str, i64); 4] =
    [("KERBEROS_V4", 0x80), ("OTP", 0x3800), ("SKEY", 0x4000), ("PASSDSS-3DES-1", 0x8000)];

/// Every bit that has a name.
pub const ALL_FLAGS: i64 = 0x3ff_ffff;

const fn entry(name: &'static str, flag: i64, priority: i32, need: Need, reveals: bool) -> Entry {
    Entry { name, flag, priority, need, reveals }
}

/// A mechanism that proves a password without telling it.
const fn secretive(name: &'static str, flag: i64, priority: i32) -> Entry {
    entry(name, flag, priority, Need::Password, false)
}

/// Fore's names of protocols, and those of the registry, as the registry has them; `None` leaves the choice to the server.
pub fn registered_name(protocol: &str) -> Option<String> {
    let name = protocol.trim().to_ascii_uppercase();
    match name.as_str() {
        "" | "HTTPS" | "HTTP" | "SMTP" | "SMTPS" => None,
        "KERBEROS" => Some("GSSAPI".into()),
        "NEGOTIATE" | "SPNEGO" => Some("GSS-SPNEGO".into()),
        "DIGEST" => Some("DIGEST-MD5".into()),
        "OAUTH" | "BEARER" => Some("OAUTH2".into()),
        _ => Some(name),
    }
}

/// The mechanisms that a [`registered_name`] stands for, in order: one, several, or none that is known.
pub fn named(name: Option<&str>) -> impl Iterator<Item = &'static Entry> {
    CATALOG.iter().filter(move |entry| name.is_none_or(|name| stands_for(name, entry)))
}

fn stands_for(name: &str, entry: &Entry) -> bool {
    match name {
        // HTTP's name for a password in clear.
        "BASIC" => entry.need == Need::Password && entry.reveals,
        "OAUTH2" => entry.need == Need::Token,
        "SCRAM" => entry.name.starts_with("SCRAM-"),
        _ => entry.name == name,
    }
}

/// Whether what was set for one [`registered_name`] is of use for another: they have a mechanism in common, or are the same name.
pub fn is_of_use(set: Option<&str>, asked: Option<&str>) -> bool {
    match (set, asked) {
        (Some(set), Some(asked)) => {
            set == asked || named(Some(set)).any(|entry| stands_for(asked, entry))
        }
        _ => true,
    }
}

/// Aspose's bits for what a server offers, known or not.
pub fn flags_of(offered: &[String]) -> i64 {
    let known = CATALOG.iter().map(|entry| (entry.name, entry.flag)).chain(STRANGERS);
    let offered = known.filter(|(name, _)| offered.iter().any(|offer| offer == name));
    offered.fold(0, |all, (_, flag)| all | flag)
}

/// The known name that a wrong one is most like, if any is like it.
pub fn nearest(name: &str) -> Option<&'static str> {
    let plain = |name: &str| -> Vec<u8> {
        name.bytes().filter(u8::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
    };
    // What is longer than any name is like none, however long it takes to see it.
    let wrong = Some(plain(name)).filter(|wrong| wrong.len() <= 2 * LONGEST_NAME)?;
    let distances = CATALOG.iter().map(|entry| (distance(&wrong, &plain(entry.name)), entry.name));
    let (least, nearest) = distances.min_by_key(|(distance, _)| *distance)?;
    (least * 2 <= wrong.len().min(2 * MOST_TYPOS)).then_some(nearest)
}

const LONGEST_NAME: usize = "SCRAM-SHA-512-PLUS".len();

/// A name with more wrong letters is another.
const MOST_TYPOS: usize = 4;

/// How many letters are to be put in, left out or replaced to make one name of the other.
fn distance(one: &[u8], other: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, b) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(name: &str) -> Vec<&'static str> {
        named(registered_name(name).as_deref()).map(|entry| entry.name).collect()
    }

    #[test]
    fn the_catalog_is_in_order_and_its_bits_are_those_of_aspose() {
        assert!(CATALOG.is_sorted_by(|a, b| a.priority > b.priority));
        let all = CATALOG.iter().map(|entry| entry.flag).chain(STRANGERS.map(|(_, flag)| flag));
        let counted = all.clone().map(i64::count_ones).sum::<u32>();
        assert_eq!(all.fold(0, |all, flag| all | flag), ALL_FLAGS);
        assert_eq!(counted, ALL_FLAGS.count_ones() + 1, "OAUTH2 is the only bit of two");
    }

    #[test]
    fn the_page_about_logins_has_the_catalog() {
        let page = include_str!("../../docs/logins.md");
        let rows: Vec<String> = CATALOG.iter().map(row).collect();
        assert!(page.contains(&rows.concat()), "docs/logins.md lacks\n{}", rows.concat());
    }

    fn row(entry: &Entry) -> String {
        let Entry { name, flag, priority, need, reveals } = entry;
        let need = format!("{need:?}").to_lowercase();
        let reveals = if *reveals { "yes" } else { "no" };
        format!("| {name} | {priority} | {flag:#x} | {need} | {reveals} |\n")
    }

    #[test]
    fn protocols_of_fore_stand_for_mechanisms() {
        for auto in ["", "https", " HTTP ", "smtp", "SMTPS"] {
            assert_eq!(names(auto).len(), CATALOG.len());
        }
        assert_eq!(names("Kerberos"), ["GSSAPI"]);
        assert_eq!(names("negotiate"), ["GSS-SPNEGO"]);
        assert_eq!(names("Digest"), ["DIGEST-MD5"]);
        assert_eq!(names("Basic"), ["PLAIN", "LOGIN"]);
        assert_eq!(names("OAuth2"), ["OAUTHBEARER", "XOAUTH2"]);
        assert_eq!(names("scram").len(), 10);
        assert_eq!(names("scram-sha-256"), ["SCRAM-SHA-256"]);
        assert!(names("nonsense").is_empty());
    }

    #[test]
    fn what_was_set_for_a_group_is_of_use_for_its_members() {
        let is_of_use = |set, asked| {
            let (set, asked) = (registered_name(set), registered_name(asked));
            super::is_of_use(set.as_deref(), asked.as_deref())
        };
        assert!(is_of_use("Basic", "LOGIN") && is_of_use("LOGIN", "Basic"));
        assert!(is_of_use("", "NTLM") && is_of_use("NTLM", "https"));
        assert!(is_of_use("X-OWN", "x-own"));
        assert!(!is_of_use("PLAIN", "LOGIN") && !is_of_use("Basic", "X-OWN"));
    }

    #[test]
    fn offers_have_bits_whether_this_library_has_the_mechanism_or_not() {
        let flags = |names: &[&str]| {
            flags_of(&names.iter().map(|name| name.to_string()).collect::<Vec<_>>())
        };
        assert_eq!(flags(&[]), 0);
        assert_eq!(flags(&["X-OWN"]), 0);
        assert_eq!(flags(&["PLAIN", "LOGIN", "XOAUTH2", "CRAM-MD5", "NTLM"]), 47);
        assert_eq!(flags(&["OAUTHBEARER", "OTP", "KERBEROS_V4"]), 0x3882);
    }

    #[test]
    fn a_wrong_name_is_near_a_right_one_or_none() {
        for (wrong, right) in [
            ("SCRAMSHA256", "SCRAM-SHA-256"),
            ("CRAM_MD5", "CRAM-MD5"),
            ("xoauth", "XOAUTH2"),
            ("plian", "PLAIN"),
            ("scram-sha-1-plsu", "SCRAM-SHA-1-PLUS"),
            ("GSSPNEGO", "GSS-SPNEGO"),
        ] {
            assert_eq!(nearest(wrong), Some(right), "{wrong}");
        }
        for wrong in ["", "x", "WHATEVER", "Фу", &"PLAIN".repeat(10_000)] {
            assert_eq!(nearest(wrong), None, "{wrong}");
        }
    }
}
