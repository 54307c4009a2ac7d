//! Bytes to a peer: names, sockets, TLS, and waiting for them under one deadline.
//!
//! This room does not know SMTP. `unsafe` stands here only where the operating system asks for it ([`wait`], [`fork`]).

mod aside;
mod connect;
mod dns;
pub mod fork;
mod http;
mod limits;
mod local;
mod outlet;
mod proxy;
mod resolve;
mod stream;
mod tls;
mod tunnel;
mod user_agent;
pub mod wait;

pub use aside::aside;
#[cfg(fuzzing)]
pub use dns::fuzz as dns_fuzz;
pub use dns::{Dns, DnsMode, Servers};
pub use limits::Limits;
pub use local::{MOST_PATH, local_path, without_tls};
pub use outlet::{BindHook, Families, Outlet, Way};
#[cfg(fuzzing)]
pub use proxy::fuzz as proxy_fuzz;
pub use proxy::{
    Answer, Bypass, Found, HttpAuthentication, Kind, Proxy, find_in_environment, parse_url,
    sound_headers,
};
pub use stream::{Stream, Written};
pub use tls::{
    Base, ClientChain, ConnectionInfo, ExternalCrypto, ExternalMode, Hooks, Renegotiation,
    SignHook, SignRequest, Tls, TlsInfo, TlsSettings, ValidateHook, Validation, describe_group,
    parse_groups, parse_suites, ssl_options, versions,
};
pub use user_agent::UserAgent;
pub use wait::{Awaited, Cancel, Ready, Signal, Watch, now};

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks, also behind a panic: what is locked here is valid between any two of its assignments.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
