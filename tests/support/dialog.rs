//! Scripted SMTP peers. A dialogue is a text file:
//!
//! ```text
//! # Comments tell what it shows.
//! client timeout=500 login=PLAIN:user:pass domain=client.test
//! message to=a@test,b@test
//! options message notify=7        envelope options of the message, or of the client
//! send                            the client sends; what follows is the server's part
//! connect | validate | noop       another call; verify, expand, help and command go on with their text
//! S: 220 mx                       the server says a line
//! S! 220 mx\r\n250 extra\r\n      the server says these octets, with escapes, in one segment
//! C: EHLO [127.0.0.1]             the client must say exactly this line
//! M:                              the client must send a message, up to its dot
//! B: LAST                         the client must send a chunk by BDAT, with these words behind its length
//! quit?                           the client may say QUIT or go
//! close | reset                   the server closes, politely or with a RST
//! accept                          a further connection is awaited
//! gone                            the client must close, having said nothing more
//! expect INET_E_X code=550        what the call must return, and what the record must hold
//! expect INET_OK reply=550        what a reply must hold: reply, enhanced, text, lines
//! ```

use super::face::{Client, Handle, Message, NONE, Record, c, client, message, ok};
use super::options::options;
use super::reply::{Answer, answer};
use inetmail::ffi::envelope_options::INetEnvelopeOptions;
use inetmail::ffi::message_properties::*;
use inetmail::ffi::server_commands::*;
use inetmail::ffi::smtp_client::*;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::fd::AsRawFd;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

/// How the server's octets are cut.
#[derive(Debug, Clone, Copy)]
pub enum Cut {
    /// All that the server says before it listens again is one segment.
    Whole,
    Lines,
    Octets,
}

/// Plays every dialogue of a directory, several at a time. Returns what went wrong.
pub fn play_all(directory: &Path, cut: Cut) -> Vec<String> {
    let entries = std::fs::read_dir(directory).expect("the dialogues");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a file").path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    assert!(files.len() > 30, "the dialogues are missing");
    std::thread::scope(|scope| {
        let played: Vec<_> = files
            .iter()
            .map(|file| {
                scope.spawn(move || {
                    let text = std::fs::read_to_string(file).expect("a readable dialogue");
                    let name = file.file_stem().expect("a name").to_string_lossy();
                    play(&text, cut).map_err(|wrong| format!("{name} ({cut:?}): {wrong}"))
                })
            })
            .collect();
        let results = played.into_iter().map(|thread| thread.join().expect("no panic"));
        results.filter_map(Result::err).collect()
    })
}

/// Plays one dialogue from both sides.
fn play(text: &str, cut: Cut) -> Result<(), String> {
    let dialogue = Dialogue::parse(text)?;
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let client = dialogue.client(port);
    let message = dialogue.message();
    // The server plays a call's part when the call begins, and says when its part is over.
    let (begin, begun) = mpsc::channel();
    let (end, ended) = mpsc::channel();
    std::thread::scope(|scope| {
        let calls = &dialogue.calls;
        scope.spawn(move || {
            let mut server = Server { listener, connection: None, cut, pending: Vec::new() };
            for call in calls {
                if begun.recv().is_err() {
                    return;
                }
                let result = server.play(&call.steps);
                let failed = result.is_err();
                let _ = end.send(result);
                if failed {
                    return;
                }
            }
            // The connection stays open until the last call is over.
            let _ = begun.recv();
        });
        let begin = begin;
        for call in calls {
            begin.send(()).map_err(|_| "the server's part is over")?;
            let result = call.run(&client, &message);
            ended.recv().map_err(|_| "the server gave up")??;
            call.check(result)?;
        }
        Ok(())
    })
}

#[derive(Default)]
struct Dialogue {
    client: Vec<(String, String)>,
    message: Vec<(String, String)>,
    client_options: Option<Vec<(String, String)>>,
    message_options: Option<Vec<(String, String)>>,
    calls: Vec<Call>,
}

#[derive(Default)]
struct Call {
    name: String,
    argument: String,
    steps: Vec<Step>,
    status: String,
    expected: Vec<(String, String)>,
}

#[derive(Debug)]
enum Step {
    Say(Vec<u8>),
    SayAtOnce(Vec<u8>),
    Hear(String),
    HearMessage,
    HearChunk(String),
    MayQuit,
    Gone,
    Close,
    Reset,
    Accept,
}

