//! `INetMailMessage`: one message, to be sent any number of times.

use super::attachment_collection::AttachmentCollection;
use super::lock;
use super::mail_address::MailAddress;
use super::mail_address_collection::MailAddressCollection;
use crate::deliver::{Envelope, Parcel, stamp};
use crate::error::{Error, Result, Status};
use crate::mime::{CodePage, Composition, Draft, Priority, refuse_line_breaks};
use std::collections::HashSet;
use std::sync::{Arc, Mutex};

/// A message. Its collections are parts of it: who holds one changes the message.
#[derive(Debug, Default)]
pub struct MailMessage {
    fields: Mutex<Fields>,
    to: Arc<MailAddressCollection>,
    cc: Arc<MailAddressCollection>,
    bcc: Arc<MailAddressCollection>,
    reply_to: Arc<MailAddressCollection>,
    attachments: Arc<AttachmentCollection>,
}

#[derive(Debug, Default)]
struct Fields {
    from: Option<Arc<MailAddress>>,
    sender: Option<Arc<MailAddress>>,
    reverse_path: Option<Arc<MailAddress>>,
    subject: String,
    subject_encoding: &'static CodePage,
    /// Shared with the Sends under way.
    body: Arc<String>,
    body_encoding: &'static CodePage,
    is_body_html: bool,
    priority: Priority,
}

impl MailMessage {
    pub fn with_from_and_to(from: Arc<MailAddress>, to: Arc<MailAddress>) -> MailMessage {
        let message = MailMessage::default();
        message.set_from(from);
        message.to.add(to);
        message
    }

    pub fn from(&self) -> Option<Arc<MailAddress>> {
        lock(&self.fields).from.clone()
    }

    pub fn set_from(&self, from: Arc<MailAddress>) {
        lock(&self.fields).from = Some(from);
    }

    pub fn sender(&self) -> Option<Arc<MailAddress>> {
        lock(&self.fields).sender.clone()
    }

    /// Who is told when delivery fails; without one From is.
    pub fn set_sender(&self, sender: Option<Arc<MailAddress>>) {
        lock(&self.fields).sender = sender;
    }

    pub fn reverse_path(&self) -> Option<Arc<MailAddress>> {
        lock(&self.fields).reverse_path.clone()
    }

    /// The envelope's sender, where it is to differ from Sender and From without a header to show it.
    pub fn set_reverse_path(&self, reverse_path: Option<Arc<MailAddress>>) {
        lock(&self.fields).reverse_path = reverse_path;
    }

    /// The first of the Reply-To list.
    pub fn reply_to(&self) -> Option<Arc<MailAddress>> {
        self.reply_to.item(0).ok()
    }

    /// Makes this the only Reply-To, or leaves none.
    pub fn set_reply_to(&self, reply_to: Option<Arc<MailAddress>>) {
        self.reply_to.replace(reply_to.into_iter().collect());
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

    pub fn attachments(&self) -> Arc<AttachmentCollection> {
        self.attachments.clone()
    }

    pub fn subject(&self) -> String {
        lock(&self.fields).subject.clone()
    }

    pub fn set_subject(&self, subject: &str) -> Result<()> {
        refuse_line_breaks("the subject", subject)?;
        subject.clone_into(&mut lock(&self.fields).subject);
        Ok(())
    }

    pub fn subject_encoding(&self) -> i32 {
        lock(&self.fields).subject_encoding.number()
    }

    pub fn set_subject_encoding(&self, code_page: i32) -> Result<()> {
        lock(&self.fields).subject_encoding = known_code_page(code_page)?;
        Ok(())
    }

    pub fn body(&self) -> String {
        lock(&self.fields).body.to_string()
    }

    pub fn set_body(&self, body: &str) {
        let mut fields = lock(&self.fields);
        match Arc::get_mut(&mut fields.body) {
            Some(own) => body.clone_into(own),
            None => fields.body = Arc::new(body.to_owned()),
        }
    }

    pub fn body_encoding(&self) -> i32 {
        lock(&self.fields).body_encoding.number()
    }

    pub fn set_body_encoding(&self, code_page: i32) -> Result<()> {
        lock(&self.fields).body_encoding = known_code_page(code_page)?;
        Ok(())
    }

    pub fn is_body_html(&self) -> bool {
        lock(&self.fields).is_body_html
    }

    pub fn set_is_body_html(&self, is_body_html: bool) {
        lock(&self.fields).is_body_html = is_body_html;
    }

    pub fn priority(&self) -> Priority {
        lock(&self.fields).priority
    }

    pub fn set_priority(&self, priority: Priority) {
        lock(&self.fields).priority = priority;
    }

    /// The message as it is now, ready to go. Missing files and texts that cannot be encoded show here, before anything
    /// reaches a server.
    pub(super) fn pack(&self) -> Result<Parcel> {
        // Opening files takes its time: the lists are held only behind it.
        let attachments = self.attachments.snapshot();
        let attachments: Result<Vec<_>> = attachments.iter().map(|item| item.part()).collect();
        let (to, cc, bcc) = (self.to.items(), self.cc.items(), self.bcc.items());
        let recipients = recipients(to.iter().chain(&*cc).chain(&*bcc));
        if recipients.is_empty() {
            return Err(Status::NoRecipients.into());
        }
        let attachments = attachments?;
        let fields = lock(&self.fields);
        let from = fields.from.as_deref().ok_or_else(|| Error::from(Status::NoSender))?;
        let composition = Composition::new(&Draft {
            stamp: stamp(),
            from,
            sender: fields.sender.as_deref(),
            reply_to: &self.reply_to.items(),
            to: &to,
            cc: &cc,
            subject: &fields.subject,
            subject_code_page: fields.subject_encoding,
            body: fields.body.clone(),
            body_code_page: fields.body_encoding,
            body_is_html: fields.is_body_html,
            priority: fields.priority,
            attachments: &attachments,
        })?;
        let reverse_path =
            fields.reverse_path.as_deref().or(fields.sender.as_deref()).unwrap_or(from);
        let envelope = Arc::new(Envelope {
            reverse_path: reverse_path.wire_address().clone(),
            recipients,
            size: composition.size(),
            needs_smtputf8: composition.needs_smtputf8(),
        });
        Ok(Parcel { envelope, composition })
    }
}

/// The wire addresses, each once: servers answer a repeated RCPT in odd ways, and nobody wants a mail twice.
fn recipients<'a>(addresses: impl Iterator<Item = &'a Arc<MailAddress>>) -> Vec<Arc<str>> {
    let mut recipients: Vec<_> = addresses.map(|address| address.wire_address().clone()).collect();
    if recipients.len() > 1 {
        let mut seen = HashSet::new();
        recipients.retain(|address| seen.insert(address.clone()));
    }
    recipients
}

fn known_code_page(number: i32) -> Result<&'static CodePage> {
    CodePage::by_number(number).ok_or_else(|| {
        let sentence = format!("{number} is none of the code pages of Fore's CodePage");
        Error::new(Status::ArgumentOutOfRange, sentence)
    })
}
