//! INetServiceProxy: kinds of proxies and how to log in to them, as SecureBlackbox and Aspose have it.

use super::choices::{choice, number};
use super::service_proxy::INetServiceProxy;
use super::{boundary, handles, text::text_in};
use crate::error::{Error, Status};
use crate::model::{HttpAuthentication, ProxyType, ServiceProxy};
use std::ffi::c_char;
use std::sync::Arc;

/// SecureBlackbox cptNone: no proxy, whatever Active says.
pub const INET_PROXY_NONE: i32 = 0;
/// SecureBlackbox cptSocks4: names are resolved here; what cannot be, goes as a name (SOCKS4a).
pub const INET_PROXY_SOCKS4: i32 = 1;
/// SecureBlackbox cptSocks5: RFC 1928.
pub const INET_PROXY_SOCKS5: i32 = 2;
/// SecureBlackbox cptWebTunnel: HTTP CONNECT.
pub const INET_PROXY_WEB_TUNNEL: i32 = 3;
/// SecureBlackbox cptHTTP: HTTP CONNECT too, for mail goes no other way.
pub const INET_PROXY_HTTP: i32 = 4;
/// SOCKS4 with names.
pub const INET_PROXY_SOCKS4A: i32 = 5;
/// HTTP CONNECT to a proxy that is spoken to under TLS.
pub const INET_PROXY_HTTPS: i32 = 6;

/// SecureBlackbox patNoAuthentication: no login.
pub const INET_PROXY_AUTHENTICATION_NONE: i32 = 0;
/// SecureBlackbox patBasic: at once, and in clear where the proxy is not spoken to under TLS.
pub const INET_PROXY_AUTHENTICATION_BASIC: i32 = 1;
/// SecureBlackbox patDigest: RFC 7616.
pub const INET_PROXY_AUTHENTICATION_DIGEST: i32 = 2;
/// SecureBlackbox patNTLM: the login of Windows.
pub const INET_PROXY_AUTHENTICATION_NTLM: i32 = 3;
/// Kerberos, by SPNEGO.
pub const INET_PROXY_AUTHENTICATION_NEGOTIATE: i32 = 4;
/// The best that the proxy offers and the login fits.
pub const INET_PROXY_AUTHENTICATION_AUTO: i32 = 5;

/// Aspose SocksVersion.V4.
pub const INET_SOCKS_V4: i32 = 4;
/// Aspose SocksVersion.V5.
pub const INET_SOCKS_V5: i32 = 5;

const TYPES: [ProxyType; 7] = [
    ProxyType::None,
    ProxyType::Socks4,
    ProxyType::Socks5,
    ProxyType::WebTunnel,
    ProxyType::Http,
    ProxyType::Socks4a,
    ProxyType::Https,
];

const AUTHENTICATIONS: [HttpAuthentication; 6] = [
    HttpAuthentication::None,
    HttpAuthentication::Basic,
    HttpAuthentication::Digest,
    HttpAuthentication::Ntlm,
    HttpAuthentication::Negotiate,
    HttpAuthentication::Auto,
];

/// The number of a type.
pub(super) fn type_number(kind: ProxyType) -> i32 {
    number(&TYPES, kind)
}

/// Makes an active proxy of SOCKS4, without a user.
///
/// @param proxyAddress name or address of the proxy, UTF-8; copied.
/// @param port its port, 1 to 65535.
/// @return a new reference, to be released with INetServiceProxy_Release; or NULL on failure.
/// @error INET_E_ARGUMENT the address is none.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the port is none.
/// @see Aspose SocksProxy(address, port)
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetServiceProxy_CreateSocks(
    proxyAddress: *const c_char,
    port: i32,
) -> *mut INetServiceProxy {
    boundary::handle(|| {
        let address = unsafe { text_in(proxyAddress, "proxyAddress") }?;
        let kind = ProxyType::Socks4;
        Ok(Arc::new(ServiceProxy::active(kind, address, port, None)?))
    })
}

