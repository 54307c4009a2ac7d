//! A diagnosis: what there is between a client and its server, tried step by step and told in words that a person can act on.

mod advice;

use super::lock;
use super::smtp_client::SmtpClient;
use crate::deliver::{
    Attempt, ConnectionInfo, Login, Passage, Probe, Route, Security, ServerInfo, Terms, Timed,
    versions, ways,
};
use crate::error::{Error, Phase, Result, Status};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

/// Relay, submission, and submission under TLS from the first octet.
const USUAL_PORTS: [u16; 3] = [587, 465, 25];

/// How long a step may take that the client would not take by itself.
const PATIENCE: Duration = Duration::from_secs(10);

/// Extensions are listed up to here.
const LONGEST_LIST: usize = 300;

impl SmtpClient {
    /// Tries everything that may stand between the client and its server. `take` is given the report, a line at a time. Tells whether
    /// the client could send a message as it is set.
    pub fn diagnose(&self, take: impl FnMut(&[u8]) -> Result<()>) -> Result<bool> {
        let terms = lock(&self.settings).terms()?;
        Diagnosis { probe: self.driver.probe(), terms, take, refusal: None }.run()
    }
}

struct Diagnosis<'a, T> {
    probe: Probe<'a>,
    terms: Terms,
    take: T,
    /// The proxy's, of the login to it.
    refusal: Option<Error>,
}

