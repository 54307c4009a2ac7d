//! `INetMailAddressCollection`: addresses of a message, changed in place.

use super::collection::{Collection, Member};
use super::mail_address::MailAddress;
use crate::error::Result;
use std::sync::Arc;

pub type MailAddressCollection = Collection<MailAddress>;

/// By address, whatever the name and the letter case.
impl Member for MailAddress {
    fn is_same(&self, other: &MailAddress) -> bool {
        self.is_same_address(other)
    }
}

impl MailAddressCollection {
    /// Adds what stands in `text`: one mailbox, or several between commas or semicolons. All of them or none.
    pub fn add_string(&self, text: &str) -> Result<()> {
        for mailbox in MailAddress::parse_list(text)? {
            self.add(Arc::new(mailbox));
        }
        Ok(())
    }

    /// All addresses, joined by commas.
    pub fn text(&self) -> String {
        let addresses: Vec<_> = self.snapshot().iter().map(|address| address.to_string()).collect();
        addresses.join(",")
    }
}
