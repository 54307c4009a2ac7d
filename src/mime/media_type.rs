//! Media types with their parameters (RFC 2045 section 5.1).

use super::header::refuse_line_breaks;
use crate::error::{Error, Result, Status};
use std::fmt;

/// A media type: `type/subtype`, and parameters such as a calendar's `method`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaType {
    essence: String,
    parameters: Vec<(String, String)>,
}

impl MediaType {
    /// From the text of a Content-Type: `type/subtype`, then `; name=value` any number of times.
    pub fn parse(text: &str) -> Result<MediaType> {
        refuse_line_breaks("the media type", text)?;
        MediaType::read(text).ok_or_else(|| {
            let shown = text.escape_debug();
            Error::new(Status::Argument, format!("'{shown}' is no media type such as text/html"))
        })
    }

    /// What the ending of a file name tells.
    pub fn of_file(name: &str) -> MediaType {
        let guess = mime_guess::from_path(name).first_or_octet_stream();
        // RFC 2046 section 5.2.1: messages and multiparts must not be in base64, so as files they are octets.
        match guess.type_().as_str() {
            "message" | "multipart" => MediaType::of("application/octet-stream"),
            _ => MediaType::of(guess.essence_str()),
        }
    }

    /// One that is known to be well formed.
    pub fn of(essence: &str) -> MediaType {
        MediaType { essence: essence.to_owned(), parameters: Vec::new() }
    }

    /// The same with further parameters.
    pub fn with_parameters(mut self, parameters: &[(String, String)]) -> MediaType {
        self.parameters.extend_from_slice(parameters);
        self
    }

    pub fn essence(&self) -> &str {
        &self.essence
    }

    pub fn parameters(&self) -> impl Iterator<Item = (&str, &str)> {
        self.parameters.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether parts of this type are bound to travel as they are (RFC 2046 sections 5.1 and 5.2).
    pub fn is_composite(&self) -> bool {
        let top = self.essence.split('/').next().unwrap_or_default();
        top.eq_ignore_ascii_case("message") || top.eq_ignore_ascii_case("multipart")
    }

    pub fn is_multipart(&self) -> bool {
        self.essence.get(..10).is_some_and(|start| start.eq_ignore_ascii_case("multipart/"))
    }

    fn read(text: &str) -> Option<MediaType> {
        let mut items = split_outside_quotes(text);
        let essence = items.next()?.trim();
        let (top, sub) = essence.split_once('/')?;
        // RFC 6838 section 4.2.
        const LONGEST_NAME: usize = 127;
        let is_name = |text: &str| is_token(text) && text.len() <= LONGEST_NAME;
        if !is_name(top) || !is_name(sub) {
            return None;
        }
        let mut parameters = Vec::new();
        for item in items.filter(|item| !item.trim().is_empty()) {
            let (name, value) = item.split_once('=')?;
            let (name, value) = (name.trim(), value.trim());
            let inner = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            let value = match inner {
                Some(inner) => unescaped(inner)?,
                None => Some(value).filter(|value| is_token(value))?.to_owned(),
            };
            let name = Some(name).filter(|name| is_name(name))?;
            if parameters.iter().any(|(known, _): &(String, _)| known.eq_ignore_ascii_case(name)) {
                return None;
            }
            parameters.push((name.to_owned(), value));
        }
        Some(MediaType { essence: essence.to_owned(), parameters })
    }
}

impl fmt::Display for MediaType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.essence)?;
        for (name, value) in &self.parameters {
            match is_token(value) {
                true => write!(f, "; {name}={value}")?,
                false => write!(f, "; {name}={}", super::header::quoted(value))?,
            }
        }
        Ok(())
    }
}

/// The items between semicolons that stand in no quoted string.
fn split_outside_quotes(text: &str) -> impl Iterator<Item = &str> {
    let (mut quoted, mut escaped) = (false, false);
    text.split(move |c| {
        let is_escaped = std::mem::take(&mut escaped);
        match c {
            '\\' if quoted => escaped = !is_escaped,
            '"' if !is_escaped => quoted = !quoted,
            _ => {}
        }
        c == ';' && !quoted
    })
}

/// What stands between the quotes of a quoted string; nothing if a quote among it ends the string early.
fn unescaped(inner: &str) -> Option<String> {
    let mut text = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => text.push(chars.next()?),
            '"' => return None,
            _ => text.push(c),
        }
    }
    Some(text)
}

/// A token of RFC 2045 section 5.1.
fn is_token(text: &str) -> bool {
    let is_special = |byte: u8| b"()<>@,;:\\\"/[]?=".contains(&byte);
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic() && !is_special(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_and_parameters_are_read_and_written() {
        for (text, written) in [
            ("text/html", "text/html"),
            (" text/calendar ; method=REQUEST;", "text/calendar; method=REQUEST"),
            (r#"a/b; x="1; \"2\"""#, r#"a/b; x="1; \"2\"""#),
            (r#"a/b; x="plain""#, "a/b; x=plain"),
            ("a/b; name=\"я\"", "a/b; name=\"я\""),
        ] {
            assert_eq!(MediaType::parse(text).unwrap().to_string(), written);
        }
    }

    #[test]
    fn what_is_none_is_refused() {
        for text in [
            "",
            "text",
            "/",
            "a/",
            "/b",
            "a/b/c",
            "a b/c",
            "a/b; x",
            "a/b; =1",
            "a/b; x=a b",
            "a/b; x=\"1\" y",
            "a/b; x=1; X=2",
            "a/b; x=\"a\"b\"",
            "a/b; x=\"\\\"",
            "a/б",
        ] {
            assert_eq!(MediaType::parse(text).expect_err(text).status(), Status::Argument);
        }
        let error = MediaType::parse("a/b\r\nBcc: x@y").unwrap_err();
        assert_eq!(error.status(), Status::LineBreak);
    }

    #[test]
    fn files_are_known_by_their_endings() {
        for (name, essence) in [
            ("a.PDF", "application/pdf"),
            ("a.html", "text/html"),
            ("a.eml", "application/octet-stream"),
            ("a", "application/octet-stream"),
        ] {
            assert_eq!(MediaType::of_file(name).essence(), essence);
        }
    }
}
