//! INetExternalCrypto: a client's key that lives elsewhere.

use super::choices;
use super::handles::{self, Opaque};
use super::{boundary, text::text_in};
use crate::model::{ExternalCryptoView, ExternalMode};
use std::ffi::c_char;

/// SecureBlackbox ecmDefault: a key that is at hand signs; the host does where there is none.
pub const INET_EXTERNAL_CRYPTO_DEFAULT: i32 = 0;
/// SecureBlackbox ecmDisabled: the host never signs.
pub const INET_EXTERNAL_CRYPTO_DISABLED: i32 = 1;
/// SecureBlackbox ecmGeneric: the host signs, in the callback of INetSmtpClient_OnExternalSign.
pub const INET_EXTERNAL_CRYPTO_GENERIC: i32 = 2;
/// SecureBlackbox ecmDCAuth, whose protocol this build has not.
pub const INET_EXTERNAL_CRYPTO_DC_AUTH: i32 = 3;
/// SecureBlackbox ecmDCAuthJSON, whose protocol this build has not.
pub const INET_EXTERNAL_CRYPTO_DC_AUTH_JSON: i32 = 4;

/// SecureBlackbox asmdPKCS1: bare signatures, which are all that TLS takes.
pub const INET_EXTERNAL_CRYPTO_PKCS1: i32 = 0;
/// SecureBlackbox asmdPKCS7, of no account in TLS.
pub const INET_EXTERNAL_CRYPTO_PKCS7: i32 = 1;

/// How the key of a client's certificate is used that lives elsewhere: in a token, a service, another process. It acts on
/// the connections that are made from then on, and outlives the client.
pub struct INetExternalCrypto {
    _opaque: [u8; 0],
}

impl Opaque for INetExternalCrypto {
    type Model = ExternalCryptoView;
    const NAME: &'static str = "INetExternalCrypto";
}

/// By their numbers.
const MODES: [ExternalMode; 5] = [
    ExternalMode::Default,
    ExternalMode::Disabled,
    ExternalMode::Generic,
    ExternalMode::DcAuth,
    ExternalMode::DcAuthJson,
];

/// Who signs for the client's certificate.
///
/// @param crypto the object.
/// @return an INET_EXTERNAL_CRYPTO_ number of a mode (0 unless set), or a status.
/// @see SecureBlackbox ExternalCryptoMode
#[unsafe(no_mangle)]
pub extern "C" fn INetExternalCrypto_GetMode(crypto: *const INetExternalCrypto) -> i32 {
    boundary::value(|| {
        Ok(choices::number(&MODES, handles::get(crypto)?.read(|external| external.mode)))
    })
}

/// Sets who signs for the client's certificate. With INET_EXTERNAL_CRYPTO_DC_AUTH and INET_EXTERNAL_CRYPTO_DC_AUTH_JSON a
/// connection fails with INET_E_TLS_BACKEND.
///
/// @param crypto the object.
/// @param mode an INET_EXTERNAL_CRYPTO_ number of a mode: 0 to 4.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see SecureBlackbox ExternalCryptoMode
#[unsafe(no_mangle)]
pub extern "C" fn INetExternalCrypto_SetMode(crypto: *mut INetExternalCrypto, mode: i32) -> i32 {
    boundary::status(|| {
        handles::get(crypto)?.set_mode(choices::choice("mode of external crypto", &MODES, mode)?);
        Ok(())
    })
}

/// The form of the signatures.
///
/// @param crypto the object.
/// @return INET_EXTERNAL_CRYPTO_PKCS1 (unless set) or INET_EXTERNAL_CRYPTO_PKCS7, or a status.
/// @see SecureBlackbox ExternalCryptoMethod
#[unsafe(no_mangle)]
pub extern "C" fn INetExternalCrypto_GetMethod(crypto: *const INetExternalCrypto) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(crypto)?.read(|external| external.pkcs7))))
}

/// Sets the form of the signatures. TLS has one only, so that it is kept and has no effect.
///
/// @param crypto the object.
/// @param method INET_EXTERNAL_CRYPTO_PKCS1 or INET_EXTERNAL_CRYPTO_PKCS7.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see SecureBlackbox ExternalCryptoMethod
#[unsafe(no_mangle)]
pub extern "C" fn INetExternalCrypto_SetMethod(
    crypto: *mut INetExternalCrypto,
    method: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(crypto)?.set_pkcs7(choices::choice(
            "method of external crypto",
            &[false, true],
            method,
        )?);
        Ok(())
    })
}

/// Whether the host is given what is to be signed, and not its hash.
///
/// @param crypto the object.
/// @return 1 or 0 (0 unless set), or a status.
/// @see SecureBlackbox ExternalCryptoExternalHashCalculation
#[unsafe(no_mangle)]
pub extern "C" fn INetExternalCrypto_GetExternalHashCalculation(
    crypto: *const INetExternalCrypto,
) -> i32 {
    boundary::value(|| {
        Ok(i32::from(handles::get(crypto)?.read(|external| external.hashes_externally)))
    })
}

/// Says whether the host is given what is to be signed, and not its hash.
///
/// @param crypto the object.
/// @param hashesExternally 0 for no, anything else for yes.
/// @return 0, or a status.
/// @see SecureBlackbox ExternalCryptoExternalHashCalculation
#[unsafe(no_mangle)]
pub extern "C" fn INetExternalCrypto_SetExternalHashCalculation(
    crypto: *mut INetExternalCrypto,
    hashesExternally: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(crypto)?.set_hashes_externally(hashesExternally != 0);
        Ok(())
    })
}

