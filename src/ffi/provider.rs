//! INetSmtpClient and INetLibrary: the servers of well-known mail providers.

use super::smtp_client::INetSmtpClient;
use super::{boundary, text::text_in};
use crate::model::{item_of, provider_client, provider_names};
use std::ffi::c_char;
use std::sync::Arc;

/// Makes a client of a mail provider: its host, its port, and TLS. Port 465, with TLS from the first octet, goes before 587 where a
/// provider has both; SetPort leads to the other one. The login is still to be set.
///
/// @param provider a name that INetLibrary_GetProviderNameAt tells, such as gmail; with a region behind it where the provider has servers
///     in many, as in ses:eu-west-1; or a mail address of one of its domains, such as someone@gmail.com. In any letter case, UTF-8.
/// @return a new reference, to be released with INetSmtpClient_Release; or NULL on failure.
/// @error INET_E_PROVIDER there is no such provider, and the sentence names the nearest; or its region is missing, or none.
/// @see Fore sample on sending through various SMTP servers; RFC 8314
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_CreateForProvider(
    provider: *const c_char,
) -> *mut INetSmtpClient {
    boundary::handle(|| Ok(Arc::new(provider_client(unsafe { text_in(provider, "provider") }?)?)))
}

/// How many mail providers are known.
///
/// @return the number, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetLibrary_GetProviderNameCount() -> i32 {
    boundary::value(|| Ok(provider_names().len() as i32))
}

/// The name of a mail provider that INetSmtpClient_CreateForProvider takes.
///
/// @param index from 0.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE there is no such provider.
/// @see inetmail
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetLibrary_GetProviderNameAt(
    index: i32,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || item_of(provider_names(), index)) }
}
