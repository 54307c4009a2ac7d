//! A message on its way out: as a letter, as a parcel, as octets in a file.

use super::attachment::DEEPEST;
use super::collection::Collection;
use super::entity::Entity;
use super::loaded_message::Origin;
use super::mail_address::MailAddress;
use super::mail_message::{DELIVERY_RECEIPT, MailMessage, READ_RECEIPT, no_sender};
use super::message_fields::{Fields, HeldFields, ReturnPath};
use crate::deliver::{
    Content, Envelope, EnvelopeOptions as Options, Parcel, stamp, write_new_file,
};
use crate::error::{Error, Result, Status};
use crate::mime::{
    Alternatives, Body, CodePage, Draft, Field, FieldValue, Frame, Letter, Missing, Part, Standard,
    Text, Transport, Writer, compose,
};
use std::collections::HashSet;
use std::io::Write;
use std::ops::Deref;
use std::path::Path;
use std::sync::{Arc, MutexGuard};

/// Octets that are made at a time when a message is written elsewhere than to a server.
const STEP: usize = 128 * 1024;

impl MailMessage {
    /// The message as it is now, ready to go. Missing files and texts that cannot be encoded show here, before anything
    /// reaches a server. The options of the client are those of a message that has none.
    pub(super) fn pack(&self, of_client: Option<Arc<Options>>) -> Result<Parcel<'static>> {
        let (envelope, letter) = self.pack_letter(of_client)?;
        Ok(Parcel::new(envelope, Content::Letter(letter)))
    }

    /// The same, for any thread to take along.
    pub(super) fn pack_letter(
        &self,
        of_client: Option<Arc<Options>>,
    ) -> Result<(Arc<Envelope>, Letter)> {
        if let Some(again) = self.pack_again(of_client.clone()) {
            return again;
        }
        // Read before the parts are: what is kept under them is then never newer than they say.
        let of_parts = self.revision_of_parts();
        let parts = self.parts(0)?;
        let mut held = self.hold();
        // Whatever has changed the lists meanwhile, now they stay.
        let revisions = Revisions { lists: self.revision_of_lists(), parts: of_parts };
        held.require_recipients()?;
        let goes_again = parts.are_none()
            && held.fields.standing().is_some_and(|standing| standing.revisions == revisions);
        let (letter, frame) = held.letter(parts, Missing::DateAndId, goes_again)?;
        let envelope = held.envelope(revisions, letter.needs_smtputf8(), of_client)?;
        held.fields.keep(Standing { revisions, envelope: envelope.clone(), frame });
        Ok((envelope, letter))
    }

    /// Whether there is more to it than texts, such as files, which may have to be waited for.
    pub(super) fn has_parts(&self) -> bool {
        self.views.count() + self.linked.count() + self.attachments.count() > 0
    }

    /// The same where nothing but subject and texts can have changed since the packing before.
    fn pack_again(
        &self,
        of_client: Option<Arc<Options>>,
    ) -> Option<Result<(Arc<Envelope>, Letter)>> {
        let mut fields = self.fields.lock();
        let standing = fields.standing()?;
        let frame = standing.frame.as_ref()?;
        let options = fields.asks_for(of_client);
        // Read behind the lock: who has set a text for other recipients has changed the lists before.
        let revisions =
            Revisions { lists: self.revision_of_lists(), parts: self.revision_of_parts() };
        let envelope = standing.envelope(revisions, frame.needs_smtputf8(), options.as_ref())?;
        let stamp = stamp();
        let letter = frame.compose(stamp, &fields.texts.subject, fields.texts_as_body());
        fields.go_by(stamp);
        Some(letter.map(|letter| (envelope, letter)))
    }

    /// A revision only grows, so that a sum of them that are read together stays the same for as long as each of them does.
    fn revision_of_lists(&self) -> u64 {
        let lists = [&self.from, &self.reply_to, &self.to, &self.cc, &self.bcc];
        lists.iter().map(|list| list.revision()).sum()
    }

    fn revision_of_parts(&self) -> u64 {
        self.views.revision() + self.linked.revision() + self.attachments.revision()
    }

    /// The envelope as far as it can be told of a message that cannot be packed.
    pub(super) fn envelope(&self) -> Arc<Envelope> {
        let held = self.hold();
        let reverse_path = held.reverse_path().unwrap_or_default();
        let recipients = match held.require_recipients() {
            Ok(()) => each_once(held.recipients().cloned().collect()),
            Err(_) => Vec::new(),
        };
        Arc::new(Envelope::new(reverse_path, recipients, false, None).unwrap_or_default())
    }

    /// The message as it is now, to be composed for any server. `missing` tells what a loaded message is to be completed by.
    pub(super) fn letter(&self, depth: usize, missing: Missing) -> Result<Letter> {
        let parts = self.parts(depth)?;
        Ok(self.hold().letter(parts, missing, false)?.0)
    }

    /// Opening files and reading callbacks takes its time: nothing is held meanwhile.
    fn parts(&self, depth: usize) -> Result<Parts> {
        if depth > DEEPEST {
            let sentence = "messages are attached within each other without an end";
            return Err(Error::new(Status::MessageTooComplex, sentence));
        }
        Ok(Parts {
            views: parts(&self.views, depth)?,
            linked: parts(&self.linked, depth)?,
            attachments: parts(&self.attachments, depth)?,
        })
    }

    fn hold(&self) -> Held<'_> {
        Held {
            message: self,
            from: self.from.items(),
            reply_to: self.reply_to.items(),
            to: self.to.items(),
            cc: self.cc.items(),
            bcc: self.bcc.items(),
            fields: self.fields.lock(),
        }
    }

    /// The message as octets, for any transport.
    pub fn octets(&self) -> Result<Vec<u8>> {
        let mut octets = Vec::new();
        self.write(|block| {
            octets.extend_from_slice(block);
            Ok(())
        })?;
        Ok(octets)
    }

    pub fn save_to_file(&self, path: &str) -> Result<()> {
        let letter = self.letter(0, Missing::None)?;
        let failed = |error| Error::file(path, &error);
        write_new_file(Path::new(path), failed, |file| {
            write(&letter, |block| file.write_all(block).map_err(failed))
        })
    }

    /// Hands the message to `take`, a block at a time.
    pub fn write(&self, take: impl FnMut(&[u8]) -> Result<()>) -> Result<()> {
        write(&self.letter(0, Missing::None)?, take)
    }
}

