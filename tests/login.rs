//! How a client logs in, through the C face: what may be used, what comes first, and what the host has a say in.

mod support;

use base64::Engine;
use base64::prelude::BASE64_STANDARD as STANDARD;
use inetmail::ffi::bulk::*;
use inetmail::ffi::client_login::*;
use inetmail::ffi::client_tls::*;
use inetmail::ffi::credential_cache::*;
use inetmail::ffi::credentials_by_host::*;
use inetmail::ffi::delivery_settings::*;
use inetmail::ffi::error::*;
use inetmail::ffi::mail_message_collection::*;
use inetmail::ffi::network_credential::*;
use inetmail::ffi::send_report::*;
use inetmail::ffi::server_commands::*;
use inetmail::ffi::smtp_client::*;
use std::ffi::{CStr, c_char, c_void};
use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use support::face::{Client, Handle, Record, c, client, message, ok, status_name, text};
use support::keeper::{Keeper, Manner, Moment, Say};

/// A server, and what it was told of logins before it answered.
struct Server {
    keeper: Keeper,
    logins: Arc<Mutex<Vec<String>>>,
}

/// A server that offers these mechanisms and takes every login.
fn server(offers: &'static [&'static str]) -> Server {
    server_that(offers, |_| None)
}

/// A server whose answers to logins may be others.
fn server_that(
    offers: &'static [&'static str],
    answer: impl Fn(&str) -> Option<&'static str> + Send + Sync + 'static,
) -> Server {
    let logins: Arc<Mutex<Vec<String>>> = Arc::default();
    let heard = logins.clone();
    let answer = move |moment: &Moment| {
        let line = moment.line;
        if line.starts_with("AUTH ") {
            heard.lock().expect("no panic").push(line.to_owned());
        }
        let usual = match line {
            "AUTH LOGIN" => Some("334 VXNlcjo="),
            USER => Some("334 UGFzczo="),
            PASSWORD => Some("235 2.7.0 welcome"),
            _ => line.starts_with("AUTH ").then_some("235 2.7.0 welcome"),
        };
        answer(line).or(usual).map(Say::Reply)
    };
    let keeper = Keeper::new(Manner { offers, answer: Box::new(answer), ..Manner::default() });
    Server { keeper, logins }
}

/// "user" and "pass" in base64, and both of them as PLAIN has them.
const USER: &str = "dXNlcg==";
const PASSWORD: &str = "cGFzcw==";
const PLAIN: &str = "AUTH PLAIN AHVzZXIAcGFzcw==";

fn with_login(server: &Server, protocol: &str) -> Client {
    client("127.0.0.1", server.keeper.port)
        .with_timeout(30_000)
        .with_login(protocol, "user", "pass")
}

/// Logs in, or tells why not.
fn validate(client: &Client) -> Result<(), Box<Record>> {
    match INetSmtpClient_ValidateCredentials(client.0) {
        0 => Ok(()),
        status => {
            let record = Record::of_this_thread();
            assert_eq!(record.status, status);
            Err(Box::new(record))
        }
    }
}

#[track_caller]
fn refused(client: &Client, status: &str) -> Record {
    let record = validate(client).expect_err("no login");
    assert_eq!(status_name(record.status), status, "{}", record.message);
    *record
}

/// What the server was told of logins, over all connections.
fn logins(server: &Server) -> Vec<String> {
    server.logins.lock().expect("no panic").clone()
}

fn authentications(client: &Client) -> String {
    text(|b, n| unsafe { INetSmtpClient_GetAuthentications(client.0, b, n) })
}

fn set_authentications(client: &Client, list: &str) -> i32 {
    let list = c(list);
    unsafe { INetSmtpClient_SetAuthentications(client.0, list.as_ptr()) }
}

fn target_name(client: &Client) -> String {
    text(|b, n| unsafe { INetSmtpClient_GetTargetName(client.0, b, n) })
}

