//! Messages that were loaded: what they were, so that what nobody touches goes out as it came.

use super::alternate_view::AlternateView;
use super::attachment::Attachment;
use super::entity::{Entity, read_all};
use super::linked_resource::LinkedResource;
use super::mail_address::MailAddress;
use super::mail_message::MailMessage;
use super::message_fields::{Fields, ReturnPath};
use super::open_file::OpenFile;
use crate::error::{Error, Result};
use crate::mime::{
    Changes, CodePage, Field, FieldValue, Loaded, LoadedField, LoadedPart, Octets, Part, Priority,
    Standard, Text, load,
};
use bytes::Bytes;
use std::ops::Deref;
use std::sync::Arc;

/// A message as it was when it was loaded.
pub(super) struct Origin {
    from: Vec<Arc<MailAddress>>,
    reply_to: Vec<Arc<MailAddress>>,
    to: Vec<Arc<MailAddress>>,
    cc: Vec<Arc<MailAddress>>,
    bcc: Vec<Arc<MailAddress>>,
    /// What is wrong with the first address of To, of Cc and of Bcc that is none.
    unreadable: [Option<Error>; 3],
    sender: Option<Arc<MailAddress>>,
    subject: String,
    subject_encoding: &'static CodePage,
    priority: Priority,
    plain: Option<KeptText>,
    html: Option<KeptText>,
    body_encoding: &'static CodePage,
    views: Vec<Arc<AlternateView>>,
    linked: Vec<Arc<LinkedResource>>,
    attachments: Vec<Arc<Attachment>>,
    body: Bytes,
}

struct KeptText {
    text: Arc<Text>,
    part: LoadedPart,
}

impl MailMessage {
    pub fn load_octets(octets: Vec<u8>) -> Result<MailMessage> {
        Ok(MailMessage::of_loaded(load(octets)?))
    }

    pub fn load_file(path: &str) -> Result<MailMessage> {
        let octets = read_all(&OpenFile::new(path, None)?)?;
        MailMessage::load_octets(octets.into())
            .map_err(|error| error.map_message(|message| format!("{path}: {message}")))
    }

    pub fn load_stream(stream: &mut dyn Octets) -> Result<MailMessage> {
        const STEP: usize = 64 * 1024;
        let mut octets = Vec::new();
        loop {
            let filled = octets.len();
            octets.resize(filled + STEP, 0);
            let read = stream.read(&mut octets[filled..])?;
            octets.truncate(filled + read);
            if read == 0 {
                return MailMessage::load_octets(octets);
            }
        }
    }

    fn of_loaded(loaded: Loaded) -> MailMessage {
        let shared = |list: Vec<MailAddress>| list.into_iter().map(Arc::new).collect::<Vec<_>>();
        let text = |text: crate::mime::LoadedText| KeptText {
            text: Arc::new(text.text.into()),
            part: text.part,
        };
        let pages =
            [&loaded.plain, &loaded.html].map(|text| text.as_ref().map(|text| text.code_page));
        // The envelope of a pickup directory is none of the message's business, and holds those of Bcc.
        let is_envelope = |field: &LoadedField| {
            ["X-Sender", "X-Receiver"].iter().any(|name| field.name.eq_ignore_ascii_case(name))
        };
        let fields = loaded.fields.into_iter().skip_while(is_envelope);
        let headers: Vec<_> = fields.map(kept_field).collect();
        let origin = Origin {
            from: shared(loaded.from),
            reply_to: shared(loaded.reply_to),
            to: shared(loaded.to),
            cc: shared(loaded.cc),
            bcc: shared(loaded.bcc),
            unreadable: loaded.unreadable,
            sender: loaded.sender.map(Arc::new),
            subject: loaded.subject,
            subject_encoding: Default::default(),
            priority: priority(&headers),
            plain: loaded.plain.map(text),
            html: loaded.html.map(text),
            body_encoding: pages.into_iter().flatten().next().unwrap_or_default(),
            views: objects(loaded.views, AlternateView::of_loaded),
            linked: objects(loaded.linked, LinkedResource::of_loaded),
            attachments: objects(loaded.attachments, Attachment::of_loaded),
            body: loaded.body,
        };
        let message = MailMessage::default();
        message.from.replace(origin.from.clone());
        message.reply_to.replace(origin.reply_to.clone());
        message.to.replace(origin.to.clone());
        message.cc.replace(origin.cc.clone());
        message.bcc.replace(origin.bcc.clone());
        message.views.replace(origin.views.clone());
        message.linked.replace(origin.linked.clone());
        message.attachments.replace(origin.attachments.clone());
        let mut fields = message.fields.lock();
        fields.sender = origin.sender.clone();
        fields.texts.subject = origin.subject.clone();
        fields.priority = origin.priority;
        fields.texts.plain = origin.plain.as_ref().map(|plain| plain.text.clone());
        fields.texts.html = origin.html.as_ref().map(|html| html.text.clone());
        fields.body_encoding = origin.body_encoding;
        fields.is_body_html = fields.texts.plain.is_none() && fields.texts.html.is_some();
        fields.return_path = return_path(&headers);
        fields.has_loaded_return_path = true;
        fields.headers = headers;
        fields.origin = Some(Box::new(origin));
        drop(fields);
        message
    }
}

