//! INetSmtpClient: how names are resolved: by the system, or by the library, which asks name servers itself.

use super::choices::{choice, number};
use super::smtp_client::INetSmtpClient;
use super::text::text_in;
use super::{boundary, handles};
use crate::model::DnsMode;
use std::ffi::c_char;
use std::time::Duration;

/// The library's own where SocketDnsServers names servers, or the setting UseOwnDNSResolver is on; else the system's.
pub const INET_DNS_AUTO: i32 = 0;
/// The system's resolver, by getaddrinfo(3).
pub const INET_DNS_PLATFORM: i32 = 1;
/// The library's own: it asks name servers, and nobody else.
pub const INET_DNS_OWN: i32 = 2;
/// The library's own, which holds the answers to their signatures (DNSSEC).
pub const INET_DNS_OWN_SECURE: i32 = 3;

/// In the order of their numbers.
const MODES: [DnsMode; 4] = [DnsMode::Auto, DnsMode::Platform, DnsMode::Own, DnsMode::OwnSecure];

/// Who resolves names.
///
/// @param client the object.
/// @return a number of INET_DNS_..., INET_DNS_AUTO at first, or a status.
/// @see SecureBlackbox SocketDNSMode
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetSocketDnsMode(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| Ok(number(&MODES, handles::get(client)?.dns().mode)))
}

/// Chooses who resolves the names of servers, and of proxies and revocation services. INET_DNS_OWN asks the servers of SocketDnsServers for A and AAAA at once, follows aliases, and knows no hosts file but for localhost, no search list, no mDNS. INET_DNS_OWN_SECURE accepts of signed zones what is signed, and what is not signed only where that itself is proven (RFC 4035); it wants a library built with the feature dnssec.
///
/// @param client the object.
/// @param mode a number of INET_DNS_....
/// @return 0, or a status. A build without DNSSEC takes INET_DNS_OWN_SECURE, and Connect ends in INET_E_DNSSEC_UNAVAILABLE.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of them.
/// @see SecureBlackbox SocketDNSMode; RFC 1035 section 4; RFC 4035 section 4
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetSocketDnsMode(client: *mut INetSmtpClient, mode: i32) -> i32 {
    boundary::status(|| {
        let client = handles::get(client)?;
        client.set_dns_mode(choice("mode of DNS", &MODES, mode)?);
        Ok(())
    })
}

/// The name servers that the library asks, with commas between them; empty for those of the system.
///
/// @param client the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see SecureBlackbox SocketDNSServers
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_GetSocketDnsServers(
    client: *const INetSmtpClient,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(client)?.dns().servers.text())) }
}

/// Sets the name servers that the library asks in the place of the system, unless SocketDnsMode is INET_DNS_PLATFORM: addresses with commas, semicolons or spaces between them, in the order in which they are asked. The next one is asked where one is silent or fails; that there is no such name is an answer. A server that is written tls://192.0.2.1 is asked over TLS alone: its certificate has to be for the name behind # (tls://192.0.2.1#dns.example), or for the address, by the trusted certificates of the client; what else the client is told to accept is for mail servers.
///
/// @param client the object.
/// @param servers addresses of IPv4 or IPv6, UTF-8, each with a port of its own (192.0.2.1:5353, [2001:db8::1]:5353, tls://192.0.2.1:8853) or without, link-local ones with their interface (fe80::1%eth0); empty for those of /etc/resolv.conf, whose options are not looked at; copied.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT one of them is no address, or what stands behind # is no name.
/// @see SecureBlackbox SocketDNSServers; RFC 7858; RFC 8310 section 5
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_SetSocketDnsServers(
    client: *mut INetSmtpClient,
    servers: *const c_char,
) -> i32 {
    boundary::status(|| {
        let servers = unsafe { text_in(servers, "servers") }?;
        handles::get(client)?.set_dns_servers(servers)
    })
}

/// The port of name servers that have none of their own.
///
/// @param client the object.
/// @return the port, 0 (the default) for 53, or a status.
/// @see SecureBlackbox SocketDNSPort
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetSocketDnsPort(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(client)?.dns().port)))
}

