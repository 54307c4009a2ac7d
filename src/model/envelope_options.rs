//! `INetEnvelopeOptions`: what MAIL and RCPT ask for beyond addresses.

use super::lock;
use super::mail_address::MailAddress;
use super::mail_message::MailMessage;
use super::message_fields::Fields;
use super::smtp_client::{Settings, SmtpClient};
use crate::deliver::{self, AuthSender, DeliverBy, Hold};
use crate::error::Result;
use std::sync::{Arc, Mutex};

pub use crate::deliver::{Late, Notify, Return};

/// Options, shared by all who were given them: a change is seen by the next Send.
#[derive(Debug, Default)]
pub struct EnvelopeOptions {
    options: Mutex<Arc<deliver::EnvelopeOptions>>,
}

impl EnvelopeOptions {
    pub fn notify(&self) -> Notify {
        self.now().notify
    }

    pub fn set_notify(&self, notify: Notify) {
        self.set(|options| options.notify = notify);
    }

    pub fn returns(&self) -> Return {
        self.now().returns
    }

    pub fn set_returns(&self, returns: Return) {
        self.set(|options| options.returns = returns);
    }

    pub fn envelope_id(&self) -> String {
        self.now().envelope_id().to_owned()
    }

    pub fn set_envelope_id(&self, id: &str) -> Result<()> {
        self.change(|options| options.set_envelope_id(id))
    }

    pub fn adds_original_recipient(&self) -> bool {
        self.now().adds_original_recipient
    }

    pub fn set_adds_original_recipient(&self, adds: bool) {
        self.set(|options| options.adds_original_recipient = adds);
    }

    /// Sets or takes away the original address of one recipient.
    pub fn set_original_recipient(&self, recipient: &str, original: Option<&str>) -> Result<()> {
        let recipient = MailAddress::parse(recipient)?;
        let original = original.map(MailAddress::parse).transpose()?;
        let original = original.as_ref().map(|original| &**original.wire_address());
        self.change(|options| options.set_original_recipient(recipient.wire_address(), original))
    }

    pub fn require_tls(&self) -> bool {
        self.now().require_tls
    }

    pub fn set_require_tls(&self, required: bool) {
        self.set(|options| options.require_tls = required);
    }

    pub fn deliver_by(&self) -> Option<DeliverBy> {
        self.now().deliver_by()
    }

    /// `late` is nothing for no time limit.
    pub fn set_deliver_by(&self, seconds: i32, late: Option<Late>, trace: bool) -> Result<()> {
        // What is negative is as little a time limit as none.
        let seconds = u32::try_from(seconds).unwrap_or_default();
        let deliver_by = late.map(|late| DeliverBy { seconds, late, trace });
        self.change(|options| options.set_deliver_by(deliver_by))
    }

    pub fn priority(&self) -> Option<i8> {
        self.now().priority()
    }

    pub fn set_priority(&self, priority: Option<i32>) -> Result<()> {
        // A number beyond an octet is beyond the priorities too.
        let priority = priority.map(|number| i8::try_from(number).unwrap_or(i8::MAX));
        self.change(|options| options.set_priority(priority))
    }

    /// 0 where no number of seconds is set.
    pub fn hold_for(&self) -> u32 {
        match self.now().hold() {
            Some(Hold::For(seconds)) => seconds,
            _ => 0,
        }
    }

    /// 0 ends any hold.
    pub fn set_hold_for(&self, seconds: i32) -> Result<()> {
        let hold = match seconds {
            0 => None,
            seconds => Some(Hold::For(u32::try_from(seconds).unwrap_or_default())),
        };
        self.change(|options| options.set_hold(hold))
    }

    /// Empty where no moment is set.
    pub fn hold_until(&self) -> String {
        self.now().hold().and_then(Hold::until_text).unwrap_or_default()
    }

    /// A date-time of RFC 3339; an empty text ends any hold.
    pub fn set_hold_until(&self, text: &str) -> Result<()> {
        let hold = match text.trim() {
            "" => None,
            text => Some(Hold::until(text)?),
        };
        self.change(|options| options.set_hold(hold))
    }

    pub fn auth_sender(&self) -> String {
        match self.now().auth_sender() {
            None => String::new(),
            Some(AuthSender::Unknown) => String::from("<>"),
            Some(AuthSender::Mailbox(mailbox)) => mailbox.to_string(),
        }
    }

    /// An address, `<>` for somebody who is not known, or nothing.
    pub fn set_auth_sender(&self, text: &str) -> Result<()> {
        let sender = match text.trim() {
            "" => None,
            "<>" => Some(AuthSender::Unknown),
            address => {
                Some(AuthSender::Mailbox(MailAddress::parse(address)?.wire_address().clone()))
            }
        };
        self.change(|options| options.set_auth_sender(sender))
    }

    pub fn is_optional(&self) -> bool {
        self.now().is_optional
    }

    pub fn set_is_optional(&self, is_optional: bool) {
        self.set(|options| options.is_optional = is_optional);
    }

    /// The options as they are now.
    pub(super) fn now(&self) -> Arc<deliver::EnvelopeOptions> {
        lock(&self.options).clone()
    }

    fn set(&self, change: impl FnOnce(&mut deliver::EnvelopeOptions)) {
        change(Arc::make_mut(&mut lock(&self.options)));
    }

    fn change(
        &self,
        change: impl FnOnce(&mut deliver::EnvelopeOptions) -> Result<()>,
    ) -> Result<()> {
        change(Arc::make_mut(&mut lock(&self.options)))
    }
}

impl MailMessage {
    pub fn envelope_options(&self) -> Option<Arc<EnvelopeOptions>> {
        self.fields.lock().envelope_options.clone()
    }

    /// Options of this message, in the place of those of the client.
    pub fn set_envelope_options(&self, options: Option<Arc<EnvelopeOptions>>) {
        self.fields.lock().envelope_options = options;
    }

    pub fn notify(&self) -> Notify {
        self.envelope_options().map(|options| options.notify()).unwrap_or_default()
    }

    /// Options that were not there come to be.
    pub fn set_notify(&self, notify: Notify) {
        let options = self.fields.lock().envelope_options.get_or_insert_default().clone();
        options.set_notify(notify);
    }
}

impl Fields {
    /// What the envelope of the message asks for, if anything.
    pub(super) fn asks_for(
        &self,
        of_client: Option<Arc<deliver::EnvelopeOptions>>,
    ) -> Option<Arc<deliver::EnvelopeOptions>> {
        let own = self.envelope_options.as_ref();
        let mut options = own.map(|own| own.now()).or(of_client);
        if self.asks_for_delivery_receipt() {
            Arc::make_mut(options.get_or_insert_default()).wishes_receipt = true;
        }
        options
    }
}

impl SmtpClient {
    pub fn envelope_options(&self) -> Option<Arc<EnvelopeOptions>> {
        lock(&self.settings).envelope_options.clone()
    }

    /// Options of every message that has none of its own.
    pub fn set_envelope_options(&self, options: Option<Arc<EnvelopeOptions>>) {
        lock(&self.settings).envelope_options = options;
    }

    pub(super) fn asks_for(&self) -> Option<Arc<deliver::EnvelopeOptions>> {
        lock(&self.settings).asks_for()
    }
}

impl Settings {
    /// What the envelopes ask for of messages that have no options of their own.
    pub(super) fn asks_for(&self) -> Option<Arc<deliver::EnvelopeOptions>> {
        self.envelope_options.as_ref().map(|options| options.now())
    }
}