/// The hash that signatures should be by; empty where the server decides.
///
/// @param crypto the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see SecureBlackbox ExternalCryptoHashAlgorithm
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetExternalCrypto_GetHashAlgorithm(
    crypto: *const INetExternalCrypto,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(handles::get(crypto)?.read(|external| external.hash_algorithm.clone()))
        })
    }
}

/// Sets the hash that signatures should be by, where the server takes it.
///
/// @param crypto the object.
/// @param algorithm SHA256, SHA384 or SHA512 in any letter case, or empty for whichever the server prefers; UTF-8,
/// copied.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT it is none of these.
/// @see SecureBlackbox ExternalCryptoHashAlgorithm
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetExternalCrypto_SetHashAlgorithm(
    crypto: *mut INetExternalCrypto,
    algorithm: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(crypto)?.set_hash_algorithm(unsafe { text_in(algorithm, "algorithm") }?)
    })
}

/// The kind of the key; empty where the certificate tells.
///
/// @param crypto the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see SecureBlackbox ExternalCryptoPublicKeyAlgorithm
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetExternalCrypto_GetPublicKeyAlgorithm(
    crypto: *const INetExternalCrypto,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(handles::get(crypto)?.read(|external| external.key_algorithm.clone()))
        })
    }
}

/// Sets the kind of the key, where the certificate does not tell.
///
/// @param crypto the object.
/// @param algorithm RSA, ECDSA or Ed25519 in any letter case, or empty for what the certificate says; UTF-8, copied.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT it is none of these.
/// @see SecureBlackbox ExternalCryptoPublicKeyAlgorithm
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetExternalCrypto_SetPublicKeyAlgorithm(
    crypto: *mut INetExternalCrypto,
    algorithm: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(crypto)?.set_key_algorithm(unsafe { text_in(algorithm, "algorithm") }?)
    })
}

/// Parameters for who signs.
///
/// @param crypto the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see SecureBlackbox ExternalCryptoCustomParams
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetExternalCrypto_GetCustomParams(
    crypto: *const INetExternalCrypto,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(handles::get(crypto)?.read(|external| external.custom_params.clone()))
        })
    }
}

/// Sets parameters for who signs. They are kept for the host, and mean nothing here.
///
/// @param crypto the object.
/// @param customParams any text; UTF-8, copied.
/// @return 0, or a status.
/// @see SecureBlackbox ExternalCryptoCustomParams
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetExternalCrypto_SetCustomParams(
    crypto: *mut INetExternalCrypto,
    customParams: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(crypto)?.set_custom_params(unsafe { text_in(customParams, "customParams") }?);
        Ok(())
    })
}

/// Data that is given back as it is.
///
/// @param crypto the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see SecureBlackbox ExternalCryptoData
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetExternalCrypto_GetData(
    crypto: *const INetExternalCrypto,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(handles::get(crypto)?.read(|external| external.data.clone()))
        })
    }
}

/// Sets data that is given back as it is. It is kept for the host, and means nothing here.
///
/// @param crypto the object.
/// @param data any text; UTF-8, copied.
/// @return 0, or a status.
/// @see SecureBlackbox ExternalCryptoData
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetExternalCrypto_SetData(
    crypto: *mut INetExternalCrypto,
    data: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(crypto)?.set_data(unsafe { text_in(data, "data") }?);
        Ok(())
    })
}

/// The name of the key that requests for signatures are authenticated with.
///
/// @param crypto the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see SecureBlackbox ExternalCryptoKeyID
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetExternalCrypto_GetKeyId(
    crypto: *const INetExternalCrypto,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(handles::get(crypto)?.read(|external| external.key_id.clone()))
        })
    }
}

/// Sets the name of the key that requests for signatures are authenticated with. It is kept for the host, and means
/// nothing here.
///
/// @param crypto the object.
/// @param keyId any text; UTF-8, copied.
/// @return 0, or a status.
/// @see SecureBlackbox ExternalCryptoKeyID
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetExternalCrypto_SetKeyId(
    crypto: *mut INetExternalCrypto,
    keyId: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(crypto)?.set_key_id(unsafe { text_in(keyId, "keyId") }?);
        Ok(())
    })
}

/// That key, as it was set. It is a secret: wipe the buffer after use.
///
/// @param crypto the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see SecureBlackbox ExternalCryptoKeySecret
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetExternalCrypto_GetKeySecret(
    crypto: *const INetExternalCrypto,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(crypto)?.key_secret())) }
}

/// Sets the key that requests for signatures are authenticated with. It is kept for the host, and means nothing here.
///
/// @param crypto the object.
/// @param keySecret any text; UTF-8, copied, and wiped when it is not needed any more.
/// @return 0, or a status.
/// @see SecureBlackbox ExternalCryptoKeySecret
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetExternalCrypto_SetKeySecret(
    crypto: *mut INetExternalCrypto,
    keySecret: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(crypto)?.set_key_secret(unsafe { text_in(keySecret, "keySecret") }?);
        Ok(())
    })
}

/// Takes one more reference to the object: each wants its own INetExternalCrypto_Release.
///
/// @param crypto the object.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetExternalCrypto.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetExternalCrypto_AddRef(crypto: *mut INetExternalCrypto) -> i32 {
    boundary::status(|| handles::add_ref(crypto))
}

/// Gives up one reference. The object lives on as long as the library or a call under way uses it.
///
/// @param crypto the object, or NULL, which is no failure.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetExternalCrypto, or was released before.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetExternalCrypto_Release(crypto: *mut INetExternalCrypto) -> i32 {
    boundary::release(|| handles::release(crypto))
}
