//! The date of a message (RFC 5322 section 3.3).

const DAY: i64 = 86_400;

/// Appends `seconds` since 1970-01-01 UTC as a date-time of RFC 5322, in UTC.
pub fn append_date_time(seconds: i64, out: &mut Vec<u8>) {
    let (days, second) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
    let (year, month, day) = civil(days);
    let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][days.rem_euclid(7) as usize];
    let month =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
            [month - 1];
    out.extend_from_slice(weekday.as_bytes());
    out.extend_from_slice(b", ");
    append_two_digits(day, out);
    out.push(b' ');
    out.extend_from_slice(month.as_bytes());
    out.push(b' ');
    append_two_digits(year / 100, out);
    append_two_digits(year % 100, out);
    for (mark, number) in [(b' ', second / 3600), (b':', second / 60 % 60), (b':', second % 60)] {
        out.push(mark);
        append_two_digits(number, out);
    }
    out.extend_from_slice(b" +0000");
}

fn append_two_digits(number: i64, out: &mut Vec<u8>) {
    out.extend([number / 10, number % 10].map(|digit| b'0' + digit as u8));
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
            let mut date = Vec::new();
            append_date_time(seconds, &mut date);
            assert_eq!(String::from_utf8(date).unwrap(), expected);
        }
    }
}