#[test]
fn a_client_starts_with_the_documented_terms_of_logins() {
    let client = client("server.ru", 25);
    assert_eq!(INetSmtpClient_GetAllowedAuthentication(client.0), 0x3ff_ffff);
    assert_eq!(INetSmtpClient_GetSupportedAuthentication(client.0), 0);
    assert_eq!(INetSmtpClient_GetForceLogin(client.0), 1);
    assert_eq!(target_name(&client), "");
    let default = authentications(&client);
    assert!(default.starts_with("SCRAM-SHA-512-PLUS:100;"), "{default}");
    assert!(default.ends_with(";PLAIN:20;LOGIN:10"), "{default}");
}

#[test]
fn terms_of_logins_are_kept_or_refused() {
    let client = client("server.ru", 25);
    for flags in [0, 47, i64::from(INET_AUTHENTICATION_SCRAM_SHA_512_PLUS), 0x3ff_ffff] {
        ok(INetSmtpClient_SetAllowedAuthentication(client.0, flags));
        assert_eq!(INetSmtpClient_GetAllowedAuthentication(client.0), flags);
    }
    for flags in [-1, 0x400_0000, i64::MIN, 1 << 40] {
        assert_eq!(INetSmtpClient_SetAllowedAuthentication(client.0, flags), -1102);
    }
    assert_eq!(INetSmtpClient_GetAllowedAuthentication(client.0), 0x3ff_ffff);

    ok(set_authentications(&client, "xoauth2:1000, plain;-Login"));
    let normal = authentications(&client);
    assert!(normal.starts_with("XOAUTH2:1000;SCRAM-SHA-512-PLUS:100;"), "{normal}");
    assert!(normal.ends_with(";PLAIN:20;-LOGIN"), "{normal}");
    assert_eq!(set_authentications(&client, "PLAIN:7;scram_sha256"), -1100);
    let sentence = Record::of_this_thread().message;
    assert_eq!(sentence, "'scram_sha256' is no authentication mechanism; SCRAM-SHA-256 is one");
    assert_eq!(set_authentications(&client, "PLAIN:many"), -1102);
    assert_eq!(authentications(&client), normal, "what is refused changes nothing");
    ok(set_authentications(&client, &normal));
    assert_eq!(authentications(&client), normal);

    ok(INetSmtpClient_SetForceLogin(client.0, 0));
    assert_eq!(INetSmtpClient_GetForceLogin(client.0), 0);

    let set = |name: &CStr| unsafe { INetSmtpClient_SetTargetName(client.0, name.as_ptr()) };
    ok(set(c"smtp@mail.server.ru"));
    assert_eq!(set(c"smtp@mail server"), -1100);
    assert_eq!(set(c"smtp@mail\r\n"), -1201);
    assert_eq!(target_name(&client), "smtp@mail.server.ru");
    ok(set(c""));
    assert_eq!(target_name(&client), "");
}

#[test]
fn a_credential_may_hold_a_token_and_an_authorization_identity() {
    let create = |token: &CStr| unsafe {
        INetNetworkCredential_CreateWithToken(c"user@server.ru".as_ptr(), token.as_ptr())
    };
    let credential = Handle::of(create(c"ya29.a0Af~_-+/="));
    let set =
        |token: &CStr| unsafe { INetNetworkCredential_SetToken(credential.0, token.as_ptr()) };
    assert_eq!(INetNetworkCredential_HasToken(credential.0), 1);
    for token in [c"ya29 secret", c"ya29secret\n", c"ya29secret\x01", c"ya29\xd1\x84secret"] {
        INetError_Clear();
        assert!(create(token).is_null());
        let record = Record::of_this_thread();
        assert_eq!(status_name(record.status), "INET_E_AUTH_CHARACTER");
        assert!(!record.message.contains("secret"), "{}", record.message);
        assert_eq!(status_name(set(token)), "INET_E_AUTH_CHARACTER");
    }
    assert!(create(c"").is_null());
    assert_eq!(status_name(INetError_GetStatus()), "INET_E_AUTH_INCOMPLETE");
    assert_eq!(INetNetworkCredential_HasToken(credential.0), 1);
    ok(set(c""));
    assert_eq!(INetNetworkCredential_HasToken(credential.0), 0);
    ok(set(c"ya29.other"));
    let (user, password) = (c"other".as_ptr(), c"pass".as_ptr());
    ok(unsafe { INetNetworkCredential_CreateWithUserPassword(credential.0, user, password) });
    assert_eq!(INetNetworkCredential_HasToken(credential.0), 0, "it was another user's");

    let authorization =
        || text(|b, n| unsafe { INetNetworkCredential_GetAuthorizationId(credential.0, b, n) });
    assert_eq!(authorization(), "");
    ok(unsafe { INetNetworkCredential_SetAuthorizationId(credential.0, c"отдел".as_ptr()) });
    assert_eq!(authorization(), "отдел");
}

