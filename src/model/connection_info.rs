//! `INetConnectionInfo`: the snapshot of the `deliver` room is the object already. Here stands what of it a host reads.

pub use crate::deliver::ConnectionInfo;

use crate::deliver::{TlsInfo, describe_group};
use crate::pki::Certificate;

impl ConnectionInfo {
    /// Something of TLS; of a connection in clear 0 or empty, as what is not known.
    pub fn of_tls<'a, T: Default>(&'a self, read: impl FnOnce(&'a TlsInfo) -> T) -> T {
        self.tls.as_ref().map(read).unwrap_or_default()
    }

    /// As the registry of IANA has it.
    pub fn group_name(&self) -> &'static str {
        let group = self.tls.as_ref().and_then(|tls| describe_group(tls.group?));
        group.map_or("", |group| group.name)
    }

    pub fn group_bits(&self) -> i32 {
        let group = self.tls.as_ref().and_then(|tls| describe_group(tls.group?));
        group.map_or(0, |group| group.key_bits)
    }

    /// A number of SecureBlackbox. Where TLS came to no verdict, nothing can be said of the chain.
    pub fn chain_result(&self) -> i32 {
        self.of_tls(|tls| {
            tls.verdict.as_ref().map(|verdict| verdict.result).unwrap_or_default() as i32
        })
    }

    pub fn chain_details(&self) -> u32 {
        self.of_tls(|tls| tls.verdict.as_ref().map(|verdict| verdict.details).unwrap_or_default())
    }

    pub fn validation_log(&self) -> &str {
        self.of_tls(|tls| {
            tls.verdict.as_ref().map(|verdict| verdict.log.as_str()).unwrap_or_default()
        })
    }

    /// 0 too where the certificate does not tell.
    pub fn public_key_bits(&self) -> i32 {
        self.of_tls(|tls| {
            let leaf = tls.chain.first().map(|der| Certificate::presented(der));
            let bits = leaf.and_then(|leaf| leaf.parts().ok()?.key_bits().ok());
            bits.and_then(|bits| i32::try_from(bits).ok()).unwrap_or_default()
        })
    }

    pub fn handshake_microseconds(&self) -> i64 {
        self.of_tls(|tls| i64::try_from(tls.handshake.as_micros()).unwrap_or(i64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pki::Verdict;
    use std::net::SocketAddr;
    use std::time::Duration;

    fn info(tls: Option<TlsInfo>) -> ConnectionInfo {
        ConnectionInfo {
            remote: Some(SocketAddr::from(([127, 0, 0, 1], 465)).into()),
            tls,
            ..ConnectionInfo::unreached()
        }
    }

    #[test]
    fn without_tls_all_of_it_is_0_or_empty() {
        let info = info(None);
        let numbers = (info.chain_result(), info.chain_details(), info.public_key_bits());
        assert_eq!(numbers, (0, 0, 0));
        assert_eq!((info.group_name(), info.group_bits()), ("", 0));
        assert_eq!((info.validation_log(), info.handshake_microseconds()), ("", 0));
        assert!(!info.of_tls(|_| true));
    }

    #[test]
    fn a_handshake_without_a_verdict_does_not_pass_for_a_valid_chain() {
        let early = info(Some(TlsInfo::default()));
        assert_eq!((early.chain_result(), early.chain_details()), (3, 0));
        assert_eq!(early.public_key_bits(), 0);
    }

    #[test]
    fn what_tls_came_to_is_told() {
        let key = rcgen::KeyPair::generate().unwrap();
        let params = rcgen::CertificateParams::new(["mail.example.org".to_owned()]).unwrap();
        let leaf = params.self_signed(&key).unwrap();
        let log = "a step\n".to_owned();
        let info = info(Some(TlsInfo {
            chain: vec![leaf.der().clone()],
            group: Some(rustls::NamedGroup::secp384r1),
            handshake: Duration::from_millis(2),
            verdict: Some(Verdict { details: 0x8020, log, ..Verdict::default() }),
            ..TlsInfo::default()
        }));
        assert_eq!(info.public_key_bits(), 256);
        assert_eq!((info.group_name(), info.group_bits()), ("secp384r1", 384));
        assert_eq!(info.handshake_microseconds(), 2000);
        assert_eq!((info.chain_details(), info.validation_log()), (0x8020, "a step\n"));
    }
}
