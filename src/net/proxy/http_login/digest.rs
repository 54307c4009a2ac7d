//! Digest (RFC 7616, and RFC 2069 where a proxy knows no qop).

use super::challenge::Challenge;
use super::{Request, Scheme};
use crate::error::{Error, Result, Status};
use crate::sasl::Identity;
use md5::Md5;
use ring::rand::{SecureRandom, SystemRandom};
use sha2::{Digest as _, Sha256, Sha512_256};
use zeroize::Zeroizing;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Hash {
    Md5,
    Sha512_256,
    Sha256,
}

/// A hash, and whether the client's own nonce goes into the first of its sums (`-sess`).
type Algorithm = (Hash, bool);

pub struct Digest {
    identity: Identity,
    algorithm: Algorithm,
    /// As the proxy has written it, which is how it is said back.
    algorithm_name: Option<String>,
    realm: String,
    nonce: String,
    opaque: Option<String>,
    /// `auth` or `auth-int`; nothing in RFC 2069.
    quality: Option<&'static str>,
    hashes_user: bool,
    count: u32,
    own_nonce: String,
}

/// Which of several challenges is the better one.
pub fn strength(challenge: &Challenge) -> u8 {
    algorithm(challenge).map_or(0, |(hash, _)| 1 + hash as u8)
}

fn algorithm(challenge: &Challenge) -> Option<Algorithm> {
    let name = challenge.parameter("algorithm").unwrap_or("MD5").to_ascii_uppercase();
    let (base, is_session) = match name.strip_suffix("-SESS") {
        Some(base) => (base, true),
        None => (name.as_str(), false),
    };
    let hash = match base {
        "MD5" => Hash::Md5,
        "SHA-256" => Hash::Sha256,
        "SHA-512-256" => Hash::Sha512_256,
        _ => return None,
    };
    Some((hash, is_session))
}

impl Digest {
    /// `None`: it asks for a hash, or for a protection, that is not here.
    pub fn begin(identity: &Identity, challenge: &Challenge) -> Result<Option<Box<dyn Scheme>>> {
        let mut random = [0; 16];
        SystemRandom::new().fill(&mut random).map_err(|_| {
            Error::new(Status::ProxyAuthRequired, "the system has no random numbers for Digest")
        })?;
        let made = Digest::with_nonce(identity, challenge, hexadecimal(&random))?;
        Ok(made.map(|digest| Box::new(digest) as Box<dyn Scheme>))
    }

    fn with_nonce(
        identity: &Identity,
        challenge: &Challenge,
        own_nonce: String,
    ) -> Result<Option<Digest>> {
        let Some(algorithm) = algorithm(challenge) else { return Ok(None) };
        let quality = match challenge.parameter("qop") {
            None => None,
            Some(list) => {
                let offers =
                    |wanted| list.split(',').any(|one| one.trim().eq_ignore_ascii_case(wanted));
                match (offers("auth"), offers("auth-int")) {
                    (true, _) => Some("auth"),
                    (_, true) => Some("auth-int"),
                    _ => return Ok(None),
                }
            }
        };
        if identity.user.chars().any(char::is_control) {
            let sentence = "a user name with control characters cannot log in by Digest";
            return Err(Error::new(Status::ProxyUnsupported, sentence));
        }
        let mut digest = Digest {
            identity: identity.clone(),
            algorithm,
            algorithm_name: challenge.parameter("algorithm").map(str::to_owned),
            realm: String::new(),
            nonce: String::new(),
            opaque: None,
            quality,
            hashes_user: challenge
                .parameter("userhash")
                .is_some_and(|value| value.eq_ignore_ascii_case("true")),
            count: 0,
            own_nonce,
        };
        digest.take(challenge)?;
        Ok(Some(digest))
    }

    fn take(&mut self, challenge: &Challenge) -> Result<()> {
        let nonce = challenge.parameter("nonce").unwrap_or_default();
        let realm = challenge.parameter("realm").unwrap_or_default();
        let opaque = challenge.parameter("opaque");
        let all = [
            nonce,
            realm,
            opaque.unwrap_or_default(),
            self.algorithm_name.as_deref().unwrap_or_default(),
        ];
        if nonce.is_empty() || all.iter().any(|text| text.contains(|c: char| c.is_control())) {
            return Err(Error::new(Status::ProxyProtocol, "its challenge for Digest is malformed"));
        }
        self.nonce = nonce.to_owned();
        self.realm = realm.to_owned();
        self.opaque = opaque.map(str::to_owned);
        self.count = 0;
        Ok(())
    }

