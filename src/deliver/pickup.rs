//! The pickup directory: messages as files for a server that looks there, as IIS and Exchange do.

use super::new_file::write_new_file;
use super::parcel::Parcel;
use super::report::{Acceptance, Report};
use super::span::Stopwatch;
use super::stamp::stamp;
use crate::error::{Error, Result, Status};
use crate::mime::without_fields;
use crate::smtp::{Capabilities, Envelope, Parameters};
use memchr::memmem;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

/// Octets that are made and written at a time.
const CHUNK: usize = 128 * 1024;

/// Writes the message into the directory, whole or not at all: under another name first, and by its own when it is on the
/// disk.
pub fn deposit(directory: &str, mut parcel: Parcel) -> Result<Report> {
    let stopwatch = Stopwatch::start();
    let directory = Path::new(directory);
    if !directory.is_dir() {
        let sentence = format!("{}: there is no such directory", directory.display());
        return Err(Error::new(Status::PickupDirectory, sentence));
    }
    if let Some(options) = parcel.envelope.options() {
        let about = |error: Error| {
            error.map_message(|message| format!("a file has no envelope options: {message}"))
        };
        Parameters::new(options, &Capabilities::default()).map_err(about)?;
    }
    let path = directory.join(format!("{:032x}.eml", stamp().unique));
    let failed_there = |error: io::Error| failed(&path, &error);
    write_new_file(&path, failed_there, |file| write(file, &path, &mut parcel))?;
    // The name has to be on the disk as well as the octets.
    let synced = File::open(directory).and_then(|directory| directory.sync_all());
    synced.map_err(|error| failed(directory, &error))?;
    let file = Acceptance::File(path.display().to_string());
    Ok(Report::accepted(parcel.envelope, file, stopwatch.span()))
}

fn write(file: &mut File, path: &Path, parcel: &mut Parcel) -> Result<()> {
    let failed = |error| failed(path, &error);
    file.write_all(&envelope_header(&parcel.envelope)).map_err(failed)?;
    // A file takes any octets.
    let mut loading =
        parcel.content.load(&Capabilities { eight_bit_mime: true, ..Capabilities::default() })?;
    let mut octets = loading.octets(&mut parcel.tally);
    let mut block = Vec::new();
    let mut more = true;
    while more && header_length(&block).is_none() {
        let limit = block.len() + CHUNK;
        more = octets.fill(&mut block, limit)?;
    }
    // A field of the envelope's in the message itself would add recipients.
    let header = header_length(&block).unwrap_or(block.len());
    file.write_all(&without_fields(&block[..header], &["X-Sender", "X-Receiver"]))
        .map_err(failed)?;
    file.write_all(&block[header..]).map_err(failed)?;
    while more {
        block.clear();
        more = octets.fill(&mut block, CHUNK)?;
        file.write_all(&block).map_err(failed)?;
    }
    file.sync_all().map_err(failed)
}

/// How many octets the fields have, if the end of the header is there. There may be none: all were for the sender alone.
fn header_length(message: &[u8]) -> Option<usize> {
    if message.starts_with(b"\r\n") {
        return Some(0);
    }
    let at = memmem::find(message, b"\r\n\r\n")?;
    Some(at + "\r\n".len())
}

/// The envelope as IIS reads it, in front of the message.
fn envelope_header(envelope: &Envelope) -> Vec<u8> {
    let mut header = format!("X-Sender: <{}>\r\n", envelope.reverse_path());
    for recipient in envelope.recipients() {
        header.push_str(&format!("X-Receiver: <{recipient}>\r\n"));
    }
    header.into_bytes()
}

fn failed(path: &Path, error: &std::io::Error) -> Error {
    let sentence = format!("{}: {error}", path.display());
    Error::new(Status::PickupDirectory, sentence).with_os_error(error).retry_is_safe()
}
