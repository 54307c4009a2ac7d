//! The date of a message (RFC 5322 section 3.3).

use crate::error::{Error, Result, Status};
use std::cell::Cell;

const DAY: i64 = 86_400;

const WEEKDAYS: [&[u8; 3]; 7] = [b"Thu", b"Fri", b"Sat", b"Sun", b"Mon", b"Tue", b"Wed"];

const MONTHS: [&[u8; 3]; 12] = [
    b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec",
];

/// A moment, and the zone that it is told in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateTime {
    /// Since 1970-01-01 UTC.
    pub seconds: i64,
    /// East of UTC.
    pub zone_minutes: i16,
}

impl DateTime {
    /// The years that have four digits, which are those of RFC 5322.
    const SECONDS: std::ops::Range<i64> = -59_011_459_200..253_402_300_800;

    /// Zones have hours of two digits; less than a day is what makes sense.
    const LONGEST_ZONE: i16 = 24 * 60 - 1;

    pub fn new(seconds: i64, zone_minutes: i32) -> Result<DateTime> {
        let zone = i16::try_from(zone_minutes).ok();
        let zone = zone.filter(|zone| zone.unsigned_abs() <= DateTime::LONGEST_ZONE.unsigned_abs());
        let local = seconds.saturating_add(i64::from(zone_minutes) * 60);
        match zone.filter(|_| DateTime::SECONDS.contains(&local)) {
            Some(zone_minutes) => Ok(DateTime { seconds, zone_minutes }),
            None => Err(Error::new(
                Status::ArgumentOutOfRange,
                format!("{seconds} s and a zone of {zone_minutes} min make no date of a message"),
            )),
        }
    }

    /// From a date-time of RFC 5322, obsolete forms included. Comments and the day of the week say nothing.
    pub fn parse(text: &str) -> Result<DateTime> {
        read(text).ok_or_else(|| {
            let shown: String = text.chars().take(80).flat_map(char::escape_debug).collect();
            Error::new(Status::FieldValue, format!("'{shown}' is no date of a message"))
        })
    }

    /// As RFC 5322 writes it.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&date_time(*self)).into_owned()
    }
}

fn read(text: &str) -> Option<DateTime> {
    let bare = without_comments(text);
    let after_weekday = bare.split_once(',').map_or(bare.as_str(), |(_, rest)| rest);
    let mut words = after_weekday.split_ascii_whitespace().peekable();
    // Old programs leave the comma out.
    words.next_if(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()));
    let day = number(words.next()?)?;
    let name = words.next()?;
    let month = MONTHS.iter().position(|month| month.eq_ignore_ascii_case(name.as_bytes()))?;
    let year = full_year(words.next()?)?;
    let mut clock = words.next()?.split(':').map(number);
    let (hour, minute) = (clock.next()??, clock.next()??);
    let second = clock.next().unwrap_or(Some(0))?;
    let zone = words.next().map_or(Some(0), zone_minutes)?;
    let days = days_before(year, month)? + day - 1;
    let is_real = day >= 1 && civil(days) == (year, month + 1, day);
    // A leap second is the last of its minute.
    if !is_real || hour > 23 || minute > 59 || second > 60 || clock.next().is_some() {
        return None;
    }
    let seconds = days * DAY + hour * 3600 + minute * 60 + second.min(59);
    DateTime::new(seconds - i64::from(zone) * 60, zone).ok()
}

fn without_comments(text: &str) -> String {
    let mut depth = 0_usize;
    text.chars()
        .filter(|c| {
            depth += usize::from(*c == '(');
            let is_outside = depth == 0;
            depth = depth.saturating_sub(usize::from(*c == ')'));
            is_outside
        })
        .collect()
}

fn number(digits: &str) -> Option<i64> {
    let is_number = digits.len() <= 4 && digits.bytes().all(|digit| digit.is_ascii_digit());
    digits.parse().ok().filter(|_| is_number)
}

/// Years of two and three digits as RFC 5322 section 4.3 reads them.
fn full_year(digits: &str) -> Option<i64> {
    let year = number(digits)?;
    Some(match digits.len() {
        2 if year < 50 => year + 2000,
        2 | 3 => year + 1900,
        _ => year,
    })
}

/// The zone in minutes. Names that nobody can tell the meaning of are UTC (RFC 5322 section 4.3).
fn zone_minutes(zone: &str) -> Option<i32> {
    const NAMES: [(&str, i32); 8] = [
        ("EDT", -4),
        ("EST", -5),
        ("CDT", -5),
        ("CST", -6),
        ("MDT", -6),
        ("MST", -7),
        ("PDT", -7),
        ("PST", -8),
    ];
    let Some(digits) = zone.strip_prefix(['+', '-']) else {
        let named = NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(zone));
        let is_name = zone.bytes().all(|letter| letter.is_ascii_alphabetic());
        return is_name.then(|| named.map_or(0, |(_, hours)| hours * 60));
    };
    let number = i32::try_from(number(digits)?).ok().filter(|_| digits.len() == 4)?;
    let minutes = number / 100 * 60 + number % 100;
    let is_real = number % 100 < 60 && minutes <= i32::from(DateTime::LONGEST_ZONE);
    is_real.then_some(if zone.starts_with('-') { -minutes } else { minutes })
}

