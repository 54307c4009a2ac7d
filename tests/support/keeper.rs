//! A server that keeps what it is given, and a book of it: for the comparison with what a client says. Each connection may be
//! cut, and each answer may be another than usual.

use socket2::SockRef;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

pub struct Keeper {
    pub port: u16,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    manner: Manner,
    book: Mutex<Book>,
    is_over: AtomicBool,
}

/// What the server has seen.
#[derive(Default)]
pub struct Book {
    /// The numbers of the letters that it has taken, and how often.
    pub stored: BTreeMap<u32, u32>,
    /// The latest text of each, as it was before its dots were doubled.
    pub texts: BTreeMap<u32, String>,
    /// The commands of each connection.
    pub connections: Vec<Vec<String>>,
    pub open: usize,
    pub most_open: usize,
    /// When MAIL came.
    pub times: Vec<Instant>,
    /// Octets in and out over the first connection.
    pub taken: u64,
    pub said: u64,
}

/// The answer to the command, or at the end of a message to its number, on the connection of that number: `None` for the usual.
pub type Answer = dyn Fn(&Moment) -> Option<Say> + Send + Sync;

#[derive(Debug)]
pub struct Moment<'m> {
    pub connection: usize,
    /// The command, or `END` and the number of the letter.
    pub line: &'m str,
    /// How many commands of this connection came before, ends of messages counted too.
    pub place: usize,
}

#[derive(Debug, Clone)]
pub enum Say {
    /// Another answer; a 421 closes.
    Reply(&'static str),
    /// Waits until the client has gone.
    Nothing,
    /// Closes, politely or not, having stored what was asked for or not.
    Close { resets: bool, stores: bool },
}

pub struct Manner {
    pub offers: &'static [&'static str],
    /// Of the first connection: behind how many octets it is cut.
    pub taken: u64,
    pub said: u64,
    /// Whether a connection that was cut is reset.
    pub resets: bool,
    /// How long it listens whether somebody speaks before the greeting.
    pub listens: Option<Duration>,
    pub answer: Box<Answer>,
}

impl Default for Manner {
    fn default() -> Manner {
        Manner {
            offers: &[],
            taken: u64::MAX,
            said: u64::MAX,
            resets: false,
            listens: None,
            answer: Box::new(|_| None),
        }
    }
}

impl Keeper {
    #[expect(clippy::disallowed_methods, reason = "the server is no part of the library")]
    pub fn new(manner: Manner) -> Keeper {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let (book, is_over) = (Mutex::default(), AtomicBool::new(false));
        let shared = Arc::new(Shared { manner, book, is_over });
        let served = shared.clone();
        let thread = std::thread::spawn(move || {
            let mut guests = Vec::new();
            for stream in listener.incoming().map_while(Result::ok) {
                if served.is_over.load(Ordering::SeqCst) {
                    break;
                }
                let guest = Guest::new(served.clone(), stream);
                guests.push(std::thread::spawn(move || guest.serve()));
            }
            guests.into_iter().for_each(|guest| guest.join().expect("no panic"));
        });
        Keeper { port, shared, thread: Some(thread) }
    }

    /// Ends, and tells how many octets came in and went out over the first connection.
    pub fn traffic(mut self) -> (u64, u64) {
        self.end();
        let book = self.book();
        (book.taken, book.said)
    }

    pub fn book(&self) -> MutexGuard<'_, Book> {
        self.shared.book.lock().expect("no panic")
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.end();
    }
}

impl Keeper {
    #[expect(clippy::disallowed_methods, reason = "the server is no part of the library")]
    fn end(&mut self) {
        self.shared.is_over.store(true, Ordering::SeqCst);
        if let Ok(stream) = TcpStream::connect(("127.0.0.1", self.port)) {
            forget(&stream);
        }
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
            && !std::thread::panicking()
        {
            panic!("the server has failed");
        }
    }
}

/// One connection.
struct Guest {
    shared: Arc<Shared>,
    number: usize,
    reader: BufReader<std::io::Take<TcpStream>>,
    /// So many octets may still go out.
    credit: u64,
    resets: bool,
    has_quit: bool,
    place: usize,
    recipients: usize,
    has_mail: bool,
    octets: Vec<u8>,
}

