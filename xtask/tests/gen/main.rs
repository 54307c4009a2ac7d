//! `gen` on the fixture: a face in miniature.

mod fixture;
mod gates;
mod hostile;
mod outputs;
