//! INetSmtpClient: made by what a configuration file says.

use super::smtp_client::INetSmtpClient;
use super::text::{bytes_in, text_in};
use super::{boundary, handles};
use crate::model::ConfigText;
use std::ffi::c_char;
use std::sync::Arc;

/// Makes a client as a configuration file says: of .NET, in system.net/mailSettings/smtp, or a Scheduler.xml of Fore, in Mail,
/// Credentials and MailTo. What it says decides which it is. Files are in UTF-8, in UTF-16, or in what their XML declaration names.
///
/// @param path the file, UTF-8.
/// @return a new reference, to be released with INetSmtpClient_Release; or NULL on failure.
/// @error INET_E_FILE_NOT_FOUND there is no such file.
/// @error INET_E_IO the file cannot be read.
/// @error INET_E_CONFIG_FILE it is not well-formed, has a document type declaration, or holds what is not understood, which the sentence names.
/// @error INET_E_CONFIG_SECTION it holds no mail settings, or several of which none is system.net/mailSettings/smtp.
/// @see Aspose SmtpClient(Configuration); Fore Scheduler.xml
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_CreateFromConfigFile(
    path: *const c_char,
) -> *mut INetSmtpClient {
    boundary::handle(|| {
        let text = ConfigText::of_file(unsafe { text_in(path, "path") }?)?;
        Ok(Arc::new(text.client(None)?))
    })
}

/// Makes a client as a configuration says that the host has as a text.
///
/// @param xml the configuration, UTF-8 whatever its XML declaration says.
/// @return a new reference, to be released with INetSmtpClient_Release; or NULL on failure.
/// @error INET_E_CONFIG_FILE it is not well-formed, has a document type declaration, or holds what is not understood, which the sentence names.
/// @error INET_E_CONFIG_SECTION it holds no mail settings, or several of which none is system.net/mailSettings/smtp.
/// @see Aspose SmtpClient(Configuration); Fore Scheduler.xml
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_CreateFromConfigString(
    xml: *const c_char,
) -> *mut INetSmtpClient {
    boundary::handle(|| {
        let text = ConfigText::of_text(unsafe { text_in(xml, "xml") }?)?;
        Ok(Arc::new(text.client(None)?))
    })
}

/// Makes a client as a configuration says that the host has as the octets of a file.
///
/// @param data the octets, in UTF-8, in UTF-16, or in what their XML declaration names.
/// @param length how many.
/// @return a new reference, to be released with INetSmtpClient_Release; or NULL on failure.
/// @error INET_E_CONFIG_FILE it is not well-formed, has a document type declaration, or holds what is not understood, which the sentence names.
/// @error INET_E_CONFIG_SECTION it holds no mail settings, or several of which none is system.net/mailSettings/smtp.
/// @see Aspose SmtpClient(Configuration); Fore Scheduler.xml
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_CreateFromConfigBytes(
    data: *const u8,
    length: usize,
) -> *mut INetSmtpClient {
    boundary::handle(|| {
        let text = ConfigText::of_octets(unsafe { bytes_in(data, length, "data") }?)?;
        Ok(Arc::new(text.client(None)?))
    })
}

/// Makes a client as one of several sections of a configuration file says.
///
/// @param path the file, UTF-8.
/// @param section names of elements with / between them, in any letter case, that lead to the section, or the last of these: mailSettings/smtp_1.
/// @return a new reference, to be released with INetSmtpClient_Release; or NULL on failure.
/// @error INET_E_FILE_NOT_FOUND there is no such file.
/// @error INET_E_IO the file cannot be read.
/// @error INET_E_CONFIG_FILE it is not well-formed, has a document type declaration, or holds what is not understood, which the sentence names.
/// @error INET_E_CONFIG_SECTION there is no such section, or there are several; the sentence names the nearest.
/// @see .NET ConfigurationManager.GetSection; Aspose SmtpClient(Configuration)
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_CreateFromConfigSection(
    path: *const c_char,
    section: *const c_char,
) -> *mut INetSmtpClient {
    boundary::handle(|| {
        let (path, section) = unsafe { (text_in(path, "path")?, text_in(section, "section")?) };
        Ok(Arc::new(ConfigText::of_file(path)?.client(Some(section))?))
    })
}

/// Whom the configuration that the client was made by has messages be from. The client puts it into no message: give it to
/// INetMailMessage_CreateWithText, or to INetMailAddress_Parse.
///
/// @param client the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets (0 where the configuration does not say), NUL not counted, or a status.
/// @see .NET SmtpSection.From; Fore Scheduler.xml
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_GetConfigFrom(
    client: *const INetSmtpClient,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(client)?.configured_from())) }
}

/// Whom the configuration that the client was made by has messages go to, with commas between them. The client puts it into no
/// message: give it to INetMailMessage_CreateWithText, or to INetMailAddressCollection_AddString.
///
/// @param client the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets (0 where the configuration does not say), NUL not counted, or a status.
/// @see Fore Scheduler.xml
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_GetConfigTo(
    client: *const INetSmtpClient,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || Ok(handles::get(client)?.configured_recipients()))
    }
}

/// The service principal name of the configuration that the client was made by, which INetSmtpClient_SetTargetName was called with.
///
/// @param client the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets (0 where the configuration does not say), NUL not counted, or a status.
/// @see .NET SmtpNetworkElement.TargetName
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_GetConfigTargetName(
    client: *const INetSmtpClient,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe {
        boundary::text(buffer, capacity, || Ok(handles::get(client)?.configured_target_name()))
    }
}
