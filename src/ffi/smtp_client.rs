//! INetSmtpClient: sends messages through one server at a time.

use super::credential_cache::INetCredentialCache;
use super::credentials_by_host::INetCredentialsByHost;
use super::handles::{self, Opaque};
use super::mail_message::INetMailMessage;
use super::network_credential::INetNetworkCredential;
use super::send_report::INetSendReport;
use super::{boundary, text::text_in};
use crate::model::SmtpClient;
use std::ffi::c_char;
use std::sync::Arc;

/// A client of one server at a time. Any number of threads may send through it at once. When its last reference is released, a
/// Send that is under way on another thread is cancelled.
pub struct INetSmtpClient {
    _opaque: [u8; 0],
}

impl Opaque for INetSmtpClient {
    type Model = SmtpClient;
    const NAME: &'static str = "INetSmtpClient";

    fn released(client: &SmtpClient) {
        client.abandon();
    }
}

/// Makes a client of a server on port 25.
///
/// @param host name or address of the server, or `unix:` with the path of a socket, UTF-8, empty to be set later; copied.
/// @return a new reference, to be released with INetSmtpClient_Release; or NULL on failure.
/// @error INET_E_ARGUMENT the host is no host name, or holds a port or a scheme.
/// @see Fore CurlSmtpClient.CreateWithHost
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_CreateWithHost(host: *const c_char) -> *mut INetSmtpClient {
    boundary::handle(|| Ok(Arc::new(SmtpClient::new(unsafe { text_in(host, "host") }?)?)))
}

/// Makes a client of a server.
///
/// @param host name or address of the server, or `unix:` with the path of a socket, UTF-8, empty to be set later; copied.
/// @param port 1 to 65535.
/// @return a new reference, to be released with INetSmtpClient_Release; or NULL on failure.
/// @error INET_E_ARGUMENT the host is no host name, or holds a port or a scheme.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the port is none.
/// @see Fore CurlSmtpClient.CreateWithHostAndPort
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_CreateWithHostAndPort(
    host: *const c_char,
    port: i32,
) -> *mut INetSmtpClient {
    boundary::handle(|| {
        let host = unsafe { text_in(host, "host") }?;
        Ok(Arc::new(SmtpClient::with_port(host, port)?))
    })
}

/// The same as INetSmtpClient_CreateWithHost, under the name of its class.
///
/// @param host name or address of the server, or `unix:` with the path of a socket, UTF-8, empty to be set later; copied.
/// @return a new reference, to be released with INetSmtpClient_Release; or NULL on failure.
/// @error INET_E_ARGUMENT the host is no host name, or holds a port or a scheme.
/// @see Fore CurlSmtpClient.CreateWithHost
#[unsafe(no_mangle)]
pub unsafe extern "C" fn CurlSmtpClient_CreateWithHost(host: *const c_char) -> *mut INetSmtpClient {
    unsafe { INetSmtpClient_CreateWithHost(host) }
}

/// The same as INetSmtpClient_CreateWithHostAndPort, under the name of its class.
///
/// @param host name or address of the server, or `unix:` with the path of a socket, UTF-8, empty to be set later; copied.
/// @param port 1 to 65535.
/// @return a new reference, to be released with INetSmtpClient_Release; or NULL on failure.
/// @error INET_E_ARGUMENT the host is no host name, or holds a port or a scheme.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the port is none.
/// @see Fore CurlSmtpClient.CreateWithHostAndPort
#[unsafe(no_mangle)]
pub unsafe extern "C" fn CurlSmtpClient_CreateWithHostAndPort(
    host: *const c_char,
    port: i32,
) -> *mut INetSmtpClient {
    unsafe { INetSmtpClient_CreateWithHostAndPort(host, port) }
}

/// Makes a client without a host, which is to be set before Send.
///
/// @return a new reference, to be released with INetSmtpClient_Release; or NULL on failure.
/// @see Aspose SmtpClient
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_Create() -> *mut INetSmtpClient {
    boundary::handle(|| Ok(Arc::new(SmtpClient::new("")?)))
}

/// The name or address of the server.
///
/// @param client the client.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see Fore INetSmtpClient.Host
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_GetHost(
    client: *const INetSmtpClient,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(client)?.host())) }
}

