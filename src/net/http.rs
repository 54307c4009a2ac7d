//! HTTP/1.1 (RFC 9112), as much of it as lists of revoked certificates and OCSP responders need: one request for each
//! connection, plain http, short answers.

mod body;
mod head;

pub use body::{Body, Progress};
pub use head::{Head, Length, shown};

use super::outlet::{Outlet, Way, addresses_of};
use super::proxy::{self, HttpLogin, Proxy, Reached};
use super::stream::Stream;
use super::tls::Tls;
use super::user_agent::UserAgent;
use super::wait::Watch;
use crate::error::{Error, Result, Status};
use crate::pki::Fetch;
use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;
use zeroize::Zeroizing;

/// What one request may take, redirections included.
const PATIENCE: Duration = Duration::from_secs(5);
const MOST_REDIRECTIONS: usize = 3;
const LONGEST_HEAD: usize = 16 << 10;
const LONGEST_URL: usize = 2048;

/// Requests that a login to a proxy may take.
const MOST_LOGIN_TURNS: usize = 4;

/// Fetches under the watch of an operation: when that ends, so does this. It leaves this machine as the operation does.
pub struct Fetcher<'a> {
    pub watch: Watch<'a>,
    outlet: &'a Outlet,
    tls: &'a Arc<Tls>,
    /// What the operation that waits for it has left, where that is less than there is time.
    patience: Duration,
}

/// What need not succeed gets this part of the time at most: the rest is for what has to.
const SOFT_SHARE: u32 = 3;

impl<'a> Fetcher<'a> {
    pub fn new(watch: Watch<'a>, outlet: &'a Outlet, tls: &'a Arc<Tls>) -> Fetcher<'a> {
        Fetcher { watch, outlet, tls, patience: Duration::MAX }
    }

    pub fn sparing(self, patience: Duration) -> Fetcher<'a> {
        Fetcher { patience, ..self }
    }

    fn fetch(&self, url: &str, content: Option<Content>, limit: usize) -> Result<Vec<u8>> {
        self.watch.check()?;
        let watch = self.watch.renewed(self.watch.remaining().min(PATIENCE));
        let mut address = Address::parse(url)?;
        let mut content = content;
        for _ in 0..=MOST_REDIRECTIONS {
            let (exchange, head) = self.ask(&address, content, watch)?;
            match head.status {
                200 => return exchange.body(&head, limit),
                301 | 302 | 303 | 307 | 308 => {
                    address = address.redirected(&head)?;
                    if head.status == 303 {
                        content = None;
                    }
                }
                _ => return Err(unusable(format!("the answer is {}", head.shown()))),
            }
        }
        Err(unusable(format!("it was redirected more than {MOST_REDIRECTIONS} times")))
    }

    /// One request and the head of its answer.
    fn ask(
        &self,
        address: &Address,
        content: Option<Content>,
        watch: Watch<'a>,
    ) -> Result<(Exchange<'a>, Head)> {
        let proxy = self.outlet.proxy_for(&address.host, address.port);
        if let Some(proxy) = proxy.filter(|proxy| proxy.speaks_http())
            && let Some(answered) = self.ask_proxy(proxy, address, content, watch)?
        {
            return Ok(answered);
        }
        let way = Way::find((&address.host, address.port), self.outlet, self.tls, watch)?;
        let mut exchange = Exchange::new(way.open(watch)?, watch);
        exchange.send(&request(address, content, &self.outlet.user_agent, None))?;
        let head = exchange.head()?;
        Ok((exchange, head))
    }

