//! Commands of a client to its server, besides sending.

use super::lock;
use super::server_info::ServerInfo;
use super::server_reply::ServerReply;
use super::smtp_client::SmtpClient;
use crate::deliver::CommandLine;
use crate::error::{Result, Status};
use std::sync::Arc;

impl SmtpClient {
    /// Opens a connection, with its login, for the messages to come.
    pub fn connect(&self) -> Result<()> {
        let terms = lock(&self.settings).terms()?;
        self.driver.connect(&terms)
    }

    /// Logs in on a new connection.
    pub fn validate_credentials(&self) -> Result<()> {
        let terms = lock(&self.settings).terms()?;
        self.driver.validate(&terms)
    }

    pub fn noop(&self) -> Result<()> {
        let reply = self.say(&CommandLine::noop())?;
        match reply.is_positive() {
            true => Ok(()),
            false => Err(reply.to_error(Status::ServiceUnavailable, "the server refused NOOP")),
        }
    }

    pub fn verify(&self, text: &str) -> Result<ServerReply> {
        self.say(&CommandLine::verify(text)?)
    }

    pub fn expand(&self, list: &str) -> Result<ServerReply> {
        self.say(&CommandLine::expand(list)?)
    }

    pub fn help(&self, topic: Option<&str>) -> Result<ServerReply> {
        self.say(&CommandLine::help(topic)?)
    }

    pub fn command(&self, line: &str) -> Result<ServerReply> {
        self.say(&CommandLine::parse(line)?)
    }

    /// What the server of the latest connection said of itself.
    pub fn server_info(&self) -> Option<Arc<ServerInfo>> {
        self.driver.server_info()
    }

    fn say(&self, command: &CommandLine) -> Result<ServerReply> {
        let terms = lock(&self.settings).terms()?;
        self.driver.command(&terms, command)
    }
}
