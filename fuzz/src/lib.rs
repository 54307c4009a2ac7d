//! What the fuzz targets do with octets. What is wrong ends in a panic.

pub mod encodify;
pub mod targets;
