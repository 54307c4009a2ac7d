//! What a line of the log looks like.

use super::settings::{Level, LogSettings, details, filters};
use crate::deliver::{Note, Sight};
use crate::error::{Error, Phase};
use std::fmt::Write;

/// Of each block of a message no more octets are shown.
const MOST_SHOWN: usize = 1024;

/// Octets in a line of hexadecimal digits.
const ROW: usize = 16;

/// Something that is logged.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    pub level: Level,
    area: &'static str,
    text: String,
}

/// What is told of something that has happened: nothing if the settings do not want it.
pub fn entry(sight: &Sight, settings: &LogSettings) -> Option<Entry> {
    let (level, filter) = rank(sight, settings);
    if level > settings.level || settings.filters & filter == 0 {
        return None;
    }
    let text = match sight {
        Sight::Command(line) => format!("C: {line}"),
        Sight::Reply(heard) => {
            let lines: Vec<_> = heard.text.lines().map(|line| format!("S: {line}")).collect();
            lines.join("\n")
        }
        Sight::Octets(command, octets) => told(command, octets, settings),
        Sight::Error(error) => format!("error {}: {}", error.code(), error.message()),
        Sight::Note(note, parameters) => match parameters.is_empty() {
            true => name(*note).to_owned(),
            false => format!("{}: {parameters}", name(*note)),
        },
    };
    let area = filters::NAMES.iter().find(|(_, bit)| *bit == filter).map_or("", |(name, _)| name);
    Some(Entry { level, area, text })
}

/// The lines of an entry, with what the settings want before each. There is nothing in them that could be taken for another line.
pub fn lines(
    entry: &Entry,
    connection: u32,
    nanoseconds: u64,
    settings: &LogSettings,
) -> Vec<String> {
    let has = |detail| settings.details & detail != 0;
    let mut prefix = String::new();
    if has(details::TIME) {
        prefix.push_str(&time(nanoseconds));
        prefix.push(' ');
    }
    if has(details::LEVEL) {
        let _ = write!(prefix, "{} ", format!("{:?}", entry.level).to_lowercase());
    }
    if has(details::THREAD) {
        let id = format!("{:?}", std::thread::current().id());
        let number: String = id.chars().filter(char::is_ascii_digit).collect();
        let _ = write!(prefix, "[{}/{number}] ", std::process::id());
    }
    if has(details::CONNECTION) {
        let _ = write!(prefix, "#{connection} ");
    }
    let _ = write!(prefix, "{} ", entry.area);
    let harmless = |c: char| if c.is_control() { '?' } else { c };
    let whole = |line: &str| format!("{prefix}{}", line.chars().map(harmless).collect::<String>());
    entry.text.split('\n').map(whole).collect()
}

fn rank(sight: &Sight, settings: &LogSettings) -> (Level, u32) {
    match sight {
        Sight::Command(_) | Sight::Reply(_) => (Level::Debug, filters::SMTP),
        // How many there are is no secret.
        Sight::Octets(..) if !settings.shows_octets() => (Level::Trace, filters::SMTP),
        Sight::Octets(..) => (Level::Debug, filters::DATA),
        Sight::Error(error) => (Level::Error, area_of(error)),
        Sight::Note(note, _) => match note {
            Note::Resolving | Note::Resolved => (Level::Info, filters::DNS),
            Note::Connecting | Note::Connected | Note::ProxyConnected | Note::ConnectionClosed => {
                (Level::Info, filters::NET)
            }
            Note::TlsStarted | Note::TlsEstablished | Note::TlsResumed => {
                (Level::Info, filters::TLS)
            }
            Note::LoginInClear | Note::Retry => (Level::Warning, filters::SMTP),
            Note::Authenticated | Note::MessageAccepted | Note::LogFailed => {
                (Level::Info, filters::SMTP)
            }
        },
    }
}

fn area_of(error: &Error) -> u32 {
    match error.phase() {
        Some(Phase::Resolve) => filters::DNS,
        Some(Phase::Connect) => filters::NET,
        Some(Phase::Tls) => filters::TLS,
        _ => filters::SMTP,
    }
}

