//! INetSmtpClient: the way its connections take: the proxy, the families of addresses, the own end.

use super::service_proxy::INetServiceProxy;
use super::smtp_client::INetSmtpClient;
use super::{boundary, handles, text::text_in};
use std::ffi::c_char;

/// The client's own proxy.
///
/// @param client the object.
/// @return a new reference, to be released with INetServiceProxy_Release; NULL where there is none, and on failure.
/// @see Aspose SmtpClient.Proxy
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetProxy(client: *const INetSmtpClient) -> *mut INetServiceProxy {
    boundary::optional_handle(|| Ok(handles::get(client)?.proxy()))
}

/// Sets the proxy of this client; the certificates' revocation is asked about through it too. Changes of the proxy count from the next connection on.
///
/// @param client the object.
/// @param proxy the proxy, an inactive one for none at all; or NULL for what INetServiceProxy_Save has stored, else for what the environment variable
///     CURLOPT_PROXY names. The client takes a reference of its own.
/// @return 0, or a status.
/// @see Aspose SmtpClient.Proxy; SecureBlackbox ProxySettings
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetProxy(
    client: *mut INetSmtpClient,
    proxy: *mut INetServiceProxy,
) -> i32 {
    boundary::status(|| {
        handles::get(client)?.set_proxy(handles::optional(proxy)?);
        Ok(())
    })
}

/// Whether connections may go by IPv6.
///
/// @param client the object.
/// @return 1 (the default) or 0, or a status.
/// @see SecureBlackbox SocketUseIPv6
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetSocketUseIPv6(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(client)?.uses_ipv6())))
}

/// Chooses whether connections may go by IPv6. Where both are, addresses of both are tried in turn, and the first that answers counts (RFC 8305).
///
/// @param client the object.
/// @param useIPv6 1 for IPv6 and IPv4, 0 for IPv4 alone.
/// @return 0, or a status.
/// @see SecureBlackbox SocketUseIPv6; RFC 8305
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetSocketUseIPv6(
    client: *mut INetSmtpClient,
    useIPv6: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(client)?.set_uses_ipv6(useIPv6 != 0);
        Ok(())
    })
}

/// The own address that connections are bound to; empty for any.
///
/// @param client the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see SecureBlackbox SocketLocalAddress
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_GetLocalAddress(
    client: *const INetSmtpClient,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            let local = handles::get(client)?.local_end_point();
            let named = local.filter(|local| !local.ip().is_unspecified());
            Ok(named.map(|local| local.ip().to_string()).unwrap_or_default())
        })
    }
}

/// The own port that connections are bound to.
///
/// @param client the object.
/// @return the port, 0 (the default) for any, or a status.
/// @see SecureBlackbox SocketLocalPort
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetLocalPort(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| {
        Ok(handles::get(client)?.local_end_point().map_or(0, |local| i32::from(local.port())))
    })
}

/// Sets the own end of connections. An address of one family leaves only servers of that family; a port of its own leaves room for one connection to one server at a time.
///
/// @param client the object.
/// @param localAddress an address of this machine, UTF-8, empty for any; copied.
/// @param localPort the port, 0 for any.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT it is no address.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the port is none.
/// @see SecureBlackbox SocketLocalAddress, SocketLocalPort; Aspose BindIPEndPoint
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_SetLocalEndPoint(
    client: *mut INetSmtpClient,
    localAddress: *const c_char,
    localPort: i32,
) -> i32 {
    boundary::status(|| {
        let address = unsafe { text_in(localAddress, "localAddress") }?;
        handles::get(client)?.set_local_end_point(address, localPort)
    })
}

/// Whether the server speaks LMTP.
///
/// @param client the object.
/// @return 1 or 0 (the default), or a status.
/// @see RFC 2033
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetUseLmtp(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(client)?.speaks_lmtp())))
}

/// Chooses LMTP, which servers of mailboxes speak: behind a message they answer for each recipient, and so does INetSendReport. A server
/// that breaks off in the midst leaves those in doubt whom it has not told of. The host is most often `unix:` with the path of a socket,
/// and never port 25. Messages go by DATA, whatever UseChunking says.
///
/// @param client the object.
/// @param useLmtp 1 for LMTP, 0 for SMTP.
/// @return 0, or a status.
/// @see RFC 2033
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetUseLmtp(client: *mut INetSmtpClient, useLmtp: i32) -> i32 {
    boundary::status(|| {
        handles::get(client)?.set_speaks_lmtp(useLmtp != 0);
        Ok(())
    })
}
