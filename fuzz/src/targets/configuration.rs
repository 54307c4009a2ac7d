//! Configuration files, lines that set, and names of providers. The first octet says which.
//!
//! A client that came to be answers every getter, and its address lists are lists; a value that was taken reads as it is set, and one that
//! was not leaves what was there.

use super::face::{Handle, c, count, object, ok, status, sure, text};
use inetmail::ffi::config::*;
use inetmail::ffi::config_file::*;
use inetmail::ffi::mail_address_collection::*;
use inetmail::ffi::mail_message::*;
use inetmail::ffi::provider::*;
use inetmail::ffi::smtp_client::*;

type Client = Handle<INetSmtpClient>;

pub fn run(data: &[u8]) {
    match data {
        [b'L', line @ ..] => set(line),
        [b'P', name @ ..] => provider(name),
        [_, file @ ..] => read(file),
        [] => {}
    }
}

fn read(file: &[u8]) {
    let made = unsafe { INetSmtpClient_CreateFromConfigBytes(file.as_ptr(), file.len()) };
    let made = object(made);
    // What is UTF-8 with no mark and no NUL is the same as a text, if its declaration does not say otherwise.
    let is_plain =
        !file.contains(&0) && !file.starts_with(b"\xef\xbb\xbf") && !file.starts_with(b"<?xml");
    if is_plain && std::str::from_utf8(file).is_ok() {
        let xml = c(file);
        let as_text = object(unsafe { INetSmtpClient_CreateFromConfigString(xml.as_ptr()) });
        assert_eq!(as_text.is_some(), made.is_some(), "a text and its octets are one");
    }
    let Some(client) = made else { return };
    let port = count(INetSmtpClient_GetPort(client.0));
    assert!((1..=65535).contains(&port));
    let from = get(&client, INetSmtpClient_GetConfigFrom);
    let to = get(&client, INetSmtpClient_GetConfigTo);
    get(&client, INetSmtpClient_GetHost);
    get(&client, INetSmtpClient_GetLocalDomain);
    get(&client, INetSmtpClient_GetConfigTargetName);
    let message = sure(INetMailMessage_Create());
    let list = sure(INetMailMessage_GetTo(message.0));
    for addresses in [from, to] {
        if !addresses.is_empty() {
            let addresses = c(addresses.as_bytes());
            ok(unsafe { INetMailAddressCollection_AddString(list.0, addresses.as_ptr()) });
        }
    }
}

fn set(line: &[u8]) {
    let client = sure(INetSmtpClient_Create());
    let before = all(&client);
    let line = c(line);
    if !status(unsafe { INetSmtpClient_Config(client.0, line.as_ptr()) }) {
        assert_eq!(all(&client), before, "refused, and yet something changed");
        return;
    }
    let behind = all(&client);
    let changed = before.iter().zip(&behind).filter(|(before, behind)| before != behind);
    assert!(changed.count() <= 1, "one line sets one thing");
    for (name, value) in &behind {
        let again = c(format!("{name}={value}").as_bytes());
        ok(unsafe { INetSmtpClient_Config(client.0, again.as_ptr()) });
    }
    assert_eq!(all(&client), behind, "what is read can be set");
}

/// Every setting that there is, with its value.
fn all(client: &Client) -> Vec<(String, String)> {
    let indices = 0..count(INetLibrary_GetConfigNameCount());
    let named = indices.map(|index| {
        let name = text(|buffer, capacity| unsafe {
            INetLibrary_GetConfigNameAt(index, buffer, capacity)
        });
        let name = name.expect("a name");
        let wanted = c(name.as_bytes());
        let value = text(|buffer, capacity| unsafe {
            INetSmtpClient_GetConfig(client.0, wanted.as_ptr(), buffer, capacity)
        });
        (name, value.expect("a value"))
    });
    named.collect()
}

fn provider(name: &[u8]) {
    let name = c(name);
    let Some(client) = object(unsafe { INetSmtpClient_CreateForProvider(name.as_ptr()) }) else {
        return;
    };
    assert_eq!(INetSmtpClient_GetEnableSsl(client.0), 1);
    let host = get(&client, INetSmtpClient_GetHost);
    let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
    assert!(host.contains('.') && host.chars().all(is_name), "{host}");
}

fn get(
    client: &Client,
    get: unsafe extern "C" fn(*const INetSmtpClient, *mut std::ffi::c_char, usize) -> i64,
) -> String {
    text(|buffer, capacity| unsafe { get(client.0, buffer, capacity) }).expect("a text")
}
