//! The targets that go through the C face. `tests/fuzz_seeds.rs` compiles them too, so they use the face and nothing else.

pub mod address_list;
pub mod certificate;
pub mod configuration;
pub mod eml_loader;
pub mod face;
pub mod header;
pub mod octets;
pub mod ready_message;
pub mod revocation;
