//! Lists of addresses. What is taken must be addresses that no reader takes for something else, and come back the same.

use super::face::{Handle, c, object, ok, status, sure, text};
use super::octets;
use inetmail::ffi::mail_address::*;
use inetmail::ffi::mail_address_collection::*;
use inetmail::ffi::mail_message::*;
use inetmail::ffi::message_storage::*;

pub fn run(data: &[u8]) {
    let list = c(data);
    object(unsafe { INetMailAddress_Parse(list.as_ptr()) });
    object(unsafe { INetMailAddress_Create(list.as_ptr()) });
    let message = sure(INetMailMessage_Create());
    let to = sure(INetMailMessage_GetTo(message.0));
    if !status(unsafe { INetMailAddressCollection_AddString(to.0, list.as_ptr()) }) {
        assert_eq!(INetMailAddressCollection_GetCount(to.0), 0, "a refused list was added");
        return;
    }
    let found = mailboxes(&to);
    assert!(!found.is_empty(), "an empty list was taken");
    for (address, name) in &found {
        assert_sound(address);
        assert!(!name.contains(['\r', '\n']), "a line break in a name");
    }
    assert_same_when_written(&to, &found);
    assert_same_when_sent(message, &found);
}

/// Address and name of each.
fn mailboxes(list: &Handle<INetMailAddressCollection>) -> Vec<(String, String)> {
    let all = 0..INetMailAddressCollection_GetCount(list.0);
    let mailboxes = all.map(|index| {
        let address = sure(INetMailAddressCollection_GetItem(list.0, index));
        let part = |get: unsafe extern "C" fn(*const INetMailAddress, *mut _, usize) -> i64| {
            text(|buffer, capacity| unsafe { get(address.0, buffer, capacity) }).expect("a part")
        };
        let (user, host) = (part(INetMailAddress_GetUser), part(INetMailAddress_GetHost));
        let whole = part(INetMailAddress_GetAddress);
        assert_eq!(whole, format!("{user}@{host}"));
        (whole, part(INetMailAddress_GetDisplayName))
    });
    mailboxes.collect()
}

/// Nothing in an address may end a command or a path of SMTP.
fn assert_sound(address: &str) {
    assert!(!address.contains(char::is_control), "a control character in {address:?}");
    let mut is_quoted = false;
    let mut is_escaped = false;
    for c in address.chars() {
        assert!(is_quoted || !matches!(c, '<' | '>' | ' ' | ','), "a special in {address:?}");
        is_quoted ^= c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
    }
    assert!(!is_quoted, "an open quote in {address:?}");
}

fn assert_same_when_written(
    list: &Handle<INetMailAddressCollection>,
    expected: &[(String, String)],
) {
    let written = text(|buffer, capacity| unsafe {
        INetMailAddressCollection_ToString(list.0, buffer, capacity)
    });
    let written = c(written.expect("a text").as_bytes());
    let again = sure(INetMailMessage_Create());
    let again = sure(INetMailMessage_GetTo(again.0));
    ok(unsafe { INetMailAddressCollection_AddString(again.0, written.as_ptr()) });
    assert_eq!(mailboxes(&again), expected, "written and read again");
}

fn assert_same_when_sent(message: Handle<INetMailMessage>, expected: &[(String, String)]) {
    let from = sure(unsafe { INetMailAddress_Create(c"from@example.org".as_ptr()) });
    ok(INetMailMessage_SetFrom(message.0, from.0));
    let sent = super::face::octets(|buffer, capacity| unsafe {
        INetMailMessage_GetBytes(message.0, buffer, capacity)
    });
    let sent = sent.expect("a message");
    octets::assert_crlf(&sent);
    octets::assert_short_lines(&sent);
    let (header, body) = octets::split(&sent);
    assert!(body.is_empty());
    let names = octets::field_names(header);
    let own = ["date", "from", "to", "message-id", "mime-version", "content-type"];
    assert_eq!(names[..6], own);
    assert_eq!(names[6..], ["content-transfer-encoding"]);
    let loaded = sure(unsafe { INetMailMessage_LoadBytes(sent.as_ptr(), sent.len()) });
    let to = mailboxes(&sure(INetMailMessage_GetTo(loaded.0)));
    // The loader passes over some forms that a list may have: "a>b"@c, a@[IPv6:::1], =?a@b.
    let is_plain = |c: char| c.is_alphanumeric() || ".-_@".contains(c);
    if expected.iter().all(|(address, _)| address.chars().all(is_plain)) {
        assert_eq!(to.len(), expected.len(), "as many recipients as were sent to");
    }
}
