//! The log: to a file that is its owner's, to a callback, for the process.

use super::*;

#[test]
fn the_log_is_for_its_owner_and_tells_what_is_wanted() {
    let directory = Directory::new();
    let file = directory.file("smtp.log");
    fs::write(&file, "before\n").expect("a file");
    let peer = Peer::offering(&["PIPELINING"]);
    let logging = client("127.0.0.1", peer.port);
    assert_eq!(INetSmtpClient_GetLogDestination(logging.0), INET_LOG_TO_NONE);
    assert_eq!(INetSmtpClient_GetLogLevel(logging.0), INET_LOG_DEBUG);
    let path = c(&file);
    ok(unsafe { INetSmtpClient_SetLogFileName(logging.0, path.as_ptr()) });
    assert_eq!(INetSmtpClient_GetLogDestination(logging.0), INET_LOG_TO_FILE);
    logging.send(&letter()).expect("a message sent");
    let log = fs::read_to_string(&file).expect("a log");
    assert!(log.starts_with("before\n20"), "{log}");
    assert!(log.contains("Z info #0 dns resolving: host=127.0.0.1\n"), "{log}");
    assert!(log.contains(" smtp C: MAIL FROM:<from@test>"), "{log}");
    assert!(log.contains(" smtp S: 250-"), "{log}");
    assert!(!log.contains("Letter 7") && !log.contains("octets of"), "{log}");

    ok(set(&logging, "LogDetails="));
    ok(set(&logging, "LogFilters=data"));
    logging.send(&letter()).expect("a message sent");
    let data = fs::read_to_string(&file).expect("a log").split_off(log.len());
    assert!(data.starts_with("data C: ") && data.contains("data C| Subject: Letter 7\n"), "{data}");
    assert!(!data.contains("MAIL FROM"), "{data}");

    let before = fs::metadata(&file).unwrap().len();
    ok(INetSmtpClient_SetEnableLogger(logging.0, 0));
    logging.send(&letter()).expect("a message sent");
    assert_eq!(fs::metadata(&file).unwrap().len(), before);
    ok(INetSmtpClient_ResetLogSettings(logging.0));
    assert_eq!(INetSmtpClient_GetEnableLogger(logging.0), 1);
    assert_eq!(config(&logging, "LogFile"), "");

    let dated = directory.file("day.log");
    ok(set(&logging, &format!("LogFile={dated}")));
    ok(INetSmtpClient_SetUseDateInLogFileName(logging.0, 1));
    ok(INetSmtpClient_Noop(logging.0));
    let names: Vec<_> = fs::read_dir(&directory.0)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_name().to_str().is_some_and(|name| name.starts_with("day-20")))
        .collect();
    assert_eq!(names.len(), 1);
    assert_eq!(names[0].metadata().unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn lines_that_are_held_back_come_out_in_the_end() {
    let directory = Directory::new();
    let file = directory.file("held.log");
    let peer = Peer::offering(&[]);
    let logging = client("127.0.0.1", peer.port);
    ok(set(&logging, &format!("LogFile={file}")));
    ok(set(&logging, "LogFlushMode=none"));
    ok(set(&logging, "LogMaxEventCount=1000"));
    logging.send(&letter()).expect("a message sent");
    assert!(fs::metadata(&file).is_err(), "nothing is written yet");
    ok(INetSmtpClient_FlushLog(logging.0));
    let flushed = fs::read_to_string(&file).expect("a log");
    assert!(flushed.contains("message accepted"), "{flushed}");
    ok(INetSmtpClient_Noop(logging.0));
    drop(logging);
    assert!(fs::read_to_string(&file).expect("a log").ends_with("\n"));
    assert!(fs::read_to_string(&file).expect("a log").contains("C: NOOP"));
}

#[test]
fn a_log_that_cannot_be_written_is_told_of_once_and_sending_goes_on() {
    let peer = Peer::offering(&[]);
    for file in ["/dev/full", "/nowhere/at/all.log", "/tmp"] {
        let told = Told::default();
        let logging = client("127.0.0.1", peer.port);
        ok(set(&logging, &format!("LogFile={file}")));
        let user = told.user();
        ok(unsafe { INetSmtpClient_OnNotification(logging.0, Some(on_notification), user, None) });
        assert_eq!(fault(&logging), "");
        logging.send(&letter()).expect("a message sent");
        logging.send(&letter()).expect("another message sent");
        let failures: Vec<_> =
            told.lines().into_iter().filter(|line| line.starts_with("13 ")).collect();
        assert_eq!(failures.len(), 1, "{file}: {failures:?}");
        assert_eq!(failures[0], format!("13 reason={}", fault(&logging)));
        assert!(fault(&logging).contains(file), "{}", fault(&logging));
    }
}

#[test]
fn the_log_may_go_to_a_callback() {
    let peer = Peer::offering(&[]);
    let told = Told::default();
    let logging = client("127.0.0.1", peer.port);
    ok(unsafe { INetSmtpClient_OnLog(logging.0, Some(on_log), told.user(), Some(on_drop)) });
    assert_eq!(config(&logging, "LogDestination"), "callback");
    ok(set(&logging, "LogDetails=level"));
    logging.send(&letter()).expect("a message sent");
    has(&told.lines(), "4 debug smtp C: EHLO");
    has(&told.lines(), "3 info smtp message accepted: reply=250");
    ok(unsafe { INetSmtpClient_OnLog(logging.0, None, null_mut(), None) });
    assert_eq!(told.dropped.load(SeqCst), 1);
    assert_eq!(config(&logging, "LogDestination"), "none");
}

#[test]
fn the_process_and_its_environment_have_a_log_too() {
    const ROLE: &str = "INETMAIL_TEST_LOGGING";
    if let Ok(port) = std::env::var(ROLE) {
        let line = c(&std::env::var("INETMAIL_TEST_LINE").unwrap_or_default());
        if !line.is_empty() {
            ok(unsafe { INetLibrary_Config(line.as_ptr()) });
        }
        ok(INetSmtpClient_Noop(client("127.0.0.1", port.parse().expect("a port")).0));
        return;
    }
    let directory = Directory::new();
    let file = directory.file("of process.log");
    let of_process = format!("LogFile={file}");
    for (verbose, line) in [("1", ""), ("0", ""), ("0", of_process.as_str())] {
        let keeper = Keeper::new(Manner::default());
        let program = std::env::current_exe().expect("this program");
        let name = "log::the_process_and_its_environment_have_a_log_too";
        let output = Command::new(program)
            .args(["--exact", name, "--nocapture"])
            .env(ROLE, keeper.port.to_string())
            .env("INETMAIL_TEST_LINE", line)
            .env("CURLOPT_VERBOSE", verbose)
            .output()
            .expect("a child");
        assert!(output.status.success());
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(errors.contains(" smtp C: NOOP\n"), verbose == "1", "{errors}");
    }
    assert!(fs::read_to_string(&file).expect("a log").contains(" smtp C: NOOP\n"));
}

#[test]
fn what_is_no_setting_of_a_log_is_refused() {
    let logging = client("127.0.0.1", 1);
    for (line, status) in [
        ("LogLevel=loud", "INET_E_CONFIG_VALUE"),
        ("LogDestination=printer", "INET_E_CONFIG_VALUE"),
        ("LogFilters=dsn", "INET_E_CONFIG_VALUE"),
        ("LogRotationMode=rotate-1000", "INET_E_CONFIG_VALUE"),
        ("LogMaxEventCount=0", "INET_E_ARGUMENT_OUT_OF_RANGE"),
        ("LogFlushMode=", "INET_E_CONFIG_VALUE"),
    ] {
        assert_eq!(status_name(set(&logging, line)), status, "{line}");
    }
    for level in [-1, 6, i32::MAX] {
        let status = INetSmtpClient_SetLogLevel(logging.0, level);
        assert_eq!(status_name(status), "INET_E_ARGUMENT_OUT_OF_RANGE");
    }
    assert_eq!(config(&logging, "LogRotationMode"), "none");
}
