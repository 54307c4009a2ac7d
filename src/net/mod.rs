//! Bytes to a peer: names, sockets, TLS, and waiting for them under one deadline.
//!
//! This room does not know SMTP. `unsafe` stands here only where the operating system asks for it ([`wait`], [`fork`]).

mod connect;
pub mod fork;
mod resolve;
mod stream;
mod tls;
mod verifier;
pub mod wait;

pub use connect::connect;
pub use resolve::resolve;
pub use stream::{Stream, Written};
pub use tls::Trust;
pub use wait::{Cancel, Signal, Watch, now};
