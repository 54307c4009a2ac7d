//! The grammar of lists in which names are enabled and disabled.

use crate::error::{Error, Result, Status, shown};

/// What a name in such a list stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known<T> {
    Here(T),
    /// It exists, and rustls has none of it.
    Elsewhere(&'static str),
}

/// A list as it was given, and what it comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection<T> {
    text: String,
    /// In order of preference; nothing where the list is empty: then the base decides.
    enabled: Vec<Known<T>>,
}

impl<T> Default for Selection<T> {
    fn default() -> Self {
        Selection { text: String::new(), enabled: Vec::new() }
    }
}

impl<T: Copy + PartialEq> Selection<T> {
    /// Names between commas, semicolons, colons or blanks, applied in order. A list that begins with a name holds what it names; one that begins
    /// with `-NAME` holds `all` without it. `all` and `-all` stand for everything.
    pub fn parse(
        text: &str,
        what: &str,
        all: &[T],
        find: impl Fn(&str) -> Option<Known<T>>,
    ) -> Result<Selection<T>> {
        let everything = || all.iter().copied().map(Known::Here);
        let mut enabled: Option<Vec<Known<T>>> = None;
        let is_separator = |c: char| matches!(c, ',' | ';' | ':') || c.is_whitespace();
        for token in text.split(is_separator).filter(|token| !token.is_empty()) {
            let (is_removed, name) = match token.strip_prefix('-') {
                Some(name) => (true, name),
                None => (false, token.strip_prefix('+').unwrap_or(token)),
            };
            if name.eq_ignore_ascii_case("all") {
                enabled = Some(if is_removed { Vec::new() } else { everything().collect() });
                continue;
            }
            let Some(known) = find(name) else {
                let sentence = format!("'{}' is no {what}", shown(name, 100));
                return Err(Error::new(Status::Argument, sentence));
            };
            let list = enabled.get_or_insert_with(|| {
                if is_removed { everything().collect() } else { Vec::new() }
            });
            list.retain(|other| *other != known);
            if !is_removed {
                list.push(known);
            }
        }
        if enabled.as_ref().is_some_and(Vec::is_empty) {
            let sentence = format!("'{}' leaves no {what} at all", shown(text, 100));
            return Err(Error::new(Status::Argument, sentence));
        }
        Ok(Selection { text: text.to_owned(), enabled: enabled.unwrap_or_default() })
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// What is enabled and rustls has, in order; `None` where nothing was chosen.
    pub fn here(&self) -> Option<Vec<T>> {
        let here = self.enabled.iter().filter_map(|known| match known {
            Known::Here(item) => Some(*item),
            Known::Elsewhere(_) => None,
        });
        (!self.enabled.is_empty()).then(|| here.collect())
    }

    /// The first of what is enabled that rustls has none of.
    pub fn elsewhere(&self) -> Option<&'static str> {
        self.enabled.iter().find_map(|known| match known {
            Known::Here(_) => None,
            Known::Elsewhere(name) => Some(*name),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Selection<char>> {
        Selection::parse(text, "letter", &['a', 'b', 'c'], |name| match name {
            "a" | "b" | "c" => name.chars().next().map(Known::Here),
            "x" => Some(Known::Elsewhere("x")),
            _ => None,
        })
    }

    #[test]
    fn names_are_enabled_and_disabled_in_order() {
        let here = |text: &str| parse(text).unwrap().here().map(String::from_iter);
        assert_eq!(here(""), None);
        assert_eq!(here(" ; "), None);
        assert_eq!(here("b"), Some("b".into()));
        assert_eq!(here("c,a; b"), Some("cab".into()));
        assert_eq!(here("-b"), Some("ac".into()));
        assert_eq!(here("all,-a"), Some("bc".into()));
        assert_eq!(here("-all;b;a"), Some("ba".into()));
        assert_eq!(here("a,a,-b"), Some("a".into()));
        assert_eq!(here("ALL"), Some("abc".into()));
        assert_eq!(here("x,b"), Some("b".into()));
        assert_eq!(parse("b,x").unwrap().elsewhere(), Some("x"));
        assert_eq!(parse("b,x,-x").unwrap().elsewhere(), None);
    }

    #[test]
    fn unknown_names_and_lists_of_nothing_are_refused() {
        for (text, sentence) in [
            ("a,nonsense", "'nonsense' is no letter"),
            ("-nonsense", "'nonsense' is no letter"),
            ("-all", "'-all' leaves no letter at all"),
            ("a,-a", "'a,-a' leaves no letter at all"),
            (&"x".repeat(1 << 20), &format!("'{}…' is no letter", "x".repeat(100))),
        ] {
            let error = parse(text).unwrap_err();
            assert_eq!((error.status(), error.message()), (Status::Argument, sentence));
        }
    }
}
