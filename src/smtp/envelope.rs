//! What MAIL and RCPT say about a message (RFC 5321 section 2.3.1).

use super::parameters::EnvelopeOptions;
use std::sync::Arc;

/// The envelope of one message. Addresses are as they go out: `user@domain` without brackets.
#[derive(Debug, Clone, Default)]
pub struct Envelope {
    /// Where failures are reported to; empty for the null path.
    pub reverse_path: Arc<str>,
    pub recipients: Vec<Arc<str>>,
    /// Whether a header needs SMTPUTF8 (RFC 6531), even if the addresses here do not.
    pub needs_smtputf8: bool,
    pub options: Option<Arc<EnvelopeOptions>>,
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
    pub fn requires_smtputf8(&self) -> bool {
        self.needs_smtputf8
            || !self.reverse_path.is_ascii()
            || self.recipients.iter().any(|recipient| !recipient.is_ascii())
    }
}
