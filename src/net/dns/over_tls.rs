//! Questions to name servers over TLS (RFC 7858). The certificate has to be good, and nothing is ever asked in clear for want of it: the
//! strict profile of RFC 8310.

use super::super::connect::connect;
use super::super::outlet::Outlet;
use super::super::stream::Stream;
use super::super::tls::{PORTS_OF_SMTP, Tls};
use super::super::wait::Watch;
use super::exchange::{self, ANSWER, GRACE, Reply, among, failure, next_message};
use super::message::{Judgement, Question};
use super::servers::{Channel, Server};
use crate::error::{Error, Result, Status};
use std::io;
use std::sync::Arc;
use std::time::Duration;

/// Asks name servers in the way of each, and keeps its connections over TLS for the questions that follow.
pub struct Asker {
    tls: Arc<Tls>,
    lines: Vec<Line>,
}

impl Asker {
    /// `tls` is that of the client, which knows what name servers are held to.
    pub fn new(tls: &Arc<Tls>) -> Asker {
        Asker { tls: tls.clone(), lines: Vec::new() }
    }

    /// Asks a server all of the questions at once; each of them may take as long as its patience. `is_enough` tells whether the answer
    /// to the question at that place is enough to go on with. An error is the end of the watch.
    pub fn ask(
        &mut self,
        questions: &[Question],
        server: &Server,
        patience: Duration,
        watch: Watch,
        is_enough: &dyn Fn(usize, &[u8]) -> bool,
    ) -> Result<Vec<Reply>> {
        let Channel::Tls { name } = &server.channel else {
            return exchange::ask(questions, server.address, patience, watch, is_enough);
        };
        let mut round = Round::new(questions, watch.within(patience), is_enough);
        let failed = loop {
            let kept = self.lines.iter().position(|line| line.server == *server);
            let line = match kept {
                Some(place) => Ok(self.lines.swap_remove(place)),
                None => Line::open(server, name.as_deref(), &self.tls, round.watch),
            };
            let answered = round.answered();
            match line.and_then(|line| line.converse(&mut round)) {
                Ok(line) => {
                    self.lines.push(line);
                    break Failed { awaited: ANSWER, error: Status::Timeout.into() };
                }
                // A server may close what it has had enough of (RFC 7766 section 6.2.4): what is open is asked over another connection.
                Err(failed)
                    if (kept.is_some() || round.answered() > answered) && !failed.is_final() => {}
                Err(failed) => break failed,
            }
        };
        if !round.is_open() {
            return Ok(round.replies.into_iter().flatten().collect());
        }
        let patience = if round.has_enough { patience.min(GRACE) } else { patience };
        let why = failure(&failed.error, failed.awaited, server, patience, watch)?;
        let why = why + &among(round.strangers);
        let reply = |reply: Option<Reply>| reply.unwrap_or_else(|| Reply::Failed(why.clone()));
        Ok(round.replies.into_iter().map(reply).collect())
    }

    /// Says goodbye where there is somebody to say it to.
    pub fn close(&mut self, watch: Watch) {
        for mut line in self.lines.drain(..) {
            line.stream.say_goodbye(b"", watch);
        }
    }
}

/// Why a server has not answered all of a round.
struct Failed {
    /// What there was not, where the time has run out.
    awaited: &'static str,
    error: Error,
}

const CONNECTION: &str = "no connection";
const HANDSHAKE: &str = "no end of the TLS handshake";

impl Failed {
    fn awaiting(awaited: &'static str) -> impl Fn(Error) -> Failed {
        move |error| Failed { awaited, error }
    }

    /// Whether another connection would not be better off.
    fn is_final(&self) -> bool {
        matches!(self.error.status(), Status::Timeout | Status::Cancelled)
    }
}

/// Ports are other ones than a mail server's.
fn without_advice_for_mail(error: Error) -> Error {
    let ports = "a name server does not speak TLS at this port, the usual one is 853";
    error.map_message(|sentence| sentence.replace(PORTS_OF_SMTP, ports))
}

/// Questions that go out together, and what came of them so far.
struct Round<'r> {
    questions: &'r [Question],
    replies: Vec<Option<Reply>>,
    watch: Watch<'r>,
    is_enough: &'r dyn Fn(usize, &[u8]) -> bool,
    has_enough: bool,
    strangers: usize,
}

