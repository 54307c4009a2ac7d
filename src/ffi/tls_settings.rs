//! INetTlsSettings: versions, suites, groups, sessions and options of a client's TLS.

use super::choices;
use super::handles::{self, Opaque};
use super::{boundary, text::text_in};
use crate::model::{Base, Renegotiation, TlsView};
use std::ffi::c_char;

/// SecureBlackbox csbSSL2, which no maintained library speaks.
pub const INET_TLS_VERSION_SSL2: i32 = 0x01;
/// SecureBlackbox csbSSL3, which no maintained library speaks.
pub const INET_TLS_VERSION_SSL3: i32 = 0x02;
/// SecureBlackbox csbTLS1 (RFC 2246).
pub const INET_TLS_VERSION_TLS1: i32 = 0x04;
/// SecureBlackbox csbTLS11 (RFC 4346).
pub const INET_TLS_VERSION_TLS11: i32 = 0x08;
/// SecureBlackbox csbTLS12 (RFC 5246).
pub const INET_TLS_VERSION_TLS12: i32 = 0x10;
/// SecureBlackbox csbTLS13 (RFC 8446).
pub const INET_TLS_VERSION_TLS13: i32 = 0x20;

/// SecureBlackbox stpcDefault: what is secure today.
pub const INET_TLS_BASE_DEFAULT: i32 = 0;
/// SecureBlackbox stpcCompatible: what older servers want besides, as far as this build has it.
pub const INET_TLS_BASE_COMPATIBLE: i32 = 1;
/// SecureBlackbox stpcComprehensiveInsecure: all there is, also what is known to be insecure.
pub const INET_TLS_BASE_COMPREHENSIVE_INSECURE: i32 = 2;
/// SecureBlackbox stpcHighlySecure: TLS 1.3, the strongest suites and groups, and every certificate has to be proven
/// unrevoked.
pub const INET_TLS_BASE_HIGHLY_SECURE: i32 = 3;

/// SecureBlackbox crapmCompatible. As nothing is ever renegotiated here, it is like crapmAuto.
pub const INET_TLS_RENEGOTIATION_COMPATIBLE: i32 = 0;
/// SecureBlackbox crapmStrict: a server of TLS 1.2 has to know of RFC 5746.
pub const INET_TLS_RENEGOTIATION_STRICT: i32 = 1;
/// SecureBlackbox crapmAuto.
pub const INET_TLS_RENEGOTIATION_AUTO: i32 = 2;

/// SecureBlackbox cssloExpectShutdownMessage: behind QUIT half of the time that is left is for the server's close_notify,
/// instead of an eighth. Whether it came, INetConnectionInfo_GetShutdownMessageReceived tells.
pub const INET_SSL_OPTION_EXPECT_SHUTDOWN_MESSAGE: i32 = 0x001;
/// SecureBlackbox cssloOpenSSLDTLSWorkaround: of no account over TCP.
pub const INET_SSL_OPTION_OPENSSL_DTLS_WORKAROUND: i32 = 0x002;
/// SecureBlackbox cssloDisableKexLengthAlignment: of no account, as no key is exchanged by RSA.
pub const INET_SSL_OPTION_DISABLE_KEX_LENGTH_ALIGNMENT: i32 = 0x004;
/// SecureBlackbox cssloForceUseOfClientCertHashAlg: signatures by the hash of the client's certificate, or none.
pub const INET_SSL_OPTION_FORCE_USE_OF_CLIENT_CERT_HASH_ALG: i32 = 0x008;
/// SecureBlackbox cssloAutoAddServerNameExtension: the server is told by which name it is called (RFC 6066 section 3).
pub const INET_SSL_OPTION_AUTO_ADD_SERVER_NAME_EXTENSION: i32 = 0x010;
/// SecureBlackbox cssloAcceptTrustedSRPPrimesOnly: of no account, as there is no SRP.
pub const INET_SSL_OPTION_ACCEPT_TRUSTED_SRP_PRIMES_ONLY: i32 = 0x020;
/// SecureBlackbox cssloDisableSignatureAlgorithmsExtension, which TLS 1.2 and 1.3 cannot do without here.
pub const INET_SSL_OPTION_DISABLE_SIGNATURE_ALGORITHMS_EXTENSION: i32 = 0x040;
/// SecureBlackbox cssloIntolerateHigherProtocolVersions: so it is always.
pub const INET_SSL_OPTION_INTOLERATE_HIGHER_PROTOCOL_VERSIONS: i32 = 0x080;
/// SecureBlackbox cssloStickToPrefCertHashAlg: signatures by the hash of the client's certificate where the server takes
/// them.
pub const INET_SSL_OPTION_STICK_TO_PREF_CERT_HASH_ALG: i32 = 0x100;

