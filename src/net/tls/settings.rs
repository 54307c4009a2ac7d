//! What a host chooses of TLS.

use super::selection::Selection;
use crate::error::{Error, Result, Status};
use crate::pki::{Certificate, RevocationCheck, Rules};
use rustls::{CipherSuite, NamedGroup};
use std::fmt;
use std::sync::Arc;
use zeroize::Zeroizing;

/// SecureBlackbox's bits of TLSVersions.
pub mod versions {
    pub const SSL2: u32 = 0x01;
    pub const SSL3: u32 = 0x02;
    pub const TLS1: u32 = 0x04;
    pub const TLS11: u32 = 0x08;
    pub const TLS12: u32 = 0x10;
    pub const TLS13: u32 = 0x20;
    pub const ALL: u32 = 0x3f;
    /// Those that rustls speaks.
    pub const HERE: u32 = TLS12 | TLS13;
}

/// SecureBlackbox's bits of TLSSSLOptions.
pub mod ssl_options {
    /// The peer's close_notify is waited for.
    pub const SHUTDOWN_MESSAGE: u32 = 0x001;
    /// A signature by another hash than that of the client's certificate is none.
    pub const FORCE_CERTIFICATE_HASH: u32 = 0x008;
    /// The server name indication.
    pub const SERVER_NAME: u32 = 0x010;
    pub const NO_SIGNATURE_ALGORITHMS: u32 = 0x040;
    /// The hash of the client's certificate comes first.
    pub const PREFER_CERTIFICATE_HASH: u32 = 0x100;
    pub const ALL: u32 = 0x1ff;
}

/// SecureBlackbox's TLSBaseConfiguration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Base {
    #[default]
    Default,
    Compatible,
    ComprehensiveInsecure,
    HighlySecure,
}

/// SecureBlackbox's TLSRenegotiationAttackPreventionMode. rustls never renegotiates, so the attack meets nobody; `Strict` moreover
/// wants a server of TLS 1.2 to say that it knows of it (RFC 5746).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Renegotiation {
    Compatible,
    Strict,
    #[default]
    Auto,
}

/// SecureBlackbox's ExternalCryptoMode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ExternalMode {
    /// A key that is at hand signs; the host does where there is none.
    #[default]
    Default,
    /// The host never signs.
    Disabled,
    /// The host signs.
    Generic,
    DcAuth,
    DcAuthJson,
}

/// Octets that are wiped when they are dropped, and that no text shows.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Secret(pub Zeroizing<Vec<u8>>);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// The client's certificate, which brings its key unless that lives elsewhere, and those of its issuers.
#[derive(Debug, Clone, Default)]
pub struct ClientChain(pub Vec<Arc<Certificate>>);

impl PartialEq for ClientChain {
    /// A certificate has one key only, so it is enough to know whether it is there.
    fn eq(&self, other: &ClientChain) -> bool {
        let has_key =
            |chain: &ClientChain| chain.0.first().is_some_and(|leaf| leaf.private_key().is_some());
        self.0 == other.0 && has_key(self) == has_key(other)
    }
}

impl Eq for ClientChain {}

/// A key of the client that lives elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExternalCrypto {
    pub mode: ExternalMode,
    /// The host is given what is to be signed and not its digest.
    pub hashes_externally: bool,
    /// The hash that is wanted, as `SHA256`; empty for whichever the server prefers.
    pub hash_algorithm: String,
    /// The kind of the key where there is no certificate that says so; empty for none.
    pub key_algorithm: String,
    /// Of no account here: kept for the host.
    pub pkcs7: bool,
    pub custom_params: String,
    pub data: String,
    pub key_id: String,
    pub key_secret: Secret,
}

/// A key that both sides know beforehand, which rustls has no use for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PreShared {
    pub identity: String,
    pub key: Secret,
    pub suite: String,
}

/// All of it, as values: connections with equal settings share one context, and its sessions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsSettings {
    pub base: Base,
    /// Bits of [`versions`].
    pub versions: u32,
    /// A version that rustls does not speak is an error, also where it speaks another.
    pub versions_are_exact: bool,
    pub suites: Selection<CipherSuite>,
    pub groups: Selection<NamedGroup>,
    pub requires_extended_master_secret: bool,
    pub resumes: bool,
    /// A session may be resumed with another host or address.
    pub resumes_elsewhere: bool,
    pub renegotiation: Renegotiation,
    /// Bits of [`ssl_options`].
    pub ssl_options: u32,
    pub compresses_certificates: bool,
    /// The library judges the server's certificate; else the host does alone.
    pub validates: bool,
    pub accepts_any_certificate: bool,
    pub rules: Rules,
    /// Whether the system's roots are of any use.
    pub uses_system_roots: bool,
    /// Whether the roots of the process are, or a copy of this context's own.
    pub shares_system_roots: bool,
    pub uses_microsoft_list: bool,
    pub client_chain: ClientChain,
    pub checks_client_key: bool,
    pub external: ExternalCrypto,
    pub pre_shared: PreShared,
}

