//! What attachments, linked resources and alternate views share: content from somewhere, and the fields of its header.

use super::collection::Member;
use super::lock;
use super::mail_message::MailMessage;
use super::open_file::OpenFile;
use crate::deliver::write_new_file;
use crate::error::{Error, Result, Status};
use crate::mime::{
    CodePage, Disposition, LoadedPart, MadePart, MediaType, Missing, Part, PartContent, SeenText,
    Source, Text, TransferEncoding, refuse_line_breaks, without_fields,
};
use bytes::Bytes;
use std::fs::File;
use std::io::Write;
use std::ops::Deref;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// A part of a message as an object. Who holds it may change it until a Send takes it up, and again for the next.
pub struct Entity {
    state: Mutex<State>,
}

#[derive(Clone)]
struct State {
    content: Content,
    /// What the host has said; `None` is what the content suggests.
    media_type: Option<MediaType>,
    name: Option<String>,
    content_id: String,
    disposition: Option<Disposition>,
    encoding: Option<TransferEncoding>,
    /// Fields that it was loaded with and that are no properties, as they came.
    further: Bytes,
}

#[derive(Clone)]
enum Content {
    /// Opened by the first Send, and open until `release_resource`, as Fore has it.
    File {
        path: String,
        open: Option<Arc<File>>,
    },
    Octets(Bytes),
    Stream(Arc<dyn Source>),
    Text(Arc<Text>, &'static CodePage),
    Message(Arc<MailMessage>),
    /// As it was loaded, until something about it is changed.
    Loaded(Arc<LoadedPart>),
}

impl Entity {
    fn new(content: Content, disposition: Option<Disposition>) -> Entity {
        let state = State {
            content,
            media_type: None,
            name: None,
            content_id: String::new(),
            disposition,
            encoding: None,
            further: Bytes::new(),
        };
        Entity { state: Mutex::new(state) }
    }

    pub fn of_file(path: &str, disposition: Option<Disposition>) -> Result<Entity> {
        Ok(Entity::new(file(path)?, disposition))
    }

    pub fn of_octets(octets: &[u8], disposition: Option<Disposition>) -> Entity {
        Entity::new(Content::Octets(Bytes::copy_from_slice(octets)), disposition)
    }

    pub fn of_stream(source: Arc<dyn Source>, disposition: Option<Disposition>) -> Entity {
        Entity::new(Content::Stream(source), disposition)
    }

    pub fn of_text(text: &str, page: &'static CodePage) -> Entity {
        Entity::new(Content::Text(Arc::new(SeenText::from(text).into()), page), None)
    }

    pub fn of_message(message: Arc<MailMessage>, disposition: Option<Disposition>) -> Entity {
        Entity::new(Content::Message(message), disposition)
    }

    pub(super) fn of_loaded(part: LoadedPart) -> Entity {
        let content_id = part.content_id.clone();
        let disposition = match part.is_inline {
            true => Disposition::Inline,
            false => Disposition::Attachment,
        };
        let entity = Entity::new(Content::Loaded(Arc::new(part)), Some(disposition));
        lock(&entity.state).content_id = content_id;
        entity
    }

    /// Path and name of the file; empty where the content is no file.
    pub fn content_name(&self) -> String {
        match &lock(&self.state).content {
            Content::File { path, .. } => path.clone(),
            _ => String::new(),
        }
    }

    /// Makes the content that of another file; the one that was open is closed.
    pub fn set_content_name(&self, path: &str) -> Result<()> {
        let content = file(path)?;
        let mut state = lock(&self.state);
        let old = std::mem::replace(&mut state.content, content);
        drop(state);
        // What goes may call the host, which may ask this object again.
        drop(old);
        Ok(())
    }

    /// Closes the file, as soon as no Send is reading it. The next Send opens it again.
    pub fn release_resource(&self) {
        if let Content::File { open, .. } = &mut lock(&self.state).content {
            *open = None;
        }
    }

    /// The file name that a reader of the message is shown.
    pub fn name(&self) -> String {
        lock(&self.state).name()
    }

    pub fn set_name(&self, name: &str) -> Result<()> {
        refuse_line_breaks("the name", name)?;
        self.change(|state| state.name = Some(name.to_owned()));
        Ok(())
    }

    pub fn media_type(&self) -> String {
        lock(&self.state).media_type().to_string()
    }

