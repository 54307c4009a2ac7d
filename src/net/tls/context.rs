//! TLS contexts: what is prepared once for all connections with the same settings.

use super::super::lock;
use super::client_key::ClientKey;
use super::compression;
use super::seat::Hooks;
use super::sessions::{Sessions, SessionsOf};
use super::settings::{TlsSettings, ssl_options, versions};
use super::verifier::Verifier;
use crate::error::{Error, Result, Status};
use crate::pki::{Judge, Roots};
use once_cell::sync::{Lazy, OnceCell};
use rustls::client::{Resumption, Tls12Resumption};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{TrustAnchor, UnixTime};
use rustls::version::{TLS12, TLS13};
use rustls::{ClientConfig, SupportedProtocolVersion};
use std::sync::{Arc, Mutex, Weak};

/// TLS as one client wants it: its settings, and what its host has a say in.
#[derive(Default)]
pub struct Tls {
    pub settings: Arc<TlsSettings>,
    pub hooks: Hooks,
    context: OnceCell<Arc<Context>>,
    of_proxies: OnceCell<Arc<Tls>>,
    of_name_servers: OnceCell<Arc<Tls>>,
}

impl Tls {
    pub fn new(settings: Arc<TlsSettings>, hooks: Hooks) -> Tls {
        Tls { settings, hooks, ..Tls::default() }
    }

    /// The same with nothing known: neither sessions nor verdicts of before.
    pub fn anew(&self) -> Result<Tls> {
        let context = Context::new(&self.settings).map(Arc::new)?;
        let (settings, hooks) = (self.settings.clone(), self.hooks.clone());
        Ok(Tls { settings, hooks, context: OnceCell::with_value(context), ..Tls::default() })
    }

    /// The TLS to a proxy: whoever judges servers judges proxies, and who the client is, is for servers alone.
    pub fn of_proxies(&self) -> &Arc<Tls> {
        self.of_proxies.get_or_init(|| {
            let settings = self.settings.for_proxies();
            let hooks = Hooks { sign: None, ..self.hooks.clone() };
            Arc::new(Tls::new(Arc::new(settings), hooks))
        })
    }

    /// The TLS to a name server. Nobody is asked about it: what a host says of a mail server's certificate it says of that.
    pub fn of_name_servers(&self) -> &Arc<Tls> {
        self.of_name_servers.get_or_init(|| {
            let settings = self.settings.for_name_servers();
            Arc::new(Tls::new(Arc::new(settings), Hooks::default()))
        })
    }

    /// The context of the settings, which every client of the process with the same ones shares.
    pub fn context(&self) -> Result<&Arc<Context>> {
        self.context.get_or_try_init(|| match self.hooks.sign {
            None => Context::of(&self.settings),
            // A session that the host has signed for is not one for a client whose host may not.
            Some(_) => Context::new(&self.settings).map(Arc::new),
        })
    }
}

pub struct Context {
    settings: Arc<TlsSettings>,
    pub judge: Judge,
    pub sessions: Arc<Sessions>,
    config: ClientConfig,
    resumes: bool,
}

/// Contexts of settings that were used lately. Some programs make settings without end.
const MOST_CONTEXTS: usize = 64;

/// A context that was used lately. One with a private key of the client is there as long as somebody uses it, and no longer: the key
/// is to be gone with the last who has a right to it.
enum Known {
    Kept(Arc<Context>),
    WithKey(Weak<Context>),
}

static CONTEXTS: Mutex<Vec<Known>> = Mutex::new(Vec::new());

impl Known {
    fn of(context: &Arc<Context>) -> Known {
        let mut chain = context.settings.client_chain.0.iter();
        match chain.any(|certificate| certificate.private_key().is_some()) {
            true => Known::WithKey(Arc::downgrade(context)),
            false => Known::Kept(context.clone()),
        }
    }

    fn context(&self) -> Option<Arc<Context>> {
        match self {
            Known::Kept(context) => Some(context.clone()),
            Known::WithKey(context) => context.upgrade(),
        }
    }
}

/// The roots of the system, read once for each process: it takes milliseconds.
static SYSTEM_ROOTS: Lazy<Vec<TrustAnchor<'static>>> = Lazy::new(load_system_roots);

impl Context {
    fn of(settings: &Arc<TlsSettings>) -> Result<Arc<Context>> {
        if let Some(known) = find(&mut lock(&CONTEXTS), settings) {
            return Ok(known);
        }
        // Made without the lock: reading roots may take its time, and another thread may want another context.
        let context = Arc::new(Context::new(settings)?);
        let mut contexts = lock(&CONTEXTS);
        if let Some(known) = find(&mut contexts, settings) {
            return Ok(known);
        }
        if contexts.len() == MOST_CONTEXTS {
            contexts.remove(0);
        }
        contexts.push(Known::of(&context));
        Ok(context)
    }

    fn new(settings: &Arc<TlsSettings>) -> Result<Context> {
        settings.check()?;
        let provider = Arc::new(provider(settings));
        let verifier = Verifier { algorithms: provider.signature_verification_algorithms };
        let versions: Vec<&SupportedProtocolVersion> =
            [(versions::TLS12, &TLS12), (versions::TLS13, &TLS13)]
                .into_iter()
                .filter_map(|(bit, version)| (settings.versions & bit != 0).then_some(version))
                .collect();
        let client_key = ClientKey::new(settings, &provider)?;
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(&versions)
            .map_err(|_| {
                let sentence = "the TLS settings contradict each other: Ciphersuites and EcCurves leave \
                     nothing for the Versions that are enabled";
                Error::new(Status::Tls, sentence)
            })?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_client_cert_resolver(Arc::new(client_key));
        config.enable_sni = settings.ssl_options & ssl_options::SERVER_NAME != 0;
        config.require_ems = settings.requires_extended_master_secret;
        config.resumption = Resumption::disabled();
        compression::apply(&mut config, settings.compresses_certificates);
        Ok(Context {
            settings: settings.clone(),
            judge: Judge::new(settings.rules.clone(), system_roots(settings))?,
            sessions: Arc::default(),
            config,
            resumes: settings.resumes,
        })
    }