/// Sets the server. A connection to the one before is closed; the client goes on with the new one.
///
/// @param client the object.
/// @param host name or address, or `unix:` with the path of a socket, UTF-8; copied.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT the host is no host name, or holds a port or a scheme.
/// @see Fore INetSmtpClient.Host
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_SetHost(
    client: *mut INetSmtpClient,
    host: *const c_char,
) -> i32 {
    boundary::status(|| handles::get(client)?.set_host(unsafe { text_in(host, "host") }?))
}

/// The port of the server.
///
/// @param client the object.
/// @return 1 to 65535 (25 unless set), or a status.
/// @see Fore INetSmtpClient.Port
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetPort(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(client)?.port())))
}

/// Sets the port. A connection to the one before is closed.
///
/// @param client the object.
/// @param port 1 to 65535: 25 for relay, 587 for submission, 465 for submission under TLS.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the port is none.
/// @see Fore INetSmtpClient.Port; RFC 8314
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetPort(client: *mut INetSmtpClient, port: i32) -> i32 {
    boundary::status(|| handles::get(client)?.set_port(port))
}

/// Whether the connection is protected by TLS.
///
/// @param client the object.
/// @return 1 or 0 (0 unless set), or a status.
/// @see Fore INetSmtpClient.EnableSsl; RFC 8314; RFC 3207
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetEnableSsl(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(client)?.enable_ssl())))
}

/// Asks for TLS: from the first octet on port 465, by STARTTLS on every other. Then nothing ever goes out in clear, and the
/// server's certificate is always verified. Without it nothing is encrypted, logins included, as Fore has it.
///
/// @param client the object.
/// @param enableSsl 0 for no, anything else for yes.
/// @return 0, or a status.
/// @see Fore INetSmtpClient.EnableSsl; RFC 8314; RFC 3207
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetEnableSsl(client: *mut INetSmtpClient, enableSsl: i32) -> i32 {
    boundary::status(|| {
        handles::get(client)?.set_enable_ssl(enableSsl != 0);
        Ok(())
    })
}

/// How long one Send may take.
///
/// @param client the object.
/// @return milliseconds (100000 unless set), or a status.
/// @see Fore INetSmtpClient.Timeout
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetTimeout(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| Ok(handles::get(client)?.timeout().as_millis() as i32))
}

/// Sets how long one Send may take, everything together: name look-up, connection, TLS, login, message, final reply.
///
/// @param client the object.
/// @param milliseconds 1 or more.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT_OUT_OF_RANGE the number is 0 or less.
/// @see Fore INetSmtpClient.Timeout
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetTimeout(client: *mut INetSmtpClient, milliseconds: i32) -> i32 {
    boundary::status(|| handles::get(client)?.set_timeout(milliseconds))
}

/// What EHLO says of this host; empty where the default is used.
///
/// @param client the client.
/// @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
/// @param capacity octets that buffer has room for.
/// @return the length of the whole text in octets, NUL not counted, or a status.
/// @see MailKit SmtpClient.LocalDomain
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_GetLocalDomain(
    client: *const INetSmtpClient,
    buffer: *mut c_char,
    capacity: usize,
) -> i64 {
    unsafe { boundary::text(buffer, capacity, || Ok(handles::get(client)?.local_domain())) }
}

/// Sets what EHLO says of this host. The default is the address of the connection's own end as a literal, such as
/// [192.0.2.1], which is always valid.
///
/// @param client the object.
/// @param name a domain name or an address literal, ASCII, empty for the default; copied.
/// @return 0, or a status.
/// @error INET_E_ARGUMENT it is neither.
/// @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
/// @see MailKit SmtpClient.LocalDomain; RFC 5321 section 4.1.1.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_SetLocalDomain(
    client: *mut INetSmtpClient,
    name: *const c_char,
) -> i32 {
    boundary::status(|| handles::get(client)?.set_local_domain(unsafe { text_in(name, "name") }?))
}

