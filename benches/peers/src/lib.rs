//! What the peers share: the arguments and the message of bench.h, and the clock.

#![allow(clippy::disallowed_methods, reason = "a benchmark is about time")]

use std::time::Instant;

pub const FROM: &str = "ivanov@server.example";
pub const TO: &str = "petrov@server.example";
const BODY_LINE: &str = "message 0000000: the quick brown fox jumps over the lazy dogs.\r\n";

pub fn subject(n: usize) -> String {
    format!("Message number {n:07}")
}

pub fn body(n: usize) -> String {
    let mut body = BODY_LINE.repeat(16);
    body.replace_range(8..15, &format!("{n:07}"));
    body
}

pub fn recipient(n: usize) -> String {
    format!("user{n:07}@server.example")
}

/// What a program that sends is told: see bench.h.
pub struct Task {
    pub port: u16,
    pub mode: String,
    pub count: usize,
    pub connections: usize,
    /// The server's, in PEM.
    pub certificate: Option<Vec<u8>>,
}

impl Task {
    pub fn from_arguments() -> Self {
        let mut words: Vec<_> = std::env::args().skip(1).collect();
        let certificate = words.iter().position(|word| word == "--tls").map(|at| {
            let path = words.drain(at..).nth(1).expect("a certificate behind --tls");
            std::fs::read(path).expect("the certificate")
        });
        let [port, mode, count, rest @ ..] = words.as_slice() else {
            panic!("PORT MODE N [C] [--tls CERTIFICATE]");
        };
        Self {
            port: port.parse().expect("a port"),
            mode: mode.clone(),
            count: count.parse().expect("a number"),
            connections: rest.first().map_or(1, |c| c.parse().expect("a number of connections")),
            certificate,
        }
    }

    /// The numbers of the messages that one of the connections sends.
    pub fn share(&self, connection: usize) -> impl Iterator<Item = usize> + use<> {
        (connection..self.count).step_by(self.connections)
    }
}

/// The time since it was started.
pub struct Clock {
    wall: Instant,
    cpu: f64,
}

impl Clock {
    pub fn start() -> Self {
        Self { wall: Instant::now(), cpu: cpu_us() }
    }

    /// For run.py.
    pub fn tell(self) {
        let (wall, cpu) = (self.wall.elapsed().as_micros(), cpu_us() - self.cpu);
        println!("wall_us={wall} cpu_us={cpu:.0}");
    }
}

/// User and system time of this process.
fn cpu_us() -> f64 {
    // SAFETY: zeros are a value of this struct, and the call has a valid place to write to.
    let usage = unsafe {
        let mut usage: libc::rusage = std::mem::zeroed();
        libc::getrusage(libc::RUSAGE_SELF, &mut usage);
        usage
    };
    let us = |time: libc::timeval| time.tv_sec as f64 * 1e6 + time.tv_usec as f64;
    us(usage.ru_utime) + us(usage.ru_stime)
}