impl Guest {
    fn new(shared: Arc<Shared>, stream: TcpStream) -> Guest {
        let _ = stream.set_nodelay(true);
        let mut book = shared.book.lock().expect("no panic");
        let number = book.connections.len();
        book.connections.push(Vec::new());
        book.open += 1;
        book.most_open = book.most_open.max(book.open);
        drop(book);
        let (taken, said) = match number {
            0 => (shared.manner.taken, shared.manner.said),
            _ => (u64::MAX, u64::MAX),
        };
        let resets = number == 0 && shared.manner.resets;
        let reader = BufReader::new(stream.take(taken));
        Guest {
            shared,
            number,
            reader,
            credit: said,
            resets,
            has_quit: false,
            place: 0,
            recipients: 0,
            has_mail: false,
            octets: Vec::new(),
        }
    }

    fn serve(mut self) {
        let _ = self.converse();
        // Whoever sees the end of the connection sees that it is not open any more.
        let limit = self.shared.manner.taken;
        let mut book = self.shared.book.lock().expect("no panic");
        book.open -= 1;
        if self.number == 0 {
            book.said = u64::MAX - self.credit;
            book.taken = limit - self.reader.get_ref().limit();
        }
        drop(book);
        // Closing with something unread is a reset, which would take away what was said last.
        let stream = self.reader.get_mut().get_mut();
        if !self.resets {
            if !self.has_quit {
                let _ = stream.shutdown(Shutdown::Write);
            }
            let _ = std::io::copy(stream, &mut std::io::sink());
        }
        forget(stream);
    }

    fn converse(&mut self) -> Option<()> {
        if self.shared.manner.listens.is_some() {
            let stream = self.reader.get_ref().get_ref();
            stream.set_read_timeout(self.shared.manner.listens).ok()?;
            let speaks_early = stream.peek(&mut [0]).is_ok();
            stream.set_read_timeout(None).ok()?;
            if speaks_early {
                return None;
            }
        }
        let moment = Moment { connection: self.number, line: "", place: 0 };
        self.answer_at(&moment, "220 keeper.test")?;
        loop {
            let mut line = Vec::new();
            self.reader.read_until(b'\n', &mut line).ok()?;
            // At its end the client has gone, or the connection is to be cut.
            self.has_quit = line.is_empty() && self.reader.get_ref().limit() > 0;
            let line = String::from_utf8(line).ok()?;
            let line = line.strip_suffix("\r\n")?.to_owned();
            self.command(&line)?;
        }
    }

    fn command(&mut self, line: &str) -> Option<()> {
        let word = line.split(' ').next().unwrap_or_default();
        if word == "MAIL" {
            self.note_time();
        }
        let usual = match word {
            "EHLO" => {
                let offers = self.shared.manner.offers.iter();
                let lines: String = offers.map(|offer| format!("250-{offer}\r\n")).collect();
                format!("250-keeper.test\r\n{lines}250 HELP")
            }
            "MAIL" if self.has_mail => "503 nested".into(),
            "RCPT" if !self.has_mail => "503 no sender".into(),
            "RCPT" if line.contains("<refused") => "550 5.1.1 nobody here".into(),
            "DATA" if self.recipients == 0 => "554 no recipients".into(),
            "DATA" => "354 go".into(),
            "BDAT" => return self.chunk(line),
            "QUIT" => "221 bye".into(),
            _ => "250 ok".into(),
        };
        let is_obeyed = self.answer(line, &usual)?;
        match word {
            _ if !is_obeyed => {}
            "MAIL" => self.has_mail = true,
            "RCPT" => self.recipients += 1,
            "RSET" => self.clear(),
            "DATA" => return self.lines(),
            "QUIT" => {
                self.has_quit = true;
                return None;
            }
            _ => {}
        }
        Some(())
    }

    fn lines(&mut self) -> Option<()> {
        loop {
            let mut line = Vec::new();
            self.reader.read_until(b'\n', &mut line).ok()?;
            match line.as_slice() {
                b".\r\n" => return self.end(),
                line if line.ends_with(b"\r\n") => {
                    self.octets.extend_from_slice(line.strip_prefix(b".").unwrap_or(line));
                }
                _ => return None,
            }
        }
    }

