use super::super::command::CommandLine;
use super::super::envelope::Body;
use super::super::outcome::Apart;
use super::super::parameters::EnvelopeOptions;
use super::*;
use crate::error::Result;
use std::time::Duration;

/// A session and what a scripted peer makes of it.
struct Dialogue {
    session: Session,
    sent: u64,
}

impl Dialogue {
    fn new() -> Dialogue {
        Dialogue { session: Session::new("client.test".into()), sent: 0 }
    }

    /// A session that has been greeted with these capabilities.
    fn greeted(capabilities: &str) -> Dialogue {
        let mut dialogue = Dialogue::new();
        dialogue.hears("220 mx\r\n");
        assert_eq!(dialogue.said(), "EHLO client.test\r\n");
        dialogue.hears(&format!("250-mx\r\n{capabilities}250 HELP\r\n"));
        assert!(matches!(dialogue.event(), Some(Event::Greeted)));
        dialogue
    }

    fn hears(&mut self, octets: &str) {
        self.session.handle_bytes(octets.as_bytes());
    }

    fn said(&mut self) -> String {
        let mut octets = Vec::new();
        self.session.poll_transmit(&mut octets);
        self.session.transmitted(octets.len());
        self.sent += octets.len() as u64;
        String::from_utf8(octets).unwrap()
    }

    fn event(&mut self) -> Option<Event> {
        self.session.poll_event()
    }

    fn submit(&mut self, recipients: &[&str]) {
        let freight = Freight { size: Some(1000), length: Some(1000), body: Body::SevenBit };
        self.submit_freight(recipients, freight).unwrap();
    }

    fn submit_freight(&mut self, recipients: &[&str], freight: Freight) -> Result<()> {
        let recipients = recipients.iter().map(|recipient| Arc::from(*recipient)).collect();
        let envelope = Envelope::new("from@test".into(), recipients, false, None)?;
        self.session.submit(Arc::new(envelope), freight, false)
    }

    /// Writes a message of a thousand octets, and its end.
    fn write_message(&mut self) {
        assert_eq!(self.session.turn(), Turn::Write);
        self.session.transmitted(1000);
        self.sent += 1000;
        self.session.message_written(self.sent);
    }

    fn outcome(&mut self) -> Outcome {
        match self.event() {
            Some(Event::Finished(outcome)) => outcome,
            other => panic!("an outcome was expected, not {other:?}"),
        }
    }

    fn closing_error(&mut self) -> Error {
        match self.event() {
            Some(Event::Closed(error)) => error,
            other => panic!("the end was expected, not {other:?}"),
        }
    }
}

const PIPELINING: &str = "250-PIPELINING\r\n250-SIZE 5000\r\n";

#[test]
fn a_pipelined_message_takes_two_turns() {
    let mut dialogue = Dialogue::greeted(PIPELINING);
    for _ in 0..2 {
        dialogue.submit(&["a@test", "b@test"]);
        assert_eq!(
            dialogue.said(),
            "MAIL FROM:<from@test> SIZE=1000\r\nRCPT TO:<a@test>\r\nRCPT TO:<b@test>\r\nDATA\r\n"
        );
        dialogue.hears("250 ok\r\n250 ok\r\n250 ok\r\n354 go\r\n");
        assert_eq!(dialogue.session.turn(), Turn::Write);
        dialogue.write_message();
        dialogue.hears("250 2.0.0 queued as 1\r\n");
        let outcome = dialogue.outcome();
        assert_eq!(outcome.result.as_ref().unwrap().text(), "2.0.0 queued as 1");
        assert!(outcome.refused().is_empty() && dialogue.session.is_idle());
    }
}

#[test]
fn without_pipelining_each_command_waits_for_its_reply() {
    let mut dialogue = Dialogue::greeted("");
    dialogue.submit(&["a@test", "b@test"]);
    for command in ["MAIL FROM:<from@test>", "RCPT TO:<a@test>", "RCPT TO:<b@test>"] {
        assert_eq!(dialogue.said(), format!("{command}\r\n"));
        dialogue.hears("250 ok\r\n");
    }
    assert_eq!(dialogue.said(), "DATA\r\n");
    dialogue.hears("354 go\r\n");
    assert_eq!(dialogue.session.turn(), Turn::Write);
}