    /// The hash of these, with colons between them.
    fn hash(&self, parts: &[&str]) -> Zeroizing<String> {
        let joined = Zeroizing::new(parts.join(":"));
        let octets = joined.as_bytes();
        Zeroizing::new(match self.algorithm.0 {
            Hash::Md5 => hexadecimal(&Md5::digest(octets)),
            Hash::Sha256 => hexadecimal(&Sha256::digest(octets)),
            Hash::Sha512_256 => hexadecimal(&Sha512_256::digest(octets)),
        })
    }

    /// RFC 7616 section 3.4.1.
    fn response(&self, request: &Request, count: &str) -> Zeroizing<String> {
        let Digest { identity, realm, nonce, own_nonce, .. } = self;
        let mut secret = self.hash(&[&identity.user, realm, &identity.password]);
        if self.algorithm.1 {
            secret = self.hash(&[&secret, nonce, own_nonce]);
        }
        let action = match self.quality {
            // A request for a tunnel has no body.
            Some("auth-int") => self.hash(&[request.method, request.uri, &self.hash(&[""])]),
            _ => self.hash(&[request.method, request.uri]),
        };
        match self.quality {
            Some(quality) => self.hash(&[&secret, nonce, count, own_nonce, quality, &action]),
            None => self.hash(&[&secret, nonce, &action]),
        }
    }
}

impl Scheme for Digest {
    fn name(&self) -> &'static str {
        "Digest"
    }

    fn credentials(&mut self, request: &Request) -> Result<Zeroizing<String>> {
        self.count += 1;
        let count = format!("{:08x}", self.count);
        let user = match self.hashes_user {
            true => self.hash(&[&self.identity.user, &self.realm]).to_string(),
            false => self.identity.user.clone(),
        };
        let response = self.response(request, &count);
        let mut text = format!(
            "Digest username={}, realm={}, nonce={}, uri={}, response=\"{}\"",
            quoted(&user),
            quoted(&self.realm),
            quoted(&self.nonce),
            quoted(request.uri),
            *response,
        );
        if let Some(name) = &self.algorithm_name {
            text += &format!(", algorithm={}", token(name));
        }
        if let Some(opaque) = &self.opaque {
            text += &format!(", opaque={}", quoted(opaque));
        }
        if let Some(quality) = self.quality {
            text += &format!(", qop={quality}, nc={count}, cnonce={}", quoted(&self.own_nonce));
        }
        if self.hashes_user {
            text += ", userhash=true";
        }
        Ok(Zeroizing::new(text))
    }

    /// Only a nonce that has become too old is a reason to try the same password again.
    fn challenged(&mut self, challenge: &Challenge) -> Result<bool> {
        let is_stale =
            challenge.parameter("stale").is_some_and(|value| value.eq_ignore_ascii_case("true"));
        if !is_stale
            || algorithm(challenge) != Some(self.algorithm)
            || challenge.parameter("nonce") == Some(&self.nonce)
        {
            return Ok(false);
        }
        self.take(challenge)?;
        Ok(true)
    }
}

