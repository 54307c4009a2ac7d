//! Logs that several write, that cannot be written for a while, that a child by fork inherits; and what never stands in one.

#![allow(clippy::disallowed_methods, reason = "a peer is a thread of the test")]

mod support;

use inetmail::ffi::config::INetSmtpClient_Config;
use inetmail::ffi::event::*;
use inetmail::ffi::events::*;
use inetmail::ffi::log::*;
use inetmail::ffi::server_commands::INetSmtpClient_Noop;
use inetmail::ffi::service_proxy_options::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use support::face::{Client, Handle, c, client, message, ok, text};
use support::keeper::{Keeper, Manner};
use support::proxy::{Act, double, proxy, say};

struct Directory(PathBuf);

impl Directory {
    fn new() -> Directory {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("inetmail-logs-{}-{}", std::process::id(), COUNT.fetch_add(1, SeqCst));
        let path = std::env::temp_dir().join(name);
        fs::create_dir(&path).expect("a new directory");
        Directory(path)
    }

    fn file(&self, name: &str) -> String {
        self.0.join(name).to_str().expect("UTF-8").to_owned()
    }

    /// All lines of all files.
    fn lines(&self) -> Vec<String> {
        let files = fs::read_dir(&self.0).expect("a directory");
        let texts = files.map(|file| fs::read_to_string(file.expect("a file").path()));
        let texts: Vec<_> = texts.map(|text| text.expect("a text")).collect();
        texts.iter().flat_map(|text| text.lines().map(str::to_owned)).collect()
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn set(client: &Client, line: &str) {
    ok(unsafe { INetSmtpClient_Config(client.0, c(line).as_ptr()) });
}

fn logging(port: u16, file: &str) -> Client {
    let client = client("127.0.0.1", port);
    set(&client, &format!("LogFile={file}"));
    client
}

/// Runs one test of this program in a process of its own, with a variable that tells it so.
fn child(name: &str, value: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args(["--exact", name, "--nocapture"]).env("INETMAIL_TEST_CHILD", value);
    command
}

#[test]
fn processes_that_rotate_one_file_lose_no_line() {
    const NAME: &str = "processes_that_rotate_one_file_lose_no_line";
    const EACH: usize = 40;
    if let Ok(file) = std::env::var("INETMAIL_TEST_CHILD") {
        let keeper = Keeper::new(Manner::default());
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    let client = logging(keeper.port, &file);
                    set(&client, "LogRotationMode=rotate-99:2000");
                    (0..EACH).for_each(|_| ok(INetSmtpClient_Noop(client.0)));
                });
            }
        });
        return;
    }
    let directory = Directory::new();
    let file = directory.file("smtp.log");
    let children: Vec<_> = (0..2).map(|_| child(NAME, &file).spawn().expect("a child")).collect();
    for mut child in children {
        assert!(child.wait().expect("its end").success());
    }
    let lines = directory.lines();
    assert!(lines.iter().all(|line| line.starts_with("20")), "a line is whole");
    let commands = lines.iter().filter(|line| line.ends_with("smtp C: NOOP")).count();
    assert_eq!(commands, 2 * 2 * EACH);
    assert!(fs::read_dir(&directory.0).expect("a directory").count() > 3, "it was rotated");
}

#[test]
fn a_file_that_cannot_be_written_for_a_while_goes_on_afterwards() {
    let directory = Directory::new();
    let inner = directory.0.join("inner");
    fs::create_dir(&inner).expect("a directory");
    let file = inner.join("smtp.log");
    let keeper = Keeper::new(Manner::default());
    let client = logging(keeper.port, file.to_str().expect("UTF-8"));
    set(&client, "LogRotationMode=rotate-1:1024");
    ok(INetSmtpClient_SetEventKinds(client.0, INET_EVENT_NOTIFICATION));
    ok(INetSmtpClient_Noop(client.0));
    assert!(fs::exists(&file).expect("it can be seen"));
    fs::remove_dir_all(&inner).expect("removed");
    (0..3).for_each(|_| ok(INetSmtpClient_Noop(client.0)));
    let mut failures = 0;
    loop {
        let event = INetSmtpClient_NextEvent(client.0);
        if event.is_null() {
            break;
        }
        failures += u32::from(INetEvent_GetCode(Handle::of(event).0) == 13);
    }
    assert_eq!(failures, 1, "told once");
    let fault = text(|b, n| unsafe { INetSmtpClient_GetLogFault(client.0, b, n) });
    assert!(fault.contains("smtp.log"), "{fault}");
    fs::create_dir(&inner).expect("a directory");
    ok(INetSmtpClient_Noop(client.0));
    assert!(fs::read_to_string(&file).expect("a log").contains("smtp "));
    drop(client);
}

