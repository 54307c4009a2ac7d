//! The file of a log. Several clients and processes may write the same one.

use super::line::day;
use super::settings::{LogSettings, Rotation};
use crate::error::{Error, Result, Status};
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{FileTypeExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

pub struct LogFile {
    name: PathBuf,
    is_dated: bool,
    rotation: Rotation,
    max_octets: u64,
    /// The file that is open, and its path.
    open: Option<(PathBuf, File)>,
}

impl LogFile {
    pub fn new(settings: &LogSettings) -> LogFile {
        LogFile {
            name: PathBuf::from(&settings.file),
            is_dated: settings.is_dated,
            rotation: settings.rotation,
            max_octets: settings.max_octets,
            open: None,
        }
    }

    /// The next lines open it again.
    pub fn close(&mut self) {
        self.open = None;
    }

    /// Appends whole lines. A file that cannot be opened is tried again with the next.
    pub fn append(&mut self, lines: &[u8], now: u64) -> Result<()> {
        let path = match self.is_dated {
            true => dated(&self.name, &day(now)),
            false => self.name.clone(),
        };
        let failed = |error: io::Error| Error::file(&path.to_string_lossy(), &error);
        let is_there = |(known, file): &(PathBuf, File)| *known == path && leads_to(&path, file);
        if !self.open.as_ref().is_some_and(is_there) {
            // Nothing is left open where nothing can be opened.
            self.open = None;
            self.open = Some((path.clone(), open(&path)?));
        }
        if self.rotation != Rotation::None {
            self.make_room(&path, lines.len() as u64).map_err(failed)?;
        }
        let Some((_, file)) = &mut self.open else {
            return Ok(());
        };
        // In one piece, so that lines of others do not come between.
        file.write_all(lines).map_err(|error| {
            self.open = None;
            failed(error)
        })
    }

    /// Whoever has the lock rotates; who comes too late finds another file in the place of his.
    fn make_room(&mut self, path: &Path, more: u64) -> io::Result<()> {
        let Some((_, file)) = &self.open else {
            return Ok(());
        };
        let metadata = file.metadata()?;
        let is_full = metadata.len() > 0 && metadata.len() + more > self.max_octets;
        if !metadata.is_file() || !is_full {
            return Ok(());
        }
        if leads_to(path, file) {
            // A lock that somebody else has is not waited for.
            if file.try_lock().is_err() {
                return Ok(());
            }
            let rotated = match self.rotation {
                _ if !leads_to(path, file) => Ok(()),
                Rotation::None => Ok(()),
                Rotation::DeleteHalf => keep_half(path),
                Rotation::Rotate(files) => rotate(path, files),
            };
            // A child by fork may have the same open file: its lock ends here for both.
            let unlocked = file.unlock();
            rotated.and(unlocked)?;
        }
        self.open = None;
        let opened = open(path).map_err(|error| io::Error::other(error.message().to_owned()))?;
        self.open = Some((path.to_owned(), opened));
        Ok(())
    }
}

/// For its owner alone. What waits for a reader, as a pipe does, is refused.
fn open(path: &Path) -> Result<File> {
    let failed = |error: io::Error| Error::file(&path.to_string_lossy(), &error);
    let mut options = OpenOptions::new();
    options.append(true).create(true).mode(0o600);
    let file =
        options.custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY).open(path).map_err(failed)?;
    let kind = file.metadata().map_err(failed)?.file_type();
    match kind.is_file() || kind.is_char_device() {
        true => Ok(file),
        false => {
            let sentence = format!("{}: a log is no such file", path.to_string_lossy());
            Err(Error::new(Status::Io, sentence))
        }
    }
}

/// Whether this is still the file of that name: programs that rotate logs move them away.
fn leads_to(path: &Path, file: &File) -> bool {
    let identity = |metadata: Metadata| (metadata.dev(), metadata.ino());
    let named = fs::metadata(path).map(identity);
    named.is_ok_and(|named| file.metadata().is_ok_and(|open| identity(open) == named))
}

