//! inetmail sends mail. Its face is a C ABI whose opaque handles carry the names of the Fore language's Net assembly
//! (`INetMailAddress`, `INetMailMessage`, `INetNetworkCredential`, `INetSmtpClient` ...).
//!
//! The house has eight rooms; calls go downwards only, and `tests/rooms.rs` holds them to it:
//!
//! * [`ffi`]: the C face. Converts what the host gave, calls one model method, converts back.
//! * `model`: the objects a host sees, with their settings and invariants.
//! * `mime`: addresses, headers, encodings, parts, and the writer that turns a message into bytes.
//! * `deliver`: runs one SMTP session over one stream for one message, and keeps connections.
//! * `smtp`: the protocol as a sans-IO core: replies in, commands out.
//! * `sasl`: authentication mechanisms behind one small trait.
//! * `net`: bytes to a peer: names, sockets, TLS, waiting.
//! * `pki`: certificates: what they say, and whether they are to be believed.
//!
//! `error` is the ground they all stand on. `ARCHITECTURE.md` follows one `Send` through the rooms.

#![deny(unsafe_code)]

#[cfg(panic = "abort")]
compile_error!("inetmail turns panics into statuses at its C face, so it needs panic = \"unwind\"");

pub mod ffi;

mod deliver;
mod error;
mod mime;
mod model;
mod net;
mod pki;
mod sasl;
mod smtp;

/// What the fuzz targets call.
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzz {
    pub use crate::net::{dns_fuzz as dns, proxy_fuzz as proxy};
    pub use crate::pki::fuzz as pki;
    pub use crate::sasl::fuzz as sasl;
}
