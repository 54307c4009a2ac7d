//! TLS by rustls with ring (with aws-lc where the feature `tls-aws-lc` says so).
//!
//! The way of a connection: [`settings`] are what a host chose; equal ones share one [`context`], with its prepared judge of certificates
//! and its [`sessions`]. A [`session`] takes octets through one connection. In its handshake rustls calls back the [`verifier`] and the
//! [`client_key`], which find the connection through its [`seat`]. [`info`] tells what came of it.

mod binding;
mod client_key;
mod compression;
mod context;
mod explain;
mod groups;
mod hello;
mod info;
mod schemes;
mod seat;
mod selection;
mod session;
mod sessions;
mod settings;
mod suites;
mod verifier;

pub use context::Tls;
pub(super) use explain::PORTS_OF_SMTP;
pub use groups::describe as describe_group;
pub use groups::parse as parse_groups;
pub use info::{ConnectionInfo, TlsInfo, Traffic};
pub use seat::{Hooks, SignHook, SignRequest, ValidateHook, Validation};
pub(super) use session::TlsSession;
pub use settings::{
    Base, ClientChain, ExternalCrypto, ExternalMode, Renegotiation, TlsSettings, ssl_options,
    versions,
};
pub use suites::parse as parse_suites;

use rustls::crypto::{CryptoProvider, SupportedKxGroup};

#[cfg(feature = "tls-aws-lc")]
use rustls::crypto::aws_lc_rs as library;
#[cfg(not(feature = "tls-aws-lc"))]
use rustls::crypto::ring as library;

fn provider() -> CryptoProvider {
    library::default_provider()
}

fn all_groups() -> &'static [&'static dyn SupportedKxGroup] {
    library::ALL_KX_GROUPS
}