/// Of the lists of addresses and of those of parts, which are not read at the same time.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Revisions {
    lists: u64,
    parts: u64,
}

/// What is kept of a packing for those that follow. It serves as long as neither a field nor a list has changed.
pub(super) struct Standing {
    revisions: Revisions,
    envelope: Arc<Envelope>,
    /// Where the message has no parts but its texts, and went unchanged before.
    frame: Option<Box<Frame>>,
}

impl Standing {
    /// The envelope, if the message would have the same now.
    fn envelope(
        &self,
        revisions: Revisions,
        needs_smtputf8: bool,
        options: Option<&Arc<Options>>,
    ) -> Option<Arc<Envelope>> {
        let is_same = self.revisions == revisions
            && self.envelope.requires_smtputf8() == needs_smtputf8
            && self.envelope.options().map(Arc::as_ptr) == options.map(Arc::as_ptr);
        is_same.then(|| self.envelope.clone())
    }
}

/// Parts of a message, ready to be composed.
struct Parts {
    views: Vec<Part>,
    linked: Vec<Part>,
    attachments: Vec<Part>,
}

impl Parts {
    fn are_none(&self) -> bool {
        self.views.is_empty() && self.linked.is_empty() && self.attachments.is_empty()
    }
}

type List<'m> = MutexGuard<'m, Vec<Arc<MailAddress>>>;

/// A message as it is, and stays while this is held. Nobody takes a list while holding the fields.
struct Held<'m> {
    message: &'m MailMessage,
    from: List<'m>,
    reply_to: List<'m>,
    to: List<'m>,
    cc: List<'m>,
    bcc: List<'m>,
    fields: HeldFields<'m>,
}