impl<T: FnMut(&[u8]) -> Result<()>> Diagnosis<'_, T> {
    fn run(&mut self) -> Result<bool> {
        let route = self.terms.passage.route.clone();
        let version = env!("CARGO_PKG_VERSION");
        let (host, set) = (&route.host, self.as_set());
        self.say(&format!("inetmail {version}: {host}, set to {set}"))?;
        if route.is_local() {
            let works = self.try_way(&route, route.port, ways::NONE)?;
            let works = works.then_some((route.port, ways::NONE));
            return self.judge(&route, works.as_slice());
        }
        let addresses = match route.outlet.proxy_for(&route.host, route.port) {
            // What is behind a proxy, each attempt tells.
            Some(proxy) => {
                self.say(&format!("proxy: {} is on the way", proxy.shown()))?;
                None
            }
            None => match self.resolve(&route)? {
                Some(addresses) => Some(addresses),
                None => return Ok(false),
            },
        };
        let mut works = Vec::new();
        for port in ports(route.port) {
            let answers = match &addresses {
                Some(addresses) => self.knock(&route, port, addresses)?,
                None => true,
            };
            if answers {
                for way in ways_on(port, &route) {
                    works.extend(self.try_way(&route, port, way)?.then_some((port, way)));
                    if let Some(refusal) = self.refusal.take() {
                        return self.give_up(&refusal);
                    }
                }
            }
        }
        self.judge(&route, &works)
    }

    /// What the host has set, in words.
    fn as_set(&self) -> String {
        let Passage { route, logins } = &self.terms.passage;
        let place = place(route, route.port, route.allowed_ways());
        match logins.as_slice() {
            [] => format!("{place}, without a login"),
            [first, ..] => format!("{place}, with the login of {}", first.identity.user),
        }
    }

    /// A proxy locks a user out who comes with a wrong password again and again.
    fn give_up(&mut self, refusal: &Error) -> Result<bool> {
        self.say("not tried: anything more, since each attempt would be another login that the proxy refuses")?;
        self.advise(refusal, None)?;
        Ok(false)
    }

    fn resolve(&mut self, route: &Route) -> Result<Option<Vec<SocketAddr>>> {
        let Timed { result, took } = self.probe.resolve(&self.terms);
        self.probe.check()?;
        match result {
            Ok(addresses) => {
                let list: Vec<_> = addresses.iter().map(|at| at.ip().to_string()).collect();
                let list = list.join(", ");
                self.say(&format!("name: {} is {list} ({})", route.host, time(took)))?;
                Ok(Some(addresses))
            }
            Err(error) => {
                self.say(&format!("name: {error} ({})", time(took)))?;
                self.advise(&error, None)?;
                Ok(None)
            }
        }
    }

    /// The port that is set at every address, others at the first that answers.
    fn knock(&mut self, route: &Route, port: u16, addresses: &[SocketAddr]) -> Result<bool> {
        let is_set = route.port == port;
        let terms = self.terms_of(route, port, route.security, Vec::new());
        let mut answers = false;
        for address in addresses {
            let address = SocketAddr::new(address.ip(), port);
            let Timed { result, took } = self.probe.knock(&terms, address);
            self.probe.check()?;
            answers |= result.is_ok();
            let word = match result {
                Ok(()) => format!("{address} answers"),
                Err(error) => error.to_string(),
            };
            self.say(&format!("port {port}: {word} ({})", time(took)))?;
            if answers && !is_set {
                break;
            }
        }
        Ok(answers)
    }

    fn try_way(&mut self, route: &Route, port: u16, way: u32) -> Result<bool> {
        let terms = self.terms_of(route, port, Security::OneOf(way), Vec::new());
        let Attempt { ready, server, connection } = self.probe.open(&terms);
        self.probe.check()?;
        let (place, took) = (place(route, port, way), time(ready.took));
        let (works, word) = match &ready.result {
            Ok(()) => (true, String::from("works")),
            // What is allowed here and what not, the diagnosis has set, and not the host.
            Err(error) if error.status() == Status::StartTlsNotOffered => {
                (false, String::from("the server offers no STARTTLS"))
            }
            Err(error) => (false, error.to_string()),
        };
        self.say(&format!("tried: {place}, without a login: {word} ({took})"))?;
        self.tell_tls(connection.as_deref())?;
        if works {
            self.tell_server(server.as_deref())?;
        }
        let refused = |error: &Error| error.status() == Status::ProxyAuthRefused;
        self.refusal = ready.result.err().filter(refused);
        Ok(works)
    }

    fn tell_tls(&mut self, connection: Option<&ConnectionInfo>) -> Result<()> {
        let Some((connection, tls)) = connection.and_then(|it| Some((it, it.tls.as_ref()?))) else {
            return Ok(());
        };
        let version = match tls.version {
            versions::TLS12 => "TLS 1.2",
            versions::TLS13 => "TLS 1.3",
            _ => return Ok(()),
        };
        let suite = tls.suite.map_or("", |suite| suite.iana);
        let group = connection.group_name();
        self.say(&format!("    {version} {suite} {group}"))?;
        for line in connection.validation_log().lines() {
            self.say(&format!("    certificate: {line}"))?;
        }
        Ok(())
    }

    fn tell_server(&mut self, server: Option<&ServerInfo>) -> Result<()> {
        let Some(server) = server else { return Ok(()) };
        self.say(&format!("    greeting: {}", server.greeting))?;
        let capabilities = &server.capabilities;
        let lines = capabilities.text.lines().skip(1).collect::<Vec<_>>().join(", ");
        self.say(&format!("    offers: {}", cut(&lines)))?;
        let logins = match capabilities.auth.as_slice() {
            [] => String::from("none"),
            mechanisms => mechanisms.join(", "),
        };
        self.say(&format!("    logins: {}", cut(&logins)))
    }

    /// What the client is set to, with its login; and what to do about it.
    fn judge(&mut self, route: &Route, works: &[(u16, u32)]) -> Result<bool> {
        let logins = self.terms.passage.logins.clone();
        let passage = Passage { route: Arc::new(renewed(route.clone())), logins };
        let policy = self.terms.policy.clone();
        let terms = Terms {
            passage,
            policy,
            timeout: self.terms.timeout,
            watched: self.terms.watched.clone(),
        };
        let Attempt { ready: Timed { result, took }, connection, .. } = self.probe.open(&terms);
        self.probe.check()?;
        let set = format!("as it is set ({})", self.as_set());
        let protected = works.iter().filter(|(_, way)| *way != ways::NONE);
        let best = protected.min_by_key(|(port, _)| *port != 465);
        let best = best.and_then(|(port, way)| advice::to_take(route, *port, *way));
        let error = match result {
            Ok(()) => {
                self.say(&format!("{set}: works ({})", time(took)))?;
                if let Some(best) = best.filter(|_| route.is_in_clear()) {
                    self.say(&format!("what would be better: {best}"))?;
                }
                return Ok(true);
            }
            Err(error) => error,
        };
        self.say(&format!("{set}: {error} ({})", time(took)))?;
        self.advise(&error, connection.as_deref())?;
        if let Some(best) = best.filter(|_| error.phase() != Some(Phase::Auth)) {
            self.say(&format!("what to do: {best}"))?;
        }
        Ok(false)
    }

    fn advise(&mut self, error: &Error, connection: Option<&ConnectionInfo>) -> Result<()> {
        for advice in advice::about(&self.terms.passage.route, error, connection) {
            self.say(&format!("what to do: {advice}"))?;
        }
        Ok(())
    }

    /// The same way, by another port and another protection.
    fn terms_of(&self, route: &Route, port: u16, security: Security, logins: Vec<Login>) -> Terms {
        let route = renewed(Route { port, security, ..route.clone() });
        Terms {
            passage: Passage { route: Arc::new(route), logins },
            policy: self.terms.policy.clone(),
            timeout: self.terms.timeout.min(PATIENCE),
            watched: self.terms.watched.clone(),
        }
    }

    /// One line, whatever a server has put into it.
    fn say(&mut self, line: &str) -> Result<()> {
        let mut line: String = line.trim_end().chars().filter(|c| !c.is_control()).collect();
        line.push('\n');
        (self.take)(line.as_bytes())
    }
}