fn name(note: Note) -> &'static str {
    match note {
        Note::Resolving => "resolving",
        Note::Resolved => "resolved",
        Note::Connecting => "connecting",
        Note::Connected => "connected",
        Note::ProxyConnected => "proxy connected",
        Note::TlsStarted => "TLS started",
        Note::TlsEstablished => "TLS established",
        Note::TlsResumed => "TLS resumed",
        Note::Authenticated => "authenticated",
        Note::MessageAccepted => "message accepted",
        Note::ConnectionClosed => "connection closed",
        Note::Retry => "retry",
        Note::LogFailed => "log failed",
        Note::LoginInClear => "the login goes in clear",
    }
}

/// How many octets of a message go out, and on request the first of them.
fn told(command: &str, octets: &[u8], settings: &LogSettings) -> String {
    let mut text = format!("C: {} octets of {command}", octets.len());
    if !settings.shows_octets() {
        return text;
    }
    let shown = &octets[..octets.len().min(MOST_SHOWN)];
    if settings.details & details::HEX != 0 {
        for row in shown.chunks(ROW) {
            text.push_str("\nC:");
            for octet in row {
                let _ = write!(text, " {octet:02x}");
            }
        }
    } else {
        for line in String::from_utf8_lossy(shown).lines() {
            let _ = write!(text, "\nC| {line}");
        }
    }
    if shown.len() < octets.len() {
        let _ = write!(text, "\nC| ({} more)", octets.len() - shown.len());
    }
    text
}

fn time(nanoseconds: u64) -> String {
    let seconds = nanoseconds / 1_000_000_000;
    let of_day = seconds % 86_400;
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    let milliseconds = nanoseconds / 1_000_000 % 1000;
    format!("{}T{hour:02}:{minute:02}:{second:02}.{milliseconds:03}Z", day(nanoseconds))
}

/// The day, by Coordinated Universal Time.
pub fn day(nanoseconds: u64) -> String {
    // Years begin with March here, so that a leap day is the last (Howard Hinnant's civil_from_days).
    let days = nanoseconds / 1_000_000_000 / 86_400 + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_those_of_the_calendar() {
        assert_eq!(time(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(time(951_782_399_999_000_000), "2000-02-28T23:59:59.999Z");
        assert_eq!(day(951_782_400_000_000_000), "2000-02-29");
        assert_eq!(day(4_107_542_400_000_000_000), "2100-03-01");
        assert_eq!(day(1_767_225_599_000_000_000), "2025-12-31");
    }

    #[test]
    fn nothing_can_be_taken_for_another_line() {
        let settings = LogSettings { details: 0, ..LogSettings::default() };
        let sight = Sight::Note(Note::Retry, "wait=1;reason=a\r\x1b[31mb\nc");
        let entry = entry(&sight, &settings).unwrap();
        let lines = lines(&entry, 1, 0, &settings);
        assert_eq!(lines, ["smtp retry: wait=1;reason=a??[31mb", "smtp c"]);
    }

    #[test]
    fn messages_are_shown_on_request_alone_and_not_without_end() {
        let level = Level::Trace;
        let mut settings = LogSettings { details: 0, level, ..LogSettings::default() };
        let octets = b"Subject: x\r\n".repeat(1000);
        let sight = Sight::Octets("DATA", &octets);
        assert_eq!(entry(&sight, &settings).unwrap().text, "C: 12000 octets of DATA");
        settings.filters |= filters::DATA;
        let text = entry(&sight, &settings).unwrap().text;
        assert!(text.contains("\nC| Subject: x\n") && text.len() < 2000, "{text}");
        assert!(text.ends_with("C| (10976 more)"), "{text}");
        settings.details = details::HEX;
        let text = entry(&sight, &settings).unwrap().text;
        assert!(text.contains("\nC: 53 75 62 6a 65 63 74"), "{text}");
    }

    #[test]
    fn what_is_not_wanted_is_not_told() {
        let mut settings = LogSettings { level: Level::Info, ..LogSettings::default() };
        assert_eq!(entry(&Sight::Command("NOOP"), &settings), None);
        assert!(entry(&Sight::Note(Note::Resolved, ""), &settings).is_some());
        settings.filters = filters::SMTP;
        assert_eq!(entry(&Sight::Note(Note::Resolved, ""), &settings), None);
    }
}
