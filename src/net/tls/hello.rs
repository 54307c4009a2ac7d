//! The server's first words of a handshake, which rustls does not hand on whole.

/// The extension by which a server says that it knows of the attack on renegotiation (RFC 5746 section 3.2).
const RENEGOTIATION_INFO: u16 = 0xff01;
const HANDSHAKE: u8 = 22;
const SERVER_HELLO: u8 = 2;
/// A random and the octets of version in front of it.
const BEFORE_SESSION_ID: usize = 2 + 32;

/// Collects what a server says until its hello is complete.
#[derive(Default)]
pub struct ServerHello {
    octets: Vec<u8>,
}

/// More than any hello takes.
const MOST: usize = 64 * 1024;

impl ServerHello {
    pub fn take_in(&mut self, octets: &[u8]) {
        let room = MOST - self.octets.len();
        self.octets.extend_from_slice(&octets[..octets.len().min(room)]);
    }

    pub fn has_renegotiation_info(&self) -> bool {
        let message = self.message();
        extensions(&message).is_some_and(|extensions| contains(extensions, RENEGOTIATION_INFO))
    }

    /// The handshake messages in front of all encryption, out of their records.
    fn message(&self) -> Vec<u8> {
        let mut message = Vec::new();
        let mut rest = self.octets.as_slice();
        while let [HANDSHAKE, _, _, high, low, octets @ ..] = rest {
            let length = usize::from(u16::from_be_bytes([*high, *low])).min(octets.len());
            message.extend_from_slice(&octets[..length]);
            rest = &octets[length..];
        }
        message
    }
}

/// The extensions of a ServerHello (RFC 5246 section 7.4.1.3).
fn extensions(message: &[u8]) -> Option<&[u8]> {
    let [SERVER_HELLO, _, _, _, hello @ ..] = message else {
        return None;
    };
    let rest = hello.get(BEFORE_SESSION_ID..)?;
    let (session_id, rest) = rest.split_first()?;
    // Behind the session's id: two octets of suite and one of compression.
    let rest = rest.get(usize::from(*session_id) + 3..)?;
    let (length, rest) = rest.split_first_chunk::<2>()?;
    rest.get(..usize::from(u16::from_be_bytes(*length)))
}

fn contains(mut extensions: &[u8], wanted: u16) -> bool {
    while let [a, b, c, d, rest @ ..] = extensions {
        if u16::from_be_bytes([*a, *b]) == wanted {
            return true;
        }
        let length = usize::from(u16::from_be_bytes([*c, *d]));
        extensions = rest.get(length..).unwrap_or_default();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hello(extensions: &[u8]) -> Vec<u8> {
        let mut body = vec![3, 3];
        body.extend([7; 32]);
        body.extend([2, 9, 9, 0xc0, 0x2f, 0]);
        body.extend((extensions.len() as u16).to_be_bytes());
        body.extend(extensions);
        let mut message = vec![SERVER_HELLO, 0, 0, body.len() as u8];
        message.extend(body);
        message
    }

    fn in_records(message: &[u8], size: usize) -> Vec<u8> {
        let mut records = Vec::new();
        for part in message.chunks(size) {
            records.extend([HANDSHAKE, 3, 3, 0, part.len() as u8]);
            records.extend(part);
        }
        records
    }

    fn has(octets: &[u8]) -> bool {
        let mut hello = ServerHello::default();
        octets.chunks(3).for_each(|part| hello.take_in(part));
        hello.has_renegotiation_info()
    }

    #[test]
    fn the_extension_is_found_wherever_the_records_are_cut() {
        let with = hello(&[0, 23, 0, 0, 0xff, 1, 0, 1, 0]);
        let without = hello(&[0, 23, 0, 0, 0, 11, 0, 2, 1, 0]);
        for size in [1, 7, 40, 200] {
            assert!(has(&in_records(&with, size)));
            assert!(!has(&in_records(&without, size)));
        }
        assert!(!has(b"220 mail ready\r\n"));
        for end in 0..with.len() {
            has(&in_records(&with[..end], 50));
        }
    }
}
