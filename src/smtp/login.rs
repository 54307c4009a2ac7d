//! One run of a login (RFC 4954): challenges in, responses out, and what is kept to be hidden.

use crate::error::Error;
use encodify::base64;
use zeroize::Zeroizing;

/// A longer AUTH command might not fit the server's line (RFC 5321 section 4.5.3.1.4): the response goes out by itself.
const LONGEST_COMMAND: usize = 512;

/// No mechanism needs more challenges than this.
const MOST_CHALLENGES: u32 = 32;

pub struct Login {
    mechanism: String,
    /// The response that did not fit into the AUTH command.
    held: Option<Zeroizing<String>>,
    challenges: u32,
    /// What was said, in base64.
    said: Vec<Zeroizing<String>>,
    /// Why the run was given up; the server's answer to `*` is still due.
    cancelled: Option<Error>,
}

/// What a challenge leads to.
pub enum Step {
    /// The line that answers it is known already.
    Line(Zeroizing<String>),
    /// The octets of the challenge, for the mechanism.
    Challenge(Zeroizing<Vec<u8>>),
    /// What the server has done wrong.
    Wrong(&'static str),
}

impl Login {
    /// A run, and the AUTH command that begins it.
    pub fn begin(mechanism: &str, response: Option<&[u8]>) -> (Login, Zeroizing<String>) {
        // Room for all of it at once: growing would leave a copy of the secret behind.
        let mut command = Zeroizing::new(String::with_capacity(LONGEST_COMMAND));
        command.push_str("AUTH ");
        command.push_str(mechanism);
        let mut login = Login {
            mechanism: mechanism.to_owned(),
            held: None,
            challenges: 0,
            said: Vec::new(),
            cancelled: None,
        };
        if let Some(response) = response {
            let line = login.line(response);
            // An empty response is sent as "=" (RFC 4954 section 4).
            let shown = if line.is_empty() { "=" } else { line.as_str() };
            if command.len() + shown.len() + " \r\n".len() <= LONGEST_COMMAND {
                command.push(' ');
                command.push_str(shown);
            } else {
                login.held = Some(line);
            }
        }
        (login, command)
    }

    pub fn mechanism(&self) -> &str {
        &self.mechanism
    }

    pub fn challenge(&mut self, text: &str) -> Step {
        self.challenges += 1;
        if self.challenges > MOST_CHALLENGES {
            return Step::Wrong("the server's challenges have no end");
        }
        if let Some(line) = self.held.take() {
            return Step::Line(line);
        }
        match base64::LENIENT.decode(text) {
            Ok(octets) => Step::Challenge(Zeroizing::new(octets)),
            // Some servers send their LOGIN prompts as they are, and nothing depends on these.
            Err(_) if self.mechanism == "LOGIN" => {
                Step::Challenge(Zeroizing::new(text.as_bytes().to_vec()))
            }
            Err(_) => Step::Wrong("the server's challenge is not base64"),
        }
    }

    /// The line of a response.
    pub fn line(&mut self, response: &[u8]) -> Zeroizing<String> {
        let line = Zeroizing::new(base64::STANDARD.encode(response));
        self.said.push(line.clone());
        line
    }

    /// Whether the response that the login begins with has not gone out yet.
    pub fn holds_back(&self) -> bool {
        self.held.is_some()
    }

    pub fn cancel(&mut self, error: Error) {
        self.cancelled = Some(error);
    }

    /// Why the run was given up, if it was.
    pub fn cancelled(&self) -> Option<&Error> {
        self.cancelled.as_ref()
    }

    /// The error without what was said: some servers repeat it.
    pub fn without_secrets(&self, error: Error) -> Error {
        let secrets = self.said.iter().filter(|secret| !secret.is_empty());
        error.map_message(|message| {
            secrets.fold(message, |message, secret| message.replace(secret.as_str(), "***"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_challenge_without_base64_is_one_of_login_alone() {
        for (mechanism, is_taken) in [("LOGIN", true), ("CRAM-MD5", false), ("XOAUTH2", false)] {
            let (mut login, _) = Login::begin(mechanism, None);
            assert!(
                matches!(login.challenge("VXNlcjo="), Step::Challenge(octets) if *octets == b"User:")
            );
            match login.challenge("User Name:") {
                Step::Challenge(octets) => assert!(is_taken && *octets == b"User Name:"),
                Step::Wrong(what) => assert!(!is_taken && what.contains("not base64")),
                Step::Line(_) => panic!("nothing was held"),
            }
        }
    }
}
