//! INetSmtpClient: by which mechanisms it logs in, whether it has to, and what the host has a say in.

use super::network_credential::INetNetworkCredential;
use super::smtp_client::INetSmtpClient;
use super::stream::{INetDropCallback, User};
use super::text::{text_in, text_out};
use super::{boundary, handles};
use crate::error::{Error, Result, Status};
use crate::model::{BeforeAuth, BeforeHook, LoginOffer, NetworkCredential, TokenHook, sound_token};
use std::ffi::{c_char, c_void};
use std::sync::Arc;
use zeroize::Zeroizing;

/// Aspose SmtpKnownAuthenticationType.None: no mechanism.
pub const INET_AUTHENTICATION_NONE: i32 = 0;
/// LOGIN.
pub const INET_AUTHENTICATION_LOGIN: i32 = 0x1;
/// XOAUTH2 and OAUTHBEARER (RFC 7628).
pub const INET_AUTHENTICATION_OAUTH2: i32 = 0x2;
/// NTLM.
pub const INET_AUTHENTICATION_NTLM: i32 = 0x4;
/// PLAIN (RFC 4616).
pub const INET_AUTHENTICATION_PLAIN: i32 = 0x8;
/// GSSAPI (RFC 4752), which is Kerberos.
pub const INET_AUTHENTICATION_GSSAPI: i32 = 0x10;
/// CRAM-MD5 (RFC 2195).
pub const INET_AUTHENTICATION_CRAM_MD5: i32 = 0x20;
/// EXTERNAL (RFC 4422): the certificate of the client.
pub const INET_AUTHENTICATION_EXTERNAL: i32 = 0x40;
/// KERBEROS_V4, which this library does not have.
pub const INET_AUTHENTICATION_KERBEROS_V4: i32 = 0x80;
/// ANONYMOUS (RFC 4505).
pub const INET_AUTHENTICATION_ANONYMOUS: i32 = 0x100;
/// DIGEST-MD5 (RFC 2831).
pub const INET_AUTHENTICATION_DIGEST_MD5: i32 = 0x200;
/// GSS-SPNEGO.
pub const INET_AUTHENTICATION_GSS_SPNEGO: i32 = 0x400;
/// OTP (RFC 2444) with MD4, which this library does not have.
pub const INET_AUTHENTICATION_OTP_MD4: i32 = 0x800;
/// OTP (RFC 2444) with MD5, which this library does not have.
pub const INET_AUTHENTICATION_OTP_MD5: i32 = 0x1000;
/// OTP (RFC 2444) with SHA-1, which this library does not have.
pub const INET_AUTHENTICATION_OTP_SHA_1: i32 = 0x2000;
/// SKEY (RFC 2222), which this library does not have.
pub const INET_AUTHENTICATION_SKEY: i32 = 0x4000;
/// PASSDSS-3DES-1, which this library does not have.
pub const INET_AUTHENTICATION_PASSDSS_SHA_3DES_1: i32 = 0x8000;
/// SCRAM-SHA-1 (RFC 5802).
pub const INET_AUTHENTICATION_SCRAM_SHA_1: i32 = 0x1_0000;
/// SCRAM-SHA-1-PLUS (RFC 5802).
pub const INET_AUTHENTICATION_SCRAM_SHA_1_PLUS: i32 = 0x2_0000;
/// SCRAM-SHA-224.
pub const INET_AUTHENTICATION_SCRAM_SHA_224: i32 = 0x4_0000;
/// SCRAM-SHA-224-PLUS.
pub const INET_AUTHENTICATION_SCRAM_SHA_224_PLUS: i32 = 0x8_0000;
/// SCRAM-SHA-256 (RFC 7677).
pub const INET_AUTHENTICATION_SCRAM_SHA_256: i32 = 0x10_0000;
/// SCRAM-SHA-256-PLUS (RFC 7677).
pub const INET_AUTHENTICATION_SCRAM_SHA_256_PLUS: i32 = 0x20_0000;
/// SCRAM-SHA-384.
pub const INET_AUTHENTICATION_SCRAM_SHA_384: i32 = 0x40_0000;
/// SCRAM-SHA-384-PLUS.
pub const INET_AUTHENTICATION_SCRAM_SHA_384_PLUS: i32 = 0x80_0000;
/// SCRAM-SHA-512.
pub const INET_AUTHENTICATION_SCRAM_SHA_512: i32 = 0x100_0000;
/// SCRAM-SHA-512-PLUS.
pub const INET_AUTHENTICATION_SCRAM_SHA_512_PLUS: i32 = 0x200_0000;
/// Every mechanism.
pub const INET_AUTHENTICATION_ALL: i32 = 0x3ff_ffff;

