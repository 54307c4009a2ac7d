//! HTTP/1.1 (RFC 9112), as much of it as lists of revoked certificates and OCSP responders need: one request for each
//! connection, plain http, short answers.

use super::connect::connect;
use super::resolve::resolve;
use super::stream::{Stream, Written};
use super::wait::Watch;
use crate::error::{Error, Result, Status};
use crate::pki::Fetch;
use std::time::Duration;

/// What one request may take, redirections included.
const PATIENCE: Duration = Duration::from_secs(5);
const MOST_REDIRECTIONS: usize = 3;
const MOST_FIELDS: usize = 64;
const LONGEST_HEAD: usize = 16 << 10;
/// The line before a chunk: a number, and extensions that nobody uses.
const LONGEST_CHUNK_LINE: usize = 1 << 10;
const LONGEST_URL: usize = 2048;
const USER_AGENT: &str = concat!("inetmail/", env!("CARGO_PKG_VERSION"));

/// Fetches under the watch of an operation: when that ends, so does this.
pub struct Fetcher<'a> {
    pub watch: Watch<'a>,
}

impl<'a> Fetcher<'a> {
    pub fn new(watch: Watch<'a>) -> Fetcher<'a> {
        Fetcher { watch }
    }

    fn fetch(&self, url: &str, content: Option<Content>, limit: usize) -> Result<Vec<u8>> {
        self.watch.check()?;
        let watch = self.watch.renewed(self.watch.remaining().min(PATIENCE));
        let mut address = Address::parse(url)?;
        let mut content = content;
        for _ in 0..=MOST_REDIRECTIONS {
            let mut exchange = Exchange::begin(&address, content, watch)?;
            let head = exchange.head()?;
            match head.status {
                200 => return exchange.body(&head, limit),
                301 | 302 | 303 | 307 | 308 => {
                    address = address.redirected(&head)?;
                    if head.status == 303 {
                        content = None;
                    }
                }
                status => return Err(unusable(format!("the answer is {status}{}", head.reason))),
            }
        }
        Err(unusable(format!("it was redirected more than {MOST_REDIRECTIONS} times")))
    }
}

impl Fetch for Fetcher<'_> {
    fn get(&mut self, url: &str, limit: usize) -> Result<Vec<u8>> {
        self.fetch(url, None, limit)
    }

    fn post(&mut self, url: &str, kind: &str, body: &[u8], limit: usize) -> Result<Vec<u8>> {
        self.fetch(url, Some(Content { kind, body }), limit)
    }

    fn allow(&mut self, span: Duration) {
        self.watch = self.watch.renewed(self.watch.remaining().min(span));
    }

    fn has_time(&self) -> bool {
        self.watch.check().is_ok()
    }
}

/// What is posted.
#[derive(Clone, Copy)]
struct Content<'c> {
    kind: &'c str,
    body: &'c [u8],
}

fn unusable(sentence: impl Into<String>) -> Error {
    Error::new(Status::Connect, sentence)
}

/// Where an http URL leads.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Address {
    host: String,
    port: u16,
    /// Path and query.
    target: String,
}

impl Address {
    fn parse(url: &str) -> Result<Address> {
        let malformed = || unusable("the URL is malformed");
        // What is no visible character could end the line of the request.
        if url.len() > LONGEST_URL || !url.bytes().all(|octet| octet.is_ascii_graphic()) {
            return Err(malformed());
        }
        let scheme = url.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("http://"));
        let rest = &url[scheme.ok_or_else(|| unusable("only http is asked"))?.len()..];
        let rest = rest.split('#').next().unwrap_or(rest);
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, target) = rest.split_at(end);
        let digits_at = match authority.rfind(']') {
            Some(bracket) => authority[bracket..].find(':').map(|colon| bracket + colon),
            None => authority.find(':'),
        };
        let (host, port) = match digits_at {
            Some(colon) => (&authority[..colon], &authority[colon + 1..]),
            None => (authority, ""),
        };
        let port = match port {
            "" => 80,
            digits if digits.bytes().all(|digit| digit.is_ascii_digit()) => {
                digits.parse().map_err(|_| malformed())?
            }
            _ => return Err(malformed()),
        };
        if host.is_empty() || host.contains('@') || port == 0 {
            return Err(malformed());
        }
        let target = match target {
            target if target.starts_with('/') => target.to_owned(),
            query => format!("/{query}"),
        };
        Ok(Address { host: host.to_owned(), port, target })
    }

    fn redirected(&self, head: &Head) -> Result<Address> {
        let location = head.location.as_deref();
        let location =
            location.ok_or_else(|| unusable("it was redirected without being told where"))?;
        match location.strip_prefix('/').filter(|rest| !rest.starts_with('/')) {
            Some(_) => Address::parse(&format!("http://{}{location}", self.authority())),
            None => Address::parse(location),
        }
    }

    fn authority(&self) -> String {
        match self.port {
            80 => self.host.clone(),
            port => format!("{}:{port}", self.host),
        }
    }
}