impl Dialogue {
    fn parse(text: &str) -> Result<Dialogue, String> {
        let mut dialogue = Dialogue::default();
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
            match word {
                "client" => dialogue.client = settings(rest),
                "message" => dialogue.message = settings(rest),
                "options" => match rest.split_once(' ').unwrap_or((rest, "")) {
                    ("client", rest) => dialogue.client_options = Some(settings(rest)),
                    ("message", rest) => dialogue.message_options = Some(settings(rest)),
                    (other, _) => return Err(format!("{other} has no options")),
                },
                "send" | "disconnect" | "connect" | "validate" | "noop" | "verify" | "expand"
                | "help" | "command" => dialogue.calls.push(Call {
                    name: word.to_owned(),
                    argument: String::from_utf8(unescaped(rest)).expect("UTF-8"),
                    ..Call::default()
                }),
                _ => {
                    let call = dialogue.calls.last_mut().ok_or("a step before any call")?;
                    call.add(word, rest)?;
                }
            }
        }
        Ok(dialogue)
    }

    fn client(&self, port: u16) -> Client {
        let mut client = client("127.0.0.1", port).with_timeout(30_000);
        for (name, value) in &self.client {
            client = match name.as_str() {
                "timeout" => client.with_timeout(value.parse().expect("milliseconds")),
                "ssl" => client.with_ssl(),
                "login" => {
                    let parts: Vec<_> = value.split(':').collect();
                    client.with_login(parts[0], parts[1], parts[2])
                }
                "domain" => {
                    let domain = c(value);
                    ok(unsafe { INetSmtpClient_SetLocalDomain(client.0, domain.as_ptr()) });
                    client
                }
                other => panic!("a client has no {other}"),
            };
        }
        if let Some(options) = self.client_options() {
            ok(INetSmtpClient_SetEnvelopeOptions(client.0, options.0));
        }
        client
    }

    fn message(&self) -> Message {
        let setting = |wanted: &str, default: &str| {
            let found = self.message.iter().find(|(name, _)| name == wanted);
            found.map_or(default.to_owned(), |(_, value)| value.clone())
        };
        let body = setting("body", "Text").repeat(setting("times", "1").parse().expect("a number"));
        let message =
            message(&setting("from", "from@test"), &setting("to", "to@test"), "Subject", &body);
        if setting("receipt", "no") == "yes" {
            ok(INetMailMessage_SetDeliveryReceipt(message.0, 1));
        }
        if let Some(options) = self.message_options.as_deref().map(options) {
            ok(INetMailMessage_SetEnvelopeOptions(message.0, options.0));
        }
        message
    }

    fn client_options(&self) -> Option<Handle<INetEnvelopeOptions>> {
        self.client_options.as_deref().map(options)
    }
}

/// `name=value` words.
fn settings(text: &str) -> Vec<(String, String)> {
    let words =
        text.split_ascii_whitespace().map(|word| word.split_once('=').unwrap_or((word, "")));
    words.map(|(name, value)| (name.to_owned(), value.replace("\\s", " "))).collect()
}

impl Call {
    fn add(&mut self, word: &str, rest: &str) -> Result<(), String> {
        let step = match word {
            "S:" => Step::Say(format!("{rest}\r\n").into_bytes()),
            "S!" => Step::SayAtOnce(unescaped(rest)),
            "C:" => Step::Hear(rest.to_owned()),
            "M:" => Step::HearMessage,
            "B:" => Step::HearChunk(rest.to_owned()),
            "quit?" => Step::MayQuit,
            "gone" => Step::Gone,
            "close" => Step::Close,
            "reset" => Step::Reset,
            "accept" => Step::Accept,
            "expect" => {
                let (status, rest) = rest.split_once(' ').unwrap_or((rest, ""));
                self.status = status.to_owned();
                self.expected = settings(rest);
                return Ok(());
            }
            _ => return Err(format!("the step {word} is unknown")),
        };
        self.steps.push(step);
        Ok(())
    }

    fn run(&self, client: &Client, message: &Message) -> Result<Option<Answer>, Box<Record>> {
        let (client, message) = (client.0, message.0);
        let text = c(&self.argument);
        let topic = if self.argument.is_empty() { NONE } else { text.as_ptr() };
        unsafe {
            let status = match self.name.as_str() {
                "disconnect" => INetSmtpClient_Disconnect(client),
                "connect" => INetSmtpClient_Connect(client),
                "validate" => INetSmtpClient_ValidateCredentials(client),
                "noop" => INetSmtpClient_Noop(client),
                "verify" => return answer(INetSmtpClient_Verify(client, text.as_ptr())),
                "expand" => return answer(INetSmtpClient_Expand(client, text.as_ptr())),
                "help" => return answer(INetSmtpClient_Help(client, topic)),
                "command" => return answer(INetSmtpClient_Command(client, text.as_ptr())),
                _ => INetSmtpClient_Send(client, message),
            };
            match status {
                0 => Ok(None),
                _ => Err(Box::new(Record::of_this_thread())),
            }
        }
    }

