//! One run of a login (RFC 4954): challenges in, responses out, and what is kept to be hidden.

use crate::error::{Error, Result, Status};
use crate::sasl::Mechanism;
use encodify::base64;
use zeroize::Zeroizing;

/// A longer AUTH command might not fit the server's line (RFC 5321 section 4.5.3.1.4): the response goes out by itself.
const LONGEST_COMMAND: usize = 512;

/// No mechanism needs more challenges than this.
const MOST_CHALLENGES: u32 = 32;

pub struct Login {
    mechanism: Box<dyn Mechanism>,
    /// The response that did not fit into the AUTH command.
    held_response: Option<Zeroizing<Vec<u8>>>,
    challenges: u32,
    /// What was said, in base64.
    said: Vec<Zeroizing<String>>,
    /// Why the run was given up; the server's answer to `*` is still due.
    cancelled: Option<Error>,
}

impl Login {
    /// A run, and the AUTH command that begins it.
    pub fn begin(mut mechanism: Box<dyn Mechanism>) -> (Login, Zeroizing<String>) {
        // Room for all of it at once: growing would leave a copy of the secret behind.
        let mut command = Zeroizing::new(String::with_capacity(LONGEST_COMMAND));
        command.push_str("AUTH ");
        command.push_str(mechanism.name());
        let mut held_response = None;
        let mut said = Vec::new();
        if let Some(response) = mechanism.initial_response() {
            let encoded = encode_response(&response);
            // An empty response is sent as "=" (RFC 4954 section 4).
            let shown = if encoded.is_empty() { "=" } else { encoded.as_str() };
            if command.len() + shown.len() + " \r\n".len() <= LONGEST_COMMAND {
                command.push(' ');
                command.push_str(shown);
                said.push(encoded);
            } else {
                held_response = Some(response);
            }
        }
        (Login { mechanism, held_response, challenges: 0, said, cancelled: None }, command)
    }

    pub fn mechanism(&self) -> &str {
        self.mechanism.name()
    }

    /// The line that answers a challenge; `*` gives the run up.
    pub fn answer(&mut self, challenge: &str) -> Zeroizing<String> {
        match self.respond(challenge) {
            Ok(response) => {
                let line = encode_response(&response);
                self.said.push(line.clone());
                line
            }
            Err(error) => {
                self.cancelled = Some(error);
                Zeroizing::new(String::from("*"))
            }
        }
    }

    /// Why the run was given up, if it was.
    pub fn cancelled(&self) -> Option<&Error> {
        self.cancelled.as_ref()
    }

    fn respond(&mut self, challenge: &str) -> Result<Zeroizing<Vec<u8>>> {
        self.challenges += 1;
        if self.challenges > MOST_CHALLENGES {
            return Err(Error::new(Status::AuthProtocol, "the server's challenges have no end"));
        }
        if let Some(response) = self.held_response.take() {
            return Ok(response);
        }
        // Some servers send their LOGIN prompts as they are.
        let decoded = base64::LENIENT.decode(challenge);
        self.mechanism.respond(decoded.as_deref().unwrap_or(challenge.as_bytes()))
    }

    /// The error without what was said: some servers repeat it.
    pub fn without_secrets(&self, error: Error) -> Error {
        let secrets = self.said.iter().filter(|secret| !secret.is_empty());
        error.map_message(|message| {
            secrets.fold(message, |message, secret| message.replace(secret.as_str(), "***"))
        })
    }
}

fn encode_response(response: &[u8]) -> Zeroizing<String> {
    Zeroizing::new(base64::STANDARD.encode(response))
}
