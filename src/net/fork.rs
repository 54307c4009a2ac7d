//! Whether this process is a fork of the one that a connection was made in.

#![expect(unsafe_code, reason = "pthread_atfork(3) is a call of the operating system")]

use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};

static GENERATION: AtomicU32 = AtomicU32::new(0);
static WATCHED: Once = Once::new();

/// A number that differs between a process and its children by fork. Unlike a process id it costs no system call.
pub fn generation() -> u32 {
    WATCHED.call_once(|| {
        // SAFETY: the handler only adds to an atomic, which is allowed between fork and exec. It stays valid: the
        // library is linked with `-z nodelete`. Out of memory is the one failure; then children go unnoticed.
        unsafe { libc::pthread_atfork(None, None, Some(in_child)) };
    });
    GENERATION.load(Ordering::Relaxed)
}

unsafe extern "C" fn in_child() {
    GENERATION.fetch_add(1, Ordering::Relaxed);
}
