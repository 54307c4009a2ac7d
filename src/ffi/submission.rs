//! INetSmtpClient: ready messages, forwarding, and other ways of delivery.

use super::handles;
use super::mail_message::INetMailMessage;
use super::send_report::INetSendReport;
use super::smtp_client::INetSmtpClient;
use super::stream::{INetReadCallback, octets};
use super::{
    boundary,
    text::{bytes_in, optional_text_in, text_in},
};
use crate::error::{Error, Result, Status};
use crate::model::{DeliveryMethod, HostEnvelope, ReadyOctets};
use std::ffi::{c_char, c_void};
use std::sync::Arc;

/// Aspose SmtpDeliveryMethod.Network: to the server.
pub const INET_DELIVERY_NETWORK: i32 = 0;
/// Aspose SmtpDeliveryMethod.SpecifiedPickupDirectory: as a file, into the pickup directory that was set.
pub const INET_DELIVERY_SPECIFIED_PICKUP_DIRECTORY: i32 = 1;
/// Aspose SmtpDeliveryMethod.PickupDirectoryFromIis: into the directory that IIS is set to, where there is an IIS.
pub const INET_DELIVERY_PICKUP_DIRECTORY_FROM_IIS: i32 = 2;

/// The envelope that a host gives, in part or whole.
///
/// # Safety
/// Each text is NULL or NUL-terminated and stays as it is while the result is in use.
unsafe fn envelope<'a>(
    sender: *const c_char,
    recipients: *const c_char,
) -> Result<HostEnvelope<'a>> {
    // SAFETY: as promised by the caller.
    unsafe {
        Ok(HostEnvelope {
            sender: optional_text_in(sender, "sender")?,
            recipients: optional_text_in(recipients, "recipients")?,
        })
    }
}

/// Sends a message that is ready. It goes out as it is, but for Bcc, Resent-Bcc and Return-Path, which are taken off, and for
/// line breaks, which become CRLF.
///
/// @param client the object.
/// @param sender the sender of the envelope as a mail address, or "<>" for nobody, UTF-8; copied; or NULL to have the header
///     tell: Resent-Sender or Resent-From of the last resending, else Return-Path, Sender or From.
/// @param recipients the recipients as mailboxes between commas or semicolons, UTF-8; copied; or NULL to have the header tell:
///     Resent-To, Resent-Cc and Resent-Bcc of the last resending, else To, Cc and Bcc.
/// @param data the message, header and all; read during the call.
/// @param length how many octets there are.
/// @return 0, or a status.
/// @error INET_E_NO_MESSAGE the octets are no message.
/// @error INET_E_EIGHT_BIT_MIME_NOT_OFFERED there are octets beyond ASCII, and the server takes none.
/// @error INET_E_SOME_RECIPIENTS_REFUSED the message was accepted, but not for all.
/// @error INET_E_IN_DOUBT the connection was lost between the message and the final reply.
/// @see SecureBlackbox SendBytes
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_SendBytes(
    client: *mut INetSmtpClient,
    sender: *const c_char,
    recipients: *const c_char,
    data: *const u8,
    length: usize,
) -> i32 {
    boundary::status(|| {
        let client = handles::get(client)?;
        let data = unsafe { bytes_in(data, length, "data") }?;
        let envelope = unsafe { envelope(sender, recipients) }?;
        client.send_ready(ReadyOctets::Slice(data), envelope)?.to_result()
    })
}

/// The same as INetSmtpClient_SendBytes, and reports what became of each recipient. The report takes the place of the error
/// record.
///
/// @param client the object.
/// @param sender the sender of the envelope as a mail address, or "<>" for nobody, UTF-8; copied; or NULL to have the header
///     tell: Resent-Sender or Resent-From of the last resending, else Return-Path, Sender or From.
/// @param recipients the recipients as mailboxes between commas or semicolons, UTF-8; copied; or NULL to have the header tell:
///     Resent-To, Resent-Cc and Resent-Bcc of the last resending, else To, Cc and Bcc.
/// @param data the message, header and all; read during the call.
/// @param length how many octets there are.
/// @return a new report, whatever the server made of the message, to be released with INetSendReport_Release; or NULL where the
///     Send failed before any server was tried.
/// @see SecureBlackbox SendBytes
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_SendBytesWithReport(
    client: *mut INetSmtpClient,
    sender: *const c_char,
    recipients: *const c_char,
    data: *const u8,
    length: usize,
) -> *mut INetSendReport {
    boundary::handle(|| {
        let client = handles::get(client)?;
        let data = unsafe { bytes_in(data, length, "data") }?;
        let envelope = unsafe { envelope(sender, recipients) }?;
        Ok(Arc::new(client.send_ready(ReadyOctets::Slice(data), envelope)?))
    })
}