    /// Asks a proxy of HTTP to ask (RFC 9112 section 3.2.2): tunnels to the port of http are what many of them refuse. `None`: its login
    /// is one of a connection, so that there has to be a tunnel after all.
    fn ask_proxy(
        &self,
        proxy: &Arc<Proxy>,
        address: &Address,
        content: Option<Content>,
        watch: Watch<'a>,
    ) -> Result<Option<(Exchange<'a>, Head)>> {
        let outlet = self.outlet.to_proxy(proxy);
        let addresses = addresses_of(proxy, &self.outlet.dns, self.tls, watch)?;
        let reached = Reached { proxy, addresses: &addresses, outlet: &outlet, tls: self.tls };
        let mut login = HttpLogin::new(proxy)?;
        for _ in 0..MOST_LOGIN_TURNS {
            let credentials = login
                .credentials(&proxy::Request { method: method(content), uri: &address.url() })?;
            let mut exchange = Exchange::new(proxy::reach(reached, watch)?, watch);
            let through = Through { proxy, credentials };
            exchange.send(&request(address, content, &outlet.user_agent, Some(through)))?;
            let mut head = exchange.head()?;
            head.reason = login.without_secrets(head.reason);
            if head.status != 407 {
                return Ok(Some((exchange, head)));
            }
            login.challenged(&head)?;
            if login.will_be_bound() {
                return Ok(None);
            }
        }
        Err(unusable("the proxy wants one login after the other"))
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
        let left = self.watch.remaining().min(self.patience);
        self.watch = self.watch.renewed(span.min(left / SOFT_SHARE));
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
        let location = head.values("Location").next();
        let location =
            location.ok_or_else(|| unusable("it was redirected without being told where"))?;
        match location.strip_prefix('/').filter(|rest| !rest.starts_with('/')) {
            Some(_) => Address::parse(&format!("http://{}{location}", self.authority())),
            None => Address::parse(location),
        }
    }

    fn url(&self) -> String {
        format!("http://{}{}", self.authority(), self.target)
    }

    fn authority(&self) -> String {
        match self.port {
            80 => self.host.clone(),
            port => format!("{}:{port}", self.host),
        }
    }
}

/// One request and its answer.
struct Exchange<'a> {
    stream: Stream,
    watch: Watch<'a>,
    /// What has come and is not used yet.
    pending: Vec<u8>,
}

impl<'a> Exchange<'a> {
    fn new(stream: Stream, watch: Watch<'a>) -> Exchange<'a> {
        Exchange { stream, watch, pending: Vec::new() }
    }

    fn send(&mut self, octets: &[u8]) -> Result<()> {
        self.stream.write_all(octets, self.watch)
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
            let parsed = Head::parse(&self.pending, LONGEST_HEAD).map_err(unusable)?;
            if let Some((head, length)) = parsed {
                self.pending.drain(..length);
                if head.status >= 200 {
                    return Ok(head);
                }
            } else if !self.fill()? {
                return Err(unusable("the connection was closed before an answer"));
            }
        }
    }

    fn body(mut self, head: &Head, limit: usize) -> Result<Vec<u8>> {
        let mut body = Body::new(head.length().map_err(unusable)?, limit);
        loop {
            match body.take(&mut self.pending).map_err(unusable)? {
                Progress::Over => return Ok(body.octets),
                Progress::TooLong => {
                    return Err(unusable(format!("the answer is longer than {limit} octets")));
                }
                Progress::More if self.fill()? => {}
                Progress::More if body.may_end() => return Ok(body.octets),
                Progress::More => return Err(unusable("the answer was cut short")),
            }
        }
    }
}

/// The proxy that a request goes to, and what logs in to it.
struct Through<'a> {
    proxy: &'a Proxy,
    credentials: Option<Zeroizing<String>>,
}

fn method(content: Option<Content>) -> &'static str {
    if content.is_some() { "POST" } else { "GET" }
}

fn request(
    address: &Address,
    content: Option<Content>,
    user_agent: &UserAgent,
    through: Option<Through>,
) -> Zeroizing<Vec<u8>> {
    let target = match &through {
        None => Cow::Borrowed(address.target.as_str()),
        Some(_) => Cow::Owned(address.url()),
    };
    let fields = through.as_ref().map_or("", |through| &through.proxy.request_headers);
    let mut head = Zeroizing::new(String::with_capacity(1024));
    *head += &format!(
        "{} {target} HTTP/1.1\r\nHost: {}\r\n{}Accept: */*\r\nConnection: close\r\n",
        method(content),
        address.authority(),
        user_agent.field(fields),
    );
    if let Some(Through { proxy, credentials }) = through {
        let has_own = proxy::has_field(&proxy.request_headers, "Proxy-Authorization");
        if let Some(credentials) = credentials.filter(|_| !has_own) {
            *head += "Proxy-Authorization: ";
            *head += &credentials;
            *head += "\r\n";
        }
        // What a host adds is for the proxy.
        *head += &proxy.request_headers;
    }
    if let Some(Content { kind, body }) = content {
        *head += &format!("Content-Type: {kind}\r\nContent-Length: {}\r\n", body.len());
    }
    *head += "\r\n";
    let mut octets = Zeroizing::new(head.as_bytes().to_vec());
    octets.extend_from_slice(content.map_or(&[], |content| content.body));
    octets
}

#[cfg(test)]
mod tests;