/// What stands above an answer's body.
struct Head {
    status: u16,
    /// The server's own words behind the status, with a space before them.
    reason: String,
    location: Option<String>,
    length: Length,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Length {
    Octets(usize),
    Chunks,
    /// The body ends with the connection.
    Open,
}

/// One request and its answer.
struct Exchange<'a> {
    stream: Stream,
    watch: Watch<'a>,
    /// What has come and is not used yet.
    pending: Vec<u8>,
}

impl<'a> Exchange<'a> {
    fn begin(
        address: &Address,
        content: Option<Content>,
        watch: Watch<'a>,
    ) -> Result<Exchange<'a>> {
        let stream = open(address, watch)?;
        let mut exchange = Exchange { stream, watch, pending: Vec::new() };
        exchange.send(&request(address, content))?;
        Ok(exchange)
    }

    fn send(&mut self, mut octets: &[u8]) -> Result<()> {
        while !octets.is_empty() {
            match self.stream.write(octets, self.watch)? {
                Written::Octets(taken) => octets = &octets[taken..],
                // It has heard enough: what it says tells.
                Written::PeerSpeaks => return Ok(()),
            }
        }
        Ok(())
    }

    /// Waits for more. False is the end of the connection.
    fn fill(&mut self) -> Result<bool> {
        let mut octets = [0; 16 << 10];
        let received = self.stream.read(&mut octets, self.watch)?;
        self.pending.extend_from_slice(&octets[..received]);
        Ok(received > 0)
    }

    /// The head of the final answer; those that come before it (1xx) say nothing.
    fn head(&mut self) -> Result<Head> {
        loop {
            if let Some((head, length)) = Head::parse(&self.pending)? {
                self.pending.drain(..length);
                if head.status >= 200 {
                    return Ok(head);
                }
            } else if self.pending.len() > LONGEST_HEAD {
                return Err(unusable("the answer has more header than any sane answer"));
            } else if !self.fill()? {
                return Err(unusable("the connection was closed before an answer"));
            }
        }
    }

    fn body(mut self, head: &Head, limit: usize) -> Result<Vec<u8>> {
        let too_long = || unusable(format!("the answer is longer than {limit} octets"));
        match head.length {
            Length::Octets(length) if length > limit => Err(too_long()),
            Length::Octets(length) => {
                self.fill_to(length)?;
                self.pending.truncate(length);
                Ok(self.pending)
            }
            Length::Open => {
                while self.pending.len() <= limit {
                    if !self.fill()? {
                        return Ok(self.pending);
                    }
                }
                Err(too_long())
            }
            Length::Chunks => {
                let mut body = Vec::new();
                loop {
                    let length = self.chunk_length()?;
                    if length == 0 {
                        return Ok(body);
                    }
                    if length > limit - body.len() {
                        return Err(too_long());
                    }
                    self.fill_to(length + 2)?;
                    body.extend_from_slice(&self.pending[..length]);
                    if self.pending[length..length + 2] != *b"\r\n" {
                        return Err(unusable("the answer's chunks are malformed"));
                    }
                    self.pending.drain(..length + 2);
                }
            }
        }
    }

    fn chunk_length(&mut self) -> Result<usize> {
        loop {
            match httparse::parse_chunk_size(&self.pending) {
                Ok(httparse::Status::Complete((end, length))) => {
                    self.pending.drain(..end);
                    return Ok(usize::try_from(length).unwrap_or(usize::MAX));
                }
                Ok(httparse::Status::Partial) if self.pending.len() < LONGEST_CHUNK_LINE => {}
                _ => return Err(unusable("the answer's chunks are malformed")),
            }
            self.fill_to(self.pending.len() + 1)?;
        }
    }

    /// Waits until so much is there.
    fn fill_to(&mut self, length: usize) -> Result<()> {
        while self.pending.len() < length {
            if !self.fill()? {
                return Err(unusable("the answer was cut short"));
            }
        }
        Ok(())
    }
}

