//! Date-times as FUTURERELEASE has them (RFC 4865, RFC 3339).

const DAY: i64 = 86_400;

/// The moments that have a year of four digits, in seconds since 1970-01-01 UTC.
pub const SECONDS: std::ops::Range<i64> = -62_167_219_200..253_402_300_800;

/// A moment as RFC 3339 writes it in UTC.
pub fn text(seconds: i64) -> String {
    let (days, clock) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
    let (year, month, day) = civil(days);
    let (hour, minute, second) = (clock / 3600, clock / 60 % 60, clock % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// The moment that a date-time of RFC 3339 tells. Parts of a second say nothing.
pub fn parse(text: &str) -> Option<i64> {
    let (date, clock) = text.split_at_checked("2030-01-01".len())?;
    let clock = clock.strip_prefix(['T', 't'])?;
    let (clock, zone) = clock.split_at_checked("00:00:00".len())?;
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    let [hour, minute, second] = numbers(clock, ':', [2, 2, 2])?;
    let zone = match zone.strip_prefix('.') {
        Some(rest) => rest.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => zone,
    };
    let zone_minutes = match zone.split_at_checked(1)? {
        ("Z" | "z", "") => 0,
        ("+", zone) => minutes(zone)?,
        ("-", zone) => -minutes(zone)?,
        _ => return None,
    };
    let days = days_from_civil(year, month, day);
    // A leap second is the last of its minute.
    if civil(days) != (year, month, day) || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    Some(days * DAY + hour * 3600 + minute * 60 + second.min(59) - zone_minutes * 60)
}

fn minutes(zone: &str) -> Option<i64> {
    let [hours, minutes] = numbers(zone, ':', [2, 2])?;
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// Numbers of so many digits, with something between them.
fn numbers<const N: usize>(text: &str, between: char, digits: [usize; N]) -> Option<[i64; N]> {
    let mut numbers = [0; N];
    let mut parts = text.split(between);
    for (number, digits) in numbers.iter_mut().zip(digits) {
        let part = parts.next()?;
        let is_number = part.len() == digits && part.bytes().all(|octet| octet.is_ascii_digit());
        *number = is_number.then(|| part.parse().ok()).flatten()?;
    }
    parts.next().is_none().then_some(numbers)
}

/// Days since 1970-01-01, in years that begin with March: so a leap day is the last of its year.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month > 2 { year } else { year - 1 };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let leap_days = day_of_era / 1_460 - day_of_era / 36_524 + day_of_era / 146_096;
    let year_of_era = (day_of_era - leap_days) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_and_read_alike() {
        for (seconds, shown) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (4_102_444_799, "2099-12-31T23:59:59Z"),
            (SECONDS.start, "0000-01-01T00:00:00Z"),
            (SECONDS.end - 1, "9999-12-31T23:59:59Z"),
        ] {
            assert_eq!(text(seconds), shown);
            assert_eq!(parse(shown), Some(seconds));
        }
        for seconds in (SECONDS.start..SECONDS.end).step_by(40_123_457) {
            assert_eq!(parse(&text(seconds)), Some(seconds));
        }
    }

    #[test]
    fn zones_count_and_what_is_no_moment_is_none() {
        assert_eq!(parse("1970-01-01t01:00:00.25+01:00"), Some(0));
        assert_eq!(parse("1969-12-31T19:00:00-05:00"), Some(0));
        assert_eq!(parse("2016-12-31T23:59:60Z"), parse("2016-12-31T23:59:59Z"));
        for none in [
            "",
            "soon",
            "2030-01-01",
            "2030-02-29T00:00:00Z",
            "2030-01-01T24:00:00Z",
            "2030-01-01T00:00:00",
            "2030-1-1T00:00:00Z",
            "2030-01-01T00:00:00Zx",
            "+030-01-01T00:00:00Z",
            "2030-01-01T00:00:00+1:00",
            "ж030-01-01T00:00:00Z",
            "2030-01-01T00:00:00ж",
            "2030-00-10T00:00:00Z",
            "2030-13-10T00:00:00Z",
        ] {
            assert_eq!(parse(none), None, "{none}");
        }
    }
}
