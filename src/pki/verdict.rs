//! What became of a chain.

/// SecureBlackbox's ChainValidationResult.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ChainResult {
    Valid = 0,
    /// All is well but for the root, which is not trusted.
    ValidButUntrusted = 1,
    /// Revoked, expired, forged, or for another.
    Invalid = 2,
    /// A certificate is missing, so that nothing can be said.
    #[default]
    CantBeEstablished = 3,
}

/// SecureBlackbox's ChainValidationDetails: the bits of a mask.
pub mod details {
    pub const BAD_DATA: u32 = 0x1;
    pub const REVOKED: u32 = 0x2;
    pub const NOT_YET_VALID: u32 = 0x4;
    pub const EXPIRED: u32 = 0x8;
    pub const INVALID_SIGNATURE: u32 = 0x10;
    pub const UNKNOWN_CA: u32 = 0x20;
    pub const CA_UNAUTHORIZED: u32 = 0x40;
    pub const CRL_NOT_VERIFIED: u32 = 0x80;
    pub const OCSP_NOT_VERIFIED: u32 = 0x100;
    pub const IDENTITY_MISMATCH: u32 = 0x200;
    pub const NO_KEY_USAGE: u32 = 0x400;
    pub const BLOCKED: u32 = 0x800;
    pub const FAILURE: u32 = 0x1000;
    pub const CHAIN_LOOP: u32 = 0x2000;
    pub const WEAK_ALGORITHM: u32 = 0x4000;
    pub const USER_ENFORCED: u32 = 0x8000;
}

/// What became of a chain, in numbers and in words.
#[derive(Debug, Clone, Default)]
pub struct Verdict {
    pub result: ChainResult,
    /// Bits of [`details`]. A chain may be valid and have some: what was let pass.
    pub details: u32,
    /// A line for each step.
    pub log: String,
    /// Why the chain is not valid, to stand behind "the certificate of 'HOST' was not accepted: "; empty where it is.
    pub reason: String,
    /// Seconds since 1970 until which the verdict holds for the same certificates and name: one of them expires then, or
    /// what was said about its revocation.
    pub holds_until: u64,
}

impl Verdict {
    pub fn is_valid(&self) -> bool {
        self.result == ChainResult::Valid
    }
}