/// Sends a message that stands ready in a file, which is never in memory as a whole. It goes out as it is, but for Bcc,
/// Resent-Bcc and Return-Path, which are taken off, and for line breaks, which become CRLF.
///
/// @param client the object.
/// @param sender the sender of the envelope as a mail address, or "<>" for nobody, UTF-8; copied; or NULL to have the header
///     tell: Resent-Sender or Resent-From of the last resending, else Return-Path, Sender or From.
/// @param recipients the recipients as mailboxes between commas or semicolons, UTF-8; copied; or NULL to have the header tell:
///     Resent-To, Resent-Cc and Resent-Bcc of the last resending, else To, Cc and Bcc.
/// @param fileName path of the file, UTF-8.
/// @return 0, or a status.
/// @error INET_E_FILE_NOT_FOUND there is no such file.
/// @error INET_E_NO_MESSAGE the octets are no message.
/// @error INET_E_EIGHT_BIT_MIME_NOT_OFFERED there are octets beyond ASCII, and the server takes none.
/// @error INET_E_SOME_RECIPIENTS_REFUSED the message was accepted, but not for all.
/// @error INET_E_IN_DOUBT the connection was lost between the message and the final reply.
/// @see SecureBlackbox SendFile
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_SendFile(
    client: *mut INetSmtpClient,
    sender: *const c_char,
    recipients: *const c_char,
    fileName: *const c_char,
) -> i32 {
    boundary::status(|| {
        let client = handles::get(client)?;
        let path = unsafe { text_in(fileName, "fileName") }?;
        let envelope = unsafe { envelope(sender, recipients) }?;
        client.send_ready(ReadyOctets::File(path), envelope)?.to_result()
    })
}

/// The same as INetSmtpClient_SendFile, and reports what became of each recipient. The report takes the place of the error
/// record.
///
/// @param client the object.
/// @param sender the sender of the envelope as a mail address, or "<>" for nobody, UTF-8; copied; or NULL to have the header
///     tell: Resent-Sender or Resent-From of the last resending, else Return-Path, Sender or From.
/// @param recipients the recipients as mailboxes between commas or semicolons, UTF-8; copied; or NULL to have the header tell:
///     Resent-To, Resent-Cc and Resent-Bcc of the last resending, else To, Cc and Bcc.
/// @param fileName path of the file, UTF-8.
/// @return a new report, whatever the server made of the message, to be released with INetSendReport_Release; or NULL where the
///     Send failed before any server was tried.
/// @see SecureBlackbox SendFile
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_SendFileWithReport(
    client: *mut INetSmtpClient,
    sender: *const c_char,
    recipients: *const c_char,
    fileName: *const c_char,
) -> *mut INetSendReport {
    boundary::handle(|| {
        let client = handles::get(client)?;
        let path = unsafe { text_in(fileName, "fileName") }?;
        let envelope = unsafe { envelope(sender, recipients) }?;
        Ok(Arc::new(client.send_ready(ReadyOctets::File(path), envelope)?))
    })
}

