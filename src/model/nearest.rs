//! What somebody may have meant by a name that is not known.

use strsim::normalized_damerau_levenshtein;

/// Names are compared, and shown, up to here.
const LONGEST: usize = 60;

/// The known name that is least unlike this one, whatever the letter case.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> &'a str {
    let name = short(name).to_lowercase();
    let likeness = |other: &str| normalized_damerau_levenshtein(&name, &other.to_lowercase());
    let best = known.into_iter().map(|other| (likeness(other), other));
    best.fold((-1.0, ""), |best, next| if next.0 > best.0 { next } else { best }).1
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

    #[test]
    fn slips_of_the_hand_lead_to_the_name() {
        let known = ["BinaryMode", "RemoveBCC", "LogFile", "LogFilters"];
        for (name, meant) in [
            ("removebc", "RemoveBCC"),
            ("RemvoeBcc", "RemoveBCC"),
            ("binary_mode", "BinaryMode"),
            ("logfilter", "LogFilters"),
        ] {
            assert_eq!(nearest(name, known), meant);
        }
        assert!(known.contains(&nearest("", known)));
        assert_eq!(nearest("a", []), "");
    }

    #[test]
    fn a_name_without_end_is_cut() {
        assert_eq!(shown(&"ё\n".repeat(1000)).chars().count(), 90);
        assert_eq!(nearest(&"x".repeat(10_000_000), ["x"]), "x");
    }
}