    /// An empty text leaves it to the content again.
    pub fn set_media_type(&self, text: &str) -> Result<()> {
        let media_type = match text.is_empty() {
            true => None,
            false => Some(MediaType::parse(text)?),
        };
        if let Some(composite) = media_type.as_ref().filter(|given| given.is_multipart()) {
            let sentence = format!("{composite}: parts within parts are made by the message");
            return Err(Error::new(Status::Argument, sentence));
        }
        self.change(|state| state.media_type = media_type);
        Ok(())
    }

    pub fn content_id(&self) -> String {
        lock(&self.state).content_id.clone()
    }

    /// With or without its angle brackets, or as a link has it; empty for none.
    pub fn set_content_id(&self, id: &str) -> Result<()> {
        let id = id.strip_prefix("cid:").unwrap_or(id);
        let bare = id.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(id);
        if !is_content_id(bare) {
            let sentence = format!("'{}' is no Content-ID", id.escape_debug());
            return Err(Error::new(Status::FieldValue, sentence));
        }
        self.change(|state| state.content_id = bare.to_owned());
        Ok(())
    }

    pub fn is_inline(&self) -> bool {
        lock(&self.state).disposition == Some(Disposition::Inline)
    }

    pub fn set_inline(&self, inline: bool) {
        let disposition = if inline { Disposition::Inline } else { Disposition::Attachment };
        self.change(|state| state.disposition = Some(disposition));
    }

    pub fn transfer_encoding(&self) -> Option<TransferEncoding> {
        lock(&self.state).encoding
    }

    pub fn set_transfer_encoding(&self, encoding: Option<TransferEncoding>) {
        self.change(|state| state.encoding = encoding);
    }

    /// The whole content as octets.
    pub fn octets(&self) -> Result<Bytes> {
        let content = self.opened()?.content;
        match content {
            Content::Octets(octets) => Ok(octets),
            Content::Text(text, page) => {
                let mut octets = Vec::new();
                page.encode(&text, &mut octets)?;
                Ok(octets.into())
            }
            Content::Loaded(part) => Ok(part.content()),
            Content::Message(message) => message.octets().map(Bytes::from),
            Content::Stream(source) => read_all(&*source),
            Content::File { path, open } => read_all(&OpenFile::new(&path, open)?),
        }
    }

    /// Writes the content into a file, a block at a time.
    pub fn save_to_file(&self, path: &str) -> Result<()> {
        let state = self.opened()?;
        let failed = |error| Error::file(path, &error);
        write_new_file(Path::new(path), failed, |file| match state.content {
            Content::Stream(source) => save(&*source, file, path),
            Content::File { path: own, open } => save(&OpenFile::new(&own, open)?, file, path),
            _ => file.write_all(&self.octets()?).map_err(failed),
        })
    }

    /// The message that is the content.
    pub(super) fn message(&self) -> Option<Arc<MailMessage>> {
        match &lock(&self.state).content {
            Content::Message(message) => Some(message.clone()),
            _ => None,
        }
    }

    /// The message that was the content of an entity that nobody else has.
    pub(super) fn into_message(self) -> Option<Arc<MailMessage>> {
        match self.state.into_inner().unwrap_or_else(PoisonError::into_inner).content {
            Content::Message(message) => Some(message),
            _ => None,
        }
    }

    /// Whether nothing was changed since it was loaded.
    pub(super) fn is_as_loaded(&self) -> bool {
        matches!(lock(&self.state).content, Content::Loaded(_))
    }

    /// The part that a message is composed with: the content as it is now. `depth` counts the messages around it.
    pub(super) fn part(&self, depth: usize) -> Result<Part> {
        let state = self.opened()?;
        let (media_type, name) = (state.media_type(), state.name());
        let octets = |source| PartContent::octets(source, &media_type, state.encoding);
        let content = match state.content {
            Content::Loaded(part) => return Ok(Part::kept(&part)),
            Content::File { path, open } => octets(Arc::new(OpenFile::new(&path, open)?))?,
            Content::Octets(memory) => octets(Arc::new(Memory(memory)))?,
            Content::Stream(source) => octets(source)?,
            Content::Text(text, page) => PartContent::Text(text, page),
            Content::Message(message) => {
                PartContent::Message(Box::new(message.letter(depth + 1, Missing::None)?))
            }
        };
        Ok(Part::Made(Box::new(MadePart {
            media_type,
            name,
            content_id: state.content_id,
            disposition: state.disposition,
            further: state.further.to_vec(),
            encoding: state.encoding,
            content,
        })))
    }