/// Sends a message that a callback gives, which is never in memory as a whole. It goes out as it is, but for Bcc, Resent-Bcc and
/// Return-Path, which are taken off, and for line breaks, which become CRLF.
///
/// @param client the object.
/// @param sender the sender of the envelope as a mail address, or "<>" for nobody, UTF-8; copied; or NULL to have the header
///     tell: Resent-Sender or Resent-From of the last resending, else Return-Path, Sender or From.
/// @param recipients the recipients as mailboxes between commas or semicolons, UTF-8; copied; or NULL to have the header tell:
///     Resent-To, Resent-Cc and Resent-Bcc of the last resending, else To, Cc and Bcc.
/// @param read gives the octets, on this thread. It is not asked for what it has given before: where the connection is lost in
///     the midst of the message, the Send fails.
/// @param user handed to the callback as it is.
/// @return 0, or a status, or the negative number that the callback answered.
/// @error INET_E_NO_MESSAGE the octets are no message.
/// @error INET_E_EIGHT_BIT_MIME_NOT_OFFERED there are octets beyond ASCII, and the server takes none.
/// @error INET_E_SOME_RECIPIENTS_REFUSED the message was accepted, but not for all.
/// @error INET_E_IN_DOUBT the connection was lost between the message and the final reply.
/// @see SecureBlackbox SendStream
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_SendStream(
    client: *mut INetSmtpClient,
    sender: *const c_char,
    recipients: *const c_char,
    read: INetReadCallback,
    user: *mut c_void,
) -> i32 {
    boundary::status(|| {
        let client = handles::get(client)?;
        let envelope = unsafe { envelope(sender, recipients) }?;
        let octets = octets(read, user)?;
        client.send_ready(ReadyOctets::Stream(octets), envelope)?.to_result()
    })
}

/// The same as INetSmtpClient_SendStream, and reports what became of each recipient. The report takes the place of the error
/// record.
///
/// @param client the object.
/// @param sender the sender of the envelope as a mail address, or "<>" for nobody, UTF-8; copied; or NULL to have the header
///     tell: Resent-Sender or Resent-From of the last resending, else Return-Path, Sender or From.
/// @param recipients the recipients as mailboxes between commas or semicolons, UTF-8; copied; or NULL to have the header tell:
///     Resent-To, Resent-Cc and Resent-Bcc of the last resending, else To, Cc and Bcc.
/// @param read gives the octets, on this thread. It is not asked for what it has given before: where the connection is lost in
///     the midst of the message, the Send fails.
/// @param user handed to the callback as it is.
/// @return a new report, whatever the server made of the message, to be released with INetSendReport_Release; or NULL where the
///     Send failed before any server was tried.
/// @see SecureBlackbox SendStream
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_SendStreamWithReport(
    client: *mut INetSmtpClient,
    sender: *const c_char,
    recipients: *const c_char,
    read: INetReadCallback,
    user: *mut c_void,
) -> *mut INetSendReport {
    boundary::handle(|| {
        let client = handles::get(client)?;
        let envelope = unsafe { envelope(sender, recipients) }?;
        let octets = octets(read, user)?;
        Ok(Arc::new(client.send_ready(ReadyOctets::Stream(octets), envelope)?))
    })
}

/// Sends a message on to others, as it is, but for Bcc. INetSmtpClient_SetAddResentHeaders has it tell who sent it on. A message
/// that was loaded and not changed goes out octet for octet.
///
/// @param client the object.
/// @param sender the sender of the envelope as a mail address, or "<>" for nobody, UTF-8; copied.
/// @param recipients the recipients as mailboxes between commas or semicolons, UTF-8; copied. Nobody else gets the message,
///     whoever its header names.
/// @param message the message.
/// @return 0, or a status.
/// @error INET_E_EIGHT_BIT_MIME_NOT_OFFERED there are octets beyond ASCII, and the server takes none.
/// @error INET_E_SOME_RECIPIENTS_REFUSED the message was accepted, but not for all.
/// @error INET_E_IN_DOUBT the connection was lost between the message and the final reply.
/// @see Aspose SmtpClient.Forward; RFC 5322 section 3.6.6
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_Forward(
    client: *mut INetSmtpClient,
    sender: *const c_char,
    recipients: *const c_char,
    message: *mut INetMailMessage,
) -> i32 {
    boundary::status(|| {
        let client = handles::get(client)?;
        let sender = unsafe { text_in(sender, "sender") }?;
        let recipients = unsafe { text_in(recipients, "recipients") }?;
        let message = handles::get(message)?;
        client.forward(sender, recipients, &message)?.to_result()
    })
}

