//! `INetMailMessageCollection`: messages that are sent in one run.

use super::collection::Member;
use super::mail_message::MailMessage;

/// By identity: two messages that say the same are two messages.
impl Member for MailMessage {
    fn is_same(&self, other: &MailMessage) -> bool {
        std::ptr::eq(self, other)
    }
}
