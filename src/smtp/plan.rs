//! The pipelining plan: how far a session runs ahead of the server's replies.
//!
//! | | one after another | in groups (PIPELINING) |
//! | --- | --- | --- |
//! | DATA | each command waits for the reply to the one before | MAIL, RCPT and DATA are one group; the next message's go out with the end of data (RFC 2920 section 3.1) |
//! | BDAT | as DATA, the chunk behind the replies | nothing waits: message follows message inside the window (RFC 3030 section 4.2) |

use super::capabilities::Capabilities;
use super::envelope::{Body, Freight};

/// Whether something is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Use {
    /// Where the server offers it and it serves.
    #[default]
    Auto,
    On,
    Off,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    pub pipelining: Use,
    pub chunking: Use,
    /// Octets of a chunk; `None` is the whole message as one, where its length is known.
    pub chunk_size: Option<u64>,
    /// So many messages at most are under way before their replies are there.
    pub window_messages: usize,
    /// The same in octets. One message may always be under way, however large.
    pub window_octets: u64,
    /// Whether it is of interest what the server says to a message that it accepts for all.
    pub keeps_words: bool,
}

impl Default for Plan {
    fn default() -> Plan {
        Plan {
            pipelining: Use::Auto,
            chunking: Use::Auto,
            chunk_size: None,
            window_messages: 64,
            window_octets: 1 << 20,
            keeps_words: true,
        }
    }
}

/// How the octets of a message are told from commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    /// DATA, and a line with a dot.
    Data,
    /// BDAT, and a number of octets.
    Chunks,
}

impl Plan {
    /// Whether commands go out ahead of the replies to those before them.
    pub fn pipelines(&self, offered: &Capabilities) -> bool {
        match self.pipelining {
            Use::Auto => offered.pipelining,
            Use::On => true,
            Use::Off => false,
        }
    }

    /// How a message goes. Without pipelining BDAT saves nothing, so it is left to those who ask for it.
    pub fn framing(&self, freight: &Freight, offered: &Capabilities) -> Framing {
        let chunks = match self.chunking {
            Use::Auto => offered.chunking && self.pipelines(offered) && freight.length.is_some(),
            Use::On => true,
            Use::Off => false,
        };
        match chunks || freight.body == Body::BinaryMime {
            true => Framing::Chunks,
            false => Framing::Data,
        }
    }

    /// Whether a chunked message goes out before the replies to its envelope. Of a large one that would be a waste when
    /// nobody is there to take it.
    pub fn runs_ahead(&self, freight: &Freight, offered: &Capabilities) -> bool {
        self.pipelines(offered) && freight.length.is_some_and(|length| length <= self.window_octets)
    }
}
