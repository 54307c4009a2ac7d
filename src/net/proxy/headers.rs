//! Fields that a host adds to the requests to its proxy.

use crate::error::{Error, Result, Status};

const MOST_OCTETS: usize = 16 << 10;

/// Those that say how long a request is: a request to a proxy has no body of the host's.
const NOT_FOR_HOSTS: [&str; 3] = ["Content-Length", "Transfer-Encoding", "Host"];

/// The fields, each with its line end, from lines that end as they please.
pub fn sound_headers(text: &str) -> Result<String> {
    let refuse = |sentence: String| Err(Error::new(Status::Argument, sentence));
    if text.len() > MOST_OCTETS {
        return refuse(format!("header fields of more than {MOST_OCTETS} octets are too many"));
    }
    let mut fields = String::with_capacity(text.len() + 2);
    for line in text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()) {
        let shown = || line.escape_debug().to_string();
        let Some((name, value)) = line.split_once(':') else {
            return refuse(format!("'{}' is no header field: it has no colon", shown()));
        };
        let is_token =
            |octet: u8| octet.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&octet);
        if name.is_empty() || !name.bytes().all(is_token) {
            return refuse(format!("'{}' begins with no name of a header field", shown()));
        }
        if value.chars().any(|c| c.is_control() && c != '\t') {
            return refuse(format!("the header field '{}' holds a control character", shown()));
        }
        if NOT_FOR_HOSTS.iter().any(|taken| taken.eq_ignore_ascii_case(name)) {
            return refuse(format!("the library itself says {name}"));
        }
        fields.push_str(&format!("{name}: {}\r\n", value.trim()));
    }
    Ok(fields)
}

pub fn has_field(fields: &str, name: &str) -> bool {
    values(fields, name).next().is_some()
}

/// What the fields of that name say.
pub fn values<'a>(fields: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let fields = fields.lines().filter_map(|line| line.split_once(':'));
    fields.filter(move |(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_lines_and_nothing_else_gets_in() {
        let fields = sound_headers("X-Office: 7\nUser-Agent:me\r\n\r\nX-Empty:").unwrap();
        assert_eq!(fields, "X-Office: 7\r\nUser-Agent: me\r\nX-Empty: \r\n");
        assert!(has_field(&fields, "user-agent") && !has_field(&fields, "Office"));
        assert_eq!(sound_headers("").unwrap(), "");
        for text in [
            "X",
            ": y",
            "X y: z",
            "X\u{e9}: y",
            "X: a\0b",
            "X: a\u{1b}[2J",
            "host: a",
            "Content-length: 5",
        ] {
            assert_eq!(sound_headers(text).unwrap_err().status(), Status::Argument, "{text:?}");
        }
        assert!(sound_headers(&format!("X: {}", "y".repeat(MOST_OCTETS))).is_err());
    }
}
