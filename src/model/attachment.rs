//! `INetAttachment`: a file that is read while the message is sent.

use super::lock;
use crate::error::{Error, Result, Status};
use crate::mime::{AttachmentPart, Source};
use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::os::unix::fs::{FileExt, MetadataExt, OpenOptionsExt};
use std::path::Path;
use std::sync::{Arc, Mutex};

/// A file to attach. It is opened by the first Send and stays open until [`Attachment::release_resource`], as Fore has it.
#[derive(Debug)]
pub struct Attachment {
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    content_name: String,
    file: Option<Arc<File>>,
}

impl Attachment {
    pub fn new(file_name: &str) -> Result<Attachment> {
        if file_name.is_empty() {
            return Err(Error::new(Status::Argument, "an attachment needs the name of a file"));
        }
        let content_name = file_name.to_owned();
        Ok(Attachment { state: Mutex::new(State { content_name, file: None }) })
    }

    pub fn content_name(&self) -> String {
        lock(&self.state).content_name.clone()
    }

    /// Names another file; the one that was open is closed.
    pub fn set_content_name(&self, file_name: &str) -> Result<()> {
        let fresh = Attachment::new(file_name)?;
        *lock(&self.state) = fresh.state.into_inner().unwrap_or_else(|poison| poison.into_inner());
        Ok(())
    }

    /// Closes the file, as soon as no Send is reading it. The next Send opens it again.
    pub fn release_resource(&self) {
        lock(&self.state).file = None;
    }

    /// The part that a message is composed with: the file as it is now.
    pub(super) fn part(&self) -> Result<AttachmentPart> {
        let mut state = lock(&self.state);
        let path = state.content_name.clone();
        let content = OpenFile::new(&path, state.file.take())?;
        state.file = Some(content.file.clone());
        let name = Path::new(&path).file_name().and_then(|name| name.to_str());
        let file_name = name.unwrap_or(&path).to_owned();
        Ok(AttachmentPart { file_name, content: Arc::new(content) })
    }
}

/// A file at the length that it had when the Send began.
struct OpenFile {
    path: String,
    file: Arc<File>,
    length: u64,
}

impl OpenFile {
    /// Takes up `open` if the path still leads to that file, else opens what it leads to now.
    fn new(path: &str, open: Option<Arc<File>>) -> Result<OpenFile> {
        let failed = |error: io::Error| Error::file(path, &error);
        let named = std::fs::metadata(path).map_err(failed)?;
        if !named.is_file() {
            return Err(Error::new(Status::Io, format!("{path}: it is not a regular file")));
        }
        let is_same = |file: &Arc<File>| {
            file.metadata().is_ok_and(|open| identity(&open) == identity(&named))
        };
        let file = match open.filter(is_same) {
            Some(file) => file,
            // A pipe that has taken the file's place must not make the open wait for a writer.
            None => Arc::new(
                OpenOptions::new()
                    .read(true)
                    .custom_flags(libc::O_NONBLOCK)
                    .open(path)
                    .map_err(failed)?,
            ),
        };
        let length = file.metadata().map_err(failed)?.len();
        // Files of /proc and the like claim to be empty.
        if length == 0 && file.read_at(&mut [0], 0).map_err(failed)? > 0 {
            return Err(Error::new(Status::Io, format!("{path}: it does not tell its length")));
        }
        Ok(OpenFile { path: path.to_owned(), file, length })
    }

    fn changed(&self, how: &str) -> Error {
        let sentence = format!("{}: the file {how} while it was being sent", self.path);
        Error::new(Status::FileChanged, sentence)
    }
}

fn identity(metadata: &Metadata) -> (u64, u64) {
    (metadata.dev(), metadata.ino())
}

impl Source for OpenFile {
    fn length(&self) -> u64 {
        self.length
    }

    fn read_exact_at(&self, offset: u64, into: &mut [u8]) -> Result<()> {
        let failed = |error: io::Error| match error.kind() {
            io::ErrorKind::UnexpectedEof => self.changed("became shorter"),
            _ => Error::file(&self.path, &error),
        };
        self.file.read_exact_at(into, offset).map_err(failed)?;
        let reaches_the_end = offset + into.len() as u64 == self.length;
        if reaches_the_end && self.file.metadata().map_err(failed)?.len() > self.length {
            return Err(self.changed("became longer"));
        }
        Ok(())
    }
}
