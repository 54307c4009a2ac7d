//! `INetLinkedResource`: content that an HTML text shows by its Content-ID.

use super::attachment::named;
use super::entity::Entity;
use crate::deliver::stamp;
use crate::error::Result;
use crate::mime::{Disposition, LoadedPart, Source};
use std::ops::Deref;
use std::sync::Arc;

pub struct LinkedResource(Entity);

const DISPOSITION: Option<Disposition> = Some(Disposition::Inline);

impl LinkedResource {
    pub fn of_file(path: &str, content_id: &str) -> Result<LinkedResource> {
        identified(Entity::of_file(path, DISPOSITION)?, content_id)
    }

    pub fn of_octets(octets: &[u8], name: &str, content_id: &str) -> Result<LinkedResource> {
        identified(named(Entity::of_octets(octets, DISPOSITION), name)?, content_id)
    }

    pub fn of_stream(
        source: Arc<dyn Source>,
        name: &str,
        content_id: &str,
    ) -> Result<LinkedResource> {
        identified(named(Entity::of_stream(source, DISPOSITION), name)?, content_id)
    }

    pub(super) fn of_loaded(part: LoadedPart) -> LinkedResource {
        LinkedResource(Entity::of_loaded(part))
    }

    /// How the HTML refers to it (RFC 2392).
    pub fn content_link(&self) -> String {
        format!("cid:{}", self.content_id())
    }
}

/// The resource under that id, or under one of its own.
fn identified(entity: Entity, content_id: &str) -> Result<LinkedResource> {
    match content_id {
        "" => entity.set_content_id(&format!("{:032x}@inetmail", stamp().unique))?,
        given => entity.set_content_id(given)?,
    }
    Ok(LinkedResource(entity))
}

impl Deref for LinkedResource {
    type Target = Entity;

    fn deref(&self) -> &Entity {
        &self.0
    }
}