/// Makes an active proxy of SOCKS, without a login.
///
/// @param proxyAddress name or address of the proxy, UTF-8; copied.
/// @param port its port, 1 to 65535.
/// @param version INET_SOCKS_V4 or INET_SOCKS_V5.
/// @return a new reference, to be released with INetServiceProxy_Release; or NULL on failure.
/// @error INET_E_ARGUMENT the address is none.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the port is none, or the version is neither 4 nor 5.
/// @see Aspose SocksProxy(address, port, SocksVersion)
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetServiceProxy_CreateSocksWithVersion(
    proxyAddress: *const c_char,
    port: i32,
    version: i32,
) -> *mut INetServiceProxy {
    boundary::handle(|| {
        let address = unsafe { text_in(proxyAddress, "proxyAddress") }?;
        let kind = match version {
            INET_SOCKS_V4 => ProxyType::Socks4,
            INET_SOCKS_V5 => ProxyType::Socks5,
            other => {
                let sentence = format!("{other} is no version of SOCKS: 4 and 5 are");
                return Err(Error::new(Status::ArgumentOutOfRange, sentence));
            }
        };
        Ok(Arc::new(ServiceProxy::active(kind, address, port, None)?))
    })
}

/// Makes an active proxy of SOCKS4, which is told a user and no password.
///
/// @param proxyAddress name or address of the proxy, UTF-8; copied.
/// @param port its port, 1 to 65535.
/// @param user the user, UTF-8; copied.
/// @return a new reference, to be released with INetServiceProxy_Release; or NULL on failure.
/// @error INET_E_ARGUMENT the address is none.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the port is none.
/// @see Aspose SocksProxy(address, port, userId)
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetServiceProxy_CreateSocksWithUserId(
    proxyAddress: *const c_char,
    port: i32,
    user: *const c_char,
) -> *mut INetServiceProxy {
    boundary::handle(|| {
        let address = unsafe { text_in(proxyAddress, "proxyAddress") }?;
        let user = unsafe { text_in(user, "user") }?;
        let kind = ProxyType::Socks4;
        Ok(Arc::new(ServiceProxy::active(kind, address, port, Some((user, "")))?))
    })
}

/// Makes an active proxy of SOCKS5 with user and password.
///
/// @param proxyAddress name or address of the proxy, UTF-8; copied.
/// @param port its port, 1 to 65535.
/// @param user the user, UTF-8; copied.
/// @param password the password, UTF-8; copied, and wiped when it is not needed any more.
/// @return a new reference, to be released with INetServiceProxy_Release; or NULL on failure.
/// @error INET_E_ARGUMENT the address is none.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the port is none.
/// @see Aspose SocksProxy(address, port, userId, password); RFC 1929
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetServiceProxy_CreateSocksWithUserPassword(
    proxyAddress: *const c_char,
    port: i32,
    user: *const c_char,
    password: *const c_char,
) -> *mut INetServiceProxy {
    boundary::handle(|| {
        let address = unsafe { text_in(proxyAddress, "proxyAddress") }?;
        let user = unsafe { text_in(user, "user") }?;
        let password = unsafe { text_in(password, "password") }?;
        let kind = ProxyType::Socks5;
        Ok(Arc::new(ServiceProxy::active(kind, address, port, Some((user, password)))?))
    })
}

/// Makes an active proxy of HTTP, without a login.
///
/// @param proxyAddress name or address of the proxy, UTF-8; copied.
/// @param port its port, 1 to 65535.
/// @return a new reference, to be released with INetServiceProxy_Release; or NULL on failure.
/// @error INET_E_ARGUMENT the address is none.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the port is none.
/// @see Aspose HttpProxy(address, port)
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetServiceProxy_CreateHttp(
    proxyAddress: *const c_char,
    port: i32,
) -> *mut INetServiceProxy {
    boundary::handle(|| {
        let address = unsafe { text_in(proxyAddress, "proxyAddress") }?;
        let kind = ProxyType::Http;
        Ok(Arc::new(ServiceProxy::active(kind, address, port, None)?))
    })
}

