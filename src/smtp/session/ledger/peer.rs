//! A server as a state machine: octets in, replies out, and what it has stored.

use std::collections::BTreeMap;

/// What the server does at one of its answers instead of what it usually does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Answers with this code. A command that is not answered by the code of its success is not obeyed.
    Say(u16),
    /// Says 421 and closes.
    Bye,
    /// Closes without an answer. `obeys` tells whether it has done what it was asked to.
    Vanish { obeys: bool },
    /// Says nothing any more.
    FallSilent { obeys: bool },
    /// Keeps its answers back until there are so many more, or the client says nothing more.
    Hold(usize),
    /// Answers to a message before that is there, and keeps to it.
    Early(u16),
    /// Says something that is no reply.
    Babble,
    /// Says a reply too many, in front of the right one. Never in front of one to the end of a message, where it would be that.
    Extra(u16),
    /// Says nothing this time, unless it is about the end of a message.
    Omit,
}

impl Act {
    /// Whether the replies do not fit the commands any more.
    pub fn is_miscount(self) -> bool {
        matches!(self, Act::Extra(_) | Act::Omit)
    }
}

/// How a server is.
#[derive(Debug, Clone, Default)]
pub struct Manner {
    /// What it offers, as lines of its answer to EHLO.
    pub offers: &'static str,
    /// Whether it answers DATA by 354 although nobody is there to take the message (RFC 2920 section 3.1).
    pub is_lax: bool,
    /// Whether a message that failed in chunks has to be reset (RFC 3030 section 2).
    pub keeps_failures: bool,
    /// By the number of the answer, those of greeting and EHLO not counted.
    pub acts: BTreeMap<usize, Act>,
}

/// A message that the server has taken.
#[derive(Debug, Clone)]
pub struct Stored {
    pub sender: String,
    pub recipients: Vec<String>,
    pub octets: Vec<u8>,
}

#[derive(Default)]
pub struct Peer {
    manner: Manner,
    input: Vec<u8>,
    output: Vec<u8>,
    held: Vec<u8>,
    hold: usize,
    mode: Mode,
    mail: Option<Mail>,
    answers: usize,
    omits: bool,
    pub is_gone: bool,
    is_silent: bool,
    pub stored: Vec<Stored>,
}

#[derive(Default, Clone, Copy)]
enum Mode {
    #[default]
    Commands,
    /// The lines behind DATA. What it has said about the message already, if it was early.
    Lines { said: Option<u16> },
    /// Octets behind BDAT.
    Chunk { left: usize, is_last: bool, said: Option<u16> },
}

#[derive(Default)]
struct Mail {
    sender: String,
    recipients: Vec<String>,
    octets: Vec<u8>,
    has_failed: bool,
}

impl Mail {
    fn is_wanted(&self) -> bool {
        !self.recipients.is_empty() && !self.sender.starts_with("unwanted")
    }
}

impl Peer {
    pub fn new(manner: Manner) -> Peer {
        Peer { manner, output: b"220 peer.test\r\n".to_vec(), ..Peer::default() }
    }

    pub fn push(&mut self, octets: &[u8]) {
        self.input.extend_from_slice(octets);
    }

