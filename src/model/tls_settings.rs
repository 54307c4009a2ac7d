//! `INetTlsSettings`: what a client wants of TLS. What only another TLS library can do is taken and read back; a connection
//! that would need it fails.

use super::{lock, within};
use crate::deliver::{parse_groups, parse_suites, ssl_options, versions};
use crate::error::{Error, Result, Status, shown};
use encodify::hex::decode_pair;
use std::fmt::Write;
use std::sync::{Arc, Mutex};
use zeroize::Zeroizing;

pub use crate::deliver::{Base, ExternalMode, Renegotiation, TlsSettings};
pub use crate::pki::{OcspHash, RevocationCheck};

/// A client's settings of TLS, to be read and changed. It outlives the client.
pub struct TlsView {
    settings: Arc<Mutex<Arc<TlsSettings>>>,
}

impl TlsView {
    pub(super) fn new(settings: Arc<Mutex<Arc<TlsSettings>>>) -> TlsView {
        TlsView { settings }
    }

    /// The settings as they are now.
    pub fn now(&self) -> Arc<TlsSettings> {
        lock(&self.settings).clone()
    }

    /// A set of versions, of which those are used that can be.
    pub fn set_versions(&self, bits: i32) -> Result<()> {
        let bits = known_bits("set of TLS versions", bits, versions::ALL)?;
        if bits == 0 {
            let sentence = "0 is no set of TLS versions: there is none in it";
            return Err(Error::new(Status::ArgumentOutOfRange, sentence));
        }
        self.change(|settings| {
            settings.versions = bits;
            settings.versions_are_exact = false;
        });
        Ok(())
    }

    pub fn set_base(&self, base: Base) {
        self.change(|settings| settings.set_base(base));
    }

    /// Empty for what the base configuration has, here and below.
    pub fn set_suites(&self, list: &str) -> Result<()> {
        let suites = parse_suites(list)?;
        self.change(|settings| settings.suites = suites);
        Ok(())
    }

    pub fn set_groups(&self, list: &str) -> Result<()> {
        let groups = parse_groups(list)?;
        self.change(|settings| settings.groups = groups);
        Ok(())
    }

    pub fn set_resumes(&self, resumes: bool) {
        self.change(|settings| settings.resumes = resumes);
    }

    pub fn set_resumes_elsewhere(&self, resumes: bool) {
        self.change(|settings| settings.resumes_elsewhere = resumes);
    }

    pub fn set_requires_extended_master_secret(&self, requires: bool) {
        self.change(|settings| settings.requires_extended_master_secret = requires);
    }

    pub fn set_renegotiation(&self, renegotiation: Renegotiation) {
        self.change(|settings| settings.renegotiation = renegotiation);
    }

    pub fn set_ssl_options(&self, bits: i32) -> Result<()> {
        let bits = known_bits("set of SSL options", bits, ssl_options::ALL)?;
        self.change(|settings| settings.ssl_options = bits);
        Ok(())
    }

    pub fn names_server(&self) -> bool {
        self.now().ssl_options & ssl_options::SERVER_NAME != 0
    }

    pub fn set_names_server(&self, names: bool) {
        self.change(|settings| match names {
            true => settings.ssl_options |= ssl_options::SERVER_NAME,
            false => settings.ssl_options &= !ssl_options::SERVER_NAME,
        });
    }

    pub fn set_compresses_certificates(&self, compresses: bool) {
        self.change(|settings| settings.compresses_certificates = compresses);
    }

    pub fn set_pre_shared_identity(&self, identity: &str) {
        self.change(|settings| settings.pre_shared.identity = identity.to_owned());
    }

    /// The key as base16.
    pub fn pre_shared_key(&self) -> Zeroizing<String> {
        let settings = self.now();
        let key = &settings.pre_shared.key.0;
        // Room for all of it: a text that grows leaves pieces of the key behind.
        let mut digits = Zeroizing::new(String::with_capacity(2 * key.len()));
        for octet in key.iter() {
            let _ = write!(digits, "{octet:02X}");
        }
        digits
    }

    pub fn set_pre_shared_key(&self, digits: &str) -> Result<()> {
        let key = octets_of_base16(digits)?;
        self.change(|settings| settings.pre_shared.key.0 = key);
        Ok(())
    }

    pub fn set_pre_shared_suite(&self, name: &str) -> Result<()> {
        let is_one =
            name.is_empty() || is_single_name(name) && !parse_suites(name)?.text().is_empty();
        if !is_one {
            let sentence = format!("'{}' is no single cipher suite", shown(name, 100));
            return Err(Error::new(Status::Argument, sentence));
        }
        self.change(|settings| settings.pre_shared.suite = name.to_owned());
        Ok(())
    }

