//! INetSmtpClient: what stands between a client and its server.

use super::smtp_client::INetSmtpClient;
use super::stream::{INetWriteCallback, taker};
use super::{boundary, handles};
use std::ffi::c_void;

/// Tries everything that may stand between the client and its server, and tells of it in lines of text: the name, every address, the port
/// that is set with TLS from the first octet, with STARTTLS and in clear, the usual ports 587, 465 and 25, the certificate, what the server
/// offers, and at last what the client is set to with its login; each with its time, and with what to do about a failure. No message is sent. The report holds
/// the user's name and no password. The client's own connections are left alone; INetSmtpClient_Cancel ends it.
///
/// @param client the object.
/// @param write takes the report, a line of UTF-8 at a time, on this thread; the text has no NUL.
/// @param user handed to the callback as it is.
/// @return 1 where the client could send as it is set, 0 where it could not, a status, or the negative number that the callback answered.
/// @error INET_E_NO_HOST the client has no host.
/// @error INET_E_CANCELLED it was cancelled.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_Diagnose(
    client: *mut INetSmtpClient,
    write: INetWriteCallback,
    user: *mut c_void,
) -> i32 {
    boundary::value(|| {
        let client = handles::get(client)?;
        Ok(i32::from(client.diagnose(taker(write, user)?)?))
    })
}