/// Sets the credential for this host and an authentication protocol, or takes it away. With several, the first that fits the
/// server's offer is used; if none does, the Send fails with INET_E_AUTH_NOT_OFFERED, or with INET_E_AUTH_UNSUPPORTED where the first is for a
/// protocol that is not known. One without user, password and token is that of the user of the operating system.
///
/// @param client the object.
/// @param authProtocol PLAIN, LOGIN, CRAM-MD5, DIGEST-MD5 or Digest, NTLM, GSSAPI or Kerberos, GSS-SPNEGO or Negotiate, SCRAM-SHA-256 and its like or
///     SCRAM for any of them, XOAUTH2, OAUTHBEARER or OAuth2 for either, EXTERNAL, ANONYMOUS, Basic for PLAIN or LOGIN, in any letter case; empty, `https`,
///     `http`, `smtps` and `smtp` for what suits the server. A credential for any other name is never used. UTF-8.
/// @param credential the credential, or NULL for none; the client takes a reference of its own.
/// @return 0, or a status.
/// @see Fore INetSmtpClient.ThisHostCredentials; RFC 4954
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_SetThisHostCredentials(
    client: *mut INetSmtpClient,
    authProtocol: *const c_char,
    credential: *mut INetNetworkCredential,
) -> i32 {
    boundary::status(|| {
        let protocol = unsafe { text_in(authProtocol, "authProtocol") }?;
        let credential = handles::optional(credential)?;
        handles::get(client)?.set_this_host_credentials(protocol, credential);
        Ok(())
    })
}

/// The credential that was set for this host and exactly this authentication protocol.
///
/// @param client the object.
/// @param authProtocol PLAIN, LOGIN, Kerberos ... in any letter case; empty for what suits the server. UTF-8.
/// @return a new reference, to be released with INetNetworkCredential_Release; NULL where there is none, and on failure.
/// @see Fore INetSmtpClient.ThisHostCredentials
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_GetThisHostCredentials(
    client: *const INetSmtpClient,
    authProtocol: *const c_char,
) -> *mut INetNetworkCredential {
    boundary::optional_handle(|| {
        let protocol = unsafe { text_in(authProtocol, "authProtocol") }?;
        Ok(handles::get(client)?.this_host_credentials(protocol))
    })
}

/// What the client will log in with: a view that follows its settings.
///
/// @param client the object.
/// @return a new reference, to be released with INetCredentialsByHost_Release; or NULL on failure.
/// @see Fore INetSmtpClient.Credentials
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetCredentials(
    client: *const INetSmtpClient,
) -> *mut INetCredentialsByHost {
    boundary::handle(|| Ok(Arc::new(handles::get(client)?.credentials())))
}

/// Sets a cache of credentials for many hosts. ThisHostCredentials come before it.
///
/// @param client the object.
/// @param cache the cache, or NULL for none; the client takes a reference of its own.
/// @return 0, or a status.
/// @see .NET SmtpClient.Credentials
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetCredentials(
    client: *mut INetSmtpClient,
    cache: *mut INetCredentialCache,
) -> i32 {
    boundary::status(|| {
        handles::get(client)?.set_credentials(handles::optional(cache)?);
        Ok(())
    })
}

/// Whether the client logs in as the user of the operating system.
///
/// @param client the object.
/// @return 1 or 0 (0 unless set), or a status.
/// @see Fore INetSmtpClient.UseDefaultCredentials
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_GetUseDefaultCredentials(client: *const INetSmtpClient) -> i32 {
    boundary::value(|| Ok(i32::from(handles::get(client)?.use_default_credentials())))
}

/// Says whether to log in as the user of the operating system, whatever other credentials there are: by GSSAPI or GSS-SPNEGO, with the tickets of
/// Kerberos that the user has. A server that offers neither gets no message: INET_E_AUTH_NOT_OFFERED. Without it and
/// without credentials the session is anonymous.
///
/// @param client the object.
/// @param useDefaultCredentials 0 for no, anything else for yes.
/// @return 0, or a status.
/// @see Fore INetSmtpClient.UseDefaultCredentials
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SetUseDefaultCredentials(
    client: *mut INetSmtpClient,
    useDefaultCredentials: i32,
) -> i32 {
    boundary::status(|| {
        handles::get(client)?.set_use_default_credentials(useDefaultCredentials != 0);
        Ok(())
    })
}

