//! SOCKS5 (RFC 1928) with user name and password (RFC 1929).

use super::{Dialogue, Step, Target, cut_short, garbled, wrong_version};
use crate::error::{Error, Result, Status};
use crate::sasl::Identity;
use std::net::IpAddr;
use zeroize::Zeroizing;

const VERSION: u8 = 5;
const CONNECT: u8 = 1;
const NO_AUTHENTICATION: u8 = 0;
const USER_AND_PASSWORD: u8 = 2;
const NO_METHOD: u8 = 0xff;
const IPV4: u8 = 1;
const NAME: u8 = 3;
const IPV6: u8 = 4;

pub struct Socks5 {
    place: Place,
    target: Target,
    /// What RFC 1929 says, where there is anything to say.
    login: Option<Zeroizing<Vec<u8>>>,
    user: String,
}

/// What the proxy's next answer is to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Begin,
    Methods,
    Login,
    Request,
}

impl Socks5 {
    pub fn new(target: &Target, identity: Option<&Identity>) -> Result<Socks5> {
        let user = identity.map(|identity| identity.user.clone()).unwrap_or_default();
        let login = identity.map(login).transpose()?;
        Ok(Socks5 { place: Place::Begin, target: target.clone(), login, user })
    }

    fn say(&mut self, place: Place, octets: Zeroizing<Vec<u8>>) -> Result<Step> {
        self.place = place;
        Ok(Step::Write(octets))
    }

    fn take_method(&mut self, said: &mut Vec<u8>) -> Result<Step> {
        let [_, method, ..] = said[..] else { return Ok(Step::Read) };
        said.drain(..2);
        match (method, self.login.take()) {
            (NO_AUTHENTICATION, _) => self.ask(),
            (USER_AND_PASSWORD, Some(login)) => self.say(Place::Login, login),
            (NO_METHOD, None) => {
                let sentence = "it lets nobody in without a login, and there is none for it";
                Err(Error::new(Status::ProxyAuthRequired, sentence))
            }
            (NO_METHOD, Some(_)) => {
                let sentence = "it takes neither a user name and password nor nobody's";
                Err(Error::new(Status::ProxyAuthRequired, sentence))
            }
            (method, _) => Err(garbled(format!(
                "it chose the method {method} for the login, which was not offered"
            ))),
        }
    }

    fn take_verdict(&mut self, said: &mut Vec<u8>) -> Result<Step> {
        // The version of this part is 1, and some say 5: the verdict is what matters.
        let [_, verdict, ..] = said[..] else { return Ok(Step::Read) };
        said.drain(..2);
        match verdict {
            0 => self.ask(),
            code => {
                let user = self.user.escape_debug();
                let sentence = format!("it refused the login of '{user}' (code {code})");
                Err(Error::new(Status::ProxyAuthRefused, sentence))
            }
        }
    }

    fn ask(&mut self) -> Result<Step> {
        let mut request = vec![VERSION, CONNECT, 0];
        match &self.target {
            Target::Address(address) => match address.ip().to_canonical() {
                IpAddr::V4(address) => {
                    request.push(IPV4);
                    request.extend(address.octets());
                }
                IpAddr::V6(address) => {
                    request.push(IPV6);
                    request.extend(address.octets());
                }
            },
            Target::Name(name, _) => {
                request.push(NAME);
                request.push(length_of("the name of the server", name)?);
                request.extend(name.as_bytes());
            }
        }
        request.extend(self.target.port().to_be_bytes());
        self.say(Place::Request, Zeroizing::new(request))
    }

    fn take_answer(&mut self, said: &mut Vec<u8>) -> Result<Step> {
        match said[..] {
            // Some close before such an answer is whole.
            [_, code, ..] if code != 0 => return Err(refusal(code, &self.target)),
            [_, 0, _, ..] => {}
            _ => return Ok(Step::Read),
        }
        let length = match said[3..] {
            [] => return Ok(Step::Read),
            [IPV4, ..] => 4 + 4 + 2,
            [IPV6, ..] => 4 + 16 + 2,
            [NAME] => return Ok(Step::Read),
            [NAME, length, ..] => 4 + 1 + usize::from(length) + 2,
            [other, ..] => {
                return Err(garbled(format!(
                    "its answer has an address of the unknown kind {other}"
                )));
            }
        };
        if said.len() < length {
            return Ok(Step::Read);
        }
        said.drain(..length);
        Ok(Step::Open)
    }
}

impl Dialogue for Socks5 {
    fn advance(&mut self, said: &mut Vec<u8>) -> Result<Step> {
        if self.place == Place::Begin {
            let greeting = match self.login {
                None => vec![VERSION, 1, NO_AUTHENTICATION],
                Some(_) => vec![VERSION, 2, NO_AUTHENTICATION, USER_AND_PASSWORD],
            };
            return self.say(Place::Methods, Zeroizing::new(greeting));
        }
        if self.place != Place::Login && said.first().is_some_and(|version| *version != VERSION) {
            return Err(wrong_version("SOCKS5", VERSION, said));
        }
        match self.place {
            Place::Begin | Place::Methods => self.take_method(said),
            Place::Login => self.take_verdict(said),
            Place::Request => self.take_answer(said),
        }
    }

    fn ended(&mut self, said: &mut Vec<u8>) -> Result<Step> {
        if self.place == Place::Login && said.is_empty() {
            // RFC 1929: after a refusal the server must close; some do so without a word.
            let sentence =
                format!("it closed the connection at the login of '{}'", self.user.escape_debug());
            return Err(Error::new(Status::ProxyAuthRefused, sentence));
        }
        Err(cut_short("SOCKS5", said))
    }
}

fn login(identity: &Identity) -> Result<Zeroizing<Vec<u8>>> {
    let mut login = Zeroizing::new(Vec::with_capacity(3 + 2 * usize::from(u8::MAX)));
    login.push(1);
    login.push(length_of("the user name", &identity.user)?);
    login.extend(identity.user.as_bytes());
    login.push(length_of("the password", &identity.password)?);
    login.extend(identity.password.as_bytes());
    Ok(login)
}

fn length_of(what: &str, text: &str) -> Result<u8> {
    u8::try_from(text.len()).map_err(|_| {
        let sentence = format!("{what} has more than the 255 octets that SOCKS5 has room for");
        Error::new(Status::ProxyUnsupported, sentence)
    })
}

/// RFC 1928 section 6.
fn refusal(code: u8, target: &Target) -> Error {
    let (status, why) = match code {
        1 => (Status::ProxyServerUnreachable, "a general failure of the proxy"),
        2 => (Status::ProxyRefused, "its rules do not allow that"),
        3 => (Status::ProxyServerUnreachable, "the network is unreachable"),
        4 => (Status::ProxyServerUnreachable, "the host is unreachable, or has no address"),
        5 => (Status::ProxyServerUnreachable, "the server refused the connection"),
        6 => (Status::ProxyServerUnreachable, "the time to live ran out"),
        7 => (Status::ProxyUnsupported, "it does not know the command CONNECT"),
        8 => (Status::ProxyUnsupported, "it takes no address of that kind"),
        _ => (Status::ProxyProtocol, "SOCKS5 knows no such answer"),
    };
    let sentence = format!("no way to {target}: {why} (code {code})");
    Error::new(status, sentence)
}
