//! Challenges (RFC 9110 section 11.3), of which one field may hold several, as strangers write them.

/// More than any sane answer has.
const MOST_CHALLENGES: usize = 16;
const MOST_PARAMETERS: usize = 32;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Challenge {
    pub scheme: String,
    /// What stands in the place of parameters in the challenges of NTLM and Negotiate.
    pub token: String,
    parameters: Vec<(String, String)>,
}

impl Challenge {
    pub fn is(&self, scheme: &str) -> bool {
        self.scheme.eq_ignore_ascii_case(scheme)
    }

    pub fn parameter(&self, name: &str) -> Option<&str> {
        let mut named =
            self.parameters.iter().filter(|(other, _)| other.eq_ignore_ascii_case(name));
        named.next().map(|(_, value)| value.as_str())
    }
}

/// The challenges of one field, as far as they can be read.
pub fn challenges(field: &str) -> Vec<Challenge> {
    let mut found: Vec<Challenge> = Vec::new();
    let mut rest = field;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        let (word, behind) = split_word(rest);
        if word.is_empty() {
            return found;
        }
        let value = behind.trim_start().strip_prefix('=');
        if let Some(value) = value {
            let Some(challenge) = found.last_mut() else { return found };
            let (value, behind) = take_value(value.trim_start());
            if challenge.parameters.len() < MOST_PARAMETERS {
                challenge.parameters.push((word.to_owned(), value));
            }
            rest = behind;
            continue;
        }
        if found.len() == MOST_CHALLENGES {
            return found;
        }
        let (token, behind) = take_token(behind.trim_start());
        found.push(Challenge { scheme: word.to_owned(), token, parameters: Vec::new() });
        rest = behind;
    }
}

fn split_word(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c)));
    text.split_at(end.unwrap_or(text.len()))
}

/// The rule token68, where it stands alone.
fn take_token(text: &str) -> (String, &str) {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "-._~+/".contains(c);
    let end = text.find(|c: char| !is_token(c)).unwrap_or(text.len());
    let behind = text[end..].trim_start_matches('=');
    let token = &text[..text.len() - behind.len()];
    let is_alone = behind.trim_start().is_empty() || behind.trim_start().starts_with(',');
    match is_alone && !token.is_empty() {
        true => (token.to_owned(), behind),
        false => (String::new(), text),
    }
}

fn take_value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([',', ' ', '\t']).unwrap_or(text.len());
        return (text[..end].to_owned(), &text[end..]);
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return (value, &quoted[at + 1..]),
            '\\' => value.extend(characters.next().map(|(_, escaped)| escaped)),
            other => value.push(other),
        }
    }
    (value, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(field: &str) -> Vec<String> {
        let show = |challenge: &Challenge| {
            let parameters = challenge.parameters.iter();
            let parameters: String =
                parameters.map(|(name, value)| format!(" {name}={value};")).collect();
            format!("{}[{}]{parameters}", challenge.scheme, challenge.token)
        };
        challenges(field).iter().map(show).collect()
    }

    #[test]
    fn one_field_and_several_challenges() {
        assert_eq!(shown("Negotiate"), ["Negotiate[]"]);
        assert_eq!(shown("NTLM TlRMTVNTUAAC=="), ["NTLM[TlRMTVNTUAAC==]"]);
        assert_eq!(
            shown(
                r#"Negotiate, NTLM, Basic realm="a, \"b\"", Digest realm = kit,qop="auth,auth-int" , stale=FALSE"#
            ),
            [
                "Negotiate[]",
                "NTLM[]",
                "Basic[] realm=a, \"b\";",
                "Digest[] realm=kit; qop=auth,auth-int; stale=FALSE;",
            ]
        );
        assert_eq!(challenges("DIGEST NONCE=x")[0].parameter("nonce"), Some("x"));
    }

    #[test]
    fn what_cannot_be_read_ends_the_list() {
        for (field, expected) in [
            ("", &[] as &[&str]),
            ("=x", &[]),
            ("realm=x", &[]),
            ("\u{e9}", &[]),
            ("Basic realm=\"never ends", &["Basic[] realm=never ends;"]),
            ("Basic \"what\"", &["Basic[]"]),
        ] {
            assert_eq!(shown(field), expected, "{field:?}");
        }
        assert_eq!(challenges(&"X a=b,".repeat(1000)).len(), MOST_CHALLENGES);
        let many = format!("X {}", "a=b,".repeat(1000));
        assert_eq!(challenges(&many)[0].parameters.len(), MOST_PARAMETERS);
    }
}
