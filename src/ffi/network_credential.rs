//! INetNetworkCredential: user name, password or token, and domain.

use super::handles::{self, Opaque};
use super::{boundary, text::text_in};
use crate::model::NetworkCredential;
use std::ffi::c_char;
use std::sync::Arc;

/// User name, password or OAuth token, and domain. Password and token can be set but not read.
pub struct INetNetworkCredential {
    _opaque: [u8; 0],
}

impl Opaque for INetNetworkCredential {
    type Model = NetworkCredential;
    const NAME: &'static str = "INetNetworkCredential";
}

/// Makes a credential.
///
/// @param userName the user, UTF-8; copied.
/// @param password the password, UTF-8; copied, and wiped when it is not needed any more.
/// @param domain the domain that checks the credential, UTF-8, empty for none; copied.
/// @return a new reference, to be released with INetNetworkCredential_Release; or NULL on failure.
/// @see Fore CurlNetworkCredential.Create
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetNetworkCredential_Create(
    userName: *const c_char,
    password: *const c_char,
    domain: *const c_char,
) -> *mut INetNetworkCredential {
    boundary::handle(|| {
        let user_name = unsafe { text_in(userName, "userName") }?;
        let password = unsafe { text_in(password, "password") }?;
        let domain = unsafe { text_in(domain, "domain") }?;
        Ok(Arc::new(NetworkCredential::new(user_name, password, domain)))
    })
}

/// The same as INetNetworkCredential_Create, under the name of its class.
///
/// @param userName the user, UTF-8; copied.
/// @param password the password, UTF-8; copied, and wiped when it is not needed any more.
/// @param domain the domain that checks the credential, UTF-8, empty for none; copied.
/// @return a new reference, to be released with INetNetworkCredential_Release; or NULL on failure.
/// @see Fore CurlNetworkCredential.Create
#[unsafe(no_mangle)]
pub unsafe extern "C" fn CurlNetworkCredential_Create(
    userName: *const c_char,
    password: *const c_char,
    domain: *const c_char,
) -> *mut INetNetworkCredential {
    unsafe { INetNetworkCredential_Create(userName, password, domain) }
}

/// Makes a credential of an OAuth token, for XOAUTH2 and OAUTHBEARER. INetSmtpClient_OnToken asks for a fresh one at each login.
///
/// @param userName the user whose token it is, UTF-8; copied.
/// @param token the access token, visible ASCII; copied, and wiped when it is not needed any more.
/// @return a new reference, to be released with INetNetworkCredential_Release; or NULL on failure.
/// @error INET_E_AUTH_INCOMPLETE the token is empty.
/// @error INET_E_AUTH_CHARACTER the token holds spaces, line breaks or other octets that no token can hold.
/// @see SecureBlackbox AccessToken; RFC 6750 section 2.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetNetworkCredential_CreateWithToken(
    userName: *const c_char,
    token: *const c_char,
) -> *mut INetNetworkCredential {
    boundary::handle(|| {
        let user_name = unsafe { text_in(userName, "userName") }?;
        let token = unsafe { text_in(token, "token") }?;
        Ok(Arc::new(NetworkCredential::with_token(user_name, token)?))
    })
}

/// Replaces user and password of this credential; the domain stays, an OAuth token does not. A method, as Fore has it, despite its name.
///
/// @param credential the object.
/// @param userName the user, UTF-8; copied.
/// @param password the password, UTF-8; copied.
/// @return 0, or a status.
/// @see Fore INetNetworkCredential.CreateWithUserPassword
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetNetworkCredential_CreateWithUserPassword(
    credential: *mut INetNetworkCredential,
    userName: *const c_char,
    password: *const c_char,
) -> i32 {
    boundary::status(|| {
        let user_name = unsafe { text_in(userName, "userName") }?;
        let password = unsafe { text_in(password, "password") }?;
        handles::get(credential)?.set_user_and_password(user_name, password);
        Ok(())
    })
}

/// The user.
///
/// @param credential the credential.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see Fore INetNetworkCredential.UserName
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetNetworkCredential_GetUserName(
    credential: *const INetNetworkCredential,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(credential)?.user_name())) }
}

