//! INetSmtpClient: the own end of connections, as a host says it for each of them.

use super::smtp_client::INetSmtpClient;
use super::stream::{INetDropCallback, User};
use super::text::text_out;
use super::{boundary, handles};
use crate::error::{Error, Result, Status};
use crate::model::{BindHook, own_end};
use std::ffi::{CStr, c_char, c_void};
use std::net::SocketAddr;
use std::sync::Arc;

/// Is asked for the own end of a connection that is about to be made to `remoteAddress`, an address of IPv4 or IPv6, and `remotePort`. The own
/// address goes to `localAddress`, which is empty and has room for `capacity` octets, NUL included; left empty, or 0.0.0.0, or ::, it is any. The answer is the own port, 0
/// for any; a negative one ends the call with that number. Texts live as long as the call.
pub type INetBindIPEndPointCallback = Option<
    unsafe extern "C" fn(
        user: *mut c_void,
        remoteAddress: *const c_char,
        remotePort: i32,
        localAddress: *mut c_char,
        capacity: usize,
    ) -> i32,
>;

/// More than any address needs.
const ROOM: usize = 64;

/// Has the host asked for the own end of each connection before it is bound, to servers, proxies and revocation services, in the place of what
/// INetSmtpClient_SetLocalEndPoint says. Where a name has several addresses, it is asked for each one that is tried. The callback runs on the thread that opens the connection,
/// which is the library's for asynchronous calls and for runs over several connections; no lock is held, and the time that it takes is part of Timeout.
///
/// @param client the object.
/// @param callback what is called; or NULL for nothing any more.
/// @param user handed to the callbacks as it is.
/// @param dropUser called once when no connection uses the callback any more, on whatever thread that is; or NULL. Also where this function fails.
/// @return 0, or a status. An answer that is no address, or no port, ends the call in INET_E_ARGUMENT or INET_E_ARGUMENT_OUT_OF_RANGE.
/// @see Aspose SmtpClient.BindIPEndPoint
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_OnBindIPEndPoint(
    client: *mut INetSmtpClient,
    callback: INetBindIPEndPointCallback,
    user: *mut c_void,
    dropUser: INetDropCallback,
) -> i32 {
    boundary::status(|| {
        let user = User { pointer: user, drop: dropUser };
        let client = handles::get(client)?;
        client.set_on_bind(callback.map(|callback| {
            BindHook(Arc::new(move |remote: SocketAddr| {
                let pointer = { &user }.pointer;
                let address = text_out(&remote.ip().to_string());
                let mut room = [0u8; ROOM];
                // SAFETY: the callback is one of the host's, with the pointer that it came with; text and room outlive the call.
                let answer = unsafe {
                    let port = i32::from(remote.port());
                    callback(pointer, address.as_ptr(), port, room.as_mut_ptr().cast(), ROOM)
                };
                match answer {
                    ..0 => Err(Error::of_callback(answer)),
                    port => own_end(text_of(&room)?, port),
                }
            }))
        }));
        Ok(())
    })
}

/// What a callback has written.
fn text_of(room: &[u8]) -> Result<&str> {
    let text = CStr::from_bytes_until_nul(room).ok().and_then(|text| text.to_str().ok());
    text.ok_or_else(|| Error::new(Status::Argument, "the callback tells of no address"))
}
