//! INetConnectionInfo: the proxy that a connection goes through.

use super::connection_info::INetConnectionInfo;
use super::service_proxy_options::type_number;
use super::{boundary, handles};
use crate::model::ProxyType;
use std::ffi::c_char;

/// The kind of the proxy.
///
/// @param info the object.
/// @return an INET_PROXY_ number, INET_PROXY_NONE where there is no proxy, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetConnectionInfo_GetProxyType(info: *const INetConnectionInfo) -> i32 {
    boundary::value(|| {
        Ok({
            let info = handles::get(info)?;
            info.through.as_ref().map_or(0, |through| type_number(ProxyType::of(through.kind)))
        })
    })
}

/// Name and port of the proxy, as proxy.example.org:1080; empty where there is none. Where there is one, INetConnectionInfo_GetRemoteAddress
/// tells its address and not the server's, which it alone may know.
///
/// @param info the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetConnectionInfo_GetProxyAddress(
    info: *const INetConnectionInfo,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            let info = handles::get(info)?;
            let named = info.through.as_ref().map(|proxy| format!("{}:{}", proxy.host, proxy.port));
            Ok(named.unwrap_or_default())
        })
    }
}

/// Whether the proxy itself was spoken to under TLS, whose certificate was judged as a server's is.
///
/// @param info the object.
/// @return 1 or 0, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetConnectionInfo_GetProxySecure(info: *const INetConnectionInfo) -> i32 {
    boundary::value(|| {
        Ok({
            let info = handles::get(info)?;
            let tls = info.through.as_ref().and_then(|proxy| proxy.tls.as_ref());
            i32::from(tls.is_some_and(|tls| tls.is_established))
        })
    })
}
