//! What a host sees of its connections, through the C face: callbacks, events that are asked for, and the log.

#![allow(clippy::disallowed_methods, reason = "a peer is a thread of the test")]

#[path = "../support/mod.rs"]
mod support;

mod callbacks;
mod log;
mod secrets;

use base64::Engine;
use base64::prelude::BASE64_STANDARD as STANDARD;
use inetmail::ffi::config::*;
use inetmail::ffi::event::*;
use inetmail::ffi::events::*;
use inetmail::ffi::log::*;
use inetmail::ffi::network_credential::*;
use inetmail::ffi::operation::*;
use inetmail::ffi::server_commands::*;
use inetmail::ffi::smtp_client::*;
use std::ffi::{CStr, c_char, c_void};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;
use std::ptr::null_mut;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::thread::{JoinHandle, ThreadId, current};
use support::face::{Client, Handle, c, client, message, ok, status_name, text};
use support::keeper::{Keeper, Manner, Moment, Say};
use support::peer::Peer;

/// What callbacks were told, in order.
#[derive(Default)]
struct Told {
    lines: Mutex<Vec<String>>,
    threads: Mutex<Vec<ThreadId>>,
    dropped: AtomicU32,
}

impl Told {
    fn user(&self) -> *mut c_void {
        std::ptr::from_ref(self).cast_mut().cast()
    }

    fn lines(&self) -> Vec<String> {
        self.lines.lock().expect("no panic").clone()
    }
}

unsafe fn tell(user: *mut c_void, line: String) {
    let told = unsafe { &*user.cast::<Told>() };
    told.lines.lock().expect("no panic").push(line);
    told.threads.lock().expect("no panic").push(current().id());
}

unsafe fn read<'a>(text: *const c_char) -> &'a str {
    unsafe { CStr::from_ptr(text) }.to_str().expect("UTF-8")
}

unsafe extern "C" fn on_command(user: *mut c_void, command: *const c_char) {
    unsafe { tell(user, format!("C: {}", read(command))) }
}

unsafe extern "C" fn on_data(
    user: *mut c_void,
    command: *const c_char,
    octets: *const u8,
    length: usize,
) {
    let octets = unsafe { std::slice::from_raw_parts(octets, length) };
    let octets = String::from_utf8_lossy(octets);
    unsafe { tell(user, format!("{} {octets}", read(command))) }
}

unsafe extern "C" fn on_reply(
    user: *mut c_void,
    command: *const c_char,
    reply: *const c_char,
    code: i32,
    enhanced: *const c_char,
) {
    unsafe {
        let line = format!("S: {} <{}> {code} {}", read(reply), read(command), read(enhanced));
        tell(user, line);
    }
}

unsafe extern "C" fn on_error(user: *mut c_void, status: i32, description: *const c_char) {
    unsafe { tell(user, format!("{}: {}", status_name(status), read(description))) }
}

unsafe extern "C" fn on_notification(user: *mut c_void, id: i32, parameters: *const c_char) {
    unsafe { tell(user, format!("{id} {}", read(parameters))) }
}

unsafe extern "C" fn on_log(user: *mut c_void, level: i32, line: *const c_char) {
    unsafe { tell(user, format!("{level} {}", read(line))) }
}

unsafe extern "C" fn on_drop(user: *mut c_void) {
    unsafe { &*user.cast::<Told>() }.dropped.fetch_add(1, SeqCst);
}

fn watch_all(client: &Client, told: &Told) {
    let (client, user) = (client.0, told.user());
    unsafe {
        ok(INetSmtpClient_OnCommand(client, Some(on_command), user, Some(on_drop)));
        ok(INetSmtpClient_OnCommandData(client, Some(on_data), user, Some(on_drop)));
        ok(INetSmtpClient_OnCommandReply(client, Some(on_reply), user, Some(on_drop)));
        ok(INetSmtpClient_OnError(client, Some(on_error), user, Some(on_drop)));
        ok(INetSmtpClient_OnNotification(client, Some(on_notification), user, Some(on_drop)));
    }
}

fn set(client: &Client, line: &str) -> i32 {
    let line = c(line);
    unsafe { INetSmtpClient_Config(client.0, line.as_ptr()) }
}

fn config(client: &Client, name: &str) -> String {
    let name = c(name);
    text(|buffer, size| unsafe { INetSmtpClient_GetConfig(client.0, name.as_ptr(), buffer, size) })
}

fn fault(client: &Client) -> String {
    text(|buffer, size| unsafe { INetSmtpClient_GetLogFault(client.0, buffer, size) })
}

fn letter() -> Handle<inetmail::ffi::mail_message::INetMailMessage> {
    message("from@test", "to@test", "Letter 7", "Text of it")
}

/// Whether one of the lines begins so.
#[track_caller]
fn has(lines: &[String], beginning: &str) {
    assert!(lines.iter().any(|line| line.starts_with(beginning)), "{beginning}: {lines:#?}");
}

/// A directory of its own.
struct Directory(PathBuf);

impl Directory {
    fn new() -> Directory {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, SeqCst);
        let name = format!("inetmail-sight-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir(&path).expect("a new directory");
        Directory(path)
    }

    fn file(&self, name: &str) -> String {
        self.0.join(name).to_str().expect("UTF-8").to_owned()
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const SECRET: &str = "S3cret-hunter2-Passw0rd";