impl Held<'_> {
    /// The letter, and its frame if that is to be kept.
    fn letter(
        &mut self,
        parts: Parts,
        missing: Missing,
        keeps_frame: bool,
    ) -> Result<(Letter, Option<Box<Frame>>)> {
        let Parts { views, linked, attachments } = parts;
        // The copy that is saved of a message that was sent is called as the message was.
        let stamp = match (missing, self.fields.last_stamp()) {
            (Missing::None, Some(last)) => last,
            _ => stamp(),
        };
        if missing != Missing::None {
            self.fields.go_by(stamp);
        }
        let (from, reply_to, to, cc) = (&self.from, &self.reply_to, &self.to, &self.cc);
        let fields = &*self.fields;
        let (changes, kept) = match &fields.origin {
            Some(origin) => origin.compare(self.message, fields, [from, reply_to, to, cc]),
            None => Default::default(),
        };
        let body = match kept {
            Some(body) => Body::Kept(body),
            None => Body::Parts { alternatives: fields.alternatives(views), linked, attachments },
        };
        // What was loaded may have a From that is no mailbox, and stay as it is.
        if from.is_empty() && (fields.origin.is_none() || changes.contains(Standard::From)) {
            return Err(no_sender());
        }
        let with_receipts = from.first().and_then(|first| fields.with_receipts(first));
        let draft = Draft {
            stamp,
            zone_minutes: fields.zone_minutes,
            from,
            sender: fields.sender.as_deref(),
            reply_to,
            to,
            cc,
            subject: &fields.texts.subject,
            code_page: fields.subject_encoding,
            priority: fields.priority,
            fields: with_receipts.as_deref().unwrap_or(&fields.headers),
            changes,
            missing: if fields.origin.is_some() { missing } else { Missing::All },
            name_style: fields.name_style,
        };
        let frame = match keeps_frame {
            true => Frame::new(&draft, &fields.texts_as_body())?,
            false => None,
        };
        Ok((compose(&draft, body)?, frame))
    }

    /// The envelope. While nothing about it changes, it is the one that the message had last.
    fn envelope(
        &self,
        revisions: Revisions,
        needs_smtputf8: bool,
        of_client: Option<Arc<Options>>,
    ) -> Result<Arc<Envelope>> {
        let options = self.fields.asks_for(of_client);
        let last = self
            .fields
            .standing()
            .and_then(|standing| standing.envelope(revisions, needs_smtputf8, options.as_ref()));
        if let Some(last) = last {
            return Ok(last);
        }
        let recipients = each_once(self.recipients().cloned().collect());
        Envelope::new(self.reverse_path()?, recipients, needs_smtputf8, options).map(Arc::new)
    }

    fn recipients(&self) -> impl Iterator<Item = &Arc<str>> {
        let mailboxes = self.to.iter().chain(&*self.cc).chain(&*self.bcc);
        mailboxes.map(|mailbox| mailbox.wire_address())
    }

    /// There is somebody to send to, and nobody whom the header names is left out for an address that could not be read.
    fn require_recipients(&self) -> Result<()> {
        if let Some(origin) = &self.fields.origin {
            origin.refuse_unreadable([&self.to, &self.cc, &self.bcc])?;
        }
        match self.recipients().next() {
            Some(_) => Ok(()),
            None => Err(Status::NoRecipients.into()),
        }
    }

    /// Where failures are reported to: what was set for it, or else Sender, or else From.
    fn reverse_path(&self) -> Result<Arc<str>> {
        let fields = &self.fields;
        let return_path = match &fields.origin {
            Some(origin) if fields.has_loaded_return_path && !origin.speaks_for(&self.from) => {
                &ReturnPath::Unset
            }
            _ => &fields.return_path,
        };
        match (return_path, &fields.sender) {
            (ReturnPath::Null, _) => Ok(Arc::default()),
            (ReturnPath::Address(address), _) => Ok(address.wire_address().clone()),
            (ReturnPath::Unset, Some(sender)) => Ok(sender.wire_address().clone()),
            (ReturnPath::Unset, None) => {
                Ok(self.from.first().ok_or_else(no_sender)?.wire_address().clone())
            }
        }
    }
}

impl Fields {
    pub(super) fn has_header(&self, name: &str) -> bool {
        self.headers.iter().any(|field| field.name.eq_ignore_ascii_case(name))
    }