    pub fn time(&self) -> UnixTime {
        self.config.time_provider.current_time().unwrap_or_else(UnixTime::now)
    }

    /// What one connection goes by: the same as all others, but for the sessions that it may resume.
    pub fn config_for(&self, sessions: &Arc<SessionsOf>) -> Arc<ClientConfig> {
        let mut config = self.config.clone();
        if self.resumes {
            config.resumption = Resumption::store(sessions.clone())
                .tls12_resumption(Tls12Resumption::SessionIdOrTickets);
        }
        Arc::new(config)
    }
}

/// The context of equal settings, which is then the one that was used last.
fn find(contexts: &mut Vec<Known>, settings: &TlsSettings) -> Option<Arc<Context>> {
    contexts.retain(|known| known.context().is_some());
    let is_wanted = |known: &Known| known.context().filter(|it| *it.settings == *settings);
    let place = contexts.iter().rposition(|known| is_wanted(known).is_some())?;
    let found = contexts.remove(place);
    let context = found.context();
    contexts.push(found);
    context
}

/// rustls' provider with the suites and groups that were chosen, in the order in which they were.
fn provider(settings: &TlsSettings) -> CryptoProvider {
    let mut provider = super::provider();
    if let Some(chosen) = settings.suites.here() {
        let all = std::mem::take(&mut provider.cipher_suites);
        let find = |id: &_| all.iter().find(|suite| suite.suite() == *id).copied();
        provider.cipher_suites = chosen.iter().filter_map(find).collect();
    }
    if let Some(chosen) = settings.groups.here() {
        let all = super::all_groups();
        let find = |id: &_| all.iter().find(|group| group.name() == *id).copied();
        provider.kx_groups = chosen.iter().filter_map(find).collect();
    }
    provider
}

/// Those of the process, or those that the system has now, where the settings want some of their own. Nobody needs any where
/// they are not believed.
fn system_roots(settings: &TlsSettings) -> Roots {
    match (settings.rules.trusts_system, settings.shares_system_roots) {
        (false, _) => Roots::default(),
        (true, true) => Roots::Borrowed(&SYSTEM_ROOTS),
        (true, false) => Roots::Owned(load_system_roots()),
    }
}

fn load_system_roots() -> Vec<TrustAnchor<'static>> {
    // A system without roots is no error here: the first certificate will be one, of an unknown issuer.
    let certificates = rustls_native_certs::load_native_certs().certs;
    let anchor = |certificate| {
        webpki::anchor_from_trusted_cert(certificate).map(|anchor| anchor.to_owned()).ok()
    };
    certificates.iter().filter_map(anchor).collect()
}

#[cfg(test)]
mod tests {
    use super::super::settings::ClientChain;
    use super::*;
    use crate::pki::{read_certificates, read_certificates_with_key};

    macro_rules! made {
        ($name:literal) => {
            include_bytes!(concat!("../../../tests/certificates/", $name))
        };
    }

    fn tls(chain: ClientChain) -> Tls {
        // Settings that no other test has.
        let mut settings = TlsSettings { client_chain: chain, ..TlsSettings::default() };
        settings.rules.trusts_system = false;
        settings.rules.limits.depth = 27;
        Tls::new(Arc::new(settings), Hooks::default())
    }

    fn chain(with_key: bool) -> ClientChain {
        let read = match with_key {
            true => read_certificates_with_key(made!("ec.pem"), made!("ec.sec1.pem"), None),
            false => read_certificates(made!("ec.pem"), None),
        };
        ClientChain(read.unwrap().into_iter().map(Arc::new).collect())
    }

    #[test]
    fn a_clients_key_is_gone_with_the_last_who_uses_it() {
        let chain = chain(true);
        let key = Arc::downgrade(chain.0[0].private_key().unwrap());
        let (one, other) = (tls(chain.clone()), tls(chain));
        let context = Arc::downgrade(one.context().unwrap());
        assert!(Arc::ptr_eq(one.context().unwrap(), other.context().unwrap()));
        drop(one);
        assert!(Arc::ptr_eq(&context.upgrade().unwrap(), other.context().unwrap()));
        drop(other);
        assert!(context.upgrade().is_none() && key.upgrade().is_none());
    }

    #[test]
    fn settings_that_leave_nothing_are_named() {
        let suites = super::super::parse_suites("TLS_AES_128_GCM_SHA256").unwrap();
        let settings = TlsSettings { versions: versions::TLS12, suites, ..TlsSettings::default() };
        let refused = Tls::new(Arc::new(settings), Hooks::default()).context().err().unwrap();
        assert_eq!(refused.status(), Status::Tls);
        assert!(refused.message().contains("Ciphersuites and EcCurves leave nothing"), "{refused}");
    }

    #[test]
    fn a_context_without_a_key_is_kept_for_those_who_come() {
        for with_certificate in [false, true] {
            let made = || match with_certificate {
                true => tls(chain(false)),
                false => tls(ClientChain::default()),
            };
            let context = Arc::downgrade(made().context().unwrap());
            let kept = context.upgrade().unwrap();
            assert!(Arc::ptr_eq(&kept, made().context().unwrap()));
        }
    }
}
