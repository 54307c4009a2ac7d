//! A proxy that is of another kind than the host says, and keeps silent: who speaks HTTP waits for the end of a line that SOCKS has not,
//! and who speaks TLS for the rest of a hello.

use super::super::connect::connect;
use super::super::stream::{Stream, Written};
use super::super::wait::Watch;
use super::{Kind, Reached, garbled};
use crate::error::{Result, Status};
use std::time::Duration;

/// SOCKS5 answers a greeting at once; SOCKS4 when it has reached the server, of which it may be asked meanwhile whether it is one.
const SILENCE: Duration = Duration::from_secs(2);
const SHARE: usize = 4;

/// What any server of HTTP has an answer to.
const QUESTION: &[u8] = b"OPTIONS * HTTP/1.0\r\n\r\n";

/// How long a proxy may be silent before it is asked what it is; nothing of one that has been spoken to in its own way.
pub fn patience(kind: Kind, watch: Watch) -> Option<Watch> {
    (!kind.is_http()).then(|| watch.share(SHARE).within(SILENCE))
}

/// Asks, over another connection, whether it speaks HTTP or TLS. That it does is an error; who cannot be asked is left alone.
pub fn ask(reached: Reached, watch: Watch) -> Result<()> {
    let watch = watch.share(SHARE).within(SILENCE);
    let answer = match question(reached, watch) {
        Ok(answer) => answer,
        Err(error) if error.status() == Status::Cancelled => return Err(error),
        Err(_) => return Ok(()),
    };
    let (speaks, is) = match answer.as_slice() {
        [b'H', b'T', ..] => ("HTTP", "HTTP"),
        [0x15 | 0x16, ..] => ("TLS", "HTTPS"),
        _ => return Ok(()),
    };
    let kind = reached.proxy.kind.name();
    Err(garbled(format!("it does not answer {kind}, and speaks {speaks}: its type may be {is}")))
}

fn question(reached: Reached, watch: Watch) -> Result<Vec<u8>> {
    let Reached { proxy, addresses, outlet, .. } = reached;
    let mut stream: Stream = connect(&proxy.host, addresses, outlet, watch)?;
    let mut rest = QUESTION;
    while let Written::Octets(taken @ 1..) = stream.write(rest, watch)? {
        rest = &rest[taken..];
        if rest.is_empty() {
            break;
        }
    }
    let mut answer = vec![0; 16];
    let length = stream.read(&mut answer, watch)?;
    answer.truncate(length);
    Ok(answer)
}
