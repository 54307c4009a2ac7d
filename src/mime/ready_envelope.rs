//! Who sends a ready message to whom, by its header (RFC 5322 section 3.6).

use super::address::Mailbox;
use super::address_list::Items;
use super::raw_header::{Field, Fields};
use crate::error::{Error, Result};
use std::collections::HashSet;

/// What a header says about the envelope.
#[derive(Debug, Clone)]
pub struct ReadyEnvelope {
    pub sender: ReadySender,
    /// In the order of the fields for To, Cc and Bcc, each once.
    pub recipients: Vec<Mailbox>,
}

#[derive(Debug, Clone)]
pub enum ReadySender {
    /// No field tells.
    Missing,
    /// The null path: the message is a report, to which nobody shall answer (RFC 5321 section 4.5.5).
    NullPath,
    Mailbox(Mailbox),
}

/// Fields for the sender, the one that counts most first, and for the recipients.
const ORIGINAL: ([&str; 3], [&str; 3]) = (["Return-Path", "Sender", "From"], ["To", "Cc", "Bcc"]);
const RESENT: ([&str; 2], [&str; 3]) =
    (["Resent-Sender", "Resent-From"], ["Resent-To", "Resent-Cc", "Resent-Bcc"]);

impl ReadyEnvelope {
    /// From the fields of a header. Who has sent a message again counts alone, and of several the last (RFC 5322 section
    /// 3.6.6).
    pub fn of(header: &[u8]) -> Result<ReadyEnvelope> {
        let resent = latest_resent_block(header);
        let is_resent = !resent.is_empty();
        let fields = if is_resent { resent } else { Fields::of(header).collect() };
        let (senders, receivers): (&[&str], &[&str]) = match is_resent {
            true => (&RESENT.0, &RESENT.1),
            false => (&ORIGINAL.0, &ORIGINAL.1),
        };
        Ok(ReadyEnvelope {
            sender: sender(&fields, senders)?,
            recipients: recipients(&fields, receivers)?,
        })
    }
}

/// The fields that the last resending put before the header. No field stands twice in such a block, so that a second one
/// begins the block of the resending before it.
fn latest_resent_block(header: &[u8]) -> Vec<Field<'_>> {
    let mut seen = HashSet::new();
    Fields::of(header)
        .skip_while(|field| !is_resent(field))
        .take_while(|field| is_resent(field) && seen.insert(field.name().to_ascii_lowercase()))
        .collect()
}

fn is_resent(field: &Field) -> bool {
    let prefix = field.name().get(.."Resent-".len());
    prefix.is_some_and(|prefix| prefix.eq_ignore_ascii_case("Resent-"))
}

fn named<'f, 'h>(fields: &'f [Field<'h>], name: &'f str) -> impl Iterator<Item = &'f Field<'h>> {
    fields.iter().filter(move |field| field.is_named(name))
}

fn sender(fields: &[Field], names: &[&str]) -> Result<ReadySender> {
    for field in names.iter().flat_map(|name| named(fields, name)) {
        let about_field = |error| about(field, error);
        let value = field.value();
        // An empty field tells nothing.
        let Some(first) = Items::of(&value).next() else {
            continue;
        };
        let first = first.map_err(about_field)?;
        if first.is_null_path() && field.is_named("Return-Path") {
            return Ok(ReadySender::NullPath);
        }
        return first.mailbox().map(ReadySender::Mailbox).map_err(about_field);
    }
    Ok(ReadySender::Missing)
}

fn recipients(fields: &[Field], names: &[&str]) -> Result<Vec<Mailbox>> {
    let mut recipients = Vec::new();
    let mut seen = HashSet::new();
    for field in names.iter().flat_map(|name| named(fields, name)) {
        for item in Items::of(&field.value()) {
            let mailbox =
                item.and_then(|item| item.mailbox()).map_err(|error| about(field, error))?;
            if seen.insert(mailbox.wire_address().clone()) {
                recipients.push(mailbox);
            }
        }
    }
    Ok(recipients)
}

