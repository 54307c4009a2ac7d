//! Values as SecureBlackbox writes them.

use crate::error::{Error, Result, Status};
use crate::model::nearest::shown;

/// `true`, `false`, `1` or `0`, in any letter case.
pub fn boolean(name: &str, value: &str) -> Result<bool> {
    match value.trim().to_ascii_lowercase().as_str() {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        _ => Err(refused(name, value, "true or false, 1 or 0")),
    }
}

/// A whole number in decimal digits.
pub fn number(name: &str, value: &str) -> Result<i64> {
    let digits = value.trim();
    let is_number = digits.strip_prefix('-').unwrap_or(digits).bytes().all(|c| c.is_ascii_digit());
    let number = digits.parse().ok().filter(|_| is_number);
    number.ok_or_else(|| refused(name, value, "a whole number of 64 bits"))
}

pub fn refused(name: &str, value: &str, wanted: &str) -> Error {
    let sentence = format!("'{}' is no value of {name}, which is {wanted}", shown(value));
    Error::new(Status::ConfigValue, sentence)
}

pub fn text_of_boolean(value: bool) -> String {
    String::from(if value { "true" } else { "false" })
}