/// The same as INetSmtpClient_Forward, and reports what became of each recipient. The report takes the place of the error record.
///
/// @param client the object.
/// @param sender the sender of the envelope as a mail address, or "<>" for nobody, UTF-8; copied.
/// @param recipients the recipients as mailboxes between commas or semicolons, UTF-8; copied. Nobody else gets the message,
///     whoever its header names.
/// @param message the message.
/// @return a new report, whatever the server made of the message, to be released with INetSendReport_Release; or NULL where the
///     Send failed before any server was tried.
/// @see Aspose SmtpClient.Forward; RFC 5322 section 3.6.6
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_ForwardWithReport(
    client: *mut INetSmtpClient,
    sender: *const c_char,
    recipients: *const c_char,
    message: *mut INetMailMessage,
) -> *mut INetSendReport {
    boundary::handle(|| {
        let client = handles::get(client)?;
        let sender = unsafe { text_in(sender, "sender") }?;
        let recipients = unsafe { text_in(recipients, "recipients") }?;
        let message = handles::get(message)?;
        Ok(Arc::new(client.forward(sender, recipients, &message)?))
    })
}

/// Sends a message that is ready on to others, as it is, but for Bcc. INetSmtpClient_SetAddResentHeaders has it tell who sent it
/// on.
///
/// @param client the object.
/// @param sender the sender of the envelope as a mail address, or "<>" for nobody, UTF-8; copied.
/// @param recipients the recipients as mailboxes between commas or semicolons, UTF-8; copied. Nobody else gets the message,
///     whoever its header names.
/// @param data the message, header and all; read during the call.
/// @param length how many octets there are.
/// @return 0, or a status.
/// @error INET_E_NO_MESSAGE the octets are no message.
/// @error INET_E_EIGHT_BIT_MIME_NOT_OFFERED there are octets beyond ASCII, and the server takes none.
/// @error INET_E_SOME_RECIPIENTS_REFUSED the message was accepted, but not for all.
/// @error INET_E_IN_DOUBT the connection was lost between the message and the final reply.
/// @see Aspose SmtpClient.Forward; RFC 5322 section 3.6.6
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_ForwardBytes(
    client: *mut INetSmtpClient,
    sender: *const c_char,
    recipients: *const c_char,
    data: *const u8,
    length: usize,
) -> i32 {
    boundary::status(|| {
        let client = handles::get(client)?;
        let sender = unsafe { text_in(sender, "sender") }?;
        let recipients = unsafe { text_in(recipients, "recipients") }?;
        let data = unsafe { bytes_in(data, length, "data") }?;
        client.forward_ready(sender, recipients, ReadyOctets::Slice(data))?.to_result()
    })
}

/// The same as INetSmtpClient_ForwardBytes, and reports what became of each recipient. The report takes the place of the error
/// record.
///
/// @param client the object.
/// @param sender the sender of the envelope as a mail address, or "<>" for nobody, UTF-8; copied.
/// @param recipients the recipients as mailboxes between commas or semicolons, UTF-8; copied. Nobody else gets the message,
///     whoever its header names.
/// @param data the message, header and all; read during the call.
/// @param length how many octets there are.
/// @return a new report, whatever the server made of the message, to be released with INetSendReport_Release; or NULL where the
///     Send failed before any server was tried.
/// @see Aspose SmtpClient.Forward; RFC 5322 section 3.6.6
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_ForwardBytesWithReport(
    client: *mut INetSmtpClient,
    sender: *const c_char,
    recipients: *const c_char,
    data: *const u8,
    length: usize,
) -> *mut INetSendReport {
    boundary::handle(|| {
        let client = handles::get(client)?;
        let sender = unsafe { text_in(sender, "sender") }?;
        let recipients = unsafe { text_in(recipients, "recipients") }?;
        let data = unsafe { bytes_in(data, length, "data") }?;
        Ok(Arc::new(client.forward_ready(sender, recipients, ReadyOctets::Slice(data))?))
    })
}

/// Sends a message that stands in a file on to others, as it is, but for Bcc. INetSmtpClient_SetAddResentHeaders has it tell who
/// sent it on.
///
/// @param client the object.
/// @param sender the sender of the envelope as a mail address, or "<>" for nobody, UTF-8; copied.
/// @param recipients the recipients as mailboxes between commas or semicolons, UTF-8; copied. Nobody else gets the message,
///     whoever its header names.
/// @param fileName path of the file, UTF-8.
/// @return 0, or a status.
/// @error INET_E_FILE_NOT_FOUND there is no such file.
/// @error INET_E_NO_MESSAGE the octets are no message.
/// @error INET_E_EIGHT_BIT_MIME_NOT_OFFERED there are octets beyond ASCII, and the server takes none.
/// @error INET_E_SOME_RECIPIENTS_REFUSED the message was accepted, but not for all.
/// @error INET_E_IN_DOUBT the connection was lost between the message and the final reply.
/// @see Aspose SmtpClient.Forward; RFC 5322 section 3.6.6
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_ForwardFile(
    client: *mut INetSmtpClient,
    sender: *const c_char,
    recipients: *const c_char,
    fileName: *const c_char,
) -> i32 {
    boundary::status(|| {
        let client = handles::get(client)?;
        let sender = unsafe { text_in(sender, "sender") }?;
        let recipients = unsafe { text_in(recipients, "recipients") }?;
        let path = unsafe { text_in(fileName, "fileName") }?;
        client.forward_ready(sender, recipients, ReadyOctets::File(path))?.to_result()
    })
}

