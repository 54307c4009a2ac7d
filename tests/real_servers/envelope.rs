//! Envelope options and other commands, as Postfix takes them.

use super::support::options::options;
use super::support::reply::answer;
use super::*;
use inetmail::ffi::message_properties::INetMailMessage_SetEnvelopeOptions;
use inetmail::ffi::server_commands::*;
use inetmail::ffi::server_info::*;

#[test]
fn a_notice_of_delivery_comes_back_as_it_was_asked_for() {
    let (sender, recipient) = (fresh_address(), fresh_address());
    let letter = message(&sender, &recipient, "Notice", "Text");
    let settings = [
        ("notify".to_owned(), "1".to_owned()),
        ("return".into(), "1".into()),
        ("id".into(), "letter 1+1=2".into()),
        ("originally".into(), format!("{recipient}:list+a@test")),
    ];
    ok(INetMailMessage_SetEnvelopeOptions(letter.0, options(&settings).0));
    client_of("NOTLS").send(&letter).unwrap();
    delivered(&recipient, 1);
    let notice = String::from_utf8_lossy(&delivered(&sender, 1)[0].bytes).into_owned();
    for line in [
        "Original-Envelope-Id: letter 1+1=2",
        "Original-Recipient: rfc822;list+a@test",
        "Content-Type: text/rfc822-headers",
    ] {
        assert!(notice.contains(line), "{line} is not in {notice}");
    }
    assert!(notice.contains(&format!("Final-Recipient: rfc822; {recipient}")), "{notice}");
}

#[test]
fn postfix_says_what_it_is_and_answers_other_commands() {
    let client = client_of("NOTLS");
    ok(INetSmtpClient_Connect(client.0));
    ok(INetSmtpClient_Noop(client.0));
    let info = Handle::of(INetSmtpClient_GetServerInfo(client.0));
    let greeting = text(|b, n| unsafe { INetServerInfo_GetGreeting(info.0, b, n) });
    assert!(greeting.contains("ESMTP"), "{greeting}");
    assert_eq!(INetServerInfo_GetDsnSupported(info.0), 1);
    assert_eq!(INetServerInfo_GetStatusCodesSupported(info.0), 1);
    let command = |line: &str| {
        let line = c(line);
        let reply = answer(unsafe { INetSmtpClient_Command(client.0, line.as_ptr()) });
        reply.unwrap().expect("a reply").code
    };
    assert_eq!(command("XNONE"), 500);
    assert_eq!(command("MAIL FROM:<>"), 250);
    assert_eq!(command("RCPT TO:<no one>"), 501);
    let recipient = fresh_address();
    client.send(&simple(&recipient)).unwrap();
    delivered(&recipient, 1);
}
