//! INetSmtpClient: how messages are delivered: pipelining, chunks, connections, pace.

use super::boundary;
use super::handles;
use super::smtp_client::INetSmtpClient;
use crate::error::{Error, Result, Status};
use crate::model::Use;
use std::time::Duration;

/// Aspose Auto: where the server offers it.
pub const INET_PIPELINING_AUTO: i32 = 0;
/// Aspose Enabled: even where the server does not offer it.
pub const INET_PIPELINING_ON: i32 = 1;
/// Aspose Disabled: one command, one reply.
pub const INET_PIPELINING_OFF: i32 = 2;

/// BDAT where the server offers CHUNKING and PIPELINING; DATA for a server that refuses it all the same.
pub const INET_CHUNKING_AUTO: i32 = 0;
/// BDAT for every message; it is an error where the server does not offer CHUNKING.
pub const INET_CHUNKING_ON: i32 = 1;
/// Always DATA, and so no BINARYMIME either.
pub const INET_CHUNKING_OFF: i32 = 2;

/// Aspose MultiConnectionMode.Enable: over several connections.
pub const INET_MULTI_CONNECTION_ENABLE: i32 = 0;
/// Aspose MultiConnectionMode.Disable: over one.
pub const INET_MULTI_CONNECTION_DISABLE: i32 = 1;

/// Whether commands go out ahead of the replies to those before them.
///
/// @param client the object.
/// @return an INET_PIPELINING_ number (0 unless set), or a status.
/// @see Aspose SmtpClient.UsePipelining; RFC 2920
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetUsePipelining(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| Ok(use_number(handles::get(client)?.policy().pipelining)))
}

/// Chooses whether commands go out ahead of the replies to those before them. It saves most of the waiting for a distant
/// server.
///
/// @param client the object.
/// @param usePipelining an INET_PIPELINING_ number.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see Aspose SmtpClient.UsePipelining; RFC 2920
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetUsePipelining(
    client: *mut INetSmtpClient,
    usePipelining: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(client)?.set_pipelining(use_of("pipelining", usePipelining)?);
        Ok(())
    })
}

/// Whether messages go by BDAT in the place of DATA.
///
/// @param client the object.
/// @return an INET_CHUNKING_ number (0 unless set), or a status.
/// @see RFC 3030
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetUseChunking(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| Ok(use_number(handles::get(client)?.policy().chunking)))
}

/// Chooses whether messages go by BDAT in the place of DATA, which lets the message follow its recipients without a wait for
/// the server's go-ahead.
///
/// @param client the object.
/// @param useChunking an INET_CHUNKING_ number.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see RFC 3030
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetUseChunking(
    client: *mut INetSmtpClient,
    useChunking: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(client)?.set_chunking(use_of("chunking", useChunking)?);
        Ok(())
    })
}

/// How many octets a chunk of BDAT has at most.
///
/// @param client the object.
/// @return the number, 0 (unless set) for the whole message as one chunk, or a status.
/// @see RFC 3030 section 2
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetChunkSize(client: *const INetSmtpClient) -> i64 {
    boundary::long_value(|| {
        Ok(handles::get(client)?.policy().chunk_size.map_or(0, |octets| octets as i64))
    })
}

/// Sets how many octets a chunk of BDAT has at most.
///
/// @param client the object.
/// @param octets 1 or more; 0 for the whole message as one chunk, where its length is known.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see RFC 3030 section 2
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetChunkSize(client: *mut INetSmtpClient, octets: i64) -> i32 {
    boundary::status(|| handles::get(client)?.set_chunk_size(octets))
}

/// How many messages of a run may be under way on one connection at most before their replies are there.
///
/// @param client the object.
/// @return the number (64 unless set), or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetWindowMessages(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| Ok(handles::get(client)?.policy().window_messages as i32))
}

/// Sets how many messages of a run may be under way on one connection at most before their replies are there. These are what
/// can be in doubt when a connection is lost: where duplicates hurt more than time does, set 1.
///
/// @param client the object.
/// @param messages 1 to 65535.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetWindowMessages(
    client: *mut INetSmtpClient,
    messages: i32,
) -> i32 {
    boundary::status(|| handles::get(client)?.set_window_messages(messages))
}

/// How many octets of messages of a run may be under way on one connection at most before their replies are there.
///
/// @param client the object.
/// @return the number (1048576 unless set), or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetWindowSize(client: *const INetSmtpClient) -> i64 {
    boundary::long_value(|| Ok(handles::get(client)?.policy().window_octets as i64))
}

/// Sets how many octets of messages of a run may be under way on one connection at most before their replies are there. One
/// message may be so in any case.
///
/// @param client the object.
/// @param octets 1 or more.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetWindowSize(client: *mut INetSmtpClient, octets: i64) -> i32 {
    boundary::status(|| handles::get(client)?.set_window_octets(octets))
}

/// Whether a run goes over several connections at once.
///
/// @param client the object.
/// @return an INET_MULTI_CONNECTION_ number (INET_MULTI_CONNECTION_DISABLE, which is 1, unless set), or a status.
/// @see Aspose SmtpClient.UseMultiConnection
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetUseMultiConnection(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| {
        Ok(match handles::get(client)?.uses_multi_connection() {
            true => INET_MULTI_CONNECTION_ENABLE,
            false => INET_MULTI_CONNECTION_DISABLE,
        })
    })
}

