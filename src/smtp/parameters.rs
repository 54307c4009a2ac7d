//! What a host asks of the envelope beyond addresses, and the parameters of MAIL and RCPT that say it.

use super::capabilities::Capabilities;
use super::date_time;
use crate::error::{Error, Phase, Result, Status};
use encodify::hex::XTEXT;
use std::collections::HashMap;
use std::fmt::Write;
use std::sync::Arc;

/// Octets of xtext in ENVID (RFC 3461 section 5.4), in ORCPT (the same) and in AUTH (RFC 4954 section 5).
const LONGEST_ENVELOPE_ID: usize = 100;
const LONGEST_ORIGINAL_RECIPIENT: usize = 500;
const LONGEST_AUTH_SENDER: usize = 500;

/// BY and HOLDFOR have nine digits (RFC 2852 section 4, RFC 4865 section 4).
const MOST_SECONDS: u32 = 999_999_999;

/// What the host can do about an option that its server does not take.
const WAY_OUT: &str = "INetEnvelopeOptions_SetIsOptional lets the message go without";

/// The options of an envelope. What stands in here is fit for the wire: the setters refuse everything else.
#[derive(Debug, Clone, Default)]
pub struct EnvelopeOptions {
    pub notify: Notify,
    pub returns: Return,
    /// Whether each RCPT tells its own address as the original one, which it does together with NOTIFY only: some servers
    /// take ORCPT by itself for an error.
    pub adds_original_recipient: bool,
    /// RFC 8689.
    pub require_tls: bool,
    /// Whether options may be left out where the server does not offer them. REQUIRETLS may not.
    pub is_optional: bool,
    /// Whether a notice is wished for in any case, where the server offers it and `notify` says nothing else.
    pub wishes_receipt: bool,
    envelope_id: String,
    /// ORCPT as it is written, by recipient.
    original_recipients: HashMap<String, String>,
    deliver_by: Option<DeliverBy>,
    priority: Option<i8>,
    hold: Option<Hold>,
    auth_sender: Option<AuthSender>,
}

/// When the sender is told of the fate of a message (RFC 3461 section 4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Notify {
    /// On failure, and perhaps on delay.
    #[default]
    ServersChoice,
    Never,
    On {
        success: bool,
        failure: bool,
        delay: bool,
    },
}

/// How much of the message comes back with a notice (RFC 3461 section 4.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Return {
    #[default]
    ServersChoice,
    Headers,
    Full,
}

/// A time limit of delivery (RFC 2852).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeliverBy {
    pub seconds: u32,
    pub late: Late,
    /// Whether each relay tells that it has passed the message on.
    pub trace: bool,
}

/// What becomes of a message that is late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Late {
    /// It goes on, and the sender is told.
    Notify,
    /// It goes back.
    Return,
}

/// How long a server holds a message back (RFC 4865): seconds, or a moment since 1970-01-01 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    For(u32),
    Until(i64),
}

/// Who has submitted a message, as AUTH of MAIL tells it (RFC 4954 section 5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuthSender {
    /// Nobody whom the client would vouch for.
    Unknown,
    Mailbox(Arc<str>),
}

impl EnvelopeOptions {
    pub fn envelope_id(&self) -> &str {
        &self.envelope_id
    }

    /// Empty for none.
    pub fn set_envelope_id(&mut self, id: &str) -> Result<()> {
        refuse_line_breaks(id)?;
        // RFC 3461 section 4.4.
        if !id.bytes().all(|octet| matches!(octet, b' '..=b'~')) {
            let sentence = "an envelope id has printable ASCII characters only";
            return Err(Error::new(Status::Argument, sentence));
        }
        refuse_longer("the envelope id", XTEXT.encoded_len(id), LONGEST_ENVELOPE_ID)?;
        self.envelope_id = id.to_owned();
        Ok(())
    }

    /// Sets or takes away what RCPT of a recipient tells as the address that the message was for at first.
    pub fn set_original_recipient(
        &mut self,
        recipient: &str,
        original: Option<&str>,
    ) -> Result<()> {
        let Some(original) = original else {
            self.original_recipients.remove(&key(recipient));
            return Ok(());
        };
        refuse_line_breaks(original)?;
        let mut written = String::new();
        write_original_recipient(original, &mut written);
        refuse_longer("the original recipient", written.len(), LONGEST_ORIGINAL_RECIPIENT)?;
        self.original_recipients.insert(key(recipient), written);
        Ok(())
    }