#[test]
fn what_a_server_offers_has_the_bits_of_aspose() {
    let server = server(&["AUTH PLAIN LOGIN XOAUTH2 CRAM-MD5 NTLM X-OWN OTP"]);
    let client = client("127.0.0.1", server.keeper.port);
    ok(INetSmtpClient_Connect(client.0));
    assert_eq!(INetSmtpClient_GetSupportedAuthentication(client.0), 47 | 0x3800);
    assert!(logins(&server).is_empty(), "nobody logs in without credentials");
}

#[test]
fn a_login_that_is_not_offered_is_a_failure_unless_none_is_forced() {
    let server = server(&["SIZE"]);
    let client = with_login(&server, "");
    let record = refused(&client, "INET_E_AUTH_NOT_OFFERED");
    assert_eq!(record.phase, "AUTH");
    assert_eq!(INetSmtpClient_GetSupportedAuthentication(client.0), 0);
    ok(INetSmtpClient_SetForceLogin(client.0, 0));
    validate(&client).expect("an anonymous session");
    // What goes without a login needs no TLS for it.
    ok(INetSmtpClient_SetSecurityOptions(client.0, 3));
    validate(&client).expect("an anonymous session");
    ok(INetSmtpClient_SetForceLogin(client.0, 1));
    refused(&client, "INET_E_AUTH_IN_CLEAR");
}

#[test]
fn what_is_not_allowed_is_not_used_even_if_it_is_asked_for() {
    let server = server(&["AUTH PLAIN LOGIN"]);
    let client = with_login(&server, "");
    ok(INetSmtpClient_SetAllowedAuthentication(client.0, i64::from(INET_AUTHENTICATION_LOGIN)));
    validate(&client).expect("a login");
    assert_eq!(logins(&server), ["AUTH LOGIN"]);
    ok(INetSmtpClient_SetAllowedAuthentication(client.0, 0));
    refused(&client, "INET_E_AUTH_NOT_OFFERED");

    let client = with_login(&server, "PLAIN");
    ok(set_authentications(&client, "-PLAIN"));
    let record = refused(&client, "INET_E_AUTH_NOT_OFFERED");
    assert!(
        record.message.contains("PLAIN was asked for and is not allowed"),
        "{}",
        record.message
    );
    assert_eq!(logins(&server).len(), 1);
}

#[test]
fn priorities_say_what_comes_first() {
    let server = server(&["AUTH PLAIN LOGIN"]);
    let client = with_login(&server, "");
    for (list, login) in
        [("", PLAIN), ("LOGIN:30", "AUTH LOGIN"), ("-*;LOGIN", "AUTH LOGIN"), ("LOGIN:19", PLAIN)]
    {
        ok(set_authentications(&client, list));
        validate(&client).expect("a login");
        assert_eq!(logins(&server).last().map(String::as_str), Some(login), "{list}");
    }
}

