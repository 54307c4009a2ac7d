//! The C face: one file for each object. Every export converts what the host gave, calls one model method inside the
//! boundary, and converts back.
//!
//! This room knows no protocol, no sockets and no MIME. `xtask gen` reads these files and writes the header, the ABI
//! description and the hostile test from them; the order of the modules is that of the header.

#![allow(non_snake_case, reason = "exports carry Fore's names")]
#![allow(unsafe_code, reason = "the pointers of a host are dereferenced here, and nowhere else")]
#![allow(clippy::missing_safety_doc, reason = "the header states one contract for all pointers")]

mod boundary;
mod choices;
mod handles;
mod record;
mod text;
pub mod tls_callbacks;

pub mod alternate_view;
pub mod alternate_view_collection;
pub mod attachment;
pub mod attachment_collection;
pub mod bulk;
pub mod certificate;
pub mod certificate_collection;
pub mod certificate_fields;
pub mod certificate_names;
pub mod client_bind;
pub mod client_dns;
pub mod client_login;
pub mod client_socket_limits;
pub mod client_sockets;
pub mod client_tls;
pub mod config;
pub mod config_file;
pub mod connection_failure;
pub mod connection_info;
pub mod connection_proxy;
pub mod credential_cache;
pub mod credentials_by_host;
pub mod crl_collection;
pub mod delivery_settings;
pub mod diagnosis;
pub mod envelope_options;
pub mod error;
pub mod event;
pub mod events;
pub mod external_crypto;
pub mod library;
pub mod linked_resource;
pub mod linked_resource_collection;
pub mod log;
pub mod mail_address;
pub mod mail_address_collection;
pub mod mail_message;
pub mod mail_message_collection;
pub mod message_bodies;
pub mod message_headers;
pub mod message_properties;
pub mod message_storage;
pub mod network_credential;
pub mod object;
pub mod ocsp_collection;
pub mod operation;
pub mod progress;
pub mod provider;
pub mod send_report;
pub mod server_commands;
pub mod server_info;
pub mod server_reply;
pub mod service_proxy;
pub mod service_proxy_options;
pub mod smtp_client;
pub mod stream;
pub mod submission;
pub mod tls_settings;
pub mod tls_validation_settings;
pub mod transfer_encoding;
