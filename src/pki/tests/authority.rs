//! Certificates to be judged.

use super::super::{Certificate, Fetch, Judge, Presented, Rules, Verdict};
use crate::error::{Error, Result, Status};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, SerialNumber, date_time_ymd,
};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use std::sync::Arc;
use std::time::Duration;

pub const DAY: u64 = 86_400;
pub const HOST: &str = "mail.example.com";

/// Noon of a day in 2026, on which all of this takes place.
pub fn now() -> u64 {
    date_time_ymd(2026, 6, 15).unix_timestamp() as u64 + DAY / 2
}

/// A CA, or whoever else signs.
pub struct Ca {
    pub issuer: Issuer<'static, KeyPair>,
    pub der: CertificateDer<'static>,
}

pub fn named(name: &str) -> CertificateParams {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.distinguished_name.remove(DnType::CommonName);
    params.distinguished_name.push(DnType::CommonName, name);
    params.not_before = date_time_ymd(2026, 1, 1);
    params.not_after = date_time_ymd(2027, 1, 1);
    params
}

pub fn ca_named(name: &str) -> CertificateParams {
    let mut params = named(name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}

/// A server's, for HOST.
pub fn server() -> CertificateParams {
    server_for(&[HOST])
}

pub fn server_for(hosts: &[&str]) -> CertificateParams {
    let hosts: Vec<String> = hosts.iter().map(|host| host.to_string()).collect();
    let template = named("the server");
    let mut params = CertificateParams::new(hosts).unwrap();
    params.distinguished_name = template.distinguished_name;
    params.not_before = template.not_before;
    params.not_after = template.not_after;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.serial_number = Some(SerialNumber::from_slice(&[0x11, 0x22]));
    params
}

impl Ca {
    pub fn root(name: &str) -> Ca {
        Ca::rooted(ca_named(name), KeyPair::generate().unwrap())
    }

    pub fn rooted(params: CertificateParams, key: KeyPair) -> Ca {
        let der = params.self_signed(&key).unwrap().der().clone();
        Ca { issuer: Issuer::new(params, key), der }
    }

    pub fn below(&self, name: &str) -> Ca {
        self.certifies(ca_named(name), KeyPair::generate().unwrap())
    }

    pub fn certifies(&self, params: CertificateParams, key: KeyPair) -> Ca {
        let der = params.signed_by(&key, &self.issuer).unwrap().der().clone();
        Ca { issuer: Issuer::new(params, key), der }
    }

    pub fn issues(&self, params: CertificateParams) -> CertificateDer<'static> {
        let key = KeyPair::generate().unwrap();
        params.signed_by(&key, &self.issuer).unwrap().der().clone()
    }

    pub fn certificate(&self) -> Arc<Certificate> {
        certificate(&self.der)
    }
}

pub fn certificate(der: &CertificateDer) -> Arc<Certificate> {
    Arc::new(Certificate::from_der(der).unwrap())
}

/// Rules that trust these, and ask nobody.
pub fn trusting(anchors: &[&Ca]) -> Rules {
    Rules {
        trusts_system: false,
        trusted: anchors.iter().map(|anchor| anchor.certificate()).collect(),
        ..Rules::default()
    }
}

/// No network.
pub struct Offline;

impl Fetch for Offline {
    fn get(&mut self, url: &str, _: usize) -> Result<Vec<u8>> {
        Err(Error::new(Status::Connect, format!("no network for {url}")))
    }

    fn post(&mut self, url: &str, _: &str, _: &[u8], limit: usize) -> Result<Vec<u8>> {
        self.get(url, limit)
    }
}

/// A case for a judge, with what most cases have in common.
pub struct Case<'a> {
    pub chain: Vec<CertificateDer<'a>>,
    pub host: &'a str,
    pub staple: Vec<u8>,
    pub now: u64,
}

pub fn case<'a>(chain: &[&'a CertificateDer<'static>]) -> Case<'a> {
    let chain = chain.iter().copied().map(|der| CertificateDer::from(der.as_ref())).collect();
    Case { chain, host: HOST, staple: Vec::new(), now: now() }
}

impl Case<'_> {
    pub fn judged_by(&self, judge: &Judge, fetch: &mut dyn Fetch) -> Verdict {
        let presented = Presented {
            chain: &self.chain,
            name: &ServerName::try_from(self.host).unwrap(),
            staple: &self.staple,
            now: UnixTime::since_unix_epoch(Duration::from_secs(self.now)),
        };
        judge.judge(&presented, fetch)
    }

    pub fn judged(&self, rules: Rules) -> Verdict {
        self.judged_by(&Judge::new(rules, &[]).unwrap(), &mut Offline)
    }
}

/// Judges, and compares result and details; the reason has to hold all of the words.
#[track_caller]
pub fn assert_verdict(verdict: &Verdict, result: u32, details: u32, words: &[&str]) {
    let got = (verdict.result as u32, verdict.details);
    assert_eq!(got, (result, details), "{got:x?}: {}\n{}", verdict.reason, verdict.log);
    for word in words {
        assert!(verdict.reason.contains(word), "{word:?} is not in {:?}", verdict.reason);
    }
    assert_eq!(verdict.reason.is_empty(), result == 0, "{}", verdict.reason);
    assert!(!verdict.log.is_empty());
}
