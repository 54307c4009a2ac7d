//! INetSmtpClient: its log.

use super::choices::{choice, number};
use super::smtp_client::INetSmtpClient;
use super::stream::{INetDropCallback, User};
use super::text::{text_in, text_out};
use super::{boundary, handles};
use crate::model::{Destination, LogHook};
use std::ffi::{c_char, c_void};
use std::sync::Arc;

/// Nothing is logged.
pub const INET_LOG_NONE: i32 = 0;
/// Errors.
pub const INET_LOG_ERROR: i32 = 1;
/// Second attempts, logins in clear, and what is above.
pub const INET_LOG_WARNING: i32 = 2;
/// What INET_NOTIFICATION_ tells, and what is above.
pub const INET_LOG_INFO: i32 = 3;
/// Commands and replies, and what is above.
pub const INET_LOG_DEBUG: i32 = 4;
/// How many octets of messages go out, and what is above.
pub const INET_LOG_TRACE: i32 = 5;

/// The log goes nowhere.
pub const INET_LOG_TO_NONE: i32 = 0;
/// The log goes to the file of INetSmtpClient_SetLogFileName.
pub const INET_LOG_TO_FILE: i32 = 1;
/// The log goes to the callback of INetSmtpClient_OnLog.
pub const INET_LOG_TO_CALLBACK: i32 = 2;
/// The log goes to standard error.
pub const INET_LOG_TO_STANDARD_ERROR: i32 = 3;

const DESTINATIONS: [Destination; 4] =
    [Destination::None, Destination::File, Destination::Callback, Destination::StandardError];

/// Takes a line of the log, without a line end: `level` is one of INET_LOG_. The text lives as long as the call.
pub type INetLogCallback =
    Option<unsafe extern "C" fn(user: *mut c_void, level: i32, line: *const c_char)>;

/// Has the log go to a callback, which has no say and runs as that of INetSmtpClient_OnCommand does.
///
/// @param client the object.
/// @param callback what is called; or NULL for nothing any more.
/// @param user handed to the callbacks as it is.
/// @param dropUser called once when no connection uses the callback any more, on whatever thread that is; or NULL. Also where this function fails.
/// @return 0, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_OnLog(
    client: *mut INetSmtpClient,
    callback: INetLogCallback,
    user: *mut c_void,
    dropUser: INetDropCallback,
) -> i32 {
    boundary::status(|| {
        let user = User { pointer: user, drop: dropUser };
        let hook = callback.map(|callback| -> LogHook {
            Arc::new(move |level, line: &str| {
                let (pointer, line) = ({ &user }.pointer, text_out(line));
                // SAFETY: the callback is one of the host's, with the pointer that it came with; the text outlives the call.
                unsafe { callback(pointer, level, line.as_ptr()) }
            })
        });
        handles::get(client)?.set_on_log(hook);
        Ok(())
    })
}

/// Where the log goes.
///
/// @param client the object.
/// @return one of INET_LOG_TO_, or a status.
/// @see SecureBlackbox Config LogDestination
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetLogDestination(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| Ok(number(&DESTINATIONS, handles::get(client)?.log_settings().destination)))
}

/// Says where the log goes. The default is INET_LOG_TO_NONE; with CURLOPT_VERBOSE=1 in the environment, INET_LOG_TO_STANDARD_ERROR.
///
/// @param client the object.
/// @param destination one of INET_LOG_TO_.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE destination is none of these.
/// @see SecureBlackbox Config LogDestination
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetLogDestination(
    client: *mut INetSmtpClient,
    destination: i32,
) -> i32 {
    boundary::status(|| {
        let destination = choice("destination of a log", &DESTINATIONS, destination)?;
        handles::get(client)?.change_log(|log| {
            log.destination = destination;
            Ok(())
        })
    })
}

/// The file that the log goes to. Empty where there is none.
///
/// @param client the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see Aspose SmtpClient.LogFileName
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_GetLogFileName(
    client: *const INetSmtpClient,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(client)?.log_settings().file)) }
}

