//! xtask reads the C face from the Rust source and writes what is derived from it.
//!
//! * [`face`]: the source as data, held to the laws of DESIGN.md section 2.
//! * [`output`]: the derived files, one module each: header, JSON, listings.
//! * [`hostile`]: the C program that misuses every export.
//! * [`problem`]: what is wrong, with its file and line.

pub mod face;
pub mod hostile;
pub mod output;
pub mod problem;