/// Makes an active proxy of HTTP with user and password. The login is the best one that the proxy offers, INetServiceProxy_SetAuthentication
/// chooses another.
///
/// @param proxyAddress name or address of the proxy, UTF-8; copied.
/// @param port its port, 1 to 65535.
/// @param user the user, UTF-8; copied.
/// @param password the password, UTF-8; copied, and wiped when it is not needed any more.
/// @return a new reference, to be released with INetServiceProxy_Release; or NULL on failure.
/// @error INET_E_ARGUMENT the address is none.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the port is none.
/// @see Aspose HttpProxy(address, port, userName, password)
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetServiceProxy_CreateHttpWithUserPassword(
    proxyAddress: *const c_char,
    port: i32,
    user: *const c_char,
    password: *const c_char,
) -> *mut INetServiceProxy {
    boundary::handle(|| {
        let address = unsafe { text_in(proxyAddress, "proxyAddress") }?;
        let user = unsafe { text_in(user, "user") }?;
        let password = unsafe { text_in(password, "password") }?;
        let kind = ProxyType::Http;
        Ok(Arc::new(ServiceProxy::active(kind, address, port, Some((user, password)))?))
    })
}

/// Whether a server is reached without the proxy: by the rules of NoProxyString, or because the proxy is not active.
///
/// @param proxy the object.
/// @param uri a URI as `smtp://host:port`, or a host with or without a port, UTF-8. A port that is not named is that of the scheme, else 25.
/// @return 1 or 0, or a status.
/// @error INET_E_ARGUMENT it names no host.
/// @error INET_E_PROXY_SETTINGS the proxy is active and nobody says where it is.
/// @see Aspose HttpProxy.IsBypassed
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetServiceProxy_IsBypassed(
    proxy: *const INetServiceProxy,
    uri: *const c_char,
) -> i32 {
    boundary::value(|| {
        let uri = unsafe { text_in(uri, "uri") }?;
        Ok(i32::from(handles::get(proxy)?.is_bypassed(uri)?))
    })
}

/// The kind of proxy.
///
/// @param proxy the object.
/// @return an INET_PROXY_ number (INET_PROXY_HTTP unless set), or a status.
/// @see SecureBlackbox ProxyProxyType
#[unsafe(no_mangle)]
pub extern "C" fn INetServiceProxy_GetType(proxy: *const INetServiceProxy) -> i32 {
    boundary::value(|| Ok(type_number(handles::get(proxy)?.kind())))
}

/// Sets the kind of proxy.
///
/// @param proxy the object.
/// @param proxyType an INET_PROXY_ number.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see SecureBlackbox ProxyProxyType; RFC 1928; RFC 9110 section 9.3.6
#[unsafe(no_mangle)]
pub extern "C" fn INetServiceProxy_SetType(proxy: *mut INetServiceProxy, proxyType: i32) -> i32 {
    boundary::status(|| {
        handles::get(proxy)?.set_kind(choice("type of a proxy", &TYPES, proxyType)?);
        Ok(())
    })
}

/// How a proxy of HTTP is logged in to.
///
/// @param proxy the object.
/// @return an INET_PROXY_AUTHENTICATION_ number (INET_PROXY_AUTHENTICATION_NONE unless set); INET_PROXY_AUTHENTICATION_AUTO where only NeedAuthentication was set, or a status.
/// @see SecureBlackbox ProxyAuthentication
#[unsafe(no_mangle)]
pub extern "C" fn INetServiceProxy_GetAuthentication(proxy: *const INetServiceProxy) -> i32 {
    boundary::value(|| Ok(number(&AUTHENTICATIONS, handles::get(proxy)?.authentication())))
}

/// Sets how a proxy of HTTP is logged in to, and with it NeedAuthentication. SOCKS5 has only user and password (RFC 1929), SOCKS4 only a user.
///
/// @param proxy the object.
/// @param authentication an INET_PROXY_AUTHENTICATION_ number.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see SecureBlackbox ProxyAuthentication; RFC 7617; RFC 7616; RFC 4559
#[unsafe(no_mangle)]
pub extern "C" fn INetServiceProxy_SetAuthentication(
    proxy: *mut INetServiceProxy,
    authentication: i32,
) -> i32 {
    boundary::status(|| {
        let chosen = choice("way to log in to a proxy", &AUTHENTICATIONS, authentication)?;
        handles::get(proxy)?.set_authentication(chosen);
        Ok(())
    })
}