#[test]
fn a_child_by_fork_writes_its_own_lines_and_not_its_parents() {
    const NAME: &str = "a_child_by_fork_writes_its_own_lines_and_not_its_parents";
    if let Ok(file) = std::env::var("INETMAIL_TEST_CHILD") {
        let keeper = Keeper::new(Manner::default());
        let client = logging(keeper.port, &file);
        set(&client, "LogDetails=thread");
        set(&client, "LogFlushMode=none");
        set(&client, "LogMaxEventCount=1000");
        ok(INetSmtpClient_Noop(client.0));
        // SAFETY: the child uses the library, which may be used there, and ends without unwinding.
        let child = unsafe { libc::fork() };
        if child == 0 {
            let status = INetSmtpClient_Noop(client.0) | INetSmtpClient_FlushLog(client.0);
            unsafe { libc::_exit(i32::from(status != 0)) };
        }
        let mut status = -1;
        assert_eq!(unsafe { libc::waitpid(child, &raw mut status, 0) }, child);
        assert_eq!(status, 0);
        ok(INetSmtpClient_Noop(client.0));
        ok(INetSmtpClient_FlushLog(client.0));
        return;
    }
    let directory = Directory::new();
    let file = directory.file("smtp.log");
    assert!(child(NAME, &file).status().expect("its end").success());
    let mut of_processes = BTreeMap::<String, u32>::new();
    for line in directory.lines().iter().filter(|line| line.ends_with("smtp C: NOOP")) {
        let process = line.split(['[', '/']).nth(1).expect("a process").to_owned();
        *of_processes.entry(process).or_default() += 1;
    }
    let mut counts: Vec<_> = of_processes.into_values().collect();
    counts.sort_unstable();
    assert_eq!(counts, [1, 2]);
}

#[test]
fn no_secret_of_a_proxy_stands_anywhere() {
    const PASSWORD: &str = "Geheimnis-9x";
    // The password alone, with its user, and as octets: in each form in which a proxy may repeat it.
    let base64_of_both = "dXNlcjpHZWhlaW1uaXMtOXg";
    let base64 = "R2VoZWltbmlzLTl4";
    let hex = "47656865696d6e69732d3978";
    let forms = [PASSWORD, base64_of_both, base64, hex, "47656865696D6E69732D3978"];
    let basic = |answer: String| (INET_PROXY_HTTP, 1, vec![Act::HearRequest, say(answer)]);
    let mut dialogues = vec![
        (INET_PROXY_SOCKS5, 1, vec![Act::Hear(4), say([5, 2]), Act::Hear(19), say([1, 1])]),
        (INET_PROXY_SOCKS5, 1, vec![Act::Hear(4), say([5, 2]), Act::Hear(19), say(PASSWORD)]),
        (INET_PROXY_HTTP, 1, vec![Act::HearRequest, say(PASSWORD)]),
    ];
    for form in forms {
        dialogues.push(basic(format!("HTTP/1.1 403 {form} is bad\r\nContent-Length: 0\r\n\r\n")));
        dialogues.push(basic(format!(
            "HTTP/1.1 407 {form}\r\nProxy-Authenticate: Basic realm=\"{form}\"\r\nContent-Length: 0\r\n\r\n"
        )));
        dialogues.push(basic(format!("HTTP/1.1 502 '{form}'\r\nContent-Length: 0\r\n\r\n")));
    }
    for (kind, authentication, acts) in dialogues {
        let directory = Directory::new();
        let (port, playing) = double(vec![acts], None);
        let proxy =
            proxy(kind, port).with_login("user", PASSWORD).with_authentication(authentication);
        let client = client("mail.behind.test", 25).with_timeout(20_000).through(&proxy);
        set(&client, &format!("LogFile={}", directory.file("smtp.log")));
        set(&client, "LogLevel=trace");
        set(&client, "LogFilters=dns,net,tls,smtp,data");
        set(&client, "LogDetails=time,level,thread,connection,hex");
        let record = client.send(&message("a@test", "b@test", "s", "t")).expect_err("refused");
        let told = format!("{record:?}\n{}", directory.lines().join("\n"));
        assert!(directory.lines().iter().any(|line| line.contains("error")), "{told}");
        for form in forms {
            assert!(!told.contains(form), "{form}: {told}");
        }
        drop(client);
        playing.join().expect("no panic");
    }
}