/// The same as INetSmtpClient_ForwardFile, and reports what became of each recipient. The report takes the place of the error
/// record.
///
/// @param client the object.
/// @param sender the sender of the envelope as a mail address, or "<>" for nobody, UTF-8; copied.
/// @param recipients the recipients as mailboxes between commas or semicolons, UTF-8; copied. Nobody else gets the message,
///     whoever its header names.
/// @param fileName path of the file, UTF-8.
/// @return a new report, whatever the server made of the message, to be released with INetSendReport_Release; or NULL where the
///     Send failed before any server was tried.
/// @see Aspose SmtpClient.Forward; RFC 5322 section 3.6.6
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_ForwardFileWithReport(
    client: *mut INetSmtpClient,
    sender: *const c_char,
    recipients: *const c_char,
    fileName: *const c_char,
) -> *mut INetSendReport {
    boundary::handle(|| {
        let client = handles::get(client)?;
        let sender = unsafe { text_in(sender, "sender") }?;
        let recipients = unsafe { text_in(recipients, "recipients") }?;
        let path = unsafe { text_in(fileName, "fileName") }?;
        Ok(Arc::new(client.forward_ready(sender, recipients, ReadyOctets::File(path))?))
    })
}

/// Sends a message that a callback gives on to others, as it is, but for Bcc. INetSmtpClient_SetAddResentHeaders has it tell who
/// sent it on.
///
/// @param client the object.
/// @param sender the sender of the envelope as a mail address, or "<>" for nobody, UTF-8; copied.
/// @param recipients the recipients as mailboxes between commas or semicolons, UTF-8; copied. Nobody else gets the message,
///     whoever its header names.
/// @param read gives the octets, on this thread. It is not asked for what it has given before: where the connection is lost in
///     the midst of the message, the Send fails.
/// @param user handed to the callback as it is.
/// @return 0, or a status, or the negative number that the callback answered.
/// @error INET_E_NO_MESSAGE the octets are no message.
/// @error INET_E_EIGHT_BIT_MIME_NOT_OFFERED there are octets beyond ASCII, and the server takes none.
/// @error INET_E_SOME_RECIPIENTS_REFUSED the message was accepted, but not for all.
/// @error INET_E_IN_DOUBT the connection was lost between the message and the final reply.
/// @see Aspose SmtpClient.Forward; RFC 5322 section 3.6.6
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_ForwardStream(
    client: *mut INetSmtpClient,
    sender: *const c_char,
    recipients: *const c_char,
    read: INetReadCallback,
    user: *mut c_void,
) -> i32 {
    boundary::status(|| {
        let client = handles::get(client)?;
        let sender = unsafe { text_in(sender, "sender") }?;
        let recipients = unsafe { text_in(recipients, "recipients") }?;
        let octets = octets(read, user)?;
        client.forward_ready(sender, recipients, ReadyOctets::Stream(octets))?.to_result()
    })
}

