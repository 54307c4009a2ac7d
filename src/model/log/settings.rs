//! How a log is kept, and the texts in which SecureBlackbox's settings say so.

use crate::error::{Error, Result, Status};
use crate::model::nearest::{hint, shown};
use std::sync::OnceLock;

/// Where lines go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destination {
    None,
    File,
    Callback,
    StandardError,
}

/// How much is told, with the numbers of the face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    None,
    Error,
    Warning,
    Info,
    Debug,
    Trace,
}

/// When lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flush {
    Each,
    Interval,
    None,
}

/// What becomes of a file that is full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rotation {
    None,
    /// The older half goes.
    DeleteHalf,
    /// So many older files are kept.
    Rotate(u32),
}

/// What each line tells besides what happened.
pub mod details {
    pub const TIME: u32 = 1;
    pub const LEVEL: u32 = 2;
    pub const THREAD: u32 = 4;
    pub const CONNECTION: u32 = 8;
    /// Octets of messages in hexadecimal digits.
    pub const HEX: u32 = 16;
    pub const NAMES: [(&str, u32); 5] = [
        ("time", TIME),
        ("level", LEVEL),
        ("thread", THREAD),
        ("connection", CONNECTION),
        ("hex", HEX),
    ];
}

/// What is told of.
pub mod filters {
    pub const DNS: u32 = 1;
    pub const NET: u32 = 2;
    pub const TLS: u32 = 4;
    pub const SMTP: u32 = 8;
    /// The octets of messages: only on request.
    pub const DATA: u32 = 16;
    pub const NAMES: [(&str, u32); 5] =
        [("dns", DNS), ("net", NET), ("tls", TLS), ("smtp", SMTP), ("data", DATA)];
    pub const USUAL: u32 = DNS | NET | TLS | SMTP;
}

/// A file may grow so far before it is rotated, unless the host says otherwise.
const DEFAULT_OCTETS: u64 = 10 * 1024 * 1024;
const LEAST_OCTETS: u64 = 1024;
const MOST_FILES: u32 = 100;

const DESTINATIONS: [(&str, Destination); 4] = [
    ("none", Destination::None),
    ("file", Destination::File),
    ("callback", Destination::Callback),
    ("stderr", Destination::StandardError),
];
const LEVELS: [(&str, Level); 6] = [
    ("none", Level::None),
    ("error", Level::Error),
    ("warning", Level::Warning),
    ("info", Level::Info),
    ("debug", Level::Debug),
    ("trace", Level::Trace),
];
const FLUSHES: [(&str, Flush); 3] =
    [("each", Flush::Each), ("interval", Flush::Interval), ("none", Flush::None)];
const ROTATIONS: [&str; 3] = ["none", "delete-half", "rotate-5"];

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogSettings {
    pub is_enabled: bool,
    pub destination: Destination,
    pub file: String,
    /// Whether the day stands in the name of the file.
    pub is_dated: bool,
    pub level: Level,
    pub details: u32,
    pub filters: u32,
    pub flush: Flush,
    pub max_event_count: usize,
    pub rotation: Rotation,
    pub max_octets: u64,
}

impl Default for LogSettings {
    fn default() -> LogSettings {
        LogSettings {
            is_enabled: true,
            destination: match is_wanted_by_environment() {
                true => Destination::StandardError,
                false => Destination::None,
            },
            file: String::new(),
            is_dated: false,
            level: Level::Debug,
            details: details::TIME | details::LEVEL | details::CONNECTION,
            filters: filters::USUAL,
            flush: Flush::Each,
            max_event_count: 100,
            rotation: Rotation::None,
            max_octets: DEFAULT_OCTETS,
        }
    }
}

/// Fore's switch. It is read once: a host that changes its environment meanwhile would do so under our hands.
fn is_wanted_by_environment() -> bool {
    static IS_WANTED: OnceLock<bool> = OnceLock::new();
    *IS_WANTED.get_or_init(|| std::env::var_os("CURLOPT_VERBOSE").is_some_and(|it| it == "1"))
}

impl LogSettings {
    /// A name wants a file; without one there is none.
    pub fn set_file(&mut self, name: &str) -> Result<()> {
        if name.contains('\0') {
            return Err(Error::new(Status::Argument, "a file name has no NUL in it"));
        }
        name.clone_into(&mut self.file);
        match (self.destination, name) {
            (Destination::File, "") => self.destination = Destination::None,
            (_, "") => {}
            _ => self.destination = Destination::File,
        }
        Ok(())
    }