#[test]
fn a_refused_recipient_does_not_lose_the_others() {
    let mut dialogue = Dialogue::greeted(PIPELINING);
    dialogue.submit(&["a@test", "b@test", "c@test"]);
    dialogue.said();
    dialogue.hears("250 ok\r\n250 ok\r\n550 5.1.1 who\r\n250 ok\r\n354 go\r\n");
    assert_eq!(dialogue.session.turn(), Turn::Write);
    dialogue.write_message();
    dialogue.hears("250 ok\r\n");
    let outcome = dialogue.outcome();
    assert!(outcome.result.is_ok());
    assert_eq!(outcome.refused().len(), 1);
    assert_eq!((outcome.refused()[0].0, outcome.refused()[0].1.code()), (1, 550));
}

#[test]
fn a_refused_sender_is_judged_after_all_replies_and_reset_before_the_next() {
    let mut dialogue = Dialogue::greeted(PIPELINING);
    dialogue.submit(&["a@test"]);
    dialogue.said();
    dialogue.hears("550 5.7.1 not you\r\n503 no\r\n");
    assert!(dialogue.event().is_none());
    dialogue.hears("503 no\r\n");
    let outcome = dialogue.outcome();
    assert!(outcome.refused().is_empty(), "the recipient was not judged");
    let error = outcome.result.unwrap_err();
    assert_eq!((error.status(), error.smtp_code()), (Status::SenderRefused, 550));
    assert_eq!(error.enhanced_code(), Some("5.7.1"));
    assert!(error.is_safe_to_retry() && error.is_connection_usable());
    dialogue.submit(&["a@test"]);
    assert!(dialogue.said().starts_with("MAIL "), "there was no transaction to reset");
}

#[test]
fn when_all_recipients_are_refused_after_data_was_accepted_an_empty_message_ends_it() {
    let mut dialogue = Dialogue::greeted(PIPELINING);
    dialogue.submit(&["a@test", "b@test"]);
    dialogue.said();
    dialogue.hears("250 ok\r\n550 no\r\n450 later\r\n354 go\r\n");
    assert_eq!(dialogue.said(), ".\r\n");
    dialogue.hears("554 no valid recipients\r\n");
    let outcome = dialogue.outcome();
    assert_eq!(outcome.refused().len(), 2);
    let error = outcome.result.unwrap_err();
    assert_eq!((error.status(), error.recipient()), (Status::RecipientsRefused, Some("a@test")));
    dialogue.submit(&["c@test"]);
    assert!(dialogue.said().starts_with("RSET\r\nMAIL "));
    dialogue.hears("500 what\r\n250 ok\r\n250 ok\r\n354 go\r\n");
    assert_eq!(dialogue.session.turn(), Turn::Write, "a refused RSET is no failure");
}

#[test]
fn a_refused_message_leaves_the_connection_usable_but_not_after_421() {
    for (reply, usable) in [("552 5.3.4 too big\r\n", true), ("421 4.3.2 bye\r\n", false)] {
        let mut dialogue = Dialogue::greeted(PIPELINING);
        dialogue.submit(&["a@test"]);
        dialogue.said();
        dialogue.hears("250 ok\r\n250 ok\r\n354 go\r\n");
        dialogue.event();
        dialogue.write_message();
        dialogue.hears(reply);
        let error = dialogue.outcome().result.unwrap_err();
        assert_eq!(error.status(), Status::MessageRefused);
        assert_eq!(error.phase(), Some(Phase::FinalReply));
        assert_eq!((error.is_connection_usable(), dialogue.session.is_idle()), (usable, usable));
    }
}

#[test]
fn a_loss_is_in_doubt_only_behind_the_end_of_the_message() {
    for (replies, written, expected) in [
        ("", false, Status::ConnectionLost),
        ("250 ok\r\n250 ok\r\n", false, Status::ConnectionLost),
        ("250 ok\r\n250 ok\r\n354 go\r\n", false, Status::ConnectionLost),
        ("250 ok\r\n250 ok\r\n354 go\r\n", true, Status::InDoubt),
    ] {
        let mut dialogue = Dialogue::greeted(PIPELINING);
        dialogue.submit(&["a@test"]);
        dialogue.said();
        dialogue.hears(replies);
        if replies.contains("354") {
            dialogue.event();
        }
        if written {
            dialogue.write_message();
        }
        dialogue.session.handle_eof();
        let error = dialogue.outcome().result.unwrap_err();
        assert_eq!(dialogue.closing_error().status(), Status::ConnectionLost);
        assert_eq!(error.status(), expected);
        assert_eq!(error.is_safe_to_retry(), expected == Status::ConnectionLost);
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "any moment will do")]
fn the_deadline_ends_every_wait_by_name() {
    let start = Instant::now();
    let deadline = start + Duration::from_secs(10);
    let mut dialogue = Dialogue::new();
    dialogue.session.set_deadline(deadline);
    dialogue.session.handle_timeout(start);
    assert!(dialogue.event().is_none(), "it is too early");
    dialogue.session.handle_timeout(deadline);
    let error = dialogue.closing_error();
    assert_eq!((error.status(), error.phase()), (Status::Timeout, Some(Phase::Greeting)));
}

