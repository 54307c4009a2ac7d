//! SOCKS4, and SOCKS4a, which takes names: documents of Ying-Da Lee and of OpenSSH's authors, that no RFC has taken up.

use super::{Dialogue, Step, Target, cut_short, wrong_version};
use crate::error::{Error, Result, Status};
use std::net::{IpAddr, SocketAddr};
use zeroize::Zeroizing;

const CONNECT: u8 = 1;
const LENGTH_OF_ANSWER: usize = 8;

/// An address that is none: a name follows.
const NAME_FOLLOWS: [u8; 4] = [0, 0, 0, 1];

pub struct Socks4 {
    request: Option<Zeroizing<Vec<u8>>>,
    target: String,
}

impl Socks4 {
    /// A name as target makes it SOCKS4a. `user` may be empty.
    pub fn new(target: &Target, user: &str) -> Result<Socks4> {
        if user.contains('\0') {
            let sentence = "a user name with NUL cannot be told in SOCKS4";
            return Err(Error::new(Status::ProxyUnsupported, sentence));
        }
        let (address, name) = match target {
            Target::Name(name, _) => (NAME_FOLLOWS, Some(name)),
            Target::Address(address) => (ipv4(*address)?, None),
        };
        let mut request = Zeroizing::new(vec![4, CONNECT]);
        request.extend(target.port().to_be_bytes());
        request.extend(address);
        request.extend(user.as_bytes());
        request.push(0);
        if let Some(name) = name {
            request.extend(name.as_bytes());
            request.push(0);
        }
        Ok(Socks4 { request: Some(request), target: target.to_string() })
    }
}

impl Dialogue for Socks4 {
    fn advance(&mut self, said: &mut Vec<u8>) -> Result<Step> {
        if let Some(request) = self.request.take() {
            return Ok(Step::Write(request));
        }
        if said.first().is_some_and(|version| *version != 0) {
            return Err(wrong_version("SOCKS4", 0, said));
        }
        match said.get(1).copied() {
            None => Ok(Step::Read),
            Some(90) if said.len() < LENGTH_OF_ANSWER => Ok(Step::Read),
            Some(90) => {
                said.drain(..LENGTH_OF_ANSWER);
                Ok(Step::Open)
            }
            // Some close before such an answer is whole.
            Some(code) => Err(refusal(code, &self.target)),
        }
    }

    fn ended(&mut self, said: &mut Vec<u8>) -> Result<Step> {
        Err(cut_short("SOCKS4", said))
    }
}

fn ipv4(address: SocketAddr) -> Result<[u8; 4]> {
    match address.ip().to_canonical() {
        IpAddr::V4(address) => Ok(address.octets()),
        IpAddr::V6(address) => {
            let sentence =
                format!("SOCKS4 has no place for the IPv6 address {address}: SOCKS5 has");
            Err(Error::new(Status::ProxyUnsupported, sentence))
        }
    }
}

fn refusal(code: u8, target: &str) -> Error {
    let (status, why) = match code {
        // The protocol tells these two apart in no way.
        91 => (Status::ProxyRefused, "it refused, or could not reach it"),
        92 => (
            Status::ProxyAuthRequired,
            "it asks identd on this machine who the user is, and nobody answered",
        ),
        93 => (
            Status::ProxyAuthRefused,
            "identd on this machine and the request name different users",
        ),
        code => {
            let sentence = format!("its answer has the code {code}, which SOCKS4 does not know");
            return Error::new(Status::ProxyProtocol, sentence);
        }
    };
    Error::new(status, format!("no way to {target}: {why} (code {code})"))
}
