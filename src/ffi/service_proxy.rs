//! INetServiceProxy: through which proxy connections go. Here stand the members that Fore has.

use super::handles::{self, Opaque};
use super::{boundary, text::text_in};
use crate::model::ServiceProxy;
use std::ffi::c_char;
use std::sync::Arc;

/// A proxy: INetSmtpClient_SetProxy gives it to one client, INetServiceProxy_Save to all that have none of their own.
pub struct INetServiceProxy {
    _opaque: [u8; 0],
}

impl Opaque for INetServiceProxy {
    type Model = ServiceProxy;
    const NAME: &'static str = "INetServiceProxy";
}

/// Makes a proxy with the settings that INetServiceProxy_Save has stored last in this process; an inactive one where there are none.
///
/// @return a new reference, to be released with INetServiceProxy_Release; or NULL on failure.
/// @see Fore NetServiceProxy.Create
#[unsafe(no_mangle)]
pub extern "C" fn INetServiceProxy_Create() -> *mut INetServiceProxy {
    boundary::handle(|| Ok(Arc::new(ServiceProxy::new())))
}

/// The same as INetServiceProxy_Create, under the name of its class.
///
/// @return a new reference, to be released with INetServiceProxy_Release; or NULL on failure.
/// @see Fore NetServiceProxy.Create
#[unsafe(no_mangle)]
pub extern "C" fn NetServiceProxy_Create() -> *mut INetServiceProxy {
    INetServiceProxy_Create()
}

/// Whether connections go through the proxy.
///
/// @param proxy the object.
/// @return 1, or 0 (the default), or a status.
/// @see Fore INetServiceProxy.Active; SecureBlackbox ProxyUseProxy
#[unsafe(no_mangle)]
pub extern "C" fn INetServiceProxy_GetActive(proxy: *const INetServiceProxy) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(proxy)?.is_active())))
}

/// Chooses whether connections go through the proxy. One that is inactive makes a client connect directly, whatever was saved for the process.
///
/// @param proxy the object.
/// @param active 1 for yes, 0 for no.
/// @return 0, or a status.
/// @see Fore INetServiceProxy.Active; SecureBlackbox ProxyUseProxy
#[unsafe(no_mangle)]
pub extern "C" fn INetServiceProxy_SetActive(proxy: *mut INetServiceProxy, active: i32) -> i32 {
    boundary::status(|| {
        handles::get(proxy)?.set_active(active != 0);
        Ok(())
    })
}

/// Name or address of the proxy; empty where the environment is to name it.
///
/// @param proxy the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see Fore INetServiceProxy.Address; SecureBlackbox ProxyAddress
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetServiceProxy_GetAddress(
    proxy: *const INetServiceProxy,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(proxy)?.address())) }
}

/// Sets name or address of the proxy. A URL as curl takes it, `[scheme://][user[:password]@]host[:port]`, sets type, port, user and password
/// as well, as far as it names them: the schemes are http, https, socks4, socks4a, socks5 (names are resolved here) and socks5h (by the proxy).
/// Without an address the environment is asked, as INetServiceProxy_SetIntegrated tells.
///
/// @param proxy the object.
/// @param proxyAddress a name, an address, or a URL, UTF-8, empty for what the environment names; copied.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT it is no host, or no URL of a proxy.
/// @see Fore INetServiceProxy.Address; SecureBlackbox ProxyAddress
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetServiceProxy_SetAddress(
    proxy: *mut INetServiceProxy,
    proxyAddress: *const c_char,
) -> i32 {
    boundary::status(|| {
        let text = unsafe { text_in(proxyAddress, "proxyAddress") }?;
        handles::get(proxy)?.set_address(text)
    })
}

/// The port, as a text; empty where it is the one of the type.
///
/// @param proxy the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see Fore INetServiceProxy.Port; SecureBlackbox ProxyPort
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetServiceProxy_GetPort(
    proxy: *const INetServiceProxy,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(proxy)?.port())) }
}

/// Sets the port. It is a text, as in Fore.
///
/// @param proxy the object.
/// @param proxyPort the digits, 1 to 65535, or empty for that of the type: 1080 for SOCKS, 443 for HTTPS, else 3128.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE it is no port.
/// @see Fore INetServiceProxy.Port; SecureBlackbox ProxyPort
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetServiceProxy_SetPort(
    proxy: *mut INetServiceProxy,
    proxyPort: *const c_char,
) -> i32 {
    boundary::status(|| {
        let text = unsafe { text_in(proxyPort, "proxyPort") }?;
        handles::get(proxy)?.set_port(text)
    })
}

/// Whether the proxy is given user and password.
///
/// @param proxy the object.
/// @return 1, or 0 (the default), or a status.
/// @see Fore INetServiceProxy.NeedAuthentication
#[unsafe(no_mangle)]
pub extern "C" fn INetServiceProxy_GetNeedAuthentication(proxy: *const INetServiceProxy) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(proxy)?.needs_authentication())))
}

/// Chooses whether the proxy is given user and password. How, INetServiceProxy_SetAuthentication chooses for proxies of HTTP.
///
/// @param proxy the object.
/// @param needAuthentication 1 for yes, 0 for no.
/// @return 0, or a status.
/// @see Fore INetServiceProxy.NeedAuthentication; RFC 1929; RFC 9110 section 11.7
#[unsafe(no_mangle)]
pub extern "C" fn INetServiceProxy_SetNeedAuthentication(
    proxy: *mut INetServiceProxy,
    needAuthentication: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(proxy)?.set_needs_authentication(needAuthentication != 0);
        Ok(())
    })
}