#[test]
fn protocols_of_fore_are_understood_or_named_in_the_failure() {
    let server = server(&["AUTH LOGIN PLAIN"]);
    for (protocol, login) in
        [("https", PLAIN), ("basic", PLAIN), ("login", "AUTH LOGIN"), (" Plain ", PLAIN)]
    {
        validate(&with_login(&server, protocol)).expect("a login");
        assert_eq!(logins(&server).last().map(String::as_str), Some(login), "{protocol}");
    }
    let tried = logins(&server).len();
    for (protocol, status, sentence) in [
        ("CRAMMD5", "INET_E_AUTH_UNSUPPORTED", "CRAMMD5 is not available; CRAM-MD5 is"),
        ("X-OWN", "INET_E_AUTH_UNSUPPORTED", "authentication by X-OWN is not available"),
        (
            "Kerberos",
            "INET_E_AUTH_NOT_OFFERED",
            "GSSAPI was asked for, the server offers LOGIN, PLAIN",
        ),
        ("Negotiate", "INET_E_AUTH_NOT_OFFERED", "GSS-SPNEGO was asked for"),
        ("Digest", "INET_E_AUTH_NOT_OFFERED", "DIGEST-MD5 was asked for"),
        ("scram", "INET_E_AUTH_NOT_OFFERED", "SCRAM was asked for"),
        ("OAuth2", "INET_E_AUTH_NOT_OFFERED", "OAUTH2 was asked for"),
    ] {
        let record = refused(&with_login(&server, protocol), status);
        assert!(record.message.contains(sentence), "{}", record.message);
    }
    assert_eq!(logins(&server).len(), tried);
}

#[test]
fn the_user_of_the_system_has_no_password_to_tell() {
    let server = server(&["AUTH PLAIN LOGIN"]);
    let client = with_login(&server, "PLAIN");
    ok(INetSmtpClient_SetUseDefaultCredentials(client.0, 1));
    let record = refused(&client, "INET_E_AUTH_NOT_OFFERED");
    assert!(record.message.contains("GSSAPI and GSS-SPNEGO"), "{}", record.message);
    assert!(record.message.contains("offers PLAIN, LOGIN"), "{}", record.message);

    let view = Handle::of(INetSmtpClient_GetCredentials(client.0));
    let used = |port: u16, protocol: &CStr| unsafe {
        INetCredentialsByHost_GetCredential(
            view.0,
            c"127.0.0.1".as_ptr(),
            i32::from(port),
            protocol.as_ptr(),
        )
    };
    for protocol in [c"", c"Kerberos", c"negotiate"] {
        let found = Handle::of(used(server.keeper.port, protocol));
        let user = text(|b, n| unsafe { INetNetworkCredential_GetUserName(found.0, b, n) });
        assert_eq!(user, "");
    }
    assert!(used(server.keeper.port, c"PLAIN").is_null());
    assert!(used(1, c"").is_null());
    ok(INetSmtpClient_SetUseDefaultCredentials(client.0, 0));
    assert!(!Handle(used(server.keeper.port, c"Basic")).0.is_null(), "PLAIN is one of Basic");
    validate(&client).expect("a login");
}

#[test]
fn a_token_is_no_password() {
    let server = server(&["AUTH PLAIN LOGIN"]);
    let client = client("127.0.0.1", server.keeper.port);
    unsafe {
        let token = INetNetworkCredential_CreateWithToken(c"user".as_ptr(), c"token".as_ptr());
        let credential = Handle::of(token);
        ok(INetSmtpClient_SetThisHostCredentials(client.0, c"".as_ptr(), credential.0));
        refused(&client, "INET_E_AUTH_NOT_OFFERED");
        assert!(logins(&server).is_empty());
        ok(INetNetworkCredential_SetPassword(credential.0, c"pass".as_ptr()));
    }
    validate(&client).expect("a login by password");
}

#[test]
fn credentials_are_validated_on_a_connection_that_is_kept() {
    let server = server_that(&["AUTH PLAIN"], |line| {
        (line == "AUTH PLAIN AHVzZXIAd3Jvbmc=").then_some("535 5.7.8 wrong is not the password")
    });
    let client = client("127.0.0.1", server.keeper.port).with_login("", "user", "wrong");
    let record = refused(&client, "INET_E_AUTH_REFUSED");
    assert_eq!((record.smtp_code, record.enhanced_code.as_str()), (535, "5.7.8"));
    assert!(record.message.contains("*** is not the password"), "{}", record.message);
    let client = with_login(&server, "");
    validate(&client).expect("a login");
    ok(INetSmtpClient_Noop(client.0));
    assert_eq!(server.keeper.book().connections.len(), 2);
    let client = support::face::client("", 25);
    refused(&client, "INET_E_NO_HOST");
}

