//! INetSmtpClient and INetLibrary: SecureBlackbox's configuration settings by their names.

use super::smtp_client::INetSmtpClient;
use super::{boundary, handles, text::text_in};
use crate::error::Result;
use crate::model::{
    ConfigKind, config_setting, config_settings, configure_library, item_of, library_config,
};
use std::ffi::c_char;

/// true or false; 1 and 0 are taken too.
pub const INET_CONFIG_BOOLEAN: i32 = 0;
/// A whole number in decimal digits.
pub const INET_CONFIG_NUMBER: i32 = 1;
/// A text.
pub const INET_CONFIG_TEXT: i32 = 2;

/// Sets a configuration setting of one client. INetLibrary_GetConfigNameAt lists the names, docs/configuration.md tells what they do.
///
/// @param client the object.
/// @param setting the name, in any letter case, = and the value, such as RemoveBCC=false. UTF-8; copied.
/// @return 0, or a status.
/// @error INET_E_CONFIG_NAME there is no such setting; the sentence tells the nearest.
/// @error INET_E_CONFIG_VALUE there is no value, or none that the setting can have.
/// @error INET_E_CONFIG_UNAVAILABLE this build of the library has nothing that the setting could act on.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is beyond the setting's range.
/// @see SecureBlackbox Config
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_Config(
    client: *mut INetSmtpClient,
    setting: *const c_char,
) -> i32 {
    boundary::status(|| handles::get(client)?.configure(unsafe { text_in(setting, "setting") }?))
}

/// The value of a configuration setting of one client, in the form in which it is set.
///
/// @param client the object.
/// @param configName the name, in any letter case.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @error INET_E_CONFIG_NAME there is no such setting; the sentence tells the nearest.
/// @error INET_E_CONFIG_UNAVAILABLE this build of the library has nothing that the setting could act on.
/// @see SecureBlackbox Config
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_GetConfig(
    client: *const INetSmtpClient,
    configName: *const c_char,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || {
            handles::get(client)?.config(text_in(configName, "configName")?)
        })
    }
}

/// Sets a configuration setting for all clients that the process makes from now on; those that there are keep theirs. Only what
/// INetLibrary_GetConfigIsOfProcessAt tells of can be set so.
///
/// @param setting the name, in any letter case, = and the value, such as MaxASN1TreeDepth=20. UTF-8; copied.
/// @return 0, or a status.
/// @error INET_E_CONFIG_NAME there is no such setting; the sentence tells the nearest.
/// @error INET_E_CONFIG_VALUE there is no value, or none that the setting can have.
/// @error INET_E_CONFIG_UNAVAILABLE the setting is each client's own, or this build of the library has nothing that it could act on.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is beyond the setting's range.
/// @see SecureBlackbox Config
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetLibrary_Config(setting: *const c_char) -> i32 {
    boundary::status(|| configure_library(unsafe { text_in(setting, "setting") }?))
}

/// The value of a configuration setting that a client made now begins with.
///
/// @param configName the name, in any letter case.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @error INET_E_CONFIG_NAME there is no such setting; the sentence tells the nearest.
/// @error INET_E_CONFIG_UNAVAILABLE this build of the library has nothing that the setting could act on.
/// @see SecureBlackbox Config
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetLibrary_GetConfig(
    configName: *const c_char,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || library_config(text_in(configName, "configName")?))
    }
}

/// How many configuration settings there are.
///
/// @return the number, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetLibrary_GetConfigNameCount() -> i32 {
    boundary::value(|| Ok(config_settings().len() as i32))
}

/// The name of a configuration setting. They stand in the order of their names.
///
/// @param index from 0.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE there is no such setting.
/// @see inetmail
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetLibrary_GetConfigNameAt(
    index: i32,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(item_of(config_settings(), index)?.name)) }
}

/// What a configuration setting does, in one line.
///
/// @param index from 0.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE there is no such setting.
/// @see inetmail
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetLibrary_GetConfigDescriptionAt(
    index: i32,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || Ok(item_of(config_settings(), index)?.description))
    }
}

/// What the values of a configuration setting look like.
///
/// @param index from 0.
/// @return one of INET_CONFIG_, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE there is no such setting.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetLibrary_GetConfigKindAt(index: i32) -> i32 {
    boundary::value(|| {
        Ok(match item_of(config_settings(), index)?.kind() {
            ConfigKind::Boolean => INET_CONFIG_BOOLEAN,
            ConfigKind::Number => INET_CONFIG_NUMBER,
            ConfigKind::Text => INET_CONFIG_TEXT,
        })
    })
}

/// Whether INetLibrary_Config can set a configuration setting, too.
///
/// @param index from 0.
/// @return 1 or 0, or a status.
/// @error INET_E_INDEX_OUT_OF_RANGE there is no such setting.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetLibrary_GetConfigIsOfProcessAt(index: i32) -> i32 {
    boundary::value(|| Ok(i32::from(item_of(config_settings(), index)?.is_of_process)))
}

/// Where a configuration setting stands in the list.
///
/// @param configName the name, in any letter case.
/// @return the index, or a status.
/// @error INET_E_CONFIG_NAME there is no such setting; the sentence tells the nearest.
/// @see inetmail
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetLibrary_GetConfigIndexOf(configName: *const c_char) -> i32 {
    boundary::value(|| index_of(unsafe { text_in(configName, "configName") }?))
}

fn index_of(name: &str) -> Result<i32> {
    let wanted = config_setting(name)?;
    let index = config_settings().iter().position(|setting| setting.name == wanted.name);
    Ok(index.unwrap_or_default() as i32)
}
