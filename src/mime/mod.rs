//! Mail messages as bytes: addresses, headers, encodings, and the writer that a message is pulled from.
//!
//! This room knows no sockets, no clock, no randomness and no threads: the date and everything unique come in as a
//! [`Stamp`], content comes in as text or as a [`Source`].

mod address;
mod address_list;
mod body;
mod code_page;
mod compose;
mod date;
mod encoded_word;
mod header;
#[allow(dead_code)]
mod line_ends;
mod load;
mod parameter;
#[allow(dead_code)]
mod raw_header;
#[allow(dead_code)]
mod ready;
#[allow(dead_code)]
mod ready_envelope;
mod source;
mod writer;

pub use address::Mailbox;
pub use code_page::CodePage;
pub use compose::{AttachmentPart, Composition, Draft, Priority, Stamp};
pub use header::refuse_line_breaks;
#[allow(unused_imports)]
pub use ready::{OctetSlice, Octets, Ready, ReturnPath};
#[allow(unused_imports)]
pub use ready_envelope::{ReadyEnvelope, ReadySender};
#[allow(unused_imports)] // until the model loads messages
pub use load::{Encoding, Loaded, LoadedField, LoadedPart, LoadedText, field_text, load};
pub use source::Source;
pub use writer::Writer;
