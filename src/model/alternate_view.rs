//! `INetAlternateView`: the text of a message in another form.

use super::entity::Entity;
use super::known_code_page;
use crate::error::Result;
use crate::mime::LoadedPart;
use std::ops::Deref;

pub struct AlternateView(Entity);

impl AlternateView {
    pub fn of_text(text: &str, media_type: &str, code_page: i32) -> Result<AlternateView> {
        typed(Entity::of_text(text, known_code_page(code_page)?), media_type)
    }

    pub fn of_octets(octets: &[u8], media_type: &str) -> Result<AlternateView> {
        typed(Entity::of_octets(octets, None), media_type)
    }

    pub fn of_file(path: &str, media_type: &str) -> Result<AlternateView> {
        typed(Entity::of_file(path, None)?, media_type)
    }

    pub(super) fn of_loaded(part: LoadedPart) -> AlternateView {
        AlternateView(Entity::of_loaded(part))
    }
}

fn typed(entity: Entity, media_type: &str) -> Result<AlternateView> {
    entity.set_media_type(media_type)?;
    // A view is not a file to its reader.
    entity.set_name("")?;
    Ok(AlternateView(entity))
}

impl Deref for AlternateView {
    type Target = Entity;

    fn deref(&self) -> &Entity {
        &self.0
    }
}
