//! `INetSendReport`: the report of the `deliver` room is the object already.

pub use crate::deliver::{Report as SendReport, Verdict};
