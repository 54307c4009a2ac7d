//! Questions to one name server in clear: by UDP, and by TCP where an answer does not fit (RFC 1035 section 4.2, RFC 7766).

use super::super::connect::connect;
use super::super::outlet::Outlet;
use super::super::stream::Stream;
use super::super::wait::Watch;
use super::message::{Judgement, MOST_OF_A_DATAGRAM, Question};
use crate::error::{Error, Result, Status};
use socket2::{Domain, Protocol, SockAddr, Socket, Type};
use std::fmt::Display;
use std::io::{self, ErrorKind, Read};
use std::net::SocketAddr;
use std::os::fd::AsFd;
use std::time::Duration;

/// As many octets as any message has.
const MOST_OCTETS: usize = 65_535;

/// Where one answer is enough to go on with, the others are waited for so long (RFC 8305 section 3, which has less, but also takes in
/// what comes later).
pub const GRACE: Duration = Duration::from_millis(250);

/// What became of a question.
#[derive(Debug, Clone)]
pub enum Reply {
    Answer(Vec<u8>),
    /// There is no answer, and why.
    Failed(String),
}

/// Asks a server all of the questions at once; each of them may take as long as its patience. `is_enough` tells whether the answer to
/// the question at that place is enough to go on with. An error is the end of the watch.
pub fn ask(
    questions: &[Question],
    server: SocketAddr,
    patience: Duration,
    watch: Watch,
    is_enough: &dyn Fn(usize, &[u8]) -> bool,
) -> Result<Vec<Reply>> {
    let heard = by_udp(questions, server, patience, watch, is_enough)?;
    let mut has_enough = heard.iter().enumerate().any(|(place, heard)| {
        matches!(heard, Heard::Reply(Reply::Answer(octets)) if is_enough(place, octets))
    });
    let mut replies = Vec::with_capacity(questions.len());
    for (place, (question, heard)) in questions.iter().zip(heard).enumerate() {
        let patience = if has_enough { patience.min(GRACE) } else { patience };
        replies.push(match heard {
            Heard::Reply(reply) => reply,
            Heard::Truncated => match by_tcp(question, server, watch.within(patience)) {
                Ok(octets) => {
                    has_enough |= is_enough(place, &octets);
                    Reply::Answer(octets)
                }
                Err(error) => Reply::Failed(failure(&error, ANSWER, &server, patience, watch)?),
            },
        });
    }
    Ok(replies)
}

/// What a datagram brought.
enum Heard {
    Reply(Reply),
    Truncated,
}

/// The socket is connected, so that it hears nobody but the server, at a port that the system has chosen by chance.
fn by_udp(
    questions: &[Question],
    server: SocketAddr,
    patience: Duration,
    watch: Watch,
    is_enough: &dyn Fn(usize, &[u8]) -> bool,
) -> Result<Vec<Heard>> {
    let all_failed = |why: &dyn Display| {
        Ok(questions.iter().map(|_| Heard::Reply(Reply::Failed(why.to_string()))).collect())
    };
    let socket = match socket_to(server, questions) {
        Ok(socket) => socket,
        Err(error) => return all_failed(&error),
    };
    let mut heard: Vec<Option<Heard>> = questions.iter().map(|_| None).collect();
    let mut strangers = 0;
    let mut within = watch.within(patience);
    // One more than may come, so that it shows.
    let mut octets = [0; MOST_OF_A_DATAGRAM + 1];
    while heard.iter().any(Option::is_none) {
        let received = match receive(&socket, &mut octets, within) {
            Ok(received) => received,
            Err(Ended::ByWatch(error)) => {
                let silence = failure(&error, ANSWER, &server, patience, watch)?;
                let silence = silence + &among(strangers);
                let silent = || Heard::Reply(Reply::Failed(silence.clone()));
                return Ok(heard.into_iter().map(|heard| heard.unwrap_or_else(silent)).collect());
            }
            Err(Ended::BySystem(error)) => return all_failed(&error),
        };
        let octets = &octets[..received];
        let judged = questions.iter().map(|question| question.judge(octets)).enumerate();
        let judged = judged.filter(|(place, judgement)| {
            *judgement != Judgement::Stranger && heard[*place].is_none()
        });
        let Some((place, judgement)) = judged.collect::<Vec<_>>().pop() else {
            // It may be a guess of somebody who does not see the questions: the right one may still come.
            strangers += 1;
            continue;
        };
        if judgement == Judgement::Answer && is_enough(place, octets) {
            within = within.within(GRACE);
        }
        heard[place] = Some(match judgement {
            _ if octets.len() > MOST_OF_A_DATAGRAM => {
                let sentence = format!(
                    "its answer is longer than the {MOST_OF_A_DATAGRAM} octets it may have"
                );
                Heard::Reply(Reply::Failed(sentence))
            }
            Judgement::Truncated => Heard::Truncated,
            _ => Heard::Reply(Reply::Answer(octets.to_vec())),
        });
    }
    Ok(heard.into_iter().flatten().collect())
}

