//! Texts that were looked at when they came, so that nobody has to again however often they go.

use super::look::{Look, look};
use std::ops::Deref;

/// A text of somebody else, and what a look at it has told.
#[derive(Debug, Clone, Copy)]
pub struct SeenText<'t> {
    text: &'t str,
    look: Look,
}

impl<'t> SeenText<'t> {
    /// A text whose octets were looked at before they were known to be one.
    pub fn known(text: &'t str, look: Look) -> SeenText<'t> {
        SeenText { text, look }
    }

    pub fn text(&self) -> &'t str {
        self.text
    }
}

impl<'t> From<&'t str> for SeenText<'t> {
    fn from(text: &'t str) -> SeenText<'t> {
        SeenText { text, look: look(text.as_bytes()) }
    }
}

/// A text for a body, and what a look at it has told.
#[derive(Debug, Default)]
pub struct Text {
    text: String,
    look: Look,
}

impl Text {
    /// Becomes another text, in the memory of this one.
    pub fn become_text(&mut self, other: SeenText) {
        other.text.clone_into(&mut self.text);
        self.look = other.look;
    }

    pub fn look(&self) -> Look {
        self.look
    }
}

impl From<SeenText<'_>> for Text {
    fn from(seen: SeenText) -> Text {
        Text { text: seen.text.to_owned(), look: seen.look }
    }
}

impl From<String> for Text {
    fn from(text: String) -> Text {
        Text { look: look(text.as_bytes()), text }
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}
