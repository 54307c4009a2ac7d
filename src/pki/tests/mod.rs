//! The judge before chains of every kind. `authority` makes them.

mod authority;
mod chains;
mod flips;
mod partial_lists;
mod responses;
mod revocation;
mod weak;