impl Default for TlsSettings {
    fn default() -> TlsSettings {
        TlsSettings {
            base: Base::default(),
            versions: versions::HERE,
            versions_are_exact: false,
            suites: Selection::default(),
            groups: Selection::default(),
            requires_extended_master_secret: false,
            resumes: true,
            resumes_elsewhere: false,
            renegotiation: Renegotiation::default(),
            ssl_options: ssl_options::SERVER_NAME,
            compresses_certificates: true,
            validates: true,
            accepts_any_certificate: false,
            rules: Rules::default(),
            uses_system_roots: true,
            shares_system_roots: true,
            uses_microsoft_list: false,
            client_chain: ClientChain::default(),
            checks_client_key: false,
            external: ExternalCrypto::default(),
            pre_shared: PreShared::default(),
        }
    }
}

impl TlsSettings {
    /// Sets what a base configuration decides; the rest stays.
    pub fn set_base(&mut self, base: Base) {
        let of_any = TlsSettings::default();
        self.base = base;
        self.versions = of_any.versions;
        self.versions_are_exact = false;
        self.suites = of_any.suites;
        self.groups = of_any.groups;
        self.requires_extended_master_secret = false;
        self.rules.revocation = RevocationCheck::Auto;
        if base == Base::HighlySecure {
            self.versions = versions::TLS13;
            self.suites = super::suites::strongest();
            self.groups = super::groups::strongest();
            self.requires_extended_master_secret = true;
            self.rules.revocation = RevocationCheck::AnyOcspOrCrl;
        }
    }

    /// The same without anything that tells who the client is.
    pub fn for_proxies(&self) -> TlsSettings {
        TlsSettings {
            client_chain: ClientChain::default(),
            checks_client_key: false,
            external: ExternalCrypto::default(),
            pre_shared: PreShared::default(),
            ..self.clone()
        }
    }

    /// The same for name servers, whose certificate is always judged. Nobody is asked whether it was revoked, since their names would
    /// have to be resolved, perhaps by the very server.
    pub fn for_name_servers(&self) -> TlsSettings {
        TlsSettings {
            resumes_elsewhere: false,
            ssl_options: ssl_options::SERVER_NAME,
            validates: true,
            accepts_any_certificate: false,
            rules: Rules { asks_network: false, ..self.rules.clone() },
            ..self.for_proxies()
        }
    }

    /// The versions that a connection may have.
    pub fn effective_versions(&self) -> u32 {
        self.versions & versions::HERE
    }

    /// Whether all of it can be done. What needs another TLS library is named.
    pub fn check(&self) -> Result<()> {
        match self.beyond_rustls() {
            None => Ok(()),
            Some(what) => {
                let sentence = format!("{what}: no TLS library of this build can do that");
                Err(Error::new(Status::TlsBackend, sentence))
            }
        }
    }

    /// The first setting that asks for what rustls cannot do.
    fn beyond_rustls(&self) -> Option<String> {
        let versions = self.versions;
        if self.effective_versions() == 0
            || self.versions_are_exact && versions & !versions::HERE != 0
        {
            return Some(format!("Versions {versions:#x} ask for TLS older than 1.2"));
        }
        if self.base == Base::ComprehensiveInsecure {
            return Some("BaseConfiguration 2 allows what is known to be insecure".into());
        }
        if let Some(suite) = self.suites.elsewhere() {
            return Some(format!("Ciphersuites name {suite}"));
        }
        if let Some(group) = self.groups.elsewhere() {
            return Some(format!("EcCurves name {group}"));
        }
        if self.ssl_options & ssl_options::NO_SIGNATURE_ALGORITHMS != 0 {
            return Some("SslOptions 0x40 leave out the signature algorithms".into());
        }
        if self.uses_microsoft_list {
            return Some("UseMicrosoftCTL asks for Microsoft's list of roots".into());
        }
        if matches!(self.external.mode, ExternalMode::DcAuth | ExternalMode::DcAuthJson) {
            return Some("ExternalCrypto's Mode asks for the DC protocol".into());
        }
        let PreShared { identity, key, suite } = &self.pre_shared;
        let name = [
            ("Identity", identity.is_empty()),
            ("Key", key.0.is_empty()),
            ("KeyCiphersuite", suite.is_empty()),
        ];
        let set = name.into_iter().find(|(_, is_empty)| !is_empty)?;
        Some(format!("PreShared{} asks for a pre-shared key", set.0))
    }
}