    /// There is somebody to be called for each line, or nobody any more.
    pub fn called(&mut self, is_called: bool) {
        match (is_called, self.destination) {
            (true, _) => self.destination = Destination::Callback,
            (false, Destination::Callback) => self.destination = Destination::None,
            _ => {}
        }
    }

    /// Whether the host has asked for what stands in messages.
    pub fn shows_octets(&self) -> bool {
        self.filters & filters::DATA != 0 && self.level >= Level::Debug
    }

    pub fn level(&self) -> i32 {
        self.level as i32
    }

    pub fn set_level(&mut self, number: i32) -> Result<()> {
        let level = usize::try_from(number).ok().and_then(|number| LEVELS.get(number));
        let (_, level) = level.ok_or_else(|| {
            let sentence = format!("{number} is no level of a log: 0 to 5 are");
            Error::new(Status::ArgumentOutOfRange, sentence)
        })?;
        self.level = *level;
        Ok(())
    }

    pub fn destination_text(&self) -> String {
        name_of(&DESTINATIONS, self.destination)
    }

    pub fn set_destination_text(&mut self, text: &str) -> Result<()> {
        self.destination = named(&DESTINATIONS, "log destination", text)?;
        Ok(())
    }

    pub fn level_text(&self) -> String {
        name_of(&LEVELS, self.level)
    }

    pub fn set_level_text(&mut self, text: &str) -> Result<()> {
        self.level = named(&LEVELS, "log level", text)?;
        Ok(())
    }

    pub fn flush_text(&self) -> String {
        name_of(&FLUSHES, self.flush)
    }

    pub fn set_flush_text(&mut self, text: &str) -> Result<()> {
        self.flush = named(&FLUSHES, "log flush mode", text)?;
        Ok(())
    }

    pub fn details_text(&self) -> String {
        text_of_bits(&details::NAMES, self.details)
    }

    pub fn set_details_text(&mut self, text: &str) -> Result<()> {
        let usual = LogSettings::default().details;
        self.details = bits(&details::NAMES, "log detail", usual, text)?;
        Ok(())
    }

    pub fn filters_text(&self) -> String {
        text_of_bits(&filters::NAMES, self.filters)
    }

    pub fn set_filters_text(&mut self, text: &str) -> Result<()> {
        self.filters = bits(&filters::NAMES, "log filter", filters::USUAL, text)?;
        Ok(())
    }

    pub fn rotation_text(&self) -> String {
        let mode = match self.rotation {
            Rotation::None => return String::from("none"),
            Rotation::DeleteHalf => String::from("delete-half"),
            Rotation::Rotate(files) => format!("rotate-{files}"),
        };
        format!("{mode}:{}", self.max_octets)
    }

    /// `none`, `delete-half` or `rotate-5`, the latter two with a colon and the octets behind which it happens.
    pub fn set_rotation_text(&mut self, text: &str) -> Result<()> {
        let text = text.trim();
        let (mode, octets) = match text.split_once(':') {
            Some((mode, octets)) => (mode, Some(octets.trim())),
            None => (text, None),
        };
        let mode = mode.trim().to_ascii_lowercase();
        let rotation = match (mode.as_str(), mode.strip_prefix("rotate-")) {
            ("none", _) => Rotation::None,
            ("delete-half", _) => Rotation::DeleteHalf,
            (_, Some(files)) => match files.parse() {
                Ok(files @ 1..=MOST_FILES) => Rotation::Rotate(files),
                _ => {
                    let sentence = format!("; rotate-1 to rotate-{MOST_FILES} are");
                    return Err(unknown("log rotation mode", &mode, &sentence));
                }
            },
            _ => return Err(unknown("log rotation mode", &mode, &hint(&mode, ROTATIONS))),
        };
        self.max_octets = octets.map_or(Ok(DEFAULT_OCTETS), size)?;
        self.rotation = rotation;
        Ok(())
    }

    pub fn set_max_event_count(&mut self, count: i64) -> Result<()> {
        self.max_event_count =
            super::super::within("number of lines", count, 1..=1_000_000)? as usize;
        Ok(())
    }
}

