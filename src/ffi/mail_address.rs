//! INetMailAddress: an immutable mail address and its display name.

use super::handles::{self, Opaque};
use super::{boundary, text::text_in};
use crate::model::MailAddress;
use std::ffi::c_char;
use std::sync::Arc;

/// A mail address and its display name. Immutable.
pub struct INetMailAddress {
    _opaque: [u8; 0],
}

impl Opaque for INetMailAddress {
    type Model = MailAddress;
    const NAME: &'static str = "INetMailAddress";
}

/// Makes an address.
///
/// @param address `user@domain`, UTF-8; copied.
/// @return a new reference, to be released with INetMailAddress_Release; or NULL on failure.
/// @error INET_E_ADDRESS the text is no mail address.
/// @error INET_E_LINE_BREAK a text holds CR, LF or NUL.
/// @see Fore CurlMailAddress.Create; RFC 5321 section 4.1.2
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailAddress_Create(address: *const c_char) -> *mut INetMailAddress {
    boundary::handle(|| {
        let address = unsafe { text_in(address, "address") }?;
        Ok(Arc::new(MailAddress::new(address)?))
    })
}

/// Makes an address with the name that is shown for it.
///
/// @param address `user@domain`, UTF-8; copied.
/// @param displayName the name to show, UTF-8, empty for none; copied.
/// @return a new reference, to be released with INetMailAddress_Release; or NULL on failure.
/// @error INET_E_ADDRESS the text is no mail address.
/// @error INET_E_LINE_BREAK a text holds CR, LF or NUL.
/// @see Fore CurlMailAddress.CreateWithName; RFC 5322 section 3.4
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailAddress_CreateWithName(
    address: *const c_char,
    displayName: *const c_char,
) -> *mut INetMailAddress {
    boundary::handle(|| {
        let address = unsafe { text_in(address, "address") }?;
        let name = unsafe { text_in(displayName, "displayName") }?;
        Ok(Arc::new(MailAddress::with_name(address, name)?))
    })
}

/// The same as INetMailAddress_Create, under the name of its class.
///
/// @param address `user@domain`, UTF-8; copied.
/// @return a new reference, to be released with INetMailAddress_Release; or NULL on failure.
/// @error INET_E_ADDRESS the text is no mail address.
/// @error INET_E_LINE_BREAK a text holds CR, LF or NUL.
/// @see Fore CurlMailAddress.Create
#[unsafe(no_mangle)]
pub unsafe extern "C" fn CurlMailAddress_Create(address: *const c_char) -> *mut INetMailAddress {
    unsafe { INetMailAddress_Create(address) }
}

/// The same as INetMailAddress_CreateWithName, under the name of its class.
///
/// @param address `user@domain`, UTF-8; copied.
/// @param displayName the name to show, UTF-8, empty for none; copied.
/// @return a new reference, to be released with INetMailAddress_Release; or NULL on failure.
/// @error INET_E_ADDRESS the text is no mail address.
/// @error INET_E_LINE_BREAK a text holds CR, LF or NUL.
/// @see Fore CurlMailAddress.CreateWithName
#[unsafe(no_mangle)]
pub unsafe extern "C" fn CurlMailAddress_CreateWithName(
    address: *const c_char,
    displayName: *const c_char,
) -> *mut INetMailAddress {
    unsafe { INetMailAddress_CreateWithName(address, displayName) }
}

/// Makes an address from a mailbox as people write it: `user@domain`, `<user@domain>`, `Name <user@domain>` or
/// `"Name" <user@domain>`.
///
/// @param text the mailbox, UTF-8; copied.
/// @return a new reference, to be released with INetMailAddress_Release; or NULL on failure.
/// @error INET_E_ADDRESS the text is no mail address.
/// @error INET_E_LINE_BREAK a text holds CR, LF or NUL.
/// @see Aspose MailAddress; RFC 5322 section 3.4
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailAddress_Parse(text: *const c_char) -> *mut INetMailAddress {
    boundary::handle(|| {
        let text = unsafe { text_in(text, "text") }?;
        Ok(Arc::new(MailAddress::parse(text)?))
    })
}

/// Whether a text is a mail address of the form `user@domain`.
///
/// @param text the text, UTF-8.
/// @return 1 or 0, or a status.
/// @see inetmail; RFC 5321 section 4.1.2
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailAddress_IsValid(text: *const c_char) -> i32 {
    boundary::value(|| {
        let text = unsafe { text_in(text, "text") }?;
        Ok(i32::from(MailAddress::new(text).is_ok()))
    })
}

/// The full address, `user@domain`.
///
/// @param address the address.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see Fore INetMailAddress.Address
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailAddress_GetAddress(
    address: *const INetMailAddress,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(address)?.address().to_owned())) }
}

/// The name that is shown instead of the address; empty where there is none.
///
/// @param address the address.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see Fore INetMailAddress.DisplayName
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailAddress_GetDisplayName(
    address: *const INetMailAddress,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || Ok(handles::get(address)?.display_name().to_owned()))
    }
}

/// The domain of the address, as it was given.
///
/// @param address the address.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see Fore INetMailAddress.Host
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailAddress_GetHost(
    address: *const INetMailAddress,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(address)?.host().to_owned())) }
}

/// What stands left of the `@`.
///
/// @param address the address.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see Fore INetMailAddress.User
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetMailAddress_GetUser(
    address: *const INetMailAddress,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(address)?.user().to_owned())) }
}

/// Takes one more reference to the object: each wants its own INetMailAddress_Release.
///
/// @param address the object.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetMailAddress.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetMailAddress_AddRef(address: *mut INetMailAddress) -> i32 {
    boundary::status(|| handles::add_ref(address))
}

/// Gives up one reference. The object lives on as long as the library or a call under way uses it.
///
/// @param address the object, or NULL, which is no failure.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetMailAddress, or was released before.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetMailAddress_Release(address: *mut INetMailAddress) -> i32 {
    boundary::release(|| handles::release(address))
}
