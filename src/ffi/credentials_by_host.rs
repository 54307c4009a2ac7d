//! INetCredentialsByHost: a read-only view of the credentials that a client will use.

use super::handles::{self, Opaque};
use super::network_credential::INetNetworkCredential;
use super::{boundary, text::text_in};
use crate::model::CredentialsByHost;
use std::ffi::c_char;

/// What a client will log in with, as it is at the moment of asking.
pub struct INetCredentialsByHost {
    _opaque: [u8; 0],
}

impl Opaque for INetCredentialsByHost {
    type Model = CredentialsByHost;
    const NAME: &'static str = "INetCredentialsByHost";
}

/// The credential that the client would use for these three: of its ThisHostCredentials if host and port are its own, else of
/// its cache.
///
/// @param credentials the view.
/// @param host name or address of the server, UTF-8.
/// @param port 1 to 65535.
/// @param authProtocol PLAIN, LOGIN, Kerberos ... in any letter case; empty for any. UTF-8.
/// @return a new reference, to be released with INetNetworkCredential_Release; NULL where there is none, and on failure.
/// @see Fore INetCredentialsByHost.GetCredential
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetCredentialsByHost_GetCredential(
    credentials: *const INetCredentialsByHost,
    host: *const c_char,
    port: i32,
    authProtocol: *const c_char,
) -> *mut INetNetworkCredential {
    boundary::optional_handle(|| {
        let host = unsafe { text_in(host, "host") }?;
        let protocol = unsafe { text_in(authProtocol, "authProtocol") }?;
        handles::get(credentials)?.credential(host, port, protocol)
    })
}

/// Takes one more reference to the object: each wants its own INetCredentialsByHost_Release.
///
/// @param credentials the object.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetCredentialsByHost.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetCredentialsByHost_AddRef(credentials: *mut INetCredentialsByHost) -> i32 {
    boundary::status(|| handles::add_ref(credentials))
}

/// Gives up one reference. The object lives on as long as the library or a call under way uses it.
///
/// @param credentials the object, or NULL, which is no failure.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetCredentialsByHost, or was released before.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetCredentialsByHost_Release(credentials: *mut INetCredentialsByHost) -> i32 {
    boundary::release(|| handles::release(credentials))
}