/// Trusts the certificates of a file, besides those of the system: those of CAs as roots, and a server's own as it is, for its names and dates.
///
/// @param client the object.
/// @param fileName path of a file with certificates in PEM or DER, UTF-8; read at once.
/// @return 0, or a status.
/// @error INET_E_FILE_NOT_FOUND there is no such file.
/// @error INET_E_CERTIFICATE_FILE it holds no certificate, or a broken one.
/// @see inetmail; RFC 5280
#[unsafe(no_mangle)]
pub unsafe extern "C" fn INetSmtpClient_AddTrustedCertificateFile(
    client: *mut INetSmtpClient,
    fileName: *const c_char,
) -> i32 {
    boundary::status(|| {
        handles::get(client)?
            .add_trusted_certificate_file(unsafe { text_in(fileName, "fileName") }?)
    })
}

/// Sends a message and waits for the server's final reply, within Timeout. 0 means that the server has accepted the message for
/// every recipient. The connection is kept for the next Send.
///
/// @param client the object.
/// @param message the message; it can be sent again.
/// @return 0, or a status.
/// @error INET_E_SOME_RECIPIENTS_REFUSED the message was accepted, but not for all; INetSmtpClient_SendWithReport tells for whom.
/// @error INET_E_IN_DOUBT the connection was lost between the message and the final reply.
/// @error INET_E_CANCELLED INetSmtpClient_Cancel was called, or the last reference to the client released, on another thread.
/// @see Fore INetSmtpClient.Send; RFC 5321 section 3.3
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_Send(
    client: *mut INetSmtpClient,
    message: *mut INetMailMessage,
) -> i32 {
    boundary::status(|| handles::get(client)?.deliver(&*handles::get(message)?))
}

/// Sends a message as INetSmtpClient_Send does and reports what became of each recipient. The report takes the place of the error
/// record, which is left as it is; it can be read on any thread.
///
/// @param client the object.
/// @param message the message; it can be sent again.
/// @return a new report, whatever the server made of the message, to be released with INetSendReport_Release; or NULL where the
///     Send failed before any server was tried: no host, no recipients, a missing file, a text that cannot be encoded.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_SendWithReport(
    client: *mut INetSmtpClient,
    message: *mut INetMailMessage,
) -> *mut INetSendReport {
    boundary::handle(|| Ok(Arc::new(handles::get(client)?.send(&*handles::get(message)?)?)))
}

/// Closes the connections that are kept for the next Send, with a QUIT. The next Send opens a new one.
///
/// @param client the object.
/// @return 0, or a status.
/// @see MailKit SmtpClient.Disconnect; RFC 5321 section 4.1.1.10
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_Disconnect(client: *mut INetSmtpClient) -> i32 {
    boundary::status(|| {
        handles::get(client)?.disconnect();
        Ok(())
    })
}

/// Ends everything that is under way on the client: each Send on another thread soon returns INET_E_CANCELLED, or
/// INET_E_IN_DOUBT if its message was out already and only the server's answer was missing. What begins afterwards is not
/// concerned. Returns at once; a client on which nothing is under way stays as it is.
///
/// @param client the object.
/// @return 0, or a status.
/// @see inetmail; MailKit SmtpClient.Send with a CancellationToken
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_Cancel(client: *mut INetSmtpClient) -> i32 {
    boundary::status(|| {
        handles::get(client)?.cancel();
        Ok(())
    })
}

/// Takes one more reference to the object: each wants its own INetSmtpClient_Release.
///
/// @param client the object.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetSmtpClient.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_AddRef(client: *mut INetSmtpClient) -> i32 {
    boundary::status(|| handles::add_ref(client))
}

/// Gives up one reference. The object lives on as long as the library or a call under way uses it.
///
/// @param client the object, or NULL, which is no failure.
/// @return 0, or a status.
/// @error INET_E_HANDLE the handle is not one of an INetSmtpClient, or was released before.
/// @see inetmail
#[unsafe(no_mangle)]
pub extern "C" fn INetSmtpClient_Release(client: *mut INetSmtpClient) -> i32 {
    boundary::release(|| handles::release(client))
}
