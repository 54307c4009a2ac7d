//! A file that is read while a message is sent.

use crate::error::{Error, Result, Status};
use crate::mime::Source;
use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::os::unix::fs::{FileExt, MetadataExt, OpenOptionsExt};
use std::sync::Arc;

/// A file at the length that it had when the Send began.
pub struct OpenFile {
    path: String,
    file: Arc<File>,
    length: u64,
}

impl OpenFile {
    /// Takes up `open` if the path still leads to that file, else opens what it leads to now.
    pub fn new(path: &str, open: Option<Arc<File>>) -> Result<OpenFile> {
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

    /// The error of a file that is not what it was when the Send began.
    pub fn changed(&self, how: &str) -> Error {
        let sentence = format!("{}: it {how} while it was being sent", self.path);
        Error::new(Status::FileChanged, sentence)
    }

    pub fn file(&self) -> Arc<File> {
        self.file.clone()
    }
}

fn identity(metadata: &Metadata) -> (u64, u64) {
    (metadata.dev(), metadata.ino())
}

impl Source for OpenFile {
    fn length(&self) -> Option<u64> {
        Some(self.length)
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<usize> {
        loop {
            match self.file.read_at(into, offset) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => return read.map_err(|error| Error::file(&self.path, &error)),
            }
        }
    }

    fn name(&self) -> String {
        self.path.clone()
    }
}
