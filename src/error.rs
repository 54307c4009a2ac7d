//! Statuses and errors: what every room answers when something is wrong.
//!
//! [`Status`] is the one list of status numbers. The header, `api/inetmail.json` and `docs/errors.md` are generated from
//! it, sentence included. Numbers have a range for each room and are never reused.

// The path is for the benches, which have this file by a path of their own.
#[path = "error/words.rs"]
mod words;

pub use words::{harmless, shown, spelled};

use std::any::Any;
use std::cell::Cell;
use std::fmt;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, as one number of the C face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[repr(i32)]
pub enum Status {
    // ffi: the host's use of the face
    #[error("the handle is NULL, stale, foreign or of another type")]
    Handle = -1000,
    #[error("the text is not valid UTF-8")]
    Utf8 = -1001,
    #[error("a defect in the library was caught (please report it)")]
    Panic = -1002,
    #[error("memory ran out")]
    OutOfMemory = -1003,
    #[error("the operation is still under way")]
    Busy = -1004,
    #[error("the operation runs in the process that this one was forked from")]
    OtherProcess = -1005,

    // model: Fore's exception kinds
    #[error("an argument is not acceptable")]
    Argument = -1100,
    #[error("a required argument is NULL")]
    ArgumentNull = -1101,
    #[error("an argument is outside its range")]
    ArgumentOutOfRange = -1102,
    #[error("the index is outside the collection")]
    IndexOutOfRange = -1103,
    #[error("the file does not exist")]
    FileNotFound = -1104,
    #[error("reading a file failed")]
    Io = -1105,
    #[error("there is no configuration setting of this name")]
    ConfigName = -1106,
    #[error("the value is none that the configuration setting can have")]
    ConfigValue = -1107,
    #[error("this build of the library has nothing that the configuration setting could act on")]
    ConfigUnavailable = -1108,
    #[error("the configuration is not well-formed, or says what is not understood")]
    ConfigFile = -1109,
    #[error("the configuration has no such section of mail settings")]
    ConfigSection = -1110,
    #[error("no mail provider of this name is known")]
    Provider = -1111,

    // mime: addresses and messages
    #[error("the text is not a mail address")]
    Address = -1200,
    #[error("line breaks and NUL are not allowed in this text")]
    LineBreak = -1201,
    #[error("the code page has no encoder")]
    UnsupportedCodePage = -1202,
    #[error("the text holds a character that the code page lacks")]
    Unencodable = -1203,
    #[error("a file changed its length while it was being sent")]
    FileChanged = -1204,
    #[error("these octets are no mail message")]
    NoMessage = -1205,
    #[error("the message has more fields, parts or nesting than any sane message")]
    MessageTooComplex = -1206,
    #[error("the text is no name of a header field")]
    FieldName = -1207,
    #[error("the text does not fit the header field")]
    FieldValue = -1208,
    #[error("the content cannot travel in the transfer encoding that was chosen for it")]
    TransferEncoding = -1209,