/// The header fields that requests to a proxy of HTTP have beside the library's own, each with CR LF.
///
/// @param proxy the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see SecureBlackbox ProxyRequestHeaders
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetServiceProxy_GetRequestHeaders(
    proxy: *const INetServiceProxy,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(proxy)?.request_headers())) }
}

/// Sets header fields for the requests to a proxy of HTTP. A User-Agent or Proxy-Authorization among them takes the place of the library's; what the proxy repeats of the latter is hidden.
///
/// @param proxy the object.
/// @param headers the fields, one a line, UTF-8; copied.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT a line is no header field, or one that the library has to say itself.
/// @see SecureBlackbox ProxyRequestHeaders; RFC 9110 section 5
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetServiceProxy_SetRequestHeaders(
    proxy: *mut INetServiceProxy,
    headers: *const c_char,
) -> i32 {
    boundary::status(|| {
        let text = unsafe { text_in(headers, "headers") }?;
        handles::get(proxy)?.set_request_headers(text)
    })
}

/// What a proxy of HTTP has answered last, from the status line on, without the body; of one that opened the way too. Nothing before there was an answer. What it repeats of a login is not in it.
///
/// @param proxy the object.
/// @param buffer receives the octets, as many as fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return how many octets there are in all, or a status.
/// @see SecureBlackbox ProxyResponseHeaders
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetServiceProxy_GetResponseHeaders(
    proxy: *const INetServiceProxy,
    buffer: *mut u8,
    capacity: usize,
) -> i64 {
    unsafe { boundary::octets(buffer, capacity, || Ok(handles::get(proxy)?.answer().headers)) }
}

/// The body of the last answer of a proxy of HTTP, the first 65536 octets at most: what it has to say about a refusal. It is a stranger's text, often HTML; what it repeats of a login is not in it.
///
/// @param proxy the object.
/// @param buffer receives the octets, as many as fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return how many octets there are in all, or a status.
/// @see SecureBlackbox ProxyResponseBody
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetServiceProxy_GetResponseBody(
    proxy: *const INetServiceProxy,
    buffer: *mut u8,
    capacity: usize,
) -> i64 {
    unsafe { boundary::octets(buffer, capacity, || Ok(handles::get(proxy)?.answer().body)) }
}

/// Whether the proxy may be reached by IPv6.
///
/// @param proxy the object.
/// @return 1 (the default) or 0, or a status.
/// @see SecureBlackbox ProxyUseIPv6
#[unsafe(no_mangle)]
pub extern "C" fn INetServiceProxy_GetUseIPv6(proxy: *const INetServiceProxy) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(proxy)?.uses_ipv6())))
}

/// Chooses whether the proxy may be reached by IPv6. Which addresses the proxy goes to is its own affair.
///
/// @param proxy the object.
/// @param useIPv6 1 for IPv6 and IPv4, 0 for IPv4 alone.
/// @return 0, or a status.
/// @see SecureBlackbox ProxyUseIPv6
#[unsafe(no_mangle)]
pub extern "C" fn INetServiceProxy_SetUseIPv6(proxy: *mut INetServiceProxy, useIPv6: i32) -> i32 {
    boundary::status(|| {
        handles::get(proxy)?.set_uses_ipv6(useIPv6 != 0);
        Ok(())
    })
}

/// Whether names of servers are resolved on this machine.
///
/// @param proxy the object.
/// @return 1, or 0 (the default), or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetServiceProxy_GetResolveNamesHere(proxy: *const INetServiceProxy) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(proxy)?.resolves_here())))
}

/// Chooses who resolves names of servers. SOCKS4 cannot be told a name: there it is always this machine, and where that fails, the proxy by way
/// of SOCKS4a.
///
/// @param proxy the object.
/// @param resolveNamesHere 1 for this machine, 0 for the proxy.
/// @return 0, or a status.
/// @see curl CURLPROXY_SOCKS5_HOSTNAME
#[unsafe(no_mangle)]
pub extern "C" fn INetServiceProxy_SetResolveNamesHere(
    proxy: *mut INetServiceProxy,
    resolveNamesHere: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(proxy)?.set_resolves_here(resolveNamesHere != 0);
        Ok(())
    })
}
