//! The C face in the hands of a test: handles that release themselves, texts as Rust strings.

use inetmail::ffi::attachment::*;
use inetmail::ffi::attachment_collection::*;
use inetmail::ffi::error::*;
use inetmail::ffi::mail_address_collection::*;
use inetmail::ffi::mail_message::*;
use inetmail::ffi::network_credential::*;
use inetmail::ffi::object::*;
use inetmail::ffi::send_report::*;
use inetmail::ffi::smtp_client::*;
use std::ffi::{CString, c_char};
use std::ptr::{null, null_mut};

/// A handle, released when it is dropped.
pub struct Handle<T>(pub *mut T);

// Handles are numbers to the library: any thread may use them.
unsafe impl<T> Send for Handle<T> {}
unsafe impl<T> Sync for Handle<T> {}

impl<T> Handle<T> {
    /// Takes a handle that must not be NULL.
    #[track_caller]
    pub fn of(handle: *mut T) -> Handle<T> {
        assert!(!handle.is_null(), "{}", Record::of_this_thread().message);
        Handle(handle)
    }
}

impl<T> Drop for Handle<T> {
    fn drop(&mut self) {
        INetObject_Release(self.0.cast());
    }
}

pub fn c(text: &str) -> CString {
    CString::new(text).expect("a text without NUL")
}

/// A text that is asked for twice, first for its length.
pub fn text(get: impl Fn(*mut c_char, usize) -> i64) -> String {
    let length = get(null_mut(), 0);
    assert!(length >= 0, "status {length}");
    let mut buffer = vec![0u8; length as usize + 1];
    assert_eq!(get(buffer.as_mut_ptr().cast(), buffer.len()), length);
    buffer.pop();
    String::from_utf8(buffer).expect("UTF-8")
}

#[track_caller]
pub fn ok(status: i32) {
    assert_eq!(status, 0, "{}", Record::of_this_thread().message);
}

/// The name of a status, from the description of the ABI.
pub fn status_name(status: i32) -> &'static str {
    let api = include_str!("../../api/inetmail.json");
    let at = api.find(&format!("\"value\": {status},")).expect("a status");
    let (_, name) = api[..at].rsplit_once("\"name\": \"").expect("its name");
    name.split('"').next().unwrap_or_default()
}

/// The error record, as a host reads it.
#[derive(Debug, Clone)]
pub struct Record {
    pub status: i32,
    pub message: String,
    pub smtp_code: i32,
    pub enhanced_code: String,
    pub phase: String,
    pub peer: String,
    pub recipient: String,
    pub os_error: i32,
    pub is_transient: bool,
    pub is_safe_to_retry: bool,
    pub is_connection_usable: bool,
}

impl Record {
    pub fn of_this_thread() -> Record {
        unsafe {
            Record {
                status: INetError_GetStatus(),
                message: text(|buffer, size| INetError_GetMessage(buffer, size)),
                smtp_code: INetError_GetSmtpCode(),
                enhanced_code: text(|buffer, size| INetError_GetEnhancedCode(buffer, size)),
                phase: text(|buffer, size| INetError_GetPhase(buffer, size)),
                peer: text(|buffer, size| INetError_GetPeer(buffer, size)),
                recipient: text(|buffer, size| INetError_GetRecipient(buffer, size)),
                os_error: INetError_GetOsError(),
                is_transient: INetError_GetIsTransient() != 0,
                is_safe_to_retry: INetError_GetIsSafeToRetry() != 0,
                is_connection_usable: INetError_GetIsConnectionUsable() != 0,
            }
        }
    }
}

pub type Client = Handle<INetSmtpClient>;
pub type Message = Handle<INetMailMessage>;

pub fn client(host: &str, port: u16) -> Client {
    let host = c(host);
    Handle::of(unsafe { INetSmtpClient_CreateWithHostAndPort(host.as_ptr(), i32::from(port)) })
}

impl Client {
    pub fn with_timeout(self, milliseconds: i32) -> Client {
        ok(INetSmtpClient_SetTimeout(self.0, milliseconds));
        self
    }

    pub fn with_ssl(self) -> Client {
        ok(INetSmtpClient_SetEnableSsl(self.0, 1));
        self
    }

    pub fn with_root(self, file: &str) -> Client {
        let file = c(file);
        ok(unsafe { INetSmtpClient_AddTrustedCertificateFile(self.0, file.as_ptr()) });
        self
    }

    pub fn with_login(self, protocol: &str, user: &str, password: &str) -> Client {
        let (user, password, protocol) = (c(user), c(password), c(protocol));
        unsafe {
            let credential = Handle::of(INetNetworkCredential_Create(
                user.as_ptr(),
                password.as_ptr(),
                c"".as_ptr(),
            ));
            ok(INetSmtpClient_SetThisHostCredentials(self.0, protocol.as_ptr(), credential.0));
        }
        self
    }

    /// Sends; a failure is the record that it left.
    pub fn send(&self, message: &Message) -> Result<(), Box<Record>> {
        match INetSmtpClient_Send(self.0, message.0) {
            0 => Ok(()),
            status => {
                let record = Record::of_this_thread();
                assert_eq!(record.status, status);
                Err(Box::new(record))
            }
        }
    }

    pub fn report(&self, message: &Message) -> Handle<INetSendReport> {
        Handle::of(INetSmtpClient_SendWithReport(self.0, message.0))
    }
}

pub fn message(from: &str, to: &str, subject: &str, body: &str) -> Message {
    let (from, to, subject, body) = (c(from), c(to), c(subject), c(body));
    Handle::of(unsafe {
        INetMailMessage_CreateWithText(from.as_ptr(), to.as_ptr(), subject.as_ptr(), body.as_ptr())
    })
}

impl Message {
    pub fn with_bcc(self, addresses: &str) -> Message {
        let addresses = c(addresses);
        let bcc = Handle::of(INetMailMessage_GetBcc(self.0));
        ok(unsafe { INetMailAddressCollection_AddString(bcc.0, addresses.as_ptr()) });
        self
    }

    /// Attaches a file; the attachment comes back too.
    pub fn attach(&self, path: &str) -> Handle<INetAttachment> {
        let path = c(path);
        let attachment = Handle::of(unsafe { INetAttachment_Create(path.as_ptr()) });
        let attachments = Handle::of(INetMailMessage_GetAttachments(self.0));
        ok(INetAttachmentCollection_Add(attachments.0, attachment.0));
        attachment
    }
}

pub const NONE: *const c_char = null();