/// The days from 1970-01-01 to the first of a month, of which 0 is January.
fn days_before(year: i64, month: usize) -> Option<i64> {
    const DAYS: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let leap_years = |year: i64| year / 4 - year / 100 + year / 400;
    // The leap day of this year counts from March on.
    let leap_days = leap_years(if month > 1 { year } else { year - 1 }) - leap_years(1969);
    (year >= 1).then(|| (year - 1970) * 365 + leap_days + DAYS[month])
}

thread_local! {
    /// The date that was written last: most messages of a run bear the same.
    static LAST: Cell<(DateTime, [u8; 31])> = const { Cell::new((EPOCH, EPOCH_TEXT)) };
}

const EPOCH: DateTime = DateTime { seconds: 0, zone_minutes: 0 };
const EPOCH_TEXT: [u8; 31] = *b"Thu, 01 Jan 1970 00:00:00 +0000";

/// A date-time of RFC 5322.
pub fn date_time(moment: DateTime) -> [u8; 31] {
    let (last, text) = LAST.get();
    if last == moment {
        return text;
    }
    let text = written(moment);
    LAST.set((moment, text));
    text
}

fn written(moment: DateTime) -> [u8; 31] {
    let local = moment.seconds + i64::from(moment.zone_minutes) * 60;
    let (days, second) = (local.div_euclid(DAY), local.rem_euclid(DAY));
    let (year, month, day) = civil(days);
    let zone = i64::from(moment.zone_minutes.unsigned_abs());
    let mut text = EPOCH_TEXT;
    if moment.zone_minutes < 0 {
        text[26] = b'-';
    }
    text[..3].copy_from_slice(WEEKDAYS[days.rem_euclid(7) as usize]);
    text[8..11].copy_from_slice(MONTHS[month - 1]);
    let numbers = [
        (5, day),
        (12, year / 100),
        (14, year % 100),
        (17, second / 3600),
        (20, second / 60 % 60),
        (23, second % 60),
        (27, zone / 60),
        (29, zone % 60),
    ];
    for (place, number) in numbers {
        text[place] = b'0' + (number / 10) as u8;
        text[place + 1] = b'0' + (number % 10) as u8;
    }
    text
}

/// Year, month and day of a day counted from 1970-01-01, in the Gregorian calendar. Years are counted from March, so
/// that the leap day is the last of its year.
fn civil(days: i64) -> (i64, usize, i64) {
    let days = days + 719_468; // from 0000-03-01
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year, month as usize, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_date_1() {
        for (seconds, expected) in [
            (0, "Thu, 01 Jan 1970 00:00:00 +0000"),
            (951_782_399, "Mon, 28 Feb 2000 23:59:59 +0000"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 +0000"),
            (1_795_231_681, "Sat, 21 Nov 2026 03:28:01 +0000"),
            (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 +0000"),
        ] {
            assert_eq!(DateTime { seconds, zone_minutes: 0 }.text(), expected);
            assert_eq!(DateTime::parse(expected).unwrap().seconds, seconds);
        }
    }

    #[test]
    fn dates_are_told_in_their_zones() {
        for (zone_minutes, expected) in
            [(180, "Thu, 01 Jan 1970 03:00:00 +0300"), (-210, "Wed, 31 Dec 1969 20:30:00 -0330")]
        {
            let date = DateTime::new(0, zone_minutes).unwrap();
            assert_eq!(date.text(), expected);
            assert_eq!(DateTime::parse(expected).unwrap(), date);
        }
        for (text, expected) in [
            ("21 Nov 2026 03:28 GMT", "Sat, 21 Nov 2026 03:28:00 +0000"),
            ("sat,21 nov 26 3:28:60 EST (winter (time))", "Sat, 21 Nov 2026 03:28:59 -0500"),
            ("Mon 1 Jan 99 00:00:00 X", "Fri, 01 Jan 1999 00:00:00 +0000"),
            ("29 Feb 2000 12:00:00 -0000", "Tue, 29 Feb 2000 12:00:00 +0000"),
            ("01 Mar 1900 00:00:00 +0000", "Thu, 01 Mar 1900 00:00:00 +0000"),
        ] {
            assert_eq!(DateTime::parse(text).unwrap().text(), expected);
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "now",
            "(",
            "32 Nov 2026 00:00:00 +0000",
            "0 Nov 2026 00:00:00 +0000",
            "29 Feb 1900 00:00:00 +0000",
            "21 Nov 2026 24:00:00 +0000",
            "21 Nov 2026 1:2:3:4 +0000",
            "21 Nov 99999 00:00:00 +0000",
            "21 Nov 2026 00:00:00 +1",
            "Sat, 21 Nov 2026 03:28:01 +9999",
        ] {
            assert_eq!(DateTime::parse(text).expect_err(text).status(), Status::FieldValue);
        }
        for (seconds, zone) in [(i64::MAX, 0), (i64::MIN, 0), (0, 1440), (0, -100_000)] {
            let error = DateTime::new(seconds, zone).unwrap_err();
            assert_eq!(error.status(), Status::ArgumentOutOfRange);
        }
    }
}
