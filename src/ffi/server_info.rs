//! INetServerInfo: what a server said of itself.

use super::handles::{self, Opaque};
use super::server_reply::place;
use super::{boundary, text::text_in};
use crate::model::ServerInfo;
use std::ffi::c_char;

/// What the server of one connection said of itself. It stays as it is, also when the connection is closed.
pub struct INetServerInfo {
    _opaque: [u8; 0],
}

impl Opaque for INetServerInfo {
    type Model = ServerInfo;
    const NAME: &'static str = "INetServerInfo";
}

/// The first words of the server, lines joined by LF.
///
/// @param info the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see RFC 5321 section 3.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetServerInfo_GetGreeting(
    info: *const INetServerInfo,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(info)?.greeting.clone())) }
}

/// The answer to EHLO (to HELO where the server knows no EHLO), lines joined by LF, codes left out.
///
/// @param info the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see RFC 5321 section 4.1.1.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetServerInfo_GetEhloText(
    info: *const INetServerInfo,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || Ok(handles::get(info)?.capabilities.text.clone()))
    }
}

/// Whether the connection was under TLS.
///
/// @param info the object.
/// @return 1 or 0, or a status.
/// @see RFC 8314; RFC 3207
#[unsafe(no_mangle)]
pub extern "C" fn INetServerInfo_GetIsTls(info: *const INetServerInfo) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(info)?.is_tls)))
}

/// Whether it is known what the server offers: it is not where the server knows HELO only.
///
/// @param info the object.
/// @return 1 or 0, or a status.
/// @see SecureBlackbox ServerInfoAvailable
#[unsafe(no_mangle)]
pub extern "C" fn INetServerInfo_GetAvailable(info: *const INetServerInfo) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(info)?.capabilities.are_known)))
}

/// Whether the server offers the mechanism LOGIN.
///
/// @param info the object.
/// @return 1 or 0, or a status.
/// @see SecureBlackbox ServerInfoAuthLoginSupported
#[unsafe(no_mangle)]
pub extern "C" fn INetServerInfo_GetAuthLoginSupported(info: *const INetServerInfo) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(info)?.offers_mechanism("LOGIN"))))
}

/// Whether the server offers the mechanism PLAIN.
///
/// @param info the object.
/// @return 1 or 0, or a status.
/// @see SecureBlackbox ServerInfoAuthPlainSupported; RFC 4616
#[unsafe(no_mangle)]
pub extern "C" fn INetServerInfo_GetAuthPlainSupported(info: *const INetServerInfo) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(info)?.offers_mechanism("PLAIN"))))
}

/// Whether the server offers BINARYMIME.
///
/// @param info the object.
/// @return 1 or 0, or a status.
/// @see SecureBlackbox ServerInfoBinarySupported; RFC 3030
#[unsafe(no_mangle)]
pub extern "C" fn INetServerInfo_GetBinarySupported(info: *const INetServerInfo) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(info)?.capabilities.binary_mime)))
}

/// Whether the server offers CHUNKING.
///
/// @param info the object.
/// @return 1 or 0, or a status.
/// @see SecureBlackbox ServerInfoChunkingSupported; RFC 3030
#[unsafe(no_mangle)]
pub extern "C" fn INetServerInfo_GetChunkingSupported(info: *const INetServerInfo) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(info)?.capabilities.chunking)))
}

/// Whether the server offers DSN: NOTIFY, RET, ENVID and ORCPT.
///
/// @param info the object.
/// @return 1 or 0, or a status.
/// @see SecureBlackbox ServerInfoDsnSupported; RFC 3461
#[unsafe(no_mangle)]
pub extern "C" fn INetServerInfo_GetDsnSupported(info: *const INetServerInfo) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(info)?.capabilities.dsn)))
}

/// The largest message that the server takes.
///
/// @param info the object.
/// @return octets, or 0 where it names no limit, or a status.
/// @see SecureBlackbox ServerInfoMaxMessageSize; RFC 1870
#[unsafe(no_mangle)]
pub extern "C" fn INetServerInfo_GetMaxMessageSize(info: *const INetServerInfo) -> i64 {
    boundary::long_value(|| Ok(handles::get(info)?.max_message_size()))
}

/// Whether the server offers any login. INetServerInfo_GetCapability of AUTH names its mechanisms.
///
/// @param info the object.
/// @return 1 or 0, or a status.
/// @see SecureBlackbox ServerInfoSaslSupported; RFC 4954
#[unsafe(no_mangle)]
pub extern "C" fn INetServerInfo_GetSaslSupported(info: *const INetServerInfo) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(info)?.offers_login())))
}

