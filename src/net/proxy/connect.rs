//! CONNECT (RFC 9110 section 9.3.6): a proxy of HTTP that becomes a tunnel.

use super::super::http::{Body, Head, Length, Progress};
use super::super::user_agent::UserAgent;
use super::headers::has_field;
use super::http_login::{HttpLogin, Request};
use super::{Answer, Dialogue, Proxy, Step, Target, cut_short, garbled};
use crate::error::{Error, Result, Status};
use std::sync::{Arc, Mutex};
use zeroize::Zeroizing;

/// What is kept of an answer, and more than any sane one has.
const LONGEST_HEAD: usize = 64 << 10;
const LONGEST_BODY: usize = 64 << 10;

/// Answers before the final one (1xx).
const MOST_INTERIM: u32 = 16;

pub struct Connect {
    place: Place,
    authority: String,
    user_agent: UserAgent,
    headers: String,
    login: HttpLogin,
    answer: Answer,
    kept: Arc<Mutex<Answer>>,
    interim: u32,
}

enum Place {
    Request,
    Head,
    Body(Body, Then),
}

/// What comes behind the body of an answer that did not open the way.
enum Then {
    Again,
    Refused(Error),
}

impl Connect {
    pub fn new(proxy: &Proxy, target: &Target, user_agent: &UserAgent) -> Result<Connect> {
        Ok(Connect {
            place: Place::Request,
            authority: target.to_string(),
            user_agent: user_agent.clone(),
            headers: proxy.request_headers.clone(),
            login: HttpLogin::new(proxy)?,
            answer: Answer::default(),
            kept: proxy.answer.clone(),
            interim: 0,
        })
    }

    fn request(&mut self) -> Result<Step> {
        let authority = &self.authority;
        let mut request = Zeroizing::new(Vec::with_capacity(1024));
        request.extend(format!("CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n").bytes());
        request.extend(self.user_agent.field(&self.headers).bytes());
        if !has_field(&self.headers, "Proxy-Authorization") {
            let what = Request { method: "CONNECT", uri: authority };
            if let Some(credentials) = self.login.credentials(&what)? {
                request.extend(b"Proxy-Authorization: ");
                request.extend(credentials.as_bytes());
                request.extend(b"\r\n");
            }
        }
        request.extend(self.headers.bytes());
        request.extend(b"\r\n");
        self.place = Place::Head;
        Ok(Step::Write(request))
    }

    fn take_head(&mut self, said: &mut Vec<u8>) -> Result<Step> {
        let Some((mut head, length)) =
            Head::parse(said, LONGEST_HEAD).map_err(|why| no_http(why, said))?
        else {
            return Ok(Step::Read);
        };
        head.reason = self.login.without_secrets(head.reason);
        let octets: Vec<u8> = said.drain(..length).collect();
        if head.status < 200 {
            self.interim += 1;
            return match self.interim <= MOST_INTERIM {
                true => self.take_head(said),
                false => Err(garbled("it sends answers without end that are not final")),
            };
        }
        let headers = self.login.without_secrets_in(octets.trim_ascii_end().to_vec());
        self.answer = Answer { headers, body: Vec::new() };
        match head.status {
            200..300 => {
                // What looks like a body is the server's already.
                std::mem::take(&mut self.answer).keep(&self.kept);
                Ok(Step::Open)
            }
            401 | 407 => match self.login.challenged(&head) {
                Ok(()) => self.go_on_behind(&head, said),
                Err(error) => self.refused(&head, error, said),
            },
            _ => {
                let error = refusal(&head, &self.authority);
                self.refused(&head, error, said)
            }
        }
    }

    /// The next request goes out behind the body, or over another connection.
    fn go_on_behind(&mut self, head: &Head, said: &mut Vec<u8>) -> Result<Step> {
        match head.length() {
            Ok(length) if length != Length::Open && head.persists() => {
                self.place = Place::Body(Body::new(length, LONGEST_BODY), Then::Again);
                self.advance(said)
            }
            _ => self.reconnect(),
        }
    }

    fn refused(&mut self, head: &Head, error: Error, said: &mut Vec<u8>) -> Result<Step> {
        let length = head.length().unwrap_or(Length::Open);
        self.place = Place::Body(Body::new(length, LONGEST_BODY), Then::Refused(error));
        self.advance(said)
    }

    fn reconnect(&mut self) -> Result<Step> {
        if self.login.is_bound() {
            return Err(garbled(format!(
                "it closed the connection in the midst of a login by {}, which belongs to one connection",
                self.login.name()
            )));
        }
        self.place = Place::Request;
        Ok(Step::Reconnect)
    }

    fn take_body(&mut self, said: &mut Vec<u8>) -> Result<Step> {
        let Place::Body(body, then) = &mut self.place else { return Ok(Step::Read) };
        match (body.take(said), &then) {
            (Ok(Progress::More), Then::Again) => Ok(Step::Read),
            (Ok(Progress::More), Then::Refused(_)) => Ok(Step::ReadBriefly),
            (Ok(Progress::Over), Then::Again) => self.request(),
            (_, Then::Again) => self.reconnect(),
            (_, Then::Refused(_)) => self.give_up(),
        }
    }

    /// Keeps what has come of the answer: the host may want to read it.
    fn give_up(&mut self) -> Result<Step> {
        let Place::Body(body, then) = std::mem::replace(&mut self.place, Place::Request) else {
            return Err(cut_short("HTTP", &[]));
        };
        self.answer.body = self.login.without_secrets_in(body.octets);
        std::mem::take(&mut self.answer).keep(&self.kept);
        match then {
            Then::Again => self.reconnect(),
            Then::Refused(error) => Err(error),
        }
    }
}

impl Dialogue for Connect {
    fn advance(&mut self, said: &mut Vec<u8>) -> Result<Step> {
        match self.place {
            Place::Request => self.request(),
            Place::Head => self.take_head(said),
            Place::Body(..) => self.take_body(said),
        }
    }

    fn is_slow(&self) -> bool {
        self.login.is_slow()
    }

    fn ended(&mut self, said: &mut Vec<u8>) -> Result<Step> {
        match self.place {
            Place::Body(..) => self.give_up(),
            _ => Err(cut_short("HTTP", said)),
        }
    }
}

fn no_http(why: String, said: &[u8]) -> Error {
    match said {
        [b'H', ..] => garbled(why),
        _ => super::wrong_version("HTTP", b'H', said),
    }
}

fn refusal(head: &Head, authority: &str) -> Error {
    let status = match head.status {
        502..=504 => Status::ProxyServerUnreachable,
        _ => Status::ProxyRefused,
    };
    let sentence = format!("no way to {authority}: it answers {}", head.shown());
    Error::new(status, sentence)
}