#[test]
fn an_unwilling_server_is_named() {
    for (greeting, transient) in [("554 no\r\n", false), ("421-busy\r\n421 busy\r\n", true)] {
        let mut dialogue = Dialogue::new();
        dialogue.hears(greeting);
        let error = dialogue.closing_error();
        assert_eq!(error.status(), Status::ServiceUnavailable);
        assert_eq!(error.is_transient(), transient);
    }
}

#[test]
fn an_old_server_is_greeted_by_helo() {
    let mut dialogue = Dialogue::new();
    dialogue.hears("220-one\r\n220 two\r\n");
    dialogue.said();
    dialogue.hears("502 what\r\n");
    assert_eq!(dialogue.said(), "HELO client.test\r\n");
    dialogue.hears("250 hello\r\n");
    assert!(matches!(dialogue.event(), Some(Event::Greeted)));
    assert_eq!(dialogue.session.greeting(), "one\ntwo");
    let capabilities = dialogue.session.capabilities();
    assert_eq!((&*capabilities.text, capabilities.are_known), ("hello", false));
}

#[test]
fn what_follows_the_answer_to_starttls_is_an_attack() {
    let mut dialogue = Dialogue::greeted("250-STARTTLS\r\n");
    dialogue.session.start_tls();
    assert_eq!(dialogue.said(), "STARTTLS\r\n");
    dialogue.hears("220 go\r\n250 injected\r\n");
    assert_eq!(dialogue.closing_error().status(), Status::StartTlsInjection);
}

#[test]
fn what_was_said_before_tls_is_forgotten() {
    let mut dialogue = Dialogue::greeted("250-STARTTLS\r\n250-AUTH PLAIN\r\n");
    dialogue.session.start_tls();
    dialogue.said();
    dialogue.hears("220 go\r\n");
    assert!(matches!(dialogue.event(), Some(Event::StartTls)));
    dialogue.session.handle_tls_ready();
    assert_eq!(dialogue.session.capabilities(), &Capabilities::default());
    assert_eq!(dialogue.said(), "EHLO client.test\r\n");
}

fn authenticating(initial: Option<usize>) -> Dialogue {
    let mut dialogue = Dialogue::greeted("250-AUTH ECHO\r\n");
    let response = initial.map(|length| vec![b'x'; length]);
    dialogue.session.authenticate("ECHO", response.as_deref());
    dialogue
}

impl Dialogue {
    /// Hears a challenge and answers with the same.
    fn echoes(&mut self, challenge: &str) {
        self.hears(challenge);
        let Some(Event::Challenged(octets)) = self.event() else {
            panic!("a challenge was expected");
        };
        assert!(!self.session.is_idle());
        self.session.respond(&octets);
    }
}

#[test]
fn an_initial_response_goes_with_the_command_if_it_fits() {
    let mut dialogue = authenticating(Some(3));
    assert_eq!(dialogue.said(), "AUTH ECHO eHh4\r\n");
    dialogue.hears("235 ok\r\n");
    assert!(matches!(dialogue.event(), Some(Event::Authenticated(Ok(())))));

    assert_eq!(authenticating(Some(0)).said(), "AUTH ECHO =\r\n");

    let mut dialogue = authenticating(Some(600));
    assert_eq!(dialogue.said(), "AUTH ECHO\r\n");
    dialogue.hears("334 \r\n");
    assert_eq!(dialogue.said().len(), 800 + 2);
}

#[test]
fn the_challenges_of_login_are_answered_even_if_they_are_not_base64() {
    let mut dialogue = Dialogue::greeted("250-AUTH LOGIN\r\n");
    dialogue.session.authenticate("LOGIN", None);
    dialogue.said();
    dialogue.echoes("334 VXNlcg==\r\n");
    assert_eq!(dialogue.said(), "VXNlcg==\r\n");
    dialogue.echoes("334 User:\r\n");
    assert_eq!(dialogue.said(), "VXNlcjo=\r\n");
    dialogue.hears("535 5.7.8 no\r\n");
    let Some(Event::Authenticated(Err(error))) = dialogue.event() else {
        panic!("a refusal was expected");
    };
    assert_eq!((error.status(), error.smtp_code()), (Status::AuthRefused, 535));
    assert!(dialogue.session.is_idle());
}

