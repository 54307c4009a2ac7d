//! `INetMailMessage`: one message, to be sent any number of times.

use super::alternate_view::AlternateView;
use super::attachment::Attachment;
use super::collection::Collection;
use super::known_code_page;
use super::linked_resource::LinkedResource;
use super::mail_address::MailAddress;
use super::mail_address_collection::MailAddressCollection;
use super::message_fields::{Fields, LockedFields, ReturnPath, Texts};
use crate::error::{Error, Result, Status};
use crate::mime::{NameStyle, Priority, SeenText, Text, message_id, refuse_line_breaks};
use std::sync::Arc;

/// A message. Its collections are parts of it: who holds one changes the message.
#[derive(Default)]
pub struct MailMessage {
    pub(super) fields: LockedFields,
    pub(super) from: Arc<MailAddressCollection>,
    pub(super) to: Arc<MailAddressCollection>,
    pub(super) cc: Arc<MailAddressCollection>,
    pub(super) bcc: Arc<MailAddressCollection>,
    pub(super) reply_to: Arc<MailAddressCollection>,
    pub(super) views: Arc<Collection<AlternateView>>,
    pub(super) linked: Arc<Collection<LinkedResource>>,
    pub(super) attachments: Arc<Collection<Attachment>>,
}

impl MailMessage {
    pub fn with_from_and_to(from: Arc<MailAddress>, to: Arc<MailAddress>) -> MailMessage {
        let message = MailMessage::default();
        message.set_from(from);
        message.to.add(to);
        message
    }

    /// The first of the From list.
    pub fn from(&self) -> Option<Arc<MailAddress>> {
        self.from.item(0).ok()
    }

    /// Makes this the only From.
    pub fn set_from(&self, from: Arc<MailAddress>) {
        self.from.replace(vec![from]);
    }

    pub fn sender(&self) -> Option<Arc<MailAddress>> {
        self.fields.lock().sender.clone()
    }

    /// Who is told when delivery fails; without one From is.
    pub fn set_sender(&self, sender: Option<Arc<MailAddress>>) {
        self.fields.lock().sender = sender;
    }

    pub fn reverse_path(&self) -> Option<Arc<MailAddress>> {
        match &self.fields.lock().return_path {
            ReturnPath::Address(address) => Some(address.clone()),
            _ => None,
        }
    }

    /// The envelope's sender, where it is to differ from Sender and From without a header to show it.
    pub fn set_reverse_path(&self, reverse_path: Option<Arc<MailAddress>>) {
        self.put_return_path(reverse_path.map_or(ReturnPath::Unset, ReturnPath::Address));
    }

    /// The same as text: an address, `<>`, or nothing.
    pub fn return_path(&self) -> String {
        match &self.fields.lock().return_path {
            ReturnPath::Unset => String::new(),
            ReturnPath::Null => String::from("<>"),
            ReturnPath::Address(address) => address.address().to_owned(),
        }
    }

    pub fn set_return_path(&self, text: &str) -> Result<()> {
        let return_path = match text.trim() {
            "" => ReturnPath::Unset,
            "<>" => ReturnPath::Null,
            address => ReturnPath::Address(Arc::new(MailAddress::parse(address)?)),
        };
        self.put_return_path(return_path);
        Ok(())
    }

    fn put_return_path(&self, return_path: ReturnPath) {
        let mut fields = self.fields.lock();
        fields.return_path = return_path;
        fields.has_loaded_return_path = false;
    }

    /// The first of the Reply-To list.
    pub fn reply_to(&self) -> Option<Arc<MailAddress>> {
        self.reply_to.item(0).ok()
    }

    /// Makes this the only Reply-To, or leaves none.
    pub fn set_reply_to(&self, reply_to: Option<Arc<MailAddress>>) {
        self.reply_to.replace(reply_to.into_iter().collect());
    }