#[test]
fn a_connection_validated_anew_takes_the_place_of_the_kept_one() {
    let server = server(&["AUTH PLAIN"]);
    let client = with_login(&server, "");
    for _ in 0..5 {
        validate(&client).expect("a login");
    }
    // That the others are closed comes to the server by and by.
    for _ in 0..10_000 {
        ok(INetSmtpClient_Noop(client.0));
        if server.keeper.book().open == 1 {
            break;
        }
    }
    let book = server.keeper.book();
    assert_eq!((book.connections.len(), book.open), (5, 1));
}

#[test]
fn what_was_said_in_the_login_is_hidden_for_the_life_of_the_session() {
    let answer = |moment: &Moment| match moment.line {
        line if line.starts_with("AUTH ") => Some(Say::Reply("235 2.7.0 welcome")),
        line if line.starts_with("MAIL") => {
            Some(Say::Reply("550 5.7.1 AHVzZXIATXktU2VjcmV0 and My-Secret and TXktU2VjcmV0"))
        }
        "NOOP" => Some(Say::Reply("250 4d792d536563726574 or My-Secret")),
        _ => None,
    };
    let offers = &["AUTH PLAIN"];
    let keeper = Keeper::new(Manner { offers, answer: Box::new(answer), ..Manner::default() });
    let client = client("127.0.0.1", keeper.port).with_login("PLAIN", "user", "My-Secret");
    let letter = message("from@test", "to@test", "Letter 1", "Text");
    let record = client.send(&letter).expect_err("a refusal");
    assert!(record.message.contains("*** and *** and ***"), "{}", record.message);
    let reply = unsafe { INetSmtpClient_Command(client.0, c("NOOP").as_ptr()) };
    let answer = support::reply::answer(reply).expect("a reply").expect("one");
    assert_eq!(answer.text, "*** or ***");
}

/// A run of twenty letters over ten connections: what it comes to, how many letters went, and what the first failure says.
fn run_of_ten(client: &Client) -> (i32, i32, String) {
    ok(INetSmtpClient_SetUseMultiConnection(client.0, INET_MULTI_CONNECTION_ENABLE));
    ok(INetSmtpClient_SetConnectionsQuantity(client.0, 10));
    let letters = Handle::of(INetMailMessageCollection_Create());
    for number in 0..20 {
        let letter = message("from@test", "to@test", &format!("Letter {number}"), "Text");
        ok(INetMailMessageCollection_Add(letters.0, letter.0));
    }
    let report = Handle::of(INetSmtpClient_BulkSendWithReport(client.0, letters.0));
    let first = Handle::of(INetSendReport_GetMessageReport(report.0, 0));
    let sentence = text(|b, n| unsafe { INetSendReport_GetMessage(first.0, b, n) });
    let succeeded = INetSendReport_GetSucceededCount(report.0);
    (INetSendReport_GetStatus(report.0), succeeded, sentence)
}

#[test]
fn a_refused_login_is_not_tried_on_each_connection_of_a_run() {
    let server = server_that(&["AUTH PLAIN"], |line| {
        line.starts_with("AUTH").then_some("535 5.7.8 who is that")
    });
    let (status, succeeded, sentence) = run_of_ten(&with_login(&server, ""));
    assert_eq!((status_name(status), succeeded), ("INET_E_SOME_MESSAGES_FAILED", 0));
    assert!(sentence.contains("who is that"), "{sentence}");
    assert_eq!(server.logins.lock().expect("no panic").len(), 1);
}