#[test]
fn challenges_of_others_that_are_not_base64_end_the_login() {
    let mut dialogue = authenticating(None);
    dialogue.said();
    dialogue.hears("334 User:\r\n");
    assert_eq!(dialogue.said(), "*\r\n");
    dialogue.hears("501 cancelled\r\n");
    let Some(Event::Authenticated(Err(error))) = dialogue.event() else {
        panic!("a refusal was expected");
    };
    assert_eq!(error.status(), Status::AuthProtocol);
    assert!(error.message().contains("not base64"), "{error}");
}

#[test]
fn a_mechanism_that_fails_is_cancelled() {
    let mut dialogue = authenticating(None);
    dialogue.said();
    dialogue.hears("334 eA==\r\n");
    assert!(matches!(dialogue.event(), Some(Event::Challenged(_))));
    dialogue.session.cancel_login(Status::AuthProtocol.into());
    assert_eq!(dialogue.said(), "*\r\n");
    dialogue.hears("501 cancelled\r\n");
    let Some(Event::Authenticated(Err(error))) = dialogue.event() else {
        panic!("a refusal was expected");
    };
    assert_eq!(error.status(), Status::AuthProtocol);
}

#[test]
fn no_echo_of_a_login_reaches_an_error() {
    for echo in [
        "AUTH ECHO eHh4\r\n",
        "421 4.7.0 AUTH ECHO eHh4\r\n",
        "535 AUTH ECHO eHh4\r\n",
        "250 AUTH ECHO eHh4\r\n",
    ] {
        let mut dialogue = authenticating(Some(3));
        dialogue.said();
        dialogue.hears(echo);
        let error = match dialogue.event() {
            Some(Event::Closed(error) | Event::Authenticated(Err(error))) => error,
            other => panic!("a failure was expected, not {other:?}"),
        };
        assert!(!error.message().contains("eHh4"), "{error}");
        assert_eq!(error.phase(), Some(Phase::Auth));
    }
    let long = format!("AUTH ECHO {}\r\n", "eHh4".repeat(50));
    let mut dialogue = authenticating(Some(150));
    assert_eq!(dialogue.said(), long);
    dialogue.hears(&long);
    assert!(!dialogue.closing_error().message().contains("eHh4"));
}

#[test]
fn challenges_have_an_end() {
    let mut dialogue = authenticating(None);
    for _ in 0..32 {
        dialogue.said();
        dialogue.echoes("334 eA==\r\n");
    }
    dialogue.said();
    dialogue.hears("334 eA==\r\n");
    assert_eq!(dialogue.said(), "*\r\n");
}

#[test]
fn what_the_server_cannot_take_is_not_tried() {
    use Body::*;
    for (size, body, recipient, expected) in [
        (Some(5001), SevenBit, "a@test", Status::MessageTooLarge),
        (Some(1), SevenBit, "ж@test", Status::Smtputf8NotOffered),
        (Some(1), SevenBit, "a@test>\r\nRSET", Status::LineBreak),
        (None, EightBitMime, "a@test", Status::EightBitMimeNotOffered),
        (Some(1), BinaryMime, "a@test", Status::BinaryMimeNotOffered),
    ] {
        let mut dialogue = Dialogue::greeted(PIPELINING);
        let refusal = dialogue
            .submit_freight(&[recipient], Freight { size, length: size, body })
            .unwrap_err();
        assert_eq!((refusal.status(), dialogue.said().as_str()), (expected, ""));
        assert!(dialogue.session.is_idle());
    }
}

#[test]
fn smtputf8_and_the_null_path_are_said() {
    let mut dialogue = Dialogue::greeted("250-PIPELINING\r\n250-smtputf8\r\n");
    let envelope = Envelope::new("".into(), vec!["ж@test".into()], false, None).unwrap();
    dialogue.session.submit(Arc::new(envelope), Freight::default(), false).unwrap();
    assert!(dialogue.said().starts_with("MAIL FROM:<> SMTPUTF8\r\nRCPT TO:<ж@test>\r\n"));
}