    pub fn authors(&self) -> Arc<MailAddressCollection> {
        self.from.clone()
    }

    pub fn to(&self) -> Arc<MailAddressCollection> {
        self.to.clone()
    }

    pub fn cc(&self) -> Arc<MailAddressCollection> {
        self.cc.clone()
    }

    pub fn bcc(&self) -> Arc<MailAddressCollection> {
        self.bcc.clone()
    }

    pub fn reply_to_list(&self) -> Arc<MailAddressCollection> {
        self.reply_to.clone()
    }

    pub fn alternate_views(&self) -> Arc<Collection<AlternateView>> {
        self.views.clone()
    }

    pub fn linked_resources(&self) -> Arc<Collection<LinkedResource>> {
        self.linked.clone()
    }

    pub fn attachments(&self) -> Arc<Collection<Attachment>> {
        self.attachments.clone()
    }

    pub fn subject(&self) -> String {
        self.fields.lock().texts.subject.clone()
    }

    pub fn set_subject(&self, subject: &str) -> Result<()> {
        refuse_line_breaks("the subject", subject)?;
        subject.clone_into(&mut self.fields.lock().texts_mut().subject);
        Ok(())
    }

    pub fn subject_encoding(&self) -> i32 {
        self.fields.lock().subject_encoding.number()
    }

    pub fn set_subject_encoding(&self, code_page: i32) -> Result<()> {
        self.fields.lock().subject_encoding = known_code_page(code_page)?;
        Ok(())
    }

    /// The HTML text if the body is HTML, else the plain one.
    pub fn body(&self) -> String {
        let fields = self.fields.lock();
        let Texts { plain, html, .. } = &fields.texts;
        let body = if fields.is_body_html { html } else { plain };
        text_of(body)
    }

    pub fn set_body(&self, body: SeenText) {
        let mut fields = self.fields.lock();
        let is_html = fields.is_body_html;
        let Texts { plain, html, .. } = fields.texts_mut();
        put(if is_html { html } else { plain }, body);
    }

    pub fn plain_text(&self) -> String {
        text_of(&self.fields.lock().texts.plain)
    }

    /// An empty text is none.
    pub fn set_plain_text(&self, text: SeenText) {
        put(&mut self.fields.lock().texts_mut().plain, text);
    }

    pub fn html_text(&self) -> String {
        text_of(&self.fields.lock().texts.html)
    }

    /// An empty text is none.
    pub fn set_html_text(&self, text: SeenText) {
        put(&mut self.fields.lock().texts_mut().html, text);
    }

    pub fn body_encoding(&self) -> i32 {
        self.fields.lock().body_encoding.number()
    }

    pub fn set_body_encoding(&self, code_page: i32) -> Result<()> {
        self.fields.lock().body_encoding = known_code_page(code_page)?;
        Ok(())
    }

    pub fn is_body_html(&self) -> bool {
        self.fields.lock().is_body_html
    }

    /// Says which text Body is. A text that was set as Body before goes along, unless that would cover another.
    pub fn set_is_body_html(&self, is_body_html: bool) {
        let mut fields = self.fields.lock();
        let Texts { plain, html, .. } = fields.texts_mut();
        match is_body_html {
            true if html.is_none() => *html = plain.take(),
            false if plain.is_none() => *plain = html.take(),
            _ => {}
        }
        fields.is_body_html = is_body_html;
    }

    pub fn priority(&self) -> Priority {
        self.fields.lock().priority
    }

    pub fn set_priority(&self, priority: Priority) {
        self.fields.lock().priority = priority;
    }

    /// East of UTC: how the moment of a Send is told, where Date says nothing else.
    pub fn zone_minutes(&self) -> i16 {
        self.fields.lock().zone_minutes
    }

    pub fn set_zone_minutes(&self, minutes: i32) -> Result<()> {
        self.fields.lock().zone_minutes = zone(minutes)?;
        Ok(())
    }

