//! Runs against aiosmtpd, which has neither PIPELINING nor CHUNKING, and is killed in their midst.

use super::ledger::*;
use super::*;
use inetmail::ffi::message_headers::INetMailMessage_AddHeader;
use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

struct Aiosmtpd {
    process: Child,
    port: u16,
    folder: PathBuf,
}

impl Aiosmtpd {
    fn start() -> Aiosmtpd {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("aiosmtpd-{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = PathBuf::from(setting("INETMAIL_SERVERS")).join(name);
        fs::create_dir(&folder).expect("a folder");
        let (process, port) = Aiosmtpd::launch(0, &folder);
        Aiosmtpd { process, port, folder }
    }

    fn launch(port: u16, folder: &std::path::Path) -> (Child, u16) {
        let program = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/servers/aiosmtpd_server.py");
        let mut command = Command::new(program);
        command.arg(port.to_string()).arg(folder).stdout(Stdio::piped());
        let mut process = command.spawn().expect("aiosmtpd");
        let mut line = String::new();
        let output = process.stdout.take().expect("its output");
        BufReader::new(output).read_line(&mut line).expect("its port");
        (process, line.trim().parse().expect("its port"))
    }

    fn kill(&mut self) {
        self.process.kill().expect("aiosmtpd runs");
        self.process.wait().expect("aiosmtpd is killed");
    }

    /// On the port that it had.
    fn start_again(&mut self) {
        (self.process, _) = Aiosmtpd::launch(self.port, &self.folder);
    }

    fn client(&self) -> Client {
        client("127.0.0.1", self.port).with_timeout(30_000)
    }

    /// All that was kept: the message, and the lines about its envelope.
    fn kept(&self) -> Vec<(String, String, Vec<String>)> {
        let names = fs::read_dir(&self.folder).expect("its folder").flatten();
        let names = names.filter_map(|file| Some(file.file_name().to_str()?.to_owned()));
        let of = |id: &str| {
            let read = |ending| fs::read_to_string(self.folder.join(format!("{id}.{ending}")));
            let facts = read("env").expect("an envelope").lines().map(str::to_owned).collect();
            (id.to_owned(), read("eml").expect("a message"), facts)
        };
        names.filter_map(|name| name.strip_suffix(".eml").map(of)).collect()
    }

    fn arrived(&self) -> Arrived {
        let mut arrived = Arrived::new();
        for (id, mail, facts) in self.kept() {
            let between = |start: &str| {
                let (_, rest) = mail.split_once(start).expect("what each message has");
                rest.split_once("\r\n").expect("the end of a line").0
            };
            let number = between("\r\nX-Number: ").parse().expect("a number");
            assert!(mail.ends_with("\r\n.\r\nПоследняя строка\r\n"), "message {number} is cut");
            let parameters: Vec<_> = facts[1].split(' ').collect();
            assert!(parameters.contains(&"BODY=8BITMIME"), "{parameters:?}");
            assert_eq!(parameters.contains(&"SMTPUTF8"), number % 2 == 1, "{parameters:?}");
            assert_eq!(facts[2..], [recipient(number)]);
            arrived.entry(number).or_default().insert(id);
        }
        arrived
    }
}

impl Drop for Aiosmtpd {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn recipient(number: usize) -> String {
    match number % 2 {
        0 => format!("to{number}@test"),
        _ => format!("кому{number}@test"),
    }
}

fn letter(number: usize) -> Message {
    let body = format!("{}.\nПоследняя строка\n", "Строка\n".repeat(number % 50));
    let letter = message("from@test", &recipient(number), "Тема", &body);
    let number = c(&number.to_string());
    ok(unsafe { INetMailMessage_AddHeader(letter.0, c"X-Number".as_ptr(), number.as_ptr()) });
    letter
}

/// Runs in whose midst the server is killed and started again, and killed for good.
fn run_through_kills(connections: i32, messages: usize) {
    let mut server = Aiosmtpd::start();
    let client = with_connections(server.client(), connections);
    let mut ledger = Ledger::of(messages);
    let mut events = vec![(messages / 2, "kill"), (messages / 4, "restart")];
    let mut runs = Vec::new();
    while ledger.open() > 0 {
        let mut is_up = true;
        let status = ledger.send(&client, &letter, &mut |delivered| {
            let Some((_, event)) = events.pop_if(|(at, _)| delivered >= *at) else { return };
            server.kill();
            is_up = event == "restart";
            if is_up {
                server.start_again();
            }
        });
        runs.push((status, ledger.delivered));
        assert!(runs.len() <= 3, "there are more runs than kills: {runs:?}");
        if ledger.open() > 0 {
            let record = Record::of_this_thread();
            assert!(matches!(status, CONNECT | CONNECTION_LOST), "{record:?}");
            assert!(record.is_transient && !record.is_safe_to_retry, "{record:?}");
        }
        ledger.check(&server.arrived());
        if !is_up {
            server.start_again();
        }
    }
    println!("{connections} connections: {runs:?}, {} in doubt", ledger.count(&Fate::InDoubt));
    assert!(events.is_empty(), "the server was not killed: {runs:?}");
    assert_eq!(ledger.delivered + ledger.count(&Fate::InDoubt), messages);
    if connections == 1 {
        // A restart is nothing to end a run.
        assert_eq!(runs.len(), 2, "{runs:?}");
    }
    // One message is under way on each connection, and each is lost twice.
    assert!(ledger.count(&Fate::InDoubt) <= 2 * connections as usize);
}

#[test]
fn messages_are_accounted_for_although_aiosmtpd_is_killed() {
    run_through_kills(1, 500);
}

#[test]
fn messages_over_four_connections_are_accounted_for_although_aiosmtpd_is_killed() {
    run_through_kills(4, 1_000);
}
