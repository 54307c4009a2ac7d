//! Text in and out, which is NUL-terminated UTF-8, and octets with their length.

use crate::error::{Error, Result, Status};
use crate::model::{SeenText, look};
use encoding_rs::Encoding;
use std::ffi::{CStr, CString, c_char};

/// Octets of most names, addresses and subjects.
const SHORT_TEXT: usize = 64;

/// The text of a host.
///
/// # Safety
/// `text` is NULL or a NUL-terminated string that stays as it is while the result is in use.
pub unsafe fn text_in<'a>(text: *const c_char, parameter: &str) -> Result<&'a str> {
    // SAFETY: as promised by the caller.
    as_text(unsafe { octets_of(text, parameter) }?, parameter)
}

/// The text of a host that is to be the text of a message. The look at it mostly tells already that it is one.
///
/// # Safety
/// As for [`text_in`].
pub unsafe fn body_in<'a>(text: *const c_char, parameter: &str) -> Result<SeenText<'a>> {
    // SAFETY: as promised by the caller.
    let octets = unsafe { octets_of(text, parameter) }?;
    let seen = look(octets);
    let text = match seen.is_ascii {
        // SAFETY: what is ASCII is UTF-8.
        true => unsafe { std::str::from_utf8_unchecked(octets) },
        false => as_text(octets, parameter)?,
    };
    Ok(SeenText::known(text, seen))
}

/// What stands in front of the NUL.
///
/// # Safety
/// As for [`text_in`].
#[inline(always)] // Each Send of a new text pays for the call.
unsafe fn octets_of<'a>(text: *const c_char, parameter: &str) -> Result<&'a [u8]> {
    match text.is_null() {
        // SAFETY: not NULL, and NUL-terminated as promised by the caller.
        false => Ok(unsafe { CStr::from_ptr(text) }.to_bytes()),
        true => Err(Error::new(Status::ArgumentNull, format!("{parameter} is NULL"))),
    }
}

fn as_text<'a>(octets: &'a [u8], parameter: &str) -> Result<&'a str> {
    // Of a short ASCII text std has found out before encoding_rs has begun.
    let is_plain = octets.len() < SHORT_TEXT && octets.is_ascii();
    let valid = if is_plain { octets.len() } else { Encoding::utf8_valid_up_to(octets) };
    if valid < octets.len() {
        let sentence = format!("{parameter} is not valid UTF-8 from octet {valid} on");
        return Err(Error::new(Status::Utf8, sentence));
    }
    // SAFETY: all of it has just been found valid; of a long text by encoding_rs, which is faster than std.
    Ok(unsafe { std::str::from_utf8_unchecked(octets) })
}

/// Copies as much as the buffer takes, cut between characters, with a NUL behind it. Returns the length of the whole text.
///
/// # Safety
/// `buffer` is NULL or has room for `capacity` octets.
pub unsafe fn copy_out(text: &str, buffer: *mut c_char, capacity: usize) -> i64 {
    if !buffer.is_null() && capacity > 0 {
        let copied = text.floor_char_boundary(capacity - 1);
        // SAFETY: `copied` is less than `capacity`; a buffer of the host does not overlap a text of ours.
        unsafe {
            std::ptr::copy_nonoverlapping(text.as_ptr().cast(), buffer, copied);
            *buffer.add(copied) = 0;
        }
    }
    text.len() as i64
}

/// A text for the host. What stands behind a NUL, which none of ours has, would not be seen.
pub fn text_out(text: &str) -> CString {
    CString::new(text.replace('\0', " ")).unwrap_or_default()
}

/// The text of a host that may be NULL.
///
/// # Safety
/// As for [`text_in`].
pub unsafe fn optional_text_in<'a>(
    text: *const c_char,
    parameter: &str,
) -> Result<Option<&'a str>> {
    // SAFETY: as promised by the caller.
    if text.is_null() { Ok(None) } else { unsafe { text_in(text, parameter) }.map(Some) }
}

/// The octets of a host. Where there are none, there need be no pointer.
///
/// # Safety
/// `data` is NULL or points to `length` octets that stay as they are while the result is in use.
pub unsafe fn bytes_in<'a>(data: *const u8, length: usize, parameter: &str) -> Result<&'a [u8]> {
    if data.is_null() && length > 0 {
        return Err(Error::new(Status::ArgumentNull, format!("{parameter} is NULL")));
    }
    if length == 0 {
        return Ok(&[]);
    }
    if isize::try_from(length).is_err() {
        let sentence = format!("{parameter} cannot have {length} octets");
        return Err(Error::new(Status::ArgumentOutOfRange, sentence));
    }
    // SAFETY: not NULL, and of that length as promised by the caller.
    Ok(unsafe { std::slice::from_raw_parts(data, length) })
}

/// Copies as many octets as the buffer takes. Returns how many there are.
///
/// # Safety
/// `buffer` is NULL or has room for `capacity` octets.
pub unsafe fn copy_octets_out(octets: &[u8], buffer: *mut u8, capacity: usize) -> i64 {
    if !buffer.is_null() {
        let copied = octets.len().min(capacity);
        // SAFETY: `copied` is at most `capacity`; a buffer of the host does not overlap octets of ours.
        unsafe { std::ptr::copy_nonoverlapping(octets.as_ptr(), buffer, copied) };
    }
    octets.len() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_between_characters_and_always_terminated() {
        for (capacity, expected) in [(1, ""), (2, ""), (3, "Ё"), (4, "Ё"), (5, "Ёж"), (9, "Ёж")]
        {
            let mut buffer = [b'#' as c_char; 10];
            let length = unsafe { copy_out("Ёж", buffer.as_mut_ptr(), capacity) };
            let written = unsafe { CStr::from_ptr(buffer.as_ptr()) };
            assert_eq!((length, written.to_str().unwrap()), (4, expected));
            assert_eq!(buffer[capacity], b'#' as c_char);
        }
        assert_eq!(unsafe { copy_out("abc", std::ptr::null_mut(), 9) }, 3);
    }

    #[test]
    fn null_and_broken_text_are_refused() {
        let status = |text| unsafe { text_in(text, "text") }.unwrap_err().status();
        assert_eq!(status(std::ptr::null()), Status::ArgumentNull);
        assert_eq!(status(c"a\xff".as_ptr()), Status::Utf8);
    }
}