    pub fn deliver_by(&self) -> Option<DeliverBy> {
        self.deliver_by
    }

    pub fn set_deliver_by(&mut self, deliver_by: Option<DeliverBy>) -> Result<()> {
        if let Some(DeliverBy { seconds, .. }) = deliver_by {
            refuse_seconds(seconds)?;
        }
        self.deliver_by = deliver_by;
        Ok(())
    }

    pub fn priority(&self) -> Option<i8> {
        self.priority
    }

    /// RFC 6710 section 3.
    pub fn set_priority(&mut self, priority: Option<i8>) -> Result<()> {
        if let Some(priority) = priority.filter(|priority| !(-9..=9).contains(priority)) {
            let sentence = format!("{priority} is no priority of MT-PRIORITY: -9 to 9 are");
            return Err(Error::new(Status::ArgumentOutOfRange, sentence));
        }
        self.priority = priority;
        Ok(())
    }

    pub fn hold(&self) -> Option<Hold> {
        self.hold
    }

    pub fn set_hold(&mut self, hold: Option<Hold>) -> Result<()> {
        match hold {
            Some(Hold::For(seconds)) => refuse_seconds(seconds)?,
            Some(Hold::Until(moment)) if !date_time::SECONDS.contains(&moment) => {
                let sentence = format!("{moment} s is no moment of a year with four digits");
                return Err(Error::new(Status::ArgumentOutOfRange, sentence));
            }
            _ => {}
        }
        self.hold = hold;
        Ok(())
    }

    pub fn auth_sender(&self) -> Option<&AuthSender> {
        self.auth_sender.as_ref()
    }

    pub fn set_auth_sender(&mut self, sender: Option<AuthSender>) -> Result<()> {
        if let Some(AuthSender::Mailbox(mailbox)) = &sender {
            refuse_line_breaks(mailbox)?;
            refuse_longer("the mailbox", XTEXT.encoded_len(&**mailbox), LONGEST_AUTH_SENDER)?;
        }
        self.auth_sender = sender;
        Ok(())
    }
}

impl Hold {
    /// From a date-time of RFC 3339.
    pub fn until(text: &str) -> Result<Hold> {
        date_time::parse(text).map(Hold::Until).ok_or_else(|| {
            let shown: String = text.chars().take(80).flat_map(char::escape_debug).collect();
            let sentence = format!("'{shown}' is no date-time such as 2030-01-01T00:00:00Z");
            Error::new(Status::Argument, sentence)
        })
    }

    /// The date-time as the server gets it; nothing for a number of seconds.
    pub fn until_text(self) -> Option<String> {
        match self {
            Hold::For(_) => None,
            Hold::Until(moment) => Some(date_time::text(moment)),
        }
    }
}

/// The parameters of one transaction, checked against what its server offers.
#[derive(Debug)]
pub struct Parameters {
    options: Arc<EnvelopeOptions>,
    mail: String,
    /// The same for each RCPT.
    notify: String,
    takes_original_recipients: bool,
    adds_original_recipient: bool,
}

impl Parameters {
    /// An option that the server does not offer is an error, unless it may be left out.
    pub fn new(options: &Arc<EnvelopeOptions>, offered: &Capabilities) -> Result<Parameters> {
        let request = Request { options, offered };
        let takes_dsn = request.takes_dsn()?;
        let mut mail = String::new();
        if takes_dsn {
            request.write_return_and_id(&mut mail);
        }
        request.write_require_tls(&mut mail)?;
        request.write_deliver_by(&mut mail)?;
        request.write_priority(&mut mail)?;
        request.write_hold(&mut mail)?;
        request.write_auth_sender(&mut mail)?;
        let notify = if takes_dsn { request.notify() } else { String::new() };
        let adds_original = options.adds_original_recipient || request.wishes_receipt();
        Ok(Parameters {
            options: options.clone(),
            mail,
            takes_original_recipients: takes_dsn && !options.original_recipients.is_empty(),
            adds_original_recipient: adds_original && !notify.is_empty(),
            notify,
        })
    }

