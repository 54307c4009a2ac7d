//! Certificates: what they say, and whether they are to be believed.
//!
//! Octets and a time in, a verdict out. This room knows no sockets, no TLS and no clock; whoever has a network lends it through
//! [`Fetch`].

mod algorithms;
mod anchors;
mod asn1;
mod bundle;
mod certificate;
mod certificate_extensions;
mod certificate_fields;
mod certificate_names;
#[cfg(test)]
mod certificate_tests;
mod crl;
mod diagnosis;
mod encryption;
mod end_point;
mod facts;
mod fetch;
mod findings;
#[cfg(any(test, fuzzing))]
pub mod fuzz;
mod inspection;
mod judge;
mod memory;
mod ocsp;
mod path;
mod pem;
mod pkcs12;
mod private_key;
mod revocation;
mod revocation_data;
mod rules;
mod signature;
mod sources;
mod status;
#[cfg(test)]
mod tests;
mod verdict;
mod verdicts;
mod words;

pub use anchors::Roots;
pub use asn1::hex;
pub use bundle::{read_certificates, read_certificates_with_key, read_public_certificates};
pub use certificate::{Certificate, next_id};
pub use certificate_fields::{fingerprint, iso_8601};
pub use end_point::end_point;
pub use fetch::Fetch;
pub use judge::{Judge, Presented};
pub use revocation_data::{read_crls, read_ocsp_response};
pub use rules::{OcspHash, RevocationCheck, Rules};
pub use verdict::{Verdict, details};
