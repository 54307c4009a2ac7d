//! The fields that tell of a resending (RFC 5322 section 3.6.6).

use super::address::Mailbox;
use super::code_page::CodePage;
use super::compose::{Stamp, message_id};
use super::date::DateTime;
use super::header::HeaderBlock;
use crate::error::Result;

/// Fields to be put before all others.
pub fn resent_fields(stamp: Stamp, from: &Mailbox, to: &[Mailbox]) -> Result<Vec<u8>> {
    let mut block = HeaderBlock::default();
    let moment = DateTime { seconds: stamp.seconds, zone_minutes: 0 };
    block.words("Resent-Date", &moment.text());
    block.mailboxes("Resent-From", [from], CodePage::utf8())?;
    block.mailboxes("Resent-To", to, CodePage::utf8())?;
    block.words("Resent-Message-ID", &message_id(stamp.unique, from));
    Ok(block.into_bytes())
}