    /// Behind the path of MAIL.
    pub fn write_mail(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.mail.as_bytes());
    }

    /// Behind the path of RCPT.
    pub fn write_rcpt(&self, recipient: &str, out: &mut Vec<u8>) {
        out.extend_from_slice(self.notify.as_bytes());
        let given = match self.takes_original_recipients {
            true => self.options.original_recipients.get(&key(recipient)),
            false => None,
        };
        let mut original = String::new();
        match given {
            Some(given) => original.push_str(given),
            None if self.adds_original_recipient => {
                write_original_recipient(recipient, &mut original);
            }
            None => return,
        }
        out.extend_from_slice(b" ORCPT=");
        out.extend_from_slice(original.as_bytes());
    }
}

/// What is asked for, and what there is.
struct Request<'a> {
    options: &'a EnvelopeOptions,
    offered: &'a Capabilities,
}

impl Request<'_> {
    fn wishes_receipt(&self) -> bool {
        self.options.wishes_receipt && self.options.notify == Notify::ServersChoice
    }

    fn takes_dsn(&self) -> Result<bool> {
        let EnvelopeOptions { notify, returns, .. } = self.options;
        let is_wanted = *notify != Notify::ServersChoice
            || *returns != Return::ServersChoice
            || !self.options.envelope_id.is_empty()
            || !self.options.original_recipients.is_empty();
        match is_wanted {
            true => self.admits("DSN", self.offered.dsn),
            false => Ok(self.offered.dsn),
        }
    }

    fn notify(&self) -> String {
        let (success, failure, delay) = match self.options.notify {
            Notify::Never => return " NOTIFY=NEVER".into(),
            Notify::On { success, failure, delay } => (success, failure, delay),
            Notify::ServersChoice if self.wishes_receipt() => (true, true, true),
            Notify::ServersChoice => return String::new(),
        };
        let names = [(success, "SUCCESS"), (failure, "FAILURE"), (delay, "DELAY")];
        let names = names.into_iter().filter_map(|(is_wanted, name)| is_wanted.then_some(name));
        match names.collect::<Vec<_>>().join(",") {
            none if none.is_empty() => none,
            names => format!(" NOTIFY={names}"),
        }
    }

    fn write_return_and_id(&self, mail: &mut String) {
        mail.push_str(match self.options.returns {
            Return::ServersChoice => "",
            Return::Headers => " RET=HDRS",
            Return::Full => " RET=FULL",
        });
        if !self.options.envelope_id.is_empty() {
            mail.push_str(" ENVID=");
            XTEXT.encode_append(&self.options.envelope_id, mail);
        }
    }

    /// Nobody may leave this out: the host wants its message to be sent under TLS, or not at all.
    fn write_require_tls(&self, mail: &mut String) -> Result<()> {
        match (self.options.require_tls, self.offered.require_tls) {
            (false, _) => {}
            (true, true) => mail.push_str(" REQUIRETLS"),
            (true, false) => {
                return Err(not_offered(
                    "the server does not offer REQUIRETLS on this connection; it counts under TLS only",
                ));
            }
        }
        Ok(())
    }

    fn write_deliver_by(&self, mail: &mut String) -> Result<()> {
        let Some(DeliverBy { seconds, late, trace }) = self.options.deliver_by else {
            return Ok(());
        };
        if !self.admits("DELIVERBY", self.offered.deliver_by.is_some())? {
            return Ok(());
        }
        let least = self.offered.deliver_by.flatten().unwrap_or_default();
        let is_too_soon = late == Late::Return && seconds < least;
        let sentence = || format!("DELIVERBY of the server begins at {least} s, not at {seconds}");
        if self.admits_extent(is_too_soon, sentence)? {
            let mode = if late == Late::Return { "R" } else { "N" };
            let trace = if trace { "T" } else { "" };
            append(mail, format_args!(" BY={seconds};{mode}{trace}"));
        }
        Ok(())
    }

    fn write_priority(&self, mail: &mut String) -> Result<()> {
        if let Some(priority) = self.options.priority
            && self.admits("MT-PRIORITY", self.offered.priority.is_some())?
        {
            append(mail, format_args!(" MT-PRIORITY={priority}"));
        }
        Ok(())
    }

    fn write_hold(&self, mail: &mut String) -> Result<()> {
        let Some(hold) = self.options.hold else {
            return Ok(());
        };
        if !self.admits("FUTURERELEASE", self.offered.future_release.is_some())? {
            return Ok(());
        }
        let bounds = self.offered.future_release.unwrap_or_default();
        match hold {
            Hold::For(seconds) => {
                let longest = bounds.longest_seconds.unwrap_or(MOST_SECONDS);
                let sentence =
                    || format!("FUTURERELEASE of the server ends at {longest} s, not at {seconds}");
                if self.admits_extent(seconds > longest, sentence)? {
                    append(mail, format_args!(" HOLDFOR={seconds}"));
                }
            }
            Hold::Until(moment) => {
                let latest = bounds.latest.unwrap_or(i64::MAX);
                let shown = date_time::text(moment);
                let sentence = || {
                    let latest = date_time::text(latest);
                    format!("FUTURERELEASE of the server ends at {latest}, not at {shown}")
                };
                if self.admits_extent(moment > latest, sentence)? {
                    append(mail, format_args!(" HOLDUNTIL={shown}"));
                }
            }
        }
        Ok(())
    }

    fn write_auth_sender(&self, mail: &mut String) -> Result<()> {
        let Some(sender) = &self.options.auth_sender else {
            return Ok(());
        };
        if self.admits("AUTH", !self.offered.auth.is_empty())? {
            mail.push_str(" AUTH=");
            match sender {
                AuthSender::Unknown => mail.push_str("<>"),
                AuthSender::Mailbox(mailbox) => {
                    XTEXT.encode_append(&**mailbox, mail);
                }
            }
        }
        Ok(())
    }

    /// Whether an option goes out. It is an error if it does not, unless the host has allowed that.
    fn admits(&self, extension: &str, is_offered: bool) -> Result<bool> {
        match is_offered || self.options.is_optional {
            true => Ok(is_offered),
            false => Err(not_offered(format!(
                "the server does not offer {extension}, which the envelope options ask for; {WAY_OUT}"
            ))),
        }
    }

    /// The same where the server offers the extension, but not to that extent.
    fn admits_extent(&self, is_beyond: bool, sentence: impl FnOnce() -> String) -> Result<bool> {
        match is_beyond && !self.options.is_optional {
            true => Err(not_offered(format!("{}; {WAY_OUT}", sentence()))),
            false => Ok(!is_beyond),
        }
    }
}