#[test]
fn a_refused_login_beside_an_accepted_one_costs_no_letter() {
    // The first is accepted; of the others one alone is refused, and its letter goes with the first.
    let answer = |moment: &Moment| match (moment.line, moment.connection) {
        (PLAIN, 1) => Some(Say::Reply("535 5.7.8 no second one")),
        (PLAIN, _) => Some(Say::Reply("235 2.7.0 welcome")),
        _ => None,
    };
    let offers = &["AUTH PLAIN"];
    let keeper = Keeper::new(Manner { offers, answer: Box::new(answer), ..Manner::default() });
    let client = client("127.0.0.1", keeper.port);
    let client = client.with_timeout(30_000).with_login("", "user", "pass");
    let (status, succeeded, sentence) = run_of_ten(&client);
    assert_eq!((status, succeeded), (0, 20), "{sentence}");
    assert_eq!(keeper.book().stored.len(), 20);
}

/// What a callback was told, what it answers, and how often it was dropped.
#[derive(Default)]
struct Asked {
    questions: Vec<String>,
    answers: Vec<i64>,
    token: Vec<u8>,
    client: Option<usize>,
    dropped: u32,
}

type Shared = Mutex<Asked>;

unsafe fn shared<'a>(user: *mut c_void) -> &'a Shared {
    unsafe { &*user.cast::<Shared>() }
}

unsafe fn said<'a>(text: *const c_char) -> &'a str {
    unsafe { CStr::from_ptr(text) }.to_str().expect("UTF-8")
}

unsafe extern "C" fn dropped(user: *mut c_void) {
    unsafe { shared(user) }.lock().expect("no panic").dropped += 1;
}

unsafe extern "C" fn before(
    user: *mut c_void,
    host: *const c_char,
    mechanism: *const c_char,
    offered: *const c_char,
    protected: i32,
    credential: *mut INetNetworkCredential,
) -> i32 {
    let mut asked = unsafe { shared(user) }.lock().expect("no panic");
    let name = text(|b, n| unsafe { INetNetworkCredential_GetUserName(credential, b, n) });
    let (host, mechanism, offered) = unsafe { (said(host), said(mechanism), said(offered)) };
    asked.questions.push(format!("{name}@{host} {mechanism} of {offered}, {protected}"));
    if let Some(client) = asked.client {
        // No lock is held: the client may be asked and told.
        let client = client as *mut INetSmtpClient;
        assert_eq!(INetSmtpClient_GetForceLogin(client), 1);
        ok(INetSmtpClient_SetForceLogin(client, 1));
        ok(unsafe { INetNetworkCredential_SetUserName(credential, c"other".as_ptr()) });
    }
    match asked.answers.is_empty() {
        true => INET_BEFORE_AUTH_PROCEED,
        false => asked.answers.remove(0) as i32,
    }
}

unsafe extern "C" fn token(
    user: *mut c_void,
    host: *const c_char,
    name: *const c_char,
    refused: i32,
    token: *mut c_char,
    capacity: usize,
) -> i64 {
    let mut asked = unsafe { shared(user) }.lock().expect("no panic");
    let question = format!("{}@{} {refused}", unsafe { said(name) }, unsafe { said(host) });
    asked.questions.push(question);
    assert!(asked.token.len() <= capacity);
    unsafe { std::ptr::copy_nonoverlapping(asked.token.as_ptr(), token.cast(), asked.token.len()) };
    match asked.answers.is_empty() {
        true => asked.token.len() as i64,
        false => asked.answers.remove(0),
    }
}

fn user(asked: &Shared) -> *mut c_void {
    (asked as *const Shared).cast_mut().cast()
}

/// What the callback was asked since this was called before, with other answers from now on.
fn questions(asked: &Shared, answers: &[i64]) -> Vec<String> {
    let mut asked = asked.lock().expect("no panic");
    asked.answers = answers.to_vec();
    std::mem::take(&mut asked.questions)
}