    /// The state with its file open, which the object keeps open.
    fn opened(&self) -> Result<State> {
        let mut state = lock(&self.state);
        if let Content::File { path, open } = &mut state.content {
            *open = Some(OpenFile::new(path, open.take())?.file());
        }
        Ok(state.clone())
    }

    /// Changes what would be written. What was loaded is thereby made anew.
    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = lock(&self.state);
        if let Content::Loaded(part) = &state.content {
            let part = part.clone();
            state.name = Some(part.name.clone());
            state.media_type = Some(state.media_type());
            state.further = without_fields(&part.header, PROPERTIES).into();
            // What a stranger called an id may be none that can be written.
            if !is_content_id(&state.content_id) {
                state.content_id.clear();
            }
            state.content = Content::Octets(part.content());
        }
        change(&mut state);
    }
}

/// By identity: two objects for the same file are two parts.
impl<T: Deref<Target = Entity>> Member for T {
    fn is_same(&self, other: &T) -> bool {
        std::ptr::eq(self, other)
    }
}

impl State {
    fn name(&self) -> String {
        match (&self.name, &self.content) {
            (Some(name), _) => name.clone(),
            (None, Content::Loaded(part)) => part.name.clone(),
            (None, Content::File { path, .. }) => file_name(path).to_owned(),
            (None, _) => String::new(),
        }
    }

    fn media_type(&self) -> MediaType {
        match (&self.media_type, &self.content) {
            (Some(media_type), _) => media_type.clone(),
            (None, Content::Text(..)) => MediaType::of("text/plain"),
            (None, Content::Message(_)) => MediaType::of("message/rfc822"),
            (None, Content::Loaded(part)) => {
                MediaType::of(&part.media_type).with_parameters(&part.parameters)
            }
            (None, Content::File { path, .. }) => MediaType::of_file(path),
            (None, _) => MediaType::of_file(&self.name()),
        }
    }
}

/// The fields of a part that are its properties.
const PROPERTIES: &[&str] =
    &["Content-Type", "Content-Transfer-Encoding", "Content-ID", "Content-Disposition"];

fn is_content_id(id: &str) -> bool {
    let is_sound = |byte: u8| byte.is_ascii_graphic() && !b"<>\"\\".contains(&byte);
    id.len() <= 200 && id.bytes().all(is_sound)
}

fn file(path: &str) -> Result<Content> {
    if path.is_empty() {
        return Err(Error::new(Status::Argument, "the name of a file is needed"));
    }
    Ok(Content::File { path: path.to_owned(), open: None })
}

fn file_name(path: &str) -> &str {
    Path::new(path).file_name().and_then(|name| name.to_str()).unwrap_or(path)
}

fn save(source: &dyn Source, file: &mut File, path: &str) -> Result<()> {
    const STEP: usize = 128 * 1024;
    let failed = |error| Error::file(path, &error);
    let (mut block, mut saved) = (vec![0; STEP], 0);
    loop {
        match source.read_at(saved, &mut block)? {
            0 => return Ok(()),
            octets => {
                file.write_all(&block[..octets]).map_err(failed)?;
                saved += octets as u64;
            }
        }
    }
}

pub(super) fn read_all(source: &dyn Source) -> Result<Bytes> {
    const STEP: usize = 64 * 1024;
    let mut octets = Vec::new();
    loop {
        let filled = octets.len();
        octets.resize(filled + STEP, 0);
        let read = source.read_at(filled as u64, &mut octets[filled..])?;
        octets.truncate(filled + read);
        if read == 0 {
            return Ok(octets.into());
        }
    }
}

/// Octets that the object holds.
struct Memory(Bytes);

impl Source for Memory {
    fn length(&self) -> Option<u64> {
        Some(self.0.len() as u64)
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<usize> {
        let rest = self.0.get(offset as usize..).unwrap_or_default();
        let read = rest.len().min(into.len());
        into[..read].copy_from_slice(&rest[..read]);
        Ok(read)
    }

    fn octets(&self) -> Option<&[u8]> {
        Some(&self.0)
    }

    fn name(&self) -> String {
        String::from("the content")
    }
}