fn not_offered(sentence: impl Into<String>) -> Error {
    Error::new(Status::ExtensionNotOffered, sentence).in_phase(Phase::Mail)
}

/// The address and its type. A non-ASCII one is written in ASCII all the same, which needs no SMTPUTF8 (RFC 6533 section 3).
fn write_original_recipient(address: &str, out: &mut String) {
    if address.is_ascii() {
        out.push_str("rfc822;");
        XTEXT.encode_append(address, out);
        return;
    }
    out.push_str("utf-8;");
    for character in address.chars() {
        match character {
            '!'..='~' if !matches!(character, '\\' | '+' | '=') => out.push(character),
            _ => append(out, format_args!("\\x{{{:02X}}}", u32::from(character))),
        }
    }
}

/// A recipient whatever the letter case of its domain.
fn key(recipient: &str) -> String {
    match recipient.rsplit_once('@') {
        Some((local_part, domain)) => format!("{local_part}@{}", domain.to_lowercase()),
        None => recipient.to_owned(),
    }
}

fn append(out: &mut String, arguments: std::fmt::Arguments) {
    // A String takes whatever is written.
    let _ = out.write_fmt(arguments);
}

fn refuse_line_breaks(text: &str) -> Result<()> {
    match text.contains(['\r', '\n', '\0']) {
        true => Err(Status::LineBreak.into()),
        false => Ok(()),
    }
}

fn refuse_longer(what: &str, length: usize, longest: usize) -> Result<()> {
    if length <= longest {
        return Ok(());
    }
    let sentence = format!("{what} has {length} octets on its way, {longest} are allowed");
    Err(Error::new(Status::ArgumentOutOfRange, sentence))
}

fn refuse_seconds(seconds: u32) -> Result<()> {
    if (1..=MOST_SECONDS).contains(&seconds) {
        return Ok(());
    }
    let sentence = format!("{seconds} s: 1 to {MOST_SECONDS} are allowed");
    Err(Error::new(Status::ArgumentOutOfRange, sentence))
}

#[cfg(test)]
mod tests;