/// The same as INetSmtpClient_ForwardStream, and reports what became of each recipient. The report takes the place of the error
/// record.
///
/// @param client the object.
/// @param sender the sender of the envelope as a mail address, or "<>" for nobody, UTF-8; copied.
/// @param recipients the recipients as mailboxes between commas or semicolons, UTF-8; copied. Nobody else gets the message,
///     whoever its header names.
/// @param read gives the octets, on this thread. It is not asked for what it has given before: where the connection is lost in
///     the midst of the message, the Send fails.
/// @param user handed to the callback as it is.
/// @return a new report, whatever the server made of the message, to be released with INetSendReport_Release; or NULL where the
///     Send failed before any server was tried.
/// @see Aspose SmtpClient.Forward; RFC 5322 section 3.6.6
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_ForwardStreamWithReport(
    client: *mut INetSmtpClient,
    sender: *const c_char,
    recipients: *const c_char,
    read: INetReadCallback,
    user: *mut c_void,
) -> *mut INetSendReport {
    boundary::handle(|| {
        let client = handles::get(client)?;
        let sender = unsafe { text_in(sender, "sender") }?;
        let recipients = unsafe { text_in(recipients, "recipients") }?;
        let octets = octets(read, user)?;
        Ok(Arc::new(client.forward_ready(sender, recipients, ReadyOctets::Stream(octets))?))
    })
}

/// Whether a message that is sent on tells by Resent-From, Resent-To, Resent-Date and Resent-Message-ID who did so.
///
/// @param client the object.
/// @return 1 or 0 (0 unless set), or a status.
/// @see RFC 5322 section 3.6.6
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetAddResentHeaders(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(client)?.adds_resent_fields())))
}

/// Sets what INetSmtpClient_GetAddResentHeaders tells.
///
/// @param client the object.
/// @param addResentHeaders 0 for no, anything else for yes.
/// @return 0, or a status.
/// @see RFC 5322 section 3.6.6
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetAddResentHeaders(
    client: *mut INetSmtpClient,
    addResentHeaders: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(client)?.set_adds_resent_fields(addResentHeaders != 0);
        Ok(())
    })
}

/// Where messages go.
///
/// @param client the object.
/// @return an INET_DELIVERY_ number (0 unless set), or a status.
/// @see Aspose SmtpClient.DeliveryMethod; .NET SmtpClient.DeliveryMethod
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetDeliveryMethod(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| {
        Ok(match handles::get(client)?.delivery_method() {
            DeliveryMethod::Network => INET_DELIVERY_NETWORK,
            DeliveryMethod::SpecifiedPickupDirectory => INET_DELIVERY_SPECIFIED_PICKUP_DIRECTORY,
            DeliveryMethod::PickupDirectoryFromIis => INET_DELIVERY_PICKUP_DIRECTORY_FROM_IIS,
        })
    })
}

/// Chooses where messages go. A pickup directory gets them as files with the ending .eml, whole or not at all, the envelope in
/// X-Sender and X-Receiver lines, 8-bit text as it is; every way of sending goes there.
///
/// @param client the object.
/// @param method an INET_DELIVERY_ number.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
/// @see Aspose SmtpClient.DeliveryMethod; .NET SmtpClient.DeliveryMethod
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetDeliveryMethod(
    client: *mut INetSmtpClient,
    method: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(client)?.set_delivery_method(delivery_method(method)?);
        Ok(())
    })
}

/// The pickup directory. Empty where there is none.
///
/// @param client the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see Aspose SmtpClient.PickupDirectoryLocation; .NET SmtpClient.PickupDirectoryLocation
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_GetPickupDirectoryLocation(
    client: *const INetSmtpClient,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(client)?.pickup_directory())) }
}

/// Sets what INetSmtpClient_GetPickupDirectoryLocation tells. Messages go there once INetSmtpClient_SetDeliveryMethod says so.
///
/// @param client the object.
/// @param path the absolute path of a directory that is there when messages are sent, UTF-8; copied. Empty for none.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT the path is not absolute.
/// @see Aspose SmtpClient.PickupDirectoryLocation; .NET SmtpClient.PickupDirectoryLocation
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_SetPickupDirectoryLocation(
    client: *mut INetSmtpClient,
    path: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(client)?.set_pickup_directory(unsafe { text_in(path, "path") }?)
    })
}

fn delivery_method(number: i32) -> Result<DeliveryMethod> {
    match number {
        INET_DELIVERY_NETWORK => Ok(DeliveryMethod::Network),
        INET_DELIVERY_SPECIFIED_PICKUP_DIRECTORY => Ok(DeliveryMethod::SpecifiedPickupDirectory),
        INET_DELIVERY_PICKUP_DIRECTORY_FROM_IIS => Ok(DeliveryMethod::PickupDirectoryFromIis),
        other => {
            let sentence = format!("{other} is no delivery method: 0 to 2 are");
            Err(Error::new(Status::ArgumentOutOfRange, sentence))
        }
    }
}
