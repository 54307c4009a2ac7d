//! What a host has a say in: before each login, and whenever a token is needed.

use super::*;

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
