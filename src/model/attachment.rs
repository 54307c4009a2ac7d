//! `INetAttachment`: content that goes along with a message.

use super::collection::Collection;
use super::entity::Entity;
use super::mail_message::MailMessage;
use crate::error::{Error, Result, Status};
use crate::mime::{Disposition, LoadedPart, Source};
use std::ops::Deref;
use std::sync::Arc;

pub struct Attachment(Entity);

const DISPOSITION: Option<Disposition> = Some(Disposition::Attachment);

impl Attachment {
    pub fn of_file(path: &str) -> Result<Attachment> {
        Entity::of_file(path, DISPOSITION).map(Attachment)
    }

    pub fn of_octets(octets: &[u8], name: &str) -> Result<Attachment> {
        named(Entity::of_octets(octets, DISPOSITION), name).map(Attachment)
    }

    pub fn of_stream(source: Arc<dyn Source>, name: &str) -> Result<Attachment> {
        named(Entity::of_stream(source, DISPOSITION), name).map(Attachment)
    }

    pub fn of_message(message: Arc<MailMessage>) -> Attachment {
        Attachment(Entity::of_message(message, DISPOSITION))
    }

    pub(super) fn of_loaded(part: LoadedPart) -> Attachment {
        Attachment(Entity::of_loaded(part))
    }

    pub(super) fn into_message(self) -> Option<Arc<MailMessage>> {
        self.0.into_message()
    }
}

/// Messages within messages, the outermost not counted.
pub const DEEPEST: usize = 32;

impl Collection<Attachment> {
    /// Adds at the end, but nothing that holds the message of this collection: that would have no end.
    pub fn attach(&self, attachment: Arc<Attachment>) -> Result<()> {
        self.refuse_ring(&attachment)?;
        self.add(attachment);
        Ok(())
    }

    /// Inserts in front of `index`, but nothing that holds the message of this collection.
    pub fn attach_at(&self, index: i32, attachment: Arc<Attachment>) -> Result<()> {
        self.refuse_ring(&attachment)?;
        self.insert(index, attachment)
    }

    fn refuse_ring(&self, attachment: &Attachment) -> Result<()> {
        let mut level: Vec<_> = attachment.message().into_iter().collect();
        for _ in 0..=DEEPEST {
            if level.iter().any(|message| std::ptr::eq(&*message.attachments(), self)) {
                let sentence =
                    "a message cannot be attached to itself, nor to what is attached to it";
                return Err(Error::new(Status::Argument, sentence));
            }
            let inner = level.iter().flat_map(|message| message.attachments().snapshot());
            level = inner.filter_map(|attachment| attachment.message()).collect();
            if level.is_empty() {
                return Ok(());
            }
        }
        Err(Error::new(
            Status::MessageTooComplex,
            "messages are attached within each other too deep",
        ))
    }
}

/// The entity under that name; an empty one is none.
pub(super) fn named(entity: Entity, name: &str) -> Result<Entity> {
    if !name.is_empty() {
        entity.set_name(name)?;
    }
    Ok(entity)
}

impl Deref for Attachment {
    type Target = Entity;

    fn deref(&self) -> &Entity {
        &self.0
    }
}
