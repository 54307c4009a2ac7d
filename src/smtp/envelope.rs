//! What MAIL and RCPT say about a message (RFC 5321 section 2.3.1).

use super::parameters::EnvelopeOptions;
use crate::error::{Error, Phase, Result, Status};
use memchr::memchr3;
use std::ops::Range;
use std::sync::Arc;

/// The envelope of one message. Addresses are as they go out: `user@domain` without brackets, fit for a command.
#[derive(Debug, Clone, Default)]
pub struct Envelope {
    reverse_path: Arc<str>,
    recipients: Vec<Arc<str>>,
    requires_smtputf8: bool,
    options: Option<Arc<EnvelopeOptions>>,
}

/// What MAIL says about the content.
#[derive(Debug, Clone, Copy, Default)]
pub struct Freight {
    /// About how many octets the message has, for SIZE (RFC 1870 section 6.1 allows an estimate); `None` where only the end
    /// will tell.
    pub size: Option<u64>,
    /// Exactly how many, which a chunk has to say; `None` where only the end will tell.
    pub length: Option<u64>,
    pub body: Body,
}

/// The values of the BODY parameter (RFC 6152, RFC 3030).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Body {
    #[default]
    SevenBit,
    EightBitMime,
    BinaryMime,
}

impl Envelope {
    /// `reverse_path` is where failures are reported to; empty for the null path. `needs_smtputf8` tells that a header needs
    /// SMTPUTF8 (RFC 6531), even if the addresses here do not.
    pub fn new(
        reverse_path: Arc<str>,
        recipients: Vec<Arc<str>>,
        needs_smtputf8: bool,
        options: Option<Arc<EnvelopeOptions>>,
    ) -> Result<Envelope> {
        // Addresses are checked where they come in; this is the last door before the wire.
        let breaks_line = |path: &Arc<str>| memchr3(b'\r', b'\n', 0, path.as_bytes()).is_some();
        if breaks_line(&reverse_path) || recipients.iter().any(breaks_line) {
            return Err(Error::from(Status::LineBreak).in_phase(Phase::Mail));
        }
        let requires_smtputf8 = needs_smtputf8
            || !reverse_path.is_ascii()
            || recipients.iter().any(|recipient| !recipient.is_ascii());
        Ok(Envelope { reverse_path, recipients, requires_smtputf8, options })
    }

    pub fn reverse_path(&self) -> &Arc<str> {
        &self.reverse_path
    }

    pub fn recipients(&self) -> &[Arc<str>] {
        &self.recipients
    }

    pub fn requires_smtputf8(&self) -> bool {
        self.requires_smtputf8
    }

    pub fn options(&self) -> Option<&Arc<EnvelopeOptions>> {
        self.options.as_ref()
    }

    /// The same for some of the recipients.
    pub fn part(&self, recipients: Range<usize>) -> Envelope {
        Envelope { recipients: self.recipients[recipients].to_vec(), ..self.clone() }
    }
}
