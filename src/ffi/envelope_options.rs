//! INetEnvelopeOptions: what MAIL and RCPT ask for beyond addresses.

use super::handles::{self, Opaque};
use super::{
    boundary,
    text::{optional_text_in, text_in},
};
use crate::error::{Error, Result, Status};
use crate::model::{EnvelopeOptions, Late, Notify, Return};
use std::ffi::c_char;
use std::sync::Arc;

/// Options of an envelope. Messages and clients share them: a change is seen by the next Send.
pub struct INetEnvelopeOptions {
    _opaque: [u8; 0],
}

impl Opaque for INetEnvelopeOptions {
    type Model = EnvelopeOptions;
    const NAME: &'static str = "INetEnvelopeOptions";
}

/// Aspose DeliveryNotificationOptions.None: as the server likes.
pub const INET_DELIVERY_NOTIFICATION_NONE: i32 = 0;
/// Aspose DeliveryNotificationOptions.OnSuccess: when the message was delivered.
pub const INET_DELIVERY_NOTIFICATION_ON_SUCCESS: i32 = 1;
/// Aspose DeliveryNotificationOptions.OnFailure: when it could not be.
pub const INET_DELIVERY_NOTIFICATION_ON_FAILURE: i32 = 2;
/// Aspose DeliveryNotificationOptions.Delay: when it takes long.
pub const INET_DELIVERY_NOTIFICATION_DELAY: i32 = 4;
/// Aspose DeliveryNotificationOptions.Never: in no case.
pub const INET_DELIVERY_NOTIFICATION_NEVER: i32 = 134_217_728;

/// As much of the message as the server likes.
pub const INET_DSN_RETURN_SERVERS_CHOICE: i32 = 0;
/// The header of the message.
pub const INET_DSN_RETURN_HEADERS: i32 = 1;
/// The whole message.
pub const INET_DSN_RETURN_FULL: i32 = 2;

/// No limit of time.
pub const INET_DELIVER_BY_NONE: i32 = 0;
/// A message that is late goes on, and its sender is told.
pub const INET_DELIVER_BY_NOTIFY: i32 = 1;
/// A message that is late goes back.
pub const INET_DELIVER_BY_RETURN: i32 = 2;

/// No priority of the transfer is set.
pub const INET_TRANSFER_PRIORITY_NONE: i32 = 100;

/// Makes options that ask for nothing.
///
/// @return a new reference, to be released with INetEnvelopeOptions_Release; or NULL on failure.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetEnvelopeOptions_Create() -> *mut INetEnvelopeOptions {
    boundary::handle(|| Ok(Arc::new(EnvelopeOptions::default())))
}

/// When the sender is told of the fate of the message.
///
/// @param options the object.
/// @return 0 (unless set), or INET_DELIVERY_NOTIFICATION_ numbers added up, or a status.
/// @see Aspose MailMessage.DeliveryNotificationOptions; RFC 3461 section 4.1
#[unsafe(no_mangle)]
pub extern "C" fn INetEnvelopeOptions_GetNotify(options: *const INetEnvelopeOptions) -> i32 {
    boundary::value(|| Ok(notify_number(handles::get(options)?.notify())))
}

/// Says when the sender is to be told of the fate of the message (NOTIFY).
///
/// @param options the object.
/// @param occasions 0 to leave it to the server, or INET_DELIVERY_NOTIFICATION_ numbers added up; NEVER stands by itself.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is outside its range.
/// @see Aspose MailMessage.DeliveryNotificationOptions; RFC 3461 section 4.1
#[unsafe(no_mangle)]
pub extern "C" fn INetEnvelopeOptions_SetNotify(
    options: *mut INetEnvelopeOptions,
    occasions: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(options)?.set_notify(to_notify(occasions)?);
        Ok(())
    })
}

/// How much of the message comes back with a notice.
///
/// @param options the object.
/// @return an INET_DSN_RETURN_ number (0 unless set), or a status.
/// @see RFC 3461 section 4.3
#[unsafe(no_mangle)]
pub extern "C" fn INetEnvelopeOptions_GetReturn(options: *const INetEnvelopeOptions) -> i32 {
    boundary::value(|| {
        Ok(match handles::get(options)?.returns() {
            Return::ServersChoice => INET_DSN_RETURN_SERVERS_CHOICE,
            Return::Headers => INET_DSN_RETURN_HEADERS,
            Return::Full => INET_DSN_RETURN_FULL,
        })
    })
}

