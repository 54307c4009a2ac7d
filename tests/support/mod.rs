//! What the tests share. Everything goes through the C face, as a host would.

#![allow(dead_code, reason = "each test binary uses its share")]

pub mod dialog;
pub mod face;
pub mod keeper;
pub mod name_server;
pub mod name_server_tls;
pub mod options;
pub mod peer;
pub mod proxy;
pub mod reply;
pub mod tls;