    // deliver: the course of a Send
    #[error("the message has no recipients")]
    NoRecipients = -1300,
    #[error("the message has no sender")]
    NoSender = -1301,
    #[error("the client has no host")]
    NoHost = -1302,
    #[error("the time allowed by Timeout, or by a limit of one step, ran out")]
    Timeout = -1303,
    #[error("the operation was cancelled")]
    Cancelled = -1304,
    #[error(
        "the connection was lost after the message and before the server's answer: it may have been delivered"
    )]
    InDoubt = -1305,
    #[error("the message was delivered, but not to all of its recipients")]
    SomeRecipientsRefused = -1306,
    #[error("a callback of the host ended the operation")]
    Callback = -1307,
    #[error("the pickup directory cannot be delivered to")]
    PickupDirectory = -1308,
    #[error("some messages of the run failed, for one of their recipients or for all")]
    SomeMessagesFailed = -1309,
    #[error("the message was not tried, because the run had ended before")]
    NotTried = -1310,

    // net: the way to the peer
    #[error("the host name could not be resolved")]
    Resolve = -1400,
    #[error("no connection to the server could be made")]
    Connect = -1401,
    #[error("the connection was lost")]
    ConnectionLost = -1402,
    #[error("the answer of the name server is not what its zone has signed (DNSSEC)")]
    Dnssec = -1403,
    #[error(
        "a DNS setting asks for signed answers (DNSSEC), which this build cannot tell from others"
    )]
    DnssecUnavailable = -1404,
    #[error("no connection to the proxy could be made")]
    ProxyConnect = -1460,
    #[error("the proxy refused to connect to the server")]
    ProxyRefused = -1461,
    #[error("the proxy wants a login, and has been given none that it takes")]
    ProxyAuthRequired = -1462,
    #[error("the proxy refused the login")]
    ProxyAuthRefused = -1463,
    #[error("the proxy does not speak its protocol as it should")]
    ProxyProtocol = -1464,
    #[error("the proxy could not reach the server")]
    ProxyServerUnreachable = -1465,
    #[error("the protocol of the proxy cannot say what is asked of it")]
    ProxyUnsupported = -1466,
    #[error("the proxy is active and its settings lead nowhere")]
    ProxySettings = -1467,
    #[error("the TLS handshake failed")]
    Tls = -1450,
    #[error("the server's certificate was not accepted")]
    Certificate = -1451,
    #[error("the certificate file holds no usable certificate")]
    CertificateFile = -1452,
    #[error("the server answered a TLS hello in plain text")]
    TlsPlainText = -1453,
    #[error("a TLS setting asks for what this build has no TLS library for")]
    TlsBackend = -1454,

    // smtp: the dialogue
    #[error("the server does not speak SMTP as it should")]
    Protocol = -1500,
    #[error("the server's answer is longer than any sane answer")]
    ReplyTooLong = -1501,
    #[error("the server does not accept mail now")]
    ServiceUnavailable = -1502,
    #[error("the server is closing the connection")]
    Closing = -1503,
    #[error("the server offers no STARTTLS, which EnableSsl or SecurityOptions require")]
    StartTlsNotOffered = -1504,
    #[error("the server refused STARTTLS")]
    StartTlsRefused = -1505,
    #[error("bytes followed the answer to STARTTLS, as in an injection attack")]
    StartTlsInjection = -1506,
    #[error("the server refused the sender")]
    SenderRefused = -1507,
    #[error("the server refused all recipients")]
    RecipientsRefused = -1508,
    #[error("the server refused the message")]
    MessageRefused = -1509,
    #[error("the message is larger than the server allows")]
    MessageTooLarge = -1510,
    #[error(
        "the message needs SMTPUTF8 for its addresses or its header, which the server does not offer"
    )]
    Smtputf8NotOffered = -1511,
    #[error("the server refused the greeting of this client")]
    HelloRefused = -1512,
    #[error("the message holds 8-bit octets and the server does not offer 8BITMIME")]
    EightBitMimeNotOffered = -1513,
    #[error(
        "the message holds binary content and the server does not offer BINARYMIME and CHUNKING"
    )]
    BinaryMimeNotOffered = -1514,
    #[error("the server does not take the message in chunks")]
    ChunkingRefused = -1516,
    #[error("the server does not offer an extension that the envelope options ask for")]
    ExtensionNotOffered = -1515,

    // sasl: logging in
    #[error("the server refused the login")]
    AuthRefused = -1600,
    #[error("the server offers none of the wanted authentication mechanisms")]
    AuthNotOffered = -1601,
    #[error("this authentication mechanism is not available")]
    AuthUnsupported = -1602,
    #[error("the authentication dialogue went wrong")]
    AuthProtocol = -1603,
    #[error(
        "the connection is not under TLS, and a login would go in clear (INetSmtpClient_SetDangerouslyAllowPlaintextAuth)"
    )]
    AuthInClear = -1605,
    #[error("the server cannot judge the login now; later it may")]
    AuthUnavailable = -1606,
    #[error("the server did not prove who it is: it may be another one")]
    AuthServerProof = -1610,
    #[error("a user name, password or token holds a character that the mechanism cannot carry")]
    AuthCharacter = -1611,
    #[error("the server asks for too few or too many iterations of the password's hash")]
    AuthIterations = -1612,
    #[error("the server does not offer the realm that the credential names")]
    AuthRealm = -1613,
    #[error("the credential lacks what the mechanism logs in with")]
    AuthIncomplete = -1614,
    #[error("there is no Kerberos ticket to log in with, or it has expired")]
    NoTicket = -1620,
    #[error("no GSSAPI library (MIT's or Heimdal's) could be loaded, which Kerberos needs")]
    NoGssapi = -1621,
    #[error("Kerberos refused: the user, the password, the service or the clock is not right")]
    Kerberos = -1622,
    #[error("no Kerberos server (KDC) of the realm could be reached")]
    KdcUnreachable = -1623,

    // pki: certificates, keys and what tells of their revocation
    #[error("the private key cannot be used, or is not the one of its certificate")]
    PrivateKey = -1700,
    #[error("the password is wrong, or one is needed and was not given")]
    Password = -1701,
    #[error("the octets are no usable list of revoked certificates, or no usable OCSP response")]
    RevocationData = -1702,
    #[error("the octets are no ASN.1, or go beyond its limits of depth and length")]
    Asn1 = -1703,
    #[error("a field of the certificate cannot be read")]
    CertificateField = -1704,
    #[error("the collection is read-only")]
    ReadOnly = -1705,
    #[error("the PKCS#12 file is damaged, or made in a way that is not read")]
    Pkcs12 = -1706,
}

