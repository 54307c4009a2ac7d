//! What a driver does with its links besides carrying messages.

use super::driver::Driver;
use super::link::Link;
use super::pool::Found;
use super::terms::Terms;
use crate::error::{Error, Result, Status};
use crate::net::Watch;
use crate::smtp::{CommandLine, Event, Reply};

/// The server is about to close the connection (RFC 5321 section 3.8).
const CLOSING: u16 = 421;

impl Driver {
    /// Says a command over a kept link or a new one. A kept link that proves dead is replaced once. An error means that no
    /// reply came: a refusal is a reply.
    pub fn command(&self, terms: &Terms, command: &CommandLine) -> Result<Reply<'static>> {
        let watch = Watch::new(terms.timeout, self.cancellation());
        watch.check()?;
        let berth = match self.pool.take(terms, watch)? {
            Found::Berth(berth) => berth,
            Found::Kept(link) => match self.ask(link, terms, command, watch) {
                Ok(reply) if reply.code() != CLOSING => return Ok(reply),
                Err(error) if !is_death(&error) => return Err(error),
                _ => self.pool.berth(terms, watch)?,
            },
        };
        self.ask(self.open(terms, berth, watch)?, terms, command, watch)
    }

    /// Sees to it that a link is kept for the next message.
    pub fn connect(&self, terms: &Terms) -> Result<()> {
        let watch = Watch::new(terms.timeout, self.cancellation());
        watch.check()?;
        let link = match self.pool.take(terms, watch)? {
            Found::Kept(link) => link,
            Found::Berth(berth) => self.open(terms, berth, watch)?,
        };
        self.pool.put_back(link, terms);
        Ok(())
    }

    /// Opens a new link with a login of its own, whatever others there are. It takes the place of one of them.
    pub fn validate(&self, terms: &Terms) -> Result<()> {
        let watch = Watch::new(terms.timeout, self.cancellation());
        watch.check()?;
        let berth = self.pool.berth(terms, watch)?;
        self.pool.put_in_place(self.open(terms, berth, watch)?, terms);
        Ok(())
    }

    fn ask(
        &self,
        mut link: Box<Link>,
        terms: &Terms,
        command: &CommandLine,
        watch: Watch,
    ) -> Result<Reply<'static>> {
        let reply = link.ask(command, watch).map_err(|error| error.with_peer(&*link.peer));
        self.pool.put_back(link, terms);
        reply
    }
}

impl Link {
    pub fn ask(&mut self, command: &CommandLine, watch: Watch) -> Result<Reply<'static>> {
        self.session.set_deadline(watch.deadline());
        self.session.request(command)?;
        match self.next_event(watch) {
            Event::Replied(reply) => Ok(reply),
            Event::Closed(error) => Err(error),
            other => Err(self.unexpected(&other)),
        }
    }
}

fn is_death(error: &Error) -> bool {
    error.is_safe_to_retry() && matches!(error.status(), Status::ConnectionLost | Status::Closing)
}
