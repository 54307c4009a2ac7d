//! What a message says of itself, behind its lock, and what is kept of it from one packing to the next.

use super::envelope_options::EnvelopeOptions;
use super::loaded_message::Origin;
use super::mail_address::MailAddress;
use super::packing::Standing;
use crate::mime::{CodePage, Field, NameStyle, Priority, Stamp, Text};
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, MutexGuard};

/// What a host sets of a message, its lists apart.
#[derive(Default)]
pub(super) struct Fields {
    pub sender: Option<Arc<MailAddress>>,
    pub return_path: ReturnPath,
    /// Whether it is still the one that the message came with.
    pub has_loaded_return_path: bool,
    pub texts: Texts,
    pub subject_encoding: &'static CodePage,
    pub body_encoding: &'static CodePage,
    pub is_body_html: bool,
    pub priority: Priority,
    /// Further fields; those of a loaded message are all here.
    pub headers: Vec<Field>,
    pub zone_minutes: i16,
    pub name_style: NameStyle,
    pub wants_read_receipt: bool,
    pub wants_delivery_receipt: bool,
    pub envelope_options: Option<Arc<EnvelopeOptions>>,
    pub origin: Option<Box<Origin>>,
}

/// What differs from one sending to the next, where a message object serves for many.
#[derive(Default)]
pub(super) struct Texts {
    pub subject: String,
    /// The texts are shared with the Sends under way. Body is one of them.
    pub plain: Option<Arc<Text>>,
    pub html: Option<Arc<Text>>,
}

/// Who is told when delivery fails.
#[derive(Debug, Clone, Default)]
pub enum ReturnPath {
    /// Sender, or else From.
    #[default]
    Unset,
    /// Nobody: `<>`, as automatic answers have it (RFC 3834 section 3.3).
    Null,
    Address(Arc<MailAddress>),
}

/// The fields behind their lock, with what is kept of the last packing. The one rule for when that is stale: whoever takes the
/// fields to change them drops it, and nobody can change them otherwise. The texts alone are no part of it.
#[derive(Default)]
pub(super) struct LockedFields(Mutex<State>);

#[derive(Default)]
struct State {
    fields: Fields,
    /// What the message was named by when it was composed last.
    last_stamp: Option<Stamp>,
    standing: Option<Standing>,
}

/// The fields, for as long as they are held.
pub(super) struct HeldFields<'m>(MutexGuard<'m, State>);

impl LockedFields {
    pub fn lock(&self) -> HeldFields<'_> {
        HeldFields(super::lock(&self.0))
    }
}

impl HeldFields<'_> {
    /// The texts for a change.
    pub fn texts_mut(&mut self) -> &mut Texts {
        &mut self.0.fields.texts
    }

    pub fn last_stamp(&self) -> Option<Stamp> {
        self.0.last_stamp
    }

    /// The message goes by this stamp.
    pub fn go_by(&mut self, stamp: Stamp) {
        self.0.last_stamp = Some(stamp);
    }

    /// What is kept of the last packing, if the fields are still the same.
    pub fn standing(&self) -> Option<&Standing> {
        self.0.standing.as_ref()
    }

    pub fn keep(&mut self, standing: Standing) {
        self.0.standing = Some(standing);
    }
}

impl Deref for HeldFields<'_> {
    type Target = Fields;

    fn deref(&self) -> &Fields {
        &self.0.fields
    }
}

impl DerefMut for HeldFields<'_> {
    fn deref_mut(&mut self) -> &mut Fields {
        self.0.standing = None;
        &mut self.0.fields
    }
}
