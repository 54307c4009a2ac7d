//! The ledger: what a session says of its messages must agree with what the server has stored.
//!
//! Delivered is stored exactly once, refused and safe to retry is not stored, in doubt is either, and nothing is ever stored
//! twice. A session and a simulated server are joined in memory, and driven as `deliver::Run` drives them.

mod cuts;
mod manners;
mod peer;

use super::super::envelope::Body;
use super::super::framing::DotStuffer;
use super::*;
use peer::{Manner, Peer, Stored};
use std::fmt;
use std::time::Duration;

/// A message, and what it is to the server.
#[derive(Clone)]
struct Letter {
    sender: String,
    recipients: Vec<String>,
    octets: Vec<u8>,
    /// Whether its size is said.
    is_measured: bool,
}

/// How the client goes about it, and the wire between the two.
#[derive(Debug, Clone)]
struct Way {
    plan: Plan,
    /// Octets of a write.
    block: usize,
    /// Whether the server acts on each write at once, and is listened to between two.
    is_prompt: bool,
    /// How long the pieces are in which its replies come, again and again.
    pieces: Vec<usize>,
    cut: Cut,
}

/// Where the wire breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cut {
    Never,
    /// Behind so many octets of the client. It may notice, or go on writing to nobody.
    Taken {
        octets: usize,
        is_noticed: bool,
    },
    /// Behind so many octets of the server.
    Said {
        octets: usize,
    },
}

impl Way {
    fn new(plan: Plan) -> Way {
        Way { plan, block: usize::MAX, is_prompt: false, pieces: vec![4096], cut: Cut::Never }
    }
}

/// Both ends of a connection.
struct Line<'w> {
    way: &'w Way,
    session: Session,
    peer: Peer,
    outgoing: Vec<u8>,
    before_outgoing: u64,
    /// Octets that the server got, and that the client did.
    taken: usize,
    said: usize,
    /// What the server has said and the client has not read.
    pending: VecDeque<u8>,
    reads: usize,
    now: Instant,
    steps: usize,
    /// The letters under way, and what became of the others.
    under_way: VecDeque<usize>,
    outcomes: Vec<Option<Outcome>>,
    is_closed: bool,
}

const PATIENCE: Duration = Duration::from_secs(10);