/// The user.
///
/// @param proxy the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see Fore INetServiceProxy.User; SecureBlackbox ProxyUsername
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetServiceProxy_GetUser(
    proxy: *const INetServiceProxy,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(proxy)?.user())) }
}

/// Sets the user. To SOCKS4 it is the user id.
///
/// @param proxy the object.
/// @param user the user, UTF-8, as `DOMAIN\user` for NTLM; copied.
/// @return 0, or a status.
/// @error INET_E_LINE_BREAK it holds a line break.
/// @see Fore INetServiceProxy.User; SecureBlackbox ProxyUsername
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetServiceProxy_SetUser(
    proxy: *mut INetServiceProxy,
    user: *const c_char,
) -> i32 {
    boundary::status(|| {
        let text = unsafe { text_in(user, "user") }?;
        handles::get(proxy)?.set_user(text)
    })
}

/// Sets the password, which cannot be read back.
///
/// @param proxy the object.
/// @param password the password, UTF-8; copied, and wiped when it is not needed any more.
/// @return 0, or a status.
/// @see Fore INetServiceProxy.Password; SecureBlackbox ProxyPassword
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetServiceProxy_SetPassword(
    proxy: *mut INetServiceProxy,
    password: *const c_char,
) -> i32 {
    boundary::status(|| {
        let text = unsafe { text_in(password, "password") }?;
        handles::get(proxy)?.set_password(text);
        Ok(())
    })
}

/// The servers that are reached without the proxy, with one comma between two.
///
/// @param proxy the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see Fore INetServiceProxy.NoProxyString
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetServiceProxy_GetNoProxyString(
    proxy: *const INetServiceProxy,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(proxy)?.no_proxy())) }
}

/// Sets the servers that are reached without the proxy: rules with commas, semicolons or blanks between them. A rule is a name, which covers
/// all below it too (`x.com`, `.x.com`); a pattern with asterisks (`*.x.com`); an address (`127.0.0.1`, `::1`); a network (`10.0.0.0/8`);
/// `<local>` for names without a dot; `*` for everything. `:port` behind it keeps it to that port. Names are not resolved for this.
///
/// @param proxy the object.
/// @param servers the rules, UTF-8; copied.
/// @return 0, or a status.
/// @see Fore INetServiceProxy.NoProxyString
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetServiceProxy_SetNoProxyString(
    proxy: *mut INetServiceProxy,
    servers: *const c_char,
) -> i32 {
    boundary::status(|| {
        let text = unsafe { text_in(servers, "servers") }?;
        handles::get(proxy)?.set_no_proxy(text);
        Ok(())
    })
}

/// The servers that are reached without the proxy, as they were set.
///
/// @param proxy the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see Fore INetServiceProxy.NoProxyStringOriginal
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetServiceProxy_GetNoProxyStringOriginal(
    proxy: *const INetServiceProxy,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(proxy)?.no_proxy_original())) }
}

/// Whether the environment names the proxy.
///
/// @param proxy the object.
/// @return 1, or 0 (the default), or a status.
/// @see Fore INetServiceProxy.Integrated
#[unsafe(no_mangle)]
pub extern "C" fn INetServiceProxy_GetIntegrated(proxy: *const INetServiceProxy) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(proxy)?.is_integrated())))
}

/// Chooses whether the environment names the proxy. The first of these variables that is set counts, as a URL of INetServiceProxy_SetAddress;
/// set to nothing it stands for no proxy: CURLOPT_PROXY (with CURLOPT_PROXYUSERPWD, `user:password`), smtp_proxy, SMTP_PROXY, all_proxy,
/// ALL_PROXY. no_proxy or NO_PROXY add to the rules of NoProxyString. Where none of them is set, Address counts, and where that is empty too, there is no
/// proxy. The environment is read when a client first uses these settings, and again when they change.
///
/// @param proxy the object.
/// @param integrated 1 for yes, 0 for no.
/// @return 0, or a status.
/// @see Fore INetServiceProxy.Integrated; curl ENVIRONMENT
#[unsafe(no_mangle)]
pub extern "C" fn INetServiceProxy_SetIntegrated(
    proxy: *mut INetServiceProxy,
    integrated: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(proxy)?.set_integrated(integrated != 0);
        Ok(())
    })
}

/// What connections go by now, as `scheme://host:port`; empty where they go without a proxy. Neither user nor password stands in it.
///
/// @param proxy the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @error INET_E_PROXY_SETTINGS it is active and nobody says where it is.
/// @see Fore INetServiceProxy.ConnectionString
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetServiceProxy_GetConnectionString(
    proxy: *const INetServiceProxy,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || handles::get(proxy)?.connection_string()) }
}

/// Makes a copy of these settings those of every client of the process that has no proxy of its own. Nothing is written to a disk.
///
/// @param proxy the object.
/// @return 0, or a status.
/// @see Fore INetServiceProxy.Save
#[unsafe(no_mangle)]
pub extern "C" fn INetServiceProxy_Save(proxy: *mut INetServiceProxy) -> i32 {
    boundary::status(|| {
        handles::get(proxy)?.save();
        Ok(())
    })
}

/// Takes one more reference to the object: each wants its own INetServiceProxy_Release.
///
/// @param proxy the object.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetServiceProxy.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetServiceProxy_AddRef(proxy: *mut INetServiceProxy) -> i32 {
    boundary::status(|| handles::add_ref(proxy))
}

/// Gives up one reference. The object lives on as long as the library or a call under way uses it.
///
/// @param proxy the object, or NULL, which is no failure.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetServiceProxy, or was released before.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetServiceProxy_Release(proxy: *mut INetServiceProxy) -> i32 {
    boundary::release(|| handles::release(proxy))
}
