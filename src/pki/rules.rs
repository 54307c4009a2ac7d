//! What a chain of certificates is judged by.

use super::certificate::Certificate;
use std::sync::Arc;

/// The rules of a judgement, as values: equal rules, equal verdicts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Rules {
    /// Whether the system's roots are believed too.
    pub trusts_system: bool,
    /// Believed as roots; a server's own certificate among these is believed as it is.
    pub trusted: Vec<Arc<Certificate>>,
    /// Never believed, wherever in a chain they stand.
    pub blocked: Vec<Arc<Certificate>>,
    /// May fill the gaps of a chain, and are not believed for that.
    pub known: Vec<Arc<Certificate>>,
    /// Lists of revoked certificates, DER.
    pub crls: Vec<Arc<[u8]>>,
    /// Answers about single certificates, DER.
    pub ocsp_responses: Vec<Arc<[u8]>>,
    pub revocation: RevocationCheck,
    /// Whether anybody is asked about revocation over the network. If not, what has to be learned there has not been learned.
    pub asks_network: bool,
    pub ocsp_hash: OcspHash,
    /// Lets pass clocks that differ by five minutes, and CAs that do not say that they are for servers' certificates
    /// (extended key usage). Certificates that are too much, and what nobody need say about revocation, pass anyway.
    pub tolerates_minor_issues: bool,
    pub limits: Limits,
}

/// SecureBlackbox's TLSRevocationCheck. Where the vendor is silent, the readings are ours.
///
/// Asked about is every certificate of the path but the root, in this order: the stapled response (for the server's own), responses
/// and lists that the host has given, what the process remembers, and then the network: responders by OCSP over HTTP, lists over
/// HTTP. A certificate that is known to be revoked is refused in every mode but `None`, whoever said it; so is one that promises a
/// stapled response (must-staple, RFC 7633) and comes without a good one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RevocationCheck {
    /// Nothing is asked, and a stapled response is not looked at.
    None,
    /// Responders are asked first, then lists. What cannot be learned is let pass: in silence if a certificate names nobody to ask,
    /// with [`details`](super::details) `CRL_NOT_VERIFIED` or `OCSP_NOT_VERIFIED` if whom it names could not tell. The network gets
    /// three seconds for a judgement, and who has failed is left alone for ten minutes.
    #[default]
    Auto,
    /// Each list that a certificate names has to say that it is good. One that names none passes. A list that the host has given
    /// counts for all of them.
    AllCrl,
    /// The same of responders; a stapled response or one that the host has given counts for all of them.
    AllOcsp,
    /// Both.
    AllCrlAndOcsp,
    /// A list has to say of each certificate that it is good: one for which there is none cannot be established.
    AnyCrl,
    /// The same of responders.
    AnyOcsp,
    /// A list or, failing that, a responder.
    AnyCrlOrOcsp,
    /// A responder or, failing that, a list.
    AnyOcspOrCrl,
}

/// The hash by which an OCSP request names a certificate (RFC 6960 section 4.1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum OcspHash {
    #[default]
    Sha1,
    Sha256,
}

/// How deep and how long the ASN.1 of strangers may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Limits {
    /// Values within values.
    pub depth: usize,
    /// Octets of one primitive value.
    pub length: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { depth: 32, length: 16 << 20 }
    }
}

impl Default for Rules {
    fn default() -> Rules {
        Rules {
            trusts_system: true,
            trusted: Vec::new(),
            blocked: Vec::new(),
            known: Vec::new(),
            crls: Vec::new(),
            ocsp_responses: Vec::new(),
            revocation: RevocationCheck::default(),
            asks_network: true,
            ocsp_hash: OcspHash::default(),
            tolerates_minor_issues: false,
            limits: Limits::default(),
        }
    }
}
