//! What a session is told of its connection, and what it says besides mail.

use super::super::command::CommandLine;
use super::{Awaited, Session};
use crate::error::Result;

impl Session {
    /// The first words of the server.
    pub fn greeting(&self) -> &str {
        &self.greeting
    }

    pub fn is_protected(&self) -> bool {
        self.is_protected
    }

    /// The connection is under TLS from its first octet.
    pub fn set_protected(&mut self) {
        self.is_protected = true;
    }

    /// Says any other command. A transaction that it opens is reset before the next message.
    pub fn request(&mut self, command: &CommandLine) -> Result<()> {
        let line = command.line(&self.capabilities)?;
        self.needs_reset |= command.opens_transaction;
        self.command(&line, Awaited::Other);
        Ok(())
    }
}