/// What a client wants of TLS, to be read and changed. It acts on the connections that are made from then on, and
/// outlives the client.
pub struct INetTlsSettings {
    _opaque: [u8; 0],
}

impl Opaque for INetTlsSettings {
    type Model = TlsView;
    const NAME: &'static str = "INetTlsSettings";
}

/// By their numbers.
const BASES: [Base; 4] =
    [Base::Default, Base::Compatible, Base::ComprehensiveInsecure, Base::HighlySecure];

/// By their numbers.
const RENEGOTIATIONS: [Renegotiation; 3] =
    [Renegotiation::Compatible, Renegotiation::Strict, Renegotiation::Auto];

/// Which versions of TLS a connection may have, as they were set.
///
/// @param settings the object.
/// @return the sum of INET_TLS_VERSION_ bits (0x30 unless set: TLS 1.2 and 1.3), or a status.
/// @see SecureBlackbox TLSVersions
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_GetVersions(settings: *const INetTlsSettings) -> i32 {
    boundary::value(|| Ok(handles::get(settings)?.now().versions as i32))
}

/// Sets which versions of TLS a connection may have. Of versions older than 1.2 none is used; where there is no other, a
/// connection fails with INET_E_TLS_BACKEND.
///
/// @param settings the object.
/// @param versions the sum of INET_TLS_VERSION_ bits, one at least.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE there is no bit, or one that is none of these.
/// @see SecureBlackbox TLSVersions
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_SetVersions(
    settings: *mut INetTlsSettings,
    versions: i32,
) -> i32 {
    boundary::status(|| handles::get(settings)?.set_versions(versions))
}

/// Which of the versions that were set this build speaks.
///
/// @param settings the object.
/// @return the sum of INET_TLS_VERSION_ bits, 0 for none, or a status.
/// @see SecureBlackbox TLSVersions
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_GetEffectiveVersions(settings: *const INetTlsSettings) -> i32 {
    boundary::value(|| Ok(handles::get(settings)?.now().effective_versions() as i32))
}

/// What the settings began with.
///
/// @param settings the object.
/// @return an INET_TLS_BASE_ number (0 unless set), or a status.
/// @see SecureBlackbox TLSBaseConfiguration
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_GetBaseConfiguration(settings: *const INetTlsSettings) -> i32 {
    boundary::value(|| Ok(choices::number(&BASES, handles::get(settings)?.now().base)))
}

/// Sets what the settings begin with: Versions, Ciphersuites, EcCurves, UseExtendedMasterSecret and RevocationCheck
/// become what the configuration says, and can be changed from there. The others stay. What this build has no TLS library
/// for is taken, and a connection that would need it fails with INET_E_TLS_BACKEND.
///
/// @param settings the object.
/// @param configuration an INET_TLS_BASE_ number.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see SecureBlackbox TLSBaseConfiguration
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_SetBaseConfiguration(
    settings: *mut INetTlsSettings,
    configuration: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(settings)?.set_base(choices::choice(
            "base configuration",
            &BASES,
            configuration,
        )?);
        Ok(())
    })
}

/// The list of cipher suites as it was set; empty where the base configuration decides.
///
/// @param settings the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see SecureBlackbox TLSCiphersuites; RFC 8446 section B.4
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetTlsSettings_GetCiphersuites(
    settings: *const INetTlsSettings,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(handles::get(settings)?.now().suites.text().to_owned())
        })
    }
}

/// Sets the cipher suites, in order of preference. The names are those of IANA (TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384),
/// OpenSSL (ECDHE-RSA-AES256-GCM-SHA384) or SecureBlackbox (ECDHE_RSA_AES256_GCM_SHA384). A name behind a minus is taken
/// away; "all" stands for all that there are, and a list that begins with a minus for all but these. What this build has
/// no TLS library for is taken, and a connection that would need it fails with INET_E_TLS_BACKEND.
///
/// @param settings the object.
/// @param ciphersuites names between commas, semicolons, colons or blanks, or empty for what the base configuration has;
/// UTF-8, copied.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT a name is unknown, or nothing is left.
/// @see SecureBlackbox TLSCiphersuites; RFC 8446 section B.4
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetTlsSettings_SetCiphersuites(
    settings: *mut INetTlsSettings,
    ciphersuites: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(settings)?.set_suites(unsafe { text_in(ciphersuites, "ciphersuites") }?)
    })
}

