//! How a client logs in, through the C face: what may be used, what comes first, and what the host has a say in.

#[path = "../support/mod.rs"]
mod support;

mod attempts;
mod callbacks;
mod terms;

use base64::Engine;
use base64::prelude::BASE64_STANDARD as STANDARD;
use inetmail::ffi::bulk::*;
use inetmail::ffi::client_login::*;
use inetmail::ffi::client_tls::*;
use inetmail::ffi::credential_cache::*;
use inetmail::ffi::credentials_by_host::*;
use inetmail::ffi::delivery_settings::*;
use inetmail::ffi::error::*;
use inetmail::ffi::mail_message_collection::*;
use inetmail::ffi::network_credential::*;
use inetmail::ffi::send_report::*;
use inetmail::ffi::server_commands::*;
use inetmail::ffi::smtp_client::*;
use std::ffi::{CStr, c_char, c_void};
use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use support::face::{Client, Handle, Record, c, client, message, ok, status_name, text};
use support::keeper::{Keeper, Manner, Moment, Say};

/// A server, and what it was told of logins before it answered.
struct Server {
    keeper: Keeper,
    logins: Arc<Mutex<Vec<String>>>,
}

/// A server that offers these mechanisms and takes every login.
fn server(offers: &'static [&'static str]) -> Server {
    server_that(offers, |_| None)
}

/// A server whose answers to logins may be others.
fn server_that(
    offers: &'static [&'static str],
    answer: impl Fn(&str) -> Option<&'static str> + Send + Sync + 'static,
) -> Server {
    let logins: Arc<Mutex<Vec<String>>> = Arc::default();
    let heard = logins.clone();
    let answer = move |moment: &Moment| {
        let line = moment.line;
        if line.starts_with("AUTH ") {
            heard.lock().expect("no panic").push(line.to_owned());
        }
        let usual = match line {
            "AUTH LOGIN" => Some("334 VXNlcjo="),
            USER => Some("334 UGFzczo="),
            PASSWORD => Some("235 2.7.0 welcome"),
            _ => line.starts_with("AUTH ").then_some("235 2.7.0 welcome"),
        };
        answer(line).or(usual).map(Say::Reply)
    };
    let keeper = Keeper::new(Manner { offers, answer: Box::new(answer), ..Manner::default() });
    Server { keeper, logins }
}

/// "user" and "pass" in base64, and both of them as PLAIN has them.
const USER: &str = "dXNlcg==";
const PASSWORD: &str = "cGFzcw==";
const PLAIN: &str = "AUTH PLAIN AHVzZXIAcGFzcw==";

fn with_login(server: &Server, protocol: &str) -> Client {
    client("127.0.0.1", server.keeper.port)
        .with_timeout(30_000)
        .with_login(protocol, "user", "pass")
}

/// Logs in, or tells why not.
fn validate(client: &Client) -> Result<(), Box<Record>> {
    match INetSmtpClient_ValidateCredentials(client.0) {
        0 => Ok(()),
        status => {
            let record = Record::of_this_thread();
            assert_eq!(record.status, status);
            Err(Box::new(record))
        }
    }
}

#[track_caller]
fn refused(client: &Client, status: &str) -> Record {
    let record = validate(client).expect_err("no login");
    assert_eq!(status_name(record.status), status, "{}", record.message);
    *record
}

/// What the server was told of logins, over all connections.
fn logins(server: &Server) -> Vec<String> {
    server.logins.lock().expect("no panic").clone()
}

fn authentications(client: &Client) -> String {
    text(|b, n| unsafe { INetSmtpClient_GetAuthentications(client.0, b, n) })
}

fn set_authentications(client: &Client, list: &str) -> i32 {
    let list = c(list);
    unsafe { INetSmtpClient_SetAuthentications(client.0, list.as_ptr()) }
}

fn target_name(client: &Client) -> String {
    text(|b, n| unsafe { INetSmtpClient_GetTargetName(client.0, b, n) })
}
