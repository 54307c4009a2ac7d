//! A client's log: lines of text about what it sees, to a file, to a callback or to standard error.

mod file;
mod line;
mod settings;

use super::lock;
use crate::deliver::{Sight, stamp};
use crate::error::{Error, Result};
use file::LogFile;
use std::io::Write;
use std::sync::{Arc, Mutex};

pub use settings::{Destination, LogSettings};
use settings::{Flush, Level};

/// Takes a line of the log and its level.
pub type LogHook = Arc<dyn Fn(i32, &str) + Send + Sync>;

/// What is held back is written when so many nanoseconds are over, where the host wants it in intervals.
const INTERVAL: u64 = 1_000_000_000;

/// What is held back has no more octets.
const MOST_HELD: usize = 1024 * 1024;

pub struct Log {
    settings: LogSettings,
    sink: Sink,
    fault: Mutex<Option<String>>,
}

enum Sink {
    Callback(LogHook),
    /// Standard error, or a file.
    Written(Mutex<Desk>),
}

/// Lines on their way out.
struct Desk {
    file: Option<LogFile>,
    held: Vec<u8>,
    lines: usize,
    /// When the lines before were written.
    written: u64,
    /// A child by fork does not write what its parent holds back.
    process: u32,
}

impl Log {
    /// Nothing where the settings want none.
    pub fn new(settings: &LogSettings, hook: Option<LogHook>) -> Option<Log> {
        if !settings.is_enabled || settings.level == Level::None {
            return None;
        }
        let file = match settings.destination {
            Destination::None => return None,
            Destination::Callback => None,
            Destination::StandardError => None,
            Destination::File if settings.file.is_empty() => return None,
            Destination::File => Some(LogFile::new(settings)),
        };
        let sink = match (settings.destination, hook) {
            (Destination::Callback, Some(hook)) => Sink::Callback(hook),
            (Destination::Callback, None) => return None,
            _ => Sink::Written(Mutex::new(Desk {
                file,
                held: Vec::new(),
                lines: 0,
                written: 0,
                process: std::process::id(),
            })),
        };
        Some(Log { settings: settings.clone(), sink, fault: Mutex::new(None) })
    }

    pub fn wants_octets(&self) -> bool {
        self.settings.level == Level::Trace || self.settings.shows_octets()
    }

    /// Why it could not be written, which is told once.
    pub fn see(&self, connection: u32, sight: &Sight) -> Option<String> {
        let entry = line::entry(sight, &self.settings)?;
        let nanoseconds = (stamp().unique >> 64) as u64;
        let lines = line::lines(&entry, connection, nanoseconds, &self.settings);
        let desk = match &self.sink {
            Sink::Callback(hook) => {
                lines.iter().for_each(|line| hook(entry.level as i32, line));
                return None;
            }
            Sink::Written(desk) => desk,
        };
        let written = lock(desk).write(&lines, nanoseconds, &self.settings);
        self.note(written)
    }

    /// Empty where it could be written.
    pub fn fault(&self) -> String {
        lock(&self.fault).clone().unwrap_or_default()
    }

    pub fn flush(&self) {
        if let Sink::Written(desk) = &self.sink {
            let written = lock(desk).write_out((stamp().unique >> 64) as u64);
            self.note(written);
        }
    }

    /// The first failure is news.
    fn note(&self, written: Result<()>) -> Option<String> {
        let error = written.err()?;
        let mut fault = lock(&self.fault);
        match &*fault {
            Some(_) => None,
            None => Some(fault.insert(error.message().to_owned()).clone()),
        }
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        self.flush();
    }
}

impl Desk {
    fn write(&mut self, lines: &[String], now: u64, settings: &LogSettings) -> Result<()> {
        let process = std::process::id();
        if std::mem::replace(&mut self.process, process) != process {
            self.held.clear();
            self.lines = 0;
            // A lock would be one for both of them.
            self.file.iter_mut().for_each(LogFile::close);
        }
        for line in lines {
            self.held.extend_from_slice(line.as_bytes());
            self.held.push(b'\n');
        }
        self.lines += lines.len();
        let is_full = self.lines >= settings.max_event_count || self.held.len() > MOST_HELD;
        let is_due = match settings.flush {
            Flush::Each => true,
            Flush::Interval => is_full || now.saturating_sub(self.written) >= INTERVAL,
            Flush::None => is_full,
        };
        if is_due { self.write_out(now) } else { Ok(()) }
    }

    fn write_out(&mut self, now: u64) -> Result<()> {
        if self.held.is_empty() || self.process != std::process::id() {
            return Ok(());
        }
        let held = std::mem::take(&mut self.held);
        self.lines = 0;
        self.written = now;
        match &mut self.file {
            Some(file) => file.append(&held, now),
            None => std::io::stderr()
                .write_all(&held)
                .map_err(|error| Error::file("standard error", &error)),
        }
    }
}
