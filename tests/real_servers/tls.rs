//! What the tests of transport security share: clients of a certificate, and what became of a handshake.

use super::*;
pub use inetmail::ffi::certificate::*;
pub use inetmail::ffi::certificate_collection::*;
pub use inetmail::ffi::certificate_fields::*;
pub use inetmail::ffi::client_tls::*;
pub use inetmail::ffi::connection_info::*;
pub use inetmail::ffi::crl_collection::*;
pub use inetmail::ffi::external_crypto::*;
pub use inetmail::ffi::ocsp_collection::*;
use inetmail::ffi::server_commands::INetSmtpClient_Connect;
pub use inetmail::ffi::tls_callbacks::*;
pub use inetmail::ffi::tls_settings::*;
pub use inetmail::ffi::tls_validation_settings::*;
use std::ptr::null;

pub const NONE: i32 = 1;
pub const EXPLICIT: i32 = 2;
pub const IMPLICIT: i32 = 4;
pub const SSL_AUTO: i32 = 6;
pub const AUTO: i32 = 7;

pub const CERTIFICATE: i32 = -1451;
pub const TLS: i32 = -1450;

/// The port of a listener that is not Postfix's own.
pub fn tls_port(listener: &str) -> u16 {
    setting(&format!("INETMAIL_TLS_{listener}")).parse().expect("a port")
}

/// The name of a file of the tests' PKI.
pub fn file(name: &str) -> String {
    format!("{}/{name}", setting("INETMAIL_CERTS"))
}

pub fn octets(name: &str) -> Vec<u8> {
    std::fs::read(file(name)).expect(name)
}

/// A client that trusts the tests' root.
pub fn secure(host: &str, port: u16, options: i32) -> Client {
    let client = client(host, port).with_root(&setting("INETMAIL_CA")).with_timeout(30_000);
    client.with_security(options)
}

/// A client of Postfix under the name by which it presents a certificate, with STARTTLS.
pub fn of_leaf(leaf: &str) -> Client {
    secure(&format!("{leaf}.smtp.test"), port("BYNAME"), EXPLICIT)
}

/// A client of a listener with implicit TLS that is not Postfix's own.
pub fn implicit(listener: &str) -> Client {
    secure("localhost", tls_port(listener), IMPLICIT)
}

/// The lists of a client that hold certificates.
#[derive(Debug, Clone, Copy)]
pub enum List {
    Trusted,
    Blocked,
    Known,
    ClientChain,
}

impl Client {
    pub fn with_security(self, options: i32) -> Client {
        ok(INetSmtpClient_SetSecurityOptions(self.0, options));
        self
    }

    pub fn tls(&self) -> Handle<INetTlsSettings> {
        Handle::of(INetSmtpClient_GetTlsSettings(self.0))
    }

    pub fn with_tls(self, change: impl FnOnce(*mut INetTlsSettings) -> i32) -> Client {
        ok(change(self.tls().0));
        self
    }

    pub fn with_revocation(self, mode: i32) -> Client {
        self.with_tls(|tls| INetTlsSettings_SetRevocationCheck(tls, mode))
    }

    pub fn list(&self, list: List) -> Handle<INetCertificateCollection> {
        Handle::of(match list {
            List::Trusted => INetSmtpClient_GetTrustedCertificates(self.0),
            List::Blocked => INetSmtpClient_GetBlockedCertificates(self.0),
            List::Known => INetSmtpClient_GetKnownCertificates(self.0),
            List::ClientChain => INetSmtpClient_GetClientChain(self.0),
        })
    }

    /// Adds what a file of the PKI holds.
    pub fn with(self, list: List, name: &str) -> Client {
        let name = c(&file(name));
        let list = self.list(list);
        let status = unsafe { INetCertificateCollection_AddFile(list.0, name.as_ptr(), null()) };
        assert!(status >= 0, "{}", Record::of_this_thread().message);
        self
    }

    pub fn with_crl(self, name: &str) -> Client {
        let name = c(&file(&format!("crl/{name}")));
        let list = Handle::of(INetSmtpClient_GetKnownCrls(self.0));
        let status = unsafe { INetCrlCollection_AddFile(list.0, name.as_ptr()) };
        assert!(status >= 0, "{}", Record::of_this_thread().message);
        self
    }

