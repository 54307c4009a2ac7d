//! The way to a server: all that makes one connection fit for a message and another not.

use super::login_terms::LoginTerms;
use crate::net::{Outlet, Tls, local_path};
use crate::sasl::Identity;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

/// The ways in which a connection may be protected, with the numbers of Aspose's SecurityOptions.
pub mod ways {
    /// In clear.
    pub const NONE: u32 = 1;
    /// STARTTLS (RFC 3207).
    pub const STARTTLS: u32 = 2;
    /// TLS from the first octet (RFC 8314).
    pub const IMPLICIT: u32 = 4;
    pub const ALL: u32 = NONE | STARTTLS | IMPLICIT;
}

/// How the host wants connections to be protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// By one of these [`ways`]: implicit TLS is tried first, then STARTTLS, and then none.
    OneOf(u32),
    /// As the port asks for, and not without: Fore's EnableSsl.
    ByPort,
    /// As the port asks for; STARTTLS where the server offers it.
    IfOffered,
}

/// One way to log in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// The registered name of the mechanism; `None` leaves the choice to the server.
    pub mechanism: Option<String>,
    pub identity: Identity,
}

/// The settings of a server. A route is shared and never changed: two messages go the same way if they share one.
#[derive(Clone)]
pub struct Route {
    pub host: String,
    pub port: u16,
    /// The server speaks LMTP (RFC 2033).
    pub speaks_lmtp: bool,
    pub security: Security,
    /// How long a server may take to greet; `None` where the host has not said so.
    pub greeting_timeout: Option<Duration>,
    /// Passwords may go in clear where TLS was wanted and is not to be had.
    pub allows_login_in_clear: bool,
    pub login_terms: Arc<LoginTerms>,
    /// What EHLO says; `None` is an address literal of the connection's own end.
    pub local_domain: Option<String>,
    pub tls: Arc<Tls>,
    pub outlet: Arc<Outlet>,
    pub habits: Arc<Habits>,
}

/// What was learned of a server on the way.
#[derive(Default)]
pub struct Habits {
    /// It offers PIPELINING, and commands that came ahead of its replies were lost.
    pub loses_its_place: AtomicBool,
    /// It offers CHUNKING, and refuses BDAT.
    pub refuses_chunks: AtomicBool,
    /// A connection was of use for more than one message.
    pub keeps_connections: AtomicBool,
    /// A connection was gone without a word behind a message.
    pub drops_connections: AtomicBool,
    /// The best of [`ways`] by which a connection was protected; 0 as long as there was none. Who opens a connection while settings
    /// change tells those who come after them, too.
    pub protection: Arc<AtomicU32>,
}

impl Habits {
    /// What is still known when other settings than those of the server and its protection have changed.
    pub fn of_same_server(&self) -> Habits {
        Habits { protection: self.protection.clone(), ..Habits::default() }
    }
}

/// RFC 8314: the port where TLS starts with the first octet.
const SUBMISSIONS_PORT: u16 = 465;

/// How long one wrong guess at the protection of a server may take.
const GREETING_PATIENCE: Duration = Duration::from_secs(10);

impl Route {
    /// The route after a change of its settings.
    pub fn change(&mut self, change: impl FnOnce(&mut Route)) {
        let before = (self.host.clone(), self.port, self.security);
        change(self);
        let is_same = before == (self.host.clone(), self.port, self.security);
        let known = if is_same { self.habits.of_same_server() } else { Habits::default() };
        self.habits = Arc::new(known);
    }

    /// The [`ways`] that the host allows.
    pub fn allowed_ways(&self) -> u32 {
        match (self.security, self.port) {
            // Nobody else hears what is said there, and there is no name that TLS could verify.
            (Security::IfOffered, _) if self.is_local() => ways::NONE,
            (Security::OneOf(chosen), _) if self.is_local() && chosen & ways::NONE != 0 => {
                ways::NONE
            }
            (Security::OneOf(chosen), _) => chosen,
            (_, SUBMISSIONS_PORT) => ways::IMPLICIT,
            (Security::ByPort, _) => ways::STARTTLS,
            (Security::IfOffered, _) => ways::STARTTLS | ways::NONE,
        }
    }

    /// Those that are worth a try: a server that was seen to protect a connection is held to it, and one that does not speak TLS at
    /// once is not asked for that again.
    pub fn ways_to_try(&self) -> u32 {
        let allowed = self.allowed_ways();
        match self.habits.protection.load(Ordering::Relaxed) {
            0 => allowed,
            ways::NONE => allowed & !ways::IMPLICIT,
            proven => proven,
        }
    }

    /// Whether the server is behind a socket of the file system.
    pub fn is_local(&self) -> bool {
        local_path(&self.host).is_some()
    }

    /// Whether a server that does not greet is tried once more by TLS from the first octet: EnableSsl says that there is TLS, and not
    /// of which kind. Only a host that has said how long a greeting may take has it so, since a server may take minutes.
    pub fn may_be_implicit(&self) -> bool {
        self.security == Security::ByPort
            && !self.is_local()
            && self.greeting_timeout.is_some()
            && self.habits.protection.load(Ordering::Relaxed) == 0
    }

    /// Whether the host wants no TLS.
    pub fn is_in_clear(&self) -> bool {
        self.allowed_ways() == ways::NONE
    }

    /// How long to wait for the greeting. What the server may mean otherwise makes the wait short.
    pub fn greeting_patience(&self) -> Option<Duration> {
        let is_a_guess = self.ways_to_try().count_ones() > 1;
        self.greeting_timeout.or(is_a_guess.then_some(GREETING_PATIENCE))
    }
}

/// A route, and who goes it.
#[derive(Clone)]
pub struct Passage {
    pub route: Arc<Route>,
    /// Tried in order, until one fits what the server offers. None at all is an anonymous session.
    pub logins: Vec<Login>,
}

impl PartialEq for Passage {
    fn eq(&self, other: &Passage) -> bool {
        Arc::ptr_eq(&self.route, &other.route) && self.logins == other.logins
    }
}