/// Says how much of the message is to come back with a notice of failure (RET).
///
/// @param options the object.
/// @param content an INET_DSN_RETURN_ number.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is outside its range.
/// @see RFC 3461 section 4.3
#[unsafe(no_mangle)]
pub extern "C" fn INetEnvelopeOptions_SetReturn(
    options: *mut INetEnvelopeOptions,
    content: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(options)?.set_returns(match content {
            INET_DSN_RETURN_SERVERS_CHOICE => Return::ServersChoice,
            INET_DSN_RETURN_HEADERS => Return::Headers,
            INET_DSN_RETURN_FULL => Return::Full,
            _ => return Err(none_of(content, "INET_DSN_RETURN_")),
        });
        Ok(())
    })
}

/// What notices name the message by.
///
/// @param options the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see RFC 3461 section 4.4
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetEnvelopeOptions_GetEnvelopeId(
    options: *const INetEnvelopeOptions,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(options)?.envelope_id())) }
}

/// Says what notices are to name the message by (ENVID).
///
/// @param options the object.
/// @param id printable ASCII, spaces included, at most 100 octets as xtext; copied. Empty for none.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT a character is not printable ASCII.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the text is too long.
/// @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
/// @see RFC 3461 section 4.4
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetEnvelopeOptions_SetEnvelopeId(
    options: *mut INetEnvelopeOptions,
    id: *const c_char,
) -> i32 {
    boundary::status(|| handles::get(options)?.set_envelope_id(unsafe { text_in(id, "id") }?))
}

/// Whether each recipient is told to the server as the original one too.
///
/// @param options the object.
/// @return 1 or 0 (0 unless set), or a status.
/// @see RFC 3461 section 4.2
#[unsafe(no_mangle)]
pub extern "C" fn INetEnvelopeOptions_GetAddOriginalRecipient(
    options: *const INetEnvelopeOptions,
) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(options)?.adds_original_recipient())))
}

/// Says whether notices are to name each recipient as the message was addressed to it (ORCPT). It goes out together with NOTIFY
/// only, as some servers take it for an error by itself.
///
/// @param options the object.
/// @param isAdded 0 for no, anything else for yes.
/// @return 0, or a status.
/// @see RFC 3461 section 4.2; RFC 6533
#[unsafe(no_mangle)]
pub extern "C" fn INetEnvelopeOptions_SetAddOriginalRecipient(
    options: *mut INetEnvelopeOptions,
    isAdded: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(options)?.set_adds_original_recipient(isAdded != 0);
        Ok(())
    })
}

/// Sets the address that a message for this recipient was addressed to at first, such as that of a list (ORCPT).
///
/// @param options the object.
/// @param recipient the address of the recipient, UTF-8; copied.
/// @param original the original address, UTF-8; copied; or NULL to take it away.
/// @return 0, or a status.
/// @error INET_E_ADDRESS the text is no mail address.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the original address is too long.
/// @see RFC 3461 section 4.2; RFC 6533
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetEnvelopeOptions_SetOriginalRecipient(
    options: *mut INetEnvelopeOptions,
    recipient: *const c_char,
    original: *const c_char,
) -> i32 {
    boundary::status(|| {
        let recipient = unsafe { text_in(recipient, "recipient") }?;
        let original = unsafe { optional_text_in(original, "original") }?;
        handles::get(options)?.set_original_recipient(recipient, original)
    })
}

/// Whether the message may travel under TLS only.
///
/// @param options the object.
/// @return 1 or 0 (0 unless set), or a status.
/// @see RFC 8689
#[unsafe(no_mangle)]
pub extern "C" fn INetEnvelopeOptions_GetRequireTls(options: *const INetEnvelopeOptions) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(options)?.require_tls())))
}

/// Says whether the message may travel under TLS only, on the whole way (REQUIRETLS). Where the server does not offer that, or
/// the connection to it is in clear, the Send fails, whatever INetEnvelopeOptions_SetIsOptional says.
///
/// @param options the object.
/// @param isRequired 0 for no, anything else for yes.
/// @return 0, or a status.
/// @see RFC 8689
#[unsafe(no_mangle)]
pub extern "C" fn INetEnvelopeOptions_SetRequireTls(
    options: *mut INetEnvelopeOptions,
    isRequired: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(options)?.set_require_tls(isRequired != 0);
        Ok(())
    })
}

/// How long delivery may take.
///
/// @param options the object.
/// @return seconds, or 0 where there is no limit, or a status.
/// @see RFC 2852
#[unsafe(no_mangle)]
pub extern "C" fn INetEnvelopeOptions_GetDeliverBySeconds(
    options: *const INetEnvelopeOptions,
) -> i32 {
    boundary::value(|| Ok(handles::get(options)?.deliver_by().map_or(0, |by| by.seconds as i32)))
}