/// Answer of INetBeforeAuthCallback: not by this mechanism; the next one that fits comes.
pub const INET_BEFORE_AUTH_SKIP_MECHANISM: i32 = 0;
/// Answer of INetBeforeAuthCallback: go on.
pub const INET_BEFORE_AUTH_PROCEED: i32 = 1;
/// Answer of INetBeforeAuthCallback: no login at all; the session is anonymous.
pub const INET_BEFORE_AUTH_SKIP_LOGIN: i32 = 2;

/// Is asked for an OAuth token for `userName` at `host`: 0 in `wasRefused` asks for one that is believed to be good, 1 for another in the place
/// of one that the server has just refused. The token goes to `token`, which has room for `capacity` octets; the answer is its length, a NUL
/// not counted. A negative answer ends the call with that number, or with the smallest of 32 bits where it is below. Texts live as long as the call.
pub type INetTokenCallback = Option<
    unsafe extern "C" fn(
        user: *mut c_void,
        host: *const c_char,
        userName: *const c_char,
        wasRefused: i32,
        token: *mut c_char,
        capacity: usize,
    ) -> i64,
>;

/// Is asked before each mechanism by which a login would be tried: `mechanism` and `offered` are registered names, those that the server offers with
/// spaces in between; `isProtected` is 1 under TLS, 0 in clear. `credential` is what the login would be made with: what is changed there holds
/// for this login alone. It is released behind the call; take a reference of your own to keep it. Texts live as long as the call. The answer is one
/// of INET_BEFORE_AUTH_; a negative one ends the call with that number.
pub type INetBeforeAuthCallback = Option<
    unsafe extern "C" fn(
        user: *mut c_void,
        host: *const c_char,
        mechanism: *const c_char,
        offered: *const c_char,
        isProtected: i32,
        credential: *mut INetNetworkCredential,
    ) -> i32,
>;

/// No line of AUTH is longer (RFC 4954 section 4.4 asks for 12288 octets).
const LARGEST_TOKEN: usize = 64 * 1024;

/// The mechanisms that may be used, as the bits of Aspose's SmtpKnownAuthenticationType.
///
/// @param client the object.
/// @return bits of INET_AUTHENTICATION_ (INET_AUTHENTICATION_ALL unless set; Aspose has 47 there), or a status.
/// @see Aspose SmtpClient.AllowedAuthentication
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetAllowedAuthentication(client: *const INetSmtpClient) -> i64 {
    boundary::long_value(|| Ok(handles::get(client)?.allowed_authentication()))
}

/// Sets the mechanisms that may be used, whoever asks for another: INetSmtpClient_SetThisHostCredentials and
/// INetSmtpClient_SetAuthentications choose among them. Aspose's default is 47: LOGIN, OAuth, NTLM, PLAIN and CRAM-MD5; here it is all of
/// them, of which what reveals least is tried first.
///
/// @param client the object.
/// @param flags bits of INET_AUTHENTICATION_; 0 allows none, so that a client with credentials fails.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE there is an unknown bit.
/// @see Aspose SmtpClient.AllowedAuthentication
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetAllowedAuthentication(
    client: *mut INetSmtpClient,
    flags: i64,
) -> i32 {
    boundary::status(|| handles::get(client)?.set_allowed_authentication(flags))
}

/// The mechanisms that the server of the latest connection offers, those among them too that this library does not have. Under TLS it is what the server
/// offers there. INetServerInfo_GetCapability of AUTH names them.
///
/// @param client the object.
/// @return bits of INET_AUTHENTICATION_, 0 where it offers none and before there was any connection, or a status.
/// @see Aspose SmtpClient.SupportedAuthentication; RFC 4954 section 3
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetSupportedAuthentication(client: *const INetSmtpClient) -> i64 {
    boundary::long_value(|| Ok(handles::get(client)?.supported_authentication()))
}

