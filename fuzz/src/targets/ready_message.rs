//! Ready messages, by way of a pickup directory. The first octet says how: who tells the envelope, and how the octets come.

use super::face::{Handle, c, ok, status, sure};
use super::octets::{assert_crlf, canonical, field_names, lines, split};
use inetmail::ffi::smtp_client::*;
use inetmail::ffi::submission::*;
use std::ffi::{c_char, c_void};
use std::fs;
use std::path::{Path, PathBuf};
use std::ptr::null;

const SENDER_IS_GIVEN: u8 = 1;
const RECIPIENTS_ARE_GIVEN: u8 = 2;
const IS_FORWARDED: u8 = 4;

pub fn run(data: &[u8]) {
    let Some((options, message)) = data.split_first() else {
        return;
    };
    thread_local! {
        static PICKUP: Pickup = Pickup::new();
    }
    PICKUP.with(|pickup| {
        let whole = pickup.deposit(*options, Octets::Whole(message));
        // The upper half says how many octets come at a time.
        let cut = pickup.deposit(*options, Octets::Cut(message, usize::from(options >> 4) + 1));
        assert_eq!(whole, cut, "the cuts between octets show");
        if let Some(file) = whole {
            assert_file(&file, message, options & IS_FORWARDED != 0);
        }
    });
}

fn assert_file(file: &[u8], message: &[u8], is_forwarded: bool) {
    assert_crlf(file);
    let envelope = lines(file)
        .take_while(|line| line.starts_with(b"X-Sender: <") || line.starts_with(b"X-Receiver: <"));
    let envelope: Vec<_> = envelope.collect();
    assert!(envelope.len() >= 2, "no sender or no receiver");
    for line in &envelope {
        assert!(line.ends_with(b">") && !line.contains(&0), "{}", line.escape_ascii());
    }
    let start = envelope.iter().map(|line| line.len() + 2).sum::<usize>();
    let (header, body) = split(&file[start..]);
    for name in field_names(header) {
        // The envelope's own names would be taken for more of it.
        let is_hidden = matches!(name.as_str(), "bcc" | "resent-bcc" | "x-sender" | "x-receiver")
            || name == "return-path" && !is_forwarded;
        assert!(!is_hidden, "{name} went out");
    }
    let input = canonical(message);
    assert!(input.ends_with(body), "the body is not the one that came in");
}

#[derive(Clone, Copy)]
enum Octets<'a> {
    Whole(&'a [u8]),
    Cut(&'a [u8], usize),
}

/// A client that delivers into a directory of its own.
struct Pickup {
    client: Handle<INetSmtpClient>,
    directory: PathBuf,
}

impl Pickup {
    fn new() -> Pickup {
        let memory = Path::new("/dev/shm");
        let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let name =
            format!("inetmail-fuzz-{}-{:?}", std::process::id(), std::thread::current().id());
        let directory = parent.join(name.replace(['(', ')'], "-"));
        fs::create_dir_all(&directory).expect("a directory");
        let client = sure(INetSmtpClient_Create());
        let path = c(directory.as_os_str().as_encoded_bytes());
        ok(INetSmtpClient_SetDeliveryMethod(client.0, INET_DELIVERY_SPECIFIED_PICKUP_DIRECTORY));
        ok(unsafe { INetSmtpClient_SetPickupDirectoryLocation(client.0, path.as_ptr()) });
        Pickup { client, directory }
    }

    /// The file that a message became; none if it was refused.
    fn deposit(&self, options: u8, octets: Octets) -> Option<Vec<u8>> {
        let given = |option: u8, text: *const c_char| match options & option {
            0 => null(),
            _ => text,
        };
        let sender = given(SENDER_IS_GIVEN, c"sender@example.org".as_ptr());
        let recipients = given(RECIPIENTS_ARE_GIVEN, c"one@example.org, two@example.org".as_ptr());
        let code = self.send(options & IS_FORWARDED != 0, sender, recipients, octets);
        let is_taken = status(code);
        let mut files = fs::read_dir(&self.directory).expect("a directory");
        let file = files.next().map(|entry| {
            let path = entry.expect("an entry").path();
            assert_eq!(path.extension().and_then(|end| end.to_str()), Some("eml"));
            let file = fs::read(&path).expect("a file");
            fs::remove_file(&path).expect("a file");
            file
        });
        assert!(files.next().is_none(), "one message, one file");
        assert_eq!(file.is_some(), is_taken, "a file where there is a success");
        file
    }

    fn send(
        &self,
        is_forwarded: bool,
        sender: *const c_char,
        recipients: *const c_char,
        octets: Octets,
    ) -> i32 {
        let client = self.client.0;
        match (octets, is_forwarded) {
            (Octets::Whole(octets), false) => unsafe {
                INetSmtpClient_SendBytes(client, sender, recipients, octets.as_ptr(), octets.len())
            },
            (Octets::Whole(octets), true) => unsafe {
                INetSmtpClient_ForwardBytes(
                    client,
                    sender,
                    recipients,
                    octets.as_ptr(),
                    octets.len(),
                )
            },
            (Octets::Cut(octets, step), is_forwarded) => {
                let mut stream = Stream { rest: octets, step };
                let user = (&raw mut stream).cast();
                match is_forwarded {
                    false => unsafe {
                        INetSmtpClient_SendStream(client, sender, recipients, Some(read), user)
                    },
                    true => unsafe {
                        INetSmtpClient_ForwardStream(client, sender, recipients, Some(read), user)
                    },
                }
            }
        }
    }
}

impl Drop for Pickup {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.directory);
    }
}

struct Stream<'a> {
    rest: &'a [u8],
    step: usize,
}

unsafe extern "C" fn read(buffer: *mut u8, capacity: usize, user: *mut c_void) -> i32 {
    let stream = unsafe { &mut *user.cast::<Stream>() };
    let length = stream.rest.len().min(capacity).min(stream.step);
    let (taken, rest) = stream.rest.split_at(length);
    unsafe { std::ptr::copy_nonoverlapping(taken.as_ptr(), buffer, length) };
    stream.rest = rest;
    length as i32
}
