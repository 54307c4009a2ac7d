//! The error record: the last failure of each thread.

use crate::error::Error;
use std::cell::RefCell;

thread_local! {
    static RECORD: RefCell<Option<Error>> = const { RefCell::new(None) };
}

pub fn set(error: Error) {
    // A thread that is being torn down has no record any more; the status is told all the same.
    let _ = RECORD.try_with(|record| record.replace(Some(error)));
}

pub fn clear() {
    let _ = RECORD.try_with(|record| record.replace(None));
}

/// Shows the record of this thread.
pub fn with<T: Default>(show: impl FnOnce(Option<&Error>) -> T) -> T {
    RECORD.try_with(|record| show(record.borrow().as_ref())).unwrap_or_default()
}