impl Status {
    pub const fn code(self) -> i32 {
        self as i32
    }
}

/// Where a Send was when it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    Resolve,
    Connect,
    Proxy,
    Tls,
    Greeting,
    Hello,
    StartTls,
    Auth,
    Mail,
    Rcpt,
    Data,
    Body,
    FinalReply,
    /// Any command beside those of mail.
    Command,
    Quit,
}

impl Phase {
    /// The word of RFC 5321 for the phase, as it stands in messages and in `INetError_GetPhase`.
    pub const fn name(self) -> &'static str {
        match self {
            Phase::Resolve => "resolve",
            Phase::Connect => "connect",
            Phase::Proxy => "proxy",
            Phase::Tls => "TLS",
            Phase::Greeting => "greeting",
            Phase::Hello => "EHLO",
            Phase::StartTls => "STARTTLS",
            Phase::Auth => "AUTH",
            Phase::Mail => "MAIL",
            Phase::Rcpt => "RCPT",
            Phase::Data => "DATA",
            Phase::Body => "message",
            Phase::FinalReply => "final reply",
            Phase::Command => "command",
            Phase::Quit => "QUIT",
        }
    }
}

/// One failure, with everything that is known about it.
#[derive(Debug, Clone)]
pub struct Error(Box<Facts>);

#[derive(Debug, Clone)]
struct Facts {
    status: Status,
    /// The status of the failure that this one is made of.
    cause: Option<Status>,
    /// What a callback of the host answered, which goes back to the host as it is.
    answer: Option<i32>,
    message: String,
    phase: Option<Phase>,
    peer: Option<String>,
    recipient: Option<String>,
    smtp_code: u16,
    enhanced_code: Option<String>,
    os_error: i32,
    safe_to_retry: bool,
    may_be_repeated: bool,
    is_lasting: bool,
    connection_usable: bool,
}

impl Error {
    /// An error whose message is `message`; the status' own sentence serves when there is nothing to add.
    pub fn new(status: Status, message: impl Into<String>) -> Error {
        Error(Box::new(Facts {
            status,
            cause: None,
            answer: None,
            message: message.into(),
            phase: None,
            peer: None,
            recipient: None,
            smtp_code: 0,
            enhanced_code: None,
            os_error: 0,
            safe_to_retry: false,
            may_be_repeated: true,
            is_lasting: false,
            connection_usable: false,
        }))
    }

    /// An error of the operating system about the file at `path`.
    pub fn file(path: &str, error: &io::Error) -> Error {
        let status = match error.kind() {
            io::ErrorKind::NotFound => Status::FileNotFound,
            _ => Status::Io,
        };
        Error::new(status, format!("{path}: {error}")).with_os_error(error)
    }

    /// A callback of the host has answered with a negative number.
    pub fn of_callback(answer: i32) -> Error {
        let sentence = format!("a callback of the host ended the operation with {answer}");
        let mut error = Error::new(Status::Callback, sentence);
        error.0.answer = Some(answer);
        error
    }

    pub fn map_message(mut self, change: impl FnOnce(String) -> String) -> Error {
        self.0.message = change(std::mem::take(&mut self.0.message));
        self
    }

    /// The same facts under the status of a larger operation.
    pub fn restated(mut self, status: Status, message: String) -> Error {
        self.0.cause.get_or_insert(self.0.status);
        self.0.status = status;
        self.0.answer = None;
        self.0.message = message;
        self
    }

    pub fn with_os_error(mut self, error: &io::Error) -> Error {
        self.0.os_error = error.raw_os_error().unwrap_or(0);
        self
    }

    /// Sets the phase, unless a room nearer to the event has set it already.
    pub fn in_phase(mut self, phase: Phase) -> Error {
        self.0.phase.get_or_insert(phase);
        self
    }

