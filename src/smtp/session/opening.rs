//! What comes before the first message: greeting, EHLO, STARTTLS, AUTH.

use super::super::capabilities::Capabilities;
use super::super::login::{Login, Step};
use super::super::reply::Reply;
use super::{Awaited, Event, Session};
use crate::error::{Error, Phase, Status};

impl Session {
    pub(super) fn say_hello(&mut self) {
        let word = if self.is_lmtp { "LHLO" } else { "EHLO" };
        let command = format!("{word} {}", self.local_domain);
        self.command(&command, Awaited::Ehlo);
    }

    pub(super) fn handle_greeting(&mut self, reply: &Reply) {
        self.greeting = reply.text();
        if reply.code() == 220 {
            return self.say_hello();
        }
        let what = "the server does not accept mail";
        self.close(reply.to_error(Status::ServiceUnavailable, what).in_phase(Phase::Greeting));
    }

    pub(super) fn handle_ehlo(&mut self, reply: &Reply) {
        if reply.is_positive() {
            self.capabilities = Capabilities::from_ehlo(reply);
            // A REQUIRETLS in clear is no promise that could be kept (RFC 8689 section 2).
            self.capabilities.require_tls &= self.is_protected;
            self.events.push_back(Event::Greeted);
        } else if self.is_lmtp {
            self.refuse_hello(reply, "the server refused LHLO, with which LMTP begins");
        } else if reply.code() / 100 == 5 {
            // RFC 5321 section 4.1.1.1: an old server may know HELO only.
            let command = format!("HELO {}", self.local_domain);
            self.command(&command, Awaited::Helo);
        } else {
            self.refuse_hello(reply, "the server refused EHLO");
        }
    }

    /// The end by a refused greeting of ours, and what may be behind it.
    pub(super) fn refuse_hello(&mut self, reply: &Reply, what: &str) {
        let wants_lmtp = || reply.text().to_ascii_uppercase().contains("LHLO");
        let hint = match self.is_lmtp {
            true => "; it may speak SMTP, for which INetSmtpClient_SetUseLmtp has to be off",
            false if wants_lmtp() => "; it speaks LMTP, for which INetSmtpClient_SetUseLmtp is",
            false => "",
        };
        let error = reply.to_error(Status::HelloRefused, what).in_phase(Phase::Hello);
        self.close(error.map_message(|message| message + hint));
    }

    pub(super) fn handle_start_tls(&mut self, reply: &Reply) {
        let error = match (reply.code(), reply.has_successor()) {
            (220, false) => return self.events.push_back(Event::StartTls),
            (220, true) => Error::from(Status::StartTlsInjection),
            _ => reply.to_error(Status::StartTlsRefused, "the server refused STARTTLS"),
        };
        self.close(error.in_phase(Phase::StartTls));
    }

    pub(super) fn handle_auth(&mut self, reply: &Reply) {
        let Some(mut login) = self.login.take() else {
            return;
        };
        if let Some(error) = login.cancelled() {
            let error = error.clone().in_phase(Phase::Auth);
            return self.events.push_back(Event::Authenticated(Err(error)));
        }
        match reply.code() {
            334 => {
                match login.challenge(&reply.text()) {
                    Step::Line(line) => self.secret_command(&line, 0),
                    Step::Challenge(octets) => self.events.push_back(Event::Challenged(octets)),
                    Step::Wrong(sentence) => {
                        login.cancel(Error::new(Status::AuthProtocol, sentence));
                        self.command("*", Awaited::Auth);
                    }
                }
                self.login = Some(login);
            }
            235 if login.holds_back() => {
                let what = format!("the server accepts a login by {}", login.mechanism());
                let sentence = format!("{what} before it has heard the response");
                let error = Error::new(Status::AuthProtocol, sentence).in_phase(Phase::Auth);
                self.close(error.retry_is_safe());
            }
            235 => self.events.push_back(Event::Authenticated(Ok(()))),
            ..400 => {
                let what = format!("the server answered a login by {} with", login.mechanism());
                let error = Error::new(Status::AuthProtocol, format!("{what} {reply}"));
                self.close(login.without_secrets(error).in_phase(Phase::Auth).retry_is_safe());
            }
            code => {
                let (status, did) = match code {
                    // It does not keep of this password what the mechanism takes (RFC 4954 section 4.7.1).
                    432 => (Status::AuthRefused, "refused"),
                    ..500 => (Status::AuthUnavailable, "cannot judge"),
                    _ => (Status::AuthRefused, "refused"),
                };
                let what = format!("the server {did} the login by {}", login.mechanism());
                let refusal = reply.to_error(status, &what).in_phase(Phase::Auth);
                let refusal = login.without_secrets(refusal).retry_is_safe();
                self.events.push_back(Event::Authenticated(Err(refusal)));
            }
        }
    }

    /// Begins a login by a mechanism, with the response that the client begins with. Its challenges are events.
    pub fn authenticate(&mut self, mechanism: &str, response: Option<&[u8]>) {
        let (login, command) = Login::begin(mechanism, response);
        let shown = match command.match_indices(' ').nth(1) {
            Some((space, _)) => space + 1,
            None => command.len(),
        };
        self.secret_command(&command, shown);
        self.login = Some(login);
    }

    /// The response to a challenge.
    pub fn respond(&mut self, response: &[u8]) {
        if let Some(login) = &mut self.login {
            let line = login.line(response);
            self.secret_command(&line, 0);
        }
    }

    /// Gives the login up instead of a response. With this error it ends, when the server has seen it.
    pub fn cancel_login(&mut self, error: Error) {
        if let Some(login) = &mut self.login {
            login.cancel(error);
            self.command("*", Awaited::Auth);
        }
    }
}