/// What becomes of a message that is late.
///
/// @param options the object.
/// @return an INET_DELIVER_BY_ number (0 unless set), or a status.
/// @see RFC 2852
#[unsafe(no_mangle)]
pub extern "C" fn INetEnvelopeOptions_GetDeliverByMode(options: *const INetEnvelopeOptions) -> i32 {
    boundary::value(|| {
        Ok(match handles::get(options)?.deliver_by().map(|by| by.late) {
            None => INET_DELIVER_BY_NONE,
            Some(Late::Notify) => INET_DELIVER_BY_NOTIFY,
            Some(Late::Return) => INET_DELIVER_BY_RETURN,
        })
    })
}

/// Whether relays tell that they have passed the message on.
///
/// @param options the object.
/// @return 1 or 0 (0 unless set), or a status.
/// @see RFC 2852
#[unsafe(no_mangle)]
pub extern "C" fn INetEnvelopeOptions_GetDeliverByTrace(
    options: *const INetEnvelopeOptions,
) -> i32 {
    boundary::value(|| Ok(handles::get(options)?.deliver_by().map_or(0, |by| i32::from(by.trace))))
}

/// Limits the time that delivery may take (BY).
///
/// @param options the object.
/// @param seconds 1 to 999999999.
/// @param mode what becomes of a message that is late: an INET_DELIVER_BY_ number, INET_DELIVER_BY_NONE for no limit.
/// @param isTraced whether relays tell that they have passed the message on: 0 for no, anything else for yes.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is outside its range.
/// @see RFC 2852
#[unsafe(no_mangle)]
pub extern "C" fn INetEnvelopeOptions_SetDeliverBy(
    options: *mut INetEnvelopeOptions,
    seconds: i32,
    mode: i32,
    isTraced: i32,
) -> i32 {
    boundary::status(|| {
        let late = match mode {
            INET_DELIVER_BY_NONE => None,
            INET_DELIVER_BY_NOTIFY => Some(Late::Notify),
            INET_DELIVER_BY_RETURN => Some(Late::Return),
            _ => return Err(none_of(mode, "INET_DELIVER_BY_")),
        };
        handles::get(options)?.set_deliver_by(seconds, late, isTraced != 0)
    })
}

/// The priority of the transfer.
///
/// @param options the object.
/// @return -9 to 9, or INET_TRANSFER_PRIORITY_NONE where none is set, or a status.
/// @see RFC 6710
#[unsafe(no_mangle)]
pub extern "C" fn INetEnvelopeOptions_GetPriority(options: *const INetEnvelopeOptions) -> i32 {
    boundary::value(|| {
        Ok(handles::get(options)?.priority().map_or(INET_TRANSFER_PRIORITY_NONE, i32::from))
    })
}

/// Sets the priority of the transfer (MT-PRIORITY), which servers keep to. That of INetMailMessage_SetPriority is one for the
/// reader.
///
/// @param options the object.
/// @param priority -9 to 9, more is more urgent; or INET_TRANSFER_PRIORITY_NONE.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is outside its range.
/// @see RFC 6710
#[unsafe(no_mangle)]
pub extern "C" fn INetEnvelopeOptions_SetPriority(
    options: *mut INetEnvelopeOptions,
    priority: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(options)?.set_priority(
            Some(priority).filter(|&priority| priority != INET_TRANSFER_PRIORITY_NONE),
        )
    })
}

/// How long the server holds the message back.
///
/// @param options the object.
/// @return seconds, or 0 where no number of seconds is set, or a status.
/// @see RFC 4865
#[unsafe(no_mangle)]
pub extern "C" fn INetEnvelopeOptions_GetHoldFor(options: *const INetEnvelopeOptions) -> i32 {
    boundary::value(|| Ok(handles::get(options)?.hold_for() as i32))
}

/// Has the server hold the message back for a time (HOLDFOR). It takes the place of a moment.
///
/// @param options the object.
/// @param seconds 1 to 999999999, or 0 for no hold.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is outside its range.
/// @see RFC 4865
#[unsafe(no_mangle)]
pub extern "C" fn INetEnvelopeOptions_SetHoldFor(
    options: *mut INetEnvelopeOptions,
    seconds: i32,
) -> i32 {
    boundary::status(|| handles::get(options)?.set_hold_for(seconds))
}

/// The moment until which the server holds the message back, as 2030-01-01T00:00:00Z. Empty where no moment is set.
///
/// @param options the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see RFC 4865; RFC 3339
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetEnvelopeOptions_GetHoldUntil(
    options: *const INetEnvelopeOptions,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(options)?.hold_until())) }
}

