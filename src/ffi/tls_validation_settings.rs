//! INetTlsSettings: by what certificates are judged, and pre-shared keys.

use super::choices;
use super::handles;
use super::tls_settings::INetTlsSettings;
use super::{boundary, text::text_in};
use crate::model::RevocationCheck;
use std::ffi::c_char;

/// SecureBlackbox crcNone: nobody is asked.
pub const INET_REVOCATION_NONE: i32 = 0;
/// SecureBlackbox crcAuto: like crcAnyOCSPOrCRL, but what nobody could be asked about is let pass.
pub const INET_REVOCATION_AUTO: i32 = 1;
/// SecureBlackbox crcAllCRL: every list of revoked certificates that a certificate names has to clear it.
pub const INET_REVOCATION_ALL_CRL: i32 = 2;
/// SecureBlackbox crcAllOCSP: every OCSP responder that a certificate names has to clear it.
pub const INET_REVOCATION_ALL_OCSP: i32 = 3;
/// SecureBlackbox crcAllCRLAndOCSP: every list and every responder has to clear it.
pub const INET_REVOCATION_ALL_CRL_AND_OCSP: i32 = 4;
/// SecureBlackbox crcAnyCRL: one list has to clear it.
pub const INET_REVOCATION_ANY_CRL: i32 = 5;
/// SecureBlackbox crcAnyOCSP: one responder has to clear it.
pub const INET_REVOCATION_ANY_OCSP: i32 = 6;
/// SecureBlackbox crcAnyCRLOrOCSP: one of both has to clear it, and lists are asked first.
pub const INET_REVOCATION_ANY_CRL_OR_OCSP: i32 = 7;
/// SecureBlackbox crcAnyOCSPOrCRL: one of both has to clear it, and responders are asked first.
pub const INET_REVOCATION_ANY_OCSP_OR_CRL: i32 = 8;

/// By their numbers.
const REVOCATION_CHECKS: [RevocationCheck; 9] = [
    RevocationCheck::None,
    RevocationCheck::Auto,
    RevocationCheck::AllCrl,
    RevocationCheck::AllOcsp,
    RevocationCheck::AllCrlAndOcsp,
    RevocationCheck::AnyCrl,
    RevocationCheck::AnyOcsp,
    RevocationCheck::AnyCrlOrOcsp,
    RevocationCheck::AnyOcspOrCrl,
];

/// Whether the library judges the server's certificate.
///
/// @param settings the object.
/// @return 1 or 0 (1 unless set), or a status.
/// @see SecureBlackbox TLSAutoValidateCertificates
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_GetAutoValidateCertificates(
    settings: *const INetTlsSettings,
) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(settings)?.now().validates)))
}

/// Says whether the library judges the server's certificate. Where it does not, the callback of
/// INetSmtpClient_OnCertificateValidate has to.
///
/// @param settings the object.
/// @param autoValidate 0 for no, anything else for yes.
/// @return 0, or a status.
/// @see SecureBlackbox TLSAutoValidateCertificates
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_SetAutoValidateCertificates(
    settings: *mut INetTlsSettings,
    autoValidate: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(settings)?.set_validates(autoValidate != 0);
        Ok(())
    })
}

/// How it is found out whether a certificate was revoked.
///
/// @param settings the object.
/// @return an INET_REVOCATION_ number (1 unless set), or a status.
/// @see SecureBlackbox TLSRevocationCheck; RFC 6960; RFC 5280 section 6.3
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_GetRevocationCheck(settings: *const INetTlsSettings) -> i32 {
    boundary::value(|| {
        Ok(choices::number(&REVOCATION_CHECKS, handles::get(settings)?.now().rules.revocation))
    })
}

/// Sets how it is found out whether a certificate was revoked.
///
/// @param settings the object.
/// @param check an INET_REVOCATION_ number.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see SecureBlackbox TLSRevocationCheck; RFC 6960; RFC 5280 section 6.3
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_SetRevocationCheck(
    settings: *mut INetTlsSettings,
    check: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(settings)?.set_revocation(choices::choice(
            "check of revocation",
            &REVOCATION_CHECKS,
            check,
        )?);
        Ok(())
    })
}

/// Whether the roots of the system are not believed.
///
/// @param settings the object.
/// @return 1 or 0 (0 unless set), or a status.
/// @see SecureBlackbox IgnoreSystemTrust
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_GetIgnoreSystemTrust(settings: *const INetTlsSettings) -> i32 {
    boundary::value(|| Ok(i32::from(!handles::get(settings)?.now().rules.trusts_system)))
}

/// Says whether the roots of the system are not believed, so that only the client's own trusted certificates are.
///
/// @param settings the object.
/// @param ignoreSystemTrust 0 for no, anything else for yes.
/// @return 0, or a status.
/// @see SecureBlackbox IgnoreSystemTrust
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_SetIgnoreSystemTrust(
    settings: *mut INetTlsSettings,
    ignoreSystemTrust: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(settings)?.set_ignores_system_trust(ignoreSystemTrust != 0);
        Ok(())
    })
}