#[test]
fn the_host_is_asked_before_each_mechanism() {
    let asked = Shared::default();
    let server = server(&["AUTH LOGIN PLAIN"]);
    let client = with_login(&server, "");
    ok(unsafe { INetSmtpClient_OnBeforeAuth(client.0, Some(before), user(&asked), Some(dropped)) });
    let (plain, login) = ("PLAIN of LOGIN PLAIN, 0", "LOGIN of LOGIN PLAIN, 0");
    validate(&client).expect("a login");
    assert_eq!(questions(&asked, &[0]), [format!("user@127.0.0.1 {plain}")]);
    validate(&client).expect("a login");
    let both = [plain, login].map(|question| format!("user@127.0.0.1 {question}"));
    assert_eq!(questions(&asked, &[2]), both);
    validate(&client).expect("an anonymous session");
    assert_eq!(logins(&server), [PLAIN, "AUTH LOGIN"], "the third has none");

    questions(&asked, &[-4711]);
    assert_eq!(INetSmtpClient_ValidateCredentials(client.0), -4711);
    questions(&asked, &[3]);
    refused(&client, "INET_E_CALLBACK");
    questions(&asked, &[0, 0]);
    refused(&client, "INET_E_AUTH_NOT_OFFERED");
    assert_eq!(logins(&server).len(), 2);

    asked.lock().expect("no panic").client = Some(client.0 as usize);
    questions(&asked, &[]);
    validate(&client).expect("a login as somebody else");
    assert_eq!(logins(&server).last().expect("a login"), "AUTH PLAIN AG90aGVyAHBhc3M=");
    asked.lock().expect("no panic").client = None;
    validate(&client).expect("a login as before");
    assert_eq!(logins(&server).last().expect("a login"), PLAIN);

    ok(unsafe { INetSmtpClient_OnBeforeAuth(client.0, None, null_mut(), None) });
    assert_eq!(asked.lock().expect("no panic").dropped, 1);
    questions(&asked, &[]);
    validate(&client).expect("a login");
    assert!(questions(&asked, &[]).is_empty());
}

#[test]
fn a_token_that_is_none_ends_the_call() {
    let asked = Shared::default();
    let server = server(&["AUTH PLAIN XOAUTH2"]);
    let client = client("127.0.0.1", server.keeper.port).with_login("XOAUTH2", "user", "");
    ok(unsafe { INetSmtpClient_OnToken(client.0, Some(token), user(&asked), Some(dropped)) });
    questions(&asked, &[-2000]);
    assert_eq!(INetSmtpClient_ValidateCredentials(client.0), -2000);
    assert_eq!(questions(&asked, &[i64::MIN]), ["user@127.0.0.1 0"]);
    assert_eq!(INetSmtpClient_ValidateCredentials(client.0), i32::MIN);
    let (incomplete, character) = ("INET_E_AUTH_INCOMPLETE", "INET_E_AUTH_CHARACTER");
    for (token, answer, status) in [
        (&b""[..], 0, incomplete),
        (b"sec ret", 7, character),
        (b"secret\n", 7, character),
        (b"\xffecret", 7, character),
        (b"", 5, character),
        (b"", i64::MAX, "INET_E_CALLBACK"),
        (b"", 65_537, "INET_E_CALLBACK"),
    ] {
        asked.lock().expect("no panic").token = token.to_vec();
        questions(&asked, &[answer]);
        let record = refused(&client, status);
        assert!(!record.message.contains("ecret"), "{}", record.message);
    }
    unsafe { INetSmtpClient_SetThisHostCredentials(client.0, c"XOAUTH2".as_ptr(), null_mut()) };
    ok(set_authentications(&client, "-XOAUTH2"));
    let client = client.with_login("", "user", "");
    refused(&client, "INET_E_AUTH_NOT_OFFERED");
    assert!(logins(&server).is_empty(), "an empty password is none where there are tokens");
    drop(client);
    assert_eq!(asked.lock().expect("no panic").dropped, 1);
}