    /// What it has to say now.
    pub fn take_output(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.output)
    }

    /// The client says nothing more: no reason to keep an answer back.
    pub fn release(&mut self) {
        self.hold = 0;
        self.output.append(&mut self.held);
    }

    /// Acts on what has come.
    pub fn work(&mut self) {
        while !self.is_gone && !self.is_silent && self.step() {}
    }

    fn step(&mut self) -> bool {
        if let Mode::Chunk { left, is_last, said } = self.mode {
            let taken = left.min(self.input.len());
            let octets: Vec<u8> = self.input.drain(..taken).collect();
            if let Some(mail) = &mut self.mail {
                mail.octets.extend_from_slice(&octets);
            }
            self.mode = Mode::Chunk { left: left - taken, is_last, said };
            if left == taken {
                self.mode = Mode::Commands;
                self.end_chunk(is_last, said);
                return true;
            }
            return false;
        }
        let Some(end) = self.input.iter().position(|octet| *octet == b'\n') else {
            return false;
        };
        let line: Vec<u8> = self.input.drain(..=end).collect();
        match (self.mode, line.as_slice()) {
            (Mode::Lines { said }, b".\r\n") => {
                self.mode = Mode::Commands;
                let mail = self.mail.take().unwrap_or_default();
                self.end_message(mail, said);
            }
            (Mode::Lines { .. }, line) => {
                if let Some(mail) = &mut self.mail {
                    mail.octets.extend_from_slice(line.strip_prefix(b".").unwrap_or(line));
                }
            }
            (_, line) => self.command(&String::from_utf8_lossy(line)),
        }
        true
    }

    fn command(&mut self, line: &str) {
        let path = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
        match line.split([' ', '\r']).next().unwrap_or_default() {
            "EHLO" => {
                let offers = self.manner.offers;
                self.output
                    .extend_from_slice(format!("250-peer\r\n{offers}250 HELP\r\n").as_bytes());
            }
            "MAIL" => {
                let usual = match self.mail {
                    Some(_) => 503,
                    None if path.starts_with("rejected") => 550,
                    None => 250,
                };
                if self.answer(usual) {
                    self.mail = Some(Mail { sender: path, ..Mail::default() });
                }
            }
            "RCPT" => {
                let usual = match self.mail {
                    None => 503,
                    Some(_) if path.starts_with("refused") => 550,
                    Some(_) => 250,
                };
                if self.answer(usual)
                    && let Some(mail) = &mut self.mail
                {
                    mail.recipients.push(path);
                }
            }
            "DATA" => self.data(),
            "BDAT" => self.chunk(line),
            "RSET" => {
                if self.answer(250) {
                    self.mail = None;
                }
            }
            "NOOP" => {
                self.answer(250);
            }
            "QUIT" => {
                self.say(221);
                self.is_gone = true;
            }
            _ => {
                self.answer(500);
            }
        }
    }

    fn data(&mut self) {
        let usual = match &self.mail {
            None => 503,
            Some(mail) if mail.has_failed => 503,
            Some(mail) if mail.recipients.is_empty() && !self.manner.is_lax => 554,
            Some(_) => 354,
        };
        let is_wanted = self.mail.as_ref().is_some_and(Mail::is_wanted);
        let early = self.early().map(|code| if is_wanted { code } else { 554 });
        if self.answer(usual) {
            self.mode = Mode::Lines { said: early };
            early.into_iter().for_each(|code| self.say(code));
        }
    }

    fn chunk(&mut self, line: &str) {
        let mut words = line.split_ascii_whitespace().skip(1);
        let left = words.next().and_then(|word| word.parse().ok()).unwrap_or(0);
        let is_last = words.next() == Some("LAST");
        let said = match self.early() {
            Some(code) => {
                self.answers += 1;
                let usual = self.usual_of_chunk(is_last);
                let code = if usual == 250 { code } else { usual };
                self.say(code);
                Some(code)
            }
            None => None,
        };
        self.mode = Mode::Chunk { left, is_last, said };
    }

    /// What it would say to the chunk that it is at.
    fn usual_of_chunk(&self, is_last: bool) -> u16 {
        match &self.mail {
            None => 503,
            Some(mail) if mail.has_failed || mail.recipients.is_empty() => 503,
            Some(mail) if is_last && !mail.is_wanted() => 554,
            Some(_) => 250,
        }
    }

    fn end_chunk(&mut self, is_last: bool, said: Option<u16>) {
        let usual = self.usual_of_chunk(is_last);
        if is_last && usual == 250 {
            let mail = self.mail.take().unwrap_or_default();
            if !self.end_message(mail, said) && self.manner.keeps_failures {
                self.mail = Some(Mail { has_failed: true, ..Mail::default() });
            }
            return;
        }
        let is_taken = match said {
            Some(code) => code / 100 == 2 && usual == 250,
            None => self.answer(usual),
        };
        if !is_taken {
            match &mut self.mail {
                Some(mail) if !is_last || self.manner.keeps_failures => mail.has_failed = true,
                _ => self.mail = None,
            }
        }
    }

    /// Takes a message or refuses it. Tells whether it was taken.
    fn end_message(&mut self, mail: Mail, said: Option<u16>) -> bool {
        let usual = if mail.is_wanted() { 250 } else { 554 };
        let act = self.manner.acts.get(&self.answers).copied();
        let is_taken = match (said, act) {
            (Some(code), _) => code / 100 == 2,
            (None, Some(act)) if act.is_miscount() => {
                self.answers += 1;
                self.say(usual);
                true
            }
            // What it says is no answer at all, so it may do as it likes.
            (None, Some(Act::Say(code @ ..400))) if code / 100 != 2 => {
                self.answer(usual);
                code % 2 == 0
            }
            _ => self.answer(usual),
        };
        let is_taken = is_taken && usual == 250;
        if is_taken {
            let Mail { sender, recipients, octets, .. } = mail;
            self.stored.push(Stored { sender, recipients, octets });
        }
        is_taken
    }

    /// Says what it usually does, unless it has something else in mind. Tells whether it does what it was asked to.
    fn answer(&mut self, usual: u16) -> bool {
        let act = self.manner.acts.get(&self.answers).copied();
        self.answers += 1;
        let would = usual < 400;
        match act {
            Some(Act::Say(code)) if would || code >= 400 => {
                self.say(code);
                return would && code / 100 == usual / 100;
            }
            Some(Act::Bye) => {
                self.say(421);
                self.release();
                self.is_gone = true;
                return false;
            }
            Some(Act::Vanish { obeys }) => {
                self.is_gone = true;
                return obeys && would;
            }
            Some(Act::FallSilent { obeys }) => {
                self.is_silent = true;
                return obeys && would;
            }
            Some(Act::Hold(replies)) => self.hold = replies,
            Some(Act::Babble) => self.output.extend_from_slice(b"what?\r\n"),
            Some(Act::Extra(code)) => self.say(code),
            Some(Act::Omit) => self.omits = true,
            Some(Act::Say(_) | Act::Early(_)) | None => {}
        }
        self.say(usual);
        would
    }

    fn early(&self) -> Option<u16> {
        match self.manner.acts.get(&self.answers) {
            Some(Act::Early(code)) => Some(*code),
            _ => None,
        }
    }

    fn say(&mut self, code: u16) {
        if std::mem::take(&mut self.omits) {
            return;
        }
        self.held.extend_from_slice(format!("{code} so\r\n").as_bytes());
        match self.hold {
            0 => self.release(),
            _ => self.hold -= 1,
        }
    }
}
