//! Messages on the wire: what a server gets of each kind of message, by what it offers.

#[path = "../support/mod.rs"]
mod support;

mod again;
mod callbacks;
mod messages;
mod octets;

use inetmail::ffi::attachment::*;
use inetmail::ffi::attachment_collection::*;
use inetmail::ffi::error::*;
use inetmail::ffi::mail_message::*;
use inetmail::ffi::message_bodies::*;
use inetmail::ffi::message_headers::*;
use inetmail::ffi::message_properties::*;
use inetmail::ffi::message_storage::*;
use inetmail::ffi::send_report::*;
use inetmail::ffi::submission::*;
use inetmail::ffi::transfer_encoding::*;
use std::ffi::c_void;
use std::io::Write;
use std::ptr::{null, null_mut};
use support::face::{Client, Handle, Message, Record, c, client, message, ok, status_name, text};
use support::peer::Peer;

const LINES: &[&str] = &["PIPELINING", "8BITMIME"];
const BINARY: &[&str] = &["PIPELINING", "8BITMIME", "CHUNKING", "BINARYMIME", "SIZE"];

fn letter(body: &str) -> Message {
    message("from@test", "to@test", "Subject", body)
}

fn attach(message: &Message, attachment: &Handle<INetAttachment>) {
    let attachments = Handle::of(INetMailMessage_GetAttachments(message.0));
    ok(INetAttachmentCollection_Add(attachments.0, attachment.0));
}

fn octets(octets: &[u8], name: &str) -> Handle<INetAttachment> {
    let name = c(name);
    Handle::of(unsafe {
        INetAttachment_CreateFromBytes(octets.as_ptr(), octets.len(), name.as_ptr())
    })
}

fn send_bytes(client: &Client, octets: &[u8]) -> i32 {
    unsafe { INetSmtpClient_SendBytes(client.0, null(), null(), octets.as_ptr(), octets.len()) }
}

/// What a host's callbacks give, and what they were asked.
#[derive(Default)]
struct Host {
    octets: Vec<u8>,
    given: usize,
    /// What to answer behind so many octets.
    failure: Option<(usize, i32)>,
    dropped: usize,
    message: Option<usize>,
}

unsafe extern "C" fn read(buffer: *mut u8, capacity: usize, user: *mut c_void) -> i32 {
    let host = unsafe { &mut *user.cast::<Host>() };
    let answer = unsafe { read_at(host.given as i64, buffer, capacity, user) };
    host.given += answer.max(0) as usize;
    answer
}

unsafe extern "C" fn read_at(
    offset: i64,
    buffer: *mut u8,
    capacity: usize,
    user: *mut c_void,
) -> i32 {
    let host = unsafe { &mut *user.cast::<Host>() };
    if let Some((place, answer)) = host.failure
        && offset as usize >= place
    {
        return answer;
    }
    // The library holds no lock meanwhile: the message that is being sent can be asked.
    if let Some(message) = host.message {
        let subject = text(|buffer, size| unsafe {
            INetMailMessage_GetSubject(message as *const _, buffer, size)
        });
        assert_eq!(subject, "Subject");
    }
    let rest = &host.octets[offset as usize..];
    let octets = rest.len().min(capacity).min(7_000);
    unsafe { std::ptr::copy_nonoverlapping(rest.as_ptr(), buffer, octets) };
    octets as i32
}

unsafe extern "C" fn dropped(user: *mut c_void) {
    unsafe { (*user.cast::<Host>()).dropped += 1 };
}

unsafe extern "C" fn write(data: *const u8, length: usize, user: *mut c_void) -> i32 {
    let host = unsafe { &mut *user.cast::<Host>() };
    host.octets.extend_from_slice(unsafe { std::slice::from_raw_parts(data, length) });
    host.failure.map_or(0, |(_, answer)| answer)
}