    fn check(&self, result: Result<Option<Answer>, Box<Record>>) -> Result<(), String> {
        let record = match (result, self.status.as_str()) {
            (Ok(None), "INET_OK") => return Ok(()),
            (Ok(Some(answer)), "INET_OK") => return answer.check(&self.expected),
            (Ok(_), status) => return Err(format!("{status} was expected, the call succeeded")),
            (Err(record), _) => record,
        };
        if status_number(&self.status)? != record.status {
            return Err(format!("{} was expected, not {record:?}", self.status));
        }
        for (name, value) in &self.expected {
            let holds = match name.as_str() {
                "code" => record.smtp_code.to_string() == *value,
                "enhanced" => record.enhanced_code == *value,
                "phase" => record.phase == *value,
                "recipient" => record.recipient == *value,
                "transient" => i32::from(record.is_transient).to_string() == *value,
                "retry" => i32::from(record.is_safe_to_retry).to_string() == *value,
                "usable" => i32::from(record.is_connection_usable).to_string() == *value,
                "says" => record.message.contains(value),
                other => panic!("the record has no {other}"),
            };
            if !holds {
                return Err(format!("{name}={value} was expected, not {record:?}"));
            }
        }
        Ok(())
    }
}

/// The number of a status, from the description of the ABI.
fn status_number(name: &str) -> Result<i32, String> {
    if name == "INET_OK" {
        return Ok(0);
    }
    let api = include_str!("../../api/inetmail.json");
    let at = api.find(&format!("\"name\": \"{name}\"")).ok_or(format!("{name} is no status"))?;
    let value = api[at..].split("\"value\": ").nth(1).ok_or("a value was expected")?;
    let digits: String = value.chars().take_while(|c| *c == '-' || c.is_ascii_digit()).collect();
    digits.parse().map_err(|_| format!("{name} has no number"))
}

fn unescaped(text: &str) -> Vec<u8> {
    let mut octets = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        octets.extend_from_slice(&rest.as_bytes()[..at]);
        let (octet, length) = match &rest[at + 1..=at + 1] {
            "r" => (b'\r', 2),
            "n" => (b'\n', 2),
            "x" => (u8::from_str_radix(&rest[at + 2..at + 4], 16).expect("two digits"), 4),
            other => panic!("the escape {other} is unknown"),
        };
        octets.push(octet);
        rest = &rest[at + length..];
    }
    octets.extend_from_slice(rest.as_bytes());
    // `@1000` repeats what stands before it.
    if let Some(at) = octets.iter().rposition(|octet| *octet == b'@')
        && let Some(times) =
            std::str::from_utf8(&octets[at + 1..]).ok().and_then(|n| n.parse().ok())
    {
        return octets[..at].repeat(times);
    }
    octets
}

struct Server {
    listener: TcpListener,
    connection: Option<BufReader<TcpStream>>,
    cut: Cut,
    pending: Vec<u8>,
}

impl Server {
    fn play(&mut self, steps: &[Step]) -> Result<(), String> {
        for step in steps {
            if !matches!(step, Step::Say(_)) {
                self.flush();
            }
            match step {
                Step::Say(octets) => self.say(octets),
                Step::SayAtOnce(octets) => self.write(octets),
                Step::Hear(expected) => self.hear(expected)?,
                Step::HearMessage => self.hear_message()?,
                Step::HearChunk(words) => self.hear_chunk(words)?,
                Step::MayQuit => self.may_quit()?,
                Step::Gone => self.hear_end()?,
                Step::Close => {
                    until_acknowledged(self.connection().get_ref());
                    self.connection = None;
                }
                Step::Reset => self.reset(),
                Step::Accept => self.connection = None,
            }
        }
        self.flush();
        Ok(())
    }

    fn connection(&mut self) -> &mut BufReader<TcpStream> {
        self.connection.get_or_insert_with(|| {
            let (stream, _) = self.listener.accept().expect("a connection");
            stream.set_nodelay(true).expect("TCP_NODELAY");
            stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a timeout");
            BufReader::new(stream)
        })
    }

    fn say(&mut self, octets: &[u8]) {
        match self.cut {
            Cut::Whole => self.pending.extend_from_slice(octets),
            Cut::Lines => self.write(octets),
            Cut::Octets => octets.chunks(1).for_each(|octet| self.write(octet)),
        }
    }

