//! Mail messages as bytes, in three ways:
//!
//! * made: [`compose()`] turns a [`Draft`] and its [`Part`]s into a [`Letter`], [`Letter::compose`] fits it to a server, and the
//!   [`Writer`] pulls it out;
//! * loaded: [`load()`] finds fields and parts in octets, and the text in them;
//! * ready: [`Ready`] passes octets of a host on, without what nobody shall see.
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
mod field;
mod frame;
mod header;
mod letter;
mod line_ends;
mod load;
mod look;
mod media_type;
mod parameter;
mod part;
mod raw_header;
mod ready;
mod ready_envelope;
mod resent;
mod source;
mod text;
mod transfer;
mod writer;

pub use address::Mailbox;
pub use code_page::CodePage;
pub use compose::{
    Alternatives, Body, Changes, Draft, Missing, Priority, Stamp, Standard, compose, message_id,
};
pub use date::DateTime;
pub use field::{Field, FieldValue, check_name, check_value};
pub use frame::Frame;
pub use header::refuse_line_breaks;
pub use letter::{Composition, Letter};
pub use line_ends::Lines;
pub use load::{Loaded, LoadedField, LoadedPart, LoadedText, load};
pub use look::look;
pub use media_type::MediaType;
pub use parameter::NameStyle;
pub use part::{Disposition, MadePart, Part, PartContent};
pub use raw_header::without_fields;
pub use ready::{OctetSlice, Octets, Ready, ReturnPath};
pub use ready_envelope::ReadySender;
pub use resent::resent_fields;
pub use source::Source;
pub use text::{SeenText, Text};
pub use transfer::{TransferEncoding, Transport};
pub use writer::Writer;