    pub fn set_validates(&self, validates: bool) {
        self.change(|settings| settings.validates = validates);
    }

    pub fn set_revocation(&self, revocation: RevocationCheck) {
        self.change(|settings| settings.rules.revocation = revocation);
    }

    /// Roots of the system are believed where they are used and not ignored: both say so for themselves.
    pub fn set_ignores_system_trust(&self, ignores: bool) {
        self.change(|settings| settings.rules.trusts_system = !ignores);
    }

    pub fn set_uses_system_roots(&self, uses: bool) {
        self.change(|settings| settings.uses_system_roots = uses);
    }

    pub fn set_shares_system_roots(&self, shares: bool) {
        self.change(|settings| settings.shares_system_roots = shares);
    }

    pub fn set_uses_microsoft_list(&self, uses: bool) {
        self.change(|settings| settings.uses_microsoft_list = uses);
    }

    pub fn set_tolerates_minor_issues(&self, tolerates: bool) {
        self.change(|settings| settings.rules.tolerates_minor_issues = tolerates);
    }

    pub fn ocsp_hash(&self) -> &'static str {
        match self.now().rules.ocsp_hash {
            OcspHash::Sha1 => "SHA1",
            OcspHash::Sha256 => "SHA256",
        }
    }

    pub fn set_ocsp_hash(&self, name: &str) -> Result<()> {
        let hash = match name.to_ascii_uppercase().replace('-', "").as_str() {
            "SHA1" => OcspHash::Sha1,
            "SHA256" => OcspHash::Sha256,
            _ => return Err(unknown(name, "hash of OCSP requests", "SHA1 and SHA256")),
        };
        self.change(|settings| settings.rules.ocsp_hash = hash);
        Ok(())
    }

    pub fn set_asn1_depth(&self, depth: i32) -> Result<()> {
        let depth = within("depth of ASN.1", depth, 1..=i32::MAX)?;
        self.change(|settings| settings.rules.limits.depth = depth as usize);
        Ok(())
    }

    pub fn set_asn1_length(&self, octets: i64) -> Result<()> {
        // Beyond this a length would not fit all machines.
        let octets = within("length of ASN.1", octets, 1..=i64::from(i32::MAX))?;
        self.change(|settings| settings.rules.limits.length = octets as usize);
        Ok(())
    }

    pub fn set_checks_client_key(&self, checks: bool) {
        self.change(|settings| settings.checks_client_key = checks);
    }

    pub(super) fn change(&self, change: impl FnOnce(&mut TlsSettings)) {
        change(Arc::make_mut(&mut lock(&self.settings)));
    }
}

/// What a name should have been.
pub(super) fn unknown(name: &str, what: &str, known: &str) -> Error {
    let sentence = format!("'{}' is no {what}: {known} are", shown(name, 100));
    Error::new(Status::Argument, sentence)
}

fn known_bits(what: &str, bits: i32, known: u32) -> Result<u32> {
    let set = bits as u32;
    if set & !known == 0 {
        return Ok(set);
    }
    let sentence = format!("{set:#x} is no {what}: the bits of {known:#x} are");
    Err(Error::new(Status::ArgumentOutOfRange, sentence))
}

/// Neither a list nor a word that stands for many.
fn is_single_name(name: &str) -> bool {
    let is_of_lists = |c: char| matches!(c, ',' | ';' | ':') || c.is_whitespace();
    !name.contains(is_of_lists)
        && !name.starts_with(['-', '+'])
        && !name.eq_ignore_ascii_case("all")
}

