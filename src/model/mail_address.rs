//! `INetMailAddress`: the mailbox of the `mime` room is the object already.

pub use crate::mime::Mailbox as MailAddress;