/// The list of groups for the exchange of keys as it was set; empty where the base configuration decides.
///
/// @param settings the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see SecureBlackbox TLSECCurves; RFC 8446 section 4.2.7
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetTlsSettings_GetEcCurves(
    settings: *const INetTlsSettings,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(handles::get(settings)?.now().groups.text().to_owned())
        })
    }
}

/// Sets the groups for the exchange of keys, which older texts call curves, in order of preference: the key share of the
/// first is sent unasked. The names are those of IANA (x25519, secp256r1), NIST (P-256) or SecureBlackbox (CURVE25519,
/// NISTP256). Minus and "all" are as in the list of cipher suites. What this build has no TLS library for is taken, and a
/// connection that would need it fails with INET_E_TLS_BACKEND.
///
/// @param settings the object.
/// @param curves names between commas, semicolons, colons or blanks, or empty for what the base configuration has; UTF-8,
/// copied.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT a name is unknown, or nothing is left.
/// @see SecureBlackbox TLSECCurves; RFC 8446 section 4.2.7
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetTlsSettings_SetEcCurves(
    settings: *mut INetTlsSettings,
    curves: *const c_char,
) -> i32 {
    boundary::status(|| handles::get(settings)?.set_groups(unsafe { text_in(curves, "curves") }?))
}

/// Whether a connection resumes the session of an earlier one.
///
/// @param settings the object.
/// @return 1 or 0 (1 unless set), or a status.
/// @see SecureBlackbox TLSUseSessionResumption; RFC 8446 section 2.2
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_GetUseSessionResumption(settings: *const INetTlsSettings) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(settings)?.now().resumes)))
}

/// Says whether a connection resumes the session of an earlier one, which halves the work of both sides. The certificate
/// is judged again all the same. Clients with the same settings share their sessions.
///
/// @param settings the object.
/// @param useSessionResumption 0 for no, anything else for yes.
/// @return 0, or a status.
/// @see SecureBlackbox TLSUseSessionResumption; RFC 8446 section 2.2
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_SetUseSessionResumption(
    settings: *mut INetTlsSettings,
    useSessionResumption: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(settings)?.set_resumes(useSessionResumption != 0);
        Ok(())
    })
}

/// Whether a session may be resumed with another host or address.
///
/// @param settings the object.
/// @return 1 or 0 (0 unless set), or a status.
/// @see SecureBlackbox TLSForceResumeIfDestinationChanges
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_GetForceResumeIfDestinationChanges(
    settings: *const INetTlsSettings,
) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(settings)?.now().resumes_elsewhere)))
}

/// Says whether a session may be resumed with another host or address than that it was made with, as servers that share
/// their sessions allow. The certificate is judged again for the new name.
///
/// @param settings the object.
/// @param forceResume 0 for no, anything else for yes.
/// @return 0, or a status.
/// @see SecureBlackbox TLSForceResumeIfDestinationChanges
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_SetForceResumeIfDestinationChanges(
    settings: *mut INetTlsSettings,
    forceResume: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(settings)?.set_resumes_elsewhere(forceResume != 0);
        Ok(())
    })
}

/// Whether a server of TLS 1.2 has to know of the extended master secret.
///
/// @param settings the object.
/// @return 1 or 0 (0 unless set), or a status.
/// @see SecureBlackbox TLSUseExtendedMasterSecret; RFC 7627
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_GetUseExtendedMasterSecret(
    settings: *const INetTlsSettings,
) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(settings)?.now().requires_extended_master_secret)))
}

/// Says whether a server of TLS 1.2 has to know of the extended master secret. It is offered in any case, and TLS 1.3 has
/// no need of it.
///
/// @param settings the object.
/// @param useExtendedMasterSecret 0 for no, anything else for yes.
/// @return 0, or a status.
/// @see SecureBlackbox TLSUseExtendedMasterSecret; RFC 7627
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_SetUseExtendedMasterSecret(
    settings: *mut INetTlsSettings,
    useExtendedMasterSecret: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(settings)?.set_requires_extended_master_secret(useExtendedMasterSecret != 0);
        Ok(())
    })
}