/// Whether the server offers SIZE.
///
/// @param info the object.
/// @return 1 or 0, or a status.
/// @see SecureBlackbox ServerInfoSizeSupported; RFC 1870
#[unsafe(no_mangle)]
pub extern "C" fn INetServerInfo_GetSizeSupported(info: *const INetServerInfo) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(info)?.capabilities.size.is_some())))
}

/// Whether the server offers ENHANCEDSTATUSCODES.
///
/// @param info the object.
/// @return 1 or 0, or a status.
/// @see SecureBlackbox ServerInfoStatusCodesSupported; RFC 2034
#[unsafe(no_mangle)]
pub extern "C" fn INetServerInfo_GetStatusCodesSupported(info: *const INetServerInfo) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(info)?.capabilities.enhanced_status_codes)))
}

/// How many messages the server takes over one connection (MAILMAX).
///
/// @param info the object.
/// @return the number, or 0 where the server names no limit, or a status.
/// @see RFC 9422
#[unsafe(no_mangle)]
pub extern "C" fn INetServerInfo_GetMaxMessages(info: *const INetServerInfo) -> i32 {
    boundary::value(|| Ok(limit(handles::get(info)?.capabilities.limits.messages)))
}

/// How many recipients of one message the server takes (RCPTMAX).
///
/// @param info the object.
/// @return the number, or 0 where the server names no limit, or a status.
/// @see RFC 9422
#[unsafe(no_mangle)]
pub extern "C" fn INetServerInfo_GetMaxRecipients(info: *const INetServerInfo) -> i32 {
    boundary::value(|| Ok(limit(handles::get(info)?.capabilities.limits.recipients)))
}

/// How many different domains of recipients the server takes over one connection (RCPTDOMAINMAX).
///
/// @param info the object.
/// @return the number, or 0 where the server names no limit, or a status.
/// @see RFC 9422
#[unsafe(no_mangle)]
pub extern "C" fn INetServerInfo_GetMaxRecipientDomains(info: *const INetServerInfo) -> i32 {
    boundary::value(|| Ok(limit(handles::get(info)?.capabilities.limits.domains)))
}

/// Whether the server offers an extension.
///
/// @param info the object.
/// @param name the keyword, such as PIPELINING, in any letter case. UTF-8.
/// @return 1 or 0, or a status.
/// @see RFC 5321 section 4.1.1.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetServerInfo_HasCapability(
    info: *const INetServerInfo,
    name: *const c_char,
) -> i32 {
    boundary::value(|| {
        Ok(i32::from(
            handles::get(info)?
                .capabilities
                .parameters(unsafe { text_in(name, "name") }?)
                .is_some(),
        ))
    })
}

/// The parameters that the server names with an extension, such as the mechanisms of AUTH. Empty where it has none or is not
/// offered, which INetServerInfo_HasCapability tells apart.
///
/// @param info the object.
/// @param name the keyword in any letter case. UTF-8.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see RFC 5321 section 4.1.1.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetServerInfo_GetCapability(
    info: *const INetServerInfo,
    name: *const c_char,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            Ok(handles::get(info)?
                .capabilities
                .parameters(text_in(name, "name")?)
                .unwrap_or_default())
        })
    }
}

/// How many extensions the server offers.
///
/// @param info the object.
/// @return the number, or a status.
/// @see RFC 5321 section 4.1.1.1
#[unsafe(no_mangle)]
pub extern "C" fn INetServerInfo_GetCapabilityCount(info: *const INetServerInfo) -> i32 {
    boundary::value(|| Ok(handles::get(info)?.capabilities.keywords().len() as i32))
}

/// The keyword of an extension as the server wrote it.
///
/// @param info the object.
/// @param index 0 to the count less 1.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE there is no such extension.
/// @see RFC 5321 section 4.1.1.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetServerInfo_GetCapabilityName(
    info: *const INetServerInfo,
    index: i32,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            let info = handles::get(info)?;
            let keywords = info.capabilities.keywords();
            Ok(keywords[place(index, keywords.len())?].to_owned())
        })
    }
}

/// Takes one more reference to the object: each wants its own INetServerInfo_Release.
///
/// @param info the object.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetServerInfo.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetServerInfo_AddRef(info: *mut INetServerInfo) -> i32 {
    boundary::status(|| handles::add_ref(info))
}

/// Gives up one reference. The object lives on as long as the library or a call under way uses it.
///
/// @param info the object, or NULL, which is no failure.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetServerInfo, or was released before.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetServerInfo_Release(info: *mut INetServerInfo) -> i32 {
    boundary::release(|| handles::release(info))
}

fn limit(limit: Option<u32>) -> i32 {
    limit.map_or(0, |limit| i32::try_from(limit).unwrap_or(i32::MAX))
}
