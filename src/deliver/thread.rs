//! Threads of the library. They are there only while a call runs that the host has asked to run beside its own threads.

use crate::error::{Error, Result, Status};
use once_cell::sync::Lazy;
use std::io;
use std::thread::{Builder, JoinHandle, Scope, available_parallelism};

/// Runs on a thread of its own.
#[expect(clippy::disallowed_methods, reason = "the host has asked for a thread of the library")]
pub fn start(run: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>> {
    named().spawn(run).map_err(|error| no_thread(&error))
}

/// Runs on a thread that ends before the scope does.
pub fn start_within<'scope>(
    scope: &'scope Scope<'scope, '_>,
    run: impl FnOnce() + Send + 'scope,
) -> Result<()> {
    named().spawn_scoped(scope, run).map(drop).map_err(|error| no_thread(&error))
}

/// How many threads can run at the same time. Asked once: the system has that in files.
pub fn processors() -> usize {
    static COUNT: Lazy<usize> = Lazy::new(|| available_parallelism().map_or(1, usize::from));
    *COUNT
}

fn named() -> Builder {
    Builder::new().name("inetmail".into())
}

fn no_thread(error: &io::Error) -> Error {
    let sentence = format!("no thread could be started: {error}");
    Error::new(Status::OutOfMemory, sentence).with_os_error(error).retry_is_safe()
}
