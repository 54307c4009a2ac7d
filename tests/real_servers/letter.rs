//! What the tests of letters share: building them, sending them, and reading them with another reader.

use super::support::face::{Client, Handle, Message, c, ok};
use super::{client_of, delivered};
use inetmail::ffi::attachment::*;
use inetmail::ffi::attachment_collection::*;
use inetmail::ffi::linked_resource::*;
use inetmail::ffi::linked_resource_collection::*;
use inetmail::ffi::mail_message::*;
use inetmail::ffi::message_bodies::*;
use inetmail::ffi::message_headers::*;
use inetmail::ffi::message_storage::*;
use inetmail::ffi::submission::*;
use std::collections::HashMap;
use std::ffi::c_void;
use std::path::PathBuf;
use std::process::Command;
use std::ptr::{null, null_mut};
use std::sync::atomic::{AtomicU32, Ordering};

pub const MIB: usize = 1024 * 1024;

/// A letter as Python's email reads it.
pub struct Letter {
    pub outline: String,
    pub headers: HashMap<String, String>,
    pub parts: Vec<Part>,
}

/// A part that is no multipart.
pub struct Part {
    /// Media type, charset, transfer encoding, disposition, file name, Content-ID.
    pub facts: Vec<String>,
    pub content: Vec<u8>,
    /// The content as text, its line breaks LF.
    pub text: String,
}

impl Letter {
    pub fn read(octets: &[u8]) -> Letter {
        let folder = Folder::new();
        let file = folder.file("letter.eml", octets);
        let reader = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/servers/letter.py");
        let output = Command::new("python3")
            .args([reader, &file])
            .arg(&folder.0)
            .env("PYTHONIOENCODING", "utf-8")
            .output()
            .expect("python3");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let told = String::from_utf8(output.stdout).expect("UTF-8");
        let (outline, lines) = told.split_once('\n').expect("lines");

        let mut letter =
            Letter { outline: outline.to_owned(), headers: HashMap::new(), parts: Vec::new() };
        for line in lines.lines() {
            let facts: Vec<_> = line.split('\t').map(str::to_owned).collect();
            match facts[0].as_str() {
                "header" => {
                    letter.headers.insert(facts[1].clone(), facts[2].clone());
                }
                _ => {
                    let path = folder.0.join(letter.parts.len().to_string());
                    let content = std::fs::read(&path).expect("the content of a part");
                    let text = std::fs::read_to_string(path.with_extension("txt"));
                    let text = text.unwrap_or_default().replace("\r\n", "\n");
                    letter.parts.push(Part { facts: facts[1..].to_vec(), content, text });
                }
            }
        }
        letter
    }

    /// The one letter that arrived for a recipient.
    pub fn delivered_to(recipient: &str) -> Letter {
        Letter::read(&delivered(recipient, 1)[0].bytes)
    }

    pub fn facts(&self, part: usize) -> [&str; 6] {
        std::array::from_fn(|fact| self.parts[part].facts[fact].as_str())
    }
}

/// A folder that goes away with the test.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Folder {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("inetmail-letters-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir(&path).expect("a folder");
        Folder(path)
    }

    pub fn file(&self, name: &str, octets: &[u8]) -> String {
        let path = self.0.join(name);
        std::fs::write(&path, octets).expect("a file");
        path.to_str().expect("UTF-8").to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Octets that no encoding finds easy, the same in each run (xorshift).
pub fn noise(length: usize) -> Vec<u8> {
    let mut state = 88_172_645_463_325_252_u64;
    let mut octets = Vec::with_capacity(length + 8);
    while octets.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        octets.extend_from_slice(&state.to_le_bytes());
    }
    octets.truncate(length);
    octets
}

pub fn attachment(name: &str, octets: &[u8]) -> Handle<INetAttachment> {
    let name = c(name);
    Handle::of(unsafe {
        INetAttachment_CreateFromBytes(octets.as_ptr(), octets.len(), name.as_ptr())
    })
}