/// Whether certificates of the system are of any use.
///
/// @param settings the object.
/// @return 1 or 0 (1 unless set), or a status.
/// @see SecureBlackbox UseSystemCertificates
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_GetUseSystemCertificates(
    settings: *const INetTlsSettings,
) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(settings)?.now().uses_system_roots)))
}

/// Says whether certificates of the system are of any use. They are believed where INetTlsSettings_SetIgnoreSystemTrust
/// does not say otherwise.
///
/// @param settings the object.
/// @param useSystemCertificates 0 for no, anything else for yes.
/// @return 0, or a status.
/// @see SecureBlackbox UseSystemCertificates
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_SetUseSystemCertificates(
    settings: *mut INetTlsSettings,
    useSystemCertificates: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(settings)?.set_uses_system_roots(useSystemCertificates != 0);
        Ok(())
    })
}

/// Whether the certificates of the system are read once for the whole process.
///
/// @param settings the object.
/// @return 1 or 0 (1 unless set), or a status.
/// @see SecureBlackbox UseSharedSystemStorages
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_GetUseSharedSystemStorages(
    settings: *const INetTlsSettings,
) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(settings)?.now().shares_system_roots)))
}

/// Says whether the certificates of the system are read once for the whole process. Else they are read anew for these
/// settings, which takes milliseconds.
///
/// @param settings the object.
/// @param useShared 0 for no, anything else for yes.
/// @return 0, or a status.
/// @see SecureBlackbox UseSharedSystemStorages
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_SetUseSharedSystemStorages(
    settings: *mut INetTlsSettings,
    useShared: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(settings)?.set_shares_system_roots(useShared != 0);
        Ok(())
    })
}

/// Whether Microsoft's list of trusted roots is asked.
///
/// @param settings the object.
/// @return 1 or 0 (0 unless set), or a status.
/// @see SecureBlackbox UseMicrosoftCTL
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_GetUseMicrosoftCTL(settings: *const INetTlsSettings) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(settings)?.now().uses_microsoft_list)))
}

/// Says whether Microsoft's list of trusted roots is asked. This build cannot, so that a connection fails with
/// INET_E_TLS_BACKEND where it is to.
///
/// @param settings the object.
/// @param useMicrosoftCTL 0 for no, anything else for yes.
/// @return 0, or a status.
/// @see SecureBlackbox UseMicrosoftCTL
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_SetUseMicrosoftCTL(
    settings: *mut INetTlsSettings,
    useMicrosoftCTL: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(settings)?.set_uses_microsoft_list(useMicrosoftCTL != 0);
        Ok(())
    })
}

/// Whether minor issues of a chain of certificates are let pass.
///
/// @param settings the object.
/// @return 1 or 0 (0 unless set), or a status.
/// @see SecureBlackbox TolerateMinorChainIssues
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_GetTolerateMinorChainIssues(
    settings: *const INetTlsSettings,
) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(settings)?.now().rules.tolerates_minor_issues)))
}

/// Says whether minor issues of a chain of certificates are let pass. A wrong name or signature, a revoked or expired
/// certificate are never minor.
///
/// @param settings the object.
/// @param tolerate 0 for no, anything else for yes.
/// @return 0, or a status.
/// @see SecureBlackbox TolerateMinorChainIssues
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_SetTolerateMinorChainIssues(
    settings: *mut INetTlsSettings,
    tolerate: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(settings)?.set_tolerates_minor_issues(tolerate != 0);
        Ok(())
    })
}

/// The hash by which OCSP requests name a certificate: SHA1 unless set.
///
/// @param settings the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see SecureBlackbox OCSPHashAlgorithm; RFC 6960 section 4.1.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetTlsSettings_GetOcspHashAlgorithm(
    settings: *const INetTlsSettings,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(settings)?.ocsp_hash())) }
}

/// Sets the hash by which OCSP requests name a certificate. Many responders know SHA1 only, which is no weakness here.
///
/// @param settings the object.
/// @param algorithm SHA1 or SHA256, in any letter case. UTF-8.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT it is none of these.
/// @see SecureBlackbox OCSPHashAlgorithm; RFC 6960 section 4.1.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetTlsSettings_SetOcspHashAlgorithm(
    settings: *mut INetTlsSettings,
    algorithm: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(settings)?.set_ocsp_hash(unsafe { text_in(algorithm, "algorithm") }?)
    })
}

/// How deep the ASN.1 of certificates, lists and OCSP responses may be nested.
///
/// @param settings the object.
/// @return the number of values within values (32 unless set), or a status.
/// @see SecureBlackbox MaxASN1TreeDepth
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_GetMaxAsn1TreeDepth(settings: *const INetTlsSettings) -> i32 {
    boundary::value(|| {
        Ok(i32::try_from(handles::get(settings)?.now().rules.limits.depth).unwrap_or(i32::MAX))
    })
}

/// Sets how deep the ASN.1 of certificates, lists and OCSP responses may be nested.
///
/// @param settings the object.
/// @param depth 1 or more.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see SecureBlackbox MaxASN1TreeDepth
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_SetMaxAsn1TreeDepth(
    settings: *mut INetTlsSettings,
    depth: i32,
) -> i32 {
    boundary::status(|| handles::get(settings)?.set_asn1_depth(depth))
}

