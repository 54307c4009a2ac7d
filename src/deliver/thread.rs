//! Threads of the library. They are there only while a call runs that the host has asked to run beside its own threads.

use crate::error::{Error, Result, Status};
use std::thread::{Builder, JoinHandle};

/// Runs on a thread of its own.
#[expect(clippy::disallowed_methods, reason = "the host has asked for a thread of the library")]
pub fn start(run: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>> {
    Builder::new().name("inetmail".into()).spawn(run).map_err(|error| {
        let sentence = format!("no thread could be started: {error}");
        Error::new(Status::OutOfMemory, sentence).with_os_error(&error).retry_is_safe()
    })
}