/// The digits are a secret, so that no sentence shows them.
fn octets_of_base16(digits: &str) -> Result<Zeroizing<Vec<u8>>> {
    let refused = || {
        let sentence = "the pre-shared key is not in base16: pairs of hexadecimal digits are";
        Error::new(Status::Argument, sentence)
    };
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return Err(refused());
    }
    let mut octets = Zeroizing::new(Vec::with_capacity(pairs.len()));
    for [high, low] in pairs {
        octets.push(decode_pair(*high, *low).ok_or_else(refused)?);
    }
    Ok(octets)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view() -> TlsView {
        TlsView::new(Arc::default())
    }

    fn refusal(result: Result<()>) -> Status {
        result.expect_err("a refusal").status()
    }

    #[test]
    fn unknown_bits_and_no_versions_are_refused_and_leave_all_as_it_was() {
        let view = view();
        for bits in [0, 0x40, -1, 0x30 | i32::MIN] {
            assert_eq!(refusal(view.set_versions(bits)), Status::ArgumentOutOfRange, "{bits:#x}");
        }
        for bits in [0x200, -1] {
            assert_eq!(refusal(view.set_ssl_options(bits)), Status::ArgumentOutOfRange);
        }
        assert_eq!(*view.now(), TlsSettings::default());
    }

    #[test]
    fn versions_beyond_this_build_are_kept_and_left_out() {
        let view = view();
        view.set_versions(0x3f).unwrap();
        assert_eq!((view.now().versions, view.now().effective_versions()), (0x3f, 0x30));
        assert!(view.now().check().is_ok());
        view.set_versions(0x0c).unwrap();
        assert_eq!(view.now().effective_versions(), 0);
        assert_eq!(refusal(view.now().check()), Status::TlsBackend);
    }

    #[test]
    fn the_server_name_is_one_of_the_options() {
        let view = view();
        assert!(view.names_server());
        view.set_ssl_options(0x001).unwrap();
        assert!(!view.names_server());
        view.set_names_server(true);
        assert_eq!(view.now().ssl_options, 0x011);
        view.set_names_server(false);
        assert_eq!(view.now().ssl_options, 0x001);
    }

    #[test]
    fn a_pre_shared_key_is_read_back_and_asks_for_another_library() {
        let view = view();
        view.set_pre_shared_key("00ffAb").unwrap();
        assert_eq!(view.pre_shared_key().as_str(), "00FFAB");
        assert_eq!(refusal(view.now().check()), Status::TlsBackend);
        for digits in ["0", "0g", "0x00", "00 11", "ёж"] {
            let error = view.set_pre_shared_key(digits).unwrap_err();
            assert_eq!(error.status(), Status::Argument);
            assert!(!error.message().contains(digits) || digits == "0");
        }
        assert_eq!(view.pre_shared_key().as_str(), "00FFAB");
        view.set_pre_shared_key("").unwrap();
        assert!(view.now().check().is_ok());
    }

    #[test]
    fn the_suite_of_a_pre_shared_key_is_one_that_exists() {
        let view = view();
        for name in ["ROT13", "all", "-all", "DHE-PSK-AES128-CCM,DHE-PSK-AES128-CBC-SHA", " "] {
            assert_eq!(refusal(view.set_pre_shared_suite(name)), Status::Argument, "{name}");
        }
        view.set_pre_shared_suite("DHE-PSK-AES128-CCM").unwrap();
        assert_eq!(view.now().pre_shared.suite, "DHE-PSK-AES128-CCM");
        view.set_pre_shared_suite("").unwrap();
        assert_eq!(view.now().pre_shared.suite, "");
    }

    #[test]
    fn lists_are_read_back_as_they_were_given() {
        let view = view();
        view.set_suites("-all; ECDHE_RSA_AES256_GCM_SHA384").unwrap();
        view.set_groups("NISTP384,x448").unwrap();
        assert_eq!(refusal(view.set_suites("nonsense")), Status::Argument);
        assert_eq!(refusal(view.set_groups("nonsense")), Status::Argument);
        assert_eq!(view.now().suites.text(), "-all; ECDHE_RSA_AES256_GCM_SHA384");
        assert_eq!(view.now().groups.text(), "NISTP384,x448");
        view.set_base(Base::Default);
        assert_eq!(*view.now(), TlsSettings::default());
    }

    #[test]
    fn a_change_leaves_the_settings_of_a_connection_under_way() {
        let view = view();
        let before = view.now();
        view.set_resumes(false);
        assert!(before.resumes && !view.now().resumes);
        assert!(!Arc::ptr_eq(&before, &view.now()));
    }

    #[test]
    fn the_trust_in_the_system_and_its_use_are_two_facts() {
        let view = view();
        view.set_uses_system_roots(false);
        assert!(view.now().rules.trusts_system);
        view.set_ignores_system_trust(true);
        view.set_uses_system_roots(true);
        assert!(!view.now().rules.trusts_system);
    }

    #[test]
    fn the_hash_of_ocsp_requests_is_one_of_two() {
        let view = view();
        assert_eq!(view.ocsp_hash(), "SHA1");
        view.set_ocsp_hash("sha-256").unwrap();
        assert_eq!(view.ocsp_hash(), "SHA256");
        assert_eq!(refusal(view.set_ocsp_hash("SHA512")), Status::Argument);
        assert_eq!(view.ocsp_hash(), "SHA256");
    }

    #[test]
    fn the_limits_of_asn1_have_their_own() {
        let view = view();
        for number in [0, -1] {
            assert_eq!(refusal(view.set_asn1_depth(number)), Status::ArgumentOutOfRange);
            assert_eq!(refusal(view.set_asn1_length(number.into())), Status::ArgumentOutOfRange);
        }
        view.set_asn1_depth(7).unwrap();
        view.set_asn1_length(4096).unwrap();
        let limits = view.now().rules.limits;
        assert_eq!((limits.depth, limits.length), (7, 4096));
    }
}
