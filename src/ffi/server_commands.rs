//! INetSmtpClient: commands besides sending, and what the server says of itself.

use super::envelope_options::INetEnvelopeOptions;
use super::handles;
use super::server_info::INetServerInfo;
use super::server_reply::INetServerReply;
use super::smtp_client::INetSmtpClient;
use super::{
    boundary,
    text::{optional_text_in, text_in},
};
use std::ffi::c_char;
use std::sync::Arc;

/// Opens a connection and logs in, so that the next Send finds it ready. Where one is kept already and alive, nothing happens.
///
/// @param client the client.
/// @return 0, or a status.
/// @error INET_E_NO_HOST the client has no host.
/// @see SecureBlackbox Connect; MailKit SmtpClient.Connect
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_Connect(client: *mut INetSmtpClient) -> i32 {
    boundary::status(|| handles::get(client)?.connect())
}

/// Logs in on a new connection, whatever others are kept, and keeps it for the next Send. 0 is Aspose's True, and INET_E_AUTH_REFUSED its False; other
/// statuses tell that it could not be found out. Without credentials it tells whether the server lets the client in at all.
///
/// @param client the client.
/// @return 0, or a status.
/// @error INET_E_NO_HOST the client has no host.
/// @error INET_E_AUTH_REFUSED the server refused the login.
/// @error INET_E_AUTH_NOT_OFFERED the server offers none of the wanted mechanisms.
/// @see Aspose SmtpClient.ValidateCredentials; RFC 4954
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_ValidateCredentials(client: *mut INetSmtpClient) -> i32 {
    boundary::status(|| handles::get(client)?.validate_credentials())
}

/// Asks whether the server is there, over the connection that is kept or a new one.
///
/// @param client the client.
/// @return 0, or a status.
/// @error INET_E_NO_HOST the client has no host.
/// @error INET_E_SERVICE_UNAVAILABLE the server is there and refuses even that.
/// @see Aspose SmtpClient.Noop; RFC 5321 section 4.1.1.9
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_Noop(client: *mut INetSmtpClient) -> i32 {
    boundary::status(|| handles::get(client)?.noop())
}

/// Asks the server whether it knows a user or mailbox (VRFY). Many servers do not tell: 252.
///
/// @param client the client.
/// @param text a user name or address, UTF-8; copied.
/// @return a new reply, whatever its code, to be released with INetServerReply_Release; or NULL where no reply came.
/// @error INET_E_ARGUMENT the text is empty, or the command has more than 510 octets.
/// @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
/// @error INET_E_SMTPUTF8_NOT_OFFERED the text is not ASCII, and the server does not offer SMTPUTF8.
/// @see Aspose SmtpClient.Verify; RFC 5321 section 4.1.1.6; RFC 6531 section 3.7.4.2
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_Verify(
    client: *mut INetSmtpClient,
    text: *const c_char,
) -> *mut INetServerReply {
    boundary::handle(|| {
        Ok(Arc::new(handles::get(client)?.verify(unsafe { text_in(text, "text") }?)?))
    })
}

/// Asks the server who the members of a list are (EXPN). Many servers do not tell: 502.
///
/// @param client the client.
/// @param list the name of the list, UTF-8; copied.
/// @return a new reply, whatever its code, to be released with INetServerReply_Release; or NULL where no reply came.
/// @error INET_E_ARGUMENT the text is empty, or the command has more than 510 octets.
/// @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
/// @error INET_E_SMTPUTF8_NOT_OFFERED the text is not ASCII, and the server does not offer SMTPUTF8.
/// @see RFC 5321 section 4.1.1.7; RFC 6531 section 3.7.4.2
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_Expand(
    client: *mut INetSmtpClient,
    list: *const c_char,
) -> *mut INetServerReply {
    boundary::handle(|| {
        Ok(Arc::new(handles::get(client)?.expand(unsafe { text_in(list, "list") }?)?))
    })
}

/// Asks the server for help.
///
/// @param client the client.
/// @param topic what to tell about, UTF-8; copied; or NULL for anything.
/// @return a new reply, whatever its code, to be released with INetServerReply_Release; or NULL where no reply came.
/// @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
/// @see RFC 5321 section 4.1.1.8
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_Help(
    client: *mut INetSmtpClient,
    topic: *const c_char,
) -> *mut INetServerReply {
    boundary::handle(|| {
        Ok(Arc::new(handles::get(client)?.help(unsafe { optional_text_in(topic, "topic") }?)?))
    })
}

/// Says any command that is answered by one reply, over the connection that is kept or a new one. A transaction that it opens
/// is reset before the next Send. Refused is what would change the session: DATA, BDAT, STARTTLS, AUTH, X-EXPS, QUIT, EHLO,
/// HELO, LHLO, TURN, ATRN and XCLIENT.
///
/// @param client the client.
/// @param line the command without its line end, at most 510 octets, UTF-8; copied.
/// @return a new reply, whatever its code, to be released with INetServerReply_Release; or NULL where no reply came.
/// @error INET_E_ARGUMENT the command is one of those that are refused, is too long, or does not begin with its name.
/// @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
/// @error INET_E_SMTPUTF8_NOT_OFFERED the text is not ASCII, and the server does not offer SMTPUTF8.
/// @see inetmail; RFC 5321 section 4.1.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_Command(
    client: *mut INetSmtpClient,
    line: *const c_char,
) -> *mut INetServerReply {
    boundary::handle(|| {
        Ok(Arc::new(handles::get(client)?.command(unsafe { text_in(line, "line") }?)?))
    })
}

/// What the server of the latest connection said of itself. It stays as it is when the connection is closed.
///
/// @param client the client.
/// @return a new reference, to be released with INetServerInfo_Release; NULL where there is none, as there was no
///     connection yet, and on failure.
/// @see SecureBlackbox ServerInfoAvailable
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetServerInfo(
    client: *const INetSmtpClient,
) -> *mut INetServerInfo {
    boundary::optional_handle(|| Ok(handles::get(client)?.server_info()))
}

/// The options of every message that has none of its own.
///
/// @param client the client.
/// @return a new reference, to be released with INetEnvelopeOptions_Release; NULL where there are none, and on failure.
/// @see inetmail; RFC 3461
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetEnvelopeOptions(
    client: *const INetSmtpClient,
) -> *mut INetEnvelopeOptions {
    boundary::optional_handle(|| Ok(handles::get(client)?.envelope_options()))
}

/// Sets the options of every message that has none of its own, ready and forwarded messages included.
///
/// @param client the client.
/// @param options the options, or NULL for none; the client takes a reference of its own.
/// @return 0, or a status.
/// @see inetmail; RFC 3461
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetEnvelopeOptions(
    client: *mut INetSmtpClient,
    options: *mut INetEnvelopeOptions,
) -> i32 {
    boundary::status(|| {
        handles::get(client)?.set_envelope_options(handles::optional(options)?);
        Ok(())
    })
}