    pub(super) fn asks_for_delivery_receipt(&self) -> bool {
        self.wants_delivery_receipt || self.has_header(DELIVERY_RECEIPT)
    }

    /// The texts where there is nothing else.
    fn texts_as_body(&self) -> Body {
        match (&self.texts.plain, &self.texts.html) {
            (Some(text), None) => Body::Sole(self.text_part(text, false)),
            (None, Some(text)) => Body::Sole(self.text_part(text, true)),
            _ => Body::Parts {
                alternatives: self.alternatives(Vec::new()),
                linked: Vec::new(),
                attachments: Vec::new(),
            },
        }
    }

    fn text_part(&self, text: &Arc<Text>, is_html: bool) -> Part {
        let kept = self.origin.as_ref().and_then(|origin| origin.text_part(self, text));
        let page = self.page_of(text);
        kept.unwrap_or_else(|| Part::Text { text: text.clone(), page, is_html })
    }

    /// The texts and views that tell the same. A message without any has an empty text.
    fn alternatives(&self, views: Vec<Part>) -> Alternatives {
        let own = |text: &Option<Arc<Text>>, is_html| Some(self.text_part(text.as_ref()?, is_html));
        let mut others = views;
        let first = match (own(&self.texts.plain, false), own(&self.texts.html, true)) {
            (Some(plain), html) => {
                html.into_iter().for_each(|html| others.insert(0, html));
                plain
            }
            (None, Some(html)) => html,
            (None, None) if !others.is_empty() => others.remove(0),
            (None, None) => {
                let (page, is_html) = (self.body_encoding, self.is_body_html);
                Part::Text { text: Arc::default(), page, is_html }
            }
        };
        Alternatives { first, others }
    }

    /// The code page of a text. That which a loaded message came in was nobody's choice: it gives way to UTF-8.
    fn page_of(&self, text: &str) -> &'static CodePage {
        let is_given = |origin: &Origin| origin.gave_body_encoding(self);
        match self.origin.as_deref().is_some_and(is_given) {
            true if self.body_encoding.encode(text, &mut Vec::new()).is_err() => CodePage::utf8(),
            _ => self.body_encoding,
        }
    }

    /// The further fields with those that ask for receipts, if any were asked for and are not there.
    fn with_receipts(&self, from: &MailAddress) -> Option<Vec<Field>> {
        let wanted = [
            (READ_RECEIPT, self.wants_read_receipt),
            (DELIVERY_RECEIPT, self.wants_delivery_receipt),
        ];
        if wanted.iter().all(|(_, is_wanted)| !is_wanted) {
            return None;
        }
        let missing = wanted.into_iter().filter(|(name, wanted)| *wanted && !self.has_header(name));
        let missing = missing.map(|(name, _)| Field {
            name: name.to_owned(),
            value: FieldValue::Text(from.address().to_owned()),
        });
        Some(self.headers.iter().cloned().chain(missing).collect())
    }
}

fn parts<T: Deref<Target = Entity>>(items: &Collection<T>, depth: usize) -> Result<Vec<Part>> {
    if items.items().is_empty() {
        return Ok(Vec::new());
    }
    items.snapshot().iter().map(|item| item.part(depth)).collect()
}

/// Servers answer a repeated RCPT in odd ways, and nobody wants a mail twice.
pub(super) fn each_once(mut recipients: Vec<Arc<str>>) -> Vec<Arc<str>> {
    if recipients.len() > 1 {
        let mut seen = HashSet::with_capacity(recipients.len());
        recipients.retain(|address| seen.insert(address.clone()));
    }
    recipients
}

fn write(letter: &Letter, mut take: impl FnMut(&[u8]) -> Result<()>) -> Result<()> {
    let composition = letter.compose(Transport::SevenBit);
    let mut writer = Writer::new(&composition);
    let size = composition.size().and_then(|size| usize::try_from(size).ok());
    let mut block = Vec::with_capacity(size.map_or(STEP, |size| size.min(STEP)));
    loop {
        let more = writer.fill(&mut block, STEP)?;
        take(&block)?;
        if !more {
            return Ok(());
        }
        block.clear();
    }
}

#[cfg(test)]
mod tests;