    /// The id that was set, or else the one that the message went out with last.
    pub fn message_id(&self) -> String {
        let set = self.header("Message-ID");
        set.or_else(|| {
            let stamp = self.fields.lock().last_stamp()?;
            Some(message_id(stamp.unique, &*self.from()?))
        })
        .unwrap_or_default()
    }

    pub fn has_old_names(&self) -> bool {
        self.fields.lock().name_style == NameStyle::Rfc2047
    }

    /// Says whether the names of attachments stand in Content-Type as encoded words too, for old readers.
    pub fn set_old_names(&self, old_names: bool) {
        let style = if old_names { NameStyle::Rfc2047 } else { NameStyle::Rfc2231 };
        self.fields.lock().name_style = style;
    }

    pub fn wants_read_receipt(&self) -> bool {
        self.fields.lock().wants_read_receipt || self.header(READ_RECEIPT).is_some()
    }

    /// Asks readers to tell the sender that the message was read (RFC 8098).
    pub fn set_wants_read_receipt(&self, wanted: bool) {
        self.set_receipt(READ_RECEIPT, wanted, |fields| &mut fields.wants_read_receipt);
    }

    pub fn wants_delivery_receipt(&self) -> bool {
        self.fields.lock().asks_for_delivery_receipt()
    }

    /// Asks for a notice of delivery.
    pub fn set_wants_delivery_receipt(&self, wanted: bool) {
        self.set_receipt(DELIVERY_RECEIPT, wanted, |fields| &mut fields.wants_delivery_receipt);
    }

    fn set_receipt(&self, name: &str, wanted: bool, flag: fn(&mut Fields) -> &mut bool) {
        let mut fields = self.fields.lock();
        *flag(&mut fields) = wanted;
        if !wanted {
            fields.headers.retain(|field| !field.name.eq_ignore_ascii_case(name));
        }
    }
}

/// A chain of messages, each attached to the one before, would end in as many calls within each other.
impl Drop for MailMessage {
    fn drop(&mut self) {
        let mut leaving = self.take_attachments();
        while let Some(attachment) = leaving.pop() {
            let message = Arc::into_inner(attachment).and_then(Attachment::into_message);
            if let Some(mut message) = message.and_then(Arc::into_inner) {
                leaving.append(&mut message.take_attachments());
            }
        }
    }
}

impl MailMessage {
    /// The attachments, unless a host still holds their collection.
    fn take_attachments(&mut self) -> Vec<Arc<Attachment>> {
        if let Some(origin) = &mut self.fields.lock().origin {
            origin.forget_attachments();
        }
        Arc::get_mut(&mut self.attachments).map(Collection::take_all).unwrap_or_default()
    }
}

/// RFC 8098 section 2.1.
pub(super) const READ_RECEIPT: &str = "Disposition-Notification-To";
/// No standard has it, and many servers know it.
pub(super) const DELIVERY_RECEIPT: &str = "Return-Receipt-To";

/// A time zone of this earth: from Baker Island to Kiribati.
pub(super) fn zone(minutes: i32) -> Result<i16> {
    let zone = i16::try_from(minutes).ok().filter(|zone| (-720..=840).contains(zone));
    zone.ok_or_else(|| {
        let sentence = format!("{minutes} minutes are no time zone: -720 to 840 are");
        Error::new(Status::ArgumentOutOfRange, sentence)
    })
}

fn text_of(text: &Option<Arc<Text>>) -> String {
    text.as_ref().map(|text| text.to_string()).unwrap_or_default()
}

fn put(place: &mut Option<Arc<Text>>, text: SeenText) {
    match place.as_mut().and_then(Arc::get_mut) {
        _ if text.text().is_empty() => *place = None,
        Some(own) => own.become_text(text),
        None => *place = Some(Arc::new(text.into())),
    }
}

pub(super) fn no_sender() -> Error {
    Status::NoSender.into()
}