/// The mechanisms with their priorities: every one that is used by itself, the largest priority first, then those that are never used.
///
/// @param client the client.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status. What is read can be set as it is.
/// @see SecureBlackbox Authentications
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_GetAuthentications(
    client: *const INetSmtpClient,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(client)?.authentications())) }
}

/// Sets in which order mechanisms are tried where the host leaves the choice to the server's offer, and which are never used, even if they are
/// asked for by name.
///
/// @param client the object.
/// @param authentications registered names or those of INetSmtpClient_SetThisHostCredentials in any letter case, between commas or semicolons:
///     `XOAUTH2:80` gives a priority (the largest is tried first), a name alone its default, `-LOGIN` and `LOGIN:0` never use it; `SCRAM`, `OAuth2`
///     and `Basic` stand for several, `*` for all. Of two items for one mechanism the latter counts, and what is not named has its default:
///     `-*;SCRAM;PLAIN` uses these alone. ANONYMOUS is used by itself only if it stands here. UTF-8, empty for the default; copied.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT there is an unknown name; the sentence tells the known one that is most like it.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE a priority is no number, or below 0.
/// @see SecureBlackbox Authentications
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_SetAuthentications(
    client: *mut INetSmtpClient,
    authentications: *const c_char,
) -> i32 {
    boundary::status(|| {
        let list = unsafe { text_in(authentications, "authentications") }?;
        handles::get(client)?.set_authentications(list)
    })
}

/// Whether a client with credentials has to log in.
///
/// @param client the object.
/// @return 1 or 0 (1 unless set), or a status.
/// @see SecureBlackbox ForceLogin
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetForceLogin(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(client)?.forces_login())))
}

/// Says whether a client with credentials has to log in. Then a server that offers no login gets no message (INET_E_AUTH_NOT_OFFERED); without it
/// the session goes on anonymously there. Where the server offers logins and none of them fits, or refuses one, it is a failure either way.
///
/// @param client the object.
/// @param forceLogin 0 for no, anything else for yes.
/// @return 0, or a status.
/// @see SecureBlackbox ForceLogin; RFC 4954
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetForceLogin(
    client: *mut INetSmtpClient,
    forceLogin: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(client)?.set_forces_login(forceLogin != 0);
        Ok(())
    })
}

/// The service principal that GSSAPI, GSS-SPNEGO and NTLM talk to; empty where it follows from the host.
///
/// @param client the client.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see .NET SmtpClient.TargetName
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_GetTargetName(
    client: *const INetSmtpClient,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(client)?.target_name())) }
}

/// Sets the service principal that GSSAPI, GSS-SPNEGO and NTLM talk to, for servers that are known to Kerberos by another name than the host's.
///
/// @param client the object.
/// @param targetName `smtp@mail.example.org` or `SMTP/mail.example.org`, UTF-8, empty for what follows from the host; copied.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT the text holds spaces or control characters.
/// @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
/// @see .NET SmtpClient.TargetName; RFC 4752 section 3.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_SetTargetName(
    client: *mut INetSmtpClient,
    targetName: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(client)?.set_target_name(unsafe { text_in(targetName, "targetName") }?)
    })
}

/// Has the host asked for an OAuth token at each login that shows one, whatever token the credential holds: tokens expire, connections are made
/// again. Where the server refuses a token, the host is asked once more, and that answer counts. The user is that of the credential, which needs no
/// password then. The callback runs on the thread that opens the connection, which is the library's for asynchronous calls and for runs
/// over several connections; no lock is held, and the time that it takes is part of Timeout.
///
/// @param client the object.
/// @param callback what is called; or NULL for nothing any more.
/// @param user handed to the callbacks as it is.
/// @param dropUser called once when no connection uses the callback any more, on whatever thread that is; or NULL. Also where this function fails.
/// @return 0, or a status.
/// @see Aspose ITokenProvider; RFC 7628; RFC 6750
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_OnToken(
    client: *mut INetSmtpClient,
    callback: INetTokenCallback,
    user: *mut c_void,
    dropUser: INetDropCallback,
) -> i32 {
    boundary::status(|| {
        let user = User { pointer: user, drop: dropUser };
        let client = handles::get(client)?;
        client.set_on_token(callback.map(|callback| -> TokenHook {
            Arc::new(move |host: &str, user_name: &str, was_refused: bool| {
                let pointer = { &user }.pointer;
                let (host, user_name) = (text_out(host), text_out(user_name));
                let refused = i32::from(was_refused);
                let mut token = Zeroizing::new(vec![0u8; LARGEST_TOKEN]);
                let room = token.as_mut_ptr().cast();
                // SAFETY: the callback is one of the host's, with the pointer that it came with; texts and room outlive the call.
                let answer = unsafe {
                    callback(
                        pointer,
                        host.as_ptr(),
                        user_name.as_ptr(),
                        refused,
                        room,
                        LARGEST_TOKEN,
                    )
                };
                token_of(&token, answer)
            })
        }));
        Ok(())
    })
}