impl<'w> Line<'w> {
    #[expect(clippy::disallowed_methods, reason = "any moment will do")]
    fn new(way: &'w Way, manner: Manner) -> Line<'w> {
        let mut session = Session::new("client.test".into());
        session.set_plan(way.plan);
        Line {
            way,
            session,
            peer: Peer::new(manner),
            outgoing: Vec::new(),
            before_outgoing: 0,
            taken: 0,
            said: 0,
            pending: VecDeque::new(),
            reads: 0,
            now: Instant::now(),
            steps: 0,
            under_way: VecDeque::new(),
            outcomes: Vec::new(),
            is_closed: false,
        }
    }

    /// Sends all letters. Those that it did not come to have no outcome.
    fn run(&mut self, letters: &[Letter]) {
        self.outcomes.resize_with(letters.len(), || None);
        self.session.set_deadline(self.now + PATIENCE);
        while !self.session.is_idle() && !self.session.is_closed() {
            self.write_out();
            if !self.session.is_idle() {
                self.receive();
            }
        }
        self.collect();
        for (number, letter) in letters.iter().enumerate() {
            while !self.session.takes_message() && !self.session.is_closed() {
                self.exchange();
            }
            if self.session.is_closed() {
                break;
            }
            self.load(number, letter);
            self.collect();
        }
        while !self.under_way.is_empty() {
            self.exchange();
        }
    }

    fn load(&mut self, number: usize, letter: &Letter) {
        let recipients = letter.recipients.iter().map(|name| name.as_str().into()).collect();
        let envelope = Envelope::new(letter.sender.as_str().into(), recipients, false, None);
        let envelope = envelope.expect("a sound envelope");
        let size = letter.is_measured.then_some(letter.octets.len() as u64);
        let freight = Freight { size, length: size, body: Body::SevenBit };
        self.session.set_deadline(self.now + PATIENCE);
        self.session.submit(Arc::new(envelope), freight, false).expect("a message to be taken");
        self.under_way.push_back(number);
        loop {
            match self.session.turn() {
                Turn::Wait => self.exchange_only(),
                Turn::Write if self.session.framing() == Framing::Data => {
                    return self.write_lines(letter);
                }
                Turn::Write => return self.write_chunks(letter),
                Turn::Over => return,
            }
        }
    }

    fn write_lines(&mut self, letter: &Letter) {
        let mut stuffer = DotStuffer::new();
        for piece in letter.octets.chunks(40) {
            let start = self.outgoing.len();
            self.outgoing.extend_from_slice(piece);
            stuffer.stuff(&mut self.outgoing, start);
            if self.outgoing.len() >= self.way.block {
                self.write_out();
            }
            if self.session.is_closed() {
                return;
            }
        }
        self.outgoing.extend_from_slice(stuffer.terminator());
        self.end_message();
    }

    fn write_chunks(&mut self, letter: &Letter) {
        let limit = self.session.chunk_size().unwrap_or(u64::MAX);
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let mut pieces = letter.octets.chunks(limit).peekable();
        while let Some(piece) = pieces.next() {
            while !self.session.takes_chunk() && !self.session.is_closed() {
                self.write_out();
                if !self.session.takes_chunk() {
                    self.receive();
                }
            }
            if self.session.is_closed() {
                return;
            }
            let is_wanted = self.session.begin_chunk(piece.len() as u64, pieces.peek().is_none());
            self.session.poll_transmit(&mut self.outgoing);
            if !is_wanted {
                return self.end_message();
            }
            self.outgoing.extend_from_slice(piece);
            if pieces.peek().is_some() && self.outgoing.len() >= self.way.block {
                self.write_out();
            }
        }
        self.end_message();
    }

    fn end_message(&mut self) {
        self.session.message_written(self.before_outgoing + self.outgoing.len() as u64);
        if self.outgoing.len() >= self.way.block {
            self.write_out();
        }
    }

    fn exchange(&mut self) {
        self.exchange_only();
        self.collect();
    }

    fn exchange_only(&mut self) {
        self.write_out();
        if self.session.under_way() > 0 {
            self.receive();
        }
        self.count();
    }

    fn count(&mut self) {
        self.steps += 1;
        assert!(self.steps < 100_000, "there is no end to it");
    }

    fn collect(&mut self) {
        while let Some(event) = self.session.poll_event() {
            assert!(!self.is_closed, "{event:?} behind the end");
            match event {
                Event::Finished(outcome) => {
                    let number = self.under_way.pop_front().expect("a message under way");
                    self.outcomes[number] = Some(outcome);
                }
                Event::Closed(error) => {
                    assert!(self.under_way.is_empty(), "{error} leaves {:?}", self.under_way);
                    self.is_closed = true;
                }
                Event::Greeted => {}
                other => panic!("nobody asked for {other:?}"),
            }
        }
    }

    fn write_out(&mut self) {
        self.session.poll_transmit(&mut self.outgoing);
        let outgoing = std::mem::take(&mut self.outgoing);
        for (at, block) in outgoing.chunks(self.way.block).enumerate() {
            // A peer that has taken all is not listened to here.
            if at > 0 && self.way.is_prompt {
                self.listen();
            }
            if self.session.is_closed() {
                break;
            }
            self.write(block);
        }
        self.before_outgoing += outgoing.len() as u64;
    }

    fn write(&mut self, block: &[u8]) {
        let (most, is_noticed) = match self.way.cut {
            Cut::Taken { octets, is_noticed } => (octets - self.taken, is_noticed),
            _ => (usize::MAX, false),
        };
        let taken = block.len().min(most);
        self.peer.push(&block[..taken]);
        self.taken += taken;
        if taken < block.len() && is_noticed {
            self.session.transmitted(taken);
            // As much as had come before is still read.
            self.listen();
            let error = Error::new(Status::ConnectionLost, "the connection was lost");
            return self.session.handle_failure(error);
        }
        self.session.transmitted(block.len());
    }

    /// Takes in what the server has said, without waiting.
    fn listen(&mut self) {
        self.fetch();
        if !self.pending.is_empty() {
            self.receive();
        }
    }

    fn fetch(&mut self) {
        self.peer.work();
        let mut octets = self.peer.take_output();
        if let Cut::Said { octets: most } = self.way.cut {
            octets.truncate(most - self.said);
        }
        self.said += octets.len();
        self.pending.extend(octets);
    }

    fn receive(&mut self) {
        self.count();
        self.fetch();
        if self.pending.is_empty() {
            self.peer.release();
            self.fetch();
        }
        if self.pending.is_empty() {
            let is_cut = match self.way.cut {
                Cut::Never => false,
                Cut::Taken { octets, .. } => octets == self.taken,
                Cut::Said { octets } => octets == self.said,
            };
            if is_cut || self.peer.is_gone {
                return self.session.handle_eof();
            }
            self.now += PATIENCE;
            return self.session.handle_timeout(self.now);
        }
        let piece = self.way.pieces[self.reads % self.way.pieces.len()];
        self.reads += 1;
        let octets: Vec<u8> = self.pending.drain(..piece.min(self.pending.len())).collect();
        self.session.handle_bytes(&octets);
    }
}

/// Holds what the session says against what the server has.
fn check(letters: &[Letter], outcomes: &[Option<Outcome>], stored: &[Stored]) {
    for (letter, outcome) in letters.iter().zip(outcomes) {
        let copies: Vec<_> = stored.iter().filter(|one| one.octets == letter.octets).collect();
        assert!(copies.len() <= 1, "stored twice: {letter:?}");
        let result = outcome.as_ref().map(|outcome| outcome.result.as_ref());
        match (result, copies.as_slice()) {
            (Some(Ok(_)), [copy]) => {
                let is_refused = |at: usize| {
                    let refused = outcome.iter().flat_map(|outcome| outcome.refused());
                    refused.map(|(place, _)| *place).any(|place| place == at)
                };
                let names = letter.recipients.iter().enumerate();
                let names: Vec<_> =
                    names.filter(|(at, _)| !is_refused(*at)).map(|(_, name)| name).collect();
                assert_eq!(copy.sender, letter.sender);
                assert_eq!(copy.recipients.iter().collect::<Vec<_>>(), names);
            }
            (Some(Ok(reply)), _) => panic!("delivered by {reply}, and not stored: {letter:?}"),
            (Some(Err(error)), _) if error.status() == Status::InDoubt => {
                assert!(!error.is_safe_to_retry());
            }
            (Some(Err(error)), []) => assert!(error.is_safe_to_retry(), "{error}"),
            (Some(Err(error)), _) => panic!("{error}, and stored: {letter:?}"),
            (None, []) => {}
            (None, _) => panic!("not tried, and stored: {letter:?}"),
        }
    }
    for one in stored {
        let is_known = letters.iter().any(|letter| letter.octets == one.octets);
        assert!(is_known, "nobody has sent {one:?}");
    }
}

/// A client that knows what it has written doubts nothing but what was there as a whole.
fn check_doubts(letters: &[Letter], outcomes: &[Option<Outcome>], stored: &[Stored]) {
    for (letter, outcome) in letters.iter().zip(outcomes) {
        if let Some(Outcome { result: Err(error), .. }) = outcome
            && error.status() == Status::InDoubt
            && letter.is_welcome()
        {
            let is_there = stored.iter().any(|one| one.octets == letter.octets);
            assert!(is_there, "in doubt without a reason: {letter:?}");
        }
    }
}

/// Sends all letters over a connection that goes wrong somewhere, and what may go again over a good one. Returns how many
/// octets were taken and said.
fn run(letters: &[Letter], way: &Way, manner: Manner) -> (usize, usize) {
    let offers = manner.offers;
    let is_honest = manner.acts.is_empty();
    let mut line = Line::new(way, manner);
    line.run(letters);
    check(letters, &line.outcomes, &line.peer.stored);
    if is_honest && matches!(way.cut, Cut::Taken { is_noticed: true, .. }) {
        check_doubts(letters, &line.outcomes, &line.peer.stored);
    }
    let traffic = (line.taken, line.said);

    let goes_again = |outcome: &Option<Outcome>| match outcome {
        Some(Outcome { result: Err(error), .. }) => {
            let broke =
                [Status::ConnectionLost, Status::Closing, Status::Protocol, Status::Timeout];
            broke.contains(&error.status())
        }
        Some(_) => false,
        None => true,
    };
    let again = letters.iter().zip(&line.outcomes).filter(|(_, outcome)| goes_again(outcome));
    let again: Vec<Letter> = again.map(|(letter, _)| letter.clone()).collect();
    let good = Way::new(way.plan);
    let mut second = Line::new(&good, Manner { offers, ..Manner::default() });
    second.run(&again);
    check(&again, &second.outcomes, &second.peer.stored);
    for (letter, outcome) in again.iter().zip(second.outcomes) {
        let is_delivered = outcome.expect("an outcome").result.is_ok();
        assert_eq!(is_delivered, letter.is_welcome(), "{letter:?}");
        let is_there_already = line.peer.stored.iter().any(|one| one.octets == letter.octets);
        assert!(!is_there_already, "sent again although it was stored: {letter:?}");
    }
    traffic
}

impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Letter { sender, recipients, is_measured, .. } = self;
        write!(f, "{sender} to {recipients:?}, measured: {is_measured}")
    }
}