impl Message {
    pub fn add(&self, attachment: &Handle<INetAttachment>) {
        let attachments = Handle::of(INetMailMessage_GetAttachments(self.0));
        ok(INetAttachmentCollection_Add(attachments.0, attachment.0));
    }

    pub fn link(&self, name: &str, content_id: &str, octets: &[u8]) {
        let (name, content_id) = (c(name), c(content_id));
        let (data, length) = (octets.as_ptr(), octets.len());
        let resource = Handle::of(unsafe {
            INetLinkedResource_CreateFromBytes(data, length, name.as_ptr(), content_id.as_ptr())
        });
        let resources = Handle::of(INetMailMessage_GetLinkedResources(self.0));
        ok(INetLinkedResourceCollection_Add(resources.0, resource.0));
    }

    pub fn with_html(self, html: &str) -> Message {
        let html = c(html);
        ok(unsafe { INetMailMessage_SetHtmlText(self.0, html.as_ptr()) });
        self
    }

    pub fn with_header(self, name: &str, value: &str) -> Message {
        let (name, value) = (c(name), c(value));
        ok(unsafe { INetMailMessage_SetHeader(self.0, name.as_ptr(), value.as_ptr()) });
        self
    }

    pub fn load(octets: &[u8]) -> Message {
        Handle::of(unsafe { INetMailMessage_LoadBytes(octets.as_ptr(), octets.len()) })
    }

    pub fn bytes(&self) -> Vec<u8> {
        let length = unsafe { INetMailMessage_GetBytes(self.0, null_mut(), 0) };
        let mut octets = vec![0; usize::try_from(length).expect("a length")];
        let got = unsafe { INetMailMessage_GetBytes(self.0, octets.as_mut_ptr(), octets.len()) };
        assert_eq!(got, length);
        octets
    }
}

impl Client {
    pub fn send_file(&self, file: &str) -> i32 {
        let file = c(file);
        unsafe { INetSmtpClient_SendFile(self.0, null(), null(), file.as_ptr()) }
    }

    pub fn send_stream(&self, octets: &[u8]) -> i32 {
        let mut stream = Stream { octets, given: 0 };
        let user = (&raw mut stream).cast();
        unsafe { INetSmtpClient_SendStream(self.0, null(), null(), Some(next), user) }
    }

    pub fn send_bytes(&self, octets: &[u8]) -> i32 {
        unsafe { INetSmtpClient_SendBytes(self.0, null(), null(), octets.as_ptr(), octets.len()) }
    }

    pub fn forward(&self, recipients: &str, message: &Message) -> i32 {
        let (sender, recipients) = (c("me@test"), c(recipients));
        unsafe { INetSmtpClient_Forward(self.0, sender.as_ptr(), recipients.as_ptr(), message.0) }
    }
}

/// Octets that callbacks give piece by piece.
pub struct Stream<'a> {
    pub octets: &'a [u8],
    pub given: usize,
}

unsafe extern "C" fn next(buffer: *mut u8, capacity: usize, user: *mut c_void) -> i32 {
    let given = unsafe { (*user.cast::<Stream<'_>>()).given };
    let octets = unsafe { at(given as i64, buffer, capacity, user) };
    unsafe { (*user.cast::<Stream<'_>>()).given += octets as usize };
    octets
}

pub unsafe extern "C" fn at(
    offset: i64,
    buffer: *mut u8,
    capacity: usize,
    user: *mut c_void,
) -> i32 {
    let stream = unsafe { &*user.cast::<Stream<'_>>() };
    let rest = &stream.octets[offset as usize..];
    // Odd pieces, so that line breaks and multibyte characters are torn.
    let octets = rest.len().min(capacity).min(9_973);
    unsafe { std::ptr::copy_nonoverlapping(rest.as_ptr(), buffer, octets) };
    octets as i32
}

/// A server that takes eight bits, one that offers nothing, and one behind TLS and a login.
pub fn servers() -> [Client; 3] {
    let protected = client_of("STARTTLS").with_ssl().with_login("PLAIN", "user", "pass");
    [client_of("NOTLS"), client_of("BARE"), protected]
}
