//! Files that are written whole or not at all.

use super::stamp::stamp;
use crate::error::{Error, Result};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// Writes a file under another name, and gives it its own when it is whole. What is there and is no regular file, such as a
/// device, is written to as it is. `failed` makes the error of what the system refuses.
pub fn write_new_file(
    path: &Path,
    failed: impl Fn(io::Error) -> Error,
    write: impl FnOnce(&mut File) -> Result<()>,
) -> Result<()> {
    // A link stays one: what it leads to is replaced.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let known = fs::metadata(&target).ok();
    if known.as_ref().is_some_and(|known| !known.is_file()) {
        return write(&mut OpenOptions::new().write(true).open(&target).map_err(failed)?);
    }
    let directory = target.parent().filter(|parent| !parent.as_os_str().is_empty());
    let name = format!(".{:032x}.tmp", stamp().unique);
    let unfinished = Unfinished(directory.unwrap_or(Path::new(".")).join(name));
    let mut options = OpenOptions::new();
    let mut file = options.write(true).create_new(true).open(&unfinished.0).map_err(&failed)?;
    if let Some(known) = known {
        file.set_permissions(known.permissions()).map_err(&failed)?;
    }
    write(&mut file)?;
    fs::rename(&unfinished.0, &target).map_err(failed)
}

/// A file that goes unless it came to its own name.
struct Unfinished(PathBuf);

impl Drop for Unfinished {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}