impl Letter {
    fn new(number: usize, sender: &str, recipients: &[&str]) -> Letter {
        let text = format!(
            "Subject: {number}\r\n\r\n.dot\r\nRSET\r\nMAIL FROM:<other@test>\r\n..\r\nEnd {number}\r\n"
        );
        Letter {
            sender: format!("{sender}{number}@test"),
            recipients: recipients.iter().map(|name| format!("{name}{number}@test")).collect(),
            octets: text.into_bytes(),
            is_measured: true,
        }
    }

    /// Whether a good server takes it.
    fn is_welcome(&self) -> bool {
        self.sender.starts_with("from")
            && !self.recipients.iter().all(|name| name.starts_with("refused"))
    }
}

/// A run with all that may become of a message.
fn letters() -> Vec<Letter> {
    let kinds: [(&str, &[&str]); 7] = [
        ("from", &["a"]),
        ("from", &["a", "refused", "b"]),
        ("from", &["refused", "refused"]),
        ("unwanted", &["a"]),
        ("from", &["a", "b"]),
        ("rejected", &["a"]),
        ("from", &["a"]),
    ];
    let kinds = kinds.iter().enumerate();
    kinds.map(|(number, (sender, recipients))| Letter::new(number, sender, recipients)).collect()
}

const DATA: &str = "250-PIPELINING\r\n";
const CHUNKS: &str = "250-PIPELINING\r\n250-CHUNKING\r\n";

/// All plans that differ in what goes over the wire, by name.
fn plans() -> Vec<(&'static str, &'static str, Plan)> {
    let window = |messages| Plan { window_messages: messages, ..Plan::default() };
    let pieces = |messages| Plan { chunk_size: Some(30), ..window(messages) };
    let lock_step = |chunking| Plan { chunking, chunk_size: Some(30), ..Plan::default() };
    vec![
        ("lock-step", "", Plan::default()),
        ("lock-step, chunks", "250-CHUNKING\r\n", lock_step(Use::On)),
        ("DATA, window 1", DATA, window(1)),
        ("DATA, window 2", DATA, window(2)),
        ("DATA, window 64", DATA, window(64)),
        ("BDAT, window 1", CHUNKS, window(1)),
        ("BDAT, window 2", CHUNKS, window(2)),
        ("BDAT, window 64", CHUNKS, window(64)),
        ("BDAT that asks", CHUNKS, Plan { window_octets: 1, ..Plan::default() }),
        ("BDAT in pieces, window 1", CHUNKS, pieces(1)),
        ("BDAT in pieces, window 2", CHUNKS, pieces(2)),
        ("BDAT in pieces, window 64", CHUNKS, pieces(64)),
    ]
}