fn hexadecimal(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A stranger's word that is no token goes back in quotes.
fn token(text: &str) -> String {
    match text.bytes().all(|octet| octet.is_ascii_alphanumeric() || octet == b'-') {
        true => text.to_owned(),
        false => quoted(text),
    }
}

#[cfg(test)]
mod tests {
    use super::super::challenge::challenges;
    use super::*;

    fn identity(user: &str, password: &str) -> Identity {
        Identity {
            user: user.into(),
            password: Zeroizing::new(password.into()),
            ..Identity::default()
        }
    }

    fn credentials(
        who: &Identity,
        challenge: &str,
        own_nonce: &str,
        method: &str,
        uri: &str,
    ) -> String {
        let challenge = &challenges(challenge)[0];
        let mut digest = Digest::with_nonce(who, challenge, own_nonce.into()).unwrap().unwrap();
        digest.credentials(&Request { method, uri }).unwrap().to_string()
    }

    /// The examples of RFC 7616 section 3.9.1 and RFC 2617 section 3.5.
    #[test]
    fn the_examples_of_the_documents() {
        let mufasa = identity("Mufasa", "Circle of Life");
        let nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
        let own = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
        for (algorithm, response) in [
            ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
            ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
        ] {
            let challenge = format!(
                "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm={algorithm}, \
                 nonce=\"{nonce}\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""
            );
            let text = credentials(&mufasa, &challenge, own, "GET", "/dir/index.html");
            let expected = format!(
                "Digest username=\"Mufasa\", realm=\"http-auth@example.org\", nonce=\"{nonce}\", \
                 uri=\"/dir/index.html\", response=\"{response}\", algorithm={algorithm}, \
                 opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\", qop=auth, nc=00000001, cnonce=\"{own}\""
            );
            assert_eq!(text, expected);
        }
        let mufasa = identity("Mufasa", "Circle Of Life");
        let challenge = "Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\", \
                         nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"";
        let text = credentials(&mufasa, challenge, "0a4f113b", "GET", "/dir/index.html");
        assert!(text.contains("response=\"6629fae49393a05397450978507c4ef1\""), "{text}");
        assert!(!text.contains("algorithm"), "{text}");
    }

    /// Computed with openssl from the formula of RFC 7616 section 3.4.
    #[test]
    fn sessions_old_proxies_and_hashed_names() {
        let who = identity("user", "pass");
        let of = |rest: &str| {
            credentials(
                &who,
                &format!("Digest realm=\"kit\", nonce=\"n\"{rest}"),
                "c",
                "CONNECT",
                "h.test:25",
            )
        };
        let md5 = |text: &str| hexadecimal(&Md5::digest(text.as_bytes()));
        let sha = |text: &str| hexadecimal(&Sha256::digest(text.as_bytes()));
        // RFC 2069.
        let expected = md5(&format!("{}:n:{}", md5("user:kit:pass"), md5("CONNECT:h.test:25")));
        let text = of("");
        assert!(text.contains(&expected) && !text.contains("qop"), "{text}");
        let secret = sha(&format!("{}:n:c", sha("user:kit:pass")));
        let expected = sha(&format!("{secret}:n:00000001:c:auth:{}", sha("CONNECT:h.test:25")));
        let text = of(", qop=auth, algorithm=SHA-256-sess, userhash=true");
        assert!(text.contains(&expected) && text.contains("userhash=true"), "{text}");
        assert!(text.contains(&format!("username=\"{}\"", sha("user:kit"))), "{text}");
        let action = md5(&format!("CONNECT:h.test:25:{}", md5("")));
        let expected = md5(&format!("{}:n:00000001:c:auth-int:{action}", md5("user:kit:pass")));
        assert!(of(", qop=\"auth-int\"").contains(&expected));
    }

    #[test]
    fn a_stale_nonce_is_replaced_and_a_wrong_password_is_not_tried_again() {
        let who = identity("us\"er", "pass");
        let challenge = |text: &str| challenges(text).remove(0);
        let first = challenge("Digest realm=\"k\", nonce=\"1\", qop=auth");
        let mut digest = Digest::with_nonce(&who, &first, "c".into()).unwrap().unwrap();
        let request = Request { method: "CONNECT", uri: "h:25" };
        let text = digest.credentials(&request).unwrap();
        assert!(text.starts_with("Digest username=\"us\\\"er\", ") && text.contains("nc=00000001"));
        assert!(digest.credentials(&request).unwrap().contains("nc=00000002"));
        assert!(
            !digest.challenged(&challenge("Digest realm=\"k\", nonce=\"2\", qop=auth")).unwrap()
        );
        assert!(
            digest
                .challenged(&challenge("Digest realm=\"k\", nonce=\"2\", qop=auth, stale=True"))
                .unwrap()
        );
        let text = digest.credentials(&request).unwrap();
        assert!(text.contains("nonce=\"2\"") && text.contains("nc=00000001"), "{}", *text);
        // A proxy that calls the same nonce stale again would go on for ever.
        assert!(
            !digest.challenged(&challenge("Digest realm=\"k\", nonce=\"2\", stale=true")).unwrap()
        );
    }

    #[test]
    fn challenges_that_are_none() {
        let who = identity("user", "pass");
        let made = |text: &str| Digest::with_nonce(&who, &challenges(text)[0], "c".into());
        for text in ["Digest realm=\"k\"", "Digest nonce=\"\""] {
            assert_eq!(made(text).err().unwrap().status(), Status::ProxyProtocol);
        }
        assert!(made("Digest nonce=\"n\", algorithm=SHA-1024").unwrap().is_none());
        assert!(made("Digest nonce=\"n\", qop=\"auth-conf\"").unwrap().is_none());
        let strengths = ["X", "Digest algorithm=md5-sess", "Digest algorithm=SHA-256"]
            .map(|text| strength(&challenges(text)[0]));
        assert!(strengths[1] < strengths[2]);
    }
}
