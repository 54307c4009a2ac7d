//! SMTP (RFC 5321) as a sans-IO core: octets of the server in, octets for the server and events out.
//!
//! This room knows no sockets, no TLS, no clock, no threads and no MIME. [`Session`] is the core; a message's octets never
//! pass through it: [`DotStuffer`] frames them on their way from the writer to the stream.

mod capabilities;
mod command;
mod date_time;
mod envelope;
mod framing;
mod login;
mod outcome;
mod parameters;
mod plan;
mod reply;
mod session;
mod transaction;

pub use capabilities::Capabilities;
pub use command::CommandLine;
pub use envelope::{Body, Envelope, Freight};
pub use framing::DotStuffer;
pub use outcome::{Apart, Outcome};
pub use parameters::{
    AuthSender, DeliverBy, EnvelopeOptions, Hold, Late, Notify, Parameters, Return,
};
pub use plan::{Framing, Plan, Use};
pub use reply::Reply;
pub use session::trace::{Heard, Seen};
pub use session::{Event, Session, Turn};