/// How long a single value of the ASN.1 of certificates, lists and OCSP responses may be.
///
/// @param settings the object.
/// @return octets (16777216 unless set), or a status.
/// @see SecureBlackbox MaxASN1BufferLength
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_GetMaxAsn1BufferLength(settings: *const INetTlsSettings) -> i64 {
    boundary::long_value(|| {
        Ok(i64::try_from(handles::get(settings)?.now().rules.limits.length).unwrap_or(i64::MAX))
    })
}

/// Sets how long a single value of the ASN.1 of certificates, lists and OCSP responses may be.
///
/// @param settings the object.
/// @param octets 1 to 2147483647.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see SecureBlackbox MaxASN1BufferLength
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_SetMaxAsn1BufferLength(
    settings: *mut INetTlsSettings,
    octets: i64,
) -> i32 {
    boundary::status(|| handles::get(settings)?.set_asn1_length(octets))
}

/// Whether the client's private key is checked before it is used.
///
/// @param settings the object.
/// @return 1 or 0 (0 unless set), or a status.
/// @see SecureBlackbox CheckKeyIntegrityBeforeUse
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_GetCheckKeyIntegrityBeforeUse(
    settings: *const INetTlsSettings,
) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(settings)?.now().checks_client_key)))
}

/// Says whether the client's private key is checked before it is used: whether it is the one of its certificate.
///
/// @param settings the object.
/// @param checkKey 0 for no, anything else for yes.
/// @return 0, or a status.
/// @see SecureBlackbox CheckKeyIntegrityBeforeUse
#[unsafe(no_mangle)]
pub extern "C" fn INetTlsSettings_SetCheckKeyIntegrityBeforeUse(
    settings: *mut INetTlsSettings,
    checkKey: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(settings)?.set_checks_client_key(checkKey != 0);
        Ok(())
    })
}

/// The name of the pre-shared key; empty where there is none.
///
/// @param settings the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see SecureBlackbox TLSPreSharedIdentity; RFC 4279
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetTlsSettings_GetPreSharedIdentity(
    settings: *const INetTlsSettings,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(handles::get(settings)?.now().pre_shared.identity.clone())
        })
    }
}

/// Sets the name of the pre-shared key. A connection fails with INET_E_TLS_BACKEND as long as there is one: this build
/// has no TLS library for pre-shared keys.
///
/// @param settings the object.
/// @param identity the name, or empty for none; UTF-8, copied.
/// @return 0, or a status.
/// @see SecureBlackbox TLSPreSharedIdentity; RFC 4279
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetTlsSettings_SetPreSharedIdentity(
    settings: *mut INetTlsSettings,
    identity: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(settings)?.set_pre_shared_identity(unsafe { text_in(identity, "identity") }?);
        Ok(())
    })
}

/// The pre-shared key in base16, in capitals; empty where there is none. It is a secret: wipe the buffer after use.
///
/// @param settings the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see SecureBlackbox TLSPreSharedKey; RFC 4279; RFC 4648 section 8
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetTlsSettings_GetPreSharedKey(
    settings: *const INetTlsSettings,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(settings)?.pre_shared_key())) }
}

/// Sets the pre-shared key. A connection fails with INET_E_TLS_BACKEND as long as there is one: this build has no TLS
/// library for pre-shared keys.
///
/// @param settings the object.
/// @param key pairs of hexadecimal digits in any letter case, or empty for none; copied, and wiped when it is not needed
/// any more.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT it is not in base16.
/// @see SecureBlackbox TLSPreSharedKey; RFC 4279; RFC 4648 section 8
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetTlsSettings_SetPreSharedKey(
    settings: *mut INetTlsSettings,
    key: *const c_char,
) -> i32 {
    boundary::status(|| handles::get(settings)?.set_pre_shared_key(unsafe { text_in(key, "key") }?))
}

/// The cipher suite of the pre-shared key; empty where there is none.
///
/// @param settings the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see SecureBlackbox TLSPreSharedKeyCiphersuite; RFC 4279
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetTlsSettings_GetPreSharedKeyCiphersuite(
    settings: *const INetTlsSettings,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(handles::get(settings)?.now().pre_shared.suite.clone())
        })
    }
}

/// Sets the cipher suite of the pre-shared key. A connection fails with INET_E_TLS_BACKEND as long as there is one: this
/// build has no TLS library for pre-shared keys.
///
/// @param settings the object.
/// @param ciphersuite one name as in INetTlsSettings_SetCiphersuites, or empty for none; UTF-8, copied.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT the name is unknown, or not a single one.
/// @see SecureBlackbox TLSPreSharedKeyCiphersuite; RFC 4279
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetTlsSettings_SetPreSharedKeyCiphersuite(
    settings: *mut INetTlsSettings,
    ciphersuite: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(settings)?
            .set_pre_shared_suite(unsafe { text_in(ciphersuite, "ciphersuite") }?)
    })
}
