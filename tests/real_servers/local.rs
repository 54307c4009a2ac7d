//! Servers behind sockets of the file system: LMTP to Dovecot, SMTP to Postfix; and limits of speed under TLS.

use super::*;
use inetmail::ffi::client_socket_limits::*;
use inetmail::ffi::client_sockets::INetSmtpClient_SetUseLmtp;
use inetmail::ffi::send_report::*;
use std::time::Instant;
use support::face::{Client, Handle, client, message, ok, status_name};

/// A client of Dovecot's LMTP.
fn lmtp() -> Client {
    let client = client(&setting("INETMAIL_DOVECOT_LMTP"), 25).with_timeout(30_000);
    ok(INetSmtpClient_SetUseLmtp(client.0, 1));
    client
}

fn verdicts(report: &Handle<INetSendReport>) -> Vec<(i32, i32)> {
    let count = INetSendReport_GetRecipientCount(report.0);
    (0..count)
        .map(|at| {
            (INetSendReport_GetVerdictAt(report.0, at), INetSendReport_GetCodeAt(report.0, at))
        })
        .collect()
}

#[test]
fn dovecot_answers_for_each_recipient() {
    let client = lmtp();
    let to = "one@test, broken@test, two@test";
    let report = client.report(&message("from@test", to, "LMTP", "Text"));
    let verdicts = verdicts(&report);
    let delivered = (INET_VERDICT_DELIVERED, 0);
    assert_eq!((verdicts[0], verdicts[2]), (delivered, delivered), "{verdicts:?}");
    assert_eq!(verdicts[1].0, INET_VERDICT_REFUSED, "{verdicts:?}");
    assert_eq!(verdicts[1].1 / 100, 4, "{verdicts:?}");
    assert_eq!(status_name(INetSendReport_GetStatus(report.0)), "INET_E_SOME_RECIPIENTS_REFUSED");
    // The connection is of use for more.
    for subject in ["Second", "Third"] {
        let letter = message("from@test", "one@test", subject, "Text");
        client.send(&letter).expect("a delivery");
    }
    // Its log follows the reply by some milliseconds.
    let saved = || {
        let log = std::fs::read_to_string(setting("INETMAIL_DOVECOT_LOG")).expect("its log");
        let saved = log.lines().filter(|line| line.contains("saved mail to INBOX"));
        ["lmtp(one@test)", "lmtp(two@test)"]
            .map(|name| saved.clone().filter(|line| line.contains(name)).count())
    };
    for _ in 0..600 {
        if saved() == [3, 1] {
            return;
        }
        std::thread::park_timeout(Duration::from_millis(50));
    }
    panic!("{:?} were saved", saved());
}

#[test]
fn all_of_dovecots_refusals_are_one() {
    let record = lmtp().send(&message("from@test", "broken@test", "S", "T")).expect_err("refusal");
    assert_eq!(status_name(record.status), "INET_E_RECIPIENTS_REFUSED", "{record:?}");
    assert!(record.is_safe_to_retry && record.is_transient && record.is_connection_usable);
}

#[test]
fn an_smtp_server_is_no_lmtp_server_and_the_other_way_round() {
    let host = setting("INETMAIL_POSTFIX_UNIX");
    let smtp = client(&host, 25).with_timeout(30_000);
    smtp.send(&message("from@test", "to@test", "By a socket", "Text")).expect("a delivery");
    ok(INetSmtpClient_SetUseLmtp(smtp.0, 1));
    let record = smtp.send(&message("from@test", "to@test", "S", "T")).expect_err("no LHLO");
    assert_eq!(status_name(record.status), "INET_E_HELLO_REFUSED", "{record:?}");
    assert_eq!(record.peer, host);

    let client = lmtp();
    ok(INetSmtpClient_SetUseLmtp(client.0, 0));
    let record = client.send(&message("from@test", "one@test", "S", "T")).expect_err("no EHLO");
    assert_eq!(status_name(record.status), "INET_E_HELLO_REFUSED", "{record:?}");
}

#[test]
fn limits_of_speed_hold_under_tls_too() {
    let client = client_of("STARTTLS").with_ssl();
    ok(INetSmtpClient_SetSocketOutgoingSpeedLimit(client.0, 100_000));
    ok(INetSmtpClient_SetSocketIncomingSpeedLimit(client.0, 20_000));
    ok(INetSmtpClient_SetSendBufferSize(client.0, 1000));
    let body = "0123456789\r\n".repeat(5000);
    let began = Instant::now();
    client.send(&message("from@test", "to@test", "Slowly", &body)).expect("a delivery");
    let took = began.elapsed();
    assert!(took >= Duration::from_millis(600), "{took:?}");
}