/// A connection to whoever serves the address. A proxy would stand here.
fn open(address: &Address, watch: Watch) -> Result<Stream> {
    let addresses = resolve(&address.host, address.port, watch)?;
    Ok(connect(&address.host, &addresses, watch)?.stream)
}

fn request(address: &Address, content: Option<Content>) -> Vec<u8> {
    let method = if content.is_some() { "POST" } else { "GET" };
    let mut head = format!(
        "{method} {} HTTP/1.1\r\nHost: {}\r\nUser-Agent: {USER_AGENT}\r\nAccept: */*\r\n\
         Connection: close\r\n",
        address.target,
        address.authority(),
    );
    if let Some(Content { kind, body }) = content {
        head += &format!("Content-Type: {kind}\r\nContent-Length: {}\r\n", body.len());
    }
    head += "\r\n";
    let mut octets = head.into_bytes();
    octets.extend_from_slice(content.map_or(&[], |content| content.body));
    octets
}

impl Head {
    /// The head and its length, if all of it is there.
    fn parse(octets: &[u8]) -> Result<Option<(Head, usize)>> {
        let mut fields = [httparse::EMPTY_HEADER; MOST_FIELDS];
        let mut response = httparse::Response::new(&mut fields);
        let end = match response.parse(octets) {
            Ok(httparse::Status::Complete(end)) if end <= LONGEST_HEAD => end,
            Ok(httparse::Status::Complete(_)) => {
                return Err(unusable("the answer has more header than any sane answer"));
            }
            Ok(httparse::Status::Partial) => return Ok(None),
            Err(error) => return Err(unusable(format!("the answer is no HTTP ({error})"))),
        };
        let reason = response.reason.filter(|reason| !reason.is_empty());
        let mut head = Head {
            status: response.code.unwrap_or(0),
            reason: reason.map(|reason| format!(" {}", shown(reason))).unwrap_or_default(),
            location: None,
            length: Length::Open,
        };
        for field in response.headers.iter() {
            let value = std::str::from_utf8(field.value).unwrap_or("\u{fffd}").trim();
            head.take(field.name, value)?;
        }
        Ok(Some((head, end)))
    }

    fn take(&mut self, name: &str, value: &str) -> Result<()> {
        let malformed = || unusable(format!("the answer's {name} is malformed"));
        if name.eq_ignore_ascii_case("location") {
            self.location = Some(value.to_owned());
        } else if name.eq_ignore_ascii_case("transfer-encoding") {
            if !value.eq_ignore_ascii_case("chunked") {
                return Err(unusable("the answer is encoded in a way that was not asked for"));
            }
            // It outweighs a length (RFC 9112 section 6.3).
            self.length = Length::Chunks;
        } else if name.eq_ignore_ascii_case("content-encoding") {
            if !value.eq_ignore_ascii_case("identity") {
                return Err(unusable("the answer is encoded in a way that was not asked for"));
            }
        } else if name.eq_ignore_ascii_case("content-length") {
            if value.is_empty() || !value.bytes().all(|digit| digit.is_ascii_digit()) {
                return Err(malformed());
            }
            let octets = value.parse().unwrap_or(usize::MAX);
            match self.length {
                Length::Chunks => {}
                Length::Octets(other) if other != octets => return Err(malformed()),
                _ => self.length = Length::Octets(octets),
            }
        }
        Ok(())
    }
}

/// A stranger's words within a sentence.
fn shown(text: &str) -> String {
    text.chars().take(60).collect::<String>().escape_debug().to_string()
}

#[cfg(test)]
mod tests;
