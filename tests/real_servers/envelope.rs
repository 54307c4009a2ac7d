//! Envelope options and other commands, as Postfix takes them.

use super::support::options::options;
use super::support::reply::answer;
use super::*;
use inetmail::ffi::message_properties::INetMailMessage_SetEnvelopeOptions;
use inetmail::ffi::server_commands::*;
use inetmail::ffi::server_info::*;
use std::io::{BufRead, BufReader};

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

/// The lines of Postfix's replies as they come over a connection of the test's own.
fn spoken(port: u16, commands: &[&str]) -> Vec<Vec<String>> {
    let stream = TcpStream::connect(("127.0.0.1", port)).expect("Postfix");
    let mut reader = BufReader::new(&stream);
    let mut reply = || {
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).expect("a reply");
            lines.push(line.trim_end().to_owned());
            if line.as_bytes()[3] == b' ' {
                return lines;
            }
        }
    };
    let mut replies = vec![reply()];
    for command in commands {
        (&stream).write_all(format!("{command}\r\n").as_bytes()).expect("Postfix");
        replies.push(reply());
    }
    replies
}

#[test]
fn what_is_told_of_postfix_is_what_it_says() {
    for listener in ["NOTLS", "STARTTLS", "SMALL", "BARE"] {
        let replies = spoken(port(listener), &["EHLO client.test"]);
        let [greeting, ehlo] = replies.as_slice() else { panic!("{replies:?}") };
        let client = client("127.0.0.1", port(listener));
        ok(INetSmtpClient_Connect(client.0));
        let info = Handle::of(INetSmtpClient_GetServerInfo(client.0));
        let told = text(|b, n| unsafe { INetServerInfo_GetGreeting(info.0, b, n) });
        assert_eq!(format!("220 {told}"), greeting[0]);
        let told = text(|b, n| unsafe { INetServerInfo_GetEhloText(info.0, b, n) });
        let told: Vec<_> = told.lines().collect();
        let said: Vec<_> = ehlo.iter().map(|line| &line[4..]).collect();
        assert_eq!(told, said, "{listener}");

        let count = INetServerInfo_GetCapabilityCount(info.0);
        let name =
            |index| text(|b, n| unsafe { INetServerInfo_GetCapabilityName(info.0, index, b, n) });
        let parameters = |name: &str| {
            let name = c(name);
            text(|b, n| unsafe { INetServerInfo_GetCapability(info.0, name.as_ptr(), b, n) })
        };
        let told: Vec<_> = (0..count)
            .map(name)
            .map(|name| format!("{name} {}", parameters(&name)).trim_end().to_owned())
            .collect();
        assert_eq!(told, said[1..], "{listener}");
        let offers = |keyword: &str| i32::from(said.iter().any(|line| line.starts_with(keyword)));
        assert_eq!(INetServerInfo_GetIsTls(info.0), 0);
        assert_eq!(INetServerInfo_GetChunkingSupported(info.0), offers("CHUNKING"));
        assert_eq!(INetServerInfo_GetDsnSupported(info.0), offers("DSN"));
        assert_eq!(INetServerInfo_GetSizeSupported(info.0), offers("SIZE"));
        assert_eq!(INetServerInfo_GetSaslSupported(info.0), offers("AUTH"));
        assert_eq!(INetServerInfo_GetBinarySupported(info.0), 0);
        let size = said.iter().find_map(|line| line.strip_prefix("SIZE "));
        let size = size.map_or(0, |size| size.parse().expect("a number"));
        assert_eq!(INetServerInfo_GetMaxMessageSize(info.0), size, "{listener}");
    }
}

#[test]
fn replies_to_other_commands_are_those_that_postfix_gives() {
    let commands = [
        "EHLO client.test",
        "VRFY box@test",
        "VRFY reject@test",
        "VRFY a@elsewhere.test",
        "EXPN list",
        "HELP",
        "HELP MAIL",
        "NOOP",
        "ETRN test",
    ];
    let replies = spoken(port("NOTLS"), &commands);
    let client = client_of("NOTLS");
    for (command, reply) in commands.iter().zip(&replies[1..]).skip(1) {
        let line = c(command);
        let word = command.split_once(' ').map_or("", |(_, rest)| rest);
        let (name, word) = (&command[..4], c(word));
        let asked = unsafe {
            match name {
                "VRFY" => INetSmtpClient_Verify(client.0, word.as_ptr()),
                "EXPN" => INetSmtpClient_Expand(client.0, word.as_ptr()),
                "HELP" => INetSmtpClient_Help(client.0, word.as_ptr()),
                _ => INetSmtpClient_Command(client.0, line.as_ptr()),
            }
        };
        for asked in [asked, unsafe { INetSmtpClient_Command(client.0, line.as_ptr()) }] {
            let told = answer(asked).unwrap().expect("a reply");
            let lines: Vec<_> = reply.iter().map(|line| &line[4..]).collect();
            assert_eq!(format!("{} {}", told.code, told.text), reply.join("\n"), "{command}");
            assert_eq!(told.lines, lines, "{command}");
            let enhanced = lines[0].split(' ').next().filter(|word| word.matches('.').count() == 2);
            assert_eq!(told.enhanced, enhanced.unwrap_or_default(), "{command}");
        }
    }
    ok(INetSmtpClient_Noop(client.0));
    client.send(&simple(&fresh_address())).expect("the connection is as good as before");
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
