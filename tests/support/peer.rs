//! A peer that takes every message and tells what it got. It refuses recipients whose name begins with "refused".

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};

pub struct Peer {
    pub port: u16,
    deliveries: Receiver<Delivery>,
}

/// One message as it came.
#[derive(Debug, Default)]
pub struct Delivery {
    /// MAIL, RCPT and DATA or BDAT, as they were said.
    pub commands: Vec<String>,
    /// The message, its dots unstuffed.
    pub octets: Vec<u8>,
    /// Whether its end came too.
    pub is_complete: bool,
}

impl Delivery {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.octets).into_owned()
    }

    pub fn header(&self) -> String {
        self.text().split("\r\n\r\n").next().unwrap_or_default().to_owned() + "\r\n"
    }

    pub fn recipients(&self) -> Vec<&str> {
        let commands = self.commands.iter();
        commands.filter_map(|line| line.strip_prefix("RCPT TO:<")?.split('>').next()).collect()
    }
}

impl Peer {
    /// A peer on a free port of the loopback interface that offers these extensions.
    #[expect(clippy::disallowed_methods, reason = "the peer is no part of the library")]
    pub fn offering(extensions: &[&str]) -> Peer {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let lines = extensions.iter().map(|extension| format!("250-{extension}\r\n"));
        let hello = format!("250-peer.test\r\n{}250 HELP\r\n", lines.collect::<String>());
        let (send, deliveries) = channel();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let mut dialogue = Dialogue::new(stream);
                while let Some(delivery) = dialogue.delivery(&hello) {
                    if send.send(delivery).is_err() {
                        return;
                    }
                }
            }
        });
        Peer { port, deliveries }
    }

    /// The one message that comes over a connection.
    pub fn take_one(connection: TcpStream) -> Delivery {
        Peer::try_one(connection).expect("a delivery")
    }

    /// The same, of a client that may have gone.
    pub fn try_one(connection: TcpStream) -> Option<Delivery> {
        Dialogue::new(connection).delivery("250 peer.test\r\n")
    }

    /// The next message, or what came of one before the connection ended.
    pub fn delivery(&self) -> Delivery {
        self.deliveries.recv().expect("a delivery")
    }
}

struct Dialogue {
    reader: BufReader<TcpStream>,
    is_greeted: bool,
}

impl Dialogue {
    fn new(stream: TcpStream) -> Dialogue {
        // Each reply goes at once, as a server's do.
        let _ = stream.set_nodelay(true);
        Dialogue { reader: BufReader::new(stream), is_greeted: false }
    }

    fn say(&mut self, text: &str) -> Option<()> {
        self.reader.get_mut().write_all(text.as_bytes()).ok()
    }

    fn line(&mut self) -> Option<Vec<u8>> {
        let mut line = Vec::new();
        match self.reader.read_until(b'\n', &mut line) {
            Ok(1..) => Some(line),
            _ => None,
        }
    }

    fn delivery(&mut self, hello: &str) -> Option<Delivery> {
        if !std::mem::replace(&mut self.is_greeted, true) {
            self.say("220 peer.test\r\n")?;
        }
        let mut delivery = Delivery::default();
        loop {
            let line = self.line()?;
            let line = String::from_utf8_lossy(&line).trim_end().to_owned();
            let word = line.split(' ').next().unwrap_or_default().to_owned();
            match word.as_str() {
                "EHLO" => self.say(hello)?,
                "RCPT" if line.contains(":<refused") => self.say("550 5.1.1 nobody here\r\n")?,
                "MAIL" | "RCPT" => {
                    delivery.commands.push(line);
                    self.say("250 ok\r\n")?;
                }
                "DATA" if delivery.recipients().is_empty() => {
                    delivery = Delivery::default();
                    self.say("554 5.5.1 no valid recipients\r\n")?;
                    continue;
                }
                "RSET" => {
                    delivery = Delivery::default();
                    self.say("250 ok\r\n")?;
                }
                "DATA" => {
                    delivery.commands.push(line);
                    self.say("354 go\r\n")?;
                    self.take_lines(&mut delivery);
                }
                "BDAT" => {
                    let length = line.split(' ').nth(1).and_then(|n| n.parse().ok()).unwrap_or(0);
                    delivery.commands.push(line);
                    let taken = (&mut self.reader).take(length).read_to_end(&mut delivery.octets);
                    delivery.is_complete = taken.is_ok_and(|taken| taken as u64 == length);
                }
                "QUIT" => {
                    self.say("221 bye\r\n")?;
                    return None;
                }
                _ => self.say("250 ok\r\n")?,
            }
            if matches!(word.as_str(), "DATA" | "BDAT") {
                if delivery.is_complete {
                    self.say("250 2.0.0 taken\r\n")?;
                }
                return Some(delivery);
            }
        }
    }

    fn take_lines(&mut self, delivery: &mut Delivery) {
        while let Some(line) = self.line() {
            if line == b".\r\n" {
                delivery.is_complete = true;
                return;
            }
            delivery.octets.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
        }
    }
}
