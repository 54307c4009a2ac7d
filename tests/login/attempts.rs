//! What becomes of a login: what it leaves behind, and how often it is tried.

use super::*;

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

/// Each mechanism that answers a challenge, and what a welcome in its place is.
const WITH_A_DIALOGUE: [(&[&str], &str); 5] = [
    (&["AUTH LOGIN"], "INET_E_AUTH_PROTOCOL"),
    (&["AUTH CRAM-MD5"], "INET_E_AUTH_PROTOCOL"),
    (&["AUTH NTLM"], "INET_E_AUTH_PROTOCOL"),
    (&["AUTH DIGEST-MD5"], "INET_E_AUTH_SERVER_PROOF"),
    (&["AUTH SCRAM-SHA-256"], "INET_E_AUTH_SERVER_PROOF"),
];

#[test]
fn who_is_welcome_without_a_proof_is_not_logged_in() {
    for (offers, status) in WITH_A_DIALOGUE {
        let welcome = |line: &str| line.starts_with("AUTH ").then_some("235 2.7.0 come in");
        let server = server_that(offers, welcome);
        let client = with_login(&server, "");
        let record = refused(&client, status);
        let mechanism = offers[0].strip_prefix("AUTH ").expect("a mechanism");
        assert!(record.message.starts_with(mechanism), "{}", record.message);
        assert!(record.message.contains("accepts the login"), "{}", record.message);
        assert_eq!((record.phase.as_str(), record.is_transient), ("AUTH", false));
        let letter = message("from@test", "to@test", "Letter 1", "Text");
        assert_eq!(status_name(client.send(&letter).expect_err("no login").status), status);
        let book = server.keeper.book();
        let commands = book.connections.iter().flatten();
        assert_eq!(commands.filter(|line| line.starts_with("MAIL")).count(), 0, "{mechanism}");
    }
}

#[test]
fn who_is_welcome_before_the_password_is_not_logged_in() {
    let server = server_that(&["AUTH LOGIN"], |line| (line == USER).then_some("235 2.7.0 hello"));
    let record = refused(&with_login(&server, ""), "INET_E_AUTH_PROTOCOL");
    assert!(record.message.starts_with("LOGIN: "), "{}", record.message);
    // A response that is longer than a command goes out when it is asked for.
    let server = self::server(&["AUTH PLAIN"]);
    let client = client("127.0.0.1", server.keeper.port).with_login("", "user", &"p".repeat(600));
    let record = refused(&client, "INET_E_AUTH_PROTOCOL");
    assert!(record.message.contains("by PLAIN before it has heard"), "{}", record.message);
    assert_eq!(logins(&server), ["AUTH PLAIN"]);
}

fn retries(client: &Client, retries: i32) {
    ok(INetSmtpClient_SetThrottleRetries(client.0, retries));
    ok(INetSmtpClient_SetThrottleDelay(client.0, 1));
}

#[test]
fn a_login_that_is_put_off_is_tried_once_more_at_most() {
    let letter = message("from@test", "to@test", "Letter 1", "Text");
    for reply in ["454 4.7.0 later", "421 4.7.0 too many connections"] {
        let server =
            server_that(&["AUTH PLAIN"], move |line| line.starts_with("AUTH").then_some(reply));
        for (number, most) in [(0, 1), (1, 2), (5, 2)] {
            let client = with_login(&server, "");
            retries(&client, number);
            let before = logins(&server).len();
            let record = client.send(&letter).expect_err("put off");
            assert!(record.is_transient && record.is_safe_to_retry, "{record:?}");
            assert_eq!(logins(&server).len() - before, most, "{reply} {number}");
        }
    }
    let times = AtomicU32::new(0);
    let server = server_that(&["AUTH PLAIN"], move |line| {
        let is_first = line.starts_with("AUTH") && times.fetch_add(1, SeqCst) == 0;
        is_first.then_some("454 4.7.0 later")
    });
    let client = with_login(&server, "");
    retries(&client, 3);
    client.send(&letter).expect("the second login");
    assert_eq!(logins(&server).len(), 2);
}

/// A server that knows the password to be wrong, and later cannot tell.
fn wrong_and_then_put_off() -> Server {
    server_that(&["AUTH CRAM-MD5 PLAIN"], |line| match line {
        "AUTH CRAM-MD5" => Some("334 PDFAaD4="),
        line if line.starts_with("AUTH PLAIN") => Some("454 4.7.0 later"),
        line if line.starts_with("dXNlci") => Some("535 5.7.8 wrong"),
        _ => None,
    })
}

#[test]
fn a_password_that_was_refused_is_not_tried_again_because_of_what_is_put_off() {
    let server = wrong_and_then_put_off();
    let client = with_login(&server, "");
    retries(&client, 5);
    let letter = message("from@test", "to@test", "Letter 1", "Text");
    let record = client.send(&letter).expect_err("put off");
    assert_eq!(status_name(record.status), "INET_E_AUTH_UNAVAILABLE", "{record:?}");
    assert_eq!(logins(&server), ["AUTH CRAM-MD5", PLAIN]);
    let (_, succeeded, sentence) = run_of_ten(&client);
    assert_eq!(succeeded, 0);
    assert!(sentence.contains("454"), "{sentence}");
    assert_eq!(logins(&server).len(), 4, "one connection of the ten");
}
