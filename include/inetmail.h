/* inetmail: a mail client library with the object model of the Fore language's Net assembly.
 *
 * Generated from src/ffi by `cargo run -p xtask -- gen`; do not edit.
 *
 * Returns. Every function has one of three shapes:
 *   int32_t   the value itself, or a status. INET_OK is 0; INET_FAILED(result) tells a failure.
 *   int64_t   a number; or, from functions with (buffer, capacity), the full length of a text or of bytes,
 *             snprintf manner: at most capacity bytes are written. A text ends with a NUL within it and
 *             is cut between characters; its length does not count the NUL. buffer may be NULL.
 *   a handle  or NULL.
 * After a failure INetError_GetStatus and its relatives tell the failing thread what went wrong.
 * Success, a Release and reading the error leave that record as it was.
 *
 * Ownership. Every handle a function returns is the caller's, to be given up with X_Release, from
 * any thread and in any order; X_Release(NULL) does nothing. A handle is a checked number, not an
 * address: a stale one, or one of another type, answers INET_E_HANDLE. Text is UTF-8. Text and
 * bytes that go in are copied; none of the caller's memory is kept, and no memory is handed out.
 *
 * Callbacks run on the thread that made the call, and may call the library; those of an INetOperation
 * run on a thread of the library, before INetOperation_Wait answers 1. A negative answer ends the
 * operation, which returns just that number. INET_FAILED knows a number for a failure only if it is -1000 or
 * below: let callbacks answer such numbers, or take every result but 0 of a Send or Save for a failure.
 *
 * Threads. Any function may be called from any thread.
 */

#ifndef INETMAIL_H
#define INETMAIL_H

#include <stddef.h>
#include <stdint.h>

#define INETMAIL_VERSION "0.1.0"

/* ==============================================================================================
 * Statuses
 * ============================================================================================== */

/** The call succeeded. */
#define INET_OK 0

/** Whether a result is a failure rather than a value. */
#define INET_FAILED(status) ((status) <= -1000)

/** the handle is NULL, stale, foreign or of another type */
#define INET_E_HANDLE (-1000)

/** the text is not valid UTF-8 */
#define INET_E_UTF8 (-1001)

/** a defect in the library was caught (please report it) */
#define INET_E_PANIC (-1002)

/** memory ran out */
#define INET_E_OUT_OF_MEMORY (-1003)

/** the operation is still under way */
#define INET_E_BUSY (-1004)

/** the operation runs in the process that this one was forked from */
#define INET_E_OTHER_PROCESS (-1005)

/** an argument is not acceptable */
#define INET_E_ARGUMENT (-1100)

/** a required argument is NULL */
#define INET_E_ARGUMENT_NULL (-1101)

/** an argument is outside its range */
#define INET_E_ARGUMENT_OUT_OF_RANGE (-1102)

/** the index is outside the collection */
#define INET_E_INDEX_OUT_OF_RANGE (-1103)

/** the file does not exist */
#define INET_E_FILE_NOT_FOUND (-1104)

/** reading a file failed */
#define INET_E_IO (-1105)

/** there is no configuration setting of this name */
#define INET_E_CONFIG_NAME (-1106)

/** the value is none that the configuration setting can have */
#define INET_E_CONFIG_VALUE (-1107)

/** this build of the library has nothing that the configuration setting could act on */
#define INET_E_CONFIG_UNAVAILABLE (-1108)

/** the configuration is not well-formed, or says what is not understood */
#define INET_E_CONFIG_FILE (-1109)

/** the configuration has no such section of mail settings */
#define INET_E_CONFIG_SECTION (-1110)

/** no mail provider of this name is known */
#define INET_E_PROVIDER (-1111)

/** the text is not a mail address */
#define INET_E_ADDRESS (-1200)

/** line breaks and NUL are not allowed in this text */
#define INET_E_LINE_BREAK (-1201)

/** the code page has no encoder */
#define INET_E_UNSUPPORTED_CODE_PAGE (-1202)

/** the text holds a character that the code page lacks */
#define INET_E_UNENCODABLE (-1203)

/** a file changed its length while it was being sent */
#define INET_E_FILE_CHANGED (-1204)

/** these octets are no mail message */
#define INET_E_NO_MESSAGE (-1205)

/** the message has more fields, parts or nesting than any sane message */
#define INET_E_MESSAGE_TOO_COMPLEX (-1206)

/** the text is no name of a header field */
#define INET_E_FIELD_NAME (-1207)

/** the text does not fit the header field */
#define INET_E_FIELD_VALUE (-1208)

/** the content cannot travel in the transfer encoding that was chosen for it */
#define INET_E_TRANSFER_ENCODING (-1209)

/** the message has no recipients */
#define INET_E_NO_RECIPIENTS (-1300)

/** the message has no sender */
#define INET_E_NO_SENDER (-1301)

/** the client has no host */
#define INET_E_NO_HOST (-1302)

/** the time allowed by Timeout, or by a limit of one step, ran out */
#define INET_E_TIMEOUT (-1303)

/** the operation was cancelled */
#define INET_E_CANCELLED (-1304)

/**
 * the connection was lost after the message and before the server's answer: it may have been
 * delivered
 */
#define INET_E_IN_DOUBT (-1305)

/** the message was delivered, but not to all of its recipients */
#define INET_E_SOME_RECIPIENTS_REFUSED (-1306)

/** a callback of the host ended the operation */
#define INET_E_CALLBACK (-1307)

/** the pickup directory cannot be delivered to */
#define INET_E_PICKUP_DIRECTORY (-1308)

/** some messages of the run failed, for one of their recipients or for all */
#define INET_E_SOME_MESSAGES_FAILED (-1309)

/** the message was not tried, because the run had ended before */
#define INET_E_NOT_TRIED (-1310)

/** the host name could not be resolved */
#define INET_E_RESOLVE (-1400)

/** no connection to the server could be made */
#define INET_E_CONNECT (-1401)

/** the connection was lost */
#define INET_E_CONNECTION_LOST (-1402)

/** the answer of the name server is not what its zone has signed (DNSSEC) */
#define INET_E_DNSSEC (-1403)

/** a DNS setting asks for signed answers (DNSSEC), which this build cannot tell from others */
#define INET_E_DNSSEC_UNAVAILABLE (-1404)

/** no connection to the proxy could be made */
#define INET_E_PROXY_CONNECT (-1460)

/** the proxy refused to connect to the server */
#define INET_E_PROXY_REFUSED (-1461)

/** the proxy wants a login, and has been given none that it takes */
#define INET_E_PROXY_AUTH_REQUIRED (-1462)

/** the proxy refused the login */
#define INET_E_PROXY_AUTH_REFUSED (-1463)

/** the proxy does not speak its protocol as it should */
#define INET_E_PROXY_PROTOCOL (-1464)

/** the proxy could not reach the server */
#define INET_E_PROXY_SERVER_UNREACHABLE (-1465)

/** the protocol of the proxy cannot say what is asked of it */
#define INET_E_PROXY_UNSUPPORTED (-1466)

/** the proxy is active and its settings lead nowhere */
#define INET_E_PROXY_SETTINGS (-1467)

/** the TLS handshake failed */
#define INET_E_TLS (-1450)

/** the server's certificate was not accepted */
#define INET_E_CERTIFICATE (-1451)

/** the certificate file holds no usable certificate */
#define INET_E_CERTIFICATE_FILE (-1452)

/** the server answered a TLS hello in plain text */
#define INET_E_TLS_PLAIN_TEXT (-1453)

/** a TLS setting asks for what this build has no TLS library for */
#define INET_E_TLS_BACKEND (-1454)

/** the server does not speak SMTP as it should */
#define INET_E_PROTOCOL (-1500)

/** the server's answer is longer than any sane answer */
#define INET_E_REPLY_TOO_LONG (-1501)

/** the server does not accept mail now */
#define INET_E_SERVICE_UNAVAILABLE (-1502)

/** the server is closing the connection */
#define INET_E_CLOSING (-1503)

/** the server offers no STARTTLS, which EnableSsl or SecurityOptions require */
#define INET_E_START_TLS_NOT_OFFERED (-1504)

/** the server refused STARTTLS */
#define INET_E_START_TLS_REFUSED (-1505)

/** bytes followed the answer to STARTTLS, as in an injection attack */
#define INET_E_START_TLS_INJECTION (-1506)

/** the server refused the sender */
#define INET_E_SENDER_REFUSED (-1507)

/** the server refused all recipients */
#define INET_E_RECIPIENTS_REFUSED (-1508)

/** the server refused the message */
#define INET_E_MESSAGE_REFUSED (-1509)

/** the message is larger than the server allows */
#define INET_E_MESSAGE_TOO_LARGE (-1510)

/** the message needs SMTPUTF8 for its addresses or its header, which the server does not offer */
#define INET_E_SMTPUTF8_NOT_OFFERED (-1511)

/** the server refused the greeting of this client */
#define INET_E_HELLO_REFUSED (-1512)

/** the message holds 8-bit octets and the server does not offer 8BITMIME */
#define INET_E_EIGHT_BIT_MIME_NOT_OFFERED (-1513)

/** the message holds binary content and the server does not offer BINARYMIME and CHUNKING */
#define INET_E_BINARY_MIME_NOT_OFFERED (-1514)

/** the server does not take the message in chunks */
#define INET_E_CHUNKING_REFUSED (-1516)

/** the server does not offer an extension that the envelope options ask for */
#define INET_E_EXTENSION_NOT_OFFERED (-1515)

/** the server refused the login */
#define INET_E_AUTH_REFUSED (-1600)

/** the server offers none of the wanted authentication mechanisms */
#define INET_E_AUTH_NOT_OFFERED (-1601)

/** this authentication mechanism is not available */
#define INET_E_AUTH_UNSUPPORTED (-1602)

/** the authentication dialogue went wrong */
#define INET_E_AUTH_PROTOCOL (-1603)

/**
 * the connection is not under TLS, and a login would go in clear
 * (INetSmtpClient_SetDangerouslyAllowPlaintextAuth)
 */
#define INET_E_AUTH_IN_CLEAR (-1605)

/** the server cannot judge the login now; later it may */
#define INET_E_AUTH_UNAVAILABLE (-1606)

/** the server did not prove who it is: it may be another one */
#define INET_E_AUTH_SERVER_PROOF (-1610)

/** a user name, password or token holds a character that the mechanism cannot carry */
#define INET_E_AUTH_CHARACTER (-1611)

/** the server asks for too few or too many iterations of the password's hash */
#define INET_E_AUTH_ITERATIONS (-1612)

/** the server does not offer the realm that the credential names */
#define INET_E_AUTH_REALM (-1613)

/** the credential lacks what the mechanism logs in with */
#define INET_E_AUTH_INCOMPLETE (-1614)

/** there is no Kerberos ticket to log in with, or it has expired */
#define INET_E_NO_TICKET (-1620)

/** no GSSAPI library (MIT's or Heimdal's) could be loaded, which Kerberos needs */
#define INET_E_NO_GSSAPI (-1621)

/** Kerberos refused: the user, the password, the service or the clock is not right */
#define INET_E_KERBEROS (-1622)

/** no Kerberos server (KDC) of the realm could be reached */
#define INET_E_KDC_UNREACHABLE (-1623)

/** the private key cannot be used, or is not the one of its certificate */
#define INET_E_PRIVATE_KEY (-1700)

/** the password is wrong, or one is needed and was not given */
#define INET_E_PASSWORD (-1701)

/** the octets are no usable list of revoked certificates, or no usable OCSP response */
#define INET_E_REVOCATION_DATA (-1702)

/** the octets are no ASN.1, or go beyond its limits of depth and length */
#define INET_E_ASN1 (-1703)

/** a field of the certificate cannot be read */
#define INET_E_CERTIFICATE_FIELD (-1704)

/** the collection is read-only */
#define INET_E_READ_ONLY (-1705)

/** the PKCS#12 file is damaged, or made in a way that is not read */
#define INET_E_PKCS12 (-1706)

/* ==============================================================================================
 * Constants
 * ============================================================================================== */

/** The certificate may sign. */
#define INET_KEY_USAGE_DIGITAL_SIGNATURE 1

/** It may sign what cannot be denied later. */
#define INET_KEY_USAGE_NON_REPUDIATION 2

/** It may encrypt keys. */
#define INET_KEY_USAGE_KEY_ENCIPHERMENT 4

/** It may encrypt data. */
#define INET_KEY_USAGE_DATA_ENCIPHERMENT 8

/** It may agree on keys. */
#define INET_KEY_USAGE_KEY_AGREEMENT 16

/** It may sign certificates. */
#define INET_KEY_USAGE_KEY_CERT_SIGN 32

/** It may sign lists of revoked certificates. */
#define INET_KEY_USAGE_CRL_SIGN 64

/** When it agrees on keys, only to encrypt. */
#define INET_KEY_USAGE_ENCIPHER_ONLY 128

/** When it agrees on keys, only to decrypt. */
#define INET_KEY_USAGE_DECIPHER_ONLY 256

/** Extended: a TLS server's. */
#define INET_KEY_USAGE_SERVER_AUTHENTICATION 512

/** Extended: a TLS client's. */
#define INET_KEY_USAGE_CLIENT_AUTHENTICATION 1024

/** Extended: it may sign programs. */
#define INET_KEY_USAGE_CODE_SIGNING 2048

/** Extended: it protects mail. */
#define INET_KEY_USAGE_EMAIL_PROTECTION 4096

/** Extended: it may stamp the time. */
#define INET_KEY_USAGE_TIME_STAMPING 8192

/** Extended: it may sign OCSP responses. */
#define INET_KEY_USAGE_OCSP_SIGNING 16384

/** Extended: a smart card's, to log in to Windows. */
#define INET_KEY_USAGE_SMART_CARD_LOGON 32768

/** Extended: a Kerberos client's. */
#define INET_KEY_USAGE_KEY_PURPOSE_CLIENT_AUTH 65536

/** Extended: a Kerberos server's. */
#define INET_KEY_USAGE_KEY_PURPOSE_KDC 131072

/** The kind of an alternative name: a mail address. */
#define INET_ALT_NAME_MAIL 1

/**
 * The kind of an alternative name: a host, or all below a domain where it begins with an asterisk.
 */
#define INET_ALT_NAME_DNS 2

/** The kind of an alternative name: a distinguished name. */
#define INET_ALT_NAME_DIRECTORY 4

/** The kind of an alternative name: a URL. */
#define INET_ALT_NAME_URL 6

/** The kind of an alternative name: an IP address. */
#define INET_ALT_NAME_IP 7

/**
 * The library's own where SocketDnsServers names servers, or the setting UseOwnDNSResolver is on;
 * else the system's.
 */
#define INET_DNS_AUTO 0

/** The system's resolver, by getaddrinfo(3). */
#define INET_DNS_PLATFORM 1

/** The library's own: it asks name servers, and nobody else. */
#define INET_DNS_OWN 2

/** The library's own, which holds the answers to their signatures (DNSSEC). */
#define INET_DNS_OWN_SECURE 3

/** Aspose SmtpKnownAuthenticationType.None: no mechanism. */
#define INET_AUTHENTICATION_NONE 0

/** LOGIN. */
#define INET_AUTHENTICATION_LOGIN 1

/** XOAUTH2 and OAUTHBEARER (RFC 7628). */
#define INET_AUTHENTICATION_OAUTH2 2

/** NTLM. */
#define INET_AUTHENTICATION_NTLM 4

/** PLAIN (RFC 4616). */
#define INET_AUTHENTICATION_PLAIN 8

/** GSSAPI (RFC 4752), which is Kerberos. */
#define INET_AUTHENTICATION_GSSAPI 16

/** CRAM-MD5 (RFC 2195). */
#define INET_AUTHENTICATION_CRAM_MD5 32

/** EXTERNAL (RFC 4422): the certificate of the client. */
#define INET_AUTHENTICATION_EXTERNAL 64

/** KERBEROS_V4, which this library does not have. */
#define INET_AUTHENTICATION_KERBEROS_V4 128

/** ANONYMOUS (RFC 4505). */
#define INET_AUTHENTICATION_ANONYMOUS 256

/** DIGEST-MD5 (RFC 2831). */
#define INET_AUTHENTICATION_DIGEST_MD5 512

/** GSS-SPNEGO. */
#define INET_AUTHENTICATION_GSS_SPNEGO 1024

/** OTP (RFC 2444) with MD4, which this library does not have. */
#define INET_AUTHENTICATION_OTP_MD4 2048

/** OTP (RFC 2444) with MD5, which this library does not have. */
#define INET_AUTHENTICATION_OTP_MD5 4096

/** OTP (RFC 2444) with SHA-1, which this library does not have. */
#define INET_AUTHENTICATION_OTP_SHA_1 8192

/** SKEY (RFC 2222), which this library does not have. */
#define INET_AUTHENTICATION_SKEY 16384

/** PASSDSS-3DES-1, which this library does not have. */
#define INET_AUTHENTICATION_PASSDSS_SHA_3DES_1 32768

/** SCRAM-SHA-1 (RFC 5802). */
#define INET_AUTHENTICATION_SCRAM_SHA_1 65536

/** SCRAM-SHA-1-PLUS (RFC 5802). */
#define INET_AUTHENTICATION_SCRAM_SHA_1_PLUS 131072

/** SCRAM-SHA-224. */
#define INET_AUTHENTICATION_SCRAM_SHA_224 262144

/** SCRAM-SHA-224-PLUS. */
#define INET_AUTHENTICATION_SCRAM_SHA_224_PLUS 524288

/** SCRAM-SHA-256 (RFC 7677). */
#define INET_AUTHENTICATION_SCRAM_SHA_256 1048576

/** SCRAM-SHA-256-PLUS (RFC 7677). */
#define INET_AUTHENTICATION_SCRAM_SHA_256_PLUS 2097152

/** SCRAM-SHA-384. */
#define INET_AUTHENTICATION_SCRAM_SHA_384 4194304

/** SCRAM-SHA-384-PLUS. */
#define INET_AUTHENTICATION_SCRAM_SHA_384_PLUS 8388608

/** SCRAM-SHA-512. */
#define INET_AUTHENTICATION_SCRAM_SHA_512 16777216

/** SCRAM-SHA-512-PLUS. */
#define INET_AUTHENTICATION_SCRAM_SHA_512_PLUS 33554432

/** Every mechanism. */
#define INET_AUTHENTICATION_ALL 67108863

/** Answer of INetBeforeAuthCallback: not by this mechanism; the next one that fits comes. */
#define INET_BEFORE_AUTH_SKIP_MECHANISM 0

/** Answer of INetBeforeAuthCallback: go on. */
#define INET_BEFORE_AUTH_PROCEED 1

/** Answer of INetBeforeAuthCallback: no login at all; the session is anonymous. */
#define INET_BEFORE_AUTH_SKIP_LOGIN 2

/** Aspose SecurityOptions.None: no TLS. */
#define INET_SECURITY_NONE 1

/** Aspose SecurityOptions.SSLExplicit: STARTTLS, or no message. */
#define INET_SECURITY_SSL_EXPLICIT 2

/** Aspose SecurityOptions.SSLImplicit: TLS from the first octet. */
#define INET_SECURITY_SSL_IMPLICIT 4

/** Aspose SecurityOptions.SSLAuto: TLS from the first octet, else STARTTLS. */
#define INET_SECURITY_SSL_AUTO 6

/**
 * Aspose SecurityOptions.Auto: TLS from the first octet, else STARTTLS where it is offered, else
 * none.
 */
#define INET_SECURITY_AUTO 7

/** SecureBlackbox smDefault: as the port asks for; STARTTLS where it is offered. */
#define INET_TLS_MODE_DEFAULT 0

/** SecureBlackbox smNoTLS: no TLS. */
#define INET_TLS_MODE_NO_TLS 1

/** SecureBlackbox smExplicitTLS: STARTTLS, or no message. */
#define INET_TLS_MODE_EXPLICIT 2

/** SecureBlackbox smImplicitTLS: TLS from the first octet. */
#define INET_TLS_MODE_IMPLICIT 3

/** SecureBlackbox smMixedTLS: TLS from the first octet, else STARTTLS. */
#define INET_TLS_MODE_MIXED 4

/** true or false; 1 and 0 are taken too. */
#define INET_CONFIG_BOOLEAN 0

/** A whole number in decimal digits. */
#define INET_CONFIG_NUMBER 1

/** A text. */
#define INET_CONFIG_TEXT 2

/** SecureBlackbox cvtValid. */
#define INET_CHAIN_VALID 0

/** SecureBlackbox cvtValidButUntrusted: all is well but for the root, which is not trusted. */
#define INET_CHAIN_VALID_BUT_UNTRUSTED 1

/** SecureBlackbox cvtInvalid: revoked, expired, forged, or for another. */
#define INET_CHAIN_INVALID 2

/** SecureBlackbox cvtCantBeEstablished: a certificate is missing, so that nothing can be said. */
#define INET_CHAIN_CANT_BE_ESTABLISHED 3

/** SecureBlackbox cvrBadData: a certificate cannot be read. */
#define INET_CHAIN_DETAIL_BAD_DATA 1

/** SecureBlackbox cvrRevoked: a certificate was revoked. */
#define INET_CHAIN_DETAIL_REVOKED 2

/** SecureBlackbox cvrNotYetValid: a certificate is not valid yet. */
#define INET_CHAIN_DETAIL_NOT_YET_VALID 4

/** SecureBlackbox cvrExpired: a certificate is not valid any more. */
#define INET_CHAIN_DETAIL_EXPIRED 8

/** SecureBlackbox cvrInvalidSignature: a signature is wrong. */
#define INET_CHAIN_DETAIL_INVALID_SIGNATURE 16

/** SecureBlackbox cvrUnknownCA: an issuer is missing or not trusted. */
#define INET_CHAIN_DETAIL_UNKNOWN_CA 32

/** SecureBlackbox cvrCAUnauthorized: an issuer may not issue that. */
#define INET_CHAIN_DETAIL_CA_UNAUTHORIZED 64

/**
 * SecureBlackbox cvrCRLNotVerified: a list of revoked certificates could not be had or believed.
 */
#define INET_CHAIN_DETAIL_CRL_NOT_VERIFIED 128

/** SecureBlackbox cvrOCSPNotVerified: an OCSP response could not be had or believed. */
#define INET_CHAIN_DETAIL_OCSP_NOT_VERIFIED 256

/** SecureBlackbox cvrIdentityMismatch: the certificate is for another name. */
#define INET_CHAIN_DETAIL_IDENTITY_MISMATCH 512

/** SecureBlackbox cvrNoKeyUsage: the key is not for this use. */
#define INET_CHAIN_DETAIL_NO_KEY_USAGE 1024

/** SecureBlackbox cvrBlocked: a certificate is among the blocked ones. */
#define INET_CHAIN_DETAIL_BLOCKED 2048

/** SecureBlackbox cvrFailure: the judgement itself failed. */
#define INET_CHAIN_DETAIL_FAILURE 4096

/** SecureBlackbox cvrChainLoop: the issuers go round in a circle. */
#define INET_CHAIN_DETAIL_CHAIN_LOOP 8192

/** SecureBlackbox cvrWeakAlgorithm: an algorithm is too weak. */
#define INET_CHAIN_DETAIL_WEAK_ALGORITHM 16384

/** SecureBlackbox cvrUserEnforced: the host has decided. */
#define INET_CHAIN_DETAIL_USER_ENFORCED 32768

/** Aspose Auto: where the server offers it. */
#define INET_PIPELINING_AUTO 0

/** Aspose Enabled: even where the server does not offer it. */
#define INET_PIPELINING_ON 1

/** Aspose Disabled: one command, one reply. */
#define INET_PIPELINING_OFF 2

/**
 * BDAT where the server offers CHUNKING and PIPELINING; DATA for a server that refuses it all the
 * same.
 */
#define INET_CHUNKING_AUTO 0

/** BDAT for every message; it is an error where the server does not offer CHUNKING. */
#define INET_CHUNKING_ON 1

/** Always DATA, and so no BINARYMIME either. */
#define INET_CHUNKING_OFF 2

/** Aspose MultiConnectionMode.Enable: over several connections. */
#define INET_MULTI_CONNECTION_ENABLE 0

/** Aspose MultiConnectionMode.Disable: over one. */
#define INET_MULTI_CONNECTION_DISABLE 1

/** Aspose DeliveryNotificationOptions.None: as the server likes. */
#define INET_DELIVERY_NOTIFICATION_NONE 0

/** Aspose DeliveryNotificationOptions.OnSuccess: when the message was delivered. */
#define INET_DELIVERY_NOTIFICATION_ON_SUCCESS 1

/** Aspose DeliveryNotificationOptions.OnFailure: when it could not be. */
#define INET_DELIVERY_NOTIFICATION_ON_FAILURE 2

/** Aspose DeliveryNotificationOptions.Delay: when it takes long. */
#define INET_DELIVERY_NOTIFICATION_DELAY 4

/** Aspose DeliveryNotificationOptions.Never: in no case. */
#define INET_DELIVERY_NOTIFICATION_NEVER 134217728

/** As much of the message as the server likes. */
#define INET_DSN_RETURN_SERVERS_CHOICE 0

/** The header of the message. */
#define INET_DSN_RETURN_HEADERS 1

/** The whole message. */
#define INET_DSN_RETURN_FULL 2

/** No limit of time. */
#define INET_DELIVER_BY_NONE 0

/** A message that is late goes on, and its sender is told. */
#define INET_DELIVER_BY_NOTIFY 1

/** A message that is late goes back. */
#define INET_DELIVER_BY_RETURN 2

/** No priority of the transfer is set. */
#define INET_TRANSFER_PRIORITY_NONE 100

/** Host names are looked up: `host`. */
#define INET_NOTIFICATION_RESOLVING 1

/** Host names were looked up: `host`, `addresses`. */
#define INET_NOTIFICATION_RESOLVED 2

/** A connection is being made: `host`, `port`, `addresses`. */
#define INET_NOTIFICATION_CONNECTING 3

/** A connection was made: `peer`. */
#define INET_NOTIFICATION_CONNECTED 4

/** The proxy has opened the way to the server: `proxy=host:port`. */
#define INET_NOTIFICATION_PROXY_CONNECTED 5

/** A TLS handshake begins: `host`. */
#define INET_NOTIFICATION_TLS_STARTED 6

/** A TLS handshake is done: `version`, `ciphersuite`. */
#define INET_NOTIFICATION_TLS_ESTABLISHED 7

/** A TLS handshake has resumed a session of before: `version`, `ciphersuite`. */
#define INET_NOTIFICATION_TLS_RESUMED 8

/** A login was accepted: `mechanism`, `user`. */
#define INET_NOTIFICATION_AUTHENTICATED 9

/** A message was accepted: `reply`. */
#define INET_NOTIFICATION_MESSAGE_ACCEPTED 10

/** A connection is no more: `peer`, `reason`. */
#define INET_NOTIFICATION_CONNECTION_CLOSED 11

/** Something that failed is tried again: `wait` in milliseconds, `reason`. */
#define INET_NOTIFICATION_RETRY 12

/** The log cannot be written: `reason`. Told once; sending goes on. */
#define INET_NOTIFICATION_LOG_FAILED 13

/** A login that reveals its secret is about to go in clear: `mechanism`. */
#define INET_NOTIFICATION_LOGIN_IN_CLEAR 14

/** Commands. */
#define INET_EVENT_COMMAND 1

/** Octets of messages. */
#define INET_EVENT_COMMAND_DATA 2

/** Replies. */
#define INET_EVENT_COMMAND_REPLY 4

/** Errors. */
#define INET_EVENT_ERROR 8

/** Notifications. */
#define INET_EVENT_NOTIFICATION 16

/** How far a call is. */
#define INET_EVENT_PROGRESS 32

/** SecureBlackbox ecmDefault: a key that is at hand signs; the host does where there is none. */
#define INET_EXTERNAL_CRYPTO_DEFAULT 0

/** SecureBlackbox ecmDisabled: the host never signs. */
#define INET_EXTERNAL_CRYPTO_DISABLED 1

/** SecureBlackbox ecmGeneric: the host signs, in the callback of INetSmtpClient_OnExternalSign. */
#define INET_EXTERNAL_CRYPTO_GENERIC 2

/** SecureBlackbox ecmDCAuth, whose protocol this build has not. */
#define INET_EXTERNAL_CRYPTO_DC_AUTH 3

/** SecureBlackbox ecmDCAuthJSON, whose protocol this build has not. */
#define INET_EXTERNAL_CRYPTO_DC_AUTH_JSON 4

/** SecureBlackbox asmdPKCS1: bare signatures, which are all that TLS takes. */
#define INET_EXTERNAL_CRYPTO_PKCS1 0

/** SecureBlackbox asmdPKCS7, of no account in TLS. */
#define INET_EXTERNAL_CRYPTO_PKCS7 1

/** Nothing is logged. */
#define INET_LOG_NONE 0

/** Errors. */
#define INET_LOG_ERROR 1

/** Second attempts, logins in clear, and what is above. */
#define INET_LOG_WARNING 2

/** What INET_NOTIFICATION_ tells, and what is above. */
#define INET_LOG_INFO 3

/** Commands and replies, and what is above. */
#define INET_LOG_DEBUG 4

/** How many octets of messages go out, and what is above. */
#define INET_LOG_TRACE 5

/** The log goes nowhere. */
#define INET_LOG_TO_NONE 0

/** The log goes to the file of INetSmtpClient_SetLogFileName. */
#define INET_LOG_TO_FILE 1

/** The log goes to the callback of INetSmtpClient_OnLog. */
#define INET_LOG_TO_CALLBACK 2

/** The log goes to standard error. */
#define INET_LOG_TO_STANDARD_ERROR 3

/** Fore NetMailPriority.High. */
#define INET_MAIL_PRIORITY_HIGH 1

/** Fore NetMailPriority.Low. */
#define INET_MAIL_PRIORITY_LOW 2

/** Fore NetMailPriority.Normal. */
#define INET_MAIL_PRIORITY_NORMAL 3

/** Aspose MailSensitivity.None: nothing is said. */
#define INET_SENSITIVITY_NONE 0

/** Aspose MailSensitivity.Normal: nothing is said either. */
#define INET_SENSITIVITY_NORMAL 1

/** Aspose MailSensitivity.Personal. */
#define INET_SENSITIVITY_PERSONAL 2

/** Aspose MailSensitivity.Private. */
#define INET_SENSITIVITY_PRIVATE 3

/** Aspose MailSensitivity.CompanyConfidential. */
#define INET_SENSITIVITY_COMPANY_CONFIDENTIAL 4

/** The server accepted the message for the recipient. */
#define INET_VERDICT_DELIVERED 1

/** The server refused the recipient, or the message. */
#define INET_VERDICT_REFUSED 2

/** The message did not reach the server; sending again makes no duplicate. */
#define INET_VERDICT_NOT_SENT 3

/** The connection was lost between the message and the final reply. */
#define INET_VERDICT_IN_DOUBT 4

/** SecureBlackbox cptNone: no proxy, whatever Active says. */
#define INET_PROXY_NONE 0

/** SecureBlackbox cptSocks4: names are resolved here; what cannot be, goes as a name (SOCKS4a). */
#define INET_PROXY_SOCKS4 1

/** SecureBlackbox cptSocks5: RFC 1928. */
#define INET_PROXY_SOCKS5 2

/** SecureBlackbox cptWebTunnel: HTTP CONNECT. */
#define INET_PROXY_WEB_TUNNEL 3

/** SecureBlackbox cptHTTP: HTTP CONNECT too, for mail goes no other way. */
#define INET_PROXY_HTTP 4

/** SOCKS4 with names. */
#define INET_PROXY_SOCKS4A 5

/** HTTP CONNECT to a proxy that is spoken to under TLS. */
#define INET_PROXY_HTTPS 6

/** SecureBlackbox patNoAuthentication: no login. */
#define INET_PROXY_AUTHENTICATION_NONE 0

/** SecureBlackbox patBasic: at once, and in clear where the proxy is not spoken to under TLS. */
#define INET_PROXY_AUTHENTICATION_BASIC 1

/** SecureBlackbox patDigest: RFC 7616. */
#define INET_PROXY_AUTHENTICATION_DIGEST 2

/** SecureBlackbox patNTLM: the login of Windows. */
#define INET_PROXY_AUTHENTICATION_NTLM 3

/** Kerberos, by SPNEGO. */
#define INET_PROXY_AUTHENTICATION_NEGOTIATE 4

/** The best that the proxy offers and the login fits. */
#define INET_PROXY_AUTHENTICATION_AUTO 5

/** Aspose SocksVersion.V4. */
#define INET_SOCKS_V4 4

/** Aspose SocksVersion.V5. */
#define INET_SOCKS_V5 5

/** Aspose SmtpDeliveryMethod.Network: to the server. */
#define INET_DELIVERY_NETWORK 0

/**
 * Aspose SmtpDeliveryMethod.SpecifiedPickupDirectory: as a file, into the pickup directory that was
 * set.
 */
#define INET_DELIVERY_SPECIFIED_PICKUP_DIRECTORY 1

/**
 * Aspose SmtpDeliveryMethod.PickupDirectoryFromIis: into the directory that IIS is set to, where
 * there is an IIS.
 */
#define INET_DELIVERY_PICKUP_DIRECTORY_FROM_IIS 2

/** SecureBlackbox csbSSL2, which no maintained library speaks. */
#define INET_TLS_VERSION_SSL2 1

/** SecureBlackbox csbSSL3, which no maintained library speaks. */
#define INET_TLS_VERSION_SSL3 2

/** SecureBlackbox csbTLS1 (RFC 2246). */
#define INET_TLS_VERSION_TLS1 4

/** SecureBlackbox csbTLS11 (RFC 4346). */
#define INET_TLS_VERSION_TLS11 8

/** SecureBlackbox csbTLS12 (RFC 5246). */
#define INET_TLS_VERSION_TLS12 16

/** SecureBlackbox csbTLS13 (RFC 8446). */
#define INET_TLS_VERSION_TLS13 32

/** SecureBlackbox stpcDefault: what is secure today. */
#define INET_TLS_BASE_DEFAULT 0

/** SecureBlackbox stpcCompatible: what older servers want besides, as far as this build has it. */
#define INET_TLS_BASE_COMPATIBLE 1

/** SecureBlackbox stpcComprehensiveInsecure: all there is, also what is known to be insecure. */
#define INET_TLS_BASE_COMPREHENSIVE_INSECURE 2

/**
 * SecureBlackbox stpcHighlySecure: TLS 1.3, the strongest suites and groups, and every certificate
 * has to be proven unrevoked.
 */
#define INET_TLS_BASE_HIGHLY_SECURE 3

/** SecureBlackbox crapmCompatible. As nothing is ever renegotiated here, it is like crapmAuto. */
#define INET_TLS_RENEGOTIATION_COMPATIBLE 0

/** SecureBlackbox crapmStrict: a server of TLS 1.2 has to know of RFC 5746. */
#define INET_TLS_RENEGOTIATION_STRICT 1

/** SecureBlackbox crapmAuto. */
#define INET_TLS_RENEGOTIATION_AUTO 2

/**
 * SecureBlackbox cssloExpectShutdownMessage: behind QUIT half of the time that is left is for the
 * server's close_notify, instead of an eighth. Whether it came,
 * INetConnectionInfo_GetShutdownMessageReceived tells.
 */
#define INET_SSL_OPTION_EXPECT_SHUTDOWN_MESSAGE 1

/** SecureBlackbox cssloOpenSSLDTLSWorkaround: of no account over TCP. */
#define INET_SSL_OPTION_OPENSSL_DTLS_WORKAROUND 2

/** SecureBlackbox cssloDisableKexLengthAlignment: of no account, as no key is exchanged by RSA. */
#define INET_SSL_OPTION_DISABLE_KEX_LENGTH_ALIGNMENT 4

/**
 * SecureBlackbox cssloForceUseOfClientCertHashAlg: signatures by the hash of the client's
 * certificate, or none.
 */
#define INET_SSL_OPTION_FORCE_USE_OF_CLIENT_CERT_HASH_ALG 8

/**
 * SecureBlackbox cssloAutoAddServerNameExtension: the server is told by which name it is called
 * (RFC 6066 section 3).
 */
#define INET_SSL_OPTION_AUTO_ADD_SERVER_NAME_EXTENSION 16

/** SecureBlackbox cssloAcceptTrustedSRPPrimesOnly: of no account, as there is no SRP. */
#define INET_SSL_OPTION_ACCEPT_TRUSTED_SRP_PRIMES_ONLY 32

/**
 * SecureBlackbox cssloDisableSignatureAlgorithmsExtension, which TLS 1.2 and 1.3 cannot do without
 * here.
 */
#define INET_SSL_OPTION_DISABLE_SIGNATURE_ALGORITHMS_EXTENSION 64

/** SecureBlackbox cssloIntolerateHigherProtocolVersions: so it is always. */
#define INET_SSL_OPTION_INTOLERATE_HIGHER_PROTOCOL_VERSIONS 128

/**
 * SecureBlackbox cssloStickToPrefCertHashAlg: signatures by the hash of the client's certificate
 * where the server takes them.
 */
#define INET_SSL_OPTION_STICK_TO_PREF_CERT_HASH_ALG 256

/** SecureBlackbox crcNone: nobody is asked. */
#define INET_REVOCATION_NONE 0

/**
 * SecureBlackbox crcAuto: like crcAnyOCSPOrCRL, but what nobody could be asked about is let pass.
 */
#define INET_REVOCATION_AUTO 1

/**
 * SecureBlackbox crcAllCRL: every list of revoked certificates that a certificate names has to
 * clear it.
 */
#define INET_REVOCATION_ALL_CRL 2

/** SecureBlackbox crcAllOCSP: every OCSP responder that a certificate names has to clear it. */
#define INET_REVOCATION_ALL_OCSP 3

/** SecureBlackbox crcAllCRLAndOCSP: every list and every responder has to clear it. */
#define INET_REVOCATION_ALL_CRL_AND_OCSP 4

/** SecureBlackbox crcAnyCRL: one list has to clear it. */
#define INET_REVOCATION_ANY_CRL 5

/** SecureBlackbox crcAnyOCSP: one responder has to clear it. */
#define INET_REVOCATION_ANY_OCSP 6

/** SecureBlackbox crcAnyCRLOrOCSP: one of both has to clear it, and lists are asked first. */
#define INET_REVOCATION_ANY_CRL_OR_OCSP 7

/** SecureBlackbox crcAnyOCSPOrCRL: one of both has to clear it, and responders are asked first. */
#define INET_REVOCATION_ANY_OCSP_OR_CRL 8

/** What fits the content and the server. */
#define INET_TRANSFER_ENCODING_AUTO (-1)

/** Text in which the characters beyond ASCII are written as =XX (RFC 2045 section 6.7). */
#define INET_TRANSFER_ENCODING_QUOTED_PRINTABLE 0

/** Four characters for three octets (RFC 2045 section 6.8). */
#define INET_TRANSFER_ENCODING_BASE64 1

/** ASCII in lines, as it is. */
#define INET_TRANSFER_ENCODING_7BIT 2

/** Octets in lines, as they are, for a server with 8BITMIME (RFC 6152). */
#define INET_TRANSFER_ENCODING_8BIT 3

/** Octets as they are, for a server with BINARYMIME (RFC 3030). */
#define INET_TRANSFER_ENCODING_BINARY 4

/* ==============================================================================================
 * Code pages, under Fore's names
 * ============================================================================================== */

#define INET_CODE_PAGE_DEFAULT (-1)
#define INET_CODE_PAGE_EBCDIC_US 31
#define INET_CODE_PAGE_OEM_US 437
#define INET_CODE_PAGE_EBCDIC_INTERNATIONAL 500
#define INET_CODE_PAGE_ARABIC_ASMO708 708
#define INET_CODE_PAGE_ARABIC_ASMO449 709
#define INET_CODE_PAGE_ARABIC_TRANSPARENTARABIC 710
#define INET_CODE_PAGE_ARABIC_TRANSPARENTASMO 720
#define INET_CODE_PAGE_OEM_GREEK 737
#define INET_CODE_PAGE_OEM_BALTIC 775
#define INET_CODE_PAGE_OEM_MULTILINGUALLATINI 850
#define INET_CODE_PAGE_OEM_LATINII 852
#define INET_CODE_PAGE_OEM_CYRILLIC 855
#define INET_CODE_PAGE_OEM_TURKISH 857
#define INET_CODE_PAGE_OEM_MULTLINGUALLATINI_EURO 858
#define INET_CODE_PAGE_OEM_PORTUGUESE 860
#define INET_CODE_PAGE_OEM_ICELANDIC 861
#define INET_CODE_PAGE_OEM_HEBREW 862
#define INET_CODE_PAGE_OEM_CANADIAN 863
#define INET_CODE_PAGE_OEM_ARABIC 864
#define INET_CODE_PAGE_OEM_NORDIC 865
#define INET_CODE_PAGE_OEM_RUSSIAN 866
#define INET_CODE_PAGE_OEM_MODERNGREEK 869
#define INET_CODE_PAGE_EBCDIC_ROECE 870
#define INET_CODE_PAGE_OEM_THAI 874
#define INET_CODE_PAGE_EBCDIC_MODERNGREEK 875
#define INET_CODE_PAGE_OEM_JAPANESE 932
#define INET_CODE_PAGE_OEM_SIMPLIFIEDCHINESE 936
#define INET_CODE_PAGE_OEM_KOREAN 949
#define INET_CODE_PAGE_OEM_TRADITIONALCHINESE 950
#define INET_CODE_PAGE_EBCDIC_TURKISHLATIN5 1026
#define INET_CODE_PAGE_EBCDIC_LATINI 1047
#define INET_CODE_PAGE_EBCDIC_US_EURO 1140
#define INET_CODE_PAGE_EBCDIC_GERMANY_EURO 1141
#define INET_CODE_PAGE_EBCDIC_DENMARK_NORWAY_EURO 1142
#define INET_CODE_PAGE_EBCDIC_FINLAND_SWEDEN_EURO 1143
#define INET_CODE_PAGE_EBCDIC_ITALY_EURO 1144
#define INET_CODE_PAGE_EBCDIC_LATINAMERICA_SPAIN_EURO 1145
#define INET_CODE_PAGE_EBCDIC_UNITEDKINGDOM_EURO 1146
#define INET_CODE_PAGE_EBCDIC_FRANCE_EURO 1147
#define INET_CODE_PAGE_EBCDIC_INTERNATIONAL_EURO 1148
#define INET_CODE_PAGE_EBCDIC_ICELANDIC_EURO 1149
#define INET_CODE_PAGE_UCS2_LITTLEENDIAN 1200
#define INET_CODE_PAGE_UCS2_BIGENDIAN 1201
#define INET_CODE_PAGE_ANSI_CENTRALEUROPEAN 1250
#define INET_CODE_PAGE_ANSI_CYRILLIC 1251
#define INET_CODE_PAGE_ANSI_LATIN 1252
#define INET_CODE_PAGE_ANSI_GREEK 1253
#define INET_CODE_PAGE_ANSI_TURKISH 1254
#define INET_CODE_PAGE_ANSI_HEBREW 1255
#define INET_CODE_PAGE_ANSI_ARABIC 1256
#define INET_CODE_PAGE_ANSI_BALTIC 1257
#define INET_CODE_PAGE_ANSI_OEM_VIETNAMESE 1258
#define INET_CODE_PAGE_KOREAN 1361
#define INET_CODE_PAGE_MAC_ROMAN 10000
#define INET_CODE_PAGE_MAC_JAPANESE 10001
#define INET_CODE_PAGE_MAC_TRADITIONALCHINESE 10002
#define INET_CODE_PAGE_MAC_KOREAN 10003
#define INET_CODE_PAGE_MAC_ARABIC 10004
#define INET_CODE_PAGE_MAC_HEBREW 10005
#define INET_CODE_PAGE_MAC_GREEK 10006
#define INET_CODE_PAGE_MAC_CYRILLIC 10007
#define INET_CODE_PAGE_MAC_SIMPLIFIEDCHINESE 10008
#define INET_CODE_PAGE_MAC_ROMANIA 10010
#define INET_CODE_PAGE_MAC_UKRAINE 10017
#define INET_CODE_PAGE_MAC_THAI 10021
#define INET_CODE_PAGE_MAC_LATINII 10029
#define INET_CODE_PAGE_MAC_ICELANDIC 10079
#define INET_CODE_PAGE_MAC_TURKISH 10081
#define INET_CODE_PAGE_MAC_CROATIA 10082
#define INET_CODE_PAGE_UCS4_LITTLEENDIAN 12000
#define INET_CODE_PAGE_UCS4_BIGENDIAN 12001
#define INET_CODE_PAGE_CNS_TAIWAN 20000
#define INET_CODE_PAGE_TCA_TAIWAN 20001
#define INET_CODE_PAGE_ETEN_TAIWAN 20002
#define INET_CODE_PAGE_IBM5550_TAIWAN 20003
#define INET_CODE_PAGE_TELETEXT_TAIWAN 20004
#define INET_CODE_PAGE_WANG_TAIWAN 20005
#define INET_CODE_PAGE_IA5_INTERNATIONAL 20105
#define INET_CODE_PAGE_IA5_GERMAN 20106
#define INET_CODE_PAGE_IA5_SWEDISH 20107
#define INET_CODE_PAGE_IA5_NORWEGIAN 20108
#define INET_CODE_PAGE_US_ASCII 20127
#define INET_CODE_PAGE_T61 20261
#define INET_CODE_PAGE_ISO6937 20269
#define INET_CODE_PAGE_EBCDIC_GERMANY 20273
#define INET_CODE_PAGE_EBCDIC_DENMARK_NORWAY 20277
#define INET_CODE_PAGE_EBCDIC_FINLAND_SWEDEN 20278
#define INET_CODE_PAGE_EBCDIC_ITALY 20280
#define INET_CODE_PAGE_EBCDIC_LATINAMERICA_SPAIN 20284
#define INET_CODE_PAGE_EBCDIC_UNITEDKINGDOM 20285
#define INET_CODE_PAGE_EBCDIC_JAPANESEKATAKANAEXTENDED 20290
#define INET_CODE_PAGE_EBCDIC_FRANCE 20297
#define INET_CODE_PAGE_EBCDIC_ARABIC 20420
#define INET_CODE_PAGE_EBCDIC_GREEK 20423
#define INET_CODE_PAGE_EBCDIC_HEBREW 20424
#define INET_CODE_PAGE_EBCDIC_KOREANEXTENDED 20833
#define INET_CODE_PAGE_EBCDIC_THAI 20838
#define INET_CODE_PAGE_KOI8R 20866
#define INET_CODE_PAGE_EBCDIC_ICELANDIC 20871
#define INET_CODE_PAGE_EBCDIC_CYRILLICRUSSIAN 20880
#define INET_CODE_PAGE_EBCDIC_TURKISH 20905
#define INET_CODE_PAGE_EBCDIC_LATINI_EURO 20924
#define INET_CODE_PAGE_JISX 20932
#define INET_CODE_PAGE_SIMPLIFIEDCHINESEGB2312 20936
#define INET_CODE_PAGE_EBCDIC_CYRILLICSERBIANBULGARIAN 21025
#define INET_CODE_PAGE_EXTENDEDALPHALOWERCASE 21027
#define INET_CODE_PAGE_KOI8U 21866
#define INET_CODE_PAGE_ISO_LATINI 28591
#define INET_CODE_PAGE_ISO_CENTRALEUROPE 28592
#define INET_CODE_PAGE_ISO_LATIN3 28593
#define INET_CODE_PAGE_ISO_BALTIC 28594
#define INET_CODE_PAGE_ISO_CYRILLIC 28595
#define INET_CODE_PAGE_ISO_ARABIC 28596
#define INET_CODE_PAGE_ISO_GREEK 28597
#define INET_CODE_PAGE_ISO_HEBREW 28598
#define INET_CODE_PAGE_ISO_LATIN5 28599
#define INET_CODE_PAGE_ISO_LATIN9 28605
#define INET_CODE_PAGE_EUROPA3 29001
#define INET_CODE_PAGE_ISO_HEBREW2 38598
#define INET_CODE_PAGE_ISO_JAPANESEWITHNOHALFWIDTHKATAKANA 50220
#define INET_CODE_PAGE_ISO_JAPANESEWITHHALFWIDTHKATAKANA 50221
#define INET_CODE_PAGE_ISO_JAPANESEJISX 50222
#define INET_CODE_PAGE_ISO_KOREAN 50225
#define INET_CODE_PAGE_ISO_SIMPLIFIEDCHINESE 50227
#define INET_CODE_PAGE_ISO_TRADITIONALCHINESE 50229
#define INET_CODE_PAGE_JAPANESEKATAKANAEXTENDED 50930
#define INET_CODE_PAGE_USCANADAANDJAPANESE 50931
#define INET_CODE_PAGE_KOREANEXTENDEDANDKOREAN 50933
#define INET_CODE_PAGE_SIMPLIFIEDCHINESEEXTENDEDANDSIMPLIFIEDCHINESE 50935
#define INET_CODE_PAGE_SIMPLIFIEDCHINESE 50936
#define INET_CODE_PAGE_USCANADAANDTRADITIONALCHINESE 50937
#define INET_CODE_PAGE_JAPANESEEXTENDEDANDJAPANESE 50939
#define INET_CODE_PAGE_EUC_JAPANESE 51932
#define INET_CODE_PAGE_EUC_SIMPLIFIEDCHINESE 51936
#define INET_CODE_PAGE_EUC_KOREAN 51949
#define INET_CODE_PAGE_EUC_TRADITIONALCHINESE 51950
#define INET_CODE_PAGE_HZGB2312_SIMPLIFIEDCHINESE 52936
#define INET_CODE_PAGE_GB18030_SIMPLIFIEDCHINESE 54936
#define INET_CODE_PAGE_ISCII_DEVANAGARI 57002
#define INET_CODE_PAGE_ISCII_BENGALI 57003
#define INET_CODE_PAGE_ISCII_TAMIL 57004
#define INET_CODE_PAGE_ISCII_TELUGU 57005
#define INET_CODE_PAGE_ISCII_ASSAMESE 57006
#define INET_CODE_PAGE_ISCII_ORIYA 57007
#define INET_CODE_PAGE_ISCII_KANNADA 57008
#define INET_CODE_PAGE_ISCII_MALAYALAM 57009
#define INET_CODE_PAGE_ISCII_GUJARATI 57010
#define INET_CODE_PAGE_ISCII_PUNJABI 57011
#define INET_CODE_PAGE_UTF7 65000
#define INET_CODE_PAGE_UTF8 65001

/* ==============================================================================================
 * Types
 * ============================================================================================== */

/**
 * One more form of what the text of a message says: HTML, a calendar, and others. A reader shows the richest that it understands.
 */
typedef struct INetAlternateView INetAlternateView;

/**
 * The alternate views of a message, changed in place. Indexes count from 0.
 */
typedef struct INetAlternateViewCollection INetAlternateViewCollection;

/**
 * Content to attach: a file or a callback that is read while the message is sent, octets, or a message.
 */
typedef struct INetAttachment INetAttachment;

/**
 * The attachments of a message, changed in place. Indexes count from 0.
 */
typedef struct INetAttachmentCollection INetAttachmentCollection;

/**
 * A certificate, which never changes. Two with the same octets are the same to collections. A private key that came with it is
 * used to log in with it and never handed out.
 */
typedef struct INetCertificate INetCertificate;

/**
 * Certificates, changed in place. Indexes count from 0. One that belongs to a client is live: what changes here is what the next
 * connection goes by. One that shows what a server has sent is read-only.
 */
typedef struct INetCertificateCollection INetCertificateCollection;

/**
 * One connection as it is known: its addresses, its octets, and what its TLS came to, also where the handshake failed,
 * and where there was nobody to connect to: INetConnectionInfo_GetFailureStatus tells.
 * It stays when the connection is closed. What is not known, and all of TLS where there is none, is 0 or empty.
 */
typedef struct INetConnectionInfo INetConnectionInfo;

/**
 * Credentials by host, port and authentication protocol, in the order of their adding.
 */
typedef struct INetCredentialCache INetCredentialCache;

/**
 * What a client will log in with, as it is at the moment of asking.
 */
typedef struct INetCredentialsByHost INetCredentialsByHost;

/**
 * Lists of revoked certificates (CRL), changed in place. Indexes count from 0. One that belongs to a client is live: what changes
 * here is what the next connection goes by.
 */
typedef struct INetCrlCollection INetCrlCollection;

/**
 * Options of an envelope. Messages and clients share them: a change is seen by the next Send.
 */
typedef struct INetEnvelopeOptions INetEnvelopeOptions;

/**
 * One event out of INetSmtpClient_NextEvent. It never changes. What its kind has no use for is empty or 0.
 */
typedef struct INetEvent INetEvent;

/**
 * How the key of a client's certificate is used that lives elsewhere: in a token, a service, another process. It acts on
 * the connections that are made from then on, and outlives the client.
 */
typedef struct INetExternalCrypto INetExternalCrypto;

/**
 * An image or the like that stands in the HTML text of a message, which refers to it by "cid:" and its Content-ID.
 */
typedef struct INetLinkedResource INetLinkedResource;

/**
 * The linked resources of a message, changed in place. Indexes count from 0.
 */
typedef struct INetLinkedResourceCollection INetLinkedResourceCollection;

/**
 * A mail address and its display name. Immutable.
 */
typedef struct INetMailAddress INetMailAddress;

/**
 * The addresses of a message, changed in place. Indexes count from 0.
 */
typedef struct INetMailAddressCollection INetMailAddressCollection;

/**
 * A message.
 */
typedef struct INetMailMessage INetMailMessage;

/**
 * Messages in the order in which INetSmtpClient_BulkSend takes them. Indexes count from 0. A message may stand in several
 * collections, and several times in one.
 */
typedef struct INetMailMessageCollection INetMailMessageCollection;

/**
 * User name, password or OAuth token, and domain. Password and token can be set but not read.
 */
typedef struct INetNetworkCredential INetNetworkCredential;

/**
 * OCSP responses, changed in place. Indexes count from 0. One that belongs to a client is live: what changes here is what the next
 * connection goes by.
 */
typedef struct INetOcspCollection INetOcspCollection;

/**
 * A Send or a run that is under way on a thread of the library, or has been. It goes on when its last reference is released; it is ended
 * by INetOperation_Cancel, by INetSmtpClient_Cancel, and when the last reference to its client is released.
 */
typedef struct INetOperation INetOperation;

/**
 * The report of one Send, or of a run of messages. It belongs to whoever holds it, on any thread. Of a run it tells the first
 * failure where there can be but one answer, and the recipients of all messages, in order; INetSendReport_GetMessageReport
 * gives the report of each message.
 */
typedef struct INetSendReport INetSendReport;

/**
 * What the server of one connection said of itself. It stays as it is, also when the connection is closed.
 */
typedef struct INetServerInfo INetServerInfo;

/**
 * The reply to a command, whatever its code. What is no text in it was made harmless for logs and terminals.
 */
typedef struct INetServerReply INetServerReply;

/**
 * A proxy: INetSmtpClient_SetProxy gives it to one client, INetServiceProxy_Save to all that have none of their own.
 */
typedef struct INetServiceProxy INetServiceProxy;

/**
 * A client of one server at a time. Any number of threads may send through it at once. When its last reference is released, a
 * Send that is under way on another thread is cancelled.
 */
typedef struct INetSmtpClient INetSmtpClient;

/**
 * What a client wants of TLS, to be read and changed. It acts on the connections that are made from then on, and
 * outlives the client.
 */
typedef struct INetTlsSettings INetTlsSettings;

/**
 * Is asked whether a server's certificate is accepted: `host` is the name that it has to be for, `chain` what the server sent, its own first
 * (released behind the call; take a reference of your own to keep it), `result` and `details` as of
 * INetConnectionInfo_GetChainValidationResult and _GetChainValidationDetails, `log` a line for each step, `accepted` 1 or 0: what the
 * library would do. Texts live as long as the call. 1 accepts, 0 refuses, a negative answer ends the call with that number.
 */
typedef int32_t (*INetCertificateValidateCallback)(void *user,
                                                   const char *host,
                                                   const INetCertificateCollection *chain,
                                                   int32_t result,
                                                   int32_t details,
                                                   const char *log,
                                                   int32_t accepted);

/**
 * Is told that the library will not use `user` any more.
 */
typedef void (*INetDropCallback)(void *user);

/**
 * Is asked to sign with the key of the client's certificate: `algorithm` is the signature scheme as RFC 8446 section 4.2.3 names it
 * (`ecdsa_secp256r1_sha256`), `octets` what is to be signed: its digest where `isDigest` is 1, else the message itself. The signature goes to
 * `signature`, which has room for `capacity` octets. The answer is its length; a negative one ends the call with that number.
 */
typedef int64_t (*INetExternalSignCallback)(void *user,
                                            const char *algorithm,
                                            const uint8_t *octets,
                                            size_t length,
                                            int32_t isDigest,
                                            uint8_t *signature,
                                            size_t capacity);

/**
 * Gives octets from a place of the content on: at most `capacity` of them, fewer as it likes, and none behind its end. The same
 * place may be asked for again when a message is sent again. A negative answer ends the operation.
 */
typedef int32_t (*INetReadAtCallback)(int64_t offset, uint8_t *buffer, size_t capacity, void *user);

/**
 * Gives the next message of a run: puts it to `message` and answers 1, or answers 0 behind the last one. The library releases
 * the reference that it is given. A negative answer ends the run. Messages count from 0. A message may be asked for before the
 * fate of those in front of it is known, so that each wants to be an object of its own, at least until then.
 */
typedef int32_t (*INetNextMessageCallback)(void *user, int64_t index, INetMailMessage **message);

/**
 * Is told what became of a message of a run, by its number, in any order. The report is lent for the call: INetSendReport_AddRef
 * keeps it. A negative answer ends the run.
 */
typedef int32_t (*INetMessageDoneCallback)(void *user, int64_t index, INetSendReport *report);

/**
 * Is asked for the own end of a connection that is about to be made to `remoteAddress`, an address of IPv4 or IPv6, and `remotePort`. The own
 * address goes to `localAddress`, which is empty and has room for `capacity` octets, NUL included; left empty, or 0.0.0.0, or ::, it is any. The answer is the own port, 0
 * for any; a negative one ends the call with that number. Texts live as long as the call.
 */
typedef int32_t (*INetBindIPEndPointCallback)(void *user,
                                              const char *remoteAddress,
                                              int32_t remotePort,
                                              char *localAddress,
                                              size_t capacity);

/**
 * Is asked for an OAuth token for `userName` at `host`: 0 in `wasRefused` asks for one that is believed to be good, 1 for another in the place
 * of one that the server has just refused. The token goes to `token`, which has room for `capacity` octets; the answer is its length, a NUL
 * not counted. A negative answer ends the call with that number, or with the smallest of 32 bits where it is below. Texts live as long as the call.
 */
typedef int64_t (*INetTokenCallback)(void *user,
                                     const char *host,
                                     const char *userName,
                                     int32_t wasRefused,
                                     char *token,
                                     size_t capacity);

/**
 * Is asked before each mechanism by which a login would be tried: `mechanism` and `offered` are registered names, those that the server offers with
 * spaces in between; `isProtected` is 1 under TLS, 0 in clear. `credential` is what the login would be made with: what is changed there holds
 * for this login alone. It is released behind the call; take a reference of your own to keep it. Texts live as long as the call. The answer is one
 * of INET_BEFORE_AUTH_; a negative one ends the call with that number.
 */
typedef int32_t (*INetBeforeAuthCallback)(void *user,
                                          const char *host,
                                          const char *mechanism,
                                          const char *offered,
                                          int32_t isProtected,
                                          INetNetworkCredential *credential);

/**
 * Takes octets. A negative answer ends the operation.
 */
typedef int32_t (*INetWriteCallback)(const uint8_t *data, size_t length, void *user);

/**
 * Is told of a command that goes out, without its line end. The text lives as long as the call.
 */
typedef void (*INetCommandCallback)(void *user, const char *command);

/**
 * Is told of octets of a message that go out, as they go over the wire: `command` is DATA or BDAT, `octets` a block of them, which lives
 * as long as the call.
 */
typedef void (*INetCommandDataCallback)(void *user,
                                        const char *command,
                                        const uint8_t *octets,
                                        size_t length);

/**
 * Is told of a reply: the `command` that it answers (. for the end of a message, nothing for a greeting), `reply` with all its lines,
 * joined by LF, `code` and `enhancedCode` as they stand in it. Texts live as long as the call.
 */
typedef void (*INetCommandReplyCallback)(void *user,
                                         const char *command,
                                         const char *reply,
                                         int32_t code,
                                         const char *enhancedCode);

/**
 * Is told of an error: its `status` and a `description`, which lives as long as the call.
 */
typedef void (*INetErrorCallback)(void *user, int32_t status, const char *description);

/**
 * Is told of something that has happened: `notification` is one of INET_NOTIFICATION_, and there may be more of them some day;
 * `parameters` are names and values, `name=value;name=value`, of which the last value may hold anything. The text lives as long as the call.
 */
typedef void (*INetNotificationCallback)(void *user, int32_t notification, const char *parameters);

/**
 * Takes a line of the log, without a line end: `level` is one of INET_LOG_. The text lives as long as the call.
 */
typedef void (*INetLogCallback)(void *user, int32_t level, const char *line);

/**
 * Gives the octets that come next: at most `capacity` of them, fewer as it likes, and none behind the end. A negative answer
 * ends the operation.
 */
typedef int32_t (*INetReadCallback)(uint8_t *buffer, size_t capacity, void *user);

/**
 * Is told that an operation has its result. The handle is the one that the operation was started with, lent for the call: to
 * keep it longer take a reference with INetOperation_AddRef.
 */
typedef void (*INetCompletionCallback)(void *user, INetOperation *operation);

/**
 * Is told how far a call is: `octets` of messages that were handed to the system, `total`, how many there are in all (-1 where only
 * the end of the message will tell), and `messages`, how many the server has accepted. A run has no total: it is -1 to the end. A
 * negative answer ends the call.
 */
typedef int32_t (*INetProgressCallback)(void *user, int64_t octets, int64_t total, int32_t messages);

#ifdef __cplusplus
extern "C" {
#endif /* __cplusplus */

/* ==============================================================================================
 * INetSmtpClient: what a host has a say in while TLS begins.
 * ============================================================================================== */

/**
 * Has the host asked about the certificate of each server, in resumed sessions too, before anything is sent under TLS. With
 * AutoValidateCertificates off the host decides alone. The callback runs on the thread that opens the connection, which is the library's for
 * asynchronous calls and for runs over several connections; no lock is held.
 *
 * @param client the object.
 * @param callback what is called; or NULL for nothing any more.
 * @param user handed to the callbacks as it is.
 * @param dropUser called once when no connection uses the callback any more, on whatever thread that is; or NULL. Also where this function fails.
 * @return 0, or a status.
 * @see SecureBlackbox CertificateValidate
 */
int32_t INetSmtpClient_OnCertificateValidate(INetSmtpClient *client,
                                             INetCertificateValidateCallback callback,
                                             void *user,
                                             INetDropCallback dropUser);

/**
 * Has the host sign where the client's certificate came without its key, or wherever ExternalCrypto's Mode says so. The callback runs on the
 * thread that opens the connection; no lock is held.
 *
 * @param client the object.
 * @param callback what is called; or NULL for nothing any more.
 * @param user handed to the callbacks as it is.
 * @param dropUser called once when no connection uses the callback any more, on whatever thread that is; or NULL. Also where this function fails.
 * @return 0, or a status.
 * @see SecureBlackbox ExternalSign
 */
int32_t INetSmtpClient_OnExternalSign(INetSmtpClient *client,
                                      INetExternalSignCallback callback,
                                      void *user,
                                      INetDropCallback dropUser);

/* ==============================================================================================
 * INetAlternateView: the text of a message in another form.
 * ============================================================================================== */

/**
 * Makes a view of a text.
 *
 * @param text the text, UTF-8; copied.
 * @param mediaType type, subtype and parameters, such as "text/html", UTF-8; copied.
 * @param codePage the code page that it goes out in, a number of Fore CodePage; -1 for UTF-8.
 * @return a new reference, to be released with INetAlternateView_Release; or NULL on failure.
 * @error INET_E_ARGUMENT the media type is none.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the code page is none of Fore's.
 * @see .NET AlternateView.CreateAlternateViewFromString; Aspose AlternateView
 */
INetAlternateView *INetAlternateView_CreateFromString(const char *text,
                                                      const char *mediaType,
                                                      int32_t codePage);

/**
 * Makes a view of octets. Where they are a text, the media type should tell its charset.
 *
 * @param data the octets; copied.
 * @param length how many octets there are.
 * @param mediaType type, subtype and parameters, such as "text/html", UTF-8; copied.
 * @return a new reference, to be released with INetAlternateView_Release; or NULL on failure.
 * @error INET_E_ARGUMENT the media type is none.
 * @see .NET AlternateView; Aspose AlternateView
 */
INetAlternateView *INetAlternateView_CreateFromBytes(const uint8_t *data,
                                                     size_t length,
                                                     const char *mediaType);

/**
 * Makes a view of a file, which is opened by Send and read while it sends. Where it is a text, the media type should tell its
 * charset.
 *
 * @param fileName path and name of the file, UTF-8; copied.
 * @param mediaType type, subtype and parameters, UTF-8; copied. Empty for what the ending of the name tells.
 * @return a new reference, to be released with INetAlternateView_Release; or NULL on failure.
 * @error INET_E_ARGUMENT the name is empty or the media type is none.
 * @see .NET AlternateView; Aspose AlternateView
 */
INetAlternateView *INetAlternateView_Create(const char *fileName,
                                            const char *mediaType);

/**
 * The media type with its parameters, such as "text/calendar; method=REQUEST". Unless it was set, what the ending of the name
 * tells.
 *
 * @param view the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see .NET AlternateView.ContentType; RFC 2045 section 5.1
 */
int64_t INetAlternateView_GetMediaType(const INetAlternateView *view,
                                       char *buffer,
                                       size_t capacity);

/**
 * Sets what INetAlternateView_GetMediaType tells.
 *
 * @param view the object.
 * @param mediaType type, subtype and parameters, UTF-8; copied. Empty leaves it to the name again.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT the text is no media type, or one of a multipart.
 * @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
 * @see .NET AlternateView.ContentType; RFC 2045 section 5.1
 */
int32_t INetAlternateView_SetMediaType(INetAlternateView *view, const char *mediaType);

/**
 * The Content-ID, without angle brackets. Empty where there is none.
 *
 * @param view the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see .NET AlternateView.ContentId; RFC 2045 section 7
 */
int64_t INetAlternateView_GetContentId(const INetAlternateView *view,
                                       char *buffer,
                                       size_t capacity);

/**
 * Sets what INetAlternateView_GetContentId tells.
 *
 * @param view the object.
 * @param contentId the id, ASCII without white space, with or without angle brackets; copied. Empty for none.
 * @return 0, or a status.
 * @error INET_E_FIELD_VALUE the text does not fit the field.
 * @see .NET AlternateView.ContentId; RFC 2045 section 7
 */
int32_t INetAlternateView_SetContentId(INetAlternateView *view,
                                       const char *contentId);

/**
 * The transfer encoding that was chosen.
 *
 * @param view the object.
 * @return an INET_TRANSFER_ENCODING_ number (-1, automatic, unless set), or a status.
 * @see .NET AlternateView.TransferEncoding; RFC 2045 section 6
 */
int32_t INetAlternateView_GetTransferEncoding(const INetAlternateView *view);

/**
 * Chooses the transfer encoding. Automatic is base64 for octets, what fits content and server for texts, and the content as it
 * is where the server takes that (BINARYMIME). 7bit and 8bit make line breaks CRLF; quoted-printable, base64 and binary keep
 * every octet. A choice that the content or the server cannot follow makes the Send fail before the message.
 *
 * @param view the object.
 * @param encoding an INET_TRANSFER_ENCODING_ number.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see .NET AlternateView.TransferEncoding; RFC 2045 section 6
 */
int32_t INetAlternateView_SetTransferEncoding(INetAlternateView *view,
                                              int32_t encoding);

/**
 * The content as octets, decoded where it was loaded in an encoding.
 *
 * @param view the object.
 * @param buffer receives as many octets as it has room for, without a NUL; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole in octets, or a status.
 * @error INET_E_FILE_NOT_FOUND there is no such file.
 * @see inetmail
 */
int64_t INetAlternateView_GetBytes(const INetAlternateView *view,
                                   uint8_t *buffer,
                                   size_t capacity);

/**
 * Writes the content into a file, decoded where it was loaded in an encoding. A file of that name is replaced.
 *
 * @param view the object.
 * @param fileName path of the file, UTF-8. It is not made from the name of the content, which a stranger may have chosen.
 * @return 0, or a status.
 * @error INET_E_IO the file cannot be written.
 * @see Aspose AttachmentBase.Save
 */
int32_t INetAlternateView_SaveToFile(const INetAlternateView *view,
                                     const char *fileName);

/**
 * Closes the file, which a Send has left open, as INetAttachment_ReleaseResource does.
 *
 * @param view the object.
 * @return 0, or a status.
 * @see .NET AttachmentBase.Dispose
 */
int32_t INetAlternateView_ReleaseResource(INetAlternateView *view);

/**
 * Takes one more reference to the object: each wants its own INetAlternateView_Release.
 *
 * @param view the object.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetAlternateView.
 * @see inetmail
 */
int32_t INetAlternateView_AddRef(INetAlternateView *view);

/**
 * Gives up one reference. The object lives on as long as the library or a call under way uses it.
 *
 * @param view the object, or NULL, which is no failure.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetAlternateView, or was released before.
 * @see inetmail
 */
int32_t INetAlternateView_Release(INetAlternateView *view);

/* ==============================================================================================
 * INetAlternateViewCollection: the alternate views of a message as a live list.
 * ============================================================================================== */

/**
 * Adds at the end.
 *
 * @param collection the collection.
 * @param view what to add; the collection takes a reference of its own.
 * @return 0, or a status.
 * @see .NET AlternateViewCollection.Add
 */
int32_t INetAlternateViewCollection_Add(INetAlternateViewCollection *collection,
                                        INetAlternateView *view);

/**
 * Inserts in front of an index; the count as index appends.
 *
 * @param collection the collection.
 * @param index 0 to the count.
 * @param view what to insert; the collection takes a reference of its own.
 * @return 0, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
 * @see .NET AlternateViewCollection.Insert
 */
int32_t INetAlternateViewCollection_Insert(INetAlternateViewCollection *collection,
                                           int32_t index,
                                           INetAlternateView *view);

/**
 * Removes the first that is the same object.
 *
 * @param collection the collection.
 * @param view what to remove.
 * @return 1 if there was one, else 0, or a status.
 * @see .NET AlternateViewCollection.Remove
 */
int32_t INetAlternateViewCollection_Remove(INetAlternateViewCollection *collection,
                                           const INetAlternateView *view);

/**
 * Removes what stands at an index.
 *
 * @param collection the collection.
 * @param index 0 to the count less 1.
 * @return 0, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
 * @see Fore INetCollection.RemoveAt
 */
int32_t INetAlternateViewCollection_RemoveAt(INetAlternateViewCollection *collection,
                                             int32_t index);

/**
 * Removes all.
 *
 * @param collection the collection.
 * @return 0, or a status.
 * @see Fore INetCollection.Clear
 */
int32_t INetAlternateViewCollection_Clear(INetAlternateViewCollection *collection);

/**
 * Whether there is the same object.
 *
 * @param collection the collection.
 * @param view what to look for.
 * @return 1 or 0, or a status.
 * @see .NET AlternateViewCollection.Contains
 */
int32_t INetAlternateViewCollection_Contains(const INetAlternateViewCollection *collection,
                                             const INetAlternateView *view);

/**
 * The index of the first that is the same object.
 *
 * @param collection the collection.
 * @param view what to look for.
 * @return the index, -1 where there is none, or a status.
 * @see .NET AlternateViewCollection.IndexOf
 */
int32_t INetAlternateViewCollection_IndexOf(const INetAlternateViewCollection *collection,
                                            const INetAlternateView *view);

/**
 * How many there are.
 *
 * @param collection the object.
 * @return the number, or a status.
 * @see Fore INetCollection.Count
 */
int32_t INetAlternateViewCollection_GetCount(const INetAlternateViewCollection *collection);

/**
 * What stands at an index.
 *
 * @param collection the collection.
 * @param index 0 to the count less 1.
 * @return a new reference, to be released with INetAlternateView_Release; or NULL on failure.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
 * @see .NET AlternateViewCollection.Item
 */
INetAlternateView *INetAlternateViewCollection_GetItem(const INetAlternateViewCollection *collection,
                                                       int32_t index);

/**
 * Takes one more reference to the object: each wants its own INetAlternateViewCollection_Release.
 *
 * @param collection the object.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetAlternateViewCollection.
 * @see inetmail
 */
int32_t INetAlternateViewCollection_AddRef(INetAlternateViewCollection *collection);

/**
 * Gives up one reference. The object lives on as long as the library or a call under way uses it.
 *
 * @param collection the object, or NULL, which is no failure.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetAlternateViewCollection, or was released before.
 * @see inetmail
 */
int32_t INetAlternateViewCollection_Release(INetAlternateViewCollection *collection);

/* ==============================================================================================
 * INetAttachment: content that goes along with a message.
 * ============================================================================================== */

/**
 * Makes an attachment of a file. The file is opened by Send, which reads it while it sends.
 *
 * @param fileName path and name of the file, UTF-8; copied.
 * @return a new reference, to be released with INetAttachment_Release; or NULL on failure.
 * @error INET_E_ARGUMENT the name is empty.
 * @see Fore CurlAttachment.Create
 */
INetAttachment *INetAttachment_Create(const char *fileName);

/**
 * The same as INetAttachment_Create, under the name of its class.
 *
 * @param fileName path and name of the file, UTF-8; copied.
 * @return a new reference, to be released with INetAttachment_Release; or NULL on failure.
 * @error INET_E_ARGUMENT the name is empty.
 * @see Fore CurlAttachment.Create
 */
INetAttachment *CurlAttachment_Create(const char *fileName);

/**
 * Path and name of the file; empty where the content is no file.
 *
 * @param attachment the attachment.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see Fore INetAttachment.ContentName
 */
int64_t INetAttachment_GetContentName(const INetAttachment *attachment,
                                      char *buffer,
                                      size_t capacity);

/**
 * Makes the content that of another file; the one that was open is closed.
 *
 * @param attachment the object.
 * @param fileName path and name of the file, UTF-8; copied.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT the name is empty.
 * @see Fore INetAttachment.ContentName
 */
int32_t INetAttachment_SetContentName(INetAttachment *attachment, const char *fileName);

/**
 * Closes the file, which a Send has left open, so that others can move, change or remove it. The next Send opens it again.
 * A Send that is reading the file on another thread goes on with it.
 *
 * @param attachment the attachment.
 * @return 0, or a status.
 * @see Fore INetAttachment.ReleaseResource
 */
int32_t INetAttachment_ReleaseResource(INetAttachment *attachment);

/**
 * Makes an attachment of octets.
 *
 * @param data the octets; copied.
 * @param length how many octets there are.
 * @param name the file name that readers are shown, UTF-8; copied. It also tells the media type. Empty for none.
 * @return a new reference, to be released with INetAttachment_Release; or NULL on failure.
 * @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
 * @see Aspose Attachment; .NET Attachment
 */
INetAttachment *INetAttachment_CreateFromBytes(const uint8_t *data,
                                               size_t length,
                                               const char *name);

/**
 * Makes an attachment whose content a callback of the host gives, a block at a time, while the message is sent.
 *
 * @param name the file name that readers are shown, UTF-8; copied. It also tells the media type. Empty for none.
 * @param length octets of the content, or -1 if only the end will tell; without a length the server is told none, and nothing
 *     goes out as binary.
 * @param read gives the octets, on the thread that sends or asks for them.
 * @param user handed to the callbacks as it is.
 * @param dropUser called once when the content is not needed any more, on whatever thread that is; or NULL.
 * @return a new reference, to be released with INetAttachment_Release; or NULL on failure. dropUser is called in both cases.
 * @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the length is below -1.
 * @see Aspose Attachment; .NET Attachment
 */
INetAttachment *INetAttachment_CreateFromStream(const char *name,
                                                int64_t length,
                                                INetReadAtCallback read,
                                                void *user,
                                                INetDropCallback dropUser);

/**
 * Makes an attachment of a message (message/rfc822), as it is when the message around it is sent. It needs a From, but no
 * recipients, and its Bcc is not shown.
 *
 * @param message the message; the attachment takes a reference of its own.
 * @return a new reference, to be released with INetAttachment_Release; or NULL on failure.
 * @see Aspose Attachment; RFC 2046 section 5.2.1
 */
INetAttachment *INetAttachment_CreateFromMessage(INetMailMessage *message);

/**
 * The file name that readers of the message are shown. Unless it was set, the name of the file. Of a loaded message it is what a
 * stranger wrote: it may hold a path, and is no name to save under unseen.
 *
 * @param attachment the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see Aspose Attachment.Name; RFC 2183 section 2.3
 */
int64_t INetAttachment_GetName(const INetAttachment *attachment,
                               char *buffer,
                               size_t capacity);

/**
 * Sets what INetAttachment_GetName tells.
 *
 * @param attachment the object.
 * @param name the name, UTF-8; copied. Empty for none.
 * @return 0, or a status.
 * @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
 * @see Aspose Attachment.Name; RFC 2231
 */
int32_t INetAttachment_SetName(INetAttachment *attachment, const char *name);

/**
 * The media type with its parameters, such as "text/calendar; method=REQUEST". Unless it was set, what the ending of the name
 * tells.
 *
 * @param attachment the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see Aspose Attachment.ContentType; RFC 2045 section 5.1
 */
int64_t INetAttachment_GetMediaType(const INetAttachment *attachment,
                                    char *buffer,
                                    size_t capacity);

/**
 * Sets what INetAttachment_GetMediaType tells.
 *
 * @param attachment the object.
 * @param mediaType type, subtype and parameters, UTF-8; copied. Empty leaves it to the name again.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT the text is no media type, or one of a multipart.
 * @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
 * @see Aspose Attachment.ContentType; RFC 2045 section 5.1
 */
int32_t INetAttachment_SetMediaType(INetAttachment *attachment, const char *mediaType);

/**
 * The Content-ID, without angle brackets. Empty where there is none.
 *
 * @param attachment the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see Aspose Attachment.ContentId; RFC 2045 section 7
 */
int64_t INetAttachment_GetContentId(const INetAttachment *attachment,
                                    char *buffer,
                                    size_t capacity);

/**
 * Sets what INetAttachment_GetContentId tells.
 *
 * @param attachment the object.
 * @param contentId the id, ASCII without white space, with or without angle brackets; copied. Empty for none.
 * @return 0, or a status.
 * @error INET_E_FIELD_VALUE the text does not fit the field.
 * @see Aspose Attachment.ContentId; RFC 2045 section 7
 */
int32_t INetAttachment_SetContentId(INetAttachment *attachment,
                                    const char *contentId);

/**
 * Whether readers are to show it with the text (Content-Disposition: inline) and not as a file.
 *
 * @param attachment the object.
 * @return 1 or 0 (0 unless set), or a status.
 * @see Aspose Attachment.ContentDisposition; RFC 2183
 */
int32_t INetAttachment_GetIsInline(const INetAttachment *attachment);

/**
 * Sets what INetAttachment_GetIsInline tells.
 *
 * @param attachment the object.
 * @param isInline 0 for no, anything else for yes.
 * @return 0, or a status.
 * @see Aspose Attachment.ContentDisposition; RFC 2183
 */
int32_t INetAttachment_SetIsInline(INetAttachment *attachment, int32_t isInline);

/**
 * The transfer encoding that was chosen.
 *
 * @param attachment the object.
 * @return an INET_TRANSFER_ENCODING_ number (-1, automatic, unless set), or a status.
 * @see Aspose Attachment.TransferEncoding; RFC 2045 section 6
 */
int32_t INetAttachment_GetTransferEncoding(const INetAttachment *attachment);

/**
 * Chooses the transfer encoding. Automatic is base64 for octets, what fits content and server for texts, and the content as it
 * is where the server takes that (BINARYMIME). 7bit and 8bit make line breaks CRLF; quoted-printable, base64 and binary keep
 * every octet. A choice that the content or the server cannot follow makes the Send fail before the message.
 *
 * @param attachment the object.
 * @param encoding an INET_TRANSFER_ENCODING_ number.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see Aspose Attachment.TransferEncoding; RFC 2045 section 6
 */
int32_t INetAttachment_SetTransferEncoding(INetAttachment *attachment,
                                           int32_t encoding);

/**
 * The content as octets, decoded where it was loaded in an encoding.
 *
 * @param attachment the object.
 * @param buffer receives as many octets as it has room for, without a NUL; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole in octets, or a status.
 * @error INET_E_FILE_NOT_FOUND there is no such file.
 * @see inetmail
 */
int64_t INetAttachment_GetBytes(const INetAttachment *attachment,
                                uint8_t *buffer,
                                size_t capacity);

/**
 * Writes the content into a file, decoded where it was loaded in an encoding. A file of that name is replaced.
 *
 * @param attachment the object.
 * @param fileName path of the file, UTF-8. It is not made from the name of the content, which a stranger may have chosen.
 * @return 0, or a status.
 * @error INET_E_IO the file cannot be written.
 * @see Aspose AttachmentBase.Save
 */
int32_t INetAttachment_SaveToFile(const INetAttachment *attachment,
                                  const char *fileName);

/**
 * Takes one more reference to the object: each wants its own INetAttachment_Release.
 *
 * @param attachment the object.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetAttachment.
 * @see inetmail
 */
int32_t INetAttachment_AddRef(INetAttachment *attachment);

/**
 * Gives up one reference. The object lives on as long as the library or a call under way uses it.
 *
 * @param attachment the object, or NULL, which is no failure.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetAttachment, or was released before.
 * @see inetmail
 */
int32_t INetAttachment_Release(INetAttachment *attachment);

/* ==============================================================================================
 * INetAttachmentCollection: the attachments of a message as a live list.
 * ============================================================================================== */

/**
 * Adds at the end.
 *
 * @param collection the collection.
 * @param attachment what to add; the collection takes a reference of its own.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT the attachment is the message of this collection, or holds it.
 * @see Fore INetAttachmentCollection.Add
 */
int32_t INetAttachmentCollection_Add(INetAttachmentCollection *collection,
                                     INetAttachment *attachment);

/**
 * Inserts in front of an index; the count as index appends.
 *
 * @param collection the collection.
 * @param index 0 to the count.
 * @param attachment what to insert; the collection takes a reference of its own.
 * @return 0, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
 * @see Fore INetAttachmentCollection.Insert
 */
int32_t INetAttachmentCollection_Insert(INetAttachmentCollection *collection,
                                        int32_t index,
                                        INetAttachment *attachment);

/**
 * Removes the first that is the same object.
 *
 * @param collection the collection.
 * @param attachment what to remove.
 * @return 1 if there was one, else 0, or a status.
 * @see Fore INetAttachmentCollection.Remove
 */
int32_t INetAttachmentCollection_Remove(INetAttachmentCollection *collection,
                                        const INetAttachment *attachment);

/**
 * Removes what stands at an index.
 *
 * @param collection the collection.
 * @param index 0 to the count less 1.
 * @return 0, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
 * @see Fore INetCollection.RemoveAt
 */
int32_t INetAttachmentCollection_RemoveAt(INetAttachmentCollection *collection, int32_t index);

/**
 * Removes all.
 *
 * @param collection the collection.
 * @return 0, or a status.
 * @see Fore INetCollection.Clear
 */
int32_t INetAttachmentCollection_Clear(INetAttachmentCollection *collection);

/**
 * Whether there is the same object.
 *
 * @param collection the collection.
 * @param attachment what to look for.
 * @return 1 or 0, or a status.
 * @see Fore INetAttachmentCollection.Contains
 */
int32_t INetAttachmentCollection_Contains(const INetAttachmentCollection *collection,
                                          const INetAttachment *attachment);

/**
 * The index of the first that is the same object.
 *
 * @param collection the collection.
 * @param attachment what to look for.
 * @return the index, -1 where there is none, or a status.
 * @see Fore INetAttachmentCollection.IndexOf
 */
int32_t INetAttachmentCollection_IndexOf(const INetAttachmentCollection *collection,
                                         const INetAttachment *attachment);

/**
 * How many attachments there are.
 *
 * @param collection the object.
 * @return the number, or a status.
 * @see Fore INetCollection.Count
 */
int32_t INetAttachmentCollection_GetCount(const INetAttachmentCollection *collection);

/**
 * What stands at an index.
 *
 * @param collection the collection.
 * @param index 0 to the count less 1.
 * @return a new reference, to be released with INetAttachment_Release; or NULL on failure.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
 * @see Fore INetAttachmentCollection.Item
 */
INetAttachment *INetAttachmentCollection_GetItem(const INetAttachmentCollection *collection,
                                                 int32_t index);

/**
 * Takes one more reference to the object: each wants its own INetAttachmentCollection_Release.
 *
 * @param collection the object.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetAttachmentCollection.
 * @see inetmail
 */
int32_t INetAttachmentCollection_AddRef(INetAttachmentCollection *collection);

/**
 * Gives up one reference. The object lives on as long as the library or a call under way uses it.
 *
 * @param collection the object, or NULL, which is no failure.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetAttachmentCollection, or was released before.
 * @see inetmail
 */
int32_t INetAttachmentCollection_Release(INetAttachmentCollection *collection);

/* ==============================================================================================
 * INetSmtpClient: many messages in one call.
 * ============================================================================================== */

/**
 * Sends the messages of a collection in one run, those that stand in it when the call begins. A message that fails does so
 * alone, unless INetSmtpClient_SetStopOnFailure says otherwise; a server that cannot be reached ends the run, and the rest is not
 * tried. Timeout holds for each step that brings the run on. A connection that is lost can leave as many messages in doubt as
 * INetSmtpClient_SetWindowMessages lets be under way: set 1 where duplicates hurt more than time does.
 * INetSmtpClient_BulkSendAsync does the same on a thread of the library.
 *
 * @param client the object.
 * @param messages the messages; they can be sent again.
 * @return 0 if every message was accepted for all of its recipients, or a status.
 * @error INET_E_SOME_MESSAGES_FAILED others may be delivered; INetSmtpClient_BulkSendWithReport tells which.
 * @see Aspose SmtpClient.BulkSend
 */
int32_t INetSmtpClient_BulkSend(INetSmtpClient *client,
                                INetMailMessageCollection *messages);

/**
 * The same as INetSmtpClient_BulkSend, after the name that it has now.
 *
 * @param client the object.
 * @param messages the messages; they can be sent again.
 * @return 0 if every message was accepted for all of its recipients, or a status.
 * @error INET_E_SOME_MESSAGES_FAILED others may be delivered; INetSmtpClient_BulkSendWithReport tells which.
 * @see Aspose SmtpClient.Send(MailMessageCollection)
 */
int32_t INetSmtpClient_SendCollection(INetSmtpClient *client,
                                      INetMailMessageCollection *messages);

/**
 * Sends as INetSmtpClient_BulkSend does and reports what became of each message and recipient. The report takes the place of the
 * error record, which is left as it is.
 *
 * @param client the object.
 * @param messages the messages; they can be sent again.
 * @return a new report, whatever became of the messages, to be released with INetSendReport_Release; or NULL where the run failed
 *     before any message was tried: no host, no pickup directory.
 * @see Aspose SmtpClient.BulkSend
 */
INetSendReport *INetSmtpClient_BulkSendWithReport(INetSmtpClient *client,
                                                  INetMailMessageCollection *messages);

/**
 * Sends messages that a callback gives, in one run, such as those of a mail merge. Neither the messages nor the reports are kept,
 * so that there may be a million of them. A message that fails does so alone, unless INetSmtpClient_SetStopOnFailure says
 * otherwise: then no further one is asked for. A server that cannot be reached ends the run too. Timeout holds for each step that
 * brings the run on. Those that are under way when the run ends early are waited for, and `done` is told of them.
 * INetSmtpClient_OnProgress tells of the accepted ones only: a merge that wants to count counts in `done`.
 *
 * @param client the object.
 * @param next gives the messages, on this thread.
 * @param done is told what became of each, on this thread; or NULL.
 * @param user handed to the callbacks as it is.
 * @return 0 if every message was accepted for all of its recipients, or a status, or the negative number that a callback answered.
 * @error INET_E_SOME_MESSAGES_FAILED others may be delivered; `done` was told which.
 * @error INET_E_CALLBACK `next` promised a message and gave none.
 * @error INET_E_CANCELLED INetSmtpClient_Cancel was called meanwhile, or the client was released.
 * @see inetmail
 */
int32_t INetSmtpClient_BulkSendFrom(INetSmtpClient *client,
                                    INetNextMessageCallback next,
                                    INetMessageDoneCallback done,
                                    void *user);

/* ==============================================================================================
 * INetCertificate: a certificate out of a file or of octets, with its private key where there is
 * one.
 * ============================================================================================== */

/**
 * Reads a certificate, and its private key if there is one, from a file: PEM (with any text around it), DER or PKCS#12.
 * Keys may be PKCS#8, encrypted or not, PKCS#1 or SEC1. Of several certificates it is the one that the key belongs to, or
 * without a key the first; INetCertificateCollection_AddFile takes them all.
 *
 * @param fileName path of the file, UTF-8.
 * @param password opens keys that are encrypted, and PKCS#12; UTF-8, read during the call; or NULL.
 * @return a new reference, to be released with INetCertificate_Release; or NULL on failure.
 * @error INET_E_FILE_NOT_FOUND there is no such file.
 * @error INET_E_CERTIFICATE_FILE there is no certificate, or a broken one.
 * @error INET_E_PASSWORD the password is wrong, or one is needed and there is none.
 * @error INET_E_PRIVATE_KEY the private key cannot be used, or is not the one of a certificate here.
 * @error INET_E_PKCS12 the PKCS#12 file is damaged, or made in a way that is not read.
 * @error INET_E_ASN1 what was given is nested too deeply.
 * @see SecureBlackbox TLSClientCert; RFC 7468; RFC 5958; RFC 7292
 */
INetCertificate *INetCertificate_CreateFromFile(const char *fileName,
                                                const char *password);

/**
 * Reads a certificate from one file and its private key from another, as INetCertificate_CreateFromFile reads both from
 * one.
 *
 * @param fileName path of the certificate's file, UTF-8. Private keys in it are passed over.
 * @param keyFileName path of the key's file, UTF-8.
 * @param password opens keys that are encrypted, and PKCS#12; UTF-8, read during the call; or NULL.
 * @return a new reference, to be released with INetCertificate_Release; or NULL on failure.
 * @error INET_E_FILE_NOT_FOUND there is no such file.
 * @error INET_E_CERTIFICATE_FILE there is no certificate, or a broken one.
 * @error INET_E_PASSWORD the password is wrong, or one is needed and there is none.
 * @error INET_E_PRIVATE_KEY the private key cannot be used, or is not the one of a certificate here.
 * @error INET_E_PKCS12 the PKCS#12 file is damaged, or made in a way that is not read.
 * @error INET_E_ASN1 what was given is nested too deeply.
 * @see libcurl CURLOPT_SSLCERT, CURLOPT_SSLKEY
 */
INetCertificate *INetCertificate_CreateFromFileWithKey(const char *fileName,
                                                       const char *keyFileName,
                                                       const char *password);

/**
 * Reads a certificate from octets as INetCertificate_CreateFromFile reads it from a file. For a certificate and a key that
 * are texts in PEM, put one behind the other.
 *
 * @param data the octets; copied.
 * @param length how many there are.
 * @param password opens keys that are encrypted, and PKCS#12; UTF-8, read during the call; or NULL.
 * @return a new reference, to be released with INetCertificate_Release; or NULL on failure.
 * @error INET_E_CERTIFICATE_FILE there is no certificate, or a broken one.
 * @error INET_E_PASSWORD the password is wrong, or one is needed and there is none.
 * @error INET_E_PRIVATE_KEY the private key cannot be used, or is not the one of a certificate here.
 * @error INET_E_PKCS12 the PKCS#12 file is damaged, or made in a way that is not read.
 * @error INET_E_ASN1 what was given is nested too deeply.
 * @see SecureBlackbox TLSClientCertBytes
 */
INetCertificate *INetCertificate_CreateFromBytes(const uint8_t *data,
                                                 size_t length,
                                                 const char *password);

/**
 * The certificate in DER.
 *
 * @param certificate the certificate.
 * @param buffer receives as many octets as it has room for, without a NUL; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole in octets, or a status.
 * @see SecureBlackbox ServerCertBytes; RFC 5280 section 4.1
 */
int64_t INetCertificate_GetBytes(const INetCertificate *certificate,
                                 uint8_t *buffer,
                                 size_t capacity);

/**
 * The certificate as text in PEM, without its key.
 *
 * @param certificate the certificate.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see RFC 7468 section 5
 */
int64_t INetCertificate_ToPem(const INetCertificate *certificate,
                              char *buffer,
                              size_t capacity);

/**
 * Writes the certificate into a file in PEM, without its key. A file of that name is replaced.
 *
 * @param certificate the certificate.
 * @param fileName path of the file, UTF-8.
 * @return 0, or a status.
 * @error INET_E_IO the file cannot be written.
 * @see inetmail
 */
int32_t INetCertificate_SaveToFile(const INetCertificate *certificate, const char *fileName);

/**
 * Whether there is a private key with the certificate.
 *
 * @param certificate the certificate.
 * @return 1 or 0, or a status.
 * @see inetmail
 */
int32_t INetCertificate_HasPrivateKey(const INetCertificate *certificate);

/**
 * A number that no other object has in this process. INetCertificateCollection_SetHandle finds the object by it, as long as
 * somebody holds it.
 *
 * @param certificate the certificate.
 * @return the number, above 0, or a status.
 * @see SecureBlackbox ServerCertHandle
 */
int64_t INetCertificate_GetHandle(const INetCertificate *certificate);

/**
 * Takes one more reference to the object: each wants its own INetCertificate_Release.
 *
 * @param certificate the object.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetCertificate.
 * @see inetmail
 */
int32_t INetCertificate_AddRef(INetCertificate *certificate);

/**
 * Gives up one reference. The object lives on as long as the library or a call under way uses it.
 *
 * @param certificate the object, or NULL, which is no failure.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetCertificate, or was released before.
 * @see inetmail
 */
int32_t INetCertificate_Release(INetCertificate *certificate);

/* ==============================================================================================
 * INetCertificateCollection: certificates as a list.
 * ============================================================================================== */

/**
 * Makes an empty collection.
 *
 * @return a new reference, to be released with INetCertificateCollection_Release; or NULL on failure.
 * @see SecureBlackbox TrustedCertCount
 */
INetCertificateCollection *INetCertificateCollection_Create(void);

/**
 * Adds at the end.
 *
 * @param collection the collection.
 * @param certificate what to add; the collection takes a reference of its own.
 * @return 0, or a status.
 * @error INET_E_READ_ONLY the collection is read-only.
 * @see SecureBlackbox TrustedCertHandle
 */
int32_t INetCertificateCollection_Add(INetCertificateCollection *collection,
                                      INetCertificate *certificate);

/**
 * Adds all certificates of a file, in PEM, DER or PKCS#12, or on a failure none. If there is a private key, the certificate
 * that it belongs to comes first, with it; the others follow in the order of the file.
 *
 * @param collection the collection.
 * @param fileName path of the file, UTF-8.
 * @param password opens keys that are encrypted, and PKCS#12; UTF-8, read during the call; or NULL.
 * @return 0, or a status.
 * @error INET_E_FILE_NOT_FOUND there is no such file.
 * @error INET_E_CERTIFICATE_FILE there is no certificate, or a broken one.
 * @error INET_E_PASSWORD the password is wrong, or one is needed and there is none.
 * @error INET_E_PRIVATE_KEY the private key cannot be used, or is not the one of a certificate here.
 * @error INET_E_PKCS12 the PKCS#12 file is damaged, or made in a way that is not read.
 * @error INET_E_ASN1 what was given is nested too deeply.
 * @error INET_E_READ_ONLY the collection is read-only.
 * @see SecureBlackbox TrustedCertBytes
 */
int32_t INetCertificateCollection_AddFile(INetCertificateCollection *collection,
                                          const char *fileName,
                                          const char *password);

/**
 * Adds all certificates of one file, with the private key of another: what certbot calls fullchain.pem and privkey.pem. The
 * certificate that the key belongs to comes first, with it; the others follow in the order of their file. On a failure none is added.
 *
 * @param collection the collection.
 * @param fileName path of the certificates' file, UTF-8. Private keys in it are passed over.
 * @param keyFileName path of the key's file, UTF-8.
 * @param password opens keys that are encrypted, and PKCS#12; UTF-8, read during the call; or NULL.
 * @return 0, or a status.
 * @error INET_E_FILE_NOT_FOUND there is no such file.
 * @error INET_E_CERTIFICATE_FILE there is no certificate, or a broken one.
 * @error INET_E_PASSWORD the password is wrong, or one is needed and there is none.
 * @error INET_E_PRIVATE_KEY there is no private key, it cannot be used, or it is not the one of a certificate here.
 * @error INET_E_PKCS12 the PKCS#12 file is damaged, or made in a way that is not read.
 * @error INET_E_ASN1 what was given is nested too deeply.
 * @error INET_E_READ_ONLY the collection is read-only.
 * @see libcurl CURLOPT_SSLCERT, CURLOPT_SSLKEY
 */
int32_t INetCertificateCollection_AddFileWithKey(INetCertificateCollection *collection,
                                                 const char *fileName,
                                                 const char *keyFileName,
                                                 const char *password);

/**
 * Adds from octets what INetCertificateCollection_AddFile adds from a file.
 *
 * @param collection the collection.
 * @param data the octets; copied.
 * @param length how many there are.
 * @param password opens keys that are encrypted, and PKCS#12; UTF-8, read during the call; or NULL.
 * @return 0, or a status.
 * @error INET_E_CERTIFICATE_FILE there is no certificate, or a broken one.
 * @error INET_E_PASSWORD the password is wrong, or one is needed and there is none.
 * @error INET_E_PRIVATE_KEY the private key cannot be used, or is not the one of a certificate here.
 * @error INET_E_PKCS12 the PKCS#12 file is damaged, or made in a way that is not read.
 * @error INET_E_ASN1 what was given is nested too deeply.
 * @error INET_E_READ_ONLY the collection is read-only.
 * @see SecureBlackbox TrustedCertBytes
 */
int32_t INetCertificateCollection_AddBytes(INetCertificateCollection *collection,
                                           const uint8_t *data,
                                           size_t length,
                                           const char *password);

/**
 * Removes the first that has the same octets.
 *
 * @param collection the collection.
 * @param certificate what to remove.
 * @return 1 if there was one, else 0, or a status.
 * @error INET_E_READ_ONLY the collection is read-only.
 * @see inetmail
 */
int32_t INetCertificateCollection_Remove(INetCertificateCollection *collection,
                                         const INetCertificate *certificate);

/**
 * Removes what stands at an index.
 *
 * @param collection the collection.
 * @param index 0 to the count less 1.
 * @return 0, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
 * @error INET_E_READ_ONLY the collection is read-only.
 * @see inetmail
 */
int32_t INetCertificateCollection_RemoveAt(INetCertificateCollection *collection, int32_t index);

/**
 * Removes all.
 *
 * @param collection the collection.
 * @return 0, or a status.
 * @error INET_E_READ_ONLY the collection is read-only.
 * @see SecureBlackbox TrustedCertCount
 */
int32_t INetCertificateCollection_Clear(INetCertificateCollection *collection);

/**
 * Whether there is one with the same octets.
 *
 * @param collection the collection.
 * @param certificate what to look for.
 * @return 1 or 0, or a status.
 * @see inetmail
 */
int32_t INetCertificateCollection_Contains(const INetCertificateCollection *collection,
                                           const INetCertificate *certificate);

/**
 * The index of the first that has the same octets.
 *
 * @param collection the collection.
 * @param certificate what to look for.
 * @return the index, -1 where there is none, or a status.
 * @see inetmail
 */
int32_t INetCertificateCollection_IndexOf(const INetCertificateCollection *collection,
                                          const INetCertificate *certificate);

/**
 * How many certificates there are.
 *
 * @param collection the collection.
 * @return the number, or a status.
 * @see SecureBlackbox TrustedCertCount
 */
int32_t INetCertificateCollection_GetCount(const INetCertificateCollection *collection);

/**
 * Removes what stands at an index of the count and above. More than there are cannot be asked for:
 * INetCertificateCollection_SetHandle at the index of the count adds.
 *
 * @param collection the collection.
 * @param count 0 to the count.
 * @return 0, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE there are not so many.
 * @error INET_E_READ_ONLY the collection is read-only.
 * @see SecureBlackbox TrustedCertCount
 */
int32_t INetCertificateCollection_SetCount(INetCertificateCollection *collection, int32_t count);

/**
 * What stands at an index.
 *
 * @param collection the collection.
 * @param index 0 to the count less 1.
 * @return a new reference, to be released with INetCertificate_Release; or NULL on failure.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
 * @see inetmail
 */
INetCertificate *INetCertificateCollection_GetItem(const INetCertificateCollection *collection,
                                                   int32_t index);

/**
 * The certificate at an index in DER.
 *
 * @param collection the collection.
 * @param index 0 to the count less 1.
 * @param buffer receives as many octets as it has room for, without a NUL; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole in octets, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
 * @see SecureBlackbox TrustedCertBytes
 */
int64_t INetCertificateCollection_GetBytes(const INetCertificateCollection *collection,
                                           int32_t index,
                                           uint8_t *buffer,
                                           size_t capacity);

/**
 * The number of the certificate at an index, which no other object has in this process.
 *
 * @param collection the collection.
 * @param index 0 to the count less 1.
 * @return the number, above 0, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
 * @see SecureBlackbox TrustedCertHandle
 */
int64_t INetCertificateCollection_GetHandle(const INetCertificateCollection *collection,
                                            int32_t index);

/**
 * Puts the certificate of a number in the place of what stands at an index. At the index of the count it is added.
 *
 * @param collection the collection.
 * @param index 0 to the count.
 * @param handle what INetCertificateCollection_GetHandle or INetCertificate_GetHandle of any collection has told; who
 *     told it still holds the object.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT there is no such object any more.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
 * @error INET_E_READ_ONLY the collection is read-only.
 * @see SecureBlackbox TrustedCertHandle
 */
int32_t INetCertificateCollection_SetHandle(INetCertificateCollection *collection,
                                            int32_t index,
                                            int64_t handle);

/**
 * Takes one more reference to the object: each wants its own INetCertificateCollection_Release.
 *
 * @param collection the object.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetCertificateCollection.
 * @see inetmail
 */
int32_t INetCertificateCollection_AddRef(INetCertificateCollection *collection);

/**
 * Gives up one reference. The object lives on as long as the library or a call under way uses it.
 *
 * @param collection the object, or NULL, which is no failure.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetCertificateCollection, or was released before.
 * @see inetmail
 */
int32_t INetCertificateCollection_Release(INetCertificateCollection *collection);

/* ==============================================================================================
 * INetCertificate: what a certificate says of itself. A field that cannot be read has a status; the
 * others are not touched by it.
 * ============================================================================================== */

/**
 * The common name of whom the certificate is about: the last, if there are several; empty where there is none.
 *
 * @param certificate the certificate.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
 * @see SecureBlackbox ServerCertSubject
 */
int64_t INetCertificate_GetSubject(const INetCertificate *certificate,
                                   char *buffer,
                                   size_t capacity);

/**
 * The common name of who issued it; empty where there is none.
 *
 * @param certificate the certificate.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
 * @see SecureBlackbox ServerCertIssuer
 */
int64_t INetCertificate_GetIssuer(const INetCertificate *certificate,
                                  char *buffer,
                                  size_t capacity);

/**
 * The serial number, as the octets that the certificate has: the high one first, a zero in front where the high bit would
 * make it negative.
 *
 * @param certificate the certificate.
 * @param buffer receives as many octets as it has room for, without a NUL; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole in octets, or a status.
 * @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
 * @see SecureBlackbox ServerCertSerialNumber; RFC 5280 section 4.1.2.2
 */
int64_t INetCertificate_GetSerialNumber(const INetCertificate *certificate,
                                        uint8_t *buffer,
                                        size_t capacity);

/**
 * The first moment at which it is valid, in UTC as ISO 8601 writes it, such as 2026-11-21T09:30:00Z.
 *
 * @param certificate the certificate.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
 * @see SecureBlackbox ServerCertValidFrom; RFC 5280 section 4.1.2.5
 */
int64_t INetCertificate_GetValidFrom(const INetCertificate *certificate,
                                     char *buffer,
                                     size_t capacity);

/**
 * The first moment at which it is valid.
 *
 * @param certificate the certificate.
 * @return the seconds since 1970-01-01T00:00:00Z, or a status.
 * @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
 * @see SecureBlackbox ServerCertValidFrom
 */
int64_t INetCertificate_GetValidFromSeconds(const INetCertificate *certificate);

/**
 * The last moment at which it is valid, in UTC as ISO 8601 writes it.
 *
 * @param certificate the certificate.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
 * @see SecureBlackbox ServerCertValidTo; RFC 5280 section 4.1.2.5
 */
int64_t INetCertificate_GetValidTo(const INetCertificate *certificate,
                                   char *buffer,
                                   size_t capacity);

/**
 * The last moment at which it is valid.
 *
 * @param certificate the certificate.
 * @return the seconds since 1970-01-01T00:00:00Z, or a status.
 * @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
 * @see SecureBlackbox ServerCertValidTo
 */
int64_t INetCertificate_GetValidToSeconds(const INetCertificate *certificate);

/**
 * The fingerprint of the whole certificate in hexadecimal digits.
 *
 * @param certificate the certificate.
 * @param algorithm SHA1, SHA256, SHA384 or SHA512; or NULL for SHA256.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @error INET_E_ARGUMENT there is no such algorithm.
 * @see SecureBlackbox ServerCertFingerprint
 */
int64_t INetCertificate_GetFingerprint(const INetCertificate *certificate,
                                       const char *algorithm,
                                       char *buffer,
                                       size_t capacity);

/**
 * The fingerprint of the public key, as INetCertificate_GetPublicKeyBytes gives it, in hexadecimal digits: what pins of
 * keys are made of.
 *
 * @param certificate the certificate.
 * @param algorithm SHA1, SHA256, SHA384 or SHA512; or NULL for SHA256.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @error INET_E_ARGUMENT there is no such algorithm.
 * @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
 * @see SecureBlackbox ServerCertKeyFingerprint; RFC 7469 section 2.4
 */
int64_t INetCertificate_GetKeyFingerprint(const INetCertificate *certificate,
                                          const char *algorithm,
                                          char *buffer,
                                          size_t capacity);

/**
 * The public key in DER, with its algorithm (SubjectPublicKeyInfo).
 *
 * @param certificate the certificate.
 * @param buffer receives as many octets as it has room for, without a NUL; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole in octets, or a status.
 * @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
 * @see SecureBlackbox ServerCertPublicKeyBytes; RFC 5280 section 4.1.2.7
 */
int64_t INetCertificate_GetPublicKeyBytes(const INetCertificate *certificate,
                                          uint8_t *buffer,
                                          size_t capacity);

/**
 * The algorithm of the public key by its standard's name, such as rsaEncryption, id-ecPublicKey or id-Ed25519; its
 * identifier in dots where the name is not known.
 *
 * @param certificate the certificate.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
 * @see SecureBlackbox ServerCertKeyAlgorithm; RFC 3279; RFC 8410
 */
int64_t INetCertificate_GetKeyAlgorithm(const INetCertificate *certificate,
                                        char *buffer,
                                        size_t capacity);

/**
 * The length of the public key: of RSA the modulus, on a curve its size.
 *
 * @param certificate the certificate.
 * @return the bits, or a status.
 * @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
 * @see SecureBlackbox ServerCertKeyBits
 */
int32_t INetCertificate_GetKeyBits(const INetCertificate *certificate);

/**
 * The algorithm with which it was signed by its standard's name, such as sha256WithRSAEncryption or ecdsa-with-SHA384; its
 * identifier in dots where the name is not known.
 *
 * @param certificate the certificate.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
 * @see SecureBlackbox ServerCertSigAlgorithm; RFC 4055; RFC 5758
 */
int64_t INetCertificate_GetSigAlgorithm(const INetCertificate *certificate,
                                        char *buffer,
                                        size_t capacity);

/**
 * What the key is for: the bits of the key usage, and of the known extended ones. Without either extension it is 0, which
 * forbids nothing.
 *
 * @param certificate the certificate.
 * @return INET_KEY_USAGE_ numbers added up, or a status.
 * @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
 * @see SecureBlackbox ServerCertKeyUsage; RFC 5280 sections 4.2.1.3, 4.2.1.12
 */
int32_t INetCertificate_GetKeyUsage(const INetCertificate *certificate);

/**
 * Whether it is signed with its own key. Where the algorithm is one that cannot be verified here, names and key identifiers
 * tell.
 *
 * @param certificate the certificate.
 * @return 1 or 0, or a status.
 * @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
 * @see SecureBlackbox ServerCertSelfSigned
 */
int32_t INetCertificate_GetSelfSigned(const INetCertificate *certificate);

/**
 * Whether it is one of an authority, as its basic constraints have it.
 *
 * @param certificate the certificate.
 * @return 1 or 0, or a status.
 * @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
 * @see RFC 5280 section 4.2.1.9
 */
int32_t INetCertificate_GetIsCA(const INetCertificate *certificate);

/**
 * The identifier of the issuer's key in hexadecimal digits; empty where there is none.
 *
 * @param certificate the certificate.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
 * @see SecureBlackbox ServerCertCAKeyID; RFC 5280 section 4.2.1.1
 */
int64_t INetCertificate_GetCAKeyId(const INetCertificate *certificate,
                                   char *buffer,
                                   size_t capacity);

/**
 * The identifier of its own key in hexadecimal digits; empty where there is none.
 *
 * @param certificate the certificate.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
 * @see SecureBlackbox ServerCertSubjectKeyID; RFC 5280 section 4.2.1.2
 */
int64_t INetCertificate_GetSubjectKeyId(const INetCertificate *certificate,
                                        char *buffer,
                                        size_t capacity);

/* ==============================================================================================
 * INetCertificate: its names and URLs, each a list to go through by index.
 * ============================================================================================== */

/**
 * The distinguished name of whom the certificate is about, as RFC 4514 writes it: the most particular part first. What is
 * no text stands there as a number sign and hexadecimal digits.
 *
 * @param certificate the certificate.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
 * @see SecureBlackbox ServerCertSubjectRDN; RFC 4514
 */
int64_t INetCertificate_GetSubjectRDN(const INetCertificate *certificate,
                                      char *buffer,
                                      size_t capacity);

/**
 * How many attributes the name of whom the certificate is about has.
 *
 * @param certificate the certificate.
 * @return the number, or a status.
 * @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
 * @see SecureBlackbox ServerCertSubjectRDN
 */
int32_t INetCertificate_GetSubjectRDNCount(const INetCertificate *certificate);

/**
 * The type of an attribute of the name of whom the certificate is about, in dots, such as 2.5.4.3 for a common name. They
 * stand in the order of the certificate.
 *
 * @param certificate the certificate.
 * @param index 0 to the count less 1.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the list.
 * @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
 * @see SecureBlackbox ServerCertSubjectRDN
 */
int64_t INetCertificate_GetSubjectRDNOid(const INetCertificate *certificate,
                                         int32_t index,
                                         char *buffer,
                                         size_t capacity);

/**
 * The value of an attribute of the name of whom the certificate is about. What is no text is told as a number sign and
 * hexadecimal digits.
 *
 * @param certificate the certificate.
 * @param index 0 to the count less 1.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the list.
 * @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
 * @see SecureBlackbox ServerCertSubjectRDN
 */
int64_t INetCertificate_GetSubjectRDNValue(const INetCertificate *certificate,
                                           int32_t index,
                                           char *buffer,
                                           size_t capacity);

/**
 * The distinguished name of who issued it, as RFC 4514 writes it: the most particular part first. What is no text stands
 * there as a number sign and hexadecimal digits.
 *
 * @param certificate the certificate.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
 * @see SecureBlackbox ServerCertIssuerRDN; RFC 4514
 */
int64_t INetCertificate_GetIssuerRDN(const INetCertificate *certificate,
                                     char *buffer,
                                     size_t capacity);

/**
 * How many attributes the name of who issued it has.
 *
 * @param certificate the certificate.
 * @return the number, or a status.
 * @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
 * @see SecureBlackbox ServerCertIssuerRDN
 */
int32_t INetCertificate_GetIssuerRDNCount(const INetCertificate *certificate);

/**
 * The type of an attribute of the name of who issued it, in dots, such as 2.5.4.3 for a common name. They stand in the
 * order of the certificate.
 *
 * @param certificate the certificate.
 * @param index 0 to the count less 1.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the list.
 * @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
 * @see SecureBlackbox ServerCertIssuerRDN
 */
int64_t INetCertificate_GetIssuerRDNOid(const INetCertificate *certificate,
                                        int32_t index,
                                        char *buffer,
                                        size_t capacity);

/**
 * The value of an attribute of the name of who issued it. What is no text is told as a number sign and hexadecimal digits.
 *
 * @param certificate the certificate.
 * @param index 0 to the count less 1.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the list.
 * @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
 * @see SecureBlackbox ServerCertIssuerRDN
 */
int64_t INetCertificate_GetIssuerRDNValue(const INetCertificate *certificate,
                                          int32_t index,
                                          char *buffer,
                                          size_t capacity);

/**
 * How many alternative names it has: those by which a server is known.
 *
 * @param certificate the certificate.
 * @return the number, or a status.
 * @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
 * @see RFC 5280 section 4.2.1.6
 */
int32_t INetCertificate_GetSubjectAltNameCount(const INetCertificate *certificate);

/**
 * The kind of an alternative name.
 *
 * @param certificate the certificate.
 * @param index 0 to the count less 1.
 * @return an INET_ALT_NAME_ number, or another of RFC 5280 (0 other, 3 X.400, 5 EDI, 8 registered id), or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the list.
 * @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
 * @see RFC 5280 section 4.2.1.6
 */
int32_t INetCertificate_GetSubjectAltNameType(const INetCertificate *certificate,
                                              int32_t index);

/**
 * An alternative name as text. What has none is told as a number sign and hexadecimal digits.
 *
 * @param certificate the certificate.
 * @param index 0 to the count less 1.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the list.
 * @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
 * @see RFC 5280 section 4.2.1.6
 */
int64_t INetCertificate_GetSubjectAltName(const INetCertificate *certificate,
                                          int32_t index,
                                          char *buffer,
                                          size_t capacity);

/**
 * How many URLs of the OCSP responders that it names there are.
 *
 * @param certificate the certificate.
 * @return the number, or a status.
 * @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
 * @see RFC 5280 section 4.2.2.1
 */
int32_t INetCertificate_GetOcspUrlCount(const INetCertificate *certificate);

/**
 * A URL of the OCSP responders that it names.
 *
 * @param certificate the certificate.
 * @param index 0 to the count less 1.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the list.
 * @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
 * @see RFC 5280 section 4.2.2.1
 */
int64_t INetCertificate_GetOcspUrl(const INetCertificate *certificate,
                                   int32_t index,
                                   char *buffer,
                                   size_t capacity);

/**
 * How many URLs of its issuer's certificate there are.
 *
 * @param certificate the certificate.
 * @return the number, or a status.
 * @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
 * @see RFC 5280 section 4.2.2.1
 */
int32_t INetCertificate_GetIssuerUrlCount(const INetCertificate *certificate);

/**
 * A URL of its issuer's certificate.
 *
 * @param certificate the certificate.
 * @param index 0 to the count less 1.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the list.
 * @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
 * @see RFC 5280 section 4.2.2.1
 */
int64_t INetCertificate_GetIssuerUrl(const INetCertificate *certificate,
                                     int32_t index,
                                     char *buffer,
                                     size_t capacity);

/**
 * How many URLs of the lists of revoked certificates that it names there are.
 *
 * @param certificate the certificate.
 * @return the number, or a status.
 * @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
 * @see RFC 5280 section 4.2.1.13
 */
int32_t INetCertificate_GetCrlUrlCount(const INetCertificate *certificate);

/**
 * A URL of the lists of revoked certificates that it names.
 *
 * @param certificate the certificate.
 * @param index 0 to the count less 1.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the list.
 * @error INET_E_CERTIFICATE_FIELD the certificate has it in a form that cannot be read.
 * @see RFC 5280 section 4.2.1.13
 */
int64_t INetCertificate_GetCrlUrl(const INetCertificate *certificate,
                                  int32_t index,
                                  char *buffer,
                                  size_t capacity);

/* ==============================================================================================
 * INetSmtpClient: the own end of connections, as a host says it for each of them.
 * ============================================================================================== */

/**
 * Has the host asked for the own end of each connection before it is bound, to servers, proxies and revocation services, in the place of what
 * INetSmtpClient_SetLocalEndPoint says. Where a name has several addresses, it is asked for each one that is tried. The callback runs on the thread that opens the connection,
 * which is the library's for asynchronous calls and for runs over several connections; no lock is held, and the time that it takes is part of Timeout.
 *
 * @param client the object.
 * @param callback what is called; or NULL for nothing any more.
 * @param user handed to the callbacks as it is.
 * @param dropUser called once when no connection uses the callback any more, on whatever thread that is; or NULL. Also where this function fails.
 * @return 0, or a status. An answer that is no address, or no port, ends the call in INET_E_ARGUMENT or INET_E_ARGUMENT_OUT_OF_RANGE.
 * @see Aspose SmtpClient.BindIPEndPoint
 */
int32_t INetSmtpClient_OnBindIPEndPoint(INetSmtpClient *client,
                                        INetBindIPEndPointCallback callback,
                                        void *user,
                                        INetDropCallback dropUser);

/* ==============================================================================================
 * INetSmtpClient: how names are resolved: by the system, or by the library, which asks name servers
 * itself.
 * ============================================================================================== */

/**
 * Who resolves names.
 *
 * @param client the object.
 * @return a number of INET_DNS_..., INET_DNS_AUTO at first, or a status.
 * @see SecureBlackbox SocketDNSMode
 */
int32_t INetSmtpClient_GetSocketDnsMode(const INetSmtpClient *client);

/**
 * Chooses who resolves the names of servers, and of proxies and revocation services. INET_DNS_OWN asks the servers of SocketDnsServers for A and AAAA at once, follows aliases, and knows no hosts file but for localhost, no search list, no mDNS. INET_DNS_OWN_SECURE accepts of signed zones what is signed, and what is not signed only where that itself is proven (RFC 4035); it wants a library built with the feature dnssec.
 *
 * @param client the object.
 * @param mode a number of INET_DNS_....
 * @return 0, or a status. A build without DNSSEC takes INET_DNS_OWN_SECURE, and Connect ends in INET_E_DNSSEC_UNAVAILABLE.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of them.
 * @see SecureBlackbox SocketDNSMode; RFC 1035 section 4; RFC 4035 section 4
 */
int32_t INetSmtpClient_SetSocketDnsMode(INetSmtpClient *client,
                                        int32_t mode);

/**
 * The name servers that the library asks, with commas between them; empty for those of the system.
 *
 * @param client the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see SecureBlackbox SocketDNSServers
 */
int64_t INetSmtpClient_GetSocketDnsServers(const INetSmtpClient *client,
                                           char *buffer,
                                           size_t capacity);

/**
 * Sets the name servers that the library asks in the place of the system, unless SocketDnsMode is INET_DNS_PLATFORM: addresses with commas, semicolons or spaces between them, in the order in which they are asked. The next one is asked where one is silent or fails; that there is no such name is an answer. A server that is written tls://192.0.2.1 is asked over TLS alone: its certificate has to be for the name behind # (tls://192.0.2.1#dns.example), or for the address, by the trusted certificates of the client; what else the client is told to accept is for mail servers.
 *
 * @param client the object.
 * @param servers addresses of IPv4 or IPv6, UTF-8, each with a port of its own (192.0.2.1:5353, [2001:db8::1]:5353, tls://192.0.2.1:8853) or without, link-local ones with their interface (fe80::1%eth0); empty for those of /etc/resolv.conf, whose options are not looked at; copied.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT one of them is no address, or what stands behind # is no name.
 * @see SecureBlackbox SocketDNSServers; RFC 7858; RFC 8310 section 5
 */
int32_t INetSmtpClient_SetSocketDnsServers(INetSmtpClient *client,
                                           const char *servers);

/**
 * The port of name servers that have none of their own.
 *
 * @param client the object.
 * @return the port, 0 (the default) for 53, or a status.
 * @see SecureBlackbox SocketDNSPort
 */
int32_t INetSmtpClient_GetSocketDnsPort(const INetSmtpClient *client);

/**
 * Sets the port of name servers that have none of their own. That of servers over TLS is 853 in any case.
 *
 * @param client the object.
 * @param port 0 for 53.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the port is none.
 * @see SecureBlackbox SocketDNSPort
 */
int32_t INetSmtpClient_SetSocketDnsPort(INetSmtpClient *client,
                                        int32_t port);

/**
 * How long one name server may take for one question.
 *
 * @param client the object.
 * @return the milliseconds, 0 (the default) for 3000, or a status.
 * @see SecureBlackbox SocketDNSQueryTimeout
 */
int32_t INetSmtpClient_GetSocketDnsQueryTimeout(const INetSmtpClient *client);

/**
 * Sets how long one name server may take for one question; then the next one is asked. An answer that has to come by TCP has so long once more; one over TLS has so long with its connection and handshake.
 *
 * @param client the object.
 * @param milliseconds 0 for 3000.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is negative.
 * @see SecureBlackbox SocketDNSQueryTimeout
 */
int32_t INetSmtpClient_SetSocketDnsQueryTimeout(INetSmtpClient *client,
                                                int32_t milliseconds);

/**
 * How long it may take to resolve a name.
 *
 * @param client the object.
 * @return the milliseconds, 0 (the default) where only Timeout bounds it, or a status.
 * @see SecureBlackbox SocketDNSTotalTimeout
 */
int32_t INetSmtpClient_GetSocketDnsTotalTimeout(const INetSmtpClient *client);

/**
 * Sets how long it may take to resolve a name with INET_DNS_OWN, all servers and retries taken together, within Timeout.
 *
 * @param client the object.
 * @param milliseconds 0 for no bound but Timeout.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is negative.
 * @see SecureBlackbox SocketDNSTotalTimeout
 */
int32_t INetSmtpClient_SetSocketDnsTotalTimeout(INetSmtpClient *client,
                                                int32_t milliseconds);

/**
 * How often each name server is asked again.
 *
 * @param client the object.
 * @return the number, 1 by default, or a status.
 * @see inetmail
 */
int32_t INetSmtpClient_GetSocketDnsRetries(const INetSmtpClient *client);

/**
 * Sets how often each name server is asked again, once all of them have been asked and none has answered.
 *
 * @param client the object.
 * @param retries 0 to 100.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see inetmail
 */
int32_t INetSmtpClient_SetSocketDnsRetries(INetSmtpClient *client,
                                           int32_t retries);

/**
 * The keys that INET_DNS_OWN_SECURE trusts; empty for those of the root.
 *
 * @param client the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see RFC 4033 section 2
 */
int64_t INetSmtpClient_GetSocketDnsTrustAnchors(const INetSmtpClient *client,
                                                char *buffer,
                                                size_t capacity);

/**
 * Sets the keys that INET_DNS_OWN_SECURE trusts in the place of those of the root, which the library knows (20326 and 38696): for a network with a root of its own. They are DNSKEY records as a zone file has them, a line each: `. IN DNSKEY 257 3 8 AwEAAa...`. With keys of zones below the root alone, other zones cannot be proven to be anything, and are refused.
 *
 * @param client the object.
 * @param anchors the records, UTF-8, empty for those of the root; copied.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT they cannot be read.
 * @error INET_E_DNSSEC_UNAVAILABLE they are not empty, and this build has no DNSSEC.
 * @see RFC 4033 section 2; RFC 4034 section 2.2
 */
int32_t INetSmtpClient_SetSocketDnsTrustAnchors(INetSmtpClient *client,
                                                const char *anchors);

/* ==============================================================================================
 * INetSmtpClient: by which mechanisms it logs in, whether it has to, and what the host has a say
 * in.
 * ============================================================================================== */

/**
 * The mechanisms that may be used, as the bits of Aspose's SmtpKnownAuthenticationType.
 *
 * @param client the object.
 * @return bits of INET_AUTHENTICATION_ (INET_AUTHENTICATION_ALL unless set; Aspose has 47 there), or a status.
 * @see Aspose SmtpClient.AllowedAuthentication
 */
int64_t INetSmtpClient_GetAllowedAuthentication(const INetSmtpClient *client);

/**
 * Sets the mechanisms that may be used, whoever asks for another: INetSmtpClient_SetThisHostCredentials and
 * INetSmtpClient_SetAuthentications choose among them. Aspose's default is 47: LOGIN, OAuth, NTLM, PLAIN and CRAM-MD5; here it is all of
 * them, of which what reveals least is tried first.
 *
 * @param client the object.
 * @param flags bits of INET_AUTHENTICATION_; 0 allows none, so that a client with credentials fails.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE there is an unknown bit.
 * @see Aspose SmtpClient.AllowedAuthentication
 */
int32_t INetSmtpClient_SetAllowedAuthentication(INetSmtpClient *client,
                                                int64_t flags);

/**
 * The mechanisms that the server of the latest connection offers, those among them too that this library does not have. Under TLS it is what the server
 * offers there. INetServerInfo_GetCapability of AUTH names them.
 *
 * @param client the object.
 * @return bits of INET_AUTHENTICATION_, 0 where it offers none and before there was any connection, or a status.
 * @see Aspose SmtpClient.SupportedAuthentication; RFC 4954 section 3
 */
int64_t INetSmtpClient_GetSupportedAuthentication(const INetSmtpClient *client);

/**
 * The mechanisms with their priorities: every one that is used by itself, the largest priority first, then those that are never used.
 *
 * @param client the client.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status. What is read can be set as it is.
 * @see SecureBlackbox Authentications
 */
int64_t INetSmtpClient_GetAuthentications(const INetSmtpClient *client,
                                          char *buffer,
                                          size_t capacity);

/**
 * Sets in which order mechanisms are tried where the host leaves the choice to the server's offer, and which are never used, even if they are
 * asked for by name.
 *
 * @param client the object.
 * @param authentications registered names or those of INetSmtpClient_SetThisHostCredentials in any letter case, between commas or semicolons:
 *     `XOAUTH2:80` gives a priority (the largest is tried first), a name alone its default, `-LOGIN` and `LOGIN:0` never use it; `SCRAM`, `OAuth2`
 *     and `Basic` stand for several, `*` for all. Of two items for one mechanism the latter counts, and what is not named has its default:
 *     `-*;SCRAM;PLAIN` uses these alone. ANONYMOUS is used by itself only if it stands here. UTF-8, empty for the default; copied.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT there is an unknown name; the sentence tells the known one that is most like it.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE a priority is no number, or below 0.
 * @see SecureBlackbox Authentications
 */
int32_t INetSmtpClient_SetAuthentications(INetSmtpClient *client,
                                          const char *authentications);

/**
 * Whether a client with credentials has to log in.
 *
 * @param client the object.
 * @return 1 or 0 (1 unless set), or a status.
 * @see SecureBlackbox ForceLogin
 */
int32_t INetSmtpClient_GetForceLogin(const INetSmtpClient *client);

/**
 * Says whether a client with credentials has to log in. Then a server that offers no login gets no message (INET_E_AUTH_NOT_OFFERED); without it
 * the session goes on anonymously there. Where the server offers logins and none of them fits, or refuses one, it is a failure either way.
 *
 * @param client the object.
 * @param forceLogin 0 for no, anything else for yes.
 * @return 0, or a status.
 * @see SecureBlackbox ForceLogin; RFC 4954
 */
int32_t INetSmtpClient_SetForceLogin(INetSmtpClient *client,
                                     int32_t forceLogin);

/**
 * The service principal that GSSAPI, GSS-SPNEGO and NTLM talk to; empty where it follows from the host.
 *
 * @param client the client.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see .NET SmtpClient.TargetName
 */
int64_t INetSmtpClient_GetTargetName(const INetSmtpClient *client,
                                     char *buffer,
                                     size_t capacity);

/**
 * Sets the service principal that GSSAPI, GSS-SPNEGO and NTLM talk to, for servers that are known to Kerberos by another name than the host's.
 *
 * @param client the object.
 * @param targetName `smtp@mail.example.org` or `SMTP/mail.example.org`, UTF-8, empty for what follows from the host; copied.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT the text holds spaces or control characters.
 * @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
 * @see .NET SmtpClient.TargetName; RFC 4752 section 3.1
 */
int32_t INetSmtpClient_SetTargetName(INetSmtpClient *client,
                                     const char *targetName);

/**
 * Has the host asked for an OAuth token at each login that shows one, whatever token the credential holds: tokens expire, connections are made
 * again. Where the server refuses a token, the host is asked once more, and that answer counts. The user is that of the credential, which needs no
 * password then. The callback runs on the thread that opens the connection, which is the library's for asynchronous calls and for runs
 * over several connections; no lock is held, and the time that it takes is part of Timeout.
 *
 * @param client the object.
 * @param callback what is called; or NULL for nothing any more.
 * @param user handed to the callbacks as it is.
 * @param dropUser called once when no connection uses the callback any more, on whatever thread that is; or NULL. Also where this function fails.
 * @return 0, or a status.
 * @see Aspose ITokenProvider; RFC 7628; RFC 6750
 */
int32_t INetSmtpClient_OnToken(INetSmtpClient *client,
                               INetTokenCallback callback,
                               void *user,
                               INetDropCallback dropUser);

/**
 * Has the host asked before each mechanism by which a login would be tried: it may change the credential, choose another mechanism, do without a login,
 * or end the call. The callback runs on the thread that opens the connection, which is the library's for asynchronous calls and for runs
 * over several connections; no lock is held. A kept connection is logged in already, and asks nothing.
 *
 * @param client the object.
 * @param callback what is called; or NULL for nothing any more.
 * @param user handed to the callbacks as it is.
 * @param dropUser called once when no connection uses the callback any more, on whatever thread that is; or NULL. Also where this function fails.
 * @return 0, or a status.
 * @see inetmail; RFC 4954
 */
int32_t INetSmtpClient_OnBeforeAuth(INetSmtpClient *client,
                                    INetBeforeAuthCallback callback,
                                    void *user,
                                    INetDropCallback dropUser);

/* ==============================================================================================
 * INetSmtpClient: the limits of its connections: silence, octets a second, octets at a time.
 * ============================================================================================== */

/**
 * How long one wait for the server, or for a proxy, may take.
 *
 * @param client the object.
 * @return the milliseconds; 0 (the default) where only Timeout bounds it, or a status.
 * @see SecureBlackbox SocketTimeout
 */
int32_t INetSmtpClient_GetSocketTimeout(const INetSmtpClient *client);

/**
 * Sets how long one wait may take, within Timeout: for a connection, for the peer to say anything at all, or to take anything at all. A peer that is silent for longer ends the call with INET_E_TIMEOUT, however much is left of Timeout. RFC 5321 wants clients to wait up to ten minutes for the reply to a message.
 *
 * @param client the object.
 * @param milliseconds 0 for no bound but Timeout.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is negative.
 * @see SecureBlackbox SocketTimeout; RFC 5321 section 4.5.3.2
 */
int32_t INetSmtpClient_SetSocketTimeout(INetSmtpClient *client,
                                        int32_t milliseconds);

/**
 * How many octets a second a connection takes from its peer.
 *
 * @param client the object.
 * @return the octets; 0 (the default) for as many as come, or a status.
 * @see SecureBlackbox SocketIncomingSpeedLimit
 */
int64_t INetSmtpClient_GetSocketIncomingSpeedLimit(const INetSmtpClient *client);

/**
 * Sets how many octets a second each connection takes from its peer, TLS and proxies counted in. A tenth of a second's octets may be saved up.
 *
 * @param client the object.
 * @param octets 0 for as many as come.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is negative.
 * @see SecureBlackbox SocketIncomingSpeedLimit
 */
int32_t INetSmtpClient_SetSocketIncomingSpeedLimit(INetSmtpClient *client,
                                                   int64_t octets);

/**
 * How many octets a second a connection sends.
 *
 * @param client the object.
 * @return the octets; 0 (the default) for as many as go, or a status.
 * @see SecureBlackbox SocketOutgoingSpeedLimit
 */
int64_t INetSmtpClient_GetSocketOutgoingSpeedLimit(const INetSmtpClient *client);

/**
 * Sets how many octets a second each connection sends, TLS and proxies counted in. Timeout has to leave a message the time that it then takes. A tenth of a second's octets may be saved up.
 *
 * @param client the object.
 * @param octets 0 for as many as go.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is negative.
 * @see SecureBlackbox SocketOutgoingSpeedLimit
 */
int32_t INetSmtpClient_SetSocketOutgoingSpeedLimit(INetSmtpClient *client,
                                                   int64_t octets);

/**
 * How many octets the system is handed at a time.
 *
 * @param client the object.
 * @return the octets; 0 (the default) for as many as it takes, or a status.
 * @see SecureBlackbox SendBufferSize
 */
int64_t INetSmtpClient_GetSendBufferSize(const INetSmtpClient *client);

/**
 * Sets how many octets the system is handed at a time. The same as INetSmtpClient_Config("SendBufferSize=...").
 *
 * @param client the object.
 * @param octets 0 for as many as it takes.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is negative, or more than 2147483647.
 * @see SecureBlackbox SendBufferSize
 */
int32_t INetSmtpClient_SetSendBufferSize(INetSmtpClient *client,
                                         int64_t octets);

/* ==============================================================================================
 * INetSmtpClient: the way its connections take: the proxy, the families of addresses, the own end.
 * ============================================================================================== */

/**
 * The client's own proxy.
 *
 * @param client the object.
 * @return a new reference, to be released with INetServiceProxy_Release; NULL where there is none, and on failure.
 * @see Aspose SmtpClient.Proxy
 */
INetServiceProxy *INetSmtpClient_GetProxy(const INetSmtpClient *client);

/**
 * Sets the proxy of this client; the certificates' revocation is asked about through it too. Changes of the proxy count from the next connection on.
 *
 * @param client the object.
 * @param proxy the proxy, an inactive one for none at all; or NULL for what INetServiceProxy_Save has stored, else for what the environment variable
 *     CURLOPT_PROXY names. The client takes a reference of its own.
 * @return 0, or a status.
 * @see Aspose SmtpClient.Proxy; SecureBlackbox ProxySettings
 */
int32_t INetSmtpClient_SetProxy(INetSmtpClient *client,
                                INetServiceProxy *proxy);

/**
 * Whether connections may go by IPv6.
 *
 * @param client the object.
 * @return 1 (the default) or 0, or a status.
 * @see SecureBlackbox SocketUseIPv6
 */
int32_t INetSmtpClient_GetSocketUseIPv6(const INetSmtpClient *client);

/**
 * Chooses whether connections may go by IPv6. Where both are, addresses of both are tried in turn, and the first that answers counts (RFC 8305).
 *
 * @param client the object.
 * @param useIPv6 1 for IPv6 and IPv4, 0 for IPv4 alone.
 * @return 0, or a status.
 * @see SecureBlackbox SocketUseIPv6; RFC 8305
 */
int32_t INetSmtpClient_SetSocketUseIPv6(INetSmtpClient *client,
                                        int32_t useIPv6);

/**
 * The own address that connections are bound to; empty for any.
 *
 * @param client the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see SecureBlackbox SocketLocalAddress
 */
int64_t INetSmtpClient_GetLocalAddress(const INetSmtpClient *client,
                                       char *buffer,
                                       size_t capacity);

/**
 * The own port that connections are bound to.
 *
 * @param client the object.
 * @return the port, 0 (the default) for any, or a status.
 * @see SecureBlackbox SocketLocalPort
 */
int32_t INetSmtpClient_GetLocalPort(const INetSmtpClient *client);

/**
 * Sets the own end of connections. An address of one family leaves only servers of that family; a port of its own leaves room for one connection to one server at a time.
 *
 * @param client the object.
 * @param localAddress an address of this machine, UTF-8, empty for any; copied.
 * @param localPort the port, 0 for any.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT it is no address.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the port is none.
 * @see SecureBlackbox SocketLocalAddress, SocketLocalPort; Aspose BindIPEndPoint
 */
int32_t INetSmtpClient_SetLocalEndPoint(INetSmtpClient *client,
                                        const char *localAddress,
                                        int32_t localPort);

/**
 * Whether the server speaks LMTP.
 *
 * @param client the object.
 * @return 1 or 0 (the default), or a status.
 * @see RFC 2033
 */
int32_t INetSmtpClient_GetUseLmtp(const INetSmtpClient *client);

/**
 * Chooses LMTP, which servers of mailboxes speak: behind a message they answer for each recipient, and so does INetSendReport. A server
 * that breaks off in the midst leaves those in doubt whom it has not told of. The host is most often `unix:` with the path of a socket,
 * and never port 25. Messages go by DATA, whatever UseChunking says.
 *
 * @param client the object.
 * @param useLmtp 1 for LMTP, 0 for SMTP.
 * @return 0, or a status.
 * @see RFC 2033
 */
int32_t INetSmtpClient_SetUseLmtp(INetSmtpClient *client,
                                  int32_t useLmtp);

/* ==============================================================================================
 * INetSmtpClient: how its connections are protected, whose certificates it believes, and which
 * connection it had last.
 * ============================================================================================== */

/**
 * How connections may be protected, as the bits of INET_SECURITY_. EnableSsl and TlsMode read as what they come to at the port that
 * is set.
 *
 * @param client the object.
 * @return the bits (INET_SECURITY_NONE unless set), or a status.
 * @see Aspose SmtpClient.SecurityOptions
 */
int32_t INetSmtpClient_GetSecurityOptions(const INetSmtpClient *client);

/**
 * Sets how connections may be protected. Of several ways TLS from the first octet is tried first, then STARTTLS, then none; each wrong
 * guess takes a connection of its own, and GreetingTimeout at most. A server that has once protected a connection of this client is
 * held to that. Where none is among several ways and TLS is not to be had, no login goes in clear
 * (INetSmtpClient_SetDangerouslyAllowPlaintextAuth). EnableSsl, SecurityOptions and TlsMode set the same; the last one counts.
 *
 * @param client the object.
 * @param options bits of INET_SECURITY_, one at least.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE there is no bit, or an unknown one.
 * @see Aspose SmtpClient.SecurityOptions; RFC 8314; RFC 3207
 */
int32_t INetSmtpClient_SetSecurityOptions(INetSmtpClient *client,
                                          int32_t options);

/**
 * How connections are protected, in SecureBlackbox's words.
 *
 * @param client the object.
 * @return one of INET_TLS_MODE_ (INET_TLS_MODE_NO_TLS unless set), -1 for a combination of SecurityOptions that has no such number, or a
 *     status. EnableSsl reads as the mode that it comes to at the port that is set.
 * @see SecureBlackbox TLSTLSMode
 */
int32_t INetSmtpClient_GetTlsMode(const INetSmtpClient *client);

/**
 * Sets how connections are protected, in SecureBlackbox's words. EnableSsl, SecurityOptions and TlsMode set the same; the last one counts.
 *
 * @param client the object.
 * @param mode one of INET_TLS_MODE_.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see SecureBlackbox TLSTLSMode
 */
int32_t INetSmtpClient_SetTlsMode(INetSmtpClient *client,
                                  int32_t mode);

/**
 * How long a server may take for its greeting.
 *
 * @param client the object.
 * @return the milliseconds (10000 unless set), or a status.
 * @see Aspose SmtpClient.GreetingTimeout
 */
int32_t INetSmtpClient_GetGreetingTimeout(const INetSmtpClient *client);

/**
 * Sets how long a server may take for its greeting, within Timeout. Unless it is set, only a guess at how the server is protected is
 * bounded (by 10000 ms): RFC 5321 lets a server take five minutes. Once it is set, a server that does not greet in that time under
 * EnableSsl, on another port than 465, is tried once more with TLS from the first octet.
 *
 * @param client the object.
 * @param milliseconds 1 or more.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is 0 or less.
 * @see Aspose SmtpClient.GreetingTimeout; RFC 5321 section 4.5.3.2.1
 */
int32_t INetSmtpClient_SetGreetingTimeout(INetSmtpClient *client,
                                          int32_t milliseconds);

/**
 * Whether a login may go in clear where TLS was wanted and is not to be had.
 *
 * @param client the object.
 * @return 1 or 0 (0 unless set), or a status.
 * @see inetmail
 */
int32_t INetSmtpClient_GetDangerouslyAllowPlaintextAuth(const INetSmtpClient *client);

/**
 * Says whether a login may go in clear where TLS was wanted and is not to be had: INET_SECURITY_AUTO and INET_TLS_MODE_DEFAULT with a server that offers
 * none, or somebody in between who says so. For test benches only.
 *
 * @param client the object.
 * @param allow 0 for no, anything else for yes.
 * @return 0, or a status.
 * @see inetmail; RFC 8314 section 3.3
 */
int32_t INetSmtpClient_SetDangerouslyAllowPlaintextAuth(INetSmtpClient *client,
                                                        int32_t allow);

/**
 * Whether any certificate of a server is accepted.
 *
 * @param client the object.
 * @return 1 or 0 (0 unless set), or a status.
 * @see inetmail
 */
int32_t INetSmtpClient_GetDangerouslyAcceptAnyCertificate(const INetSmtpClient *client);

/**
 * Says whether any certificate of a server is accepted, so that anybody can be in between. The verdict is still made, and told by
 * INetConnectionInfo. For test benches only.
 *
 * @param client the object.
 * @param accept 0 for no, anything else for yes.
 * @return 0, or a status.
 * @see inetmail
 */
int32_t INetSmtpClient_SetDangerouslyAcceptAnyCertificate(INetSmtpClient *client,
                                                          int32_t accept);

/**
 * The versions of TLS that may be spoken, as the bits of Aspose's EncryptionProtocols.
 *
 * @param client the object.
 * @return bits: 0xC SSL 2, 0x30 SSL 3, 0xC0 TLS 1.0, 0x300 TLS 1.1, 0xC00 TLS 1.2, 0x3000 TLS 1.3 (0x3C00 unless set), or a status.
 * @see Aspose SmtpClient.SupportedEncryption
 */
int32_t INetSmtpClient_GetSupportedEncryption(const INetSmtpClient *client);

/**
 * Sets the versions of TLS that may be spoken. Those older than 1.2 are left out; where only such are named, 1.2 and 1.3 take their
 * place, and so for 0.
 *
 * @param client the object.
 * @param protocols bits as of INetSmtpClient_GetSupportedEncryption.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE there is an unknown bit.
 * @see Aspose SmtpClient.SupportedEncryption
 */
int32_t INetSmtpClient_SetSupportedEncryption(INetSmtpClient *client,
                                              int32_t protocols);

/**
 * Sets the versions of TLS that may be spoken, and nothing else: with one that is older than 1.2 among them no connection is made, and the
 * failure is INET_E_TLS_BACKEND.
 *
 * @param client the object.
 * @param protocols bits as of INetSmtpClient_GetSupportedEncryption.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE there is an unknown bit.
 * @see Aspose SmtpClient.SetSupportedEncryptionUnsafe
 */
int32_t INetSmtpClient_SetSupportedEncryptionUnsafe(INetSmtpClient *client,
                                                    int32_t protocols);

/**
 * What the client wants of TLS. It is live: what changes there is what the next connection goes by.
 *
 * @param client the object.
 * @return a new reference, to be released with INetTlsSettings_Release; or NULL on failure.
 * @see SecureBlackbox TLSVersions
 */
INetTlsSettings *INetSmtpClient_GetTlsSettings(const INetSmtpClient *client);

/**
 * How keys of the client's certificate that live elsewhere are used. It is live.
 *
 * @param client the object.
 * @return a new reference, to be released with INetExternalCrypto_Release; or NULL on failure.
 * @see SecureBlackbox ExternalCryptoMode
 */
INetExternalCrypto *INetSmtpClient_GetExternalCrypto(const INetSmtpClient *client);

/**
 * The certificates that are believed besides those of the system: those of CAs as roots, others for their own servers. It is live.
 *
 * @param client the object.
 * @return a new reference, to be released with INetCertificateCollection_Release; or NULL on failure.
 * @see SecureBlackbox TrustedCertCount
 */
INetCertificateCollection *INetSmtpClient_GetTrustedCertificates(const INetSmtpClient *client);

/**
 * The certificates that are never believed, wherever in a chain they stand. It is live.
 *
 * @param client the object.
 * @return a new reference, to be released with INetCertificateCollection_Release; or NULL on failure.
 * @see SecureBlackbox BlockedCertCount
 */
INetCertificateCollection *INetSmtpClient_GetBlockedCertificates(const INetSmtpClient *client);

/**
 * Certificates that may fill the gaps of a server's chain, and are not believed for that. It is live.
 *
 * @param client the object.
 * @return a new reference, to be released with INetCertificateCollection_Release; or NULL on failure.
 * @see SecureBlackbox KnownCertCount
 */
INetCertificateCollection *INetSmtpClient_GetKnownCertificates(const INetSmtpClient *client);

/**
 * The certificate of the client, first and with its private key, and those of its issuers, for servers that want it. It is live.
 *
 * @param client the object.
 * @return a new reference, to be released with INetCertificateCollection_Release; or NULL on failure.
 * @see SecureBlackbox ClientCertCount
 */
INetCertificateCollection *INetSmtpClient_GetClientChain(const INetSmtpClient *client);

/**
 * The certificates that the server of the latest connection sent, its own first; empty where there was no TLS. It is read-only, and stays as it is.
 *
 * @param client the object.
 * @return a new reference, to be released with INetCertificateCollection_Release; or NULL on failure.
 * @see SecureBlackbox ServerCertCount
 */
INetCertificateCollection *INetSmtpClient_GetServerChain(const INetSmtpClient *client);

/**
 * Lists of revoked certificates that are looked into before any are fetched. It is live.
 *
 * @param client the object.
 * @return a new reference, to be released with INetCrlCollection_Release; or NULL on failure.
 * @see SecureBlackbox KnownCRLCount
 */
INetCrlCollection *INetSmtpClient_GetKnownCrls(const INetSmtpClient *client);

/**
 * OCSP responses that are looked at before anybody is asked. It is live.
 *
 * @param client the object.
 * @return a new reference, to be released with INetOcspCollection_Release; or NULL on failure.
 * @see SecureBlackbox KnownOCSPCount
 */
INetOcspCollection *INetSmtpClient_GetKnownOcsps(const INetSmtpClient *client);

/**
 * The latest connection to a server, or the latest attempt at one: INetConnectionInfo_GetFailureStatus tells whether it failed, be it on the
 * way, in the handshake, at the greeting or at the login. It stays as it is when the connection ends.
 *
 * @param client the object.
 * @return a new reference, to be released with INetConnectionInfo_Release; NULL where there is none, as none was tried yet,
 *     and on failure.
 * @see SecureBlackbox ConnInfoSecureConnection
 */
INetConnectionInfo *INetSmtpClient_GetConnectionInfo(const INetSmtpClient *client);

/* ==============================================================================================
 * INetSmtpClient and INetLibrary: SecureBlackbox's configuration settings by their names.
 * ============================================================================================== */

/**
 * Sets a configuration setting of one client. INetLibrary_GetConfigNameAt lists the names, docs/configuration.md tells what they do.
 *
 * @param client the object.
 * @param setting the name, in any letter case, = and the value, such as RemoveBCC=false. UTF-8; copied.
 * @return 0, or a status.
 * @error INET_E_CONFIG_NAME there is no such setting; the sentence tells the nearest.
 * @error INET_E_CONFIG_VALUE there is no value, or none that the setting can have.
 * @error INET_E_CONFIG_UNAVAILABLE this build of the library has nothing that the setting could act on.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is beyond the setting's range.
 * @see SecureBlackbox Config
 */
int32_t INetSmtpClient_Config(INetSmtpClient *client,
                              const char *setting);

/**
 * The value of a configuration setting of one client, in the form in which it is set.
 *
 * @param client the object.
 * @param configName the name, in any letter case.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @error INET_E_CONFIG_NAME there is no such setting; the sentence tells the nearest.
 * @error INET_E_CONFIG_UNAVAILABLE this build of the library has nothing that the setting could act on.
 * @see SecureBlackbox Config
 */
int64_t INetSmtpClient_GetConfig(const INetSmtpClient *client,
                                 const char *configName,
                                 char *buffer,
                                 size_t capacity);

/**
 * Sets a configuration setting for all clients that the process makes from now on; those that there are keep theirs. Only what
 * INetLibrary_GetConfigIsOfProcessAt tells of can be set so.
 *
 * @param setting the name, in any letter case, = and the value, such as MaxASN1TreeDepth=20. UTF-8; copied.
 * @return 0, or a status.
 * @error INET_E_CONFIG_NAME there is no such setting; the sentence tells the nearest.
 * @error INET_E_CONFIG_VALUE there is no value, or none that the setting can have.
 * @error INET_E_CONFIG_UNAVAILABLE the setting is each client's own, or this build of the library has nothing that it could act on.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is beyond the setting's range.
 * @see SecureBlackbox Config
 */
int32_t INetLibrary_Config(const char *setting);

/**
 * The value of a configuration setting that a client made now begins with.
 *
 * @param configName the name, in any letter case.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @error INET_E_CONFIG_NAME there is no such setting; the sentence tells the nearest.
 * @error INET_E_CONFIG_UNAVAILABLE this build of the library has nothing that the setting could act on.
 * @see SecureBlackbox Config
 */
int64_t INetLibrary_GetConfig(const char *configName,
                              char *buffer,
                              size_t capacity);

/**
 * How many configuration settings there are.
 *
 * @return the number, or a status.
 * @see inetmail
 */
int32_t INetLibrary_GetConfigNameCount(void);

/**
 * The name of a configuration setting. They stand in the order of their names.
 *
 * @param index from 0.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE there is no such setting.
 * @see inetmail
 */
int64_t INetLibrary_GetConfigNameAt(int32_t index,
                                    char *buffer,
                                    size_t capacity);

/**
 * What a configuration setting does, in one line.
 *
 * @param index from 0.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE there is no such setting.
 * @see inetmail
 */
int64_t INetLibrary_GetConfigDescriptionAt(int32_t index,
                                           char *buffer,
                                           size_t capacity);

/**
 * What the values of a configuration setting look like.
 *
 * @param index from 0.
 * @return one of INET_CONFIG_, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE there is no such setting.
 * @see inetmail
 */
int32_t INetLibrary_GetConfigKindAt(int32_t index);

/**
 * Whether INetLibrary_Config can set a configuration setting, too.
 *
 * @param index from 0.
 * @return 1 or 0, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE there is no such setting.
 * @see inetmail
 */
int32_t INetLibrary_GetConfigIsOfProcessAt(int32_t index);

/**
 * Where a configuration setting stands in the list.
 *
 * @param configName the name, in any letter case.
 * @return the index, or a status.
 * @error INET_E_CONFIG_NAME there is no such setting; the sentence tells the nearest.
 * @see inetmail
 */
int32_t INetLibrary_GetConfigIndexOf(const char *configName);

/* ==============================================================================================
 * INetSmtpClient: made by what a configuration file says.
 * ============================================================================================== */

/**
 * Makes a client as a configuration file says: of .NET, in system.net/mailSettings/smtp, or a Scheduler.xml of Fore, in Mail,
 * Credentials and MailTo. What it says decides which it is. Files are in UTF-8, in UTF-16, or in what their XML declaration names.
 *
 * @param path the file, UTF-8.
 * @return a new reference, to be released with INetSmtpClient_Release; or NULL on failure.
 * @error INET_E_FILE_NOT_FOUND there is no such file.
 * @error INET_E_IO the file cannot be read.
 * @error INET_E_CONFIG_FILE it is not well-formed, has a document type declaration, or holds what is not understood, which the sentence names.
 * @error INET_E_CONFIG_SECTION it holds no mail settings, or several of which none is system.net/mailSettings/smtp.
 * @see Aspose SmtpClient(Configuration); Fore Scheduler.xml
 */
INetSmtpClient *INetSmtpClient_CreateFromConfigFile(const char *path);

/**
 * Makes a client as a configuration says that the host has as a text.
 *
 * @param xml the configuration, UTF-8 whatever its XML declaration says.
 * @return a new reference, to be released with INetSmtpClient_Release; or NULL on failure.
 * @error INET_E_CONFIG_FILE it is not well-formed, has a document type declaration, or holds what is not understood, which the sentence names.
 * @error INET_E_CONFIG_SECTION it holds no mail settings, or several of which none is system.net/mailSettings/smtp.
 * @see Aspose SmtpClient(Configuration); Fore Scheduler.xml
 */
INetSmtpClient *INetSmtpClient_CreateFromConfigString(const char *xml);

/**
 * Makes a client as a configuration says that the host has as the octets of a file.
 *
 * @param data the octets, in UTF-8, in UTF-16, or in what their XML declaration names.
 * @param length how many.
 * @return a new reference, to be released with INetSmtpClient_Release; or NULL on failure.
 * @error INET_E_CONFIG_FILE it is not well-formed, has a document type declaration, or holds what is not understood, which the sentence names.
 * @error INET_E_CONFIG_SECTION it holds no mail settings, or several of which none is system.net/mailSettings/smtp.
 * @see Aspose SmtpClient(Configuration); Fore Scheduler.xml
 */
INetSmtpClient *INetSmtpClient_CreateFromConfigBytes(const uint8_t *data,
                                                     size_t length);

/**
 * Makes a client as one of several sections of a configuration file says.
 *
 * @param path the file, UTF-8.
 * @param section names of elements with / between them, in any letter case, that lead to the section, or the last of these: mailSettings/smtp_1.
 * @return a new reference, to be released with INetSmtpClient_Release; or NULL on failure.
 * @error INET_E_FILE_NOT_FOUND there is no such file.
 * @error INET_E_IO the file cannot be read.
 * @error INET_E_CONFIG_FILE it is not well-formed, has a document type declaration, or holds what is not understood, which the sentence names.
 * @error INET_E_CONFIG_SECTION there is no such section, or there are several; the sentence names the nearest.
 * @see .NET ConfigurationManager.GetSection; Aspose SmtpClient(Configuration)
 */
INetSmtpClient *INetSmtpClient_CreateFromConfigSection(const char *path,
                                                       const char *section);

/**
 * Whom the configuration that the client was made by has messages be from. The client puts it into no message: give it to
 * INetMailMessage_CreateWithText, or to INetMailAddress_Parse.
 *
 * @param client the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets (0 where the configuration does not say), NUL not counted, or a status.
 * @see .NET SmtpSection.From; Fore Scheduler.xml
 */
int64_t INetSmtpClient_GetConfigFrom(const INetSmtpClient *client,
                                     char *buffer,
                                     size_t capacity);

/**
 * Whom the configuration that the client was made by has messages go to, with commas between them. The client puts it into no
 * message: give it to INetMailMessage_CreateWithText, or to INetMailAddressCollection_AddString.
 *
 * @param client the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets (0 where the configuration does not say), NUL not counted, or a status.
 * @see Fore Scheduler.xml
 */
int64_t INetSmtpClient_GetConfigTo(const INetSmtpClient *client,
                                   char *buffer,
                                   size_t capacity);

/**
 * The service principal name of the configuration that the client was made by, which INetSmtpClient_SetTargetName was called with.
 *
 * @param client the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets (0 where the configuration does not say), NUL not counted, or a status.
 * @see .NET SmtpNetworkElement.TargetName
 */
int64_t INetSmtpClient_GetConfigTargetName(const INetSmtpClient *client,
                                           char *buffer,
                                           size_t capacity);

/* ==============================================================================================
 * INetConnectionInfo: why an attempt came to no connection that could be used.
 * ============================================================================================== */

/**
 * Why the attempt failed: on the way to the server, in the TLS handshake, at the greeting, or at the login.
 *
 * @param info the object.
 * @return the status of the failure, or the negative number that a callback answered; 0 where the connection was made. A status is the
 *     answer, unless it is INET_E_HANDLE.
 * @see inetmail
 */
int32_t INetConnectionInfo_GetFailureStatus(const INetConnectionInfo *info);

/**
 * The sentence about the failure, as INetError_GetMessage tells it; empty where the connection was made.
 *
 * @param info the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see inetmail
 */
int64_t INetConnectionInfo_GetFailureMessage(const INetConnectionInfo *info,
                                             char *buffer,
                                             size_t capacity);

/**
 * How far the attempt came, as INetError_GetPhase tells it; empty where the connection was made.
 *
 * @param info the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see inetmail
 */
int64_t INetConnectionInfo_GetFailurePhase(const INetConnectionInfo *info,
                                           char *buffer,
                                           size_t capacity);

/* ==============================================================================================
 * INetConnectionInfo: what is to be known of a connection and its TLS.
 * ============================================================================================== */

/**
 * What became of the server's chain of certificates. A connection in clear has none and answers 0 too:
 * INetConnectionInfo_GetSecureConnection tells.
 *
 * @param info the object.
 * @return an INET_CHAIN_ number, or a status.
 * @see SecureBlackbox ConnInfoChainValidationResult
 */
int32_t INetConnectionInfo_GetChainValidationResult(const INetConnectionInfo *info);

/**
 * What was found in the server's chain of certificates. A valid chain may have details too: what was let pass.
 *
 * @param info the object.
 * @return the sum of INET_CHAIN_DETAIL_ bits, or a status.
 * @see SecureBlackbox ConnInfoChainValidationDetails
 */
int32_t INetConnectionInfo_GetChainValidationDetails(const INetConnectionInfo *info);

/**
 * How the server's chain of certificates was judged, a line for each step.
 *
 * @param info the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see SecureBlackbox ConnInfoValidationLog
 */
int64_t INetConnectionInfo_GetValidationLog(const INetConnectionInfo *info,
                                            char *buffer,
                                            size_t capacity);

/**
 * Whether the cipher authenticates what it encrypts.
 *
 * @param info the object.
 * @return 1 or 0, or a status.
 * @see SecureBlackbox ConnInfoAEADCipher; RFC 5116
 */
int32_t INetConnectionInfo_GetAEADCipher(const INetConnectionInfo *info);

/**
 * The cipher suite by its name in the registry of IANA.
 *
 * @param info the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see SecureBlackbox ConnInfoCiphersuite
 */
int64_t INetConnectionInfo_GetCiphersuite(const INetConnectionInfo *info,
                                          char *buffer,
                                          size_t capacity);

/**
 * Whether the client has shown its certificate and proven that it has the key.
 *
 * @param info the object.
 * @return 1 or 0, or a status.
 * @see SecureBlackbox ConnInfoClientAuthenticated
 */
int32_t INetConnectionInfo_GetClientAuthenticated(const INetConnectionInfo *info);

/**
 * Whether the server has asked for a certificate.
 *
 * @param info the object.
 * @return 1 or 0, or a status.
 * @see SecureBlackbox ConnInfoClientAuthRequested
 */
int32_t INetConnectionInfo_GetClientAuthRequested(const INetConnectionInfo *info);

/**
 * Whether the handshake of TLS came to its end and the certificate was accepted: 0 for a connection in clear, also where that was made.
 *
 * @param info the object.
 * @return 1 or 0, or a status.
 * @see SecureBlackbox ConnInfoConnectionEstablished
 */
int32_t INetConnectionInfo_GetConnectionEstablished(const INetConnectionInfo *info);

/**
 * Octets that no other connection has.
 *
 * @param info the object.
 * @param buffer receives the octets as far as they fit; or NULL to ask for their number.
 * @param capacity octets that buffer has room for.
 * @return how many octets there are, or a status.
 * @see SecureBlackbox ConnInfoConnectionID
 */
int64_t INetConnectionInfo_GetConnectionId(const INetConnectionInfo *info,
                                           uint8_t *buffer,
                                           size_t capacity);

/**
 * The hash of the cipher suite: SHA256 or SHA384.
 *
 * @param info the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see SecureBlackbox ConnInfoDigestAlgorithm
 */
int64_t INetConnectionInfo_GetDigestAlgorithm(const INetConnectionInfo *info,
                                              char *buffer,
                                              size_t capacity);

/**
 * The cipher: AES128, AES256 or ChaCha20.
 *
 * @param info the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see SecureBlackbox ConnInfoEncryptionAlgorithm
 */
int64_t INetConnectionInfo_GetEncryptionAlgorithm(const INetConnectionInfo *info,
                                                  char *buffer,
                                                  size_t capacity);

/**
 * Whether the cipher is one of those that were weakened for export. There are none here.
 *
 * @param info the object.
 * @return 0, or a status.
 * @see SecureBlackbox ConnInfoExportable
 */
int32_t INetConnectionInfo_GetExportable(const INetConnectionInfo *info);

/**
 * How the keys were exchanged, and in TLS 1.2 how the server is known too: ECDHE, ECDHE_RSA or ECDHE_ECDSA.
 *
 * @param info the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see SecureBlackbox ConnInfoKeyExchangeAlgorithm
 */
int64_t INetConnectionInfo_GetKeyExchangeAlgorithm(const INetConnectionInfo *info,
                                                   char *buffer,
                                                   size_t capacity);

/**
 * How long the keys of the exchange are.
 *
 * @param info the object.
 * @return bits; 0 where it is not known, as in a resumed session of TLS 1.2, or a status.
 * @see SecureBlackbox ConnInfoKeyExchangeKeyBits
 */
int32_t INetConnectionInfo_GetKeyExchangeKeyBits(const INetConnectionInfo *info);

/**
 * The curve of the exchange of keys, as INetConnectionInfo_GetKeyExchangeGroup has it.
 *
 * @param info the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see SecureBlackbox ConnInfoNamedECCurve
 */
int64_t INetConnectionInfo_GetNamedECCurve(const INetConnectionInfo *info,
                                           char *buffer,
                                           size_t capacity);

/**
 * The group of the exchange of keys by its name in the registry of IANA; empty where it is not known, as in a resumed
 * session of TLS 1.2.
 *
 * @param info the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see RFC 8446 section 4.2.7
 */
int64_t INetConnectionInfo_GetKeyExchangeGroup(const INetConnectionInfo *info,
                                               char *buffer,
                                               size_t capacity);

/**
 * Whether what was sent stays secret when the keys of both sides become known later.
 *
 * @param info the object.
 * @return 1 or 0, or a status.
 * @see SecureBlackbox ConnInfoPFSCipher
 */
int32_t INetConnectionInfo_GetPFSCipher(const INetConnectionInfo *info);

/**
 * The server's hint which pre-shared key is meant. This build has no such keys, so that it is always empty.
 *
 * @param info the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see SecureBlackbox ConnInfoPreSharedIdentityHint
 */
int64_t INetConnectionInfo_GetPreSharedIdentityHint(const INetConnectionInfo *info,
                                                    char *buffer,
                                                    size_t capacity);

/**
 * How long the key of the server's certificate is.
 *
 * @param info the object.
 * @return bits; 0 where it is not known, or a status.
 * @see SecureBlackbox ConnInfoPublicKeyBits
 */
int32_t INetConnectionInfo_GetPublicKeyBits(const INetConnectionInfo *info);

/**
 * Whether the connection has resumed the session of an earlier one.
 *
 * @param info the object.
 * @return 1 or 0, or a status.
 * @see SecureBlackbox ConnInfoResumedSession
 */
int32_t INetConnectionInfo_GetResumedSession(const INetConnectionInfo *info);

/**
 * Whether the connection is one with TLS, whether its handshake succeeded or not.
 *
 * @param info the object.
 * @return 1 or 0, or a status.
 * @see SecureBlackbox ConnInfoSecureConnection
 */
int32_t INetConnectionInfo_GetSecureConnection(const INetConnectionInfo *info);

/**
 * Whether the server has proven to have the key of a certificate that was accepted.
 *
 * @param info the object.
 * @return 1 or 0, or a status.
 * @see SecureBlackbox ConnInfoServerAuthenticated
 */
int32_t INetConnectionInfo_GetServerAuthenticated(const INetConnectionInfo *info);

/**
 * By what the server has signed the handshake, such as rsa_pss_rsae_sha256; of a resumed session what it was then.
 *
 * @param info the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see SecureBlackbox ConnInfoSignatureAlgorithm; RFC 8446 section 4.2.3
 */
int64_t INetConnectionInfo_GetSignatureAlgorithm(const INetConnectionInfo *info,
                                                 char *buffer,
                                                 size_t capacity);

/**
 * How many octets the cipher makes at a time: 16 for AES, 64 for ChaCha20.
 *
 * @param info the object.
 * @return octets, or a status.
 * @see SecureBlackbox ConnInfoSymmetricBlockSize
 */
int32_t INetConnectionInfo_GetSymmetricBlockSize(const INetConnectionInfo *info);

/**
 * How long the key of the cipher is.
 *
 * @param info the object.
 * @return bits, or a status.
 * @see SecureBlackbox ConnInfoSymmetricKeyBits
 */
int32_t INetConnectionInfo_GetSymmetricKeyBits(const INetConnectionInfo *info);

/**
 * How many octets have come over the wire up to now, those of TLS itself included.
 *
 * @param info the object.
 * @return octets, or a status.
 * @see SecureBlackbox ConnInfoTotalBytesReceived
 */
int64_t INetConnectionInfo_GetTotalBytesReceived(const INetConnectionInfo *info);

/**
 * How many octets have gone over the wire up to now, those of TLS itself included.
 *
 * @param info the object.
 * @return octets, or a status.
 * @see SecureBlackbox ConnInfoTotalBytesSent
 */
int64_t INetConnectionInfo_GetTotalBytesSent(const INetConnectionInfo *info);

/**
 * The version of TLS.
 *
 * @param info the object.
 * @return an INET_TLS_VERSION_ bit; 0 where there is none yet, or a status.
 * @see SecureBlackbox ConnInfoVersion
 */
int32_t INetConnectionInfo_GetVersion(const INetConnectionInfo *info);

/**
 * The protocol that both sides agreed on beforehand; empty where they did not.
 *
 * @param info the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see RFC 7301
 */
int64_t INetConnectionInfo_GetAlpn(const INetConnectionInfo *info,
                                   char *buffer,
                                   size_t capacity);

/**
 * Whether the server wanted another key share than the one that was sent unasked, which costs a round trip.
 *
 * @param info the object.
 * @return 1 or 0, or a status.
 * @see RFC 8446 section 4.1.4
 */
int32_t INetConnectionInfo_GetHelloRetried(const INetConnectionInfo *info);

/**
 * Whether the server has said in TLS that nothing more follows (close_notify), as it should behind QUIT.
 *
 * @param info the object.
 * @return 1 or 0, or a status.
 * @see RFC 8446 section 6.1, SecureBlackbox cssloExpectShutdownMessage
 */
int32_t INetConnectionInfo_GetShutdownMessageReceived(const INetConnectionInfo *info);

/**
 * Whether the server has sent an OCSP response with its certificate.
 *
 * @param info the object.
 * @return 1 or 0, or a status.
 * @see RFC 6066 section 8
 */
int32_t INetConnectionInfo_GetOcspStapled(const INetConnectionInfo *info);

/**
 * Whether the server has compressed its certificates.
 *
 * @param info the object.
 * @return 1 or 0, or a status.
 * @see RFC 8879
 */
int32_t INetConnectionInfo_GetCertificateCompressed(const INetConnectionInfo *info);

/**
 * How long the handshake took.
 *
 * @param info the object.
 * @return microseconds, or a status.
 * @see inetmail
 */
int64_t INetConnectionInfo_GetHandshakeTime(const INetConnectionInfo *info);

/**
 * Address and port of this side, as 192.0.2.1:50000 or [2001:db8::1]:50000; empty where they are not known.
 *
 * @param info the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see inetmail
 */
int64_t INetConnectionInfo_GetLocalAddress(const INetConnectionInfo *info,
                                           char *buffer,
                                           size_t capacity);

/**
 * Address and port of the server, as 192.0.2.1:465 or [2001:db8::1]:465; of the proxy where one lies between. Of an attempt
 * that did not reach it, the first address that was tried; empty where none was known.
 *
 * @param info the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see inetmail
 */
int64_t INetConnectionInfo_GetRemoteAddress(const INetConnectionInfo *info,
                                            char *buffer,
                                            size_t capacity);

/**
 * Takes one more reference to the object: each wants its own INetConnectionInfo_Release.
 *
 * @param info the object.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetConnectionInfo.
 * @see inetmail
 */
int32_t INetConnectionInfo_AddRef(INetConnectionInfo *info);

/**
 * Gives up one reference. The object lives on as long as the library or a call under way uses it.
 *
 * @param info the object, or NULL, which is no failure.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetConnectionInfo, or was released before.
 * @see inetmail
 */
int32_t INetConnectionInfo_Release(INetConnectionInfo *info);

/* ==============================================================================================
 * INetConnectionInfo: the proxy that a connection goes through.
 * ============================================================================================== */

/**
 * The kind of the proxy.
 *
 * @param info the object.
 * @return an INET_PROXY_ number, INET_PROXY_NONE where there is no proxy, or a status.
 * @see inetmail
 */
int32_t INetConnectionInfo_GetProxyType(const INetConnectionInfo *info);

/**
 * Name and port of the proxy, as proxy.example.org:1080; empty where there is none. Where there is one, INetConnectionInfo_GetRemoteAddress
 * tells its address and not the server's, which it alone may know.
 *
 * @param info the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see inetmail
 */
int64_t INetConnectionInfo_GetProxyAddress(const INetConnectionInfo *info,
                                           char *buffer,
                                           size_t capacity);

/**
 * Whether the proxy itself was spoken to under TLS, whose certificate was judged as a server's is.
 *
 * @param info the object.
 * @return 1 or 0, or a status.
 * @see inetmail
 */
int32_t INetConnectionInfo_GetProxySecure(const INetConnectionInfo *info);

/* ==============================================================================================
 * INetCredentialCache: credentials by host, port and authentication protocol.
 * ============================================================================================== */

/**
 * Makes an empty cache.
 *
 * @return a new reference, to be released with INetCredentialCache_Release; or NULL on failure.
 * @see Fore CurlCredentialCache
 */
INetCredentialCache *INetCredentialCache_Create(void);

/**
 * The same as INetCredentialCache_Create, under the name of its class.
 *
 * @return a new reference, to be released with INetCredentialCache_Release; or NULL on failure.
 * @see Fore CurlCredentialCache
 */
INetCredentialCache *CurlCredentialCache_Create(void);

/**
 * Adds a credential at the end.
 *
 * @param cache the cache.
 * @param host name or address of the server, UTF-8.
 * @param port 1 to 65535.
 * @param authProtocol PLAIN, LOGIN, Kerberos ... in any letter case; empty for any. UTF-8.
 * @param credential the credential; the cache takes a reference of its own.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT the host is empty, or there is a credential for these three already.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the port is none.
 * @see Fore INetCredentialCache.Add
 */
int32_t INetCredentialCache_Add(INetCredentialCache *cache,
                                const char *host,
                                int32_t port,
                                const char *authProtocol,
                                INetNetworkCredential *credential);

/**
 * Removes the credential that was added for these three. Removing what is not there is no failure.
 *
 * @param cache the cache.
 * @param host name or address of the server, UTF-8.
 * @param port 1 to 65535.
 * @param authProtocol PLAIN, LOGIN, Kerberos ... in any letter case; empty for any. UTF-8.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the port is none.
 * @see Fore INetCredentialCache.Remove
 */
int32_t INetCredentialCache_Remove(INetCredentialCache *cache,
                                   const char *host,
                                   int32_t port,
                                   const char *authProtocol);

/**
 * The credential for these three. An empty protocol finds the first credential of host and port; a credential that was added
 * for any protocol serves for each.
 *
 * @param cache the cache.
 * @param host name or address of the server, UTF-8.
 * @param port 1 to 65535.
 * @param authProtocol PLAIN, LOGIN, Kerberos ... in any letter case; empty for any. UTF-8.
 * @return a new reference, to be released with INetNetworkCredential_Release; NULL where there is none, and on failure.
 * @see Fore INetCredentialsByHost.GetCredential
 */
INetNetworkCredential *INetCredentialCache_GetCredential(const INetCredentialCache *cache,
                                                         const char *host,
                                                         int32_t port,
                                                         const char *authProtocol);

/**
 * Takes one more reference to the object: each wants its own INetCredentialCache_Release.
 *
 * @param cache the object.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetCredentialCache.
 * @see inetmail
 */
int32_t INetCredentialCache_AddRef(INetCredentialCache *cache);

/**
 * Gives up one reference. The object lives on as long as the library or a call under way uses it.
 *
 * @param cache the object, or NULL, which is no failure.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetCredentialCache, or was released before.
 * @see inetmail
 */
int32_t INetCredentialCache_Release(INetCredentialCache *cache);

/* ==============================================================================================
 * INetCredentialsByHost: a read-only view of the credentials that a client will use.
 * ============================================================================================== */

/**
 * The credential that the client would use for these three: of its ThisHostCredentials if host and port are its own, else of
 * its cache.
 *
 * @param credentials the view.
 * @param host name or address of the server, UTF-8.
 * @param port 1 to 65535.
 * @param authProtocol PLAIN, LOGIN, Kerberos ... in any letter case; empty for any. UTF-8.
 * @return a new reference, to be released with INetNetworkCredential_Release; NULL where there is none, and on failure.
 * @see Fore INetCredentialsByHost.GetCredential
 */
INetNetworkCredential *INetCredentialsByHost_GetCredential(const INetCredentialsByHost *credentials,
                                                           const char *host,
                                                           int32_t port,
                                                           const char *authProtocol);

/**
 * Takes one more reference to the object: each wants its own INetCredentialsByHost_Release.
 *
 * @param credentials the object.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetCredentialsByHost.
 * @see inetmail
 */
int32_t INetCredentialsByHost_AddRef(INetCredentialsByHost *credentials);

/**
 * Gives up one reference. The object lives on as long as the library or a call under way uses it.
 *
 * @param credentials the object, or NULL, which is no failure.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetCredentialsByHost, or was released before.
 * @see inetmail
 */
int32_t INetCredentialsByHost_Release(INetCredentialsByHost *credentials);

/* ==============================================================================================
 * INetCrlCollection: lists of revoked certificates as a list.
 * ============================================================================================== */

/**
 * Makes an empty collection.
 *
 * @return a new reference, to be released with INetCrlCollection_Release; or NULL on failure.
 * @see SecureBlackbox KnownCRLCount
 */
INetCrlCollection *INetCrlCollection_Create(void);

/**
 * Adds all lists of revoked certificates of a file, in PEM or DER, or on a failure none.
 *
 * @param collection the collection.
 * @param fileName path of the file, UTF-8.
 * @return 0, or a status.
 * @error INET_E_FILE_NOT_FOUND there is no such file.
 * @error INET_E_REVOCATION_DATA the octets are nothing of the kind, or cannot be used.
 * @error INET_E_ASN1 they are nested too deeply.
 * @error INET_E_READ_ONLY the collection is read-only.
 * @see SecureBlackbox KnownCRLBytes
 */
int32_t INetCrlCollection_AddFile(INetCrlCollection *collection, const char *fileName);

/**
 * Adds from octets what INetCrlCollection_AddFile adds from a file.
 *
 * @param collection the collection.
 * @param data the octets; copied.
 * @param length how many there are.
 * @return 0, or a status.
 * @error INET_E_REVOCATION_DATA the octets are nothing of the kind, or cannot be used.
 * @error INET_E_ASN1 they are nested too deeply.
 * @error INET_E_READ_ONLY the collection is read-only.
 * @see SecureBlackbox KnownCRLBytes
 */
int32_t INetCrlCollection_AddBytes(INetCrlCollection *collection,
                                   const uint8_t *data,
                                   size_t length);

/**
 * Removes what stands at an index.
 *
 * @param collection the collection.
 * @param index 0 to the count less 1.
 * @return 0, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
 * @error INET_E_READ_ONLY the collection is read-only.
 * @see inetmail
 */
int32_t INetCrlCollection_RemoveAt(INetCrlCollection *collection, int32_t index);

/**
 * Removes all.
 *
 * @param collection the collection.
 * @return 0, or a status.
 * @error INET_E_READ_ONLY the collection is read-only.
 * @see SecureBlackbox KnownCRLCount
 */
int32_t INetCrlCollection_Clear(INetCrlCollection *collection);

/**
 * How many lists there are.
 *
 * @param collection the collection.
 * @return the number, or a status.
 * @see SecureBlackbox KnownCRLCount
 */
int32_t INetCrlCollection_GetCount(const INetCrlCollection *collection);

/**
 * Removes what stands at an index of the count and above. More than there are cannot be asked for:
 * INetCrlCollection_SetHandle at the index of the count adds.
 *
 * @param collection the collection.
 * @param count 0 to the count.
 * @return 0, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE there are not so many.
 * @error INET_E_READ_ONLY the collection is read-only.
 * @see SecureBlackbox KnownCRLCount
 */
int32_t INetCrlCollection_SetCount(INetCrlCollection *collection, int32_t count);

/**
 * The list at an index in DER.
 *
 * @param collection the collection.
 * @param index 0 to the count less 1.
 * @param buffer receives as many octets as it has room for, without a NUL; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole in octets, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
 * @see SecureBlackbox KnownCRLBytes
 */
int64_t INetCrlCollection_GetBytes(const INetCrlCollection *collection,
                                   int32_t index,
                                   uint8_t *buffer,
                                   size_t capacity);

/**
 * The number of the list at an index, which no other object has in this process.
 *
 * @param collection the collection.
 * @param index 0 to the count less 1.
 * @return the number, above 0, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
 * @see SecureBlackbox KnownCRLHandle
 */
int64_t INetCrlCollection_GetHandle(const INetCrlCollection *collection, int32_t index);

/**
 * Puts the list of a number in the place of what stands at an index. At the index of the count it is added.
 *
 * @param collection the collection.
 * @param index 0 to the count.
 * @param handle what INetCrlCollection_GetHandle of any collection has told; who told it still holds the object.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT there is no such object any more.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
 * @error INET_E_READ_ONLY the collection is read-only.
 * @see SecureBlackbox KnownCRLHandle
 */
int32_t INetCrlCollection_SetHandle(INetCrlCollection *collection,
                                    int32_t index,
                                    int64_t handle);

/**
 * Takes one more reference to the object: each wants its own INetCrlCollection_Release.
 *
 * @param collection the object.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetCrlCollection.
 * @see inetmail
 */
int32_t INetCrlCollection_AddRef(INetCrlCollection *collection);

/**
 * Gives up one reference. The object lives on as long as the library or a call under way uses it.
 *
 * @param collection the object, or NULL, which is no failure.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetCrlCollection, or was released before.
 * @see inetmail
 */
int32_t INetCrlCollection_Release(INetCrlCollection *collection);

/* ==============================================================================================
 * INetSmtpClient: how messages are delivered: pipelining, chunks, connections, pace.
 * ============================================================================================== */

/**
 * Whether commands go out ahead of the replies to those before them.
 *
 * @param client the object.
 * @return an INET_PIPELINING_ number (0 unless set), or a status.
 * @see Aspose SmtpClient.UsePipelining; RFC 2920
 */
int32_t INetSmtpClient_GetUsePipelining(const INetSmtpClient *client);

/**
 * Chooses whether commands go out ahead of the replies to those before them. It saves most of the waiting for a distant
 * server.
 *
 * @param client the object.
 * @param usePipelining an INET_PIPELINING_ number.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see Aspose SmtpClient.UsePipelining; RFC 2920
 */
int32_t INetSmtpClient_SetUsePipelining(INetSmtpClient *client,
                                        int32_t usePipelining);

/**
 * Whether messages go by BDAT in the place of DATA.
 *
 * @param client the object.
 * @return an INET_CHUNKING_ number (0 unless set), or a status.
 * @see RFC 3030
 */
int32_t INetSmtpClient_GetUseChunking(const INetSmtpClient *client);

/**
 * Chooses whether messages go by BDAT in the place of DATA, which lets the message follow its recipients without a wait for
 * the server's go-ahead.
 *
 * @param client the object.
 * @param useChunking an INET_CHUNKING_ number.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see RFC 3030
 */
int32_t INetSmtpClient_SetUseChunking(INetSmtpClient *client,
                                      int32_t useChunking);

/**
 * How many octets a chunk of BDAT has at most.
 *
 * @param client the object.
 * @return the number, 0 (unless set) for the whole message as one chunk, or a status.
 * @see RFC 3030 section 2
 */
int64_t INetSmtpClient_GetChunkSize(const INetSmtpClient *client);

/**
 * Sets how many octets a chunk of BDAT has at most.
 *
 * @param client the object.
 * @param octets 1 or more; 0 for the whole message as one chunk, where its length is known.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see RFC 3030 section 2
 */
int32_t INetSmtpClient_SetChunkSize(INetSmtpClient *client, int64_t octets);

/**
 * How many messages of a run may be under way on one connection at most before their replies are there.
 *
 * @param client the object.
 * @return the number (64 unless set), or a status.
 * @see inetmail
 */
int32_t INetSmtpClient_GetWindowMessages(const INetSmtpClient *client);

/**
 * Sets how many messages of a run may be under way on one connection at most before their replies are there. These are what
 * can be in doubt when a connection is lost: where duplicates hurt more than time does, set 1.
 *
 * @param client the object.
 * @param messages 1 to 65535.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see inetmail
 */
int32_t INetSmtpClient_SetWindowMessages(INetSmtpClient *client,
                                         int32_t messages);

/**
 * How many octets of messages of a run may be under way on one connection at most before their replies are there.
 *
 * @param client the object.
 * @return the number (1048576 unless set), or a status.
 * @see inetmail
 */
int64_t INetSmtpClient_GetWindowSize(const INetSmtpClient *client);

/**
 * Sets how many octets of messages of a run may be under way on one connection at most before their replies are there. One
 * message may be so in any case.
 *
 * @param client the object.
 * @param octets 1 or more.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see inetmail
 */
int32_t INetSmtpClient_SetWindowSize(INetSmtpClient *client,
                                     int64_t octets);

/**
 * Whether a run goes over several connections at once.
 *
 * @param client the object.
 * @return an INET_MULTI_CONNECTION_ number (INET_MULTI_CONNECTION_DISABLE, which is 1, unless set), or a status.
 * @see Aspose SmtpClient.UseMultiConnection
 */
int32_t INetSmtpClient_GetUseMultiConnection(const INetSmtpClient *client);

/**
 * Chooses whether a run goes over several connections at once: as many as INetSmtpClient_GetConnectionsQuantity tells.
 *
 * @param client the object.
 * @param mode an INET_MULTI_CONNECTION_ number; mind that 0 is what enables it.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see Aspose SmtpClient.UseMultiConnection
 */
int32_t INetSmtpClient_SetUseMultiConnection(INetSmtpClient *client,
                                             int32_t mode);

/**
 * Over how many connections a run goes once INetSmtpClient_SetUseMultiConnection has enabled several; without that over one.
 *
 * @param client the object.
 * @return the number (3 unless set), or a status.
 * @see Aspose SmtpClient.ConnectionsQuantity
 */
int32_t INetSmtpClient_GetConnectionsQuantity(const INetSmtpClient *client);

/**
 * Sets over how many connections a run goes. It acts only together with
 * INetSmtpClient_SetUseMultiConnection(client, INET_MULTI_CONNECTION_ENABLE), which is 0; a run goes over one connection without
 * that. INetSmtpClient_SetMaxConnections bounds it too.
 *
 * @param client the object.
 * @param quantity 1 to 1024.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see Aspose SmtpClient.ConnectionsQuantity
 */
int32_t INetSmtpClient_SetConnectionsQuantity(INetSmtpClient *client,
                                              int32_t quantity);

/**
 * How many connections all calls on this client have at the same time at most. A Send that would need one more waits.
 *
 * @param client the object.
 * @return the number, 0 (unless set) for no bound, or a status.
 * @see inetmail
 */
int32_t INetSmtpClient_GetMaxConnections(const INetSmtpClient *client);

/**
 * Sets how many connections all calls on this client have at the same time at most. A Send that would need one more waits for a
 * free one within its Timeout, and ends with INET_E_TIMEOUT otherwise. Each INetSmtpClient_SendAsync under way has a thread and a
 * connection of its own, so set it before many of them are started.
 *
 * @param client the object.
 * @param connections 1 to 65535, or 0 for no bound.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see inetmail
 */
int32_t INetSmtpClient_SetMaxConnections(INetSmtpClient *client,
                                         int32_t connections);

/**
 * How many messages one connection carries at most before it is closed and another takes its place.
 *
 * @param client the object.
 * @return the number, 0 (unless set) for no bound, or a status.
 * @see inetmail
 */
int32_t INetSmtpClient_GetMaxMessagesPerConnection(const INetSmtpClient *client);

/**
 * Sets how many messages one connection carries at most before it is closed and another takes its place. Some servers take no
 * more than so many.
 *
 * @param client the object.
 * @param messages 1 or more, or 0 for no bound.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see inetmail
 */
int32_t INetSmtpClient_SetMaxMessagesPerConnection(INetSmtpClient *client,
                                                   int32_t messages);

/**
 * How long a kept connection may rest before it is closed.
 *
 * @param client the object.
 * @return the milliseconds (300000 unless set), 0 for no bound, or a status.
 * @see inetmail
 */
int32_t INetSmtpClient_GetMaxIdleTime(const INetSmtpClient *client);

/**
 * Sets how long a kept connection may rest before it is closed. The time is looked at when a connection is wanted.
 *
 * @param client the object.
 * @param milliseconds 1 or more, or 0 for no bound.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see inetmail
 */
int32_t INetSmtpClient_SetMaxIdleTime(INetSmtpClient *client,
                                      int32_t milliseconds);

/**
 * How old a connection may become before another takes its place.
 *
 * @param client the object.
 * @return the milliseconds, 0 (unless set) for no bound, or a status.
 * @see inetmail
 */
int32_t INetSmtpClient_GetMaxConnectionAge(const INetSmtpClient *client);

/**
 * Sets how old a connection may become before another takes its place.
 *
 * @param client the object.
 * @param milliseconds 1 or more, or 0 for no bound.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see inetmail
 */
int32_t INetSmtpClient_SetMaxConnectionAge(INetSmtpClient *client, int32_t milliseconds);

/**
 * After how long a rest a kept connection is asked by NOOP whether it is alive, before it takes a message.
 *
 * @param client the object.
 * @return the milliseconds (30000 unless set), -1 for never, or a status.
 * @see RFC 5321 section 4.1.1.9
 */
int32_t INetSmtpClient_GetProbeAfterIdle(const INetSmtpClient *client);

/**
 * Sets after how long a rest a kept connection is asked by NOOP whether it is alive, before it takes a message. The question
 * costs one round trip.
 *
 * @param client the object.
 * @param milliseconds 0 or more, or -1 for never.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see RFC 5321 section 4.1.1.9
 */
int32_t INetSmtpClient_SetProbeAfterIdle(INetSmtpClient *client,
                                         int32_t milliseconds);

/**
 * How many messages all connections of this client together send in a second at most.
 *
 * @param client the object.
 * @return the number, 0 (unless set) for no bound, or a status.
 * @see inetmail
 */
int32_t INetSmtpClient_GetMaxMessagesPerSecond(const INetSmtpClient *client);

/**
 * Sets how many messages all connections of this client together send in a second at most. They are not spread: the whole
 * allowance may go at once, and then none until a second since is over. A Send waits for its turn within its Timeout, a run
 * beyond it.
 *
 * @param client the object.
 * @param messages 1 or more, or 0 for no bound.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see inetmail
 */
int32_t INetSmtpClient_SetMaxMessagesPerSecond(INetSmtpClient *client,
                                               int32_t messages);

/**
 * How many messages all connections of this client together send in a minute at most.
 *
 * @param client the object.
 * @return the number, 0 (unless set) for no bound, or a status.
 * @see inetmail
 */
int32_t INetSmtpClient_GetMaxMessagesPerMinute(const INetSmtpClient *client);

/**
 * Sets how many messages all connections of this client together send in a minute at most. They are not spread: the whole
 * allowance may go at once, and then none until a minute since is over. A Send waits for its turn within its Timeout, a run
 * beyond it.
 *
 * @param client the object.
 * @param messages 1 or more, or 0 for no bound.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see inetmail
 */
int32_t INetSmtpClient_SetMaxMessagesPerMinute(INetSmtpClient *client,
                                               int32_t messages);

/**
 * How often a message is tried again that the server put off with 421, 450, 451 or 454.
 *
 * @param client the object.
 * @return the number (0 unless set), or a status.
 * @see RFC 5321 section 4.5.4.1
 */
int32_t INetSmtpClient_GetThrottleRetries(const INetSmtpClient *client);

/**
 * Sets how often a message is tried again that the server put off with 421, 450, 451 or 454.
 *
 * A login that was put off is tried once more at most, and not at all where the server had refused a password before: blind
 * retries lock accounts.
 *
 * @param client the object.
 * @param retries 0 to 100.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see RFC 5321 section 4.5.4.1
 */
int32_t INetSmtpClient_SetThrottleRetries(INetSmtpClient *client,
                                          int32_t retries);

/**
 * How long the first wait is before a message is tried again; each further one is twice as long.
 *
 * @param client the object.
 * @return the milliseconds (1000 unless set), or a status.
 * @see RFC 5321 section 4.5.4.1
 */
int32_t INetSmtpClient_GetThrottleDelay(const INetSmtpClient *client);

/**
 * Sets how long the first wait is before a message is tried again that the server put off; each further one is twice as long.
 *
 * @param client the object.
 * @param milliseconds 0 or more.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see RFC 5321 section 4.5.4.1
 */
int32_t INetSmtpClient_SetThrottleDelay(INetSmtpClient *client,
                                        int32_t milliseconds);

/**
 * Whether a run ends with the first message that fails.
 *
 * @param client the object.
 * @return 1 or 0 (0 unless set), or a status.
 * @see inetmail
 */
int32_t INetSmtpClient_GetStopOnFailure(const INetSmtpClient *client);

/**
 * Says whether a run ends with the first message that fails, for one of its recipients or for all. Those that are under way
 * meet their fate; the rest is not tried.
 *
 * @param client the object.
 * @param stopOnFailure 0 for no, anything else for yes.
 * @return 0, or a status.
 * @see inetmail
 */
int32_t INetSmtpClient_SetStopOnFailure(INetSmtpClient *client,
                                        int32_t stopOnFailure);

/* ==============================================================================================
 * INetSmtpClient: what stands between a client and its server.
 * ============================================================================================== */

/**
 * Tries everything that may stand between the client and its server, and tells of it in lines of text: the name, every address, the port
 * that is set with TLS from the first octet, with STARTTLS and in clear, the usual ports 587, 465 and 25, the certificate, what the server
 * offers, and at last what the client is set to with its login; each with its time, and with what to do about a failure. No message is sent. The report holds
 * the user's name and no password. The client's own connections are left alone; INetSmtpClient_Cancel ends it.
 *
 * @param client the object.
 * @param write takes the report, a line of UTF-8 at a time, on this thread; the text has no NUL.
 * @param user handed to the callback as it is.
 * @return 1 where the client could send as it is set, 0 where it could not, a status, or the negative number that the callback answered.
 * @error INET_E_NO_HOST the client has no host.
 * @error INET_E_CANCELLED it was cancelled.
 * @see inetmail
 */
int32_t INetSmtpClient_Diagnose(INetSmtpClient *client,
                                INetWriteCallback write,
                                void *user);

/* ==============================================================================================
 * INetEnvelopeOptions: what MAIL and RCPT ask for beyond addresses.
 * ============================================================================================== */

/**
 * Makes options that ask for nothing.
 *
 * @return a new reference, to be released with INetEnvelopeOptions_Release; or NULL on failure.
 * @see inetmail
 */
INetEnvelopeOptions *INetEnvelopeOptions_Create(void);

/**
 * When the sender is told of the fate of the message.
 *
 * @param options the object.
 * @return 0 (unless set), or INET_DELIVERY_NOTIFICATION_ numbers added up, or a status.
 * @see Aspose MailMessage.DeliveryNotificationOptions; RFC 3461 section 4.1
 */
int32_t INetEnvelopeOptions_GetNotify(const INetEnvelopeOptions *options);

/**
 * Says when the sender is to be told of the fate of the message (NOTIFY).
 *
 * @param options the object.
 * @param occasions 0 to leave it to the server, or INET_DELIVERY_NOTIFICATION_ numbers added up; NEVER stands by itself.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is outside its range.
 * @see Aspose MailMessage.DeliveryNotificationOptions; RFC 3461 section 4.1
 */
int32_t INetEnvelopeOptions_SetNotify(INetEnvelopeOptions *options,
                                      int32_t occasions);

/**
 * How much of the message comes back with a notice.
 *
 * @param options the object.
 * @return an INET_DSN_RETURN_ number (0 unless set), or a status.
 * @see RFC 3461 section 4.3
 */
int32_t INetEnvelopeOptions_GetReturn(const INetEnvelopeOptions *options);

/**
 * Says how much of the message is to come back with a notice of failure (RET).
 *
 * @param options the object.
 * @param content an INET_DSN_RETURN_ number.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is outside its range.
 * @see RFC 3461 section 4.3
 */
int32_t INetEnvelopeOptions_SetReturn(INetEnvelopeOptions *options, int32_t content);

/**
 * What notices name the message by.
 *
 * @param options the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see RFC 3461 section 4.4
 */
int64_t INetEnvelopeOptions_GetEnvelopeId(const INetEnvelopeOptions *options,
                                          char *buffer,
                                          size_t capacity);

/**
 * Says what notices are to name the message by (ENVID).
 *
 * @param options the object.
 * @param id printable ASCII, spaces included, at most 100 octets as xtext; copied. Empty for none.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT a character is not printable ASCII.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the text is too long.
 * @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
 * @see RFC 3461 section 4.4
 */
int32_t INetEnvelopeOptions_SetEnvelopeId(INetEnvelopeOptions *options, const char *id);

/**
 * Whether each recipient is told to the server as the original one too.
 *
 * @param options the object.
 * @return 1 or 0 (0 unless set), or a status.
 * @see RFC 3461 section 4.2
 */
int32_t INetEnvelopeOptions_GetAddOriginalRecipient(const INetEnvelopeOptions *options);

/**
 * Says whether notices are to name each recipient as the message was addressed to it (ORCPT). It goes out together with NOTIFY
 * only, as some servers take it for an error by itself.
 *
 * @param options the object.
 * @param isAdded 0 for no, anything else for yes.
 * @return 0, or a status.
 * @see RFC 3461 section 4.2; RFC 6533
 */
int32_t INetEnvelopeOptions_SetAddOriginalRecipient(INetEnvelopeOptions *options,
                                                    int32_t isAdded);

/**
 * Sets the address that a message for this recipient was addressed to at first, such as that of a list (ORCPT).
 *
 * @param options the object.
 * @param recipient the address of the recipient, UTF-8; copied.
 * @param original the original address, UTF-8; copied; or NULL to take it away.
 * @return 0, or a status.
 * @error INET_E_ADDRESS the text is no mail address.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the original address is too long.
 * @see RFC 3461 section 4.2; RFC 6533
 */
int32_t INetEnvelopeOptions_SetOriginalRecipient(INetEnvelopeOptions *options,
                                                 const char *recipient,
                                                 const char *original);

/**
 * Whether the message may travel under TLS only.
 *
 * @param options the object.
 * @return 1 or 0 (0 unless set), or a status.
 * @see RFC 8689
 */
int32_t INetEnvelopeOptions_GetRequireTls(const INetEnvelopeOptions *options);

/**
 * Says whether the message may travel under TLS only, on the whole way (REQUIRETLS). Where the server does not offer that, or
 * the connection to it is in clear, the Send fails, whatever INetEnvelopeOptions_SetIsOptional says.
 *
 * @param options the object.
 * @param isRequired 0 for no, anything else for yes.
 * @return 0, or a status.
 * @see RFC 8689
 */
int32_t INetEnvelopeOptions_SetRequireTls(INetEnvelopeOptions *options,
                                          int32_t isRequired);

/**
 * How long delivery may take.
 *
 * @param options the object.
 * @return seconds, or 0 where there is no limit, or a status.
 * @see RFC 2852
 */
int32_t INetEnvelopeOptions_GetDeliverBySeconds(const INetEnvelopeOptions *options);

/**
 * What becomes of a message that is late.
 *
 * @param options the object.
 * @return an INET_DELIVER_BY_ number (0 unless set), or a status.
 * @see RFC 2852
 */
int32_t INetEnvelopeOptions_GetDeliverByMode(const INetEnvelopeOptions *options);

/**
 * Whether relays tell that they have passed the message on.
 *
 * @param options the object.
 * @return 1 or 0 (0 unless set), or a status.
 * @see RFC 2852
 */
int32_t INetEnvelopeOptions_GetDeliverByTrace(const INetEnvelopeOptions *options);

/**
 * Limits the time that delivery may take (BY).
 *
 * @param options the object.
 * @param seconds 1 to 999999999.
 * @param mode what becomes of a message that is late: an INET_DELIVER_BY_ number, INET_DELIVER_BY_NONE for no limit.
 * @param isTraced whether relays tell that they have passed the message on: 0 for no, anything else for yes.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is outside its range.
 * @see RFC 2852
 */
int32_t INetEnvelopeOptions_SetDeliverBy(INetEnvelopeOptions *options,
                                         int32_t seconds,
                                         int32_t mode,
                                         int32_t isTraced);

/**
 * The priority of the transfer.
 *
 * @param options the object.
 * @return -9 to 9, or INET_TRANSFER_PRIORITY_NONE where none is set, or a status.
 * @see RFC 6710
 */
int32_t INetEnvelopeOptions_GetPriority(const INetEnvelopeOptions *options);

/**
 * Sets the priority of the transfer (MT-PRIORITY), which servers keep to. That of INetMailMessage_SetPriority is one for the
 * reader.
 *
 * @param options the object.
 * @param priority -9 to 9, more is more urgent; or INET_TRANSFER_PRIORITY_NONE.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is outside its range.
 * @see RFC 6710
 */
int32_t INetEnvelopeOptions_SetPriority(INetEnvelopeOptions *options,
                                        int32_t priority);

/**
 * How long the server holds the message back.
 *
 * @param options the object.
 * @return seconds, or 0 where no number of seconds is set, or a status.
 * @see RFC 4865
 */
int32_t INetEnvelopeOptions_GetHoldFor(const INetEnvelopeOptions *options);

/**
 * Has the server hold the message back for a time (HOLDFOR). It takes the place of a moment.
 *
 * @param options the object.
 * @param seconds 1 to 999999999, or 0 for no hold.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is outside its range.
 * @see RFC 4865
 */
int32_t INetEnvelopeOptions_SetHoldFor(INetEnvelopeOptions *options, int32_t seconds);

/**
 * The moment until which the server holds the message back, as 2030-01-01T00:00:00Z. Empty where no moment is set.
 *
 * @param options the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see RFC 4865; RFC 3339
 */
int64_t INetEnvelopeOptions_GetHoldUntil(const INetEnvelopeOptions *options,
                                         char *buffer,
                                         size_t capacity);

/**
 * Has the server hold the message back until a moment (HOLDUNTIL). It takes the place of a number of seconds.
 *
 * @param options the object.
 * @param moment a date-time such as 2030-01-01T00:00:00Z or 2030-01-01T03:00:00+03:00; copied. Empty for no hold.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT the text is no date-time.
 * @see RFC 4865; RFC 3339
 */
int32_t INetEnvelopeOptions_SetHoldUntil(INetEnvelopeOptions *options,
                                         const char *moment);

/**
 * Who the server is told to have submitted the message: an address, "<>", or empty for none.
 *
 * @param options the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see RFC 4954 section 5
 */
int64_t INetEnvelopeOptions_GetAuthSender(const INetEnvelopeOptions *options,
                                          char *buffer,
                                          size_t capacity);

/**
 * Says who submitted the message at first (AUTH of MAIL), for servers that trust this client in that.
 *
 * @param options the object.
 * @param address a mail address, "<>" for somebody who is not known, UTF-8; copied. Empty for none.
 * @return 0, or a status.
 * @error INET_E_ADDRESS the text is no mail address.
 * @see RFC 4954 section 5
 */
int32_t INetEnvelopeOptions_SetAuthSender(INetEnvelopeOptions *options,
                                          const char *address);

/**
 * Whether options may be left out where the server does not offer them.
 *
 * @param options the object.
 * @return 1 or 0 (0 unless set), or a status.
 * @see inetmail
 */
int32_t INetEnvelopeOptions_GetIsOptional(const INetEnvelopeOptions *options);

/**
 * Says whether options may be left out where the server does not offer them, or not to that extent. Otherwise the Send fails
 * with INET_E_EXTENSION_NOT_OFFERED before anything is said of the message. RequireTls is never left out.
 *
 * @param options the object.
 * @param isOptional 0 for no, anything else for yes.
 * @return 0, or a status.
 * @see inetmail
 */
int32_t INetEnvelopeOptions_SetIsOptional(INetEnvelopeOptions *options,
                                          int32_t isOptional);

/**
 * Takes one more reference to the object: each wants its own INetEnvelopeOptions_Release.
 *
 * @param options the object.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetEnvelopeOptions.
 * @see inetmail
 */
int32_t INetEnvelopeOptions_AddRef(INetEnvelopeOptions *options);

/**
 * Gives up one reference. The object lives on as long as the library or a call under way uses it.
 *
 * @param options the object, or NULL, which is no failure.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetEnvelopeOptions, or was released before.
 * @see inetmail
 */
int32_t INetEnvelopeOptions_Release(INetEnvelopeOptions *options);

/* ==============================================================================================
 * INetError: the record of the last failure on the calling thread.
 * ============================================================================================== */

/**
 * The status of the last failure on this thread.
 *
 * @return an INET_E_ status, the negative number that a callback answered, or 0 where there is no record. A status is the answer.
 * @see inetmail
 */
int32_t INetError_GetStatus(void);

/**
 * A sentence that says what failed and what to do, for a person to read. Empty where there is no record.
 *
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see inetmail
 */
int64_t INetError_GetMessage(char *buffer,
                             size_t capacity);

/**
 * The server's reply code, where the failure was a reply.
 *
 * @return 200 to 599, or 0.
 * @see RFC 5321 section 4.2.1
 */
int32_t INetError_GetSmtpCode(void);

/**
 * The server's enhanced status code, such as 5.1.1. Empty where there is none.
 *
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see RFC 2034
 */
int64_t INetError_GetEnhancedCode(char *buffer,
                                  size_t capacity);

/**
 * Where the Send was: resolve, connect, proxy, TLS, greeting, EHLO, STARTTLS,
 * AUTH, MAIL, RCPT, DATA, message, final reply, command (any other) or QUIT. Empty elsewhere.
 *
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see inetmail
 */
int64_t INetError_GetPhase(char *buffer,
                           size_t capacity);

/**
 * The server as host name, address and port. Empty where none was reached.
 *
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see inetmail
 */
int64_t INetError_GetPeer(char *buffer,
                          size_t capacity);

/**
 * The first recipient that the failure is about. Empty where it is about none.
 *
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see inetmail
 */
int64_t INetError_GetRecipient(char *buffer,
                               size_t capacity);

/**
 * The operating system's error number (errno), where the failure was the system's.
 *
 * @return the number, or 0.
 * @see inetmail
 */
int32_t INetError_GetOsError(void);

/**
 * Whether the same attempt may succeed later, as after a 4xx reply or a connection that was not made.
 *
 * @return 1 or 0.
 * @see RFC 5321 section 4.2.1
 */
int32_t INetError_GetIsTransient(void);

/**
 * Whether sending again cannot make a duplicate, because the server took nothing.
 *
 * @return 1 or 0.
 * @see inetmail
 */
int32_t INetError_GetIsSafeToRetry(void);

/**
 * Whether the connection outlived the failure, as it does a refusal.
 *
 * @return 1 or 0.
 * @see inetmail
 */
int32_t INetError_GetIsConnectionUsable(void);

/**
 * Empties the record of this thread.
 *
 * @return 0.
 * @see inetmail
 */
int32_t INetError_Clear(void);

/* ==============================================================================================
 * INetEvent: something that a client has seen.
 * ============================================================================================== */

/**
 * What kind of event it is.
 *
 * @param event the object.
 * @return one of INET_EVENT_, or a status.
 * @see inetmail
 */
int32_t INetEvent_GetKind(const INetEvent *event);

/**
 * The notification, the status of an error, or the code of a reply.
 *
 * @param event the object.
 * @return one of INET_NOTIFICATION_, a status of INET_E_, or 200 to 599. A status is the answer, unless it is INET_E_HANDLE.
 * @see SecureBlackbox Notification, Error, CommandReply
 */
int32_t INetEvent_GetCode(const INetEvent *event);

/**
 * The number of the connection in this process, as reports tell it too.
 *
 * @param event the object.
 * @return the number, 0 where there is no connection, or a status.
 * @see inetmail
 */
int32_t INetEvent_GetConnection(const INetEvent *event);

/**
 * The command of a command, of a reply or of octets. What belongs to a login is masked.
 *
 * @param event the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see SecureBlackbox Command
 */
int64_t INetEvent_GetCommand(const INetEvent *event,
                             char *buffer,
                             size_t capacity);

/**
 * The command, the reply with all its lines, the description of an error, or the parameters of a notification.
 *
 * @param event the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see SecureBlackbox Command, CommandReply, Error, Notification
 */
int64_t INetEvent_GetText(const INetEvent *event,
                          char *buffer,
                          size_t capacity);

/**
 * The enhanced status code of a reply, such as 2.1.5.
 *
 * @param event the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see RFC 2034
 */
int64_t INetEvent_GetEnhancedCode(const INetEvent *event,
                                  char *buffer,
                                  size_t capacity);

/**
 * Octets of a message as they went over the wire.
 *
 * @param event the object.
 * @param buffer receives the octets, as many as fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return how many there are, or a status.
 * @see SecureBlackbox CommandData
 */
int64_t INetEvent_GetOctets(const INetEvent *event, uint8_t *buffer, size_t capacity);

/**
 * How many octets of messages were handed to the system.
 *
 * @param event the object.
 * @return the number, or a status.
 * @see SecureBlackbox Progress
 */
int64_t INetEvent_GetCurrent(const INetEvent *event);

/**
 * How many octets of messages there are in all.
 *
 * @param event the object.
 * @return the number, -1 where nobody knows, or a status.
 * @see SecureBlackbox Progress
 */
int64_t INetEvent_GetTotal(const INetEvent *event);

/**
 * How many messages the server has accepted.
 *
 * @param event the object.
 * @return the number, or a status.
 * @see inetmail
 */
int32_t INetEvent_GetMessages(const INetEvent *event);

/**
 * How many events were lost between the one that was taken before and this one.
 *
 * @param event the object.
 * @return the number, or a status.
 * @see inetmail
 */
int64_t INetEvent_GetLost(const INetEvent *event);

/**
 * Takes one more reference to the object: each wants its own INetEvent_Release.
 *
 * @param event the object.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetEvent.
 * @see inetmail
 */
int32_t INetEvent_AddRef(INetEvent *event);

/**
 * Gives up one reference.
 *
 * @param event the object, or NULL, which is no failure.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetEvent, or was released before.
 * @see inetmail
 */
int32_t INetEvent_Release(INetEvent *event);

/* ==============================================================================================
 * INetSmtpClient: what it shows of its connections, to callbacks and to those who ask.
 * ============================================================================================== */

/**
 * Has each command told that goes out to a server. What belongs to a login is masked: AUTH PLAIN ***. The callback has no say and runs on
 * the thread that works on the connection, which is the library's for asynchronous calls and for runs over several connections; no lock is held,
 * so it may call the library, on this client too. INetSmtpClient_Cancel ends what is under way. A connection that ends while it is at rest is not told of.
 *
 * @param client the object.
 * @param callback what is called; or NULL for nothing any more.
 * @param user handed to the callbacks as it is.
 * @param dropUser called once when no connection uses the callback any more, on whatever thread that is; or NULL. Also where this function fails.
 * @return 0, or a status.
 * @see SecureBlackbox Command
 */
int32_t INetSmtpClient_OnCommand(INetSmtpClient *client,
                                 INetCommandCallback callback,
                                 void *user,
                                 INetDropCallback dropUser);

/**
 * Has the octets of each message told as they go out, as blocks. The callback has no say and runs as that of INetSmtpClient_OnCommand does.
 *
 * @param client the object.
 * @param callback what is called; or NULL for nothing any more.
 * @param user handed to the callbacks as it is.
 * @param dropUser called once when no connection uses the callback any more, on whatever thread that is; or NULL. Also where this function fails.
 * @return 0, or a status.
 * @see SecureBlackbox CommandData
 */
int32_t INetSmtpClient_OnCommandData(INetSmtpClient *client,
                                     INetCommandDataCallback callback,
                                     void *user,
                                     INetDropCallback dropUser);

/**
 * Has each reply of a server told. Of replies within a login only the codes are shown: 334 ***. The callback has no say and runs as that
 * of INetSmtpClient_OnCommand does.
 *
 * @param client the object.
 * @param callback what is called; or NULL for nothing any more.
 * @param user handed to the callbacks as it is.
 * @param dropUser called once when no connection uses the callback any more, on whatever thread that is; or NULL. Also where this function fails.
 * @return 0, or a status.
 * @see SecureBlackbox CommandReply
 */
int32_t INetSmtpClient_OnCommandReply(INetSmtpClient *client,
                                      INetCommandReplyCallback callback,
                                      void *user,
                                      INetDropCallback dropUser);

/**
 * Has errors told that have to do with connections and messages on their way: those that end a Send, each attempt that is made again, and
 * recipients that were refused while others were not. The callback has no say and runs as that of INetSmtpClient_OnCommand does.
 *
 * @param client the object.
 * @param callback what is called; or NULL for nothing any more.
 * @param user handed to the callbacks as it is.
 * @param dropUser called once when no connection uses the callback any more, on whatever thread that is; or NULL. Also where this function fails.
 * @return 0, or a status.
 * @see SecureBlackbox Error
 */
int32_t INetSmtpClient_OnError(INetSmtpClient *client,
                               INetErrorCallback callback,
                               void *user,
                               INetDropCallback dropUser);

/**
 * Has told what happens besides commands: names are looked up, connections begin and end, logins and messages are accepted. The callback
 * has no say and runs as that of INetSmtpClient_OnCommand does.
 *
 * @param client the object.
 * @param callback what is called; or NULL for nothing any more.
 * @param user handed to the callbacks as it is.
 * @param dropUser called once when no connection uses the callback any more, on whatever thread that is; or NULL. Also where this function fails.
 * @return 0, or a status.
 * @see SecureBlackbox Notification
 */
int32_t INetSmtpClient_OnNotification(INetSmtpClient *client,
                                      INetNotificationCallback callback,
                                      void *user,
                                      INetDropCallback dropUser);

/**
 * The kinds of events that are kept for INetSmtpClient_NextEvent.
 *
 * @param client the object.
 * @return bits of INET_EVENT_, or a status.
 * @see inetmail
 */
int32_t INetSmtpClient_GetEventKinds(const INetSmtpClient *client);

/**
 * Has events of these kinds kept for INetSmtpClient_NextEvent, from now on: for hosts that cannot be called. The default is 0, none.
 *
 * @param client the object.
 * @param kinds bits of INET_EVENT_; 0 for none.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE kinds has a bit that is none of these.
 * @see inetmail
 */
int32_t INetSmtpClient_SetEventKinds(INetSmtpClient *client,
                                     int32_t kinds);

/**
 * How many events are kept at most.
 *
 * @param client the object.
 * @return the number, or a status.
 * @see inetmail
 */
int32_t INetSmtpClient_GetEventCapacity(const INetSmtpClient *client);

/**
 * Says how many events are kept at most. Of more than that, and of more than 16 MiB, the oldest are lost; INetEvent_GetLost counts them.
 * The default is 1000.
 *
 * @param client the object.
 * @param capacity the number of events, 1 to 1000000.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see inetmail
 */
int32_t INetSmtpClient_SetEventCapacity(INetSmtpClient *client,
                                        int32_t capacity);

/**
 * The oldest event that was kept and not taken yet. It does not wait for one.
 *
 * @param client the object.
 * @return a new reference, to be released with INetEvent_Release; NULL where there is none, and on failure.
 * @see inetmail
 */
INetEvent *INetSmtpClient_NextEvent(INetSmtpClient *client);

/* ==============================================================================================
 * INetExternalCrypto: a client's key that lives elsewhere.
 * ============================================================================================== */

/**
 * Who signs for the client's certificate.
 *
 * @param crypto the object.
 * @return an INET_EXTERNAL_CRYPTO_ number of a mode (0 unless set), or a status.
 * @see SecureBlackbox ExternalCryptoMode
 */
int32_t INetExternalCrypto_GetMode(const INetExternalCrypto *crypto);

/**
 * Sets who signs for the client's certificate. With INET_EXTERNAL_CRYPTO_DC_AUTH and INET_EXTERNAL_CRYPTO_DC_AUTH_JSON a
 * connection fails with INET_E_TLS_BACKEND.
 *
 * @param crypto the object.
 * @param mode an INET_EXTERNAL_CRYPTO_ number of a mode: 0 to 4.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see SecureBlackbox ExternalCryptoMode
 */
int32_t INetExternalCrypto_SetMode(INetExternalCrypto *crypto,
                                   int32_t mode);

/**
 * The form of the signatures.
 *
 * @param crypto the object.
 * @return INET_EXTERNAL_CRYPTO_PKCS1 (unless set) or INET_EXTERNAL_CRYPTO_PKCS7, or a status.
 * @see SecureBlackbox ExternalCryptoMethod
 */
int32_t INetExternalCrypto_GetMethod(const INetExternalCrypto *crypto);

/**
 * Sets the form of the signatures. TLS has one only, so that it is kept and has no effect.
 *
 * @param crypto the object.
 * @param method INET_EXTERNAL_CRYPTO_PKCS1 or INET_EXTERNAL_CRYPTO_PKCS7.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see SecureBlackbox ExternalCryptoMethod
 */
int32_t INetExternalCrypto_SetMethod(INetExternalCrypto *crypto, int32_t method);

/**
 * Whether the host is given what is to be signed, and not its hash.
 *
 * @param crypto the object.
 * @return 1 or 0 (0 unless set), or a status.
 * @see SecureBlackbox ExternalCryptoExternalHashCalculation
 */
int32_t INetExternalCrypto_GetExternalHashCalculation(const INetExternalCrypto *crypto);

/**
 * Says whether the host is given what is to be signed, and not its hash.
 *
 * @param crypto the object.
 * @param hashesExternally 0 for no, anything else for yes.
 * @return 0, or a status.
 * @see SecureBlackbox ExternalCryptoExternalHashCalculation
 */
int32_t INetExternalCrypto_SetExternalHashCalculation(INetExternalCrypto *crypto,
                                                      int32_t hashesExternally);

/**
 * The hash that signatures should be by; empty where the server decides.
 *
 * @param crypto the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see SecureBlackbox ExternalCryptoHashAlgorithm
 */
int64_t INetExternalCrypto_GetHashAlgorithm(const INetExternalCrypto *crypto,
                                            char *buffer,
                                            size_t capacity);

/**
 * Sets the hash that signatures should be by, where the server takes it.
 *
 * @param crypto the object.
 * @param algorithm SHA256, SHA384 or SHA512 in any letter case, or empty for whichever the server prefers; UTF-8,
 * copied.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT it is none of these.
 * @see SecureBlackbox ExternalCryptoHashAlgorithm
 */
int32_t INetExternalCrypto_SetHashAlgorithm(INetExternalCrypto *crypto,
                                            const char *algorithm);

/**
 * The kind of the key; empty where the certificate tells.
 *
 * @param crypto the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see SecureBlackbox ExternalCryptoPublicKeyAlgorithm
 */
int64_t INetExternalCrypto_GetPublicKeyAlgorithm(const INetExternalCrypto *crypto,
                                                 char *buffer,
                                                 size_t capacity);

/**
 * Sets the kind of the key, where the certificate does not tell.
 *
 * @param crypto the object.
 * @param algorithm RSA, ECDSA or Ed25519 in any letter case, or empty for what the certificate says; UTF-8, copied.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT it is none of these.
 * @see SecureBlackbox ExternalCryptoPublicKeyAlgorithm
 */
int32_t INetExternalCrypto_SetPublicKeyAlgorithm(INetExternalCrypto *crypto,
                                                 const char *algorithm);

/**
 * Parameters for who signs.
 *
 * @param crypto the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see SecureBlackbox ExternalCryptoCustomParams
 */
int64_t INetExternalCrypto_GetCustomParams(const INetExternalCrypto *crypto,
                                           char *buffer,
                                           size_t capacity);

/**
 * Sets parameters for who signs. They are kept for the host, and mean nothing here.
 *
 * @param crypto the object.
 * @param customParams any text; UTF-8, copied.
 * @return 0, or a status.
 * @see SecureBlackbox ExternalCryptoCustomParams
 */
int32_t INetExternalCrypto_SetCustomParams(INetExternalCrypto *crypto, const char *customParams);

/**
 * Data that is given back as it is.
 *
 * @param crypto the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see SecureBlackbox ExternalCryptoData
 */
int64_t INetExternalCrypto_GetData(const INetExternalCrypto *crypto,
                                   char *buffer,
                                   size_t capacity);

/**
 * Sets data that is given back as it is. It is kept for the host, and means nothing here.
 *
 * @param crypto the object.
 * @param data any text; UTF-8, copied.
 * @return 0, or a status.
 * @see SecureBlackbox ExternalCryptoData
 */
int32_t INetExternalCrypto_SetData(INetExternalCrypto *crypto, const char *data);

/**
 * The name of the key that requests for signatures are authenticated with.
 *
 * @param crypto the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see SecureBlackbox ExternalCryptoKeyID
 */
int64_t INetExternalCrypto_GetKeyId(const INetExternalCrypto *crypto,
                                    char *buffer,
                                    size_t capacity);

/**
 * Sets the name of the key that requests for signatures are authenticated with. It is kept for the host, and means
 * nothing here.
 *
 * @param crypto the object.
 * @param keyId any text; UTF-8, copied.
 * @return 0, or a status.
 * @see SecureBlackbox ExternalCryptoKeyID
 */
int32_t INetExternalCrypto_SetKeyId(INetExternalCrypto *crypto,
                                    const char *keyId);

/**
 * That key, as it was set. It is a secret: wipe the buffer after use.
 *
 * @param crypto the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see SecureBlackbox ExternalCryptoKeySecret
 */
int64_t INetExternalCrypto_GetKeySecret(const INetExternalCrypto *crypto,
                                        char *buffer,
                                        size_t capacity);

/**
 * Sets the key that requests for signatures are authenticated with. It is kept for the host, and means nothing here.
 *
 * @param crypto the object.
 * @param keySecret any text; UTF-8, copied, and wiped when it is not needed any more.
 * @return 0, or a status.
 * @see SecureBlackbox ExternalCryptoKeySecret
 */
int32_t INetExternalCrypto_SetKeySecret(INetExternalCrypto *crypto,
                                        const char *keySecret);

/**
 * Takes one more reference to the object: each wants its own INetExternalCrypto_Release.
 *
 * @param crypto the object.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetExternalCrypto.
 * @see inetmail
 */
int32_t INetExternalCrypto_AddRef(INetExternalCrypto *crypto);

/**
 * Gives up one reference. The object lives on as long as the library or a call under way uses it.
 *
 * @param crypto the object, or NULL, which is no failure.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetExternalCrypto, or was released before.
 * @see inetmail
 */
int32_t INetExternalCrypto_Release(INetExternalCrypto *crypto);

/* ==============================================================================================
 * INetLibrary: the library as a whole.
 * ============================================================================================== */

/**
 * The version of the library, such as 0.1.0.
 *
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see inetmail
 */
int64_t INetLibrary_GetVersion(char *buffer,
                               size_t capacity);

/**
 * How many handles the host holds, all types together: 0 when everything was released. One handle counts once, however many
 * references were taken on it.
 *
 * @return the number of live handles, or a status.
 * @see inetmail
 */
int32_t INetLibrary_GetLiveHandleCount(void);

/* ==============================================================================================
 * INetLinkedResource: content that an HTML text shows by its Content-ID.
 * ============================================================================================== */

/**
 * Makes a resource of a file. The file is opened by Send, which reads it while it sends.
 *
 * @param fileName path and name of the file, UTF-8; copied.
 * @param contentId the id that the HTML refers to, ASCII without white space; copied. Empty for one of its own.
 * @return a new reference, to be released with INetLinkedResource_Release; or NULL on failure.
 * @error INET_E_ARGUMENT the name is empty.
 * @error INET_E_FIELD_VALUE the text does not fit the field.
 * @see .NET LinkedResource; Aspose LinkedResource
 */
INetLinkedResource *INetLinkedResource_Create(const char *fileName,
                                              const char *contentId);

/**
 * Makes a resource of octets.
 *
 * @param data the octets; copied.
 * @param length how many octets there are.
 * @param name a file name, UTF-8; copied. It tells the media type. Empty for none.
 * @param contentId the id that the HTML refers to, ASCII without white space; copied. Empty for one of its own.
 * @return a new reference, to be released with INetLinkedResource_Release; or NULL on failure.
 * @error INET_E_FIELD_VALUE the text does not fit the field.
 * @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
 * @see .NET LinkedResource; Aspose LinkedResource
 */
INetLinkedResource *INetLinkedResource_CreateFromBytes(const uint8_t *data,
                                                       size_t length,
                                                       const char *name,
                                                       const char *contentId);

/**
 * Makes a resource whose content a callback of the host gives, a block at a time, while the message is sent.
 *
 * @param name a file name, UTF-8; copied. It tells the media type. Empty for none.
 * @param contentId the id that the HTML refers to, ASCII without white space; copied. Empty for one of its own.
 * @param length octets of the content, or -1 if only the end will tell; without a length the server is told none, and nothing
 *     goes out as binary.
 * @param read gives the octets, on the thread that sends or asks for them.
 * @param user handed to the callbacks as it is.
 * @param dropUser called once when the content is not needed any more, on whatever thread that is; or NULL.
 * @return a new reference, to be released with INetLinkedResource_Release; or NULL on failure. dropUser is called in both cases.
 * @error INET_E_FIELD_VALUE the text does not fit the field.
 * @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the length is below -1.
 * @see .NET LinkedResource; Aspose LinkedResource
 */
INetLinkedResource *INetLinkedResource_CreateFromStream(const char *name,
                                                        const char *contentId,
                                                        int64_t length,
                                                        INetReadAtCallback read,
                                                        void *user,
                                                        INetDropCallback dropUser);

/**
 * The file name that readers of the message are shown. Unless it was set, the name of the file.
 *
 * @param resource the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see .NET LinkedResource.Name; RFC 2183 section 2.3
 */
int64_t INetLinkedResource_GetName(const INetLinkedResource *resource,
                                   char *buffer,
                                   size_t capacity);

/**
 * Sets what INetLinkedResource_GetName tells.
 *
 * @param resource the object.
 * @param name the name, UTF-8; copied. Empty for none.
 * @return 0, or a status.
 * @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
 * @see .NET LinkedResource.Name; RFC 2231
 */
int32_t INetLinkedResource_SetName(INetLinkedResource *resource, const char *name);

/**
 * The media type with its parameters, such as "text/calendar; method=REQUEST". Unless it was set, what the ending of the name
 * tells.
 *
 * @param resource the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see .NET LinkedResource.ContentType; RFC 2045 section 5.1
 */
int64_t INetLinkedResource_GetMediaType(const INetLinkedResource *resource,
                                        char *buffer,
                                        size_t capacity);

/**
 * Sets what INetLinkedResource_GetMediaType tells.
 *
 * @param resource the object.
 * @param mediaType type, subtype and parameters, UTF-8; copied. Empty leaves it to the name again.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT the text is no media type, or one of a multipart.
 * @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
 * @see .NET LinkedResource.ContentType; RFC 2045 section 5.1
 */
int32_t INetLinkedResource_SetMediaType(INetLinkedResource *resource, const char *mediaType);

/**
 * The Content-ID, without angle brackets. Empty where there is none.
 *
 * @param resource the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see .NET LinkedResource.ContentId; RFC 2045 section 7
 */
int64_t INetLinkedResource_GetContentId(const INetLinkedResource *resource,
                                        char *buffer,
                                        size_t capacity);

/**
 * Sets what INetLinkedResource_GetContentId tells.
 *
 * @param resource the object.
 * @param contentId the id, ASCII without white space, with or without angle brackets; copied. Empty for none.
 * @return 0, or a status.
 * @error INET_E_FIELD_VALUE the text does not fit the field.
 * @see .NET LinkedResource.ContentId; RFC 2045 section 7
 */
int32_t INetLinkedResource_SetContentId(INetLinkedResource *resource,
                                        const char *contentId);

/**
 * The transfer encoding that was chosen.
 *
 * @param resource the object.
 * @return an INET_TRANSFER_ENCODING_ number (-1, automatic, unless set), or a status.
 * @see .NET LinkedResource.TransferEncoding; RFC 2045 section 6
 */
int32_t INetLinkedResource_GetTransferEncoding(const INetLinkedResource *resource);

/**
 * Chooses the transfer encoding. Automatic is base64 for octets, what fits content and server for texts, and the content as it
 * is where the server takes that (BINARYMIME). 7bit and 8bit make line breaks CRLF; quoted-printable, base64 and binary keep
 * every octet. A choice that the content or the server cannot follow makes the Send fail before the message.
 *
 * @param resource the object.
 * @param encoding an INET_TRANSFER_ENCODING_ number.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see .NET LinkedResource.TransferEncoding; RFC 2045 section 6
 */
int32_t INetLinkedResource_SetTransferEncoding(INetLinkedResource *resource,
                                               int32_t encoding);

/**
 * The content as octets, decoded where it was loaded in an encoding.
 *
 * @param resource the object.
 * @param buffer receives as many octets as it has room for, without a NUL; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole in octets, or a status.
 * @error INET_E_FILE_NOT_FOUND there is no such file.
 * @see inetmail
 */
int64_t INetLinkedResource_GetBytes(const INetLinkedResource *resource,
                                    uint8_t *buffer,
                                    size_t capacity);

/**
 * Writes the content into a file, decoded where it was loaded in an encoding. A file of that name is replaced.
 *
 * @param resource the object.
 * @param fileName path of the file, UTF-8. It is not made from the name of the content, which a stranger may have chosen.
 * @return 0, or a status.
 * @error INET_E_IO the file cannot be written.
 * @see Aspose AttachmentBase.Save
 */
int32_t INetLinkedResource_SaveToFile(const INetLinkedResource *resource,
                                      const char *fileName);

/**
 * How the HTML refers to it: "cid:" and the Content-ID.
 *
 * @param resource the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see .NET LinkedResource.ContentLink; RFC 2392
 */
int64_t INetLinkedResource_GetContentLink(const INetLinkedResource *resource,
                                          char *buffer,
                                          size_t capacity);

/**
 * Closes the file, which a Send has left open, as INetAttachment_ReleaseResource does.
 *
 * @param resource the object.
 * @return 0, or a status.
 * @see .NET AttachmentBase.Dispose
 */
int32_t INetLinkedResource_ReleaseResource(INetLinkedResource *resource);

/**
 * Takes one more reference to the object: each wants its own INetLinkedResource_Release.
 *
 * @param resource the object.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetLinkedResource.
 * @see inetmail
 */
int32_t INetLinkedResource_AddRef(INetLinkedResource *resource);

/**
 * Gives up one reference. The object lives on as long as the library or a call under way uses it.
 *
 * @param resource the object, or NULL, which is no failure.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetLinkedResource, or was released before.
 * @see inetmail
 */
int32_t INetLinkedResource_Release(INetLinkedResource *resource);

/* ==============================================================================================
 * INetLinkedResourceCollection: the linked resources of a message as a live list.
 * ============================================================================================== */

/**
 * Adds at the end.
 *
 * @param collection the collection.
 * @param resource what to add; the collection takes a reference of its own.
 * @return 0, or a status.
 * @see .NET LinkedResourceCollection.Add
 */
int32_t INetLinkedResourceCollection_Add(INetLinkedResourceCollection *collection,
                                         INetLinkedResource *resource);

/**
 * Inserts in front of an index; the count as index appends.
 *
 * @param collection the collection.
 * @param index 0 to the count.
 * @param resource what to insert; the collection takes a reference of its own.
 * @return 0, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
 * @see .NET LinkedResourceCollection.Insert
 */
int32_t INetLinkedResourceCollection_Insert(INetLinkedResourceCollection *collection,
                                            int32_t index,
                                            INetLinkedResource *resource);

/**
 * Removes the first that is the same object.
 *
 * @param collection the collection.
 * @param resource what to remove.
 * @return 1 if there was one, else 0, or a status.
 * @see .NET LinkedResourceCollection.Remove
 */
int32_t INetLinkedResourceCollection_Remove(INetLinkedResourceCollection *collection,
                                            const INetLinkedResource *resource);

/**
 * Removes what stands at an index.
 *
 * @param collection the collection.
 * @param index 0 to the count less 1.
 * @return 0, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
 * @see Fore INetCollection.RemoveAt
 */
int32_t INetLinkedResourceCollection_RemoveAt(INetLinkedResourceCollection *collection,
                                              int32_t index);

/**
 * Removes all.
 *
 * @param collection the collection.
 * @return 0, or a status.
 * @see Fore INetCollection.Clear
 */
int32_t INetLinkedResourceCollection_Clear(INetLinkedResourceCollection *collection);

/**
 * Whether there is the same object.
 *
 * @param collection the collection.
 * @param resource what to look for.
 * @return 1 or 0, or a status.
 * @see .NET LinkedResourceCollection.Contains
 */
int32_t INetLinkedResourceCollection_Contains(const INetLinkedResourceCollection *collection,
                                              const INetLinkedResource *resource);

/**
 * The index of the first that is the same object.
 *
 * @param collection the collection.
 * @param resource what to look for.
 * @return the index, -1 where there is none, or a status.
 * @see .NET LinkedResourceCollection.IndexOf
 */
int32_t INetLinkedResourceCollection_IndexOf(const INetLinkedResourceCollection *collection,
                                             const INetLinkedResource *resource);

/**
 * How many there are.
 *
 * @param collection the object.
 * @return the number, or a status.
 * @see Fore INetCollection.Count
 */
int32_t INetLinkedResourceCollection_GetCount(const INetLinkedResourceCollection *collection);

/**
 * What stands at an index.
 *
 * @param collection the collection.
 * @param index 0 to the count less 1.
 * @return a new reference, to be released with INetLinkedResource_Release; or NULL on failure.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
 * @see .NET LinkedResourceCollection.Item
 */
INetLinkedResource *INetLinkedResourceCollection_GetItem(const INetLinkedResourceCollection *collection,
                                                         int32_t index);

/**
 * Takes one more reference to the object: each wants its own INetLinkedResourceCollection_Release.
 *
 * @param collection the object.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetLinkedResourceCollection.
 * @see inetmail
 */
int32_t INetLinkedResourceCollection_AddRef(INetLinkedResourceCollection *collection);

/**
 * Gives up one reference. The object lives on as long as the library or a call under way uses it.
 *
 * @param collection the object, or NULL, which is no failure.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetLinkedResourceCollection, or was released before.
 * @see inetmail
 */
int32_t INetLinkedResourceCollection_Release(INetLinkedResourceCollection *collection);

/* ==============================================================================================
 * INetSmtpClient: its log.
 * ============================================================================================== */

/**
 * Has the log go to a callback, which has no say and runs as that of INetSmtpClient_OnCommand does.
 *
 * @param client the object.
 * @param callback what is called; or NULL for nothing any more.
 * @param user handed to the callbacks as it is.
 * @param dropUser called once when no connection uses the callback any more, on whatever thread that is; or NULL. Also where this function fails.
 * @return 0, or a status.
 * @see inetmail
 */
int32_t INetSmtpClient_OnLog(INetSmtpClient *client,
                             INetLogCallback callback,
                             void *user,
                             INetDropCallback dropUser);

/**
 * Where the log goes.
 *
 * @param client the object.
 * @return one of INET_LOG_TO_, or a status.
 * @see SecureBlackbox Config LogDestination
 */
int32_t INetSmtpClient_GetLogDestination(const INetSmtpClient *client);

/**
 * Says where the log goes. The default is INET_LOG_TO_NONE; with CURLOPT_VERBOSE=1 in the environment, INET_LOG_TO_STANDARD_ERROR.
 *
 * @param client the object.
 * @param destination one of INET_LOG_TO_.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE destination is none of these.
 * @see SecureBlackbox Config LogDestination
 */
int32_t INetSmtpClient_SetLogDestination(INetSmtpClient *client,
                                         int32_t destination);

/**
 * The file that the log goes to. Empty where there is none.
 *
 * @param client the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see Aspose SmtpClient.LogFileName
 */
int64_t INetSmtpClient_GetLogFileName(const INetSmtpClient *client,
                                      char *buffer,
                                      size_t capacity);

/**
 * Has the log go to a file. It is opened when there is something to be logged, for its owner alone where it is new, and written behind what
 * stands in it. A file that cannot be written is told of once (INET_NOTIFICATION_LOG_FAILED, INetSmtpClient_GetLogFault); sending goes on.
 *
 * @param client the object.
 * @param path the file; empty for none. UTF-8; copied.
 * @return 0, or a status.
 * @see Aspose SmtpClient.LogFileName; SecureBlackbox Config LogFile
 */
int32_t INetSmtpClient_SetLogFileName(INetSmtpClient *client,
                                      const char *path);

/**
 * Whether the day stands in the name of the log file.
 *
 * @param client the object.
 * @return 1 or 0, or a status.
 * @see Aspose SmtpClient.UseDateInLogFileName
 */
int32_t INetSmtpClient_GetUseDateInLogFileName(const INetSmtpClient *client);

/**
 * Says whether the day, by Coordinated Universal Time, stands in the name of the log file: smtp.log is smtp-2026-11-21.log then, and there
 * is one for each day. The default is 0.
 *
 * @param client the object.
 * @param useDate 1 or 0.
 * @return 0, or a status.
 * @see Aspose SmtpClient.UseDateInLogFileName
 */
int32_t INetSmtpClient_SetUseDateInLogFileName(INetSmtpClient *client,
                                               int32_t useDate);

/**
 * Whether anything is logged.
 *
 * @param client the object.
 * @return 1 or 0, or a status.
 * @see Aspose SmtpClient.EnableLogger
 */
int32_t INetSmtpClient_GetEnableLogger(const INetSmtpClient *client);

/**
 * Says whether anything is logged, wherever it goes. The default is 1.
 *
 * @param client the object.
 * @param enable 1 or 0.
 * @return 0, or a status.
 * @see Aspose SmtpClient.EnableLogger
 */
int32_t INetSmtpClient_SetEnableLogger(INetSmtpClient *client, int32_t enable);

/**
 * How much is logged.
 *
 * @param client the object.
 * @return one of INET_LOG_, or a status.
 * @see SecureBlackbox Config LogLevel
 */
int32_t INetSmtpClient_GetLogLevel(const INetSmtpClient *client);

/**
 * Says how much is logged. The default is INET_LOG_DEBUG. What stands in messages is only logged if LogFilters of INetSmtpClient_Config
 * names data.
 *
 * @param client the object.
 * @param level one of INET_LOG_.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE level is none of these.
 * @see SecureBlackbox Config LogLevel
 */
int32_t INetSmtpClient_SetLogLevel(INetSmtpClient *client,
                                   int32_t level);

/**
 * Has the log be kept as it is of a client that was just made, apart from what INetLibrary_Config has set: it goes nowhere.
 *
 * @param client the object.
 * @return 0, or a status.
 * @see Aspose SmtpClient.ResetLogSettings
 */
int32_t INetSmtpClient_ResetLogSettings(INetSmtpClient *client);

/**
 * Why the log could not be written. Empty where it could.
 *
 * @param client the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see inetmail
 */
int64_t INetSmtpClient_GetLogFault(const INetSmtpClient *client,
                                   char *buffer,
                                   size_t capacity);

/**
 * Writes out what the log holds back, as it does where LogFlushMode of INetSmtpClient_Config is not each. What is held back is written
 * anyway when the client goes and when its log is set otherwise.
 *
 * @param client the object.
 * @return 0, or a status.
 * @see SecureBlackbox Config LogFlushMode
 */
int32_t INetSmtpClient_FlushLog(INetSmtpClient *client);

/* ==============================================================================================
 * INetMailAddress: an immutable mail address and its display name.
 * ============================================================================================== */

/**
 * Makes an address.
 *
 * @param address `user@domain`, UTF-8; copied.
 * @return a new reference, to be released with INetMailAddress_Release; or NULL on failure.
 * @error INET_E_ADDRESS the text is no mail address.
 * @error INET_E_LINE_BREAK a text holds CR, LF or NUL.
 * @see Fore CurlMailAddress.Create; RFC 5321 section 4.1.2
 */
INetMailAddress *INetMailAddress_Create(const char *address);

/**
 * Makes an address with the name that is shown for it.
 *
 * @param address `user@domain`, UTF-8; copied.
 * @param displayName the name to show, UTF-8, empty for none; copied.
 * @return a new reference, to be released with INetMailAddress_Release; or NULL on failure.
 * @error INET_E_ADDRESS the text is no mail address.
 * @error INET_E_LINE_BREAK a text holds CR, LF or NUL.
 * @see Fore CurlMailAddress.CreateWithName; RFC 5322 section 3.4
 */
INetMailAddress *INetMailAddress_CreateWithName(const char *address, const char *displayName);

/**
 * The same as INetMailAddress_Create, under the name of its class.
 *
 * @param address `user@domain`, UTF-8; copied.
 * @return a new reference, to be released with INetMailAddress_Release; or NULL on failure.
 * @error INET_E_ADDRESS the text is no mail address.
 * @error INET_E_LINE_BREAK a text holds CR, LF or NUL.
 * @see Fore CurlMailAddress.Create
 */
INetMailAddress *CurlMailAddress_Create(const char *address);

/**
 * The same as INetMailAddress_CreateWithName, under the name of its class.
 *
 * @param address `user@domain`, UTF-8; copied.
 * @param displayName the name to show, UTF-8, empty for none; copied.
 * @return a new reference, to be released with INetMailAddress_Release; or NULL on failure.
 * @error INET_E_ADDRESS the text is no mail address.
 * @error INET_E_LINE_BREAK a text holds CR, LF or NUL.
 * @see Fore CurlMailAddress.CreateWithName
 */
INetMailAddress *CurlMailAddress_CreateWithName(const char *address, const char *displayName);

/**
 * Makes an address from a mailbox as people write it: `user@domain`, `<user@domain>`, `Name <user@domain>` or
 * `"Name" <user@domain>`.
 *
 * @param text the mailbox, UTF-8; copied.
 * @return a new reference, to be released with INetMailAddress_Release; or NULL on failure.
 * @error INET_E_ADDRESS the text is no mail address.
 * @error INET_E_LINE_BREAK a text holds CR, LF or NUL.
 * @see Aspose MailAddress; RFC 5322 section 3.4
 */
INetMailAddress *INetMailAddress_Parse(const char *text);

/**
 * Whether a text is a mail address of the form `user@domain`.
 *
 * @param text the text, UTF-8.
 * @return 1 or 0, or a status.
 * @see inetmail; RFC 5321 section 4.1.2
 */
int32_t INetMailAddress_IsValid(const char *text);

/**
 * The full address, `user@domain`.
 *
 * @param address the address.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see Fore INetMailAddress.Address
 */
int64_t INetMailAddress_GetAddress(const INetMailAddress *address,
                                   char *buffer,
                                   size_t capacity);

/**
 * The name that is shown instead of the address; empty where there is none.
 *
 * @param address the address.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see Fore INetMailAddress.DisplayName
 */
int64_t INetMailAddress_GetDisplayName(const INetMailAddress *address,
                                       char *buffer,
                                       size_t capacity);

/**
 * The domain of the address, as it was given.
 *
 * @param address the address.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see Fore INetMailAddress.Host
 */
int64_t INetMailAddress_GetHost(const INetMailAddress *address,
                                char *buffer,
                                size_t capacity);

/**
 * What stands left of the `@`.
 *
 * @param address the address.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see Fore INetMailAddress.User
 */
int64_t INetMailAddress_GetUser(const INetMailAddress *address,
                                char *buffer,
                                size_t capacity);

/**
 * Takes one more reference to the object: each wants its own INetMailAddress_Release.
 *
 * @param address the object.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetMailAddress.
 * @see inetmail
 */
int32_t INetMailAddress_AddRef(INetMailAddress *address);

/**
 * Gives up one reference. The object lives on as long as the library or a call under way uses it.
 *
 * @param address the object, or NULL, which is no failure.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetMailAddress, or was released before.
 * @see inetmail
 */
int32_t INetMailAddress_Release(INetMailAddress *address);

/* ==============================================================================================
 * INetMailAddressCollection: the addresses of a message as a live list.
 * ============================================================================================== */

/**
 * Adds at the end.
 *
 * @param collection the collection.
 * @param address what to add; the collection takes a reference of its own.
 * @return 0, or a status.
 * @see Fore INetMailAddressCollection.Add
 */
int32_t INetMailAddressCollection_Add(INetMailAddressCollection *collection,
                                      INetMailAddress *address);

/**
 * Adds mailboxes given as text: one, or several between commas or semicolons. All of them or, on a failure, none.
 *
 * @param collection the collection.
 * @param text `user@domain` or `Name <user@domain>`, UTF-8; copied.
 * @return 0, or a status.
 * @error INET_E_ADDRESS the text is no mail address.
 * @error INET_E_LINE_BREAK a text holds CR, LF or NUL.
 * @see Fore INetMailAddressCollection.AddString
 */
int32_t INetMailAddressCollection_AddString(INetMailAddressCollection *collection,
                                            const char *text);

/**
 * Inserts in front of an index; the count as index appends.
 *
 * @param collection the collection.
 * @param index 0 to the count.
 * @param address what to insert; the collection takes a reference of its own.
 * @return 0, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
 * @see Fore INetMailAddressCollection.Insert
 */
int32_t INetMailAddressCollection_Insert(INetMailAddressCollection *collection,
                                         int32_t index,
                                         INetMailAddress *address);

/**
 * Removes the first that is the same address, names and letter case aside.
 *
 * @param collection the collection.
 * @param address what to remove.
 * @return 1 if there was one, else 0, or a status.
 * @see Fore INetMailAddressCollection.Remove
 */
int32_t INetMailAddressCollection_Remove(INetMailAddressCollection *collection,
                                         const INetMailAddress *address);

/**
 * Removes what stands at an index.
 *
 * @param collection the collection.
 * @param index 0 to the count less 1.
 * @return 0, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
 * @see Fore INetCollection.RemoveAt
 */
int32_t INetMailAddressCollection_RemoveAt(INetMailAddressCollection *collection, int32_t index);

/**
 * Removes all.
 *
 * @param collection the collection.
 * @return 0, or a status.
 * @see Fore INetCollection.Clear
 */
int32_t INetMailAddressCollection_Clear(INetMailAddressCollection *collection);

/**
 * Whether there is the same address, names and letter case aside.
 *
 * @param collection the collection.
 * @param address what to look for.
 * @return 1 or 0, or a status.
 * @see Fore INetMailAddressCollection.Contains
 */
int32_t INetMailAddressCollection_Contains(const INetMailAddressCollection *collection,
                                           const INetMailAddress *address);

/**
 * The index of the first that is the same address, names and letter case aside.
 *
 * @param collection the collection.
 * @param address what to look for.
 * @return the index, -1 where there is none, or a status.
 * @see Fore INetMailAddressCollection.IndexOf
 */
int32_t INetMailAddressCollection_IndexOf(const INetMailAddressCollection *collection,
                                          const INetMailAddress *address);

/**
 * How many addresses there are.
 *
 * @param collection the object.
 * @return the number, or a status.
 * @see Fore INetCollection.Count
 */
int32_t INetMailAddressCollection_GetCount(const INetMailAddressCollection *collection);

/**
 * What stands at an index.
 *
 * @param collection the collection.
 * @param index 0 to the count less 1.
 * @return a new reference, to be released with INetMailAddress_Release; or NULL on failure.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
 * @see Fore INetMailAddressCollection.Item
 */
INetMailAddress *INetMailAddressCollection_GetItem(const INetMailAddressCollection *collection,
                                                   int32_t index);

/**
 * All addresses joined by commas, each as `"Name" <user@domain>`, or bare where it has no name.
 *
 * @param collection the collection.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see Fore INetMailAddressCollection.ToString
 */
int64_t INetMailAddressCollection_ToString(const INetMailAddressCollection *collection,
                                           char *buffer,
                                           size_t capacity);

/**
 * Takes one more reference to the object: each wants its own INetMailAddressCollection_Release.
 *
 * @param collection the object.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetMailAddressCollection.
 * @see inetmail
 */
int32_t INetMailAddressCollection_AddRef(INetMailAddressCollection *collection);

/**
 * Gives up one reference. The object lives on as long as the library or a call under way uses it.
 *
 * @param collection the object, or NULL, which is no failure.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetMailAddressCollection, or was released before.
 * @see inetmail
 */
int32_t INetMailAddressCollection_Release(INetMailAddressCollection *collection);

/* ==============================================================================================
 * INetMailMessage: one message, to be sent any number of times.
 * ============================================================================================== */

/**
 * Makes a message from one sender to one recipient; more are added to its collections.
 *
 * @param from the sender; the message takes a reference of its own.
 * @param to the recipient; the message takes a reference of its own.
 * @return a new reference, to be released with INetMailMessage_Release; or NULL on failure.
 * @see Fore CurlMailMessage.CreateWithFromAndTo
 */
INetMailMessage *INetMailMessage_CreateWithFromAndTo(INetMailAddress *from, INetMailAddress *to);

/**
 * The same as INetMailMessage_CreateWithFromAndTo, under the name of its class.
 *
 * @param from the sender; the message takes a reference of its own.
 * @param to the recipient; the message takes a reference of its own.
 * @return a new reference, to be released with INetMailMessage_Release; or NULL on failure.
 * @see Fore CurlMailMessage.CreateWithFromAndTo
 */
INetMailMessage *CurlMailMessage_CreateWithFromAndTo(INetMailAddress *from, INetMailAddress *to);

/**
 * Makes an empty message. It needs a From and a recipient before it can be sent.
 *
 * @return a new reference, to be released with INetMailMessage_Release; or NULL on failure.
 * @see Aspose MailMessage
 */
INetMailMessage *INetMailMessage_Create(void);

/**
 * Makes a message with a plain text.
 *
 * @param from the sender as a mailbox, UTF-8; copied.
 * @param to the recipients as mailboxes between commas or semicolons, UTF-8; copied.
 * @param subject the subject, UTF-8; copied.
 * @param body the text, UTF-8; copied.
 * @return a new reference, to be released with INetMailMessage_Release; or NULL on failure.
 * @error INET_E_ADDRESS the text is no mail address.
 * @error INET_E_LINE_BREAK a text holds CR, LF or NUL.
 * @see Aspose MailMessage; .NET MailMessage
 */
INetMailMessage *INetMailMessage_CreateWithText(const char *from,
                                                const char *to,
                                                const char *subject,
                                                const char *body);

/**
 * The author of the message.
 *
 * @param message the object.
 * @return a new reference, to be released with INetMailAddress_Release; NULL where there is none, and on failure.
 * @see Fore INetMailMessage.From_
 */
INetMailAddress *INetMailMessage_GetFrom(const INetMailMessage *message);

/**
 * Sets what INetMailMessage_GetFrom tells.
 *
 * @param message the object.
 * @param address the address; the message takes a reference of its own.
 * @return 0, or a status.
 * @see Fore INetMailMessage.From_
 */
int32_t INetMailMessage_SetFrom(INetMailMessage *message, INetMailAddress *address);

/**
 * Who is told when delivery fails: the sender of the envelope (MAIL FROM) and a Sender header. Without one From is.
 *
 * @param message the object.
 * @return a new reference, to be released with INetMailAddress_Release; NULL where there is none, and on failure.
 * @see Fore INetMailMessage.Sender
 */
INetMailAddress *INetMailMessage_GetSender(const INetMailMessage *message);

/**
 * Sets what INetMailMessage_GetSender tells.
 *
 * @param message the object.
 * @param address the address, or NULL for none; the message takes a reference of its own.
 * @return 0, or a status.
 * @see Fore INetMailMessage.Sender
 */
int32_t INetMailMessage_SetSender(INetMailMessage *message, INetMailAddress *address);

/**
 * The sender of the envelope (MAIL FROM) where it is to differ from Sender and From, without a header.
 *
 * @param message the object.
 * @return a new reference, to be released with INetMailAddress_Release; NULL where there is none, and on failure.
 * @see Aspose MailMessage.ReversePath
 */
INetMailAddress *INetMailMessage_GetReversePath(const INetMailMessage *message);

/**
 * Sets what INetMailMessage_GetReversePath tells.
 *
 * @param message the object.
 * @param address the address, or NULL for none; the message takes a reference of its own.
 * @return 0, or a status.
 * @see Aspose MailMessage.ReversePath
 */
int32_t INetMailMessage_SetReversePath(INetMailMessage *message, INetMailAddress *address);

/**
 * Who answers go to; without one they go to From. The first of the Reply-To list; setting it makes it the only one.
 *
 * @param message the object.
 * @return a new reference, to be released with INetMailAddress_Release; NULL where there is none, and on failure.
 * @see Fore INetMailMessage.ReplyTo
 */
INetMailAddress *INetMailMessage_GetReplyTo(const INetMailMessage *message);

/**
 * Sets what INetMailMessage_GetReplyTo tells.
 *
 * @param message the object.
 * @param address the address, or NULL for none; the message takes a reference of its own.
 * @return 0, or a status.
 * @see Fore INetMailMessage.ReplyTo
 */
int32_t INetMailMessage_SetReplyTo(INetMailMessage *message, INetMailAddress *address);

/**
 * Everybody whom answers go to. The collection is live: changing it changes the message.
 *
 * @param message the object.
 * @return a new reference, to be released with INetMailAddressCollection_Release; or NULL on failure.
 * @see Aspose MailMessage.ReplyToList
 */
INetMailAddressCollection *INetMailMessage_GetReplyToList(const INetMailMessage *message);

/**
 * The recipients. The collection is live: changing it changes the message.
 *
 * @param message the object.
 * @return a new reference, to be released with INetMailAddressCollection_Release; or NULL on failure.
 * @see Fore INetMailMessage.To_
 */
INetMailAddressCollection *INetMailMessage_GetTo(const INetMailMessage *message);

/**
 * The recipients of copies. The collection is live: changing it changes the message.
 *
 * @param message the object.
 * @return a new reference, to be released with INetMailAddressCollection_Release; or NULL on failure.
 * @see Fore INetMailMessage.CC
 */
INetMailAddressCollection *INetMailMessage_GetCC(const INetMailMessage *message);

/**
 * The hidden recipients: they get the message, and no header tells of them. The collection is live: changing it changes the message.
 *
 * @param message the object.
 * @return a new reference, to be released with INetMailAddressCollection_Release; or NULL on failure.
 * @see Fore INetMailMessage.Bcc
 */
INetMailAddressCollection *INetMailMessage_GetBcc(const INetMailMessage *message);

/**
 * The attached files. The collection is live: changing it changes the message.
 *
 * @param message the object.
 * @return a new reference, to be released with INetAttachmentCollection_Release; or NULL on failure.
 * @see Fore INetMailMessage.Attachments
 */
INetAttachmentCollection *INetMailMessage_GetAttachments(const INetMailMessage *message);

/**
 * The subject.
 *
 * @param message the message.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see Fore INetMailMessage.Subject
 */
int64_t INetMailMessage_GetSubject(const INetMailMessage *message,
                                   char *buffer,
                                   size_t capacity);

/**
 * Sets the subject.
 *
 * @param message the object.
 * @param subject the subject, UTF-8, empty for none; copied.
 * @return 0, or a status.
 * @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
 * @see Fore INetMailMessage.Subject; RFC 5322 section 3.6.5
 */
int32_t INetMailMessage_SetSubject(INetMailMessage *message, const char *subject);

/**
 * The code page of the subject and of the display names.
 *
 * @param message the object.
 * @return an INET_CODE_PAGE_ number; INET_CODE_PAGE_DEFAULT (-1), which is UTF-8, unless set, or a status.
 * @see Fore INetMailMessage.SubjectEncoding
 */
int32_t INetMailMessage_GetSubjectEncoding(const INetMailMessage *message);

/**
 * Sets the code page of the subject and of the display names. A page without an encoder is found out by Send.
 *
 * @param message the object.
 * @param codePage an INET_CODE_PAGE_ number.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see Fore INetMailMessage.SubjectEncoding; RFC 2047
 */
int32_t INetMailMessage_SetSubjectEncoding(INetMailMessage *message,
                                           int32_t codePage);

/**
 * The text of the message.
 *
 * @param message the message.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see Fore INetMailMessage.Body
 */
int64_t INetMailMessage_GetBody(const INetMailMessage *message,
                                char *buffer,
                                size_t capacity);

/**
 * Sets the text of the message. Line breaks of any kind are sent as CRLF.
 *
 * @param message the object.
 * @param body the text, UTF-8; copied.
 * @return 0, or a status.
 * @see Fore INetMailMessage.Body
 */
int32_t INetMailMessage_SetBody(INetMailMessage *message, const char *body);

/**
 * The code page of the text.
 *
 * @param message the object.
 * @return an INET_CODE_PAGE_ number; INET_CODE_PAGE_DEFAULT (-1), which is UTF-8, unless set, or a status.
 * @see Fore INetMailMessage.BodyEncoding
 */
int32_t INetMailMessage_GetBodyEncoding(const INetMailMessage *message);

/**
 * Sets the code page of the text. A page without an encoder is found out by Send.
 *
 * @param message the object.
 * @param codePage an INET_CODE_PAGE_ number.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see Fore INetMailMessage.BodyEncoding
 */
int32_t INetMailMessage_SetBodyEncoding(INetMailMessage *message, int32_t codePage);

/**
 * Whether the text is HTML.
 *
 * @param message the object.
 * @return 1 or 0 (0 unless set), or a status.
 * @see Fore INetMailMessage.IsBodyHtml
 */
int32_t INetMailMessage_GetIsBodyHtml(const INetMailMessage *message);

/**
 * Says whether the text is HTML.
 *
 * @param message the object.
 * @param isBodyHtml 0 for plain text, anything else for HTML.
 * @return 0, or a status.
 * @see Fore INetMailMessage.IsBodyHtml
 */
int32_t INetMailMessage_SetIsBodyHtml(INetMailMessage *message, int32_t isBodyHtml);

/**
 * The priority.
 *
 * @param message the object.
 * @return INET_MAIL_PRIORITY_HIGH (1), _LOW (2) or _NORMAL (3, unless set), or a status.
 * @see Fore INetMailMessage.Priority, NetMailPriority
 */
int32_t INetMailMessage_GetPriority(const INetMailMessage *message);

/**
 * Sets the priority.
 *
 * @param message the object.
 * @param priority INET_MAIL_PRIORITY_HIGH (1), _LOW (2) or _NORMAL (3); 0 is taken for normal.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see Fore INetMailMessage.Priority, NetMailPriority
 */
int32_t INetMailMessage_SetPriority(INetMailMessage *message, int32_t priority);

/**
 * Takes one more reference to the object: each wants its own INetMailMessage_Release.
 *
 * @param message the object.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetMailMessage.
 * @see inetmail
 */
int32_t INetMailMessage_AddRef(INetMailMessage *message);

/**
 * Gives up one reference. The object lives on as long as the library or a call under way uses it.
 *
 * @param message the object, or NULL, which is no failure.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetMailMessage, or was released before.
 * @see inetmail
 */
int32_t INetMailMessage_Release(INetMailMessage *message);

/* ==============================================================================================
 * INetMailMessageCollection: messages that are sent in one run.
 * ============================================================================================== */

/**
 * Makes an empty collection.
 *
 * @return a new reference, to be released with INetMailMessageCollection_Release; or NULL on failure.
 * @see Aspose MailMessageCollection
 */
INetMailMessageCollection *INetMailMessageCollection_Create(void);

/**
 * Adds at the end.
 *
 * @param collection the collection.
 * @param message what to add; the collection takes a reference of its own.
 * @return 0, or a status.
 * @see Aspose MailMessageCollection.Add
 */
int32_t INetMailMessageCollection_Add(INetMailMessageCollection *collection,
                                      INetMailMessage *message);

/**
 * Inserts in front of an index; the count as index appends.
 *
 * @param collection the collection.
 * @param index 0 to the count.
 * @param message what to insert; the collection takes a reference of its own.
 * @return 0, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
 * @see Aspose MailMessageCollection.Insert
 */
int32_t INetMailMessageCollection_Insert(INetMailMessageCollection *collection,
                                         int32_t index,
                                         INetMailMessage *message);

/**
 * Removes the first that is the same object.
 *
 * @param collection the collection.
 * @param message what to remove.
 * @return 1 if there was one, else 0, or a status.
 * @see Aspose MailMessageCollection.Remove
 */
int32_t INetMailMessageCollection_Remove(INetMailMessageCollection *collection,
                                         const INetMailMessage *message);

/**
 * Removes what stands at an index.
 *
 * @param collection the collection.
 * @param index 0 to the count less 1.
 * @return 0, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
 * @see Aspose MailMessageCollection.RemoveAt
 */
int32_t INetMailMessageCollection_RemoveAt(INetMailMessageCollection *collection, int32_t index);

/**
 * Removes all.
 *
 * @param collection the collection.
 * @return 0, or a status.
 * @see Aspose MailMessageCollection.Clear
 */
int32_t INetMailMessageCollection_Clear(INetMailMessageCollection *collection);

/**
 * Whether there is the same object.
 *
 * @param collection the collection.
 * @param message what to look for.
 * @return 1 or 0, or a status.
 * @see Aspose MailMessageCollection.Contains
 */
int32_t INetMailMessageCollection_Contains(const INetMailMessageCollection *collection,
                                           const INetMailMessage *message);

/**
 * The index of the first that is the same object.
 *
 * @param collection the collection.
 * @param message what to look for.
 * @return the index, -1 where there is none, or a status.
 * @see Aspose MailMessageCollection.IndexOf
 */
int32_t INetMailMessageCollection_IndexOf(const INetMailMessageCollection *collection,
                                          const INetMailMessage *message);

/**
 * How many messages there are.
 *
 * @param collection the object.
 * @return the number, or a status.
 * @see Aspose MailMessageCollection.Count
 */
int32_t INetMailMessageCollection_GetCount(const INetMailMessageCollection *collection);

/**
 * What stands at an index.
 *
 * @param collection the collection.
 * @param index 0 to the count less 1.
 * @return a new reference, to be released with INetMailMessage_Release; or NULL on failure.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
 * @see Aspose MailMessageCollection.Item
 */
INetMailMessage *INetMailMessageCollection_GetItem(const INetMailMessageCollection *collection,
                                                   int32_t index);

/**
 * Takes one more reference to the object: each wants its own INetMailMessageCollection_Release.
 *
 * @param collection the object.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetMailMessageCollection.
 * @see inetmail
 */
int32_t INetMailMessageCollection_AddRef(INetMailMessageCollection *collection);

/**
 * Gives up one reference. The object lives on as long as the library or a call under way uses it.
 *
 * @param collection the object, or NULL, which is no failure.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetMailMessageCollection, or was released before.
 * @see inetmail
 */
int32_t INetMailMessageCollection_Release(INetMailMessageCollection *collection);

/* ==============================================================================================
 * INetMailMessage: its texts, and what is shown with them.
 * ============================================================================================== */

/**
 * The plain text. Body is the same while it is not HTML.
 *
 * @param message the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see SecureBlackbox MsgPlainText; Aspose MailMessage.Body
 */
int64_t INetMailMessage_GetPlainText(const INetMailMessage *message,
                                     char *buffer,
                                     size_t capacity);

/**
 * Sets what INetMailMessage_GetPlainText tells. A message with both texts shows the HTML to readers that can.
 *
 * @param message the object.
 * @param text the text, UTF-8, any line breaks; copied. Empty for none.
 * @return 0, or a status.
 * @see SecureBlackbox MsgPlainText; Aspose MailMessage.Body
 */
int32_t INetMailMessage_SetPlainText(INetMailMessage *message,
                                     const char *text);

/**
 * The HTML text. Body is the same while it is HTML.
 *
 * @param message the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see SecureBlackbox MsgHtmlText; Aspose MailMessage.HtmlBody
 */
int64_t INetMailMessage_GetHtmlText(const INetMailMessage *message,
                                    char *buffer,
                                    size_t capacity);

/**
 * Sets what INetMailMessage_GetHtmlText tells. A message with both texts shows the HTML to readers that can.
 *
 * @param message the object.
 * @param text the text, UTF-8, any line breaks; copied. Empty for none.
 * @return 0, or a status.
 * @see SecureBlackbox MsgHtmlText; Aspose MailMessage.HtmlBody
 */
int32_t INetMailMessage_SetHtmlText(INetMailMessage *message,
                                    const char *text);

/**
 * Other forms of the text as a live list. They go out from the plainest to the richest: plain text, HTML, then others in their
 * order.
 *
 * @param message the object.
 * @return a new reference, to be released with INetAlternateViewCollection_Release; or NULL on failure.
 * @see Aspose MailMessage.AlternateViews; RFC 2046 section 5.1.4
 */
INetAlternateViewCollection *INetMailMessage_GetAlternateViews(const INetMailMessage *message);

/**
 * What the HTML text shows by Content-IDs, as a live list.
 *
 * @param message the object.
 * @return a new reference, to be released with INetLinkedResourceCollection_Release; or NULL on failure.
 * @see Aspose MailMessage.LinkedResources; RFC 2387
 */
INetLinkedResourceCollection *INetMailMessage_GetLinkedResources(const INetMailMessage *message);

/**
 * How many attachments there are.
 *
 * @param message the object.
 * @return the count, or a status.
 * @see SecureBlackbox MsgAttachmentCount
 */
int32_t INetMailMessage_GetAttachmentCount(const INetMailMessage *message);

/**
 * Whether the names of attachments stand in Content-Type as encoded words.
 *
 * @param message the object.
 * @return 1 or 0 (0 unless set), or a status.
 * @see inetmail; RFC 2047 section 5
 */
int32_t INetMailMessage_GetRfc2047Names(const INetMailMessage *message);

/**
 * Says whether the names of attachments beyond ASCII stand in Content-Type as encoded words, against the standard, for readers
 * that do not know RFC 2231, such as old Outlooks. Content-Disposition has them as the standard wants it in any case.
 *
 * @param message the object.
 * @param isOn 0 for no, anything else for yes.
 * @return 0, or a status.
 * @see inetmail; RFC 2047 section 5
 */
int32_t INetMailMessage_SetRfc2047Names(INetMailMessage *message,
                                        int32_t isOn);

/* ==============================================================================================
 * INetMailMessage: the fields of its header by their names, its date and its ids.
 * ============================================================================================== */

/**
 * Adds a header field behind those that are there. For a list of addresses it adds to the list; what there can be only one of is
 * refused the second time.
 *
 * @param message the object.
 * @param name the name of the field: letters, digits, hyphens.
 * @param value the value, UTF-8; copied. It is folded and encoded as the kind of field wants it.
 * @return 0, or a status.
 * @error INET_E_FIELD_NAME the name is none, or that of a field that the message writes by itself.
 * @error INET_E_FIELD_VALUE the text does not fit the field.
 * @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
 * @error INET_E_ARGUMENT there is one, and there can be no other.
 * @see Aspose MailMessage.Headers; MailKit HeaderList.Add; RFC 5322 section 3.6
 */
int32_t INetMailMessage_AddHeader(INetMailMessage *message,
                                  const char *name,
                                  const char *value);

/**
 * Makes this the only header field of its name. What the message has as a property (Subject, To, Reply-To, ...) is set as that.
 *
 * @param message the object.
 * @param name the name of the field: letters, digits, hyphens.
 * @param value the value, UTF-8; copied. Empty removes the field.
 * @return 0, or a status.
 * @error INET_E_FIELD_NAME the name is none, or that of a field that the message writes by itself.
 * @error INET_E_FIELD_VALUE the text does not fit the field.
 * @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
 * @error INET_E_ADDRESS the field is one of addresses, and the text is none.
 * @see Aspose MailMessage.Headers; MailKit HeaderList; RFC 5322 section 3.6
 */
int32_t INetMailMessage_SetHeader(INetMailMessage *message,
                                  const char *name,
                                  const char *value);

/**
 * The value of the first header field of a name, unfolded and decoded. Empty where there is none.
 *
 * @param message the object.
 * @param name the name of the field, in any letter case.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see Aspose MailMessage.Headers; MailKit HeaderList
 */
int64_t INetMailMessage_GetHeader(const INetMailMessage *message,
                                  const char *name,
                                  char *buffer,
                                  size_t capacity);

/**
 * Removes all header fields of a name.
 *
 * @param message the object.
 * @param name the name of the field, in any letter case.
 * @return how many there were, or a status.
 * @error INET_E_FIELD_NAME the name is none, or that of a field that the message writes by itself.
 * @see MailKit HeaderList.RemoveAll
 */
int32_t INetMailMessage_RemoveHeader(INetMailMessage *message, const char *name);

/**
 * How many header fields there are beyond the properties; of a message that was loaded, all that it came with.
 *
 * @param message the object.
 * @return the count, or a status.
 * @see MailKit HeaderList.Count
 */
int32_t INetMailMessage_GetHeaderCount(const INetMailMessage *message);

/**
 * The name of a header field of those that INetMailMessage_GetHeaderCount counts.
 *
 * @param message the object.
 * @param index 0 to the count, the count excluded.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE there is no such field.
 * @see MailKit HeaderList
 */
int64_t INetMailMessage_GetHeaderNameAt(const INetMailMessage *message,
                                        int32_t index,
                                        char *buffer,
                                        size_t capacity);

/**
 * The value of a header field of those that INetMailMessage_GetHeaderCount counts.
 *
 * @param message the object.
 * @param index 0 to the count, the count excluded.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE there is no such field.
 * @see MailKit HeaderList
 */
int64_t INetMailMessage_GetHeaderValueAt(const INetMailMessage *message,
                                         int32_t index,
                                         char *buffer,
                                         size_t capacity);

/**
 * The Message-ID, with its angle brackets. Unless one was set, that which the message went out with last: each Send makes a new
 * one. A loaded message keeps the one that it came with at each Send, until INetMailMessage_SetMessageId changes or empties it.
 *
 * @param message the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see SecureBlackbox MsgID; RFC 5322 section 3.6.4
 */
int64_t INetMailMessage_GetMessageId(const INetMailMessage *message,
                                     char *buffer,
                                     size_t capacity);

/**
 * Sets the Message-ID of all Sends from now on. To repeat a Send whose end is in doubt, set what INetMailMessage_GetMessageId
 * tells: then receivers know the second for the same.
 *
 * @param message the object.
 * @param text the id, with its angle brackets; copied. Empty for a new one at each Send.
 * @return 0, or a status.
 * @error INET_E_FIELD_VALUE the text does not fit the field.
 * @see SecureBlackbox MsgID; RFC 5322 section 3.6.4
 */
int32_t INetMailMessage_SetMessageId(INetMailMessage *message,
                                     const char *text);

/**
 * The date that was set, or that a loaded message came with, as RFC 5322 writes it. Empty where it is the moment of the Send.
 *
 * @param message the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see SecureBlackbox MsgDate; RFC 5322 section 3.3
 */
int64_t INetMailMessage_GetDate(const INetMailMessage *message,
                                char *buffer,
                                size_t capacity);

/**
 * Sets what INetMailMessage_GetDate tells.
 *
 * @param message the object.
 * @param text a date of RFC 5322, such as "Sat, 21 Nov 2026 03:28:00 +0300"; copied. Empty for the moment of the Send.
 * @return 0, or a status.
 * @error INET_E_FIELD_VALUE the text does not fit the field.
 * @see SecureBlackbox MsgDate; RFC 5322 section 3.3
 */
int32_t INetMailMessage_SetDate(INetMailMessage *message,
                                const char *text);

/**
 * Sets the date by numbers.
 *
 * @param message the object.
 * @param seconds since 1970-01-01 00:00:00 UTC.
 * @param zoneMinutes the zone that the date is told in, in minutes east of UTC: -720 to 840.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE there is no such zone, or the year has not four digits.
 * @see Aspose MailMessage.Date
 */
int32_t INetMailMessage_SetDateTime(INetMailMessage *message, int64_t seconds, int32_t zoneMinutes);

/**
 * The zone that the moment of the Send is told in.
 *
 * @param message the object.
 * @return minutes east of UTC (0 unless set), or a status.
 * @see Aspose MailMessage.TimeZoneOffset
 */
int32_t INetMailMessage_GetTimeZoneOffset(const INetMailMessage *message);

/**
 * Sets what INetMailMessage_GetTimeZoneOffset tells.
 *
 * @param message the object.
 * @param minutes minutes east of UTC: -720 to 840.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE there is no such zone.
 * @see Aspose MailMessage.TimeZoneOffset
 */
int32_t INetMailMessage_SetTimeZoneOffset(INetMailMessage *message, int32_t minutes);

/**
 * The ids of the messages that this one answers.
 *
 * @param message the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see SecureBlackbox MsgInReplyTo; RFC 5322 section 3.6.4
 */
int64_t INetMailMessage_GetInReplyTo(const INetMailMessage *message,
                                     char *buffer,
                                     size_t capacity);

/**
 * Sets what INetMailMessage_GetInReplyTo tells.
 *
 * @param message the object.
 * @param text Message-IDs with angle brackets, with white space between them; copied. Empty for none.
 * @return 0, or a status.
 * @error INET_E_FIELD_VALUE the text does not fit the field.
 * @see SecureBlackbox MsgInReplyTo; RFC 5322 section 3.6.4
 */
int32_t INetMailMessage_SetInReplyTo(INetMailMessage *message,
                                     const char *text);

/**
 * The ids of the messages that led to this one.
 *
 * @param message the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see SecureBlackbox MsgReferences; RFC 5322 section 3.6.4
 */
int64_t INetMailMessage_GetReferences(const INetMailMessage *message,
                                      char *buffer,
                                      size_t capacity);

/**
 * Sets what INetMailMessage_GetReferences tells.
 *
 * @param message the object.
 * @param text Message-IDs with angle brackets, with white space between them; copied. Empty for none.
 * @return 0, or a status.
 * @error INET_E_FIELD_VALUE the text does not fit the field.
 * @see SecureBlackbox MsgReferences; RFC 5322 section 3.6.4
 */
int32_t INetMailMessage_SetReferences(INetMailMessage *message,
                                      const char *text);

/* ==============================================================================================
 * INetMailMessage: properties that are header fields.
 * ============================================================================================== */

/**
 * What else there is to say about the body.
 *
 * @param message the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see SecureBlackbox MsgComments; RFC 5322 section 3.6.5
 */
int64_t INetMailMessage_GetComments(const INetMailMessage *message,
                                    char *buffer,
                                    size_t capacity);

/**
 * Sets what INetMailMessage_GetComments tells.
 *
 * @param message the object.
 * @param text any text, UTF-8; copied. Empty for none.
 * @return 0, or a status.
 * @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
 * @see SecureBlackbox MsgComments; RFC 5322 section 3.6.5
 */
int32_t INetMailMessage_SetComments(INetMailMessage *message, const char *text);

/**
 * Words to find the message by.
 *
 * @param message the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see SecureBlackbox MsgKeywords; RFC 5322 section 3.6.5
 */
int64_t INetMailMessage_GetKeywords(const INetMailMessage *message,
                                    char *buffer,
                                    size_t capacity);

/**
 * Sets what INetMailMessage_GetKeywords tells.
 *
 * @param message the object.
 * @param text words and phrases between commas, UTF-8; copied. Empty for none.
 * @return 0, or a status.
 * @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
 * @see SecureBlackbox MsgKeywords; RFC 5322 section 3.6.5
 */
int32_t INetMailMessage_SetKeywords(INetMailMessage *message, const char *text);

/**
 * The name of the program that wrote the message.
 *
 * @param message the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see SecureBlackbox MsgMailer; Aspose MailMessage.XMailer
 */
int64_t INetMailMessage_GetMailer(const INetMailMessage *message,
                                  char *buffer,
                                  size_t capacity);

/**
 * Sets what INetMailMessage_GetMailer tells.
 *
 * @param message the object.
 * @param text any text, UTF-8; copied. Empty for none.
 * @return 0, or a status.
 * @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
 * @see SecureBlackbox MsgMailer; Aspose MailMessage.XMailer
 */
int32_t INetMailMessage_SetMailer(INetMailMessage *message, const char *text);

/**
 * The organization of the author.
 *
 * @param message the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see RFC 4021 section 2.1.55
 */
int64_t INetMailMessage_GetOrganization(const INetMailMessage *message,
                                        char *buffer,
                                        size_t capacity);

/**
 * Sets what INetMailMessage_GetOrganization tells.
 *
 * @param message the object.
 * @param text any text, UTF-8; copied. Empty for none.
 * @return 0, or a status.
 * @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
 * @see RFC 4021 section 2.1.55
 */
int32_t INetMailMessage_SetOrganization(INetMailMessage *message, const char *text);

/**
 * How private the message is.
 *
 * @param message the object.
 * @return an INET_SENSITIVITY_ number, or a status.
 * @see Aspose MailMessage.Sensitivity; RFC 4021 section 2.1.53
 */
int32_t INetMailMessage_GetSensitivity(const INetMailMessage *message);

/**
 * Sets what INetMailMessage_GetSensitivity tells.
 *
 * @param message the object.
 * @param sensitivity an INET_SENSITIVITY_ number.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see Aspose MailMessage.Sensitivity; RFC 4021 section 2.1.53
 */
int32_t INetMailMessage_SetSensitivity(INetMailMessage *message, int32_t sensitivity);

/**
 * How urgent the message is, in the five steps of X-Priority.
 *
 * @param message the object.
 * @return 0 for lowest, 1 for low, 2 for normal, 3 for high, 4 for highest, or a status.
 * @see SecureBlackbox MsgPriority
 */
int32_t INetMailMessage_GetPriorityLevel(const INetMailMessage *message);

/**
 * Sets what INetMailMessage_GetPriorityLevel tells. INetMailMessage_SetPriority sets the same in three steps, of which the
 * outer two are the outermost here.
 *
 * @param message the object.
 * @param level 0 to 4.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see SecureBlackbox MsgPriority
 */
int32_t INetMailMessage_SetPriorityLevel(INetMailMessage *message,
                                         int32_t level);

/**
 * Whether readers are asked to tell that the message was read.
 *
 * @param message the object.
 * @return 1 or 0, or a status.
 * @see SecureBlackbox MsgReadReceipt; RFC 8098
 */
int32_t INetMailMessage_GetReadReceipt(const INetMailMessage *message);

/**
 * Asks readers to tell the author that the message was read, or takes that back.
 *
 * @param message the object.
 * @param isWanted 0 for no, anything else for yes.
 * @return 0, or a status.
 * @see SecureBlackbox MsgReadReceipt; RFC 8098
 */
int32_t INetMailMessage_SetReadReceipt(INetMailMessage *message, int32_t isWanted);

/**
 * Who is to be told that the message was read, where that is not the author.
 *
 * @param message the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see Aspose MailMessage.ReadReceiptTo; RFC 8098 section 2.1
 */
int64_t INetMailMessage_GetReadReceiptTo(const INetMailMessage *message,
                                         char *buffer,
                                         size_t capacity);

/**
 * Sets what INetMailMessage_GetReadReceiptTo tells.
 *
 * @param message the object.
 * @param text mailboxes between commas or semicolons, UTF-8; copied. Empty for none.
 * @return 0, or a status.
 * @error INET_E_ADDRESS the text is no mail address.
 * @see Aspose MailMessage.ReadReceiptTo; RFC 8098 section 2.1
 */
int32_t INetMailMessage_SetReadReceiptTo(INetMailMessage *message, const char *text);

/**
 * Whether a notice of delivery is asked for.
 *
 * @param message the object.
 * @return 1 or 0, or a status.
 * @see SecureBlackbox MsgDeliveryReceipt
 */
int32_t INetMailMessage_GetDeliveryReceipt(const INetMailMessage *message);

/**
 * Asks for a notice of delivery, or takes that back: by NOTIFY where the server offers DSN and the options of the envelope say
 * nothing else, and by the header Return-Receipt-To, which some servers know.
 *
 * @param message the object.
 * @param isWanted 0 for no, anything else for yes.
 * @return 0, or a status.
 * @see SecureBlackbox MsgDeliveryReceipt; RFC 3461 section 4.1
 */
int32_t INetMailMessage_SetDeliveryReceipt(INetMailMessage *message,
                                           int32_t isWanted);

/**
 * When the sender is told of the fate of the message: INetEnvelopeOptions_GetNotify of its options.
 *
 * @param message the object.
 * @return 0 (unless set), or INET_DELIVERY_NOTIFICATION_ numbers added up, or a status.
 * @see Aspose MailMessage.DeliveryNotificationOptions; RFC 3461 section 4.1
 */
int32_t INetMailMessage_GetDeliveryNotificationOptions(const INetMailMessage *message);

/**
 * Says when the sender is to be told of the fate of the message: INetEnvelopeOptions_SetNotify of its options, which come to
 * be where there were none. A server that does not offer DSN then makes the Send fail with INET_E_EXTENSION_NOT_OFFERED, unless
 * INetEnvelopeOptions_SetIsOptional of these options (INetMailMessage_GetEnvelopeOptions) lets them be left out.
 *
 * @param message the object.
 * @param occasions 0 to leave it to the server, or INET_DELIVERY_NOTIFICATION_ numbers added up; NEVER stands by itself.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is outside its range.
 * @see Aspose MailMessage.DeliveryNotificationOptions; RFC 3461 section 4.1
 */
int32_t INetMailMessage_SetDeliveryNotificationOptions(INetMailMessage *message,
                                                       int32_t occasions);

/**
 * The options of the envelope of this message.
 *
 * @param message the object.
 * @return a new reference, to be released with INetEnvelopeOptions_Release; NULL where there are none, and on failure.
 * @see inetmail; RFC 3461
 */
INetEnvelopeOptions *INetMailMessage_GetEnvelopeOptions(const INetMailMessage *message);

/**
 * Sets the options of the envelope of this message, in the place of those of the client.
 *
 * @param message the object.
 * @param options the options, or NULL for those of the client; the message takes a reference of its own.
 * @return 0, or a status.
 * @see inetmail; RFC 3461
 */
int32_t INetMailMessage_SetEnvelopeOptions(INetMailMessage *message,
                                           INetEnvelopeOptions *options);

/**
 * Where the reader can unsubscribe, as it stands in the header.
 *
 * @param message the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see RFC 2369 section 3.2
 */
int64_t INetMailMessage_GetListUnsubscribe(const INetMailMessage *message,
                                           char *buffer,
                                           size_t capacity);

/**
 * Says where the reader can unsubscribe, which large receivers want of every mass mailing.
 *
 * @param message the object.
 * @param uris https: and mailto: URIs between commas, with or without angle brackets; copied. Empty for none.
 * @param isOneClick not 0 if a single POST to the https URI unsubscribes.
 * @return 0, or a status.
 * @error INET_E_FIELD_VALUE the text does not fit the field.
 * @see RFC 2369 section 3.2; RFC 8058
 */
int32_t INetMailMessage_SetListUnsubscribe(INetMailMessage *message,
                                           const char *uris,
                                           int32_t isOneClick);

/**
 * Whether a program wrote the message of its own accord, which keeps others from answering by themselves.
 *
 * @param message the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see RFC 3834 section 5
 */
int64_t INetMailMessage_GetAutoSubmitted(const INetMailMessage *message,
                                         char *buffer,
                                         size_t capacity);

/**
 * Sets what INetMailMessage_GetAutoSubmitted tells.
 *
 * @param message the object.
 * @param text "auto-generated", "auto-replied", or another keyword; copied. Empty for none.
 * @return 0, or a status.
 * @error INET_E_FIELD_VALUE the text does not fit the field.
 * @see RFC 3834 section 5
 */
int32_t INetMailMessage_SetAutoSubmitted(INetMailMessage *message, const char *text);

/**
 * Where failures are reported to, as text. Empty where that is Sender, or else From.
 *
 * @param message the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see SecureBlackbox MsgReturnPath; RFC 5321 section 4.4
 */
int64_t INetMailMessage_GetReturnPath(const INetMailMessage *message,
                                      char *buffer,
                                      size_t capacity);

/**
 * Sets where failures are reported to: the sender of the envelope. No header shows it.
 *
 * @param message the object.
 * @param address a mail address, or "<>" for nobody, as automatic answers have it; copied. Empty for Sender, or else From.
 * @return 0, or a status.
 * @error INET_E_ADDRESS the text is no mail address.
 * @see SecureBlackbox MsgReturnPath; Aspose MailMessage.ReversePath; RFC 5321 section 4.4
 */
int32_t INetMailMessage_SetReturnPath(INetMailMessage *message,
                                      const char *address);

/**
 * The authors of the message as a live list. Where there are several and no Sender, the first is the Sender.
 *
 * @param message the object.
 * @return a new reference, to be released with INetMailAddressCollection_Release; or NULL on failure.
 * @see SecureBlackbox MsgFrom; RFC 5322 section 3.6.2
 */
INetMailAddressCollection *INetMailMessage_GetFromList(const INetMailMessage *message);

/* ==============================================================================================
 * INetMailMessage: loading and saving.
 * ============================================================================================== */

/**
 * Makes a message of a file: a message of RFC 5322 (.eml), an .emlx of Apple Mail, or an mbox with a single message. Every
 * property is filled; what is not changed goes out again octet for octet, so that 8-bit parts want a server with 8BITMIME. Where
 * texts or parts are changed, the multiparts around them are made anew: a signature or a report does not outlive that.
 * Return-Path becomes the sender of the envelope until From is changed. A Send goes to To, Cc and Bcc; of Resent fields
 * INetSmtpClient_SendFile knows. Date and Message-ID stay those of the file at each Send; for several letters out of one, empty them
 * before each is changed (INetMailMessage_SetDate and INetMailMessage_SetMessageId with ""), or receivers take them for the same letter.
 *
 * @param fileName path of the file, UTF-8; read at once.
 * @return a new reference, to be released with INetMailMessage_Release; or NULL on failure.
 * @error INET_E_NO_MESSAGE the octets are no message.
 * @error INET_E_MESSAGE_TOO_COMPLEX there are more fields, parts or nesting than any sane message has.
 * @error INET_E_ARGUMENT an mbox holds more than one message.
 * @error INET_E_FILE_NOT_FOUND there is no such file.
 * @see Aspose MailMessage.Load
 */
INetMailMessage *INetMailMessage_LoadFile(const char *fileName);

/**
 * Makes a message of octets, as INetMailMessage_LoadFile does. Every property is filled; what is not changed goes out again
 * octet for octet.
 *
 * @param data the octets; copied.
 * @param length how many octets there are.
 * @return a new reference, to be released with INetMailMessage_Release; or NULL on failure.
 * @error INET_E_NO_MESSAGE the octets are no message.
 * @error INET_E_MESSAGE_TOO_COMPLEX there are more fields, parts or nesting than any sane message has.
 * @error INET_E_ARGUMENT an mbox holds more than one message.
 * @see Aspose MailMessage.Load
 */
INetMailMessage *INetMailMessage_LoadBytes(const uint8_t *data,
                                           size_t length);

/**
 * Makes a message of what a callback gives, as INetMailMessage_LoadFile does. Every property is filled; what is not changed goes
 * out again octet for octet.
 *
 * @param read gives the octets, on this thread.
 * @param user handed to the callback as it is.
 * @return a new reference, to be released with INetMailMessage_Release; or NULL on failure. INetError_GetStatus tells what the
 *     callback answered.
 * @error INET_E_NO_MESSAGE the octets are no message.
 * @error INET_E_MESSAGE_TOO_COMPLEX there are more fields, parts or nesting than any sane message has.
 * @error INET_E_ARGUMENT an mbox holds more than one message.
 * @see Aspose MailMessage.Load
 */
INetMailMessage *INetMailMessage_LoadStream(INetReadCallback read,
                                            void *user);

/**
 * Writes the message into a file as it would go out, without Bcc. What is made anew is in encodings that any server takes; what
 * was loaded stays as it came. Behind a Send, date and Message-ID are those of that Send, as a folder of sent mail wants them. A
 * file of that name is replaced.
 *
 * @param message the object. It needs a From.
 * @param fileName path of the file, UTF-8.
 * @return 0, or a status.
 * @error INET_E_IO the file cannot be written.
 * @see Aspose MailMessage.Save
 */
int32_t INetMailMessage_SaveToFile(const INetMailMessage *message,
                                   const char *fileName);

/**
 * Hands the message to a callback as INetMailMessage_SaveToFile would write it, a block at a time.
 *
 * @param message the object. It needs a From.
 * @param write takes the octets, on this thread.
 * @param user handed to the callback as it is.
 * @return 0, a status, or the negative number that the callback answered.
 * @see Aspose MailMessage.Save
 */
int32_t INetMailMessage_SaveToStream(const INetMailMessage *message,
                                     INetWriteCallback write,
                                     void *user);

/**
 * The message as INetMailMessage_SaveToFile would write it. It is made anew by each call; its length stays the same as long as
 * nothing is changed.
 *
 * @param message the object. It needs a From.
 * @param buffer receives as many octets as it has room for, without a NUL; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole in octets, or a status.
 * @see Aspose MailMessage.Save
 */
int64_t INetMailMessage_GetBytes(const INetMailMessage *message,
                                 uint8_t *buffer,
                                 size_t capacity);

/* ==============================================================================================
 * INetNetworkCredential: user name, password or token, and domain.
 * ============================================================================================== */

/**
 * Makes a credential.
 *
 * @param userName the user, UTF-8; copied.
 * @param password the password, UTF-8; copied, and wiped when it is not needed any more.
 * @param domain the domain that checks the credential, UTF-8, empty for none; copied.
 * @return a new reference, to be released with INetNetworkCredential_Release; or NULL on failure.
 * @see Fore CurlNetworkCredential.Create
 */
INetNetworkCredential *INetNetworkCredential_Create(const char *userName,
                                                    const char *password,
                                                    const char *domain);

/**
 * The same as INetNetworkCredential_Create, under the name of its class.
 *
 * @param userName the user, UTF-8; copied.
 * @param password the password, UTF-8; copied, and wiped when it is not needed any more.
 * @param domain the domain that checks the credential, UTF-8, empty for none; copied.
 * @return a new reference, to be released with INetNetworkCredential_Release; or NULL on failure.
 * @see Fore CurlNetworkCredential.Create
 */
INetNetworkCredential *CurlNetworkCredential_Create(const char *userName,
                                                    const char *password,
                                                    const char *domain);

/**
 * Makes a credential of an OAuth token, for XOAUTH2 and OAUTHBEARER. INetSmtpClient_OnToken asks for a fresh one at each login.
 *
 * @param userName the user whose token it is, UTF-8; copied.
 * @param token the access token, visible ASCII; copied, and wiped when it is not needed any more.
 * @return a new reference, to be released with INetNetworkCredential_Release; or NULL on failure.
 * @error INET_E_AUTH_INCOMPLETE the token is empty.
 * @error INET_E_AUTH_CHARACTER the token holds spaces, line breaks or other octets that no token can hold.
 * @see SecureBlackbox AccessToken; RFC 6750 section 2.1
 */
INetNetworkCredential *INetNetworkCredential_CreateWithToken(const char *userName,
                                                             const char *token);

/**
 * Replaces user and password of this credential; the domain stays, an OAuth token does not. A method, as Fore has it, despite its name.
 *
 * @param credential the object.
 * @param userName the user, UTF-8; copied.
 * @param password the password, UTF-8; copied.
 * @return 0, or a status.
 * @see Fore INetNetworkCredential.CreateWithUserPassword
 */
int32_t INetNetworkCredential_CreateWithUserPassword(INetNetworkCredential *credential,
                                                     const char *userName,
                                                     const char *password);

/**
 * The user.
 *
 * @param credential the credential.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see Fore INetNetworkCredential.UserName
 */
int64_t INetNetworkCredential_GetUserName(const INetNetworkCredential *credential,
                                          char *buffer,
                                          size_t capacity);

/**
 * Sets the user.
 *
 * @param credential the object.
 * @param userName the user, UTF-8; copied.
 * @return 0, or a status.
 * @see Fore INetNetworkCredential.UserName
 */
int32_t INetNetworkCredential_SetUserName(INetNetworkCredential *credential, const char *userName);

/**
 * Sets the password, which cannot be read back.
 *
 * @param credential the object.
 * @param password the password, UTF-8; copied, and wiped when it is not needed any more.
 * @return 0, or a status.
 * @see Fore INetNetworkCredential.Password
 */
int32_t INetNetworkCredential_SetPassword(INetNetworkCredential *credential, const char *password);

/**
 * The domain that checks the credential; empty where there is none.
 *
 * @param credential the credential.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see Fore INetNetworkCredential.Domain
 */
int64_t INetNetworkCredential_GetDomain(const INetNetworkCredential *credential,
                                        char *buffer,
                                        size_t capacity);

/**
 * Sets the domain that checks the credential: the realm of Kerberos, the domain of NTLM. A user name such as `DOMAIN\user` serves as well; PLAIN and
 * LOGIN say the user name as it is, and no domain.
 *
 * @param credential the object.
 * @param domain the domain, UTF-8, empty for none; copied.
 * @return 0, or a status.
 * @see Fore INetNetworkCredential.Domain
 */
int32_t INetNetworkCredential_SetDomain(INetNetworkCredential *credential,
                                        const char *domain);

/**
 * Whether the credential holds an OAuth token, which cannot be read back.
 *
 * @param credential the object.
 * @return 1 or 0, or a status.
 * @see inetmail
 */
int32_t INetNetworkCredential_HasToken(const INetNetworkCredential *credential);

/**
 * Sets the OAuth token, which cannot be read back. A password stays beside it.
 *
 * @param credential the object.
 * @param token the access token, visible ASCII, empty for none; copied, and wiped when it is not needed any more.
 * @return 0, or a status.
 * @error INET_E_AUTH_CHARACTER the token holds spaces, line breaks or other octets that no token can hold.
 * @see SecureBlackbox AccessToken; RFC 6750 section 2.1
 */
int32_t INetNetworkCredential_SetToken(INetNetworkCredential *credential,
                                       const char *token);

/**
 * As whom the server is to let the user act; empty for the user itself.
 *
 * @param credential the credential.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see MailKit SaslMechanism; libcurl CURLOPT_SASL_AUTHZID
 */
int64_t INetNetworkCredential_GetAuthorizationId(const INetNetworkCredential *credential,
                                                 char *buffer,
                                                 size_t capacity);

/**
 * Sets as whom the server is to let the user act: the authorization identity, which PLAIN, SCRAM, DIGEST-MD5, GSSAPI, EXTERNAL and OAUTHBEARER carry. It
 * belongs to the credential and not to the client, so that each of several credentials has its own.
 *
 * @param credential the object.
 * @param name the authorization identity, UTF-8, empty for the user itself; copied.
 * @return 0, or a status.
 * @see MailKit SaslMechanism; libcurl CURLOPT_SASL_AUTHZID; RFC 4422 section 3.4.1
 */
int32_t INetNetworkCredential_SetAuthorizationId(INetNetworkCredential *credential,
                                                 const char *name);

/**
 * Takes one more reference to the object: each wants its own INetNetworkCredential_Release.
 *
 * @param credential the object.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetNetworkCredential.
 * @see inetmail
 */
int32_t INetNetworkCredential_AddRef(INetNetworkCredential *credential);

/**
 * Gives up one reference. The object lives on as long as the library or a call under way uses it.
 *
 * @param credential the object, or NULL, which is no failure.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetNetworkCredential, or was released before.
 * @see inetmail
 */
int32_t INetNetworkCredential_Release(INetNetworkCredential *credential);

/* ==============================================================================================
 * INetObject: what works on a handle of any type.
 * ============================================================================================== */

/**
 * Takes one more reference to an object of any type: each wants its own release.
 *
 * @param object a handle of any type.
 * @return 0, or a status.
 * @error INET_E_HANDLE it is no live handle.
 * @see inetmail
 */
int32_t INetObject_AddRef(void *object);

/**
 * Gives up one reference to an object of any type.
 *
 * @param object a handle of any type, or NULL, which is no failure.
 * @return 0, or a status.
 * @error INET_E_HANDLE it is no live handle.
 * @see inetmail
 */
int32_t INetObject_Release(void *object);

/**
 * The name of the type of an object, such as INetMailMessage.
 *
 * @param object a handle of any type.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @error INET_E_HANDLE it is no live handle.
 * @see inetmail
 */
int64_t INetObject_GetTypeName(const void *object,
                               char *buffer,
                               size_t capacity);

/* ==============================================================================================
 * INetOcspCollection: OCSP responses as a list.
 * ============================================================================================== */

/**
 * Makes an empty collection.
 *
 * @return a new reference, to be released with INetOcspCollection_Release; or NULL on failure.
 * @see SecureBlackbox KnownOCSPCount
 */
INetOcspCollection *INetOcspCollection_Create(void);

/**
 * Adds the OCSP response of a file, in DER.
 *
 * @param collection the collection.
 * @param fileName path of the file, UTF-8.
 * @return 0, or a status.
 * @error INET_E_FILE_NOT_FOUND there is no such file.
 * @error INET_E_REVOCATION_DATA the octets are nothing of the kind, or cannot be used.
 * @error INET_E_ASN1 they are nested too deeply.
 * @error INET_E_READ_ONLY the collection is read-only.
 * @see SecureBlackbox KnownOCSPBytes
 */
int32_t INetOcspCollection_AddFile(INetOcspCollection *collection, const char *fileName);

/**
 * Adds from octets what INetOcspCollection_AddFile adds from a file.
 *
 * @param collection the collection.
 * @param data the octets; copied.
 * @param length how many there are.
 * @return 0, or a status.
 * @error INET_E_REVOCATION_DATA the octets are nothing of the kind, or cannot be used.
 * @error INET_E_ASN1 they are nested too deeply.
 * @error INET_E_READ_ONLY the collection is read-only.
 * @see SecureBlackbox KnownOCSPBytes
 */
int32_t INetOcspCollection_AddBytes(INetOcspCollection *collection,
                                    const uint8_t *data,
                                    size_t length);

/**
 * Removes what stands at an index.
 *
 * @param collection the collection.
 * @param index 0 to the count less 1.
 * @return 0, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
 * @error INET_E_READ_ONLY the collection is read-only.
 * @see inetmail
 */
int32_t INetOcspCollection_RemoveAt(INetOcspCollection *collection, int32_t index);

/**
 * Removes all.
 *
 * @param collection the collection.
 * @return 0, or a status.
 * @error INET_E_READ_ONLY the collection is read-only.
 * @see SecureBlackbox KnownOCSPCount
 */
int32_t INetOcspCollection_Clear(INetOcspCollection *collection);

/**
 * How many responses there are.
 *
 * @param collection the collection.
 * @return the number, or a status.
 * @see SecureBlackbox KnownOCSPCount
 */
int32_t INetOcspCollection_GetCount(const INetOcspCollection *collection);

/**
 * Removes what stands at an index of the count and above. More than there are cannot be asked for:
 * INetOcspCollection_SetHandle at the index of the count adds.
 *
 * @param collection the collection.
 * @param count 0 to the count.
 * @return 0, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE there are not so many.
 * @error INET_E_READ_ONLY the collection is read-only.
 * @see SecureBlackbox KnownOCSPCount
 */
int32_t INetOcspCollection_SetCount(INetOcspCollection *collection, int32_t count);

/**
 * The response at an index in DER.
 *
 * @param collection the collection.
 * @param index 0 to the count less 1.
 * @param buffer receives as many octets as it has room for, without a NUL; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole in octets, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
 * @see SecureBlackbox KnownOCSPBytes
 */
int64_t INetOcspCollection_GetBytes(const INetOcspCollection *collection,
                                    int32_t index,
                                    uint8_t *buffer,
                                    size_t capacity);

/**
 * The number of the response at an index, which no other object has in this process.
 *
 * @param collection the collection.
 * @param index 0 to the count less 1.
 * @return the number, above 0, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
 * @see SecureBlackbox KnownOCSPHandle
 */
int64_t INetOcspCollection_GetHandle(const INetOcspCollection *collection, int32_t index);

/**
 * Puts the response of a number in the place of what stands at an index. At the index of the count it is added.
 *
 * @param collection the collection.
 * @param index 0 to the count.
 * @param handle what INetOcspCollection_GetHandle of any collection has told; who told it still holds the object.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT there is no such object any more.
 * @error INET_E_INDEX_OUT_OF_RANGE the index is outside the collection.
 * @error INET_E_READ_ONLY the collection is read-only.
 * @see SecureBlackbox KnownOCSPHandle
 */
int32_t INetOcspCollection_SetHandle(INetOcspCollection *collection,
                                     int32_t index,
                                     int64_t handle);

/**
 * Takes one more reference to the object: each wants its own INetOcspCollection_Release.
 *
 * @param collection the object.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetOcspCollection.
 * @see inetmail
 */
int32_t INetOcspCollection_AddRef(INetOcspCollection *collection);

/**
 * Gives up one reference. The object lives on as long as the library or a call under way uses it.
 *
 * @param collection the object, or NULL, which is no failure.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetOcspCollection, or was released before.
 * @see inetmail
 */
int32_t INetOcspCollection_Release(INetOcspCollection *collection);

/* ==============================================================================================
 * INetOperation: a Send or a run that goes on beside its caller, on a thread of the library.
 * ============================================================================================== */

/**
 * Sends a message on a thread of the library and does not wait for that. It sends the message as it is now, through the client as
 * it is set now: both may be changed at once, and the message sent again. What is wrong with the message shows here, as its
 * files are opened and its texts encoded before this function returns. Files and read callbacks of its attachments are read
 * while it is sent, the callbacks on the library's thread. Each operation under way has a thread and a connection of its own:
 * INetSmtpClient_SetMaxConnections bounds the connections, and a Send waits for a free one within its Timeout. Many messages are
 * better off in INetSmtpClient_BulkSendAsync, which needs one thread for a connection.
 *
 * @param client the object. Its last reference must outlive the operation, which else is cancelled.
 * @param message the message.
 * @param callback called when the operation has its result, on the library's thread; or NULL.
 * @param user handed to the callbacks as it is.
 * @param dropUser called once, after callback, on whatever thread that is; or NULL.
 * @return a new reference, to be released with INetOperation_Release; or NULL on failure. dropUser is called in both cases,
 *     callback only for an operation that came to be. Both may be called before this function returns.
 * @error INET_E_NO_HOST the client has no host.
 * @error INET_E_NO_RECIPIENTS the message has none.
 * @error INET_E_FILE_NOT_FOUND the file of an attachment is not there.
 * @error INET_E_OUT_OF_MEMORY no thread could be started.
 * @see Aspose SmtpClient.SendAsync; .NET SmtpClient.SendAsync
 */
INetOperation *INetSmtpClient_SendAsync(INetSmtpClient *client,
                                        INetMailMessage *message,
                                        INetCompletionCallback callback,
                                        void *user,
                                        INetDropCallback dropUser);

/**
 * Sends the messages of a collection on a thread of the library, as INetSmtpClient_BulkSend does, and does not wait for that: those
 * that stand in it now, through the client as it is set now. Each message is taken as it is when its turn comes: leave it alone
 * until the operation is over.
 *
 * @param client the object. Its last reference must outlive the operation, which else is cancelled.
 * @param messages the messages; they can be sent again.
 * @param callback called when the operation has its result, on the library's thread; or NULL.
 * @param user handed to the callbacks as it is.
 * @param dropUser called once, after callback, on whatever thread that is; or NULL.
 * @return a new reference, to be released with INetOperation_Release; or NULL on failure. dropUser is called in both cases,
 *     callback only for an operation that came to be. Both may be called before this function returns. INetOperation_GetReport
 *     gives the report of the run.
 * @error INET_E_NO_HOST the client has no host.
 * @error INET_E_OUT_OF_MEMORY no thread could be started.
 * @see Aspose SmtpClient.SendAsync
 */
INetOperation *INetSmtpClient_BulkSendAsync(INetSmtpClient *client,
                                            INetMailMessageCollection *messages,
                                            INetCompletionCallback callback,
                                            void *user,
                                            INetDropCallback dropUser);

/**
 * Waits until the operation is over: it has its result, and callback and dropUser have returned. Any number of threads may wait.
 *
 * @param operation the object.
 * @param milliseconds how long to wait at most, 0 not at all, -1 for ever.
 * @return 1 if it is over, 0 if it is not yet, or a status. Whether the Send succeeded tells INetOperation_GetStatus.
 * @error INET_E_BUSY a callback of this operation asked, which would wait for itself.
 * @error INET_E_OTHER_PROCESS the operation runs in the process that this one was forked from.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE milliseconds is below -1.
 * @see inetmail
 */
int32_t INetOperation_Wait(INetOperation *operation,
                           int32_t milliseconds);

/**
 * Ends the operation, soon: its status becomes INET_E_CANCELLED, or INET_E_IN_DOUBT if its message was out already and only the
 * server's answer was missing. Others on the same client go on. An operation that has its result keeps it.
 *
 * @param operation the object.
 * @return 0, or a status.
 * @error INET_E_OTHER_PROCESS the operation runs in the process that this one was forked from.
 * @see inetmail
 */
int32_t INetOperation_Cancel(INetOperation *operation);

/**
 * What INetSmtpClient_Send would have returned, or INET_E_BUSY while the operation is under way: it never ends with that. Such a
 * status is a value of the operation's and leaves no error record; INetOperation_GetReport tells more.
 *
 * @param operation the object.
 * @return 0 if the message was accepted for every recipient, or a status. A status is the answer, unless it is INET_E_HANDLE.
 * @error INET_E_BUSY the operation is under way.
 * @error INET_E_OTHER_PROCESS the operation runs in the process that this one was forked from.
 * @see inetmail
 */
int32_t INetOperation_GetStatus(const INetOperation *operation);

/**
 * What became of the message, for each recipient.
 *
 * @param operation the object.
 * @return a new reference, to be released with INetSendReport_Release; or NULL where there is no report: the operation is under
 *     way, or it failed before anything was tried. The error record tells which.
 * @error INET_E_BUSY the operation is under way.
 * @error INET_E_OTHER_PROCESS the operation runs in the process that this one was forked from.
 * @see inetmail
 */
INetSendReport *INetOperation_GetReport(const INetOperation *operation);

/**
 * Octets of the message that were handed to the system so far.
 *
 * @param operation the object.
 * @return how many there are, or a status.
 * @see inetmail
 */
int64_t INetOperation_GetOctetsSent(const INetOperation *operation);

/**
 * Octets of the whole message. A run has no total: of INetSmtpClient_BulkSendAsync this is -1 to the end, and
 * INetOperation_GetMessagesDone tells how far it is. It grows on the way of a message of octets whose line ends have to become CRLF.
 *
 * @param operation the object.
 * @return how many there are; -1 of a run, where only the end of the message will tell, and before the server wants the message;
 *     or a status.
 * @see inetmail
 */
int64_t INetOperation_GetOctetsTotal(const INetOperation *operation);

/**
 * Messages that the server has accepted. Those that failed are not among them.
 *
 * @param operation the object.
 * @return how many there are, or a status.
 * @see inetmail
 */
int32_t INetOperation_GetMessagesDone(const INetOperation *operation);

/**
 * Takes one more reference to the object: each wants its own INetOperation_Release.
 *
 * @param operation the object.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetOperation.
 * @see inetmail
 */
int32_t INetOperation_AddRef(INetOperation *operation);

/**
 * Gives up one reference. The operation goes on all the same.
 *
 * @param operation the object, or NULL, which is no failure.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetOperation, or was released before.
 * @see inetmail
 */
int32_t INetOperation_Release(INetOperation *operation);

/* ==============================================================================================
 * INetSmtpClient: how far a Send is.
 * ============================================================================================== */

/**
 * Has each Send and each run to a server that begins from now on tell how far it is: when a message begins, at most ten times a second
 * while it goes on, as the system takes its octets, and once more when it is over: a Send only if its message was accepted.
 * The last 131072 octets of a message, and the octets of runs over several connections, are told of in larger steps. What the system has taken
 * the server need not have yet: the system's socket buffers hold some hundred thousand octets, or several million on fast ways such as loopback.
 * With INetSmtpClient_SetSocketOutgoingSpeedLimit below the speed of the network little waits there. A run has no total, so that `total` is
 * -1 to its end, and its `messages` are those that were accepted; failures are not among them. How many of a merge are done, one
 * way or the other, is counted in the `done` of INetSmtpClient_BulkSendFrom. The callback runs on the thread that sends, which is the library's
 * for INetSmtpClient_SendAsync; no lock is held, so it may call the library, on this client too. A negative answer ends the
 * Send, which returns just that number; the server drops the message, and the connection is closed. The answer to the last
 * call, when the message has been accepted, is of no account. Octets are those of the message, as SIZE counts them; an
 * attempt that failed is taken back, and where line ends of octets that the host gives have to become CRLF, `total` grows on the way.
 *
 * @param client the object.
 * @param callback what is called; or NULL for nothing any more.
 * @param user handed to the callbacks as it is.
 * @param dropUser called once when no Send uses the callback any more, on whatever thread that is; or NULL. Also where this
 *     function fails.
 * @return 0, or a status.
 * @see inetmail; MailKit ITransferProgress; Aspose SmtpClient
 */
int32_t INetSmtpClient_OnProgress(INetSmtpClient *client,
                                  INetProgressCallback callback,
                                  void *user,
                                  INetDropCallback dropUser);

/* ==============================================================================================
 * INetSmtpClient and INetLibrary: the servers of well-known mail providers.
 * ============================================================================================== */

/**
 * Makes a client of a mail provider: its host, its port, and TLS. Port 465, with TLS from the first octet, goes before 587 where a
 * provider has both; SetPort leads to the other one. The login is still to be set.
 *
 * @param provider a name that INetLibrary_GetProviderNameAt tells, such as gmail; with a region behind it where the provider has servers
 *     in many, as in ses:eu-west-1; or a mail address of one of its domains, such as someone@gmail.com. In any letter case, UTF-8.
 * @return a new reference, to be released with INetSmtpClient_Release; or NULL on failure.
 * @error INET_E_PROVIDER there is no such provider, and the sentence names the nearest; or its region is missing, or none.
 * @see Fore sample on sending through various SMTP servers; RFC 8314
 */
INetSmtpClient *INetSmtpClient_CreateForProvider(const char *provider);

/**
 * How many mail providers are known.
 *
 * @return the number, or a status.
 * @see inetmail
 */
int32_t INetLibrary_GetProviderNameCount(void);

/**
 * The name of a mail provider that INetSmtpClient_CreateForProvider takes.
 *
 * @param index from 0.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE there is no such provider.
 * @see inetmail
 */
int64_t INetLibrary_GetProviderNameAt(int32_t index,
                                      char *buffer,
                                      size_t capacity);

/* ==============================================================================================
 * INetSendReport: what became of a message, for each recipient, or of each message of a run.
 * ============================================================================================== */

/**
 * What INetSmtpClient_Send would have returned, or INetSmtpClient_BulkSend.
 *
 * @param report the object.
 * @return 0 if the message, or all messages of the run, were accepted for every recipient; or a status. A status is the answer,
 *     unless it is INET_E_HANDLE.
 * @see inetmail
 */
int32_t INetSendReport_GetStatus(const INetSendReport *report);

/**
 * A sentence that says what failed; empty if nothing did.
 *
 * @param report the report.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see inetmail
 */
int64_t INetSendReport_GetMessage(const INetSendReport *report,
                                  char *buffer,
                                  size_t capacity);

/**
 * Where the Send was when it failed, as INetError_GetPhase tells it; empty if it did not.
 *
 * @param report the report.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see inetmail
 */
int64_t INetSendReport_GetPhase(const INetSendReport *report,
                                char *buffer,
                                size_t capacity);

/**
 * The server as host name, address and port; empty if none was reached. Of a run, that of the first message that failed, or
 * else of the first message.
 *
 * @param report the report.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see inetmail
 */
int64_t INetSendReport_GetPeer(const INetSendReport *report,
                               char *buffer,
                               size_t capacity);

/**
 * The enhanced status code of the reply that made the Send fail, such as 5.1.1. Empty where there is none.
 *
 * @param report the report.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see RFC 2034
 */
int64_t INetSendReport_GetEnhancedCode(const INetSendReport *report,
                                       char *buffer,
                                       size_t capacity);

/**
 * Whether the same attempt may succeed later, as INetError_GetIsTransient tells it.
 *
 * @param report the report.
 * @return 1 or 0, or a status.
 * @see inetmail
 */
int32_t INetSendReport_GetIsTransient(const INetSendReport *report);

/**
 * Whether sending again cannot make a duplicate, as INetError_GetIsSafeToRetry tells it.
 *
 * @param report the report.
 * @return 1 or 0, or a status.
 * @see inetmail
 */
int32_t INetSendReport_GetIsSafeToRetry(const INetSendReport *report);

/**
 * The code of the server's reply that decided about the message as a whole. Of a run, that of the first message that failed,
 * or else of the first message.
 *
 * @param report the object.
 * @return 200 to 599, or 0 where there was none, or a status.
 * @see RFC 5321 section 4.2.1
 */
int32_t INetSendReport_GetFinalCode(const INetSendReport *report);

/**
 * The text of the final reply that accepted the message; many servers tell their queue id in it. Empty if it was not accepted.
 * Of a run, that of the first message that failed, or else of the first message.
 *
 * @param report the report.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see RFC 5321 section 4.2
 */
int64_t INetSendReport_GetFinalText(const INetSendReport *report,
                                    char *buffer,
                                    size_t capacity);

/**
 * The connection that took the message on: those of a process are counted from 1. Of a run, that of the first message that
 * failed, or else of the first message.
 *
 * @param report the object.
 * @return the number, 0 where there was none, or a status.
 * @see inetmail
 */
int32_t INetSendReport_GetConnection(const INetSendReport *report);

/**
 * When the message was begun with; of a run, the first one that was.
 *
 * @param report the object.
 * @return milliseconds since 1970 UTC, 0 for what was not tried, or a status.
 * @see inetmail
 */
int64_t INetSendReport_GetStartTime(const INetSendReport *report);

/**
 * When the fate of the message was known; of a run, the last one of which it was.
 *
 * @param report the object.
 * @return milliseconds since 1970 UTC, 0 for what was not tried, or a status.
 * @see inetmail
 */
int64_t INetSendReport_GetEndTime(const INetSendReport *report);

/**
 * How long it took from INetSendReport_GetStartTime to INetSendReport_GetEndTime, by a clock that nobody sets.
 *
 * @param report the object.
 * @return milliseconds, or a status.
 * @see inetmail
 */
int64_t INetSendReport_GetDuration(const INetSendReport *report);

/**
 * How many messages the report tells of.
 *
 * @param report the object.
 * @return the number, 1 but for a run, or a status.
 * @see inetmail
 */
int32_t INetSendReport_GetMessageCount(const INetSendReport *report);

/**
 * How many messages were accepted for all of their recipients.
 *
 * @param report the object.
 * @return the number, or a status.
 * @see Aspose SendMessagesResult.Succeeded
 */
int32_t INetSendReport_GetSucceededCount(const INetSendReport *report);

/**
 * How many messages failed, for one of their recipients or for all.
 *
 * @param report the object.
 * @return the number, or a status.
 * @see Aspose SendMessagesResult.Failed
 */
int32_t INetSendReport_GetFailedCount(const INetSendReport *report);

/**
 * How many messages were not tried, because the run had ended before.
 *
 * @param report the object.
 * @return the number, or a status.
 * @see Aspose SendMessagesResult.NotHandled
 */
int32_t INetSendReport_GetNotHandledCount(const INetSendReport *report);

/**
 * The report of one message. That of a report of one message is the report itself.
 *
 * @param report the object.
 * @param index 0 to the count of messages less 1, in the order of the run.
 * @return a new reference, to be released with INetSendReport_Release; or NULL on failure.
 * @error INET_E_INDEX_OUT_OF_RANGE there is no such message.
 * @see inetmail
 */
INetSendReport *INetSendReport_GetMessageReport(const INetSendReport *report, int32_t index);

/**
 * How many recipients the message had, each counted once; of a run, those of all its messages. A message that could not be
 * packed has those that could be told all the same.
 *
 * @param report the object.
 * @return the number, or a status.
 * @see inetmail
 */
int32_t INetSendReport_GetRecipientCount(const INetSendReport *report);

/**
 * The address of a recipient, as it went out.
 *
 * @param report the object.
 * @param recipient 0 to the count less 1.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE there is no such recipient.
 * @see inetmail
 */
int64_t INetSendReport_GetRecipientAt(const INetSendReport *report,
                                      int32_t recipient,
                                      char *buffer,
                                      size_t capacity);

/**
 * What became of the message for a recipient.
 *
 * @param report the object.
 * @param recipient 0 to the count less 1.
 * @return an INET_VERDICT_ number, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE there is no such recipient.
 * @see inetmail
 */
int32_t INetSendReport_GetVerdictAt(const INetSendReport *report, int32_t recipient);

/**
 * The code of the reply that refused a recipient, or the message as a whole.
 *
 * @param report the object.
 * @param recipient 0 to the count less 1.
 * @return 400 to 599, or 0 where no reply refused, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE there is no such recipient.
 * @see RFC 5321 section 4.2.1
 */
int32_t INetSendReport_GetCodeAt(const INetSendReport *report, int32_t recipient);

/**
 * The enhanced status code of the reply that refused a recipient, or the message as a whole, such as 5.1.1. Empty where there
 * is none.
 *
 * @param report the object.
 * @param recipient 0 to the count less 1.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE there is no such recipient.
 * @see RFC 2034
 */
int64_t INetSendReport_GetEnhancedCodeAt(const INetSendReport *report,
                                         int32_t recipient,
                                         char *buffer,
                                         size_t capacity);

/**
 * Why a recipient did not get the message: the text of the server's refusal of this one, with the enhanced status code in front
 * where the server gave one, or else the sentence of what kept the message as a whole. Empty if it was delivered.
 *
 * @param report the object.
 * @param recipient 0 to the count less 1.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE there is no such recipient.
 * @see RFC 5321 section 4.2
 */
int64_t INetSendReport_GetTextAt(const INetSendReport *report,
                                 int32_t recipient,
                                 char *buffer,
                                 size_t capacity);

/**
 * The text of the final reply by which a recipient got the message; many servers tell their queue id in it. It is that of
 * INetSendReport_GetFinalText, unless the message went in parts (RFC 9422, RCPTMAX) or by LMTP, where final replies are several.
 * Empty if it was not delivered.
 *
 * @param report the object.
 * @param recipient 0 to the count less 1.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE there is no such recipient.
 * @see RFC 5321 section 4.2, RFC 2033 section 4.2
 */
int64_t INetSendReport_GetFinalTextAt(const INetSendReport *report,
                                      int32_t recipient,
                                      char *buffer,
                                      size_t capacity);

/**
 * Takes one more reference to the object: each wants its own INetSendReport_Release.
 *
 * @param report the object.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetSendReport.
 * @see inetmail
 */
int32_t INetSendReport_AddRef(INetSendReport *report);

/**
 * Gives up one reference. The object lives on as long as the library or a call under way uses it.
 *
 * @param report the object, or NULL, which is no failure.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetSendReport, or was released before.
 * @see inetmail
 */
int32_t INetSendReport_Release(INetSendReport *report);

/* ==============================================================================================
 * INetSmtpClient: commands besides sending, and what the server says of itself.
 * ============================================================================================== */

/**
 * Opens a connection and logs in, so that the next Send finds it ready. Where one is kept already and alive, nothing happens.
 *
 * @param client the client.
 * @return 0, or a status.
 * @error INET_E_NO_HOST the client has no host.
 * @see SecureBlackbox Connect; MailKit SmtpClient.Connect
 */
int32_t INetSmtpClient_Connect(INetSmtpClient *client);

/**
 * Logs in on a new connection, whatever others are kept, and keeps it for the next Send. 0 is Aspose's True, and INET_E_AUTH_REFUSED its False; other
 * statuses tell that it could not be found out. Without credentials it tells whether the server lets the client in at all.
 *
 * @param client the client.
 * @return 0, or a status.
 * @error INET_E_NO_HOST the client has no host.
 * @error INET_E_AUTH_REFUSED the server refused the login.
 * @error INET_E_AUTH_NOT_OFFERED the server offers none of the wanted mechanisms.
 * @see Aspose SmtpClient.ValidateCredentials; RFC 4954
 */
int32_t INetSmtpClient_ValidateCredentials(INetSmtpClient *client);

/**
 * Asks whether the server is there, over the connection that is kept or a new one.
 *
 * @param client the client.
 * @return 0, or a status.
 * @error INET_E_NO_HOST the client has no host.
 * @error INET_E_SERVICE_UNAVAILABLE the server is there and refuses even that.
 * @see Aspose SmtpClient.Noop; RFC 5321 section 4.1.1.9
 */
int32_t INetSmtpClient_Noop(INetSmtpClient *client);

/**
 * Asks the server whether it knows a user or mailbox (VRFY). Many servers do not tell: 252.
 *
 * @param client the client.
 * @param text a user name or address, UTF-8; copied.
 * @return a new reply, whatever its code, to be released with INetServerReply_Release; or NULL where no reply came.
 * @error INET_E_ARGUMENT the text is empty, or the command has more than 510 octets.
 * @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
 * @error INET_E_SMTPUTF8_NOT_OFFERED the text is not ASCII, and the server does not offer SMTPUTF8.
 * @see Aspose SmtpClient.Verify; RFC 5321 section 4.1.1.6; RFC 6531 section 3.7.4.2
 */
INetServerReply *INetSmtpClient_Verify(INetSmtpClient *client,
                                       const char *text);

/**
 * Asks the server who the members of a list are (EXPN). Many servers do not tell: 502.
 *
 * @param client the client.
 * @param list the name of the list, UTF-8; copied.
 * @return a new reply, whatever its code, to be released with INetServerReply_Release; or NULL where no reply came.
 * @error INET_E_ARGUMENT the text is empty, or the command has more than 510 octets.
 * @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
 * @error INET_E_SMTPUTF8_NOT_OFFERED the text is not ASCII, and the server does not offer SMTPUTF8.
 * @see RFC 5321 section 4.1.1.7; RFC 6531 section 3.7.4.2
 */
INetServerReply *INetSmtpClient_Expand(INetSmtpClient *client,
                                       const char *list);

/**
 * Asks the server for help.
 *
 * @param client the client.
 * @param topic what to tell about, UTF-8; copied; or NULL for anything.
 * @return a new reply, whatever its code, to be released with INetServerReply_Release; or NULL where no reply came.
 * @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
 * @see RFC 5321 section 4.1.1.8
 */
INetServerReply *INetSmtpClient_Help(INetSmtpClient *client,
                                     const char *topic);

/**
 * Says any command that is answered by one reply, over the connection that is kept or a new one. A transaction that it opens
 * is reset before the next Send. Refused is what would change the session: DATA, BDAT, STARTTLS, AUTH, X-EXPS, QUIT, EHLO,
 * HELO, LHLO, TURN, ATRN and XCLIENT.
 *
 * @param client the client.
 * @param line the command without its line end, at most 510 octets, UTF-8; copied.
 * @return a new reply, whatever its code, to be released with INetServerReply_Release; or NULL where no reply came.
 * @error INET_E_ARGUMENT the command is one of those that are refused, is too long, or does not begin with its name.
 * @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
 * @error INET_E_SMTPUTF8_NOT_OFFERED the text is not ASCII, and the server does not offer SMTPUTF8.
 * @see inetmail; RFC 5321 section 4.1.1
 */
INetServerReply *INetSmtpClient_Command(INetSmtpClient *client,
                                        const char *line);

/**
 * What the server of the latest connection said of itself. It stays as it is when the connection is closed.
 *
 * @param client the client.
 * @return a new reference, to be released with INetServerInfo_Release; NULL where there is none, as there was no
 *     connection yet, and on failure.
 * @see SecureBlackbox ServerInfoAvailable
 */
INetServerInfo *INetSmtpClient_GetServerInfo(const INetSmtpClient *client);

/**
 * The options of every message that has none of its own.
 *
 * @param client the client.
 * @return a new reference, to be released with INetEnvelopeOptions_Release; NULL where there are none, and on failure.
 * @see inetmail; RFC 3461
 */
INetEnvelopeOptions *INetSmtpClient_GetEnvelopeOptions(const INetSmtpClient *client);

/**
 * Sets the options of every message that has none of its own, ready and forwarded messages included.
 *
 * @param client the client.
 * @param options the options, or NULL for none; the client takes a reference of its own.
 * @return 0, or a status.
 * @see inetmail; RFC 3461
 */
int32_t INetSmtpClient_SetEnvelopeOptions(INetSmtpClient *client,
                                          INetEnvelopeOptions *options);

/* ==============================================================================================
 * INetServerInfo: what a server said of itself.
 * ============================================================================================== */

/**
 * The first words of the server, lines joined by LF.
 *
 * @param info the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see RFC 5321 section 3.1
 */
int64_t INetServerInfo_GetGreeting(const INetServerInfo *info,
                                   char *buffer,
                                   size_t capacity);

/**
 * The answer to EHLO (to HELO where the server knows no EHLO), lines joined by LF, codes left out.
 *
 * @param info the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see RFC 5321 section 4.1.1.1
 */
int64_t INetServerInfo_GetEhloText(const INetServerInfo *info,
                                   char *buffer,
                                   size_t capacity);

/**
 * Whether the connection was under TLS.
 *
 * @param info the object.
 * @return 1 or 0, or a status.
 * @see RFC 8314; RFC 3207
 */
int32_t INetServerInfo_GetIsTls(const INetServerInfo *info);

/**
 * Whether it is known what the server offers: it is not where the server knows HELO only.
 *
 * @param info the object.
 * @return 1 or 0, or a status.
 * @see SecureBlackbox ServerInfoAvailable
 */
int32_t INetServerInfo_GetAvailable(const INetServerInfo *info);

/**
 * Whether the server offers the mechanism LOGIN.
 *
 * @param info the object.
 * @return 1 or 0, or a status.
 * @see SecureBlackbox ServerInfoAuthLoginSupported
 */
int32_t INetServerInfo_GetAuthLoginSupported(const INetServerInfo *info);

/**
 * Whether the server offers the mechanism PLAIN.
 *
 * @param info the object.
 * @return 1 or 0, or a status.
 * @see SecureBlackbox ServerInfoAuthPlainSupported; RFC 4616
 */
int32_t INetServerInfo_GetAuthPlainSupported(const INetServerInfo *info);

/**
 * Whether the server offers BINARYMIME.
 *
 * @param info the object.
 * @return 1 or 0, or a status.
 * @see SecureBlackbox ServerInfoBinarySupported; RFC 3030
 */
int32_t INetServerInfo_GetBinarySupported(const INetServerInfo *info);

/**
 * Whether the server offers CHUNKING.
 *
 * @param info the object.
 * @return 1 or 0, or a status.
 * @see SecureBlackbox ServerInfoChunkingSupported; RFC 3030
 */
int32_t INetServerInfo_GetChunkingSupported(const INetServerInfo *info);

/**
 * Whether the server offers DSN: NOTIFY, RET, ENVID and ORCPT.
 *
 * @param info the object.
 * @return 1 or 0, or a status.
 * @see SecureBlackbox ServerInfoDsnSupported; RFC 3461
 */
int32_t INetServerInfo_GetDsnSupported(const INetServerInfo *info);

/**
 * The largest message that the server takes.
 *
 * @param info the object.
 * @return octets, or 0 where it names no limit, or a status.
 * @see SecureBlackbox ServerInfoMaxMessageSize; RFC 1870
 */
int64_t INetServerInfo_GetMaxMessageSize(const INetServerInfo *info);

/**
 * Whether the server offers any login. INetServerInfo_GetCapability of AUTH names its mechanisms.
 *
 * @param info the object.
 * @return 1 or 0, or a status.
 * @see SecureBlackbox ServerInfoSaslSupported; RFC 4954
 */
int32_t INetServerInfo_GetSaslSupported(const INetServerInfo *info);

/**
 * Whether the server offers SIZE.
 *
 * @param info the object.
 * @return 1 or 0, or a status.
 * @see SecureBlackbox ServerInfoSizeSupported; RFC 1870
 */
int32_t INetServerInfo_GetSizeSupported(const INetServerInfo *info);

/**
 * Whether the server offers ENHANCEDSTATUSCODES.
 *
 * @param info the object.
 * @return 1 or 0, or a status.
 * @see SecureBlackbox ServerInfoStatusCodesSupported; RFC 2034
 */
int32_t INetServerInfo_GetStatusCodesSupported(const INetServerInfo *info);

/**
 * How many messages the server takes over one connection (MAILMAX).
 *
 * @param info the object.
 * @return the number, or 0 where the server names no limit, or a status.
 * @see RFC 9422
 */
int32_t INetServerInfo_GetMaxMessages(const INetServerInfo *info);

/**
 * How many recipients of one message the server takes (RCPTMAX).
 *
 * @param info the object.
 * @return the number, or 0 where the server names no limit, or a status.
 * @see RFC 9422
 */
int32_t INetServerInfo_GetMaxRecipients(const INetServerInfo *info);

/**
 * How many different domains of recipients the server takes over one connection (RCPTDOMAINMAX).
 *
 * @param info the object.
 * @return the number, or 0 where the server names no limit, or a status.
 * @see RFC 9422
 */
int32_t INetServerInfo_GetMaxRecipientDomains(const INetServerInfo *info);

/**
 * Whether the server offers an extension.
 *
 * @param info the object.
 * @param name the keyword, such as PIPELINING, in any letter case. UTF-8.
 * @return 1 or 0, or a status.
 * @see RFC 5321 section 4.1.1.1
 */
int32_t INetServerInfo_HasCapability(const INetServerInfo *info, const char *name);

/**
 * The parameters that the server names with an extension, such as the mechanisms of AUTH. Empty where it has none or is not
 * offered, which INetServerInfo_HasCapability tells apart.
 *
 * @param info the object.
 * @param name the keyword in any letter case. UTF-8.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see RFC 5321 section 4.1.1.1
 */
int64_t INetServerInfo_GetCapability(const INetServerInfo *info,
                                     const char *name,
                                     char *buffer,
                                     size_t capacity);

/**
 * How many extensions the server offers.
 *
 * @param info the object.
 * @return the number, or a status.
 * @see RFC 5321 section 4.1.1.1
 */
int32_t INetServerInfo_GetCapabilityCount(const INetServerInfo *info);

/**
 * The keyword of an extension as the server wrote it.
 *
 * @param info the object.
 * @param index 0 to the count less 1.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE there is no such extension.
 * @see RFC 5321 section 4.1.1.1
 */
int64_t INetServerInfo_GetCapabilityName(const INetServerInfo *info,
                                         int32_t index,
                                         char *buffer,
                                         size_t capacity);

/**
 * Takes one more reference to the object: each wants its own INetServerInfo_Release.
 *
 * @param info the object.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetServerInfo.
 * @see inetmail
 */
int32_t INetServerInfo_AddRef(INetServerInfo *info);

/**
 * Gives up one reference. The object lives on as long as the library or a call under way uses it.
 *
 * @param info the object, or NULL, which is no failure.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetServerInfo, or was released before.
 * @see inetmail
 */
int32_t INetServerInfo_Release(INetServerInfo *info);

/* ==============================================================================================
 * INetServerReply: what a server answered to a command.
 * ============================================================================================== */

/**
 * The reply code.
 *
 * @param reply the object.
 * @return 200 to 599, or a status.
 * @see RFC 5321 section 4.2.1
 */
int32_t INetServerReply_GetCode(const INetServerReply *reply);

/**
 * The enhanced status code, such as 2.1.5. Empty where there is none.
 *
 * @param reply the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see RFC 2034
 */
int64_t INetServerReply_GetEnhancedCode(const INetServerReply *reply,
                                        char *buffer,
                                        size_t capacity);

/**
 * The text of the reply, lines joined by LF, codes left out, the enhanced one kept.
 *
 * @param reply the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see RFC 5321 section 4.2
 */
int64_t INetServerReply_GetText(const INetServerReply *reply,
                                char *buffer,
                                size_t capacity);

/**
 * How many lines the reply has.
 *
 * @param reply the object.
 * @return the number, 1 or more, or a status.
 * @see RFC 5321 section 4.2
 */
int32_t INetServerReply_GetLineCount(const INetServerReply *reply);

/**
 * The text of one line.
 *
 * @param reply the object.
 * @param index 0 to the count less 1.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @error INET_E_INDEX_OUT_OF_RANGE there is no such line.
 * @see RFC 5321 section 4.2
 */
int64_t INetServerReply_GetLine(const INetServerReply *reply,
                                int32_t index,
                                char *buffer,
                                size_t capacity);

/**
 * Takes one more reference to the object: each wants its own INetServerReply_Release.
 *
 * @param reply the object.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetServerReply.
 * @see inetmail
 */
int32_t INetServerReply_AddRef(INetServerReply *reply);

/**
 * Gives up one reference. The object lives on as long as the library or a call under way uses it.
 *
 * @param reply the object, or NULL, which is no failure.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetServerReply, or was released before.
 * @see inetmail
 */
int32_t INetServerReply_Release(INetServerReply *reply);

/* ==============================================================================================
 * INetServiceProxy: through which proxy connections go. Here stand the members that Fore has.
 * ============================================================================================== */

/**
 * Makes a proxy with the settings that INetServiceProxy_Save has stored last in this process; an inactive one where there are none.
 *
 * @return a new reference, to be released with INetServiceProxy_Release; or NULL on failure.
 * @see Fore NetServiceProxy.Create
 */
INetServiceProxy *INetServiceProxy_Create(void);

/**
 * The same as INetServiceProxy_Create, under the name of its class.
 *
 * @return a new reference, to be released with INetServiceProxy_Release; or NULL on failure.
 * @see Fore NetServiceProxy.Create
 */
INetServiceProxy *NetServiceProxy_Create(void);

/**
 * Whether connections go through the proxy.
 *
 * @param proxy the object.
 * @return 1, or 0 (the default), or a status.
 * @see Fore INetServiceProxy.Active; SecureBlackbox ProxyUseProxy
 */
int32_t INetServiceProxy_GetActive(const INetServiceProxy *proxy);

/**
 * Chooses whether connections go through the proxy. One that is inactive makes a client connect directly, whatever was saved for the process.
 *
 * @param proxy the object.
 * @param active 1 for yes, 0 for no.
 * @return 0, or a status.
 * @see Fore INetServiceProxy.Active; SecureBlackbox ProxyUseProxy
 */
int32_t INetServiceProxy_SetActive(INetServiceProxy *proxy,
                                   int32_t active);

/**
 * Name or address of the proxy; empty where the environment is to name it.
 *
 * @param proxy the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see Fore INetServiceProxy.Address; SecureBlackbox ProxyAddress
 */
int64_t INetServiceProxy_GetAddress(const INetServiceProxy *proxy,
                                    char *buffer,
                                    size_t capacity);

/**
 * Sets name or address of the proxy. A URL as curl takes it, `[scheme://][user[:password]@]host[:port]`, sets type, port, user and password
 * as well, as far as it names them: the schemes are http, https, socks4, socks4a, socks5 (names are resolved here) and socks5h (by the proxy).
 * Without an address the environment is asked, as INetServiceProxy_SetIntegrated tells.
 *
 * @param proxy the object.
 * @param proxyAddress a name, an address, or a URL, UTF-8, empty for what the environment names; copied.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT it is no host, or no URL of a proxy.
 * @see Fore INetServiceProxy.Address; SecureBlackbox ProxyAddress
 */
int32_t INetServiceProxy_SetAddress(INetServiceProxy *proxy,
                                    const char *proxyAddress);

/**
 * The port, as a text; empty where it is the one of the type.
 *
 * @param proxy the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see Fore INetServiceProxy.Port; SecureBlackbox ProxyPort
 */
int64_t INetServiceProxy_GetPort(const INetServiceProxy *proxy,
                                 char *buffer,
                                 size_t capacity);

/**
 * Sets the port. It is a text, as in Fore.
 *
 * @param proxy the object.
 * @param proxyPort the digits, 1 to 65535, or empty for that of the type: 1080 for SOCKS, 443 for HTTPS, else 3128.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE it is no port.
 * @see Fore INetServiceProxy.Port; SecureBlackbox ProxyPort
 */
int32_t INetServiceProxy_SetPort(INetServiceProxy *proxy,
                                 const char *proxyPort);

/**
 * Whether the proxy is given user and password.
 *
 * @param proxy the object.
 * @return 1, or 0 (the default), or a status.
 * @see Fore INetServiceProxy.NeedAuthentication
 */
int32_t INetServiceProxy_GetNeedAuthentication(const INetServiceProxy *proxy);

/**
 * Chooses whether the proxy is given user and password. How, INetServiceProxy_SetAuthentication chooses for proxies of HTTP.
 *
 * @param proxy the object.
 * @param needAuthentication 1 for yes, 0 for no.
 * @return 0, or a status.
 * @see Fore INetServiceProxy.NeedAuthentication; RFC 1929; RFC 9110 section 11.7
 */
int32_t INetServiceProxy_SetNeedAuthentication(INetServiceProxy *proxy,
                                               int32_t needAuthentication);

/**
 * The user.
 *
 * @param proxy the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see Fore INetServiceProxy.User; SecureBlackbox ProxyUsername
 */
int64_t INetServiceProxy_GetUser(const INetServiceProxy *proxy,
                                 char *buffer,
                                 size_t capacity);

/**
 * Sets the user. To SOCKS4 it is the user id.
 *
 * @param proxy the object.
 * @param user the user, UTF-8, as `DOMAIN\user` for NTLM; copied.
 * @return 0, or a status.
 * @error INET_E_LINE_BREAK it holds a line break.
 * @see Fore INetServiceProxy.User; SecureBlackbox ProxyUsername
 */
int32_t INetServiceProxy_SetUser(INetServiceProxy *proxy, const char *user);

/**
 * Sets the password, which cannot be read back.
 *
 * @param proxy the object.
 * @param password the password, UTF-8; copied, and wiped when it is not needed any more.
 * @return 0, or a status.
 * @see Fore INetServiceProxy.Password; SecureBlackbox ProxyPassword
 */
int32_t INetServiceProxy_SetPassword(INetServiceProxy *proxy, const char *password);

/**
 * The servers that are reached without the proxy, with one comma between two.
 *
 * @param proxy the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see Fore INetServiceProxy.NoProxyString
 */
int64_t INetServiceProxy_GetNoProxyString(const INetServiceProxy *proxy,
                                          char *buffer,
                                          size_t capacity);

/**
 * Sets the servers that are reached without the proxy: rules with commas, semicolons or blanks between them. A rule is a name, which covers
 * all below it too (`x.com`, `.x.com`); a pattern with asterisks (`*.x.com`); an address (`127.0.0.1`, `::1`); a network (`10.0.0.0/8`);
 * `<local>` for names without a dot; `*` for everything. `:port` behind it keeps it to that port. Names are not resolved for this.
 *
 * @param proxy the object.
 * @param servers the rules, UTF-8; copied.
 * @return 0, or a status.
 * @see Fore INetServiceProxy.NoProxyString
 */
int32_t INetServiceProxy_SetNoProxyString(INetServiceProxy *proxy,
                                          const char *servers);

/**
 * The servers that are reached without the proxy, as they were set.
 *
 * @param proxy the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see Fore INetServiceProxy.NoProxyStringOriginal
 */
int64_t INetServiceProxy_GetNoProxyStringOriginal(const INetServiceProxy *proxy,
                                                  char *buffer,
                                                  size_t capacity);

/**
 * Whether the environment names the proxy.
 *
 * @param proxy the object.
 * @return 1, or 0 (the default), or a status.
 * @see Fore INetServiceProxy.Integrated
 */
int32_t INetServiceProxy_GetIntegrated(const INetServiceProxy *proxy);

/**
 * Chooses whether the environment names the proxy. The first of these variables that is set counts, as a URL of INetServiceProxy_SetAddress;
 * set to nothing it stands for no proxy: CURLOPT_PROXY (with CURLOPT_PROXYUSERPWD, `user:password`), smtp_proxy, SMTP_PROXY, all_proxy,
 * ALL_PROXY. no_proxy or NO_PROXY add to the rules of NoProxyString. Where none of them is set, Address counts, and where that is empty too, there is no
 * proxy. The environment is read when a client first uses these settings, and again when they change.
 *
 * @param proxy the object.
 * @param integrated 1 for yes, 0 for no.
 * @return 0, or a status.
 * @see Fore INetServiceProxy.Integrated; curl ENVIRONMENT
 */
int32_t INetServiceProxy_SetIntegrated(INetServiceProxy *proxy,
                                       int32_t integrated);

/**
 * What connections go by now, as `scheme://host:port`; empty where they go without a proxy. Neither user nor password stands in it.
 *
 * @param proxy the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @error INET_E_PROXY_SETTINGS it is active and nobody says where it is.
 * @see Fore INetServiceProxy.ConnectionString
 */
int64_t INetServiceProxy_GetConnectionString(const INetServiceProxy *proxy,
                                             char *buffer,
                                             size_t capacity);

/**
 * Makes a copy of these settings those of every client of the process that has no proxy of its own. Nothing is written to a disk.
 *
 * @param proxy the object.
 * @return 0, or a status.
 * @see Fore INetServiceProxy.Save
 */
int32_t INetServiceProxy_Save(INetServiceProxy *proxy);

/**
 * Takes one more reference to the object: each wants its own INetServiceProxy_Release.
 *
 * @param proxy the object.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetServiceProxy.
 * @see inetmail
 */
int32_t INetServiceProxy_AddRef(INetServiceProxy *proxy);

/**
 * Gives up one reference. The object lives on as long as the library or a call under way uses it.
 *
 * @param proxy the object, or NULL, which is no failure.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetServiceProxy, or was released before.
 * @see inetmail
 */
int32_t INetServiceProxy_Release(INetServiceProxy *proxy);

/* ==============================================================================================
 * INetServiceProxy: kinds of proxies and how to log in to them, as SecureBlackbox and Aspose have
 * it.
 * ============================================================================================== */

/**
 * Makes an active proxy of SOCKS4, without a user.
 *
 * @param proxyAddress name or address of the proxy, UTF-8; copied.
 * @param port its port, 1 to 65535.
 * @return a new reference, to be released with INetServiceProxy_Release; or NULL on failure.
 * @error INET_E_ARGUMENT the address is none.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the port is none.
 * @see Aspose SocksProxy(address, port)
 */
INetServiceProxy *INetServiceProxy_CreateSocks(const char *proxyAddress, int32_t port);

/**
 * Makes an active proxy of SOCKS, without a login.
 *
 * @param proxyAddress name or address of the proxy, UTF-8; copied.
 * @param port its port, 1 to 65535.
 * @param version INET_SOCKS_V4 or INET_SOCKS_V5.
 * @return a new reference, to be released with INetServiceProxy_Release; or NULL on failure.
 * @error INET_E_ARGUMENT the address is none.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the port is none, or the version is neither 4 nor 5.
 * @see Aspose SocksProxy(address, port, SocksVersion)
 */
INetServiceProxy *INetServiceProxy_CreateSocksWithVersion(const char *proxyAddress,
                                                          int32_t port,
                                                          int32_t version);

/**
 * Makes an active proxy of SOCKS4, which is told a user and no password.
 *
 * @param proxyAddress name or address of the proxy, UTF-8; copied.
 * @param port its port, 1 to 65535.
 * @param user the user, UTF-8; copied.
 * @return a new reference, to be released with INetServiceProxy_Release; or NULL on failure.
 * @error INET_E_ARGUMENT the address is none.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the port is none.
 * @see Aspose SocksProxy(address, port, userId)
 */
INetServiceProxy *INetServiceProxy_CreateSocksWithUserId(const char *proxyAddress,
                                                         int32_t port,
                                                         const char *user);

/**
 * Makes an active proxy of SOCKS5 with user and password.
 *
 * @param proxyAddress name or address of the proxy, UTF-8; copied.
 * @param port its port, 1 to 65535.
 * @param user the user, UTF-8; copied.
 * @param password the password, UTF-8; copied, and wiped when it is not needed any more.
 * @return a new reference, to be released with INetServiceProxy_Release; or NULL on failure.
 * @error INET_E_ARGUMENT the address is none.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the port is none.
 * @see Aspose SocksProxy(address, port, userId, password); RFC 1929
 */
INetServiceProxy *INetServiceProxy_CreateSocksWithUserPassword(const char *proxyAddress,
                                                               int32_t port,
                                                               const char *user,
                                                               const char *password);

/**
 * Makes an active proxy of HTTP, without a login.
 *
 * @param proxyAddress name or address of the proxy, UTF-8; copied.
 * @param port its port, 1 to 65535.
 * @return a new reference, to be released with INetServiceProxy_Release; or NULL on failure.
 * @error INET_E_ARGUMENT the address is none.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the port is none.
 * @see Aspose HttpProxy(address, port)
 */
INetServiceProxy *INetServiceProxy_CreateHttp(const char *proxyAddress, int32_t port);

/**
 * Makes an active proxy of HTTP with user and password. The login is the best one that the proxy offers, INetServiceProxy_SetAuthentication
 * chooses another.
 *
 * @param proxyAddress name or address of the proxy, UTF-8; copied.
 * @param port its port, 1 to 65535.
 * @param user the user, UTF-8; copied.
 * @param password the password, UTF-8; copied, and wiped when it is not needed any more.
 * @return a new reference, to be released with INetServiceProxy_Release; or NULL on failure.
 * @error INET_E_ARGUMENT the address is none.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the port is none.
 * @see Aspose HttpProxy(address, port, userName, password)
 */
INetServiceProxy *INetServiceProxy_CreateHttpWithUserPassword(const char *proxyAddress,
                                                              int32_t port,
                                                              const char *user,
                                                              const char *password);

/**
 * Whether a server is reached without the proxy: by the rules of NoProxyString, or because the proxy is not active.
 *
 * @param proxy the object.
 * @param uri a URI as `smtp://host:port`, or a host with or without a port, UTF-8. A port that is not named is that of the scheme, else 25.
 * @return 1 or 0, or a status.
 * @error INET_E_ARGUMENT it names no host.
 * @error INET_E_PROXY_SETTINGS the proxy is active and nobody says where it is.
 * @see Aspose HttpProxy.IsBypassed
 */
int32_t INetServiceProxy_IsBypassed(const INetServiceProxy *proxy,
                                    const char *uri);

/**
 * The kind of proxy.
 *
 * @param proxy the object.
 * @return an INET_PROXY_ number (INET_PROXY_HTTP unless set), or a status.
 * @see SecureBlackbox ProxyProxyType
 */
int32_t INetServiceProxy_GetType(const INetServiceProxy *proxy);

/**
 * Sets the kind of proxy.
 *
 * @param proxy the object.
 * @param proxyType an INET_PROXY_ number.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see SecureBlackbox ProxyProxyType; RFC 1928; RFC 9110 section 9.3.6
 */
int32_t INetServiceProxy_SetType(INetServiceProxy *proxy, int32_t proxyType);

/**
 * How a proxy of HTTP is logged in to.
 *
 * @param proxy the object.
 * @return an INET_PROXY_AUTHENTICATION_ number (INET_PROXY_AUTHENTICATION_NONE unless set); INET_PROXY_AUTHENTICATION_AUTO where only NeedAuthentication was set, or a status.
 * @see SecureBlackbox ProxyAuthentication
 */
int32_t INetServiceProxy_GetAuthentication(const INetServiceProxy *proxy);

/**
 * Sets how a proxy of HTTP is logged in to, and with it NeedAuthentication. SOCKS5 has only user and password (RFC 1929), SOCKS4 only a user.
 *
 * @param proxy the object.
 * @param authentication an INET_PROXY_AUTHENTICATION_ number.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see SecureBlackbox ProxyAuthentication; RFC 7617; RFC 7616; RFC 4559
 */
int32_t INetServiceProxy_SetAuthentication(INetServiceProxy *proxy,
                                           int32_t authentication);

/**
 * The header fields that requests to a proxy of HTTP have beside the library's own, each with CR LF.
 *
 * @param proxy the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see SecureBlackbox ProxyRequestHeaders
 */
int64_t INetServiceProxy_GetRequestHeaders(const INetServiceProxy *proxy,
                                           char *buffer,
                                           size_t capacity);

/**
 * Sets header fields for the requests to a proxy of HTTP. A User-Agent or Proxy-Authorization among them takes the place of the library's; what the proxy repeats of the latter is hidden.
 *
 * @param proxy the object.
 * @param headers the fields, one a line, UTF-8; copied.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT a line is no header field, or one that the library has to say itself.
 * @see SecureBlackbox ProxyRequestHeaders; RFC 9110 section 5
 */
int32_t INetServiceProxy_SetRequestHeaders(INetServiceProxy *proxy,
                                           const char *headers);

/**
 * What a proxy of HTTP has answered last, from the status line on, without the body; of one that opened the way too. Nothing before there was an answer. What it repeats of a login is not in it.
 *
 * @param proxy the object.
 * @param buffer receives the octets, as many as fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return how many octets there are in all, or a status.
 * @see SecureBlackbox ProxyResponseHeaders
 */
int64_t INetServiceProxy_GetResponseHeaders(const INetServiceProxy *proxy,
                                            uint8_t *buffer,
                                            size_t capacity);

/**
 * The body of the last answer of a proxy of HTTP, the first 65536 octets at most: what it has to say about a refusal. It is a stranger's text, often HTML; what it repeats of a login is not in it.
 *
 * @param proxy the object.
 * @param buffer receives the octets, as many as fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return how many octets there are in all, or a status.
 * @see SecureBlackbox ProxyResponseBody
 */
int64_t INetServiceProxy_GetResponseBody(const INetServiceProxy *proxy,
                                         uint8_t *buffer,
                                         size_t capacity);

/**
 * Whether the proxy may be reached by IPv6.
 *
 * @param proxy the object.
 * @return 1 (the default) or 0, or a status.
 * @see SecureBlackbox ProxyUseIPv6
 */
int32_t INetServiceProxy_GetUseIPv6(const INetServiceProxy *proxy);

/**
 * Chooses whether the proxy may be reached by IPv6. Which addresses the proxy goes to is its own affair.
 *
 * @param proxy the object.
 * @param useIPv6 1 for IPv6 and IPv4, 0 for IPv4 alone.
 * @return 0, or a status.
 * @see SecureBlackbox ProxyUseIPv6
 */
int32_t INetServiceProxy_SetUseIPv6(INetServiceProxy *proxy,
                                    int32_t useIPv6);

/**
 * Whether names of servers are resolved on this machine.
 *
 * @param proxy the object.
 * @return 1, or 0 (the default), or a status.
 * @see inetmail
 */
int32_t INetServiceProxy_GetResolveNamesHere(const INetServiceProxy *proxy);

/**
 * Chooses who resolves names of servers. SOCKS4 cannot be told a name: there it is always this machine, and where that fails, the proxy by way
 * of SOCKS4a.
 *
 * @param proxy the object.
 * @param resolveNamesHere 1 for this machine, 0 for the proxy.
 * @return 0, or a status.
 * @see curl CURLPROXY_SOCKS5_HOSTNAME
 */
int32_t INetServiceProxy_SetResolveNamesHere(INetServiceProxy *proxy,
                                             int32_t resolveNamesHere);

/* ==============================================================================================
 * INetSmtpClient: sends messages through one server at a time.
 * ============================================================================================== */

/**
 * Makes a client of a server on port 25.
 *
 * @param host name or address of the server, or `unix:` with the path of a socket, UTF-8, empty to be set later; copied.
 * @return a new reference, to be released with INetSmtpClient_Release; or NULL on failure.
 * @error INET_E_ARGUMENT the host is no host name, or holds a port or a scheme.
 * @see Fore CurlSmtpClient.CreateWithHost
 */
INetSmtpClient *INetSmtpClient_CreateWithHost(const char *host);

/**
 * Makes a client of a server.
 *
 * @param host name or address of the server, or `unix:` with the path of a socket, UTF-8, empty to be set later; copied.
 * @param port 1 to 65535.
 * @return a new reference, to be released with INetSmtpClient_Release; or NULL on failure.
 * @error INET_E_ARGUMENT the host is no host name, or holds a port or a scheme.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the port is none.
 * @see Fore CurlSmtpClient.CreateWithHostAndPort
 */
INetSmtpClient *INetSmtpClient_CreateWithHostAndPort(const char *host,
                                                     int32_t port);

/**
 * The same as INetSmtpClient_CreateWithHost, under the name of its class.
 *
 * @param host name or address of the server, or `unix:` with the path of a socket, UTF-8, empty to be set later; copied.
 * @return a new reference, to be released with INetSmtpClient_Release; or NULL on failure.
 * @error INET_E_ARGUMENT the host is no host name, or holds a port or a scheme.
 * @see Fore CurlSmtpClient.CreateWithHost
 */
INetSmtpClient *CurlSmtpClient_CreateWithHost(const char *host);

/**
 * The same as INetSmtpClient_CreateWithHostAndPort, under the name of its class.
 *
 * @param host name or address of the server, or `unix:` with the path of a socket, UTF-8, empty to be set later; copied.
 * @param port 1 to 65535.
 * @return a new reference, to be released with INetSmtpClient_Release; or NULL on failure.
 * @error INET_E_ARGUMENT the host is no host name, or holds a port or a scheme.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the port is none.
 * @see Fore CurlSmtpClient.CreateWithHostAndPort
 */
INetSmtpClient *CurlSmtpClient_CreateWithHostAndPort(const char *host,
                                                     int32_t port);

/**
 * Makes a client without a host, which is to be set before Send.
 *
 * @return a new reference, to be released with INetSmtpClient_Release; or NULL on failure.
 * @see Aspose SmtpClient
 */
INetSmtpClient *INetSmtpClient_Create(void);

/**
 * The name or address of the server.
 *
 * @param client the client.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see Fore INetSmtpClient.Host
 */
int64_t INetSmtpClient_GetHost(const INetSmtpClient *client,
                               char *buffer,
                               size_t capacity);

/**
 * Sets the server. A connection to the one before is closed; the client goes on with the new one.
 *
 * @param client the object.
 * @param host name or address, or `unix:` with the path of a socket, UTF-8; copied.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT the host is no host name, or holds a port or a scheme.
 * @see Fore INetSmtpClient.Host
 */
int32_t INetSmtpClient_SetHost(INetSmtpClient *client, const char *host);

/**
 * The port of the server.
 *
 * @param client the object.
 * @return 1 to 65535 (25 unless set), or a status.
 * @see Fore INetSmtpClient.Port
 */
int32_t INetSmtpClient_GetPort(const INetSmtpClient *client);

/**
 * Sets the port. A connection to the one before is closed.
 *
 * @param client the object.
 * @param port 1 to 65535: 25 for relay, 587 for submission, 465 for submission under TLS.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the port is none.
 * @see Fore INetSmtpClient.Port; RFC 8314
 */
int32_t INetSmtpClient_SetPort(INetSmtpClient *client, int32_t port);

/**
 * Whether the connection is protected by TLS.
 *
 * @param client the object.
 * @return 1 or 0 (0 unless set), or a status.
 * @see Fore INetSmtpClient.EnableSsl; RFC 8314; RFC 3207
 */
int32_t INetSmtpClient_GetEnableSsl(const INetSmtpClient *client);

/**
 * Asks for TLS: from the first octet on port 465, by STARTTLS on every other. Then nothing ever goes out in clear, and the
 * server's certificate is always verified. Without it nothing is encrypted, logins included, as Fore has it.
 *
 * @param client the object.
 * @param enableSsl 0 for no, anything else for yes.
 * @return 0, or a status.
 * @see Fore INetSmtpClient.EnableSsl; RFC 8314; RFC 3207
 */
int32_t INetSmtpClient_SetEnableSsl(INetSmtpClient *client,
                                    int32_t enableSsl);

/**
 * How long one Send may take.
 *
 * @param client the object.
 * @return milliseconds (100000 unless set), or a status.
 * @see Fore INetSmtpClient.Timeout
 */
int32_t INetSmtpClient_GetTimeout(const INetSmtpClient *client);

/**
 * Sets how long one Send may take, everything together: name look-up, connection, TLS, login, message, final reply.
 *
 * @param client the object.
 * @param milliseconds 1 or more.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is 0 or less.
 * @see Fore INetSmtpClient.Timeout
 */
int32_t INetSmtpClient_SetTimeout(INetSmtpClient *client,
                                  int32_t milliseconds);

/**
 * What EHLO says of this host; empty where the default is used.
 *
 * @param client the client.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see MailKit SmtpClient.LocalDomain
 */
int64_t INetSmtpClient_GetLocalDomain(const INetSmtpClient *client,
                                      char *buffer,
                                      size_t capacity);

/**
 * Sets what EHLO says of this host. The default is the address of the connection's own end as a literal, such as
 * [192.0.2.1], which is always valid.
 *
 * @param client the object.
 * @param name a domain name or an address literal, ASCII, empty for the default; copied.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT it is neither.
 * @error INET_E_LINE_BREAK the text holds CR, LF or NUL.
 * @see MailKit SmtpClient.LocalDomain; RFC 5321 section 4.1.1.1
 */
int32_t INetSmtpClient_SetLocalDomain(INetSmtpClient *client,
                                      const char *name);

/**
 * Sets the credential for this host and an authentication protocol, or takes it away. With several, the first that fits the
 * server's offer is used; if none does, the Send fails with INET_E_AUTH_NOT_OFFERED, or with INET_E_AUTH_UNSUPPORTED where the first is for a
 * protocol that is not known. One without user, password and token is that of the user of the operating system.
 *
 * @param client the object.
 * @param authProtocol PLAIN, LOGIN, CRAM-MD5, DIGEST-MD5 or Digest, NTLM, GSSAPI or Kerberos, GSS-SPNEGO or Negotiate, SCRAM-SHA-256 and its like or
 *     SCRAM for any of them, XOAUTH2, OAUTHBEARER or OAuth2 for either, EXTERNAL, ANONYMOUS, Basic for PLAIN or LOGIN, in any letter case; empty, `https`,
 *     `http`, `smtps` and `smtp` for what suits the server. A credential for any other name is never used. UTF-8.
 * @param credential the credential, or NULL for none; the client takes a reference of its own.
 * @return 0, or a status.
 * @see Fore INetSmtpClient.ThisHostCredentials; RFC 4954
 */
int32_t INetSmtpClient_SetThisHostCredentials(INetSmtpClient *client,
                                              const char *authProtocol,
                                              INetNetworkCredential *credential);

/**
 * The credential that was set for this host and exactly this authentication protocol.
 *
 * @param client the object.
 * @param authProtocol PLAIN, LOGIN, Kerberos ... in any letter case; empty for what suits the server. UTF-8.
 * @return a new reference, to be released with INetNetworkCredential_Release; NULL where there is none, and on failure.
 * @see Fore INetSmtpClient.ThisHostCredentials
 */
INetNetworkCredential *INetSmtpClient_GetThisHostCredentials(const INetSmtpClient *client,
                                                             const char *authProtocol);

/**
 * What the client will log in with: a view that follows its settings.
 *
 * @param client the object.
 * @return a new reference, to be released with INetCredentialsByHost_Release; or NULL on failure.
 * @see Fore INetSmtpClient.Credentials
 */
INetCredentialsByHost *INetSmtpClient_GetCredentials(const INetSmtpClient *client);

/**
 * Sets a cache of credentials for many hosts. ThisHostCredentials come before it.
 *
 * @param client the object.
 * @param cache the cache, or NULL for none; the client takes a reference of its own.
 * @return 0, or a status.
 * @see .NET SmtpClient.Credentials
 */
int32_t INetSmtpClient_SetCredentials(INetSmtpClient *client, INetCredentialCache *cache);

/**
 * Whether the client logs in as the user of the operating system.
 *
 * @param client the object.
 * @return 1 or 0 (0 unless set), or a status.
 * @see Fore INetSmtpClient.UseDefaultCredentials
 */
int32_t INetSmtpClient_GetUseDefaultCredentials(const INetSmtpClient *client);

/**
 * Says whether to log in as the user of the operating system, whatever other credentials there are: by GSSAPI or GSS-SPNEGO, with the tickets of
 * Kerberos that the user has. A server that offers neither gets no message: INET_E_AUTH_NOT_OFFERED. Without it and
 * without credentials the session is anonymous.
 *
 * @param client the object.
 * @param useDefaultCredentials 0 for no, anything else for yes.
 * @return 0, or a status.
 * @see Fore INetSmtpClient.UseDefaultCredentials
 */
int32_t INetSmtpClient_SetUseDefaultCredentials(INetSmtpClient *client,
                                                int32_t useDefaultCredentials);

/**
 * Trusts the certificates of a file, besides those of the system: those of CAs as roots, and a server's own as it is, for its names and dates.
 *
 * @param client the object.
 * @param fileName path of a file with certificates in PEM or DER, UTF-8; read at once.
 * @return 0, or a status.
 * @error INET_E_FILE_NOT_FOUND there is no such file.
 * @error INET_E_CERTIFICATE_FILE it holds no certificate, or a broken one.
 * @see inetmail; RFC 5280
 */
int32_t INetSmtpClient_AddTrustedCertificateFile(INetSmtpClient *client,
                                                 const char *fileName);

/**
 * Sends a message and waits for the server's final reply, within Timeout. 0 means that the server has accepted the message for
 * every recipient. The connection is kept for the next Send.
 *
 * @param client the object.
 * @param message the message; it can be sent again.
 * @return 0, or a status.
 * @error INET_E_SOME_RECIPIENTS_REFUSED the message was accepted, but not for all; INetSmtpClient_SendWithReport tells for whom.
 * @error INET_E_IN_DOUBT the connection was lost between the message and the final reply.
 * @error INET_E_CANCELLED INetSmtpClient_Cancel was called, or the last reference to the client released, on another thread.
 * @see Fore INetSmtpClient.Send; RFC 5321 section 3.3
 */
int32_t INetSmtpClient_Send(INetSmtpClient *client,
                            INetMailMessage *message);

/**
 * Sends a message as INetSmtpClient_Send does and reports what became of each recipient. The report takes the place of the error
 * record, which is left as it is; it can be read on any thread.
 *
 * @param client the object.
 * @param message the message; it can be sent again.
 * @return a new report, whatever the server made of the message, to be released with INetSendReport_Release; or NULL where the
 *     Send failed before any server was tried: no host, no recipients, a missing file, a text that cannot be encoded.
 * @see inetmail
 */
INetSendReport *INetSmtpClient_SendWithReport(INetSmtpClient *client,
                                              INetMailMessage *message);

/**
 * Closes the connections that are kept for the next Send, with a QUIT. The next Send opens a new one.
 *
 * @param client the object.
 * @return 0, or a status.
 * @see MailKit SmtpClient.Disconnect; RFC 5321 section 4.1.1.10
 */
int32_t INetSmtpClient_Disconnect(INetSmtpClient *client);

/**
 * Ends everything that is under way on the client: each Send on another thread soon returns INET_E_CANCELLED, or
 * INET_E_IN_DOUBT if its message was out already and only the server's answer was missing. What begins afterwards is not
 * concerned. Returns at once; a client on which nothing is under way stays as it is.
 *
 * @param client the object.
 * @return 0, or a status.
 * @see inetmail; MailKit SmtpClient.Send with a CancellationToken
 */
int32_t INetSmtpClient_Cancel(INetSmtpClient *client);

/**
 * Takes one more reference to the object: each wants its own INetSmtpClient_Release.
 *
 * @param client the object.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetSmtpClient.
 * @see inetmail
 */
int32_t INetSmtpClient_AddRef(INetSmtpClient *client);

/**
 * Gives up one reference. The object lives on as long as the library or a call under way uses it.
 *
 * @param client the object, or NULL, which is no failure.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetSmtpClient, or was released before.
 * @see inetmail
 */
int32_t INetSmtpClient_Release(INetSmtpClient *client);

/* ==============================================================================================
 * INetSmtpClient: ready messages, forwarding, and other ways of delivery.
 * ============================================================================================== */

/**
 * Sends a message that is ready. It goes out as it is, but for Bcc, Resent-Bcc and Return-Path, which are taken off, and for
 * line breaks, which become CRLF.
 *
 * @param client the object.
 * @param sender the sender of the envelope as a mail address, or "<>" for nobody, UTF-8; copied; or NULL to have the header
 *     tell: Resent-Sender or Resent-From of the last resending, else Return-Path, Sender or From.
 * @param recipients the recipients as mailboxes between commas or semicolons, UTF-8; copied; or NULL to have the header tell:
 *     Resent-To, Resent-Cc and Resent-Bcc of the last resending, else To, Cc and Bcc.
 * @param data the message, header and all; read during the call.
 * @param length how many octets there are.
 * @return 0, or a status.
 * @error INET_E_NO_MESSAGE the octets are no message.
 * @error INET_E_EIGHT_BIT_MIME_NOT_OFFERED there are octets beyond ASCII, and the server takes none.
 * @error INET_E_SOME_RECIPIENTS_REFUSED the message was accepted, but not for all.
 * @error INET_E_IN_DOUBT the connection was lost between the message and the final reply.
 * @see SecureBlackbox SendBytes
 */
int32_t INetSmtpClient_SendBytes(INetSmtpClient *client,
                                 const char *sender,
                                 const char *recipients,
                                 const uint8_t *data,
                                 size_t length);

/**
 * The same as INetSmtpClient_SendBytes, and reports what became of each recipient. The report takes the place of the error
 * record.
 *
 * @param client the object.
 * @param sender the sender of the envelope as a mail address, or "<>" for nobody, UTF-8; copied; or NULL to have the header
 *     tell: Resent-Sender or Resent-From of the last resending, else Return-Path, Sender or From.
 * @param recipients the recipients as mailboxes between commas or semicolons, UTF-8; copied; or NULL to have the header tell:
 *     Resent-To, Resent-Cc and Resent-Bcc of the last resending, else To, Cc and Bcc.
 * @param data the message, header and all; read during the call.
 * @param length how many octets there are.
 * @return a new report, whatever the server made of the message, to be released with INetSendReport_Release; or NULL where the
 *     Send failed before any server was tried.
 * @see SecureBlackbox SendBytes
 */
INetSendReport *INetSmtpClient_SendBytesWithReport(INetSmtpClient *client,
                                                   const char *sender,
                                                   const char *recipients,
                                                   const uint8_t *data,
                                                   size_t length);

/**
 * Sends a message that stands ready in a file, which is never in memory as a whole. It goes out as it is, but for Bcc,
 * Resent-Bcc and Return-Path, which are taken off, and for line breaks, which become CRLF.
 *
 * @param client the object.
 * @param sender the sender of the envelope as a mail address, or "<>" for nobody, UTF-8; copied; or NULL to have the header
 *     tell: Resent-Sender or Resent-From of the last resending, else Return-Path, Sender or From.
 * @param recipients the recipients as mailboxes between commas or semicolons, UTF-8; copied; or NULL to have the header tell:
 *     Resent-To, Resent-Cc and Resent-Bcc of the last resending, else To, Cc and Bcc.
 * @param fileName path of the file, UTF-8.
 * @return 0, or a status.
 * @error INET_E_FILE_NOT_FOUND there is no such file.
 * @error INET_E_NO_MESSAGE the octets are no message.
 * @error INET_E_EIGHT_BIT_MIME_NOT_OFFERED there are octets beyond ASCII, and the server takes none.
 * @error INET_E_SOME_RECIPIENTS_REFUSED the message was accepted, but not for all.
 * @error INET_E_IN_DOUBT the connection was lost between the message and the final reply.
 * @see SecureBlackbox SendFile
 */
int32_t INetSmtpClient_SendFile(INetSmtpClient *client,
                                const char *sender,
                                const char *recipients,
                                const char *fileName);

/**
 * The same as INetSmtpClient_SendFile, and reports what became of each recipient. The report takes the place of the error
 * record.
 *
 * @param client the object.
 * @param sender the sender of the envelope as a mail address, or "<>" for nobody, UTF-8; copied; or NULL to have the header
 *     tell: Resent-Sender or Resent-From of the last resending, else Return-Path, Sender or From.
 * @param recipients the recipients as mailboxes between commas or semicolons, UTF-8; copied; or NULL to have the header tell:
 *     Resent-To, Resent-Cc and Resent-Bcc of the last resending, else To, Cc and Bcc.
 * @param fileName path of the file, UTF-8.
 * @return a new report, whatever the server made of the message, to be released with INetSendReport_Release; or NULL where the
 *     Send failed before any server was tried.
 * @see SecureBlackbox SendFile
 */
INetSendReport *INetSmtpClient_SendFileWithReport(INetSmtpClient *client,
                                                  const char *sender,
                                                  const char *recipients,
                                                  const char *fileName);

/**
 * Sends a message that a callback gives, which is never in memory as a whole. It goes out as it is, but for Bcc, Resent-Bcc and
 * Return-Path, which are taken off, and for line breaks, which become CRLF.
 *
 * @param client the object.
 * @param sender the sender of the envelope as a mail address, or "<>" for nobody, UTF-8; copied; or NULL to have the header
 *     tell: Resent-Sender or Resent-From of the last resending, else Return-Path, Sender or From.
 * @param recipients the recipients as mailboxes between commas or semicolons, UTF-8; copied; or NULL to have the header tell:
 *     Resent-To, Resent-Cc and Resent-Bcc of the last resending, else To, Cc and Bcc.
 * @param read gives the octets, on this thread. It is not asked for what it has given before: where the connection is lost in
 *     the midst of the message, the Send fails.
 * @param user handed to the callback as it is.
 * @return 0, or a status, or the negative number that the callback answered.
 * @error INET_E_NO_MESSAGE the octets are no message.
 * @error INET_E_EIGHT_BIT_MIME_NOT_OFFERED there are octets beyond ASCII, and the server takes none.
 * @error INET_E_SOME_RECIPIENTS_REFUSED the message was accepted, but not for all.
 * @error INET_E_IN_DOUBT the connection was lost between the message and the final reply.
 * @see SecureBlackbox SendStream
 */
int32_t INetSmtpClient_SendStream(INetSmtpClient *client,
                                  const char *sender,
                                  const char *recipients,
                                  INetReadCallback read,
                                  void *user);

/**
 * The same as INetSmtpClient_SendStream, and reports what became of each recipient. The report takes the place of the error
 * record.
 *
 * @param client the object.
 * @param sender the sender of the envelope as a mail address, or "<>" for nobody, UTF-8; copied; or NULL to have the header
 *     tell: Resent-Sender or Resent-From of the last resending, else Return-Path, Sender or From.
 * @param recipients the recipients as mailboxes between commas or semicolons, UTF-8; copied; or NULL to have the header tell:
 *     Resent-To, Resent-Cc and Resent-Bcc of the last resending, else To, Cc and Bcc.
 * @param read gives the octets, on this thread. It is not asked for what it has given before: where the connection is lost in
 *     the midst of the message, the Send fails.
 * @param user handed to the callback as it is.
 * @return a new report, whatever the server made of the message, to be released with INetSendReport_Release; or NULL where the
 *     Send failed before any server was tried.
 * @see SecureBlackbox SendStream
 */
INetSendReport *INetSmtpClient_SendStreamWithReport(INetSmtpClient *client,
                                                    const char *sender,
                                                    const char *recipients,
                                                    INetReadCallback read,
                                                    void *user);

/**
 * Sends a message on to others, as it is, but for Bcc. INetSmtpClient_SetAddResentHeaders has it tell who sent it on. A message
 * that was loaded and not changed goes out octet for octet.
 *
 * @param client the object.
 * @param sender the sender of the envelope as a mail address, or "<>" for nobody, UTF-8; copied.
 * @param recipients the recipients as mailboxes between commas or semicolons, UTF-8; copied. Nobody else gets the message,
 *     whoever its header names.
 * @param message the message.
 * @return 0, or a status.
 * @error INET_E_EIGHT_BIT_MIME_NOT_OFFERED there are octets beyond ASCII, and the server takes none.
 * @error INET_E_SOME_RECIPIENTS_REFUSED the message was accepted, but not for all.
 * @error INET_E_IN_DOUBT the connection was lost between the message and the final reply.
 * @see Aspose SmtpClient.Forward; RFC 5322 section 3.6.6
 */
int32_t INetSmtpClient_Forward(INetSmtpClient *client,
                               const char *sender,
                               const char *recipients,
                               INetMailMessage *message);

/**
 * The same as INetSmtpClient_Forward, and reports what became of each recipient. The report takes the place of the error record.
 *
 * @param client the object.
 * @param sender the sender of the envelope as a mail address, or "<>" for nobody, UTF-8; copied.
 * @param recipients the recipients as mailboxes between commas or semicolons, UTF-8; copied. Nobody else gets the message,
 *     whoever its header names.
 * @param message the message.
 * @return a new report, whatever the server made of the message, to be released with INetSendReport_Release; or NULL where the
 *     Send failed before any server was tried.
 * @see Aspose SmtpClient.Forward; RFC 5322 section 3.6.6
 */
INetSendReport *INetSmtpClient_ForwardWithReport(INetSmtpClient *client,
                                                 const char *sender,
                                                 const char *recipients,
                                                 INetMailMessage *message);

/**
 * Sends a message that is ready on to others, as it is, but for Bcc. INetSmtpClient_SetAddResentHeaders has it tell who sent it
 * on.
 *
 * @param client the object.
 * @param sender the sender of the envelope as a mail address, or "<>" for nobody, UTF-8; copied.
 * @param recipients the recipients as mailboxes between commas or semicolons, UTF-8; copied. Nobody else gets the message,
 *     whoever its header names.
 * @param data the message, header and all; read during the call.
 * @param length how many octets there are.
 * @return 0, or a status.
 * @error INET_E_NO_MESSAGE the octets are no message.
 * @error INET_E_EIGHT_BIT_MIME_NOT_OFFERED there are octets beyond ASCII, and the server takes none.
 * @error INET_E_SOME_RECIPIENTS_REFUSED the message was accepted, but not for all.
 * @error INET_E_IN_DOUBT the connection was lost between the message and the final reply.
 * @see Aspose SmtpClient.Forward; RFC 5322 section 3.6.6
 */
int32_t INetSmtpClient_ForwardBytes(INetSmtpClient *client,
                                    const char *sender,
                                    const char *recipients,
                                    const uint8_t *data,
                                    size_t length);

/**
 * The same as INetSmtpClient_ForwardBytes, and reports what became of each recipient. The report takes the place of the error
 * record.
 *
 * @param client the object.
 * @param sender the sender of the envelope as a mail address, or "<>" for nobody, UTF-8; copied.
 * @param recipients the recipients as mailboxes between commas or semicolons, UTF-8; copied. Nobody else gets the message,
 *     whoever its header names.
 * @param data the message, header and all; read during the call.
 * @param length how many octets there are.
 * @return a new report, whatever the server made of the message, to be released with INetSendReport_Release; or NULL where the
 *     Send failed before any server was tried.
 * @see Aspose SmtpClient.Forward; RFC 5322 section 3.6.6
 */
INetSendReport *INetSmtpClient_ForwardBytesWithReport(INetSmtpClient *client,
                                                      const char *sender,
                                                      const char *recipients,
                                                      const uint8_t *data,
                                                      size_t length);

/**
 * Sends a message that stands in a file on to others, as it is, but for Bcc. INetSmtpClient_SetAddResentHeaders has it tell who
 * sent it on.
 *
 * @param client the object.
 * @param sender the sender of the envelope as a mail address, or "<>" for nobody, UTF-8; copied.
 * @param recipients the recipients as mailboxes between commas or semicolons, UTF-8; copied. Nobody else gets the message,
 *     whoever its header names.
 * @param fileName path of the file, UTF-8.
 * @return 0, or a status.
 * @error INET_E_FILE_NOT_FOUND there is no such file.
 * @error INET_E_NO_MESSAGE the octets are no message.
 * @error INET_E_EIGHT_BIT_MIME_NOT_OFFERED there are octets beyond ASCII, and the server takes none.
 * @error INET_E_SOME_RECIPIENTS_REFUSED the message was accepted, but not for all.
 * @error INET_E_IN_DOUBT the connection was lost between the message and the final reply.
 * @see Aspose SmtpClient.Forward; RFC 5322 section 3.6.6
 */
int32_t INetSmtpClient_ForwardFile(INetSmtpClient *client,
                                   const char *sender,
                                   const char *recipients,
                                   const char *fileName);

/**
 * The same as INetSmtpClient_ForwardFile, and reports what became of each recipient. The report takes the place of the error
 * record.
 *
 * @param client the object.
 * @param sender the sender of the envelope as a mail address, or "<>" for nobody, UTF-8; copied.
 * @param recipients the recipients as mailboxes between commas or semicolons, UTF-8; copied. Nobody else gets the message,
 *     whoever its header names.
 * @param fileName path of the file, UTF-8.
 * @return a new report, whatever the server made of the message, to be released with INetSendReport_Release; or NULL where the
 *     Send failed before any server was tried.
 * @see Aspose SmtpClient.Forward; RFC 5322 section 3.6.6
 */
INetSendReport *INetSmtpClient_ForwardFileWithReport(INetSmtpClient *client,
                                                     const char *sender,
                                                     const char *recipients,
                                                     const char *fileName);

/**
 * Sends a message that a callback gives on to others, as it is, but for Bcc. INetSmtpClient_SetAddResentHeaders has it tell who
 * sent it on.
 *
 * @param client the object.
 * @param sender the sender of the envelope as a mail address, or "<>" for nobody, UTF-8; copied.
 * @param recipients the recipients as mailboxes between commas or semicolons, UTF-8; copied. Nobody else gets the message,
 *     whoever its header names.
 * @param read gives the octets, on this thread. It is not asked for what it has given before: where the connection is lost in
 *     the midst of the message, the Send fails.
 * @param user handed to the callback as it is.
 * @return 0, or a status, or the negative number that the callback answered.
 * @error INET_E_NO_MESSAGE the octets are no message.
 * @error INET_E_EIGHT_BIT_MIME_NOT_OFFERED there are octets beyond ASCII, and the server takes none.
 * @error INET_E_SOME_RECIPIENTS_REFUSED the message was accepted, but not for all.
 * @error INET_E_IN_DOUBT the connection was lost between the message and the final reply.
 * @see Aspose SmtpClient.Forward; RFC 5322 section 3.6.6
 */
int32_t INetSmtpClient_ForwardStream(INetSmtpClient *client,
                                     const char *sender,
                                     const char *recipients,
                                     INetReadCallback read,
                                     void *user);

/**
 * The same as INetSmtpClient_ForwardStream, and reports what became of each recipient. The report takes the place of the error
 * record.
 *
 * @param client the object.
 * @param sender the sender of the envelope as a mail address, or "<>" for nobody, UTF-8; copied.
 * @param recipients the recipients as mailboxes between commas or semicolons, UTF-8; copied. Nobody else gets the message,
 *     whoever its header names.
 * @param read gives the octets, on this thread. It is not asked for what it has given before: where the connection is lost in
 *     the midst of the message, the Send fails.
 * @param user handed to the callback as it is.
 * @return a new report, whatever the server made of the message, to be released with INetSendReport_Release; or NULL where the
 *     Send failed before any server was tried.
 * @see Aspose SmtpClient.Forward; RFC 5322 section 3.6.6
 */
INetSendReport *INetSmtpClient_ForwardStreamWithReport(INetSmtpClient *client,
                                                       const char *sender,
                                                       const char *recipients,
                                                       INetReadCallback read,
                                                       void *user);

/**
 * Whether a message that is sent on tells by Resent-From, Resent-To, Resent-Date and Resent-Message-ID who did so.
 *
 * @param client the object.
 * @return 1 or 0 (0 unless set), or a status.
 * @see RFC 5322 section 3.6.6
 */
int32_t INetSmtpClient_GetAddResentHeaders(const INetSmtpClient *client);

/**
 * Sets what INetSmtpClient_GetAddResentHeaders tells.
 *
 * @param client the object.
 * @param addResentHeaders 0 for no, anything else for yes.
 * @return 0, or a status.
 * @see RFC 5322 section 3.6.6
 */
int32_t INetSmtpClient_SetAddResentHeaders(INetSmtpClient *client, int32_t addResentHeaders);

/**
 * Where messages go.
 *
 * @param client the object.
 * @return an INET_DELIVERY_ number (0 unless set), or a status.
 * @see Aspose SmtpClient.DeliveryMethod; .NET SmtpClient.DeliveryMethod
 */
int32_t INetSmtpClient_GetDeliveryMethod(const INetSmtpClient *client);

/**
 * Chooses where messages go. A pickup directory gets them as files with the ending .eml, whole or not at all, the envelope in
 * X-Sender and X-Receiver lines, 8-bit text as it is; every way of sending goes there.
 *
 * @param client the object.
 * @param method an INET_DELIVERY_ number.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see Aspose SmtpClient.DeliveryMethod; .NET SmtpClient.DeliveryMethod
 */
int32_t INetSmtpClient_SetDeliveryMethod(INetSmtpClient *client,
                                         int32_t method);

/**
 * The pickup directory. Empty where there is none.
 *
 * @param client the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see Aspose SmtpClient.PickupDirectoryLocation; .NET SmtpClient.PickupDirectoryLocation
 */
int64_t INetSmtpClient_GetPickupDirectoryLocation(const INetSmtpClient *client,
                                                  char *buffer,
                                                  size_t capacity);

/**
 * Sets what INetSmtpClient_GetPickupDirectoryLocation tells. Messages go there once INetSmtpClient_SetDeliveryMethod says so.
 *
 * @param client the object.
 * @param path the absolute path of a directory that is there when messages are sent, UTF-8; copied. Empty for none.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT the path is not absolute.
 * @see Aspose SmtpClient.PickupDirectoryLocation; .NET SmtpClient.PickupDirectoryLocation
 */
int32_t INetSmtpClient_SetPickupDirectoryLocation(INetSmtpClient *client,
                                                  const char *path);

/* ==============================================================================================
 * INetTlsSettings: versions, suites, groups, sessions and options of a client's TLS.
 * ============================================================================================== */

/**
 * Which versions of TLS a connection may have, as they were set.
 *
 * @param settings the object.
 * @return the sum of INET_TLS_VERSION_ bits (0x30 unless set: TLS 1.2 and 1.3), or a status.
 * @see SecureBlackbox TLSVersions
 */
int32_t INetTlsSettings_GetVersions(const INetTlsSettings *settings);

/**
 * Sets which versions of TLS a connection may have. Of versions older than 1.2 none is used; where there is no other, a
 * connection fails with INET_E_TLS_BACKEND.
 *
 * @param settings the object.
 * @param versions the sum of INET_TLS_VERSION_ bits, one at least.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE there is no bit, or one that is none of these.
 * @see SecureBlackbox TLSVersions
 */
int32_t INetTlsSettings_SetVersions(INetTlsSettings *settings,
                                    int32_t versions);

/**
 * Which of the versions that were set this build speaks.
 *
 * @param settings the object.
 * @return the sum of INET_TLS_VERSION_ bits, 0 for none, or a status.
 * @see SecureBlackbox TLSVersions
 */
int32_t INetTlsSettings_GetEffectiveVersions(const INetTlsSettings *settings);

/**
 * What the settings began with.
 *
 * @param settings the object.
 * @return an INET_TLS_BASE_ number (0 unless set), or a status.
 * @see SecureBlackbox TLSBaseConfiguration
 */
int32_t INetTlsSettings_GetBaseConfiguration(const INetTlsSettings *settings);

/**
 * Sets what the settings begin with: Versions, Ciphersuites, EcCurves, UseExtendedMasterSecret and RevocationCheck
 * become what the configuration says, and can be changed from there. The others stay. What this build has no TLS library
 * for is taken, and a connection that would need it fails with INET_E_TLS_BACKEND.
 *
 * @param settings the object.
 * @param configuration an INET_TLS_BASE_ number.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see SecureBlackbox TLSBaseConfiguration
 */
int32_t INetTlsSettings_SetBaseConfiguration(INetTlsSettings *settings,
                                             int32_t configuration);

/**
 * The list of cipher suites as it was set; empty where the base configuration decides.
 *
 * @param settings the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see SecureBlackbox TLSCiphersuites; RFC 8446 section B.4
 */
int64_t INetTlsSettings_GetCiphersuites(const INetTlsSettings *settings,
                                        char *buffer,
                                        size_t capacity);

/**
 * Sets the cipher suites, in order of preference. The names are those of IANA (TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384),
 * OpenSSL (ECDHE-RSA-AES256-GCM-SHA384) or SecureBlackbox (ECDHE_RSA_AES256_GCM_SHA384). A name behind a minus is taken
 * away; "all" stands for all that there are, and a list that begins with a minus for all but these. What this build has
 * no TLS library for is taken, and a connection that would need it fails with INET_E_TLS_BACKEND.
 *
 * @param settings the object.
 * @param ciphersuites names between commas, semicolons, colons or blanks, or empty for what the base configuration has;
 * UTF-8, copied.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT a name is unknown, or nothing is left.
 * @see SecureBlackbox TLSCiphersuites; RFC 8446 section B.4
 */
int32_t INetTlsSettings_SetCiphersuites(INetTlsSettings *settings,
                                        const char *ciphersuites);

/**
 * The list of groups for the exchange of keys as it was set; empty where the base configuration decides.
 *
 * @param settings the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see SecureBlackbox TLSECCurves; RFC 8446 section 4.2.7
 */
int64_t INetTlsSettings_GetEcCurves(const INetTlsSettings *settings,
                                    char *buffer,
                                    size_t capacity);

/**
 * Sets the groups for the exchange of keys, which older texts call curves, in order of preference: the key share of the
 * first is sent unasked. The names are those of IANA (x25519, secp256r1), NIST (P-256) or SecureBlackbox (CURVE25519,
 * NISTP256). Minus and "all" are as in the list of cipher suites. What this build has no TLS library for is taken, and a
 * connection that would need it fails with INET_E_TLS_BACKEND.
 *
 * @param settings the object.
 * @param curves names between commas, semicolons, colons or blanks, or empty for what the base configuration has; UTF-8,
 * copied.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT a name is unknown, or nothing is left.
 * @see SecureBlackbox TLSECCurves; RFC 8446 section 4.2.7
 */
int32_t INetTlsSettings_SetEcCurves(INetTlsSettings *settings,
                                    const char *curves);

/**
 * Whether a connection resumes the session of an earlier one.
 *
 * @param settings the object.
 * @return 1 or 0 (1 unless set), or a status.
 * @see SecureBlackbox TLSUseSessionResumption; RFC 8446 section 2.2
 */
int32_t INetTlsSettings_GetUseSessionResumption(const INetTlsSettings *settings);

/**
 * Says whether a connection resumes the session of an earlier one, which halves the work of both sides. The certificate
 * is judged again all the same. Clients with the same settings share their sessions.
 *
 * @param settings the object.
 * @param useSessionResumption 0 for no, anything else for yes.
 * @return 0, or a status.
 * @see SecureBlackbox TLSUseSessionResumption; RFC 8446 section 2.2
 */
int32_t INetTlsSettings_SetUseSessionResumption(INetTlsSettings *settings,
                                                int32_t useSessionResumption);

/**
 * Whether a session may be resumed with another host or address.
 *
 * @param settings the object.
 * @return 1 or 0 (0 unless set), or a status.
 * @see SecureBlackbox TLSForceResumeIfDestinationChanges
 */
int32_t INetTlsSettings_GetForceResumeIfDestinationChanges(const INetTlsSettings *settings);

/**
 * Says whether a session may be resumed with another host or address than that it was made with, as servers that share
 * their sessions allow. The certificate is judged again for the new name.
 *
 * @param settings the object.
 * @param forceResume 0 for no, anything else for yes.
 * @return 0, or a status.
 * @see SecureBlackbox TLSForceResumeIfDestinationChanges
 */
int32_t INetTlsSettings_SetForceResumeIfDestinationChanges(INetTlsSettings *settings,
                                                           int32_t forceResume);

/**
 * Whether a server of TLS 1.2 has to know of the extended master secret.
 *
 * @param settings the object.
 * @return 1 or 0 (0 unless set), or a status.
 * @see SecureBlackbox TLSUseExtendedMasterSecret; RFC 7627
 */
int32_t INetTlsSettings_GetUseExtendedMasterSecret(const INetTlsSettings *settings);

/**
 * Says whether a server of TLS 1.2 has to know of the extended master secret. It is offered in any case, and TLS 1.3 has
 * no need of it.
 *
 * @param settings the object.
 * @param useExtendedMasterSecret 0 for no, anything else for yes.
 * @return 0, or a status.
 * @see SecureBlackbox TLSUseExtendedMasterSecret; RFC 7627
 */
int32_t INetTlsSettings_SetUseExtendedMasterSecret(INetTlsSettings *settings,
                                                   int32_t useExtendedMasterSecret);

/**
 * What is done against attacks by renegotiation.
 *
 * @param settings the object.
 * @return an INET_TLS_RENEGOTIATION_ number (2 unless set), or a status.
 * @see SecureBlackbox TLSRenegotiationAttackPreventionMode; RFC 5746
 */
int32_t INetTlsSettings_GetRenegotiationAttackPreventionMode(const INetTlsSettings *settings);

/**
 * Sets what is done against attacks by renegotiation. Nothing is ever renegotiated here, so that the attack meets
 * nobody; INET_TLS_RENEGOTIATION_STRICT moreover refuses a server of TLS 1.2 that does not know of RFC 5746.
 *
 * @param settings the object.
 * @param mode an INET_TLS_RENEGOTIATION_ number.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see SecureBlackbox TLSRenegotiationAttackPreventionMode; RFC 5746
 */
int32_t INetTlsSettings_SetRenegotiationAttackPreventionMode(INetTlsSettings *settings,
                                                             int32_t mode);

/**
 * The options of TLS.
 *
 * @param settings the object.
 * @return the sum of INET_SSL_OPTION_ bits (0x10 unless set), or a status.
 * @see SecureBlackbox TLSSSLOptions
 */
int32_t INetTlsSettings_GetSslOptions(const INetTlsSettings *settings);

/**
 * Sets the options of TLS. What this build has no TLS library for is taken, and a connection that would need it fails
 * with INET_E_TLS_BACKEND.
 *
 * @param settings the object.
 * @param options the sum of INET_SSL_OPTION_ bits, or 0.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE a bit is none of these.
 * @see SecureBlackbox TLSSSLOptions
 */
int32_t INetTlsSettings_SetSslOptions(INetTlsSettings *settings,
                                      int32_t options);

/**
 * Whether the server is told by which name it is called: bit INET_SSL_OPTION_AUTO_ADD_SERVER_NAME_EXTENSION of the
 * options.
 *
 * @param settings the object.
 * @return 1 or 0 (1 unless set), or a status.
 * @see RFC 6066 section 3; SecureBlackbox TLSSSLOptions
 */
int32_t INetTlsSettings_GetUseServerNameIndication(const INetTlsSettings *settings);

/**
 * Says whether the server is told by which name it is called: bit INET_SSL_OPTION_AUTO_ADD_SERVER_NAME_EXTENSION of the
 * options. Servers of many names find their certificate by it.
 *
 * @param settings the object.
 * @param useServerNameIndication 0 for no, anything else for yes.
 * @return 0, or a status.
 * @see RFC 6066 section 3; SecureBlackbox TLSSSLOptions
 */
int32_t INetTlsSettings_SetUseServerNameIndication(INetTlsSettings *settings,
                                                   int32_t useServerNameIndication);

/**
 * Whether the server may compress its certificates.
 *
 * @param settings the object.
 * @return 1 or 0 (1 unless set), or a status.
 * @see RFC 8879
 */
int32_t INetTlsSettings_GetUseCertificateCompression(const INetTlsSettings *settings);

/**
 * Says whether the server may compress its certificates, which saves octets of the handshake of TLS 1.3.
 *
 * @param settings the object.
 * @param useCertificateCompression 0 for no, anything else for yes.
 * @return 0, or a status.
 * @see RFC 8879
 */
int32_t INetTlsSettings_SetUseCertificateCompression(INetTlsSettings *settings,
                                                     int32_t useCertificateCompression);

/**
 * Takes one more reference to the object: each wants its own INetTlsSettings_Release.
 *
 * @param settings the object.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetTlsSettings.
 * @see inetmail
 */
int32_t INetTlsSettings_AddRef(INetTlsSettings *settings);

/**
 * Gives up one reference. The object lives on as long as the library or a call under way uses it.
 *
 * @param settings the object, or NULL, which is no failure.
 * @return 0, or a status.
 * @error INET_E_HANDLE the handle is not one of an INetTlsSettings, or was released before.
 * @see inetmail
 */
int32_t INetTlsSettings_Release(INetTlsSettings *settings);

/* ==============================================================================================
 * INetTlsSettings: by what certificates are judged, and pre-shared keys.
 * ============================================================================================== */

/**
 * Whether the library judges the server's certificate.
 *
 * @param settings the object.
 * @return 1 or 0 (1 unless set), or a status.
 * @see SecureBlackbox TLSAutoValidateCertificates
 */
int32_t INetTlsSettings_GetAutoValidateCertificates(const INetTlsSettings *settings);

/**
 * Says whether the library judges the server's certificate. Where it does not, the callback of
 * INetSmtpClient_OnCertificateValidate has to.
 *
 * @param settings the object.
 * @param autoValidate 0 for no, anything else for yes.
 * @return 0, or a status.
 * @see SecureBlackbox TLSAutoValidateCertificates
 */
int32_t INetTlsSettings_SetAutoValidateCertificates(INetTlsSettings *settings,
                                                    int32_t autoValidate);

/**
 * How it is found out whether a certificate was revoked.
 *
 * @param settings the object.
 * @return an INET_REVOCATION_ number (1 unless set), or a status.
 * @see SecureBlackbox TLSRevocationCheck; RFC 6960; RFC 5280 section 6.3
 */
int32_t INetTlsSettings_GetRevocationCheck(const INetTlsSettings *settings);

/**
 * Sets how it is found out whether a certificate was revoked.
 *
 * @param settings the object.
 * @param check an INET_REVOCATION_ number.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see SecureBlackbox TLSRevocationCheck; RFC 6960; RFC 5280 section 6.3
 */
int32_t INetTlsSettings_SetRevocationCheck(INetTlsSettings *settings, int32_t check);

/**
 * Whether the roots of the system are not believed.
 *
 * @param settings the object.
 * @return 1 or 0 (0 unless set), or a status.
 * @see SecureBlackbox IgnoreSystemTrust
 */
int32_t INetTlsSettings_GetIgnoreSystemTrust(const INetTlsSettings *settings);

/**
 * Says whether the roots of the system are not believed, so that only the client's own trusted certificates are.
 *
 * @param settings the object.
 * @param ignoreSystemTrust 0 for no, anything else for yes.
 * @return 0, or a status.
 * @see SecureBlackbox IgnoreSystemTrust
 */
int32_t INetTlsSettings_SetIgnoreSystemTrust(INetTlsSettings *settings,
                                             int32_t ignoreSystemTrust);

/**
 * Whether certificates of the system are of any use.
 *
 * @param settings the object.
 * @return 1 or 0 (1 unless set), or a status.
 * @see SecureBlackbox UseSystemCertificates
 */
int32_t INetTlsSettings_GetUseSystemCertificates(const INetTlsSettings *settings);

/**
 * Says whether certificates of the system are of any use. They are believed where INetTlsSettings_SetIgnoreSystemTrust
 * does not say otherwise.
 *
 * @param settings the object.
 * @param useSystemCertificates 0 for no, anything else for yes.
 * @return 0, or a status.
 * @see SecureBlackbox UseSystemCertificates
 */
int32_t INetTlsSettings_SetUseSystemCertificates(INetTlsSettings *settings,
                                                 int32_t useSystemCertificates);

/**
 * Whether the certificates of the system are read once for the whole process.
 *
 * @param settings the object.
 * @return 1 or 0 (1 unless set), or a status.
 * @see SecureBlackbox UseSharedSystemStorages
 */
int32_t INetTlsSettings_GetUseSharedSystemStorages(const INetTlsSettings *settings);

/**
 * Says whether the certificates of the system are read once for the whole process. Else they are read anew for these
 * settings, which takes milliseconds.
 *
 * @param settings the object.
 * @param useShared 0 for no, anything else for yes.
 * @return 0, or a status.
 * @see SecureBlackbox UseSharedSystemStorages
 */
int32_t INetTlsSettings_SetUseSharedSystemStorages(INetTlsSettings *settings,
                                                   int32_t useShared);

/**
 * Whether Microsoft's list of trusted roots is asked.
 *
 * @param settings the object.
 * @return 1 or 0 (0 unless set), or a status.
 * @see SecureBlackbox UseMicrosoftCTL
 */
int32_t INetTlsSettings_GetUseMicrosoftCTL(const INetTlsSettings *settings);

/**
 * Says whether Microsoft's list of trusted roots is asked. This build cannot, so that a connection fails with
 * INET_E_TLS_BACKEND where it is to.
 *
 * @param settings the object.
 * @param useMicrosoftCTL 0 for no, anything else for yes.
 * @return 0, or a status.
 * @see SecureBlackbox UseMicrosoftCTL
 */
int32_t INetTlsSettings_SetUseMicrosoftCTL(INetTlsSettings *settings,
                                           int32_t useMicrosoftCTL);

/**
 * Whether minor issues of a chain of certificates are let pass.
 *
 * @param settings the object.
 * @return 1 or 0 (0 unless set), or a status.
 * @see SecureBlackbox TolerateMinorChainIssues
 */
int32_t INetTlsSettings_GetTolerateMinorChainIssues(const INetTlsSettings *settings);

/**
 * Says whether minor issues of a chain of certificates are let pass. A wrong name or signature, a revoked or expired
 * certificate are never minor.
 *
 * @param settings the object.
 * @param tolerate 0 for no, anything else for yes.
 * @return 0, or a status.
 * @see SecureBlackbox TolerateMinorChainIssues
 */
int32_t INetTlsSettings_SetTolerateMinorChainIssues(INetTlsSettings *settings,
                                                    int32_t tolerate);

/**
 * The hash by which OCSP requests name a certificate: SHA1 unless set.
 *
 * @param settings the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see SecureBlackbox OCSPHashAlgorithm; RFC 6960 section 4.1.1
 */
int64_t INetTlsSettings_GetOcspHashAlgorithm(const INetTlsSettings *settings,
                                             char *buffer,
                                             size_t capacity);

/**
 * Sets the hash by which OCSP requests name a certificate. Many responders know SHA1 only, which is no weakness here.
 *
 * @param settings the object.
 * @param algorithm SHA1 or SHA256, in any letter case. UTF-8.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT it is none of these.
 * @see SecureBlackbox OCSPHashAlgorithm; RFC 6960 section 4.1.1
 */
int32_t INetTlsSettings_SetOcspHashAlgorithm(INetTlsSettings *settings,
                                             const char *algorithm);

/**
 * How deep the ASN.1 of certificates, lists and OCSP responses may be nested.
 *
 * @param settings the object.
 * @return the number of values within values (32 unless set), or a status.
 * @see SecureBlackbox MaxASN1TreeDepth
 */
int32_t INetTlsSettings_GetMaxAsn1TreeDepth(const INetTlsSettings *settings);

/**
 * Sets how deep the ASN.1 of certificates, lists and OCSP responses may be nested.
 *
 * @param settings the object.
 * @param depth 1 or more.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see SecureBlackbox MaxASN1TreeDepth
 */
int32_t INetTlsSettings_SetMaxAsn1TreeDepth(INetTlsSettings *settings, int32_t depth);

/**
 * How long a single value of the ASN.1 of certificates, lists and OCSP responses may be.
 *
 * @param settings the object.
 * @return octets (16777216 unless set), or a status.
 * @see SecureBlackbox MaxASN1BufferLength
 */
int64_t INetTlsSettings_GetMaxAsn1BufferLength(const INetTlsSettings *settings);

/**
 * Sets how long a single value of the ASN.1 of certificates, lists and OCSP responses may be.
 *
 * @param settings the object.
 * @param octets 1 to 2147483647.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT_OUT_OF_RANGE the number is none of these.
 * @see SecureBlackbox MaxASN1BufferLength
 */
int32_t INetTlsSettings_SetMaxAsn1BufferLength(INetTlsSettings *settings, int64_t octets);

/**
 * Whether the client's private key is checked before it is used.
 *
 * @param settings the object.
 * @return 1 or 0 (0 unless set), or a status.
 * @see SecureBlackbox CheckKeyIntegrityBeforeUse
 */
int32_t INetTlsSettings_GetCheckKeyIntegrityBeforeUse(const INetTlsSettings *settings);

/**
 * Says whether the client's private key is checked before it is used: whether it is the one of its certificate.
 *
 * @param settings the object.
 * @param checkKey 0 for no, anything else for yes.
 * @return 0, or a status.
 * @see SecureBlackbox CheckKeyIntegrityBeforeUse
 */
int32_t INetTlsSettings_SetCheckKeyIntegrityBeforeUse(INetTlsSettings *settings,
                                                      int32_t checkKey);

/**
 * The name of the pre-shared key; empty where there is none.
 *
 * @param settings the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see SecureBlackbox TLSPreSharedIdentity; RFC 4279
 */
int64_t INetTlsSettings_GetPreSharedIdentity(const INetTlsSettings *settings,
                                             char *buffer,
                                             size_t capacity);

/**
 * Sets the name of the pre-shared key. A connection fails with INET_E_TLS_BACKEND as long as there is one: this build
 * has no TLS library for pre-shared keys.
 *
 * @param settings the object.
 * @param identity the name, or empty for none; UTF-8, copied.
 * @return 0, or a status.
 * @see SecureBlackbox TLSPreSharedIdentity; RFC 4279
 */
int32_t INetTlsSettings_SetPreSharedIdentity(INetTlsSettings *settings,
                                             const char *identity);

/**
 * The pre-shared key in base16, in capitals; empty where there is none. It is a secret: wipe the buffer after use.
 *
 * @param settings the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see SecureBlackbox TLSPreSharedKey; RFC 4279; RFC 4648 section 8
 */
int64_t INetTlsSettings_GetPreSharedKey(const INetTlsSettings *settings,
                                        char *buffer,
                                        size_t capacity);

/**
 * Sets the pre-shared key. A connection fails with INET_E_TLS_BACKEND as long as there is one: this build has no TLS
 * library for pre-shared keys.
 *
 * @param settings the object.
 * @param key pairs of hexadecimal digits in any letter case, or empty for none; copied, and wiped when it is not needed
 * any more.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT it is not in base16.
 * @see SecureBlackbox TLSPreSharedKey; RFC 4279; RFC 4648 section 8
 */
int32_t INetTlsSettings_SetPreSharedKey(INetTlsSettings *settings,
                                        const char *key);

/**
 * The cipher suite of the pre-shared key; empty where there is none.
 *
 * @param settings the object.
 * @param buffer receives UTF-8 with a NUL, cut between characters where it does not fit; or NULL to ask for the length.
 * @param capacity octets that buffer has room for.
 * @return the length of the whole text in octets, NUL not counted, or a status.
 * @see SecureBlackbox TLSPreSharedKeyCiphersuite; RFC 4279
 */
int64_t INetTlsSettings_GetPreSharedKeyCiphersuite(const INetTlsSettings *settings,
                                                   char *buffer,
                                                   size_t capacity);

/**
 * Sets the cipher suite of the pre-shared key. A connection fails with INET_E_TLS_BACKEND as long as there is one: this
 * build has no TLS library for pre-shared keys.
 *
 * @param settings the object.
 * @param ciphersuite one name as in INetTlsSettings_SetCiphersuites, or empty for none; UTF-8, copied.
 * @return 0, or a status.
 * @error INET_E_ARGUMENT the name is unknown, or not a single one.
 * @see SecureBlackbox TLSPreSharedKeyCiphersuite; RFC 4279
 */
int32_t INetTlsSettings_SetPreSharedKeyCiphersuite(INetTlsSettings *settings,
                                                   const char *ciphersuite);

#ifdef __cplusplus
} /* extern "C" */
#endif /* __cplusplus */

#endif  /* INETMAIL_H */