/// Has the server hold the message back until a moment (HOLDUNTIL). It takes the place of a number of seconds.
///
/// @param options the object.
/// @param moment a date-time such as 2030-01-01T00:00:00Z or 2030-01-01T03:00:00+03:00; copied. Empty for no hold.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT the text is no date-time.
/// @see RFC 4865; RFC 3339
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetEnvelopeOptions_SetHoldUntil(
    options: *mut INetEnvelopeOptions,
    moment: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(options)?.set_hold_until(unsafe { text_in(moment, "moment") }?)
    })
}

/// Who the server is told to have submitted the message: an address, "<>", or empty for none.
///
/// @param options the object.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see RFC 4954 section 5
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetEnvelopeOptions_GetAuthSender(
    options: *const INetEnvelopeOptions,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(options)?.auth_sender())) }
}

/// Says who submitted the message at first (AUTH of MAIL), for servers that trust this client in that.
///
/// @param options the object.
/// @param address a mail address, "<>" for somebody who is not known, UTF-8; copied. Empty for none.
/// @return 0, or a status.
/// @error INET_E_ADDRESS the text is no mail address.
/// @see RFC 4954 section 5
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetEnvelopeOptions_SetAuthSender(
    options: *mut INetEnvelopeOptions,
    address: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(options)?.set_auth_sender(unsafe { text_in(address, "address") }?)
    })
}

/// Whether options may be left out where the server does not offer them.
///
/// @param options the object.
/// @return 1 or 0 (0 unless set), or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetEnvelopeOptions_GetIsOptional(options: *const INetEnvelopeOptions) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(options)?.is_optional())))
}

/// Says whether options may be left out where the server does not offer them, or not to that extent. Otherwise the Send fails
/// with INET_E_EXTENSION_NOT_OFFERED before anything is said of the message. RequireTls is never left out.
///
/// @param options the object.
/// @param isOptional 0 for no, anything else for yes.
/// @return 0, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetEnvelopeOptions_SetIsOptional(
    options: *mut INetEnvelopeOptions,
    isOptional: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(options)?.set_is_optional(isOptional != 0);
        Ok(())
    })
}

/// Takes one more reference to the object: each wants its own INetEnvelopeOptions_Release.
///
/// @param options the object.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetEnvelopeOptions.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetEnvelopeOptions_AddRef(options: *mut INetEnvelopeOptions) -> i32 {
    boundary::status(|| handles::add_ref(options))
}

/// Gives up one reference. The object lives on as long as the library or a call under way uses it.
///
/// @param options the object, or NULL, which is no failure.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetEnvelopeOptions, or was released before.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetEnvelopeOptions_Release(options: *mut INetEnvelopeOptions) -> i32 {
    boundary::release(|| handles::release(options))
}

pub(super) fn notify_number(notify: Notify) -> i32 {
    let (success, failure, delay) = match notify {
        Notify::ServersChoice => return INET_DELIVERY_NOTIFICATION_NONE,
        Notify::Never => return INET_DELIVERY_NOTIFICATION_NEVER,
        Notify::On { success, failure, delay } => (success, failure, delay),
    };
    i32::from(success) * INET_DELIVERY_NOTIFICATION_ON_SUCCESS
        + i32::from(failure) * INET_DELIVERY_NOTIFICATION_ON_FAILURE
        + i32::from(delay) * INET_DELIVERY_NOTIFICATION_DELAY
}

pub(super) fn to_notify(occasions: i32) -> Result<Notify> {
    const ALL: i32 = INET_DELIVERY_NOTIFICATION_ON_SUCCESS
        | INET_DELIVERY_NOTIFICATION_ON_FAILURE
        | INET_DELIVERY_NOTIFICATION_DELAY;
    match occasions {
        INET_DELIVERY_NOTIFICATION_NONE => Ok(Notify::ServersChoice),
        INET_DELIVERY_NOTIFICATION_NEVER => Ok(Notify::Never),
        1..=ALL => Ok(Notify::On {
            success: occasions & INET_DELIVERY_NOTIFICATION_ON_SUCCESS != 0,
            failure: occasions & INET_DELIVERY_NOTIFICATION_ON_FAILURE != 0,
            delay: occasions & INET_DELIVERY_NOTIFICATION_DELAY != 0,
        }),
        _ => Err(none_of(occasions, "INET_DELIVERY_NOTIFICATION_")),
    }
}

fn none_of(number: i32, family: &str) -> Error {
    let sentence = format!("{number} is none of the {family} numbers");
    Error::new(Status::ArgumentOutOfRange, sentence)
}
