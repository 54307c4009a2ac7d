//! Single steps on the way to a server, each with its time: what a diagnosis is made of.

use super::driver::Driver;
use super::opening::open;
use super::pool::Pool;
use super::server_info::{Latest, ServerInfo};
use super::terms::Terms;
use crate::error::{Error, Result, Status};
use crate::net::{ConnectionInfo, Watch, now};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

/// How long a goodbye may take.
const QUIT_PATIENCE: Duration = Duration::from_secs(2);

/// What a step came to, and how long it took.
pub struct Timed<T> {
    pub result: Result<T>,
    pub took: Duration,
}

/// An attempt to get ready for a message: also of one that failed, how far it came.
pub struct Attempt {
    pub ready: Timed<()>,
    pub server: Option<Arc<ServerInfo>>,
    pub connection: Option<Arc<ConnectionInfo>>,
}

/// Takes the steps. Each ends within the time that it is given, and by what ends the client's other calls.
pub struct Probe<'a> {
    /// From the beginning on: what is cancelled ends it all.
    watch: Watch<'a>,
}

impl Driver {
    pub fn probe(&self) -> Probe<'_> {
        Probe { watch: Watch::new(Duration::ZERO, self.cancellation()) }
    }
}

impl Probe<'_> {
    pub fn resolve(&self, terms: &Terms) -> Timed<Vec<SocketAddr>> {
        let route = &terms.passage.route;
        let watch = self.watch.renewed(terms.timeout);
        timed(|| route.outlet.resolve((&route.host, route.port), &route.tls, watch))
    }

    /// Whether anybody answers at an address.
    pub fn knock(&self, terms: &Terms, address: SocketAddr) -> Timed<()> {
        let route = &terms.passage.route;
        let watch = self.watch.renewed(terms.timeout);
        timed(|| route.outlet.knock(&route.host, address, watch))
    }

    /// A connection of its own, all the way up to the first message, and a goodbye.
    pub fn open(&self, terms: &Terms) -> Attempt {
        let latest = Latest::default();
        let watch = self.watch.renewed(terms.timeout);
        let mut link = None;
        let ready = timed(|| {
            let berth = Pool::default().berth(terms, watch)?;
            link = Some(open(terms, berth, watch, &latest)?);
            Ok(())
        });
        if let Some(mut link) = link {
            link.quit(self.watch.renewed(QUIT_PATIENCE));
        }
        Attempt { ready, server: latest.server(), connection: latest.connection() }
    }

    /// An error once the client's calls have been cancelled.
    pub fn check(&self) -> Result<()> {
        match self.watch.renewed(QUIT_PATIENCE).check() {
            Err(error) if error.status() == Status::Cancelled => Err(error),
            _ => Ok(()),
        }
    }
}

fn timed<T>(step: impl FnOnce() -> Result<T>) -> Timed<T> {
    let start = now();
    let result = step().map_err(Error::retry_is_safe);
    Timed { result, took: now() - start }
}