/// Sends all of the questions.
fn socket_to(server: SocketAddr, questions: &[Question]) -> io::Result<Socket> {
    let socket = Socket::new(Domain::for_address(server), Type::DGRAM, Some(Protocol::UDP))?;
    socket.set_nonblocking(true)?;
    socket.connect(&SockAddr::from(server))?;
    for question in questions {
        socket.send(&question.octets)?;
    }
    Ok(socket)
}

/// Why nothing came.
enum Ended {
    ByWatch(Error),
    BySystem(io::Error),
}

fn receive(socket: &Socket, octets: &mut [u8], watch: Watch) -> Result<usize, Ended> {
    loop {
        // In a flood there is always something to read.
        watch.check().and_then(|()| watch.readable(socket.as_fd())).map_err(Ended::ByWatch)?;
        match (&*socket).read(octets) {
            Ok(received) => return Ok(received),
            Err(error)
                if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => {}
            Err(error) => return Err(Ended::BySystem(error)),
        }
    }
}

fn by_tcp(question: &Question, server: SocketAddr, watch: Watch) -> Result<Vec<u8>> {
    let broken = |sentence: &str| Error::new(Status::Resolve, sentence);
    let mut stream = connect("the name server by TCP", &[server], &Outlet::default(), watch)?;
    stream.write_all(&question.with_length(), watch)?;
    let answer = next_message(&mut stream, &mut Vec::new(), watch)?;
    let answer = answer.ok_or_else(|| broken("it closed before its answer by TCP was whole"))?;
    match question.judge(&answer) {
        Judgement::Answer => Ok(answer),
        Judgement::Truncated => Err(broken("its answer by TCP is cut short, too")),
        Judgement::Stranger => Err(broken("its answer by TCP is not to this question")),
    }
}

/// The next message of a stream, which has its length before it (RFC 1035 section 4.2.2). Nothing, where the stream has ended.
pub fn next_message(
    stream: &mut Stream,
    pending: &mut Vec<u8>,
    watch: Watch,
) -> Result<Option<Vec<u8>>> {
    let mut octets = vec![0; MOST_OCTETS];
    loop {
        if let Some((length, rest)) = pending.split_first_chunk::<2>()
            && let Some(message) = rest.get(..usize::from(u16::from_be_bytes(*length)))
        {
            let message = message.to_vec();
            pending.drain(..2 + message.len());
            return Ok(Some(message));
        }
        // In a flood there is always something to read.
        watch.check()?;
        match stream.read(&mut octets, watch)? {
            0 => return Ok(None),
            received => pending.extend_from_slice(&octets[..received]),
        }
    }
}

/// What there was not, in words, where the time has run out.
pub const ANSWER: &str = "no answer";

/// Why a question came to nothing; `awaited` is what there was not. An error, if that is the end of everything.
pub fn failure(
    error: &Error,
    awaited: &str,
    server: &dyn Display,
    patience: Duration,
    watch: Watch,
) -> Result<String> {
    watch.check().map_err(|end| match end.status() {
        Status::Timeout => Error::new(Status::Timeout, format!("{server}: {awaited} until then")),
        _ => end,
    })?;
    Ok(match error.status() {
        Status::Timeout => format!("{awaited} in {} ms", patience.as_millis()),
        _ => error.to_string(),
    })
}

/// What is said of messages that were no answers.
pub fn among(strangers: usize) -> String {
    match strangers {
        0 => String::new(),
        1 => ", but 1 that was not to this question".into(),
        some => format!(", but {some} that were not to this question"),
    }
}