    fn chunk(&mut self, line: &str) -> Option<()> {
        let early = (self.shared.manner.answer)(&self.moment(line));
        if let Some(say) = early {
            self.note(line);
            self.act(&say)?;
            return Some(());
        }
        self.note(line);
        let mut words = line.split(' ').skip(1);
        let length: u64 = words.next()?.parse().ok()?;
        let taken = (&mut self.reader).take(length).read_to_end(&mut self.octets).ok()?;
        if taken as u64 != length {
            return None;
        }
        match words.next() {
            _ if self.recipients == 0 => self.say("503 no recipients"),
            Some("LAST") => self.end(),
            _ => self.say("250 go on"),
        }
    }

    /// The end of a message.
    fn end(&mut self) -> Option<()> {
        let text = String::from_utf8_lossy(&self.octets).into_owned();
        let (_, number) = text.split_once("Subject: Letter ").expect("a letter");
        let number: u32 = number.split("\r\n").next()?.parse().expect("its number");
        assert!(text.ends_with("\r\n"), "the end is missing: {text}");
        let line = format!("END {number}");
        let say = (self.shared.manner.answer)(&self.moment(&line));
        self.note(&line);
        self.clear();
        let stores = match &say {
            Some(Say::Reply(reply)) => reply.starts_with('2'),
            Some(Say::Close { stores, .. }) => *stores,
            Some(Say::Nothing) | None => true,
        };
        if stores {
            let mut book = self.shared.book.lock().expect("no panic");
            *book.stored.entry(number).or_default() += 1;
            book.texts.insert(number, text);
        }
        match say {
            Some(say) => self.act(&say).map(|_| ()),
            None => self.say("250 2.0.0 taken"),
        }
    }

    fn answer(&mut self, line: &str, usual: &str) -> Option<bool> {
        let moment = Moment { connection: self.number, line, place: self.place };
        // Whoever has the answer finds the command in the book.
        self.note(line);
        self.answer_at(&moment, usual)
    }

    /// Tells whether the answer is one that is acted upon.
    fn answer_at(&mut self, moment: &Moment, usual: &str) -> Option<bool> {
        match (self.shared.manner.answer)(moment) {
            Some(say) => self.act(&say),
            None => {
                self.say(usual)?;
                Some(usual < "4")
            }
        }
    }

    fn act(&mut self, say: &Say) -> Option<bool> {
        match say {
            Say::Reply(reply) => {
                self.say(reply)?;
                (!reply.starts_with("421")).then_some(*reply < "4")
            }
            Say::Nothing => {
                let _ = std::io::copy(&mut self.reader, &mut std::io::sink());
                None
            }
            Say::Close { resets, .. } => {
                self.resets = *resets;
                None
            }
        }
    }

    fn say(&mut self, reply: &str) -> Option<()> {
        let octets = format!("{reply}\r\n");
        let most = usize::try_from(self.credit).unwrap_or(usize::MAX).min(octets.len());
        self.reader.get_mut().get_mut().write_all(&octets.as_bytes()[..most]).ok()?;
        self.credit -= most as u64;
        (most == octets.len()).then_some(())
    }

    fn clear(&mut self) {
        self.octets.clear();
        self.recipients = 0;
        self.has_mail = false;
    }

    fn moment<'m>(&self, line: &'m str) -> Moment<'m> {
        Moment { connection: self.number, line, place: self.place }
    }

    fn note(&mut self, line: &str) {
        self.place += 1;
        let mut book = self.shared.book.lock().expect("no panic");
        book.connections[self.number].push(line.to_owned());
    }

    #[expect(clippy::disallowed_methods, reason = "the server has a clock of its own")]
    fn note_time(&self) {
        self.shared.book.lock().expect("no panic").times.push(Instant::now());
    }
}

/// The connection will end without a trace: thousands of them would leave the system no free port.
fn forget(stream: &TcpStream) {
    let _ = SockRef::from(stream).set_linger(Some(Duration::ZERO));
}