    pub fn with_ocsp(self, name: &str) -> Client {
        let name = c(&file(&format!("ocsp/{name}")));
        let list = Handle::of(INetSmtpClient_GetKnownOcsps(self.0));
        let status = unsafe { INetOcspCollection_AddFile(list.0, name.as_ptr()) };
        assert!(status >= 0, "{}", Record::of_this_thread().message);
        self
    }

    /// Connects; a failure is the record that it left.
    pub fn connect(&self) -> Result<(), Box<Record>> {
        match INetSmtpClient_Connect(self.0) {
            0 => Ok(()),
            status => {
                let record = Record::of_this_thread();
                assert_eq!(record.status, status);
                Err(Box::new(record))
            }
        }
    }

    /// What became of the latest connection.
    pub fn info(&self) -> Info {
        Info::of(self)
    }
}

/// The facts of a connection that the tests look at.
#[derive(Debug)]
pub struct Info {
    pub is_secure: bool,
    pub is_established: bool,
    pub version: i32,
    pub suite: String,
    pub group: String,
    pub result: i32,
    pub details: i32,
    pub log: String,
    pub is_resumed: bool,
    pub was_retried: bool,
    pub is_stapled: bool,
    pub wants_certificate: bool,
    pub client_authenticated: bool,
}

impl Info {
    pub fn of(client: &Client) -> Info {
        let info = Handle::of(INetSmtpClient_GetConnectionInfo(client.0));
        let info = info.0;
        Info {
            is_secure: INetConnectionInfo_GetSecureConnection(info) != 0,
            is_established: INetConnectionInfo_GetConnectionEstablished(info) != 0,
            version: INetConnectionInfo_GetVersion(info),
            suite: text(|b, n| unsafe { INetConnectionInfo_GetCiphersuite(info, b, n) }),
            group: text(|b, n| unsafe { INetConnectionInfo_GetKeyExchangeGroup(info, b, n) }),
            result: INetConnectionInfo_GetChainValidationResult(info),
            details: INetConnectionInfo_GetChainValidationDetails(info),
            log: text(|b, n| unsafe { INetConnectionInfo_GetValidationLog(info, b, n) }),
            is_resumed: INetConnectionInfo_GetResumedSession(info) != 0,
            was_retried: INetConnectionInfo_GetHelloRetried(info) != 0,
            is_stapled: INetConnectionInfo_GetOcspStapled(info) != 0,
            wants_certificate: INetConnectionInfo_GetClientAuthRequested(info) != 0,
            client_authenticated: INetConnectionInfo_GetClientAuthenticated(info) != 0,
        }
    }

    pub fn verdict(&self) -> (i32, i32) {
        (self.result, self.details)
    }
}

/// What a certificate comes to: the verdict, and a piece of the sentence, or of the log where the certificate is accepted.
pub type Expected = (i32, i32, &'static str);

/// Valid, and no bit is set.
pub const GOOD: Expected = (0, 0, "");

/// Sends over a connection to be judged and holds what came of it against the table.
#[track_caller]
pub fn expect(what: &str, client: &Client, (result, details, words): Expected) {
    let recipient = fresh_address();
    let outcome = client.send(&simple(&recipient));
    let info = client.info();
    assert_eq!(info.verdict(), (result, details), "{what}: {outcome:?}\n{}", info.log);
    assert!(!info.log.is_empty(), "{what}: no log");
    assert!(info.is_secure, "{what}");
    match outcome {
        Ok(()) => {
            assert_eq!(result, 0, "{what} was accepted\n{}", info.log);
            assert!(info.is_established, "{what}");
            assert!(info.log.contains(words), "{what}: {words} is not in\n{}", info.log);
            delivered(&recipient, 1);
        }
        Err(record) => {
            assert_ne!(result, 0, "{what} was refused: {}\n{}", record.message, info.log);
            assert_eq!((record.status, record.phase.as_str()), (CERTIFICATE, "TLS"), "{record:?}");
            assert!(record.message.contains(words), "{what}: {}", record.message);
            assert!(record.is_safe_to_retry && !record.is_transient, "{what}: {record:?}");
            assert!(!info.is_established, "{what}");
            assert!(look_for(&recipient).is_empty(), "{what} was sent");
        }
    }
}
