//! The objects that a host sees: their settings, their defaults, their invariants.
//!
//! This room knows no pointers, no C strings and no protocol. Objects are shared and used from any thread; their locks are held
//! for moments, never during a Send, and never while a host is called.

mod alternate_view;
mod attachment;
mod bulk;
mod certificate;
mod client_dns;
mod client_login;
mod client_tls;
mod collection;
mod config;
mod config_file;
mod connection_info;
mod credential_cache;
mod credentials_by_host;
mod delivery_settings;
mod diagnosis;
mod entity;
mod envelope_options;
mod event;
mod external_crypto;
mod linked_resource;
mod loaded_message;
mod log;
mod mail_address;
mod mail_address_collection;
mod mail_message;
mod mail_message_collection;
mod message_fields;
mod message_headers;
mod nearest;
mod network_credential;
mod open_file;
mod operation;
mod packing;
mod provider;
mod send_report;
mod server_commands;
mod server_info;
mod server_reply;
mod service_proxy;
mod sight;
mod smtp_client;
mod socket_limits;
mod sockets;
mod store;
mod submission;
mod tally;
mod tls_settings;

pub use alternate_view::AlternateView;
pub use attachment::Attachment;
pub use certificate::{Certificate, Crl, OcspResponse, fingerprint, hex, iso_8601};
pub use client_tls::chain_of;
pub use collection::{Collection, item_of};
pub use config::{ConfigKind, config_setting, config_settings, configure_library, library_config};
pub use config_file::ConfigText;
pub use connection_info::ConnectionInfo;
pub use credential_cache::CredentialCache;
pub use credentials_by_host::CredentialsByHost;
pub use envelope_options::{EnvelopeOptions, Late, Notify, Return};
pub use event::Event;
pub use external_crypto::ExternalCryptoView;
pub use linked_resource::LinkedResource;
pub use log::{Destination, LogHook};
pub use mail_address::MailAddress;
pub use mail_address_collection::MailAddressCollection;
pub use mail_message::MailMessage;
pub use network_credential::{NetworkCredential, sound_token};
pub use operation::{Operation, Pending};
pub use provider::{provider_client, provider_names};
pub use send_report::{SendReport, Verdict};
pub use server_info::ServerInfo;
pub use server_reply::ServerReply;
pub use service_proxy::{ProxyType, ServiceProxy};
pub use sight::EventHooks;
pub use smtp_client::{DeliveryMethod, SmtpClient};
pub use sockets::own_end;
pub use store::{Store, number};
pub use submission::{HostEnvelope, ReadyOctets};
pub use tls_settings::{Base, ExternalMode, Renegotiation, RevocationCheck, TlsView};

pub use crate::deliver::{
    BeforeAuth, BeforeHook, BindHook, DnsMode, Heard, HttpAuthentication, LoginOffer, Note,
    ProgressHook, Security, SignHook, SignRequest, TokenHook, Use, ValidateHook, Validation, ways,
};
pub use crate::mime::{Octets, Priority, SeenText, Source, TransferEncoding, look};

use crate::error::{Error, Result, Status};
use crate::mime::CodePage;
use std::fmt::Display;
use std::ops::RangeInclusive;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks, also behind a panic: every object is valid between any two of its assignments.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A port as hosts give it.
fn port(number: i32) -> Result<u16> {
    within("port", number, 1..=i32::from(u16::MAX)).map(|port| port as u16)
}

/// A number of a host that has to be in a range.
fn within<N: PartialOrd + Display>(what: &str, number: N, range: RangeInclusive<N>) -> Result<N> {
    if range.contains(&number) {
        return Ok(number);
    }
    let sentence = format!("{number} is no {what}: {} to {} are", range.start(), range.end());
    Err(Error::new(Status::ArgumentOutOfRange, sentence))
}

fn known_code_page(number: i32) -> Result<&'static CodePage> {
    CodePage::by_number(number).ok_or_else(|| {
        let sentence = format!("{number} is none of the code pages of Fore's CodePage");
        Error::new(Status::ArgumentOutOfRange, sentence)
    })
}