const BINARY: &str = "250-PIPELINING\r\n250-CHUNKING\r\n250-BINARYMIME\r\n250-8BITMIME\r\n";

#[test]
fn eight_bit_text_is_announced() {
    let mut dialogue = Dialogue::greeted(BINARY);
    let freight = Freight { size: None, length: None, body: Body::EightBitMime };
    dialogue.submit_freight(&["a@test"], freight).unwrap();
    assert!(dialogue.said().starts_with("MAIL FROM:<from@test> BODY=8BITMIME\r\n"));
    assert_eq!(dialogue.session.framing(), Framing::Data);
}

#[test]
fn a_message_that_does_not_run_ahead_goes_behind_the_replies_to_the_recipients() {
    let freight = Freight { size: Some(77), length: Some(77), body: Body::BinaryMime };
    let mut dialogue = Dialogue::greeted(BINARY);
    dialogue.session.set_plan(Plan { window_octets: 76, ..Plan::default() });
    dialogue.submit_freight(&["a@test", "b@test"], freight).unwrap();
    assert_eq!(
        dialogue.said(),
        "MAIL FROM:<from@test> BODY=BINARYMIME\r\nRCPT TO:<a@test>\r\nRCPT TO:<b@test>\r\n"
    );
    assert_eq!(dialogue.session.turn(), Turn::Wait);
    dialogue.hears("250 ok\r\n550 no\r\n");
    assert_eq!(dialogue.session.turn(), Turn::Wait);
    dialogue.hears("250 ok\r\n");
    assert_eq!(dialogue.session.turn(), Turn::Write);
    assert_eq!(dialogue.session.framing(), Framing::Chunks);
    assert!(dialogue.session.begin_chunk(77, true));
    assert_eq!(dialogue.said(), "BDAT 77 LAST\r\n");
    dialogue.write_message();
    dialogue.hears("250 77 octets\r\n");
    let outcome = dialogue.outcome();
    assert!(outcome.result.is_ok());
    assert_eq!(outcome.refused().len(), 1);

    dialogue.submit_freight(&["a@test"], freight).unwrap();
    dialogue.said();
    dialogue.hears("250 ok\r\n550 no\r\n");
    assert_eq!(dialogue.outcome().result.unwrap_err().status(), Status::RecipientsRefused);
    dialogue.submit_freight(&["a@test"], freight).unwrap();
    assert!(dialogue.said().starts_with("RSET\r\nMAIL"));
}

#[test]
fn words_out_of_turn_end_the_dialogue() {
    for (reply, expected) in
        [("421 idle too long\r\n", Status::Closing), ("250 hm\r\n", Status::Protocol)]
    {
        let mut dialogue = Dialogue::greeted(PIPELINING);
        dialogue.hears(reply);
        assert_eq!(dialogue.closing_error().status(), expected);
        assert!(!dialogue.session.is_idle());
    }
}

#[test]
fn a_reply_before_the_end_of_the_message_ends_the_dialogue() {
    let mut dialogue = Dialogue::greeted(PIPELINING);
    dialogue.submit(&["a@test"]);
    dialogue.said();
    dialogue.hears("250 ok\r\n250 ok\r\n354 go\r\n");
    dialogue.event();
    dialogue.hears("552 enough\r\n");
    let error = dialogue.outcome().result.unwrap_err();
    assert_eq!((error.status(), error.smtp_code()), (Status::MessageRefused, 552));
    assert!(error.is_safe_to_retry());
}

#[test]
fn requiretls_counts_under_tls_only() {
    for is_protected in [false, true] {
        let mut dialogue = Dialogue::new();
        if is_protected {
            dialogue.session.set_protected();
        }
        dialogue.hears("220 mx\r\n");
        dialogue.said();
        dialogue.hears("250-mx\r\n250 REQUIRETLS\r\n");
        assert!(matches!(dialogue.event(), Some(Event::Greeted)));
        let mut options = EnvelopeOptions::default();
        options.require_tls = true;
        let (from, to) = ("from@test".into(), vec!["to@test".into()]);
        let envelope = Envelope::new(from, to, false, Some(Arc::new(options))).unwrap();
        let submitted = dialogue.session.submit(Arc::new(envelope), Freight::default(), false);
        match (is_protected, submitted) {
            (true, Ok(())) => {
                assert_eq!(dialogue.said(), "MAIL FROM:<from@test> REQUIRETLS\r\n");
            }
            (false, Err(error)) => {
                assert_eq!(error.status(), Status::ExtensionNotOffered);
                assert!(dialogue.session.is_idle() && dialogue.said().is_empty());
            }
            (_, other) => panic!("under TLS: {is_protected}, and {other:?}"),
        }
    }
}

