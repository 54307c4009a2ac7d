//! The names of code pages besides the one that the table has and the labels of WHATWG: those of the IANA registry,
//! Python, Java, Windows and IBM, which differ in hyphens and prefixes above all.

/// The number of the code page that `name` means.
pub fn number(name: &str) -> Option<i32> {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    let letters = letters.collect::<String>().to_ascii_lowercase();
    // The registry puts `cs` in front of its names for programs, and `x-` is for names that it does not have.
    let unprefixed = letters.strip_prefix("cs").or_else(|| letters.strip_prefix('x'));
    let letters = unprefixed.unwrap_or(&letters);
    let prefixes = ["", "cp", "ibm", "ccsid", "ms", "dos", "windows"];
    let digits = prefixes.iter().filter_map(|prefix| letters.strip_prefix(prefix));
    let named = || ALIASES.iter().find(|(alias, _)| *alias == letters).map(|(_, number)| *number);
    digits.flat_map(str::parse).next().map(windows).or_else(named)
}

/// Windows has some pages of IBM at a number of its own.
fn windows(number: i32) -> i32 {
    match number {
        273 | 424 => 20000 + number,
        _ => number,
    }
}

const ALIASES: [(&str, i32); 30] = [
    ("pc8codepage437", 437),
    ("ebcdiccpbe", 500),
    ("ebcdiccpch", 500),
    ("ebcdiccphe", 20424),
    ("pc775baltic", 775),
    ("pc850multilingual", 850),
    ("pcp852", 852),
    ("pcmultilingual850euro", 858),
    ("cpis", 861),
    ("pc862latinhebrew", 862),
    ("cpgr", 869),
    ("ebcdicus37euro", 1140),
    ("johab", 1361),
    ("macgreek", 10006),
    ("macromania", 10010),
    ("macromanian", 10010),
    ("maccenteuro", 10029),
    ("maccentraleurope", 10029),
    ("macce", 10029),
    ("maclatin2", 10029),
    ("maciceland", 10079),
    ("macicelandic", 10079),
    ("macturkish", 10081),
    ("maccroatia", 10082),
    ("maccroatian", 10082),
    ("euccn", 51936),
    ("iso2022kr", 50225),
    ("hz", 52936),
    ("hzgb", 52936),
    ("hzgb2312", 52936),
];
