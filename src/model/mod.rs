//! The objects that a host sees: their settings, their defaults, their invariants.
//!
//! This room knows no pointers, no C strings and no protocol. Objects are shared and used from any thread; their locks are held for moments, never during a Send.
//!

mod attachment;
mod attachment_collection;
mod collection;
mod credential_cache;
mod credentials_by_host;
mod mail_address;
mod mail_address_collection;
mod mail_message;
mod network_credential;
mod send_report;
mod smtp_client;

pub use attachment::Attachment;
pub use attachment_collection::AttachmentCollection;
pub use credential_cache::CredentialCache;
pub use credentials_by_host::CredentialsByHost;
pub use mail_address::MailAddress;
pub use mail_address_collection::MailAddressCollection;
pub use mail_message::MailMessage;
pub use network_credential::NetworkCredential;
pub use send_report::{SendReport, Verdict};
pub use smtp_client::SmtpClient;

pub use crate::mime::Priority;

use crate::error::{Error, Result, Status};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks, also behind a panic: every object is valid between any two of its assignments.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A port as hosts give it.
fn port(number: i32) -> Result<u16> {
    u16::try_from(number).ok().filter(|&port| port > 0).ok_or_else(|| {
        let sentence = format!("{number} is no port: 1 to 65535 are");
        Error::new(Status::ArgumentOutOfRange, sentence)
    })
}