#[test]
fn other_commands_are_answered_by_whatever_the_server_says() {
    let mut dialogue = Dialogue::greeted(PIPELINING);
    let mut ask = |line: &str, reply: &str| {
        dialogue.session.request(&CommandLine::parse(line).unwrap()).unwrap();
        assert_eq!(dialogue.said(), format!("{line}\r\n"));
        dialogue.hears(reply);
        match dialogue.event() {
            Some(Event::Replied(reply)) => (reply.code(), reply.text(), dialogue.session.is_idle()),
            other => panic!("a reply was expected, not {other:?}"),
        }
    };
    assert_eq!(ask("HELP", "214-one\r\n214 two\r\n"), (214, "one\ntwo".into(), true));
    assert_eq!(ask("VRFY a", "550 5.1.1 no\r\n"), (550, "5.1.1 no".into(), true));
    assert_eq!(ask("MAIL FROM:<>", "250 ok\r\n"), (250, "ok".into(), true));
    dialogue.submit(&["a@test"]);
    assert!(dialogue.said().starts_with("RSET\r\nMAIL FROM:<from@test>"));

    for reply in ["421 bye\r\n", "354 go on\r\n"] {
        let mut dialogue = Dialogue::greeted(PIPELINING);
        dialogue.session.request(&CommandLine::noop()).unwrap();
        dialogue.hears(reply);
        assert!(matches!(dialogue.event(), Some(Event::Replied(_))));
        assert!(!dialogue.session.is_idle());
    }

    let mut dialogue = Dialogue::greeted(PIPELINING);
    dialogue.session.request(&CommandLine::noop()).unwrap();
    dialogue.session.handle_eof();
    let error = dialogue.closing_error();
    assert_eq!((error.phase(), error.is_safe_to_retry()), (Some(Phase::Command), true));
}

#[test]
fn a_transaction_that_a_refused_reset_has_left_open_gets_nothing() {
    for (replies, expected) in [
        ("451 no\r\n503 nested\r\n250 ok\r\n", Status::Protocol),
        ("451 no\r\n503 nested\r\n503 no\r\n354 go\r\n", Status::Protocol),
    ] {
        let mut dialogue = Dialogue::greeted(PIPELINING);
        dialogue.submit(&["a@test"]);
        dialogue.said();
        dialogue.hears("250 ok\r\n550 no\r\n554 no\r\n");
        assert_eq!(dialogue.outcome().result.unwrap_err().status(), Status::RecipientsRefused);
        dialogue.submit(&["b@test"]);
        assert!(dialogue.said().starts_with("RSET\r\nMAIL"));
        dialogue.hears(replies);
        let error = dialogue.outcome().result.unwrap_err();
        assert_eq!((error.status(), error.is_safe_to_retry()), (expected, true));
        assert!(dialogue.session.is_closed() && dialogue.said().is_empty());
    }
}

#[test]
fn what_was_refused_and_is_accepted_all_the_same_is_in_doubt() {
    for replies in [
        "250 ok\r\n550 no\r\n250 taken\r\n",
        "503 nested\r\n503 no\r\n250 taken\r\n",
        "503 nested\r\n250 ok\r\n",
    ] {
        let mut dialogue = Dialogue::greeted(BINARY);
        dialogue.submit(&["a@test"]);
        dialogue.said();
        assert!(dialogue.session.begin_chunk(1000, true));
        dialogue.said();
        dialogue.write_message();
        dialogue.hears(replies);
        let (result, Apart { refused, .. }) = dialogue.outcome().into_parts();
        let error = result.unwrap_err();
        assert_eq!((error.status(), error.is_safe_to_retry()), (Status::InDoubt, false));
        assert!(refused.is_empty() && dialogue.session.is_closed());
    }
}

#[test]
fn a_second_354_is_no_refusal() {
    let mut dialogue = Dialogue::greeted(PIPELINING);
    dialogue.submit(&["a@test"]);
    dialogue.said();
    dialogue.hears("250 ok\r\n250 ok\r\n354 go\r\n354 go\r\n");
    let error = dialogue.outcome().result.unwrap_err();
    assert_eq!((error.status(), error.is_safe_to_retry()), (Status::Protocol, true));
}