fn about(field: &Field, error: Error) -> Error {
    error.map_message(|message| format!("{}: {message}", field.name()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Status;

    fn told(header: &str) -> (String, Vec<String>) {
        let envelope = ReadyEnvelope::of(header.as_bytes()).unwrap();
        let sender = match envelope.sender {
            ReadySender::Missing => "missing".to_owned(),
            ReadySender::NullPath => "<>".to_owned(),
            ReadySender::Mailbox(mailbox) => mailbox.address().to_owned(),
        };
        (sender, envelope.recipients.iter().map(|mailbox| mailbox.address().into()).collect())
    }

    fn sender_of(header: &str) -> String {
        told(header).0
    }

    #[test]
    fn the_sender_is_the_first_that_a_field_tells() {
        for (header, sender) in [
            ("From: a@b, c@d\n", "a@b"),
            ("From: G: a@b;\n", "a@b"),
            ("From: a@b\nSender: X <c@d>\n", "c@d"),
            ("Sender: c@d\nFrom: a@b\nReturn-Path: <e@f>\n", "e@f"),
            ("Return-Path: <>\nFrom: a@b\n", "<>"),
            ("Return-Path:\n < (null) > (nobody)\nFrom: a@b\n", "<>"),
            ("return-path: <e@f>\nReturn-Path: <g@h>\n", "e@f"),
            ("Return-Path:\nSender: \nFrom: a@b\n", "a@b"),
            ("FROM : a@b\n", "a@b"),
            ("To: a@b\n", "missing"),
        ] {
            assert_eq!(sender_of(header), sender, "{header}");
        }
    }

    #[test]
    fn recipients_are_those_of_all_fields_in_order_and_once() {
        let header = "Bcc: g@h\nTo: \"X, Y\" <a@b>,\n\tgroup: c@d, A@B;\nFrom: x@y\nCC: a@b, e@f\n\
                      to: i@j, a@b\nbcc : k@l\nReply-To: no@one\n";
        assert_eq!(told(header).1, ["a@b", "c@d", "A@B", "i@j", "e@f", "g@h", "k@l"]);
        assert!(told("To: undisclosed-recipients:;\n").1.is_empty());
        assert!(told("Subject: x\n").1.is_empty());
        assert_eq!(told("To: a@почта.рф, a@xn--80a1acny.xn--p1ai\n").1, ["a@почта.рф"]);
    }

    #[test]
    fn the_topmost_block_of_a_resent_message_counts_alone() {
        let first = "Resent-Date: x\nResent-From: a@b, x@y\nRESENT-TO: c@d\n e@f,\n";
        let first = first.replace("c@d\n", "c@d,\n");
        let second = "Resent-To: g@h\nResent-Sender: i@j\nResent-From: k@l\nResent-Bcc: m@n\n";
        let original = "Return-Path: <>\nFrom: o@p\nTo: q@r\nCc: s@t\nBcc: u@v\n";
        for between in ["", "Received: x\n"] {
            let header = format!("X: y\n{first}{between}{second}{original}");
            assert_eq!(told(&header), ("a@b".into(), vec!["c@d".into(), "e@f".into()]));
            let header = format!("{second}{between}{first}{original}");
            assert_eq!(told(&header), ("i@j".into(), vec!["g@h".into(), "m@n".into()]));
        }
        assert_eq!(told(&format!("Resent-Date: x\n{original}")), ("missing".into(), vec![]));
    }

    #[test]
    fn what_is_no_address_is_told_with_its_field() {
        for (header, message) in [
            ("To: a@b, c d\n", "To: 'c d' is not a mail address"),
            ("To: a@b\nbCC: x\n", "bCC: 'x' is not a mail address"),
            ("From: <>\n", "From: '<>' is not a mail address"),
            ("Return-Path: MAILER-DAEMON\n", "Return-Path: 'MAILER-DAEMON' is not a mail address"),
            ("Resent-Cc: <>\nTo: a@b\n", "Resent-Cc: '<>' is not a mail address"),
        ] {
            let error = ReadyEnvelope::of(header.as_bytes()).unwrap_err();
            assert_eq!((error.status(), error.message()), (Status::Address, message));
        }
        // Latin-1 in a name is harmless, in an address it is none.
        assert!(ReadyEnvelope::of(b"To: J\xfcrgen <a@b>\n").is_ok());
        assert!(ReadyEnvelope::of(b"To: j\xfc@b\n").is_err());
    }

    #[test]
    fn a_header_full_of_resent_fields_takes_no_more_than_its_length() {
        let header: String = (0..20_000).map(|n| format!("Resent-{n}: x\n")).collect();
        assert_eq!(told(&(header + "Resent-To: a@b\n")).1, ["a@b"]);
    }
}