/// The size beyond which a file is rotated.
fn size(text: &str) -> Result<u64> {
    match text.parse::<u64>() {
        Ok(octets) if octets >= LEAST_OCTETS => Ok(octets),
        Ok(octets) => {
            let sentence = format!(
                "{octets} octets are too few for a log that is rotated: {LEAST_OCTETS} is the least"
            );
            Err(Error::new(Status::ConfigValue, sentence))
        }
        Err(_) => Err(unknown("number of octets", text, "; digits alone are, such as 1048576")),
    }
}

fn name_of<T: Copy + PartialEq>(names: &[(&str, T)], wanted: T) -> String {
    let found = names.iter().find(|(_, value)| *value == wanted);
    found.map_or_else(String::new, |(name, _)| (*name).to_owned())
}

fn named<T: Copy>(names: &[(&'static str, T)], what: &str, text: &str) -> Result<T> {
    let text = text.trim();
    let found = names.iter().find(|(name, _)| name.eq_ignore_ascii_case(text));
    found
        .map(|(_, value)| *value)
        .ok_or_else(|| unknown(what, text, &hint(text, names.iter().map(|(name, _)| *name))))
}

fn unknown(what: &str, text: &str, hint: &str) -> Error {
    Error::new(Status::ConfigValue, format!("'{}' is no {what}{hint}", shown(text)))
}

fn text_of_bits(names: &[(&str, u32)], bits: u32) -> String {
    let named: Vec<_> =
        names.iter().filter(|(_, bit)| bits & bit != 0).map(|(name, _)| *name).collect();
    named.join(",")
}

/// Names with commas between; one with a hyphen before it is taken away. Where the first is taken away, it is from what is usual.
fn bits(names: &[(&'static str, u32)], what: &str, usual: u32, text: &str) -> Result<u32> {
    let mut words = text.split(',').map(str::trim).filter(|word| !word.is_empty()).peekable();
    let mut bits = match words.peek() {
        Some(first) if first.starts_with('-') => usual,
        _ => 0,
    };
    for word in words {
        match word.strip_prefix('-') {
            Some(word) => bits &= !named(names, what, word)?,
            None => bits |= named(names, what, word)?,
        }
    }
    Ok(bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_back_as_they_were_set() {
        let mut settings = LogSettings::default();
        settings.set_filters_text("dns, tls,smtp,-data").unwrap();
        assert_eq!(settings.filters_text(), "dns,tls,smtp");
        settings.set_filters_text("-dns").unwrap();
        assert_eq!(settings.filters_text(), "net,tls,smtp");
        settings.set_details_text("").unwrap();
        assert_eq!(settings.details_text(), "");
        for mode in ["none", "delete-half:2048", "rotate-3:4096", "rotate-100:10485760"] {
            settings.set_rotation_text(mode).unwrap();
            assert_eq!(settings.rotation_text(), mode);
        }
    }

    #[test]
    fn what_is_no_value_is_refused_and_changes_nothing() {
        let mut settings = LogSettings::default();
        let before = settings.clone();
        for mode in ["rotate-0", "rotate-101", "rotate-x", "rotat", "rotate-5:10", "none:x", ""] {
            assert!(settings.set_rotation_text(mode).is_err(), "{mode}");
        }
        for (mode, words) in [
            ("rotate-5:10", "10 octets are too few for a log that is rotated: 1024 is the least"),
            ("rotate-5:4k", "'4k' is no number of octets; digits alone are, such as 1048576"),
            ("rotate:10", "'rotate' is no log rotation mode; the nearest is rotate-5"),
            ("rotate-0:x", "'rotate-0' is no log rotation mode; rotate-1 to rotate-100 are"),
        ] {
            assert_eq!(settings.set_rotation_text(mode).unwrap_err().message(), words);
        }
        let error = settings.set_filters_text("dns,tsl").unwrap_err();
        assert_eq!(error.message(), "'tsl' is no log filter; the nearest is tls");
        assert!(settings.set_level(6).is_err() && settings.set_level(-1).is_err());
        assert!(settings.set_max_event_count(0).is_err());
        assert!(settings.set_file("a\0b").is_err());
        assert_eq!(settings, before);
    }

    #[test]
    fn a_name_leads_to_the_file() {
        let mut settings = LogSettings { destination: Destination::None, ..LogSettings::default() };
        settings.set_file("smtp.log").unwrap();
        assert_eq!(settings.destination_text(), "file");
        settings.set_file("").unwrap();
        assert_eq!(settings.destination_text(), "none");
        settings.called(true);
        settings.set_file("").unwrap();
        assert_eq!(settings.destination_text(), "callback");
    }
}
