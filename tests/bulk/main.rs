//! Runs: many messages in one call, and what their reports tell.

#[path = "../support/mod.rs"]
mod support;

mod collections;
mod merges;
mod settings;

use inetmail::ffi::bulk::*;
use inetmail::ffi::delivery_settings::*;
use inetmail::ffi::mail_address_collection::*;
use inetmail::ffi::mail_message::*;
use inetmail::ffi::mail_message_collection::*;
use inetmail::ffi::send_report::*;
use inetmail::ffi::smtp_client::*;
use inetmail::ffi::submission::*;
use std::ffi::c_void;
use std::fmt::{Debug, Display};
use std::net::TcpListener;
use std::ptr::{null_mut, without_provenance_mut};
use std::thread::{ThreadId, current};
use support::face::{Client, Handle, Message, Record, c, client, message, ok, status_name, text};
use support::peer::Peer;

const LINES: &[&str] = &["PIPELINING", "8BITMIME"];

type Report = Handle<INetSendReport>;

fn letter(number: usize) -> Message {
    message("from@test", &format!("to{number}@test"), &format!("Letter {number}"), "Text")
}

fn collection(messages: &[Message]) -> Handle<INetMailMessageCollection> {
    let collection = Handle::of(INetMailMessageCollection_Create());
    for message in messages {
        ok(INetMailMessageCollection_Add(collection.0, message.0));
    }
    collection
}

fn bulk_report(client: &Client, messages: &[Message]) -> Report {
    Handle::of(INetSmtpClient_BulkSendWithReport(client.0, collection(messages).0))
}

fn status(report: &Report) -> &'static str {
    match INetSendReport_GetStatus(report.0) {
        0 => "INET_OK",
        status => status_name(status),
    }
}

fn sentence(report: &Report) -> String {
    text(|buffer, size| unsafe { INetSendReport_GetMessage(report.0, buffer, size) })
}

fn of_message(report: &Report, index: i32) -> Report {
    Handle::of(INetSendReport_GetMessageReport(report.0, index))
}

/// Succeeded, failed, not handled.
fn counts(report: &Report) -> [i32; 3] {
    [
        INetSendReport_GetSucceededCount(report.0),
        INetSendReport_GetFailedCount(report.0),
        INetSendReport_GetNotHandledCount(report.0),
    ]
}

/// All recipients with their verdicts.
fn verdicts(report: &Report) -> Vec<(String, i32)> {
    let count = INetSendReport_GetRecipientCount(report.0);
    let of = |index| {
        let address = text(|buffer, size| unsafe {
            INetSendReport_GetRecipientAt(report.0, index, buffer, size)
        });
        (address, INetSendReport_GetVerdictAt(report.0, index))
    };
    (0..count).map(of).collect()
}

fn subject(message: &str) -> &str {
    let (_, rest) = message.split_once("Subject: ").expect("a subject");
    rest.split("\r\n").next().unwrap_or_default()
}
