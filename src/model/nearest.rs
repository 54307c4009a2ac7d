//! What somebody may have meant by a name that is not known.

use strsim::normalized_damerau_levenshtein;

/// Names are compared, and shown, up to here.
const LONGEST: usize = 60;

/// Names that are less alike than that have nothing to do with each other.
const ALIKE: f64 = 0.6;

/// So many letters may be the beginning of a name that somebody has cut short.
const FEWEST_LETTERS: usize = 3;

/// Where nothing is near, so many names are told instead.
const MOST_TOLD: usize = 12;

/// What may help somebody who has written this name: the known one that it is like, or all of them where they are few. It begins with a
/// semicolon, if there is anything.
pub fn hint<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<_> = known.into_iter().collect();
    match nearest(name, &known) {
        Some(near) => format!("; the nearest is {near}"),
        None if known.is_empty() || known.len() > MOST_TOLD => String::new(),
        None => format!("; there is {}", known.join(", ")),
    }
}

/// The known name that is least unlike this one, whatever the letter case, if any is like it at all.
fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let name = short(name.trim()).to_lowercase();
    let likeness = |other: &str| {
        let other = other.to_lowercase();
        match name.chars().count() >= FEWEST_LETTERS && other.starts_with(&name) {
            true => normalized_damerau_levenshtein(&name, &other).max(ALIKE),
            false => normalized_damerau_levenshtein(&name, &other),
        }
    };
    let alike = known.iter().map(|other| (likeness(other), *other));
    let alike = alike.filter(|(likeness, _)| *likeness >= ALIKE);
    // Of names that are as like the first one counts.
    alike.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, near)| near)
}

/// A name as sentences show it.
pub fn shown(name: &str) -> String {
    short(name).escape_debug().to_string()
}

fn short(name: &str) -> String {
    name.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 4] = ["BinaryMode", "RemoveBCC", "LogFile", "LogFilters"];

    #[test]
    fn slips_of_the_hand_lead_to_the_name() {
        for (name, meant) in [
            ("removebc", "RemoveBCC"),
            ("RemvoeBcc", "RemoveBCC"),
            ("binary_mode", "BinaryMode"),
            ("logfilter", "LogFilters"),
            ("log", "LogFile"),
        ] {
            assert_eq!(nearest(name, &KNOWN), Some(meant));
            assert_eq!(hint(name, KNOWN), format!("; the nearest is {meant}"));
        }
    }

    #[test]
    fn what_is_like_no_name_leads_to_none() {
        for name in ["", "Timeout", "SSLVersion", "lo", "x"] {
            assert_eq!(nearest(name, &KNOWN), None, "{name}");
            assert_eq!(hint(name, KNOWN), "; there is BinaryMode, RemoveBCC, LogFile, LogFilters");
        }
        assert_eq!(hint("x", []), "");
        assert_eq!(hint("x", ["BinaryMode"; MOST_TOLD + 1]), "");
    }

    #[test]
    fn a_name_without_end_is_cut() {
        assert_eq!(shown(&"ё\n".repeat(1000)).chars().count(), 90);
        assert_eq!(nearest(&"x".repeat(10_000_000), &["x"]), None);
    }
}