impl<'r> Round<'r> {
    fn new(
        questions: &'r [Question],
        watch: Watch<'r>,
        is_enough: &'r dyn Fn(usize, &[u8]) -> bool,
    ) -> Round<'r> {
        let replies = questions.iter().map(|_| None).collect();
        Round { questions, replies, watch, is_enough, has_enough: false, strangers: 0 }
    }

    fn answered(&self) -> usize {
        self.replies.iter().flatten().count()
    }

    fn is_open(&self) -> bool {
        self.answered() < self.questions.len()
    }

    /// Takes a message. Answers come in any order (RFC 7766 section 7), those to questions of a round before among them.
    fn take(&mut self, octets: Vec<u8>, asked: &[(usize, Question)]) {
        let open = asked.iter().filter(|(place, _)| self.replies[*place].is_none());
        let mut judged = open.map(|(place, question)| (*place, question.judge(&octets)));
        let Some((place, judgement)) = judged.find(|(_, it)| *it != Judgement::Stranger) else {
            self.strangers += 1;
            return;
        };
        if judgement == Judgement::Truncated {
            self.replies[place] = Some(Reply::Failed("its answer by TLS is cut short".into()));
            return;
        }
        if (self.is_enough)(place, &octets) {
            self.has_enough = true;
            self.watch = self.watch.within(GRACE);
        }
        self.replies[place] = Some(Reply::Answer(octets));
    }
}

/// A connection to a name server that has shown who it is.
struct Line {
    server: Server,
    stream: Stream,
    /// What has come and is not a whole message yet.
    pending: Vec<u8>,
    /// Those of the questions that were asked by it: an answer that comes late must not pass for another.
    numbers: Vec<[u8; 2]>,
}

impl Line {
    fn open(server: &Server, name: Option<&str>, tls: &Tls, watch: Watch) -> Result<Line, Failed> {
        let outlet = Arc::new(Outlet::default());
        let connected = connect("the name server", &[server.address], &outlet, watch);
        let mut stream = connected.map_err(|error| {
            let error = match error.os_error() {
                0 => error,
                number => {
                    let sentence =
                        format!("{CONNECTION}: {}", io::Error::from_raw_os_error(number));
                    error.map_message(|_| sentence)
                }
            };
            Failed { awaited: CONNECTION, error }
        })?;
        let address = server.address.ip().to_string();
        let tls = tls.of_name_servers();
        stream
            .start_tls(name.unwrap_or(&address), tls, &outlet, watch, None)
            .map_err(without_advice_for_mail)
            .map_err(Failed::awaiting(HANDSHAKE))?;
        let server = server.clone();
        Ok(Line { server, stream, pending: Vec::new(), numbers: Vec::new() })
    }

    /// Asks what is open, and hears the answers, until there are enough. A line that comes back may be asked again.
    fn converse(mut self, round: &mut Round) -> Result<Line, Failed> {
        let awaiting = Failed::awaiting(ANSWER);
        let asked = self.ask(round).map_err(&awaiting)?;
        while round.is_open() {
            match next_message(&mut self.stream, &mut self.pending, round.watch) {
                Ok(Some(octets)) => round.take(octets, &asked),
                Ok(None) => {
                    let sentence = "it closed before its answer was whole";
                    return Err(awaiting(Error::new(Status::ConnectionLost, sentence)));
                }
                Err(error) if error.status() == Status::Timeout && round.has_enough => break,
                Err(error) => return Err(awaiting(error)),
            }
        }
        Ok(self)
    }

    /// Says all of the questions that are open at once (RFC 7766 section 6.2.1.1).
    fn ask(&mut self, round: &Round) -> Result<Vec<(usize, Question)>> {
        let (mut asked, mut said) = (Vec::new(), Vec::new());
        for (place, question) in round.questions.iter().enumerate() {
            if round.replies[place].is_some() {
                continue;
            }
            let question = question.padded(&self.numbers)?;
            self.numbers.push(question.number());
            said.extend(question.with_length());
            asked.push((place, question));
        }
        self.stream.write_all(&said, round.watch)?;
        Ok(asked)
    }
}