impl Origin {
    pub fn forget_attachments(&mut self) {
        self.attachments.clear();
    }

    /// The sender of the envelope that the message came in goes with its author: of another's message it says nothing.
    pub fn speaks_for(&self, from: &[Arc<MailAddress>]) -> bool {
        are_same(from, &self.from)
    }

    /// Refuses to send to some of those whom the header names: an address in it could not be read.
    pub fn refuse_unreadable(&self, lists: [&[Arc<MailAddress>]; 3]) -> Result<()> {
        let loaded = [&self.to, &self.cc, &self.bcc];
        for ((now, then), unreadable) in lists.iter().zip(loaded).zip(&self.unreadable) {
            let is_there =
                |item: &Arc<MailAddress>| now.iter().any(|other| Arc::ptr_eq(item, other));
            let is_untouched = match then.is_empty() {
                true => now.is_empty(),
                false => then.iter().all(is_there),
            };
            if let Some(error) = unreadable.as_ref().filter(|_| is_untouched) {
                return Err(error.clone());
            }
        }
        Ok(())
    }

    /// What is to be written anew, and the body if that is not.
    pub fn compare(
        &self,
        message: &MailMessage,
        fields: &Fields,
        [from, reply_to, to, cc]: [&[Arc<MailAddress>]; 4],
    ) -> (Changes, Option<Bytes>) {
        let is_body_kept = self.is_body_kept(message, fields);
        let is_same_page = std::ptr::eq(fields.subject_encoding, self.subject_encoding);
        let is_kept = [
            (Standard::From, are_same(from, &self.from)),
            (Standard::ReplyTo, are_same(reply_to, &self.reply_to)),
            (Standard::To, are_same(to, &self.to)),
            (Standard::Cc, are_same(cc, &self.cc)),
            (Standard::Sender, are_same(fields.sender.as_slice(), self.sender.as_slice())),
            (Standard::Subject, fields.texts.subject == self.subject && is_same_page),
            (Standard::Priority, fields.priority == self.priority),
            (Standard::Content, is_body_kept),
        ];
        let mut changes = Changes::default();
        for (standard, _) in is_kept.into_iter().filter(|(_, is_kept)| !is_kept) {
            changes.insert(standard);
        }
        (changes, is_body_kept.then(|| self.body.clone()))
    }

    /// Whether the code page of the body is still that which the message came in.
    pub fn gave_body_encoding(&self, fields: &Fields) -> bool {
        std::ptr::eq(fields.body_encoding, self.body_encoding)
    }

    /// The part that a text came in, as long as it is that text.
    pub fn text_part(&self, fields: &Fields, text: &Arc<Text>) -> Option<Part> {
        let texts = [&self.plain, &self.html].into_iter().flatten();
        let found = texts.filter(|known| Arc::ptr_eq(&known.text, text)).map(|known| &known.part);
        let part =
            found.take(1).find(|_| std::ptr::eq(fields.body_encoding, self.body_encoding))?;
        Some(Part::kept(part))
    }

    fn is_body_kept(&self, message: &MailMessage, fields: &Fields) -> bool {
        let is_same_text = |now: &Option<Arc<Text>>, then: &Option<KeptText>| match (now, then) {
            (Some(now), Some(then)) => Arc::ptr_eq(now, &then.text),
            (now, then) => now.is_none() && then.is_none(),
        };
        is_same_text(&fields.texts.plain, &self.plain)
            && is_same_text(&fields.texts.html, &self.html)
            && std::ptr::eq(fields.body_encoding, self.body_encoding)
            && are_as_loaded(&message.views.items(), &self.views)
            && are_as_loaded(&message.linked.items(), &self.linked)
            && are_as_loaded(&message.attachments.items(), &self.attachments)
    }
}

fn are_same<T>(now: &[Arc<T>], then: &[Arc<T>]) -> bool {
    now.len() == then.len() && now.iter().zip(then).all(|(now, then)| Arc::ptr_eq(now, then))
}

fn are_as_loaded<T: Deref<Target = Entity>>(now: &[Arc<T>], then: &[Arc<T>]) -> bool {
    are_same(now, then) && now.iter().all(|item| item.is_as_loaded())
}

fn objects<T>(parts: Vec<LoadedPart>, object: fn(LoadedPart) -> T) -> Vec<Arc<T>> {
    parts.into_iter().map(|part| Arc::new(object(part))).collect()
}

fn kept_field(field: LoadedField) -> Field {
    Field { name: field.name, value: FieldValue::Kept(field.octets) }
}

/// The sender of the envelope that the message came in, if it was written down.
fn return_path(headers: &[Field]) -> ReturnPath {
    let is_one = |field: &&Field| Standard::of(&field.name) == Some(Standard::ReturnPath);
    let text = headers.iter().find(is_one).map(Field::text).unwrap_or_default();
    match text.trim() {
        "<>" => ReturnPath::Null,
        address => match MailAddress::parse(address) {
            Ok(address) => ReturnPath::Address(Arc::new(address)),
            Err(_) => ReturnPath::Unset,
        },
    }
}

/// What the first header that speaks of it says.
fn priority(headers: &[Field]) -> Priority {
    let told = headers.iter().find_map(|field| Priority::of_field(&field.name, &field.text()));
    told.unwrap_or_default()
}
