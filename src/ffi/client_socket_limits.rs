//! INetSmtpClient: the limits of its connections: silence, octets a second, octets at a time.

use super::smtp_client::INetSmtpClient;
use super::{boundary, handles};

/// How long one wait for the server, or for a proxy, may take.
///
/// @param client the object.
/// @return the milliseconds; 0 (the default) where only Timeout bounds it, or a status.
/// @see SecureBlackbox SocketTimeout
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetSocketTimeout(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| {
        let silence = handles::get(client)?.limits().silence;
        Ok(silence.map_or(0, |silence| silence.as_millis() as i32))
    })
}

/// Sets how long one wait may take, within Timeout: for a connection, for the peer to say anything at all, or to take anything at all. A peer that is silent for longer ends the call with INET_E_TIMEOUT, however much is left of Timeout. RFC 5321 wants clients to wait up to ten minutes for the reply to a message.
///
/// @param client the object.
/// @param milliseconds 0 for no bound but Timeout.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is negative.
/// @see SecureBlackbox SocketTimeout; RFC 5321 section 4.5.3.2
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetSocketTimeout(
    client: *mut INetSmtpClient,
    milliseconds: i32,
) -> i32 {
    boundary::status(|| handles::get(client)?.set_socket_timeout(milliseconds))
}

/// How many octets a second a connection takes from its peer.
///
/// @param client the object.
/// @return the octets; 0 (the default) for as many as come, or a status.
/// @see SecureBlackbox SocketIncomingSpeedLimit
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetSocketIncomingSpeedLimit(client: *const INetSmtpClient) -> i64 {
    boundary::long_value(|| {
        Ok(handles::get(client)?.limits().incoming.map_or(0, |octets| octets.get() as i64))
    })
}

/// Sets how many octets a second each connection takes from its peer, TLS and proxies counted in. A tenth of a second's octets may be saved up.
///
/// @param client the object.
/// @param octets 0 for as many as come.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is negative.
/// @see SecureBlackbox SocketIncomingSpeedLimit
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetSocketIncomingSpeedLimit(
    client: *mut INetSmtpClient,
    octets: i64,
) -> i32 {
    boundary::status(|| handles::get(client)?.set_incoming_speed_limit(octets))
}

/// How many octets a second a connection sends.
///
/// @param client the object.
/// @return the octets; 0 (the default) for as many as go, or a status.
/// @see SecureBlackbox SocketOutgoingSpeedLimit
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetSocketOutgoingSpeedLimit(client: *const INetSmtpClient) -> i64 {
    boundary::long_value(|| {
        Ok(handles::get(client)?.limits().outgoing.map_or(0, |octets| octets.get() as i64))
    })
}

/// Sets how many octets a second each connection sends, TLS and proxies counted in. Timeout has to leave a message the time that it then takes. A tenth of a second's octets may be saved up.
///
/// @param client the object.
/// @param octets 0 for as many as go.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is negative.
/// @see SecureBlackbox SocketOutgoingSpeedLimit
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetSocketOutgoingSpeedLimit(
    client: *mut INetSmtpClient,
    octets: i64,
) -> i32 {
    boundary::status(|| handles::get(client)?.set_outgoing_speed_limit(octets))
}

/// How many octets the system is handed at a time.
///
/// @param client the object.
/// @return the octets; 0 (the default) for as many as it takes, or a status.
/// @see SecureBlackbox SendBufferSize
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetSendBufferSize(client: *const INetSmtpClient) -> i64 {
    boundary::long_value(|| Ok(handles::get(client)?.send_buffer_size()))
}

/// Sets how many octets the system is handed at a time. The same as INetSmtpClient_Config("SendBufferSize=...").
///
/// @param client the object.
/// @param octets 0 for as many as it takes.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is negative, or more than 2147483647.
/// @see SecureBlackbox SendBufferSize
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetSendBufferSize(
    client: *mut INetSmtpClient,
    octets: i64,
) -> i32 {
    boundary::status(|| handles::get(client)?.set_send_buffer_size(octets))
}
