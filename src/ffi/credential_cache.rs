//! INetCredentialCache: credentials by host, port and authentication protocol.

use super::handles::{self, Opaque};
use super::network_credential::INetNetworkCredential;
use super::{boundary, text::text_in};
use crate::model::CredentialCache;
use std::ffi::c_char;
use std::sync::Arc;

/// Credentials by host, port and authentication protocol, in the order of their adding.
pub struct INetCredentialCache {
    _opaque: [u8; 0],
}

impl Opaque for INetCredentialCache {
    type Model = CredentialCache;
    const NAME: &'static str = "INetCredentialCache";
}

/// Makes an empty cache.
///
/// @return a new reference, to be released with INetCredentialCache_Release; or NULL on failure.
/// @see Fore CurlCredentialCache
#[unsafe(no_mangle)]
pub extern "C" fn INetCredentialCache_Create() -> *mut INetCredentialCache {
    boundary::handle(|| Ok(Arc::new(CredentialCache::default())))
}

/// The same as INetCredentialCache_Create, under the name of its class.
///
/// @return a new reference, to be released with INetCredentialCache_Release; or NULL on failure.
/// @see Fore CurlCredentialCache
#[unsafe(no_mangle)]
pub extern "C" fn CurlCredentialCache_Create() -> *mut INetCredentialCache {
    INetCredentialCache_Create()
}

/// Adds a credential at the end.
///
/// @param cache the cache.
/// @param host name or address of the server, UTF-8.
/// @param port 1 to 65535.
/// @param authProtocol PLAIN, LOGIN, Kerberos ... in any letter case; empty for any. UTF-8.
/// @param credential the credential; the cache takes a reference of its own.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT the host is empty, or there is a credential for these three already.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the port is none.
/// @see Fore INetCredentialCache.Add
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCredentialCache_Add(
    cache: *mut INetCredentialCache,
    host: *const c_char,
    port: i32,
    authProtocol: *const c_char,
    credential: *mut INetNetworkCredential,
) -> i32 {
    boundary::status(|| {
        let host = unsafe { text_in(host, "host") }?;
        let protocol = unsafe { text_in(authProtocol, "authProtocol") }?;
        let credential = handles::get(credential)?;
        handles::get(cache)?.add(host, port, protocol, credential)
    })
}

/// Removes the credential that was added for these three. Removing what is not there is no failure.
///
/// @param cache the cache.
/// @param host name or address of the server, UTF-8.
/// @param port 1 to 65535.
/// @param authProtocol PLAIN, LOGIN, Kerberos ... in any letter case; empty for any. UTF-8.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the port is none.
/// @see Fore INetCredentialCache.Remove
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCredentialCache_Remove(
    cache: *mut INetCredentialCache,
    host: *const c_char,
    port: i32,
    authProtocol: *const c_char,
) -> i32 {
    boundary::status(|| {
        let host = unsafe { text_in(host, "host") }?;
        let protocol = unsafe { text_in(authProtocol, "authProtocol") }?;
        handles::get(cache)?.remove(host, port, protocol)
    })
}

/// The credential for these three. An empty protocol finds the first credential of host and port; a credential that was added
/// for any protocol serves for each.
///
/// @param cache the cache.
/// @param host name or address of the server, UTF-8.
/// @param port 1 to 65535.
/// @param authProtocol PLAIN, LOGIN, Kerberos ... in any letter case; empty for any. UTF-8.
/// @return a new reference, to be released with INetNetworkCredential_Release; NULL where there is none, and on failure.
/// @see Fore INetCredentialsByHost.GetCredential
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCredentialCache_GetCredential(
    cache: *const INetCredentialCache,
    host: *const c_char,
    port: i32,
    authProtocol: *const c_char,
) -> *mut INetNetworkCredential {
    boundary::optional_handle(|| {
        let host = unsafe { text_in(host, "host") }?;
        let protocol = unsafe { text_in(authProtocol, "authProtocol") }?;
        handles::get(cache)?.credential(host, port, protocol)
    })
}

/// Takes one more reference to the object: each wants its own INetCredentialCache_Release.
///
/// @param cache the object.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetCredentialCache.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetCredentialCache_AddRef(cache: *mut INetCredentialCache) -> i32 {
    boundary::status(|| handles::add_ref(cache))
}

/// Gives up one reference. The object lives on as long as the library or a call under way uses it.
///
/// @param cache the object, or NULL, which is no failure.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetCredentialCache, or was released before.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetCredentialCache_Release(cache: *mut INetCredentialCache) -> i32 {
    boundary::release(|| handles::release(cache))
}
