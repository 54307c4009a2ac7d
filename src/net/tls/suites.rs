//! Cipher suites: their names and what they are made of.

use super::selection::{Known, Selection};
use crate::error::Result;
use rustls::{CipherSuite, SupportedCipherSuite};

/// A suite that rustls has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suite {
    pub id: CipherSuite,
    /// As the registry of IANA has it.
    pub iana: &'static str,
    openssl: &'static str,
    /// SecureBlackbox's name of the encryption algorithm.
    pub encryption: &'static str,
    pub key_bits: i32,
    /// Octets; of a stream cipher those that it makes at a time.
    pub block_octets: i32,
    pub digest: &'static str,
    /// How the keys are exchanged and the server is known; TLS 1.3 leaves both to other parts of the handshake.
    pub key_exchange: &'static str,
}

/// In rustls' order of preference.
pub const SUITES: [Suite; 9] = {
    const AES256: (&str, i32, i32, &str) = ("AES256", 256, 16, "SHA384");
    const AES128: (&str, i32, i32, &str) = ("AES128", 128, 16, "SHA256");
    const CHACHA: (&str, i32, i32, &str) = ("ChaCha20", 256, 64, "SHA256");
    const fn suite(
        id: CipherSuite,
        iana: &'static str,
        openssl: &'static str,
        cipher: (&'static str, i32, i32, &'static str),
        key_exchange: &'static str,
    ) -> Suite {
        let (encryption, key_bits, block_octets, digest) = cipher;
        Suite { id, iana, openssl, encryption, key_bits, block_octets, digest, key_exchange }
    }
    use CipherSuite::*;
    const ECDSA: &str = "ECDHE_ECDSA";
    const RSA: &str = "ECDHE_RSA";
    const TLS13: &str = "ECDHE";
    [
        suite(
            TLS13_AES_256_GCM_SHA384,
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_256_GCM_SHA384",
            AES256,
            TLS13,
        ),
        suite(
            TLS13_AES_128_GCM_SHA256,
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_128_GCM_SHA256",
            AES128,
            TLS13,
        ),
        suite(
            TLS13_CHACHA20_POLY1305_SHA256,
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            CHACHA,
            TLS13,
        ),
        suite(
            TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "ECDHE-ECDSA-AES256-GCM-SHA384",
            AES256,
            ECDSA,
        ),
        suite(
            TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "ECDHE-ECDSA-AES128-GCM-SHA256",
            AES128,
            ECDSA,
        ),
        suite(
            TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "ECDHE-ECDSA-CHACHA20-POLY1305",
            CHACHA,
            ECDSA,
        ),
        suite(
            TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "ECDHE-RSA-AES256-GCM-SHA384",
            AES256,
            RSA,
        ),
        suite(
            TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "ECDHE-RSA-AES128-GCM-SHA256",
            AES128,
            RSA,
        ),
        suite(
            TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
            "ECDHE-RSA-CHACHA20-POLY1305",
            CHACHA,
            RSA,
        ),
    ]
};

/// Suites that only other libraries have: a line for each, its names by IANA and OpenSSL.
static FOREIGN: &str = include_str!("foreign_suites.txt");

/// The suites that a list names, by IANA's, OpenSSL's or SecureBlackbox's names (`ECDHE_RSA_AES256_GCM_SHA384`).
pub fn parse(text: &str) -> Result<Selection<CipherSuite>> {
    Selection::parse(text, "cipher suite", &SUITES.map(|suite| suite.id), find)
}

/// Those of TLS 1.3 with the longest keys.
pub fn strongest() -> Selection<CipherSuite> {
    parse("TLS_AES_256_GCM_SHA384;TLS_CHACHA20_POLY1305_SHA256").unwrap_or_default()
}

pub fn describe(suite: SupportedCipherSuite) -> Option<&'static Suite> {
    SUITES.iter().find(|known| known.id == suite.suite())
}

fn find(name: &str) -> Option<Known<CipherSuite>> {
    let name = plain(name);
    let is_named = |iana: &str, openssl: &str| plain(iana) == name || plain(openssl) == name;
    if let Some(suite) = SUITES.iter().find(|suite| is_named(suite.iana, suite.openssl)) {
        return Some(Known::Here(suite.id));
    }
    FOREIGN.lines().find_map(|line| {
        let (iana, openssl) = line.split_once(' ')?;
        is_named(iana, openssl).then_some(Known::Elsewhere(iana))
    })
}

/// A name without what the ways to write it differ in.
fn plain(name: &str) -> String {
    let name = name.to_ascii_uppercase().replace('-', "_");
    // The names of TLS 1.3 have no `WITH`, and nothing in front.
    let name = match name.split_once("_WITH_") {
        Some((before, behind)) => format!("{}_{behind}", before.trim_start_matches("TLS_")),
        None => name,
    };
    name.replace("AES_", "AES")
        .replace("CAMELLIA_", "CAMELLIA")
        .replace("ARIA_", "ARIA")
        .replace("CCM_8", "CCM8")
        .replace("POLY1305_SHA256", "POLY1305")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Status;

    #[test]
    fn a_suite_has_the_names_of_three_traditions() {
        for name in [
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "ECDHE-RSA-AES256-GCM-SHA384",
            "ECDHE_RSA_AES256_GCM_SHA384",
            "ecdhe-rsa-aes256-gcm-sha384",
        ] {
            let here = parse(name).unwrap().here().unwrap();
            assert_eq!(here, [CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384], "{name}");
        }
        for name in ["ECDHE-ECDSA-CHACHA20-POLY1305", "ECDHE_ECDSA_CHACHA20_POLY1305_SHA256"] {
            let here = parse(name).unwrap().here().unwrap();
            assert_eq!(here, [CipherSuite::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256]);
        }
    }

    #[test]
    fn every_known_name_means_one_suite() {
        let own = SUITES.iter().map(|suite| (suite.iana, suite.openssl));
        let foreign = FOREIGN.lines().map(|line| line.split_once(' ').expect("two names"));
        for (iana, openssl) in own.chain(foreign) {
            assert_eq!(find(iana), find(openssl), "{iana}");
            match find(iana) {
                Some(Known::Here(id)) => {
                    let of_rustls = format!("{id:?}").replace("TLS13_", "TLS_");
                    assert_eq!(of_rustls, iana);
                }
                Some(Known::Elsewhere(name)) => assert_eq!(name, iana),
                None => panic!("{iana} is not found"),
            }
        }
    }

    #[test]
    fn every_suite_of_rustls_is_described() {
        for suite in rustls::crypto::ring::ALL_CIPHER_SUITES {
            assert!(describe(*suite).is_some(), "{suite:?}");
        }
    }

    #[test]
    fn what_rustls_lacks_is_known_and_what_nobody_has_is_refused() {
        assert_eq!(
            parse("DHE-RSA-AES256-SHA").unwrap().elsewhere(),
            Some("TLS_DHE_RSA_WITH_AES_256_CBC_SHA")
        );
        assert_eq!(
            parse("AES128-GCM-SHA256").unwrap().elsewhere(),
            Some("TLS_RSA_WITH_AES_128_GCM_SHA256")
        );
        assert_eq!(parse("ROT13").unwrap_err().status(), Status::Argument);
    }
}
