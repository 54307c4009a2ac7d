//! Header fields with any name and value. What is taken stands in the header, and nothing else does.
//!
//! The input: lines of `=name:value` (set) or `+name:value` (add), parted by octet 1. NUL ends a text.

use super::face::{Handle, c, octets, ok, status, sure, text};
use super::octets::{assert_crlf, assert_short_lines, field_names, lines, split};
use inetmail::ffi::mail_message::*;
use inetmail::ffi::message_headers::*;
use inetmail::ffi::message_storage::*;

const OWN: [&str; 8] = [
    "date",
    "from",
    "to",
    "subject",
    "message-id",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
];

pub fn run(data: &[u8]) {
    let message = sure(unsafe {
        INetMailMessage_CreateWithText(
            c"from@example.org".as_ptr(),
            c"to@example.org".as_ptr(),
            c"Subject".as_ptr(),
            c"Body".as_ptr(),
        )
    });
    let mut taken = Vec::new();
    for step in data.split(|octet| *octet == 1).take(32) {
        taken.extend(add_or_set(&message, step));
    }
    let sent =
        octets(|buffer, capacity| unsafe { INetMailMessage_GetBytes(message.0, buffer, capacity) });
    let sent = sent.expect("what was taken can be sent");
    assert_header(&sent, &taken);
    assert_comes_back(&message, &sent, &taken);
}

/// The name in lower case, if the field was taken.
fn add_or_set(message: &Handle<INetMailMessage>, step: &[u8]) -> Option<String> {
    let (verb, field) = step.split_first()?;
    let colon = field.iter().position(|octet| *octet == b':').unwrap_or(field.len());
    let (name, value) = (c(&field[..colon]), c(field.get(colon + 1..).unwrap_or_default()));
    let code = match verb {
        b'+' => unsafe { INetMailMessage_AddHeader(message.0, name.as_ptr(), value.as_ptr()) },
        _ => unsafe { INetMailMessage_SetHeader(message.0, name.as_ptr(), value.as_ptr()) },
    };
    // From cannot be missing, so that the message can be sent.
    if text(|b, n| unsafe { INetMailMessage_GetHeader(message.0, c"From".as_ptr(), b, n) })
        .is_some_and(|from| from.is_empty())
    {
        let from = c"from@example.org";
        ok(unsafe { INetMailMessage_SetHeader(message.0, c"From".as_ptr(), from.as_ptr()) });
    }
    let name = name.into_string().ok()?.to_ascii_lowercase();
    status(code).then_some(name)
}

fn assert_header(sent: &[u8], taken: &[String]) {
    assert_crlf(sent);
    assert_short_lines(sent);
    let (header, body) = split(sent);
    assert_eq!(body, b"Body\r\n");
    for line in lines(header) {
        let shown = line.escape_ascii();
        let is_printable = |octet: &u8| matches!(octet, b' '..=b'~' | b'\t');
        // UTF-8 stands in addresses alone.
        let is_text = line.iter().all(|octet| is_printable(octet) || !octet.is_ascii());
        assert!(is_text, "a control character in '{shown}'");
        assert!(!line.trim_ascii().is_empty(), "a line of white space");
    }
    let names = field_names(header);
    for name in &names {
        let is_asked_for = OWN.contains(&name.as_str()) || taken.contains(name);
        // Several authors want a Sender (RFC 5322 section 3.6.2).
        assert!(
            is_asked_for || name == "sender" && taken.iter().any(|name| name == "from"),
            "{name}"
        );
        assert!(!matches!(name.as_str(), "bcc" | "resent-bcc" | "return-path"), "{name}");
    }
    for name in OWN {
        let count = names.iter().filter(|found| *found == name).count();
        assert!(count <= 1, "{name} stands {count} times");
    }
}

/// A field that only text stands in is read as it was set.
fn assert_comes_back(message: &Handle<INetMailMessage>, sent: &[u8], taken: &[String]) {
    let loaded = sure(unsafe { INetMailMessage_LoadBytes(sent.as_ptr(), sent.len()) });
    for name in taken.iter().filter(|name| name.starts_with("x-") && *name != "x-priority") {
        let name = c(name.as_bytes());
        let value = |message: &Handle<INetMailMessage>| {
            text(|buffer, capacity| unsafe {
                INetMailMessage_GetHeader(message.0, name.as_ptr(), buffer, capacity)
            })
        };
        let (set, read) = (value(message).expect("a value"), value(&loaded).expect("a value"));
        // A reader of fields gives control characters as spaces, and none at the ends.
        let plain = |text: &str| text.replace(char::is_control, " ").trim().to_owned();
        assert_eq!(plain(&read), plain(&set), "{name:?}");
    }
}
