//! What a session says and hears, for those who look on. What belongs to a login is masked here, where it is known to be one.

use super::super::reply::Reply;
use super::{Awaited, Session};
use crate::error::Error;
use std::collections::VecDeque;

/// What stands in the place of what nobody is to see.
const MASK: &str = "***";

/// Something to be seen.
#[derive(Debug)]
pub enum Seen {
    /// A command, without its line end.
    Said(String),
    Heard(Heard),
    /// The dialogue is over.
    Closed(Error),
}

/// A reply, and the command that it answers: empty of a greeting, and where nobody asked.
#[derive(Debug)]
pub struct Heard {
    pub command: String,
    pub code: u16,
    pub enhanced_code: String,
    /// All lines with their codes, joined by line feeds.
    pub text: String,
}

/// What was seen and not taken yet. A session that nobody looks at has none.
#[derive(Debug, Default)]
pub(super) struct Trace {
    /// The commands that the next replies answer.
    asked: VecDeque<String>,
    seen: VecDeque<Seen>,
}

impl Trace {
    /// One command, or several lines of which each is answered.
    #[cold]
    pub(super) fn say(&mut self, line: &str) {
        let line = line.trim_end_matches(['\r', '\n']);
        self.seen.push_back(Seen::Said(line.to_owned()));
        self.ask(line);
    }

    /// A reply is due to this, which goes without being said: the end of a message.
    pub(super) fn ask(&mut self, command: &str) {
        self.asked.push_back(command.to_owned());
    }
}

/// Commands were written, from `start` on; those of one call are answered by one reply.
#[inline] // Mostly nobody looks on, which then costs a test and no call.
pub(super) fn trace_written(trace: &mut Option<Box<Trace>>, written: &[u8], start: usize) {
    if let Some(trace) = trace {
        trace.say(&String::from_utf8_lossy(&written[start..]));
    }
}

impl Session {
    /// Says whether anybody looks on, from now on.
    pub fn set_traced(&mut self, is_traced: bool) {
        if is_traced != self.trace.is_some() {
            let asked = self.awaited.iter().map(|_| String::new()).collect();
            let trace = Trace { asked, ..Trace::default() };
            self.trace = is_traced.then(|| Box::new(trace));
        }
    }

    /// What was seen next.
    pub fn poll_seen(&mut self) -> Option<Seen> {
        self.trace.as_mut()?.seen.pop_front()
    }

    /// A line of a login: of what it is, only so many octets are shown.
    pub(super) fn secret_command(&mut self, line: &str, shown: usize) {
        let trace = self.trace.take();
        self.command(line, Awaited::Auth);
        self.trace = trace;
        if let Some(trace) = &mut self.trace {
            match line.len() == shown {
                true => trace.say(line),
                false => trace.say(&format!("{}{MASK}", &line[..shown])),
            }
        }
    }

    #[inline] // As for `trace_written`.
    pub(super) fn trace_reply(&mut self, reply: &Reply) {
        if self.trace.is_some() {
            self.keep_reply(reply);
        }
    }

    #[cold]
    fn keep_reply(&mut self, reply: &Reply) {
        let is_secret = self.login.is_some() || self.awaited.front() == Some(&Awaited::Auth);
        let Some(trace) = &mut self.trace else {
            return;
        };
        let enhanced_code = reply.enhanced_code().unwrap_or_default().to_owned();
        let text = match (is_secret, enhanced_code.as_str()) {
            (true, "") => format!("{:03} {MASK}", reply.code()),
            // No more of it than numbers: a code may be made of anything.
            (true, code) if code.len() <= "5.999.999".len() => {
                format!("{:03} {code} {MASK}", reply.code())
            }
            (true, _) => format!("{:03} {MASK}", reply.code()),
            (false, _) => whole(reply),
        };
        let enhanced_code = match is_secret && !text.contains(&enhanced_code) {
            true => String::new(),
            false => enhanced_code,
        };
        let command = trace.asked.pop_front().unwrap_or_default();
        trace.seen.push_back(Seen::Heard(Heard {
            command,
            code: reply.code(),
            enhanced_code,
            text,
        }));
    }

    pub(super) fn trace_end(&mut self, error: &Error) {
        let is_secret = self.login.is_some() || self.awaited.front() == Some(&Awaited::Auth);
        if let Some(trace) = &mut self.trace {
            let shown = if is_secret { error.status().into() } else { error.clone() };
            trace.seen.push_back(Seen::Closed(shown));
        }
    }
}

fn whole(reply: &Reply) -> String {
    let mut lines = reply.lines().peekable();
    let mut text = String::new();
    while let Some(line) = lines.next() {
        let (mark, end) = if lines.peek().is_some() { ('-', "\n") } else { (' ', "") };
        text.push_str(&format!("{:03}{mark}{line}{end}", reply.code()));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(session: &mut Session) -> Vec<String> {
        let shown = |seen| match seen {
            Seen::Said(line) => format!("C: {line}"),
            Seen::Heard(heard) => format!("S: {} [{}]", heard.text, heard.command),
            Seen::Closed(error) => format!("closed: {error}"),
        };
        std::iter::from_fn(|| session.poll_seen()).map(shown).collect()
    }

    #[test]
    fn what_belongs_to_a_login_is_masked() {
        let mut session = Session::new("me.test".into());
        session.set_traced(true);
        session.handle_bytes(b"220 hello\r\n250-mail\r\n250 AUTH PLAIN LOGIN\r\n");
        session.authenticate("PLAIN", Some(b"\0user\0secret"));
        session.handle_bytes(b"334 secret\r\n");
        session.respond(b"secret");
        session.handle_bytes(b"535 5.7.8 secret is wrong\r\n");
        session.authenticate("LOGIN", None);
        session.handle_bytes(b"334 x\r\n");
        session.cancel_login(crate::error::Status::AuthProtocol.into());
        session.handle_bytes(b"501 x\r\n");
        assert_eq!(
            seen(&mut session),
            [
                "S: 220 hello []",
                "C: EHLO me.test",
                "S: 250-mail\n250 AUTH PLAIN LOGIN [EHLO me.test]",
                "C: AUTH PLAIN ***",
                "S: 334 *** [AUTH PLAIN ***]",
                "C: ***",
                "S: 535 5.7.8 *** [***]",
                "C: AUTH LOGIN",
                "S: 334 *** [AUTH LOGIN]",
                "C: *",
                "S: 501 *** [*]",
            ]
        );
    }

    #[test]
    fn the_end_of_a_login_shows_nothing_of_it() {
        let mut session = Session::new("me.test".into());
        session.set_traced(true);
        session.handle_bytes(b"220 hello\r\n250 AUTH PLAIN\r\n");
        session.authenticate("PLAIN", Some(b"\0user\0secret"));
        session.handle_bytes(b"421 4.7.0 secret\r\n");
        let seen = seen(&mut session);
        assert!(seen.last().is_some_and(|last| last.starts_with("closed")), "{seen:?}");
        assert!(!seen.iter().any(|line| line.contains("secret")), "{seen:?}");
    }

    #[test]
    fn a_session_that_nobody_looks_at_keeps_nothing() {
        let mut session = Session::new("me.test".into());
        session.handle_bytes(b"220 hello\r\n");
        assert!(session.poll_seen().is_none());
        session.set_traced(true);
        session.handle_bytes(b"250 mail\r\n");
        assert_eq!(seen(&mut session), ["S: 250 mail []"]);
    }
}