/// The same route with nothing learned of its server, whose certificate is judged anew.
fn renewed(route: Route) -> Route {
    // With settings that contradict each other the attempt itself tells so.
    let tls = route.tls.anew().map_or_else(|_| route.tls.clone(), Arc::new);
    Route { habits: Arc::default(), tls, ..route }
}

/// The port that is set, and then those that are usual.
fn ports(set: u16) -> Vec<u16> {
    let others = USUAL_PORTS.into_iter().filter(|port| *port != set);
    std::iter::once(set).chain(others).collect()
}

/// On the port that is set everything is tried, on others what is usual there.
fn ways_on(port: u16, route: &Route) -> Vec<u32> {
    match port {
        _ if port == route.port => vec![ways::IMPLICIT, ways::STARTTLS, ways::NONE],
        465 => vec![ways::IMPLICIT],
        _ => vec![ways::STARTTLS],
    }
}

/// Behind a socket of the file system a port means nothing.
fn place(route: &Route, port: u16, ways: u32) -> String {
    let way = way_name(ways);
    match route.is_local() {
        true => format!("its socket, {way}"),
        false => format!("port {port}, {way}"),
    }
}

fn way_name(ways: u32) -> String {
    let names =
        [(ways::IMPLICIT, "TLS at once"), (ways::STARTTLS, "STARTTLS"), (ways::NONE, "in clear")];
    let named = names.iter().filter(|(way, _)| ways & way != 0).map(|(_, name)| *name);
    named.collect::<Vec<_>>().join(" or ")
}

fn time(took: Duration) -> String {
    match took.as_millis() {
        0 => String::from("less than 1 ms"),
        milliseconds => format!("{milliseconds} ms"),
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST_LIST) {
        Some((end, _)) => format!("{} ...", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_that_is_set_comes_first_and_once() {
        assert_eq!(ports(2525), [2525, 587, 465, 25]);
        assert_eq!(ports(465), [465, 587, 25]);
    }

    #[test]
    fn times_and_lists_are_short() {
        assert_eq!(time(Duration::from_micros(999)), "less than 1 ms");
        assert_eq!(time(Duration::from_millis(12)), "12 ms");
        assert_eq!(cut("ёж"), "ёж");
        assert_eq!(cut(&"ё".repeat(1000)).chars().count(), LONGEST_LIST + 4);
    }

    #[test]
    fn ways_have_names() {
        assert_eq!(way_name(ways::ALL), "TLS at once or STARTTLS or in clear");
        assert_eq!(way_name(ways::NONE), "in clear");
    }
}
