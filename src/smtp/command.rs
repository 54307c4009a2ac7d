//! Commands beside those that carry mail: NOOP, VRFY, EXPN, HELP, and whatever else a host knows (RFC 5321 section 4.1.1).

use super::capabilities::Capabilities;
use crate::error::{Error, Phase, Result, Status};
use std::borrow::Cow;

/// Octets of a command without its CRLF (RFC 5321 section 4.5.3.1.4).
const LONGEST: usize = 510;

/// What would leave the session in a state that it does not know of.
const REFUSED: [&str; 12] = [
    "DATA", "BDAT", "STARTTLS", "AUTH", "X-EXPS", "QUIT", "EHLO", "HELO", "LHLO", "TURN", "ATRN",
    "XCLIENT",
];

/// What may leave a transaction open at the server.
const OPENING: [&str; 5] = ["MAIL", "RCPT", "SEND", "SOML", "SAML"];

/// A command that any idle session can say, and that is answered by one reply.
#[derive(Debug, Clone)]
pub struct CommandLine {
    text: String,
    /// Whether the server may have a transaction open behind it.
    pub opens_transaction: bool,
    /// Whether a non-ASCII argument is to be announced (RFC 6531 section 3.7.4.2).
    announces_smtputf8: bool,
}

impl CommandLine {
    /// Any command line, as the host writes it.
    pub fn parse(line: &str) -> Result<CommandLine> {
        let verb = line.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next();
        let verb = verb.unwrap_or_default().to_ascii_uppercase();
        if line.contains(['\r', '\n', '\0']) {
            return Err(Error::new(Status::LineBreak, "a command is one line"));
        }
        if verb.is_empty() {
            return Err(refused("a command begins with its name"));
        }
        if REFUSED.contains(&verb.as_str()) {
            return Err(refused(format!(
                "{verb} is the library's own to say: it changes the session"
            )));
        }
        if line.len() > LONGEST {
            let sentence = format!("the command has {} octets, a line has {LONGEST}", line.len());
            return Err(refused(sentence));
        }
        let opens_transaction = OPENING.contains(&verb.as_str());
        Ok(CommandLine { text: line.to_owned(), opens_transaction, announces_smtputf8: false })
    }

    pub fn noop() -> CommandLine {
        CommandLine { text: "NOOP".into(), opens_transaction: false, announces_smtputf8: false }
    }

    pub fn verify(text: &str) -> Result<CommandLine> {
        CommandLine::about_mailboxes("VRFY", text)
    }

    pub fn expand(list: &str) -> Result<CommandLine> {
        CommandLine::about_mailboxes("EXPN", list)
    }

    pub fn help(topic: Option<&str>) -> Result<CommandLine> {
        match topic.map(str::trim).filter(|topic| !topic.is_empty()) {
            Some(topic) => CommandLine::parse(&format!("HELP {topic}")),
            None => CommandLine::parse("HELP"),
        }
    }

    fn about_mailboxes(verb: &str, argument: &str) -> Result<CommandLine> {
        let line = CommandLine::parse(&format!("{verb} {argument}"))?;
        if argument.trim().is_empty() {
            return Err(refused(format!("{verb} wants to know about whom")));
        }
        Ok(CommandLine { announces_smtputf8: true, ..line })
    }

    /// The line as this server can take it.
    pub(super) fn line(&self, offered: &Capabilities) -> Result<Cow<'_, str>> {
        if self.text.is_ascii() {
            return Ok(Cow::Borrowed(&self.text));
        }
        if !offered.smtputf8 {
            let sentence = "the command is not ASCII, and the server does not offer SMTPUTF8";
            let error = Error::new(Status::Smtputf8NotOffered, sentence);
            return Err(error.in_phase(Phase::Command).retry_is_safe().connection_is_usable());
        }
        match self.announces_smtputf8 {
            true => Ok(Cow::Owned(format!("{} SMTPUTF8", self.text))),
            false => Ok(Cow::Borrowed(&self.text)),
        }
    }
}

fn refused(sentence: impl Into<String>) -> Error {
    Error::new(Status::Argument, sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(result: Result<CommandLine>) -> Status {
        result.expect_err("a refusal").status()
    }

    #[test]
    fn what_changes_the_session_is_refused_however_it_is_written() {
        for line in [
            "DATA",
            "data",
            "Data x",
            "BDAT 5 LAST",
            "STARTTLS",
            "AUTH PLAIN",
            "x-exps=x",
            "QUIT",
            "EHLO a",
            "HELO\ta",
            "LHLO",
            "TURN",
            "ATRN a",
            "XCLIENT NAME=a",
            "DATA\u{b}",
            "DATA\u{a0}",
            "",
            " DATA",
            "\tNOOP",
            "ж",
        ] {
            assert_eq!(status(CommandLine::parse(line)), Status::Argument, "{line:?}");
        }
        for line in ["NOOP\r\nDATA", "NOOP\n", "NOOP\r", "NOOP\0", "\r\n"] {
            assert_eq!(status(CommandLine::parse(line)), Status::LineBreak, "{line:?}");
            assert_eq!(status(CommandLine::verify(line)), Status::LineBreak, "{line:?}");
            assert_eq!(status(CommandLine::help(Some(&format!("a{line}b")))), Status::LineBreak);
        }
        let line = |octets: usize| format!("NOOP {}", "x".repeat(octets - 5));
        assert_eq!(status(CommandLine::parse(&line(511))), Status::Argument);
        assert!(CommandLine::parse(&line(510)).is_ok());
        assert_eq!(status(CommandLine::expand(" ")), Status::Argument);
    }

    #[test]
    fn a_transaction_that_a_host_opens_is_known() {
        for line in ["MAIL FROM:<a@test>", "rcpt to:<a>", "SEND x", "soml x", "Saml x"] {
            assert!(CommandLine::parse(line).unwrap().opens_transaction, "{line}");
        }
        for line in ["NOOP", "RSET", "MAILX", "ETRN test"] {
            assert!(!CommandLine::parse(line).unwrap().opens_transaction, "{line}");
        }
    }

    #[test]
    fn what_is_not_ascii_wants_smtputf8() {
        let plain = Capabilities::default();
        let utf8 = Capabilities { smtputf8: true, ..Capabilities::default() };
        let line = |command: CommandLine, offered| {
            let line = command.line(offered).map(Cow::into_owned);
            line.map_err(|error| error.status())
        };
        let verify = |text| CommandLine::verify(text).unwrap();
        assert_eq!(line(verify("a"), &utf8), Ok("VRFY a".into()));
        assert_eq!(line(verify("ж"), &utf8), Ok("VRFY ж SMTPUTF8".into()));
        assert_eq!(line(verify("ж"), &plain), Err(Status::Smtputf8NotOffered));
        let expand = CommandLine::expand("ж").unwrap();
        assert_eq!(line(expand, &utf8), Ok("EXPN ж SMTPUTF8".into()));
        let help = |topic| CommandLine::help(topic).unwrap();
        assert_eq!(line(help(Some("ж")), &utf8), Ok("HELP ж".into()));
        assert_eq!(line(help(Some("")), &plain), Ok("HELP".into()));
        assert_eq!(line(help(None), &plain), Ok("HELP".into()));
        assert_eq!(line(CommandLine::noop(), &plain), Ok("NOOP".into()));
    }
}
