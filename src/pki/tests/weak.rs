//! Keys and hashes that prove nothing any more. `weak/make.sh` has made the certificates.

use super::super::{Certificate, Rules};
use super::authority::*;
use rcgen::date_time_ymd;
use rustls::pki_types::CertificateDer;
use std::sync::Arc;

macro_rules! der {
    ($name:literal) => {
        CertificateDer::from(&include_bytes!(concat!("weak/", $name, ".der"))[..])
    };
}

fn assert_weak(
    chain: &[&CertificateDer<'static>],
    root: &CertificateDer,
    result: u32,
    details: u32,
    words: &[&str],
) {
    let trusted = vec![Arc::new(Certificate::from_der(root).unwrap())];
    let rules = Rules { trusted, trusts_system: false, ..Rules::default() };
    let now = date_time_ymd(2027, 6, 1).unix_timestamp() as u64;
    assert_verdict(&Case { now, ..case(chain) }.judged(rules), result, details, words);
}

#[test]
fn weak_hashes_and_keys() {
    let root = der!("root");
    assert_weak(&[&der!("sha1")], &root, 2, 0x4000, &["it has a weak signature (SHA-1)"]);
    assert_weak(&[&der!("md5")], &root, 2, 0x4000, &["it has a weak signature (MD5)"]);
    assert_weak(&[&der!("short")], &root, 2, 0x4000, &["it has a weak key (RSA of 1024 bits)"]);
    let (leaf, middle) = (der!("under-short"), der!("short-ca"));
    let words = ["the intermediate certificate 'short-ca' has a weak key (RSA of 1024 bits)"];
    assert_weak(&[&leaf, &middle], &root, 2, 0x4000, &words);
}

#[test]
fn a_roots_own_signature_does_not_count() {
    assert_weak(&[&der!("under-old-root")], &der!("old-root"), 0, 0, &[]);
}

#[test]
fn a_weak_root() {
    // A host may trust it; nothing can be proved by it.
    let (leaf, middle) = (der!("under-short"), der!("short-ca"));
    assert_weak(&[&leaf], &middle, 2, 0x4000, &["has a weak key"]);
    assert_weak(&[&leaf, &middle], &middle, 2, 0x4000, &["has a weak key"]);
}
