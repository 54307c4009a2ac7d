//! `INetAttachment`: content that goes along with a message.

use super::entity::Entity;
use super::mail_message::MailMessage;
use crate::error::Result;
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
