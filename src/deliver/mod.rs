//! Delivery: runs an SMTP session over a stream for one message or many, and keeps the connection for the next.
//!
//! This room knows no C and no reply syntax. It works on the caller's thread, or on one of its own where the host asks for
//! that; the clock and chance are read here and in `net` only.

mod bulk;
mod commands;
mod course;
mod crew;
mod delivery;
mod driver;
mod link;
mod login;
mod login_terms;
mod new_file;
mod opening;
mod operation;
mod pace;
mod parcel;
mod parts;
mod pickup;
mod policy;
mod pool;
mod probe;
mod progress;
mod reactor;
mod report;
mod route;
mod run;
mod server_info;
mod sight;
mod span;
mod stamp;
mod terms;
mod thread;

pub use crate::net::{
    Answer, BindHook, Bypass, Dns, DnsMode, Families, Found, HttpAuthentication, Kind as ProxyKind,
    Limits, Outlet, Proxy, Servers as DnsServers, UserAgent,
    find_in_environment as find_proxy_in_environment, parse_url as parse_proxy_url,
    sound_headers as sound_proxy_headers,
};
pub use crate::net::{
    Base, Cancel, ClientChain, ConnectionInfo, ExternalCrypto, ExternalMode, Hooks, MOST_PATH,
    Renegotiation, SignHook, SignRequest, Tls, TlsInfo, TlsSettings, ValidateHook, Validation,
    describe_group, local_path, parse_groups, parse_suites, ssl_options, versions,
};
pub use crate::sasl::Identity;
pub use crate::sasl::catalog::{self, registered_name};
pub use crate::smtp::{
    AuthSender, CommandLine, DeliverBy, Envelope, EnvelopeOptions, Heard, Hold, Late, Notify,
    Reply, Return,
};
pub use bulk::{Source, one_by_one};
pub use delivery::Delivery;
pub use driver::{Call, Driver};
pub use login_terms::{
    BeforeAuth, BeforeHook, LoginOffer, LoginTerms, TokenHook, parse_priorities, write_priorities,
};
pub use new_file::write_new_file;
pub use operation::Operation;
pub use parcel::{Content, Parcel};
pub use pickup::deposit;
pub use policy::{Policy, Use};
pub use probe::{Attempt, Probe, Timed};
pub use progress::{Progress, ProgressHook};
pub use report::{Report, Verdict};
pub use route::{Login, Passage, Route, Security, ways};
pub use run::Packer;
pub use server_info::ServerInfo;
pub use sight::{Note, Sight, Watched, Witness};
pub use span::Span;
pub use stamp::stamp;
pub use terms::Terms;