#[test]
fn a_callback_that_does_not_come_to_be_is_dropped_too() {
    let asked = Shared::default();
    unsafe {
        let status = INetSmtpClient_OnToken(null_mut(), Some(token), user(&asked), Some(dropped));
        assert_eq!(status, -1000);
        let user = user(&asked);
        let status = INetSmtpClient_OnBeforeAuth(null_mut(), Some(before), user, Some(dropped));
        assert_eq!(status, -1000);
    }
    assert_eq!(asked.lock().expect("no panic").dropped, 2);
}

#[test]
fn a_cache_finds_what_is_of_use_for_a_protocol() {
    let cache = Handle::of(INetCredentialCache_Create());
    let (host, basic) = (c"server.ru".as_ptr(), c"Basic".as_ptr());
    unsafe {
        let created =
            INetNetworkCredential_Create(c"WORK\\user".as_ptr(), c"pass".as_ptr(), c"".as_ptr());
        let credential = Handle::of(created);
        ok(INetCredentialCache_Add(cache.0, host, 25, basic, credential.0));
        let found = |protocol: &CStr| {
            !Handle(INetCredentialCache_GetCredential(cache.0, host, 25, protocol.as_ptr()))
                .0
                .is_null()
        };
        assert!(found(c"PLAIN") && found(c"login") && found(c"") && found(c"https"));
        assert!(!found(c"NTLM"));
        let name = text(|b, n| INetNetworkCredential_GetUserName(credential.0, b, n));
        assert_eq!(name, "WORK\\user", "the domain stays where it was put");
    }
}

/// The token of XOAUTH2 as AUTH has it.
fn xoauth2(token: &str) -> String {
    let message = format!("user=user\x01auth=Bearer {token}\x01\x01");
    format!("AUTH XOAUTH2 {}", STANDARD.encode(message))
}

/// Asks the callback for tokens, with one that is old at first.
unsafe extern "C" fn next_token(
    user: *mut c_void,
    host: *const c_char,
    name: *const c_char,
    refused: i32,
    room: *mut c_char,
    capacity: usize,
) -> i64 {
    let fresh = if refused == 1 { "fresh-token" } else { "stale-token" };
    unsafe { shared(user) }.lock().expect("no panic").token = fresh.into();
    unsafe { token(user, host, name, refused, room, capacity) }
}

#[test]
fn a_token_that_is_refused_is_asked_for_once_more() {
    // {"status":"401","schemes":"bearer"}
    const ERROR: &str = "334 eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiYmVhcmVyIn0=";
    let stale = xoauth2("stale-token");
    let is_told = AtomicBool::new(false);
    let server = server_that(&["AUTH PLAIN XOAUTH2"], move |line| match line {
        _ if line == stale => {
            is_told.store(true, SeqCst);
            Some(ERROR)
        }
        // The greeting answers an empty line too.
        "" if is_told.swap(false, SeqCst) => Some("535 5.7.8 stale-token has expired"),
        _ => None,
    });
    let asked = Shared::default();
    let client =
        client("127.0.0.1", server.keeper.port).with_timeout(30_000).with_login("", "user", "");
    let set = |callback: INetTokenCallback| unsafe {
        ok(INetSmtpClient_OnToken(client.0, callback, user(&asked), None));
    };
    set(Some(next_token));
    validate(&client).expect("a login by the fresh token");
    assert_eq!(questions(&asked, &[]), ["user@127.0.0.1 0", "user@127.0.0.1 1"]);
    assert_eq!(logins(&server), [xoauth2("stale-token"), xoauth2("fresh-token")]);
    assert_eq!(server.keeper.book().connections.len(), 1, "on the same connection");

    // A host that has no other token is not asked for a third, and PLAIN is not tried in its place.
    asked.lock().expect("no panic").token = b"stale-token".to_vec();
    set(Some(token));
    let record = refused(&client, "INET_E_AUTH_REFUSED");
    assert_eq!(record.smtp_code, 535);
    assert!(record.message.contains("401"), "{}", record.message);
    assert!(!record.message.contains("stale-token"), "{}", record.message);
    assert_eq!(questions(&asked, &[]).len(), 2);
    assert_eq!(logins(&server).len(), 3);
}