/// Has the host asked before each mechanism by which a login would be tried: it may change the credential, choose another mechanism, do without a login,
/// or end the call. The callback runs on the thread that opens the connection, which is the library's for asynchronous calls and for runs
/// over several connections; no lock is held. A kept connection is logged in already, and asks nothing.
///
/// @param client the object.
/// @param callback what is called; or NULL for nothing any more.
/// @param user handed to the callbacks as it is.
/// @param dropUser called once when no connection uses the callback any more, on whatever thread that is; or NULL. Also where this function fails.
/// @return 0, or a status.
/// @see inetmail; RFC 4954
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_OnBeforeAuth(
    client: *mut INetSmtpClient,
    callback: INetBeforeAuthCallback,
    user: *mut c_void,
    dropUser: INetDropCallback,
) -> i32 {
    boundary::status(|| {
        let user = User { pointer: user, drop: dropUser };
        let client = handles::get(client)?;
        client.set_on_before_auth(callback.map(|callback| -> BeforeHook {
            Arc::new(move |offer: &LoginOffer| {
                let pointer = { &user }.pointer;
                let (host, mechanism) = (text_out(offer.host), text_out(offer.mechanism));
                let offered = text_out(&offer.offered.join(" "));
                let credential = Arc::new(NetworkCredential::of(offer.identity));
                let lent = handles::insert::<INetNetworkCredential>(credential.clone())?;
                let protected = i32::from(offer.is_protected);
                // SAFETY: the callback is one of the host's, with the pointer that it came with; the texts outlive the call.
                let answer = unsafe {
                    callback(
                        pointer,
                        host.as_ptr(),
                        mechanism.as_ptr(),
                        offered.as_ptr(),
                        protected,
                        lent,
                    )
                };
                // A host that has released it by mistake has its answer all the same.
                let _ = handles::release(lent);
                match answer {
                    ..0 => Err(Error::of_callback(answer)),
                    INET_BEFORE_AUTH_SKIP_MECHANISM => Ok(BeforeAuth::SkipMechanism),
                    INET_BEFORE_AUTH_PROCEED => {
                        let changed = Some(credential.identity());
                        Ok(BeforeAuth::Proceed(changed.filter(|changed| changed != offer.identity)))
                    }
                    INET_BEFORE_AUTH_SKIP_LOGIN => Ok(BeforeAuth::SkipLogin),
                    _ => {
                        let sentence = format!("the callback before a login answered {answer}");
                        Err(Error::new(Status::Callback, sentence))
                    }
                }
            })
        }));
        Ok(())
    })
}

/// The token that a callback has written, with its answer.
fn token_of(written: &[u8], answer: i64) -> Result<Zeroizing<String>> {
    if answer < 0 {
        return Err(Error::of_callback(i32::try_from(answer).unwrap_or(i32::MIN)));
    }
    let token = usize::try_from(answer).ok().and_then(|length| written.get(..length));
    let Some(token) = token else {
        let room = written.len();
        let sentence = format!("a token callback answered {answer} with room for {room}");
        return Err(Error::new(Status::Callback, sentence));
    };
    let text = std::str::from_utf8(token);
    sound_token(text.map_err(|_| Error::new(Status::AuthCharacter, "the OAuth token is no text"))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_negative_answer_ends_the_call_and_stays_negative() {
        for (answer, code) in [(-1, -1), (i64::from(i32::MIN), i32::MIN), (i64::MIN, i32::MIN)] {
            assert_eq!(token_of(b"token", answer).unwrap_err().code(), code);
        }
        assert_eq!(*token_of(b"token", 5).unwrap(), "token");
    }
}