/// `smtp.log` of a day is `smtp-2026-11-21.log`.
fn dated(name: &Path, day: &str) -> PathBuf {
    let stem = name.file_stem().unwrap_or_default().to_string_lossy();
    let extension = name.extension().map(|extension| format!(".{}", extension.to_string_lossy()));
    name.with_file_name(format!("{stem}-{day}{}", extension.unwrap_or_default()))
}

/// `smtp.log` becomes `smtp.log.1`, that `smtp.log.2`, and the last goes.
fn rotate(path: &Path, files: u32) -> io::Result<()> {
    for number in (1..files).rev() {
        match fs::rename(numbered(path, number), numbered(path, number + 1)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    fs::rename(path, numbered(path, 1))
}

fn numbered(path: &Path, number: u32) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{number}"));
    PathBuf::from(name)
}

/// The newer half of the lines takes the place of them all.
fn keep_half(path: &Path) -> io::Result<()> {
    let mut old = File::open(path)?;
    let length = old.metadata()?.len();
    old.seek(SeekFrom::Start(length / 2))?;
    let mut half = Vec::new();
    (&old).take(length).read_to_end(&mut half)?;
    let start = memchr::memchr(b'\n', &half).map_or(half.len(), |end| end + 1);
    // The rest of a line that others are writing comes with what they write meanwhile, in one piece.
    let end = memchr::memrchr(b'\n', &half).map_or(half.len(), |end| end + 1);
    let mut more = half.split_off(end);
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let new = PathBuf::from(name);
    let mut options = OpenOptions::new();
    let written = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&new)
        .and_then(|mut file| file.write_all(&half[start..]).map(|()| file))
        .and_then(|file| fs::rename(&new, path).map(|()| file));
    let new = written.inspect_err(|_| drop(fs::remove_file(&new)))?;
    drop(new);
    // What others have written to the old file meanwhile.
    old.read_to_end(&mut more)?;
    match more.is_empty() {
        true => Ok(()),
        false => OpenOptions::new().append(true).open(path)?.write_all(&more),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;
    use std::sync::atomic::{AtomicU32, Ordering};

    struct Directory(PathBuf);

    impl Directory {
        fn new() -> Directory {
            static COUNT: AtomicU32 = AtomicU32::new(0);
            let number = COUNT.fetch_add(1, Ordering::Relaxed);
            let name = format!("inetmail-log-{}-{number}", std::process::id());
            let path = std::env::temp_dir().join(name);
            fs::create_dir(&path).unwrap();
            Directory(path)
        }

        fn path(&self) -> &Path {
            &self.0
        }
    }

    impl Drop for Directory {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn log(directory: &Path, rotation: &str) -> LogFile {
        let mut settings = LogSettings::default();
        settings.set_rotation_text(rotation).unwrap();
        settings.set_file(directory.join("smtp.log").to_str().unwrap()).unwrap();
        LogFile::new(&settings)
    }

    fn line(number: u32) -> Vec<u8> {
        format!("{number:0>99}\n").into_bytes()
    }

    #[test]
    fn files_are_counted_and_bounded() {
        let directory = Directory::new();
        let mut log = log(directory.path(), "rotate-2:1024");
        (0..100).for_each(|number| log.append(&line(number), 0).unwrap());
        let mut names: Vec<_> = fs::read_dir(directory.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(names, ["smtp.log", "smtp.log.1", "smtp.log.2"]);
        for name in names {
            let metadata = fs::metadata(directory.path().join(name)).unwrap();
            assert!(metadata.len() <= 1024);
            assert_eq!(metadata.permissions().mode() & 0o777, 0o600);
        }
        let last = fs::read(directory.path().join("smtp.log")).unwrap();
        assert!(last.ends_with(&line(99)));
    }

    #[test]
    fn the_newer_half_stays() {
        let directory = Directory::new();
        let mut log = log(directory.path(), "delete-half:1024");
        (0..100).for_each(|number| log.append(&line(number), 0).unwrap());
        let text = fs::read(directory.path().join("smtp.log")).unwrap();
        assert!(text.len() <= 1024 && text.len().is_multiple_of(100) && text.ends_with(&line(99)));
        assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
    }

    #[test]
    fn two_that_write_the_same_file_lose_no_line() {
        let directory = Directory::new();
        let mut logs =
            [log(directory.path(), "rotate-50:1024"), log(directory.path(), "rotate-50:1024")];
        (0..200).for_each(|number| logs[number as usize % 2].append(&line(number), 0).unwrap());
        let mut lines: Vec<_> = fs::read_dir(directory.path())
            .unwrap()
            .flat_map(|entry| {
                let text = fs::read_to_string(entry.unwrap().path()).unwrap();
                text.lines().map(|line| line.parse::<u32>().unwrap()).collect::<Vec<_>>()
            })
            .collect();
        lines.sort_unstable();
        assert_eq!(lines, (0..200).collect::<Vec<_>>());
    }

    #[test]
    fn threads_that_share_a_file_write_whole_lines_and_leave_nothing_behind() {
        for rotation in ["rotate-99:1024", "delete-half:1024"] {
            let directory = Directory::new();
            std::thread::scope(|scope| {
                for writer in 0..4 {
                    let mut log = log(directory.path(), rotation);
                    scope.spawn(move || {
                        (0..100).for_each(|at| log.append(&line(writer * 100 + at), 0).unwrap());
                    });
                }
            });
            // Nobody has waited for whoever made room: now there is time for it.
            if rotation.starts_with("delete") {
                let mut log = log(directory.path(), rotation);
                (400..410).for_each(|at| log.append(&line(at), 0).unwrap());
            }
            let mut lines = Vec::new();
            for entry in fs::read_dir(directory.path()).unwrap() {
                let path = entry.unwrap().path();
                assert!(!path.to_str().unwrap().ends_with(".new"), "{path:?}");
                let text = fs::read_to_string(path).unwrap();
                lines.extend(text.lines().map(|line| {
                    assert_eq!(line.len(), 99);
                    line.parse::<u32>().unwrap()
                }));
            }
            lines.sort_unstable();
            match rotation.starts_with("rotate") {
                true => assert_eq!(lines, (0..400).collect::<Vec<_>>()),
                false => assert!((1..=10).contains(&lines.len()), "{} lines", lines.len()),
            }
        }
    }

    #[test]
    fn a_file_that_is_moved_away_or_removed_is_begun_anew() {
        let directory = Directory::new();
        let mut log = log(directory.path(), "none");
        let path = directory.path().join("smtp.log");
        log.append(&line(1), 0).unwrap();
        fs::rename(&path, directory.path().join("old")).unwrap();
        log.append(&line(2), 0).unwrap();
        assert_eq!(fs::read(&path).unwrap(), line(2));
        fs::remove_file(&path).unwrap();
        log.append(&line(3), 0).unwrap();
        assert_eq!(fs::read(&path).unwrap(), line(3));
        assert_eq!(fs::read(directory.path().join("old")).unwrap(), line(1));
    }

    #[test]
    fn what_is_no_file_is_refused_at_once() {
        let directory = Directory::new();
        assert!(open(directory.path()).is_err());
        assert!(open(&directory.path().join("no/such.log")).is_err());
    }

    #[test]
    fn the_day_stands_before_the_extension() {
        let day = "2026-11-21";
        assert_eq!(dated(Path::new("/a/smtp.log"), day), Path::new("/a/smtp-2026-11-21.log"));
        assert_eq!(dated(Path::new("smtp"), day), Path::new("smtp-2026-11-21"));
    }
}