/// Sets the port of name servers that have none of their own. That of servers over TLS is 853 in any case.
///
/// @param client the object.
/// @param port 0 for 53.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the port is none.
/// @see SecureBlackbox SocketDNSPort
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetSocketDnsPort(client: *mut INetSmtpClient, port: i32) -> i32 {
    boundary::status(|| handles::get(client)?.set_dns_port(port))
}

/// How long one name server may take for one question.
///
/// @param client the object.
/// @return the milliseconds, 0 (the default) for 3000, or a status.
/// @see SecureBlackbox SocketDNSQueryTimeout
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetSocketDnsQueryTimeout(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| Ok(milliseconds(handles::get(client)?.dns().query_timeout)))
}

/// Sets how long one name server may take for one question; then the next one is asked. An answer that has to come by TCP has so long once more; one over TLS has so long with its connection and handshake.
///
/// @param client the object.
/// @param milliseconds 0 for 3000.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is negative.
/// @see SecureBlackbox SocketDNSQueryTimeout
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetSocketDnsQueryTimeout(
    client: *mut INetSmtpClient,
    milliseconds: i32,
) -> i32 {
    boundary::status(|| handles::get(client)?.set_dns_query_timeout(milliseconds))
}

/// How long it may take to resolve a name.
///
/// @param client the object.
/// @return the milliseconds, 0 (the default) where only Timeout bounds it, or a status.
/// @see SecureBlackbox SocketDNSTotalTimeout
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetSocketDnsTotalTimeout(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| Ok(milliseconds(handles::get(client)?.dns().total_timeout)))
}

/// Sets how long it may take to resolve a name with INET_DNS_OWN, all servers and retries taken together, within Timeout.
///
/// @param client the object.
/// @param milliseconds 0 for no bound but Timeout.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is negative.
/// @see SecureBlackbox SocketDNSTotalTimeout
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetSocketDnsTotalTimeout(
    client: *mut INetSmtpClient,
    milliseconds: i32,
) -> i32 {
    boundary::status(|| handles::get(client)?.set_dns_total_timeout(milliseconds))
}

/// How often each name server is asked again.
///
/// @param client the object.
/// @return the number, 1 by default, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetSocketDnsRetries(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| Ok(handles::get(client)?.dns().retries as i32))
}

/// Sets how often each name server is asked again, once all of them have been asked and none has answered.
///
/// @param client the object.
/// @param retries 0 to 100.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetSocketDnsRetries(
    client: *mut INetSmtpClient,
    retries: i32,
) -> i32 {
    boundary::status(|| handles::get(client)?.set_dns_retries(retries))
}

/// The keys that INET_DNS_OWN_SECURE trusts; empty for those of the root.
///
/// @param client the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see RFC 4033 section 2
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_GetSocketDnsTrustAnchors(
    client: *const INetSmtpClient,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(client)?.dns().trust_anchors)) }
}

/// Sets the keys that INET_DNS_OWN_SECURE trusts in the place of those of the root, which the library knows (20326 and 38696): for a network with a root of its own. They are DNSKEY records as a zone file has them, a line each: `. IN DNSKEY 257 3 8 AwEAAa...`. With keys of zones below the root alone, other zones cannot be proven to be anything, and are refused.
///
/// @param client the object.
/// @param anchors the records, UTF-8, empty for those of the root; copied.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT they cannot be read.
/// @error INET_E_DNSSEC_UNAVAILABLE they are not empty, and this build has no DNSSEC.
/// @see RFC 4033 section 2; RFC 4034 section 2.2
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_SetSocketDnsTrustAnchors(
    client: *mut INetSmtpClient,
    anchors: *const c_char,
) -> i32 {
    boundary::status(|| {
        let anchors = unsafe { text_in(anchors, "anchors") }?;
        handles::get(client)?.set_dns_trust_anchors(anchors)
    })
}

/// 0 for what nobody has set.
fn milliseconds(timeout: Option<Duration>) -> i32 {
    timeout.map_or(0, |timeout| timeout.as_millis() as i32)
}