/// Sets the user.
///
/// @param credential the object.
/// @param userName the user, UTF-8; copied.
/// @return 0, or a status.
/// @see Fore INetNetworkCredential.UserName
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetNetworkCredential_SetUserName(
    credential: *mut INetNetworkCredential,
    userName: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(credential)?.set_user_name(unsafe { text_in(userName, "userName") }?);
        Ok(())
    })
}

/// Sets the password, which cannot be read back.
///
/// @param credential the object.
/// @param password the password, UTF-8; copied, and wiped when it is not needed any more.
/// @return 0, or a status.
/// @see Fore INetNetworkCredential.Password
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetNetworkCredential_SetPassword(
    credential: *mut INetNetworkCredential,
    password: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(credential)?.set_password(unsafe { text_in(password, "password") }?);
        Ok(())
    })
}

/// The domain that checks the credential; empty where there is none.
///
/// @param credential the credential.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see Fore INetNetworkCredential.Domain
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetNetworkCredential_GetDomain(
    credential: *const INetNetworkCredential,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(credential)?.domain())) }
}

/// Sets the domain that checks the credential: the realm of Kerberos, the domain of NTLM. A user name such as `DOMAIN\user` serves as well; PLAIN and
/// LOGIN say the user name as it is, and no domain.
///
/// @param credential the object.
/// @param domain the domain, UTF-8, empty for none; copied.
/// @return 0, or a status.
/// @see Fore INetNetworkCredential.Domain
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetNetworkCredential_SetDomain(
    credential: *mut INetNetworkCredential,
    domain: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(credential)?.set_domain(unsafe { text_in(domain, "domain") }?);
        Ok(())
    })
}

/// Whether the credential holds an OAuth token, which cannot be read back.
///
/// @param credential the object.
/// @return 1 or 0, or a status.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetNetworkCredential_HasToken(credential: *const INetNetworkCredential) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(credential)?.has_token())))
}

/// Sets the OAuth token, which cannot be read back. A password stays beside it.
///
/// @param credential the object.
/// @param token the access token, visible ASCII, empty for none; copied, and wiped when it is not needed any more.
/// @return 0, or a status.
/// @error INET_E_AUTH_CHARACTER the token holds spaces, line breaks or other octets that no token can hold.
/// @see SecureBlackbox AccessToken; RFC 6750 section 2.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetNetworkCredential_SetToken(
    credential: *mut INetNetworkCredential,
    token: *const c_char,
) -> i32 {
    boundary::status(|| handles::get(credential)?.set_token(unsafe { text_in(token, "token") }?))
}

/// As whom the server is to let the user act; empty for the user itself.
///
/// @param credential the credential.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see MailKit SaslMechanism; libcurl CURLOPT_SASL_AUTHZID
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetNetworkCredential_GetAuthorizationId(
    credential: *const INetNetworkCredential,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(credential)?.authorization_id())) }
}

/// Sets as whom the server is to let the user act: the authorization identity, which PLAIN, SCRAM, DIGEST-MD5, GSSAPI, EXTERNAL and OAUTHBEARER carry. It
/// belongs to the credential and not to the client, so that each of several credentials has its own.
///
/// @param credential the object.
/// @param name the authorization identity, UTF-8, empty for the user itself; copied.
/// @return 0, or a status.
/// @see MailKit SaslMechanism; libcurl CURLOPT_SASL_AUTHZID; RFC 4422 section 3.4.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetNetworkCredential_SetAuthorizationId(
    credential: *mut INetNetworkCredential,
    name: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(credential)?.set_authorization_id(unsafe { text_in(name, "name") }?);
        Ok(())
    })
}

/// Takes one more reference to the object: each wants its own INetNetworkCredential_Release.
///
/// @param credential the object.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetNetworkCredential.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetNetworkCredential_AddRef(credential: *mut INetNetworkCredential) -> i32 {
    boundary::status(|| handles::add_ref(credential))
}

/// Gives up one reference. The object lives on as long as the library or a call under way uses it.
///
/// @param credential the object, or NULL, which is no failure.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetNetworkCredential, or was released before.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetNetworkCredential_Release(credential: *mut INetNetworkCredential) -> i32 {
    boundary::release(|| handles::release(credential))
}