/// Chooses whether a run goes over several connections at once: as many as INetSmtpClient_GetConnectionsQuantity tells.
///
/// @param client the object.
/// @param mode an INET_MULTI_CONNECTION_ number; mind that 0 is what enables it.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see Aspose SmtpClient.UseMultiConnection
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetUseMultiConnection(
    client: *mut INetSmtpClient,
    mode: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(client)?.set_uses_multi_connection(multi_connection(mode)?);
        Ok(())
    })
}

/// Over how many connections a run goes once INetSmtpClient_SetUseMultiConnection has enabled several; without that over one.
///
/// @param client the object.
/// @return the number (3 unless set), or a status.
/// @see Aspose SmtpClient.ConnectionsQuantity
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetConnectionsQuantity(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| Ok(handles::get(client)?.connections_quantity() as i32))
}

/// Sets over how many connections a run goes. It acts only together with
/// INetSmtpClient_SetUseMultiConnection(client, INET_MULTI_CONNECTION_ENABLE), which is 0; a run goes over one connection without
/// that. INetSmtpClient_SetMaxConnections bounds it too.
///
/// @param client the object.
/// @param quantity 1 to 1024.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see Aspose SmtpClient.ConnectionsQuantity
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetConnectionsQuantity(
    client: *mut INetSmtpClient,
    quantity: i32,
) -> i32 {
    boundary::status(|| handles::get(client)?.set_connections_quantity(quantity))
}

/// How many connections all calls on this client have at the same time at most. A Send that would need one more waits.
///
/// @param client the object.
/// @return the number, 0 (unless set) for no bound, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetMaxConnections(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| Ok(handles::get(client)?.policy().max_connections.unwrap_or(0) as i32))
}

/// Sets how many connections all calls on this client have at the same time at most. A Send that would need one more waits for a
/// free one within its Timeout, and ends with INET_E_TIMEOUT otherwise. Each INetSmtpClient_SendAsync under way has a thread and a
/// connection of its own, so set it before many of them are started.
///
/// @param client the object.
/// @param connections 1 to 65535, or 0 for no bound.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetMaxConnections(
    client: *mut INetSmtpClient,
    connections: i32,
) -> i32 {
    boundary::status(|| handles::get(client)?.set_max_connections(connections))
}

/// How many messages one connection carries at most before it is closed and another takes its place.
///
/// @param client the object.
/// @return the number, 0 (unless set) for no bound, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetMaxMessagesPerConnection(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| Ok(handles::get(client)?.policy().max_messages.unwrap_or(0) as i32))
}

/// Sets how many messages one connection carries at most before it is closed and another takes its place. Some servers take no
/// more than so many.
///
/// @param client the object.
/// @param messages 1 or more, or 0 for no bound.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetMaxMessagesPerConnection(
    client: *mut INetSmtpClient,
    messages: i32,
) -> i32 {
    boundary::status(|| handles::get(client)?.set_max_messages(messages))
}

/// How long a kept connection may rest before it is closed.
///
/// @param client the object.
/// @return the milliseconds (300000 unless set), 0 for no bound, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetMaxIdleTime(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| {
        Ok(milliseconds(handles::get(client)?.policy().max_idle.unwrap_or_default()))
    })
}

/// Sets how long a kept connection may rest before it is closed. The time is looked at when a connection is wanted.
///
/// @param client the object.
/// @param milliseconds 1 or more, or 0 for no bound.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetMaxIdleTime(
    client: *mut INetSmtpClient,
    milliseconds: i32,
) -> i32 {
    boundary::status(|| handles::get(client)?.set_max_idle(milliseconds))
}

/// How old a connection may become before another takes its place.
///
/// @param client the object.
/// @return the milliseconds, 0 (unless set) for no bound, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetMaxConnectionAge(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| Ok(milliseconds(handles::get(client)?.policy().max_age.unwrap_or_default())))
}

/// Sets how old a connection may become before another takes its place.
///
/// @param client the object.
/// @param milliseconds 1 or more, or 0 for no bound.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetMaxConnectionAge(
    client: *mut INetSmtpClient,
    milliseconds: i32,
) -> i32 {
    boundary::status(|| handles::get(client)?.set_max_age(milliseconds))
}

/// After how long a rest a kept connection is asked by NOOP whether it is alive, before it takes a message.
///
/// @param client the object.
/// @return the milliseconds (30000 unless set), -1 for never, or a status.
/// @see RFC 5321 section 4.1.1.9
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetProbeAfterIdle(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| Ok(handles::get(client)?.policy().probe_after.map_or(-1, milliseconds)))
}

/// Sets after how long a rest a kept connection is asked by NOOP whether it is alive, before it takes a message. The question
/// costs one round trip.
///
/// @param client the object.
/// @param milliseconds 0 or more, or -1 for never.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see RFC 5321 section 4.1.1.9
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetProbeAfterIdle(
    client: *mut INetSmtpClient,
    milliseconds: i32,
) -> i32 {
    boundary::status(|| handles::get(client)?.set_probe_after(milliseconds))
}