    /// Sets the peer, unless it is known already.
    pub fn with_peer(mut self, peer: impl Into<String>) -> Error {
        self.0.peer.get_or_insert_with(|| peer.into());
        self
    }

    pub fn about_recipient(mut self, recipient: impl Into<String>) -> Error {
        self.0.recipient = Some(recipient.into());
        self
    }

    pub fn with_reply(mut self, code: u16, enhanced_code: Option<&str>) -> Error {
        self.0.smtp_code = code;
        self.0.enhanced_code = enhanced_code.map(str::to_owned);
        self
    }

    /// Nothing of the message was accepted, so that sending it again cannot make a duplicate.
    pub fn retry_is_safe(mut self) -> Error {
        self.0.safe_to_retry = true;
        self
    }

    /// Sending it all again would make duplicates.
    pub fn retry_is_unsafe(mut self) -> Error {
        self.0.safe_to_retry = false;
        self
    }

    /// The host alone may try it again: the library has tried as often as does no harm.
    pub fn repeat_is_forbidden(mut self) -> Error {
        self.0.may_be_repeated = false;
        self
    }

    /// It is the host's own settings: the same attempt comes to the same end.
    pub fn lasting(mut self) -> Error {
        self.0.is_lasting = true;
        self
    }

    /// The server refused, but the dialogue is intact.
    pub fn connection_is_usable(mut self) -> Error {
        self.0.connection_usable = true;
        self
    }

    pub fn status(&self) -> Status {
        self.0.status
    }

    /// The number of the C face: the status, or what a callback answered.
    pub fn code(&self) -> i32 {
        self.0.answer.unwrap_or(self.0.status.code())
    }

    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Whether it says more than its status does.
    pub fn has_own_sentence(&self) -> bool {
        self.0.message != Error::from(self.0.status).0.message
    }

    pub fn phase(&self) -> Option<Phase> {
        self.0.phase
    }

    pub fn peer(&self) -> Option<&str> {
        self.0.peer.as_deref()
    }

    pub fn recipient(&self) -> Option<&str> {
        self.0.recipient.as_deref()
    }

    /// The SMTP reply code, or 0.
    pub fn smtp_code(&self) -> u16 {
        self.0.smtp_code
    }

    pub fn enhanced_code(&self) -> Option<&str> {
        self.0.enhanced_code.as_deref()
    }

    /// The `errno` of the operating system, or 0.
    pub fn os_error(&self) -> i32 {
        self.0.os_error
    }

    /// Whether the same attempt may succeed later: a 4xx reply, or trouble on the way to the server.
    pub fn is_transient(&self) -> bool {
        match self.0.smtp_code {
            0 if self.0.is_lasting => false,
            0 => matches!(
                self.0.cause.unwrap_or(self.0.status),
                Status::Timeout
                    | Status::Resolve
                    | Status::Dnssec
                    | Status::Connect
                    | Status::ConnectionLost
                    | Status::KdcUnreachable
                    | Status::ProxyConnect
                    | Status::ProxyServerUnreachable
            ),
            code => (400..500).contains(&code),
        }
    }

    pub fn is_safe_to_retry(&self) -> bool {
        self.0.safe_to_retry
    }

    /// Whether the library may try it again of itself, where it is safe and the host wants it.
    pub fn may_be_repeated(&self) -> bool {
        self.0.may_be_repeated
    }

    pub fn is_connection_usable(&self) -> bool {
        self.0.connection_usable
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Error {}

impl From<Status> for Error {
    fn from(status: Status) -> Error {
        Error::new(status, status.to_string())
    }
}

/// Runs a call; a panic becomes an error. So it is at the C face, and where a thread of the library begins.
pub fn guarded<T>(call: impl FnOnce() -> Result<T>) -> Result<T> {
    silence_panics();
    let outer = INSIDE.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(call));
    INSIDE.set(outer);
    result.unwrap_or_else(|payload| Err(panic_error(&*payload)))
}

thread_local! {
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// A panic inside a guarded call becomes an error, so it has nothing to print on the host's stderr. Others keep their hook.
fn silence_panics() {
    static HOOKED: Once = Once::new();
    HOOKED.call_once(|| {
        let outer = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !INSIDE.get() {
                outer(info);
            }
        }));
    });
}

fn panic_error(payload: &(dyn Any + Send)) -> Error {
    let message = payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without a message");
    Error::new(Status::Panic, format!("a defect in the library was caught: {message}"))
}