/// What is done against attacks by renegotiation.
///
/// @param settings the object.
/// @return an INET_TLS_RENEGOTIATION_ number (2 unless set), or a status.
/// @see SecureBlackbox TLSRenegotiationAttackPreventionMode; RFC 5746
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_GetRenegotiationAttackPreventionMode(
    settings: *const INetTlsSettings,
) -> i32 {
    boundary::value(|| {
        Ok(choices::number(&RENEGOTIATIONS, handles::get(settings)?.now().renegotiation))
    })
}

/// Sets what is done against attacks by renegotiation. Nothing is ever renegotiated here, so that the attack meets
/// nobody; INET_TLS_RENEGOTIATION_STRICT moreover refuses a server of TLS 1.2 that does not know of RFC 5746.
///
/// @param settings the object.
/// @param mode an INET_TLS_RENEGOTIATION_ number.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see SecureBlackbox TLSRenegotiationAttackPreventionMode; RFC 5746
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_SetRenegotiationAttackPreventionMode(
    settings: *mut INetTlsSettings,
    mode: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(settings)?.set_renegotiation(choices::choice(
            "mode of renegotiation",
            &RENEGOTIATIONS,
            mode,
        )?);
        Ok(())
    })
}

/// The options of TLS.
///
/// @param settings the object.
/// @return the sum of INET_SSL_OPTION_ bits (0x10 unless set), or a status.
/// @see SecureBlackbox TLSSSLOptions
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_GetSslOptions(settings: *const INetTlsSettings) -> i32 {
    boundary::value(|| Ok(handles::get(settings)?.now().ssl_options as i32))
}

/// Sets the options of TLS. What this build has no TLS library for is taken, and a connection that would need it fails
/// with INET_E_TLS_BACKEND.
///
/// @param settings the object.
/// @param options the sum of INET_SSL_OPTION_ bits, or 0.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE a bit is none of these.
/// @see SecureBlackbox TLSSSLOptions
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_SetSslOptions(
    settings: *mut INetTlsSettings,
    options: i32,
) -> i32 {
    boundary::status(|| handles::get(settings)?.set_ssl_options(options))
}

/// Whether the server is told by which name it is called: bit INET_SSL_OPTION_AUTO_ADD_SERVER_NAME_EXTENSION of the
/// options.
///
/// @param settings the object.
/// @return 1 or 0 (1 unless set), or a status.
/// @see RFC 6066 section 3; SecureBlackbox TLSSSLOptions
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_GetUseServerNameIndication(
    settings: *const INetTlsSettings,
) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(settings)?.names_server())))
}

/// Says whether the server is told by which name it is called: bit INET_SSL_OPTION_AUTO_ADD_SERVER_NAME_EXTENSION of the
/// options. Servers of many names find their certificate by it.
///
/// @param settings the object.
/// @param useServerNameIndication 0 for no, anything else for yes.
/// @return 0, or a status.
/// @see RFC 6066 section 3; SecureBlackbox TLSSSLOptions
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_SetUseServerNameIndication(
    settings: *mut INetTlsSettings,
    useServerNameIndication: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(settings)?.set_names_server(useServerNameIndication != 0);
        Ok(())
    })
}

/// Whether the server may compress its certificates.
///
/// @param settings the object.
/// @return 1 or 0 (1 unless set), or a status.
/// @see RFC 8879
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_GetUseCertificateCompression(
    settings: *const INetTlsSettings,
) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(settings)?.now().compresses_certificates)))
}

/// Says whether the server may compress its certificates, which saves octets of the handshake of TLS 1.3.
///
/// @param settings the object.
/// @param useCertificateCompression 0 for no, anything else for yes.
/// @return 0, or a status.
/// @see RFC 8879
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_SetUseCertificateCompression(
    settings: *mut INetTlsSettings,
    useCertificateCompression: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(settings)?.set_compresses_certificates(useCertificateCompression != 0);
        Ok(())
    })
}

/// Takes one more reference to the object: each wants its own INetTlsSettings_Release.
///
/// @param settings the object.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetTlsSettings.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_AddRef(settings: *mut INetTlsSettings) -> i32 {
    boundary::status(|| handles::add_ref(settings))
}

/// Gives up one reference. The object lives on as long as the library or a call under way uses it.
///
/// @param settings the object, or NULL, which is no failure.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetTlsSettings, or was released before.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_Release(settings: *mut INetTlsSettings) -> i32 {
    boundary::release(|| handles::release(settings))
}