/// How many messages all connections of this client together send in a second at most.
///
/// @param client the object.
/// @return the number, 0 (unless set) for no bound, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetMaxMessagesPerSecond(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| Ok(handles::get(client)?.policy().per_second.unwrap_or(0) as i32))
}

/// Sets how many messages all connections of this client together send in a second at most. They are not spread: the whole
/// allowance may go at once, and then none until a second since is over. A Send waits for its turn within its Timeout, a run
/// beyond it.
///
/// @param client the object.
/// @param messages 1 or more, or 0 for no bound.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetMaxMessagesPerSecond(
    client: *mut INetSmtpClient,
    messages: i32,
) -> i32 {
    boundary::status(|| handles::get(client)?.set_per_second(messages))
}

/// How many messages all connections of this client together send in a minute at most.
///
/// @param client the object.
/// @return the number, 0 (unless set) for no bound, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetMaxMessagesPerMinute(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| Ok(handles::get(client)?.policy().per_minute.unwrap_or(0) as i32))
}

/// Sets how many messages all connections of this client together send in a minute at most. They are not spread: the whole
/// allowance may go at once, and then none until a minute since is over. A Send waits for its turn within its Timeout, a run
/// beyond it.
///
/// @param client the object.
/// @param messages 1 or more, or 0 for no bound.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetMaxMessagesPerMinute(
    client: *mut INetSmtpClient,
    messages: i32,
) -> i32 {
    boundary::status(|| handles::get(client)?.set_per_minute(messages))
}

/// How often a message is tried again that the server put off with 421, 450, 451 or 454.
///
/// @param client the object.
/// @return the number (0 unless set), or a status.
/// @see RFC 5321 section 4.5.4.1
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetThrottleRetries(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| Ok(handles::get(client)?.policy().throttle_retries as i32))
}

/// Sets how often a message is tried again that the server put off with 421, 450, 451 or 454.
///
/// A login that was put off is tried once more at most, and not at all where the server had refused a password before: blind
/// retries lock accounts.
///
/// @param client the object.
/// @param retries 0 to 100.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see RFC 5321 section 4.5.4.1
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetThrottleRetries(
    client: *mut INetSmtpClient,
    retries: i32,
) -> i32 {
    boundary::status(|| handles::get(client)?.set_throttle_retries(retries))
}

/// How long the first wait is before a message is tried again; each further one is twice as long.
///
/// @param client the object.
/// @return the milliseconds (1000 unless set), or a status.
/// @see RFC 5321 section 4.5.4.1
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetThrottleDelay(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| Ok(milliseconds(handles::get(client)?.policy().throttle_delay)))
}

/// Sets how long the first wait is before a message is tried again that the server put off; each further one is twice as long.
///
/// @param client the object.
/// @param milliseconds 0 or more.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see RFC 5321 section 4.5.4.1
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetThrottleDelay(
    client: *mut INetSmtpClient,
    milliseconds: i32,
) -> i32 {
    boundary::status(|| handles::get(client)?.set_throttle_delay(milliseconds))
}

/// Whether a run ends with the first message that fails.
///
/// @param client the object.
/// @return 1 or 0 (0 unless set), or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetStopOnFailure(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(client)?.policy().stops_on_failure)))
}

/// Says whether a run ends with the first message that fails, for one of its recipients or for all. Those that are under way
/// meet their fate; the rest is not tried.
///
/// @param client the object.
/// @param stopOnFailure 0 for no, anything else for yes.
/// @return 0, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetStopOnFailure(
    client: *mut INetSmtpClient,
    stopOnFailure: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(client)?.set_stops_on_failure(stopOnFailure != 0);
        Ok(())
    })
}

/// The numbers of INET_PIPELINING_ are those of INET_CHUNKING_ too.
fn use_number(chosen: Use) -> i32 {
    match chosen {
        Use::Auto => INET_PIPELINING_AUTO,
        Use::On => INET_PIPELINING_ON,
        Use::Off => INET_PIPELINING_OFF,
    }
}

fn use_of(what: &str, number: i32) -> Result<Use> {
    match number {
        INET_PIPELINING_AUTO => Ok(Use::Auto),
        INET_PIPELINING_ON => Ok(Use::On),
        INET_PIPELINING_OFF => Ok(Use::Off),
        other => Err(out_of_range(format!("{other} is no choice of {what}: 0 to 2 are"))),
    }
}

fn multi_connection(number: i32) -> Result<bool> {
    match number {
        INET_MULTI_CONNECTION_ENABLE => Ok(true),
        INET_MULTI_CONNECTION_DISABLE => Ok(false),
        other => {
            Err(out_of_range(format!("{other} is no choice: 0 enables, 1 disables connections")))
        }
    }
}

fn out_of_range(sentence: String) -> Error {
    Error::new(Status::ArgumentOutOfRange, sentence)
}

/// They came as 32 bits, and so they fit.
fn milliseconds(time: Duration) -> i32 {
    time.as_millis() as i32
}