    fn flush(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        if !pending.is_empty() {
            self.write(&pending);
        }
    }

    /// The client may have gone: what it makes of that is its own expectation.
    fn write(&mut self, octets: &[u8]) {
        let _ = self.connection().get_mut().write_all(octets);
    }

    fn line(&mut self) -> Result<String, String> {
        let mut line = Vec::new();
        let read = self.connection().read_until(b'\n', &mut line);
        read.map_err(|error| format!("the server heard nothing: {error}"))?;
        Ok(String::from_utf8_lossy(&line).into_owned())
    }

    fn hear(&mut self, expected: &str) -> Result<(), String> {
        let line = self.line()?;
        match line.strip_suffix("\r\n") {
            Some(line) if line == expected || matches_prefix(line, expected) => Ok(()),
            _ => Err(format!("the server wanted '{expected}' and heard {line:?}")),
        }
    }

    fn hear_message(&mut self) -> Result<(), String> {
        let mut lines = 0;
        loop {
            let line = self.line()?;
            if !line.ends_with("\r\n") {
                return Err(format!("the message broke off after {lines} lines: {line:?}"));
            }
            if line == ".\r\n" {
                break;
            }
            lines += 1;
        }
        if lines < 8 {
            return Err(format!("a message of {lines} lines is none"));
        }
        Ok(())
    }

    fn hear_chunk(&mut self, words: &str) -> Result<(), String> {
        let line = self.line()?;
        let unexpected = || format!("the server wanted BDAT with '{words}' and heard {line:?}");
        let said = line.strip_prefix("BDAT ").and_then(|rest| rest.strip_suffix("\r\n"));
        let (length, said) =
            said.map(|said| said.split_once(' ').unwrap_or((said, ""))).ok_or_else(unexpected)?;
        let length: usize = length.parse().map_err(|_| unexpected())?;
        if said != words {
            return Err(unexpected());
        }
        let read = self.connection().read_exact(&mut vec![0; length]);
        read.map_err(|error| format!("the chunk of {length} octets broke off: {error}"))
    }

    fn may_quit(&mut self) -> Result<(), String> {
        match self.line()?.as_str() {
            "" | "QUIT\r\n" => Ok(()),
            other => Err(format!("the client said {other:?} instead of going")),
        }
    }

    fn hear_end(&mut self) -> Result<(), String> {
        let mut rest = Vec::new();
        // A reset is an end too.
        let _ = self.connection().read_to_end(&mut rest);
        match rest.is_empty() {
            true => Ok(()),
            false => Err(format!("the client went on: {:?}", String::from_utf8_lossy(&rest))),
        }
    }

    fn reset(&mut self) {
        if let Some(connection) = self.connection.take() {
            let socket = socket2::Socket::from(connection.into_inner());
            socket.set_linger(Some(Duration::ZERO)).expect("SO_LINGER");
        }
    }
}

/// Closing with something unread is a reset, and a reset takes with it what was said and has not been acknowledged.
fn until_acknowledged(stream: &TcpStream) {
    while unacknowledged(stream) > 0 && !is_reset(stream) {
        std::thread::yield_now();
    }
}

fn unacknowledged(stream: &TcpStream) -> libc::c_int {
    let mut octets = 0;
    // SAFETY: the descriptor is open, and the number that the call writes is its own.
    let asked = unsafe { libc::ioctl(stream.as_raw_fd(), libc::TIOCOUTQ, &mut octets) };
    assert_eq!(asked, 0, "the socket tells what it holds");
    octets
}

fn is_reset(stream: &TcpStream) -> bool {
    const CLOSED: u8 = 7; // TCP_CLOSE of the system's <netinet/tcp.h>
    let mut state = 0u8;
    let mut length: libc::socklen_t = 1;
    // SAFETY: the descriptor is open; of the answer, no more is taken than its first octet, the state.
    let asked = unsafe {
        let (level, option) = (libc::IPPROTO_TCP, libc::TCP_INFO);
        let into = (&raw mut state).cast();
        libc::getsockopt(stream.as_raw_fd(), level, option, into, &mut length)
    };
    assert_eq!(asked, 0, "the socket tells its state");
    state == CLOSED
}

/// `MAIL FROM:<a> SIZE=*` leaves the end open.
fn matches_prefix(line: &str, expected: &str) -> bool {
    expected.strip_suffix('*').is_some_and(|prefix| line.starts_with(prefix))
}
