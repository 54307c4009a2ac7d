//! `INetAttachmentCollection`: attachments of a message, changed in place.

use super::attachment::Attachment;
use super::collection::{Collection, Member};

pub type AttachmentCollection = Collection<Attachment>;

/// By identity: two objects for the same file are two attachments.
impl Member for Attachment {
    fn is_same(&self, other: &Attachment) -> bool {
        std::ptr::eq(self, other)
    }
}