/// Has the log go to a file. It is opened when there is something to be logged, for its owner alone where it is new, and written behind what
/// stands in it. A file that cannot be written is told of once (INET_NOTIFICATION_LOG_FAILED, INetSmtpClient_GetLogFault); sending goes on.
///
/// @param client the object.
/// @param path the file; empty for none. UTF-8; copied.
/// @return 0, or a status.
/// @see Aspose SmtpClient.LogFileName; SecureBlackbox Config LogFile
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_SetLogFileName(
    client: *mut INetSmtpClient,
    path: *const c_char,
) -> i32 {
    boundary::status(|| {
        let path = unsafe { text_in(path, "path") }?;
        handles::get(client)?.change_log(|log| log.set_file(path))
    })
}

/// Whether the day stands in the name of the log file.
///
/// @param client the object.
/// @return 1 or 0, or a status.
/// @see Aspose SmtpClient.UseDateInLogFileName
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetUseDateInLogFileName(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(client)?.log_settings().is_dated)))
}

/// Says whether the day, by Coordinated Universal Time, stands in the name of the log file: smtp.log is smtp-2026-11-21.log then, and there
/// is one for each day. The default is 0.
///
/// @param client the object.
/// @param useDate 1 or 0.
/// @return 0, or a status.
/// @see Aspose SmtpClient.UseDateInLogFileName
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetUseDateInLogFileName(
    client: *mut INetSmtpClient,
    useDate: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(client)?.change_log(|log| {
            log.is_dated = useDate != 0;
            Ok(())
        })
    })
}

/// Whether anything is logged.
///
/// @param client the object.
/// @return 1 or 0, or a status.
/// @see Aspose SmtpClient.EnableLogger
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetEnableLogger(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(client)?.log_settings().is_enabled)))
}

/// Says whether anything is logged, wherever it goes. The default is 1.
///
/// @param client the object.
/// @param enable 1 or 0.
/// @return 0, or a status.
/// @see Aspose SmtpClient.EnableLogger
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetEnableLogger(client: *mut INetSmtpClient, enable: i32) -> i32 {
    boundary::status(|| {
        handles::get(client)?.change_log(|log| {
            log.is_enabled = enable != 0;
            Ok(())
        })
    })
}

/// How much is logged.
///
/// @param client the object.
/// @return one of INET_LOG_, or a status.
/// @see SecureBlackbox Config LogLevel
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetLogLevel(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| Ok(handles::get(client)?.log_settings().level()))
}

/// Says how much is logged. The default is INET_LOG_DEBUG. What stands in messages is only logged if LogFilters of INetSmtpClient_Config
/// names data.
///
/// @param client the object.
/// @param level one of INET_LOG_.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE level is none of these.
/// @see SecureBlackbox Config LogLevel
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetLogLevel(client: *mut INetSmtpClient, level: i32) -> i32 {
    boundary::status(|| handles::get(client)?.change_log(|log| log.set_level(level)))
}

/// Has the log be kept as it is of a client that was just made, apart from what INetLibrary_Config has set: it goes nowhere.
///
/// @param client the object.
/// @return 0, or a status.
/// @see Aspose SmtpClient.ResetLogSettings
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_ResetLogSettings(client: *mut INetSmtpClient) -> i32 {
    boundary::status(|| {
        handles::get(client)?.change_log(|log| {
            *log = Default::default();
            Ok(())
        })
    })
}

/// Why the log could not be written. Empty where it could.
///
/// @param client the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_GetLogFault(
    client: *const INetSmtpClient,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(client)?.log_fault())) }
}

/// Writes out what the log holds back, as it does where LogFlushMode of INetSmtpClient_Config is not each. What is held back is written
/// anyway when the client goes and when its log is set otherwise.
///
/// @param client the object.
/// @return 0, or a status.
/// @see SecureBlackbox Config LogFlushMode
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_FlushLog(client: *mut INetSmtpClient) -> i32 {
    boundary::status(|| {
        handles::get(client)?.flush_log();
        Ok(())
    })
}
